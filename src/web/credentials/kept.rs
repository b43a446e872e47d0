//! What is kept in the browser, and which of it are credentials.

use std::collections::BTreeSet;

use super::{Place, attachment::Found};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, Script, TOP_LEVEL},
    values::{Evaluator, External, Origin, Site, Value},
};

/// A request for a new credential is given the old one and perhaps one thing more that is kept.
const MAX_SENT: usize = 2;
/// What may come out of the answers to more calls than this is no answer to signing in.
const MAX_ASKED: usize = 6;

/// Members that are asked whether an answer is on the way to them.
const MAX_MEMBERS: usize = 12;

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
        "removeItem" | "remove" => Some(Action::Remove),
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
        let Value::External(external) = value else {
            return None;
        };
        let (method, before) = external.members.split_last()?;
        let store = match &external.origin {
            Origin::Global => match before {
                [only] if only == "localStorage" => "localStorage",
                [only] if only == "sessionStorage" => "sessionStorage",
                _ => return None,
            },
            _ if is_cookies(external) => "cookie",
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

/// The field of an answer that a value is: `response.access_token`.
pub(super) fn field_of(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    value: ExpressionId,
    requests: &BTreeSet<Place>,
) -> Option<String> {
    let sources = evaluator.sources(module, value, requests);
    let has_answer = sources.iter().any(|source| requests.contains(source));
    let is_named = |name: &str| !matches!(name, "data" | "payload" | "value");
    let mut members = sources.into_iter().filter_map(|(module, expression)| {
        let kind = evaluator.project.script(module).kind(expression);
        match kind {
            Kind::Member { property, .. } => {
                is_named(property).then(|| ((module, expression), property.to_string()))
            }
            _ => None,
        }
    });
    let (first, name) = members.next()?;
    // Of several, the nearest that an answer is on the way to.
    let is_answer = |(module, expression): &Place| {
        let sources = evaluator.sources(*module, *expression, requests);
        sources.iter().any(|source| requests.contains(source))
    };
    if !has_answer || is_answer(&first) {
        return Some(name);
    }
    let further = members.take(MAX_MEMBERS).find(|(member, _)| is_answer(member));
    further.map(|(_, name)| name)
}

/// The calls over the network that a value comes out of.
pub(super) fn asked(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    value: ExpressionId,
    requests: &BTreeSet<Place>,
) -> BTreeSet<Place> {
    let sources = evaluator.sources(module, value, requests);
    let asked: BTreeSet<Place> = sources
        .into_iter()
        .filter(|source| requests.contains(source))
        .collect();
    if asked.len() > MAX_ASKED {
        return BTreeSet::new();
    }
    asked
}

/// What is kept under the same key of the same store as one; without what nothing writes to.
pub(super) fn merged(keepers: Vec<Keeper>) -> Vec<Keeper> {
    let mut merged: Vec<Keeper> = vec![];
    for keeper in keepers {
        let is_same = |known: &&mut Keeper| (&known.store, &known.key) == (&keeper.store, &keeper.key);
        match merged.iter_mut().find(is_same) {
            Some(known) => {
                known.written.extend(keeper.written);
                known.read.extend(keeper.read);
                known.removed.extend(keeper.removed);
            }
            None => merged.push(keeper),
        }
    }
    let is_memory = |keeper: &Keeper| keeper.store == "memory";
    merged.retain(|keeper| !is_memory(keeper) || !keeper.written.is_empty());
    merged
}

/// The credentials among what is kept.
pub(super) struct Keys {
    pub(super) kept: Vec<Keeper>,
}

impl Keys {
    /// What requests are given is a credential, and so is what is asked with for a new one.
    pub(super) fn of(
        evaluator: &Evaluator<'_>,
        mut keepers: Vec<Keeper>,
        attachments: &[Found],
        requests: &BTreeSet<Place>,
    ) -> Self {
        keepers.extend(variables(evaluator, attachments, requests));
        let mut is_credential = given_to_requests(&keepers, attachments);
        // A refresh token: sent with a call whose answer is kept as a credential.
        let mut renewals: BTreeSet<Place> = BTreeSet::new();
        for (keeper, _) in keepers.iter().zip(&is_credential).filter(|(_, is)| **is) {
            for (place, value) in &keeper.written {
                renewals.extend(asked(evaluator, place.0, *value, requests));
            }
        }
        for request in renewals {
            let read = read_of(&keepers, &sent(evaluator, request, requests));
            // What is made from much that is kept is no credential.
            for index in read.iter().filter(|_| read.len() <= MAX_SENT) {
                is_credential[*index] |= !keepers[*index].written.is_empty();
            }
        }
        let kept = keepers
            .into_iter()
            .zip(is_credential)
            .filter_map(|(keeper, is)| is.then_some(keeper));
        Self {
            kept: as_one(kept.collect()),
        }
    }

    /// Indexes of the credentials that are read on the way to a value.
    pub(super) fn of_sources(&self, sources: &BTreeSet<Place>) -> Vec<usize> {
        read_of(&self.kept, sources)
    }

    /// Whether a value comes out of what is kept already, or of more answers than can be told apart.
    pub(super) fn is_copy(
        &self,
        evaluator: &Evaluator<'_>,
        module: ModuleId,
        value: ExpressionId,
        requests: &BTreeSet<Place>,
    ) -> bool {
        let sources: BTreeSet<Place> = evaluator.sources(module, value, requests).into_iter().collect();
        !self.of_sources(&sources).is_empty() || sources.iter().any(|source| requests.contains(source))
    }

    /// Whether a call over the network is given one of the credentials by its caller.
    pub(super) fn is_sent_with(
        &self,
        evaluator: &Evaluator<'_>,
        request: Place,
        requests: &BTreeSet<Place>,
    ) -> bool {
        !self.of_sources(&sent(evaluator, request, requests)).is_empty()
    }
}

/// What a store persists is read under the store's key too: that is the field that is known, if it is one alone.
fn as_one(mut kept: Vec<Keeper>) -> Vec<Keeper> {
    let mut index = 0;
    while index < kept.len() {
        let whole = &kept[index];
        let is_field = |field: &Keeper| {
            let rest = field.key.strip_prefix(&whole.key);
            field.store == whole.store && rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let fields: Vec<usize> = (0..kept.len()).filter(|other| is_field(&kept[*other])).collect();
        let [field] = fields.as_slice() else {
            index += 1;
            continue;
        };
        let whole = whole.clone();
        kept[*field].read.extend(whole.read);
        kept[*field].removed.extend(whole.removed);
        kept[*field].written.extend(whole.written);
        kept.remove(index);
    }
    kept
}

/// Which of what is kept is given to requests. Where a value may come out of several, those are meant that are certain
/// elsewhere.
fn given_to_requests(keepers: &[Keeper], attachments: &[Found]) -> Vec<bool> {
    let read: Vec<Vec<usize>> = attachments
        .iter()
        .map(|found| read_of(keepers, &found.sources))
        .collect();
    let certain: BTreeSet<usize> = read
        .iter()
        .filter_map(|read| match read.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
        .collect();
    let mut is_given = vec![false; keepers.len()];
    for read in &read {
        let is_decided = read.iter().any(|index| certain.contains(index));
        if !is_decided && read.len() > MAX_SENT + 1 {
            continue;
        }
        for index in read {
            is_given[*index] |= !is_decided || certain.contains(index);
        }
    }
    is_given
}

/// Indexes of what is read on the way to a value.
fn read_of(keepers: &[Keeper], sources: &BTreeSet<Place>) -> Vec<usize> {
    (0..keepers.len())
        .filter(|index| reads(&keepers[*index], sources))
        .collect()
}

/// What a call over the network is given.
fn sent(
    evaluator: &Evaluator<'_>,
    (module, expression): Place,
    requests: &BTreeSet<Place>,
) -> BTreeSet<Place> {
    let site = Site::alone(module, expression);
    evaluator
        .arguments_of(&site)
        .iter()
        .flat_map(|argument| evaluator.sources(module, argument.value, requests))
        .collect()
}

fn reads(keeper: &Keeper, sources: &BTreeSet<Place>) -> bool {
    keeper.read.iter().any(|place| sources.contains(place))
}

/// Fields and variables that requests are given, and that an answer was put into.
fn variables(evaluator: &Evaluator<'_>, attachments: &[Found], requests: &BTreeSet<Place>) -> Vec<Keeper> {
    let mut found: Vec<Keeper> = vec![];
    for (module, id) in attachments.iter().flat_map(|attachment| &attachment.sources) {
        let keeper = match evaluator.project.script(*module).kind(*id) {
            Kind::Member { object, property, .. } => field(evaluator, *module, *id, *object, property)
                .or_else(|| field_of_object(evaluator, *module, *object, property)),
            Kind::Local(name) => variable(evaluator, *module, *name),
            _ => None,
        };
        let Some(mut keeper) = keeper else { continue };
        let is_answer = keeper
            .written
            .iter()
            .any(|(place, value)| !asked(evaluator, place.0, *value, requests).is_empty());
        if !is_answer {
            continue;
        }
        match found.iter_mut().find(|known| known.key == keeper.key) {
            Some(known) => known.read.push((*module, *id)),
            None => {
                keeper.read.push((*module, *id));
                found.push(keeper);
            }
        }
    }
    found
}

/// `this.field` that methods write.
fn field(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    id: ExpressionId,
    object: ExpressionId,
    property: &str,
) -> Option<Keeper> {
    let script = evaluator.project.script(module);
    let class = script.function(script.expression(id).function).class?;
    matches!(script.kind(object), Kind::This).then_some(())?;
    let values = evaluator.field_values(module, class, property);
    Some(in_memory(
        evaluator,
        module,
        format!("{}.{property}", script.class(class).name),
        &values,
    ))
}

/// A field of an object that a module holds: `const state = { token: null }`.
fn field_of_object(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    object: ExpressionId,
    property: &str,
) -> Option<Keeper> {
    let held = |module: ModuleId, object: ExpressionId| -> Option<Place> {
        evaluator
            .values(module, object)
            .iter()
            .find_map(|value| match value {
                Value::Object(site) => Some((site.module, site.expression)),
                _ => None,
            })
    };
    let (home, whole) = held(module, object)?;
    let script = evaluator.project.script(home);
    if script.expression(whole).function != TOP_LEVEL {
        return None;
    }
    let mut keeper = Keeper {
        store: "memory".to_owned(),
        key: format!("{}:{property}", evaluator.project.module(home).file),
        ..Keeper::default()
    };
    for (module, object, value) in evaluator.assignments_to(property) {
        let is_written = evaluator.project.script(module).expression(object).function != TOP_LEVEL;
        if is_written && held(module, object) == Some((home, whole)) {
            let own = in_memory(evaluator, module, String::new(), &[value]);
            keeper.written.extend(own.written);
            keeper.removed.extend(own.removed);
        }
    }
    (!keeper.written.is_empty()).then_some(keeper)
}

/// A variable of a module that functions write.
fn variable(evaluator: &Evaluator<'_>, module: ModuleId, name: NameId) -> Option<Keeper> {
    let script = evaluator.project.script(module);
    let declared = script.name(name);
    if declared.is_constant || declared.function.is_some_and(|function| function != TOP_LEVEL) {
        return None;
    }
    let values: Vec<ExpressionId> = declared
        .definitions
        .iter()
        .filter_map(|definition| match definition.source {
            DefinitionSource::Expression(value) if definition.path.is_empty() => Some(value),
            _ => None,
        })
        .collect();
    let file = &evaluator.project.module(module).file;
    (values.len() > 1).then(|| in_memory(evaluator, module, format!("{file}:{}", declared.text), &values))
}

fn in_memory(evaluator: &Evaluator<'_>, module: ModuleId, key: String, values: &[ExpressionId]) -> Keeper {
    let script = evaluator.project.script(module);
    let mut keeper = Keeper {
        store: "memory".to_owned(),
        key,
        ..Keeper::default()
    };
    for value in values {
        let is_none = match script.kind(*value) {
            Kind::Null => true,
            Kind::Text(text) => text.is_empty(),
            Kind::Global(name) => name == "undefined",
            _ => false,
        };
        if !is_none {
            keeper.written.push(((module, *value), *value));
        } else if script
            .function(script.expression(*value).function)
            .parent
            .is_some()
            && is_assigned(script, *value)
        {
            keeper.removed.push((module, *value));
        }
    }
    keeper
}

/// Whether a value is put somewhere by an assignment: a field's first value is none that is taken away.
fn is_assigned(script: &Script, value: ExpressionId) -> bool {
    script
        .expression_ids()
        .any(|id| matches!(script.kind(id), Kind::Assign { value: own, .. } if *own == value))
}
