//! Finding the reads.

use std::collections::BTreeSet;

use super::evaluate::Thing;
use super::expressions::{children, of_statement};
use super::index::{Binding, Index, Place};
use super::wrapper::{Wrapper, Wrappers};
use super::{OpenRead, Reads, VariableRead};
use crate::python::syntax::ast::{
    Argument, BoolOp, CompareOp, Constant, Expr, ExprKind, Span, Stmt, StmtKind,
};
use crate::source::location::Location;

/// A reader may call a reader, to this depth.
const MAX_ROUNDS: usize = 4;

/// What a look at all files gave.
#[derive(Default)]
pub(super) struct Found {
    pub(super) reads: Reads,
    /// Files that names lead to.
    pub(super) wanted: BTreeSet<String>,
    /// Names of readers of the tree: files that hold one of them may call it.
    pub(super) words: BTreeSet<String>,
}

pub(super) fn scan(index: &Index<'_>) -> Found {
    let mut wrappers = Wrappers::default();
    for _ in 0..MAX_ROUNDS {
        let mut scan = Scan::new(index, wrappers.clone());
        scan.files();
        if scan.learned == wrappers {
            break;
        }
        wrappers = scan.learned;
    }
    let mut scan = Scan::new(index, wrappers);
    scan.files();
    let words = scan.words();
    let mut reads = scan.reads;
    reads.variables.sort();
    reads.variables.dedup();
    reads.open.sort();
    reads.open.dedup();
    Found {
        reads,
        words,
        wanted: index.wanted.take(),
    }
}

struct Scan<'s, 'a> {
    index: &'s Index<'a>,
    known: Wrappers,
    learned: Wrappers,
    reads: Reads,
    /// Prefixes of `with env.prefixed(…)` around the place.
    prefixes: Vec<String>,
}

/// How a read is written.
#[derive(Clone, Copy, Default)]
struct Form<'a> {
    default: Option<&'a Expr>,
    is_required: bool,
}

impl<'s, 'a> Scan<'s, 'a> {
    fn new(index: &'s Index<'a>, known: Wrappers) -> Self {
        Self {
            index,
            learned: known.clone(),
            known,
            reads: Reads::default(),
            prefixes: Vec::new(),
        }
    }

    fn files(&mut self) {
        for (file, parsed) in self.index.files.iter().enumerate() {
            let place = Place {
                file,
                function: None,
                class: None,
            };
            self.body(&parsed.source.syntax.body, place);
        }
    }

    /// Names that callers of readers write.
    fn words(&self) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        let mut classes = BTreeSet::new();
        for function in self.known.readers.keys() {
            let function = &self.index.functions[*function];
            match function.class {
                Some(class) => {
                    classes.insert(class);
                    if function.def.name != "__init__" {
                        words.insert(function.def.name.to_string());
                    }
                }
                None => {
                    words.insert(function.def.name.to_string());
                }
            }
        }
        words.extend(
            classes
                .into_iter()
                .map(|class| self.index.classes[class].def.name.to_string()),
        );
        // Short words are in too many files to say anything.
        words.retain(|word| word.len() > 3);
        words
    }

    fn body(&mut self, body: &'a [Stmt], place: Place) {
        for stmt in body {
            self.statement(stmt, place);
        }
    }

    fn statement(&mut self, stmt: &'a Stmt, place: Place) {
        of_statement(stmt, &mut |expr| self.expression(expr, place, None));
        match &stmt.kind {
            StmtKind::FunctionDef(def) => {
                let inner = self.scope(&def.name, place, |binding| match binding {
                    Binding::Function(number)
                        if std::ptr::eq(self.index.functions[*number].def, &raw const **def) =>
                    {
                        Some(*number)
                    }
                    _ => None,
                });
                let inner = Place {
                    function: inner,
                    ..place
                };
                self.body(&def.body().statements, inner);
            }
            StmtKind::ClassDef(def) => {
                let inner = self.scope(&def.name, place, |binding| match binding {
                    Binding::Class(number)
                        if std::ptr::eq(self.index.classes[*number].def, &raw const **def) =>
                    {
                        Some(*number)
                    }
                    _ => None,
                });
                let inner = Place {
                    file: place.file,
                    function: None,
                    class: inner,
                };
                self.body(&def.body, inner);
            }
            StmtKind::With { items, body, .. } => {
                let before = self.prefixes.len();
                for (value, _) in items {
                    self.prefixes.extend(self.prefix(value, place));
                }
                self.body(body, place);
                self.prefixes.truncate(before);
            }
            _ => stmt
                .suites()
                .into_iter()
                .for_each(|suite| self.body(suite, place)),
        }
    }

    fn scope(&self, name: &str, place: Place, pick: impl Fn(&Binding<'a>) -> Option<usize>) -> Option<usize> {
        let names = match (place.function, place.class) {
            (Some(function), _) => &self.index.functions[function].names,
            (None, Some(class)) => &self.index.classes[class].names,
            (None, None) => &self.index.modules[place.file],
        };
        names.get(name)?.iter().find_map(pick)
    }

    /// The text that `env.prefixed(…)` puts in front of names.
    fn prefix(&self, value: &'a Expr, place: Place) -> Option<String> {
        let ExprKind::Call(callee, arguments) = &value.kind else {
            return None;
        };
        let Thing::Made(path, ..) = self.index.evaluate(callee, place) else {
            return None;
        };
        let first = positional(arguments, 0).filter(|_| is_environs(&path) && path.ends_with(".prefixed"))?;
        match self.index.evaluate(first, place) {
            Thing::Texts(texts) => texts.into_iter().next(),
            _ => None,
        }
    }

    /// `fallback`: what stands behind an `or`.
    fn expression(&mut self, expr: &'a Expr, place: Place, fallback: Option<&'a Expr>) {
        match &expr.kind {
            ExprKind::Subscript(object, key) if self.is_environment(object, place) => {
                let form = Form {
                    default: fallback,
                    is_required: true,
                };
                self.read(key, form, expr.span, place);
            }
            ExprKind::Compare(left, rest) => {
                for (operator, right) in rest {
                    let is_membership = matches!(operator, CompareOp::In | CompareOp::NotIn);
                    if is_membership && self.is_environment(right, place) {
                        self.read(left, Form::default(), expr.span, place);
                    }
                }
            }
            ExprKind::Call(callee, arguments) => self.call(expr, callee, arguments, place, fallback),
            ExprKind::BoolOp(BoolOp::Or, operands) => {
                for (index, operand) in operands.iter().enumerate() {
                    self.expression(operand, place, operands.get(index + 1));
                }
                return;
            }
            _ => {}
        }
        children(expr, &mut |child| self.expression(child, place, None));
    }

    fn is_environment(&self, expr: &'a Expr, place: Place) -> bool {
        match self.index.evaluate(expr, place) {
            Thing::Environment => true,
            Thing::Parameter(function, position) => self.is_given_environment(function, position),
            Thing::Made(path, ..) => path == "starlette.config.Environ",
            Thing::External(path) => path == "starlette.config.environ",
            _ => false,
        }
    }

    fn is_given_environment(&self, function: usize, position: usize) -> bool {
        if self.known.environments.contains(&(function, position)) {
            return true;
        }
        let known = &self.index.functions[function];
        let default = known
            .def
            .parameters
            .all
            .get(position)
            .and_then(|parameter| parameter.default.as_deref());
        let place = Place {
            file: known.file,
            function: known.outer,
            class: known.class,
        };
        default.is_some_and(|default| matches!(self.index.evaluate(default, place), Thing::Environment))
    }

    fn call(
        &mut self,
        whole: &'a Expr,
        callee: &'a Expr,
        arguments: &'a [Argument],
        place: Place,
        fallback: Option<&'a Expr>,
    ) {
        if let ExprKind::Attribute(object, method) = &callee.kind
            && matches!(method.as_str(), "get" | "setdefault")
            && self.is_environment(object, place)
        {
            let default = positional(arguments, 1).or_else(|| keyword(arguments, "default"));
            if let Some(name) = positional(arguments, 0).or_else(|| keyword(arguments, "key")) {
                self.read(
                    name,
                    Form {
                        default: default.or(fallback),
                        is_required: false,
                    },
                    whole.span,
                    place,
                );
            }
            return;
        }
        match self.index.evaluate(callee, place) {
            Thing::Made(path, ..) if path.starts_with("super().") => {
                self.parent(callee, arguments, whole.span, place);
            }
            Thing::External(path) | Thing::Made(path, ..) => {
                self.library(&path, whole, arguments, place, fallback)
            }
            Thing::Function(function) => self.own(function, 0, arguments, whole.span, place),
            Thing::Method(function) => {
                let is_super = matches!(&callee.kind, ExprKind::Attribute(object, _) if is_class(self.index, object, place));
                self.own(function, usize::from(!is_super), arguments, whole.span, place);
            }
            Thing::Class(class) => {
                if let Some(init) = self.index.init(class) {
                    self.own(init, 1, arguments, whole.span, place);
                }
            }
            _ => self.parent(callee, arguments, whole.span, place),
        }
    }

    /// `super().__init__(…)`.
    fn parent(&mut self, callee: &'a Expr, arguments: &'a [Argument], span: Span, place: Place) {
        let ExprKind::Attribute(object, method) = &callee.kind else {
            return;
        };
        let is_super = matches!(&object.kind, ExprKind::Call(name, _) if matches!(&name.kind, ExprKind::Name(name) if name == "super"));
        let Some(class) = place
            .function
            .and_then(|function| self.index.functions[function].class)
            .filter(|_| is_super)
        else {
            return;
        };
        let place_of_class = self.index.classes[class].place;
        for base in self.index.bases(class) {
            if let Thing::Class(base) = self.index.evaluate(base, place_of_class)
                && let Thing::Method(function) = self.index.class_member(base, method, 8)
            {
                self.own(function, 1, arguments, span, place);
                return;
            }
        }
    }

    /// A call of something outside of the tree.
    fn library(
        &mut self,
        path: &str,
        whole: &'a Expr,
        arguments: &'a [Argument],
        place: Place,
        fallback: Option<&'a Expr>,
    ) {
        let default_at = |position| {
            positional(arguments, position)
                .or_else(|| keyword(arguments, "default"))
                .or(fallback)
        };
        let first = positional(arguments, 0);
        let is_decouple = matches!(
            path,
            "decouple.config"
                | "decouple.config.get"
                | "decouple.Config"
                | "decouple.Config().get"
                | "decouple.AutoConfig"
                | "decouple.AutoConfig().get"
        );
        let (name, default) = match path {
            "os.getenv" | "os.environ.get" => (first.or_else(|| keyword(arguments, "key")), default_at(1)),
            _ if is_environs(path) && !path.ends_with(".prefixed") && !path.ends_with(".read_env") => {
                (first, default_at(1))
            }
            "starlette.config.Config" | "starlette.config.Config().get" => (first, default_at(2)),
            _ if is_decouple => (first, default_at(1)),
            _ if path.starts_with("click.") || path.starts_with("typer.") => {
                (keyword(arguments, "envvar"), keyword(arguments, "default"))
            }
            _ => return,
        };
        // A class that is called makes a reader and reads nothing yet.
        let makes_reader = matches!(self.callee(whole, place), Some(Thing::External(path)) if path.ends_with("Env") || path.ends_with("Config"));
        if let Some(name) = name.filter(|_| !makes_reader) {
            let may_lack = matches!(path, "os.getenv" | "os.environ.get")
                || path.starts_with("click.")
                || path.starts_with("typer.");
            let form = Form {
                default,
                is_required: default.is_none() && !may_lack,
            };
            self.read(name, form, whole.span, place);
        }
    }

    fn callee(&self, whole: &'a Expr, place: Place) -> Option<Thing<'a>> {
        match &whole.kind {
            ExprKind::Call(callee, _) => Some(self.index.evaluate(callee, place)),
            _ => None,
        }
    }

    /// A call of a function of the tree: it may hand the name on, or be given the environment.
    fn own(&mut self, function: usize, bound: usize, arguments: &'a [Argument], span: Span, place: Place) {
        let parameters = &self.index.functions[function].def.parameters.all;
        for position in 0..parameters.len() {
            let given = self.index.argument(arguments, function, position, bound);
            let may_be =
                given.filter(|value| matches!(value.kind, ExprKind::Name(_) | ExprKind::Attribute(..)));
            if may_be.is_some_and(|value| matches!(self.index.evaluate(value, place), Thing::Environment)) {
                self.learned.environments.insert((function, position));
            }
        }
        let Some(wrappers) = self.known.readers.get(&function).cloned() else {
            return;
        };
        for wrapper in wrappers {
            let Some(name) = self.index.argument(arguments, function, wrapper.name, bound) else {
                continue;
            };
            let default = wrapper
                .default
                .and_then(|position| self.index.argument(arguments, function, position, bound));
            self.prefixes.push(wrapper.prefix.clone());
            self.read(
                name,
                Form {
                    default,
                    is_required: false,
                },
                span,
                place,
            );
            self.prefixes.pop();
        }
    }

    fn read(&mut self, name: &'a Expr, form: Form<'a>, span: Span, place: Place) {
        let prefix = self.prefixes.concat();
        match self.index.evaluate(name, place) {
            Thing::Texts(names) => {
                for name in names {
                    let read = VariableRead {
                        name: format!("{prefix}{name}"),
                        location: self.location(span, place),
                        reader: self.reader(place),
                        default: form.default.and_then(|default| self.words_of(default, place)),
                        is_required: form.is_required && form.default.is_none(),
                    };
                    self.reads.variables.push(read);
                }
            }
            Thing::Parameter(function, position) => {
                let parameters = &self.index.functions[function].def.parameters.all;
                let given = form.default.map(|default| self.index.evaluate(default, place));
                let default = match given {
                    Some(Thing::Parameter(of, position)) if of == function => Some(position),
                    // A reader that falls back by itself names its parameter so.
                    _ => parameters
                        .iter()
                        .position(|parameter| parameter.name == "default"),
                };
                let wrapper = Wrapper {
                    name: position,
                    default,
                    prefix,
                };
                self.learned.readers.entry(function).or_default().insert(wrapper);
            }
            _ => self.reads.open.push(OpenRead {
                location: self.location(span, place),
                name: self.snippet(name, place),
            }),
        }
    }

    fn snippet(&self, expr: &Expr, place: Place) -> String {
        let text = &self.index.files[place.file].file.text;
        let range = expr.span.start as usize..expr.span.end as usize;
        let text = String::from_utf8_lossy(text.get(range).unwrap_or_default());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A default in Python's words; `None` is none.
    fn words_of(&self, default: &Expr, place: Place) -> Option<String> {
        let is_none = matches!(default.kind, ExprKind::Constant(Constant::None));
        (!is_none).then(|| self.snippet(default, place))
    }

    fn location(&self, span: Span, place: Place) -> Location {
        let parsed = &self.index.files[place.file];
        let (line, column) = parsed.source.syntax.line_column(span.start);
        Location {
            file: parsed.file.path.clone(),
            line,
            end_line: parsed.source.syntax.line(span.end.saturating_sub(1)).max(line),
            column,
        }
    }

    fn reader(&self, place: Place) -> String {
        let module = &self.index.files[place.file].file.module;
        let inside = match (place.function, place.class) {
            (Some(function), _) => &self.index.functions[function].qualname,
            (None, Some(class)) => &self.index.classes[class].qualname,
            (None, None) => return module.clone(),
        };
        format!("{module}:{inside}")
    }
}

fn is_class<'a>(index: &Index<'a>, object: &'a Expr, place: Place) -> bool {
    matches!(index.evaluate(object, place), Thing::Class(_))
}

/// A reader of environs or django-environ.
fn is_environs(path: &str) -> bool {
    let classes = [
        "environs.Env",
        "environs.FileAwareEnv",
        "environ.Env",
        "environ.FileAwareEnv",
    ];
    path.starts_with("environs.env")
        || classes.iter().any(|class| {
            path.strip_prefix(class)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("()."))
        })
}

fn positional(arguments: &[Argument], position: usize) -> Option<&Expr> {
    match arguments.get(position)? {
        Argument::Positional(value) => Some(value),
        _ => None,
    }
}

fn keyword<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Expr> {
    arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(keyword, value) if keyword == name => Some(value),
        _ => None,
    })
}
