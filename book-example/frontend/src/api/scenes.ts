import type { ApiClient } from './client';
import type { Page, Scene, SceneNode, SceneSummary } from './types';

export function fetchScenes(api: ApiClient, search = ''): Promise<Page<SceneSummary>> {
  const query = new URLSearchParams({ limit: '50' });
  if (search) query.set('search', search);
  return api.get(`/scenes?${query}`);
}

export function fetchPublicScenes(api: ApiClient): Promise<SceneSummary[]> {
  return api.get('/scenes/public');
}

export function fetchScene(api: ApiClient, id: string): Promise<Scene> {
  return api.get(`/scenes/${id}`);
}

export async function moveNode(api: ApiClient, sceneId: string, node: SceneNode): Promise<void> {
  const { id, ...body } = node;
  await api.put(`/scenes/${sceneId}/nodes/${id}`, body);
}

export function fetchAsset(api: ApiClient, id: string): Promise<ArrayBuffer> {
  return api.bytes(`/assets/${id}/content`);
}
