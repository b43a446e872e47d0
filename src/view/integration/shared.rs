//! What several rows of the table assume.

use super::{Row, assumed};
use crate::markdown::{Block, Inline, Item};

/// Assumptions that several rows of a table rest on, said once below it.
pub(super) struct Shared<'a> {
    assumptions: Vec<&'a str>,
    /// Whether it is a single one and every call rests on it, so that the rows need not name it.
    is_general: bool,
}

impl<'a> Shared<'a> {
    /// Those that more than one row rests on, in order.
    pub(super) fn of(rows: &[Row<'a>]) -> Self {
        let mut assumptions: Vec<&'a str> = vec![];
        let of_row = |row: &Row<'a>| {
            row.calls
                .iter()
                .filter_map(|call| call.assumption.as_deref())
                .collect::<Vec<_>>()
        };
        for assumption in rows.iter().flat_map(of_row) {
            if assumptions.contains(&assumption) {
                continue;
            }
            let rests = rows
                .iter()
                .filter(|row| of_row(row).contains(&assumption))
                .count();
            if rests > 1 {
                assumptions.push(assumption);
            }
        }
        let mut calls = rows.iter().flat_map(|row| &row.calls);
        let is_general = matches!(assumptions.as_slice(), [only] if calls.all(|call| call.assumption.as_deref() == Some(*only)));
        Self {
            assumptions,
            is_general,
        }
    }

    /// What a row says of an assumption.
    pub(super) fn note(&self, assumption: &str) -> Option<Inline> {
        match self.assumptions.iter().position(|known| *known == assumption) {
            Some(_) if self.is_general => None,
            Some(index) => Some(Inline::text(format!("assumption {}", index + 1))),
            None => Some(assumed(assumption)),
        }
    }

    /// The assumptions themselves.
    pub(super) fn below(&self) -> Vec<Block> {
        if self.is_general {
            return self
                .assumptions
                .iter()
                .map(|only| Block::paragraph(&assumed(only)))
                .collect();
        }
        let items = self.assumptions.iter().enumerate().map(|(index, assumption)| {
            let name = Inline::text(format!("Assumption {}:", index + 1));
            Item::new(Inline::join(" ", [name, Inline::prose(assumption)]))
        });
        let items: Vec<Item> = items.collect();
        if items.is_empty() {
            vec![]
        } else {
            vec![Block::bullets(&items)]
        }
    }
}
