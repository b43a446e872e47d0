//! From the parser's tree to the small owned one.
//!
//! Names are resolved by the parser's own scope analysis, so a local that shadows a global or an import is told apart
//! here once and for all.

mod class;
mod component;
mod constructor;
mod documentation;
mod expression;
mod function;
mod module;
mod options;
mod pattern;
mod statement;

use ecow::EcoString;
use oxc_ast::ast;
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::{GetSpan, Span};
use rustc_hash::FxHashMap;

use super::tree::{
    Block, BlockId, BlockKind, ClassId, Definition, DefinitionSource, Expression, ExpressionId,
    ExpressionKind, Function, FunctionId, Name, NameId, PathStep, Script, TOP_LEVEL,
};

pub(super) use component::Component;

/// Lowers a parsed program, which may be that of a component.
pub(super) fn lower(program: &ast::Program<'_>, text: &str, component: Option<&Component<'_>>) -> Script {
    let scoping = SemanticBuilder::new().build(program).semantic.into_scoping();
    let mut script = Script {
        line_starts: line_starts(text),
        text: text.into(),
        ..Script::default()
    };
    for symbol in scoping.symbol_ids() {
        script.names.push(Name {
            text: scoping.symbol_name(symbol).into(),
            start: scoping.symbol_span(symbol).start,
            ..Name::default()
        });
    }
    let mut lowering = Lowering {
        text,
        scoping,
        script,
        function: TOP_LEVEL,
        block: BlockId(0),
        class: None,
        properties: None,
        comments: documentation::comments(program),
        documented: None,
    };
    lowering.script.functions.push(Function {
        end: text.len() as u32,
        ..Function::default()
    });
    lowering.script.blocks.push(Block {
        parent: None,
        function: TOP_LEVEL,
        kind: BlockKind::Body,
    });
    match component {
        Some(component) => lowering.component(&program.body, component),
        None => lowering.statements(&program.body),
    }
    constructor::add_classes(&mut lowering.script);
    options::add_classes(&mut lowering.script, component.map(|_| component::COMPONENT));
    lowering.script
}

fn line_starts(text: &str) -> Vec<u32> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0)
        .chain(ends.map(|(index, _)| index as u32 + 1))
        .collect()
}

/// What is being lowered and where in it.
struct Lowering<'t> {
    text: &'t str,
    scoping: Scoping,
    script: Script,
    function: FunctionId,
    block: BlockId,
    class: Option<ClassId>,
    /// The attributes of the component that is lowered.
    properties: Option<NameId>,
    /// Documentation comments by the offset of what they stand in front of.
    comments: FxHashMap<u32, Span>,
    /// The one in front of what is lowered.
    documented: Option<Span>,
}

impl Lowering<'_> {
    fn push(&mut self, span: Span, kind: ExpressionKind) -> ExpressionId {
        let id = ExpressionId(self.script.expressions.len() as u32);
        self.script.expressions.push(Expression {
            kind,
            start: span.start,
            end: span.end,
            function: self.function,
            block: self.block,
        });
        id
    }

    /// The text of a span, as written.
    fn written(&self, span: Span) -> EcoString {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
            .into()
    }

    fn annotation(
        &self,
        annotation: Option<&oxc_allocator::Box<'_, ast::TSTypeAnnotation<'_>>>,
    ) -> Option<EcoString> {
        annotation.map(|annotation| self.written(annotation.type_annotation.span()))
    }

    /// The declared name that a reference means.
    fn referred(&self, reference: &ast::IdentifierReference<'_>) -> Option<NameId> {
        let reference = self.scoping.get_reference(reference.reference_id.get()?);
        reference.symbol_id().map(|symbol| NameId(symbol.index() as u32))
    }

    fn declared(&self, identifier: &ast::BindingIdentifier<'_>) -> Option<NameId> {
        identifier
            .symbol_id
            .get()
            .map(|symbol| NameId(symbol.index() as u32))
    }

    fn define(&mut self, name: NameId, source: DefinitionSource, path: &[PathStep], start: u32) {
        self.script.names[name.index()].definitions.push(Definition {
            source,
            path: path.to_vec(),
            start,
        });
    }

    /// Lowers inside a block of its own.
    fn within<T>(&mut self, kind: BlockKind, lower: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.block;
        self.block = BlockId(self.script.blocks.len() as u32);
        self.script.blocks.push(Block {
            parent: Some(outer),
            function: self.function,
            kind,
        });
        let result = lower(self);
        self.block = outer;
        result
    }

    /// Gives a function or class without a name of its own that of what it is assigned to.
    fn suggest_name(&mut self, value: ExpressionId, name: &str) {
        match self.script.kind(value) {
            ExpressionKind::Function(id) => {
                let id = *id;
                let function = &mut self.script.functions[id.index()];
                if function.name.is_empty() {
                    function.name = name.into();
                }
            }
            ExpressionKind::Class(id) => {
                let id = *id;
                let class = &mut self.script.classes[id.index()];
                if class.name.is_empty() {
                    class.name = name.into();
                }
            }
            // A wrapped function (`useCallback(() => …)`, `memo(…)`) is known by the name of what wraps it.
            ExpressionKind::Call { arguments, .. } => {
                let first = arguments.first().filter(|first| !first.spread).copied();
                if let Some(first) = first
                    && matches!(self.script.kind(first.value), ExpressionKind::Function(_))
                {
                    self.suggest_name(first.value, name);
                }
            }
            _ => {}
        }
    }
}
