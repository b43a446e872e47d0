//! Redux: slices are written by their reducers and by who dispatches their actions, and read by selectors
//! (<https://redux-toolkit.js.org/api/createSlice>, <https://react-redux.js.org/api/hooks>).

mod selector;

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{
    made::Family,
    uses::{Place, Uses},
};
use crate::web::{
    syntax::tree::{ExpressionKind as Kind, Property},
    values::{External, Origin, Site, Value},
};

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    let slices = uses.of_family(Family::Slice);
    let stores = uses.of_family(Family::Redux);
    if slices.is_empty() && stores.is_empty() {
        return;
    }
    for store in &slices {
        reducers(uses, *store);
    }
    for store in &stores {
        own_methods(uses, *store);
    }
    let answers = answers(uses, &slices);
    dispatched(uses, &answers);
    let keys = keys(uses);
    selector::selected(uses, &keys, &stores);
}

/// The functions of a slice: all of them write to it.
fn reducers(uses: &mut Uses<'_, '_>, store: usize) {
    let site = uses.made[store].site.clone();
    let Some(options) = uses
        .evaluator
        .arguments_of(&site)
        .first()
        .map(|options| options.value)
    else {
        return;
    };
    let given = ["reducers", "extraReducers"]
        .into_iter()
        .filter_map(|key| property(uses, (site.module, options), key));
    for (module, whole) in given.collect::<Vec<Place>>() {
        let script = uses.script(module);
        let whole = script.expression(whole);
        for id in script.expression_ids() {
            let expression = script.expression(id);
            let is_inside = whole.start <= expression.start && expression.end <= whole.end;
            let is_statement = matches!(script.kind(id), Kind::Assign { .. } | Kind::Update(_))
                || matches!(script.kind(id), Kind::Call { .. } | Kind::Object(_));
            let is_reducer = whole.start <= script.function(expression.function).start;
            if is_inside && is_statement && is_reducer {
                uses.write(store, (module, id));
            }
        }
    }
}

/// A property of an object; of one that a variable holds, the object.
fn property(uses: &Uses<'_, '_>, (module, object): Place, name: &str) -> Option<Place> {
    match uses.script(module).kind(object) {
        Kind::Object(properties) => properties.iter().find_map(|property| match property {
            Property::Named { key, value } if key == name => Some(held(uses, (module, *value))),
            _ => None,
        }),
        _ => None,
    }
}

fn held(uses: &Uses<'_, '_>, (module, value): Place) -> Place {
    if !matches!(uses.script(module).kind(value), Kind::Local(_)) {
        return (module, value);
    }
    let mut values = uses.evaluator.values(module, value).into_iter();
    let object = values.find_map(|value| match value {
        Value::Object(object) => Some((object.module, object.expression)),
        _ => None,
    });
    object.unwrap_or((module, value))
}

/// `store.subscribe` of the store itself.
fn own_methods(uses: &mut Uses<'_, '_>, store: usize) {
    let site = uses.made[store].site.clone();
    for used in uses.evaluator.uses(site.module, site.expression) {
        let place = (used.site.module, used.site.expression);
        if let [only] = used.members.as_slice()
            && only == "subscribe"
        {
            uses.read(store, place);
        }
    }
}

/// What makes an action: a thunk or `createAction`, or by its name an action of a slice.
type Maker = (Place, Option<EcoString>);

/// By what makes an action: the slices that answer to it.
type Answers = FxHashMap<Maker, BTreeSet<usize>>;

/// The thunks and actions of others that slices answer to in `extraReducers`.
fn answers(uses: &Uses<'_, '_>, slices: &[usize]) -> Answers {
    let mut answers: Answers = FxHashMap::default();
    for store in slices {
        let site = &uses.made[*store].site;
        let first = uses.evaluator.arguments_of(site).first().map(|first| first.value);
        let Some(options) = first else { continue };
        let Some((module, extra)) = property(uses, (site.module, options), "extraReducers") else {
            continue;
        };
        let script = uses.script(module);
        let whole = script.expression(extra);
        for id in script.expression_ids() {
            let expression = script.expression(id);
            let is_inside = whole.start <= expression.start && expression.end <= whole.end;
            if !is_inside || !matches!(script.kind(id), Kind::Local(_) | Kind::Member { .. }) {
                continue;
            }
            for value in uses.evaluator.values(module, id) {
                if let Value::External(external) = &value
                    && let Some(maker) = maker(external)
                {
                    answers.entry(maker).or_default().insert(*store);
                }
            }
        }
    }
    answers
}

/// What makes the action that something stands for, with what its outcome is called by: `load`, `load.fulfilled`,
/// `auth.actions.signedOut`.
fn maker(external: &External) -> Option<Maker> {
    let Origin::Result { callee, site } = &external.origin else {
        return None;
    };
    let place = (site.module, site.expression);
    if is_toolkit(callee, "createAsyncThunk") || is_toolkit(callee, "createAction") {
        return Some((place, None));
    }
    match external.members.as_slice() {
        [actions, name] if actions == "actions" && is_toolkit(callee, "createSlice") => {
            Some((place, Some(name.clone())))
        }
        _ => None,
    }
}

fn is_toolkit(callee: &External, function: &str) -> bool {
    callee.of_package("@reduxjs/toolkit").as_deref() == Some(function)
}

/// Who makes an action, and with what else: `dispatch(slice.actions.added(item))`, `dispatch(load())`.
fn dispatched(uses: &mut Uses<'_, '_>, answers: &Answers) {
    for module in uses.evaluator.project.module_ids() {
        let script = uses.script(module);
        for call in script.expression_ids() {
            let Kind::Call { callee: called, .. } = script.kind(call) else {
                continue;
            };
            for value in uses.evaluator.values(module, *called) {
                let Value::External(external) = &value else {
                    continue;
                };
                let Origin::Result { callee, site } = &external.origin else {
                    continue;
                };
                let is_made = |maker: &Maker| maker.1.is_some() || external.members.is_empty();
                let made_by = maker(external).filter(is_made);
                for store in made_by
                    .and_then(|maker| answers.get(&maker))
                    .into_iter()
                    .flatten()
                {
                    uses.write(*store, (module, call));
                }
                if let Some(store) = uses.at(site)
                    && uses.made[store].family == Family::Slice
                    && matches!(external.members.as_slice(), [actions, _] if actions == "actions")
                {
                    uses.write(store, (module, call));
                }
                let dispatches = external.members.last().is_some_and(|last| last == "dispatch")
                    && uses
                        .at(site)
                        .is_some_and(|store| uses.made[store].family == Family::Redux)
                    || callee.of_package("react-redux").as_deref() == Some("useDispatch")
                        && external.members.is_empty();
                if dispatches {
                    plain(uses, (module, call));
                }
            }
            bound(uses, (module, call));
        }
    }
}

/// `dispatch({ type: … })` of an action that no slice makes: it goes to the store as a whole.
fn plain(uses: &mut Uses<'_, '_>, (module, call): Place) {
    let script = uses.script(module);
    let arguments = uses.evaluator.arguments_of(&Site::alone(module, call));
    let Some(first) = arguments.first() else { return };
    let values = uses.evaluator.values(module, first.value);
    let is_plain = values.iter().any(|value| matches!(value, Value::Object(_)))
        || matches!(script.kind(first.value), Kind::Object(_));
    let stores = uses.of_family(Family::Redux);
    if let [store] = stores.as_slice()
        && is_plain
    {
        uses.write(*store, (module, call));
    }
}

/// Actions that are handed to `connect` or `bindActionCreators`
/// (<https://react-redux.js.org/using-react-redux/connect-mapdispatch>).
fn bound(uses: &mut Uses<'_, '_>, (module, call): Place) {
    let binds = |value: &Value| match value {
        Value::External(callee) => {
            let last = callee.members.last().map(ecow::EcoString::as_str);
            let of = callee.package().map(|(package, _)| package.as_str());
            matches!(
                (of, last),
                (Some("react-redux"), Some("connect"))
                    | (Some("redux" | "@reduxjs/toolkit"), Some("bindActionCreators"))
            )
        }
        _ => false,
    };
    let site = Site::alone(module, call);
    if !uses.evaluator.callees(&site).iter().any(binds) {
        return;
    }
    for argument in uses.evaluator.arguments_of(&site) {
        let mut given = uses.evaluator.values(module, argument.value);
        for value in given.clone() {
            if let Value::Object(object) = &value {
                let own = uses.evaluator.properties(object);
                given.extend(own.iter().flat_map(|(_, place)| uses.evaluator.values_at(place)));
            }
        }
        for value in given {
            if let Value::External(external) = &value
                && let Some((store, path)) = uses.holder(external)
                && uses.made[store].family == Family::Slice
                && path.first().is_some_and(|first| first == "actions")
            {
                uses.write(store, (module, call));
            }
        }
    }
}

/// The slices by their keys in the state.
fn keys(uses: &Uses<'_, '_>) -> BTreeMap<String, usize> {
    let slices = uses.evaluator.slices().iter();
    slices
        .filter_map(|slice| Some((slice.key.as_ref()?.to_string(), uses.at(&slice.site)?)))
        .collect()
}
