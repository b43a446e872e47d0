//! The keys that `book.toml` needs; comments, order and everything else of it stay.

use anyhow::{Context as _, bail};
use serde_json::{Map, Value as Json};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value};

use crate::book::mermaid_preprocessors;

/// Adds `[preprocessor.arch]` with `command`, `after` and, beside a Mermaid preprocessor, `before`.
pub(super) fn set_up(document: &mut DocumentMut) -> anyhow::Result<()> {
    let mermaid = mermaid_tables(document);
    let preprocessors = child(document.as_table_mut(), "preprocessor", true)?;
    let arch = child(preprocessors, "arch", false)?;
    if !arch.contains_key("command") {
        arch.insert("command", value("mdbook-arch"));
    }
    add(arch, "after", "links")?;
    for name in &mermaid {
        add(arch, "before", name)?;
    }
    // An inline table keeps the space in front of its old end, which is now within it.
    if let Some(inline) = preprocessors.get_mut("arch").and_then(Item::as_inline_table_mut) {
        inline.fmt();
    }
    Ok(())
}

/// Names of the tables of Mermaid preprocessors.
pub(super) fn mermaid_tables(document: &DocumentMut) -> Vec<String> {
    let Some(tables) = document.get("preprocessor").and_then(Item::as_table_like) else {
        return Vec::new();
    };
    let tables: Map<String, Json> = tables
        .iter()
        .map(|(name, table)| {
            let command = table.get("command").and_then(Item::as_str);
            (name.to_owned(), serde_json::json!({ "command": command }))
        })
        .collect();
    mermaid_preprocessors(&tables)
}

/// The table `name` of `parent`, made if need be; `implicit` ones have no header of their own.
fn child<'a>(
    parent: &'a mut dyn TableLike,
    name: &str,
    implicit: bool,
) -> anyhow::Result<&'a mut dyn TableLike> {
    if !parent.contains_key(name) {
        let mut table = Table::new();
        table.set_implicit(implicit);
        parent.insert(name, Item::Table(table));
    }
    parent
        .get_mut(name)
        .and_then(Item::as_table_like_mut)
        .with_context(|| format!("`{name}` of `book.toml` is not a table"))
}

/// Adds a name to a list, which is made if need be.
fn add(table: &mut dyn TableLike, key: &str, name: &str) -> anyhow::Result<()> {
    let Some(item) = table.get_mut(key) else {
        table.insert(key, value(Array::from_iter([name])));
        return Ok(());
    };
    let Some(list) = item.as_array_mut() else {
        bail!("`{key}` of `[preprocessor.arch]` is not a list. help: write `{key} = [\"{name}\"]`");
    };
    if !list.iter().any(|item| item.as_str() == Some(name)) {
        list.push(name);
    }
    Ok(())
}
