//! What holds for any input.

use proptest::prelude::*;

use crate::python::syntax::ast::{Expr, ExprKind, Module, Stmt, StmtKind};
use crate::python::syntax::dump::dump;
use crate::python::syntax::{parse, parse_outline};

/// The checks that every module must pass, whatever its source.
fn sound(source: &[u8]) -> Module {
    let module = parse(source);
    let length = source.len() as u32;
    assert_eq!(module.line_starts[0], 0);
    assert!(module.line_starts.is_sorted());
    for error in &module.errors {
        assert!(
            error.span.start <= error.span.end && error.span.end <= length,
            "{error:?}"
        );
        assert!(!error.message.is_empty());
    }
    for stmt in &module.body {
        assert!(
            stmt.span.start <= stmt.span.end && stmt.span.end <= length,
            "{stmt:?}"
        );
    }
    let outline = parse_outline(&source.into());
    if module.errors.is_empty() {
        assert_eq!(dump(&outline), dump(&module));
    } else {
        let _ = dump(&outline);
    }
    module
}

/// Pieces of Python that meet in odd places.
const TOKENS: &[&str] = &[
    "def", "class", "if", "else:", "match", "case", "type", "lambda", "async", "await", "import", "from",
    "f\"", "\"\"\"", "'", "{", "}", "(", ")", "[", "]", ":", ",", "=", ":=", "**", "*", "@", ".", "x", "_",
    "1_0", "0x", "1e5j", "\\", "\n", "\n    ", "\n\t", "#c", "é", "\u{feff}", "in", "not", "is", "with",
    "as", "except", "try:", "return", "yield", "print", ";", "->", "b'", "\\N{", "!r", "\r", "\0", "global",
    "for", "del", "...", "%", "&", "^", "|", "<<",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes(source in prop::collection::vec(any::<u8>(), 0..200)) {
        sound(&source);
    }

    #[test]
    fn any_text(source in "\\PC{0,100}") {
        sound(source.as_bytes());
    }

    #[test]
    fn any_tokens(picked in prop::collection::vec((prop::sample::select(TOKENS), any::<bool>()), 0..60)) {
        let source: String = picked.iter().flat_map(|(token, blank)| [*token, if *blank { " " } else { "" }]).collect();
        sound(source.as_bytes());
    }

    #[test]
    fn any_bytes_under_an_encoding(source in prop::collection::vec(any::<u8>(), 0..100)) {
        sound(&[b"# coding: latin-1\n", &source[..]].concat());
        sound(&[b"# coding: cp1252\n", &source[..]].concat());
    }

    /// Recovery from one broken line keeps the functions on the others.
    #[test]
    fn one_broken_line_loses_only_itself(
        broken in prop::sample::select(&["x = (", "y = 'a", "z = ]", "if a b:", "f(1, , 2)", "1 +", "for in:", "} else"][..]),
        at in 0_usize..4,
    ) {
        let mut source = String::new();
        for i in 0..4 {
            source += &format!("@d\ndef f{i}(a):\n    a = 1\n    {}\n    return a\n\n", if i == at { broken } else { "pass" });
        }
        let module = sound(source.as_bytes());
        let names: Vec<_> = module.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::FunctionDef(function) => Some((function.name.to_string(), function.decorators.len())),
            _ => None,
        }).collect();
        let expected: Vec<_> = (0..4).map(|i| (format!("f{i}"), 1)).collect();
        prop_assert_eq!(names, expected);
        prop_assert!(!module.errors.is_empty());
    }
}

fn messages(module: &Module) -> Vec<&str> {
    module.errors.iter().map(|error| error.message.as_str()).collect()
}

#[test]
fn nesting_is_bounded() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{1:", "}"),
        ("f(", ")"),
        ("-", ""),
        ("not ", ""),
        ("lambda: ", ""),
        ("a[", "]"),
    ] {
        let source = format!(
            "before = 1\nx = {}1{}\nafter = 2\n",
            open.repeat(10_000),
            close.repeat(10_000)
        );
        let module = sound(source.as_bytes());
        assert!(
            matches!(
                module.body.first(),
                Some(Stmt {
                    kind: StmtKind::Assign { .. },
                    ..
                })
            ),
            "{open}"
        );
        assert!(
            matches!(
                module.body.last(),
                Some(Stmt {
                    kind: StmtKind::Assign { .. },
                    ..
                })
            ),
            "{open}"
        );
    }
}

#[test]
fn too_deep_is_said() {
    let module = sound(format!("x = {}1{}", "[".repeat(1000), "]".repeat(1000)).as_bytes());
    assert_eq!(messages(&module), ["nested too deep"]);
}

#[test]
fn parentheses_alone_are_no_depth() {
    let module = sound(format!("x = {}1{}", "(".repeat(1000), ")".repeat(1000)).as_bytes());
    assert_eq!(messages(&module), [""; 0]);
    assert_eq!(dump(&module), "x = 1\n");
}

#[test]
fn deep_blocks_are_bounded() {
    let mut source = String::new();
    for depth in 0..1000 {
        source += &format!("{}if x:\n", " ".repeat(depth));
    }
    sound((source + &" ".repeat(1000) + "pass\n").as_bytes());
}

#[test]
fn long_chains_are_lowered() {
    for (first, link) in [
        ("a", "+ b"),
        ("a", ".b"),
        ("a", " and b"),
        ("a", "| b"),
        ("a", " & b"),
        ("a", "[0]"),
    ] {
        let source = format!("x = {first} {}\n", link.repeat(480));
        let module = sound(source.as_bytes());
        assert!(module.errors.is_empty(), "{link}: {:?}", module.errors);
    }
    let module = sound(format!("x = a{}\n", " + b".repeat(5_000)).as_bytes());
    let Some(Stmt {
        kind:
            StmtKind::Assign {
                value:
                    Expr {
                        kind: ExprKind::Invalid,
                        ..
                    },
                ..
            },
        ..
    }) = module.body.first()
    else {
        panic!("a sum of 5000 terms is beyond the limit");
    };
    assert_eq!(messages(&module), ["nested too deep"]);
}

#[test]
fn long_elif_chains_are_lowered() {
    let source = format!("if a: pass\n{}", "elif b: pass\n".repeat(1000));
    assert!(sound(source.as_bytes()).errors.is_empty());
}

#[test]
fn large_garbage_ends() {
    let source = "def f(x: [{(\n  'a\n)".repeat(20_000);
    assert!(!sound(source.as_bytes()).errors.is_empty());
}
