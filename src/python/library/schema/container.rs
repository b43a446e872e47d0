//! Subscripted types: containers, generics, qualifiers
//! (<https://docs.pydantic.dev/latest/api/standard_library_types/>).

use std::rc::Rc;

use super::{
    build::Builder,
    scalar,
    shape::{Kind, Shape},
};
use crate::python::interpret::{
    class::{Builtin, ClassObject},
    interpreter::Interpreter,
    typing::TypeForm,
    value::Value,
};

impl Builder {
    /// `origin[args]`.
    pub(super) fn alias(
        &mut self,
        it: &mut Interpreter,
        value: &Value,
        origin: &Value,
        args: &[Value],
    ) -> Shape {
        match origin {
            Value::Type(form) => match &**form {
                TypeForm::Special(name) => self.special(it, name, args),
                TypeForm::Lazy { .. } => self.of(it, origin),
                _ => self.unknown(it, value),
            },
            Value::Class(class) => self.generic(it, value, class, args),
            _ => self.unknown(it, value),
        }
    }

    fn generic(
        &mut self,
        it: &mut Interpreter,
        value: &Value,
        class: &Rc<ClassObject>,
        args: &[Value],
    ) -> Shape {
        let path = class.path();
        match class.builtin {
            Some(Builtin::List) => return self.list(it, args),
            Some(Builtin::Set | Builtin::FrozenSet) => return self.set(it, args),
            Some(Builtin::Tuple) => return self.tuple(it, args),
            Some(Builtin::Dict) => return self.dict(it, args),
            Some(Builtin::Type) => return Kind::Any.into(),
            _ => {}
        }
        match path.as_str() {
            "collections.OrderedDict"
            | "collections.defaultdict"
            | "collections.abc.Mapping"
            | "collections.abc.MutableMapping" => return self.dict(it, args),
            "collections.Counter" => {
                let keys = args.first().map(|key| Box::new(self.of(it, key)));
                return Kind::Dict(keys, Some(Box::new(Kind::Int.into()))).into();
            }
            "collections.deque" | "collections.abc.Sequence" | "collections.abc.MutableSequence" => {
                return self.list(it, args);
            }
            "collections.abc.Set" | "collections.abc.MutableSet" => return self.set(it, args),
            "pydantic.types.Secret" => {
                let inner = args
                    .first()
                    .map_or_else(|| Kind::Any.into(), |arg| self.of(it, arg));
                return scalar::secret(inner);
            }
            "re.Pattern" => return Shape::text("regex"),
            "os.PathLike" => return Shape::text("path"),
            _ => {}
        }
        if class.inherits("pydantic.BaseModel") {
            // pydantic 1 fills in the arguments of `GenericModel` only.
            let is_filled = !self.options.is_first() || class.inherits("pydantic.GenericModel");
            return self.model(it, class, if is_filled { args } else { &[] });
        }
        if super::build::is_written(class, "__get_pydantic_core_schema__") {
            return self.custom_class(it, &Value::Class(Rc::clone(class)), value);
        }
        if class.inherits("typing.TypedDict") {
            return self.typed_dict(it, class, args);
        }
        if class.mro().any(|ancestor| ancestor.dataclass.get().is_some()) {
            return self.dataclass(it, class, args);
        }
        if !class.unknown_bases.is_empty() {
            return self.class_of_unknown_base(it, class, args);
        }
        Kind::Invalid(super::encode::words(value)).into()
    }

    /// A name of `typing`, alone or subscripted.
    pub(super) fn special(&mut self, it: &mut Interpreter, name: &str, args: &[Value]) -> Shape {
        match name {
            "Any" | "Hashable" | "Type" => Kind::Any.into(),
            "List" | "Sequence" | "MutableSequence" | "Iterable" | "Generator" | "Deque" | "Collection" => {
                self.list(it, &args[..args.len().min(1)])
            }
            "Set" | "FrozenSet" | "AbstractSet" | "MutableSet" => self.set(it, args),
            "Tuple" => self.tuple(it, args),
            "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "OrderedDict" => self.dict(it, args),
            "Counter" => {
                let keys = args.first().map(|key| Box::new(self.of(it, key)));
                Kind::Dict(keys, Some(Box::new(Kind::Int.into()))).into()
            }
            "Text" | "LiteralString" => Kind::Str.into(),
            "Pattern" => Shape::text("regex"),
            "AnyStr" => Kind::Union(vec![Kind::Str.into(), Kind::Bytes.into()]).into(),
            "Optional" | "Final" | "Required" | "NotRequired" | "ReadOnly" | "ClassVar" | "InitVar" => args
                .first()
                .map_or_else(|| Kind::Any.into(), |arg| self.of(it, arg)),
            "Self" => match self.owners.last().cloned() {
                Some(owner) => self.of(it, &owner),
                None => Kind::Any.into(),
            },
            "Annotated" | "Union" | "Literal" => Kind::Any.into(),
            "Callable" => Kind::Invalid("a callable".into()).into(),
            other => Kind::Invalid(other.into()).into(),
        }
    }

    fn list(&mut self, it: &mut Interpreter, args: &[Value]) -> Shape {
        Kind::List(args.first().map(|item| Box::new(self.of(it, item)))).into()
    }

    fn set(&mut self, it: &mut Interpreter, args: &[Value]) -> Shape {
        Kind::Set(args.first().map(|item| Box::new(self.of(it, item)))).into()
    }

    fn dict(&mut self, it: &mut Interpreter, args: &[Value]) -> Shape {
        let keys = args.first().map(|key| Box::new(self.of(it, key)));
        let values = args.get(1).map(|value| Box::new(self.of(it, value)));
        Kind::Dict(keys, values).into()
    }

    fn tuple(&mut self, it: &mut Interpreter, args: &[Value]) -> Shape {
        match args {
            [] => Kind::Tuple(vec![Kind::Any.into()], Some(0)).into(),
            [Value::Tuple(empty)] if empty.is_empty() => Kind::Tuple(vec![], None).into(),
            [item, Value::Ellipsis] => Kind::Tuple(vec![self.of(it, item)], Some(0)).into(),
            items => Kind::Tuple(items.iter().map(|item| self.of(it, item)).collect(), None).into(),
        }
    }
}
