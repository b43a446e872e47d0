//! What expressions stand for: the arguments of `show(…)` in small projects.

use expect_test::{Expect, expect};

use super::{Evaluator, Site, Value};
use crate::web::{fixture::Fixture, project::Project, syntax::tree::ExpressionKind as Kind};

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    assert_eq!(project.problems, []);
    let evaluator = Evaluator::new(&project);
    let mut out = String::new();
    for module in project.module_ids() {
        let script = project.script(module);
        for expression in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(expression)
            else {
                continue;
            };
            if !matches!(script.kind(*callee), Kind::Global(name) if name == "show") {
                continue;
            }
            for argument in arguments {
                let site = Site::alone(module, argument.value);
                let values: Vec<String> = evaluator
                    .values_at(&site)
                    .iter()
                    .map(|value| dump(&project, value))
                    .collect();
                out.push_str(&format!(
                    "{}:{} {}\n",
                    project.module(module).file,
                    script.line_of(expression),
                    values.join(" | ")
                ));
            }
        }
    }
    expected.assert_eq(&out);
}

fn dump(project: &Project<'_>, value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{:?}", text.display()),
        Value::Number(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Null => "null".into(),
        Value::Undefined => "undefined".into(),
        Value::External(external) => external.describe(),
        Value::Function(closure) => {
            format!(
                "function {}",
                project.script(closure.module).function(closure.function).name
            )
        }
        Value::Class(class) => format!("class {}", project.script(class.module).class(class.class).name),
        Value::Instance(instance) => {
            let class = &instance.class;
            format!(
                "instance of {}",
                project.script(class.module).class(class.class).name
            )
        }
        Value::Parameter(parameter) => {
            format!("parameter {}.{}", parameter.index, parameter.members.join("."))
        }
        Value::File(path) => format!("file {path}"),
        Value::Object(_) => "object".into(),
        Value::Array(_) | Value::List(_) => "array".into(),
        other => format!("{other:?}")
            .split(['(', ' '])
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

#[test]
fn variables_and_templates() {
    check(
        "const HOST = 'http://localhost:8000'; let path = '/users';\n\
         if (admin) path = '/admin';\n\
         show(`${HOST}/api${path}/${id}`, HOST + '/x/' + 3, admin ? 'a' : 'b');\n\
         const base = import.meta.env.VITE_API || 'http://x'; show(base);\n\
         const { a: { b = 'd' }, c = 'e' } = { a: {} }; show(b, c);\n\
         let n = 1; n++; show(n, 2 * 3);\n\
         let chosen = null; onpick = () => { chosen = '/mine'; }; show(chosen ?? '/given', chosen || '/given');",
        &expect![[r#"
            main.js:3 "http://localhost:8000/api/users/${id}" | "http://localhost:8000/api/admin/${id}"
            main.js:3 "http://localhost:8000/x/3"
            main.js:3 "a" | "b"
            main.js:4 import.meta.env.VITE_API | "http://x"
            main.js:5 "d"
            main.js:5 "e"
            main.js:6 Unknown
            main.js:6 6
            main.js:7 "/mine" | "/given"
            main.js:7 "/mine" | "/given"
        "#]],
    );
}

#[test]
fn methods_of_strings() {
    check(
        "const path = '/models/Robot.GLB'; const id = unknown();\n\
         show(path.slice(1), path.slice(0, -4), path.substring(1, 7), path.toLowerCase());\n\
         show(`/a/${id}/b`.slice(1), `/a/${id}/b`.slice(0, -2), `${id}/b`.slice(2));\n\
         show(String(7).padStart(3, '0'), 'a'.padEnd(3, '-'), ' a '.trim());\n\
         show(path.split('/').pop(), path.split('/').slice(0, 2).join('/'), path.split('/')[2], 'a.b.c'.split('.').join('/'));\n\
         show('/items/{id}/x'.replace('{id}', id), 'a-b-c'.replace(/-/g, '+'), 'a-b-c'.replaceAll('-', ''), path.replace(/\\.glb$/i, '.ktx2'));\n\
         show('http://h/api/'.replace(/\\/$/, ''), 'x'.replace('x', () => 'y'), 'a'.slice(id));",
        &expect![[r#"
            main.js:2 "models/Robot.GLB"
            main.js:2 "/models/Robot"
            main.js:2 "models"
            main.js:2 "/models/robot.glb"
            main.js:3 "a/${id}/b"
            main.js:3 "/a/${id}"
            main.js:3 
            main.js:4 "007"
            main.js:4 "a--"
            main.js:4 "a"
            main.js:5 "Robot.GLB"
            main.js:5 "/models"
            main.js:5 "Robot.GLB"
            main.js:5 "a/b/c"
            main.js:6 "/items/${id}/x"
            main.js:6 "a+b+c"
            main.js:6 "abc"
            main.js:6 "/models/Robot.ktx2"
            main.js:7 "http://h/api"
            main.js:7 "x"
            main.js:7 
        "#]],
    );
}

#[test]
fn modules_of_a_pattern() {
    check(
        "//- web/package.json\n{}\n\
         //- web/src/main.js\n\
         const pages = import.meta.glob(['./pages/**/*.js', '!**/b.js']);\n\
         const urls = import.meta.glob('/src/pages/*.js', { eager: true, import: 'url' });\n\
         const models = import.meta.glob('../models/*.glb', { eager: true, query: '?url', import: 'default' });\n\
         show(Object.keys(pages)[1], urls['/src/pages/b.js'], urls[name], Object.values(models)[0]);\n\
         for (const load of Object.values(pages)) load().then(page => show(page.url));\n\
         const load = async () => { const page = await pages[`./pages/${name}.js`](); show(page.url); };\n\
         const context = require.context('./pages', false, /\\.js$/);\n\
         show(context('./a.js').url, context.keys()[0]); context.keys().forEach(key => show(key, context(key).url));\n\
         //- web/src/pages/a.js\nexport const url = '/a';\n\
         //- web/src/pages/b.js\nexport const url = '/b';\n\
         //- web/src/pages/deep/c.js\nexport const url = '/c';\n\
         //- web/models/robot.glb\n",
        &expect![[r#"
            web/src/main.js:4 "./pages/deep/c.js"
            web/src/main.js:4 "/b"
            web/src/main.js:4 "/a" | "/b"
            web/src/main.js:4 file web/models/robot.glb
            web/src/main.js:5 "/a" | "/c"
            web/src/main.js:6 "/a" | "/c"
            web/src/main.js:8 "/a"
            web/src/main.js:8 "./a.js" | "./b.js"
            web/src/main.js:8 "./a.js" | "./b.js"
            web/src/main.js:8 "/a" | "/b"
        "#]],
    );
}

#[test]
fn functions_are_followed_with_the_arguments_of_the_call() {
    check(
        "const url = (path, { version = 'v1' } = {}) => `/api/${version}${path}`;\n\
         function twice(f, x) { return f(f(x)); }\n\
         const wrap = (base) => (path) => base + path;\n\
         const get = wrap('/b');\n\
         show(url('/a'), url('/a', { version: 'v2' }), twice(x => x + '!', 'h'), get('/c'));\n\
         async function load() { return { items: ['p', 'q'] }; }\n\
         show((await load()).items[1]); load().then(r => { show(r.items[0]); });\n\
         function loop(x) { return loop(x + '.'); } show(loop('a'));",
        &expect![[r#"
            main.js:5 "/api/v1/a"
            main.js:5 "/api/v2/a"
            main.js:5 "h!!"
            main.js:5 "/b/c"
            main.js:7 "q"
            main.js:7 "p"
            main.js:8 
        "#]],
    );
}

#[test]
fn modules_are_followed() {
    check(
        "//- a.js\nimport { API, Client as C } from './b'; import d, * as all from './c.js'; import axios from 'axios';\n\
         show(API, all.x, d, new C('/k').base, axios.create, require('./e').url);\n\
         //- b.js\nexport * from './c'; export const API = '/api'; export { Client } from './c';\n\
         //- c.js\nexport let x = 1; export default 'default'; export class Client { constructor(base) { this.base = base + '/z'; } }\n\
         //- e.js\nmodule.exports = { url: '/e' };",
        &expect![[r#"
            a.js:2 "/api"
            a.js:2 1
            a.js:2 "default"
            a.js:2 "/k/z"
            a.js:2 axios:default.create
            a.js:2 "/e"
        "#]],
    );
}

#[test]
fn instances_have_fields_and_methods() {
    check(
        "import * as THREE from 'three';\n\
         class Base { root = '/root'; constructor(name) { this.name = name; } path() { return this.root + '/' + this.name; } }\n\
         class Scenes extends Base { static shared = new Scenes('s'); #key = 'k'; constructor(n) { super(n + '1'); this.scene = null; this.init(); }\n\
           init() { this.scene = new THREE.Scene(); } get key() { return this.#key; } run = () => { show(this.scene, this.path()); } }\n\
         const s = new Scenes('t'); show(s.path(), s.scene, s.key, Scenes.shared.path(), s.run);\n\
         class View extends THREE.Object3D { f() { show(this.add); } }",
        &expect![[r#"
            main.js:4 null | new three:Scene()
            main.js:4 "/root/s1" | "/root/t1"
            main.js:5 "/root/t1"
            main.js:5 null | new three:Scene()
            main.js:5 "k"
            main.js:5 "/root/s1"
            main.js:5 function run
            main.js:6 (extends three:Object3D).add
        "#]],
    );
}

#[test]
fn what_libraries_give() {
    check(
        "import { useRef, useMemo, useState } from 'react'; import { ref, computed } from 'vue'; import { create } from 'zustand';\n\
         import * as THREE from 'three';\n\
         const mesh = useRef(null); mesh.current = new THREE.Mesh(); show(mesh.current);\n\
         const [url, setUrl] = useState('/u'); show(url, useMemo(() => url + '/m', []));\n\
         const r = ref('/r'); r.value = '/s'; show(r.value, computed(() => r.value).value);\n\
         const useStore = create((set) => ({ base: 'http://b', set })); show(useStore(s => s.base), useStore.getState().base);\n\
         new THREE.GLTFLoader().load('a.glb', (gltf) => show(gltf.scene));\n\
         for (const m of ['x', 'y']) show(m); ['z'].forEach(m => show(m));\n\
         show(new URL('/a', 'http://h/b'), ['a', 'b'].join('/'), Object.freeze({ q: 1 }).q, 'a/b/'.replace(/\\/$/, ''));\n\
         new Promise(done => done('p')).then(v => show(v));",
        &expect![[r#"
            main.js:3 null | new three:Mesh()
            main.js:4 "/u"
            main.js:4 "/u/m"
            main.js:5 "/r" | "/s"
            main.js:5 "/r" | "/s"
            main.js:6 "http://b"
            main.js:6 "http://b"
            main.js:7 new three:GLTFLoader().load(#1:0).scene
            main.js:8 "x" | "y"
            main.js:8 "z"
            main.js:9 "http://h/a"
            main.js:9 "a/b"
            main.js:9 1
            main.js:9 "a/b"
            main.js:10 "p"
        "#]],
    );
}

#[test]
fn an_object_that_is_spread_into_itself_ends() {
    check(
        "let state = { a: 1 }; state = { ...state, b: 2 }; show(state.a, state.c);",
        &expect![[r#"
            main.js:1 1
            main.js:1 
        "#]],
    );
}

#[test]
fn a_type_that_names_a_class_of_the_project_says_what_is_handed_over() {
    check(
        "//- client.ts\nexport class Client { base = '/b'; url(path: string) { return this.base + path; } }\n\
         //- main.ts\nimport type { Client } from './client';\n\
         export function f(api: Client, other: string) { show(api.url('/x'), other); }\n\
         export class Room { private last?: Client | null; constructor(private readonly api: Client) {} g() { show(this.api.base, this.last.base); } }",
        &expect![[r#"
            main.ts:2 "/b/x"
            main.ts:2 parameter 1.
            main.ts:3 "/b"
            main.ts:3 "/b"
        "#]],
    );
}

#[test]
fn a_return_that_the_arguments_rule_out_gives_nothing() {
    check(
        "//- url.js\nconst BASE = 'http://h'; const ABSOLUTE = /^https?:\\/\\//i;\n\
         export function url(path) { if (ABSOLUTE.test(path)) return path; if (path.startsWith('/')) return `${BASE}${path}`; return `${BASE}/${path}`; }\n\
         export const verb = (kind) => { switch (kind) { case 'get': case 'head': return 'G'; case 'post': return 'P'; default: return 'D'; } };\n\
         export function to(target) { let base = '/none'; if (typeof target === 'string') base = target; else base = target.url; return base; }\n\
         export const guarded = (token) => { try { return token; } catch { return 'x'; } };\n\
         //- main.js\nimport { url, verb, to, guarded } from './url';\n\
         show(url('/a'), url('b'), url(`/c/${id}`), url('https://x/y'), url(`${any}/z`));\n\
         show(verb('get'), verb('head'), verb('post'), verb('other'), verb(any));\n\
         show(to('/t'), to({ url: '/o' }), guarded('t'));\n\
         let later = null; later = any(); show(verb(later) , url(later ? '/l' : 'm'));",
        &expect![[r#"
            main.js:2 "http://h/a"
            main.js:2 "http://h/b"
            main.js:2 "http://h/c/${id}"
            main.js:2 "https://x/y"
            main.js:2 "${any}/z" | "http://h${any}/z" | "http://h/${any}/z"
            main.js:3 "G"
            main.js:3 "G"
            main.js:3 "P"
            main.js:3 "D"
            main.js:3 "G" | "P" | "D"
            main.js:4 "/none" | "/t"
            main.js:4 "/none" | "/o"
            main.js:4 "t" | "x"
            main.js:5 "G" | "P" | "D"
            main.js:5 "http://h/l" | "http://hm" | "http://h//l" | "http://h/m"
        "#]],
    );
}

#[test]
fn what_is_pushed_is_an_item() {
    check(
        "//- lights.js\nexport function lights(color) { const made = ['a']; made.push(color); return made; }\n\
         export class Pool { items = []; add() { this.items.push('p'); } each() { for (const item of this.items) show(item); } }\n\
         //- main.js\nimport { lights } from './lights';\nfor (const light of lights('red')) show(light);\n\
         const queue = []; queue.push(1, 2); queue.forEach((item) => show(item));",
        &expect![[r#"
            lights.js:2 "p"
            main.js:2 "a" | "red"
            main.js:3 1 | 2
        "#]],
    );
}

#[test]
fn numbers_are_keys() {
    check(
        "//- main.js\nconst Kind = { SHIP: 0, ROCK: 1 }; const paths = { [Kind.SHIP]: 'ship.glb', [Kind.ROCK]: 'rock.glb' };\n\
         show(paths[Kind.ROCK]);",
        &expect![[r#"
            main.js:2 "rock.glb"
        "#]],
    );
}

#[test]
fn functions_write_to_what_they_are_handed() {
    check(
        "//- setup.js\nexport function setup(context, size) { context.size = size; context.tools.aim = () => 'aimed';\n\
         addScene(context); context.later = () => { context.late = 'late'; }; }\n\
         function addScene(holder) { holder.scene = 'a scene'; }\n\
         export class Game { constructor(context) { context.game = 'a game'; } }\n\
         //- main.js\nimport { setup, Game } from './setup';\nconst context = { scene: null, tools: {} }, other = { scene: null };\n\
         setup(context, 'large'); new Game(context);\n\
         show(context.scene, context.size, context.tools.aim(), context.game, context.late, other.scene, other.size);",
        &expect![[r#"
            main.js:4 null | "a scene"
            main.js:4 "large"
            main.js:4 "aimed"
            main.js:4 "a game"
            main.js:4 "late"
            main.js:4 null
            main.js:4 
        "#]],
    );
}

#[test]
fn what_a_component_of_vue_provides_is_injected_within() {
    check(
        "//- keys.ts\nexport const KEY = Symbol();\n\
         //- App.vue\n<script setup>import { provide } from 'vue'; import { KEY } from './keys'; provide('store', 'stored');\n\
         provide(KEY, 'by a symbol'); provide('other', 'not this');</script>\n\
         //- Part.vue\n<script setup>import { inject } from 'vue'; import { KEY } from './keys';\n\
         show(inject('store')); show(inject(KEY)); show(inject('nothing', 'a default'));</script>",
        &expect![[r#"
            Part.vue:2 "stored"
            Part.vue:2 "by a symbol"
            Part.vue:2 "a default"
        "#]],
    );
}

#[test]
fn a_function_that_sets_fields_is_a_class() {
    check(
        "//- car.js\nvar Car = function (wheel, speed) { this.speed = speed; var self = 1;\n\
         this.drive = function (road) { show(road, wheel, this.speed); return this.speed; }; };\n\
         Car.prototype.stop = function () { show(this.speed); return 'stopped'; };\n\
         function Boat() {} Boat.prototype = { sail: function (sea) { return sea; } };\nexport { Car, Boat };\n\
         //- main.js\nimport { Car, Boat } from './car';\nconst car = new Car('round', 9);\n\
         show(car.drive('long'), car.stop(), car.speed, new Boat().sail('blue'));",
        &expect![[r#"
            car.js:2 parameter 0.
            car.js:2 parameter 0.
            car.js:2 parameter 1.
            car.js:3 parameter 1.
            main.js:3 9
            main.js:3 "stopped"
            main.js:3 9
            main.js:3 "blue"
        "#]],
    );
}

#[test]
fn accessors_of_objects_give_what_is_written_through_them() {
    check(
        "//- state.js\nlet scene; export const main = { get scene() { return scene; }, set scene(value) { scene = value; } };\n\
         export const held = { camera: null };\n\
         //- main.js\nimport * as THREE from 'three'; import { main, held } from './state';\n\
         main.scene = new THREE.Scene(); held.camera = new THREE.PerspectiveCamera();\n\
         //- view.js\nimport { main, held } from './state'; show(main.scene, held.camera);\n",
        &expect![[r#"
            view.js:1 new three:Scene()
            view.js:1 null | new three:PerspectiveCamera()
        "#]],
    );
}

#[test]
fn fields_of_instances_are_written_by_others_too() {
    check(
        "//- world.js\nexport class World { constructor() { this.name = 'a'; } draw() { show(this.scene); } }\n\
         //- main.js\nimport * as THREE from 'three'; import { World } from './world';\n\
         const world = new World(); world.scene = new THREE.Scene(); show(world.scene, world.name);\n",
        &expect![[r#"
            main.js:2 new three:Scene()
            main.js:2 "a"
            world.js:1 new three:Scene()
        "#]],
    );
}

#[test]
fn the_one_instance_of_a_class_is_kept_by_the_class() {
    check(
        "//- game.js\nimport * as THREE from 'three';\n\
         export class Game { static getInstance() { return Game.instance; }\n\
         constructor() { if (Game.instance) return Game.instance; Game.instance = this; this.init(); }\n\
         async init() { this.scene = new THREE.Scene(); } }\n\
         //- floor.js\nimport { Game } from './game';\n\
         export class Floor { constructor() { this.game = Game.getInstance(); show(this.game.scene); } }\n",
        &expect![[r#"
            floor.js:2 new three:Scene()
        "#]],
    );
}
