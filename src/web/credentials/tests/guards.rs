//! What sends users elsewhere, and what is no reason for it.

use expect_test::expect;

use super::check;

#[test]
fn what_another_test_leads_to_is_no_guard() {
    check(
        "//- r.ts\nimport { redirect } from '@tanstack/react-router';\n\
         export const enter = async () => { const res = await fetch('/login'); localStorage.setItem('token', (await res.json()).token); };\n\
         export const me = () => fetch('/me', { headers: { Authorization: `Bearer ${localStorage.getItem('token')}` } });\n\
         export const before = (search) => { if (localStorage.getItem('token')) { throw redirect({ to: '/' }); }\n\
         if (!search.code) { throw redirect({ to: '/login' }); } };\n",
        &expect![[r#"
            kept in localStorage: token
              written r.ts:2 token of [r.ts:2]
              read r.ts:3
              read r.ts:4
            attached r.ts:3 authorization "Bearer" [0]
        "#]],
    );
}

#[test]
fn who_signed_in_with_a_cookie_is_known_by_an_answer() {
    check(
        "//- auth.js\nimport { defineStore } from 'pinia'; import axios from 'axios';\n\
         const api = axios.create({ withCredentials: true });\n\
         export const useAuth = defineStore('auth', { state: () => ({ user: null }), actions: {\n\
         async load() { const answer = await api.get('/me'); this.user = answer.data; } } });\n\
         //- router.js\nimport { createRouter } from 'vue-router'; import { storeToRefs } from 'pinia'; import { useAuth } from './auth';\n\
         const router = createRouter({}); router.beforeEach(async (to, from, next) => { const { user } = storeToRefs(useAuth());\n\
         if (!user.value) { return next({ name: 'login' }); }\nif (user.value) { return next({ name: 'home' }); } });\n",
        &expect![[r#"
            attached auth.js:2 cookie "-" []
            redirect router.js:3 to login [] without the answer of auth.js:4
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_no_refusal() {
    check(
        "//- s.ts\nexport const signIn = async () => { const answer = await fetch('/login', { method: 'POST' }); localStorage.setItem('token', (await answer.json()).token); };\n\
         export const user = () => { const kept = localStorage.getItem('token'); try { return JSON.parse(kept); } catch {\nlocalStorage.removeItem('token'); } };\n\
         const load = () => fetch('/me', { headers: { Authorization: localStorage.getItem('token') } });\n\
         export const start = () => { try { load(); } catch {\nlocalStorage.removeItem('token'); } };\n",
        &expect![[r#"
            kept in localStorage: token
              written s.ts:1 token of [s.ts:1]
              read s.ts:2
              read s.ts:4
              removed s.ts:6 in s.ts:start refused
            attached s.ts:4 authorization "-" [0]
        "#]],
    );
}

#[test]
fn who_signed_in_with_a_cookie_is_known_by_a_getter_of_vuex() {
    check(
        "//- users.js\nimport axios from 'axios';\nconst state = { user: null };\n\
         const getters = { isAuthenticated: (state) => !!state.user };\n\
         const actions = { async viewMe({ commit }) { let { data } = await axios.get('users/whoami'); await commit('setUser', data); },\n\
         async logOut({ commit }) { let user = null; commit('logout', user); } };\n\
         const mutations = { setUser(state, username) { state.user = username; }, logout(state, user) { state.user = user; } };\n\
         export default { state, getters, actions, mutations };\n\
         //- store.js\nimport { createStore } from 'vuex'; import users from './users';\nexport default createStore({ modules: { users } });\n\
         //- router.js\nimport { createRouter } from 'vue-router'; import store from './store';\n\
         const router = createRouter({}); router.beforeEach((to, _, next) => { if (store.getters.isAuthenticated) { next(); return; }\n\
         next('/login'); });\n\
         //- main.js\nimport axios from 'axios'; axios.defaults.withCredentials = true;\n",
        &expect![[r#"
            attached main.js:1 cookie "-" []
            redirect router.js:3 to /login [] without the answer of users.js:4
        "#]],
    );
}
