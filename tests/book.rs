//! Tiny real books, built by the mdBook library.

#![cfg(feature = "build")]

use std::path::{Path, PathBuf};

use mdbook_arch::architecture::Options;
use mdbook_arch::book::build::build;
use mdbook_arch::book::problem::Problems;
use mdbook_driver::MDBook;
use tempfile::TempDir;

/// A book in a repository with an application.
struct Book {
    directory: TempDir,
}

impl Book {
    fn new(files: &[(&str, &str)]) -> Book {
        let book = Book {
            directory: tempfile::tempdir().expect("a directory"),
        };
        book.write("../main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n");
        book.write(
            "src/SUMMARY.md",
            "# Summary\n\n- [One](one.md)\n  - [Two](sub/two.md)\n",
        );
        book.write("src/one.md", "# One\n");
        book.write("src/sub/two.md", "# Two\n");
        for (path, text) in files {
            book.write(path, text);
        }
        book
    }

    fn root(&self) -> PathBuf {
        self.directory.path().join("book")
    }

    fn write(&self, path: &str, text: &str) {
        let file = match path.strip_prefix("../") {
            Some(path) => self.directory.path().join(path),
            None => self.root().join(path),
        };
        std::fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
        std::fs::write(file, text).expect("written");
    }

    /// What the directive of these books says.
    fn modules(&self) -> usize {
        let options = Options {
            root: self.directory.path().to_owned(),
            ..Options::default()
        };
        mdbook_arch::architecture::analyse(&options)
            .expect("a model")
            .modules
            .len()
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).expect("was written")
    }

    /// What a page says between `<main>` and `</main>`.
    fn page(&self, path: &str) -> String {
        let page = self.read(&format!("book/{path}"));
        let (_, rest) = page.split_once("<main>").expect("has a main part");
        rest.split_once("</main>").expect("ends").0.trim().to_owned()
    }

    /// Every file below the book's root but the output, by name.
    fn sources(&self) -> Vec<PathBuf> {
        fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(directory).expect("a directory") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    walk(&path, files)
                } else {
                    files.push(path)
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.root(), &mut files);
        files.retain(|file| !file.starts_with(self.root().join("book")));
        files.sort();
        files
    }
}

/// The configuration with this binary as the command.
fn configured(rest: &str) -> String {
    let command = env!("CARGO_BIN_EXE_mdbook-arch").replace('\\', "/");
    format!("[preprocessor.arch]\ncommand = \"{command}\"\nafter = [\"links\"]\n{rest}")
}

const DIAGRAM: &str = "# One\n\n```mermaid\nflowchart LR\n  a --> b\n```\n";

/// The real host runs the binary: values in text, tables and quotes, and after an include.
#[test]
fn mdbook_runs_the_binary() {
    let book = Book::new(&[
        ("book.toml", &configured("")),
        (
            "src/one.md",
            "# One\n\nThere are **<<#arch count modules>>**.\n\n{{#include part.txt}}\n",
        ),
        (
            "src/part.txt",
            "Still <<#arch count modules>>, and `<<#arch count modules>>`.\n",
        ),
        ("src/sub/two.md", "| n |\n|---|\n| <<#arch count modules>> |\n"),
    ]);
    MDBook::load(book.root()).expect("a book").build().expect("built");
    let page = book.page("one.html");
    let number = book.modules();
    assert!(
        page.contains(&format!("<p>There are <strong>{number}</strong>.</p>")),
        "{page}"
    );
    let kept = format!("<p>Still {number}, and <code>&lt;&lt;#arch count modules&gt;&gt;</code>.</p>");
    assert!(page.contains(&kept), "{page}");
    assert!(book.page("sub/two.html").contains(&format!("<td>{number}</td>")));
}

/// A problem stops the host, and its old output stays.
#[test]
fn a_problem_stops_the_host() {
    let book = Book::new(&[
        ("book.toml", &configured("")),
        ("src/one.md", "<<#arch nonsense\n"),
    ]);
    assert!(MDBook::load(book.root()).expect("a book").build().is_err());
    assert!(!book.root().join("book/index.html").exists());
}

#[test]
fn problems_can_stand_in_the_page() {
    let book = Book::new(&[
        ("book.toml", &configured("on-error = \"show\"\n")),
        ("src/one.md", "<<#arch <b>\n"),
    ]);
    MDBook::load(book.root()).expect("a book").build().expect("built");
    let page = book.page("one.html");
    assert!(page.contains("<strong>mdbook-arch:</strong>"), "{page}");
    assert!(!page.contains("<b>"), "{page}");
}

/// Neither command exists; both preprocessors run in this process, in the right order.
#[test]
fn the_library_build_needs_no_commands() {
    let book = Book::new(&[
        (
            "book.toml",
            "[preprocessor.mermaid]\ncommand = \"absent\"\n\n[preprocessor.arch]\ncommand = \"absent\"\n",
        ),
        ("src/one.md", &format!("{DIAGRAM}\n{{{{#include part.txt}}}}\n")),
        ("src/part.txt", "There are <<#arch count modules>>.\n"),
    ]);
    let before = book.sources();
    assert_eq!(build(&book.root()).expect("built"), book.root().join("book"));
    assert_eq!(book.sources(), before, "nothing is written into the book");
    let page = book.page("one.html");
    assert!(
        page.contains("<pre class=\"mermaid\">flowchart LR\n  a --&gt; b\n</pre>"),
        "{page}"
    );
    assert!(page.contains(&format!("There are {}.", book.modules())), "{page}");
}

/// Every page loads the scripts by a path that exists, also in a folder and where the book has a theme.
#[test]
fn diagrams_are_drawn_offline() {
    let book = Book::new(&[
        ("src/one.md", DIAGRAM),
        ("theme/head.hbs", "<meta name=\"mine\">"),
    ]);
    build(&book.root()).expect("built");
    for (page, up) in [("one.html", ""), ("sub/two.html", "../"), ("print.html", "")] {
        let text = book.read(&format!("book/{page}"));
        assert!(text.contains("<meta name=\"mine\">"), "the theme stays");
        for script in ["mermaid.min.js", "mermaid-init.js"] {
            assert!(
                text.contains(&format!("<script defer src=\"{up}{script}\"></script>")),
                "{page}"
            );
        }
        assert!(!text.contains("<script src=\"http") && !text.contains("<script defer src=\"http"));
    }
    assert!(book.read("book/mermaid.min.js").len() > 1_000_000);
    assert!(book.read("book/mermaid-init.js").contains("mermaid.initialize"));
}

/// `mdbook-mermaid install` names the scripts in `book.toml`: absent ones are supplied, present ones are used.
#[test]
fn installed_scripts_are_not_loaded_twice() {
    let toml = "[output.html]\nadditional-js = [\"mermaid.min.js\", \"mermaid-init.js\"]\n";
    let absent = Book::new(&[("book.toml", toml)]);
    build(&absent.root()).expect("built");
    assert_eq!(absent.read("book/one.html").matches("mermaid.min.js").count(), 1);
    let present = Book::new(&[
        ("book.toml", toml),
        ("mermaid.min.js", "1"),
        ("mermaid-init.js", "2"),
    ]);
    build(&present.root()).expect("built");
    assert!(
        !present.root().join("book/mermaid.min.js").exists(),
        "the fingerprinted copy is used"
    );
}

#[test]
fn the_problems_of_a_library_build_are_the_same() {
    let book = Book::new(&[("src/sub/two.md", "# Two\n\nText <<#arch count modules\n")]);
    let error = build(&book.root()).expect_err("fails");
    let problems = error.downcast_ref::<Problems>().expect("problems");
    assert_eq!(
        problems.0.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "src/sub/two.md:3:6: error: `<<#arch` is not closed. help: write the whole directive on one line and end \
             it with `>>`"
        ]
    );
}

#[test]
fn a_directory_without_a_book_is_named() {
    let directory = tempfile::tempdir().expect("a directory");
    let error = build(directory.path()).expect_err("refused").to_string();
    assert!(
        error.starts_with("there is no book in this directory: `src/SUMMARY.md` does not exist"),
        "{error}"
    );
    assert!(!directory.path().join("src").exists(), "nothing is made");
}
