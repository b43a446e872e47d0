mod guards;
mod servers;

use expect_test::{Expect, expect};

use super::*;
use crate::web::{fixture::Fixture, interaction::Interactions, network, project::Project};

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let calls = network::calls(&evaluator, &Interactions::new(&evaluator))
        .into_iter()
        .map(|call| call.location)
        .collect();
    let found = read(&evaluator, &calls);
    let mut lines = vec![];
    let at = |location: &Location| format!("{}:{}", location.file, location.line);
    for kept in &found.kept {
        lines.push(format!("kept in {}: {}\n", kept.store, kept.key));
        for written in &kept.written {
            let calls = written.calls.iter();
            let calls: Vec<String> = calls
                .map(|call| {
                    format!(
                        "{}{}",
                        at(&call.location),
                        if call.is_renewal { " renewal" } else { "" }
                    )
                })
                .collect();
            let field = written.field.as_deref().unwrap_or("-");
            lines.push(format!(
                "  written {} {field} of [{}]\n",
                at(&written.location),
                calls.join(", ")
            ));
        }
        lines.extend(kept.read.iter().map(|read| format!("  read {}\n", at(read))));
        for removed in &kept.removed {
            let why = if removed.is_refusal { " refused" } else { "" };
            lines.push(format!(
                "  removed {} in {}{why}\n",
                at(&removed.location),
                removed.function
            ));
        }
    }
    for attachment in &found.attachments {
        lines.push(format!(
            "attached {} {} {:?} {:?}\n",
            at(&attachment.location),
            attachment.carrier,
            attachment.scheme.as_deref().unwrap_or("-"),
            attachment.kept,
        ));
    }
    for redirect in &found.redirects {
        let answers: Vec<String> = redirect.answers.iter().map(at).collect();
        let without = match answers.is_empty() {
            true => String::new(),
            false => format!(" without the answer of {}", answers.join(", ")),
        };
        lines.push(format!(
            "redirect {} to {} {:?}{without}{}\n",
            at(&redirect.location),
            redirect.to,
            redirect.kept,
            if redirect.is_refusal { " refused" } else { "" },
        ));
    }
    for request in &found.identity {
        lines.push(format!(
            "{:?} {} {} {}\n",
            request.kind,
            request.package,
            request.asked,
            at(&request.location)
        ));
    }
    expected.assert_eq(&lines.concat());
}

#[test]
fn a_token_in_the_session_storage() {
    check(
        "//- login.jsx\nimport axios from 'axios';\nexport async function login(body) {\n\
         const res = await axios.post('/login', body);\nconst token = res.data && res.data.access_token;\n\
         sessionStorage.setItem('token', token);\nsessionStorage.setItem('role', res.data.role);\n}\n\
         //- guard.jsx\nimport { Navigate, Outlet } from 'react-router-dom';\nexport default function Guard() {\n\
         const token = sessionStorage.getItem('token');\nreturn token ? <Outlet /> : <Navigate to='/' replace />;\n}\n\
         export function Home() {\nif (sessionStorage.getItem('token')) return <Navigate to='/home' />;\n}\n\
         export function logout() { sessionStorage.removeItem('token'); window.location.href = '/'; }\n\
         //- data.js\nexport async function load() {\nconst token = sessionStorage.getItem('token');\n\
         const res = await fetch('/data', { headers: { Authorization: `Bearer ${token}` } });\n\
         if (res.status === 401) { sessionStorage.clear(); location.assign('/login'); }\n}",
        &expect![[r#"
            kept in sessionStorage: token
              written login.jsx:5 access_token of [login.jsx:3]
              read data.js:2
              read guard.jsx:3
              read guard.jsx:7
              removed data.js:4 in data.js:load refused
              removed guard.jsx:9 in guard.jsx:logout
            attached data.js:3 authorization "Bearer" [0]
            redirect data.js:4 to /login [] refused
            redirect guard.jsx:4 to / [0]
        "#]],
    );
}

#[test]
fn a_refresh_token_and_one_in_memory() {
    check(
        "export class Client {\nprivate token: string | null = null;\n\
         async signIn() { this.keep(await (await fetch('/token', { method: 'POST' })).json()); }\n\
         async renew() { const refresh = localStorage.getItem('refresh');\n\
         const response = await fetch('/refresh', { method: 'POST', body: JSON.stringify({ refresh }) });\n\
         if (!response.ok) { this.forget(); return; }\n\
         this.keep(await response.json()); }\n\
         keep(tokens) { this.token = tokens.access; localStorage.setItem('refresh', tokens.refresh); }\n\
         forget() { this.token = null; localStorage.removeItem('refresh'); }\n\
         send(path) { const headers = new Headers(); headers.set('authorization', `Bearer ${this.token}`);\n\
         return fetch(path, { headers }); }\n\
         async signOut() { this.forget(); await fetch('/logout', { method: 'POST' }); }\n\
         socket() { return new WebSocket(`/ws?token=${this.token}`); } }\n\
         localStorage.setItem('theme', 'dark'); const theme = localStorage.getItem('theme');",
        &expect![[r#"
            kept in localStorage: refresh
              written main.js:8 refresh of [main.js:3, main.js:5 renewal]
              read main.js:4
              removed main.js:6 in main.js:Client.renew refused
              removed main.js:12 in main.js:Client.signOut
            kept in memory: Client.token
              written main.js:8 access of [main.js:3, main.js:5 renewal]
              read main.js:10
              read main.js:13
              removed main.js:6 in main.js:Client.renew refused
              removed main.js:12 in main.js:Client.signOut
            attached main.js:10 authorization "Bearer" [1]
            attached main.js:13 address "-" [1]
        "#]],
    );
}

#[test]
fn a_mutation_and_a_generated_configuration() {
    check(
        "//- main.ts\nimport { useMutation } from '@tanstack/react-query';\nimport { redirect, useNavigate } from '@tanstack/react-router';\n\
         import axios from 'axios'; import Cookies from 'js-cookie'; import { OpenAPI } from './client';\n\
         OpenAPI.TOKEN = async () => Cookies.get('session') || '';\n\
         const login = (data) => axios.post('/login', data).then((response) => response.data);\n\
         export const useLogin = () => { const navigate = useNavigate(); return useMutation({ mutationFn: login,\n\
         onSuccess: (data) => { Cookies.set('session', data.token); navigate({ to: '/' }); } }); };\n\
         const isLoggedIn = () => Cookies.get('session') !== undefined;\n\
         export const route = { beforeLoad: () => {\nif (!isLoggedIn()) throw redirect({ to: '/login' }); } };\n\
         axios.interceptors.response.use(undefined, (error) => {\nif ([401, 403].includes(error.status)) { Cookies.remove('session'); window.location.href = '/login'; } });\n\
         //- client.ts\nexport const OpenAPI = { BASE: '', TOKEN: undefined, WITH_CREDENTIALS: false };",
        &expect![[r#"
            kept in cookie: session
              written main.ts:7 token of [main.ts:5]
              read main.ts:4
              read main.ts:8
              removed main.ts:12 in main.ts refused
            attached main.ts:4 authorization "Bearer" [0]
            redirect main.ts:10 to /login [0]
            redirect main.ts:12 to /login [] refused
        "#]],
    );
}

#[test]
fn tokens_in_stores_and_cells() {
    check(
        "//- auth.ts\nimport { create } from 'zustand'; import { persist } from 'zustand/middleware'; import axios from 'axios';\n\
         export const useAuth = create()(persist((set, get) => ({ token: null,\n\
         login: async (body) => { const { data } = await axios.post('/login', body);\nset({ token: data.access_token }); },\n\
         logout: () => set({ token: null }) }), { name: 'auth-storage' }));\n\
         axios.interceptors.request.use((config) => {\nconfig.headers.Authorization = `Bearer ${useAuth.getState().token}`; return config; });\n\
         //- guard.tsx\nimport { Navigate } from 'react-router-dom'; import { useAuth } from './auth';\n\
         export function Guard({ children }) { const token = useAuth((state) => state.token);\nreturn token ? children : <Navigate to='/login' />; }\n\
         //- session.ts\nimport { defineStore } from 'pinia';\n\
         export const useSession = defineStore('session', { state: () => ({ jwt: '' }), actions: {\n\
         async signIn() { const r = await fetch('/jwt', { method: 'POST' });\nthis.jwt = (await r.json()).jwt; },\n\
         signOut() {\nthis.jwt = ''; } } });\n\
         export function load() { const session = useSession();\nreturn fetch('/own', { headers: { Authorization: 'Bearer ' + session.jwt } }); }\n\
         //- nuxt.ts\nexport async function enter() { const kept = useCookie('sid'); const r = await fetch('/enter', { method: 'POST' });\n\
         kept.value = (await r.json()).sid; }\nexport function leave() { const kept = useCookie('sid');\nkept.value = null; }\n\
         export function ask() { const kept = useCookie('sid');\nreturn fetch('/ask', { headers: { 'x-auth': kept.value, 'x-session-id': kept.value } }); }\n",
        &expect![[r#"
            kept in cookie: sid
              written nuxt.ts:2 sid of [nuxt.ts:1]
              read nuxt.ts:6
              read nuxt.ts:6
              removed nuxt.ts:4 in nuxt.ts:leave
            kept in localStorage: auth-storage.token
              written auth.ts:4 access_token of [auth.ts:3]
              read auth.ts:7
              read guard.tsx:2
              removed auth.ts:5 in auth.ts:logout
            kept in memory: useSession.jwt
              written session.ts:4 jwt of [session.ts:3]
              read session.ts:8
              removed session.ts:6 in session.ts:signOut
            attached auth.ts:7 authorization "Bearer" [1]
            attached nuxt.ts:6 x-auth "-" [0]
            attached session.ts:8 authorization "Bearer" [2]
            redirect guard.tsx:3 to /login [1]
        "#]],
    );
}

#[test]
fn fields_of_a_store_taken_apart() {
    check(
        "//- session.ts\nimport { defineStore } from 'pinia';\n\
         export const useSession = defineStore('session', { state: () => ({ jwt: '' }), actions: {\n\
         async signIn() { const r = await fetch('/jwt', { method: 'POST' });\nthis.jwt = (await r.json()).jwt; } } });\n\
         //- load.ts\nimport { storeToRefs } from 'pinia'; import { useSession } from './session';\n\
         export function load() { const { jwt } = storeToRefs(useSession());\n\
         return fetch('/own', { headers: { Authorization: 'Bearer ' + jwt.value } }); }\n\
         //- tests/data/page.ts\nlocalStorage.setItem('x', 'y'); fetch('/z', { headers: { Authorization: localStorage.getItem('x') } });",
        &expect![[r#"
            kept in memory: useSession.jwt
              written session.ts:4 jwt of [session.ts:3]
              read load.ts:3
            attached load.ts:3 authorization "Bearer" [0]
        "#]],
    );
}

#[test]
fn clients_of_identity_providers() {
    check(
        "//- a.tsx\nimport { signIn, useSession } from 'next-auth/react'; import { useAuth0 } from '@auth0/auth0-react';\n\
         import { createClient } from '@supabase/supabase-js'; import Keycloak from 'keycloak-js'; import { SignIn } from '@clerk/nextjs';\n\
         const supabase = createClient(url, key); const keycloak = new Keycloak({});\n\
         export function Enter() { const { loginWithRedirect } = useAuth0(); const { data } = useSession();\n\
         return <button onClick={() => { signIn(); loginWithRedirect(); }}><SignIn /></button>; }\n\
         export const out = () => { supabase.auth.signOut(); keycloak.updateToken(5); supabase.from('x').select(); };\n",
        &expect![[r#"
            Token next-auth useSession a.tsx:4
            Login next-auth signIn a.tsx:5
            Login @auth0/auth0-react loginWithRedirect a.tsx:5
            Login @clerk/nextjs SignIn a.tsx:5
            Logout @supabase/supabase-js signOut a.tsx:6
            Refresh keycloak-js updateToken a.tsx:6
        "#]],
    );
}

#[test]
fn a_token_in_the_state_of_a_context() {
    check(
        "//- auth.jsx\nimport { createContext, useContext, useState } from 'react';\nconst Auth = createContext(null);\n\
         export function AuthProvider({ children }) {\nconst [token, setToken] = useState(localStorage.getItem('token'));\n\
         const login = async (form) => {\nconst res = await fetch('/login', { method: 'POST', body: form });\nconst { access_token } = await res.json();\n\
         localStorage.setItem('token', access_token);\nsetToken(access_token); };\n\
         return <Auth.Provider value={{ token, login }}>{children}</Auth.Provider>; }\n\
         export const useAuth = () => useContext(Auth);\n\
         //- page.jsx\nimport { useAuth } from './auth';\n\
         export function Page() {\nconst { token } = useAuth();\n\
         const load = () => fetch('/me', { headers: { Authorization: `Bearer ${token}` } });\n\
         return <button onClick={load}>x</button>; }",
        &expect![[r#"
            kept in localStorage: token
              written auth.jsx:8 - of [auth.jsx:6]
              read auth.jsx:4
            attached page.jsx:4 authorization "Bearer" [0]
        "#]],
    );
}

#[test]
fn a_token_in_a_store_of_pinia() {
    check(
        "//- auth.ts\nimport { defineStore } from 'pinia'; import { ref, computed } from 'vue'; import axios from 'axios'; import { router } from './router';\n\
         export const useAuth = defineStore('auth', () => { const token = ref(null); const bearer = computed(() => token.value); const isIn = computed(() => !!token.value);\n\
         function login(form) { axios.post('/login', form).then((res) => { token.value = res.data.access_token; }); }\n\
         function logout() { token.value = null; router.push('/'); }\n\
         return { token, bearer, isIn, login, logout }; });\n\
         //- api.ts\nimport axios from 'axios'; import { useAuth } from './auth';\n\
         const api = axios.create({ baseURL: '/api' }); axios.defaults.withCredentials = true;\n\
         api.interceptors.request.use((config) => { const store = useAuth(); store.bearer && (config.headers.Authorization = `Bearer ${store.bearer}`); return config; });\n\
         export const me = () => api.get('/me');\n\
         //- router.ts\nimport { createRouter } from 'vue-router'; import { useAuth } from './auth';\n\
         export const router = createRouter({}); router.beforeEach((to, from, next) => { const auth = useAuth(); if (auth.isIn) { next(); return; }\n\
         next('/login'); });\n",
        &expect![[r#"
            kept in memory: useAuth.token
              written auth.ts:3 access_token of [auth.ts:3]
              read auth.ts:2
              read auth.ts:2
              removed auth.ts:4 in auth.ts:logout
            attached api.ts:2 cookie "-" []
            attached api.ts:3 authorization "Bearer" [0]
            redirect router.ts:3 to /login [0]
        "#]],
    );
}

#[test]
fn a_token_in_a_slice_of_redux() {
    check(
        "//- slice.ts\nimport { createSlice, createAsyncThunk } from '@reduxjs/toolkit';\n\
         const first = () => { let kept = localStorage.getItem('auth'); return { data: kept ? JSON.parse(kept) : null }; };\n\
         const slice = createSlice({ name: 'auth', initialState: first(), reducers: {\n\
         signedIn: (state, action) => { state.data = action.payload;\n\
         localStorage.setItem('auth', JSON.stringify(action.payload)); },\n\
         left: (state) => { state.data = null; } } });\n\
         export const { signedIn, left } = slice.actions; export default slice.reducer;\n\
         //- store.ts\nimport { configureStore } from '@reduxjs/toolkit'; import auth from './slice'; export const store = configureStore({ reducer: { auth } });\n\
         //- api.ts\nimport { store } from './store';\n\
         export const me = () => fetch('/me', { headers: { Authorization: `Bearer ${store.getState().auth.data.token}` } });\n\
         //- page.tsx\nimport { useDispatch } from 'react-redux'; import { signedIn, left } from './slice';\n\
         export function Login() { const dispatch = useDispatch(); const submit = async () => { const res = await fetch('/login', { method: 'POST' });\n\
         dispatch(signedIn(await res.json())); }; const out = () => dispatch(left()); }\n",
        &expect![[r#"
            kept in localStorage: auth
              written slice.ts:5 - of [page.tsx:2]
              read slice.ts:2
            kept in memory: auth.data
              written slice.ts:4 - of [page.tsx:2]
              read api.ts:2
              removed page.tsx:3 in page.tsx:out
            attached api.ts:2 authorization "Bearer" [0, 1]
        "#]],
    );
}

#[test]
fn a_token_in_the_state_of_vuex() {
    check(
        "//- auth.js\nconst state = { user: { token: null } };\n\
         const actions = { login({ commit }, form) { return fetch('/login', { body: form }).then((res) => res.json()).then((data) => commit('signedIn', data.token)); } };\n\
         const mutations = { signedIn(state, token) { state.user.token = token; },\n\
         left(state) { state.user.token = null; } };\n\
         export default { state, actions, mutations };\n\
         //- cart.js\nconst state = { items: [] }; const mutations = { signedIn(state, cart) { state.items = cart; } };\n\
         export const load = (store) => fetch('/cart').then((res) => res.json()).then((cart) => store.commit('cart/signedIn', cart)); export default { state, mutations };\n\
         //- api.js\nimport auth from './auth';\n\
         export const me = () => fetch('/me', { headers: { Authorization: `Bearer ${auth.state.user.token}` } });\n",
        &expect![[r#"
            kept in memory: auth.js:token
              written auth.js:3 token of [auth.js:2]
              read api.js:2
              removed auth.js:4 in auth.js:left
            attached api.js:2 authorization "Bearer" [0]
        "#]],
    );
}

#[test]
fn what_an_address_is_given_under_another_name_is_no_credential() {
    check(
        "//- a.ts\nlet room = ''; let token = '';\n\
         export async function enter() { const res = await fetch('/rooms'); const data = await res.json(); room = data.id; token = data.token; }\n\
         export const open = () => new WebSocket(`/ws/${room}?page=${room}&token=${token}`);\n",
        &expect![[r#"
            kept in memory: a.ts:token
              written a.ts:2 token of [a.ts:2]
              read a.ts:3
            attached a.ts:3 address "-" [0]
        "#]],
    );
}

#[test]
fn strategies_of_nuxts_auth_module() {
    check(
        "//- nuxt.config.js\nexport default { auth: { cookie: { prefix: 'app.' }, strategies: { local: {\n\
         token: { property: 'access_token' }, endpoints: {\n\
         login: { url: 'api/auth/token', method: 'post' },\n\
         refresh: { url: '/api/auth/refresh', method: 'post' },\n\
         logout: { url: 'api/auth/logout', method: 'post' } } },\n\
         google: { clientId: 'a' } } } };\n",
        &expect![[r#"
            kept in cookie: app._token.local
              written nuxt.config.js:3 access_token of [nuxt.config.js:3]
              written nuxt.config.js:4 access_token of [nuxt.config.js:4 renewal]
              removed nuxt.config.js:5 in nuxt.config.js:logout
            attached nuxt.config.js:2 authorization "Bearer" [0]
        "#]],
    );
}
