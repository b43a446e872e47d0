//! The small owned tree of one script: expressions, functions, classes and names in flat lists, each with its place.
//!
//! It holds what an analysis asks for and no more: types are kept as written, statements as the blocks that
//! expressions stand in. An expression's parts come before it in [`Script::expressions`], so the order of that list is
//! the order of evaluation.

use std::sync::Arc;

use ecow::EcoString;

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

/// One expression.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
    /// The function that it stands in.
    pub function: FunctionId,
    /// The innermost block that it stands in.
    pub block: BlockId,
}

/// What an expression is. Parentheses and TypeScript's casts are left out.
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// A string.
    Text(EcoString),
    /// A template string: one text more than holes.
    Template {
        /// Between the holes.
        texts: Vec<EcoString>,
        /// What is put between the texts.
        holes: Vec<ExpressionId>,
        /// The function in front of it.
        tag: Option<ExpressionId>,
    },
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// A regular expression, as written.
    Regex(EcoString),
    /// A declared name.
    Local(NameId),
    /// A name that the script does not declare.
    Global(EcoString),
    /// `this`.
    This,
    /// `super`.
    Super,
    /// `import.meta`.
    ImportMeta,
    /// `object.property`, private names with their `#`.
    Member {
        /// Of what.
        object: ExpressionId,
        /// Which.
        property: EcoString,
        /// `?.`
        optional: bool,
    },
    /// `object[index]`.
    Index {
        /// Of what.
        object: ExpressionId,
        /// Which.
        index: ExpressionId,
    },
    /// `callee(arguments)`.
    Call {
        /// What is called.
        callee: ExpressionId,
        /// With what.
        arguments: Vec<Argument>,
        /// Type arguments as written, without the brackets.
        type_arguments: Option<EcoString>,
    },
    /// `new callee(arguments)`.
    New {
        /// What is constructed.
        callee: ExpressionId,
        /// With what.
        arguments: Vec<Argument>,
    },
    /// `[…]`; a hole is left out.
    Array(Vec<Argument>),
    /// `{…}`.
    Object(Vec<Property>),
    /// A function.
    Function(FunctionId),
    /// A class.
    Class(ClassId),
    /// `-x`, `!x`, `typeof x`.
    Unary {
        /// As written.
        operator: &'static str,
        /// Of what.
        operand: ExpressionId,
    },
    /// `x + y`, `x === y`.
    Binary {
        /// As written.
        operator: &'static str,
        /// Left of it.
        left: ExpressionId,
        /// Right of it.
        right: ExpressionId,
    },
    /// `x && y`, `x || y`, `x ?? y`.
    Logical {
        /// As written.
        operator: &'static str,
        /// Left of it.
        left: ExpressionId,
        /// Right of it.
        right: ExpressionId,
    },
    /// `test ? then : otherwise`.
    Conditional {
        /// What decides.
        test: ExpressionId,
        /// When it is truthy.
        then: ExpressionId,
        /// When it is not.
        otherwise: ExpressionId,
    },
    /// `target = value`, `target += value`; destructuring has no target.
    Assign {
        /// As written.
        operator: &'static str,
        /// What is written to.
        target: Option<ExpressionId>,
        /// What is written.
        value: ExpressionId,
    },
    /// `x++`.
    Update(ExpressionId),
    /// `x, y`.
    Sequence(Vec<ExpressionId>),
    /// `await x`.
    Await(ExpressionId),
    /// `yield x`.
    Yield(Option<ExpressionId>),
    /// `import(x)`.
    Import(ExpressionId),
    /// `<Tag attributes>children</Tag>`.
    Element(Element),
    /// What the analysis has no use for.
    Other,
}

/// An argument of a call or an element of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its value.
    pub value: ExpressionId,
    /// `...value`.
    pub spread: bool,
}

/// A property of an object literal or an attribute of an element.
#[derive(Clone, Debug)]
pub enum Property {
    /// `key: value`, `key() {}`, `key` alone.
    Named {
        /// The key.
        key: EcoString,
        /// The value.
        value: ExpressionId,
    },
    /// `get key() {}`, `set key(value) {}`.
    Accessor {
        /// The key.
        key: EcoString,
        /// The function.
        function: FunctionId,
        /// Whether it takes what is written.
        is_setter: bool,
    },
    /// `[key]: value`.
    Computed {
        /// The key.
        key: ExpressionId,
        /// The value.
        value: ExpressionId,
    },
    /// `...value`.
    Spread(ExpressionId),
}

/// A JSX element, or an element of a component's template.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is made of.
    pub tag: Tag,
    /// Its attributes, in order.
    pub attributes: Vec<Property>,
    /// Its children, texts left out.
    pub children: Vec<ExpressionId>,
}

/// What an element is made of.
#[derive(Clone, Debug)]
pub enum Tag {
    /// An element of the renderer: `div`, `mesh`.
    Intrinsic(EcoString),
    /// A component.
    Component(ExpressionId),
    /// `<>…</>`.
    Fragment,
}

/// A function, method or arrow; the top level of a script is one too.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// Its own name, or that of what it is first assigned to.
    pub name: EcoString,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// What it returns; the body of an arrow without braces.
    pub returns: Vec<ExpressionId>,
    /// Where it or a loop in it is left, in order.
    pub exits: Vec<Exit>,
    /// The function that it stands in; none for the top level.
    pub parent: Option<FunctionId>,
    /// The block that it stands in.
    pub block: Option<BlockId>,
    /// The class that it is a method or a field's value of.
    pub class: Option<ClassId>,
    /// Whether `this` is that of the function around it.
    pub is_arrow: bool,
    /// `async`.
    pub is_async: bool,
    /// `function*`.
    pub is_generator: bool,
    /// Type of what it returns, as written.
    pub return_type: Option<EcoString>,
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
}

/// A parameter of a function.
#[derive(Clone, Debug, Default)]
pub struct Parameter {
    /// Its name; none for a pattern.
    pub name: Option<EcoString>,
    /// Type as written.
    pub annotation: Option<EcoString>,
    /// `= value`.
    pub default: Option<ExpressionId>,
    /// `...rest`.
    pub is_rest: bool,
}

/// A class.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// Its own name, or that of what it is first assigned to.
    pub name: EcoString,
    /// `extends`.
    pub base: Option<ExpressionId>,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// The function that is used as this class, where no `class` is written.
    pub function: Option<FunctionId>,
    /// Byte offset of its first byte.
    pub start: u32,
}

/// A member of a class.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name, private ones with their `#`; `constructor` for the constructor.
    pub name: EcoString,
    /// `static`.
    pub is_static: bool,
    /// What it is.
    pub kind: MemberKind,
    /// Type as written.
    pub annotation: Option<EcoString>,
    /// Byte offset of its first byte.
    pub start: u32,
}

/// What a member of a class is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A method or the constructor.
    Method(FunctionId),
    /// `get name()`.
    Getter(FunctionId),
    /// `set name(value)`.
    Setter(FunctionId),
    /// A field and its first value.
    Field(Option<ExpressionId>),
}

/// A declared name: variable, parameter, function, class, import.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// As written.
    pub text: EcoString,
    /// Every place that gives it a value, in order.
    pub definitions: Vec<Definition>,
    /// Type as written, e.g. `THREE.Mesh | null`.
    pub annotation: Option<EcoString>,
    /// `const`.
    pub is_constant: bool,
    /// Changed by `+=`, `++` and the like.
    pub is_updated: bool,
    /// The function that it is declared in.
    pub function: Option<FunctionId>,
    /// Byte offset of its declaration.
    pub start: u32,
}

/// One place that gives a name a value.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Where the value comes from.
    pub source: DefinitionSource,
    /// The way into it that a destructuring pattern takes; empty for the value itself.
    pub path: Vec<PathStep>,
    /// Byte offset.
    pub start: u32,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionSource {
    /// An expression.
    Expression(ExpressionId),
    /// A parameter.
    Parameter(FunctionId, u32),
    /// One of [`Script::imports`] and in it one of the names.
    Import(u32, u32),
    /// A function's declaration.
    Function(FunctionId),
    /// A class's declaration.
    Class(ClassId),
    /// An item of what a loop goes through.
    ItemOf(ExpressionId),
    /// A key of what a loop goes through.
    KeyOf(ExpressionId),
    /// What a handler catches.
    Caught,
}

/// One step of a destructuring pattern.
#[derive(Clone, Debug)]
pub enum PathStep {
    /// `{ name }` or `{ name: … }`.
    Property(EcoString),
    /// The item of an array at this place.
    Item(u32),
    /// `...rest`.
    Rest,
    /// `= value`, used when there is none.
    Default(ExpressionId),
    /// `{ [key]: … }`.
    Unknown,
}

/// What an expression stands in.
#[derive(Clone, Debug)]
pub struct Block {
    /// The block around it; none for the top level and where a function begins.
    pub parent: Option<BlockId>,
    /// The function that it belongs to.
    pub function: FunctionId,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A function's body.
    Body,
    /// Run when the test is truthy.
    Then(ExpressionId),
    /// Run when the test is not.
    Otherwise(ExpressionId),
    /// Run again and again.
    Loop,
    /// `case test:` of a `switch (subject)`; no test for `default`.
    Case {
        /// What is compared.
        subject: ExpressionId,
        /// With what.
        test: Option<ExpressionId>,
    },
    /// Guarded by a handler.
    Try,
    /// A handler.
    Catch,
    /// Run in any case.
    Finally,
}

/// A statement that leaves a function or a loop: what follows it does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// What it leaves.
    pub kind: ExitKind,
    /// The innermost block that it stands in.
    pub block: BlockId,
    /// Byte offset of its first byte.
    pub start: u32,
}

/// What an exit leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitKind {
    /// `return`: the function.
    Return,
    /// `throw`: the function, as far as is known.
    Throw,
    /// `continue`: this round of the loop.
    Continue,
    /// `break`: the loop or the `switch`.
    Break,
}

/// An `import` declaration.
#[derive(Clone, Debug)]
pub struct Import {
    /// The module as written.
    pub module: EcoString,
    /// What is imported: a name of the module, `default`, or `*`.
    pub names: Vec<ImportedName>,
    /// `import type`.
    pub is_type: bool,
    /// Byte offset.
    pub start: u32,
}

/// One imported name.
#[derive(Clone, Debug)]
pub struct ImportedName {
    /// Its name in the other module, `default`, or `*`.
    pub imported: EcoString,
    /// Its name here.
    pub local: Option<NameId>,
    /// `type` in front of it.
    pub is_type: bool,
}

/// Something that other modules can import.
#[derive(Clone, Debug)]
pub struct Export {
    /// Its name for others, `default`, or `*` for everything of another module.
    pub name: EcoString,
    /// What it is.
    pub source: ExportSource,
    /// Byte offset.
    pub start: u32,
}

/// What is exported.
#[derive(Clone, Debug)]
pub enum ExportSource {
    /// A name of this module.
    Name(NameId),
    /// An expression.
    Expression(ExpressionId),
    /// A name of another module; `*` for its namespace or all of it.
    Module {
        /// The module as written.
        module: EcoString,
        /// The name there.
        imported: EcoString,
    },
}

/// An object type by name.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its name.
    pub name: EcoString,
    /// Names of its members, with their types as written.
    pub members: Vec<(EcoString, EcoString)>,
    /// Byte offset.
    pub start: u32,
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
