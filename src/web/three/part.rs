//! What objects of three.js hold and give: a light its target, a session its controllers, an object its children.

use ecow::EcoString;

use super::{
    catalogue::{self, Category},
    graph::classes_of,
    objects::{ClassName, class_of, three},
    physics,
};
use crate::web::values::{Evaluator, External, Origin, Site, Value};

/// The class of what is reached from an object by the names of its members, if it is an object of a scene.
pub(super) fn class_of_members(
    evaluator: &Evaluator<'_>,
    class: &ClassName,
    made: Option<&Site>,
    members: &[EcoString],
) -> Option<ClassName> {
    let path: Vec<&str> = members.iter().map(EcoString::as_str).collect();
    let (class, rest) = match path.as_slice() {
        // <https://threejs.org/docs/#api/en/lights/DirectionalLight.target>
        ["target", ..] if class.category() == Category::Light => (three("Object3D"), 1),
        // <https://threejs.org/docs/#api/en/lights/shadows/LightShadow.camera>
        ["shadow", "camera", ..] if class.category() == Category::Light => {
            (three(shadow_camera(class.known_name())?), 2)
        }
        // <https://threejs.org/docs/#api/en/extras/Controls.object>
        ["object", ..] if class.category() == Category::Controls => (controlled(evaluator, made?)?, 1),
        ["children", place, ..] if class.is_object() && is_item(place) => (three("Object3D"), 2),
        ["parent", ..] if class.is_object() => (three("Object3D"), 1),
        ["skeleton", "bones", place, ..] if is_item(place) => (three("Bone"), 3),
        _ => return None,
    };
    match &members[rest..] {
        [] => Some(class),
        members => class_of_members(evaluator, &class, None, members),
    }
}

fn is_item(place: &str) -> bool {
    place == "[]" || place.parse::<u32>().is_ok()
}

fn shadow_camera(light: &str) -> Option<&'static str> {
    match light {
        "DirectionalLight" => Some("OrthographicCamera"),
        "SpotLight" | "PointLight" => Some("PerspectiveCamera"),
        _ => None,
    }
}

/// What controls move: what they are made with first.
fn controlled(evaluator: &Evaluator<'_>, made: &Site) -> Option<ClassName> {
    let object = evaluator.arguments_of(made).first()?.value;
    let values = evaluator.values_at(&Site {
        expression: object,
        ..made.clone()
    });
    let known = values.iter().find_map(|value| class_of(evaluator, value));
    known.or_else(|| classes_of(evaluator, made.module, object).into_iter().next())
}

/// The class of what a method gives (<https://threejs.org/docs/#api/en/renderers/webxr/WebXRManager>,
/// <https://threejs.org/docs/#examples/en/controls/TransformControls.getHelper>).
pub(super) fn class_of_given(evaluator: &Evaluator<'_>, method: &External) -> Option<ClassName> {
    let (name, object) = method.members.split_last()?;
    if let Origin::Library { package, path } = &method.origin {
        return (package == "three").then(|| by_addon(path, name)).flatten();
    }
    let holder = |members: &[EcoString]| {
        let holder = External {
            origin: method.origin.clone(),
            members: members.to_vec(),
        };
        class_of(evaluator, &Value::External(holder))
    };
    match name.as_str() {
        "getController" | "getControllerGrip" | "getHand"
            if object.last().is_some_and(|manager| manager == "xr") =>
        {
            Some(three("Group"))
        }
        "getCamera" if object.last().is_some_and(|manager| manager == "xr") => Some(three("ArrayCamera")),
        "createControllerModel" | "createHandModel" => {
            let model = name.trim_start_matches("create");
            holder(object)
                .filter(|class| class.category() == Category::Webxr)
                .map(|_| object_of_three(&format!("XR{model}")))
        }
        "getHelper" => holder(object)
            .filter(|class| class.category() == Category::Controls)
            .map(|_| three("Object3D")),
        "getObject" => holder(object)
            .filter(|class| class.category() == Category::Controls)
            .and_then(|_| controlled(evaluator, method.site()?)),
        "getObjectByName" | "getObjectById" | "getObjectByProperty" => holder(object)
            .filter(ClassName::is_object)
            .map(|_| three("Object3D")),
        // Of an array of children.
        "find" | "at" | "pop" | "shift" => {
            let (list, owner) = object.split_last()?;
            let is_children = list == "children" && holder(owner)?.is_object();
            is_children.then(|| three("Object3D"))
        }
        // These give the object that they are called on: <https://threejs.org/docs/#api/en/core/Object3D>
        "add" | "attach" | "remove" | "removeFromParent" | "clear" | "copy" | "rotateX" | "rotateY"
        | "rotateZ" | "translateX" | "translateY" | "translateZ" => {
            holder(object).filter(ClassName::is_object)
        }
        _ => None,
    }
}

/// The class of what an object hands to a function: `group.traverse((child) => …)`.
pub(super) fn class_of_handed(evaluator: &Evaluator<'_>, handed: &External) -> Option<ClassName> {
    let Origin::Given {
        callee,
        argument: 0,
        parameter: 0,
        ..
    } = &handed.origin
    else {
        return None;
    };
    let (method, object) = callee.members.split_last()?;
    let owner = match method.as_str() {
        // What an `async` function gives.
        "then" => {
            let settled = External {
                origin: callee.origin.clone(),
                members: object.to_vec(),
            };
            return class_of(evaluator, &Value::External(settled));
        }
        "traverse" | "traverseVisible" | "traverseAncestors" => object,
        "forEach" | "map" | "filter" | "find" | "some" | "every" => match object.split_last()? {
            (list, owner) if list == "children" => owner,
            _ => return None,
        },
        _ => return None,
    };
    let owner = External {
        origin: callee.origin.clone(),
        members: owner.to_vec(),
    };
    let class = class_of(evaluator, &Value::External(owner))?;
    class.is_object().then(|| three("Object3D"))
}

/// Functions of the addons that make objects.
fn by_addon(path: &str, function: &str) -> Option<ClassName> {
    Some(three(match (path.rsplit('/').next()?, function) {
        ("Text2D.js" | "Text2D", "createText") => "Mesh",
        (
            "SceneUtils.js" | "SceneUtils",
            "createMultiMaterialObject"
            | "createMeshesFromInstancedMesh"
            | "createMeshesFromMultiMaterialMesh",
        ) => "Group",
        _ => return None,
    }))
}

/// A class of three.js that its modules keep for themselves.
fn object_of_three(name: &str) -> ClassName {
    ClassName {
        name: name.to_owned(),
        base: Some("Object3D".to_owned()),
        ..three(name)
    }
}

impl ClassName {
    /// Its name in the library: that of the class that it inherits from, where it is one of the project's.
    pub(super) fn known_name(&self) -> &str {
        self.base.as_deref().unwrap_or(&self.name)
    }

    /// Whether its instances have a place in a scene.
    pub(super) fn is_object(&self) -> bool {
        let name = self.known_name();
        if physics::is_engine(&self.package) {
            return false;
        }
        name == "Object3D"
            || catalogue::bases(name).any(|base| base == "Object3D")
            // Of another release or library.
            || self.is_three()
                && !catalogue::is_known(name)
                && matches!(
                    self.category(),
                    Category::Object | Category::Scene | Category::Light | Category::Camera | Category::Helper
                )
    }
}
