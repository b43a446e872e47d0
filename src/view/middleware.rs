//! `middleware`: what every request passes, in that order.

use crate::markdown::{Block, Inline, Table};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys,
    select::application, show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "middleware",
        summary: "a table of middleware in execution order, with arguments",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "builtin",
                summary: "`true` also shows what the framework adds itself",
            },
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let builtin = arguments.flag("builtin")?.unwrap_or(false);
    let mut layers: Vec<_> = application
        .middleware
        .iter()
        .filter(|layer| builtin || !layer.is_builtin)
        .collect();
    if layers.is_empty() {
        return Ok(Output::Block(show::sentence(
            "There is no middleware beyond the framework's own.",
        )));
    }
    let summary = format!("{} of middleware", show::counted(layers.len(), "layer"));
    let rest = show::limited(&mut layers, arguments.number("limit", 1)?, "layer");
    let mut table = Table::new(["Order", "Middleware", "Arguments", "Added at"]);
    for (i, layer) in layers.into_iter().enumerate() {
        let name = show::linked(Inline::code(&layer.label), &layer.symbol.location, context);
        let by_framework = Inline::text(if layer.is_builtin {
            "added by the framework"
        } else {
            ""
        });
        table.row([
            Inline::text((i + 1).to_string()),
            Inline::lines([name, by_framework, show::conditions(&layer.conditions)]),
            Inline::lines(
                layer
                    .arguments
                    .iter()
                    .map(|(name, value)| Inline::code(format!("{name}={value}"))),
            ),
            show::source(&layer.registration, context),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}
