//! The state of one interpretation: modules, frames, conditions, budgets, findings.

use std::{cell::OnceCell, rc::Rc};

use ecow::EcoString;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::{
    budget::Budget,
    builtins,
    class::{Builtin, ClassObject},
    flow::{Eval, Flow, Raised},
    scope::{Scope, ScopeKind},
    third_party::LibraryBudget,
    tracer::Tracer,
    unknown::Unknown,
    value::{FunctionObject, ModuleObject, Value},
};
use crate::{
    python::{project::Project, syntax::ast::Span},
    source::location::{Finding, Location},
};

/// Writes the OpenAPI documents that the analysed program asks for.
pub trait DocumentWriter {
    /// The document of an application, or of lists of routes and of webhooks in the name of the application at hand;
    /// nothing for anything else.
    fn write(&self, it: &mut Interpreter, subject: &Value, webhooks: &Value) -> Option<serde_json::Value>;
}

/// Evaluates modules the way Python would import them, over partial values.
pub struct Interpreter {
    /// Where modules are found.
    pub project: Project,
    /// Modules imported so far, by dotted name, in order of import.
    pub modules: IndexMap<EcoString, Value, FxBuildHasher>,
    /// The built-in names.
    pub builtins: Rc<Scope>,
    /// The built-in types.
    pub types: builtins::Types,
    /// The calls under way, outermost first.
    pub frames: Vec<Frame>,
    /// The undecided conditions under which evaluation goes on, outermost first.
    pub conditions: Vec<Condition>,
    /// Names of the exceptions that the enclosing `try` statements catch by name.
    pub guards: Vec<Vec<EcoString>>,
    /// What may still be spent.
    pub budget: Budget,
    /// What may still be spent on source of libraries.
    pub library_budget: LibraryBudget,
    /// What could not be resolved.
    pub findings: IndexSet<FindingKey, FxBuildHasher>,
    /// The environment variables that the program sees.
    pub environment: IndexMap<String, String>,
    /// Records what functions do, when that is wanted.
    pub tracer: Option<Tracer>,
    /// Writes OpenAPI documents, while a method of an application that changes its own is followed.
    pub document_writer: Option<Rc<dyn DocumentWriter>>,
    /// Where names are looked up last, the innermost at the end: those that a library adds to annotations.
    pub further_scopes: Vec<Rc<Scope>>,
    /// How many undecided branches enclose the evaluation.
    pub undecided: usize,
    /// The forward references that are being replaced, outermost first: those that lead back to themselves have no end.
    pub(super) resolving: Vec<Reference>,
    /// How often one of them was found to lead back to itself.
    pub(super) circles: usize,
}

/// A finding, comparable so that each is kept once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FindingKey {
    /// Where.
    pub location: Location,
    /// A stable code.
    pub code: &'static str,
    /// What.
    pub message: String,
}

/// A call under way, or a module body.
pub struct Frame {
    /// The module whose text is evaluated.
    pub module: Rc<ModuleObject>,
    /// The innermost scope.
    pub scope: Rc<Scope>,
    /// The function called; absent at module level and in class bodies.
    pub function: Option<Rc<FunctionObject>>,
    /// What is evaluated now.
    pub span: Span,
    /// Values returned under a condition that is not decided.
    pub pending: Vec<Value>,
    /// Values yielded so far.
    pub yields: Vec<Value>,
    /// The class whose body is evaluated or whose method runs, once it exists.
    pub class_cell: Rc<OnceCell<Rc<ClassObject>>>,
    /// The exception being handled.
    pub handling: Option<Raised>,
    /// How many loops enclose the evaluation in this frame.
    pub loops: usize,
    /// How often one of two undecided ways left the innermost loop by `break`, and the other went on.
    pub breaks: usize,
}

/// A forward reference by its text and the address of the scope in which it is looked up.
pub(super) type Reference = (EcoString, usize);

/// An undecided condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// As written; the opposite case starts with `not`.
    pub text: EcoString,
    /// Whether it stands in analysed code rather than in a library model.
    pub is_analysed: bool,
}

impl Interpreter {
    /// A fresh interpretation of a project.
    #[must_use]
    pub fn new(project: Project, environment: &[(String, String)]) -> Self {
        let types = builtins::Types::new();
        let builtins = Scope::new(ScopeKind::Module, None);
        let mut interpreter = Self {
            project,
            modules: IndexMap::default(),
            builtins,
            types,
            frames: vec![],
            conditions: vec![],
            guards: vec![],
            budget: Budget::default(),
            library_budget: LibraryBudget::default(),
            findings: IndexSet::default(),
            environment: environment.iter().cloned().collect(),
            tracer: None,
            undecided: 0,
            document_writer: None,
            further_scopes: vec![],
            resolving: vec![],
            circles: 0,
        };
        builtins::install(&mut interpreter);
        crate::python::library::natives::install(&mut interpreter);
        interpreter
    }

    /// The built-in class of a kind.
    #[must_use]
    pub fn class(&self, builtin: Builtin) -> Rc<ClassObject> {
        self.types.get(builtin)
    }

    /// The innermost frame.
    ///
    /// # Panics
    /// Never while something is evaluated: a module body has a frame of its own.
    pub fn frame(&mut self) -> &mut Frame {
        self.frames
            .last_mut()
            .expect("evaluation always happens in a frame")
    }

    /// The scope of the innermost frame.
    #[must_use]
    pub fn scope(&self) -> Rc<Scope> {
        match self.frames.last() {
            Some(frame) => Rc::clone(&frame.scope),
            None => Rc::clone(&self.builtins),
        }
    }

    /// The module of the innermost frame.
    #[must_use]
    pub fn module(&self) -> Option<Rc<ModuleObject>> {
        self.frames.last().map(|frame| Rc::clone(&frame.module))
    }

    /// The module of the innermost frame of analysed code.
    #[must_use]
    pub fn module_of_caller(&self) -> Option<Rc<ModuleObject>> {
        let frame = self.frames.iter().rev().find(|frame| frame.module.is_own());
        frame.map(|frame| Rc::clone(&frame.module))
    }

    /// Where the innermost frame of analysed code stands.
    #[must_use]
    pub fn here(&self) -> Location {
        self.frames
            .iter()
            .rev()
            .find(|frame| frame.module.is_own() && frame.module.file.is_some())
            .map(|frame| location(&frame.module, frame.span))
            .unwrap_or_default()
    }

    /// Records a finding at the innermost frame of analysed code.
    pub fn report(&mut self, code: &'static str, message: String) {
        let location = self.here();
        self.report_at(location, code, message);
    }

    /// Records a finding.
    pub fn report_at(&mut self, location: Location, code: &'static str, message: String) {
        self.findings.insert(FindingKey {
            location,
            code,
            message,
        });
    }

    /// The findings in order of place.
    #[must_use]
    pub fn sorted_findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .findings
            .iter()
            .map(|key| Finding {
                location: key.location.clone(),
                code: key.code.to_owned(),
                message: key.message.clone(),
                help: help(key.code).map(str::to_owned),
            })
            .collect();
        findings.sort();
        findings
    }

    /// An exception of a built-in class, as Python would raise it.
    pub fn exception(&mut self, class: &str, message: impl Into<EcoString>) -> Flow {
        let class = self.builtins.names.borrow().get(class).cloned();
        let exception = match class {
            Some(Value::Class(class)) => {
                let instance = self.new_instance(&class);
                if let Value::Instance(object) = &instance {
                    let args = Value::tuple(vec![Value::Str(message.into())]);
                    object.attributes.borrow_mut().insert("args".into(), args);
                }
                instance
            }
            _ => Unknown::nothing(),
        };
        Flow::Raise(Box::new(Raised {
            exception,
            location: self.here(),
        }))
    }

    /// What Python would raise, when the code around expects just that; otherwise an unknown value,
    /// because a name or attribute that is missing here is more often a gap of ours than a bug of theirs.
    ///
    /// # Errors
    /// The exception, when an enclosing `try` catches it by name.
    pub fn missing(&mut self, class: &str, message: String) -> Eval<Value> {
        if self.is_guarded(class) {
            return Err(self.exception(class, message));
        }
        Ok(Unknown::nothing())
    }

    /// Whether an enclosing `try` catches this built-in exception by its own name or a close parent's.
    #[must_use]
    pub fn is_guarded(&self, class: &str) -> bool {
        let parents: &[&str] = match class {
            "KeyError" | "IndexError" => &["LookupError"],
            "ModuleNotFoundError" => &["ImportError"],
            _ => &[],
        };
        self.guards
            .iter()
            .flatten()
            .any(|name| name == class || parents.contains(&name.as_str()))
    }

    /// The conditions of analysed code under which evaluation goes on, as written.
    #[must_use]
    pub fn condition_texts(&self) -> Vec<EcoString> {
        let mut texts: Vec<EcoString> = vec![];
        for condition in self.conditions.iter().filter(|condition| condition.is_analysed) {
            if !texts.contains(&condition.text) {
                texts.push(condition.text.clone());
            }
        }
        texts
    }

    /// The source text of a span in the innermost frame, on one line.
    #[must_use]
    pub fn snippet(&self, span: Span) -> EcoString {
        self.frames
            .last()
            .and_then(|frame| frame.module.file.as_ref().map(|file| file.snippet(span)))
            .unwrap_or_default()
    }
}

/// What can be done about findings of a kind.
fn help(code: &str) -> Option<&'static str> {
    (code == "budget-exceeded").then_some(
        "code is evaluated, not run, so a long computation at import is cut short; what routes or models depend on is best \
         kept out of it",
    )
}

/// The place of a span in a module's file; none for what the analysed tree does not hold.
#[must_use]
pub fn location(module: &ModuleObject, span: Span) -> Location {
    let Some(file) = module.file.as_ref().filter(|_| module.is_own()) else {
        return Location::default();
    };
    let (line, column) = file.syntax.line_column(span.start);
    let end_line = file.syntax.line(span.end.saturating_sub(1).max(span.start));
    Location {
        file: file.path.to_string(),
        line,
        end_line,
        column,
    }
}
