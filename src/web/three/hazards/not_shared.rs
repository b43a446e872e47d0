//! Geometries and materials that are made for each of many objects with the same values.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Hazard, HazardRule,
    guard::{Guard, guard},
    inspection::Inspection,
    turns::{is_short, is_short_list, loop_around},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        BlockId, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, NameId, Property, Script,
    },
    three::{category::Category, objects::Made, reach::is_iteration},
    values::{UseKind, Value},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "not-shared",
    summary: "a geometry or material that is made for each of many objects with the same values",
    help: "Each one has buffers or a material of its own to set up, and the renderer changes state between objects that could \
           share it. Make it once outside and share it, or draw the objects as one `InstancedMesh`.",
    check,
};

/// What repeats an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Repetition {
    /// A loop in its own function.
    Loop(BlockId),
    /// A function that is handed to `forEach`, `map` or `traverse`.
    Callback(FunctionId),
    /// A function that is called in a loop or such a function.
    Called(FunctionId),
}

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut groups: BTreeMap<(ModuleId, Repetition, Category), Vec<(ExpressionId, String)>> = BTreeMap::new();
    let mut words: BTreeMap<(ModuleId, Repetition), String> = BTreeMap::new();
    for made in inspection.made {
        let category = made.class.category();
        if !matches!(category, Category::Geometry | Category::Material) || !made.class.is_three() {
            continue;
        }
        let Some((repetition, repeated)) = repetition(inspection, made) else {
            continue;
        };
        if is_same_each_time(inspection, made, repetition)
            && !is_changed_apart(inspection, made)
            && !is_kept(inspection, made)
        {
            words.insert((made.module, repetition), repeated);
            groups
                .entry((made.module, repetition, category))
                .or_default()
                .push((made.expression, made.class.name.clone()));
        }
    }
    let mut found = vec![];
    for ((module, repetition, _), members) in groups {
        let repeated = &words[&(module, repetition)];
        let (first, class) = &members[0];
        let more = match members.len() {
            1 => String::new(),
            2 => " (as is one more there)".to_owned(),
            count => format!(" (as are {} more there)", count - 1),
        };
        let message = format!("is made with the same values {repeated}{more}");
        found.push(inspection.placed_hazard(RULE.name, (module, *first), class, message));
    }
    found
}

/// What repeats an object's making, with words for it.
fn repetition(inspection: &Inspection<'_, '_>, made: &Made) -> Option<(Repetition, String)> {
    let script = inspection.script(made.module);
    if guard(inspection, made.module, made.expression) == Guard::Seldom {
        return None;
    }
    let place = script.expression(made.expression);
    if let Some(block) = loop_around(script, place.block)
        && !is_short(script, block)
    {
        return Some((Repetition::Loop(block), "at each turn of a loop".to_owned()));
    }
    if let Some(words) = iterated(inspection, made.module, place.function) {
        return Some((Repetition::Callback(place.function), words));
    }
    let callers = inspection.evaluator.callers(made.module, place.function);
    callers.iter().find_map(|caller| {
        let site = &caller.site;
        let calling = inspection.script(site.module);
        if !matches!(calling.kind(site.expression), Kind::Call { .. }) {
            return None;
        }
        let call = calling.expression(site.expression);
        let is_repeated = loop_around(calling, call.block).is_some_and(|block| !is_short(calling, block))
            || iterated(inspection, site.module, call.function).is_some();
        let name = &script.function(place.function).name;
        (is_repeated && !name.is_empty()).then(|| {
            let words = format!(
                "at each call of `{name}`, which a loop calls ({}:{})",
                inspection.evaluator.project.module(site.module).file,
                calling.line_of(site.expression)
            );
            (Repetition::Called(place.function), words)
        })
    })
}

/// Words for the iteration that a function is handed to, unless it is over a short list.
fn iterated(inspection: &Inspection<'_, '_>, module: ModuleId, function: FunctionId) -> Option<String> {
    let script = inspection.script(module);
    let parent = script.function(function).parent?;
    inspection.expressions(module, parent).iter().find_map(|id| {
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(*id)
        else {
            return None;
        };
        let Kind::Member { object, property, .. } = script.kind(*callee) else {
            return None;
        };
        let is_handed = || {
            arguments.iter().any(
                |argument| matches!(script.kind(argument.value), Kind::Function(handed) if *handed == function),
            )
        };
        if !is_iteration(property) || !is_handed() {
            return None;
        }
        let lists = inspection.evaluator.values(module, *object);
        let is_short = is_short_list(script, *object)
            || lists.iter().any(|list| match list {
                Value::Array(site) => is_short_list(inspection.script(site.module), site.expression),
                _ => false,
            });
        let words = match property.as_str() {
            "traverse" | "traverseVisible" | "traverseAncestors" => {
                format!("for each object that `{property}` visits")
            }
            _ => format!("for each item of `{}`", script.written(*object)),
        };
        (!is_short).then_some(words)
    })
}

/// Whether an object is made of the same values at each repetition, and nothing else is done with it there.
fn is_same_each_time(inspection: &Inspection<'_, '_>, made: &Made, repetition: Repetition) -> bool {
    let script = inspection.script(made.module);
    let fixed = Fixed {
        script,
        repetition,
        changed: changed(inspection, made, repetition),
    };
    let is_same = match script.kind(made.expression) {
        // Its attributes are set by others.
        Kind::New { arguments, .. } if arguments.is_empty() && made.class.name == "BufferGeometry" => false,
        Kind::New { callee, arguments } => {
            fixed.is_fixed(*callee)
                && arguments
                    .iter()
                    .all(|argument| !argument.spread && fixed.is_fixed(argument.value))
        }
        Kind::Element(element) => {
            element.children.is_empty()
                && element.attributes.iter().all(|attribute| match attribute {
                    Property::Named { key, value } => key != "ref" && fixed.is_fixed(*value),
                    _ => false,
                })
        }
        _ => false,
    };
    is_same
        && inspection
            .evaluator
            .uses(made.module, made.expression)
            .iter()
            .all(|done| {
                let is_here = done.site.module == made.module;
                let is_end = done.members.last().is_some_and(|last| last == "dispose");
                let is_fixed = || match done.kind {
                    UseKind::Write(value) => fixed.is_fixed(value),
                    UseKind::Call => match script.kind(done.site.expression) {
                        Kind::Call { arguments, .. } => {
                            arguments.iter().all(|argument| fixed.is_fixed(argument.value))
                        }
                        _ => false,
                    },
                };
                is_end || is_here && is_fixed()
            })
}

/// Names that are changed in place where something is repeated: `color.setHSL(…)`, `options.color = …`.
fn changed(inspection: &Inspection<'_, '_>, made: &Made, repetition: Repetition) -> BTreeSet<NameId> {
    let script = inspection.script(made.module);
    let function = script.expression(made.expression).function;
    let expressions = inspection.expressions(made.module, function).iter();
    let repeated = expressions.filter(|id| match repetition {
        Repetition::Loop(block) => script.is_within(script.expression(**id).block, block),
        _ => true,
    });
    repeated
        .filter_map(|id| match script.kind(*id) {
            Kind::Assign {
                target: Some(target), ..
            } => root(script, *target),
            Kind::Call { callee, .. } => match script.kind(*callee) {
                Kind::Member { object, property, .. } if property != "clone" => root(script, *object),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// The name that a chain of members begins with.
pub(super) fn root(script: &Script, mut expression: ExpressionId) -> Option<NameId> {
    loop {
        match script.kind(expression) {
            Kind::Local(name) => return Some(*name),
            Kind::Member { object, .. } | Kind::Index { object, .. } => expression = *object,
            _ => return None,
        }
    }
}

/// Whether an object is put into a list or handed to a function of the project where it is made: then others may change it.
fn is_kept(inspection: &Inspection<'_, '_>, made: &Made) -> bool {
    let script = inspection.script(made.module);
    let function = script.expression(made.expression).function;
    let is_it = |id: ExpressionId| {
        id == made.expression
            || matches!(script.kind(id), Kind::Local(_))
                && inspection.evaluator.values(made.module, id).iter().any(|value| {
                    value
                        .site()
                        .is_some_and(|site| (site.module, site.expression) == (made.module, made.expression))
                })
            || made.class.category() == Category::Material && is_material(script, id)
    };
    inspection
        .expressions(made.module, function)
        .iter()
        .any(|id| match script.kind(*id) {
            Kind::Assign {
                target: Some(target),
                value,
                ..
            } => matches!(script.kind(*target), Kind::Index { .. }) && is_it(*value),
            Kind::Call {
                callee, arguments, ..
            } => {
                let may_change = match script.kind(*callee) {
                    Kind::Local(_) | Kind::Global(_) => true,
                    Kind::Member { property, .. } => matches!(property.as_str(), "push" | "set" | "unshift"),
                    _ => false,
                };
                may_change && arguments.iter().any(|argument| is_it(argument.value))
            }
            _ => false,
        })
}

/// Whether the materials of single objects are changed in the module, `mesh.material.color.set(…)`, without a copy.
fn is_changed_apart(inspection: &Inspection<'_, '_>, made: &Made) -> bool {
    if made.class.category() != Category::Material {
        return false;
    }
    let script = inspection.script(made.module);
    let is_copied = script.expressions.iter().any(|expression| {
        matches!(&expression.kind, Kind::Call { callee, .. }
            if matches!(script.kind(*callee), Kind::Member { object, property, .. }
                if property == "clone" && is_material(script, *object)))
    });
    !is_copied
        && script.expressions.iter().any(|expression| {
            let target = match &expression.kind {
                Kind::Assign {
                    target: Some(target), ..
                } => *target,
                Kind::Call { callee, .. } => *callee,
                _ => return false,
            };
            let is_disposal =
                matches!(script.kind(target), Kind::Member { property, .. } if property == "dispose");
            !is_disposal && is_of_material(script, target)
        })
}

fn is_material(script: &Script, expression: ExpressionId) -> bool {
    matches!(script.kind(expression), Kind::Member { property, .. } if property == "material")
}

/// `x.material.color`, `x.material.color.set`.
fn is_of_material(script: &Script, mut expression: ExpressionId) -> bool {
    while let Kind::Member { object, .. } = script.kind(expression) {
        if is_material(script, *object) {
            return true;
        }
        expression = *object;
    }
    false
}

/// What has the same value at each repetition.
struct Fixed<'s> {
    script: &'s Script,
    repetition: Repetition,
    changed: BTreeSet<NameId>,
}

impl Fixed<'_> {
    fn is_fixed(&self, expression: ExpressionId) -> bool {
        let at = |expression: &ExpressionId| self.is_fixed(*expression);
        match self.script.kind(expression) {
            Kind::Text(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Global(_)
            | Kind::This => true,
            Kind::Local(name) => self.is_fixed_name(*name),
            Kind::Member { object, .. } => at(object),
            Kind::Template { holes, tag: None, .. } => holes.iter().all(at),
            Kind::Unary { operand, .. } => at(operand),
            Kind::Binary { left, right, .. } | Kind::Logical { left, right, .. } => at(left) && at(right),
            Kind::Array(items) => items.iter().all(|item| at(&item.value)),
            Kind::New { callee, arguments } => {
                at(callee) && arguments.iter().all(|argument| at(&argument.value))
            }
            Kind::Object(properties) => properties.iter().all(|property| match property {
                Property::Named { value, .. } | Property::Spread(value) => at(value),
                Property::Accessor { .. } | Property::Computed { .. } => false,
            }),
            _ => false,
        }
    }

    /// Whether a name stands for the same at each repetition: it is declared outside, or of what is.
    fn is_fixed_name(&self, name: NameId) -> bool {
        let declared = self.script.name(name);
        let is_outside = |expression: ExpressionId| {
            let place = self.script.expression(expression);
            match self.repetition {
                Repetition::Loop(block) => !self.script.is_within(place.block, block),
                Repetition::Callback(function) | Repetition::Called(function) => place.function != function,
            }
        };
        !declared.is_updated
            && !self.changed.contains(&name)
            && declared
                .definitions
                .iter()
                .all(|definition| match definition.source {
                    DefinitionSource::Expression(value) => {
                        let is_only = declared.definitions.len() == 1;
                        // What is made there may be filled there: `const points = []`.
                        let is_plain = !matches!(
                            self.script.kind(value),
                            Kind::Array(_) | Kind::Object(_) | Kind::New { .. }
                        );
                        is_only && (is_outside(value) || is_plain && self.is_fixed(value))
                    }
                    DefinitionSource::Parameter(owner, _) => match self.repetition {
                        Repetition::Loop(_) => true,
                        Repetition::Callback(function) | Repetition::Called(function) => owner != function,
                    },
                    DefinitionSource::ItemOf(list) | DefinitionSource::KeyOf(list) => {
                        is_outside(list) && {
                            // The list of a loop stands in front of it.
                            !matches!(self.repetition, Repetition::Loop(_))
                        }
                    }
                    DefinitionSource::Caught => false,
                    _ => true,
                })
    }
}
