//! One route of an application as an endpoint of the model.

use std::rc::Rc;

use super::{
    body::body,
    contract::{Contract, Id, Published},
    dependant::operation_dependant,
    dependency_tree::dependencies,
    limits::rate_limits,
    parameters::parameters,
    reader::Reader,
    response::{Answers, EVENT_STREAM, answers, status_code},
    security,
    symbols::symbol,
};
use crate::{
    architecture::model::{DependencyOrigin, Endpoint},
    python::{
        interpret::{
            flow::Eval,
            interpreter::Interpreter,
            repr,
            value::{InstanceObject, Value},
        },
        library::schema::{asker::Asker, encode::encode},
    },
};

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
        methods: methods(&read),
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

/// The methods in OpenAPI's order.
fn methods(read: &Reader<'_>) -> Vec<String> {
    let methods = read.items("methods");
    let mut methods: Vec<String> = methods.iter().filter_map(Value::as_str).map(Into::into).collect();
    methods.sort_by_key(|method| {
        METHODS
            .iter()
            .position(|known| known == method)
            .unwrap_or(METHODS.len())
    });
    methods
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
