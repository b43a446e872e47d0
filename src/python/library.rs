//! Models of libraries: Python modules, written for this project, that say what a library does to values.
//!
//! They are interpreted like analysed code, so that subclasses, overrides and `super()` work on them as on the
//! real thing. What Python cannot say is in `natives` and imported from `__arch__`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The folder under which analysed files stand in `__file__`.
pub const ROOT: &str = "/repository";

/// A module of a library model.
#[derive(Clone, Copy, Debug)]
pub struct LibraryModule {
    /// Dotted name.
    pub name: &'static str,
    /// Place in the model library.
    pub path: &'static str,
    /// The text.
    pub text: &'static str,
    /// Whether it is a package.
    pub is_package: bool,
}

macro_rules! modules {
    ($($name:literal $path:literal,)*) => {
        &[$($crate::python::library::LibraryModule {
            name: $name,
            path: $path,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/python/library/", $path)),
            is_package: $crate::python::library::is_package($path),
        }),*]
    };
}

mod extensions;
pub mod natives;
pub mod schema;

const fn is_package(path: &str) -> bool {
    let (path, end) = (path.as_bytes(), b"__init__.py");
    if path.len() < end.len() {
        return false;
    }
    let mut index = 0;
    while index < end.len() {
        if path[path.len() - end.len() + index] != end[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The models of the standard library and of FastAPI's own foundations.
const OWN: &[LibraryModule] = modules! {
    "__arch_open__" "stdlib/open.py",
    "__arch_namespace__" "stdlib/namespace.py",
    "__arch_documents__" "beanie/tables.py",
    "__arch_sqlmodel__" "sqlalchemy/sqlmodel.py",
    "__arch_tables__" "sqlalchemy/tables.py",
    "__arch_tortoise__" "tortoise/tables.py",
    "abc" "stdlib/abc.py",
    "alembic" "alembic/__init__.py",
    "alembic.op" "alembic/op.py",
    "annotated_types" "pydantic/annotated_types.py",
    "asyncio" "stdlib/asyncio.py",
    "attrs" "stdlib/attrs.py",
    "collections" "stdlib/collections.py",
    "collections.abc" "stdlib/collections_abc.py",
    "configparser" "stdlib/configparser.py",
    "contextlib" "stdlib/contextlib.py",
    "copy" "stdlib/copy.py",
    "dataclasses" "stdlib/dataclasses.py",
    "datetime" "stdlib/datetime.py",
    "decimal" "stdlib/decimal.py",
    "enum" "stdlib/enum.py",
    "fastapi" "fastapi/__init__.py",
    "fastapi.applications" "fastapi/applications.py",
    "fastapi.datastructures" "fastapi/datastructures.py",
    "fastapi.encoders" "fastapi/encoders.py",
    "fastapi.exceptions" "fastapi/exceptions.py",
    "fastapi.openapi.models" "fastapi/openapi_models.py",
    "fastapi.openapi.utils" "fastapi/openapi_utils.py",
    "fastapi.param_functions" "fastapi/param_functions.py",
    "fastapi.params" "fastapi/params.py",
    "fastapi.responses" "fastapi/responses.py",
    "fastapi.routing" "fastapi/routing.py",
    "fastapi.security" "fastapi/security.py",
    "fastapi.utils" "fastapi/utils.py",
    "functools" "stdlib/functools.py",
    "glob" "stdlib/glob.py",
    "http" "stdlib/http.py",
    "humps" "stdlib/humps.py",
    "importlib" "stdlib/importlib.py",
    "importlib.resources" "stdlib/importlib_resources.py",
    "importlib.util" "stdlib/importlib_util.py",
    "inspect" "stdlib/inspect.py",
    "ipaddress" "stdlib/ipaddress.py",
    "itertools" "stdlib/itertools.py",
    "json" "stdlib/json.py",
    "logging" "stdlib/logging.py",
    "makefun" "stdlib/makefun.py",
    "operator" "stdlib/operator.py",
    "os" "stdlib/os.py",
    "os.path" "stdlib/os_path.py",
    "pathlib" "stdlib/pathlib.py",
    "pkgutil" "stdlib/pkgutil.py",
    "pydantic" "pydantic/__init__.py",
    "pydantic.alias_generators" "pydantic/alias_generators.py",
    "pydantic.annotated_handlers" "pydantic/annotated_handlers.py",
    "pydantic.dataclasses" "pydantic/dataclasses.py",
    "pydantic.fields" "pydantic/fields.py",
    "pydantic.functional_validators" "pydantic/functional_validators.py",
    "pydantic.types" "pydantic/types.py",
    "pydantic_core.core_schema" "pydantic/core_schema.py",
    "pydantic_settings" "pydantic/settings.py",
    "re" "stdlib/re.py",
    "sqlalchemy" "sqlalchemy/__init__.py",
    "sqlalchemy.dialects" "sqlalchemy/dialects.py",
    "sqlalchemy.ext.mutable" "sqlalchemy/mutable.py",
    "sqlalchemy.inspection" "sqlalchemy/inspection.py",
    "sqlalchemy.orm" "sqlalchemy/orm.py",
    "sqlalchemy.schema" "sqlalchemy/schema.py",
    "sqlalchemy.types" "sqlalchemy/types.py",
    "sqlmodel" "pydantic/sqlmodel.py",
    "starlette" "starlette/__init__.py",
    "starlette.applications" "starlette/applications.py",
    "starlette.background" "starlette/background.py",
    "starlette.concurrency" "starlette/concurrency.py",
    "starlette.config" "starlette/config.py",
    "starlette.datastructures" "starlette/datastructures.py",
    "starlette.endpoints" "starlette/endpoints.py",
    "starlette.exceptions" "starlette/exceptions.py",
    "starlette.middleware" "starlette/middleware.py",
    "starlette.middleware.base" "starlette/middleware_classes.py",
    "starlette.requests" "starlette/requests.py",
    "starlette.responses" "starlette/responses.py",
    "starlette.routing" "starlette/routing.py",
    "starlette.staticfiles" "starlette/staticfiles.py",
    "starlette.status" "starlette/status.py",
    "string" "stdlib/string.py",
    "sys" "stdlib/sys.py",
    "textwrap" "stdlib/textwrap.py",
    "tomllib" "stdlib/tomllib.py",
    "types" "stdlib/types.py",
    "typing" "stdlib/typing.py",
    "urllib.parse" "stdlib/urllib_parse.py",
    "uuid" "stdlib/uuid.py",
};

/// Modules that are answered by the model of another one.
const ALIASES: &[(&str, &str)] = &[
    ("attr", "attrs"),
    ("fastapi.background", "starlette.background"),
    ("fastapi.concurrency", "starlette.concurrency"),
    ("fastapi.middleware", "starlette.middleware"),
    ("fastapi.middleware.cors", "starlette.middleware.base"),
    ("fastapi.middleware.gzip", "starlette.middleware.base"),
    ("fastapi.middleware.httpsredirect", "starlette.middleware.base"),
    ("fastapi.middleware.trustedhost", "starlette.middleware.base"),
    ("fastapi.middleware.wsgi", "starlette.middleware.base"),
    ("fastapi.requests", "starlette.requests"),
    ("fastapi.security.api_key", "fastapi.security"),
    ("fastapi.security.base", "fastapi.security"),
    ("fastapi.security.http", "fastapi.security"),
    ("fastapi.security.oauth2", "fastapi.security"),
    ("fastapi.security.open_id_connect_url", "fastapi.security"),
    ("fastapi.security.utils", "fastapi.security"),
    ("fastapi.sse", "fastapi.responses"),
    ("fastapi.staticfiles", "starlette.staticfiles"),
    ("fastapi.websockets", "starlette.requests"),
    ("humps.camel", "humps"),
    ("humps.main", "humps"),
    ("posixpath", "os.path"),
    ("pydantic.config", "pydantic"),
    (
        "pydantic.functional_serializers",
        "pydantic.functional_validators",
    ),
    ("pydantic.generics", "pydantic"),
    ("pydantic.json_schema", "pydantic.functional_validators"),
    ("pydantic.main", "pydantic"),
    ("pydantic.networks", "pydantic.types"),
    ("pydantic.root_model", "pydantic"),
    ("pydantic.type_adapter", "pydantic"),
    ("pydantic.v1", "pydantic"),
    ("pydantic_core", "pydantic.fields"),
    ("pydantic_settings.main", "pydantic_settings"),
    ("regex", "re"),
    ("sqlalchemy.dialects.mssql", "sqlalchemy.dialects"),
    ("sqlalchemy.dialects.mysql", "sqlalchemy.dialects"),
    ("sqlalchemy.dialects.oracle", "sqlalchemy.dialects"),
    ("sqlalchemy.dialects.postgresql", "sqlalchemy.dialects"),
    ("sqlalchemy.dialects.postgresql.base", "sqlalchemy.dialects"),
    ("sqlalchemy.dialects.postgresql.json", "sqlalchemy.dialects"),
    ("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects"),
    ("sqlalchemy.ext.declarative", "sqlalchemy.orm"),
    ("sqlalchemy.ext.declarative.api", "sqlalchemy.orm"),
    ("sqlalchemy.orm.decl_api", "sqlalchemy.orm"),
    ("sqlalchemy.orm.relationships", "sqlalchemy.orm"),
    ("sqlalchemy.sql.schema", "sqlalchemy.schema"),
    ("sqlalchemy.sql.sqltypes", "sqlalchemy.types"),
    ("sqlalchemy.sql.type_api", "sqlalchemy.types"),
    ("sqlmodel.main", "sqlmodel"),
    ("sqlmodel.sql.sqltypes", "sqlalchemy.types"),
    ("starlette.middleware.authentication", "starlette.middleware.base"),
    ("starlette.middleware.cors", "starlette.middleware.base"),
    ("starlette.middleware.errors", "starlette.middleware.base"),
    ("starlette.middleware.exceptions", "starlette.middleware.base"),
    ("starlette.middleware.gzip", "starlette.middleware.base"),
    ("starlette.middleware.httpsredirect", "starlette.middleware.base"),
    ("starlette.middleware.sessions", "starlette.middleware.base"),
    ("starlette.middleware.trustedhost", "starlette.middleware.base"),
    ("starlette.middleware.wsgi", "starlette.middleware.base"),
    ("starlette.websockets", "starlette.requests"),
    ("toml", "tomllib"),
    ("tomli", "tomllib"),
    ("typing_extensions", "typing"),
];

/// The tables by name, as an import asks them.
struct Index {
    modules: FxHashMap<&'static str, LibraryModule>,
    aliases: FxHashMap<&'static str, &'static str>,
    /// Top-level modules of which a part is modelled.
    modelled: FxHashSet<&'static str>,
    /// Those of them that belong to the standard library or stand in for it.
    standard: FxHashSet<&'static str>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let modules = || OWN.iter().chain(extensions::MODULES);
    let aliases = || ALIASES.iter().chain(extensions::ALIASES);
    let in_stdlib = OWN.iter().filter(|module| module.path.starts_with("stdlib/"));
    Index {
        modelled: modules()
            .map(|module| module.name)
            .chain(extensions::ALIASES.iter().map(|(alias, _)| *alias))
            .map(top_level)
            .collect(),
        standard: in_stdlib
            .map(|module| top_level(module.name))
            .chain(["typing_extensions"])
            .collect(),
        modules: modules().map(|module| (module.name, *module)).collect(),
        aliases: aliases().copied().collect(),
    }
});

fn top_level(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The model of a module.
#[must_use]
pub fn find(name: &str) -> Option<LibraryModule> {
    INDEX.modules.get(name).copied()
}

/// Whether the source of a modelled library, where the analysed tree holds it, says more than the model.
#[must_use]
pub fn prefers_source(name: &str) -> bool {
    const ANSWERED_BY_MODEL: &[&str] = &[
        "alembic",
        "fastapi",
        "pydantic",
        "pydantic_core",
        "pydantic_settings",
        "starlette",
        "sqlalchemy",
        "sqlmodel",
    ];
    let top = top_level(name);
    !ANSWERED_BY_MODEL.contains(&top) && !INDEX.standard.contains(top)
}

/// The model that a class of a FastAPI extension without source most likely extends, by its name:
/// `fastapi_error_map.ErrorAwareRouter` is a router.
#[must_use]
pub fn stand_in(origin: &str) -> Option<(&'static str, &'static str)> {
    let (module, class) = origin.rsplit_once('.')?;
    if !module.split('.').next()?.contains("fastapi") {
        return None;
    }
    if class.ends_with("Router") {
        Some(("fastapi.routing", "APIRouter"))
    } else if class.ends_with("FastAPI") {
        Some(("fastapi.applications", "FastAPI"))
    } else {
        None
    }
}

/// The module whose model answers for another one.
#[must_use]
pub fn alias(name: &str) -> Option<&'static str> {
    INDEX.aliases.get(name).copied()
}

/// Whether a module belongs to a library that is modelled, whether or not this part of it is.
#[must_use]
pub fn is_modelled(name: &str) -> bool {
    INDEX.modelled.contains(top_level(name))
}
