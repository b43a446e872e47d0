//! `optimizations`: what costs the frontend frames or memory, what is done about it already, which names of three.js are outdated.

mod hot_spots;
mod in_place;
mod outdated;

use crate::markdown::{Block, Inline};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "optimizations",
        summary: "hot spots with the way there and the fix, what is done already, outdated names of three.js, versions that differ",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "parts",
                summary: "`hot-spots`, `in-place`, `outdated`, `versions`, comma-separated; all if left out",
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
enum Part {
    HotSpots,
    InPlace,
    Outdated,
    Versions,
}

/// What a part is made of.
struct Parts<'a> {
    filter: Filter<'a>,
    limit: Option<usize>,
    context: &'a Context<'a>,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let names = [
        ("hot-spots", Part::HotSpots),
        ("in-place", Part::InPlace),
        ("outdated", Part::Outdated),
        ("versions", Part::Versions),
    ];
    let wanted = arguments.choices("parts", &names)?;
    let parts = Parts {
        filter: Filter::parse(arguments)?,
        limit: arguments.number("limit", 1)?,
        context,
    };
    let mut sections = vec![];
    for (_, part) in names {
        if wanted.is_empty() || wanted.contains(&part) {
            let block = match part {
                Part::HotSpots => hot_spots::block(&parts),
                Part::InPlace => in_place::block(&parts),
                Part::Outdated => outdated::names(&parts),
                Part::Versions => outdated::versions(&parts),
            };
            if !block.is_empty() {
                sections.push((part, block));
            }
        }
    }
    if sections.is_empty() {
        let nothing = Block::paragraph(&parts.filter.nothing("hot spots and optimizations"));
        return Ok(Output::Block(nothing));
    }
    let is_single = sections.len() == 1;
    let blocks = sections.into_iter().flat_map(|(part, block)| {
        let title = match part {
            Part::HotSpots => "Hot spots",
            Part::InPlace => "In place",
            Part::Outdated => "Outdated names of three.js",
            Part::Versions => "Versions that differ",
        };
        let title = Block::paragraph(&Inline::strong(title));
        [if is_single { Block::default() } else { title }, block]
    });
    show::collapsible(Block::sequence(blocks), "Optimizations", arguments)
}
