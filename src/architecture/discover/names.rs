//! What gives applications, by its name.

use std::collections::{BTreeMap, BTreeSet};

use super::syntactic::{Scan, callee, each, last_name, name};
use crate::python::syntax::ast::{Argument, ClassDef, Expr, ExprKind, FunctionDef, Stmt, StmtKind};

/// Names of classes and functions, from all files, that give applications.
pub(super) struct Names {
    pub(super) classes: BTreeSet<String>,
    pub(super) factories: BTreeSet<String>,
    /// Factories that some module calls: the application there is the better candidate.
    pub(super) called: BTreeSet<String>,
    /// Attributes and methods of instances that give an application, by class: `self.app = FastAPI()`.
    holders: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    pub(super) fn of<'s>(scans: impl Iterator<Item = &'s Scan> + Clone) -> Self {
        let mut names = Self {
            classes: BTreeSet::from(["FastAPI".to_owned()]),
            factories: BTreeSet::new(),
            called: BTreeSet::new(),
            holders: BTreeMap::new(),
        };
        // A subclass of a subclass, and a factory that calls a factory, are found in the next round.
        for _ in 0..3 {
            for scan in scans.clone() {
                names.learn(scan);
            }
        }
        for scan in scans {
            each(&scan.file.syntax.body, &mut |stmt| {
                if let StmtKind::Assign { value, .. }
                | StmtKind::AnnAssign {
                    value: Some(value), ..
                } = &stmt.kind
                {
                    names.called.extend(callee(value).map(str::to_owned));
                }
            });
        }
        names
    }

    fn learn(&mut self, scan: &Scan) {
        each(&scan.file.syntax.body, &mut |stmt| match &stmt.kind {
            StmtKind::ClassDef(class) => {
                let is_app = class.arguments.iter().any(|base| match base {
                    Argument::Positional(base) => {
                        last_name(base).is_some_and(|name| self.classes.contains(name))
                    }
                    _ => false,
                });
                if is_app {
                    self.classes.insert(class.name.to_string());
                } else {
                    self.learn_holder(class);
                }
            }
            StmtKind::FunctionDef(function) if self.makes(function) => {
                self.factories.insert(function.name.to_string());
            }
            // `from fastapi import FastAPI as App`
            StmtKind::ImportFrom { names, .. } => {
                for name in names {
                    if let Some(alias) = name
                        .alias
                        .as_ref()
                        .filter(|_| self.classes.contains(name.name.as_str()))
                    {
                        self.classes.insert(alias.to_string());
                    }
                }
            }
            _ => {}
        });
    }

    /// Whether a function says that it returns an application, or returns a new one.
    pub(super) fn makes(&self, function: &FunctionDef) -> bool {
        let is_app = |expr: &Expr| last_name(expr).is_some_and(|name| self.classes.contains(name));
        if function.returns.as_deref().is_some_and(is_app) {
            return true;
        }
        let mut bound: Vec<&str> = Vec::new();
        let held = self.held(&function.body().statements);
        let mut makes = false;
        each(&function.body().statements, &mut |stmt| match &stmt.kind {
            StmtKind::Assign { targets, value } if self.is_application(value) => {
                bound.extend(targets.iter().filter_map(name));
            }
            StmtKind::Return(Some(value)) => {
                makes |= self.is_application(value)
                    || name(value).is_some_and(|name| bound.contains(&name))
                    || self.holder_of(value, &held).is_some();
            }
            _ => {}
        });
        makes
    }

    /// Whether an expression makes an application: a call of a class or factory, itself or wrapped by another call.
    pub(super) fn is_application(&self, value: &Expr) -> bool {
        let ExprKind::Call(_, arguments) = &value.kind else {
            return false;
        };
        let is_known =
            callee(value).is_some_and(|name| self.classes.contains(name) || self.factories.contains(name));
        is_known
            || matches!(arguments.first(), Some(Argument::Positional(inner)) if self.is_application(inner))
    }

    /// Learns the attributes of a class that keep an application, and its methods that give one.
    fn learn_holder(&mut self, class: &ClassDef) {
        let methods: Vec<&FunctionDef> = class
            .body
            .iter()
            .filter_map(|stmt| match &stmt.kind {
                StmtKind::FunctionDef(method) => Some(&**method),
                _ => None,
            })
            .collect();
        let mut given: BTreeSet<String> = self.holders.get(class.name.as_str()).cloned().unwrap_or_default();
        let making = methods.iter().filter(|method| self.makes(method));
        given.extend(making.map(|method| method.name.to_string()));
        for method in &methods {
            each(&method.body().statements, &mut |stmt| {
                let (target, value, annotation) = match &stmt.kind {
                    StmtKind::Assign { targets, value } => (targets.first(), Some(value), None),
                    StmtKind::AnnAssign {
                        target,
                        value,
                        annotation,
                        ..
                    } => (Some(target), value.as_ref(), Some(annotation)),
                    StmtKind::Return(Some(value)) => {
                        if attribute_of_self(value).is_some_and(|name| given.contains(name)) {
                            given.insert(method.name.to_string());
                        }
                        return;
                    }
                    _ => return,
                };
                let is_said = annotation
                    .and_then(|annotation| last_name(annotation))
                    .is_some_and(|name| self.classes.contains(name));
                let is_made = value.is_some_and(|value| {
                    self.is_application(value)
                        || matches!(&value.kind, ExprKind::Call(called, _)
                            if attribute_of_self(called).is_some_and(|name| given.contains(name)))
                });
                if let Some(name) = target.and_then(attribute_of_self).filter(|_| is_said || is_made) {
                    given.insert(name.to_owned());
                }
            });
        }
        if !given.is_empty() {
            self.holders.insert(class.name.to_string(), given);
        }
    }

    /// Names that statements bind to instances of classes that keep an application, with the class.
    pub(super) fn held<'s>(&self, body: &'s [Stmt]) -> Vec<(&'s str, &'s str)> {
        let mut held = Vec::new();
        each(body, &mut |stmt| {
            if let StmtKind::Assign { targets, value } = &stmt.kind
                && let Some(class) = self.holder(value)
            {
                held.extend(targets.iter().filter_map(name).map(|name| (name, class)));
            }
        });
        held
    }

    /// The class of an instance that is made, if it keeps an application.
    fn holder<'e>(&self, made: &'e Expr) -> Option<&'e str> {
        callee(made).filter(|class| self.holders.contains_key(*class))
    }

    /// `Server().app`, or `server.app` of an instance that a name is bound to, as it is written without arguments; also the
    /// call of a method that gives the application.
    pub(super) fn holder_of(&self, value: &Expr, held: &[(&str, &str)]) -> Option<String> {
        let (attribute, parentheses) = match &value.kind {
            ExprKind::Call(called, _) => (&**called, "()"),
            _ => (value, ""),
        };
        let ExprKind::Attribute(object, attribute) = &attribute.kind else {
            return None;
        };
        let (class, instance) = match (self.holder(object), name(object)) {
            (Some(class), _) => (class, format!("{class}(…)")),
            (None, Some(bound)) => {
                let (_, class) = held.iter().find(|(name, _)| *name == bound)?;
                (*class, bound.to_owned())
            }
            _ => return None,
        };
        let gives = self.holders.get(class)?.contains(attribute.as_str());
        gives.then(|| format!("{instance}.{attribute}{parentheses}"))
    }
}

/// `x` of `self.x`.
fn attribute_of_self(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Attribute(object, attribute) if name(object) == Some("self") => Some(attribute),
        _ => None,
    }
}
