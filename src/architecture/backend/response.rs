//! The documented responses of an operation
//! (<https://fastapi.tiangolo.com/advanced/additional-responses/>).

mod object;

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::{
    contract::{Contract, Id},
    endpoint::known,
    reader::Reader,
};
use crate::python::{
    interpret::{
        class::ClassObject, flow::Eval, interpreter::Interpreter, repr, typing::TypeForm, value::Value,
    },
    library::natives::reflection::signature,
};

/// Media type of [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html).
pub(super) const EVENT_STREAM: &str = "text/event-stream";

/// What an operation answers, before schemas are written.
#[derive(Default)]
pub struct Answers {
    annotation: Option<Value>,
    body: Option<Id>,
    stream: Stream,
    item: Option<Id>,
    media_type: Option<String>,
    is_json: bool,
    has_body: bool,
    description: String,
    further: Vec<Further>,
    reads: bool,
}

/// An entry of `responses=`.
struct Further {
    code: String,
    annotation: Option<String>,
    given: Map<String, Json>,
    model: Option<Id>,
}

/// How an answer is sent when the function yields.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stream {
    #[default]
    None,
    /// Lines of JSON.
    Lines,
    /// Server-sent events.
    Events,
}

/// The class of an answer: what is given, or what a placeholder stands for.
#[must_use]
pub fn response_class(read: &Reader<'_>) -> Option<Rc<ClassObject>> {
    match read.value("response_class") {
        Value::Class(class) => Some(class),
        Value::Instance(placeholder) => match placeholder.attributes.borrow().get("value") {
            Some(Value::Class(class)) => Some(Rc::clone(class)),
            _ => None,
        },
        _ => None,
    }
}

/// The success status: what is given, else the default of the response class's constructor.
pub fn status_code(it: &mut Interpreter, read: &Reader<'_>) -> u16 {
    if let Some(status) = read.value("status_code").as_int() {
        return u16::try_from(status).unwrap_or(200);
    }
    response_class(read)
        .and_then(|class| class.get("__init__"))
        .and_then(|init| signature(it, &init).ok().flatten())
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

/// Gathers what an operation answers.
///
/// # Errors
/// When an attribute that is read raises.
pub fn answers(
    it: &mut Interpreter,
    read: &Reader<'_>,
    reads: bool,
    unique_id: &str,
    contract: &mut Contract,
) -> Eval<Answers> {
    let given_status = read.value("status_code").as_int();
    let class = response_class(read);
    let is_default_class = matches!(read.value("response_class"), Value::Instance(_));
    let is_events = class
        .as_ref()
        .is_some_and(|class| class.inherits("fastapi.responses.EventSourceResponse"));
    let mut result = Answers {
        media_type: match &class {
            Some(class) => class
                .get("media_type")
                .and_then(|media| media.as_str())
                .map(Into::into),
            None => Some("application/json".to_owned()),
        },
        is_json: class
            .as_ref()
            .is_none_or(|class| class.inherits("starlette.responses.JSONResponse")),
        has_body: given_status.is_none_or(|status| !(status < 200 || matches!(status, 204 | 205 | 304))),
        description: read.text("response_description").unwrap_or_default(),
        reads,
        ..Answers::default()
    };
    let yields = super::dependant::is_generator(&read.value("endpoint"));
    if yields && contract.streams {
        result.stream = match (is_events, is_default_class) {
            (true, _) => Stream::Events,
            (_, true) => Stream::Lines,
            _ => Stream::None,
        };
    }
    let (annotation, item) = response_annotation(
        it,
        read,
        yields && contract.streams,
        result.stream != Stream::None,
    )?;
    if let Some(annotation) = &annotation {
        result.body = Some(contract.add_response(it, annotation, &format!("Response_{unique_id}")));
    }
    if let Some(item) = item {
        result.item = Some(contract.add_response(it, &item, &format!("StreamItem_{unique_id}")));
    }
    result.annotation = annotation;
    for (key, value) in it.mapping_items(&read.value("responses"))? {
        result
            .further
            .push(further(it, &key, &value, unique_id, contract)?);
    }
    Ok(result)
}

fn further(
    it: &mut Interpreter,
    key: &Value,
    value: &Value,
    unique_id: &str,
    contract: &mut Contract,
) -> Eval<Further> {
    let code = repr::display(&key.unboxed()).to_string();
    let mut given = Map::new();
    let mut model = None;
    let mut annotation = None;
    for (name, value) in it.mapping_items(value)? {
        let Some(name) = name.as_str() else { continue };
        if name == "model" {
            if !value.is_none() {
                annotation = Some(repr::repr(&value).to_string());
                model = Some(contract.add_response(it, &value, &format!("Response_{code}_{unique_id}")));
            }
            continue;
        }
        if let Some(json) = known(it, &value) {
            given.insert(name.to_string(), json);
        }
    }
    Ok(Further {
        code,
        annotation,
        given,
        model,
    })
}

/// The response model: what is given, else the return annotation unless that is a response or a stream
/// (<https://fastapi.tiangolo.com/tutorial/response-model/>); and the type of a stream's items.
fn response_annotation(
    it: &mut Interpreter,
    read: &Reader<'_>,
    yields: bool,
    streams: bool,
) -> Eval<(Option<Value>, Option<Value>)> {
    let given = read.value("response_model");
    let is_placeholder =
        matches!(&given, Value::Instance(instance) if instance.class.name == "DefaultPlaceholder");
    if !is_placeholder {
        return Ok(((!given.is_none()).then_some(given), None));
    }
    let Some(returns) = signature(it, &read.value("endpoint"))?.and_then(|signature| signature.returns)
    else {
        return Ok((None, None));
    };
    let resolved = it.resolve_type(&returns);
    if let Value::Class(class) = &resolved
        && class.inherits("starlette.responses.Response")
    {
        return Ok((None, None));
    }
    if yields && let Some(item) = stream_item(&resolved) {
        let is_event = matches!(it.resolve_type(&item), Value::Class(class) if class.inherits("fastapi.responses.ServerSentEvent"));
        return Ok((None, (streams && !is_event).then_some(item)));
    }
    // The name of a `type` statement is kept: it has a definition of its own.
    let returns = match &returns {
        Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }) => returns.clone(),
        _ => resolved,
    };
    Ok(((!returns.is_none()).then_some(returns), None))
}

fn stream_item(annotation: &Value) -> Option<Value> {
    let Value::Type(form) = annotation else {
        return None;
    };
    let TypeForm::Alias {
        origin: Value::Type(origin),
        args,
    } = &**form
    else {
        return None;
    };
    let TypeForm::Special(name) = &**origin else {
        return None;
    };
    const STREAMS: &[&str] = &[
        "AsyncIterable",
        "AsyncIterator",
        "AsyncGenerator",
        "Iterable",
        "Iterator",
        "Generator",
    ];
    STREAMS
        .contains(&name.as_str())
        .then(|| args.first().cloned())
        .flatten()
}
