//! What is put into arrays, maps, sets and objects that are used as one.

use std::rc::Rc;

use super::{Environment, Evaluator, External, Origin, Site, Value, Values, evaluator::add_all};
use crate::web::syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, Script};

/// How something is put into a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `list.push(value)`
    Pushed,
    /// `map.set(key, value)`
    Set,
    /// `set.add(value)`
    Added,
    /// `items[key] = value`
    Indexed,
}

/// Something that is put into a collection, as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Collected {
    pub(super) way: Way,
    /// The collection.
    pub(super) into: ExpressionId,
    pub(super) value: ExpressionId,
}

/// What an expression puts into a collection, if it does.
pub(super) fn collected(script: &Script, expression: ExpressionId) -> Vec<Collected> {
    match script.kind(expression) {
        Kind::Call {
            callee, arguments, ..
        } => {
            let Kind::Member { object, property, .. } = script.kind(*callee) else {
                return vec![];
            };
            let (way, values) = match (property.as_str(), arguments.as_slice()) {
                ("push" | "unshift", values) => (Way::Pushed, values),
                ("set", [_, value]) => (Way::Set, std::slice::from_ref(value)),
                ("add", [value]) => (Way::Added, std::slice::from_ref(value)),
                _ => return vec![],
            };
            let values = values.iter().filter(|value| !value.spread);
            let collect = |value| Collected {
                way,
                into: *object,
                value,
            };
            values.map(|value| collect(value.value)).collect()
        }
        Kind::Assign {
            operator: "=",
            target: Some(target),
            value,
        } => match script.kind(*target) {
            // What fills a buffer is no object.
            Kind::Index { object, .. }
                if !matches!(
                    script.kind(*value),
                    Kind::Number(_) | Kind::Binary { .. } | Kind::Unary { .. } | Kind::Text(_)
                ) =>
            {
                vec![Collected {
                    way: Way::Indexed,
                    into: *object,
                    value: *value,
                }]
            }
            _ => vec![],
        },
        _ => vec![],
    }
}

impl Evaluator<'_> {
    /// What the same module puts into a collection that a name or a field is given.
    pub(super) fn collected(&self, collection: &Site, ways: &[Way]) -> Values {
        let script = self.script(collection.module);
        let mut items = vec![];
        let all = self.writes().collected(collection.module).iter();
        for Collected { way, into, value } in all.filter(|collected| ways.contains(&collected.way)) {
            let is_of_field = || match script.kind(*into) {
                Kind::Member { object: of, .. } if is_holder(script, *of) => {
                    let held = self.evaluate(collection.module, *into, &Environment::default());
                    held.iter().filter_map(Value::site).any(|held| {
                        (held.module, held.expression) == (collection.module, collection.expression)
                    })
                }
                _ => false,
            };
            if self.is_held_by(collection, *into) || is_of_field() {
                let function = script.expression(*value).function;
                let environment = self.environment_for(collection.module, function, &collection.environment);
                let mut values = self.evaluate(collection.module, *value, &environment);
                // One object there is like another; which text stands under which key is not known.
                let may_be_object =
                    |value: &Value| value.site().is_some() || matches!(value, Value::Parameter(_));
                values.retain(|value| *way != Way::Indexed || may_be_object(value));
                add_all(&mut items, values);
            }
        }
        items
    }

    /// What a `Map` or `Set` holds; none for something else.
    pub(super) fn held(&self, collection: &External) -> Option<Values> {
        let Origin::Made { class, site } = &collection.origin else {
            return None;
        };
        if !collection.members.is_empty() {
            return None;
        }
        let way = match class.path().as_str() {
            "Map" | "WeakMap" if class.origin == Origin::Global => Way::Set,
            "Set" | "WeakSet" if class.origin == Origin::Global => Way::Added,
            _ => return None,
        };
        Some(self.collected(site, &[way]))
    }

    /// What methods of a `Map` or `Set` give
    /// (<https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Map>).
    pub(super) fn call_collection(&self, callee: &External) -> Option<Values> {
        let (method, object) = callee.members.split_last()?;
        if !matches!(method.as_str(), "get" | "values" | "entries") {
            return None;
        }
        let collection = External {
            origin: callee.origin.clone(),
            members: object.to_vec(),
        };
        let held = self.held(&collection).filter(|held| !held.is_empty())?;
        Some(match method.as_str() {
            "get" => held,
            "values" => vec![Value::List(Rc::new(vec![held]))],
            _ => vec![Value::List(Rc::new(vec![vec![entry(held)]]))],
        })
    }

    /// The items of a `Map` or `Set` that a loop goes through; none for something else.
    pub(super) fn items_of_collection(&self, collection: &External) -> Option<Values> {
        let held = self.held(collection).filter(|held| !held.is_empty())?;
        let is_map = matches!(&collection.origin, Origin::Made { class, .. } if class.is_global("Map"));
        Some(if is_map { vec![entry(held)] } else { held })
    }
}

/// Whether an expression is what holds fields: `this`, or a class.
fn is_holder(script: &Script, expression: ExpressionId) -> bool {
    match script.kind(expression) {
        Kind::This => true,
        Kind::Local(name) => {
            let mut definitions = script.name(*name).definitions.iter();
            definitions.any(|definition| matches!(definition.source, DefinitionSource::Class(_)))
        }
        _ => false,
    }
}

/// `[key, value]`
fn entry(values: Values) -> Value {
    Value::List(Rc::new(vec![vec![], values]))
}
