use super::*;
use crate::web::{fixture::Fixture, project::Project};

/// Stores as `name writers readers`.
fn check(files: &str, expected: expect_test::Expect) {
    let files = Fixture::new(files);
    let project = Project::new(&files);
    let found: Vec<String> = stores(&Evaluator::new(&project))
        .iter()
        .map(|store| format!("{} {:?} {:?}", store.name, store.writers, store.readers))
        .collect();
    expected.assert_eq(&found.join("\n"));
}

#[test]
fn stores_and_their_users() {
    let files = Fixture::new(
        "//- s.js\nimport { writable } from 'svelte/store'; import { create } from 'zustand'; import { createContext } from 'react';\n\
         export const pose = writable(0);\nexport const useApp = create()((set) => ({ n: 1 }));\nexport const Chat = createContext(null);\n\
         //- m.js\nimport { pose, useApp } from './s';\nfunction move() { pose.set(1); }\nfunction show() { pose.subscribe(draw); useApp((s) => s.n); }",
    );
    let project = Project::new(&files);
    let found: Vec<String> = stores(&Evaluator::new(&project))
        .iter()
        .map(|s| {
            format!(
                "{}:{} {} {:?} {:?}",
                s.location.line, s.name, s.kind, s.writers, s.readers
            )
        })
        .collect();
    expect_test::expect![[r#"
        2:pose svelte/store:writable ["m.js:move"] ["m.js:show"]
        3:useApp zustand:create [] ["m.js:show"]
        4:Chat react:createContext [] []"#]]
    .assert_eq(&found.join("\n"));
}

#[test]
fn who_provides_and_changes_a_context() {
    check(
        "//- c.tsx\nimport { createContext, useContext, useState, useReducer, createElement } from 'react'; import * as React from 'react';\n\
         export const Chat = createContext(null); export const Mode = React.createContext('a');\n\
         export function useChat() { return useContext(Chat); }\n\
         export function With({ children }) { const [user, setUser] = useState(null); const [log, dispatch] = useReducer(reduce, []);\n\
         const login = async (name) => { setUser(await ask(name)); }; const show = () => user;\n\
         return <Chat.Provider value={{ user, login, show, dispatch }}>{children}</Chat.Provider>; }\n\
         export function Both() { React.useContext(Mode); return createElement(Mode.Provider, { value: 'b' }); }\n\
         //- p.tsx\nimport { useChat } from './c';\n\
         export function Page() { const { login, show } = useChat(); const submit = () => login('a'); return <b onClick={submit}>{show()}</b>; }\n\
         export function Log() { const chat = useChat(); const add = () => chat.dispatch({ type: 'add' }); return <b onClick={add} />; }\n",
        expect_test::expect![[r#"
            Chat ["c.tsx:With", "c.tsx:login", "p.tsx:add", "p.tsx:submit"] ["c.tsx:useChat"]
            Mode ["c.tsx:Both"] ["c.tsx:Both"]"#]],
    );
}

#[test]
fn who_calls_the_actions_of_a_store_with_selectors() {
    check(
        "//- s.ts\nimport { create } from 'zustand'; import { persist } from 'zustand/middleware'; import { useShallow } from 'zustand/react/shallow';\n\
         const slice = (set) => ({ open: false, toggle: () => set((s) => ({ open: !s.open })) });\n\
         export const useApp = create<S>()(persist((set, get, api) => ({ n: 1, add: () => set({ n: get().n + 1 }), twice: () => { get().add(); get().add(); },\n\
         read: () => get().n, ...slice(set) }), { name: 'a' }));\n\
         export function useOwn() { return useState(() => create((set) => ({ clear() { set({}); } })))[0]; }\n\
         //- c.tsx\nimport { useApp } from './s'; import { useShallow } from 'zustand/react/shallow';\n\
         export function Count() { const n = useApp((s) => s.n); const add = useApp((s) => s.add); return <b onClick={() => add()}>{n}</b>; }\n\
         export function Bar() { const { toggle } = useApp(); const again = useApp(useShallow((s) => ({ a: s.add, t: s.twice }))); const both = () => again.t(); return <b onClick={toggle} />; }\n\
         export function peek() { return useApp.getState().open; } export function reset() { useApp.setState({ n: 0 }); } export function ask() { return useApp.getState().read(); }\n\
         //- c.test.tsx\nimport { useApp } from './s'; useApp.setState({ n: 3 });\n",
        expect_test::expect![[r#"
            useApp ["c.tsx:Bar", "c.tsx:both", "c.tsx:onClick", "c.tsx:reset", "s.ts:add", "s.ts:toggle", "s.ts:twice"] ["c.tsx:Count", "c.tsx:peek", "s.ts:add", "s.ts:read"]
            useOwn ["s.ts:clear"] []"#]],
    );
}

#[test]
fn stores_of_pinia() {
    check(
        "//- auth.ts\nimport { defineStore } from 'pinia';\n\
         export default defineStore('auth', { state: () => ({ user: null, seen: [] }), getters: { name: (state) => state.user?.name },\n\
         actions: { set(user) { this.user = user; }, async load() { const it = await ask(); this.set(it); }, say() { return this.name; } } });\n\
         //- cart.ts\nimport { defineStore } from 'pinia'; import { ref, computed } from 'vue';\n\
         export const useCart = defineStore('cart', () => { const items = ref([]); const count = computed(() => items.value.length);\n\
         function add(item) { items.value.push(item); } return { items, count, add }; });\n\
         //- a.vue\n<script setup>\nimport useAuth from './auth'; import { useCart } from './cart'; import { storeToRefs } from 'pinia';\n\
         const auth = useAuth(); const cart = useCart(); const { count } = storeToRefs(cart); const { user } = storeToRefs(auth);\n\
         function login() { auth.load(); } function buy() { cart.add(1); } function out() { auth.$reset(); user.value = null; } function who() { return auth.say(); }\n\
         </script>\n<template><b @click=\"login\">{{ count }}</b><input v-model=\"auth.user\"></template>\n\
         //- b.vue\n<script>\nimport useAuth from './auth'; import { mapState, mapActions } from 'pinia';\n\
         export default { computed: { ...mapState(useAuth, ['user']) }, methods: { ...mapActions(useAuth, ['set']), go() { this.set(this.user); } } };\n</script>\n",
        expect_test::expect![[r#"
            auth ["a.vue:a", "a.vue:login", "a.vue:out", "auth.ts:load", "auth.ts:set", "b.vue:go"] ["a.vue:a", "auth.ts:say", "b.vue:go"]
            useCart ["a.vue:buy", "cart.ts:add"] ["a.vue:a", "cart.ts:count"]"#]],
    );
}

#[test]
fn slices_of_redux() {
    check(
        "//- slice.ts\nimport { createSlice, createAsyncThunk } from '@reduxjs/toolkit';\n\
         export const load = createAsyncThunk('user/load', async () => ask());\n\
         const slice = createSlice({ name: 'user', initialState: { token: null }, reducers: { signedIn(state, action) { state.token = action.payload; }, left: () => ({ token: null }) },\n\
         extraReducers: (builder) => { builder.addCase(load.fulfilled, (state, action) => { state.token = action.payload; }); } });\n\
         export const { signedIn, left } = slice.actions; export default slice.reducer; export const selectToken = (state: RootState) => state.account.token;\n\
         //- store.ts\nimport { configureStore } from '@reduxjs/toolkit'; import user from './slice';\n\
         export const store = configureStore({ reducer: { account: user } }); export const peek = () => store.getState().account.token;\n\
         //- hooks.ts\nimport { useDispatch, useSelector } from 'react-redux'; export const useAppSelector = useSelector; export const useAppDispatch = () => useDispatch();\n\
         //- page.tsx\nimport { useAppSelector, useAppDispatch } from './hooks'; import { signedIn, load, selectToken } from './slice';\n\
         export function Login() { const dispatch = useAppDispatch(); const submit = () => dispatch(signedIn('a')); return <b onClick={submit} />; }\n\
         export function Load() { const dispatch = useAppDispatch(); useEffect(() => { dispatch(load()); }); return null; }\n\
         export function Show() { const token = useAppSelector(selectToken); const other = useAppSelector((state) => state.other.x); return <b>{token}</b>; }\n",
        expect_test::expect![[r#"
            slice ["page.tsx:Load", "page.tsx:submit", "slice.ts:extraReducers", "slice.ts:left", "slice.ts:signedIn"] ["page.tsx:Show", "store.ts:peek"]
            store [] ["page.tsx:Show"]"#]],
    );
}

#[test]
fn slices_answer_to_actions_of_others() {
    check(
        "//- auth.ts\nimport { createSlice } from '@reduxjs/toolkit';\n\
         const reducers = { left(state) { state.user = null; } };\n\
         export const auth = createSlice({ name: 'auth', initialState: { user: null }, reducers }); export const { left } = auth.actions;\n\
         //- cart.ts\nimport { createSlice, createAction } from '@reduxjs/toolkit'; import { left } from './auth';\n\
         export const emptied = createAction('emptied');\n\
         export const cart = createSlice({ name: 'cart', initialState: { items: [] }, reducers: {},\n\
         extraReducers: (builder) => { builder.addCase(left, (state) => { state.items = []; }).addCase(emptied, (state) => { state.items = []; }); } });\n\
         //- page.ts\nimport { left } from './auth'; import { emptied } from './cart';\n\
         export function leave(dispatch) { dispatch(left()); } export function empty(dispatch) { dispatch(emptied()); }\n",
        expect_test::expect![[r#"
            auth ["auth.ts:left", "page.ts:leave"] []
            cart ["cart.ts:extraReducers", "page.ts:empty", "page.ts:leave"] []"#]],
    );
}

#[test]
fn modules_of_vuex() {
    check(
        "//- store.js\nimport { createStore } from 'vuex'; import auth from './auth';\n\
         export default createStore({ modules: { auth, page: { state: { title: '' }, mutations: { title(state, to) { state.title = to; } } } } });\n\
         //- auth.js\nconst actions = { login({ commit, dispatch }, form) { commit('user', form); dispatch('note'); commit('title', 'x', { root: true }); }, note() {} };\n\
         function user(state, user) { state.user = user; } const mutations = { user }; const getters = { name: (state) => state.user.name };\n\
         export default { namespaced: true, state: { user: null }, actions, mutations, getters };\n\
         //- a.vue\n<script>\nimport { mapActions, mapState, mapGetters } from 'vuex';\n\
         export default { computed: { ...mapState('auth', ['user']), ...mapGetters({ who: 'auth/name' }) }, methods: { ...mapActions('auth', ['login', 'note']),\n\
         go() { this.login({}); }, tell() { this.note(); return this.who; }, name() { this.$store.commit('title', 'b'); } } };\n</script>\n\
         <template><b>{{ user }}</b></template>\n\
         //- b.js\nimport store from './store'; export function read() { return store.state.auth.user + store.getters['auth/name']; } export function out() { store.dispatch('auth/login'); }\n",
        expect_test::expect![[r#"
            auth ["a.vue:go", "auth.js:login", "auth.js:user", "b.js:out"] ["a.vue:tell", "b.js:read"]
            page ["a.vue:name", "auth.js:login", "store.js:title"] []
            default [] []"#]],
    );
}

#[test]
fn atoms_and_watched_objects() {
    check(
        "//- a.tsx\nimport { atom, useAtom, useSetAtom, useAtomValue } from 'jotai'; import { proxy, useSnapshot } from 'valtio'; import { signal } from '@preact/signals';\n\
         export const count = atom(0); export const double = atom((get) => get(count) * 2, (get, set, to) => set(count, to / 2));\n\
         export function Both() { const [n, setN] = useAtom(count); const up = () => setN(n + 1); return <b onClick={up} />; }\n\
         export function Set() { const set = useSetAtom(double); return <b onClick={() => set(3)} />; } export function Show() { return <b>{useAtomValue(double)}</b>; }\n\
         export const game = proxy({ score: 0, items: [] }); export function hit() { game.score++; game.items.push(1); } export function Score() { const snap = useSnapshot(game); return <b>{snap.score}</b>; }\n\
         export const open = signal(false); export const toggle = () => { open.value = !open.value; }; export function Door() { return <b>{open}</b>; }\n\
         //- m.ts\nimport { makeAutoObservable, runInAction } from 'mobx';\n\
         class Doubler { value = 0; constructor() { makeAutoObservable(this); this.value = 1; } up() { this.value++; } async load() { const it = await ask(); runInAction(() => { this.value = it; }); } }\n\
         export const doubler = new Doubler(); export function press() { doubler.up(); } export function shown() { return doubler.value; } export function force() { doubler.value = 3; }\n",
        expect_test::expect![[r#"
            count ["a.tsx", "a.tsx:up"] ["a.tsx:Both", "a.tsx:double"]
            double ["a.tsx:onClick"] ["a.tsx:Show"]
            game ["a.tsx:hit"] ["a.tsx:Score"]
            open ["a.tsx:toggle"] ["a.tsx:Door", "a.tsx:toggle"]
            Doubler ["m.ts:Doubler.load", "m.ts:Doubler.up", "m.ts:force", "m.ts:press"] ["m.ts:shown"]"#]],
    );
}

#[test]
fn stores_of_svelte_and_what_vue_provides() {
    check(
        "//- s.ts\nimport { writable, get } from 'svelte/store'; export const name = writable(''); export const size = writable(1); export const peek = () => get(size);\n\
         //- A.svelte\n<script>\nimport { name, size } from './s'; function grow() { $size += 1; } function clear() { name.update(() => ''); }\n</script>\n\
         <input bind:value={$name} on:click={grow}>{$size}\n\
         //- P.vue\n<script setup>\nimport { provide, ref } from 'vue'; const theme = ref('dark'); provide('theme', theme);\n</script>\n\
         //- C.vue\n<script setup>\nimport { inject } from 'vue'; const theme = inject('theme');\n</script>\n\
         //- nuxt.config.ts\nexport default {};\n//- n.ts\nexport const useTitle = () => useState('title', () => ''); export function rename() { const title = useTitle(); title.value = 'b'; } export function shown() { return useTitle().value; }\n",
        expect_test::expect![[r#"
            theme ["P.vue"] ["C.vue"]
            title ["n.ts:rename"] ["n.ts:shown"]
            name ["A.svelte:A", "A.svelte:clear"] ["A.svelte:A"]
            size ["A.svelte:grow"] ["A.svelte:A", "s.ts:peek"]"#]],
    );
}

#[test]
fn who_uses_a_field_that_holds_state() {
    check(
        "//- pad.svelte.ts\nexport class Pad { pressed = $state(false); count = $state(0);\n\
         press() { this.pressed = true; this.count++; } get isOn() { return this.pressed; } }\n\
         //- main.ts\nimport { Pad } from './pad.svelte'; const pad = new Pad();\n\
         export function show() { return pad.count; } export function reset() { pad.count = 0; other.count = 1; }\n",
        expect_test::expect![[r#"
            pressed ["pad.svelte.ts:Pad.press"] ["pad.svelte.ts:Pad.isOn"]
            count ["main.ts:reset", "pad.svelte.ts:Pad.press"] ["main.ts:show"]"#]],
    );
}

#[test]
fn references_that_a_module_of_vue_shares() {
    check(
        "//- useAuth.ts\nimport { ref, reactive, computed } from 'vue'; import { useLocalStorage } from '@vueuse/core';\n\
         export const user = ref(null); const hidden = ref(0); export const scene = reactive({ tool: 'move', items: [] }); const theme = useLocalStorage('theme', 'dark');\n\
         const local = computed(() => user.value?.name);\n\
         export function useAuth() { const own = ref(0); const login = async () => { user.value = await ask(); own.value++; }; return { user, login, local }; }\n\
         export function pick(tool) { scene.tool = tool; scene.items.push(tool); }\n\
         //- App.vue\n<script setup>\nimport { ref, watch } from 'vue'; import { useAuth, scene, pick } from './useAuth';\n\
         const open = ref(false); const { user, login } = useAuth(); watch(user, () => save());\n\
         function choose() { pick('turn'); }\n</script>\n\
         <template><b @click=\"choose\">{{ user }}</b><i v-if=\"open\" @click=\"login\">{{ scene.tool }}</i></template>\n\
         //- barrel.ts\nexport * from './useAuth';\n\
         //- Bar.vue\n<script setup>\nimport { user } from './barrel';\n\
         function leave() { user.value = null; }\n</script>\n<template><b v-if=\"user\" @click=\"leave\">{{ user.name }}</b></template>\n",
        expect_test::expect![[r#"
            user ["Bar.vue:leave", "useAuth.ts:login"] ["Bar.vue:Bar", "useAuth.ts:local"]
            scene ["useAuth.ts:pick"] ["App.vue:App"]"#]],
    );
}
