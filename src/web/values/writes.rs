//! Assignments to properties, and functions that are handed to calls, as they are written.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{
    Evaluator,
    collection::{self, Collected},
    react_state::States,
    receiver::Receivers,
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        ClassId, DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind,
        Property, Script, Tag,
    },
};

/// One assignment to a property.
#[derive(Clone, Copy, Debug)]
pub(super) struct PropertyWrite {
    /// Of what.
    pub(super) object: ExpressionId,
    /// What is assigned.
    pub(super) value: ExpressionId,
}

/// Assignments to properties, and functions that are handed to calls, as they are written.
#[derive(Debug, Default)]
pub(super) struct Writes {
    by_class: FxHashMap<(ModuleId, ClassId, EcoString), Vec<ExpressionId>>,
    by_name: FxHashMap<(ModuleId, EcoString), Vec<PropertyWrite>>,
    /// Assignments to properties of what a module imports, or of what it makes with it.
    by_importers: FxHashMap<EcoString, Vec<(ModuleId, PropertyWrite)>>,
    handed: FxHashMap<(ModuleId, FunctionId), Vec<(ExpressionId, u32)>>,
    collected: FxHashMap<ModuleId, Vec<Collected>>,
    /// Elements `<Context.Provider value={…}>`: the context and the value.
    provided: Vec<(ModuleId, ExpressionId, ExpressionId)>,
    /// Calls `provide(key, value)` of Vue: the key and the value.
    injectable: Vec<(ModuleId, ExpressionId, ExpressionId)>,
    /// State of React components.
    pub(super) states: States,
    /// What functions write to what they are handed.
    pub(super) receivers: Receivers,
}

impl Writes {
    fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.module_ids() {
            this.read(module, evaluator.script(module));
        }
        this
    }

    fn read(&mut self, module: ModuleId, script: &Script) {
        self.states.read(module, script);
        for id in script.expression_ids() {
            self.receivers.read(module, script, id);
            let collected = collection::collected(script, id);
            if !collected.is_empty() {
                self.collected.entry(module).or_default().extend(collected);
            }
            match script.kind(id) {
                Kind::Assign {
                    operator,
                    target: Some(target),
                    value,
                } if operator.ends_with('=') => {
                    let Kind::Member { object, property, .. } = script.kind(*target) else {
                        continue;
                    };
                    let function = script.expression(id).function;
                    let class = script.function(function).class;
                    if let (Kind::This, Some(class)) = (script.kind(*object), class) {
                        let key = (module, class, property.clone());
                        self.by_class.entry(key).or_default().push(*value);
                    }
                    let write = PropertyWrite {
                        object: *object,
                        value: *value,
                    };
                    if is_imported(script, *object) {
                        let writes = self.by_importers.entry(property.clone()).or_default();
                        writes.push((module, write));
                    }
                    let key = (module, property.clone());
                    self.by_name.entry(key).or_default().push(write);
                }
                kind @ (Kind::Call { arguments, .. } | Kind::New { arguments, .. }) => {
                    if let (Kind::Call { callee, .. }, [key, value]) = (kind, arguments.as_slice())
                        && is_provide(script, *callee)
                    {
                        self.injectable.push((module, key.value, value.value));
                    }
                    for (index, argument) in arguments.iter().enumerate() {
                        if let Some(function) = written_function(script, argument.value, id) {
                            let handed = self.handed.entry((module, function)).or_default();
                            handed.push((id, index as u32));
                        }
                    }
                }
                Kind::Element(Element {
                    tag: Tag::Component(component),
                    attributes,
                    ..
                }) => {
                    let context = match script.kind(*component) {
                        Kind::Member { object, property, .. } if property == "Provider" => *object,
                        _ => *component,
                    };
                    let value = attributes.iter().find_map(|attribute| match attribute {
                        Property::Named { key, value } if key == "value" => Some(*value),
                        _ => None,
                    });
                    self.provided.extend(value.map(|value| (module, context, value)));
                }
                _ => {}
            }
        }
    }

    /// The values that methods of a class assign to `this.name`.
    pub(super) fn of_class(&self, module: ModuleId, class: ClassId, name: &str) -> &[ExpressionId] {
        self.by_class
            .get(&(module, class, name.into()))
            .map_or(&[], Vec::as_slice)
    }

    /// Elements that may provide a value to what is within: the context and the value.
    pub(super) fn provided(&self) -> &[(ModuleId, ExpressionId, ExpressionId)] {
        &self.provided
    }

    /// Calls that provide a value to components within: the key and the value.
    pub(super) fn injectable(&self) -> &[(ModuleId, ExpressionId, ExpressionId)] {
        &self.injectable
    }

    /// The assignments of a module to a property of this name.
    pub(super) fn of_name(&self, module: ModuleId, name: &str) -> &[PropertyWrite] {
        self.by_name
            .get(&(module, name.into()))
            .map_or(&[], Vec::as_slice)
    }

    /// The assignments to a property of this name of what modules import, by module.
    pub(super) fn of_importers(&self, name: &str) -> &[(ModuleId, PropertyWrite)] {
        self.by_importers.get(name).map_or(&[], Vec::as_slice)
    }

    /// What a module puts into collections, in order.
    pub(super) fn collected(&self, module: ModuleId) -> &[Collected] {
        self.collected.get(&module).map_or(&[], Vec::as_slice)
    }

    /// The calls of the same module that a function is handed to, and as which argument.
    pub(super) fn handed(&self, module: ModuleId, function: FunctionId) -> &[(ExpressionId, u32)] {
        self.handed.get(&(module, function)).map_or(&[], Vec::as_slice)
    }
}

impl Evaluator<'_> {
    pub(super) fn writes(&self) -> &Writes {
        self.writes.get_or_init(|| Writes::new(self))
    }

    /// What is assigned anywhere to a property of this name, by module and place: the object and the value.
    pub fn assignments_to<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = (ModuleId, ExpressionId, ExpressionId)> + 's {
        self.project.module_ids().flat_map(move |module| {
            let writes = self.writes().of_name(module, name).iter();
            writes.map(move |write| (module, write.object, write.value))
        })
    }
}

/// Whether what is called is named like Vue's `provide` or `app.provide`.
fn is_provide(script: &Script, callee: ExpressionId) -> bool {
    match script.kind(callee) {
        Kind::Local(name) => script.name(*name).text == "provide",
        Kind::Global(name) | Kind::Member { property: name, .. } => name == "provide",
        _ => false,
    }
}

/// Whether an expression begins with a name that is imported.
fn is_imported(script: &Script, expression: ExpressionId) -> bool {
    match script.kind(expression) {
        Kind::Member { object, .. } | Kind::Index { object, .. } => is_imported(script, *object),
        Kind::Call { callee, .. } => is_imported(script, *callee),
        Kind::Local(name) => {
            let mut definitions = script.name(*name).definitions.iter();
            definitions.any(|definition| match definition.source {
                DefinitionSource::Import(..) => true,
                DefinitionSource::Expression(value) => starts_imported(script, value),
                _ => false,
            })
        }
        _ => false,
    }
}

/// Whether what is called or constructed is a name that is imported: `const world = new World()`.
fn starts_imported(script: &Script, value: ExpressionId) -> bool {
    let (Kind::Call { callee, .. } | Kind::New { callee, .. }) = script.kind(value) else {
        return false;
    };
    match script.kind(*callee) {
        Kind::Local(name) => {
            let mut definitions = script.name(*name).definitions.iter();
            definitions.any(|definition| matches!(definition.source, DefinitionSource::Import(..)))
        }
        _ => false,
    }
}

/// The function that an argument is, by what is written: itself, a name that only ever means one, or a method of `this`.
fn written_function(script: &Script, argument: ExpressionId, call: ExpressionId) -> Option<FunctionId> {
    match script.kind(argument) {
        Kind::Function(function) => Some(*function),
        Kind::Local(name) => match script.name(*name).definitions.as_slice() {
            [only] if only.path.is_empty() => match only.source {
                DefinitionSource::Function(function) => Some(function),
                DefinitionSource::Expression(value) => match script.kind(value) {
                    Kind::Function(function) => Some(*function),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        },
        Kind::Member { object, property, .. } if matches!(script.kind(*object), Kind::This) => {
            let class = script.function(script.expression(call).function).class?;
            let mut members = script.class(class).members.iter();
            let member = members.find(|member| member.name == *property && !member.is_static)?;
            match member.kind {
                MemberKind::Method(function) => Some(function),
                MemberKind::Field(Some(value)) => match script.kind(value) {
                    Kind::Function(function) => Some(*function),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}
