//! Objects of three.js: what class a value is, and what changes one.

use super::{
    Change, MAX_CALLERS,
    platform::{changes_document, is_element_type},
    target,
};
use crate::web::{
    interaction::{Interactions, UpdateKind, handed::Place, place::Role, site},
    project::ModuleId,
    syntax::tree::{DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, Tag},
    three::{
        catalogue::{self, Category},
        objects::{class_of, function_name},
    },
    values::{External, Origin, ParameterValue, Value},
};

impl Interactions<'_, '_> {
    /// The class of three.js of an object, or of the object that it is a part of.
    pub(in crate::web::interaction) fn scene_class(
        &self,
        module: ModuleId,
        object: ExpressionId,
    ) -> Option<String> {
        let values = self.evaluator.values(module, object);
        let known = values.iter().find_map(|value| self.class_in_scene(value, 0));
        known.or_else(|| self.type_of_three(module, object))
    }

    pub(in crate::web::interaction) fn class_in_scene(&self, value: &Value, depth: u32) -> Option<String> {
        match value {
            Value::External(external) => {
                let mut whole = external.clone();
                loop {
                    if let Some(class) = class_of(self.evaluator, &Value::External(whole.clone())) {
                        return class.is_around_three().then_some(class.name);
                    }
                    if let Origin::Given { callee, .. } = &whole.origin
                        && let Some((_, object)) = callee.members.split_last()
                        && matches!(
                            callee.members.last().map(ecow::EcoString::as_str),
                            Some("traverse" | "traverseVisible" | "traverseAncestors")
                        )
                        && depth < 3
                    {
                        let root = External {
                            origin: callee.origin.clone(),
                            members: object.to_vec(),
                        };
                        return self
                            .class_in_scene(&Value::External(root), depth + 1)
                            .map(|_| "Object3D".to_owned());
                    }
                    if let Origin::Result { callee, .. } = &whole.origin
                        && let Some((method, object)) = callee.members.split_last()
                        && matches!(
                            method.as_str(),
                            "getObjectByName" | "getObjectById" | "getObjectByProperty" | "clone"
                        )
                        && depth < 3
                    {
                        let root = External {
                            origin: callee.origin.clone(),
                            members: object.to_vec(),
                        };
                        return self
                            .class_in_scene(&Value::External(root), depth + 1)
                            .map(|_| "Object3D".to_owned());
                    }
                    whole.members.pop()?;
                }
            }
            Value::Instance(_) => {
                let class = class_of(self.evaluator, value)?;
                class.is_three().then_some(class.name)
            }
            Value::Parameter(parameter) if depth < 3 => self.class_of_parameter(parameter, depth),
            _ => None,
        }
    }

    /// The class of what callers hand over, or of what is met while a scene is gone through.
    pub(in crate::web::interaction) fn class_of_parameter(
        &self,
        parameter: &ParameterValue,
        depth: u32,
    ) -> Option<String> {
        let places = self.places(parameter.module);
        let script = self.script(parameter.module);
        if let Some(function) = places.expression_of(parameter.function)
            && let Some((call, Role::Argument { .. })) = places.around(function)
            && let Kind::Call { callee, .. } = script.kind(call)
            && let Kind::Member { object, property, .. } = script.kind(*callee)
            && property.starts_with("traverse")
        {
            let values = self.evaluator.values(parameter.module, *object);
            let known = values
                .iter()
                .any(|value| self.class_in_scene(value, depth + 1).is_some());
            return known.then(|| "Object3D".to_owned());
        }
        let callers = self.evaluator.callers(parameter.module, parameter.function);
        callers.iter().take(MAX_CALLERS).find_map(|caller| {
            let arguments = self.evaluator.arguments_of(&caller.site);
            let argument = arguments.get(parameter.index as usize)?;
            let mut values = self.evaluator.values(caller.site.module, argument.value);
            for member in &parameter.members {
                let members = values
                    .iter()
                    .flat_map(|value| self.evaluator.member(value, member));
                values = members.collect();
            }
            values
                .iter()
                .find_map(|value| self.class_in_scene(value, depth + 1))
        })
    }

    /// The class that the declared type of what an object hangs on names.
    pub(in crate::web::interaction) fn type_of_three(
        &self,
        module: ModuleId,
        object: ExpressionId,
    ) -> Option<String> {
        let annotation = self.declared_type(module, object)?;
        let script = self.script(module);
        annotation
            .split(['|', '<', '>', ',', ' ', '(', ')', '[', ']', '&'])
            .find_map(|part| {
                let (head, name) = part.split_once('.').unwrap_or((part, part));
                let import = script.imports.iter().find(|import| {
                    import.names.iter().any(|imported| {
                        let local = imported.local.map(|name| script.name(name).text.clone());
                        local.unwrap_or_else(|| imported.imported.clone()) == head
                    })
                })?;
                is_around_three(&import.module).then(|| name.to_owned())
            })
    }

    /// The type that the variable at the root of `a.b.c` is declared with, as written.
    pub(in crate::web::interaction) fn declared_type(
        &self,
        module: ModuleId,
        object: ExpressionId,
    ) -> Option<String> {
        let script = self.script(module);
        let mut root = object;
        while let Kind::Member { object, .. } | Kind::Index { object, .. } = script.kind(root) {
            if matches!(script.kind(*object), Kind::This) {
                let Kind::Member { property, .. } = script.kind(root) else {
                    return None;
                };
                let class = script.function(script.expression(root).function).class?;
                let mut members = script.class(class).members.iter();
                let member = members.find(|member| member.name == *property)?;
                return member.annotation.as_ref().map(ToString::to_string);
            }
            root = *object;
        }
        let Kind::Local(name) = script.kind(root) else {
            return None;
        };
        let name = script.name(*name);
        if let Some(annotation) = &name.annotation {
            return Some(annotation.to_string());
        }
        name.definitions
            .iter()
            .find_map(|definition| match definition.source {
                DefinitionSource::Parameter(function, index) if definition.path.is_empty() => {
                    let parameter = script.function(function).parameters.get(index as usize)?;
                    parameter.annotation.as_ref().map(ToString::to_string)
                }
                // `useRef<Mesh>(null)`.
                DefinitionSource::Expression(value) if definition.path.is_empty() => match script.kind(value)
                {
                    Kind::Call {
                        type_arguments: Some(types),
                        ..
                    } => Some(types.to_string()),
                    _ => None,
                },
                _ => None,
            })
    }

    /// Methods of objects that only their declared type tells of.
    pub(in crate::web::interaction) fn by_declared_type(
        &self,
        module: ModuleId,
        callee: ExpressionId,
    ) -> Option<Change> {
        let script = self.script(module);
        let Kind::Member { object, property, .. } = script.kind(callee) else {
            return None;
        };
        let written = script.written(callee);
        if changes_scene(property)
            && let Some(class) = self.type_of_three(module, *object)
            && is_seen(&class)
        {
            return Some(Change {
                class: Some(class),
                ..Change::new(UpdateKind::Scene, target(&written))
            });
        }
        let declared = self.declared_type(module, *object)?;
        (changes_document(property) && is_element_type(&declared))
            .then(|| Change::new(UpdateKind::Document, target(&written)))
    }

    /// What drawing an element with a value changes.
    pub(in crate::web::interaction) fn drawn(
        &self,
        (module, element): Place,
        attribute: Option<&str>,
    ) -> Option<Change> {
        let Kind::Element(Element { tag, .. }) = self.script(module).kind(element) else {
            return None;
        };
        if let Tag::Intrinsic(tag) = tag
            && tag == "primitive"
        {
            return Some(Change::new(UpdateKind::Scene, "<primitive>"));
        }
        let class = class_of(self.evaluator, &Value::Element(site(module, element)));
        if let Some(class) = class.filter(|class| class.is_around_three()) {
            let name = match tag {
                Tag::Intrinsic(tag) => tag.clone(),
                Tag::Component(component) => self.script(module).written(*component),
                Tag::Fragment => return None,
            };
            let target = match attribute {
                Some(attribute) => format!("<{name} {attribute}>"),
                None => format!("<{name}>"),
            };
            return Some(Change {
                class: Some(class.name),
                ..Change::new(UpdateKind::Scene, target)
            });
        }
        let function = function_name(self.evaluator, module, element);
        let component = function.rsplit(':').next().unwrap_or(&function).to_owned();
        Some(Change::new(UpdateKind::Document, component))
    }
}

/// Vectors and the like are only reckoned with.
pub(in crate::web::interaction) fn is_seen(class: &str) -> bool {
    !matches!(
        catalogue::category(class),
        Category::Math
            | Category::Attribute
            | Category::Curve
            | Category::Raycaster
            | Category::Clock
            | Category::Exporter
    )
}

/// Packages whose types are objects of a scene.
pub(in crate::web::interaction) fn is_around_three(module: &str) -> bool {
    module == "three"
        || module.starts_with("three/")
        || module.starts_with("three-")
        || module.starts_with("@react-three/")
        || module.starts_with("urdf-loader")
}

/// Methods of three.js that change the object that they are called on
/// (<https://threejs.org/docs/#api/en/core/Object3D>, <https://threejs.org/docs/#api/en/math/Vector3>).
pub(in crate::web::interaction) fn changes_scene(method: &str) -> bool {
    method.starts_with("set") && method != "setup"
        || method.starts_with("lerp")
        || method.starts_with("apply")
        || method.starts_with("rotate")
        || method.starts_with("translate")
        || matches!(
            method,
            "add"
                | "attach"
                | "remove"
                | "removeFromParent"
                | "clear"
                | "copy"
                | "fromArray"
                | "slerp"
                | "slerpQuaternions"
                | "lookAt"
                | "multiplyScalar"
                | "updateProjectionMatrix"
                | "play"
                | "stop"
                | "reset"
                | "fadeIn"
                | "fadeOut"
                | "crossFadeTo"
                | "dispose"
                | "needsUpdate"
        )
}
