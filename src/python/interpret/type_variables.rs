//! Variables of types: made, found in a type, and replaced by what is given for them.

use std::{cell::OnceCell, rc::Rc, sync::Arc};

use ecow::EcoString;

use super::{
    annotations::annotated,
    flow::Eval,
    interpreter::Interpreter,
    scope::{Scope, ScopeKind},
    typing::{TypeForm, TypeVariable},
    unknown::Unknown,
    value::{ModuleObject, Value},
};
use crate::python::syntax::ast::{Expr, TypeParam, TypeParamKind};

impl Interpreter {
    pub(super) fn type_parameter_scope(
        &mut self,
        parameters: &[TypeParam],
        scope: &Rc<Scope>,
        module: &Rc<ModuleObject>,
    ) -> Rc<Scope> {
        if parameters.is_empty() {
            return Rc::clone(scope);
        }
        let inner = Scope::new(ScopeKind::Comprehension, Some(Rc::clone(scope)));
        for parameter in parameters {
            let bound = parameter
                .bound
                .as_ref()
                .map(|bound| self.annotation_in(bound, &inner, module));
            let default = parameter
                .default
                .as_ref()
                .map(|default| self.annotation_in(default, &inner, module));
            inner
                .names
                .borrow_mut()
                .insert(parameter.name.clone(), type_variable(parameter, bound, default));
        }
        inner
    }

    pub(super) fn make_type_alias(
        &mut self,
        name: &EcoString,
        parameters: &[TypeParam],
        value: &Arc<Expr>,
    ) -> Eval<Value> {
        let Some(module) = self.module() else {
            return Ok(Unknown::nothing());
        };
        let outer = self.scope();
        let scope = self.type_parameter_scope(parameters, &outer, &module);
        let variables = parameters
            .iter()
            .filter_map(|parameter| scope.names.borrow().get(&parameter.name).cloned())
            .collect();
        Ok(TypeForm::Lazy {
            name: name.clone(),
            expr: Arc::clone(value),
            scope,
            module,
            parameters: variables,
            value: OnceCell::new(),
        }
        .value())
    }

    pub(super) fn make_type_variable(&mut self, parameter: &TypeParam) -> Eval<Value> {
        let Some(module) = self.module() else {
            return Ok(Unknown::nothing());
        };
        let scope = self.scope();
        let bound = parameter
            .bound
            .as_ref()
            .map(|bound| self.annotation_in(bound, &scope, &module));
        let default = parameter
            .default
            .as_ref()
            .map(|default| self.annotation_in(default, &scope, &module));
        Ok(type_variable(parameter, bound, default))
    }
}

fn type_variable(parameter: &TypeParam, bound: Option<Value>, default: Option<Value>) -> Value {
    let kind = match parameter.kind {
        TypeParamKind::TypeVar => "TypeVar",
        TypeParamKind::TypeVarTuple => "TypeVarTuple",
        TypeParamKind::ParamSpec => "ParamSpec",
    };
    let (bound, constraints) = match bound {
        Some(Value::Tuple(constraints)) => (None, constraints.to_vec()),
        bound => (bound, vec![]),
    };
    let name = parameter.name.clone();
    TypeForm::Variable(TypeVariable {
        name,
        kind: kind.into(),
        bound,
        constraints,
        default,
    })
    .value()
}

/// The type variables in a type, in order of first mention.
pub fn collect_variables(value: &Value, out: &mut Vec<Value>) {
    let Value::Type(form) = value else { return };
    match &**form {
        TypeForm::Variable(_) if out.iter().any(|known| known.is_same(value)) => {}
        TypeForm::Variable(_) => out.push(value.clone()),
        TypeForm::Alias { args, .. } | TypeForm::Union(args) => {
            args.iter().for_each(|arg| collect_variables(arg, out));
        }
        TypeForm::Annotated { inner, .. } => collect_variables(inner, out),
        _ => {}
    }
}

/// A type with its variables replaced.
#[must_use]
pub fn substitute(value: &Value, pairs: &[(Value, Value)]) -> Value {
    let Value::Type(form) = value else {
        return value.clone();
    };
    let all = |args: &[Value]| args.iter().map(|arg| substitute(arg, pairs)).collect::<Vec<_>>();
    match &**form {
        TypeForm::Variable(_) => pairs
            .iter()
            .find(|(variable, _)| variable.is_same(value))
            .map_or_else(|| value.clone(), |(_, to)| to.clone()),
        TypeForm::Alias { origin, args } => TypeForm::Alias {
            origin: origin.clone(),
            args: all(args),
        }
        .value(),
        TypeForm::Union(members) => TypeForm::union(all(members)),
        TypeForm::Annotated { inner, metadata } => annotated(substitute(inner, pairs), metadata.clone()),
        _ => value.clone(),
    }
}

pub(super) fn substitute_first(arg: &Value, given: &mut impl Iterator<Item = Value>) -> Value {
    match arg {
        Value::Type(form) if matches!(&**form, TypeForm::Variable(_)) => {
            given.next().unwrap_or_else(|| arg.clone())
        }
        _ => arg.clone(),
    }
}
