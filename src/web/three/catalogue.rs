//! Temporary.
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Renderer,
    Camera,
    Controls,
    Light,
    Loader,
    Object,
    Geometry,
    Material,
    Texture,
    Helper,
    Scene,
    Fog,
    Math,
    Attribute,
    Curve,
    Pass,
    Animation,
    Audio,
    Webxr,
    Exporter,
    Effect,
    Rendertarget,
    Raycaster,
    Clock,
    Other,
}
impl Category {
    pub fn as_str(self) -> &'static str {
        use Category::*;
        match self {
            Renderer => "renderer",
            Camera => "camera",
            Controls => "controls",
            Light => "light",
            Loader => "loader",
            Object => "object",
            Geometry => "geometry",
            Material => "material",
            Texture => "texture",
            Helper => "helper",
            Scene => "scene",
            Fog => "fog",
            Math => "math",
            Attribute => "attribute",
            Curve => "curve",
            Pass => "pass",
            Animation => "animation",
            Audio => "audio",
            Webxr => "webxr",
            Exporter => "exporter",
            Effect => "effect",
            Rendertarget => "rendertarget",
            Raycaster => "raycaster",
            Clock => "clock",
            Other => "other",
        }
    }
}
pub fn category(name: &str, _path: &str) -> Option<Category> {
    use Category::*;
    for (s, c) in [
        ("Renderer", Renderer),
        ("Camera", Camera),
        ("Controls", Controls),
        ("Light", Light),
        ("Loader", Loader),
        ("Geometry", Geometry),
        ("Material", Material),
        ("Texture", Texture),
        ("Helper", Helper),
        ("Scene", Scene),
        ("Pass", Pass),
        ("Composer", Pass),
        ("RenderTarget", Rendertarget),
        ("Attribute", Attribute),
        ("Exporter", Exporter),
        ("Effect", Effect),
        ("Curve", Curve),
        ("Mixer", Animation),
        ("Raycaster", Raycaster),
        ("Clock", Clock),
        ("Timer", Clock),
    ] {
        if name.ends_with(s) {
            return Some(c);
        }
    }
    match name {
        "Vector2" | "Vector3" | "Vector4" | "Color" | "Matrix4" | "Matrix3" | "Euler" | "Quaternion"
        | "Box3" | "Box2" | "Sphere" | "Plane" | "Ray" | "Spherical" | "Frustum" => Some(Math),
        "Mesh" | "Group" | "Object3D" | "Points" | "Line" | "InstancedMesh" | "LineSegments" | "LineLoop"
        | "Sprite" | "LOD" | "SkinnedMesh" | "BatchedMesh" => Some(Object),
        "Fog" | "FogExp2" => Some(Fog),
        _ => Some(Other),
    }
}

/// The modules of `examples/jsm`, of the last releases with `examples/js` (r139) and without (r185).
static ADDONS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("addons.txt")
        .lines()
        .filter_map(|path| Some((path.rsplit('/').next()?, path)))
        .collect()
});

/// The path of an addon below `addons/` by its file's name: `OrbitControls.js` → `controls/OrbitControls.js`.
#[must_use]
pub fn addon(file_name: &str) -> Option<&'static str> {
    ADDONS.get(file_name).copied()
}

/// Whether three.js has a folder of this name for addons.
#[must_use]
pub fn is_addon_folder(name: &str) -> bool {
    matches!(name, "libs" | "fonts") || include_str!("addons.txt")
            .lines()
            .any(|path| path.split_once('/').is_some_and(|(folder, _)| folder == name))
}
