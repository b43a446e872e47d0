//! The pattern of a decimal's text, as pydantic 2.12 and 2.13 write it; other releases write none
//! (<https://docs.pydantic.dev/latest/api/standard_library_types/#decimaldecimal>).

/// The pattern for a number of digits and of decimal places.
#[must_use]
pub fn pattern(max_digits: Option<u64>, places: Option<u64>) -> String {
    let rest = match (max_digits, places) {
        (None, None) => r"\d*\.?\d*$".to_owned(),
        (None, Some(places)) => format!(r"\d*\.?\d{{0,{places}}}0*$"),
        (Some(digits), None) => {
            format!(
                r"(?:\d{{0,{digits}}}|(?=[\d.]{{1,{}}}0*$)\d*\.\d*0*$)",
                digits + 1
            )
        }
        (Some(digits), Some(places)) => {
            let whole = digits.saturating_sub(places);
            let limit = digits + 1;
            format!(r"(?:\d{{0,{whole}}}|(?=[\d.]{{1,{limit}}}0*$)\d{{0,{whole}}}\.\d{{0,{places}}}0*$)")
        }
    };
    format!(r"^(?!^[-+.]*$)[+-]?0*{rest}")
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn digits_and_places_limit_it() {
        assert_eq!(pattern(None, None), r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$");
        assert_eq!(
            pattern(Some(5), Some(2)),
            r"^(?!^[-+.]*$)[+-]?0*(?:\d{0,3}|(?=[\d.]{1,6}0*$)\d{0,3}\.\d{0,2}0*$)"
        );
    }
}
