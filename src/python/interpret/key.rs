//! Hashable values, for dictionaries and sets.

use ecow::EcoString;

use super::{typing::TypeForm, value::Value};

/// A value as a dictionary key: equal exactly when Python's `==` and `hash` say so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// Numbers that are whole, `True` as 1.
    Int(i64),
    /// Other numbers, by bits.
    Float(u64),
    /// Text.
    Str(EcoString),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Tuples.
    Tuple(Vec<Key>),
    /// A name of `typing`, a variable or an alias, by its words.
    Type(EcoString),
    /// A type form with parts, by them: `list[int]` equals another `list[int]`.
    Form(&'static str, Vec<Key>),
    /// A method: the function and what it is bound to.
    Method(usize, Box<Key>),
    /// Everything else, by identity.
    Identity(usize),
}

impl Key {
    /// The key of a value. An unhashable one (a list) is keyed by its identity, which Python would refuse.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::None => Self::None,
            Value::Ellipsis => Self::Ellipsis,
            Value::Bool(flag) => Self::Int(i64::from(*flag)),
            Value::Int(number) => Self::Int(*number),
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Self::Int(*number as i64),
            Value::Float(number) => Self::Float(number.to_bits()),
            Value::Str(text) => Self::Str(text.clone()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
            Value::Tuple(items) => Self::Tuple(items.iter().map(Self::of).collect()),
            Value::Type(form) => Self::of_form(form, value),
            Value::Method(method) => Self::Method(
                method.function.address().unwrap_or_default(),
                Box::new(Self::of(&method.receiver)),
            ),
            Value::Instance(instance) => match &*instance.base.borrow() {
                Some(
                    base @ (Value::Str(_)
                    | Value::Int(_)
                    | Value::Float(_)
                    | Value::Bytes(_)
                    | Value::Tuple(_)),
                ) => Self::of(base),
                _ => Self::Identity(value.address().unwrap_or_default()),
            },
            _ => Self::Identity(value.address().unwrap_or_default()),
        }
    }

    fn of_form(form: &TypeForm, value: &Value) -> Self {
        let keys = |head: &Value, rest: &[Value]| -> Vec<Self> {
            std::iter::once(head).chain(rest).map(Self::of).collect()
        };
        match form {
            TypeForm::Alias { origin, args } => Self::Form("alias", keys(origin, args)),
            TypeForm::Annotated { inner, metadata } => Self::Form("annotated", keys(inner, metadata)),
            TypeForm::Union(members) => Self::Form("union", members.iter().map(Self::of).collect()),
            TypeForm::Literal(values) => Self::Form("literal", values.iter().map(Self::of).collect()),
            _ => Self::Type(super::repr::repr(value)),
        }
    }
}
