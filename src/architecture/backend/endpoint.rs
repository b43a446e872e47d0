//! One route of an application as an endpoint of the model.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    body::{body, data_of},
    contract::{Contract, Id, Published},
    dependant::{Dependant, is_generator, operation_dependant, security_scheme},
    limits::rate_limits,
    parameter::{Field, Place},
    response::{Answers, EVENT_STREAM, answers, status_code},
    scalar::model_of,
    security,
    symbols::{label, symbol},
    version,
};
use crate::{
    architecture::model::{Dependency, DependencyOrigin, Endpoint, Location, Parameter},
    python::{
        interpret::{
            flow::Eval,
            interpreter::Interpreter,
            repr,
            value::{InstanceObject, Value},
        },
        library::schema::{
            asker::Asker,
            encode::encode,
            fields::{FieldData, collect},
        },
    },
};

/// Reads attributes of an object that a library model made.
pub struct Reader<'a> {
    /// The object.
    pub object: &'a Rc<InstanceObject>,
}

impl Reader<'_> {
    /// An attribute, `None` if absent.
    #[must_use]
    pub fn value(&self, name: &str) -> Value {
        self.object
            .attributes
            .borrow()
            .get(name)
            .cloned()
            .unwrap_or(Value::None)
    }

    /// An attribute that is text; text with holes shows what fills them.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        match self.value(name) {
            Value::None => None,
            Value::Unknown(unknown) if unknown.template.is_none() && unknown.origin.is_empty() => None,
            value => Some(repr::display(&value).to_string()),
        }
    }

    /// An attribute that is a flag.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name) {
            Value::Bool(flag) => Some(flag),
            Value::None => Some(false),
            _ => None,
        }
    }

    /// An attribute that is a sequence.
    #[must_use]
    pub fn items(&self, name: &str) -> Vec<Value> {
        match self.value(name) {
            Value::List(items) => items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            Value::Set(entries) => entries.borrow().values().map(|(key, _)| key.clone()).collect(),
            _ => vec![],
        }
    }

    /// The place that a library model noted when it made the object.
    #[must_use]
    pub fn location(&self) -> Location {
        place(&self.value("_location"))
    }

    /// The conditions that a library model noted when it made the object.
    #[must_use]
    pub fn conditions(&self) -> Vec<String> {
        let mut conditions: Vec<String> = vec![];
        for condition in self.items("_conditions") {
            let text = repr::display(&condition).to_string();
            if !conditions.contains(&text) {
                conditions.push(text);
            }
        }
        conditions
    }
}

/// A `(file, line, end_line, column)` tuple as a place.
#[must_use]
pub fn place(value: &Value) -> Location {
    let Value::Tuple(parts) = value else {
        return Location::default();
    };
    let number = |index: usize| parts.get(index).and_then(Value::as_int).unwrap_or(0) as u32;
    Location {
        file: parts
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string(),
        line: number(1),
        end_line: number(2),
        column: number(3),
    }
}

/// OpenAPI's usual order of methods.
const METHODS: &[&str] = &[
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

/// Makes the endpoint of an `APIRoute`, with the security schemes it uses.
///
/// # Errors
/// When an attribute that is read raises.
pub fn endpoint(
    it: &mut Interpreter,
    route: &Rc<InstanceObject>,
    origins: &[(Value, DependencyOrigin)],
    contract: &mut Contract,
) -> Eval<(Endpoint, Pending, security::Schemes)> {
    let read = Reader { object: route };
    let path = read.text("path").unwrap_or_default();
    let names = path_names(&path);
    let handler = read.value("endpoint");
    contract.builder.askers = vec![Asker::handler(&handler)];
    let parameterless = parameterless(&read, origins);
    let appended: Vec<(Value, DependencyOrigin)> = read
        .items("_appended")
        .into_iter()
        .map(|depends| (depends, DependencyOrigin::Decorator))
        .collect();
    let dependant = operation_dependant(it, &handler, &parameterless, &appended, &names)?;
    let (security, schemes) = security::requirements(it, &dependant);
    let name = read.text("name").unwrap_or_default();
    let mut methods: Vec<String> = read
        .items("methods")
        .iter()
        .filter_map(Value::as_str)
        .map(Into::into)
        .collect();
    methods.sort_by_key(|method| {
        METHODS
            .iter()
            .position(|known| known == method)
            .unwrap_or(METHODS.len())
    });
    let status_code = status_code(it, &read);
    let unique_id = read.text("unique_id").unwrap_or_default();
    let (request_body, body_id) = match body(it, &dependant, &unique_id, contract) {
        Some((body, id)) => (Some(body), Some(id)),
        None => (None, None),
    };
    let (parameters, parameter_ids) = parameters(it, &dependant, contract).into_iter().unzip();
    let mut endpoint = Endpoint {
        operation_id: read
            .text("operation_id")
            .or_else(|| read.text("unique_id"))
            .unwrap_or_default(),
        summary: read
            .text("summary")
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| title(&name)),
        description: read.text("description").filter(|text| !text.is_empty()),
        tags: read.items("tags").iter().map(|tag| tag_text(it, tag)).collect(),
        deprecated: read.flag("deprecated").unwrap_or(false),
        include_in_schema: read.flag("include_in_schema").unwrap_or(true),
        status_code,
        is_async: it.is_coroutine_function(&handler),
        registration: read.location(),
        conditions: read.conditions(),
        handler: symbol(&handler),
        rate_limits: rate_limits(it, &handler, &dependant),
        dependencies: dependencies(&dependant),
        parameters,
        request_body,
        security,
        methods,
        path,
        name,
        ..Endpoint::default()
    };
    if dependant.is_opaque {
        endpoint.assumptions.push(format!(
            "`{}` has a signature that could not be read",
            endpoint.handler.name
        ));
    }
    // Parameters that the document hides are validated all the same.
    let validates = dependant
        .flat()
        .iter()
        .any(|(dependant, _)| !dependant.fields.is_empty());
    let answers = answers(it, &read, validates, &unique_id, contract)?;
    endpoint.openapi_extra = Some(read.value("openapi_extra"))
        .filter(|extra| !extra.is_none())
        .and_then(|extra| known(it, &extra));
    let mut pending = Pending {
        parameters: parameter_ids,
        body: body_id,
        answers,
        callbacks: vec![],
    };
    let mut all_schemes = schemes;
    for callback in read.items("callbacks") {
        let Value::Instance(callback) = &callback else {
            continue;
        };
        if !callback.class.inherits("fastapi.routing.APIRoute") {
            continue;
        }
        let (made, inner, schemes) = self::endpoint(it, callback, origins, contract)?;
        all_schemes.extend(schemes);
        endpoint.callbacks.push((made.name.clone(), made));
        pending.callbacks.push(inner);
    }
    Ok((endpoint, pending, all_schemes))
}

/// A value for the document; what is not known is said and left out.
pub fn known(it: &mut Interpreter, value: &Value) -> Option<serde_json::Value> {
    let encoded = encode(it, value);
    if encoded.is_none() {
        it.report(
            "unknown-value",
            format!(
                "a value that the OpenAPI document shows is not known: {}",
                repr::repr(value)
            ),
        );
    }
    encoded
}

/// What an endpoint still lacks: the numbers of its schemas.
pub struct Pending {
    parameters: Vec<Id>,
    body: Option<Id>,
    answers: Answers,
    callbacks: Vec<Pending>,
}

impl Pending {
    /// Gives an endpoint its schemas.
    pub fn complete(&self, endpoint: &mut Endpoint, published: &Published) {
        for (parameter, id) in endpoint.parameters.iter_mut().zip(&self.parameters) {
            parameter.schema = published.schema(*id);
        }
        if let (Some(body), Some(id)) = (&mut endpoint.request_body, self.body) {
            body.schema = published.schema(id);
        }
        endpoint.responses = self.answers.responses(endpoint.status_code, published);
        endpoint.streams_events = endpoint.responses.iter().any(|response| {
            response.status.starts_with('2') && response.media_type.as_deref() == Some(EVENT_STREAM)
        });
        for ((_, callback), pending) in endpoint.callbacks.iter_mut().zip(&self.callbacks) {
            pending.complete(callback, published);
        }
    }
}

/// The dependencies of a route that no parameter asks for, each with the level that does.
#[must_use]
pub fn parameterless(
    read: &Reader<'_>,
    origins: &[(Value, DependencyOrigin)],
) -> Vec<(Value, DependencyOrigin)> {
    let level = |depends: &Value| {
        let known = origins.iter().find(|(known, _)| known.is_same(depends));
        known.map_or(DependencyOrigin::Decorator, |(_, origin)| *origin)
    };
    let listed = read.items("dependencies").into_iter();
    listed.map(|depends| (depends.clone(), level(&depends))).collect()
}

/// The names in a path, converters left out. In doubled braces there is none that a parameter could have, as FastAPI's
/// [`get_path_param_names`](https://github.com/fastapi/fastapi/blob/0.115.0/fastapi/utils.py#L59) reads it.
#[must_use]
pub fn path_names(path: &str) -> Vec<String> {
    let mut names = vec![];
    let mut rest = path;
    while let Some((name, behind)) = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        names.push(name.split(':').next().unwrap_or(name).to_owned());
        rest = behind;
    }
    names
}

/// `read_items` as `Read Items`, as `str.title` makes it.
#[must_use]
pub fn title(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut in_word = false;
    for character in name.replace('_', " ").chars() {
        if in_word {
            out.extend(character.to_lowercase());
        } else {
            out.extend(character.to_uppercase());
        }
        in_word = character.is_alphabetic();
    }
    out
}

fn tag_text(it: &mut Interpreter, tag: &Value) -> String {
    match security::encode(it, tag) {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The parameters outside the body, in FastAPI's order: by place, then in order of resolution.
/// With each, the number of its schema.
pub fn parameters(it: &mut Interpreter, root: &Dependant, contract: &mut Contract) -> Vec<(Parameter, Id)> {
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

/// The dependency tree as the model has it; what was resolved before in the same request is marked.
#[must_use]
pub fn dependencies(root: &Dependant) -> Vec<Dependency> {
    let mut seen = vec![];
    root.dependencies
        .iter()
        .map(|dependant| dependency(dependant, &mut seen))
        .collect()
}

type Seen = Vec<(crate::python::interpret::key::Key, Vec<String>, Option<EcoString>)>;

fn dependency(dependant: &Dependant, seen: &mut Seen) -> Dependency {
    let key = dependant.cache_key();
    let cached = dependant.use_cache && seen.contains(&key);
    let inner = if cached {
        vec![]
    } else {
        dependant
            .dependencies
            .iter()
            .map(|inner| dependency(inner, seen))
            .collect()
    };
    seen.push(key);
    let callable = symbol(&dependant.call);
    let scheme = security_scheme(&dependant.call).and_then(|scheme| match scheme {
        Value::Instance(instance) => instance
            .attributes
            .borrow()
            .get("scheme_name")
            .and_then(Value::as_str),
        _ => None,
    });
    Dependency {
        label: label(&callable.name),
        callable,
        origin: dependant.origin,
        has_teardown: is_generator(&dependant.call),
        is_async: matches!(&dependant.call, Value::Function(function) if function.def.is_async),
        security_scheme: scheme.map(Into::into),
        scopes: dependant.scopes(),
        cached,
        dependencies: inner,
        trace: vec![],
        teardown: vec![],
    }
}
