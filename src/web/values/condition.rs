//! Which way a condition goes, so that what cannot be reached with the arguments of a call is left out.
//!
//! An expression stands for everything that it may be, as far as that is known, so a single known value is no proof. A
//! condition is decided only by what cannot be anything else: literals, constants, and the arguments of the call.

use ecow::EcoString;

use super::{
    Arguments, Environment, Evaluator, Site, Text, Value, Values,
    predicate::{holds, matches_pattern, same, type_of},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        BlockKind, Definition, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, NameId,
        PathStep,
    },
};

/// Constants that are followed, one inside the other.
const MAX_CONSTANTS: u32 = 8;

impl Evaluator<'_> {
    /// Whether an expression is reached when its function runs: `None` where that is not known.
    pub(super) fn is_reached(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        environment: &Environment,
    ) -> Option<bool> {
        let mut certain = Some(true);
        let mut cases: Option<(ExpressionId, Option<bool>)> = None;
        for block in self.script(module).blocks_of(expression) {
            // `case 'a': case 'b':` is one body in a block for each.
            if let Some((subject, way)) = cases
                && !matches!(block.kind, BlockKind::Case { subject: other, .. } if other == subject)
            {
                certain = both(certain, way);
                cases = None;
            }
            let way = match block.kind {
                BlockKind::Body | BlockKind::Finally => Some(true),
                BlockKind::Then(test) => self.truth(module, test, environment),
                BlockKind::Otherwise(test) => self.truth(module, test, environment).map(|truth| !truth),
                BlockKind::Loop | BlockKind::Try | BlockKind::Catch => None,
                BlockKind::Case { subject, test } => {
                    let here = test.and_then(|test| self.equal(module, "===", subject, test, environment));
                    let before = cases.map_or(Some(false), |(_, way)| way);
                    cases = Some((subject, either(before, here)));
                    continue;
                }
            };
            certain = both(certain, way);
        }
        both(certain, cases.map_or(Some(true), |(_, way)| way))
    }

    /// Whether a definition is reached in the calls that its name is looked at in.
    pub(super) fn is_out_of_reach(
        &self,
        module: ModuleId,
        definition: &Definition,
        environment: &Environment,
    ) -> bool {
        let DefinitionSource::Expression(expression) = definition.source else {
            return false;
        };
        let function = self.script(module).expression(expression).function;
        environment.frame_of(module, function).is_some()
            && self.is_reached(module, expression, environment) == Some(false)
    }

    /// Whether the calls that led to a place rule it out: `case 'PUT':` of a function that is called with `'GET'`.
    #[must_use]
    pub fn is_never_reached(&self, site: &Site) -> bool {
        site.environment.0.is_some()
            && self.is_reached(site.module, site.expression, &site.environment) == Some(false)
    }

    /// Whether a condition holds, if that is known.
    pub(super) fn truth(
        &self,
        module: ModuleId,
        test: ExpressionId,
        environment: &Environment,
    ) -> Option<bool> {
        match self.script(module).kind(test) {
            Kind::Unary {
                operator: "!",
                operand,
            } => self.truth(module, *operand, environment).map(|truth| !truth),
            Kind::Logical {
                operator,
                left,
                right,
            } => {
                let left = self.truth(module, *left, environment);
                match *operator {
                    "&&" => both(left, self.truth(module, *right, environment)),
                    "||" => either(left, self.truth(module, *right, environment)),
                    _ => None,
                }
            }
            Kind::Binary {
                operator,
                left,
                right,
            } => self.equal(module, operator, *left, *right, environment),
            Kind::Call {
                callee, arguments, ..
            } if arguments.len() == 1 => self.predicate(module, *callee, arguments[0].value, environment),
            kind => {
                let values = self.certain(module, test, environment)?;
                let truth = agreed(values.iter().map(Value::truthiness));
                // What a property is not said to be may be written to it elsewhere.
                truth.filter(|truth| *truth || !matches!(kind, Kind::Member { .. }))
            }
        }
    }

    /// `path.startsWith('/')`, `/^https?:/.test(path)`, `Boolean(path)`.
    fn predicate(
        &self,
        module: ModuleId,
        callee: ExpressionId,
        argument: ExpressionId,
        environment: &Environment,
    ) -> Option<bool> {
        let script = self.script(module);
        match script.kind(callee) {
            Kind::Global(name) if name == "Boolean" => self.truth(module, argument, environment),
            Kind::Member { object, property, .. } if property == "test" => {
                let pattern = self.pattern(module, *object)?;
                let texts = self.certain(module, argument, environment)?;
                agreed(texts.iter().map(|text| match text {
                    Value::Text(text) => matches_pattern(&pattern, text),
                    _ => None,
                }))
            }
            Kind::Member { object, property, .. } => {
                let texts = self.certain(module, *object, environment)?;
                let parts = self.certain(module, argument, environment)?;
                let [part] = parts.as_slice() else { return None };
                let part = part.as_literal()?;
                agreed(texts.iter().map(|text| match text {
                    Value::Text(text) => holds(text, property, &part),
                    _ => None,
                }))
            }
            _ => None,
        }
    }

    /// A regular expression, as written, through a constant.
    fn pattern(&self, module: ModuleId, expression: ExpressionId) -> Option<EcoString> {
        let script = self.script(module);
        match script.kind(expression) {
            Kind::Regex(pattern) => Some(pattern.clone()),
            Kind::Local(name) => match script.name(*name).definitions.as_slice() {
                [only] => match only.source {
                    DefinitionSource::Expression(value) => match script.kind(value) {
                        Kind::Regex(pattern) => Some(pattern.clone()),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    fn equal(
        &self,
        module: ModuleId,
        operator: &str,
        left: ExpressionId,
        right: ExpressionId,
        environment: &Environment,
    ) -> Option<bool> {
        if !matches!(operator, "===" | "==" | "!==" | "!=") {
            return None;
        }
        let is_loose = operator.len() == 2;
        let lefts = self.operands(module, left, environment)?;
        let rights = self.operands(module, right, environment)?;
        let mut pairs = lefts
            .iter()
            .flat_map(|left| rights.iter().map(|right| same(left, right, is_loose)));
        agreed(&mut pairs).map(|same| same == operator.starts_with('='))
    }

    /// The values of one side of a comparison, if it cannot be anything else.
    fn operands(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        environment: &Environment,
    ) -> Option<Values> {
        let Kind::Unary {
            operator: "typeof",
            operand,
        } = self.script(module).kind(expression)
        else {
            return self.certain(module, expression, environment);
        };
        let values = self.certain(module, *operand, environment)?;
        let names = values.iter().map(type_of);
        names
            .map(|name| name.map(|name| Value::Text(Text::literal(name))))
            .collect()
    }

    /// The values of an expression, if it cannot be anything else.
    fn certain(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        environment: &Environment,
    ) -> Option<Values> {
        let steps = Steps {
            left: MAX_CONSTANTS,
            names: &[],
        };
        if !self.is_certain(module, expression, environment, steps) {
            return None;
        }
        let values = self.evaluate(module, expression, environment);
        (!values.is_empty()).then_some(values)
    }

    fn is_certain(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        environment: &Environment,
        steps: Steps<'_>,
    ) -> bool {
        if steps.left == 0 {
            return false;
        }
        let script = self.script(module);
        let steps = steps.fewer();
        let is_certain = |expression| self.is_certain(module, expression, environment, steps);
        match script.kind(expression) {
            Kind::Text(_)
            | Kind::Template { tag: None, .. }
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Object(_)
            | Kind::Array(_)
            | Kind::Function(_)
            | Kind::Class(_)
            | Kind::New { .. } => true,
            Kind::Global(name) => name == "undefined",
            Kind::Local(name) => self.is_constant(module, *name, environment, steps),
            Kind::Member { object, .. } => is_certain(*object),
            Kind::Binary {
                operator: "+",
                left,
                right,
            } => is_certain(*left) && is_certain(*right),
            // One of two things, both of which are known.
            Kind::Conditional { then, otherwise, .. } => is_certain(*then) && is_certain(*otherwise),
            Kind::Call {
                callee, arguments, ..
            } => match script.kind(*callee) {
                Kind::Member { object, property, .. } => {
                    matches!(
                        property.as_str(),
                        "toLowerCase" | "toUpperCase" | "trim" | "toString"
                    ) && is_certain(*object)
                }
                Kind::Global(name) if name == "String" => {
                    arguments.first().is_some_and(|first| is_certain(first.value))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a name only ever stands for what is known within a call: a constant, or a parameter that is given
    /// something else only where that is known too (`method = method.toUpperCase()`).
    fn is_constant(
        &self,
        module: ModuleId,
        name: NameId,
        environment: &Environment,
        steps: Steps<'_>,
    ) -> bool {
        let declared = self.script(module).name(name);
        if steps.names.contains(&name) {
            return true;
        }
        if declared.is_updated || declared.definitions.is_empty() {
            return false;
        }
        let names = [steps.names, &[name]].concat();
        let steps = Steps {
            names: &names,
            ..steps
        };
        let is_alone = declared.definitions.len() == 1;
        let of_parameter =
            |definition: &Definition| matches!(definition.source, DefinitionSource::Parameter(..));
        let is_open = !is_alone && !declared.definitions.iter().any(of_parameter);
        !is_open
            && declared.definitions.iter().all(|definition| {
                self.is_definition_certain(
                    module,
                    definition,
                    is_alone && !declared.is_constant,
                    environment,
                    steps,
                )
            })
    }

    fn is_definition_certain(
        &self,
        module: ModuleId,
        definition: &Definition,
        is_variable: bool,
        environment: &Environment,
        steps: Steps<'_>,
    ) -> bool {
        match definition.source {
            DefinitionSource::Expression(value) => {
                let function = self.script(module).expression(value).function;
                let environment = self.environment_for(module, function, environment);
                !is_variable
                    && definition.path.is_empty()
                    && self.is_certain(module, value, &environment, steps)
            }
            DefinitionSource::Parameter(function, index) => {
                let mut path = definition.path.iter();
                let is_whole = path.all(|step| matches!(step, PathStep::Default(_)));
                is_whole && self.is_given(module, function, index as usize, environment, steps)
            }
            DefinitionSource::Import(..) | DefinitionSource::Function(_) | DefinitionSource::Class(_) => true,
            _ => false,
        }
    }

    /// Whether a parameter is given something certain, or certainly nothing.
    fn is_given(
        &self,
        module: ModuleId,
        function: FunctionId,
        index: usize,
        environment: &Environment,
        steps: Steps<'_>,
    ) -> bool {
        match environment
            .frame_of(module, function)
            .map(|frame| &frame.arguments)
        {
            Some(Arguments::Call {
                module,
                arguments,
                environment,
            }) => {
                let steps = Steps {
                    names: &[],
                    left: steps.left,
                };
                let given = arguments.iter().take(index + 1);
                !given.clone().any(|argument| argument.spread)
                    && arguments
                        .get(index)
                        .is_none_or(|argument| self.is_certain(*module, argument.value, environment, steps))
            }
            _ => false,
        }
    }
}

/// How far a question about certainty has gone.
#[derive(Clone, Copy)]
struct Steps<'a> {
    left: u32,
    /// Names of the module that are being asked about.
    names: &'a [NameId],
}

impl Steps<'_> {
    fn fewer(self) -> Self {
        Self {
            left: self.left - 1,
            ..self
        }
    }
}

fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn either(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    both(left.map(|left| !left), right.map(|right| !right)).map(|neither| !neither)
}

/// What all answers say.
fn agreed(mut answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let first = answers.next()??;
    answers.all(|answer| answer == Some(first)).then_some(first)
}
