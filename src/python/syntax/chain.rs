//! Expressions that grow to the left: attribute access, calls, subscripts and binary operators.
//!
//! They are lowered in loops, because generated code has sums with thousands of terms.

use tree_sitter::Node;

use super::ast::{BinaryOp, Expr, ExprKind, Span};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, in_field};

/// An operand and the operator before it; the first has none.
type Term<'t> = (Option<BinaryOp>, Node<'t>);

impl<'t> Lower<'t> {
    /// An attribute, call, subscript or binary operator with everything to its left.
    pub(super) fn chain(&mut self, node: Node<'t>) -> Expr {
        if Kind::of(node) == Kind::BinaryOperator && is_bitwise(node) {
            return self.bitwise(node);
        }
        let mut links = Vec::new();
        let mut head = node;
        let mut starred = false;
        loop {
            let kind = Kind::of(head);
            let field = match kind {
                Kind::Attribute => fields().object,
                Kind::Call => fields().function,
                Kind::Subscript => fields().value,
                Kind::BinaryOperator if !is_bitwise(head) => fields().left,
                Kind::MemberType | Kind::Type => None,
                // In a type, the grammar takes `*a[b]` for `(*a)[b]`.
                Kind::ListSplat if !links.is_empty() => None,
                _ => break,
            };
            match kind {
                Kind::ListSplat => starred = true,
                Kind::Type => {}
                _ => links.push((kind, head)),
            }
            let inside = match field {
                Some(field) => head.child_by_field_id(field.get()),
                None => head.named_child(0),
            };
            let Some(inside) = inside else {
                return self.invalid(node);
            };
            head = inside;
        }
        let lowered = self.below_links(node, links.len(), |this| this.expression(head));
        let Some(mut expr) = lowered else {
            return self.invalid(node);
        };
        while let Some((kind, link)) = links.pop() {
            let start = if starred { head } else { link }.start_byte();
            let span = self.span_between(start, link.end_byte());
            let above = links.len();
            let kind = self.below_links(link, above, |this| this.link(kind, link, Box::new(expr)));
            expr = Expr {
                kind: kind.unwrap_or(ExprKind::Invalid),
                span,
            };
        }
        if starred {
            Expr {
                kind: ExprKind::Starred(Box::new(expr)),
                span: self.span(node),
            }
        } else {
            expr
        }
    }

    fn link(&mut self, kind: Kind, node: Node<'t>, inside: Box<Expr>) -> ExprKind {
        let children = self.children(node);
        match kind {
            Kind::Attribute => match in_field(&children, fields().attribute) {
                Some(name) => ExprKind::Attribute(inside, self.name(name)),
                None => ExprKind::Invalid,
            },
            Kind::MemberType => match children.last() {
                Some(name) => ExprKind::Attribute(inside, self.name(name.node)),
                None => ExprKind::Invalid,
            },
            Kind::Call => match in_field(&children, fields().arguments) {
                Some(list) => ExprKind::Call(inside, self.arguments(list)),
                None => ExprKind::Call(inside, Vec::new()),
            },
            Kind::Subscript => ExprKind::Subscript(inside, Box::new(self.subscripts(&children, node))),
            _ => match (operator(&children), in_field(&children, fields().right)) {
                (Some(op), Some(right)) => ExprKind::Binary(inside, op, Box::new(self.expression(right))),
                _ => ExprKind::Invalid,
            },
        }
    }

    /// `list[int] | str | None` where the grammar expects a type, which it groups to the right.
    pub(super) fn union_type(&mut self, node: Node<'t>) -> Expr {
        let terms = self.flattened(node, |kind, op| {
            kind == Kind::UnionType || kind == Kind::BinaryOperator && op == BinaryOp::BitOr
        });
        let lowered = self.below_links(node, terms.len(), |this| {
            let mut sum = None;
            for &(_, term) in &terms {
                sum = Some(binary(sum, BinaryOp::BitOr, this.expression(term)));
            }
            sum
        });
        lowered.flatten().unwrap_or_else(|| self.invalid(node))
    }

    /// A mixture of `&` and `^`, which the grammar binds in the wrong order:
    /// `&` [binds tighter](https://docs.python.org/3/reference/expressions.html#operator-precedence).
    fn bitwise(&mut self, node: Node<'t>) -> Expr {
        let terms = self.flattened(node, |kind, op| {
            kind == Kind::BinaryOperator && matches!(op, BinaryOp::BitAnd | BinaryOp::BitXor)
        });
        let lowered = self.below_links(node, terms.len(), |this| {
            let mut sum = None;
            let mut product = None;
            for &(op, term) in &terms {
                let term = this.expression(term);
                if op == Some(BinaryOp::BitXor)
                    && let Some(product) = product.take()
                {
                    sum = Some(binary(sum, BinaryOp::BitXor, product));
                }
                product = Some(binary(product, BinaryOp::BitAnd, term));
            }
            product.map(|product| binary(sum, BinaryOp::BitXor, product))
        });
        lowered.flatten().unwrap_or_else(|| self.invalid(node))
    }

    /// The operands below `node` from left to right, through every operator that `joins` them.
    fn flattened(&mut self, node: Node<'t>, joins: impl Fn(Kind, BinaryOp) -> bool) -> Vec<Term<'t>> {
        let mut terms = Vec::new();
        let mut open: Vec<Term<'t>> = vec![(None, node)];
        while let Some((before, mut node)) = open.pop() {
            let mut kind = Kind::of(node);
            if kind == Kind::Type
                && let Some(inner) = node.named_child(0)
                && matches!(Kind::of(inner), Kind::UnionType | Kind::BinaryOperator)
            {
                (node, kind) = (inner, Kind::of(inner));
            }
            let children = match kind {
                Kind::UnionType | Kind::BinaryOperator => self.children(node),
                _ => Vec::new(),
            };
            match (operator(&children), &children[..]) {
                (Some(op), [left, .., right]) if joins(kind, op) => {
                    open.push((Some(op), right.node));
                    open.push((before, left.node));
                }
                _ => terms.push((before, node)),
            }
        }
        terms
    }
}

fn binary(left: Option<Expr>, op: BinaryOp, right: Expr) -> Expr {
    let Some(left) = left else { return right };
    let span = Span {
        start: left.span.start,
        end: right.span.end,
    };
    Expr {
        kind: ExprKind::Binary(Box::new(left), op, Box::new(right)),
        span,
    }
}

fn is_bitwise(node: Node<'_>) -> bool {
    let op = fields()
        .operator
        .and_then(|field| node.child_by_field_id(field.get()));
    matches!(op.map(Kind::of), Some(Kind::Ampersand | Kind::Caret))
}

/// The operator among the children of a node.
pub(super) fn operator(children: &[Child<'_>]) -> Option<BinaryOp> {
    children.iter().find_map(|child| binary_op(child.kind))
}

fn binary_op(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Plus => BinaryOp::Add,
        Kind::Minus => BinaryOp::Sub,
        Kind::Star => BinaryOp::Mult,
        Kind::AtSign => BinaryOp::MatMult,
        Kind::Slash => BinaryOp::Div,
        Kind::DoubleSlash => BinaryOp::FloorDiv,
        Kind::Percent => BinaryOp::Mod,
        Kind::DoubleStar => BinaryOp::Pow,
        Kind::ShiftLeft => BinaryOp::LShift,
        Kind::ShiftRight => BinaryOp::RShift,
        Kind::Pipe => BinaryOp::BitOr,
        Kind::Caret => BinaryOp::BitXor,
        Kind::Ampersand => BinaryOp::BitAnd,
        _ => return None,
    })
}
