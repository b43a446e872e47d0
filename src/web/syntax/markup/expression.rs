//! The expressions of a template: where one ends, whether it is one, and which names it leaves open.

use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

/// A name in an expression that the expression does not declare.
#[derive(Clone, Debug)]
pub(super) struct FreeName {
    pub name: String,
    /// Bytes from the beginning of the expression.
    pub range: Range<usize>,
    /// `{ name }`
    pub is_shorthand: bool,
}

/// The names that an expression leaves open, by place; none where it is no expression.
pub(super) fn free_names(expression: &str) -> Option<Vec<FreeName>> {
    names(&format!("({expression}\n)"), 1)
}

/// The names that statements leave open, by place; none where they are none.
pub(super) fn free_names_of_statements(statements: &str) -> Option<Vec<FreeName>> {
    names(statements, 0)
}

fn names(text: &str, before: usize) -> Option<Vec<FreeName>> {
    if text.len() == before || text[before..].trim().is_empty() {
        return None;
    }
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, text, SourceType::tsx())
        .with_options(options)
        .parse();
    if !parsed.errors.is_empty() || parsed.panicked || before == 1 && parsed.program.body.len() != 1 {
        return None;
    }
    let semantic = SemanticBuilder::new().build(&parsed.program).semantic;
    let mut found = vec![];
    for references in semantic.scoping().root_unresolved_references_ids() {
        for id in references {
            let reference = semantic.scoping().get_reference(id);
            let span = semantic.reference_span(reference);
            let parent = semantic.nodes().parent_kind(reference.node_id());
            let is_shorthand = matches!(parent, AstKind::ObjectProperty(property) if property.shorthand);
            found.push(FreeName {
                name: semantic.reference_name(reference).to_owned(),
                range: span.start as usize - before..span.end as usize - before,
                is_shorthand,
            });
        }
    }
    found.sort_by_key(|name| name.range.start);
    Some(found)
}

/// The place of the brace that closes a value, from behind its opening brace on.
pub(super) fn end_of_value(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    // What each open brace belongs to: a template string or code.
    let mut open: Vec<bool> = vec![];
    let mut in_template = false;
    while let Some(byte) = bytes.get(at) {
        if in_template {
            match byte {
                b'\\' => at += 1,
                b'`' => in_template = false,
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    open.push(true);
                    in_template = false;
                    at += 1;
                }
                _ => {}
            }
            at += 1;
            continue;
        }
        match byte {
            b'{' => open.push(false),
            b'}' => match open.pop() {
                None => return at,
                Some(was_template) => in_template = was_template,
            },
            b'`' => in_template = true,
            b'"' | b'\'' => at = end_of_string(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at += text[at..].find("*/").map_or(text.len() - at, |end| end + 1);
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The place of the quote that ends a string.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            // An apostrophe in a text, not a string.
            b'\n' => return start,
            byte if *byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    start
}
