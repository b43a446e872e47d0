//! Stores of vuex and their modules (<https://vuex.vuejs.org/guide/modules.html>): who commits, dispatches and reads.

mod sent;

use std::collections::BTreeSet;

use super::{
    made::{Family, Made},
    uses::{Place, Uses},
};
use crate::web::{
    interaction::place::Role,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    values::{Site, Value},
};

/// Modules that stand in each other.
const MAX_DEPTH: usize = 6;

/// One module of a store; the store itself is the first.
#[derive(Clone, Debug)]
pub(super) struct Module {
    pub(super) store: usize,
    /// The keys that lead to its state.
    path: Vec<String>,
    /// What its names begin with for others, e.g. `auth/`.
    prefix: String,
    site: Site,
}

/// The modules of all stores.
#[derive(Debug, Default)]
pub(super) struct Modules {
    pub(super) all: Vec<Module>,
    /// The actions that write to the state of their own module: its index and their name.
    pub(super) writing: BTreeSet<(usize, String)>,
}

/// What of a module is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Mutations,
    Actions,
    Getters,
}

impl Part {
    fn key(self) -> &'static str {
        match self {
            Self::Mutations => "mutations",
            Self::Actions => "actions",
            Self::Getters => "getters",
        }
    }
}

pub(super) fn find(uses: &mut Uses<'_, '_>) -> Modules {
    let mut modules = Modules::default();
    for store in uses.of_family(Family::Vuex) {
        let site = uses.made[store].site.clone();
        let Some(options) = uses
            .evaluator
            .arguments_of(&site)
            .first()
            .map(|first| first.value)
        else {
            continue;
        };
        let place = Site::alone(site.module, options);
        if let Some(object) = object(uses, &place) {
            let root = Module {
                store,
                path: vec![],
                prefix: String::new(),
                site: object,
            };
            modules.add(uses, root, 0);
        }
    }
    if modules.all.is_empty() {
        return modules;
    }
    modules.mutations(uses);
    let sent = modules.sent(uses);
    modules.writing = modules.written_by_actions(uses, &sent);
    for one in &sent {
        for (module, key) in modules.meant(uses, one.part, &one.name, one.from) {
            let writes = match one.part {
                Part::Mutations => true,
                _ => modules.writing.contains(&(module, key)),
            };
            if writes {
                uses.write(modules.all[module].store, one.place);
            }
        }
    }
    modules.read(uses);
    modules
}

fn object(uses: &Uses<'_, '_>, place: &Site) -> Option<Site> {
    let values = uses.evaluator.values_at(place);
    values.into_iter().find_map(|value| match value {
        Value::Object(object) => Some(object),
        _ => None,
    })
}

impl Modules {
    fn add(&mut self, uses: &mut Uses<'_, '_>, module: Module, depth: usize) {
        let inner = uses.evaluator.properties(&module.site);
        let (path, prefix) = (module.path.clone(), module.prefix.clone());
        self.all.push(module);
        let Some((_, inner)) = inner.into_iter().find(|(key, _)| key == "modules") else {
            return;
        };
        let Some(inner) = object(uses, &inner).filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        for (key, place) in uses.evaluator.properties(&inner) {
            let Some(site) = object(uses, &place) else {
                continue;
            };
            let properties = uses.evaluator.properties(&site);
            let is_namespaced = properties.iter().any(|(key, place)| {
                key == "namespaced" && uses.evaluator.values_at(place) == [Value::Boolean(true)]
            });
            let mut path = path.clone();
            path.push(key.to_string());
            let store = uses.add(Made {
                site: site.clone(),
                kind: "vuex:module".to_owned(),
                name: path.join("/"),
                family: Family::Vuex,
            });
            let prefix = if is_namespaced {
                format!("{prefix}{key}/")
            } else {
                prefix.clone()
            };
            let module = Module {
                store,
                path,
                prefix,
                site,
            };
            self.add(uses, module, depth + 1);
        }
    }

    /// The places of a module's own functions of some kind, by name.
    fn functions(&self, uses: &Uses<'_, '_>, module: usize, part: Part) -> Vec<(String, Site)> {
        let properties = uses.evaluator.properties(&self.all[module].site);
        let Some((_, place)) = properties.into_iter().find(|(key, _)| key == part.key()) else {
            return vec![];
        };
        let Some(object) = object(uses, &place) else {
            return vec![];
        };
        let own = uses.evaluator.properties(&object).into_iter();
        own.map(|(key, place)| (key.to_string(), place)).collect()
    }

    /// Mutations write to the state of their module.
    fn mutations(&self, uses: &mut Uses<'_, '_>) {
        for (index, module) in self.all.iter().enumerate() {
            for (_, place) in self.functions(uses, index, Part::Mutations) {
                for value in uses.evaluator.values_at(&place) {
                    if let Value::Function(mutation) = value
                        && let Some(first) = uses
                            .places(mutation.module)
                            .of_function(mutation.function)
                            .first()
                    {
                        uses.write(module.store, (mutation.module, *first));
                    }
                }
            }
        }
    }

    /// The modules that have a function of this name, as it is called from a module or from outside, with its key there.
    pub(super) fn meant(
        &self,
        uses: &Uses<'_, '_>,
        part: Part,
        name: &str,
        from: Option<usize>,
    ) -> Vec<(usize, String)> {
        let prefix = from.map_or("", |from| self.all[from].prefix.as_str());
        let whole = format!("{prefix}{name}");
        let mut found = vec![];
        for (index, module) in self.all.iter().enumerate() {
            let Some(key) = whole.strip_prefix(&module.prefix) else {
                continue;
            };
            let own = self.functions(uses, index, part);
            if own.iter().any(|(own, _)| own == key) {
                found.push((index, key.to_owned()));
            }
        }
        found
    }

    /// The module that a mapping's first argument names.
    pub(super) fn named(&self, namespace: &str) -> Option<usize> {
        let prefix = format!("{}/", namespace.trim_end_matches('/'));
        self.all.iter().position(|module| module.prefix == prefix)
    }

    /// The innermost module whose state a way from the whole state leads into.
    pub(super) fn of_path<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Option<usize> {
        let keys: Vec<&str> = keys.collect();
        let modules = self.all.iter().enumerate();
        modules
            .filter(|(_, module)| {
                module.path.len() <= keys.len() && module.path.iter().zip(&keys).all(|(one, two)| one == two)
            })
            .max_by_key(|(_, module)| module.path.len())
            .map(|(index, _)| index)
    }

    /// `store.state.auth.user`, `$store.getters['auth/user']`.
    fn read(&self, uses: &mut Uses<'_, '_>) {
        for module in uses.evaluator.project.module_ids() {
            let script = uses.script(module);
            for expression in script.expression_ids() {
                let Kind::Member { object, property, .. } = script.kind(expression) else {
                    continue;
                };
                let is_part = matches!(property.as_str(), "state" | "getters");
                if !is_part || !is_whole(uses, (module, *object)) {
                    continue;
                }
                let keys = after(uses, (module, expression));
                let found = if property == "state" {
                    self.of_path(keys.iter().map(String::as_str))
                        .into_iter()
                        .collect()
                } else {
                    let meant = keys.first().map(|key| self.meant(uses, Part::Getters, key, None));
                    meant
                        .unwrap_or_default()
                        .into_iter()
                        .map(|(module, _)| module)
                        .collect::<Vec<_>>()
                };
                for index in found {
                    uses.read(self.all[index].store, (module, expression));
                }
            }
        }
    }
}

/// Whether an expression is a store of vuex: by its variable, `this.$store`, `$store` of a template, `useStore()`.
fn is_whole(uses: &Uses<'_, '_>, (module, expression): Place) -> bool {
    let script = uses.script(module);
    match script.kind(expression) {
        Kind::Member { property, .. } => property == "$store",
        Kind::Global(name) => name == "$store",
        Kind::Local(_) | Kind::Call { .. } => {
            uses.evaluator
                .values(module, expression)
                .iter()
                .any(|value| match value {
                    Value::External(external) => {
                        let is_made = external.site().is_some_and(|site| {
                            uses.at(site)
                                .is_some_and(|store| uses.made[store].family == Family::Vuex)
                        });
                        let is_asked = matches!(&external.origin, crate::web::values::Origin::Result { callee, .. }
                            if callee.of_package("vuex").as_deref() == Some("useStore"));
                        external.members.is_empty() && (is_made || is_asked)
                    }
                    _ => false,
                })
        }
        _ => false,
    }
}

/// The keys that are taken of an expression, one after the other.
fn after(uses: &Uses<'_, '_>, (module, expression): Place) -> Vec<String> {
    let script = uses.script(module);
    let places = uses.places(module);
    let mut keys = vec![];
    let mut whole: ExpressionId = expression;
    while let Some((around, role)) = places.around(whole) {
        match role {
            Role::Object(property) => keys.push(property.to_string()),
            Role::Indexed => match script.kind(around) {
                Kind::Index { index, .. } => match script.kind(*index) {
                    Kind::Text(text) => keys.push(text.to_string()),
                    _ => break,
                },
                _ => break,
            },
            _ => break,
        }
        whole = around;
    }
    keys
}
