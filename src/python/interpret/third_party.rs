//! Source of libraries, where it is at hand: interpreted like the project's own, but at its own expense, and what goes wrong
//! in it never takes the code that uses it along.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments,
    flow::{Eval, Flow},
    interpreter::Interpreter,
    unknown::Unknown,
    value::{FunctionObject, Origin, Value},
};

/// Steps that one import or call of the project may take in libraries.
const PER_ENTRY: i64 = 3_000_000;

/// Steps that a statement of a library's module may take.
const PER_STATEMENT: i64 = 300_000;

/// What may still be spent on source of libraries.
#[derive(Clone, Copy, Debug)]
pub struct LibraryBudget {
    /// Steps, in all.
    pub steps: i64,
    /// Whether evaluation is inside a library now.
    pub is_inside: bool,
}

impl Default for LibraryBudget {
    fn default() -> Self {
        Self {
            steps: 30_000_000,
            is_inside: false,
        }
    }
}

impl Interpreter {
    /// Imports a module of a library. Of one that takes too long there is what it defines until then; one that raises is
    /// unknown, as without its source. While a function is followed nothing more is read.
    pub(super) fn import_third_party(
        &mut self,
        name: &str,
        run: impl FnOnce(&mut Self) -> Eval<Value>,
    ) -> Eval<Value> {
        if self.library_budget.is_inside {
            return run(self);
        }
        if self.tracer.is_some() {
            return Ok(Unknown::symbol(name));
        }
        // That the library is there answers a `try` around its import; what it tries itself is its own affair.
        let guards = std::mem::take(&mut self.guards);
        let result = self.enter_library(run);
        self.guards = guards;
        let Err(flow) = result else { return result };
        self.report_library(name, &flow);
        if let Some(known @ Value::Module(module)) = self.modules.get(name) {
            module.is_loading.set(false);
            return Ok(known.clone());
        }
        let unknown = Unknown::symbol(name);
        self.modules.insert(name.into(), unknown.clone());
        Ok(unknown)
    }

    /// Calls a function of a library for the project. One that takes too long, or raises what nobody expects, gives what is
    /// unknown, as without its source.
    pub(super) fn call_third_party(
        &mut self,
        function: &Rc<FunctionObject>,
        arguments: Arguments,
    ) -> Eval<Value> {
        let name = ecow::eco_format!("{}.{}", function.module.name, function.qualname);
        if self.tracer.is_some() {
            return Ok(self.followed_third_party(function, name, &arguments));
        }
        let wrapped = match arguments.positional.as_slice() {
            [only @ (Value::Function(_) | Value::Class(_) | Value::Method(_))] => Some(only.clone()),
            _ => None,
        };
        let unknown = |wrapped| {
            Value::Unknown(Rc::new(Unknown {
                origin: ecow::eco_format!("{name}()"),
                is_instance: true,
                wrapped,
                ..Unknown::default()
            }))
        };
        match self.enter_library(|it| it.call_function(function, arguments)) {
            Err(Flow::Raise(raised)) if self.is_expected(&raised) => Err(Flow::Raise(raised)),
            Err(flow) => {
                self.report_library(&name, &flow);
                Ok(unknown(wrapped))
            }
            // A decorator that cannot be followed to its end still decorates.
            Ok(Value::Unknown(result)) if result.is_empty() && wrapped.is_some() => Ok(unknown(wrapped)),
            result => result,
        }
    }

    /// What a call of a library gives while a function of the project is followed: the call is told, not followed.
    fn followed_third_party(
        &mut self,
        function: &Rc<FunctionObject>,
        name: EcoString,
        arguments: &Arguments,
    ) -> Value {
        if &*function.def.name == "__init__" {
            return Value::None;
        }
        let unknown = Unknown {
            origin: name,
            ..Unknown::default()
        };
        self.trace_external(&unknown, arguments);
        if matches!(&*function.def.name, "__enter__" | "__aenter__") {
            return arguments.at(0);
        }
        Value::Unknown(Rc::new(Unknown {
            origin: ecow::eco_format!("{}()", unknown.origin),
            is_instance: true,
            made: self.made(&unknown, arguments),
            ..Unknown::default()
        }))
    }

    /// Whether a call leads from the project's code into a library's.
    pub(super) fn enters_library(&self, function: &FunctionObject) -> bool {
        function.module.origin == Origin::ThirdParty && !self.library_budget.is_inside
    }

    fn enter_library(&mut self, run: impl FnOnce(&mut Self) -> Eval<Value>) -> Eval<Value> {
        let granted = self.library_budget.steps.clamp(0, PER_ENTRY);
        let apart = self.budget.apart(granted, PER_STATEMENT);
        let outer = std::mem::replace(&mut self.budget, apart);
        self.library_budget.is_inside = true;
        let (frames, conditions, undecided) = (self.frames.len(), self.conditions.len(), self.undecided);
        let result = run(self);
        self.frames.truncate(frames);
        self.conditions.truncate(conditions);
        self.undecided = undecided;
        self.library_budget.is_inside = false;
        self.library_budget.steps -= granted - self.budget.steps;
        self.budget = outer;
        result
    }

    fn report_library(&mut self, name: &str, flow: &Flow) {
        let why = match flow {
            Flow::Raise(raised) => ecow::eco_format!("raises `{}`", self.exception_words(&raised.exception)),
            Flow::Exhausted => "takes too many steps".into(),
        };
        self.report(
            "library-source",
            format!("the source of `{name}` {why} here; what it would give is unknown"),
        );
    }
}
