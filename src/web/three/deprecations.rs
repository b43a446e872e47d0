//! What three.js renamed, deprecated or removed, and in which release.
//!
//! The library keeps a deprecated name for ten releases as a rule
//! (<https://github.com/mrdoob/three.js/wiki/Migration-Guide>). Each entry names the page that says so: a section of
//! that guide, a pull request, an announcement, or the source of a release.

use super::catalogue;

/// A name of three.js that later releases discourage or lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The class, constant, property or method.
    pub name: &'static str,
    /// What the name is of.
    pub kind: DeprecatedKind,
    /// The first release that discourages or lacks it: 152 for `r152` and `0.152`.
    pub since: u32,
    /// The first release that lacks it; none where r185 still has it.
    pub removed: Option<u32>,
    /// What to use instead; empty if there is nothing.
    pub instead: &'static str,
    /// Address of the page that says so.
    pub source: &'static str,
}

/// What a deprecated name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeprecatedKind {
    /// A class.
    Class,
    /// A constant or function that the package or an addon exports.
    Export,
    /// A property or method of this class.
    Member(&'static str),
    /// A part of the path of a script.
    Path,
}

/// What a release does with a deprecated name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeprecationState {
    /// It still works and warns.
    Deprecated,
    /// It does not exist.
    Removed,
}

use DeprecatedKind::{Class, Export, Member, Path};

macro_rules! deprecations {
    ($($name:literal $kind:expr, $since:literal .. $removed:expr, $instead:literal, $source:literal;)*) => {
        &[$(Deprecation {
            name: $name,
            kind: $kind,
            since: $since,
            removed: $removed,
            instead: $instead,
            source: $source,
        },)*]
    };
}

/// Every entry, the oldest first.
pub const DEPRECATIONS: &[Deprecation] = deprecations![
    "addAttribute" Member("BufferGeometry"), 110..Some(141), "setAttribute", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "removeAttribute" Member("BufferGeometry"), 110..Some(141), "deleteAttribute", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "setDynamic" Member("BufferAttribute"), 110..Some(141), "setUsage", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "gammaInput" Member("WebGLRenderer"), 112..Some(112), "", "https://github.com/mrdoob/three.js/releases/tag/r112";
    "gammaOutput" Member("WebGLRenderer"), 112..Some(112), "outputEncoding", "https://github.com/mrdoob/three.js/releases/tag/r112";
    "vr" Member("WebGLRenderer"), 112..Some(112), "xr", "https://github.com/mrdoob/three.js/releases/tag/r112";
    "applyMatrix" Member("Object3D"), 113..Some(141), "applyMatrix4", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "applyMatrix" Member("BufferGeometry"), 113..Some(141), "applyMatrix4", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "WebGLRenderTargetCube" Class, 113..Some(141), "WebGLCubeRenderTarget", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "Math" Export, 113..Some(141), "MathUtils", "https://github.com/mrdoob/three.js/blob/r113/src/Three.js";
    "NoColors" Export, 114..Some(141), "`vertexColors: false`", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "VertexColors" Export, 114..Some(141), "`vertexColors: true`", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "inverse" Member("Quaternion"), 123..Some(141), "invert", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "getInverse" Member("Matrix4"), 123..Some(123), "copy( matrix ).invert()", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r122--r123";
    "getInverse" Member("Matrix3"), 123..Some(123), "copy( matrix ).invert()", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r122--r123";
    "Geometry" Class, 125..Some(125), "BufferGeometry", "https://discourse.threejs.org/t/three-geometry-will-be-removed-from-core-with-r125/22401";
    "Face3" Class, 125..Some(125), "BufferGeometry", "https://discourse.threejs.org/t/three-geometry-will-be-removed-from-core-with-r125/22401";
    "gammaFactor" Member("WebGLRenderer"), 136..Some(136), "", "https://github.com/mrdoob/three.js/releases/tag/r136";
    "GammaEncoding" Export, 136..Some(136), "", "https://github.com/mrdoob/three.js/releases/tag/r136";
    "WebGLMultisampleRenderTarget" Class, 138..Some(138), "WebGLRenderTarget with `samples`", "https://github.com/mrdoob/three.js/pull/23455";
    "DataTexture2DArray" Class, 138..Some(149), "DataArrayTexture", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "DataTexture3D" Class, 138..Some(149), "Data3DTexture", "https://github.com/mrdoob/three.js/blob/r140/src/Three.Legacy.js";
    "examples/js/" Path, 148..Some(148), "modules of `three/addons/`", "https://discourse.threejs.org/t/the-examples-js-directory-will-be-removed-with-r148/45349";
    "physicallyCorrectLights" Member("WebGLRenderer"), 150..Some(160), "", "https://github.com/mrdoob/three.js/pull/24975";
    "mergeBufferGeometries" Export, 151..Some(161), "mergeGeometries", "https://github.com/mrdoob/three.js/pull/25652";
    "outputEncoding" Member("WebGLRenderer"), 152..Some(162), "outputColorSpace", "https://discourse.threejs.org/t/updates-to-color-management-in-three-js-r152/50791";
    "encoding" Member("Texture"), 152..Some(162), "colorSpace", "https://discourse.threejs.org/t/updates-to-color-management-in-three-js-r152/50791";
    "sRGBEncoding" Export, 152..Some(162), "SRGBColorSpace", "https://discourse.threejs.org/t/updates-to-color-management-in-three-js-r152/50791";
    "LinearEncoding" Export, 152..Some(162), "LinearSRGBColorSpace", "https://discourse.threejs.org/t/updates-to-color-management-in-three-js-r152/50791";
    "useLegacyLights" Member("WebGLRenderer"), 155..Some(165), "", "https://github.com/mrdoob/three.js/pull/26392";
    "WebGLMultipleRenderTargets" Class, 162..Some(172), "WebGLRenderTarget with `count`", "https://github.com/mrdoob/three.js/pull/26427";
    "WebGL1Renderer" Class, 163..Some(163), "WebGLRenderer", "https://github.com/mrdoob/three.js/releases/tag/r163";
    "LottieLoader" Class, 176..None, "lottie-web and a CanvasTexture", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r175--r176";
    "PeppersGhostEffect" Class, 177..Some(177), "", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r176--r177";
    "fromWorkingColorSpace" Member("ColorManagement"), 177..None, "workingToColorSpace", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r176--r177";
    "toWorkingColorSpace" Member("ColorManagement"), 177..None, "colorSpaceToWorking", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r176--r177";
    "USDZLoader" Class, 179..None, "USDLoader", "https://github.com/mrdoob/three.js/wiki/Migration-Guide#r178--r179";
    "RGBELoader" Class, 180..None, "HDRLoader", "https://github.com/mrdoob/three.js/blob/r185/examples/jsm/loaders/RGBELoader.js";
    "renderAsync" Member("WebGPURenderer"), 181..None, "init() once, then render()", "https://github.com/mrdoob/three.js/blob/r185/src/renderers/common/Renderer.js";
    "detectSupportAsync" Member("KTX2Loader"), 181..None, "detectSupport()", "https://github.com/mrdoob/three.js/blob/r185/examples/jsm/loaders/KTX2Loader.js";
    "PCFSoftShadowMap" Export, 182..None, "PCFShadowMap", "https://github.com/mrdoob/three.js/pull/32303";
    "VOXMesh" Class, 182..None, "buildMesh()", "https://github.com/mrdoob/three.js/blob/r185/examples/jsm/loaders/VOXLoader.js";
    "Clock" Class, 183..None, "Timer", "https://github.com/mrdoob/three.js/blob/r185/src/core/Clock.js";
    "PostProcessing" Class, 183..None, "RenderPipeline", "https://github.com/mrdoob/three.js/blob/r185/src/renderers/common/PostProcessing.js";
    "VTKLoader" Class, 184..None, "glTF", "https://github.com/mrdoob/three.js/blob/r185/examples/jsm/loaders/VTKLoader.js";
    "LWOLoader" Class, 185..None, "glTF", "https://github.com/mrdoob/three.js/blob/r185/examples/jsm/loaders/LWOLoader.js";
];

/// `BoxBufferGeometry` and the like, which are now named without `Buffer`.
const BUFFER_ALIASES: Deprecation = Deprecation {
    name: "*BufferGeometry",
    kind: Class,
    since: 144,
    removed: Some(154),
    instead: "the name without `Buffer`",
    source: "https://github.com/mrdoob/three.js/releases/tag/r144",
};

impl Deprecation {
    /// What a release does with the name; none if it is not yet deprecated there.
    #[must_use]
    pub fn state(&self, release: u32) -> Option<DeprecationState> {
        if self.removed.is_some_and(|removed| release >= removed) {
            return Some(DeprecationState::Removed);
        }
        (release >= self.since).then_some(DeprecationState::Deprecated)
    }
}

/// The entry of a class.
#[must_use]
pub fn class(name: &str) -> Option<&'static Deprecation> {
    let alias = name
        .strip_suffix("BufferGeometry")
        .filter(|shape| !matches!(*shape, "" | "Instanced"));
    if alias.is_some() {
        return Some(&BUFFER_ALIASES);
    }
    find(name, |kind| kind == Class)
}

/// The entry of a constant or function that is imported.
#[must_use]
pub fn export(name: &str) -> Option<&'static Deprecation> {
    find(name, |kind| kind == Export)
}

/// The entry of a property or method of a class or of one that it inherits from.
#[must_use]
pub fn member(of: &str, name: &str) -> Option<&'static Deprecation> {
    let of_class = |of: &str| find(name, |kind| matches!(kind, Member(class) if class == of));
    of_class(of).or_else(|| catalogue::bases(of).find_map(of_class))
}

/// The entry of a script's path or address.
#[must_use]
pub fn path(path: &str) -> Option<&'static Deprecation> {
    let mut paths = DEPRECATIONS.iter().filter(|entry| entry.kind == Path);
    paths.find(|entry| path.contains(entry.name))
}

fn find(name: &str, is_wanted: impl Fn(DeprecatedKind) -> bool) -> Option<&'static Deprecation> {
    DEPRECATIONS
        .iter()
        .find(|entry| entry.name == name && is_wanted(entry.kind))
}

/// The release of a version of the package: `0.152.2`, `0.152` and `r152` are 152.
#[must_use]
pub fn release(version: &str) -> Option<u32> {
    let digits = version.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let number = match digits.strip_prefix("0.") {
        Some(minor) => minor,
        None => digits,
    };
    let end = number
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_says_what_is_left_of_a_name() {
        let encoding = member("WebGLRenderer", "outputEncoding").expect("an entry");
        assert_eq!(encoding.state(151), None);
        assert_eq!(encoding.state(152), Some(DeprecationState::Deprecated));
        assert_eq!(encoding.state(162), Some(DeprecationState::Removed));
        assert_eq!(member("Vector3", "outputEncoding"), None);
        assert_eq!(member("CanvasTexture", "encoding"), member("Texture", "encoding"));
        assert_eq!(
            class("Clock").and_then(|clock| clock.state(185)),
            Some(DeprecationState::Deprecated)
        );
        assert_eq!(class("outputEncoding"), None);
        assert_eq!(
            export("sRGBEncoding").map(|entry| entry.instead),
            Some("SRGBColorSpace")
        );
    }

    #[test]
    fn aliases_of_geometries_are_by_rule() {
        assert_eq!(class("BoxBufferGeometry").map(|entry| entry.since), Some(144));
        assert_eq!(class("BufferGeometry"), None);
        assert_eq!(class("InstancedBufferGeometry"), None);
    }

    #[test]
    fn a_version_is_a_release() {
        assert_eq!(release("0.152.2"), Some(152));
        assert_eq!(release("^0.150"), Some(150));
        assert_eq!(release("r128"), Some(128));
        assert_eq!(release("128"), Some(128));
        assert_eq!(release("latest"), None);
    }

    #[test]
    fn what_is_said_to_exist_is_in_the_catalogue() {
        for entry in DEPRECATIONS
            .iter()
            .filter(|entry| entry.kind == Class && entry.removed.is_none())
        {
            assert!(catalogue::is_known(entry.name), "{}", entry.name);
        }
    }

    #[test]
    fn entries_are_in_order_and_removal_follows_deprecation() {
        assert!(DEPRECATIONS.is_sorted_by_key(|entry| entry.since));
        assert!(
            DEPRECATIONS
                .iter()
                .all(|entry| entry.removed.is_none_or(|removed| removed >= entry.since))
        );
    }
}
