//! Programs that are built of nodes (TSL): what a node leads to, the uniforms in it, compute programs and who runs them.
//!
//! <https://github.com/mrdoob/three.js/wiki/Three.js-Shading-Language>

use std::{cmp::Reverse, collections::BTreeSet, rc::Rc};

use rustc_hash::FxHashMap;

use super::{
    holder::{holder, outermost},
    uniform::{Uniform, UniformSetter, placed, setter, shown, type_of},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, NameId},
    three::objects::location,
    values::{Evaluator, External, Origin, Site, UseKind, Value},
};

/// Expressions that are looked at for one program.
const BUDGET: usize = 20_000;

/// Functions that make a uniform.
const UNIFORMS: [&str; 3] = ["uniform", "uniformArray", "uniformTexture"];

/// Functions that make memory that programs read and write, and the class of a texture that they write.
const STORAGES: [&str; 6] = [
    "storage",
    "instancedArray",
    "attributeArray",
    "storageObject",
    "storageTexture",
    "textureStore",
];

/// What some nodes lead to.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) uniforms: Vec<Uniform>,
    /// Names of the memory that it reads or writes.
    pub(super) storages: Vec<String>,
}

type Place = (ModuleId, ExpressionId);

/// What some nodes lead to: through names, members, and the project's functions.
pub(super) fn graph(evaluator: &Evaluator<'_>, roots: &[Place]) -> Graph {
    let mut walk = Walk {
        evaluator,
        seen: BTreeSet::new(),
        ordered: FxHashMap::default(),
        functions: BTreeSet::new(),
        uniforms: vec![],
        storages: vec![],
    };
    for (module, expression) in roots {
        walk.expression(*module, *expression);
    }
    Graph {
        uniforms: walk
            .uniforms
            .iter()
            .map(|place| uniform(evaluator, *place))
            .collect(),
        storages: walk
            .storages
            .iter()
            .map(|place| holder(evaluator, *place))
            .collect(),
    }
}

struct Walk<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    seen: BTreeSet<Place>,
    /// The expressions of the modules that were looked into, by place.
    ordered: FxHashMap<ModuleId, Rc<[ExpressionId]>>,
    functions: BTreeSet<(ModuleId, FunctionId)>,
    uniforms: Vec<Place>,
    storages: Vec<Place>,
}

impl Walk<'_, '_> {
    fn expression(&mut self, module: ModuleId, outer: ExpressionId) {
        let script = self.evaluator.project.script(module);
        let span = script.expression(outer);
        self.span(module, span.start, span.end);
    }

    /// All that stands in a piece of a script, functions in it too.
    fn span(&mut self, module: ModuleId, start: u32, end: u32) {
        let script = self.evaluator.project.script(module);
        let ordered = self.ordered.entry(module).or_insert_with(|| {
            let mut ids: Vec<ExpressionId> = script.expression_ids().collect();
            // The outer ones first: of `uniforms.tone` only that one is meant.
            ids.sort_by_key(|id| {
                let expression = script.expression(*id);
                (expression.start, Reverse(expression.end))
            });
            ids.into()
        });
        let ordered = Rc::clone(ordered);
        let first = ordered.partition_point(|id| script.expression(*id).start < start);
        let within = ordered[first..].iter().copied();
        let within = within.take_while(|id| script.expression(*id).start < end);
        for id in within.filter(|id| script.expression(*id).end <= end) {
            if self.seen.len() < BUDGET && self.seen.insert((module, id)) {
                self.follow(module, id);
            }
        }
    }

    fn follow(&mut self, module: ModuleId, id: ExpressionId) {
        let script = self.evaluator.project.script(module);
        match script.kind(id) {
            Kind::Local(name) => self.name(module, *name),
            Kind::Member { object, .. } => {
                let values = self.evaluator.values(module, id);
                if values.iter().any(|value| self.value(value)) {
                    self.pass_over(module, *object);
                }
            }
            Kind::Call { callee, .. } | Kind::New { callee, .. } => {
                match tsl(self.evaluator, module, *callee) {
                    Some(name) if UNIFORMS.contains(&name.as_str()) => add(&mut self.uniforms, (module, id)),
                    Some(name) if STORAGES.contains(&name.as_str()) => add(&mut self.storages, (module, id)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, module: ModuleId, name: NameId) {
        let script = self.evaluator.project.script(module);
        let mut is_elsewhere = false;
        for definition in &script.name(name).definitions {
            match definition.source {
                DefinitionSource::Expression(value) if definition.path.is_empty() => {
                    self.expression(module, value);
                }
                DefinitionSource::Function(function) => self.function(module, function),
                DefinitionSource::Class(_) => {}
                _ => is_elsewhere = true,
            }
        }
        if is_elsewhere {
            for value in self.evaluator.values_of_name(module, name) {
                self.value(&value);
            }
        }
    }

    /// Follows a value; whether it is something that nodes are built with.
    fn value(&mut self, value: &Value) -> bool {
        match value {
            Value::Function(closure) => {
                self.function(closure.module, closure.function);
                true
            }
            Value::External(external) if is_of_nodes(external) => {
                if let Origin::Result { site, .. } = &external.origin {
                    self.expression(site.module, site.expression);
                }
                true
            }
            _ => false,
        }
    }

    /// Leaves out the names that a member is reached by.
    fn pass_over(&mut self, module: ModuleId, object: ExpressionId) {
        match self.evaluator.project.script(module).kind(object) {
            Kind::Local(_) => {
                self.seen.insert((module, object));
            }
            Kind::Member { object: inner, .. } => {
                self.seen.insert((module, object));
                self.pass_over(module, *inner);
            }
            _ => {}
        }
    }

    fn function(&mut self, module: ModuleId, function: FunctionId) {
        if self.functions.insert((module, function)) {
            let declared = self.evaluator.project.script(module).function(function);
            self.span(module, declared.start, declared.end);
        }
    }
}

fn add(places: &mut Vec<Place>, place: Place) {
    if !places.contains(&place) {
        places.push(place);
    }
}

/// Whether something comes from what three.js builds nodes with.
pub(super) fn is_of_nodes(external: &External) -> bool {
    external.package().is_some_and(|(package, _)| package == "three")
}

/// The function of TSL that an expression is, by its name.
fn tsl(evaluator: &Evaluator<'_>, module: ModuleId, callee: ExpressionId) -> Option<String> {
    let script = evaluator.project.script(module);
    if !matches!(script.kind(callee), Kind::Local(_) | Kind::Member { .. }) {
        return None;
    }
    let mut values = evaluator.values(module, callee).into_iter();
    values.find_map(|value| match value {
        Value::External(External {
            origin: Origin::Library { package, .. },
            members,
        }) if package == "three" => members.last().map(ToString::to_string),
        _ => None,
    })
}

/// A uniform by the call that makes it.
fn uniform(evaluator: &Evaluator<'_>, (module, call): Place) -> Uniform {
    let script = evaluator.project.script(module);
    let first = match script.kind(call) {
        Kind::Call { arguments, .. } => arguments.first().map(|first| Site::alone(module, first.value)),
        _ => None,
    };
    let mut setters: Vec<UniformSetter> = vec![];
    let passed_on = outermost(script, call).into_iter();
    for done in passed_on.flat_map(|call| evaluator.uses(module, call)) {
        let is_written = match done.members.as_slice() {
            [only] => only == "value" && matches!(done.kind, UseKind::Write(_)) || is_callback(only),
            [first, _, ..] => first == "value",
            [] => false,
        };
        if is_written {
            setters.push(setter(evaluator, done));
        }
    }
    // The object that is the value may be changed in place.
    if let Some(first) = &first {
        for value in evaluator.values_at(first) {
            let is_math = matches!(&value, Value::External(external) if is_of_nodes(external));
            if let Some(site) = value.site().filter(|_| is_math) {
                let uses = evaluator.uses(site.module, site.expression).iter();
                let uses = uses.filter(|done| done.members.len() == 1 && changes(&done.members[0]));
                setters.extend(uses.map(|done| placed(evaluator, done.site.module, done.site.expression)));
            }
        }
    }
    setters.sort();
    setters.dedup();
    Uniform {
        name: holder(evaluator, (module, call)),
        type_name: first.as_ref().and_then(|first| type_of(evaluator, first)),
        initial: first.as_ref().map(|first| shown(evaluator, first)),
        location: location(evaluator, module, call),
        setters,
    }
}

/// Methods of a uniform that are handed a function which gives its value
/// (<https://github.com/mrdoob/three.js/wiki/Three.js-Shading-Language#uniform>).
fn is_callback(method: &str) -> bool {
    matches!(method, "onFrameUpdate" | "onRenderUpdate" | "onObjectUpdate")
}

/// Methods that change a vector, color or matrix in place.
fn changes(method: &str) -> bool {
    let beginnings = ["set", "copy", "add", "sub", "multiply", "lerp", "apply", "from"];
    beginnings.iter().any(|beginning| method.starts_with(beginning))
}
