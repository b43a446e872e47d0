//! The classes of three.js: what each inherits from, which module it stands in, and what kind of thing it is.
//!
//! `classes.txt` has a line for each class that r185 or r139 export, the newer one counting: its name, its base class or
//! `-`, and its module, that of an addon below `addons/`: facts of <https://github.com/mrdoob/three.js>.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use super::category::Category;

/// A class of three.js.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreeClass {
    /// The class that it extends; none for a class of its own.
    pub base: Option<&'static str>,
    /// The module that it stands in: `src/cameras/Camera.js`, `addons/controls/OrbitControls.js`.
    pub module: &'static str,
}

static CLASSES: LazyLock<FxHashMap<&'static str, ThreeClass>> = LazyLock::new(|| {
    include_str!("classes.txt")
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let name = fields.next()?;
            let base = Some(fields.next()?).filter(|base| *base != "-");
            let module = fields.next()?;
            Some((name, ThreeClass { base, module }))
        })
        .collect()
});

/// Where old names are kept for a while.
const LEGACY: &str = "src/Three.Legacy.js";

/// No class of three.js is so far from its root; a longer chain is a circle.
const MAX_DEPTH: usize = 32;

/// A class of three.js by its name.
#[must_use]
pub fn class(name: &str) -> Option<ThreeClass> {
    CLASSES.get(name).copied()
}

/// The class that a class of three.js extends.
#[must_use]
pub fn base(name: &str) -> Option<&'static str> {
    class(name)?.base
}

/// The classes that a class of three.js inherits from, the nearest first.
pub fn bases(name: &str) -> impl Iterator<Item = &'static str> + use<> {
    std::iter::successors(base(name), |name| base(name)).take(MAX_DEPTH)
}

/// Objects that call themselves what the class that they inherit from does.
const UNTYPED: [&str; 43] = [
    "AmbientLightProbe",
    "ArrayCamera",
    "BatchedMesh",
    "CCDIKHelper",
    "CSMHelper",
    "CSS2DObject",
    "CSS3DObject",
    "CSS3DSprite",
    "ClippingGroup",
    "ColorEnvironment",
    "DebugEnvironment",
    "GroundedSkybox",
    "Gyroscope",
    "HTMLMesh",
    "HemisphereLightProbe",
    "IESSpotLight",
    "InstancedMesh",
    "InteractiveGroup",
    "LightProbe",
    "LightProbeGrid",
    "LightningStorm",
    "MarchingCubes",
    "MorphBlendMesh",
    "OculusHandModel",
    "OculusHandPointerModel",
    "Particle",
    "ParticleSystem",
    "PointCloud",
    "PositionalAudio",
    "ProjectorLight",
    "QuadMesh",
    "RapierHelper",
    "RoomEnvironment",
    "SVGObject",
    "ShadowMesh",
    "Sky",
    "SkyMesh",
    "TileShadowNodeHelper",
    "VOXMesh",
    "Water",
    "WaterMesh",
    "XREstimatedLight",
    "XRPlanes",
];

/// What an object of a class calls itself at run time: its [`type`](https://threejs.org/docs/#api/en/core/Object3D.type).
#[must_use]
pub fn object_type(name: &str) -> &str {
    if !UNTYPED.contains(&name) {
        return name;
    }
    bases(name).find(|class| !UNTYPED.contains(class)).unwrap_or(name)
}

/// Whether three.js has a class of this name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    CLASSES.contains_key(name)
}

/// What kind of thing the instances of a class are. A class that is not known, of another release or library, is what
/// the last word of its name says.
#[must_use]
pub fn category(name: &str) -> Category {
    let Some(known) = class(name) else {
        return Category::by_suffix(name).unwrap_or(Category::Other);
    };
    let mut chain: Vec<&str> = vec![name];
    for base in bases(name) {
        chain.push(base);
    }
    let mut modules = chain.iter().filter_map(|name| Some(class(name)?.module));
    let module = modules.find(|module| *module != LEGACY).unwrap_or(known.module);
    Category::of_known(&chain, module)
}

/// The class of an element of react-three-fiber (`mesh`, `ambientLight`, `threeLine`), Threlte (`T.Mesh`) or TresJS
/// (`TresMesh`, `tres-mesh`); none if three.js has no such class of something in or for a scene.
///
/// <https://r3f.docs.pmnd.rs/api/objects>, <https://threlte.xyz/docs/reference/core/t>,
/// <https://docs.tresjs.org/guide/index.html>
#[must_use]
pub fn class_of_element(tag: &str) -> Option<String> {
    let direct = tag
        .strip_prefix("T.")
        .or_else(|| tag.strip_prefix("Tres"))
        .or_else(|| {
            tag.strip_prefix("three")
                .filter(|rest| rest.starts_with(char::is_uppercase))
        });
    let name = match direct {
        Some(name) => name.to_owned(),
        None => {
            let mut letters = tag.chars();
            let first = letters.next().filter(|letter| letter.is_lowercase())?;
            first.to_uppercase().chain(letters).collect()
        }
    };
    // TresJS's elements may be written as HTML's: `<tres-mesh>`.
    let name = match tag.strip_prefix("tres-") {
        Some(words) => words.split('-').map(capitalised).collect(),
        None => name,
    };
    (is_known(&name) && category(&name) != Category::Other).then_some(name)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, names: &str) {
        for name in names.split_whitespace() {
            let found = category(name).as_str();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn the_chain_of_bases_decides() {
        check("camera", "PerspectiveCamera ArrayCamera CinematicCamera");
        check("light", "SpotLight LightProbe IESSpotLight RectAreaLight");
        check(
            "loader",
            "GLTFLoader AudioLoader DRACOLoader RGBELoader MaterialLoader",
        );
        check(
            "material",
            "MeshStandardMaterial LineMaterial MeshToonNodeMaterial",
        );
        check(
            "geometry",
            "BoxGeometry BoxBufferGeometry LineGeometry TeapotGeometry DecalGeometry",
        );
        check(
            "object",
            "Mesh InstancedMesh Sky Water Reflector Bone LOD CSS2DObject LightProbeGrid",
        );
        check("texture", "VideoTexture CubeTexture CompressedTexture");
        check(
            "controls",
            "OrbitControls DragControls MapControls DeviceOrientationControls",
        );
        check(
            "attribute",
            "Float32BufferAttribute InstancedBufferAttribute InterleavedBufferAttribute",
        );
        check(
            "curve",
            "CatmullRomCurve3 QuadraticBezierCurve CurvePath Path Shape HeartCurve",
        );
        check(
            "pass",
            "UnrealBloomPass EffectComposer PostProcessing RenderPipeline",
        );
        check(
            "rendertarget",
            "WebGLRenderTarget WebGLCubeRenderTarget WebGLMultipleRenderTargets",
        );
        check("scene", "Scene RoomEnvironment");
    }

    #[test]
    fn the_folder_comes_before_what_everything_in_a_scene_is() {
        check(
            "helper",
            "GridHelper CameraHelper BoxHelper VertexNormalsHelper CSMHelper ViewHelper OctreeHelper",
        );
        check("audio", "AudioListener PositionalAudio Audio AudioAnalyser");
        check("camera", "CubeCamera StereoCamera");
        check(
            "animation",
            "AnimationMixer AnimationClip NumberKeyframeTrack CCDIKSolver",
        );
        check("math", "Vector3 Color Box3 Octree Capsule Euler OBB ConvexHull");
        check("fog", "Fog FogExp2");
        check(
            "renderer",
            "WebGLRenderer WebGPURenderer CSS2DRenderer SVGRenderer WebGL1Renderer",
        );
        check("webxr", "XRControllerModelFactory XRHandModelFactory");
        check("exporter", "GLTFExporter USDZExporter");
        check("effect", "StereoEffect AsciiEffect");
        check("raycaster", "Raycaster");
        check("clock", "Clock Timer");
    }

    #[test]
    fn a_name_alone_does_not() {
        check(
            "other",
            "GLBufferAttribute FlakesTexture GPUComputationRenderer LoadingManager Layers",
        );
        check(
            "other",
            "PMREMGenerator SimplexNoise ImprovedNoise SelectionBox TextureNode LightsNode",
        );
    }

    #[test]
    fn an_unknown_class_is_what_its_name_ends_with() {
        check("loader", "SplatLoader");
        check("controls", "CameraControls");
        check("geometry", "JoinedBufferGeometry");
        check("rendertarget", "WebGLMultisampleRenderTarget");
        check("other", "World GUI Player Loaders");
    }

    #[test]
    fn an_element_is_a_class_by_its_name() {
        let classes = [
            "mesh",
            "threeLine",
            "T.SpotLight",
            "TresBoxGeometry",
            "tres-box-geometry",
            "div",
            "World",
        ]
        .map(|tag| class_of_element(tag).unwrap_or_default());
        assert_eq!(
            classes,
            ["Mesh", "Line", "SpotLight", "BoxGeometry", "BoxGeometry", "", ""]
        );
    }

    #[test]
    fn every_base_is_known_and_no_chain_is_a_circle() {
        for name in include_str!("classes.txt")
            .lines()
            .filter_map(|line| line.split(' ').next())
        {
            assert!(bases(name).count() < MAX_DEPTH, "{name}");
        }
    }
}
