//! The objects of three.js that a frontend makes: by `new`, or by the elements of react-three-fiber.

use serde::Serialize;

use super::{
    assets::loaded_class,
    catalogue,
    class_name::{is_components, is_three, library_class},
    context, part, physics, xr,
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{
            DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, FunctionId, Property, Script,
            Tag,
        },
        values::{Evaluator, External, Origin, Site, Value},
    },
};

pub use super::class_name::ClassName;
pub(super) use super::class_name::{class_name, is_of_three, three};

/// An object that is made somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct SceneObject {
    /// Its class, e.g. `PerspectiveCamera`; of a class of the project, that class's own name.
    pub class: String,
    /// The class of three.js that a project's class inherits from.
    pub base: Option<String>,
    /// What kind of thing it is: `camera`, `light`, `loader`, ….
    pub category: String,
    /// Where it is made.
    pub location: Location,
    /// The function that it is made in, `file:name`; the file alone for the top level.
    pub function: String,
    /// Whether it is an element of a component.
    pub is_element: bool,
}

/// An object within the scripts.
#[derive(Clone, Debug)]
pub struct Made {
    /// Where.
    pub module: ModuleId,
    /// The `new` expression or element.
    pub expression: ExpressionId,
    /// Its class.
    pub class: ClassName,
}

/// Every object of three.js, and of the libraries around it, by module and place.
#[must_use]
pub fn made(evaluator: &Evaluator<'_>) -> Vec<Made> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        found.extend(made_in(evaluator, module));
    }
    found
}

/// What calls of libraries give that stands in a scene without `new`: bodies of a physics engine, controllers of a headset.
#[must_use]
pub fn made_by_calls(evaluator: &Evaluator<'_>) -> Vec<Made> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(expression)
            else {
                continue;
            };
            let class = physics::made_by_call(evaluator, module, *callee)
                .or_else(|| xr::made_by_call(evaluator, module, *callee, arguments));
            found.extend(class.map(|class| Made {
                module,
                expression,
                class,
            }));
        }
    }
    found
}

/// The objects that one module makes.
pub(super) fn made_in(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Made> {
    let script = evaluator.project.script(module);
    let ids = script.expression_ids();
    ids.filter_map(|expression| {
        let class = class_at(evaluator, module, expression)?;
        Some(Made {
            module,
            expression,
            class,
        })
    })
    .collect()
}

/// The class that an expression makes an object of.
fn class_at(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Option<ClassName> {
    let script = evaluator.project.script(module);
    match script.kind(expression) {
        Kind::New { callee, .. } => {
            let values = evaluator.values(module, *callee);
            let named = values
                .iter()
                .find_map(|value| class_name(evaluator, value).or_else(|| physics::bullet_class(value)));
            named.map(|class| with_local_name(class, script, *callee))
        }
        Kind::Element(element) => class_of_element(evaluator, module, element),
        _ => None,
    }
}

/// A default export has no name of its own: it is called as here.
fn with_local_name(mut class: ClassName, script: &Script, callee: ExpressionId) -> ClassName {
    if class.name == "default" {
        class.name = match script.kind(callee) {
            Kind::Local(name) => script.name(*name).text.to_string(),
            Kind::Member { property, .. } => property.to_string(),
            _ => class.name,
        };
    }
    class
}

/// `<mesh>` of react-three-fiber is a `Mesh`
/// (<https://r3f.docs.pmnd.rs/api/objects>); in a page's own markup it is nothing.
fn class_of_element(evaluator: &Evaluator<'_>, module: ModuleId, element: &Element) -> Option<ClassName> {
    match &element.tag {
        Tag::Intrinsic(tag) => {
            if !uses_fiber(evaluator.project.script(module)) {
                return None;
            }
            let name = catalogue::class_of_element(tag).filter(|_| !is_html(tag))?;
            Some(ClassName {
                name,
                base: None,
                package: "three".into(),
                path: String::new(),
            })
        }
        Tag::Component(component) => {
            let external = component_of_library(evaluator, module, *component)?;
            component_class(&external).or_else(|| {
                let is = object_attribute(evaluator, module, element)?;
                let classes = evaluator.values(module, is);
                classes.iter().find_map(|class| class_name(evaluator, class))
            })
        }
        Tag::Fragment => None,
    }
}

/// The component of a library that a tag means. In the repository of a library around three.js, its examples import it
/// by the package's name, which leads into the workspace: they mean the published component.
pub(super) fn component_of_library(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    component: ExpressionId,
) -> Option<External> {
    imported_component(evaluator.project.script(module), component).or_else(|| {
        let values = evaluator.values(module, component);
        values.into_iter().find_map(|value| match value {
            Value::External(external) => Some(external),
            _ => None,
        })
    })
}

fn imported_component(script: &Script, component: ExpressionId) -> Option<External> {
    match script.kind(component) {
        Kind::Member { object, property, .. } => {
            imported_component(script, *object).map(|whole| whole.member(property))
        }
        Kind::Local(name) => {
            let [definition] = script.name(*name).definitions.as_slice() else {
                return None;
            };
            let DefinitionSource::Import(import, place) = definition.source else {
                return None;
            };
            let import = &script.imports[import as usize];
            if !is_components(&import.module) {
                return None;
            }
            let parts: Vec<&str> = import.module.splitn(3, '/').collect();
            let imported = &import.names[place as usize].imported;
            Some(External {
                origin: Origin::Library {
                    package: parts.get(..2)?.join("/").into(),
                    path: parts.get(2).copied().unwrap_or_default().into(),
                },
                members: if imported == "*" {
                    vec![]
                } else {
                    vec![imported.clone()]
                },
            })
        }
        _ => None,
    }
}

/// The attribute that says which object an element stands for: `<primitive object={…}>`
/// (<https://r3f.docs.pmnd.rs/api/objects#putting-already-existing-objects-into-the-scene-graph>,
/// <https://docs.tresjs.org/api/components/tres-objects#primitives>), `<T is={…}>`, where it may be a class too
/// (<https://threlte.xyz/docs/reference/core/t>).
pub(super) fn object_attribute(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    element: &Element,
) -> Option<ExpressionId> {
    let key = match &element.tag {
        Tag::Intrinsic(tag) if tag == "primitive" => "object",
        Tag::Component(component) => {
            let external = component_of_library(evaluator, module, *component)?;
            let is_template = external.of_package("@threlte/core").as_deref() == Some("T");
            let is_primitive = external.is_global("TresPrimitive");
            match (is_template, is_primitive) {
                (true, _) => "is",
                (_, true) => "object",
                _ => return None,
            }
        }
        _ => return None,
    };
    element.attributes.iter().find_map(|attribute| match attribute {
        Property::Named { key: name, value } if name == key => Some(*value),
        _ => None,
    })
}

/// The class of a component of a library around three.js; `T.Mesh` of Threlte and `TresMesh` of TresJS are classes of
/// three.js itself (<https://threlte.xyz/docs/reference/core/t>, <https://docs.tresjs.org/api/instances-arguments-and-props>).
fn component_class(external: &External) -> Option<ClassName> {
    let of_three = |name: &str| ClassName {
        name: name.to_owned(),
        base: None,
        package: "three".into(),
        path: String::new(),
    };
    if external.origin == Origin::Global {
        let [tag] = external.members.as_slice() else {
            return None;
        };
        let name = catalogue::class_of_element(tag).filter(|_| tag.starts_with("Tres"))?;
        return Some(of_three(&name));
    }
    let (package, _) = external.package()?;
    if package == "@threlte/core"
        && let [first, name] = external.members.as_slice()
        && first == "T"
    {
        return Some(of_three(name));
    }
    let is_around = is_components(package);
    let is_template = external.members.last().is_some_and(|last| last == "T");
    (is_around && !is_template || is_three(package))
        .then(|| library_class(external))
        .flatten()
}

/// Elements that the page and three.js both know.
fn is_html(tag: &str) -> bool {
    matches!(
        tag,
        "audio" | "line" | "object" | "source" | "path" | "color" | "group"
    ) && tag != "group"
        && tag != "color"
}

fn uses_fiber(script: &Script) -> bool {
    script.imports.iter().any(|import| {
        import.module.starts_with("@react-three/") || import.module == "three" || import.module.starts_with("three/")
    }) || !script.expressions.iter().any(|expression| {
        matches!(&expression.kind, Kind::Element(Element { tag: Tag::Intrinsic(tag), .. }) if matches!(tag.as_str(), "div" | "span" | "p" | "svg" | "button"))
    })
}

/// The class of an object that a value is.
#[must_use]
pub fn class_of(evaluator: &Evaluator<'_>, value: &Value) -> Option<ClassName> {
    match value {
        Value::Instance(instance) => class_name(evaluator, &Value::Class(instance.class.clone())),
        Value::External(external) => class_of_external(evaluator, external),
        Value::Element(site) => class_at(evaluator, site.module, site.expression),
        _ => None,
    }
}

/// The class of something outside of the project: known as it is, or as a part of what is known.
fn class_of_external(evaluator: &Evaluator<'_>, external: &External) -> Option<ClassName> {
    whole_class(evaluator, external).or_else(|| {
        (0..external.members.len()).rev().find_map(|length| {
            let (holder, part) = external.members.split_at(length);
            let holder = External {
                origin: external.origin.clone(),
                members: holder.to_vec(),
            };
            let class = match (&external.origin, length) {
                (Origin::Inherited { base, .. }, 0) => library_class(base),
                _ => whole_class(evaluator, &holder),
            };
            part::class_of_members(evaluator, &class?, external.site(), part)
        })
    })
}

fn whole_class(evaluator: &Evaluator<'_>, external: &External) -> Option<ClassName> {
    match &external.origin {
        Origin::Made { class, .. } if external.members.is_empty() => library_class(class),
        Origin::Made { .. } | Origin::Inherited { .. } => None,
        Origin::Given { callee, site, .. } => context::class_of_given(external)
            .map(three)
            .or_else(|| part::class_of_handed(evaluator, external).filter(|_| external.members.is_empty()))
            .or_else(|| loaded_class(evaluator, callee, site, &external.members)),
        Origin::Result { callee, site } => copied_class(evaluator, external)
            .or_else(|| part::class_of_given(evaluator, callee).filter(|_| external.members.is_empty()))
            .or_else(|| context::class_of_result(evaluator, callee, site, &external.members).map(three))
            .or_else(|| loaded_class(evaluator, callee, site, &external.members)),
        Origin::Library { .. } | Origin::Global => None,
    }
}

/// A copy is of the class of what is copied: `gltf.scene.clone()`, `SkeletonUtils.clone(gltf.scene)`.
fn copied_class(evaluator: &Evaluator<'_>, copy: &External) -> Option<ClassName> {
    let Origin::Result { callee, site } = &copy.origin else {
        return None;
    };
    let (method, object) = callee.members.split_last()?;
    if method != "clone" || !copy.members.is_empty() {
        return None;
    }
    if let Origin::Library { package, .. } = &callee.origin {
        let copied = evaluator
            .arguments_of(site)
            .first()
            .filter(|_| is_three(package))?
            .value;
        let values = evaluator.values(site.module, copied);
        return values.iter().find_map(|value| class_of(evaluator, value));
    }
    let copied = External {
        origin: callee.origin.clone(),
        members: object.to_vec(),
    };
    class_of(evaluator, &Value::External(copied))
}

/// The place of an expression.
#[must_use]
pub fn location(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Location {
    let script = evaluator.project.script(module);
    let span = script.expression(expression);
    let (line, column) = script.position(span.start);
    Location {
        file: evaluator.project.module(module).file.to_string(),
        line,
        end_line: line.max(script.line(span.end.saturating_sub(1))),
        column,
    }
}

/// The function that an expression stands in, `file:name`, nameless ones left out; the file alone for the top level.
#[must_use]
pub fn function_name(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> String {
    let function = evaluator.project.script(module).expression(expression).function;
    name_of_function(evaluator, module, function)
}

/// A function as `file:name`; one without a name by the one around it, and the top level by the file alone.
#[must_use]
pub fn name_of_function(evaluator: &Evaluator<'_>, module: ModuleId, function: FunctionId) -> String {
    let script = evaluator.project.script(module);
    let mut next = Some(function);
    let mut names: Vec<&str> = vec![];
    while let Some(id) = next {
        let function = script.function(id);
        if !function.name.is_empty() {
            names.insert(0, &function.name);
            if let Some(class) = function.class
                && !script.class(class).name.is_empty()
                && script.class(class).function != Some(id)
            {
                names.insert(0, &script.class(class).name);
            }
            break;
        }
        next = function.parent;
    }
    let file = &evaluator.project.module(module).file;
    if names.is_empty() {
        file.to_string()
    } else {
        format!("{file}:{}", names.join("."))
    }
}

impl Made {
    /// As plain data.
    #[must_use]
    pub fn describe(&self, evaluator: &Evaluator<'_>) -> SceneObject {
        let script = evaluator.project.script(self.module);
        SceneObject {
            class: self.class.name.clone(),
            base: self.class.base.clone(),
            category: self.class.category().as_str().to_owned(),
            location: location(evaluator, self.module, self.expression),
            function: function_name(evaluator, self.module, self.expression),
            is_element: matches!(script.kind(self.expression), Kind::Element(_)),
        }
    }

    /// As a place to ask about.
    #[must_use]
    pub fn site(&self) -> Site {
        Site::alone(self.module, self.expression)
    }
}
