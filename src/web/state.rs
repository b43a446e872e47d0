//! Stores that hold a frontend's state, and who reads and writes them.

mod context;
mod field;

use std::collections::BTreeSet;

use serde::Serialize;

use self::{context::context_users, field::users_of_field};
use super::{
    syntax::tree::{DefinitionSource, ExportSource, ExpressionKind as Kind, FunctionId, Script},
    three::objects::{function_name, location},
    values::{Evaluator, External, Origin, Site, Value},
};
use crate::source::location::Location;

/// One store.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Store {
    /// The variable that holds it.
    pub name: String,
    /// The library's function that makes it, e.g. `zustand:create`, `svelte/store:writable`.
    pub kind: String,
    /// Where it is made.
    pub location: Location,
    /// Functions that write to it, `file:name`, in alphabetical order.
    pub writers: Vec<String>,
    /// Functions that read or subscribe to it, `file:name`, in alphabetical order.
    pub readers: Vec<String>,
}

/// Functions that make a store, by package.
const MAKERS: [(&str, &[&str]); 18] = [
    ("zustand", &["create", "default", "createStore"]),
    ("zustand/vanilla", &["createStore", "create"]),
    (
        "@reduxjs/toolkit",
        &["configureStore", "createSlice", "createStore"],
    ),
    ("redux", &["createStore", "legacy_createStore"]),
    ("pinia", &["defineStore"]),
    ("vuex", &["createStore"]),
    ("jotai", &["atom"]),
    ("jotai/utils", &["atomWithStorage", "atomFamily"]),
    ("recoil", &["atom", "selector"]),
    ("valtio", &["proxy"]),
    ("mobx", &["observable", "makeAutoObservable"]),
    ("@preact/signals", &["signal", "computed"]),
    ("@preact/signals-react", &["signal", "computed"]),
    ("@preact/signals-core", &["signal", "computed"]),
    ("svelte/store", &["writable", "readable", "derived"]),
    ("nanostores", &["atom", "map", "computed", "deepMap"]),
    ("xstate", &["createMachine", "createActor"]),
    ("react", &["createContext"]),
];

/// Every store, by place.
#[must_use]
pub fn stores(evaluator: &Evaluator<'_>) -> Vec<Store> {
    let mut stores = vec![];
    let contexts = context_users(evaluator);
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        let file = &evaluator.project.module(module).file;
        for expression in script.expression_ids() {
            if !matches!(script.kind(expression), Kind::Call { .. }) {
                continue;
            }
            let site = Site::alone(module, expression);
            let is_rune_module = file.ends_with(".svelte.js") || file.ends_with(".svelte.ts");
            let kind = evaluator.callees(&site).iter().find_map(|callee| match callee {
                Value::External(callee) => maker(evaluator, callee, is_rune_module),
                _ => None,
            });
            // `create<State>()` only carries the type, the call of what it gives makes the store.
            let is_curried =
                |kind: &String| kind.starts_with("zustand") && evaluator.arguments_of(&site).is_empty();
            if let Some(kind) = kind.filter(|kind| !is_curried(kind)) {
                let of_context = |writes: bool| {
                    let users = contexts.iter().filter(move |user| {
                        (user.module, user.context, user.writes) == (module, expression, writes)
                    });
                    users.map(|user| user.function.clone())
                };
                let setters = setters(evaluator, &site);
                let [writers, readers] = users_of_field(evaluator, &site).unwrap_or_default();
                stores.push(Store {
                    name: held_by(script, &site).unwrap_or_else(|| made_by(script, &site)),
                    kind,
                    location: location(evaluator, module, expression),
                    writers: in_order(
                        users(evaluator, &site, true)
                            .chain(of_context(true))
                            .chain(setters)
                            .chain(writers),
                    ),
                    readers: in_order(
                        users(evaluator, &site, false)
                            .chain(of_context(false))
                            .chain(readers),
                    ),
                });
            }
        }
    }
    stores
}

pub(super) fn maker(evaluator: &Evaluator<'_>, callee: &External, is_rune_module: bool) -> Option<String> {
    match &callee.origin {
        Origin::Global if callee.path() == "$state" && is_rune_module => Some("$state".into()),
        Origin::Library { package, path } => {
            let function = callee.of_package(package)?;
            let function = function.rsplit('.').next().unwrap_or_default();
            let whole = if path.is_empty() {
                package.to_string()
            } else {
                format!("{package}/{path}")
            };
            let (_, functions) = MAKERS.iter().find(|(known, _)| *known == whole)?;
            functions
                .contains(&function)
                .then(|| format!("{whole}:{function}"))
        }
        // `create<State>()(…)`: only the first call is without arguments.
        Origin::Result { callee: first, site } if callee.members.is_empty() => {
            let is_curried = first.of_package("zustand").is_some() && evaluator.arguments_of(site).is_empty();
            is_curried.then(|| maker(evaluator, first, false)).flatten()
        }
        _ => None,
    }
}

/// The variable or export that a call's result is put into.
pub(super) fn held_by(script: &Script, site: &Site) -> Option<String> {
    let is_of = |source: DefinitionSource| source == DefinitionSource::Expression(site.expression);
    let named = script
        .names
        .iter()
        .find(|name| name.definitions.iter().any(|place| is_of(place.source)));
    if let Some(name) = named {
        return Some(name.text.to_string());
    }
    let exported = script.exports.iter().find(|export| {
        matches!(export.source, ExportSource::Expression(expression) if expression == site.expression)
    });
    exported.map(|export| export.name.to_string())
}

/// The function that makes a store for each of its callers.
fn made_by(script: &Script, site: &Site) -> String {
    let mut next = Some(script.expression(site.expression).function);
    while let Some(id) = next {
        let function = script.function(id);
        if !function.name.is_empty() {
            return function.name.to_string();
        }
        next = function.parent;
    }
    String::new()
}

pub(super) fn is_write(member: Option<&str>) -> bool {
    member.is_some_and(|member| {
        matches!(
            member,
            "set" | "update" | "setState" | "dispatch" | "send" | "setKey" | "$patch" | "value"
        )
    })
}

fn in_order(users: impl Iterator<Item = String>) -> Vec<String> {
    let users: BTreeSet<String> = users.collect();
    users.into_iter().collect()
}

/// The functions that do something with a store.
fn users(evaluator: &Evaluator<'_>, site: &Site, writes: bool) -> impl Iterator<Item = String> {
    let uses = evaluator.uses(site.module, site.expression).iter();
    uses.filter(move |used| {
        let is_assigned = matches!(used.kind, super::values::UseKind::Write(_));
        let is_written = is_assigned || is_write(used.members.last().map(ecow::EcoString::as_str));
        is_written == writes
    })
    .map(|used| function_name(evaluator, used.site.module, used.site.expression))
}

/// The functions in a store's initialiser that call the `set` it is handed
/// (<https://zustand.docs.pmnd.rs/guides/updating-state>).
fn setters(evaluator: &Evaluator<'_>, site: &Site) -> Vec<String> {
    let script = evaluator.project.script(site.module);
    let store = script.expression(site.expression);
    let is_inside = |id: FunctionId| {
        let function = script.function(id);
        store.start <= function.start && function.end <= store.end
    };
    let is_zustand = evaluator.callees(site).iter().any(|callee| match callee {
        Value::External(callee) => callee.package().is_some_and(|(package, _)| package == "zustand"),
        _ => false,
    });
    let calls = script.expression_ids().filter(|_| is_zustand);
    let setters = calls.filter(|call| {
        let Kind::Call { callee, .. } = script.kind(*call) else {
            return false;
        };
        let Kind::Local(name) = script.kind(*callee) else {
            return false;
        };
        script.name(*name).definitions.iter().any(|definition| {
            matches!(definition.source, DefinitionSource::Parameter(initialiser, 0)
                if is_inside(initialiser) && is_initialiser(script, site, initialiser))
        })
    });
    setters
        .map(|call| function_name(evaluator, site.module, call))
        .collect()
}

/// Whether a function is the argument of a call, or of one that wraps it (`persist`, `immer`).
pub(super) fn is_initialiser(script: &Script, site: &Site, function: FunctionId) -> bool {
    let mut calls = vec![site.expression];
    while let Some(call) = calls.pop() {
        let Kind::Call { arguments, .. } = script.kind(call) else {
            continue;
        };
        for argument in arguments {
            match script.kind(argument.value) {
                Kind::Function(own) if *own == function => return true,
                Kind::Call { .. } => calls.push(argument.value),
                _ => {}
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{fixture::Fixture, project::Project};

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
    fn who_provides_a_context_and_who_sets_a_state() {
        let files = Fixture::new(
            "//- c.tsx\nimport { createContext, useContext, createElement } from 'react'; import * as React from 'react';\n\
             export const Chat = createContext(null); export const Mode = React.createContext('a');\n\
             export function useChat() { return useContext(Chat); }\nexport function With({ children }) { return <Chat.Provider value={1}>{children}</Chat.Provider>; }\n\
             export function Both() { React.useContext(Mode); return createElement(Mode.Provider, { value: 'b' }); }\n\
             //- s.ts\nimport { create } from 'zustand'; import { persist } from 'zustand/middleware';\n\
             export const useApp = create<S>()(persist((set, get) => ({ n: 1, add: () => set({ n: get().n + 1 }), read: () => get().n }), { name: 'a' }));\n\
             export function useOwn() { return useState(() => create((set) => ({ clear() { set({}); } })))[0]; }\n",
        );
        let project = Project::new(&files);
        let found: Vec<String> = stores(&Evaluator::new(&project))
            .iter()
            .map(|s| format!("{} {:?} {:?}", s.name, s.writers, s.readers))
            .collect();
        expect_test::expect![[r#"
            Chat ["c.tsx:With"] ["c.tsx:useChat"]
            Mode ["c.tsx:Both"] ["c.tsx:Both"]
            useApp ["s.ts:add"] []
            useOwn ["s.ts:clear"] []"#]]
        .assert_eq(&found.join("\n"));
    }

    #[test]
    fn who_uses_a_field_that_holds_state() {
        let files = Fixture::new(
            "//- pad.svelte.ts\nexport class Pad { pressed = $state(false); count = $state(0);\n\
             press() { this.pressed = true; this.count++; } get isOn() { return this.pressed; } }\n\
             //- main.ts\nimport { Pad } from './pad.svelte'; const pad = new Pad();\n\
             export function show() { return pad.count; } export function reset() { pad.count = 0; other.count = 1; }\n",
        );
        let project = Project::new(&files);
        let found: Vec<String> = stores(&Evaluator::new(&project))
            .iter()
            .map(|s| format!("{} {:?} {:?}", s.name, s.writers, s.readers))
            .collect();
        expect_test::expect![[r#"
            pressed ["pad.svelte.ts:Pad.press"] ["pad.svelte.ts:Pad.isOn"]
            count ["main.ts:reset", "pad.svelte.ts:Pad.press"] ["main.ts:show"]"#]]
        .assert_eq(&found.join("\n"));
    }
}
