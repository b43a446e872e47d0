//! What kind of thing a class of three.js is.

/// What kind of thing the instances of a class are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Draws a scene.
    Renderer,
    /// What a scene is seen through.
    Camera,
    /// Turns input into movement.
    Controls,
    /// Lights a scene.
    Light,
    /// Reads files.
    Loader,
    /// Has a place in a scene: meshes, groups, lines, points.
    Object,
    /// The shape of an object.
    Geometry,
    /// The surface of an object.
    Material,
    /// An image for a surface.
    Texture,
    /// Shows what is not seen otherwise.
    Helper,
    /// The root of what is drawn.
    Scene,
    /// Fog.
    Fog,
    /// Vectors, colors, shapes to reckon with.
    Math,
    /// Data of a geometry.
    Attribute,
    /// A curve, path or outline.
    Curve,
    /// A step after drawing, or what runs such steps.
    Pass,
    /// Moves objects by keyframes.
    Animation,
    /// Sound.
    Audio,
    /// Headsets and their controllers.
    Webxr,
    /// Writes files.
    Exporter,
    /// A renderer around another one.
    Effect,
    /// What is drawn into instead of the canvas.
    Rendertarget,
    /// Finds what is under the pointer.
    Raycaster,
    /// Measures time.
    Clock,
    /// A part of a world of a physics engine.
    Physics,
    /// Everything else.
    Other,
}

use Category as C;

/// Base classes that decide, wherever a class stands.
const ROOTS: [(&str, Category); 18] = [
    ("Loader", C::Loader),
    ("Material", C::Material),
    ("BufferGeometry", C::Geometry),
    ("Geometry", C::Geometry),
    ("Light", C::Light),
    ("Texture", C::Texture),
    ("RenderTarget", C::Rendertarget),
    ("Pass", C::Pass),
    ("Controls", C::Controls),
    ("BufferAttribute", C::Attribute),
    ("InterleavedBuffer", C::Attribute),
    ("InterleavedBufferAttribute", C::Attribute),
    ("Camera", C::Camera),
    ("Scene", C::Scene),
    ("Raycaster", C::Raycaster),
    ("Clock", C::Clock),
    ("Timer", C::Clock),
    ("Node", C::Other),
];

/// Base classes that decide where no folder does: nearly everything in a scene is an `Object3D`.
const GENERAL_ROOTS: [(&str, Category); 5] = [
    ("WebGLRenderer", C::Renderer),
    ("Renderer", C::Renderer),
    ("RenderPipeline", C::Pass),
    ("PostProcessing", C::Pass),
    ("Object3D", C::Object),
];

/// Folders that hold one kind of thing, whatever it inherits from.
const FOLDERS: [(&str, Category); 4] = [
    ("src/cameras/", C::Camera),
    ("src/audio/", C::Audio),
    ("src/helpers/", C::Helper),
    ("addons/helpers/", C::Helper),
];

/// Folders that hold one kind of thing besides objects of the scene.
const GENERAL_FOLDERS: [(&str, Category); 14] = [
    ("src/math/", C::Math),
    ("addons/math/", C::Math),
    ("src/animation/", C::Animation),
    ("addons/animation/", C::Animation),
    ("src/objects/", C::Object),
    ("src/renderers/webxr/", C::Webxr),
    ("addons/webxr/", C::Webxr),
    ("addons/controls/", C::Controls),
    ("addons/postprocessing/", C::Pass),
    ("addons/exporters/", C::Exporter),
    ("addons/effects/", C::Effect),
    ("addons/loaders/", C::Loader),
    ("addons/geometries/", C::Geometry),
    ("addons/renderers/", C::Renderer),
];

/// Last words of names, the longer before the shorter.
const SUFFIXES: [(&str, Category); 23] = [
    ("RenderTarget", C::Rendertarget),
    ("Renderer", C::Renderer),
    ("Camera", C::Camera),
    ("Controls", C::Controls),
    ("Light", C::Light),
    ("Loader", C::Loader),
    ("Geometry", C::Geometry),
    ("Material", C::Material),
    ("Texture", C::Texture),
    ("Helper", C::Helper),
    ("Scene", C::Scene),
    ("Pass", C::Pass),
    ("Composer", C::Pass),
    ("BufferAttribute", C::Attribute),
    ("Curve", C::Curve),
    ("Curve3", C::Curve),
    ("AnimationMixer", C::Animation),
    ("KeyframeTrack", C::Animation),
    ("Exporter", C::Exporter),
    ("Effect", C::Effect),
    ("Raycaster", C::Raycaster),
    ("Mesh", C::Object),
    ("Object3D", C::Object),
];

impl Category {
    /// In lower case, as one word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            C::Renderer => "renderer",
            C::Camera => "camera",
            C::Controls => "controls",
            C::Light => "light",
            C::Loader => "loader",
            C::Object => "object",
            C::Geometry => "geometry",
            C::Material => "material",
            C::Texture => "texture",
            C::Helper => "helper",
            C::Scene => "scene",
            C::Fog => "fog",
            C::Math => "math",
            C::Attribute => "attribute",
            C::Curve => "curve",
            C::Pass => "pass",
            C::Animation => "animation",
            C::Audio => "audio",
            C::Webxr => "webxr",
            C::Exporter => "exporter",
            C::Effect => "effect",
            C::Rendertarget => "rendertarget",
            C::Raycaster => "raycaster",
            C::Clock => "clock",
            C::Physics => "physics",
            C::Other => "other",
        }
    }

    /// Of a class of three.js by its chain of base classes, itself first, and its module.
    pub(super) fn of_known(chain: &[&str], module: &str) -> Self {
        let name = chain.first().copied().unwrap_or_default();
        let by_root = |roots: &[(&str, Self)]| {
            let found = chain
                .iter()
                .find_map(|class| roots.iter().find(|(root, _)| root == class));
            found.map(|(_, category)| *category)
        };
        let by_folder = |folders: &[(&str, Self)]| {
            let found = folders.iter().find(|(folder, _)| module.starts_with(folder));
            found.map(|(_, category)| *category)
        };
        if name.ends_with("Helper") {
            return C::Helper;
        }
        if matches!(name, "Fog" | "FogExp2") {
            return C::Fog;
        }
        by_root(&ROOTS)
            .or_else(|| is_curve(chain, module).then_some(C::Curve))
            .or_else(|| by_folder(&FOLDERS))
            .or_else(|| by_root(&GENERAL_ROOTS))
            .or_else(|| by_folder(&GENERAL_FOLDERS).filter(|found| found.suits(name)))
            .unwrap_or(C::Other)
    }

    /// Whether a folder's kind is that of a class of this name: beside a loader or renderer stand the parts of one, and
    /// noise is no value to reckon with.
    fn suits(self, name: &str) -> bool {
        match self {
            C::Loader | C::Renderer | C::Exporter | C::Geometry => Self::by_suffix(name) == Some(self),
            C::Math => !name.ends_with("Noise"),
            _ => true,
        }
    }

    /// By the last word of a name.
    pub(super) fn by_suffix(name: &str) -> Option<Self> {
        let found = SUFFIXES.iter().find(|(suffix, _)| name.ends_with(suffix))?;
        Some(found.1)
    }
}

/// What inherits from `Curve` and is meant as one: three.js's own, and those that say so. The knots among the examples'
/// extras are shapes with names of their own.
fn is_curve(chain: &[&str], module: &str) -> bool {
    let is_named = chain.first().is_some_and(|name| name.contains("Curve"));
    chain.contains(&"Curve") && (is_named || module.starts_with("src/"))
}
