//! Functions that are options of stores: what `this` and their parameters are.

use std::rc::Rc;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{Evaluator, External, Origin, Site, Value, Values};
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
    /// The state that a getter of vuex is handed: <https://vuex.vuejs.org/guide/getters.html>.
    getters: FxHashMap<(ModuleId, FunctionId), ExpressionId>,
    /// How many mutations have a name.
    namesakes: FxHashMap<EcoString, usize>,
    /// What mutations are committed with, by name without the module's.
    commits: FxHashMap<EcoString, Vec<Commit>>,
}

#[derive(Debug)]
struct Commit {
    module: ModuleId,
    payload: ExpressionId,
    /// `commit('cart/set', …)`.
    names_module: bool,
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
        for (name, function) in functions(script, mutations) {
            self.mutations.insert((module, function), (name.clone(), state));
            *self.namesakes.entry(name.clone()).or_default() += 1;
        }
        if let Some(getters) = property(script, options, "getters") {
            let getters = functions(script, getters);
            self.getters
                .extend(getters.map(|(_, getter)| ((module, getter), state)));
        }
    }

    fn add_commit(&mut self, script: &Script, module: ModuleId, arguments: &[Argument]) {
        let [name, payload, ..] = arguments else { return };
        if let Kind::Text(name) = script.kind(name.value) {
            let own = name.rsplit('/').next().unwrap_or(name);
            self.commits.entry(own.into()).or_default().push(Commit {
                module,
                payload: payload.value,
                names_module: own.len() < name.len(),
            });
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
pub(super) fn definition(arguments: &[Argument]) -> Option<ExpressionId> {
    match arguments {
        [only] => Some(only.value),
        [_, definition, ..] => Some(definition.value),
        [] => None,
    }
}

/// The functions that an object has, which a name may hold.
fn functions(script: &Script, object: ExpressionId) -> impl Iterator<Item = (&EcoString, FunctionId)> {
    let properties = match script.kind(written(script, object)) {
        Kind::Object(properties) => properties.as_slice(),
        _ => &[],
    };
    properties.iter().filter_map(|property| match property {
        Property::Named { key, value } => match script.kind(*value) {
            Kind::Function(function) => Some((key, *function)),
            _ => None,
        },
        _ => None,
    })
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

impl Evaluator<'_> {
    fn store_functions(&self) -> &StoreFunctions {
        self.store_functions.get_or_init(|| StoreFunctions::new(self))
    }

    /// The getters of stores of vuex, in no order.
    pub fn vuex_getters(&self) -> impl Iterator<Item = (ModuleId, FunctionId)> {
        self.store_functions().getters.keys().copied()
    }

    /// The state that a mutation or a getter is handed.
    pub(super) fn mutated(&self, module: ModuleId, function: FunctionId) -> Option<Values> {
        let functions = self.store_functions();
        let mutation = functions.mutations.get(&(module, function));
        let state = mutation
            .map(|(_, state)| state)
            .or_else(|| functions.getters.get(&(module, function)))?;
        let values = self.values(module, *state);
        // `state: () => ({ … })`
        let made = self.apply_all(&values, &[], 0);
        Some(if made.is_empty() { values } else { made })
    }

    /// What a mutation is committed with, by module and place. Of mutations of one name, those that are committed in
    /// their own file are told apart.
    pub(super) fn committed(&self, module: ModuleId, function: FunctionId) -> Vec<(ModuleId, ExpressionId)> {
        let functions = self.store_functions();
        let Some((name, _)) = functions.mutations.get(&(module, function)) else {
            return vec![];
        };
        let is_alone = functions.namesakes.get(name) == Some(&1);
        let commits = functions.commits.get(name).into_iter().flatten();
        commits
            .filter(|commit| is_alone || !commit.names_module && commit.module == module)
            .map(|commit| (commit.module, commit.payload))
            .collect()
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
}
