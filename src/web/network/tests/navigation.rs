//! Where scripts send the browser, and what they ask for that no server has.

use expect_test::expect;

use super::check;

#[test]
fn links_that_scripts_make_and_the_location() {
    check(
        "//- api.ts\nexport const API = 'http://localhost:8000';\n\
         export function save(path) { const link = document.createElement('a'); link.href = `${API}/files/${path}`; link.click(); }\n\
         //- main.ts\nimport { API, save } from './api';\nsave('report');\nsave('data');\n\
         window.location.href = API + '/auth/google'; location.assign(`${API}/logout`); window.open(`${API}/docs.pdf`, '_blank');\n\
         const image = document.createElement('img'); image.href = API; page.href = API + '/x'; location.hash = '#top';\n\
         //- later.ts\nimport { BASE } from './base'; let base = ''; on('x', () => { base = ''; }); window.open(`${base}/export`); window.open(`${BASE}/page`); location.href = base + '/report'; location.href = '/home';\n//- base.ts\nexport const BASE = '';",
        &expect![[r#"
            later.ts:1 navigation GET ${base}/export
            later.ts:1 navigation GET /page
            later.ts:1 navigation GET ${base}/report
            later.ts:1 navigation GET /home
            main.ts:2 navigation GET http://localhost:8000/files/report through api.ts:2
            main.ts:3 navigation GET http://localhost:8000/files/data through api.ts:2
            main.ts:4 navigation GET http://localhost:8000/auth/google
            main.ts:4 navigation GET http://localhost:8000/logout
            main.ts:4 navigation GET http://localhost:8000/docs.pdf
        "#]],
    );
}

#[test]
fn tests_are_no_callers_of_wrappers() {
    check(
        "//- hook.ts\nexport const useSocket = ({ url }) => new WebSocket(url);\n\
         //- App.tsx\nimport { useSocket } from './hook';\nuseSocket({ url: 'ws://localhost:8000/ws' });\n\
         //- __tests__/hook.test.ts\nimport { useSocket } from '../hook';\nuseSocket({ url: 'ws://localhost:8000/ws' });\n",
        &expect![[r#"
            App.tsx:2 websocket WS ws://localhost:8000/ws through hook.ts:1
        "#]],
    );
}

#[test]
fn an_address_that_no_caller_knows_is_looked_for_where_it_is_asked_for() {
    check(
        "//- loader.ts\nexport class Loader {\nasync exists(url) { return (await fetch(url, { method: 'HEAD' })).ok; }\n\
         load(options) { const { url } = options; return this.exists(url); } }\n\
         //- Scene.tsx\nimport { Loader } from './loader';\nexport const Scene = ({ model }) => new Loader().load({ url: model });\n\
         //- App.tsx\nimport { Scene } from './Scene';\nconst [scene, setScene] = useState('');\nsocket.onmessage = (event) => setScene(event.data);\n\
         <Scene model={scene} />;",
        &expect![[r#"
            loader.ts:2 fetch HEAD ${url} (no call of `exists` that says the address is known)
        "#]],
    );
}

#[test]
fn data_that_the_page_holds_is_asked_of_no_server() {
    check(
        "const canvas = document.querySelector('canvas'); const data = canvas.toDataURL('image/png');\n\
         const blob = await fetch(data).then((answer) => answer.blob()); fetch(URL.createObjectURL(blob)); fetch('/api/save');\n\
         const Shot = ({ canvasRef }) => { const still = canvasRef.current.toDataURL(); fetch(still); };",
        &expect![[r#"
            main.js:2 fetch GET /api/save
        "#]],
    );
}

#[test]
fn files_that_the_frontend_serves() {
    check(
        "//- web/package.json\n{}\n//- web/public/scenes/one.json\n{}\n//- public/two.json\n{}\n\
         //- web/src/main.js\nfetch('/scenes/one.json?v=1'); fetch('/two.json'); fetch('/scenes/one.json', { method: 'POST' });\n\
         fetch('http://localhost:8000/scenes/one.json');",
        &expect![[r#"
            web/src/main.js:1 fetch GET /scenes/one.json?v=1 is web/public/scenes/one.json
            web/src/main.js:1 fetch GET /two.json
            web/src/main.js:1 fetch POST /scenes/one.json
            web/src/main.js:2 fetch GET http://localhost:8000/scenes/one.json
        "#]],
    );
}
