//! What imports lead to.

use expect_test::{Expect, expect};

use super::{Project, Target};
use crate::web::fixture::Fixture;

fn check(text: &str, expected: &Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let mut out = String::new();
    for left in &project.vendored {
        out.push_str(&format!("vendored {} ({})\n", left.file, left.reason));
    }
    for module in project.module_ids() {
        for import in &project.script(module).imports {
            let target = match project.resolve(module, &import.module) {
                Target::Module(target) => project.module(target).file.to_string(),
                Target::File(path) => format!("file {path}"),
                Target::Library(library) => format!(
                    "{} {} {}",
                    library.package,
                    library.path,
                    library.version.unwrap_or_default()
                ),
                Target::Missing(path) => format!("missing {path}"),
            };
            out.push_str(&format!(
                "{}: {} → {}\n",
                project.module(module).file,
                import.module,
                target.trim_end()
            ));
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn relative_imports_and_endings() {
    check(
        "//- src/a.ts\nimport './b.js'; import './c'; import './d'; import './m.glb?url'; import './nowhere';\n\
         //- src/b.ts\n//- src/c/index.tsx\n//- src/d.vue\n<script>1</script>\n//- src/m.glb\n",
        &expect![[r#"
            src/a.ts: ./b.js → src/b.ts
            src/a.ts: ./c → src/c/index.tsx
            src/a.ts: ./d → src/d.vue
            src/a.ts: ./m.glb?url → file src/m.glb
            src/a.ts: ./nowhere → missing src/nowhere
        "#]],
    );
}

#[test]
fn configured_names() {
    check(
        "//- app/tsconfig.json\n{ \"extends\": \"./base.json\", // comment\n \"compilerOptions\": { \"paths\": { \"#lib/*\": [\"./lib/*\"] } } }\n\
         //- app/base.json\n{ \"compilerOptions\": { \"baseUrl\": \".\" } }\n\
         //- app/lib/x.ts\nexport {};\n//- app/main.ts\nimport '#lib/x'; import 'lib/x'; import '@own/ui/button'; import 'react';\n\
         //- package.json\n{ \"workspaces\": [\"packages/*\"] }\n\
         //- packages/ui/package.json\n{ \"name\": \"@own/ui\", \"exports\": { \"./button\": \"./src/button.ts\" } }\n\
         //- packages/ui/src/button.ts\nexport {};\n",
        &expect![[r#"
            app/main.ts: #lib/x → app/lib/x.ts
            app/main.ts: lib/x → app/lib/x.ts
            app/main.ts: @own/ui/button → packages/ui/src/button.ts
            app/main.ts: react → react
        "#]],
    );
}

#[test]
fn three_is_known_however_it_is_reached() {
    check(
        "//- index.html\n<script type=\"importmap\">{\"imports\": {\"three\": \"https://unpkg.com/three@0.160.0/build/three.module.js\", \"three/addons/\": \"./jsm/\"}}</script>\n\
         <script type=\"module\">import 'three'; import 'three/addons/controls/OrbitControls.js'; import './jsm/loaders/GLTFLoader.js'; import 'https://cdn.jsdelivr.net/npm/three@0.150.1/+esm'; import 'three/examples/jsm/objects/Sky.js';</script>\n\
         //- lib/x.min.js\n1\n",
        &expect![[r#"
            vendored lib/x.min.js (minified)
            index.html: three → three  0.160.0
            index.html: three/addons/controls/OrbitControls.js → three addons/controls/OrbitControls.js
            index.html: ./jsm/loaders/GLTFLoader.js → three addons/loaders/GLTFLoader.js
            index.html: https://cdn.jsdelivr.net/npm/three@0.150.1/+esm → three  0.150.1
            index.html: three/examples/jsm/objects/Sky.js → three addons/objects/Sky.js
        "#]],
    );
}
