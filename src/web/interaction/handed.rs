//! Functions that are handed to functions of the project, and where those call them or hand them on.

mod called;

use std::collections::BTreeSet;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::site;
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        Element, ExportSource, ExpressionId, ExpressionKind as Kind, FunctionId, Property, Script, Tag,
    },
    values::{Closure, Evaluator, ParameterValue, Value},
};

use called::put_into;
pub(super) use called::{called, entered};

/// A function of the project.
pub(super) type Function = (ModuleId, FunctionId);
/// An expression of the project.
pub(super) type Place = (ModuleId, ExpressionId);

/// Parameters that are handed on are followed so often.
const MAX_STEPS: usize = 64;
/// Parameters that are handed on as they are, one after the other.
const MAX_HANDED: u32 = 3;
/// Objects of options, one within the other.
const MAX_NESTED: usize = 3;

/// A parameter of a function of the project, or a member of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Parameter {
    pub function: Function,
    pub index: u32,
    pub members: Vec<EcoString>,
}

/// What a parameter that holds a function is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Used {
    /// It is called here.
    Called(Place),
    /// It is kept with others, which are all called later: listeners. The call is that which hands it over.
    Kept(Place),
    /// It is an argument of a call that is not the project's, or an attribute of an element.
    Passed(Place, ExpressionId),
}

/// A property of an object literal that a library is handed, or that a component's file exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// The call; none where the object is exported.
    pub call: Option<Place>,
    /// The object.
    pub object: Place,
    /// The way to it, e.g. `queryFn`, or `methods`, `load`.
    pub path: Vec<EcoString>,
}

/// By parameter, each with the members of it that are meant.
type ByParameter<T> = FxHashMap<(Function, u32), Vec<(Vec<EcoString>, T)>>;

#[derive(Debug, Default)]
pub(super) struct Handed {
    settings: FxHashMap<Function, Vec<Setting>>,
    /// Of functions that are handed to what only a parameter stands for: the platform's objects mostly.
    to_unknown: FxHashMap<Function, Vec<Used>>,
    sources: ByParameter<Parameter>,
    given: FxHashMap<Function, Vec<(Parameter, Place)>>,
    holds: ByParameter<Function>,
    used: ByParameter<Used>,
    aliases: ByParameter<Parameter>,
}

impl Handed {
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.product_modules() {
            let script = evaluator.project.script(module);
            for expression in script.expression_ids() {
                match script.kind(expression) {
                    Kind::Call { callee, .. } | Kind::New { callee, .. } => {
                        this.call(evaluator, (module, expression), *callee);
                    }
                    Kind::Element(element) => this.element(evaluator, (module, expression), element),
                    _ => {}
                }
            }
            this.exported(evaluator, module);
        }
        this
    }

    /// The options of a component: `export default { methods: { … } }`.
    fn exported(&mut self, evaluator: &Evaluator<'_>, module: ModuleId) {
        if !evaluator.project.module(module).file.ends_with(".vue") {
            return;
        }
        for export in &evaluator.project.script(module).exports {
            if let ExportSource::Expression(expression) = export.source
                && export.name == "default"
            {
                let values = evaluator.values(module, expression);
                self.settings_in(evaluator, &values, None, &[]);
            }
        }
    }

    fn settings_in(
        &mut self,
        evaluator: &Evaluator<'_>,
        values: &[Value],
        call: Option<Place>,
        path: &[EcoString],
    ) {
        for value in values {
            let Value::Object(object) = value else { continue };
            for (key, value) in evaluator.properties(object) {
                let mut path = path.to_vec();
                path.push(key);
                let values = evaluator.values_at(&value);
                for value in &values {
                    if let Value::Function(closure) = value {
                        let function = (closure.module, closure.function);
                        self.settings.entry(function).or_default().push(Setting {
                            call,
                            object: (object.module, object.expression),
                            path: path.clone(),
                        });
                    }
                }
                if path.len() < MAX_NESTED {
                    self.settings_in(evaluator, &values, call, &path);
                }
            }
        }
    }

    /// The objects of options that a function is in.
    pub(super) fn settings_with(&self, function: Function) -> &[Setting] {
        self.settings.get(&function).map_or(&[], Vec::as_slice)
    }

    fn call(&mut self, evaluator: &Evaluator<'_>, place: Place, callee: ExpressionId) {
        let (module, expression) = place;
        let callees = called(evaluator, module, callee);
        let own = evaluator.values(module, callee);
        for value in &own {
            match value {
                Value::Parameter(parameter) => self.uses(parameter, Used::Called(place)),
                Value::External(external) => {
                    for value in put_into(evaluator, external) {
                        if let Value::Parameter(parameter) = value {
                            self.uses(&parameter, Used::Kept(place));
                        }
                    }
                }
                _ => {}
            }
        }
        let targets: Vec<Function> = callees
            .iter()
            .filter_map(|value| entered(evaluator, value))
            .collect();
        let script = evaluator.project.script(module);
        for (index, argument) in evaluator
            .arguments_of(&site(module, expression))
            .iter()
            .enumerate()
        {
            if argument.spread || !may_hold_function(script, argument.value) {
                continue;
            }
            let values = evaluator.values(module, argument.value);
            if targets.is_empty() {
                self.passes(&values, place, argument.value);
                let is_unknown = callees.iter().any(|value| matches!(value, Value::Parameter(_)));
                for value in values.iter().filter(|_| is_unknown) {
                    if let Value::Function(closure) = value {
                        let uses = self.to_unknown.entry((closure.module, closure.function));
                        uses.or_default().push(Used::Passed(place, argument.value));
                    }
                }
                self.settings_in(evaluator, &values, Some(place), &[]);
            }
            for target in &targets {
                let parameter = Parameter {
                    function: *target,
                    index: index as u32,
                    members: vec![],
                };
                self.give(evaluator, &values, &parameter, place);
            }
        }
    }

    fn element(&mut self, evaluator: &Evaluator<'_>, place: Place, element: &Element) {
        let (module, _) = place;
        let script = evaluator.project.script(module);
        let component = match element.tag {
            Tag::Component(component) => evaluator.values(module, component),
            _ => vec![],
        };
        let target = component.iter().find_map(|value| entered(evaluator, value));
        for attribute in &element.attributes {
            let Property::Named { key, value } = attribute else {
                continue;
            };
            if !may_hold_function(script, *value) {
                continue;
            }
            let values = evaluator.values(module, *value);
            match target {
                Some(function) => {
                    let parameter = Parameter {
                        function,
                        index: 0,
                        members: vec![key.clone()],
                    };
                    self.give(evaluator, &values, &parameter, place);
                }
                None => self.passes(&values, place, *value),
            }
        }
    }

    fn passes(&mut self, values: &[Value], place: Place, argument: ExpressionId) {
        for value in values {
            if let Value::Parameter(parameter) = value {
                self.uses(parameter, Used::Passed(place, argument));
            }
        }
    }

    fn uses(&mut self, parameter: &ParameterValue, used: Used) {
        let key = ((parameter.module, parameter.function), parameter.index);
        let uses = self.used.entry(key).or_default();
        uses.push((parameter.members.clone(), used));
    }

    fn give(&mut self, evaluator: &Evaluator<'_>, values: &[Value], parameter: &Parameter, place: Place) {
        for value in values {
            match value {
                Value::Function(closure) => self.hold(closure, parameter.clone(), place),
                Value::Object(object) if parameter.members.is_empty() => {
                    for (key, value) in evaluator.properties(object) {
                        for value in evaluator.values_at(&value) {
                            if let Value::Function(closure) = value {
                                let mut parameter = parameter.clone();
                                parameter.members.push(key.clone());
                                self.hold(&closure, parameter, place);
                            }
                        }
                    }
                }
                Value::Parameter(from) => {
                    let key = ((from.module, from.function), from.index);
                    let aliases = self.aliases.entry(key).or_default();
                    aliases.push((from.members.clone(), parameter.clone()));
                    let key = (parameter.function, parameter.index);
                    let source = Parameter {
                        function: (from.module, from.function),
                        index: from.index,
                        members: from.members.clone(),
                    };
                    let sources = self.sources.entry(key).or_default();
                    sources.push((parameter.members.clone(), source));
                }
                _ => {}
            }
        }
    }

    fn hold(&mut self, closure: &Closure, parameter: Parameter, place: Place) {
        let function = (closure.module, closure.function);
        let holds = self
            .holds
            .entry((parameter.function, parameter.index))
            .or_default();
        holds.push((parameter.members.clone(), function));
        self.given.entry(function).or_default().push((parameter, place));
    }

    /// Where functions of the project that a function is handed to use it.
    pub(super) fn uses_of(&self, function: Function) -> Vec<Used> {
        let mut pending: Vec<(Parameter, Place)> = self.given.get(&function).cloned().unwrap_or_default();
        let mut seen: BTreeSet<Parameter> = BTreeSet::new();
        let mut found = self.to_unknown.get(&function).cloned().unwrap_or_default();
        while let Some((parameter, place)) = pending.pop() {
            if seen.len() >= MAX_STEPS || !seen.insert(parameter.clone()) {
                continue;
            }
            let key = (parameter.function, parameter.index);
            for (members, used) in self.used.get(&key).into_iter().flatten() {
                let used = match used {
                    Used::Kept(_) => Used::Kept(place),
                    used => *used,
                };
                if *members == parameter.members && !found.contains(&used) {
                    found.push(used);
                }
            }
            for (members, target) in self.aliases.get(&key).into_iter().flatten() {
                if let Some(rest) = parameter.members.strip_prefix(members.as_slice()) {
                    let mut target = target.clone();
                    target.members.extend(rest.iter().cloned());
                    pending.push((target, place));
                }
            }
        }
        found.sort();
        found
    }

    /// The functions that a parameter may hold.
    pub(super) fn functions_in(&self, parameter: &ParameterValue) -> Vec<Function> {
        let mut pending = vec![Parameter {
            function: (parameter.module, parameter.function),
            index: parameter.index,
            members: parameter.members.clone(),
        }];
        let mut seen: BTreeSet<Parameter> = BTreeSet::new();
        let mut found = vec![];
        while let Some(wanted) = pending.pop() {
            if seen.len() >= MAX_STEPS || !seen.insert(wanted.clone()) {
                continue;
            }
            for (members, function) in self
                .holds
                .get(&(wanted.function, wanted.index))
                .into_iter()
                .flatten()
            {
                if *members == wanted.members && !found.contains(function) {
                    found.push(*function);
                }
            }
            // Whoever hands a parameter of its own on.
            let key = (wanted.function, wanted.index);
            for (members, source) in self.sources.get(&key).into_iter().flatten() {
                if let Some(rest) = wanted.members.strip_prefix(members.as_slice()) {
                    let mut source = source.clone();
                    source.members.extend(rest.iter().cloned());
                    pending.push(source);
                }
            }
        }
        found.sort();
        found
    }
}

fn may_hold_function(script: &Script, expression: ExpressionId) -> bool {
    matches!(
        script.kind(expression),
        Kind::Function(_)
            | Kind::Local(_)
            | Kind::Member { .. }
            | Kind::Object(_)
            | Kind::Conditional { .. }
            | Kind::Call { .. }
    )
}

impl super::Interactions<'_, '_> {}
