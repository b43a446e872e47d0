//! Peers of aiortc, and of browsers alone.

use std::sync::Arc;

use expect_test::expect;

use super::{super::read, check, dump};
use crate::{
    architecture::model::Module,
    python::source_file::SourceFile,
    source::location::Location,
    web::messages::{SocketMessage, Transport},
};

#[test]
fn peers_of_aiortc() {
    let text = r#"
@app.post("/offer")
async def offer(params: Offer):
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[RTCIceServer(urls="stun:x")]))
    @pc.on("datachannel")
    def on_channel(channel):
        @channel.on("message")
        def on_message(message):
            channel.send(json.dumps({"type": "pong"}))
    @pc.on("track")
    def on_track(track): pc.addTrack(track)
    await pc.setRemoteDescription(RTCSessionDescription(sdp=params.sdp, type=params.type))
    answer = await pc.createAnswer()
    await pc.setLocalDescription(answer)
"#;
    let source = Arc::new(SourceFile::new("main.py", text.as_bytes().to_vec()));
    let module = Module {
        name: "main".to_owned(),
        file: "main.py".to_owned(),
        ..Module::default()
    };
    let found = read(&[], &[module], &|_: &str| Some(Arc::clone(&source)), &[], &[]);
    let mut out: String = found.messages.iter().map(dump).collect();
    for peer in &found.peers {
        let line = |location: &Location| location.line;
        out.push_str(&format!(
            "{} {} {:?} channels {:?} media {:?} signals {:?}\n",
            peer.function,
            peer.kind,
            peer.ice_servers,
            peer.data_channels
                .iter()
                .map(|c| line(&c.location))
                .collect::<Vec<_>>(),
            peer.media
                .iter()
                .map(|m| (line(&m.location), m.is_sent))
                .collect::<Vec<_>>(),
            peer.signals
                .iter()
                .map(|s| (line(&s.location), s.kind, s.is_sent))
                .collect::<Vec<_>>(),
        ));
    }
    expect![[r#"
         ClientToServer - (untyped) [] sent  handled main.py:7
         ServerToClient pong (JSON) [] sent main.py:9 handled 
        main:offer aiortc ["stun:x"] channels [5] media [(10, false), (11, true)] signals [(12, Description, false), (13, Answer, true)]
    "#]].assert_eq(&out);
}

#[test]
fn browsers_are_peers_of_each_other() {
    let message = |line, is_sent| SocketMessage {
        location: Location {
            file: "web.ts".to_owned(),
            line,
            ..Location::default()
        },
        name: Some("move".to_owned()),
        is_sent,
        transport: Transport::DataChannel,
        ..SocketMessage::default()
    };
    check(
        "@app.websocket('/a')\nasync def a(ws): await ws.send_json({'type': 'a'})",
        &[("/a", "main:a")],
        &[message(1, true), message(2, false)],
        &expect![[r#"
             BetweenPeers move () [] sent web.ts:1 handled web.ts:2
            /a ServerToClient a (JSON) [] sent main.py:2 handled 
        "#]],
    );
}
