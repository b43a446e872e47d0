//! `diagram scene`: which class of three.js objects is put into which.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::model::Edge,
    markdown::{
        Block, Inline, Item,
        mermaid::{CROWDED, Flowchart, Kind},
    },
};

use super::{
    super::{
        Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, scene,
        select::Filter, show,
    },
    direction, finished,
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram scene",
        summary: "a flowchart of which class of three.js objects is put into which; by category where there are too many",
        subject: None,
        placement: Placement::Block,
        keys: &[
            scene::CATEGORY,
            keys::FOLDER,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::DIRECTION,
        ],
    },
    render,
};

/// Parent and child, and how many places put the one into the other.
type Pairs<'a> = BTreeMap<(&'a str, &'a str), usize>;

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let edges = scene::edges(&filter, arguments, context);
    if edges.is_empty() {
        let nothing = filter.nothing("objects that are put into another");
        return Ok(Output::Block(Block::paragraph(&nothing)));
    }
    let classes = pairs(&edges, |name| name);
    let is_collapsed = names(&classes).len() > CROWDED;
    let categories = categories(context);
    let category = |name| categories.get(name).copied().unwrap_or("other");
    let drawn = if is_collapsed {
        pairs(&edges, category)
    } else {
        classes.clone()
    };
    let kind = if is_collapsed {
        Kind::Category
    } else {
        Kind::Object
    };

    let nodes = names(&drawn);
    let description = format!(
        "{}; arrows lead from what holds to what is put in; the list below says the same",
        show::counted(nodes.len(), "node")
    );
    let mut chart = Flowchart::new(direction(arguments)?, "What is put into what", &description);
    let nodes: BTreeMap<&str, _> = nodes
        .into_iter()
        .map(|name| (name, chart.node(name, name, kind, None)))
        .collect();
    for ((parent, child), count) in &drawn {
        let label = if *count > 1 {
            count.to_string()
        } else {
            String::new()
        };
        chart.edge(&nodes[parent], &nodes[child], &label);
    }
    let legend = chart.legend();
    let collapsed = is_collapsed.then(|| {
        let count = show::counted(names(&classes).len(), "class");
        show::sentence(format!(
            "The picture shows categories: there are {count}, too many to draw."
        ))
    });
    Ok(Output::Block(Block::sequence(
        [
            Block::mermaid(&finished(chart.finish())?),
            Block::paragraph(&legend),
        ]
        .into_iter()
        .chain(collapsed)
        .chain([Block::details(
            "The same as a list: what is put into what",
            &Block::bullets(&list(&classes)),
        )]),
    )))
}

fn pairs<'a>(edges: &[&'a Edge], name: impl Fn(&'a str) -> &'a str) -> Pairs<'a> {
    let mut pairs = Pairs::new();
    for edge in edges {
        *pairs.entry((name(&edge.parent), name(&edge.child))).or_default() += 1;
    }
    pairs
}

fn names<'a>(pairs: &Pairs<'a>) -> BTreeSet<&'a str> {
    pairs
        .keys()
        .flat_map(|(parent, child)| [*parent, *child])
        .collect()
}

/// The category of each class that is made somewhere.
fn categories<'a>(context: &Context<'a>) -> BTreeMap<&'a str, &'a str> {
    let objects = context.architecture.frontend.objects.iter();
    objects
        .map(|object| (object.class.as_str(), object.category.as_str()))
        .collect()
}

fn list(pairs: &Pairs<'_>) -> Vec<Item> {
    let parents: BTreeSet<&str> = pairs.keys().map(|(parent, _)| *parent).collect();
    let children = |parent: &str| {
        let own: Vec<Inline> = pairs
            .iter()
            .filter(|((holder, _), _)| *holder == parent)
            .map(|((_, child), count)| {
                let times = if *count > 1 {
                    format!(" ({count} places)")
                } else {
                    String::new()
                };
                Inline::concat([Inline::code(child), Inline::text(times)])
            })
            .collect();
        Inline::join(", ", own)
    };
    parents
        .into_iter()
        .map(|parent| {
            Item::new(Inline::concat([
                Inline::code(parent),
                Inline::text(" holds "),
                children(parent),
            ]))
        })
        .collect()
}
