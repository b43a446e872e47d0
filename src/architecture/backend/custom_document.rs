//! Applications that change their OpenAPI document by a method of their own
//! (<https://fastapi.tiangolo.com/how-to/extending-openapi/>): the method is followed over the document as it would be.

use std::rc::Rc;

use serde_json::Value as Json;

use crate::{
    architecture::model::Application,
    python::{
        interpret::{
            arguments::Arguments,
            interpreter::Interpreter,
            value::{InstanceObject, Value},
        },
        library::schema::encode::encode,
    },
};

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
    it.openapi_document = Some(write(model));
    let document = it.call_method(&Value::Instance(Rc::clone(app)), "openapi", Arguments::default());
    it.openapi_document = None;
    let followed = document
        .ok()
        .filter(|document| matches!(document.unboxed(), Value::Dict(_)));
    let Some(document) = followed.and_then(|document| encode(it, &document)) else {
        it.report(
            "assumption",
            format!(
                "`{}` has an `openapi` method that could not be followed",
                model.name
            ),
        );
        return;
    };
    for endpoint in &mut model.endpoints {
        let path = &document["paths"][crate::architecture::model::plain_path(&endpoint.path)];
        endpoint.include_in_schema &= endpoint
            .methods
            .iter()
            .any(|method| path.get(method.to_lowercase()).is_some());
    }
    model.document = Some(document);
}

fn has_own_method(app: &Rc<InstanceObject>) -> bool {
    if app.attributes.borrow().contains_key("openapi") {
        return true;
    }
    let found = app.class.find("openapi");
    found.is_some_and(|(_, owner)| owner.module.as_ref().is_some_and(|module| !module.is_model()))
}
