//! Regular expressions (<https://docs.python.org/3/library/re.html>).

use fancy_regex::{Captures, Regex};

use crate::python::interpret::{
    unknown::Unknown,
    value::{NativeCall, Value},
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[("expression_matches", |_, _, arguments| {
    let (pattern, text) = (arguments.at(0).as_str(), arguments.at(2).as_str());
    let flags = match arguments.at(1) {
        Value::Int(flags) => Some(flags),
        _ => None,
    };
    let (Some(pattern), Some(flags), Some(text)) = (pattern, flags, text) else {
        return Ok(Unknown::instance("re.Match"));
    };
    let whole = arguments.at(3).as_str().unwrap_or_default();
    let limit = if whole == "all" { usize::MAX } else { 1 };
    Ok(compile(&pattern, flags, &whole)
        .and_then(|regex| matches(&regex, &text, limit))
        .unwrap_or_else(|| Unknown::instance("re.Match")))
})];

/// Python's flags and what they are called inside an expression.
const FLAGS: [(i64, char); 4] = [(2, 'i'), (8, 'm'), (16, 's'), (64, 'x')];

fn compile(pattern: &str, flags: i64, whole: &str) -> Option<Regex> {
    let inline: String = FLAGS
        .iter()
        .filter(|(flag, _)| flags & flag != 0)
        .map(|(_, letter)| *letter)
        .collect();
    let body = translate(pattern);
    let body = if inline.is_empty() {
        format!("(?:{body})")
    } else {
        format!("(?{inline}:{body})")
    };
    let anchored = match whole {
        "match" => format!(r"\A{body}"),
        "fullmatch" => format!(r"\A{body}\z"),
        _ => body,
    };
    Regex::new(&anchored).ok()
}

/// A pattern of Python's in the words of the library: a brace that repeats nothing is itself, and so is a bracket inside a
/// class.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern.chars();
    let mut in_class = false;
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                let next = rest.next();
                match next {
                    Some('Z') if !in_class => out.push_str(r"\z"),
                    _ => {
                        out.push('\\');
                        out.extend(next);
                    }
                }
            }
            '[' if in_class => out.push_str(r"\["),
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            '[' => {
                out.push('[');
                if rest.as_str().starts_with('^') {
                    rest.next();
                    out.push('^');
                }
                // Directly behind the bracket, a closing one is a member.
                if rest.as_str().starts_with(']') {
                    rest.next();
                    out.push_str(r"\]");
                }
                in_class = true;
            }
            ']' if in_class => {
                out.push(']');
                in_class = false;
            }
            '{' if !in_class && !repeats(rest.as_str()) => out.push_str(r"\{"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether what follows an opening brace makes it a repetition: `3}`, `1,}`, `,4}`, `1,4}`.
fn repeats(rest: &str) -> bool {
    rest.split_once('}').is_some_and(|(inner, _)| {
        !inner.is_empty()
            && inner != ","
            && inner.matches(',').count() <= 1
            && inner.chars().all(|c| c.is_ascii_digit() || c == ',')
    })
}

/// For each match its groups as `(start, end)` or `None`, the whole first, and the numbers of named groups; positions
/// count characters.
fn matches(regex: &Regex, text: &str, limit: usize) -> Option<Value> {
    let names: Vec<(ecow::EcoString, Value)> = regex
        .capture_names()
        .enumerate()
        .filter_map(|(index, name)| Some((name?.into(), Value::Int(i64::try_from(index).ok()?))))
        .collect();
    let mut found = vec![];
    for captures in regex.captures_iter(text).take(limit) {
        found.push(spans(&captures.ok()?, text));
    }
    Some(Value::tuple(vec![Value::list(found), Value::dict(names)]))
}

fn spans(captures: &Captures<'_, str>, text: &str) -> Value {
    let position = |byte: usize| Value::Int(i64::try_from(text[..byte].chars().count()).unwrap_or(i64::MAX));
    let groups = (0..captures.len()).map(|index| {
        captures.get(index).map_or(Value::None, |group| {
            Value::tuple(vec![position(group.start()), position(group.end())])
        })
    });
    Value::tuple(groups.collect())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{compile, translate};

    #[test]
    fn what_python_takes_literally_is_escaped() {
        let patterns = [
            r"\{(\w+)\}",
            r"{(\w+)}",
            r"a{2,3}b{,4}c{1}",
            r"[[\]]",
            r"[]a]",
            r"[^]&~]+\Z",
            r"x{a,b}",
        ];
        assert!(patterns.iter().all(|pattern| compile(pattern, 0, "").is_some()));
        let out: Vec<String> = patterns.into_iter().map(translate).collect();
        expect![[r"
            \{(\w+)\}
            \{(\w+)}
            a{2,3}b{,4}c{1}
            [\[\]]
            [\]a]
            [^\]\&\~]+\z
            x\{a,b}"]]
        .assert_eq(&out.join("\n"));
    }
}
