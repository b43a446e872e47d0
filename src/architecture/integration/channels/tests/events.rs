//! Server-sent events of small backends.

use std::sync::Arc;

use expect_test::{Expect, expect};

use super::{super::read, dump};
use crate::{
    architecture::model::{Application, Endpoint, Module, Symbol},
    python::source_file::SourceFile,
    source::location::Location,
};

/// The events of `main:stream`, the handler of `/stream`.
fn check_events(text: &str, expected: &Expect) {
    let source = Arc::new(SourceFile::new("main.py", text.as_bytes().to_vec()));
    let module = Module {
        name: "main".to_owned(),
        file: "main.py".to_owned(),
        ..Module::default()
    };
    let endpoint = Endpoint {
        methods: vec!["GET".to_owned()],
        path: "/stream".to_owned(),
        handler: Symbol {
            name: "main:stream".to_owned(),
            location: Location {
                file: "main.py".to_owned(),
                ..Location::default()
            },
        },
        streams_events: true,
        ..Endpoint::default()
    };
    let application = Application {
        endpoints: vec![endpoint],
        ..Application::default()
    };
    let find = |_: &str| Some(Arc::clone(&source));
    let found = read(&[application], &[module], &find, &[], &[]);
    expected.assert_eq(&found.messages.iter().map(dump).collect::<String>());
}

#[test]
fn events_as_text_of_the_protocol() {
    check_events(
        r#"
async def stream():
    async def generate():
        yield ": ping\n\n"
        yield f"event: progress\ndata: {json.dumps({'done': 1, 'total': 2})}\n\n"
        async for chunk in chunks():
            yield chunk
        yield "data: [DONE]\n\n"
        yield frame("closed", {"reason": "end"})
        yield "data: " + json.dumps({"type": "token", "text": t}) + "\n\n"
    return StreamingResponse(generate(), media_type="text/event-stream")
async def chunks():
    yield f"data: {Chunk(text='x').model_dump_json()}\n\n".encode()
def frame(event, data): return f"event: {event}\ndata: {json.dumps(data)}\n\n"
class Chunk(BaseModel):
    kind: Literal["chunk"] = "chunk"
    text: str
def unrelated(): yield "data: no"
"#,
        &expect![[r#"
            /stream ServerToClient - (text) [] sent main.py:8 handled 
            /stream ServerToClient chunk (JSON) [text] sent main.py:13 handled 
            /stream ServerToClient closed (untyped JSON) [reason] sent main.py:9 handled 
            /stream ServerToClient progress (untyped JSON) [done, total] sent main.py:5 handled 
            /stream ServerToClient token (JSON) [text] sent main.py:10 handled 
        "#]],
    );
}

#[test]
fn events_of_libraries() {
    check_events(
        r#"
async def stream(service):
    events = service.events()
    return EventSourceResponse(events)
class Service:
    async def events(self):
        yield {"event": "state", "data": json.dumps({"step": 1})}
        yield ServerSentEvent(data=json.dumps({"type": "log", "line": l}), id="1")
        yield ServerSentEvent(event="bye")
        yield json.dumps({"plain": 1})
        yield self.state.value
"#,
        &expect![[r#"
            /stream ServerToClient - (untyped) [] sent main.py:11 handled 
            /stream ServerToClient - (untyped JSON) [plain] sent main.py:10 handled 
            /stream ServerToClient bye () [] sent main.py:9 handled 
            /stream ServerToClient log (JSON) [line] sent main.py:8 handled 
            /stream ServerToClient state (untyped JSON) [step] sent main.py:7 handled 
        "#]],
    );
}

#[test]
fn events_that_are_none_and_names_that_are_made() {
    check_events(
        r#"
async def stream():
    async def generate():
        yield ServerSentEvent(comment="ping")
        yield {"comment": "ping"}
        yield f"event: job-{name}\ndata: {json.dumps({'id': 1})}\n\n"
        yield await queue.get()
    return EventSourceResponse(generate())
class Users:
    def get(self, key): return {"type": "not sent"}
"#,
        &expect![[r#"
            /stream ServerToClient - (untyped) [] sent main.py:7 handled 
            /stream ServerToClient - (untyped JSON) [id] sent main.py:6 handled 
        "#]],
    );
}
