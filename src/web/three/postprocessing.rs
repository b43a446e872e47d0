//! Components of the libraries that draw the passes and effects behind a scene.

use super::catalogue::Category;

/// What kind of thing a component of a library for passes and effects is; none for one of another library, and for one that
/// says what others work on.
///
/// <https://react-postprocessing.docs.pmnd.rs/>, <https://post-processing.tresjs.org/>
pub(super) fn category(package: &str, path: &str, name: &str) -> Option<Category> {
    let is_of_three = match package {
        "@react-three/postprocessing" => false,
        "@tresjs/post-processing" => path.starts_with("three") || !name.ends_with("Pmndrs"),
        _ => return None,
    };
    Some(match name {
        "Select" | "Selection" => return None,
        _ if name.contains("Composer") => Category::Pass,
        _ if is_of_three => Category::Pass,
        _ => Category::Effect,
    })
}

#[cfg(test)]
mod tests {
    use super::category;

    #[test]
    fn components_are_told_by_their_library() {
        let shown = |package, path, name| {
            category(package, path, name).map(crate::web::three::catalogue::Category::as_str)
        };
        assert_eq!(
            shown("@react-three/postprocessing", "", "EffectComposer"),
            Some("pass")
        );
        assert_eq!(shown("@react-three/postprocessing", "", "Noise"), Some("effect"));
        assert_eq!(shown("@react-three/postprocessing", "", "Selection"), None);
        assert_eq!(
            shown("@tresjs/post-processing", "three", "UnrealBloom"),
            Some("pass")
        );
        assert_eq!(
            shown("@tresjs/post-processing", "", "BloomPmndrs"),
            Some("effect")
        );
        assert_eq!(shown("@react-three/drei", "", "Bloom"), None);
    }
}
