//! `modules`: the Python modules that the applications reach.

use std::collections::BTreeMap;

use crate::{
    architecture::model::Location,
    markdown::{Alignment, Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter, show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "modules",
        summary: "a table of the modules that the applications reach and what they import",
        subject: None,
        placement: Placement::Block,
        keys: &[keys::MODULE, keys::LIMIT, keys::COLLAPSE],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let all = &context.architecture.modules;
    let mut modules: Vec<_> = all
        .iter()
        .filter(|module| filter.keeps_module(&module.name))
        .collect();
    if modules.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("modules"))));
    }
    let mut importers: BTreeMap<&str, usize> = BTreeMap::new();
    for imported in all.iter().flat_map(|module| &module.imports) {
        *importers.entry(imported).or_default() += 1;
    }
    let summary = show::counted(modules.len(), "module");
    let rest = show::limited(&mut modules, arguments.number("limit", 1)?, "module");
    let mut table = Table::new(["Module", "Imports", "Imported by", "Packages used", "Source"])
        .align("Imports", Alignment::Right)
        .align("Imported by", Alignment::Right);
    for module in modules {
        let importers = importers.get(module.name.as_str()).copied().unwrap_or_default();
        let place = Location {
            file: module.file.clone(),
            ..Location::default()
        };
        table.row([
            Inline::code(&module.name),
            Inline::text(module.imports.len().to_string()),
            Inline::text(importers.to_string()),
            Inline::join(", ", module.external.iter().map(Inline::code)),
            show::source(&place, context),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}
