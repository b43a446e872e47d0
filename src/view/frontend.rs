//! `frontend`: what there is of a frontend, in a few lines.

mod pipeline;

use std::collections::BTreeMap;

use crate::{
    architecture::model::Frontend,
    markdown::{Block, Inline, Item},
};

use super::{Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, show};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "frontend",
        summary: "the frontend in a few lines: pages, how it is built, three.js objects, loops, files, stores, calls",
        subject: None,
        placement: Placement::Block,
        keys: &[keys::COLLAPSE],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let frontend = &context.architecture.frontend;
    let built = frontend
        .pipelines
        .iter()
        .map(|pipeline| pipeline::item(pipeline, context));
    let lines = [
        counted_by(
            "three.js object",
            frontend.objects.iter().map(|object| object.category.as_str()),
        ),
        counted_by("render loop", frontend.loops.iter().map(|one| one.kind.as_str())),
        counted_by("load", frontend.assets.iter().map(|asset| asset.loader.as_str()))
            .map(|line| Inline::concat([line, missing(frontend)])),
        counted_by("store", frontend.stores.iter().map(|store| store.kind.as_str())),
        counted_by(
            "network call",
            frontend.calls.iter().map(|call| call.kind.as_str()),
        ),
        counted_by(
            "environment read",
            frontend.env.iter().map(|read| read.name.as_str()),
        ),
        vendored(frontend),
    ];
    let pages = pages(frontend).map(Item::new).into_iter();
    let lines = lines.into_iter().flatten().map(Item::new);
    let items: Vec<Item> = pages.chain(built).chain(lines).collect();
    if items.is_empty() {
        return Ok(Output::Block(show::sentence("There is no frontend.")));
    }
    show::collapsible(Block::bullets(&items), "The frontend", arguments)
}

fn pages(frontend: &Frontend) -> Option<Inline> {
    let pages = &frontend.pages;
    (!pages.is_empty()).then(|| {
        let files = Inline::join(", ", pages.iter().map(|page| Inline::path(&page.file)));
        let count = show::counted(pages.len(), "page");
        Inline::concat([Inline::text(format!("{count}: ")), files])
    })
}

/// `3 loads: GLTFLoader (2), TextureLoader (1)`; nothing for none.
fn counted_by<'a>(noun: &str, kinds: impl Iterator<Item = &'a str>) -> Option<Inline> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
    let all: usize = counts.values().sum();
    let parts = counts
        .iter()
        .map(|(kind, count)| Inline::concat([Inline::code(kind), Inline::text(format!(" ({count})"))]));
    (all > 0).then(|| {
        let count = show::counted(all, noun);
        Inline::concat([Inline::text(format!("{count}: ")), Inline::join(", ", parts)])
    })
}

fn missing(frontend: &Frontend) -> Inline {
    match frontend.assets.iter().filter(|asset| asset.is_missing).count() {
        0 => Inline::default(),
        count => Inline::text(format!("; missing in the tree: {count}")),
    }
}

/// Scripts of others are not looked into, which a reader must know.
fn vendored(frontend: &Frontend) -> Option<Inline> {
    let count = frontend.vendored.len();
    (count > 0).then(|| Inline::text(format!("{} of others, left out", show::counted(count, "script"))))
}
