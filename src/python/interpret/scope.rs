//! Where names are bound.

use std::{cell::RefCell, rc::Rc};

use ecow::EcoString;

use super::{
    class::Annotation,
    value::{Names, Value},
};

/// The kinds of scope, which differ in who sees their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// A module's top level.
    Module,
    /// A class body: its names are not seen by the functions in it.
    Class,
    /// A function call.
    Function,
    /// A comprehension.
    Comprehension,
}

/// Names bound in one place, and the scope around it.
pub struct Scope {
    /// Which kind it is.
    pub kind: ScopeKind,
    /// The names.
    pub names: RefCell<Names>,
    /// The scope around it.
    pub parent: Option<Rc<Scope>>,
    /// Names declared `global` here.
    pub globals: RefCell<Vec<EcoString>>,
    /// Names declared `nonlocal` here.
    pub nonlocals: RefCell<Vec<EcoString>>,
    /// Annotated names of a class body, in order.
    pub annotations: RefCell<Vec<Annotation>>,
}

impl Scope {
    /// An empty scope inside another.
    #[must_use]
    pub fn new(kind: ScopeKind, parent: Option<Rc<Scope>>) -> Rc<Self> {
        Rc::new(Self {
            kind,
            names: RefCell::default(),
            parent,
            globals: RefCell::default(),
            nonlocals: RefCell::default(),
            annotations: RefCell::default(),
        })
    }

    /// Looks a name up by Python's rules: here, then outwards, passing over class bodies.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        if self.globals.borrow().iter().any(|global| global == name) {
            return self
                .module()
                .and_then(|module| module.names.borrow().get(name).cloned());
        }
        if let Some(value) = self.names.borrow().get(name) {
            return Some(value.clone());
        }
        let mut scope = self.parent.as_deref();
        while let Some(outer) = scope {
            if outer.kind != ScopeKind::Class
                && let Some(value) = outer.names.borrow().get(name)
            {
                return Some(value.clone());
            }
            scope = outer.parent.as_deref();
        }
        None
    }

    /// Binds a name, obeying `global` and `nonlocal`. A comprehension binds in itself; a walrus uses [`Scope::bind_outside`].
    pub fn set(&self, name: &EcoString, value: Value) {
        if !self.globals.borrow().is_empty() && self.globals.borrow().contains(name) {
            let mut scope = self;
            while let Some(parent) = scope.parent.as_deref() {
                scope = parent;
            }
            scope.names.borrow_mut().insert(name.clone(), value);
            return;
        }
        if !self.nonlocals.borrow().is_empty() && self.nonlocals.borrow().contains(name) {
            let mut scope = self.parent.as_deref();
            while let Some(outer) = scope {
                if outer.kind != ScopeKind::Class && outer.names.borrow().contains_key(name) {
                    outer.names.borrow_mut().insert(name.clone(), value);
                    return;
                }
                scope = outer.parent.as_deref();
            }
        }
        self.names.borrow_mut().insert(name.clone(), value);
    }

    /// Binds a name as a walrus does: outside of comprehensions.
    pub fn bind_outside(&self, name: &EcoString, value: Value) {
        match (self.kind, self.parent.as_deref()) {
            (ScopeKind::Comprehension, Some(parent)) => parent.bind_outside(name, value),
            _ => self.set(name, value),
        }
    }

    /// Removes a name bound here.
    pub fn delete(&self, name: &str) {
        self.names.borrow_mut().shift_remove(name);
    }

    fn module(&self) -> Option<&Scope> {
        let mut scope = self;
        loop {
            match scope.parent.as_deref() {
                Some(parent) => scope = parent,
                None => return Some(scope),
            }
        }
    }
}
