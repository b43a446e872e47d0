//! Calls that ask for every file of a pattern: Vite's `import.meta.glob` and webpack's `require.context`.

use ecow::EcoString;
use globset::{GlobBuilder, GlobMatcher};

use super::{
    ModuleId, Project, Target,
    alias::AliasTarget,
    path::{Request, ancestors, join, parent, target},
};
use crate::web::syntax::{
    regular_expression,
    tree::{Argument, ExpressionId, ExpressionKind as Kind, Property, Script},
};

/// What one call asks for.
#[derive(Clone, Debug, Default)]
pub struct Globbed {
    /// By the key that the call gives it, sorted.
    pub members: Vec<(EcoString, Target)>,
    /// Whether the modules are there at once; else each is a function that loads one.
    pub is_eager: bool,
    /// The export that is taken of each, where it is not the whole module.
    pub import: Option<EcoString>,
}

/// How a file is compared with a pattern and which key it has.
struct Pattern {
    matcher: GlobMatcher,
    is_excluded: bool,
    /// The folder that keys begin at; none where they are paths from the root that serves the file.
    relative_to: Option<String>,
    root: String,
}

impl Project<'_> {
    /// What a call asks for, if it asks for the files of a pattern; patterns are literals
    /// (<https://vite.dev/guide/features#glob-import>, <https://webpack.js.org/guides/dependency-management/#requirecontext>).
    #[must_use]
    pub fn globbed(&self, module: ModuleId, call: ExpressionId) -> Option<Globbed> {
        let script = self.script(module);
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(call)
        else {
            return None;
        };
        let Kind::Member { object, property, .. } = script.kind(*callee) else {
            return None;
        };
        match (script.kind(*object), property.as_str()) {
            (Kind::ImportMeta, "glob" | "globEager") => self.by_glob(module, property, arguments),
            (Kind::Global(name), "context") if name == "require" => self.by_context(module, arguments),
            _ => None,
        }
    }

    fn by_glob(&self, module: ModuleId, function: &str, arguments: &[Argument]) -> Option<Globbed> {
        let script = self.script(module);
        let own = &self.module(module).file;
        let patterns: Vec<Pattern> = literals(script, arguments.first()?.value)?
            .iter()
            .filter_map(|text| self.pattern(parent(own), text))
            .collect();
        let option = |name: &str| option(script, arguments.get(1)?.value, name);
        let text = |name: &str| text(script, option(name)?);
        let query = text("query").or_else(|| text("as")).cloned().unwrap_or_default();
        let query = format!("?{}", query.trim_start_matches('?'));
        let is_for_file = Request::new(&query).is_for_file();
        let mut members = vec![];
        for file in self.files.paths().iter().filter(|file| *file != own.as_str()) {
            let is_excluded = |pattern: &Pattern| pattern.is_excluded && pattern.matcher.is_match(file);
            let of = patterns
                .iter()
                .find(|pattern| !pattern.is_excluded && pattern.matcher.is_match(file));
            if let Some(pattern) = of.filter(|_| !patterns.iter().any(is_excluded)) {
                let target = if is_for_file {
                    Target::File(file.as_str().into())
                } else {
                    target(self, file)
                };
                members.push((pattern.key(file), target));
            }
        }
        members.sort_by(|one, two| one.0.cmp(&two.0));
        let is_eager = option("eager").is_some_and(|eager| matches!(script.kind(eager), Kind::Boolean(true)));
        Some(Globbed {
            members,
            is_eager: is_eager || function == "globEager",
            import: text("import").filter(|name| *name != "*").cloned(),
        })
    }

    /// A pattern of a file in this folder, as paths from the root of the tree.
    fn pattern(&self, folder: &str, written: &str) -> Option<Pattern> {
        let (is_excluded, text) = match written.strip_prefix('!') {
            Some(text) => (true, text),
            None => (false, written),
        };
        let (pattern, root) = if text.starts_with("./") || text.starts_with("../") {
            (join(folder, text)?, None)
        } else if let Some(path) = text.strip_prefix('/') {
            // The root of Vite is where its page or manifest stands.
            let root = ancestors(folder).find(|root| {
                ["index.html", "package.json", "vite.config.ts", "vite.config.js"]
                    .iter()
                    .any(|name| join(root, name).is_some_and(|path| self.files.is_file(&path)))
            });
            let root = root.unwrap_or_default();
            (join(root, path)?, Some(root.to_owned()))
        } else if is_excluded && text.starts_with("**") {
            (text.to_owned(), None)
        } else {
            let configuration = &self.configuration;
            let aliased = configuration
                .aliases
                .candidates(&configuration.packages, folder, text);
            let by_tsconfig = || {
                configuration
                    .tsconfigs
                    .candidates(folder, text)
                    .into_iter()
                    .next()
            };
            let path = aliased.into_iter().find_map(|target| match target {
                AliasTarget::Path(path) => Some(path.to_string()),
                AliasTarget::Specifier(_) => None,
            });
            (path.or_else(by_tsconfig)?, Some(String::new()))
        };
        let glob = GlobBuilder::new(&pattern).literal_separator(true).build().ok()?;
        Some(Pattern {
            matcher: glob.compile_matcher(),
            is_excluded,
            relative_to: root.is_none().then(|| folder.to_owned()),
            root: root.unwrap_or_default(),
        })
    }

    fn by_context(&self, module: ModuleId, arguments: &[Argument]) -> Option<Globbed> {
        let script = self.script(module);
        let own = &self.module(module).file;
        let written = text(script, arguments.first()?.value)?;
        let relative = (written.starts_with('.')).then(|| join(parent(own), written))?;
        let folder = relative?;
        let is_deep = arguments
            .get(1)
            .is_none_or(|deep| !matches!(script.kind(deep.value), Kind::Boolean(false)));
        let pattern = match arguments.get(2).map(|pattern| script.kind(pattern.value)) {
            Some(Kind::Regex(written)) => Some(regular_expression::compiled(written)?.0),
            Some(_) => return None,
            None => None,
        };
        let begin = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let members = self.files.paths().iter().filter_map(|file| {
            let rest = file.strip_prefix(&begin)?;
            let key = format!("./{rest}");
            let is_asked = (is_deep || !rest.contains('/'))
                && pattern.as_ref().is_none_or(|pattern| pattern.is_match(&key));
            (is_asked && file != own.as_str()).then(|| (key.into(), target(self, file)))
        });
        Some(Globbed {
            members: members.collect(),
            ..Globbed::default()
        })
    }
}

impl Pattern {
    /// `./pages/a.vue` for a pattern that is relative, else `/src/pages/a.vue`.
    fn key(&self, file: &str) -> EcoString {
        let Some(folder) = &self.relative_to else {
            let path = file.strip_prefix(self.root.as_str()).unwrap_or(file);
            return format!("/{}", path.trim_start_matches('/')).into();
        };
        for (up, around) in ancestors(folder).enumerate() {
            let rest = match around {
                "" => Some(file),
                around => file.strip_prefix(around).and_then(|rest| rest.strip_prefix('/')),
            };
            if let Some(rest) = rest {
                let begin = if up == 0 {
                    "./".to_owned()
                } else {
                    "../".repeat(up)
                };
                return format!("{begin}{rest}").into();
            }
        }
        file.into()
    }
}

fn text(script: &Script, id: ExpressionId) -> Option<&EcoString> {
    match script.kind(id) {
        Kind::Text(text) => Some(text),
        Kind::Template { texts, holes, .. } if holes.is_empty() => texts.first(),
        _ => None,
    }
}

/// One text, or an array of them.
fn literals(script: &Script, id: ExpressionId) -> Option<Vec<EcoString>> {
    match script.kind(id) {
        Kind::Array(elements) => elements
            .iter()
            .map(|element| text(script, element.value).cloned())
            .collect(),
        _ => text(script, id).map(|text| vec![text.clone()]),
    }
}

fn option(script: &Script, options: ExpressionId, name: &str) -> Option<ExpressionId> {
    let Kind::Object(properties) = script.kind(options) else {
        return None;
    };
    properties.iter().find_map(|property| match property {
        Property::Named { key, value } if key == name => Some(*value),
        _ => None,
    })
}
