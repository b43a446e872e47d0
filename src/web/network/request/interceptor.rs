//! What the functions of a client's interceptors do to its requests (<https://axios-http.com/docs/interceptors>).

use ecow::EcoString;

use super::Reader;
use crate::web::{
    syntax::tree::{BlockKind, ExpressionId, ExpressionKind as Kind, NameId, Script},
    values::{Site, Text, TextPart, Value},
};

impl Reader<'_, '_> {
    /// `config.baseURL = …` in the function of an interceptor.
    pub(super) fn intercepted(&self, site: &Site) -> Vec<Text> {
        let mut bases = vec![];
        for value in self.options_of(site) {
            let Value::Function(closure) = value else { continue };
            let script = self.evaluator.project.script(closure.module);
            for (module, object, value) in self.evaluator.assignments_to("baseURL") {
                let within = script.expressions.get(value.index());
                if module != closure.module || within.is_none_or(|value| value.function != closure.function) {
                    continue;
                }
                if matches!(script.kind(object), Kind::Local(_)) {
                    bases.extend(self.evaluator.texts(&Site {
                        module,
                        expression: value,
                        environment: site.environment.clone(),
                    }));
                }
            }
        }
        bases
    }

    /// The addresses as the function of an interceptor leaves them, if it writes them anew:
    /// `` config.url = `${tenant}${config.url}` ``.
    pub(super) fn rewritten(&self, site: &Site) -> Option<Vec<Text>> {
        for value in self.options_of(site) {
            let Value::Function(closure) = value else { continue };
            let script = self.evaluator.project.script(closure.module);
            for (module, object, value) in self.evaluator.assignments_to("url") {
                let is_own = module == closure.module
                    && script
                        .expressions
                        .get(value.index())
                        .is_some_and(|value| value.function == closure.function);
                if !is_own {
                    continue;
                }
                let Kind::Local(configuration) = script.kind(object) else {
                    continue;
                };
                let place = Site {
                    module,
                    expression: value,
                    environment: site.environment.clone(),
                };
                let mut addresses = vec![];
                for address in self.texts(0) {
                    let Some(written) = self.written_anew(&place, *configuration, &address) else {
                        continue;
                    };
                    match self.is_rewritten(&place, *configuration, &address) {
                        Some(true) => addresses.push(written),
                        Some(false) => addresses.push(address),
                        None => addresses.extend([written, address]),
                    }
                }
                if !addresses.is_empty() {
                    return Some(addresses);
                }
            }
        }
        None
    }

    /// An address put into the template that is written in its place.
    fn written_anew(&self, place: &Site, configuration: NameId, address: &Text) -> Option<Text> {
        let script = self.evaluator.project.script(place.module);
        let Kind::Template { texts, holes, .. } = script.kind(place.expression) else {
            return None;
        };
        let is_address = |hole: ExpressionId| is_url_of(script, hole, configuration);
        if !holes.iter().any(|hole| is_address(*hole)) {
            return None;
        }
        let mut written = Text::literal(texts.first()?);
        for (hole, behind) in holes.iter().zip(texts.iter().skip(1)) {
            if is_address(*hole) {
                written.push(address);
            } else {
                let site = Site {
                    expression: *hole,
                    ..place.clone()
                };
                // What is known stands for what may be instead of it.
                let given = self.evaluator.texts(&site);
                let known = given.iter().find(|text| text.as_literal().is_some());
                let given = known.or_else(|| given.first())?;
                if written.parts.is_empty() && given.as_literal().is_none() {
                    written.push_literal("/");
                }
                written.push(given);
            }
            written.push(&Text::literal(behind));
        }
        Some(written)
    }

    /// Whether an address is written anew, where a test around that asks for a text in it: `config.url.includes('team')`.
    fn is_rewritten(&self, place: &Site, configuration: NameId, address: &Text) -> Option<bool> {
        let script = self.evaluator.project.script(place.module);
        let tests = script
            .blocks_of(place.expression)
            .filter_map(|block| match block.kind {
                BlockKind::Then(test) => Some((test, true)),
                BlockKind::Otherwise(test) => Some((test, false)),
                _ => None,
            });
        let mut is_asked = false;
        let mut answer = None;
        for (test, holds) in tests {
            is_asked = true;
            match asks_for_text(script, test, configuration, address) {
                Some(is_so) if is_so != holds => return Some(false),
                Some(_) => answer = Some(true),
                None => {}
            }
        }
        answer.or((!is_asked).then_some(true))
    }

    /// `config.headers.Authorization = …`, `config.headers['X-Key'] = …` and `config.headers.set('X-Key', …)` in the
    /// function of an interceptor.
    pub(super) fn headers_set(&self, site: &Site, names: &mut Vec<EcoString>) {
        for value in self.options_of(site) {
            let Value::Function(closure) = value else { continue };
            let script = self.evaluator.project.script(closure.module);
            let is_headers = |object: ExpressionId| matches!(script.kind(object), Kind::Member { property, .. } if property == "headers");
            let named = |expression: ExpressionId| {
                let values = self.evaluator.values(closure.module, expression);
                values.first().and_then(Value::as_literal)
            };
            let within = script.expressions.iter();
            for expression in within.filter(|expression| expression.function == closure.function) {
                let name = match &expression.kind {
                    Kind::Assign {
                        target: Some(target), ..
                    } => match script.kind(*target) {
                        Kind::Member { object, property, .. } if is_headers(*object) => {
                            Some(property.clone())
                        }
                        Kind::Index { object, index } if is_headers(*object) => named(*index),
                        _ => None,
                    },
                    Kind::Call {
                        callee, arguments, ..
                    } => match (script.kind(*callee), arguments.first()) {
                        (Kind::Member { object, property, .. }, Some(first))
                            if property == "set" && is_headers(*object) =>
                        {
                            named(first.value)
                        }
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(name) = name.filter(|name| !names.contains(name)) {
                    names.push(name);
                }
            }
        }
    }
}

/// Whether a test holds that asks for a text in an address.
fn asks_for_text(script: &Script, test: ExpressionId, configuration: NameId, address: &Text) -> Option<bool> {
    let (callee, arguments) = match script.kind(test) {
        Kind::Unary {
            operator: "!",
            operand,
        } => return asks_for_text(script, *operand, configuration, address).map(|is_so| !is_so),
        Kind::Call {
            callee, arguments, ..
        } => (*callee, arguments),
        _ => return None,
    };
    let (Kind::Member { object, property, .. }, [first]) = (script.kind(callee), arguments.as_slice()) else {
        return None;
    };
    let Kind::Text(asked) = script.kind(first.value) else {
        return None;
    };
    if !is_url_of(script, *object, configuration) {
        return None;
    }
    let is_literal =
        |part: &TextPart| matches!(part, TextPart::Literal(text) if text.contains(asked.as_str()));
    match (property.as_str(), address.parts.as_slice()) {
        ("includes", parts) if parts.iter().any(is_literal) => Some(true),
        // What is filled in behind the beginning is a value, no part of the way.
        ("includes", [TextPart::Literal(_), ..]) => Some(false),
        ("startsWith", [TextPart::Literal(text), ..]) if text.len() >= asked.len() => {
            Some(text.starts_with(asked.as_str()))
        }
        ("startsWith", [TextPart::Literal(text)]) => Some(text.starts_with(asked.as_str())),
        // What stands in front may hold the text.
        _ => None,
    }
}

/// Whether an expression is the address of a request: `config.url`.
fn is_url_of(script: &Script, expression: ExpressionId, configuration: NameId) -> bool {
    matches!(script.kind(expression), Kind::Member { object, property, .. }
        if property == "url" && matches!(script.kind(*object), Kind::Local(own) if *own == configuration))
}
