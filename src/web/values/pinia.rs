//! What stores of pinia give: their actions, and what their fields are made from.

use std::rc::Rc;

use super::{
    Arguments, Closure, Evaluator, External, Origin, Site, Value, Values, evaluator::add_all,
    store_option::definition, vuex,
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
};

/// Whether something external is pinia's `defineStore`.
fn defines_store(external: &External) -> bool {
    external.is_global("defineStore")
        || ["pinia", "#imports", "@pinia/nuxt"]
            .iter()
            .any(|package| external.of_package(package).as_deref() == Some("defineStore"))
}

/// The call that defines the store that something external is.
fn defined(external: &External) -> Option<&Rc<Site>> {
    let Origin::Result { callee: hook, .. } = &external.origin else {
        return None;
    };
    let Origin::Result { callee, site } = &hook.origin else {
        return None;
    };
    let is_store = external.members.is_empty() && hook.members.is_empty() && defines_store(callee);
    is_store.then_some(site)
}

impl Evaluator<'_> {
    /// The functions that a store of pinia has by a name: its actions, or what its setup function gives
    /// (<https://pinia.vuejs.org/core-concepts/actions.html>).
    pub(super) fn store_action(&self, external: &External, name: &str) -> Values {
        let Some(made) = defined(external) else {
            return vec![];
        };
        let bound = |action: Value| match action {
            Value::Function(action) => Value::Function(Closure {
                this: action
                    .this
                    .or_else(|| Some(Box::new(Value::External(external.clone())))),
                ..action
            }),
            other => other,
        };
        let actions = self.actions_of_store(made, name).into_iter();
        actions.map(bound).collect()
    }

    /// The functions that a store of pinia has by a name, by the call that defines it.
    #[must_use]
    pub fn actions_of_store(&self, made: &Site, name: &str) -> Values {
        let Some(definition) = definition(&self.arguments_of(made)) else {
            return vec![];
        };
        let place = Site {
            expression: definition,
            ..made.clone()
        };
        let mut actions = vec![];
        for value in self.values_at(&place) {
            match &value {
                Value::Object(_) => {
                    let own = self.members(&self.member(&value, "actions"), name);
                    add_all(&mut actions, own);
                }
                Value::Function(setup) => {
                    let given = self.apply(setup, Arguments::Unknown, None, 0);
                    add_all(&mut actions, self.members(&given, name));
                }
                _ => {}
            }
        }
        if actions.iter().all(|action| matches!(action, Value::Function(_))) {
            actions
        } else {
            vec![]
        }
    }

    /// What a field of a store is made from: the getter of that name, or what the state is first
    /// (<https://pinia.vuejs.org/core-concepts/getters.html>).
    #[must_use]
    pub fn state_sources(&self, module: ModuleId, member: ExpressionId) -> Vec<(ModuleId, ExpressionId)> {
        if let Some((slice, field)) = self.slice_field(module, member) {
            return self.initial_field(slice, &field).into_iter().collect();
        }
        let Kind::Member { object, property, .. } = self.script(module).kind(member) else {
            return vec![];
        };
        let mut found = vec![];
        for store in self.values(module, *object) {
            let Value::External(external) = &store else {
                continue;
            };
            if let Some(made) = vuex::getters_of(external) {
                found.extend(self.vuex_getter(made, property));
                continue;
            }
            let Some(made) = defined(external) else { continue };
            let Some(definition) = definition(&self.arguments_of(made)) else {
                continue;
            };
            for options in self.values(made.module, definition) {
                found.extend(self.field_of_options(&options, property));
            }
        }
        found
    }

    fn field_of_options(&self, options: &Value, name: &str) -> Vec<(ModuleId, ExpressionId)> {
        let mut found = vec![];
        let mut states = vec![];
        match options {
            Value::Function(setup) => states = self.apply(setup, Arguments::Unknown, None, 0),
            Value::Object(_) => {
                for getter in self.members(&self.member(options, "getters"), name) {
                    if let Value::Function(getter) = getter {
                        let returns = &self.script(getter.module).function(getter.function).returns;
                        found.extend(returns.iter().map(|returned| (getter.module, *returned)));
                    }
                }
                let state = self.member(options, "state");
                states = self.apply_all(&state, &[], 0);
            }
            _ => {}
        }
        for state in &states {
            if let Value::Object(object) = state {
                let own = self.properties(object).into_iter();
                found.extend(
                    own.filter(|(key, _)| key == name)
                        .map(|(_, place)| (place.module, place.expression)),
                );
            }
        }
        found
    }
}
