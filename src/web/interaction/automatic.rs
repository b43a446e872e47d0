//! Stores that a component of Svelte reads as `$store`: <https://svelte.dev/docs/svelte/stores>.

use rustc_hash::FxHashMap;

use super::{handed::Place, place::Places};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionKind as Kind, NameId},
    values::Evaluator,
};

/// Reads by the place where the store is made, by module and place.
#[derive(Debug, Default)]
pub(super) struct AutomaticReads(FxHashMap<Place, Vec<Place>>);

impl AutomaticReads {
    /// Looks at every component.
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        let project = evaluator.project;
        for module in project.module_ids() {
            if project.module(module).file.ends_with(".svelte") {
                this.read(evaluator, module);
            }
        }
        this
    }

    /// The reads of a store.
    pub(super) fn of(&self, made: Place) -> &[Place] {
        self.0.get(&made).map_or(&[], Vec::as_slice)
    }

    fn read(&mut self, evaluator: &Evaluator<'_>, module: ModuleId) {
        let script = evaluator.project.script(module);
        let places = Places::new(script);
        let mut stores: FxHashMap<&str, Vec<Place>> = FxHashMap::default();
        for expression in script.expression_ids() {
            let Kind::Global(global) = script.kind(expression) else {
                continue;
            };
            let Some(name) = global.strip_prefix('$').filter(|name| !name.is_empty()) else {
                continue;
            };
            let made = stores.entry(name).or_insert_with(|| {
                let declared = script.names.iter().position(|declared| declared.text == name);
                let uses = declared.map(|index| places.uses(NameId(index as u32)));
                let mut made: Vec<Place> = uses
                    .into_iter()
                    .flatten()
                    .flat_map(|used| evaluator.values(module, *used))
                    .filter_map(|value| value.site().map(|site| (site.module, site.expression)))
                    .collect();
                made.sort_unstable();
                made.dedup();
                made
            });
            for made in made.iter() {
                self.0.entry(*made).or_default().push((module, expression));
            }
        }
    }
}
