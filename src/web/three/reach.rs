//! What runs when a function runs: the functions that it calls, and those that these call.

mod called;

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet, VecDeque},
    rc::Rc,
};

use rustc_hash::FxHashMap;

use super::{dispatch::Dispatch, emitters::Emitters, throttle::Seen};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, FunctionId},
    values::{Arguments, Environment, Evaluator},
};

/// Functions that are called from each other, one inside the other.
const MAX_CHAIN: usize = 8;

/// Ways to a function that are looked at where the shortest need not be the one that counts.
const MAX_WAYS: usize = 3;

/// A function that runs, and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The module.
    pub module: ModuleId,
    /// The function.
    pub function: FunctionId,
    /// The calls that lead there, the first in the function that was asked about; empty for that function itself.
    pub chain: Vec<(ModuleId, ExpressionId)>,
}

impl Reached {
    /// The calls that lead to an expression of the function, and that expression last.
    #[must_use]
    pub fn way_to(&self, expression: ExpressionId) -> Vec<(ModuleId, ExpressionId)> {
        let own = (self.module, expression);
        self.chain.iter().copied().chain([own]).collect()
    }
}

/// Every function's expressions, and what its calls call.
pub struct Calls<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    by_function: FxHashMap<FunctionPlace, Vec<ExpressionId>>,
    inner: FxHashMap<FunctionPlace, Vec<FunctionId>>,
    dispatch: Dispatch<'e, 'p>,
    called: RefCell<FxHashMap<Occurrence, Rc<[Called]>>>,
    emitters: OnceCell<Emitters>,
    seen: OnceCell<Seen>,
}

type FunctionPlace = (ModuleId, FunctionId);

/// The calls that a function was made in, each by its first argument.
type MakingCalls = Vec<(ModuleId, ExpressionId)>;

/// A function as some calls made it.
type Occurrence = (FunctionPlace, MakingCalls);

/// A call and the function that it calls.
#[derive(Clone, Debug)]
pub struct Called {
    /// The call.
    pub call: ExpressionId,
    /// The module of the function.
    pub module: ModuleId,
    /// The function.
    pub function: FunctionId,
    /// The calls that the function was made in, where it may call what these handed over.
    made_in: Environment,
}

impl Called {
    fn place(&self) -> FunctionPlace {
        (self.module, self.function)
    }
}

impl<'e, 'p> Calls<'e, 'p> {
    /// The calls of a project.
    #[must_use]
    pub fn new(evaluator: &'e Evaluator<'p>) -> Self {
        let mut by_function: FxHashMap<FunctionPlace, Vec<ExpressionId>> = FxHashMap::default();
        let mut inner: FxHashMap<FunctionPlace, Vec<FunctionId>> = FxHashMap::default();
        for module in evaluator.project.module_ids() {
            let script = evaluator.project.script(module);
            for id in script.expression_ids() {
                let function = script.expression(id).function;
                by_function.entry((module, function)).or_default().push(id);
            }
            for (index, function) in script.functions.iter().enumerate() {
                if let Some(parent) = function.parent {
                    inner
                        .entry((module, parent))
                        .or_default()
                        .push(FunctionId(index as u32));
                }
            }
        }
        Self {
            evaluator,
            by_function,
            inner,
            dispatch: Dispatch::new(evaluator),
            called: RefCell::default(),
            emitters: OnceCell::new(),
            seen: OnceCell::new(),
        }
    }

    /// The expressions of a function itself, in order.
    #[must_use]
    pub fn expressions(&self, module: ModuleId, function: FunctionId) -> &[ExpressionId] {
        self.by_function
            .get(&(module, function))
            .map_or(&[], Vec::as_slice)
    }

    /// What the project says of whether it is seen.
    pub(super) fn seen(&self) -> &Seen {
        self.seen.get_or_init(|| Seen::new(self.evaluator, self))
    }

    /// The functions that stand directly in a function.
    #[must_use]
    pub fn inner(&self, module: ModuleId, function: FunctionId) -> &[FunctionId] {
        self.inner.get(&(module, function)).map_or(&[], Vec::as_slice)
    }

    /// The functions that run when a function runs, itself first, each once by its shortest way.
    #[must_use]
    pub fn reached(&self, module: ModuleId, function: FunctionId) -> Vec<Reached> {
        self.reached_by(module, function, 1)
    }

    /// The functions that run when a function runs, itself first, each by some ways, the shortest first.
    #[must_use]
    pub fn reached_by_ways(&self, module: ModuleId, function: FunctionId) -> Vec<Reached> {
        self.reached_by(module, function, MAX_WAYS)
    }

    fn reached_by(&self, module: ModuleId, function: FunctionId, ways: usize) -> Vec<Reached> {
        let begin = Reached {
            module,
            function,
            chain: vec![],
        };
        let mut told = BTreeMap::from([((module, function), ways)]);
        // A function is gone through once for each of the calls that it was made in.
        let mut seen = BTreeSet::from([((module, function), MakingCalls::new())]);
        let mut open = VecDeque::from([(begin.clone(), Environment::default())]);
        let mut reached = vec![begin];
        while let Some((current, made_in)) = open.pop_front() {
            if current.chain.len() >= MAX_CHAIN {
                continue;
            }
            for called in &*self.called_in(current.module, current.function, &made_in) {
                let is_new =
                    seen.insert((called.place(), self.making_calls(called.place(), &called.made_in)));
                let told = told.entry(called.place()).or_default();
                if !is_new && *told >= ways {
                    continue;
                }
                let mut chain = current.chain.clone();
                chain.push((current.module, called.call));
                let next = Reached {
                    module: called.module,
                    function: called.function,
                    chain,
                };
                if *told < ways {
                    *told += 1;
                    reached.push(next.clone());
                }
                if is_new {
                    open.push_back((next, called.made_in.clone()));
                }
            }
        }
        reached
    }

    /// The functions that a function calls itself, with the calls.
    #[must_use]
    pub fn called(&self, module: ModuleId, function: FunctionId) -> Rc<[Called]> {
        self.called_in(module, function, &Environment::default())
    }

    /// The functions that a function calls which was made in some calls: what these handed it is known.
    fn called_in(&self, module: ModuleId, function: FunctionId, made_in: &Environment) -> Rc<[Called]> {
        let key = ((module, function), self.making_calls((module, function), made_in));
        if let Some(known) = self.called.borrow().get(&key) {
            return Rc::clone(known);
        }
        let alone = Environment::default();
        let made_in = if key.1.is_empty() { &alone } else { made_in };
        let called: Rc<[Called]> = self.find_called(module, function, made_in).into();
        self.called.borrow_mut().insert(key, Rc::clone(&called));
        called
    }

    /// The calls of the functions around a function, as far as they handed something over.
    fn making_calls(&self, (module, function): FunctionPlace, made_in: &Environment) -> MakingCalls {
        if made_in.0.is_none() {
            return vec![];
        }
        let script = self.evaluator.project.script(module);
        let around = std::iter::successors(script.function(function).parent, |outer| {
            script.function(*outer).parent
        });
        let frames = around.filter_map(|outer| made_in.frame_of(module, outer));
        frames
            .filter_map(|frame| match &frame.arguments {
                Arguments::Call {
                    module, arguments, ..
                } => Some((*module, arguments.first()?.value)),
                _ => None,
            })
            .collect()
    }
}

/// Methods that call what they are handed before they return.
#[must_use]
pub fn is_iteration(method: &str) -> bool {
    matches!(
        method,
        "forEach"
            | "map"
            | "filter"
            | "find"
            | "some"
            | "every"
            | "flatMap"
            | "reduce"
            | "sort"
            | "findIndex"
            | "traverse"
            | "traverseVisible"
            | "traverseAncestors"
    )
}

#[cfg(test)]
mod tests {
    use crate::web::{
        fixture::Fixture,
        project::Project,
        three::{loops::loops, reach::Calls},
        values::Evaluator,
    };

    #[test]
    fn a_function_that_is_made_by_a_call_calls_what_this_call_hands_over() {
        let files = Fixture::new(
            "//- steps.ts\nexport function fixed(step, run) { let rest = 0; return (delta) => { rest += delta; while (rest > step) { run(step); rest -= step; } }; }\n\
             //- client.ts\nimport { fixed } from './steps';\nclass Game { start() { this.advance = fixed(16, (dt) => this.simulate(dt)); this.frame(); }\n\
             simulate(dt) {} frame() { requestAnimationFrame(() => this.frame()); this.advance(5); } }\nnew Game().start();\n\
             //- server.ts\nimport { fixed } from './steps';\nclass Server { run() { this.tick = fixed(50, () => this.serve()); setInterval(() => this.tick(9), 9); } serve() {} }\n",
        );
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let calls = Calls::new(&evaluator);
        let found: Vec<Vec<String>> = loops(&evaluator, &calls)
            .iter()
            .map(|one| one.describe(&evaluator, &calls).calls)
            .collect();
        assert_eq!(
            found,
            [[
                "client.ts:Game.frame",
                "steps.ts:1",
                "client.ts:2",
                "client.ts:Game.simulate"
            ]]
        );
    }
}
