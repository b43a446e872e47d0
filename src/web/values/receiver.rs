//! What functions write to objects that they are handed: of `setup(context)`, where `setup` sets `context.scene`.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{Closure, Evaluator, Site, Value, Values, evaluator::add_all, writes::PropertyWrite};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Script},
};

/// How often an object is handed on by those who are handed it.
const MAX_HANDED_ON: usize = 3;

/// A parameter of a function, by its place.
type Parameter = (ModuleId, FunctionId, u32);

/// A call that is handed something, and as which argument.
type Handing = (ExpressionId, u32);

/// Who is handed object literals, and what is written to parameters, as it is written.
#[derive(Debug, Default)]
pub(super) struct Receivers {
    /// By the name of the property.
    written: FxHashMap<EcoString, Vec<(Parameter, PropertyWrite)>>,
    /// Calls that are handed an object literal, or a variable that holds it.
    handed: FxHashMap<ModuleId, Vec<(ExpressionId, Handing)>>,
    /// Calls that are handed a parameter.
    handed_on: FxHashMap<Parameter, Vec<Handing>>,
}

impl Receivers {
    /// Looks at one expression of a module.
    pub(super) fn read(&mut self, module: ModuleId, script: &Script, id: ExpressionId) {
        match script.kind(id) {
            Kind::Assign {
                operator: "=",
                target: Some(target),
                value,
            } => {
                if let Kind::Member { object, property, .. } = script.kind(*target)
                    && let Some((function, index)) = parameter_below(script, *object)
                {
                    let write = PropertyWrite {
                        object: *object,
                        value: *value,
                    };
                    let written = self.written.entry(property.clone()).or_default();
                    written.push(((module, function, index), write));
                }
            }
            Kind::Call { arguments, .. } | Kind::New { arguments, .. } => {
                for (place, argument) in arguments.iter().enumerate() {
                    let handing = (id, place as u32);
                    if let Some(literal) = literal(script, argument.value) {
                        self.handed.entry(module).or_default().push((literal, handing));
                    } else if let Some((function, index)) = parameter(script, argument.value) {
                        let handed_on = self.handed_on.entry((module, function, index)).or_default();
                        handed_on.push(handing);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The object literal that an expression is, or that a variable is given.
fn literal(script: &Script, expression: ExpressionId) -> Option<ExpressionId> {
    match script.kind(expression) {
        Kind::Object(_) => Some(expression),
        Kind::Local(name) => script.name(*name).definitions.iter().find_map(|definition| {
            let DefinitionSource::Expression(value) = definition.source else {
                return None;
            };
            let is_literal = definition.path.is_empty() && matches!(script.kind(value), Kind::Object(_));
            is_literal.then_some(value)
        }),
        _ => None,
    }
}

/// The parameter that an expression is.
fn parameter(script: &Script, expression: ExpressionId) -> Option<(FunctionId, u32)> {
    let Kind::Local(name) = script.kind(expression) else {
        return None;
    };
    match script.name(*name).definitions.as_slice() {
        [only] if only.path.is_empty() => match only.source {
            DefinitionSource::Parameter(function, index) => Some((function, index)),
            _ => None,
        },
        _ => None,
    }
}

/// The parameter that an expression is or goes out from: of `context.tools`.
fn parameter_below(script: &Script, mut expression: ExpressionId) -> Option<(FunctionId, u32)> {
    while let Kind::Member { object, .. } = script.kind(expression) {
        expression = *object;
    }
    parameter(script, expression)
}

impl Evaluator<'_> {
    /// What functions that are handed an object literal, or one around it, write to a property of it.
    pub(super) fn written_by_receivers(&self, object: &Site, name: &str) -> Values {
        let receivers = &self.writes().receivers;
        let Some(written) = receivers.written.get(name) else {
            return vec![];
        };
        let script = self.script(object.module);
        let inner = script.expression(object.expression);
        let mut values = vec![];
        for (literal, handing) in receivers.handed.get(&object.module).into_iter().flatten() {
            let outer = script.expression(*literal);
            if outer.start <= inner.start && inner.end <= outer.end {
                let site = Site::alone(object.module, handing.0);
                self.written_by(&site, handing.1, object, written, MAX_HANDED_ON, &mut values);
            }
        }
        values
    }

    /// What the functions that a call may call write to an object that it hands them.
    fn written_by(
        &self,
        call: &Site,
        index: u32,
        object: &Site,
        written: &[(Parameter, PropertyWrite)],
        steps: usize,
        values: &mut Values,
    ) {
        let Some(steps) = steps.checked_sub(1) else {
            return;
        };
        for closure in self.called_at(call) {
            let parameter = (closure.module, closure.function, index);
            let mut writes = written.iter().filter(|(of, _)| *of == parameter).peekable();
            let handed_on = self.writes().receivers.handed_on.get(&parameter);
            if writes.peek().is_none() && handed_on.is_none() {
                continue;
            }
            let Some(environment) = self.enter(&closure, call) else {
                continue;
            };
            let script = self.script(closure.module);
            let at = |expression: ExpressionId| {
                let function = script.expression(expression).function;
                let environment = self.environment_for(closure.module, function, &environment);
                Site {
                    module: closure.module,
                    expression,
                    environment,
                }
            };
            let evaluate = |expression| {
                let site = at(expression);
                self.evaluate(site.module, site.expression, &site.environment)
            };
            for (_, write) in writes {
                let is_meant = evaluate(write.object).iter().any(|value| {
                    matches!(value, Value::Object(other)
                        if (other.module, other.expression) == (object.module, object.expression))
                });
                if is_meant {
                    add_all(values, evaluate(write.value));
                }
            }
            for (call, index) in handed_on.into_iter().flatten() {
                self.written_by(&at(*call), *index, object, written, steps, values);
            }
        }
    }

    /// The functions of the project that a call or `new` may run.
    fn called_at(&self, call: &Site) -> Vec<Closure> {
        let (Kind::Call { callee, .. } | Kind::New { callee, .. }) =
            self.script(call.module).kind(call.expression)
        else {
            return vec![];
        };
        let callees = self.evaluate(call.module, *callee, &call.environment);
        callees
            .iter()
            .filter_map(|callee| match callee {
                Value::Function(closure) => Some(closure.clone()),
                Value::Class(class) => self.constructor_of(class),
                _ => None,
            })
            .collect()
    }
}
