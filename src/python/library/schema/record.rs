//! Dataclasses, typed dictionaries and named tuples
//! (<https://docs.pydantic.dev/latest/concepts/dataclasses/>).

use std::rc::Rc;

use ecow::EcoString;

use super::{
    build::Builder,
    collection::field_info,
    config::Config,
    fields::FieldData,
    marked::marked_methods,
    model::doc_of,
    shape::{ClassShape, FieldShape, Kind, Shape},
};
use crate::python::{
    interpret::{
        class::{Annotation, ClassObject, DataclassField},
        interpreter::Interpreter,
        type_variables::substitute,
        value::Value,
    },
    library::natives::{models::is_field_info, reflection::class_variables},
};

impl Builder {
    fn record(
        &mut self,
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        args: &[Value],
        fill: impl FnOnce(&mut Self, &mut Interpreter, &mut ClassShape, &Config),
    ) -> Shape {
        let reference = self.identities.reference(it, class, args);
        if self.definitions.contains_key(&reference) || !self.under_way.insert(reference.clone()) {
            return Kind::Reference(reference).into();
        }
        let mut made = ClassShape {
            class: Rc::clone(class),
            name: class.name.clone(),
            doc: doc_of(class),
            config: Config::of_record(it, class, self.configs.last(), self.options.pydantic),
            fields: vec![],
            computed: vec![],
            root: None,
            extra_items: None,
            is_closed: matches!(class.keywords.get("closed"), Some(Value::Bool(true))),
            is_model: false,
            unknown_bases: vec![],
        };
        // Without a configuration of its own, the names of its fields follow that of the model around it.
        let around = match self.configs.last() {
            Some(around) if !Config::is_said_of(class) => around.clone(),
            _ => made.config.clone(),
        };
        self.configs.push(around.clone());
        self.owners.push(Value::Class(Rc::clone(class)));
        fill(self, it, &mut made, &around);
        self.owners.pop();
        self.configs.pop();
        let mut shape: Shape = Kind::Class(Rc::new(made)).into();
        shape.reference = Some(reference.clone());
        self.under_way.remove(&reference);
        self.definitions.insert(reference.clone(), Rc::new(shape));
        Kind::Reference(reference).into()
    }

    /// A dataclass, of the standard library or of pydantic.
    pub(super) fn dataclass(
        &mut self,
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        args: &[Value],
    ) -> Shape {
        let fields: Vec<DataclassField> = class
            .mro()
            .find_map(|ancestor| ancestor.dataclass.get())
            .cloned()
            .unwrap_or_default();
        let pairs: Vec<(Value, Value)> = class_variables(class)
            .into_iter()
            .zip(args.iter().cloned())
            .collect();
        let owner = Rc::clone(class);
        let is_plain = !is_of_pydantic(class);
        self.record(it, class, args, move |builder, it, made, config| {
            if is_plain && builder.options.pydantic < (2, 13) {
                made.doc = None;
            }
            let marked = marked_methods(it, &owner);
            let mut shapes: Vec<(bool, FieldShape)> = vec![];
            for field in fields {
                if !field.init && field.default.is_none() && field.default_factory.is_none() {
                    continue;
                }
                let value = it.annotation_value(&field.annotation);
                let value = substitute(&it.resolve_type(&value), &pairs);
                let mut data = FieldData::new(it, field.name.clone(), value);
                if let Some(described) = field.metadata.as_ref().and_then(|given| described_by(it, given)) {
                    data.annotate(it, described);
                }
                match &field.default {
                    Some(info @ Value::Instance(_)) if is_field_info(info) => data.annotate(it, info.clone()),
                    Some(default) => data.default = Some(default.clone()),
                    None => {}
                }
                if field.default_factory.is_some() {
                    data.default_factory.clone_from(&field.default_factory);
                }
                (data.owner, data.span) = (Some(Rc::clone(&owner)), field.annotation.span);
                data.name_by(it, config);
                shapes.push((field.keyword_only, builder.field(it, &data, &marked)));
            }
            shapes.sort_by_key(|(keyword_only, _)| *keyword_only);
            made.fields = shapes.into_iter().map(|(_, field)| field).collect();
            made.computed = builder.computed_fields(it, &owner, &pairs, &marked);
        })
    }

    /// A typed dictionary.
    pub(super) fn typed_dict(
        &mut self,
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        args: &[Value],
    ) -> Shape {
        let pairs: Vec<(Value, Value)> = class_variables(class)
            .into_iter()
            .zip(args.iter().cloned())
            .collect();
        let owner = Rc::clone(class);
        self.record(it, class, args, move |builder, it, made, config| {
            let lineage: Vec<Rc<ClassObject>> = owner.mro().cloned().collect();
            let mut fields: Vec<FieldShape> = vec![];
            for ancestor in lineage.iter().rev() {
                let is_total = !matches!(ancestor.keywords.get("total"), Some(Value::Bool(false)));
                for annotation in ancestor.annotations.borrow().clone() {
                    let field = builder.keyed_field(it, &annotation, &pairs, is_total, config, ancestor);
                    match fields.iter_mut().find(|known| known.name == field.name) {
                        Some(known) => *known = field,
                        None => fields.push(field),
                    }
                }
            }
            made.fields = fields;
        })
    }

    fn keyed_field(
        &mut self,
        it: &mut Interpreter,
        annotation: &Annotation,
        pairs: &[(Value, Value)],
        is_total: bool,
        config: &Config,
        owner: &Rc<ClassObject>,
    ) -> FieldShape {
        let value = it.annotation_value(annotation);
        let value = substitute(&it.resolve_type(&value), pairs);
        let mut data = FieldData::new(it, annotation.name.clone(), value);
        (data.owner, data.span) = (Some(Rc::clone(owner)), annotation.span);
        data.name_by(it, config);
        let is_required = data.is_required_key.unwrap_or(is_total) && data.is_required();
        let mut field = self.field(it, &data, &[]);
        field.is_required = is_required;
        field
    }

    /// A named tuple: an array of its fields.
    pub(super) fn named_tuple(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>) -> Shape {
        let reference = self.identities.reference(it, class, &[]);
        if self.definitions.contains_key(&reference) || !self.under_way.insert(reference.clone()) {
            return Kind::Reference(reference).into();
        }
        let annotations = class
            .mro()
            .find(|c| !c.annotations.borrow().is_empty())
            .map(|c| c.annotations.borrow().clone());
        let mut fields = vec![];
        for annotation in annotations.unwrap_or_default() {
            let value = it.annotation_value(&annotation);
            let value = it.resolve_type(&value);
            let mut data = FieldData::new(it, annotation.name.clone(), value);
            data.default = class.get(&annotation.name);
            fields.push(self.field(it, &data, &[]));
        }
        self.under_way.remove(&reference);
        let mut shape: Shape = Kind::NamedTuple(fields).into();
        shape.reference = Some(reference.clone());
        self.definitions.insert(reference.clone(), Rc::new(shape));
        Kind::Reference(reference).into()
    }
}

/// Whether pydantic's own decorator made it a dataclass.
fn is_of_pydantic(class: &Rc<ClassObject>) -> bool {
    class.get("__pydantic_config__").is_some()
}

/// What `field(metadata={"description": …})` says of a field, as `Field(…)` would.
fn described_by(it: &mut Interpreter, metadata: &Value) -> Option<Value> {
    let is_known = |key: &EcoString| DESCRIBING.contains(&key.as_str());
    let given = it.mapping_items(metadata).ok()?.into_iter();
    let keywords: Vec<_> = given
        .filter_map(|(key, value)| Some((key.as_str().filter(is_known)?, value)))
        .collect();
    if keywords.is_empty() {
        return None;
    }
    field_info(it, keywords)
}

/// The keys of a field's metadata that pydantic takes for arguments of `Field`.
const DESCRIBING: &[&str] = &[
    "alias",
    "description",
    "examples",
    "ge",
    "gt",
    "json_schema_extra",
    "le",
    "lt",
    "max_length",
    "min_length",
    "multiple_of",
    "pattern",
    "serialization_alias",
    "title",
    "validation_alias",
];
