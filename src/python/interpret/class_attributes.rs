//! Attributes of classes, and what `super()` finds.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments,
    class::{Builtin, ClassObject},
    flow::Eval,
    interpreter::Interpreter,
    unknown::Unknown,
    value::{Descriptor, MethodObject, SuperObject, Value},
};

impl Interpreter {
    pub(super) fn class_attribute(
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
            "__members__" if class.is_enum.get() => Value::dict(self.enum_names(class)),
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

    pub(super) fn super_attribute(&mut self, object: &Rc<SuperObject>, name: &str) -> Eval<Option<Value>> {
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
