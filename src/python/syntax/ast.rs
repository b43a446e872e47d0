//! The small syntax tree that the interpreter walks.
//!
//! It keeps what evaluation and reporting need and nothing of the layout: every node is owned, holds byte
//! positions into its file and no reference to it, so a tree can be made on one thread and used on another.
//! The shapes follow Python's own [`ast` module](https://docs.python.org/3/library/ast.html#abstract-grammar).

mod definition;
mod expression;

use std::sync::Arc;

use ecow::EcoString;

pub(super) use definition::Suite;
pub use definition::{
    ClassDef, FunctionBody, FunctionDef, Parameter, ParameterKind, Parameters, TypeParam, TypeParamKind,
};
pub use expression::{
    Argument, BinaryOp, BoolOp, CompareOp, Comprehension, Constant, Expr, ExprKind, FStringPart, UnaryOp,
};

/// A half-open range of bytes in the file the node stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

/// One parsed file.
#[derive(Debug, Default)]
pub struct Module {
    /// The statements at the top level, in order.
    pub body: Vec<Stmt>,
    /// Ranges that are not valid Python; the statements around them are kept.
    pub errors: Vec<SyntaxError>,
    /// Byte offset at which each line begins; the first is 0.
    pub line_starts: Vec<u32>,
}

/// A place where the text is not valid Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What was skipped.
    pub span: Span,
    /// The cause in the reader's words, without place.
    pub message: String,
}

impl Module {
    /// One-based line and column (in bytes) of an offset.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        (line as u32, offset - start + 1)
    }

    /// One-based line of an offset.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        self.line_column(offset).0
    }
}

/// A statement and where it stands.
#[derive(Debug)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Debug)]
pub enum StmtKind {
    /// `def` or `async def`, with its decorators.
    FunctionDef(Arc<FunctionDef>),
    /// `class`, with its decorators.
    ClassDef(Arc<ClassDef>),
    /// `return value`.
    Return(Option<Expr>),
    /// `del a, b`.
    Delete(Vec<Expr>),
    /// `a = b = value`.
    Assign {
        /// Each target from left to right.
        targets: Vec<Expr>,
        /// What is assigned.
        value: Expr,
    },
    /// `target op= value`.
    AugAssign {
        /// What is changed.
        target: Expr,
        /// The operator without `=`.
        op: BinaryOp,
        /// The right side.
        value: Expr,
    },
    /// `target: annotation = value`.
    AnnAssign {
        /// The name, attribute or subscript.
        target: Expr,
        /// The annotation, unevaluated.
        annotation: Arc<Expr>,
        /// The value, if one is given.
        value: Option<Expr>,
    },
    /// `type Name[T] = value` (PEP 695).
    TypeAlias {
        /// The name bound.
        name: EcoString,
        /// Its type parameters.
        type_params: Vec<TypeParam>,
        /// The aliased type, evaluated lazily by Python.
        value: Arc<Expr>,
    },
    /// `for target in iter: body else: orelse`, also `async for`.
    For {
        /// What each item is bound to.
        target: Expr,
        /// What is iterated.
        iter: Expr,
        /// The loop's body.
        body: Vec<Stmt>,
        /// The `else` suite.
        orelse: Vec<Stmt>,
        /// `async for`.
        is_async: bool,
    },
    /// `while test: body else: orelse`.
    While {
        /// The condition.
        test: Expr,
        /// The loop's body.
        body: Vec<Stmt>,
        /// The `else` suite.
        orelse: Vec<Stmt>,
    },
    /// `if test: body else: orelse`; an `elif` is an `If` alone in `orelse`.
    If {
        /// The condition.
        test: Expr,
        /// The first suite.
        body: Vec<Stmt>,
        /// The `else` suite.
        orelse: Vec<Stmt>,
    },
    /// `with a as b, c: body`, also `async with`.
    With {
        /// Context expressions and what they are bound to.
        items: Vec<(Expr, Option<Expr>)>,
        /// The suite.
        body: Vec<Stmt>,
        /// `async with`.
        is_async: bool,
    },
    /// `match subject: case …`.
    Match {
        /// What is matched.
        subject: Expr,
        /// The cases in order.
        cases: Vec<MatchCase>,
    },
    /// `raise exception from cause`.
    Raise {
        /// The exception, absent when re-raising.
        exception: Option<Expr>,
        /// What stands behind `from`.
        cause: Option<Expr>,
    },
    /// `try: … except …: … else: … finally: …`.
    Try {
        /// The guarded suite.
        body: Vec<Stmt>,
        /// The handlers in order.
        handlers: Vec<ExceptHandler>,
        /// The `else` suite.
        orelse: Vec<Stmt>,
        /// The `finally` suite.
        finalbody: Vec<Stmt>,
    },
    /// `assert test, message`.
    Assert {
        /// The condition.
        test: Expr,
        /// The message.
        message: Option<Expr>,
    },
    /// `import a.b as c, d`.
    Import(Vec<ImportAlias>),
    /// `from ..a import b as c`.
    ImportFrom {
        /// The module without its leading dots; empty for `from . import x`.
        module: EcoString,
        /// How many leading dots.
        level: u32,
        /// What is imported; `*` is a name here.
        names: Vec<ImportAlias>,
    },
    /// `global a, b`.
    Global(Vec<EcoString>),
    /// `nonlocal a, b`.
    Nonlocal(Vec<EcoString>),
    /// An expression on its own.
    Expr(Expr),
    /// `pass`.
    Pass,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
}

/// One name of an import statement.
#[derive(Clone, Debug)]
pub struct ImportAlias {
    /// The dotted name imported.
    pub name: EcoString,
    /// The name behind `as`.
    pub alias: Option<EcoString>,
    /// Where it stands.
    pub span: Span,
}

/// One `except` clause.
#[derive(Debug)]
pub struct ExceptHandler {
    /// The exception type or tuple of them; absent for a bare `except`.
    pub exception: Option<Expr>,
    /// The name behind `as`.
    pub name: Option<EcoString>,
    /// The suite.
    pub body: Vec<Stmt>,
    /// `except*`.
    pub is_star: bool,
    /// Where it stands.
    pub span: Span,
}

/// One `case` of a `match`.
#[derive(Debug)]
pub struct MatchCase {
    /// What must match.
    pub pattern: Pattern,
    /// The condition behind `if`.
    pub guard: Option<Expr>,
    /// The suite.
    pub body: Vec<Stmt>,
}

/// A pattern of a `case`.
#[derive(Debug)]
pub enum Pattern {
    /// A literal or dotted name, compared by `==`.
    Value(Expr),
    /// `None`, `True` or `False`, compared by identity.
    Singleton(Expr),
    /// `[a, *rest]` and `(a, b)`.
    Sequence(Vec<Pattern>),
    /// `{"key": pattern, **rest}`.
    Mapping {
        /// Keys and the patterns of their values.
        items: Vec<(Expr, Pattern)>,
        /// What the remaining items are bound to.
        rest: Option<EcoString>,
    },
    /// `Class(a, name=b)`.
    Class {
        /// The class.
        class: Expr,
        /// Positional patterns.
        positional: Vec<Pattern>,
        /// Patterns by attribute name.
        keyword: Vec<(EcoString, Pattern)>,
    },
    /// `*name` inside a sequence; `None` for `*_`.
    Star(Option<EcoString>),
    /// `pattern as name`, a bare `name` (no pattern), or `_` (neither).
    As {
        /// What must match, anything if absent.
        pattern: Option<Box<Pattern>>,
        /// The name bound.
        name: Option<EcoString>,
    },
    /// `a | b`.
    Or(Vec<Pattern>),
}
