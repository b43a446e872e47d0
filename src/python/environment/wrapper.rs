//! Functions that hand a parameter on as the name of a variable.

use std::collections::{BTreeMap, BTreeSet};

/// How a function reads a variable that its caller names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wrapper {
    /// The parameter that is the name.
    pub(super) name: usize,
    /// The parameter that stands in for it.
    pub(super) default: Option<usize>,
    /// Text in front of the name.
    pub(super) prefix: String,
}

/// What is known of the functions of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrappers {
    /// Those that read, by function.
    pub(super) readers: BTreeMap<usize, BTreeSet<Wrapper>>,
    /// Parameters that the environment itself is given for.
    pub(super) environments: BTreeSet<(usize, usize)>,
}
