//! Types that contain themselves by a name that is only assigned: they have no end.

use ecow::EcoString;

use super::{
    annotations::annotated,
    interpreter::{Interpreter, location},
    typing::TypeForm,
    unknown::Unknown,
    value::{ModuleObject, Value},
};
use crate::{
    python::syntax::ast::{Expr, ExprKind, StmtKind},
    source::location::Location,
};

impl Interpreter {
    /// What stands for a name that leads back to itself. An assigned name has no definition that could be referred to,
    /// so such a type has no end; pydantic refuses it
    /// (<https://docs.pydantic.dev/latest/concepts/types/#named-recursive-types>).
    pub(super) fn circle(&mut self, name: &EcoString, module: &ModuleObject) -> Value {
        self.circles += 1;
        let message = format!(
            "the type `{name}` contains itself; `type {name} = …` or `TypeAliasType` gives it a name to refer to"
        );
        self.report_at(place_of(name, module), "unknown-type", message);
        Unknown::symbol(name.clone())
    }

    /// A type whose parts do not lead back to the forward references that are being replaced.
    pub(super) fn without_circles(&mut self, value: &Value) -> Value {
        let Value::Type(form) = value else {
            return value.clone();
        };
        let parts = match &**form {
            TypeForm::Alias { args, .. } | TypeForm::Union(args) => args.as_slice(),
            TypeForm::Annotated { inner, .. } => std::slice::from_ref(inner),
            _ => return value.clone(),
        };
        let circles = self.circles;
        let mut finite = vec![];
        for part in parts {
            let before = self.circles;
            let replaced = match part {
                Value::Type(form) if matches!(&**form, TypeForm::Forward { .. }) => self.resolve_type(part),
                part => self.without_circles(part),
            };
            finite.push(if self.circles > before {
                replaced
            } else {
                part.clone()
            });
        }
        if self.circles == circles {
            return value.clone();
        }
        match &**form {
            TypeForm::Alias { origin, .. } => TypeForm::Alias {
                origin: origin.clone(),
                args: finite,
            }
            .value(),
            TypeForm::Annotated { metadata, .. } => annotated(finite.remove(0), metadata.clone()),
            _ => TypeForm::union(finite),
        }
    }
}

/// Where a module assigns a name; its file when it does not.
fn place_of(name: &str, module: &ModuleObject) -> Location {
    let Some(file) = &module.file else {
        return Location::default();
    };
    let is_name = |target: &Expr| matches!(&target.kind, ExprKind::Name(found) if found == name);
    let assigned = file.syntax.body.iter().find(|statement| match &statement.kind {
        StmtKind::Assign { targets, .. } => targets.iter().any(is_name),
        StmtKind::AnnAssign { target, .. } => is_name(target),
        _ => false,
    });
    match assigned {
        Some(statement) => location(module, statement.span),
        None => Location {
            file: file.path.to_string(),
            ..Location::default()
        },
    }
}
