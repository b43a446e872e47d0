//! Which element stands in which, through components, conditions and lists.

use super::{
    graph::{Child, Placement, classes_of},
    objects::{ClassName, class_of},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{Element, ExpressionId, ExpressionKind as Kind, Property, Tag},
    values::{Evaluator, Site, Value},
};

/// Components that make each other.
const MAX_DEPTH: u32 = 6;

/// The elements of three.js directly inside an element, as edges.
pub(super) fn within(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    element: &Element,
    found: &mut Vec<Placement>,
) {
    if matches!(element.tag, Tag::Fragment) {
        return;
    }
    let Some(parent) = class_at(evaluator, module, expression) else {
        return;
    };
    for child in &element.children {
        let mut classes = vec![];
        outermost(evaluator, module, *child, MAX_DEPTH, &mut classes);
        for child_class in classes {
            let placement = Placement {
                parent: parent.clone(),
                child: Child::Class(child_class),
                module,
                expression: *child,
            };
            if !found.contains(&placement) {
                found.push(placement);
            }
        }
    }
}

fn class_at(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Option<ClassName> {
    let site = Site::alone(module, expression);
    class_of(evaluator, &Value::Element(site))
}

/// The classes of the outermost elements of three.js that an expression puts into the markup.
fn outermost(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    depth: u32,
    found: &mut Vec<ClassName>,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let script = evaluator.project.script(module);
    let mut inside = |expression| outermost(evaluator, module, expression, depth, found);
    match script.kind(expression) {
        Kind::Element(element) => of_element(evaluator, module, expression, element, depth, found),
        Kind::Logical { right, .. } => inside(*right),
        Kind::Conditional { then, otherwise, .. } => {
            inside(*then);
            inside(*otherwise);
        }
        Kind::Array(items) => items.iter().for_each(|item| inside(item.value)),
        Kind::Call {
            callee, arguments, ..
        } if matches!(script.kind(*callee), Kind::Member { property, .. } if property == "map") => {
            for argument in arguments.iter().take(1) {
                for value in evaluator.values(module, argument.value) {
                    of_value(evaluator, &value, depth, found);
                }
            }
        }
        Kind::Local(_) | Kind::Member { .. } | Kind::Call { .. } => {
            let values = evaluator.with_callers(evaluator.values(module, expression));
            for value in values {
                match value {
                    Value::Function(_) => {}
                    Value::List(_) | Value::Array(_) => {
                        for item in evaluator.items_of(&value) {
                            of_value(evaluator, &item, depth, found);
                        }
                    }
                    value => of_value(evaluator, &value, depth, found),
                }
            }
        }
        _ => {}
    }
}

/// What an element, or a function that returns one, puts into the markup.
fn of_value(evaluator: &Evaluator<'_>, value: &Value, depth: u32, found: &mut Vec<ClassName>) {
    match value {
        Value::Element(site) => outermost(evaluator, site.module, site.expression, depth, found),
        Value::Function(closure) => {
            let function = evaluator
                .project
                .script(closure.module)
                .function(closure.function);
            for returned in &function.returns {
                outermost(evaluator, closure.module, *returned, depth, found);
            }
        }
        _ => {}
    }
}

fn of_element(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    element: &Element,
    depth: u32,
    found: &mut Vec<ClassName>,
) {
    let mut push = |class: ClassName| {
        if !found.contains(&class) {
            found.push(class);
        }
    };
    if let Some(class) = class_at(evaluator, module, expression) {
        push(class);
        return;
    }
    match &element.tag {
        // An object that is there already: <https://r3f.docs.pmnd.rs/api/objects#putting-already-existing-objects-into-the-scene-graph>
        Tag::Intrinsic(tag) if tag == "primitive" => {
            let object = element.attributes.iter().find_map(|attribute| match attribute {
                Property::Named { key, value } if key == "object" => Some(*value),
                _ => None,
            });
            for class in object
                .into_iter()
                .flat_map(|object| classes_of(evaluator, module, object))
            {
                push(class);
            }
        }
        Tag::Intrinsic(_) => {}
        Tag::Fragment => {
            for child in &element.children {
                outermost(evaluator, module, *child, depth, found);
            }
        }
        Tag::Component(component) => {
            for value in evaluator.values(module, *component) {
                match &value {
                    // `Suspense` and the like are nothing in the scene.
                    Value::External(external)
                        if external.package().is_some_and(|(package, _)| package == "react") =>
                    {
                        for child in &element.children {
                            outermost(evaluator, module, *child, depth, found);
                        }
                    }
                    value => of_value(evaluator, value, depth, found),
                }
            }
        }
    }
}
