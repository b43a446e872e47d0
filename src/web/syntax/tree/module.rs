//! What a module takes from others and gives to them.

use ecow::EcoString;

use super::{ExpressionId, NameId};

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
