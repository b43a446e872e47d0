//! What is disposed of, and where.

use std::{cell::OnceCell, collections::BTreeSet};

use ecow::EcoString;

use crate::web::{
    project::ModuleId,
    syntax::tree::{
        DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind, Property, Script,
    },
    three::{category::Category, objects::Made},
    values::{Evaluator, Origin, Site, UseKind, Value},
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
    reach: Reach,
}

/// Which objects a call of `dispose` may mean.
#[derive(Debug, PartialEq, Eq)]
enum Reach {
    /// A method that ends more than its own object.
    Any,
    /// The geometry, material or texture of an object: of which, where that is known, with what it holds.
    Content(Category, Option<Contained>),
    /// What a variable or field of this name holds.
    Held(EcoString),
    /// What a function is handed or a loop goes through: contents of objects, or what is handed over.
    Handed,
    /// What all callers of a function hand over, by where it is made.
    Given(BTreeSet<(ModuleId, ExpressionId)>),
}

/// Objects that are known and what they hold of a kind, by where these are made.
#[derive(Debug, Default, PartialEq, Eq)]
struct Contained {
    objects: BTreeSet<(ModuleId, ExpressionId)>,
    parts: BTreeSet<(ModuleId, ExpressionId)>,
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
                let content = content(evaluator, module, *object);
                // Fields may be given each other's objects: what one holds when it is disposed of is told by its name.
                let is_field = matches!(script.kind(*object), Kind::Member { object, .. } if matches!(script.kind(*object), Kind::This));
                if content.is_none() && !is_field && is_known(evaluator, module, *object) {
                    continue;
                }
                found.push(Disposal {
                    module,
                    function: script.expression(id).function,
                    reach: match content {
                        Some(category) => Reach::Content(category, contained(evaluator, module, *object)),
                        None if property != "dispose" => Reach::Any,
                        None => match reach(script, *object) {
                            Reach::Handed => given(evaluator, module, *object).unwrap_or(Reach::Handed),
                            reach => reach,
                        },
                    },
                });
            }
        }
        Self(found)
    }

    /// Whether some call of the module or lifetime may dispose of an object.
    fn may_reach(&self, script: &Script, made: &Made, lifetime: Option<&Lifetime>) -> bool {
        let is_near = |disposal: &Disposal| {
            let place = (disposal.module, disposal.function);
            disposal.module == made.module
                || lifetime.is_some_and(|lifetime| {
                    lifetime.setup.contains(&place) || lifetime.teardown.contains(&place)
                })
        };
        let category = made.class.category();
        let is_content = matches!(
            category,
            Category::Geometry | Category::Material | Category::Texture
        );
        let names = OnceCell::new();
        let mut near = self.0.iter().filter(|disposal| is_near(disposal));
        near.any(|disposal| match &disposal.reach {
            Reach::Any => true,
            Reach::Content(content, contained) => {
                let is_part = |of: &Contained| of.parts.contains(&(made.module, made.expression));
                *content == category && contained.as_ref().is_none_or(is_part)
            }
            Reach::Handed => is_content,
            Reach::Given(sites) => sites.contains(&(made.module, made.expression)),
            Reach::Held(name) => names
                .get_or_init(|| holders(script, made.expression))
                .contains(name),
        })
    }

    /// Whether some call of a module may dispose of what an object of a scene holds.
    pub(super) fn may_end_content_of(&self, module: ModuleId, made: &Made) -> bool {
        let mut here = self.0.iter().filter(|disposal| disposal.module == module);
        here.any(|disposal| match &disposal.reach {
            Reach::Content(_, Some(of)) => of.objects.contains(&(made.module, made.expression)),
            // What a variable holds is told by who asks for the geometry or material itself.
            Reach::Held(_) => false,
            _ => true,
        })
    }

    /// Whether some call disposes of what objects of a scene hold.
    pub(super) fn end_content_somewhere(&self) -> bool {
        let is_content = |disposal: &Disposal| matches!(disposal.reach, Reach::Content(..) | Reach::Handed);
        self.0.iter().any(is_content)
    }

    /// Whether a function disposes of something that is not known.
    pub(super) fn is_in(&self, module: ModuleId, function: FunctionId) -> bool {
        self.0
            .iter()
            .any(|disposal| (disposal.module, disposal.function) == (module, function))
    }
}

/// `mesh.geometry`, `child.material`, and textures of these.
fn content(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> Option<Category> {
    match evaluator.project.script(module).kind(object) {
        Kind::Member { property, .. } => match property.as_str() {
            "geometry" => Some(Category::Geometry),
            "material" => Some(Category::Material),
            "map" | "background" | "environment" => Some(Category::Texture),
            _ => None,
        },
        _ => None,
    }
}

/// The objects of which `mesh.geometry` is disposed of and the geometries that they were made with or given; none where they
/// are not all known.
fn contained(evaluator: &Evaluator<'_>, module: ModuleId, part: ExpressionId) -> Option<Contained> {
    let script = evaluator.project.script(module);
    let Kind::Member { object, property, .. } = script.kind(part) else {
        return None;
    };
    let mut found = Contained::default();
    for value in evaluator.values(module, *object) {
        match &value {
            Value::Null | Value::Undefined => continue,
            Value::External(external)
                if external.members.is_empty() && matches!(external.origin, Origin::Made { .. }) => {}
            _ => return None,
        }
        let site = value.site()?;
        found.objects.insert((site.module, site.expression));
        let given = evaluator.arguments_of(site).into_iter().map(|argument| Site {
            expression: argument.value,
            ..site.clone()
        });
        let uses = evaluator.uses(site.module, site.expression).iter();
        let written = uses.filter_map(|done| match done.kind {
            UseKind::Write(value) if done.members.last() == Some(property) => Some(Site {
                expression: value,
                ..done.site.clone()
            }),
            _ => None,
        });
        for place in given.chain(written) {
            let values = evaluator.values_at(&place);
            let sites = values.iter().filter_map(Value::site);
            found
                .parts
                .extend(sites.map(|site| (site.module, site.expression)));
        }
    }
    (!found.objects.is_empty()).then_some(found)
}

/// Which objects an expression that is not known may mean.
fn reach(script: &Script, object: ExpressionId) -> Reach {
    match script.kind(object) {
        Kind::Member { property, .. } if property != "current" && property != "value" => {
            Reach::Held(property.clone())
        }
        Kind::Local(name) => {
            let is_held = script.name(*name).definitions.iter().any(|definition| {
                definition.path.is_empty() && matches!(definition.source, DefinitionSource::Expression(_))
            });
            if is_held {
                Reach::Held(script.name(*name).text.clone())
            } else {
                Reach::Handed
            }
        }
        Kind::Index { .. } => Reach::Handed,
        _ => Reach::Any,
    }
}

/// What the callers of a function hand over as what it disposes of, where all of that is known.
fn given(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> Option<Reach> {
    let Kind::Local(_) = evaluator.project.script(module).kind(object) else {
        return None;
    };
    let values = evaluator.values(module, object);
    let [Value::Parameter(parameter)] = values.as_slice() else {
        return None;
    };
    if !parameter.members.is_empty() || evaluator.callers(parameter.module, parameter.function).is_empty() {
        return None;
    }
    let handed = evaluator.with_callers(values);
    let sites: Option<BTreeSet<_>> = handed
        .iter()
        .map(|value| value.site().map(|site| (site.module, site.expression)))
        .collect();
    sites.map(Reach::Given)
}

/// The names of the variables and fields that an object is put into.
fn holders(script: &Script, made: ExpressionId) -> Vec<EcoString> {
    let variables = script.names.iter().filter(|name| {
        let mut definitions = name.definitions.iter();
        definitions.any(|definition| definition.source == DefinitionSource::Expression(made))
    });
    let mut names: Vec<EcoString> = variables.map(|name| name.text.clone()).collect();
    let fields = script.classes.iter().flat_map(|class| &class.members);
    let fields = fields.filter(|member| member.kind == MemberKind::Field(Some(made)));
    names.extend(fields.map(|member| member.name.clone()));
    // `this.map = map` passes a variable on.
    for expression in &script.expressions {
        let (key, value) = match &expression.kind {
            Kind::Assign {
                target: Some(target),
                value,
                ..
            } => match script.kind(*target) {
                Kind::Member { property, .. } => (property, *value),
                _ => continue,
            },
            _ => continue,
        };
        let is_held = match script.kind(value) {
            Kind::Local(name) => names.contains(&script.name(*name).text),
            _ => value == made,
        };
        if is_held && !names.contains(key) {
            names.push(key.clone());
        }
    }
    for expression in &script.expressions {
        let Kind::Object(properties) = &expression.kind else {
            continue;
        };
        for property in properties {
            if let Property::Named { key, value } = property
                && (*value == made
                    || matches!(script.kind(*value), Kind::Local(name) if names.contains(&script.name(*name).text)))
            {
                names.push(key.clone());
            }
        }
    }
    names
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
            || self.disposals.may_reach(self.script(made.module), made, lifetime)
            || self.is_handed_over(made)
    }

    /// Whether an object is handed to a function of the project or put into a list: then others may end it.
    fn is_handed_over(&self, made: &Made) -> bool {
        self.disposals.any() && self.handed.contains(&(made.module, made.expression))
    }
}

impl Disposals {
    fn any(&self) -> bool {
        let is_content = |disposal: &Disposal| matches!(disposal.reach, Reach::Content(..));
        self.0.iter().any(|disposal| !is_content(disposal))
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
            if let Kind::Element(element) = script.kind(id) {
                for attribute in &element.attributes {
                    if let Property::Named { value, .. } = attribute {
                        let values = evaluator.values(module, *value);
                        let sites = values.iter().filter_map(Value::site);
                        found.extend(sites.map(|site| (site.module, site.expression)));
                    }
                }
                continue;
            }
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
