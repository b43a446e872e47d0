//! The releases of OpenAPI that a document can be written in.

mod downgrade;
mod upgrade;
mod walk;

#[cfg(test)]
pub(super) mod tests;

use serde_json::Value as Json;

/// A minor release of [OpenAPI](https://spec.openapis.org/oas/).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// 3.0, whose schemas are an older dialect of JSON Schema with additions of its own.
    V3_0,
    /// 3.1, whose schemas are those of JSON Schema 2020-12.
    V3_1,
}

impl Release {
    /// The release that a document says it is written in; absent when it is neither.
    #[must_use]
    pub fn of(document: &Json) -> Option<Self> {
        let version = document.get("openapi")?.as_str()?;
        match version.split('.').take(2).collect::<Vec<_>>().as_slice() {
            ["3", "0"] => Some(Self::V3_0),
            ["3", "1"] => Some(Self::V3_1),
            _ => None,
        }
    }
}

/// A document in a release. One that is in it already stays as it is, but for what that release does not know:
/// FastAPI writes schemas of 3.1 whatever `openapi_version` says.
#[must_use]
pub fn in_release(document: &Json, release: Release) -> Json {
    match release {
        Release::V3_0 => downgrade::downgrade(document.clone()),
        Release::V3_1 => upgrade::upgrade(document.clone()),
    }
}
