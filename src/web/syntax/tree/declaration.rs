//! Functions, classes and declared names.

use ecow::EcoString;

use super::{BlockId, ClassId, Exit, ExpressionId, FunctionId};

/// A function, method or arrow; the top level of a script is one too.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// Its own name, or that of what it is first assigned to.
    pub name: EcoString,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// What it returns; the body of an arrow without braces.
    pub returns: Vec<ExpressionId>,
    /// Where it or a loop in it is left, in order.
    pub exits: Vec<Exit>,
    /// The function that it stands in; none for the top level.
    pub parent: Option<FunctionId>,
    /// The block that it stands in.
    pub block: Option<BlockId>,
    /// The class that it is a method or a field's value of.
    pub class: Option<ClassId>,
    /// Whether `this` is that of the function around it.
    pub is_arrow: bool,
    /// `async`.
    pub is_async: bool,
    /// `function*`.
    pub is_generator: bool,
    /// Type of what it returns, as written.
    pub return_type: Option<EcoString>,
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
}

/// A parameter of a function.
#[derive(Clone, Debug, Default)]
pub struct Parameter {
    /// Its name; none for a pattern.
    pub name: Option<EcoString>,
    /// Type as written.
    pub annotation: Option<EcoString>,
    /// `= value`.
    pub default: Option<ExpressionId>,
    /// `...rest`.
    pub is_rest: bool,
}

/// A class.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// Its own name, or that of what it is first assigned to.
    pub name: EcoString,
    /// `extends`.
    pub base: Option<ExpressionId>,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// The function that is used as this class, where no `class` is written.
    pub function: Option<FunctionId>,
    /// Byte offset of its first byte.
    pub start: u32,
}

/// A member of a class.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name, private ones with their `#`; `constructor` for the constructor.
    pub name: EcoString,
    /// `static`.
    pub is_static: bool,
    /// What it is.
    pub kind: MemberKind,
    /// Type as written.
    pub annotation: Option<EcoString>,
    /// Byte offset of its first byte.
    pub start: u32,
}

/// What a member of a class is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A method or the constructor.
    Method(FunctionId),
    /// `get name()`.
    Getter(FunctionId),
    /// `set name(value)`.
    Setter(FunctionId),
    /// A field and its first value.
    Field(Option<ExpressionId>),
}

/// A declared name: variable, parameter, function, class, import.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// As written.
    pub text: EcoString,
    /// Every place that gives it a value, in order.
    pub definitions: Vec<Definition>,
    /// Type as written, e.g. `THREE.Mesh | null`.
    pub annotation: Option<EcoString>,
    /// `const`.
    pub is_constant: bool,
    /// Changed by `+=`, `++` and the like.
    pub is_updated: bool,
    /// The function that it is declared in.
    pub function: Option<FunctionId>,
    /// Byte offset of its declaration.
    pub start: u32,
}

/// One place that gives a name a value.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Where the value comes from.
    pub source: DefinitionSource,
    /// The way into it that a destructuring pattern takes; empty for the value itself.
    pub path: Vec<PathStep>,
    /// Byte offset.
    pub start: u32,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionSource {
    /// An expression.
    Expression(ExpressionId),
    /// A parameter.
    Parameter(FunctionId, u32),
    /// One of [`Script::imports`] and in it one of the names.
    Import(u32, u32),
    /// A function's declaration.
    Function(FunctionId),
    /// A class's declaration.
    Class(ClassId),
    /// An item of what a loop goes through.
    ItemOf(ExpressionId),
    /// A key of what a loop goes through.
    KeyOf(ExpressionId),
    /// What a handler catches.
    Caught,
}

/// One step of a destructuring pattern.
#[derive(Clone, Debug)]
pub enum PathStep {
    /// `{ name }` or `{ name: … }`.
    Property(EcoString),
    /// The item of an array at this place.
    Item(u32),
    /// `...rest`.
    Rest,
    /// `= value`, used when there is none.
    Default(ExpressionId),
    /// `{ [key]: … }`.
    Unknown,
}
