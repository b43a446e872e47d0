//! What the object of a method call is: an instance of a class of the tree, or a connection to another server.

use std::sync::Arc;

use super::{
    code::{Code, Function, LOCALS, is_name},
    walk,
};
use crate::python::syntax::ast::{ClassDef, Expr, ExprKind, Stmt, StmtKind};

impl Code {
    /// The class that the object of a method call is an instance of.
    pub(super) fn receiver(&self, from: &Function, callee: &Expr) -> Option<String> {
        let ExprKind::Attribute(object, _) = &callee.kind else {
            return None;
        };
        let (_, class) = self.class_of(from, object)?;
        Some(class.name.to_string())
    }

    /// The class that an object is an instance of: a parameter by its annotation, a local name of the function or of one
    /// around it, a field or a constant by what is called for it.
    pub(super) fn class_of(&self, from: &Function, object: &Expr) -> Option<(usize, &Arc<ClassDef>)> {
        let class = match &object.kind {
            ExprKind::Name(name) => self.made_for(from, name)?,
            ExprKind::Attribute(object, field) if is_name(object, "self") => {
                self.made_for_field(from, field)?
            }
            _ => return None,
        };
        let name = named_class(class)?;
        self.class(from.source, name)
    }

    /// The annotation of a parameter, or what is called for a name.
    fn made_for<'c>(&'c self, from: &'c Function, name: &str) -> Option<&'c Expr> {
        let around = |function: &&Function| is_around(function, from);
        // The innermost function is the last one that is found.
        for function in self.functions.iter().rev().filter(around) {
            let parameters = &function.definition.parameters.all;
            if let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) {
                return parameter.annotation.as_deref();
            }
            if let Some(made) = called_for(&function.definition.body().statements, &|target| {
                is_name(target, name)
            }) {
                return Some(made);
            }
        }
        match &self.constant(from.source, name)?.1.kind {
            ExprKind::Call(class, _) => Some(class),
            _ => None,
        }
    }

    /// Whether an object is a connection that this side opens to another server, as
    /// [aiohttp](https://docs.aiohttp.org/en/stable/client_quickstart.html#websockets) and
    /// [websockets](https://websockets.readthedocs.io/en/stable/reference/asyncio/client.html) do.
    pub(super) fn is_of_other_server(&self, from: &Function, object: &Expr) -> bool {
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &object.kind else {
            return false;
        };
        let is_target = |target: &Expr| matches!(&target.kind, ExprKind::Name(own) | ExprKind::Attribute(_, own) if own == name);
        let mut found = false;
        let is_field = matches!(object.kind, ExprKind::Attribute(..));
        // Functions within hold what the one around them opens, methods what another of the same class does.
        let around =
            |function: &&Function| is_around(function, from) || is_field && is_of_same_class(function, from);
        let of_file: Vec<&Function> = self.functions.iter().filter(around).collect();
        let is_given = |function: &&&Function| {
            let mut parameters = function.definition.parameters.all.iter();
            !is_field && parameters.any(|parameter| parameter.name == *name)
        };
        if of_file.iter().any(|function| is_given(&function)) {
            return false;
        }
        for function in of_file {
            walk::statements(&function.definition.body().statements, &mut |statement| {
                if let StmtKind::With { items, .. } = &statement.kind {
                    found |= items.iter().any(|(context, target)| {
                        target.as_ref().is_some_and(is_target) && opens_socket(context)
                    });
                } else if let Some((targets, value)) = walk::assignment(statement) {
                    found |= targets.iter().any(is_target) && opens_socket(value);
                }
            });
        }
        found
    }

    /// What a method of the own class calls for a field.
    fn made_for_field<'c>(&'c self, from: &Function, field: &str) -> Option<&'c Expr> {
        let is_field = |target: &Expr| matches!(&target.kind, ExprKind::Attribute(object, name) if name == field && is_name(object, "self"));
        let own = self.functions.iter();
        own.filter(|function| is_of_same_class(function, from))
            .find_map(|function| called_for(&function.definition.body().statements, &is_field))
    }
}

/// Whether a function is another one or stands around it.
fn is_around(function: &Function, inner: &Function) -> bool {
    function.source == inner.source
        && (function.name == inner.name || inner.name.starts_with(&format!("{}{LOCALS}", function.name)))
}

fn is_of_same_class(function: &Function, other: &Function) -> bool {
    function.source == other.source && function.class.is_some() && function.class == other.class
}

/// Whether an expression opens a socket to a server.
fn opens_socket(value: &Expr) -> bool {
    let mut opens = false;
    walk::below(value, &mut |part| {
        if let ExprKind::Call(callee, _) = &part.kind
            && let ExprKind::Attribute(module, method) = &callee.kind
        {
            opens |= match method.as_str() {
                "ws_connect" | "create_connection" => true,
                "connect" => {
                    matches!(&module.kind, ExprKind::Name(module) if module.starts_with("websocket"))
                }
                _ => false,
            };
        }
    });
    opens
}

/// The class that an annotation or a call names: `Room`, `rooms.Room`, `Annotated[Room, …]`.
fn named_class(expression: &Expr) -> Option<&str> {
    match &expression.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => Some(name),
        ExprKind::Subscript(outer, inner) if named_class(outer) == Some("Annotated") => match &inner.kind {
            ExprKind::Tuple(items) => named_class(items.first()?),
            _ => None,
        },
        _ => None,
    }
}

/// What is called for the value of a target.
fn called_for<'s>(body: &'s [Stmt], is_target: &dyn Fn(&Expr) -> bool) -> Option<&'s Expr> {
    let mut found = None;
    walk::statements(body, &mut |statement| {
        if let Some((targets, value)) = walk::assignment(statement)
            && let ExprKind::Call(callee, _) = &value.kind
            && targets.iter().any(is_target)
        {
            found = Some(&**callee);
        }
    });
    found
}
