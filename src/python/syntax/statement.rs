//! Statements.

use ecow::EcoString;
use tree_sitter::Node;

use super::ast::{BinaryOp, Expr, ExprKind, Stmt, StmtKind};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has, in_field};
use super::scope::Scope;

impl<'t> Lower<'t> {
    /// The statements of the file.
    pub(super) fn module(&mut self, root: Node<'t>) -> Vec<Stmt> {
        self.scopes.push(Scope::class());
        let mut body = Vec::new();
        if Kind::of(root) == Kind::Error {
            self.salvage(root, &mut body);
        } else {
            self.statements(root, &mut body);
        }
        self.scopes.pop();
        body
    }

    /// The statements of a `block`, none if it is absent.
    pub(super) fn block(&mut self, block: Option<Node<'t>>) -> Vec<Stmt> {
        let mut body = Vec::new();
        if let Some(block) = block {
            self.statements(block, &mut body);
            if block.named_child_count() == 0 {
                let span = self.span(block);
                self.error(span, "an indented block is missing");
            }
        }
        body
    }

    fn statements(&mut self, parent: Node<'t>, into: &mut Vec<Stmt>) {
        let mut cursor = parent.walk();
        let mut more = cursor.goto_first_child();
        while more {
            let node = cursor.node();
            if node.is_named() {
                self.statement(node, into);
            }
            more = cursor.goto_next_sibling();
        }
    }

    /// Lowers what may stand where a statement does.
    fn statement(&mut self, node: Node<'t>, into: &mut Vec<Stmt>) {
        let kind = match Kind::of(node) {
            Kind::Comment | Kind::LineContinuation => return,
            Kind::Error => return self.salvage(node, into),
            Kind::Block => return self.statements(node, into),
            kind => kind,
        };
        let lowered = self.deeper(node, |this| this.statement_kind(kind, node));
        if let Some(Some(lowered)) = lowered {
            into.push(Stmt {
                kind: lowered,
                span: self.definition_span(kind, node),
            });
        }
    }

    /// Keeps the whole statements inside text that could not be parsed.
    fn salvage(&mut self, error: Node<'t>, into: &mut Vec<Stmt>) {
        let _ = self.deeper(error, |this| {
            let mut cursor = error.walk();
            let mut more = cursor.goto_first_child();
            while more {
                let node = cursor.node();
                let kind = Kind::of(node);
                if is_statement(kind) || matches!(kind, Kind::Error | Kind::Block) {
                    this.statement(node, into);
                }
                more = cursor.goto_next_sibling();
            }
        });
    }

    fn statement_kind(&mut self, kind: Kind, node: Node<'t>) -> Option<StmtKind> {
        Some(match kind {
            Kind::ExpressionStatement => return self.expression_statement(node),
            Kind::FunctionDefinition => self.function(node, Vec::new()),
            Kind::ClassDefinition => self.class(node, Vec::new()),
            Kind::DecoratedDefinition => return self.decorated(node),
            Kind::ImportStatement => self.import(node),
            Kind::ImportFromStatement | Kind::FutureImportStatement => self.import_from(node),
            Kind::IfStatement => self.if_statement(node),
            Kind::ForStatement => self.for_statement(node),
            Kind::WhileStatement => self.while_statement(node),
            Kind::TryStatement => self.try_statement(node),
            Kind::WithStatement => self.with_statement(node),
            Kind::MatchStatement => self.match_statement(node),
            Kind::ReturnStatement => StmtKind::Return(self.only_expression(node)),
            Kind::RaiseStatement => self.raise(node),
            Kind::AssertStatement => self.assert(node),
            Kind::DeleteStatement => self.delete(node),
            Kind::GlobalStatement | Kind::NonlocalStatement => self.scope_statement(kind, node),
            Kind::TypeAliasStatement => self.type_alias(node),
            Kind::PrintStatement | Kind::ExecStatement => self.python2_statement(node),
            Kind::PassStatement => StmtKind::Pass,
            Kind::BreakStatement => StmtKind::Break,
            Kind::ContinueStatement => StmtKind::Continue,
            _ => return None,
        })
    }

    /// The only expression among a node's children: `return a, b` holds one `expression_list`.
    pub(super) fn only_expression(&mut self, node: Node<'t>) -> Option<Expr> {
        let children = self.named_children(node);
        children.first().map(|child| self.expression(child.node))
    }

    fn expression_statement(&mut self, node: Node<'t>) -> Option<StmtKind> {
        let children = self.children(node);
        let first = children.first()?;
        match first.kind {
            Kind::Assignment => return Some(self.assignment(first.node)),
            Kind::AugmentedAssignment => return Some(self.augmented(first.node)),
            _ => {}
        }
        if has(&children, Kind::Comma) {
            let items = children.iter().filter(|child| child.node.is_named());
            let items = items.map(|child| self.expression(child.node)).collect();
            return Some(StmtKind::Expr(Expr {
                kind: ExprKind::Tuple(items),
                span: self.span(node),
            }));
        }
        Some(StmtKind::Expr(self.expression(first.node)))
    }

    /// `a = b = value` is nested to the right in tree-sitter's tree and flat in ours.
    fn assignment(&mut self, node: Node<'t>) -> StmtKind {
        let mut targets = Vec::new();
        let mut node = node;
        loop {
            let children = self.children(node);
            let target = self.field_expression(&children, fields().left, node);
            let right = in_field(&children, fields().right);
            if let Some(annotation) = in_field(&children, fields().ty) {
                // `(x): int` declares nothing.
                if in_field(&children, fields().left).is_some_and(|left| Kind::of(left) == Kind::Identifier) {
                    self.bind_target(&target);
                }
                let annotation = self.expression(annotation).into();
                return StmtKind::AnnAssign {
                    target,
                    annotation,
                    value: right.map(|value| self.expression(value)),
                };
            }
            self.bind_target(&target);
            targets.push(target);
            match right {
                Some(next) if Kind::of(next) == Kind::Assignment => node = next,
                Some(value) => {
                    return StmtKind::Assign {
                        targets,
                        value: self.expression(value),
                    };
                }
                None => {
                    return StmtKind::Assign {
                        targets,
                        value: self.invalid(node),
                    };
                }
            }
        }
    }

    fn augmented(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let target = self.field_expression(&children, fields().left, node);
        self.bind_target(&target);
        let op = in_field(&children, fields().operator).map(|op| self.text(op));
        let op = op.and_then(assignment_op).unwrap_or(BinaryOp::Add);
        StmtKind::AugAssign {
            target,
            op,
            value: self.field_expression(&children, fields().right, node),
        }
    }

    fn raise(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.named_children(node);
        let exception = children.iter().find(|child| child.field != fields().cause);
        let exception = exception.map(|child| self.expression(child.node));
        let cause = in_field(&children, fields().cause).map(|cause| self.expression(cause));
        StmtKind::Raise { exception, cause }
    }

    fn assert(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.named_children(node);
        let mut parts = children.iter().map(|child| child.node);
        let test = self.expression_or_invalid(parts.next(), node);
        StmtKind::Assert {
            test,
            message: parts.next().map(|message| self.expression(message)),
        }
    }

    fn delete(&mut self, node: Node<'t>) -> StmtKind {
        let mut children = self.named_children(node);
        if let [
            Child {
                node: list,
                kind: Kind::ExpressionList,
                ..
            },
        ] = children[..]
        {
            children = self.named_children(list);
        }
        let targets: Vec<_> = children.iter().map(|child| self.expression(child.node)).collect();
        for target in &targets {
            self.bind_target(target);
        }
        StmtKind::Delete(targets)
    }

    fn scope_statement(&mut self, kind: Kind, node: Node<'t>) -> StmtKind {
        let names: Vec<_> = self
            .named_children(node)
            .iter()
            .map(|child| self.name(child.node))
            .collect();
        self.bind_elsewhere(&names);
        if kind == Kind::GlobalStatement {
            StmtKind::Global(names)
        } else {
            StmtKind::Nonlocal(names)
        }
    }

    /// `print x` and `exec x` of Python 2, which the grammar still knows: kept as calls, with a problem.
    /// `print >>file, x` is a shift and a tuple in Python 3.
    fn python2_statement(&mut self, node: Node<'t>) -> StmtKind {
        let span = self.span(node);
        let name: EcoString = self
            .text(node)
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        let callee = Box::new(Expr {
            kind: ExprKind::Name(name),
            span,
        });
        let children = self.named_children(node);
        let mut items: Vec<_> = children
            .iter()
            .skip(1)
            .map(|child| self.expression(child.node))
            .collect();
        let Some(Child {
            node: chevron,
            kind: Kind::Chevron,
            ..
        }) = children.first().copied()
        else {
            self.error(span, "a statement of Python 2: parentheses are missing");
            return StmtKind::Expr(Expr {
                kind: ExprKind::Call(callee, Vec::new()),
                span,
            });
        };
        let file = self.only_expression(chevron);
        let file = Box::new(file.unwrap_or_else(|| self.invalid(chevron)));
        let shift = Expr {
            kind: ExprKind::Binary(callee, BinaryOp::RShift, file),
            span,
        };
        if items.is_empty() {
            return StmtKind::Expr(shift);
        }
        items.insert(0, shift);
        StmtKind::Expr(Expr {
            kind: ExprKind::Tuple(items),
            span,
        })
    }
}

fn is_statement(kind: Kind) -> bool {
    use Kind as K;
    matches!(
        kind,
        K::ExpressionStatement
            | K::FunctionDefinition
            | K::ClassDefinition
            | K::DecoratedDefinition
            | K::ImportStatement
            | K::ImportFromStatement
            | K::FutureImportStatement
            | K::IfStatement
            | K::ForStatement
            | K::WhileStatement
            | K::TryStatement
            | K::WithStatement
            | K::MatchStatement
            | K::ReturnStatement
            | K::RaiseStatement
            | K::AssertStatement
            | K::DeleteStatement
            | K::GlobalStatement
            | K::NonlocalStatement
            | K::TypeAliasStatement
            | K::PassStatement
            | K::BreakStatement
            | K::ContinueStatement
    )
}

fn assignment_op(text: &str) -> Option<BinaryOp> {
    Some(match text {
        "+=" => BinaryOp::Add,
        "-=" => BinaryOp::Sub,
        "*=" => BinaryOp::Mult,
        "@=" => BinaryOp::MatMult,
        "/=" => BinaryOp::Div,
        "//=" => BinaryOp::FloorDiv,
        "%=" => BinaryOp::Mod,
        "**=" => BinaryOp::Pow,
        "<<=" => BinaryOp::LShift,
        ">>=" => BinaryOp::RShift,
        "|=" => BinaryOp::BitOr,
        "^=" => BinaryOp::BitXor,
        "&=" => BinaryOp::BitAnd,
        _ => return None,
    })
}
