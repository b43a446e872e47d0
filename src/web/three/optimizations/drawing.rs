//! Fewer draw calls and fewer pixels.

use super::{At, Optimization, Search, attribute};
use crate::web::{
    syntax::tree::{ExpressionId, ExpressionKind as Kind, Property},
    three::objects::Made,
    values::Value,
};

/// What is told by the class of an object alone
/// (<https://threejs.org/docs/#api/en/objects/InstancedMesh>, <https://drei.docs.pmnd.rs/performances/instances>).
pub(super) fn of_objects(search: &Search<'_, '_>, made: &[Made]) -> Vec<Optimization> {
    let mut found = vec![];
    for made in made.iter().filter(|made| made.class.is_around_three()) {
        let name = made.class.base.as_deref().unwrap_or(&made.class.name);
        let kind = match name {
            "InstancedMesh"
            | "BatchedMesh"
            | "InstancedBufferGeometry"
            | "InstancedMesh2"
            | "Instances"
            | "Merged"
            | "Segments" => "instancing",
            "LOD" | "Detailed" => "level-of-detail",
            "Bvh" | "MeshBVH" => "bounding-volumes",
            "AdaptiveDpr" | "AdaptiveEvents" | "PerformanceMonitor" => "adaptive-quality",
            "BakeShadows" => "static-transforms",
            _ => continue,
        };
        found.push(search.found(kind, &made.class.name, made.module, made.expression));
    }
    found
}

pub(super) fn at(place: &At<'_, '_, '_>) -> Option<Optimization> {
    if let Some(call) = place.call() {
        return match call.method {
            "mergeGeometries" | "mergeBufferGeometries" => {
                let is_three = place
                    .library(call.callee)
                    .is_some_and(|(package, _)| package == "three" || package == "three-stdlib");
                is_three.then(|| place.found("merged-geometry", call.method))
            }
            "setPixelRatio" => {
                let first = call.arguments.first()?.value;
                bounds(place, first).then(|| place.found("pixel-ratio-cap", "setPixelRatio"))
            }
            _ => None,
        };
    }
    if let Some((object, property, value)) = place.write() {
        return match property {
            "matrixAutoUpdate" | "autoUpdate" | "matrixWorldAutoUpdate"
                if matches!(place.script.kind(value), Kind::Boolean(false)) =>
            {
                let is_shadow = property == "autoUpdate";
                let of_shadow = matches!(place.script.kind(object), Kind::Member { property, .. } if property == "shadowMap" || property == "shadow");
                (!is_shadow || of_shadow).then(|| place.found("static-transforms", property))
            }
            "raycast" => {
                let is_accelerated = place.library(value).is_some_and(|(package, name)| {
                    package == "three-mesh-bvh" && name == "acceleratedRaycast"
                });
                is_accelerated.then(|| place.found("bounding-volumes", "acceleratedRaycast"))
            }
            _ => None,
        };
    }
    if let Kind::New { callee, arguments } = place.script.kind(place.id) {
        let (_, name) = place.library(*callee)?;
        let options = arguments.first()?.value;
        let is_renderer = name.ends_with("WebGLRenderer") || name.ends_with("WebGPURenderer");
        return is_renderer
            .then(|| power_preference(place, options))
            .flatten()
            .map(|preference| place.found("power-preference", preference));
    }
    let element = place.element()?;
    let dpr = attribute(element, "dpr")?;
    (is_canvas(place) && (bounds(place, dpr) || matches!(place.script.kind(dpr), Kind::Array(_)))).then(
        || super::Optimization {
            evidence: format!("dpr={{{}}}", place.script.written(dpr)),
            ..place.found("pixel-ratio-cap", "Canvas")
        },
    )
}

/// Whether an element is the canvas of react-three-fiber, Threlte or TresJS.
pub(super) fn is_canvas(place: &At<'_, '_, '_>) -> bool {
    use crate::web::syntax::tree::Tag;
    match place.element().map(|element| &element.tag) {
        Some(Tag::Component(component)) => place.library(*component).is_some_and(|(package, name)| {
            matches!(
                (package.as_str(), name.as_str()),
                ("@react-three/fiber" | "@threlte/core", "Canvas") | ("@tresjs/core", "TresCanvas")
            )
        }),
        _ => false,
    }
}

/// Whether an expression is `Math.min(…)`, or a plain number.
fn bounds(place: &At<'_, '_, '_>, id: ExpressionId) -> bool {
    match place.script.kind(id) {
        Kind::Number(_) => true,
        Kind::Call { callee, .. } => place.is_global(*callee, "Math.min"),
        Kind::Local(name) => place.script.name(*name).definitions.iter().any(|definition| {
            use crate::web::syntax::tree::DefinitionSource;
            matches!(definition.source, DefinitionSource::Expression(value)
                if matches!(place.script.kind(value), Kind::Call { callee, .. } if place.is_global(*callee, "Math.min")))
        }),
        Kind::Conditional { then, otherwise, .. } => bounds(place, *then) && bounds(place, *otherwise),
        _ => false,
    }
}

fn power_preference(place: &At<'_, '_, '_>, options: ExpressionId) -> Option<String> {
    let Kind::Object(properties) = place.script.kind(options) else {
        return None;
    };
    properties.iter().find_map(|property| match property {
        Property::Named { key, value } if key == "powerPreference" => place
            .values(*value)
            .iter()
            .find_map(Value::as_literal)
            .map(|preference| preference.to_string()),
        _ => None,
    })
}
