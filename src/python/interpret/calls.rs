//! Calling: binding arguments to parameters, running bodies.

use std::{cell::OnceCell, rc::Rc};

use super::{
    arguments::Arguments,
    class::Builtin,
    flow::{Completion, Eval, Flow},
    interpreter::{Frame, Interpreter},
    scope::{Scope, ScopeKind},
    typing::TypeForm,
    unknown::Unknown,
    value::{FunctionObject, IteratorObject, Value},
};
use crate::python::syntax::ast::{ParameterKind, Span};

impl Interpreter {
    /// Calls a value.
    ///
    /// # Errors
    /// When the callee raises, or the budget is used up.
    pub fn call(&mut self, callee: &Value, arguments: Arguments) -> Eval<Value> {
        self.step()?;
        match callee {
            Value::Function(function) if self.enters_library(function) => {
                self.call_third_party(&Rc::clone(function), arguments)
            }
            Value::Function(function) => self.call_function(function, arguments),
            Value::Native(native) => (native.call)(self, &Rc::clone(native), arguments),
            Value::Method(method) => {
                let arguments = arguments.prepend(method.receiver.clone());
                self.call(&method.function.clone(), arguments)
            }
            Value::Class(class) => self.call_class(class, arguments),
            Value::Instance(instance) => match instance.class.get("__call__") {
                Some(_) => self.call_method(callee, "__call__", arguments),
                None => Ok(Unknown::nothing()),
            },
            Value::Type(form) => match &**form {
                TypeForm::Alias { origin, .. } => self.call(&origin.clone(), arguments),
                TypeForm::NewType { .. } => Ok(arguments.at(0)),
                _ => Ok(Unknown::nothing()),
            },
            Value::Unknown(unknown) => self.call_unknown(unknown, arguments),
            Value::Descriptor(descriptor) => match &**descriptor {
                super::value::Descriptor::Static(inner) => self.call(&inner.clone(), arguments),
                _ => Ok(Unknown::nothing()),
            },
            _ => Ok(Unknown::nothing()),
        }
    }

    /// Calls a method by name.
    ///
    /// # Errors
    /// When it raises, or is absent and the code expects that.
    pub fn call_method(&mut self, object: &Value, name: &str, arguments: Arguments) -> Eval<Value> {
        let method = self.attribute(object, name)?;
        self.call(&method, arguments)
    }

    fn call_unknown(&mut self, unknown: &Rc<Unknown>, arguments: Arguments) -> Eval<Value> {
        if !unknown.alternatives.is_empty() {
            return self.call_alternatives(unknown, &arguments);
        }
        if let Some(value) = self.call_stand_in(unknown, &arguments)? {
            return Ok(value);
        }
        self.trace_external(unknown, &arguments);
        let made = self.made(unknown, &arguments);
        let wrapped = match arguments.positional.as_slice() {
            [only @ (Value::Function(_) | Value::Class(_) | Value::Method(_))] => Some(only.clone()),
            _ => None,
        };
        let origin = if unknown.is_instance && !unknown.origin.is_empty() {
            ecow::eco_format!("{}()", unknown.origin)
        } else {
            unknown.origin.clone()
        };
        Ok(Value::Unknown(Rc::new(Unknown {
            origin,
            is_instance: true,
            wrapped,
            made,
            ..Unknown::default()
        })))
    }

    /// Instantiates the model that an unknown class is taken to extend.
    fn call_stand_in(&mut self, unknown: &Rc<Unknown>, arguments: &Arguments) -> Eval<Option<Value>> {
        if unknown.is_instance {
            return Ok(None);
        }
        let Some((module, class)) = crate::python::library::stand_in(&unknown.origin) else {
            return Ok(None);
        };
        let model = self.import_module(module)?;
        let model = self.attribute(&model, class)?;
        self.report(
            "assumption",
            format!(
                "`{}` has no source here; it is taken to extend `{class}`",
                unknown.origin
            ),
        );
        let keywords = Arguments {
            keywords: arguments.keywords.clone(),
            span: arguments.span,
            ..Arguments::default()
        };
        self.call(&model, keywords).map(Some)
    }

    fn call_alternatives(&mut self, unknown: &Rc<Unknown>, arguments: &Arguments) -> Eval<Value> {
        let callable: Vec<&Value> = unknown
            .alternatives
            .iter()
            .filter(|value| !value.is_none())
            .collect();
        let is_choice = callable.len() > 1;
        let mut results = vec![];
        if is_choice {
            self.trace_branch_start();
        }
        for alternative in callable {
            self.undecided += 1;
            let result = self.call(alternative, arguments.clone());
            self.undecided -= 1;
            if is_choice {
                self.trace_alternative(alternative);
            }
            match result {
                Ok(value) => results.push(value),
                Err(Flow::Raise(_)) => {}
                Err(exhausted) => return Err(exhausted),
            }
        }
        if is_choice {
            self.trace_branch_end(arguments.span);
        }
        Ok(self.one_of(results))
    }

    /// Calls a function written in Python.
    ///
    /// # Errors
    /// When its body raises.
    pub fn call_function(&mut self, function: &Rc<FunctionObject>, arguments: Arguments) -> Eval<Value> {
        if self.frames.len() >= self.budget.depth {
            self.report(
                "budget-exceeded",
                format!(
                    "calls nest more than {} deep at `{}`",
                    self.budget.depth, function.qualname
                ),
            );
            return Ok(Unknown::nothing());
        }
        if self.undecided > 0 && self.is_recursing(function) || self.traces_again(function) {
            return Ok(Unknown::nothing());
        }
        let scope = Scope::new(ScopeKind::Function, Some(Rc::clone(&function.scope)));
        self.report_syntax(&function.module, &function.def.body().errors);
        let traced = self.trace_call_start(function, &arguments);
        self.bind_parameters(function, arguments, &scope)?;
        self.frames.push(Frame {
            module: Rc::clone(&function.module),
            scope,
            function: Some(Rc::clone(function)),
            span: function.def.span,
            pending: vec![],
            yields: vec![],
            class_cell: Rc::clone(&function.class_cell),
            handling: None,
            loops: 0,
            breaks: 0,
        });
        let conditions = self.conditions.len();
        let has_share = self.tracer.is_none() && !function.module.is_model();
        if has_share {
            self.budget.open_call();
        }
        let completion = self.exec_block(&function.def.body().statements);
        if has_share {
            self.budget.close();
        }
        self.conditions.truncate(conditions);
        let frame = self.frames.pop();
        self.trace_call_end(traced, function);
        let (pending, yields) = frame
            .map(|frame| (frame.pending, frame.yields))
            .unwrap_or_default();
        let returned = match completion {
            Ok(Completion::Return(value)) => value,
            Ok(_) => Value::None,
            Err(Flow::Raise(raised)) if function.def.body().is_generator && is_closing(&raised.exception) => {
                Value::None
            }
            // One way through returned before the other raised.
            Err(Flow::Raise(_)) if !pending.is_empty() => self.one_of(pending.clone()),
            Err(Flow::Exhausted) if has_share && !self.budget.is_spent() => {
                let name = &function.qualname;
                self.report_given_up(&format!("the call of `{name}`"), "what it returns is not known");
                Unknown::instance(ecow::eco_format!("{name}()"))
            }
            Err(flow) => return Err(flow),
        };
        let result = if pending.is_empty() {
            returned
        } else {
            self.one_of(pending.into_iter().chain([returned]).collect())
        };
        if function.def.body().is_generator {
            return Ok(Value::Iterator(Rc::new(IteratorObject {
                is_open: false,
                items: yields.into(),
                position: 0.into(),
                result: result.into(),
            })));
        }
        Ok(result)
    }

    /// Ends a generator that gives more values than are followed, as `close()` does in Python
    /// (<https://docs.python.org/3/reference/expressions.html#generator.close>).
    pub(super) fn close_generator(&mut self) -> Flow {
        let message = format!(
            "this generator gives more than {} values; the others were not followed",
            self.budget.yields
        );
        self.report("budget-exceeded", message);
        self.exception("GeneratorExit", "")
    }

    /// Whether a function called under an undecided condition is already being evaluated.
    /// Following it again would have no end, since nothing decides when the recursion stops.
    fn is_recursing(&self, function: &Rc<FunctionObject>) -> bool {
        let running = self.frames.iter().filter(|frame| {
            frame
                .function
                .as_ref()
                .is_some_and(|running| std::sync::Arc::ptr_eq(&running.def, &function.def))
        });
        running.count() >= 2
    }

    fn bind_parameters(
        &mut self,
        function: &Rc<FunctionObject>,
        arguments: Arguments,
        scope: &Rc<Scope>,
    ) -> Eval<()> {
        let Arguments {
            positional,
            mut keywords,
            is_open,
            ..
        } = arguments;
        let mut positional = positional.into_iter();
        let mut names = scope.names.borrow_mut();
        for (index, parameter) in function.def.parameters.all.iter().enumerate() {
            let value = match parameter.kind {
                ParameterKind::VarPositional => Value::tuple(positional.by_ref().collect()),
                ParameterKind::VarKeyword => Value::dict(std::mem::take(&mut keywords)),
                kind => {
                    let by_position = match kind {
                        ParameterKind::KeywordOnly => None,
                        _ => positional.next(),
                    };
                    let by_name = || {
                        let found = keywords.iter().position(|(name, _)| *name == parameter.name)?;
                        Some(keywords.remove(found).1)
                    };
                    match by_position.or_else(by_name) {
                        Some(value) => value,
                        None if is_open => match &function.defaults[index] {
                            Some(default) => Unknown::one_of(vec![
                                default.clone(),
                                Unknown::instance(parameter.name.clone()),
                            ]),
                            None => Unknown::instance(""),
                        },
                        None => match &function.defaults[index] {
                            Some(default) => default.clone(),
                            None => Unknown::instance(""),
                        },
                    }
                }
            };
            names.insert(parameter.name.clone(), value);
        }
        Ok(())
    }

    /// Evaluates an expression in a scope that is not that of a running call.
    ///
    /// # Errors
    /// When it raises.
    pub fn eval_in(
        &mut self,
        module: &Rc<super::value::ModuleObject>,
        scope: &Rc<Scope>,
        expr: &crate::python::syntax::ast::Expr,
    ) -> Eval<Value> {
        self.frames.push(Frame {
            module: Rc::clone(module),
            scope: Rc::clone(scope),
            function: None,
            span: expr.span,
            pending: vec![],
            yields: vec![],
            class_cell: Rc::new(OnceCell::new()),
            handling: None,
            loops: 0,
            breaks: 0,
        });
        let result = self.eval(expr);
        self.frames.pop();
        result
    }

    /// Pushes a frame for a module or class body.
    pub fn push_body(
        &mut self,
        module: &Rc<super::value::ModuleObject>,
        scope: &Rc<Scope>,
        class_cell: Rc<OnceCell<Rc<super::class::ClassObject>>>,
        span: Span,
    ) {
        let function = if scope.kind == ScopeKind::Class {
            self.frames.last().and_then(|frame| frame.function.clone())
        } else {
            None
        };
        self.frames.push(Frame {
            module: Rc::clone(module),
            scope: Rc::clone(scope),
            function,
            span,
            pending: vec![],
            yields: vec![],
            class_cell,
            handling: None,
            breaks: 0,
            loops: self.frames.last().map_or(0, |frame| {
                if scope.kind == ScopeKind::Class {
                    frame.loops
                } else {
                    0
                }
            }),
        });
    }

    /// Whether calling it runs an `async def`.
    #[must_use]
    pub fn is_coroutine_function(&self, callable: &Value) -> bool {
        match callable {
            Value::Function(function) => function.def.is_async,
            Value::Method(method) => self.is_coroutine_function(&method.function),
            Value::Instance(instance) => match instance.class.get("__call__") {
                Some(call) if !instance.class.is_builtin(Builtin::Type) => self.is_coroutine_function(&call),
                _ => false,
            },
            Value::Native(native) if native.name == "partial" => native
                .captured
                .first()
                .is_some_and(|inner| self.is_coroutine_function(inner)),
            _ => false,
        }
    }
}

fn is_closing(exception: &Value) -> bool {
    matches!(exception, Value::Instance(instance) if instance.class.name == "GeneratorExit")
}
