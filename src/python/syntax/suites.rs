//! The statements within statements.

use super::ast::{Stmt, StmtKind};

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
