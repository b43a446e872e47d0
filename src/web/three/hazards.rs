//! What costs frames or memory, or will not work: objects made in a loop, loops that outlive their component, classes and
//! properties that the installed release of three.js no longer means.

use serde::Serialize;

use super::{
    deprecations::{self, Deprecation, DeprecationState},
    loops::{Loop, name_of},
    objects::{Made, class_name, location},
    reach::Calls,
};
use crate::{
    source::location::Location,
    web::{syntax::tree::ExpressionKind as Kind, values::Evaluator},
};

/// Something that is worth a look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hazard {
    /// Where.
    pub location: Location,
    /// `allocation-in-loop`, `loop-not-cancelled`, `deprecated-api` or `removed-api`.
    pub rule: &'static str,
    /// What, e.g. `Vector3`.
    pub subject: String,
    /// The functions that lead there from the loop, the loop's own first.
    pub chain: Vec<String>,
    /// What to use instead and since which release, for a name of three.js.
    pub help: Option<String>,
}

/// The hazards of some loops, by place, each once.
#[must_use]
pub fn hazards(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    loops: &[Loop],
    made: &[Made],
) -> Vec<Hazard> {
    let mut found: Vec<Hazard> = vec![];
    for one in loops {
        for hazard in allocations(evaluator, calls, one) {
            if !found.iter().any(|known| known.location == hazard.location) {
                found.push(hazard);
            }
        }
        found.extend(not_cancelled(evaluator, one));
    }
    for object in made.iter().filter(|object| object.class.is_three()) {
        found.extend(outdated(evaluator, object));
    }
    found.sort();
    found
}

/// An object whose class, or a property of it that is written, is deprecated in the release that is installed. Where the
/// release is not known, nothing is said.
fn outdated(evaluator: &Evaluator<'_>, object: &Made) -> Vec<Hazard> {
    let file = &evaluator.project.module(object.module).file;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let release = evaluator
        .project
        .version_of(folder, "three")
        .and_then(|version| version.likely())
        .map(|version| version.minor as u32);
    let Some(release) = release else {
        return vec![];
    };
    let name = object.class.base.as_deref().unwrap_or(&object.class.name);
    let mut found = vec![];
    if object.class.base.is_none() {
        let place = location(evaluator, object.module, object.expression);
        let entry = deprecations::class(name);
        found.extend(entry.and_then(|entry| outdated_name(entry, release, name.to_owned(), place)));
    }
    for done in evaluator.uses(object.module, object.expression) {
        if let [member] = done.members.as_slice()
            && let Some(entry) = deprecations::member(name, member)
        {
            let place = location(evaluator, done.site.module, done.site.expression);
            found.extend(outdated_name(entry, release, format!("{name}.{member}"), place));
        }
    }
    found
}

fn outdated_name(entry: &Deprecation, release: u32, subject: String, place: Location) -> Option<Hazard> {
    let rule = match entry.state(release)? {
        DeprecationState::Deprecated => "deprecated-api",
        DeprecationState::Removed => "removed-api",
    };
    let instead = match entry.instead {
        "" => String::new(),
        instead => format!(", use {instead}"),
    };
    Some(Hazard {
        location: place,
        rule,
        subject,
        chain: vec![],
        help: Some(format!("since r{}{instead} ({})", entry.since, entry.source)),
    })
}

/// Objects of three.js that are made each time a loop runs, in its function or in one that it calls. What stands behind
/// a condition may be made once only, and is left out.
fn allocations(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>, one: &Loop) -> Vec<Hazard> {
    use crate::web::syntax::tree::BlockKind;
    let mut found = vec![];
    for reached in calls.reached(one.body.0, one.body.1) {
        let script = evaluator.project.script(reached.module);
        let is_free = |(module, expression): (_, _)| {
            let script = evaluator.project.script(module);
            !script.blocks_of(expression).any(|block| {
                matches!(
                    block.kind,
                    BlockKind::Then(_) | BlockKind::Catch | BlockKind::Case { .. }
                )
            })
        };
        if !reached.chain.iter().copied().all(is_free) {
            continue;
        }
        for id in calls.expressions(reached.module, reached.function) {
            let Kind::New { callee, .. } = script.kind(*id) else {
                continue;
            };
            let values = evaluator.values(reached.module, *callee);
            let class = values.iter().find_map(|value| class_name(evaluator, value));
            let Some(class) = class.filter(super::objects::ClassName::is_three) else {
                continue;
            };
            if !is_free((reached.module, *id)) {
                continue;
            }
            let mut chain: Vec<String> = reached
                .chain
                .iter()
                .map(|(module, call)| {
                    let function = evaluator.project.script(*module).expression(*call).function;
                    name_of(evaluator, *module, function)
                })
                .collect();
            chain.push(name_of(evaluator, reached.module, reached.function));
            found.push(Hazard {
                location: location(evaluator, reached.module, *id),
                rule: "allocation-in-loop",
                subject: class.name,
                chain,
                help: None,
            });
        }
    }
    found
}

/// A loop that a component starts and nothing in its file ends goes on when the component is gone.
fn not_cancelled(evaluator: &Evaluator<'_>, one: &Loop) -> Option<Hazard> {
    let file = &evaluator.project.module(one.module).file;
    let is_component = [".jsx", ".tsx", ".vue", ".svelte"]
        .iter()
        .any(|ending| file.ends_with(ending));
    (is_component && !one.is_cancelled(evaluator)).then(|| Hazard {
        location: location(evaluator, one.module, one.call),
        rule: "loop-not-cancelled",
        subject: one.kind.to_owned(),
        chain: vec![name_of(evaluator, one.body.0, one.body.1)],
        help: None,
    })
}

#[cfg(test)]
mod tests {
    use super::hazards;
    use crate::web::{
        fixture::Fixture,
        project::Project,
        three::{loops::loops, objects::made, reach::Calls},
        values::Evaluator,
    };

    #[test]
    fn allocations_are_found_through_calls_and_not_behind_conditions() {
        let files = Fixture::new(
            "//- a.jsx\nimport * as THREE from 'three';\nfunction step() { return new THREE.Vector3(); }\n\
             function animate() { requestAnimationFrame(animate); step(); if (first) { new THREE.Color(); } }\n\
             animate(); new THREE.Scene();\n",
        );
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let calls = Calls::new(&evaluator);
        let found = hazards(&evaluator, &calls, &loops(&evaluator, &calls), &made(&evaluator));
        let found: Vec<String> = found
            .iter()
            .map(|hazard| format!("{} {} {}", hazard.location.line, hazard.rule, hazard.subject))
            .collect();
        assert_eq!(
            found,
            ["2 allocation-in-loop Vector3", "3 loop-not-cancelled rAF"]
        );
    }

    #[test]
    fn what_the_installed_release_no_longer_means() {
        let check = |version: &str| {
            let text = format!(
                "//- package.json\n{{ \"dependencies\": {{ \"three\": \"{version}\" }} }}\n\
                 //- a.js\nimport * as THREE from 'three'; const renderer = new THREE.WebGLRenderer();\n\
                 renderer.outputEncoding = x;\nnew THREE.Clock();\n"
            );
            let files = Fixture::new(&text);
            let project = Project::new(&files);
            let evaluator = Evaluator::new(&project);
            let calls = Calls::new(&evaluator);
            let found = hazards(&evaluator, &calls, &[], &made(&evaluator));
            let line = |hazard: &super::Hazard| {
                format!("{} {} {}", hazard.location.line, hazard.rule, hazard.subject)
            };
            found.iter().map(line).collect::<Vec<_>>()
        };
        assert_eq!(check("0.150.0"), Vec::<String>::new());
        assert_eq!(
            check("0.155.0"),
            ["2 deprecated-api WebGLRenderer.outputEncoding"]
        );
        assert_eq!(
            check("^0.184.0"),
            [
                "2 removed-api WebGLRenderer.outputEncoding",
                "3 deprecated-api Clock"
            ]
        );
    }
}
