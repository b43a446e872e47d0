//! Which calls and assignments change something that someone sees.

mod platform;
mod scene;
mod store;

use platform::{is_element_type, is_of_document, of_platform};
use scene::{changes_scene, is_seen};

use super::{Interactions, Update, UpdateKind, handed::Place};
use crate::web::{
    project::ModuleId,
    syntax::{
        shortened,
        tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, TOP_LEVEL},
    },
    three::objects::{function_name, location},
    values::{External, Value},
};

/// Callers that are asked what they hand over.
const MAX_CALLERS: usize = 8;
/// Longer code is cut where it is shown.
const MAX_WRITTEN: usize = 200;

/// What a call or an assignment changes.
pub(super) struct Change {
    pub kind: UpdateKind,
    pub target: String,
    pub class: Option<String>,
    /// The state that the change goes into, whose readers see it.
    pub state: Option<State>,
}

/// State that is read elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// What this call gives first: `useState()`.
    Hook(Place),
    /// What this call makes: a store.
    Store(Place),
}

impl Change {
    fn new(kind: UpdateKind, target: impl Into<String>) -> Self {
        Self {
            kind,
            target: target.into(),
            class: None,
            state: None,
        }
    }
}

impl Interactions<'_, '_> {
    /// A change as plain data.
    pub(super) fn update(
        &self,
        change: &Change,
        place: Place,
        uses_result: bool,
        via: Option<&str>,
    ) -> Update {
        let script = self.script(place.0);
        let mut written = script.written(place.1).to_string();
        if let Some((end, _)) = written.char_indices().nth(MAX_WRITTEN) {
            written.truncate(end);
            written.push('…');
        }
        let mut location = location(self.evaluator, place.0, place.1);
        location.end_line = location.line;
        Update {
            kind: change.kind,
            target: change.target.clone(),
            class: change.class.clone(),
            written,
            uses_result,
            via: via.map(str::to_owned),
            function: function_name(self.evaluator, place.0, place.1),
            location,
        }
    }

    /// What an expression changes, if it is a change.
    pub(super) fn change(&self, place: Place) -> Option<Change> {
        let script = self.script(place.0);
        match script.kind(place.1) {
            Kind::Call { callee, .. } => {
                let values = self.evaluator.values(place.0, *callee);
                let known = values.iter().find_map(|value| match value {
                    Value::External(external) => self.called(place, *callee, external),
                    _ => None,
                });
                known.or_else(|| self.by_declared_type(place.0, *callee))
            }
            Kind::Assign {
                target: Some(target), ..
            } => self.assigned(place, *target),
            Kind::Update(target) => self.assigned(place, *target),
            _ => None,
        }
    }

    fn called(&self, place: Place, callee: ExpressionId, external: &External) -> Option<Change> {
        let last = external
            .members
            .last()
            .map(ecow::EcoString::as_str)
            .unwrap_or_default();
        let script = self.script(place.0);
        let written = script.written(callee);
        if let Some(change) = self.setter(external) {
            return Some(change);
        }
        if let Some(change) = self.stored(place, external, last) {
            return Some(change);
        }
        if let Some(mut change) = of_platform(external, &written) {
            if change.kind == UpdateKind::Storage
                && let Some(key) = self
                    .evaluator
                    .arguments_of(&super::site(place.0, place.1))
                    .first()
            {
                let key = script.written(key.value);
                change.target = format!("{} {}", change.target, key.trim_matches(['\'', '"']));
            }
            return Some(change);
        }
        if let Kind::Member { object, property, .. } = script.kind(callee)
            && changes_scene(property)
            && !matches!(script.kind(*object), Kind::New { .. } | Kind::Call { .. })
            && let Some(class) = self.scene_class(place.0, *object)
            && is_seen(&class)
        {
            return Some(Change {
                class: Some(class),
                ..Change::new(UpdateKind::Scene, target(&written))
            });
        }
        None
    }

    fn assigned(&self, place: Place, written_to: ExpressionId) -> Option<Change> {
        let (module, expression) = place;
        let script = self.script(module);
        let written = script.written(written_to);
        match script.kind(written_to) {
            Kind::Local(name) => {
                let name = script.name(*name);
                let own = script.expression(expression).function;
                let is_outer = name
                    .function
                    .is_some_and(|declared| declared != own && !self.is_within(module, own, declared));
                let is_rune = name.definitions.iter().any(|definition| match definition.source {
                    DefinitionSource::Expression(value) => {
                        super::query::external_callee(self.evaluator, (module, value))
                            .is_some_and(|callee| callee.path().starts_with("$state"))
                    }
                    _ => false,
                });
                let file = &self.evaluator.project.module(module).file;
                let is_component = name.function == Some(TOP_LEVEL) && file.ends_with(".svelte");
                let kind = if is_rune || is_component {
                    UpdateKind::State
                } else {
                    UpdateKind::Variable
                };
                is_outer.then(|| Change::new(kind, name.text.as_str()))
            }
            // `$store = value` of Svelte: <https://svelte.dev/docs/svelte/stores>.
            Kind::Global(name) => {
                let store = name.strip_prefix('$').filter(|name| !name.is_empty())?;
                Some(Change::new(UpdateKind::Store, store))
            }
            Kind::Member { object, property, .. } => self.member_written(place, *object, property, &written),
            Kind::Index { object, .. } => match script.kind(*object) {
                Kind::Member { object, property, .. } => {
                    self.member_written(place, *object, property, &written)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a function is handed to a call within another one, so that it runs as a part of that.
    fn is_within(&self, module: ModuleId, function: FunctionId, outer: FunctionId) -> bool {
        if outer == TOP_LEVEL {
            return false;
        }
        let places = self.places(module);
        self.around(module, function)
            .take_while(|inner| *inner != outer)
            .all(|inner| {
                let expression = places.expression_of(inner);
                let around = expression.and_then(|expression| places.around(expression));
                matches!(around, Some((_, super::place::Role::Argument { .. })))
            })
    }

    fn member_written(
        &self,
        place: Place,
        object: ExpressionId,
        property: &str,
        written: &str,
    ) -> Option<Change> {
        let script = self.script(place.0);
        if matches!(script.kind(object), Kind::This) {
            let class = script.function(script.expression(place.1).function).class;
            let class = class.map(|class| script.class(class).name.clone());
            let file = &self.evaluator.project.module(place.0).file;
            return Some(match class {
                Some(class) if !class.is_empty() => {
                    Change::new(UpdateKind::Field, format!("{class}.{property}"))
                }
                _ if file.ends_with(".vue") => Change::new(UpdateKind::State, property),
                _ => Change::new(UpdateKind::Field, property),
            });
        }
        if let Some(class) = self.scene_class(place.0, object).filter(|class| is_seen(class)) {
            return Some(Change {
                class: Some(class),
                ..Change::new(UpdateKind::Scene, target(written))
            });
        }
        for value in self.evaluator.values(place.0, object) {
            if let Value::External(external) = &value {
                if external.is_global("location") || external.is_global("window.location") {
                    return Some(Change::new(UpdateKind::Navigation, "page"));
                }
                if is_of_document(external) {
                    return Some(Change::new(UpdateKind::Document, target(written)));
                }
                if let Some((made, name)) = self.store_of(external) {
                    return Some(Change {
                        state: Some(State::Store(made)),
                        ..Change::new(UpdateKind::Store, format!("{name}.{property}"))
                    });
                }
            }
        }
        let declared = self.declared_type(place.0, object);
        if declared.as_deref().is_some_and(is_element_type) {
            return Some(Change::new(UpdateKind::Document, target(written)));
        }
        // `ref.current` of React, `ref.value` of Vue.
        let hook = self.hook_of(place.0, object);
        match (hook.as_deref(), property) {
            (Some("useRef" | "createRef"), "current") => {
                Some(Change::new(UpdateKind::Variable, target(written)))
            }
            (Some("ref" | "shallowRef"), "value") => {
                let name = script.written(object);
                Some(Change::new(UpdateKind::State, name.as_str()))
            }
            (Some("reactive" | "shallowReactive"), _) => {
                Some(Change::new(UpdateKind::State, target(written)))
            }
            _ => None,
        }
    }

    /// The library's function whose result a name stands for.
    fn hook_of(&self, module: ModuleId, object: ExpressionId) -> Option<String> {
        let script = self.script(module);
        let Kind::Local(name) = script.kind(object) else {
            return None;
        };
        script
            .name(*name)
            .definitions
            .iter()
            .find_map(|definition| match definition.source {
                DefinitionSource::Expression(value) if definition.path.is_empty() => {
                    let callee = super::query::external_callee(self.evaluator, (module, value))?;
                    callee.members.last().map(ToString::to_string)
                }
                _ => None,
            })
    }
}

/// What is changed, without `this.`.
fn target(written: &str) -> String {
    let short = written
        .strip_prefix("this.")
        .unwrap_or(written)
        .replace("?.", ".");
    shortened(&short, 60)
}
