//! Which files the loaders of three.js read, by their extensions.

/// Loaders and what they read: those of three.js's own pages on loaders, <https://threejs.org/docs/#manual/en/introduction/Loading-3D-models>.
const FORMATS: &[(&str, &[&str])] = &[
    ("GLTFLoader", &["gltf", "glb", "vrm"]),
    ("DRACOLoader", &["drc"]),
    ("FBXLoader", &["fbx"]),
    ("OBJLoader", &["obj"]),
    ("MTLLoader", &["mtl"]),
    ("STLLoader", &["stl"]),
    ("PLYLoader", &["ply"]),
    ("PCDLoader", &["pcd"]),
    ("ColladaLoader", &["dae"]),
    ("USDLoader", &["usd", "usda", "usdc", "usdz"]),
    ("ThreeMFLoader", &["3mf"]),
    ("VOXLoader", &["vox"]),
    ("SVGLoader", &["svg"]),
    ("BVHLoader", &["bvh"]),
    (
        "TextureLoader",
        &["png", "jpg", "jpeg", "webp", "avif", "gif", "bmp", "svg"],
    ),
    ("ImageBitmapLoader", &["png", "jpg", "jpeg", "webp", "avif"]),
    ("ImageLoader", &["png", "jpg", "jpeg", "webp", "avif", "gif"]),
    ("CubeTextureLoader", &["png", "jpg", "jpeg", "webp"]),
    ("KTX2Loader", &["ktx2", "ktx"]),
    ("BasisTextureLoader", &["basis"]),
    ("KTXLoader", &["ktx"]),
    ("DDSLoader", &["dds"]),
    ("TGALoader", &["tga"]),
    ("EXRLoader", &["exr"]),
    ("HDRLoader", &["hdr", "hdri"]),
    ("RGBELoader", &["hdr", "hdri"]),
    ("UltraHDRLoader", &["jpg", "jpeg"]),
    ("AudioLoader", &["mp3", "ogg", "wav", "m4a", "aac", "flac"]),
    ("FontLoader", &["json", "typeface"]),
    ("TTFLoader", &["ttf", "otf"]),
    ("ObjectLoader", &["json"]),
    (
        "FileLoader",
        &["txt", "glsl", "vert", "frag", "json", "csv", "xml"],
    ),
];

/// Whether a loader is made for the files of an address.
pub(super) fn reads(loader: &str, url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let Some((_, extension)) = path.rsplit_once('.') else {
        return false;
    };
    let extension = extension.to_ascii_lowercase();
    FORMATS
        .iter()
        .any(|(known, extensions)| *known == loader && extensions.contains(&extension.as_str()))
}
