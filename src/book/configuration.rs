//! `[preprocessor.arch]` of `book.toml`: what may stand there and what it means.

use std::collections::BTreeMap;

use globset::Glob;
use serde::Deserialize;
use serde_json::{Map, Value};

mod table;

use crate::book::problem::{Place, Problem};
use table::Table;
pub(in crate::book) use table::{list, nearest};

/// The keys of `[preprocessor.arch]`.
const KEYS: &[&str] = &[
    "root",
    "app",
    "env",
    "libraries",
    "on-error",
    "source-url",
    "repos",
    "layers",
];
/// The keys of `[preprocessor.arch.repos.NAME]`.
const REPOSITORY_KEYS: &[&str] = &["root", "app", "env", "libraries", "source-url"];
/// The keys that belong to mdBook.
/// <https://rust-lang.github.io/mdBook/format/configuration/preprocessors.html>
const HOST_KEYS: &[&str] = &["command", "before", "after", "optional", "renderers"];

/// The preprocessor's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    /// The repository of directives without `repo=`.
    pub repository: Repository,
    /// `[preprocessor.arch.repos.NAME]`, for directives with `repo=NAME`.
    pub repositories: BTreeMap<String, Repository>,
    /// What becomes of a directive that cannot be expanded.
    pub on_error: OnError,
    /// Names of layers and the globs of their files.
    pub layers: BTreeMap<String, Vec<String>>,
}

/// One repository to analyse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    /// Its directory as written, relative to the book's root; absent for the one that holds the book.
    pub root: Option<String>,
    /// `module:expression` of the application; found when absent.
    pub app: Option<String>,
    /// Directories with source of libraries as written, relative to the book's root.
    pub libraries: Vec<String>,
    /// What `os.environ` and settings classes see.
    pub environment: Vec<(String, String)>,
    /// What comes before the path in a link to a file of the forge; taken from git when absent.
    pub source_url: Option<String>,
}

/// What becomes of a directive that cannot be expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnError {
    /// The build fails, with all problems of the book.
    #[default]
    Fail,
    /// The problem stands in the page, and the build goes on.
    Show,
}

impl Configuration {
    /// Reads the table as the host hands it over; no table is an empty one.
    ///
    /// # Errors
    /// All problems of the table.
    pub fn read(table: Option<&Value>) -> Result<Configuration, Vec<Problem>> {
        let empty = Map::new();
        let entries = match table {
            None | Some(Value::Null) => &empty,
            Some(Value::Object(entries)) => entries,
            Some(_) => return Err(vec![problem("`preprocessor.arch` is not a table", None)]),
        };
        let mut table = Table::new("preprocessor.arch", entries);
        if entries.contains_key("renderer") {
            table.problem(
                "`[preprocessor.arch]` has no key `renderer`",
                Some("mdBook's key is `renderers` and takes a list: `renderers = [\"html\"]`"),
            );
        }
        table.refuse_unknown(KEYS, &[HOST_KEYS, &["renderer"]].concat());
        let mut configuration = Configuration {
            repository: repository(&mut table),
            ..Configuration::default()
        };
        configuration.on_error = table
            .take("on-error", "`\"fail\"` or `\"show\"`")
            .unwrap_or_default();
        configuration.layers = layers(&mut table);
        let repositories: BTreeMap<String, Map<String, Value>> = table
            .take("repos", "a table of tables: `[preprocessor.arch.repos.NAME]`")
            .unwrap_or_default();
        for (name, entries) in &repositories {
            let mut nested = Table::new(&format!("preprocessor.arch.repos.{name}"), entries);
            nested.refuse_unknown(REPOSITORY_KEYS, &[]);
            configuration
                .repositories
                .insert(name.clone(), repository(&mut nested));
            table.problems.append(&mut nested.problems);
        }
        if table.problems.is_empty() {
            Ok(configuration)
        } else {
            Err(table.problems)
        }
    }
}

fn repository(table: &mut Table<'_>) -> Repository {
    let environment: BTreeMap<String, Scalar> = table
        .take("env", "a table of names and values: `env = { NAME = \"value\" }`")
        .unwrap_or_default();
    Repository {
        root: table.take("root", "a path in quotes, relative to the book"),
        app: table.take(
            "app",
            "the application as a server command names it: `\"app.main:app\"`",
        ),
        environment: environment
            .into_iter()
            .map(|(name, value)| (name, value.into_text()))
            .collect(),
        libraries: table
            .take(
                "libraries",
                "a list of paths in quotes: `libraries = [\"../.venv\"]`",
            )
            .unwrap_or_default(),
        source_url: table
            .take("source-url", "a URL in quotes")
            .map(|url: String| url.trim_end_matches('/').to_owned()),
    }
}

fn layers(table: &mut Table<'_>) -> BTreeMap<String, Vec<String>> {
    let layers: BTreeMap<String, Globs> = table
        .take(
            "layers",
            "a table of names and globs: `layers = { api = [\"app/api/**\"] }`",
        )
        .unwrap_or_default();
    let layers: BTreeMap<String, Vec<String>> = layers
        .into_iter()
        .map(|(name, globs)| (name, globs.into_list()))
        .collect();
    for (name, globs) in &layers {
        for glob in globs {
            if let Err(error) = Glob::new(glob) {
                let message = format!(
                    "the glob `{glob}` of the layer `{name}` cannot be read: {}",
                    error.kind()
                );
                table.problem(&message, None);
            }
        }
    }
    layers
}

/// A value of an environment variable; `DEBUG = true` is as good as `DEBUG = "true"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Boolean(bool),
    Integer(i64),
    Number(f64),
}

impl Scalar {
    fn into_text(self) -> String {
        match self {
            Scalar::Text(text) => text,
            Scalar::Boolean(value) => value.to_string(),
            Scalar::Integer(value) => value.to_string(),
            Scalar::Number(value) => value.to_string(),
        }
    }
}

/// One glob or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Globs {
    One(String),
    Many(Vec<String>),
}

impl Globs {
    fn into_list(self) -> Vec<String> {
        match self {
            Globs::One(glob) => vec![glob],
            Globs::Many(globs) => globs,
        }
    }
}

/// A problem of the configuration. It has no line: a value may come from the environment as well as from the file.
fn problem(message: &str, help: Option<&str>) -> Problem {
    Problem {
        place: Place {
            path: "book.toml".to_owned(),
            ..Place::default()
        },
        message: message.to_owned(),
        help: help.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
