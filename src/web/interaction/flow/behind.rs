//! What runs when the result is there, whether or not it uses it.

use std::{
    collections::{BTreeSet, VecDeque},
    rc::Rc,
};

use super::{Flow, Found, MAX_BEHIND, MAX_UPDATES, Segment, Step};
use crate::web::{
    interaction::{
        UpdateKind,
        handed::{self, Function, Place},
        place::Role,
        update::Change,
    },
    syntax::tree::{BlockKind, ExpressionId, ExpressionKind as Kind, FunctionId},
    values::{External, Value},
};

impl Flow<'_, '_, '_> {
    /// Effects that run again when what they read changes: `$effect`, `watchEffect`.
    pub(super) fn rerun(&mut self, step: &Step, (module, used): Place, declared: Option<FunctionId>) {
        let function = self.index.script(module).expression(used).function;
        let inner: Vec<FunctionId> = self
            .index
            .around(module, function)
            .take_while(|inner| Some(*inner) != declared)
            .collect();
        for function in inner {
            let is_effect = self
                .index
                .evaluator
                .passed(module, function)
                .iter()
                .any(|passed| {
                    let to = passed.to.as_ref().map(External::path);
                    matches!(
                        to.as_deref(),
                        Some("$effect" | "$effect.pre" | "watchEffect" | "autorun")
                    )
                });
            if is_effect {
                self.segments.push(Segment::of(step, (module, function), 0));
            }
        }
    }

    /// What runs when a call is done: the rest of the function that awaits it, and what is handed to `then`.
    pub(super) fn behind(&mut self, (module, expression): Place) {
        self.behind_mutation((module, expression));
        let places = self.index.places(module);
        let script = self.index.script(module);
        let mut at = expression;
        while let Some((around, role)) = places.around(at) {
            match role {
                Role::Whole if matches!(script.kind(around), Kind::Await(_)) => {
                    let mut segment = Segment::of(
                        &Step::at((module, around), None),
                        (module, script.expression(around).function),
                        0,
                    );
                    segment.behind = Some((module, around));
                    self.segments.push(segment);
                    return;
                }
                Role::Callee => {
                    let method = match script.kind(at) {
                        Kind::Member { property, .. } => property.as_str(),
                        _ => "",
                    };
                    if matches!(method, "then" | "finally") {
                        self.call_back(
                            &Step::at((module, around), None),
                            (module, around),
                            0,
                            u32::MAX,
                            &[],
                            true,
                        );
                    }
                    at = around;
                }
                Role::Whole | Role::Object(_) => at = around,
                _ => return,
            }
        }
    }

    /// Changes in what runs when the result is there, whether or not they use it.
    pub(super) fn afterwards(&mut self) {
        let mut seen: BTreeSet<Function> = BTreeSet::new();
        let mut pending: VecDeque<Segment> = std::mem::take(&mut self.segments).into();
        while let Some(segment) = pending.pop_front() {
            let (module, function) = segment.function;
            if !seen.insert(segment.function) || self.found.len() >= MAX_UPDATES {
                continue;
            }
            let places = self.index.places(module);
            for expression in places.of_function(function) {
                let place = (module, *expression);
                if segment
                    .behind
                    .is_some_and(|call| !self.runs_behind(call, *expression))
                {
                    continue;
                }
                let Some(tests) = self.index.tests(place) else {
                    continue;
                };
                let tests: BTreeSet<Place> = segment.tests.iter().copied().chain(tests).collect();
                if let Some(change) = self.index.change(place) {
                    self.also(&change, place, segment.via.as_deref(), tests);
                } else if segment.depth < MAX_BEHIND {
                    let next = self.runs(place).into_iter().map(|function| Segment {
                        function,
                        behind: None,
                        depth: segment.depth + 1,
                        via: segment.via.clone(),
                        tests: Rc::new(tests.clone()),
                    });
                    pending.extend(next);
                }
            }
        }
    }

    /// Whether an expression stands behind a call of the same function, and in no branch that excludes it.
    pub(super) fn runs_behind(&self, (module, call): Place, expression: ExpressionId) -> bool {
        let script = self.index.script(module);
        if script.expression(expression).start < script.expression(call).end {
            return false;
        }
        !script.blocks_of(call).any(|own| {
            script
                .blocks_of(expression)
                .any(|other| match (own.kind, other.kind) {
                    (BlockKind::Then(test), BlockKind::Otherwise(excluded))
                    | (BlockKind::Otherwise(test), BlockKind::Then(excluded)) => test == excluded,
                    (
                        BlockKind::Case { subject, test },
                        BlockKind::Case {
                            subject: same,
                            test: other,
                        },
                    ) => subject == same && test != other,
                    _ => false,
                })
        })
    }

    /// A change that does not use the result.
    pub(super) fn also(&mut self, change: &Change, place: Place, via: Option<&str>, tests: BTreeSet<Place>) {
        // What is kept for later besides says nothing of the result.
        if matches!(change.kind, UpdateKind::Field | UpdateKind::Variable) {
            return;
        }
        let update = self.index.update(change, place, false, via);
        let is_known = self
            .found
            .iter()
            .any(|known| known.update.location == update.location && known.update.target == update.target);
        if !is_known {
            self.found.push(Found { update, tests });
        }
    }

    /// The functions of the project that a call runs at once.
    pub(super) fn runs(&self, (module, expression): Place) -> Vec<Function> {
        let script = self.index.script(module);
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(expression)
        else {
            return vec![];
        };
        let evaluator = self.index.evaluator;
        let mut functions: Vec<Function> = handed::called(evaluator, module, *callee)
            .iter()
            .flat_map(|value| match value {
                Value::Parameter(parameter) => self.index.handed().functions_in(parameter),
                value => handed::entered(evaluator, value).into_iter().collect(),
            })
            .collect();
        if let Kind::Member { property, .. } = script.kind(*callee)
            && (crate::web::three::reach::is_iteration(property)
                || matches!(property.as_str(), "then" | "finally"))
        {
            functions.extend(
                arguments
                    .iter()
                    .filter_map(|argument| match script.kind(argument.value) {
                        Kind::Function(function) => Some((module, *function)),
                        _ => None,
                    }),
            );
        }
        functions
    }
}
