//! One directive, one file: the model as blocks of Markdown.

mod arguments;
mod assets;
mod auth;
mod channels;
mod count;
mod data_layer;
mod dependencies;
mod diagram;
mod endpoint;
mod endpoints;
mod findings;
mod frontend;
mod integration;
mod interaction;
mod keys;
mod layers;
mod lifespan;
mod middleware;
mod migrations;
mod model;
mod models;
mod modules;
mod nearest;
mod operation;
mod optimizations;
mod reference;
mod render_loops;
mod routers;
mod scene;
mod select;
mod settings;
mod shaders;
mod show;
mod state;
mod status;
mod table;
mod tables;
mod unresolved;
mod version;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    architecture::model::Architecture,
    markdown::{Block, Inline},
    source::permalink::Permalinks,
};

use arguments::Arguments;
use nearest::nearest;

/// What a view may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The model of the analysed tree.
    pub architecture: &'a Architecture,
    /// Links to the forge.
    pub links: &'a Permalinks,
    /// Names of layers and the globs of their files, relative to the analysed root.
    pub layers: &'a BTreeMap<String, Vec<String>>,
}

/// One directive as the author wrote it, names and values unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `endpoints`, `diagram request-lifecycle`, `count endpoints`, …: the words in front of the subject.
    pub name: String,
    /// What it is about, e.g. `GET /users/{id}` of `endpoint`.
    pub subject: Option<String>,
    /// `key=value` in the order written.
    pub arguments: Vec<(String, String)>,
}

/// Why a directive has no expansion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewError {
    /// What is wrong, in one sentence.
    pub message: String,
    /// The nearest valid name or the fix.
    pub help: Option<String>,
}

/// Where an expansion may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Alone on its line: headings, tables, lists, diagrams.
    Block,
    /// Also within a sentence or a table cell: one value.
    Inline,
}

/// The expansion of one directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Markdown. Of a block: without blank lines around it and without a newline at its end. Of an inline value: one line.
    pub markdown: String,
    /// Where it may stand.
    pub placement: Placement,
}

/// A key that a directive takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As written before `=`.
    pub name: &'static str,
    /// What it does, in one line without a full stop.
    pub summary: &'static str,
}

/// What an author can write.
#[derive(Clone, Copy, Debug)]
pub struct Directive {
    /// The words in front of the subject, e.g. `endpoints` or `diagram request-lifecycle`.
    pub name: &'static str,
    /// What it expands to, in one line without a full stop.
    pub summary: &'static str,
    /// What its subject is, e.g. `METHOD /path`; absent when it takes none.
    pub subject: Option<&'static str>,
    /// Where it may stand.
    pub placement: Placement,
    /// The keys it takes, in the order of the manual.
    pub keys: &'static [Key],
}

/// A directive and what expands it. Each file of this folder that is a view has one or several.
#[derive(Clone, Copy)]
struct View {
    directive: Directive,
    render: fn(&Arguments<'_>, &Context<'_>) -> Result<Output, ViewError>,
}

/// What a view gives.
enum Output {
    Block(Block),
    Inline(Inline),
}

/// All views, in the order of the manual.
static VIEWS: LazyLock<Vec<View>> = LazyLock::new(|| {
    let mut views = vec![
        endpoints::VIEW,
        endpoint::VIEW,
        routers::VIEW,
        dependencies::VIEW,
        middleware::VIEW,
        lifespan::VIEW,
        channels::VIEW,
        integration::VIEW,
        auth::VIEW,
        models::VIEW,
        model::VIEW,
        data_layer::VIEW,
        tables::VIEW,
        table::VIEW,
        migrations::VIEW,
        settings::VIEW,
        frontend::VIEW,
        scene::VIEW,
        assets::VIEW,
        shaders::VIEW,
        render_loops::VIEW,
        state::VIEW,
        optimizations::VIEW,
        modules::VIEW,
        findings::VIEW,
        unresolved::VIEW,
    ];
    views.extend(count::VIEWS);
    views.extend([reference::VIEW, version::VIEW]);
    views.extend(diagram::VIEWS);
    views
});

static DIRECTIVES: LazyLock<Vec<Directive>> =
    LazyLock::new(|| VIEWS.iter().map(|view| view.directive).collect());

/// Every directive there is, in the order of the manual.
#[must_use]
pub fn directives() -> &'static [Directive] {
    &DIRECTIVES
}

/// Expands a directive.
///
/// # Errors
/// When the name, a key, a value or the subject is not known; `help` then names the nearest one that is.
pub fn render(request: &Request, context: &Context<'_>) -> Result<Rendered, ViewError> {
    let Some(view) = VIEWS.iter().find(|view| view.directive.name == request.name) else {
        let help = nearest(&request.name, VIEWS.iter().map(|view| view.directive.name));
        return Err(ViewError {
            message: format!("there is no directive `{}`", request.name),
            help,
        });
    };
    let arguments = Arguments::check(request, &view.directive)?;
    Ok(match (view.render)(&arguments, context)? {
        Output::Block(block) => Rendered {
            markdown: block.to_markdown(),
            placement: Placement::Block,
        },
        Output::Inline(inline) => Rendered {
            markdown: inline.to_markdown(),
            placement: Placement::Inline,
        },
    })
}
