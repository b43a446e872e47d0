//! Who calls a function, what functions are handed to, and what is done with an object: asked the other way round.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{
    Closure, Evaluator, External, Site, Value,
    collection::{self, Collected},
    react_state::States,
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        ClassId, DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind,
        Property, Script, Tag,
    },
};

/// One call of a function of the project.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The call, `new` expression or element.
    pub site: Site,
    /// The function, with what it was made in.
    pub closure: Closure,
}

/// A function that is handed to something external.
#[derive(Clone, Debug)]
pub struct Passed {
    /// The call, or the assignment or element for a handler.
    pub site: Site,
    /// What it is handed to: the function called, or the object that gets the handler.
    pub to: Option<External>,
    /// Which argument it is.
    pub argument: u32,
    /// The name of the property or attribute, for a handler: `onmessage`, `onClick`.
    pub property: Option<EcoString>,
}

/// Something that is done with an object.
#[derive(Clone, Debug)]
pub struct Use {
    /// The members between the object and what is done, e.g. `shadow`, `mapSize`, `set`.
    pub members: Vec<EcoString>,
    /// What is done.
    pub kind: UseKind,
    /// The call or assignment.
    pub site: Site,
}

/// What is done with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseKind {
    /// The last member is called.
    Call,
    /// The last member is written, with this value.
    Write(ExpressionId),
}

/// The other way round.
#[derive(Debug, Default)]
pub(super) struct Index {
    callers: FxHashMap<(ModuleId, FunctionId), Vec<Caller>>,
    passed: FxHashMap<(ModuleId, FunctionId), Vec<Passed>>,
    uses: FxHashMap<(ModuleId, ExpressionId), Vec<Use>>,
}

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
    /// State of React components.
    pub(super) states: States,
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
                Kind::Call { arguments, .. } | Kind::New { arguments, .. } => {
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

impl Evaluator<'_> {
    pub(super) fn writes(&self) -> &Writes {
        self.writes.get_or_init(|| Writes::new(self))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| self.build_index())
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

    /// The calls of a function, by module and place.
    #[must_use]
    pub fn callers(&self, module: ModuleId, function: FunctionId) -> &[Caller] {
        self.index()
            .callers
            .get(&(module, function))
            .map_or(&[], Vec::as_slice)
    }

    /// What a function is handed to that is not of the project, by module and place.
    #[must_use]
    pub fn passed(&self, module: ModuleId, function: FunctionId) -> &[Passed] {
        self.index()
            .passed
            .get(&(module, function))
            .map_or(&[], Vec::as_slice)
    }

    /// What is done with an object that is made at a place, by module and place.
    #[must_use]
    pub fn uses(&self, module: ModuleId, expression: ExpressionId) -> &[Use] {
        self.index()
            .uses
            .get(&(module, expression))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether an expression is the variable or field that a call's result is put into.
    pub(super) fn is_held_by(&self, site: &Site, object: ExpressionId) -> bool {
        let script = self.script(site.module);
        match script.kind(object) {
            Kind::Local(name) => script.name(*name).definitions.iter().any(|definition| {
                definition.path.is_empty()
                    && definition.source == DefinitionSource::Expression(site.expression)
            }),
            _ => false,
        }
    }

    fn build_index(&self) -> Index {
        let mut index = Index::default();
        for module in self.project.module_ids() {
            let script = self.script(module);
            for expression in script.expression_ids() {
                let site = Site::alone(module, expression);
                match script.kind(expression) {
                    Kind::Call { callee, .. } | Kind::New { callee, .. } => {
                        self.index_call(&mut index, &site, *callee);
                    }
                    Kind::Assign {
                        target: Some(target),
                        value,
                        ..
                    } => {
                        self.index_write(&mut index, &site, *target, *value);
                    }
                    Kind::Element(element) => self.index_element(&mut index, &site, element),
                    _ => {}
                }
            }
        }
        index
    }

    fn index_call(&self, index: &mut Index, site: &Site, callee: ExpressionId) {
        let callees = self.evaluate(site.module, callee, &site.environment);
        let mut external = None;
        for value in &callees {
            match value {
                Value::Function(closure) => index.call(closure, site),
                Value::Class(class) => {
                    if let Some(constructor) = self.constructor_of(class) {
                        index.call(&constructor, site);
                    }
                }
                Value::External(callee) => {
                    external = external.or_else(|| Some(callee.clone()));
                    if let Some(made) = callee.site() {
                        index
                            .uses
                            .entry((made.module, made.expression))
                            .or_default()
                            .push(Use {
                                members: callee.members.clone(),
                                kind: UseKind::Call,
                                site: site.clone(),
                            });
                    }
                }
                _ => {}
            }
        }
        if let Some(constructor) = self.super_constructor(site) {
            index.call(&constructor, site);
        }
        self.index_object_method(index, site, callee);
        if external.is_none() && !callees.is_empty() {
            return;
        }
        // Handed to a library, or to what is not known.
        for (place, argument) in self.arguments_of(site).iter().enumerate() {
            if argument.spread || !may_be_function(self.script(site.module), argument.value) {
                continue;
            }
            for value in self.evaluate(site.module, argument.value, &site.environment) {
                if let Value::Function(closure) = value {
                    index.pass(
                        &closure,
                        Passed {
                            site: site.clone(),
                            to: external.clone(),
                            argument: place as u32,
                            property: None,
                        },
                    );
                }
            }
        }
    }

    /// A method of an instance or object of the project is something done with it too.
    fn index_object_method(&self, index: &mut Index, site: &Site, callee: ExpressionId) {
        let Kind::Member { object, property, .. } = self.script(site.module).kind(callee) else {
            return;
        };
        for object in self.evaluate(site.module, *object, &site.environment) {
            if let Value::Instance(_) | Value::Object(_) = &object
                && let Some(made) = object.site()
            {
                index
                    .uses
                    .entry((made.module, made.expression))
                    .or_default()
                    .push(Use {
                        members: vec![property.clone()],
                        kind: UseKind::Call,
                        site: site.clone(),
                    });
            }
        }
    }

    fn index_write(&self, index: &mut Index, site: &Site, target: ExpressionId, value: ExpressionId) {
        let script = self.script(site.module);
        let Kind::Member { object, property, .. } = script.kind(target) else {
            return;
        };
        let objects = self.evaluate(site.module, *object, &site.environment);
        let mut external = None;
        for object in &objects {
            let Some(made) = object.site() else {
                if let Value::External(object) = object {
                    external = external.or_else(|| Some(object.clone()));
                }
                continue;
            };
            let mut members = match object {
                Value::External(object) => {
                    external = external.or_else(|| Some(object.clone()));
                    object.members.clone()
                }
                _ => vec![],
            };
            members.push(property.clone());
            index
                .uses
                .entry((made.module, made.expression))
                .or_default()
                .push(Use {
                    members,
                    kind: UseKind::Write(value),
                    site: site.clone(),
                });
        }
        if !may_be_function(script, value) {
            return;
        }
        for value in self.evaluate(site.module, value, &site.environment) {
            if let Value::Function(closure) = value
                && property.starts_with("on")
            {
                index.pass(
                    &closure,
                    Passed {
                        site: site.clone(),
                        to: external.clone(),
                        argument: 0,
                        property: Some(property.clone()),
                    },
                );
            }
        }
    }

    fn index_element(&self, index: &mut Index, site: &Site, element: &Element) {
        let mut external = None;
        if let Tag::Component(component) = &element.tag {
            for value in self.evaluate(site.module, *component, &site.environment) {
                match value {
                    Value::Function(closure) => index.call(&closure, site),
                    Value::External(component) => external = external.or(Some(component)),
                    _ => {}
                }
            }
        }
        for attribute in &element.attributes {
            let Property::Named { key, value } = attribute else {
                continue;
            };
            if !may_be_function(self.script(site.module), *value) {
                continue;
            }
            for value in self.evaluate(site.module, *value, &site.environment) {
                if let Value::Function(closure) = value {
                    index.pass(
                        &closure,
                        Passed {
                            site: site.clone(),
                            to: external.clone(),
                            argument: 0,
                            property: Some(key.clone()),
                        },
                    );
                }
            }
        }
    }
}

impl Index {
    fn call(&mut self, closure: &Closure, site: &Site) {
        self.callers
            .entry((closure.module, closure.function))
            .or_default()
            .push(Caller {
                site: site.clone(),
                closure: closure.clone(),
            });
    }

    fn pass(&mut self, closure: &Closure, passed: Passed) {
        self.passed
            .entry((closure.module, closure.function))
            .or_default()
            .push(passed);
    }
}

/// Whether an argument is worth asking whether it is a function.
fn may_be_function(script: &Script, expression: ExpressionId) -> bool {
    matches!(
        script.kind(expression),
        Kind::Function(_)
            | Kind::Local(_)
            | Kind::Member { .. }
            | Kind::Call { .. }
            | Kind::Conditional { .. }
    )
}
