//! Where a value goes: through variables, properties, functions, promises and state, into what it changes.
//!
//! A value is followed forwards, one expression after the other. A path says which part of an expression it is: of
//! `{ scene }` it is `scene`. Calls that are entered are kept on a stack, so that what a function returns goes back to the
//! call that led there and to no other.

mod behind;
mod callback;
mod part;
mod path;
mod state;

use std::{
    collections::{BTreeSet, VecDeque},
    rc::Rc,
};

use ecow::EcoString;
use rustc_hash::FxHashSet;

use super::{
    Interactions, Update,
    handed::{self, Function, Place},
    place::Role,
    update::Change,
};
use path::{item, taken};

use crate::web::{
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, NameId},
    values::{External, Origin, Value},
};

/// Steps of one question.
const MAX_STEPS: usize = 3_000;
/// Changes that are kept.
const MAX_UPDATES: usize = 40;
/// Calls that are entered, one in the other.
const MAX_CALLS: usize = 10;
/// Calls that are followed from what runs when the result is there.
const MAX_BEHIND: u32 = 2;
/// Callers that a result goes back to, where it is not known which.
const MAX_CALLERS: usize = 8;

/// A part of a value: the members that lead to it, `[]` for any item.
pub(super) type Path = Vec<EcoString>;

/// A call that was entered.
#[derive(Debug)]
struct Frame {
    call: Place,
    function: Function,
    /// The argument that the function is, for one that is handed over.
    argument: Option<u32>,
    outer: Stack,
    depth: usize,
}

type Stack = Option<Rc<Frame>>;

/// An expression that the value, or a part that leads to it, is.
#[derive(Clone, Debug)]
struct Step {
    place: Place,
    path: Path,
    stack: Stack,
    /// The state through which it came.
    via: Option<Rc<str>>,
    /// The tests that it stands behind.
    tests: Rc<BTreeSet<Place>>,
    /// Whether a component was handed it: that it is drawn is said of the component that does.
    is_drawn: bool,
    /// Whether it is a connection and not what that brings.
    is_connection: bool,
}

impl Step {
    fn at(place: Place, stack: Stack) -> Self {
        Self {
            place,
            path: vec![],
            stack,
            via: None,
            tests: Rc::default(),
            is_drawn: false,
            is_connection: false,
        }
    }
}

/// A change, with the tests that it stands behind.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub update: Update,
    pub tests: BTreeSet<Place>,
}

/// What the result of a call changes. The first call stands in what the trigger runs, the last is the request.
pub(super) fn of_call(index: &Interactions<'_, '_>, chain: &[Place], run: Option<Function>) -> Vec<Update> {
    let mut flow = Flow::new(index, run);
    let mut stack: Stack = None;
    for pair in chain.windows(2) {
        let function = flow.function_between(pair[0], pair[1]);
        stack = Some(Rc::new(Frame {
            call: pair[0],
            function,
            argument: None,
            depth: stack.as_ref().map_or(1, |frame| frame.depth + 1),
            outer: stack,
        }));
    }
    for call in chain.iter().rev() {
        flow.behind(*call);
    }
    if let Some(request) = chain.last() {
        let is_connection = matches!(index.script(request.0).kind(request.1), Kind::New { .. });
        flow.push(Step {
            is_connection,
            ..Step::at(*request, stack)
        });
    }
    flow.run();
    flow.afterwards();
    ordered(flow.found)
        .into_iter()
        .map(|found| found.update)
        .collect()
}

/// What is changed with what a connection brings.
pub(super) fn of_connection(index: &Interactions<'_, '_>, place: Place) -> Vec<Found> {
    let mut flow = Flow::new(index, None);
    flow.push(Step {
        is_connection: true,
        ..Step::at(place, None)
    });
    flow.run();
    ordered(flow.found)
}

/// What is changed with what a function is handed first.
pub(super) fn of_parameter(index: &Interactions<'_, '_>, function: Function) -> Vec<Found> {
    let mut flow = Flow::new(index, Some(function));
    let step = Step::at((function.0, ExpressionId(0)), None);
    flow.parameter(function, 0, &[], &step, &None);
    flow.segments.push(Segment::of(&step, function, 0));
    flow.run();
    flow.afterwards();
    ordered(flow.found)
}

/// Functions in the order in which the value comes to them, and within each by place; what comes through state last.
fn ordered(mut found: Vec<Found>) -> Vec<Found> {
    let mut functions: Vec<String> = vec![];
    for one in &found {
        if !functions.contains(&one.update.function) {
            functions.push(one.update.function.clone());
        }
    }
    found.sort_by_cached_key(|one| {
        let update = &one.update;
        let rank = functions.iter().position(|known| *known == update.function);
        (
            update.via.is_some(),
            rank,
            update.location.line,
            update.location.column,
        )
    });
    found
}

struct Flow<'i, 'e, 'p> {
    index: &'i Interactions<'e, 'p>,
    /// The function that the trigger runs: its result goes nowhere.
    run: Option<Function>,
    pending: VecDeque<Step>,
    seen: FxHashSet<(Place, Path, Option<Place>)>,
    found: Vec<Found>,
    segments: Vec<Segment>,
}

/// What runs when the result is there.
#[derive(Clone, Debug)]
struct Segment {
    function: Function,
    /// The call behind which it runs, in the same function.
    behind: Option<Place>,
    /// Calls that lead here from what was reached by the value.
    depth: u32,
    via: Option<Rc<str>>,
    tests: Rc<BTreeSet<Place>>,
}

impl Segment {
    fn of(step: &Step, function: Function, depth: u32) -> Self {
        Self {
            function,
            behind: None,
            depth,
            via: step.via.clone(),
            tests: Rc::clone(&step.tests),
        }
    }
}

impl<'i, 'e, 'p> Flow<'i, 'e, 'p> {
    fn new(index: &'i Interactions<'e, 'p>, run: Option<Function>) -> Self {
        Self {
            index,
            run,
            pending: VecDeque::new(),
            seen: FxHashSet::default(),
            found: vec![],
            segments: vec![],
        }
    }

    fn push(&mut self, step: Step) {
        if step.path.len() > MAX_CALLS {
            return;
        }
        let call = step.stack.as_ref().map(|frame| frame.call);
        if self.seen.len() < MAX_STEPS && self.seen.insert((step.place, step.path.clone(), call)) {
            self.pending.push_back(step);
        }
    }

    fn push_as(&mut self, step: &Step, place: Place, path: Path) {
        self.push(Step {
            place,
            path,
            ..step.clone()
        });
    }

    fn run(&mut self) {
        while let Some(step) = self.pending.pop_front() {
            if self.found.len() >= MAX_UPDATES {
                return;
            }
            self.step(&step);
        }
    }

    fn step(&mut self, step: &Step) {
        let (module, expression) = step.place;
        let places = self.index.places(module);
        if let Some((around, role)) = places.around(expression) {
            self.part(step, (module, around), role);
        }
        if let Some(function) = places.returned_by(expression) {
            self.returned(step, (module, function));
        }
        for (name, definition) in places.defined_by(expression) {
            self.named(step, *name, *definition);
        }
    }

    /// A name that is given the value.
    fn named(&mut self, step: &Step, name: NameId, definition: usize) {
        let (module, _) = step.place;
        let declared = self.index.script(module).name(name);
        let Some(definition) = declared.definitions.get(definition) else {
            return;
        };
        let is_item = matches!(
            definition.source,
            crate::web::syntax::tree::DefinitionSource::ItemOf(_)
        );
        let path = if is_item {
            item(&step.path)
        } else {
            Some(step.path.clone())
        };
        if let Some(path) = path.and_then(|path| taken(&path, &definition.path)) {
            self.uses(step, name, &path, &step.stack);
        }
    }

    fn uses(&mut self, step: &Step, name: NameId, path: &[EcoString], stack: &Stack) {
        let (module, _) = step.place;
        let declared = self.index.script(module).name(name).function;
        for used in self.index.places(module).uses(name) {
            if !self.index.waits((module, *used), declared) {
                self.rerun(step, (module, *used), declared);
                self.push(Step {
                    place: (module, *used),
                    path: path.to_vec(),
                    stack: stack.clone(),
                    ..step.clone()
                });
            }
        }
    }

    /// What a function returns goes to who called it.
    fn returned(&mut self, step: &Step, function: Function) {
        let is_called = step.stack.as_ref().is_some_and(|frame| {
            let callees = self
                .index
                .evaluator
                .callees(&super::site(frame.call.0, frame.call.1));
            let mut entered = callees
                .iter()
                .filter_map(|value| handed::entered(self.index.evaluator, value));
            frame.function == function && entered.any(|entered| entered == function)
        });
        for setting in self.index.handed().settings_with(function).to_vec() {
            if let Some(call) = setting.call.filter(|_| !is_called) {
                self.option_returned(step, call, setting.path.last());
            }
        }
        if let Some(frame) = &step.stack
            && frame.function == function
        {
            let back = Step {
                stack: frame.outer.clone(),
                ..step.clone()
            };
            match frame.argument {
                None => self.push_as(&back, frame.call, step.path.clone()),
                Some(argument) => self.called_back(&back, frame.call, argument),
            }
            return;
        }
        let places = self.index.places(function.0);
        if let Some(expression) = places.expression_of(function.1)
            && let Some((call, Role::Argument { index, .. })) = places.around(expression)
        {
            self.called_back(step, (function.0, call), *index);
            return;
        }
        if self.run == Some(function) && step.via.is_none() {
            return;
        }
        for caller in self
            .index
            .evaluator
            .callers(function.0, function.1)
            .iter()
            .take(MAX_CALLERS)
        {
            let place = (caller.site.module, caller.site.expression);
            self.push_as(step, place, step.path.clone());
        }
    }

    fn record(&mut self, step: &Step, change: &Change, place: Place) {
        let Some(tests) = self.index.tests(place) else {
            return;
        };
        let update = self.index.update(change, place, true, step.via.as_deref());
        let known = self
            .found
            .iter_mut()
            .find(|known| known.update.location == update.location && known.update.target == update.target);
        let all: BTreeSet<Place> = step.tests.iter().copied().chain(tests).collect();
        match known {
            Some(known) => known.tests = known.tests.intersection(&all).copied().collect(),
            None => self.found.push(Found { update, tests: all }),
        }
    }

    /// The step with the tests that a place stands behind.
    fn behind_tests(&self, step: &Step, place: Place) -> Step {
        let mut tests = BTreeSet::clone(&step.tests);
        tests.extend(self.index.tests(place).unwrap_or_default());
        Step {
            tests: Rc::new(tests),
            ..step.clone()
        }
    }

    /// The function that a call enters and in which the next call stands.
    fn function_between(&self, call: Place, next: Place) -> Function {
        let evaluator = self.index.evaluator;
        let callees = evaluator.callees(&super::site(call.0, call.1));
        let entered: Vec<Function> = callees
            .iter()
            .filter_map(|value| handed::entered(evaluator, value))
            .collect();
        let innermost = self.index.script(next.0).expression(next.1).function;
        let around = self
            .index
            .around(next.0, innermost)
            .map(|function| (next.0, function));
        around
            .into_iter()
            .find(|function| entered.contains(function))
            .unwrap_or((next.0, innermost))
    }
}

/// Another request begins: what it leads to is its own.
fn asks_server(external: &External) -> bool {
    let is_client = |package: &str| {
        matches!(
            package,
            "axios" | "ky" | "ofetch" | "superagent" | "openapi-fetch" | "redaxios" | "xior"
        )
    };
    let is_connection = |class: &External| {
        ["WebSocket", "EventSource", "Request"]
            .iter()
            .any(|name| class.is_global(name))
    };
    external.is_global("fetch")
        || is_connection(external)
        || matches!(&external.origin, Origin::Made { class, .. } if is_connection(class))
        || external.package().is_some_and(|(package, _)| is_client(package))
}

fn functions_of(values: &[Value]) -> Vec<Function> {
    let functions = values.iter().filter_map(|value| match value {
        Value::Function(closure) => Some((closure.module, closure.function)),
        _ => None,
    });
    functions.collect::<Vec<(_, FunctionId)>>()
}
