//! Vue's options object as a class: what `this` is in its functions, and what its template sees
//! (<https://vuejs.org/api/#options-api>).

use ecow::EcoString;

use super::super::tree::{
    Argument, Class, ClassId, DefinitionSource, ExportSource, ExpressionId, ExpressionKind as Kind,
    FunctionId, Member, MemberKind, Property, Script,
};

/// Functions that take the options of a component, by the last word of how they are written.
const TAKERS: [&str; 6] = [
    "createApp",
    "defineComponent",
    "defineNuxtComponent",
    "extend",
    "component",
    "Vue",
];

/// Options of which one at least makes an object that of a component.
const TELLING: [&str; 6] = ["data", "methods", "computed", "watch", "mounted", "created"];

/// Gives each options object the class that its functions are members of. `render` is the function of the component's
/// template, for the file of a component.
pub(super) fn add_classes(script: &mut Script, render: Option<FunctionId>) {
    for object in objects(script, render.is_some()) {
        let exported = render.filter(|_| is_exported(script, object));
        add_class(script, object, exported);
    }
}

fn objects(script: &Script, is_component: bool) -> Vec<ExpressionId> {
    let mut found = vec![];
    for id in script.expression_ids() {
        let (Kind::Call {
            callee, arguments, ..
        }
        | Kind::New { callee, arguments }) = script.kind(id)
        else {
            continue;
        };
        let name = match script.kind(*callee) {
            Kind::Local(name) => &script.name(*name).text,
            Kind::Global(name) => name,
            Kind::Member { property, .. } => property,
            _ => continue,
        };
        if !TAKERS.contains(&name.as_str()) {
            continue;
        }
        let given = arguments.iter().filter(|argument| !argument.spread);
        found.extend(
            given
                .map(|argument| argument.value)
                .filter(|value| is_told(script, *value)),
        );
    }
    let default = default_export(script).filter(|value| {
        is_component && matches!(script.kind(*value), Kind::Object(_)) && !found.contains(value)
    });
    found.extend(default);
    found
}

fn is_told(script: &Script, value: ExpressionId) -> bool {
    matches!(script.kind(value), Kind::Object(properties) if properties.iter().any(|property| {
        matches!(property, Property::Named { key, .. } if TELLING.contains(&key.as_str()))
    }))
}

/// What a file exports as its default, through a name.
fn default_export(script: &Script) -> Option<ExpressionId> {
    let export = script.exports.iter().find(|export| export.name == "default")?;
    match &export.source {
        ExportSource::Expression(value) => Some(*value),
        ExportSource::Name(name) => match script.name(*name).definitions.as_slice() {
            [only] => match only.source {
                DefinitionSource::Expression(value) => Some(value),
                _ => None,
            },
            _ => None,
        },
        ExportSource::Module { .. } => None,
    }
}

/// Whether an object is the default export, or what the function that makes it is given.
fn is_exported(script: &Script, object: ExpressionId) -> bool {
    let is_given = |arguments: &[Argument]| arguments.iter().any(|argument| argument.value == object);
    default_export(script).is_some_and(|value| {
        value == object || matches!(script.kind(value), Kind::Call { arguments, .. } if is_given(arguments))
    })
}

fn add_class(script: &mut Script, object: ExpressionId, render: Option<FunctionId>) {
    let mut members = vec![];
    for (key, value) in named(script, object) {
        option(script, &key, value, &mut members);
    }
    if let Some(render) = render {
        members.push(member(script, "$render".into(), MemberKind::Method(render)));
    }
    let class = ClassId(script.classes.len() as u32);
    let own: Vec<FunctionId> = members
        .iter()
        .filter_map(|member| match member.kind {
            MemberKind::Method(function) | MemberKind::Getter(function) | MemberKind::Setter(function) => {
                Some(function)
            }
            MemberKind::Field(_) => None,
        })
        .collect();
    script.classes.push(Class {
        members,
        start: script.expression(object).start,
        ..Class::default()
    });
    for index in 0..script.functions.len() {
        let mut next = Some(FunctionId(index as u32));
        while let Some(function) = next {
            if own.contains(&function) {
                script.functions[index].class.get_or_insert(class);
                break;
            }
            next = script.function(function).parent;
        }
    }
}

fn option(script: &Script, key: &EcoString, value: ExpressionId, members: &mut Vec<Member>) {
    let function = function_of(script, value);
    match key.as_str() {
        "methods" => {
            for (name, value) in named(script, value) {
                let kind = match function_of(script, value) {
                    Some(function) => MemberKind::Method(function),
                    None => MemberKind::Field(Some(value)),
                };
                members.push(member(script, name, kind));
            }
        }
        "computed" => {
            for (name, value) in named(script, value) {
                if let Some(function) = function_of(script, value) {
                    members.push(member(script, name, MemberKind::Getter(function)));
                    continue;
                }
                for (part, value) in named(script, value) {
                    let kind = match (part.as_str(), function_of(script, value)) {
                        ("get", Some(function)) => MemberKind::Getter(function),
                        ("set", Some(function)) => MemberKind::Setter(function),
                        _ => continue,
                    };
                    members.push(member(script, name.clone(), kind));
                }
            }
        }
        "watch" => {
            for (name, value) in named(script, value) {
                let handler = named(script, value).into_iter().find(|(key, _)| key == "handler");
                let value = handler.map_or(value, |(_, handler)| handler);
                if let Some(function) = function_of(script, value) {
                    let name = ecow::eco_format!("$watch {name}");
                    members.push(member(script, name, MemberKind::Method(function)));
                }
            }
        }
        // What they give are fields of the instance.
        "data" | "setup" | "asyncData" => {
            let objects: Vec<ExpressionId> = match function {
                Some(function) => script.function(function).returns.clone(),
                None => vec![value],
            };
            for object in objects {
                for (name, value) in named(script, object) {
                    members.push(member(script, name, MemberKind::Field(Some(value))));
                }
            }
            if let Some(function) = function {
                members.push(member(script, key.clone(), MemberKind::Method(function)));
            }
        }
        _ => {
            if let Some(function) = function {
                members.push(member(script, key.clone(), MemberKind::Method(function)));
            }
        }
    }
}

fn member(script: &Script, name: EcoString, kind: MemberKind) -> Member {
    let start = match kind {
        MemberKind::Method(function) | MemberKind::Getter(function) | MemberKind::Setter(function) => {
            script.function(function).start
        }
        MemberKind::Field(value) => value.map_or(0, |value| script.expression(value).start),
    };
    Member {
        name,
        is_static: false,
        kind,
        annotation: None,
        start,
    }
}

fn named(script: &Script, object: ExpressionId) -> Vec<(EcoString, ExpressionId)> {
    let Kind::Object(properties) = script.kind(object) else {
        return vec![];
    };
    let named = properties.iter().filter_map(|property| match property {
        Property::Named { key, value } => Some((key.clone(), *value)),
        _ => None,
    });
    named.collect()
}

fn function_of(script: &Script, value: ExpressionId) -> Option<FunctionId> {
    match script.kind(value) {
        Kind::Function(function) => Some(*function),
        _ => None,
    }
}
