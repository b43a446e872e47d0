import type { Scene, SceneSummary } from '../api/types';

export interface State {
  isSignedIn: boolean;
  scenes: SceneSummary[];
  scene: Scene | null;
  online: ReadonlySet<string>;
  problem: string | null;
}

export const initialState: State = {
  isSignedIn: false,
  scenes: [],
  scene: null,
  online: new Set(),
  problem: null,
};
