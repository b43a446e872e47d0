//! References to definitions, and names of types as pydantic writes them.

use std::rc::Rc;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::fields::FieldData;
use crate::python::{
    interpret::{class::ClassObject, interpreter::Interpreter, repr, typing::TypeForm, value::Value},
    library::natives::models::is_field_info,
};

/// Numbers for types, in order of first mention.
#[derive(Default)]
pub struct Identities {
    numbers: FxHashMap<String, usize>,
    /// Keeps types alive, so that their addresses stay their own.
    kept: Vec<Value>,
}

impl Identities {
    /// The number of a type: equal ones share it.
    pub fn of(&mut self, it: &mut Interpreter, value: &Value) -> usize {
        let key = self.key(it, value);
        let next = self.numbers.len() + 1;
        *self.numbers.entry(key).or_insert(next)
    }

    fn key(&mut self, it: &mut Interpreter, value: &Value) -> String {
        let value = it.resolve_type(value);
        match &value {
            Value::Type(form) => match &**form {
                TypeForm::Alias { origin, args } => {
                    self.joined(it, &format!("a{}", self.address(origin)), args)
                }
                TypeForm::Union(members) => self.joined(it, "u", members),
                TypeForm::Annotated { inner, metadata } => {
                    let inner = self.key(it, inner);
                    self.joined(it, &inner, metadata)
                }
                TypeForm::Special(name) => format!("s{name}"),
                TypeForm::Literal(_) => format!("l{}", repr::repr(&value)),
                _ => self.plain(&value),
            },
            _ => self.plain(&value),
        }
    }

    fn address(&self, value: &Value) -> String {
        match value {
            Value::Type(form) => match &**form {
                TypeForm::Special(name) => name.to_string(),
                _ => format!("{:?}", value.address()),
            },
            _ => format!("{:?}", value.address()),
        }
    }

    fn joined(&mut self, it: &mut Interpreter, head: &str, args: &[Value]) -> String {
        let parts: Vec<String> = args.iter().map(|arg| self.key(it, arg)).collect();
        format!("{head}({})", parts.join(","))
    }

    fn plain(&mut self, value: &Value) -> String {
        match value.address() {
            Some(address) => {
                self.kept.push(value.clone());
                format!("@{address}")
            }
            None => repr::repr(value).to_string(),
        }
    }

    /// The reference of a class with its arguments: `module.Name:1[Argument:2]`.
    pub fn reference(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>, args: &[Value]) -> EcoString {
        let own = self.of(it, &Value::Class(Rc::clone(class)));
        let module = class
            .module
            .as_ref()
            .map_or("builtins", |module| module.name.as_str());
        let head = eco_format!("{module}.{}:{own}", class.qualname);
        self.with_arguments(it, head, args)
    }

    /// A reference with its arguments.
    pub fn with_arguments(&mut self, it: &mut Interpreter, head: EcoString, args: &[Value]) -> EcoString {
        if args.is_empty() {
            return head;
        }
        let parts: Vec<String> = args
            .iter()
            .map(|arg| format!("{}:{}", display(it, arg), self.of(it, arg)))
            .collect();
        eco_format!("{head}[{}]", parts.join(","))
    }
}

/// A type as pydantic shows it in names: `Union[User, NoneType]`, `list[int]`.
pub fn display(it: &mut Interpreter, value: &Value) -> String {
    let value = match value {
        Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }) => value.clone(),
        _ => it.resolve_type(value),
    };
    match &value {
        Value::None => "NoneType".into(),
        Value::Ellipsis => "...".into(),
        Value::Class(class) => class.qualname.to_string(),
        Value::Function(function) => function.def.name.to_string(),
        Value::Type(form) => match &**form {
            TypeForm::Special(name) => name.to_string(),
            TypeForm::Alias { origin, args } => {
                let parts: Vec<String> = args.iter().map(|arg| display(it, arg)).collect();
                format!("{}[{}]", display(it, origin), parts.join(", "))
            }
            TypeForm::Union(members) => {
                let parts: Vec<String> = members.iter().map(|member| display(it, member)).collect();
                format!("Union[{}]", parts.join(", "))
            }
            TypeForm::Annotated { inner, metadata } => {
                let mut parts = vec![display(it, inner)];
                parts.extend(metadata.iter().filter_map(|item| described(it, item)));
                format!("Annotated[{}]", parts.join(", "))
            }
            TypeForm::Literal(values) => {
                let parts: Vec<String> = values
                    .iter()
                    .map(|value| match value {
                        Value::Instance(instance) if instance.class.is_enum.get() => {
                            let own = instance
                                .attributes
                                .borrow()
                                .get("_value_")
                                .map(repr::repr)
                                .unwrap_or_default();
                            format!("<{}: {own}>", repr::repr(value))
                        }
                        other => repr::repr(other).to_string(),
                    })
                    .collect();
                format!("Literal[{}]", parts.join(", "))
            }
            TypeForm::Variable(variable) => format!("~{}", variable.name),
            TypeForm::NewType { name, .. } | TypeForm::Lazy { name, .. } => name.to_string(),
            TypeForm::Forward { text, .. } => text.to_string(),
        },
        other => repr::repr(other).to_string(),
    }
}

/// The words of what stands beside a type in `Annotated`: those of `Field(…)`, a function's name, the class of anything else.
fn described(it: &mut Interpreter, item: &Value) -> Option<String> {
    match item {
        Value::Function(function) => Some(function.def.name.to_string()),
        Value::Class(class) => Some(class.qualname.to_string()),
        _ if is_field_info(item) => described_field(it, item),
        Value::Instance(instance) => Some(instance.class.qualname.to_string()),
        Value::Str(_) => Some("str".to_owned()),
        _ => None,
    }
}

/// The words of `Field(...)` inside `Annotated`, as
/// [`FieldInfo.__repr_args__`](https://docs.pydantic.dev/latest/api/fields/#pydantic.fields.FieldInfo) gives them.
fn described_field(it: &mut Interpreter, item: &Value) -> Option<String> {
    if !is_field_info(item) {
        return None;
    }
    let data = FieldData::new(
        it,
        "".into(),
        TypeForm::Annotated {
            inner: Value::None,
            metadata: vec![item.clone()],
        }
        .value(),
    );
    let mut parts = vec!["annotation=NoneType".to_owned()];
    parts.push(format!(
        "required={}",
        if data.is_required() { "True" } else { "False" }
    ));
    for name in ["default", "alias", "title", "description", "discriminator"] {
        if let Some(value) = data.get(name).filter(|value| !value.is_none()) {
            parts.push(format!("{name}={}", repr::repr(&value)));
        }
    }
    Some(format!("FieldInfo({})", parts.join(", ")))
}
