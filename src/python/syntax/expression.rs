//! Expressions.

use std::num::NonZeroU16;

use tree_sitter::Node;

use super::ast::{Argument, Constant, Expr, ExprKind, UnaryOp};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has, in_field};
use super::recover::PLACEHOLDER;

impl<'t> Lower<'t> {
    /// Lowers an expression, a target, an annotation or a list of them.
    pub(super) fn expression(&mut self, node: Node<'t>) -> Expr {
        let kind = Kind::of(node);
        match kind {
            Kind::Identifier if self.text(node) == PLACEHOLDER => return self.invalid(node),
            Kind::Identifier => {
                return Expr {
                    kind: ExprKind::Name(self.name(node)),
                    span: self.span(node),
                };
            }
            Kind::ParenthesizedExpression | Kind::Type | Kind::AsPatternTarget | Kind::AsPattern => {
                return self.unwrapped(node);
            }
            _ => {}
        }
        let lowered = self.deeper(node, |this| match kind {
            Kind::Attribute | Kind::Call | Kind::Subscript | Kind::BinaryOperator | Kind::MemberType => {
                this.chain(node)
            }
            Kind::UnionType => this.union_type(node),
            _ => Expr {
                kind: this.simple(kind, node),
                span: this.span(node),
            },
        });
        lowered.unwrap_or_else(|| self.invalid(node))
    }

    /// The expression in a field, `Invalid` when it is absent.
    pub(super) fn field_expression(
        &mut self,
        children: &[Child<'t>],
        field: Option<NonZeroU16>,
        of: Node<'t>,
    ) -> Expr {
        self.expression_or_invalid(in_field(children, field), of)
    }

    /// The expression `node`, or what stands for a missing part of `of`.
    pub(super) fn expression_or_invalid(&mut self, node: Option<Node<'t>>, of: Node<'t>) -> Expr {
        match node {
            Some(node) => self.expression(node),
            None => self.invalid(of),
        }
    }

    /// What stands inside parentheses or another wrapper without a meaning of its own.
    fn unwrapped(&mut self, node: Node<'t>) -> Expr {
        let mut node = node;
        loop {
            let Some(inner) = self.named_children(node).first().copied() else {
                return self.invalid(node);
            };
            match inner.kind {
                Kind::ParenthesizedExpression | Kind::Type => node = inner.node,
                _ => {
                    return self
                        .deeper(node, |this| this.expression(inner.node))
                        .unwrap_or_else(|| self.invalid(node));
                }
            }
        }
    }

    fn simple(&mut self, kind: Kind, node: Node<'t>) -> ExprKind {
        match kind {
            Kind::True => ExprKind::Constant(Constant::Bool(true)),
            Kind::False => ExprKind::Constant(Constant::Bool(false)),
            Kind::None => ExprKind::Constant(Constant::None),
            Kind::Ellipsis => ExprKind::Constant(Constant::Ellipsis),
            Kind::Integer | Kind::Float => self.number(node),
            Kind::String | Kind::ConcatenatedString => self.string(kind, node),
            Kind::Tuple | Kind::TuplePattern | Kind::ExpressionList | Kind::PatternList => self.tuple(node),
            Kind::List | Kind::ListPattern => ExprKind::List(self.items(node)),
            Kind::Set => ExprKind::Set(self.items(node)),
            Kind::Dictionary => self.dictionary(node),
            Kind::ListSplat | Kind::ListSplatPattern | Kind::SplatType => self.first(node, ExprKind::Starred),
            Kind::Await => self.await_expression(node),
            Kind::NotOperator => self.first(node, |inner| ExprKind::Unary(UnaryOp::Not, inner)),
            Kind::UnaryOperator => self.unary(node),
            Kind::BooleanOperator => self.boolean(node),
            Kind::ComparisonOperator => self.comparison(node),
            Kind::ConditionalExpression => self.conditional(node),
            Kind::NamedExpression => self.named(node),
            Kind::Lambda => self.lambda(node),
            Kind::Yield => self.yield_expression(node),
            Kind::Slice => self.slice_expression(node),
            Kind::GenericType => self.generic_type(node),
            Kind::ConstrainedType => self.constrained_type(node),
            Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => self.comprehension(kind, node),
            Kind::DottedName => self.dotted_name(node).kind,
            _ => ExprKind::Invalid,
        }
    }

    pub(super) fn first(&mut self, node: Node<'t>, wrap: impl FnOnce(Box<Expr>) -> ExprKind) -> ExprKind {
        match self.named_children(node).first() {
            Some(inner) => wrap(Box::new(self.expression(inner.node))),
            None => ExprKind::Invalid,
        }
    }

    fn items(&mut self, node: Node<'t>) -> Vec<Expr> {
        let children = self.named_children(node);
        children.iter().map(|child| self.expression(child.node)).collect()
    }

    fn tuple(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.children(node);
        let grouped = matches!(Kind::of(node), Kind::TuplePattern) && !has(&children, Kind::Comma);
        let mut items: Vec<_> = children
            .iter()
            .filter(|child| child.node.is_named())
            .map(|child| self.expression(child.node))
            .collect();
        match items.pop() {
            // `(a) = 1` is a parenthesised name to Python and a tuple pattern to the grammar.
            Some(only) if grouped && items.is_empty() => only.kind,
            last => {
                items.extend(last);
                ExprKind::Tuple(items)
            }
        }
    }

    fn dictionary(&mut self, node: Node<'t>) -> ExprKind {
        let mut items = Vec::new();
        for child in self.named_children(node) {
            if child.kind == Kind::Pair {
                let (key, value) = self.pair(child.node);
                items.push((Some(key), value));
            } else if let Some(inner) = self.named_children(child.node).first() {
                items.push((None, self.expression(inner.node)));
            }
        }
        ExprKind::Dict(items)
    }

    pub(super) fn pair(&mut self, node: Node<'t>) -> (Expr, Expr) {
        let children = self.children(node);
        let key = self.field_expression(&children, fields().key, node);
        (key, self.field_expression(&children, fields().value, node))
    }

    /// The arguments of a call or class definition.
    pub(super) fn arguments(&mut self, list: Node<'t>) -> Vec<Argument> {
        if Kind::of(list) == Kind::GeneratorExpression {
            return vec![Argument::Positional(self.expression(list))];
        }
        let mut arguments = Vec::new();
        for child in self.named_children(list) {
            arguments.push(match child.kind {
                Kind::KeywordArgument => {
                    let parts = self.children(child.node);
                    let name = in_field(&parts, fields().name)
                        .map(|name| self.name(name))
                        .unwrap_or_default();
                    Argument::Keyword(name, self.field_expression(&parts, fields().value, child.node))
                }
                Kind::ListSplat | Kind::DictionarySplat => {
                    let inner = self.named_children(child.node).first().copied();
                    let inner = self.expression_or_invalid(inner.map(|inner| inner.node), child.node);
                    if child.kind == Kind::ListSplat {
                        Argument::Star(inner)
                    } else {
                        Argument::DoubleStar(inner)
                    }
                }
                _ => Argument::Positional(self.expression(child.node)),
            });
        }
        arguments
    }

    /// A dotted name as nested attributes.
    pub(super) fn dotted_name(&mut self, node: Node<'t>) -> Expr {
        let parts = self.named_children(node);
        let mut parts = parts.iter().map(|part| part.node);
        let Some(first) = parts.next() else {
            return self.invalid(node);
        };
        let mut expr = Expr {
            kind: ExprKind::Name(self.name(first)),
            span: self.span(first),
        };
        for part in parts {
            let span = self.span_between(first.start_byte(), part.end_byte());
            expr = Expr {
                kind: ExprKind::Attribute(Box::new(expr), self.name(part)),
                span,
            };
        }
        expr
    }
}
