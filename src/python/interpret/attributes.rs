//! Looking attributes up, and setting them.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments,
    class::{Builtin, ClassObject},
    flow::Eval,
    interpreter::Interpreter,
    typing::TypeForm,
    unknown::Unknown,
    value::{Descriptor, FunctionObject, InstanceObject, MethodObject, ModuleObject, SuperObject, Value},
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

    fn builtin_attribute(&mut self, object: &Value, name: &str) -> Eval<Option<Value>> {
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
        if module.is_library {
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
            && let Descriptor::Property { get, .. } = &**descriptor
        {
            let cached = instance.attributes.borrow().get(name).cloned();
            return match cached {
                Some(value) => Ok(Some(value)),
                None => self.call(get, Arguments::of(vec![object.clone()])).map(Some),
            };
        }
        if let Some(value) = instance.attributes.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        if instance.is_abstract.get()
            && self.tracer.is_some()
            && found.as_ref().is_none_or(|(value, _)| !is_behaviour(value))
            && instance.class.mro().any(|class| class.annotations.borrow().iter().any(|a| a.name == name))
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
            instance.attributes.borrow_mut().insert(name.into(), value.clone());
            return Ok(Some(value));
        }
        if let Some(base) = class.unknown_bases.first() {
            let origin = super::repr::repr(base);
            return Ok(Some(Unknown::symbol(ecow::eco_format!("{origin}.{name}"))));
        }
        Ok(instance.is_abstract.get().then(Unknown::nothing))
    }

    /// Binds a value found on a class to the instance it was asked of.
    fn bind(
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

    fn class_attribute(
        &mut self,
        object: &Value,
        class: &Rc<ClassObject>,
        name: &str,
    ) -> Eval<Option<Value>> {
        if let Some((value, _)) = class.find(name) {
            return Ok(Some(match &value {
                Value::Descriptor(descriptor) => match &**descriptor {
                    Descriptor::Static(inner) => inner.clone(),
                    Descriptor::ClassMethod(inner) => Value::Method(Rc::new(MethodObject {
                        function: inner.clone(),
                        receiver: object.clone(),
                    })),
                    Descriptor::Property { .. } => value,
                },
                Value::Instance(descriptor) => match descriptor.class.get("__get__") {
                    Some(getter @ Value::Function(_)) => {
                        let arguments = vec![value.clone(), Value::None, object.clone()];
                        self.call(&getter, Arguments::of(arguments))?
                    }
                    _ => value,
                },
                _ => value,
            }));
        }
        if let Some(value) = self.class_dunder(class, name) {
            return Ok(Some(value));
        }
        if let Some(metaclass) = class.metaclass.clone()
            && let Value::Class(metaclass) = &metaclass
            && let Some((value, owner)) = metaclass.find(name)
        {
            return self.bind(value, object, metaclass, &owner).map(Some);
        }
        if let Some(value) = super::builtins::class_method(class, object, name) {
            return Ok(Some(value));
        }
        if let Some(base) = class.unknown_bases.first() {
            return Ok(Some(Unknown::symbol(ecow::eco_format!(
                "{}.{name}",
                super::repr::repr(base)
            ))));
        }
        Ok(None)
    }

    fn class_dunder(&mut self, class: &Rc<ClassObject>, name: &str) -> Option<Value> {
        Some(match name {
            "__name__" => Value::Str(class.name.clone()),
            "__qualname__" => Value::Str(class.qualname.clone()),
            "__module__" => class
                .module
                .as_ref()
                .map_or(Value::text("builtins"), |m| Value::Str(m.name.clone())),
            "__doc__" => match class.def.as_ref().and_then(|def| def.docstring.clone()) {
                Some(text) => Value::Str(text),
                None => Value::None,
            },
            "__mro__" => Value::tuple(class.mro().cloned().map(Value::Class).collect()),
            "__bases__" => Value::tuple(class.bases.clone()),
            "__class__" => class
                .metaclass
                .clone()
                .unwrap_or_else(|| Value::Class(self.class(Builtin::Type))),
            "__dict__" => Value::dict(class.attributes.borrow().clone()),
            "__annotations__" => {
                let annotations = class.annotations.borrow().clone();
                let values: Vec<(EcoString, Value)> = annotations
                    .iter()
                    .map(|a| (a.name.clone(), self.annotation_value(a)))
                    .collect();
                Value::dict(values)
            }
            "__members__" if class.is_enum.get() => {
                let members = self.enum_members(class);
                Value::dict(
                    members
                        .into_iter()
                        .map(|member| (super::builtins::enum_name(&member), member)),
                )
            }
            "__subclasses__" => Value::native_with(
                "__subclasses__",
                vec![Value::Class(Rc::clone(class))],
                |_, native, _| {
                    let Some(Value::Class(class)) = native.captured.first() else {
                        return Ok(Value::list(vec![]));
                    };
                    let subclasses = class.subclasses.borrow();
                    Ok(Value::list(
                        subclasses
                            .iter()
                            .filter_map(std::rc::Weak::upgrade)
                            .map(Value::Class)
                            .collect(),
                    ))
                },
            ),
            _ => return None,
        })
    }

    fn function_attribute(
        &mut self,
        object: &Value,
        function: &Rc<FunctionObject>,
        name: &str,
    ) -> Option<Value> {
        if let Some(value) = function.attributes.borrow().get(name) {
            return Some(value.clone());
        }
        Some(match name {
            "__name__" => Value::Str(function.def.name.clone()),
            "__qualname__" => Value::Str(function.qualname.clone()),
            "__module__" => Value::Str(function.module.name.clone()),
            "__doc__" => function.def.docstring.clone().map_or(Value::None, Value::Str),
            "__dict__" => Value::dict(function.attributes.borrow().clone()),
            "__globals__" => {
                let mut scope = Rc::clone(&function.scope);
                while let Some(parent) = scope.parent.clone() {
                    scope = parent;
                }
                let names = scope.names.borrow().clone();
                Value::dict(names)
            }
            "__defaults__" => Value::tuple(function.defaults.iter().flatten().cloned().collect()),
            "__annotations__" => {
                let annotations = self.annotations(function);
                let names = function
                    .def
                    .parameters
                    .all
                    .iter()
                    .map(|p| p.name.clone())
                    .chain(["return".into()]);
                Value::dict(
                    names
                        .zip(annotations)
                        .filter_map(|(name, value)| Some((name, value?))),
                )
            }
            "__call__" => object.clone(),
            "__get__" => Value::native_with("__get__", vec![object.clone()], |_, native, arguments| {
                Ok(match (native.captured.first(), arguments.at(0)) {
                    (Some(function), Value::None) => function.clone(),
                    (Some(function), receiver) => Value::Method(Rc::new(MethodObject {
                        function: function.clone(),
                        receiver,
                    })),
                    _ => Unknown::nothing(),
                })
            }),
            "__class__" => Value::Class(self.class(Builtin::Function)),
            "__code__" | "__kwdefaults__" | "__closure__" => Unknown::nothing(),
            _ => return None,
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
            return Ok(Unknown::one_of(values));
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

    fn super_attribute(&mut self, object: &Rc<SuperObject>, name: &str) -> Eval<Option<Value>> {
        let (class, receiver) = (&object.class, &object.receiver);
        let start = match receiver {
            Value::Instance(instance) => Rc::clone(&instance.class),
            Value::Class(class) => Rc::clone(class),
            _ => Rc::clone(class),
        };
        let mut successors: Vec<Rc<ClassObject>> = start
            .mro()
            .skip_while(|candidate| !Rc::ptr_eq(candidate, class))
            .skip(1)
            .cloned()
            .collect();
        if successors.is_empty() {
            successors = class.ancestors.clone();
        }
        for successor in &successors {
            let value = successor.attributes.borrow().get(name).cloned();
            let Some(value) = value else { continue };
            return match receiver {
                // `__new__` and the hooks of class creation are found unbound or bound to the class.
                Value::Class(_) => Ok(Some(match &value {
                    Value::Descriptor(descriptor) => match &**descriptor {
                        Descriptor::ClassMethod(inner) => Value::Method(Rc::new(MethodObject {
                            function: inner.clone(),
                            receiver: receiver.clone(),
                        })),
                        Descriptor::Static(inner) => inner.clone(),
                        Descriptor::Property { .. } => value,
                    },
                    Value::Function(_) if name == "__new__" => value,
                    Value::Function(_) => Value::Method(Rc::new(MethodObject {
                        function: value.clone(),
                        receiver: receiver.clone(),
                    })),
                    _ => value,
                })),
                _ if name == "__new__" => Ok(Some(match &value {
                    Value::Descriptor(descriptor) => match &**descriptor {
                        Descriptor::Static(inner) => inner.clone(),
                        _ => value,
                    },
                    _ => value,
                })),
                _ => self.bind(value, receiver, &start, successor).map(Some),
            };
        }
        if let Some(value) = super::builtins::super_method(&successors, receiver, name) {
            return Ok(Some(value));
        }
        if let Value::Instance(instance) = receiver {
            let base = instance.base.borrow().clone();
            if let Some(base) = base
                && let Some(value) = self.builtin_attribute(&base, name)?
            {
                return Ok(Some(value));
            }
        }
        Ok(Some(match class.unknown_bases.first() {
            Some(base) => Unknown::symbol(ecow::eco_format!("{}.{name}", super::repr::repr(base))),
            None => Unknown::symbol(ecow::eco_format!("object.{name}")),
        }))
    }

    fn type_attribute(&mut self, object: &Value, form: &Rc<TypeForm>, name: &str) -> Eval<Option<Value>> {
        Ok(match (&**form, name) {
            (TypeForm::Alias { origin, .. }, "__origin__") => Some(origin.clone()),
            (TypeForm::Alias { args, .. } | TypeForm::Literal(args) | TypeForm::Union(args), "__args__") => {
                Some(Value::tuple(args.clone()))
            }
            (TypeForm::Annotated { metadata, .. }, "__metadata__") => Some(Value::tuple(metadata.clone())),
            (TypeForm::Annotated { inner, .. }, "__origin__") => Some(inner.clone()),
            (TypeForm::Annotated { inner, .. }, "__args__") => Some(Value::tuple(vec![inner.clone()])),
            (TypeForm::Lazy { .. }, "__value__") => Some(self.resolve_type(object)),
            (TypeForm::NewType { supertype, .. }, "__supertype__") => Some(supertype.clone()),
            (TypeForm::Variable(variable), "__name__") => Some(Value::Str(variable.name.clone())),
            (TypeForm::Variable(variable), "__bound__") => {
                Some(variable.bound.clone().unwrap_or(Value::None))
            }
            (TypeForm::Special(special), "__name__") => Some(Value::Str(special.clone())),
            (TypeForm::Alias { origin, .. }, _) => return self.get_attribute(&origin.clone(), name),
            _ => None,
        })
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

    /// `super()` without arguments: the class around the function, and the function's first argument.
    pub(super) fn implicit_super(&mut self) -> Eval<Value> {
        let frame = self.frames.iter().rev().find(|frame| frame.function.is_some());
        let Some(frame) = frame else {
            return Ok(Unknown::nothing());
        };
        let class = frame.class_cell.get().cloned();
        let receiver = frame.function.as_ref().and_then(|function| {
            let first = function.def.parameters.all.first()?;
            let mut scope = Some(Rc::clone(&frame.scope));
            while let Some(current) = scope {
                if let Some(value) = current.names.borrow().get(&first.name) {
                    return Some(value.clone());
                }
                scope = current.parent.clone();
            }
            None
        });
        Ok(match (class, receiver) {
            (Some(class), Some(receiver)) => Value::Super(Rc::new(SuperObject { class, receiver })),
            _ => Unknown::nothing(),
        })
    }
}

/// Whether a class attribute is code rather than the default of a field.
fn is_behaviour(value: &Value) -> bool {
    match value {
        Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Descriptor(_) | Value::Class(_) => true,
        Value::Instance(instance) => instance.class.get("__get__").is_some(),
        _ => false,
    }
}

/// Attributes that natives carry because a decorator left them: `functools.partial(f).func`.
fn native_attribute(native: &super::value::NativeObject, name: &str) -> Option<Value> {
    match (native.name.as_str(), name) {
        ("partial", "func") | (_, "__wrapped__") if !native.captured.is_empty() => {
            native.captured.first().cloned()
        }
        ("partial", "args") => native.captured.get(1).cloned(),
        ("partial", "keywords") => native.captured.get(2).cloned(),
        _ => None,
    }
}

fn descriptor_attribute(object: &Value, descriptor: &Rc<Descriptor>, name: &str) -> Option<Value> {
    match (&**descriptor, name) {
        (Descriptor::Property { .. }, "setter" | "getter" | "deleter") => {
            let which = if name == "setter" {
                Value::text("setter")
            } else {
                Value::text("other")
            };
            Some(Value::native_with(
                "setter",
                vec![object.clone(), which],
                |_, native, arguments| {
                    let Some(Value::Descriptor(descriptor)) = native.captured.first() else {
                        return Ok(Value::None);
                    };
                    let Descriptor::Property { get, .. } = &**descriptor else {
                        return Ok(Value::None);
                    };
                    let is_setter =
                        native.captured.get(1).and_then(Value::as_str).as_deref() == Some("setter");
                    let set = if is_setter { arguments.at(0) } else { Value::None };
                    Ok(Value::Descriptor(Rc::new(Descriptor::Property {
                        get: get.clone(),
                        set,
                    })))
                },
            ))
        }
        (Descriptor::Property { get, .. }, "fget" | "func" | "__wrapped__") => Some(get.clone()),
        (Descriptor::Static(inner) | Descriptor::ClassMethod(inner), "__func__" | "__wrapped__") => {
            Some(inner.clone())
        }
        _ => None,
    }
}
