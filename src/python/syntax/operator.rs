//! Unary, Boolean and comparison operators, and the expressions with keywords.

use tree_sitter::Node;

use super::ast::{BinaryOp, BoolOp, CompareOp, Expr, ExprKind, Span, UnaryOp};
use super::kind::{Kind, fields};
use super::lower::{Lower, has, in_field};

impl<'t> Lower<'t> {
    pub(super) fn unary(&mut self, node: Node<'t>) -> ExprKind {
        let op = match self.children(node).first().map(|op| op.kind) {
            Some(Kind::Minus) => UnaryOp::Neg,
            Some(Kind::Plus) => UnaryOp::Pos,
            _ => UnaryOp::Invert,
        };
        self.first(node, |inner| ExprKind::Unary(op, inner))
    }

    /// `await` binds tighter than `**`, the other way round in the grammar.
    pub(super) fn await_expression(&mut self, node: Node<'t>) -> ExprKind {
        let Some(inner) = self.named_children(node).first().copied() else {
            return ExprKind::Invalid;
        };
        let value = self.expression(inner.node);
        match value.kind {
            ExprKind::Binary(base, BinaryOp::Pow, power) if inner.kind == Kind::BinaryOperator => {
                let span = self.span_between(node.start_byte(), inner.node.start_byte());
                let span = Span {
                    start: span.start,
                    end: base.span.end,
                };
                ExprKind::Binary(
                    Box::new(Expr {
                        kind: ExprKind::Await(base),
                        span,
                    }),
                    BinaryOp::Pow,
                    power,
                )
            }
            kind => ExprKind::Await(Box::new(Expr {
                kind,
                span: value.span,
            })),
        }
    }

    /// `a and b and c` is one node here and nests to the left in tree-sitter's tree.
    pub(super) fn boolean(&mut self, node: Node<'t>) -> ExprKind {
        let mut terms = Vec::new();
        let mut head = node;
        let mut op = None;
        loop {
            let children = self.children(head);
            let found = if has(&children, Kind::KeywordOr) {
                BoolOp::Or
            } else {
                BoolOp::And
            };
            if op.is_some_and(|op| op != found) {
                break;
            }
            op = Some(found);
            let (Some(left), Some(right)) = (
                in_field(&children, fields().left),
                in_field(&children, fields().right),
            ) else {
                return ExprKind::Invalid;
            };
            terms.push(right);
            head = left;
            if Kind::of(left) != Kind::BooleanOperator {
                break;
            }
        }
        terms.push(head);
        let terms = terms
            .into_iter()
            .rev()
            .map(|term| self.expression(term))
            .collect();
        ExprKind::BoolOp(op.unwrap_or(BoolOp::And), terms)
    }

    pub(super) fn comparison(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.children(node);
        let mut terms = children.iter();
        let Some(first) = terms.next() else {
            return ExprKind::Invalid;
        };
        let first = Box::new(self.expression(first.node));
        let mut rest = Vec::new();
        while let (Some(op), Some(term)) = (terms.next(), terms.next()) {
            let Some(op) = compare_op(op.kind) else {
                return ExprKind::Invalid;
            };
            rest.push((op, self.expression(term.node)));
        }
        ExprKind::Compare(first, rest)
    }

    pub(super) fn conditional(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let [first, test, orelse] = children[..] else {
            return ExprKind::Invalid;
        };
        let body = self.expression(first.node);
        let test = Box::new(self.expression(test.node));
        let orelse = Box::new(self.expression(orelse.node));
        // `x := a if b else c` assigns the whole; the grammar takes only `a` into the assignment.
        match body.kind {
            ExprKind::Named(name, value) if first.kind == Kind::NamedExpression => {
                let span = Span {
                    start: value.span.start,
                    end: orelse.span.end,
                };
                let body = value;
                ExprKind::Named(
                    name,
                    Box::new(Expr {
                        kind: ExprKind::IfExp { test, body, orelse },
                        span,
                    }),
                )
            }
            kind => ExprKind::IfExp {
                test,
                body: Box::new(Expr {
                    kind,
                    span: body.span,
                }),
                orelse,
            },
        }
    }

    pub(super) fn named(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.children(node);
        let name = in_field(&children, fields().name)
            .map(|name| self.name(name))
            .unwrap_or_default();
        self.bind(&name);
        ExprKind::Named(
            name,
            Box::new(self.field_expression(&children, fields().value, node)),
        )
    }

    pub(super) fn yield_expression(&mut self, node: Node<'t>) -> ExprKind {
        if let Some(scope) = self.scopes.last_mut() {
            scope.yields = true;
        }
        let children = self.children(node);
        let value = children.iter().find(|child| child.node.is_named());
        let value = value.map(|value| Box::new(self.expression(value.node)));
        match value {
            Some(value) if has(&children, Kind::From) => ExprKind::YieldFrom(value),
            value => ExprKind::Yield(value),
        }
    }
}

fn compare_op(kind: Kind) -> Option<CompareOp> {
    Some(match kind {
        Kind::DoubleEquals => CompareOp::Eq,
        Kind::NotEqual | Kind::LessGreater => CompareOp::NotEq,
        Kind::Less => CompareOp::Lt,
        Kind::LessEqual => CompareOp::LtE,
        Kind::Greater => CompareOp::Gt,
        Kind::GreaterEqual => CompareOp::GtE,
        Kind::KeywordIs => CompareOp::Is,
        Kind::KeywordIsNot => CompareOp::IsNot,
        Kind::KeywordIn => CompareOp::In,
        Kind::KeywordNotIn => CompareOp::NotIn,
        _ => return None,
    })
}
