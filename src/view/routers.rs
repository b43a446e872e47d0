//! `routers`: which router stands where.

use crate::markdown::{Alignment, Block, Inline, Table};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "routers",
        summary: "a table of routers in the order in which they are included",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::PREFIX,
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

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let mut routers: Vec<_> = application
        .routers
        .iter()
        .filter(|router| filter.keeps_path(&router.prefix, &router.name))
        .collect();
    if routers.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("routers"))));
    }
    let summary = show::counted(routers.len(), "router");
    let rest = show::limited(&mut routers, arguments.number("limit", 1)?, "router");
    let mut table = Table::new([
        "Router",
        "Prefix",
        "Tags",
        "Dependencies",
        "Included by",
        "Endpoints",
        "Source",
    ])
    .align("Endpoints", Alignment::Right);
    for router in routers {
        let parent = router.parent.and_then(|parent| application.routers.get(parent));
        table.row([
            Inline::lines([Inline::code(&router.name), show::conditions(&router.conditions)]),
            if router.prefix.is_empty() {
                Inline::code("/")
            } else {
                Inline::path(&router.prefix)
            },
            Inline::join(", ", router.tags.iter().map(Inline::text)),
            Inline::join(", ", router.dependencies.iter().map(Inline::code)),
            parent
                .map(|parent| Inline::code(&parent.name))
                .unwrap_or_default(),
            Inline::text(router.endpoints.to_string()),
            show::source(&router.location, context),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}
