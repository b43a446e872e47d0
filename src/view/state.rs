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

/// Files that a cell holds.
const FILES: usize = 5;

/// Letters of a path that is shown as a whole.
const PATH: usize = 26;

/// Functions of one file that a cell holds.
const FUNCTIONS: usize = 5;

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
    let folder = common_folder(&stores);
    let mut table = Table::new(["Store", "Written by", "Read by"]);
    for store in stores {
        table.row([
            Inline::lines([
                Inline::code(&store.name),
                Inline::code(&store.kind),
                place(store, &folder, context),
            ]),
            functions(&store.writers, &folder, unwritten(store)),
            functions(&store.readers, &folder, "no reader found"),
        ]);
    }
    let below = (!folder.is_empty()).then(|| {
        let parts = [
            Inline::text("Functions are named by their files below "),
            Inline::code(&folder),
            Inline::text("."),
        ];
        Block::paragraph(&Inline::concat(parts))
    });
    let blocks = [below.unwrap_or_default(), Block::table(&table), rest];
    show::collapsible(Block::sequence(blocks), &summary, arguments)
}

/// The folder, with its slash, that every function of some stores stands below.
fn common_folder(stores: &[&Store]) -> String {
    let names = stores
        .iter()
        .flat_map(|store| store.writers.iter().chain(&store.readers));
    let mut folder: Option<&str> = None;
    for name in names {
        let file = name.split(':').next().unwrap_or(name);
        let own = file.rfind('/').map_or("", |slash| &file[..=slash]);
        let mut common = folder.unwrap_or(own);
        while !own.starts_with(common) {
            let before = &common[..common.len() - 1];
            common = before.rfind('/').map_or("", |slash| &common[..=slash]);
        }
        folder = Some(common);
    }
    folder.unwrap_or_default().to_owned()
}

/// Functions by their files, a line each: names alone are alike in many files. `nothing` stands where there are none.
fn functions(names: &[String], folder: &str, nothing: &str) -> Inline {
    if names.is_empty() {
        return Inline::text(nothing);
    }
    let mut files: Vec<(&str, Vec<&str>)> = vec![];
    for name in names {
        let name = name.strip_prefix(folder).unwrap_or(name);
        let (file, function) = name.split_once(':').unwrap_or((name, ""));
        match files.last_mut() {
            Some((known, functions)) if *known == file => functions.push(function),
            _ => files.push((file, vec![function])),
        }
    }
    let rest = files.len().saturating_sub(FILES);
    let mut lines: Vec<Inline> = files.iter().take(FILES).map(one_file).collect();
    if rest > 0 {
        let files = show::counted(rest, "more file");
        lines.push(Inline::text(format!("and in {files}")));
    }
    Inline::lines(lines)
}

/// Where a store is made, linked.
fn place(store: &Store, folder: &str, context: &Context<'_>) -> Inline {
    let location = &store.location;
    let file = location.file.strip_prefix(folder).unwrap_or(&location.file);
    let text = Inline::path(format!("{}:{}", shortened(file), location.line));
    show::linked(text, location, context)
}

/// As many of the last parts of a path as let three columns fit a page, the file's name at least.
fn shortened(file: &str) -> String {
    if file.chars().count() <= PATH {
        return file.to_owned();
    }
    let mut shown = file.rfind('/').map_or(file, |slash| &file[slash..]);
    for (slash, _) in file.rmatch_indices('/') {
        if file[slash..].chars().count() < PATH {
            shown = &file[slash..];
        }
    }
    if shown.len() == file.len() {
        return file.to_owned();
    }
    format!("…{shown}")
}

/// `store.ts: load, save and 3 more`; the file alone for what stands outside of functions.
fn one_file((file, functions): &(&str, Vec<&str>)) -> Inline {
    let named: Vec<&str> = functions
        .iter()
        .copied()
        .filter(|name| !name.is_empty())
        .collect();
    let mut parts = vec![Inline::path(shortened(file))];
    if !named.is_empty() {
        let shown = named.iter().take(FUNCTIONS).map(Inline::code);
        parts.push(Inline::text(": "));
        parts.push(Inline::join(", ", shown));
    }
    if named.len() > FUNCTIONS {
        parts.push(Inline::text(format!(" and {} more", named.len() - FUNCTIONS)));
    }
    Inline::concat(parts)
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
