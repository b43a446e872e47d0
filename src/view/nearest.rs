//! The nearest valid name, for help.

/// `did you mean …?`, if one of the names is near enough to be meant.
pub(super) fn nearest<T: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = T>) -> Option<String> {
    let lower = name.to_lowercase();
    let mut best: Option<(f64, String)> = None;
    for candidate in candidates {
        let candidate = candidate.as_ref();
        let likeness = strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase());
        // A strict comparison keeps the first of two that are equally near, so the answer does not depend on more than order.
        if likeness >= 0.45 && best.as_ref().is_none_or(|(found, _)| likeness > *found) {
            best = Some((likeness, candidate.to_owned()));
        }
    }
    best.map(|(_, candidate)| format!("did you mean `{candidate}`?"))
}
