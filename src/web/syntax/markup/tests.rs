//! Templates as elements.

use expect_test::{Expect, expect};

use crate::web::syntax::{
    document::{kind, read},
    tree::{Element, ExpressionId, ExpressionKind as Kind, Property, Script, Tag},
};

fn check(path: &str, text: &str, expected: &Expect) {
    let document = read(path, text, kind(path).expect("a component"));
    let mut out = String::new();
    for parsed in document.scripts.iter().map(|script| &script.parsed) {
        let script = &parsed.script;
        for problem in &parsed.problems {
            let (line, column) = script.position(problem.start);
            out.push_str(&format!("problem {line}:{column} {}\n", problem.message));
        }
        for function in script
            .functions
            .iter()
            .skip(1)
            .filter(|function| !function.returns.is_empty())
        {
            for returned in function.returns.iter().filter(|_| !function.name.is_empty()) {
                out.push_str(&format!("{}:\n", function.name));
                dump(script, *returned, 1, &mut out);
            }
        }
    }
    expected.assert_eq(&out);
}

/// Elements one in another, whatever stands between them.
fn dump(script: &Script, id: ExpressionId, depth: usize, out: &mut String) {
    let Kind::Element(element) = script.kind(id) else {
        return inner(script, id, depth, out);
    };
    let (line, column) = script.position(script.expression(id).start);
    let tag = match &element.tag {
        Tag::Intrinsic(tag) => tag.to_string(),
        Tag::Component(tag) => format!("*{}", script.written(*tag)),
        Tag::Fragment => return children(script, element, depth, out),
    };
    out.push_str(&format!("{}{line}:{column} {tag}", "  ".repeat(depth)));
    for attribute in &element.attributes {
        match attribute {
            Property::Named { key, value } => out.push_str(&format!(" {key}={}", value_of(script, *value))),
            Property::Spread(value) => out.push_str(&format!(" ...{}", value_of(script, *value))),
            Property::Accessor { .. } | Property::Computed { .. } => {}
        }
    }
    out.push('\n');
    children(script, element, depth + 1, out);
}

fn children(script: &Script, element: &Element, depth: usize, out: &mut String) {
    for child in &element.children {
        dump(script, *child, depth, out);
    }
}

fn inner(script: &Script, id: ExpressionId, depth: usize, out: &mut String) {
    match script.kind(id) {
        Kind::Conditional {
            test,
            then,
            otherwise,
        } => {
            out.push_str(&format!("{}if {}\n", "  ".repeat(depth), value_of(script, *test)));
            dump(script, *then, depth + 1, out);
            dump(script, *otherwise, depth + 1, out);
        }
        Kind::Call {
            callee, arguments, ..
        } => {
            let called = match script.kind(*callee) {
                Kind::Member { object, property, .. } => format!("{}.{property}", value_of(script, *object)),
                _ => value_of(script, *callee),
            };
            out.push_str(&format!("{}{called}()\n", "  ".repeat(depth)));
            for argument in arguments {
                dump(script, argument.value, depth + 1, out);
            }
        }
        Kind::Function(function) => {
            for returned in &script.function(*function).returns {
                dump(script, *returned, depth, out);
            }
        }
        Kind::Null => {}
        Kind::Logical { left, right, .. } => {
            dump(script, *left, depth, out);
            dump(script, *right, depth, out);
        }
        Kind::Array(items) => {
            for item in items {
                dump(script, item.value, depth, out);
            }
        }
        _ => out.push_str(&format!("{}{{{}}}\n", "  ".repeat(depth), value_of(script, id))),
    }
}

/// A value: a name by what it is, else as written.
fn value_of(script: &Script, id: ExpressionId) -> String {
    match script.kind(id) {
        Kind::Local(name) => script.name(*name).text.to_string(),
        Kind::Global(name) => format!("?{name}"),
        Kind::Member { object, property, .. } => format!("{}.{property}", value_of(script, *object)),
        Kind::Call {
            callee, arguments, ..
        } if arguments.len() == 1 => {
            format!(
                "{}({})",
                value_of(script, *callee),
                value_of(script, arguments[0].value)
            )
        }
        Kind::Function(_) => format!("=> {}", script.written(id)),
        _ => script.written(id).to_string(),
    }
}

#[test]
fn vue() {
    check(
        "Scene.vue",
        r#"<script setup lang="ts">
import { TresCanvas } from '@tresjs/core'
const props = defineProps<{ size: number }>()
const items = ref<string[]>([])
function save() {}
</script>
<template>
  <!-- <a> -->
  <TresCanvas shadows :clear-color="props.color">
    <TresMesh v-for="(item, i) in items" :key="i" :position="[0, i, size]" @click="save" @pointer-move="count++; save()">
      <TresBoxGeometry :args="[1, 1, 1]" /><br>
      <tres-mesh-basic-material v-if="size > 1" color="red" :wireframe />
      <primitive v-else :object="item" v-bind="{ items }" />
    </TresMesh>
    <Label v-slot="{ text }">{{ text }} {{ items.length }}</Label>
  </TresCanvas>
  <slot />
</template>
<style>a > b { color: red }</style>
"#,
        &expect![[r#"
            Scene:
              9:3 *TresCanvas shadows=shadows clearColor=?unref(props).color
                ?unref(items).map()
                  10:5 *TresMesh key=i position=[0, i, size] onClick=save onPointerMove==> @pointer-move="count++; save()"
                    11:7 *TresBoxGeometry args=[1, 1, 1]
                    11:44 br
                    if size > 1
                      12:7 tres-mesh-basic-material color=red wireframe=$$props.wireframe
                      13:7 primitive object=item ...{ items }
                15:5 *Label
                  {text}
                  {?unref(items).length}
              {$$props.children}
        "#]],
    );
    check(
        "Pug.vue",
        "<template lang=\"pug\">\ndiv(v-if=\"a < b\")\n</template>\n<script setup>\nload()\n</script>",
        &expect![[r#"
            problem 1:1 a template in `pug` is not read
        "#]],
    );
}

#[test]
fn svelte() {
    check(
        "Scene.svelte",
        r#"<script lang="ts">
  import { T } from '@threlte/core'
  import Box from './Box.svelte'
  let { items, children } = $props()
  export let size = 1
</script>
<T.Mesh position={[0, size, 0]} scale.x={2} {...items} on:click={() => save(size)} bind:ref={mesh} let:ref>
  <T is={ref} {size} name="box {size}" />
  <T.BoxGeometry args={[1, 1, "}"]} />
</T.Mesh>
{#each items as { id }, i (id)}
  {@const name = id + i}
  <Box {name} />
{:else}
  <p>none</p>
{/each}
{#if size > 1}<T.Group />{:else if size as number}<T.Line />{:else}<T.Points />{/if}
{#await load() then data}<Box {data} />{/await}
{#snippet row(item)}<li>{item}</li>{/snippet}
{@render children?.()}
<button onclick={save}>a < b</button>
<p>{broken +}</p>
<style>p { color: red }</style>
"#,
        &expect![[r#"
            problem 22:5 an expression of the template could not be read
            Scene:
              7:1 *T.Mesh position=[0, size, 0] scale-x=2 ...items onclick==> () => save(size) ref=?mesh
                8:3 *T is=ref size=size name=box {size
                9:3 *T.BoxGeometry args=[1, 1, "}"]
              items.map()
                => {()
              15:3 p
              if size > 1
                17:15 *T.Group
                if size
                  17:51 *T.Line
                  17:68 *T.Points
              load().then()
                18:26 *Box data=data
              children()
              21:1 button onclick=?save
              22:1 p
            row:
              19:21 li
                {item}
            onclick:
              ?save()
                {size}
        "#]],
    );
}
