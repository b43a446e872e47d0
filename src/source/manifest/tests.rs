use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::source::testing::files;

fn check(tree: &[(&str, &str)], expected: &Expect) {
    let (_directory, tree) = files(tree);
    let manifest = Manifest::read(&tree);
    let mut out = String::new();
    for package in manifest.packages.values() {
        let PackageVersion {
            name,
            requirement,
            exact,
            file,
            line,
            is_declared,
        } = package;
        let exact = exact.as_deref().unwrap_or("?");
        let declared = if *is_declared { "" } else { " (not declared)" };
        let _ = writeln!(out, "{name} `{requirement}` {exact} {file}:{line}{declared}");
    }
    expected.assert_eq(&out);
}

#[test]
fn a_lock_file_says_more_than_a_requirement() {
    check(
        &[
            (
                "pyproject.toml",
                "[project]\nname = 'x'\ndependencies = [\n  'FastAPI[standard] >=0.115,<1 ; python_version > \"3\"',\n  \"My.Pkg @ https://x\",\n]\n[dependency-groups]\ndev = ['pytest==8.0', {include-group = 'x'}]\n[project.optional-dependencies]\nredis = ['redis']\n",
            ),
            (
                "uv.lock",
                "version = 1\n[[package]]\nname = \"fastapi\"\nversion = \"0.115.4\"\ndependencies = [\n    { name = \"starlette\" },\n]\n[[package]]\nname = \"starlette\"\nversion = \"0.41.0\"\n",
            ),
        ],
        &expect![[r#"
            fastapi `>=0.115,<1` 0.115.4 uv.lock:4
            my-pkg `https://x` ? pyproject.toml:5
            pytest `==8.0` 8.0 pyproject.toml:8
            redis `` ? pyproject.toml:10
            starlette `` 0.41.0 uv.lock:10 (not declared)
        "#]],
    );
}

#[test]
fn poetry_and_pipenv() {
    check(
        &[
            (
                "a/pyproject.toml",
                "[tool.poetry.dependencies]\npython = '^3.11'\nfastapi = '^0.115'\n\"sqlalchemy\" = {version = '2.0.1', extras = ['x']}\n[tool.poetry.group.dev.dependencies]\nruff = '*'\n",
            ),
            (
                "a/poetry.lock",
                "[[package]]\nname = \"fastapi\"\nversion = \"0.115.2\"\n\n[package.dependencies]\nname = \">=1\"\n",
            ),
            ("b/Pipfile", "[packages]\nflask = '*'\n"),
            (
                "b/Pipfile.lock",
                "{\"default\": {\n\"flask\": {\"version\": \"==3.0.1\"}}}",
            ),
        ],
        &expect![[r#"
            fastapi `^0.115` 0.115.2 a/poetry.lock:3
            flask `` 3.0.1 b/Pipfile.lock:2
            ruff `` ? a/pyproject.toml:6
            sqlalchemy `2.0.1` 2.0.1 a/pyproject.toml:4
        "#]],
    );
}

#[test]
fn requirements_and_setup() {
    check(
        &[
            (
                "requirements.txt",
                "# pinned\n-r other.txt\nfastapi==0.110.0 --hash=sha256:1 \\\n  --hash=x\nuvicorn[standard]>=0.20 # server\nnot a requirement\n",
            ),
            ("requirements/dev.txt", "pytest~=8.0\n"),
            (
                "setup.cfg",
                "[options]\ninstall_requires =\n    httpx>=0.27\n    anyio\n[x]\ny = 1\n",
            ),
            (
                "c/setup.py",
                "from setuptools import setup\nsetup(\n  install_requires=[\n    'redis>=5',  # why\n    \"celery\",\n  ],\n  name='x')\n",
            ),
        ],
        &expect![[r#"
            anyio `` ? setup.cfg:4
            celery `` ? c/setup.py:5
            fastapi `==0.110.0` 0.110.0 requirements.txt:3
            httpx `>=0.27` ? setup.cfg:3
            pytest `~=8.0` ? requirements/dev.txt:1
            redis `>=5` ? c/setup.py:4
            uvicorn `>=0.20` ? requirements.txt:5
        "#]],
    );
}

#[test]
fn an_installed_package() {
    check(
        &[(
            "app-1.2.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: My_App\nVersion: 1.2\nRequires-Dist: fastapi (>=0.100)\nRequires-Dist: x; extra == 'y'\n\nRequires-Dist: body\n",
        )],
        &expect![[r#"
            fastapi `>=0.100` ? app-1.2.dist-info/METADATA:4
            my-app `` 1.2 app-1.2.dist-info/METADATA:3 (not declared)
        "#]],
    );
}

#[test]
fn names_have_a_normal_form() {
    assert_eq!(requirement::normal("My__Odd.-Name"), "my-odd-name");
}

#[test]
fn a_narrow_range_says_its_version() {
    let likely = |requirement: &str, exact: Option<&str>| {
        let exact = exact.map(str::to_owned);
        let package = PackageVersion {
            requirement: requirement.to_owned(),
            exact,
            ..PackageVersion::default()
        };
        package.likely().map(str::to_owned)
    };
    assert_eq!(likely("^0.115.0", None).as_deref(), Some("0.115.0"));
    assert_eq!(likely("~=0.110.0", None).as_deref(), Some("0.110.0"));
    assert_eq!(likely("^0.115.0", Some("0.115.3")).as_deref(), Some("0.115.3"));
    for wide in ["", ">=0.1,<1", "^1.2", "~=0.1,!=0.1.3"] {
        assert_eq!(likely(wide, None), None, "{wide}");
    }
}
