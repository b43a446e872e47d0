//! What a value is made from: every expression that it may come out of, asked backwards.

use std::collections::BTreeSet;

use super::{Evaluator, Site, Value};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind, NameId, PathStep,
        Property,
    },
};

/// Expressions that one question may come to.
const MAX_SOURCES: usize = 1_500;

/// Properties whose function gives what the other functions of the same object are called with:
/// <https://tanstack.com/query/latest/docs/framework/react/reference/useMutation>.
const ASKS: &[&str] = &["mutationFn", "queryFn", "fetcher", "mutation"];

impl Evaluator<'_> {
    /// The expressions that a value is made from, the nearest first, itself included.
    ///
    /// Unlike [`Evaluator::values`] it looks through what libraries compute (`JSON.parse`, `.then`), and it does not
    /// tell the calls of a function apart.
    ///
    /// What is in `leaves` is not looked into: what a request is sent with is not what its answer is made from.
    #[must_use]
    pub fn sources(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        leaves: &BTreeSet<(ModuleId, ExpressionId)>,
    ) -> Vec<(ModuleId, ExpressionId)> {
        let mut walk = Walk {
            evaluator: self,
            leaves,
            seen: BTreeSet::new(),
            found: vec![],
        };
        walk.expression(module, expression);
        walk.found
    }

    /// The assignments to a field of a class by its own methods, its first value in front.
    #[must_use]
    pub fn field_values(
        &self,
        module: ModuleId,
        class: crate::web::syntax::tree::ClassId,
        name: &str,
    ) -> Vec<ExpressionId> {
        let declared = self.script(module).class(class).members.iter();
        let first = declared
            .filter(|member| member.name == name)
            .filter_map(|member| match member.kind {
                MemberKind::Field(value) => value,
                _ => None,
            });
        let written = self.writes().of_class(module, class, name).iter().copied();
        first.chain(written).collect()
    }
}

struct Walk<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    leaves: &'e BTreeSet<(ModuleId, ExpressionId)>,
    seen: BTreeSet<(ModuleId, ExpressionId)>,
    found: Vec<(ModuleId, ExpressionId)>,
}

impl Walk<'_, '_> {
    fn expression(&mut self, module: ModuleId, expression: ExpressionId) {
        if self.found.len() >= MAX_SOURCES || !self.seen.insert((module, expression)) {
            return;
        }
        self.found.push((module, expression));
        if self.leaves.contains(&(module, expression)) {
            return;
        }
        let script = self.evaluator.script(module);
        match script.kind(expression) {
            Kind::Local(name) => self.name(module, expression, *name),
            Kind::Member { object, property, .. } => self.member(module, expression, *object, property),
            Kind::Index { object, .. } => self.expression(module, *object),
            Kind::Call {
                callee, arguments, ..
            } => {
                if let Kind::Member { object, .. } = script.kind(*callee) {
                    self.expression(module, *object);
                } else {
                    self.library_value(module, *callee);
                }
                let values: Vec<ExpressionId> = arguments.iter().map(|argument| argument.value).collect();
                self.call(module, expression, &values);
            }
            Kind::New { arguments, .. } => {
                for argument in arguments {
                    self.given(module, argument.value);
                }
            }
            Kind::Template { holes, .. } => holes.iter().for_each(|hole| self.expression(module, *hole)),
            Kind::Await(value) | Kind::Unary { operand: value, .. } | Kind::Assign { value, .. } => {
                self.expression(module, *value);
            }
            Kind::Binary { left, right, .. } | Kind::Logical { left, right, .. } => {
                self.expression(module, *left);
                self.expression(module, *right);
            }
            Kind::Conditional { then, otherwise, .. } => {
                self.expression(module, *then);
                self.expression(module, *otherwise);
            }
            Kind::Sequence(parts) => {
                if let Some(last) = parts.last() {
                    self.expression(module, *last);
                }
            }
            Kind::Array(items) => items.iter().for_each(|item| self.expression(module, item.value)),
            Kind::Object(properties) => {
                for property in properties {
                    match property {
                        Property::Named { value, .. }
                        | Property::Computed { value, .. }
                        | Property::Spread(value) => self.expression(module, *value),
                        Property::Accessor { .. } => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// What a call gives: what the project's function returns, or what a library's is given.
    fn call(&mut self, module: ModuleId, expression: ExpressionId, arguments: &[ExpressionId]) {
        let site = Site::alone(module, expression);
        let callees = self.evaluator.callees(&site);
        let mut is_own = false;
        for set in self.evaluator.set_arguments(module, expression).to_vec() {
            self.given(module, set);
        }
        // What the providers of a context give.
        let values = self.evaluator.values(module, expression);
        let is_react = |value: &Value| {
            matches!(value, Value::External(external)
            if external.of_package("react").is_some_and(|function| function == "useContext" || function == "use"))
        };
        if callees.iter().any(is_react) {
            for site in values.iter().filter_map(Value::site) {
                self.expression(site.module, site.expression);
            }
        }
        for callee in &callees {
            match callee {
                Value::Function(closure) => {
                    is_own = true;
                    self.returns(closure.module, closure.function);
                }
                Value::Class(_) => is_own = true,
                _ => {}
            }
        }
        if !is_own {
            arguments
                .iter()
                .for_each(|argument| self.given(module, *argument));
        }
    }

    /// An argument of a library's function: of a function, what that gives.
    fn given(&mut self, module: ModuleId, argument: ExpressionId) {
        match self.evaluator.script(module).kind(argument) {
            Kind::Function(function) => self.returns(module, *function),
            Kind::Object(properties) => {
                let asks = properties.iter().filter_map(|property| match property {
                    Property::Named { key, value } if ASKS.contains(&key.as_str()) => Some(*value),
                    _ => None,
                });
                for value in asks.collect::<Vec<_>>() {
                    self.function(module, value);
                }
                self.expression(module, argument);
            }
            _ => {
                self.expression(module, argument);
                self.function(module, argument);
            }
        }
    }

    fn returns(&mut self, module: ModuleId, function: FunctionId) {
        let returns = &self.evaluator.script(module).function(function).returns;
        returns
            .iter()
            .for_each(|returned| self.expression(module, *returned));
    }

    /// What a function gives, where an expression stands for one.
    fn function(&mut self, module: ModuleId, expression: ExpressionId) {
        for value in self.evaluator.values(module, expression) {
            if let Value::Function(closure) = value {
                self.returns(closure.module, closure.function);
            }
        }
    }

    /// What a function that a library gave was made by: of `mutate` of `const { mutate } = useMutation(…)`.
    fn library_value(&mut self, module: ModuleId, callee: ExpressionId) {
        let values = self.evaluator.values(module, callee);
        for value in values {
            if let Value::External(external) = &value
                && let Some(made) = external.site()
            {
                self.expression(made.module, made.expression);
            }
        }
    }

    fn member(&mut self, module: ModuleId, member: ExpressionId, object: ExpressionId, property: &str) {
        let script = self.evaluator.script(module);
        self.expression(module, object);
        let function = script.expression(member).function;
        if let (Kind::This, Some(class)) = (script.kind(object), script.function(function).class) {
            for value in self.evaluator.field_values(module, class, property) {
                self.expression(module, value);
            }
            for member in &script.class(class).members {
                if let MemberKind::Getter(getter) = member.kind
                    && member.name == property
                {
                    self.returns(module, getter);
                }
            }
        }
        if let Kind::Local(name) = script.kind(object) {
            let writes = self.evaluator.writes().of_name(module, property).iter();
            let same = writes
                .filter(|write| matches!(script.kind(write.object), Kind::Local(other) if other == name));
            for value in same.map(|write| write.value).collect::<Vec<_>>() {
                self.expression(module, value);
            }
        }
        for (module, value) in self.evaluator.state_sources(module, member) {
            self.expression(module, value);
        }
        for value in self.evaluator.values(module, member) {
            if let Some(site) = value.site().filter(|_| !matches!(value, Value::External(_))) {
                self.expression(site.module, site.expression);
            }
        }
    }

    fn name(&mut self, module: ModuleId, expression: ExpressionId, name: NameId) {
        let script = self.evaluator.script(module);
        for definition in &script.name(name).definitions {
            match definition.source {
                DefinitionSource::Expression(value)
                | DefinitionSource::ItemOf(value)
                | DefinitionSource::KeyOf(value) => self.expression(module, value),
                DefinitionSource::Parameter(function, index) => {
                    let first = definition.path.first();
                    let attribute = first.and_then(|step| match step {
                        PathStep::Property(name) => Some(name.as_str()),
                        _ => None,
                    });
                    self.parameter(module, function, index, attribute);
                }
                DefinitionSource::Import(..) => {
                    for value in self.evaluator.values(module, expression) {
                        if let Some(site) = value.site().filter(|_| !matches!(value, Value::External(_))) {
                            self.expression(site.module, site.expression);
                        }
                    }
                }
                DefinitionSource::Function(_) | DefinitionSource::Class(_) | DefinitionSource::Caught => {}
            }
        }
    }

    /// What the callers of a function hand it.
    fn parameter(&mut self, module: ModuleId, function: FunctionId, index: u32, attribute: Option<&str>) {
        for caller in self.evaluator.callers(module, function) {
            let site = &caller.site;
            if let Kind::Element(element) = self.evaluator.script(site.module).kind(site.expression) {
                for property in &element.attributes {
                    if let Property::Named { key, value } = property
                        && attribute.is_none_or(|wanted| wanted == key.as_str())
                    {
                        self.expression(site.module, *value);
                    }
                }
                continue;
            }
            let arguments = self.evaluator.arguments_of(site);
            if let Some(argument) = arguments.get(index as usize) {
                self.expression(site.module, argument.value);
            }
        }
        for passed in self.evaluator.passed(module, function) {
            self.library_call(passed.site.module, passed.site.expression);
        }
        if index == 1 {
            let committed = self.evaluator.committed(module, function).into_iter();
            for (module, given) in committed.chain(self.evaluator.payloads(module, function)) {
                self.expression(module, given);
            }
        }
        if self.evaluator.callers(module, function).is_empty() {
            self.beside(module, function);
        }
    }

    /// What a library calls a function with: what the function was handed over on, e.g. of `asked.then(…)`.
    fn library_call(&mut self, module: ModuleId, expression: ExpressionId) {
        let script = self.evaluator.script(module);
        if let Kind::Call { callee, .. } = script.kind(expression)
            && let Kind::Member { object, .. } = script.kind(*callee)
        {
            self.expression(module, *object);
        }
    }

    /// What `onSuccess` is called with is what `mutationFn` beside it gives, or the function in front of the object.
    fn beside(&mut self, module: ModuleId, function: FunctionId) {
        let script = self.evaluator.script(module);
        for call in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(call)
            else {
                continue;
            };
            let holds = arguments.iter().any(|argument| {
                matches!(script.kind(argument.value), Kind::Object(properties) if properties.iter().any(|property| {
                    matches!(property, Property::Named { value, .. }
                        if matches!(script.kind(*value), Kind::Function(own) if *own == function))
                }))
            });
            if !holds {
                continue;
            }
            let asks = arguments
                .iter()
                .flat_map(|argument| match script.kind(argument.value) {
                    Kind::Object(properties) => properties
                        .iter()
                        .filter_map(|property| match property {
                            Property::Named { key, value } if ASKS.contains(&key.as_str()) => Some(*value),
                            _ => None,
                        })
                        .collect(),
                    Kind::Function(_) | Kind::Local(_) | Kind::Member { .. } => vec![argument.value],
                    _ => vec![],
                });
            for ask in asks.collect::<Vec<_>>() {
                self.function(module, ask);
            }
            self.library_value(module, *callee);
        }
    }
}
