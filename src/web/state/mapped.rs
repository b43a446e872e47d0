//! Helpers that map a store into the options of a component: vuex's (<https://vuex.vuejs.org/guide/state.html#the-mapstate-helper>),
//! pinia's (<https://pinia.vuejs.org/cookbook/options-api.html>), and fields (<https://github.com/maoberlehner/vuex-map-fields>).

use super::{
    made::Family,
    uses::{Place, Uses, Way},
    vuex::{Modules, Part},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, PathStep, Property},
    values::{Origin, Site, Value},
};

/// One name that a helper gives the component.
struct Mapped {
    /// Its name in the component.
    own: String,
    /// Its name in the store.
    name: String,
    /// A function that picks it of the state.
    picks: Option<ExpressionId>,
}

pub(super) fn find(uses: &mut Uses<'_, '_>, modules: &Modules) {
    let has_pinia = !uses.of_family(Family::Pinia).is_empty();
    if modules.all.is_empty() && !has_pinia {
        return;
    }
    for module in uses.evaluator.project.module_ids() {
        let script = uses.script(module);
        for call in script.expression_ids() {
            if let Some((package, helper, namespace)) = helper(uses, (module, call)) {
                match package {
                    "pinia" => pinia(uses, (module, call), &helper),
                    _ => vuex(uses, modules, (module, call), &helper, namespace),
                }
            }
        }
    }
}

/// The helper that a call is one of, with the module that it is made for.
fn helper(uses: &Uses<'_, '_>, (module, call): Place) -> Option<(&'static str, String, Option<String>)> {
    let script = uses.script(module);
    if !matches!(script.kind(call), Kind::Call { .. }) {
        return None;
    }
    let callees = uses.evaluator.callees(&Site::alone(module, call));
    callees.iter().find_map(|callee| {
        let Value::External(callee) = callee else {
            return None;
        };
        let last = callee.members.last()?;
        last.starts_with("map").then_some(())?;
        let (package, _) = callee.package()?;
        let package = match package.as_str() {
            "pinia" => "pinia",
            "vuex" | "vuex-map-fields" => "vuex",
            _ => return None,
        };
        // `createNamespacedHelpers('auth').mapState`
        let namespace = match &callee.origin {
            Origin::Result { site, .. } => {
                let first = uses.evaluator.arguments_of(site).first()?.value;
                let texts = uses.evaluator.texts(&Site::alone(site.module, first));
                texts.first()?.as_literal().map(|text| text.to_string())
            }
            _ => None,
        };
        Some((package, last.to_string(), namespace))
    })
}

/// `mapState(useStore, ['count'])`
fn pinia(uses: &mut Uses<'_, '_>, (module, call): Place, helper: &str) {
    let arguments = uses.evaluator.arguments_of(&Site::alone(module, call));
    let stores: Vec<(usize, ExpressionId)> = arguments
        .iter()
        .filter_map(|argument| Some((uses.store_at((module, argument.value))?.0, argument.value)))
        .filter(|(store, _)| uses.made[*store].family == Family::Pinia)
        .collect();
    if helper == "mapStores" {
        return;
    }
    let (Some((store, _)), Some(names)) = (stores.first(), arguments.get(1)) else {
        return;
    };
    for mapped in mapped(uses, (module, names.value)) {
        let site = uses.made[*store].site.clone();
        let actions = uses.evaluator.actions_of_store(&site, &mapped.name);
        let writes = actions.iter().any(|action| match action {
            Value::Function(action) => uses.writing.contains(&(action.module, action.function)),
            _ => false,
        });
        for (place, way) in used(uses, module, &mapped.own) {
            match (actions.is_empty(), writes) {
                (true, _) if helper != "mapActions" => uses.note(*store, place, way),
                (false, true) => uses.write(*store, place),
                _ => {}
            }
        }
    }
}

/// `mapState('auth', ['user'])`
fn vuex(
    uses: &mut Uses<'_, '_>,
    modules: &Modules,
    (module, call): Place,
    helper: &str,
    namespace: Option<String>,
) {
    let arguments = uses.evaluator.arguments_of(&Site::alone(module, call));
    let (namespace, names) = match (namespace, arguments.as_slice()) {
        (None, [namespace, names]) => {
            let texts = uses.evaluator.texts(&Site::alone(module, namespace.value));
            let Some(text) = texts.first().and_then(|text| text.as_literal()) else {
                return;
            };
            (Some(text.to_string()), names.value)
        }
        (namespace, [names]) => (namespace, names.value),
        _ => return,
    };
    let own = namespace
        .as_deref()
        .and_then(|namespace| modules.named(namespace));
    if namespace.is_some() && own.is_none() {
        return;
    }
    for mapped in mapped(uses, (module, names)) {
        let meant: Vec<(usize, bool)> = match helper {
            "mapMutations" | "mapActions" => {
                let part = if helper == "mapActions" {
                    Part::Actions
                } else {
                    Part::Mutations
                };
                let meant = modules.meant(uses, part, &mapped.name, own).into_iter();
                meant
                    .filter(|key| part == Part::Mutations || modules.writing.contains(key))
                    .map(|(module, _)| (module, true))
                    .collect()
            }
            "mapGetters" => {
                let meant = modules.meant(uses, Part::Getters, &mapped.name, own).into_iter();
                meant.map(|(module, _)| (module, false)).collect()
            }
            _ => {
                let keys = match mapped.picks {
                    Some(picks) => picked(uses, (module, picks)),
                    None => mapped.name.split('.').map(str::to_owned).collect(),
                };
                let found = own.or_else(|| modules.of_path(keys.iter().map(String::as_str)));
                found.into_iter().map(|module| (module, false)).collect()
            }
        };
        for (place, way) in used(uses, module, &mapped.own) {
            for (index, is_write) in &meant {
                let store = modules.all[*index].store;
                uses.note(store, place, if *is_write { Way::Write } else { way });
            }
        }
    }
}

/// The keys that `state => state.auth.user` takes.
fn picked(uses: &Uses<'_, '_>, (module, function): Place) -> Vec<String> {
    use crate::web::interaction::place::Role;
    let script = uses.script(module);
    let Kind::Function(function) = script.kind(function) else {
        return vec![];
    };
    let places = uses.places(module);
    let mut keys = vec![];
    for (name, definition) in places.parameters(*function, 0) {
        if let Some(PathStep::Property(key)) = script.name(*name).definitions[*definition].path.first() {
            return vec![key.to_string()];
        }
        for used in places.uses(*name) {
            let mut whole = *used;
            while let Some((around, Role::Object(property))) = places.around(whole) {
                keys.push(property.to_string());
                whole = around;
            }
            if !keys.is_empty() {
                return keys;
            }
        }
    }
    keys
}

/// `['a', 'b']`, `{ a: 'b' }`, `{ a: state => state.b }`.
fn mapped(uses: &Uses<'_, '_>, (module, names): Place) -> Vec<Mapped> {
    let script = uses.script(module);
    match script.kind(names) {
        Kind::Array(items) => items
            .iter()
            .filter_map(|item| match script.kind(item.value) {
                Kind::Text(text) => Some(Mapped {
                    own: text.rsplit(['.', '/']).next().unwrap_or(text).to_owned(),
                    name: text.to_string(),
                    picks: None,
                }),
                _ => None,
            })
            .collect(),
        Kind::Object(properties) => properties
            .iter()
            .filter_map(|property| match property {
                Property::Named { key, value } => Some(Mapped {
                    own: key.to_string(),
                    name: match script.kind(*value) {
                        Kind::Text(text) => text.to_string(),
                        _ => key.to_string(),
                    },
                    picks: matches!(script.kind(*value), Kind::Function(_)).then_some(*value),
                }),
                _ => None,
            })
            .collect(),
        _ => vec![],
    }
}

/// Where a component uses one of its members: `this.name`, `name` in its template.
fn used(uses: &Uses<'_, '_>, module: ModuleId, name: &str) -> Vec<(Place, Way)> {
    let script = uses.script(module);
    let is_used = |id: &ExpressionId| match script.kind(*id) {
        Kind::Member { object, property, .. } => {
            property == name && matches!(script.kind(*object), Kind::This)
        }
        Kind::Global(global) => global == name,
        _ => false,
    };
    let places = script.expression_ids().filter(is_used);
    places.map(|id| ((module, id), uses.way((module, id)))).collect()
}
