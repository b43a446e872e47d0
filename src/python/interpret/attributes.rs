//! Looking attributes up, and setting them.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments,
    class::{Builtin, ClassObject},
    flow::Eval,
    function_attributes::{descriptor_attribute, native_attribute},
    interpreter::Interpreter,
    unknown::Unknown,
    value::{Descriptor, InstanceObject, MethodObject, ModuleObject, Value},
};

impl Interpreter {
    /// `object.name`.
    ///
    /// # Errors
    /// When a getter raises, or nothing is there and the code expects that.
    pub fn attribute(&mut self, object: &Value, name: &str) -> Eval<Value> {
        match self.get_attribute(object, name)? {
            Some(value) => Ok(value),
            None => self.missing(
                "AttributeError",
                format!("{} has no attribute '{name}'", super::repr::repr(object)),
            ),
        }
    }

    /// `object.name` if it is there.
    ///
    /// # Errors
    /// When a getter raises.
    pub fn get_attribute(&mut self, object: &Value, name: &str) -> Eval<Option<Value>> {
        match object {
            Value::Module(module) => self.module_attribute(module, name),
            Value::Instance(instance) => self.instance_attribute(object, instance, name),
            Value::Class(class) => self.class_attribute(object, class, name),
            Value::Function(function) => Ok(self.function_attribute(object, function, name)),
            Value::Method(method) => match name {
                "__func__" => Ok(Some(method.function.clone())),
                "__self__" => Ok(Some(method.receiver.clone())),
                _ => self.get_attribute(&method.function.clone(), name),
            },
            Value::Unknown(unknown) => self.unknown_attribute(unknown, name).map(Some),
            Value::Super(object) => self.super_attribute(object, name),
            Value::Type(form) => self.type_attribute(object, &Rc::clone(form), name),
            Value::Descriptor(descriptor) => Ok(descriptor_attribute(object, descriptor, name)),
            Value::Native(native) => Ok(match name {
                "__name__" | "__qualname__" => Some(Value::Str(native.name.clone())),
                "__self__" if !native.receiver.is_none() => Some(native.receiver.clone()),
                "__module__" => Some(Value::text("builtins")),
                "__doc__" => Some(Value::None),
                _ => native_attribute(native, name),
            }),
            _ => self.builtin_attribute(object, name),
        }
    }

    pub(super) fn builtin_attribute(&mut self, object: &Value, name: &str) -> Eval<Option<Value>> {
        let kind = super::builtins::kind_of(object);
        if name == "__class__" {
            return Ok(kind.map(|kind| Value::Class(self.class(kind))));
        }
        Ok(kind.and_then(|kind| super::builtins::method(kind, object, name)))
    }

    fn module_attribute(&mut self, module: &Rc<ModuleObject>, name: &str) -> Eval<Option<Value>> {
        if let Some(value) = module.scope.names.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        let full = ecow::eco_format!("{}.{name}", module.name);
        if let Some(loaded) = self.modules.get(&full) {
            return Ok(Some(loaded.clone()));
        }
        if name == "__dict__" {
            let names = module.scope.names.borrow().clone();
            return Ok(Some(Value::dict(names)));
        }
        let getter = module.scope.names.borrow().get("__getattr__").cloned();
        if let Some(getter @ Value::Function(_)) = getter {
            return self
                .call(&getter, Arguments::of(vec![Value::text(name)]))
                .map(Some);
        }
        if module.is_package && self.project.find(&full).is_some() {
            return self.import_module(&full).map(Some);
        }
        if module.is_model() {
            return Ok(Some(Unknown::symbol(full)));
        }
        Ok(None)
    }

    fn instance_attribute(
        &mut self,
        object: &Value,
        instance: &Rc<InstanceObject>,
        name: &str,
    ) -> Eval<Option<Value>> {
        let found = instance.class.find(name);
        if let Some((Value::Descriptor(descriptor), _)) = &found
            && let Descriptor::Property { get, is_cached, .. } = &**descriptor
        {
            let cached = instance.attributes.borrow().get(name).cloned();
            if let Some(value) = cached {
                return Ok(Some(value));
            }
            let value = self.call(get, Arguments::of(vec![object.clone()]))?;
            // What a followed function does is told each time.
            if *is_cached && self.tracer.is_none() {
                instance
                    .attributes
                    .borrow_mut()
                    .insert(name.into(), value.clone());
            }
            return Ok(Some(value));
        }
        if let Some(value) = instance.attributes.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        if instance.is_abstract.get()
            && self.tracer.is_some()
            && found.as_ref().is_none_or(|(value, _)| !is_behaviour(value))
            && instance
                .class
                .mro()
                .any(|class| class.annotations.borrow().iter().any(|a| a.name == name))
        {
            // The default of a field says nothing about an object that somebody else made.
            return self.absent_attribute(instance, name);
        }
        if let Some((value, owner)) = found {
            return self.bind(value, object, &instance.class, &owner).map(Some);
        }
        match name {
            "__class__" => return Ok(Some(Value::Class(Rc::clone(&instance.class)))),
            "__dict__" => {
                let attributes = instance.attributes.borrow().clone();
                return Ok(Some(Value::dict(attributes)));
            }
            "__module__" | "__doc__" | "__name__" if name != "__name__" => {
                return self.class_attribute(
                    &Value::Class(Rc::clone(&instance.class)),
                    &instance.class,
                    name,
                );
            }
            _ => {}
        }
        let base = instance.base.borrow().clone();
        if let Some(base) = base
            && let Some(value) = self.builtin_attribute(&base, name)?
        {
            return Ok(Some(value));
        }
        if let Some(value) = super::builtins::instance_method(&instance.class, object, name) {
            return Ok(Some(value));
        }
        if let Some(getter @ Value::Function(_)) = instance.class.get("__getattr__")
            && !name.starts_with("__")
        {
            return self
                .call(&getter, Arguments::of(vec![object.clone(), Value::text(name)]))
                .map(Some);
        }
        self.absent_attribute(instance, name)
    }

    /// What an instance says of an attribute that nothing sets: a value of the annotated type, if it is abstract,
    /// or something unknown, if a base is.
    fn absent_attribute(&mut self, instance: &Rc<InstanceObject>, name: &str) -> Eval<Option<Value>> {
        let class = Rc::clone(&instance.class);
        if self.construct_abstract(instance)
            && let Some(value) = instance.attributes.borrow().get(name)
        {
            return Ok(Some(value.clone()));
        }
        let annotation = class.mro().find_map(|class| {
            class
                .annotations
                .borrow()
                .iter()
                .find(|a| a.name == name)
                .cloned()
        });
        if let Some(annotation) = annotation {
            let value = self.annotation_value(&annotation);
            if self.tracer.is_none() {
                return Ok(Some(self.abstract_of(&value)));
            }
            // Asked again, it is the same object.
            let value = self.stand_in(&value);
            instance
                .attributes
                .borrow_mut()
                .insert(name.into(), value.clone());
            return Ok(Some(value));
        }
        if let Some(base) = class.unknown_bases.first() {
            let origin = super::repr::repr(base);
            return Ok(Some(Unknown::symbol(ecow::eco_format!("{origin}.{name}"))));
        }
        Ok(instance.is_abstract.get().then(Unknown::nothing))
    }

    /// Binds a value found on a class to the instance it was asked of.
    pub(super) fn bind(
        &mut self,
        value: Value,
        object: &Value,
        class: &Rc<ClassObject>,
        owner: &Rc<ClassObject>,
    ) -> Eval<Value> {
        let _ = owner;
        Ok(match &value {
            Value::Function(_) => Value::Method(Rc::new(MethodObject {
                function: value.clone(),
                receiver: object.clone(),
            })),
            Value::Native(native) if native.receiver.is_none() && native.name.starts_with('.') => {
                Value::Method(Rc::new(MethodObject {
                    function: value.clone(),
                    receiver: object.clone(),
                }))
            }
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Static(inner) => inner.clone(),
                Descriptor::ClassMethod(inner) => Value::Method(Rc::new(MethodObject {
                    function: inner.clone(),
                    receiver: Value::Class(Rc::clone(class)),
                })),
                Descriptor::Property { get, .. } => {
                    return self.call(get, Arguments::of(vec![object.clone()]));
                }
            },
            Value::Instance(descriptor) => match descriptor.class.get("__get__") {
                Some(getter @ Value::Function(_)) => {
                    let arguments = vec![value.clone(), object.clone(), Value::Class(Rc::clone(class))];
                    return self.call(&getter, Arguments::of(arguments));
                }
                _ => value,
            },
            _ => value,
        })
    }

    fn unknown_attribute(&mut self, unknown: &Rc<Unknown>, name: &str) -> Eval<Value> {
        if !unknown.alternatives.is_empty() {
            let mut values = vec![];
            for alternative in &unknown.alternatives {
                if alternative.is_none() {
                    continue;
                }
                if let Some(value) = self.get_attribute(alternative, name)? {
                    values.push(value);
                }
            }
            return Ok(self.one_of(values));
        }
        if unknown.template.is_some()
            && let Some(method) =
                super::builtins::method(Builtin::Str, &Value::Unknown(Rc::clone(unknown)), name)
        {
            return Ok(method);
        }
        if let (Some(wrapped), true) = (&unknown.wrapped, name.starts_with("__")) {
            return Ok(self
                .get_attribute(&wrapped.clone(), name)?
                .unwrap_or_else(Unknown::nothing));
        }
        Ok(unknown.attribute(name))
    }

    /// `object.name = value`.
    ///
    /// # Errors
    /// When a setter raises.
    pub fn set_attribute(&mut self, object: &Value, name: &EcoString, value: Value) -> Eval<()> {
        match object {
            Value::Instance(instance) => {
                if let Some((found, _)) = instance.class.find(name) {
                    if let Value::Descriptor(descriptor) = &found
                        && let Descriptor::Property { set, .. } = &**descriptor
                        && !set.is_none()
                    {
                        self.call(set, Arguments::of(vec![object.clone(), value]))?;
                        return Ok(());
                    }
                    if let Value::Instance(descriptor) = &found
                        && let Some(setter @ Value::Function(_)) = descriptor.class.get("__set__")
                    {
                        self.call(&setter, Arguments::of(vec![found.clone(), object.clone(), value]))?;
                        return Ok(());
                    }
                }
                if let Some(setter @ Value::Function(_)) = instance.class.get("__setattr__") {
                    self.call(
                        &setter,
                        Arguments::of(vec![object.clone(), Value::Str(name.clone()), value]),
                    )?;
                    return Ok(());
                }
                instance.attributes.borrow_mut().insert(name.clone(), value);
            }
            Value::Class(class) => {
                class.attributes.borrow_mut().insert(name.clone(), value);
            }
            Value::Module(module) => {
                module.scope.names.borrow_mut().insert(name.clone(), value);
            }
            Value::Function(function) => {
                function.attributes.borrow_mut().insert(name.clone(), value);
            }
            Value::Method(method) => self.set_attribute(&method.function.clone(), name, value)?,
            Value::Unknown(unknown) => {
                for alternative in &unknown.alternatives {
                    if !alternative.is_unknown() {
                        self.set_attribute(alternative, name, value.clone())?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a class attribute is code rather than the default of a field.
fn is_behaviour(value: &Value) -> bool {
    match value {
        Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Descriptor(_) | Value::Class(_) => {
            true
        }
        Value::Instance(instance) => instance.class.get("__get__").is_some(),
        _ => false,
    }
}
