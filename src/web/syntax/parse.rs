//! One script parsed.

use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::lower::{Component, lower};
use super::tree::Script;

/// What a script is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// JavaScript; JSX is understood too.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// TypeScript with JSX.
    TypeScriptJsx,
}

impl Language {
    pub(super) fn source_type(self) -> SourceType {
        match self {
            Self::JavaScript => SourceType::unambiguous().with_jsx(true),
            Self::TypeScript => SourceType::ts(),
            Self::TypeScriptJsx => SourceType::tsx(),
        }
    }
}

/// Something in a text that is not of its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// What is wrong.
    pub message: String,
    /// Byte offset.
    pub start: u32,
}

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The tree; empty where the text could not be read at all.
    pub script: Script,
    /// What could not be read.
    pub problems: Vec<SyntaxProblem>,
}

/// Parses a script. This never fails: what cannot be read is among the problems.
#[must_use]
pub fn parse(text: &str, language: Language) -> Parsed {
    let first = attempt(text, language);
    // JavaScript with types (Flow, or a mistaken ending) is read by the more generous grammar.
    if !first.problems.is_empty() && language == Language::JavaScript {
        let second = attempt(text, Language::TypeScriptJsx);
        if second.problems.len() < first.problems.len() {
            return second;
        }
    }
    first
}

/// Parses a component: its script, and the elements of its template behind it.
pub(super) fn parse_component(text: &str, language: Language, component: &Component<'_>) -> Parsed {
    let language = match language {
        Language::JavaScript => Language::JavaScript,
        Language::TypeScript | Language::TypeScriptJsx => Language::TypeScriptJsx,
    };
    let mut parsed = attempt_as(text, language, Some(component));
    for problem in &mut parsed.problems {
        problem.start = component.positions.start(problem.start);
    }
    parsed
}

fn attempt(text: &str, language: Language) -> Parsed {
    attempt_as(text, language, None)
}

fn attempt_as(text: &str, language: Language, component: Option<&Component<'_>>) -> Parsed {
    let source_type = language.source_type();
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, text, source_type)
        .with_options(options)
        .parse();
    let problems = parsed.errors.iter().map(|error| SyntaxProblem {
        message: error.message.to_string(),
        start: error
            .labels
            .iter()
            .flatten()
            .next()
            .map_or(0, |label| label.offset() as u32),
    });
    Parsed {
        problems: problems.collect(),
        script: lower(&parsed.program, text, component),
    }
}
