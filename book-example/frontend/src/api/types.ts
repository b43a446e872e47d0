/** The shapes of the API, as `backend/app/schemas` defines them. */

export type Vector3Tuple = [number, number, number];

export interface TokenPair {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

export interface Page<T> {
  items: T[];
  total: number;
  limit: number;
  offset: number;
}

export interface SceneSummary {
  id: string;
  owner_id: string;
  title: string;
  visibility: 'private' | 'public';
  updated_at: string;
}

export interface SceneNode {
  id: string;
  name: string;
  kind: 'group' | 'model' | 'light' | 'body';
  asset_id: string | null;
  position: Vector3Tuple;
  rotation: Vector3Tuple;
  scale: Vector3Tuple;
  properties: Record<string, unknown>;
}

export interface Scene extends SceneSummary {
  description: string;
  revision: number;
  nodes: SceneNode[];
}

export interface NodeMoved {
  type: 'node.moved';
  node_id: string;
  position: Vector3Tuple;
  rotation: Vector3Tuple;
}

export interface CursorMoved {
  type: 'cursor.moved';
  position: Vector3Tuple;
}

export type ClientMessage = NodeMoved | CursorMoved;

export type ServerMessage =
  | { type: 'presence'; user_id: string; online: boolean }
  | { type: 'scene.changed'; revision: number }
  | { type: 'relayed'; sender_id: string; message: ClientMessage };
