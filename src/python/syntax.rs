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

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser, Tree};

use ast::{Module, Span, Stmt, SyntaxError};
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
    let body = match syntax_tree(&decoded.text) {
        Some(tree) if tree.root_node().has_error() => recovered(source, &tree, &decoded, &mut errors),
        Some(tree) => lowered(source, &tree, &decoded, &mut errors),
        None => {
            let message = "parsing took too many steps; the file is skipped".to_owned();
            errors.push(SyntaxError {
                span: Span {
                    start: 0,
                    end: source.len() as u32,
                },
                message,
            });
            Vec::new()
        }
    };
    errors.sort_by_key(|error| error.span);
    errors.dedup();
    Module {
        body,
        errors,
        line_starts,
    }
}

fn lowered(source: &[u8], tree: &Tree, decoded: &Decoded<'_>, errors: &mut Vec<SyntaxError>) -> Vec<Stmt> {
    let mut lower = Lower::new(source, tree, decoded);
    let body = lower.module(tree.root_node());
    errors.append(&mut lower.errors);
    body
}

/// The statements of a file with errors: of what recovery makes of it, if that is any better.
fn recovered(source: &[u8], tree: &Tree, decoded: &Decoded<'_>, errors: &mut Vec<SyntaxError>) -> Vec<Stmt> {
    if let Some((patched, mut found)) = recover::recovered(decoded)
        && let Some(tree) = syntax_tree(&patched.text)
    {
        errors.append(&mut found);
        problem::collect(&tree, &patched, errors);
        return lowered(source, &tree, &patched, errors);
    }
    problem::collect(tree, decoded, errors);
    lowered(source, tree, decoded, errors)
}

fn new_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok()?;
    Some(parser)
}

/// tree-sitter's tree, or `None` when error recovery would take far longer than any real file needs.
///
/// The bound counts the parser's own progress reports, about one per hundred steps, so it does not depend on the machine.
fn syntax_tree(text: &str) -> Option<Tree> {
    let budget = 10_000 + text.len() / 4;
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
        let options = ParseOptions::new().progress_callback(&mut progress);
        let bytes = text.as_bytes();
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
    let mut starts = vec![0];
    for (i, &byte) in source.iter().enumerate() {
        if byte == b'\n' || (byte == b'\r' && source.get(i + 1) != Some(&b'\n')) {
            starts.push(i as u32 + 1);
        }
    }
    starts
}
