//! Computed fields (<https://docs.pydantic.dev/latest/concepts/fields/#the-computed_field-decorator>).

use std::rc::Rc;

use ecow::EcoString;
use serde_json::Map;

use super::{build::Builder, fields::generated, marked::Marked, model::clean_doc, shape::FieldShape};
use crate::python::{
    interpret::{
        class::ClassObject,
        interpreter::Interpreter,
        type_variables::substitute,
        value::{Descriptor, FunctionObject, Value},
    },
    library::natives::reflection::signature,
};

impl Builder {
    /// `@computed_field` properties, those of ancestors first
    /// (<https://docs.pydantic.dev/latest/concepts/fields/#the-computed_field-decorator>).
    pub(super) fn computed_fields(
        &mut self,
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        pairs: &[(Value, Value)],
        marked: &[Marked],
    ) -> Vec<FieldShape> {
        let mut found: Vec<(EcoString, Rc<FunctionObject>)> = vec![];
        let lineage: Vec<Rc<ClassObject>> = class.mro().cloned().collect();
        for ancestor in lineage.iter().rev() {
            for (name, value) in ancestor.attributes.borrow().iter() {
                let Value::Descriptor(descriptor) = value else {
                    continue;
                };
                let Descriptor::Property {
                    get: Value::Function(getter),
                    ..
                } = &**descriptor
                else {
                    continue;
                };
                if !getter.attributes.borrow().contains_key("_computed_field") {
                    continue;
                }
                let getter = Rc::clone(getter);
                match found.iter_mut().find(|(known, _)| known == name) {
                    Some(known) => known.1 = getter,
                    None => found.push((name.clone(), getter)),
                }
            }
        }
        found
            .into_iter()
            .map(|(name, getter)| self.computed_field(it, name, &getter, pairs, marked))
            .collect()
    }

    fn computed_field(
        &mut self,
        it: &mut Interpreter,
        name: EcoString,
        function: &Rc<FunctionObject>,
        pairs: &[(Value, Value)],
        marked: &[Marked],
    ) -> FieldShape {
        let options = function
            .attributes
            .borrow()
            .get("_computed_field")
            .cloned()
            .unwrap_or(Value::None);
        let mut options: Vec<(EcoString, Value)> = it
            .mapping_items(&options)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(key, value)| Some((key.as_str()?, value)))
            .collect();
        let given = |key: &str| {
            options
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone())
        };
        let returns = given("return_type").or_else(|| {
            signature(it, &Value::Function(Rc::clone(function)))
                .ok()
                .flatten()
                .and_then(|signature| signature.returns)
        });
        let annotation = returns.map_or_else(
            || Value::None,
            |returns| substitute(&it.resolve_type(&returns), pairs),
        );
        let mut shape = self.of(it, &annotation);
        if let Some(method) = marked
            .iter()
            .rev()
            .find(|method| method.kind == "serializer" && method.is_for(&name))
        {
            let function = method.function.clone();
            let returns = method.option("return_type");
            shape = shape.at_use();
            shape.serializer = Some(Box::new(self.serializer(it, &function, returns, None, false, 2)));
        }
        let alias = given("alias").and_then(|alias| alias.as_str());
        let generator = self
            .configs
            .last()
            .and_then(|config| config.get("alias_generator"));
        let alias = alias.or_else(|| generator.and_then(|generator| generated(it, &generator, &name).1));
        if given("description").is_none()
            && let Some(doc) = &function.def.body().docstring
        {
            options.push(("description".into(), Value::text(clean_doc(doc))));
        }
        if given_deprecated(function) {
            options.push(("deprecated".into(), Value::Bool(true)));
        }
        options.retain(|(key, _)| key != "return_type");
        let (documented, extras) = self.documentation(it, &options);
        let mut updates = Map::new();
        updates.insert("readOnly".into(), true.into());
        updates.extend(documented);
        FieldShape {
            input_name: name.clone(),
            output_name: alias.unwrap_or_else(|| name.clone()),
            name,
            shape,
            updates,
            extras,
            is_required: true,
            is_excluded: false,
            may_be_excluded: false,
            annotation,
            default: None,
            owner: None,
        }
    }
}

fn given_deprecated(function: &Rc<FunctionObject>) -> bool {
    function.attributes.borrow().contains_key("__deprecated__")
}
