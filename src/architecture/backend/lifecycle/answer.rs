//! What an exception that leaves the code becomes for the client
//! (<https://fastapi.tiangolo.com/tutorial/handling-errors/>).

use std::rc::Rc;

use crate::{
    architecture::backend::reader::Reader,
    python::interpret::{
        arguments::Arguments,
        class::ClassObject,
        interpreter::Interpreter,
        repr,
        unknown::Piece,
        value::{InstanceObject, Value},
    },
};

/// The exception handlers of an application.
pub(super) struct Answers {
    /// What is handled, an exception class or a status code, and the function; later ones replace earlier ones.
    handlers: Vec<(Value, Value)>,
}

/// An exception in the reader's words.
pub(super) struct Answer {
    /// The class.
    pub exception: String,
    /// The status of the response, if it is known.
    pub status: Option<u16>,
    /// The message.
    pub detail: Option<String>,
}

impl Answers {
    pub(super) fn of(app: &Reader<'_>) -> Self {
        let handlers = app
            .items("_exception_handlers")
            .into_iter()
            .filter_map(|entry| match entry {
                Value::Tuple(parts) if parts.len() >= 2 => Some((parts[0].clone(), parts[1].clone())),
                _ => None,
            });
        Self {
            handlers: handlers.collect(),
        }
    }

    /// The status that the application gives an exception.
    fn status(&self, it: &mut Interpreter, exception: &Value) -> Option<u16> {
        let Value::Instance(instance) = exception else {
            return None;
        };
        let own = own_status(instance);
        if let Some(handler) = self.handler(instance, own) {
            let request = it.import_module("starlette.requests").ok();
            let request = request.and_then(|module| it.attribute(&module, "Request").ok());
            let request = request.map_or(Value::None, |class| it.abstract_of(&class));
            let arguments = Arguments::of(vec![request, exception.clone()]);
            let answered = it.trace(&handler, arguments, 20_000).result.ok();
            return answered.as_ref().and_then(response_status);
        }
        // Where no handler is found, what the client gets is not known: a middleware or a special route may answer.
        own.or_else(|| {
            instance
                .class
                .inherits("fastapi.exceptions.RequestValidationError")
                .then_some(422)
        })
    }

    /// The handler of the nearest class above an exception, or of its status.
    fn handler(&self, exception: &Rc<InstanceObject>, status: Option<u16>) -> Option<Value> {
        let by_status = self.handlers.iter().rev().find(|(key, _)| {
            status.is_some() && key.as_int().and_then(|key| u16::try_from(key).ok()) == status
        });
        // FastAPI's own handlers stand before those of `Exception`, which only the outermost middleware calls.
        let by_class = || {
            let own = |class: &ClassObject| {
                matches!(
                    class.path().as_str(),
                    "starlette.exceptions.HTTPException" | "fastapi.exceptions.RequestValidationError"
                )
            };
            for class in exception.class.mro() {
                let known = self
                    .handlers
                    .iter()
                    .rev()
                    .find(|(key, _)| matches!(key, Value::Class(key) if Rc::ptr_eq(key, class)));
                // The outermost handler of `Exception` gets what no middleware and no special route answers before it.
                if known.is_some() || own(class) {
                    return known.filter(|_| class.name != "Exception");
                }
            }
            None
        };
        by_status.or_else(by_class).map(|(_, handler)| handler.clone())
    }
}

/// An exception as a step tells it. Without an application's answers it reaches no client.
pub(super) fn answer(it: &mut Interpreter, answers: Option<&mut Answers>, exception: &Value) -> Answer {
    let name = match exception {
        Value::Instance(instance) => instance.class.name.to_string(),
        Value::Class(class) => class.name.to_string(),
        Value::Unknown(unknown) if !unknown.origin.is_empty() => unknown
            .origin
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .replace("()", ""),
        _ => "Exception".to_owned(),
    };
    Answer {
        exception: name,
        status: answers.and_then(|answers| answers.status(it, exception)),
        detail: detail(exception),
    }
}

fn own_status(exception: &Rc<InstanceObject>) -> Option<u16> {
    if !exception.class.inherits("starlette.exceptions.HTTPException") {
        return None;
    }
    let given = exception.attributes.borrow().get("status_code").cloned();
    let given = given.or_else(|| exception.class.get("status_code"));
    given
        .and_then(|status| status.as_int())
        .and_then(|status| u16::try_from(status).ok())
}

fn response_status(response: &Value) -> Option<u16> {
    match response {
        Value::Instance(instance) => {
            let status = instance.attributes.borrow().get("status_code").cloned();
            status
                .and_then(|status| status.as_int())
                .and_then(|status| u16::try_from(status).ok())
        }
        Value::Unknown(unknown) => unknown.alternatives.iter().find_map(response_status),
        _ => None,
    }
}

/// Text with holes in braces, if anything of it is known.
fn with_holes(pieces: &[Piece]) -> Option<String> {
    let is_known = |piece: &Piece| matches!(piece, Piece::Text(text) if !text.trim().is_empty());
    pieces.iter().any(is_known).then(|| {
        let words = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.to_string(),
            Piece::Hole(words) => format!("{{{words}}}"),
        });
        words.collect()
    })
}

/// `detail=`, or the message of an exception of another kind.
fn detail(exception: &Value) -> Option<String> {
    let Value::Instance(instance) = exception else {
        return None;
    };
    let get = |name: &str| {
        let own = instance.attributes.borrow().get(name).cloned();
        own.or_else(|| {
            instance
                .class
                .get(name)
                .filter(|value| matches!(value, Value::Str(_)))
        })
    };
    let first = || match get("args") {
        Some(Value::Tuple(args)) => args.first().cloned(),
        _ => None,
    };
    let given = get("detail")
        .or_else(|| get("reason"))
        .or_else(|| get("message"))
        .or_else(first)?;
    let text = match &given {
        Value::Str(_) => repr::display(&given).to_string(),
        Value::Unknown(unknown) => unknown.template.as_deref().and_then(with_holes)?,
        Value::Dict(entries) => {
            let entries = entries.borrow();
            let find = |name: &str| {
                let found = entries
                    .values()
                    .find(|(key, _)| key.as_str().as_deref() == Some(name));
                found.and_then(|(_, value)| value.as_str())
            };
            ["message", "detail", "msg", "error"]
                .into_iter()
                .find_map(find)?
                .to_string()
        }
        _ => return None,
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| super::words::cut(&line, 90))
}
