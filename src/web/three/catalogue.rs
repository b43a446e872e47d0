//! Temporary.
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
