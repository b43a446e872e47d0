//! Atoms, which hooks ask for: <https://jotai.org/docs/core/use-atom>, <https://recoiljs.org/docs/api-reference/core/useRecoilState>.

use super::{
    made::Family,
    uses::{Place, Uses},
};
use crate::web::{
    interaction::place::Role,
    project::ModuleId,
    syntax::tree::{ExpressionKind as Kind, NameId, PathStep},
    values::{External, Origin, Site, Value},
};

/// What a call does with the atom that it is given first.
enum Asked {
    /// The value.
    Value,
    /// Value and setter.
    Both,
    /// The setter.
    Setter,
    /// It is set at once.
    Set,
}

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    if uses.of_family(Family::Atom).is_empty() {
        return;
    }
    for module in uses.evaluator.project.module_ids() {
        let script = uses.script(module);
        for call in script.expression_ids() {
            let Kind::Call { arguments, .. } = script.kind(call) else {
                continue;
            };
            let Some(first) = arguments.first().map(|first| first.value) else {
                continue;
            };
            let callees = uses.evaluator.callees(&Site::alone(module, call));
            let asked = callees.iter().find_map(|callee| match callee {
                Value::External(callee) => asked(callee),
                _ => None,
            });
            let Some(asked) = asked else { continue };
            for store in atoms(uses, (module, first)) {
                match asked {
                    Asked::Value => uses.read(store, (module, call)),
                    Asked::Set => uses.write(store, (module, call)),
                    Asked::Both => both(uses, store, (module, call)),
                    Asked::Setter => setter(uses, store, (module, call)),
                }
            }
        }
    }
}

fn asked(callee: &External) -> Option<Asked> {
    let (package, _) = callee.package()?;
    if !matches!(package.as_str(), "jotai" | "recoil") {
        return None;
    }
    if let Origin::Given { parameter, .. } = &callee.origin
        && callee.members.is_empty()
    {
        // `atom((get) => …, (get, set, value) => …)`
        return match parameter {
            0 => Some(Asked::Value),
            1 => Some(Asked::Set),
            _ => None,
        };
    }
    let last = callee.members.last()?.as_str();
    match (&callee.origin, last) {
        (Origin::Library { .. }, "useAtom" | "useRecoilState") => Some(Asked::Both),
        (
            Origin::Library { .. },
            "useAtomValue" | "useRecoilValue" | "useRecoilValueLoadable" | "useHydrateAtoms",
        ) => Some(Asked::Value),
        (
            Origin::Library { .. },
            "useSetAtom" | "useSetRecoilState" | "useResetRecoilState" | "useResetAtom",
        ) => Some(Asked::Setter),
        // What derived atoms, callbacks and stores are handed or offer.
        (Origin::Given { .. } | Origin::Result { .. }, "set" | "reset") => Some(Asked::Set),
        (Origin::Given { .. } | Origin::Result { .. }, "get" | "getPromise" | "getLoadable" | "sub") => {
            Some(Asked::Value)
        }
        _ => None,
    }
}

fn atoms(uses: &Uses<'_, '_>, (module, expression): Place) -> Vec<usize> {
    let values = uses.evaluator.values(module, expression);
    let found = values.iter().filter_map(|value| match value {
        Value::External(external) => match &external.origin {
            Origin::Result { callee, site } => uses.at(site).or_else(|| match &callee.origin {
                // An atom of a family.
                Origin::Result { site, .. } => uses.at(site),
                _ => None,
            }),
            _ => None,
        },
        _ => None,
    });
    found
        .filter(|store| uses.made[*store].family == Family::Atom)
        .collect()
}

/// `const [value, set] = useAtom(atom)`.
fn both(uses: &mut Uses<'_, '_>, store: usize, (module, call): Place) {
    let script = uses.script(module);
    let places = uses.places(module);
    let mut is_read = false;
    for (name, definition) in places.defined_by(call) {
        match script.name(*name).definitions[*definition].path.first() {
            Some(PathStep::Item(1)) => set_by_name(uses, store, module, *name),
            _ => is_read = true,
        }
    }
    if is_read || places.defined_by(call).is_empty() {
        uses.read(store, (module, call));
    }
}

/// `const set = useSetAtom(atom)`.
fn setter(uses: &mut Uses<'_, '_>, store: usize, (module, call): Place) {
    let places = uses.places(module);
    if let Some((_, Role::Callee)) = places.around(call) {
        uses.write(store, (module, call));
    }
    for (name, _) in places.defined_by(call) {
        set_by_name(uses, store, module, *name);
    }
}

/// Calls of a setter, and what it is handed to.
fn set_by_name(uses: &mut Uses<'_, '_>, store: usize, module: ModuleId, name: NameId) {
    let places = uses.places(module);
    for used in places.uses(name) {
        match places.around(*used) {
            // What an effect or a callback depends on.
            Some((_, Role::Item { .. })) => {}
            _ => uses.write(store, (module, *used)),
        }
    }
}
