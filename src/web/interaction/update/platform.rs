//! The browser: page, storage, navigation.

use super::{Change, target};
use crate::web::{
    interaction::UpdateKind,
    values::{External, Origin},
};

pub(super) fn of_platform(external: &External, written: &str) -> Option<Change> {
    let last = external.members.last()?.as_str();
    let path = external.path();
    let is_global = external.origin == Origin::Global;
    if is_global && (path.contains("localStorage.") || path.contains("sessionStorage.")) {
        return matches!(last, "setItem" | "removeItem" | "clear")
            .then(|| Change::new(UpdateKind::Storage, path.split('.').next().unwrap_or_default()));
    }
    if is_global
        && matches!(
            path.as_str(),
            "location.assign"
                | "location.replace"
                | "location.reload"
                | "history.pushState"
                | "history.replaceState"
        )
    {
        return Some(Change::new(UpdateKind::Navigation, "page"));
    }
    (changes_document(last) && is_of_document(external) && !external.members.is_empty())
        .then(|| Change::new(UpdateKind::Document, target(written)))
}

/// `document` and what it gives.
pub(super) fn is_of_document(external: &External) -> bool {
    match &external.origin {
        Origin::Global => external.members.first().is_some_and(|first| first == "document"),
        Origin::Result { callee, .. } | Origin::Given { callee, .. } => is_of_document(callee),
        _ => false,
    }
}

pub(super) fn is_element_type(annotation: &str) -> bool {
    annotation.split(['|', '<', '>', ' ', ',']).any(|part| {
        part.starts_with("HTML") && part.ends_with("Element") || part == "Element" || part == "SVGElement"
    })
}

/// Methods of the document's nodes that change what is seen.
pub(super) fn changes_document(method: &str) -> bool {
    matches!(
        method,
        "append"
            | "appendChild"
            | "prepend"
            | "replaceChildren"
            | "replaceWith"
            | "insertBefore"
            | "insertAdjacentHTML"
            | "insertAdjacentElement"
            | "remove"
            | "removeChild"
            | "setAttribute"
            | "removeAttribute"
            | "toggle"
            | "showModal"
    )
}
