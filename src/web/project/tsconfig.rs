//! `tsconfig.json` and `jsconfig.json`: where `paths` and `baseUrl` lead
//! (<https://www.typescriptlang.org/tsconfig/>).

use std::collections::BTreeMap;

use jsonc_parser::ParseOptions;
use serde_json::Value;

use super::{
    Files,
    package::Packages,
    path::{ancestors, file_name, join, parent},
};

/// Chains of `extends` and `references` are short; a longer one is a circle.
const MAX_DEPTH: usize = 8;

/// The configurations of a tree by folder.
#[derive(Debug, Default)]
pub(super) struct TsConfigs {
    by_folder: BTreeMap<String, Vec<Options>>,
}

/// What one configuration says about imports.
#[derive(Clone, Debug, Default)]
struct Options {
    /// The folder that other specifiers are looked up in.
    base: Option<String>,
    /// Pattern with at most one `*` → paths relative to the root.
    paths: Option<Vec<(String, Vec<String>)>>,
}

impl TsConfigs {
    pub(super) fn new(files: &dyn Files, packages: &Packages) -> Self {
        let mut by_folder = BTreeMap::new();
        for path in files.paths() {
            let is_first = match file_name(path) {
                "tsconfig.json" => true,
                "jsconfig.json" => !by_folder.contains_key(parent(path)),
                _ => false,
            };
            if is_first {
                let mut options = vec![];
                let reader = Reader { files, packages };
                reader.collect(path, 0, &mut options);
                by_folder.insert(parent(path).to_owned(), options);
            }
        }
        Self { by_folder }
    }

    /// The paths that a specifier may mean for the files of a folder, the likeliest first.
    pub(super) fn candidates(&self, folder: &str, specifier: &str) -> Vec<String> {
        let mut found = vec![];
        let options = ancestors(folder)
            .filter_map(|folder| self.by_folder.get(folder))
            .flatten();
        for options in options {
            found.extend(options.mapped(specifier));
            if let Some(base) = &options.base {
                found.extend(join(base, specifier));
            }
        }
        found
    }
}

impl Options {
    /// The paths of the pattern with the longest text before its `*`; one without is the longest
    /// (<https://www.typescriptlang.org/docs/handbook/modules/reference.html#paths>).
    fn mapped(&self, specifier: &str) -> Vec<String> {
        let matching = self.paths.iter().flatten().filter_map(|(pattern, paths)| {
            let star = star(pattern, specifier)?;
            let length = pattern.find('*').unwrap_or(usize::MAX);
            Some((length, star, paths))
        });
        let Some((_, star, paths)) = matching.max_by_key(|(length, ..)| *length) else {
            return vec![];
        };
        paths.iter().map(|path| path.replacen('*', star, 1)).collect()
    }
}

/// What the `*` of a pattern stands for, if the text matches it; empty for a pattern without.
pub(super) fn star<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    match pattern.split_once('*') {
        Some((before, after)) => text.strip_prefix(before)?.strip_suffix(after),
        None => (pattern == text).then_some(""),
    }
}

/// JSON with comments and trailing commas.
pub(super) fn parse(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    jsonc_parser::parse_to_serde_value(text, &ParseOptions::default()).ok()
}

struct Reader<'r> {
    files: &'r dyn Files,
    packages: &'r Packages,
}

impl Reader<'_> {
    /// The options of a configuration and of those that it refers to.
    fn collect(&self, path: &str, depth: usize, into: &mut Vec<Options>) {
        let Some(config) = self.read(path).filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        into.push(self.options(path, &config, depth));
        let references = config.get("references").and_then(Value::as_array);
        for reference in references.into_iter().flatten() {
            let Some(referred) = reference
                .get("path")
                .and_then(Value::as_str)
                .and_then(|reference| self.file(join(parent(path), reference)?))
            else {
                continue;
            };
            // That of another folder is for the files there and found by them.
            if parent(&referred) == parent(path) || file_name(&referred) != "tsconfig.json" {
                self.collect(&referred, depth + 1, into);
            }
        }
    }

    fn read(&self, path: &str) -> Option<Value> {
        parse(&self.files.text(path)?)
    }

    fn options(&self, path: &str, config: &Value, depth: usize) -> Options {
        let folder = parent(path);
        let mut options = Options::default();
        let extended = match config.get("extends") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => vec![],
        };
        for name in extended {
            let base = self.extended(folder, name).filter(|_| depth < MAX_DEPTH);
            let base = base.and_then(|path| Some(self.options(&path, &self.read(&path)?, depth + 1)));
            if let Some(base) = base {
                options.base = base.base.or(options.base);
                options.paths = base.paths.or(options.paths);
            }
        }
        let own = config.get("compilerOptions");
        let text = |path: &str| join(folder, path.strip_prefix("${configDir}/").unwrap_or(path));
        if let Some(base) = own.and_then(|own| own.get("baseUrl")).and_then(Value::as_str) {
            options.base = text(base);
        }
        if let Some(paths) = own.and_then(|own| own.get("paths")).and_then(Value::as_object) {
            let base = options.base.clone().unwrap_or_else(|| folder.to_owned());
            let of = |path: &str| join(&base, path.strip_prefix("${configDir}/").unwrap_or(path));
            let entries = paths.iter().map(|(pattern, paths)| {
                let paths = paths.as_array().into_iter().flatten();
                let paths = paths.filter_map(Value::as_str).filter_map(of).collect();
                (pattern.clone(), paths)
            });
            options.paths = Some(entries.collect());
        }
        options
    }

    /// The file of `extends`: by path, or by a package of the tree.
    fn extended(&self, folder: &str, name: &str) -> Option<String> {
        if name.starts_with('.') {
            return self.file(join(folder, name)?);
        }
        let (package, path) = self.packages.by_specifier(name)?;
        self.file(join(&package.folder, path)?)
    }

    fn file(&self, path: String) -> Option<String> {
        let with_ending = format!("{path}.json");
        let of_folder = join(&path, "tsconfig.json")?;
        [path, with_ending, of_folder]
            .into_iter()
            .find(|path| self.files.is_file(path))
    }
}
