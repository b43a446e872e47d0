//! Messages of small backends, and of both ends.

mod events;
mod peers;
mod socket_io;

use std::{collections::BTreeMap, sync::Arc};

use expect_test::{Expect, expect};

use super::read;
use crate::{
    architecture::model::{Application, Channel, ChannelMessage, Module, Symbol},
    python::source_file::SourceFile,
    source::location::Location,
    web::messages::SocketMessage,
};

/// `files`: `#- name` begins a module. `channels`: path and `module:handler`.
fn check(files: &str, channels: &[(&str, &str)], client: &[SocketMessage], expected: &Expect) {
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut name = "main.py".to_owned();
    for line in files.lines() {
        match line.strip_prefix("#- ") {
            Some(next) => next.trim().clone_into(&mut name),
            None => sources
                .entry(name.clone())
                .or_default()
                .push_str(&format!("{line}\n")),
        }
    }
    let modules: Vec<Module> = sources
        .keys()
        .map(|file| Module {
            name: file.trim_end_matches(".py").to_owned(),
            file: file.clone(),
            ..Module::default()
        })
        .collect();
    let application = Application {
        channels: channels
            .iter()
            .map(|(path, handler)| Channel {
                path: (*path).to_owned(),
                handler: Symbol {
                    name: (*handler).to_owned(),
                    location: Location {
                        file: format!("{}.py", handler.split(':').next().unwrap_or_default()),
                        ..Location::default()
                    },
                },
                ..Channel::default()
            })
            .collect(),
        ..Application::default()
    };
    let source = |file: &str| {
        let text = sources.get(file)?;
        Some(Arc::new(SourceFile::new(file, text.clone().into_bytes())))
    };
    let found = read(&[application], &modules, &source, client, &[]);
    expected.assert_eq(&found.messages.iter().map(dump).collect::<String>());
}

fn dump(message: &ChannelMessage) -> String {
    let places = |places: &[crate::architecture::model::MessagePlace]| -> String {
        let places: Vec<String> = places
            .iter()
            .map(|place| format!("{}:{}", place.location.file, place.location.line))
            .collect();
        places.join(" ")
    };
    format!(
        "{} {:?} {} ({}) [{}] sent {} handled {}\n",
        message.channel,
        message.direction,
        message.name.as_deref().unwrap_or("-"),
        message.format,
        message.fields.join(", "),
        places(&message.sent),
        places(&message.handled),
    )
}

#[test]
fn a_manager_broadcasts() {
    check(
        r#"
class Manager:
    def __init__(self): self.active = []
    async def connect(self, ws): await ws.accept(); self.active.append(ws)
    async def broadcast(self, message: dict):
        for ws in self.active:
            await ws.send_text(json.dumps(message))
    async def notify(self, kind, payload):
        await self.broadcast({"type": kind, "payload": payload})
manager = Manager()
class Kind(str, Enum):
    LEFT = "left"
@app.websocket("/ws")
async def room(ws: WebSocket):
    await manager.connect(ws)
    await ws.send_json({"type": "hello", "id": 1})
    while True:
        data = await ws.receive_json()
        kind = data.get("type")
        if kind == "move":
            message = {"type": "moved", "x": data["x"]}
            await manager.broadcast(message)
        elif kind in ("ping", "pong"):
            await ws.send_text("pong")
        else:
            await handle(ws, data)
async def handle(ws, data):
    match data["type"]:
        case "a" | "b": pass
    HANDLERS[data["type"]](data)
HANDLERS = {"c": print}
@app.post("/items")
async def create():
    await manager.notify("item.created", 1)
    await manager.broadcast({"type": Kind.LEFT.value})
    await manager.broadcast(build())
def build(): return dict(type="x") if 0 else {"event": "built"}
"#,
        &[("/ws", "main:room")],
        &[],
        &expect![[r#"
            /ws ClientToServer a (JSON) [] sent  handled main.py:29
            /ws ClientToServer b (JSON) [] sent  handled main.py:29
            /ws ClientToServer c (JSON) [] sent  handled main.py:31
            /ws ClientToServer move (JSON) [] sent  handled main.py:20
            /ws ClientToServer ping (JSON) [] sent  handled main.py:23
            /ws ClientToServer pong (JSON) [] sent  handled main.py:23
            /ws ServerToClient - (text) [] sent main.py:24 handled 
            /ws ServerToClient built (JSON) [] sent main.py:36 handled 
            /ws ServerToClient hello (JSON) [id] sent main.py:16 handled 
            /ws ServerToClient item.created (JSON) [payload] sent main.py:34 handled 
            /ws ServerToClient left (JSON) [] sent main.py:35 handled 
            /ws ServerToClient moved (JSON) [x] sent main.py:22 handled 
            /ws ServerToClient x (JSON) [] sent main.py:36 handled 
        "#]],
    );
}

#[test]
fn models_have_types() {
    check(
        r#"
#- schemas.py
class Base(BaseModel):
    at: int
class Presence(Base):
    type: Literal["presence"] = "presence"
    online: bool
class Moved(BaseModel):
    type: Literal["moved"]
class Left(BaseModel):
    type: Literal["left"]
Incoming = Annotated[Moved | Left, Field(discriminator="type")]
incoming = TypeAdapter(Incoming)
#- main.py
from schemas import Presence, incoming
async def publish(message: BaseModel):
    await redis.publish("room", message.model_dump_json())
async def listen():
    async for event in pubsub.listen():
        await deliver(event["data"])
async def deliver(text):
    for ws in sockets:
        await ws.send_text(text)
async def room(ws):
    await publish(Presence(online=True))
    text = await ws.receive_text()
    message = incoming.validate_json(text)
"#,
        &[("/ws", "main:room")],
        &[],
        &expect![[r#"
            /ws ClientToServer left (JSON) [] sent  handled main.py:14
            /ws ClientToServer moved (JSON) [] sent  handled main.py:14
            /ws ServerToClient presence (JSON) [at, online] sent main.py:12 handled 
        "#]],
    );
}

#[test]
fn untyped_and_binary_messages() {
    let handled = |line, format: &str| SocketMessage {
        location: Location {
            file: "web.ts".to_owned(),
            line,
            ..Location::default()
        },
        format: format.to_owned(),
        ..SocketMessage::default()
    };
    check(
        r#"
class Camera:
    async def add(self, ws): pass
    async def on_frame(self, meta, jpeg):
        await ws.send_json(meta.to_dict())
        await ws.send_bytes(jpeg)
camera = Camera()
async def room(ws):
    await camera.add(ws)
    while True:
        await ws.receive_text()
async def other(ws):
    text = await ws.receive_text()
"#,
        &[("/camera", "main:room")],
        &[handled(3, "any")],
        &expect![[r#"
            /camera ClientToServer - (text) [] sent  handled main.py:13
            /camera ServerToClient - (binary) [] sent main.py:6 handled web.ts:3
            /camera ServerToClient - (untyped JSON) [] sent main.py:5 handled web.ts:3
        "#]],
    );
}

#[test]
fn other_servers_and_what_a_local_object_handles() {
    check(
        r#"
#- main.py
class Protocol:
    def command(self, event):
        if event.get("type") == "stop": pass
class Other:
    def command(self, event): pass
class Third:
    def command(self, event): pass
@app.websocket("/a")
async def first(ws: WebSocket):
    protocol = Protocol()
    upstream = await session.ws_connect("ws://elsewhere")
    await upstream.send_json({"type": "not ours"})
    answer = await upstream.receive_json()
    if answer["type"] == "not ours either": pass
    async def events():
        protocol.command(await ws.receive_json())
        message = await ws.receive_json()
        protocol.command(message)
    await events()
@app.websocket("/b")
async def second(ws: WebSocket):
    await ws.send_json({"type": "b"})
"#,
        &[("/a", "main:first"), ("/b", "main:second")],
        &[],
        &expect![[r#"
            /a ClientToServer stop (JSON) [] sent  handled main.py:4
            /b ServerToClient b (JSON) [] sent main.py:23 handled 
        "#]],
    );
}

#[test]
fn functions_within_functions_and_names_that_are_used_twice() {
    check(
        r#"
#- main.py
class Users:
    def get(self, key): return {"type": "not sent"}
async def probe():
    async with session.ws_connect("ws://elsewhere") as ws:
        await ws.send_json({"type": "not ours"})
@app.websocket("/a")
async def first(ws: WebSocket):
    async def push():
        await ws.send_json({"type": "of a"})
    await push()
@app.websocket("/b")
async def second(ws: WebSocket):
    async def push():
        await ws.send_json({"type": "of b"})
    await push()
    await ws.send_json(await queue.get())
"#,
        &[("/a", "main:first"), ("/b", "main:second")],
        &[],
        &expect![[r#"
            /a ServerToClient of a (JSON) [] sent main.py:10 handled 
            /b ServerToClient - (untyped JSON) [] sent main.py:17 handled 
            /b ServerToClient of b (JSON) [] sent main.py:15 handled 
        "#]],
    );
}
