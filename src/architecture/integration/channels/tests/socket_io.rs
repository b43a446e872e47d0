//! Events of Socket.IO of small backends.

use expect_test::expect;

use super::check;
use crate::{
    source::location::Location,
    web::messages::{SocketMessage, Transport},
};

#[test]
fn events_of_socket_io() {
    let event = |line, name: &str, is_sent| SocketMessage {
        location: Location {
            file: "web.ts".to_owned(),
            line,
            ..Location::default()
        },
        name: Some(name.to_owned()),
        is_sent,
        transport: Transport::SocketIo,
        ..SocketMessage::default()
    };
    check(
        r#"
import socketio
sio = socketio.AsyncServer(async_mode="asgi")
class Hub:
    def __init__(self):
        self.server = socketio.AsyncServer()
def manager():
    return socketio.AsyncRedisManager("redis://")
@sio.event
async def connect(sid, environ): pass
@sio.event
async def move(sid, data):
    await sio.emit("moved", {"x": data["x"], "by": sid}, skip_sid=sid)
@hub.server.on("scan:stop")
async def stop(sid): pass
async def work():
    relay = manager()
    await relay.emit("done")
    await bus.emit("other")
#- signals.py
class Bus:
    def tell(self):
        self.server.emit("signal")
"#,
        &[],
        &[
            event(1, "move", true),
            event(2, "moved", false),
            event(3, "gone", false),
        ],
        &expect![[r#"
            socket.io ClientToServer move (JSON) [] sent web.ts:1 handled main.py:12
            socket.io ClientToServer scan:stop (JSON) [] sent  handled main.py:15
            socket.io ServerToClient done (JSON) [] sent main.py:18 handled 
            socket.io ServerToClient gone () [] sent  handled web.ts:3
            socket.io ServerToClient moved (JSON) [x, by] sent main.py:13 handled web.ts:2
        "#]],
    );
}

#[test]
fn servers_in_fields_and_namespaces() {
    check(
        r#"
#- handler.py
class Handler:
    def __init__(self):
        self.server = socketio.AsyncServer()
handler = Handler()
#- activity.py
from handler import handler
@handler.server.on("start")
async def start(sid, data):
    await handler.server.emit("started", {"id": 1})
class Room(socketio.AsyncNamespace):
    async def on_join(self, sid, data):
        await self.emit("joined", {"who": sid})
    async def on_connect(self, sid, environ): pass
"#,
        &[],
        &[],
        &expect![[r#"
            socket.io ClientToServer join (JSON) [] sent  handled activity.py:6
            socket.io ClientToServer start (JSON) [] sent  handled activity.py:3
            socket.io ServerToClient joined (JSON) [who] sent activity.py:7 handled 
            socket.io ServerToClient started (JSON) [id] sent activity.py:4 handled 
        "#]],
    );
}
