//! `unresolved`: what could not be read or resolved.

use crate::markdown::{Block, Inline, Table};

use super::{Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys, show};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "unresolved",
        summary: "a table of what could not be read or resolved, with its place",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "code",
                summary: "only findings with one of these codes, comma-separated",
            },
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let codes = arguments.list("code");
    let all = &context.architecture.unresolved;
    let mut findings: Vec<_> = all
        .iter()
        .filter(|finding| codes.is_empty() || codes.contains(&finding.code.as_str()))
        .collect();
    if findings.is_empty() {
        return Ok(Output::Block(show::sentence("Everything was read and resolved.")));
    }
    let summary = show::counted(findings.len(), "finding");
    let rest = show::limited(&mut findings, arguments.number("limit", 1)?, "finding");
    let mut table = Table::new(["Where", "Code", "What"]);
    for finding in findings {
        let help = finding.help.as_deref().map(Inline::text).unwrap_or_default();
        table.row([
            show::source(&finding.location, context),
            Inline::code(&finding.code),
            Inline::lines([Inline::text(&finding.message), help]),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}
