//! What the functions of a client's interceptors do to its requests (<https://axios-http.com/docs/interceptors>).

use ecow::EcoString;

use super::Reader;
use crate::web::{
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    values::{Site, Text, Value},
};

/// Addresses that one is rewritten to.
const MAX_REWRITTEN: usize = 8;

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

    /// What the function of an interceptor makes of the address: `` config.url = `${tenant}${config.url}` ``.
    pub(super) fn rewritten(&self, site: &Site) -> Vec<Text> {
        let mut addresses = vec![];
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
                let (Kind::Local(configuration), Kind::Template { texts, holes, .. }) =
                    (script.kind(object), script.kind(value))
                else {
                    continue;
                };
                let is_address = |hole: &ExpressionId| {
                    matches!(script.kind(*hole), Kind::Member { object, property, .. }
                        if property == "url" && matches!(script.kind(*object), Kind::Local(own) if own == configuration))
                };
                if !holes.iter().any(is_address) {
                    continue;
                }
                let mut parts = vec![Text::literal(&texts[0])];
                for (index, hole) in holes.iter().enumerate() {
                    let given = if is_address(hole) {
                        self.texts(0)
                    } else {
                        self.evaluator.texts(&Site {
                            module,
                            expression: *hole,
                            environment: site.environment.clone(),
                        })
                    };
                    parts = followed(&parts, &given);
                    parts = followed(
                        &parts,
                        &[Text::literal(texts.get(index + 1).map_or("", |text| text))],
                    );
                }
                addresses.extend(parts);
            }
        }
        addresses.truncate(MAX_REWRITTEN);
        addresses
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

/// Every text of the first followed by every one of the second.
fn followed(firsts: &[Text], seconds: &[Text]) -> Vec<Text> {
    let follow = |first: &Text, second: &Text| {
        let mut text = first.clone();
        text.push(second);
        text
    };
    let all = firsts
        .iter()
        .flat_map(|first| seconds.iter().map(move |second| follow(first, second)));
    all.take(MAX_REWRITTEN).collect()
}
