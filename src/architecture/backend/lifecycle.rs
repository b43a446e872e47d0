//! What happens inside a request: handlers, dependencies and lifespan handlers are called in the interpreter with
//! parameters of which only the type is known, and what they do becomes [`Step`]s.
//!
//! This runs after everything else was read of the program, because code that runs may register, cache and overwrite.

mod answer;
mod external;
mod records;
mod returned;
mod steps;
mod words;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use ecow::EcoString;

use self::{answer::Answers, steps::Converter};
use super::{
    application::routes,
    dependant::{Dependant, security_scheme},
    endpoint::{parameterless, path_names},
    lifespan::lifespan_values,
    reader::Reader,
    response::EVENT_STREAM,
    symbols::symbol,
    version,
};
use crate::{
    architecture::model::{Application, Dependency, Finding, LifespanHandler, Returned, Step, Symbol},
    python::{
        interpret::{
            arguments::Arguments,
            flow::{Eval, Flow},
            interpreter::Interpreter,
            key::Key,
            tracer::{Event, split_at_yield},
            unknown::Unknown,
            value::{InstanceObject, Value},
        },
        library::natives::reflection::signature,
        syntax::ast::ParameterKind,
    },
};

/// Steps that one handler or dependency may take. One that takes more is shown as far as it was followed.
const STEPS: u64 = 200_000;

/// Says which endpoints answer with server-sent events. Only handlers whose files name a class of streams are followed,
/// which takes a part of the time of [`fill`]; applications that are mounted are left out.
///
/// # Errors
/// When the routes cannot be read again.
pub fn find_streams(it: &mut Interpreter, app: &Rc<InstanceObject>, model: &mut Application) -> Eval<()> {
    let read = Reader { object: app };
    let router = router_of(app);
    let mut follower = Follower::new(it, &read);
    let mut endpoints = model.endpoints.iter_mut();
    for route in routes(it, &router)? {
        let Value::Instance(object) = &route else { continue };
        let is_operation = object.class.inherits("fastapi.routing.APIRoute");
        if !is_operation && !object.class.inherits("starlette.routing.Route") {
            continue;
        }
        let Some(endpoint) = endpoints.next() else { break };
        if !is_operation || !names_streams(&Reader { object }.value("endpoint")) {
            continue;
        }
        let root = dependant_of(it, object, &endpoint.path)?;
        let mut dependencies = endpoint.dependencies.clone();
        let (_, value) = follower.operation(it, &root, &mut dependencies, &endpoint.handler, true);
        let returned = returned::returned(&root.call, &value);
        endpoint.streams_events |= returned.iter().any(is_event_stream);
    }
    Ok(())
}

/// The router of an application; what is a router is its own.
fn router_of(app: &Rc<InstanceObject>) -> Rc<InstanceObject> {
    match (Reader { object: app }).value("router") {
        Value::Instance(router) => router,
        _ => Rc::clone(app),
    }
}

fn is_event_stream(returned: &Returned) -> bool {
    returned.media_type.as_deref() == Some(EVENT_STREAM)
}

/// Whether the file of a handler names what streams; of what is no function it is not known.
fn names_streams(handler: &Value) -> bool {
    let Value::Function(function) = handler else {
        return true;
    };
    let Some(file) = &function.module.file else {
        return true;
    };
    [&b"event-stream"[..], b"EventSourceResponse", b"StreamingResponse"]
        .iter()
        .any(|word| memchr::memmem::find(&file.text, word).is_some())
}

/// Fills the traces of an application that was read. What could not be followed to its end is returned.
///
/// # Errors
/// When the routes cannot be read again.
pub fn fill(it: &mut Interpreter, app: &Rc<InstanceObject>, model: &mut Application) -> Eval<Vec<Finding>> {
    let read = Reader { object: app };
    let router = router_of(app);
    let mut follower = Follower::new(it, &read);
    let (mut endpoints, mut channels, mut mounts) = (
        model.endpoints.iter_mut(),
        model.channels.iter_mut(),
        model.mounts.iter_mut(),
    );
    for route in routes(it, &router)? {
        let Value::Instance(object) = &route else { continue };
        if object.class.inherits("fastapi.routing.APIRoute") {
            let Some(endpoint) = endpoints.next() else { break };
            let root = dependant_of(it, object, &endpoint.path)?;
            let handler = &endpoint.handler;
            let (trace, value) = follower.operation(it, &root, &mut endpoint.dependencies, handler, true);
            endpoint.trace = trace;
            endpoint.returned = returned::returned(&root.call, &value);
            endpoint.streams_events |= endpoint.returned.iter().any(is_event_stream);
        } else if object.class.inherits("starlette.routing.WebSocketRoute") {
            let Some(channel) = channels.next() else { break };
            let root = dependant_of(it, object, &channel.path)?;
            let handler = &channel.handler;
            channel.trace = follower
                .operation(it, &root, &mut channel.dependencies, handler, false)
                .0;
        } else if object.class.inherits("starlette.routing.Mount") {
            let Some(mount) = mounts.next() else { break };
            let mounted = Reader { object };
            let target = match mounted.value("_base_app") {
                Value::None => mounted.value("app"),
                base => base,
            };
            if let (Value::Instance(inner), Some(inner_model)) = (&target, &mut mount.application) {
                follower.findings.extend(fill(it, inner, inner_model)?);
            }
        } else if object.class.inherits("starlette.routing.Route") {
            let Some(endpoint) = endpoints.next() else { break };
            let handler = Reader { object }.value("endpoint");
            let (before, _, _) = follower.follow(it, &handler, &[], &endpoint.handler, true);
            endpoint.trace = before;
        }
    }
    let handlers = lifespan_values(&router);
    for (handler, value) in model.lifespan.iter_mut().zip(handlers) {
        follower.lifespan(it, handler, &value, app);
    }
    Ok(follower.findings)
}

fn dependant_of(it: &mut Interpreter, route: &Rc<InstanceObject>, path: &str) -> Eval<Dependant> {
    let read = Reader { object: route };
    let handler = read.value("endpoint");
    super::dependant::operation_dependant(it, &handler, &parameterless(&read, &[]), &[], &path_names(path))
}

/// What tells apart dependencies within one request.
type CacheKey = (Key, Vec<String>, Option<EcoString>);

/// A dependency that was followed for another endpoint.
struct Known {
    key: CacheKey,
    given: Vec<Value>,
    value: Value,
    before: Vec<Step>,
    after: Vec<Step>,
}

/// Follows the functions of one application.
struct Follower {
    answers: Answers,
    /// Whether all schemes answer a request without credentials by 401.
    is_strict: bool,
    findings: Vec<Finding>,
    /// Dependencies met before; a second call with the same values does the same.
    known: Vec<Known>,
}

impl Follower {
    fn new(it: &mut Interpreter, app: &Reader<'_>) -> Self {
        Self {
            answers: Answers::of(app),
            is_strict: version::fastapi(it) >= (0, 122, 0),
            findings: vec![],
            known: vec![],
        }
    }

    /// What an operation's handler does and returns; what its dependencies do is put into them.
    fn operation(
        &mut self,
        it: &mut Interpreter,
        root: &Dependant,
        dependencies: &mut [Dependency],
        handler: &Symbol,
        answers: bool,
    ) -> (Vec<Step>, Value) {
        let mut values = vec![];
        let given = self.resolve(it, root, dependencies, &mut values, answers);
        let (before, _, value) = self.follow(it, &root.call, &given, handler, answers);
        (before, value)
    }

    /// Resolves what a callable depends on, in FastAPI's order, and returns the values by parameter.
    fn resolve(
        &mut self,
        it: &mut Interpreter,
        dependant: &Dependant,
        models: &mut [Dependency],
        values: &mut Vec<(CacheKey, Value)>,
        answers: bool,
    ) -> Vec<(EcoString, Value)> {
        let mut given = vec![];
        for (inner, model) in dependant.dependencies.iter().zip(models) {
            let key = inner.cache_key();
            let known = values.iter().find(|(known, _)| inner.use_cache && *known == key);
            let value = match known {
                Some((_, value)) => value.clone(),
                None => {
                    let arguments = self.resolve(it, inner, &mut model.dependencies, values, answers);
                    let value = self.dependency(it, inner, model, &arguments, &key, answers);
                    values.push((key, value.clone()));
                    value
                }
            };
            given.extend(inner.name.clone().map(|name| (name, value)));
        }
        given
    }

    /// Calls a dependency, once for all endpoints that give it the same.
    fn dependency(
        &mut self,
        it: &mut Interpreter,
        dependant: &Dependant,
        model: &mut Dependency,
        given: &[(EcoString, Value)],
        key: &CacheKey,
        answers: bool,
    ) -> Value {
        let same = |known: &&Known| {
            known.key == *key
                && known.given.len() == given.len()
                && known.given.iter().zip(given).all(|(a, (_, b))| a.is_same(b))
        };
        if let Some(known) = self.known.iter().find(same) {
            model.trace.clone_from(&known.before);
            model.teardown.clone_from(&known.after);
            return known.value.clone();
        }
        let (mut before, after, value) = self.follow(it, &dependant.call, given, &model.callable, answers);
        if let Some(refusal) = self.refusal(&dependant.call).filter(|_| answers) {
            before.insert(0, refusal);
        }
        model.trace.clone_from(&before);
        model.teardown.clone_from(&after);
        self.known.push(Known {
            key: key.clone(),
            given: given.iter().map(|(_, value)| value.clone()).collect(),
            value: value.clone(),
            before,
            after,
        });
        value
    }

    /// What a security scheme of FastAPI does without credentials: 401, in older versions of FastAPI 403 for some schemes
    /// (<https://fastapi.tiangolo.com/how-to/authentication-error-status-code/>).
    fn refusal(&self, call: &Value) -> Option<Step> {
        let Some(Value::Instance(scheme)) = security_scheme(call) else {
            return None;
        };
        let read = Reader { object: &scheme };
        let own = scheme
            .class
            .find("__call__")
            .and_then(|(_, owner)| owner.module.clone());
        if read.flag("auto_error") == Some(false) || own.is_some_and(|module| !module.is_model()) {
            return None;
        }
        let is_old = ["APIKeyBase", "HTTPBearer", "HTTPDigest", "OpenIdConnect"]
            .iter()
            .any(|name| scheme.class.inherits(&format!("fastapi.security.{name}")));
        let raise = Step::Raise {
            exception: "HTTPException".to_owned(),
            status: Some(if is_old && !self.is_strict { 403 } else { 401 }),
            detail: Some("Not authenticated".to_owned()),
            location: read.location(),
        };
        Some(Step::Branch {
            arms: vec![("no credentials".to_owned(), vec![raise])],
            location: read.location(),
        })
    }

    /// Calls a function with what is given, everything else being of its annotated type. Returned is what it does before
    /// and after its `yield`, and what it returns or yields.
    fn follow(
        &mut self,
        it: &mut Interpreter,
        call: &Value,
        given: &[(EcoString, Value)],
        name: &Symbol,
        answers: bool,
    ) -> (Vec<Step>, Vec<Step>, Value) {
        let arguments = arguments(it, call, given);
        let trace = it.trace(call, arguments, STEPS);
        let value = match trace.result {
            Ok(Value::Iterator(iterator)) => {
                let items = iterator.items.borrow();
                items.first().cloned().unwrap_or(Value::None)
            }
            Ok(value) => value,
            Err(Flow::Raise(_)) => Unknown::nothing(),
            Err(Flow::Exhausted) => {
                self.findings.push(Finding {
                    location: name.location.clone(),
                    code: "trace-incomplete".to_owned(),
                    message: format!("what `{}` does was followed for {STEPS} steps only", name.name),
                    help: None,
                });
                Unknown::nothing()
            }
        };
        let (before, after) = split_at_yield(unwrapped(trace.events, &name.name));
        let mut converter = Converter {
            it,
            answers: answers.then_some(&mut self.answers),
        };
        let before = converter.suite(before);
        // What is raised when the response is on its way does not change it.
        converter.answers = None;
        let after = after.map_or_else(Vec::new, |after| converter.suite(after));
        (before, after, value)
    }

    fn lifespan(
        &mut self,
        it: &mut Interpreter,
        handler: &mut LifespanHandler,
        value: &Value,
        app: &Rc<InstanceObject>,
    ) {
        let parameters = signature(it, value)
            .ok()
            .flatten()
            .map(|signature| signature.parameters);
        let first = parameters.unwrap_or_default().into_iter().next();
        let given: Vec<(EcoString, Value)> = first
            .map(|parameter| (parameter.name, Value::Instance(Rc::clone(app))))
            .into_iter()
            .collect();
        let (before, after, _) = self.follow(it, value, &given, &handler.handler, false);
        if handler.event == "shutdown" {
            handler.shutdown = before;
        } else {
            handler.startup = before;
            handler.shutdown = after;
        }
    }
}

/// The arguments for a callable: what is given, and values of the annotated types.
fn arguments(it: &mut Interpreter, call: &Value, given: &[(EcoString, Value)]) -> Arguments {
    let mut arguments = Arguments::default();
    let Ok(Some(signature)) = signature(it, call) else {
        arguments.keywords = given.to_vec();
        return arguments;
    };
    for parameter in signature.parameters {
        if matches!(
            parameter.kind,
            ParameterKind::VarPositional | ParameterKind::VarKeyword
        ) {
            continue;
        }
        let known = given.iter().find(|(name, _)| *name == parameter.name);
        let value = match (known, &parameter.annotation) {
            (Some((_, value)), _) => value.clone(),
            (None, Some(annotation)) => it.stand_in(annotation),
            (None, None) => Unknown::nothing(),
        };
        arguments.keywords.push((parameter.name, value));
    }
    arguments
}

/// The events inside the call that was followed, which is the only one at the top; decorators around it are left out.
fn unwrapped(mut events: Vec<Event>, name: &str) -> Vec<Event> {
    let mut is_outermost = true;
    while let [
        Event::Call {
            function,
            events: inner,
            ..
        },
    ] = events.as_mut_slice()
        && (is_outermost || symbol(&Value::Function(Rc::clone(function))).name == name)
    {
        events = std::mem::take(inner);
        is_outermost = false;
    }
    events
}
