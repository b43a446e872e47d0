//! Enumerations, dataclasses and named tuples: classes whose members the class statement implies.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use ecow::EcoString;

use super::{
    arguments::Arguments,
    class::{Builtin, ClassObject, DataclassField},
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    unknown::Unknown,
    value::{InstanceObject, Value},
};

impl Interpreter {
    /// Turns the plain attributes of an enumeration's body into members
    /// (<https://docs.python.org/3/library/enum.html>).
    pub(super) fn make_enum_members(&mut self, class: &Rc<ClassObject>) -> Eval<()> {
        let attributes: Vec<(EcoString, Value)> = class
            .attributes
            .borrow()
            .iter()
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        let mut members: Vec<(Key, Value)> = vec![];
        let mut last: Option<Value> = None;
        for (name, value) in attributes {
            if is_hidden(&name) || is_descriptor(&value) || is_nested(class, &value) {
                continue;
            }
            let value = self.enum_value(class, &name, value, last.as_ref(), members.len())?;
            last = Some(value.clone());
            let key = Key::of(&value);
            let alias = members
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, member)| member.clone());
            let member = match alias {
                Some(member) => member,
                None => {
                    let member = self.make_enum_member(class, &name, value)?;
                    members.push((key, member.clone()));
                    member
                }
            };
            class.attributes.borrow_mut().insert(name, member);
        }
        class.is_enum.set(true);
        Ok(())
    }

    /// The value of a member: what is written, or what `auto()` stands for.
    fn enum_value(
        &mut self,
        class: &Rc<ClassObject>,
        name: &EcoString,
        value: Value,
        last: Option<&Value>,
        count: usize,
    ) -> Eval<Value> {
        let is_auto = matches!(&value, Value::Instance(auto) if auto.class.path() == "enum.auto");
        if !is_auto {
            return Ok(value);
        }
        if let Some((generate, owner)) = class.find("_generate_next_value_")
            && owner.module.as_ref().is_some_and(|module| !module.is_model())
        {
            let function = match &generate {
                Value::Descriptor(descriptor) => match &**descriptor {
                    super::value::Descriptor::Static(inner) => inner.clone(),
                    _ => generate.clone(),
                },
                _ => generate,
            };
            let last = last.cloned().unwrap_or(Value::None);
            let arguments = vec![
                Value::Str(name.clone()),
                Value::Int(1),
                Value::Int(count as i64),
                Value::list(vec![last]),
            ];
            return self.call(&function, Arguments::of(arguments));
        }
        if class.inherits("enum.StrEnum") {
            return Ok(Value::text(name.to_lowercase()));
        }
        let is_flag = class.inherits("enum.Flag");
        Ok(match last.and_then(Value::as_int) {
            Some(number) if is_flag => Value::Int(number.saturating_mul(2)),
            Some(number) => Value::Int(number + 1),
            None => Value::Int(1),
        })
    }

    fn make_enum_member(&mut self, class: &Rc<ClassObject>, name: &EcoString, value: Value) -> Eval<Value> {
        let mixed_in = class.data_type();
        let base = match (mixed_in, &value) {
            (Some(Builtin::Str), Value::Tuple(items)) => items.first().cloned(),
            (Some(_), _) => Some(value.clone()),
            (None, _) => None,
        };
        let member = Rc::new(InstanceObject {
            class: Rc::clone(class),
            attributes: RefCell::default(),
            base: RefCell::new(base),
            is_abstract: Cell::new(false),
        });
        let object = Value::Instance(Rc::clone(&member));
        {
            let mut attributes = member.attributes.borrow_mut();
            attributes.insert("_name_".into(), Value::Str(name.clone()));
            attributes.insert("name".into(), Value::Str(name.clone()));
            attributes.insert("_value_".into(), value.clone());
            attributes.insert("value".into(), value.clone());
        }
        let arguments = match &value {
            Value::Tuple(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        if let Some(new @ Value::Function(_)) = class.get("__new__") {
            let call = Arguments::of([vec![Value::Class(Rc::clone(class))], arguments.clone()].concat());
            if let Value::Instance(made) = self.call(&new, call)? {
                let made = made.attributes.borrow().clone();
                member.attributes.borrow_mut().extend(made.clone());
                if let Some(value) = made.get("_value_") {
                    member
                        .attributes
                        .borrow_mut()
                        .insert("value".into(), value.clone());
                    if mixed_in.is_some() {
                        *member.base.borrow_mut() = Some(value.clone());
                    }
                }
            }
        }
        if let Some(init @ Value::Function(_)) = class.get("__init__") {
            self.call(&init, Arguments::of([vec![object.clone()], arguments].concat()))?;
        }
        Ok(object)
    }

    /// `Color("red")`; with more arguments, the functional form `Enum("Color", [...])`.
    pub(super) fn enum_lookup(&mut self, class: &Rc<ClassObject>, arguments: &Arguments) -> Eval<Value> {
        let value = arguments.at(0);
        if value.is_unknown() {
            return Ok(self.abstract_instance(class));
        }
        let key = Key::of(&value);
        let members = self.enum_members(class);
        if members.is_empty() {
            return self.functional_enum(class, arguments);
        }
        for member in &members {
            if member.is_same(&value) {
                return Ok(member.clone());
            }
            let Value::Instance(instance) = member else {
                continue;
            };
            let is_match = instance
                .attributes
                .borrow()
                .get("_value_")
                .is_some_and(|v| Key::of(v) == key);
            if is_match {
                return Ok(member.clone());
            }
        }
        if let Some((missing, _)) = class.find("_missing_")
            && let Value::Descriptor(descriptor) = &missing
            && let super::value::Descriptor::ClassMethod(inner) = &**descriptor
        {
            return self.call(
                &inner.clone(),
                Arguments::of(vec![Value::Class(Rc::clone(class)), value]),
            );
        }
        self.missing(
            "ValueError",
            format!("{} is not a valid {}", super::repr::repr(&value), class.name),
        )
    }

    fn functional_enum(&mut self, class: &Rc<ClassObject>, arguments: &Arguments) -> Eval<Value> {
        let Some(name) = arguments.at(0).as_str() else {
            return Ok(Unknown::nothing());
        };
        let names = arguments.get(1, "names").cloned().unwrap_or(Value::None);
        let mut attributes = super::value::Names::default();
        match &names {
            Value::Str(text) => {
                for (index, member) in text.split([',', ' ']).filter(|part| !part.is_empty()).enumerate() {
                    attributes.insert(member.into(), Value::Int(index as i64 + 1));
                }
            }
            Value::Dict(_) => {
                for (key, value) in self.mapping_items(&names)? {
                    attributes.insert(super::repr::display(&key), value);
                }
            }
            _ => {
                for (index, item) in self.iterate(&names)?.0.into_iter().enumerate() {
                    match &item {
                        Value::Tuple(pair) if pair.len() == 2 => {
                            attributes.insert(super::repr::display(&pair[0]), pair[1].clone());
                        }
                        other => {
                            let value = if class.data_type() == Some(Builtin::Str) {
                                other.clone()
                            } else {
                                Value::Int(index as i64 + 1)
                            };
                            attributes.insert(super::repr::display(other), value);
                        }
                    }
                }
            }
        }
        let mut bases = vec![Value::Class(Rc::clone(class))];
        if let Some(mixin) = arguments.keyword("type") {
            bases.insert(0, mixin.clone());
        }
        self.build_class(super::classes::ClassParts {
            name: name.clone(),
            qualname: name,
            module: self.module(),
            def: None,
            bases,
            attributes,
            annotations: vec![],
            metaclass: None,
            keywords: super::value::Names::default(),
        })
    }

    /// Collects the fields of a dataclass over its ancestors
    /// (<https://docs.python.org/3/library/dataclasses.html#inheritance>).
    pub fn make_dataclass(&mut self, class: &Rc<ClassObject>, options: &Arguments) {
        let keyword_only = matches!(options.keyword("kw_only"), Some(Value::Bool(true)));
        let mut fields: Vec<DataclassField> = vec![];
        for ancestor in class.ancestors.iter().rev() {
            for field in ancestor.dataclass.get().into_iter().flatten() {
                put_field(&mut fields, field.clone());
            }
        }
        let mut rest_keyword_only = keyword_only;
        let annotations = class.annotations.borrow().clone();
        for annotation in annotations {
            let words = annotation.expr.as_ref().map_or_else(EcoString::new, |expr| {
                annotation
                    .module
                    .file
                    .as_ref()
                    .map_or_else(EcoString::new, |file| file.snippet(expr.span))
            });
            if words.contains("ClassVar[") || words == "ClassVar" {
                continue;
            }
            if words.ends_with("KW_ONLY") {
                rest_keyword_only = true;
                continue;
            }
            let value = class.attributes.borrow().get(&annotation.name).cloned();
            let mut field = DataclassField {
                name: annotation.name.clone(),
                default: None,
                default_factory: None,
                init: true,
                keyword_only: rest_keyword_only,
                metadata: None,
                annotation,
            };
            match &value {
                Some(Value::Instance(spec)) if spec.class.inherits("dataclasses.Field") => {
                    let spec = spec.attributes.borrow();
                    let given = |name: &str| {
                        spec.get(name)
                            .filter(|value| !matches!(value, Value::Ellipsis))
                            .cloned()
                    };
                    field.default = given("default");
                    field.default_factory = given("default_factory");
                    field.metadata = given("metadata").filter(|metadata| !metadata.is_none());
                    field.init = !matches!(spec.get("init"), Some(Value::Bool(false)));
                    field.keyword_only |= matches!(spec.get("kw_only"), Some(Value::Bool(true)));
                    match &field.default {
                        Some(default) => class
                            .attributes
                            .borrow_mut()
                            .insert(field.name.clone(), default.clone()),
                        None => class.attributes.borrow_mut().shift_remove(&field.name),
                    };
                }
                other => field.default.clone_from(other),
            }
            put_field(&mut fields, field);
        }
        let _ = class.dataclass.set(fields);
    }

    pub(super) fn init_dataclass(
        &mut self,
        class: &Rc<ClassObject>,
        instance: &Value,
        arguments: Arguments,
    ) -> Eval<()> {
        let Value::Instance(object) = instance else {
            return Ok(());
        };
        let Some(fields) = class.mro().find_map(|class| class.dataclass.get()).cloned() else {
            return Ok(());
        };
        let mut positional = arguments.positional.clone().into_iter();
        let mut init_only = vec![];
        for field in &fields {
            let by_position = if field.init && !field.keyword_only {
                positional.next()
            } else {
                None
            };
            let given = by_position.or_else(|| arguments.keyword(&field.name).cloned());
            let value = match (given, &field.default, &field.default_factory) {
                (Some(value), _, _) => value,
                (None, Some(default), _) => default.clone(),
                (None, None, Some(factory)) => self.call(&factory.clone(), Arguments::default())?,
                (None, None, None) => {
                    let annotation = self.annotation_value(&field.annotation);
                    self.abstract_of(&annotation)
                }
            };
            let words = field
                .annotation
                .expr
                .as_ref()
                .map_or_else(EcoString::new, |expr| {
                    field
                        .annotation
                        .module
                        .file
                        .as_ref()
                        .map_or_else(EcoString::new, |file| file.snippet(expr.span))
                });
            if words.contains("InitVar") {
                init_only.push(value);
            } else {
                object.attributes.borrow_mut().insert(field.name.clone(), value);
            }
        }
        for hook in ["__post_init__", "__attrs_post_init__"] {
            if class.get(hook).is_some() {
                self.call_method(instance, hook, Arguments::of(std::mem::take(&mut init_only)))?;
            }
        }
        Ok(())
    }

    /// An instance of a `typing.NamedTuple` class: a tuple with names.
    pub(super) fn make_named_tuple(&mut self, class: &Rc<ClassObject>, arguments: Arguments) -> Eval<Value> {
        let annotations = class
            .mro()
            .find(|c| !c.annotations.borrow().is_empty())
            .map(|c| c.annotations.borrow().clone());
        let mut positional = arguments.positional.clone().into_iter();
        let instance = self.new_instance(class);
        let Value::Instance(object) = &instance else {
            return Ok(instance);
        };
        let mut items = vec![];
        for annotation in annotations.unwrap_or_default() {
            let value = positional
                .next()
                .or_else(|| arguments.keyword(&annotation.name).cloned())
                .or_else(|| class.get(&annotation.name))
                .unwrap_or_else(Unknown::nothing);
            object
                .attributes
                .borrow_mut()
                .insert(annotation.name.clone(), value.clone());
            items.push(value);
        }
        *object.base.borrow_mut() = Some(Value::tuple(items));
        Ok(instance)
    }

    /// An instance of which only the class is known.
    #[must_use]
    pub fn abstract_instance(&self, class: &Rc<ClassObject>) -> Value {
        let instance = self.new_instance(class);
        if let Value::Instance(object) = &instance {
            object.is_abstract.set(true);
        }
        instance
    }
}

fn put_field(fields: &mut Vec<DataclassField>, field: DataclassField) {
    match fields.iter_mut().find(|known| known.name == field.name) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

fn is_hidden(name: &str) -> bool {
    (name.starts_with("__") && name.ends_with("__"))
        || (name.starts_with('_') && name.ends_with('_'))
        || name.starts_with("__")
}

fn is_descriptor(value: &Value) -> bool {
    match value {
        Value::Function(_) | Value::Descriptor(_) | Value::Native(_) | Value::Method(_) => true,
        Value::Instance(instance) => instance.class.get("__get__").is_some(),
        Value::Class(class) => class.get("__get__").is_some(),
        _ => false,
    }
}

/// Whether a value is a class that the body of another defines, which makes no member
/// (<https://docs.python.org/3/library/enum.html#enum.nonmember>).
fn is_nested(outer: &ClassObject, value: &Value) -> bool {
    let Value::Class(inner) = value else { return false };
    let parent = inner.qualname.rsplit_once('.').map(|(parent, _)| parent);
    parent == Some(outer.qualname.as_str())
}
