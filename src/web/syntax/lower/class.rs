//! Classes and their members.

use ecow::EcoString;
use oxc_ast::ast::{
    Class as ClassNode, ClassElement, MethodDefinition, MethodDefinitionKind, PropertyDefinition, PropertyKey,
};
use oxc_span::GetSpan as _;

use super::super::tree::{Class, ClassId, DefinitionSource, ExpressionKind, Function, Member, MemberKind};
use super::Lowering;

impl Lowering<'_> {
    pub(super) fn class(&mut self, node: &ClassNode<'_>) -> ClassId {
        let base = node.super_class.as_ref().map(|base| self.expression(base));
        let id = ClassId(self.script.classes.len() as u32);
        self.script.classes.push(Class {
            name: node
                .id
                .as_ref()
                .map(|name| name.name.as_str().into())
                .unwrap_or_default(),
            base,
            members: vec![],
            function: None,
            start: node.span.start,
        });
        if node.is_expression()
            && let Some(name) = node.id.as_ref().and_then(|name| self.declared(name))
        {
            self.define(name, DefinitionSource::Class(id), &[], node.span.start);
        }
        let outer = self.class.replace(id);
        for element in &node.body.body {
            self.class_element(id, element);
        }
        self.class = outer;
        id
    }

    fn class_element(&mut self, class: ClassId, element: &ClassElement<'_>) {
        self.at_documented(element.span().start);
        match element {
            ClassElement::MethodDefinition(method) => self.method(class, method),
            ClassElement::PropertyDefinition(field) => self.field(class, field),
            // Run once, when the class is made, like code beside it.
            ClassElement::StaticBlock(block) => self.statements(&block.body),
            ClassElement::AccessorProperty(_) | ClassElement::TSIndexSignature(_) => {}
        }
    }

    fn method(&mut self, class: ClassId, method: &MethodDefinition<'_>) {
        let id = self.function(&method.value);
        let name = self.member_name(&method.key);
        self.script.functions[id.index()].name = name.clone();
        let kind = match method.kind {
            MethodDefinitionKind::Get => MemberKind::Getter(id),
            MethodDefinitionKind::Set => MemberKind::Setter(id),
            MethodDefinitionKind::Method | MethodDefinitionKind::Constructor => MemberKind::Method(id),
        };
        let start = method.span.start;
        let is_constructor = method.kind == MethodDefinitionKind::Constructor;
        self.member_of(class, name, method.r#static, kind, None, start);
        if is_constructor {
            // `constructor(private http: Client)` declares a field of that name.
            for parameter in &method.value.params.items {
                let declares = parameter.accessibility.is_some() || parameter.readonly;
                if let Some(identifier) = parameter.pattern.get_binding_identifier().filter(|_| declares) {
                    let value = self
                        .declared(identifier)
                        .map(|name| self.push(identifier.span, ExpressionKind::Local(name)));
                    let annotation = self.annotation(parameter.type_annotation.as_ref());
                    let name: EcoString = identifier.name.as_str().into();
                    let kind = MemberKind::Field(value);
                    self.member_of(class, name, false, kind, annotation, parameter.span.start);
                }
            }
        }
    }

    /// A field's value is a function of its own, since `this` in it is the new instance.
    fn field(&mut self, class: ClassId, field: &PropertyDefinition<'_>) {
        let name = self.member_name(&field.key);
        let documented = self.documentation().value;
        let annotation = self.annotation(field.type_annotation.as_ref()).or(documented);
        let mut value = None;
        if let Some(node) = &field.value {
            let function = Function {
                name: name.clone(),
                ..Function::default()
            };
            self.enter(function, node.span(), |it, id| {
                let lowered = it.expression(node);
                it.suggest_name(lowered, &name);
                it.script.functions[id.index()].returns.push(lowered);
                value = Some(lowered);
            });
        }
        let kind = MemberKind::Field(value);
        self.member_of(class, name, field.r#static, kind, annotation, field.span.start);
    }

    pub(super) fn member_of(
        &mut self,
        class: ClassId,
        name: EcoString,
        is_static: bool,
        kind: MemberKind,
        annotation: Option<EcoString>,
        start: u32,
    ) {
        self.script.classes[class.index()].members.push(Member {
            name,
            is_static,
            kind,
            annotation,
            start,
        });
    }

    pub(super) fn member_name(&mut self, key: &PropertyKey<'_>) -> EcoString {
        match key {
            PropertyKey::PrivateIdentifier(name) => ecow::eco_format!("#{}", name.name),
            _ => key
                .static_name()
                .map(|name| name.as_ref().into())
                .unwrap_or_else(|| ecow::eco_format!("[{}]", self.written(key.span()))),
        }
    }
}
