//! The names that a component's script declares for its template.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Declaration, Expression, Statement, VariableDeclaration};
use oxc_parser::Parser;
use rustc_hash::FxHashMap;

use super::super::Language;

/// What a declared name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// A function, a class, an import, a plain value.
    Plain,
    /// What a call gives: a template sees what it refers to
    /// (<https://vuejs.org/guide/essentials/reactivity-fundamentals.html#caveat-when-unwrapping-in-templates>).
    MayRefer,
}

/// The names that the top level of a script declares.
pub(super) fn declared(script: &str, language: Language) -> FxHashMap<String, Binding> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, language.source_type()).parse();
    let mut names = FxHashMap::default();
    for statement in &parsed.program.body {
        if let Statement::ImportDeclaration(import) = statement {
            for specifier in import.specifiers.iter().flatten() {
                names.insert(specifier.local().name.to_string(), Binding::Plain);
            }
        }
        let declaration = match statement {
            Statement::ExportNamedDeclaration(export) => export.declaration.as_ref(),
            statement => statement.as_declaration(),
        };
        match declaration {
            Some(Declaration::VariableDeclaration(variables)) => add(&mut names, variables),
            Some(declaration) => {
                if let Some(name) = declaration.id() {
                    names.insert(name.name.to_string(), Binding::Plain);
                }
            }
            None => {}
        }
    }
    names
}

fn add(names: &mut FxHashMap<String, Binding>, variables: &VariableDeclaration<'_>) {
    for declarator in &variables.declarations {
        let is_call = match &declarator.init {
            Some(Expression::CallExpression(_) | Expression::AwaitExpression(_)) => true,
            Some(_) | None => false,
        };
        let binding = if is_call {
            Binding::MayRefer
        } else {
            Binding::Plain
        };
        for name in declarator.id.get_binding_identifiers() {
            names.insert(name.name.to_string(), binding);
        }
    }
}
