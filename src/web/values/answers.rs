//! Answers that are kept: what an expression stands for, looked at by itself.

use std::cell::RefCell;

use super::{Value, Values};
use crate::web::{project::ModuleId, syntax::tree::ExpressionId};

/// Answers by module and place. Most expressions are asked about several times, so that a place in a list is worth more
/// than the memory of those that are not.
#[derive(Debug, Default)]
pub(super) struct Answers(RefCell<Vec<Vec<Answer>>>);

#[derive(Clone, Debug, Default)]
enum Answer {
    #[default]
    Unasked,
    /// How often a cycle cut it short.
    Cut(u8),
    Whole(Box<[Value]>),
}

impl Answers {
    /// Room for modules.
    pub(super) fn new(modules: usize) -> Self {
        Self(RefCell::new(vec![vec![]; modules]))
    }

    /// The answer, if it is whole.
    pub(super) fn get(&self, module: ModuleId, expression: ExpressionId) -> Option<Values> {
        match self.0.borrow().get(module.index())?.get(expression.index())? {
            Answer::Whole(values) => Some(values.to_vec()),
            Answer::Unasked | Answer::Cut(_) => None,
        }
    }

    /// Keeps an answer; `expressions` is how many its module has.
    pub(super) fn keep(
        &self,
        (module, expression): (ModuleId, ExpressionId),
        expressions: usize,
        values: &[Value],
    ) {
        self.write(module, expression, expressions, |answer| {
            *answer = Answer::Whole(values.into());
        });
    }

    /// Says that a cycle cut an answer short; gives how often it did.
    pub(super) fn cut(&self, (module, expression): (ModuleId, ExpressionId), expressions: usize) -> u8 {
        let mut times = 0;
        self.write(module, expression, expressions, |answer| {
            times = match answer {
                Answer::Cut(times) => times.saturating_add(1),
                Answer::Unasked | Answer::Whole(_) => 1,
            };
            if !matches!(answer, Answer::Whole(_)) {
                *answer = Answer::Cut(times);
            }
        });
        times
    }

    /// Forgets every answer.
    pub(super) fn clear(&self) {
        for answers in self.0.borrow_mut().iter_mut() {
            answers.clear();
        }
    }

    fn write(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        expressions: usize,
        write: impl FnOnce(&mut Answer),
    ) {
        let mut all = self.0.borrow_mut();
        let Some(answers) = all.get_mut(module.index()) else {
            return;
        };
        if answers.is_empty() {
            answers.resize_with(expressions, Answer::default);
        }
        if let Some(answer) = answers.get_mut(expression.index()) {
            write(answer);
        }
    }
}
