//! The parameters of an operation outside of its body.

use ecow::EcoString;

use super::{
    body::data_of,
    contract::{Contract, Id},
    dependant::Dependant,
    endpoint::known,
    parameter::{Field, Place},
    scalar::model_of,
    version,
};
use crate::{
    architecture::model::Parameter,
    python::{
        interpret::{interpreter::Interpreter, repr, value::Value},
        library::schema::{collection::collect, fields::FieldData},
    },
};

/// The parameters outside the body, in FastAPI's order: by place, then in order of resolution.
/// With each, the number of its schema.
pub(super) fn parameters(
    it: &mut Interpreter,
    root: &Dependant,
    contract: &mut Contract,
) -> Vec<(Parameter, Id)> {
    let flat: Vec<Field> = root
        .flat()
        .into_iter()
        .flat_map(|(dependant, _)| dependant.fields.iter().cloned())
        .collect();
    let mut result: Vec<(Parameter, Id)> = vec![];
    for place in [Place::Path, Place::Query, Place::Header, Place::Cookie] {
        for field in flat.iter().filter(|field| field.place == place) {
            if matches!(field.given("include_in_schema"), Some(Value::Bool(false))) {
                continue;
            }
            for made in expand(it, field, contract) {
                match result
                    .iter_mut()
                    .find(|(known, _)| known.place == made.0.place && known.name == made.0.name)
                {
                    Some(known) if made.0.required || !known.0.required => *known = made,
                    Some(_) => {}
                    None => result.push(made),
                }
            }
        }
    }
    result
}

/// A parameter, or the parameters that a model stands for
/// (<https://fastapi.tiangolo.com/tutorial/query-param-models/>).
fn expand(it: &mut Interpreter, field: &Field, contract: &mut Contract) -> Vec<(Parameter, Id)> {
    let annotation = field.annotation.clone().unwrap_or(Value::None);
    let model = if field.place == Place::Path {
        None
    } else {
        model_of(it, &annotation)
    };
    let Some(model) = model else {
        let data = data_of(it, field);
        return vec![(
            parameter(it, field, &data),
            contract.add_field(it, &data, &field.alias, false),
        )];
    };
    let converts = field.place == Place::Header
        && !matches!(field.given("convert_underscores"), Some(Value::Bool(false)));
    let mut result = vec![];
    for member in collect(it, &model, &[]) {
        let alias = member.input_name();
        let name = if converts && alias == member.name {
            alias.replace("_", "-")
        } else {
            alias.clone()
        };
        let made = Parameter {
            name: name.to_string(),
            place: field.place.name().to_owned(),
            required: member.is_required() && field.is_required,
            annotation: repr::repr(&member.written).to_string(),
            default: member
                .default
                .as_ref()
                .map(|default| repr::repr(default).to_string()),
            description: member.text("description").map(Into::into),
            deprecated: member
                .get("deprecated")
                .is_some_and(|value| !matches!(value, Value::Bool(false))),
            ..Parameter::default()
        };
        result.push((made, contract.add_field(it, &member, &alias, false)));
    }
    result
}

/// A header's alias that is the parameter's own name is no other name: its underscores become hyphens as without one.
fn shown_name(it: &Interpreter, field: &Field) -> EcoString {
    let converts = !matches!(field.given("convert_underscores"), Some(Value::Bool(false)));
    if field.place == Place::Header
        && field.alias == field.name
        && converts
        && version::converts_equal_aliases(it)
    {
        field.alias.replace("_", "-")
    } else {
        field.alias.clone()
    }
}

fn parameter(it: &mut Interpreter, field: &Field, data: &FieldData) -> Parameter {
    Parameter {
        name: shown_name(it, field).to_string(),
        place: field.place.name().to_owned(),
        required: field.is_required,
        annotation: field
            .annotation
            .as_ref()
            .map_or_else(String::new, |annotation| repr::repr(annotation).to_string()),
        default: field
            .default
            .as_ref()
            .map(|default| repr::repr(default).to_string()),
        description: data
            .text("description")
            .filter(|text| !text.is_empty())
            .map(Into::into),
        deprecated: data
            .get("deprecated")
            .is_some_and(|value| !matches!(value, Value::Bool(false))),
        schema: serde_json::Value::Null,
        examples: field
            .given("openapi_examples")
            .and_then(|examples| known(it, &examples)),
        example: field.given("example").and_then(|example| known(it, &example)),
    }
}
