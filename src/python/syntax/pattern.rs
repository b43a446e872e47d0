//! The patterns of `match`.

use tree_sitter::Node;

use super::ast::{BinaryOp, Expr, ExprKind, Pattern, UnaryOp};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has, of_kind};

const NOTHING: Pattern = Pattern::As {
    pattern: None,
    name: None,
};

impl<'t> Lower<'t> {
    /// The patterns directly inside a `case`: several, or one with a comma, are a sequence.
    pub(super) fn case_patterns(&mut self, children: &[Child<'t>]) -> Pattern {
        let mut found: Vec<_> = children
            .iter()
            .filter(|child| child.kind == Kind::CasePattern)
            .map(|child| self.case_pattern(child.node))
            .collect();
        if has(children, Kind::Comma) || found.len() > 1 {
            return Pattern::Sequence(found);
        }
        found.pop().unwrap_or(NOTHING)
    }

    fn case_pattern(&mut self, node: Node<'t>) -> Pattern {
        let lowered = self.deeper(node, |this| {
            let children = this.children(node);
            this.simple_pattern(&children)
        });
        lowered.unwrap_or(NOTHING)
    }

    /// A pattern that is given by the nodes that it consists of: a number may have a sign of its own before it.
    fn simple_pattern(&mut self, nodes: &[Child<'t>]) -> Pattern {
        let negative = has(nodes, Kind::Minus);
        let Some(&child) = nodes.iter().find(|child| child.kind != Kind::Minus) else {
            return NOTHING;
        };
        let node = child.node;
        match child.kind {
            Kind::True | Kind::False | Kind::None => Pattern::Singleton(self.expression(node)),
            Kind::Integer | Kind::Float => Pattern::Value(self.signed(node, negative)),
            Kind::String | Kind::ConcatenatedString => Pattern::Value(self.expression(node)),
            Kind::ComplexPattern => Pattern::Value(self.complex(node)),
            Kind::DottedName | Kind::Identifier => self.capture_or_value(node),
            Kind::SplatPattern => {
                let name = self.named_children(node).first().map(|name| self.name(name.node));
                Pattern::Star(name.filter(|name| name != "_"))
            }
            Kind::UnionPattern => self.union(node),
            Kind::ListPattern => Pattern::Sequence(self.pattern_items(node)),
            Kind::TuplePattern => self.group_or_sequence(node),
            Kind::DictPattern => self.mapping(node),
            Kind::ClassPattern => self.class_pattern(node),
            Kind::AsPattern => self.as_pattern(node),
            _ => NOTHING,
        }
    }

    fn capture_or_value(&mut self, node: Node<'t>) -> Pattern {
        let name = self.dotted_text(node);
        match name.as_str() {
            "_" => NOTHING,
            text if text.contains('.') => Pattern::Value(self.dotted_name(node)),
            _ => Pattern::As {
                pattern: None,
                name: Some(name),
            },
        }
    }

    fn signed(&mut self, node: Node<'t>, negative: bool) -> Expr {
        let number = self.expression(node);
        if !negative {
            return number;
        }
        let span = number.span;
        Expr {
            kind: ExprKind::Unary(UnaryOp::Neg, Box::new(number)),
            span,
        }
    }

    fn complex(&mut self, node: Node<'t>) -> Expr {
        let children = self.children(node);
        let negative = children.first().is_some_and(|child| child.kind == Kind::Minus);
        let numbers: Vec<_> = children.iter().filter(|child| child.node.is_named()).collect();
        let [real, imaginary] = numbers[..] else {
            return self.invalid(node);
        };
        let skip = usize::from(negative) + 1;
        let minus = children.get(skip).is_some_and(|op| op.kind == Kind::Minus);
        let op = if minus { BinaryOp::Sub } else { BinaryOp::Add };
        let left = Box::new(self.signed(real.node, negative));
        let right = Box::new(self.expression(imaginary.node));
        Expr {
            kind: ExprKind::Binary(left, op, right),
            span: self.span(node),
        }
    }

    fn union(&mut self, node: Node<'t>) -> Pattern {
        let children = self.children(node);
        let parts = children.split(|child| child.kind == Kind::Pipe);
        let mut all = Vec::new();
        for part in parts {
            match self.simple_pattern(part) {
                // The grammar nests unions to either side; Python has one flat list.
                Pattern::Or(inner) if has(part, Kind::UnionPattern) => all.extend(inner),
                other => all.push(other),
            }
        }
        Pattern::Or(all)
    }

    fn pattern_items(&mut self, node: Node<'t>) -> Vec<Pattern> {
        let children = self.named_children(node);
        children
            .iter()
            .map(|child| self.case_pattern(child.node))
            .collect()
    }

    fn group_or_sequence(&mut self, node: Node<'t>) -> Pattern {
        let comma = has(&self.children(node), Kind::Comma);
        let mut items = self.pattern_items(node);
        match items.pop() {
            Some(only) if !comma && items.is_empty() && !matches!(only, Pattern::Star(_)) => only,
            last => {
                items.extend(last);
                Pattern::Sequence(items)
            }
        }
    }

    fn mapping(&mut self, node: Node<'t>) -> Pattern {
        let children = self.children(node);
        let mut items = Vec::new();
        let mut rest = None;
        for entry in children.split(|child| child.kind == Kind::Comma) {
            let key: Vec<_> = entry
                .iter()
                .filter(|child| child.field == fields().key)
                .copied()
                .collect();
            if let Some(splat) = of_kind(entry, Kind::SplatPattern) {
                rest = self
                    .named_children(splat)
                    .first()
                    .map(|name| self.name(name.node));
            } else if let Some(value) = of_kind(entry, Kind::CasePattern) {
                let key = match self.simple_pattern(&key) {
                    Pattern::Value(key) | Pattern::Singleton(key) => key,
                    _ => self.invalid(node),
                };
                items.push((key, self.case_pattern(value)));
            }
        }
        Pattern::Mapping { items, rest }
    }

    fn class_pattern(&mut self, node: Node<'t>) -> Pattern {
        let children = self.named_children(node);
        let class = match of_kind(&children, Kind::DottedName) {
            Some(name) => self.dotted_name(name),
            None => self.invalid(node),
        };
        let mut positional = Vec::new();
        let mut keyword = Vec::new();
        for child in children.iter().filter(|child| child.kind == Kind::CasePattern) {
            let mut inner = self.children(child.node);
            let mut alias = None;
            // `Point(x=1 as one)` binds the alias around the keyword in the grammar.
            if let Some(outer) = of_kind(&inner, Kind::AsPattern) {
                let parts = self.named_children(outer);
                if let [Child { node: first, .. }, name] = parts[..] {
                    let within = self.children(first);
                    if has(&within, Kind::KeywordPattern) {
                        (inner, alias) = (within, Some(self.name(name.node)));
                    }
                }
            }
            let Some(pair) = of_kind(&inner, Kind::KeywordPattern) else {
                positional.push(self.case_pattern(child.node));
                continue;
            };
            let parts = self.children(pair);
            let Some((name, value)) = parts.split_first() else {
                continue;
            };
            let mut pattern = self.simple_pattern(value.get(1..).unwrap_or_default());
            if alias.is_some() {
                pattern = Pattern::As {
                    pattern: Some(Box::new(pattern)),
                    name: alias,
                };
            }
            keyword.push((self.name(name.node), pattern));
        }
        Pattern::Class {
            class,
            positional,
            keyword,
        }
    }

    fn as_pattern(&mut self, node: Node<'t>) -> Pattern {
        let children = self.named_children(node);
        let [inner, name] = children[..] else {
            return NOTHING;
        };
        let pattern = Some(Box::new(self.case_pattern(inner.node)));
        Pattern::As {
            pattern,
            name: Some(self.name(name.node)),
        }
    }
}
