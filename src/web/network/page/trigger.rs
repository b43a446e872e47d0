//! What makes the markup of a page ask a server, and what is done with the answer.

use crate::{
    source::location::Location,
    web::{
        interaction::{CallPlace, Interaction, Trigger, TriggerKind, Update, UpdateKind},
        syntax::tag::Tag,
    },
};

/// What leads to a request of an element; `kind` is that of the call.
pub(super) fn interactions(tag: &Tag<'_>, kind: &str, location: &Location) -> Vec<Interaction> {
    let triggers = match kind {
        "htmx" => of_htmx(tag),
        "form" => vec![event(if tag.name == "form" { "submit" } else { "click" })],
        "link" => vec![event("click")],
        _ => vec![named(TriggerKind::Load, "load")],
    };
    let updates: Vec<Update> = swapped(tag, location)
        .filter(|_| kind == "htmx")
        .into_iter()
        .collect();
    triggers
        .into_iter()
        .map(|trigger| Interaction {
            trigger: Trigger {
                subject: format!("<{}>", tag.name),
                function: location.file.clone(),
                location: location.clone(),
                ..trigger
            },
            calls: vec![CallPlace {
                function: location.file.clone(),
                location: location.clone(),
            }],
            updates: updates.clone(),
        })
        .collect()
}

fn event(name: &str) -> Trigger {
    named(TriggerKind::Event, name)
}

fn named(kind: TriggerKind, name: &str) -> Trigger {
    Trigger {
        kind,
        name: name.to_owned(),
        ..Trigger::default()
    }
}

/// An attribute of htmx, also with `data-` in front of it.
fn attribute<'t>(tag: &'t Tag<'_>, name: &str) -> Option<&'t str> {
    tag.value(name).or_else(|| tag.value(&format!("data-{name}")))
}

/// `hx-trigger`, or the natural event of the element (<https://htmx.org/attributes/hx-trigger/>).
fn of_htmx(tag: &Tag<'_>) -> Vec<Trigger> {
    let is_connection = tag.attributes.iter().any(|attribute| {
        let name = attribute.name.strip_prefix("data-").unwrap_or(attribute.name);
        matches!(name, "sse-connect" | "ws-connect")
    });
    let Some(written) = attribute(tag, "hx-trigger") else {
        if is_connection {
            return vec![named(TriggerKind::Load, "load")];
        }
        let natural = match tag.name {
            "input" | "textarea" | "select" => "change",
            "form" => "submit",
            _ => "click",
        };
        return vec![event(natural)];
    };
    parts(written).iter().filter_map(|part| one(part)).collect()
}

/// The triggers of a list; a comma within a filter `[…]` or `(…)` parts nothing.
fn parts(written: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for letter in written.chars() {
        match letter {
            '[' | '(' => depth += 1,
            ']' | ')' => depth -= 1,
            _ => {}
        }
        if letter == ',' && depth <= 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// `keyup changed delay:500ms`, `every 2s`, `sse:news`, `load`.
fn one(written: &str) -> Option<Trigger> {
    let mut words = written.split_whitespace();
    let first = words.next()?.split('[').next().unwrap_or_default();
    if first.is_empty() || first.contains("{{") || first.contains("{%") {
        return None;
    }
    if first == "every" {
        return Some(Trigger {
            interval: words.next().and_then(milliseconds),
            ..named(TriggerKind::Timer, "every")
        });
    }
    if let Some(message) = first.strip_prefix("sse:") {
        return Some(named(TriggerKind::Message, message));
    }
    Some(match first {
        "load" => named(TriggerKind::Load, first),
        _ => event(first),
    })
}

/// `2s`, `500ms`, `1m`.
fn milliseconds(written: &str) -> Option<u64> {
    let written = written.split('[').next().unwrap_or(written);
    let digits = written.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: f64 = digits.parse().ok()?;
    let factor = match &written[digits.len()..] {
        "s" => 1_000.0,
        "m" => 60_000.0,
        "ms" | "" => 1.0,
        _ => return None,
    };
    Some((number * factor) as u64)
}

/// The part of the page that the answer of htmx goes into, where the element itself says it: what stands around may say
/// it for others (<https://htmx.org/attributes/hx-target/>).
fn swapped(tag: &Tag<'_>, location: &Location) -> Option<Update> {
    let swap = attribute(tag, "hx-swap").and_then(|swap| swap.split_whitespace().next());
    let target = attribute(tag, "hx-target").filter(|target| !target.is_empty())?;
    if swap == Some("none") {
        return None;
    }
    let target = match (target, tag.value("id")) {
        ("this", Some(id)) => format!("#{id}"),
        ("this", None) => format!("<{}>", tag.name),
        (target, _) => target.to_owned(),
    };
    Some(Update {
        kind: UpdateKind::Document,
        target,
        class: None,
        written: swap.unwrap_or("innerHTML").to_owned(),
        uses_result: true,
        via: None,
        function: location.file.clone(),
        location: location.clone(),
    })
}
