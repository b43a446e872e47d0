//! `diagram …`: pictures, each with the same facts as a list below it for readers who cannot see it.

mod auth;
mod data_layer;
mod dependencies;
mod frontend;
mod graph;
mod imports;
mod lines;
mod models;
mod realtime;
mod request_lifecycle;
mod scene;

use crate::markdown::{
    Block, Item,
    mermaid::{Diagram, Direction, Flowchart, TooLarge},
};

use super::{
    Output, View, ViewError,
    arguments::{Arguments, error},
};

pub(super) const VIEWS: [View; 10] = [
    request_lifecycle::VIEW,
    dependencies::VIEW,
    imports::LAYERS,
    imports::MODULES,
    models::VIEW,
    data_layer::VIEW,
    scene::VIEW,
    frontend::VIEW,
    auth::VIEW,
    realtime::VIEW,
];

fn direction(arguments: &Arguments<'_>) -> Result<Direction, ViewError> {
    let choices = [("LR", Direction::Right), ("TD", Direction::Down)];
    Ok(arguments.choice("direction", &choices)?.unwrap_or_default())
}

/// A flowchart with its legend and the list of what it shows.
fn with_list(chart: Flowchart, summary: &str, items: &[Item]) -> Result<Output, ViewError> {
    block_with_list(chart, summary, items).map(Output::Block)
}

fn block_with_list(chart: Flowchart, summary: &str, items: &[Item]) -> Result<Block, ViewError> {
    let legend = chart.legend();
    let diagram = finished(chart.finish())?;
    Ok(Block::sequence([
        Block::mermaid(&diagram),
        Block::paragraph(&legend),
        Block::details(summary, &Block::bullets(items)),
    ]))
}

fn finished(diagram: Result<Diagram, TooLarge>) -> Result<Diagram, ViewError> {
    diagram.map_err(|cause| {
        error(
            cause.to_string(),
            Some("narrow it with a filter, `depth` or `collapse`".to_owned()),
        )
    })
}
