//! What the platform's and the libraries' functions do with a function that they are handed.

use ecow::EcoString;

use super::meaning::{Outcome, is_connection};
use crate::web::{
    interaction::{
        Interactions, TriggerKind,
        handed::{Function, Place},
        place::Role,
        query::{self, Query},
        site,
    },
    syntax::tree::{ExpressionKind as Kind, FunctionId, TOP_LEVEL},
    values::{External, Value},
};

impl Interactions<'_, '_> {
    /// Timers, frames and what else the platform runs; Svelte's runes are global too.
    pub(super) fn of_platform(&self, place: Place, to: &External, function: Function) -> Option<Outcome> {
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
    pub(super) fn sets_itself_up(&self, place: Place, function: Function) -> bool {
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
    pub(super) fn of_framework(&self, place: Place, to: &External, package: &str) -> Option<Outcome> {
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
    pub(super) fn of_any(&self, place: Place, to: &External) -> Outcome {
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
    pub(super) fn listened(&self, place: Place, to: Option<&External>) -> Outcome {
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

    /// A library's function of which nothing is known: what it gives may be a handler itself.
    pub(super) fn library(&self, place: Place, to: &External) -> Outcome {
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

    pub(super) fn timer(&self, place: Place, name: &str) -> Outcome {
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

    pub(super) fn queried(&self, query: Query, to: &External, place: Place) -> Outcome {
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

    pub(super) fn argument_written(&self, place: Place, index: usize) -> Option<EcoString> {
        let arguments = self.evaluator.arguments_of(&site(place.0, place.1));
        let argument = arguments.get(index)?;
        Some(self.script(place.0).written(argument.value))
    }

    pub(super) fn first_literal(&self, place: Place) -> Option<EcoString> {
        let arguments = self.evaluator.arguments_of(&site(place.0, place.1));
        let values = self.evaluator.values(place.0, arguments.first()?.value);
        values.iter().find_map(Value::as_literal)
    }

    /// What a method is called on, as written.
    pub(super) fn receiver_written(&self, place: Place) -> EcoString {
        let script = self.script(place.0);
        let Kind::Call { callee, .. } = script.kind(place.1) else {
            return EcoString::new();
        };
        match script.kind(*callee) {
            Kind::Member { object, .. } => script.written(*object),
            _ => EcoString::new(),
        }
    }

    pub(super) fn method_of(&self, place: Place) -> Option<EcoString> {
        let script = self.script(place.0);
        let Kind::Call { callee, .. } = script.kind(place.1) else {
            return None;
        };
        match script.kind(*callee) {
            Kind::Member { property, .. } => Some(property.clone()),
            _ => None,
        }
    }
}
