//! Numbers.

use ecow::EcoString;
use tree_sitter::Node;

use super::ast::{Constant, ExprKind};
use super::lower::Lower;

impl<'t> Lower<'t> {
    /// An [integer, float or imaginary literal](https://docs.python.org/3/reference/lexical_analysis.html#numeric-literals).
    pub(super) fn number(&mut self, node: Node<'t>) -> ExprKind {
        let text = self.text(node);
        match number(text) {
            Some(constant) => ExprKind::Constant(constant),
            None => {
                let span = self.span(node);
                self.error(span, "not a number of Python 3");
                ExprKind::Invalid
            }
        }
    }
}

fn number(text: &str) -> Option<Constant> {
    let digits: String = text
        .chars()
        .filter(|&c| c != '_')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return integer(digits, radix);
        }
    }
    if let Some(imaginary) = digits.strip_suffix('j') {
        return imaginary.parse().ok().map(Constant::Imaginary);
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(&digits, 10);
    }
    digits.parse().ok().map(Constant::Float)
}

fn integer(digits: &str, radix: u32) -> Option<Constant> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    if let Ok(value) = i64::from_str_radix(digits, radix) {
        return Some(Constant::Int(value));
    }
    Some(Constant::BigInt(decimal(digits, radix)))
}

/// Digits of any radix in decimal. Literals longer than Python's own
/// [limit of 4300 digits](https://docs.python.org/3/library/stdtypes.html#integer-string-conversion-length-limitation)
/// are cut there.
fn decimal(digits: &str, radix: u32) -> EcoString {
    if radix == 10 {
        let trimmed = digits.trim_start_matches('0');
        return EcoString::from(&trimmed[..trimmed.len().min(4300)]);
    }
    const BASE: u64 = 1_000_000_000;
    let mut limbs: Vec<u64> = vec![0];
    for digit in digits.chars().take(4300).filter_map(|c| c.to_digit(radix)) {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = *limb * u64::from(radix) + carry;
            *limb = value % BASE;
            carry = value / BASE;
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut text = String::new();
    for (i, limb) in limbs.iter().rev().enumerate() {
        text += &if i == 0 {
            limb.to_string()
        } else {
            format!("{limb:09}")
        };
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radix() {
        assert_eq!(number("1_000"), Some(Constant::Int(1000)));
        assert_eq!(number("0xFF"), Some(Constant::Int(255)));
        assert_eq!(number("0O17"), Some(Constant::Int(15)));
        assert_eq!(number("0b_101"), Some(Constant::Int(5)));
        assert_eq!(number("1_0.5e-1"), Some(Constant::Float(1.05)));
        assert_eq!(number("5."), Some(Constant::Float(5.0)));
        assert_eq!(number(".5"), Some(Constant::Float(0.5)));
        assert_eq!(number("3J"), Some(Constant::Imaginary(3.0)));
        assert_eq!(number("10L"), None);
    }

    #[test]
    fn beyond_64_bits() {
        assert_eq!(
            number("9223372036854775808"),
            Some(Constant::BigInt("9223372036854775808".into()))
        );
        assert_eq!(
            number("0x1_0000_0000_0000_0000"),
            Some(Constant::BigInt("18446744073709551616".into()))
        );
    }
}
