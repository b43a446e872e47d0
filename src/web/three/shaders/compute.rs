//! Programs that compute without drawing, and who runs them.
//!
//! <https://github.com/mrdoob/three.js/wiki/Three.js-Shading-Language>

use rustc_hash::FxHashMap;

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
pub(super) fn computes(evaluator: &Evaluator<'_>, module: ModuleId, runs: &Runs) -> Vec<Shader> {
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
            runs: runs.of(evaluator, (module, id)),
            ..Shader::default()
        });
    }
    found
}

type Place = (ModuleId, ExpressionId);

/// The calls of renderers that run compute programs, `renderer.compute(update)`, by the program.
#[derive(Debug, Default)]
pub(super) struct Runs(FxHashMap<Place, Vec<Place>>);

impl Runs {
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut runs: FxHashMap<Place, Vec<Place>> = FxHashMap::default();
        for module in evaluator.project.module_ids() {
            let script = evaluator.project.script(module);
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
                for value in evaluator.values(module, first.value) {
                    let programs = match value {
                        Value::Array(_) | Value::List(_) => evaluator.items_of(&value),
                        value => vec![value],
                    };
                    for site in programs.iter().filter_map(Value::site) {
                        runs.entry((site.module, site.expression))
                            .or_default()
                            .push((module, id));
                    }
                }
            }
        }
        Self(runs)
    }

    fn of(&self, evaluator: &Evaluator<'_>, program: Place) -> Vec<UniformSetter> {
        let runs = self.0.get(&program).into_iter().flatten();
        let mut found: Vec<UniformSetter> = runs
            .map(|(module, call)| placed(evaluator, *module, *call))
            .collect();
        found.sort();
        found.dedup();
        found
    }
}
