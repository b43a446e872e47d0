import type { ApiClient } from '../api/client';
import type { ClientMessage, ServerMessage } from '../api/types';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/** The WebSocket of one scene. It comes back after a loss, ever more slowly. */
export class Room {
  private socket: WebSocket | null = null;
  private sceneId: string | null = null;
  private delay = FIRST_DELAY_MS;
  private listener: (message: ServerMessage) => void = () => {};

  constructor(private readonly api: ApiClient) {}

  onMessage(listener: (message: ServerMessage) => void): void {
    this.listener = listener;
  }

  enter(sceneId: string): void {
    this.sceneId = sceneId;
    this.socket?.close();
    void this.connect(sceneId);
  }

  send(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private async connect(sceneId: string): Promise<void> {
    const url = await this.api.socketUrl(`/ws/scenes/${sceneId}`);
    if (!url || sceneId !== this.sceneId) return;
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.delay = FIRST_DELAY_MS;
    });
    socket.addEventListener('message', (event: MessageEvent<string>) => {
      this.listener(JSON.parse(event.data) as ServerMessage);
    });
    socket.addEventListener('close', () => {
      if (socket !== this.socket) return;
      setTimeout(() => {
        if (sceneId === this.sceneId) void this.connect(sceneId);
      }, this.delay);
      this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
    });
  }
}
