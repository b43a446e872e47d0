//! Calls: of the project's functions, and of what strings, arrays and promises offer.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    Arguments, ClassValue, Closure, Environment, Evaluator, External, Instance, Origin, Site, Text, Value,
    Values,
    evaluator::{add, add_all},
    text_method::known_items,
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{Argument, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId},
};

/// Whether something is of the project.
fn is_own(value: &Value) -> bool {
    matches!(
        value,
        Value::Object(_) | Value::Record(_) | Value::Instance(_) | Value::Namespace(_)
    )
}

/// The address of something that the page holds itself; `scheme` ends with a colon.
pub(super) fn held_by_page(scheme: &str) -> Value {
    let mut address = Text::literal(scheme);
    address.push(&Text::hole("data".into(), Value::Unknown));
    Value::Text(address)
}

impl Evaluator<'_> {
    pub(super) fn call(&self, site: &Site, callee: ExpressionId, arguments: &[Argument]) -> Values {
        let script = self.script(site.module);
        let mut values = vec![];
        let mut receiver: Option<(Values, EcoString)> = None;
        if let Kind::Member { object, property, .. } = script.kind(callee)
            && !matches!(script.kind(*object), Kind::Super)
        {
            let objects = self.evaluate(site.module, *object, &site.environment);
            for object in &objects {
                if let Some(result) = self.builtin_method(site, object, property, arguments) {
                    add_all(&mut values, result);
                }
            }
            if !values.is_empty() {
                return values;
            }
            // Only canvases have it: <https://developer.mozilla.org/docs/Web/API/HTMLCanvasElement/toDataURL>.
            if property == "toDataURL" && !objects.iter().any(is_own) {
                return vec![held_by_page("data:")];
            }
            receiver = Some((objects, property.clone()));
        }
        // A method is called on what it is a member of, one after the other.
        if let Some((objects, property)) = receiver {
            for object in objects {
                for callee in self.member(&object, &property) {
                    let result = self.call_value(site, &callee, arguments, Some(object.clone()));
                    add_all(&mut values, result);
                }
            }
            return values;
        }
        for callee in self.evaluate(site.module, callee, &site.environment) {
            add_all(&mut values, self.call_value(site, &callee, arguments, None));
        }
        values
    }

    fn call_value(&self, site: &Site, callee: &Value, arguments: &[Argument], this: Option<Value>) -> Values {
        match callee {
            Value::Function(closure) => {
                let arguments = Arguments::Call {
                    module: site.module,
                    arguments: arguments.to_vec(),
                    environment: site.environment.clone(),
                };
                self.apply(closure, arguments, this, site.environment.depth())
            }
            Value::External(external) => self.call_external(site, external, arguments).unwrap_or_else(|| {
                vec![Value::External(External {
                    origin: Origin::Result {
                        callee: Rc::new(external.clone()),
                        site: Rc::new(site.clone()),
                    },
                    members: vec![],
                })]
            }),
            _ => vec![],
        }
    }

    /// What a function of the project returns for some arguments.
    pub(super) fn apply(
        &self,
        closure: &Closure,
        arguments: Arguments,
        this: Option<Value>,
        depth: u32,
    ) -> Values {
        let Some(environment) = self.frame(closure, arguments, this, depth) else {
            return vec![];
        };
        let function = self.script(closure.module).function(closure.function);
        let mut values = vec![];
        for returned in &function.returns {
            let within = self.script(closure.module).expression(*returned).function;
            let environment = self.environment_for(closure.module, within, &environment);
            let is_reached = self.is_reached(closure.module, *returned, &environment);
            if is_reached == Some(false) {
                continue;
            }
            add_all(
                &mut values,
                self.evaluate(closure.module, *returned, &environment),
            );
            if is_reached == Some(true) {
                break;
            }
        }
        values
    }

    /// What a function returns, whatever it is called with.
    #[must_use]
    pub fn returned_by(&self, closure: &Closure) -> Values {
        self.apply(closure, Arguments::Unknown, None, 0)
    }

    /// What the functions among some values return.
    #[must_use]
    pub fn apply_all(&self, functions: &[Value], arguments: &[Values], depth: u32) -> Values {
        let mut values = vec![];
        for function in functions {
            if let Value::Function(closure) = function {
                let arguments = Arguments::Values(arguments.to_vec());
                add_all(&mut values, self.apply(closure, arguments, None, depth));
            }
        }
        values
    }

    /// The values of an argument of a call.
    pub(super) fn argument(&self, site: &Site, arguments: &[Argument], index: usize) -> Values {
        if arguments.iter().take(index + 1).any(|argument| argument.spread) {
            return vec![];
        }
        arguments
            .get(index)
            .map(|argument| self.evaluate(site.module, argument.value, &site.environment))
            .unwrap_or_default()
    }

    pub(super) fn construct(&self, site: &Site, callee: ExpressionId, arguments: &[Argument]) -> Values {
        let mut values = vec![];
        for callee in self.evaluate(site.module, callee, &site.environment) {
            match callee {
                Value::Class(class) => add(
                    &mut values,
                    Value::Instance(Rc::new(Instance {
                        class,
                        site: Some(site.clone()),
                    })),
                ),
                Value::Function(closure) => {
                    let script = self.script(closure.module);
                    let class = script.function(closure.function).class;
                    let is_of = |class| script.class(class).function == Some(closure.function);
                    if let Some(class) = class.filter(|class| is_of(*class)) {
                        let class = ClassValue {
                            module: closure.module,
                            class,
                            environment: closure.environment,
                        };
                        let site = Some(site.clone());
                        add(&mut values, Value::Instance(Rc::new(Instance { class, site })));
                    }
                }
                Value::External(class) if class.is_global("Promise") => {
                    add_all(&mut values, self.promised(site, arguments));
                }
                Value::External(class)
                    if class.is_global("URL")
                        || ["url", "node:url"]
                            .iter()
                            .any(|package| class.of_package(package).as_deref() == Some("URL")) =>
                {
                    add_all(&mut values, self.address(site, arguments));
                }
                Value::External(class) => add(
                    &mut values,
                    Value::External(External {
                        origin: Origin::Made {
                            class: Rc::new(class),
                            site: Rc::new(site.clone()),
                        },
                        members: vec![],
                    }),
                ),
                _ => {}
            }
        }
        values
    }

    /// What `new Promise((resolve) => …)` is resolved with.
    fn promised(&self, site: &Site, arguments: &[Argument]) -> Values {
        let mut values = vec![];
        for executor in self.argument(site, arguments, 0) {
            let Value::Function(Closure {
                module,
                function,
                environment,
                ..
            }) = executor
            else {
                continue;
            };
            let script = self.script(module);
            for expression in &script.expressions {
                let Kind::Call {
                    callee, arguments, ..
                } = &expression.kind
                else {
                    continue;
                };
                let Kind::Local(name) = script.kind(*callee) else {
                    continue;
                };
                let resolves = script
                    .name(*name)
                    .definitions
                    .iter()
                    .any(|definition| definition.source == DefinitionSource::Parameter(function, 0));
                if let Some(argument) = arguments.first().filter(|_| resolves) {
                    add_all(&mut values, self.evaluate(module, argument.value, &environment));
                }
            }
        }
        values
    }

    /// What a function that is handed to another one is given there.
    pub(super) fn given(&self, module: ModuleId, function: FunctionId, parameter: u32) -> Option<Values> {
        let mut values = vec![];
        for (call, argument) in self.writes().handed(module, function) {
            let script = self.script(module);
            let (Kind::Call { callee, .. } | Kind::New { callee, .. }) = script.kind(*call) else {
                continue;
            };
            let nowhere = Environment::default();
            if let Kind::Member { object, property, .. } = script.kind(*callee)
                && is_iteration(property)
                && *argument == 0
            {
                let objects = self.evaluate(module, *object, &nowhere);
                let held = objects.iter().find_map(|object| match object {
                    Value::External(external) => self.held(external).filter(|held| !held.is_empty()),
                    _ => None,
                });
                if let Some(held) = held.filter(|_| property == "forEach" && parameter == 0) {
                    add_all(&mut values, held);
                    continue;
                }
                if objects
                    .iter()
                    .any(|object| matches!(object, Value::Array(_) | Value::List(_)))
                {
                    if parameter == 0 {
                        add_all(&mut values, self.items(&objects));
                    }
                    continue;
                }
            }
            if let Kind::Member { object, property, .. } = script.kind(*callee)
                && property == "then"
                && (*argument, parameter) == (0, 0)
            {
                // What a promise becomes is what stands for the promise itself.
                let objects = self.evaluate(module, *object, &nowhere);
                let is_known = |value: &Value| !matches!(value, Value::External(_) | Value::Parameter(_));
                add_all(&mut values, objects.into_iter().filter(is_known).collect());
            }
            for callee in self.evaluate(module, *callee, &nowhere) {
                if let Value::External(external) = callee {
                    // A fetcher is called with the key: <https://swr.vercel.app/docs/data-fetching>.
                    let is_swr = external.package().is_some_and(|(package, _)| package == "swr");
                    if is_swr && (*argument, parameter) == (1, 0) {
                        let site = Site {
                            module,
                            expression: *call,
                            environment: nowhere.clone(),
                        };
                        add_all(&mut values, self.argument(&site, &self.arguments_of(&site), 0));
                        continue;
                    }
                    add(
                        &mut values,
                        Value::External(External {
                            origin: Origin::Given {
                                callee: Rc::new(external),
                                site: Rc::new(Site {
                                    module,
                                    expression: *call,
                                    environment: nowhere.clone(),
                                }),
                                argument: *argument,
                                parameter,
                            },
                            members: vec![],
                        }),
                    );
                }
            }
        }
        (!values.is_empty()).then_some(values)
    }

    /// Methods of strings, arrays, functions and promises.
    fn builtin_method(
        &self,
        site: &Site,
        object: &Value,
        method: &str,
        arguments: &[Argument],
    ) -> Option<Values> {
        let depth = site.environment.depth();
        let argument = |index| self.argument(site, arguments, index);
        match (object, method) {
            (Value::Text(text), _) => self.text_method(site, text, method, arguments),
            (Value::Function(closure), "bind") => {
                let mut bound = closure.clone();
                bound.this = bound
                    .this
                    .or_else(|| argument(0).into_iter().next().map(Box::new));
                Some(vec![Value::Function(bound)])
            }
            (Value::Function(closure), "call") => {
                let this = argument(0).into_iter().next();
                let rest = (1..arguments.len()).map(argument).collect();
                Some(self.apply(closure, Arguments::Values(rest), this, depth))
            }
            (Value::Array(_) | Value::List(_), _) => self.array_method(site, object, method, arguments),
            (Value::Object(_) | Value::Record(_) | Value::Instance(_) | Value::Namespace(_), "then") => self
                .member(object, method)
                .is_empty()
                .then(|| self.apply_all(&argument(0), &[vec![object.clone()]], depth)),
            (_, "catch" | "finally") if matches!(object, Value::Object(_) | Value::Text(_)) => {
                Some(vec![object.clone()])
            }
            // `location.protocol.replace('http', 'ws')` is the page's protocol for sockets.
            (Value::External(external), "replace") if external.is_global("location.protocol") => {
                Some(vec![object.clone()])
            }
            // A promise of something external: the function is handed what it becomes.
            (Value::External(external), "then") => {
                let results = self.apply_all(&argument(0), &[vec![Value::External(external.clone())]], depth);
                Some(if results.is_empty() {
                    vec![object.clone()]
                } else {
                    results
                })
            }
            (Value::External(external), "catch" | "finally")
                if matches!(external.origin, Origin::Result { .. }) =>
            {
                Some(vec![object.clone()])
            }
            _ => None,
        }
    }

    fn array_method(
        &self,
        site: &Site,
        array: &Value,
        method: &str,
        arguments: &[Argument],
    ) -> Option<Values> {
        let depth = site.environment.depth();
        if let Some(values) = self.method_of_known_items(site, array, method, arguments) {
            return Some(values);
        }
        let items = || self.items(std::slice::from_ref(array));
        let function = || self.argument(site, arguments, 0);
        Some(match method {
            "map" | "flatMap" => {
                let mut results = vec![];
                for item in items() {
                    add_all(&mut results, self.apply_all(&function(), &[vec![item]], depth));
                }
                vec![Value::List(Rc::new(vec![results]))]
            }
            "find" | "at" | "pop" | "shift" => items(),
            "filter" | "slice" | "reverse" | "sort" | "concat" | "toSorted" | "flat" => vec![array.clone()],
            "join" => {
                let separator = self.argument(site, arguments, 0);
                let separator = match separator.first() {
                    Some(value) => value.as_literal()?,
                    None => ",".into(),
                };
                self.joined(array, &separator)?
            }
            _ => return None,
        })
    }

    /// `['a', b].join('/')`, where every item is one value.
    fn joined(&self, array: &Value, separator: &str) -> Option<Values> {
        if let Some(items) = known_items(array) {
            let texts: Option<Vec<EcoString>> = items.iter().map(|item| item.first()?.as_literal()).collect();
            return Some(vec![Value::Text(Text::literal(&texts?.join(separator)))]);
        }
        let Value::Array(site) = array else { return None };
        let Kind::Array(elements) = self.script(site.module).kind(site.expression) else {
            return None;
        };
        let mut text = Text::default();
        for (index, element) in elements.iter().enumerate() {
            if element.spread {
                return None;
            }
            if index > 0 {
                text.push_literal(separator);
            }
            let place = Site {
                expression: element.value,
                ..site.clone()
            };
            text.push(self.texts(&place).first()?);
        }
        Some(vec![Value::Text(text)])
    }
}

/// Methods that hand the items of an array to a function.
fn is_iteration(method: &str) -> bool {
    matches!(
        method,
        "forEach" | "map" | "filter" | "find" | "some" | "every" | "flatMap" | "findIndex" | "findLast"
    )
}
