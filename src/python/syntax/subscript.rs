//! Subscripts, slices and the types that the grammar treats as something of their own.

use tree_sitter::Node;

use super::ast::{Expr, ExprKind};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has};

impl<'t> Lower<'t> {
    /// What stands between the brackets of a subscript.
    pub(super) fn subscripts(&mut self, children: &[Child<'t>], of: Node<'t>) -> Expr {
        let found: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().subscript && child.node.is_named())
            .collect();
        self.items_or_one(&found, has(children, Kind::Comma), of)
    }

    /// One expression, or a tuple when there are several, a comma behind one, or a star before one.
    pub(super) fn items_or_one(&mut self, found: &[&Child<'t>], comma: bool, of: Node<'t>) -> Expr {
        let mut items: Vec<_> = found.iter().map(|child| self.expression(child.node)).collect();
        match items.pop() {
            None => self.invalid(of),
            Some(only) if items.is_empty() && !comma && !matches!(only.kind, ExprKind::Starred(_)) => only,
            Some(last) => {
                items.push(last);
                let start = found.first().map_or(0, |first| first.node.start_byte());
                let end = found.last().map_or(0, |last| last.node.end_byte());
                Expr {
                    kind: ExprKind::Tuple(items),
                    span: self.span_between(start, end),
                }
            }
        }
    }

    /// `list[int]` where the grammar expects a type.
    pub(super) fn generic_type(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let [base, list] = children[..] else {
            return ExprKind::Invalid;
        };
        let base = Box::new(self.expression(base.node));
        let parts = self.children(list.node);
        let found: Vec<_> = parts.iter().filter(|child| child.node.is_named()).collect();
        ExprKind::Subscript(
            base,
            Box::new(self.items_or_one(&found, has(&parts, Kind::Comma), list.node)),
        )
    }

    /// `a:b` where the grammar expects a type: a slice.
    pub(super) fn constrained_type(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let mut parts = children.iter().map(|child| Box::new(self.expression(child.node)));
        let (start, end) = (parts.next(), parts.next());
        ExprKind::Slice(start, end, None)
    }

    pub(super) fn slice_expression(&mut self, node: Node<'t>) -> ExprKind {
        let mut parts = [None, None, None];
        let mut at = 0;
        for child in self.children(node) {
            if child.kind == Kind::Colon {
                at += 1;
            } else if at < 3 {
                parts[at] = Some(Box::new(self.expression(child.node)));
            }
        }
        let [start, end, step] = parts;
        ExprKind::Slice(start, end, step)
    }
}
