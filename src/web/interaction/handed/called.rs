//! What calls call, and what only runs when an event comes.

use super::{Function, MAX_HANDED, Place};
use crate::web::{
    interaction::Interactions,
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind},
    values::{Evaluator, External, ParameterValue, UseKind, Value},
};

impl Interactions<'_, '_> {
    /// Whether an expression only runs when something happens later: it stands in a handler of an event, within the
    /// function that declares what it uses.
    pub(in crate::web::interaction) fn waits(
        &self,
        (module, expression): Place,
        declared: Option<FunctionId>,
    ) -> bool {
        let function = self.script(module).expression(expression).function;
        self.around(module, function)
            .take_while(|inner| Some(*inner) != declared)
            .any(|inner| self.is_handler((module, inner), 0))
    }

    /// Whether a function is run by events alone.
    pub(in crate::web::interaction) fn is_handler(&self, function: Function, depth: u32) -> bool {
        if depth > MAX_HANDED {
            return false;
        }
        let (module, id) = function;
        let mut is_used = false;
        let mut is_kept = false;
        for passed in self.evaluator.passed(module, id) {
            let to = passed.to.as_ref().and_then(|to| to.members.last());
            if to.is_some_and(|to| to == "useCallback") {
                is_kept = true;
                continue;
            }
            let name = passed.property.as_deref();
            let place = (passed.site.module, passed.site.expression);
            let method = match self.script(place.0).kind(place.1) {
                Kind::Call { callee, .. } => match self.script(place.0).kind(*callee) {
                    Kind::Member { property, .. } => Some(property.as_str()),
                    _ => None,
                },
                _ => None,
            };
            let is_event = name.is_some_and(|name| name.starts_with("on"))
                || matches!(method, Some("addEventListener" | "removeEventListener"));
            if !is_event {
                return false;
            }
            is_used = true;
        }
        for caller in self.evaluator.callers(module, id) {
            let script = self.script(caller.site.module);
            let calling = script.expression(caller.site.expression).function;
            let waits = self.around(caller.site.module, calling).any(|outer| {
                (caller.site.module, outer) != function
                    && self.is_handler((caller.site.module, outer), depth + 1)
            });
            if !waits {
                return false;
            }
            is_used = true;
        }
        // A callback that nobody is seen to call does not run either.
        is_used || is_kept
    }
}

/// What a call calls: of an item of a collection what was put into it, of a method of a parameter those of what the
/// callers hand over.
pub(in crate::web::interaction) fn called(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
) -> Vec<Value> {
    let values = evaluator.values(module, callee);
    let mut found: Vec<Value> = vec![];
    for value in &values {
        match value {
            Value::External(external) => found.extend(put_into(evaluator, external)),
            Value::Parameter(parameter) if !parameter.members.is_empty() => {
                found.extend(members_handed(evaluator, parameter));
            }
            _ => {}
        }
    }
    if found.is_empty() { values } else { found }
}

/// The functions that are the member of what callers hand over as a parameter, through parameters of these too.
fn members_handed(evaluator: &Evaluator<'_>, parameter: &ParameterValue) -> Vec<Value> {
    let mut found = vec![];
    let mut asked: Vec<(ParameterValue, u32)> = vec![(parameter.clone(), 0)];
    let mut next = 0;
    while let Some((parameter, depth)) = asked.get(next).cloned() {
        next += 1;
        for value in handed(evaluator, &parameter) {
            match value {
                Value::Function(_) if !found.contains(&value) => found.push(value),
                Value::Parameter(outer)
                    if depth < MAX_HANDED && !asked.iter().any(|(known, _)| *known == outer) =>
                {
                    asked.push((outer, depth + 1));
                }
                _ => {}
            }
        }
    }
    found
}

/// What callers hand over as a parameter, or the member of it that is asked for.
fn handed(evaluator: &Evaluator<'_>, parameter: &ParameterValue) -> Vec<Value> {
    let mut found: Vec<Value> = vec![];
    for caller in evaluator.callers(parameter.module, parameter.function) {
        let arguments = evaluator.arguments_of(&caller.site);
        let Some(argument) = arguments
            .get(parameter.index as usize)
            .filter(|argument| !argument.spread)
        else {
            continue;
        };
        let mut values = evaluator.values(caller.site.module, argument.value);
        for member in &parameter.members {
            let members = values.iter().flat_map(|value| evaluator.member(value, member));
            values = members.collect();
        }
        for value in values {
            if !found.contains(&value) {
                found.push(value);
            }
        }
    }
    found
}

/// What `add`, `push` and `set` put into the collection that something is an item of.
pub(in crate::web::interaction) fn put_into(evaluator: &Evaluator<'_>, item: &External) -> Vec<Value> {
    let is_item = matches!(item.members.as_slice(), [only] if only == "[]");
    let Some(made) = item.site().filter(|_| is_item) else {
        return vec![];
    };
    let mut values = vec![];
    for used in evaluator.uses(made.module, made.expression) {
        let is_put = used.kind == UseKind::Call
            && matches!(used.members.as_slice(), [only] if matches!(only.as_str(), "add" | "push" | "set" | "unshift"));
        let arguments = evaluator.arguments_of(&used.site);
        if let Some(argument) = arguments.last().filter(|_| is_put) {
            values.extend(evaluator.values(used.site.module, argument.value));
        }
    }
    values
}

/// The function that runs when a value is called or made.
pub(in crate::web::interaction) fn entered(evaluator: &Evaluator<'_>, value: &Value) -> Option<Function> {
    match value {
        Value::Function(closure) => Some((closure.module, closure.function)),
        Value::Class(class) => {
            let declared = evaluator.project.script(class.module).class(class.class);
            declared.members.iter().find_map(|member| match member.kind {
                MemberKind::Method(function) if member.name == "constructor" => {
                    Some((class.module, function))
                }
                _ => None,
            })
        }
        _ => None,
    }
}
