//! Which tables the steps of functions are about.

use std::collections::BTreeMap;

use crate::architecture::model::{Application, Architecture, Dependency, Step, Table};

/// Names of classes and tables in the steps become names of tables; what is no table is taken out.
pub fn link(architecture: &mut Architecture) {
    let known = Known::of(&architecture.tables);
    for application in &mut architecture.applications {
        known.application(application);
    }
}

struct Known(BTreeMap<String, String>);

impl Known {
    fn of(tables: &[Table]) -> Self {
        let mut names = BTreeMap::new();
        for table in tables {
            for model in &table.models {
                names.insert(model.name.clone(), table.name.clone());
            }
            names.insert(table.name.clone(), table.name.clone());
        }
        Self(names)
    }

    fn application(&self, application: &mut Application) {
        for endpoint in &mut application.endpoints {
            self.steps(&mut endpoint.trace);
            self.dependencies(&mut endpoint.dependencies);
        }
        for channel in &mut application.channels {
            self.steps(&mut channel.trace);
            self.dependencies(&mut channel.dependencies);
        }
        for handler in &mut application.lifespan {
            self.steps(&mut handler.startup);
            self.steps(&mut handler.shutdown);
        }
        for mount in &mut application.mounts {
            if let Some(inner) = &mut mount.application {
                self.application(inner);
            }
        }
    }

    fn dependencies(&self, dependencies: &mut [Dependency]) {
        for dependency in dependencies {
            self.steps(&mut dependency.trace);
            self.steps(&mut dependency.teardown);
            self.dependencies(&mut dependency.dependencies);
        }
    }

    fn steps(&self, steps: &mut [Step]) {
        for step in steps {
            match step {
                Step::External { tables, .. } => {
                    let mut found: Vec<String> = vec![];
                    for name in tables.iter().filter_map(|name| self.0.get(name)) {
                        if !found.contains(name) {
                            found.push(name.clone());
                        }
                    }
                    *tables = found;
                }
                Step::Call { steps, .. } | Step::Background { steps, .. } | Step::Loop { steps, .. } => {
                    self.steps(steps);
                }
                Step::Branch { arms, .. } => arms.iter_mut().for_each(|(_, steps)| self.steps(steps)),
                Step::Raise { .. } | Step::Cookie { .. } => {}
            }
        }
    }
}
