//! Destructuring: the way from a value to each name that a pattern gives a value.

use oxc_ast::ast::{
    AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern, PropertyKey,
};

use super::super::tree::{DefinitionSource, PathStep};
use super::Lowering;

impl Lowering<'_> {
    /// Binds the names of a declaration; without a source they are only declared.
    pub(super) fn bind(&mut self, pattern: &BindingPattern<'_>, source: Option<DefinitionSource>) {
        self.bind_at(pattern, source, &mut vec![]);
    }

    fn bind_at(
        &mut self,
        pattern: &BindingPattern<'_>,
        source: Option<DefinitionSource>,
        path: &mut Vec<PathStep>,
    ) {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                if let Some(name) = self.declared(identifier) {
                    self.script.names[name.index()].function = Some(self.function);
                    if let Some(source) = source {
                        self.define(name, source, path, identifier.span.start);
                    }
                }
            }
            BindingPattern::AssignmentPattern(assignment) => {
                let default = self.expression(&assignment.right);
                path.push(PathStep::Default(default));
                self.bind_at(&assignment.left, source, path);
                path.pop();
            }
            BindingPattern::ObjectPattern(object) => {
                for property in &object.properties {
                    let step = self.key_step(&property.key, property.computed);
                    path.push(step);
                    self.bind_at(&property.value, source, path);
                    path.pop();
                }
                if let Some(rest) = &object.rest {
                    path.push(PathStep::Rest);
                    self.bind_at(&rest.argument, source, path);
                    path.pop();
                }
            }
            BindingPattern::ArrayPattern(array) => {
                for (index, element) in array.elements.iter().enumerate() {
                    let Some(element) = element else { continue };
                    path.push(PathStep::Item(index as u32));
                    self.bind_at(element, source, path);
                    path.pop();
                }
                if let Some(rest) = &array.rest {
                    path.push(PathStep::Rest);
                    self.bind_at(&rest.argument, source, path);
                    path.pop();
                }
            }
        }
    }

    fn key_step(&mut self, key: &PropertyKey<'_>, computed: bool) -> PathStep {
        match key.static_name() {
            Some(name) => PathStep::Property(name.as_ref().into()),
            None => {
                if computed && let Some(expression) = key.as_expression() {
                    self.expression(expression);
                }
                PathStep::Unknown
            }
        }
    }

    /// Gives the names of a destructuring assignment (`[a, b] = …`) their values.
    pub(super) fn assign_pattern(&mut self, target: &AssignmentTarget<'_>, source: DefinitionSource) {
        self.assign_at(target, source, &mut vec![]);
    }

    fn assign_at(
        &mut self,
        target: &AssignmentTarget<'_>,
        source: DefinitionSource,
        path: &mut Vec<PathStep>,
    ) {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(identifier) => {
                if let Some(name) = self.referred(identifier) {
                    self.define(name, source, path, identifier.span.start);
                }
            }
            AssignmentTarget::ObjectAssignmentTarget(object) => {
                for property in &object.properties {
                    self.assign_property(property, source, path);
                }
                if let Some(rest) = &object.rest {
                    path.push(PathStep::Rest);
                    self.assign_at(&rest.target, source, path);
                    path.pop();
                }
            }
            AssignmentTarget::ArrayAssignmentTarget(array) => {
                for (index, element) in array.elements.iter().enumerate() {
                    let Some(element) = element else { continue };
                    path.push(PathStep::Item(index as u32));
                    self.assign_element(element, source, path);
                    path.pop();
                }
            }
            _ => {
                if let Some(member) = target.as_member_expression() {
                    self.member(member);
                }
            }
        }
    }

    fn assign_property(
        &mut self,
        property: &AssignmentTargetProperty<'_>,
        source: DefinitionSource,
        path: &mut Vec<PathStep>,
    ) {
        match property {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(property) => {
                let Some(name) = self.referred(&property.binding) else {
                    return;
                };
                path.push(PathStep::Property(property.binding.name.as_str().into()));
                let default = property.init.as_ref().map(|init| self.expression(init));
                path.extend(default.map(PathStep::Default));
                self.define(name, source, path, property.span.start);
                path.truncate(path.len() - 1 - usize::from(default.is_some()));
            }
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => {
                let step = self.key_step(&property.name, property.computed);
                path.push(step);
                self.assign_element(&property.binding, source, path);
                path.pop();
            }
        }
    }

    fn assign_element(
        &mut self,
        element: &AssignmentTargetMaybeDefault<'_>,
        source: DefinitionSource,
        path: &mut Vec<PathStep>,
    ) {
        if let AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(target) = element {
            let default = self.expression(&target.init);
            path.push(PathStep::Default(default));
            self.assign_at(&target.binding, source, path);
            path.pop();
        } else if let Some(target) = element.as_assignment_target() {
            self.assign_at(target, source, path);
        }
    }
}
