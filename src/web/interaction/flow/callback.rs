//! Functions that libraries call with the value: promises, lists, listeners, queries.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    Flow, Frame, Function, Path, Place, Step, functions_of,
    path::{item, longer},
};
use crate::web::{
    interaction::query::{self, Query},
    syntax::tree::{Argument, ExpressionKind as Kind},
    three::reach::is_iteration,
    values::{Origin, Value},
};

impl Flow<'_, '_, '_> {
    /// A method is called on the value.
    pub(super) fn method(&mut self, step: &Step, call: Place, method: &EcoString) {
        let arguments = self.arguments(call);
        match method.as_str() {
            "then" => {
                let taken = self.call_back(step, call, 0, 0, &step.path, true);
                if !taken {
                    self.push_as(step, call, step.path.clone());
                }
            }
            "catch" => self.push_as(step, call, step.path.clone()),
            "finally" => {
                self.call_back(step, call, 0, u32::MAX, &[], true);
                self.push_as(step, call, step.path.clone());
            }
            "reduce" => {
                if let Some(path) = item(&step.path) {
                    self.call_back(step, call, 0, 1, &path, false);
                }
                self.push_as(step, call, vec![]);
            }
            "filter" | "find" | "findLast" | "slice" | "sort" | "reverse" | "at" | "concat" | "flat"
            | "toSorted" => {
                if let Some(path) = item(&step.path) {
                    self.call_back(step, call, 0, 0, &path, false);
                    let is_one = matches!(method.as_str(), "find" | "findLast" | "at");
                    self.push_as(step, call, if is_one { path } else { step.path.clone() });
                }
            }
            name if is_iteration(name) => {
                if let Some(path) = item(&step.path) {
                    self.call_back(step, call, 0, 0, &path, false);
                }
            }
            "addEventListener" | "on" | "once" | "addListener" | "subscribe" if self.is_opening(call) => {}
            "addEventListener" | "on" | "once" | "addListener" | "subscribe" => {
                for index in 0..arguments.len() as u32 {
                    self.call_back(step, call, index, 0, &[], true);
                }
            }
            "json" | "text" | "blob" | "arrayBuffer" | "formData" | "clone" | "unwrap" => {
                self.push_as(step, call, step.path.clone());
            }
            _ => {
                if let Some(change) = self.index.change(call) {
                    self.record(step, &change, call);
                }
                let is_own = functions_of(
                    &self
                        .index
                        .evaluator
                        .callees(&crate::web::interaction::site(call.0, call.1)),
                );
                if is_own.is_empty() {
                    self.push_as(step, call, vec![]);
                    self.callbacks(step, call, u32::MAX, &[], false);
                }
            }
        }
    }

    /// Whether a listener is told of the connection only.
    fn is_opening(&self, call: Place) -> bool {
        let arguments = self.arguments(call);
        let Some(event) = arguments.first() else {
            return false;
        };
        let values = self.index.evaluator.values(call.0, event.value);
        values.iter().filter_map(Value::as_literal).any(|event| {
            matches!(
                event.as_str(),
                "open" | "close" | "error" | "connect" | "disconnect" | "connect_error"
            )
        })
    }

    /// `value.onmessage = handler`.
    pub(super) fn handler(&mut self, step: &Step, assign: Place, property: &str) {
        let Kind::Assign { value, .. } = self.index.script(assign.0).kind(assign.1) else {
            return;
        };
        if !property.starts_with("on") || matches!(property, "onopen" | "onclose" | "onerror") {
            return;
        }
        for function in functions_of(&self.index.evaluator.values(assign.0, *value)) {
            let behind = Step {
                is_connection: false,
                ..self.behind_tests(step, assign)
            };
            let stack = self.frame(step, assign, function, 0);
            self.parameter(function, 0, &[], &behind, &stack);
            self.segments.push(super::Segment::of(&behind, function, 0));
        }
    }

    /// The functions among the other arguments of a library's call are handed what it makes of the value.
    pub(super) fn callbacks(
        &mut self,
        step: &Step,
        call: Place,
        except: u32,
        path: &[EcoString],
        is_behind: bool,
    ) {
        for index in 0..self.arguments(call).len() as u32 {
            if index != except {
                self.call_back(step, call, index, 0, path, is_behind);
            }
        }
    }

    /// Enters the functions that an argument stands for; whether there are any.
    pub(super) fn call_back(
        &mut self,
        step: &Step,
        call: Place,
        argument: u32,
        parameter: u32,
        path: &[EcoString],
        is_behind: bool,
    ) -> bool {
        let Some(handed) = self.arguments(call).get(argument as usize).copied() else {
            return false;
        };
        let values = self.index.evaluator.values(call.0, handed.value);
        let mut found = functions_of(&values);
        for value in &values {
            if let Value::Parameter(parameter) = value {
                found.extend(self.index.handed().functions_in(parameter));
            }
        }
        for function in &found {
            let behind = Step {
                is_connection: false,
                ..self.behind_tests(step, call)
            };
            let stack = self.frame(step, call, *function, argument);
            if parameter != u32::MAX {
                self.parameter(*function, parameter, path, &behind, &stack);
            }
            if is_behind {
                self.segments.push(super::Segment::of(&behind, *function, 0));
            }
        }
        !found.is_empty()
    }

    fn frame(&self, step: &Step, call: Place, function: Function, argument: u32) -> Option<Rc<Frame>> {
        Some(Rc::new(Frame {
            call,
            function,
            argument: Some(argument),
            outer: step.stack.clone(),
            depth: step.stack.as_ref().map_or(1, |frame| frame.depth + 1),
        }))
    }

    fn arguments(&self, call: Place) -> Vec<Argument> {
        let site = crate::web::interaction::site(call.0, call.1);
        self.index.evaluator.arguments_of(&site)
    }

    /// A function that a call was handed returns the value.
    pub(super) fn called_back(&mut self, step: &Step, call: Place, argument: u32) {
        if let Some(change) = self.index.change(call) {
            self.record(step, &change, call);
            self.state(step, &change, &step.path);
            return;
        }
        let method = match self.index.script(call.0).kind(call.1) {
            Kind::Call { callee, .. } => match self.index.script(call.0).kind(*callee) {
                Kind::Member { property, .. } => Some(property.clone()),
                _ => None,
            },
            _ => None,
        };
        match method.as_deref() {
            Some("then") => return self.push_as(step, call, step.path.clone()),
            Some("map" | "flatMap") => return self.push_as(step, call, longer("[]", &step.path)),
            Some("reduce") => return self.push_as(step, call, step.path.clone()),
            _ => {}
        }
        let Some(callee) = query::external_callee(self.index.evaluator, call) else {
            return;
        };
        if query::query(&callee).is_some() {
            return self.option_returned(
                step,
                call,
                Some(&if argument == 0 {
                    "key".into()
                } else {
                    "queryFn".into()
                }),
            );
        }
        let name = callee.members.last().map(EcoString::as_str);
        let gives_back = matches!(
            name,
            Some("useMemo" | "computed" | "by" | "useSelector" | "useState")
        ) || callee.package().is_some_and(|(package, _)| package == "zustand");
        if gives_back {
            let path: Path = match name {
                Some("computed") => longer("value", &step.path),
                _ => step.path.clone(),
            };
            self.push_as(step, call, path);
        }
    }

    /// An option of a library's call returns the value: `useQuery({ queryFn })`.
    pub(super) fn option_returned(&mut self, step: &Step, call: Place, option: Option<&EcoString>) {
        let is_asked = option.is_some_and(|option| matches!(option.as_str(), "queryFn" | "mutationFn"));
        let Some(callee) = query::external_callee(self.index.evaluator, call).filter(|_| is_asked) else {
            return;
        };
        match query::query(&callee) {
            Some(Query::Fetch) => self.push_as(step, call, step.path.clone()),
            Some(Query::Watched) => self.push_as(step, call, longer("data", &step.path)),
            Some(Query::Mutation) => {
                self.push_as(step, call, longer("data", &step.path));
                for mutation in query::mutations(self.index.evaluator, call) {
                    self.push_as(step, mutation, step.path.clone());
                    self.answered(step, mutation, &["onSuccess", "onSettled"], true);
                }
                self.answered(step, call, &["onSuccess", "onSettled"], true);
            }
            None => {}
        }
    }

    /// `mutation.mutate(…)`: what its hook says to do when it is done.
    pub(super) fn behind_mutation(&mut self, call: Place) {
        let Some(callee) = query::external_callee(self.index.evaluator, call) else {
            return;
        };
        if let Origin::Result { callee: hook, site } = &callee.origin
            && query::query(hook) == Some(Query::Mutation)
        {
            for options in [(site.module, site.expression), call] {
                self.answered(&Step::at(call, None), options, &["onSuccess", "onSettled"], false);
            }
        }
    }

    /// Functions among the options of a call that are handed the result.
    fn answered(&mut self, step: &Step, call: Place, names: &[&str], is_handed: bool) {
        for argument in self.arguments(call) {
            for value in self.index.evaluator.values(call.0, argument.value) {
                let Value::Object(object) = &value else { continue };
                for (key, value) in self.index.evaluator.properties(object) {
                    if !names.contains(&key.as_str()) {
                        continue;
                    }
                    for function in functions_of(&self.index.evaluator.values_at(&value)) {
                        let stack = self.frame(step, call, function, u32::MAX);
                        if is_handed {
                            self.parameter(function, 0, &step.path, step, &stack);
                        }
                        self.segments.push(super::Segment::of(step, function, 0));
                    }
                }
            }
        }
    }
}
