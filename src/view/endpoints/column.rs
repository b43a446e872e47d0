//! What stands in a column of the table.

use crate::{
    architecture::model::Location,
    markdown::{Inline, Table},
};

use super::super::{Context, operation::Operation, show};

/// A column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
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
pub(super) const COLUMNS: [(&str, Column, &str); 11] = [
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

/// Where the handler stands, or the registration of a handler that no file holds.
pub(super) fn place<'a>(operation: &Operation<'a>) -> &'a Location {
    let endpoint = operation.endpoint;
    if endpoint.handler.location.file.is_empty() {
        &endpoint.registration
    } else {
        &endpoint.handler.location
    }
}

/// A row for each operation.
pub(super) fn table(rows: &[Operation<'_>], columns: &[Column], context: &Context<'_>) -> Table {
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
        Column::Path => Inline::path(&row.path),
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
    let summary = Inline::join(" ", [deprecated, Inline::prose(words)]);
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
