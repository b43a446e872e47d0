//! What becomes of a `book.toml`.

use expect_test::{Expect, expect};
use toml_edit::DocumentMut;

fn check(before: &str, expected: Expect) {
    let mut document: DocumentMut = before.parse().expect("TOML");
    super::edit::set_up(&mut document).expect("set up");
    let once = document.to_string();
    expected.assert_eq(&once);
    super::edit::set_up(&mut document).expect("set up");
    assert_eq!(document.to_string(), once, "a second run changes nothing");
}

#[test]
fn a_plain_book() {
    check(
        "# My book\n[book]\ntitle = \"T\" # a title\n",
        expect![[r#"
            # My book
            [book]
            title = "T" # a title

            [preprocessor.arch]
            command = "mdbook-arch"
            after = ["links"]
        "#]],
    );
}

#[test]
fn beside_a_mermaid_preprocessor() {
    check(
        "[book]\n\n[preprocessor.mermaid]\ncommand = \"mdbook-mermaid\"\n\n[output.html]\n",
        expect![[r#"
            [book]

            [preprocessor.mermaid]
            command = "mdbook-mermaid"

            [preprocessor.arch]
            command = "mdbook-arch"
            after = ["links"]
            before = ["mermaid"]

            [output.html]
        "#]],
    );
}

#[test]
fn what_is_there_stays() {
    check(
        "[preprocessor.draw]\ncommand = \"./mermaid.sh\"\n\n[preprocessor]\narch = { command = \"x\", after = [\"index\"] }\n",
        expect![[r#"
            [preprocessor.draw]
            command = "./mermaid.sh"

            [preprocessor]
            arch = { command = "x", after = ["index", "links"], before = ["draw"] }
        "#]],
    );
}

#[test]
fn what_is_no_list_is_refused() {
    let mut document: DocumentMut = "[preprocessor.arch]\nafter = \"links\"\n".parse().expect("TOML");
    assert_eq!(
        super::edit::set_up(&mut document)
            .expect_err("refused")
            .to_string(),
        "`after` of `[preprocessor.arch]` is not a list. help: write `after = [\"links\"]`"
    );
}

#[test]
fn the_file_is_written_once_and_not_in_a_dry_run() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("docs/book.toml");
    std::fs::create_dir_all(directory.path().join("docs")).expect("created");
    std::fs::create_dir_all(directory.path().join("app/api")).expect("created");
    std::fs::write(directory.path().join("app/api/main.py"), "").expect("written");
    std::fs::write(&file, "[book]\n").expect("written");
    let run = |dry_run: bool| {
        let mut output = Vec::new();
        super::run(file.parent().expect("has one"), dry_run, &mut output).expect("installed");
        (
            String::from_utf8(output).expect("text"),
            std::fs::read_to_string(&file).expect("there"),
        )
    };
    let (shown, written) = run(true);
    assert_eq!(written, "[book]\n");
    let (output, written) = run(false);
    assert_eq!(written, shown);
    assert!(output.contains("extra-watch-dirs = [\"../app\"]"), "{output}");
    let (output, again) = run(false);
    assert_eq!(again, written);
    assert!(output.contains("is set up already"), "{output}");
}
