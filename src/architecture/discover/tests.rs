use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};

use super::*;
use crate::source::manifest::Manifest;
use crate::source::testing::files;

fn check(tree: &[(&str, &str)], expected: &Expect) {
    let (_directory, tree) = files(tree);
    let tree = Arc::new(tree);
    let roots = Roots::new(Arc::clone(&tree), Arc::new(Manifest::read(&tree)));
    let mut out = String::new();
    for candidate in applications(&tree, &roots, &SourceFiles::default()) {
        let secondary = if candidate.is_secondary { " secondary" } else { "" };
        let missing = candidate.missing.join(",");
        let _ = writeln!(
            out,
            "{} {}{secondary} {missing}",
            candidate.expression, candidate.score
        );
        for evidence in &candidate.evidence {
            let _ = writeln!(out, "  {evidence}");
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn names_of_modules() {
    check(
        &[
            ("app/__init__.py", ""),
            (
                "app/main.py",
                "import fastapi\nfrom fastapi import FastAPI\nclass Api(FastAPI): ...\nadmin = FastAPI()\napp: FastAPI = Api()\napp.mount('/admin', admin)\nwrapped = Cors(app)\nother = Thing()\n",
            ),
            (
                "app/sub.py",
                "from .main import Api as A\nif x:\n    try:\n        api = A()\n    except E:\n        pass\n# FastAPI\n",
            ),
            (
                "tests/test_app.py",
                "from fastapi import FastAPI\napp = FastAPI()\n",
            ),
            (
                "docs/tutorial.py",
                "from fastapi import FastAPI\napp = FastAPI()\n",
            ),
        ],
        &expect![[r#"
            app.main:app 54 
              app/main.py:5 `app = Api(…)`
            app.sub:api 52 
              app/sub.py:4 `api = A(…)`
            app.main:admin 21 
              app/main.py:4 `admin = FastAPI(…)`
            app.main:wrapped 16 
              app/main.py:7 `wrapped = Cors(…)`
            docs.tutorial:app 52 secondary 
              docs/tutorial.py:2 `app = FastAPI(…)`
            tests.test_app:app 52 secondary 
              tests/test_app.py:2 `app = FastAPI(…)`
        "#]],
    );
}

#[test]
fn factories() {
    check(
        &[
            (
                "a.py",
                "from fastapi import FastAPI\ndef create_app(x=1) -> 'FastAPI': ...\n",
            ),
            (
                "b.py",
                "from fastapi import FastAPI\ndef make(config):\n    app = FastAPI()\n    return app\napp = make(1)\n",
            ),
            (
                "c.py",
                "import fastapi\ndef build():\n    if x:\n        return fastapi.FastAPI()\n",
            ),
            (
                "d.py",
                "from a import create_app\ndef outer():\n    return create_app()\n",
            ),
            (
                "e.py",
                "from fastapi import FastAPI\nclass S:\n    def make(self):\n        return FastAPI()\nasync def no():\n    return FastAPI()\n",
            ),
            (
                "f.py",
                "from x.fastapi import FastAPI\nserver = FastAPI(1)\napp = server.app()\n",
            ),
        ],
        &expect![[r#"
            f:app 48 
              f.py:3 `app = ….app()`
            b:app 43 
              b.py:5 `app = make(…)`
            f:server 35 
              f.py:2 `server = FastAPI(…)`
            a:create_app() 25 
              a.py:2 `def create_app` returns an application
            c:build() 25 
              c.py:2 `def build` returns an application
            d:outer() 25 
              d.py:2 `def outer` returns an application
        "#]],
    );
}

#[test]
fn commands_are_evidence() {
    let app = "from fastapi import FastAPI\napp = FastAPI()\n";
    check(
        &[
            (
                "backend/pyproject.toml",
                "[project]\nname = 'x'\n[tool.fastapi]\nentrypoint = 'one.main:app'\n",
            ),
            (
                "backend/Dockerfile",
                "FROM python\n# uvicorn no.such:app\nCMD [\"fastapi\", \"run\", \"--workers\", \"4\", \"one/main.py\"]\n",
            ),
            ("backend/one/main.py", app),
            ("two/app.py", app),
            (
                "Procfile",
                "web: gunicorn -k uvicorn.workers.UvicornWorker two.app:app --bind 0.0.0.0:80\n",
            ),
            (
                "k8s/deployment.yaml",
                "command: [\"uvicorn\"]\nargs:\n  - three.serve:make\n  - --factory\n",
            ),
            ("three/serve.py", "def make(): ...\n"),
            (
                "run.py",
                "import uvicorn\ndef main():\n    uvicorn.run('two.app:app', reload=True)\n",
            ),
            (
                "self.py",
                "import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\nif __name__ == '__main__':\n    uvicorn.run(app)\n",
            ),
            ("docker-compose.yml", "image: redis:alpine\nports: ['80:80']\n"),
        ],
        &expect![[r#"
            one.main:app 153 
              backend/one/main.py:2 `app = FastAPI(…)`
              backend/Dockerfile:3 `fastapi one/main.py`
              backend/pyproject.toml:4 `[tool.fastapi] entrypoint`
            two.app:app 114 
              two/app.py:2 `app = FastAPI(…)`
              Procfile:1 `gunicorn two.app:app`
              run.py:3 `uvicorn.run(…)`
            self:app 73 
              self.py:3 `app = FastAPI(…)`
              self.py:5 `uvicorn.run(…)`
            three.serve:make() 39 
              k8s/deployment.yaml:3 `uvicorn three.serve:make`
        "#]],
    );
}

#[test]
fn import_strings() {
    let shown = |word| {
        command::import_string(word).map(|(module, name, called)| format!("{module} {name:?} {called}"))
    };
    assert_eq!(shown("a.b:c").as_deref(), Some("a.b Some(\"c\") false"));
    assert_eq!(shown("a:make(1)").as_deref(), Some("a Some(\"make\") true"));
    for word in [
        "0.0.0.0:80",
        "http://x",
        "redis:7",
        "a:",
        ":a",
        "a.:b",
        "a-b:c",
        "image:latest-1",
    ] {
        assert_eq!(shown(word), None, "{word}");
    }
}

#[test]
fn instances_that_keep_an_application() {
    check(
        &[
            (
                "pk/server.py",
                "from fastapi import FastAPI\nclass Server:\n    def __init__(self):\n        self.app: FastAPI = self._make()\n        self.other = 3\n    def _make(self):\n        app = FastAPI()\n        return app\n    def get_app(self):\n        return self.app\n",
            ),
            (
                "pk/main.py",
                "def create_app(*args):\n    from pk.server import Server\n    server = Server(*args)\n    return server.app\napp = create_app()\n",
            ),
            (
                "pk/direct.py",
                "from pk.server import Server\n# FastAPI\nserver = Server()\napi = server.app\nnone = server.other\nnamed = Server().get_app()\n",
            ),
        ],
        &expect![[r#"
            pk.main:app 44 
              pk/main.py:5 `app = create_app(…)`
            pk.direct:api 42 
              pk/direct.py:4 `api = server.app`
            pk.direct:named 39 
              pk/direct.py:6 `named = Server(…).get_app()`
        "#]],
    );
}
