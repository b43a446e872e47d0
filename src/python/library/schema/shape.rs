//! What a type accepts and sends, before it is written as JSON Schema: the counterpart of pydantic's core schema.

use std::rc::Rc;

use ecow::EcoString;
use serde_json::{Map, Value as Json};

use super::config::Config;
use crate::python::{
    interpret::{class::ClassObject, value::Value},
    syntax::ast::Span,
};

/// A type with everything that is said about it.
#[derive(Clone)]
pub struct Shape {
    /// What it is.
    pub kind: Kind,
    /// Limits by pydantic's names: `gt`, `min_length`, `pattern`, …
    pub constraints: Map<String, Json>,
    /// Keys put over its schema: title, description, examples, deprecated.
    pub updates: Map<String, Json>,
    /// `json_schema_extra` in order.
    pub extras: Vec<Extra>,
    /// Hooks of its class that change its schema, innermost first.
    pub hooks: Vec<Hook>,
    /// Hooks of annotations, applied after those of the class.
    pub outer_hooks: Vec<Hook>,
    /// How it is sent, if not as it is.
    pub serializer: Option<Box<Serializer>>,
    /// Its reference when it has a definition of its own.
    pub reference: Option<EcoString>,
}

/// What `json_schema_extra` gives.
#[derive(Clone)]
pub enum Extra {
    /// Keys put over the schema.
    Keys(Map<String, Json>),
    /// A function that changes it.
    Call(Value),
}

/// Something that replaces or changes a schema.
#[derive(Clone)]
pub enum Hook {
    /// A callable that gets the core schema and a handler: `__get_pydantic_json_schema__`.
    Call(Value),
    /// A callable that changes the schema that it is given: `__modify_schema__` of pydantic 1.
    Modify(Value),
    /// `WithJsonSchema`.
    Replace(Json, Option<super::Mode>),
    /// `Examples` or keys fixed by a library type.
    Keys(Map<String, Json>),
    /// `SkipJsonSchema`.
    Omit,
    /// The definition that is referred to stands in place.
    Resolve,
}

/// What is sent in place of a value.
#[derive(Clone)]
pub struct Serializer {
    /// What the function returns; absent when that is not said.
    pub returns: Option<Shape>,
    /// The function, when it can be applied to defaults.
    pub function: Option<Value>,
    /// Whether `None` is sent as it is.
    pub unless_none: bool,
}

/// What a shape is.
#[derive(Clone)]
pub enum Kind {
    /// Anything.
    Any,
    /// `None`.
    Null,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `float`.
    Float,
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// `Decimal`.
    Decimal,
    /// `date`, `time`, `date-time` or `duration`.
    Temporal(&'static str),
    /// A schema that does not depend on the mode.
    Fixed(Map<String, Json>),
    /// Values of `Literal`, encoded.
    Literal(Vec<Json>),
    /// An enumeration: title, description, encoded values, and the mixed-in type.
    Enum {
        /// Encoded values.
        values: Vec<Json>,
        /// Title and description.
        updates: Map<String, Json>,
    },
    /// `list` and the like.
    List(Option<Box<Shape>>),
    /// `set` and `frozenset`.
    Set(Option<Box<Shape>>),
    /// A tuple: its items, and the index of the repeated one.
    Tuple(Vec<Shape>, Option<usize>),
    /// A mapping.
    Dict(Option<Box<Shape>>, Option<Box<Shape>>),
    /// Or `None`.
    Nullable(Box<Shape>),
    /// One of several.
    Union(Vec<Shape>),
    /// One of several told apart by the value of a field, or by a function when it has no name.
    Tagged(Option<EcoString>, Vec<Shape>),
    /// With a default; [`None`] when a factory makes it.
    Default(Box<Shape>, Option<Value>),
    /// Wrapped in a validator function, with the type that it takes if that is said.
    Function(Box<Shape>, Option<Box<Shape>>),
    /// Made by a function alone, with the type that it takes.
    Plain(Option<Box<Shape>>),
    /// Different in the two modes.
    ByMode(Box<Shape>, Box<Shape>),
    /// JSON in a text.
    JsonText(Box<Shape>),
    /// A model, dataclass or typed dictionary.
    Class(Rc<ClassShape>),
    /// A named tuple.
    NamedTuple(Vec<FieldShape>),
    /// A definition.
    Reference(EcoString),
    /// A shape that has a name of its own: `type Name = …`.
    Alias(Box<Shape>),
    /// Something without JSON Schema, in words.
    Invalid(EcoString),
}

/// A class with named fields.
pub struct ClassShape {
    /// The class.
    pub class: Rc<ClassObject>,
    /// Its name, with the arguments of a generic one.
    pub name: EcoString,
    /// Its docstring.
    pub doc: Option<EcoString>,
    /// Its configuration.
    pub config: Config,
    /// Its fields in order.
    pub fields: Vec<FieldShape>,
    /// Its computed fields in order.
    pub computed: Vec<FieldShape>,
    /// What a root model holds.
    pub root: Option<Shape>,
    /// What further keys hold when they are typed.
    pub extra_items: Option<Shape>,
    /// `closed=True` of a typed dictionary.
    pub is_closed: bool,
    /// Whether it is a model of pydantic.
    pub is_model: bool,
    /// Bases that are not known.
    pub unknown_bases: Vec<EcoString>,
}

/// A field.
#[derive(Clone)]
pub struct FieldShape {
    /// Its name in Python.
    pub name: EcoString,
    /// Its type, with its default around it.
    pub shape: Shape,
    /// Keys of the field itself: title, description, examples, deprecated.
    pub updates: Map<String, Json>,
    /// `json_schema_extra` of the field.
    pub extras: Vec<Extra>,
    /// The name that is read.
    pub input_name: EcoString,
    /// The name that is sent.
    pub output_name: EcoString,
    /// Whether a value without it is refused.
    pub is_required: bool,
    /// Whether it is never sent.
    pub is_excluded: bool,
    /// Whether it may be left out when sent.
    pub may_be_excluded: bool,
    /// Its annotation.
    pub annotation: Value,
    /// Its default.
    pub default: Option<Value>,
    /// The class that declares it, and where.
    pub owner: Option<(Rc<ClassObject>, Span)>,
}

impl From<Kind> for Shape {
    fn from(kind: Kind) -> Self {
        Self {
            kind,
            constraints: Map::new(),
            updates: Map::new(),
            extras: vec![],
            hooks: vec![],
            outer_hooks: vec![],
            serializer: None,
            reference: None,
        }
    }
}

impl Shape {
    /// The shape for something that is said at one place of use: a type with a definition of its own is put inside, since
    /// its definition is shared.
    #[must_use]
    pub fn at_use(self) -> Self {
        if self.reference.is_some() {
            Kind::Function(Box::new(self), None).into()
        } else {
            self
        }
    }

    /// A schema that is always the same.
    #[must_use]
    pub fn fixed(schema: Json) -> Self {
        let Json::Object(map) = schema else {
            return Kind::Any.into();
        };
        Kind::Fixed(map).into()
    }

    /// Text of a format.
    #[must_use]
    pub fn text(format: &str) -> Self {
        Self::fixed(serde_json::json!({ "type": "string", "format": format }))
    }

    /// Whether a field of this type gets a title: not what has a definition of its own
    /// (<https://docs.pydantic.dev/latest/concepts/json_schema/#field-level-customization>).
    #[must_use]
    pub fn takes_title(&self) -> bool {
        if self.reference.is_some() {
            return false;
        }
        match &self.kind {
            Kind::Reference(_) | Kind::Alias(_) => false,
            Kind::Default(inner, _) | Kind::Nullable(inner) | Kind::Function(inner, _) => inner.takes_title(),
            _ => true,
        }
    }

    /// Whether it is an enumeration or holds one, under defaults, `None` and validators.
    #[must_use]
    pub fn holds_enumeration(&self) -> bool {
        match &self.kind {
            Kind::Enum { .. } => true,
            Kind::List(Some(inner)) | Kind::Set(Some(inner)) | Kind::Dict(_, Some(inner)) => {
                inner.holds_enumeration()
            }
            Kind::Default(inner, _) | Kind::Nullable(inner) | Kind::Function(inner, _) => {
                inner.holds_enumeration()
            }
            _ => false,
        }
    }

    /// Whether it is a decimal, under defaults, `None` and validators.
    #[must_use]
    pub fn is_decimal(&self) -> bool {
        match &self.kind {
            Kind::Decimal => true,
            Kind::Default(inner, _) | Kind::Nullable(inner) | Kind::Function(inner, _) => inner.is_decimal(),
            _ => false,
        }
    }

    /// Whether `None` is a value of it, under defaults and validators.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        match &self.kind {
            Kind::Default(inner, _) | Kind::Function(inner, _) => inner.is_nullable(),
            Kind::Nullable(_) => true,
            _ => false,
        }
    }
}
