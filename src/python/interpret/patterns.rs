//! Matching the patterns of `match` statements.

use ecow::EcoString;

use super::{
    collection::Collection, flow::Eval, interpreter::Interpreter, key::Key, unknown::Unknown, value::Value,
};
use crate::python::syntax::ast::{CompareOp, Expr, Pattern};

impl Interpreter {
    /// Whether a value matches a pattern, binding its names; `None` when that is not known.
    pub(super) fn matches(&mut self, pattern: &Pattern, value: &Value) -> Eval<Option<bool>> {
        match pattern {
            Pattern::Value(expr) | Pattern::Singleton(expr) => {
                let expected = self.eval(expr)?;
                self.compare(value, CompareOp::Eq, &expected)
            }
            Pattern::As { pattern, name } => {
                let matched = match pattern {
                    Some(pattern) => self.matches(pattern, value)?,
                    None => Some(true),
                };
                if let (Some(name), true) = (name, matched != Some(false)) {
                    self.scope().set(name, value.clone());
                }
                Ok(matched)
            }
            Pattern::Or(patterns) => {
                let mut verdict = Some(false);
                for pattern in patterns {
                    match self.matches(pattern, value)? {
                        Some(true) => return Ok(Some(true)),
                        None => verdict = None,
                        Some(false) => {}
                    }
                }
                Ok(verdict)
            }
            Pattern::Star(name) => {
                if let Some(name) = name {
                    self.scope().set(name, value.clone());
                }
                Ok(Some(true))
            }
            Pattern::Sequence(patterns) => self.matches_sequence(patterns, value),
            Pattern::Mapping { items, rest } => self.matches_mapping(items, rest.as_ref(), value),
            Pattern::Class {
                class,
                positional,
                keyword,
            } => self.matches_class(class, positional, keyword, value),
        }
    }

    fn matches_sequence(&mut self, patterns: &[Pattern], value: &Value) -> Eval<Option<bool>> {
        let items = match value {
            Value::List(items) => items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            Value::Unknown(_) => {
                for pattern in patterns {
                    self.matches(pattern, &Unknown::nothing())?;
                }
                return Ok(None);
            }
            _ => return Ok(Some(false)),
        };
        let star = patterns
            .iter()
            .position(|pattern| matches!(pattern, Pattern::Star(_)));
        if star.is_none() && items.len() != patterns.len() || items.len() + 1 < patterns.len() {
            return Ok(Some(false));
        }
        let mut verdict = Some(true);
        for (index, pattern) in patterns.iter().enumerate() {
            let matched = match star {
                Some(star) if index == star => {
                    let end = items.len() - (patterns.len() - star - 1);
                    self.matches(pattern, &Value::list(items[star..end].to_vec()))?
                }
                Some(star) if index > star => {
                    self.matches(pattern, &items[items.len() - (patterns.len() - index)])?
                }
                _ => self.matches(pattern, &items[index])?,
            };
            match matched {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => verdict = None,
            }
        }
        Ok(verdict)
    }

    fn matches_mapping(
        &mut self,
        items: &[(Expr, Pattern)],
        rest: Option<&EcoString>,
        value: &Value,
    ) -> Eval<Option<bool>> {
        let mut verdict = Some(true);
        let mut remaining = match value {
            Value::Dict(entries) => Some(entries.borrow().clone()),
            Value::Unknown(_) => None,
            _ => return Ok(Some(false)),
        };
        for (key, pattern) in items {
            let key = self.eval(key)?;
            let item = match &mut remaining {
                Some(entries) => match entries.shift_remove(&Key::of(&key)) {
                    Some((_, item)) => item,
                    None => return Ok(Some(false)),
                },
                None => Unknown::nothing(),
            };
            match self.matches(pattern, &item)? {
                Some(true) if remaining.is_some() => {}
                Some(false) => return Ok(Some(false)),
                _ => verdict = None,
            }
        }
        if let Some(rest) = rest {
            let left =
                remaining.map_or_else(Unknown::nothing, |entries| Value::Dict(Collection::new(entries)));
            self.scope().set(rest, left);
        }
        Ok(if value.is_unknown() { None } else { verdict })
    }

    fn matches_class(
        &mut self,
        class: &Expr,
        positional: &[Pattern],
        keyword: &[(EcoString, Pattern)],
        value: &Value,
    ) -> Eval<Option<bool>> {
        let class = self.eval(class)?;
        let mut verdict = super::builtins::is_instance(self, value, &class);
        if verdict == Some(false) {
            return Ok(Some(false));
        }
        for (index, pattern) in positional.iter().enumerate() {
            let names = self.get_attribute(&class, "__match_args__")?;
            let name = match &names {
                Some(Value::Tuple(names)) => names.get(index).and_then(Value::as_str),
                _ => None,
            };
            let item = match name {
                Some(name) => self.get_attribute(value, &name)?.unwrap_or_else(Unknown::nothing),
                None if index == 0 => value.clone(),
                None => Unknown::nothing(),
            };
            match self.matches(pattern, &item)? {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => verdict = None,
            }
        }
        for (name, pattern) in keyword {
            let item = self.get_attribute(value, name)?.unwrap_or_else(Unknown::nothing);
            match self.matches(pattern, &item)? {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => verdict = None,
            }
        }
        Ok(verdict)
    }
}
