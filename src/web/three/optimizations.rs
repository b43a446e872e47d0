//! What a frontend does already to spare frames, memory and the network, each with the place and the code that shows it.

mod drawing;
mod frames;
mod loading;
mod memory;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{
    handlers::{Handler, handlers},
    loops::Loop,
    objects::{Made, location},
    reach::Calls,
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::{
            shortened,
            tree::{Argument, Element, ExpressionId, ExpressionKind as Kind, Property, Script},
        },
        values::{Evaluator, External, Origin, Value},
    },
};

/// Something that is done already.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Optimization {
    /// Kebab-case, e.g. `instancing`.
    pub kind: &'static str,
    /// With what, e.g. `InstancedMesh`.
    pub subject: String,
    /// Where.
    pub location: Location,
    /// The code that shows it, shortened.
    pub evidence: String,
}

/// Every kind, in the order of the table, with what it means in a few words.
pub const KINDS: &[(&str, &str)] = &[
    ("instancing", "many objects in one draw call"),
    ("merged-geometry", "several geometries in one draw call"),
    ("level-of-detail", "less detail from afar"),
    ("bounding-volumes", "rays are tested against boxes first"),
    (
        "static-transforms",
        "matrices or shadows that are not computed again",
    ),
    ("pixel-ratio-cap", "a bound on how many pixels are drawn"),
    ("adaptive-quality", "fewer pixels while frames are slow"),
    ("power-preference", "which graphics card is asked for"),
    ("on-demand-rendering", "frames only when something changed"),
    ("frame-rate-limit", "fewer frames than the screen shows"),
    ("visibility", "no work while nothing is seen"),
    (
        "throttled-handler",
        "a frequent event that is not handled each time",
    ),
    ("compressed-models", "decoders for smaller models and textures"),
    ("lazy-loading", "code that is loaded when it is needed"),
    ("caching", "what is loaded or made once and kept"),
    ("worker", "work beside the main thread"),
    ("disposal", "memory of the graphics card given back"),
];

/// Everything that is done already, by kind in the order of [`KINDS`], subject and place.
#[must_use]
pub fn optimizations(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    loops: &[Loop],
    made: &[Made],
) -> Vec<Optimization> {
    let search = Search {
        evaluator,
        calls,
        loops,
        handlers: handlers(evaluator),
    };
    let mut found = drawing::of_objects(&search, made);
    found.extend(frames::of_handlers(&search));
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            let place = At {
                search: &search,
                module,
                script,
                id,
            };
            let kinds = [drawing::at, frames::at, loading::at, memory::at];
            found.extend(kinds.into_iter().filter_map(|at| at(&place)));
        }
    }
    let order = |kind: &str| KINDS.iter().position(|(known, _)| *known == kind);
    found.sort_by(|one, two| {
        (order(one.kind), &one.subject, &one.location).cmp(&(order(two.kind), &two.subject, &two.location))
    });
    found.dedup();
    found
}

struct Search<'a, 'p> {
    evaluator: &'a Evaluator<'p>,
    calls: &'a Calls<'a, 'p>,
    loops: &'a [Loop],
    handlers: Vec<Handler>,
}

/// An expression that is looked at.
struct At<'s, 'a, 'p> {
    search: &'s Search<'a, 'p>,
    module: ModuleId,
    script: &'s Script,
    id: ExpressionId,
}

/// A call of a method or function, by its last name.
struct CallAt<'s> {
    /// What the method is of; none for a function.
    object: Option<ExpressionId>,
    method: &'s str,
    callee: ExpressionId,
    arguments: &'s [Argument],
}

impl<'s> At<'s, '_, '_> {
    fn found(&self, kind: &'static str, subject: impl Into<String>) -> Optimization {
        self.search.found(kind, subject, self.module, self.id)
    }

    fn call(&self) -> Option<CallAt<'s>> {
        let Kind::Call {
            callee, arguments, ..
        } = self.script.kind(self.id)
        else {
            return None;
        };
        let (object, method) = match self.script.kind(*callee) {
            Kind::Member { object, property, .. } => (Some(*object), property.as_str()),
            Kind::Local(name) => (None, self.script.name(*name).text.as_str()),
            Kind::Global(name) => (None, name.as_str()),
            _ => return None,
        };
        Some(CallAt {
            object,
            method,
            callee: *callee,
            arguments,
        })
    }

    /// `object.property = value`.
    fn write(&self) -> Option<(ExpressionId, &'s str, ExpressionId)> {
        match self.script.kind(self.id) {
            Kind::Assign {
                operator: "=",
                target: Some(target),
                value,
            } => match self.script.kind(*target) {
                Kind::Member { object, property, .. } => Some((*object, property.as_str(), *value)),
                _ => None,
            },
            _ => None,
        }
    }

    fn element(&self) -> Option<&'s Element> {
        match self.script.kind(self.id) {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    fn values(&self, id: ExpressionId) -> Vec<Value> {
        self.search.evaluator.values(self.module, id)
    }

    /// What an expression is in a library: package and dotted name.
    fn library(&self, id: ExpressionId) -> Option<(String, String)> {
        self.values(id).iter().find_map(library_name)
    }

    fn is_global(&self, id: ExpressionId, path: &str) -> bool {
        self.values(id)
            .iter()
            .any(|value| matches!(value, Value::External(external) if external.is_global(path)))
    }
}

fn library_name(value: &Value) -> Option<(String, String)> {
    let Value::External(External {
        origin: Origin::Library { package, .. },
        members,
    }) = value
    else {
        return None;
    };
    Some((package.to_string(), members.join(".")))
}

/// The value of an attribute.
fn attribute(element: &Element, name: &str) -> Option<ExpressionId> {
    element.attributes.iter().find_map(|attribute| match attribute {
        Property::Named { key, value } if key == name => Some(*value),
        _ => None,
    })
}

impl Search<'_, '_> {
    fn found(
        &self,
        kind: &'static str,
        subject: impl Into<String>,
        module: ModuleId,
        id: ExpressionId,
    ) -> Optimization {
        let written = self.evaluator.project.script(module).written(id);
        Optimization {
            kind,
            subject: subject.into(),
            location: location(self.evaluator, module, id),
            evidence: shortened(&written, SHOWN),
        }
    }
}

/// Letters of code that are shown.
const SHOWN: usize = 48;
