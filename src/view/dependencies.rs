//! `dependencies`: every distinct dependency and who uses it.

use indexmap::IndexMap;

use crate::{
    architecture::model::{Application, Dependency},
    markdown::{Alignment, Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    operation::{operations, walk},
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "dependencies",
        summary: "a table of all dependencies with their security schemes and how many endpoints reach them",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::TAG,
            keys::PREFIX,
            keys::METHOD,
            keys::MODULE,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

/// A dependency as it is used by all that reach it.
pub(super) struct Usage<'a> {
    /// One of its occurrences.
    pub dependency: &'a Dependency,
    /// How many operations and channels reach it.
    pub users: usize,
    /// Labels of what it depends on itself.
    pub needs: Vec<&'a str>,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let mut usages: Vec<Usage<'_>> = usages(application, &filter).into_values().collect();
    if usages.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("dependencies"))));
    }
    let summary = show::counted(usages.len(), "dependency");
    let rest = show::limited(&mut usages, arguments.number("limit", 1)?, "dependency");
    let mut table = Table::new([
        "Dependency",
        "Depends on",
        "Security scheme",
        "Cleanup",
        "Used by",
        "Source",
    ])
    .align("Used by", Alignment::Right);
    for usage in usages {
        let dependency = usage.dependency;
        table.row([
            Inline::code(&dependency.label),
            Inline::join(", ", usage.needs.iter().map(Inline::code)),
            dependency
                .security_scheme
                .as_deref()
                .map(Inline::code)
                .unwrap_or_default(),
            Inline::text(if dependency.has_teardown { "yes" } else { "" }),
            Inline::text(usage.users.to_string()),
            show::source(&dependency.callable.location, context),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}

/// The distinct dependencies by callable and label, the most used first, then by name.
pub(super) fn usages<'a>(
    application: &'a Application,
    filter: &Filter<'_>,
) -> IndexMap<(&'a str, &'a str), Usage<'a>> {
    let mut usages: IndexMap<(&str, &str), Usage<'a>> = IndexMap::new();
    let trees = operations(application)
        .into_iter()
        .filter(|operation| filter.keeps(operation))
        .map(|operation| operation.endpoint.dependencies.as_slice());
    let channels = application
        .channels
        .iter()
        .filter(|channel| filter.keeps_path(&channel.path, &channel.handler.name));
    for tree in trees.chain(channels.map(|channel| channel.dependencies.as_slice())) {
        let mut seen = Vec::new();
        walk(tree, 0, &mut |dependency, _| {
            let key = key(dependency);
            let usage = usages.entry(key).or_insert_with(|| Usage {
                dependency,
                users: 0,
                needs: Vec::new(),
            });
            if !seen.contains(&key) {
                seen.push(key);
                usage.users += 1;
            }
            for needed in &dependency.dependencies {
                if !usage.needs.contains(&needed.label.as_str()) {
                    usage.needs.push(&needed.label);
                }
            }
        });
    }
    usages.sort_by(|a_key, a, b_key, b| b.users.cmp(&a.users).then_with(|| a_key.cmp(b_key)));
    usages
}

/// What makes two occurrences the same dependency.
pub(super) fn key(dependency: &Dependency) -> (&str, &str) {
    (&dependency.callable.name, &dependency.label)
}
