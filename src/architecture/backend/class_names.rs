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

/// Renames the definitions of models and enumerations. One whose class has a name that no other class has takes it:
/// `Pair_int_User_` becomes `Pair_int__User_`, and so do its `-Input` and `-Output`, of which the later one remains. Classes
/// of one name are told apart by their modules if `by_module`.
///
/// `known` are references with their mode and pydantic's longest name, `names` the final name of each longest one.
pub fn apply(
    builder: &Builder,
    known: &[(String, Mode, String)],
    by_module: bool,
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
        let is_alone = references.get(&name).is_some_and(|same| same.len() == 1);
        let name = match is_alone {
            true => name,
            // The name of a generic class with arguments is not one that others can refer to.
            false if !by_module || reference.contains('[') => continue,
            false => name_with_module(reference),
        };
        let keeps = [name.clone(), format!("{name}-Input"), format!("{name}-Output")];
        if !keeps.contains(current) {
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
    for (_, _, long) in known {
        if let Some(name) = names.get_mut(long)
            && let Some(new) = renamed.get(name.as_str())
        {
            name.clone_from(new);
        }
    }
}

/// `__name__` of the model, as it may stand in a path.
fn class_name(builder: &Builder, reference: &str) -> Option<String> {
    let name = match &builder.definitions.get(reference)?.kind {
        Kind::Class(class) if class.is_model => class.name.as_str(),
        Kind::Enum { .. } => path_of(reference).rsplit('.').next()?,
        _ => return None,
    };
    let clean = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
            c
        } else {
            '_'
        }
    };
    Some(name.chars().map(clean).collect())
}

/// `get_long_model_name`: module and qualified name.
fn name_with_module(reference: &str) -> String {
    path_of(reference).replace('.', "__")
}

/// The path of the class that a reference is about, without its number.
fn path_of(reference: &str) -> &str {
    reference.split(':').next().unwrap_or(reference)
}
