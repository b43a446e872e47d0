//! What keeps a loop from drawing at every frame.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    handlers::handlers,
    loops::{Loop, draws},
    question::{Need, Part, changes_test, need, parts, stripped},
    reach::Calls,
};
use crate::web::{
    project::ModuleId,
    syntax::{
        condition::ConditionKind,
        tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Script},
    },
    values::{Evaluator, Value},
};

/// Names that are followed to the clock, one inside the other.
const MAX_NAMES: usize = 4;

/// Something that keeps a loop from drawing at every frame.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Throttle {
    /// What it looks at.
    pub kind: ThrottleKind,
    /// The test as written, without negations, e.g. `document.hidden`.
    pub test: String,
    /// What the test must be for a frame to be drawn.
    pub holds: bool,
}

/// What something that holds a loop back looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThrottleKind {
    /// Whether the page or the canvas is seen.
    Visibility,
    /// How much time has passed.
    Clock,
    /// Whether a frame was asked for: the loop takes the request back.
    Request,
    /// Whether something else is so.
    Condition,
}

/// What a project says of whether it is seen: fields and names that observers and `visibilitychange` write.
pub(super) struct Seen(BTreeSet<(ModuleId, Part)>);

impl Seen {
    pub(super) fn new(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Self {
        let mut told = vec![];
        for handler in handlers(evaluator) {
            if handler.event == "visibilitychange" {
                told.push(handler.body);
            }
        }
        for module in evaluator.project.module_ids() {
            let script = evaluator.project.script(module);
            for expression in &script.expressions {
                let Kind::New { callee, arguments } = &expression.kind else {
                    continue;
                };
                if !matches!(script.kind(*callee), Kind::Global(name) if name == "IntersectionObserver") {
                    continue;
                }
                for value in arguments
                    .iter()
                    .take(1)
                    .flat_map(|first| evaluator.values(module, first.value))
                {
                    if let Value::Function(closure) = value {
                        told.push((closure.module, closure.function));
                    }
                }
            }
        }
        let mut written = BTreeSet::new();
        for reached in told
            .into_iter()
            .flat_map(|(module, function)| calls.reached(module, function))
        {
            let script = evaluator.project.script(reached.module);
            for id in calls.expressions(reached.module, reached.function) {
                if let Kind::Assign {
                    target: Some(target), ..
                } = script.kind(*id)
                {
                    written.extend(part(script, *target).map(|part| (reached.module, part)));
                }
            }
        }
        Self(written)
    }
}

fn part(script: &Script, target: ExpressionId) -> Option<Part> {
    match script.kind(target) {
        Kind::Local(name) => Some(Part::Name(*name)),
        // `visible.current = …`
        Kind::Member { object, property, .. } if property == "current" || property == "value" => {
            part(script, *object)
        }
        Kind::Member { property, .. } => Some(Part::Member(property.clone())),
        _ => None,
    }
}

impl Loop {
    /// What keeps it from drawing at every frame, by kind and test. Of one that draws nothing by what it calls, only a look at
    /// whether the page is seen is known.
    #[must_use]
    pub fn throttles(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> &[Throttle] {
        self.throttles
            .get_or_init(|| self.find_throttles(evaluator, calls))
    }

    fn find_throttles(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Vec<Throttle> {
        let reached = calls.reached(self.body.0, self.body.1);
        let mut ways: Vec<Vec<(ModuleId, ExpressionId)>> = vec![];
        for one in &reached {
            for id in draws(evaluator, calls, one.module, one.function) {
                ways.push(one.way_to(id));
            }
        }
        let search = Search {
            evaluator,
            calls,
            body: self.body,
        };
        let mut told: BTreeMap<(String, bool), (usize, ThrottleKind)> = BTreeMap::new();
        let count = ways.len();
        for way in &ways {
            let mut here = BTreeMap::new();
            for (module, expression) in way {
                here.extend(search.at(*module, *expression));
            }
            for (test, kind) in here {
                told.entry(test).or_insert((0, kind)).0 += 1;
            }
        }
        let mut found: Vec<Throttle> = vec![];
        for ((test, holds), (times, kind)) in &told {
            // `if (fancy) composer.render(); else renderer.render(…);` draws in any case.
            let is_other_arm = told.contains_key(&(test.clone(), !holds));
            if *times == count && !is_other_arm {
                let (kind, test, holds) = (*kind, test.clone(), *holds);
                found.push(Throttle { kind, test, holds });
            }
        }
        if !found.iter().any(|one| one.kind == ThrottleKind::Visibility) {
            found.extend(self.page_visibility(evaluator, calls));
        }
        found.sort();
        found
    }

    /// A look at whether the page is seen, wherever in its function it stands.
    fn page_visibility(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Option<Throttle> {
        let script = evaluator.project.script(self.body.0);
        let mut expressions = calls.expressions(self.body.0, self.body.1).iter();
        let id = expressions.find(|id| is_page_visibility(script, **id))?;
        let (test, holds) = match script.kind(*id) {
            Kind::Member { property, .. } if property == "visibilityState" => {
                ("document.visibilityState === 'visible'", true)
            }
            _ => ("document.hidden", false),
        };
        Some(Throttle {
            kind: ThrottleKind::Visibility,
            test: test.to_owned(),
            holds,
        })
    }
}

fn is_page_visibility(script: &Script, id: ExpressionId) -> bool {
    let Kind::Member { object, property, .. } = script.kind(id) else {
        return false;
    };
    matches!(property.as_str(), "hidden" | "visibilityState")
        && matches!(script.kind(*object), Kind::Global(name) if name == "document")
}

struct Search<'s, 'e, 'p> {
    evaluator: &'s Evaluator<'e>,
    calls: &'s Calls<'s, 'p>,
    body: (ModuleId, FunctionId),
}

impl Search<'_, '_, '_> {
    /// The lasting tests that an expression stands under, with how they must come out, and what each looks at.
    fn at(&self, module: ModuleId, expression: ExpressionId) -> Vec<((String, bool), ThrottleKind)> {
        let script = self.evaluator.project.script(module);
        let mut found = vec![];
        for condition in script.conditions(expression) {
            let is_branch = matches!(condition.kind, ConditionKind::Branch(_));
            let needed = need(
                self.evaluator,
                self.calls,
                module,
                condition.test,
                condition.holds,
                is_branch,
            );
            let is_taken_back = changes_test(self.evaluator, self.calls, module, expression, condition);
            let tests = match needed {
                Need::Lasting(tests) => tests,
                Need::Absence if is_taken_back => vec![stripped(script, condition.test, condition.holds)],
                Need::Absence => continue,
            };
            for (test, holds) in tests {
                let kind = self.kind(module, test, is_taken_back);
                found.push(((script.written(test).to_string(), holds), kind));
            }
        }
        found
    }

    fn kind(&self, module: ModuleId, test: ExpressionId, is_taken_back: bool) -> ThrottleKind {
        let script = self.evaluator.project.script(module);
        let parts = parts(self.evaluator, self.calls, module, test);
        let is_seen = parts
            .into_iter()
            .any(|part| self.calls.seen().0.contains(&(module, part)))
            || within(script, self.calls, module, test).any(|id| is_page_visibility(script, id));
        if is_seen {
            ThrottleKind::Visibility
        } else if self.tells_time(module, test, MAX_NAMES) {
            ThrottleKind::Clock
        } else if is_taken_back {
            ThrottleKind::Request
        } else {
            ThrottleKind::Condition
        }
    }

    /// Whether an expression is reckoned from the clock or from the time that the loop is handed.
    fn tells_time(&self, module: ModuleId, expression: ExpressionId, depth: usize) -> bool {
        let script = self.evaluator.project.script(module);
        within(script, self.calls, module, expression).any(|id| match script.kind(id) {
            Kind::Call { callee, .. } => matches!(script.kind(*callee), Kind::Member { property, .. }
                if matches!(property.as_str(), "now" | "getDelta" | "getElapsedTime")),
            Kind::Local(name) if depth > 0 => {
                let name = *name;
                script
                    .name(name)
                    .definitions
                    .iter()
                    .any(|definition| match definition.source {
                        DefinitionSource::Expression(value) => self.tells_time(module, value, depth - 1),
                        DefinitionSource::Parameter(owner, _) => (module, owner) == self.body,
                        _ => false,
                    })
                    || script.name(name).is_updated
                        && script.expressions.iter().any(|other| match other.kind {
                            // `elapsed += delta`
                            Kind::Assign {
                                target: Some(target),
                                value,
                                operator: "+=",
                            } => {
                                matches!(script.kind(target), Kind::Local(written) if *written == name)
                                    && self.tells_time(module, value, depth - 1)
                            }
                            _ => false,
                        })
            }
            _ => false,
        })
    }
}

/// An expression and its parts.
fn within<'s>(
    script: &'s Script,
    calls: &'s Calls<'_, '_>,
    module: ModuleId,
    outer: ExpressionId,
) -> impl Iterator<Item = ExpressionId> + use<'s> {
    let outer = script.expression(outer);
    let expressions = calls.expressions(module, outer.function).iter().copied();
    expressions.filter(move |id| {
        let inner = script.expression(*id);
        outer.start <= inner.start && inner.end <= outer.end
    })
}

#[cfg(test)]
mod tests {
    use super::Calls;
    use crate::web::{fixture::Fixture, project::Project, three::loops::loops, values::Evaluator};

    /// What holds the loop of a script back.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let text = format!(
            "//- main.js\nimport * as THREE from 'three';\nconst renderer = new THREE.WebGLRenderer(); const clock = new THREE.Clock();\n{text}"
        );
        let files = Fixture::new(&text);
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let calls = Calls::new(&evaluator);
        let found = loops(&evaluator, &calls);
        let shown = found[0].throttles(&evaluator, &calls);
        let shown = shown
            .iter()
            .map(|one| format!("{:?} {} {}", one.kind, one.test, one.holds));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    const DRAW: &str = "renderer.render(scene, camera); } tick();\n";
    const TICK: &str = "function tick() { requestAnimationFrame(tick);";

    #[test]
    fn guard_clauses_hold_a_loop_back() {
        check(
            &format!("let playing = true; {TICK} if (!playing) return; {DRAW}"),
            &["Condition playing true"],
        );
        check(
            &format!("{TICK} if (document.hidden) return; {DRAW}"),
            &["Visibility document.hidden false"],
        );
        check(
            &format!(
                "let seen = false; new IntersectionObserver(([e]) => {{ seen = e.isIntersecting; }}); {TICK} if (!seen) return; {DRAW}"
            ),
            &["Visibility seen true"],
        );
        for absence in ["!camera", "camera === null", "null === camera"] {
            check(
                &format!("let camera = new THREE.Camera(); {TICK} if ({absence}) return; {DRAW}"),
                &[],
            );
        }
        check(
            &format!("{TICK} report(document.visibilityState); {DRAW}"),
            &["Visibility document.visibilityState === 'visible' true"],
        );
    }

    #[test]
    fn a_request_is_taken_back_and_time_is_reckoned() {
        check(
            &format!("let dirty = true; {TICK} if (!dirty) return; dirty = false; {DRAW}"),
            &["Request dirty true"],
        );
        check(
            &format!(
                "let past = 0; {TICK} past += clock.getDelta(); if (past < 0.03) return; past = 0; {DRAW}"
            ),
            &["Clock past < 0.03 false"],
        );
    }

    #[test]
    fn one_of_two_ways_of_drawing_is_always_taken() {
        check(
            &format!("{TICK} if (fancy) {{ renderer.render(a, camera); }} else {DRAW}").replace(
                "else renderer.render(scene, camera); }",
                "else { renderer.render(scene, camera); } }",
            ),
            &[],
        );
    }
}
