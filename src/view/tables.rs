//! `tables`: the tables of the database, as a table.

use globset::GlobSet;

use crate::{
    architecture::model::Table as Relational,
    markdown::{Alignment, Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, globs},
    show,
};

/// The keys that select tables.
pub(super) const INCLUDE: Key = Key {
    name: "include",
    summary: "only tables whose name matches one of these globs, comma-separated",
};
pub(super) const EXCLUDE: Key = Key {
    name: "exclude",
    summary: "no tables whose name matches one of these globs, comma-separated",
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "tables",
        summary: "a table of the database's tables: name, model class, columns, what it refers to, source",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::MODULE,
            INCLUDE,
            EXCLUDE,
            Key {
                name: "sort",
                summary: "`name` (the default) or `source`",
            },
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

/// Which tables are wanted.
pub(super) struct TableFilter<'a> {
    filter: Filter<'a>,
    include: GlobSet,
    exclude: GlobSet,
}

impl<'a> TableFilter<'a> {
    pub(super) fn parse(arguments: &Arguments<'a>) -> Result<Self, ViewError> {
        Ok(Self {
            filter: Filter::parse(arguments)?,
            include: globs("include", arguments)?,
            exclude: globs("exclude", arguments)?,
        })
    }

    pub(super) fn keeps(&self, table: &Relational, context: &Context<'_>) -> bool {
        self.filter.keeps_module(module(table, context))
            && (self.include.is_empty() || self.include.is_match(&table.name))
            && !self.exclude.is_match(&table.name)
    }

    pub(super) fn nothing(&self) -> Inline {
        self.filter.nothing("tables")
    }
}

/// The module that declares a table.
pub(super) fn module<'a>(table: &'a Relational, context: &Context<'a>) -> &'a str {
    if let Some(model) = table.models.first() {
        return show::module(&model.name);
    }
    let modules = &context.architecture.modules;
    let declares = |file: &str| modules.iter().find(|module| module.file == file);
    declares(&table.location.file).map_or(table.location.file.as_str(), |module| module.name.as_str())
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Source,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = TableFilter::parse(arguments)?;
    let sorts = [("name", Sort::Name), ("source", Sort::Source)];
    let sort = arguments.choice("sort", &sorts)?.unwrap_or(Sort::Name);
    let mut tables: Vec<&Relational> = context
        .architecture
        .tables
        .iter()
        .filter(|table| filter.keeps(table, context))
        .collect();
    if tables.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing())));
    }
    if matches!(sort, Sort::Source) {
        tables.sort_by(|a, b| a.location.cmp(&b.location));
    }
    let summary = show::counted(tables.len(), "table");
    let rest = show::limited(&mut tables, arguments.number("limit", 1)?, "table");
    let listed = Block::table(&list(&tables, context));
    show::collapsible(Block::sequence([listed, rest]), &summary, arguments)
}

/// One row a table.
pub(super) fn list(tables: &[&Relational], context: &Context<'_>) -> Table {
    let mut out = Table::new(["Table", "Model", "Columns", "Refers to"]).align("Columns", Alignment::Right);
    for table in tables {
        out.row([
            Inline::lines([Inline::code(&table.name), show::source(&table.location, context)]),
            Inline::lines(table.models.iter().map(|model| show::symbol(model, context))),
            Inline::text(table.columns.len().to_string()),
            refers_to(table),
        ]);
    }
    out
}

/// The tables that foreign keys point at, each once.
fn refers_to(table: &Relational) -> Inline {
    let mut names: Vec<&str> = vec![];
    for name in table.foreign_keys.iter().filter_map(|key| key.table.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Inline::join(", ", names.into_iter().map(Inline::code))
}
