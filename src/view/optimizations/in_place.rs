//! What is done already, with the code that shows it.

use crate::{
    architecture::model::{OPTIMIZATION_KINDS, Optimization},
    markdown::{Block, Inline, Table},
};

use super::{super::show, PLACES, Parts};

pub(super) fn block(parts: &Parts<'_>) -> Block {
    let all = parts.context.architecture.frontend.optimizations.iter();
    let kept = all.filter(|one| parts.filter.keeps_file(&one.location.file));
    // They are in order of kind and subject.
    let mut rows: Vec<Vec<&Optimization>> = vec![];
    for one in kept {
        match rows.last_mut() {
            Some(row) if row[0].kind == one.kind && row[0].subject == one.subject => row.push(one),
            _ => rows.push(vec![one]),
        }
    }
    if rows.is_empty() {
        return Block::default();
    }
    let rest = show::limited(&mut rows, parts.limit, "optimization");
    let mut table = Table::new(["What", "Shown by"]);
    for row in rows {
        let first = row[0];
        let meaning = OPTIMIZATION_KINDS.iter().find(|(kind, _)| *kind == first.kind);
        let places = row.iter().map(|one| show::source(&one.location, parts.context));
        table.row([
            Inline::text(meaning.map_or(first.kind, |(_, meaning)| *meaning)),
            Inline::lines([shown(first), show::first_lines(places, PLACES)]),
        ]);
    }
    Block::sequence([Block::table(&table), rest])
}

/// The code, behind its subject where that does not stand in it.
fn shown(one: &Optimization) -> Inline {
    let subject = (!one.evidence.contains(one.subject.as_str())).then(|| Inline::code(&one.subject));
    Inline::lines(subject.into_iter().chain([Inline::code(&one.evidence)]))
}
