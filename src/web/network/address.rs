//! Addresses as the evaluator gives them: bases in front of paths, the page's own origin, what of them is open.

use crate::web::values::{Origin, ParameterValue, Text, TextPart, Value};

/// What about an address depends on who calls.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Open {
    /// All of the path, or the rest of it.
    Path(ParameterValue),
    /// Only what stands in front of the path.
    Base(ParameterValue),
    /// One place within a path.
    Segment(ParameterValue),
    /// What follows the beginning of a segment, which is the text: it may be the rest of the path.
    Rest(ParameterValue, String),
}

/// A base in front of an address, as axios joins them: an absolute address stands by itself
/// (<https://axios-http.com/docs/req_config>).
pub(super) fn join(base: &Text, address: &Text) -> Text {
    if is_absolute(address) || base.parts.is_empty() {
        return address.clone();
    }
    if address.parts.is_empty() {
        return base.clone();
    }
    let mut joined = Text::default();
    for (index, part) in base.parts.iter().enumerate() {
        match part {
            TextPart::Literal(text) if index + 1 == base.parts.len() => {
                joined.push_literal(text.trim_end_matches('/'));
            }
            TextPart::Literal(text) => joined.push_literal(text),
            hole @ TextPart::Hole { .. } => joined.parts.push(hole.clone()),
        }
    }
    joined.push_literal("/");
    for (index, part) in address.parts.iter().enumerate() {
        match part {
            TextPart::Literal(text) if index == 0 => joined.push_literal(text.trim_start_matches('/')),
            TextPart::Literal(text) => joined.push_literal(text),
            hole @ TextPart::Hole { .. } => joined.parts.push(hole.clone()),
        }
    }
    joined
}

fn is_absolute(address: &Text) -> bool {
    match address.parts.first() {
        Some(TextPart::Literal(text)) => text.contains("://") || text.starts_with("//"),
        Some(TextPart::Hole { value, .. }) => matches!(value.as_ref(), Value::External(_)),
        None => false,
    }
}

/// The best known addresses of a request: a field that is empty at first is not asked for before it is given one.
pub(super) fn best_whole(mut addresses: Vec<Text>) -> Vec<Text> {
    if addresses.iter().any(|address| !address.parts.is_empty()) {
        addresses.retain(|address| !address.parts.is_empty());
    }
    best(addresses)
}

/// The alternatives that are known best: those that begin with a literal, else those that begin with a setting of
/// the environment, else all.
pub(super) fn best(addresses: Vec<Text>) -> Vec<Text> {
    let rank = |address: &Text| match address.parts.first() {
        None | Some(TextPart::Literal(_)) => 0,
        Some(TextPart::Hole { value, .. }) => match value.as_ref() {
            value if place_of_page(value).is_some() => 0,
            Value::Null | Value::Undefined => 3,
            Value::External(_) => 1,
            _ => 2,
        },
    };
    let Some(lowest) = addresses.iter().map(rank).min() else {
        return vec![];
    };
    let best: Vec<Text> = addresses
        .into_iter()
        .filter(|address| rank(address) == lowest)
        .collect();
    // `/items/${id ?? ''}`: nobody means the path with nothing in that place.
    let is_whole = |address: &Text| !path(&address.display()).contains("//");
    if best.iter().any(is_whole) {
        best.into_iter().filter(is_whole).collect()
    } else {
        best
    }
}

/// Which part of the page's own address a value is.
fn place_of_page(value: &Value) -> Option<&'static str> {
    let Value::External(external) = value else {
        return None;
    };
    if external.origin != Origin::Global {
        return None;
    }
    let path = external.path();
    match path.strip_prefix("document.").unwrap_or(&path) {
        "location.origin" => Some("origin"),
        "location.host" => Some("host"),
        "location.hostname" => Some("hostname"),
        "location.protocol" => Some("protocol"),
        _ => None,
    }
}

/// The machine that the page comes from, in front of another port.
pub(crate) const PAGE_HOST_NAME: &str = "${window.location.hostname}";

/// The address for a reader: holes as `${written}`, without the page's own origin.
pub(super) fn readable(address: &Text) -> String {
    const PROTOCOL: &str = "\u{E001}";
    const HOST: &str = "\u{E002}";
    let mut out = String::new();
    let mut parts = address.parts.iter().peekable();
    while let Some(part) = parts.next() {
        let (written, value) = match part {
            TextPart::Literal(text) => {
                out.push_str(text);
                continue;
            }
            TextPart::Hole { written, value } => (written, value),
        };
        let has_port = matches!(parts.peek(), Some(TextPart::Literal(next)) if next.starts_with(':'));
        match place_of_page(value) {
            Some("origin") if out.is_empty() => out.push_str(&format!("{PROTOCOL}//{HOST}")),
            Some("protocol") => out.push_str(PROTOCOL),
            Some("host" | "hostname") if !has_port => out.push_str(HOST),
            Some("hostname") => out.push_str(PAGE_HOST_NAME),
            _ => out.push_str(&format!("${{{written}}}")),
        }
    }
    for scheme in ["http:", "https:", "ws:", "wss:", PROTOCOL, ""] {
        if let Some(path) = out.strip_prefix(&format!("{scheme}//{HOST}")) {
            return if path.starts_with('/') {
                path.to_owned()
            } else {
                format!("/{path}")
            };
        }
    }
    if let Some(host) = out.strip_prefix(PROTOCOL).filter(|rest| rest.starts_with("//")) {
        out = host.to_owned();
    }
    out.replace(PROTOCOL, "${window.location.protocol}")
        .replace(HOST, "${window.location.host}")
}

/// `{name}` of a typed client's path as holes.
pub(super) fn with_holes(address: &Text) -> Text {
    let mut out = Text::default();
    for part in &address.parts {
        let TextPart::Literal(text) = part else {
            out.parts.push(part.clone());
            continue;
        };
        let mut rest = text.as_str();
        while let Some((before, (name, after))) = rest
            .split_once('{')
            .and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            out.push_literal(before);
            out.push(&Text::hole(name.into(), Value::Unknown));
            rest = after;
        }
        out.push_literal(rest);
    }
    out
}

/// The path of a readable address: without host or what stands for one, query and fragment.
pub(super) fn path(address: &str) -> &str {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let address = &address[..end];
    if let Some((_, rest)) = address.split_once("://") {
        return rest.find('/').map_or("/", |slash| &rest[slash..]);
    }
    match address.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
        Some((_, path)) if path.starts_with('/') => path,
        _ => address,
    }
}

/// What of an address depends on a parameter that is asked about.
pub(super) fn open(address: &Text, is_asked: impl Fn(&ParameterValue) -> bool) -> Option<Open> {
    let mut before = String::new();
    for (index, part) in address.parts.iter().enumerate() {
        let value = match part {
            TextPart::Literal(text) => {
                before.push_str(text);
                continue;
            }
            TextPart::Hole { value, .. } => value,
        };
        if before.contains('?') {
            return None;
        }
        if let Value::Parameter(parameter) = value.as_ref()
            && is_asked(parameter)
        {
            let follows = address.parts[index + 1..].iter().any(|part| match part {
                TextPart::Literal(text) => has_segment(text.split('?').next().unwrap_or_default()),
                TextPart::Hole { .. } => false,
            });
            let parameter = parameter.clone();
            return Some(match (has_segment(path(&before)), follows) {
                (true, _) if !before.ends_with('/') => {
                    let known = before.rfind('/').map_or("", |slash| &before[slash..]);
                    Open::Rest(parameter, known.to_owned())
                }
                (true, _) => Open::Segment(parameter),
                (false, true) => Open::Base(parameter),
                (false, false) => Open::Path(parameter),
            });
        }
    }
    None
}

/// Whether all in front of the query is known.
pub(super) fn has_known_path(address: &Text) -> bool {
    for part in &address.parts {
        match part {
            TextPart::Literal(text) if text.contains('?') => return true,
            TextPart::Literal(_) => {}
            TextPart::Hole { .. } => return false,
        }
    }
    true
}

fn has_segment(text: &str) -> bool {
    text.split('/')
        .skip(1)
        .any(|segment| segment.chars().any(char::is_alphanumeric))
}

/// A plain value for a reader.
pub(crate) fn readable_value(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.display()),
        Value::Number(number) => Some(number.to_string()),
        Value::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}
