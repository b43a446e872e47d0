//! Ids of nodes, groups and participants: from names, so that a diff shows only what changed.

use std::collections::BTreeMap;

/// Gives each name an id of ASCII letters, digits and `_`, the same one each time.
#[derive(Clone, Debug, Default)]
pub(super) struct Identifiers {
    by_name: BTreeMap<String, String>,
    taken: BTreeMap<String, ()>,
}

impl Identifiers {
    /// The id of a name. The prefix keeps clear of Mermaid's keywords and of ids that begin with `o` or `x`, which are
    /// arrow heads after a line.
    pub(super) fn id(&mut self, prefix: &str, name: &str) -> String {
        let key = format!("{prefix}{name}");
        if let Some(id) = self.by_name.get(&key) {
            return id.clone();
        }
        let plain: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .take(60)
            .collect();
        let mut id = format!("{prefix}_{plain}");
        // Different names may come out alike (`a-b`, `a_b`); the hash of the name keeps the second one's id stable.
        while self.taken.insert(id.clone(), ()).is_some() {
            id = format!("{id}_{:08x}", fnv1a(&key));
        }
        self.by_name.insert(key, id.clone());
        id
    }
}

/// 32-bit FNV-1a: short, and the same on every platform.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
