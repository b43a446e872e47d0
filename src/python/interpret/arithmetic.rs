//! Arithmetic on known numbers, and the names of the operators' methods.

use super::value::Value;
use crate::python::syntax::ast::BinaryOp;

/// `left op right` on numbers; `None` when the result is not known.
pub(super) fn numeric(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    let whole = |value: &Value| match value {
        Value::Int(number) => Some(*number),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    };
    if let (Some(a), Some(b)) = (whole(left), whole(right)) {
        return match op {
            BinaryOp::Add => a.checked_add(b).map(Value::Int),
            BinaryOp::Sub => a.checked_sub(b).map(Value::Int),
            BinaryOp::Mult => a.checked_mul(b).map(Value::Int),
            BinaryOp::Div => (b != 0).then(|| Value::Float(a as f64 / b as f64)),
            // The smallest number divided by -1 is not one of 64 bits.
            BinaryOp::FloorDiv | BinaryOp::Mod if b == -1 && a == i64::MIN => None,
            BinaryOp::FloorDiv => {
                (b != 0).then(|| Value::Int(a.div_euclid(b) - i64::from(b < 0 && a.rem_euclid(b) != 0)))
            }
            BinaryOp::Mod => (b != 0).then(|| {
                let rest = a % b;
                Value::Int(if rest != 0 && (rest < 0) != (b < 0) {
                    rest + b
                } else {
                    rest
                })
            }),
            BinaryOp::Pow => match u32::try_from(b) {
                Ok(exponent) => a.checked_pow(exponent).map(Value::Int),
                Err(_) => Some(Value::Float((a as f64).powf(b as f64))),
            },
            BinaryOp::LShift => u32::try_from(b)
                .ok()
                .filter(|bits| *bits < 62)
                .and_then(|bits| a.checked_mul(1 << bits))
                .map(Value::Int),
            BinaryOp::RShift => u32::try_from(b).ok().map(|bits| Value::Int(a >> bits.min(63))),
            BinaryOp::BitOr => Some(Value::Int(a | b)),
            BinaryOp::BitAnd => Some(Value::Int(a & b)),
            BinaryOp::BitXor => Some(Value::Int(a ^ b)),
            BinaryOp::MatMult => None,
        };
    }
    let number = |value: &Value| match value {
        Value::Float(number) => Some(*number),
        other => whole(other).map(|number| number as f64),
    };
    let (a, b) = (number(left)?, number(right)?);
    Some(Value::Float(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mult => a * b,
        BinaryOp::Div if b != 0.0 => a / b,
        BinaryOp::FloorDiv if b != 0.0 => (a / b).floor(),
        BinaryOp::Mod if b != 0.0 => a - b * (a / b).floor(),
        BinaryOp::Pow => a.powf(b),
        _ => return None,
    }))
}

/// The method that overloads an operator.
pub(super) fn operator_name(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "__add__",
        BinaryOp::Sub => "__sub__",
        BinaryOp::Mult => "__mul__",
        BinaryOp::MatMult => "__matmul__",
        BinaryOp::Div => "__truediv__",
        BinaryOp::FloorDiv => "__floordiv__",
        BinaryOp::Mod => "__mod__",
        BinaryOp::Pow => "__pow__",
        BinaryOp::LShift => "__lshift__",
        BinaryOp::RShift => "__rshift__",
        BinaryOp::BitOr => "__or__",
        BinaryOp::BitXor => "__xor__",
        BinaryOp::BitAnd => "__and__",
    }
}
