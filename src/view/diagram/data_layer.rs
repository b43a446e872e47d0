//! `diagram data-layer`: which table points at which.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::model::{Architecture, ForeignKey, Table},
    markdown::{
        Block, Inline, Item,
        mermaid::{Attribute, Count, Direction, ErDiagram, Flowchart, Kind},
    },
};

use super::{
    super::{
        Context, Directive, Key, Output, Placement, View, ViewError,
        arguments::Arguments,
        keys, show,
        table::{find, keys_of},
        tables::{EXCLUDE, INCLUDE, TableFilter, module},
    },
    block_with_list, finished,
};

/// More tables than this are drawn with their keys only.
const FULL: usize = 8;

/// More tables than this are drawn by module.
const TABLES: usize = 16;

/// More columns of a table than this become a line that counts them.
const COLUMNS: usize = 12;

/// More modules than this are drawn by the packages above them.
const MODULES: usize = 12;

/// More tables than this are counted at the end of the list.
const LISTED: usize = 60;

/// The keys that choose tables for a diagram.
pub(super) const TABLE: Key = Key {
    name: "table",
    summary: "only this table, or that of this class, and what it refers to or what refers to it",
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram data-layer",
        summary: "an entity-relationship diagram of the tables; key columns, then modules where there are too many",
        subject: None,
        placement: Placement::Block,
        keys: &[
            TABLE,
            Key {
                name: "depth",
                summary: "how many steps from that table are shown; 1 if left out",
            },
            keys::MODULE,
            INCLUDE,
            EXCLUDE,
            keys::APP,
        ],
    },
    render: |arguments, context| render(arguments, context, arguments.text("table")),
};

type Tables<'a> = BTreeMap<&'a str, &'a Table>;

/// The diagram around one table, or of all that are wanted.
pub(super) fn render(
    arguments: &Arguments<'_>,
    context: &Context<'_>,
    focus: Option<&str>,
) -> Result<Output, ViewError> {
    let filter = TableFilter::parse(arguments)?;
    let architecture = context.architecture;
    let depth = arguments.number("depth", 1)?.unwrap_or(1);
    let mut tables: Tables<'_> = architecture
        .tables
        .iter()
        .filter(|table| filter.keeps(table, context))
        .map(|table| (table.name.as_str(), table))
        .collect();
    if let Some(name) = focus {
        let wanted = near(architecture, &find(architecture, name)?.name, depth);
        tables.retain(|name, _| wanted.contains(name));
    }
    if tables.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing())));
    }
    if tables.len() <= TABLES {
        return entities(&tables, Block::default());
    }
    if let Some(groups) = groups(&tables, context) {
        return by_module(&tables, &groups);
    }
    let left = tables.len() - TABLES;
    tables = most_connected(&tables);
    entities(
        &tables,
        show::sentence(format!(
            "{} with fewer foreign keys are left out; `table` or `include` shows them.",
            show::counted(left, "table")
        )),
    )
}

/// The module of each table, or the package above it where there are too many modules; nothing where most tables are in one.
fn groups<'a>(tables: &Tables<'a>, context: &Context<'a>) -> Option<BTreeMap<&'a str, &'a str>> {
    let of = |depth: usize| -> BTreeMap<&'a str, &'a str> {
        let cut = |module: &'a str| {
            let end = module.match_indices('.').nth(depth - 1);
            end.map_or(module, |(end, _)| &module[..end])
        };
        tables
            .iter()
            .map(|(name, table)| (*name, cut(module(table, context))))
            .collect()
    };
    let deepest = tables
        .values()
        .map(|table| module(table, context).matches('.').count() + 1)
        .max()
        .unwrap_or(1);
    let is_readable = |groups: &BTreeMap<&str, &str>| {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        groups
            .values()
            .for_each(|group| *sizes.entry(group).or_default() += 1);
        let largest = sizes.values().copied().max().unwrap_or_default();
        (2..=MODULES).contains(&sizes.len()) && largest * 4 <= groups.len() * 3
    };
    (1..=deepest).rev().map(of).find(is_readable)
}

/// The tables with the most foreign keys to and from them.
fn most_connected<'a>(tables: &Tables<'a>) -> Tables<'a> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, table) in tables {
        for (target, _) in targets(table) {
            *counts.entry(name).or_default() += 1;
            *counts.entry(target).or_default() += 1;
        }
    }
    let mut names: Vec<&'a str> = tables.keys().copied().collect();
    names.sort_by_key(|name| std::cmp::Reverse(counts.get(name).copied().unwrap_or_default()));
    names.truncate(TABLES);
    let kept = tables.iter().filter(|(name, _)| names.contains(name));
    kept.map(|(name, table)| (*name, *table)).collect()
}

/// What the focus leads to or is reached from in so many steps.
fn near<'a>(architecture: &'a Architecture, focus: &'a str, depth: usize) -> BTreeSet<&'a str> {
    let edges: Vec<(&str, &str)> = architecture
        .tables
        .iter()
        .flat_map(|table| targets(table).map(move |(target, _)| (table.name.as_str(), target)))
        .collect();
    let mut found = BTreeSet::from([focus]);
    for _ in 0..depth {
        let next: Vec<&str> = edges
            .iter()
            .filter_map(|(from, to)| match (found.contains(from), found.contains(to)) {
                (true, false) => Some(*to),
                (false, true) => Some(*from),
                _ => None,
            })
            .collect();
        found.extend(next);
    }
    found
}

/// The tables that foreign keys point at, with the key.
fn targets(table: &Table) -> impl Iterator<Item = (&str, &ForeignKey)> {
    table
        .foreign_keys
        .iter()
        .filter_map(|key| Some((key.table.as_deref()?, key)))
}

fn entities(tables: &Tables<'_>, left_out: Block) -> Result<Output, ViewError> {
    let is_full = tables.len() <= FULL;
    let mut diagram = ErDiagram::new(
        "Tables",
        "Which table refers to which; the list below says the same",
    );
    let drawn: BTreeMap<&str, _> = tables
        .iter()
        .map(|(name, table)| (*name, diagram.entity(name, &attributes(table, is_full))))
        .collect();
    for (name, table) in tables {
        for (target, key) in targets(table) {
            let (Some(from), Some(to)) = (drawn.get(name), drawn.get(target)) else {
                continue;
            };
            let (many, one) = counts(table, key);
            diagram.relation((from, many), (to, one), &key.columns.join(", "));
        }
    }
    let diagram = finished(diagram.finish())?;
    let remark = remark(tables, is_full);
    let items: Vec<Item> = tables.values().map(|table| item(table)).collect();
    Ok(Output::Block(Block::sequence([
        Block::mermaid(&diagram),
        remark,
        left_out,
        Block::details(
            "The same as a list: which table refers to which",
            &Block::bullets(&items),
        ),
    ])))
}

fn remark(tables: &Tables<'_>, is_full: bool) -> Block {
    let cut = tables
        .values()
        .filter(|table| table.columns.len() > COLUMNS)
        .count();
    let tables = show::counted(tables.len(), "table");
    match (is_full, cut) {
        (false, _) => show::sentence(format!(
            "Of the {tables} only the keys are drawn, because a page holds {FULL} whole tables at most."
        )),
        (true, 0) => Block::default(),
        (true, cut) => {
            let tables = show::counted(cut, "table");
            show::sentence(format!("Of {tables} only keys and the first columns are drawn."))
        }
    }
}

fn attributes(table: &Table, is_full: bool) -> Vec<Attribute> {
    let is_key = |name: &String| {
        let is_foreign = table.foreign_keys.iter().any(|key| key.columns.contains(name));
        let mut columns = table.columns.iter();
        is_foreign || columns.any(|column| column.primary_key && column.name == *name)
    };
    let keys = table.columns.iter().filter(|column| is_key(&column.name)).count();
    let mut others = if is_full { COLUMNS.saturating_sub(keys) } else { 0 };
    let mut shown = vec![];
    for column in &table.columns {
        let is_key = is_key(&column.name);
        if !is_key && others == 0 {
            continue;
        }
        others -= usize::from(!is_key);
        shown.push(Attribute {
            name: column.name.clone(),
            type_name: column
                .type_name
                .as_deref()
                .map_or_else(|| "?".to_owned(), short_type),
            is_primary: column.primary_key,
            is_foreign: table
                .foreign_keys
                .iter()
                .any(|key| key.columns.contains(&column.name)),
            is_unique: keys_of(column, table).contains("unique"),
            comment: if column.nullable { "null" } else { "" }.to_owned(),
        });
    }
    let left = table.columns.len() - shown.len();
    if is_full && left > 0 {
        shown.push(Attribute {
            name: format!("{left} more"),
            type_name: "…".to_owned(),
            ..Attribute::default()
        });
    }
    shown
}

/// A type as a picture has room for it: what is said by name is left to the table.
fn short_type(words: &str) -> String {
    match words.split_once('(') {
        Some((name, arguments)) if arguments.contains('=') => name.to_owned(),
        _ => words.replace(", ", ","),
    }
}

/// How many rows may point at one, and at how many each points.
fn counts(table: &Table, key: &ForeignKey) -> (Count, Count) {
    let column = |name: &String| table.columns.iter().find(|column| column.name == *name);
    let primary = table.columns.iter().filter(|column| column.primary_key).count();
    let is_primary = primary == key.columns.len()
        && key
            .columns
            .iter()
            .all(|name| column(name).is_some_and(|column| column.primary_key));
    let is_unique = table.uniques.contains(&key.columns)
        || table
            .indexes
            .iter()
            .any(|index| index.unique && index.columns == key.columns);
    let from = if is_primary || is_unique {
        Count::OneOrNone
    } else {
        Count::Many
    };
    let may_lack = key
        .columns
        .iter()
        .any(|name| column(name).is_some_and(|column| column.nullable));
    (from, if may_lack { Count::OneOrNone } else { Count::One })
}

fn item(table: &Table) -> Item {
    let columns = Inline::text(show::counted(table.columns.len(), "column"));
    let keys = targets(table).map(|(target, key)| {
        let columns = Inline::join(", ", key.columns.iter().map(Inline::code));
        Inline::concat([columns, Inline::text(" refers to "), Inline::code(target)])
    });
    Item::new(Inline::concat([
        Inline::code(&table.name),
        Inline::text(": "),
        Inline::join("; ", [columns].into_iter().chain(keys)),
    ]))
}

/// Modules in place of tables, and what was left out in a sentence.
fn by_module(tables: &Tables<'_>, module_of: &BTreeMap<&str, &str>) -> Result<Output, ViewError> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for module in module_of.values().copied() {
        *sizes.entry(module).or_default() += 1;
    }
    let mut chart = Flowchart::new(
        Direction::Right,
        "Modules of tables",
        "Which module's tables refer to those of another; the list below says the same",
    );
    let mut nodes = BTreeMap::new();
    for (module, size) in &sizes {
        let label = format!("{module}\n{}", show::counted(*size, "table"));
        nodes.insert(*module, chart.node(module, &label, Kind::Module, None));
    }
    let mut drawn: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (name, table) in tables {
        for (target, _) in targets(table) {
            if let (Some(&from), Some(&to)) = (module_of.get(name), module_of.get(target))
                && from != to
            {
                *drawn.entry((from, to)).or_default() += 1;
            }
        }
    }
    for ((from, to), count) in &drawn {
        if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
            chart.edge(from, to, &count.to_string());
        }
    }
    let mut items: Vec<Item> = tables.values().map(|table| item(table)).collect();
    if items.len() > LISTED {
        let left = items.len() - LISTED;
        items.truncate(LISTED);
        items.push(Item::new(Inline::text(format!("{left} more"))));
    }
    let sentence = format!(
        "The {} are drawn by module, because a page holds {TABLES} at most; `table`, `include` or `module` narrows it.",
        show::counted(tables.len(), "table")
    );
    let block = block_with_list(chart, "The same as a list: which table refers to which", &items)?;
    Ok(Output::Block(Block::sequence([
        block,
        Block::paragraph(&Inline::prose(sentence)),
    ])))
}
