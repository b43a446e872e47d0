use super::*;
use crate::source::testing::files;

fn roots(tree: &[(&str, &str)]) -> (tempfile::TempDir, Roots) {
    let (directory, tree) = files(tree);
    let manifest = Manifest::read(&tree);
    (directory, Roots::new(Arc::new(tree), Arc::new(manifest)))
}

fn file(roots: &Roots, module: &str) -> Option<String> {
    roots
        .resolve(module)
        .map(|found| format!("{} at `{}`", found.file, found.root))
}

#[test]
fn the_root_comes_first_and_src_next() {
    let (_directory, roots) = roots(&[
        ("app/__init__.py", ""),
        ("src/app/__init__.py", ""),
        ("src/lib1/core.py", ""),
        ("pyproject.toml", ""),
    ]);
    assert_eq!(file(&roots, "app").as_deref(), Some("app/__init__.py at ``"));
    assert_eq!(
        file(&roots, "lib1.core").as_deref(),
        Some("src/lib1/core.py at `src`")
    );
    assert_eq!(file(&roots, "lib1").as_deref(), Some("src/lib1 at `src`"));
    assert_eq!(file(&roots, "lib1.missing"), None);
    assert_eq!(file(&roots, "missing"), None);
    assert_eq!(roots.module_of("src/lib1/core.py").as_deref(), Some("lib1.core"));
}

#[test]
fn configuration_names_roots() {
    let (_directory, roots) = roots(&[
        (
            "pyproject.toml",
            "[tool.setuptools]\npackage-dir = {'' = 'code', 'a.b' = 'x/a/b'}\n[tool.uv.workspace]\nmembers = ['members/*']\n[tool.poetry]\npackages = [{include = 'p', from = 'poetic'}]\n[tool.pytest.ini_options]\npythonpath = '. ../out'\n[tool.hatch.build.targets.wheel]\npackages = ['hatched/pkg']\n",
        ),
        (
            "setup.cfg",
            "[options]\npackage_dir =\n    = cfg\n[options.packages.find]\nwhere = found\n",
        ),
        ("code/m1.py", ""),
        ("members/one/src/m2/__init__.py", ""),
        ("members/two/m3.py", ""),
        ("x/a/b/c.py", ""),
        ("poetic/p/__init__.py", ""),
        ("hatched/pkg/__init__.py", ""),
        ("cfg/m4.py", ""),
        ("found/m5.py", ""),
    ]);
    let expected = [
        "",
        "code",
        "x",
        "poetic",
        "hatched",
        "members/one/src",
        "members/one",
        "members/two",
        "cfg",
        "found",
    ];
    assert_eq!(roots.known(), expected);
    assert_eq!(file(&roots, "a.b.c").as_deref(), Some("x/a/b/c.py at `x`"));
}

#[test]
fn a_project_whose_folder_is_a_package_is_a_root_behind_the_libraries() {
    let (_directory, roots) = roots(&[
        ("backend/pyproject.toml", ""),
        ("backend/__init__.py", ""),
        ("backend/logging.py", ""),
        (
            "backend/server/application.py",
            "from server.routes import router\n",
        ),
        ("backend/server/routes.py", "from . import application\n"),
    ]);
    assert_eq!(
        file(&roots, "server.routes").as_deref(),
        Some("backend/server/routes.py at `backend`")
    );
    assert_eq!(file(&roots, "logging"), None);
    assert_eq!(
        roots.module_of("backend/server/application.py").as_deref(),
        Some("server.application")
    );
    assert_eq!(
        roots.module_of("backend/server/routes.py").as_deref(),
        Some("backend.server.routes")
    );
}

#[test]
fn a_project_below_the_root_is_a_root() {
    let (_directory, roots) = roots(&[
        ("backend/pyproject.toml", ""),
        ("backend/main.py", ""),
        ("backend/app/__init__.py", ""),
        ("backend/app/api.py", ""),
        ("server/main.py", ""),
        ("plain/folder/tool.py", ""),
    ]);
    assert_eq!(
        file(&roots, "app.api").as_deref(),
        Some("backend/app/api.py at `backend`")
    );
    assert_eq!(roots.module_of("backend/app/api.py").as_deref(), Some("app.api"));
    assert_eq!(roots.module_of("backend/main.py").as_deref(), Some("main"));
    assert_eq!(
        roots.module_of("server/main.py").as_deref(),
        Some("server.main"),
        "`main` is the other one"
    );
    assert_eq!(
        roots.module_of("plain/folder/tool.py").as_deref(),
        Some("plain.folder.tool")
    );
}

#[test]
fn packages_over_several_roots_are_one() {
    let (_directory, roots) = roots(&[
        (
            "pyproject.toml",
            "[tool.uv.workspace]\nmembers = ['one', 'two']\n",
        ),
        ("one/shared/a.py", ""),
        ("two/shared/b.py", ""),
        ("two/shared/sub/__init__.py", ""),
    ]);
    assert_eq!(roots.import_roots("shared"), ["one", "two"]);
    assert_eq!(
        file(&roots, "shared.a").as_deref(),
        Some("one/shared/a.py at `one`")
    );
    assert_eq!(
        file(&roots, "shared.b").as_deref(),
        Some("two/shared/b.py at `two`")
    );
    assert_eq!(
        file(&roots, "shared.sub").as_deref(),
        Some("two/shared/sub/__init__.py at `two`")
    );
}

#[test]
fn a_name_found_nowhere_is_looked_for_everywhere() {
    let (_directory, roots) = roots(&[
        ("requirements.txt", "some-package\n"),
        ("docs/app/app.py", ""),
        ("examples/oauth/app/app.py", ""),
        ("inner/deep/tool/app/app.py", ""),
        ("inner/pkg/__init__.py", ""),
        ("inner/pkg/helper.py", ""),
        ("other/redis.py", ""),
        ("other/some_package.py", ""),
        ("env1/pyvenv.cfg", ""),
        ("env1/lib/installed.py", ""),
        ("node_modules/installed.py", ""),
    ]);
    let expected = ["inner/deep/tool", "docs", "examples/oauth"];
    assert_eq!(roots.import_roots("app"), expected);
    assert_eq!(
        file(&roots, "app.app").as_deref(),
        Some("inner/deep/tool/app/app.py at `inner/deep/tool`")
    );
    for name in ["helper", "redis", "some_package", "installed"] {
        assert_eq!(roots.import_roots(name), [""; 0], "{name}");
    }
}

#[test]
fn every_module_of_has_a_way_back() {
    let (_directory, roots) = roots(&[
        ("a/__init__.py", ""),
        ("a/b.py", ""),
        ("a.py", ""),
        ("c-d/e.py", ""),
        ("f/g.txt", ""),
    ]);
    assert_eq!(roots.module_of("a/b.py").as_deref(), Some("a.b"));
    assert_eq!(roots.module_of("a/__init__.py").as_deref(), Some("a"));
    assert_eq!(roots.module_of("a.py"), None, "the package hides it");
    assert_eq!(roots.module_of("c-d/e.py").as_deref(), Some("e"));
    assert_eq!(roots.module_of("f/g.txt"), None);
}
