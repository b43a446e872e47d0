//! `diagram models`: which model holds or extends which.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::model::{Application, Model, ModelField, Symbol},
    markdown::{
        Block, Inline, Item,
        mermaid::{Class, ClassDiagram, Direction, Flowchart, Kind, Relation},
    },
};

use super::{
    super::{
        Context, Directive, Key, Output, Placement, View, ViewError,
        arguments::Arguments,
        keys, model,
        models::{EXCLUDE, INCLUDE, ModelFilter, ROLE},
        select::application,
        show,
    },
    block_with_list, data_layer, finished,
};

/// More classes than this are drawn by module.
const CLASSES: usize = 12;

/// More fields of a class than this become a line that counts them.
const MEMBERS: usize = 10;

/// More modules than this are left out, the smallest first.
const MODULES: usize = 12;

/// More models than this are counted at the end of the list.
const LISTED: usize = 60;

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram models",
        summary: "a class diagram of data contracts; modules where there are too many models",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "model",
                summary: "only this model and what it holds or extends",
            },
            Key {
                name: "depth",
                summary: "how many steps from that model are shown; 2 if left out",
            },
            keys::TAG,
            keys::MODULE,
            ROLE,
            INCLUDE,
            EXCLUDE,
            Key {
                name: "kind",
                summary: "`class` (the default), or `er` for the tables as `diagram data-layer` draws them",
            },
            keys::APP,
        ],
    },
    render,
};

type Edge = (String, String, Relation);

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let kinds = [("class", false), ("er", true)];
    if arguments.choice("kind", &kinds)?.unwrap_or(false) {
        return data_layer::render(arguments, context, arguments.text("model"));
    }
    let application = application(arguments, context)?;
    let filter = ModelFilter::parse(arguments)?;
    let depth = arguments.number("depth", 1)?.unwrap_or(2);
    let is_all = arguments.text("role").is_some() || arguments.text("model").is_some();
    let kept = application
        .models
        .iter()
        .filter(|model| filter.keeps(model, application))
        // Unless asked for, a picture of contracts holds what crosses the boundary.
        .filter(|model| is_all || model.input_schema.is_some() || model.output_schema.is_some())
        .filter(|model| is_all || model.kind != "enum");
    let by_symbol: BTreeMap<&str, &Model> = kept.map(|model| (key(model), model)).collect();
    let mut edges = edges(application);
    let wanted: BTreeSet<&str> = match arguments.text("model") {
        Some(name) => near(key(model::find(application, name)?), &edges, depth),
        None => by_symbol.keys().copied().collect(),
    };
    let models: BTreeMap<&str, &Model> = by_symbol
        .into_iter()
        .filter(|(name, _)| wanted.contains(name))
        .collect();
    if models.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing())));
    }
    edges.retain(|(from, to, _)| models.contains_key(from.as_str()) && models.contains_key(to.as_str()));
    if models.len() > CLASSES {
        by_module(&models, &edges)
    } else {
        classes(&models, &edges)
    }
}

/// What tells models apart: the arguments of a generic one count.
fn key(model: &Model) -> &str {
    &model.name
}

/// Who holds and who extends whom.
fn edges(application: &Application) -> BTreeSet<Edge> {
    let mut out = BTreeSet::new();
    for model in &application.models {
        for name in &model.references {
            out.insert((key(model).to_owned(), name.clone(), Relation::Holds));
        }
        let is_base = |other: &&Model| other.name != model.name && model.bases.contains(&other.symbol);
        for base in application.models.iter().filter(is_base) {
            out.insert((key(model).to_owned(), key(base).to_owned(), Relation::Extends));
        }
    }
    out
}

/// Everything that the focus leads to in so many steps, and what leads to it in one.
fn near<'a>(focus: &'a str, edges: &'a BTreeSet<Edge>, depth: usize) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::from([focus]);
    for _ in 0..depth {
        let next: Vec<&str> = edges
            .iter()
            .filter(|(from, _, _)| found.contains(from.as_str()))
            .map(|(_, to, _)| to.as_str())
            .collect();
        found.extend(next);
    }
    let above = edges
        .iter()
        .filter(|(_, to, _)| to == focus)
        .map(|(from, _, _)| from.as_str());
    found.extend(above);
    found
}

fn classes(models: &BTreeMap<&str, &Model>, edges: &BTreeSet<Edge>) -> Result<Output, ViewError> {
    let mut diagram = ClassDiagram::new(
        "Models",
        "Who holds and who extends whom; the list below says the same",
    );
    let classes: BTreeMap<&str, Class> = models
        .iter()
        .map(|(name, model)| {
            let annotation = match model.kind.as_str() {
                "dataclass" => Some("dataclass"),
                "typed-dict" => Some("TypedDict"),
                "enum" => Some("enumeration"),
                _ => None,
            };
            (
                *name,
                diagram.class(name, &model.name, annotation, members(model, models)),
            )
        })
        .collect();
    for (from, to, relation) in edges {
        if let (Some(from), Some(to)) = (classes.get(from.as_str()), classes.get(to.as_str())) {
            diagram.relation(from, to, *relation, "");
        }
    }
    let cut = models
        .values()
        .filter(|model| own(model, models).len() > MEMBERS)
        .count();
    let remark = if cut == 0 {
        Block::default()
    } else {
        let classes = show::counted(cut, "model");
        show::sentence(format!("Of {classes} only the first {MEMBERS} fields are drawn."))
    };
    let items: Vec<Item> = models.values().map(|model| item(model, edges)).collect();
    let diagram = finished(diagram.finish())?;
    Ok(Output::Block(Block::sequence([
        Block::mermaid(&diagram),
        remark,
        Block::details(
            "The same as a list: who holds and extends whom",
            &Block::bullets(&items),
        ),
    ])))
}

/// The fields that no drawn base shows.
fn own<'a>(model: &'a Model, drawn: &BTreeMap<&str, &Model>) -> Vec<&'a ModelField> {
    let is_shown = |base: &Symbol| drawn.values().any(|other| other.symbol == *base);
    let fields = model.fields.iter();
    fields
        .filter(|field| !field.inherited_from.as_ref().is_some_and(is_shown))
        .collect()
}

fn members(model: &Model, drawn: &BTreeMap<&str, &Model>) -> Vec<String> {
    let own = own(model, drawn);
    let mut out: Vec<String> = own
        .iter()
        .take(MEMBERS)
        .map(|field| {
            let optional = if field.required || field.is_computed {
                ""
            } else {
                "?"
            };
            format!("{}{optional}: {}", field.name, field.annotation)
        })
        .chain(model.values.iter().take(MEMBERS).map(ToString::to_string))
        .collect();
    let all = own.len() + model.values.len();
    if all > out.len() {
        out.push(format!("… {} more", all - out.len()));
    }
    out
}

fn item(model: &Model, edges: &BTreeSet<Edge>) -> Item {
    let of = |wanted: Relation| {
        let related = edges
            .iter()
            .filter(move |(from, _, relation)| from == key(model) && *relation == wanted);
        Inline::join(", ", related.map(|(_, to, _)| Inline::code(to)))
    };
    let said = |words: &'static str, names: Inline| {
        if names.is_empty() {
            names
        } else {
            Inline::concat([Inline::text(words), names])
        }
    };
    let fields = Inline::text(show::counted(model.fields.len(), "field"));
    let facts = [
        fields,
        said("holds ", of(Relation::Holds)),
        said("extends ", of(Relation::Extends)),
    ];
    Item::new(Inline::concat([
        Inline::code(&model.name),
        Inline::text(": "),
        Inline::join("; ", facts),
    ]))
}

/// Modules in place of models, and what was left out in a sentence.
fn by_module(models: &BTreeMap<&str, &Model>, edges: &BTreeSet<Edge>) -> Result<Output, ViewError> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for model in models.values() {
        *sizes.entry(show::module(&model.symbol.name)).or_default() += 1;
    }
    let mut largest: Vec<(&str, usize)> = sizes.into_iter().collect();
    largest.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let rest = show::limited(&mut largest, Some(MODULES), "module");
    largest.sort_unstable();
    let mut chart = Flowchart::new(
        Direction::Right,
        "Modules of models",
        "Which module's models hold or extend those of another; the list below says the same",
    );
    let mut nodes = BTreeMap::new();
    for (module, size) in &largest {
        let label = format!("{module}\n{}", show::counted(*size, "model"));
        nodes.insert(*module, chart.node(module, &label, Kind::Module, None));
    }
    let mut drawn = BTreeMap::new();
    let module_of = |name: &str| models.get(name).map(|model| show::module(&model.symbol.name));
    for (from, to, _) in edges {
        if let (Some(from), Some(to)) = (module_of(from), module_of(to))
            && from != to
        {
            *drawn.entry((from, to)).or_insert(0_usize) += 1;
        }
    }
    for ((from, to), count) in &drawn {
        if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
            chart.edge(from, to, &count.to_string());
        }
    }
    let mut items: Vec<Item> = models.values().map(|model| item(model, edges)).collect();
    let sentence = format!(
        "The {} are drawn by module and their fields left out, because a page holds {CLASSES} classes at most; `model`, `tag` or `module` narrows it.",
        show::counted(models.len(), "model")
    );
    if items.len() > LISTED {
        let left = items.len() - LISTED;
        items.truncate(LISTED);
        items.push(Item::new(Inline::text(format!("{left} more"))));
    }
    let block = block_with_list(chart, "The same as a list: who holds and extends whom", &items)?;
    Ok(Output::Block(Block::sequence([
        block,
        Block::paragraph(&Inline::prose(sentence)),
        rest,
    ])))
}
