//! Finding the reads.

use std::collections::BTreeSet;

use super::calls::{is_environs, positional};
use super::evaluate::Thing;
use super::expressions::{children, of_statement};
use super::index::{Binding, Index, Place};
use super::wrapper::{Wrapper, Wrappers};
use super::{OpenRead, Reads, VariableRead};
use crate::python::syntax::ast::{BoolOp, CompareOp, Constant, Expr, ExprKind, Span, Stmt, StmtKind};
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

pub(super) struct Scan<'s, 'a> {
    pub(super) index: &'s Index<'a>,
    pub(super) known: Wrappers,
    pub(super) learned: Wrappers,
    reads: Reads,
    /// Prefixes of `with env.prefixed(…)` around the place.
    pub(super) prefixes: Vec<String>,
}

/// How a read is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Form<'a> {
    pub(super) default: Option<&'a Expr>,
    pub(super) is_required: bool,
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

    pub(super) fn is_environment(&self, expr: &'a Expr, place: Place) -> bool {
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

    pub(super) fn read(&mut self, name: &'a Expr, form: Form<'a>, span: Span, place: Place) {
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
