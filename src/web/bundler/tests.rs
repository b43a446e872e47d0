use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::pipelines;
use crate::web::{fixture::Fixture, project::Project, values::Evaluator};

/// Reads the pipelines of files and shows them, and where some paths arrive.
fn check(text: &str, paths: &[&str], expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let mut out = String::new();
    for pipeline in pipelines(&Evaluator::new(&project)) {
        let place = &pipeline.location;
        let _ = writeln!(
            out,
            "{} {}:{} in `{}` port {:?}",
            pipeline.software, place.file, place.line, pipeline.folder, pipeline.port
        );
        for proxy in &pipeline.proxies {
            let mut flags = String::new();
            if proxy.is_websocket {
                flags.push_str(" ws");
            }
            if proxy.changes_origin {
                flags.push_str(" changeOrigin");
            }
            let (line, context, target) = (proxy.location.line, &proxy.context, &proxy.target);
            let _ = writeln!(out, "  {line}: {context} -> {target}{flags}");
        }
        let built = [
            (
                "aliases",
                pipeline
                    .aliases
                    .iter()
                    .map(|alias| format!("{} = {}", alias.name, alias.path))
                    .collect(),
            ),
            ("plugins", pipeline.plugins.clone()),
            ("base", pipeline.base.clone().into_iter().collect()),
            ("entries", pipeline.entries.clone()),
        ];
        for (name, values) in built
            .iter()
            .filter(|(_, values): &&(&str, Vec<String>)| !values.is_empty())
        {
            let _ = writeln!(out, "  {name}: {}", values.join(", "));
        }
        let output = pipeline.output.as_deref().unwrap_or("unknown");
        let _ = writeln!(
            out,
            "  output {output}, variables {:?}",
            pipeline.variable_prefixes
        );
        for path in paths {
            let arrival = pipeline.passed_on(path);
            let arrival = arrival.map_or_else(
                || "-".to_owned(),
                |to| format!("{} {}", to.origin, to.path.as_deref().unwrap_or("unknown")),
            );
            let _ = writeln!(out, "  {path} => {arrival}");
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn vite() {
    check(
        "//- web/vite.config.ts\nimport { defineConfig } from 'vite';\nconst api = process.env.API_URL || 'http://localhost:8000';\n\
         export default defineConfig({ server: { port: 3000, proxy: {\n\
           '/robot_api': { target: 'http://localhost:5000', changeOrigin: true, rewrite: (path) => path.replace(/^\\/robot_api/, '') },\n\
           '/api/v1': { target: 'http://localhost:8001', rewrite: p => p.replace(/^\\/api\\/v1\\/old/, '/legacy').replace('/api/v1', '/v1') },\n\
           '/api': api,\n\
           '/ws': { target: 'ws://localhost:8000', ws: true },\n\
           '^/fallback/.*': { target: new URL('http://localhost:9000/base/'), rewrite(path) { return `/x${path}?from=vite`; } },\n\
           '/odd': { target: 'http://odd', rewrite: path => lookup[path] },\n\
         } } });",
        &[
            "/robot_api/health",
            "/robot_api",
            "/api/health",
            "/api/v1/old/1",
            "/api/v1/new",
            "/ws/state",
            "/fallback/a",
            "/odd/1",
            "/other",
        ],
        &expect![[r#"
            Vite web/vite.config.ts:3 in `web` port Some(3000)
              4: /robot_api -> http://localhost:5000 changeOrigin
              5: /api/v1 -> http://localhost:8001
              6: /api -> http://localhost:8000
              7: /ws -> ws://localhost:8000 ws
              8: ^/fallback/.* -> http://localhost:9000/base/
              9: /odd -> http://odd
              output web/dist, variables ["VITE_"]
              /robot_api/health => http://localhost:5000 /health
              /robot_api => http://localhost:5000 /
              /api/health => http://localhost:8000 /api/health
              /api/v1/old/1 => http://localhost:8001 /legacy/1
              /api/v1/new => http://localhost:8001 /v1/new
              /ws/state => ws://localhost:8000 /ws/state
              /fallback/a => http://localhost:9000 /base/x/fallback/a?from=vite
              /odd/1 => http://odd unknown
              /other => -
        "#]],
    );
}

#[test]
fn vite_forms() {
    check(
        "//- a/vite.config.js\nimport { defineConfig, loadEnv } from 'vite';\n\
         export default defineConfig(({ mode }) => { const env = loadEnv(mode, process.cwd()); const target = env.VITE_API ?? 'http://localhost:8000';\n\
         return { server: { proxy: { '/api': { target, rewrite: (path) => path.slice(4) } } } }; });\n\
         //- b/vite.config.mts\nimport { defineConfig, mergeConfig } from 'vite'; import base from '../shared';\n\
         export default mergeConfig(base, defineConfig({ server: { proxy: { '/b': 'http://b' } } }));\n\
         //- shared.ts\nconst proxy = { '/auth': 'http://auth' }; export default { server: { proxy: { ...proxy, '/s': 'http://s' } } };\n\
         //- c/electron.vite.config.ts\nimport { defineConfig } from 'electron-vite';\nexport default defineConfig({ main: {}, renderer: { server: { proxy: { '/c': { target: process.env.C } } } } });\n\
         //- d/vite.config.ts\nexport default async () => ({ server: { port: 80 } });",
        &["/api/x", "/auth/1", "/b", "/c"],
        &expect![[r#"
            Vite a/vite.config.js:3 in `a` port Some(5173)
              3: /api -> http://localhost:8000
              output a/dist, variables ["VITE_"]
              /api/x => http://localhost:8000 /x
              /auth/1 => -
              /b => -
              /c => -
            Vite b/vite.config.mts:2 in `b` port Some(5173)
              1: /auth -> http://auth
              1: /s -> http://s
              2: /b -> http://b
              output b/dist, variables ["VITE_"]
              /api/x => -
              /auth/1 => http://auth /auth/1
              /b => http://b /b
              /c => -
            electron-vite c/electron.vite.config.ts:2 in `c` port Some(5173)
              2: /c -> ${process.env.C}
              output c/out/renderer, variables ["RENDERER_VITE_", "VITE_"]
              /api/x => -
              /auth/1 => -
              /b => -
              /c => ${process.env.C} /c
            Vite d/vite.config.ts:1 in `d` port Some(80)
              output d/dist, variables ["VITE_"]
              /api/x => -
              /auth/1 => -
              /b => -
              /c => -
        "#]],
    );
}

#[test]
fn vue_cli_and_webpack() {
    check(
        "//- a/vue.config.js\nconst { defineConfig } = require('@vue/cli-service'); const path = require('path');\n\
         module.exports = defineConfig({ publicPath: '/app/', configureWebpack: { resolve: { alias: { '@': path.resolve(__dirname, 'src') } } }, devServer: { proxy: {\n\
         '/api': { target: 'http://localhost:8000', ws: true, pathRewrite: { '^/api/old': '/legacy', '^/api': '' } } } } });\n\
         //- b/vue.config.js\nmodule.exports = { devServer: { proxy: 'http://localhost:4000' } };\n\
         //- c/webpack.dev.js\nconst Html = require('html-webpack-plugin');\nmodule.exports = { entry: { app: './src/index.js' }, plugins: [new Html()],\n\
         devServer: { port: 9001, proxy: [{ context: ['/auth', '/api/**'], target: 'http://localhost:3000', pathRewrite: { '^/api/(v\\\\d)': '/$1x' } }] } };",
        &["/api/x", "/api/old/y", "/api/v1/z", "/auth/1"],
        &expect![[r#"
            Vue CLI a/vue.config.js:2 in `a` port Some(8080)
              3: /api -> http://localhost:8000 ws
              aliases: @ = a/src
              base: /app/
              output a/dist, variables ["VUE_APP_"]
              /api/x => http://localhost:8000 /x
              /api/old/y => http://localhost:8000 /legacy/y
              /api/v1/z => http://localhost:8000 /v1/z
              /auth/1 => -
            Vue CLI b/vue.config.js:1 in `b` port Some(8080)
              1: / -> http://localhost:4000
              output b/dist, variables ["VUE_APP_"]
              /api/x => http://localhost:4000 /api/x
              /api/old/y => http://localhost:4000 /api/old/y
              /api/v1/z => http://localhost:4000 /api/v1/z
              /auth/1 => http://localhost:4000 /auth/1
            webpack c/webpack.dev.js:2 in `c` port Some(9001)
              3: /auth -> http://localhost:3000
              3: ^/api(?:/.*)?$ -> http://localhost:3000
              plugins: html-webpack-plugin
              entries: c/src/index.js
              output c/dist, variables []
              /api/x => http://localhost:3000 /api/x
              /api/old/y => http://localhost:3000 /api/old/y
              /api/v1/z => http://localhost:3000 /v1x/z
              /auth/1 => http://localhost:3000 /auth/1
        "#]],
    );
}

#[test]
fn next_rewrites_and_create_react_app() {
    check(
        "//- n/next.config.mjs\nimport withPlugin from '@next/bundle-analyzer';\nconst api = process.env.API_URL || 'http://localhost:8000';\n\
         /** x */ const config = { async rewrites() { return [\n\
         { source: '/api/:path*', destination: `${api}/v1/:path*` },\n\
         { source: '/user/:id(\\\\d+)/x', destination: 'http://users/u/:id?x=1' },\n\
         { source: '/old', destination: '/new' } ]; } };\nexport default withPlugin({ enabled: true })(config);\n\
         //- m/next.config.js\nmodule.exports = { rewrites: () => ({ fallback: [{ source: '/:all*', destination: process.env.BACK + '/:all*' }] }) };\n\
         //- r/package.json\n{\n\"proxy\": \"http://localhost:8000\",\n\"dependencies\": { \"react-scripts\": \"5\" } }",
        &["/api", "/api/a/b", "/user/12/x", "/user/a/x", "/old"],
        &expect![[r#"
            Next.js m/next.config.js:1 in `m` port Some(3000)
              1: ^(?P<rooted_all>/(?P<all>.*))?/?$ -> ${process.env.BACK} changeOrigin
              output m/.next, variables ["NEXT_PUBLIC_"]
              /api => ${process.env.BACK} /api
              /api/a/b => ${process.env.BACK} /api/a/b
              /user/12/x => ${process.env.BACK} /user/12/x
              /user/a/x => ${process.env.BACK} /user/a/x
              /old => ${process.env.BACK} /old
            Next.js n/next.config.mjs:3 in `n` port Some(3000)
              4: ^/api(?P<rooted_path>/(?P<path>.*))?/?$ -> http://localhost:8000 changeOrigin
              5: ^/user/(?P<id>\d+)/x/?$ -> http://users changeOrigin
              output n/.next, variables ["NEXT_PUBLIC_"]
              /api => http://localhost:8000 /v1
              /api/a/b => http://localhost:8000 /v1/a/b
              /user/12/x => http://users /u/12?x=1
              /user/a/x => -
              /old => -
            Create React App r/package.json:2 in `r` port Some(3000)
              2: / -> http://localhost:8000 changeOrigin
              output r/build, variables ["REACT_APP_"]
              /api => http://localhost:8000 /api
              /api/a/b => http://localhost:8000 /api/a/b
              /user/12/x => http://localhost:8000 /user/12/x
              /user/a/x => http://localhost:8000 /user/a/x
              /old => http://localhost:8000 /old
        "#]],
    );
}

#[test]
fn what_is_built() {
    check(
        "//- w/vite.config.ts\nimport { defineConfig } from 'vite'; import react from '@vitejs/plugin-react'; import glsl from 'vite-plugin-glsl'; import { resolve } from 'path'; import { fileURLToPath, URL } from 'node:url';\n\
         export default defineConfig({ base: './', envPrefix: ['APP_', 'VITE_'], plugins: [react(), glsl({ compress: true })],\n\
         resolve: { alias: [{ find: '@', replacement: fileURLToPath(new URL('./src', import.meta.url)) }, { find: '~lib', replacement: resolve(__dirname, '../lib') }] },\n\
         build: { outDir: '../static', rollupOptions: { input: { main: resolve(__dirname, 'index.html'), admin: 'admin/index.html' } } } });",
        &[],
        &expect![[r#"
            Vite w/vite.config.ts:2 in `w` port Some(5173)
              aliases: @ = w/src, ~lib = lib
              plugins: @vitejs/plugin-react, vite-plugin-glsl
              base: ./
              entries: w/index.html, w/admin/index.html
              output static, variables ["APP_", "VITE_"]
        "#]],
    );
}

#[test]
fn proxies_of_create_react_app_that_are_set_up_by_hand() {
    check(
        "//- a/package.json\n{ \"dependencies\": { \"react-scripts\": \"5.0.1\", \"http-proxy-middleware\": \"^2.0.6\" } }\n\
         //- a/src/setupProxy.js\nconst { createProxyMiddleware } = require('http-proxy-middleware');\n\
         module.exports = function (app) {\n  app.use('/api', createProxyMiddleware({ target: 'http://localhost:8000', changeOrigin: true }));\n\
           app.use(createProxyMiddleware('/ws', { target: 'http://localhost:8000', ws: true }));\n};\n\
         //- b/package.json\n{ \"dependencies\": { \"react-scripts\": \"5.0.1\", \"http-proxy-middleware\": \"^3.0.0\" } }\n\
         //- b/src/setupProxy.js\nconst { createProxyMiddleware } = require('http-proxy-middleware');\n\
         module.exports = (app) => app.use('/api', createProxyMiddleware({ target: 'http://localhost:8000/v1' }));",
        &["/api/x", "/ws/y"],
        &expect![[r#"
            Create React App a/package.json:1 in `a` port Some(3000)
              3: /api -> http://localhost:8000 changeOrigin
              4: /ws -> http://localhost:8000 ws
              output a/build, variables ["REACT_APP_"]
              /api/x => http://localhost:8000 /api/x
              /ws/y => http://localhost:8000 /ws/y
            Create React App b/package.json:1 in `b` port Some(3000)
              2: /api -> http://localhost:8000/v1
              output b/build, variables ["REACT_APP_"]
              /api/x => http://localhost:8000 /v1/x
              /ws/y => -
        "#]],
    );
}

#[test]
fn what_a_build_puts_in_place_of_names() {
    let files = Fixture::new(
        "//- vite.config.ts\nimport { defineConfig } from 'vite'; const port = 8000;\n\
         export default defineConfig({ define: { __API__: JSON.stringify(`http://localhost:${port}/api`), 'import.meta.env.VITE_ROOT': '\"/root\"',\n\
         'process.env.MODE': JSON.stringify(mode), DEBUG: true } });\n",
    );
    let project = Project::new(&files);
    let found: Vec<String> = pipelines(&Evaluator::new(&project))
        .iter()
        .flat_map(|pipeline| &pipeline.definitions)
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    expect![[r#"
        __API__ = http://localhost:8000/api
        VITE_ROOT = /root"#]]
    .assert_eq(&found.join("\n"));
}

#[test]
fn frameworks_and_what_they_start_from() {
    check(
        "//- kit/svelte.config.js\nimport adapter from '@sveltejs/adapter-node';\n\
         export default { kit: { adapter: adapter(), alias: { $scene: 'src/scene' }, paths: { base: '/app' } } };\n\
         //- kit/vite.config.ts\nimport { sveltekit } from '@sveltejs/kit/vite'; import { defineConfig } from 'vite';\n\
         export default defineConfig({ plugins: [sveltekit()], server: { proxy: { '/api': 'http://localhost:8000' } } });\n\
         //- kit/src/routes/+page.svelte\n<p />\n//- kit/src/routes/view/+page.svelte\n<p />\n\
         //- nuxt/nuxt.config.ts\nexport default defineNuxtConfig({ modules: ['@tresjs/nuxt'], devServer: { port: 4000 },\n\
         routeRules: { '/api/**': { proxy: 'http://localhost:8000/v1/**' } } });\n//- nuxt/app.vue\n<template />\n//- nuxt/pages/view.vue\n<template />\n\
         //- next/next.config.js\nmodule.exports = {};\n//- next/src/app/page.tsx\nexport default () => null;\n//- next/src/pages/api/x.ts\nexport default () => 1;\n\
         //- vite/vite.config.js\nexport default {};\n//- vite/index.html\n<script type=module src=/src/main.js></script>\n//- vite/src/main.js\n",
        &["/api/x"],
        &expect![[r#"
            Vite (SvelteKit) kit/vite.config.ts:2 in `kit` port Some(5173)
              2: /api -> http://localhost:8000
              aliases: $scene = src/scene
              plugins: @sveltejs/kit, @sveltejs/adapter-node
              base: /app
              entries: kit/src/routes/+page.svelte, kit/src/routes/view/+page.svelte
              output kit/build, variables ["VITE_", "PUBLIC_"]
              /api/x => http://localhost:8000 /api/x
            Next.js next/next.config.js:1 in `next` port Some(3000)
              entries: next/src/app/page.tsx
              output next/.next, variables ["NEXT_PUBLIC_"]
              /api/x => -
            Nuxt nuxt/nuxt.config.ts:1 in `nuxt` port Some(4000)
              2: ^/api(?P<rooted_path>/(?P<path>.*))?/?$ -> http://localhost:8000 changeOrigin
              plugins: @tresjs/nuxt
              entries: nuxt/app.vue, nuxt/pages/view.vue
              output nuxt/.output, variables ["NUXT_PUBLIC_"]
              /api/x => http://localhost:8000 /v1/x
            Vite vite/vite.config.js:1 in `vite` port Some(5173)
              entries: vite/index.html
              output vite/dist, variables ["VITE_"]
              /api/x => -
        "#]],
    );
}

#[test]
fn tools_without_a_configuration_file() {
    check(
        "//- a/package.json\n{ \"scripts\": {\n\"dev\": \"parcel src/index.html --port 1234\",\n\"build\": \"NODE_ENV=production parcel build src/index.html -d out --public-url /x\",\n\
         \"worker\": \"tsc && esbuild src/worker.ts --bundle --outfile=static/worker.js\" } }\n\
         //- b/build.mjs\nimport * as esbuild from 'esbuild'; import { glsl } from 'esbuild-plugin-glsl';\n\
         await esbuild.build({ entryPoints: ['src/main.ts'], bundle: true, outdir: 'dist', plugins: [glsl()] });\n\
         //- c/rollup.config.js\nimport resolve from '@rollup/plugin-node-resolve';\nexport default { input: 'src/app.js', output: { dir: 'public' }, plugins: [resolve()] };\n",
        &[],
        &expect![[r#"
            Parcel a/package.json:2 in `a` port Some(1234)
              base: /x
              entries: a/src/index.html
              output a/out, variables []
            esbuild a/package.json:4 in `a` port None
              entries: a/src/worker.ts
              output a/static/worker.js, variables []
            esbuild b/build.mjs:2 in `b` port None
              plugins: esbuild-plugin-glsl
              entries: b/src/main.ts
              output b/dist, variables []
            Rollup c/rollup.config.js:2 in `c` port None
              plugins: @rollup/plugin-node-resolve
              entries: c/src/app.js
              output c/public, variables []
        "#]],
    );
}

#[test]
fn paths_that_lead_to_themselves() {
    check(
        "//- vite.config.js\nimport path from 'path';\nlet out = process.env.OUT; out = path.resolve(out, 'dist');\n\
         export default { build: { outDir: out } };\n\
         //- build.mjs\nimport path from 'path'; import * as esbuild from 'esbuild';\n\
         let entry = process.argv[2]; entry = path.resolve(entry); esbuild.build({ entryPoints: [entry] });\n",
        &[],
        &expect![[r#"
            esbuild build.mjs:2 in `` port None
              output unknown, variables []
            Vite vite.config.js:3 in `` port Some(5173)
              output unknown, variables ["VITE_"]
        "#]],
    );
}
