//! What is sent: fields of the body, names of headers.

use ecow::EcoString;

use crate::web::values::{Evaluator, Origin, Site, UseKind, Value, Values};

/// Stands for fields that are not known.
pub(super) const FURTHER: &str = "...";

/// Names of the top-level fields of what is sent, in order, `...` among them where there may be others.
pub(super) fn fields(evaluator: &Evaluator<'_>, body: &[Value]) -> Vec<String> {
    let mut fields = vec![];
    for value in body {
        collect(evaluator, value, &mut fields, 0);
    }
    let is_known = fields.iter().any(|field| field != FURTHER);
    if is_known { fields } else { vec![] }
}

/// Names of headers, in order.
pub(super) fn headers(evaluator: &Evaluator<'_>, headers: &[Value], set: &[EcoString]) -> Vec<String> {
    let mut names = vec![];
    for value in headers {
        if let Value::Object(site) = value {
            for (name, _) in evaluator.properties(site) {
                push(&mut names, &name);
            }
        }
    }
    set.iter().for_each(|name| push(&mut names, name));
    names
}

fn push(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

fn collect(evaluator: &Evaluator<'_>, value: &Value, fields: &mut Vec<String>, depth: u32) {
    match value {
        Value::Object(site) => {
            for (name, _) in evaluator.properties(site) {
                push(fields, &name);
            }
            if evaluator.has_further_properties(site) {
                push(fields, FURTHER);
            }
        }
        // Of what callers hand over or a state holds otherwise the fields are not known.
        Value::Parameter(_) | Value::Unknown => push(fields, FURTHER),
        Value::External(external) if depth < 3 && external.members.is_empty() => match &external.origin {
            Origin::Result { callee, site } if callee.is_global("JSON.stringify") => {
                for inner in first_argument(evaluator, site) {
                    collect(evaluator, &inner, fields, depth + 1);
                }
            }
            Origin::Made { class, site }
                if class.is_global("FormData") || class.is_global("URLSearchParams") =>
            {
                for inner in first_argument(evaluator, site) {
                    collect(evaluator, &inner, fields, depth + 1);
                }
                appended(evaluator, site, fields);
            }
            _ => {}
        },
        Value::External(external) if depth < 3 && external.members.len() == 1 => {
            // `params.toString()`
            if let Origin::Result { callee, .. } = &external.origin {
                collect(evaluator, &Value::External((**callee).clone()), fields, depth + 1);
            }
        }
        _ => {}
    }
}

fn first_argument(evaluator: &Evaluator<'_>, site: &Site) -> Values {
    let Some(first) = evaluator.arguments_of(site).first().copied() else {
        return vec![];
    };
    evaluator.values_at(&Site {
        expression: first.value,
        ..site.clone()
    })
}

/// `form.append('name', value)`.
fn appended(evaluator: &Evaluator<'_>, site: &Site, fields: &mut Vec<String>) {
    for used in evaluator.uses(site.module, site.expression) {
        let appends = used
            .members
            .last()
            .is_some_and(|last| last == "append" || last == "set");
        if used.kind == UseKind::Call && appends {
            for name in first_argument(evaluator, &used.site) {
                if let Some(name) = name.as_literal() {
                    push(fields, &name);
                }
            }
        }
    }
}
