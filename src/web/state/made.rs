//! What makes a store.

use crate::web::{
    nuxt_auth,
    project::ModuleId,
    syntax::tree::{
        DefinitionSource, ExportSource, ExpressionId, ExpressionKind as Kind, FunctionId, Script, TOP_LEVEL,
    },
    values::{Evaluator, External, Origin, Site, Value},
};

/// Calls that a store is handed to before it is put into a variable.
const MAX_CALLS: usize = 4;

/// A store, where it is made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// The call that makes it; of a module of vuex, the object that says what is in it.
    pub(super) site: Site,
    /// The library's function that makes it.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) family: Family,
}

/// What a store is used like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A hook with a selector: zustand.
    Selected,
    /// A slice of redux, written by its actions.
    Slice,
    /// A store of redux as a whole.
    Redux,
    /// A store of pinia.
    Pinia,
    /// A store of vuex, or a module of one.
    Vuex,
    /// What is asked for by hooks: jotai, recoil.
    Atom,
    /// An object whose properties are read and written: valtio, MobX, signals, runes, Nuxt's state.
    Object,
    /// What is subscribed to: Svelte's stores, nanostores, state machines.
    Subscribed,
    /// React's context.
    Context,
    /// What Vue's components provide for those within.
    Provided,
    /// What Vue watches, where a module shares it.
    Shared,
}

/// Functions that make a store, by package.
const MAKERS: [(&str, Family, &[&str]); 27] = [
    ("zustand", Family::Selected, &["create", "default", "createStore"]),
    ("zustand/vanilla", Family::Selected, &["createStore", "create"]),
    ("zustand/traditional", Family::Selected, &["createWithEqualityFn"]),
    ("@reduxjs/toolkit", Family::Slice, &["createSlice"]),
    (
        "@reduxjs/toolkit",
        Family::Redux,
        &["configureStore", "createStore"],
    ),
    ("redux", Family::Redux, &["createStore", "legacy_createStore"]),
    ("pinia", Family::Pinia, &["defineStore"]),
    ("#imports", Family::Pinia, &["defineStore"]),
    ("#imports", Family::Object, &["useState"]),
    ("#app", Family::Object, &["useState"]),
    ("vuex", Family::Vuex, &["createStore", "default.Store", "Store"]),
    ("jotai", Family::Atom, &["atom"]),
    ("jotai/utils", Family::Atom, &["atomWithStorage", "atomFamily"]),
    ("recoil", Family::Atom, &["atom", "selector"]),
    ("valtio", Family::Object, &["proxy"]),
    ("valtio/vanilla", Family::Object, &["proxy"]),
    (
        "mobx",
        Family::Object,
        &["observable", "makeAutoObservable", "makeObservable"],
    ),
    ("@preact/signals", Family::Object, &["signal", "computed"]),
    ("@preact/signals-react", Family::Object, &["signal", "computed"]),
    ("@preact/signals-core", Family::Object, &["signal", "computed"]),
    (
        "svelte/store",
        Family::Subscribed,
        &["writable", "readable", "derived"],
    ),
    (
        "nanostores",
        Family::Subscribed,
        &["atom", "map", "computed", "deepMap"],
    ),
    ("xstate", Family::Subscribed, &["createMachine", "createActor"]),
    ("react", Family::Context, &["createContext"]),
    ("vue", Family::Provided, &["provide"]),
    (
        "vue",
        Family::Shared,
        &["ref", "shallowRef", "reactive", "shallowReactive"],
    ),
    (
        "@vueuse/core",
        Family::Shared,
        &["useStorage", "useLocalStorage", "useSessionStorage"],
    ),
];

/// The stores that a project makes, by module and place.
pub(super) fn stores(evaluator: &Evaluator<'_>) -> Vec<Made> {
    let mut stores: Vec<Made> = vec![];
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            if let Some(made) = store(evaluator, module, expression) {
                // What is shared by a key is one however often it is asked for.
                let is_shared = matches!(made.family, Family::Provided)
                    || made.family == Family::Object && made.kind.ends_with(":useState");
                let is_same = |known: &Made| known.kind == made.kind && known.name == made.name;
                if !(is_shared && stores.iter().any(is_same)) {
                    stores.push(made);
                }
            }
        }
    }
    stores
}

/// The store that an expression makes.
pub(super) fn store(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Option<Made> {
    let script = evaluator.project.script(module);
    if !matches!(script.kind(expression), Kind::Call { .. } | Kind::New { .. }) {
        return None;
    }
    let site = Site::alone(module, expression);
    let file = &evaluator.project.module(module).file;
    let is_rune_module = file.ends_with(".svelte.js") || file.ends_with(".svelte.ts");
    let callees = match script.kind(expression) {
        Kind::New { callee, .. } => evaluator.values(module, *callee),
        _ => evaluator.callees(&site),
    };
    let (kind, family) = callees.iter().find_map(|callee| match callee {
        Value::External(callee) => made_by(evaluator, callee, is_rune_module),
        _ => None,
    })?;
    if family == Family::Shared && !is_shared(evaluator, &site, &kind) {
        return None;
    }
    // `create<State>()` only carries the type, the call of what it gives makes the store.
    if family == Family::Selected && evaluator.arguments_of(&site).is_empty() {
        return None;
    }
    let name = match family {
        Family::Provided => key(evaluator, &site)?,
        Family::Object if kind.ends_with(":useState") => key(evaluator, &site)?,
        _ => match held_by(script, &site).filter(|name| name != "default") {
            Some(name) => name,
            None if family == Family::Pinia => key(evaluator, &site)
                .or_else(|| held_by(script, &site))
                .unwrap_or_else(|| around(script, &site)),
            None => held_by(script, &site).unwrap_or_else(|| around(script, &site)),
        },
    };
    Some(Made {
        site,
        kind,
        name,
        family,
    })
}

/// Whether what Vue watches is state that components share: it is made at the top level of a module that is none, and is
/// an object or exported. What a component or a composable makes is made for each of them.
fn is_shared(evaluator: &Evaluator<'_>, site: &Site, kind: &str) -> bool {
    let script = evaluator.project.script(site.module);
    let Some(name) = held_by(script, site) else {
        return false;
    };
    let is_exported = || {
        let mut exports = script.exports.iter();
        exports
            .any(|export| matches!(export.source, ExportSource::Name(own) if script.name(own).text == name))
    };
    script.expression(site.expression).function == TOP_LEVEL
        && !evaluator.project.module(site.module).file.ends_with(".vue")
        && (kind.ends_with("eactive") || is_exported())
}

/// The text that a store is asked for by, or the symbol as it is written.
pub(super) fn key(evaluator: &Evaluator<'_>, site: &Site) -> Option<String> {
    let arguments = evaluator.arguments_of(site);
    let first = arguments.first()?.value;
    let texts = evaluator.texts(&Site::alone(site.module, first));
    let literal = texts.iter().find_map(|text| text.as_literal());
    let script = evaluator.project.script(site.module);
    let is_name = matches!(script.kind(first), Kind::Local(_) | Kind::Member { .. });
    literal
        .map(|text| text.to_string())
        .or_else(|| is_name.then(|| script.written(first).to_string()))
}

/// The function that makes a store, in the words of its library.
pub(in crate::web) fn maker(
    evaluator: &Evaluator<'_>,
    callee: &External,
    is_rune_module: bool,
) -> Option<String> {
    made_by(evaluator, callee, is_rune_module).map(|(kind, _)| kind)
}

fn made_by(evaluator: &Evaluator<'_>, callee: &External, is_rune_module: bool) -> Option<(String, Family)> {
    match &callee.origin {
        Origin::Global => match callee.path().as_str() {
            "$state" | "$state.raw" if is_rune_module => Some(("$state".into(), Family::Object)),
            // What Nuxt imports by itself: <https://nuxt.com/docs/guide/concepts/auto-imports>.
            "defineStore" => Some(("pinia:defineStore".into(), Family::Pinia)),
            "useState" if nuxt_auth::configurations(evaluator).next().is_some() => {
                Some(("nuxt:useState".into(), Family::Object))
            }
            _ => None,
        },
        Origin::Library { package, path } => {
            let function = callee.of_package(package)?;
            let whole = if path.is_empty() {
                package.to_string()
            } else {
                format!("{package}/{path}")
            };
            let last = function.rsplit('.').next().unwrap_or_default();
            let (_, family, _) = MAKERS.iter().find(|(known, _, functions)| {
                *known == whole
                    && (functions.contains(&function.as_str())
                        || *known != "vuex" && functions.contains(&last))
            })?;
            let whole = match whole.as_str() {
                "#imports" | "#app" if *family == Family::Object => "nuxt",
                "#imports" => "pinia",
                whole => whole,
            };
            Some((format!("{whole}:{last}"), *family))
        }
        // `create<State>()(…)`: only the first call is without arguments.
        Origin::Result { callee: first, site } if callee.members.is_empty() => {
            let is_curried = first.of_package("zustand").is_some() && evaluator.arguments_of(site).is_empty();
            is_curried.then(|| made_by(evaluator, first, false)).flatten()
        }
        _ => None,
    }
}

/// The variable or export that a call's result is put into, also through calls that it is handed to:
/// `const useStore = createSelectors(create(…))`.
pub(in crate::web) fn held_by(script: &Script, site: &Site) -> Option<String> {
    let mut held = site.clone();
    for _ in 0..MAX_CALLS {
        if let Some(name) = holder(script, &held) {
            return Some(name);
        }
        held.expression = script.expression_ids().find(|id| {
            matches!(script.kind(*id), Kind::Call { arguments, .. }
                if arguments.first().is_some_and(|first| first.value == held.expression))
        })?;
    }
    None
}

fn holder(script: &Script, site: &Site) -> Option<String> {
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

/// The function or class that makes a store for each of its callers.
fn around(script: &Script, site: &Site) -> String {
    let mut next = Some(script.expression(site.expression).function);
    while let Some(id) = next {
        let function = script.function(id);
        if let Some(class) = function.class
            && function.name == "constructor"
        {
            return script.class(class).name.to_string();
        }
        if !function.name.is_empty() {
            return function.name.to_string();
        }
        next = function.parent;
    }
    String::new()
}

/// Whether a function is the argument of a call, or of one that wraps it (`persist`, `immer`).
pub(in crate::web) fn is_initialiser(script: &Script, site: &Site, function: FunctionId) -> bool {
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
