//! Pydantic models: their fields, and instances of them.

mod coercion;
mod field;
mod model_signature;

pub use coercion::coerce;
pub use field::{ModelField, ROOT_FIELD, fields, is_field_info, is_undefined};
pub use model_signature::model_signature;

use field::{NAMESPACE, merged};

use std::rc::Rc;

use ecow::EcoString;

use crate::python::{
    interpret::{
        arguments::Arguments,
        class::ClassObject,
        flow::Eval,
        interpreter::Interpreter,
        unknown::Unknown,
        value::{InstanceObject, NativeCall, Value},
    },
    library::schema::{Mode, standalone},
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("init_model", |it, _, arguments| {
        let instance = arguments.at(0);
        let data = it.mapping_items(&arguments.at(1))?;
        init_model(it, &instance, data)?;
        Ok(Value::None)
    }),
    ("model_fields", |it, _, arguments| {
        let Value::Class(class) = arguments.at(0) else {
            return Ok(Value::dict([]));
        };
        let module = it.import_module("pydantic.fields")?;
        let make = it.attribute(&module, "FieldInfo")?;
        let mut infos = vec![];
        for field in fields(it, &class) {
            let info = match field.info {
                Some(info) => Value::Instance(merged(&info, field.annotation, field.default)),
                None => {
                    let mut keywords = vec![("annotation".into(), field.annotation)];
                    keywords.extend(field.default.map(|default| ("default".into(), default)));
                    keywords.extend(field.default_factory.map(|make| ("default_factory".into(), make)));
                    let arguments = Arguments {
                        keywords,
                        ..Arguments::default()
                    };
                    it.call(&make, arguments)?
                }
            };
            infos.push((field.name, info));
        }
        Ok(Value::dict(infos))
    }),
    ("model_field_rows", |it, _, arguments| {
        let class = match arguments.at(0) {
            Value::Class(class) => class,
            Value::Instance(instance) => Rc::clone(&instance.class),
            _ => return Ok(Value::list(vec![])),
        };
        let rows = fields(it, &class).into_iter().map(|field| {
            Value::tuple(vec![
                Value::Str(field.name),
                field.annotation,
                field.default.clone().unwrap_or(Value::Ellipsis),
                Value::Bool(field.default.is_some()),
                field.default_factory.unwrap_or(Value::None),
                field.alias.map_or(Value::None, Value::Str),
            ])
        });
        Ok(Value::list(rows.collect()))
    }),
    ("json_schema", |it, _, arguments| {
        let mode = match arguments.at(1).as_str().as_deref() {
            Some("serialization") => Mode::Serialization,
            _ => Mode::Validation,
        };
        let template = arguments
            .at(2)
            .as_str()
            .unwrap_or_else(|| "#/$defs/{model}".into());
        let schema = standalone::schema(it, &arguments.at(0), mode, &template);
        Ok(schema.map_or_else(Unknown::nothing, |schema| super::documents::from_json(&schema)))
    }),
    ("note_namespace", |it, _, arguments| {
        // Forward references of the class are looked up where it is rebuilt.
        let namespace = match (arguments.at(1), it.module_of_caller()) {
            (given @ Value::Dict(_), _) => given,
            (_, Some(module)) => Value::Module(module),
            _ => return Ok(Value::None),
        };
        if let Value::Class(class) = arguments.at(0) {
            class.attributes.borrow_mut().insert(NAMESPACE.into(), namespace);
        }
        Ok(Value::Bool(true))
    }),
    ("coerce", |it, _, arguments| {
        coerce(it, &arguments.at(0), &arguments.at(1))
    }),
];

/// Gives an instance the values of its fields: what is given, else defaults.
///
/// # Errors
/// When a default factory or a validator raises.
pub fn init_model(it: &mut Interpreter, instance: &Value, data: Vec<(Value, Value)>) -> Eval<()> {
    let Value::Instance(object) = instance else {
        return Ok(());
    };
    let mut data: Vec<(EcoString, Value)> = data
        .into_iter()
        .filter_map(|(name, value)| Some((name.as_str()?, value)))
        .collect();
    for field in fields(it, &object.class) {
        let names = [field.alias.clone(), Some(field.name.clone())];
        let given = names.iter().flatten().find_map(|name| {
            let index = data.iter().position(|(known, _)| known == name)?;
            Some(data.remove(index).1)
        });
        let value = match (given, &field.default, &field.default_factory) {
            (Some(value), _, _) => value,
            (None, Some(default), _) => default.clone(),
            (None, None, Some(factory)) => it.call(&factory.clone(), Arguments::default())?,
            (None, None, None) => it.abstract_of(&field.annotation),
        };
        object.attributes.borrow_mut().insert(field.name.clone(), value);
    }
    object.attributes.borrow_mut().extend(data);
    private_attributes(it, object)?;
    if object
        .class
        .get("model_post_init")
        .is_some_and(|hook| matches!(hook, Value::Function(f) if !f.module.is_model()))
    {
        it.call_method(instance, "model_post_init", Arguments::of(vec![Value::None]))?;
    }
    Ok(())
}

fn private_attributes(it: &mut Interpreter, object: &Rc<InstanceObject>) -> Eval<()> {
    let lineage: Vec<Rc<ClassObject>> = object.class.mro().cloned().collect();
    for ancestor in lineage.iter().rev() {
        let own: Vec<(EcoString, Value)> = ancestor
            .attributes
            .borrow()
            .iter()
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        for (name, value) in own {
            let Value::Instance(private) = &value else {
                continue;
            };
            if private.class.path() != "pydantic.fields.ModelPrivateAttr" {
                continue;
            }
            let attributes = private.attributes.borrow().clone();
            let default = match (attributes.get("default_factory"), attributes.get("default")) {
                (Some(factory), _) if !factory.is_none() => {
                    it.call(&factory.clone(), Arguments::default())?
                }
                (_, Some(default)) if !is_undefined(default) => default.clone(),
                _ => Unknown::nothing(),
            };
            object.attributes.borrow_mut().insert(name, default);
        }
    }
    Ok(())
}
