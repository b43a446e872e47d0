//! The small owned tree of one script: expressions, functions, classes and names in flat lists, each with its place.
//!
//! It holds what an analysis asks for and no more: types are kept as written, statements as the blocks that
//! expressions stand in. An expression's parts come before it in [`Script::expressions`], so the order of that list is
//! the order of evaluation.

mod block;
mod declaration;
mod expression;
mod module;

use std::sync::Arc;

use ecow::EcoString;

pub use block::{Block, BlockKind, Exit, ExitKind};
pub use declaration::{
    Class, Definition, DefinitionSource, Function, Member, MemberKind, Name, Parameter, PathStep,
};
pub use expression::{Argument, Element, Expression, ExpressionKind, Property, Tag};
pub use module::{Export, ExportSource, Import, ImportedName, Shape};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the script's list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(/// One of [`Script::expressions`].
    ExpressionId);
id!(/// One of [`Script::functions`]; the first is the script's top level.
    FunctionId);
id!(/// One of [`Script::classes`].
    ClassId);
id!(/// One of [`Script::names`].
    NameId);
id!(/// One of [`Script::blocks`]; the first is the script's top level.
    BlockId);

/// The code outside of every function.
pub const TOP_LEVEL: FunctionId = FunctionId(0);

/// One parsed script or module.
#[derive(Clone, Debug)]
pub struct Script {
    /// Every expression, parts before wholes.
    pub expressions: Vec<Expression>,
    /// Every function; the first is the top level.
    pub functions: Vec<Function>,
    /// Every class.
    pub classes: Vec<Class>,
    /// Every declared name.
    pub names: Vec<Name>,
    /// What expressions stand in: branches, loops, handlers.
    pub blocks: Vec<Block>,
    /// `import` declarations, in order.
    pub imports: Vec<Import>,
    /// What other modules can import, in order.
    pub exports: Vec<Export>,
    /// `interface` and object `type` declarations, in order.
    pub shapes: Vec<Shape>,
    /// Byte offsets of the lines' first bytes.
    pub line_starts: Vec<u32>,
    /// The text; what is not of this script is blanked.
    pub text: Arc<str>,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            expressions: vec![],
            functions: vec![],
            classes: vec![],
            names: vec![],
            blocks: vec![],
            imports: vec![],
            exports: vec![],
            shapes: vec![],
            line_starts: vec![],
            text: Arc::from(""),
        }
    }
}

impl Script {
    /// An expression.
    #[must_use]
    pub fn expression(&self, id: ExpressionId) -> &Expression {
        &self.expressions[id.index()]
    }

    /// What an expression is.
    #[must_use]
    pub fn kind(&self, id: ExpressionId) -> &ExpressionKind {
        &self.expressions[id.index()].kind
    }

    /// A function.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.index()]
    }

    /// A class.
    #[must_use]
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.index()]
    }

    /// A declared name.
    #[must_use]
    pub fn name(&self, id: NameId) -> &Name {
        &self.names[id.index()]
    }

    /// A block.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The ids of all expressions in the order of evaluation.
    pub fn expression_ids(&self) -> impl Iterator<Item = ExpressionId> + use<> {
        (0..self.expressions.len() as u32).map(ExpressionId)
    }

    /// The line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// The line and column of a byte offset, from 1; the column counts bytes.
    #[must_use]
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.line(offset).max(1);
        let start = self.line_starts.get(line as usize - 1).copied().unwrap_or(0);
        (line, offset - start + 1)
    }

    /// The line of an expression, from 1.
    #[must_use]
    pub fn line_of(&self, id: ExpressionId) -> u32 {
        self.line(self.expression(id).start)
    }

    /// An expression as written, white space in it folded.
    #[must_use]
    pub fn written(&self, id: ExpressionId) -> EcoString {
        let expression = self.expression(id);
        let text = self.text.get(expression.start as usize..expression.end as usize);
        let mut written = EcoString::new();
        for word in text.unwrap_or_default().split_whitespace() {
            if !written.is_empty() {
                written.push(' ');
            }
            written.push_str(word);
        }
        written
    }

    /// The blocks around an expression within its function, the innermost first.
    pub fn blocks_of(&self, id: ExpressionId) -> impl Iterator<Item = &Block> {
        let around = self.blocks_around(self.expression(id).block);
        around.map(|block| self.block(block))
    }
}
