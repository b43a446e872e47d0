//! What an application registers only when it starts: routes that a lifespan or startup function adds.
//!
//! The document that a running application publishes has them, since FastAPI makes it at the first request
//! (<https://fastapi.tiangolo.com/how-to/extending-openapi/>); `app.openapi()` of one that was only imported has not.

use std::rc::Rc;

use super::{application::routes, lifespan::startup_values, reader::Reader, symbols::symbol};
use crate::python::{
    interpret::{
        arguments::Arguments,
        flow::Eval,
        interpreter::{Condition, Interpreter},
        value::{FunctionObject, InstanceObject, Value},
    },
    library::natives::reflection::signature,
};

/// Steps that one function may take: what it does besides registering is of no interest here.
const STEPS: i64 = 1_000_000;

/// Functions whose text is looked at for one that runs at the start.
const MOST_FUNCTIONS: usize = 64;

/// By what routes are registered once the application exists. A function whose text and that of those it calls has none of them
/// is not run: it may well change what it should not.
const REGISTERING: &[&str] = &[
    "include_router",
    "add_api_route",
    "add_api_websocket_route",
    "add_route",
    "add_websocket_route",
    "api_route",
    ".mount(",
    ".routes",
];

/// Runs what runs before the first request, up to its `yield`. What it registers carries it as a condition, and is said to be
/// an assumption. What it raises or lacks is left to those who follow it step by step.
///
/// # Errors
/// When the routes of the application cannot be listed.
pub fn started(it: &mut Interpreter, app: &Rc<InstanceObject>) -> Eval<()> {
    let router = match (Reader { object: app }).value("router") {
        Value::Instance(router) => router,
        _ => Rc::clone(app),
    };
    for handler in startup_values(&router) {
        if !may_register(&handler, &mut vec![]) {
            continue;
        }
        let before = routes(it, &router)?.len();
        let reported = it.findings.len();
        let handler_symbol = symbol(&handler);
        run(it, app, &handler, &handler_symbol.name);
        let added = routes(it, &router)?.len().saturating_sub(before);
        let found = it.findings.split_off(reported);
        if added == 0 {
            continue;
        }
        // That the function was left at its `yield` is as it should be.
        it.findings.extend(
            found
                .into_iter()
                .filter(|finding| finding.code != "budget-exceeded"),
        );
        let (routes, are) = if added == 1 {
            ("route", "is")
        } else {
            ("routes", "are")
        };
        it.report_at(
            handler_symbol.location,
            "assumption",
            format!(
                "{added} {routes} {are} registered by `{}` when the application starts; what was only imported lacks them",
                handler_symbol.name
            ),
        );
    }
    Ok(())
}

/// Whether a callable's own text, or that of a function of the project that it names, registers routes.
fn may_register(callable: &Value, seen: &mut Vec<Rc<FunctionObject>>) -> bool {
    let (function, receiver) = match callable {
        Value::Function(function) => (function, None),
        Value::Method(method) => match &method.function {
            Value::Function(function) => (function, Some(&method.receiver)),
            _ => return false,
        },
        _ => return false,
    };
    if seen.len() >= MOST_FUNCTIONS || seen.iter().any(|known| Rc::ptr_eq(known, function)) {
        return false;
    }
    seen.push(Rc::clone(function));
    let Some(file) = function
        .module
        .file
        .as_ref()
        .filter(|_| !function.module.is_model())
    else {
        return false;
    };
    let span = function.def.span;
    let text = file.text.get(span.start as usize..span.end as usize);
    let text = String::from_utf8_lossy(text.unwrap_or_default());
    if REGISTERING.iter().any(|word| text.contains(word)) {
        return true;
    }
    let words = text.split(|character: char| !character.is_alphanumeric() && character != '_');
    words.filter(|word| !word.is_empty()).any(|word| {
        let named = function.scope.get(word).or_else(|| match receiver {
            Some(Value::Instance(instance)) => instance.class.get(word),
            _ => None,
        });
        named.is_some_and(|named| may_register(&named, seen))
    })
}

fn run(it: &mut Interpreter, app: &Rc<InstanceObject>, handler: &Value, name: &str) {
    let takes_app = signature(it, handler)
        .ok()
        .flatten()
        .is_some_and(|signature| !signature.parameters.is_empty());
    let given = if takes_app {
        vec![Value::Instance(Rc::clone(app))]
    } else {
        vec![]
    };
    let mut apart = it.budget.apart(it.budget.steps.min(STEPS), STEPS);
    // The generator is closed where the server would begin to serve.
    apart.yields = 1;
    let outer = std::mem::replace(&mut it.budget, apart);
    let (frames, undecided) = (it.frames.len(), it.undecided);
    let guards = std::mem::take(&mut it.guards);
    let condition = Condition {
        text: ecow::eco_format!("{name} has run"),
        is_analysed: true,
    };
    let conditions = std::mem::replace(&mut it.conditions, vec![condition]);
    // What was registered before it raised is registered.
    let _ = it.call(handler, Arguments::of(given));
    (it.conditions, it.guards, it.undecided) = (conditions, guards, undecided);
    it.frames.truncate(frames);
    it.budget = outer;
}
