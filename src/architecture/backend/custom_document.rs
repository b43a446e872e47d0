//! Applications that change their OpenAPI document by a method of their own
//! (<https://fastapi.tiangolo.com/how-to/extending-openapi/>): the method is followed over the document as it would be.

use std::rc::Rc;

use ecow::EcoString;
use serde_json::Value as Json;

use super::document_writer::Writer;
use crate::{
    architecture::model::Application,
    python::{
        interpret::{
            arguments::Arguments,
            flow::Flow,
            interpreter::Interpreter,
            value::{InstanceObject, Value},
        },
        library::schema::encode::encode,
    },
};

/// A document nested more deeply is not read.
const DEPTH: usize = 64;

/// Follows the application's own `openapi` method, if it has one, and keeps what it returns.
/// Operations that the result lacks are hidden ones.
pub fn customise(
    it: &mut Interpreter,
    app: &Rc<InstanceObject>,
    model: &mut Application,
    write: fn(&Application) -> Json,
) {
    if !has_own_method(app) {
        return;
    }
    // What the program kept of it while it was made was not the document yet.
    app.attributes
        .borrow_mut()
        .insert("openapi_schema".into(), Value::None);
    it.document_writer = Some(Rc::new(Writer::new(app, model, write)));
    let returned = it.call_method(&Value::Instance(Rc::clone(app)), "openapi", Arguments::default());
    it.document_writer = None;
    let mut reader = Reader::default();
    let document = match returned {
        Ok(returned) => match reader.read(it, &returned) {
            Some(document @ Json::Object(_)) => Ok(document),
            _ => Err("what it returns is not known".to_owned()),
        },
        Err(Flow::Raise(raised)) => Err(format!("it raises `{}`", it.exception_words(&raised.exception))),
        Err(Flow::Exhausted) => Err("it takes too many steps".to_owned()),
    };
    let document = match document {
        Ok(document) => document,
        Err(reason) => {
            let name = &model.name;
            it.report(
                "assumption",
                format!("`{name}` has an `openapi` method that could not be followed: {reason}"),
            );
            return;
        }
    };
    if let Some(place) = reader.unknown.first() {
        let others = match reader.unknown.len() - 1 {
            0 => String::new(),
            count => format!(" and {count} more places"),
        };
        let message = format!(
            "the `openapi` method of `{}` puts something into the document that is not known, at `{place}`{others}",
            model.name
        );
        it.report("assumption", message);
    }
    for endpoint in &mut model.endpoints {
        let path = &document["paths"][crate::architecture::model::plain_path(&endpoint.path)];
        endpoint.include_in_schema &= endpoint
            .methods
            .iter()
            .any(|method| path.get(method.to_lowercase()).is_some());
    }
    model.document = Some(document);
}

/// Reads a document that was made by the program, without what is not known of it.
#[derive(Default)]
struct Reader {
    /// The keys that lead to where the reader is.
    path: Vec<EcoString>,
    /// Where something is not known, as keys with slashes between them.
    unknown: Vec<String>,
}

impl Reader {
    fn read(&mut self, it: &mut Interpreter, value: &Value) -> Option<Json> {
        if self.path.len() > DEPTH || it.charge(1).is_err() {
            self.note();
            return None;
        }
        let read = match value.unboxed() {
            Value::Dict(entries) => {
                if entries.is_open() {
                    self.note();
                }
                let mut map = serde_json::Map::new();
                let known = entries.borrow().clone();
                for (key, value) in known.values() {
                    let key = match encode(it, key) {
                        Some(Json::String(key)) => key.into(),
                        Some(key) => key.to_string().into(),
                        None => {
                            self.note();
                            continue;
                        }
                    };
                    self.enter(it, key, value, &mut |key, json| {
                        map.insert(key.to_owned(), json);
                    });
                }
                Some(Json::Object(map))
            }
            Value::List(items) => {
                if items.is_open() {
                    self.note();
                }
                let mut array = vec![];
                let known = items.borrow().clone();
                for (index, item) in known.iter().enumerate() {
                    self.enter(it, ecow::eco_format!("{index}"), item, &mut |_, json| {
                        array.push(json)
                    });
                }
                Some(Json::Array(array))
            }
            _ => encode(it, value),
        };
        if read.is_none() {
            self.note();
        }
        read
    }

    fn enter(
        &mut self,
        it: &mut Interpreter,
        key: EcoString,
        value: &Value,
        keep: &mut dyn FnMut(&str, Json),
    ) {
        self.path.push(key.clone());
        if let Some(json) = self.read(it, value) {
            keep(&key, json);
        }
        self.path.pop();
    }

    fn note(&mut self) {
        self.unknown.push(self.path.join("/"));
    }
}

fn has_own_method(app: &Rc<InstanceObject>) -> bool {
    if app.attributes.borrow().contains_key("openapi") {
        return true;
    }
    let found = app.class.find("openapi");
    found.is_some_and(|(_, owner)| owner.module.as_ref().is_some_and(|module| !module.is_model()))
}
