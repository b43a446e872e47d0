//! What costs frames or memory, with the way there; loops that nothing holds back.

use std::collections::BTreeSet;

use crate::{
    architecture::model::{HAZARD_RULES, Hazard, RenderLoop},
    markdown::{Block, Inline, Item, Table},
};

use super::{super::show, PLACES, Parts};

pub(super) fn block(parts: &Parts<'_>) -> Block {
    let all = parts.context.architecture.frontend.hazards.iter();
    let mut hazards: Vec<&Hazard> = all
        .filter(|hazard| hazard.source.is_none() && parts.filter.keeps_file(&hazard.location.file))
        .collect();
    let loops = unthrottled(parts);
    if hazards.is_empty() {
        return loops;
    }
    let rules: BTreeSet<&str> = hazards.iter().map(|hazard| hazard.rule).collect();
    let rest = show::limited(&mut hazards, parts.limit, "hot spot");
    let mut table = Table::new(["What", "Where"]);
    for hazard in hazards {
        let subject = Inline::code(&hazard.subject);
        table.row([
            Inline::lines([
                Inline::code(hazard.rule),
                Inline::join(" ", [subject, Inline::prose(&hazard.message)]),
            ]),
            Inline::lines([way(&hazard.chain), show::source(&hazard.location, parts.context)]),
        ]);
    }
    let helps = HAZARD_RULES.iter().filter(|rule| rules.contains(rule.name));
    let helps: Vec<Item> = helps
        .map(|rule| {
            let text = [Inline::code(rule.name), Inline::prose(rule.help)];
            Item::new(Inline::join(" ", text))
        })
        .collect();
    Block::sequence([Block::table(&table), rest, Block::bullets(&helps), loops])
}

/// The functions that lead there, a line each, an arrow in front of those that are called.
fn way(chain: &[String]) -> Inline {
    let lines = chain.iter().enumerate().map(|(index, function)| {
        let name = Inline::code(named(function));
        match index {
            0 => name,
            _ => Inline::concat([Inline::text("→ "), name]),
        }
    });
    Inline::lines(lines)
}

/// A function by its name; one without a name by its file and line.
fn named(function: &str) -> &str {
    let name = show::short(function);
    let is_place = name == function || name.chars().all(|letter| letter.is_ascii_digit());
    if is_place {
        function.rsplit('/').next().unwrap_or(function)
    } else {
        name
    }
}

/// Whether a loop is a hook of a library that draws by itself.
fn is_hook(one: &RenderLoop) -> bool {
    one.kind.starts_with("use")
}

/// Loops that draw at every frame, whether or not anything changed.
fn unthrottled(parts: &Parts<'_>) -> Block {
    let frontend = &parts.context.architecture.frontend;
    let demand: BTreeSet<&str> = frontend
        .optimizations
        .iter()
        .filter(|one| matches!(one.kind, "on-demand-rendering" | "visibility"))
        .map(|one| one.location.file.as_str())
        .collect();
    let loops: Vec<&RenderLoop> = frontend
        .loops
        .iter()
        .filter(|one| parts.filter.keeps_file(&one.location.file))
        .filter(|one| one.renders && one.throttled_by.is_empty() && !is_hook(one))
        .filter(|one| !demand.contains(one.location.file.as_str()))
        .collect();
    if loops.is_empty() {
        return Block::default();
    }
    let places = loops.iter().take(PLACES).map(|one| {
        let name = Inline::code(named(&one.function));
        show::linked(name, &one.location, parts.context)
    });
    let more = match loops.len().saturating_sub(PLACES) {
        0 => Inline::text("."),
        rest => Inline::text(format!(" and {rest} more.")),
    };
    Block::paragraph(&Inline::concat([
        Inline::text("Draws at every frame, with nothing that holds it back while nothing changes: "),
        Inline::join(", ", places),
        more,
    ]))
}
