//! Shaders: which materials and passes have programs of the project, where their text is, and who sets their uniforms.

mod compute;
mod holder;
mod nodes;
mod source;
mod uniform;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{
    catalogue::Category,
    declared::declared_class,
    objects::{Made, location},
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{ExpressionId, ExpressionKind as Kind, NameId, Property},
        values::{Evaluator, Origin, Site, UseKind, Value},
    },
};

pub use source::{ShaderSource, ShaderSourceKind};
pub use uniform::{Uniform, UniformSetter};

/// A material or pass with a program of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shader {
    /// `ShaderMaterial`, `RawShaderMaterial`, `ShaderPass`, `onBeforeCompile`, `shaderMaterial`, `MeshStandardNodeMaterial`, ….
    pub kind: String,
    /// Its own name: that of the project's class, else of the class that is made or changed.
    pub name: String,
    /// Where it is made, or where its program is changed.
    pub location: Location,
    /// Where the vertex shader's text is.
    pub vertex: Option<ShaderSource>,
    /// Where the fragment shader's text is.
    pub fragment: Option<ShaderSource>,
    /// Its uniforms, in order.
    pub uniforms: Vec<Uniform>,
    /// Chunks of three.js that `onBeforeCompile` replaces, nodes that a node material is given, and memory that a compute
    /// program reads and writes, in order.
    pub changes: Vec<String>,
    /// Who runs a compute program, by file and line.
    pub runs: Vec<UniformSetter>,
}

/// Every shader, by file and line.
#[must_use]
pub fn shaders(evaluator: &Evaluator<'_>, made: &[Made]) -> Vec<Shader> {
    let mut found: Vec<Shader> = vec![];
    let holders = uniform::Holders::new(evaluator, made);
    for made in made {
        found.extend(of_object(evaluator, &holders, made));
        found.extend(patched(evaluator, made));
    }
    let runs = compute::Runs::new(evaluator);
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        let imports = |wanted: &str| script.imports.iter().any(|import| import.module == wanted);
        if imports("@react-three/drei") {
            for id in script.expression_ids() {
                found.extend(drei_material(evaluator, module, id));
            }
        }
        if imports("three/tsl") || imports("three/webgpu") {
            found.extend(compute::computes(evaluator, module, &runs));
            found.extend(given_nodes(evaluator, module));
        }
    }
    found.sort_by(|one, two| (&one.location, &one.kind).cmp(&(&two.location, &two.kind)));
    found.dedup_by(|one, two| one.location == two.location && one.kind == two.kind);
    found
}

/// A material or pass that is made with a program, or given nodes.
fn of_object(evaluator: &Evaluator<'_>, holders: &uniform::Holders, made: &Made) -> Option<Shader> {
    let class = made.class.base.as_deref().unwrap_or(&made.class.name);
    let shader = Shader {
        kind: class.to_owned(),
        name: made.class.name.clone(),
        location: location(evaluator, made.module, made.expression),
        ..Shader::default()
    };
    let is_pipeline = matches!(class, "PostProcessing" | "RenderPipeline") && made.class.is_three();
    if is_pipeline || made.class.category() == Category::Material && class.ends_with("NodeMaterial") {
        return nodes(evaluator, made, shader);
    }
    if !matches!(class, "ShaderMaterial" | "RawShaderMaterial" | "ShaderPass") {
        return None;
    }
    let given = options(evaluator, made);
    let property = |name: &str| given.iter().find(|(key, _)| key == name).map(|(_, site)| site);
    let text = |name: &str| property(name).and_then(|site| source::source(evaluator, site));
    let shader = Shader {
        vertex: text("vertexShader"),
        fragment: text("fragmentShader"),
        uniforms: property("uniforms")
            .map(|site| uniform::uniforms(evaluator, holders, made, site))
            .unwrap_or_default(),
        ..shader
    };
    // A pass with a shader of the library has no program of the project.
    let is_own = shader.vertex.is_some() || shader.fragment.is_some() || !shader.uniforms.is_empty();
    (is_own || class != "ShaderPass").then(|| shader.with_types(evaluator))
}

/// The options that an object is made with: of `new ShaderMaterial({…})`, of a class's `super({…})`, of an element's attributes.
fn options(evaluator: &Evaluator<'_>, made: &Made) -> Vec<(ecow::EcoString, Site)> {
    let script = evaluator.project.script(made.module);
    let site = |module, expression| Site::alone(module, expression);
    let of_value = |module: ModuleId, expression: ExpressionId| -> Vec<(ecow::EcoString, Site)> {
        let values = evaluator.values(module, expression);
        let objects = values.iter().filter_map(|value| match value {
            Value::Object(site) => Some(evaluator.properties(site)),
            _ => None,
        });
        objects.flatten().collect()
    };
    match script.kind(made.expression) {
        Kind::Element(element) => element
            .attributes
            .iter()
            .flat_map(|attribute| match attribute {
                Property::Named { key, value } if key == "args" => match script.kind(*value) {
                    Kind::Array(items) => items
                        .first()
                        .map(|item| of_value(made.module, item.value))
                        .unwrap_or_default(),
                    _ => vec![],
                },
                Property::Named { key, value } => vec![(key.clone(), site(made.module, *value))],
                Property::Spread(value) => of_value(made.module, *value),
                Property::Accessor { .. } | Property::Computed { .. } => vec![],
            })
            .collect(),
        Kind::New { callee, arguments } if made.class.base.is_some() => {
            let classes = evaluator.values(made.module, *callee);
            let inherited = classes.iter().find_map(|value| match value {
                Value::Class(class) => Some(super_options(evaluator, class.module, class.class)),
                _ => None,
            });
            inherited
                .filter(|options| !options.is_empty())
                .unwrap_or_else(|| {
                    arguments
                        .first()
                        .map(|first| of_value(made.module, first.value))
                        .unwrap_or_default()
                })
        }
        Kind::New { arguments, .. } => arguments
            .first()
            .map(|first| of_value(made.module, first.value))
            .unwrap_or_default(),
        _ => vec![],
    }
}

/// What a class hands to `super(…)`.
fn super_options(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    class: crate::web::syntax::tree::ClassId,
) -> Vec<(ecow::EcoString, Site)> {
    let script = evaluator.project.script(module);
    script
        .expressions
        .iter()
        .find_map(|expression| {
            let Kind::Call {
                callee, arguments, ..
            } = &expression.kind
            else {
                return None;
            };
            let is_own = script.function(expression.function).class == Some(class);
            let is_super = matches!(script.kind(*callee), Kind::Super);
            let first = arguments.first().filter(|_| is_own && is_super)?;
            evaluator
                .values(module, first.value)
                .iter()
                .find_map(|value| match value {
                    Value::Object(site) => Some(evaluator.properties(site)),
                    _ => None,
                })
        })
        .unwrap_or_default()
}

/// Nodes that a material of TSL is given: `material.colorNode = …`, `new MeshStandardNodeMaterial({ colorNode })`.
fn nodes(evaluator: &Evaluator<'_>, made: &Made, shader: Shader) -> Option<Shader> {
    let mut changes: Vec<String> = vec![];
    let mut roots = vec![];
    for (key, site) in options(evaluator, made) {
        if key.ends_with("Node") {
            changes.push(key.to_string());
            roots.push((site.module, site.expression));
        }
    }
    for done in evaluator.uses(made.module, made.expression) {
        if let ([member], UseKind::Write(value)) = (done.members.as_slice(), done.kind)
            && member.ends_with("Node")
        {
            roots.push((done.site.module, value));
            if !changes.contains(&member.to_string()) {
                changes.push(member.to_string());
            }
        }
    }
    (!changes.is_empty()).then(|| Shader {
        uniforms: nodes::graph(evaluator, &roots).uniforms,
        changes,
        ..shader
    })
}

/// Materials that are given nodes in a module and made in a way that is not known: `make(MeshStandardNodeMaterial)`.
fn given_nodes(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Shader> {
    let script = evaluator.project.script(module);
    let mut found: Vec<(NameId, Shader, Vec<ExpressionId>)> = vec![];
    for id in script.expression_ids() {
        let Kind::Assign {
            target: Some(target),
            value,
            ..
        } = script.kind(id)
        else {
            continue;
        };
        let Kind::Member { object, property, .. } = script.kind(*target) else {
            continue;
        };
        let Kind::Local(name) = script.kind(*object) else {
            continue;
        };
        let is_known = || {
            let mut values = evaluator.values(module, *object).into_iter();
            values.any(|value| match value {
                Value::External(external) => matches!(external.origin, Origin::Made { .. }),
                value => value.site().is_some(),
            })
        };
        if !property.ends_with("Node") || is_known() {
            continue;
        }
        let index = found.iter().position(|(known, ..)| known == name);
        let index = index.unwrap_or_else(|| {
            let class = declared_class(evaluator, module, *object);
            let kind = class.map_or_else(|| "NodeMaterial".to_owned(), |class| class.name);
            let shader = Shader {
                name: kind.clone(),
                kind,
                location: location(evaluator, module, id),
                ..Shader::default()
            };
            found.push((*name, shader, vec![]));
            found.len() - 1
        });
        let (_, shader, roots) = &mut found[index];
        roots.push(*value);
        if !shader.changes.contains(&property.to_string()) {
            shader.changes.push(property.to_string());
        }
    }
    found
        .into_iter()
        .map(|(_, shader, roots)| {
            let roots: Vec<_> = roots.into_iter().map(|root| (module, root)).collect();
            Shader {
                uniforms: nodes::graph(evaluator, &roots).uniforms,
                ..shader
            }
        })
        .collect()
}

/// `material.onBeforeCompile = (shader) => …`: chunks that are replaced and uniforms that are added.
fn patched(evaluator: &Evaluator<'_>, made: &Made) -> Vec<Shader> {
    let mut found = vec![];
    for done in evaluator.uses(made.module, made.expression) {
        let ([member], UseKind::Write(value)) = (done.members.as_slice(), done.kind) else {
            continue;
        };
        if member != "onBeforeCompile" {
            continue;
        }
        let module = done.site.module;
        for function in evaluator.values(module, value) {
            let Value::Function(closure) = function else {
                continue;
            };
            let (changes, uniforms) = uniform::of_patch(evaluator, closure.module, closure.function);
            found.push(Shader {
                kind: "onBeforeCompile".to_owned(),
                name: made.class.name.clone(),
                location: location(evaluator, module, done.site.expression),
                uniforms,
                changes,
                ..Shader::default()
            });
        }
    }
    found
}

/// `shaderMaterial(uniforms, vertex, fragment)` of drei (<https://drei.docs.pmnd.rs/shaders/shader-material>).
fn drei_material(evaluator: &Evaluator<'_>, module: ModuleId, id: ExpressionId) -> Option<Shader> {
    let script = evaluator.project.script(module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(id)
    else {
        return None;
    };
    let is_drei = matches!(script.kind(*callee), Kind::Local(_) | Kind::Member { .. })
        && evaluator.values(module, *callee).iter().any(|value| {
            matches!(value, Value::External(external)
                if external.of_package("@react-three/drei").is_some_and(|name| name == "shaderMaterial"))
        });
    if !is_drei {
        return None;
    }
    let site = |index: usize| {
        arguments
            .get(index)
            .map(|argument| Site::alone(module, argument.value))
    };
    let shader = Shader {
        kind: "shaderMaterial".to_owned(),
        name: "ShaderMaterial".to_owned(),
        location: location(evaluator, module, id),
        vertex: site(1).and_then(|site| source::source(evaluator, &site)),
        fragment: site(2).and_then(|site| source::source(evaluator, &site)),
        uniforms: site(0)
            .map(|site| uniform::plain(evaluator, &site))
            .unwrap_or_default(),
        ..Shader::default()
    };
    Some(shader.with_types(evaluator))
}

impl Shader {
    /// With the types that the programs declare for its uniforms.
    fn with_types(mut self, evaluator: &Evaluator<'_>) -> Self {
        let sources = [&self.vertex, &self.fragment];
        let texts: Vec<String> = sources
            .into_iter()
            .flatten()
            .filter_map(|source| source.text(evaluator))
            .collect();
        for uniform in &mut self.uniforms {
            let mut declared = texts
                .iter()
                .filter_map(|text| uniform::declared_type(text, &uniform.name));
            if let Some(declared) = declared.next() {
                uniform.type_name = Some(declared);
            }
        }
        self
    }
}
