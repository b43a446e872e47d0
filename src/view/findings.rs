//! `findings`: what the rules of the audit point at.

use std::collections::BTreeMap;

use crate::{
    audit::{self, Finding, Severity},
    markdown::{Block, Inline, Item, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    keys,
    nearest::nearest,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "findings",
        summary: "a table of what a reviewer would point at: rule, severity, endpoint, place",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "severity",
                summary: "only `error`, `warning` or `note`, comma-separated",
            },
            Key {
                name: "rule",
                summary: "only what these rules find, comma-separated",
            },
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let severities = [Severity::Error, Severity::Warning, Severity::Note].map(|one| (one.name(), one));
    let severities = arguments.choices("severity", &severities)?;
    let rules = arguments.list("rule");
    if let Some(unknown) = rules
        .iter()
        .find(|rule| !audit::RULES.iter().any(|known| known.name == **rule))
    {
        let help = nearest(unknown, audit::RULES.iter().map(|rule| rule.name));
        let help = help.unwrap_or_else(|| {
            let names: Vec<String> = audit::RULES
                .iter()
                .map(|rule| format!("`{}`", rule.name))
                .collect();
            format!("there is {}", names.join(", "))
        });
        return Err(error(format!("there is no rule `{unknown}`"), Some(help)));
    }
    let all = audit::findings(context.architecture);
    let mut findings: Vec<_> = all
        .iter()
        .filter(|finding| severities.is_empty() || severities.contains(&finding.severity))
        .filter(|finding| rules.is_empty() || rules.contains(&finding.rule))
        .collect();
    if findings.is_empty() {
        return Ok(Output::Block(show::sentence("The rules found nothing.")));
    }
    let summary = show::counted(findings.len(), "finding");
    let helps = helps(&findings);
    let rest = show::limited(&mut findings, arguments.number("limit", 1)?, "finding");
    let mut table = Table::new(["Rule", "What", "Where"]);
    for finding in findings {
        let subject = Inline::code(&finding.subject);
        table.row([
            Inline::lines([Inline::code(finding.rule), Inline::text(finding.severity.name())]),
            Inline::join(" ", [subject, Inline::prose(&finding.message)]),
            show::source(&finding.location, context),
        ]);
    }
    let block = Block::sequence([Block::table(&table), rest, Block::bullets(&helps)]);
    show::collapsible(block, &summary, arguments)
}

/// What to do, once for each rule that found something.
fn helps(findings: &[&Finding]) -> Vec<Item> {
    let rules: BTreeMap<&str, &str> = findings.iter().map(|one| (one.rule, one.help.as_str())).collect();
    let items = rules
        .into_iter()
        .map(|(rule, help)| Item::new(Inline::join(" ", [Inline::code(rule), Inline::prose(help)])));
    items.collect()
}
