//! What leads to a function of the backend: endpoints, channels, what runs while the application starts.

use crate::{
    architecture::model::{Application, Dependency, Location, Step},
    view::operation,
};

/// Something that runs by itself or is asked for, and the functions that it calls.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// `PUT /scenes/{id}`, `WS /ws`, `lifespan`.
    pub name: String,
    pub location: Location,
    functions: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Origins(Vec<Origin>);

impl Origins {
    /// Everything that an application runs, in registration order.
    pub(super) fn of(application: &Application) -> Self {
        let mut found = vec![];
        for operation in operation::operations(application) {
            let endpoint = operation.endpoint;
            let mut functions = vec![endpoint.handler.name.clone()];
            called(&endpoint.trace, &mut functions);
            in_dependencies(&endpoint.dependencies, &mut functions);
            found.push(Origin {
                name: operation.title(),
                location: endpoint.handler.location.clone(),
                functions,
            });
        }
        for channel in &application.channels {
            let mut functions = vec![channel.handler.name.clone()];
            called(&channel.trace, &mut functions);
            in_dependencies(&channel.dependencies, &mut functions);
            found.push(Origin {
                name: format!("WS {}", channel.path),
                location: channel.handler.location.clone(),
                functions,
            });
        }
        for handler in &application.lifespan {
            let mut functions = vec![handler.handler.name.clone()];
            called(&handler.startup, &mut functions);
            found.push(Origin {
                name: handler.event.clone(),
                location: handler.handler.location.clone(),
                functions,
            });
        }
        Self(found)
    }

    /// What leads to a function, `module:name`.
    pub(super) fn leading_to(&self, function: &str) -> Vec<&Origin> {
        let leads = |origin: &&Origin| origin.functions.iter().any(|known| known == function);
        self.0.iter().filter(leads).collect()
    }
}

/// `PUT /scenes/{id}`, `PUT /scenes/{id} and 3 more`.
pub(super) fn named(origins: &[&Origin]) -> Option<String> {
    match origins {
        [] => None,
        [one] => Some(one.name.clone()),
        [first, rest @ ..] => Some(format!("{} and {} more", first.name, rest.len())),
    }
}

fn in_dependencies(dependencies: &[Dependency], functions: &mut Vec<String>) {
    for dependency in dependencies {
        functions.push(dependency.callable.name.clone());
        called(&dependency.trace, functions);
        called(&dependency.teardown, functions);
        in_dependencies(&dependency.dependencies, functions);
    }
}

fn called(steps: &[Step], functions: &mut Vec<String>) {
    for step in steps {
        match step {
            Step::Call { callee, steps, .. } | Step::Background { callee, steps, .. } => {
                functions.push(callee.name.clone());
                called(steps, functions);
            }
            Step::Branch { arms, .. } => arms.iter().for_each(|(_, steps)| called(steps, functions)),
            Step::Loop { steps, .. } => called(steps, functions),
            Step::External { .. } | Step::Raise { .. } | Step::Cookie { .. } => {}
        }
    }
}
