//! What stores of zustand give.

use super::{
    Evaluator, External, Origin, Site, Value, Values,
    evaluator::{add, add_all},
};
use crate::web::syntax::tree::Argument;

impl Evaluator<'_> {
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
