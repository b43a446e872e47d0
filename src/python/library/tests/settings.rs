//! Libraries that read the environment.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn decouple() {
    check(
        r#"
#- env API_PREFIX=/v2
#- env DEBUG=off
#- env HOSTS=a.example, b.example
#- /main.py
from decouple import AutoConfig, Csv, config
from fastapi import FastAPI

app = FastAPI()
prefix = config("API_PREFIX", default="/api")
size = config("SIZE", default="3", cast=int)

if config("DEBUG", default=True, cast=bool):
    @app.get("/debug")
    def debug(): ...

for host in config("HOSTS", cast=Csv()):
    app.add_api_route(f"{prefix}/{host}/{size}", lambda: None, name=host)

app.add_api_route(AutoConfig()("OTHER", default="/other"), lambda: None, name="other")
"#,
        expect![[r#"
            GET /v2/a.example/3 -> main:<lambda>; 200
            GET /v2/b.example/3 -> main:<lambda>; 200
            GET /other -> main:<lambda>; 200
        "#]],
    );
}

#[test]
fn decouple_without_value() {
    check(
        r#"
#- /main.py
from decouple import config
from fastapi import FastAPI

app = FastAPI()

@app.get(config("API_PREFIX") + "/items")
def items(): ...

if config("FEATURE", cast=bool):
    @app.get("/feature")
    def feature(): ...
"#,
        expect![[r#"
            GET <config.API_PREFIX>/items -> main:items; 200
            GET /feature -> main:feature; 200; if config("FEATURE", cast=bool)
        "#]],
    );
}

#[test]
fn environs() {
    check(
        r#"
#- env APP_PREFIX=/v3
#- env APP_NAMES=a,b
#- env FLAG=yes
#- /main.py
from dotenv import load_dotenv
from environs import Env
from fastapi import FastAPI

load_dotenv()
env = Env()
env.read_env()
app = FastAPI()

with env.prefixed("APP_"):
    prefix = env.str("PREFIX", "/api")
    names = env.list("NAMES")

if env.bool("FLAG", False):
    for name in names:
        app.add_api_route(f"{prefix}/{name}/{env.int('COUNT', 4)}", lambda: None, name=name)
"#,
        expect![[r#"
            GET /v3/a/4 -> main:<lambda>; 200
            GET /v3/b/4 -> main:<lambda>; 200
        "#]],
    );
}
