//! Modules: found, run once, and what is not known of those that are not there.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use ecow::EcoString;

use super::{
    flow::{Eval, Flow},
    interpreter::{Interpreter, location},
    scope::{Scope, ScopeKind},
    unknown::Unknown,
    value::{ModuleObject, Origin, Value},
};
use crate::python::{
    library,
    project::{FoundModule, ModuleKind},
    source_file::SourceFile,
    syntax::ast::{Span, Stmt, StmtKind, SyntaxError},
};

impl Interpreter {
    /// Imports a module by its absolute name, and the packages above it.
    ///
    /// A module of the analysed tree that is not there raises `ModuleNotFoundError`; one of another package
    /// is taken to be installed, and unknown.
    ///
    /// # Errors
    /// When it is not there and the code expects that, or the budget is used up.
    pub fn import_module(&mut self, name: &str) -> Eval<Value> {
        self.note_import(name);
        if let Some(loaded) = self.modules.get(name) {
            return Ok(loaded.clone());
        }
        let parent = match name.rsplit_once('.') {
            Some((parent, _)) => Some(self.import_module(parent)?),
            None => None,
        };
        if let Some(loaded) = self.modules.get(name) {
            return Ok(loaded.clone());
        }
        let has_better_source = library::prefers_source(name) && self.has_source(name);
        if let Some(canonical) = library::alias(name).filter(|_| !has_better_source) {
            let module = self.import_module(canonical)?;
            self.modules.insert(name.into(), module.clone());
            if let Some(Value::Module(parent)) = &parent {
                let last = name.rsplit('.').next().unwrap_or(name);
                parent
                    .scope
                    .names
                    .borrow_mut()
                    .entry(last.into())
                    .or_insert(module.clone());
            }
            return Ok(module);
        }
        if let Some(model) = library::find(name).filter(|_| !has_better_source) {
            let file = self.project.library_file(&model);
            return self.run_module(name, Some(file), model.is_package, Origin::Model);
        }
        if library::is_modelled(name) && !has_better_source {
            return Ok(self.remember_unknown(name));
        }
        match self.project.find(name) {
            Some(found) if found.is_third_party => {
                self.import_third_party(name, |it| it.import_found(name, found))
            }
            Some(found) => self.import_found(name, found),
            None => self.import_absent(name, parent.as_ref()),
        }
    }

    fn import_found(&mut self, name: &str, found: FoundModule) -> Eval<Value> {
        let origin = if found.is_third_party {
            Origin::ThirdParty
        } else {
            Origin::Project
        };
        match found.kind {
            ModuleKind::File { is_package } => match self.project.files.source(&found.path) {
                Ok(file) => {
                    self.project.parse_imports_ahead(&file, name, is_package);
                    self.run_module(name, Some(file), is_package, origin)
                }
                Err(message) => {
                    self.report("unreadable-file", message);
                    Ok(self.remember_unknown(name))
                }
            },
            ModuleKind::Namespace => self.run_module(name, None, true, origin),
            ModuleKind::Extension => Ok(self.remember_unknown(name)),
        }
    }

    /// Runs a file that is not imported by its name, such as a migration.
    ///
    /// # Errors
    /// When its body raises, or the budget is used up.
    pub fn run_file(&mut self, path: &str) -> Eval<Option<Rc<ModuleObject>>> {
        let file = match self.project.files.source(path) {
            Ok(file) => file,
            Err(message) => {
                self.report("unreadable-file", message);
                return Ok(None);
            }
        };
        match self.run_module(path.trim_end_matches(".py"), Some(file), false, Origin::Project)? {
            Value::Module(module) => Ok(Some(module)),
            _ => Ok(None),
        }
    }

    /// Whether the tree holds the package that a module belongs to; a mere folder of that name is not one.
    pub(super) fn has_source(&self, name: &str) -> bool {
        let top = name.split('.').next().unwrap_or(name);
        let found = self.project.find(top);
        found.is_some_and(|found| !found.is_third_party && matches!(found.kind, ModuleKind::File { .. }))
    }

    pub(super) fn import_absent(&mut self, name: &str, parent: Option<&Value>) -> Eval<Value> {
        if parent.is_none()
            && let Some(why) = self.project.files.refused_library(name)
        {
            self.report("library-source", why);
        }
        if let Some(Value::Module(module)) = parent {
            let last = name.rsplit('.').next().unwrap_or_default();
            let attribute = module.scope.names.borrow().get(last).cloned();
            if let Some(attribute) = attribute {
                return Ok(attribute);
            }
            if self.is_guarded("ModuleNotFoundError") {
                return Err(self.exception("ModuleNotFoundError", format!("No module named '{name}'")));
            }
            match module.origin {
                Origin::Project => self.report(
                    "unresolved-import",
                    format!("there is no module `{name}` below the import roots"),
                ),
                Origin::ThirdParty if !self.library_budget.is_inside => self.report(
                    "unresolved-import",
                    format!(
                        "the library `{}` that is at hand has no module `{name}`; its release may be another",
                        name.split('.').next().unwrap_or(name)
                    ),
                ),
                _ => {}
            }
        }
        Ok(self.remember_unknown(name))
    }

    pub(super) fn remember_unknown(&mut self, name: &str) -> Value {
        let value = Unknown::symbol(name);
        self.modules.insert(name.into(), value.clone());
        value
    }

    /// Notes that the innermost module imports another.
    pub(super) fn note_import(&mut self, name: &str) {
        if let Some(frame) = self.frames.last() {
            frame.module.imports.borrow_mut().insert(name.into(), ());
        }
    }

    fn run_module(
        &mut self,
        name: &str,
        file: Option<Arc<SourceFile>>,
        is_package: bool,
        origin: Origin,
    ) -> Eval<Value> {
        let scope = Scope::new(ScopeKind::Module, None);
        let module = Rc::new(ModuleObject {
            name: name.into(),
            scope: Rc::clone(&scope),
            file: file.clone(),
            is_package,
            origin,
            is_loading: Cell::new(true),
            imports: RefCell::default(),
        });
        self.bind_module_names(&module);
        let value = Value::Module(Rc::clone(&module));
        self.modules.insert(name.into(), value.clone());
        if let Some(file) = file {
            self.run_body(&module, &file)?;
        }
        module.is_loading.set(false);
        if let Some((parent, last)) = name.rsplit_once('.')
            && let Some(Value::Module(parent)) = self.modules.get(parent)
        {
            parent.scope.names.borrow_mut().insert(last.into(), value.clone());
        }
        Ok(value)
    }

    fn bind_module_names(&mut self, module: &Rc<ModuleObject>) {
        let mut names = module.scope.names.borrow_mut();
        names.insert("__name__".into(), Value::Str(module.name.clone()));
        let package = if module.is_package {
            module.name.clone()
        } else {
            module
                .name
                .rsplit_once('.')
                .map_or_else(EcoString::new, |(parent, _)| parent.into())
        };
        names.insert("__package__".into(), Value::Str(package));
        names.insert("__doc__".into(), Value::None);
        names.insert("__spec__".into(), Unknown::nothing());
        if let Some(file) = &module.file {
            names.insert(
                "__file__".into(),
                Value::text(format!("{}/{}", library::ROOT, file.path)),
            );
        }
        let folders = self.package_folders(module);
        if !folders.is_empty() {
            let paths = folders
                .iter()
                .map(|folder| Value::text(format!("{}/{folder}", library::ROOT)));
            names.insert("__path__".into(), Value::list(paths.collect()));
        }
    }

    /// Where a package looks for its modules (<https://docs.python.org/3/reference/import.html#package-path-rules>).
    fn package_folders(&self, module: &ModuleObject) -> Vec<String> {
        if module.is_model() || !module.is_package {
            return vec![];
        }
        match &module.file {
            Some(file) => {
                let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                vec![folder.to_owned()]
            }
            None => self.project.namespace_folders(&module.name),
        }
    }

    /// Reports what was no Python in a module, or in a function of it that is read only now.
    pub(super) fn report_syntax(&mut self, module: &ModuleObject, errors: &[SyntaxError]) {
        for error in errors {
            if module.origin == Origin::ThirdParty {
                let message = format!("the source of `{}` is broken: {}", module.name, error.message);
                self.report("library-source", message);
            } else {
                let place = location(module, error.span);
                self.report_at(place, "syntax-error", error.message.clone());
            }
        }
    }

    /// Reports what is no Python in the functions that nobody called.
    pub fn report_unread_syntax(&mut self) {
        let modules: Vec<_> = self.modules.values().cloned().collect();
        for module in modules {
            if let Value::Module(module) = module
                && let Some(file) = module.file.as_ref().filter(|_| module.is_own())
            {
                self.report_syntax(&module, &file.syntax.all_errors());
            }
        }
    }

    fn run_body(&mut self, module: &Rc<ModuleObject>, file: &Arc<SourceFile>) -> Eval<()> {
        self.report_syntax(module, &file.syntax.errors);
        let (conditions, guards) = (std::mem::take(&mut self.conditions), self.guards.clone());
        // Only an import that fails is of interest to a `try` around the import of a whole module.
        for names in &mut self.guards {
            names.retain(|name| matches!(name.as_str(), "ImportError" | "ModuleNotFoundError"));
        }
        let tracer = self.tracer.take();
        let undecided = std::mem::take(&mut self.undecided);
        // A function that is followed has few steps; what it imports is paid for apart.
        let paid_apart = tracer.is_some().then(|| {
            let apart = self.budget.for_import();
            std::mem::replace(&mut self.budget, apart)
        });
        self.budget.open_module();
        self.push_body(module, &module.scope, Rc::new(OnceCell::new()), Span::default());
        let result = self.exec_body(&file.syntax.body);
        self.frames.pop();
        (self.conditions, self.guards) = (conditions, guards);
        self.undecided = undecided;
        match paid_apart {
            Some(budget) => self.budget = budget,
            None => self.budget.close_module(),
        }
        self.tracer = tracer;
        match result {
            Err(Flow::Raise(raised)) => {
                // The import failed: the next attempt runs the body again, as Python does.
                self.modules.shift_remove(&module.name);
                Err(Flow::Raise(raised))
            }
            other => other,
        }
    }
}

/// What a library model imports for its own use. As in type stubs, `import x as x` is for others too
/// (<https://typing.python.org/en/latest/spec/distributing.html#import-conventions>).
pub(super) fn names_for_itself(body: &[Stmt]) -> Vec<EcoString> {
    let imports = body.iter().filter_map(|statement| match &statement.kind {
        StmtKind::Import(names) | StmtKind::ImportFrom { names, .. } => Some(names),
        _ => None,
    });
    let own = imports.flatten().filter_map(|import| match &import.alias {
        Some(alias) => (*alias != import.name).then(|| alias.clone()),
        None => Some(import.name.split('.').next().unwrap_or_default().into()),
    });
    own.collect()
}
