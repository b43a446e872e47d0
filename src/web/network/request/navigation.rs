//! Where scripts send the browser: by `location`, by `window.open`, by a link that they make and click
//! (<https://developer.mozilla.org/docs/Web/API/Location>, <https://developer.mozilla.org/docs/Web/API/HTMLAnchorElement/href>).

use super::{Reader, Request};
use crate::web::{
    syntax::tree::{Definition, DefinitionSource, ExpressionId, ExpressionKind as Kind, Script},
    values::{Evaluator, External, Origin, Site, Text, Value},
};

/// What an assignment navigates to: `location.href = address`, `link.href = address`.
pub(super) fn assigned(
    evaluator: &Evaluator<'_>,
    site: &Site,
    target: ExpressionId,
    value: ExpressionId,
) -> Option<Request> {
    let script = evaluator.project.script(site.module);
    let at = |expression| Site {
        expression,
        ..site.clone()
    };
    let is_external = |expression, test: &dyn Fn(&External) -> bool| {
        let values = evaluator.values_at(&at(expression));
        values
            .iter()
            .any(|value| matches!(value, Value::External(external) if test(external)))
    };
    let is_location = |external: &External| external.is_global("location");
    let leads = match script.kind(target) {
        Kind::Member { object, property, .. } if property == "href" => is_external(*object, &|external| {
            is_location(external) || is_link(evaluator, external)
        }),
        Kind::Member { property, .. } if property == "location" => is_external(target, &is_location),
        Kind::Global(name) => name == "location",
        _ => false,
    };
    leads.then(|| Request {
        addresses: with_base(evaluator, &at(value), evaluator.texts(&at(value))),
        written: script.written(value),
        ..navigation()
    })
}

/// Addresses whose base is empty at first: nobody puts one in front of the path of a page of the application's own.
fn with_base(evaluator: &Evaluator<'_>, site: &Site, addresses: Vec<Text>) -> Vec<Text> {
    let script = evaluator.project.script(site.module);
    let base = match script.kind(site.expression) {
        Kind::Template { texts, holes, .. } if texts.first().is_some_and(|text| text.is_empty()) => {
            holes.first().copied()
        }
        Kind::Binary {
            operator: "+", left, ..
        } => Some(*left),
        _ => None,
    };
    let Some(base) = base.filter(|base| may_change(script, *base)) else {
        return addresses;
    };
    let values = evaluator.texts(&Site {
        expression: base,
        ..site.clone()
    });
    if values.is_empty() || values.iter().any(|value| !value.parts.is_empty()) {
        return addresses;
    }
    let addresses = addresses.into_iter().map(|address| {
        let mut whole = Text::hole(script.written(base), Value::Unknown);
        whole.push(&address);
        whole
    });
    addresses.collect()
}

/// Whether something may have another value later: a variable, or what a call gives.
fn may_change(script: &Script, expression: ExpressionId) -> bool {
    let Kind::Local(name) = script.kind(expression) else {
        return !matches!(script.kind(expression), Kind::Text(_));
    };
    let name = script.name(*name);
    let is_asked = |definition: &Definition| match definition.source {
        DefinitionSource::Expression(value) => matches!(script.kind(value), Kind::Call { .. }),
        _ => false,
    };
    name.definitions.iter().any(is_asked) || !name.is_constant && name.definitions.len() > 1
}

/// `document.createElement('a')`
fn is_link(evaluator: &Evaluator<'_>, external: &External) -> bool {
    let Origin::Result { callee, site } = &external.origin else {
        return false;
    };
    let is_made = external.members.is_empty() && callee.is_global("document.createElement");
    is_made
        && evaluator.arguments_of(site).first().is_some_and(|name| {
            let names = evaluator.texts(&Site {
                expression: name.value,
                ..(**site).clone()
            });
            names
                .iter()
                .any(|name| name.as_literal().is_some_and(|name| name == "a"))
        })
}

impl Reader<'_, '_> {
    /// `location.assign(address)`, `window.open(address)`.
    pub(super) fn navigated(&self) -> Option<Request> {
        let address = self.fixed("navigation", "GET", 0)?;
        Some(Request {
            addresses: with_base(self.evaluator, &self.place(0)?, address.addresses),
            is_link: true,
            is_navigation: true,
            ..address
        })
    }
}

fn navigation() -> Request {
    Request {
        kind: "navigation".into(),
        methods: vec!["GET".into()],
        is_link: true,
        is_navigation: true,
        ..Request::default()
    }
}
