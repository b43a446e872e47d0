//! `assets`: which files the frontend loads, how large they are, and which are missing.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    architecture::model::Asset,
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "assets",
        summary: "a table of the models, textures and other files that loaders load: size, whether missing, where",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "missing",
                summary: "`true` shows only files that are not in the tree",
            },
            Key {
                name: "sort",
                summary: "`url` (the default) or `size`, the largest first",
            },
            keys::FOLDER,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

/// Places that a cell holds.
const PLACES: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Url,
    Size,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let only_missing = arguments.flag("missing")?.unwrap_or(false);
    let sort = arguments.choice("sort", &[("url", Sort::Url), ("size", Sort::Size)])?;
    let assets = &context.architecture.frontend.assets;
    let kept: Vec<&Asset> = assets
        .iter()
        .filter(|asset| filter.keeps_file(&asset.location.file) && (asset.is_missing || !only_missing))
        .collect();
    if kept.is_empty() {
        let nothing = if only_missing && !assets.is_empty() {
            show::sentence("No file that is loaded is missing.")
        } else {
            Block::paragraph(&filter.nothing("assets"))
        };
        return Ok(Output::Block(nothing));
    }
    let mut rows: BTreeMap<(&str, &str), Vec<&Asset>> = BTreeMap::new();
    for asset in &kept {
        rows.entry((&asset.url, &asset.loader)).or_default().push(asset);
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    if sort == Some(Sort::Size) {
        rows.sort_by_key(|(_, loads)| Reverse(loads[0].bytes));
    }
    let summary = show::counted(rows.len(), "asset");
    let rest = show::limited(&mut rows, arguments.number("limit", 1)?, "asset");
    let mut table = Table::new(["Address", "Loader", "Size", "Where"]);
    for ((url, loader), loads) in rows {
        let places = loads.iter().map(|asset| show::source(&asset.location, context));
        table.row([
            Inline::path(url),
            Inline::code(loader),
            size(loads[0]),
            show::first_lines(places, PLACES),
        ]);
    }
    let block = Block::sequence([Block::table(&table), rest, total(&kept)]);
    show::collapsible(block, &summary, arguments)
}

fn size(asset: &Asset) -> Inline {
    if let Some(by) = &asset.served_by {
        return Inline::concat([Inline::text("served by "), Inline::code(by)]);
    }
    match asset.bytes {
        Some(bytes) => Inline::text(readable(bytes)),
        None if asset.is_missing => Inline::text("missing"),
        None if asset.url.contains("${") => Inline::text("not known: the address is made at run time"),
        None => Inline::text("not in the tree"),
    }
}

/// What the files weigh, each once however often it is loaded.
fn total(assets: &[&Asset]) -> Block {
    let sizes: BTreeMap<&str, u64> = assets
        .iter()
        .filter_map(|asset| Some((asset.file.as_deref()?, asset.bytes?)))
        .collect();
    if sizes.is_empty() {
        return Block::default();
    }
    let bytes = sizes.values().fold(0_u64, |sum, size| sum.saturating_add(*size));
    let files = show::counted(sizes.len(), "file");
    show::sentence(format!("{files} of the tree, {} together.", readable(bytes)))
}

/// Bytes with a decimal unit: `812 bytes`, `1.4 kB`, `23.0 MB`.
fn readable(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let rounded = bytes.saturating_add(unit / 20) / (unit / 10);
        format!("{}.{}", rounded / 10, rounded % 10)
    };
    match bytes {
        1 => "1 byte".to_owned(),
        0..1000 => format!("{bytes} bytes"),
        1000..999_950 => format!("{} kB", tenths(1000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}
