//! Which function of the frontend calls which.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    project::{ModuleId, Target},
    syntax::tree::{
        Element, ExportSource, ExpressionKind as Kind, FunctionId, Import, MemberKind, Property, Tag,
    },
    three::objects::{function_name, name_of_function},
    values::{Closure, Evaluator, Site, Value},
};

/// A function that calls another, or hands it to something that calls it: an effect, a listener, a loop.
///
/// Functions are `file:name` as elsewhere: one without a name is the one around it, and the file alone is its top level.
/// A component calls the components that it is made of, and the top level of a file those of the files that it imports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FunctionCall {
    /// Who calls.
    pub caller: String,
    /// Who is called.
    pub callee: String,
}

/// Every pair, each once, in alphabetical order.
#[must_use]
pub fn function_calls(evaluator: &Evaluator<'_>) -> Vec<FunctionCall> {
    let mut found: BTreeSet<FunctionCall> = BTreeSet::new();
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        let caller = evaluator.project.module(module).file.to_string();
        found.extend(
            imported(evaluator, module)
                .into_iter()
                .map(|callee| FunctionCall {
                    caller: caller.clone(),
                    callee,
                }),
        );
        for expression in script.expression_ids() {
            let site = Site::alone(module, expression);
            let called = called(evaluator, &site);
            if called.is_empty() {
                continue;
            }
            let caller = function_name(evaluator, module, expression);
            for (module, function) in called {
                let callee = name_of_function(evaluator, module, function);
                if callee != caller {
                    let caller = caller.clone();
                    found.insert(FunctionCall { caller, callee });
                }
            }
        }
    }
    found.into_iter().collect()
}

/// The files whose top level runs before that of a script, since it imports them.
fn imported(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<String> {
    let script = evaluator.project.script(module);
    let is_used = |import: &&Import| {
        !import.is_type && (import.names.is_empty() || import.names.iter().any(|name| !name.is_type))
    };
    let imports = script.imports.iter().filter(is_used).map(|import| &import.module);
    let exports = script.exports.iter().filter_map(|export| match &export.source {
        ExportSource::Module { module, .. } => Some(module),
        _ => None,
    });
    let own = &evaluator.project.module(module).file;
    imports
        .chain(exports)
        .filter_map(|specifier| match evaluator.project.resolve(module, specifier) {
            Target::Module(imported) => Some(&evaluator.project.module(imported).file),
            _ => None,
        })
        .filter(|file| *file != own)
        .map(ToString::to_string)
        .collect()
}

/// The functions that a call or element calls, and those that it is handed by their names.
fn called(evaluator: &Evaluator<'_>, site: &Site) -> Vec<(ModuleId, FunctionId)> {
    let script = evaluator.project.script(site.module);
    let handed: Vec<_> = match script.kind(site.expression) {
        Kind::Call { arguments, .. } | Kind::New { arguments, .. } => {
            arguments.iter().map(|argument| argument.value).collect()
        }
        Kind::Element(Element { attributes, tag, .. }) => {
            let is_own = matches!(tag, Tag::Component(_));
            let named = attributes.iter().filter_map(|attribute| match attribute {
                Property::Named { value, .. } if !is_own => Some(*value),
                _ => None,
            });
            named.collect()
        }
        _ => return vec![],
    };
    let mut found = vec![];
    for value in evaluator.callees(site) {
        match value {
            Value::Function(Closure { module, function, .. }) => found.push((module, function)),
            Value::Class(class) => {
                let members = &evaluator.project.script(class.module).class(class.class).members;
                found.extend(members.iter().filter_map(|member| match member.kind {
                    MemberKind::Method(function) if member.name == "constructor" => {
                        Some((class.module, function))
                    }
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    for argument in handed {
        // A function that is written there is the caller itself.
        if !matches!(script.kind(argument), Kind::Local(_) | Kind::Member { .. }) {
            continue;
        }
        for value in evaluator.values(site.module, argument) {
            if let Value::Function(Closure { module, function, .. }) = value {
                found.push((module, function));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::web::{fixture::Fixture, project::Project};

    fn check(text: &str, expected: &Expect) {
        let files = Fixture::new(text);
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let lines: Vec<String> = function_calls(&evaluator)
            .iter()
            .map(|call| format!("{} -> {}\n", call.caller, call.callee))
            .collect();
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn calls_handed_functions_and_components() {
        check(
            "//- main.ts\nimport { Viewer } from './viewer';\nconst viewer = new Viewer(); viewer.start();\n\
             window.addEventListener('resize', onResize); function onResize() { viewer.resize(); }\n\
             //- viewer.ts\nexport class Viewer { constructor() { this.resize(); } resize() {}\n\
             start() { requestAnimationFrame(this.frame); } frame = () => { this.resize(); [1].forEach(() => draw()); } }\n\
             const draw = () => {};\n\
             //- app.jsx\nimport { useEffect } from 'react'; import { load } from './load';\n\
             export const App = () => { useEffect(() => { load(); }, []); return <div onClick={load}><Panel /></div>; };\n\
             function Panel() { return null; }\n\
             //- load.js\nexport async function load() {}",
            &expect![[r#"
                app.jsx -> load.js
                app.jsx:App -> app.jsx:Panel
                app.jsx:App -> load.js:load
                main.ts -> main.ts:onResize
                main.ts -> viewer.ts
                main.ts -> viewer.ts:Viewer.constructor
                main.ts -> viewer.ts:Viewer.start
                main.ts:onResize -> viewer.ts:Viewer.resize
                viewer.ts:Viewer.constructor -> viewer.ts:Viewer.resize
                viewer.ts:Viewer.frame -> viewer.ts:Viewer.resize
                viewer.ts:Viewer.frame -> viewer.ts:draw
                viewer.ts:Viewer.start -> viewer.ts:Viewer.frame
            "#]],
        );
    }
}
