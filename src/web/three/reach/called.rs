//! The functions that the calls of a function call.

use super::{Called, Calls, FunctionPlace, is_iteration};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId},
    three::emitters::Emitters,
    values::{Closure, Environment, ParameterValue, Site, Value},
};

impl Calls<'_, '_> {
    /// The functions that a function calls which was made in some calls.
    pub(super) fn find_called(
        &self,
        module: ModuleId,
        function: FunctionId,
        made_in: &Environment,
    ) -> Vec<Called> {
        let script = self.evaluator.project.script(module);
        let mut called = vec![];
        for id in self.expressions(module, function) {
            let site = Site {
                module,
                expression: *id,
                environment: made_in.clone(),
            };
            match script.kind(*id) {
                Kind::Member { object, property, .. } => {
                    let getters = self.dispatch.getters(module, *object, property);
                    called.extend(getters.into_iter().map(|place| alone(*id, place)));
                }
                // `later(this.draw.bind(this))` calls nothing yet.
                Kind::Call { callee, .. } if is_binding(script.kind(*callee)) => {}
                Kind::Call { .. } | Kind::New { .. } => {
                    self.add_overriding(&site, &mut called);
                    for callee in self.evaluator.callees(&site) {
                        self.add_callee(&site, callee, &mut called);
                    }
                    self.add_iterated(&site, &mut called);
                }
                _ => {}
            }
        }
        called
    }

    /// The methods of subclasses that a call may mean.
    fn add_overriding(&self, site: &Site, called: &mut Vec<Called>) {
        let script = self.evaluator.project.script(site.module);
        if let Kind::Call { callee, .. } = script.kind(site.expression)
            && let Kind::Member { object, property, .. } = script.kind(*callee)
        {
            let overriding = self.dispatch.overriding(site.module, *object, property);
            called.extend(overriding.into_iter().map(|place| alone(site.expression, place)));
        }
    }

    fn add_callee(&self, site: &Site, callee: Value, called: &mut Vec<Called>) {
        let id = site.expression;
        match callee {
            Value::Function(closure) => {
                let emitters = self.emitters.get_or_init(|| Emitters::new(self.evaluator, self));
                let handlers = emitters.called(self.evaluator, site, &closure);
                called.push(by(id, closure));
                called.extend(handlers.into_iter().map(|place| alone(id, place)));
            }
            Value::Parameter(parameter) if parameter.members.is_empty() => {
                let handed = self.handed(&parameter).into_iter();
                called.extend(handed.map(|closure| by(id, closure)));
            }
            // `for (const entity of this.entities) entity.update()`: what callers put there.
            Value::Parameter(_) => {
                let handed = functions(self.evaluator.with_callers(vec![callee]));
                called.extend(handed.map(|closure| by(id, closure)));
            }
            Value::Class(class) => {
                let constructor = self.evaluator.constructor_of(&class);
                called.extend(constructor.map(|closure| alone(id, (closure.module, closure.function))));
            }
            _ => {}
        }
    }

    /// What is handed to an iteration runs at once.
    fn add_iterated(&self, site: &Site, called: &mut Vec<Called>) {
        let script = self.evaluator.project.script(site.module);
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(site.expression)
        else {
            return;
        };
        let Kind::Member { property, .. } = script.kind(*callee) else {
            return;
        };
        if !is_iteration(property) {
            return;
        }
        for argument in arguments {
            if matches!(
                script.kind(argument.value),
                Kind::Function(_) | Kind::Local(_) | Kind::Member { .. }
            ) {
                let at = Site {
                    expression: argument.value,
                    ..site.clone()
                };
                let handed = functions(self.evaluator.values_at(&at));
                called.extend(handed.map(|closure| by(site.expression, closure)));
            }
        }
    }

    /// The functions that the callers of a function hand it as a parameter.
    fn handed(&self, parameter: &ParameterValue) -> Vec<Closure> {
        let mut found = vec![];
        for caller in self.evaluator.callers(parameter.module, parameter.function) {
            let arguments = self.evaluator.arguments_of(&caller.site);
            let Some(argument) = arguments
                .get(parameter.index as usize)
                .filter(|argument| !argument.spread)
            else {
                continue;
            };
            found.extend(functions(
                self.evaluator.values(caller.site.module, argument.value),
            ));
        }
        found
    }
}

fn by(call: ExpressionId, closure: Closure) -> Called {
    Called {
        call,
        module: closure.module,
        function: closure.function,
        made_in: closure.environment,
    }
}

fn alone(call: ExpressionId, (module, function): FunctionPlace) -> Called {
    Called {
        call,
        module,
        function,
        made_in: Environment::default(),
    }
}

fn functions(values: Vec<Value>) -> impl Iterator<Item = Closure> {
    values.into_iter().filter_map(|value| match value {
        Value::Function(closure) => Some(closure),
        _ => None,
    })
}

fn is_binding(callee: &Kind) -> bool {
    matches!(callee, Kind::Member { property, .. } if property == "bind")
}
