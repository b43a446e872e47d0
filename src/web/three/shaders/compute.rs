//! Programs that compute without drawing, and who runs them.
//!
//! <https://github.com/mrdoob/three.js/wiki/Three.js-Shading-Language>

use super::{
    Shader,
    holder::holder,
    nodes::{graph, is_of_nodes},
    uniform::{UniformSetter, placed},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::objects::location,
    values::{Evaluator, Origin, Value},
};

/// Programs that compute without drawing: `Fn(() => { … })().compute(count)`, with who runs them.
pub(super) fn computes(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Shader> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for id in script.expression_ids() {
        let Kind::Call { callee, .. } = script.kind(id) else {
            continue;
        };
        let program = match script.kind(*callee) {
            Kind::Member { object, property, .. }
                if matches!(property.as_str(), "compute" | "computeKernel") =>
            {
                *object
            }
            _ => continue,
        };
        // `renderer.compute(node)` runs one.
        let is_node = evaluator.values(module, program).iter().any(|value| {
            matches!(value, Value::External(external)
                if is_of_nodes(external) && matches!(external.origin, Origin::Result { .. }))
        });
        if !is_node {
            continue;
        }
        let graph = graph(evaluator, &[(module, program)]);
        found.push(Shader {
            kind: "compute".to_owned(),
            name: holder(evaluator, (module, id)),
            location: location(evaluator, module, id),
            uniforms: graph.uniforms,
            changes: graph.storages,
            runs: runs(evaluator, (module, id)),
            ..Shader::default()
        });
    }
    found
}

/// The calls of a renderer that run a compute program: `renderer.compute(update)`.
fn runs(evaluator: &Evaluator<'_>, (module, call): (ModuleId, ExpressionId)) -> Vec<UniformSetter> {
    let mut found = vec![];
    for other in evaluator.project.module_ids() {
        let script = evaluator.project.script(other);
        for id in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(id)
            else {
                continue;
            };
            let is_run = matches!(script.kind(*callee), Kind::Member { property, .. }
                if matches!(property.as_str(), "compute" | "computeAsync"));
            let Some(first) = arguments.first().filter(|_| is_run) else {
                continue;
            };
            let values = evaluator.values(other, first.value);
            let values = values.iter().flat_map(|value| match value {
                Value::Array(_) | Value::List(_) => evaluator.items_of(value),
                value => vec![value.clone()],
            });
            let mut sites = values.filter_map(|value| value.site().cloned());
            if sites.any(|site| (site.module, site.expression) == (module, call)) {
                found.push(placed(evaluator, other, id));
            }
        }
    }
    found.sort();
    found
}
