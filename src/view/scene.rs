//! `scene`: which objects of three.js are made, and which is put into which.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::model::{Edge, Location, SceneObject, SceneSetting},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter,
    show,
};

pub(super) const CATEGORY: Key = Key {
    name: "category",
    summary: "only these kinds of object, e.g. `camera`, `light`, `loader`, `material`, comma-separated",
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "scene",
        summary: "tables of the three.js objects that are made, by category, of settings, and of what is put into what",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "parts",
                summary: "`objects`, `settings`, `edges`, comma-separated; all if left out",
            },
            CATEGORY,
            keys::FOLDER,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

/// What a reader looks for first stands first; a category that is not listed follows, by name.
const ORDER: [&str; 25] = [
    "renderer",
    "scene",
    "camera",
    "controls",
    "light",
    "loader",
    "object",
    "geometry",
    "material",
    "texture",
    "pass",
    "effect",
    "rendertarget",
    "animation",
    "audio",
    "webxr",
    "physics",
    "raycaster",
    "clock",
    "helper",
    "fog",
    "curve",
    "attribute",
    "math",
    "exporter",
];

/// Places that a cell holds.
const PLACES: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Objects,
    Settings,
    Edges,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let known = [
        ("objects", Part::Objects),
        ("settings", Part::Settings),
        ("edges", Part::Edges),
    ];
    let parts = arguments.choices("parts", &known)?;
    let shows = |part| parts.is_empty() || parts.contains(&part);
    let limit = arguments.number("limit", 1)?;
    let objects = objects(&filter, arguments, context);
    let edges = edges(&filter, arguments, context);
    let summary = show::counted(objects.len(), "object");
    let mut blocks = vec![];
    if shows(Part::Objects) {
        blocks.extend(match objects.is_empty() {
            true => vec![Block::paragraph(&filter.nothing("three.js objects"))],
            false => classes(&objects, limit, context),
        });
    }
    let settings = settings(&filter, arguments, context);
    if shows(Part::Settings) && !settings.is_empty() {
        if parts.len() != 1 {
            blocks.push(Block::paragraph(&Inline::strong("Settings")));
        }
        blocks.extend(set(&settings, limit, context));
    }
    if shows(Part::Edges) && !edges.is_empty() {
        if parts.len() != 1 {
            blocks.push(Block::paragraph(&Inline::strong("What is put into what")));
        }
        blocks.extend(contained(&edges, limit, context));
    }
    if blocks.is_empty() {
        let nothing = match shows(Part::Edges) {
            true => "objects that are put into another",
            false => "settings of renderers, canvases and lights",
        };
        blocks.push(Block::paragraph(&filter.nothing(nothing)));
    }
    show::collapsible(Block::sequence(blocks), &summary, arguments)
}

fn objects<'a>(
    filter: &Filter<'_>,
    arguments: &Arguments<'_>,
    context: &Context<'a>,
) -> Vec<&'a SceneObject> {
    let categories = arguments.list("category");
    let all = context.architecture.frontend.objects.iter();
    all.filter(|object| filter.keeps_file(&object.location.file))
        .filter(|object| categories.is_empty() || categories.contains(&object.category.as_str()))
        .collect()
}

/// What is put into what; with a category, only where the parent or the child is of it.
pub(super) fn edges<'a>(
    filter: &Filter<'_>,
    arguments: &Arguments<'_>,
    context: &Context<'a>,
) -> Vec<&'a Edge> {
    let frontend = &context.architecture.frontend;
    let categories = arguments.list("category");
    let classes: BTreeSet<&str> = frontend
        .objects
        .iter()
        .filter(|object| categories.contains(&object.category.as_str()))
        .map(|object| object.class.as_str())
        .collect();
    let is_wanted = |edge: &Edge| {
        categories.is_empty()
            || [&edge.parent, &edge.child]
                .iter()
                .any(|name| classes.contains(name.as_str()))
    };
    let all = frontend.edges.iter();
    all.filter(|edge| filter.keeps_file(&edge.location.file) && is_wanted(edge))
        .collect()
}

/// Settings; with a category, only of what is of it.
fn settings<'a>(
    filter: &Filter<'_>,
    arguments: &Arguments<'_>,
    context: &Context<'a>,
) -> Vec<&'a SceneSetting> {
    let categories = arguments.list("category");
    let all = context.architecture.frontend.scene_settings.iter();
    all.filter(|one| filter.keeps_file(&one.location.file))
        .filter(|one| categories.is_empty() || categories.contains(&one.category.as_str()))
        .collect()
}

fn classes(objects: &[&SceneObject], limit: Option<usize>, context: &Context<'_>) -> Vec<Block> {
    let mut classes: BTreeMap<(usize, &str, &str, &str), Vec<&Location>> = BTreeMap::new();
    for object in objects {
        let order = ORDER.iter().position(|known| *known == object.category);
        let base = object.base.as_deref().filter(|base| *base != object.class);
        let key = (
            order.unwrap_or(ORDER.len()),
            object.category.as_str(),
            object.class.as_str(),
            base.unwrap_or_default(),
        );
        classes.entry(key).or_default().push(&object.location);
    }
    let mut rows: Vec<_> = classes.into_iter().collect();
    let rest = show::limited(&mut rows, limit, "class");
    let mut table = Table::new(["Class", "Where"]);
    for ((_, category, class, base), places) in rows {
        let base = (!base.is_empty()).then(|| Inline::concat([Inline::text("extends "), Inline::code(base)]));
        let class = [Inline::code(class)].into_iter().chain(base);
        table.row([
            Inline::lines(class.chain([Inline::text(format!(
                "{category}, {}",
                show::counted(places.len(), "place")
            ))])),
            show::first_lines(places.iter().map(|place| show::source(place, context)), PLACES),
        ]);
    }
    vec![Block::table(&table), rest]
}

fn contained(edges: &[&Edge], limit: Option<usize>, context: &Context<'_>) -> Vec<Block> {
    let mut pairs: BTreeMap<(&str, &str), Vec<&Location>> = BTreeMap::new();
    for edge in edges {
        pairs
            .entry((&edge.parent, &edge.child))
            .or_default()
            .push(&edge.location);
    }
    let mut rows: Vec<_> = pairs.into_iter().collect();
    let rest = show::limited(&mut rows, limit, "pair");
    let mut table = Table::new(["Parent", "Child", "Where"]);
    for ((parent, child), places) in rows {
        table.row([
            Inline::code(parent),
            Inline::code(child),
            show::first_lines(places.iter().map(|place| show::source(place, context)), PLACES),
        ]);
    }
    vec![Block::table(&table), rest]
}

/// Settings with the same value together, those of renderers first.
fn set(settings: &[&SceneSetting], limit: Option<usize>, context: &Context<'_>) -> Vec<Block> {
    let mut grouped: BTreeMap<(bool, &str, &str, &str), Vec<&Location>> = BTreeMap::new();
    for one in settings {
        let key = (
            one.category != "renderer",
            one.subject.as_str(),
            one.name.as_str(),
            one.value.as_str(),
        );
        grouped.entry(key).or_default().push(&one.location);
    }
    let mut rows: Vec<_> = grouped.into_iter().collect();
    let rest = show::limited(&mut rows, limit, "setting");
    let mut table = Table::new(["Setting", "Value", "Where"]);
    for ((_, subject, name, value), places) in rows {
        let of = Inline::concat([Inline::text("of "), Inline::code(subject)]);
        table.row([
            Inline::lines([Inline::code(name), of]),
            Inline::code(value),
            show::first_lines(places.iter().map(|place| show::source(place, context)), PLACES),
        ]);
    }
    vec![Block::table(&table), rest]
}
