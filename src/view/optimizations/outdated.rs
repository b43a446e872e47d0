//! Names that the installed release of three.js discourages or lacks, and versions that differ.

use crate::{
    architecture::model::{Hazard, VersionMismatch},
    markdown::{Block, Inline, Table},
};

use super::{super::show, PLACES, Parts};

pub(super) fn names(parts: &Parts<'_>) -> Block {
    let all = parts.context.architecture.frontend.hazards.iter();
    let kept = all.filter(|hazard| hazard.source.is_some() && parts.filter.keeps_file(&hazard.location.file));
    let mut rows: Vec<Vec<&Hazard>> = vec![];
    for hazard in kept {
        let same = rows
            .iter_mut()
            .find(|row| (&row[0].subject, &row[0].message) == (&hazard.subject, &hazard.message));
        match same {
            Some(row) => row.push(hazard),
            None => rows.push(vec![hazard]),
        }
    }
    rows.sort_by_key(|row| (row[0].rule != "removed-api", &row[0].subject));
    if rows.is_empty() {
        return Block::default();
    }
    let rest = show::limited(&mut rows, parts.limit, "name");
    let mut table = Table::new(["Name", "State", "Instead", "Where"]);
    for row in rows {
        let first = row[0];
        let said = first.source.map(|url| Inline::link(Inline::text("source"), url));
        let instead = first.help.as_deref().map(Inline::prose);
        let places = row
            .iter()
            .map(|hazard| show::source(&hazard.location, parts.context));
        table.row([
            Inline::code(&first.subject),
            Inline::text(&first.message),
            Inline::lines(instead.into_iter().chain(said)),
            show::first_lines(places, PLACES),
        ]);
    }
    Block::sequence([Block::table(&table), rest])
}

pub(super) fn versions(parts: &Parts<'_>) -> Block {
    let all = parts.context.architecture.frontend.version_mismatches.iter();
    let mut kept: Vec<&VersionMismatch> = all
        .filter(|mismatch| parts.filter.keeps_file(&mismatch.location.file))
        .collect();
    if kept.is_empty() {
        return Block::default();
    }
    let rest = show::limited(&mut kept, parts.limit, "package");
    let mut table = Table::new(["Package", "Loaded", "Declared", "Where"]);
    for mismatch in kept {
        let declared = &mismatch.declared;
        let said = declared.exact.as_deref().unwrap_or(&declared.requirement);
        table.row([
            Inline::code(&mismatch.package),
            Inline::code(&mismatch.loaded),
            Inline::lines([Inline::code(said), Inline::path(&declared.file)]),
            show::source(&mismatch.location, parts.context),
        ]);
    }
    Block::sequence([Block::table(&table), rest])
}
