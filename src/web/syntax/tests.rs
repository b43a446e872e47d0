//! What is read of scripts, pages and components.

use expect_test::{Expect, expect};

use super::document::{Document, kind, read};
use super::tree::{DefinitionSource, ExpressionKind, Script};

fn check(path: &str, text: &str, expected: &Expect) {
    let document = read(path, text, kind(path).expect("a kind of file that holds scripts"));
    expected.assert_eq(&dump(&document));
}

fn dump(document: &Document) -> String {
    let mut out = String::new();
    for external in &document.external {
        let kind = if external.is_module { "module" } else { "script" };
        out.push_str(&format!("external {kind} {}\n", external.source));
    }
    if let Some((map, _)) = &document.import_map {
        out.push_str(&format!("import map {}\n", map.trim()));
    }
    for script in &document.scripts {
        let kind = if script.is_module { "module" } else { "script" };
        out.push_str(&format!("{kind}\n"));
        for problem in &script.parsed.problems {
            let (line, column) = script.parsed.script.position(problem.start);
            out.push_str(&format!("  problem {line}:{column} {}\n", problem.message));
        }
        dump_script(&script.parsed.script, &mut out);
    }
    out
}

fn dump_script(script: &Script, out: &mut String) {
    for import in &script.imports {
        let names: Vec<&str> = import.names.iter().map(|name| name.imported.as_str()).collect();
        out.push_str(&format!("  import {} from {}\n", names.join(", "), import.module));
    }
    for name in &script.names {
        let sources = name.definitions.iter().map(|definition| {
            let source = match definition.source {
                DefinitionSource::Expression(id) => format!("line {}", script.line_of(id)),
                other => format!("{other:?}"),
            };
            format!("{source}{}", ".".repeat(definition.path.len()))
        });
        let sources: Vec<String> = sources.collect();
        out.push_str(&format!("  {} = {}\n", name.text, sources.join(" | ")));
    }
    for (index, function) in script.functions.iter().enumerate().skip(1) {
        out.push_str(&format!("  function {index} {}\n", function.name));
    }
    for expression in &script.expressions {
        if let ExpressionKind::New { .. } | ExpressionKind::Call { .. } = &expression.kind {
            let (line, column) = script.position(expression.start);
            out.push_str(&format!("  call {line}:{column} in {}\n", expression.function.0));
        }
    }
}

#[test]
fn names_are_resolved_by_scope() {
    check(
        "a.ts",
        "import { get, type Options } from './http';\n\
         let url: string | null = null;\n\
         export const load = async ({ id = 1, ...rest }: Options) => {\n\
           url ??= `/x/${id}`;\n\
           return (await get(url as string)).json();\n\
         };\n\
         function f(get) { get(); fetch('/y'); }\n",
        &expect![[r#"
            module
              import get, Options from ./http
              get = Import(0, 0)
              Options = Import(0, 1)
              url = line 2 | line 4
              load = line 3
              id = Parameter(FunctionId(1), 0)..
              rest = Parameter(FunctionId(1), 0).
              f = Function(FunctionId(2))
              get = Parameter(FunctionId(2), 0)
              function 1 load
              function 2 f
              call 5:15 in 1
              call 5:8 in 1
              call 7:19 in 2
              call 7:26 in 2
        "#]],
    );
}

#[test]
fn a_page_has_scripts_of_several_kinds() {
    check(
        "index.html",
        "<!-- <script>broken(</script> -->\n\
         <script src=\"https://cdn.example/three.min.js\"></script>\n\
         <script type=\"importmap\">{\"imports\": {}}</script>\n\
         <script type=\"x-shader/x-vertex\">void main() {}</script>\n\
         <script>const a = 1;</script>\n\
         <script type=module src='./main.js'></script>\n\
         <script type=\"module\">\nimport * as THREE from 'three';\nnew THREE.Scene();</script>\n\
         <script>f(a);</script>\n",
        &expect![[r#"
            external script https://cdn.example/three.min.js
            external module ./main.js
            import map {"imports": {}}
            script
              a = line 5
              call 10:9 in 0
            module
              import * from three
              THREE = Import(0, 0)
              call 9:1 in 0
        "#]],
    );
}

#[test]
fn the_values_of_a_template_engine_are_names() {
    check(
        "templates/index.html",
        "<script>\nconst room = {{ room|tojson }};\n{% if debug %}log('{{ name }}');{% endif %}\n</script>",
        &expect![[r#"
            script
              room = line 2
              call 3:15 in 0
        "#]],
    );
}

#[test]
fn the_scripts_of_a_component_are_one_module() {
    check(
        "A.vue",
        "<template><div/></template>\n<script lang=\"ts\">export const a: number = 1;</script>\n\
         <script setup lang=\"ts\">const b = f(a);</script>\n",
        &expect![[r#"
            module
              a = line 2
              b = line 3
              $$props = Parameter(FunctionId(1), 0)
              function 1 A
              call 3:35 in 1
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_a_problem_and_no_panic() {
    check(
        "a.js",
        "const a = ;\n",
        &expect![[r#"
            module
              problem 1:11 Unexpected token
        "#]],
    );
}
