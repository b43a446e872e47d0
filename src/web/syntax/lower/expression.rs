//! Expressions.

mod jsx;

use oxc_ast::ast::{
    self, Argument as ArgumentNode, ArrayExpressionElement, AssignmentExpression, ChainElement,
    Expression as Node, MemberExpression, ObjectExpression, ObjectPropertyKind, SimpleAssignmentTarget,
    TemplateLiteral,
};
use oxc_span::{GetSpan as _, Span};

use super::super::tree::{
    Argument, BlockKind, DefinitionSource, ExpressionId, ExpressionKind as Kind, Property,
};
use super::Lowering;
use crate::web::syntax::markup::PROPERTIES;

impl Lowering<'_> {
    pub(super) fn expression(&mut self, node: &Node<'_>) -> ExpressionId {
        let span = node.span();
        let kind = match node {
            Node::StringLiteral(text) => Kind::Text(text.value.as_str().into()),
            Node::NumericLiteral(number) => Kind::Number(number.value),
            Node::BooleanLiteral(value) => Kind::Boolean(value.value),
            Node::NullLiteral(_) => Kind::Null,
            Node::RegExpLiteral(_) => Kind::Regex(self.written(span)),
            Node::TemplateLiteral(template) => self.template(template, None),
            Node::TaggedTemplateExpression(tagged) => {
                let tag = self.expression(&tagged.tag);
                self.template(&tagged.quasi, Some(tag))
            }
            Node::Identifier(reference) => self.identifier(reference),
            Node::ThisExpression(_) => Kind::This,
            Node::Super(_) => Kind::Super,
            Node::MetaProperty(meta) if meta.meta.name == "import" => Kind::ImportMeta,
            Node::ArrayExpression(array) => self.array(array),
            Node::ObjectExpression(object) => self.object(object),
            Node::ArrowFunctionExpression(arrow) => Kind::Function(self.arrow(arrow)),
            Node::FunctionExpression(function) => Kind::Function(self.function(function)),
            Node::ClassExpression(class) => Kind::Class(self.class(class)),
            Node::AssignmentExpression(assignment) => self.assignment(assignment),
            Node::AwaitExpression(node) => Kind::Await(self.expression(&node.argument)),
            Node::YieldExpression(node) => {
                Kind::Yield(node.argument.as_ref().map(|argument| self.expression(argument)))
            }
            Node::UnaryExpression(unary) => Kind::Unary {
                operator: unary.operator.as_str(),
                operand: self.expression(&unary.argument),
            },
            Node::BinaryExpression(binary) => Kind::Binary {
                left: self.expression(&binary.left),
                operator: binary.operator.as_str(),
                right: self.expression(&binary.right),
            },
            Node::LogicalExpression(logical) => self.logical(logical),
            Node::ConditionalExpression(conditional) => self.conditional(conditional),
            Node::UpdateExpression(update) => self.update(&update.argument),
            Node::SequenceExpression(sequence) => {
                Kind::Sequence(sequence.expressions.iter().map(|e| self.expression(e)).collect())
            }
            Node::CallExpression(call) => self.call(call),
            Node::NewExpression(new) => {
                let callee = self.expression(&new.callee);
                let arguments = self.arguments(&new.arguments);
                Kind::New { callee, arguments }
            }
            Node::ChainExpression(chain) => return self.chain(&chain.expression),
            Node::ImportExpression(import) => Kind::Import(self.expression(&import.source)),
            Node::JSXElement(element) => self.element(element),
            Node::JSXFragment(fragment) => self.fragment(fragment),
            Node::ParenthesizedExpression(node) => return self.expression(&node.expression),
            Node::TSAsExpression(node) => return self.expression(&node.expression),
            Node::TSSatisfiesExpression(node) => return self.expression(&node.expression),
            Node::TSTypeAssertion(node) => return self.expression(&node.expression),
            Node::TSNonNullExpression(node) => return self.expression(&node.expression),
            Node::TSInstantiationExpression(node) => return self.expression(&node.expression),
            Node::PrivateInExpression(node) => {
                self.expression(&node.right);
                Kind::Other
            }
            _ => match node.as_member_expression() {
                Some(member) => return self.member(member),
                None => Kind::Other,
            },
        };
        self.push(span, kind)
    }

    fn identifier(&self, reference: &ast::IdentifierReference<'_>) -> Kind {
        match self.referred(reference) {
            Some(name) => Kind::Local(name),
            None if matches!(reference.name.as_str(), PROPERTIES | "$$restProps") => match self.properties {
                Some(properties) => Kind::Local(properties),
                None => Kind::Global(reference.name.as_str().into()),
            },
            None => Kind::Global(reference.name.as_str().into()),
        }
    }

    fn template(&mut self, template: &TemplateLiteral<'_>, tag: Option<ExpressionId>) -> Kind {
        Kind::Template {
            texts: template
                .quasis
                .iter()
                .map(|text| text.value.cooked.unwrap_or(text.value.raw).as_str().into())
                .collect(),
            holes: template
                .expressions
                .iter()
                .map(|hole| self.expression(hole))
                .collect(),
            tag,
        }
    }

    fn array(&mut self, array: &ast::ArrayExpression<'_>) -> Kind {
        let mut elements = vec![];
        for element in &array.elements {
            match element {
                ArrayExpressionElement::SpreadElement(spread) => elements.push(Argument {
                    value: self.expression(&spread.argument),
                    spread: true,
                }),
                _ => {
                    if let Some(element) = element.as_expression() {
                        elements.push(Argument {
                            value: self.expression(element),
                            spread: false,
                        });
                    }
                }
            }
        }
        Kind::Array(elements)
    }

    fn object(&mut self, object: &ObjectExpression<'_>) -> Kind {
        let mut properties = vec![];
        for property in &object.properties {
            let property = match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    Property::Spread(self.expression(&spread.argument))
                }
                ObjectPropertyKind::ObjectProperty(property) => match property.key.static_name() {
                    Some(key) => {
                        let value = self.expression(&property.value);
                        self.suggest_name(value, &key);
                        let key = key.as_ref().into();
                        match (property.kind, self.script.kind(value)) {
                            (ast::PropertyKind::Get | ast::PropertyKind::Set, Kind::Function(function)) => {
                                Property::Accessor {
                                    key,
                                    function: *function,
                                    is_setter: property.kind == ast::PropertyKind::Set,
                                }
                            }
                            _ => Property::Named { key, value },
                        }
                    }
                    None => {
                        let key = match property.key.as_expression() {
                            Some(key) => self.expression(key),
                            None => self.push(property.span, Kind::Other),
                        };
                        Property::Computed {
                            key,
                            value: self.expression(&property.value),
                        }
                    }
                },
            };
            properties.push(property);
        }
        Kind::Object(properties)
    }

    fn logical(&mut self, logical: &ast::LogicalExpression<'_>) -> Kind {
        let left = self.expression(&logical.left);
        let is_or = logical.operator.is_or() || logical.operator.is_coalesce();
        let block = if is_or {
            BlockKind::Otherwise(left)
        } else {
            BlockKind::Then(left)
        };
        Kind::Logical {
            operator: logical.operator.as_str(),
            left,
            right: self.within(block, |it| it.expression(&logical.right)),
        }
    }

    fn conditional(&mut self, conditional: &ast::ConditionalExpression<'_>) -> Kind {
        let test = self.expression(&conditional.test);
        Kind::Conditional {
            test,
            then: self.within(BlockKind::Then(test), |it| it.expression(&conditional.consequent)),
            otherwise: self.within(BlockKind::Otherwise(test), |it| {
                it.expression(&conditional.alternate)
            }),
        }
    }

    fn update(&mut self, target: &SimpleAssignmentTarget<'_>) -> Kind {
        let target = self.simple_target(target);
        if let Kind::Local(name) = self.script.kind(target) {
            let name = *name;
            self.script.names[name.index()].is_updated = true;
        }
        Kind::Update(target)
    }

    fn assignment(&mut self, assignment: &AssignmentExpression<'_>) -> Kind {
        let operator = assignment.operator.as_str();
        let Some(simple) = assignment.left.as_simple_assignment_target() else {
            let value = self.expression(&assignment.right);
            self.assign_pattern(&assignment.left, DefinitionSource::Expression(value));
            return Kind::Assign {
                operator,
                target: None,
                value,
            };
        };
        let target = self.simple_target(simple);
        let value = self.expression(&assignment.right);
        let named = match self.script.kind(target) {
            Kind::Local(name) => {
                let name = *name;
                // `x ||= y` and `x ??= y` give a value as `x = y` does; `x += y` makes another one.
                if matches!(operator, "=" | "||=" | "??=" | "&&=") {
                    let source = DefinitionSource::Expression(value);
                    self.define(name, source, &[], assignment.span.start);
                } else {
                    self.script.names[name.index()].is_updated = true;
                }
                Some(self.script.name(name).text.clone())
            }
            Kind::Member { property, .. } => Some(property.clone()),
            _ => None,
        };
        if let Some(name) = named {
            self.suggest_name(value, &name);
        }
        Kind::Assign {
            operator,
            target: Some(target),
            value,
        }
    }

    fn simple_target(&mut self, target: &SimpleAssignmentTarget<'_>) -> ExpressionId {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(reference) => {
                let kind = self.identifier(reference);
                self.push(reference.span, kind)
            }
            SimpleAssignmentTarget::TSAsExpression(node) => self.expression(&node.expression),
            SimpleAssignmentTarget::TSSatisfiesExpression(node) => self.expression(&node.expression),
            SimpleAssignmentTarget::TSNonNullExpression(node) => self.expression(&node.expression),
            SimpleAssignmentTarget::TSTypeAssertion(node) => self.expression(&node.expression),
            _ => match target.as_member_expression() {
                Some(member) => self.member(member),
                None => self.push(target.span(), Kind::Other),
            },
        }
    }

    pub(super) fn member(&mut self, member: &MemberExpression<'_>) -> ExpressionId {
        let span: Span = member.span();
        let object = self.expression(member.object());
        let kind = match member {
            MemberExpression::StaticMemberExpression(member) => Kind::Member {
                object,
                property: member.property.name.as_str().into(),
                optional: member.optional,
            },
            MemberExpression::PrivateFieldExpression(member) => Kind::Member {
                object,
                property: ecow::eco_format!("#{}", member.field.name),
                optional: member.optional,
            },
            MemberExpression::ComputedMemberExpression(member) => {
                let index = self.expression(&member.expression);
                match self.script.kind(index) {
                    Kind::Text(text) => Kind::Member {
                        object,
                        property: text.clone(),
                        optional: member.optional,
                    },
                    _ => Kind::Index { object, index },
                }
            }
        };
        self.push(span, kind)
    }

    fn chain(&mut self, element: &ChainElement<'_>) -> ExpressionId {
        match element {
            ChainElement::CallExpression(call) => {
                let kind = self.call(call);
                self.push(call.span, kind)
            }
            ChainElement::TSNonNullExpression(node) => self.expression(&node.expression),
            _ => match element.as_member_expression() {
                Some(member) => self.member(member),
                None => self.push(element.span(), Kind::Other),
            },
        }
    }

    fn call(&mut self, call: &ast::CallExpression<'_>) -> Kind {
        let callee = self.expression(&call.callee);
        let arguments = self.arguments(&call.arguments);
        if let Some(attributes) = self.attributes_of_component(&call.callee) {
            return attributes;
        }
        let type_arguments = call.type_arguments.as_ref().map(|types| {
            let inner = Span::new(types.span.start + 1, types.span.end.saturating_sub(1));
            self.written(inner)
        });
        Kind::Call {
            callee,
            arguments,
            type_arguments,
        }
    }

    fn arguments(&mut self, arguments: &[ArgumentNode<'_>]) -> Vec<Argument> {
        let mut lowered = vec![];
        for argument in arguments {
            let (node, spread) = match argument {
                ArgumentNode::SpreadElement(element) => (&element.argument, true),
                _ => match argument.as_expression() {
                    Some(expression) => (expression, false),
                    None => continue,
                },
            };
            let value = self.expression(node);
            lowered.push(Argument { value, spread });
        }
        lowered
    }
}
