//! Calls of small frontends.

mod clients;
mod markup;
mod navigation;

use expect_test::{Expect, expect};

use super::calls;
use crate::web::{fixture::Fixture, interaction::Interactions, project::Project, values::Evaluator};

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    assert_eq!(project.problems, []);
    let mut out = String::new();
    let evaluator = Evaluator::new(&project);
    for call in calls(&evaluator, &Interactions::new(&evaluator)) {
        let place = &call.location;
        out.push_str(&format!(
            "{}:{} {} {} {}",
            place.file, place.line, call.kind, call.method, call.url
        ));
        for (name, list) in [
            ("body", &call.body_fields),
            ("reads", &call.reads),
            ("headers", &call.headers),
        ] {
            if !list.is_empty() {
                out.push_str(&format!(" {name}={}", list.join(",")));
            }
        }
        for place in &call.through {
            out.push_str(&format!(" through {}:{}", place.file, place.line));
        }
        if let Some(file) = call.file {
            out.push_str(&format!(" is {file}"));
        }
        if let Some(interval) = call.interval {
            out.push_str(&format!(" every {interval}"));
        }
        if let Some(reason) = call.unused {
            out.push_str(&format!(" unused: {reason}"));
        }
        if let Some(reason) = call.reason {
            out.push_str(&format!(" ({reason})"));
        }
        out.push('\n');
    }
    expected.assert_eq(&out);
}

#[test]
fn the_platform_and_clients() {
    check(
        "import axios from 'axios'; import createClient from 'openapi-fetch'; import { io } from 'socket.io-client'; import ky from 'ky';\n\
         const API = import.meta.env.VITE_API || 'http://localhost:8000';\n\
         fetch(`${API}/items/${id}`, { method: 'post', headers: { 'X-Key': k }, body: JSON.stringify({ a, b }) });\n\
         const http = axios.create({ baseURL: API + '/api/' }); http.post('/users', { name });\n\
         axios({ url: '/x', method: 'delete' }); axios.get('/y').then(({ data }) => show(data.items.map(i => i.name)));\n\
         const protocol = window.location.protocol === 'https:' ? 'wss:' : 'ws:';\n\
         new WebSocket(`${protocol}//${window.location.host}/ws/robot`); new EventSource('/events');\n\
         const client = createClient({ baseUrl: '/v1' }); client.GET('/pets/{id}', { params: {} });\n\
         const socket = io('http://localhost:5000'); ky.put('/k', { json: { z } });\n\
         const xhr = new XMLHttpRequest(); xhr.open('PATCH', '/p'); xhr.send(JSON.stringify({ q }));\n\
         const form = new FormData(); form.append('file', f); fetch('/upload', { method: 'POST', body: form });",
        &expect![[r#"
            main.js:3 fetch POST http://localhost:8000/items/${id} body=a,b headers=X-Key
            main.js:4 axios POST http://localhost:8000/api/users body=name
            main.js:5 axios DELETE /x
            main.js:5 axios GET /y reads=items.[].name
            main.js:7 websocket WS /ws/robot
            main.js:7 eventsource SSE /events
            main.js:8 openapi-fetch GET /v1/pets/${id}
            main.js:9 socket.io WS http://localhost:5000/socket.io/
            main.js:9 ky PUT /k body=z
            main.js:10 xhr PATCH /p body=q
            main.js:11 fetch POST /upload body=file
        "#]],
    );
}

#[test]
fn wrappers_are_called_where_the_address_is_known() {
    check(
        "//- api.js\nconst BASE = '/api';\n\
         export async function request(path, options = {}) { const r = await fetch(BASE + path, { ...options }); return r.json(); }\n\
         export const get = (path) => request(path);\n\
         export const getItem = (id) => request(`/items/${id}`);\n\
         export class Client { constructor(base) { this.base = base; } post(path, body) { return fetch(`${this.base}${path}`, { method: 'POST', body: JSON.stringify(body) }); } }\n\
         export const unused = (path) => fetch(path);\n\
         //- main.js\nimport useSWR from 'swr'; import { request, get, getItem, Client } from './api';\n\
         const load = async () => { const user = await get('/me'); show(user.name); };\n\
         setInterval(load, 5000);\n\
         request('/save', { method: 'PUT', body: JSON.stringify({ x: 1 }) }); getItem(3);\n\
         new Client('/v2').post('/jobs', { kind: 'k' });\n\
         const fetcher = (url) => fetch(url).then(r => r.json()); useSWR('/swr', fetcher);",
        &expect![[r#"
            api.js:6 fetch GET ${path} unused: only in `unused`, which nobody calls (no call of `unused` that says the address is known)
            main.js:2 fetch GET /api/me reads=name through api.js:3 through api.js:2 every 5000
            main.js:4 fetch PUT /api/save body=x through api.js:2
            main.js:4 fetch GET /api/items/3 through api.js:4 through api.js:2
            main.js:5 fetch POST /v2/jobs body=kind through api.js:5
            main.js:6 fetch GET /swr
        "#]],
    );
}

#[test]
fn a_prefix_in_a_client_is_followed_by_the_path_of_the_call() {
    check(
        "class Client { constructor(origin) { this.origin = origin; } url(path) { return `${this.origin}/api/v1${path}`; }\n\
           send(method, path) { return fetch(this.url(path), { method }); }\n\
           get(path) { return this.send('GET', path); } }\n\
         const api = new Client(import.meta.env.VITE_API ?? '');\n\
         export const scene = (id) => api.get(`/scenes/${id}`); api.get('/health');\n\
         const part = (name) => fetch(`/files/part-${name}`); part(x);",
        &expect![[r#"
            main.js:5 fetch GET /api/v1/scenes/${id} through main.js:3 through main.js:2
            main.js:5 fetch GET /api/v1/health through main.js:3 through main.js:2
            main.js:6 fetch GET /files/part-${name}
        "#]],
    );
}

#[test]
fn what_is_set_later_and_what_is_handed_over() {
    check(
        "//- api.ts\nimport axios, { type AxiosInstance } from 'axios';\n\
         axios.defaults.baseURL = '/v1';\n\
         const api = axios.create({});\n\
         api.interceptors.request.use((config) => { config.baseURL = '/v2'; return config; });\n\
         axios.get('/a'); api.post('/b', { name });\n\
         const safe = async (send, url, data) => await send(url, data).catch(show);\n\
         function requests(http: AxiosInstance) { return {\n\
           get(url) { return http.get(url); },\n\
           post(url, data) { return safe(http.post, url, data); } }; }\n\
         class Base { constructor(private requests) {} one(id) { return this.requests.get(this.route(id)); } }\n\
         export class Items extends Base { route = (id) => `/items/${id}`; add(item) { return this.requests.post('/items', item); } }\n\
         class Api { items; constructor(requests) { this.items = new Items(requests); } }\n\
         export const useApi = () => new Api(requests(axios));\n\
         //- main.ts\nimport { useApi } from './api'; const api = useApi(); api.items.one(3); api.items.add({ n: 1 });\n\
         //- angular.ts\nimport { HttpClient } from '@angular/common/http';\n\
         export class Service { base = '/ng'; constructor(private http: HttpClient) {} load() { return this.http.get<T>(`${this.base}/x`); } }",
        &expect![[r#"
            angular.ts:2 angular GET /ng/x
            api.ts:5 axios GET /v1/a
            api.ts:5 axios POST /v2/b body=name
            api.ts:11 axios POST /v1/items through api.ts:9 through api.ts:6
            main.ts:1 axios GET /v1/items/3 through api.ts:10 through api.ts:8
        "#]],
    );
}

#[test]
fn addresses_that_an_interceptor_rewrites() {
    check(
        "import axios from 'axios'; const api = axios.create({ baseURL: '/api/v1' });\n\
         api.interceptors.request.use((config) => { if (!config.url.includes('team')) { const team = current() || 'default'; config.url = `${team}${config.url}`; } return config; });\n\
         export const users = () => api.get('/users'); export const user = (id) => api.get(`/users/${id}`);\n\
         //- other.js\nexport const fill = (a, b, c) => { const d = [a, b, c, a, b, c, a, b, c, a, b, c, a, b, c, a, b, c]; d.push(a + b + c, a - b - c, a * b * c);\n\
         const e = { f: d, g: [d, d, d, d, d, d], h: { i: d, j: d, k: [d, d, d, d] } }; e.h.i.push(d, d, d); e.url = `${a}${e.url}`; return e; };\n",
        &expect![[r#"
            main.js:3 axios GET /api/v1/default/users
            main.js:3 axios GET /api/v1/default/users/${id}
        "#]],
    );
}

#[test]
fn headers_of_interceptors_and_answers_of_both_arms() {
    check(
        "import axios from 'axios';\nconst http = axios.create({ baseURL: '/api' });\n\
         http.interceptors.request.use((config) => { config.headers.Authorization = `Bearer ${token}`; config.headers['X-Team'] = team; config.headers.set('X-Trace', id); return config; });\n\
         http.get('/me');\n\
         const ask = (path, options) => fetch(`/auth/${path}`, { method: path === 'status' ? 'GET' : 'POST', ...options });\n\
         ask(again ? 'confirm' : 'verify'); ask('status');\n\
         new WebSocket(new URL(`/ws/${id}`, location.href));",
        &expect![[r#"
            main.js:4 axios GET /api/me headers=Authorization,X-Team,X-Trace
            main.js:6 fetch POST /auth/confirm through main.js:5
            main.js:6 fetch POST /auth/verify through main.js:5
            main.js:6 fetch GET /auth/status through main.js:5
            main.js:7 websocket WS /ws/${id}
        "#]],
    );
}

#[test]
fn fields_are_read_behind_promises_and_queries() {
    check(
        "//- api.ts\nimport axios from 'axios'; import { useQuery } from '@tanstack/react-query';\n\
         const readItems = async () => { const { data } = await axios.get('/items'); return data; };\n\
         function Page() { const { data } = useQuery({ queryKey: ['items'], queryFn: readItems }); return data.total + data.items.map((item) => item.name); }\n\
         function Other() { const { data } = useQuery({ queryFn: readItems, select: (page) => page.items }); return data.first; }\n\
         axios.get('/me').then(({ data }) => show(data.email));\n\
         fetch('/plain').then((answer) => answer.json()).then((body) => show(body.title));\n\
         //- store.ts\nimport { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';\n\
         const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: '/' }), endpoints: (build) => ({ getUser: build.query({ query: () => 'user' }) }) });\n\
         function User() { const { data } = api.useGetUserQuery(); return data.nick; }",
        &expect![[r#"
            api.ts:2 axios GET /items reads=items.[].name,total
            api.ts:5 axios GET /me reads=email
            api.ts:6 fetch GET /plain reads=title
            store.ts:3 rtk-query GET /user reads=nick through store.ts:2
        "#]],
    );
}

#[test]
fn a_wrapper_asks_for_what_its_arguments_say() {
    check(
        "import axios from 'axios'; const http = axios.create({ baseURL: '/api' });\n\
         export function request(method, url, data = null) {\n\
           method = method.toUpperCase();\n\
           switch (method) {\n\
             case 'GET': return http.get(url);\n\
             case 'POST': return http.post(url, data);\n\
             case 'DELETE': return http.delete(url);\n\
           }\n\
         }\n\
         request('get', '/users'); request('POST', '/users', { name });",
        &expect![[r#"
            main.js:10 axios GET /api/users through main.js:5
            main.js:10 axios POST /api/users body=name through main.js:6
        "#]],
    );
}

#[test]
fn what_a_setter_is_called_with_is_the_state() {
    check(
        "//- App.jsx\nimport { useEffect, useState } from 'react';\n\
         export function App() {\n\
           const [user, setUser] = useState(null); const [list, setList] = useState([]); const [host, setHost] = useState('');\n\
           useEffect(() => { fetch('/api/me').then((r) => r.json()).then((found) => setUser(found)); }, []);\n\
           const more = async () => { const page = await (await fetch('/api/list')).json(); setList((before) => [...before, ...page.items]); };\n\
           const ask = () => fetch(`${host}/api/ask`);\n\
           return <input value={host} onChange={(e) => setHost(e.target.value)} title={user.name}>{list.map((item) => item.title)}</input>;\n\
         }",
        &expect![[r#"
            App.jsx:4 fetch GET /api/me reads=name
            App.jsx:5 fetch GET /api/list reads=items.[].title
            App.jsx:6 fetch GET ${host}/api/ask
        "#]],
    );
}

#[test]
fn functions_that_nobody_uses_ask_for_nothing() {
    check(
        "//- src/api.ts\nexport const readUser = (id) => fetch(`/users/${id}`);\n\
         export async function removeUser(id) { return fetch(`/users/${id}`, { method: 'DELETE' }); }\n\
         const renameUser = (id) => fetch(`/users/${id}`, { method: 'PATCH' });\n\
         export { renameUser };\n\
         export const items = { list: () => fetch('/items'), clearItems: () => fetch('/items', { method: 'DELETE' }) };\n\
         //- src/main.ts\nimport { items, readUser } from './api'; readUser(1); items.list();\n\
         //- src/lonely.ts\nexport function load() { return fetch('/lonely'); }",
        &expect![[r#"
            src/api.ts:2 fetch DELETE /users/${id} unused: only in `removeUser`, which nobody calls
            src/api.ts:3 fetch PATCH /users/${id} unused: only in `renameUser`, which nobody calls
            src/api.ts:5 fetch GET /items
            src/api.ts:5 fetch DELETE /items unused: only in `clearItems`, which nobody calls
            src/lonely.ts:1 fetch GET /lonely
            src/main.ts:1 fetch GET /users/1 through src/api.ts:1
        "#]],
    );
}

#[test]
fn pages_of_infinite_queries_and_bodies_that_are_spread() {
    check(
        "//- src/users.ts\nimport { useInfiniteQuery } from '@tanstack/react-query';\n\
         export const useUsers = () => useInfiniteQuery({ queryKey: ['u'], queryFn: () => fetch('/users').then((r) => r.json()) });\n\
         export const add = (user, key) => fetch('/users', { method: 'POST', body: JSON.stringify({ ...user, [key]: 1, group: 2 }) });\n\
         export const search = (word) => { const url = new URL(`${server()}/search`, window.location.origin); return fetch(url.toString()); };\n\
         //- src/list.ts\nimport { useUsers, add, search } from './users'; const { data } = useUsers();\n\
         show(data.pages.flatMap((page) => page.items), data.pageParams); add(window.user, 'x'); search('y');\n\
         //- src/users.test.ts\nfetch('/only-in-a-test');",
        &expect![[r#"
            src/users.ts:2 fetch GET /users reads=items
            src/users.ts:3 fetch POST /users body=group,...
            src/users.ts:4 fetch GET ${server()}/search
        "#]],
    );
}

#[test]
fn a_field_that_is_given_an_address_in_the_constructor() {
    check(
        "//- src/environment.ts\nexport const environment = { host: 'localhost', port: 8008 };\n\
         //- src/client.ts\nimport { environment } from './environment';\n\
         export class Client { private address: string = '';\n\
           constructor() { this.address = `${window.location.protocol.replace('http', 'ws')}//${environment.host}${environment.port ? ':' + environment.port : ''}/ws`; }\n\
           connect() { return new WebSocket(this.address); } }",
        &expect![[r#"
            src/client.ts:4 websocket WS //localhost:8008/ws
        "#]],
    );
}

#[test]
fn what_a_test_hands_to_a_wrapper_is_no_call() {
    check(
        "//- api.ts\nexport const get = (path) => fetch(`/api${path}`);\n\
         //- page.ts\nimport { get } from './api'; get('/users');\n\
         //- api.test.ts\nimport { get } from './api'; test('x', () => get('/nobody'));",
        &expect![[r#"
            page.ts:1 fetch GET /api/users through api.ts:1
        "#]],
    );
}
