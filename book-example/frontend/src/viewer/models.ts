import { Mesh, type Group, type Object3D } from 'three';
import { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

import { fetchAsset } from '../api/scenes';
import type { ApiClient } from '../api/client';

const DEFAULT_BODY = '/models/body.gltf';

/** Loads each model once and hands out clones, which share geometry and material. */
export class ModelLibrary {
  private readonly loader = new GLTFLoader().setDRACOLoader(new DRACOLoader());
  private readonly loaded = new Map<string, Promise<Group>>();

  constructor(private readonly api: ApiClient) {}

  async instance(assetId: string | null): Promise<Object3D> {
    const key = assetId ?? DEFAULT_BODY;
    let model = this.loaded.get(key);
    if (!model) {
      model = assetId ? this.download(assetId) : this.bundled(DEFAULT_BODY);
      this.loaded.set(key, model);
      model.catch(() => this.loaded.delete(key));
    }
    return (await model).clone();
  }

  private async bundled(path: string): Promise<Group> {
    return this.prepare((await this.loader.loadAsync(path)).scene);
  }

  private async download(assetId: string): Promise<Group> {
    const bytes = await fetchAsset(this.api, assetId);
    return this.prepare((await this.loader.parseAsync(bytes, '')).scene);
  }

  private prepare(model: Group): Group {
    model.traverse((object) => {
      if (object instanceof Mesh) {
        object.castShadow = true;
        object.receiveShadow = true;
      }
    });
    return model;
  }
}
