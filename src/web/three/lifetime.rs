//! Parts of a frontend that end while the page goes on: effects and components with what runs when they are unmounted,
//! and classes that can be disposed of.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::reach::Calls;
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        ClassId, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind, NameId, Script, TOP_LEVEL,
    },
    values::{Evaluator, Value},
};

type Functions = FxHashSet<(ModuleId, FunctionId)>;

/// Something that begins and ends while the page goes on.
#[derive(Clone, Debug)]
pub struct Lifetime {
    /// What ends, in words behind `when`, e.g. `the component is unmounted`.
    pub end: &'static str,
    /// The functions that run in it.
    pub setup: Functions,
    /// The functions that run when it ends; empty where nothing does.
    pub teardown: Functions,
    /// Whether it is a component in a project where a library renders components as objects and disposes of them.
    pub is_of_renderer: bool,
    /// An effect's functions with what it runs again for, `[scene, mode]`. None for one that runs once.
    pub reruns: Vec<Rerun>,
}

/// A function that runs again when something changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rerun {
    /// The function.
    pub body: (ModuleId, FunctionId),
    /// The names that it runs again for, in the module that registers it.
    pub causes: Vec<NameId>,
}

/// Methods that end an object
/// (<https://threejs.org/manual/#en/how-to-dispose-of-objects>,
/// <https://developer.mozilla.org/docs/Web/API/Web_components/Using_custom_elements>, <https://angular.dev/api/core/OnDestroy>).
const TEARDOWN_METHODS: [&str; 9] = [
    "dispose",
    "destroy",
    "disconnectedCallback",
    "componentWillUnmount",
    "unmount",
    "teardown",
    "tearDown",
    "cleanup",
    "ngOnDestroy",
];

/// Options of a Vue component that run when it ends (<https://vuejs.org/api/options-lifecycle.html>).
const TEARDOWN_OPTIONS: [&str; 4] = ["beforeUnmount", "unmounted", "beforeDestroy", "destroyed"];

/// Every lifetime, by module and place.
#[must_use]
pub fn lifetimes(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Vec<Lifetime> {
    let mut roots: Vec<Roots> = vec![];
    let has_tres = is_imported(evaluator, "@tresjs/");
    let has_threlte = is_imported(evaluator, "@threlte/");
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        let file = &evaluator.project.module(module).file;
        if file.ends_with(".vue") || file.ends_with(".svelte") {
            roots.push(Roots {
                is_of_renderer: if file.ends_with(".vue") {
                    has_tres
                } else {
                    has_threlte
                },
                ..component(evaluator, module, script)
            });
        } else {
            roots.extend(effects(evaluator, module, script));
            roots.extend(classes(evaluator, module, script));
        }
    }
    let endable: BTreeSet<(ModuleId, ClassId)> = roots.iter().filter_map(|root| root.class).collect();
    roots
        .into_iter()
        .map(|root| root.spread(evaluator, calls, &endable))
        .collect()
}

/// Whether some module imports a package whose name begins so.
fn is_imported(evaluator: &Evaluator<'_>, prefix: &str) -> bool {
    evaluator.project.module_ids().any(|module| {
        let mut imports = evaluator.project.script(module).imports.iter();
        imports.any(|import| import.module.starts_with(prefix))
    })
}

/// Where a lifetime's functions are looked for.
struct Roots {
    end: &'static str,
    setup: Vec<(ModuleId, FunctionId)>,
    teardown: Vec<(ModuleId, FunctionId)>,
    class: Option<(ModuleId, ClassId)>,
    reruns: Vec<Rerun>,
    is_of_renderer: bool,
}

impl Roots {
    /// With all functions that these contain and call.
    fn spread(
        self,
        evaluator: &Evaluator<'_>,
        calls: &Calls<'_, '_>,
        endable: &BTreeSet<(ModuleId, ClassId)>,
    ) -> Lifetime {
        let teardown = spread(calls, &self.teardown, |_| true);
        // What ends by itself is looked at by itself.
        let is_own = |(module, function): (ModuleId, FunctionId)| {
            let class = class_of(evaluator.project.script(module), function);
            class.is_none_or(|class| {
                self.class == Some((module, class)) || !endable.contains(&(module, class))
            })
        };
        let mut setup = spread(calls, &self.setup, is_own);
        setup = self.owned(evaluator, calls, setup, is_own);
        let begun: Functions = self.teardown.iter().copied().collect();
        let within_teardown = |function: &(ModuleId, FunctionId)| {
            let script = evaluator.project.script(function.0);
            ancestors(script, function.1).any(|outer| begun.contains(&(function.0, outer)))
        };
        setup.retain(|function| !within_teardown(function));
        Lifetime {
            end: self.end,
            setup,
            teardown,
            reruns: self.reruns,
            is_of_renderer: self.is_of_renderer,
        }
    }
}

impl Roots {
    /// The functions of those reached that work for the lifetime: methods of objects that others made are left out, and
    /// what only these reach.
    fn owned(
        &self,
        evaluator: &Evaluator<'_>,
        calls: &Calls<'_, '_>,
        reached: Functions,
        is_own: impl Fn((ModuleId, FunctionId)) -> bool,
    ) -> Functions {
        let mut reached = reached;
        loop {
            let is_made_here = |(module, function): (ModuleId, FunctionId)| {
                let script = evaluator.project.script(module);
                let Some(class) = class_of(script, function) else {
                    return true;
                };
                let members = &script.class(class).members;
                let constructor = members.iter().find_map(|member| match member.kind {
                    MemberKind::Method(function) if member.name == "constructor" => Some(function),
                    _ => None,
                });
                self.class == Some((module, class))
                    || constructor.is_none_or(|constructor| reached.contains(&(module, constructor)))
                    || members
                        .iter()
                        .any(|member| member.is_static && member.kind == MemberKind::Method(function))
            };
            let owned = spread(calls, &self.setup, |place| is_own(place) && is_made_here(place));
            if owned.len() == reached.len() {
                return owned;
            }
            reached = owned;
        }
    }
}

fn spread(
    calls: &Calls<'_, '_>,
    roots: &[(ModuleId, FunctionId)],
    is_wanted: impl Fn((ModuleId, FunctionId)) -> bool,
) -> Functions {
    let mut found = Functions::default();
    let mut open: Vec<(ModuleId, FunctionId)> = roots.to_vec();
    while let Some((module, function)) = open.pop() {
        if !is_wanted((module, function)) || !found.insert((module, function)) {
            continue;
        }
        if function != TOP_LEVEL {
            let inner = calls.inner(module, function).iter();
            open.extend(inner.map(|inner| (module, *inner)));
        }
        let called = calls.called(module, function);
        open.extend(called.iter().map(|called| (called.module, called.function)));
    }
    found
}

/// A function and those around it.
fn ancestors(script: &Script, function: FunctionId) -> impl Iterator<Item = FunctionId> + '_ {
    std::iter::successors(Some(function), |function| script.function(*function).parent)
}

fn class_of(script: &Script, function: FunctionId) -> Option<ClassId> {
    ancestors(script, function).find_map(|function| script.function(function).class)
}

/// <https://react.dev/reference/react/useEffect>
fn effects(evaluator: &Evaluator<'_>, module: ModuleId, script: &Script) -> Vec<Roots> {
    let mut found = vec![];
    for id in script.expression_ids() {
        let Some(setup) = hook(evaluator, module, script, id, |name| {
            matches!(
                name,
                "useEffect" | "useLayoutEffect" | "useInsertionEffect" | "onMounted" | "onMount"
            )
        }) else {
            continue;
        };
        let mut teardown = vec![];
        for setup in &setup {
            teardown.extend(returned(evaluator, *setup));
        }
        found.push(Roots {
            end: "the component is unmounted",
            reruns: reruns(script, id, &setup),
            setup,
            teardown,
            class: None,
            is_of_renderer: false,
        });
    }
    let ends = ended(evaluator, module, script);
    for roots in &mut found {
        roots.teardown.extend(&ends);
    }
    found
}

/// What an effect runs again for: the names of its second argument.
fn reruns(script: &Script, id: ExpressionId, setup: &[(ModuleId, FunctionId)]) -> Vec<Rerun> {
    let Kind::Call { arguments, .. } = script.kind(id) else {
        return vec![];
    };
    let Some(Kind::Array(items)) = arguments.get(1).map(|second| script.kind(second.value)) else {
        return vec![];
    };
    let causes: Vec<NameId> = items
        .iter()
        .filter_map(|item| match script.kind(item.value) {
            Kind::Local(name) => Some(*name),
            _ => None,
        })
        .collect();
    let again = setup.iter().filter(|_| !causes.is_empty());
    again
        .map(|body| Rerun {
            body: *body,
            causes: causes.clone(),
        })
        .collect()
}

/// The functions that a hook of React, Vue, Svelte or Solid is handed, if its name is wanted.
fn hook(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    script: &Script,
    id: ExpressionId,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<Vec<(ModuleId, FunctionId)>> {
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(id)
    else {
        return None;
    };
    let first = arguments.first()?;
    if !matches!(script.kind(*callee), Kind::Local(_) | Kind::Member { .. }) {
        return None;
    }
    let is_hook = evaluator.values(module, *callee).iter().any(|value| {
        let Value::External(external) = value else {
            return false;
        };
        let package = external.package().map(|(package, _)| package.as_str());
        matches!(
            package,
            Some("react" | "preact" | "preact/hooks" | "vue" | "svelte" | "solid-js" | "#imports")
        ) && external.members.last().is_some_and(|name| is_wanted(name))
    });
    is_hook.then(|| functions(evaluator, module, first.value))
}

fn functions(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
) -> Vec<(ModuleId, FunctionId)> {
    let values = evaluator.values(module, expression).into_iter();
    values
        .filter_map(|value| match value {
            Value::Function(closure) => Some((closure.module, closure.function)),
            _ => None,
        })
        .collect()
}

/// The functions that a function returns: what an effect runs when it ends.
fn returned(
    evaluator: &Evaluator<'_>,
    (module, function): (ModuleId, FunctionId),
) -> Vec<(ModuleId, FunctionId)> {
    let script = evaluator.project.script(module);
    let returns = script.function(function).returns.iter();
    returns
        .flat_map(|value| functions(evaluator, module, *value))
        .collect()
}

/// What the hooks of a module run when a component ends.
fn ended(evaluator: &Evaluator<'_>, module: ModuleId, script: &Script) -> Vec<(ModuleId, FunctionId)> {
    let ids = script.expression_ids();
    ids.filter_map(|id| {
        hook(evaluator, module, script, id, |name| {
            matches!(
                name,
                "onUnmounted" | "onBeforeUnmount" | "onScopeDispose" | "onDestroy" | "onCleanup"
            )
        })
    })
    .flatten()
    .collect()
}

/// A file of Vue or Svelte is one component.
fn component(evaluator: &Evaluator<'_>, module: ModuleId, script: &Script) -> Roots {
    let mut teardown = ended(evaluator, module, script);
    for id in script.expression_ids() {
        let mounted = hook(evaluator, module, script, id, |name| name == "onMount").unwrap_or_default();
        for function in mounted {
            teardown.extend(returned(evaluator, function));
        }
        // `$effect(() => { …; return () => … })` of Svelte.
        if let Kind::Call {
            callee, arguments, ..
        } = script.kind(id)
            && matches!(script.kind(*callee), Kind::Global(name) if name.starts_with("$effect"))
            && let Some(first) = arguments.first()
        {
            for function in functions(evaluator, module, first.value) {
                teardown.extend(returned(evaluator, function));
            }
        }
    }
    let options = (1..script.functions.len() as u32).map(FunctionId);
    let options = options.filter(|id| TEARDOWN_OPTIONS.contains(&script.function(*id).name.as_str()));
    teardown.extend(options.map(|id| (module, id)));
    let all = (0..script.functions.len() as u32).map(|id| (module, FunctionId(id)));
    Roots {
        end: "the component is unmounted",
        setup: all.collect(),
        teardown,
        class: None,
        reruns: vec![],
        is_of_renderer: false,
    }
}

fn classes(evaluator: &Evaluator<'_>, module: ModuleId, script: &Script) -> Vec<Roots> {
    let mut found = vec![];
    for (index, class) in script.classes.iter().enumerate() {
        let id = ClassId(index as u32);
        let mut setup = vec![];
        let mut teardown = vec![];
        for member in class.members.iter().filter(|member| !member.is_static) {
            let function = match member.kind {
                MemberKind::Method(function) => Some(function),
                MemberKind::Field(Some(value)) => match script.kind(value) {
                    Kind::Function(function) => Some(*function),
                    _ => {
                        setup.push((module, script.expression(value).function));
                        None
                    }
                },
                _ => None,
            };
            let Some(function) = function else { continue };
            if TEARDOWN_METHODS.contains(&member.name.as_str()) {
                teardown.push((module, function));
            } else {
                setup.push((module, function));
            }
        }
        setup.retain(|(_, function)| *function != TOP_LEVEL);
        let is_component = is_react_component(evaluator, module, class.base);
        if is_component || !teardown.is_empty() {
            found.push(Roots {
                end: if is_component {
                    "the component is unmounted"
                } else {
                    "the object is disposed of"
                },
                setup,
                teardown,
                class: Some((module, id)),
                reruns: vec![],
                is_of_renderer: false,
            });
        }
    }
    found
}

fn is_react_component(evaluator: &Evaluator<'_>, module: ModuleId, base: Option<ExpressionId>) -> bool {
    base.is_some_and(|base| {
        evaluator.values(module, base).iter().any(|value| {
            matches!(value, Value::External(external)
                if external.of_package("react").is_some_and(|name| name.ends_with("Component")))
        })
    })
}
