//! `channels`: WebSocket routes.

use crate::markdown::{Block, Inline, Table};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "channels",
        summary: "a table of WebSocket routes: path, parameters, auth, source",
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
    let mut channels: Vec<_> = application
        .channels
        .iter()
        .filter(|channel| filter.keeps_path(&channel.path, &channel.handler.name))
        .collect();
    if channels.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("channels"))));
    }
    let summary = show::counted(channels.len(), "channel");
    let rest = show::limited(&mut channels, arguments.number("limit", 1)?, "channel");
    let mut table = Table::new(["Path", "Handler", "Parameters", "Auth", "Source"]);
    for channel in channels {
        let parameters = channel.parameters.iter().map(|parameter| {
            let name = Inline::code(format!("{}: {}", parameter.name, parameter.annotation));
            Inline::concat([name, Inline::text(format!(" ({})", parameter.place))])
        });
        table.row([
            Inline::lines([Inline::code(&channel.path), show::conditions(&channel.conditions)]),
            Inline::code(show::short(&channel.handler.name)),
            Inline::lines(parameters),
            show::auth(&channel.security),
            show::source(&channel.handler.location, context),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}
