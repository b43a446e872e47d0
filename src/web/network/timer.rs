//! Calls that a timer makes.

use rustc_hash::FxHashMap;

use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionKind as Kind, FunctionId},
    values::{Evaluator, Site, Value},
};

/// How many calls may lie between a timer and a request.
const MAX_CALLS: u32 = 3;

/// Intervals by the function that is called, of options such as `refetchInterval`.
#[derive(Debug, Default)]
pub(super) struct Timers(FxHashMap<(ModuleId, FunctionId), u64>);

impl Timers {
    /// Looks for `{ queryFn, refetchInterval }` and `{ refreshInterval }`.
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.module_ids() {
            let script = evaluator.project.script(module);
            for expression in script.expression_ids() {
                if !matches!(script.kind(expression), Kind::Object(_)) {
                    continue;
                }
                let site = Site {
                    module,
                    expression,
                    environment: crate::web::values::Environment::default(),
                };
                let properties = evaluator.properties(&site);
                let property = |name: &str| properties.iter().find(|(key, _)| key == name);
                let (Some((_, interval)), Some((_, function))) =
                    (property("refetchInterval"), property("queryFn"))
                else {
                    continue;
                };
                let interval = milliseconds(&evaluator.values_at(interval));
                for value in evaluator.values_at(function) {
                    if let (Value::Function(closure), Some(interval)) = (value, interval) {
                        this.0.insert((closure.module, closure.function), interval);
                    }
                }
            }
        }
        this
    }

    /// Milliseconds between two runs of what stands at a place, if a timer runs it.
    pub(super) fn interval(&self, evaluator: &Evaluator<'_>, site: &Site) -> Option<u64> {
        let script = evaluator.project.script(site.module);
        self.of_function(
            evaluator,
            site.module,
            script.expression(site.expression).function,
            0,
        )
    }

    fn of_function(
        &self,
        evaluator: &Evaluator<'_>,
        module: ModuleId,
        function: FunctionId,
        depth: u32,
    ) -> Option<u64> {
        if let Some(interval) = self.0.get(&(module, function)) {
            return Some(*interval);
        }
        for passed in evaluator.passed(module, function) {
            let is_timer = passed.to.as_ref().is_some_and(|to| to.is_global("setInterval"));
            let arguments = evaluator.arguments_of(&passed.site);
            if let Some(delay) = arguments.get(1).filter(|_| is_timer)
                && let Some(interval) = milliseconds(&evaluator.values_at(&Site {
                    expression: delay.value,
                    ..passed.site.clone()
                }))
            {
                return Some(interval);
            }
        }
        if depth >= MAX_CALLS {
            return None;
        }
        evaluator.callers(module, function).iter().find_map(|caller| {
            let script = evaluator.project.script(caller.site.module);
            let calling = script.expression(caller.site.expression).function;
            self.of_function(evaluator, caller.site.module, calling, depth + 1)
        })
    }
}

fn milliseconds(values: &[Value]) -> Option<u64> {
    values.iter().find_map(|value| match value {
        Value::Number(number) if *number >= 0.0 => Some(*number as u64),
        _ => None,
    })
}
