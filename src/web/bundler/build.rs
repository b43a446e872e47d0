//! What is built: aliases, plugins, entries, and the folder that the result is written to.

use serde::Serialize;

use super::{configuration::Layers, tool::Tool};
use crate::web::project::alias::{Alias as ImportAlias, AliasPattern, AliasTarget};
use crate::web::values::{Evaluator, External, Origin, Site, Text, TextPart, Value};

/// Calls of `path.resolve`, one inside the other.
const MAX_DEPTH: u32 = 8;

/// A name that imports may begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Alias {
    /// The name, or a regular expression in slashes.
    pub name: String,
    /// What stands there instead: a path from the root of the tree, or the name of a package.
    pub path: String,
    /// Whether that is the name of a package.
    pub is_package: bool,
}

impl Alias {
    /// The rule that imports follow; a name with `$` behind it is for itself alone
    /// (<https://webpack.js.org/configuration/resolve/#resolvealias>).
    #[must_use]
    pub fn for_imports(&self) -> ImportAlias {
        ImportAlias {
            pattern: match self.name.strip_suffix('$') {
                Some(name) => AliasPattern::Exact(name.into()),
                None => AliasPattern::Prefix(self.name.as_str().into()),
            },
            replacement: if self.is_package {
                AliasTarget::Specifier(self.path.as_str().into())
            } else {
                AliasTarget::Path(self.path.as_str().into())
            },
        }
    }
}

/// The aliases, of an object or an array of `find` and `replacement`.
pub(super) fn aliases(layers: &Layers<'_, '_>, tool: Tool, folder: &str) -> Vec<Alias> {
    let setting = layers.at_raw(tool.aliases());
    let mut found = vec![];
    for (name, site) in setting.properties() {
        let values = layers.evaluator.values_at(&site);
        found.extend(alias(layers.evaluator, name.to_string(), &values, folder));
    }
    for item in setting.items() {
        let rule = Layers::of(layers.evaluator, vec![item]);
        let values = rule.at_raw("replacement").values;
        if let Some(name) = rule.at("find").text() {
            found.extend(alias(layers.evaluator, name, &values, folder));
        }
    }
    found
}

fn alias(evaluator: &Evaluator<'_>, name: String, values: &[Value], folder: &str) -> Option<Alias> {
    let path = values.iter().find_map(|value| path(evaluator, value, folder))?;
    let is_literal = |value: &Value| value.as_literal().is_some_and(|text| text == path);
    Some(Alias {
        is_package: values.iter().any(is_literal),
        name,
        path,
    })
}

/// The packages whose functions or classes make the plugins.
pub(super) fn plugins(layers: &Layers<'_, '_>) -> Vec<String> {
    packages(&layers.at("plugins").items())
}

/// The packages whose functions give what a setting is.
pub(super) fn makers(setting: &Layers<'_, '_>) -> Vec<String> {
    packages(&setting.values)
}

fn packages(values: &[Value]) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    for item in values {
        let Value::External(external) = item else { continue };
        if let Some((package, _)) = external.package()
            && !found.iter().any(|known| known == package)
        {
            found.push(package.to_string());
        }
    }
    found
}

/// The folder that the result is written to, from the root of the tree.
pub(super) fn output(layers: &Layers<'_, '_>, tool: Tool, folder: &str) -> Option<String> {
    let (setting, default) = tool.output();
    let values = layers.at_raw(setting).values;
    if values.is_empty() {
        return Some(joined(folder, default));
    }
    values
        .iter()
        .find_map(|value| file(layers.evaluator, value, folder))
}

/// The folder that an adapter of SvelteKit writes to: its option, or its default
/// (<https://svelte.dev/docs/kit/adapter-static>, <https://svelte.dev/docs/kit/adapter-node>).
pub(super) fn adapted(layers: &Layers<'_, '_>, folder: &str) -> Option<String> {
    let adapter = layers.at_raw("kit.adapter");
    let values = adapter.values.iter();
    let external = values.filter_map(|value| match value {
        Value::External(external) => Some(external),
        _ => None,
    });
    for external in external {
        let Origin::Result { callee, site } = &external.origin else {
            continue;
        };
        let (package, _) = callee.package()?;
        let option = match package.as_str() {
            "@sveltejs/adapter-static" => "pages",
            "@sveltejs/adapter-node" => "out",
            _ => continue,
        };
        let options = layers.evaluator.arguments_of(site);
        let options = options.first().map(|options| options.value);
        let options = options.map_or(vec![], |options| layers.evaluator.values(site.module, options));
        let set = Layers::of(layers.evaluator, options).at_raw(option).text();
        return Some(joined(folder, set.as_deref().unwrap_or("build")));
    }
    None
}

/// The files that it starts from, from the root of the tree.
pub(super) fn entries(layers: &Layers<'_, '_>, tool: Tool, folder: &str) -> Vec<String> {
    files_of(&layers.at_raw(tool.entry()), folder)
}

/// The files that a setting names: a text, an array, an object by name.
pub(super) fn files_of(setting: &Layers<'_, '_>, folder: &str) -> Vec<String> {
    let layers = setting;
    let mut values = setting.values.clone();
    values.extend(setting.items());
    for (_, site) in setting.properties() {
        for value in layers.evaluator.values_at(&site) {
            // `pages` of Vue CLI and `entry` of webpack may hold options.
            match &value {
                Value::Object(_) => {
                    let options = Layers::of(layers.evaluator, vec![value]);
                    values.extend(options.at_raw("entry").values);
                    values.extend(options.at_raw("import").values);
                }
                _ => values.push(value),
            }
        }
    }
    values
        .iter()
        .filter_map(|value| file(layers.evaluator, value, folder))
        .collect()
}

/// A path from the root of the tree; a text is relative to the folder of the configuration.
fn file(evaluator: &Evaluator<'_>, value: &Value, folder: &str) -> Option<String> {
    match value.as_literal() {
        Some(text) => Some(joined(folder, &text)),
        None => path(evaluator, value, folder),
    }
}

/// What an alias leads to: a path that is made of the folder of the configuration, or a text.
fn path(evaluator: &Evaluator<'_>, value: &Value, folder: &str) -> Option<String> {
    path_within(evaluator, value, folder, 0)
}

fn path_within(evaluator: &Evaluator<'_>, value: &Value, folder: &str, depth: u32) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Text(text) => match text.as_literal() {
            Some(literal) if literal.starts_with(['.', '/']) => Some(joined(folder, &literal)),
            Some(literal) => Some(literal.to_string()),
            None => behind_folder(text).map(|rest| joined(folder, &rest)),
        },
        Value::External(External {
            origin: Origin::Result { callee, site },
            members,
        }) if members.is_empty() => {
            let (package, _) = callee.package()?;
            if !matches!(package.as_str(), "path" | "node:path" | "url" | "node:url") {
                return None;
            }
            let mut whole = String::new();
            for argument in evaluator.arguments_of(site) {
                let place = Site {
                    expression: argument.value,
                    ..Site::clone(site)
                };
                let values = evaluator.values_at(&place);
                let part = values
                    .iter()
                    .find_map(|value| part(evaluator, value, folder, depth + 1))?;
                whole = joined(&whole, &part);
            }
            Some(whole)
        }
        _ => None,
    }
}

/// An argument of `path.resolve`: the folder, or what follows it.
fn part(evaluator: &Evaluator<'_>, value: &Value, folder: &str, depth: u32) -> Option<String> {
    match value {
        Value::External(external)
            if external.is_global("__dirname") || external.path() == "import.meta.dirname" =>
        {
            Some(folder.to_owned())
        }
        Value::External(External {
            origin: Origin::Result { callee, .. },
            ..
        }) if callee.is_global("process.cwd") => Some(folder.to_owned()),
        Value::Text(text) if text.as_literal().is_some() => value.as_literal().map(String::from),
        _ => path_within(evaluator, value, folder, depth),
    }
}

/// What stands behind `import.meta.url` or `__dirname` in a text.
fn behind_folder(text: &Text) -> Option<String> {
    match text.parts.as_slice() {
        [TextPart::Hole { written, .. }, TextPart::Literal(rest)]
            if matches!(written.as_str(), "import.meta.url" | "__dirname") =>
        {
            Some(rest.to_string())
        }
        _ => None,
    }
}

/// A path from a folder, `.` and `..` followed.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The variables that `env` gives a value, as far as it is known.
pub(super) fn definitions(layers: &Layers<'_, '_>) -> Vec<(String, String)> {
    let env = layers.at("env");
    let names = env.properties().into_iter().map(|(name, _)| name);
    names
        .filter_map(|name| Some((name.to_string(), env.at_raw(&name).text()?)))
        .collect()
}

/// The texts that a build of Vite puts in place of names: what is given is code, mostly a string in JSON
/// (<https://vite.dev/config/shared-options#define>).
pub(super) fn replaced(layers: &Layers<'_, '_>) -> Vec<(String, String)> {
    let evaluator = layers.evaluator;
    let written = |place: &Site| {
        evaluator.values_at(place).iter().find_map(|value| match value {
            Value::External(external) => match &external.origin {
                Origin::Result { callee, site } if callee.is_global("JSON.stringify") => {
                    let first = evaluator.arguments_of(site).first()?.value;
                    let given = Site {
                        expression: first,
                        ..(**site).clone()
                    };
                    let texts = evaluator.texts(&given);
                    texts.first()?.as_literal().map(|text| text.to_string())
                }
                _ => None,
            },
            value => serde_json::from_str(&value.as_literal()?).ok(),
        })
    };
    let given = layers.at("define").properties().into_iter();
    given
        .filter_map(|(name, place)| {
            let name = ["import.meta.env.", "process.env."]
                .iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .unwrap_or(&name);
            Some((name.to_owned(), written(&place)?))
        })
        .collect()
}
