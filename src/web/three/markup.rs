//! Which element stands in which, through components, conditions and lists.

use super::{
    graph::{Child, Placement, classes_of},
    objects::{ClassName, class_of, object_attribute},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{Element, ExpressionId, ExpressionKind as Kind, Tag},
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
    let parents = classes_at(evaluator, module, expression, element);
    if parents.is_empty() {
        return;
    }
    for child in &element.children {
        let mut classes = vec![];
        outermost(evaluator, module, *child, MAX_DEPTH, &mut classes);
        for (parent, child_class) in parents
            .iter()
            .flat_map(|parent| classes.iter().map(move |child| (parent, child)))
        {
            let placement = Placement {
                parent: parent.clone(),
                child: Child::Class(child_class.clone()),
                module,
                expression: *child,
            };
            if !found.contains(&placement) {
                found.push(placement);
            }
        }
    }
}

/// The classes of the object that an element makes, or that it puts into the scene and that is there already.
fn classes_at(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    element: &Element,
) -> Vec<ClassName> {
    let made = class_of(evaluator, &Value::Element(Site::alone(module, expression)));
    if let Some(made) = made {
        return vec![made];
    }
    let object = object_attribute(evaluator, module, element);
    object
        .map(|object| classes_of(evaluator, module, object))
        .unwrap_or_default()
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
            // `{@render children()}`: what the component is handed is called.
            if let Kind::Call { callee, .. } = script.kind(expression) {
                for value in evaluator.with_callers(evaluator.values(module, *callee)) {
                    of_value(evaluator, &value, depth, found);
                }
            }
            for value in values {
                if !matches!(value, Value::Function(_)) {
                    of_value(evaluator, &value, depth, found);
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
        Value::List(_) | Value::Array(_) => {
            let Some(depth) = depth.checked_sub(1) else { return };
            for item in evaluator.items_of(value) {
                of_value(evaluator, &item, depth, found);
            }
        }
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
    let push = |class: ClassName| {
        if !found.contains(&class) {
            found.push(class);
        }
    };
    let classes = classes_at(evaluator, module, expression, element);
    if !classes.is_empty() {
        classes.into_iter().for_each(push);
        return;
    }
    match &element.tag {
        Tag::Intrinsic(_) => {}
        Tag::Fragment => {
            for child in &element.children {
                outermost(evaluator, module, *child, depth, found);
            }
        }
        Tag::Component(component) => {
            for value in evaluator.values(module, *component) {
                match &value {
                    // `Suspense`, providers and the like are nothing in the scene and show what stands in them.
                    Value::External(_) => {
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
