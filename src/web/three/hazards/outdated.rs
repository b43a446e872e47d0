//! Classes, properties, functions, constants and paths that the installed release of three.js no longer means.

use std::{cell::RefCell, collections::BTreeSet};

use rustc_hash::FxHashMap;

use super::{Hazard, HazardRule, inspection::Inspection};
use crate::{
    source::location::Location,
    web::{
        project::{ModuleId, Target},
        syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, Tag},
        three::{
            deprecations::{self, Deprecation, DeprecationState},
            objects::{Made, location},
        },
        values::{Origin, Value},
    },
};

pub(super) const REMOVED: HazardRule = HazardRule {
    name: "removed-api",
    summary: "a name that the installed release of three.js does not have",
    help: "It is `undefined`: what is written to it has no effect, and what is called of it fails.",
    check: removed,
};

pub(super) const DEPRECATED: HazardRule = HazardRule {
    name: "deprecated-api",
    summary: "a name that the installed release of three.js discourages",
    help: "It warns in the console and goes some releases later.",
    check: deprecated,
};

fn removed(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    of_rule(inspection, REMOVED.name)
}

fn deprecated(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    of_rule(inspection, DEPRECATED.name)
}

fn of_rule(inspection: &Inspection<'_, '_>, rule: &str) -> Vec<Hazard> {
    let all = inspection.outdated.get_or_init(|| outdated(inspection));
    all.iter().filter(|hazard| hazard.rule == rule).cloned().collect()
}

/// What is outdated in the release that a module uses. Where that is not known, nothing is said.
fn outdated(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut search = Search {
        inspection,
        releases: RefCell::default(),
        found: vec![],
    };
    for made in inspection.made.iter().filter(|made| made.class.is_three()) {
        search.object(made);
    }
    for module in inspection.evaluator.project.module_ids() {
        search.names(module);
        search.paths(module);
    }
    search.scripts();
    search.found
}

struct Search<'i, 'a, 'p> {
    inspection: &'i Inspection<'a, 'p>,
    releases: RefCell<FxHashMap<ModuleId, Option<u32>>>,
    found: Vec<Hazard>,
}

impl Search<'_, '_, '_> {
    /// The release that a module uses: that of the address that it loads three.js from, else by the manifests.
    fn release(&self, module: ModuleId) -> Option<u32> {
        if let Some(known) = self.releases.borrow().get(&module) {
            return *known;
        }
        let project = self.inspection.evaluator.project;
        let release = project
            .loaded_version(module, "three")
            .and_then(|version| deprecations::release(&version))
            .or_else(|| {
                let file = &project.module(module).file;
                let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
                let version = project.version_of(folder, "three")?.likely()?;
                Some(version.minor as u32)
            });
        self.releases.borrow_mut().insert(module, release);
        release
    }

    /// The class of an object, and properties of it that are written or called.
    fn object(&mut self, object: &Made) {
        let name = object.class.base.as_deref().unwrap_or(&object.class.name);
        let evaluator = self.inspection.evaluator;
        if object.class.base.is_none() {
            let place = location(evaluator, object.module, object.expression);
            self.add(deprecations::class(name), object.module, name, place);
        }
        for done in evaluator.uses(object.module, object.expression) {
            if let [member] = done.members.as_slice()
                && let Some(entry) = deprecations::member(name, member)
            {
                let place = location(evaluator, done.site.module, done.site.expression);
                self.add(Some(entry), done.site.module, &format!("{name}.{member}"), place);
            }
        }
    }

    /// Names of the library that stand in expressions: `THREE.sRGBEncoding`, `mergeBufferGeometries`.
    fn names(&mut self, module: ModuleId) {
        let script = self.inspection.script(module);
        let evaluator = self.inspection.evaluator;
        let made: BTreeSet<ExpressionId> = script
            .expressions
            .iter()
            .filter_map(|expression| match &expression.kind {
                Kind::New { callee, .. } => Some(*callee),
                Kind::Element(element) => match element.tag {
                    Tag::Component(component) => Some(component),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        for id in script.expression_ids() {
            let may_be_outdated = match script.kind(id) {
                Kind::Local(name) => script
                    .name(*name)
                    .definitions
                    .iter()
                    .any(|definition| matches!(definition.source, DefinitionSource::Import(..))),
                Kind::Member { property, .. } => entry_of(property).is_some(),
                _ => false,
            };
            if made.contains(&id) || !may_be_outdated {
                continue;
            }
            for value in evaluator.values(module, id) {
                let Value::External(external) = &value else {
                    continue;
                };
                let is_library =
                    matches!(&external.origin, Origin::Library { package, .. } if package == "three");
                if let ([name], true) = (external.members.as_slice(), is_library) {
                    let place = location(evaluator, module, id);
                    self.add(entry_of(name), module, name, place);
                }
            }
        }
    }

    /// Parts of the package that are imported and are gone: `three/examples/js/…`.
    fn paths(&mut self, module: ModuleId) {
        let script = self.inspection.script(module);
        let file = &self.inspection.evaluator.project.module(module).file;
        for import in &script.imports {
            let (line, column) = script.position(import.start);
            let place = Location {
                file: file.to_string(),
                line,
                end_line: line,
                column,
            };
            if import.module.contains("three")
                && let Some(entry) = deprecations::path(&import.module)
            {
                self.add(Some(entry), module, &import.module, place);
            }
        }
    }

    /// Scripts that a page loads from a release that does not have them any more.
    fn scripts(&mut self) {
        let project = self.inspection.evaluator.project;
        for page in &project.pages {
            for external in &page.external {
                let Target::Library(library) = project.resolve_address(&page.file, &external.source) else {
                    continue;
                };
                let release = library
                    .version
                    .as_deref()
                    .and_then(deprecations::release)
                    .filter(|_| library.package == "three");
                let entry = deprecations::path(&external.source);
                if let (Some(entry), Some(release)) = (entry, release)
                    && let Some(state) = entry.state(release)
                {
                    let place = Location {
                        file: page.file.to_string(),
                        line: external.line,
                        end_line: external.line,
                        column: 1,
                    };
                    self.found
                        .push(hazard(entry, state, release, &external.source, place));
                }
            }
        }
    }

    fn add(&mut self, entry: Option<&Deprecation>, module: ModuleId, subject: &str, place: Location) {
        if let Some(entry) = entry
            && let Some(release) = self.release(module)
            && let Some(state) = entry.state(release)
        {
            self.found.push(hazard(entry, state, release, subject, place));
        }
    }
}

fn entry_of(name: &str) -> Option<&'static Deprecation> {
    deprecations::export(name).or_else(|| deprecations::class(name))
}

fn hazard(
    entry: &Deprecation,
    state: DeprecationState,
    release: u32,
    subject: &str,
    location: Location,
) -> Hazard {
    let (rule, message) = match (state, entry.removed) {
        (DeprecationState::Removed, Some(removed)) => (
            REMOVED.name,
            format!("was removed in r{removed}; r{release} is installed"),
        ),
        _ => (
            DEPRECATED.name,
            format!("is deprecated since r{}; r{release} is installed", entry.since),
        ),
    };
    let instead = match entry.instead {
        "" => "nothing takes its place".to_owned(),
        instead => format!("use {instead}"),
    };
    Hazard {
        location,
        rule,
        subject: subject.to_owned(),
        message,
        chain: vec![],
        help: Some(instead),
        source: Some(entry.source),
    }
}
