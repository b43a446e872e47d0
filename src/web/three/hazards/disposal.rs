//! What is disposed of, and where.

use std::collections::BTreeSet;

use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId},
    three::{category::Category, objects::Made},
    values::{Evaluator, Origin, UseKind, Value},
};

use super::inspection::Inspection;
use crate::web::three::lifetime::Lifetime;

/// Calls of `dispose` whose object is not one that is known to be made somewhere.
#[derive(Debug, Default)]
pub(super) struct Disposals(Vec<Disposal>);

#[derive(Debug)]
struct Disposal {
    module: ModuleId,
    function: FunctionId,
    /// Whether it is the geometry or material of an object, and so no renderer or controls.
    is_content: bool,
}

impl Disposals {
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut found = vec![];
        for module in evaluator.project.module_ids() {
            let script = evaluator.project.script(module);
            for id in script.expression_ids() {
                let Kind::Call { callee, .. } = script.kind(id) else {
                    continue;
                };
                let Kind::Member { object, property, .. } = script.kind(*callee) else {
                    continue;
                };
                if !matches!(property.as_str(), "dispose" | "destroy" | "disposeAll") {
                    continue;
                }
                let is_content = is_content(evaluator, module, *object);
                if is_content || !is_known(evaluator, module, *object) {
                    found.push(Disposal {
                        module,
                        function: script.expression(id).function,
                        is_content,
                    });
                }
            }
        }
        Self(found)
    }

    /// Whether some call of the module or lifetime may dispose of objects of a kind.
    pub(super) fn may_reach(&self, module: ModuleId, lifetime: Option<&Lifetime>, kind: Category) -> bool {
        let is_near = |disposal: &Disposal| {
            let place = (disposal.module, disposal.function);
            disposal.module == module
                || lifetime.is_some_and(|lifetime| {
                    lifetime.setup.contains(&place) || lifetime.teardown.contains(&place)
                })
        };
        let is_content = matches!(kind, Category::Geometry | Category::Material | Category::Texture);
        let mut near = self.0.iter().filter(|disposal| is_near(disposal));
        near.any(|disposal| is_content || !disposal.is_content)
    }

    /// Whether a function disposes of something that is not known.
    pub(super) fn is_in(&self, module: ModuleId, function: FunctionId) -> bool {
        self.0
            .iter()
            .any(|disposal| (disposal.module, disposal.function) == (module, function))
    }
}

/// `mesh.geometry`, `child.material`, and textures of these.
fn is_content(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> bool {
    match evaluator.project.script(module).kind(object) {
        Kind::Member { property, .. } => matches!(
            property.as_str(),
            "geometry" | "material" | "map" | "background" | "environment"
        ),
        _ => false,
    }
}

/// Whether it is known which object is meant.
fn is_known(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> bool {
    let values = evaluator.values(module, object);
    let is_made = |value: &Value| match value {
        Value::External(external) => {
            external.members.is_empty()
                && matches!(external.origin, Origin::Made { .. } | Origin::Result { .. })
        }
        Value::Instance(_) | Value::Null | Value::Undefined | Value::Object(_) => true,
        _ => false,
    };
    !values.is_empty() && values.iter().all(is_made)
}

impl Inspection<'_, '_> {
    /// Whether `dispose` is called on an object, or may be.
    pub(super) fn is_disposed(&self, made: &Made, lifetime: Option<&Lifetime>) -> bool {
        let uses = self.evaluator.uses(made.module, made.expression).iter();
        let is_ended = |members: &[ecow::EcoString]| {
            members
                .last()
                .is_some_and(|last| matches!(last.as_str(), "dispose" | "destroy" | "disconnect"))
        };
        let mut calls = uses.filter(|done| done.kind == UseKind::Call);
        calls.any(|done| is_ended(&done.members))
            || self
                .disposals
                .may_reach(made.module, lifetime, made.class.category())
            || self.is_handed_over(made)
    }

    /// Whether an object is handed to a function of the project or put into a list: then others may end it.
    fn is_handed_over(&self, made: &Made) -> bool {
        self.disposals.any() && self.handed.contains(&(made.module, made.expression))
    }
}

impl Disposals {
    fn any(&self) -> bool {
        self.0.iter().any(|disposal| !disposal.is_content)
    }
}

/// The objects that the modules which make objects of three.js hand to functions or put into lists, by where they are made.
pub(super) fn handed_over(evaluator: &Evaluator<'_>, made: &[Made]) -> BTreeSet<(ModuleId, ExpressionId)> {
    let mut found = BTreeSet::new();
    let making: BTreeSet<ModuleId> = made
        .iter()
        .filter(|made| made.class.is_three())
        .map(|made| made.module)
        .collect();
    for module in making {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(id)
            else {
                continue;
            };
            let is_keeper = match script.kind(*callee) {
                Kind::Member { property, .. } => {
                    matches!(property.as_str(), "push" | "set" | "track" | "register" | "own")
                }
                Kind::Local(_) | Kind::Global(_) => true,
                _ => false,
            };
            let may_be_object = |id: &ExpressionId| {
                matches!(
                    script.kind(*id),
                    Kind::Local(_) | Kind::Member { .. } | Kind::New { .. }
                )
            };
            let arguments = arguments.iter().map(|argument| argument.value);
            for argument in arguments.filter(may_be_object).filter(|_| is_keeper) {
                let values = evaluator.values(module, argument);
                let sites = values.iter().filter_map(Value::site);
                found.extend(sites.map(|site| (site.module, site.expression)));
            }
        }
    }
    found
}
