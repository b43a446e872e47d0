//! Strings by format, length and pattern.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value as Json};

use super::bound;

/// The `nth` string that a schema accepts.
pub(super) fn string(map: &Map<String, Json>, nth: usize) -> Option<String> {
    let (least, most) = limits(map);
    if least > most {
        return None;
    }
    let text = match (
        map.get("pattern").and_then(Json::as_str),
        map.get("format").and_then(Json::as_str),
    ) {
        (Some(pattern), _) => return matching(pattern, least, most, nth),
        (None, Some(format)) => formatted(format, nth),
        (None, None) => None,
    };
    match text {
        Some(text) => fits(map, &text).then_some(text),
        None => Some(plain(least, most, nth)).filter(|text| fits(map, text)),
    }
}

/// Whether a string has the length and the pattern that a schema asks for.
pub(super) fn fits(map: &Map<String, Json>, text: &str) -> bool {
    let (least, most) = limits(map);
    let length = text.chars().count();
    let pattern = map.get("pattern").and_then(Json::as_str);
    // A pattern of another dialect cannot be judged.
    (least..=most).contains(&length)
        && pattern.is_none_or(|pattern| regex::Regex::new(pattern).map_or(true, |regex| regex.is_match(text)))
}

fn limits(map: &Map<String, Json>) -> (usize, usize) {
    (
        bound(map, "minLength").unwrap_or(0),
        bound(map, "maxLength").unwrap_or(usize::MAX),
    )
}

fn plain(least: usize, most: usize, nth: usize) -> String {
    let word = if nth == 0 {
        "string".to_owned()
    } else {
        format!("{nth}string")
    };
    // A schema may ask for more than a page holds; then no example is better.
    word.chars()
        .cycle()
        .take(word.len().max(least.min(2_000)).min(most))
        .collect()
}

/// A value of a format that [JSON Schema](https://json-schema.org/draft/2020-12/json-schema-validation#section-7) or
/// [pydantic](https://docs.pydantic.dev/latest/api/json_schema/) names.
fn formatted(format: &str, nth: usize) -> Option<String> {
    let day = 1 + (nth + 30) % 31;
    let address = 1 + nth % 254;
    Some(match format {
        "date-time" => format!("2026-01-{day:02}T09:30:00Z"),
        "date" => format!("2026-01-{day:02}"),
        "time" => format!("09:{:02}:00Z", (30 + nth) % 60),
        "duration" => format!("PT{}H", 1 + nth),
        "uuid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" => format!(
            "6f1d2c3e-8a4b-4c5d-9e6f-{:012x}",
            0x0a1b_2c3d_4e5f_u64 + nth as u64
        ),
        "email" | "idn-email" => format!("ada{}@example.com", suffix(nth)),
        "name-email" => format!("Ada <ada{}@example.com>", suffix(nth)),
        "uri" | "url" | "iri" => format!("https://example.com/{}", suffix(nth)),
        "multi-host-uri" => "postgresql://user@db.example.com/name".to_owned(),
        "uri-reference" => format!("/path{}", suffix(nth)),
        "hostname" | "idn-hostname" => format!("host{}.example.com", suffix(nth)),
        "ipv4" | "ipvanyaddress" => format!("192.0.2.{address}"),
        "ipv6" => format!("2001:db8::{address:x}"),
        "ipv4network" | "ipvanynetwork" => format!("192.0.{}.0/24", nth % 256),
        "ipv6network" => format!("2001:db8:{nth:x}::/48"),
        "ipv4interface" | "ipvanyinterface" => format!("192.0.2.{address}/24"),
        "ipv6interface" => format!("2001:db8::{address:x}/64"),
        "byte" | "base64" | "base64url" => "ZXhhbXBsZQ==".to_owned(),
        "json-string" => "{}".to_owned(),
        "json-pointer" => "/name".to_owned(),
        "regex" => ".*".to_owned(),
        "file-path" | "directory-path" | "path" => format!("path/to/it{}", suffix(nth)),
        _ => return None,
    })
}

fn suffix(nth: usize) -> String {
    if nth == 0 { String::new() } else { nth.to_string() }
}

/// A string of a pattern, in the dialect that pydantic compiles patterns with, the
/// [regex crate's](https://docs.rs/regex/latest/regex/#syntax). Absent for look-around and the like.
fn matching(pattern: &str, least: usize, most: usize, nth: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let regex = regex::Regex::new(pattern).ok()?;
    let fits = |text: &String| (least..=most).contains(&text.chars().count()) && regex.is_match(text);
    // Each repetition is tried with a few more turns, until the whole is long enough.
    (0..64)
        .chain((64..=2_048).step_by(64))
        .flat_map(|extra| {
            let mut text = String::new();
            write(&hir, extra, nth, &mut text);
            let padded = padding(&text, least);
            [text, padded]
        })
        .find(fits)
}

/// A pattern that is not anchored leaves room for anything behind it.
fn padding(text: &str, least: usize) -> String {
    let missing = least.min(2_000).saturating_sub(text.chars().count());
    format!("{text}{}", "a".repeat(missing))
}

fn write(hir: &Hir, extra: usize, nth: usize, out: &mut String) {
    if out.len() > 4_000 {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<(char, char)> = class
                .ranges()
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect();
            out.extend(letter(&ranges, nth));
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges: Vec<(char, char)> = class
                .ranges()
                .iter()
                .map(|range| (range.start().into(), range.end().into()))
                .collect();
            out.extend(letter(&ranges, nth));
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |most| most as usize);
            let least = repetition.min as usize;
            for _ in 0..least.saturating_add(extra).min(most) {
                write(&repetition.sub, 0, nth, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, extra, nth, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, extra, nth, out)),
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.get(nth % parts.len().max(1)) {
                write(part, extra, nth, out);
            }
        }
    }
}

/// A letter of a class, one that is easy to read where there is one.
fn letter(ranges: &[(char, char)], nth: usize) -> Option<char> {
    let has = |c: &char| ranges.iter().any(|(from, to)| (from..=to).contains(&c));
    let readable: Vec<char> = ('a'..='z')
        .chain('A'..='Z')
        .chain('1'..='9')
        .chain(['0', '-', '_', ' '])
        .filter(has)
        .collect();
    if readable.is_empty() {
        ranges.first().map(|(from, _)| *from)
    } else {
        readable.get(nth % readable.len()).copied()
    }
}
