//! Comprehensions and generator expressions.

use tree_sitter::Node;

use super::ast::{Comprehension, ExprKind};
use super::kind::{Kind, fields};
use super::lower::{Lower, has, in_field};

impl<'t> Lower<'t> {
    pub(super) fn comprehension(&mut self, kind: Kind, node: Node<'t>) -> ExprKind {
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

    pub(super) fn for_clause(&mut self, node: Node<'t>) -> Comprehension {
        let children = self.children(node);
        let target = self.field_expression(&children, fields().left, node);
        let iters: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().right && child.node.is_named())
            .collect();
        let iter = self.items_or_one(&iters, false, node);
        Comprehension {
            target,
            iter,
            conditions: Vec::new(),
            is_async: has(&children, Kind::Async),
        }
    }
}
