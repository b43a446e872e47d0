use expect_test::{Expect, expect};

use super::*;
use crate::web::{fixture::Fixture, project::Project};

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let lines: Vec<String> = messages(&evaluator)
        .iter()
        .map(|message| {
            format!(
                "{}:{} {} {} {} ({}) socket at {}\n",
                message.location.file,
                message.location.line,
                if message.is_sent { "sends" } else { "handles" },
                message.name.as_deref().unwrap_or("-"),
                message.format,
                message.fields.join(", "),
                message.socket.line,
            )
        })
        .collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn messages_of_a_socket() {
    check(
        "const ws = new WebSocket('/ws');\n\
         ws.onmessage = (event) => { const msg = JSON.parse(event.data);\n\
           if (msg.type === 'a') f(); switch (msg.type) { case 'b': g(); break; default: h(msg); } };\n\
         function h({ type, body }) { if ('c' === type) body(); if (body.type === 'not') f(); }\n\
         ws.send(JSON.stringify({ type: 'hello', name }));\n\
         const send = (type, data) => ws.send(JSON.stringify({ type, ...data }));\n\
         send('move', { x: 1 }); ws.send('ping'); ws.send(JSON.stringify({ x }));\n\
         const other = {}; if (other.type === 'no') f();",
        &expect![[r#"
            main.js:2 handles - any () socket at 1
            main.js:3 handles a JSON () socket at 1
            main.js:3 handles b JSON () socket at 1
            main.js:4 handles c JSON () socket at 1
            main.js:5 sends hello JSON (name) socket at 1
            main.js:7 sends move JSON () socket at 1
            main.js:7 sends - text () socket at 1
            main.js:7 sends - untyped JSON (x) socket at 1
        "#]],
    );
}

#[test]
fn messages_of_a_class_with_a_listener() {
    check(
        "//- room.ts\nexport class Room { private socket: WebSocket | null = null; private listener = () => {};\n\
         onMessage(listener) { this.listener = listener; }\n\
         send(message) { this.socket.send(JSON.stringify(message)); }\n\
         connect() { const socket = new WebSocket(url); this.socket = socket;\n\
         socket.addEventListener('message', (event) => { this.listener(JSON.parse(event.data)); }); } }\n\
         //- main.ts\nimport { Room } from './room'; const room = new Room();\n\
         room.onMessage((message) => { switch (message.type) { case 'changed': f(); } });\n\
         room.send({ type: 'cursor', position });",
        &expect![[r#"
            main.ts:2 handles changed JSON () socket at 4
            main.ts:3 sends cursor JSON (position) socket at 4
            room.ts:5 handles - any () socket at 4
        "#]],
    );
}

#[test]
fn tables_of_handlers_and_socket_io() {
    check(
        "import { io } from 'socket.io-client'; const socket = io('/');\n\
         socket.on('connect', f); socket.on('state', (s) => f(s)); socket.emit('join', { room: 1 });\n\
         const ws = new WebSocket('/x'); ws.binaryType = 'arraybuffer';\n\
         const handlers = { up: f, down: g };\n\
         ws.addEventListener('message', ({ data }) => { const m = JSON.parse(data); handlers[m.type](m); });",
        &expect![[r#"
            main.js:2 handles state JSON () socket at 1
            main.js:2 sends join JSON (room) socket at 1
            main.js:4 handles up JSON () socket at 3
            main.js:4 handles down JSON () socket at 3
            main.js:5 handles - binary () socket at 3
        "#]],
    );
}
