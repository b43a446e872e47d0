//! What is committed and dispatched (<https://vuex.vuejs.org/guide/actions.html>).

use std::collections::BTreeSet;

use super::{Modules, Part, is_whole};
use crate::web::{
    project::ModuleId,
    state::uses::{Place, Uses},
    syntax::tree::{DefinitionSource, ExpressionKind as Kind, FunctionId, PathStep, Property},
    values::Site,
};

/// A call of `commit` or `dispatch`.
pub(super) struct Sent {
    pub(super) place: Place,
    pub(super) part: Part,
    pub(super) name: String,
    /// The module whose action it stands in, unless the name is one of the whole store.
    pub(super) from: Option<usize>,
}

impl Modules {
    /// Every call of `commit` and `dispatch`.
    pub(super) fn sent(&self, uses: &Uses<'_, '_>) -> Vec<Sent> {
        let mut sent = vec![];
        for module in uses.evaluator.project.module_ids() {
            let script = uses.script(module);
            for call in script.expression_ids() {
                let Kind::Call { callee, .. } = script.kind(call) else {
                    continue;
                };
                let Some((part, from)) = self.sender(uses, (module, *callee)) else {
                    continue;
                };
                let arguments = uses.evaluator.arguments_of(&Site::alone(module, call));
                let Some(first) = arguments.first() else { continue };
                let is_root = arguments.get(2).is_some_and(|options| {
                    matches!(script.kind(options.value), Kind::Object(properties) if properties.iter().any(|property| {
                        matches!(property, Property::Named { key, value }
                            if key == "root" && matches!(script.kind(*value), Kind::Boolean(true)))
                    }))
                });
                for text in uses.evaluator.texts(&Site::alone(module, first.value)) {
                    if let Some(name) = text.as_literal() {
                        sent.push(Sent {
                            place: (module, call),
                            part,
                            name: name.to_string(),
                            from: from.filter(|_| !is_root),
                        });
                    }
                }
            }
        }
        sent
    }

    /// What a callee sends, and the module whose action it stands in.
    fn sender(&self, uses: &Uses<'_, '_>, (module, callee): Place) -> Option<(Part, Option<usize>)> {
        let script = uses.script(module);
        let part = |name: &str| match name {
            "commit" => Some(Part::Mutations),
            "dispatch" => Some(Part::Actions),
            _ => None,
        };
        match script.kind(callee) {
            // `({ commit }) => commit('…')`
            Kind::Local(name) => script.name(*name).definitions.iter().find_map(|definition| {
                match (definition.source, definition.path.first()) {
                    (DefinitionSource::Parameter(function, 0), Some(PathStep::Property(key))) => {
                        let part = part(key)?;
                        Some((part, Some(self.around(uses, module, function)?)))
                    }
                    (DefinitionSource::Expression(whole), Some(PathStep::Property(key))) => {
                        let part = part(key)?;
                        is_whole(uses, (module, whole)).then_some((part, None))
                    }
                    _ => None,
                }
            }),
            Kind::Member { object, property, .. } => {
                let part = part(property)?;
                // `context.commit('…')`
                if let Kind::Local(name) = script.kind(*object) {
                    for definition in &script.name(*name).definitions {
                        if let DefinitionSource::Parameter(function, 0) = definition.source
                            && definition.path.is_empty()
                            && let Some(own) = self.around(uses, module, function)
                        {
                            return Some((part, Some(own)));
                        }
                    }
                }
                is_whole(uses, (module, *object)).then_some((part, None))
            }
            _ => None,
        }
    }

    /// The module whose actions a function is among.
    fn around(&self, uses: &Uses<'_, '_>, module: ModuleId, function: FunctionId) -> Option<usize> {
        let script = uses.script(module);
        let own = script.function(function);
        (0..self.all.len()).find(|index| {
            let actions = self.functions(uses, *index, Part::Actions).into_iter();
            actions.map(|(_, place)| place).any(|place| {
                let whole = uses.script(place.module).expression(place.expression);
                place.module == module && whole.start <= own.start && own.end <= whole.end
            })
        })
    }

    /// The actions that write to their own module, also through others.
    pub(super) fn written_by_actions(&self, uses: &Uses<'_, '_>, sent: &[Sent]) -> BTreeSet<(usize, String)> {
        let mut writing: BTreeSet<(usize, String)> = BTreeSet::new();
        loop {
            let before = writing.len();
            for index in 0..self.all.len() {
                for (name, place) in self.functions(uses, index, Part::Actions) {
                    let whole = uses.script(place.module).expression(place.expression);
                    let is_inside = |sent: &&Sent| {
                        let at = uses.script(sent.place.0).expression(sent.place.1);
                        sent.place.0 == place.module && whole.start <= at.start && at.end <= whole.end
                    };
                    let writes = sent.iter().filter(is_inside).any(|one| {
                        let meant = self.meant(uses, one.part, &one.name, one.from).into_iter();
                        meant.into_iter().any(|(module, key)| {
                            module == index
                                && (one.part == Part::Mutations || writing.contains(&(module, key)))
                        })
                    });
                    if writes {
                        writing.insert((index, name));
                    }
                }
            }
            if writing.len() == before {
                return writing;
            }
        }
    }
}
