//! `data-layer`: tables, what reads and writes them, and which endpoints come there.

mod access;

use std::collections::BTreeSet;

use crate::markdown::{Alignment, Block, Inline, Table};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    operation::operations,
    select::{Filter, application},
    show, tables,
};
use access::{Access, Part, Role, Way};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "data-layer",
        summary: "the data layer: tables, what reads and writes them, caches, the way from each endpoint to its tables, migrations",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "parts",
                summary: "only these of `tables`, `access`, `caches`, `endpoints`, `migrations`, comma-separated",
            },
            keys::TAG,
            keys::PREFIX,
            keys::METHOD,
            keys::MODULE,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::HIDDEN,
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

/// More names than this in one cell are counted.
const NAMES: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Tables,
    Access,
    Caches,
    Endpoints,
    Migrations,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let names = [
        ("tables", Section::Tables),
        ("access", Section::Access),
        ("caches", Section::Caches),
        ("endpoints", Section::Endpoints),
        ("migrations", Section::Migrations),
    ];
    let mut sections = arguments.choices("parts", &names)?;
    if sections.is_empty() {
        sections = names.map(|(_, section)| section).to_vec();
    }
    let operations: Vec<_> = operations(application)
        .into_iter()
        .filter(|operation| filter.keeps(operation))
        .collect();
    let access = Access::of(&operations);
    let limit = arguments.number("limit", 1)?;
    let titled = sections.len() > 1;
    let blocks = sections.iter().map(|section| {
        let (title, block) = match section {
            Section::Tables => (Inline::strong("Tables"), all_tables(context)),
            Section::Access => (
                Inline::strong("What reads and writes them"),
                parts(&access, context),
            ),
            Section::Caches => (Inline::strong("Caches"), caches(&access, context)),
            Section::Endpoints => (
                Inline::strong("From endpoint to table"),
                ways(&access, operations.len(), limit),
            ),
            Section::Migrations => (Inline::strong("Migrations"), migrations(context)),
        };
        if titled && !block.is_empty() {
            Block::sequence([Block::paragraph(&title), block])
        } else {
            block
        }
    });
    let block = Block::sequence(blocks.collect::<Vec<_>>());
    let block = if block.is_empty() {
        Block::paragraph(&filter.nothing("database calls"))
    } else {
        block
    };
    show::collapsible(block, "Data layer", arguments)
}

fn all_tables(context: &Context<'_>) -> Block {
    let all: Vec<_> = context.architecture.tables.iter().collect();
    if all.is_empty() {
        return show::sentence("There are no tables.");
    }
    Block::table(&tables::list(&all, context))
}

/// Repositories, services and handlers.
fn parts(access: &Access<'_>, context: &Context<'_>) -> Block {
    if access.parts.is_empty() {
        return Block::default();
    }
    let mut table =
        Table::new(["Part", "Tables", "Called by", "Endpoints"]).align("Endpoints", Alignment::Right);
    for (name, part) in &access.parts {
        let role = match part.role() {
            Role::DataAccess => "data access",
            Role::Service => "service",
            Role::Handler => "handlers",
            Role::Dependency => "dependencies",
        };
        let own = Inline::join(", ", [Inline::code(show::short(name)), Inline::text(role)]);
        table.row([
            Inline::lines([own, source(part, context)]),
            reads_and_writes(&part.reads, &part.writes),
            some(part.callers.iter().map(|caller| show::short(caller)), "\n"),
            Inline::text(part.endpoints.len().to_string()),
        ]);
    }
    Block::table(&table)
}

fn reads_and_writes(reads: &BTreeSet<&str>, writes: &BTreeSet<&str>) -> Inline {
    let said = |words: &'static str, names: &BTreeSet<&str>| {
        if names.is_empty() {
            return Inline::default();
        }
        let names = some(names.iter().copied(), ", ");
        Inline::concat([Inline::text(words), names])
    };
    Inline::lines([said("reads ", reads), said("writes ", writes)])
}

fn source(part: &Part<'_>, context: &Context<'_>) -> Inline {
    let mut location = part.location.clone();
    // Of a class or module only the file is known here.
    (location.line, location.end_line) = (0, 0);
    show::source(&location, context)
}

/// The first names, and how many there are besides.
fn some<'a>(names: impl ExactSizeIterator<Item = &'a str>, separator: &'static str) -> Inline {
    let left = names.len().saturating_sub(NAMES);
    // One more name takes no more room than to say that there is one.
    let shown = if left < 2 { names.len() } else { NAMES };
    let rest = (left > 1).then(|| Inline::text(format!("{left} more")));
    Inline::join(separator, names.take(shown).map(Inline::code).chain(rest))
}

fn caches(access: &Access<'_>, context: &Context<'_>) -> Block {
    if access.caches.is_empty() {
        return Block::default();
    }
    let mut table = Table::new(["Call", "In", "Endpoints"]).align("Endpoints", Alignment::Right);
    for ((location, detail), cache) in &access.caches {
        table.row([
            Inline::code(detail),
            Inline::lines([
                Inline::code(show::short(cache.function)),
                show::source(location, context),
            ]),
            Inline::text(cache.endpoints.len().to_string()),
        ]);
    }
    Block::table(&table)
}

/// One row an endpoint that comes to the database.
fn ways(access: &Access<'_>, all: usize, limit: Option<usize>) -> Block {
    if access.ways.is_empty() {
        return Block::default();
    }
    let mut table = Table::new(["Endpoint", "Through", "Tables"]);
    let mut ways: Vec<&Way<'_>> = access.ways.iter().collect();
    let cut = show::limited(&mut ways, limit, "endpoint");
    for way in ways {
        table.row(row(way));
    }
    let left = all - access.ways.len();
    let rest = match left {
        0 => Block::default(),
        1 => show::sentence("1 endpoint makes no query."),
        _ => show::sentence(format!("{left} endpoints make no query.")),
    };
    Block::sequence([Block::table(&table), cut, rest])
}

fn row(way: &Way<'_>) -> [Inline; 3] {
    let names = |names: &[&str]| some(names.iter().map(|name| show::short(name)), ", ");
    let accessors = if way.accessors.is_empty() {
        Inline::text("the handler itself")
    } else {
        names(&way.accessors)
    };
    [
        Inline::code(&way.endpoint),
        Inline::join(" → ", [names(&way.services), accessors]),
        reads_and_writes(&way.reads, &way.writes),
    ]
}

fn migrations(context: &Context<'_>) -> Block {
    let all = &context.architecture.migrations;
    if all.is_empty() {
        return Block::default();
    }
    let heads = all.iter().filter(|migration| migration.is_head).map(|head| {
        let message = head.message.as_deref().map(Inline::text).unwrap_or_default();
        let words = Inline::join(" ", [Inline::code(&head.revision), message]);
        Inline::join(" in ", [words, show::source(&head.location, context)])
    });
    Block::paragraph(&Inline::concat([
        Inline::text(format!("{}, the newest ", show::counted(all.len(), "revision"))),
        Inline::join("; ", heads),
        Inline::text("."),
    ]))
}
