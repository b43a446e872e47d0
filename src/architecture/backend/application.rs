//! An application object as the model has it.

use std::rc::Rc;

use super::{
    contract::Contract,
    dependant::operation_dependant,
    dependency_tree::dependencies,
    endpoint::{Pending, endpoint, parameterless, path_names, title},
    lifespan::lifespan,
    middleware::{exception_handlers, middleware},
    parameters::parameters,
    reader::Reader,
    routers::Routers,
    security,
    symbols::{label, symbol},
};
use crate::{
    architecture::model::{Application, Channel, DependencyOrigin, Endpoint, Mount, Parameter},
    python::interpret::{
        arguments::Arguments,
        flow::Eval,
        interpreter::Interpreter,
        repr,
        value::{InstanceObject, Value},
    },
};

/// Makes the model of an application object.
///
/// # Errors
/// When an attribute that is read raises, or the budget is used up.
pub fn application(it: &mut Interpreter, name: &str, app: &Rc<InstanceObject>) -> Eval<Application> {
    application_within(it, name, app, &[])
}

/// Makes the model of an application that is mounted in others, outermost first.
fn application_within(
    it: &mut Interpreter,
    name: &str,
    app: &Rc<InstanceObject>,
    outer: &[Rc<InstanceObject>],
) -> Eval<Application> {
    let read = Reader { object: app };
    let mut result = Application {
        name: name.to_owned(),
        location: read.location(),
        title: read.text("title").unwrap_or_default(),
        version: read.text("version").unwrap_or_default(),
        summary: read.text("summary"),
        description: read.text("description").filter(|text| !text.is_empty()),
        root_path: read.text("root_path").unwrap_or_default(),
        fastapi_version: it.project.files.package_version("fastapi"),
        middleware: middleware(&read),
        ..Application::default()
    };
    let router = match read.value("router") {
        Value::Instance(router) => router,
        _ => Rc::clone(app),
    };
    // What libraries do to the routes when the server starts, after the last one was registered.
    for prepare in (Reader { object: &router }).items("_before_serving") {
        it.call(&prepare, Arguments::default())?;
    }
    let mut registry = Routers::new(it, name, app, &router);
    registry.applications = outer.iter().chain([app]).cloned().collect();
    let options = super::version::options(it);
    // pydantic 1 has one schema for both ways.
    let separates =
        !options.is_first() && !matches!(read.value("separate_input_output_schemas"), Value::Bool(false));
    let mut contract = Contract::new(options, separates);
    contract.streams = super::version::has_streams(it);
    contract.named_by_class = super::version::names_by_class(it);
    contract.named_by_module = super::version::names_by_module(it);
    let mut pending = vec![];
    for route in routes(it, &router)? {
        add_route(
            it,
            &route,
            &mut result,
            &mut registry,
            &mut contract,
            &mut pending,
        )?;
    }
    let mut webhooks = vec![];
    if let Value::Instance(hooks) = read.value("webhooks") {
        for route in routes(it, &hooks)? {
            let Value::Instance(object) = &route else { continue };
            if object.class.inherits("fastapi.routing.APIRoute") {
                let (made, lacks, schemes) = endpoint(it, object, &registry.origins, &mut contract)?;
                add_schemes(&mut result, schemes);
                webhooks.push((made, lacks));
            }
        }
    }
    let (published, mut builder) = contract.finish(it);
    for (index, lacks) in &pending {
        lacks.complete(&mut result.endpoints[*index], &published);
    }
    for (mut hook, lacks) in webhooks {
        lacks.complete(&mut hook, &published);
        result.webhooks.push(hook);
    }
    super::document::describe(it, &read, &mut result);
    super::document::schemas(it, &mut result, &published);
    super::models::list(it, &mut result, &published, &builder);
    super::declared::add(it, &mut result, &published, &mut builder);
    result.routers = registry.finish(&result);
    result.exception_handlers = exception_handlers(&read);
    result.lifespan = lifespan(&router);
    for (original, replacement) in it.mapping_items(&read.value("dependency_overrides"))? {
        result
            .dependency_overrides
            .push((symbol(&original), symbol(&replacement)));
    }
    Ok(result)
}

/// The routes of a router, those of included routers in their place.
///
/// # Errors
/// When the list of routes raises.
pub fn routes(it: &mut Interpreter, router: &Rc<InstanceObject>) -> Eval<Vec<Value>> {
    let listed = Reader { object: router }.value("routes");
    let module = it.import_module("fastapi.routing")?;
    let flatten = it.attribute(&module, "effective_routes")?;
    let flat = it.call(&flatten, Arguments::of(vec![listed]))?;
    Ok(it.iterate(&flat)?.0)
}

fn add_schemes(app: &mut Application, schemes: Vec<(String, serde_json::Value)>) {
    for (name, definition) in schemes {
        if !app.security_schemes.iter().any(|(known, _)| *known == name) {
            app.security_schemes.push((name, definition));
        }
    }
}

fn add_route(
    it: &mut Interpreter,
    route: &Value,
    app: &mut Application,
    routers: &mut Routers,
    contract: &mut Contract,
    pending: &mut Vec<(usize, Pending)>,
) -> Eval<()> {
    let Value::Instance(object) = route else {
        it.report(
            "unknown-route",
            format!("a route that is not known is registered: {}", repr::repr(route)),
        );
        return Ok(());
    };
    let class = &object.class;
    let index = routers.of(object);
    if class.inherits("fastapi.routing.APIRoute") {
        // What the document does not show must not take part in the choice of its names.
        let mut hidden = Contract::new(contract.builder.options, true);
        let is_shown = (Reader { object }).flag("include_in_schema").unwrap_or(true);
        let chosen = if is_shown { contract } else { &mut hidden };
        let (mut made, lacks, schemes) = endpoint(it, object, &routers.origins, chosen)?;
        made.router = index;
        let handler = Reader { object }.value("endpoint");
        made.rate_limits.extend(routers.limits.on(it, &handler)?);
        if is_shown {
            add_schemes(app, schemes);
            pending.push((app.endpoints.len(), lacks));
        } else {
            let (published, _) = hidden.finish(it);
            lacks.complete(&mut made, &published);
        }
        app.endpoints.push(made);
    } else if class.inherits("starlette.routing.WebSocketRoute") {
        app.channels.push(channel(it, object, index, &routers.origins)?);
    } else if class.inherits("starlette.routing.Mount") {
        app.mounts
            .push(mount(it, object, &app.name.clone(), &routers.applications)?);
    } else if class.inherits("starlette.routing.Route") {
        app.endpoints.push(plain_route(it, object, index));
    }
    Ok(())
}

/// A route of Starlette, which no OpenAPI document shows.
fn plain_route(it: &mut Interpreter, route: &Rc<InstanceObject>, router: usize) -> Endpoint {
    let read = Reader { object: route };
    let handler = read.value("endpoint");
    let name = read.text("name").unwrap_or_default();
    let mut methods: Vec<String> = read
        .items("methods")
        .iter()
        .filter_map(Value::as_str)
        .map(Into::into)
        .collect();
    methods.sort();
    Endpoint {
        methods,
        path: read.text("path").unwrap_or_default(),
        summary: title(&name),
        name,
        status_code: 200,
        is_async: it.is_coroutine_function(&handler),
        handler: symbol(&handler),
        registration: read.location(),
        conditions: read.conditions(),
        router,
        ..Endpoint::default()
    }
}

fn channel(
    it: &mut Interpreter,
    route: &Rc<InstanceObject>,
    router: usize,
    origins: &[(Value, DependencyOrigin)],
) -> Eval<Channel> {
    let read = Reader { object: route };
    let path = read.text("path").unwrap_or_default();
    let handler = read.value("endpoint");
    let parameterless = parameterless(&read, origins);
    let root = operation_dependant(it, &handler, &parameterless, &[], &path_names(&path))?;
    let (security, _) = security::requirements(it, &root);
    Ok(Channel {
        name: read.text("name").unwrap_or_default(),
        handler: symbol(&handler),
        registration: read.location(),
        router,
        parameters: {
            let mut own = Contract::new(super::version::options(it), true);
            let made = parameters(it, &root, &mut own);
            let (published, _) = own.finish(it);
            made.into_iter()
                .map(|(parameter, id)| Parameter {
                    schema: published.schema(id),
                    ..parameter
                })
                .collect()
        },
        security,
        dependencies: dependencies(&root),
        conditions: read.conditions(),
        path,
        trace: vec![],
    })
}

fn mount(
    it: &mut Interpreter,
    route: &Rc<InstanceObject>,
    app_name: &str,
    outer: &[Rc<InstanceObject>],
) -> Eval<Mount> {
    let read = Reader { object: route };
    let target = match read.value("_base_app") {
        Value::None => read.value("app"),
        base => base,
    };
    let path = read.text("path").unwrap_or_default();
    let mut result = Mount {
        name: read.text("name"),
        registration: read.location(),
        conditions: read.conditions(),
        target: target_name(&target),
        path,
        ..Mount::default()
    };
    if let Value::Instance(instance) = &target {
        if instance.class.inherits("starlette.staticfiles.StaticFiles") {
            result.is_static = true;
            result.directory = Reader { object: instance }.text("directory").map(|path| {
                path.strip_prefix(crate::python::library::ROOT)
                    .unwrap_or(&path)
                    .trim_start_matches('/')
                    .to_owned()
            });
        }
        if outer.iter().any(|application| Rc::ptr_eq(application, instance)) {
            let message = format!(
                "an application is mounted in itself at `{}`; its routes are told without that prefix only",
                result.path
            );
            it.report_at(result.registration.clone(), "mounted-in-itself", message);
        } else if instance.class.inherits("starlette.applications.Starlette") {
            let name = format!("{app_name} mounted at {}", result.path);
            let mut mounted = application_within(it, &name, instance, outer)?;
            // What the program declares beside any contract is told of the outermost application.
            mounted
                .models
                .retain(|model| model.input_schema.is_some() || model.output_schema.is_some());
            result.application = Some(Box::new(mounted));
        }
    }
    Ok(result)
}

fn target_name(target: &Value) -> String {
    match target {
        Value::Instance(instance) => instance.class.name.to_string(),
        Value::Function(_) | Value::Class(_) | Value::Method(_) => label(&symbol(target).name),
        other => repr::repr(other).to_string(),
    }
}
