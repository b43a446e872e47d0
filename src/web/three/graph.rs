//! Which object is put into which: `parent.add(child)`, `parent.attach(child)`, and elements within elements.

use serde::Serialize;

use super::objects::{class_of, location};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{Element, ExpressionId, ExpressionKind as Kind, Tag},
        values::{Evaluator, Value},
    },
};

/// One object in another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edge {
    /// Class of the parent.
    pub parent: String,
    /// Class of the child; as written where it is not known.
    pub child: String,
    /// Where it is put in.
    pub location: Location,
}

/// Every object that is put into another, by module and place.
#[must_use]
pub fn edges(evaluator: &Evaluator<'_>) -> Vec<Edge> {
    let modules = evaluator.project.module_ids();
    modules.flat_map(|module| edges_in(evaluator, module)).collect()
}

pub(super) fn edges_in(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Edge> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for expression in script.expression_ids() {
        match script.kind(expression) {
            Kind::Call {
                callee, arguments, ..
            } => {
                let Kind::Member { object, property, .. } = script.kind(*callee) else {
                    continue;
                };
                if !matches!(property.as_str(), "add" | "attach") {
                    continue;
                }
                let Some(parent) = parent(evaluator, module, *object) else {
                    continue;
                };
                for argument in arguments {
                    for child in children(evaluator, module, argument.value) {
                        found.push(Edge {
                            parent: parent.clone(),
                            child,
                            location: location(evaluator, module, expression),
                        });
                    }
                }
            }
            Kind::Element(element) => within(evaluator, module, expression, element, &mut found),
            _ => {}
        }
    }
    found
}

/// The class of what something is added to, if that may hold objects.
fn parent(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> Option<String> {
    use super::catalogue::Category;
    let values = evaluator.values(module, object);
    let classes = values.iter().filter_map(|value| class_of(evaluator, value));
    classes
        .filter(super::objects::ClassName::is_three)
        .find(|class| {
            !matches!(
                class.category(),
                Category::Math | Category::Other | Category::Curve | Category::Geometry | Category::Material
            )
        })
        .map(|class| class.name)
}

fn children(evaluator: &Evaluator<'_>, module: ModuleId, argument: ExpressionId) -> Vec<String> {
    let values = evaluator.values(module, argument);
    let mut names: Vec<String> = vec![];
    for value in &values {
        let items = match value {
            Value::Array(_) | Value::List(_) => evaluator.items_of(value),
            value => vec![value.clone()],
        };
        for name in items
            .iter()
            .filter_map(|item| class_of(evaluator, item))
            .map(|class| class.name)
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        names.push(evaluator.project.script(module).written(argument).to_string());
    }
    names
}

/// The elements directly inside an element of three.js.
fn within(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    element: &Element,
    found: &mut Vec<Edge>,
) {
    use crate::web::values::{Environment, Site};
    let class = |expression| {
        let site = Site {
            module,
            expression,
            environment: Environment::default(),
        };
        class_of(evaluator, &Value::Element(site)).map(|class| class.name)
    };
    if matches!(element.tag, Tag::Fragment) {
        return;
    }
    let Some(parent) = class(expression) else {
        return;
    };
    let script = evaluator.project.script(module);
    for child in &element.children {
        if let Kind::Element(_) = script.kind(*child)
            && let Some(child_class) = class(*child)
        {
            found.push(Edge {
                parent: parent.clone(),
                child: child_class,
                location: location(evaluator, module, *child),
            });
        }
    }
}
