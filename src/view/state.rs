//! `state`: where the frontend keeps its state, who writes it, who reads it.

use crate::{
    architecture::model::Store,
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter, show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "state",
        summary: "a table of the frontend's stores: what makes them, who writes, who reads",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::FOLDER,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

/// Functions that a cell holds.
const FUNCTIONS: usize = 6;

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let all = context.architecture.frontend.stores.iter();
    let mut stores: Vec<&Store> = all
        .filter(|store| filter.keeps_file(&store.location.file))
        .collect();
    if stores.is_empty() {
        return Ok(Output::Block(Block::paragraph(
            &filter.nothing("stores of state"),
        )));
    }
    let summary = show::counted(stores.len(), "store");
    let rest = show::limited(&mut stores, arguments.number("limit", 1)?, "store");
    let mut table = Table::new(["Store", "Made by", "Written by", "Read by", "Where"]);
    for store in stores {
        table.row([
            Inline::code(&store.name),
            Inline::code(&store.kind),
            functions(&store.writers, unwritten(store)),
            functions(&store.readers, "no reader found"),
            show::source(&store.location, context),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}

/// Functions with their files: names alone are alike in many files. `nothing` stands where there are none.
fn functions(names: &[String], nothing: &str) -> Inline {
    if names.is_empty() {
        return Inline::text(nothing);
    }
    show::first_lines(names.iter().map(Inline::code), FUNCTIONS)
}

/// What is said of a store that nobody writes to: what is made of others needs no writer.
fn unwritten(store: &Store) -> &'static str {
    let function = store.kind.rsplit(':').next().unwrap_or_default();
    if matches!(function, "computed" | "derived" | "readable") {
        "made from others"
    } else {
        "no writer found"
    }
}
