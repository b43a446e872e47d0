//! What stands in front of the paths of a generated client.

use super::Generated;
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    values::{Evaluator, External, Origin, Site, Text, Value},
};

/// Functions around a client's configuration, one around the other.
const MAX_NESTING: u32 = 4;

/// The addresses that the clients of generated modules are given: by `createClient` in a generated module and by
/// `client.setConfig` anywhere (<https://heyapi.dev/openapi-ts/clients/fetch>), or by `OpenAPI.BASE`.
///
/// Those that are said outside of what is generated count for more: the generator writes the address of the document.
pub(super) fn bases(evaluator: &Evaluator<'_>, generated: &Generated) -> Vec<Text> {
    let mut own = vec![];
    let mut said = vec![];
    for (module, object, value) in evaluator.assignments_to("BASE") {
        if evaluator
            .values(module, object)
            .iter()
            .any(|object| is_generated(object, generated))
        {
            add(&mut said, evaluator.texts(&Site::alone(module, value)));
        }
    }
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(expression)
            else {
                continue;
            };
            let Some(first) = arguments.first().filter(|argument| !argument.spread) else {
                continue;
            };
            let found = match script.kind(*callee) {
                Kind::Member { object, property, .. } if property == "setConfig" => {
                    let is_client = evaluator
                        .values(module, *object)
                        .iter()
                        .any(|client| is_client(client, generated));
                    is_client.then_some(&mut said)
                }
                Kind::Local(name) if generated.has(module) && script.name(*name).text == "createClient" => {
                    Some(&mut own)
                }
                _ => None,
            };
            if let Some(found) = found {
                add(found, configured(evaluator, &Site::alone(module, first.value), 0));
            }
        }
    }
    if said.is_empty() { own } else { said }
}

fn add(bases: &mut Vec<Text>, more: Vec<Text>) {
    for base in more {
        if !bases.contains(&base) {
            bases.push(base);
        }
    }
}

fn is_generated(value: &Value, generated: &Generated) -> bool {
    value.site().is_some_and(|site| generated.has(site.module))
}

/// Whether a value is a client: made in a generated module, or by a library that a generator brings.
fn is_client(value: &Value, generated: &Generated) -> bool {
    let of_package = match value {
        Value::External(client) => client
            .package()
            .is_some_and(|(package, _)| package.starts_with("@hey-api/")),
        _ => false,
    };
    of_package || is_generated(value, generated)
}

/// `baseUrl` or `baseURL` of a configuration, through the functions around it.
fn configured(evaluator: &Evaluator<'_>, site: &Site, depth: u32) -> Vec<Text> {
    let mut bases = vec![];
    for value in evaluator.values_at(site) {
        match &value {
            Value::External(External {
                origin: Origin::Result { site, .. },
                members,
            }) if members.is_empty() && depth < MAX_NESTING => {
                if let Some(first) = evaluator.arguments_of(site).first() {
                    let place = within(site, first.value);
                    add(&mut bases, configured(evaluator, &place, depth + 1));
                }
            }
            Value::Object(object) => {
                let properties = evaluator.properties(object);
                let base = properties
                    .iter()
                    .find(|(key, _)| key == "baseUrl" || key == "baseURL");
                if let Some((_, place)) = base {
                    add(&mut bases, evaluator.texts(place));
                }
            }
            _ => {}
        }
    }
    // A function of the generated code that merges configurations gives what it is given.
    if bases.is_empty() && depth < MAX_NESTING {
        let inner = argument(evaluator, site.module, site.expression);
        if let Some(inner) = inner {
            return configured(evaluator, &within(site, inner), depth + 1);
        }
    }
    bases
}

fn argument(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Option<ExpressionId> {
    match evaluator.project.script(module).kind(expression) {
        Kind::Call { arguments, .. } => arguments.first().map(|argument| argument.value),
        _ => None,
    }
}

fn within(site: &Site, expression: ExpressionId) -> Site {
    Site {
        expression,
        ..site.clone()
    }
}
