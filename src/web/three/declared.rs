//! The class of three.js that a type names, for objects of which nothing else is known: `parent: THREE.Object3D`,
//! `useRef<THREE.Group>(null)`, a function that returns `Mesh | null`.

use ecow::EcoString;

use super::{
    objects::{ClassName, class_name, class_of},
    physics,
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        Definition, DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, NameId, PathStep,
        Property,
    },
    values::{Evaluator, Site, Value},
};

/// Names and types that lead to each other.
const MAX_STEPS: u32 = 6;

/// The class that the types around an expression say it is of.
pub(super) fn declared_class(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
) -> Option<ClassName> {
    class_by_type(evaluator, module, expression, MAX_STEPS)
}

fn class_by_type(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    steps: u32,
) -> Option<ClassName> {
    let steps = steps.checked_sub(1)?;
    let script = evaluator.project.script(module);
    match script.kind(expression) {
        Kind::Local(name) => of_name(evaluator, module, *name, steps),
        Kind::Member { object, property, .. } => match script.kind(*object) {
            Kind::This => {
                let class = script.function(script.expression(expression).function).class?;
                let mut members = script.class(class).members.iter();
                let field = members.find(|member| member.name == *property)?;
                named(evaluator, module, field.annotation.as_deref()?)
            }
            Kind::Local(name) if property == "current" => of_reference(evaluator, module, *name),
            _ => None,
        },
        Kind::Call { .. } => {
            let site = Site::alone(module, expression);
            evaluator.callees(&site).iter().find_map(|callee| match callee {
                Value::Function(closure) => {
                    let script = evaluator.project.script(closure.module);
                    let returned = script.function(closure.function).return_type.as_deref()?;
                    named(evaluator, closure.module, returned)
                }
                _ => None,
            })
        }
        _ => None,
    }
}

fn of_name(evaluator: &Evaluator<'_>, module: ModuleId, name: NameId, steps: u32) -> Option<ClassName> {
    let script = evaluator.project.script(module);
    let declared = script.name(name);
    if let Some(annotation) = &declared.annotation
        && let Some(class) = named(evaluator, module, annotation)
    {
        return Some(class);
    }
    declared
        .definitions
        .iter()
        .find_map(|definition| of_definition(evaluator, module, definition, steps))
}

fn of_definition(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    definition: &Definition,
    steps: u32,
) -> Option<ClassName> {
    let script = evaluator.project.script(module);
    match definition.source {
        DefinitionSource::Expression(value) if definition.path.is_empty() => {
            class_by_type(evaluator, module, value, steps)
        }
        DefinitionSource::Parameter(function, index) => {
            let parameter = &script.function(function).parameters[index as usize];
            let annotation = parameter.annotation.as_deref()?;
            let properties = definition.path.iter().filter_map(|step| match step {
                PathStep::Property(name) => Some(name),
                _ => None,
            });
            let mut annotation = EcoString::from(annotation);
            for property in properties {
                let shape = script.shapes.iter().find(|shape| shape.name == annotation)?;
                annotation = shape.members.iter().find(|(name, _)| name == property)?.1.clone();
            }
            named(evaluator, module, &annotation)
        }
        _ => None,
    }
}

/// What a reference holds: the type that it is made with, or the element that it is handed to
/// (<https://react.dev/reference/react/useRef>).
fn of_reference(evaluator: &Evaluator<'_>, module: ModuleId, name: NameId) -> Option<ClassName> {
    let script = evaluator.project.script(module);
    let by_type = script.name(name).definitions.iter().find_map(|definition| {
        let DefinitionSource::Expression(made) = definition.source else {
            return None;
        };
        match script.kind(made) {
            Kind::Call {
                type_arguments: Some(types),
                ..
            } => named(evaluator, module, types),
            _ => None,
        }
    });
    by_type.or_else(|| {
        script.expression_ids().find_map(|expression| {
            let Kind::Element(Element { attributes, .. }) = script.kind(expression) else {
                return None;
            };
            let is_handed = attributes.iter().any(|attribute| {
                matches!(attribute, Property::Named { key, value }
                    if key == "ref" && matches!(script.kind(*value), Kind::Local(other) if *other == name))
            });
            let site = Site::alone(module, expression);
            is_handed
                .then(|| class_of(evaluator, &Value::Element(site)))
                .flatten()
        })
    })
}

/// The class that a type names: `THREE.Group | null`, `Mesh<BufferGeometry>`.
fn named(evaluator: &Evaluator<'_>, module: ModuleId, annotation: &str) -> Option<ClassName> {
    annotation.split('|').map(str::trim).find_map(|alternative| {
        let path = alternative.split('<').next().unwrap_or_default().trim();
        let mut parts = path.split('.');
        let head = parts.next().filter(|head| !head.is_empty())?;
        let script = evaluator.project.script(module);
        let index = script.names.iter().position(|declared| declared.text == head)?;
        let mut values = evaluator.values_of_name(module, NameId(index as u32));
        for part in parts {
            values = values
                .iter()
                .flat_map(|value| evaluator.member(value, part))
                .collect();
        }
        let class = values.iter().find_map(|value| class_name(evaluator, value))?;
        (class.is_three() || physics::is_engine(&class.package)).then_some(class)
    })
}
