//! Cookies on the servers of frontends.

use expect_test::expect;

use super::check;

#[test]
fn cookies_of_sveltekits_server() {
    check(
        "//- src/lib/session.ts\nexport const keep = (cookies, token) => { cookies.set('auth_token', token, { httpOnly: true }); };\n\
         export const forget = (cookies) => { cookies.delete('auth_token'); };\n\
         //- src/routes/login/+page.server.ts\nimport { keep, forget } from '../../lib/session';\nexport const actions = {\n\
         login: async ({ cookies, fetch }) => {\nconst answer = await fetch('/login', { method: 'POST' }); keep(cookies, (await answer.json()).access_token); },\n\
         logout: async ({ cookies }) => {\nforget(cookies); } };\n\
         //- src/hooks.server.ts\nimport { redirect } from '@sveltejs/kit';\nexport const handle = async ({ event, resolve }) => {\n\
         if (!event.cookies.get('auth_token')) { throw redirect(302, '/login'); }\nreturn resolve(event); };\n\
         //- src/routes/api/me/+server.ts\nexport const GET = ({ cookies }) =>\n\
         fetch('http://api/me', { headers: { Authorization: `Bearer ${cookies.get('auth_token')}` } });\n\
         //- src/lib/map.ts\nexport const drop = (cookies) => cookies.delete('theme');\n",
        &expect![[r#"
            kept in cookie: auth_token
              written src/lib/session.ts:1 access_token of [src/routes/login/+page.server.ts:4]
              read src/hooks.server.ts:3
              read src/routes/api/me/+server.ts:2
              removed src/routes/login/+page.server.ts:6 in src/routes/login/+page.server.ts:logout
            attached src/routes/api/me/+server.ts:2 authorization "Bearer" [0]
            redirect src/hooks.server.ts:3 to /login [0]
        "#]],
    );
}

#[test]
fn cookies_of_next() {
    check(
        "//- app/login/route.ts\nimport { cookies } from 'next/headers'; import { NextResponse } from 'next/server';\n\
         export async function POST(request) { const answer = await fetch('http://api/login', { method: 'POST' });\n\
         (await cookies()).set('session', (await answer.json()).token); }\n\
         export async function DELETE() { const response = NextResponse.json({}); response.cookies.delete('session'); return response; }\n\
         export async function GET() { return fetch('http://api/me', { headers: { Authorization: `Bearer ${(await cookies()).get('session')?.value}` } }); }\n",
        &expect![[r#"
            kept in cookie: session
              written app/login/route.ts:3 token of [app/login/route.ts:2]
              read app/login/route.ts:5
              removed app/login/route.ts:4 in app/login/route.ts:DELETE
            attached app/login/route.ts:5 authorization "Bearer" [0]
        "#]],
    );
}
