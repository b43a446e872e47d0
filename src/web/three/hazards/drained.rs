//! Lists that are emptied by who goes through them: what others put there since is gone through once, so that work on an item
//! is not work of every frame.

use super::inspection::Inspection;
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        BlockId, BlockKind, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Script,
    },
    three::reach::is_iteration,
};

/// Whether an expression runs for each item of a list that is emptied there.
pub(super) fn is_of_drained(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    expression: ExpressionId,
) -> bool {
    let script = inspection.script(module);
    let place = script.expression(expression);
    let drain = Drain {
        inspection,
        module,
        script,
        function: place.function,
    };
    let mut blocks = script.blocks_around(place.block);
    blocks.any(|block| {
        script.block(block).kind == BlockKind::Loop
            && (drain.is_taken_from(block) || drain.is_emptied_after(block))
    }) || drain.is_iteration_of_emptied(expression)
}

/// A function that may empty lists.
struct Drain<'i, 'a, 'p> {
    inspection: &'i Inspection<'a, 'p>,
    module: ModuleId,
    script: &'i Script,
    function: FunctionId,
}

impl Drain<'_, '_, '_> {
    /// `while (queue.length) { const item = queue.shift(); … }`, also where methods of a queue do both.
    fn is_taken_from(&self, block: BlockId) -> bool {
        if self.iterated(block).is_some() {
            return false;
        }
        let (mut taken, mut measured) = (vec![], vec![]);
        for id in self.within(block) {
            let own = self.script.expression(id);
            if own.block == block {
                taken.extend(self.taken(self.script, id));
            }
            measured.extend(measured_list(self.script, id));
            if !matches!(own.kind, Kind::Call { .. }) {
                continue;
            }
            let called = self.inspection.calls.called(self.module, self.function);
            for called in called.iter().filter(|called| called.call == id) {
                let script = self.inspection.script(called.module);
                for id in self.inspection.expressions(called.module, called.function) {
                    if own.block == block {
                        taken.extend(self.taken(script, *id));
                    }
                    measured.extend(measured_list(script, *id));
                }
            }
        }
        taken.iter().any(|list| measured.contains(list))
    }

    /// `for (const event of this.events) …; this.events.length = 0;`
    fn is_emptied_after(&self, block: BlockId) -> bool {
        self.iterated(block).is_some_and(|list| self.is_emptied(list))
    }

    /// `this.events.forEach(handle); this.events = [];`
    fn is_iteration_of_emptied(&self, expression: ExpressionId) -> bool {
        let Kind::Call { callee, .. } = self.script.kind(expression) else {
            return false;
        };
        match self.script.kind(*callee) {
            Kind::Member { object, property, .. } => is_iteration(property) && self.is_emptied(*object),
            _ => false,
        }
    }

    /// What a loop goes through item by item: what stands directly in front of its body.
    fn iterated(&self, block: BlockId) -> Option<ExpressionId> {
        let first = self.within(block).min()?;
        let mut definitions = self.script.names.iter().flat_map(|name| &name.definitions);
        definitions.find_map(|definition| match definition.source {
            DefinitionSource::ItemOf(list) if list.0 + 1 == first.0 => Some(list),
            _ => None,
        })
    }

    /// Whether a list is what was taken out of another: `const batch = this.queue.splice(0); batch.forEach(handle);`.
    fn is_taken_out(&self, list: ExpressionId) -> bool {
        match self.script.kind(list) {
            Kind::Call { callee, .. } => match self.script.kind(*callee) {
                Kind::Member { object, property, .. } => {
                    property == "splice" && is_others(self.script, *object)
                }
                _ => false,
            },
            Kind::Local(name) => match self.script.name(*name).definitions.as_slice() {
                [definition] => match definition.source {
                    DefinitionSource::Expression(value) => {
                        definition.path.is_empty()
                            && matches!(self.script.kind(value), Kind::Call { .. })
                            && self.is_taken_out(value)
                    }
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the function empties a list that is not its own.
    fn is_emptied(&self, list: ExpressionId) -> bool {
        if self.is_taken_out(list) {
            return true;
        }
        if !is_others(self.script, list) {
            return false;
        }
        let written = self.script.written(list);
        let is_list = |id: ExpressionId| self.script.written(id) == written;
        let after = self.script.expression(list).end;
        let mut expressions = self.inspection.expressions(self.module, self.function).iter();
        expressions.any(|id| {
            let place = self.script.expression(*id);
            place.start > after
                && match &place.kind {
                    Kind::Assign { target: Some(target), value, .. } => {
                        let is_empty = matches!(self.script.kind(*value), Kind::Array(items) if items.is_empty());
                        let is_zero = matches!(self.script.kind(*value), Kind::Number(number) if *number == 0.0);
                        is_empty && is_list(*target)
                            || is_zero
                                && matches!(self.script.kind(*target), Kind::Member { object, property, .. }
                                    if property == "length" && is_list(*object))
                    }
                    Kind::Call { callee, arguments, .. } => match self.script.kind(*callee) {
                        Kind::Member { object, property, .. } if is_list(*object) => match property.as_str() {
                            "clear" => true,
                            "splice" => arguments.first().is_some_and(|first| {
                                matches!(self.script.kind(first.value), Kind::Number(number) if *number == 0.0)
                            }),
                            _ => false,
                        },
                        _ => false,
                    },
                    _ => false,
                }
        })
    }

    /// The list that an expression takes an item out of: `this.queue.shift()`.
    fn taken(&self, script: &Script, id: ExpressionId) -> Option<ecow::EcoString> {
        let Kind::Call { callee, .. } = script.kind(id) else {
            return None;
        };
        match script.kind(*callee) {
            Kind::Member { object, property, .. }
                if matches!(property.as_str(), "shift" | "pop") && is_others(script, *object) =>
            {
                Some(script.written(*object))
            }
            _ => None,
        }
    }

    fn within(&self, block: BlockId) -> impl Iterator<Item = ExpressionId> + '_ {
        let expressions = self
            .inspection
            .expressions(self.module, self.function)
            .iter()
            .copied();
        expressions.filter(move |id| self.script.is_within(self.script.expression(*id).block, block))
    }
}

/// The list whose length an expression asks for.
fn measured_list(script: &Script, id: ExpressionId) -> Option<ecow::EcoString> {
    match script.kind(id) {
        Kind::Member { object, property, .. } if property == "length" => Some(script.written(*object)),
        _ => None,
    }
}

/// Whether a list is one that others put something into: no variable of the function itself.
fn is_others(script: &Script, list: ExpressionId) -> bool {
    match script.kind(list) {
        Kind::Member { .. } => true,
        Kind::Local(name) => {
            let function = script.expression(list).function;
            let mut definitions = script.name(*name).definitions.iter();
            definitions.any(|definition| match definition.source {
                DefinitionSource::Expression(value) => script.expression(value).function != function,
                _ => false,
            })
        }
        _ => false,
    }
}
