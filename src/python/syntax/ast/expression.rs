//! Expressions.

use std::sync::Arc;

use ecow::EcoString;

use super::{FunctionDef, Span};

/// An expression and where it stands.
#[derive(Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Debug)]
pub enum ExprKind {
    /// A name.
    Name(EcoString),
    /// A literal.
    Constant(Constant),
    /// An f-string, adjacent literals joined.
    FString(Vec<FStringPart>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `(a, b)` or `a, b`.
    Tuple(Vec<Expr>),
    /// `{a, b}`.
    Set(Vec<Expr>),
    /// `{a: b, **c}`; a `None` key is a `**` entry.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// `-a`, `+a`, `~a`, `not a`.
    Unary(UnaryOp, Box<Expr>),
    /// `a + b` and the like.
    Binary(Box<Expr>, BinaryOp, Box<Expr>),
    /// `a and b and c`, `a or b`: at least two operands.
    BoolOp(BoolOp, Vec<Expr>),
    /// `a < b <= c`.
    Compare(Box<Expr>, Vec<(CompareOp, Expr)>),
    /// `f(a, *b, c=d, **e)`.
    Call(Box<Expr>, Vec<Argument>),
    /// `a.b`.
    Attribute(Box<Expr>, EcoString),
    /// `a[b]`; several items are a `Tuple`.
    Subscript(Box<Expr>, Box<Expr>),
    /// `a:b:c` inside a subscript.
    Slice(Option<Box<Expr>>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `lambda a: b`.
    Lambda(Arc<FunctionDef>),
    /// `body if test else orelse`.
    IfExp {
        /// The condition.
        test: Box<Expr>,
        /// Taken when true.
        body: Box<Expr>,
        /// Taken when false.
        orelse: Box<Expr>,
    },
    /// `[a for …]`.
    ListComp(Box<Expr>, Vec<Comprehension>),
    /// `{a for …}`.
    SetComp(Box<Expr>, Vec<Comprehension>),
    /// `{a: b for …}`.
    DictComp(Box<Expr>, Box<Expr>, Vec<Comprehension>),
    /// `(a for …)`.
    Generator(Box<Expr>, Vec<Comprehension>),
    /// `await a`.
    Await(Box<Expr>),
    /// `yield a`.
    Yield(Option<Box<Expr>>),
    /// `yield from a`.
    YieldFrom(Box<Expr>),
    /// `*a` in a display, call or target.
    Starred(Box<Expr>),
    /// `name := value`.
    Named(EcoString, Box<Expr>),
    /// Text that is not a valid expression.
    Invalid,
}

/// One argument of a call or class definition.
#[derive(Debug)]
pub enum Argument {
    /// `a`.
    Positional(Expr),
    /// `*a`.
    Star(Expr),
    /// `name=a`.
    Keyword(EcoString, Expr),
    /// `**a`.
    DoubleStar(Expr),
}

/// One `for … in … if …` of a comprehension.
#[derive(Debug)]
pub struct Comprehension {
    /// What each item is bound to.
    pub target: Expr,
    /// What is iterated.
    pub iter: Expr,
    /// The conditions.
    pub conditions: Vec<Expr>,
    /// `async for`.
    pub is_async: bool,
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `None`.
    None,
    /// `True` and `False`.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// A larger integer, in decimal digits.
    BigInt(EcoString),
    /// A floating-point number.
    Float(f64),
    /// The imaginary part of a complex number.
    Imaginary(f64),
    /// Text, escapes resolved, adjacent literals joined.
    Str(EcoString),
    /// Bytes, escapes resolved, adjacent literals joined.
    Bytes(Vec<u8>),
    /// `...`.
    Ellipsis,
}

/// A part of an f-string.
#[derive(Debug)]
pub enum FStringPart {
    /// Text between fields, escapes resolved and doubled braces made single.
    Text(EcoString),
    /// `{value!conversion:spec}`.
    Field {
        /// The expression.
        value: Box<Expr>,
        /// `r`, `s` or `a` behind `!`.
        conversion: Option<char>,
        /// The parts of the format behind `:`.
        spec: Vec<FStringPart>,
        /// The source text of the expression followed by `=`, for `{value=}`.
        debug_text: Option<EcoString>,
    },
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `not`.
    Not,
    /// `-`.
    Neg,
    /// `+`.
    Pos,
    /// `~`.
    Invert,
}

/// Binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of Python's `ast` module")]
pub enum BinaryOp {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
}

/// `and`, `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOp {
    /// `and`.
    And,
    /// `or`.
    Or,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of Python's `ast` module")]
pub enum CompareOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}
