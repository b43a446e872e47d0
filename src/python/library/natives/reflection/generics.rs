//! The arguments of generic types, and what classes do with them.

use std::rc::Rc;

use crate::python::interpret::{
    arguments::Arguments, class::ClassObject, interpreter::Interpreter, type_variables::substitute,
    typing::TypeForm, unknown::Unknown, value::Value,
};

/// `TypeAliasType(name, value)`: a type with a name, as a `type` statement makes it.
pub(super) fn type_alias(it: &mut Interpreter, arguments: &Arguments) -> Value {
    let given = it
        .type_arguments(&arguments.at(1))
        .into_iter()
        .next()
        .unwrap_or_else(Unknown::nothing);
    let (Some(name), Some(module)) = (arguments.at(0).as_str(), it.module_of_caller()) else {
        return given;
    };
    // A type in quotes is read where the alias stands.
    let value = match arguments.at(1) {
        Value::Str(text) => TypeForm::Forward {
            text,
            scope: Rc::clone(&module.scope),
            module: Rc::clone(&module),
        }
        .value(),
        _ => given,
    };
    let parsed = crate::python::syntax::parse(b"None");
    let Some(crate::python::syntax::ast::StmtKind::Expr(expr)) =
        parsed.body.into_iter().next().map(|first| first.kind)
    else {
        return value;
    };
    let parameters = match arguments.at(2) {
        Value::Tuple(items) => items.to_vec(),
        _ => vec![],
    };
    TypeForm::Lazy {
        name,
        expr: expr.into(),
        scope: Rc::clone(&module.scope),
        module,
        parameters,
        value: value.into(),
    }
    .value()
}

/// [`typing.get_origin`](https://docs.python.org/3/library/typing.html#typing.get_origin).
#[must_use]
pub fn type_origin(it: &Interpreter, value: &Value) -> Value {
    let Value::Type(form) = value else {
        return Value::None;
    };
    match &**form {
        TypeForm::Alias { origin, .. } => it.runtime_class(origin),
        TypeForm::Union(_) => TypeForm::Special("Union".into()).value(),
        TypeForm::Annotated { .. } => TypeForm::Special("Annotated".into()).value(),
        TypeForm::Literal(_) => TypeForm::Special("Literal".into()).value(),
        _ => Value::None,
    }
}

/// [`typing.get_args`](https://docs.python.org/3/library/typing.html#typing.get_args).
#[must_use]
pub fn type_args(value: &Value) -> Value {
    let Value::Type(form) = value else {
        return Value::tuple(vec![]);
    };
    Value::tuple(match &**form {
        TypeForm::Alias { args, .. } | TypeForm::Union(args) | TypeForm::Literal(args) => args.clone(),
        TypeForm::Annotated { inner, metadata } => [std::slice::from_ref(inner), metadata].concat(),
        _ => vec![],
    })
}

/// The type arguments that a class gives the variables of an ancestor: for `class A(Base[int])`, `T` → `int`.
#[must_use]
pub fn base_arguments(class: &Rc<ClassObject>, ancestor: &Rc<ClassObject>) -> Vec<(Value, Value)> {
    for base in &class.bases {
        let Value::Type(form) = base else { continue };
        let TypeForm::Alias {
            origin: Value::Class(origin),
            args,
        } = &**form
        else {
            continue;
        };
        let variables = class_variables(origin);
        let pairs: Vec<(Value, Value)> = variables.into_iter().zip(args.iter().cloned()).collect();
        if Rc::ptr_eq(origin, ancestor) {
            return pairs;
        }
        if origin.is_subclass_of(ancestor) {
            return base_arguments(origin, ancestor)
                .into_iter()
                .map(|(variable, value)| (variable, substitute(&value, &pairs)))
                .collect();
        }
    }
    class
        .bases
        .iter()
        .filter_map(crate::python::interpret::classes::class_of_base)
        .filter(|base| !Rc::ptr_eq(base, ancestor) && base.is_subclass_of(ancestor))
        .map(|base| base_arguments(&base, ancestor))
        .find(|pairs| !pairs.is_empty())
        .unwrap_or_default()
}

/// The type variables of a generic class, in order.
#[must_use]
pub fn class_variables(class: &Rc<ClassObject>) -> Vec<Value> {
    let mut variables = vec![];
    for base in &class.bases {
        let Value::Type(form) = base else { continue };
        if let TypeForm::Alias { origin, args } = &**form {
            let is_generic =
                matches!(origin, Value::Class(class) if class.name == "Generic" || class.name == "Protocol");
            if is_generic {
                return args.clone();
            }
            args.iter().for_each(|arg| {
                crate::python::interpret::type_variables::collect_variables(arg, &mut variables)
            });
        }
    }
    if let Some(def) = &class.def
        && !def.type_params.is_empty()
    {
        let attributes = class.attributes.borrow();
        return def
            .type_params
            .iter()
            .filter_map(|parameter| attributes.get(&parameter.name).cloned())
            .collect();
    }
    variables
}
