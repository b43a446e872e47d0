//! Emitters that the project writes itself: a class one of whose methods keeps functions by an event's name and another
//! of whose methods calls them.

use std::collections::BTreeSet;

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::reach::Calls;
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind, Script},
    values::{Closure, Evaluator, Site, Value},
};

/// Which methods emit, and what is registered for each event.
#[derive(Debug, Default)]
pub(super) struct Emitters {
    emitting: FxHashSet<(ModuleId, FunctionId)>,
    registered: FxHashMap<EcoString, Vec<Registered>>,
}

#[derive(Debug)]
struct Registered {
    on: Option<Value>,
    function: (ModuleId, FunctionId),
}

impl Emitters {
    pub(super) fn new(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.product_modules() {
            let script = evaluator.project.script(module);
            for class in &script.classes {
                let methods = class.members.iter().filter_map(|member| match member.kind {
                    MemberKind::Method(function) => Some(function),
                    _ => None,
                });
                let methods: Vec<FunctionId> = methods.collect();
                let method = |function| Method {
                    script,
                    calls,
                    module,
                    function,
                };
                let kept = |function: &FunctionId| {
                    let takes_callback = script.function(*function).parameters.len() > 1;
                    takes_callback.then_some(())?;
                    Some((*function, kept_in(method(*function))?))
                };
                for (keeping, field) in methods.iter().filter_map(kept) {
                    let is_emitting = |function: &&FunctionId| {
                        **function != keeping && calls_kept(method(**function), &field)
                    };
                    let emitting: Vec<&FunctionId> = methods.iter().filter(is_emitting).collect();
                    if emitting.is_empty() {
                        continue;
                    }
                    this.emitting
                        .extend(emitting.into_iter().map(|function| (module, *function)));
                    this.register(evaluator, module, keeping);
                }
            }
        }
        this
    }

    fn register(&mut self, evaluator: &Evaluator<'_>, module: ModuleId, keeping: FunctionId) {
        for caller in evaluator.callers(module, keeping) {
            let arguments = evaluator.arguments_of(&caller.site);
            let [name, callback, ..] = arguments.as_slice() else {
                continue;
            };
            for value in evaluator.values(caller.site.module, callback.value) {
                let Value::Function(function) = value else {
                    continue;
                };
                for event in events(evaluator, &caller.site, name.value) {
                    self.registered.entry(event).or_default().push(Registered {
                        on: caller.closure.this.as_deref().cloned(),
                        function: (function.module, function.function),
                    });
                }
            }
        }
    }

    /// The functions that a call of a method calls because it emits an event.
    pub(super) fn called(
        &self,
        evaluator: &Evaluator<'_>,
        site: &Site,
        method: &Closure,
    ) -> Vec<(ModuleId, FunctionId)> {
        if !self.emitting.contains(&(method.module, method.function)) {
            return vec![];
        }
        let Some(name) = evaluator.arguments_of(site).first().copied() else {
            return vec![];
        };
        let mut found = BTreeSet::new();
        for event in events(evaluator, site, name.value) {
            let registered = self.registered.get(&event).into_iter().flatten();
            let here = registered.filter(|one| may_be_same(one.on.as_ref(), method.this.as_deref()));
            found.extend(here.map(|one| one.function));
        }
        found.into_iter().collect()
    }
}

/// The events of a name as it is written: `'tick'`, `'tick.camera'`, `'resize tick'`.
fn events(evaluator: &Evaluator<'_>, site: &Site, name: ExpressionId) -> Vec<EcoString> {
    let values = evaluator.values(site.module, name);
    let names = values.iter().filter_map(Value::as_literal);
    names
        .flat_map(|names| {
            let words = names
                .split([' ', ',', '/'])
                .map(|word| word.split('.').next().unwrap_or_default().into());
            words
                .filter(|word: &EcoString| !word.is_empty())
                .collect::<Vec<EcoString>>()
        })
        .collect()
}

fn may_be_same(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(Value::Instance(one)), Some(Value::Instance(other))) => {
            let is_class = (one.class.module, one.class.class) == (other.class.module, other.class.class);
            let is_site = match (&one.site, &other.site) {
                (Some(one), Some(other)) => (one.module, one.expression) == (other.module, other.expression),
                _ => true,
            };
            is_class && is_site
        }
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The field of `this` that a method keeps its second parameter in: `this.callbacks[name].push(callback)`.
fn kept_in(method: Method<'_>) -> Option<EcoString> {
    let script = method.script;
    let is_callback = |id: ExpressionId| match script.kind(id) {
        Kind::Local(name) => script.name(*name).definitions.iter().any(|definition| {
            definition.source == DefinitionSource::Parameter(method.function, 1) && definition.path.is_empty()
        }),
        _ => false,
    };
    method.kinds().find_map(|kind| match kind {
        Kind::Call { callee, arguments, .. } => match script.kind(*callee) {
            Kind::Member { object, property, .. }
                if matches!(property.as_str(), "push" | "add" | "set" | "unshift")
                    && arguments.iter().any(|argument| is_callback(argument.value)) =>
            {
                field_of_this(script, *object)
            }
            _ => None,
        },
        Kind::Assign { target: Some(target), value, .. } => {
            let is_kept = is_callback(*value)
                || matches!(script.kind(*value), Kind::Array(items) if items.iter().any(|item| is_callback(item.value)));
            match script.kind(*target) {
                Kind::Index { object, .. } if is_kept => field_of_this(script, *object),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Whether a method calls what a field of `this` holds: it reads the field and calls something that it goes through.
fn calls_kept(method: Method<'_>, field: &EcoString) -> bool {
    let script = method.script;
    let reads = method.kinds().any(|kind| {
        matches!(kind, Kind::Member { object, property, .. } if property == field && matches!(script.kind(*object), Kind::This))
    });
    reads
        && method.kinds().any(|kind| {
            let Kind::Call { callee, .. } = kind else {
                return false;
            };
            let called = match script.kind(*callee) {
                Kind::Member { object, property, .. } if property == "apply" || property == "call" => *object,
                _ => *callee,
            };
            match script.kind(called) {
                Kind::Local(name) => script
                    .name(*name)
                    .definitions
                    .iter()
                    .any(|definition| match definition.source {
                        DefinitionSource::ItemOf(_) => true,
                        DefinitionSource::Parameter(function, _) => function != method.function,
                        DefinitionSource::Expression(value) => {
                            matches!(script.kind(value), Kind::Index { .. })
                        }
                        _ => false,
                    }),
                Kind::Index { .. } => true,
                _ => false,
            }
        })
}

/// The field of `this` that a collection is or is held in.
fn field_of_this(script: &Script, expression: ExpressionId) -> Option<EcoString> {
    match script.kind(expression) {
        Kind::Member { object, property, .. } if matches!(script.kind(*object), Kind::This) => {
            Some(property.clone())
        }
        Kind::Member { object, .. } | Kind::Index { object, .. } => field_of_this(script, *object),
        // `this.listeners.get(name)`
        Kind::Call { callee, .. } => field_of_this(script, *callee),
        Kind::Local(name) => {
            let values =
                script
                    .name(*name)
                    .definitions
                    .iter()
                    .filter_map(|definition| match definition.source {
                        DefinitionSource::Expression(value) if value != expression => Some(value),
                        _ => None,
                    });
            let mut values = values.filter(|value| !matches!(script.kind(*value), Kind::Local(_)));
            values.find_map(|value| field_of_this(script, value))
        }
        Kind::Logical { left, .. } => field_of_this(script, *left),
        _ => None,
    }
}

/// A method, and where to find what it is made of.
#[derive(Clone, Copy)]
struct Method<'s> {
    script: &'s Script,
    calls: &'s Calls<'s, 's>,
    module: ModuleId,
    function: FunctionId,
}

impl<'s> Method<'s> {
    /// What it is made of, functions within it too.
    fn kinds(self) -> impl Iterator<Item = &'s Kind> {
        let mut functions = vec![self.function];
        let mut next = 0;
        while let Some(function) = functions.get(next).copied() {
            functions.extend(self.calls.inner(self.module, function));
            next += 1;
        }
        let expressions = functions
            .into_iter()
            .flat_map(move |function| self.calls.expressions(self.module, function));
        expressions.map(move |id| self.script.kind(*id))
    }
}

#[cfg(test)]
mod tests {
    use crate::web::{
        fixture::Fixture,
        project::Project,
        three::{loops::loops, reach::Calls},
        values::Evaluator,
    };

    /// What the loop of a project calls.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let files = Fixture::new(text);
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let calls = Calls::new(&evaluator);
        let one = &loops(&evaluator, &calls)[0];
        assert_eq!(one.describe(&evaluator, &calls).calls, expected);
    }

    #[test]
    fn what_is_registered_for_an_event_is_called_when_it_is_emitted() {
        check(
            "//- emitter.js\nexport default class EventEmitter { constructor() { this.callbacks = {}; }\n\
             on(names, callback) { names.split(' ').forEach((name) => {\n\
               if (!(this.callbacks[name] instanceof Array)) this.callbacks[name] = []; this.callbacks[name].push(callback); }); }\n\
             trigger(name, args) { this.callbacks[name].forEach((callback) => { callback.apply(this, args); }); } }\n\
             //- time.js\nimport EventEmitter from './emitter';\n\
             export default class Time extends EventEmitter { constructor() { super(); window.requestAnimationFrame(() => this.tick()); }\n\
             tick() { this.trigger('tick'); window.requestAnimationFrame(() => this.tick()); } }\n\
             //- app.js\nimport Time from './time'; class App { constructor() { this.time = new Time();\n\
             this.time.on('tick', () => { this.update(); }); this.time.on('resize', () => { this.resize(); }); }\n\
             update() {} resize() {} }\nnew App();\n",
            &[
                "time.js:Time.tick",
                "emitter.js:EventEmitter.trigger",
                "app.js:2",
                "emitter.js:4",
                "app.js:App.update",
            ],
        );
    }
}
