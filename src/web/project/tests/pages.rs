//! What pages lead to, and what is left out.

use expect_test::expect;

use super::check;
use crate::web::{fixture::Fixture, project::Project};

#[test]
fn copies_of_libraries_are_left_out_and_own_files_of_their_names_are_not() {
    check(
        r#"
//- static/three.module.js
const REVISION = '139'; export { REVISION };
//- static/js/OrbitControls.js
import { EventDispatcher } from 'three';
class OrbitControls extends EventDispatcher { constructor( object ) { super(); this.update( object ); } }
export { OrbitControls };
//- static/jquery-3.6.0.js
/*! jQuery JavaScript Library v3.6.0 | Released under the MIT license */
(function(){})();
//- third_party/x.js
//- vendor/y.js
import './z.js';
//- vendor/z.js
//- pages/vendor/list.js
import { api } from '../../api.js';
//- src/Sky.js
import { Mesh } from 'three';
export class Sky extends Mesh { constructor(size) { super(); this.init(size); } }
//- src/stats.js
export const stats = compute(1);
//- api.js
import '/three.module.js'; import './static/js/OrbitControls.js'; import './static/jquery-3.6.0.js'; import './src/Sky.js';
import './vendor/y.js';
"#,
        &expect![[r#"
            left out static/jquery-3.6.0.js: copy of a library
            left out static/js/OrbitControls.js: copy of three
            left out static/three.module.js: copy of three
            left out third_party/x.js: third-party folder
            left out vendor/y.js: vendor folder
            left out vendor/z.js: vendor folder
            api.js: /three.module.js -> library three 0.139
            api.js: ./static/js/OrbitControls.js -> library three - addons/controls/OrbitControls.js
            api.js: ./static/jquery-3.6.0.js -> library jquery 3.6.0
            api.js: ./src/Sky.js -> src/Sky.js
            api.js: ./vendor/y.js -> file vendor/y.js
            pages/vendor/list.js: ../../api.js -> api.js
            src/Sky.js: three -> library three -
        "#]],
    );
}

#[test]
fn what_a_minifier_wrote_is_left_out_and_a_long_table_is_not() {
    let minified = "function a(b){return this.c&&b?b:void 0}var d=function(){return a(1)};".repeat(40);
    let table = format!("export const heights = [{}];", "0.125,".repeat(800));
    let chunk = r#"import{a as b}from"./index-B1cD2eF3.js";const c=b("x");export{c as default};"#;
    let files =
        format!("//- a.js\n{minified}\n//- heights.js\n{table}\n//- assets/icon-C9x_8yZ1.js\n{chunk}\n");
    check(
        &files,
        &expect![[r#"
            left out a.js: minified
            left out assets/icon-C9x_8yZ1.js: bundle
        "#]],
    );
}

#[test]
fn addresses_of_templates_are_found_where_the_server_has_them() {
    check(
        r#"
//- backend/templates/index.html
<script src="{{ url_for('static', path='/js/app.js') }}"></script>
<script src="/static/js/other.js?v=2"></script><script src="/static/absent.js"></script>
<script type="module" src="/src/main.ts"></script>
//- backend/web/js/app.js
//- backend/web/js/other.js
//- frontend/src/main.ts
//- old/web/js/app.js
"#,
        &expect![[r#"
            backend/templates/index.html loads {{ url_for('static', path='/js/app.js') }} -> backend/web/js/app.js
            backend/templates/index.html loads /static/js/other.js?v=2 -> backend/web/js/other.js
            backend/templates/index.html loads /static/absent.js -> missing static/absent.js
            backend/templates/index.html loads /src/main.ts -> frontend/src/main.ts
        "#]],
    );
}

#[test]
fn pages_lead_to_modules_and_entry_points_are_what_nobody_imports() {
    let fixture = Fixture::new(
        r#"
//- a.html
<script type="module">import './shared.js';</script>
//- b.html
<script type="module" src="main.js"></script>
//- main.js
import './shared.js';
//- shared.js
//- tool.js
"#,
    );
    let project = Project::new(&fixture);
    let mut out = String::new();
    for module in project.module_ids() {
        let pages: Vec<&str> = project
            .pages_of(module)
            .iter()
            .map(|page| project.pages[*page].file.as_str())
            .collect();
        let entry = if project.entry_points().contains(&module) {
            "entry"
        } else {
            ""
        };
        out.push_str(&format!("{} {pages:?} {entry}\n", project.module(module).file));
    }
    expect![[r#"
        a.html ["a.html"] entry
        main.js ["b.html"] entry
        shared.js ["a.html", "b.html"] 
        tool.js [] entry
    "#]]
    .assert_eq(&out);
}

#[test]
fn pages_lead_to_modules_of_a_pattern_and_to_routes() {
    let fixture = Fixture::new(
        "\
//- index.html
<script type=\"module\" src=\"/src/main.js\"></script>
//- src/main.js
import.meta.glob('./pages/*.js');
//- src/pages/a.js
import '../part.js';
//- src/pages/deep/b.js
//- src/part.js
//- web/src/routes/+page.js
//- web/app/page.tsx
",
    );
    let project = Project::new(&fixture);
    let entries = project.entry_points();
    let mut out = String::new();
    for module in project.module_ids() {
        let entry = if entries.contains(&module) { "entry" } else { "" };
        let pages = project.pages_of(module);
        out.push_str(&format!("{} {pages:?} {entry}\n", project.module(module).file));
    }
    expect![[r#"
        src/main.js [0] entry
        src/pages/a.js [0] 
        src/pages/deep/b.js [] entry
        src/part.js [0] 
        web/app/page.tsx [] entry
        web/src/routes/+page.js [] entry
    "#]]
    .assert_eq(&out);
}
