//! What is made in a component or an object with an end and never disposed of.

use super::{Hazard, HazardRule, inspection::Inspection, rebuilt::is_resource};
use crate::web::{
    syntax::tree::{ExpressionKind as Kind, MemberKind},
    three::{category::Category, lifetime::Lifetime, objects::Made},
    values::Value,
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "not-disposed",
    summary: "a renderer, controls, render target, geometry, material or texture that is never disposed of",
    help: "What three.js keeps on the graphics card and its listeners stay until `dispose` is called; each further mount adds \
           more, and a page has a limited number of WebGL contexts. Call `dispose` where the component or object ends.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    for lifetime in &inspection.lifetimes {
        let mut content: Vec<&Made> = vec![];
        for made in inspection
            .made
            .iter()
            .filter(|made| is_meant(inspection, made, lifetime))
        {
            if is_resource(made.class.category()) {
                content.push(made);
            } else {
                let message = format!("is never disposed of, also not when {}", lifetime.end);
                let place = (made.module, made.expression);
                found.push(inspection.placed_hazard(RULE.name, place, &made.class.name, message));
            }
        }
        found.extend(together(inspection, lifetime, &content));
    }
    found
}

/// Geometries, materials and textures of a lifetime as one hazard, at the first.
fn together(inspection: &Inspection<'_, '_>, lifetime: &Lifetime, content: &[&Made]) -> Option<Hazard> {
    let first = content.first()?;
    let rest = content.len() - 1;
    let subject = &first.class.name;
    let message = match rest {
        0 => format!("is never disposed of, also not when {}", lifetime.end),
        1 => format!(
            "and one more geometry, material or texture are never disposed of, also not when {}",
            lifetime.end
        ),
        rest => format!(
            "and {rest} more geometries, materials and textures are never disposed of, also not when {}",
            lifetime.end
        ),
    };
    let place = (first.module, first.expression);
    Some(inspection.placed_hazard(RULE.name, place, subject, message))
}

fn is_meant(inspection: &Inspection<'_, '_>, made: &Made, lifetime: &Lifetime) -> bool {
    let script = inspection.script(made.module);
    let function = script.expression(made.expression).function;
    lifetime.setup.contains(&(made.module, function))
        && (made.class.is_three() || made.class.package == POSTPROCESSING)
        && matches!(script.kind(made.expression), Kind::New { .. })
        && holds_memory(made)
        && !(is_content(made.class.category()) && (is_fiber(inspection, made) || lifetime.is_of_renderer))
        && !is_given_away(inspection, made)
        && !inspection.is_disposed(made, Some(lifetime))
}

/// Whose composer has a `dispose` as that of three.js: <https://pmndrs.github.io/postprocessing/public/docs/class/src/core/EffectComposer.js~EffectComposer.html>.
const POSTPROCESSING: &str = "postprocessing";

/// What objects of a scene hold, which libraries that draw components dispose of with these.
fn is_content(category: Category) -> bool {
    is_resource(category) && category != Category::Rendertarget
}

/// Whether an object is returned to callers that are not known.
fn is_given_away(inspection: &Inspection<'_, '_>, made: &Made) -> bool {
    let script = inspection.script(made.module);
    let function = script.expression(made.expression).function;
    // The value of a field stands in a function of its own.
    let class = script.function(function).class.map(|class| script.class(class));
    let is_field = class.is_some_and(|class| {
        class.members.iter().any(|member| {
            matches!(member.kind, MemberKind::Field(Some(value)) if script.expression(value).function == function)
        })
    });
    if is_field || !inspection.evaluator.callers(made.module, function).is_empty() {
        return false;
    }
    let mut returned = script.function(function).returns.iter();
    returned.any(|value| {
        let values = inspection.evaluator.values(made.module, *value);
        values
            .iter()
            .filter_map(Value::site)
            .any(|site| (site.module, site.expression) == (made.module, made.expression))
    })
}

/// Whether the class has a `dispose` that matters.
fn holds_memory(made: &Made) -> bool {
    let name = made.class.base.as_deref().unwrap_or(&made.class.name);
    match made.class.category() {
        Category::Renderer => matches!(name, "WebGLRenderer" | "WebGPURenderer" | "WebGL1Renderer"),
        Category::Controls => name != "DragControls" || made.class.base.is_none(),
        Category::Pass => name == "EffectComposer",
        Category::Geometry | Category::Material | Category::Texture | Category::Rendertarget => true,
        _ => name == "PMREMGenerator",
    }
}

/// react-three-fiber disposes of what its elements hold (<https://r3f.docs.pmnd.rs/api/objects#disposal>).
fn is_fiber(inspection: &Inspection<'_, '_>, made: &Made) -> bool {
    let script = inspection.script(made.module);
    let imports = script.imports.iter().any(|import| {
        import.module.starts_with("@react-three/")
            || import.module.starts_with("@threlte/")
            || import.module.starts_with("@tresjs/")
    });
    imports
        || inspection.made.iter().any(|other| {
            other.module == made.module && matches!(script.kind(other.expression), Kind::Element(_))
        })
}
