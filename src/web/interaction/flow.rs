//! Where a value goes: through variables, properties, functions, promises and state, into what it changes.
//!
//! A value is followed forwards, one expression after the other. A path says which part of an expression it is: of
//! `{ scene }` it is `scene`. Calls that are entered are kept on a stack, so that what a function returns goes back to the
//! call that led there and to no other.

mod callback;
mod state;

use std::{
    collections::{BTreeSet, VecDeque},
    rc::Rc,
};

use ecow::EcoString;
use rustc_hash::FxHashSet;

use super::{
    Interactions, Update, UpdateKind,
    handed::{self, Function, Place},
    place::Role,
    update::Change,
};
use crate::web::{
    syntax::tree::{BlockKind, ExpressionId, ExpressionKind as Kind, FunctionId, NameId, PathStep, Tag},
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

    /// Effects that run again when what they read changes: `$effect`, `watchEffect`.
    fn rerun(&mut self, step: &Step, (module, used): Place, declared: Option<FunctionId>) {
        let function = self.index.script(module).expression(used).function;
        let inner: Vec<FunctionId> = self
            .index
            .around(module, function)
            .take_while(|inner| Some(*inner) != declared)
            .collect();
        for function in inner {
            let is_effect = self
                .index
                .evaluator
                .passed(module, function)
                .iter()
                .any(|passed| {
                    let to = passed.to.as_ref().map(External::path);
                    matches!(
                        to.as_deref(),
                        Some("$effect" | "$effect.pre" | "watchEffect" | "autorun")
                    )
                });
            if is_effect {
                self.segments.push(Segment::of(step, (module, function), 0));
            }
        }
    }

    /// The value is a part of another expression.
    fn part(&mut self, step: &Step, around: Place, role: &Role) {
        match role {
            Role::Object(property) => self.member(step, around, property),
            Role::Indexed => {
                if let Some(path) = item(&step.path) {
                    self.push_as(step, around, path);
                }
            }
            Role::Callee => self.push_as(step, around, vec![]),
            Role::Argument { index, is_spread } => {
                let path = if *is_spread {
                    item(&step.path)
                } else {
                    Some(step.path.clone())
                };
                if let Some(path) = path {
                    self.argument(step, around, *index, &path);
                }
            }
            Role::Property(key) => self.push_as(step, around, longer(key, &step.path)),
            Role::Item { is_spread: false } => self.push_as(step, around, longer("[]", &step.path)),
            Role::Spread | Role::Item { is_spread: true } | Role::Whole => {
                self.push_as(step, around, step.path.clone());
            }
            Role::Operand => self.push_as(step, around, vec![]),
            Role::Attribute(name) => self.attribute(step, around, Some(name)),
            Role::SpreadAttribute => self.attribute(step, around, None),
            Role::Child => self.drawn(step, around, None),
            Role::Written => self.written(step, around),
            Role::Target => {}
        }
    }

    fn member(&mut self, step: &Step, member: Place, property: &EcoString) {
        let places = self.index.places(member.0);
        match places.around(member.1) {
            Some((call, Role::Callee)) => self.method(step, (member.0, call), property),
            Some((assign, Role::Target)) => self.handler(step, (member.0, assign), property),
            _ => {
                if let Some(path) = taken(&step.path, &[PathStep::Property(property.clone())]) {
                    self.push_as(step, member, path);
                }
            }
        }
    }

    fn argument(&mut self, step: &Step, call: Place, index: u32, path: &[EcoString]) {
        let script = self.index.script(call.0);
        let (Kind::Call { callee, .. } | Kind::New { callee, .. }) = script.kind(call.1) else {
            return;
        };
        let values = handed::called(self.index.evaluator, call.0, *callee);
        let mut is_entered = false;
        for value in &values {
            match value {
                Value::Function(_) | Value::Class(_) => {
                    is_entered = true;
                    if let Some(function) = handed::entered(self.index.evaluator, value) {
                        self.enter(step, call, function, index, path);
                    }
                    if matches!(value, Value::Class(_)) {
                        self.push_as(step, call, vec![]);
                    }
                }
                Value::Parameter(parameter) => {
                    for function in self.index.handed().functions_in(parameter) {
                        is_entered = true;
                        self.enter(step, call, function, index, path);
                    }
                }
                _ => {}
            }
        }
        if is_entered {
            return;
        }
        let external = values.iter().find_map(|value| match value {
            Value::External(external) => Some(external),
            _ => None,
        });
        if external.is_some_and(asks_server) {
            return;
        }
        if let Some(change) = self.index.change(call) {
            self.record(step, &change, call);
            self.state(step, &change, path);
            return;
        }
        if external.is_some_and(|external| external.members.first().is_some_and(|first| first == "console")) {
            return;
        }
        let keeps = external.is_some_and(|external| {
            [
                "Promise.all",
                "Promise.resolve",
                "Object.assign",
                "structuredClone",
                "Array.from",
                "Object.freeze",
            ]
            .iter()
            .any(|name| external.is_global(name))
        });
        self.push_as(step, call, if keeps { path.to_vec() } else { vec![] });
        self.put(step, call, path);
        let is_effect = external.is_some_and(|external| {
            let name = external.members.last().map(EcoString::as_str);
            matches!(name, Some("useEffect" | "useLayoutEffect" | "watch"))
        });
        self.callbacks(step, call, index, &[], is_effect);
    }

    /// `list.push(value)`: the list holds the value.
    fn put(&mut self, step: &Step, (module, call): Place, path: &[EcoString]) {
        let script = self.index.script(module);
        let Kind::Call { callee, .. } = script.kind(call) else {
            return;
        };
        let Kind::Member { object, property, .. } = script.kind(*callee) else {
            return;
        };
        let is_put = matches!(property.as_str(), "push" | "unshift" | "add" | "set" | "append");
        if let Kind::Local(name) = script.kind(*object)
            && is_put
        {
            self.uses(step, *name, &longer("[]", path), &step.stack);
        }
    }

    fn enter(&mut self, step: &Step, call: Place, function: Function, index: u32, path: &[EcoString]) {
        let depth = step.stack.as_ref().map_or(0, |frame| frame.depth);
        if depth >= MAX_CALLS {
            return;
        }
        let stack = Some(Rc::new(Frame {
            call,
            function,
            argument: None,
            outer: step.stack.clone(),
            depth: depth + 1,
        }));
        let behind = self.behind_tests(step, call);
        self.parameter(function, index, path, &behind, &stack);
        if !matches!(self.index.script(call.0).kind(call.1), Kind::Element(_)) {
            self.segments.push(Segment::of(&behind, function, MAX_BEHIND));
        }
    }

    /// The names of a parameter of a function that is entered.
    fn parameter(&mut self, function: Function, index: u32, path: &[EcoString], step: &Step, stack: &Stack) {
        let parameters = &self.index.script(function.0).function(function.1).parameters;
        let rest = parameters.iter().position(|parameter| parameter.is_rest);
        let (index, path) = match rest {
            Some(rest) if rest as u32 <= index => (rest as u32, longer("[]", path)),
            _ => (index, path.to_vec()),
        };
        let places = self.index.places(function.0);
        let script = self.index.script(function.0);
        for (name, definition) in places.parameters(function.1, index) {
            let Some(definition) = script.name(*name).definitions.get(*definition) else {
                continue;
            };
            if let Some(path) = taken(&path, &definition.path) {
                let step = Step {
                    place: (function.0, ExpressionId(0)),
                    ..step.clone()
                };
                self.uses(&step, *name, &path, stack);
            }
        }
    }

    fn attribute(&mut self, step: &Step, element: Place, name: Option<&EcoString>) {
        let script = self.index.script(element.0);
        let Kind::Element(found) = script.kind(element.1) else {
            return;
        };
        let component = match found.tag {
            Tag::Component(component) => self.index.evaluator.values(element.0, component),
            _ => vec![],
        };
        let function = component
            .iter()
            .find_map(|value| handed::entered(self.index.evaluator, value));
        match function {
            Some(function) => {
                self.drawn(step, element, None);
                let path = name.map_or_else(|| step.path.clone(), |name| longer(name, &step.path));
                let drawn = Step {
                    is_drawn: true,
                    ..step.clone()
                };
                self.enter(&drawn, element, function, 0, &path);
            }
            None => self.drawn(step, element, name.map(EcoString::as_str)),
        }
    }

    fn drawn(&mut self, step: &Step, element: Place, attribute: Option<&str>) {
        // An element within another is drawn with it.
        let is_element = matches!(
            self.index.script(step.place.0).kind(step.place.1),
            Kind::Element(_)
        );
        if let Some(change) = self.index.drawn(element, attribute).filter(|_| !is_element) {
            if change.kind == UpdateKind::Document && step.is_drawn {
                return;
            }
            let is_known = self
                .found
                .iter()
                .any(|found| found.update.target == change.target && found.update.kind == change.kind);
            if !is_known {
                self.record(step, &change, element);
            }
        }
    }

    fn written(&mut self, step: &Step, assign: Place) {
        let change = self.index.change(assign);
        // That the connection itself is kept somewhere changes nothing that it brings.
        if let Some(change) = change.as_ref().filter(|_| !step.is_connection) {
            self.record(step, change, assign);
        }
        self.push_as(step, assign, step.path.clone());
        self.kept(step, assign, change.as_ref());
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

    /// What runs when a call is done: the rest of the function that awaits it, and what is handed to `then`.
    fn behind(&mut self, (module, expression): Place) {
        self.behind_mutation((module, expression));
        let places = self.index.places(module);
        let script = self.index.script(module);
        let mut at = expression;
        while let Some((around, role)) = places.around(at) {
            match role {
                Role::Whole if matches!(script.kind(around), Kind::Await(_)) => {
                    let mut segment = Segment::of(
                        &Step::at((module, around), None),
                        (module, script.expression(around).function),
                        0,
                    );
                    segment.behind = Some((module, around));
                    self.segments.push(segment);
                    return;
                }
                Role::Callee => {
                    let method = match script.kind(at) {
                        Kind::Member { property, .. } => property.as_str(),
                        _ => "",
                    };
                    if matches!(method, "then" | "finally") {
                        self.call_back(
                            &Step::at((module, around), None),
                            (module, around),
                            0,
                            u32::MAX,
                            &[],
                            true,
                        );
                    }
                    at = around;
                }
                Role::Whole | Role::Object(_) => at = around,
                _ => return,
            }
        }
    }

    /// Changes in what runs when the result is there, whether or not they use it.
    fn afterwards(&mut self) {
        let mut seen: BTreeSet<Function> = BTreeSet::new();
        let mut pending: VecDeque<Segment> = std::mem::take(&mut self.segments).into();
        while let Some(segment) = pending.pop_front() {
            let (module, function) = segment.function;
            if !seen.insert(segment.function) || self.found.len() >= MAX_UPDATES {
                continue;
            }
            let places = self.index.places(module);
            for expression in places.of_function(function) {
                let place = (module, *expression);
                if segment
                    .behind
                    .is_some_and(|call| !self.runs_behind(call, *expression))
                {
                    continue;
                }
                let Some(tests) = self.index.tests(place) else {
                    continue;
                };
                let tests: BTreeSet<Place> = segment.tests.iter().copied().chain(tests).collect();
                if let Some(change) = self.index.change(place) {
                    self.also(&change, place, segment.via.as_deref(), tests);
                } else if segment.depth < MAX_BEHIND {
                    let next = self.runs(place).into_iter().map(|function| Segment {
                        function,
                        behind: None,
                        depth: segment.depth + 1,
                        via: segment.via.clone(),
                        tests: Rc::new(tests.clone()),
                    });
                    pending.extend(next);
                }
            }
        }
    }

    /// Whether an expression stands behind a call of the same function, and in no branch that excludes it.
    fn runs_behind(&self, (module, call): Place, expression: ExpressionId) -> bool {
        let script = self.index.script(module);
        if script.expression(expression).start < script.expression(call).end {
            return false;
        }
        !script.blocks_of(call).any(|own| {
            script
                .blocks_of(expression)
                .any(|other| match (own.kind, other.kind) {
                    (BlockKind::Then(test), BlockKind::Otherwise(excluded))
                    | (BlockKind::Otherwise(test), BlockKind::Then(excluded)) => test == excluded,
                    (
                        BlockKind::Case { subject, test },
                        BlockKind::Case {
                            subject: same,
                            test: other,
                        },
                    ) => subject == same && test != other,
                    _ => false,
                })
        })
    }

    /// A change that does not use the result.
    fn also(&mut self, change: &Change, place: Place, via: Option<&str>, tests: BTreeSet<Place>) {
        // What is kept for later besides says nothing of the result.
        if matches!(change.kind, UpdateKind::Field | UpdateKind::Variable) {
            return;
        }
        let update = self.index.update(change, place, false, via);
        let is_known = self
            .found
            .iter()
            .any(|known| known.update.location == update.location && known.update.target == update.target);
        if !is_known {
            self.found.push(Found { update, tests });
        }
    }

    /// The functions of the project that a call runs at once.
    fn runs(&self, (module, expression): Place) -> Vec<Function> {
        let script = self.index.script(module);
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(expression)
        else {
            return vec![];
        };
        let evaluator = self.index.evaluator;
        let mut functions: Vec<Function> = handed::called(evaluator, module, *callee)
            .iter()
            .flat_map(|value| match value {
                Value::Parameter(parameter) => self.index.handed().functions_in(parameter),
                value => handed::entered(evaluator, value).into_iter().collect(),
            })
            .collect();
        if let Kind::Member { property, .. } = script.kind(*callee)
            && (crate::web::three::reach::is_iteration(property)
                || matches!(property.as_str(), "then" | "finally"))
        {
            functions.extend(
                arguments
                    .iter()
                    .filter_map(|argument| match script.kind(argument.value) {
                        Kind::Function(function) => Some((module, *function)),
                        _ => None,
                    }),
            );
        }
        functions
    }
}

/// A path with one more member in front.
fn longer(first: &str, path: &[EcoString]) -> Path {
    let mut longer: Path = vec![first.into()];
    longer.extend_from_slice(path);
    longer
}

/// What is left of a path in an item of what it leads into.
fn item(path: &[EcoString]) -> Option<Path> {
    match path {
        [] => Some(vec![]),
        [first, rest @ ..] if first == "[]" || first.parse::<u32>().is_ok() => Some(rest.to_vec()),
        // An object that is used as a table.
        [_, rest @ ..] => Some(rest.to_vec()),
    }
}

/// What is left of a path where a pattern takes a part of the value; none where it takes another part.
fn taken(path: &[EcoString], pattern: &[PathStep]) -> Option<Path> {
    let mut path = path.to_vec();
    for step in pattern {
        path = match (step, path.as_slice()) {
            (_, []) => vec![],
            (PathStep::Property(name), [first, rest @ ..]) if first == name || first == "[]" => rest.to_vec(),
            (PathStep::Property(_), _) => return None,
            (PathStep::Item(index), [first, rest @ ..]) if first == "[]" || *first == index.to_string() => {
                rest.to_vec()
            }
            (PathStep::Item(_), _) => return None,
            (PathStep::Unknown, [_, rest @ ..]) => rest.to_vec(),
            (PathStep::Rest | PathStep::Default(_), path) => path.to_vec(),
        };
    }
    Some(path)
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

fn functions(values: &[Value]) -> Vec<Function> {
    let functions = values.iter().filter_map(|value| match value {
        Value::Function(closure) => Some((closure.module, closure.function)),
        _ => None,
    });
    functions.collect::<Vec<(_, FunctionId)>>()
}
