//! Uniforms: their types and first values, and who sets them.

use std::sync::LazyLock;

use ecow::EcoString;
use regex::Regex;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::{
            shortened,
            tree::{ExpressionId, ExpressionKind as Kind, FunctionId, Script},
        },
        three::{
            catalogue::Category,
            objects::{Made, class_of, function_name, location},
        },
        values::{Evaluator, Site, Use, Value},
    },
};

/// A uniform of a shader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Uniform {
    /// Its name.
    pub name: String,
    /// Its type in GLSL: as the program declares it, else by its first value.
    pub type_name: Option<String>,
    /// Its first value as written.
    pub initial: Option<String>,
    /// Where it is declared.
    pub location: Location,
    /// Who sets it, by file and line.
    pub setters: Vec<UniformSetter>,
}

/// A place that sets a uniform.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct UniformSetter {
    /// Where.
    pub location: Location,
    /// The function, `file:name`; the file alone for the top level.
    pub function: String,
}

/// The objects of a scene by the material that they are made with.
#[derive(Debug, Default)]
pub(super) struct Holders(FxHashMap<Place, Vec<Place>>);

type Place = (ModuleId, ExpressionId);

impl Holders {
    pub(super) fn new(evaluator: &Evaluator<'_>, made: &[Made]) -> Self {
        let mut holders: FxHashMap<Place, Vec<Place>> = FxHashMap::default();
        for object in made
            .iter()
            .filter(|made| made.class.category() == Category::Object)
        {
            let script = evaluator.project.script(object.module);
            let Kind::New { arguments, .. } = script.kind(object.expression) else {
                continue;
            };
            let material = arguments
                .get(1)
                .map(|second| evaluator.values(object.module, second.value));
            for value in material.iter().flatten() {
                if let Some(site) = value.site() {
                    let place = (object.module, object.expression);
                    holders
                        .entry((site.module, site.expression))
                        .or_default()
                        .push(place);
                }
            }
        }
        Self(holders)
    }
}

/// The uniforms of `{ name: { value } }`, with who sets them.
pub(super) fn uniforms(
    evaluator: &Evaluator<'_>,
    holders: &Holders,
    made: &Made,
    site: &Site,
) -> Vec<Uniform> {
    let mut found: Vec<Uniform> = vec![];
    for value in evaluator.values_at(site) {
        let Value::Object(object) = value else { continue };
        for (name, place) in evaluator.properties(&object) {
            if found.iter().any(|known| known.name == name) {
                continue;
            }
            let mut uniform = uniform(evaluator, &name, &place);
            for setter in setters(evaluator, holders, made, &name, &place) {
                if !uniform.setters.contains(&setter) {
                    uniform.setters.push(setter);
                }
            }
            uniform.setters.sort();
            found.push(uniform);
        }
    }
    found
}

/// The uniforms of `{ name: value }`.
pub(super) fn plain(evaluator: &Evaluator<'_>, site: &Site) -> Vec<Uniform> {
    let values = evaluator.values_at(site);
    let objects = values.iter().filter_map(|value| match value {
        Value::Object(object) => Some(evaluator.properties(object)),
        _ => None,
    });
    objects
        .flatten()
        .map(|(name, place)| Uniform {
            name: name.to_string(),
            type_name: type_of(evaluator, &place),
            initial: Some(shown(evaluator, &place)),
            location: location(evaluator, place.module, place.expression),
            setters: vec![],
        })
        .collect()
}

fn uniform(evaluator: &Evaluator<'_>, name: &str, place: &Site) -> Uniform {
    let value = first_value(evaluator, place);
    Uniform {
        name: name.to_owned(),
        type_name: value.as_ref().and_then(|value| type_of(evaluator, value)),
        initial: value.as_ref().map(|value| shown(evaluator, value)),
        location: location(evaluator, place.module, place.expression),
        setters: vec![],
    }
}

/// The expression behind `value:`.
fn first_value(evaluator: &Evaluator<'_>, place: &Site) -> Option<Site> {
    evaluator.values_at(place).iter().find_map(|value| {
        let Value::Object(object) = value else {
            return None;
        };
        let mut properties = evaluator.properties(object).into_iter();
        properties.find(|(key, _)| key == "value").map(|(_, site)| site)
    })
}

/// Letters of a first value that are shown.
const SHOWN: usize = 40;

pub(super) fn shown(evaluator: &Evaluator<'_>, site: &Site) -> String {
    let written = evaluator.project.script(site.module).written(site.expression);
    shortened(&written, SHOWN)
}

/// The type in GLSL by a value of three.js
/// (<https://threejs.org/docs/#api/en/core/Uniform>).
pub(super) fn type_of(evaluator: &Evaluator<'_>, site: &Site) -> Option<String> {
    evaluator.values_at(site).iter().find_map(|value| {
        let name = match value {
            Value::Number(_) => "float",
            Value::Boolean(_) => "bool",
            value => {
                let class = class_of(evaluator, value)?;
                match class.name.as_str() {
                    "Vector2" => "vec2",
                    "Vector3" | "Color" => "vec3",
                    "Vector4" | "Quaternion" => "vec4",
                    "Matrix3" => "mat3",
                    "Matrix4" => "mat4",
                    "CubeTexture" => "samplerCube",
                    _ if class.category() == Category::Texture => "sampler2D",
                    _ => return None,
                }
            }
        };
        Some(name.to_owned())
    })
}

/// The type that a program declares for a uniform.
pub(super) fn declared_type(text: &str, name: &str) -> Option<String> {
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\buniform\s+(?:(?:lowp|mediump|highp)\s+)?(\w+)\s+([^;]+);").expect("a valid expression")
    });
    DECLARATION.captures_iter(text).find_map(|found| {
        let mut names = found[2].split(',').map(|declared| {
            let end = declared.find('[').unwrap_or(declared.len());
            declared[..end].trim()
        });
        names
            .any(|declared| declared == name)
            .then(|| found[1].to_owned())
    })
}

/// Who writes the value of a uniform, or changes it in place.
fn setters(
    evaluator: &Evaluator<'_>,
    holders: &Holders,
    made: &Made,
    name: &str,
    place: &Site,
) -> Vec<UniformSetter> {
    let mut found = vec![];
    // `mesh.material.uniforms.time.value = …`
    for (module, expression) in holders
        .0
        .get(&(made.module, made.expression))
        .into_iter()
        .flatten()
    {
        for done in evaluator.uses(*module, *expression) {
            if let [material, first, second, third, ..] = done.members.as_slice()
                && material == "material"
                && first == "uniforms"
                && second == name
                && third == "value"
            {
                found.push(setter(evaluator, done));
            }
        }
    }
    // `material.uniforms.time.value = …`
    for done in evaluator.uses(made.module, made.expression) {
        if let [first, second, third, ..] = done.members.as_slice()
            && first == "uniforms"
            && second == name
            && third == "value"
        {
            found.push(setter(evaluator, done));
        }
    }
    // `uniforms.time.value = …`, by the object that holds the value.
    for value in evaluator.values_at(place) {
        if let Value::Object(holder) = value {
            for done in evaluator.uses(holder.module, holder.expression) {
                if done.members.first().is_some_and(|first| first == "value") {
                    found.push(setter(evaluator, done));
                }
            }
        }
    }
    // `offset.set(…)`, of the object that is the value.
    if let Some(value) = first_value(evaluator, place) {
        for value in evaluator.values_at(&value) {
            if let Some(object) = value.site()
                && class_of(evaluator, &value).is_some_and(|class| class.category() == Category::Math)
            {
                let uses = evaluator.uses(object.module, object.expression).iter();
                found.extend(
                    uses.filter(|done| done.members.len() == 1)
                        .map(|done| setter(evaluator, done)),
                );
            }
        }
    }
    found.extend(by_name(evaluator, made.module, name));
    found
}

pub(super) fn setter(evaluator: &Evaluator<'_>, done: &Use) -> UniformSetter {
    placed(evaluator, done.site.module, done.site.expression)
}

pub(super) fn placed(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> UniformSetter {
    UniformSetter {
        location: location(evaluator, module, expression),
        function: function_name(evaluator, module, expression),
    }
}

/// `ref.current.uniforms.time.value = …` of the same module, where it is not known what is held.
fn by_name(evaluator: &Evaluator<'_>, module: ModuleId, name: &str) -> Vec<UniformSetter> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for id in script.expression_ids() {
        let target = match script.kind(id) {
            Kind::Assign {
                target: Some(target), ..
            } => *target,
            Kind::Call { callee, .. } => match script.kind(*callee) {
                Kind::Member { object, .. } => *object,
                _ => continue,
            },
            _ => continue,
        };
        if let Some(owner) = owner_of_uniform(evaluator, module, script, target, name)
            && evaluator
                .values(module, owner)
                .iter()
                .all(|value| value.site().is_none())
        {
            found.push(placed(evaluator, module, id));
        }
    }
    found
}

/// The object of `object.uniforms.name.value`.
fn owner_of_uniform(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    script: &Script,
    target: ExpressionId,
    name: &str,
) -> Option<ExpressionId> {
    let Kind::Member { object, property, .. } = script.kind(target) else {
        return None;
    };
    if property != "value" {
        return owner_of_uniform(evaluator, module, script, *object, name);
    }
    let (uniforms, written): (ExpressionId, Option<EcoString>) = match script.kind(*object) {
        Kind::Member { object, property, .. } => (*object, Some(property.clone())),
        Kind::Index { object, index } => {
            let keys = evaluator.values(module, *index);
            (*object, keys.iter().find_map(Value::as_literal))
        }
        _ => return None,
    };
    match script.kind(uniforms) {
        Kind::Member { object, property, .. }
            if property == "uniforms" && written.as_deref() == Some(name) =>
        {
            Some(*object)
        }
        _ => None,
    }
}

/// What a function that is handed a program does to it: the chunks that it replaces, and the uniforms that it adds.
pub(super) fn of_patch(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    function: FunctionId,
) -> (Vec<String>, Vec<Uniform>) {
    let script = evaluator.project.script(module);
    let mut chunks: Vec<String> = vec![];
    let mut uniforms: Vec<Uniform> = vec![];
    for id in script.expression_ids() {
        if script.expression(id).function != function {
            continue;
        }
        match script.kind(id) {
            Kind::Call {
                callee, arguments, ..
            } => {
                let is_replacement =
                    matches!(script.kind(*callee), Kind::Member { property, .. } if property == "replace");
                let first = arguments.first().filter(|_| is_replacement);
                let values = first.map(|first| evaluator.values(module, first.value));
                let chunk = values.iter().flatten().find_map(Value::as_literal);
                chunks.extend(
                    chunk
                        .map(|chunk| chunk.trim().to_owned())
                        .filter(|chunk| !chunks.contains(chunk)),
                );
            }
            Kind::Assign {
                target: Some(target),
                value,
                ..
            } => {
                let name = match script.kind(*target) {
                    Kind::Member { object, property, .. } if is_uniforms(script, *object) => property.clone(),
                    Kind::Index { object, index } if is_uniforms(script, *object) => {
                        match evaluator
                            .values(module, *index)
                            .iter()
                            .find_map(Value::as_literal)
                        {
                            Some(name) => name,
                            None => continue,
                        }
                    }
                    _ => continue,
                };
                let place = Site {
                    module,
                    expression: *value,
                    environment: crate::web::values::Environment::default(),
                };
                let mut added = uniform(evaluator, &name, &place);
                for held in evaluator.values_at(&place) {
                    if let Value::Object(holder) = held {
                        let uses = evaluator.uses(holder.module, holder.expression).iter();
                        let sets =
                            uses.filter(|done| done.members.first().is_some_and(|first| first == "value"));
                        added.setters.extend(sets.map(|done| setter(evaluator, done)));
                    }
                }
                added.setters.extend(by_name(evaluator, module, &name));
                added.setters.sort();
                added.setters.dedup();
                uniforms.push(added);
            }
            _ => {}
        }
    }
    (chunks, uniforms)
}

fn is_uniforms(script: &Script, object: ExpressionId) -> bool {
    matches!(script.kind(object), Kind::Member { property, .. } if property == "uniforms")
}
