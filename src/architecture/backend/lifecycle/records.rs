//! What a call of a database library is about: the classes and tables among its arguments, and those of the calls that
//! made the statement or the session.

use std::rc::Rc;

use crate::{
    architecture::backend::{reader::Reader, symbols::symbol},
    python::interpret::{
        class::ClassObject,
        tracer::Made,
        unknown::{Piece, Unknown},
        value::Value,
    },
};

/// How deep values and calls are looked into.
const DEPTH: usize = 10;

/// More names than this say nothing.
const MOST: usize = 24;

/// The names: of classes by symbol, of tables by name. Which of them are tables is found out when tables are known.
pub(super) fn names(made: &Made) -> Vec<String> {
    let mut names = vec![];
    of_call(made, 0, &mut names);
    names.truncate(MOST);
    names
}

fn of_call(made: &Made, depth: usize, names: &mut Vec<String>) {
    if depth > DEPTH || names.len() > MOST {
        return;
    }
    let arguments = &made.arguments;
    let named = arguments.keywords.iter().map(|(_, value)| value);
    for value in arguments.positional.iter().chain(named) {
        of_value(value, depth + 1, names);
    }
    if let Some(receiver) = &made.receiver {
        of_call(receiver, depth + 1, names);
    }
}

fn of_value(value: &Value, depth: usize, names: &mut Vec<String>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Class(class) => push_class(class, names),
        Value::Instance(instance) => {
            let read = Reader { object: instance };
            if instance.class.inherits("sqlalchemy.schema.Table") {
                push(read.text("key").unwrap_or_default(), names);
            } else if instance.class.inherits("sqlalchemy.schema.Column") {
                match read.value("_class") {
                    Value::Class(class) => push_class(&class, names),
                    _ => of_value(&read.value("table"), depth + 1, names),
                }
            } else {
                push_class(&instance.class, names);
            }
        }
        Value::List(items) => {
            for item in items.borrow().iter() {
                of_value(item, depth + 1, names);
            }
        }
        Value::Tuple(items) => {
            for item in items.iter() {
                of_value(item, depth + 1, names);
            }
        }
        Value::Str(text) => of_statement(text, names),
        Value::Unknown(unknown) => {
            if unknown.template.is_some() {
                let pieces = Unknown::pieces(value).into_iter().map(|piece| match piece {
                    Piece::Text(text) => text.to_string(),
                    Piece::Hole(_) => "?".to_owned(),
                });
                of_statement(&pieces.collect::<String>(), names);
            }
            for alternative in unknown.alternatives.iter().chain(&unknown.class) {
                of_value(alternative, depth + 1, names);
            }
            if let Some(made) = &unknown.made {
                of_call(made, depth + 1, names);
            }
        }
        _ => {}
    }
}

fn push_class(class: &Rc<ClassObject>, names: &mut Vec<String>) {
    let is_own = class.module.as_ref().is_some_and(|module| !module.is_model());
    if is_own {
        push(symbol(&Value::Class(Rc::clone(class))).name, names);
    }
}

fn push(name: String, names: &mut Vec<String>) {
    if !name.is_empty() && !names.contains(&name) {
        names.push(name);
    }
}

/// The words of an SQL statement that name tables.
fn of_statement(text: &str, names: &mut Vec<String>) {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '"' | '`')))
        .filter(|word| !word.is_empty())
        .collect();
    for pair in words.windows(2) {
        let begins = ["from", "join", "into", "update", "table"];
        if begins.iter().any(|word| word.eq_ignore_ascii_case(pair[0])) {
            push(pair[1].replace(['"', '`'], ""), names);
        }
    }
}
