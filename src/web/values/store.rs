//! What stores of state give: zustand's state, the actions of pinia's stores, and `this` in those.

use std::rc::Rc;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{
    Arguments, Closure, Evaluator, External, Origin, Site, Value, Values,
    evaluator::{add, add_all},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        Argument, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, Property,
        Script,
    },
};

/// Functions that are options of stores.
#[derive(Debug, Default)]
pub(super) struct StoreFunctions {
    /// The call of `defineStore`: `this` in them is the store.
    made: FxHashMap<(ModuleId, FunctionId), ExpressionId>,
    /// The name of a mutation of vuex, and the state that it is handed: <https://vuex.vuejs.org/guide/mutations.html>.
    mutations: FxHashMap<(ModuleId, FunctionId), (EcoString, ExpressionId)>,
    /// What mutations are committed with, by name without the module's.
    commits: FxHashMap<EcoString, Vec<(ModuleId, ExpressionId)>>,
}

impl StoreFunctions {
    fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.module_ids() {
            let script = evaluator.script(module);
            for id in script.expression_ids() {
                match script.kind(id) {
                    Kind::Call {
                        callee, arguments, ..
                    } if is_define_store(script, *callee) => {
                        if let Some(options) = definition(arguments) {
                            this.add(script, module, id, options);
                        }
                    }
                    Kind::Call {
                        callee, arguments, ..
                    } if is_commit(script, *callee) => this.add_commit(script, module, arguments),
                    Kind::Object(_) => this.add_mutations(script, module, id),
                    _ => {}
                }
            }
        }
        this
    }

    fn add(&mut self, script: &Script, module: ModuleId, made: ExpressionId, options: ExpressionId) {
        for key in ["actions", "getters"] {
            let Some(Kind::Object(properties)) =
                property(script, options, key).map(|value| script.kind(value))
            else {
                continue;
            };
            for property in properties {
                if let Property::Named { value, .. } = property
                    && let Kind::Function(function) = script.kind(*value)
                {
                    self.made.insert((module, *function), made);
                }
            }
        }
    }

    fn add_mutations(&mut self, script: &Script, module: ModuleId, options: ExpressionId) {
        let (Some(state), Some(mutations)) = (
            property(script, options, "state"),
            property(script, options, "mutations"),
        ) else {
            return;
        };
        let Kind::Object(properties) = script.kind(written(script, mutations)) else {
            return;
        };
        for property in properties {
            if let Property::Named { key, value } = property
                && let Kind::Function(function) = script.kind(*value)
            {
                self.mutations.insert((module, *function), (key.clone(), state));
            }
        }
    }

    fn add_commit(&mut self, script: &Script, module: ModuleId, arguments: &[Argument]) {
        let [name, payload, ..] = arguments else { return };
        if let Kind::Text(name) = script.kind(name.value) {
            let name = name.rsplit('/').next().unwrap_or(name);
            self.commits
                .entry(name.into())
                .or_default()
                .push((module, payload.value));
        }
    }
}

/// `commit` of an action's context, `store.commit`: <https://vuex.vuejs.org/guide/mutations.html#commit-with-payload>.
fn is_commit(script: &Script, callee: ExpressionId) -> bool {
    match script.kind(callee) {
        Kind::Member { property, .. } => property == "commit",
        Kind::Local(name) => script.name(*name).definitions.iter().any(
            |definition| matches!(definition.path.last(), Some(PathStep::Property(last)) if last == "commit"),
        ),
        _ => false,
    }
}

/// What a name is set to once and for all.
fn written(script: &Script, expression: ExpressionId) -> ExpressionId {
    let Kind::Local(name) = script.kind(expression) else {
        return expression;
    };
    match script.name(*name).definitions.as_slice() {
        [only] if only.path.is_empty() => match only.source {
            DefinitionSource::Expression(value) => value,
            _ => expression,
        },
        _ => expression,
    }
}

/// Whether a name is the function of pinia that defines a store; Nuxt imports it by itself
/// (<https://pinia.vuejs.org/ssr/nuxt.html#Auto-imports>).
fn is_define_store(script: &Script, callee: ExpressionId) -> bool {
    match script.kind(callee) {
        Kind::Global(name) => name == "defineStore",
        Kind::Local(name) => script.name(*name).definitions.iter().any(|definition| {
            let DefinitionSource::Import(import, imported) = definition.source else {
                return false;
            };
            let import = &script.imports[import as usize];
            import.names[imported as usize].imported == "defineStore"
                && matches!(import.module.as_str(), "pinia" | "#imports" | "@pinia/nuxt")
        }),
        _ => false,
    }
}

/// The options or the setup function among the arguments of `defineStore`.
fn definition(arguments: &[Argument]) -> Option<ExpressionId> {
    match arguments {
        [only] => Some(only.value),
        [_, definition, ..] => Some(definition.value),
        [] => None,
    }
}

fn property(script: &Script, object: ExpressionId, name: &str) -> Option<ExpressionId> {
    let Kind::Object(properties) = script.kind(object) else {
        return None;
    };
    properties.iter().find_map(|property| match property {
        Property::Named { key, value } if key == name => Some(*value),
        _ => None,
    })
}

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
    fn store_functions(&self) -> &StoreFunctions {
        self.store_functions.get_or_init(|| StoreFunctions::new(self))
    }

    /// The state that a mutation is handed.
    pub(super) fn mutated(&self, module: ModuleId, function: FunctionId) -> Option<Values> {
        let (_, state) = self.store_functions().mutations.get(&(module, function))?;
        let values = self.values(module, *state);
        // `state: () => ({ … })`
        let made = self.apply_all(&values, &[], 0);
        Some(if made.is_empty() { values } else { made })
    }

    /// What a mutation is committed with, by module and place.
    pub(super) fn committed(&self, module: ModuleId, function: FunctionId) -> &[(ModuleId, ExpressionId)] {
        let functions = self.store_functions();
        let known = functions.mutations.get(&(module, function));
        let commits = known.and_then(|(name, _)| functions.commits.get(name));
        commits.map_or(&[], Vec::as_slice)
    }

    /// The store that `this` is in an option of it.
    pub(super) fn store_of_function(&self, module: ModuleId, function: FunctionId) -> Option<Value> {
        let made = self.store_functions().made.get(&(module, function))?;
        let site = Rc::new(Site::alone(module, *made));
        let hook = External {
            origin: Origin::Result {
                callee: Rc::new(External {
                    origin: Origin::Library {
                        package: "pinia".into(),
                        path: "".into(),
                    },
                    members: vec!["defineStore".into()],
                }),
                site: Rc::clone(&site),
            },
            members: vec![],
        };
        Some(Value::External(External {
            origin: Origin::Result {
                callee: Rc::new(hook),
                site,
            },
            members: vec![],
        }))
    }

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

    /// <https://zustand.docs.pmnd.rs/hooks/use-shallow>, <https://zustand.docs.pmnd.rs/hooks/use-store>
    pub(super) fn call_zustand(&self, site: &Site, function: &str, arguments: &[Argument]) -> Option<Values> {
        match function {
            "useShallow" => Some(self.argument(site, arguments, 0)),
            "useStore" | "useStoreWithEqualityFn" => {
                let store = self.argument(site, arguments, 0).into_iter().find_map(|store| {
                    let Value::External(store) = store else {
                        return None;
                    };
                    Some(store)
                })?;
                self.call_store(site, &store, arguments.get(1..).unwrap_or_default())
            }
            _ => None,
        }
    }

    /// <https://zustand.docs.pmnd.rs/apis/create>: a store's hook gives what its selector picks of the state.
    pub(super) fn call_store(
        &self,
        site: &Site,
        callee: &External,
        arguments: &[Argument],
    ) -> Option<Values> {
        let Origin::Result {
            callee: maker,
            site: made,
        } = &callee.origin
        else {
            return None;
        };
        let is_maker = |external: &External| {
            external.of_package("zustand").is_some_and(|function| {
                matches!(
                    function.as_str(),
                    "create" | "createStore" | "createWithEqualityFn" | "default"
                )
            })
        };
        // `create<State>()(initialiser)`: the first call only carries the type.
        if is_maker(maker) && self.arguments_of(made).is_empty() && callee.members.is_empty() {
            return None;
        }
        let is_store = is_maker(maker)
            || matches!(&maker.origin, Origin::Result { callee, .. } if maker.members.is_empty() && is_maker(callee));
        let is_state = match callee.members.as_slice() {
            [] => true,
            [only] => only == "getState",
            // <https://zustand.docs.pmnd.rs/guides/auto-generating-selectors>
            [first, _] => first == "use",
            _ => false,
        };
        if !is_store || !is_state {
            return None;
        }
        let initialiser = self.argument(made, &self.arguments_of(made), 0);
        let state = self.initial_state(&initialiser, site.environment.depth());
        if let [_, field] = callee.members.as_slice() {
            return Some(self.members(&state, field)).filter(|values| !values.is_empty());
        }
        let selector = self.argument(site, arguments, 0);
        if selector.is_empty() || !callee.members.is_empty() {
            return Some(state);
        }
        Some(self.apply_all(&selector, &[state], site.environment.depth()))
    }

    /// `get()` in the function that makes the state.
    pub(super) fn call_getter(&self, callee: &External) -> Option<Values> {
        let Origin::Given {
            callee: maker,
            site,
            argument,
            parameter: 1,
        } = &callee.origin
        else {
            return None;
        };
        let is_zustand = maker.package().is_some_and(|(package, _)| package == "zustand");
        if !is_zustand || !callee.members.is_empty() {
            return None;
        }
        let initialiser = self.argument(site, &self.arguments_of(site), *argument as usize);
        let state = self.initial_state(&initialiser, site.environment.depth());
        (!state.is_empty()).then_some(state)
    }

    /// The state that an initialiser makes, through the middleware that wraps it (`persist`, `devtools`, `immer`).
    fn initial_state(&self, initialiser: &[Value], depth: u32) -> Values {
        let mut state = vec![];
        for value in initialiser {
            match value {
                Value::Function(_) => {
                    add_all(
                        &mut state,
                        self.apply_all(std::slice::from_ref(value), &[], depth),
                    );
                }
                Value::External(External {
                    origin: Origin::Result { site, .. },
                    ..
                }) => {
                    let inner = self.argument(site, &self.arguments_of(site), 0);
                    add_all(&mut state, self.initial_state(&inner, depth));
                }
                Value::Object(_) => add(&mut state, value.clone()),
                _ => {}
            }
        }
        state
    }
}
