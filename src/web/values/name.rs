//! Declared names, imports and exports.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    Arguments, ClassValue, Environment, Evaluator, External, Origin, ParameterValue, Text, Value, Values,
    collection::Way,
    evaluator::{add, add_all},
};
use crate::web::{
    project::{ModuleId, Target, resolve::Library},
    syntax::tree::{
        Definition, DefinitionSource, ExportSource, ExpressionId, ExpressionKind as Kind, FunctionId, NameId,
        PathStep, Script,
    },
};

impl Evaluator<'_> {
    /// What a declared name stands for, looked at by itself.
    #[must_use]
    pub fn values_of_name(&self, module: ModuleId, name: NameId) -> Values {
        self.local(module, name, &Environment::default())
    }

    /// What a declared name stands for: everything that is given to it anywhere.
    pub(super) fn local(&self, module: ModuleId, name: NameId, environment: &Environment) -> Values {
        let declared = self.script(module).name(name);
        // `declare const API: string` only says that there is one.
        if declared.definitions.is_empty() && declared.is_constant {
            return vec![Value::External(External::global(&declared.text))];
        }
        let mut values = vec![];
        for definition in &declared.definitions {
            if self.is_out_of_reach(module, definition, environment) {
                continue;
            }
            add_all(&mut values, self.definition(module, definition, environment));
        }
        if declared.is_updated {
            let is_text = values.iter().any(|value| matches!(value, Value::Text(_)));
            let is_closed = is_text && only_closed(self.script(module), name);
            for value in &mut values {
                match value {
                    Value::Text(text) if is_closed => close(text),
                    Value::Text(text) => text.push(&Text::hole(declared.text.clone(), Value::Unknown)),
                    Value::Number(_) => *value = Value::Unknown,
                    _ => {}
                }
            }
        }
        values
    }

    fn definition(&self, module: ModuleId, definition: &Definition, environment: &Environment) -> Values {
        let script = self.script(module);
        let around = |function: FunctionId| self.environment_for(module, function, environment);
        let values = match definition.source {
            DefinitionSource::Expression(expression) => {
                let function = script.expression(expression).function;
                self.evaluate(module, expression, &around(function))
            }
            DefinitionSource::Parameter(function, index) => {
                self.parameter(module, function, index, environment)
            }
            DefinitionSource::Import(import, name) => {
                let import = &script.imports[import as usize];
                let imported = &import.names[name as usize].imported;
                self.imported(module, &import.module, imported)
            }
            DefinitionSource::Function(function) => {
                let parent = script.function(function).parent;
                let outer = parent.map(around).unwrap_or_default();
                vec![self.closure(module, function, &outer)]
            }
            DefinitionSource::Class(class) => vec![Value::Class(ClassValue {
                module,
                class,
                environment: environment.clone(),
            })],
            DefinitionSource::ItemOf(subject) => {
                let function = script.expression(subject).function;
                let subjects = self.evaluate(module, subject, &around(function));
                self.items(&subjects)
            }
            DefinitionSource::KeyOf(subject) => {
                let function = script.expression(subject).function;
                let subjects = self.evaluate(module, subject, &around(function));
                self.keys(&subjects)
            }
            DefinitionSource::Caught => vec![],
        };
        self.follow(module, values, &definition.path, environment)
    }

    /// Takes the way of a destructuring pattern.
    fn follow(
        &self,
        module: ModuleId,
        mut values: Values,
        path: &[PathStep],
        environment: &Environment,
    ) -> Values {
        for step in path {
            values = match step {
                PathStep::Property(name) => self.members(&values, name),
                PathStep::Item(index) => self.item(&values, *index as usize),
                PathStep::Rest => values,
                PathStep::Unknown => vec![],
                PathStep::Default(default) => {
                    let is_given = |value: &Value| {
                        !matches!(value, Value::Undefined | Value::Parameter(_) | Value::Unknown)
                    };
                    let is_open = values.is_empty() || !values.iter().all(is_given);
                    values.retain(|value| *value != Value::Undefined);
                    if is_open {
                        let function = self.script(module).expression(*default).function;
                        let environment = self.environment_for(module, function, environment);
                        add_all(&mut values, self.evaluate(module, *default, &environment));
                    }
                    values
                }
            };
        }
        values
    }

    pub(super) fn parameter(
        &self,
        module: ModuleId,
        function: FunctionId,
        index: u32,
        environment: &Environment,
    ) -> Values {
        let unknown = || {
            if let Some(values) = self.constructed_with(module, function, index, environment) {
                return values;
            }
            if index == 0
                && let Some(state) = self.mutated(module, function)
            {
                return state;
            }
            let annotation = self.script(module).function(function).parameters[index as usize]
                .annotation
                .clone();
            if let Some(instance) = annotation.and_then(|annotation| self.annotated(module, &annotation)) {
                return vec![instance];
            }
            vec![Value::Parameter(ParameterValue {
                module,
                function,
                index,
                members: vec![],
            })]
        };
        let Some(frame) = environment.frame_of(module, function) else {
            return self.given(module, function, index).unwrap_or_else(unknown);
        };
        let is_rest = self.script(module).function(function).parameters[index as usize].is_rest;
        match &frame.arguments {
            Arguments::Unknown => self.given(module, function, index).unwrap_or_else(unknown),
            Arguments::Attributes(element) if index == 0 => vec![Value::Element(element.clone())],
            Arguments::Attributes(_) => vec![],
            Arguments::Values(values) => values
                .get(index as usize)
                .cloned()
                .unwrap_or_else(|| vec![Value::Undefined]),
            Arguments::Call {
                module: calling,
                arguments,
                environment,
            } => {
                let index = index as usize;
                let at = |place: usize| self.evaluate(*calling, arguments[place].value, environment);
                if let Some(spread) = arguments.iter().position(|argument| argument.spread)
                    && spread <= index
                {
                    let list = at(spread);
                    return if is_rest && spread == index {
                        list
                    } else {
                        self.item(&list, index - spread)
                    };
                }
                if is_rest {
                    let rest = (index..arguments.len()).map(at).collect();
                    return vec![Value::List(Rc::new(rest))];
                }
                if index < arguments.len() {
                    at(index)
                } else {
                    vec![Value::Undefined]
                }
            }
        }
    }

    /// What an imported name stands for.
    fn imported(&self, module: ModuleId, specifier: &str, name: &str) -> Values {
        if name == "*" {
            return self.namespace(module, specifier);
        }
        let mut values = vec![];
        for namespace in self.namespace(module, specifier) {
            add_all(&mut values, self.member(&namespace, name));
        }
        values
    }

    /// All that a module exports, as one value.
    pub(super) fn namespace(&self, module: ModuleId, specifier: &str) -> Values {
        self.of_target(self.project.resolve(module, specifier))
    }

    /// What an import of this stands for.
    pub(super) fn of_target(&self, target: Target) -> Values {
        match target {
            Target::Module(target) => vec![Value::Namespace(target)],
            Target::File(path) => vec![Value::File(path)],
            Target::Library(Library { package, path, .. }) => vec![Value::External(External {
                origin: Origin::Library { package, path },
                members: vec![],
            })],
            Target::Missing(_) => vec![],
        }
    }

    /// What a module exports by a name.
    pub(super) fn exported(&self, module: ModuleId, name: &str) -> Values {
        self.nested(|| self.exported_by(module, name))
    }

    fn exported_by(&self, module: ModuleId, name: &str) -> Values {
        let script = self.script(module);
        let mut values = vec![];
        let nowhere = Environment::default();
        for export in script.exports.iter().filter(|export| export.name == name) {
            let exported = match &export.source {
                ExportSource::Name(name) => self.local(module, *name, &nowhere),
                ExportSource::Expression(expression) => self.evaluate(module, *expression, &nowhere),
                ExportSource::Module {
                    module: other,
                    imported,
                } => self.imported(module, other, imported),
            };
            add_all(&mut values, exported);
        }
        if values.is_empty() {
            for export in script.exports.iter().filter(|export| export.name == "*") {
                if let ExportSource::Module { module: other, .. } = &export.source
                    && name != "default"
                {
                    add_all(&mut values, self.imported(module, other, name));
                }
            }
        }
        if values.is_empty() {
            values = self.common_export(module, name);
        }
        values
    }

    /// `module.exports = …` and `exports.name = …`.
    fn common_export(&self, module: ModuleId, name: &str) -> Values {
        let script = self.script(module);
        if !script.exports.is_empty() {
            return vec![];
        }
        let nowhere = Environment::default();
        let is_global = |expression, text: &str| matches!(script.kind(expression), Kind::Global(global) if global == text);
        let mut values = vec![];
        for expression in &script.expressions {
            let Kind::Assign {
                target: Some(target),
                value,
                ..
            } = &expression.kind
            else {
                continue;
            };
            let Kind::Member { object, property, .. } = script.kind(*target) else {
                continue;
            };
            if property == "exports" && is_global(*object, "module") {
                let whole = self.evaluate(module, *value, &nowhere);
                if name == "default" {
                    add_all(&mut values, whole);
                } else {
                    add_all(&mut values, self.members(&whole, name));
                }
                continue;
            }
            let of_exports = is_global(*object, "exports")
                || matches!(script.kind(*object), Kind::Member { object, property, .. }
                    if property == "exports" && is_global(*object, "module"));
            if property == name && of_exports {
                add_all(&mut values, self.evaluate(module, *value, &nowhere));
            }
        }
        values
    }

    /// A name that another classic script of the same page declares at its top level.
    pub(super) fn shared_global(&self, module: ModuleId, name: &EcoString) -> Option<Values> {
        if self.project.module(module).is_module {
            return None;
        }
        let file = &self.project.module(module).file;
        let page = self
            .project
            .pages
            .binary_search_by(|page| page.file.cmp(file))
            .ok()?;
        let page = &self.project.pages[page];
        let mut values = vec![];
        for other in &page.inline {
            if *other == module || self.project.module(*other).is_module {
                continue;
            }
            let script = self.script(*other);
            let declared = script.names.iter().position(|declared| {
                declared.text == *name && declared.function.is_none_or(|function| function.0 == 0)
            });
            if let Some(index) = declared {
                add_all(
                    &mut values,
                    self.local(*other, NameId(index as u32), &Environment::default()),
                );
            }
        }
        (!values.is_empty()).then_some(values)
    }

    /// The items of an array.
    #[must_use]
    pub fn items_of(&self, array: &Value) -> Values {
        self.items(std::slice::from_ref(array))
    }

    /// The items of what a loop goes through.
    pub(super) fn items(&self, subjects: &[Value]) -> Values {
        self.nested(|| self.items_in(subjects))
    }

    fn items_in(&self, subjects: &[Value]) -> Values {
        let mut items = vec![];
        for subject in subjects {
            match subject {
                Value::Array(site) => {
                    if let Kind::Array(elements) = self.script(site.module).kind(site.expression) {
                        for element in elements {
                            let values = self.evaluate(site.module, element.value, &site.environment);
                            let values = if element.spread {
                                self.items(&values)
                            } else {
                                values
                            };
                            add_all(&mut items, values);
                        }
                    }
                    add_all(&mut items, self.collected(site, &[Way::Pushed, Way::Indexed]));
                }
                Value::List(list) => {
                    for values in list.iter() {
                        add_all(&mut items, values.clone());
                    }
                }
                Value::External(external) => match self.items_of_collection(external) {
                    Some(held) => add_all(&mut items, held),
                    None => add(&mut items, Value::External(external.member("[]"))),
                },
                Value::Parameter(parameter) => add(&mut items, member_of_parameter(parameter, "[]")),
                _ => {}
            }
        }
        items
    }

    fn keys(&self, subjects: &[Value]) -> Values {
        let mut keys = vec![];
        for subject in subjects {
            if let Value::Object(site) = subject {
                for (key, _) in self.properties(site) {
                    add(&mut keys, Value::Text(Text::literal(&key)));
                }
            }
        }
        keys
    }
}

pub(super) fn member_of_parameter(parameter: &ParameterValue, name: &str) -> Value {
    let mut members = parameter.members.clone();
    members.push(name.into());
    Value::Parameter(ParameterValue {
        members,
        ..parameter.clone()
    })
}

/// Ends an address with a slash.
fn close(text: &mut Text) {
    if !text.display().ends_with('/') {
        text.push_literal("/");
    }
}

/// Whether the only thing that is added to a name is a slash at its end: `if (!base.endsWith('/')) base += '/'`.
fn only_closed(script: &Script, name: NameId) -> bool {
    let is_name = |id: ExpressionId| matches!(script.kind(id), Kind::Local(other) if *other == name);
    script
        .expressions
        .iter()
        .all(|expression| match &expression.kind {
            Kind::Update(target) => !is_name(*target),
            Kind::Assign {
                operator,
                target: Some(target),
                value,
            } if *operator != "=" && is_name(*target) => {
                *operator == "+=" && matches!(script.kind(*value), Kind::Text(text) if text == "/")
            }
            _ => true,
        })
}
