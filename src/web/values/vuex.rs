//! What getters of stores of vuex give (<https://vuex.vuejs.org/guide/getters.html>).

use std::rc::Rc;

use super::{Evaluator, External, Origin, Site, Value};
use crate::web::{project::ModuleId, syntax::tree::ExpressionId};

/// Modules within one another.
const MAX_DEPTH: u32 = 4;

/// The call that makes the store whose `getters` something is.
pub(super) fn getters_of(external: &External) -> Option<&Rc<Site>> {
    let Origin::Result { callee, site } = &external.origin else {
        return None;
    };
    let made = callee.of_package("vuex")?;
    let is_store = matches!(made.as_str(), "createStore" | "Store" | "default.Store");
    (is_store && external.members.as_slice() == ["getters"]).then_some(site)
}

impl Evaluator<'_> {
    /// What the getters of a name return, of a store and its modules.
    pub(super) fn vuex_getter(&self, made: &Site, name: &str) -> Vec<(ModuleId, ExpressionId)> {
        let Some(options) = self.arguments_of(made).first().map(|options| options.value) else {
            return vec![];
        };
        let options = Site {
            expression: options,
            ..made.clone()
        };
        let mut found = vec![];
        for options in self.values_at(&options) {
            self.collect_getters(&options, name, 0, &mut found);
        }
        found
    }

    fn collect_getters(
        &self,
        options: &Value,
        name: &str,
        depth: u32,
        found: &mut Vec<(ModuleId, ExpressionId)>,
    ) {
        for getter in self.members(&self.member(options, "getters"), name) {
            if let Value::Function(getter) = getter {
                let returns = &self.script(getter.module).function(getter.function).returns;
                found.extend(returns.iter().map(|returned| (getter.module, *returned)));
            }
        }
        if depth == MAX_DEPTH {
            return;
        }
        for modules in self.member(options, "modules") {
            let Value::Object(modules) = &modules else {
                continue;
            };
            for (_, place) in self.properties(modules) {
                for module in self.values_at(&place) {
                    self.collect_getters(&module, name, depth + 1, found);
                }
            }
        }
    }
}
