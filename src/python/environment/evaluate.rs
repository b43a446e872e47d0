//! What an expression stands for, as far as reading the environment goes.

use super::index::{Binding, Index, Names, Place, beside};
use crate::python::syntax::ast::{Argument, BinaryOp, Constant, Expr, ExprKind, FStringPart};

/// Names may lead to names, to this depth.
pub(super) const MAX_DEPTH: usize = 24;

/// Texts that one expression may stand for.
const MAX_TEXTS: usize = 256;

/// What an expression stands for.
#[derive(Clone, Debug)]
pub(super) enum Thing<'a> {
    Unknown,
    /// Something outside of the tree, by its dotted name.
    External(String),
    /// One of these texts.
    Texts(Vec<String>),
    /// A parameter of a function, by its position.
    Parameter(usize, usize),
    Function(usize),
    Class(usize),
    /// A method, with what stands before the dot.
    Method(usize),
    Module(usize),
    /// An object that a class of the tree makes, with the arguments.
    Instance(usize, &'a [Argument], Place),
    /// The object itself, inside of its methods.
    Receiver(usize),
    /// What a call of something outside of the tree gives, with the arguments.
    Made(String, &'a [Argument], Place),
    /// `os.environ`, or a copy of it.
    Environment,
}

impl<'a> Index<'a> {
    pub(super) fn evaluate(&self, expr: &'a Expr, place: Place) -> Thing<'a> {
        self.eval(expr, place, MAX_DEPTH)
    }

    /// Each expression is looked at once: names that are bound by way of themselves would be followed without end.
    pub(super) fn eval(&self, expr: &'a Expr, place: Place, depth: usize) -> Thing<'a> {
        let Some(depth) = depth.checked_sub(1) else {
            return Thing::Unknown;
        };
        if let ExprKind::Constant(Constant::Str(text)) = &expr.kind {
            return Thing::Texts(vec![text.to_string()]);
        }
        let key = (std::ptr::from_ref(expr) as usize, place.function, place.class);
        if let Some(known) = self.evaluated.borrow().get(&key) {
            return known.clone();
        }
        // While it is being looked at, it stands for nothing that is known.
        self.evaluated.borrow_mut().insert(key, Thing::Unknown);
        let thing = self.fresh(expr, place, depth);
        self.evaluated.borrow_mut().insert(key, thing.clone());
        thing
    }

    fn fresh(&self, expr: &'a Expr, place: Place, depth: usize) -> Thing<'a> {
        match &expr.kind {
            ExprKind::Name(name) => self.name(name, place, depth),
            ExprKind::Attribute(object, attribute) => {
                let object = self.eval(object, place, depth);
                self.attribute(object, attribute, depth)
            }
            ExprKind::Call(callee, arguments) => self.call(callee, arguments, place, depth),
            ExprKind::FString(parts) => self.template(parts, place, depth),
            ExprKind::Binary(left, BinaryOp::Add, right) => {
                join(self.eval(left, place, depth), self.eval(right, place, depth))
            }
            ExprKind::Await(inner) | ExprKind::Named(_, inner) => self.eval(inner, place, depth),
            ExprKind::IfExp { body, orelse, .. } => {
                merge([self.eval(body, place, depth), self.eval(orelse, place, depth)])
            }
            ExprKind::BoolOp(_, operands) => {
                merge(operands.iter().map(|operand| self.eval(operand, place, depth)))
            }
            _ => Thing::Unknown,
        }
    }

    fn name(&self, name: &str, place: Place, depth: usize) -> Thing<'a> {
        let mut function = place.function;
        if let (None, Some(class)) = (place.function, place.class)
            && let Some(bindings) = self.classes[class].names.get(name)
        {
            return self.bound(bindings, place, depth);
        }
        while let Some(number) = function {
            let known = &self.functions[number];
            let position = known
                .def
                .parameters
                .all
                .iter()
                .position(|parameter| parameter.name == name);
            let inside = Place {
                file: known.file,
                function,
                class: None,
            };
            match (known.names.get(name), position) {
                (Some(bindings), None) => return self.bound(bindings, inside, depth),
                (None, Some(0)) if known.class.is_some() && !is_static(known.def) => {
                    return known.class.map_or(Thing::Unknown, Thing::Receiver);
                }
                (None, Some(position)) => return Thing::Parameter(number, position),
                // A parameter that is assigned again may be either.
                (Some(bindings), Some(position)) => {
                    let bound = self.bound(bindings, inside, depth / 2);
                    return match bound {
                        Thing::Unknown => Thing::Parameter(number, position),
                        other => other,
                    };
                }
                (None, None) => {}
            }
            function = known.outer;
        }
        let module = Place {
            file: place.file,
            function: None,
            class: None,
        };
        match self.modules[place.file].get(name) {
            Some(bindings) => self.bound(bindings, module, depth),
            None => self.starred(place.file, name, depth),
        }
    }

    /// A name that `from module import *` may have brought.
    fn starred(&self, file: usize, name: &str, depth: usize) -> Thing<'a> {
        let Some(Some(depth)) = self.modules[file].get("*").map(|_| depth.checked_sub(1)) else {
            return Thing::External(name.to_owned());
        };
        for binding in &self.modules[file]["*"] {
            let Binding::Import(target) = binding else {
                continue;
            };
            let module = target.trim_end_matches(".*");
            match self.dotted(&format!("{module}.{name}"), file, depth) {
                Thing::Unknown | Thing::External(_) if self.module(module).is_some() => {}
                found => return found,
            }
        }
        Thing::External(name.to_owned())
    }

    pub(super) fn bound(&self, bindings: &[Binding<'a>], place: Place, depth: usize) -> Thing<'a> {
        merge(bindings.iter().map(|binding| self.binding(binding, place, depth)))
    }

    fn binding(&self, binding: &Binding<'a>, place: Place, depth: usize) -> Thing<'a> {
        let Some(depth) = depth.checked_sub(1) else {
            return Thing::Unknown;
        };
        match binding {
            Binding::Import(dotted) => self.dotted(dotted, place.file, depth),
            Binding::Value(value) => self.eval(value, place, depth),
            Binding::Item(iter, position) => self.items(iter, *position, place, depth),
            Binding::Function(number) => Thing::Function(*number),
            Binding::Class(number) => Thing::Class(*number),
        }
    }

    /// What an absolute dotted name stands for: a module of the tree, a name in one, or something outside.
    fn dotted(&self, dotted: &str, from: usize, depth: usize) -> Thing<'a> {
        let Some(depth) = depth.checked_sub(1) else {
            return Thing::Unknown;
        };
        if let Some(module) = self.module_from(dotted, from) {
            return Thing::Module(module);
        }
        if let Some((module, name)) = dotted.rsplit_once('.')
            && let Some(file) = self.module_from(module, from)
        {
            return self.member(file, name, depth);
        }
        self.external(dotted)
    }

    fn module_from(&self, dotted: &str, from: usize) -> Option<usize> {
        let own = &self.files[from].file.path;
        let beside = beside(own, dotted)
            .into_iter()
            .find_map(|path| self.by_path.get(path.as_str()).copied());
        beside.or_else(|| self.module(dotted))
    }

    fn member(&self, file: usize, name: &str, depth: usize) -> Thing<'a> {
        let place = Place {
            file,
            function: None,
            class: None,
        };
        match self.modules[file].get(name) {
            Some(bindings) => self.bound(bindings, place, depth),
            None => match self.starred(file, name, depth) {
                Thing::External(_) => Thing::Unknown,
                found => found,
            },
        }
    }

    fn attribute(&self, object: Thing<'a>, name: &str, depth: usize) -> Thing<'a> {
        match object {
            Thing::External(path) if path == "os" && name == "environ" => Thing::Environment,
            Thing::External(path) => self.external(&format!("{path}.{name}")),
            Thing::Module(file) => {
                let module = &self.files[file].file.module;
                match self.member(file, name, depth) {
                    Thing::Unknown => self
                        .module(&format!("{module}.{name}"))
                        .map_or(Thing::Unknown, Thing::Module),
                    found => found,
                }
            }
            // `.value` of a member of an enumeration of texts.
            Thing::Texts(texts) if matches!(name, "value" | "name") => Thing::Texts(texts),
            Thing::Class(class) | Thing::Receiver(class) => self.class_member(class, name, depth),
            Thing::Instance(class, arguments, place) => match self.class_member(class, name, depth) {
                Thing::Parameter(function, position) => {
                    self.argument_of(class, function, position, arguments, place)
                }
                found => found,
            },
            Thing::Made(class, arguments, place) => {
                Thing::Made(format!("{class}().{name}"), arguments, place)
            }
            _ => Thing::Unknown,
        }
    }

    fn external(&self, path: &str) -> Thing<'a> {
        match path {
            "os.environ" => Thing::Environment,
            path => Thing::External(path.to_owned()),
        }
    }

    fn call(&self, callee: &'a Expr, arguments: &'a [Argument], place: Place, depth: usize) -> Thing<'a> {
        if let ExprKind::Attribute(object, method) = &callee.kind {
            let object = self.eval(object, place, depth);
            match (object, method.as_str()) {
                (Thing::Environment, "copy") => return Thing::Environment,
                (Thing::Texts(texts), "upper") => return mapped(texts, |text| text.to_uppercase()),
                (Thing::Texts(texts), "lower") => return mapped(texts, |text| text.to_lowercase()),
                (Thing::Texts(texts), "strip") => return mapped(texts, |text| text.trim().to_owned()),
                _ => {}
            }
        }
        match self.eval(callee, place, depth) {
            Thing::Class(class) => Thing::Instance(class, arguments, place),
            Thing::External(path) => match (path.as_str(), arguments.first()) {
                ("dict" | "copy.copy" | "copy.deepcopy", Some(Argument::Positional(value))) => {
                    self.eval(value, place, depth)
                }
                ("str", Some(Argument::Positional(value))) => self.eval(value, place, depth),
                _ => Thing::Made(path, arguments, place),
            },
            Thing::Function(function) => self.returned(function, depth),
            _ => Thing::Unknown,
        }
    }

    /// What a function without parameters returns, e.g. `def environment(): return os.environ`.
    fn returned(&self, function: usize, depth: usize) -> Thing<'a> {
        let known = &self.functions[function];
        let [.., last] = known.def.body().statements.as_slice() else {
            return Thing::Unknown;
        };
        let place = Place {
            file: known.file,
            function: Some(function),
            class: None,
        };
        match &last.kind {
            crate::python::syntax::ast::StmtKind::Return(Some(value)) => match self.eval(value, place, depth)
            {
                Thing::Parameter(..) | Thing::Receiver(_) => Thing::Unknown,
                found => found,
            },
            _ => Thing::Unknown,
        }
    }

    fn template(&self, parts: &'a [FStringPart], place: Place, depth: usize) -> Thing<'a> {
        let mut whole = Thing::Texts(vec![String::new()]);
        for part in parts {
            let part = match part {
                FStringPart::Text(text) => Thing::Texts(vec![text.to_string()]),
                FStringPart::Field { value, .. } => self.eval(value, place, depth),
            };
            whole = join(whole, part);
        }
        whole
    }

    /// What the items of a display stand for.
    fn items(&self, iter: &'a Expr, position: Option<usize>, place: Place, depth: usize) -> Thing<'a> {
        let Some(depth) = depth.checked_sub(1) else {
            return Thing::Unknown;
        };
        match &iter.kind {
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                merge(items.iter().map(|item| {
                    match (position, &item.kind) {
                        (None, _) => self.eval(item, place, depth),
                        (Some(position), ExprKind::Tuple(parts) | ExprKind::List(parts)) => parts
                            .get(position)
                            .map_or(Thing::Unknown, |part| self.eval(part, place, depth)),
                        _ => Thing::Unknown,
                    }
                }))
            }
            ExprKind::Dict(entries) => merge(entries.iter().map(|(key, value)| match (position, key) {
                (None | Some(0), Some(key)) => self.eval(key, place, depth),
                (Some(1), _) => self.eval(value, place, depth),
                _ => Thing::Unknown,
            })),
            ExprKind::Call(callee, arguments) => match (&callee.kind, arguments.as_slice()) {
                (ExprKind::Attribute(object, method), []) => match method.as_str() {
                    "items" | "keys" => self.items(object, position, place, depth),
                    "values" => self.items(object, Some(1), place, depth),
                    _ => Thing::Unknown,
                },
                _ => Thing::Unknown,
            },
            ExprKind::Name(name) => {
                let (scope, names) = self.scope_of(name, place);
                let Some([Binding::Value(value)]) = names
                    .and_then(|names| names.get(name.as_str()))
                    .map(Vec::as_slice)
                else {
                    return Thing::Unknown;
                };
                self.items(value, position, scope, depth)
            }
            _ => Thing::Unknown,
        }
    }

    /// The scope that binds a name.
    fn scope_of(&self, name: &str, place: Place) -> (Place, Option<&Names<'a>>) {
        let mut function = place.function;
        while let Some(number) = function {
            let known = &self.functions[number];
            if known.names.contains_key(name) {
                return (
                    Place {
                        file: known.file,
                        function,
                        class: None,
                    },
                    Some(&known.names),
                );
            }
            function = known.outer;
        }
        let module = Place {
            file: place.file,
            function: None,
            class: None,
        };
        (module, self.modules.get(place.file))
    }
}

fn is_static(def: &crate::python::syntax::ast::FunctionDef) -> bool {
    let is_static =
        |decorator: &Expr| matches!(&decorator.kind, ExprKind::Name(name) if name == "staticmethod");
    def.decorators.iter().any(is_static)
}

fn mapped<'a>(texts: Vec<String>, change: impl Fn(&str) -> String) -> Thing<'a> {
    Thing::Texts(texts.iter().map(|text| change(text)).collect())
}

/// One text behind another.
fn join<'a>(left: Thing<'a>, right: Thing<'a>) -> Thing<'a> {
    let (Thing::Texts(left), Thing::Texts(right)) = (left, right) else {
        return Thing::Unknown;
    };
    let pairs = left
        .iter()
        .flat_map(|start| right.iter().map(move |end| format!("{start}{end}")));
    Thing::Texts(pairs.take(MAX_TEXTS).collect())
}

/// One of several: all texts, or the first thing that is known.
fn merge<'a>(things: impl IntoIterator<Item = Thing<'a>>) -> Thing<'a> {
    let mut texts: Vec<String> = Vec::new();
    for thing in things {
        match thing {
            Thing::Texts(more) => {
                for text in more {
                    if !texts.contains(&text) && texts.len() < MAX_TEXTS {
                        texts.push(text);
                    }
                }
            }
            Thing::Unknown => {}
            known if texts.is_empty() => return known,
            _ => {}
        }
    }
    if texts.is_empty() {
        Thing::Unknown
    } else {
        Thing::Texts(texts)
    }
}
