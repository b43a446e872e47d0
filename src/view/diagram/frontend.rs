//! `diagram frontend`: what starts, loads, builds the scene, draws frames, holds state and talks to the backend.
//!
//! [`stage`] says what each function does, [`flow`] which of them lead to which, and this draws them.

mod flow;
mod stage;

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::{
    Block, Inline, Item,
    mermaid::{CROWDED, Flowchart, Kind},
};

use super::{
    super::{
        Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter,
        show,
    },
    direction, finished,
};
use flow::flow;
use stage::{Part, Stage, parts};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram frontend",
        summary: "a flowchart of the frontend: start, loading, scene, frames, state and calls of the backend, and what leads to what",
        subject: None,
        placement: Placement::Block,
        keys: &[keys::FOLDER, keys::INCLUDE, keys::EXCLUDE, keys::DIRECTION],
    },
    render,
};

/// More nodes than this are drawn by file.
const MOST: usize = 14;

/// Facts that a node says.
const FACTS: usize = 3;

/// How far functions are drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Function,
    File,
    Folder,
    Stage,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let mut parts = parts(context, &filter);
    if parts.is_empty() {
        let nothing = filter.nothing("parts of a frontend");
        return Ok(Output::Block(Block::paragraph(&nothing)));
    }
    let edges = flow(&context.architecture.frontend, &mut parts);
    let grain = grain(&parts);
    let description = "Functions of the frontend by what they do; arrows lead from what calls to what is called; the list below says the same";
    let mut chart = Flowchart::new(direction(arguments)?, "Flow of the frontend", description);
    let mut nodes = BTreeMap::new();
    for stage in stage::ALL {
        let members: Vec<&Part> = parts.iter().filter(|part| part.stage == stage).collect();
        if members.is_empty() {
            continue;
        }
        let group = chart.group(stage.title(), stage.title());
        let names: BTreeSet<String> = members.iter().map(|part| name(part, grain)).collect();
        for name in names {
            let own = members
                .iter()
                .copied()
                .filter(|part| self::name(part, grain) == name);
            let own: Vec<&Part> = own.collect();
            let key = format!("{}/{name}", stage.title());
            let node = chart.node(&key, &label(&own, &name, grain), kind(stage, grain), Some(&group));
            nodes.insert((stage, name), node);
        }
    }
    let mut drawn = BTreeSet::new();
    for edge in &edges {
        let key = |index: usize| (parts[index].stage, name(&parts[index], grain));
        let (from, to) = (key(edge.from), key(edge.to));
        if from != to && drawn.insert((from.clone(), to.clone())) {
            chart.edge(&nodes[&from], &nodes[&to], edge.label);
        }
    }
    let legend = chart.legend();
    let collapsed = (grain != Grain::Function).then(|| {
        let by = match grain {
            Grain::File => "file",
            Grain::Folder => "folder",
            _ => "stage",
        };
        let count = parts.len();
        show::sentence(format!(
            "The picture is drawn by {by}: {count} functions are too many for one."
        ))
    });
    let blocks = [
        Block::mermaid(&finished(chart.finish())?),
        Block::paragraph(&legend),
    ];
    let list = Block::details(
        "The same as a list: which function does what",
        &Block::bullets(&list(&parts, context)),
    );
    Ok(Output::Block(Block::sequence(
        blocks.into_iter().chain(collapsed).chain([list]),
    )))
}

/// The finest grain that a page can hold.
fn grain(parts: &[Part]) -> Grain {
    let count = |grain| {
        let names: BTreeSet<(Stage, String)> =
            parts.iter().map(|part| (part.stage, name(part, grain))).collect();
        names.len()
    };
    match () {
        () if count(Grain::Function) <= MOST => Grain::Function,
        () if count(Grain::File) <= CROWDED => Grain::File,
        () if count(Grain::Folder) <= CROWDED => Grain::Folder,
        () => Grain::Stage,
    }
}

/// What a part is drawn as.
fn name(part: &Part, grain: Grain) -> String {
    let file = part.file();
    match grain {
        Grain::Function => part.function.clone(),
        Grain::File => file.to_owned(),
        Grain::Folder => file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        Grain::Stage => String::new(),
    }
}

fn label(parts: &[&Part], name: &str, grain: Grain) -> String {
    let title = match grain {
        Grain::Function => {
            let short = show::short(name);
            short.rsplit('/').next().unwrap_or(short).to_owned()
        }
        Grain::File => name
            .rsplit('/')
            .next()
            .unwrap_or(name)
            .rsplit(':')
            .next()
            .unwrap_or(name)
            .to_owned(),
        Grain::Folder => match name {
            "" => "the root folder".to_owned(),
            name => show::short(name).to_owned(),
        },
        Grain::Stage => show::counted(parts.len(), "function"),
    };
    let mut facts: Vec<String> = vec![];
    for fact in stage::merged(parts) {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    let rest = facts.len().saturating_sub(FACTS);
    facts.truncate(FACTS);
    if rest > 0 {
        facts.push(format!("and {rest} more"));
    }
    facts.insert(0, title);
    facts.join("\n")
}

fn kind(stage: Stage, grain: Grain) -> Kind {
    match (stage, grain) {
        (Stage::State, _) => Kind::Store,
        (_, Grain::Function) => Kind::Function,
        _ => Kind::File,
    }
}

fn list(parts: &[Part], context: &Context<'_>) -> Vec<Item> {
    stage::ALL
        .into_iter()
        .filter_map(|stage| {
            let own: Vec<&Part> = parts.iter().filter(|part| part.stage == stage).collect();
            let mut item = Item::new(Inline::text(stage.title()));
            item.items = own.iter().map(|part| described(part, context)).collect();
            (!own.is_empty()).then_some(item)
        })
        .collect()
}

fn described(part: &Part, context: &Context<'_>) -> Item {
    let facts = stage::merged(&[part]);
    let facts = Inline::join(", ", facts.iter().map(Inline::text));
    let name = show::short(&part.function);
    let name = name.rsplit('/').next().unwrap_or(name);
    let title = Inline::concat([
        Inline::code(name),
        Inline::text(if facts.is_empty() { "" } else { ": " }),
        facts,
    ]);
    Item::new(Inline::join(", ", [title, show::source(&part.location, context)]))
}
