//! `endpoints`: the API surface as a table.

mod column;

use crate::markdown::{Block, Inline};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    operation::{Operation, operations},
    select::{Filter, application},
    show,
};
use column::{COLUMNS, Column, place, table};

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

/// What is assumed of the rows, with the operation it is assumed of.
fn assumptions(rows: &[Operation<'_>]) -> Block {
    let sentences: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            row.endpoint
                .assumptions
                .iter()
                .map(|assumption| format!("`{}`: {assumption}", row.title()))
        })
        .collect();
    Block::bullets(&show::assumptions(&sentences))
}
