//! Unions told apart by a value
//! (<https://docs.pydantic.dev/latest/concepts/unions/#discriminated-unions>).

use ecow::EcoString;
use serde_json::{Map, Value as Json, json};

use super::{
    build::Builder,
    definitions::distinct,
    emit::{Emitted, Emitter, map_of},
    shape::{Kind, Shape},
};
use crate::python::interpret::{interpreter::Interpreter, value::Value};

/// Where the tag of a union's member is kept among its constraints.
pub(super) const TAG: &str = "\u{0}tag";

impl Builder {
    /// A union with its discriminator: a field's name, or a function that gives a tag.
    pub(super) fn discriminated(&mut self, mut shape: Shape, discriminator: &Value) -> Shape {
        let name = match discriminator {
            Value::Instance(instance) => match instance.attributes.borrow().get("discriminator") {
                Some(inner) => inner.as_str(),
                None => discriminator.as_str(),
            },
            other => other.as_str(),
        };
        match shape.kind {
            Kind::Nullable(inner) => {
                shape.kind = Kind::Nullable(Box::new(self.discriminated(*inner, discriminator)));
                shape
            }
            Kind::Default(inner, default) => {
                shape.kind = Kind::Default(Box::new(self.discriminated(*inner, discriminator)), default);
                shape
            }
            Kind::Union(members) => {
                shape.kind = Kind::Tagged(name, members);
                shape
            }
            _ => {
                let mut inner = shape;
                let updates = std::mem::take(&mut inner.updates);
                let mut outer: Shape = Kind::Tagged(name, vec![inner]).into();
                outer.updates = updates;
                outer
            }
        }
    }

    /// The values of a discriminating field by which a member is known, and the field's name on the wire.
    fn tags(&self, shape: &Shape, name: &EcoString, depth: usize) -> Vec<(String, Shape, EcoString)> {
        if depth > 20 {
            return vec![];
        }
        match &shape.kind {
            Kind::Reference(reference) => match self.definitions.get(reference) {
                Some(target) => {
                    let is_union = matches!(target.kind, Kind::Union(_) | Kind::Tagged(..));
                    let tags = self.tags(target, name, depth + 1);
                    if is_union {
                        tags
                    } else {
                        tags.into_iter()
                            .map(|(tag, _, wire)| (tag, shape.clone(), wire))
                            .collect()
                    }
                }
                None => vec![],
            },
            Kind::Function(inner, _)
            | Kind::Default(inner, _)
            | Kind::Nullable(inner)
            | Kind::Alias(inner) => {
                let tags = self.tags(inner, name, depth + 1);
                tags.into_iter()
                    .map(|(tag, _, wire)| (tag, shape.clone(), wire))
                    .collect()
            }
            Kind::Union(members) | Kind::Tagged(_, members) => members
                .iter()
                .flat_map(|member| self.tags(member, name, depth + 1))
                .collect(),
            Kind::Class(class) => {
                if let Some(root) = &class.root {
                    let tags = self.tags(root, name, depth + 1);
                    return tags
                        .into_iter()
                        .map(|(tag, _, wire)| (tag, shape.clone(), wire))
                        .collect();
                }
                let Some(field) = class.fields.iter().find(|field| field.name == *name) else {
                    return vec![];
                };
                values(&field.shape)
                    .into_iter()
                    .map(|tag| (tag, shape.clone(), field.input_name.clone()))
                    .collect()
            }
            _ => vec![],
        }
    }
}

/// The values that a type is limited to, as keys.
fn values(shape: &Shape) -> Vec<String> {
    match &shape.kind {
        Kind::Literal(values) | Kind::Enum { values, .. } => values.iter().map(key).collect(),
        Kind::Default(inner, _) | Kind::Function(inner, _) | Kind::Nullable(inner) => values(inner),
        Kind::Union(members) => members.iter().flat_map(values).collect(),
        _ => vec![],
    }
}

fn key(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Emitter<'_> {
    /// `oneOf` with OpenAPI's discriminator.
    pub(super) fn tagged(
        &mut self,
        it: &mut Interpreter,
        name: Option<&EcoString>,
        members: &[Shape],
    ) -> Emitted {
        let mut mapping = Map::new();
        let mut choices = vec![];
        let mut wire = name.cloned();
        let mut tagged: Vec<(String, Shape)> = vec![];
        for (index, member) in members.iter().enumerate() {
            match name {
                Some(name) => {
                    let builder = self.builder;
                    for (tag, shape, field) in builder.tags(member, name, 0) {
                        wire = Some(field);
                        tagged.push((tag, shape));
                    }
                }
                None => {
                    let tag = member
                        .constraints
                        .get(TAG)
                        .and_then(Json::as_str)
                        .map_or_else(|| index.to_string(), Into::into);
                    tagged.push((tag, member.clone()));
                }
            }
        }
        for (tag, member) in tagged {
            let Ok(schema) = self.schema(it, &member) else {
                continue;
            };
            let target = schema
                .get("$ref")
                .cloned()
                .unwrap_or_else(|| Json::Object(schema.clone()));
            mapping.insert(tag, target);
        }
        for member in mapping.values() {
            choices.push(match member {
                Json::String(reference) => json!({ "$ref": reference }),
                other => other.clone(),
            });
        }
        if choices.is_empty() {
            it.report(
                "unknown-discriminator",
                format!(
                    "no member of a union has known values of `{}`",
                    name.map_or("", |name| name)
                ),
            );
            for member in members {
                if let Ok(schema) = self.schema(it, member) {
                    choices.push(Json::Object(schema));
                }
            }
        }
        let mut map = map_of(json!({ "oneOf": distinct(choices) }));
        if let Some(wire) = wire {
            map.insert(
                "discriminator".into(),
                json!({ "propertyName": wire.as_str(), "mapping": mapping }),
            );
        }
        Ok(map)
    }
}
