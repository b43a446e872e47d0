//! Statements with suites.

use tree_sitter::Node;

use super::ast::{ExceptHandler, Expr, ExprKind, MatchCase, Stmt, StmtKind};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has, in_field, of_kind};

impl<'t> Lower<'t> {
    /// `elif` clauses stand side by side in tree-sitter's tree and nest in ours.
    pub(super) fn if_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let test = self.field_expression(&children, fields().condition, node);
        let body = self.block(in_field(&children, fields().consequence));
        let mut clauses = Vec::new();
        let mut orelse = Vec::new();
        for clause in children
            .iter()
            .filter(|child| child.field == fields().alternative)
        {
            let parts = self.children(clause.node);
            if clause.kind == Kind::ElifClause {
                let test = self.field_expression(&parts, fields().condition, clause.node);
                let body = self.block(in_field(&parts, fields().consequence));
                clauses.push((clause.node, test, body));
            } else {
                orelse = self.block(in_field(&parts, fields().body));
            }
        }
        for (clause, test, body) in clauses.into_iter().rev() {
            let span = self.span_between(clause.start_byte(), node.end_byte());
            orelse = vec![Stmt {
                kind: StmtKind::If { test, body, orelse },
                span,
            }];
        }
        StmtKind::If { test, body, orelse }
    }

    /// The suite of an `else` that stands in the field `alternative` or nowhere in particular.
    pub(super) fn else_suite(&mut self, children: &[Child<'t>]) -> Vec<Stmt> {
        let Some(clause) = of_kind(children, Kind::ElseClause) else {
            return Vec::new();
        };
        let parts = self.children(clause);
        self.block(in_field(&parts, fields().body))
    }

    pub(super) fn for_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let target = self.field_expression(&children, fields().left, node);
        self.bind_target(&target);
        let iter = self.field_expression(&children, fields().right, node);
        let body = self.block(in_field(&children, fields().body));
        let orelse = self.else_suite(&children);
        StmtKind::For {
            target,
            iter,
            body,
            orelse,
            is_async: has(&children, Kind::Async),
        }
    }

    pub(super) fn while_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let test = self.field_expression(&children, fields().condition, node);
        let body = self.block(in_field(&children, fields().body));
        let orelse = self.else_suite(&children);
        StmtKind::While { test, body, orelse }
    }

    pub(super) fn try_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let body = self.block(in_field(&children, fields().body));
        let mut handlers = Vec::new();
        for clause in children.iter().filter(|child| child.kind == Kind::ExceptClause) {
            handlers.push(self.handler(clause.node));
        }
        let orelse = self.else_suite(&children);
        let finalbody = match of_kind(&children, Kind::FinallyClause) {
            Some(clause) => {
                let parts = self.children(clause);
                self.block(of_kind(&parts, Kind::Block))
            }
            None => Vec::new(),
        };
        StmtKind::Try {
            body,
            handlers,
            orelse,
            finalbody,
        }
    }

    pub(super) fn handler(&mut self, node: Node<'t>) -> ExceptHandler {
        let children = self.children(node);
        let values: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().value)
            .collect();
        let mut alias = in_field(&children, fields().alias);
        if let [only] = values[..] {
            alias = alias.or_else(|| self.as_target(*only));
        }
        let name = alias.map(|alias| self.name(alias));
        if let Some(name) = &name {
            self.bind(name);
        }
        let exception = match values[..] {
            [] => None,
            [value] => Some(self.expression(value.node)),
            [first, .., last] => {
                let items = values.iter().map(|value| self.expression(value.node)).collect();
                let span = self.span_between(first.node.start_byte(), last.node.end_byte());
                Some(Expr {
                    kind: ExprKind::Tuple(items),
                    span,
                })
            }
        };
        ExceptHandler {
            exception,
            name,
            body: self.block(of_kind(&children, Kind::Block)),
            is_star: children
                .iter()
                .any(|child| !child.node.is_named() && self.text(child.node) == "*"),
            span: self.span(node),
        }
    }

    pub(super) fn with_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let mut items = Vec::new();
        if let Some(clause) = of_kind(&children, Kind::WithClause) {
            let found = self.named_children(clause);
            let alone = found.len() == 1;
            for item in found {
                let value = self.named_children(item.node).first().copied();
                let Some(value) = value else { continue };
                if alone && matches!(value.kind, Kind::Tuple | Kind::ParenthesizedExpression) {
                    for inner in self.named_children(value.node) {
                        self.with_item(inner, &mut items);
                    }
                } else {
                    self.with_item(value, &mut items);
                }
            }
        }
        let body = self.block(in_field(&children, fields().body));
        StmtKind::With {
            items,
            body,
            is_async: has(&children, Kind::Async),
        }
    }

    pub(super) fn with_item(&mut self, value: Child<'t>, items: &mut Vec<(Expr, Option<Expr>)>) {
        let context = self.expression(value.node);
        let target = self.as_target(value).map(|target| self.expression(target));
        if let Some(target) = &target {
            self.bind_target(target);
        }
        items.push((context, target));
    }

    /// The target of `value as target`. In `a if b else c as target` the grammar takes it into the last operand.
    pub(super) fn as_target(&mut self, value: Child<'t>) -> Option<Node<'t>> {
        let mut value = value;
        while value.kind == Kind::ConditionalExpression {
            value = *self.named_children(value.node).last()?;
        }
        if value.kind != Kind::AsPattern {
            return None;
        }
        of_kind(&self.named_children(value.node), Kind::AsPatternTarget)
    }

    pub(super) fn match_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let subjects: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().subject && child.node.is_named())
            .collect();
        let comma = children.iter().any(|child| child.kind == Kind::Comma);
        let subject = match subjects[..] {
            [subject] if !comma => self.expression(subject.node),
            [] => self.invalid(node),
            [first, ..] => {
                let span = self.span_between(
                    first.node.start_byte(),
                    subjects.last().map_or(0, |last| last.node.end_byte()),
                );
                let items = subjects
                    .iter()
                    .map(|subject| self.expression(subject.node))
                    .collect();
                Expr {
                    kind: ExprKind::Tuple(items),
                    span,
                }
            }
        };
        let mut cases = Vec::new();
        if let Some(block) = in_field(&children, fields().body) {
            for clause in self.named_children(block) {
                if clause.kind == Kind::CaseClause {
                    cases.push(self.case(clause.node));
                }
            }
        }
        StmtKind::Match { subject, cases }
    }

    pub(super) fn case(&mut self, node: Node<'t>) -> MatchCase {
        let children = self.children(node);
        let pattern = self.case_patterns(&children);
        self.bind_pattern(&pattern);
        let guard = in_field(&children, fields().guard).and_then(|guard| self.only_expression(guard));
        let body = self.block(in_field(&children, fields().consequence));
        MatchCase { pattern, guard, body }
    }
}
