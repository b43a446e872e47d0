//! `integration`: which call of the frontend arrives at which endpoint.

mod shared;

use crate::{
    architecture::model::{
        FieldMismatch, FieldMismatchKind, FrontendCall, Integration, OperationReference, UncalledOperation,
    },
    markdown::{Block, Inline, Item, Table},
};

use shared::Shared;

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "integration",
        summary: "a table of endpoints and the frontend's calls that arrive there, calls without endpoint, endpoints without call",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "columns",
                summary: "which columns, in which order: `endpoint`, `method`, `path`, `calls`, `function`, `handler`, `source`, `notes`",
            },
            Key {
                name: "unmatched",
                summary: "calls that no endpoint answers: `true` (the default), `false` or `only`",
            },
            Key {
                name: "uncalled",
                summary: "endpoints that nothing calls: `true` (the default), `false` or `only`",
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Endpoint,
    Method,
    Path,
    Calls,
    Function,
    Handler,
    Source,
    Notes,
}

const COLUMNS: [(&str, Column, &str); 8] = [
    ("endpoint", Column::Endpoint, "Endpoint"),
    ("method", Column::Method, "Method"),
    ("path", Column::Path, "Path"),
    ("calls", Column::Calls, "Called from"),
    ("function", Column::Function, "Calling function"),
    ("handler", Column::Handler, "Handler"),
    ("source", Column::Source, "Source"),
    ("notes", Column::Notes, "Notes"),
];

/// Whether a part is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    With,
    Without,
    Only,
}

/// An endpoint and what calls it.
struct Row<'a> {
    endpoint: &'a OperationReference,
    calls: Vec<&'a FrontendCall>,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let served = match arguments.text("app") {
        Some(_) => Some(application(arguments, context)?.name.as_str()),
        None => None,
    };
    let filter = Filter::parse(arguments)?;
    let parts = [
        ("true", Part::With),
        ("false", Part::Without),
        ("only", Part::Only),
    ];
    let unmatched = arguments.choice("unmatched", &parts)?.unwrap_or(Part::With);
    let uncalled = arguments.choice("uncalled", &parts)?.unwrap_or(Part::With);
    let names = COLUMNS.map(|(name, column, _)| (name, column));
    let mut columns = arguments.choices("columns", &names)?;
    let limit = arguments.number("limit", 1)?;

    let integration = &context.architecture.integration;
    let keeps = |reference: &OperationReference| {
        served.is_none_or(|name| name == reference.application) && filter.keeps_reference(reference)
    };
    let mut rows = rows(integration);
    rows.retain(|row| keeps(row.endpoint));
    let summary = show::counted(rows.iter().map(|row| row.calls.len()).sum(), "call");
    let lost: Vec<&FrontendCall> = integration
        .calls
        .iter()
        .filter(|call| call.endpoint.is_none() && filter.keeps_call(&call.method, &call.path))
        .collect();
    let idle: Vec<&UncalledOperation> = integration
        .uncalled
        .iter()
        .filter(|uncalled| keeps(&uncalled.operation))
        .collect();

    let is_alone = unmatched == Part::Only || uncalled == Part::Only;
    let mut blocks = vec![];
    if !is_alone {
        if rows.is_empty() {
            blocks.push(Block::paragraph(&filter.nothing("calls of endpoints")));
        } else {
            let rest = show::limited(&mut rows, limit, "endpoint");
            let shared = Shared::of(&rows);
            if columns.is_empty() {
                columns = default_columns(&rows, &shared);
            }
            blocks.extend([Block::table(&matched(&rows, &columns, &shared, context)), rest]);
            let shows_notes = columns.contains(&Column::Notes) || arguments.text("columns").is_none();
            if shows_notes {
                blocks.extend(shared.below());
            }
        }
    }
    if unmatched == Part::Only || unmatched == Part::With && !is_alone {
        blocks.extend(unmatched_calls(lost, limit, unmatched == Part::Only, context));
    }
    if uncalled == Part::Only || uncalled == Part::With && !is_alone {
        blocks.extend(uncalled_endpoints(idle, limit, uncalled == Part::Only, context));
    }
    show::collapsible(Block::sequence(blocks), &summary, arguments)
}

/// Endpoints that are called, by path and method.
fn rows(integration: &Integration) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = vec![];
    for call in &integration.calls {
        let Some(endpoint) = &call.endpoint else { continue };
        match rows.iter_mut().find(|row| row.endpoint == endpoint) {
            Some(row) => row.calls.push(call),
            None => rows.push(Row {
                endpoint,
                calls: vec![call],
            }),
        }
    }
    rows.sort_by(|a, b| {
        let key = |row: &Row<'_>| (row.endpoint.path.clone(), row.endpoint.method.clone());
        key(a).cmp(&key(b))
    });
    rows
}

fn assumed(assumption: &str) -> Inline {
    Inline::join(" ", [Inline::strong("Assumption:"), Inline::prose(assumption)])
}

/// The notes only where there are any.
fn default_columns(rows: &[Row<'_>], shared: &Shared<'_>) -> Vec<Column> {
    let mut columns = vec![Column::Endpoint, Column::Calls];
    if rows.iter().any(|row| !notes(row, shared).is_empty()) {
        columns.push(Column::Notes);
    }
    columns
}

fn matched(rows: &[Row<'_>], columns: &[Column], shared: &Shared<'_>, context: &Context<'_>) -> Table {
    let heading = |column: &Column| {
        let found = COLUMNS.iter().find(|(_, known, _)| known == column);
        found.map_or("", |(_, _, heading)| heading)
    };
    let mut table = Table::new(columns.iter().map(heading));
    for row in rows {
        table.row(columns.iter().map(|column| cell(row, *column, shared, context)));
    }
    table
}

/// The calls, each place once: an address may be one of several there.
fn places<'r>(row: &'r Row<'_>) -> impl Iterator<Item = &'r FrontendCall> {
    let calls = row.calls.iter().enumerate();
    calls.filter_map(|(index, call)| {
        let mut before = row.calls[..index].iter();
        before
            .all(|before| (&before.location, &before.function) != (&call.location, &call.function))
            .then_some(&**call)
    })
}

fn cell(row: &Row<'_>, column: Column, shared: &Shared<'_>, context: &Context<'_>) -> Inline {
    match column {
        Column::Endpoint => Inline::lines([
            Inline::path(format!("{} {}", row.endpoint.method, row.endpoint.path)),
            show::source(&row.endpoint.location, context),
        ]),
        Column::Method => Inline::code(&row.endpoint.method),
        Column::Path => Inline::path(&row.endpoint.path),
        Column::Calls => {
            let places = places(row).map(|call| show::source(&call.location, context));
            Inline::lines(places)
        }
        Column::Function => {
            let functions = places(row).filter(|call| !call.function.is_empty());
            Inline::lines(functions.map(|call| Inline::code(show::short(&call.function))))
        }
        Column::Handler => Inline::code(show::short(&row.endpoint.handler)),
        Column::Source => show::source(&row.endpoint.location, context),
        Column::Notes => notes(row, shared),
    }
}

/// What a reader must know before trusting the row.
fn notes(row: &Row<'_>, shared: &Shared<'_>) -> Inline {
    let mut seen: Vec<Inline> = vec![];
    for call in &row.calls {
        let mut lines = vec![];
        if call.via_redirect {
            lines.push(Inline::text(
                "the slash at the end differs: answered by a redirect first",
            ));
        }
        lines.extend(call.unused.as_deref().map(Inline::prose));
        if let Some(milliseconds) = call.interval {
            lines.push(Inline::text(format!("every {}", duration(milliseconds))));
        }
        lines.extend(call.mismatches.iter().map(mismatch));
        lines.extend(call.assumption.as_deref().and_then(|own| shared.note(own)));
        for line in lines {
            if !seen.contains(&line) {
                seen.push(line);
            }
        }
    }
    Inline::lines(seen)
}

fn mismatch(mismatch: &FieldMismatch) -> Inline {
    let (before, between) = match mismatch.kind {
        FieldMismatchKind::UnknownBodyField => ("sends ", ", which the body does not know: "),
        FieldMismatchKind::MissingBodyField => ("does not send ", ", which the body requires: "),
        FieldMismatchKind::UnknownResponseField => ("reads ", ", which the response does not have: "),
    };
    Inline::concat([
        Inline::text(before),
        Inline::code(&mismatch.field),
        Inline::text(between),
        Inline::code(&mismatch.model),
    ])
}

fn duration(milliseconds: u64) -> String {
    if milliseconds.is_multiple_of(1000) {
        format!("{} s", milliseconds / 1000)
    } else {
        format!("{milliseconds} ms")
    }
}

fn unmatched_calls(
    mut calls: Vec<&FrontendCall>,
    limit: Option<usize>,
    is_alone: bool,
    context: &Context<'_>,
) -> Vec<Block> {
    if calls.is_empty() {
        let all = show::sentence("Every call of the frontend has an endpoint.");
        return if is_alone { vec![all] } else { vec![] };
    }
    let title = Inline::strong("Calls without an endpoint");
    let rest = show::limited(&mut calls, limit, "call");
    let mut table = Table::new(["Call", "Source", "Why", "Nearest"]);
    for call in calls {
        let why = call.reason.as_deref().map(Inline::prose).unwrap_or_default();
        let alternatives = call.alternatives.iter().take(4).map(operation);
        let more = call.alternatives.len().saturating_sub(4);
        let more = (more > 0).then(|| Inline::text(format!("and {more} more")));
        table.row([
            Inline::path(format!("{} {}", call.method, call.url)),
            show::source(&call.location, context),
            why,
            Inline::lines(call.nearest.iter().map(operation).chain(alternatives).chain(more)),
        ]);
    }
    vec![Block::paragraph(&title), Block::table(&table), rest]
}

fn uncalled_endpoints(
    mut endpoints: Vec<&UncalledOperation>,
    limit: Option<usize>,
    is_alone: bool,
    context: &Context<'_>,
) -> Vec<Block> {
    if endpoints.is_empty() {
        let all = show::sentence("Every endpoint has a call of the frontend.");
        return if is_alone { vec![all] } else { vec![] };
    }
    let title = Inline::strong("Endpoints without a call of the frontend");
    let rest = show::limited(&mut endpoints, limit, "endpoint");
    let items: Vec<Item> = endpoints
        .into_iter()
        .map(|uncalled| {
            let reference = &uncalled.operation;
            let why = uncalled.reason.as_deref().map(Inline::prose);
            let parts = [operation(reference), show::source(&reference.location, context)];
            Item::new(Inline::join(", ", parts.into_iter().chain(why)))
        })
        .collect();
    vec![Block::paragraph(&title), Block::bullets(&items), rest]
}

fn operation(reference: &OperationReference) -> Inline {
    Inline::path(format!("{} {}", reference.method, reference.path))
}
