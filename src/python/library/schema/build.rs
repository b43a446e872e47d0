//! Shapes made of types.

use std::rc::Rc;

use super::{
    asker::Asker,
    config::Config,
    encode,
    reference::Identities,
    scalar,
    shape::{Kind, Shape},
};
use crate::python::{
    interpret::{
        class::{Builtin, ClassObject},
        interpreter::Interpreter,
        typing::{TypeForm, TypeVariable},
        value::Value,
    },
    library::natives::models,
};
use ecow::{EcoString, eco_format};
use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value as Json};

/// How deep types may nest.
const DEPTH: usize = 80;

/// What differs between releases.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Major and minor version of pydantic.
    pub pydantic: (u32, u32),
    /// `contentMediaType` for bytes rather than `format: binary`.
    pub bytes_as_media_type: bool,
    /// Whether decimals have a pattern.
    pub decimal_pattern: bool,
    /// Whether number formats of dates count only for what is sent.
    pub temporal_by_mode: bool,
    /// `additionalProperties: true` for mappings of anything.
    pub open_dictionaries: bool,
    /// Whether names of definitions are simplified in one step only.
    pub renames_once: bool,
}

impl Options {
    /// Whether the rules are those of pydantic 1.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.pydantic.0 == 1
    }

    /// Whether `deprecated` of `Annotated` metadata is a key of the schema; that of a model's field always is.
    #[must_use]
    pub fn says_deprecated(&self) -> bool {
        self.pydantic >= (2, 10)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            pydantic: (2, u32::MAX),
            bytes_as_media_type: true,
            decimal_pattern: false,
            temporal_by_mode: true,
            open_dictionaries: true,
            renames_once: false,
        }
    }
}

/// Makes shapes and keeps those that have definitions of their own.
#[derive(Default)]
pub struct Builder {
    /// What differs between releases.
    pub options: Options,
    /// Shapes by reference, in order of first mention.
    pub definitions: IndexMap<EcoString, Rc<Shape>>,
    /// Numbers of types.
    pub identities: Identities,
    /// Configurations of the classes around, outermost first.
    pub configs: Vec<Config>,
    pub(super) under_way: FxHashSet<EcoString>,
    pub(super) owners: Vec<Value>,
    /// What asks for the shape, for what is reported of it: a handler, and the fields on the way, innermost last.
    pub askers: Vec<Asker>,
    depth: usize,
}

impl Builder {
    /// A builder with the rules of a release.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// The shape of a type.
    pub fn of(&mut self, it: &mut Interpreter, annotation: &Value) -> Shape {
        if self.depth > DEPTH {
            it.report("budget-exceeded", format!("types nest more than {DEPTH} deep"));
            return Kind::Any.into();
        }
        if it.step().is_err() {
            it.report_given_up("the schema of a type", "it admits everything");
            return Kind::Any.into();
        }
        self.depth += 1;
        let shape = self.resolved(it, annotation);
        self.depth -= 1;
        shape
    }

    fn resolved(&mut self, it: &mut Interpreter, annotation: &Value) -> Shape {
        if let Value::Type(form) = annotation
            && let TypeForm::Lazy { name, module, .. } = &**form
        {
            let head = eco_format!(
                "{}.{name}:{}",
                module.name,
                annotation.address().unwrap_or_default()
            );
            return self.alias_definition(it, head, annotation);
        }
        let value = it.resolve_type(annotation);
        match &value {
            Value::None => Kind::Null.into(),
            Value::Ellipsis => Kind::Any.into(),
            Value::Class(class) => self.class(it, class),
            Value::Type(form) => self.form(it, &value, &Rc::clone(form)),
            Value::Unknown(unknown) if !unknown.alternatives.is_empty() => {
                let first = unknown
                    .alternatives
                    .iter()
                    .find(|alternative| matches!(alternative, Value::Class(_) | Value::Type(_)));
                match first.cloned() {
                    Some(first) => self.of(it, &first),
                    None => self.unknown(it, &value),
                }
            }
            Value::Descriptor(_) | Value::Unknown(_) => self.unknown(it, &value),
            Value::Instance(instance) => {
                let core = instance.class.get("__get_pydantic_core_schema__");
                match core {
                    Some(_) => self.custom(it, &value, &value),
                    None => self.unknown(it, &value),
                }
            }
            other => self.unknown(it, other),
        }
    }

    /// A type that cannot be known admits everything, and is said.
    pub(super) fn unknown(&mut self, it: &mut Interpreter, value: &Value) -> Shape {
        let words = encode::words(value);
        let of_field = match self.askers.last() {
            Some(asker) if !asker.field.is_empty() => eco_format!(" of {}", asker.field),
            _ => EcoString::new(),
        };
        self.report_unknown(
            it,
            format!("the type `{words}`{of_field} is not known, so its schema admits everything"),
        );
        Kind::Any.into()
    }

    /// A schema that the program gives, as far as it is known.
    pub(super) fn given_schema(&mut self, it: &mut Interpreter, given: &Value) -> Json {
        if let Some(json) = encode::encode(it, given) {
            return json;
        }
        let mut known = Map::new();
        let mut missing = vec![];
        for (key, value) in it.mapping_items(given).unwrap_or_default() {
            let Some(key) = key.as_str() else { continue };
            match encode::encode(it, &value) {
                Some(json) => {
                    known.insert(key.to_string(), json);
                }
                None => missing.push(format!("`{key}`")),
            }
        }
        let what = match (missing.is_empty(), known.is_empty()) {
            (true, true) => "all of it".to_owned(),
            (true, false) => "what else it holds".to_owned(),
            (false, _) => missing.join(", "),
        };
        self.report_unknown(
            it,
            format!("of a JSON Schema that the code gives, {what} is not known, so it is left out"),
        );
        Json::Object(known)
    }

    /// Reports at the innermost asker that the analysed tree holds.
    fn report_unknown(&self, it: &mut Interpreter, message: String) {
        let mut askers = self.askers.iter().rev();
        match askers.find(|asker| !asker.location.file.is_empty()) {
            Some(asker) => it.report_at(asker.location.clone(), "unknown-type", message),
            None => it.report("unknown-type", message),
        }
    }

    fn alias_definition(&mut self, it: &mut Interpreter, head: EcoString, annotation: &Value) -> Shape {
        if !self.definitions.contains_key(&head) && self.under_way.insert(head.clone()) {
            let target = it.resolve_type(annotation);
            let mut shape = self.of(it, &target);
            self.under_way.remove(&head);
            if shape.reference.is_some() {
                shape = Kind::Alias(Box::new(shape)).into();
            }
            shape.reference = Some(head.clone());
            self.definitions.insert(head.clone(), Rc::new(shape));
        }
        Kind::Reference(head).into()
    }

    fn form(&mut self, it: &mut Interpreter, value: &Value, form: &Rc<TypeForm>) -> Shape {
        match &**form {
            TypeForm::Special(name) => self.special(it, name, &[]),
            TypeForm::Alias { origin, args } => self.alias(it, value, origin, args),
            TypeForm::Union(members) => self.union(it, members),
            TypeForm::Annotated { inner, metadata } => self.annotated(it, inner, metadata),
            TypeForm::Literal(values) => self.literal(it, values),
            TypeForm::Variable(variable) => self.variable(it, variable),
            TypeForm::NewType { supertype, .. } => self.of(it, supertype),
            TypeForm::Forward { .. } | TypeForm::Lazy { .. } => self.unknown(it, value),
        }
    }

    fn variable(&mut self, it: &mut Interpreter, variable: &TypeVariable) -> Shape {
        if let Some(default) = &variable.default {
            return self.of(it, default);
        }
        if !variable.constraints.is_empty() {
            return self.union(it, &variable.constraints.clone());
        }
        match &variable.bound {
            Some(bound) => self.of(it, &bound.clone()),
            None => Kind::Any.into(),
        }
    }

    fn literal(&mut self, it: &mut Interpreter, values: &[Value]) -> Shape {
        let mut encoded = vec![];
        for value in values {
            let value = it.resolve_type(value);
            match encode::encode(it, &value) {
                Some(json) => encoded.push(json),
                None => return self.unknown(it, &value),
            }
        }
        Kind::Literal(encoded).into()
    }

    /// A union: `None` makes it optional, whatever its place.
    pub(super) fn union(&mut self, it: &mut Interpreter, members: &[Value]) -> Shape {
        let mut shapes = vec![];
        let mut is_nullable = false;
        for member in members {
            let member = match member {
                Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }) => member.clone(),
                _ => it.resolve_type(member),
            };
            if member.is_none()
                || matches!(&member, Value::Class(class) if class.builtin == Some(Builtin::NoneType))
            {
                is_nullable = true;
                continue;
            }
            shapes.push(self.of(it, &member));
        }
        let shape = match shapes.len() {
            0 => return Kind::Null.into(),
            1 => shapes.remove(0),
            _ => Kind::Union(shapes).into(),
        };
        if is_nullable {
            Kind::Nullable(Box::new(shape)).into()
        } else {
            shape
        }
    }

    fn class(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>) -> Shape {
        let value = Value::Class(Rc::clone(class));
        let has_validators = ["__modify_schema__", "__get_validators__"]
            .iter()
            .any(|name| is_written(class, name));
        if has_validators && self.options.is_first() && !class.inherits("pydantic.BaseModel") {
            return self.class_with_validators(it, class);
        }
        if let Some(shape) = scalar::of(self, it, class) {
            return shape;
        }
        if class.inherits("pydantic.BaseModel") {
            return self.model(it, class, &[]);
        }
        if is_written(class, "__get_pydantic_core_schema__") {
            return self.custom_class(it, &value, &value);
        }
        if class.is_enum.get() || class.is_builtin(Builtin::Enum) {
            return self.enumeration(it, class);
        }
        if class.inherits("typing.TypedDict") {
            return self.typed_dict(it, class, &[]);
        }
        if class.is_builtin(Builtin::NamedTuple) {
            return self.named_tuple(it, class);
        }
        if class.mro().any(|ancestor| ancestor.dataclass.get().is_some()) {
            return self.dataclass(it, class, &[]);
        }
        if let Some(hook) = class.get("__get_pydantic_json_schema__") {
            let mut shape: Shape = Kind::Any.into();
            let hook = self.bound(it, &value, hook, "__get_pydantic_json_schema__");
            shape.hooks.push(super::shape::Hook::Call(hook));
            return shape;
        }
        if !class.unknown_bases.is_empty() {
            return self.class_of_unknown_base(it, class, &[]);
        }
        Kind::Invalid(eco_format!("instances of `{}`", class.path())).into()
    }

    /// A class that says itself how it is validated, in pydantic 1: the built-in type it extends, after `__modify_schema__`
    /// (<https://docs.pydantic.dev/1.10/usage/schema/#modifying-schema-in-custom-fields>).
    fn class_with_validators(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>) -> Shape {
        let mut shape = match class.data_type() {
            Some(kind) => {
                let base = Value::Class(it.class(kind));
                self.of(it, &base)
            }
            None => Kind::Any.into(),
        };
        let hook = it.get_attribute(&Value::Class(Rc::clone(class)), "__modify_schema__");
        if let Ok(Some(hook)) = hook {
            shape.hooks.push(super::shape::Hook::Modify(hook));
        }
        shape
    }

    /// A class of which a base is not known. With fields it is a model, as a class that stands for data mostly is: what it
    /// declares is kept, and what the base adds is missing.
    pub(super) fn class_of_unknown_base(
        &mut self,
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        args: &[Value],
    ) -> Shape {
        let base = class.unknown_bases.first().map(encode::words).unwrap_or_default();
        let is_model = class.data_type().is_none() && !models::fields(it, class).is_empty();
        let kept = if is_model {
            "holds only the fields that are declared below it"
        } else {
            "admits everything"
        };
        self.report_unknown(
            it,
            format!(
                "`{}` inherits from `{base}`, which is not known, so its schema {kept}",
                class.name
            ),
        );
        if is_model {
            self.model(it, class, args)
        } else {
            Kind::Any.into()
        }
    }

    /// A class method as it is called on a class.
    pub(super) fn bound(&mut self, it: &mut Interpreter, class: &Value, found: Value, name: &str) -> Value {
        it.get_attribute(class, name).ok().flatten().unwrap_or(found)
    }
}

/// Whether a class or an ancestor of it that is no library model defines a name.
#[must_use]
pub fn is_written(class: &Rc<ClassObject>, name: &str) -> bool {
    class
        .find(name)
        .is_some_and(|(_, owner)| owner.module.as_ref().is_some_and(|module| !module.is_model()))
}
