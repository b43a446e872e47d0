//! Settings that a frontend reads from its environment.

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{
    network::readable_value,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, Script},
    three::objects::location,
    values::{Evaluator, External, Origin, Site, Value},
};
use crate::source::location::Location;

/// One place that reads an environment variable.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EnvironmentRead {
    /// The variable, e.g. `VITE_API_URL`.
    pub name: String,
    /// What is read when it is not set, as far as it is known.
    pub default: Option<String>,
    /// Where it is read.
    pub location: Location,
}

/// Every read of an environment variable, by place.
#[must_use]
pub fn reads(evaluator: &Evaluator<'_>) -> Vec<EnvironmentRead> {
    let mut reads: Vec<EnvironmentRead> = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        let outer = members_inside_members(script);
        let written: FxHashSet<ExpressionId> =
            script.expression_ids().filter_map(|id| set(script, id)).collect();
        for id in script.expression_ids() {
            let is_asked = match script.kind(id) {
                Kind::Member { .. } | Kind::Index { .. } => !outer[id.index()] && !written.contains(&id),
                Kind::Local(name) => script
                    .name(*name)
                    .definitions
                    .iter()
                    .any(|definition| !definition.path.is_empty() || is_import(definition.source)),
                _ => false,
            };
            if !is_asked {
                continue;
            }
            let Some(name) = evaluator.values(module, id).iter().find_map(variable) else {
                continue;
            };
            let place = location(evaluator, module, id);
            let is_local = matches!(script.kind(id), Kind::Local(_));
            // A name that was destructured is one read, however often it is used.
            if is_local
                && reads
                    .iter()
                    .any(|read| read.name == name && read.location.file == place.file)
            {
                continue;
            }
            reads.push(EnvironmentRead {
                default: default_of(evaluator, script, module, id),
                name,
                location: place,
            });
        }
    }
    reads.sort_by(|one, two| {
        let key = |read: &EnvironmentRead| {
            let place = &read.location;
            (place.file.clone(), place.line, place.column, read.name.clone())
        };
        key(one).cmp(&key(two))
    });
    reads
}

fn is_import(source: super::syntax::tree::DefinitionSource) -> bool {
    matches!(source, super::syntax::tree::DefinitionSource::Import(..))
}

/// What an expression gives a value without reading it before: `process.env.PORT = '80'`, `delete process.env.PORT`.
fn set(script: &Script, id: ExpressionId) -> Option<ExpressionId> {
    match script.kind(id) {
        Kind::Assign {
            operator: "=",
            target,
            ..
        } => *target,
        Kind::Unary {
            operator: "delete",
            operand,
        } => Some(*operand),
        _ => None,
    }
}

/// Which expressions are what another member is read of.
fn members_inside_members(script: &Script) -> Vec<bool> {
    let mut inside = vec![false; script.expressions.len()];
    for id in script.expression_ids() {
        if let Kind::Member { object, property, .. } = script.kind(id)
            && !is_method_of_text(property)
        {
            inside[object.index()] = true;
        }
    }
    inside
}

fn is_method_of_text(name: &str) -> bool {
    matches!(
        name,
        "replace"
            | "replaceAll"
            | "trim"
            | "split"
            | "endsWith"
            | "startsWith"
            | "toLowerCase"
            | "toString"
            | "includes"
            | "slice"
            | "length"
    )
}

/// The variable that a value is.
pub(super) fn variable(value: &Value) -> Option<String> {
    let Value::External(External { origin, members }) = value else {
        return None;
    };
    let members: Vec<&str> = members.iter().map(ecow::EcoString::as_str).collect();
    let name = match (origin, members.as_slice()) {
        (Origin::Global, ["import.meta" | "process", "env", name, ..]) => *name,
        (Origin::Global, ["window", holder, name, ..]) | (Origin::Global, [holder, name, ..])
            if matches!(*holder, "__ENV__" | "__ENV" | "_env_" | "ENV" | "__env") =>
        {
            *name
        }
        (Origin::Library { package, path }, [name, ..])
            if package == "$env" && matches!(path.as_str(), "static/public" | "static/private") =>
        {
            *name
        }
        (Origin::Library { package, path }, ["env", name, ..])
            if package == "$env" && matches!(path.as_str(), "dynamic/public" | "dynamic/private") =>
        {
            *name
        }
        (Origin::Result { callee, .. }, ["public", name, ..]) if callee.path() == "useRuntimeConfig" => {
            // <https://nuxt.com/docs/guide/going-further/runtime-config>
            return Some(format!("NUXT_PUBLIC_{}", upper_snake(name)));
        }
        _ => return None,
    };
    // What Vite itself gives: <https://vite.dev/guide/env-and-mode>.
    let is_built_in = matches!(name, "MODE" | "DEV" | "PROD" | "SSR" | "BASE_URL" | "NODE_ENV");
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (!is_built_in && is_name && !name.is_empty()).then(|| name.to_owned())
}

fn upper_snake(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_uppercase());
    }
    out
}

/// The right side of `||` or `??` behind a read.
fn default_of(
    evaluator: &Evaluator<'_>,
    script: &Script,
    module: super::project::ModuleId,
    read: ExpressionId,
) -> Option<String> {
    script
        .expression_ids()
        .skip(read.index() + 1)
        .find_map(|id| match script.kind(id) {
            Kind::Logical {
                operator,
                left,
                right,
            } if *left == read && *operator != "&&" => {
                let values = evaluator.values_at(&Site::alone(module, *right));
                values.iter().find_map(readable_value)
            }
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{fixture::Fixture, project::Project};

    #[test]
    fn variables_with_their_defaults() {
        let files = Fixture::new(
            "const api = import.meta.env.VITE_API ?? 'http://x';\n\
             const { VITE_KEY } = import.meta.env; use(VITE_KEY, VITE_KEY);\n\
             if (import.meta.env.DEV) use(process.env.PORT || 3000, window.__ENV__.HOST);\n\
             process.env.HF_TOKEN = 'x'; process.env['OTHER'] = 'y'; delete process.env.OLD; process.env.KEPT ??= 'z';",
        );
        let project = Project::new(&files);
        let found: Vec<String> = reads(&Evaluator::new(&project))
            .iter()
            .map(|read| format!("{}:{} {:?}", read.location.line, read.name, read.default))
            .collect();
        expect_test::expect![[r#"
            1:VITE_API Some("http://x")
            2:VITE_KEY None
            3:PORT Some("3000")
            3:HOST None
            4:KEPT None"#]]
        .assert_eq(&found.join("\n"));
    }
}
