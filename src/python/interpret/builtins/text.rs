//! Methods of `str` and `bytes`.

use ecow::EcoString;

use super::super::{
    arguments::Arguments,
    containers::length,
    flow::Eval,
    format::{FormatPart, format_parts, format_spec},
    interpreter::Interpreter,
    repr::{display, repr},
    unknown::{Piece, Unknown},
    value::Value,
};

/// The methods of `str`.
pub const METHODS: &[&str] = &[
    "lower",
    "upper",
    "title",
    "capitalize",
    "casefold",
    "swapcase",
    "strip",
    "lstrip",
    "rstrip",
    "split",
    "rsplit",
    "splitlines",
    "join",
    "replace",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "format",
    "format_map",
    "find",
    "rfind",
    "index",
    "rindex",
    "count",
    "zfill",
    "ljust",
    "rjust",
    "center",
    "isdigit",
    "isalpha",
    "isalnum",
    "isupper",
    "islower",
    "isspace",
    "isidentifier",
    "isnumeric",
    "isdecimal",
    "istitle",
    "isascii",
    "encode",
    "partition",
    "rpartition",
    "expandtabs",
    "translate",
    "maketrans",
    "__len__",
    "__contains__",
    "__add__",
    "__str__",
    "__eq__",
];

/// The methods of `bytes`.
pub const BYTES_METHODS: &[&str] = &[
    "decode",
    "hex",
    "startswith",
    "endswith",
    "split",
    "strip",
    "join",
    "replace",
];

/// Calls a method of `str`.
///
/// # Errors
/// When an argument that is iterated raises.
pub fn str_method(it: &mut Interpreter, text: &EcoString, name: &str, arguments: &Arguments) -> Eval<Value> {
    let first = arguments.at(0);
    it.charge(text.len() / 4)?;
    if arguments.values().any(Value::is_unknown) && !matches!(name, "join" | "format" | "format_map") {
        return Ok(with_unknown_argument(text, name));
    }
    Ok(match name {
        "lower" | "casefold" => Value::text(text.to_lowercase()),
        "upper" => Value::text(text.to_uppercase()),
        "title" => Value::text(title(text)),
        "capitalize" => Value::text(capitalize(text)),
        "swapcase" => Value::text(text.chars().map(swap_case).collect::<String>()),
        "strip" => Value::text(strip(text, &first, true, true)),
        "lstrip" => Value::text(strip(text, &first, true, false)),
        "rstrip" => Value::text(strip(text, &first, false, true)),
        "split" | "rsplit" => split(text, arguments, name == "rsplit"),
        "splitlines" => Value::list(text.lines().map(Value::text).collect()),
        "join" => join(it, text, &first)?,
        "replace" => replace(it, text, arguments)?,
        "startswith" => affix(text, &first, |text, affix| text.starts_with(affix)),
        "endswith" => affix(text, &first, |text, affix| text.ends_with(affix)),
        "removeprefix" => {
            let prefix = first.as_str().unwrap_or_default();
            Value::text(text.strip_prefix(prefix.as_str()).unwrap_or(text))
        }
        "removesuffix" => {
            let suffix = first.as_str().unwrap_or_default();
            Value::text(text.strip_suffix(suffix.as_str()).unwrap_or(text))
        }
        "format" => format(it, text, arguments)?,
        "format_map" => {
            let keywords = it
                .mapping_items(&first)?
                .into_iter()
                .map(|(k, v)| (display(&k), v))
                .collect();
            format(
                it,
                text,
                &Arguments {
                    keywords,
                    ..Arguments::default()
                },
            )?
        }
        "find" | "index" => position(text, &first, |text, part| text.find(part)),
        "rfind" | "rindex" => position(text, &first, |text, part| text.rfind(part)),
        "count" => Value::Int(text.matches(first.as_str().unwrap_or_default().as_str()).count() as i64),
        "zfill" => Value::text(format_spec(
            &Value::Str(text.clone()),
            &format!("0>{}", first.as_int().unwrap_or(0)),
        )),
        "ljust" => Value::text(format_spec(
            &Value::Str(text.clone()),
            &format!("<{}", first.as_int().unwrap_or(0)),
        )),
        "rjust" => Value::text(format_spec(
            &Value::Str(text.clone()),
            &format!(">{}", first.as_int().unwrap_or(0)),
        )),
        "center" => Value::text(format_spec(
            &Value::Str(text.clone()),
            &format!("^{}", first.as_int().unwrap_or(0)),
        )),
        "isdigit" | "isnumeric" | "isdecimal" => all(text, char::is_numeric),
        "isalpha" => all(text, char::is_alphabetic),
        "isalnum" => all(text, char::is_alphanumeric),
        "isupper" => {
            Value::Bool(text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase))
        }
        "islower" => {
            Value::Bool(text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase))
        }
        "isspace" => all(text, char::is_whitespace),
        "isascii" => Value::Bool(text.is_ascii()),
        "isidentifier" => Value::Bool(
            !text.is_empty()
                && !text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_alphanumeric() || c == '_'),
        ),
        "expandtabs" => {
            let size = first.as_int().unwrap_or(8);
            let tabs = text.matches('\t').count();
            let longest = tabs.saturating_mul(usize::try_from(size).unwrap_or(0));
            if it.has_room(text.len().saturating_add(longest))? {
                Value::text(expand_tabs(text, size))
            } else {
                Unknown::nothing()
            }
        }
        "encode" => Value::Bytes(text.as_bytes().into()),
        "partition" | "rpartition" => partition(text, &first, name == "rpartition"),
        "__len__" => Value::Int(text.chars().count() as i64),
        "__contains__" => Value::Bool(text.contains(first.as_str().unwrap_or_default().as_str())),
        "__add__" => Value::text(format!("{text}{}", display(&first))),
        "__eq__" => Value::Bool(first.as_str().as_ref() == Some(text)),
        "__str__" => Value::Str(text.clone()),
        _ => Unknown::nothing(),
    })
}

/// What is left of a text when an argument is not known: for changes, a hole.
fn with_unknown_argument(text: &EcoString, name: &str) -> Value {
    match name {
        "replace" | "removeprefix" | "removesuffix" | "strip" | "lstrip" | "rstrip" => {
            Unknown::text(vec![Piece::Hole(text.clone())])
        }
        _ => Unknown::nothing(),
    }
}

/// Calls a method of a text with holes.
#[must_use]
pub fn template_method(unknown: &Unknown, name: &str, arguments: &Arguments) -> Value {
    let Some(pieces) = &unknown.template else {
        return Unknown::nothing();
    };
    let same = || Unknown::text(pieces.to_vec());
    let map = |change: &dyn Fn(&str) -> String| {
        Unknown::text(
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => Piece::Text(change(text).into()),
                    hole @ Piece::Hole(_) => hole.clone(),
                })
                .collect(),
        )
    };
    let first = arguments.at(0).as_str();
    match (name, &first) {
        ("lower" | "casefold", _) => map(&str::to_lowercase),
        ("upper", _) => map(&str::to_uppercase),
        ("strip" | "__str__" | "format", _) => same(),
        ("rstrip" | "removesuffix", Some(suffix)) => trim_end(pieces, suffix, name == "rstrip"),
        ("startswith", Some(prefix)) => match pieces.first() {
            Some(Piece::Text(text)) if text.len() >= prefix.len() => {
                Value::Bool(text.starts_with(prefix.as_str()))
            }
            _ => Unknown::nothing(),
        },
        ("endswith", Some(suffix)) => match pieces.last() {
            Some(Piece::Text(text)) if text.len() >= suffix.len() => {
                Value::Bool(text.ends_with(suffix.as_str()))
            }
            _ => Unknown::nothing(),
        },
        ("replace", Some(from)) => {
            let to = arguments.at(1).as_str().unwrap_or_default();
            map(&|text| text.replace(from.as_str(), &to))
        }
        ("lstrip" | "rstrip" | "removeprefix" | "removesuffix", _) => same(),
        _ => Unknown::nothing(),
    }
}

fn trim_end(pieces: &[Piece], suffix: &str, is_set: bool) -> Value {
    let mut pieces = pieces.to_vec();
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        let trimmed = if is_set {
            text.trim_end_matches(|c| suffix.contains(c))
        } else {
            text.strip_suffix(suffix).unwrap_or(text)
        };
        *text = trimmed.into();
    }
    Unknown::text(pieces)
}

fn expand_tabs(text: &str, size: i64) -> String {
    let size = usize::try_from(size).unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' if size > 0 => {
                let width = size - column % size;
                out.push_str(&" ".repeat(width));
                column += width;
            }
            '\t' => {}
            '\n' | '\r' => {
                out.push(character);
                column = 0;
            }
            _ => {
                out.push(character);
                column += 1;
            }
        }
    }
    out
}

fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_word = false;
    for character in text.chars() {
        if in_word {
            out.extend(character.to_lowercase());
        } else {
            out.extend(character.to_uppercase());
        }
        in_word = character.is_alphabetic();
    }
    out
}

fn capitalize(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first
            .to_uppercase()
            .chain(characters.flat_map(char::to_lowercase))
            .collect()
    })
}

fn swap_case(character: char) -> char {
    if character.is_uppercase() {
        character.to_lowercase().next().unwrap_or(character)
    } else {
        character.to_uppercase().next().unwrap_or(character)
    }
}

fn strip(text: &str, set: &Value, start: bool, end: bool) -> String {
    let set = set.as_str();
    let is_stripped = |c: char| {
        set.as_ref()
            .map_or_else(|| c.is_whitespace(), |set| set.contains(c))
    };
    let text = if start {
        text.trim_start_matches(is_stripped)
    } else {
        text
    };
    let text = if end {
        text.trim_end_matches(is_stripped)
    } else {
        text
    };
    text.to_owned()
}

fn split(text: &str, arguments: &Arguments, from_right: bool) -> Value {
    let separator = arguments.get(0, "sep").and_then(Value::as_str);
    let limit = arguments
        .get(1, "maxsplit")
        .and_then(Value::as_int)
        .filter(|n| *n >= 0)
        .map(|n| n as usize + 1);
    let parts: Vec<String> = match (separator, limit, from_right) {
        (None, None, _) => text.split_whitespace().map(Into::into).collect(),
        (None, Some(limit), _) => text
            .splitn(limit, char::is_whitespace)
            .map(|part| part.trim_start().into())
            .collect(),
        (Some(separator), _, _) if separator.is_empty() => vec![text.into()],
        (Some(separator), None, _) => text.split(separator.as_str()).map(Into::into).collect(),
        (Some(separator), Some(limit), false) => {
            text.splitn(limit, separator.as_str()).map(Into::into).collect()
        }
        (Some(separator), Some(limit), true) => {
            let mut parts: Vec<String> = text.rsplitn(limit, separator.as_str()).map(Into::into).collect();
            parts.reverse();
            parts
        }
    };
    Value::list(parts.into_iter().map(Value::text).collect())
}

fn join(it: &mut Interpreter, separator: &EcoString, items: &Value) -> Eval<Value> {
    let (items, is_open) = it.iterate(items)?;
    if is_open {
        return Ok(Unknown::text(vec![Piece::Hole("…".into())]));
    }
    let texts = items.iter().map(|item| length(item) + separator.len());
    if !it.has_room(texts.fold(0, usize::saturating_add))? {
        return Ok(Unknown::nothing());
    }
    let mut pieces = vec![];
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::Text(separator.clone()));
        }
        pieces.extend(Unknown::pieces(item));
    }
    Ok(Unknown::text(pieces))
}

fn replace(it: &mut Interpreter, text: &str, arguments: &Arguments) -> Eval<Value> {
    let from = arguments.at(0).as_str().unwrap_or_default();
    let to = arguments.at(1).as_str().unwrap_or_default();
    let added = text.matches(from.as_str()).count().saturating_mul(to.len());
    if !it.has_room(text.len().saturating_add(added))? {
        return Ok(Unknown::nothing());
    }
    Ok(match arguments.get(2, "count").and_then(Value::as_int) {
        Some(count) if count >= 0 => Value::text(text.replacen(from.as_str(), &to, count as usize)),
        _ => Value::text(text.replace(from.as_str(), &to)),
    })
}

fn affix(text: &str, affixes: &Value, holds: impl Fn(&str, &str) -> bool) -> Value {
    let affixes: Vec<EcoString> = match affixes {
        Value::Tuple(items) => items.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    };
    Value::Bool(affixes.iter().any(|affix| holds(text, affix)))
}

fn position(text: &str, part: &Value, find: impl Fn(&str, &str) -> Option<usize>) -> Value {
    let part = part.as_str().unwrap_or_default();
    let index = find(text, &part).map_or(-1, |byte| text[..byte].chars().count() as i64);
    Value::Int(index)
}

fn all(text: &str, holds: impl Fn(char) -> bool) -> Value {
    Value::Bool(!text.is_empty() && text.chars().all(holds))
}

fn partition(text: &str, separator: &Value, from_right: bool) -> Value {
    let separator = separator.as_str().unwrap_or_default();
    let found = if from_right {
        text.rsplit_once(separator.as_str())
    } else {
        text.split_once(separator.as_str())
    };
    let parts = match found {
        Some((head, tail)) => [head, &separator, tail],
        None if from_right => ["", "", text],
        None => [text, "", ""],
    };
    Value::tuple(parts.into_iter().map(Value::text).collect())
}

/// `text.format(…)`.
fn format(it: &mut Interpreter, template: &str, arguments: &Arguments) -> Eval<Value> {
    let mut pieces = vec![];
    let mut automatic = 0;
    for part in format_parts(template) {
        let (name, conversion, spec) = match part {
            FormatPart::Text(text) => {
                pieces.push(Piece::Text(text));
                continue;
            }
            FormatPart::Field(name, conversion, spec) => (name, conversion, spec),
        };
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (head, path) = name.split_at(end);
        let value = if head.is_empty() {
            automatic += 1;
            arguments.positional.get(automatic - 1).cloned()
        } else if let Ok(index) = head.parse::<usize>() {
            arguments.positional.get(index).cloned()
        } else {
            arguments.keyword(head).cloned()
        };
        let mut value = value.unwrap_or_else(Unknown::nothing);
        for attribute in path
            .split('.')
            .filter(|part| !part.is_empty() && !part.starts_with('['))
        {
            value = it
                .get_attribute(&value, attribute)?
                .unwrap_or_else(Unknown::nothing);
        }
        match (&value, conversion) {
            (Value::Unknown(unknown), _) if unknown.template.is_none() => pieces.push(Piece::Hole(name)),
            (_, Some('r' | 'a')) => pieces.push(Piece::Text(repr(&value))),
            _ if spec.is_empty() => pieces.extend(it.text_pieces(&value)?),
            _ => pieces.push(Piece::Text(format_spec(&value, &spec))),
        }
    }
    Ok(Unknown::text(pieces))
}

/// Calls a method of `bytes`.
///
/// # Errors
/// None of its own.
pub fn bytes_method(bytes: &[u8], name: &str, _: &Arguments) -> Eval<Value> {
    Ok(match name {
        "decode" => Value::text(String::from_utf8_lossy(bytes)),
        "hex" => Value::text(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
        _ => Unknown::nothing(),
    })
}
