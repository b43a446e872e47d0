//! What is made for headsets by calls: buttons that enter a session, the session, controllers, hands, hit tests.
//!
//! <https://threejs.org/docs/#api/en/renderers/webxr/WebXRManager>, <https://developer.mozilla.org/docs/Web/API/WebXR_Device_API>,
//! <https://pmndrs.github.io/xr/docs/>

use super::{objects::ClassName, physics::is_imported};
use crate::web::{
    project::ModuleId,
    syntax::tree::{Argument, ExpressionId, ExpressionKind as Kind},
    values::{Evaluator, External, Origin, Value},
};

/// Packages of components for headsets.
pub(super) fn is_for_headsets(package: &str) -> bool {
    matches!(
        package,
        "@react-three/xr" | "@threlte/xr" | "@tresjs/xr" | "@pmndrs/xr" | "@coconut-xr/natuerlich" | "iwer"
    )
}

/// What a call makes for a headset.
pub(super) fn made_by_call(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
    arguments: &[Argument],
) -> Option<ClassName> {
    let script = evaluator.project.script(module);
    match script.kind(callee) {
        Kind::Member { object, property, .. } => {
            // By methods that no other interface has, since sessions and managers are handed around.
            let of_manager =
                matches!(script.kind(*object), Kind::Member { property, .. } if property == "xr");
            let name = match property.as_str() {
                "getController" if of_manager => "XRTargetRaySpace",
                "getControllerGrip" if of_manager => "XRGripSpace",
                "getHand" if of_manager => "XRHandSpace",
                "requestHitTestSource" | "requestHitTestSourceForTransientInput" => "XRHitTestSource",
                "requestSession" => return session(evaluator, module, callee, arguments),
                "createButton" => return by_library(evaluator, module, callee),
                _ => return None,
            };
            Some(of_browser(name))
        }
        Kind::Local(name) => is_imported(script, *name, is_for_headsets)
            .then(|| by_library(evaluator, module, callee))
            .flatten(),
        _ => None,
    }
}

/// `navigator.xr.requestSession('immersive-vr')`
fn session(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
    arguments: &[Argument],
) -> Option<ClassName> {
    let mut values = evaluator.values(module, callee).into_iter();
    values.find(
        |value| matches!(value, Value::External(external) if external.is_global("navigator.xr.requestSession")),
    )?;
    let modes = arguments.first().map(|mode| evaluator.values(module, mode.value));
    let mode = modes.iter().flatten().find_map(Value::as_literal);
    let name = match mode {
        Some(mode) => format!("XRSession {mode}"),
        None => "XRSession".to_owned(),
    };
    Some(of_browser(&name))
}

fn by_library(evaluator: &Evaluator<'_>, module: ModuleId, callee: ExpressionId) -> Option<ClassName> {
    let values = evaluator.values(module, callee);
    values.iter().find_map(|value| match value {
        Value::External(external) => made_by_function(external),
        _ => None,
    })
}

fn made_by_function(function: &External) -> Option<ClassName> {
    let Origin::Library { package, path } = &function.origin else {
        return None;
    };
    let name = function.of_package(package)?;
    let made = match package.as_str() {
        // <https://threejs.org/docs/#examples/en/webxr/VRButton>
        "three" | "three-stdlib" => name
            .strip_suffix(".createButton")
            .filter(|class| matches!(*class, "VRButton" | "ARButton" | "XRButton"))?,
        package if is_for_headsets(package) => match name.as_str() {
            "createXRStore" => "XRStore",
            "useXRHitTest" | "useHitTest" | "useController" | "useHand" | "useXRInputSourceState" => &name,
            _ => return None,
        },
        _ => return None,
    };
    Some(ClassName {
        name: made.to_owned(),
        base: None,
        package: package.to_string(),
        path: path.to_string(),
    })
}

/// A part of the browser's own interface.
fn of_browser(name: &str) -> ClassName {
    ClassName {
        name: name.to_owned(),
        base: None,
        package: BROWSER.to_owned(),
        path: String::new(),
    }
}

/// What stands for the package of the browser's own interfaces for headsets.
pub(super) const BROWSER: &str = "webxr";
