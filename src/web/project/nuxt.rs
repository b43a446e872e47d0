//! What Nuxt imports by itself: components, composables and utilities of the application, and what its modules offer
//! (<https://nuxt.com/docs/guide/concepts/auto-imports>).

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{ModuleId, Project};

/// What a name means that nothing in a file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AutoImport {
    /// What a module exports by a name.
    Export(ModuleId, EcoString),
    /// What a package exports by the same name.
    Package(&'static str),
}

/// The names that each application has everywhere.
#[derive(Debug, Default)]
pub(super) struct AutoImports(Vec<Application>);

#[derive(Debug)]
struct Application {
    /// The folder of the configuration with a slash behind it, empty for the root of the tree.
    folder: String,
    names: FxHashMap<EcoString, (ModuleId, EcoString)>,
    has_tres: bool,
}

/// Hooks of TresJS that its module for Nuxt offers (<https://docs.tresjs.org/guide/nuxt>).
const TRES: [&str; 9] = [
    "TresCanvas",
    "useGraph",
    "useLoader",
    "useLoop",
    "useRenderLoop",
    "useTres",
    "useTresContext",
    "useTresContextProvider",
    "useTresEventManager",
];

/// What it offers of the components beside it (<https://cientos.tresjs.org/>).
const CIENTOS: [&str; 43] = [
    "Align",
    "AnimatedSprite",
    "Backdrop",
    "BakeShadows",
    "Box",
    "CameraControls",
    "Circle",
    "ContactShadows",
    "CustomShaderMaterial",
    "Environment",
    "FBXModel",
    "GLTFModel",
    "GlobalAudio",
    "Grid",
    "Helper",
    "Html",
    "KeyboardControls",
    "Levioso",
    "Lightformer",
    "MapControls",
    "MeshGlassMaterial",
    "MeshWobbleMaterial",
    "MouseParallax",
    "Ocean",
    "OrbitControls",
    "PointerLockControls",
    "PositionalAudio",
    "Precipitation",
    "Reflector",
    "ScrollControls",
    "Sky",
    "Smoke",
    "Sparkles",
    "Sphere",
    "Stars",
    "Stats",
    "Text3D",
    "Torus",
    "TransformControls",
    "useAnimations",
    "useFBX",
    "useGLTF",
    "useTexture",
];

impl AutoImports {
    pub(super) fn new(project: &Project<'_>) -> Self {
        let mut found = vec![];
        for module in project.module_ids() {
            let file = &project.module(module).file;
            let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
            if name.starts_with("nuxt.config.") {
                found.push(application(project, folder, file));
            }
        }
        // Of several around a file, the innermost counts.
        found.sort_by_key(|one| std::cmp::Reverse(one.folder.len()));
        Self(found)
    }

    pub(super) fn find(&self, file: &str, name: &str) -> Option<AutoImport> {
        let mut around = self.0.iter();
        let application = around.find(|one| file.starts_with(&one.folder))?;
        if let Some((module, export)) = application.names.get(name) {
            return Some(AutoImport::Export(*module, export.clone()));
        }
        let package = match name {
            _ if !application.has_tres => return None,
            _ if TRES.contains(&name) => "@tresjs/core",
            _ if CIENTOS.contains(&name) => "@tresjs/cientos",
            _ => return None,
        };
        Some(AutoImport::Package(package))
    }
}

fn application(project: &Project<'_>, folder: &str, configuration: &str) -> Application {
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let mut names = FxHashMap::default();
    for module in project.module_ids() {
        let Some(path) = project.module(module).file.strip_prefix(&folder) else {
            continue;
        };
        // Nuxt 4 keeps the sources in `app/`.
        let path = ["app/", "src/"]
            .iter()
            .find_map(|sources| path.strip_prefix(sources))
            .unwrap_or(path);
        for (name, export) in offered(project, module, path) {
            names.entry(name).or_insert((module, export));
        }
    }
    let text = project.files.text(configuration).unwrap_or_default();
    Application {
        folder,
        names,
        has_tres: text.contains("@tresjs/nuxt"),
    }
}

/// The names that a file offers, each with what it exports by it.
fn offered(project: &Project<'_>, module: ModuleId, path: &str) -> Vec<(EcoString, EcoString)> {
    if let Some(path) = path.strip_prefix("components/") {
        let component = path.strip_suffix(".vue").map(component_name);
        return component
            .into_iter()
            .map(|name| (name, "default".into()))
            .collect();
    }
    let Some(path) = ["composables/", "utils/"]
        .iter()
        .find_map(|folder| path.strip_prefix(folder))
    else {
        return vec![];
    };
    // Only files at the top, and what indices export.
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let name = stem.strip_suffix("/index").unwrap_or(stem);
    if name.contains('/') {
        return vec![];
    }
    let exports = project.script(module).exports.iter();
    exports
        .filter(|export| export.name != "*")
        .map(|export| match export.name.as_str() {
            "default" => (camel_case(name), export.name.clone()),
            _ => (export.name.clone(), export.name.clone()),
        })
        .collect()
}

/// The name of a component by its path: `space-game/TheShip.vue` is `SpaceGameTheShip`
/// (<https://nuxt.com/docs/guide/directory-structure/components#component-names>).
fn component_name(path: &str) -> EcoString {
    let path = path.strip_suffix("/index").unwrap_or(path);
    let mut words: Vec<String> = vec![];
    for part in path.split('/') {
        let part = [".global", ".client", ".server"]
            .iter()
            .fold(part, |part, end| part.strip_suffix(end).unwrap_or(part));
        let own = words_of(part);
        // What the folder says is not said twice: `ui/UiButton.vue` is `UiButton`.
        let repeated = (1..=own.len().min(words.len()))
            .rev()
            .find(|count| words.ends_with(&own[..*count]))
            .unwrap_or(0);
        words.extend(own.into_iter().skip(repeated));
    }
    words.concat().into()
}

/// The words of a name, each with a capital in front.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut is_new = true;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            is_new = true;
            continue;
        }
        match words.last_mut() {
            Some(word) if !is_new && !letter.is_uppercase() => word.push(letter),
            _ => words.push(letter.to_uppercase().collect()),
        }
        is_new = false;
    }
    words
}

fn camel_case(name: &str) -> EcoString {
    let words = words_of(name).concat();
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str()).into()
}

#[cfg(test)]
mod tests {
    use super::{camel_case, component_name};

    #[test]
    fn components_are_named_by_their_path() {
        let names = [
            "space-game/TheShip",
            "ui/Select",
            "ui/UiButton",
            "HUD.client",
            "viewer/index",
            "a1/b",
        ];
        let names: Vec<_> = names.into_iter().map(component_name).collect();
        assert_eq!(
            names,
            ["SpaceGameTheShip", "UiSelect", "UiButton", "HUD", "Viewer", "A1B"]
        );
    }

    #[test]
    fn default_exports_are_named_by_their_file() {
        assert_eq!(camel_case("use-stats-viewer"), "useStatsViewer");
        assert_eq!(camel_case("useProjectState"), "useProjectState");
    }
}
