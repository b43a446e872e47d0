//! A light look at a Python file: which names of the module look like applications.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use ecow::EcoString;
use regex::bytes::Regex;

use super::command::{Command, import_string};
use super::names::Names;
use crate::python::source_file::{SourceFile, SourceFiles};
use crate::python::syntax::ast::{
    Argument, Constant, Expr, ExprKind, FunctionDef, ParameterKind, Stmt, StmtKind,
};

/// A parsed file that speaks of applications.
pub(super) struct Scan {
    pub(super) file: Arc<SourceFile>,
}

/// A name that looks like an application.
pub(super) struct Found {
    pub(super) attribute: String,
    pub(super) line: u32,
    pub(super) what: String,
    pub(super) score: i32,
    /// Parameters of a factory without a default.
    pub(super) missing: Vec<String>,
}

/// Parses a file whose text holds `FastAPI` or starts a server; nothing for others.
pub(super) fn scan(path: &str, text: Vec<u8>, sources: &SourceFiles) -> Option<Scan> {
    static WANTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("FastAPI|create_app|uvicorn").ok());
    let is_wanted = WANTED.as_ref().is_some_and(|words| words.is_match(&text));
    let file = is_wanted.then(|| sources.get(path, || Ok(text)).ok());
    Some(Scan { file: file?? })
}

impl Scan {
    /// The names of the module that look like applications.
    pub(super) fn candidates(&self, names: &Names) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut mounted: BTreeSet<&str> = BTreeSet::new();
        let held = names.held(&self.file.syntax.body);
        each(&self.file.syntax.body, &mut |stmt| match &stmt.kind {
            StmtKind::Assign { targets, value } => {
                for target in targets.iter().filter_map(name) {
                    found.extend(self.assigned(target, value, stmt, names, &found, &held));
                }
            }
            StmtKind::AnnAssign {
                target,
                value: Some(value),
                ..
            } => {
                if let Some(target) = name(target) {
                    found.extend(self.assigned(target, value, stmt, names, &found, &held));
                }
            }
            StmtKind::FunctionDef(function) => found.extend(self.factory(function, names)),
            StmtKind::Expr(Expr {
                kind: ExprKind::Call(called, arguments),
                ..
            }) => {
                if let (ExprKind::Attribute(_, method), Some(Argument::Positional(app))) =
                    (&called.kind, arguments.get(1))
                    && method == "mount"
                {
                    mounted.extend(name(app));
                }
            }
            _ => {}
        });
        for candidate in &mut found {
            if mounted.contains(candidate.attribute.as_str()) {
                candidate.score -= 30;
            }
        }
        found
    }

    fn assigned(
        &self,
        target: &str,
        value: &Expr,
        stmt: &Stmt,
        names: &Names,
        before: &[Found],
        held: &[(&str, &str)],
    ) -> Option<Found> {
        if let Some(what) = names.holder_of(value, held) {
            return Some(Found {
                attribute: target.to_owned(),
                line: self.file.syntax.line(stmt.span.start),
                what: format!("`{target} = {what}`"),
                score: 40,
                missing: Vec::new(),
            });
        }
        let ExprKind::Call(called, arguments) = &value.kind else {
            return None;
        };
        let is_before =
            |expr: &Expr| name(expr).is_some_and(|name| before.iter().any(|found| found.attribute == name));
        let callee = callee(value).unwrap_or_default();
        let (score, what) = if names.classes.contains(callee) {
            (
                if self.is_namesake(callee) { 35 } else { 50 },
                format!("`{target} = {callee}(…)`"),
            )
        } else if names.is_application(value) {
            (40, format!("`{target} = {callee}(…)`"))
        } else if arguments.iter().any(|argument| match argument {
            Argument::Positional(value) | Argument::Keyword(_, value) => is_before(value),
            _ => false,
        }) {
            // A wrapper around what is a candidate itself, such as a middleware.
            (15, format!("`{target} = {callee}(…)`"))
        } else if matches!(&called.kind, ExprKind::Attribute(object, _) if is_before(object)) {
            (45, format!("`{target} = ….{callee}()`"))
        } else {
            return None;
        };
        let line = self.file.syntax.line(stmt.span.start);
        Some(Found {
            attribute: target.to_owned(),
            line,
            what,
            score,
            missing: Vec::new(),
        })
    }

    fn factory(&self, function: &FunctionDef, names: &Names) -> Option<Found> {
        let name = function.name.as_str();
        // What takes an application changes one.
        let takes_one = function.parameters.all.iter().any(|parameter| {
            let annotation = parameter.annotation.as_deref().and_then(last_name);
            annotation.is_some_and(|name| names.classes.contains(name)) || parameter.name == "app"
        });
        let is_factory = names.factories.contains(name) && names.makes(function) && !takes_one;
        if !is_factory || names.called.contains(name) || function.is_async || function.body().is_generator {
            return None;
        }
        let needed = function.parameters.all.iter().filter(|parameter| {
            let is_rest = matches!(
                parameter.kind,
                ParameterKind::VarPositional | ParameterKind::VarKeyword
            );
            !is_rest && parameter.default.is_none()
        });
        let missing: Vec<String> = needed.map(|parameter| parameter.name.to_string()).collect();
        Some(Found {
            attribute: format!("{name}()"),
            line: self.file.syntax.line(function.span.start),
            what: format!("`def {name}` returns an application"),
            score: if missing.is_empty() { 25 } else { -20 },
            missing,
        })
    }

    /// Calls such as `uvicorn.run("app.main:app")` anywhere in the file, and `uvicorn.run(app)`.
    pub(super) fn runs(&self, file: &str) -> Vec<Command> {
        let mut commands = Vec::new();
        each(&self.file.syntax.body, &mut |stmt| {
            commands.extend(self.run(stmt, file, &[]))
        });
        each_deep(&self.file.syntax.body, &mut |stmt| {
            if let StmtKind::FunctionDef(function) = &stmt.kind {
                each(&function.body().statements, &mut |stmt| {
                    commands.extend(self.run(stmt, file, &function.body().locals))
                });
            }
        });
        commands
    }

    fn run(&self, stmt: &Stmt, file: &str, locals: &[EcoString]) -> Option<Command> {
        let StmtKind::Expr(Expr {
            kind: ExprKind::Call(called, arguments),
            ..
        }) = &stmt.kind
        else {
            return None;
        };
        let ExprKind::Attribute(object, method) = &called.kind else {
            return None;
        };
        if method != "run" || name(object) != Some("uvicorn") {
            return None;
        }
        let is_factory = arguments.iter().any(|argument| {
            matches!(argument, Argument::Keyword(name, Expr { kind: ExprKind::Constant(Constant::Bool(true)), .. })
                if name == "factory")
        });
        let app = arguments.iter().find_map(|argument| match argument {
            Argument::Positional(app) => Some(app),
            Argument::Keyword(name, app) if name == "app" => Some(app),
            _ => None,
        })?;
        let (module, attribute, called) = match &app.kind {
            ExprKind::Constant(Constant::Str(text)) => import_string(text)?,
            // A local name is not one of the module, an imported one is another module's.
            ExprKind::Name(name) if !locals.contains(name) && self.binds(name) => {
                (file.to_owned(), Some(name.to_string()), false)
            }
            _ => return None,
        };
        Some(Command {
            file: file.to_owned(),
            line: self.file.syntax.line(stmt.span.start),
            what: "`uvicorn.run(…)`".to_owned(),
            module,
            attribute,
            is_factory: called || is_factory,
            weight: 20,
        })
    }

    /// Whether a class that is called as FastAPI's own comes from elsewhere.
    fn is_namesake(&self, class: &str) -> bool {
        let mut is_namesake = false;
        each(&self.file.syntax.body, &mut |stmt| {
            if let StmtKind::ImportFrom { module, names, .. } = &stmt.kind {
                let is_own = module == "fastapi" || module == "fastapi.applications";
                is_namesake |= !is_own
                    && names
                        .iter()
                        .any(|name| name.name == "FastAPI" && name.alias.is_none());
            }
        });
        class == "FastAPI" && is_namesake
    }

    fn binds(&self, wanted: &str) -> bool {
        let mut binds = false;
        each(&self.file.syntax.body, &mut |stmt| match &stmt.kind {
            StmtKind::Assign { targets, .. } => {
                binds |= targets.iter().any(|target| name(target) == Some(wanted))
            }
            StmtKind::FunctionDef(function) => binds |= function.name == wanted,
            _ => {}
        });
        binds
    }
}

/// Every statement of a suite, and of the suites of `if`, `try`, `with` and loops in it.
pub(super) fn each<'s>(body: &'s [Stmt], visit: &mut impl FnMut(&'s Stmt)) {
    walk(body, false, visit);
}

/// As [`each`], and the bodies of functions and classes.
fn each_deep<'s>(body: &'s [Stmt], visit: &mut impl FnMut(&'s Stmt)) {
    walk(body, true, visit);
}

fn walk<'s>(body: &'s [Stmt], is_deep: bool, visit: &mut impl FnMut(&'s Stmt)) {
    let mut open: Vec<&'s Stmt> = body.iter().rev().collect();
    while let Some(stmt) = open.pop() {
        visit(stmt);
        let suites: [&'s [Stmt]; 3] = match &stmt.kind {
            StmtKind::If { body, orelse, .. }
            | StmtKind::For { body, orelse, .. }
            | StmtKind::While { body, orelse, .. } => [body, orelse, &[]],
            StmtKind::With { body, .. } => [body, &[], &[]],
            StmtKind::Try {
                body,
                orelse,
                finalbody,
                handlers,
            } => {
                open.extend(
                    handlers
                        .iter()
                        .rev()
                        .flat_map(|handler| handler.body.iter().rev()),
                );
                [body, orelse, finalbody]
            }
            StmtKind::FunctionDef(function) if is_deep => [&function.body().statements, &[], &[]],
            StmtKind::ClassDef(class) if is_deep => [&class.body, &[], &[]],
            _ => continue,
        };
        open.extend(suites.iter().rev().flat_map(|suite| suite.iter().rev()));
    }
}

pub(super) fn name(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}

/// `c` of `a.b.c`, and of the text `"c"` in an annotation.
pub(super) fn last_name(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => Some(name),
        ExprKind::Constant(Constant::Str(text)) => text.rsplit('.').next(),
        _ => None,
    }
}

/// The last name of what is called.
pub(super) fn callee(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Call(called, _) => last_name(called),
        _ => None,
    }
}
