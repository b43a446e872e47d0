use std::fs;

use expect_test::{Expect, expect};
use git2::{Signature, Time};
use tempfile::TempDir;

use super::*;

/// A repository with one commit of a fixed date.
fn repository(remotes: &[(&str, &str)]) -> (TempDir, Repository) {
    let directory = tempfile::tempdir().expect("a folder");
    let repository = Repository::init(directory.path()).expect("made");
    fs::create_dir_all(directory.path().join("back end/app")).expect("created");
    fs::write(directory.path().join("back end/app/main.py"), "a = 1\n").expect("written");
    let mut index = repository.index().expect("an index");
    index.add_path(Path::new("back end/app/main.py")).expect("added");
    index.write().expect("written");
    let tree = index.write_tree().expect("a tree");
    let author = Signature::new("A", "a@example.org", &Time::new(1_700_000_000, 0)).expect("an author");
    let found = repository.find_tree(tree).expect("there");
    repository
        .commit(Some("HEAD"), &author, &author, "one", &found, &[])
        .expect("made");
    drop(found);
    for (name, url) in remotes {
        repository.remote(name, url).expect("added");
    }
    (directory, repository)
}

fn shown(links: &Permalinks) -> String {
    let url = links.url("app/a b#é.py", 3, 5).unwrap_or_else(|| "-".to_owned());
    let one = links.url("x.py", 3, 3).unwrap_or_else(|| "-".to_owned());
    let dirty = if links.is_dirty { " dirty" } else { "" };
    format!(
        "{url}\n{one}\n{}{dirty}\n",
        links.reason.as_deref().unwrap_or("-")
    )
}

fn check(url: &str, expected: &Expect) {
    let (directory, _) = repository(&[("origin", url)]);
    expected.assert_eq(&shown(&Permalinks::of(directory.path(), None)));
}

#[test]
fn forges() {
    check(
        "https://user:secret@github.com/Owner/Name.git",
        &expect![[r#"
        https://github.com/Owner/Name/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/app/a%20b%23%C3%A9.py#L3-L5
        https://github.com/Owner/Name/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/x.py#L3
        -
    "#]],
    );
    check(
        "git@gitlab.example.org:group/sub/name.git",
        &expect![[r#"
        https://gitlab.example.org/group/sub/name/-/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/app/a%20b%23%C3%A9.py#L3-5
        https://gitlab.example.org/group/sub/name/-/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/x.py#L3
        -
    "#]],
    );
    check(
        "ssh://git@bitbucket.org:22/owner/name",
        &expect![[r#"
        https://bitbucket.org/owner/name/src/4b00904e6817dd5d0b8c5543279ce869f2d71cce/app/a%20b%23%C3%A9.py#lines-3:5
        https://bitbucket.org/owner/name/src/4b00904e6817dd5d0b8c5543279ce869f2d71cce/x.py#lines-3
        -
    "#]],
    );
    check(
        "https://codeberg.org/owner/name/",
        &expect![[r#"
        https://codeberg.org/owner/name/src/commit/4b00904e6817dd5d0b8c5543279ce869f2d71cce/app/a%20b%23%C3%A9.py#L3-L5
        https://codeberg.org/owner/name/src/commit/4b00904e6817dd5d0b8c5543279ce869f2d71cce/x.py#L3
        -
    "#]],
    );
    check(
        "http://git.example.org:8080/owner/name",
        &expect![[r#"
        http://git.example.org:8080/owner/name/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/app/a%20b%23%C3%A9.py#L3-L5
        http://git.example.org:8080/owner/name/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/x.py#L3
        -
    "#]],
    );
    check(
        "/srv/git/name.git",
        &expect![[r#"
        -
        -
        git has no remote whose page is known; set `source-url` to the repository's page
    "#]],
    );
}

#[test]
fn remotes_lose_what_is_secret_or_of_the_connection() {
    let shown =
        |url| Remote::parse(url).map(|remote| format!("{}://{}/{}", remote.scheme, remote.host, remote.path));
    for (url, expected) in [
        ("https://token@github.com/o/n", Some("https://github.com/o/n")),
        (
            "ssh://git@ssh.github.com:443/o/n.git",
            Some("https://github.com/o/n"),
        ),
        ("git@github.com:o/n", Some("https://github.com/o/n")),
        ("host:o/n.git", Some("https://host/o/n")),
        ("git://host/o/n", Some("https://host/o/n")),
        ("file:///o/n", None),
        ("C:\\o\\n", None),
        ("../n", None),
        ("https://host", None),
        ("https://ho st/o/n", None),
        ("javascript://host/%0aalert(1)", None),
        ("", None),
    ] {
        assert_eq!(shown(url).as_deref(), expected, "{url}");
    }
}

#[test]
fn the_root_may_be_a_folder_of_the_work_tree() {
    let (directory, _) = repository(&[
        ("up", "https://github.com/up/n"),
        ("origin", "https://github.com/o/n"),
    ]);
    expect![[r#"
        https://github.com/o/n/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/back%20end/app/a%20b%23%C3%A9.py#L3-L5
        https://github.com/o/n/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/back%20end/x.py#L3
        -
    "#]].assert_eq(&shown(&Permalinks::of(&directory.path().join("back end"), None)));
}

#[test]
fn a_changed_file_makes_the_tree_dirty_and_a_new_one_does_not() {
    let (directory, _) = repository(&[("origin", "https://github.com/o/n")]);
    fs::write(directory.path().join("new.py"), "").expect("written");
    fs::create_dir(directory.path().join("other")).expect("created");
    assert!(!Permalinks::of(directory.path(), None).is_dirty);
    fs::write(directory.path().join("back end/app/main.py"), "a = 22\n").expect("written");
    let links = Permalinks::of(directory.path(), None);
    assert!(links.is_dirty && links.base.is_some());
    assert!(
        !Permalinks::of(&directory.path().join("other"), None).is_dirty,
        "only what is below the root counts"
    );
}

#[test]
fn a_url_that_is_given_counts_more_than_the_remote() {
    let (directory, _) = repository(&[("origin", "https://github.com/o/n")]);
    let links = Permalinks::of(directory.path(), Some("https://gitlab.com/a/b"));
    expect![[r#"
        https://gitlab.com/a/b/-/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/app/a%20b%23%C3%A9.py#L3-5
        https://gitlab.com/a/b/-/blob/4b00904e6817dd5d0b8c5543279ce869f2d71cce/x.py#L3
        -
    "#]]
    .assert_eq(&shown(&links));
    let links = Permalinks::of(directory.path(), Some("https://bitbucket.org/a/b/src/main/"));
    expect![[r#"
        https://bitbucket.org/a/b/src/main/app/a%20b%23%C3%A9.py#lines-3:5
        https://bitbucket.org/a/b/src/main/x.py#lines-3
        -
    "#]]
    .assert_eq(&shown(&links));
}

#[test]
fn without_git_there_is_a_reason() {
    let directory = tempfile::tempdir().expect("a folder");
    expect![[r#"
        -
        -
        the root is not inside a git work tree
    "#]]
    .assert_eq(&shown(&Permalinks::of(directory.path(), None)));
    Repository::init(directory.path()).expect("made");
    expect![[r#"
        -
        -
        the git work tree has no commit yet
    "#]]
    .assert_eq(&shown(&Permalinks::of(directory.path(), None)));
    let base = Permalinks::of(directory.path(), Some("https://github.com/o/n/blob/main")).base;
    assert_eq!(
        base.as_deref(),
        Some("https://github.com/o/n/blob/main"),
        "a base needs no git"
    );
}
