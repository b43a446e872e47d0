//! What it means that a function is handed over: when it runs.

use crate::web::{
    interaction::{
        Interactions, Trigger, TriggerKind,
        handed::{Function, Place, Setting},
        place::Role,
        query::{self},
    },
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, Tag},
    three::{
        objects::{function_name, location},
        reach::is_iteration,
    },
    values::{External, Origin},
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
