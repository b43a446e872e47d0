//! What tree-sitter could not parse, in words.

use tree_sitter::{Node, Tree};

use super::ast::SyntaxError;
use super::encoding::Decoded;
use super::recover::excerpt;

/// Problems reported for one file; a file that is not Python at all has one for nearly every line.
const MAX_PROBLEMS: usize = 100;

/// Adds every place that was skipped or had to be made up, in order.
pub(super) fn collect(tree: &Tree, decoded: &Decoded<'_>, errors: &mut Vec<SyntaxError>) {
    if !tree.root_node().has_error() {
        return;
    }
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let found = message(node, decoded);
        let descend = found.is_none() && node.has_error();
        if let Some(message) = found {
            if errors.len() >= MAX_PROBLEMS {
                return;
            }
            errors.push(SyntaxError {
                span: decoded.span(node.byte_range()),
                message,
            });
        }
        if descend && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

fn message(node: Node<'_>, decoded: &Decoded<'_>) -> Option<String> {
    if node.is_missing() {
        let what = match node.kind() {
            "identifier" => "a name".to_owned(),
            "_newline" => "the end of the line".to_owned(),
            "_indent" => "an indented block".to_owned(),
            other => format!("`{other}`"),
        };
        return Some(format!("{what} is missing"));
    }
    if !node.is_error() {
        return None;
    }
    let text = decoded.text.get(node.byte_range()).unwrap_or_default();
    Some(format!("not valid Python: `{}`", excerpt(text)))
}
