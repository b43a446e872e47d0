//! What is kept in the browser.

use super::{Place, server_cookie};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    values::{Evaluator, External, Origin, Site, Value},
};

/// Something that is kept under a key, and the places that know it.
#[derive(Clone, Debug, Default)]
pub(super) struct Keeper {
    pub(super) store: String,
    pub(super) key: String,
    /// Where it is written, and the value.
    pub(super) written: Vec<(Place, ExpressionId)>,
    pub(super) read: Vec<Place>,
    pub(super) removed: Vec<Place>,
}

/// What a call does with something kept.
enum Action {
    Write(usize),
    Read,
    Remove,
}

/// Everything that the browser keeps, by store and key.
pub(super) fn keepers(evaluator: &Evaluator<'_>) -> Vec<Keeper> {
    let mut keepers: Vec<Keeper> = vec![];
    let mut cleared: Vec<(String, Place)> = vec![];
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            match script.kind(id) {
                Kind::Call {
                    callee, arguments, ..
                } => {
                    let Some((store, method)) = storage_method(evaluator, module, *callee) else {
                        continue;
                    };
                    if method == "clear" {
                        cleared.push((store.to_owned(), (module, id)));
                        continue;
                    }
                    let Some(action) = action(&method) else { continue };
                    let Some(first) = arguments.first() else { continue };
                    for key in literals(evaluator, module, first.value) {
                        let keeper = of(&mut keepers, store, &key);
                        match action {
                            Action::Read => keeper.read.push((module, id)),
                            Action::Remove => keeper.removed.push((module, id)),
                            Action::Write(at) => {
                                if let Some(value) = arguments.get(at) {
                                    keeper.written.push(((module, id), value.value));
                                }
                            }
                        }
                    }
                }
                Kind::Member { object, property, .. } => {
                    if let Some(store) = storage(evaluator, module, *object)
                        && !is_method(property)
                    {
                        of(&mut keepers, store, property).read.push((module, id));
                    }
                }
                Kind::Assign {
                    target: Some(target),
                    value,
                    ..
                } => assigned(evaluator, module, id, *target, *value, &mut keepers),
                _ => {}
            }
        }
    }
    for (store, place) in cleared {
        for keeper in keepers.iter_mut().filter(|keeper| keeper.store == store) {
            keeper.removed.push(place);
        }
    }
    keepers
}

fn of<'k>(keepers: &'k mut Vec<Keeper>, store: &str, key: &str) -> &'k mut Keeper {
    let known = keepers
        .iter()
        .position(|keeper| keeper.store == store && keeper.key == key);
    let index = known.unwrap_or_else(|| {
        keepers.push(Keeper {
            store: store.to_owned(),
            key: key.to_owned(),
            ..Keeper::default()
        });
        keepers.len() - 1
    });
    &mut keepers[index]
}

/// `localStorage.key = value`, `document.cookie = 'key=…'`.
fn assigned(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    id: ExpressionId,
    target: ExpressionId,
    value: ExpressionId,
    keepers: &mut Vec<Keeper>,
) {
    let script = evaluator.project.script(module);
    let Kind::Member { object, property, .. } = script.kind(target) else {
        return;
    };
    if let Some(store) = storage(evaluator, module, *object) {
        let keeper = of(keepers, store, property);
        keeper.read.retain(|place| *place != (module, target));
        keeper.written.push(((module, id), value));
        return;
    }
    let is_cookie = property == "cookie"
        && evaluator
            .values(module, *object)
            .iter()
            .any(|value| matches!(value, Value::External(external) if external.is_global("document")));
    if !is_cookie {
        return;
    }
    let site = Site::alone(module, value);
    for text in evaluator.texts(&site) {
        let text = text.display();
        if let Some((key, rest)) = text.split_once('=') {
            let keeper = of(keepers, "cookie", key.trim());
            if rest.starts_with(';') || rest.is_empty() || rest.to_ascii_lowercase().contains("max-age=0") {
                keeper.removed.push((module, id));
            } else {
                keeper.written.push(((module, id), value));
            }
        }
    }
}

fn is_method(name: &str) -> bool {
    matches!(
        name,
        "getItem" | "setItem" | "removeItem" | "clear" | "key" | "length"
    )
}

/// Methods of `Storage` and of libraries for cookies: <https://github.com/js-cookie/js-cookie>.
fn action(method: &str) -> Option<Action> {
    match method {
        "setItem" | "set" => Some(Action::Write(1)),
        "getItem" | "get" => Some(Action::Read),
        "removeItem" | "remove" | "delete" => Some(Action::Remove),
        _ => None,
    }
}

/// The store that an expression stands for: <https://developer.mozilla.org/docs/Web/API/Storage>.
fn storage(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> Option<&'static str> {
    let script = evaluator.project.script(module);
    if !matches!(
        script.kind(object),
        Kind::Global(_) | Kind::Member { .. } | Kind::Local(_)
    ) {
        return None;
    }
    let values = evaluator.values(module, object);
    values.iter().find_map(|value| match value {
        Value::External(external) if external.is_global("localStorage") => Some("localStorage"),
        Value::External(external) if external.is_global("sessionStorage") => Some("sessionStorage"),
        _ => None,
    })
}

/// The store whose method an expression stands for, and which.
fn storage_method(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
) -> Option<(&'static str, String)> {
    let script = evaluator.project.script(module);
    if !matches!(script.kind(callee), Kind::Member { .. }) {
        return None;
    }
    evaluator.values(module, callee).iter().find_map(|value| {
        let external = match value {
            Value::External(external) => external,
            Value::Parameter(parameter) => {
                return Some(("cookie", server_cookie::of_parameter(evaluator, parameter)?));
            }
            _ => return None,
        };
        let (method, before) = external.members.split_last()?;
        let store = match &external.origin {
            Origin::Global => match before {
                [only] if only == "localStorage" => "localStorage",
                [only] if only == "sessionStorage" => "sessionStorage",
                _ => return None,
            },
            _ if is_cookies(external) || server_cookie::is_of_next(external) => "cookie",
            _ => return None,
        };
        Some((store, method.to_string()))
    })
}

fn is_cookies(external: &External) -> bool {
    external.package().is_some_and(|(package, _)| {
        matches!(
            package.as_str(),
            "js-cookie" | "universal-cookie" | "react-cookie" | "vue-cookies" | "cookies-next"
        )
    })
}

fn literals(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Vec<String> {
    let site = Site::alone(module, expression);
    let texts = evaluator.texts(&site);
    texts
        .iter()
        .filter_map(|text| text.as_literal())
        .map(|text| text.to_string())
        .collect()
}
