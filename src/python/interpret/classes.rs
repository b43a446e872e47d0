//! Making classes, and instances of them.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use ecow::EcoString;

use super::{
    arguments::Arguments,
    class::{Annotation, Builtin, ClassObject, linearise},
    flow::Eval,
    interpreter::Interpreter,
    scope::{Scope, ScopeKind},
    typing::TypeForm,
    unknown::Unknown,
    value::{Descriptor, InstanceObject, ModuleObject, Names, Value},
};
use crate::python::syntax::ast::{Argument, ClassDef, Expr, Span};

/// What a class is made of, before it exists.
pub struct ClassParts {
    /// Its name.
    pub name: EcoString,
    /// Dotted path below the module.
    pub qualname: EcoString,
    /// The module that holds it.
    pub module: Option<Rc<ModuleObject>>,
    /// Its definition.
    pub def: Option<Arc<ClassDef>>,
    /// Its bases.
    pub bases: Vec<Value>,
    /// Its attributes.
    pub attributes: Names,
    /// Its annotated names.
    pub annotations: Vec<Annotation>,
    /// `metaclass=`.
    pub metaclass: Option<Value>,
    /// Other keywords.
    pub keywords: Names,
}

impl Interpreter {
    /// Executes a class definition.
    ///
    /// # Errors
    /// When a base, keyword or the body raises.
    pub(super) fn make_class(&mut self, def: &Arc<ClassDef>) -> Eval<Value> {
        let (mut bases, mut keywords) = (vec![], Names::default());
        for argument in &def.arguments {
            match argument {
                Argument::Positional(base) => bases.push(self.eval(base)?),
                Argument::Star(base) => {
                    let source = self.eval(base)?;
                    bases.extend(self.iterate(&source)?.0);
                }
                Argument::Keyword(name, value) => {
                    let value = self.eval(value)?;
                    keywords.insert(name.clone(), value);
                }
                Argument::DoubleStar(source) => {
                    let source = self.eval(source)?;
                    for (key, value) in self.mapping_items(&source)? {
                        keywords.insert(super::repr::display(&key), value);
                    }
                }
            }
        }
        let qualname = self.qualified(&def.name);
        let Some(module) = self.module() else {
            return Ok(Unknown::nothing());
        };
        let scope = Scope::new(ScopeKind::Class, Some(self.scope()));
        let names = [
            ("__module__", Value::Str(module.name.clone())),
            ("__qualname__", Value::Str(qualname.clone())),
        ];
        scope
            .names
            .borrow_mut()
            .extend(names.map(|(name, value)| (name.into(), value)));
        for parameter in &def.type_params {
            let variable = self.make_type_variable(parameter)?;
            scope.names.borrow_mut().insert(parameter.name.clone(), variable);
        }
        let class_cell = Rc::new(OnceCell::new());
        self.push_body(&module, &scope, Rc::clone(&class_cell), def.span);
        let result = self.exec_body(&def.body);
        self.frames.pop();
        result?;
        let mut attributes = scope.names.take();
        for hidden in ["__qualname__", "__module__", ANNOTATIONS] {
            attributes.shift_remove(hidden);
        }
        let annotations = scope.annotations.take();
        *scope.names.borrow_mut() = attributes.clone();
        let metaclass = keywords.shift_remove("metaclass");
        let parts = ClassParts {
            name: def.name.clone(),
            qualname,
            module: Some(module),
            def: Some(Arc::clone(def)),
            bases,
            attributes,
            annotations,
            metaclass,
            keywords,
        };
        let class = self.build_class(parts)?;
        if let Value::Class(class) = &class {
            let _ = class_cell.set(Rc::clone(class));
        }
        Ok(class)
    }

    /// Makes a class of its parts, by its metaclass if that is written in Python.
    ///
    /// # Errors
    /// When a hook of class creation raises.
    pub fn build_class(&mut self, mut parts: ClassParts) -> Eval<Value> {
        let known = self.known_bases(&parts.bases);
        let metaclass = parts.metaclass.take().or_else(|| {
            known
                .iter()
                .find_map(|base| base.mro().find_map(|class| class.metaclass.clone()))
        });
        let class = self.assemble(parts, known, metaclass.clone());
        if let Some(Value::Class(metaclass)) = &metaclass {
            self.run_metaclass(metaclass, &class)?;
        }
        self.finish_class(&class)?;
        Ok(Value::Class(class))
    }

    fn known_bases(&self, bases: &[Value]) -> Vec<Rc<ClassObject>> {
        let mut known: Vec<Rc<ClassObject>> = vec![];
        for base in bases {
            if let Some(class) = class_of_base(base)
                && !known.iter().any(|other| Rc::ptr_eq(other, &class))
            {
                known.push(class);
            }
        }
        if known.is_empty() {
            known.push(self.class(Builtin::Object));
        }
        known
    }

    fn assemble(
        &mut self,
        parts: ClassParts,
        known: Vec<Rc<ClassObject>>,
        metaclass: Option<Value>,
    ) -> Rc<ClassObject> {
        let mut unknown_bases: Vec<Value> = parts.bases.iter().filter_map(unknown_base).collect();
        for base in &known {
            unknown_bases.extend(base.unknown_bases.iter().cloned());
        }
        let class = Rc::new(ClassObject {
            name: parts.name,
            qualname: parts.qualname,
            module: parts.module,
            def: parts.def,
            bases: parts.bases,
            ancestors: linearise(&known),
            unknown_bases,
            attributes: RefCell::new(parts.attributes),
            annotations: RefCell::new(parts.annotations),
            builtin: None,
            metaclass,
            keywords: parts.keywords,
            dataclass: OnceCell::new(),
            subclasses: RefCell::default(),
            is_enum: Cell::new(false),
            parametrised: None,
        });
        for base in &known {
            base.subclasses.borrow_mut().push(Rc::downgrade(&class));
        }
        class
    }

    /// Runs what a metaclass written in Python does to a new class: its `__new__` sees the finished namespace,
    /// and what it changes there is taken over.
    fn run_metaclass(&mut self, metaclass: &Rc<ClassObject>, class: &Rc<ClassObject>) -> Eval<()> {
        for hook in ["__new__", "__init__"] {
            let Some((method, owner)) = metaclass.find(hook) else {
                continue;
            };
            let function = match &method {
                Value::Descriptor(descriptor) => match &**descriptor {
                    Descriptor::Static(inner) => inner.clone(),
                    _ => continue,
                },
                Value::Function(_) => method.clone(),
                _ => continue,
            };
            if owner.module.as_ref().is_some_and(|module| module.is_model()) && hook == "__new__" {
                continue;
            }
            let namespace = Value::dict(class.attributes.borrow().clone());
            let first = if hook == "__new__" {
                Value::Class(Rc::clone(metaclass))
            } else {
                Value::Class(Rc::clone(class))
            };
            let arguments = Arguments {
                positional: vec![
                    first,
                    Value::Str(class.name.clone()),
                    Value::tuple(class.bases.clone()),
                    namespace.clone(),
                ],
                keywords: class.keywords.clone().into_iter().collect(),
                ..Arguments::default()
            };
            // `type.__new__` answers with this class while it is being made.
            self.types.making.push(Rc::clone(class));
            let result = self.call(&function, arguments);
            self.types.making.pop();
            result?;
            if let Value::Dict(entries) = &namespace
                && hook == "__new__"
            {
                for (key, value) in entries.borrow().values() {
                    let Some(name) = key.as_str() else { continue };
                    let is_new = class
                        .attributes
                        .borrow()
                        .get(&name)
                        .is_none_or(|old| !old.is_same(value));
                    if is_new {
                        class.attributes.borrow_mut().insert(name, value.clone());
                    }
                }
            }
        }
        Ok(())
    }

    /// The hooks that run when a class is made: enumeration members, `__set_name__`, `__init_subclass__`.
    fn finish_class(&mut self, class: &Rc<ClassObject>) -> Eval<()> {
        if class.is_builtin(Builtin::Enum) {
            self.make_enum_members(class)?;
        }
        let attributes: Vec<(EcoString, Value)> = class
            .attributes
            .borrow()
            .iter()
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        for (name, value) in attributes {
            if let Value::Instance(instance) = &value
                && let Some(Value::Function(_)) = instance.class.get("__set_name__")
            {
                let arguments = Arguments::of(vec![Value::Class(Rc::clone(class)), Value::Str(name)]);
                self.call_method(&value, "__set_name__", arguments)?;
            }
        }
        let hook = class
            .ancestors
            .iter()
            .find_map(|base| base.attributes.borrow().get("__init_subclass__").cloned());
        if let Some(hook) = hook {
            let function = match &hook {
                Value::Descriptor(descriptor) => match &**descriptor {
                    Descriptor::ClassMethod(inner) => inner.clone(),
                    _ => hook.clone(),
                },
                _ => hook,
            };
            let arguments = Arguments {
                positional: vec![Value::Class(Rc::clone(class))],
                keywords: class.keywords.clone().into_iter().collect(),
                ..Arguments::default()
            };
            self.call(&function, arguments)?;
        }
        Ok(())
    }

    /// Records an annotated name of a class body; elsewhere annotations have no effect.
    pub(super) fn note_annotation(&mut self, name: &EcoString, annotation: &Arc<Expr>, span: Span) {
        let frame = self.frame();
        let (scope, module) = (Rc::clone(&frame.scope), Rc::clone(&frame.module));
        let is_dynamic = frame.loops > 0 || frame.function.is_some();
        if scope.kind != ScopeKind::Class {
            return;
        }
        let note = Annotation {
            name: name.clone(),
            expr: Some(Arc::clone(annotation)),
            scope: Rc::clone(&scope),
            module,
            value: OnceCell::new(),
            span,
        };
        if is_dynamic {
            // Names of the enclosing call may be bound anew before the annotation is asked for.
            self.annotation_value(&note);
        }
        let mut annotations = scope.annotations.borrow_mut();
        annotations.retain(|known| known.name != note.name);
        annotations.push(note);
    }

    /// A new instance without attributes.
    #[must_use]
    pub fn new_instance(&self, class: &Rc<ClassObject>) -> Value {
        Value::Instance(Rc::new(InstanceObject {
            class: Rc::clone(class),
            attributes: RefCell::default(),
            base: RefCell::new(None),
            is_abstract: Cell::new(false),
        }))
    }

    /// Calls a class: makes an instance of it.
    ///
    /// # Errors
    /// When a constructor raises.
    pub fn call_class(&mut self, class: &Rc<ClassObject>, arguments: Arguments) -> Eval<Value> {
        if let Some(builtin) = class.builtin {
            return super::builtins::construct(self, builtin, class, arguments);
        }
        if let Some(Value::Class(metaclass)) = &class.metaclass
            && let Some(call @ Value::Function(_)) = metaclass.get("__call__")
        {
            return self.call(&call, arguments.prepend(Value::Class(Rc::clone(class))));
        }
        self.instantiate(class, arguments)
    }

    /// What `type.__call__` does: `__new__`, then `__init__`.
    ///
    /// # Errors
    /// When a constructor raises.
    pub fn instantiate(&mut self, class: &Rc<ClassObject>, arguments: Arguments) -> Eval<Value> {
        if class.is_enum.get() {
            return self.enum_lookup(class, &arguments);
        }
        if class.inherits("typing.NamedTuple")
            && class
                .ancestors
                .iter()
                .any(|c| c.builtin == Some(Builtin::NamedTuple))
        {
            return self.make_named_tuple(class, arguments);
        }
        let instance = match class.find("__new__") {
            Some((method, _)) => {
                let function = match &method {
                    Value::Descriptor(descriptor) => match &**descriptor {
                        Descriptor::Static(inner) => inner.clone(),
                        _ => method.clone(),
                    },
                    _ => method.clone(),
                };
                self.call(
                    &function,
                    arguments.clone().prepend(Value::Class(Rc::clone(class))),
                )?
            }
            None => self.new_instance(class),
        };
        let Value::Instance(object) = &instance else {
            return Ok(instance);
        };
        if !object.class.is_subclass_of(class) {
            return Ok(instance);
        }
        self.initialise(class, &instance, arguments)?;
        Ok(instance)
    }

    fn initialise(&mut self, class: &Rc<ClassObject>, instance: &Value, arguments: Arguments) -> Eval<()> {
        let Value::Instance(object) = instance else {
            return Ok(());
        };
        super::builtins::initialise_base(self, class, object, &arguments)?;
        let init = class.find("__init__");
        let dataclass = class.mro().position(|c| c.dataclass.get().is_some());
        let init_position = init
            .as_ref()
            .and_then(|(_, owner)| class.mro().position(|c| Rc::ptr_eq(c, owner)));
        match (init, dataclass) {
            (Some((method, _)), position)
                if position.is_none_or(|d| init_position.is_some_and(|i| i <= d)) =>
            {
                self.call(&method, arguments.prepend(instance.clone()))?;
            }
            (_, Some(_)) => self.init_dataclass(class, instance, arguments)?,
            _ => {
                if class.is_builtin(Builtin::Exception) {
                    let args = Value::tuple(arguments.positional);
                    object.attributes.borrow_mut().insert("args".into(), args);
                }
                if !class.unknown_bases.is_empty() {
                    object.is_abstract.set(true);
                }
                // A base without source most often keeps what it is given by name.
                object.attributes.borrow_mut().extend(arguments.keywords);
            }
        }
        Ok(())
    }
}

pub(super) const ANNOTATIONS: &str = "__annotations__";

/// The class that a base stands for: itself, or what a subscript was taken of.
#[must_use]
pub fn class_of_base(base: &Value) -> Option<Rc<ClassObject>> {
    match base {
        Value::Class(class) => Some(Rc::clone(class)),
        Value::Type(form) => match &**form {
            TypeForm::Alias { origin, .. } => class_of_base(origin),
            TypeForm::NewType { supertype, .. } => class_of_base(supertype),
            _ => None,
        },
        Value::Unknown(unknown) => unknown.alternatives.iter().find_map(class_of_base),
        _ => None,
    }
}

fn unknown_base(base: &Value) -> Option<Value> {
    match base {
        Value::Unknown(unknown) if unknown.alternatives.is_empty() => Some(base.clone()),
        Value::Type(form) => match &**form {
            TypeForm::Alias { origin, .. } => unknown_base(origin),
            _ => None,
        },
        _ => None,
    }
}
