//! What a page's own scripts make, load and drive.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{assets, category::Category, graph, loops, objects, reach::Calls};
use crate::web::{
    project::{ModuleId, Page, Target},
    syntax::tree::ExpressionKind as Kind,
    values::Evaluator,
};

/// A page with a scene.
#[derive(Clone, Debug, Serialize)]
pub struct PageScene {
    /// Path of the page relative to the root.
    pub file: String,
    /// The classes that its scripts make objects of, by category, each with its first line.
    pub classes: BTreeMap<String, Vec<PageClass>>,
    /// The modules that its scripts import, as written, in alphabetical order.
    pub imports: Vec<String>,
    /// The addresses of what it loads, in alphabetical order.
    pub assets: Vec<String>,
    /// `Parent > Child` by the `type` of the objects, which is `Mesh` for an `InstancedMesh` too, in alphabetical order.
    /// What is put somewhere and not known is among the edges of the frontend alone.
    pub edges: Vec<String>,
    /// `setAnimationLoop`, `rAF`, the hook of a component library such as `useFrame`, or `none`.
    #[serde(rename = "loop")]
    pub drive: String,
    /// Whether it draws without a loop, when something changes.
    pub on_demand: bool,
}

/// A class that a page makes objects of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PageClass {
    /// Its name.
    pub name: String,
    /// The first line that makes one.
    pub line: u32,
    /// The file of that line, where it is not the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Every page whose scripts make something of a library, by file.
#[must_use]
pub fn pages(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> Vec<PageScene> {
    let pages = evaluator.project.pages.iter();
    pages.filter_map(|page| scene(evaluator, calls, page)).collect()
}

fn scene(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>, page: &Page) -> Option<PageScene> {
    let modules = own_modules(evaluator, page);
    let mut classes: BTreeMap<String, Vec<PageClass>> = BTreeMap::new();
    let mut imports = BTreeSet::new();
    let mut urls = BTreeSet::new();
    let mut edges = BTreeSet::new();
    for module in &modules {
        let script = evaluator.project.script(*module);
        imports.extend(
            script
                .imports
                .iter()
                .filter(|import| !import.is_type)
                .map(|i| i.module.to_string()),
        );
        for made in objects::made_in(evaluator, *module) {
            if is_of_page(evaluator, &modules, &made) {
                let name = made.class.name.clone();
                let line = script.line_of(made.expression);
                let list = classes
                    .entry(category_of_page(made.class.category()).as_str().to_owned())
                    .or_default();
                if !list.iter().any(|known| known.name == name) {
                    let file = evaluator.project.module(*module).file.to_string();
                    list.push(PageClass {
                        name,
                        line,
                        file: (file != page.file).then_some(file),
                    });
                }
            }
        }
        urls.extend(
            assets::loads_of(evaluator, *module, &[])
                .into_iter()
                .map(|asset| asset.url),
        );
        edges.extend(
            graph::placements_in(evaluator, *module)
                .iter()
                .filter_map(graph::Placement::by_type),
        );
    }
    if classes.is_empty() {
        return None;
    }
    for list in classes.values_mut() {
        list.sort();
    }
    let found: Vec<&str> = modules
        .iter()
        .flat_map(|module| loops::loops_in(evaluator, calls, *module))
        .map(|found| found.kind)
        .collect();
    let drive = [
        "setAnimationLoop",
        "rAF",
        "useFrame",
        "useTask",
        "useLoop",
        "useRenderLoop",
    ]
    .into_iter()
    .find(|kind| found.contains(kind))
    .unwrap_or("none");
    Some(PageScene {
        file: page.file.to_string(),
        classes,
        imports: imports.into_iter().collect(),
        assets: urls.into_iter().collect(),
        edges: edges.into_iter().collect(),
        drive: drive.to_owned(),
        on_demand: drive == "none"
            && modules
                .iter()
                .any(|module| loops::draws_on_demand(evaluator, calls, *module)),
    })
}

/// The kinds of things of a page are three.js's own.
fn category_of_page(category: Category) -> Category {
    match category {
        Category::Physics => Category::Other,
        category => category,
    }
}

/// The inline scripts of a page, the scripts of the tree that it loads itself, and what these import: an application's
/// own files. What an inline script imports is not the page's own.
fn own_modules(evaluator: &Evaluator<'_>, page: &Page) -> Vec<ModuleId> {
    let mut modules = page.inline.clone();
    let mut next = modules.len();
    let add = |modules: &mut Vec<ModuleId>, module| {
        if !modules.contains(&module) {
            modules.push(module);
        }
    };
    for external in &page.external {
        if let Target::Module(module) = evaluator.project.resolve_address(&page.file, &external.source) {
            add(&mut modules, module);
        }
    }
    while let Some(module) = modules.get(next).copied() {
        next += 1;
        for imported in evaluator.project.imports_of(module) {
            add(&mut modules, imported);
        }
    }
    modules
}

/// Whether an object's class comes from outside of the page: a library or an imported file.
fn is_of_page(evaluator: &Evaluator<'_>, modules: &[ModuleId], made: &objects::Made) -> bool {
    if !made.class.package.is_empty() && made.class.base.is_none() {
        return true;
    }
    let Kind::New { callee, .. } = evaluator.project.script(made.module).kind(made.expression) else {
        return false;
    };
    use crate::web::values::Value;
    evaluator
        .values(made.module, *callee)
        .iter()
        .any(|value| matches!(value, Value::Class(class) if !modules.contains(&class.module)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{fixture::Fixture, project::Project};

    #[test]
    fn a_page_of_external_scripts_has_what_their_modules_make() {
        let files = Fixture::new(
            "//- index.html\n<script type=\"module\" src=\"/src/main.js\"></script>\n\
             //- other.html\n<script type=\"module\">import { view } from './src/view.js'; new (await import('three')).Scene();</script>\n\
             //- src/main.js\nimport { view } from './view.js';\nview();\n\
             //- src/view.js\nimport * as THREE from 'three';\nexport function view() { const renderer = new THREE.WebGLRenderer();\n\
             renderer.setAnimationLoop(() => renderer.render(scene, camera)); }\n",
        );
        let project = Project::new(&files);
        let evaluator = Evaluator::new(&project);
        let found: Vec<String> = pages(&evaluator, &Calls::new(&evaluator))
            .iter()
            .map(|page| {
                let classes = page.classes.values().flatten();
                let classes: Vec<String> = classes
                    .map(|class| {
                        format!(
                            "{}@{}:{}",
                            class.name,
                            class.file.as_deref().unwrap_or("-"),
                            class.line
                        )
                    })
                    .collect();
                format!("{} {} {}", page.file, classes.join(" "), page.drive)
            })
            .collect();
        expect_test::expect![[r#"
            index.html WebGLRenderer@src/view.js:2 setAnimationLoop
            other.html Scene@-:1 none"#]]
        .assert_eq(&found.join("\n"));
    }
}
