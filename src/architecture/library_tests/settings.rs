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
fn decouple_without_value_where_that_is_expected() {
    check(
        r#"
#- /main.py
from decouple import UndefinedValueError, config, undefined
from fastapi import FastAPI

app = FastAPI()

def read(key, default=undefined):
    try:
        return config(key, default=default if isinstance(default, str) else undefined)
    except UndefinedValueError:
        return default

if read("FEATURE", False):
    @app.get("/feature")
    def feature(): ...

@app.get(read("PREFIX", "/items"))
def items(): ...
"#,
        expect![[r#"
            GET /items -> main:items; 200
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

#[test]
fn files_of_the_tree() {
    check(
        r#"
#- /main.py
import json
import tomllib
from pathlib import Path
from fastapi import FastAPI

HERE = Path(__file__).parent

with open(HERE / "config.toml", "rb") as file:
    config = tomllib.load(file)

with (HERE / "routes.json").open() as file:
    names = json.load(file)

prefix = (HERE / "prefix.txt").read_text().strip()
try:
    with open("/etc/hostname") as file:
        host = file.read()
except OSError:
    host = "none"

app = FastAPI(title=config["app"]["title"])

for name in names:
    app.add_api_route(f"{prefix}/{name}", lambda: None, name=name)

if config["app"]["debug"]:
    app.add_api_route("/debug", lambda: None, name="debug")
#- /config.toml
[app]
title = "From a file"
debug = false
#- /routes.json
["a", "b"]
#- /prefix.txt
/v1
"#,
        expect![[r#"
            GET /v1/a -> main:<lambda>; 200
            GET /v1/b -> main:<lambda>; 200
        "#]],
    );
}

#[test]
fn yaml_and_ini_files() {
    check(
        r#"
#- /config.yaml
defaults: &defaults
  prefix: /api
  docs: off
server:
  <<: *defaults
  hosts: [a, b]
#- /settings.ini
; the default of all
[DEFAULT]
version = v2

[api]
Prefix: /%(version)s/things
debug = yes
size = 3
#- /main.py
import configparser
from pathlib import Path

import yaml
from fastapi import FastAPI

with open(Path(__file__).parent / "config.yaml") as file:
    server = yaml.safe_load(file)["server"]

parser = configparser.ConfigParser()
parser.read("settings.ini")
parser.read_dict({"more": {"path": "/more", "size": 4}})

app = FastAPI()

for host in server["hosts"]:
    app.add_api_route(f"{server['prefix']}/{host}", lambda: None, name=host)
if server["docs"]:
    app.add_api_route("/docs2", lambda: None, name="docs")
if parser.getboolean("api", "debug") and parser.has_option("more", "PATH"):
    app.add_api_route(parser["api"]["prefix"], lambda: None, name="own")
size = parser.getint("api", "size") + parser.getint("more", "size") + parser.getint("more", "none", fallback=0)
app.add_api_route(f"/{size}/{','.join(parser.sections())}", lambda: None, name="size")
"#,
        expect![[r#"
            GET /api/a -> main:<lambda>; 200
            GET /api/b -> main:<lambda>; 200
            GET /v2/things -> main:<lambda>; 200
            GET /7/api,more -> main:<lambda>; 200
        "#]],
    );
}

#[test]
fn names_of_variables_by_the_release_of_pydantic() {
    check(
        r#"
#- env APP_NAMED=by prefix
#- env NAMED=by env
#- env APP_PLAIN=plain
#- env ALIAS=by alias
#- /main.py
from fastapi import FastAPI
from pydantic import BaseSettings as Settings1, Field
from pydantic_settings import BaseSettings

class Old(Settings1):
    named: str = Field("none", env=["OTHER", "NAMED"])
    plain: str = "none"
    aliased: str = Field("none", alias="ALIAS")
    listed: str = "none"
    class Config:
        env_prefix = "APP_"
        fields = {"listed": {"env": "NAMED"}}

class New(BaseSettings):
    named: str = Field("none", env="NAMED")
    plain: str = "none"
    aliased: str = Field("none", alias="ALIAS")
    class Config:
        env_prefix = "APP_"

class Newer(New):
    pass

app = FastAPI()
for settings in (Old(), New(), Newer()):
    parts = [settings.named, settings.plain, settings.aliased, getattr(settings, "listed", "")]
    app.add_api_route("/" + "/".join(parts), lambda: None, name=type(settings).__name__)
"#,
        expect![[r#"
            GET /by env/plain/none/by env -> main:<lambda>; 200
            GET /by prefix/plain/by alias/ -> main:<lambda>; 200
            GET /by prefix/plain/by alias/ -> main:<lambda>; 200
        "#]],
    );
}
