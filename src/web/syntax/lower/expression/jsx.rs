//! JSX.

use oxc_ast::ast::{
    JSXAttributeItem, JSXAttributeValue, JSXChild, JSXElement, JSXElementName, JSXExpression, JSXFragment,
    JSXMemberExpression, JSXMemberExpressionObject,
};
use oxc_span::GetSpan as _;

use super::super::super::tree::{Element, ExpressionId, ExpressionKind as Kind, Property, Tag};
use super::super::Lowering;

impl Lowering<'_> {
    pub(super) fn element(&mut self, element: &JSXElement<'_>) -> Kind {
        let tag = self.tag(&element.opening_element.name);
        let attributes = element
            .opening_element
            .attributes
            .iter()
            .map(|attribute| self.attribute(attribute))
            .collect();
        let children = self.children(&element.children);
        Kind::Element(Element {
            tag,
            attributes,
            children,
        })
    }

    pub(super) fn fragment(&mut self, fragment: &JSXFragment<'_>) -> Kind {
        Kind::Element(Element {
            tag: Tag::Fragment,
            attributes: vec![],
            children: self.children(&fragment.children),
        })
    }

    fn children(&mut self, children: &[JSXChild<'_>]) -> Vec<ExpressionId> {
        let mut lowered = vec![];
        for child in children {
            match child {
                JSXChild::Text(_) => {}
                JSXChild::Element(element) => {
                    let kind = self.element(element);
                    lowered.push(self.push(element.span, kind));
                }
                JSXChild::Fragment(fragment) => {
                    let kind = self.fragment(fragment);
                    lowered.push(self.push(fragment.span, kind));
                }
                JSXChild::ExpressionContainer(container) => {
                    lowered.extend(self.contained(&container.expression));
                }
                JSXChild::Spread(spread) => lowered.push(self.expression(&spread.expression)),
            }
        }
        lowered
    }

    fn contained(&mut self, expression: &JSXExpression<'_>) -> Option<ExpressionId> {
        expression
            .as_expression()
            .map(|expression| self.expression(expression))
    }

    fn tag(&mut self, name: &JSXElementName<'_>) -> Tag {
        match name {
            JSXElementName::Identifier(identifier) => Tag::Intrinsic(identifier.name.as_str().into()),
            JSXElementName::NamespacedName(_) => Tag::Intrinsic(self.written(name.span())),
            JSXElementName::IdentifierReference(reference) => {
                let kind = self.identifier(reference);
                Tag::Component(self.push(reference.span, kind))
            }
            JSXElementName::MemberExpression(member) => Tag::Component(self.tag_member(member)),
            JSXElementName::ThisExpression(this) => Tag::Component(self.push(this.span, Kind::This)),
        }
    }

    fn tag_member(&mut self, member: &JSXMemberExpression<'_>) -> ExpressionId {
        let object = match &member.object {
            JSXMemberExpressionObject::IdentifierReference(reference) => {
                let kind = self.identifier(reference);
                self.push(reference.span, kind)
            }
            JSXMemberExpressionObject::MemberExpression(inner) => self.tag_member(inner),
            JSXMemberExpressionObject::ThisExpression(this) => self.push(this.span, Kind::This),
        };
        let kind = Kind::Member {
            object,
            property: member.property.name.as_str().into(),
            optional: false,
        };
        self.push(member.span, kind)
    }

    fn attribute(&mut self, attribute: &JSXAttributeItem<'_>) -> Property {
        let attribute = match attribute {
            JSXAttributeItem::SpreadAttribute(spread) => {
                return Property::Spread(self.expression(&spread.argument));
            }
            JSXAttributeItem::Attribute(attribute) => attribute,
        };
        let key = self.written(attribute.name.span());
        let value = match &attribute.value {
            Some(JSXAttributeValue::StringLiteral(text)) => {
                self.push(text.span, Kind::Text(text.value.as_str().into()))
            }
            Some(JSXAttributeValue::ExpressionContainer(container)) => {
                match self.contained(&container.expression) {
                    Some(value) => value,
                    None => self.push(container.span, Kind::Other),
                }
            }
            Some(JSXAttributeValue::Element(element)) => {
                let kind = self.element(element);
                self.push(element.span, kind)
            }
            Some(JSXAttributeValue::Fragment(fragment)) => {
                let kind = self.fragment(fragment);
                self.push(fragment.span, kind)
            }
            None => self.push(attribute.span, Kind::Boolean(true)),
        };
        self.suggest_name(value, &key);
        Property::Named { key, value }
    }
}
