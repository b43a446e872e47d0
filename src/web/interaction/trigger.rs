//! What leads to a call: from the function that it stands in to an event, an effect, a timer or the script itself.

use std::collections::{BTreeSet, VecDeque};

use super::{
    Interactions, Trigger, TriggerKind,
    handed::{Function, Place, Used},
    place::Role,
    query::{self, Query},
};
use crate::web::{
    syntax::tree::{ExpressionId, ExpressionKind as Kind, TOP_LEVEL, Tag},
    three::{
        objects::{function_name, location},
        reach::is_iteration,
    },
    values::{External, Origin, Value},
};

/// Calls from a trigger to a request.
const MAX_CALLS: usize = 12;
/// Ways that are looked for.
const MAX_WAYS: usize = 12;

/// One way to a call.
pub(super) struct Way {
    pub trigger: Trigger,
    /// The calls, the first in what the trigger runs.
    pub chain: Vec<Place>,
    /// The function that the trigger runs; none where it is not known.
    pub run: Option<Function>,
    /// Whether the call that it leads to sets it up itself, as for a connection that is opened again.
    pub is_again: bool,
}

/// What a function being handed over means.
enum Outcome {
    Trigger(Box<Trigger>),
    /// It runs when the code around the call runs.
    Around,
    /// It runs when these calls run.
    Calls(Vec<Place>),
    /// It is found by its calls.
    Nothing,
}

/// Every way to a call, user's doing first, then by the number of calls, then by place.
pub(super) fn ways(
    index: &Interactions<'_, '_>,
    module: crate::web::project::ModuleId,
    call: ExpressionId,
) -> Vec<Way> {
    let mut search = Search {
        index,
        seen: BTreeSet::new(),
        pending: VecDeque::new(),
        found: vec![],
        call: (module, call),
        is_socket: matches!(index.script(module).kind(call), Kind::New { .. }),
    };
    let function = index.script(module).expression(call).function;
    search.pending.push_back(((module, function), vec![], false));
    while let Some((function, chain, is_near)) = search.pending.pop_front() {
        if search.found.len() >= MAX_WAYS {
            break;
        }
        search.function(function, &chain, is_near);
    }
    let mut found = search.found;
    if found.is_empty() {
        found.push(Way {
            trigger: index.trigger(TriggerKind::Unknown, "", "", (module, call)),
            chain: vec![],
            run: None,
            is_again: false,
        });
    }
    found.sort_by_key(|way| (rank(way.trigger.kind), way.chain.len()));
    let is_known = |way: &Way| way.trigger.kind != TriggerKind::Unknown && !way.is_again;
    if found.iter().any(is_known) {
        found.retain(|way| !way.is_again);
    }
    found
}

/// What begins it comes before what repeats it.
fn rank(kind: TriggerKind) -> usize {
    let order = [
        TriggerKind::Mounted,
        TriggerKind::Change,
        TriggerKind::Event,
        TriggerKind::Message,
        TriggerKind::Timer,
        TriggerKind::Frame,
        TriggerKind::Rendered,
        TriggerKind::Load,
        TriggerKind::Unknown,
    ];
    order
        .iter()
        .position(|known| *known == kind)
        .unwrap_or(order.len())
}

struct Search<'s, 'e, 'p> {
    index: &'s Interactions<'e, 'p>,
    seen: BTreeSet<Function>,
    pending: VecDeque<(Function, Vec<Place>, bool)>,
    found: Vec<Way>,
    call: Place,
    /// Whether the call opens a connection.
    is_socket: bool,
}

impl Search<'_, '_, '_> {
    fn function(&mut self, function: Function, chain: &[Place], _is_near: bool) {
        let (module, id) = function;
        if chain.len() > MAX_CALLS || !self.seen.insert(function) {
            return;
        }
        let before = (self.found.len(), self.pending.len());
        if id == TOP_LEVEL {
            let trigger = self.index.loaded(module, chain);
            self.finish(trigger, chain, Some(function));
            return;
        }
        for passed in self.index.evaluator.passed(module, id) {
            let place = (passed.site.module, passed.site.expression);
            let name = passed.property.as_deref();
            if is_test(&passed.site_file(self.index)) || self.is_of_project(place) {
                continue;
            }
            let outcome = self
                .index
                .consumed(place, name, passed.argument, passed.to.as_ref(), function);
            self.outcome(outcome, place, chain, function);
        }
        for used in self.index.handed().uses_of(function) {
            match used {
                Used::Called(place) => self.called(place, chain),
                Used::Kept(place) => {
                    let trigger = self.index.kept(place);
                    self.finish(trigger, chain, Some(function));
                }
                Used::Passed(place, argument) => {
                    let outcome = self.index.consumed_argument(place, argument, function);
                    self.outcome(outcome, place, chain, function);
                }
            }
        }
        for setting in self.index.handed().settings_with(function).to_vec() {
            let place = setting.call.unwrap_or(setting.object);
            let outcome = self.index.set(&setting, function);
            self.outcome(outcome, place, chain, function);
        }
        for caller in self.index.evaluator.callers(module, id) {
            let place = (caller.site.module, caller.site.expression);
            let script = self.index.script(place.0);
            if matches!(script.kind(place.1), Kind::Element(_)) {
                let name = script_name(self.index, function);
                let trigger = self.index.trigger(TriggerKind::Rendered, &name, "", place);
                self.finish(trigger, chain, Some(function));
            } else if !is_test(&self.index.evaluator.project.module(place.0).file) {
                self.called(place, chain);
            }
        }
        self.in_markup(function, chain);
        if before == (self.found.len(), self.pending.len()) {
            self.unseen(function, chain);
        }
    }

    /// The handlers of the markup that name a function.
    fn in_markup(&mut self, function: Function, chain: &[Place]) {
        let (module, id) = function;
        let name = script_name(self.index, function);
        for handler in self.index.markup(module).iter() {
            if name.is_empty() || !handler.names.contains(&name) {
                continue;
            }
            let trigger = Trigger {
                kind: TriggerKind::Event,
                name: handler.event.clone(),
                subject: format!("<{}>", handler.tag),
                interval: None,
                function: handler.location.file.clone(),
                location: handler.location.clone(),
            };
            self.finish(trigger, chain, Some((module, id)));
        }
    }

    /// Whether something is handed to a component of the project, which says itself what it does with it.
    fn is_of_project(&self, (module, expression): Place) -> bool {
        match self.index.script(module).kind(expression) {
            Kind::Element(element) => match element.tag {
                Tag::Component(component) => {
                    let values = self.index.evaluator.values(module, component);
                    values
                        .iter()
                        .any(|value| matches!(value, Value::Function(_) | Value::Class(_)))
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn called(&mut self, place: Place, chain: &[Place]) {
        let function = self.index.script(place.0).expression(place.1).function;
        let mut longer = vec![place];
        longer.extend_from_slice(chain);
        self.pending.push_back(((place.0, function), longer, true));
    }

    fn outcome(&mut self, outcome: Outcome, place: Place, chain: &[Place], function: Function) {
        match outcome {
            Outcome::Trigger(trigger) => self.finish(*trigger, chain, Some(function)),
            Outcome::Around => {
                let around = self.index.script(place.0).expression(place.1).function;
                self.pending.push_back(((place.0, around), chain.to_vec(), true));
            }
            Outcome::Calls(places) => places.into_iter().for_each(|place| self.called(place, chain)),
            Outcome::Nothing => {}
        }
    }

    /// A function that nobody is seen to call or to hand over.
    fn unseen(&mut self, function: Function, chain: &[Place]) {
        let (module, id) = function;
        let script = self.index.script(module);
        if script.function(id).name.is_empty()
            && let Some(parent) = script.function(id).parent
            && self.index.places(module).expression_of(id).is_some()
        {
            // Part of a value that is not followed, such as a table of handlers: the code around it is the best that is known.
            self.pending.push_back(((module, parent), chain.to_vec(), false));
            return;
        }
        let mut trigger = Trigger {
            kind: TriggerKind::Unknown,
            ..Trigger::default()
        };
        trigger.name = script_name(self.index, function);
        trigger.function = format!(
            "{}:{}",
            self.index.evaluator.project.module(module).file,
            trigger.name
        );
        let start = script.function(id).start;
        let (line, column) = script.position(start);
        trigger.location = crate::source::location::Location {
            file: self.index.evaluator.project.module(module).file.to_string(),
            line,
            end_line: line,
            column,
        };
        self.finish(trigger, chain, Some(function));
    }

    fn finish(&mut self, trigger: Trigger, chain: &[Place], run: Option<Function>) {
        let is_again = self.is_socket
            && trigger.kind == TriggerKind::Event
            && trigger.function == function_name(self.index.evaluator, self.call.0, self.call.1);
        self.found.push(Way {
            trigger,
            chain: chain.to_vec(),
            run,
            is_again,
        });
    }
}

impl crate::web::values::Passed {
    fn site_file(&self, index: &Interactions<'_, '_>) -> String {
        index.evaluator.project.module(self.site.module).file.to_string()
    }
}

fn script_name(index: &Interactions<'_, '_>, (module, function): Function) -> String {
    index.script(module).function(function).name.to_string()
}

/// Tests call everything.
fn is_test(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.contains(".test.")
        || name.contains(".spec.")
        || name.contains(".stories.")
        || file
            .split('/')
            .any(|part| matches!(part, "__tests__" | "__mocks__" | "tests" | "test" | "e2e"))
}

impl Interactions<'_, '_> {
    fn trigger(&self, kind: TriggerKind, name: &str, subject: &str, place: Place) -> Trigger {
        Trigger {
            kind,
            name: name.to_owned(),
            subject: subject.to_owned(),
            interval: None,
            function: function_name(self.evaluator, place.0, place.1),
            location: location(self.evaluator, place.0, place.1),
        }
    }

    fn triggered(&self, kind: TriggerKind, name: &str, subject: &str, place: Place) -> Outcome {
        Outcome::Trigger(Box::new(self.trigger(kind, name, subject, place)))
    }

    /// The top level of a script; that of a component runs when the component is shown.
    fn loaded(&self, module: crate::web::project::ModuleId, chain: &[Place]) -> Trigger {
        let file = &self.evaluator.project.module(module).file;
        let is_component = file.ends_with(".vue") || file.ends_with(".svelte");
        let kind = if is_component {
            TriggerKind::Mounted
        } else {
            TriggerKind::Load
        };
        let name = file.rsplit('/').next().unwrap_or(file);
        match chain.first() {
            Some(place) => self.trigger(kind, name, "", *place),
            None => Trigger {
                kind,
                name: name.to_owned(),
                function: file.to_string(),
                location: crate::source::location::Location {
                    file: file.to_string(),
                    line: 1,
                    end_line: 1,
                    column: 1,
                },
                ..Trigger::default()
            },
        }
    }

    /// A listener that is kept with others until something changes.
    fn kept(&self, place: Place) -> Trigger {
        let script = self.script(place.0);
        let (method, object) = match script.kind(place.1) {
            Kind::Call { callee, .. } => match script.kind(*callee) {
                Kind::Member { object, property, .. } => (property.clone(), script.written(*object)),
                _ => (script.written(*callee), "".into()),
            },
            _ => ("".into(), "".into()),
        };
        self.trigger(TriggerKind::Change, &method, &object, place)
    }

    /// What it means that an argument of a call or an attribute of an element is a function.
    fn consumed_argument(&self, place: Place, argument: ExpressionId, function: Function) -> Outcome {
        let places = self.places(place.0);
        match places.around(argument) {
            Some((_, Role::Attribute(name))) => self.consumed(place, Some(name), 0, None, function),
            Some((_, Role::Argument { index, .. })) => {
                let callee = query::external_callee(self.evaluator, place);
                self.consumed(place, None, *index, callee.as_ref(), function)
            }
            _ => Outcome::Nothing,
        }
    }

    /// What it means that a function is handed over at a place.
    fn consumed(
        &self,
        place: Place,
        property: Option<&str>,
        argument: u32,
        to: Option<&External>,
        function: Function,
    ) -> Outcome {
        let (module, expression) = place;
        let script = self.script(module);
        match (script.kind(expression), property) {
            (Kind::Element(element), Some(property)) => {
                let tag = match &element.tag {
                    Tag::Intrinsic(tag) => tag.clone(),
                    Tag::Component(component) => script.written(*component),
                    Tag::Fragment => "".into(),
                };
                self.triggered(TriggerKind::Event, &event(property), &format!("<{tag}>"), place)
            }
            (
                Kind::Assign {
                    target: Some(target), ..
                },
                Some(property),
            ) => {
                let Kind::Member { object, .. } = script.kind(*target) else {
                    return Outcome::Nothing;
                };
                let object = script.written(*object);
                if to.is_some_and(is_asynchronous) {
                    return Outcome::Around;
                }
                let kind = if property == "onmessage" {
                    TriggerKind::Message
                } else {
                    TriggerKind::Event
                };
                self.triggered(kind, &event(property), &object, place)
            }
            (Kind::Call { callee, .. } | Kind::New { callee, .. }, _) => {
                let written = match script.kind(*callee) {
                    Kind::Member { property, .. } => Some(property.as_str()),
                    _ => None,
                };
                self.handed_to(place, written, argument, to, function)
            }
            _ => Outcome::Nothing,
        }
    }

    fn handed_to(
        &self,
        place: Place,
        method: Option<&str>,
        argument: u32,
        to: Option<&External>,
        function: Function,
    ) -> Outcome {
        // What a promise becomes, and the items of a list, are met when the code around is.
        if method.is_some_and(|name| matches!(name, "then" | "catch" | "finally") || is_iteration(name)) {
            return Outcome::Around;
        }
        let only_kept = [
            "removeEventListener",
            "removeListener",
            "off",
            "add",
            "push",
            "unshift",
            "set",
            "delete",
        ];
        if method.is_some_and(|name| only_kept.contains(&name)) {
            return Outcome::Nothing;
        }
        let written = |index: usize| {
            let site = super::site(place.0, place.1);
            let arguments = self.evaluator.arguments_of(&site);
            arguments
                .get(index)
                .map(|argument| self.script(place.0).written(argument.value))
        };
        let first = || {
            let arguments = self.evaluator.arguments_of(&super::site(place.0, place.1));
            let value = arguments
                .first()
                .map(|argument| self.evaluator.values(place.0, argument.value));
            value.unwrap_or_default().iter().find_map(Value::as_literal)
        };
        let object = || match self.script(place.0).kind(place.1) {
            Kind::Call { callee, .. } => match self.script(place.0).kind(*callee) {
                Kind::Member { object, .. } => self.script(place.0).written(*object),
                _ => "".into(),
            },
            _ => "".into(),
        };
        let Some(to) = to else {
            return match method {
                // The platform's own name, whatever it is called on.
                Some("addEventListener") => {
                    let event = first().unwrap_or_default();
                    self.triggered(TriggerKind::Event, &event, &object(), place)
                }
                _ => Outcome::Around,
            };
        };
        if let Some(query) = query::query(to) {
            return self.queried(query, to, place);
        }
        let name = to.members.last().cloned().unwrap_or_default();
        let is_global = to.origin == Origin::Global;
        let package = to
            .package()
            .map(|(package, _)| package.as_str())
            .unwrap_or_default();
        let watched = |index| written(index).unwrap_or_default();
        match (package, name.as_str()) {
            ("", "setInterval") if is_global => self.timer(place, "setInterval"),
            ("", "setTimeout") if is_global => {
                // A function that sets itself up again is a timer.
                let around = self.script(place.0).expression(place.1).function;
                let repeats = self
                    .around(place.0, around)
                    .any(|outer| (place.0, outer) == function);
                if repeats {
                    self.timer(place, "setTimeout")
                } else {
                    Outcome::Around
                }
            }
            ("", "requestAnimationFrame") | (_, "setAnimationLoop" | "useFrame" | "useRender") => {
                self.triggered(TriggerKind::Frame, &name, "", place)
            }
            ("", "$effect" | "pre") if to.path().starts_with("$effect") => {
                self.triggered(TriggerKind::Mounted, "$effect", "", place)
            }
            ("react" | "preact" | "preact/hooks", "useEffect" | "useLayoutEffect" | "useInsertionEffect") => {
                match written(1).as_deref() {
                    Some("[]") => self.triggered(TriggerKind::Mounted, &name, "", place),
                    Some(watched) => self.triggered(TriggerKind::Change, &name, watched, place),
                    None => self.triggered(TriggerKind::Rendered, &name, "", place),
                }
            }
            (
                "react" | "preact" | "preact/hooks",
                "useMemo" | "useState" | "useReducer" | "useImperativeHandle",
            ) => self.triggered(TriggerKind::Rendered, &name, "", place),
            (_, "useCallback" | "memo" | "forwardRef" | "useEffectEvent") => Outcome::Nothing,
            (_, "onMounted" | "onBeforeMount" | "onActivated" | "onMount" | "onServerPrefetch") => {
                self.triggered(TriggerKind::Mounted, &name, "", place)
            }
            ("vue" | "@vue/reactivity" | "#imports", "watch") => {
                self.triggered(TriggerKind::Change, "watch", &watched(0), place)
            }
            ("vue" | "@vue/reactivity" | "#imports", "watchEffect" | "computed") => {
                self.triggered(TriggerKind::Change, &name, "", place)
            }
            ("svelte", "beforeUpdate" | "afterUpdate") => {
                self.triggered(TriggerKind::Rendered, &name, "", place)
            }
            (_, "subscribe") => self.triggered(TriggerKind::Change, "subscribe", &object(), place),
            (_, "addEventListener" | "on" | "once" | "addListener" | "$on") => {
                let event = first().unwrap_or_default();
                let is_own = matches!(
                    event.as_str(),
                    "open" | "close" | "error" | "connect" | "disconnect"
                );
                let is_message = event == "message" || is_connection(to) && !is_own;
                let kind = if is_message {
                    TriggerKind::Message
                } else {
                    TriggerKind::Event
                };
                self.triggered(kind, &event, &object(), place)
            }
            ("", "Promise" | "queueMicrotask" | "requestIdleCallback") => Outcome::Around,
            _ => self.library(place, to, argument, first().as_deref()),
        }
    }

    /// A library's function of which nothing is known: what it gives may be a handler itself.
    fn library(&self, place: Place, to: &External, _argument: u32, first: Option<&str>) -> Outcome {
        let places = self.places(place.0);
        if let Some((element, Role::Attribute(name))) = places.around(place.1) {
            let (element, name) = (element, name.clone());
            return self.consumed((place.0, element), Some(&name), 0, None, (place.0, TOP_LEVEL));
        }
        let described = to.describe();
        match first {
            Some(first) => self.triggered(TriggerKind::Event, first, &described, place),
            None => Outcome::Around,
        }
    }

    fn timer(&self, place: Place, name: &str) -> Outcome {
        let mut trigger = self.trigger(TriggerKind::Timer, name, "", place);
        let arguments = self.evaluator.arguments_of(&super::site(place.0, place.1));
        let delay = arguments
            .get(1)
            .map(|argument| self.evaluator.values(place.0, argument.value));
        trigger.interval = delay.unwrap_or_default().iter().find_map(|value| match value {
            Value::Number(number) if *number >= 0.0 => Some(*number as u64),
            _ => None,
        });
        Outcome::Trigger(Box::new(trigger))
    }

    fn queried(&self, query: Query, to: &External, place: Place) -> Outcome {
        let name = to.members.last().cloned().unwrap_or_default();
        match query {
            Query::Fetch => Outcome::Around,
            Query::Watched => self.triggered(TriggerKind::Mounted, &name, "", place),
            Query::Mutation => {
                let calls = query::mutations(self.evaluator, place);
                if calls.is_empty() {
                    return self.triggered(TriggerKind::Event, "mutate", &name, place);
                }
                Outcome::Calls(calls)
            }
        }
    }

    /// What it means that a function is an option.
    fn set(&self, setting: &super::handed::Setting, _function: Function) -> Outcome {
        let key = setting.path.last().cloned().unwrap_or_default();
        let Some(call) = setting.call else {
            // Vue's options: <https://vuejs.org/api/options-lifecycle.html>.
            let name = key.as_str();
            return match setting.path.as_slice() {
                [_] if matches!(
                    name,
                    "mounted" | "created" | "beforeMount" | "beforeCreate" | "activated" | "setup"
                ) =>
                {
                    self.triggered(TriggerKind::Mounted, name, "", setting.object)
                }
                [group, ..] if group == "watch" => {
                    self.triggered(TriggerKind::Change, "watch", name, setting.object)
                }
                [group, ..] if group == "methods" => {
                    let calls = self.own_calls(setting.object.0, name);
                    if calls.is_empty() {
                        Outcome::Nothing
                    } else {
                        Outcome::Calls(calls)
                    }
                }
                _ => Outcome::Nothing,
            };
        };
        let Some(to) = query::external_callee(self.evaluator, call) else {
            return Outcome::Nothing;
        };
        match (query::query(&to), key.as_str()) {
            (Some(query), "queryFn" | "mutationFn" | "queryFunction") => self.queried(query, &to, call),
            (Some(_), _) => Outcome::Nothing,
            (None, "loader" | "beforeLoad") => self.triggered(TriggerKind::Load, &key, &to.describe(), call),
            (None, key) if key.starts_with("on") && key.len() > 2 => {
                self.triggered(TriggerKind::Event, &event(key), &to.describe(), call)
            }
            _ => Outcome::Nothing,
        }
    }

    /// The calls of `this.name()` in a script.
    fn own_calls(&self, module: crate::web::project::ModuleId, name: &str) -> Vec<Place> {
        let script = self.script(module);
        let is_own = |expression: &ExpressionId| match script.kind(*expression) {
            Kind::Call { callee, .. } => matches!(script.kind(*callee), Kind::Member { object, property, .. }
                if property == name && matches!(script.kind(*object), Kind::This)),
            _ => false,
        };
        let own = script.expression_ids().filter(is_own);
        own.map(|expression| (module, expression)).collect()
    }
}

/// `onClick` is the event `click`; `onOpenChange` is `openChange`.
fn event(property: &str) -> String {
    let Some(name) = property.strip_prefix("on").filter(|name| !name.is_empty()) else {
        return property.to_owned();
    };
    let name = name.trim_start_matches(':');
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// What is told of things that others send: sockets, server-sent events, workers.
fn is_connection(object: &External) -> bool {
    let of = |class: &External| {
        [
            "WebSocket",
            "EventSource",
            "Worker",
            "SharedWorker",
            "BroadcastChannel",
        ]
        .iter()
        .any(|name| class.is_global(name))
            || class
                .package()
                .is_some_and(|(package, _)| package.as_str() == "socket.io-client")
    };
    match &object.origin {
        Origin::Made { class, .. } => of(class),
        Origin::Result { callee, .. } => of(callee),
        _ => false,
    }
}

/// What works on by itself and calls back: the code around began it.
fn is_asynchronous(object: &External) -> bool {
    match &object.origin {
        Origin::Made { class, .. } => ["XMLHttpRequest", "FileReader", "Image", "Audio"]
            .iter()
            .any(|name| class.is_global(name)),
        _ => false,
    }
}
