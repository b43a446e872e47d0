//! From a tree to the model: the interpreter is run over the application and its values are read.

use std::rc::Rc;

use anyhow::{Context as _, bail};

use super::{
    Options,
    backend::{
        application::application,
        custom_document::customise,
        lifecycle::{fill, find_streams},
        startup::started,
    },
    data_layer, discover,
    disk::Disk,
    environment,
    integration::{
        self,
        backend_address::{add_containers, addresses},
        forwarding::{Forwarding, of_pipelines},
        matching::Network,
        route_handler::route_handlers,
        served_asset,
    },
    model::{Application, Architecture, Integration, Module, Tier, VariableRead},
};
use crate::deploy;
use crate::python::{
    interpret::{
        flow::Flow,
        interpreter::{FindingKey, Interpreter},
        repr,
        value::{InstanceObject, ModuleObject, Value},
    },
    project::{Files, Project},
    syntax::{self, ast::StmtKind},
};
use crate::source::{location::Location, tree::file_name};
use crate::web;

/// Stack for the interpreter: calls of the analysed program nest as Rust calls.
const STACK: usize = 1 << 30;

/// Analyses a tree on a thread with a stack for deep programs.
///
/// # Errors
/// When the application asked for does not exist.
pub fn analyse(options: &Options) -> anyhow::Result<Architecture> {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || run(options));
        let worker = worker.context("cannot start the analysis")?;
        worker
            .join()
            .unwrap_or_else(|_| bail!("the analysis stopped at a defect of its own"))
    })
}

fn run(options: &Options) -> anyhow::Result<Architecture> {
    let files = Rc::new(Disk::new(&options.root, &options.libraries)?);
    let mut it = Interpreter::new(
        Project::new(Rc::clone(&files) as Rc<dyn Files>),
        &options.environment,
    );
    let mut architecture = Architecture::default();
    let expressions = match &options.app {
        Some(expression) => vec![expression.clone()],
        None => files.candidates(),
    };
    let mut seen: Vec<Rc<InstanceObject>> = vec![];
    let mut read = vec![];
    let mut failed = None;
    for expression in &expressions {
        match find(&mut it, expression, &mut seen) {
            Ok(Some((object, mut app))) => {
                if let Some(write) = options.document {
                    customise(&mut it, &object, &mut app, write);
                }
                // A factory that was found by its looks may have made one of the others.
                let is_again = expression.ends_with("()")
                    && architecture
                        .applications
                        .iter()
                        .any(|known| known.location == app.location);
                if !is_again {
                    architecture.applications.push(app);
                    read.push(object);
                }
            }
            Ok(None) => {}
            Err(error) if options.app.is_some() => return Err(error),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    // What was only found by its looks may be none; that all of them fail is worth saying.
    if architecture.applications.is_empty()
        && let Some(error) = failed
    {
        return Err(error);
    }
    architecture.modules = modules(&it);
    let scope = &options.scope;
    // What shows findings reads all bodies of functions besides.
    if scope.traces || scope.frontend || scope.deployment {
        it.report_unread_syntax();
    }
    architecture.unresolved = it.sorted_findings();
    if options.scope.traces {
        for (app, model) in read.iter().zip(&mut architecture.applications) {
            // The model stands without traces too.
            architecture
                .unresolved
                .extend(fill(&mut it, app, model).unwrap_or_default());
        }
        architecture.unresolved.sort();
    } else if options.scope.frontend {
        for (app, model) in read.iter().zip(&mut architecture.applications) {
            // Without it the channels lack what handlers stream.
            let _ = find_streams(&mut it, app, model);
        }
    }
    if options.scope.data_layer {
        let module_of = |file: &str| files.module_of(file);
        data_layer::fill(&mut it, &files.data_files(), module_of, &mut architecture);
    }
    if options.scope.frontend {
        architecture.frontend = web::frontend::read(files.tree());
        architecture
            .unresolved
            .append(&mut architecture.frontend.problems);
        architecture.unresolved.sort();
    }
    if options.scope.deployment || options.scope.frontend {
        let tree = files.tree();
        let deployment = deploy::read(tree.files_with_hidden(), &|path| {
            tree.read(path).map_err(|error| error.to_string())
        });
        if options.scope.frontend {
            let (integration, served) = integrate(&files, &deployment, &architecture);
            architecture.integration = integration;
            for (asset, by) in architecture.frontend.assets.iter_mut().zip(served) {
                asset.is_missing &= by.is_none();
                asset.served_by = by;
            }
        }
        if options.scope.deployment {
            describe_deployment(&mut it, &files, deployment, &mut architecture);
        }
    }
    Ok(architecture)
}

/// Joins the frontend to the applications; what of the backend answers for each asset.
fn integrate(
    disk: &Disk,
    deployment: &deploy::Deployment,
    architecture: &Architecture,
) -> (Integration, Vec<Option<String>>) {
    let tree = disk.tree();
    let applications = &architecture.applications;
    let names: Vec<String> = applications
        .iter()
        .map(|application| application.name.clone())
        .collect();
    let files = tree
        .files()
        .iter()
        .filter(|path| discover::may_hold_commands(path));
    let texts = files.filter_map(|path| Some((path.as_str(), tree.text(path)?)));
    let mut backends = addresses(&names, texts);
    add_containers(&mut backends, applications, deployment);
    let network = Network {
        forwardings: of_pipelines(&architecture.frontend.pipelines)
            .into_iter()
            .chain(deployment.servers.iter().map(Forwarding::of_server))
            .collect(),
        handlers: route_handlers(
            tree.files().iter().map(String::as_str),
            &architecture.frontend.calls,
        ),
        backends,
        deployment: Some(deployment),
        pipelines: &architecture.frontend.pipelines,
    };
    let source = |path: &str| disk.source(path).ok();
    let frontend = &architecture.frontend;
    let joined = integration::join(applications, &architecture.modules, frontend, &network, &source);
    let served = served_asset::served(applications, &frontend.calls, &frontend.assets, &network);
    (joined, served)
}

/// Joins configuration with the code that depends on it.
fn describe_deployment(
    it: &mut Interpreter,
    disk: &Disk,
    deployment: deploy::Deployment,
    architecture: &mut Architecture,
) {
    let (variables, findings) = environment::variables(
        it,
        disk,
        &deployment,
        &architecture.modules,
        frontend_reads(&architecture.frontend),
    );
    architecture.environment = variables;
    architecture.unresolved.extend(findings);
    architecture.unresolved.extend(deployment.findings);
    architecture.unresolved.sort();
}

/// What the frontend reads, as the other tiers say it.
fn frontend_reads(frontend: &web::frontend::Frontend) -> Vec<environment::NamedRead> {
    let named = |read: &web::environment::EnvironmentRead| environment::NamedRead {
        name: read.name.clone(),
        read: VariableRead {
            tier: Tier::Frontend,
            location: read.location.clone(),
            reader: file_name(&read.location.file).to_owned(),
            default: read.default.clone(),
            ..VariableRead::default()
        },
        ..environment::NamedRead::default()
    };
    frontend.env.iter().map(named).collect()
}

/// Analyses files in memory, on the thread of the caller.
///
/// # Errors
/// When the application asked for does not exist.
#[cfg(test)]
pub fn analyse_files(
    files: Rc<dyn Files>,
    expression: &str,
    environment: &[(String, String)],
) -> anyhow::Result<Architecture> {
    let mut it = Interpreter::new(Project::new(files), environment);
    let value = evaluate(&mut it, expression)?;
    let Some(app) = find_application(&value) else {
        bail!("`{expression}` is {}, not an application", repr::repr(&value));
    };
    let app = match started(&mut it, &app).and_then(|()| application(&mut it, expression, &app)) {
        Ok(app) => app,
        Err(flow) => bail!("the application could not be read: {}", words(&it, &flow)),
    };
    Ok(Architecture {
        applications: vec![app],
        unresolved: it.sorted_findings(),
        modules: modules(&it),
        ..Architecture::default()
    })
}

/// The application that an expression gives; nothing for one that another expression gave already.
fn find(
    it: &mut Interpreter,
    expression: &str,
    seen: &mut Vec<Rc<InstanceObject>>,
) -> anyhow::Result<Option<(Rc<InstanceObject>, Application)>> {
    // What the others took does not count.
    it.budget.replenish();
    let value = evaluate(it, expression)?;
    it.budget.replenish();
    let Some(app) = find_application(&value) else {
        bail!(
            "`{expression}` is {}, not an application{}",
            repr::repr(&value),
            likely_cause(it)
        )
    };
    if seen.iter().any(|known| Rc::ptr_eq(known, &app)) {
        return Ok(None);
    }
    seen.push(Rc::clone(&app));
    match started(it, &app).and_then(|()| application(it, expression, &app)) {
        Ok(model) => Ok(Some((app, model))),
        Err(flow) => bail!(
            "the application `{expression}` could not be read: {}",
            words(it, &flow)
        ),
    }
}

/// Evaluates `module:expression` as the program would.
fn evaluate(it: &mut Interpreter, expression: &str) -> anyhow::Result<Value> {
    let (module_name, attribute) = expression.split_once(':').unwrap_or((expression, "app"));
    if it.project.find(module_name).is_none() {
        bail!("there is no module `{module_name}` below the import roots");
    }
    let module = match it.import_module(module_name) {
        Ok(module) => module,
        Err(flow) => bail!("`{module_name}` cannot be imported: {}", words(it, &flow)),
    };
    let Value::Module(object) = &module else {
        bail!("`{module_name}` cannot be read")
    };
    if attribute.chars().all(|c| c.is_alphanumeric() || c == '_') && object.scope.get(attribute).is_none() {
        bail!("{}", absent_name(it, object, attribute));
    }
    let parsed = syntax::parse(attribute.as_bytes());
    let [statement] = parsed.body.as_slice() else {
        bail!("`{attribute}` is not one expression")
    };
    let StmtKind::Expr(expr) = &statement.kind else {
        bail!("`{attribute}` is not an expression")
    };
    let value = match it.eval_in(object, &object.scope, expr) {
        Ok(value) => value,
        Err(flow) => bail!("`{expression}` raises {}", words(it, &flow)),
    };
    Ok(value)
}

/// Why a value may not be what it is in Python: what was lost on the way to it, the last first.
fn likely_cause(it: &Interpreter) -> String {
    let is_loss = |finding: &&FindingKey| matches!(finding.code, "raised-at-import" | "budget-exceeded");
    it.findings
        .iter()
        .rev()
        .find(is_loss)
        .map_or_else(String::new, |finding| {
            let Location {
                file, line, column, ..
            } = &finding.location;
            format!(
                "; a likely cause is at `{file}:{line}:{column}`: {}",
                finding.message
            )
        })
}

/// What is said of a name that a module lacks, with the applications that it has or what was lost on the way.
fn absent_name(it: &Interpreter, module: &ModuleObject, attribute: &str) -> String {
    let module_name = &module.name;
    let names = module.scope.names.borrow();
    let applications: Vec<String> = names
        .iter()
        .filter(|(_, value)| find_application(value).is_some())
        .map(|(name, _)| format!("`{module_name}:{name}`"))
        .collect();
    let help = if applications.is_empty() {
        likely_cause(it)
    } else {
        format!(". help: it has {}", applications.join(", "))
    };
    format!("`{module_name}` has no name `{attribute}`{help}")
}

fn words(it: &Interpreter, flow: &Flow) -> String {
    match flow {
        Flow::Raise(raised) => {
            let words = it.exception_words(&raised.exception);
            let place = &raised.location;
            if place.file.is_empty() {
                format!("`{words}`")
            } else {
                format!("`{words}` at {}:{}", place.file, place.line)
            }
        }
        Flow::Exhausted => "the budget of steps is used up".into(),
    }
}

/// The application in a value: itself, one of its alternatives, or what a wrapper such as a middleware holds.
fn find_application(value: &Value) -> Option<Rc<InstanceObject>> {
    match value {
        Value::Instance(instance) if instance.class.inherits("starlette.applications.Starlette") => {
            Some(Rc::clone(instance))
        }
        Value::Instance(instance) => {
            let inner = instance.attributes.borrow().get("app").cloned();
            inner.and_then(|inner| find_application(&inner))
        }
        Value::Unknown(unknown) => unknown.alternatives.iter().find_map(find_application),
        _ => None,
    }
}

/// The modules of the analysed tree that were imported, by name.
fn modules(it: &Interpreter) -> Vec<Module> {
    let mut modules = vec![];
    for (name, value) in &it.modules {
        let Value::Module(object) = value else { continue };
        let Some(file) = object.file.as_ref().filter(|_| object.is_own()) else {
            continue;
        };
        let (mut own, mut external) = (vec![], vec![]);
        for import in object.imports.borrow().keys() {
            let is_own = matches!(it.modules.get(import), Some(Value::Module(target)) if target.is_own());
            if is_own {
                own.push(import.to_string());
            } else {
                external.push(import.split('.').next().unwrap_or(import).to_owned());
            }
        }
        own.sort();
        own.dedup();
        external.sort();
        external.dedup();
        modules.push(Module {
            name: name.to_string(),
            file: file.path.to_string(),
            imports: own,
            external,
        });
    }
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    modules
}
