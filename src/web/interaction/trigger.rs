//! What leads to a call: from the function that it stands in to an event, an effect, a timer or the script itself.

mod library;
mod meaning;

use std::collections::{BTreeSet, VecDeque};

use meaning::Outcome;

use super::{
    Interactions, Trigger, TriggerKind,
    handed::{Function, Place, Used},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, TOP_LEVEL, Tag},
    three::objects::function_name,
    values::Value,
};

/// Calls from a trigger to a request.
const MAX_CALLS: usize = 12;
/// Ways that are looked for.
const MAX_WAYS: usize = 12;

/// One way to a call.
pub(super) struct Way {
    pub trigger: Trigger,
    /// The calls, the first in what the trigger runs.
    pub chain: Vec<Place>,
    /// The function that the trigger runs; none where it is not known.
    pub run: Option<Function>,
    /// Whether the call that it leads to sets it up itself, as for a connection that is opened again.
    pub is_again: bool,
}

/// Every way to a call, user's doing first, then by the number of calls, then by place.
pub(super) fn ways(index: &Interactions<'_, '_>, module: ModuleId, call: ExpressionId) -> Vec<Way> {
    let mut search = Search {
        index,
        seen: BTreeSet::new(),
        pending: VecDeque::new(),
        found: vec![],
        call: (module, call),
        is_socket: matches!(index.script(module).kind(call), Kind::New { .. }),
    };
    let function = index.script(module).expression(call).function;
    search.pending.push_back(((module, function), vec![]));
    while let Some((function, chain)) = search.pending.pop_front() {
        if search.found.len() >= MAX_WAYS {
            break;
        }
        search.function(function, &chain);
    }
    let mut found = search.found;
    if found.is_empty() {
        found.push(Way {
            trigger: index.trigger(TriggerKind::Unknown, "", "", (module, call)),
            chain: vec![],
            run: None,
            is_again: false,
        });
    }
    found.sort_by_key(|way| (way.is_again, rank(way.trigger.kind), way.chain.len()));
    let is_known = |way: &Way| way.trigger.kind != TriggerKind::Unknown && !way.is_again;
    if found.iter().any(is_known) {
        found.retain(|way| !way.is_again);
    }
    found
}

/// What begins it comes before what repeats it.
fn rank(kind: TriggerKind) -> usize {
    let order = [
        TriggerKind::Mounted,
        TriggerKind::Change,
        TriggerKind::Event,
        TriggerKind::Message,
        TriggerKind::Timer,
        TriggerKind::Frame,
        TriggerKind::Rendered,
        TriggerKind::Load,
        TriggerKind::Unknown,
    ];
    order
        .iter()
        .position(|known| *known == kind)
        .unwrap_or(order.len())
}

struct Search<'s, 'e, 'p> {
    index: &'s Interactions<'e, 'p>,
    seen: BTreeSet<Function>,
    pending: VecDeque<(Function, Vec<Place>)>,
    found: Vec<Way>,
    call: Place,
    /// Whether the call opens a connection.
    is_socket: bool,
}

impl Search<'_, '_, '_> {
    fn function(&mut self, function: Function, chain: &[Place]) {
        let (module, id) = function;
        if chain.len() > MAX_CALLS || !self.seen.insert(function) {
            return;
        }
        let before = (self.found.len(), self.pending.len());
        if id == TOP_LEVEL {
            let trigger = self.index.loaded(module, chain);
            self.finish(trigger, chain, Some(function));
            return;
        }
        for passed in self.index.evaluator.passed(module, id) {
            let place = (passed.site.module, passed.site.expression);
            let name = passed.property.as_deref();
            // Tests call everything.
            if self.index.evaluator.project.is_test(place.0) || self.is_of_project(place) {
                continue;
            }
            let outcome = self.index.consumed(place, name, passed.to.as_ref(), function);
            self.outcome(outcome, place, chain, function);
        }
        for used in self.index.handed().uses_of(function) {
            match used {
                Used::Called(place) => self.called(place, chain),
                Used::Kept(place) => {
                    let trigger = self.index.kept(place);
                    self.finish(trigger, chain, Some(function));
                }
                Used::Passed(place, argument) => {
                    let outcome = self.index.consumed_argument(place, argument, function);
                    self.outcome(outcome, place, chain, function);
                }
            }
        }
        for setting in self.index.handed().settings_with(function).to_vec() {
            let place = setting.call.unwrap_or(setting.object);
            let outcome = self.index.set(&setting);
            self.outcome(outcome, place, chain, function);
        }
        for caller in self.index.evaluator.callers(module, id) {
            let place = (caller.site.module, caller.site.expression);
            let script = self.index.script(place.0);
            if matches!(script.kind(place.1), Kind::Element(_)) {
                let name = script_name(self.index, function);
                let trigger = self.index.trigger(TriggerKind::Rendered, &name, "", place);
                self.finish(trigger, chain, Some(function));
            } else if !self.index.evaluator.project.is_test(place.0) {
                self.called(place, chain);
            }
        }
        self.in_markup(function, chain);
        if before == (self.found.len(), self.pending.len()) {
            self.unseen(function, chain);
        }
    }

    /// The handlers of the markup that name a function.
    fn in_markup(&mut self, function: Function, chain: &[Place]) {
        let (module, id) = function;
        let name = script_name(self.index, function);
        if self.is_bound_in_template(function) {
            return;
        }
        for handler in self.index.markup(module).iter() {
            if name.is_empty() || !handler.names.contains(&name) {
                continue;
            }
            let trigger = Trigger {
                kind: TriggerKind::Event,
                name: handler.event.clone(),
                subject: format!("<{}>", handler.tag),
                interval: None,
                function: handler.location.file.clone(),
                location: handler.location.clone(),
            };
            self.finish(trigger, chain, Some((module, id)));
        }
    }

    /// Whether a component's template, which is read as elements, refers to a function by a declared name. The methods of an
    /// options object have none: <https://vuejs.org/guide/introduction.html#options-api>.
    fn is_bound_in_template(&self, (module, function): Function) -> bool {
        let file = &self.index.evaluator.project.module(module).file;
        let script = self.index.script(module);
        (file.ends_with(".vue") || file.ends_with(".svelte"))
            && script.names.iter().any(|name| {
                name.definitions.iter().any(|definition| match definition.source {
                    DefinitionSource::Function(own) => own == function,
                    DefinitionSource::Expression(value) => {
                        matches!(script.kind(value), Kind::Function(own) if *own == function)
                    }
                    _ => false,
                })
            })
    }

    /// Whether something is handed to a component of the project, which says itself what it does with it.
    fn is_of_project(&self, (module, expression): Place) -> bool {
        match self.index.script(module).kind(expression) {
            Kind::Element(element) => match element.tag {
                Tag::Component(component) => {
                    let values = self.index.evaluator.values(module, component);
                    values
                        .iter()
                        .any(|value| matches!(value, Value::Function(_) | Value::Class(_)))
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn called(&mut self, place: Place, chain: &[Place]) {
        let function = self.index.script(place.0).expression(place.1).function;
        let mut longer = vec![place];
        longer.extend_from_slice(chain);
        self.pending.push_back(((place.0, function), longer));
    }

    fn outcome(&mut self, outcome: Outcome, place: Place, chain: &[Place], function: Function) {
        match outcome {
            Outcome::Trigger(trigger) => self.finish(*trigger, chain, Some(function)),
            Outcome::Around => {
                let around = self.index.script(place.0).expression(place.1).function;
                self.pending.push_back(((place.0, around), chain.to_vec()));
            }
            Outcome::Calls(places) => places.into_iter().for_each(|place| self.called(place, chain)),
            Outcome::Nothing => {}
        }
    }

    /// A function that nobody is seen to call or to hand over.
    fn unseen(&mut self, function: Function, chain: &[Place]) {
        let (module, id) = function;
        let script = self.index.script(module);
        if script.function(id).name.is_empty()
            && let Some(parent) = script.function(id).parent
            && self.index.places(module).expression_of(id).is_some()
        {
            // Part of a value that is not followed, such as a table of handlers: the code around it is the best that is known.
            self.pending.push_back(((module, parent), chain.to_vec()));
            return;
        }
        let mut trigger = Trigger {
            kind: TriggerKind::Unknown,
            ..Trigger::default()
        };
        trigger.name = script_name(self.index, function);
        trigger.function = format!(
            "{}:{}",
            self.index.evaluator.project.module(module).file,
            trigger.name
        );
        let start = script.function(id).start;
        let (line, column) = script.position(start);
        trigger.location = crate::source::location::Location {
            file: self.index.evaluator.project.module(module).file.to_string(),
            line,
            end_line: line,
            column,
        };
        self.finish(trigger, chain, Some(function));
    }

    fn finish(&mut self, trigger: Trigger, chain: &[Place], run: Option<Function>) {
        let is_again = self.is_socket
            && trigger.kind == TriggerKind::Event
            && trigger.function == function_name(self.index.evaluator, self.call.0, self.call.1);
        self.found.push(Way {
            trigger,
            chain: chain.to_vec(),
            run,
            is_again,
        });
    }
}

fn script_name(index: &Interactions<'_, '_>, (module, function): Function) -> String {
    index.script(module).function(function).name.to_string()
}
