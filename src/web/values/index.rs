//! Who calls a function, what functions are handed to, and what is done with an object: asked the other way round.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{Closure, Evaluator, External, Site, Value};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, FunctionId, Property, Script, Tag,
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

impl Evaluator<'_> {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| self.build_index())
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
