//! Ways into a value.

use ecow::EcoString;

use super::Path;
use crate::web::syntax::tree::PathStep;

/// A path with one more member in front.
pub(super) fn longer(first: &str, path: &[EcoString]) -> Path {
    let mut longer: Path = vec![first.into()];
    longer.extend_from_slice(path);
    longer
}

/// What is left of a path in an item of what it leads into.
pub(super) fn item(path: &[EcoString]) -> Option<Path> {
    match path {
        [] => Some(vec![]),
        [first, rest @ ..] if first == "[]" || first.parse::<u32>().is_ok() => Some(rest.to_vec()),
        // An object that is used as a table.
        [_, rest @ ..] => Some(rest.to_vec()),
    }
}

/// What is left of a path where a pattern takes a part of the value; none where it takes another part.
pub(super) fn taken(path: &[EcoString], pattern: &[PathStep]) -> Option<Path> {
    let mut path = path.to_vec();
    for step in pattern {
        path = match (step, path.as_slice()) {
            (_, []) => vec![],
            (PathStep::Property(name), [first, rest @ ..]) if first == name || first == "[]" => rest.to_vec(),
            (PathStep::Property(_), _) => return None,
            (PathStep::Item(index), [first, rest @ ..]) if first == "[]" || *first == index.to_string() => {
                rest.to_vec()
            }
            (PathStep::Item(_), _) => return None,
            (PathStep::Unknown, [_, rest @ ..]) => rest.to_vec(),
            (PathStep::Rest | PathStep::Default(_), path) => path.to_vec(),
        };
    }
    Some(path)
}
