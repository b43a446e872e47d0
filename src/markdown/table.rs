//! Tables.

use super::inline::{Inline, Place};

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// As the theme has it.
    #[default]
    Default,
    /// Numbers.
    Right,
}

/// A table: columns, then rows. Each row is one line, so that one more row is one more line of a diff.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<(Inline, Alignment)>,
    rows: Vec<Vec<Inline>>,
}

impl Table {
    /// A table with these columns and no rows.
    #[must_use]
    pub fn new(columns: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            columns: columns
                .into_iter()
                .map(|name| (Inline::text(name), Alignment::Default))
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Sets how the column with this heading stands.
    #[must_use]
    pub fn align(mut self, column: &'static str, alignment: Alignment) -> Self {
        let name = Inline::text(column);
        self.columns
            .iter_mut()
            .filter(|(heading, _)| *heading == name)
            .for_each(|(_, a)| *a = alignment);
        self
    }

    /// Adds a row: missing cells are empty, cells beyond the columns are dropped.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Inline>) {
        let mut cells: Vec<Inline> = cells.into_iter().take(self.columns.len()).collect();
        cells.resize(self.columns.len(), Inline::default());
        self.rows.push(cells);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let heading = line(self.columns.iter().map(|(heading, _)| heading.write(Place::Cell)));
        let rule = line(self.columns.iter().map(|(_, alignment)| match alignment {
            Alignment::Default => "---".to_owned(),
            Alignment::Right => "--:".to_owned(),
        }));
        let rows = self
            .rows
            .iter()
            .map(|cells| line(cells.iter().map(|cell| cell.write(Place::Cell))));
        [heading, rule].into_iter().chain(rows).collect()
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut out = String::from("|");
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out
}
