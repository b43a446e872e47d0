//! What drives frames: the platform, a renderer, or a library that draws components.

use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, Script},
    values::{Evaluator, External, Origin, Value},
};

/// The kind of loop that a function drives which is called so, e.g. `rAF` or the hook's name.
pub(super) fn driver(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
) -> Option<&'static str> {
    let script = evaluator.project.script(module);
    match script.kind(callee) {
        Kind::Member { property, .. } if property == "setAnimationLoop" => return Some("setAnimationLoop"),
        Kind::Member { property, .. } if property == "requestAnimationFrame" => return Some("rAF"),
        Kind::Global(name) if name == "requestAnimationFrame" => return Some("rAF"),
        // A global may be what a framework imports by itself.
        Kind::Local(_) | Kind::Global(_) | Kind::Member { .. } => {}
        _ => return None,
    }
    evaluator.values(module, callee).iter().find_map(|value| {
        let Value::External(external) = value else {
            return None;
        };
        if external.is_global("requestAnimationFrame") {
            return Some("rAF");
        }
        of_library(external)
    })
}

fn of_library(external: &External) -> Option<&'static str> {
    if let Origin::Result { callee, .. } = &external.origin {
        return registration(callee, &external.path());
    }
    let (package, _) = external.package()?;
    Some(match (package.as_str(), external.of_package(package)?.as_str()) {
        ("@react-three/fiber" | "@threlte/core", "useFrame") => "useFrame",
        // <https://r3f.docs.pmnd.rs/api/additional-exports>
        ("@react-three/fiber", "addEffect") => "addEffect",
        ("@react-three/fiber", "addAfterEffect") => "addAfterEffect",
        ("@threlte/core", "useTask" | "useRender") => "useTask",
        // These run with each step of the world: <https://pmndrs.github.io/react-three-rapier/functions/useBeforePhysicsStep.html>,
        // <https://threlte.xyz/docs/reference/rapier/use-physics-task>
        ("@react-three/rapier", "useBeforePhysicsStep") => "useBeforePhysicsStep",
        ("@react-three/rapier", "useAfterPhysicsStep") => "useAfterPhysicsStep",
        ("@threlte/rapier", "usePhysicsTask") => "usePhysicsTask",
        _ => return None,
    })
}

/// What a hook gives to register functions with: `const { onBeforeRender } = useLoop()`
/// (<https://docs.tresjs.org/api/composables#useloop>; `useRenderLoop` is that of version 3).
fn registration(hook: &External, member: &str) -> Option<&'static str> {
    match (hook.of_package("@tresjs/core")?.as_str(), member) {
        ("useLoop", "onBeforeRender" | "onRender" | "onAfterRender" | "render") => Some("useLoop"),
        ("useRenderLoop", "onBeforeLoop" | "onLoop" | "onAfterLoop") => Some("useRenderLoop"),
        _ => None,
    }
}

/// Whether the library that runs the functions of a kind of loop draws after them.
pub(super) fn is_drawn_by_library(kind: &str) -> bool {
    matches!(kind, "useFrame" | "useTask" | "useLoop" | "useRenderLoop")
}

/// Whether a function of a kind of loop takes the time between two frames, or since the first one, that it is handed.
pub(super) fn takes_time(script: &Script, kind: &str, function: FunctionId) -> bool {
    let parameters = script.function(function).parameters.len();
    match kind {
        "useFrame" => parameters >= 2,
        "useTask" | "usePhysicsTask" => parameters >= 1,
        "useLoop" | "useRenderLoop" => takes_member(script, function, &["delta", "elapsed"]),
        _ => false,
    }
}

/// Whether a function takes a member out of its first parameter: `({ delta }) => …`, `(state) => state.delta`.
fn takes_member(script: &Script, function: FunctionId, members: &[&str]) -> bool {
    let first = DefinitionSource::Parameter(function, 0);
    let is_first = |id: ExpressionId| {
        let Kind::Local(name) = script.kind(id) else {
            return false;
        };
        let mut definitions = script.name(*name).definitions.iter();
        definitions.any(|definition| definition.source == first && definition.path.is_empty())
    };
    let is_destructured = script.names.iter().any(|name| {
        let mut definitions = name.definitions.iter();
        definitions.any(|definition| {
            definition.source == first
                && matches!(definition.path.as_slice(), [PathStep::Property(member), ..] if members.contains(&member.as_str()))
        })
    });
    is_destructured
        || script.expressions.iter().any(|expression| {
            matches!(&expression.kind, Kind::Member { object, property, .. }
                if members.contains(&property.as_str()) && is_first(*object))
        })
}

#[cfg(test)]
mod tests {
    use crate::web::{
        fixture::Fixture,
        project::Project,
        three::{loops::loops, reach::Calls},
        values::Evaluator,
    };

    /// Each loop: its kind, its place, whether it draws, ends, and looks at the time.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let files = Fixture::new(text);
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let calls = Calls::new(&evaluator);
        let found: Vec<String> = loops(&evaluator, &calls)
            .iter()
            .map(|one| one.describe(&evaluator, &calls))
            .map(|one| {
                let said = [
                    (one.renders, "draws"),
                    (one.is_cancelled, "ends"),
                    (one.uses_delta, "time"),
                ];
                let said = said.iter().filter(|(is_so, _)| *is_so).map(|(_, word)| *word);
                let place = format!("{}:{}", one.location.file, one.location.line);
                [&one.kind, place.as_str()]
                    .into_iter()
                    .chain(said)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_a_hook_of_tres_gives_drives_frames() {
        check(
            "//- Ship.vue\n<script setup>\nimport { useLoop, useRenderLoop } from '@tresjs/core';\n\
             const { onBeforeRender, render } = useLoop();\nonBeforeRender(({ delta, camera }) => { ship.value.rotation.x += delta; });\n\
             onBeforeRender(update);\nfunction update(state) { ship.value.position.y = state.elapsed; }\n\
             useLoop().onAfterRender(() => {});\nrender(() => composer.render());\n\
             useRenderLoop().onLoop(() => {});\nconst { onLoop } = useRenderLoop();\n</script>\n",
            &[
                "useLoop Ship.vue:4 draws ends time",
                "useLoop Ship.vue:5 draws ends time",
                "useLoop Ship.vue:7 draws ends",
                "useLoop Ship.vue:8 draws ends",
                "useRenderLoop Ship.vue:9 draws ends",
            ],
        );
    }

    #[test]
    fn effects_of_the_fiber_loop_end_where_what_they_return_is_kept() {
        check(
            "//- Clock.tsx\nimport { addEffect, addAfterEffect } from '@react-three/fiber'; import { useEffect } from 'react';\n\
             export function Clock() {\nuseEffect(() => addEffect((time) => show(time)), []);\nuseEffect(() => {\naddAfterEffect(() => count()); }, []);\n\
             useEffect(() => { const ends = [\naddEffect(() => again())]; return () => ends.forEach((end) => end()); }, []); }\n",
            &[
                "addEffect Clock.tsx:3 ends",
                "addAfterEffect Clock.tsx:5",
                "addEffect Clock.tsx:7 ends",
            ],
        );
    }

    #[test]
    fn clocks_and_timers_of_three_tell_the_time() {
        check(
            "//- a.js\nimport { Clock, Timer } from 'three';\nconst timer = new Timer(); const clock = new Clock();\n\
             function one() {\nrequestAnimationFrame(one); timer.update(); x = timer.getElapsed(); }\n\
             function two() {\nrequestAnimationFrame(two); x = clock.elapsedTime; }\n\
             function three() {\nrequestAnimationFrame(three); x = video.elapsedTime; }\n",
            &["rAF a.js:4 time", "rAF a.js:6 time", "rAF a.js:8"],
        );
    }
}
