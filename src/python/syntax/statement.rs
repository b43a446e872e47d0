//! Statements.

use ecow::EcoString;
use tree_sitter::Node;

use super::ast::{BinaryOp, ExceptHandler, Expr, ExprKind, ImportAlias, MatchCase, Stmt, StmtKind};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, has, in_field, of_kind};
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
    fn only_expression(&mut self, node: Node<'t>) -> Option<Expr> {
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
            self.bind_target(&target);
            let right = in_field(&children, fields().right);
            if let Some(annotation) = in_field(&children, fields().ty) {
                let annotation = self.expression(annotation).into();
                return StmtKind::AnnAssign {
                    target,
                    annotation,
                    value: right.map(|value| self.expression(value)),
                };
            }
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
        let op = op
            .and_then(|op| binary_op(op.trim_end_matches('=')))
            .unwrap_or(BinaryOp::Add);
        StmtKind::AugAssign {
            target,
            op,
            value: self.field_expression(&children, fields().right, node),
        }
    }

    fn import(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let names = self.import_names(&children, true);
        StmtKind::Import(names)
    }

    fn import_from(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let mut module = EcoString::new();
        let mut level = 0;
        match in_field(&children, fields().module_name) {
            Some(name) if Kind::of(name) == Kind::RelativeImport => {
                for part in self.named_children(name) {
                    match part.kind {
                        Kind::ImportPrefix => level = self.text(part.node).matches('.').count() as u32,
                        _ => module = self.dotted_text(part.node),
                    }
                }
            }
            Some(name) => module = self.dotted_text(name),
            None => module.push_str("__future__"),
        }
        let mut names = self.import_names(&children, false);
        if let Some(star) = of_kind(&children, Kind::WildcardImport) {
            names.push(ImportAlias {
                name: "*".into(),
                alias: None,
                span: self.span(star),
            });
        }
        StmtKind::ImportFrom { module, level, names }
    }

    /// The names imported; `import a.b` binds `a`.
    fn import_names(&mut self, children: &[Child<'t>], binds_first_part: bool) -> Vec<ImportAlias> {
        let mut names = Vec::new();
        for child in children.iter().filter(|child| child.field == fields().name) {
            let (name, alias) = if child.kind == Kind::AliasedImport {
                let parts = self.children(child.node);
                let name = in_field(&parts, fields().name)
                    .map(|name| self.dotted_text(name))
                    .unwrap_or_default();
                (
                    name,
                    in_field(&parts, fields().alias).map(|alias| self.name(alias)),
                )
            } else {
                (self.dotted_text(child.node), None)
            };
            match &alias {
                Some(alias) => self.bind(alias),
                None if binds_first_part => self.bind(&name.split('.').next().unwrap_or_default().into()),
                None => self.bind(&name),
            }
            names.push(ImportAlias {
                name,
                alias,
                span: self.span(child.node),
            });
        }
        names
    }

    /// A dotted name without the blanks that may stand around its dots.
    pub(super) fn dotted_text(&self, node: Node<'t>) -> EcoString {
        let text = self.text(node);
        if text
            .bytes()
            .all(|byte| byte == b'.' || byte == b'_' || byte.is_ascii_alphanumeric())
        {
            return text.into();
        }
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\\')
            .collect()
    }

    /// `elif` clauses stand side by side in tree-sitter's tree and nest in ours.
    fn if_statement(&mut self, node: Node<'t>) -> StmtKind {
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
    fn else_suite(&mut self, children: &[Child<'t>]) -> Vec<Stmt> {
        let Some(clause) = of_kind(children, Kind::ElseClause) else {
            return Vec::new();
        };
        let parts = self.children(clause);
        self.block(in_field(&parts, fields().body))
    }

    fn for_statement(&mut self, node: Node<'t>) -> StmtKind {
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

    fn while_statement(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let test = self.field_expression(&children, fields().condition, node);
        let body = self.block(in_field(&children, fields().body));
        let orelse = self.else_suite(&children);
        StmtKind::While { test, body, orelse }
    }

    fn try_statement(&mut self, node: Node<'t>) -> StmtKind {
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

    fn handler(&mut self, node: Node<'t>) -> ExceptHandler {
        let children = self.children(node);
        let mut values: Vec<_> = children
            .iter()
            .filter(|child| child.field == fields().value)
            .copied()
            .collect();
        let mut alias = in_field(&children, fields().alias);
        if let [
            Child {
                node: value,
                kind: Kind::AsPattern,
                ..
            },
        ] = values[..]
        {
            values = self.named_children(value);
            alias = values.pop().map(|target| target.node);
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

    fn with_statement(&mut self, node: Node<'t>) -> StmtKind {
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

    fn with_item(&mut self, value: Child<'t>, items: &mut Vec<(Expr, Option<Expr>)>) {
        if value.kind != Kind::AsPattern {
            items.push((self.expression(value.node), None));
            return;
        }
        let parts = self.named_children(value.node);
        let context = parts.first().map(|part| self.expression(part.node));
        let target = of_kind(&parts, Kind::AsPatternTarget).map(|target| self.expression(target));
        if let Some(target) = &target {
            self.bind_target(target);
        }
        items.push((context.unwrap_or_else(|| self.invalid(value.node)), target));
    }

    fn match_statement(&mut self, node: Node<'t>) -> StmtKind {
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

    fn case(&mut self, node: Node<'t>) -> MatchCase {
        let children = self.children(node);
        let pattern = self.case_patterns(&children);
        self.bind_pattern(&pattern);
        let guard = in_field(&children, fields().guard).and_then(|guard| self.only_expression(guard));
        let body = self.block(in_field(&children, fields().consequence));
        MatchCase { pattern, guard, body }
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
    fn python2_statement(&mut self, node: Node<'t>) -> StmtKind {
        let span = self.span(node);
        self.error(span, "a statement of Python 2: parentheses are missing");
        let name: EcoString = self
            .text(node)
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        let callee = Expr {
            kind: ExprKind::Name(name),
            span,
        };
        StmtKind::Expr(Expr {
            kind: ExprKind::Call(Box::new(callee), Vec::new()),
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

/// The operator written as `text`.
pub(super) fn binary_op(text: &str) -> Option<BinaryOp> {
    Some(match text {
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Sub,
        "*" => BinaryOp::Mult,
        "@" => BinaryOp::MatMult,
        "/" => BinaryOp::Div,
        "//" => BinaryOp::FloorDiv,
        "%" => BinaryOp::Mod,
        "**" => BinaryOp::Pow,
        "<<" => BinaryOp::LShift,
        ">>" => BinaryOp::RShift,
        "|" => BinaryOp::BitOr,
        "^" => BinaryOp::BitXor,
        "&" => BinaryOp::BitAnd,
        _ => return None,
    })
}
