import type { State } from '../state/state';
import type { Store } from '../state/store';

export interface PanelActions {
  signIn(email: string, password: string): void;
  signOut(): void;
  open(sceneId: string): void;
}

export function mountPanel(root: HTMLElement, store: Store<State>, actions: PanelActions): void {
  const draw = (state: State): void => {
    root.replaceChildren(
      state.isSignedIn ? signOutButton(actions) : signInForm(actions),
      sceneList(state, actions),
      text('p', state.scene ? `${state.online.size} looking at ${state.scene.title}` : ''),
      text('p', state.problem ?? '', 'problem'),
    );
  };
  store.subscribe(draw);
  draw(store.get());
}

function text(tag: string, content: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = content;
  element.className = className;
  return element;
}

function field(name: string, type: string): HTMLInputElement {
  const input = document.createElement('input');
  Object.assign(input, { name, type, required: true, placeholder: name });
  return input;
}

function signInForm(actions: PanelActions): HTMLElement {
  const form = document.createElement('form');
  const email = field('email', 'email');
  const password = field('password', 'password');
  form.append(email, password, text('button', 'Sign in'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.signIn(email.value, password.value);
  });
  return form;
}

function signOutButton(actions: PanelActions): HTMLElement {
  const button = text('button', 'Sign out');
  button.addEventListener('click', () => actions.signOut());
  return button;
}

function sceneList(state: State, actions: PanelActions): HTMLElement {
  const list = document.createElement('ul');
  for (const scene of state.scenes) {
    const button = text('button', scene.title);
    button.setAttribute('aria-pressed', String(scene.id === state.scene?.id));
    button.addEventListener('click', () => actions.open(scene.id));
    const item = document.createElement('li');
    item.append(button);
    list.append(item);
  }
  return list;
}
