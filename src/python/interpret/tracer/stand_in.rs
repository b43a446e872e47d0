//! Objects of which only the type is known, as those that will stand there when the program runs.

use std::rc::Rc;

use crate::python::{
    interpret::{
        arguments::Arguments,
        class::ClassObject,
        interpreter::Interpreter,
        typing::TypeForm,
        unknown::Unknown,
        value::{FunctionObject, InstanceObject, Value},
    },
    syntax::ast::{Constant, ExprKind, FunctionDef, StmtKind},
};

impl Interpreter {
    /// A value for a parameter that somebody else fills: an instance of what an injection marker of an unknown library
    /// holds (`Injected[Service]`), of the one class that implements an abstract one, else of the annotated type.
    pub fn stand_in(&mut self, annotation: &Value) -> Value {
        let resolved = self.resolve_type(annotation);
        match &resolved {
            Value::Type(form) => match &**form {
                TypeForm::Alias {
                    origin: Value::Unknown(_),
                    args,
                } if args.len() == 1 => self.stand_in(&args[0].clone()),
                TypeForm::Annotated { inner, .. } => self.stand_in(&inner.clone()),
                _ => self.abstract_of(&resolved),
            },
            Value::Class(class) => match implementation(class) {
                Some(class) => self.abstract_instance(&class),
                None => self.abstract_of(&resolved),
            },
            _ => self.abstract_of(&resolved),
        }
    }

    /// One of several values. For routes, what is known says more than what is not; while a handler is followed, a value of
    /// which nothing is known stays one of them, because conditions on it go either way.
    pub(in crate::python::interpret) fn one_of(&self, mut values: Vec<Value>) -> Value {
        if self.tracer.is_some() {
            for value in &mut values {
                if matches!(value, Value::Unknown(unknown) if unknown.is_empty()) {
                    *value = Unknown::instance("?");
                }
            }
        }
        Unknown::one_of(values)
    }

    /// Runs the constructor of an abstract object with stand-ins, once; whether it was run now.
    pub(in crate::python::interpret) fn construct_abstract(&mut self, instance: &Rc<InstanceObject>) -> bool {
        let Some(tracer) = &mut self.tracer else {
            return false;
        };
        let address = Rc::as_ptr(instance) as usize;
        if !instance.is_abstract.get() || tracer.constructed.contains_key(&address) {
            return false;
        }
        tracer.constructed.insert(address, Rc::clone(instance));
        let Some(init @ Value::Function(function)) = &instance.class.get("__init__") else {
            return false;
        };
        if !function.module.is_own() {
            return false;
        }
        let annotations = self.annotations(function);
        let mut arguments = Arguments::of(vec![Value::Instance(Rc::clone(instance))]);
        for (parameter, annotation) in function.def.parameters.all.iter().zip(annotations).skip(1) {
            if let Some(annotation) = annotation {
                let value = self.stand_in(&annotation);
                arguments.keywords.push((parameter.name.clone(), value));
            }
        }
        // Attributes set before it raises are set.
        let _ = self.unrecorded(|it| it.call(init, arguments));
        true
    }
}

/// The only class below an abstract one that is not abstract itself.
fn implementation(class: &Rc<ClassObject>) -> Option<Rc<ClassObject>> {
    if !is_abstract(class) {
        return None;
    }
    let mut found = vec![];
    concrete_below(class, &mut found);
    match found.as_slice() {
        [only] => Some(Rc::clone(only)),
        _ => None,
    }
}

fn concrete_below(class: &Rc<ClassObject>, found: &mut Vec<Rc<ClassObject>>) {
    let subclasses: Vec<Rc<ClassObject>> = class
        .subclasses
        .borrow()
        .iter()
        .filter_map(std::rc::Weak::upgrade)
        .collect();
    for subclass in subclasses {
        if !is_abstract(&subclass) && !found.iter().any(|known| Rc::ptr_eq(known, &subclass)) {
            found.push(Rc::clone(&subclass));
        }
        concrete_below(&subclass, found);
    }
}

/// Whether a class has a method that only its subclasses fill.
fn is_abstract(class: &Rc<ClassObject>) -> bool {
    let is_open = class.inherits("typing.Protocol") || class.inherits("abc.ABC") || class.metaclass.is_some();
    let mut names: Vec<_> = class
        .mro()
        .flat_map(|class| class.attributes.borrow().keys().cloned().collect::<Vec<_>>())
        .collect();
    names.dedup();
    is_open
        && names.iter().any(|name| match class.get(name) {
            Some(Value::Function(function)) => !function.module.is_model() && is_stub(&function.def),
            Some(Value::Descriptor(descriptor)) => match &*descriptor {
                crate::python::interpret::value::Descriptor::Property {
                    get: Value::Function(get),
                    ..
                } => is_stub(&get.def),
                _ => false,
            },
            _ => false,
        })
}

/// Whether a function is a method that subclasses implement.
pub(super) fn is_port(function: &FunctionObject) -> bool {
    is_stub(&function.def) && function.class_cell.get().is_some_and(is_abstract)
}

/// Whether a function has no body of its own: `...`, `pass`, a docstring, or `raise NotImplementedError`.
fn is_stub(def: &FunctionDef) -> bool {
    def.body()
        .statements
        .iter()
        .all(|statement| match &statement.kind {
            StmtKind::Pass => true,
            StmtKind::Expr(value) => matches!(
                value.kind,
                ExprKind::Constant(Constant::Ellipsis | Constant::Str(_))
            ),
            StmtKind::Raise {
                exception: Some(exception),
                ..
            } => match &exception.kind {
                ExprKind::Name(name) => name == "NotImplementedError",
                ExprKind::Call(callee, _) => {
                    matches!(&callee.kind, ExprKind::Name(name) if name == "NotImplementedError")
                }
                _ => false,
            },
            _ => false,
        })
}
