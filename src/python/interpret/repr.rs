//! Values in Python's words.

use ecow::{EcoString, eco_format};

use super::{
    typing::TypeForm,
    unknown::{Piece, Unknown},
    value::{Descriptor, InstanceObject, Value},
};

/// How deep nested values are written out.
const DEPTH: usize = 6;
/// How many bytes are written out: values share parts, so that a small one may have a text that fills the memory.
const LONGEST: usize = 1 << 16;

/// What `str(value)` says.
#[must_use]
pub fn display(value: &Value) -> EcoString {
    match value {
        Value::Str(text) => text.clone(),
        Value::Instance(instance) => display_instance(value, instance),
        Value::Unknown(unknown) if unknown.template.is_some() => template(unknown),
        _ => repr(value),
    }
}

fn display_instance(value: &Value, instance: &InstanceObject) -> EcoString {
    if instance.class.is_builtin(super::class::Builtin::Enum) {
        // `str()` of a mixed-in enumeration is its value only for `StrEnum` and `IntEnum`
        // (https://docs.python.org/3/library/enum.html#enum.StrEnum).
        let plain = instance.class.inherits("enum.StrEnum") || instance.class.inherits("enum.IntEnum");
        return match (&*instance.base.borrow(), plain) {
            (Some(base), true) => display(base),
            _ => repr(value),
        };
    }
    match &*instance.base.borrow() {
        Some(base) => display(base),
        None => repr(value),
    }
}

/// What `repr(value)` says, with dotted names for what has no literal.
#[must_use]
pub fn repr(value: &Value) -> EcoString {
    let mut out = String::new();
    write(&mut out, value, 0);
    out.into()
}

fn write(out: &mut String, value: &Value, depth: usize) {
    if depth > DEPTH || out.len() > LONGEST {
        out.push('…');
        return;
    }
    match value {
        Value::None => out.push_str("None"),
        Value::Ellipsis => out.push_str("..."),
        Value::Bool(flag) => out.push_str(if *flag { "True" } else { "False" }),
        Value::Int(number) => out.push_str(&number.to_string()),
        Value::Float(number) => out.push_str(&float(*number)),
        // A text in a text in a text has twice the backslashes each time.
        Value::Str(text) if out.len() + text.len() > LONGEST => out.push('…'),
        Value::Str(text) => out.push_str(&quoted(text)),
        Value::Bytes(bytes) => {
            out.push('b');
            out.push_str(&quoted(&String::from_utf8_lossy(bytes)));
        }
        Value::Tuple(items) => {
            sequence(out, "(", if items.len() == 1 { ",)" } else { ")" }, items, depth);
        }
        Value::List(items) => sequence(out, "[", "]", &items.borrow(), depth),
        Value::Set(items) => {
            let items: Vec<Value> = items.borrow().values().map(|(key, _)| key.clone()).collect();
            if items.is_empty() {
                out.push_str("set()")
            } else {
                sequence(out, "{", "}", &items, depth)
            }
        }
        Value::Dict(entries) => dict(out, &entries.borrow(), depth),
        Value::Slice(parts) => sequence(out, "slice(", ")", &parts[..], depth),
        Value::Module(module) => out.push_str(&module.name),
        Value::Function(function) => out.push_str(&function.qualname),
        Value::Native(native) => out.push_str(&native.name),
        Value::Method(method) => write(out, &method.function, depth + 1),
        Value::Class(class) => out.push_str(&class.qualname),
        Value::Instance(instance) => write_instance(out, instance, depth),
        Value::Descriptor(descriptor) => match &**descriptor {
            Descriptor::Property { get, .. } => write(out, get, depth + 1),
            Descriptor::Static(inner) | Descriptor::ClassMethod(inner) => write(out, inner, depth + 1),
        },
        Value::Iterator(iterator) => sequence(out, "iter(", ")", &iterator.items.borrow(), depth),
        Value::Super(_) => out.push_str("super()"),
        Value::Type(form) => write_type(out, form, depth),
        Value::Unknown(unknown) => write_unknown(out, unknown, depth),
    }
}

fn write_instance(out: &mut String, instance: &InstanceObject, depth: usize) {
    if let Some(name) = instance.attributes.borrow().get("_name_") {
        out.push_str(&eco_format!("{}.{}", instance.class.name, display(name)));
        return;
    }
    if let Some(base) = &*instance.base.borrow() {
        write(out, base, depth + 1);
        return;
    }
    out.push_str(&instance.class.name);
    out.push_str("()");
}

fn write_type(out: &mut String, form: &TypeForm, depth: usize) {
    match form {
        TypeForm::Special(name) => out.push_str(name),
        TypeForm::Alias { origin, args } => {
            write(out, origin, depth + 1);
            sequence(out, "[", "]", args, depth);
        }
        TypeForm::Union(members) => {
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.push_str(" | ");
                }
                write(out, member, depth + 1);
            }
        }
        TypeForm::Annotated { inner, .. } => write(out, inner, depth + 1),
        TypeForm::Literal(values) => sequence(out, "Literal[", "]", values, depth),
        TypeForm::Variable(variable) => out.push_str(&variable.name),
        TypeForm::NewType { name, .. } | TypeForm::Lazy { name, .. } => out.push_str(name),
        TypeForm::Forward { text, .. } => out.push_str(text),
    }
}

fn sequence(out: &mut String, open: &str, close: &str, items: &[Value], depth: usize) {
    out.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, item, depth + 1);
        if out.len() > LONGEST {
            break;
        }
    }
    out.push_str(close);
}

fn dict(out: &mut String, entries: &super::value::Entries, depth: usize) {
    out.push('{');
    for (index, (key, value)) in entries.values().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, key, depth + 1);
        out.push_str(": ");
        write(out, value, depth + 1);
        if out.len() > LONGEST {
            break;
        }
    }
    out.push('}');
}

fn template(unknown: &Unknown) -> EcoString {
    unknown
        .template
        .iter()
        .flat_map(|pieces| pieces.iter())
        .fold(EcoString::new(), |mut text, piece| {
            match piece {
                Piece::Text(known) => text.push_str(known),
                Piece::Hole(words) => text.push_str(&eco_format!("<{words}>")),
            }
            text
        })
}

fn write_unknown(out: &mut String, unknown: &Unknown, depth: usize) {
    if unknown.template.is_some() {
        out.push_str(&template(unknown));
    } else if !unknown.alternatives.is_empty() {
        for (index, alternative) in unknown.alternatives.iter().enumerate() {
            if index > 0 {
                out.push_str(" or ");
            }
            write(out, alternative, depth + 1);
        }
    } else if unknown.origin.is_empty() {
        out.push('?');
    } else {
        out.push_str(&unknown.origin);
    }
}

/// A number as Python writes it: whole numbers keep `.0`, very large and small ones have an exponent of two digits.
#[must_use]
pub fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, digits) = exponent
            .strip_prefix('-')
            .map_or(("+", exponent), |digits| ("-", digits));
        return format!("{mantissa}e{sign}{digits:0>2}");
    }
    if number.fract() == 0.0 {
        format!("{number:.1}")
    } else {
        number.to_string()
    }
}

/// Text in quotes as Python writes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 || c as u32 == 0x7f => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
