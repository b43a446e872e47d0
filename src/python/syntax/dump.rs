//! A readable dump of a tree, for tests and for looking at what the parser saw.

mod expression;

use std::fmt::Write as _;

pub use expression::expression;
use expression::{argument, joined, parameters, pattern, type_params};

use super::ast::{
    ExceptHandler, Expr, FunctionDef, ImportAlias, MatchCase, Module, Stmt, StmtKind, SyntaxError,
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
