//! `ref module:symbol`: a name that must exist, linked to where it is defined.

use std::collections::BTreeMap;

use crate::{
    architecture::model::{Application, Architecture, Dependency, Location, Step, Symbol},
    markdown::Inline,
};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    nearest::nearest,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "ref",
        summary: "a name of the code, linked to its definition; an error when it is gone",
        subject: Some("module:name"),
        placement: Placement::Inline,
        keys: &[],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let name = arguments.subject();
    let index = index(context.architecture);
    let Some(location) = index.get(name) else {
        let help = nearest(name, index.keys())
            .or_else(|| Some("write `package.module:name` or `package.module`".to_owned()));
        return Err(error(format!("there is no `{name}` in the analysed code"), help));
    };
    Ok(Output::Inline(show::linked(
        Inline::code(show::short(name)),
        location,
        context,
    )))
}

/// Everything that has a name and a place.
fn index(architecture: &Architecture) -> BTreeMap<String, Location> {
    let mut index = Index::default();
    for module in &architecture.modules {
        index.add(
            &module.name,
            &Location {
                file: module.file.clone(),
                ..Location::default()
            },
        );
    }
    architecture
        .applications
        .iter()
        .for_each(|application| index.application(application));
    index.0
}

#[derive(Default)]
struct Index(BTreeMap<String, Location>);

impl Index {
    fn add(&mut self, name: &str, location: &Location) {
        if !location.file.is_empty() {
            self.0.entry(name.to_owned()).or_insert_with(|| location.clone());
        }
    }

    fn symbol(&mut self, symbol: &Symbol) {
        self.add(&symbol.name, &symbol.location);
    }

    fn application(&mut self, application: &Application) {
        self.add(&application.name, &application.location);
        for endpoint in &application.endpoints {
            self.symbol(&endpoint.handler);
            endpoint
                .request_body
                .iter()
                .flat_map(|body| &body.model)
                .for_each(|model| self.symbol(model));
            self.dependencies(&endpoint.dependencies);
            self.steps(&endpoint.trace);
        }
        for channel in &application.channels {
            self.symbol(&channel.handler);
            self.dependencies(&channel.dependencies);
            self.steps(&channel.trace);
        }
        application
            .routers
            .iter()
            .for_each(|router| self.add(&router.name, &router.location));
        application
            .middleware
            .iter()
            .for_each(|layer| self.symbol(&layer.symbol));
        application
            .exception_handlers
            .iter()
            .for_each(|handler| self.symbol(&handler.handler));
        for handler in &application.lifespan {
            self.symbol(&handler.handler);
            self.steps(&handler.startup);
            self.steps(&handler.shutdown);
        }
        application
            .mounts
            .iter()
            .filter_map(|mount| mount.application.as_deref())
            .for_each(|inner| self.application(inner));
    }

    fn dependencies(&mut self, dependencies: &[Dependency]) {
        for dependency in dependencies {
            self.symbol(&dependency.callable);
            self.steps(&dependency.trace);
            self.steps(&dependency.teardown);
            self.dependencies(&dependency.dependencies);
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Call { callee, steps, .. } | Step::Background { callee, steps, .. } => {
                    self.symbol(callee);
                    self.steps(steps);
                }
                Step::Branch { arms, .. } => arms.iter().for_each(|(_, steps)| self.steps(steps)),
                Step::Loop { steps, .. } => self.steps(steps),
                Step::External { .. } | Step::Raise { .. } | Step::Cookie { .. } => {}
            }
        }
    }
}
