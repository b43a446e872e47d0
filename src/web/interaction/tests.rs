//! What leads to calls and what their results change, as one line each.

use expect_test::{Expect, expect};

use super::{Interactions, Update, attach};
use crate::web::{fixture::Fixture, messages, network, project::Project, values::Evaluator};

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    assert_eq!(project.problems, []);
    let evaluator = Evaluator::new(&project);
    let index = Interactions::new(&evaluator);
    let mut out = String::new();
    let calls = network::calls(&evaluator, &index);
    for call in &calls {
        out.push_str(&format!("{} {}\n", call.method, call.url));
        for interaction in &call.interactions {
            let trigger = &interaction.trigger;
            let every = trigger.interval.map(|interval| format!(" every {interval}"));
            out.push_str(&format!(
                "  {:?} {} {}{} at {}:{}\n",
                trigger.kind,
                trigger.name,
                trigger.subject,
                every.unwrap_or_default(),
                trigger.location.file,
                trigger.location.line,
            ));
            let places = interaction.calls.iter();
            let places: Vec<String> = places
                .map(|call| format!("{}:{}", short(&call.function), call.location.line))
                .collect();
            out.push_str(&format!("    {}\n", places.join(" > ")));
            interaction
                .updates
                .iter()
                .for_each(|update| out.push_str(&line(update)));
        }
    }
    let mut messages = messages::messages(&evaluator);
    attach(&index, &mut messages, &calls);
    for message in messages.iter().filter(|message| !message.is_sent) {
        out.push_str(&format!("message {}\n", message.name.as_deref().unwrap_or("-")));
        message
            .updates
            .iter()
            .for_each(|update| out.push_str(&line(update)));
    }
    expected.assert_eq(&out);
}

fn short(function: &str) -> &str {
    function.rsplit('/').next().unwrap_or(function)
}

fn line(update: &Update) -> String {
    let class = update.class.as_ref().map(|class| format!(" ({class})"));
    let via = update.via.as_ref().map(|via| format!(" via {via}"));
    let behind = if update.uses_result { "" } else { " behind" };
    format!(
        "    - {:?} {}{}{behind}{} in {}:{}\n",
        update.kind,
        update.target,
        class.unwrap_or_default(),
        via.unwrap_or_default(),
        short(&update.function),
        update.location.line,
    )
}

#[test]
fn a_component_with_state() {
    check(
        "//- App.jsx\nimport { useState, useEffect } from 'react';\n\
         export default function App() {\n\
           const [models, setModels] = useState([]);\n\
           const [busy, setBusy] = useState(false);\n\
           useEffect(() => { load(); }, []);\n\
           const load = async () => {\n\
             const res = await fetch('/api/models');\n\
             const data = await res.json();\n\
             setModels(data.models);\n\
           };\n\
           const upload = async (event) => {\n\
             setBusy(true);\n\
             try {\n\
               await fetch('/api/upload', { method: 'POST', body: event.target.files[0] });\n\
               await load();\n\
             } catch (error) { alert(error); setBusy(false); }\n\
             finally { setBusy(false); }\n\
           };\n\
           return <div><input onChange={upload} />{models.map((model) => <b key={model}>{model}</b>)}</div>;\n\
         }",
        &expect![[r#"
            GET /api/models
              Mounted useEffect  at App.jsx:5
                App.jsx:App:5 > App.jsx:load:7
                - State models in App.jsx:load:9
                - Document App via models in App.jsx:App:19
              Event change <input> at App.jsx:19
                App.jsx:upload:15 > App.jsx:load:7
                - State models in App.jsx:load:9
                - State busy behind in App.jsx:upload:17
                - Document App via models in App.jsx:App:19
            POST /api/upload
              Event change <input> at App.jsx:19
                App.jsx:upload:14
                - State busy behind in App.jsx:upload:17
                - State models behind in App.jsx:load:9
        "#]],
    );
}

#[test]
fn a_scene_behind_a_store_of_ones_own() {
    check(
        "//- store.ts\nexport function createStore(initial) {\n\
           let state = initial; const listeners = new Set();\n\
           return {\n\
             get: () => state,\n\
             set(change) { state = { ...state, ...change }; for (const listener of listeners) listener(state); },\n\
             subscribe(listener) { listeners.add(listener); } }; }\n\
         //- client.ts\nexport class Client {\n\
           async get(path) { return (await this.send('GET', path)).json(); }\n\
           private send(method, path) { return fetch('/api' + path, { method }); } }\n\
         //- viewer.ts\nimport { Scene, Mesh, type Object3D } from 'three';\n\
         export class Viewer {\n\
           scene = new Scene(); moved = (id) => {};\n\
           constructor(canvas) { canvas.addEventListener('pointerup', () => this.drop()); }\n\
           onMoved(listener) { this.moved = listener; }\n\
           drop() { this.moved(3); }\n\
           show(data) { for (const node of data.nodes) { const mesh = new Mesh(); this.place(mesh, node); this.scene.add(mesh); } }\n\
           place(object: Object3D, node) { object.position.fromArray(node.position); } }\n\
         //- main.ts\nimport { createStore } from './store'; import { Client } from './client'; import { Viewer } from './viewer';\n\
         const store = createStore({ scene: null, list: [] }); const api = new Client(); const viewer = new Viewer(document.querySelector('canvas'));\n\
         store.subscribe((state) => { if (state.scene) viewer.show(state.scene); });\n\
         store.subscribe((state) => { document.title = state.list; });\n\
         async function open(id) { const scene = await api.get(`/scenes/${id}`); store.set({ scene }); }\n\
         viewer.onMoved((id) => open(id));",
        &expect![[r#"
            GET /api/scenes/${id}
              Event pointerup canvas at viewer.ts:4
                viewer.ts:Viewer.constructor:4 > viewer.ts:Viewer.drop:6 > main.ts:6 > main.ts:open:5 > client.ts:Client.get:2 > client.ts:Client.send:3
                - Variable state in store.ts:set:5
                - Scene object.position.fromArray (Object3D) in viewer.ts:Viewer.place:8
                - Document document.title behind in main.ts:4
                - Scene scene.add (Scene) behind in viewer.ts:Viewer.show:7
        "#]],
    );
}

#[test]
fn queries_and_mutations() {
    check(
        "//- Items.tsx\nimport { useQuery, useMutation, useQueryClient } from '@tanstack/react-query';\n\
         const read = () => fetch('/items').then((res) => res.json());\n\
         export function Items() {\n\
           const client = useQueryClient();\n\
           const { data: items } = useQuery({ queryKey: ['items'], queryFn: read });\n\
           const create = useMutation({ mutationFn: (item) => fetch('/items', { method: 'POST', body: item }),\n\
             onSuccess: () => { client.invalidateQueries(); } });\n\
           return <form onSubmit={() => create.mutate('x')}>{items.map((item) => <li>{item.title}</li>)}</form>;\n\
         }",
        &expect![[r#"
            GET /items
              Mounted useQuery  at Items.tsx:5
                Items.tsx:read:2
                - Document Items in Items.tsx:Items:8
            POST /items
              Event submit <form> at Items.tsx:8
                Items.tsx:onSubmit:8 > Items.tsx:mutationFn:6
                - Cache query cache behind in Items.tsx:onSuccess:7
        "#]],
    );
}

#[test]
fn timers_loaders_and_events_of_a_server() {
    check(
        "//- main.js\nimport * as THREE from 'three'; import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';\n\
         const scene = new THREE.Scene(); const arm = new THREE.Mesh(); scene.add(arm);\n\
         setInterval(async () => { const pose = await (await fetch('/pose')).json(); arm.rotation.z = pose.angle; }, 250);\n\
         document.querySelector('#load').addEventListener('click', async () => {\n\
           const model = await fetch('/model').then((r) => r.json());\n\
           new GLTFLoader().load(model.url, (gltf) => { scene.add(gltf.scene); });\n\
         });\n\
         const events = new EventSource('/events');\n\
         events.onmessage = (event) => { const at = JSON.parse(event.data); arm.position.set(at.x, at.y, at.z); };",
        &expect![[r#"
            GET /pose
              Timer setInterval  every 250 at main.js:3
                main.js:3
                - Scene arm.rotation.z (Mesh) in main.js:3
            GET /model
              Event click document.querySelector('#load') at main.js:4
                main.js:5
                - Scene scene.add (Scene) in main.js:6
            SSE /events
              Load main.js  at main.js:1
                main.js:8
                - Scene arm.position.set (Mesh) in main.js:onmessage:9
            message -
                - Scene arm.position.set (Mesh) in main.js:onmessage:9
        "#]],
    );
}

#[test]
fn messages_of_a_socket() {
    check(
        "//- main.js\nimport { Mesh } from 'three'; import { create } from 'zustand';\n\
         const useRoom = create((set) => ({ users: [], setUsers: (users) => set({ users }) }));\n\
         const arm = new Mesh();\n\
         const socket = new WebSocket('ws://localhost/ws');\n\
         socket.onmessage = (event) => {\n\
           const message = JSON.parse(event.data);\n\
           switch (message.type) {\n\
             case 'pose': arm.position.set(message.x, 0, 0); break;\n\
             case 'users': useRoom.getState().setUsers(message.users); break;\n\
           }\n\
         };",
        &expect![[r#"
            WS ws://localhost/ws
              Load main.js  at main.js:1
                main.js:4
                - Scene arm.position.set (Mesh) in main.js:onmessage:8
                - Store useRoom: users in main.js:setUsers:2
            message -
            message pose
                - Scene arm.position.set (Mesh) in main.js:onmessage:8
            message users
                - Store useRoom: users in main.js:setUsers:2
        "#]],
    );
}

#[test]
fn handlers_in_markup() {
    check(
        "//- Robot.svelte\n<script>\n\
           import { writable } from 'svelte/store'; export const path = writable([]);\n\
           let state = $state('idle');\n\
           async function move() { const res = await fetch('/move'); path.set(await res.json()); state = 'moved'; }\n\
         </script>\n\
         <style>button { color: red }</style>\n\
         <p>Robot</p><button class=\"a\" onclick={() => move(1)}>Go</button>\n\
         //- List.vue\n<template><b v-on:click.prevent=\"load()\">{{ items }}</b></template>\n\
         <script>\nexport default { data() { return { items: [] }; }, mounted() { this.load(); },\n\
           methods: { async load() { this.items = await (await fetch('/items')).json(); } } };\n</script>",
        &expect![[r#"
            GET /items
              Mounted mounted  at List.vue:3
                List.vue:mounted:3 > List.vue:load:4
                - State items in List.vue:load:4
                - Document List via items in List.vue:List:1
              Event click <b> at List.vue:1
                List.vue:onClick:1 > List.vue:load:4
                - State items in List.vue:load:4
                - Document List via items in List.vue:List:1
            GET /move
              Event click <button> at Robot.svelte:7
                Robot.svelte:onclick:7 > Robot.svelte:move:4
                - Store path in Robot.svelte:move:4
                - State state behind in Robot.svelte:move:4
        "#]],
    );
}

#[test]
fn a_context_of_a_component() {
    check(
        "//- Chat.jsx\nimport { createContext, useContext, useState } from 'react';\n\
         const Chat = createContext(null);\n\
         export function ChatProvider({ children }) {\n\
           const [messages, setMessages] = useState([]);\n\
           const add = (message) => setMessages((all) => [...all, message]);\n\
           return <Chat.Provider value={{ messages, add }}>{children}</Chat.Provider>; }\n\
         export function Ask() {\n\
           const { add } = useContext(Chat);\n\
           const send = async () => { const reply = await (await fetch('/ask')).json(); add(reply.text); };\n\
           return <button onClick={send}>Ask</button>; }",
        &expect![[r#"
            GET /ask
              Event click <button> at Chat.jsx:10
                Chat.jsx:send:9
                - State messages in Chat.jsx:add:5
                - Document ChatProvider via messages in Chat.jsx:ChatProvider:6
        "#]],
    );
}

#[test]
fn a_function_that_sets_itself_up_again_and_a_connection_that_comes_back() {
    check(
        "//- main.js\nasync function poll() { const jobs = await (await fetch('/jobs')).json(); document.title = jobs.length; setTimeout(poll, 2000); }\n\
         function later() { return fetch('/later').finally(() => setTimeout(later, 500)); }\n\
         function connect() { const socket = new WebSocket('/ws'); socket.onclose = () => setTimeout(connect, 1000); }\n\
         window.addEventListener('load', () => { poll(); connect(); });",
        &expect![[r#"
            GET /jobs
              Event load window at main.js:4
                main.js:4 > main.js:poll:1
                - Document document.title in main.js:poll:1
              Timer setTimeout  every 2000 at main.js:1
                main.js:poll:1
                - Document document.title in main.js:poll:1
            GET /later
              Timer setTimeout  every 500 at main.js:2
                main.js:later:2
            WS /ws
              Event load window at main.js:4
                main.js:4 > main.js:connect:3
        "#]],
    );
}
