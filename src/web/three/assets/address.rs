//! Addresses of what is loaded.

use crate::web::values::{Evaluator, Site, Text, TextPart, Value};

/// Every address that an expression may be: items of an array too, and, where it is looked at by itself, through the calls of the
/// function around it.
pub(super) fn addresses(evaluator: &Evaluator<'_>, site: &Site, lifts: usize) -> Vec<Text> {
    let mut found = vec![];
    for value in evaluator.values_at(site) {
        match value {
            Value::Array(_) | Value::List(_) => {
                let items = evaluator.items_of(&value).into_iter();
                found.extend(items.map(|item| as_text(evaluator, site, &item)));
            }
            Value::Object(ref object) => {
                let places = evaluator.properties(object).into_iter();
                found.extend(places.flat_map(|(_, place)| evaluator.texts(&place)));
            }
            value => found.push(as_text(evaluator, site, &value)),
        }
    }
    // What a component is handed by those that hand on what they are handed.
    if found.iter().any(|text| !text.has_literal()) {
        let handed = evaluator.with_callers(evaluator.values_at(site)).into_iter();
        let handed: Vec<Text> = handed
            .filter(|value| matches!(value, Value::Text(_) | Value::File(_)))
            .map(|value| as_text(evaluator, site, &value))
            .filter(Text::has_literal)
            .collect();
        if !handed.is_empty() {
            found.retain(Text::has_literal);
            found.extend(handed);
        }
    }
    let mut known: Vec<Text> = vec![];
    found.retain(|text| {
        let is_new = !known.contains(text);
        known.extend(is_new.then(|| text.clone()));
        is_new
    });
    let is_open = found.is_empty()
        || found
            .iter()
            .any(|text| !text.has_literal() || depends_on_parameter(text));
    if is_open && lifts > 0 {
        let mut lifted = vec![];
        let script = evaluator.project.script(site.module);
        let mut function = Some(script.expression(site.expression).function);
        while let Some(id) = function {
            for caller in evaluator.callers(site.module, id).iter().take(24) {
                let Some(environment) = evaluator.enter(&caller.closure, &caller.site) else {
                    continue;
                };
                let inner = Site {
                    environment,
                    ..site.clone()
                };
                for text in addresses(evaluator, &inner, lifts - 1) {
                    if text.has_literal() && !lifted.contains(&text) {
                        lifted.push(text);
                    }
                }
            }
            if !lifted.is_empty() {
                return lifted;
            }
            function = script.function(id).parent;
        }
    }
    found
}

fn depends_on_parameter(text: &Text) -> bool {
    text.parts
        .iter()
        .any(|part| matches!(part, TextPart::Hole { value, .. } if matches!(**value, Value::Parameter(_))))
}

fn as_text(evaluator: &Evaluator<'_>, site: &Site, value: &Value) -> Text {
    match value {
        Value::Text(text) => text.clone(),
        Value::File(path) => Text::literal(path),
        value => Text::hole(
            evaluator.project.script(site.module).written(site.expression),
            value.clone(),
        ),
    }
}

pub(super) fn is_absolute(text: &Text) -> bool {
    let shown = text.display();
    shown.starts_with('/') || shown.contains("://") || shown.starts_with("data:")
}
