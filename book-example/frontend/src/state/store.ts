type Listener<T> = (state: T, previous: T) => void;

export interface Store<T> {
  get(): T;
  set(change: Partial<T>): void;
  subscribe(listener: Listener<T>): () => void;
}

/** State that is replaced, never mutated, so that listeners compare by identity. */
export function createStore<T extends object>(initial: T): Store<T> {
  let state = initial;
  const listeners = new Set<Listener<T>>();
  return {
    get: () => state,
    set(change) {
      const previous = state;
      state = { ...state, ...change };
      for (const listener of listeners) listener(state, previous);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
