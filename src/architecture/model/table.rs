//! Tables of a database as the code declares them.

use serde::Serialize;

use super::{Location, Symbol};

/// A table, or a collection of documents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Its name, behind its schema if it has one: `auth.users`.
    pub name: String,
    /// The library that it is declared with: `SQLAlchemy`, `SQLModel`, `Tortoise`, `Beanie`.
    pub library: String,
    /// The classes that are mapped to it, a base before what inherits from it; none for a table without a class.
    pub models: Vec<Symbol>,
    /// Where it is declared: its first class, else the call that makes it.
    pub location: Location,
    /// Its comment, else the docstring of its first class.
    pub description: Option<String>,
    /// Its columns in the order of the table.
    pub columns: Vec<Column>,
    /// Foreign keys of one or more columns, in the order of the columns.
    pub foreign_keys: Vec<ForeignKey>,
    /// What is unique, by columns, primary keys excluded; those of single columns first.
    pub uniques: Vec<Vec<String>>,
    /// Indexes in the order in which they are declared, those of single columns first.
    pub indexes: Vec<Index>,
    /// Conditions that every row meets, as written.
    pub checks: Vec<String>,
    /// What a row leads to in its classes' words, in the order of declaration.
    pub relations: Vec<Relation>,
    /// The table of the base class, where a row is joined with one there.
    pub parent: Option<String>,
}

/// A column, or a field of a document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Column {
    /// Its name in the database.
    pub name: String,
    /// The attribute of the class, if it is called otherwise.
    pub attribute: Option<String>,
    /// Its type in the library's words, e.g. `String(255)`; absent when it is not known.
    pub type_name: Option<String>,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether it belongs to the primary key.
    pub primary_key: bool,
    /// Its default in Python's words.
    pub default: Option<String>,
    /// What the database fills in, in Python's words.
    pub server_default: Option<String>,
    /// Its comment.
    pub description: Option<String>,
    /// The mixin or base that declares it, if that is not the first class of the table.
    pub inherited_from: Option<Symbol>,
    /// Where it is declared.
    pub location: Location,
}

/// Columns that point at a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ForeignKey {
    /// The columns.
    pub columns: Vec<String>,
    /// The table pointed at, as [`Table::name`]; absent when the code does not say.
    pub table: Option<String>,
    /// The columns pointed at, parallel to `columns`.
    pub references: Vec<String>,
    /// `ON DELETE`, e.g. `CASCADE`.
    pub on_delete: Option<String>,
}

/// An index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Index {
    /// Its name, if one is given.
    pub name: Option<String>,
    /// Its columns or expressions, in Python's words.
    pub columns: Vec<String>,
    /// Whether no two rows may be equal in it.
    pub unique: bool,
}

/// An attribute of a class that leads to rows of another table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The attribute.
    pub name: String,
    /// The class that has it.
    pub model: Symbol,
    /// The class that it leads to; absent when that is not known.
    pub target: Option<Symbol>,
    /// The table that it leads to, as [`Table::name`].
    pub table: Option<String>,
    /// Whether it leads to many rows; absent when that is not known.
    pub many: Option<bool>,
    /// The table between the two.
    pub secondary: Option<String>,
    /// The attribute that leads back.
    pub back: Option<String>,
    /// Where it is declared.
    pub location: Location,
}
