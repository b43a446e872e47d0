//! What components of Vue provide for those within: <https://vuejs.org/guide/components/provide-inject.html>.

use super::{
    made::{Family, key},
    uses::Uses,
};
use crate::web::{
    syntax::tree::ExpressionKind as Kind,
    values::{Site, Value},
};

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    let stores = uses.of_family(Family::Provided);
    if stores.is_empty() {
        return;
    }
    for module in uses.evaluator.project.module_ids() {
        let script = uses.script(module);
        for call in script.expression_ids() {
            if !matches!(script.kind(call), Kind::Call { .. }) {
                continue;
            }
            let site = Site::alone(module, call);
            let asked = uses
                .evaluator
                .callees(&site)
                .iter()
                .find_map(|callee| match callee {
                    Value::External(callee) => callee.of_package("vue"),
                    _ => None,
                });
            let is_provided = match asked.as_deref() {
                Some("provide") => true,
                Some("inject") => false,
                _ => continue,
            };
            let Some(key) = key(uses.evaluator, &site) else {
                continue;
            };
            let Some(store) = stores.iter().find(|store| uses.made[**store].name == key) else {
                continue;
            };
            if is_provided {
                uses.write(*store, (module, call));
            } else {
                uses.read(*store, (module, call));
            }
        }
    }
}
