//! Slices of a redux store: under which key their state stands, and what their reducers are given
//! (<https://redux-toolkit.js.org/api/createSlice>).

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{Evaluator, External, Origin, Site, UseKind, Value};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, Property, Script,
    },
};

/// Reducers that wrap each other.
const MAX_DEPTH: u32 = 6;

/// How projects call the type of the whole state: <https://redux-toolkit.js.org/tutorials/typescript>.
const WHOLE_STATES: [&str; 6] = [
    "RootState",
    "IRootState",
    "AppState",
    "ApplicationState",
    "StoreState",
    "ReduxState",
];

/// A slice of the state.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The call that makes it.
    pub site: Site,
    /// Its key in the state; none where no store is made with it.
    pub key: Option<EcoString>,
}

/// The slices of a project, and their reducers.
#[derive(Debug, Default)]
pub(super) struct Slices {
    slices: Vec<Slice>,
    /// The slice and the action of a reducer.
    reducers: FxHashMap<(ModuleId, FunctionId), (usize, EcoString)>,
}

impl Slices {
    fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        let mut stores = vec![];
        for module in evaluator.project.module_ids() {
            let script = evaluator.script(module);
            for expression in script.expression_ids() {
                if !matches!(script.kind(expression), Kind::Call { .. }) {
                    continue;
                }
                let site = Site::alone(module, expression);
                let callees = evaluator.callees(&site);
                let made = callees.iter().find_map(|callee| match callee {
                    Value::External(callee) => callee
                        .of_package("@reduxjs/toolkit")
                        .or_else(|| callee.of_package("redux")),
                    _ => None,
                });
                match made.as_deref() {
                    Some("createSlice") => this.slices.push(Slice { site, key: None }),
                    Some("configureStore" | "createStore" | "legacy_createStore") => stores.push(site),
                    _ => {}
                }
            }
        }
        for (index, slice) in this.slices.iter().enumerate() {
            for (name, (module, function)) in evaluator.reducers(&slice.site) {
                this.reducers.insert((module, function), (index, name));
            }
        }
        for store in &stores {
            let Some(first) = evaluator.arguments_of(store).first().map(|first| first.value) else {
                continue;
            };
            let given = evaluator.values(store.module, first);
            let reducers = evaluator.members(&given, "reducer");
            let reducers = if reducers.is_empty() { given } else { reducers };
            for reducer in &reducers {
                this.add_keys(evaluator, reducer, 0);
            }
        }
        this
    }

    /// Takes the keys of what a store or `combineReducers` is given.
    fn add_keys(&mut self, evaluator: &Evaluator<'_>, reducer: &Value, depth: u32) {
        if depth > MAX_DEPTH {
            return;
        }
        match reducer {
            Value::Object(object) => {
                for (key, place) in evaluator.properties(object) {
                    for value in evaluator.values_at(&place) {
                        if let Some(slice) = self.of_reducer(evaluator, &value, 0) {
                            self.slices[slice].key.get_or_insert_with(|| key.clone());
                        }
                    }
                }
            }
            // `combineReducers({ … })`, `persistReducer(options, reducer)`.
            Value::External(External {
                origin: Origin::Result { site, .. },
                ..
            }) => {
                for argument in evaluator.arguments_of(site) {
                    for value in evaluator.values(site.module, argument.value) {
                        self.add_keys(evaluator, &value, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// The slice whose reducer a value is, also through what wraps it.
    fn of_reducer(&self, evaluator: &Evaluator<'_>, value: &Value, depth: u32) -> Option<usize> {
        let Value::External(External {
            origin: Origin::Result { site, .. },
            ..
        }) = value
        else {
            return None;
        };
        let is_own =
            |slice: &Slice| (slice.site.module, slice.site.expression) == (site.module, site.expression);
        if let Some(slice) = self.slices.iter().position(is_own) {
            return Some(slice);
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let arguments = evaluator.arguments_of(site);
        let mut given = arguments
            .iter()
            .flat_map(|argument| evaluator.values(site.module, argument.value));
        given.find_map(|value| self.of_reducer(evaluator, &value, depth + 1))
    }
}

impl Evaluator<'_> {
    /// The slices that a project makes, by module and place.
    #[must_use]
    pub fn slices(&self) -> &[Slice] {
        &self.slice_index().slices
    }

    fn slice_index(&self) -> &Slices {
        self.slices.get_or_init(|| Slices::new(self))
    }

    /// The reducers of a slice by the names of their actions.
    fn reducers(&self, slice: &Site) -> Vec<(EcoString, (ModuleId, FunctionId))> {
        let Some(options) = self.arguments_of(slice).first().map(|options| options.value) else {
            return vec![];
        };
        let options = self.values(slice.module, options);
        let mut found = vec![];
        for reducers in self.members(&options, "reducers") {
            let Value::Object(object) = &reducers else {
                continue;
            };
            for (name, place) in self.properties(object) {
                let values = self.values_at(&place);
                let prepared = self.members(&values, "reducer");
                for value in values.into_iter().chain(prepared) {
                    if let Value::Function(reducer) = value {
                        found.push((name.clone(), (reducer.module, reducer.function)));
                    }
                }
            }
        }
        found
    }

    /// The calls that make the action of a reducer, by module and place.
    #[must_use]
    pub fn dispatchers(&self, module: ModuleId, reducer: FunctionId) -> Vec<Site> {
        let index = self.slice_index();
        let Some((slice, name)) = index.reducers.get(&(module, reducer)) else {
            return vec![];
        };
        let site = &index.slices[*slice].site;
        let uses = self.uses(site.module, site.expression).iter();
        uses.filter(|used| {
            used.kind == UseKind::Call
                && matches!(used.members.as_slice(), [actions, action] if actions == "actions" && action == name)
        })
        .map(|used| used.site.clone())
        .collect()
    }

    /// What a reducer is given as its action's payload: arguments of the action, or what a thunk gives
    /// (<https://redux-toolkit.js.org/api/createAsyncThunk>).
    pub(super) fn payloads(&self, module: ModuleId, reducer: FunctionId) -> Vec<(ModuleId, ExpressionId)> {
        let mut found: Vec<(ModuleId, ExpressionId)> = vec![];
        for site in self.dispatchers(module, reducer) {
            let first = self.arguments_of(&site).first().map(|first| first.value);
            found.extend(first.map(|first| (site.module, first)));
        }
        let script = self.script(module);
        for (call, argument) in self.writes().handed(module, reducer) {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(*call)
            else {
                continue;
            };
            let is_case = *argument == 1
                && matches!(script.kind(*callee), Kind::Member { property, .. } if property == "addCase");
            let Some(action) = arguments.first().filter(|_| is_case) else {
                continue;
            };
            for value in self.values(module, action.value) {
                if let Value::External(external) = &value
                    && let Origin::Result { callee, site } = &external.origin
                    && callee.of_package("@reduxjs/toolkit").as_deref() == Some("createAsyncThunk")
                    && external.members.last().is_some_and(|last| last == "fulfilled")
                {
                    found.extend(self.given_by_thunk(site));
                }
            }
        }
        found
    }

    fn given_by_thunk(&self, thunk: &Site) -> Vec<(ModuleId, ExpressionId)> {
        let Some(creator) = self.arguments_of(thunk).get(1).map(|creator| creator.value) else {
            return vec![];
        };
        let mut found = vec![];
        for value in self.values(thunk.module, creator) {
            if let Value::Function(closure) = value {
                let returns = &self.script(closure.module).function(closure.function).returns;
                found.extend(returns.iter().map(|returned| (closure.module, *returned)));
            }
        }
        found
    }

    /// The slice and the field of its state that an expression asks for: `state.auth.token`, `getState().auth.token`, a name
    /// taken of `useSelector((state) => state.auth)`.
    #[must_use]
    pub fn slice_field(&self, module: ModuleId, expression: ExpressionId) -> Option<(usize, EcoString)> {
        if self.slices().is_empty() {
            return None;
        }
        let script = self.script(module);
        match script.kind(expression) {
            Kind::Member { object, property, .. } => {
                Some((self.slice_state(module, *object)?, property.clone()))
            }
            Kind::Local(name) => script.name(*name).definitions.iter().find_map(|definition| {
                let ([PathStep::Property(field)], DefinitionSource::Expression(whole)) =
                    (definition.path.as_slice(), definition.source)
                else {
                    return None;
                };
                Some((self.slice_state(module, whole)?, field.clone()))
            }),
            _ => None,
        }
    }

    /// The slice whose state an expression is.
    fn slice_state(&self, module: ModuleId, expression: ExpressionId) -> Option<usize> {
        let script = self.script(module);
        match script.kind(expression) {
            Kind::Member { object, property, .. } => {
                let slices = self.slices().iter();
                let slice = slices
                    .enumerate()
                    .find(|(_, slice)| slice.key.as_ref() == Some(property))?
                    .0;
                self.is_whole_state(module, *object).then_some(slice)
            }
            Kind::Call { arguments, .. } => {
                let callees = self.callees(&Site::alone(module, expression));
                let selects = callees.iter().any(|callee| {
                    matches!(callee, Value::External(callee) if callee.of_package("react-redux").as_deref() == Some("useSelector"))
                });
                let selector = arguments.first().filter(|_| selects)?;
                self.values(module, selector.value)
                    .iter()
                    .find_map(|value| match value {
                        Value::Function(selector) => {
                            let script = self.script(selector.module);
                            let mut returns = script.function(selector.function).returns.iter();
                            returns.find_map(|returned| self.slice_state(selector.module, *returned))
                        }
                        _ => None,
                    })
            }
            Kind::Local(name) => match script.name(*name).definitions.as_slice() {
                [only] if only.path.is_empty() => match only.source {
                    DefinitionSource::Expression(value) => self.slice_state(module, value),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether an expression is the state of a redux store: what `getState` gives, or what a selector is handed.
    fn is_whole_state(&self, module: ModuleId, expression: ExpressionId) -> bool {
        let script = self.script(module);
        match script.kind(expression) {
            Kind::Call { callee, .. } => match script.kind(*callee) {
                Kind::Member { object, property, .. } => {
                    property == "getState"
                        && (self.gives_state(module, *callee) || is_parameter(script, *object))
                }
                Kind::Local(name) => script.name(*name).definitions.iter().any(|definition| {
                    matches!(definition.path.last(), Some(PathStep::Property(last)) if last == "getState")
                        || script.name(*name).text == "getState"
                }),
                _ => false,
            },
            Kind::Local(name) => {
                script
                    .name(*name)
                    .definitions
                    .iter()
                    .any(|definition| match definition.source {
                        DefinitionSource::Parameter(function, 0) => self.is_selector(module, function),
                        DefinitionSource::Expression(value) => {
                            definition.path.is_empty() && self.is_whole_state(module, value)
                        }
                        _ => false,
                    })
            }
            _ => false,
        }
    }

    /// Whether a function is `getState` of a store that redux makes.
    fn gives_state(&self, module: ModuleId, callee: ExpressionId) -> bool {
        let mut callees = self.values(module, callee).into_iter();
        callees.any(|callee| {
            matches!(&callee, Value::External(external) if external.package()
            .is_some_and(|(package, _)| matches!(package.as_str(), "@reduxjs/toolkit" | "redux")))
        })
    }

    /// Whether a function is handed to a library for redux, or says that it takes the state.
    fn is_selector(&self, module: ModuleId, function: FunctionId) -> bool {
        let annotation = self.script(module).function(function).parameters.first();
        let annotation = annotation.and_then(|parameter| parameter.annotation.as_deref());
        annotation.is_some_and(|annotation| WHOLE_STATES.contains(&annotation))
            || self.passed(module, function).iter().any(|passed| {
                passed.to.as_ref().is_some_and(|to| {
                    to.package().is_some_and(|(package, _)| {
                        matches!(package.as_str(), "react-redux" | "reselect" | "@reduxjs/toolkit")
                    })
                })
            })
    }

    /// What a field of a slice is first.
    pub(super) fn initial_field(&self, slice: usize, field: &str) -> Option<(ModuleId, ExpressionId)> {
        let site = &self.slices()[slice].site;
        let options = self.arguments_of(site).first()?.value;
        let options = self.values(site.module, options);
        let states = self.members(&options, "initialState");
        states.iter().find_map(|state| {
            let (object, closure) = match state {
                Value::Object(object) => (Some(object.clone()), None),
                Value::Function(closure) => (None, Some(closure)),
                _ => return None,
            };
            let object = object.or_else(|| {
                let given = self.returned_by(closure?);
                given.into_iter().find_map(|value| match value {
                    Value::Object(object) => Some(object),
                    _ => None,
                })
            })?;
            match self.script(object.module).kind(object.expression) {
                Kind::Object(properties) => properties.iter().find_map(|property| match property {
                    Property::Named { key, value } if key == field => Some((object.module, *value)),
                    _ => None,
                }),
                _ => None,
            }
        })
    }
}

/// Whether something is a parameter, as the second one of a thunk is.
fn is_parameter(script: &Script, expression: ExpressionId) -> bool {
    let Kind::Local(name) = script.kind(expression) else {
        return false;
    };
    let mut definitions = script.name(*name).definitions.iter();
    definitions.any(|definition| matches!(definition.source, DefinitionSource::Parameter(..)))
}
