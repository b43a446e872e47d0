//! `migrations`: the history of the database's schema.

use std::collections::BTreeSet;

use crate::{
    architecture::model::{Migration, SchemaChange},
    markdown::{Block, Inline, Table},
};

use super::{Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys, show};

/// More changes of one revision than this are counted.
const CHANGES: usize = 6;

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "migrations",
        summary: "Alembic's revisions in order: what each changes, branches, merges and heads",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "table",
                summary: "only revisions that change one of these tables, comma-separated",
            },
            Key {
                name: "last",
                summary: "only so many, the newest, with a sentence about the rest",
            },
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let wanted = arguments.list("table");
    let migrations: Vec<&Migration> = context
        .architecture
        .migrations
        .iter()
        .filter(|migration| wanted.is_empty() || changes_one_of(migration, &wanted))
        .collect();
    if migrations.is_empty() {
        return Ok(Output::Block(show::sentence(if wanted.is_empty() {
            "There are no migrations.".to_owned()
        } else {
            format!("No migration changes {}.", wanted.join(", "))
        })));
    }
    let summary = show::counted(migrations.len(), "migration");
    let histories: BTreeSet<&str> = migrations
        .iter()
        .map(|migration| migration.history.as_str())
        .collect();
    let last = arguments.number("last", 1)?;
    let several = histories.len() > 1;
    let blocks = histories.into_iter().map(|history| {
        let own = migrations.iter().filter(|migration| migration.history == history);
        let block = one_history(own.copied().collect(), last, context);
        if several {
            let title = Inline::concat([Inline::text("In "), Inline::code(history)]);
            Block::sequence([Block::paragraph(&title), block])
        } else {
            block
        }
    });
    show::collapsible(Block::sequence(blocks), &summary, arguments)
}

fn changes_one_of(migration: &Migration, tables: &[&str]) -> bool {
    let mut changed = migration
        .operations
        .iter()
        .filter_map(|change| change.table.as_deref());
    changed.any(|table| tables.contains(&table))
}

fn one_history(mut migrations: Vec<&Migration>, last: Option<usize>, context: &Context<'_>) -> Block {
    let heads: Vec<&str> = migrations
        .iter()
        .filter(|migration| migration.is_head)
        .map(|migration| migration.revision.as_str())
        .collect();
    let heads = if heads.len() > 1 {
        let names = Inline::join(", ", heads.iter().map(Inline::code));
        Block::paragraph(&Inline::concat([
            Inline::text("There are several heads: "),
            names,
        ]))
    } else {
        Block::default()
    };
    let left = last.map_or(0, |last| migrations.len().saturating_sub(last));
    migrations.drain(..left);
    let earlier = if left > 0 {
        show::sentence(format!("{} before them.", show::counted(left, "revision")))
    } else {
        Block::default()
    };
    let mut table = Table::new(["Revision", "Follows", "Changes"]);
    for migration in migrations {
        let name = Inline::code(&migration.revision);
        let message = migration.message.as_deref().map(Inline::text).unwrap_or_default();
        let created = migration.created.as_deref().map(Inline::text).unwrap_or_default();
        let source = show::source(&migration.location, context);
        table.row([
            Inline::lines([name, message, created, source]),
            Inline::lines(migration.follows.iter().map(Inline::code)),
            changes(&migration.operations),
        ]);
    }
    Block::sequence([heads, Block::table(&table), earlier])
}

fn changes(operations: &[SchemaChange]) -> Inline {
    let mut lines: Vec<Inline> = operations.iter().take(CHANGES).map(change).collect();
    if operations.len() > CHANGES {
        lines.push(Inline::text(format!("… {} more", operations.len() - CHANGES)));
    }
    if lines.is_empty() {
        return Inline::text("none by Alembic's operations");
    }
    Inline::lines(lines)
}

/// `add column name to users`, in the words of the operation.
fn change(change: &SchemaChange) -> Inline {
    let code = |name: &Option<String>| name.as_deref().map(Inline::code).unwrap_or_default();
    let (table, detail) = (code(&change.table), code(&change.detail));
    let words = match (table.is_empty(), detail.is_empty()) {
        (false, false) => Inline::concat([table, Inline::text(": "), detail]),
        (false, true) => table,
        (true, _) => detail,
    };
    Inline::join(
        " ",
        [
            Inline::text(&change.action),
            words,
            show::conditions(change.condition.as_slice()),
        ],
    )
}
