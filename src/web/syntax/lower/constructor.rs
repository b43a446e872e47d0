//! Functions that are used as classes: `function Car() { this.speed = 0; }`, `Car.prototype.drive = function () {}`.
//!
//! <https://developer.mozilla.org/en-US/docs/Web/JavaScript/Guide/Inheritance_and_the_prototype_chain#constructors>

use std::collections::BTreeMap;

use ecow::EcoString;

use super::super::tree::{
    Class, ClassId, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Member, MemberKind,
    NameId, Property, Script, TOP_LEVEL,
};

/// What is assigned to a function's own `this`, and to its prototype.
#[derive(Default)]
struct Constructor {
    /// Functions among the values of its fields.
    fields: Vec<FunctionId>,
    /// Methods of its prototype.
    methods: Vec<(EcoString, FunctionId)>,
}

/// Gives each function that sets fields of its own `this` the class that `new` of it makes an instance of.
pub(super) fn add_classes(script: &mut Script) {
    let mut constructors: BTreeMap<FunctionId, Constructor> = BTreeMap::new();
    for expression in &script.expressions {
        let Kind::Assign {
            target: Some(target),
            value,
            ..
        } = &expression.kind
        else {
            continue;
        };
        let Kind::Member { object, property, .. } = script.kind(*target) else {
            continue;
        };
        if matches!(script.kind(*object), Kind::This) && expression.function != TOP_LEVEL {
            let constructor = constructors.entry(expression.function).or_default();
            constructor.fields.extend(written_function(script, *value));
        } else if let Some(function) = owner_of_prototype(script, *object) {
            let method = written_function(script, *value).map(|method| (property.clone(), method));
            constructors.entry(function).or_default().methods.extend(method);
        } else if let Some(function) = owner_of_prototype(script, *target)
            && let Kind::Object(properties) = script.kind(*value)
        {
            let methods = properties.iter().filter_map(|property| match property {
                Property::Named { key, value } => Some((key.clone(), written_function(script, *value)?)),
                _ => None,
            });
            constructors.entry(function).or_default().methods.extend(methods);
        }
    }
    constructors.retain(|function, _| {
        let function = script.function(*function);
        let is_plain = !function.is_arrow && !function.is_async && !function.is_generator;
        is_plain && !function.name.is_empty() && function.class.is_none()
    });
    for (function, constructor) in constructors {
        add_class(script, function, constructor);
    }
}

fn add_class(script: &mut Script, function: FunctionId, constructor: Constructor) {
    let class = ClassId(script.classes.len() as u32);
    let method = |name: EcoString, own: FunctionId| Member {
        name,
        is_static: false,
        kind: MemberKind::Method(own),
        annotation: None,
        start: script.function(own).start,
    };
    let mut members = vec![method("constructor".into(), function)];
    for (name, own) in &constructor.methods {
        members.push(method(name.clone(), *own));
    }
    let made = Class {
        name: script.function(function).name.clone(),
        members,
        start: script.function(function).start,
        function: Some(function),
        base: None,
    };
    script.classes.push(made);
    let methods = constructor.methods.into_iter().map(|(_, method)| method);
    for own in [function].into_iter().chain(constructor.fields).chain(methods) {
        script.functions[own.index()].class.get_or_insert(class);
    }
}

/// The function that a value is, if it has a `this` of its own.
fn written_function(script: &Script, value: ExpressionId) -> Option<FunctionId> {
    match script.kind(value) {
        Kind::Function(function) => Some(*function).filter(|id| !script.function(*id).is_arrow),
        _ => None,
    }
}

/// The function of `F` in `F.prototype`.
fn owner_of_prototype(script: &Script, expression: ExpressionId) -> Option<FunctionId> {
    match script.kind(expression) {
        Kind::Member { object, property, .. } if property == "prototype" => match script.kind(*object) {
            Kind::Local(name) => function_of(script, *name),
            _ => None,
        },
        _ => None,
    }
}

fn function_of(script: &Script, name: NameId) -> Option<FunctionId> {
    let mut definitions = script.name(name).definitions.iter();
    definitions.find_map(|definition| match definition.source {
        DefinitionSource::Function(function) => Some(function),
        DefinitionSource::Expression(value) => written_function(script, value),
        _ => None,
    })
}
