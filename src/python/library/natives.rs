//! `__arch__`: what a library model needs and Python cannot say.

mod copying;
pub mod declarations;
pub mod documents;
pub mod expressions;
pub mod models;
pub mod reflection;
pub mod runtime;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use crate::python::interpret::{
    interpreter::Interpreter,
    scope::{Scope, ScopeKind},
    typing::TypeForm,
    value::{ModuleObject, NativeCall, Origin, Value},
};

/// The module as library models import it.
#[must_use]
pub fn module() -> Value {
    let scope = Scope::new(ScopeKind::Module, None);
    {
        let mut names = scope.names.borrow_mut();
        let tables: [&[(&str, NativeCall)]; 6] = [
            reflection::FUNCTIONS,
            runtime::FUNCTIONS,
            models::FUNCTIONS,
            declarations::FUNCTIONS,
            expressions::FUNCTIONS,
            documents::FUNCTIONS,
        ];
        for (name, call) in tables.into_iter().flatten() {
            names.insert((*name).into(), Value::native(name, *call));
        }
        for name in SPECIAL_FORMS {
            names.insert((*name).into(), TypeForm::Special((*name).into()).value());
        }
    }
    Value::Module(Rc::new(ModuleObject {
        name: "__arch__".into(),
        scope,
        file: None,
        is_package: false,
        origin: Origin::Model,
        is_loading: Cell::new(false),
        imports: RefCell::default(),
    }))
}

/// The names of `typing` that are forms of the type language and not classes.
const SPECIAL_FORMS: &[&str] = &[
    "Any",
    "Optional",
    "Union",
    "Literal",
    "Annotated",
    "ClassVar",
    "Final",
    "Callable",
    "Concatenate",
    "Type",
    "List",
    "Dict",
    "Tuple",
    "Set",
    "FrozenSet",
    "Sequence",
    "MutableSequence",
    "Mapping",
    "MutableMapping",
    "Iterable",
    "Iterator",
    "Generator",
    "AsyncIterable",
    "AsyncIterator",
    "AsyncGenerator",
    "Awaitable",
    "Coroutine",
    "Collection",
    "Container",
    "Hashable",
    "Sized",
    "Reversible",
    "KeysView",
    "ValuesView",
    "ItemsView",
    "AbstractSet",
    "Deque",
    "DefaultDict",
    "OrderedDict",
    "Counter",
    "ChainMap",
    "ContextManager",
    "AsyncContextManager",
    "Pattern",
    "Match",
    "NoReturn",
    "Never",
    "Self",
    "LiteralString",
    "TypeAlias",
    "TypeGuard",
    "TypeIs",
    "Unpack",
    "Required",
    "NotRequired",
    "ReadOnly",
    "Text",
    "AnyStr",
    "ByteString",
    "IO",
    "TextIO",
    "BinaryIO",
    "SupportsInt",
    "SupportsFloat",
    "InitVar",
];

/// Imports the module under its name, so that library models find it.
pub fn install(interpreter: &mut Interpreter) {
    interpreter.modules.insert("__arch__".into(), module());
}
