//! What drives frames: `setAnimationLoop`, `requestAnimationFrame` that asks again, `useFrame`.

use std::{cell::OnceCell, collections::BTreeSet};

use serde::Serialize;

use super::{
    catalogue::Category,
    driver::{driver, is_drawn_by_library, takes_time},
    ending,
    graph::classes_of,
    objects::{class_of, location},
    physics,
    reach::{Calls, Reached},
    throttle::Throttle,
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Script},
        values::{Evaluator, Value},
    },
};

/// A function that runs again and again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RenderLoop {
    /// `setAnimationLoop`, `rAF`, `useFrame`, or the hook's name.
    pub kind: String,
    /// Where it is driven: the call of `requestAnimationFrame`, `setAnimationLoop` or `useFrame`.
    pub location: Location,
    /// The function that is run, `file:name`.
    pub function: String,
    /// Whether something in the project ends it.
    pub is_cancelled: bool,
    /// Whether a renderer draws in it.
    pub renders: bool,
    /// The project's functions that it calls, the nearest first, `file:name`.
    pub calls: Vec<String>,
    /// Whether it takes the time between two frames into account.
    pub uses_delta: bool,
    /// What keeps it from drawing at every frame, by kind and test.
    pub throttled_by: Vec<Throttle>,
    /// The calls that move the world of a physics engine on, as written, the nearest first.
    pub steps: Vec<String>,
}

/// A loop within the scripts.
#[derive(Clone, Debug)]
pub struct Loop {
    /// `setAnimationLoop`, `rAF`, `useFrame`.
    pub kind: &'static str,
    /// Where it is driven.
    pub module: ModuleId,
    /// The call that drives it.
    pub call: ExpressionId,
    /// The function that is run.
    pub body: (ModuleId, FunctionId),
    /// Whether it asks for the next frame only while something holds.
    pub ends_itself: bool,
    pub(super) throttles: OnceCell<Vec<Throttle>>,
}

/// Every loop of the product, by module and place, each function once.
#[must_use]
pub fn loops(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Vec<Loop> {
    let mut found: Vec<Loop> = vec![];
    for module in evaluator.project.product_modules() {
        for candidate in loops_in(evaluator, calls, module) {
            if !found.iter().any(|known| known.body == candidate.body) {
                found.push(candidate);
            }
        }
    }
    found
}

pub(super) fn loops_in(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>, module: ModuleId) -> Vec<Loop> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for call in script.expression_ids() {
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(call)
        else {
            continue;
        };
        let Some(kind) = driver(evaluator, module, *callee) else {
            continue;
        };
        let Some(first) = arguments.first() else { continue };
        for value in evaluator.values(module, first.value) {
            let Value::Function(closure) = value else { continue };
            let body = (closure.module, closure.function);
            let way = ending::way_to(calls, body, module, call);
            // Else it is a one-shot or a throttle.
            if kind == "rAF" && way.is_none() {
                continue;
            }
            let ends_itself = kind == "rAF" && way.is_some_and(|way| ending::is_conditional(evaluator, &way));
            found.push(Loop {
                kind,
                module,
                call,
                body,
                ends_itself,
                throttles: OnceCell::new(),
            });
        }
    }
    found
}

impl Loop {
    /// As plain data.
    #[must_use]
    pub fn describe(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> RenderLoop {
        let reached = calls.reached(self.body.0, self.body.1);
        let mut names = vec![];
        let mut seen = BTreeSet::new();
        for function in reached.iter().skip(1) {
            let name = name_of(evaluator, function.module, function.function);
            if seen.insert(name.clone()) && name.contains(':') {
                names.push(name);
            }
        }
        RenderLoop {
            kind: self.kind.to_owned(),
            location: location(evaluator, self.module, self.call),
            function: name_of(evaluator, self.body.0, self.body.1),
            is_cancelled: self.is_cancelled(evaluator),
            renders: is_drawn_by_library(self.kind)
                || reached
                    .iter()
                    .any(|function| renders(evaluator, calls, function.module, function.function)),
            calls: names,
            uses_delta: self.uses_delta(evaluator, calls),
            throttled_by: self.throttles(evaluator, calls).to_vec(),
            steps: self.steps(evaluator, &reached, calls),
        }
    }

    fn steps(&self, evaluator: &Evaluator<'_>, reached: &[Reached], calls: &Calls<'_, '_>) -> Vec<String> {
        let mut found = vec![];
        for function in reached {
            for id in calls.expressions(function.module, function.function) {
                if let Some(step) = physics::step(evaluator, function.module, *id)
                    && !found.contains(&step)
                {
                    found.push(step);
                }
            }
        }
        found
    }

    fn uses_delta(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> bool {
        let script = evaluator.project.script(self.body.0);
        if takes_time(script, self.kind, self.body.1) || self.subtracts_time(evaluator, calls) {
            return true;
        }
        calls.reached(self.body.0, self.body.1).iter().any(|reached| {
            let mut expressions = calls.expressions(reached.module, reached.function).iter();
            expressions.any(|id| asks_clock(evaluator, reached.module, *id))
        })
    }

    /// Whether the function computes with the time that it is handed, or with the clock: `now - last`.
    fn subtracts_time(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> bool {
        let (module, function) = self.body;
        let script = evaluator.project.script(module);
        let is_time =
            |expression: ExpressionId| match script.kind(expression) {
                Kind::Local(name) => script
                    .name(*name)
                    .definitions
                    .iter()
                    .any(|definition| match definition.source {
                        DefinitionSource::Parameter(owner, 0) => owner == function,
                        DefinitionSource::Expression(value) => reads_clock(script, value),
                        _ => false,
                    }),
                _ => reads_clock(script, expression),
            };
        calls
            .expressions(module, function)
            .iter()
            .any(|id| matches!(script.kind(*id), Kind::Binary { operator: "-", left, .. } if is_time(*left)))
    }
}

/// Whether an expression asks a clock or timer of three.js for the time: `clock.getDelta()`, `timer.getElapsed()`.
fn asks_clock(evaluator: &Evaluator<'_>, module: ModuleId, id: ExpressionId) -> bool {
    let Kind::Member { object, property, .. } = evaluator.project.script(module).kind(id) else {
        return false;
    };
    let is_clock = || {
        let mut classes = classes_of(evaluator, module, *object).into_iter();
        classes.any(|class| class.category() == Category::Clock)
    };
    match property.as_str() {
        "getDelta" | "getElapsedTime" => true,
        "getElapsed" | "elapsedTime" => is_clock(),
        _ => false,
    }
}

/// `performance.now()`, `Date.now()`.
fn reads_clock(script: &Script, expression: ExpressionId) -> bool {
    let Kind::Call { callee, .. } = script.kind(expression) else {
        return false;
    };
    let Kind::Member { object, property, .. } = script.kind(*callee) else {
        return false;
    };
    property == "now"
        && matches!(script.kind(*object), Kind::Global(name) if matches!(name.as_str(), "performance" | "Date"))
}

/// The name of a function, `file:name`.
pub(super) fn name_of(evaluator: &Evaluator<'_>, module: ModuleId, function: FunctionId) -> String {
    let script = evaluator.project.script(module);
    let named = script.function(function);
    let file = &evaluator.project.module(module).file;
    let class = named.class.map(|class| script.class(class));
    let class = class.filter(|class| class.function != Some(function));
    match class.map(|class| &class.name) {
        _ if named.name.is_empty() => format!("{file}:{}", script.line(named.start)),
        Some(class) if !class.is_empty() => format!("{file}:{class}.{}", named.name),
        _ => format!("{file}:{}", named.name),
    }
}

/// Whether a function draws: `renderer.render(scene, camera)`, `composer.render()`.
pub(super) fn renders(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    module: ModuleId,
    function: FunctionId,
) -> bool {
    draws(evaluator, calls, module, function).next().is_some()
}

/// The calls of a function that draw.
pub(super) fn draws<'a>(
    evaluator: &'a Evaluator<'_>,
    calls: &'a Calls<'_, '_>,
    module: ModuleId,
    function: FunctionId,
) -> impl Iterator<Item = ExpressionId> + use<'a> {
    let expressions = calls.expressions(module, function).iter().copied();
    expressions.filter(move |id| is_drawing(evaluator, module, *id))
}

fn is_drawing(evaluator: &Evaluator<'_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = evaluator.project.script(module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(id)
    else {
        return false;
    };
    let Kind::Member { object, property, .. } = script.kind(*callee) else {
        return false;
    };
    if !matches!(property.as_str(), "render" | "renderAsync") {
        return false;
    }
    let classes: Vec<Category> = evaluator
        .values(module, *object)
        .iter()
        .filter_map(|value| class_of(evaluator, value))
        .map(|class| class.category())
        .collect();
    let is_renderer =
        |category: &Category| matches!(category, Category::Renderer | Category::Pass | Category::Effect);
    classes.iter().any(is_renderer) || classes.is_empty() && arguments.len() == 2
}

/// Whether some code outside of every loop draws: on demand, when something changes.
pub(super) fn draws_on_demand(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>, module: ModuleId) -> bool {
    let script = evaluator.project.script(module);
    (1..script.functions.len() as u32)
        .map(FunctionId)
        .any(|function| renders(evaluator, calls, module, function))
        || renders(evaluator, calls, module, FunctionId(0))
}

#[cfg(test)]
mod tests {
    use super::{Calls, Evaluator, loops};
    use crate::web::{fixture::Fixture, project::Project};

    /// Each loop: its kind, its function, what it calls, whether it draws, ends, and looks at the time.
    fn check(text: &str, expected: &[&str]) {
        let files = Fixture::new(text);
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let calls = Calls::new(&evaluator);
        let found: Vec<String> = loops(&evaluator, &calls)
            .iter()
            .map(|one| one.describe(&evaluator, &calls))
            .map(|one| {
                let calls = one.calls.join(",");
                let (draws, ends, delta) = (one.renders, one.is_cancelled, one.uses_delta);
                format!("{} {} [{calls}] {draws} {ends} {delta}", one.kind, one.function)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_function_that_is_handed_over_runs_in_the_loop() {
        check(
            "//- loop.ts\nexport function start(frame) { let id; const tick = (now) => { const d = now - last; frame(d); id = requestAnimationFrame(tick); };\n\
             tick(); return () => cancelAnimationFrame(id); }\n\
             //- main.ts\nimport * as THREE from 'three'; import { start } from './loop';\n\
             const renderer = new THREE.WebGLRenderer(); function draw() { renderer.render(scene, camera); } start(draw);\n",
            &["rAF loop.ts:tick [main.ts:draw] true true true"],
        );
    }

    #[test]
    fn a_loop_that_asks_again_only_while_something_holds_ends() {
        check(
            "function fade() { if (opacity > 0) requestAnimationFrame(fade); }\n\
             function move() { if (done) return; requestAnimationFrame(() => move()); }\n\
             function both() { if (slow) { requestAnimationFrame(both); return; } requestAnimationFrame(both); }\n\
             function late() { requestAnimationFrame(late); if (!ready) return; draw(); }\n\
             function chained() { if (isOn) next(); } function next() { requestAnimationFrame(chained); }\n\
             const short = () => { isOn && requestAnimationFrame(short); };\n",
            &[
                "rAF main.js:fade [] false true false",
                "rAF main.js:2 [main.js:move] false true false",
                "rAF main.js:both [] false false false",
                "rAF main.js:late [] false false false",
                "rAF main.js:chained [main.js:next] false true false",
                "rAF main.js:short [] false true false",
            ],
        );
    }

    #[test]
    fn a_loop_is_cancelled_by_another_name_of_the_function() {
        check(
            "const cancel = window.cancelAnimationFrame; let id;\n\
             function tick() { id = requestAnimationFrame(tick); } function stop() { cancel(id); }\n",
            &["rAF main.js:tick [] false true false"],
        );
    }

    #[test]
    fn a_frame_that_is_asked_for_once_is_no_loop() {
        check(
            "//- a.js\nfunction draw() {}\nwindow.addEventListener('resize', () => requestAnimationFrame(draw));\n",
            &[],
        );
    }

    #[test]
    fn what_asks_for_frames_may_be_handed_over() {
        check(
            "//- loop.ts\nexport class GameLoop { private handle = null;\n\
             constructor({ onFrame, requestFrame = window.requestAnimationFrame.bind(window), cancelFrame = window.cancelAnimationFrame.bind(window) }: Options)\n\
             { this.onFrame = onFrame; this.requestFrame = requestFrame; this.cancelFrame = cancelFrame; } stop() { this.cancelFrame(this.handle); }\n\
             start() { this.handle = this.requestFrame(this.tick); }\n\
             private tick = () => { this.onFrame(1); this.handle = this.requestFrame(this.tick); }; }\n\
             //- main.ts\nimport { GameLoop } from './loop'; function step() {}\nnew GameLoop({ onFrame: () => step() }).start();\n",
            &["rAF loop.ts:GameLoop.tick [main.ts:onFrame,main.ts:step] false true false"],
        );
    }
}
