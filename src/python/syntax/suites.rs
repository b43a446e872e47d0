//! The statements within statements.

use super::ast::{Module, Stmt, StmtKind, SyntaxError};

impl Module {
    /// What is not valid Python in all of the file; whatever is unread in it is read for this.
    #[must_use]
    pub fn all_errors(&self) -> Vec<SyntaxError> {
        let mut errors = self.errors.clone();
        errors_in_functions(&self.body, &mut errors);
        errors.sort_by_key(|error| error.span);
        errors
    }
}

fn errors_in_functions(body: &[Stmt], errors: &mut Vec<SyntaxError>) {
    for statement in body {
        match &statement.kind {
            StmtKind::FunctionDef(def) => errors.extend_from_slice(&def.body().errors),
            StmtKind::ClassDef(def) => errors_in_functions(&def.body, errors),
            _ => statement
                .suites()
                .into_iter()
                .for_each(|suite| errors_in_functions(suite, errors)),
        }
    }
}

impl Stmt {
    /// The suites of a compound statement; those of functions and classes are scopes of their own and left out.
    #[must_use]
    pub fn suites(&self) -> Vec<&[Stmt]> {
        match &self.kind {
            StmtKind::For { body, orelse, .. }
            | StmtKind::While { body, orelse, .. }
            | StmtKind::If { body, orelse, .. } => {
                vec![body, orelse]
            }
            StmtKind::With { body, .. } => vec![body],
            StmtKind::Match { cases, .. } => cases.iter().map(|case| case.body.as_slice()).collect(),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
            } => {
                let mut suites: Vec<&[Stmt]> = vec![body];
                suites.extend(handlers.iter().map(|handler| handler.body.as_slice()));
                suites.extend([orelse.as_slice(), finalbody.as_slice()]);
                suites
            }
            _ => Vec::new(),
        }
    }
}
