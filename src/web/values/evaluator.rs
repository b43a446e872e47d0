//! Asking what an expression stands for.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use ecow::EcoString;
use regex::Regex;
use rustc_hash::FxHashMap;

use super::{
    ClassValue, Closure, Environment, External, Frame, Origin, Site, Text, Value, Values,
    answers::Answers,
    construction::Constructions,
    form_field::FormFields,
    index::Index,
    operator::{logical, unary},
    slice::Slices,
    store_option::StoreFunctions,
    writes::Writes,
};
use crate::web::{
    project::{ModuleId, Project, glob::Globbed, nuxt::AutoImport},
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, Script},
};

/// An expression stands for at most so many values; further ones are dropped.
pub(super) const MAX_VALUES: usize = 32;
/// Questions that a question leads to, one inside the other.
const MAX_DEPTH: usize = 80;
/// Calls that are followed, one inside the other.
pub(super) const MAX_CALLS: u32 = 8;
/// Steps that one question may take.
const MAX_STEPS: u32 = 5_000;
/// Answers to a question that a cycle cuts short before the last one counts.
const MAX_ATTEMPTS: u8 = 3;

/// By call; none for a call that asks for something else.
type Globs = FxHashMap<(ModuleId, ExpressionId), Option<Rc<Globbed>>>;

/// Finds what expressions stand for.
pub struct Evaluator<'p> {
    /// The scripts.
    pub project: &'p Project<'p>,
    steps: Cell<u32>,
    /// How many answers were cut short by a cycle or a bound.
    cuts: Cell<u32>,
    stack: RefCell<Vec<Site>>,
    nesting: Cell<usize>,
    /// What is spread and being looked into, with the property that is looked for.
    pub(super) spreads: RefCell<Vec<(ModuleId, ExpressionId, EcoString)>>,
    known: Answers,
    /// What calls for the files of a pattern give, by the call.
    pub(super) globs: RefCell<Globs>,
    /// Regular expressions by what is written, each compiled once.
    pub(super) patterns: RefCell<FxHashMap<String, Option<(Regex, bool)>>>,
    pub(super) index: OnceCell<Index>,
    pub(super) writes: OnceCell<Writes>,
    pub(super) constructions: OnceCell<Constructions>,
    pub(super) form_fields: OnceCell<FormFields>,
    pub(super) store_functions: OnceCell<StoreFunctions>,
    pub(super) slices: OnceCell<Slices>,
}

impl<'p> Evaluator<'p> {
    /// An evaluator over scripts.
    #[must_use]
    pub fn new(project: &'p Project<'p>) -> Self {
        let this = Self {
            project,
            steps: Cell::new(0),
            cuts: Cell::new(0),
            stack: RefCell::default(),
            nesting: Cell::new(0),
            patterns: RefCell::default(),
            spreads: RefCell::default(),
            globs: RefCell::default(),
            known: Answers::new(project.module_ids().count()),
            index: OnceCell::new(),
            writes: OnceCell::new(),
            constructions: OnceCell::new(),
            form_fields: OnceCell::new(),
            store_functions: OnceCell::new(),
            slices: OnceCell::new(),
        };
        let constructions = Constructions::new(&this);
        // What was asked for that has been answered without them.
        this.known.clear();
        let _ = this.constructions.set(constructions);
        this
    }

    pub(super) fn script(&self, module: ModuleId) -> &'p Script {
        self.project.script(module)
    }

    /// What an expression stands for, looked at by itself.
    #[must_use]
    pub fn values(&self, module: ModuleId, expression: ExpressionId) -> Values {
        self.evaluate(module, expression, &Environment::default())
    }

    /// What an expression stands for within the calls that led to it.
    #[must_use]
    pub fn values_at(&self, site: &Site) -> Values {
        self.evaluate(site.module, site.expression, &site.environment)
    }

    /// The strings that an expression may stand for; what is none is a hole.
    #[must_use]
    pub fn texts(&self, site: &Site) -> Vec<Text> {
        let written = || self.script(site.module).written(site.expression);
        let values = self.values_at(site);
        if values.is_empty() {
            return vec![Text::hole(written(), Value::Unknown)];
        }
        let mut texts: Vec<Text> = vec![];
        let is_nothing = |value: &Value| matches!(value, Value::Undefined | Value::Null);
        // Nobody means the text `undefined` where there may be one.
        let has_text = values.iter().any(|value| matches!(value, Value::Text(_)));
        for value in values.iter().filter(|value| !(has_text && is_nothing(value))) {
            let text = to_text(value, written);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    pub(super) fn evaluate(
        &self,
        module: ModuleId,
        expression: ExpressionId,
        environment: &Environment,
    ) -> Values {
        if let Some(values) = literal(self.script(module).kind(expression)) {
            return values;
        }
        let is_alone = environment.0.is_none();
        if is_alone && let Some(known) = self.known.get(module, expression) {
            return known;
        }
        let site = Site {
            module,
            expression,
            environment: environment.clone(),
        };
        {
            let stack = self.stack.borrow();
            if stack.is_empty() && self.nesting.get() == 0 {
                self.steps.set(0);
            }
            self.steps.set(self.steps.get() + 1);
            let is_cut = stack.len() >= MAX_DEPTH || self.steps.get() > MAX_STEPS || stack.contains(&site);
            if is_cut {
                self.cuts.set(self.cuts.get() + 1);
                return vec![];
            }
        }
        let cuts = self.cuts.get();
        self.stack.borrow_mut().push(site);
        let mut values = self.of_kind(module, expression, environment);
        self.stack.borrow_mut().pop();
        values.truncate(MAX_VALUES);
        // An answer that a cycle cut short is whole only for the question that began it.
        if is_alone {
            let key = (module, expression);
            let expressions = self.script(module).expressions.len();
            let is_whole = self.cuts.get() == cuts
                || self.stack.borrow().is_empty()
                || self.known.cut(key, expressions) >= MAX_ATTEMPTS;
            if is_whole {
                self.known.keep(key, expressions, &values);
            }
        }
        values
    }

    /// Asks for a part of a value, unless the way there is too long: objects may hold each other, and modules export
    /// what they import from each other.
    pub(super) fn nested<T: Default>(&self, ask: impl FnOnce() -> T) -> T {
        let nesting = self.nesting.get();
        // A new question begins with new steps; given within one, they would never be used up.
        if nesting == 0 && self.stack.borrow().is_empty() {
            self.steps.set(0);
        }
        self.steps.set(self.steps.get() + 1);
        if nesting >= MAX_DEPTH || self.steps.get() > MAX_STEPS {
            self.cuts.set(self.cuts.get() + 1);
            return T::default();
        }
        self.nesting.set(nesting + 1);
        let answer = ask();
        self.nesting.set(nesting);
        answer
    }

    fn of_kind(&self, module: ModuleId, expression: ExpressionId, environment: &Environment) -> Values {
        let script = self.script(module);
        let at = |expression: ExpressionId| self.evaluate(module, expression, environment);
        let site = || Site {
            module,
            expression,
            environment: environment.clone(),
        };
        match script.kind(expression) {
            Kind::Template {
                texts,
                holes,
                tag: None,
            } => self.template(module, texts, holes, environment),
            Kind::Local(name) => self.local(module, *name, environment),
            Kind::Global(name) => self.global(module, name),
            Kind::This => self.this(module, script.expression(expression).function, environment),
            Kind::ImportMeta => vec![Value::External(External::global("import.meta"))],
            Kind::Member { object, property, .. } if matches!(script.kind(*object), Kind::Super) => {
                let function = script.expression(expression).function;
                self.super_member(module, function, property, environment)
            }
            Kind::Member { object, property, .. } => {
                let mut values = vec![];
                for object in at(*object) {
                    add_all(&mut values, self.member(&object, property));
                }
                values
            }
            Kind::Index { object, index } => self.indexed(at(*object), &at(*index)),
            Kind::Call {
                callee, arguments, ..
            } => self.call(&site(), *callee, arguments),
            Kind::New { callee, arguments } => self.construct(&site(), *callee, arguments),
            Kind::Array(_) => vec![Value::Array(site())],
            Kind::Object(_) => vec![Value::Object(site())],
            Kind::Function(function) => vec![self.closure(module, *function, environment)],
            Kind::Class(class) => vec![Value::Class(ClassValue {
                module,
                class: *class,
                environment: environment.clone(),
            })],
            Kind::Unary { operator, operand } => unary(operator, &at(*operand)),
            Kind::Binary {
                operator,
                left,
                right,
            } => self.binary(module, operator, *left, *right, environment),
            Kind::Logical {
                operator,
                left,
                right,
            } => logical(operator, at(*left), || at(*right)),
            Kind::Conditional {
                test,
                then,
                otherwise,
            } => {
                let decided = self.truth(module, *test, environment);
                let tests: Vec<Option<bool>> = match decided {
                    Some(truth) => vec![Some(truth)],
                    None => at(*test).iter().map(Value::truthiness).collect(),
                };
                match tests.as_slice() {
                    [Some(true)] => at(*then),
                    [Some(false)] => at(*otherwise),
                    _ => {
                        let mut values = at(*then);
                        add_all(&mut values, at(*otherwise));
                        values
                    }
                }
            }
            Kind::Assign { value, .. } => at(*value),
            Kind::Sequence(parts) => parts.last().map(|last| at(*last)).unwrap_or_default(),
            Kind::Await(value) => at(*value),
            Kind::Import(specifier) => {
                let mut values = vec![];
                for specifier in at(*specifier).iter().filter_map(Value::as_literal) {
                    add_all(&mut values, self.namespace(module, &specifier));
                }
                values
            }
            Kind::Element(_) => vec![Value::Element(site())],
            Kind::Text(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Template { .. }
            | Kind::Regex(_)
            | Kind::Super
            | Kind::Update(_)
            | Kind::Yield(_)
            | Kind::Other => vec![],
        }
    }

    pub(super) fn closure(&self, module: ModuleId, function: FunctionId, environment: &Environment) -> Value {
        Value::Function(Closure {
            module,
            function,
            environment: environment.clone(),
            this: None,
        })
    }

    /// The calls that what stands in a function is looked at in: those of the function or of one around it.
    pub(super) fn environment_for(
        &self,
        module: ModuleId,
        function: FunctionId,
        environment: &Environment,
    ) -> Environment {
        let script = self.script(module);
        let mut next = Some(function);
        while let Some(function) = next {
            if let Some(frame) = environment.frame_of(module, function) {
                return Environment(Some(Rc::clone(frame)));
            }
            next = script.function(function).parent;
        }
        Environment::default()
    }

    fn global(&self, module: ModuleId, name: &EcoString) -> Values {
        if name == "undefined" {
            return vec![Value::Undefined];
        }
        // A classic script's top level is shared by the scripts of its page.
        if let Some(values) = self.shared_global(module, name) {
            return values;
        }
        match self.project.auto_import(module, name) {
            Some(AutoImport::Export(from, export)) => return self.exported(from, &export),
            Some(AutoImport::Package(package)) => {
                return vec![Value::External(External {
                    origin: Origin::Library {
                        package: package.into(),
                        path: EcoString::new(),
                    },
                    members: vec![name.clone()],
                })];
            }
            None => {}
        }
        if name == "THREE" {
            return vec![Value::External(External {
                origin: Origin::Library {
                    package: "three".into(),
                    path: EcoString::new(),
                },
                members: vec![],
            })];
        }
        vec![Value::External(External::global(name))]
    }

    /// A call of a function; none where calls nest too deeply.
    pub(super) fn frame(
        &self,
        closure: &Closure,
        arguments: super::Arguments,
        this: Option<Value>,
        depth: u32,
    ) -> Option<Environment> {
        if depth >= MAX_CALLS {
            self.cuts.set(self.cuts.get() + 1);
            return None;
        }
        Some(Environment(Some(Rc::new(Frame {
            module: closure.module,
            function: closure.function,
            arguments,
            this: closure.this.as_deref().cloned().or(this),
            outer: closure.environment.clone(),
            depth: depth + 1,
        }))))
    }
}

/// Adds a value that is not there yet.
pub(super) fn add(values: &mut Values, value: Value) {
    if values.len() < MAX_VALUES && !values.contains(&value) {
        values.push(value);
    }
}

/// Adds the values that are not there yet.
pub(super) fn add_all(values: &mut Values, more: Values) {
    for value in more {
        add(values, value);
    }
}

/// A value as a string; what is none is a hole that is shown as written.
pub(super) fn to_text(value: &Value, written: impl Fn() -> EcoString) -> Text {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => Text::literal(&ecow::eco_format!("{number}")),
        Value::Boolean(value) => Text::literal(if *value { "true" } else { "false" }),
        Value::File(path) => Text::literal(path),
        value => Text::hole(written(), value.clone()),
    }
}

/// What stands for itself, or for nothing.
fn literal(kind: &Kind) -> Option<Values> {
    Some(match kind {
        Kind::Text(text) => vec![Value::Text(Text::literal(text))],
        Kind::Number(number) => vec![Value::Number(*number)],
        Kind::Boolean(value) => vec![Value::Boolean(*value)],
        Kind::Null => vec![Value::Null],
        Kind::Regex(_) | Kind::Super | Kind::Update(_) | Kind::Yield(_) | Kind::Other => vec![],
        _ => return None,
    })
}
