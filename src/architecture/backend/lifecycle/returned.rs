//! What a handler hands over to be serialised.

use std::rc::Rc;

use super::super::symbols::symbol;
use crate::{
    architecture::model::{Location, Returned, ReturnedKind},
    python::{
        interpret::{
            class::ClassObject,
            interpreter::location,
            tracer::Made,
            unknown::Unknown,
            value::{FunctionObject, InstanceObject, Value},
        },
        syntax::ast::{Expr, ExprKind, Stmt, StmtKind},
    },
};

/// Libraries whose base classes map a class to a table.
const MAPPERS: &[&str] = &[
    "sqlalchemy",
    "tortoise",
    "peewee",
    "pony",
    "mongoengine",
    "flask_sqlalchemy",
];

/// Methods of a session, a query or a result that give mapped objects.
const FETCHES: &[&str] = &[
    "get",
    "get_one",
    "first",
    "one",
    "one_or_none",
    "all",
    "scalar",
    "scalars",
    "scalar_one",
    "scalar_one_or_none",
    "unique",
    "merge",
    "fetchall",
];

/// Those of them that give several.
const LISTS: &[&str] = &["all", "scalars", "fetchall", "unique"];

/// Objects within objects that are looked at: lists of lists, statements in calls.
const DEPTH: usize = 6;

/// What a handler returns, each kind and class once, in their order.
pub(super) fn returned(handler: &Value, value: &Value) -> Vec<Returned> {
    let mut found = vec![];
    kinds(value, false, 0, &mut found);
    for one in &mut found {
        one.location = place(handler, one.kind);
    }
    found.sort();
    found.dedup();
    found
}

fn kinds(value: &Value, is_many: bool, depth: usize, out: &mut Vec<Returned>) {
    if depth > DEPTH {
        return;
    }
    let one = |kind, class: Option<&Rc<ClassObject>>| Returned {
        kind,
        class: class.map(|class| symbol(&Value::Class(Rc::clone(class)))),
        is_many,
        media_type: None,
        location: Location::default(),
    };
    match value {
        Value::Dict(_) => out.push(one(ReturnedKind::Dictionary, None)),
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_) => {
            out.push(one(ReturnedKind::Scalar, None));
        }
        Value::List(items) => some(items.borrow().iter(), depth, out),
        Value::Tuple(items) => some(items.iter(), depth, out),
        Value::Iterator(iterator) => some(iterator.items.borrow().iter(), depth, out),
        Value::Instance(instance) => {
            if let Some(kind) = kind_of(&instance.class) {
                out.push(Returned {
                    media_type: media_type(instance).filter(|_| kind == ReturnedKind::Response),
                    ..one(kind, Some(&instance.class))
                });
            }
        }
        Value::Unknown(unknown) => {
            for alternative in &unknown.alternatives {
                kinds(alternative, is_many, depth + 1, out);
            }
            if let Some(Value::Class(class)) = &unknown.class
                && let Some(kind) = kind_of(class)
            {
                out.push(one(kind, Some(class)));
            } else if let Some(class) = fetched_by(unknown) {
                let is_list = unknown
                    .made
                    .as_deref()
                    .is_some_and(|made| LISTS.contains(&name(made).as_str()));
                out.push(Returned {
                    is_many: is_many || is_list,
                    ..one(ReturnedKind::Record, Some(&class))
                });
            }
        }
        _ => {}
    }
}

fn media_type(response: &InstanceObject) -> Option<String> {
    let own = response.attributes.borrow().get("media_type").cloned();
    let found = own.or_else(|| response.class.get("media_type"))?;
    found.as_str().map(Into::into)
}

fn some<'a>(items: impl Iterator<Item = &'a Value>, depth: usize, out: &mut Vec<Returned>) {
    items.for_each(|item| kinds(item, true, depth + 1, out));
}

fn kind_of(class: &Rc<ClassObject>) -> Option<ReturnedKind> {
    if class.inherits("starlette.responses.Response") {
        Some(ReturnedKind::Response)
    } else if is_mapped(class) {
        Some(ReturnedKind::Record)
    } else if class.inherits("pydantic.BaseModel") || class.mro().any(|one| one.dataclass.get().is_some()) {
        Some(ReturnedKind::Model)
    } else {
        None
    }
}

/// Whether a class stands for a table (<https://docs.sqlalchemy.org/en/20/orm/mapping_styles.html>).
fn is_mapped(class: &Rc<ClassObject>) -> bool {
    let is_table = |class: &ClassObject| {
        let table = class.keywords.get("table");
        matches!(table, Some(Value::Bool(true)))
    };
    if class.inherits("sqlmodel.SQLModel") {
        return class.mro().any(|one| is_table(one));
    }
    let has_table = ["__tablename__", "__table__"].iter().any(|name| {
        class
            .mro()
            .any(|one| one.attributes.borrow().get(*name).is_some())
    });
    if class.inherits("sqlalchemy.orm.DeclarativeBaseNoMeta") || has_table {
        return true;
    }
    let is_mapper = |base: &Value| match base {
        Value::Unknown(unknown) => {
            let top = unknown.origin.split(['.', '(']).next().unwrap_or_default();
            MAPPERS.contains(&top)
        }
        _ => false,
    };
    class.unknown_bases.iter().any(is_mapper)
}

/// The mapped class of an object that was fetched. A column of it remembers the same call and is no object.
fn fetched_by(unknown: &Unknown) -> Option<Rc<ClassObject>> {
    unknown
        .made
        .as_deref()
        .filter(|_| unknown.is_instance && !unknown.is_member)
        .and_then(fetched)
}

/// The mapped class whose objects a call of a session, query or result gives.
fn fetched(made: &Made) -> Option<Rc<ClassObject>> {
    let chain: Vec<&Made> = std::iter::successors(Some(made), |made| made.receiver.as_deref())
        .take(2 * DEPTH)
        .collect();
    let last = name(chain.first()?);
    if !FETCHES.contains(&last.trim_end_matches("[]")) || chain.iter().any(|made| name(made) == "count") {
        return None;
    }
    chain.iter().find_map(|made| selected(made, 0))
}

/// The last part of what was called.
fn name(made: &Made) -> String {
    made.callee
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .replace("()", "")
}

/// The mapped class among the arguments of a call, or of the calls that made them.
fn selected(made: &Made, depth: usize) -> Option<Rc<ClassObject>> {
    if depth > DEPTH {
        return None;
    }
    let arguments = &made.arguments;
    let values = arguments
        .positional
        .iter()
        .chain(arguments.keywords.iter().map(|(_, value)| value));
    values.into_iter().find_map(|value| match value {
        Value::Class(class) if is_mapped(class) => Some(Rc::clone(class)),
        Value::Unknown(unknown) => {
            let chain = std::iter::successors(unknown.made.as_deref(), |made| made.receiver.as_deref());
            let chain: Vec<&Made> = chain.take(2 * DEPTH).collect();
            chain.iter().find_map(|made| selected(made, depth + 1))
        }
        _ => None,
    })
}

/// The `return` that gives such a thing, as far as its expression tells; else the first one.
fn place(handler: &Value, kind: ReturnedKind) -> Location {
    let Some(function) = function(handler) else {
        return symbol(handler).location;
    };
    let mut given: Vec<&Expr> = vec![];
    returns(&function.def.body().statements, &mut given);
    let shows = |expr: &&&Expr| {
        kind == ReturnedKind::Dictionary && matches!(expr.kind, ExprKind::Dict(_) | ExprKind::DictComp(..))
    };
    let chosen = given.iter().find(shows).or(given.first());
    match chosen {
        Some(expr) => location(&function.module, expr.span),
        None => symbol(handler).location,
    }
}

/// The function of the analysed tree below decorators and bound methods.
fn function(handler: &Value) -> Option<Rc<FunctionObject>> {
    match handler {
        Value::Function(function) => {
            let wrapped = function.attributes.borrow().get("__wrapped__").cloned();
            let inner = wrapped.and_then(|wrapped| self::function(&wrapped));
            inner.or_else(|| function.module.is_own().then(|| Rc::clone(function)))
        }
        Value::Method(method) => function(&method.function),
        _ => None,
    }
}

/// The values of the `return` statements of a function's own body.
fn returns<'a>(body: &'a [Stmt], out: &mut Vec<&'a Expr>) {
    for statement in body {
        match &statement.kind {
            StmtKind::Return(Some(value)) => out.push(value),
            StmtKind::If { body, orelse, .. }
            | StmtKind::For { body, orelse, .. }
            | StmtKind::While { body, orelse, .. } => {
                returns(body, out);
                returns(orelse, out);
            }
            StmtKind::With { body, .. } => returns(body, out),
            StmtKind::Match { cases, .. } => cases.iter().for_each(|case| returns(&case.body, out)),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                ..
            } => {
                returns(body, out);
                handlers.iter().for_each(|handler| returns(&handler.body, out));
                returns(orelse, out);
                returns(finalbody, out);
            }
            _ => {}
        }
    }
}
