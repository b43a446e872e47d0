use std::fs;

use super::*;
use crate::source::testing::files;

#[test]
fn the_walk_leaves_out_what_is_ignored_hidden_or_installed() {
    let (_directory, tree) = files(&[
        (".gitignore", "secret.py\n/generated/\n"),
        ("app/main.py", ""),
        ("app/secret.py", ""),
        ("generated/a.py", ""),
        (".hidden/a.py", ""),
        ("node_modules/a.py", ""),
        ("env/pyvenv.cfg", ""),
        ("env/lib/a.py", ""),
        ("build/lib/a.py", ""),
        ("dist/__init__.py", ""),
    ]);
    assert_eq!(tree.files(), ["app/main.py", "dist/__init__.py"]);
    assert_eq!(
        tree.read("app/secret.py"),
        Ok(vec![]),
        "what is ignored can still be read by path"
    );
}

#[test]
fn paths_stay_inside() {
    let (directory, _) = files(&[("secret", "s"), ("root/a/b.py", "b")]);
    let tree = Tree::new(&directory.path().join("root")).expect("a tree");
    for outside in [
        "../secret",
        "/etc/passwd",
        "a/../../secret",
        "a//b.py",
        "./a/b.py",
        "a/b.py/",
    ] {
        assert_eq!(
            tree.read(outside),
            Err(ReadError::Missing {
                path: outside.to_owned()
            })
        );
    }
    assert_eq!(tree.read("a/b.py"), Ok(b"b".to_vec()));
    assert!(tree.is_dir("") && tree.is_dir("a") && !tree.is_dir("a/b.py") && !tree.exists("A"));
    assert_eq!(tree.list(""), ["a"]);
    assert_eq!(tree.folders(""), ["a"]);
}

#[cfg(unix)]
#[test]
fn links_lead_only_inside() {
    let (directory, _) = files(&[("outside/secret.py", "s"), ("root/a.py", "a")]);
    let root = directory.path().join("root");
    std::os::unix::fs::symlink(directory.path().join("outside"), root.join("out")).expect("linked");
    std::os::unix::fs::symlink(root.join("a.py"), root.join("in.py")).expect("linked");
    let tree = Tree::new(&root).expect("a tree");
    assert!(!tree.exists("out") && tree.read("out/secret.py").is_err());
    assert_eq!(tree.read("in.py"), Ok(b"a".to_vec()));
    assert_eq!(tree.files(), ["a.py"]);
}

#[test]
fn large_files_are_an_error() {
    let (directory, _) = files(&[("a.py", "12345")]);
    let tree = Tree::new(directory.path()).expect("a tree").with_max_bytes(4);
    let error = tree.read("a.py").expect_err("too large");
    assert_eq!(
        error.to_string(),
        "`a.py` has 5 bytes, more than the 4 that are read"
    );
}

#[test]
fn a_missing_root_is_an_error() {
    let (directory, _) = files(&[]);
    fs::write(directory.path().join("file"), "").expect("written");
    assert!(Tree::new(&directory.path().join("missing")).is_err());
    assert!(Tree::new(&directory.path().join("file")).is_err());
}

#[test]
fn content_ids_are_those_of_git() {
    assert_eq!(content_id(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
}
