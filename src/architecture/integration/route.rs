//! Paths of routes and what they match, as
//! [Starlette compiles them](https://www.starlette.io/routing/#path-parameters).

use super::address::HOLE;

/// How freely a hole of an address is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is the value of a path parameter.
    Value,
    /// It is any text without a slash.
    Segment,
    /// It is any text.
    Anything,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Literal(char),
    Parameter(Converter),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Converter {
    Text,
    Path,
    Integer,
    Float,
    Uuid,
}

/// Steps that one comparison may take; beyond it nothing matches.
const BUDGET: u32 = 20_000;

/// A compiled path.
#[derive(Clone, Debug)]
pub struct Pattern(Vec<Part>);

impl Pattern {
    /// Compiles `/files/{path:path}`. A converter that an application registers itself is read as `str`.
    #[must_use]
    pub fn new(path: &str) -> Self {
        let mut parts = vec![];
        let mut rest = path;
        while let Some(start) = rest.find('{') {
            let Some(length) = rest[start..].find('}') else {
                break;
            };
            parts.extend(rest[..start].chars().map(Part::Literal));
            let converter = match rest[start + 1..start + length].split_once(':') {
                Some((_, "path")) => Converter::Path,
                Some((_, "int")) => Converter::Integer,
                Some((_, "float")) => Converter::Float,
                Some((_, "uuid")) => Converter::Uuid,
                _ => Converter::Text,
            };
            parts.push(Part::Parameter(converter));
            rest = &rest[start + length + 1..];
        }
        parts.extend(rest.chars().map(Part::Literal));
        Self(parts)
    }

    /// Whether the whole path matches.
    #[must_use]
    pub fn matches(&self, path: &str, reading: Reading) -> bool {
        let path: Vec<char> = path.chars().collect();
        let mut budget = BUDGET;
        compare(&self.0, &path, reading, &mut budget)
    }
}

fn compare(parts: &[Part], path: &[char], reading: Reading, budget: &mut u32) -> bool {
    if *budget == 0 {
        return false;
    }
    *budget -= 1;
    let Some(part) = parts.first() else {
        // What remains of a hole may be empty only where it is more than a value.
        return path.is_empty() || reading != Reading::Value && path.iter().all(|c| *c == HOLE);
    };
    match part {
        Part::Literal(literal) => match path.first() {
            Some(&HOLE) if reading != Reading::Value => {
                let may_hold = *literal != '/' || reading == Reading::Anything;
                // The hole ends here, or holds this character and perhaps more.
                compare(parts, &path[1..], reading, budget)
                    || may_hold && compare(&parts[1..], path, reading, budget)
            }
            Some(character) => character == literal && compare(&parts[1..], &path[1..], reading, budget),
            None => false,
        },
        Part::Parameter(converter) => {
            if reading != Reading::Value
                && path.first() == Some(&HOLE)
                && compare(&parts[1..], path, reading, budget)
            {
                return true;
            }
            let least = usize::from(*converter != Converter::Path);
            (least..=path.len()).rev().any(|length| {
                converter.accepts(&path[..length]) && compare(&parts[1..], &path[length..], reading, budget)
            })
        }
    }
}

impl Converter {
    fn accepts(self, text: &[char]) -> bool {
        match self {
            Self::Path => true,
            Self::Text => !text.contains(&'/'),
            Self::Integer => text.iter().all(|c| *c == HOLE || c.is_ascii_digit()),
            Self::Float => {
                let points = text.iter().filter(|c| **c == '.').count();
                points <= 1
                    && text.first() != Some(&'.')
                    && text.last() != Some(&'.')
                    && text.iter().all(|c| *c == HOLE || *c == '.' || c.is_ascii_digit())
            }
            Self::Uuid => {
                let digits = text.iter().filter(|c| c.is_ascii_hexdigit()).count();
                let known = text
                    .iter()
                    .all(|c| *c == HOLE || *c == '-' || c.is_ascii_hexdigit());
                known && (text.contains(&HOLE) || digits == 32)
            }
        }
    }
}
