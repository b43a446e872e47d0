//! Snippets against readable dumps, and what holds for any bytes.

mod constructs;
mod recovery;
mod robustness;

use expect_test::Expect;

use super::ast::{FunctionDef, Module, Stmt, StmtKind};
use super::dump::dump;
use super::{parse, parse_outline};

/// Compares the dump of a snippet, whose common indentation is kept away by writing it flush left.
fn check(source: &str, expected: &Expect) {
    expected.assert_eq(&dump(&parse(source.as_bytes())));
    let outline = parse_outline(&source.as_bytes().into());
    assert_eq!(
        dump(&outline),
        dump(&parse(source.as_bytes())),
        "bodies that are read later"
    );
}

fn only_function(module: &Module) -> &FunctionDef {
    match module.body.as_slice() {
        [
            Stmt {
                kind: StmtKind::FunctionDef(function),
                ..
            },
        ] => function,
        other => panic!("one function is expected: {other:?}"),
    }
}

#[test]
fn a_body_is_read_when_it_is_asked_for() {
    let source = format!(
        "async def f(a):\n    \"{}\"\n    b = 1 +* 2\n    yield b\n",
        "-".repeat(100)
    );
    let module = parse_outline(&source.as_bytes().into());
    let function = only_function(&module);
    assert!(module.errors.is_empty());
    let shown = format!("{function:?}");
    assert!(!shown.contains("Yield"), "{shown}");

    let body = function.body();
    assert_eq!(body.statements.len(), 3);
    assert!(body.is_generator);
    assert_eq!(body.locals, ["a", "b"]);
    let [error] = module.all_errors().try_into().expect("one error");
    assert_eq!(module.line_column(error.span.start), (3, 5));
    assert_eq!(error.message, "not valid Python: `b = 1 +* 2`");
}

#[test]
fn a_body_whose_end_is_not_certain_is_read_with_its_file() {
    let source = format!(
        "def f(a):\n    \"{}\"\n    b = (1\n    return b\n",
        "-".repeat(100)
    );
    let module = parse_outline(&source.as_bytes().into());
    assert_eq!(module.errors, parse(source.as_bytes()).errors);
    assert_eq!(module.errors.len(), 1);
    assert!(only_function(&module).body().errors.is_empty());
}
