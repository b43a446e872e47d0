//! Expressions: what a script evaluates.

use ecow::EcoString;

use super::{BlockId, ClassId, ExpressionId, FunctionId, NameId};

/// One expression.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
    /// The function that it stands in.
    pub function: FunctionId,
    /// The innermost block that it stands in.
    pub block: BlockId,
}

/// What an expression is. Parentheses and TypeScript's casts are left out.
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// A string.
    Text(EcoString),
    /// A template string: one text more than holes.
    Template {
        /// Between the holes.
        texts: Vec<EcoString>,
        /// What is put between the texts.
        holes: Vec<ExpressionId>,
        /// The function in front of it.
        tag: Option<ExpressionId>,
    },
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// A regular expression, as written.
    Regex(EcoString),
    /// A declared name.
    Local(NameId),
    /// A name that the script does not declare.
    Global(EcoString),
    /// `this`.
    This,
    /// `super`.
    Super,
    /// `import.meta`.
    ImportMeta,
    /// `object.property`, private names with their `#`.
    Member {
        /// Of what.
        object: ExpressionId,
        /// Which.
        property: EcoString,
        /// `?.`
        optional: bool,
    },
    /// `object[index]`.
    Index {
        /// Of what.
        object: ExpressionId,
        /// Which.
        index: ExpressionId,
    },
    /// `callee(arguments)`.
    Call {
        /// What is called.
        callee: ExpressionId,
        /// With what.
        arguments: Vec<Argument>,
        /// Type arguments as written, without the brackets.
        type_arguments: Option<EcoString>,
    },
    /// `new callee(arguments)`.
    New {
        /// What is constructed.
        callee: ExpressionId,
        /// With what.
        arguments: Vec<Argument>,
    },
    /// `[…]`; a hole is left out.
    Array(Vec<Argument>),
    /// `{…}`.
    Object(Vec<Property>),
    /// A function.
    Function(FunctionId),
    /// A class.
    Class(ClassId),
    /// `-x`, `!x`, `typeof x`.
    Unary {
        /// As written.
        operator: &'static str,
        /// Of what.
        operand: ExpressionId,
    },
    /// `x + y`, `x === y`.
    Binary {
        /// As written.
        operator: &'static str,
        /// Left of it.
        left: ExpressionId,
        /// Right of it.
        right: ExpressionId,
    },
    /// `x && y`, `x || y`, `x ?? y`.
    Logical {
        /// As written.
        operator: &'static str,
        /// Left of it.
        left: ExpressionId,
        /// Right of it.
        right: ExpressionId,
    },
    /// `test ? then : otherwise`.
    Conditional {
        /// What decides.
        test: ExpressionId,
        /// When it is truthy.
        then: ExpressionId,
        /// When it is not.
        otherwise: ExpressionId,
    },
    /// `target = value`, `target += value`; destructuring has no target.
    Assign {
        /// As written.
        operator: &'static str,
        /// What is written to.
        target: Option<ExpressionId>,
        /// What is written.
        value: ExpressionId,
    },
    /// `x++`.
    Update(ExpressionId),
    /// `x, y`.
    Sequence(Vec<ExpressionId>),
    /// `await x`.
    Await(ExpressionId),
    /// `yield x`.
    Yield(Option<ExpressionId>),
    /// `import(x)`.
    Import(ExpressionId),
    /// `<Tag attributes>children</Tag>`.
    Element(Element),
    /// What the analysis has no use for.
    Other,
}

/// An argument of a call or an element of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its value.
    pub value: ExpressionId,
    /// `...value`.
    pub spread: bool,
}

/// A property of an object literal or an attribute of an element.
#[derive(Clone, Debug)]
pub enum Property {
    /// `key: value`, `key() {}`, `key` alone.
    Named {
        /// The key.
        key: EcoString,
        /// The value.
        value: ExpressionId,
    },
    /// `get key() {}`, `set key(value) {}`.
    Accessor {
        /// The key.
        key: EcoString,
        /// The function.
        function: FunctionId,
        /// Whether it takes what is written.
        is_setter: bool,
    },
    /// `[key]: value`.
    Computed {
        /// The key.
        key: ExpressionId,
        /// The value.
        value: ExpressionId,
    },
    /// `...value`.
    Spread(ExpressionId),
}

/// A JSX element, or an element of a component's template.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is made of.
    pub tag: Tag,
    /// Its attributes, in order.
    pub attributes: Vec<Property>,
    /// Its children, texts left out.
    pub children: Vec<ExpressionId>,
}

/// What an element is made of.
#[derive(Clone, Debug)]
pub enum Tag {
    /// An element of the renderer: `div`, `mesh`.
    Intrinsic(EcoString),
    /// A component.
    Component(ExpressionId),
    /// `<>…</>`.
    Fragment,
}
