//! The classes of what is loaded.

use crate::web::{
    three::objects::{ClassName, class_name, class_of, three},
    values::{Evaluator, External, Origin, Site, Value},
};

/// The class of what a loader gives: what `load` returns, what its function is handed, what `loadAsync` or a hook gives.
pub(in crate::web::three) fn loaded_class(
    evaluator: &Evaluator<'_>,
    callee: &External,
    call: &Site,
    members: &[ecow::EcoString],
) -> Option<ClassName> {
    let path: Vec<&str> = members.iter().map(ecow::EcoString::as_str).collect();
    let method = callee.members.last()?;
    if let Origin::Library { .. } = callee.origin {
        return class_by_hook(evaluator, method, call, &path).map(three);
    }
    if !matches!(method.as_str(), "load" | "loadAsync" | "parse" | "then") {
        return None;
    }
    let loader = External {
        origin: callee.origin.clone(),
        members: callee.members[..callee.members.len() - 1].to_vec(),
    };
    let loader = class_of(evaluator, &Value::External(loader))?;
    class_by_loader(&loader.name, &path).map(three)
}

/// <https://drei.docs.pmnd.rs/loaders/gltf-use-gltf>, <https://r3f.docs.pmnd.rs/api/hooks#useloader>
fn class_by_hook(evaluator: &Evaluator<'_>, hook: &str, call: &Site, path: &[&str]) -> Option<&'static str> {
    let loader = match hook {
        "useGLTF" | "useGltf" => "GLTFLoader",
        "useFBX" => "FBXLoader",
        "useOBJ" => "OBJLoader",
        "useTexture" | "useMatcapTexture" => "TextureLoader",
        "useCubeTexture" => "CubeTextureLoader",
        "useKTX2" => "KTX2Loader",
        "useLoader" => {
            let loader = evaluator.arguments_of(call).first()?.value;
            let classes = evaluator.values(call.module, loader);
            let class = classes.iter().find_map(|value| class_name(evaluator, value))?;
            return class_by_loader(&class.name, path);
        }
        _ => return None,
    };
    class_by_loader(loader, path)
}

fn class_by_loader(loader: &str, path: &[&str]) -> Option<&'static str> {
    Some(match (loader, path) {
        ("GLTFLoader" | "ColladaLoader" | "DRACOLoader" | "VRMLLoader", ["scene"])
        | (
            "FBXLoader" | "OBJLoader" | "TDSLoader" | "ThreeMFLoader" | "AMFLoader" | "GCodeLoader"
            | "LDrawLoader",
            [],
        ) => "Group",
        ("PLYLoader" | "STLLoader" | "DRACOLoader", []) => "BufferGeometry",
        ("TextureLoader", []) => "Texture",
        ("CubeTextureLoader" | "HDRCubeTextureLoader", []) => "CubeTexture",
        ("RGBELoader" | "HDRLoader" | "EXRLoader" | "TGALoader", []) => "DataTexture",
        ("KTX2Loader" | "KTXLoader" | "DDSLoader" | "PVRLoader", []) => "CompressedTexture",
        ("ObjectLoader", []) => "Object3D",
        ("PCDLoader", []) => "Points",
        ("VRMLLoader", []) => "Scene",
        _ => return None,
    })
}
