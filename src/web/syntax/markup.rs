//! The markup of components: what a template makes, written as the elements that a script would make.
//!
//! A Vue or Svelte template is turned into JSX text behind the component's script, each piece knowing the place in the
//! file that it stands for, and both are parsed as one. So the template's expressions see the script's names, and
//! everything that reads JSX reads templates. The compilers of both frameworks do the same thing with other targets
//! (<https://vuejs.org/guide/extras/rendering-mechanism.html>,
//! <https://svelte.dev/docs/svelte/what-are-runes>).

mod bindings;
mod expression;
mod node;
mod parser;
mod svelte;
mod vue;
mod writer;

#[cfg(test)]
mod tests;

use super::{Language, parse::SyntaxProblem};

pub(super) use writer::Positions;

/// The name of a component's attributes within it: Svelte's own, and what Vue's templates leave out.
pub(super) const PROPERTIES: &str = "$$props";

/// What a component is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framework {
    /// <https://vuejs.org/api/sfc-spec.html>
    Vue,
    /// <https://svelte.dev/docs/svelte/svelte-files>
    Svelte,
}

/// The script of a component followed by what its template makes.
#[derive(Debug)]
pub(super) struct Written {
    pub text: String,
    /// Where in the file each place of the text is.
    pub positions: Positions,
    pub problems: Vec<SyntaxProblem>,
    pub has_elements: bool,
}

/// Writes the elements of a template behind a script, which is the file with all but the script blanked.
pub(super) fn write(file: &str, script: &str, language: Language, framework: Framework) -> Written {
    let mut problems = vec![];
    let nodes = parser::parse(file, framework, &mut problems);
    let mut writer = writer::Writer::new(file, script);
    match framework {
        Framework::Vue => vue::write(&nodes, bindings::declared(script, language), &mut writer),
        Framework::Svelte => svelte::write(&nodes, &mut writer),
    }
    problems.append(&mut writer.problems);
    writer.finish(problems)
}
