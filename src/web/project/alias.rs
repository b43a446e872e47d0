//! Names that bundlers and frameworks put before paths.

use ecow::EcoString;
use regex::Regex;

use super::{
    package::{Package, Packages},
    path::{is_within, join},
};

/// A rule that replaces the beginning of specifiers.
#[derive(Clone, Debug)]
pub struct Alias {
    /// What is replaced.
    pub pattern: AliasPattern,
    /// What it is replaced with.
    pub replacement: AliasTarget,
}

/// What an alias replaces.
#[derive(Clone, Debug)]
pub enum AliasPattern {
    /// The specifier itself or what stands before a `/` in it, as Vite and Webpack do for a plain name; one that
    /// ends with `/` is any beginning.
    Prefix(EcoString),
    /// The specifier as a whole: Webpack's `name$`.
    Exact(EcoString),
    /// What the expression matches; `$1` in the replacement is its first group.
    Expression(Regex),
}

/// What an alias leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AliasTarget {
    /// A path relative to the root of the tree.
    Path(EcoString),
    /// Another specifier, e.g. the name of a package.
    Specifier(EcoString),
}

impl Alias {
    /// What a specifier becomes; none if the alias is not for it.
    pub(super) fn apply(&self, specifier: &str) -> Option<AliasTarget> {
        let replaced = |replacement: &EcoString| match &self.pattern {
            AliasPattern::Exact(name) => (specifier == name.as_str()).then(|| replacement.clone()),
            AliasPattern::Prefix(name) => {
                let rest = specifier.strip_prefix(name.as_str())?;
                let is_boundary = rest.is_empty() || rest.starts_with('/') || name.ends_with('/');
                is_boundary.then(|| slashed(replacement, rest).into())
            }
            AliasPattern::Expression(expression) => expression.is_match(specifier).then(|| {
                expression
                    .replace(specifier, replacement.as_str())
                    .into_owned()
                    .into()
            }),
        };
        match &self.replacement {
            AliasTarget::Path(path) => replaced(path).map(|path| match path.rsplit_once("node_modules/") {
                // Where a package is installed is no part of the tree.
                Some((_, package)) => AliasTarget::Specifier(package.into()),
                None => AliasTarget::Path(path),
            }),
            AliasTarget::Specifier(name) => replaced(name).map(AliasTarget::Specifier),
        }
    }
}

fn slashed(before: &str, rest: &str) -> String {
    let is_separated = before.is_empty() || before.ends_with('/') || rest.is_empty() || rest.starts_with('/');
    format!("{before}{}{rest}", if is_separated { "" } else { "/" })
}

/// The aliases of a tree by the folder that they hold for.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    by_folder: Vec<(String, Vec<Alias>)>,
}

impl Aliases {
    pub(super) fn add(&mut self, folder: &str, aliases: Vec<Alias>) {
        self.by_folder.push((folder.to_owned(), aliases));
        // The innermost first.
        self.by_folder
            .sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
    }

    /// What a specifier may become for the files of a folder: by its bundlers, then by its frameworks.
    pub(super) fn candidates(&self, packages: &Packages, folder: &str, specifier: &str) -> Vec<AliasTarget> {
        let set = self
            .by_folder
            .iter()
            .filter(|(of, _)| is_within(folder, of))
            .flat_map(|(_, aliases)| aliases.iter().filter_map(|alias| alias.apply(specifier)));
        let defaults = packages.around(folder).flat_map(|package| {
            defaults(package).filter_map(|(name, path)| {
                Alias {
                    pattern: AliasPattern::Prefix(name.into()),
                    replacement: AliasTarget::Path(join(&package.folder, path)?.into()),
                }
                .apply(specifier)
            })
        });
        let is_other = |target: &AliasTarget| match target {
            AliasTarget::Specifier(name) => name != specifier,
            AliasTarget::Path(_) => true,
        };
        set.filter(is_other).chain(defaults).collect()
    }
}

/// Frameworks and the aliases that they bring: name and path within the package.
const FRAMEWORKS: [(&str, &[(&str, &str)]); 6] = [
    // https://svelte.dev/docs/kit/$lib
    ("@sveltejs/kit", &[("$lib", "src/lib")]),
    // https://cli.vuejs.org/guide/html-and-static-assets.html#url-transform-rules
    ("@vue/cli-service", &[("@", "src"), ("~@", "src"), ("~", "src")]),
    // https://nuxt.com/docs/api/nuxt-config#alias: Nuxt 4 moved the sources to `app/`.
    (
        "nuxt",
        &[
            ("~~", ""),
            ("@@", ""),
            ("~", "app"),
            ("@", "app"),
            ("~", ""),
            ("@", ""),
            ("#shared", "shared"),
        ],
    ),
    ("nuxt3", &[("~~", ""), ("@@", ""), ("~", ""), ("@", "")]),
    // https://quasar.dev/quasar-cli-vite/handling-vite#folder-aliases
    (
        "@quasar/app-vite",
        &[
            ("src", "src"),
            ("app", ""),
            ("components", "src/components"),
            ("layouts", "src/layouts"),
            ("pages", "src/pages"),
            ("assets", "src/assets"),
            ("boot", "src/boot"),
            ("stores", "src/stores"),
        ],
    ),
    // https://umijs.org/docs/guides/directory-structure
    ("umi", &[("@", "src"), ("@@", "src/.umi")]),
];

fn defaults(package: &Package) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
    FRAMEWORKS
        .iter()
        .filter(|(framework, _)| package.depends_on(framework))
        .flat_map(|(_, aliases)| aliases.iter().copied())
}
