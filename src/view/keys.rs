//! The keys that several directives take, so that they are called and explained alike.

use super::Key;

pub(super) const APP: Key = Key {
    name: "app",
    summary: "which application, as `module:name`; the first one if left out",
};
pub(super) const TAG: Key = Key {
    name: "tag",
    summary: "only endpoints with one of these tags, comma-separated",
};
pub(super) const PREFIX: Key = Key {
    name: "prefix",
    summary: "only paths below one of these, comma-separated",
};
pub(super) const METHOD: Key = Key {
    name: "method",
    summary: "only these HTTP methods, comma-separated",
};
pub(super) const MODULE: Key = Key {
    name: "module",
    summary: "only what one of these modules or packages defines, comma-separated",
};
pub(super) const INCLUDE: Key = Key {
    name: "include",
    summary: "only paths that match one of these globs, comma-separated",
};
pub(super) const EXCLUDE: Key = Key {
    name: "exclude",
    summary: "no paths that match one of these globs, comma-separated",
};
pub(super) const FOLDER: Key = Key {
    name: "module",
    summary: "only what one of these files or folders holds, comma-separated",
};
pub(super) const HIDDEN: Key = Key {
    name: "hidden",
    summary: "`true` also shows what the OpenAPI document leaves out",
};
pub(super) const LIMIT: Key = Key {
    name: "limit",
    summary: "at most so many, with a sentence about the rest",
};
pub(super) const LEVEL: Key = Key {
    name: "level",
    summary: "level of the headings, 1 to 6",
};
pub(super) const COLLAPSE: Key = Key {
    name: "collapse",
    summary: "`true` puts it behind a line that opens it",
};
pub(super) const DEPTH: Key = Key {
    name: "depth",
    summary: "how many levels are shown",
};
pub(super) const DIRECTION: Key = Key {
    name: "direction",
    summary: "`LR` (left to right) or `TD` (top down)",
};
