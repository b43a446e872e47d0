//! Signatures, annotations and types as values of the analysed program.

mod generics;
mod signature;

pub use generics::{base_arguments, class_variables, type_args, type_origin};
pub use signature::{Signature, SignatureParameter, signature};

use generics::type_alias;
use signature::kind_number;

use std::rc::Rc;

use ecow::EcoString;

use crate::python::interpret::{
    arguments::Arguments,
    flow::Eval,
    interpreter::Interpreter,
    typing::{TypeForm, TypeVariable},
    unknown::Unknown,
    value::{NativeCall, Value},
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("parameters", |it, _, arguments| {
        let Some(signature) = signature(it, &arguments.at(0))? else {
            return Ok(Value::None);
        };
        let rows = signature.parameters.into_iter().map(|parameter| {
            let kind = kind_number(parameter.kind);
            Value::tuple(vec![
                Value::Str(parameter.name),
                Value::Int(kind),
                parameter.default.unwrap_or(Value::Ellipsis),
                Value::Bool(parameter.has_default),
                parameter.annotation.clone().unwrap_or(Value::Ellipsis),
                Value::Bool(parameter.annotation.is_some()),
            ])
        });
        Ok(Value::list(rows.collect()))
    }),
    ("return_annotation", |it, _, arguments| {
        let signature = signature(it, &arguments.at(0))?;
        Ok(signature
            .and_then(|signature| signature.returns)
            .unwrap_or(Value::Ellipsis))
    }),
    ("type_hints", |it, _, arguments| type_hints(it, &arguments.at(0))),
    ("own_annotations", |it, _, arguments| {
        let Value::Class(class) = arguments.at(0) else {
            return Ok(Value::dict([]));
        };
        let own = class.annotations.borrow().clone();
        let pairs: Vec<(EcoString, Value)> = own
            .iter()
            .map(|annotation| (annotation.name.clone(), it.annotation_value(annotation)))
            .collect();
        Ok(Value::dict(pairs))
    }),
    ("type_variable", |_, _, arguments| {
        let name = arguments.at(0).as_str().unwrap_or_default();
        let kind = arguments.at(1).as_str().unwrap_or_else(|| "TypeVar".into());
        let given = |name: &str| arguments.keyword(name).filter(|value| !value.is_none()).cloned();
        let constraints = arguments.positional.get(2..).unwrap_or_default().to_vec();
        Ok(TypeForm::Variable(TypeVariable {
            name,
            kind,
            bound: given("bound"),
            constraints,
            default: given("default"),
        })
        .value())
    }),
    ("type_alias", |it, _, arguments| Ok(type_alias(it, &arguments))),
    ("new_type", |it, _, arguments| {
        let name = arguments.at(0).as_str().unwrap_or_default();
        let supertype = it
            .type_arguments(&arguments.at(1))
            .into_iter()
            .next()
            .unwrap_or_else(Unknown::nothing);
        Ok(TypeForm::NewType { name, supertype }.value())
    }),
    ("forward_reference", |it, _, arguments| {
        Ok(it.type_arguments(&arguments.at(0)).remove(0))
    }),
    ("type_origin", |it, _, arguments| {
        Ok(type_origin(it, &arguments.at(0)))
    }),
    ("type_args", |_, _, arguments| Ok(type_args(&arguments.at(0)))),
    ("is_coroutine", |it, _, arguments| {
        Ok(Value::Bool(it.is_coroutine_function(&arguments.at(0))))
    }),
    ("is_generator", |_, _, arguments| {
        Ok(Value::Bool(
            matches!(arguments.at(0), Value::Function(function) if function.def.body().is_generator),
        ))
    }),
    ("is_function", |_, _, arguments| {
        Ok(Value::Bool(matches!(arguments.at(0), Value::Function(_))))
    }),
    ("is_method", |_, _, arguments| {
        Ok(Value::Bool(matches!(arguments.at(0), Value::Method(_))))
    }),
    ("is_class", |_, _, arguments| {
        Ok(match arguments.at(0) {
            Value::Class(_) => Value::Bool(true),
            Value::Unknown(_) => Unknown::nothing(),
            _ => Value::Bool(false),
        })
    }),
    ("is_module", |_, _, arguments| {
        Ok(Value::Bool(matches!(arguments.at(0), Value::Module(_))))
    }),
    ("is_unknown", |_, _, arguments| {
        Ok(Value::Bool(arguments.at(0).is_unknown()))
    }),
    ("is_opaque", |_, _, arguments| {
        let is_opaque = matches!(arguments.at(0), Value::Unknown(unknown) if unknown.alternatives.is_empty());
        Ok(Value::Bool(is_opaque))
    }),
    ("members", |it, _, arguments| members(it, &arguments)),
    ("dataclass", |it, _, arguments| {
        if let Value::Class(class) = arguments.at(0) {
            it.make_dataclass(
                &class,
                &Arguments {
                    positional: vec![],
                    ..arguments.clone()
                },
            );
        }
        Ok(arguments.at(0))
    }),
    ("dataclass_fields", |it, _, arguments| {
        let class = match arguments.at(0) {
            Value::Class(class) => class,
            Value::Instance(instance) => Rc::clone(&instance.class),
            _ => return Ok(Value::None),
        };
        let Some(fields) = class.mro().find_map(|class| class.dataclass.get()).cloned() else {
            return Ok(Value::None);
        };
        let rows: Vec<Value> = fields
            .iter()
            .map(|field| {
                let annotation = it.annotation_value(&field.annotation);
                let default = field.default.clone().unwrap_or(Value::Ellipsis);
                let factory = field.default_factory.clone().unwrap_or(Value::Ellipsis);
                let metadata = field
                    .metadata
                    .clone()
                    .unwrap_or_else(|| Value::dict(Vec::<(EcoString, Value)>::new()));
                Value::tuple(vec![
                    Value::Str(field.name.clone()),
                    annotation,
                    default,
                    factory,
                    Value::Bool(field.init),
                    metadata,
                    Value::Bool(field.keyword_only),
                ])
            })
            .collect();
        Ok(Value::list(rows))
    }),
];

fn type_hints(it: &mut Interpreter, object: &Value) -> Eval<Value> {
    let mut hints: Vec<(EcoString, Value)> = vec![];
    match object {
        Value::Class(class) => {
            for ancestor in class.mro().cloned().collect::<Vec<_>>().into_iter().rev() {
                for annotation in ancestor.annotations.borrow().clone() {
                    let value = it.annotation_value(&annotation);
                    let value = it.resolve_type(&value);
                    hints.retain(|(name, _)| *name != annotation.name);
                    hints.push((annotation.name.clone(), value));
                }
            }
        }
        _ => {
            let annotations = it.attribute(object, "__annotations__")?;
            for (name, value) in it.mapping_items(&annotations)? {
                let Some(name) = name.as_str() else { continue };
                let value = it.resolve_type(&value);
                hints.push((name, value));
            }
        }
    }
    Ok(Value::dict(hints))
}

fn members(it: &mut Interpreter, arguments: &Arguments) -> Eval<Value> {
    let object = arguments.at(0);
    let mut names: Vec<EcoString> = vec![];
    match &object {
        Value::Class(class) => {
            for ancestor in class.mro() {
                names.extend(ancestor.attributes.borrow().keys().cloned());
            }
        }
        Value::Instance(instance) => {
            names.extend(instance.attributes.borrow().keys().cloned());
            for ancestor in instance.class.mro() {
                names.extend(ancestor.attributes.borrow().keys().cloned());
            }
        }
        Value::Module(module) => names.extend(module.scope.names.borrow().keys().cloned()),
        _ => {}
    }
    names.sort();
    names.dedup();
    let mut pairs = vec![];
    for name in names {
        if let Some(value) = it.get_attribute(&object, &name)? {
            pairs.push(Value::tuple(vec![Value::Str(name), value]));
        }
    }
    Ok(Value::list(pairs))
}
