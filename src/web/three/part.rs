//! What objects of three.js hold and give: a light its target, a session its controllers.

use ecow::EcoString;

use super::{
    catalogue::{self, Category},
    objects::{ClassName, class_of},
};
use crate::web::values::{Evaluator, External, Value};

/// The class of a member of an object (<https://threejs.org/docs/#api/en/lights/DirectionalLight.target>).
pub(super) fn class_of_member(class: &ClassName, members: &[EcoString]) -> Option<&'static str> {
    let [member] = members else { return None };
    (class.category() == Category::Light && member == "target").then_some("Object3D")
}

/// The class of what a method gives (<https://threejs.org/docs/#api/en/renderers/webxr/WebXRManager>,
/// <https://threejs.org/docs/#examples/en/controls/TransformControls.getHelper>).
pub(super) fn class_of_given(evaluator: &Evaluator<'_>, method: &External) -> Option<&'static str> {
    let (name, object) = method.members.split_last()?;
    let owner = || {
        let owner = External {
            origin: method.origin.clone(),
            members: object.to_vec(),
        };
        class_of(evaluator, &Value::External(owner))
    };
    match name.as_str() {
        "getController" | "getControllerGrip" | "getHand"
            if object.last().is_some_and(|manager| manager == "xr") =>
        {
            Some("Group")
        }
        "getHelper" => owner()
            .filter(|class| class.category() == Category::Controls)
            .map(|_| "Object3D"),
        "getObjectByName" | "getObjectById" | "getObjectByProperty" => {
            owner().filter(is_object).map(|_| "Object3D")
        }
        _ => None,
    }
}

fn is_object(class: &ClassName) -> bool {
    let name = class.base.as_deref().unwrap_or(&class.name);
    name == "Object3D" || catalogue::bases(name).any(|base| base == "Object3D")
}
