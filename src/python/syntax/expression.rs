//! Expressions.

use std::num::NonZeroU16;

use tree_sitter::Node;

use super::ast::{Argument, BoolOp, CompareOp, Comprehension, Constant, Expr, ExprKind, UnaryOp};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has, in_field};
use super::statement::binary_op;

/// Terms of one chain such as `a + b + c` or `a.b().c()`; a longer one would make a tree too high to walk.
const MAX_CHAIN: usize = 3000;

impl<'t> Lower<'t> {
    /// Lowers an expression, a target, an annotation or a list of them.
    pub(super) fn expression(&mut self, node: Node<'t>) -> Expr {
        let kind = Kind::of(node);
        match kind {
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
            Kind::Attribute
            | Kind::Call
            | Kind::Subscript
            | Kind::BinaryOperator
            | Kind::UnionType
            | Kind::MemberType => this.chain(node),
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
            Kind::Await => self.first(node, ExprKind::Await),
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

    fn first(&mut self, node: Node<'t>, wrap: impl FnOnce(Box<Expr>) -> ExprKind) -> ExprKind {
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

    fn pair(&mut self, node: Node<'t>) -> (Expr, Expr) {
        let children = self.children(node);
        let key = self.field_expression(&children, fields().key, node);
        (key, self.field_expression(&children, fields().value, node))
    }

    /// Left-associative chains are lowered in a loop: they may have thousands of terms.
    fn chain(&mut self, node: Node<'t>) -> Expr {
        let mut links = Vec::new();
        let mut head = node;
        loop {
            let kind = Kind::of(head);
            let inside = match kind {
                Kind::Attribute => head.child_by_field_id(fields().object.map_or(0, NonZeroU16::get)),
                Kind::Call => head.child_by_field_id(fields().function.map_or(0, NonZeroU16::get)),
                Kind::Subscript => head.child_by_field_id(fields().value.map_or(0, NonZeroU16::get)),
                Kind::BinaryOperator => head.child_by_field_id(fields().left.map_or(0, NonZeroU16::get)),
                Kind::UnionType | Kind::MemberType => head.named_child(0),
                Kind::Type if !links.is_empty() => {
                    head = match head.named_child(0) {
                        Some(inner) => inner,
                        None => return self.invalid(node),
                    };
                    continue;
                }
                _ => break,
            };
            links.push((kind, head));
            match inside {
                Some(inside) => head = inside,
                None => return self.invalid(node),
            }
        }
        if links.len() > MAX_CHAIN {
            let span = self.span(node);
            self.error(span, "nested too deep");
            return self.invalid(node);
        }
        let mut expr = self.expression(head);
        while let Some((kind, node)) = links.pop() {
            let kind = self.link(kind, node, Box::new(expr));
            expr = Expr {
                kind,
                span: self.span(node),
            };
        }
        expr
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
            Kind::Subscript => ExprKind::Subscript(inside, Box::new(self.subscripts(&children))),
            _ => {
                let op = children
                    .iter()
                    .find(|child| !child.node.is_named())
                    .map(|op| self.text(op.node));
                let right = children.iter().rfind(|child| child.node.is_named());
                match (op.and_then(binary_op), right) {
                    (Some(op), Some(right)) => {
                        ExprKind::Binary(inside, op, Box::new(self.expression(right.node)))
                    }
                    _ => ExprKind::Invalid,
                }
            }
        }
    }

    /// What stands between the brackets of a subscript.
    fn subscripts(&mut self, children: &[Child<'t>]) -> Expr {
        let found: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().subscript && child.node.is_named())
            .collect();
        self.subscript_items(&found, has(children, Kind::Comma))
    }

    fn subscript_items(&mut self, found: &[&Child<'t>], comma: bool) -> Expr {
        match found {
            [] => Expr {
                kind: ExprKind::Invalid,
                span: super::ast::Span::default(),
            },
            [only] if !comma && only.kind != Kind::ListSplat => self.expression(only.node),
            [first, ..] => {
                let end = found.last().map_or(0, |last| last.node.end_byte());
                let span = self.span_between(first.node.start_byte(), end);
                let items = found.iter().map(|child| self.expression(child.node)).collect();
                Expr {
                    kind: ExprKind::Tuple(items),
                    span,
                }
            }
        }
    }

    /// `list[int]` where the grammar expects a type.
    fn generic_type(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let [base, list] = children[..] else {
            return ExprKind::Invalid;
        };
        let base = Box::new(self.expression(base.node));
        let parts = self.children(list.node);
        let found: Vec<_> = parts.iter().filter(|child| child.node.is_named()).collect();
        ExprKind::Subscript(
            base,
            Box::new(self.subscript_items(&found, has(&parts, Kind::Comma))),
        )
    }

    /// `a:b` where the grammar expects a type: a slice.
    fn constrained_type(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let mut parts = children.iter().map(|child| Box::new(self.expression(child.node)));
        let (start, end) = (parts.next(), parts.next());
        ExprKind::Slice(start, end, None)
    }

    fn slice_expression(&mut self, node: Node<'t>) -> ExprKind {
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

    fn unary(&mut self, node: Node<'t>) -> ExprKind {
        let op = match self.children(node).first().map(|op| op.kind) {
            Some(Kind::Minus) => UnaryOp::Neg,
            Some(Kind::Plus) => UnaryOp::Pos,
            _ => UnaryOp::Invert,
        };
        self.first(node, |inner| ExprKind::Unary(op, inner))
    }

    /// `a and b and c` is one node here and nests to the left in tree-sitter's tree.
    fn boolean(&mut self, node: Node<'t>) -> ExprKind {
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

    fn comparison(&mut self, node: Node<'t>) -> ExprKind {
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

    fn conditional(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let [body, test, orelse] = children[..] else {
            return ExprKind::Invalid;
        };
        let body = Box::new(self.expression(body.node));
        let test = Box::new(self.expression(test.node));
        ExprKind::IfExp {
            test,
            body,
            orelse: Box::new(self.expression(orelse.node)),
        }
    }

    fn named(&mut self, node: Node<'t>) -> ExprKind {
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

    fn yield_expression(&mut self, node: Node<'t>) -> ExprKind {
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

    fn comprehension(&mut self, kind: Kind, node: Node<'t>) -> ExprKind {
        let children = self.named_children(node);
        let Some(body) = in_field(&children, fields().body) else {
            return ExprKind::Invalid;
        };
        let mut clauses: Vec<Comprehension> = Vec::new();
        for child in &children {
            match child.kind {
                Kind::ForInClause => clauses.push(self.for_clause(child.node)),
                Kind::IfClause => {
                    let condition = self.named_children(child.node).first().copied();
                    let condition = condition.map(|condition| self.expression(condition.node));
                    if let Some(clause) = clauses.last_mut() {
                        clause.conditions.extend(condition);
                    }
                }
                _ => {}
            }
        }
        if kind == Kind::DictionaryComprehension {
            let (key, value) = self.pair(body);
            return ExprKind::DictComp(Box::new(key), Box::new(value), clauses);
        }
        let body = Box::new(self.expression(body));
        match kind {
            Kind::ListComprehension => ExprKind::ListComp(body, clauses),
            Kind::SetComprehension => ExprKind::SetComp(body, clauses),
            _ => ExprKind::Generator(body, clauses),
        }
    }

    fn for_clause(&mut self, node: Node<'t>) -> Comprehension {
        let children = self.children(node);
        let target = self.field_expression(&children, fields().left, node);
        let iters: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().right && child.node.is_named())
            .collect();
        let iter = match iters[..] {
            [] => self.invalid(node),
            _ => self.subscript_items(&iters, false),
        };
        Comprehension {
            target,
            iter,
            conditions: Vec::new(),
            is_async: has(&children, Kind::Async),
        }
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
