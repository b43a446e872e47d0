//! Reads of [pydantic's settings classes](https://docs.pydantic.dev/latest/concepts/pydantic_settings/).

use std::rc::Rc;

use rayon::prelude::*;

use super::NamedRead;
use crate::architecture::backend::symbols::symbol;
use crate::architecture::disk::Disk;
use crate::architecture::model::{Tier, VariableRead};
use crate::architecture::surroundings::Surroundings;
use crate::python::interpret::{
    arguments::Arguments,
    budget::Budget,
    class::ClassObject,
    interpreter::{Interpreter, location},
    repr::repr,
    value::Value,
};
use crate::python::library::natives::models::fields;
use crate::python::project::{Files as _, imported_names};
use crate::source::roots::is_secondary;

/// What all of them extend: today's class, or that of pydantic 1.
const BASES: [&str; 2] = ["pydantic_settings.BaseSettings", "pydantic.BaseSettings"];

/// Imports the modules around the application that declare such a class, and those that a module around it imports: a
/// command or a worker may be what reads it.
pub(super) fn import(it: &mut Interpreter, disk: &Disk, around: &Surroundings) {
    let tree = disk.tree();
    let is_wanted = |file: &&String| file.ends_with(".py") && !is_secondary(file);
    let files: Vec<&String> = tree.files().iter().filter(is_wanted).collect();
    let declaring: Vec<&String> = files
        .par_iter()
        .copied()
        .filter(|file| tree.text(file).is_some_and(|text| text.contains("BaseSettings")))
        .collect();
    let declaring = declaring
        .into_iter()
        .filter_map(|file| Some((file, disk.module_of(file)?)));
    let (mut wanted, beside): (Vec<_>, Vec<_>) =
        declaring.partition(|(file, module)| around.hold(file, module));
    wanted.extend(imported_by(disk, around, &files, beside));
    it.budget = Budget::default();
    // What modules lack that the application does not reach is of no interest to it.
    let known = it.findings.len();
    for (_, module) in wanted {
        // One that cannot be imported declares nothing.
        let _ = it.import_module(&module);
    }
    it.findings.truncate(known);
}

/// Those of some modules that a module around the application imports.
fn imported_by<'f>(
    disk: &Disk,
    around: &Surroundings,
    files: &[&'f String],
    mut modules: Vec<(&'f String, String)>,
) -> Vec<(&'f String, String)> {
    let mut found = vec![];
    for file in files {
        if modules.is_empty() {
            break;
        }
        let Some(name) = disk.module_of(file).filter(|module| around.hold(file, module)) else {
            continue;
        };
        let Ok(source) = disk.source(file) else { continue };
        let imported = imported_names(&source, &name, file.ends_with("/__init__.py"));
        let (taken, left) = modules
            .into_iter()
            .partition(|(_, module)| imported.iter().any(|name| name == module.as_str()));
        found.extend::<Vec<_>>(taken);
        modules = left;
    }
    found
}

/// The variables of every settings class in the modules that are loaded.
pub(super) fn reads(it: &mut Interpreter) -> Vec<NamedRead> {
    let Ok(Value::Module(library)) = it.import_module("pydantic_settings") else {
        return Vec::new();
    };
    let Some(variables) = library.scope.get("variables") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for class in classes(it) {
        let arguments = Arguments::of(vec![Value::Class(Rc::clone(&class))]);
        if let Ok(rows) = it.call(&variables, arguments) {
            found.extend(of_class(it, &class, &rows));
        }
    }
    found
}

fn classes(it: &Interpreter) -> Vec<Rc<ClassObject>> {
    let mut classes: Vec<Rc<ClassObject>> = Vec::new();
    for value in it.modules.values() {
        let Value::Module(module) = value else { continue };
        if !module.is_own() {
            continue;
        }
        for value in module.scope.names.borrow().values() {
            let Value::Class(class) = value else { continue };
            let is_own = class
                .module
                .as_ref()
                .is_some_and(|owner| Rc::ptr_eq(owner, module));
            if is_own
                && BASES.iter().any(|base| class.inherits(base))
                && !classes.iter().any(|known| Rc::ptr_eq(known, class))
            {
                classes.push(Rc::clone(class));
            }
        }
    }
    classes
}

fn of_class(it: &mut Interpreter, class: &Rc<ClassObject>, rows: &Value) -> Vec<NamedRead> {
    let fields = fields(it, class);
    let mut reads = Vec::new();
    for row in items(rows) {
        let row = items(&row);
        let [field, names, is_exact, is_secret] = row.as_slice() else {
            continue;
        };
        let Some(field) = fields
            .iter()
            .find(|known| Some(&known.name) == field.as_str().as_ref())
        else {
            continue;
        };
        let Some(module) = &field.owner.module else {
            continue;
        };
        if !module.is_own() {
            continue;
        }
        let owner = symbol(&Value::Class(Rc::clone(class))).name;
        let has_factory = field.default_factory.is_some();
        for name in items(names) {
            let Some(name) = name.as_str() else { continue };
            reads.push(NamedRead {
                name: name.to_string(),
                ignores_case: !matches!(is_exact, Value::Bool(true)),
                is_secret: matches!(is_secret, Value::Bool(true)),
                read: VariableRead {
                    tier: Tier::Backend,
                    location: location(module, field.span),
                    reader: format!("{owner}.{}", field.name),
                    default: field
                        .default
                        .as_ref()
                        .filter(|default| !default.is_none())
                        .map(|default| repr(default).to_string()),
                    is_required: field.default.is_none() && !has_factory,
                    ..VariableRead::default()
                },
            });
        }
    }
    reads
}

fn items(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        _ => Vec::new(),
    }
}
