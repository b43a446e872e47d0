//! Models (<https://docs.pydantic.dev/latest/concepts/models/>).

use std::rc::Rc;

use ecow::{EcoString, eco_format};
use serde_json::Map;

use super::{
    annotation::plain,
    asker::Asker,
    build::{Builder, is_written},
    collection::collect,
    config::Config,
    fields::FieldData,
    marked::{Marked, marked_methods},
    reference::display,
    shape::{ClassShape, FieldShape, Hook, Kind, Shape},
};
use crate::python::{
    interpret::{
        class::ClassObject, interpreter::Interpreter, type_variables::substitute, typing::TypeForm,
        value::Value,
    },
    library::natives::{
        models::ROOT_FIELD,
        reflection::{base_arguments, class_variables},
    },
};

impl Builder {
    /// A model, with the arguments of a generic one: a reference to its definition, unless it says itself what it is.
    pub(super) fn model(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>, args: &[Value]) -> Shape {
        let shape = self.plain_model(it, class, args);
        if !is_written(class, "__get_pydantic_core_schema__") {
            return shape;
        }
        let value = Value::Class(Rc::clone(class));
        self.custom_model(it, &value, &value, shape)
    }

    fn plain_model(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>, args: &[Value]) -> Shape {
        let reference = self.identities.reference(it, class, args);
        if self.definitions.contains_key(&reference) || !self.under_way.insert(reference.clone()) {
            return Kind::Reference(reference).into();
        }
        let value = Value::Class(Rc::clone(class));
        self.owners.push(value.clone());
        let mut shape = self.model_body(it, class, args);
        self.owners.pop();
        shape.reference = Some(reference.clone());
        if is_written(class, "__get_pydantic_json_schema__")
            && let Some(hook) = class.get("__get_pydantic_json_schema__")
        {
            let hook = self.bound(it, &value, hook, "__get_pydantic_json_schema__");
            shape.hooks.push(Hook::Call(hook));
        }
        self.under_way.remove(&reference);
        self.definitions.insert(reference.clone(), Rc::new(shape));
        Kind::Reference(reference).into()
    }

    fn model_body(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>, args: &[Value]) -> Shape {
        let config = Config::of(it, class);
        self.configs.push(config.clone());
        let pairs: Vec<(Value, Value)> = class_variables(class)
            .into_iter()
            .zip(args.iter().cloned())
            .collect();
        let marked = marked_methods(it, class);
        let mut made = ClassShape {
            class: Rc::clone(class),
            name: self.parametrised_name(it, class, args),
            doc: self.model_doc(class, args),
            config,
            fields: vec![],
            computed: vec![],
            root: None,
            extra_items: None,
            is_closed: false,
            is_model: true,
            unknown_bases: class.unknown_bases.iter().map(super::encode::words).collect(),
        };
        let mut data = collect(it, class, args);
        let (mut updates, mut extras) = (Map::new(), vec![]);
        let custom_root = data.iter().position(|field| field.name == ROOT_FIELD);
        if let Some(index) = custom_root {
            let field = self.field(it, &data.remove(index), &marked);
            (updates, extras) = (field.updates, field.extras);
            made.root = Some(field.shape);
        } else if class.inherits("pydantic.RootModel") {
            let root = data.iter().position(|field| field.name == "root");
            let root = match root {
                Some(index) => data.remove(index),
                None => {
                    let annotation = root_annotation(class, args, &pairs);
                    FieldData::new(it, "root".into(), annotation)
                }
            };
            let field = self.field(it, &root, &marked);
            (updates, extras) = (field.updates, field.extras);
            if updates.contains_key("description")
                && let Some(doc) = &made.doc
            {
                updates.insert("description".into(), doc.as_str().into());
            }
            made.root = Some(field.shape);
        } else {
            made.fields = data.iter().map(|field| self.field(it, field, &marked)).collect();
            made.computed = self.computed_fields(it, class, &pairs, &marked);
            made.extra_items = self.extra_items(it, class, &made.config);
        }
        self.configs.pop();
        let mut shape: Shape = Kind::Class(Rc::new(made)).into();
        (shape.updates, shape.extras) = (updates, extras);
        if let Some(serializer) = marked
            .iter()
            .rev()
            .find(|method| method.kind == "model_serializer")
        {
            let returns = serializer.option("return_type");
            let function = serializer.function.clone();
            let when = serializer.option("when_used").and_then(|when| when.as_str());
            shape.serializer = Some(Box::new(self.serializer(it, &function, returns, when, false, 1)));
        }
        shape
    }

    fn extra_items(
        &mut self,
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        config: &Config,
    ) -> Option<Shape> {
        if config.text("extra").as_deref() != Some("allow") {
            return None;
        }
        let annotation = class.mro().find_map(|ancestor| {
            ancestor
                .annotations
                .borrow()
                .iter()
                .find(|a| a.name == "__pydantic_extra__")
                .cloned()
        })?;
        let value = it.annotation_value(&annotation);
        let value = it.resolve_type(&value);
        let crate::python::interpret::value::Value::Type(form) = &value else {
            return None;
        };
        let crate::python::interpret::typing::TypeForm::Alias { args, .. } = &**form else {
            return None;
        };
        let shape = self.of(it, args.get(1)?);
        (!matches!(shape.kind, Kind::Any)).then_some(shape)
    }

    /// A field of a model that a library makes: without validators and serializers.
    pub fn plain_field(&mut self, it: &mut Interpreter, data: &FieldData) -> FieldShape {
        self.field(it, data, &[])
    }

    /// A field with its default, validators and serializers.
    pub(super) fn field(&mut self, it: &mut Interpreter, data: &FieldData, marked: &[Marked]) -> FieldShape {
        self.askers.push(Asker::field(data));
        let shape = self.asked_field(it, data, marked);
        self.askers.pop();
        shape
    }

    fn asked_field(&mut self, it: &mut Interpreter, data: &FieldData, marked: &[Marked]) -> FieldShape {
        let mut shape = self.of(it, &data.annotation);
        for item in &data.metadata {
            let documented = crate::python::library::natives::models::is_field_info(item);
            shape = self.annotate(it, shape, item, &data.annotation);
            if documented {
                // What a field says of itself stands at the field, below.
                shape
                    .updates
                    .retain(|key, _| !DOCUMENTATION.contains(&key.as_str()));
                shape.extras.clear();
            }
        }
        for method in marked
            .iter()
            .filter(|method| method.kind == "field" && method.is_for(&data.name))
        {
            let input = method
                .option("json_schema_input_type")
                .map(|annotation| self.of(it, &annotation));
            let mode = method.option("mode").and_then(|mode| mode.as_str());
            shape = match mode.as_deref() {
                Some("plain") => plain(
                    input.unwrap_or_else(|| Kind::Any.into()),
                    self.of(it, &data.annotation),
                ),
                _ => Kind::Function(Box::new(shape), input.map(Box::new)).into(),
            };
        }
        let is_required = data.is_required() && !(self.options.is_first() && is_optional(data, &shape));
        if !is_required {
            shape = Kind::Default(Box::new(shape), data.default.clone()).into();
        }
        if let Some(method) = marked
            .iter()
            .rev()
            .find(|method| method.kind == "serializer" && method.is_for(&data.name))
        {
            let is_plain = method
                .option("mode")
                .and_then(|mode| mode.as_str())
                .is_none_or(|mode| mode == "plain");
            let when = method.option("when_used").and_then(|when| when.as_str());
            let function = method.function.clone();
            let returns = method.option("return_type");
            let mut serializer = self.serializer(it, &function, returns, when, is_plain, 2);
            serializer.function = None;
            shape = shape.at_use();
            shape.serializer = Some(Box::new(serializer));
        }
        let pairs: Vec<(EcoString, Value)> = data
            .attributes
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let (mut updates, extras) = self.documentation(it, &pairs);
        if self.options.is_first()
            && matches!(data.get("const"), Some(Value::Bool(true)))
            && let Some(only) = data
                .default
                .as_ref()
                .and_then(|only| super::encode::encode(it, only))
        {
            updates.insert("const".into(), only);
        }
        if self.options.is_first() && matches!(data.get("unique_items"), Some(Value::Bool(true))) {
            updates.insert("uniqueItems".into(), true.into());
        }
        FieldShape {
            name: data.name.clone(),
            input_name: data.input_name(),
            output_name: data.output_name(),
            shape,
            updates,
            extras,
            is_required,
            is_excluded: data.is_excluded(it),
            may_be_excluded: data.get("exclude_if").is_some(),
            annotation: data.written.clone(),
            default: data.default.clone(),
            owner: data.owner.clone().map(|owner| (owner, data.span)),
        }
    }
}

impl Builder {
    /// What describes a model: its docstring, which in pydantic 1 is inherited and that of generic ones too.
    fn model_doc(&self, class: &Rc<ClassObject>, args: &[Value]) -> Option<EcoString> {
        if !self.options.is_first() {
            return args.is_empty().then(|| doc_of(class)).flatten();
        }
        let is_written = |ancestor: &&Rc<ClassObject>| {
            ancestor.builtin.is_none() && ancestor.module.as_ref().is_none_or(|module| !module.is_model())
        };
        class.mro().filter(is_written).find_map(doc_of)
    }

    /// `Page[User]`.
    fn parametrised_name(&self, it: &mut Interpreter, class: &Rc<ClassObject>, args: &[Value]) -> EcoString {
        if args.is_empty() {
            return class.name.clone();
        }
        let words: Vec<String> = args.iter().map(|arg| self.argument_name(it, arg)).collect();
        eco_format!("{}[{}]", class.name, words.join(", "))
    }

    /// Pydantic 1 shows an argument with arguments of its own as Python does: `List[app.models.User]`.
    fn argument_name(&self, it: &mut Interpreter, argument: &Value) -> String {
        match argument {
            Value::Type(form) if self.options.is_first() => match &**form {
                TypeForm::Alias { origin, args } if !is_model(origin) => {
                    let words: Vec<String> = args.iter().map(|arg| self.inner_name(it, arg)).collect();
                    format!("{}[{}]", display(it, origin), words.join(", "))
                }
                _ => display(it, argument),
            },
            _ => display(it, argument),
        }
    }

    fn inner_name(&self, it: &mut Interpreter, argument: &Value) -> String {
        match argument {
            Value::Class(class) if class.builtin.is_none() => class.path().to_string(),
            _ => self.argument_name(it, argument),
        }
    }
}

fn is_model(origin: &Value) -> bool {
    matches!(origin, Value::Class(class) if class.inherits("pydantic.BaseModel"))
}

/// Whether pydantic 1 takes `None` where nothing is given: what admits it, unless `...` says that it is needed
/// (<https://docs.pydantic.dev/1.10/usage/models/#required-optional-fields>).
fn is_optional(data: &FieldData, shape: &Shape) -> bool {
    let admits_none = shape.is_nullable() || matches!(shape.kind, Kind::Any | Kind::JsonText(_));
    admits_none && !data.is_said_required
}

const DOCUMENTATION: &[&str] = &["title", "description", "examples", "deprecated"];

/// The docstring of a class itself.
pub(super) fn doc_of(class: &Rc<ClassObject>) -> Option<EcoString> {
    let assigned = class.attributes.borrow().get("__doc__").cloned();
    let text = match assigned {
        Some(value) => value.as_str(),
        None => class.def.as_ref().and_then(|def| def.docstring.clone()),
    };
    text.map(|text| clean_doc(&text).into())
        .filter(|text: &EcoString| !text.is_empty())
}

fn root_annotation(class: &Rc<ClassObject>, args: &[Value], pairs: &[(Value, Value)]) -> Value {
    if class.path() == "pydantic.RootModel" {
        return args
            .first()
            .cloned()
            .unwrap_or_else(crate::python::interpret::unknown::Unknown::nothing);
    }
    let Some(ancestor) = class.ancestor("pydantic.RootModel") else {
        return Value::None;
    };
    let given = base_arguments(class, ancestor)
        .into_iter()
        .next()
        .map(|(_, value)| value);
    given.map_or_else(crate::python::interpret::unknown::Unknown::nothing, |value| {
        substitute(&value, pairs)
    })
}

/// A docstring without the indentation of its place, as `inspect.cleandoc` gives it.
#[must_use]
pub fn clean_doc(doc: &str) -> String {
    let expanded = doc.replace('\t', "        ");
    let lines: Vec<&str> = expanded.split('\n').collect();
    let margin = lines
        .iter()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut clean: Vec<&str> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            if index == 0 {
                line.trim_start()
            } else {
                line.get(margin..).unwrap_or("")
            }
        })
        .collect();
    while clean.last().is_some_and(|line| line.is_empty()) {
        clean.pop();
    }
    while clean.first().is_some_and(|line| line.is_empty()) {
        clean.remove(0);
    }
    clean.join("\n")
}
