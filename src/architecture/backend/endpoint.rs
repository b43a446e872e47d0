//! One route of an application as an endpoint of the model.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    dependant::{Dependant, is_generator, operation_dependant, security_scheme},
    limits::rate_limits,
    parameter::{Field, Place},
    scalar::model_of,
    security,
    symbols::{label, symbol},
};
use crate::{
    architecture::model::{Body, Dependency, DependencyOrigin, Endpoint, Location, Parameter, Response},
    python::{
        interpret::{
            flow::Eval,
            interpreter::Interpreter,
            repr,
            value::{InstanceObject, Value},
        },
        library::natives::models,
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
) -> Eval<(Endpoint, Dependant, security::Schemes)> {
    let read = Reader { object: route };
    let path = read.text("path").unwrap_or_default();
    let names = path_names(&path);
    let handler = read.value("endpoint");
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
        parameters: parameters(it, &dependant),
        request_body: body(it, &dependant),
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
    endpoint.responses = responses(it, &read, validates, status_code)?;
    Ok((endpoint, dependant, schemes))
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

/// The names in a path, converters left out.
#[must_use]
pub fn path_names(path: &str) -> Vec<String> {
    let mut names = vec![];
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}') {
            names.push(name.split(':').next().unwrap_or(name).to_owned());
        }
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

/// The success status: what is given, else the default of the response class's constructor.
fn status_code(it: &mut Interpreter, read: &Reader<'_>) -> u16 {
    if let Some(status) = read.value("status_code").as_int() {
        return u16::try_from(status).unwrap_or(200);
    }
    response_class(read)
        .and_then(|class| class.get("__init__"))
        .and_then(|init| {
            crate::python::library::natives::reflection::signature(it, &init)
                .ok()
                .flatten()
        })
        .and_then(|signature| {
            signature
                .parameters
                .into_iter()
                .find(|parameter| parameter.name == "status_code")
        })
        .and_then(|parameter| parameter.default)
        .and_then(|default| default.as_int())
        .and_then(|status| u16::try_from(status).ok())
        .unwrap_or(200)
}

fn response_class(read: &Reader<'_>) -> Option<Rc<crate::python::interpret::class::ClassObject>> {
    match read.value("response_class") {
        Value::Class(class) => Some(class),
        Value::Instance(placeholder) => match placeholder.attributes.borrow().get("value") {
            Some(Value::Class(class)) => Some(Rc::clone(class)),
            _ => None,
        },
        _ => None,
    }
}

/// The parameters outside the body, in FastAPI's order: by place, then in order of resolution.
pub fn parameters(it: &mut Interpreter, root: &Dependant) -> Vec<Parameter> {
    let flat: Vec<Field> = root
        .flat()
        .into_iter()
        .flat_map(|(dependant, _)| dependant.fields.iter().cloned())
        .collect();
    let mut result: Vec<Parameter> = vec![];
    for place in [Place::Path, Place::Query, Place::Header, Place::Cookie] {
        for field in flat.iter().filter(|field| field.place == place) {
            if matches!(field.given("include_in_schema"), Some(Value::Bool(false))) {
                continue;
            }
            for parameter in expand(it, field) {
                match result
                    .iter_mut()
                    .find(|known| known.place == parameter.place && known.name == parameter.name)
                {
                    Some(known) if parameter.required || !known.required => *known = parameter,
                    Some(_) => {}
                    None => result.push(parameter),
                }
            }
        }
    }
    result
}

/// A parameter, or the parameters that a model stands for.
fn expand(it: &mut Interpreter, field: &Field) -> Vec<Parameter> {
    let annotation = field.annotation.clone().unwrap_or(Value::None);
    let model = if field.place == Place::Path {
        None
    } else {
        model_of(it, &annotation)
    };
    let Some(model) = model else {
        return vec![parameter(field)];
    };
    let converts = field.place == Place::Header
        && !matches!(field.given("convert_underscores"), Some(Value::Bool(false)));
    models::fields(it, &model)
        .into_iter()
        .map(|member| Parameter {
            name: member
                .alias
                .clone()
                .unwrap_or_else(|| {
                    if converts {
                        member.name.replace("_", "-")
                    } else {
                        member.name.clone()
                    }
                })
                .to_string(),
            place: field.place.name().to_owned(),
            required: member.default.is_none() && member.default_factory.is_none() && field.is_required,
            annotation: repr::repr(&member.annotation).to_string(),
            default: member
                .default
                .as_ref()
                .map(|default| repr::repr(default).to_string()),
            description: member
                .info
                .as_ref()
                .and_then(|info| {
                    info.attributes
                        .borrow()
                        .get("description")
                        .and_then(Value::as_str)
                })
                .map(Into::into),
            ..Parameter::default()
        })
        .collect()
}

fn parameter(field: &Field) -> Parameter {
    Parameter {
        name: field.alias.to_string(),
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
        description: field
            .given("description")
            .and_then(|text| text.as_str())
            .map(Into::into),
        deprecated: field
            .given("deprecated")
            .is_some_and(|value| !matches!(value, Value::Bool(false))),
        schema: serde_json::Value::Null,
    }
}

/// The body that is read, all parts together.
fn body(it: &mut Interpreter, root: &Dependant) -> Option<Body> {
    let mut fields: Vec<Field> = vec![];
    collect_body(root, &mut fields);
    let first = fields.first()?.clone();
    let has = |place: Place| fields.iter().any(|field| field.place == place);
    let media_type = if has(Place::File) {
        "multipart/form-data".to_owned()
    } else if has(Place::Form) {
        first
            .given("media_type")
            .and_then(|text| text.as_str())
            .map_or_else(
                || "application/x-www-form-urlencoded".to_owned(),
                |text| {
                    if text == "application/json" {
                        "application/x-www-form-urlencoded".to_owned()
                    } else {
                        text.to_string()
                    }
                },
            )
    } else {
        first
            .given("media_type")
            .and_then(|text| text.as_str())
            .map_or_else(|| "application/json".to_owned(), Into::into)
    };
    let single = fields.iter().all(|field| field.name == first.name);
    let words = |field: &Field| field.annotation.as_ref().map_or_else(|| "Any".into(), repr::repr);
    let annotation = if single && first.place == Place::Body {
        words(&first).to_string()
    } else {
        let names: Vec<&str> = fields.iter().map(|field| field.alias.as_str()).collect();
        names.join(", ")
    };
    let model = if single {
        first
            .annotation
            .as_ref()
            .and_then(|annotation| model_of(it, annotation))
    } else {
        None
    };
    Some(Body {
        annotation,
        media_type,
        required: fields.iter().any(|field| field.is_required),
        model: model.map(|class| symbol(&Value::Class(class))),
        schema: serde_json::Value::Null,
    })
}

fn collect_body(dependant: &Dependant, fields: &mut Vec<Field>) {
    fields.extend(
        dependant
            .fields
            .iter()
            .filter(|field| field.place.is_body())
            .cloned(),
    );
    for dependency in &dependant.dependencies {
        collect_body(dependency, fields);
    }
}

fn responses(it: &mut Interpreter, read: &Reader<'_>, validates: bool, status: u16) -> Eval<Vec<Response>> {
    let media_type = match response_class(read) {
        Some(class) => class
            .get("media_type")
            .and_then(|media| media.as_str())
            .map(Into::into),
        None => Some("application/json".to_owned()),
    };
    let has_body = !(status < 200 || matches!(status, 204 | 205 | 304));
    let annotation = response_annotation(it, read)?;
    let mut responses = vec![Response {
        status: status.to_string(),
        annotation: annotation.map(|annotation| repr::repr(&annotation).to_string()),
        media_type: if has_body { media_type } else { None },
        description: read.text("response_description").unwrap_or_default(),
        schema: None,
    }];
    for (key, value) in it.mapping_items(&read.value("responses"))? {
        let code = repr::display(&key.unboxed()).to_uppercase();
        let code = if code == "DEFAULT" {
            "default".to_owned()
        } else {
            code.to_string()
        };
        let given = it.mapping_items(&value)?;
        let find = |name: &str| {
            given
                .iter()
                .find(|(key, _)| key.as_str().as_deref() == Some(name))
                .map(|(_, v)| v.clone())
        };
        let description = find("description")
            .and_then(|text| text.as_str())
            .map_or_else(|| status_phrase(&code), Into::into);
        let model = find("model").filter(|model| !model.is_none());
        let known = responses.iter_mut().find(|known| known.status == code);
        match known {
            Some(known) => {
                if find("description").is_some() {
                    known.description = description;
                }
            }
            None => responses.push(Response {
                status: code,
                annotation: model.as_ref().map(|model| repr::repr(model).to_string()),
                media_type: model.map(|_| "application/json".to_owned()),
                description,
                schema: None,
            }),
        }
    }
    let is_covered = responses
        .iter()
        .any(|known| matches!(known.status.as_str(), "422" | "4XX" | "default"));
    if validates && !is_covered {
        responses.push(Response {
            status: "422".into(),
            annotation: Some("HTTPValidationError".into()),
            media_type: Some("application/json".into()),
            description: "Validation Error".into(),
            schema: None,
        });
    }
    Ok(responses)
}

/// The response model: what is given, else the return annotation unless that is a response
/// (<https://fastapi.tiangolo.com/tutorial/response-model/>).
pub fn response_annotation(it: &mut Interpreter, read: &Reader<'_>) -> Eval<Option<Value>> {
    let given = read.value("response_model");
    let is_placeholder =
        matches!(&given, Value::Instance(instance) if instance.class.name == "DefaultPlaceholder");
    if !is_placeholder {
        return Ok((!given.is_none()).then_some(given));
    }
    let signature = crate::python::library::natives::reflection::signature(it, &read.value("endpoint"))?;
    let Some(returns) = signature.and_then(|signature| signature.returns) else {
        return Ok(None);
    };
    let returns = it.resolve_type(&returns);
    if let Value::Class(class) = &returns
        && class.inherits("starlette.responses.Response")
    {
        return Ok(None);
    }
    Ok((!returns.is_none()).then_some(returns))
}

fn status_phrase(code: &str) -> String {
    match code {
        "default" => "Default Response".into(),
        "1XX" => "Information".into(),
        "2XX" => "Success".into(),
        "3XX" => "Redirection".into(),
        "4XX" => "Client Error".into(),
        "5XX" => "Server Error".into(),
        _ => PHRASES
            .iter()
            .find(|(known, _)| *known == code)
            .map_or("Additional Response", |(_, phrase)| phrase)
            .into(),
    }
}

/// Reason phrases as `http.client.responses` has them.
const PHRASES: &[(&str, &str)] = &[
    ("200", "OK"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("203", "Non-Authoritative Information"),
    ("204", "No Content"),
    ("205", "Reset Content"),
    ("206", "Partial Content"),
    ("207", "Multi-Status"),
    ("300", "Multiple Choices"),
    ("301", "Moved Permanently"),
    ("302", "Found"),
    ("303", "See Other"),
    ("304", "Not Modified"),
    ("307", "Temporary Redirect"),
    ("308", "Permanent Redirect"),
    ("400", "Bad Request"),
    ("401", "Unauthorized"),
    ("402", "Payment Required"),
    ("403", "Forbidden"),
    ("404", "Not Found"),
    ("405", "Method Not Allowed"),
    ("406", "Not Acceptable"),
    ("407", "Proxy Authentication Required"),
    ("408", "Request Timeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("411", "Length Required"),
    ("412", "Precondition Failed"),
    ("413", "Request Entity Too Large"),
    ("414", "Request-URI Too Long"),
    ("415", "Unsupported Media Type"),
    ("416", "Requested Range Not Satisfiable"),
    ("417", "Expectation Failed"),
    ("418", "I'm a Teapot"),
    ("421", "Misdirected Request"),
    ("422", "Unprocessable Entity"),
    ("423", "Locked"),
    ("424", "Failed Dependency"),
    ("425", "Too Early"),
    ("426", "Upgrade Required"),
    ("428", "Precondition Required"),
    ("429", "Too Many Requests"),
    ("431", "Request Header Fields Too Large"),
    ("451", "Unavailable For Legal Reasons"),
    ("500", "Internal Server Error"),
    ("501", "Not Implemented"),
    ("502", "Bad Gateway"),
    ("503", "Service Unavailable"),
    ("504", "Gateway Timeout"),
    ("505", "HTTP Version Not Supported"),
    ("507", "Insufficient Storage"),
    ("508", "Loop Detected"),
    ("510", "Not Extended"),
    ("511", "Network Authentication Required"),
];

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
