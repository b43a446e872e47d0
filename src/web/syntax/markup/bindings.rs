//! The names that a component's script declares for its template.

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Declaration, Expression, ObjectExpression, ObjectPropertyKind, Statement, VariableDeclaration,
};
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
    /// What the options object gives its instance: a template sees the members of `this`.
    Member,
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
        if let Statement::ExportDefaultDeclaration(export) = statement
            && let Some(expression) = export.declaration.as_expression()
            && let Some(options) = options(expression)
        {
            add_members(&mut names, options);
        }
    }
    names
}

/// `{…}`, also as the argument of `defineComponent` and the like.
fn options<'a>(expression: &'a Expression<'a>) -> Option<&'a ObjectExpression<'a>> {
    match expression.without_parentheses() {
        Expression::ObjectExpression(object) => Some(object),
        Expression::CallExpression(call) => match call.arguments.first()?.as_expression()? {
            Expression::ObjectExpression(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

fn add_members(names: &mut FxHashMap<String, Binding>, options: &ObjectExpression<'_>) {
    for (key, value) in properties(options) {
        let given = match (key.as_str(), value) {
            ("methods" | "computed", Expression::ObjectExpression(object)) => vec![&**object],
            ("data" | "setup" | "asyncData", value) => returned(value),
            _ => continue,
        };
        for object in given {
            for (name, _) in properties(object) {
                names.insert(name, Binding::Member);
            }
        }
    }
}

fn properties<'a>(object: &'a ObjectExpression<'a>) -> Vec<(String, &'a Expression<'a>)> {
    let named = object.properties.iter().filter_map(|property| match property {
        ObjectPropertyKind::ObjectProperty(property) => {
            Some((property.key.static_name()?.to_string(), &property.value))
        }
        ObjectPropertyKind::SpreadProperty(_) => None,
    });
    named.collect()
}

/// The objects that a function gives.
fn returned<'a>(function: &'a Expression<'a>) -> Vec<&'a ObjectExpression<'a>> {
    let body = match function {
        Expression::ArrowFunctionExpression(arrow) => {
            if let Some(expression) = arrow.get_expression() {
                return match expression.without_parentheses() {
                    Expression::ObjectExpression(object) => vec![object],
                    _ => vec![],
                };
            }
            Some(&arrow.body)
        }
        Expression::FunctionExpression(function) => function.body.as_ref(),
        Expression::ObjectExpression(object) => return vec![object],
        _ => None,
    };
    let statements = body.into_iter().flat_map(|body| &body.statements);
    let objects = statements.filter_map(|statement| match statement {
        Statement::ReturnStatement(returned) => match returned.argument.as_ref()?.without_parentheses() {
            Expression::ObjectExpression(object) => Some(&**object),
            _ => None,
        },
        _ => None,
    });
    objects.collect()
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
