//! The body of an operation: one value, or several as properties of one
//! (<https://fastapi.tiangolo.com/tutorial/body-multiple-params/>).

use std::rc::Rc;

use ecow::{EcoString, eco_format};

use super::{
    contract::{Contract, Id},
    dependant::Dependant,
    endpoint::known,
    parameter::{Field, Place},
    scalar::model_of,
    symbols::symbol,
};
use crate::{
    architecture::model::Body,
    python::{
        interpret::{class::Builtin, interpreter::Interpreter, repr, value::Value},
        library::schema::{
            config::Config,
            fields::FieldData,
            shape::{ClassShape, Kind, Shape},
        },
    },
};

/// The body that is read, with the number of its schema.
pub fn body(
    it: &mut Interpreter,
    root: &Dependant,
    unique_id: &str,
    contract: &mut Contract,
) -> Option<(Body, Id)> {
    let mut fields: Vec<Field> = vec![];
    collect(root, &mut fields);
    let first = fields.first()?.clone();
    let embeds = is_embedded(it, &fields);
    let words = |field: &Field| field.annotation.as_ref().map_or_else(|| "Any".into(), repr::repr);
    let mut result = Body {
        annotation: if embeds {
            fields
                .iter()
                .map(|field| field.alias.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        } else {
            words(&first).to_string()
        },
        media_type: media_type(&fields, embeds),
        required: fields.iter().any(|field| field.is_required),
        ..Body::default()
    };
    if embeds {
        let shape = embedded(it, &fields, unique_id, contract);
        return Some((result, contract.add_shape(shape, "Body".into())));
    }
    result.required = first.is_required;
    result.model = first
        .annotation
        .as_ref()
        .and_then(|annotation| model_of(it, annotation))
        .map(|class| symbol(&Value::Class(class)));
    result.examples = first
        .given("openapi_examples")
        .and_then(|examples| known(it, &examples));
    result.example = first.given("example").and_then(|example| known(it, &example));
    let data = data_of(it, &first);
    let id = contract.add_field(it, &data, &first.alias, true);
    Some((result, id))
}

fn collect(dependant: &Dependant, fields: &mut Vec<Field>) {
    fields.extend(
        dependant
            .fields
            .iter()
            .filter(|field| field.place.is_body())
            .cloned(),
    );
    for dependency in &dependant.dependencies {
        collect(dependency, fields);
    }
}

/// A field of a request with everything that is said of it.
pub fn data_of(it: &mut Interpreter, field: &Field) -> FieldData {
    let written = field
        .annotation
        .clone()
        .unwrap_or_else(|| crate::python::interpret::typing::TypeForm::Special("Any".into()).value());
    let mut data = FieldData::new(it, field.name.clone(), written);
    if let Some(info) = &field.info {
        let value = Value::Instance(Rc::clone(info));
        if !data.metadata.iter().any(|item| item.is_same(&value)) {
            data.annotate(it, value);
        }
    }
    data.default.clone_from(&field.default);
    if field.place == Place::Path || data.default.is_some() {
        data.default_factory = None;
    }
    data
}

fn is_embedded(it: &mut Interpreter, fields: &[Field]) -> bool {
    let first = &fields[0];
    if fields.iter().any(|field| field.name != first.name) {
        return true;
    }
    if matches!(first.given("embed"), Some(Value::Bool(true))) {
        return true;
    }
    let is_form = matches!(first.place, Place::Form | Place::File);
    is_form
        && first
            .annotation
            .as_ref()
            .is_none_or(|annotation| model_of(it, annotation).is_none())
}

fn media_type(fields: &[Field], embeds: bool) -> String {
    let given = |field: &Field| {
        let own = field
            .info
            .as_ref()
            .and_then(|info| info.attributes.borrow().get("media_type").and_then(Value::as_str));
        own.map_or_else(|| default_media_type(field.place).to_owned(), Into::into)
    };
    if !embeds {
        return given(&fields[0]);
    }
    if fields.iter().any(|field| field.place == Place::File) {
        return default_media_type(Place::File).to_owned();
    }
    let place = if fields.iter().any(|field| field.place == Place::Form) {
        Place::Form
    } else {
        Place::Body
    };
    let mut types: Vec<String> = fields
        .iter()
        .filter(|field| place == Place::Body || field.place == place)
        .map(given)
        .collect();
    types.sort();
    types.dedup();
    if types.len() == 1 {
        types.remove(0)
    } else {
        default_media_type(place).to_owned()
    }
}

fn default_media_type(place: Place) -> &'static str {
    match place {
        Place::File => "multipart/form-data",
        Place::Form => "application/x-www-form-urlencoded",
        _ => "application/json",
    }
}

/// The model that FastAPI makes of several parts: `Body_` and the operation's name.
fn embedded(it: &mut Interpreter, fields: &[Field], unique_id: &str, contract: &mut Contract) -> Shape {
    let name: EcoString = eco_format!("Body_{unique_id}");
    let mut made = vec![];
    for field in fields {
        let mut data = data_of(it, field);
        data.validation_alias = Some(field.alias.clone());
        data.serialization_alias = Some(field.alias.clone());
        let mut shape = contract.builder.plain_field(it, &data);
        shape.is_required = field.is_required;
        match made
            .iter_mut()
            .find(|known: &&mut crate::python::library::schema::shape::FieldShape| known.name == shape.name)
        {
            Some(known) => *known = shape,
            None => made.push(shape),
        }
    }
    let class = ClassShape {
        class: it.class(Builtin::Object),
        name: name.clone(),
        doc: None,
        config: Config::default(),
        fields: made,
        computed: vec![],
        root: None,
        extra_items: None,
        is_closed: false,
        is_model: true,
        unknown_bases: vec![],
    };
    let reference = eco_format!("fastapi._compat.v2.{name}:{}", contract.builder.definitions.len());
    let mut shape: Shape = Kind::Class(Rc::new(class)).into();
    shape.reference = Some(reference.clone());
    contract
        .builder
        .definitions
        .insert(reference.clone(), Rc::new(shape));
    let mut outer: Shape = Kind::Reference(reference).into();
    if !fields.iter().any(|field| field.is_required) {
        outer = Kind::Default(Box::new(outer), Some(Value::None)).into();
    }
    outer
}
