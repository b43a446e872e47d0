//! Methods of strings, and of the lists that `split` gives, where what they need is known
//! (<https://tc39.es/ecma262/#sec-properties-of-the-string-prototype-object>).

use std::rc::Rc;

use ecow::EcoString;
use regex::Regex;

use super::{Evaluator, Site, Text, TextPart, Value, Values, predicate::holds};
use crate::web::syntax::{
    regular_expression,
    tree::{Argument, ExpressionKind as Kind},
};

/// A longer string is no address, and `padEnd` is asked for any length.
const MAX_PADDED: usize = 256;

impl Evaluator<'_> {
    /// What a method of a string gives; an empty list where that is not known.
    pub(super) fn text_method(
        &self,
        site: &Site,
        text: &Text,
        method: &str,
        arguments: &[Argument],
    ) -> Option<Values> {
        let literal = |index| self.only(site, arguments, index)?.as_literal();
        let changed = match method {
            "toString" | "valueOf" | "normalize" => Some(text.clone()),
            "trim" => Some(trimmed(text, true, true)),
            "trimStart" => Some(trimmed(text, true, false)),
            "trimEnd" => Some(trimmed(text, false, true)),
            "toLowerCase" | "toLocaleLowerCase" => Some(of_literals(text, str::to_lowercase)),
            "toUpperCase" | "toLocaleUpperCase" => Some(of_literals(text, str::to_uppercase)),
            "concat" => {
                let mut whole = text.clone();
                for argument in arguments {
                    whole.push(self.text_of(site, argument).first()?);
                }
                Some(whole)
            }
            "replace" | "replaceAll" => Some(self.replace(site, text, method, arguments)),
            "startsWith" | "endsWith" | "includes" => {
                let holds = holds(text, method, &literal(0)?)?;
                return Some(vec![Value::Boolean(holds)]);
            }
            "slice" | "substring" | "substr" | "at" | "charAt" => self.cut(site, text, method, arguments),
            "padStart" | "padEnd" => self.padded(site, text, method, arguments),
            "split" => {
                let parts = text.as_literal().zip(literal(0));
                let split = |(text, separator): (EcoString, EcoString)| split(&text, &separator);
                return Some(parts.and_then(split).into_iter().collect());
            }
            _ => None,
        };
        Some(changed.map(Value::Text).into_iter().collect())
    }

    /// The value of an argument that has one alone.
    fn only(&self, site: &Site, arguments: &[Argument], index: usize) -> Option<Value> {
        match self.argument(site, arguments, index).as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    fn text_of(&self, site: &Site, argument: &Argument) -> Vec<Text> {
        self.texts(&Site {
            expression: argument.value,
            ..site.clone()
        })
    }

    /// A whole number that an argument is; the outer option is none where it is not known, the inner where it is left out.
    fn place(&self, site: &Site, arguments: &[Argument], index: usize) -> Option<Option<i64>> {
        if index >= arguments.len() {
            return Some(None);
        }
        match self.only(site, arguments, index)? {
            Value::Undefined => Some(None),
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => Some(Some(number as i64)),
            _ => None,
        }
    }

    fn cut(&self, site: &Site, text: &Text, method: &str, arguments: &[Argument]) -> Option<Text> {
        let first = self.place(site, arguments, 0)?.unwrap_or(0);
        let second = self.place(site, arguments, 1)?;
        match method {
            "slice" => part_of(text, first, second),
            "substring" => {
                let second = second.map(|end| end.max(0));
                let first = first.max(0);
                match second {
                    Some(second) if second < first => part_of(text, second, Some(first)),
                    _ => part_of(text, first, second),
                }
            }
            "substr" => match second {
                None => part_of(text, first, None),
                Some(length) if first >= 0 => part_of(text, first, Some(first + length.max(0))),
                Some(_) => None,
            },
            "at" if first == -1 => part_of(text, -1, None),
            _ if first >= 0 => part_of(text, first, Some(first + 1)),
            _ => None,
        }
    }

    fn padded(&self, site: &Site, text: &Text, method: &str, arguments: &[Argument]) -> Option<Text> {
        let text = text.as_literal().filter(|text| text.is_ascii())?;
        let length = usize::try_from(self.place(site, arguments, 0)??).ok()?;
        let filler = match arguments.len() {
            1 => " ".into(),
            _ => self.only(site, arguments, 1)?.as_literal()?,
        };
        if length > MAX_PADDED || !filler.is_ascii() {
            return None;
        }
        let padding: String = filler
            .chars()
            .cycle()
            .take(length.saturating_sub(text.len()))
            .collect();
        Some(Text::literal(&match method {
            "padStart" => format!("{padding}{text}"),
            _ => format!("{text}{padding}"),
        }))
    }

    /// `text.replace(pattern, replacement)`; a pattern or a replacement that is not understood changes nothing that is
    /// known.
    fn replace(&self, site: &Site, text: &Text, method: &str, arguments: &[Argument]) -> Text {
        let [from, to] = arguments else {
            return text.clone();
        };
        let is_function = self
            .argument(site, arguments, 1)
            .iter()
            .any(|value| matches!(value, Value::Function(_)));
        let to = self.text_of(site, to);
        let known = self.only(site, arguments, 0).and_then(|from| from.as_literal());
        let pattern = match (known, self.script(site.module).kind(from.value)) {
            (Some(from), _) => Regex::new(&regex::escape(&from))
                .ok()
                .map(|pattern| (pattern, method == "replaceAll")),
            (None, Kind::Regex(written)) => self.compiled_pattern(written),
            _ => None,
        };
        match (pattern, to.as_slice()) {
            (Some((pattern, all)), [to]) if !is_function => replaced(text, &pattern, all, to),
            _ => text.clone(),
        }
    }

    fn compiled_pattern(&self, written: &str) -> Option<(Regex, bool)> {
        let mut patterns = self.patterns.borrow_mut();
        if let Some(known) = patterns.get(written) {
            return known.clone();
        }
        let pattern = regular_expression::compiled(written);
        patterns.insert(written.to_owned(), pattern.clone());
        pattern
    }

    /// Methods of a list whose items and order are known.
    pub(super) fn method_of_known_items(
        &self,
        site: &Site,
        array: &Value,
        method: &str,
        arguments: &[Argument],
    ) -> Option<Values> {
        let items = known_items(array)?;
        let at = |index: i64| {
            let index = if index < 0 {
                index + items.len() as i64
            } else {
                index
            };
            usize::try_from(index)
                .ok()
                .and_then(|index| items.get(index))
                .cloned()
        };
        match method {
            "pop" => at(-1),
            "shift" => at(0),
            "at" => Some(at(self.place(site, arguments, 0)??).unwrap_or_default()),
            "slice" => {
                let first = self.place(site, arguments, 0)?.unwrap_or(0);
                let (first, end) = range(items.len(), first, self.place(site, arguments, 1)?);
                Some(vec![Value::List(Rc::new(items[first..end.max(first)].to_vec()))])
            }
            _ => None,
        }
    }
}

/// The items of a list of one string each, as `split` gives it. That of `map` has all that an item may be in one place, so
/// that a list of one item says nothing of its length.
pub(super) fn known_items(array: &Value) -> Option<&[Values]> {
    let Value::List(items) = array else { return None };
    let is_text = |item: &Values| matches!(item.as_slice(), [value] if value.as_literal().is_some());
    (items.len() > 1 && items.iter().all(is_text)).then_some(items.as_slice())
}

fn of_literals(text: &Text, change: fn(&str) -> String) -> Text {
    let mut changed = Text::default();
    for part in &text.parts {
        match part {
            TextPart::Literal(part) => changed.push_literal(&change(part)),
            hole @ TextPart::Hole { .. } => changed.parts.push(hole.clone()),
        }
    }
    changed
}

fn trimmed(text: &Text, start: bool, end: bool) -> Text {
    let last = text.parts.len().saturating_sub(1);
    let mut trimmed = Text::default();
    for (index, part) in text.parts.iter().enumerate() {
        match part {
            TextPart::Literal(part) => {
                let mut part = part.as_str();
                if start && index == 0 {
                    part = part.trim_start();
                }
                if end && index == last {
                    part = part.trim_end();
                }
                trimmed.push_literal(part);
            }
            hole @ TextPart::Hole { .. } => trimmed.parts.push(hole.clone()),
        }
    }
    trimmed
}

fn split(text: &str, separator: &str) -> Option<Value> {
    if separator.is_empty() {
        return None;
    }
    let parts = text
        .split(separator)
        .map(|part| vec![Value::Text(Text::literal(part))]);
    Some(Value::List(Rc::new(parts.collect())))
}

/// Where `slice` begins and ends in something of this length.
fn range(length: usize, first: i64, end: Option<i64>) -> (usize, usize) {
    let length = length as i64;
    let place = |place: i64| {
        let place = if place < 0 { place + length } else { place };
        place.clamp(0, length) as usize
    };
    (place(first), place(end.unwrap_or(length)))
}

/// `text.slice(first, end)`. Where there are holes it is known as far as what is cut off is; as it counts UTF-16 units, only of ASCII.
fn part_of(text: &Text, first: i64, end: Option<i64>) -> Option<Text> {
    if let Some(whole) = text.as_literal() {
        let (first, end) = range(whole.len(), first, end);
        let part = if first < end { &whole[first..end] } else { "" };
        return whole.is_ascii().then(|| Text::literal(part));
    }
    let [TextPart::Literal(begin), ..] = text.parts.as_slice() else {
        let is_whole = first == 0 && end.is_none();
        return match text.parts.last() {
            Some(TextPart::Literal(last)) if first == 0 => without_end(text, last, end?),
            _ => is_whole.then(|| text.clone()),
        };
    };
    let from = usize::try_from(first)
        .ok()
        .filter(|from| *from <= begin.len() && begin.is_ascii())?;
    match end {
        Some(end) if end >= 0 => {
            let end = usize::try_from(end).ok().filter(|end| *end <= begin.len())?;
            Some(Text::literal(if from < end { &begin[from..end] } else { "" }))
        }
        end => {
            let mut rest = Text::literal(&begin[from..]);
            rest.push(&Text {
                parts: text.parts[1..].to_vec(),
            });
            match (end, text.parts.last()) {
                (None, _) => Some(rest),
                (Some(end), Some(TextPart::Literal(last))) => without_end(&rest, last, end),
                _ => None,
            }
        }
    }
}

/// A text without the last `-end` letters of its last part.
fn without_end(text: &Text, last: &str, end: i64) -> Option<Text> {
    let kept = usize::try_from(last.len() as i64 + end).ok()?;
    if end >= 0 || !last.is_ascii() {
        return None;
    }
    let mut parts = text.parts.clone();
    parts.pop();
    let mut kept_text = Text { parts };
    kept_text.push_literal(&last[..kept]);
    Some(kept_text)
}

fn replaced(text: &Text, pattern: &Regex, all: bool, to: &Text) -> Text {
    let last = text.parts.len().saturating_sub(1);
    let written = pattern.as_str().trim_start_matches("(?i)");
    let mut replaced = Text::default();
    let mut done = false;
    for (index, part) in text.parts.iter().enumerate() {
        let TextPart::Literal(part) = part else {
            replaced.parts.push(part.clone());
            continue;
        };
        // `^` and `$` mean the whole text, so that a part in the middle is left alone.
        let is_beside =
            written.starts_with('^') && index > 0 || written.ends_with('$') && index < last || done && !all;
        let mut from = 0;
        for found in pattern
            .captures_iter(part)
            .take(if is_beside { 0 } else { usize::MAX })
        {
            let Some(whole) = found.get(0) else { continue };
            if done && !all {
                break;
            }
            done = true;
            replaced.push_literal(&part[from..whole.start()]);
            match to.as_literal() {
                Some(to) => {
                    let mut expanded = String::new();
                    found.expand(&regular_expression::with_braced_groups(&to), &mut expanded);
                    replaced.push_literal(&expanded);
                }
                None => replaced.push(to),
            }
            from = whole.end();
        }
        replaced.push_literal(&part[from..]);
    }
    replaced
}
