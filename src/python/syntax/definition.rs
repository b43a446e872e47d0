//! Functions, classes, their parameters and type parameters.

use std::sync::Arc;

use ecow::EcoString;
use tree_sitter::Node;

use super::ast::{
    Argument, ClassDef, Expr, ExprKind, FunctionBody, FunctionDef, Parameter, ParameterKind, Parameters,
    Span, Stmt, StmtKind, Suite, TypeParam, TypeParamKind,
};
use super::kind::{Kind, fields};
use super::lower::{Lower, has, in_field};
use super::scope::{Scope, docstring};

impl<'t> Lower<'t> {
    /// Where a statement stands; a decorated definition begins behind its decorators.
    pub(super) fn definition_span(&mut self, kind: Kind, node: Node<'t>) -> Span {
        if kind == Kind::DecoratedDefinition {
            let children = self.children(node);
            if let Some(definition) = in_field(&children, fields().definition) {
                return self.span(definition);
            }
        }
        self.span(node)
    }

    pub(super) fn decorated(&mut self, node: Node<'t>) -> Option<StmtKind> {
        let children = self.named_children(node);
        let mut decorators = Vec::new();
        for decorator in children.iter().filter(|child| child.kind == Kind::Decorator) {
            if let Some(expression) = self.named_children(decorator.node).first() {
                decorators.push(self.expression(expression.node));
            }
        }
        let definition = in_field(&children, fields().definition)?;
        Some(match Kind::of(definition) {
            Kind::ClassDefinition => self.class(definition, decorators),
            _ => self.function(definition, decorators),
        })
    }

    pub(super) fn function(&mut self, node: Node<'t>, decorators: Vec<Expr>) -> StmtKind {
        let children = self.children(node);
        let name_node = in_field(&children, fields().name).unwrap_or(node);
        let name = self.name(name_node);
        self.bind(&name);
        let type_params = self.type_params(in_field(&children, fields().type_parameters));
        let parameters = self.parameters(in_field(&children, fields().parameters));
        let returns = in_field(&children, fields().return_type).map(|ty| self.expression(ty).into());
        let body = in_field(&children, fields().body);
        let suite = match body.and_then(|body| self.unread_body(body)) {
            Some(unread) => unread.into(),
            None => self.function_body(body, &parameters).into(),
        };
        StmtKind::FunctionDef(Arc::new(FunctionDef {
            name,
            type_params,
            parameters,
            returns,
            decorators,
            is_async: has(&children, Kind::Async),
            span: self.span(node),
            name_span: self.span(name_node),
            suite,
        }))
    }

    fn function_body(&mut self, block: Option<Node<'t>>, parameters: &Parameters) -> FunctionBody {
        self.open_function(parameters);
        let statements = self.block(block);
        let scope = self.scopes.pop().unwrap_or_default();
        FunctionBody {
            docstring: docstring(&statements),
            statements,
            is_generator: scope.yields,
            locals: scope.into_locals(),
            errors: Vec::new(),
        }
    }

    /// What stands in the function that is all of the text.
    pub(super) fn lone_function_body(&mut self, root: Node<'t>, parameters: &Parameters) -> FunctionBody {
        let function = self.named_children(root).first().map(|child| child.node);
        let children = function
            .map(|function| self.children(function))
            .unwrap_or_default();
        self.function_body(in_field(&children, fields().body), parameters)
    }

    fn open_function(&mut self, parameters: &Parameters) {
        self.scopes.push(Scope::function());
        for parameter in &parameters.all {
            self.bind(&parameter.name);
        }
    }

    pub(super) fn lambda(&mut self, node: Node<'t>) -> ExprKind {
        let children = self.children(node);
        let parameters = self.parameters(in_field(&children, fields().parameters));
        self.open_function(&parameters);
        let body = self.field_expression(&children, fields().body, node);
        let scope = self.scopes.pop().unwrap_or_default();
        let span = self.span(node);
        let statement = Stmt {
            span: body.span,
            kind: StmtKind::Return(Some(body)),
        };
        ExprKind::Lambda(Arc::new(FunctionDef {
            name: "<lambda>".into(),
            type_params: Vec::new(),
            parameters,
            returns: None,
            decorators: Vec::new(),
            is_async: false,
            span,
            name_span: Span {
                start: span.start,
                end: span.start + "lambda".len() as u32,
            },
            suite: Suite::from(FunctionBody {
                statements: vec![statement],
                is_generator: scope.yields,
                docstring: None,
                locals: scope.into_locals(),
                errors: Vec::new(),
            }),
        }))
    }

    pub(super) fn class(&mut self, node: Node<'t>, decorators: Vec<Expr>) -> StmtKind {
        let children = self.children(node);
        let name_node = in_field(&children, fields().name).unwrap_or(node);
        let name = self.name(name_node);
        self.bind(&name);
        let type_params = self.type_params(in_field(&children, fields().type_parameters));
        let arguments = match in_field(&children, fields().superclasses) {
            Some(list) => self.arguments(list),
            None => Vec::new(),
        };
        self.scopes.push(Scope::class());
        let body = self.block(in_field(&children, fields().body));
        self.scopes.pop();
        StmtKind::ClassDef(Arc::new(ClassDef {
            name,
            type_params,
            arguments,
            docstring: docstring(&body),
            body,
            decorators,
            span: self.span(node),
            name_span: self.span(name_node),
        }))
    }

    /// `type Name[T] = value`.
    pub(super) fn type_alias(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let left = in_field(&children, fields().left).and_then(|ty| self.named_children(ty).first().copied());
        let Some(left) = left else {
            return StmtKind::Expr(self.invalid(node));
        };
        let mut name = self.name(left.node);
        let mut type_params = Vec::new();
        match left.kind {
            Kind::Identifier => {}
            Kind::GenericType => {
                let parts = self.named_children(left.node);
                name = parts.first().map(|part| self.name(part.node)).unwrap_or_default();
                type_params = self.type_params(parts.get(1).map(|part| part.node));
            }
            _ => {
                let target = self.type_target(node, left.node);
                return StmtKind::Assign {
                    targets: vec![target],
                    value: self.field_expression(&children, fields().right, node),
                };
            }
        }
        self.bind(&name);
        let value = self.field_expression(&children, fields().right, node);
        StmtKind::TypeAlias {
            name,
            type_params,
            value: Arc::new(value),
        }
    }

    /// `type(x).y = value` is an assignment, which the grammar takes for an alias of the type `(x).y`.
    fn type_target(&mut self, node: Node<'t>, left: Node<'t>) -> Expr {
        let mut target = self.expression(left);
        let start = self.span(left).start;
        let mut head = &mut target;
        let ends = |inner: &Expr| inner.span.start == start;
        loop {
            head = match head {
                Expr {
                    kind: ExprKind::Attribute(inner, _),
                    ..
                }
                | Expr {
                    kind: ExprKind::Call(inner, _),
                    ..
                }
                | Expr {
                    kind: ExprKind::Subscript(inner, _),
                    ..
                } => {
                    let go_on = ends(inner);
                    let inner: &mut Expr = inner;
                    if !go_on {
                        head = inner;
                        break;
                    }
                    inner
                }
                other => {
                    head = other;
                    break;
                }
            };
        }
        let word = self.span_between(node.start_byte(), node.start_byte() + "type".len());
        let callee = Box::new(Expr {
            kind: ExprKind::Name("type".into()),
            span: word,
        });
        let span = Span {
            start: word.start,
            end: head.span.end,
        };
        let kind = std::mem::replace(&mut head.kind, ExprKind::Invalid);
        *head = Expr {
            kind: type_applied(callee, kind, head.span),
            span,
        };
        target
    }

    /// The list in brackets behind a definition's name (PEP 695).
    fn type_params(&mut self, list: Option<Node<'t>>) -> Vec<TypeParam> {
        let Some(list) = list else { return Vec::new() };
        let mut params = Vec::new();
        for ty in self.named_children(list) {
            let Some(inner) = self.named_children(ty.node).first().copied() else {
                continue;
            };
            params.extend(self.type_param(inner.node, inner.kind));
        }
        params
    }

    /// `T`, `*Ts`, `**P`, `T: bound`, and `T: bound = default`, whose `=` recovery has made a colon.
    fn type_param(&mut self, node: Node<'t>, kind: Kind) -> Option<TypeParam> {
        let mut param = TypeParam {
            name: EcoString::new(),
            kind: TypeParamKind::TypeVar,
            bound: None,
            default: None,
        };
        let mut head = Some((node, kind));
        if kind == Kind::ConstrainedType {
            head = None;
            let mut rest = Some(node);
            let mut is_default = false;
            while let Some(node) = rest.take() {
                let children = self.children(node);
                let [left, colon, right] = children[..] else { break };
                self.type_param_part(left.node, is_default, &mut head, &mut param);
                is_default = self.source_byte(colon.node) == Some(b'=');
                match self.named_children(right.node).first() {
                    Some(inner) if inner.kind == Kind::ConstrainedType => rest = Some(inner.node),
                    _ => self.type_param_part(right.node, is_default, &mut head, &mut param),
                }
            }
        }
        let (node, kind) = head?;
        param.name = self.name(node);
        if kind == Kind::SplatType {
            let double = self.text(node).starts_with("**");
            param.kind = if double {
                TypeParamKind::ParamSpec
            } else {
                TypeParamKind::TypeVarTuple
            };
            param.name = self
                .named_children(node)
                .first()
                .map(|name| self.name(name.node))?;
        }
        Some(param)
    }

    /// The first part is the name, what follows a bound or a default.
    fn type_param_part(
        &mut self,
        part: Node<'t>,
        is_default: bool,
        head: &mut Option<(Node<'t>, Kind)>,
        param: &mut TypeParam,
    ) {
        if head.is_none() {
            *head = self
                .named_children(part)
                .first()
                .map(|inner| (inner.node, inner.kind));
            return;
        }
        let value = Some(Arc::new(self.expression(part)));
        if is_default {
            param.default = value
        } else {
            param.bound = value
        }
    }

    fn parameters(&mut self, list: Option<Node<'t>>) -> Parameters {
        let Some(list) = list else {
            return Parameters::default();
        };
        let mut all: Vec<Parameter> = Vec::new();
        let mut kind = ParameterKind::PositionalOrKeyword;
        for child in self.named_children(list) {
            match child.kind {
                Kind::PositionalSeparator => {
                    for parameter in &mut all {
                        parameter.kind = ParameterKind::PositionalOnly;
                    }
                }
                Kind::KeywordSeparator => kind = ParameterKind::KeywordOnly,
                _ => {
                    let parameter = self.parameter(child.node, child.kind, kind);
                    if parameter.kind == ParameterKind::VarPositional {
                        kind = ParameterKind::KeywordOnly;
                    }
                    all.push(parameter);
                }
            }
        }
        Parameters { all }
    }

    fn parameter(&mut self, node: Node<'t>, kind: Kind, usual: ParameterKind) -> Parameter {
        let mut parameter = Parameter {
            name: EcoString::new(),
            kind: usual,
            annotation: None,
            default: None,
            span: self.span(node),
        };
        let children = match kind {
            Kind::TypedParameter | Kind::DefaultParameter | Kind::TypedDefaultParameter => {
                self.named_children(node)
            }
            _ => Vec::new(),
        };
        let (mut name, mut name_kind) = children
            .first()
            .map_or((node, kind), |child| (child.node, child.kind));
        if let Kind::ListSplatPattern | Kind::DictionarySplatPattern = name_kind {
            let single = name_kind == Kind::ListSplatPattern;
            parameter.kind = if single {
                ParameterKind::VarPositional
            } else {
                ParameterKind::VarKeyword
            };
            if let Some(inner) = self.named_children(name).first() {
                (name, name_kind) = (inner.node, inner.kind);
            }
        }
        if name_kind == Kind::Identifier {
            parameter.name = self.name(name);
        } else {
            self.error(parameter.span, "a parameter must be a name");
        }
        parameter.annotation = in_field(&children, fields().ty).map(|ty| self.expression(ty).into());
        parameter.default = in_field(&children, fields().value).map(|value| self.expression(value).into());
        parameter
    }
}

/// What stands behind the word `type`: arguments in parentheses or an index in brackets.
fn type_applied(callee: Box<Expr>, kind: ExprKind, span: Span) -> ExprKind {
    match kind {
        ExprKind::Tuple(items) => {
            ExprKind::Call(callee, items.into_iter().map(Argument::Positional).collect())
        }
        ExprKind::List(mut items) if items.len() == 1 => match items.pop() {
            Some(index) => ExprKind::Subscript(callee, Box::new(index)),
            None => ExprKind::Invalid,
        },
        ExprKind::List(items) => ExprKind::Subscript(
            callee,
            Box::new(Expr {
                kind: ExprKind::Tuple(items),
                span,
            }),
        ),
        kind => ExprKind::Call(callee, vec![Argument::Positional(Expr { kind, span })]),
    }
}
