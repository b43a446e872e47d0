//! What is done with the items of queues.

use expect_test::expect;

use super::check;

#[test]
fn what_empties_a_queue_is_no_work_of_every_frame() {
    check(
        r#"
//- inbox.ts
export class Inbox {
  private messages = [];
  constructor(socket) { socket.onmessage = (event) => this.messages.push(event.data); }
  hasMessage() { return this.messages.length > 0; }
  next() { return this.messages.shift(); }
}
//- main.ts
import { Vector3, Object3D } from 'three';
import { Inbox } from './inbox';
const inbox = new Inbox(socket);
const spawned = [];
let moved = [];
function place(message) { return new Vector3(message.x, 0, 0); }
function search(root) {
  const open = [root];
  while (open.length) { const at = open.shift(); at.offset = new Vector3(); }
}
function tick() {
  requestAnimationFrame(tick);
  while (inbox.hasMessage()) { const message = inbox.next(); place(message); }
  for (const one of spawned) { one.at = new Vector3(1, 0, 0); }
  spawned.length = 0;
  moved.forEach((one) => { one.at = new Vector3(2, 0, 0); });
  moved = [];
  const batch = moved.splice(0, moved.length);
  batch.map(place);
  for (const one of kept) { one.at = new Vector3(3, 0, 0); }
  search(root);
}
tick();
"#,
        expect![[r#"
            main.ts:9 allocation-in-loop: Vector3 is made at every frame [main.ts:tick > main.ts:search]
            main.ts:20 allocation-in-loop: Vector3 is made at every frame
        "#]],
    );
}
