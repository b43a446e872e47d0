//! The functions and classes of the backend by name.

use std::{collections::BTreeMap, sync::Arc};

use super::walk;
use crate::{
    architecture::model::{MessagePlace, Module as ModuleInfo},
    python::{
        source_file::SourceFile,
        syntax::ast::{Argument, ClassDef, Constant, Expr, ExprKind, FunctionDef, Span, Stmt, StmtKind},
    },
    source::location::Location,
};

/// What stands between the name of a function and that of one within it.
pub(super) const LOCALS: &str = ".<locals>.";

/// A parsed module.
pub(super) struct Source {
    pub name: String,
    pub file: String,
    pub parsed: Arc<SourceFile>,
}

/// A function or method.
#[derive(Clone)]
pub(super) struct Function {
    /// Place in [`Code::sources`].
    pub source: usize,
    /// Qualified name within the module.
    pub name: String,
    pub class: Option<String>,
    pub definition: Arc<FunctionDef>,
}

/// The backend's code.
pub(super) struct Code {
    pub sources: Vec<Source>,
    pub functions: Vec<Function>,
    /// Places in [`Code::functions`], by the last part of the name.
    by_name: BTreeMap<String, Vec<usize>>,
    classes: BTreeMap<String, Vec<(usize, Arc<ClassDef>)>>,
}

impl Code {
    /// Reads modules that mention a WebSocket, and those that such a module may call: all of the application's.
    pub(super) fn read(modules: &[ModuleInfo], source: &dyn Fn(&str) -> Option<Arc<SourceFile>>) -> Self {
        let mut code = Self {
            sources: vec![],
            functions: vec![],
            by_name: BTreeMap::new(),
            classes: BTreeMap::new(),
        };
        for module in modules {
            let Some(parsed) = source(&module.file) else {
                continue;
            };
            code.sources.push(Source {
                name: module.name.clone(),
                file: module.file.clone(),
                parsed,
            });
        }
        for index in 0..code.sources.len() {
            let mut found = vec![];
            collect(&code.sources[index].parsed.syntax.body, "", None, &mut found);
            for definition in found {
                match definition {
                    Definition::Function(name, class, definition) => {
                        let key = definition.name.to_string();
                        code.by_name.entry(key).or_default().push(code.functions.len());
                        code.functions.push(Function {
                            source: index,
                            name,
                            class,
                            definition,
                        });
                    }
                    Definition::Class(class) => {
                        let key = class.name.to_string();
                        code.classes.entry(key).or_default().push((index, class));
                    }
                }
            }
        }
        code
    }

    /// The functions that a callee may be, by its name: those of the own class or module alone, if there is one.
    pub(super) fn callees(&self, from: &Function, callee: &Expr) -> Vec<usize> {
        let (name, on_self) = match &callee.kind {
            ExprKind::Name(name) => (name, false),
            ExprKind::Attribute(object, name) => {
                (name, matches!(&object.kind, ExprKind::Name(own) if own == "self"))
            }
            _ => return vec![],
        };
        let found = self.by_name.get(name.as_str()).cloned().unwrap_or_default();
        let keep = |test: &dyn Fn(&Function) -> bool| -> Vec<usize> {
            found
                .iter()
                .copied()
                .filter(|index| test(&self.functions[*index]))
                .collect()
        };
        let is_method = matches!(callee.kind, ExprKind::Attribute(..));
        let own = match on_self {
            true => keep(&|function| function.source == from.source && function.class == from.class),
            false if !is_method => self.nearest(from, name).unwrap_or_else(|| {
                keep(&|function| {
                    function.source == from.source
                        && function.class.is_none()
                        && !function.name.contains(LOCALS)
                })
            }),
            false => vec![],
        };
        if !own.is_empty() {
            return own;
        }
        let is_of_module = match &callee.kind {
            ExprKind::Attribute(object, _) => {
                matches!(&object.kind, ExprKind::Name(module) if self.is_module(module))
            }
            _ => false,
        };
        if let Some(class) = self.receiver(from, callee) {
            return keep(&|function| function.class.as_deref() == Some(class.as_str()));
        }
        if is_method && !is_of_module {
            keep(&|function| function.class.is_some())
        } else {
            keep(&|function| function.class.is_none())
        }
    }

    /// The function of a name within a function or one around it: what stands in others is not seen there.
    fn nearest(&self, from: &Function, name: &str) -> Option<Vec<usize>> {
        let mut around = Some(from.name.as_str());
        while let Some(outer) = around {
            let local = format!("{outer}{LOCALS}{name}");
            let is_it = |function: &Function| function.source == from.source && function.name == local;
            let found = self.by_name.get(name)?.iter().copied();
            let found: Vec<usize> = found.filter(|index| is_it(&self.functions[*index])).collect();
            if !found.is_empty() {
                return Some(found);
            }
            around = outer.rsplit_once(LOCALS).map(|(outer, _)| outer);
        }
        None
    }

    /// The functions that a callee is, where more than its name says so: those of a method only if the class of its object
    /// is known.
    pub(super) fn certain_callees(&self, from: &Function, callee: &Expr) -> Vec<usize> {
        let is_known = match &callee.kind {
            ExprKind::Attribute(object, _) => {
                is_name(object, "self")
                    || self.class_of(from, object).is_some()
                    || matches!(&object.kind, ExprKind::Name(name) if self.is_module(name))
            }
            _ => true,
        };
        let found = if is_known {
            self.callees(from, callee)
        } else {
            vec![]
        };
        // A name that many have says too little.
        if found.len() <= 2 { found } else { vec![] }
    }

    fn is_module(&self, name: &str) -> bool {
        self.sources
            .iter()
            .any(|source| source.name.rsplit('.').next() == Some(name))
    }

    /// The class of a name: that of the own module, or the first.
    pub(super) fn class(&self, from: usize, name: &str) -> Option<(usize, &Arc<ClassDef>)> {
        let found = self.classes.get(name)?;
        let own = found.iter().find(|(source, _)| *source == from);
        own.or_else(|| found.first())
            .map(|(source, class)| (*source, class))
    }

    /// A constant of the own module, or of the only other one that has it.
    pub(super) fn constant(&self, from: usize, name: &str) -> Option<(usize, &Expr)> {
        if let Some(value) = self.assigned(from, name) {
            return Some((from, value));
        }
        let mut others = (0..self.sources.len())
            .filter(|index| *index != from)
            .filter_map(|index| Some((index, self.assigned(index, name)?)));
        match (others.next(), others.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    fn assigned(&self, source: usize, name: &str) -> Option<&Expr> {
        let values = walk::assigned(&self.sources[source].parsed.syntax.body, name);
        values.last().copied()
    }

    /// Where something of a function stands.
    pub(super) fn place(&self, function: &Function, span: Span) -> MessagePlace {
        let source = &self.sources[function.source];
        let (line, column) = source.parsed.syntax.line_column(span.start);
        MessagePlace {
            location: Location {
                file: source.file.clone(),
                line,
                end_line: line,
                column,
            },
            function: format!("{}:{}", source.name, function.name),
        }
    }
}

enum Definition {
    Function(String, Option<String>, Arc<FunctionDef>),
    Class(Arc<ClassDef>),
}

fn collect(body: &[Stmt], prefix: &str, class: Option<&str>, found: &mut Vec<Definition>) {
    walk::statements(body, &mut |statement| match &statement.kind {
        StmtKind::FunctionDef(definition) => {
            let name = format!("{prefix}{}", definition.name);
            found.push(Definition::Function(
                name.clone(),
                class.map(str::to_owned),
                Arc::clone(definition),
            ));
            collect(
                &definition.body().statements,
                &format!("{name}{LOCALS}"),
                None,
                found,
            );
        }
        StmtKind::ClassDef(definition) => {
            found.push(Definition::Class(Arc::clone(definition)));
            let name = format!("{prefix}{}", definition.name);
            collect(
                &definition.body,
                &format!("{name}."),
                Some(&definition.name),
                found,
            );
        }
        _ => {}
    });
}

/// Whether an expression is this name.
pub(super) fn is_name(expression: &Expr, name: &str) -> bool {
    matches!(&expression.kind, ExprKind::Name(own) if own == name)
}

/// The string that an expression is.
pub(super) fn text(expression: &Expr) -> Option<String> {
    match &expression.kind {
        ExprKind::Constant(Constant::Str(text)) => Some(text.to_string()),
        _ => None,
    }
}

/// The place of a parameter among the arguments of a call: those of a method without `self`.
pub(super) fn argument_for<'a>(
    function: &Function,
    parameter: &str,
    arguments: &'a [Argument],
) -> Option<&'a Expr> {
    let named = arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(name, value) if name == parameter => Some(value),
        _ => None,
    });
    let place = || {
        let parameters = &function.definition.parameters.all;
        let skipped = usize::from(function.class.is_some());
        let place = parameters.iter().position(|known| known.name == parameter)?;
        match arguments.get(place.checked_sub(skipped)?)? {
            Argument::Positional(value) => Some(value),
            _ => None,
        }
    };
    named.or_else(place)
}
