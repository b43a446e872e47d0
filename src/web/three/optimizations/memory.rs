//! What is kept, and what is given back.

use super::{At, Optimization};
use crate::web::{
    syntax::tree::{ExpressionKind as Kind, FunctionId},
    three::{
        category::Category,
        objects::{class_of, is_of_three},
    },
    values::Value,
};

pub(super) fn at(place: &At<'_, '_, '_>) -> Option<Optimization> {
    if let Some((object, "enabled", value)) = place.write() {
        let is_cache = place
            .library(object)
            .is_some_and(|(package, name)| package == "three" && name == "Cache");
        let is_on = matches!(place.script.kind(value), Kind::Boolean(true));
        return (is_cache && is_on).then(|| place.found("caching", "Cache"));
    }
    let call = place.call()?;
    match call.method {
        // <https://docs.tresjs.org/api/utils/dispose>
        "dispose" if call.object.is_none() => {
            let (package, _) = place.library(call.callee)?;
            let first = call.arguments.first()?.value;
            (package == "@tresjs/core").then(|| place.found("disposal", place.script.written(first)))
        }
        "dispose" => {
            let object = call.object?;
            let values = place.values(object);
            let class = values
                .iter()
                .filter_map(|value| class_of(place.search.evaluator, value))
                .find(super::super::objects::ClassName::is_around_three);
            if let Some(class) = class {
                return Some(place.found("disposal", class.name));
            }
            let is_part = values
                .iter()
                .any(|value| matches!(value, Value::External(external) if is_of_three(external)));
            let part = match place.script.kind(object) {
                Kind::Member { property, .. } if matches!(property.as_str(), "geometry" | "material") => {
                    property.to_string()
                }
                _ if is_part => place.script.written(object).to_string(),
                _ => return None,
            };
            Some(place.found("disposal", part))
        }
        "useMemo" => {
            let (package, _) = place.library(call.callee)?;
            let first = call.arguments.first()?.value;
            let Kind::Function(function) = place.script.kind(first) else {
                return None;
            };
            let class = made_in(place, *function).filter(|_| package == "react")?;
            Some(place.found("caching", format!("useMemo of {class}")))
        }
        _ => None,
    }
}

/// The class of a geometry, material or texture that a function makes.
fn made_in(place: &At<'_, '_, '_>, function: FunctionId) -> Option<String> {
    let evaluator = place.search.evaluator;
    let expressions = place.search.calls.expressions(place.module, function).iter();
    let mut classes = expressions.filter_map(|id| {
        let Kind::New { .. } = place.script.kind(*id) else {
            return None;
        };
        let values = evaluator.values(place.module, *id);
        values.iter().find_map(|value| class_of(evaluator, value))
    });
    classes
        .find(|class| {
            class.is_three()
                && matches!(
                    class.category(),
                    Category::Geometry | Category::Material | Category::Texture
                )
        })
        .map(|class| class.name)
}
