//! What runs when a function runs: the functions that it calls, and those that these call.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};

use rustc_hash::FxHashMap;

use super::{dispatch::Dispatch, emitters::Emitters, throttle::Seen};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind},
    values::{Evaluator, ParameterValue, Site, Value},
};

/// Functions that are called from each other, one inside the other.
const MAX_CHAIN: usize = 8;

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
    by_function: FxHashMap<(ModuleId, FunctionId), Vec<ExpressionId>>,
    inner: FxHashMap<(ModuleId, FunctionId), Vec<FunctionId>>,
    dispatch: Dispatch<'e, 'p>,
    called: RefCell<FxHashMap<FunctionPlace, Rc<[Called]>>>,
    emitters: OnceCell<Emitters>,
    seen: OnceCell<Seen>,
}

type FunctionPlace = (ModuleId, FunctionId);

/// A call and the function that it calls.
pub type Called = (ExpressionId, ModuleId, FunctionId);

impl<'e, 'p> Calls<'e, 'p> {
    /// The calls of a project.
    #[must_use]
    pub fn new(evaluator: &'e Evaluator<'p>) -> Self {
        let mut by_function: FxHashMap<(ModuleId, FunctionId), Vec<ExpressionId>> = FxHashMap::default();
        let mut inner: FxHashMap<(ModuleId, FunctionId), Vec<FunctionId>> = FxHashMap::default();
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
        let mut seen = BTreeSet::from([(module, function)]);
        let mut reached = vec![Reached {
            module,
            function,
            chain: vec![],
        }];
        let mut next = 0;
        while let Some(current) = reached.get(next).cloned() {
            next += 1;
            if current.chain.len() >= MAX_CHAIN {
                continue;
            }
            for (call, module, function) in self.called(current.module, current.function).iter().copied() {
                if seen.insert((module, function)) {
                    let mut chain = current.chain.clone();
                    chain.push((current.module, call));
                    reached.push(Reached {
                        module,
                        function,
                        chain,
                    });
                }
            }
        }
        reached
    }

    /// The functions that a function calls itself, with the calls.
    #[must_use]
    pub fn called(&self, module: ModuleId, function: FunctionId) -> Rc<[Called]> {
        if let Some(known) = self.called.borrow().get(&(module, function)) {
            return Rc::clone(known);
        }
        let called: Rc<[Called]> = self.find_called(module, function).into();
        self.called
            .borrow_mut()
            .insert((module, function), Rc::clone(&called));
        called
    }

    fn find_called(&self, module: ModuleId, function: FunctionId) -> Vec<Called> {
        let script = self.evaluator.project.script(module);
        let mut called = vec![];
        for id in self.expressions(module, function) {
            if let Kind::Member { object, property, .. } = script.kind(*id) {
                let getters = self.dispatch.getters(module, *object, property).into_iter();
                called.extend(getters.map(|(module, function)| (*id, module, function)));
            }
            let (Kind::Call {
                callee, arguments, ..
            }
            | Kind::New { callee, arguments }) = script.kind(*id)
            else {
                continue;
            };
            // `later(this.draw.bind(this))` calls nothing yet.
            if matches!(script.kind(*callee), Kind::Member { property, .. } if property == "bind") {
                continue;
            }
            let site = Site::alone(module, *id);
            if let Kind::Member { object, property, .. } = script.kind(*callee) {
                let overriding = self.dispatch.overriding(module, *object, property).into_iter();
                called.extend(overriding.map(|(module, function)| (*id, module, function)));
            }
            for value in self.evaluator.callees(&site) {
                match value {
                    Value::Function(closure) => {
                        called.push((*id, closure.module, closure.function));
                        let emitters = self.emitters.get_or_init(|| Emitters::new(self.evaluator, self));
                        let handlers = emitters.called(self.evaluator, &site, &closure);
                        called.extend(
                            handlers
                                .into_iter()
                                .map(|(module, function)| (*id, module, function)),
                        );
                    }
                    Value::Parameter(parameter) if parameter.members.is_empty() => {
                        let handed = self.handed(&parameter);
                        called.extend(
                            handed
                                .into_iter()
                                .map(|(module, function)| (*id, module, function)),
                        );
                    }
                    // `for (const entity of this.entities) entity.update()`: what callers put there.
                    Value::Parameter(parameter) => {
                        for value in self.evaluator.with_callers(vec![Value::Parameter(parameter)]) {
                            if let Value::Function(closure) = value {
                                called.push((*id, closure.module, closure.function));
                            }
                        }
                    }
                    Value::Class(class) => {
                        called.extend(
                            self.constructor(&class)
                                .map(|function| (*id, class.module, function)),
                        );
                    }
                    _ => {}
                }
            }
            // What is handed to an iteration runs at once.
            if let Kind::Member { property, .. } = script.kind(*callee)
                && is_iteration(property)
            {
                for argument in arguments {
                    match script.kind(argument.value) {
                        Kind::Function(function) => called.push((*id, module, *function)),
                        Kind::Local(_) | Kind::Member { .. } => {
                            for value in self.evaluator.values(module, argument.value) {
                                if let Value::Function(closure) = value {
                                    called.push((*id, closure.module, closure.function));
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        called
    }

    /// The functions that the callers of a function hand it as a parameter.
    fn handed(&self, parameter: &ParameterValue) -> Vec<(ModuleId, FunctionId)> {
        let mut functions = vec![];
        for caller in self.evaluator.callers(parameter.module, parameter.function) {
            let arguments = self.evaluator.arguments_of(&caller.site);
            let Some(argument) = arguments
                .get(parameter.index as usize)
                .filter(|argument| !argument.spread)
            else {
                continue;
            };
            for value in self.evaluator.values(caller.site.module, argument.value) {
                if let Value::Function(closure) = value {
                    functions.push((closure.module, closure.function));
                }
            }
        }
        functions
    }

    fn constructor(&self, class: &crate::web::values::ClassValue) -> Option<FunctionId> {
        let declared = self.evaluator.project.script(class.module).class(class.class);
        declared.members.iter().find_map(|member| match member.kind {
            MemberKind::Method(function) if member.name == "constructor" => Some(function),
            _ => None,
        })
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
