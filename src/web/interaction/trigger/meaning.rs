//! What it means that a function is handed over: when it runs.

use ecow::EcoString;

use crate::web::{
    interaction::{
        Interactions, Trigger, TriggerKind,
        handed::{Function, Place, Setting},
        place::Role,
        query::{self, Query},
        site,
    },
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, TOP_LEVEL, Tag},
    three::{
        objects::{function_name, location},
        reach::is_iteration,
    },
    values::{External, Origin, Value},
};

impl Interactions<'_, '_> {
    pub(in crate::web::interaction) fn trigger(
        &self,
        kind: TriggerKind,
        name: &str,
        subject: &str,
        place: Place,
    ) -> Trigger {
        Trigger {
            kind,
            name: name.to_owned(),
            subject: subject.to_owned(),
            interval: None,
            function: function_name(self.evaluator, place.0, place.1),
            location: location(self.evaluator, place.0, place.1),
        }
    }

    pub(in crate::web::interaction) fn triggered(
        &self,
        kind: TriggerKind,
        name: &str,
        subject: &str,
        place: Place,
    ) -> Outcome {
        Outcome::Trigger(Box::new(self.trigger(kind, name, subject, place)))
    }

    /// The top level of a script; that of a component runs when the component is shown.
    pub(in crate::web::interaction) fn loaded(&self, module: ModuleId, chain: &[Place]) -> Trigger {
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
    pub(in crate::web::interaction) fn kept(&self, place: Place) -> Trigger {
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
    pub(in crate::web::interaction) fn consumed_argument(
        &self,
        place: Place,
        argument: ExpressionId,
        function: Function,
    ) -> Outcome {
        let places = self.places(place.0);
        match places.around(argument) {
            Some((_, Role::Attribute(name))) => self.consumed(place, Some(name), None, function),
            Some((_, Role::Argument { .. })) => {
                let callee = query::external_callee(self.evaluator, place);
                self.consumed(place, None, callee.as_ref(), function)
            }
            _ => Outcome::Nothing,
        }
    }

    /// What it means that a function is handed over at a place.
    pub(in crate::web::interaction) fn consumed(
        &self,
        place: Place,
        property: Option<&str>,
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
                self.handed_to(place, written, to, function)
            }
            _ => Outcome::Nothing,
        }
    }

    pub(in crate::web::interaction) fn handed_to(
        &self,
        place: Place,
        method: Option<&str>,
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
        let Some(to) = to else {
            return match method {
                // The platform's own name, whatever it is called on.
                Some("addEventListener") => self.listened(place, None),
                _ => Outcome::Around,
            };
        };
        if let Some(query) = query::query(to) {
            return self.queried(query, to, place);
        }
        let known = match to.package() {
            None => self.of_platform(place, to, function),
            Some((package, _)) => self.of_framework(place, to, package),
        };
        known.unwrap_or_else(|| self.of_any(place, to))
    }

    /// Timers, frames and what else the platform runs; Svelte's runes are global too.
    fn of_platform(&self, place: Place, to: &External, function: Function) -> Option<Outcome> {
        let path = to.path();
        Some(match path.as_str() {
            "setInterval" => self.timer(place, "setInterval"),
            "setTimeout" if self.sets_itself_up(place, function) => self.timer(place, "setTimeout"),
            "setTimeout" | "Promise" | "queueMicrotask" | "requestIdleCallback" => Outcome::Around,
            "requestAnimationFrame" => self.triggered(TriggerKind::Frame, &path, "", place),
            "$effect" | "$effect.pre" => self.triggered(TriggerKind::Mounted, "$effect", "", place),
            _ => return None,
        })
    }

    /// Whether a function is handed to a timer by itself, so that it runs again and again.
    fn sets_itself_up(&self, place: Place, function: Function) -> bool {
        let script = self.script(place.0);
        let places = self.places(place.0);
        let around = script.expression(place.1).function;
        let is_of_promise = |inner: FunctionId| {
            let call = places
                .expression_of(inner)
                .and_then(|expression| places.around(expression));
            let Some((call, Role::Argument { .. })) = call else {
                return false;
            };
            matches!(
                self.method_of((place.0, call)).as_deref(),
                Some("then" | "catch" | "finally")
            )
        };
        let mut outer = self
            .around(place.0, around)
            .skip_while(|inner| is_of_promise(*inner));
        outer.next().is_some_and(|outer| (place.0, outer) == function)
    }

    /// Hooks of frameworks: <https://react.dev/reference/react/useEffect>,
    /// <https://vuejs.org/api/composition-api-lifecycle.html>, <https://svelte.dev/docs/svelte/lifecycle-hooks>.
    fn of_framework(&self, place: Place, to: &External, package: &str) -> Option<Outcome> {
        let name = to.members.last()?.as_str();
        let shows = |kind| self.triggered(kind, name, "", place);
        Some(match (package, name) {
            ("react" | "preact" | "preact/hooks", "useEffect" | "useLayoutEffect" | "useInsertionEffect") => {
                match self.argument_written(place, 1).as_deref() {
                    Some("[]") => shows(TriggerKind::Mounted),
                    Some(watched) => self.triggered(TriggerKind::Change, name, watched, place),
                    None => shows(TriggerKind::Rendered),
                }
            }
            (
                "react" | "preact" | "preact/hooks",
                "useMemo" | "useState" | "useReducer" | "useImperativeHandle",
            )
            | ("svelte", "beforeUpdate" | "afterUpdate") => shows(TriggerKind::Rendered),
            (_, "useCallback" | "memo" | "forwardRef" | "useEffectEvent") => Outcome::Nothing,
            (_, "onMounted" | "onBeforeMount" | "onActivated" | "onMount" | "onServerPrefetch") => {
                shows(TriggerKind::Mounted)
            }
            ("vue" | "@vue/reactivity" | "#imports", "watch") => {
                let watched = self.argument_written(place, 0).unwrap_or_default();
                self.triggered(TriggerKind::Change, "watch", &watched, place)
            }
            ("vue" | "@vue/reactivity" | "#imports", "watchEffect" | "computed") => {
                shows(TriggerKind::Change)
            }
            (_, "setAnimationLoop" | "useFrame" | "useRender") => shows(TriggerKind::Frame),
            _ => return None,
        })
    }

    /// Names that platform and libraries share.
    fn of_any(&self, place: Place, to: &External) -> Outcome {
        match to.members.last().map(EcoString::as_str) {
            Some("subscribe") => self.triggered(
                TriggerKind::Change,
                "subscribe",
                &self.receiver_written(place),
                place,
            ),
            Some("addEventListener" | "on" | "once" | "addListener" | "$on") => {
                self.listened(place, Some(to))
            }
            _ => self.library(place, to),
        }
    }

    /// A listener of events; those of a connection are messages, except what tells of the connection itself.
    fn listened(&self, place: Place, to: Option<&External>) -> Outcome {
        let event = self.first_literal(place).unwrap_or_default();
        let is_own = matches!(
            event.as_str(),
            "open" | "close" | "error" | "connect" | "disconnect"
        );
        let is_message = to.is_some() && (event == "message" || to.is_some_and(is_connection) && !is_own);
        let kind = if is_message {
            TriggerKind::Message
        } else {
            TriggerKind::Event
        };
        self.triggered(kind, &event, &self.receiver_written(place), place)
    }

    fn argument_written(&self, place: Place, index: usize) -> Option<EcoString> {
        let arguments = self.evaluator.arguments_of(&site(place.0, place.1));
        let argument = arguments.get(index)?;
        Some(self.script(place.0).written(argument.value))
    }

    fn first_literal(&self, place: Place) -> Option<EcoString> {
        let arguments = self.evaluator.arguments_of(&site(place.0, place.1));
        let values = self.evaluator.values(place.0, arguments.first()?.value);
        values.iter().find_map(Value::as_literal)
    }

    /// What a method is called on, as written.
    fn receiver_written(&self, place: Place) -> EcoString {
        let script = self.script(place.0);
        let Kind::Call { callee, .. } = script.kind(place.1) else {
            return EcoString::new();
        };
        match script.kind(*callee) {
            Kind::Member { object, .. } => script.written(*object),
            _ => EcoString::new(),
        }
    }

    fn method_of(&self, place: Place) -> Option<EcoString> {
        let script = self.script(place.0);
        let Kind::Call { callee, .. } = script.kind(place.1) else {
            return None;
        };
        match script.kind(*callee) {
            Kind::Member { property, .. } => Some(property.clone()),
            _ => None,
        }
    }

    /// A library's function of which nothing is known: what it gives may be a handler itself.
    pub(in crate::web::interaction) fn library(&self, place: Place, to: &External) -> Outcome {
        let places = self.places(place.0);
        if let Some((element, Role::Attribute(name))) = places.around(place.1) {
            let (element, name) = (element, name.clone());
            return self.consumed((place.0, element), Some(&name), None, (place.0, TOP_LEVEL));
        }
        match self.first_literal(place) {
            Some(first) => self.triggered(TriggerKind::Event, &first, &to.describe(), place),
            None => Outcome::Around,
        }
    }

    pub(in crate::web::interaction) fn timer(&self, place: Place, name: &str) -> Outcome {
        let mut trigger = self.trigger(TriggerKind::Timer, name, "", place);
        let arguments = self.evaluator.arguments_of(&site(place.0, place.1));
        let delay = arguments
            .get(1)
            .map(|argument| self.evaluator.values(place.0, argument.value));
        trigger.interval = delay.unwrap_or_default().iter().find_map(|value| match value {
            Value::Number(number) if *number >= 0.0 => Some(*number as u64),
            _ => None,
        });
        Outcome::Trigger(Box::new(trigger))
    }

    pub(in crate::web::interaction) fn queried(&self, query: Query, to: &External, place: Place) -> Outcome {
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
    pub(in crate::web::interaction) fn set(&self, setting: &Setting) -> Outcome {
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
    pub(in crate::web::interaction) fn own_calls(&self, module: ModuleId, name: &str) -> Vec<Place> {
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

/// What a function being handed over means.
pub(in crate::web::interaction) enum Outcome {
    Trigger(Box<Trigger>),
    /// It runs when the code around the call runs.
    Around,
    /// It runs when these calls run.
    Calls(Vec<Place>),
    /// It is found by its calls.
    Nothing,
}

/// `onClick` is the event `click`; `onOpenChange` is `openChange`.
pub(in crate::web::interaction) fn event(property: &str) -> String {
    let Some(name) = property.strip_prefix("on").filter(|name| !name.is_empty()) else {
        return property.to_owned();
    };
    let name = name.trim_start_matches(':');
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// What is told of things that others send: sockets, server-sent events, workers.
pub(in crate::web::interaction) fn is_connection(object: &External) -> bool {
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
pub(in crate::web::interaction) fn is_asynchronous(object: &External) -> bool {
    match &object.origin {
        Origin::Made { class, .. } => ["XMLHttpRequest", "FileReader", "Image", "Audio"]
            .iter()
            .any(|name| class.is_global(name)),
        _ => false,
    }
}
