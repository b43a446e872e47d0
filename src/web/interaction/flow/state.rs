//! State that holds the value: variables of components, stores, fields, and those who read them.

use std::rc::Rc;

use ecow::EcoString;

use super::{Flow, Path, Place, Step, functions_of};
use crate::web::{
    interaction::update::{Change, State},
    syntax::tree::{ExpressionKind as Kind, PathStep},
    values::UseKind,
};

impl Flow<'_, '_, '_> {
    /// The readers of the state that a change goes into.
    pub(super) fn state(&mut self, step: &Step, change: &Change, path: &[EcoString]) {
        let via = change.target.split(':').next().unwrap_or(&change.target);
        let through = Step {
            via: step.via.clone().or_else(|| Some(Rc::from(via))),
            stack: None,
            ..step.clone()
        };
        match &change.state {
            Some(State::Hook(hook)) => self.hook(&through, *hook, path),
            Some(State::Store(made)) => self.store(&through, *made, path),
            None => {}
        }
    }

    /// `const [state, setState] = useState()`.
    fn hook(&mut self, step: &Step, (module, hook): Place, path: &[EcoString]) {
        let places = self.index.places(module);
        let script = self.index.script(module);
        for (name, definition) in places.defined_by(hook) {
            let pattern = script.name(*name).definitions[*definition].path.as_slice();
            let [PathStep::Item(0), rest @ ..] = pattern else {
                continue;
            };
            if let Some(path) = super::path::taken(path, rest) {
                let at = Step {
                    place: (module, hook),
                    ..step.clone()
                };
                self.uses(&at, *name, &path, &None);
            }
        }
    }

    /// Hooks, selectors and subscribers of a store.
    fn store(&mut self, step: &Step, (module, made): Place, path: &[EcoString]) {
        let uses = self.index.evaluator.uses(module, made).to_vec();
        for used in uses.iter().filter(|used| used.kind == UseKind::Call) {
            let call = (used.site.module, used.site.expression);
            match used.members.last().map(EcoString::as_str) {
                None | Some("getState" | "get") => {
                    let arguments = self.index.evaluator.arguments_of(&used.site);
                    let Some(selector) = arguments.first() else {
                        self.push_as(step, call, path.to_vec());
                        continue;
                    };
                    for function in functions_of(&self.index.evaluator.values(call.0, selector.value)) {
                        let stack = Some(Rc::new(super::Frame {
                            call,
                            function,
                            argument: Some(0),
                            outer: None,
                            depth: 1,
                        }));
                        self.parameter(function, 0, path, step, &stack);
                    }
                }
                Some("subscribe" | "listen" | "$subscribe") => {
                    for argument in self.index.evaluator.arguments_of(&used.site) {
                        for function in functions_of(&self.index.evaluator.values(call.0, argument.value)) {
                            self.parameter(function, 0, path, step, &None);
                        }
                    }
                }
                _ => {}
            }
        }
        for read in self.index.automatic_reads().of((module, made)) {
            self.push_as(step, *read, path.to_vec());
        }
    }

    /// The value is put into a field or a property: those who ask for it.
    pub(super) fn kept(&mut self, step: &Step, (module, assign): Place, change: Option<&Change>) {
        let script = self.index.script(module);
        let Kind::Assign {
            target: Some(target), ..
        } = script.kind(assign)
        else {
            return;
        };
        let mut root = *target;
        let mut members: Path = vec![];
        while let Kind::Member { object, .. } | Kind::Index { object, .. } = script.kind(root) {
            let member = match script.kind(root) {
                Kind::Member { property, .. } => property.clone(),
                _ => "[]".into(),
            };
            if matches!(script.kind(*object), Kind::This) {
                self.field(step, (module, assign), &member, &members, change);
                return;
            }
            members.insert(0, member);
            root = *object;
        }
        let is_scene = change.is_some_and(|change| change.class.is_some());
        if let Kind::Local(name) = script.kind(root)
            && !members.is_empty()
            && !is_scene
        {
            members.extend(step.path.iter().cloned());
            self.uses(step, *name, &members, &step.stack);
        }
    }

    fn field(
        &mut self,
        step: &Step,
        (module, assign): Place,
        field: &EcoString,
        inner: &[EcoString],
        change: Option<&Change>,
    ) {
        let script = self.index.script(module);
        let mut path = inner.to_vec();
        path.extend(step.path.iter().cloned());
        let through = Step {
            via: step
                .via
                .clone()
                .or_else(|| change.map(|change| Rc::from(change.target.as_str()))),
            stack: None,
            ..step.clone()
        };
        let places = self.index.places(module);
        match script.function(script.expression(assign).function).class {
            Some(class) => {
                for read in places.field(class, field) {
                    self.push_as(&through, (module, *read), path.clone());
                }
            }
            None => {
                for read in script.expression_ids() {
                    let is_own = matches!(script.kind(read), Kind::Member { object, property, .. }
                        if property == field && matches!(script.kind(*object), Kind::This));
                    if is_own {
                        self.push_as(&through, (module, read), path.clone());
                    }
                }
            }
        }
    }
}
