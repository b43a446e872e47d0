//! What is known of a value that cannot be known.

use std::rc::Rc;

use ecow::EcoString;

use super::value::Value;

/// How many values one may stand for; with more, a loop that adds one each round would never be done.
const MOST_ALTERNATIVES: usize = 16;
/// From how many bytes on the words for a hole are cut, how many pieces a text with holes has, and how many bytes any: a text that is made of
/// itself twice in each round of a loop would otherwise fill the memory.
const LONGEST_HOLE: usize = 256;
const MOST_PIECES: usize = 1024;
const LONGEST_TEXT: usize = 1 << 20;

/// A value that the code does not decide.
#[derive(Default)]
pub struct Unknown {
    /// Where it comes from, as a dotted path: `redis.asyncio.Redis.from_url()`. Empty when nothing is known.
    pub origin: EcoString,
    /// Whether it is the result of calling (an instance of) its origin, rather than the thing of that name itself.
    pub is_instance: bool,
    /// All it can be, when that is a known and short list; empty otherwise.
    pub alternatives: Vec<Value>,
    /// Known and unknown parts of a text.
    pub template: Option<Rc<[Piece]>>,
    /// The function or class that an unknown wrapper was called with.
    pub wrapped: Option<Value>,
    /// The class it is an instance of, if that alone is known.
    pub class: Option<Value>,
    /// Whether it is an attribute of an instance, so that calling it calls a method.
    pub is_member: bool,
    /// The call that made it, while a tracer records.
    pub made: Option<Rc<super::tracer::Made>>,
}

/// A part of a text with holes.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Known text.
    Text(EcoString),
    /// A hole, with the words for what fills it.
    Hole(EcoString),
}

impl Unknown {
    /// The thing of this dotted name in a library without source.
    pub fn symbol(origin: impl Into<EcoString>) -> Value {
        Value::Unknown(Rc::new(Self {
            origin: origin.into(),
            ..Self::default()
        }))
    }

    /// What calling the thing of this dotted name returns.
    pub fn instance(origin: impl Into<EcoString>) -> Value {
        Value::Unknown(Rc::new(Self {
            origin: origin.into(),
            is_instance: true,
            ..Self::default()
        }))
    }

    /// Nothing is known.
    #[must_use]
    pub fn nothing() -> Value {
        Self::instance("")
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.origin.is_empty()
            && self.template.is_none()
            && self.alternatives.is_empty()
            && self.class.is_none()
    }

    /// One of several values. Unknown ones without content are dropped when something else is known.
    #[must_use]
    pub fn one_of(values: Vec<Value>) -> Value {
        let (mut known, mut blank): (Vec<Value>, Vec<Value>) = (vec![], vec![]);
        for value in values {
            match &value {
                Value::Unknown(unknown) if !unknown.alternatives.is_empty() => {
                    for alternative in &unknown.alternatives {
                        push_alternative(&mut known, &mut blank, alternative.clone());
                    }
                }
                _ => push_alternative(&mut known, &mut blank, value),
            }
            // A loop may give one in each of its rounds.
            if known.len() > MOST_ALTERNATIVES {
                return Self::nothing();
            }
        }
        match (known.len(), blank.len()) {
            (0, 1) => blank.remove(0),
            (0, _) => Self::nothing(),
            (1, _) => known.remove(0),
            _ => Value::Unknown(Rc::new(Self {
                is_instance: true,
                alternatives: known,
                ..Self::default()
            })),
        }
    }

    /// A text with holes; known text if there are none.
    #[must_use]
    pub fn text(pieces: Vec<Piece>) -> Value {
        let length = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Hole(text) => text.len(),
        };
        if pieces.iter().map(length).sum::<usize>() > LONGEST_TEXT {
            return Self::nothing();
        }
        let mut joined: Vec<Piece> = vec![];
        for piece in pieces {
            match (joined.last_mut(), piece) {
                (Some(Piece::Text(last)), Piece::Text(next)) => last.push_str(&next),
                (_, Piece::Text(next)) if next.is_empty() => {}
                (_, piece) => joined.push(piece),
            }
        }
        match joined.as_slice() {
            [] => Value::text(""),
            pieces if pieces.len() > MOST_PIECES => Self::nothing(),
            [Piece::Text(text)] => Value::Str(text.clone()),
            _ => Value::Unknown(Rc::new(Self {
                is_instance: true,
                template: Some(joined.into()),
                ..Self::default()
            })),
        }
    }

    /// The pieces of a value's text when it is formatted.
    #[must_use]
    pub fn pieces(value: &Value) -> Vec<Piece> {
        match value {
            Value::Unknown(unknown) => match &unknown.template {
                Some(template) => template.to_vec(),
                None => vec![Piece::Hole(shortened(super::repr::repr(value)))],
            },
            _ => vec![Piece::Text(super::repr::display(value))],
        }
    }

    /// An attribute of it.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Value {
        let origin = if self.origin.is_empty() {
            EcoString::from(name)
        } else {
            ecow::eco_format!("{}.{name}", self.origin)
        };
        Value::Unknown(Rc::new(Self {
            origin,
            is_member: self.is_instance || self.is_member,
            made: self.made.clone(),
            ..Self::default()
        }))
    }
}

fn shortened(words: EcoString) -> EcoString {
    if words.len() <= LONGEST_HOLE {
        return words;
    }
    let kept: String = words.chars().take(LONGEST_HOLE / 4).collect();
    ecow::eco_format!("{kept}…")
}

fn push_alternative(known: &mut Vec<Value>, blank: &mut Vec<Value>, value: Value) {
    match &value {
        Value::Unknown(unknown) if unknown.origin.is_empty() && unknown.template.is_none() => {
            if blank.len() < 2 {
                push_distinct(blank, value);
            }
        }
        _ => push_distinct(known, value),
    }
}

fn push_distinct(values: &mut Vec<Value>, value: Value) {
    if !values.iter().any(|known| known.is_same(&value)) {
        values.push(value);
    }
}
