//! The arguments of a call, and how natives take them apart.

use ecow::EcoString;

use super::value::Value;
use crate::python::syntax::ast::Span;

/// Evaluated arguments.
#[derive(Clone, Default)]
pub struct Arguments {
    /// By position.
    pub positional: Vec<Value>,
    /// By name, in order.
    pub keywords: Vec<(EcoString, Value)>,
    /// Whether an unknown `*` or `**` was passed, so that more may be given than is listed.
    pub is_open: bool,
    /// Where the call stands.
    pub span: Span,
}

impl Arguments {
    /// Positional arguments alone.
    #[must_use]
    pub fn of(positional: Vec<Value>) -> Self {
        Self {
            positional,
            ..Self::default()
        }
    }

    /// The argument at a position or of a name.
    #[must_use]
    pub fn get(&self, position: usize, name: &str) -> Option<&Value> {
        self.positional.get(position).or_else(|| self.keyword(name))
    }

    /// The argument of a name.
    #[must_use]
    pub fn keyword(&self, name: &str) -> Option<&Value> {
        self.keywords
            .iter()
            .find(|(keyword, _)| keyword == name)
            .map(|(_, value)| value)
    }

    /// The first positional argument, which it removes; `None` when there is none.
    pub fn shift(&mut self) -> Value {
        if self.positional.is_empty() {
            Value::None
        } else {
            self.positional.remove(0)
        }
    }

    /// With another first positional argument.
    #[must_use]
    pub fn prepend(mut self, first: Value) -> Self {
        self.positional.insert(0, first);
        self
    }

    /// The positional argument, `None` when absent.
    #[must_use]
    pub fn at(&self, position: usize) -> Value {
        self.positional.get(position).cloned().unwrap_or(Value::None)
    }

    /// All values, positional first.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.positional
            .iter()
            .chain(self.keywords.iter().map(|(_, value)| value))
    }
}
