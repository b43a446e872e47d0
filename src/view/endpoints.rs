//! `endpoints`: the API surface as a table.

use crate::{
    architecture::model::Location,
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    operation::{Operation, operations},
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "endpoints",
        summary: "a table of path operations: method, path, purpose, auth, rate limit, source",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "columns",
                summary: "which columns, in which order: `method`, `path`, `purpose`, `auth`, `rate-limit`, `request`, `response`, `tags`, `operation-id`, `handler`, `source`",
            },
            keys::TAG,
            keys::PREFIX,
            keys::METHOD,
            keys::MODULE,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::HIDDEN,
            Key {
                name: "sort",
                summary: "`registration` (the default), `path` or `source`",
            },
            Key {
                name: "group",
                summary: "`none` (the default), `tag` or `router`: a heading and a table each",
            },
            keys::LEVEL,
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Method,
    Path,
    Purpose,
    Auth,
    RateLimit,
    Request,
    Response,
    Tags,
    OperationId,
    Handler,
    Source,
}

/// By the author's name, with the heading.
const COLUMNS: [(&str, Column, &str); 11] = [
    ("method", Column::Method, "Method"),
    ("path", Column::Path, "Path"),
    ("purpose", Column::Purpose, "Purpose"),
    ("auth", Column::Auth, "Auth"),
    ("rate-limit", Column::RateLimit, "Rate limit"),
    ("request", Column::Request, "Request"),
    ("response", Column::Response, "Response"),
    ("tags", Column::Tags, "Tags"),
    ("operation-id", Column::OperationId, "Operation id"),
    ("handler", Column::Handler, "Handler"),
    ("source", Column::Source, "Source"),
];

#[derive(Clone, Copy)]
enum Sort {
    Registration,
    Path,
    Source,
}

#[derive(Clone, Copy)]
enum Group {
    None,
    Tag,
    Router,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let names = COLUMNS.map(|(name, column, _)| (name, column));
    let mut columns = arguments.choices("columns", &names)?;
    let sort = arguments.choice(
        "sort",
        &[
            ("registration", Sort::Registration),
            ("path", Sort::Path),
            ("source", Sort::Source),
        ],
    )?;
    let group = arguments.choice(
        "group",
        &[
            ("none", Group::None),
            ("tag", Group::Tag),
            ("router", Group::Router),
        ],
    )?;
    let level = arguments.number("level", 1)?.unwrap_or(3);
    let limit = arguments.number("limit", 1)?;

    let mut rows: Vec<Operation<'_>> = operations(application)
        .into_iter()
        .filter(|operation| filter.keeps(operation))
        .collect();
    if rows.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("endpoints"))));
    }
    if columns.is_empty() {
        columns = default_columns(&rows);
    }
    let summary = show::counted(rows.len(), "endpoint");
    order(&mut rows, sort.unwrap_or(Sort::Registration));
    let rest = show::limited(&mut rows, limit, "endpoint");
    let assumptions = assumptions(&rows);
    let tables = grouped(rows, group.unwrap_or(Group::None))
        .into_iter()
        .map(|(group, rows)| {
            let table = Block::table(&table(&rows, &columns, context));
            match group {
                Some((title, id)) => Block::sequence([
                    Block::heading(u8::try_from(level).unwrap_or(6), &title, &id),
                    table,
                ]),
                None => table,
            }
        });
    let block = Block::sequence(tables.chain([rest, assumptions]));
    show::collapsible(block, &summary, arguments)
}

/// What fits a page: the rate limit only where one is set.
fn default_columns(rows: &[Operation<'_>]) -> Vec<Column> {
    let mut columns = vec![Column::Method, Column::Path, Column::Purpose, Column::Auth];
    if rows.iter().any(|row| !row.endpoint.rate_limits.is_empty()) {
        columns.push(Column::RateLimit);
    }
    columns.push(Column::Source);
    columns
}

fn order(rows: &mut [Operation<'_>], sort: Sort) {
    match sort {
        Sort::Registration => {}
        Sort::Path => rows.sort_by(|a, b| a.path.cmp(&b.path)),
        Sort::Source => rows.sort_by(|a, b| place(a).cmp(place(b))),
    }
}

/// Where the handler stands, or the registration of a handler that no file holds.
fn place<'a>(operation: &Operation<'a>) -> &'a Location {
    let endpoint = operation.endpoint;
    if endpoint.handler.location.file.is_empty() {
        &endpoint.registration
    } else {
        &endpoint.handler.location
    }
}

type Titled = Option<(Inline, String)>;

/// The rows by group, groups in the order of their first row.
fn grouped<'a>(rows: Vec<Operation<'a>>, group: Group) -> Vec<(Titled, Vec<Operation<'a>>)> {
    let key = |row: &Operation<'a>| -> Titled {
        let router = |row: &Operation<'a>| row.application.routers.get(row.endpoint.router);
        let (title, name) = match group {
            Group::None => return None,
            Group::Tag => match row.endpoint.tags.first() {
                Some(tag) => (Inline::text(tag), tag.as_str()),
                None => (Inline::text("Untagged"), "untagged"),
            },
            Group::Router => match router(row) {
                Some(router) => (Inline::code(&router.name), router.name.as_str()),
                None => (Inline::code(&row.application.name), row.application.name.as_str()),
            },
        };
        Some((title, format!("arch-endpoints-{name}")))
    };
    let mut groups: Vec<(Titled, Vec<Operation<'a>>)> = Vec::new();
    for row in rows {
        let key = key(&row);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, members)) => members.push(row),
            None => groups.push((key, vec![row])),
        }
    }
    groups
}

fn table(rows: &[Operation<'_>], columns: &[Column], context: &Context<'_>) -> Table {
    let heading = |column: &Column| {
        COLUMNS
            .iter()
            .find(|(_, known, _)| known == column)
            .map_or("", |(_, _, heading)| heading)
    };
    let mut table = Table::new(columns.iter().map(heading));
    for row in rows {
        table.row(columns.iter().map(|column| cell(row, *column, context)));
    }
    table
}

fn cell(row: &Operation<'_>, column: Column, context: &Context<'_>) -> Inline {
    let endpoint = row.endpoint;
    match column {
        Column::Method => Inline::code(row.method),
        Column::Path => Inline::code(&row.path),
        Column::Purpose => purpose(row),
        Column::Auth => show::auth(&endpoint.security),
        Column::RateLimit => Inline::join(
            ", ",
            endpoint
                .rate_limits
                .iter()
                .map(|limit| Inline::text(&limit.limit)),
        ),
        Column::Request => endpoint
            .request_body
            .as_ref()
            .map(|body| Inline::code(&body.annotation))
            .unwrap_or_default(),
        Column::Response => response(row),
        Column::Tags => Inline::join(", ", endpoint.tags.iter().map(Inline::text)),
        Column::OperationId => Inline::code(&endpoint.operation_id),
        Column::Handler => show::symbol(&endpoint.handler, context),
        Column::Source => show::source(place(row), context),
    }
}

/// The summary, with what a reader must know before using it.
fn purpose(row: &Operation<'_>) -> Inline {
    let endpoint = row.endpoint;
    let first_line = endpoint
        .description
        .as_deref()
        .and_then(|text| text.lines().find(|line| !line.trim().is_empty()));
    let words = if endpoint.summary.is_empty() {
        first_line.unwrap_or_default()
    } else {
        &endpoint.summary
    };
    let deprecated = if endpoint.deprecated {
        Inline::strong("Deprecated.")
    } else {
        Inline::default()
    };
    let hidden = if endpoint.include_in_schema {
        Inline::default()
    } else {
        Inline::text("not in the OpenAPI document")
    };
    let summary = Inline::join(" ", [deprecated, Inline::text(words)]);
    Inline::lines([summary, hidden, show::conditions(&row.conditions)])
}

fn response(row: &Operation<'_>) -> Inline {
    let status = row.endpoint.status_code.to_string();
    let success = row
        .endpoint
        .responses
        .iter()
        .find(|response| response.status == status);
    let annotation = success.and_then(|response| response.annotation.as_deref());
    Inline::join(
        " ",
        [
            Inline::text(status),
            annotation.map(Inline::code).unwrap_or_default(),
        ],
    )
}

/// What is assumed of the rows, with the operation it is assumed of.
fn assumptions(rows: &[Operation<'_>]) -> Block {
    let sentences: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            row.endpoint
                .assumptions
                .iter()
                .map(|assumption| format!("{}: {assumption}", row.title()))
        })
        .collect();
    show::assumptions(&sentences)
}
