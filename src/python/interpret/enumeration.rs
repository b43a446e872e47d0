//! The members of enumerations.

use std::rc::Rc;

use ecow::EcoString;

use super::{class::ClassObject, interpreter::Interpreter, value::Value};

impl Interpreter {
    /// The members of an enumeration in order of definition, aliases left out.
    #[must_use]
    pub fn enum_members(&self, class: &Rc<ClassObject>) -> Vec<Value> {
        let attributes = class.attributes.borrow();
        attributes
            .iter()
            .filter(|(name, value)| match value {
                Value::Instance(instance) => {
                    Rc::ptr_eq(&instance.class, class)
                        && instance
                            .attributes
                            .borrow()
                            .get("_name_")
                            .and_then(Value::as_str)
                            .as_ref()
                            == Some(*name)
                }
                _ => false,
            })
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// The names of an enumeration in order of definition, with what they stand for: aliases are among them, as in
    /// [`__members__`](https://docs.python.org/3/library/enum.html#enum.EnumType.__members__).
    #[must_use]
    pub fn enum_names(&self, class: &Rc<ClassObject>) -> Vec<(EcoString, Value)> {
        let attributes = class.attributes.borrow();
        attributes
            .iter()
            .filter(|(_, value)| matches!(value, Value::Instance(one) if Rc::ptr_eq(&one.class, class)))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}
