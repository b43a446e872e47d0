//! Names of components after their classes: FastAPI 0.119 to 0.128.3 renamed what pydantic had named
//! (<https://github.com/fastapi/fastapi/blob/0.128.0/fastapi/_compat/v2.py>, `_remap_definitions_and_field_mappings`).

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value as Json;

use crate::python::library::schema::{
    Mode,
    build::Builder,
    definitions::{PREFIX, rename},
    shape::Kind,
};

/// Renames definitions whose class has a name that no other class has: `Pair_int_User_` becomes `Pair_int__User_`, and so do
/// its `-Input` and `-Output`, of which the later one remains.
///
/// `known` are references with their mode and pydantic's longest name, `names` the final name of each longest one.
pub fn apply(
    builder: &Builder,
    known: &[(String, Mode, String)],
    definitions: &mut IndexMap<String, Json>,
    names: &mut FxHashMap<String, String>,
) {
    let mut references: FxHashMap<String, FxHashSet<&str>> = FxHashMap::default();
    for (reference, _, _) in known {
        if let Some(name) = class_name(builder, reference) {
            references.entry(name).or_default().insert(reference);
        }
    }
    let mut renamed: FxHashMap<String, String> = FxHashMap::default();
    for (reference, _, long) in known {
        let (Some(name), Some(current)) = (class_name(builder, reference), names.get(long)) else {
            continue;
        };
        let keeps = [name.clone(), format!("{name}-Input"), format!("{name}-Output")];
        let is_alone = references.get(&name).is_some_and(|same| same.len() == 1);
        if is_alone && !keeps.contains(current) {
            renamed.insert(current.clone(), name);
        }
    }
    if renamed.is_empty() {
        return;
    }
    let refs = renamed
        .iter()
        .map(|(old, new)| (format!("{PREFIX}{old}"), format!("{PREFIX}{new}")))
        .collect();
    let written: Vec<(String, Json)> = std::mem::take(definitions).into_iter().collect();
    for (name, mut schema) in written {
        rename(&mut schema, &refs);
        definitions.insert(renamed.get(&name).cloned().unwrap_or(name), schema);
    }
    definitions.sort_keys();
    for name in names.values_mut() {
        if let Some(new) = renamed.get(name.as_str()) {
            name.clone_from(new);
        }
    }
}

/// `__name__` of the model, as it may stand in a path.
fn class_name(builder: &Builder, reference: &str) -> Option<String> {
    let shape = builder.definitions.get(reference)?;
    let Kind::Class(class) = &shape.kind else {
        return None;
    };
    let clean = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
            c
        } else {
            '_'
        }
    };
    class.is_model.then(|| class.name.chars().map(clean).collect())
}
