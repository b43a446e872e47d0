//! Evaluating expressions.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use ecow::EcoString;

use super::{
    arguments::Arguments,
    collection::Collection,
    comprehensions::PushItem,
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    scope::ScopeKind,
    unknown::Unknown,
    value::{Entries, FunctionObject, Value},
};
use crate::python::syntax::ast::{Argument, BoolOp, Constant, Expr, ExprKind, FunctionDef, UnaryOp};

impl Interpreter {
    /// Evaluates an expression in the innermost frame.
    ///
    /// # Errors
    /// When it raises, or the budget is used up.
    pub fn eval(&mut self, expr: &Expr) -> Eval<Value> {
        self.step()?;
        match &expr.kind {
            ExprKind::Name(name) => self.eval_name(name),
            ExprKind::Constant(constant) => Ok(constant_value(constant)),
            ExprKind::FString(parts) => self.eval_fstring(parts),
            ExprKind::List(items) => {
                let (items, least) = self.eval_items(items)?;
                Ok(Value::open_list(items, least))
            }
            ExprKind::Tuple(items) => Ok(Value::tuple(self.eval_items(items)?.0)),
            ExprKind::Set(items) => {
                let (items, least) = self.eval_items(items)?;
                Ok(open_set_of(items, least))
            }
            ExprKind::Dict(items) => self.eval_dict(items),
            ExprKind::Unary(op, operand) => {
                let operand = self.eval(operand)?;
                self.unary(*op, &operand)
            }
            ExprKind::Binary(left, op, right) => self.eval_binary(left, *op, right),
            ExprKind::BoolOp(op, operands) => self.eval_bool_op(*op, operands),
            ExprKind::Compare(left, rest) => self.eval_compare(left, rest),
            ExprKind::Call(function, arguments) => self.eval_call(expr, function, arguments),
            ExprKind::Attribute(object, name) => {
                let object = self.eval(object)?;
                self.frame().span = expr.span;
                self.attribute(&object, name)
            }
            ExprKind::Subscript(object, index) => {
                let object = self.eval(object)?;
                let index = self.eval(index)?;
                self.frame().span = expr.span;
                self.subscript(&object, &index)
            }
            ExprKind::Slice(start, stop, step) => {
                let mut part = |bound: &Option<Box<Expr>>| match bound {
                    Some(bound) => self.eval(bound),
                    None => Ok(Value::None),
                };
                Ok(Value::Slice(Rc::new([part(start)?, part(stop)?, part(step)?])))
            }
            ExprKind::Lambda(def) => self.make_function(def),
            ExprKind::IfExp { test, body, orelse } => self.eval_conditional(test, body, orelse),
            ExprKind::ListComp(element, loops) => {
                let (items, least) = self.comprehend(loops, &mut |it, out| out.push_item(it, element))?;
                Ok(Value::open_list(items, least))
            }
            ExprKind::SetComp(element, loops) => {
                let (items, least) = self.comprehend(loops, &mut |it, out| out.push_item(it, element))?;
                Ok(open_set_of(items, least))
            }
            ExprKind::Generator(element, loops) => {
                let (items, least) = self.comprehend(loops, &mut |it, out| out.push_item(it, element))?;
                Ok(Value::open_iterator(items, least.is_some()))
            }
            ExprKind::DictComp(key, value, loops) => self.eval_dict_comprehension(key, value, loops),
            ExprKind::Await(inner) => self.eval_await(inner),
            ExprKind::Yield(value) => {
                let value = value.as_ref().map_or(Ok(Value::None), |value| self.eval(value))?;
                self.frame().yields.push(value);
                self.trace_yield();
                if self.frame().yields.len() >= self.budget.yields {
                    return Err(self.close_generator());
                }
                Ok(Unknown::nothing())
            }
            ExprKind::YieldFrom(source) => {
                let source = self.eval(source)?;
                let (items, _) = self.iterate(&source)?;
                self.frame().yields.extend(items);
                Ok(match source {
                    Value::Iterator(iterator) => iterator.result.borrow().clone(),
                    _ => Value::None,
                })
            }
            ExprKind::Starred(inner) => self.eval(inner),
            ExprKind::Named(name, value) => {
                let value = self.eval(value)?;
                self.scope().bind_outside(name, value.clone());
                Ok(value)
            }
            ExprKind::Invalid => Ok(Unknown::nothing()),
        }
    }

    fn eval_name(&mut self, name: &EcoString) -> Eval<Value> {
        if let Some(value) = self.lookup(name) {
            if value.is_none()
                && let Some(filled) = self.filled_later(name)
            {
                return Ok(filled);
            }
            return Ok(value);
        }
        if name == "__class__"
            && let Some(class) = self.frame().class_cell.get()
        {
            return Ok(Value::Class(Rc::clone(class)));
        }
        self.missing("NameError", format!("name '{name}' is not defined"))
    }

    /// A name in the innermost scope, outwards to the built-in names.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Option<Value> {
        self.scope()
            .get(name)
            .or_else(|| self.builtins.names.borrow().get(name).cloned())
            .or_else(|| self.further_scopes.iter().rev().find_map(|scope| scope.get(name)))
    }

    /// Evaluates the items of a display, spreading starred ones. With them goes how many are there at least, if something
    /// unknown was spread.
    ///
    /// # Errors
    /// When an item raises.
    pub fn eval_items(&mut self, items: &[Expr]) -> Eval<(Vec<Value>, Option<usize>)> {
        let mut values = Vec::with_capacity(items.len());
        let (mut certain, mut is_open) = (0, false);
        for item in items {
            match &item.kind {
                ExprKind::Starred(inner) => {
                    let source = self.eval(inner)?;
                    let (spread, is_source_open) = self.iterate(&source)?;
                    is_open |= is_source_open;
                    certain += if is_source_open { 0 } else { spread.len() };
                    values.extend(spread);
                }
                _ => {
                    values.push(self.eval(item)?);
                    certain += 1;
                }
            }
        }
        Ok((values, is_open.then_some(certain)))
    }

    fn eval_dict(&mut self, items: &[(Option<Expr>, Expr)]) -> Eval<Value> {
        let dict = Collection::new(Entries::default());
        for (key, value) in items {
            match key {
                Some(key) => {
                    let key = self.eval(key)?;
                    let value = self.eval(value)?;
                    dict.put(Key::of(&key), (key, value));
                }
                None => {
                    let source = self.eval(value)?;
                    self.update_dict(&dict, &source)?;
                }
            }
        }
        Ok(Value::Dict(dict))
    }

    fn eval_bool_op(&mut self, op: BoolOp, operands: &[Expr]) -> Eval<Value> {
        let mut candidates = vec![];
        let mut undecided: Option<EcoString> = None;
        for (index, operand) in operands.iter().enumerate() {
            let value = match &undecided {
                Some(condition) => {
                    self.trace_branch_start();
                    let value = self.eval(operand);
                    self.trace_branch_arm(condition, false);
                    self.trace_branch_end(operand.span);
                    value?
                }
                None => self.eval(operand)?,
            };
            if index + 1 == operands.len() {
                candidates.push(value);
                break;
            }
            let verdict = self.truth(&value)?;
            if verdict.is_none() && self.tracer.is_some() {
                let text = self.snippet(operand.span);
                undecided = Some(if op == BoolOp::Or {
                    super::branches::negate(&text)
                } else {
                    text
                });
            }
            match (op, verdict) {
                (BoolOp::And, Some(true)) | (BoolOp::Or, Some(false)) => {}
                (BoolOp::And, Some(false)) | (BoolOp::Or, Some(true)) => {
                    candidates.push(value);
                    break;
                }
                (BoolOp::Or, None) => candidates.push(value),
                // What is false of an unknown value is of no use to whoever reads the result.
                (BoolOp::And, None) => candidates.push(Unknown::nothing()),
            }
        }
        let decided_false = op == BoolOp::And
            && candidates.len() > 1
            && candidates
                .last()
                .is_some_and(|last| matches!(last, Value::Bool(false)));
        if decided_false {
            return Ok(Value::Bool(false));
        }
        if op == BoolOp::Or && candidates.len() > 1 && matches!(candidates.last(), Some(Value::Bool(true))) {
            return Ok(Value::Bool(true));
        }
        if op == BoolOp::And && candidates.len() > 1 {
            return Ok(match candidates.pop() {
                Some(last @ (Value::Bool(_) | Value::None)) => {
                    let _ = last;
                    Unknown::nothing()
                }
                Some(last) => self.one_of(vec![Unknown::nothing(), last]),
                None => Unknown::nothing(),
            });
        }
        Ok(self.one_of(candidates))
    }

    fn eval_conditional(&mut self, test: &Expr, body: &Expr, orelse: &Expr) -> Eval<Value> {
        let condition = self.eval(test)?;
        match self.truth(&condition)? {
            Some(true) => self.eval(body),
            Some(false) => self.eval(orelse),
            None => {
                self.trace_branch_start();
                let then = self.eval(body)?;
                self.trace_branch_arm(&self.snippet(test.span), false);
                let otherwise = self.eval(orelse)?;
                self.trace_branch_arm("else", false);
                self.trace_branch_end(test.span);
                Ok(self.one_of(vec![then, otherwise]))
            }
        }
    }

    fn eval_call(&mut self, expr: &Expr, function: &Expr, arguments: &[Argument]) -> Eval<Value> {
        if let ExprKind::Name(name) = &function.kind
            && name == "super"
            && arguments.is_empty()
        {
            return self.implicit_super();
        }
        let callee = self.eval(function)?;
        let mut arguments = self.eval_arguments(arguments)?;
        arguments.span = expr.span;
        self.frame().span = expr.span;
        self.call(&callee, arguments)
    }

    /// Evaluates the arguments of a call, spreading `*` and `**`.
    ///
    /// # Errors
    /// When one raises.
    pub fn eval_arguments(&mut self, arguments: &[Argument]) -> Eval<Arguments> {
        let mut result = Arguments::default();
        for argument in arguments {
            match argument {
                Argument::Positional(value) => result.positional.push(self.eval(value)?),
                Argument::Keyword(name, value) => {
                    let value = self.eval(value)?;
                    result.keywords.push((name.clone(), value));
                }
                Argument::Star(source) => {
                    let source = self.eval(source)?;
                    let (items, is_open) = self.iterate(&source)?;
                    result.is_open |= is_open;
                    // Of an unknown iterable nothing is known, not even that it has one.
                    if !is_open || matches!(&source, Value::List(_)) {
                        result.positional.extend(items);
                    }
                }
                Argument::DoubleStar(source) => {
                    let source = self.eval(source)?;
                    result.is_open |= self.is_open_mapping(&source);
                    for (key, value) in self.mapping_items(&source)? {
                        match key.as_str() {
                            Some(name) => {
                                result.keywords.retain(|(known, _)| *known != name);
                                result.keywords.push((name, value));
                            }
                            None => result.is_open = true,
                        }
                    }
                }
            }
        }
        Ok(result)
    }

    fn eval_await(&mut self, inner: &Expr) -> Eval<Value> {
        self.trace_await_start(inner.span);
        let value = self.eval(inner)?;
        self.trace_await_end(inner.span);
        if let Value::Instance(instance) = &value
            && let Some(method) = instance.class.get("__await__")
            && matches!(method, Value::Function(_))
        {
            let iterator = self.call_method(&value, "__await__", Arguments::default())?;
            if let Value::Iterator(iterator) = iterator {
                return Ok(iterator.result.borrow().clone());
            }
        }
        Ok(value)
    }

    /// Makes a function object of a definition in the innermost scope.
    ///
    /// # Errors
    /// When a default raises.
    pub fn make_function(&mut self, def: &Arc<FunctionDef>) -> Eval<Value> {
        let mut defaults = Vec::with_capacity(def.parameters.all.len());
        for parameter in &def.parameters.all {
            defaults.push(match &parameter.default {
                Some(default) => Some(self.eval(default)?),
                None => None,
            });
        }
        let scope = self.scope();
        let qualname = self.qualified(&def.name);
        let frame = self.frame();
        let is_stable = frame.loops == 0 && scope.kind != ScopeKind::Function;
        let object = Rc::new(FunctionObject {
            def: Arc::clone(def),
            module: Rc::clone(&frame.module),
            qualname,
            scope,
            defaults,
            annotations: OnceCell::new(),
            class_cell: Rc::clone(&frame.class_cell),
            attributes: RefCell::default(),
        });
        if !is_stable && !object.module.is_model() {
            // Names that an annotation uses may be bound anew before it is asked for.
            self.annotations(&object);
        }
        Ok(Value::Function(object))
    }

    /// The dotted path of a definition in the innermost scope.
    #[must_use]
    pub fn qualified(&self, name: &str) -> EcoString {
        let Some(frame) = self.frames.last() else {
            return name.into();
        };
        if frame.scope.kind == ScopeKind::Class
            && let Some(Value::Str(outer)) = frame.scope.names.borrow().get("__qualname__")
        {
            return ecow::eco_format!("{outer}.{name}");
        }
        match (&frame.function, frame.scope.kind) {
            (Some(function), ScopeKind::Function | ScopeKind::Comprehension) => {
                ecow::eco_format!("{}.<locals>.{name}", function.qualname)
            }
            _ => name.into(),
        }
    }
}

/// A set of these items.
#[must_use]
pub fn set_of(items: Vec<Value>) -> Value {
    open_set_of(items, None)
}

/// A set of these items, of which so many are there for certain; without a number, of these and no others.
#[must_use]
pub fn open_set_of(items: Vec<Value>, least: Option<usize>) -> Value {
    let entries = items
        .into_iter()
        .map(|item| (Key::of(&item), (item.clone(), item)))
        .collect();
    Value::Set(Collection::with_least(entries, least))
}

fn constant_value(constant: &Constant) -> Value {
    match constant {
        Constant::None => Value::None,
        Constant::Bool(flag) => Value::Bool(*flag),
        Constant::Int(number) => Value::Int(*number),
        Constant::BigInt(digits) => digits.parse().map_or_else(|_| Unknown::nothing(), Value::Float),
        Constant::Float(number) => Value::Float(*number),
        Constant::Imaginary(_) => Unknown::nothing(),
        Constant::Str(text) => Value::Str(text.clone()),
        Constant::Bytes(bytes) => Value::Bytes(bytes.as_slice().into()),
        Constant::Ellipsis => Value::Ellipsis,
    }
}

impl Interpreter {
    fn unary(&mut self, op: UnaryOp, operand: &Value) -> Eval<Value> {
        if op == UnaryOp::Not {
            return Ok(match self.truth(operand)? {
                Some(flag) => Value::Bool(!flag),
                None => Unknown::nothing(),
            });
        }
        Ok(match (op, operand.unboxed()) {
            (UnaryOp::Neg, Value::Int(number)) => {
                number.checked_neg().map_or_else(Unknown::nothing, Value::Int)
            }
            (UnaryOp::Neg, Value::Float(number)) => Value::Float(-number),
            (UnaryOp::Neg, Value::Bool(flag)) => Value::Int(-i64::from(flag)),
            (UnaryOp::Pos, value @ (Value::Int(_) | Value::Float(_))) => value,
            (UnaryOp::Invert, Value::Int(number)) => Value::Int(!number),
            _ => Unknown::nothing(),
        })
    }
}
