//! The analysed repositories of a book: each is analysed once per build, and only when a directive asks for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::architecture::{self, Options, Scope, model::Architecture};
use crate::book::configuration::{Configuration, Repository, list, nearest};
use crate::book::host::Host;
use crate::source::libraries::library_folder;
use crate::source::permalink::Permalinks;
use crate::view::{Request, ViewError};

/// The directives that show what functions do, which takes the longest to find out.
const TRACED: &[&str] = &[
    "diagram request-lifecycle",
    "diagram realtime",
    "auth",
    "diagram auth",
    "endpoint",
    "lifespan",
    "channels",
    "findings",
    "model",
    "data-layer",
];

/// The directives that show tables or migrations.
const DATA_LAYER: &[&str] = &[
    "data-layer",
    "diagram data-layer",
    "tables",
    "table",
    "migrations",
    "count tables",
    "count migrations",
];

/// The directives that show how the product is configured and run.
const DEPLOYED: &[&str] = &[
    "unresolved",
    "settings",
    "deployment",
    "environments",
    "diagram deployment",
    "diagram system-context",
];

/// The directives that show the frontend or what joins it to the backend.
const FRONTEND: &[&str] = &[
    "unresolved",
    "findings",
    "frontend",
    "scene",
    "assets",
    "shaders",
    "render-loops",
    "state",
    "optimizations",
    "integration",
    "channels",
    "auth",
    "settings",
    "diagram scene",
    "diagram frontend",
    "diagram realtime",
    "diagram auth",
    "diagram request-lifecycle",
    "diagram system-context",
];

/// How far a directive has to look.
#[must_use]
pub fn scope(request: &Request) -> Scope {
    let is_in = |names: &[&str]| names.contains(&request.name.as_str());
    let wanted = ("kind".to_owned(), "er".to_owned());
    let is_er = request.name == "diagram models" && request.arguments.contains(&wanted);
    Scope {
        traces: is_in(TRACED),
        data_layer: is_in(DATA_LAYER) || is_er,
        deployment: is_in(DEPLOYED) || is_in(FRONTEND),
        frontend: is_in(FRONTEND),
    }
}

/// Takes the keys off that say which model a directive is about; views never see them.
#[must_use]
pub fn split(mut request: Request) -> (Request, Subject) {
    let mut take = |name: &str| {
        let index = request.arguments.iter().position(|(key, _)| key == name)?;
        Some(request.arguments.remove(index).1)
    };
    let subject = Subject {
        repository: take("repo"),
        application: take("app"),
    };
    (request, subject)
}

/// An analysed repository, with one application in front.
#[derive(Debug)]
pub struct Analysed {
    /// Its model.
    pub architecture: Architecture,
    /// Links to its forge.
    pub links: Permalinks,
}

/// What a directive is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// `repo=`.
    pub repository: Option<String>,
    /// `app=`.
    pub application: Option<String>,
}

/// Why a directive has no model to be expanded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The directive asks for something that the configuration does not have.
    Request(ViewError),
    /// The repository cannot be analysed; every directive about it has this same problem.
    Analysis(ViewError),
}

/// The repositories that a book may ask for.
#[derive(Debug)]
pub struct Repositories<'a> {
    host: &'a Host,
    configuration: &'a Configuration,
    scope: Scope,
    analysed: BTreeMap<Subject, Result<Rc<Analysed>, Failure>>,
}

impl<'a> Repositories<'a> {
    /// None is analysed yet. The directives of the book say how far analysis has to go.
    #[must_use]
    pub fn new<'r>(
        host: &'a Host,
        configuration: &'a Configuration,
        requests: impl Iterator<Item = &'r Request>,
    ) -> Repositories<'a> {
        Repositories {
            host,
            configuration,
            scope: requests.map(scope).fold(Scope::default(), Scope::or),
            analysed: BTreeMap::new(),
        }
    }

    /// The model of what a directive is about, made when it is asked for first.
    ///
    /// # Errors
    /// When the repository is not in the configuration or cannot be analysed.
    pub fn get(&mut self, subject: &Subject) -> Result<Rc<Analysed>, Failure> {
        if let Some(known) = self.analysed.get(subject) {
            return known.clone();
        }
        let analysed = self.analyse(subject);
        self.analysed.insert(subject.clone(), analysed.clone());
        analysed
    }

    fn analyse(&self, subject: &Subject) -> Result<Rc<Analysed>, Failure> {
        let repository = self.repository(subject.repository.as_deref())?;
        let root = root(&self.host.root, repository.root.as_deref()).map_err(Failure::Analysis)?;
        let app = subject.application.as_ref().or(repository.app.as_ref());
        let options = Options {
            root,
            app: app.cloned(),
            libraries: libraries(&self.host.root, &repository.libraries).map_err(Failure::Analysis)?,
            environment: repository.environment.clone(),
            scope: self.scope,
            document: Some(crate::openapi::document),
        };
        let analysed = analyse(&options, repository.source_url.as_deref()).map_err(|error| {
            let error = ViewError {
                message: format!("{error:#}"),
                help: None,
            };
            // An application that does not exist is the fault of the directive that names it.
            if subject.application.is_some() {
                Failure::Request(error)
            } else {
                Failure::Analysis(error)
            }
        })?;
        Ok(Rc::new(analysed))
    }

    fn repository(&self, name: Option<&str>) -> Result<&Repository, Failure> {
        let Some(name) = name else {
            return Ok(&self.configuration.repository);
        };
        let repositories = &self.configuration.repositories;
        repositories.get(name).ok_or_else(|| {
            let names: Vec<&str> = repositories.keys().map(String::as_str).collect();
            let help = match nearest(name, names.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None if names.is_empty() => {
                    format!("add a table `[preprocessor.arch.repos.{name}]` with its `root` to `book.toml`")
                }
                None => format!("the repositories of `book.toml` are {}", list(&names)),
            };
            Failure::Request(ViewError {
                message: format!("there is no repository `{name}`"),
                help: Some(help),
            })
        })
    }
}

/// Analyses one tree; `source_url` replaces what git says about its forge.
///
/// # Errors
/// As [`architecture::analyse`].
pub fn analyse(options: &Options, source_url: Option<&str>) -> anyhow::Result<Analysed> {
    let architecture = architecture::analyse(options)?;
    let links = Permalinks::of(&options.root, source_url);
    Ok(Analysed { architecture, links })
}

/// The directory to analyse, absolute: `written` from the book's root, else the git work tree that holds the book,
/// else what the book's directory stands in.
///
/// # Errors
/// When it is not a directory.
pub fn root(book: &Path, written: Option<&str>) -> Result<PathBuf, ViewError> {
    let Some(written) = written else {
        let book = book.canonicalize().unwrap_or_else(|_| book.to_owned());
        let tree = book.ancestors().find(|directory| directory.join(".git").exists());
        return Ok(tree.or(book.parent()).unwrap_or(&book).to_owned());
    };
    match book.join(written).canonicalize() {
        Ok(root) if root.is_dir() => Ok(root),
        _ => Err(ViewError {
            message: format!("the repository's root `{written}` is not a directory"),
            help: Some("`root` of `book.toml` is relative to the directory of `book.toml`".to_owned()),
        }),
    }
}

/// The folders with source of libraries, absolute: `written` from the book's root.
///
/// # Errors
/// When one is not a directory.
fn libraries(book: &Path, written: &[String]) -> Result<Vec<PathBuf>, ViewError> {
    let folders = written.iter().map(|folder| library_folder(book, folder));
    folders.collect::<Result<_, _>>().map_err(|error| ViewError {
        message: error.to_string(),
        help: Some(format!(
            "{}; `libraries` of `book.toml` is relative to the directory of `book.toml`",
            error.help()
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn the_default_is_the_work_tree_around_the_book() {
        let directory = tempfile::tempdir().expect("a directory");
        let top = directory.path().canonicalize().expect("exists");
        let book = top.join("repo/docs/book");
        std::fs::create_dir_all(&book).expect("created");
        assert_eq!(
            root(&book, None),
            Ok(top.join("repo/docs")),
            "without git: what the book stands in"
        );
        // A linked work tree has a file `.git`.
        std::fs::write(top.join("repo/.git"), "gitdir: elsewhere\n").expect("written");
        assert_eq!(root(&book, None), Ok(top.join("repo")));
        assert_eq!(root(&book, Some("../..")), Ok(top.join("repo")));
        assert_eq!(
            root(&book, Some("../app")).map_err(|error| error.message),
            Err("the repository's root `../app` is not a directory".to_owned())
        );
    }
}
