//! Classes of the program that describe data beside the contract: settings, enumerations, models that cross no boundary.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{contract::Published, models, symbols::symbol};
use crate::{
    architecture::model::{Application, Model},
    python::{
        interpret::{class::ClassObject, interpreter::Interpreter, value::Value},
        library::schema::{Mode, build::Builder, encode::encode, shape::Kind},
    },
};

/// A class and the modules that bind it by a name.
struct Declared {
    class: Rc<ClassObject>,
    bound_in: BTreeSet<String>,
}

/// Adds what the modules of the program declare and the contract does not hold.
pub fn add(it: &mut Interpreter, app: &mut Application, published: &Published, builder: &mut Builder) {
    // What cannot be known here was not asked for.
    let reported = it.findings.len();
    for (name, declared) in classes(it) {
        let importers = importers(&declared);
        if let Some(known) = app.models.iter_mut().find(|model| model.symbol.name == name) {
            known.imported_by = importers;
            continue;
        }
        if let Some(model) = described(it, &declared.class, published, builder) {
            app.models.push(Model {
                imported_by: importers,
                ..model
            });
        }
    }
    it.findings.truncate(reported);
    models::connect(app);
}

/// Classes that modules of the program define at their top, by module and name.
fn classes(it: &Interpreter) -> BTreeMap<String, Declared> {
    let mut found: BTreeMap<String, Declared> = BTreeMap::new();
    for (module, value) in &it.modules {
        let Value::Module(object) = value else { continue };
        if !object.is_own() || object.file.is_none() {
            continue;
        }
        for value in object.scope.names.borrow().values() {
            let Value::Class(class) = value else { continue };
            let is_own = class.module.as_ref().is_some_and(|module| module.is_own());
            if !is_own || class.def.is_none() || class.parametrised.is_some() {
                continue;
            }
            let declared = found.entry(symbol(value).name).or_insert_with(|| Declared {
                class: Rc::clone(class),
                bound_in: BTreeSet::new(),
            });
            declared.bound_in.insert(module.to_string());
        }
    }
    found
}

fn importers(declared: &Declared) -> Vec<String> {
    let own = declared
        .class
        .module
        .as_ref()
        .map(|module| module.name.to_string());
    declared
        .bound_in
        .iter()
        .filter(|module| Some(*module) != own.as_ref())
        .cloned()
        .collect()
}

fn described(
    it: &mut Interpreter,
    class: &Rc<ClassObject>,
    published: &Published,
    builder: &mut Builder,
) -> Option<Model> {
    if class.is_enum.get() {
        return Some(enumeration(it, class, published, builder));
    }
    let is_settings = ["pydantic_settings.BaseSettings", "pydantic.BaseSettings"]
        .iter()
        .any(|base| class.inherits(base));
    let is_data = class.inherits("pydantic.BaseModel")
        || class.inherits("typing.TypedDict")
        || class.mro().any(|one| one.dataclass.get().is_some());
    if !is_settings && !is_data {
        return None;
    }
    let shape = builder.of(it, &Value::Class(Rc::clone(class)));
    let Kind::Reference(reference) = &shape.kind else {
        return None;
    };
    let shape = Rc::clone(builder.definitions.get(reference)?);
    let Kind::Class(made) = &shape.kind else {
        return None;
    };
    let mut model = models::model(made, builder);
    if is_settings {
        "settings".clone_into(&mut model.kind);
    }
    Some(model)
}

fn enumeration(
    it: &mut Interpreter,
    class: &Rc<ClassObject>,
    published: &Published,
    builder: &mut Builder,
) -> Model {
    let reference = builder.identities.reference(it, class, &[]);
    let name = |mode| published.names.get(&(reference.clone(), mode)).cloned();
    let values = it
        .enum_members(class)
        .into_iter()
        .filter_map(|member| match &member {
            Value::Instance(instance) => instance.attributes.borrow().get("_value_").cloned(),
            _ => None,
        });
    let values: Vec<Value> = values.collect();
    Model {
        name: class.name.to_string(),
        symbol: symbol(&Value::Class(Rc::clone(class))),
        kind: "enum".to_owned(),
        description: class
            .def
            .as_ref()
            .and_then(|def| def.docstring.clone())
            .map(Into::into),
        input_schema: name(Mode::Validation),
        output_schema: name(Mode::Serialization),
        values: values.iter().filter_map(|value| encode(it, value)).collect(),
        ..Model::default()
    }
}
