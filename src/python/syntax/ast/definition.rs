//! Functions and classes, with their parameters.

use std::sync::{Arc, OnceLock};

use ecow::EcoString;

use super::{Argument, Expr, Span, Stmt, SyntaxError};
use crate::python::syntax::unread::UnreadBody;

/// A function definition.
///
/// Most functions of a repository are never called, so what stands in one may be left unread until somebody asks.
#[derive(Debug)]
pub struct FunctionDef {
    /// Its name; `<lambda>` for a lambda.
    pub name: EcoString,
    /// Type parameters (PEP 695).
    pub type_params: Vec<TypeParam>,
    /// Its parameters.
    pub parameters: Parameters,
    /// The return annotation.
    pub returns: Option<Arc<Expr>>,
    /// Decorators, outermost first, each with the place of its expression.
    pub decorators: Vec<Expr>,
    /// `async def`.
    pub is_async: bool,
    /// Where the whole definition stands, decorators excluded: it begins at `def` or `async`.
    pub span: Span,
    /// Where the name stands.
    pub name_span: Span,
    pub(in crate::python::syntax) suite: Suite,
}

/// The suite of a function, as text or as statements.
#[derive(Debug)]
pub(in crate::python::syntax) struct Suite {
    read: OnceLock<FunctionBody>,
    unread: Option<UnreadBody>,
}

/// The suite of a function, and what Python's compiler takes from it.
#[derive(Debug, Default)]
pub struct FunctionBody {
    /// The statements. A lambda's is one `return`.
    pub statements: Vec<Stmt>,
    /// Whether there is a `yield` of its own.
    pub is_generator: bool,
    /// The text of the docstring, as written between the quotes with escapes resolved (not dedented).
    pub docstring: Option<EcoString>,
    /// Names assigned anywhere in it (parameters included), less those declared `global` or `nonlocal`.
    /// These are the function's locals in Python's sense.
    pub locals: Vec<EcoString>,
    /// Ranges that are not valid Python, if they were not known when the file was parsed.
    pub errors: Vec<SyntaxError>,
}

impl FunctionDef {
    /// What stands in it, parsed by whoever asks first.
    #[must_use]
    pub fn body(&self) -> &FunctionBody {
        self.suite.read.get_or_init(|| match &self.suite.unread {
            Some(unread) => unread.read(&self.parameters),
            None => FunctionBody::default(),
        })
    }
}

impl From<FunctionBody> for Suite {
    fn from(body: FunctionBody) -> Self {
        Self {
            read: OnceLock::from(body),
            unread: None,
        }
    }
}

impl From<UnreadBody> for Suite {
    fn from(body: UnreadBody) -> Self {
        Self {
            read: OnceLock::new(),
            unread: Some(body),
        }
    }
}

/// A class definition.
#[derive(Debug)]
pub struct ClassDef {
    /// Its name.
    pub name: EcoString,
    /// Type parameters (PEP 695).
    pub type_params: Vec<TypeParam>,
    /// Base classes and keywords such as `metaclass=` in the order written.
    pub arguments: Vec<Argument>,
    /// The suite.
    pub body: Vec<Stmt>,
    /// Decorators, outermost first.
    pub decorators: Vec<Expr>,
    /// The text of the docstring.
    pub docstring: Option<EcoString>,
    /// Where the whole definition stands, decorators excluded: it begins at `class`.
    pub span: Span,
    /// Where the name stands.
    pub name_span: Span,
}

/// A type parameter: `T: bound = default`, `*Ts`, `**P`.
#[derive(Debug)]
pub struct TypeParam {
    /// Its name.
    pub name: EcoString,
    /// Which kind it is.
    pub kind: TypeParamKind,
    /// What stands behind the colon.
    pub bound: Option<Arc<Expr>>,
    /// What stands behind `=`.
    pub default: Option<Arc<Expr>>,
}

/// The kinds of type parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeParamKind {
    /// `T`.
    TypeVar,
    /// `*Ts`.
    TypeVarTuple,
    /// `**P`.
    ParamSpec,
}

/// The parameters of a function, in the order written.
#[derive(Debug, Default)]
pub struct Parameters {
    /// All of them, `*args` and `**kwargs` included.
    pub all: Vec<Parameter>,
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name without stars.
    pub name: EcoString,
    /// How it takes arguments.
    pub kind: ParameterKind,
    /// Its annotation.
    pub annotation: Option<Arc<Expr>>,
    /// Its default.
    pub default: Option<Arc<Expr>>,
    /// Where it stands.
    pub span: Span,
}

/// How a parameter takes arguments, as in [`inspect.Parameter.kind`](https://docs.python.org/3/library/inspect.html#inspect.Parameter.kind).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Before a `/`.
    PositionalOnly,
    /// The usual kind.
    PositionalOrKeyword,
    /// `*args`.
    VarPositional,
    /// After `*` or `*args`.
    KeywordOnly,
    /// `**kwargs`.
    VarKeyword,
}
