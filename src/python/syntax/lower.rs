//! The state of one lowering and the small things that all of its parts need.

use std::num::NonZeroU16;
use std::ops::Range;
use std::sync::Arc;

use ecow::EcoString;
use tree_sitter::{Node, Tree, TreeCursor};

use super::ast::{Expr, ExprKind, Span, SyntaxError};
use super::encoding::Decoded;
use super::kind::Kind;
use super::scope::Scope;
use super::unread::UnreadBody;

/// How high a tree may grow, so that those who walk it may recurse. CPython itself stops at
/// [200 brackets](https://github.com/python/cpython/blob/3.13/Parser/lexer/state.h) and 100 indents.
const MAX_HEIGHT: u32 = 2000;

/// What a level of nesting takes of the height: 200 of them may be open.
const LEVEL: u32 = 10;

/// What a link of a chain such as `a + b + c` or `a.b().c()` takes: there may be 500.
const LINK: u32 = 4;

const TOO_DEEP: &str = "nested too deep";

/// A child of a node.
#[derive(Clone, Copy)]
pub(super) struct Child<'t> {
    pub(super) node: Node<'t>,
    pub(super) kind: Kind,
    pub(super) field: Option<NonZeroU16>,
}

/// One file on its way from tree-sitter's tree to the owned one.
pub(super) struct Lower<'t> {
    source: &'t [u8],
    text: &'t str,
    decoded: &'t Decoded<'t>,
    cursor: TreeCursor<'t>,
    unread: &'t [Range<usize>],
    file: Option<&'t Arc<[u8]>>,
    /// How high the tree is above what is being lowered.
    pub(super) height: u32,
    /// The scopes that are open, innermost last.
    pub(super) scopes: Vec<Scope>,
    /// What lowering itself found wrong.
    pub(super) errors: Vec<SyntaxError>,
}

impl<'t> Lower<'t> {
    pub(super) fn new(source: &'t [u8], tree: &'t Tree, decoded: &'t Decoded<'t>) -> Self {
        Self {
            source,
            text: &decoded.text,
            decoded,
            cursor: tree.walk(),
            unread: &[],
            file: None,
            height: 0,
            scopes: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Of a text whose bodies of functions are cut down to their first byte.
    pub(super) fn without_bodies(mut self, bodies: &'t [Range<usize>], file: &'t Arc<[u8]>) -> Self {
        (self.unread, self.file) = (bodies, Some(file));
        self
    }

    /// The body that a block stands for, if it was cut off.
    pub(super) fn unread_body(&self, block: Node<'t>) -> Option<UnreadBody> {
        let start = block.start_byte();
        let at = self.unread.binary_search_by_key(&start, |body| body.start).ok()?;
        Some(UnreadBody {
            source: Arc::clone(self.file?),
            suite: self.unread.get(at)?.clone(),
            height: self.height,
        })
    }

    /// The children of a node without comments, line continuations and text that could not be parsed.
    pub(super) fn children(&mut self, node: Node<'t>) -> Vec<Child<'t>> {
        let mut children = Vec::with_capacity(node.child_count() as usize);
        self.cursor.reset(node);
        if self.cursor.goto_first_child() {
            loop {
                let node = self.cursor.node();
                let kind = Kind::of(node);
                if !matches!(kind, Kind::Comment | Kind::LineContinuation | Kind::Error) {
                    children.push(Child {
                        node,
                        kind,
                        field: self.cursor.field_id(),
                    });
                }
                if !self.cursor.goto_next_sibling() {
                    break;
                }
            }
        }
        children
    }

    /// The children that are not punctuation or keywords.
    pub(super) fn named_children(&mut self, node: Node<'t>) -> Vec<Child<'t>> {
        let mut children = self.children(node);
        children.retain(|child| child.node.is_named());
        children
    }

    /// The text of a node.
    pub(super) fn text(&self, node: Node<'t>) -> &'t str {
        self.slice(node.start_byte(), node.end_byte())
    }

    /// The text between two offsets.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The byte of the file that a node begins at; recovery may have put something else into the text.
    pub(super) fn source_byte(&self, node: Node<'t>) -> Option<u8> {
        self.source.get(self.span(node).start as usize).copied()
    }

    /// The text of a node as an owned name.
    pub(super) fn name(&self, node: Node<'t>) -> EcoString {
        EcoString::from(self.text(node))
    }

    /// Where a node stands in the file.
    pub(super) fn span(&self, node: Node<'t>) -> Span {
        let mut range = node.byte_range();
        if !self.unread.is_empty()
            && let Ok(at) = self
                .unread
                .binary_search_by_key(&range.end, |body| body.start + 1)
            && let Some(body) = self.unread.get(at)
        {
            range.end = body.end;
        }
        self.decoded.span(range)
    }

    /// Where a range of the text stands in the file.
    pub(super) fn span_between(&self, start: usize, end: usize) -> Span {
        self.decoded.span(start..end)
    }

    /// Records a problem.
    pub(super) fn error(&mut self, span: Span, message: &str) {
        self.errors.push(SyntaxError {
            span,
            message: message.to_owned(),
        });
    }

    /// Runs `step` one level deeper, or gives `None` and records the problem when that is too deep.
    pub(super) fn deeper<T>(&mut self, node: Node<'t>, step: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.higher(node, LEVEL, step)
    }

    /// Runs `step` below so many links of a chain.
    pub(super) fn below_links<T>(
        &mut self,
        node: Node<'t>,
        links: usize,
        step: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        self.higher(node, LINK * links.min(MAX_HEIGHT as usize) as u32, step)
    }

    fn higher<T>(&mut self, node: Node<'t>, by: u32, step: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.height + by > MAX_HEIGHT {
            let span = self.span(node);
            if self.errors.last().is_none_or(|last| last.message != TOO_DEEP) {
                self.error(span, TOO_DEEP);
            }
            return None;
        }
        self.height += by;
        let result = step(self);
        self.height -= by;
        Some(result)
    }

    /// An expression that stands for something that is none.
    pub(super) fn invalid(&self, node: Node<'t>) -> Expr {
        Expr {
            kind: ExprKind::Invalid,
            span: self.span(node),
        }
    }
}

/// The first child in a field.
pub(super) fn in_field<'t>(children: &[Child<'t>], field: Option<NonZeroU16>) -> Option<Node<'t>> {
    children
        .iter()
        .find(|child| child.field == field)
        .map(|child| child.node)
}

/// The first child of a kind.
pub(super) fn of_kind<'t>(children: &[Child<'t>], kind: Kind) -> Option<Node<'t>> {
    children
        .iter()
        .find(|child| child.kind == kind)
        .map(|child| child.node)
}

/// Whether there is a child of a kind.
pub(super) fn has(children: &[Child<'_>], kind: Kind) -> bool {
    children.iter().any(|child| child.kind == kind)
}
