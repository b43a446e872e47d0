//! Peers of small frontends.

use expect_test::{Expect, expect};

use super::peers;
use crate::{
    source::location::Location,
    web::{
        fixture::Fixture, interaction::Interactions, messages::messages, network::calls, project::Project,
        values::Evaluator,
    },
};

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let calls = calls(&evaluator, &Interactions::new(&evaluator));
    let line = |place: &Location| format!("{}:{}", place.file, place.line);
    let mut out = String::new();
    for message in messages(&evaluator) {
        let way = if message.is_sent { "sends" } else { "handles" };
        let name = message.name.as_deref().unwrap_or(&message.format);
        let transport = message.transport.name();
        out.push_str(&format!(
            "{} {way} {name} over {transport}\n",
            line(&message.location)
        ));
    }
    for peer in peers(&evaluator, &calls, &messages(&evaluator)) {
        let ice = peer.ice_servers.join(" ");
        out.push_str(&format!("{} {} ice [{ice}]\n", line(&peer.location), peer.kind));
        for channel in &peer.data_channels {
            let way = if channel.is_awaited { "awaits" } else { "opens" };
            out.push_str(&format!(
                "  {} {way} {:?}\n",
                line(&channel.location),
                channel.label
            ));
        }
        for media in &peer.media {
            let way = if media.is_sent { "sends" } else { "receives" };
            out.push_str(&format!("  {} {way} tracks\n", line(&media.location)));
        }
        for signal in &peer.signals {
            let way = if signal.is_sent { "sends" } else { "takes" };
            out.push_str(&format!(
                "  {} {way} {}\n",
                line(&signal.location),
                signal.kind.name()
            ));
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn an_offer_over_http() {
    check(
        "const pc = new RTCPeerConnection({ iceServers: [{ urls: ['stun:a:1'] }, { urls: 'turn:b', credential: 'secret' }] });\n\
         pc.ontrack = (event) => { video.srcObject = event.streams[0]; };\n\
         pc.addTransceiver('video', { direction: 'recvonly' });\n\
         const dc = pc.createDataChannel('pose');\n\
         dc.onmessage = (event) => { const m = JSON.parse(event.data); if (m.type === 'joints') draw(m); };\n\
         dc.send(JSON.stringify({ type: 'stop' }));\n\
         async function start() { const offer = await pc.createOffer(); await pc.setLocalDescription(offer);\n\
         const payload = { sdp: pc.localDescription.sdp, type: 'offer' };\n\
         const answer = await fetch('/offer', { method: 'POST', body: JSON.stringify(payload) }).then((r) => r.json());\n\
         await pc.setRemoteDescription(answer); fetch('/other'); }",
        &expect![[r#"
            main.js:5 handles any over WebRTC data channel
            main.js:5 handles joints over WebRTC data channel
            main.js:6 sends stop over WebRTC data channel
            main.js:1 RTCPeerConnection ice [stun:a:1 turn:b]
              main.js:4 opens "pose"
              main.js:2 receives tracks
              main.js:3 receives tracks
              main.js:9 sends description
              main.js:10 takes description
        "#]],
    );
}

#[test]
fn a_call_over_a_socket() {
    check(
        "let pc; const ws = new WebSocket('/ws');\n\
         function connect() { const made = new RTCPeerConnection();\n\
         made.onicecandidate = ({ candidate }) => { if (candidate) ws.send(JSON.stringify({ type: 'candidate', candidate: candidate.candidate })); };\n\
         made.ondatachannel = (event) => { const channel = event.channel; channel.onmessage = show; channel.send('hello'); };\n\
         return made; }\n\
         pc = connect(); stream.getTracks().forEach((track) => pc.addTrack(track, stream));\n\
         async function call() { const offer = await pc.createOffer(); ws.send(JSON.stringify({ type: 'offer', sdp: offer.sdp })); }\n\
         ws.onmessage = async ({ data }) => { const message = JSON.parse(data);\n\
         if (message.type === 'answer') await pc.setRemoteDescription(new RTCSessionDescription({ type: 'answer', sdp: message.sdp }));\n\
         if (message.type === 'candidate') await pc.addIceCandidate(message.candidate); };\n\
         ws.send(JSON.stringify({ type: 'leave' }));",
        &expect![[r#"
            main.js:3 sends candidate over WebSocket
            main.js:4 handles any over WebRTC data channel
            main.js:4 sends text over WebRTC data channel
            main.js:7 sends offer over WebSocket
            main.js:8 handles any over WebSocket
            main.js:9 handles answer over WebSocket
            main.js:10 handles candidate over WebSocket
            main.js:11 sends leave over WebSocket
            main.js:2 RTCPeerConnection ice []
              main.js:4 awaits ""
              main.js:6 sends tracks
              main.js:3 sends candidate
              main.js:7 sends offer
              main.js:9 takes answer
              main.js:10 takes candidate
        "#]],
    );
}

#[test]
fn libraries() {
    check(
        "import SimplePeer from 'simple-peer'; import { io } from 'socket.io-client'; const socket = io('/');\n\
         const peer = new SimplePeer({ initiator: true, config: { iceServers: [{ urls: 'stun:c' }] } });\n\
         peer.on('signal', (data) => socket.emit('signal', { to, data }));\n\
         socket.on('signal', ({ data }) => peer.signal(data));\n\
         peer.on('data', (data) => show(data)); peer.send('hi'); peer.on('stream', play);",
        &expect![[r#"
            main.js:3 sends signal over Socket.IO
            main.js:4 handles signal over Socket.IO
            main.js:5 handles any over WebRTC data channel
            main.js:5 sends text over WebRTC data channel
            main.js:2 simple-peer ice [stun:c]
              main.js:5 receives tracks
              main.js:3 sends signal
              main.js:4 takes signal
        "#]],
    );
}

#[test]
fn events_and_hooks() {
    check(
        "import useWebSocket from 'react-use-websocket'; import { fetchEventSource } from '@microsoft/fetch-event-source';\n\
         const source = new EventSource('/events'); source.addEventListener('progress', f); source.onerror = g;\n\
         source.onmessage = (event) => { const m = JSON.parse(event.data); if (m.type === 'done') f(); };\n\
         fetchEventSource('/chat', { method: 'POST', onmessage(event) { if (event.event === 'token') f(event.data); } });\n\
         const { sendJsonMessage, lastJsonMessage } = useWebSocket('/ws', { onMessage: (event) => f(event) });\n\
         import { EventSourcePlus } from 'event-source-plus'; const plus = new EventSourcePlus('/plus');\n\
         plus.listen({ onMessage: (message) => { const data = JSON.parse(message.data); if (data.type === 'again') f(); } });\n\
         sendJsonMessage({ type: 'join' }); if (lastJsonMessage.type === 'joined') f();",
        &expect![[r#"
            main.js:2 handles progress over server-sent events
            main.js:3 handles any over server-sent events
            main.js:3 handles done over server-sent events
            main.js:4 handles any over server-sent events
            main.js:4 handles token over server-sent events
            main.js:5 handles any over WebSocket
            main.js:7 handles any over server-sent events
            main.js:7 handles again over server-sent events
            main.js:8 sends join over WebSocket
            main.js:8 handles joined over WebSocket
        "#]],
    );
}
