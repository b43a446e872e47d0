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
              /api/x => http://localhost:8000 unknown
              /auth/1 => -
              /b => -
              /c => -
            Vite b/vite.config.mts:2 in `b` port Some(5173)
              1: /auth -> http://auth
              1: /s -> http://s
              2: /b -> http://b
              /api/x => -
              /auth/1 => http://auth /auth/1
              /b => http://b /b
              /c => -
            electron-vite c/electron.vite.config.ts:2 in `c` port Some(5173)
              2: /c -> ${process.env.C}
              /api/x => -
              /auth/1 => -
              /b => -
              /c => ${process.env.C} /c
            Vite d/vite.config.ts:1 in `d` port Some(80)
              /api/x => -
              /auth/1 => -
              /b => -
              /c => -
        "#]],
    );
}
