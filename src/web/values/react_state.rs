//! State of React components: what `useState` is given first, and what its setter is called with later
//! (<https://react.dev/reference/react/useState>).

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Environment, Evaluator, External, Origin, Site, Value, Values,
    evaluator::{add, add_all},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        Argument, DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, PathStep, Script,
    },
};

/// What setters are called with, by the call of the hook that made them.
#[derive(Debug, Default)]
pub(super) struct States(FxHashMap<(ModuleId, ExpressionId), Setter>);

/// What is done with the second part of `const [state, setState] = useState()`.
#[derive(Debug, Default)]
struct Setter {
    arguments: Vec<ExpressionId>,
    /// Whether it is handed on, so that others may call it.
    is_handed_on: bool,
}

impl States {
    /// Looks for calls of what is the second part of something.
    pub(super) fn read(&mut self, module: ModuleId, script: &Script) {
        let mut hooks: FxHashMap<NameId, ExpressionId> = FxHashMap::default();
        for (index, name) in script.names.iter().enumerate() {
            for definition in &name.definitions {
                if let (DefinitionSource::Expression(hook), [PathStep::Item(1)]) =
                    (&definition.source, definition.path.as_slice())
                    && matches!(script.kind(*hook), Kind::Call { .. })
                {
                    hooks.insert(NameId(index as u32), *hook);
                }
            }
        }
        if hooks.is_empty() {
            return;
        }
        let hook_of = |expression: ExpressionId| match script.kind(expression) {
            Kind::Local(name) => hooks.get(name),
            _ => None,
        };
        let mut called: FxHashSet<ExpressionId> = FxHashSet::default();
        for id in script.expression_ids() {
            if let Kind::Call {
                callee, arguments, ..
            } = script.kind(id)
                && let Some(hook) = hook_of(*callee)
            {
                called.insert(*callee);
                let setter = self.0.entry((module, *hook)).or_default();
                setter
                    .arguments
                    .extend(arguments.first().map(|first| first.value));
                // Called without anything it sets nothing that is known.
                setter.is_handed_on |= arguments.is_empty();
            }
        }
        for id in script.expression_ids().filter(|id| !called.contains(id)) {
            if let Some(hook) = hook_of(id) {
                self.0.entry((module, *hook)).or_default().is_handed_on = true;
            }
        }
    }
}

impl Evaluator<'_> {
    /// What `useState(initial)` gives.
    pub(super) fn react_state(&self, site: &Site, arguments: &[Argument]) -> Values {
        let mut state = vec![];
        for value in self.argument(site, arguments, 0) {
            match value {
                // An initialiser.
                Value::Function(_) => {
                    let made = self.apply_all(&[value], &[], site.environment.depth());
                    add_all(&mut state, made);
                }
                value => add(&mut state, value),
            }
        }
        let set = self.set_later(site);
        // Nothing is asked for with the text that a field is empty with at first.
        if !set.is_empty() {
            state.retain(|value| value.as_literal().is_none_or(|text| !text.is_empty()));
        }
        add_all(&mut state, set);
        let hook = External {
            origin: Origin::Library {
                package: "react".into(),
                path: "".into(),
            },
            members: vec!["useState".into()],
        };
        let setter = Value::External(External {
            origin: Origin::Result {
                callee: Rc::new(hook),
                site: Rc::new(site.clone()),
            },
            members: vec!["set".into()],
        });
        vec![Value::List(Rc::new(vec![state, vec![setter]]))]
    }

    /// What the setter that a call of `useState` gives is called with.
    pub(super) fn set_arguments(&self, module: ModuleId, hook: ExpressionId) -> &[ExpressionId] {
        let setter = self.writes().states.0.get(&(module, hook));
        setter.map_or(&[], |setter| &setter.arguments)
    }

    /// What the setter is called with; of a function, what it makes of the state.
    fn set_later(&self, site: &Site) -> Values {
        let mut set = vec![];
        let Some(setter) = self.writes().states.0.get(&(site.module, site.expression)) else {
            return set;
        };
        // Looked at by themselves, so that each is answered once whatever led to the component.
        let alone = Environment::default();
        for argument in &setter.arguments {
            let mut given = vec![];
            for value in self.evaluate(site.module, *argument, &alone) {
                match value {
                    Value::Function(updater) => {
                        for returned in &self.script(updater.module).function(updater.function).returns {
                            add_all(&mut given, self.evaluate(updater.module, *returned, &alone));
                        }
                    }
                    value => add(&mut given, value),
                }
            }
            // What callers hand over is theirs to know.
            given.retain(|value| !matches!(value, Value::Parameter(_)));
            if given.is_empty() {
                given.push(Value::Unknown);
            }
            add_all(&mut set, given);
        }
        if setter.is_handed_on {
            add(&mut set, Value::Unknown);
        }
        set
    }
}
