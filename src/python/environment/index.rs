//! What the names of files are bound to.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use ecow::EcoString;

use super::Parsed;
use super::evaluate::Thing;
use super::expressions;
use crate::python::project::absolute_name;
use crate::python::syntax::ast::{Argument, ClassDef, Expr, ExprKind, FunctionDef, Stmt, StmtKind};
use crate::source::tree::{file_name, join, parent};

/// Something that a name is bound to.
#[derive(Clone, Debug)]
pub(super) enum Binding<'a> {
    /// A dotted name, absolute.
    Import(String),
    /// A value.
    Value(&'a Expr),
    /// The items of a value; with a position, that part of each item.
    Item(&'a Expr, Option<usize>),
    Function(usize),
    Class(usize),
}

/// Names of a scope; a name may be bound in several places.
pub(super) type Names<'a> = HashMap<EcoString, Vec<Binding<'a>>>;

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) function: Option<usize>,
    /// The class whose body it stands in, outside of methods.
    pub(super) class: Option<usize>,
}

pub(super) struct Function<'a> {
    pub(super) def: &'a FunctionDef,
    pub(super) file: usize,
    pub(super) class: Option<usize>,
    /// The function around it.
    pub(super) outer: Option<usize>,
    pub(super) qualname: String,
    pub(super) names: Names<'a>,
}

pub(super) struct Class<'a> {
    pub(super) def: &'a ClassDef,
    pub(super) qualname: String,
    pub(super) place: Place,
    pub(super) names: Names<'a>,
    /// `self.NAME = value` of `__init__`.
    pub(super) fields: HashMap<EcoString, &'a Expr>,
}

type Evaluated<'a> = HashMap<(usize, Option<usize>, Option<usize>), Thing<'a>>;

pub(super) struct Index<'a> {
    pub(super) files: &'a [Parsed<'a>],
    pub(super) modules: Vec<Names<'a>>,
    pub(super) functions: Vec<Function<'a>>,
    pub(super) classes: Vec<Class<'a>>,
    pub(super) by_path: HashMap<&'a str, usize>,
    /// Files that names lead to and that are not parsed yet.
    pub(super) wanted: RefCell<BTreeSet<String>>,
    /// What expressions stand for, by address, function and class around them.
    pub(super) evaluated: RefCell<Evaluated<'a>>,
    find: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Index<'a> {
    pub(super) fn new(files: &'a [Parsed<'a>], find: &'a dyn Fn(&str) -> Option<String>) -> Self {
        let mut index = Self {
            files,
            modules: Vec::new(),
            functions: Vec::new(),
            classes: Vec::new(),
            by_path: files
                .iter()
                .enumerate()
                .map(|(number, parsed)| (parsed.file.path.as_str(), number))
                .collect(),
            wanted: RefCell::default(),
            evaluated: RefCell::default(),
            find,
        };
        for (number, parsed) in files.iter().enumerate() {
            index.modules.push(Names::new());
            let place = Place {
                file: number,
                function: None,
                class: None,
            };
            index.body(&parsed.source.syntax.body, place, "");
        }
        index
    }

    /// The path of a module, noted as wanted if it is not parsed.
    pub(super) fn module(&self, dotted: &str) -> Option<usize> {
        let path = (self.find)(dotted)?;
        let known = self.by_path.get(path.as_str()).copied();
        if known.is_none() {
            self.wanted.borrow_mut().insert(path);
        }
        known
    }

    /// The names of the scope that a place stands in.
    fn names(&mut self, place: Place) -> &mut Names<'a> {
        match (place.function, place.class) {
            (Some(function), _) => &mut self.functions[function].names,
            (None, Some(class)) => &mut self.classes[class].names,
            (None, None) => &mut self.modules[place.file],
        }
    }

    fn bind(&mut self, name: &EcoString, binding: Binding<'a>, place: Place) {
        self.names(place).entry(name.clone()).or_default().push(binding);
    }

    fn body(&mut self, body: &'a [Stmt], place: Place, qualifier: &str) {
        for stmt in body {
            self.statement(stmt, place, qualifier);
        }
    }

    fn statement(&mut self, stmt: &'a Stmt, place: Place, qualifier: &str) {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, place, qualifier),
            StmtKind::ClassDef(def) => self.class(def, place, qualifier),
            StmtKind::Import(aliases) => {
                for alias in aliases {
                    let (name, target) = match &alias.alias {
                        Some(name) => (name.clone(), alias.name.to_string()),
                        None => {
                            let top = alias.name.split('.').next().unwrap_or_default();
                            (top.into(), top.to_owned())
                        }
                    };
                    self.bind(&name, Binding::Import(target), place);
                }
            }
            StmtKind::ImportFrom { module, level, names } => {
                let base = self.absolute(module, *level, place.file);
                for alias in names {
                    let name = alias.alias.as_ref().unwrap_or(&alias.name);
                    self.bind(name, Binding::Import(format!("{base}.{}", alias.name)), place);
                }
            }
            StmtKind::Assign { targets, value } => {
                for target in targets {
                    self.assign(target, value, place);
                }
            }
            StmtKind::AnnAssign {
                target,
                value: Some(value),
                ..
            } => self.assign(target, value, place),
            StmtKind::For { target, iter, .. } => self.bind_items(target, iter, place),
            StmtKind::With { items, .. } => {
                for (value, target) in items {
                    if let Some(target) = target {
                        self.assign(target, value, place);
                    }
                }
            }
            _ => {}
        }
        expressions::of_statement(stmt, &mut |expr| self.comprehensions(expr, place));
        for suite in stmt.suites() {
            self.body(suite, place, qualifier);
        }
    }

    /// Names that comprehensions and `:=` bind.
    fn comprehensions(&mut self, expr: &'a Expr, place: Place) {
        match &expr.kind {
            ExprKind::ListComp(_, parts)
            | ExprKind::SetComp(_, parts)
            | ExprKind::Generator(_, parts)
            | ExprKind::DictComp(_, _, parts) => {
                for part in parts {
                    self.bind_items(&part.target, &part.iter, place);
                }
            }
            ExprKind::Named(name, value) => self.bind(name, Binding::Value(value), place),
            _ => {}
        }
        expressions::children(expr, &mut |child| self.comprehensions(child, place));
    }

    fn assign(&mut self, target: &'a Expr, value: &'a Expr, place: Place) {
        match &target.kind {
            ExprKind::Name(name) => self.bind(name, Binding::Value(value), place),
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                if let ExprKind::Tuple(values) | ExprKind::List(values) = &value.kind
                    && values.len() == targets.len()
                {
                    for (target, value) in targets.iter().zip(values) {
                        self.assign(target, value, place);
                    }
                }
            }
            ExprKind::Attribute(object, attribute) => {
                let function = place.function.map(|function| &self.functions[function]);
                let owner = function
                    .filter(|function| function.def.name == "__init__")
                    .and_then(|function| {
                        let receiver = function.def.parameters.all.first()?;
                        let is_own = matches!(&object.kind, ExprKind::Name(name) if *name == receiver.name);
                        function.class.filter(|_| is_own)
                    });
                if let Some(class) = owner {
                    self.classes[class]
                        .fields
                        .entry(attribute.clone())
                        .or_insert(value);
                }
            }
            _ => {}
        }
    }

    fn bind_items(&mut self, target: &'a Expr, iter: &'a Expr, place: Place) {
        match &target.kind {
            ExprKind::Name(name) => self.bind(name, Binding::Item(iter, None), place),
            ExprKind::Tuple(targets) => {
                for (position, target) in targets.iter().enumerate() {
                    if let ExprKind::Name(name) = &target.kind {
                        self.bind(name, Binding::Item(iter, Some(position)), place);
                    }
                }
            }
            _ => {}
        }
    }

    fn function(&mut self, def: &'a FunctionDef, place: Place, qualifier: &str) {
        let number = self.functions.len();
        let qualname = format!("{qualifier}{}", def.name);
        self.bind(&def.name, Binding::Function(number), place);
        self.functions.push(Function {
            def,
            file: place.file,
            class: place.class.filter(|_| place.function.is_none()),
            outer: place.function,
            qualname: qualname.clone(),
            names: Names::new(),
        });
        let inner = Place {
            function: Some(number),
            ..place
        };
        self.body(&def.body().statements, inner, &format!("{qualname}."));
    }

    fn class(&mut self, def: &'a ClassDef, place: Place, qualifier: &str) {
        let number = self.classes.len();
        let qualname = format!("{qualifier}{}", def.name);
        self.bind(&def.name, Binding::Class(number), place);
        self.classes.push(Class {
            def,
            place,
            qualname: qualname.clone(),
            names: Names::new(),
            fields: HashMap::new(),
        });
        let inner = Place {
            file: place.file,
            function: None,
            class: Some(number),
        };
        self.body(&def.body, inner, &format!("{qualname}."));
    }

    /// The dotted name of a module that an import names.
    fn absolute(&self, module: &str, level: u32, file: usize) -> String {
        let own = &self.files[file].file;
        let is_package = file_name(&own.path).starts_with("__init__.");
        let absolute = absolute_name(module, level, &own.module, is_package);
        absolute.map_or_else(|| module.to_owned(), Into::into)
    }

    /// The base classes of a class, as written.
    pub(super) fn bases(&self, class: usize) -> impl Iterator<Item = &'a Expr> + use<'a> {
        let def = self.classes[class].def;
        def.arguments.iter().filter_map(|argument| match argument {
            Argument::Positional(base) => Some(base),
            _ => None,
        })
    }
}

/// A file of a module below the folder of another file, for scripts that are run from where they stand.
pub(super) fn beside(path: &str, module: &str) -> [String; 2] {
    let base = join(parent(path), &module.replace('.', "/"));
    [format!("{base}.py"), join(&base, "__init__.py")]
}
