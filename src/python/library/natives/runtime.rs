//! The interpreter's own state as seen by library models: places, conditions, environment, files.

use std::rc::Rc;

use super::copying::Copier;
use crate::python::{
    interpret::{
        arguments::Arguments,
        flow::Eval,
        interpreter::Interpreter,
        unknown::{Piece, Unknown},
        value::{Descriptor, NativeCall, NativeObject, Value},
    },
    library::ROOT,
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("conditions", |it, _, _| {
        Ok(Value::tuple(
            it.condition_texts().into_iter().map(Value::Str).collect(),
        ))
    }),
    ("location", |it, _, _| {
        let place = it.here();
        Ok(Value::tuple(vec![
            Value::text(place.file),
            Value::Int(i64::from(place.line)),
            Value::Int(i64::from(place.end_line)),
            Value::Int(i64::from(place.column)),
        ]))
    }),
    ("maker", |it, _, _| {
        let frame = it.frames.iter().rev().find(|frame| !frame.module.is_model());
        let function = frame.and_then(|frame| frame.function.as_ref());
        Ok(function.map_or(Value::None, |function| {
            Value::text(format!("{}:{}", function.module.name, function.qualname))
        }))
    }),
    ("environment", |it, _, _| {
        let pairs = it.environment.clone();
        Ok(Value::dict(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), Value::text(value))),
        ))
    }),
    ("symbol", |_, _, arguments| {
        Ok(Unknown::symbol(arguments.at(0).as_str().unwrap_or_default()))
    }),
    ("unknown", |_, _, arguments| {
        Ok(Unknown::instance(arguments.at(0).as_str().unwrap_or_default()))
    }),
    ("hole", |_, _, arguments| {
        Ok(Unknown::text(vec![Piece::Hole(
            arguments.at(0).as_str().unwrap_or_default(),
        )]))
    }),
    ("report", |it, _, arguments| {
        it.report(
            "library",
            arguments.at(0).as_str().unwrap_or_default().to_string(),
        );
        Ok(Value::None)
    }),
    ("is_expected", |it, _, arguments| {
        let exception = arguments.at(0).as_str().unwrap_or_default();
        Ok(Value::Bool(it.is_guarded(&exception)))
    }),
    ("import_module", |it, _, arguments| {
        match arguments.at(0).as_str() {
            Some(name) => it.import_module(&name),
            None => Ok(Unknown::nothing()),
        }
    }),
    ("find_module", |it, _, arguments| {
        let name = arguments.at(0).as_str().unwrap_or_default();
        Ok(Value::Bool(
            it.project.find(&name).is_some() || crate::python::library::is_modelled(&name),
        ))
    }),
    ("submodules", |it, _, arguments| submodules(it, &arguments)),
    ("is_file", |it, _, arguments| {
        Ok(on_disk(it, &arguments, |it, path| it.project.files.is_file(path)))
    }),
    ("is_dir", |it, _, arguments| {
        Ok(on_disk(it, &arguments, |it, path| {
            path.is_empty() || it.project.files.is_dir(path)
        }))
    }),
    ("read_text", |it, _, arguments| {
        let Some(path) = arguments.at(0).as_str() else {
            return Ok(Unknown::nothing());
        };
        let Some(relative) = relative(&path) else {
            return Ok(Unknown::nothing());
        };
        Ok(match it.project.files.read(&relative) {
            Ok(bytes) => {
                it.charge(bytes.len() / 256)?;
                Value::text(String::from_utf8_lossy(&bytes))
            }
            Err(_) => Unknown::nothing(),
        })
    }),
    ("list_dir", |it, _, arguments| {
        let Some(relative) = arguments.at(0).as_str().and_then(|path| relative(&path)) else {
            return Ok(Unknown::nothing());
        };
        Ok(Value::list(
            it.project
                .files
                .list(&relative)
                .into_iter()
                .map(Value::text)
                .collect(),
        ))
    }),
    ("openapi_document", |it, _, arguments| {
        let writer = it.document_writer.clone();
        let document = writer.and_then(|writer| writer.write(it, &arguments.at(0), &arguments.at(1)));
        Ok(document.map_or_else(
            || Unknown::instance("fastapi.FastAPI.openapi()"),
            |json| super::documents::from_json(&json),
        ))
    }),
    ("package_version", |it, _, arguments| {
        let name = arguments.at(0).as_str().unwrap_or_default();
        Ok(it
            .project
            .files
            .package_version(&name)
            .map_or(Value::None, Value::text))
    }),
    (
        "abstract",
        |it, _, arguments| Ok(it.abstract_of(&arguments.at(0))),
    ),
    ("background", |it, _, mut arguments| {
        let function = arguments.shift();
        it.trace_background(&function, arguments);
        Ok(Value::None)
    }),
    ("cookie", |it, _, arguments| {
        let is_true = |value: Value| match value {
            Value::Bool(value) => Some(value),
            _ => None,
        };
        it.trace_cookie(
            arguments.at(0).as_str().map(|name| name.to_string()),
            is_true(arguments.at(1)),
            is_true(arguments.at(2)) == Some(true),
        );
        Ok(Value::None)
    }),
    ("partial", partial),
    ("wrapped_native", |_, _, arguments| {
        // A callable that stands for another one: same result, same signature.
        let function = arguments.at(0);
        Ok(Value::native_with(
            "wrapped",
            vec![function],
            |it, native, arguments| it.call(&native.captured[0].clone(), arguments),
        ))
    }),
    ("cached_property", |_, _, arguments| {
        Ok(Value::Descriptor(Rc::new(Descriptor::Property {
            get: arguments.at(0),
            set: Value::None,
            is_cached: true,
        })))
    }),
    ("deep_copy", |it, _, arguments| {
        Copier::default().copy(it, &arguments.at(0))
    }),
    ("exception_caught", |it, _, _| {
        let handling = it
            .frames
            .iter()
            .rev()
            .find_map(|frame| frame.handling.as_ref().map(|raised| raised.exception.clone()));
        Ok(handling.unwrap_or(Value::None))
    }),
];

/// `functools.partial`: the function, the positional and the named arguments are remembered.
fn partial(_: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let function = arguments.at(0);
    let bound = Value::tuple(arguments.positional.get(1..).unwrap_or_default().to_vec());
    let keywords = Value::dict(arguments.keywords);
    Ok(Value::native_with(
        "partial",
        vec![function, bound, keywords],
        |it, native, mut given| {
            let mut positional = it.iterate(&native.captured[1].clone())?.0;
            positional.append(&mut given.positional);
            let mut keywords: Vec<(ecow::EcoString, Value)> = vec![];
            for (name, value) in it.mapping_items(&native.captured[2].clone())? {
                let Some(name) = name.as_str() else { continue };
                if given.keyword(&name).is_none() {
                    keywords.push((name, value));
                }
            }
            keywords.append(&mut given.keywords);
            it.call(
                &native.captured[0].clone(),
                Arguments {
                    positional,
                    keywords,
                    ..given
                },
            )
        },
    ))
}

/// The path below the analysed root of an absolute path as the program sees it, with `.` and `..` resolved.
#[must_use]
pub fn relative(path: &str) -> Option<String> {
    let rest = path.strip_prefix(ROOT)?;
    if !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = vec![];
    for part in rest.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

fn on_disk(it: &mut Interpreter, arguments: &Arguments, test: impl Fn(&Interpreter, &str) -> bool) -> Value {
    let Some(path) = arguments.at(0).as_str() else {
        return Unknown::nothing();
    };
    relative(&path).map_or_else(Unknown::nothing, |path| Value::Bool(test(it, &path)))
}

/// The modules below a package's folders: pairs of name and whether it is a package.
fn submodules(it: &mut Interpreter, arguments: &Arguments) -> Eval<Value> {
    let mut rows: Vec<(String, bool)> = vec![];
    for folder in it.iterate(&arguments.at(0))?.0 {
        let Some(folder) = folder.as_str().and_then(|path| relative(&path)) else {
            continue;
        };
        for entry in it.project.files.list(&folder) {
            let path = if folder.is_empty() {
                entry.clone()
            } else {
                format!("{folder}/{entry}")
            };
            if let Some(name) = entry.strip_suffix(".py") {
                if name != "__init__" {
                    rows.push((name.to_owned(), false));
                }
            } else if it.project.files.is_file(&format!("{path}/__init__.py")) {
                rows.push((entry, true));
            }
        }
    }
    rows.sort();
    rows.dedup();
    Ok(Value::list(
        rows.into_iter()
            .map(|(name, package)| Value::tuple(vec![Value::text(name), Value::Bool(package)]))
            .collect(),
    ))
}
