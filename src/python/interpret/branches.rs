//! Statements that choose or repeat, when the code does not decide: every arm is taken.

use ecow::EcoString;

use super::{
    flow::{Completion, Eval, Flow},
    interpreter::{Condition, Interpreter},
    scope::Scope,
    tracer::Event,
    unknown::Unknown,
    value::{Names, Value},
};
use crate::python::syntax::ast::{Expr, ExprKind, MatchCase, Span, Stmt};

/// Whether a list has items that are there for certain beside those that may be there.
fn has_certain_items(source: &Value) -> bool {
    matches!(source, Value::List(list) if list.least() > Some(0))
}

/// How an undecided arm ended, and the names it left behind.
pub(super) struct Arm {
    result: Eval<Completion>,
    names: Names,
}

impl Arm {
    /// Whether `return`, `break` or `continue` ended it.
    fn leaves(&self) -> bool {
        matches!(
            self.result,
            Ok(Completion::Return(_) | Completion::Break | Completion::Continue)
        )
    }

    fn is_break(&self) -> bool {
        matches!(self.result, Ok(Completion::Break))
    }
}

impl Interpreter {
    /// Names after two arms of which either may have run.
    fn merge(&self, mut then: Names, otherwise: Names) -> Names {
        for (name, other) in otherwise {
            match then.get(&name) {
                Some(value) if value.is_same(&other) => {}
                Some(value) => {
                    let either = self.one_of(vec![value.clone(), other]);
                    then.insert(name, either);
                }
                None => {
                    then.insert(name, other);
                }
            }
        }
        then
    }

    /// Runs a suite as if it might not run: the names are as before when it is done.
    pub(super) fn run_aside(&mut self, condition: EcoString, body: &[Stmt]) -> Eval<Completion> {
        self.run_arm(condition, body).result
    }

    /// `if`: the arm that the condition selects, or all arms under their conditions.
    pub(super) fn exec_if(
        &mut self,
        span: Span,
        test: &Expr,
        body: &[Stmt],
        orelse: &[Stmt],
    ) -> Eval<Completion> {
        let condition = self.eval(test)?;
        match self.truth(&condition)? {
            Some(true) => self.exec_block(body),
            Some(false) => self.exec_block(orelse),
            None => {
                let text = self.snippet(test.span);
                let negated = negate(&text);
                self.trace_branch_start();
                let then = self.run_arm(text.clone(), body);
                self.trace_branch_arm(&text, then.leaves());
                let otherwise = self.run_arm(negated.clone(), orelse);
                self.trace_branch_arm("else", otherwise.leaves());
                self.trace_branch_end(span);
                self.join(then, otherwise, &negated)
            }
        }
    }

    fn copy_of_names(&mut self, scope: &Scope) -> Eval<Names> {
        self.charge(scope.names.borrow().len())?;
        Ok(scope.names.borrow().clone())
    }

    /// Runs one arm under a condition, leaving the names as they were before.
    fn run_arm(&mut self, condition: EcoString, body: &[Stmt]) -> Arm {
        let scope = self.scope();
        let before = match self.copy_of_names(&scope) {
            Ok(names) => names,
            Err(flow) => {
                return Arm {
                    result: Err(flow),
                    names: Names::default(),
                };
            }
        };
        let is_analysed = self.module().is_some_and(|module| !module.is_model());
        let depth = self.conditions.len();
        self.conditions.push(Condition {
            text: condition,
            is_analysed,
        });
        self.undecided += 1;
        let result = self.exec_block(body);
        self.undecided -= 1;
        self.conditions.truncate(depth);
        let names = std::mem::replace(&mut *scope.names.borrow_mut(), before);
        Arm { result, names }
    }

    /// Goes on after two arms: with the names of whichever reach the end, and with what was returned kept.
    fn join(&mut self, then: Arm, otherwise: Arm, negated: &EcoString) -> Eval<Completion> {
        let scope = self.scope();
        if then.is_break() != otherwise.is_break() {
            self.frame().breaks += 1;
        }
        match (then.result, otherwise.result) {
            (Err(Flow::Exhausted), _) | (_, Err(Flow::Exhausted)) => Err(Flow::Exhausted),
            (Err(first), Err(_)) => Err(first),
            (Err(_), Ok(completion)) => {
                *scope.names.borrow_mut() = otherwise.names;
                Ok(completion)
            }
            (Ok(completion), Err(_)) => {
                *scope.names.borrow_mut() = then.names;
                Ok(completion)
            }
            (Ok(Completion::Return(a)), Ok(Completion::Return(b))) => {
                Ok(Completion::Return(self.one_of(vec![a, b])))
            }
            (Ok(Completion::Next), Ok(Completion::Next)) => {
                *scope.names.borrow_mut() = self.merge(then.names, otherwise.names);
                Ok(Completion::Next)
            }
            (Ok(Completion::Return(value)), Ok(other)) => {
                self.frame().pending.push(value);
                let is_analysed = self.module().is_some_and(|module| !module.is_model());
                self.conditions.push(Condition {
                    text: negated.clone(),
                    is_analysed,
                });
                *scope.names.borrow_mut() = otherwise.names;
                Ok(other)
            }
            (Ok(other), Ok(Completion::Return(value))) => {
                self.frame().pending.push(value);
                *scope.names.borrow_mut() = then.names;
                Ok(other)
            }
            // A loop that one arm leaves goes on in the other.
            (Ok(Completion::Break | Completion::Continue), Ok(completion)) => {
                *scope.names.borrow_mut() = self.merge(then.names, otherwise.names);
                Ok(completion)
            }
            (Ok(completion), Ok(Completion::Break | Completion::Continue)) => {
                *scope.names.borrow_mut() = self.merge(then.names, otherwise.names);
                Ok(completion)
            }
        }
    }

    /// `for`: every item of what is known; once, with an unknown item, of what is not.
    pub(super) fn exec_for(
        &mut self,
        span: Span,
        target: &Expr,
        iter: &Expr,
        body: &[Stmt],
        orelse: &[Stmt],
    ) -> Eval<Completion> {
        let source = self.eval(iter)?;
        let (items, is_open) = self.iterate(&source)?;
        let breaks = self.frame().breaks;
        if items.len() > self.budget.iterations {
            self.report(
                "budget-exceeded",
                format!(
                    "this loop has {} rounds; only the first {} were followed",
                    items.len(),
                    self.budget.iterations
                ),
            );
        }
        if is_open && items.len() <= 1 && !has_certain_items(&source) {
            let header =
                ecow::eco_format!("for {} in {}", self.snippet(target.span), self.snippet(iter.span));
            let mark = self.trace_open();
            let result = self.exec_open_round(target, items, body);
            self.frame().breaks = breaks;
            self.trace_loop_end(mark, &header, span);
            return match result? {
                Completion::Return(value) => {
                    self.frame().pending.push(value);
                    Ok(Completion::Next)
                }
                _ => self.exec_block(orelse),
            };
        }
        let mut rounds = vec![];
        let result = self.exec_rounds(target, items, body, &mut rounds);
        self.frame().breaks = breaks;
        if self.tracer.is_some() {
            let header =
                ecow::eco_format!("for {} in {}", self.snippet(target.span), self.snippet(iter.span));
            self.trace_rounds(rounds, &header, span);
        }
        match result? {
            Completion::Next => self.exec_block(orelse),
            Completion::Break => Ok(Completion::Next),
            leaving => Ok(leaving),
        }
    }

    /// Runs the suite of a loop for each item, until one leaves the loop.
    fn exec_rounds(
        &mut self,
        target: &Expr,
        items: Vec<Value>,
        body: &[Stmt],
        rounds: &mut Vec<Vec<Event>>,
    ) -> Eval<Completion> {
        let limit = self.budget.iterations;
        for item in items.into_iter().take(limit) {
            self.step()?;
            let depth = self.conditions.len();
            self.assign(target, item)?;
            let mark = self.trace_open();
            self.frame().loops += 1;
            let completion = self.exec_block(body);
            self.frame().loops -= 1;
            rounds.push(self.trace_close(mark));
            self.conditions.truncate(depth);
            match completion? {
                Completion::Next | Completion::Continue => {}
                leaving => return Ok(leaving),
            }
        }
        Ok(Completion::Next)
    }

    fn exec_open_round(&mut self, target: &Expr, items: Vec<Value>, body: &[Stmt]) -> Eval<Completion> {
        let item = items.into_iter().next().unwrap_or_else(Unknown::nothing);
        let scope = self.scope();
        let before = self.copy_of_names(&scope)?;
        self.assign(target, item)?;
        let depth = self.conditions.len();
        self.frame().loops += 1;
        self.undecided += 1;
        let result = self.exec_block(body);
        self.undecided -= 1;
        self.frame().loops -= 1;
        self.conditions.truncate(depth);
        let after = std::mem::take(&mut *scope.names.borrow_mut());
        *scope.names.borrow_mut() = self.merge(after, before);
        match result {
            // What the unknown item raises, others may not.
            Err(Flow::Raise(_)) => Ok(Completion::Next),
            other => other,
        }
    }

    /// `while`: as long as the condition is known to hold; once when it is not known.
    pub(super) fn exec_while(
        &mut self,
        span: Span,
        test: &Expr,
        body: &[Stmt],
        orelse: &[Stmt],
    ) -> Eval<Completion> {
        let is_endless = matches!(test.kind, ExprKind::Constant(_));
        for _ in 0..self.budget.iterations {
            let condition = self.eval(test)?;
            match self.truth(&condition)? {
                Some(false) => return self.exec_block(orelse),
                Some(true) if self.tracer.is_none() => {
                    self.step()?;
                    let (breaks, returns) = (self.frame().breaks, self.frame().pending.len());
                    let completion = self.exec_block(body)?;
                    let is_left = std::mem::replace(&mut self.frame().breaks, breaks) > breaks;
                    match completion {
                        // It may have ended here, and nothing else is known to end it.
                        Completion::Next | Completion::Continue if is_endless && is_left => {
                            return Ok(Completion::Next);
                        }
                        Completion::Next | Completion::Continue
                            if is_endless && self.frame().pending.len() > returns =>
                        {
                            let value = self.frame().pending.pop().unwrap_or(Value::None);
                            return Ok(Completion::Return(value));
                        }
                        Completion::Next | Completion::Continue => {}
                        Completion::Break => return Ok(Completion::Next),
                        leaving @ Completion::Return(_) => return Ok(leaving),
                    }
                }
                // While a handler is followed, `while True` is the endless loop of a socket or a stream.
                _ => {
                    let text = self.snippet(test.span);
                    let mark = self.trace_open();
                    let arm = self.run_arm(text.clone(), body);
                    self.trace_loop_end(mark, &ecow::eco_format!("while {text}"), span);
                    let scope = self.scope();
                    let before = scope.names.borrow().clone();
                    *scope.names.borrow_mut() = self.merge(arm.names, before);
                    return match arm.result {
                        Ok(Completion::Return(value)) => {
                            self.frame().pending.push(value);
                            Ok(Completion::Next)
                        }
                        Ok(_) | Err(Flow::Raise(_)) => Ok(Completion::Next),
                        Err(exhausted) => Err(exhausted),
                    };
                }
            }
        }
        self.report(
            "budget-exceeded",
            format!("this loop did not end after {} rounds", self.budget.iterations),
        );
        Ok(Completion::Next)
    }

    /// `match`: the first case that matches; when that is not known, every case that may.
    pub(super) fn exec_match(&mut self, span: Span, subject: &Expr, cases: &[MatchCase]) -> Eval<Completion> {
        let value = self.eval(subject)?;
        let words = self.snippet(subject.span);
        let mut undecided: Vec<(&MatchCase, EcoString)> = vec![];
        for case in cases {
            let matched = match self.matches(&case.pattern, &value)? {
                Some(false) => continue,
                other => other,
            };
            let guarded = match &case.guard {
                Some(guard) => {
                    let guard = self.eval(guard)?;
                    self.truth(&guard)?
                }
                None => Some(true),
            };
            match (matched, guarded) {
                (_, Some(false)) => {}
                (Some(true), Some(true)) if undecided.is_empty() => return self.exec_block(&case.body),
                (decided, guarded) => {
                    undecided.push((
                        case,
                        ecow::eco_format!("{words} matches case {}", undecided.len() + 1),
                    ));
                    if decided == Some(true) && guarded == Some(true) {
                        break;
                    }
                }
            }
        }
        self.exec_cases(span, &value, undecided)
    }

    fn exec_cases(
        &mut self,
        span: Span,
        value: &Value,
        cases: Vec<(&MatchCase, EcoString)>,
    ) -> Eval<Completion> {
        if cases.is_empty() {
            return Ok(Completion::Next);
        }
        self.trace_branch_start();
        let mut joined: Option<Arm> = None;
        for (case, text) in cases {
            self.matches(&case.pattern, value)?;
            let arm = self.run_arm(text.clone(), &case.body);
            self.trace_branch_arm(&text, arm.leaves());
            joined = Some(match joined {
                None => arm,
                Some(previous) => {
                    let result = self.join(previous, arm, &text);
                    Arm {
                        result,
                        names: self.scope().names.borrow().clone(),
                    }
                }
            });
        }
        self.trace_branch_end(span);
        let Some(arm) = joined else {
            return Ok(Completion::Next);
        };
        match arm.result {
            Ok(completion) => {
                let scope = self.scope();
                let before = scope.names.borrow().clone();
                *scope.names.borrow_mut() = self.merge(arm.names, before);
                Ok(completion)
            }
            error => error,
        }
    }
}

/// The opposite of a condition, in words.
pub(super) fn negate(text: &str) -> EcoString {
    match text.strip_prefix("not ") {
        Some(rest) if !rest.contains(" and ") && !rest.contains(" or ") => rest.into(),
        _ if text.contains(' ') => ecow::eco_format!("not ({text})"),
        _ => ecow::eco_format!("not {text}"),
    }
}
