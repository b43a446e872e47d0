//! Text to syntax tree, for one file.
//!
//! [`parse`] takes any bytes and always gives a [`Module`](ast::Module): what is not Python becomes an entry of
//! its `errors`, and the statements around it are kept. tree-sitter does the parsing; its tree is lowered to the
//! owned one of [`ast`] and dropped at once.

pub mod ast;
pub mod dump;

mod chain;
mod compound;
mod comprehension;
mod definition;
mod encoding;
mod expression;
mod import;
mod kind;
mod line;
mod literal;
mod lower;
mod operator;
mod pattern;
mod problem;
mod recover;
mod scope;
mod statement;
mod string;
mod subscript;
mod suites;
mod unread;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::Arc;

use memchr::memchr2_iter;
use tree_sitter::{ParseOptions, Parser, Tree};

use ast::{Module, Span, SyntaxError};
use encoding::Decoded;
use lower::Lower;

/// Files beyond this many bytes are not parsed: positions must fit 32 bits and memory is bounded.
pub const MAX_BYTES: usize = 64 << 20;

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(new_parser());
}

/// Parses the bytes of one file. It never fails: see [`Module::errors`].
///
/// Positions are those of the bytes given, whatever their encoding.
#[must_use]
pub fn parse(source: &[u8]) -> Module {
    let line_starts = line_starts(source);
    if source.len() > MAX_BYTES {
        let message = format!(
            "file of {} bytes, more than the {MAX_BYTES} that are parsed",
            source.len()
        );
        let errors = vec![SyntaxError {
            span: Span::default(),
            message,
        }];
        return Module {
            body: Vec::new(),
            errors,
            line_starts,
        };
    }
    let (decoded, mut errors) = encoding::decode(source);
    let body = read(&decoded, &mut errors, |tree, decoded| {
        let mut lower = Lower::new(source, tree, decoded);
        (lower.module(tree.root_node()), lower.errors)
    });
    let (body, mut found) = body.unwrap_or_default();
    errors.append(&mut found);
    errors.sort_by_key(|error| error.span);
    errors.dedup();
    Module {
        body,
        errors,
        line_starts,
    }
}

/// Parses what stands outside of functions, and each body of a function when it is asked for.
///
/// A file that is not clean Python in clean UTF-8 is parsed at once, so that recovery sees all of it. What is wrong
/// inside of a body then becomes an error of that [`FunctionBody`](ast::FunctionBody).
#[must_use]
pub fn parse_outline(source: &Arc<[u8]>) -> Module {
    outline(source).unwrap_or_else(|| parse(source))
}

fn outline(source: &Arc<[u8]>) -> Option<Module> {
    if source.len() > MAX_BYTES {
        return None;
    }
    let (decoded, errors) = encoding::decode(source);
    if !errors.is_empty() || !matches!(decoded.text, Cow::Borrowed(_)) {
        return None;
    }
    let bodies = unread::suites(&decoded.text);
    let tree = unread::tree_without(&decoded.text, &bodies)?;
    if tree.root_node().has_error() {
        return None;
    }
    let mut lower = Lower::new(source, &tree, &decoded).without_bodies(&bodies, source);
    let body = lower.module(tree.root_node());
    Some(Module {
        body,
        errors: lower.errors,
        line_starts: line_starts(source),
    })
}

/// Hands the syntax tree of a text to `lower`: if it has errors, the one of what recovery makes of it, if that is any
/// better. `None` if there is none.
fn read<T>(
    decoded: &Decoded<'_>,
    errors: &mut Vec<SyntaxError>,
    mut lower: impl FnMut(&Tree, &Decoded<'_>) -> T,
) -> Option<T> {
    let Some(tree) = syntax_tree(&decoded.text) else {
        errors.push(SyntaxError {
            span: decoded.span(0..decoded.text.len()),
            message: "parsing took too many steps; this is skipped".to_owned(),
        });
        return None;
    };
    if !tree.root_node().has_error() {
        return Some(lower(&tree, decoded));
    }
    if let Some((patched, mut found)) = recover::recovered(decoded)
        && let Some(tree) = syntax_tree(&patched.text)
    {
        errors.append(&mut found);
        problem::collect(&tree, &patched, errors);
        return Some(lower(&tree, &patched));
    }
    problem::collect(&tree, decoded, errors);
    Some(lower(&tree, decoded))
}

fn new_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok()?;
    Some(parser)
}

/// tree-sitter's tree, or `None` when error recovery would take far longer than any real file needs.
fn syntax_tree(text: &str) -> Option<Tree> {
    syntax_tree_of(text.as_bytes(), &[])
}

/// The tree of these ranges of a text; of all of it if there are none.
///
/// The bound counts the parser's own progress reports, about one per hundred steps, so it does not depend on the machine.
fn syntax_tree_of(bytes: &[u8], ranges: &[tree_sitter::Range]) -> Option<Tree> {
    let budget = 10_000 + bytes.len() / 4;
    let mut reports = 0;
    let mut progress = |_: &tree_sitter::ParseState| {
        reports += 1;
        if reports > budget {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.as_mut()?;
        parser.set_included_ranges(ranges).ok()?;
        let options = ParseOptions::new().progress_callback(&mut progress);
        let tree = parser.parse_with_options(
            &mut |offset, _| bytes.get(offset..).unwrap_or_default(),
            None,
            Some(options),
        );
        if tree.is_none() {
            parser.reset();
        }
        tree
    })
}

/// Offsets at which lines begin; a line ends with `\n`, `\r\n` or a lone `\r`, as in Python.
fn line_starts(source: &[u8]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(source.len() / 32 + 1);
    starts.push(0);
    for end in memchr2_iter(b'\n', b'\r', source) {
        if source[end] == b'\n' || source.get(end + 1) != Some(&b'\n') {
            starts.push(end as u32 + 1);
        }
    }
    starts
}
