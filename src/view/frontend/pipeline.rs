//! How a frontend is built, and served while it is developed.

use crate::{
    architecture::model::Pipeline,
    markdown::{Inline, Item},
};

use super::super::{Context, show};

/// Names that are shown of one kind.
const MOST: usize = 5;

/// One build tool with what it is told.
pub(super) fn item(pipeline: &Pipeline, context: &Context<'_>) -> Item {
    let below: Vec<Inline> = [
        entries(pipeline),
        output(pipeline),
        named("plugins", pipeline.plugins.iter().map(Inline::code)),
        named(
            "aliases",
            pipeline.aliases.iter().map(|alias| {
                let name = Inline::code(&alias.name);
                Inline::concat([name, Inline::text(" is "), Inline::code(&alias.path)])
            }),
        ),
        named(
            "variables that code may read begin with",
            pipeline.variable_prefixes.iter().map(Inline::code),
        ),
        server(pipeline, context),
    ]
    .into_iter()
    .flatten()
    .collect();
    Item {
        text: Inline::concat([
            Inline::text("built by "),
            Inline::text(&pipeline.software),
            Inline::text(", "),
            show::source(&pipeline.location, context),
        ]),
        items: below.into_iter().map(Item::new).collect(),
    }
}

/// `plugins: a, b and 3 more`; nothing for none.
fn named(what: &'static str, names: impl Iterator<Item = Inline>) -> Option<Inline> {
    let names: Vec<Inline> = names.collect();
    let rest = names.len().saturating_sub(MOST);
    let shown = Inline::join(", ", names.into_iter().take(MOST));
    if shown.is_empty() {
        return None;
    }
    let more = if rest > 0 {
        Inline::text(format!(" and {rest} more"))
    } else {
        Inline::default()
    };
    Some(Inline::concat([
        Inline::text(what),
        Inline::text(": "),
        shown,
        more,
    ]))
}

fn entries(pipeline: &Pipeline) -> Option<Inline> {
    named("starts from", pipeline.entries.iter().map(Inline::path))
}

fn output(pipeline: &Pipeline) -> Option<Inline> {
    let output = pipeline.output.as_ref()?;
    let base = pipeline.base.as_ref().filter(|base| *base != "/");
    let base = base.map(|base| Inline::concat([Inline::text(", served under "), Inline::code(base)]));
    Some(Inline::concat(
        [Inline::text("writes to "), Inline::path(output)]
            .into_iter()
            .chain(base),
    ))
}

/// The development server with what it passes on.
fn server(pipeline: &Pipeline, context: &Context<'_>) -> Option<Inline> {
    let passed = pipeline.proxies.iter().map(|proxy| {
        Inline::concat([
            Inline::code(&proxy.written),
            Inline::text(" to "),
            Inline::code(&proxy.target),
            Inline::text(" "),
            show::source(&proxy.location, context),
        ])
    });
    let passed = named("passes on", passed);
    let port = pipeline
        .port
        .map(|port| Inline::text(format!("development server at port {port}")));
    let parts = Inline::join(", ", port.into_iter().chain(passed));
    (!parts.is_empty()).then_some(parts)
}
