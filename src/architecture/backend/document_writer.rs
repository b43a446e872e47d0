//! The OpenAPI documents that a program asks for itself, by `get_openapi` and `FastAPI.openapi`.

use std::rc::Rc;

use serde_json::Value as Json;

use super::application::application;
use crate::{
    architecture::model::Application,
    python::interpret::{
        interpreter::{DocumentWriter, Interpreter},
        value::{InstanceObject, Value},
    },
};

/// Writes the documents that the method asks for: that of its own application, which is known already, that of
/// another one, and that of some routes (<https://fastapi.tiangolo.com/reference/openapi/>).
pub(super) struct Writer {
    app: Rc<InstanceObject>,
    name: String,
    document: Json,
    write: fn(&Application) -> Json,
}

impl DocumentWriter for Writer {
    fn write(&self, it: &mut Interpreter, subject: &Value, webhooks: &Value) -> Option<Json> {
        let other = match subject {
            Value::Instance(other) if Rc::ptr_eq(other, &self.app) => return Some(self.document.clone()),
            Value::Instance(other) => Rc::clone(other),
            Value::List(_) | Value::Tuple(_) if self.has(subject, webhooks) => {
                return Some(self.document.clone());
            }
            Value::List(_) | Value::Tuple(_) => self.with_routes(subject, webhooks),
            _ => return None,
        };
        let model = application(it, &self.name, &other).ok()?;
        Some((self.write)(&model))
    }
}

impl Writer {
    /// A writer in the name of an application whose model is at hand.
    pub(super) fn new(
        app: &Rc<InstanceObject>,
        model: &Application,
        write: fn(&Application) -> Json,
    ) -> Self {
        Self {
            app: Rc::clone(app),
            name: model.name.clone(),
            document: write(model),
            write,
        }
    }

    /// Whether these are all of the routes and webhooks that the application has.
    fn has(&self, routes: &Value, webhooks: &Value) -> bool {
        let attributes = self.app.attributes.borrow();
        let listed = |name: &str| match attributes.get(name) {
            Some(Value::Instance(router)) => router.attributes.borrow().get("routes").cloned(),
            _ => None,
        };
        let is_empty = |list: &Value| matches!(list, Value::List(items) if items.borrow().is_empty() && !items.is_open());
        let has_hooks = |own: Value| own.is_same(webhooks) || is_empty(&own) && is_empty(webhooks);
        listed("router").is_some_and(|own| own.is_same(routes)) && listed("webhooks").is_some_and(has_hooks)
    }

    /// The application as if it had these routes and webhooks.
    fn with_routes(&self, routes: &Value, webhooks: &Value) -> Rc<InstanceObject> {
        let mut attributes = self.app.attributes.borrow().clone();
        for (name, routes) in [("router", routes), ("webhooks", webhooks)] {
            let router = match attributes.get(name) {
                Some(Value::Instance(router)) => {
                    let mut attributes = router.attributes.borrow().clone();
                    attributes.insert("routes".into(), routes.clone());
                    // What libraries do before the server starts is done.
                    attributes.shift_remove("_before_serving");
                    Value::Instance(router.with_attributes(attributes))
                }
                _ => continue,
            };
            attributes.insert(name.into(), router);
        }
        self.app.with_attributes(attributes)
    }
}
