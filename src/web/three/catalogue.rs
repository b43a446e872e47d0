//! The classes of three.js: what each inherits from, and so what kind of thing it is.
//!
//! The names, bases and folders are those of r139 and r185, core and addons (`examples/jsm`). The kind is decided by the
//! chain of bases, then by the folder of an addon; only a name that is not known is judged by its last word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A class: its base, `-` without one, and the folder of the addons that it stands in, `core` for none.
struct Class {
    base: &'static str,
    folder: &'static str,
}

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
    let lines = include_str!("classes.txt").lines();
    lines
        .filter_map(|line| {
            let mut words = line.split(' ');
            let name = words.next()?;
            let (base, folder) = (words.next()?, words.next()?);
            Some((name, Class { base, folder }))
        })
        .collect()
});

macro_rules! categories {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What kind of thing a class makes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Category {
            $($(#[$doc])* $variant,)*
        }

        impl Category {
            /// In one word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

categories! {
    /// Draws a scene.
    Renderer = "renderer",
    /// What a scene is seen through.
    Camera = "camera",
    /// Moves a camera or an object by what a person does.
    Controls = "controls",
    /// Lights a scene.
    Light = "light",
    /// Loads files.
    Loader = "loader",
    /// Stands in a scene.
    Object = "object",
    /// The shape of an object.
    Geometry = "geometry",
    /// The surface of an object.
    Material = "material",
    /// An image on a surface.
    Texture = "texture",
    /// Shows what is otherwise not seen.
    Helper = "helper",
    /// Holds what is drawn.
    Scene = "scene",
    /// Fog in a scene.
    Fog = "fog",
    /// Vectors, matrices, colours, volumes.
    Math = "math",
    /// Data of a geometry.
    Attribute = "attribute",
    /// A curve or path.
    Curve = "curve",
    /// Works on the picture that was drawn.
    Pass = "pass",
    /// Moves objects by clips.
    Animation = "animation",
    /// Sound.
    Audio = "audio",
    /// Headsets and their controllers.
    Webxr = "webxr",
    /// Writes files.
    Exporter = "exporter",
    /// Draws a scene in a special manner.
    Effect = "effect",
    /// What is drawn into instead of the page.
    Rendertarget = "rendertarget",
    /// Finds what a ray hits.
    Raycaster = "raycaster",
    /// Measures time.
    Clock = "clock",
    /// None of these.
    Other = "other",
}

/// Classes from which a kind is inherited; the nearest decides.
const KINDS: &[(&str, Category)] = &[
    ("Scene", Category::Scene),
    ("Camera", Category::Camera),
    ("CubeCamera", Category::Camera),
    ("Light", Category::Light),
    ("Audio", Category::Audio),
    ("AudioListener", Category::Audio),
    ("Object3D", Category::Object),
    ("BufferGeometry", Category::Geometry),
    ("Material", Category::Material),
    ("NodeMaterial", Category::Material),
    ("Texture", Category::Texture),
    ("Loader", Category::Loader),
    ("Controls", Category::Controls),
    ("BufferAttribute", Category::Attribute),
    ("InterleavedBuffer", Category::Attribute),
    ("InterleavedBufferAttribute", Category::Attribute),
    ("Curve", Category::Curve),
    ("Pass", Category::Pass),
    ("EffectComposer", Category::Pass),
    ("RenderPipeline", Category::Pass),
    ("PostProcessing", Category::Pass),
    ("RenderTarget", Category::Rendertarget),
    ("WebGLRenderTarget", Category::Rendertarget),
    ("Renderer", Category::Renderer),
    ("Fog", Category::Fog),
    ("FogExp2", Category::Fog),
    ("Raycaster", Category::Raycaster),
    ("Clock", Category::Clock),
    ("Timer", Category::Clock),
    ("AnimationMixer", Category::Animation),
    ("AnimationClip", Category::Animation),
    ("AnimationObjectGroup", Category::Animation),
    ("KeyframeTrack", Category::Animation),
];

/// Classes of mathematics, without a number behind them.
const MATH: &[&str] = &[
    "Vector",
    "Matrix",
    "Box",
    "Line",
    "SphericalHarmonics",
    "Quaternion",
    "Euler",
    "Color",
    "Sphere",
    "Plane",
    "Ray",
    "Spherical",
    "Cylindrical",
    "Triangle",
    "Frustum",
    "FrustumArray",
    "Octree",
    "Capsule",
    "OBB",
    "ConvexHull",
];

/// Last words of names, for classes that are not known.
const LAST_WORDS: &[(&str, Category)] = &[
    ("Renderer", Category::Renderer),
    ("Camera", Category::Camera),
    ("Controls", Category::Controls),
    ("Light", Category::Light),
    ("Loader", Category::Loader),
    ("Geometry", Category::Geometry),
    ("Material", Category::Material),
    ("Texture", Category::Texture),
    ("Helper", Category::Helper),
    ("Scene", Category::Scene),
    ("Fog", Category::Fog),
    ("Attribute", Category::Attribute),
    ("Curve", Category::Curve),
    ("Pass", Category::Pass),
    ("Composer", Category::Pass),
    ("Mixer", Category::Animation),
    ("Audio", Category::Audio),
    ("Exporter", Category::Exporter),
    ("Effect", Category::Effect),
    ("RenderTarget", Category::Rendertarget),
];

/// Longest chain of bases.
const MAX_BASES: usize = 12;

/// Whether three.js has a class of this name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    CLASSES.contains_key(name)
}

/// The class that a class inherits from.
#[must_use]
pub fn base(name: &str) -> Option<&'static str> {
    CLASSES
        .get(name)
        .map(|class| class.base)
        .filter(|base| *base != "-")
}

/// What kind of thing a class makes.
#[must_use]
pub fn category(name: &str) -> Category {
    let Some(class) = CLASSES.get(name) else {
        return by_last_word(name).unwrap_or(Category::Other);
    };
    let inherited = inherited(name);
    let is_helper = name.ends_with("Helper") && !matches!(inherited, Some(Category::Controls));
    if is_helper {
        return Category::Helper;
    }
    if let Some(category) = inherited {
        return category;
    }
    if MATH.contains(&name.trim_end_matches(|letter: char| letter.is_ascii_digit())) {
        return Category::Math;
    }
    by_folder(name, class.folder).unwrap_or(Category::Other)
}

fn inherited(name: &str) -> Option<Category> {
    let mut next = name;
    for _ in 0..MAX_BASES {
        if let Some((_, category)) = KINDS.iter().find(|(class, _)| *class == next) {
            return Some(*category);
        }
        next = base(next)?;
    }
    None
}

/// A class without a telling base is judged by the folder of the addons, and by its last word where that agrees.
fn by_folder(name: &str, folder: &str) -> Option<Category> {
    let expected = match folder {
        "controls" => Category::Controls,
        "renderers" | "core" => Category::Renderer,
        "exporters" => Category::Exporter,
        "effects" => Category::Effect,
        "webxr" => return Some(Category::Webxr),
        "loaders" => Category::Loader,
        _ => return None,
    };
    by_last_word(name).filter(|found| *found == expected)
}

fn by_last_word(name: &str) -> Option<Category> {
    LAST_WORDS
        .iter()
        .find(|(word, _)| name.ends_with(word))
        .map(|(_, category)| *category)
}

#[cfg(test)]
mod tests {
    use super::{Category, base, category};

    #[test]
    fn a_kind_is_inherited() {
        assert_eq!(category("RoomEnvironment"), Category::Scene);
        assert_eq!(category("Sky"), Category::Object);
        assert_eq!(category("LogLuvLoader"), Category::Loader);
        assert_eq!(category("GridHelper"), Category::Helper);
        assert_eq!(base("Mesh"), Some("Object3D"));
    }

    #[test]
    fn a_name_alone_says_nothing_of_a_known_class() {
        // Neither inherits from what its last word says.
        assert_eq!(category("FlakesTexture"), Category::Other);
        assert_eq!(category("GLBufferAttribute"), Category::Other);
        assert_eq!(category("GPUComputationRenderer"), Category::Other);
        assert_eq!(category("WebGLRenderer"), Category::Renderer);
        assert_eq!(category("Vector3"), Category::Math);
        assert_eq!(category("Line2"), Category::Object);
        assert_eq!(category("Line3"), Category::Math);
    }

    #[test]
    fn an_unknown_class_is_judged_by_its_last_word() {
        assert_eq!(category("SplatLoader"), Category::Loader);
        assert_eq!(category("GUI"), Category::Other);
    }
}
