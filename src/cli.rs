//! The command line: one command a file, and what they share.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::architecture::{Options, Scope};
use crate::book;
use crate::source::libraries::library_folder;

#[cfg(feature = "build")]
mod build;
mod check;
mod export;
mod install;
mod list;
mod log;
mod render;

pub use log::start as start_log;

/// Derives architecture tables and diagrams of a FastAPI repository in an mdBook, without running its code.
///
/// Without a command it is a preprocessor: mdBook starts it and gives it the book.
#[derive(Debug, Parser)]
#[command(name = "mdbook-arch", version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers mdBook's question whether a renderer is supported: each one is.
    Supports {
        /// The renderer's name.
        renderer: String,
    },
    /// Builds a book, diagrams drawn, without a separate mdBook.
    #[cfg(feature = "build")]
    Build {
        /// The directory of `book.toml`.
        #[arg(value_name = "DIR", default_value = ".")]
        directory: PathBuf,
    },
    /// Prints what a directive expands to.
    Render {
        /// The directive, e.g. '<<#arch endpoints tag=users>>'.
        directive: String,
        #[command(flatten)]
        target: Target,
    },
    /// Shows what can be embedded: the directives, their keys, and the applications found.
    List {
        #[command(flatten)]
        target: Target,
    },
    /// Sets the preprocessor up in `book.toml`; what is there already stays as it is.
    Install {
        /// The directory of `book.toml`.
        #[arg(value_name = "DIR", default_value = ".")]
        directory: PathBuf,
        /// Print what `book.toml` would be, and write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Prints what was found, as JSON.
    Export {
        /// What to print.
        what: export::Document,
        /// Of an OpenAPI document: the release it is written in; the application's own when left out.
        #[arg(long = "version", value_enum, value_name = "RELEASE")]
        release: Option<export::OpenapiRelease>,
        #[command(flatten)]
        target: Target,
    },
    /// Compares the OpenAPI document that the repository keeps with what the application publishes.
    ///
    /// The exit code is 0 when they are the same, 1 when something differs, and 2 when they cannot be compared.
    Check {
        /// The kept document; found when left out.
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
        /// Print the differences as JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        target: Target,
    },
}

/// What to analyse.
#[derive(Args, Debug)]
struct Target {
    /// The repository.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The application, as a server command names it; found when left out.
    #[arg(long, value_name = "MODULE:EXPRESSION")]
    app: Option<String>,
    /// A directory with source of libraries: a virtual environment, its `site-packages`, a checkout; may be given several
    /// times.
    #[arg(long = "library", value_name = "DIR")]
    libraries: Vec<PathBuf>,
    /// What `os.environ` and settings see; may be given several times.
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = variable)]
    environment: Vec<(String, String)>,
}

impl Target {
    fn options(&self, scope: Scope) -> anyhow::Result<Options> {
        let root = self
            .root
            .canonicalize()
            .ok()
            .filter(|root| root.is_dir())
            .with_context(|| format!("`--root {}` is not a directory", self.root.display()))?;
        let here = PathBuf::from(".");
        let folders = self.libraries.iter().map(|folder| {
            let found = library_folder(&here, &folder.display().to_string());
            found.map_err(|error| anyhow::anyhow!("{error}. help: {}", error.help()))
        });
        Ok(Options {
            root,
            libraries: folders.collect::<anyhow::Result<_>>()?,
            app: self.app.clone(),
            environment: self.environment.clone(),
            scope,
            document: Some(crate::openapi::document),
        })
    }
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("it is not `NAME=VALUE`".to_owned()),
    }
}

/// Why `check` has no answer.
#[derive(Debug)]
struct NotCompared(anyhow::Error);

impl std::fmt::Display for NotCompared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl std::error::Error for NotCompared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // Its words are said above; what is left to ask is whether a pipe was closed.
        let cause = self.0.downcast_ref::<io::Error>();
        cause
            .filter(|error| error.kind() == io::ErrorKind::BrokenPipe)
            .map(|error| error as _)
    }
}

/// The exit code of a command that failed: 1, and 2 for `check`, whose 1 says that something differs, as that of `diff` does.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    if error.is::<NotCompared>() {
        ExitCode::from(2)
    } else {
        ExitCode::FAILURE
    }
}

/// What is said where no application was found.
fn no_application(target: &Target) -> String {
    format!(
        "no FastAPI application was found in `{}`. help: name it with `--app MODULE:EXPRESSION`",
        target.root.display()
    )
}

/// Runs what the command line asks for, and gives the exit code of what was done.
///
/// # Errors
/// What the command says, to be shown on one line each; [`book::problem::Problems`] for the problems of a book.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    match arguments.command {
        None => preprocess(&mut output)?,
        Some(Command::Supports { renderer: _ }) => {}
        #[cfg(feature = "build")]
        Some(Command::Build { directory }) => build::run(&directory, &mut output)?,
        Some(Command::Render { directive, target }) => render::run(&directive, &target, &mut output)?,
        Some(Command::List { target }) => list::run(&target, &mut output)?,
        Some(Command::Install { directory, dry_run }) => install::run(&directory, dry_run, &mut output)?,
        Some(Command::Export {
            what,
            release,
            target,
        }) => export::run(what, release, &target, &mut output)?,
        Some(Command::Check {
            against,
            json,
            target,
        }) => {
            code = check::run(&target, against.as_deref(), json, &mut output).map_err(NotCompared)?;
        }
    }
    output.flush().context("standard output is closed")?;
    Ok(code)
}

/// Serves mdBook. A person who types the bare command would wait for ever, so a terminal counts as no input.
fn preprocess(output: &mut impl Write) -> anyhow::Result<()> {
    let input = io::stdin();
    if io::IsTerminal::is_terminal(&input) {
        return book::preprocess(io::empty(), output);
    }
    book::preprocess(input.lock(), output)
}
