//! Parameters by the calls of their functions: what all callers hand over.

use super::{ClassValue, Closure, Evaluator, ParameterValue, Site, Value, Values, evaluator::add_all};
use crate::web::syntax::tree::{ExpressionKind as Kind, MemberKind};

/// Calls of one function that are looked at.
const MAX_CALLERS: usize = 32;
/// Functions that hand a parameter on to each other.
const MAX_LIFTS: usize = 4;
/// Classes that inherit from each other, one after the other.
const MAX_BASES: usize = 12;

impl Evaluator<'_> {
    /// What some values stand for when each parameter among them is what the callers of its function hand over. What
    /// no caller says stays a parameter.
    #[must_use]
    pub fn with_callers(&self, mut values: Values) -> Values {
        for _ in 0..MAX_LIFTS {
            let mut found = vec![];
            let mut is_lifted = false;
            for value in values {
                let given = match &value {
                    Value::Parameter(parameter) => self.handed_by_callers(parameter),
                    _ => vec![],
                };
                if given.is_empty() {
                    add_all(&mut found, vec![value]);
                } else {
                    is_lifted = true;
                    add_all(&mut found, given);
                }
            }
            values = found;
            if !is_lifted {
                break;
            }
        }
        values
    }

    fn handed_by_callers(&self, parameter: &ParameterValue) -> Values {
        let mut values = vec![];
        let callers = self.callers(parameter.module, parameter.function);
        for caller in callers.iter().take(MAX_CALLERS) {
            let Some(environment) = self.enter(&caller.closure, &caller.site) else {
                continue;
            };
            let handed = self.nested(|| {
                let index = parameter.index;
                let mut values = self.parameter(parameter.module, parameter.function, index, &environment);
                for member in &parameter.members {
                    values = self.members(&values, member);
                }
                values
            });
            // A function that hands its own parameter to itself says nothing new.
            let is_itself = |value: &Value| matches!(value, Value::Parameter(other) if other == parameter);
            add_all(
                &mut values,
                handed
                    .into_iter()
                    .filter(|value| !is_itself(value) && *value != Value::Undefined)
                    .collect(),
            );
        }
        values
    }

    /// The constructor that `new` of a class runs: its own, or the nearest that it inherits.
    #[must_use]
    pub fn constructor_of(&self, class: &ClassValue) -> Option<Closure> {
        let mut class = class.clone();
        for _ in 0..MAX_BASES {
            let declared = self.script(class.module).class(class.class);
            let own = declared.members.iter().find_map(|member| match member.kind {
                MemberKind::Method(function) if member.name == "constructor" => Some(function),
                _ => None,
            });
            if let Some(function) = own {
                return Some(Closure {
                    module: class.module,
                    function,
                    environment: class.environment.clone(),
                    this: None,
                });
            }
            class = self.base_of(&class)?;
        }
        None
    }

    /// The constructor that `super(…)` runs.
    pub(super) fn super_constructor(&self, site: &Site) -> Option<Closure> {
        let script = self.script(site.module);
        let Kind::Call { callee, .. } = script.kind(site.expression) else {
            return None;
        };
        if !matches!(script.kind(*callee), Kind::Super) {
            return None;
        }
        let function = script.expression(site.expression).function;
        let class = ClassValue {
            module: site.module,
            class: script.function(function).class?,
            environment: site.environment.clone(),
        };
        self.constructor_of(&self.base_of(&class)?)
    }

    fn base_of(&self, class: &ClassValue) -> Option<ClassValue> {
        let base = self.script(class.module).class(class.class).base?;
        let bases = self.evaluate(class.module, base, &class.environment);
        bases.into_iter().find_map(|base| match base {
            Value::Class(base) => Some(base),
            _ => None,
        })
    }
}
