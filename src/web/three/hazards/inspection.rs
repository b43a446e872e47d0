//! What the rules look at.

use std::{cell::OnceCell, collections::BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    super::objects::function_name,
    Hazard,
    disposal::{Disposals, handed_over},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, Script},
    three::{
        handlers::{Handler, handlers},
        lifetime::{Lifetime, lifetimes},
        loops::{Loop, name_of},
        objects::{Made, location},
        reach::{Calls, Reached},
    },
    values::Evaluator,
};

/// A frontend as the rules look at it.
pub(super) struct Inspection<'a, 'p> {
    pub(super) evaluator: &'a Evaluator<'p>,
    pub(super) calls: &'a Calls<'a, 'p>,
    pub(super) loops: &'a [Loop],
    pub(super) made: &'a [Made],
    pub(super) handlers: Vec<Handler>,
    pub(super) lifetimes: Vec<Lifetime>,
    pub(super) disposals: Disposals,
    /// Objects that are handed to others, by where they are made.
    pub(super) handed: BTreeSet<(ModuleId, ExpressionId)>,
    /// What runs again and again: loops, then handlers.
    pub(super) runs: Vec<Run>,
    /// What the installed releases no longer have or discourage, when it is asked for.
    pub(super) outdated: OnceCell<Vec<Hazard>>,
    made_at: FxHashMap<(ModuleId, ExpressionId), usize>,
}

/// Something that runs again and again.
pub(super) struct Run {
    pub(super) occasion: Occasion,
    /// The functions that run in it, each by some ways, the shortest first, without those that no rule has anything to say of.
    pub(super) reached: Vec<Reached>,
}

/// When something runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// At every frame.
    Frame,
    /// At every event of one of [`Inspection::handlers`].
    Event(usize),
}

/// Whether something is the second part of what a hook gives: `const [state, setState] = useState()`.
fn is_second_of_pair(script: &Script, expression: ExpressionId) -> bool {
    let Kind::Local(name) = script.kind(expression) else {
        return false;
    };
    let mut definitions = script.name(*name).definitions.iter();
    definitions.any(|definition| matches!(definition.path.as_slice(), [PathStep::Item(1)]))
}

/// The functions that make, copy, draw, search, load, set or end something, or hold a part of an object.
fn touches(evaluator: &Evaluator<'_>) -> FxHashSet<(ModuleId, FunctionId)> {
    let mut found = FxHashSet::default();
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for expression in &script.expressions {
            let is_touching = match &expression.kind {
                Kind::New { .. } => true,
                Kind::Call { callee, .. } => is_second_of_pair(script, *callee),
                Kind::Member { property, .. } => matches!(
                    property.as_str(),
                    "clone"
                        | "material"
                        | "geometry"
                        | "render"
                        | "renderAsync"
                        | "traverse"
                        | "traverseVisible"
                        | "intersectObject"
                        | "intersectObjects"
                        | "needsUpdate"
                        | "load"
                        | "loadAsync"
                        | "dispose"
                        | "destroy"
                        | "disposeAll"
                ),
                _ => false,
            };
            if is_touching {
                found.insert((module, expression.function));
            }
        }
    }
    found
}

fn touching(touches: &FxHashSet<(ModuleId, FunctionId)>, reached: Vec<Reached>) -> Vec<Reached> {
    let mut reached = reached;
    reached.retain(|reached| touches.contains(&(reached.module, reached.function)));
    reached
}

impl<'a, 'p> Inspection<'a, 'p> {
    pub(super) fn new(
        evaluator: &'a Evaluator<'p>,
        calls: &'a Calls<'a, 'p>,
        loops: &'a [Loop],
        made: &'a [Made],
    ) -> Self {
        let handlers = handlers(evaluator);
        let frames = loops.iter().map(|one| (Occasion::Frame, one.body));
        let events = handlers.iter().enumerate();
        let events = events.map(|(index, handler)| (Occasion::Event(index), handler.body));
        let touches = touches(evaluator);
        let runs = frames
            .chain(events)
            .map(|(occasion, (module, function))| Run {
                occasion,
                reached: touching(&touches, calls.reached_by_ways(module, function)),
            })
            .filter(|run| !run.reached.is_empty())
            .collect();
        Self {
            evaluator,
            calls,
            loops,
            made,
            lifetimes: lifetimes(evaluator, calls),
            disposals: Disposals::new(evaluator),
            handed: handed_over(evaluator, made),
            runs,
            outdated: OnceCell::new(),
            made_at: made
                .iter()
                .enumerate()
                .map(|(index, made)| ((made.module, made.expression), index))
                .collect(),
            handlers,
        }
    }

    pub(super) fn script(&self, module: ModuleId) -> &Script {
        self.evaluator.project.script(module)
    }

    /// The object of three.js that an expression makes.
    pub(super) fn made_at(&self, module: ModuleId, expression: ExpressionId) -> Option<&Made> {
        let made = &self.made[*self.made_at.get(&(module, expression))?];
        made.class.is_three().then_some(made)
    }

    /// What runs at every frame.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.occasion == Occasion::Frame)
    }

    /// What runs at every move of the pointer or the wheel, throttled handlers left out.
    pub(super) fn moves(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| match run.occasion {
            Occasion::Event(index) => {
                let handler = &self.handlers[index];
                handler.is_frequent() && !handler.is_throttled(self.evaluator, self.calls)
            }
            Occasion::Frame => false,
        })
    }

    /// What runs many times a second.
    pub(super) fn frames_and_moves(&self) -> impl Iterator<Item = &Run> {
        self.frames().chain(self.moves())
    }

    /// The functions that lead to a reached one, the first in front.
    pub(super) fn chain(&self, reached: &Reached) -> Vec<String> {
        let calls = reached.chain.iter().map(|(module, call)| {
            let function = self.script(*module).expression(*call).function;
            name_of(self.evaluator, *module, function)
        });
        let own = name_of(self.evaluator, reached.module, reached.function);
        calls.chain([own]).collect()
    }

    /// Whether a function is reached by a constructor: what it writes to belongs to an object that is just made.
    pub(super) fn is_under_construction(&self, reached: &Reached) -> bool {
        let mut calls = reached.chain.iter();
        calls.any(|(module, call)| matches!(self.script(*module).kind(*call), Kind::New { .. }))
    }

    /// A hazard at an expression.
    pub(super) fn hazard(
        &self,
        rule: &'static str,
        (module, expression): (ModuleId, ExpressionId),
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Hazard {
        Hazard {
            location: location(self.evaluator, module, expression),
            rule,
            subject: subject.into(),
            message: message.into(),
            chain: vec![],
            help: None,
            source: None,
        }
    }

    /// A hazard in a function that a loop or handler reaches.
    pub(super) fn reached_hazard(
        &self,
        rule: &'static str,
        reached: &Reached,
        expression: ExpressionId,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Hazard {
        Hazard {
            chain: self.chain(reached),
            ..self.hazard(rule, (reached.module, expression), subject, message)
        }
    }

    /// A hazard in a function that no loop or handler need reach.
    pub(super) fn placed_hazard(
        &self,
        rule: &'static str,
        place: (ModuleId, ExpressionId),
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Hazard {
        Hazard {
            chain: vec![function_name(self.evaluator, place.0, place.1)],
            ..self.hazard(rule, place, subject, message)
        }
    }

    /// The expressions of a function itself.
    pub(super) fn expressions(&self, module: ModuleId, function: FunctionId) -> &[ExpressionId] {
        self.calls.expressions(module, function)
    }
}
