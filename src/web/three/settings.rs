//! Settings of renderers, canvases and lights that decide what a frame costs and looks like: shadows, pixel ratio, tone
//! mapping, color space, which graphics card is asked for, headsets.
//!
//! <https://threejs.org/docs/#api/en/renderers/WebGLRenderer>, <https://threejs.org/docs/#api/en/lights/shadows/LightShadow>,
//! <https://r3f.docs.pmnd.rs/api/canvas>, <https://threlte.xyz/docs/reference/core/canvas>,
//! <https://docs.tresjs.org/api/components/tres-canvas>

#[cfg(test)]
mod tests;

mod names;

use serde::Serialize;

use names::{ATTRIBUTES, OF_LIGHTS, OPTIONS, PROPERTIES, SETTERS};

use super::{
    category::Category,
    graph::classes_of,
    objects::{ClassName, class_of, location},
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::{
            shortened,
            tree::{Element, ExpressionId, ExpressionKind as Kind, Property, Script, Tag},
        },
        values::{Evaluator, Site, Value},
    },
};

/// A setting of a renderer, canvas or light.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SceneSetting {
    /// The class that it is set on, e.g. `WebGLRenderer`; `renderer` where that is not known.
    pub subject: String,
    /// What kind of thing that is: `renderer` or `light`.
    pub category: String,
    /// Which, e.g. `shadowMap.type`.
    pub name: String,
    /// To what: a constant's name, a number, or as written.
    pub value: String,
    /// Where.
    pub location: Location,
}

/// Letters of a value that are shown.
const SHOWN: usize = 40;

/// Every setting, by module and place.
#[must_use]
pub fn settings(evaluator: &Evaluator<'_>) -> Vec<SceneSetting> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            let at = At {
                evaluator,
                module,
                script,
                id,
            };
            match script.kind(id) {
                Kind::Assign {
                    operator: "=",
                    target: Some(target),
                    value,
                } => found.extend(at.assigned(*target, *value)),
                Kind::Call {
                    callee, arguments, ..
                } => {
                    let values: Vec<ExpressionId> = arguments.iter().map(|argument| argument.value).collect();
                    found.extend(at.called(*callee, &values));
                }
                Kind::New { arguments, .. } => {
                    if let Some(first) = arguments.first() {
                        found.extend(at.constructed(first.value));
                    }
                }
                Kind::Element(element) => found.extend(at.element(element)),
                _ => {}
            }
        }
    }
    found
}

/// An expression that is looked at.
struct At<'s, 'p> {
    evaluator: &'s Evaluator<'p>,
    module: ModuleId,
    script: &'s Script,
    id: ExpressionId,
}

/// What something is set on.
struct Subject {
    class: String,
    category: Category,
}

impl Subject {
    fn of(class: ClassName) -> Self {
        Self {
            category: class.category(),
            class: class.name,
        }
    }
}

impl At<'_, '_> {
    fn setting(&self, subject: &Subject, name: &str, value: String) -> SceneSetting {
        SceneSetting {
            subject: subject.class.clone(),
            category: subject.category.as_str().to_owned(),
            name: name.to_owned(),
            value,
            location: location(self.evaluator, self.module, self.id),
        }
    }

    /// A constant of a library by its name, a literal as it is, else as written.
    fn value(&self, id: ExpressionId) -> String {
        // An attribute without a value is written as its name.
        if let Kind::Boolean(value) = self.script.kind(id) {
            return value.to_string();
        }
        let values = self.evaluator.values(self.module, id);
        if let [only] = values.as_slice() {
            match only {
                Value::External(external)
                    if matches!(self.script.kind(id), Kind::Local(_) | Kind::Member { .. }) =>
                {
                    if let Some(name) = external.members.last().filter(|_| external.site().is_none()) {
                        return name.to_string();
                    }
                }
                value => {
                    if let Some(literal) = value.as_literal() {
                        return literal.as_str().to_owned();
                    }
                }
            }
        }
        shortened(&self.script.written(id), SHOWN)
    }

    /// `renderer.shadowMap.type = PCFShadowMap`
    fn assigned(&self, target: ExpressionId, value: ExpressionId) -> Option<SceneSetting> {
        let (name, object) = self.known_path(target, |path| {
            PROPERTIES.contains(&path) || OF_LIGHTS.contains(&path)
        })?;
        let subject = self.subject(object, &name)?;
        Some(self.setting(&subject, &name, self.value(value)))
    }

    /// `renderer.setPixelRatio(2)`, `light.shadow.mapSize.set(1024, 1024)`
    fn called(&self, callee: ExpressionId, arguments: &[ExpressionId]) -> Option<SceneSetting> {
        let first = *arguments.first()?;
        let is_setter = |path: &str| SETTERS.iter().any(|(setter, _)| *setter == path);
        let (name, object) =
            self.known_path(callee, |path| is_setter(path) || path == "shadow.mapSize.set")?;
        let subject = self.subject(object, &name)?;
        if name == "shadow.mapSize.set" {
            let sides: Vec<String> = arguments.iter().map(|side| self.value(*side)).collect();
            return Some(self.setting(&subject, "shadow.mapSize", sides.join(" × ")));
        }
        let (_, name) = SETTERS.into_iter().find(|(setter, _)| *setter == name)?;
        Some(self.setting(&subject, name, self.value(first)))
    }

    /// `new WebGLRenderer({ antialias: true })`
    fn constructed(&self, options: ExpressionId) -> Vec<SceneSetting> {
        let Kind::Object(properties) = self.script.kind(options) else {
            return vec![];
        };
        let site = Site::alone(self.module, self.id);
        let mut values = self.evaluator.values_at(&site).into_iter();
        let class = values.find_map(|value| class_of(self.evaluator, &value));
        match class.map(Subject::of) {
            Some(subject) if subject.category == Category::Renderer => self.options(&subject, properties),
            _ => vec![],
        }
    }

    fn options(&self, subject: &Subject, properties: &[Property]) -> Vec<SceneSetting> {
        let settings = properties.iter().filter_map(|property| match property {
            Property::Named { key, value } => {
                let is_known = OPTIONS.contains(&key.as_str()) || PROPERTIES.contains(&key.as_str());
                is_known.then(|| self.setting(subject, key, self.value(*value)))
            }
            _ => None,
        });
        settings.collect()
    }

    fn element(&self, element: &Element) -> Vec<SceneSetting> {
        if let Some(canvas) = self.canvas(element) {
            let subject = Subject {
                class: canvas.to_owned(),
                category: Category::Renderer,
            };
            let attributes = self.attributes(element);
            let settings = attributes.into_iter().flat_map(|(key, value)| {
                match (key.as_str(), self.script.kind(value)) {
                    // The options of the renderer, or its properties: https://r3f.docs.pmnd.rs/api/canvas#render-props
                    ("gl", Kind::Object(properties)) => self.options(&subject, properties),
                    (key, _)
                        if ATTRIBUTES.contains(&key)
                            || OPTIONS.contains(&key)
                            || PROPERTIES.contains(&key) =>
                    {
                        vec![self.setting(&subject, key, self.value(value))]
                    }
                    _ => vec![],
                }
            });
            return settings.collect();
        }
        let site = Site::alone(self.module, self.id);
        let class = class_of(self.evaluator, &Value::Element(site));
        let Some(subject) = class
            .map(Subject::of)
            .filter(|subject| subject.category == Category::Light)
        else {
            return vec![];
        };
        let settings = self.attributes(element).into_iter().filter_map(|(key, value)| {
            // `shadow-mapSize` of react-three-fiber and TresJS, `shadow.mapSize` of Threlte.
            let name = match key.as_str() {
                "castShadow" | "shadow.mapSize" => key,
                "shadowMapSize" => "shadow.mapSize".to_owned(),
                key => key.strip_prefix("shadow-").map(|rest| {
                    format!("shadow.{}", rest.replace("map-size", "mapSize").replace('-', "."))
                })?,
            };
            if !OF_LIGHTS.contains(&name.as_str()) {
                return None;
            }
            Some(self.setting(&subject, &name, self.value(value)))
        });
        settings.collect()
    }

    /// The attributes of an element by their names in camel case, as Vue's templates write them in kebab case too.
    fn attributes(&self, element: &Element) -> Vec<(String, ExpressionId)> {
        let attributes = element.attributes.iter().filter_map(|attribute| match attribute {
            Property::Named { key, value } if key.starts_with("shadow-") => Some((key.to_string(), *value)),
            Property::Named { key, value } => Some((camel_case(key), *value)),
            _ => None,
        });
        attributes.collect()
    }

    /// The canvas of a component library that an element is.
    fn canvas(&self, element: &Element) -> Option<&'static str> {
        let Tag::Component(component) = &element.tag else {
            return None;
        };
        let values = self.evaluator.values(self.module, *component);
        values.iter().find_map(|value| {
            let Value::External(external) = value else {
                return None;
            };
            let (package, _) = external.package()?;
            match (package.as_str(), external.of_package(package)?.as_str()) {
                ("@react-three/fiber" | "@react-three/fiber/webgpu" | "@threlte/core", "Canvas") => {
                    Some("Canvas")
                }
                ("@tresjs/core", "TresCanvas") => Some("TresCanvas"),
                _ => None,
            }
        })
    }

    /// The longest known way of members that an expression ends with, and the object in front of it.
    fn known_path(
        &self,
        expression: ExpressionId,
        is_known: impl Fn(&str) -> bool,
    ) -> Option<(String, ExpressionId)> {
        let mut path = String::new();
        let mut object = expression;
        let mut found = None;
        for _ in 0..4 {
            let Kind::Member {
                object: of, property, ..
            } = self.script.kind(object)
            else {
                break;
            };
            path = match path.is_empty() {
                true => property.to_string(),
                false => format!("{property}.{path}"),
            };
            object = *of;
            if is_known(&path) {
                found = Some((path.clone(), object));
            }
        }
        found
    }

    /// The renderer or light that something is set on. Of an object that is not known, the names that only a renderer has tell.
    fn subject(&self, object: ExpressionId, name: &str) -> Option<Subject> {
        let classes = classes_of(self.evaluator, self.module, object);
        let is_of_light = OF_LIGHTS.contains(&name) || name == "shadow.mapSize.set";
        let wanted = if is_of_light {
            Category::Light
        } else {
            Category::Renderer
        };
        let mut values = self.evaluator.values(self.module, object).into_iter();
        let is_unknown = classes.is_empty() && !values.any(|value| matches!(value, Value::Object(_)));
        let known = classes.into_iter().find(|class| class.category() == wanted);
        known.map(Subject::of).or_else(|| {
            let is_telling = !matches!(name, "sortObjects" | "castShadow" | "setPixelRatio");
            (is_unknown && is_telling).then(|| Subject {
                class: wanted.as_str().to_owned(),
                category: wanted,
            })
        })
    }
}

fn camel_case(key: &str) -> String {
    let mut parts = key.split('-');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters);
    }
    name
}
