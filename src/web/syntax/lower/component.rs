//! Components: a function of their attributes that gives the elements of their template.

use std::ops::Range;

use ecow::EcoString;
use oxc_ast::ast::{self, Statement, VariableDeclaration};
use oxc_span::GetSpan as _;

use super::{
    super::tree::{
        Block, BlockId, BlockKind, Definition, DefinitionSource, Export, ExportSource, Expression,
        ExpressionId, ExpressionKind, Function, FunctionId, Name, NameId, Parameter, PathStep, Script,
        TOP_LEVEL,
    },
    Lowering, line_starts,
};
use crate::web::syntax::markup::{PROPERTIES, Positions};

/// The function of a component, in [`Script::functions`].
pub(super) const COMPONENT: FunctionId = FunctionId(1);

/// What is known of a component before its text is read.
#[derive(Debug)]
pub(in super::super) struct Component<'t> {
    pub name: EcoString,
    /// The whole file.
    pub file: &'t str,
    /// The scripts that run for each of its instances, as byte ranges.
    pub instance: Vec<Range<usize>>,
    /// Where the elements of its template begin in the text.
    pub template: usize,
    pub positions: &'t Positions,
}

impl Lowering<'_> {
    /// Lowers the statements of a component's script and of its template.
    pub(super) fn component(&mut self, statements: &[Statement<'_>], component: &Component<'_>) {
        self.begin_component(&component.name);
        for statement in statements {
            let start = statement.span().start as usize;
            let is_template = start >= component.template;
            let is_instance = component.instance.iter().any(|range| range.contains(&start));
            match statement {
                Statement::ExpressionStatement(elements) if is_template => self.within_component(|it| {
                    let value = it.expression(&elements.expression);
                    it.script.functions[COMPONENT.index()].returns.push(value);
                }),
                _ if is_template || is_instance => self.within_component(|it| it.statement(statement)),
                _ => self.statement(statement),
            }
        }
        let id = ExpressionId(self.script.expressions.len() as u32);
        self.script.expressions.push(Expression {
            kind: ExpressionKind::Function(COMPONENT),
            start: 0,
            end: 0,
            function: TOP_LEVEL,
            block: BlockId(0),
        });
        self.script.exports.push(Export {
            name: "default".into(),
            source: ExportSource::Expression(id),
            start: 0,
        });
        place(&mut self.script, component);
    }

    fn begin_component(&mut self, name: &EcoString) {
        self.script.functions.push(Function {
            name: name.clone(),
            parameters: vec![Parameter {
                name: Some(PROPERTIES.into()),
                ..Parameter::default()
            }],
            parent: Some(TOP_LEVEL),
            block: Some(BlockId(0)),
            end: self.text.len() as u32,
            ..Function::default()
        });
        self.script.blocks.push(Block {
            parent: None,
            function: COMPONENT,
            kind: BlockKind::Body,
        });
        self.properties = Some(NameId(self.script.names.len() as u32));
        self.script.names.push(Name {
            text: PROPERTIES.into(),
            definitions: vec![Definition {
                source: DefinitionSource::Parameter(COMPONENT, 0),
                path: vec![],
                start: 0,
            }],
            function: Some(COMPONENT),
            ..Name::default()
        });
    }

    fn within_component(&mut self, lower: impl FnOnce(&mut Self)) {
        let outer = (self.function, self.block);
        (self.function, self.block) = (COMPONENT, BlockId(1));
        lower(self);
        (self.function, self.block) = outer;
    }

    /// The attributes of the component, by one of the names that they have in it: `$$props`, `$props()`
    /// (<https://svelte.dev/docs/svelte/$props>), `defineProps()` (<https://vuejs.org/api/sfc-script-setup.html>).
    pub(super) fn attributes_of_component(&self, callee: &ast::Expression<'_>) -> Option<ExpressionKind> {
        let ast::Expression::Identifier(name) = callee else {
            return None;
        };
        let is_call = matches!(name.name.as_str(), "$props" | "defineProps");
        let properties = self
            .properties
            .filter(|_| is_call && self.referred(name).is_none())?;
        Some(ExpressionKind::Local(properties))
    }

    /// `export let name = value` of Svelte is an attribute and what it is when it is not given
    /// (<https://svelte.dev/docs/svelte/legacy-export-let>).
    pub(super) fn exported_attributes(&mut self, variables: &VariableDeclaration<'_>) {
        if self.properties.is_none() || self.function != COMPONENT || variables.kind.is_const() {
            return;
        }
        for declarator in &variables.declarations {
            let name = declarator
                .id
                .get_binding_identifier()
                .and_then(|name| self.declared(name));
            let Some(name) = name else { continue };
            let declared = &mut self.script.names[name.index()];
            let mut path = vec![PathStep::Property(declared.text.clone())];
            let start = declared.start;
            if !declared.definitions.is_empty()
                && let DefinitionSource::Expression(value) = declared.definitions.remove(0).source
            {
                path.push(PathStep::Default(value));
            }
            declared.definitions.insert(
                0,
                Definition {
                    source: DefinitionSource::Parameter(COMPONENT, 0),
                    path,
                    start,
                },
            );
        }
    }
}

/// Gives everything its place in the file.
fn place(script: &mut Script, component: &Component<'_>) {
    let positions = component.positions;
    let span = |start: &mut u32, end: &mut u32| {
        *start = positions.start(*start);
        *end = positions.end(*end).max(*start);
    };
    let at = |start: &mut u32| *start = positions.start(*start);
    for expression in &mut script.expressions {
        span(&mut expression.start, &mut expression.end);
    }
    for function in &mut script.functions {
        span(&mut function.start, &mut function.end);
    }
    for class in &mut script.classes {
        at(&mut class.start);
        for member in &mut class.members {
            at(&mut member.start);
        }
    }
    for name in &mut script.names {
        at(&mut name.start);
        for definition in &mut name.definitions {
            at(&mut definition.start);
        }
    }
    for import in &mut script.imports {
        at(&mut import.start);
    }
    for export in &mut script.exports {
        at(&mut export.start);
    }
    for shape in &mut script.shapes {
        at(&mut shape.start);
    }
    script.functions[TOP_LEVEL.index()].end = component.file.len() as u32;
    script.functions[COMPONENT.index()].end = component.file.len() as u32;
    script.text = component.file.into();
    script.line_starts = line_starts(component.file);
}
