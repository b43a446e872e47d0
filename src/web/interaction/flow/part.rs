//! The value as a part of other expressions.

use ecow::EcoString;

use super::{
    Flow, Frame, MAX_BEHIND, MAX_CALLS, Segment, Stack, Step, asks_server,
    path::{item, longer, taken},
};
use crate::web::{
    interaction::{
        UpdateKind,
        handed::{self, Function, Place},
        place::Role,
    },
    syntax::tree::{ExpressionId, ExpressionKind as Kind, PathStep, Tag},
    values::Value,
};
use std::rc::Rc;

impl Flow<'_, '_, '_> {
    /// The value is a part of another expression.
    pub(super) fn part(&mut self, step: &Step, around: Place, role: &Role) {
        match role {
            Role::Object(property) => self.member(step, around, property),
            Role::Indexed => {
                if let Some(path) = item(&step.path) {
                    self.push_as(step, around, path);
                }
            }
            Role::Callee => self.push_as(step, around, vec![]),
            Role::Argument { index, is_spread } => {
                let path = if *is_spread {
                    item(&step.path)
                } else {
                    Some(step.path.clone())
                };
                if let Some(path) = path {
                    self.argument(step, around, *index, &path);
                }
            }
            Role::Property(key) => self.push_as(step, around, longer(key, &step.path)),
            Role::Item { is_spread: false } => self.push_as(step, around, longer("[]", &step.path)),
            Role::Spread | Role::Item { is_spread: true } | Role::Whole => {
                self.push_as(step, around, step.path.clone());
            }
            Role::Operand => self.push_as(step, around, vec![]),
            Role::Attribute(name) => self.attribute(step, around, Some(name)),
            Role::SpreadAttribute => self.attribute(step, around, None),
            Role::Child => self.drawn(step, around, None),
            Role::Written => self.written(step, around),
            Role::Target => {}
        }
    }

    pub(super) fn member(&mut self, step: &Step, member: Place, property: &EcoString) {
        let places = self.index.places(member.0);
        match places.around(member.1) {
            Some((call, Role::Callee)) => self.method(step, (member.0, call), property),
            Some((assign, Role::Target)) => self.handler(step, (member.0, assign), property),
            _ => {
                if let Some(path) = taken(&step.path, &[PathStep::Property(property.clone())]) {
                    self.push_as(step, member, path);
                }
            }
        }
    }

    pub(super) fn argument(&mut self, step: &Step, call: Place, index: u32, path: &[EcoString]) {
        let script = self.index.script(call.0);
        let (Kind::Call { callee, .. } | Kind::New { callee, .. }) = script.kind(call.1) else {
            return;
        };
        let values = handed::called(self.index.evaluator, call.0, *callee);
        let mut is_entered = false;
        for value in &values {
            match value {
                Value::Function(_) | Value::Class(_) => {
                    is_entered = true;
                    if let Some(function) = handed::entered(self.index.evaluator, value) {
                        self.enter(step, call, function, index, path);
                    }
                    if matches!(value, Value::Class(_)) {
                        self.push_as(step, call, vec![]);
                    }
                }
                Value::Parameter(parameter) => {
                    for function in self.index.handed().functions_in(parameter) {
                        is_entered = true;
                        self.enter(step, call, function, index, path);
                    }
                }
                _ => {}
            }
        }
        if is_entered {
            return;
        }
        let external = values.iter().find_map(|value| match value {
            Value::External(external) => Some(external),
            _ => None,
        });
        if external.is_some_and(asks_server) {
            return;
        }
        if let Some(change) = self.index.change(call) {
            self.record(step, &change, call);
            self.state(step, &change, path);
            return;
        }
        if external.is_some_and(|external| external.members.first().is_some_and(|first| first == "console")) {
            return;
        }
        let keeps = external.is_some_and(|external| {
            [
                "Promise.all",
                "Promise.resolve",
                "Object.assign",
                "structuredClone",
                "Array.from",
                "Object.freeze",
            ]
            .iter()
            .any(|name| external.is_global(name))
        });
        self.push_as(step, call, if keeps { path.to_vec() } else { vec![] });
        self.put(step, call, path);
        let is_effect = external.is_some_and(|external| {
            let name = external.members.last().map(EcoString::as_str);
            matches!(name, Some("useEffect" | "useLayoutEffect" | "watch"))
        });
        self.callbacks(step, call, index, &[], is_effect);
    }

    /// `list.push(value)`: the list holds the value.
    pub(super) fn put(&mut self, step: &Step, (module, call): Place, path: &[EcoString]) {
        let script = self.index.script(module);
        let Kind::Call { callee, .. } = script.kind(call) else {
            return;
        };
        let Kind::Member { object, property, .. } = script.kind(*callee) else {
            return;
        };
        let is_put = matches!(property.as_str(), "push" | "unshift" | "add" | "set" | "append");
        if let Kind::Local(name) = script.kind(*object)
            && is_put
        {
            self.uses(step, *name, &longer("[]", path), &step.stack);
        }
    }

    pub(super) fn enter(
        &mut self,
        step: &Step,
        call: Place,
        function: Function,
        index: u32,
        path: &[EcoString],
    ) {
        let depth = step.stack.as_ref().map_or(0, |frame| frame.depth);
        if depth >= MAX_CALLS {
            return;
        }
        let stack = Some(Rc::new(Frame {
            call,
            function,
            argument: None,
            outer: step.stack.clone(),
            depth: depth + 1,
        }));
        let behind = self.behind_tests(step, call);
        self.parameter(function, index, path, &behind, &stack);
        if !matches!(self.index.script(call.0).kind(call.1), Kind::Element(_)) {
            self.segments.push(Segment::of(&behind, function, MAX_BEHIND));
        }
    }

    /// The names of a parameter of a function that is entered.
    pub(super) fn parameter(
        &mut self,
        function: Function,
        index: u32,
        path: &[EcoString],
        step: &Step,
        stack: &Stack,
    ) {
        let parameters = &self.index.script(function.0).function(function.1).parameters;
        let rest = parameters.iter().position(|parameter| parameter.is_rest);
        let (index, path) = match rest {
            Some(rest) if rest as u32 <= index => (rest as u32, longer("[]", path)),
            _ => (index, path.to_vec()),
        };
        let places = self.index.places(function.0);
        let script = self.index.script(function.0);
        for (name, definition) in places.parameters(function.1, index) {
            let Some(definition) = script.name(*name).definitions.get(*definition) else {
                continue;
            };
            if let Some(path) = taken(&path, &definition.path) {
                let step = Step {
                    place: (function.0, ExpressionId(0)),
                    ..step.clone()
                };
                self.uses(&step, *name, &path, stack);
            }
        }
    }

    pub(super) fn attribute(&mut self, step: &Step, element: Place, name: Option<&EcoString>) {
        let script = self.index.script(element.0);
        let Kind::Element(found) = script.kind(element.1) else {
            return;
        };
        let component = match found.tag {
            Tag::Component(component) => self.index.evaluator.values(element.0, component),
            _ => vec![],
        };
        let function = component
            .iter()
            .find_map(|value| handed::entered(self.index.evaluator, value));
        match function {
            Some(function) => {
                self.drawn(step, element, None);
                let path = name.map_or_else(|| step.path.clone(), |name| longer(name, &step.path));
                let drawn = Step {
                    is_drawn: true,
                    ..step.clone()
                };
                self.enter(&drawn, element, function, 0, &path);
            }
            None => self.drawn(step, element, name.map(EcoString::as_str)),
        }
    }

    pub(super) fn drawn(&mut self, step: &Step, element: Place, attribute: Option<&str>) {
        // An element within another is drawn with it.
        let is_element = matches!(
            self.index.script(step.place.0).kind(step.place.1),
            Kind::Element(_)
        );
        if let Some(change) = self.index.drawn(element, attribute).filter(|_| !is_element) {
            if change.kind == UpdateKind::Document && step.is_drawn {
                return;
            }
            let is_known = self
                .found
                .iter()
                .any(|found| found.update.target == change.target && found.update.kind == change.kind);
            if !is_known {
                self.record(step, &change, element);
            }
        }
    }

    pub(super) fn written(&mut self, step: &Step, assign: Place) {
        let change = self.index.change(assign);
        // That the connection itself is kept somewhere changes nothing that it brings.
        if let Some(change) = change.as_ref().filter(|_| !step.is_connection) {
            self.record(step, change, assign);
        }
        self.push_as(step, assign, step.path.clone());
        self.kept(step, assign, change.as_ref());
    }
}
