//! What the libraries that draw components hand to hooks: the scene, its camera, its renderer.
//!
//! <https://r3f.docs.pmnd.rs/api/hooks#usethree>, <https://threlte.xyz/docs/reference/core/use-threlte>,
//! <https://docs.tresjs.org/api/composables>

use ecow::EcoString;

use crate::web::values::{Evaluator, External, Origin, Site, Value};

/// The class of a part of what a hook gives, by the way to it.
pub(super) fn class_of_result(
    evaluator: &Evaluator<'_>,
    hook: &External,
    call: &Site,
    members: &[EcoString],
) -> Option<&'static str> {
    if is_store_reader(hook) {
        let store = evaluator.arguments_of(call).first()?.value;
        let stores = evaluator.values(call.module, store);
        return stores.iter().find_map(|store| match store {
            Value::External(store) => class_of_part(evaluator, store).filter(|_| members.is_empty()),
            _ => None,
        });
    }
    if !gives_context(hook) {
        return None;
    }
    if !members.is_empty() {
        return class_at(members);
    }
    // `useThree((state) => state.scene)`
    let selector = evaluator.arguments_of(call).first()?.value;
    let selectors = evaluator.values(call.module, selector);
    selectors.iter().find_map(|selector| {
        let Value::Function(closure) = selector else {
            return None;
        };
        let script = evaluator.project.script(closure.module);
        let picked = script.function(closure.function).returns.first()?;
        let picked = evaluator.values(closure.module, *picked);
        picked.iter().find_map(|value| match value {
            Value::External(part) => class_of_given(part),
            _ => None,
        })
    })
}

/// `get` of Svelte's stores: <https://svelte.dev/docs/svelte/svelte-store#get>.
fn is_store_reader(function: &External) -> bool {
    function.of_package("svelte").as_deref() == Some("get")
}

/// The class of a part of what a hook gives or hands to its function.
fn class_of_part(evaluator: &Evaluator<'_>, part: &External) -> Option<&'static str> {
    match &part.origin {
        Origin::Result { callee, site } => class_of_result(evaluator, callee, site, &part.members),
        _ => class_of_given(part),
    }
}

/// The class of a part of what a hook hands to its function: `useFrame((state) => state.scene)`.
pub(super) fn class_of_given(part: &External) -> Option<&'static str> {
    match &part.origin {
        Origin::Given {
            callee,
            argument: 0,
            parameter: 0,
            ..
        } if gives_context(callee) => class_at(&part.members),
        _ => None,
    }
}

fn gives_context(hook: &External) -> bool {
    // `useLoop().onBeforeRender(({ camera }) => …)`
    if let Origin::Result { callee, .. } = &hook.origin {
        return matches!(
            callee.of_package("@tresjs/core").as_deref(),
            Some("useLoop" | "useRenderLoop")
        );
    }
    let Some((package, _)) = hook
        .package()
        .filter(|_| matches!(hook.origin, Origin::Library { .. }))
    else {
        return false;
    };
    let function = hook.of_package(package);
    matches!(
        (package.as_str(), function.as_deref().unwrap_or_default()),
        ("@react-three/fiber", "useThree" | "useFrame")
            | (
                "@threlte/core",
                "useThrelte" | "useTask" | "useFrame" | "useRender"
            )
            | ("@tresjs/core", "useTresContext" | "useTres" | "useLoop")
    )
}

fn class_at(members: &[EcoString]) -> Option<&'static str> {
    let (first, rest) = members.split_first()?;
    // References and stores hold it.
    if !rest
        .iter()
        .all(|member| matches!(member.as_str(), "value" | "current" | "instance"))
    {
        return None;
    }
    Some(match first.as_str() {
        "scene" => "Scene",
        "camera" => "Camera",
        "gl" | "renderer" => "WebGLRenderer",
        "raycaster" => "Raycaster",
        "clock" => "Clock",
        _ => return None,
    })
}
