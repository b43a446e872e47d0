//! `table name`: one table with its columns, keys and relations.

use crate::{
    architecture::model::{Architecture, Column, Table as Relational},
    markdown::{Block, Inline, Item, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    keys,
    nearest::nearest,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "table",
        summary: "one table of the database: columns with types and keys, constraints, relations",
        subject: Some("name"),
        placement: Placement::Block,
        keys: &[keys::COLLAPSE, keys::APP],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let table = find(context.architecture, arguments.subject())?;
    let block = Block::sequence([
        Block::paragraph(&title(table, context)),
        table.description.as_deref().map(Block::prose).unwrap_or_default(),
        Block::bullets(&facts(table, context)),
        Block::table(&columns(table, context)),
        relations(table, context),
    ]);
    show::collapsible(block, &table.name, arguments)
}

/// The table that an author names: by its name, or by the class that is mapped to it.
pub(super) fn find<'a>(architecture: &'a Architecture, subject: &str) -> Result<&'a Relational, ViewError> {
    let tables = &architecture.tables;
    let is_model = |table: &&Relational| {
        let mut models = table.models.iter();
        models.any(|model| model.name == subject || show::short(&model.name) == subject)
    };
    let found = tables.iter().find(|table| table.name == subject);
    found.or_else(|| tables.iter().find(is_model)).ok_or_else(|| {
        let help = nearest(subject, tables.iter().map(|table| table.name.as_str()))
            .or_else(|| Some("`<<#arch tables>>` shows all there are".to_owned()));
        error(format!("there is no table `{subject}`"), help)
    })
}

fn title(table: &Relational, context: &Context<'_>) -> Inline {
    let models = Inline::join(
        ", ",
        table.models.iter().map(|model| show::symbol(model, context)),
    );
    let kind = Inline::text(format!("{} table", table.library));
    let kind = Inline::join(" of ", [kind, models]);
    let place = Inline::join(" in ", [kind, show::source(&table.location, context)]);
    Inline::join(" – ", [Inline::code(&table.name), place])
}

/// What holds for several columns or for the whole table.
fn facts(table: &Relational, context: &Context<'_>) -> Vec<Item> {
    let mut facts: Vec<(&'static str, Inline)> = vec![];
    let codes = |names: &[String]| Inline::join(", ", names.iter().map(Inline::code));
    let key: Vec<String> = table
        .columns
        .iter()
        .filter(|column| column.primary_key)
        .map(|column| column.name.clone())
        .collect();
    facts.push(("Each row belongs to one of:", codes(table.parent.as_slice())));
    if key.len() > 1 {
        facts.push(("Primary key:", codes(&key)));
    }
    for unique in table.uniques.iter().filter(|unique| unique.len() > 1) {
        facts.push(("Unique:", codes(unique)));
    }
    for index in table.indexes.iter().filter(|index| index.columns.len() > 1) {
        let label = if index.unique { "Unique index:" } else { "Index:" };
        facts.push((label, codes(&index.columns)));
    }
    for key in table.foreign_keys.iter().filter(|key| key.columns.len() > 1) {
        let target = key
            .table
            .as_deref()
            .map_or_else(|| Inline::text("not known"), Inline::code);
        let ends = [codes(&key.columns), target, codes(&key.references)];
        facts.push(("Foreign key:", Inline::join(" to ", ends)));
    }
    facts.push(("Check:", codes(&table.checks)));
    let pointing: Vec<String> = context
        .architecture
        .tables
        .iter()
        .filter(|other| {
            let mut keys = other.foreign_keys.iter();
            other.name != table.name && keys.any(|key| key.table.as_deref() == Some(&table.name))
        })
        .map(|other| other.name.clone())
        .collect();
    facts.push(("Referred to by:", codes(&pointing)));
    facts
        .into_iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(label, fact)| Item::new(Inline::join(" ", [Inline::strong(label), fact])))
        .collect()
}

type Cell = fn(&Column, &Relational, &Context<'_>) -> Inline;

/// Name and content of the columns; one that is empty in every row is left out.
const COLUMNS: [(&str, Cell); 6] = [
    ("Column", |column, _, context| {
        let base = column
            .inherited_from
            .as_ref()
            .map(|base| Inline::concat([Inline::text("from "), show::symbol(base, context)]));
        Inline::lines([Inline::code(&column.name)].into_iter().chain(base))
    }),
    ("Attribute", |column, _, _| {
        column.attribute.as_deref().map(Inline::code).unwrap_or_default()
    }),
    ("Type", |column, _, _| {
        let words = column.type_name.as_deref();
        let words = words.map_or_else(|| Inline::text("not known"), Inline::code);
        let null = Inline::text(if column.nullable { "or null" } else { "" });
        Inline::join(" ", [words, null])
    }),
    ("Keys", |column, table, _| {
        let own = Inline::text(keys_of(column, table));
        Inline::lines([own, refers_to(column, table)])
    }),
    ("Default", |column, _, _| {
        let server = column
            .server_default
            .as_deref()
            .map(|words| Inline::concat([Inline::code(words), Inline::text(" (database)")]));
        let own = column.default.as_deref().map(Inline::code);
        Inline::lines(own.into_iter().chain(server))
    }),
    ("Description", |column, _, _| {
        column
            .description
            .as_deref()
            .map(Inline::prose)
            .unwrap_or_default()
    }),
];

/// `primary`, `unique`, `index` of a single column.
pub(super) fn keys_of(column: &Column, table: &Relational) -> String {
    let is_alone = |columns: &[String]| columns == [column.name.clone()];
    let indexed = table.indexes.iter().find(|index| is_alone(&index.columns));
    let is_unique =
        table.uniques.iter().any(|unique| is_alone(unique)) || indexed.is_some_and(|index| index.unique);
    let words = [
        (column.primary_key, "primary"),
        (is_unique, "unique"),
        (indexed.is_some(), "index"),
    ];
    let words: Vec<&str> = words
        .into_iter()
        .filter_map(|(is_so, word)| is_so.then_some(word))
        .collect();
    words.join(", ")
}

/// `table.column` of each foreign key, and what becomes of the row when that is deleted.
fn refers_to(column: &Column, table: &Relational) -> Inline {
    let keys = table.foreign_keys.iter().filter_map(|key| {
        let index = key.columns.iter().position(|name| *name == column.name)?;
        let target = match (&key.table, key.references.get(index)) {
            (Some(table), Some(column)) => Inline::code(format!("{table}.{column}")),
            (Some(table), None) => Inline::code(table),
            (None, _) => Inline::text("a table that is not known"),
        };
        let target = Inline::concat([Inline::text("to "), target]);
        Some(match &key.on_delete {
            Some(action) => Inline::concat([
                target,
                Inline::text(format!(", on delete {}", action.to_lowercase())),
            ]),
            None => target,
        })
    });
    Inline::lines(keys)
}

fn columns(table: &Relational, context: &Context<'_>) -> Table {
    let is_used = |cell: &Cell| {
        let mut columns = table.columns.iter();
        columns.any(|column| !cell(column, table, context).is_empty())
    };
    let shown: Vec<_> = COLUMNS.iter().filter(|(_, cell)| is_used(cell)).collect();
    let mut out = Table::new(shown.iter().map(|(name, _)| *name));
    for column in &table.columns {
        out.row(shown.iter().map(|(_, cell)| cell(column, table, context)));
    }
    out
}

fn relations(table: &Relational, context: &Context<'_>) -> Block {
    if table.relations.is_empty() {
        return Block::default();
    }
    let mut out = Table::new(["Relation", "Leads to", "Table", "Through", "Back"]);
    for relation in &table.relations {
        let target = match (&relation.target, relation.many) {
            (None, _) => Inline::text("not known"),
            (Some(model), None) => show::symbol(model, context),
            (Some(model), Some(many)) => Inline::concat([
                Inline::text(if many { "many " } else { "one " }),
                show::symbol(model, context),
            ]),
        };
        let code = |name: &Option<String>| name.as_deref().map(Inline::code).unwrap_or_default();
        out.row([
            Inline::code(&relation.name),
            target,
            code(&relation.table),
            code(&relation.secondary),
            code(&relation.back),
        ]);
    }
    Block::table(&out)
}
