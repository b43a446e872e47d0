//! Who asks for a shape, so that what cannot be known is said with a name and a place.

use ecow::{EcoString, eco_format};

use super::fields::FieldData;
use crate::{
    python::interpret::{interpreter::location, value::Value},
    source::location::Location,
};

/// A handler, or a field of a class.
#[derive(Clone, Debug)]
pub struct Asker {
    /// A field in words, e.g. `` the field `name` of `User` ``; empty for a handler.
    pub field: EcoString,
    /// Where it stands; without a file if the analysed tree does not hold it.
    pub location: Location,
}

impl Asker {
    /// The function behind a handler.
    #[must_use]
    pub fn handler(handler: &Value) -> Self {
        let location = match handler {
            Value::Function(function) => location(&function.module, function.def.span),
            Value::Method(method) => Self::handler(&method.function).location,
            _ => Location::default(),
        };
        Self {
            field: EcoString::new(),
            location,
        }
    }

    /// A field.
    #[must_use]
    pub(super) fn field(data: &FieldData) -> Self {
        let owner = data.owner.as_ref();
        let of_class = owner
            .map(|owner| eco_format!(" of `{}`", owner.name))
            .unwrap_or_default();
        let module = owner.and_then(|owner| owner.module.as_ref());
        Self {
            field: eco_format!("the field `{}`{of_class}", data.name),
            location: module.map_or_else(Location::default, |module| location(module, data.span)),
        }
    }
}
