//! A readable dump of a tree, for tests and for looking at what the parser saw.

use std::fmt::Write as _;

use super::ast::{
    Argument, Comprehension, Constant, ExceptHandler, Expr, ExprKind, FStringPart, FunctionDef, ImportAlias,
    MatchCase, Module, ParameterKind, Parameters, Pattern, Stmt, StmtKind, SyntaxError, TypeParam,
    TypeParamKind,
};

/// The module as one S-expression a statement, suites indented, problems at the end as `! line:column message`.
#[must_use]
pub fn dump(module: &Module) -> String {
    let mut out = Dump::default();
    out.suite("", &module.body);
    let mut errors = std::mem::take(&mut out.errors);
    errors.extend(&module.errors);
    errors.sort_by_key(|error| error.span);
    for error in errors {
        let (line, column) = module.line_column(error.span.start);
        out.line(&format!("! {line}:{column} {}", error.message));
    }
    out.text
}

/// One expression on one line.
#[must_use]
pub fn expression(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Constant(constant) => literal(constant),
        ExprKind::FString(parts) => format!("(f {})", joined(parts, part)),
        ExprKind::List(items) => list("list", items),
        ExprKind::Tuple(items) => list("tuple", items),
        ExprKind::Set(items) => list("set", items),
        ExprKind::Dict(items) => {
            let item = |(key, value): &(Option<Expr>, Expr)| match key {
                Some(key) => format!("{}:{}", expression(key), expression(value)),
                None => format!("**{}", expression(value)),
            };
            format!("(dict {})", joined(items, item))
        }
        ExprKind::Unary(op, inner) => format!("({op:?} {})", expression(inner)),
        ExprKind::Binary(left, op, right) => format!("({op:?} {} {})", expression(left), expression(right)),
        ExprKind::BoolOp(op, terms) => list(&format!("{op:?}"), terms),
        ExprKind::Compare(first, rest) => {
            format!(
                "(compare {} {})",
                expression(first),
                joined(rest, |(op, term)| format!("{op:?} {}", expression(term)))
            )
        }
        ExprKind::Call(callee, arguments) => spaced(
            &format!("(call {}", expression(callee)),
            &joined(arguments, argument),
        ),
        ExprKind::Attribute(object, name) => format!("{}.{name}", expression(object)),
        ExprKind::Subscript(value, index) => format!("{}[{}]", expression(value), expression(index)),
        ExprKind::Slice(start, end, step) => {
            let part = |part: &Option<Box<Expr>>| {
                part.as_ref()
                    .map_or_else(|| "-".to_owned(), |part| expression(part))
            };
            format!("(slice {} {} {})", part(start), part(end), part(step))
        }
        ExprKind::Lambda(function) => lambda(function),
        ExprKind::IfExp { test, body, orelse } => {
            format!(
                "(if {} {} {})",
                expression(test),
                expression(body),
                expression(orelse)
            )
        }
        ExprKind::ListComp(body, clauses) => comprehension("listcomp", &expression(body), clauses),
        ExprKind::SetComp(body, clauses) => comprehension("setcomp", &expression(body), clauses),
        ExprKind::Generator(body, clauses) => comprehension("generator", &expression(body), clauses),
        ExprKind::DictComp(key, value, clauses) => comprehension(
            "dictcomp",
            &format!("{}:{}", expression(key), expression(value)),
            clauses,
        ),
        ExprKind::Await(inner) => format!("(await {})", expression(inner)),
        ExprKind::Yield(inner) => spaced(
            "(yield",
            &inner.as_ref().map(|inner| expression(inner)).unwrap_or_default(),
        ),
        ExprKind::YieldFrom(inner) => format!("(yield-from {})", expression(inner)),
        ExprKind::Starred(inner) => format!("*{}", expression(inner)),
        ExprKind::Named(name, value) => format!("({name} := {})", expression(value)),
        ExprKind::Invalid => "<invalid>".to_owned(),
    }
}

fn joined<T>(items: &[T], show: impl FnMut(&T) -> String) -> String {
    items.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// `(head rest)` without a blank when there is no rest.
fn spaced(head: &str, rest: &str) -> String {
    if rest.is_empty() {
        format!("{head})")
    } else {
        format!("{head} {rest})")
    }
}

fn list(name: &str, items: &[Expr]) -> String {
    spaced(&format!("({name}"), &joined(items, expression))
}

fn literal(constant: &Constant) -> String {
    match constant {
        Constant::None => "None".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt(digits) => format!("{digits}n"),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Imaginary(value) => format!("{value:?}j"),
        Constant::Str(text) => format!("{text:?}"),
        Constant::Bytes(data) => format!("b\"{}\"", data.escape_ascii()),
        Constant::Ellipsis => "...".to_owned(),
    }
}

fn part(part: &FStringPart) -> String {
    match part {
        FStringPart::Text(text) => format!("{text:?}"),
        FStringPart::Field {
            value,
            conversion,
            spec,
            debug_text,
        } => {
            let mut out = format!("{{{}", expression(value));
            if let Some(conversion) = conversion {
                let _ = write!(out, "!{conversion}");
            }
            if !spec.is_empty() {
                let _ = write!(out, ":{}", joined(spec, self::part));
            }
            if let Some(text) = debug_text {
                let _ = write!(out, " debug {text:?}");
            }
            out + "}"
        }
    }
}

fn argument(argument: &Argument) -> String {
    match argument {
        Argument::Positional(value) => expression(value),
        Argument::Star(value) => format!("*{}", expression(value)),
        Argument::Keyword(name, value) => format!("{name}={}", expression(value)),
        Argument::DoubleStar(value) => format!("**{}", expression(value)),
    }
}

fn lambda(function: &FunctionDef) -> String {
    let body = match function.body().statements.first().map(|stmt| &stmt.kind) {
        Some(StmtKind::Return(Some(body))) => expression(body),
        _ => String::new(),
    };
    format!("(lambda ({}) {body})", parameters(&function.parameters))
}

fn comprehension(name: &str, body: &str, clauses: &[Comprehension]) -> String {
    let mut out = format!("({name} {body}");
    for clause in clauses {
        let kind = if clause.is_async { "async-for" } else { "for" };
        let _ = write!(
            out,
            " ({kind} {} {}",
            expression(&clause.target),
            expression(&clause.iter)
        );
        for condition in &clause.conditions {
            let _ = write!(out, " if {}", expression(condition));
        }
        out.push(')');
    }
    out + ")"
}

fn parameters(parameters: &Parameters) -> String {
    joined(&parameters.all, |parameter| {
        let mut out = match parameter.kind {
            ParameterKind::PositionalOnly => format!("{}/", parameter.name),
            ParameterKind::PositionalOrKeyword => parameter.name.to_string(),
            ParameterKind::VarPositional => format!("*{}", parameter.name),
            ParameterKind::KeywordOnly => format!("{}!", parameter.name),
            ParameterKind::VarKeyword => format!("**{}", parameter.name),
        };
        if let Some(annotation) = &parameter.annotation {
            let _ = write!(out, ":{}", expression(annotation));
        }
        if let Some(default) = &parameter.default {
            let _ = write!(out, "={}", expression(default));
        }
        out
    })
}

fn type_params(params: &[TypeParam]) -> String {
    if params.is_empty() {
        return String::new();
    }
    let shown = joined(params, |param| {
        let stars = match param.kind {
            TypeParamKind::TypeVar => "",
            TypeParamKind::TypeVarTuple => "*",
            TypeParamKind::ParamSpec => "**",
        };
        let mut out = format!("{stars}{}", param.name);
        if let Some(bound) = &param.bound {
            let _ = write!(out, ":{}", expression(bound));
        }
        if let Some(default) = &param.default {
            let _ = write!(out, "={}", expression(default));
        }
        out
    });
    format!("[{shown}]")
}

/// A pattern on one line.
fn pattern(it: &Pattern) -> String {
    match it {
        Pattern::Value(value) | Pattern::Singleton(value) => expression(value),
        Pattern::Sequence(items) => spaced("(seq", &joined(items, pattern)),
        Pattern::Mapping { items, rest } => {
            let mut out = joined(items, |(key, value)| {
                format!("{}:{}", expression(key), pattern(value))
            });
            if let Some(rest) = rest {
                let _ = write!(out, " **{rest}");
            }
            spaced("(map", &out)
        }
        Pattern::Class {
            class,
            positional,
            keyword,
        } => {
            let mut out = joined(positional, pattern);
            for (name, value) in keyword {
                let _ = write!(out, " {name}={}", pattern(value));
            }
            spaced(&format!("(class {}", expression(class)), out.trim_start())
        }
        Pattern::Star(name) => format!("*{}", name.as_deref().unwrap_or("_")),
        Pattern::As { pattern: None, name } => name
            .as_ref()
            .map_or_else(|| "_".to_owned(), |name| format!("→{name}")),
        Pattern::As {
            pattern: Some(inner),
            name,
        } => {
            format!("({} as {})", pattern(inner), name.as_deref().unwrap_or("_"))
        }
        Pattern::Or(items) => format!("(or {})", joined(items, pattern)),
    }
}

#[derive(Default)]
struct Dump<'m> {
    text: String,
    depth: usize,
    errors: Vec<&'m SyntaxError>,
}

impl<'m> Dump<'m> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "{:width$}{text}", "", width = self.depth * 2);
    }

    /// The statements of a suite one level deeper; a suite with a title is left out when it is empty.
    fn suite(&mut self, title: &str, body: &'m [Stmt]) {
        if !title.is_empty() {
            self.line(title);
            self.depth += 1;
        }
        for stmt in body {
            self.statement(stmt);
        }
        if !title.is_empty() {
            self.depth -= 1;
        }
    }

    fn optional_suite(&mut self, title: &str, body: &'m [Stmt]) {
        if !body.is_empty() {
            self.suite(title, body);
        }
    }

    fn statement(&mut self, stmt: &'m Stmt) {
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function(function),
            StmtKind::ClassDef(class) => {
                for decorator in &class.decorators {
                    self.line(&format!("@{}", expression(decorator)));
                }
                let params = type_params(&class.type_params);
                let title = format!(
                    "class {}{params}({})",
                    class.name,
                    joined(&class.arguments, argument)
                );
                self.suite(&title, &class.body);
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async,
            } => {
                let name = if *is_async { "async-for" } else { "for" };
                self.suite(
                    &format!("{name} {} in {}", expression(target), expression(iter)),
                    body,
                );
                self.optional_suite("else", orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.suite(&format!("while {}", expression(test)), body);
                self.optional_suite("else", orelse);
            }
            StmtKind::If { test, body, orelse } => {
                self.suite(&format!("if {}", expression(test)), body);
                self.optional_suite("else", orelse);
            }
            StmtKind::With {
                items,
                body,
                is_async,
            } => {
                let name = if *is_async { "async-with" } else { "with" };
                let items = joined(items, |(context, target)| match target {
                    Some(target) => format!("({} as {})", expression(context), expression(target)),
                    None => expression(context),
                });
                self.suite(&format!("{name} {items}"), body);
            }
            StmtKind::Match { subject, cases } => self.cases(subject, cases),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
            } => {
                self.suite("try", body);
                self.handlers(handlers);
                self.optional_suite("else", orelse);
                self.optional_suite("finally", finalbody);
            }
            simple => self.line(&simple_statement(simple)),
        }
    }

    fn function(&mut self, function: &'m FunctionDef) {
        for decorator in &function.decorators {
            self.line(&format!("@{}", expression(decorator)));
        }
        let kind = if function.is_async { "async def" } else { "def" };
        let returns = function
            .returns
            .as_ref()
            .map(|returns| format!(" -> {}", expression(returns)));
        let generator = if function.body().is_generator {
            " generator"
        } else {
            ""
        };
        let title = format!(
            "{kind} {}{}({}){}{generator} locals={}",
            function.name,
            type_params(&function.type_params),
            parameters(&function.parameters),
            returns.unwrap_or_default(),
            function.body().locals.join(",")
        );
        self.errors.extend(&function.body().errors);
        self.suite(&title, &function.body().statements);
    }

    fn cases(&mut self, subject: &Expr, cases: &'m [MatchCase]) {
        self.line(&format!("match {}", expression(subject)));
        self.depth += 1;
        for case in cases {
            let guard = case
                .guard
                .as_ref()
                .map(|guard| format!(" if {}", expression(guard)))
                .unwrap_or_default();
            self.suite(&format!("case {}{guard}", pattern(&case.pattern)), &case.body);
        }
        self.depth -= 1;
    }

    fn handlers(&mut self, handlers: &'m [ExceptHandler]) {
        for handler in handlers {
            let mut title = if handler.is_star {
                "except*".to_owned()
            } else {
                "except".to_owned()
            };
            if let Some(exception) = &handler.exception {
                let _ = write!(title, " {}", expression(exception));
            }
            if let Some(name) = &handler.name {
                let _ = write!(title, " as {name}");
            }
            self.suite(&title, &handler.body);
        }
    }
}

fn simple_statement(kind: &StmtKind) -> String {
    let optional = |value: &Option<Expr>| {
        value
            .as_ref()
            .map(|value| format!(" {}", expression(value)))
            .unwrap_or_default()
    };
    match kind {
        StmtKind::Return(value) => format!("return{}", optional(value)),
        StmtKind::Delete(targets) => format!("del {}", joined(targets, expression)),
        StmtKind::Assign { targets, value } => {
            format!("{} = {}", joined(targets, expression), expression(value))
        }
        StmtKind::AugAssign { target, op, value } => {
            format!("{} {op:?}= {}", expression(target), expression(value))
        }
        StmtKind::AnnAssign {
            target,
            annotation,
            value,
        } => {
            let value = value
                .as_ref()
                .map(|value| format!(" = {}", expression(value)))
                .unwrap_or_default();
            format!("{}: {}{value}", expression(target), expression(annotation))
        }
        StmtKind::TypeAlias {
            name,
            type_params: params,
            value,
        } => {
            format!("type {name}{} = {}", type_params(params), expression(value))
        }
        StmtKind::Raise { exception, cause } => {
            let cause = cause
                .as_ref()
                .map(|cause| format!(" from {}", expression(cause)))
                .unwrap_or_default();
            format!("raise{}{cause}", optional(exception))
        }
        StmtKind::Assert { test, message } => format!("assert {}{}", expression(test), optional(message)),
        StmtKind::Import(names) => format!("import {}", joined(names, import_name)),
        StmtKind::ImportFrom { module, level, names } => {
            format!(
                "from {}{module} import {}",
                ".".repeat(*level as usize),
                joined(names, import_name)
            )
        }
        StmtKind::Global(names) => format!("global {}", names.join(" ")),
        StmtKind::Nonlocal(names) => format!("nonlocal {}", names.join(" ")),
        StmtKind::Expr(value) => expression(value),
        StmtKind::Pass => "pass".to_owned(),
        StmtKind::Break => "break".to_owned(),
        StmtKind::Continue => "continue".to_owned(),
        compound => format!("{compound:?}"),
    }
}

fn import_name(alias: &ImportAlias) -> String {
    match &alias.alias {
        Some(name) => format!("{} as {name}", alias.name),
        None => alias.name.to_string(),
    }
}
