//! The pattern of a decimal's text (<https://docs.pydantic.dev/latest/api/standard_library_types/#decimaldecimal>).

use super::Mode;

/// How a release of pydantic writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Until 2.11: no pattern.
    None,
    /// 2.12 and 2.13: one pattern for both modes.
    Lookahead,
    /// Since 2.14: what is read and what is sent differ.
    ByMode,
}

/// The pattern, if there is one.
#[must_use]
pub fn pattern(style: Style, mode: Mode, max_digits: Option<usize>, places: Option<usize>) -> Option<String> {
    match (style, mode) {
        (Style::None, _) => None,
        (Style::Lookahead, _) => Some(lookahead(max_digits, places)),
        (Style::ByMode, Mode::Validation) => Some(validation(max_digits, places)),
        (Style::ByMode, Mode::Serialization) => Some(serialization(max_digits, places)),
    }
}

fn lookahead(max_digits: Option<usize>, places: Option<usize>) -> String {
    let integers = max_digits.map(|digits| digits.saturating_sub(places.unwrap_or(0)));
    let head = match (max_digits, places) {
        (Some(digits), Some(places)) if places > digits => None,
        _ => integers,
    };
    match (max_digits, places) {
        (None, None) => r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$".into(),
        (Some(digits), None) => format!(
            r"^(?!^[-+.]*$)[+-]?0*(?:\d{{0,{digits}}}|(?=[\d.]{{1,{}}}0*$)\d{{0,{digits}}}\.\d{{0,{digits}}}0*$)",
            digits + 1
        ),
        (None, Some(places)) => format!(r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d{{0,{places}}}0*$"),
        (Some(digits), Some(places)) => {
            let whole = head.unwrap_or(0);
            format!(
                r"^(?!^[-+.]*$)[+-]?0*(?:\d{{0,{whole}}}|(?=[\d.]{{1,{}}}0*$)\d{{0,{whole}}}\.\d{{0,{places}}}0*$)",
                digits + 1
            )
        }
    }
}

/// `unit` from `low` to `high` times.
fn repeat(low: usize, high: usize) -> String {
    match (low, high) {
        (_, 0) => String::new(),
        (1, 1) => "[0-9]".into(),
        (0, 1) => "[0-9]?".into(),
        (low, high) if low == high => format!("[0-9]{{{low}}}"),
        (low, high) => format!("[0-9]{{{low},{high}}}"),
    }
}

fn fraction(low: usize, places: usize) -> String {
    if low == 1 && places == 0 {
        r"\.0+".into()
    } else {
        format!(r"\.{}0*", repeat(low, places))
    }
}

fn validation(max_digits: Option<usize>, places: Option<usize>) -> String {
    let number = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)";
    let exponent = "[eE][+-]?[0-9]+";
    let mut alternatives = vec![];
    match (max_digits, places) {
        (None, None) => return format!("^[+-]?(?:{number}(?:{exponent})?)$"),
        (Some(digits), Some(places)) => {
            let (whole, places) = (digits.saturating_sub(places), digits.min(places));
            let integer = if whole > 0 {
                format!("0*{}", repeat(1, whole))
            } else {
                "0+".into()
            };
            alternatives.push(format!("{integer}(?:{})?", fraction(0, places)));
            alternatives.push(format!("0*{}{}", repeat(0, whole), fraction(1, places)));
        }
        (Some(digits), None) => {
            let integer = if digits > 0 {
                format!("0*{}", repeat(1, digits))
            } else {
                "0+".into()
            };
            alternatives.push(format!(r"{integer}(?:\.0*)?"));
            for whole in 0..digits {
                alternatives.push(format!(
                    r"0*{}\.{}0*",
                    repeat(whole, whole),
                    repeat(1, digits - whole)
                ));
            }
            if digits == 0 {
                alternatives.push(r"0*\.0+".into());
            }
        }
        (None, Some(places)) => {
            alternatives.push(format!("[0-9]+(?:{})?", fraction(0, places)));
            alternatives.push(format!("[0-9]*{}", fraction(1, places)));
        }
    }
    alternatives.push(format!("{number}{exponent}"));
    format!("^[+-]?(?:{})$", alternatives.join("|"))
}

fn serialization(max_digits: Option<usize>, places: Option<usize>) -> String {
    let mut alternatives = vec![];
    match (max_digits, places) {
        (Some(digits), Some(places)) => {
            let (whole, places) = (digits.saturating_sub(places), digits.min(places));
            let integer = if whole > 0 {
                format!("(?:0|[1-9]{})", repeat(0, whole - 1))
            } else {
                "0".into()
            };
            alternatives.push(format!("{integer}(?:{})?", fraction(1, places)));
        }
        (Some(digits), None) => {
            alternatives.push(format!(r"0(?:\.{}0*)?", repeat(1, digits)));
            for whole in 1..=digits {
                let integer = format!("[1-9]{}", repeat(whole - 1, whole - 1));
                alternatives.push(format!("{integer}(?:{})?", fraction(1, digits - whole)));
            }
        }
        (None, Some(places)) => alternatives.push(format!("(?:0|[1-9][0-9]*)(?:{})?", fraction(1, places))),
        (None, None) => alternatives.push(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?".into()),
    }
    alternatives.push("0E[+-][1-9][0-9]*".into());
    match max_digits {
        None => alternatives.push(r"[1-9](?:\.[0-9]+)?E\+[1-9][0-9]*".into()),
        Some(digits) => {
            if let Some(exponent) = digits
                .checked_sub(places.unwrap_or(0) + 1)
                .filter(|exponent| *exponent >= 1)
            {
                alternatives.push(format!(r"[1-9](?:\.[0-9]+)?E\+{}", up_to(exponent)));
            }
        }
    }
    match [max_digits, places].into_iter().flatten().min() {
        None => alternatives.push(r"[1-9](?:\.[0-9]+)?E-[1-9][0-9]*".into()),
        Some(most) => {
            for exponent in 7..=most {
                alternatives.push(format!("[1-9](?:{})?E-{exponent}", fraction(1, most - exponent)));
            }
        }
    }
    format!("^-?(?:{})$", alternatives.join("|"))
}

/// The whole numbers from 1 to `most`, without leading zeros.
fn up_to(most: usize) -> String {
    let digits: Vec<u32> = most
        .to_string()
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .collect();
    let length = digits.len();
    let mut alternatives: Vec<String> = (1..length)
        .map(|count| format!("[1-9]{}", repeat(count - 1, count - 1)))
        .collect();
    let mut prefix = String::new();
    for (index, digit) in digits.iter().enumerate() {
        let low = u32::from(index == 0);
        let high = if index + 1 == length {
            *digit
        } else {
            digit.saturating_sub(1)
        };
        if *digit > 0 && high >= low {
            let class = if low == high {
                low.to_string()
            } else {
                format!("[{low}-{high}]")
            };
            let rest = length - index - 1;
            alternatives.push(format!("{prefix}{class}{}", repeat(rest, rest)));
        } else if index + 1 == length && *digit == 0 {
            alternatives.push(format!("{prefix}0"));
        }
        prefix.push_str(&digit.to_string());
    }
    if alternatives.len() == 1 {
        alternatives.remove(0)
    } else {
        format!("(?:{})", alternatives.join("|"))
    }
}
