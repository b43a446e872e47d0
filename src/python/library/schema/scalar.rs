//! Types that are one value on the wire, by the class
//! (<https://docs.pydantic.dev/latest/concepts/conversion_table/>).

use std::rc::Rc;

use serde_json::{Map, json};

use super::{
    build::Builder,
    shape::{Hook, Kind, Shape},
};
use crate::python::interpret::{
    class::{Builtin, ClassObject},
    interpreter::Interpreter,
};

/// Classes that are text of a format.
const TEXTS: &[(&str, &str)] = &[
    ("uuid.UUID", "uuid"),
    ("ipaddress.IPv4Address", "ipv4"),
    ("ipaddress.IPv6Address", "ipv6"),
    ("ipaddress.IPv4Network", "ipv4network"),
    ("ipaddress.IPv6Network", "ipv6network"),
    ("ipaddress.IPv4Interface", "ipv4interface"),
    ("ipaddress.IPv6Interface", "ipv6interface"),
    ("pydantic.types.IPvAnyAddress", "ipvanyaddress"),
    ("pydantic.types.IPvAnyInterface", "ipvanyinterface"),
    ("pydantic.types.IPvAnyNetwork", "ipvanynetwork"),
    ("pydantic.types.EmailStr", "email"),
    ("pydantic.types.NameEmail", "name-email"),
    ("pydantic.types.Color", "color"),
    ("pydantic.types.UUID1", "uuid1"),
    ("pydantic.types.UUID3", "uuid3"),
    ("pydantic.types.UUID4", "uuid4"),
    ("pydantic.types.UUID5", "uuid5"),
    ("pydantic.types.UUID6", "uuid6"),
    ("pydantic.types.UUID7", "uuid7"),
    ("pydantic.types.UUID8", "uuid8"),
    ("pydantic.types.FilePath", "file-path"),
    ("pydantic.types.DirectoryPath", "directory-path"),
    ("pydantic.types.NewPath", "path"),
    ("pydantic.types.SocketPath", "path"),
    ("pathlib.PurePath", "path"),
    ("pathlib.PurePosixPath", "path"),
    ("pathlib.PureWindowsPath", "path"),
    ("pathlib.Path", "path"),
    ("pathlib.PosixPath", "path"),
    ("os.PathLike", "path"),
    ("re.Pattern", "regex"),
    ("zoneinfo.ZoneInfo", "zoneinfo"),
];

/// Classes of dates and times.
const TIMES: &[(&str, &str)] = &[
    ("datetime.datetime", "date-time"),
    ("datetime.date", "date"),
    ("datetime.time", "time"),
    ("datetime.timedelta", "duration"),
    ("pydantic.types.PastDate", "date"),
    ("pydantic.types.FutureDate", "date"),
    ("pydantic.types.PastDatetime", "date-time"),
    ("pydantic.types.FutureDatetime", "date-time"),
    ("pydantic.types.AwareDatetime", "date-time"),
    ("pydantic.types.NaiveDatetime", "date-time"),
];

/// URLs of several hosts.
const MULTI_HOST: &[&str] = &["PostgresDsn", "MongoDsn", "NatsDsn"];

/// The shape of a class that is one value; absent for all others.
pub fn of(builder: &mut Builder, it: &mut Interpreter, class: &Rc<ClassObject>) -> Option<Shape> {
    if let Some(builtin) = class.builtin {
        return of_builtin(builtin);
    }
    let path = class.path();
    if let Some((_, format)) = TEXTS.iter().find(|(known, _)| *known == path) {
        return Some(Shape::text(format));
    }
    if let Some((_, format)) = TIMES.iter().find(|(known, _)| *known == path) {
        return Some(Kind::Temporal(format).into());
    }
    if class.inherits("pydantic.types.AnyUrl")
        && class.module.as_ref().is_some_and(|module| module.is_model())
    {
        return Some(if builder.options.is_first() {
            first_url(&class.name)
        } else {
            url(&class.name)
        });
    }
    let shape = match path.as_str() {
        "decimal.Decimal" => Kind::Decimal.into(),
        "fractions.Fraction" => Kind::ByMode(
            Box::new(Shape::fixed(json!({ "anyOf": [{ "type": "number" }, { "type": "string", "format": "fraction" }] }))),
            Box::new(Shape::text("fraction")),
        )
        .into(),
        "pydantic.types.SecretBytes" if builder.options.bytes_as_media_type => Shape::fixed(json!({
            "type": "string", "contentMediaType": "application/octet-stream", "writeOnly": true, "format": "password",
        })),
        "pydantic.types.SecretStr" | "pydantic.types.SecretBytes" => {
            Shape::fixed(json!({ "type": "string", "writeOnly": true, "format": "password" }))
        }
        "pydantic.types.Secret" => secret(Kind::Any.into()),
        "pydantic.types.Json" => Kind::JsonText(Box::new(Kind::Any.into())).into(),
        "pydantic.types.PaymentCardNumber" => Shape::fixed(json!({ "type": "string", "minLength": 12, "maxLength": 19 })),
        "pydantic.types.ByteSize" if builder.options.is_first() => Kind::Int.into(),
        "pydantic.types.ByteSize" => Kind::ByMode(
            Box::new(Shape::fixed(json!({ "anyOf": [
                { "type": "string", "pattern": r"^\s*(\d*\.?\d+)\s*(\w+)?" }, { "type": "integer", "minimum": 0 },
            ] }))),
            Box::new(Shape::fixed(json!({ "type": "integer", "minimum": 0 }))),
        )
        .into(),
        "starlette.datastructures.UploadFile" | "fastapi.datastructures.UploadFile" => upload(builder),
        "collections.OrderedDict" | "collections.defaultdict" => Kind::Dict(None, None).into(),
        "collections.Counter" => Kind::Dict(None, Some(Box::new(Kind::Int.into()))).into(),
        "collections.deque" | "collections.abc.Sequence" | "collections.abc.MutableSequence" => Kind::List(None).into(),
        "collections.abc.Mapping" | "collections.abc.MutableMapping" => Kind::Dict(None, None).into(),
        "collections.abc.Set" | "collections.abc.MutableSet" => Kind::Set(None).into(),
        "typing.TypedDict" => Kind::Dict(None, None).into(),
        "pydantic.BaseModel" => {
            let _ = it;
            return Some(base_model());
        }
        "enum.Enum" => Kind::Any.into(),
        _ => return None,
    };
    Some(shape)
}

/// `BaseModel` itself as an annotation: any object without fields.
fn base_model() -> Shape {
    let mut shape = Shape::fixed(json!({ "type": "object", "properties": {}, "title": "BaseModel" }));
    shape.reference = Some("pydantic.main.BaseModel:0".into());
    shape
}

fn of_builtin(builtin: Builtin) -> Option<Shape> {
    Some(match builtin {
        Builtin::Object => Kind::Any.into(),
        Builtin::Type => Kind::Any.into(),
        Builtin::Int => Kind::Int.into(),
        Builtin::Bool => Kind::Bool.into(),
        Builtin::Float => Kind::Float.into(),
        Builtin::Complex => Shape::fixed(json!({ "type": "string" })),
        Builtin::Str => Kind::Str.into(),
        Builtin::Bytes | Builtin::ByteArray => Kind::Bytes.into(),
        Builtin::Tuple => Kind::Tuple(vec![Kind::Any.into()], Some(0)).into(),
        Builtin::List => Kind::List(None).into(),
        Builtin::Set | Builtin::FrozenSet => Kind::Set(None).into(),
        Builtin::Dict => Kind::Dict(None, None).into(),
        Builtin::NoneType => Kind::Null.into(),
        Builtin::Generator => Kind::List(None).into(),
        _ => return None,
    })
}

fn url(name: &str) -> Shape {
    let format = if MULTI_HOST.contains(&name) {
        "multi-host-uri"
    } else {
        "uri"
    };
    let mut shape = Shape::fixed(json!({ "type": "string", "format": format, "minLength": 1 }));
    if name == "HttpUrl" {
        shape.constraints.insert("max_length".into(), 2083.into());
    }
    shape
}

/// A URL as pydantic 1 describes it.
fn first_url(name: &str) -> Shape {
    let longest = if name == "HttpUrl" { 2083 } else { 1 << 16 };
    Shape::fixed(json!({ "type": "string", "format": "uri", "minLength": 1, "maxLength": longest }))
}

/// `Secret[T]`: the schema of `T`, write-only.
#[must_use]
pub fn secret(mut inner: Shape) -> Shape {
    if !matches!(inner.kind, Kind::Str | Kind::Bytes) {
        return inner;
    }
    let mut keys = Map::new();
    keys.insert("writeOnly".into(), true.into());
    keys.insert("format".into(), "password".into());
    inner.outer_hooks.push(Hook::Keys(keys));
    inner
}

fn upload(builder: &Builder) -> Shape {
    if builder.options.bytes_as_media_type {
        Shape::fixed(json!({ "type": "string", "contentMediaType": "application/octet-stream" }))
    } else {
        Shape::text("binary")
    }
}
