//! Smaller files, code that is loaded late, work in other threads.

use super::{At, Optimization};
use crate::web::{
    syntax::tree::{ExpressionId, ExpressionKind as Kind, Property, Script},
    three::{class_name::is_components, objects::class_of},
};

pub(super) fn at(place: &At<'_, '_, '_>) -> Option<Optimization> {
    match place.script.kind(place.id) {
        Kind::Import(_) => return Some(place.found("lazy-loading", "import()")),
        Kind::New { callee, .. } => {
            let worker = ["Worker", "SharedWorker"];
            let name = worker.into_iter().find(|name| place.is_global(*callee, name))?;
            return Some(place.found("worker", name));
        }
        _ => {}
    }
    let call = place.call()?;
    match call.method {
        // A decoder counts when a loader is given it (<https://threejs.org/docs/#examples/en/loaders/GLTFLoader>).
        "setDRACOLoader" | "setKTX2Loader" | "setMeshoptDecoder" => {
            let loader = place
                .values(call.object?)
                .iter()
                .find_map(|value| class_of(place.search.evaluator, value))?;
            (!matches!(place.script.kind(call.arguments.first()?.value), Kind::Null)).then(|| {
                let format = call.method.trim_start_matches("set").trim_end_matches("Loader");
                let format = format.trim_end_matches("Decoder");
                place.found("compressed-models", format!("{format} in {}", loader.name))
            })
        }
        "preload" | "setDecoderPath" => {
            let (package, name) = place.library(call.callee)?;
            let is_drei = package.starts_with("@react-three/") || package.starts_with("@threlte/");
            let kind = if call.method == "preload" {
                "caching"
            } else {
                "compressed-models"
            };
            is_drei.then(|| place.found(kind, name))
        }
        "useGLTF" | "useGltf" => {
            let (package, name) = place.library(call.callee)?;
            let options = call.arguments.get(1)?.value;
            let format = compression(place.script, options)?;
            is_components(&package).then(|| place.found("compressed-models", format!("{format} in {name}")))
        }
        "lazy" | "defineAsyncComponent" => {
            let (package, name) = place.library(call.callee)?;
            (matches!(package.as_str(), "react" | "vue")).then(|| place.found("lazy-loading", name))
        }
        "transferControlToOffscreen" => Some(place.found("worker", "OffscreenCanvas")),
        _ => None,
    }
}

/// What the options of a hook say of how a model is compressed: `{ draco: true }`
/// (<https://cientos.tresjs.org/api/loaders/use-gltf>), `true` or the path of the decoder
/// (<https://drei.docs.pmnd.rs/loaders/gltf-use-gltf>).
fn compression(script: &Script, options: ExpressionId) -> Option<&'static str> {
    match script.kind(options) {
        Kind::Boolean(true) | Kind::Text(_) => Some("DRACO"),
        Kind::Object(properties) => properties.iter().find_map(|property| match property {
            Property::Named { key, value } if !matches!(script.kind(*value), Kind::Boolean(false)) => {
                match key.as_str() {
                    "draco" | "dracoLoader" => Some("DRACO"),
                    "meshoptDecoder" => Some("Meshopt"),
                    "ktx2Loader" => Some("KTX2"),
                    _ => None,
                }
            }
            _ => None,
        }),
        _ => None,
    }
}
