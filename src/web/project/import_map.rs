//! Import maps of pages (<https://html.spec.whatwg.org/multipage/webappapis.html#import-maps>).

use std::collections::BTreeMap;

use super::tsconfig;

/// `imports` of a map; what is no address is left out.
pub(super) fn parse(text: &str) -> BTreeMap<String, String> {
    let Some(map) = tsconfig::parse(text) else {
        return BTreeMap::new();
    };
    let imports = map.get("imports").and_then(serde_json::Value::as_object);
    imports
        .into_iter()
        .flatten()
        .filter_map(|(specifier, address)| Some((specifier.clone(), address.as_str()?.to_owned())))
        .collect()
}

/// The address of a specifier: that of itself, else of the longest beginning that ends with `/`.
pub(super) fn address(imports: &BTreeMap<String, String>, specifier: &str) -> Option<String> {
    if let Some(address) = imports.get(specifier) {
        return Some(address.clone());
    }
    let (prefix, address) = imports
        .iter()
        .filter(|(prefix, _)| prefix.ends_with('/') && specifier.starts_with(prefix.as_str()))
        .max_by_key(|(prefix, _)| prefix.len())?;
    Some(format!("{address}{}", &specifier[prefix.len()..]))
}
