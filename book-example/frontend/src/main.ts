import { ApiClient } from './api/client';
import { fetchPublicScenes, fetchScene, fetchScenes, moveNode } from './api/scenes';
import { createStore } from './state/store';
import { initialState } from './state/state';
import { Room } from './sync/room';
import { mountPanel } from './ui/panel';
import { Viewer } from './viewer/viewer';

const canvas = document.querySelector<HTMLCanvasElement>('#view')!;
const panel = document.querySelector<HTMLElement>('#panel')!;

const store = createStore(initialState);
const api = new ApiClient(import.meta.env.VITE_API_BASE ?? '');
const viewer = new Viewer(canvas, api);
const room = new Room(api);

async function listScenes(): Promise<void> {
  const scenes = api.isSignedIn ? (await fetchScenes(api)).items : await fetchPublicScenes(api);
  store.set({ scenes, isSignedIn: api.isSignedIn });
}

async function openScene(id: string): Promise<void> {
  const scene = await fetchScene(api, id);
  store.set({ scene });
  room.enter(id);
}

function attempt(work: Promise<void>): void {
  store.set({ problem: null });
  work.catch((error: unknown) => store.set({ problem: String(error) }));
}

store.subscribe((state, previous) => {
  if (state.scene && state.scene !== previous.scene) viewer.show(state.scene);
});

room.onMessage((message) => {
  const { scene, online } = store.get();
  switch (message.type) {
    case 'scene.changed':
      if (scene) attempt(fetchScene(api, scene.id).then((fresh) => store.set({ scene: fresh })));
      break;
    case 'presence': {
      const next = new Set(online);
      if (message.online) next.add(message.user_id);
      else next.delete(message.user_id);
      store.set({ online: next });
      break;
    }
    case 'relayed':
      if (message.message.type === 'node.moved') viewer.moveNode(message.message);
      else viewer.showCursor(message.sender_id, message.message.position);
      break;
  }
});

viewer.onPointer((position) => room.send({ type: 'cursor.moved', position }));
viewer.onNodeMoved((node) => {
  const { scene } = store.get();
  if (!scene) return;
  room.send({
    type: 'node.moved',
    node_id: node.id,
    position: node.position,
    rotation: node.rotation,
  });
  attempt(moveNode(api, scene.id, node));
});

mountPanel(panel, store, {
  signIn: (email, password) => attempt(api.signIn(email, password).then(listScenes)),
  signOut: () => attempt(api.signOut().then(listScenes)),
  open: (id) => attempt(openScene(id)),
});

attempt(listScenes());
