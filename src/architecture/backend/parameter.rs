//! What one parameter of a path operation function or dependency is: a dependency, something FastAPI injects,
//! a parameter, or part of the body
//! (<https://fastapi.tiangolo.com/tutorial/body-multiple-params/#mix-path-query-and-body-parameters>).

use std::rc::Rc;

use ecow::EcoString;

use super::scalar::{is_scalar, is_upload};
use crate::python::{
    interpret::{
        interpreter::Interpreter,
        typing::TypeForm,
        value::{InstanceObject, Value},
    },
    library::natives::{models::is_undefined, reflection::SignatureParameter},
};

/// What a parameter turns out to be.
pub enum Analysed {
    /// `Depends(…)` or `Security(…)`.
    Depends {
        /// What is called.
        dependency: Value,
        /// `scopes=` of `Security`.
        scopes: Vec<String>,
        /// `use_cache=`.
        use_cache: bool,
        /// `scope=`.
        scope: Option<EcoString>,
    },
    /// `Request`, `WebSocket`, `BackgroundTasks` and the like.
    Injected {
        /// Whether it is `SecurityScopes`.
        is_scopes: bool,
    },
    /// A value out of the request.
    Field(Field),
}

/// A value out of the request.
#[derive(Clone)]
pub struct Field {
    /// Its name in Python.
    pub name: EcoString,
    /// Its name on the wire.
    pub alias: EcoString,
    /// Where it is read from.
    pub place: Place,
    /// Its type; `Annotated` kept. Absent when nothing is annotated.
    pub annotation: Option<Value>,
    /// Its default; absent when it is required.
    pub default: Option<Value>,
    /// The `Query(…)`, `Body(…)` or the like that says more of it.
    pub info: Option<Rc<InstanceObject>>,
    /// Whether a request without it is refused.
    pub is_required: bool,
}

/// Where a value is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// A JSON body.
    Body,
    /// A form.
    Form,
    /// An uploaded file.
    File,
}

impl Place {
    /// OpenAPI's word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body | Self::Form | Self::File => "body",
        }
    }

    /// Whether it is a part of the body.
    #[must_use]
    pub fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Form | Self::File)
    }
}

impl Field {
    /// An attribute of what says more of it, unless it was not given.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<Value> {
        let info = self.info.as_ref()?;
        let value = info.attributes.borrow().get(name).cloned()?;
        (!value.is_none() && !is_undefined(&value)).then_some(value)
    }
}

/// Classifies a parameter.
pub fn analyse(it: &mut Interpreter, parameter: &SignatureParameter, path_names: &[String]) -> Analysed {
    let annotation = parameter
        .annotation
        .as_ref()
        .map(|annotation| it.resolve_type(annotation));
    let (inner, metadata) = match &annotation {
        Some(Value::Type(form)) => match &**form {
            TypeForm::Annotated { inner, metadata } => (Some(it.resolve_type(inner)), metadata.clone()),
            _ => (annotation.clone(), vec![]),
        },
        _ => (annotation.clone(), vec![]),
    };
    let marker = metadata
        .iter()
        .rev()
        .find(|item| is_parameter_info(item) || is_depends(item))
        .cloned();
    let default = parameter.default.clone();
    if let Some(depends) = [default.as_ref(), marker.as_ref()]
        .into_iter()
        .flatten()
        .find(|value| is_depends(value))
    {
        return depends_of(depends, inner);
    }
    let from_default = default.as_ref().filter(|value| is_field_info(value));
    let info = match (from_default, &marker) {
        (Some(Value::Instance(info)), _) | (None, Some(Value::Instance(info))) => Some(Rc::clone(info)),
        _ => None,
    };
    if info.is_none()
        && let Some(injected) = inner.as_ref().and_then(injected)
    {
        return injected;
    }
    // What stands in `Annotated` is lost beside a default that says what kind of parameter it is.
    let annotation = match from_default {
        Some(_) => inner.clone(),
        None => annotation,
    };
    Analysed::Field(field_of(
        it,
        parameter,
        annotation,
        inner,
        info,
        from_default.is_some(),
        path_names,
    ))
}

fn field_of(
    it: &mut Interpreter,
    parameter: &SignatureParameter,
    annotation: Option<Value>,
    inner: Option<Value>,
    info: Option<Rc<InstanceObject>>,
    is_default: bool,
    path_names: &[String],
) -> Field {
    let is_path = path_names.iter().any(|name| *name == parameter.name);
    let place = match &info {
        _ if is_path => Place::Path,
        Some(info) => place_of(info),
        None => match &inner {
            Some(inner) if is_upload(it, inner) => Place::File,
            Some(inner) if !is_scalar(it, inner) => Place::Body,
            _ => Place::Query,
        },
    };
    let mut default = if is_default {
        info.as_ref()
            .and_then(|info| info.attributes.borrow().get("default").cloned())
    } else {
        parameter.default.clone()
    };
    // A path has no part that may be left out, so the default of a function that other paths share does not count.
    let may_be_absent =
        |value: &Value| place != Place::Path && !matches!(value, Value::Ellipsis) && !is_undefined(value);
    default = default.filter(may_be_absent);
    let has_factory = info.as_ref().is_some_and(|info| {
        info.attributes
            .borrow()
            .get("default_factory")
            .is_some_and(|factory| !factory.is_none())
    });
    let alias = alias_of(&parameter.name, info.as_ref(), place);
    let is_required = place == Place::Path || (default.is_none() && !has_factory);
    Field {
        name: parameter.name.clone(),
        alias,
        place,
        annotation,
        default,
        info,
        is_required,
    }
}

fn alias_of(name: &EcoString, info: Option<&Rc<InstanceObject>>, place: Place) -> EcoString {
    let attribute = |key: &str| {
        info.and_then(|info| info.attributes.borrow().get(key).cloned())
            .and_then(|value| value.as_str())
    };
    if let Some(alias) = attribute("validation_alias").or_else(|| attribute("alias")) {
        return alias;
    }
    let converts = info.is_some_and(|info| {
        !matches!(
            info.attributes.borrow().get("convert_underscores"),
            Some(Value::Bool(false))
        )
    });
    if place == Place::Header && converts {
        name.replace("_", "-")
    } else {
        name.clone()
    }
}

fn place_of(info: &Rc<InstanceObject>) -> Place {
    let class = &info.class;
    let is = |name: &str| class.inherits(&format!("fastapi.params.{name}"));
    if is("Path") {
        Place::Path
    } else if is("Header") {
        Place::Header
    } else if is("Cookie") {
        Place::Cookie
    } else if is("File") {
        Place::File
    } else if is("Form") {
        Place::Form
    } else if is("Body") {
        Place::Body
    } else {
        Place::Query
    }
}

fn is_field_info(value: &Value) -> bool {
    crate::python::library::natives::models::is_field_info(value)
}

fn is_parameter_info(value: &Value) -> bool {
    matches!(value, Value::Instance(instance)
        if instance.class.inherits("fastapi.params.Param") || instance.class.inherits("fastapi.params.Body"))
}

/// Whether a value is `Depends(…)` or `Security(…)`.
#[must_use]
pub fn is_depends(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.inherits("fastapi.params.Depends"))
}

/// A dependency out of a `Depends` object; without a callable it is the annotated class.
#[must_use]
pub fn depends_of(depends: &Value, annotation: Option<Value>) -> Analysed {
    let Value::Instance(instance) = depends else {
        return Analysed::Injected { is_scopes: false };
    };
    let attributes = instance.attributes.borrow();
    let given = |name: &str| attributes.get(name).filter(|value| !value.is_none()).cloned();
    let scopes = match given("scopes") {
        Some(Value::List(items)) => items
            .borrow()
            .iter()
            .filter_map(Value::as_str)
            .map(Into::into)
            .collect(),
        Some(Value::Tuple(items)) => items.iter().filter_map(Value::as_str).map(Into::into).collect(),
        _ => vec![],
    };
    Analysed::Depends {
        dependency: given("dependency").or(annotation).unwrap_or(Value::None),
        scopes,
        use_cache: !matches!(given("use_cache"), Some(Value::Bool(false))),
        scope: given("scope").and_then(|scope| scope.as_str()),
    }
}

/// What FastAPI passes by type alone (<https://fastapi.tiangolo.com/advanced/using-request-directly/>).
fn injected(annotation: &Value) -> Option<Analysed> {
    let Value::Class(class) = annotation else {
        return None;
    };
    const INJECTED: &[&str] = &[
        "starlette.requests.HTTPConnection",
        "starlette.responses.Response",
        "starlette.background.BackgroundTasks",
        "fastapi.security.SecurityScopes",
    ];
    let is_injected = INJECTED.iter().any(|path| class.inherits(path));
    is_injected.then(|| Analysed::Injected {
        is_scopes: class.inherits("fastapi.security.SecurityScopes"),
    })
}
