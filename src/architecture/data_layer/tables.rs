//! Tables as the library models have mapped them, made into plain data.

use std::rc::Rc;

use super::reading::{columns_of, type_words, words};
use crate::{
    architecture::{
        backend::{
            reader::{Reader, place},
            symbols::symbol,
        },
        model::{Column, ForeignKey, Index, Relation, Symbol, Table},
    },
    python::interpret::{
        arguments::Arguments,
        class::ClassObject,
        flow::Eval,
        interpreter::Interpreter,
        repr,
        value::{InstanceObject, Value},
    },
};

/// Modules of libraries, and the model that maps what is declared with them. The first one lists every table there is so far,
/// so it is the first.
const MAPPERS: &[(&str, &str)] = &[
    ("sqlalchemy.schema", "__arch_tables__"),
    ("tortoise.models", "__arch_tortoise__"),
    ("beanie", "__arch_documents__"),
];

/// All tables of the program, by name. They are those that were declared in the modules imported so far.
///
/// # Errors
/// When the budget is used up.
pub fn tables(it: &mut Interpreter) -> Eval<Vec<Table>> {
    let mut tables = vec![];
    for (library, mapping) in MAPPERS {
        // What is not imported has no table.
        if !it.modules.contains_key(*library) {
            continue;
        }
        let module = it.import_module(mapping)?;
        let list = it.attribute(&module, "tables")?;
        let found = it.call(&list, Arguments::default())?;
        for value in it.iterate(&found)?.0 {
            if let Value::Instance(object) = &value {
                tables.push(table(object));
            }
        }
    }
    // Two collections may each have a table of this name: both are told, in the order of their places.
    tables.sort_by(|a: &Table, b: &Table| (&a.name, &a.location).cmp(&(&b.name, &b.location)));
    Ok(tables)
}

fn table(object: &Rc<InstanceObject>) -> Table {
    let read = Reader { object };
    let classes: Vec<Rc<ClassObject>> = read.items("_models").iter().filter_map(class).collect();
    let models: Vec<Symbol> = classes
        .iter()
        .map(|class| symbol(&Value::Class(Rc::clone(class))))
        .collect();
    let docstring = classes
        .first()
        .and_then(|class| class.def.as_ref()?.docstring.clone());
    let is_sqlmodel = classes.iter().any(|class| class.inherits("sqlmodel.SQLModel"));
    let mut table = Table {
        name: read.text("key").unwrap_or_default(),
        library: read
            .text("_library")
            .unwrap_or_else(|| if is_sqlmodel { "SQLModel" } else { "SQLAlchemy" }.to_owned()),
        location: match models.first() {
            Some(model) if !model.location.file.is_empty() => model.location.clone(),
            _ => read.location(),
        },
        description: read
            .text("comment")
            .or_else(|| docstring.map(|text| text.lines().next().unwrap_or_default().trim().to_owned()))
            .filter(|text| !text.is_empty()),
        parent: instance(&read.value("_parent")).and_then(|parent| Reader { object: &parent }.text("key")),
        models,
        ..Table::default()
    };
    for item in read.items("_columns") {
        if let Value::Instance(item) = &item {
            add_column(&mut table, item, classes.first());
        }
    }
    for item in read.items("_items") {
        if let Value::Instance(item) = &item {
            add_item(&mut table, item);
        }
    }
    table.relations = read.items("_relations").iter().filter_map(relation).collect();
    table
}

fn class(value: &Value) -> Option<Rc<ClassObject>> {
    match value {
        Value::Class(class) => Some(Rc::clone(class)),
        _ => None,
    }
}

fn instance(value: &Value) -> Option<Rc<InstanceObject>> {
    match value {
        Value::Instance(instance) => Some(Rc::clone(instance)),
        _ => None,
    }
}

fn add_column(table: &mut Table, object: &Rc<InstanceObject>, first: Option<&Rc<ClassObject>>) {
    let read = Reader { object };
    let name = read.text("name").unwrap_or_default();
    let is_set = |name: &str| matches!(read.value(name), Value::Bool(true));
    let owner = class(&read.value("_owner"))
        .filter(|owner| first.is_none_or(|first| !Rc::ptr_eq(owner, first) && first.is_subclass_of(owner)));
    table.columns.push(Column {
        attribute: read.text("_attribute").filter(|attribute| *attribute != name),
        type_name: type_words(&read.value("type")),
        nullable: match read.value("nullable") {
            Value::Bool(nullable) => nullable,
            _ => !is_set("primary_key"),
        },
        primary_key: is_set("primary_key"),
        default: words(&read.value("default")),
        server_default: words(&read.value("server_default")),
        description: read.text("comment"),
        inherited_from: owner.map(|owner| symbol(&Value::Class(owner))),
        location: read.location(),
        name: name.clone(),
    });
    for key in read.items("_items").iter().filter_map(instance) {
        if !key.class.inherits("sqlalchemy.schema.ForeignKey") {
            continue;
        }
        let key = Reader { object: &key };
        let target = match key.value("_target") {
            Value::Tuple(parts) => parts.to_vec(),
            _ => vec![],
        };
        let part = |index: usize| target.get(index).and_then(Value::as_str).map(String::from);
        table.foreign_keys.push(ForeignKey {
            columns: vec![name.clone()],
            table: part(0),
            references: part(1).into_iter().collect(),
            on_delete: key.text("ondelete"),
        });
    }
    match (is_set("index"), is_set("unique")) {
        (true, unique) => table.indexes.push(Index {
            name: None,
            columns: vec![name],
            unique,
        }),
        (false, true) => table.uniques.push(vec![name]),
        (false, false) => {}
    }
}

fn add_item(table: &mut Table, object: &Rc<InstanceObject>) {
    let read = Reader { object };
    let columns = columns_of(&read.items("_args"), table);
    let is_a = |name: &str| object.class.inherits(&format!("sqlalchemy.schema.{name}"));
    if is_a("PrimaryKeyConstraint") {
        for column in &mut table.columns {
            if columns.contains(&column.name) {
                (column.primary_key, column.nullable) = (true, false);
            }
        }
    } else if is_a("UniqueConstraint") {
        table.uniques.push(columns);
    } else if is_a("CheckConstraint") {
        let condition = read.value("sqltext");
        let plain = condition.as_str().map(String::from);
        table.checks.extend(plain.or_else(|| words(&condition)));
    } else if is_a("Index") {
        table.indexes.push(Index {
            name: read.text("name"),
            columns,
            unique: matches!(read.value("unique"), Value::Bool(true)),
        });
    } else if is_a("ForeignKeyConstraint") {
        let (tables, references): (Vec<_>, Vec<_>) = read.items("_targets").iter().map(pair).unzip();
        table.foreign_keys.push(ForeignKey {
            columns,
            table: tables.into_iter().next().flatten(),
            references: references.into_iter().flatten().collect(),
            on_delete: read.text("ondelete"),
        });
    }
}

fn pair(value: &Value) -> (Option<String>, Option<String>) {
    let Value::Tuple(parts) = value else {
        return (None, None);
    };
    let part = |index: usize| parts.get(index).and_then(Value::as_str).map(String::from);
    (part(0), part(1))
}

fn relation(value: &Value) -> Option<Relation> {
    let Value::Tuple(parts) = value else { return None };
    let (owner, Value::Instance(item)) = (parts.first()?, parts.get(1)?) else {
        return None;
    };
    let read = Reader { object: item };
    let key = |value: &Value| instance(value).and_then(|table| Reader { object: &table }.text("key"));
    let name = read.text("_attribute")?;
    Some(Relation {
        name,
        model: symbol(owner),
        target: class(&read.value("_target")).map(|class| symbol(&Value::Class(class))),
        table: key(&read.value("_target_table")),
        many: match read.value("_many") {
            Value::Bool(many) => Some(many),
            _ => None,
        },
        secondary: key(&read.value("_secondary")),
        back: match read.value("_back") {
            Value::None => None,
            back => Some(repr::display(&back).to_string()),
        },
        location: place(&read.value("_location")),
    })
}
