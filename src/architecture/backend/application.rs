//! An application object as the model has it.

use std::{collections::BTreeMap, rc::Rc};

use ecow::EcoString;

use super::{
    contract::Contract,
    dependant::operation_dependant,
    endpoint::{
        Pending, Reader, dependencies, endpoint, parameterless, parameters, path_names, place, title,
    },
    limits::MiddlewareLimits,
    security,
    symbols::{label, symbol},
};
use crate::{
    architecture::model::{
        Application, Channel, DependencyOrigin, Endpoint, ExceptionHandler, LifespanHandler, Middleware,
        Mount, Parameter, Router, Symbol,
    },
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

fn middleware(read: &Reader<'_>) -> Vec<Middleware> {
    let builtin = |name: &str| Middleware {
        symbol: Symbol {
            name: format!("starlette.middleware:{name}"),
            ..Symbol::default()
        },
        label: name.to_owned(),
        is_builtin: true,
        ..Middleware::default()
    };
    let mut list = vec![builtin("ServerErrorMiddleware")];
    for entry in read.items("user_middleware") {
        let Value::Instance(entry) = &entry else { continue };
        list.push(added_middleware(&Reader { object: entry }));
    }
    list.push(builtin("ExceptionMiddleware"));
    list
}

fn added_middleware(read: &Reader<'_>) -> Middleware {
    let keywords: Vec<(EcoString, Value)> = match read.value("kwargs") {
        Value::Dict(entries) => entries
            .borrow()
            .values()
            .map(|(k, v)| (repr::display(k), v.clone()))
            .collect(),
        _ => vec![],
    };
    let class = read.value("cls");
    let dispatch = keywords
        .iter()
        .find(|(name, _)| name == "dispatch")
        .map(|(_, value)| value.clone());
    let target = match &dispatch {
        Some(function @ (Value::Function(_) | Value::Method(_))) => symbol(function),
        _ => symbol(&class),
    };
    let positional = read
        .items("args")
        .into_iter()
        .map(|value| (String::new(), repr::repr(&value).to_string()));
    let named = keywords
        .iter()
        .filter(|(name, _)| name != "dispatch")
        .map(|(name, value)| (name.to_string(), repr::repr(value).to_string()));
    Middleware {
        label: label(&target.name),
        symbol: target,
        arguments: positional.chain(named).collect(),
        registration: read.location(),
        conditions: read.conditions(),
        is_builtin: false,
    }
}

fn exception_handlers(read: &Reader<'_>) -> Vec<ExceptionHandler> {
    read.items("_exception_handlers")
        .iter()
        .filter_map(|entry| match entry {
            Value::Tuple(parts) if parts.len() >= 3 => Some(ExceptionHandler {
                exception: repr::repr(&parts[0]).to_string(),
                handler: symbol(&parts[1]),
                registration: place(&parts[2]),
            }),
            _ => None,
        })
        .collect()
}

fn lifespan(router: &Rc<InstanceObject>) -> Vec<LifespanHandler> {
    let read = Reader { object: router };
    let mut handlers = vec![];
    for context in contexts(&read) {
        let handler = symbol(&context);
        handlers.push(LifespanHandler {
            event: "lifespan".into(),
            registration: handler.location.clone(),
            handler,
            ..LifespanHandler::default()
        });
    }
    for event in read.items("_events") {
        let Value::Tuple(parts) = &event else { continue };
        handlers.push(LifespanHandler {
            event: parts
                .first()
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_string(),
            handler: parts.get(1).map(symbol).unwrap_or_default(),
            registration: parts.get(2).map(place).unwrap_or_default(),
            ..LifespanHandler::default()
        });
    }
    handlers
}

fn contexts(router: &Reader<'_>) -> Vec<Value> {
    let own = std::iter::once(router.value("lifespan_context"));
    own.chain(router.items("_inner_lifespans"))
        .filter(|context| !context.is_none())
        .collect()
}

/// The functions behind the lifespan handlers of a router, in the model's order.
#[must_use]
pub fn lifespan_values(router: &Rc<InstanceObject>) -> Vec<Value> {
    let read = Reader { object: router };
    let events = read.items("_events");
    let called = events.iter().filter_map(|event| match event {
        Value::Tuple(parts) => Some(parts.get(1).cloned().unwrap_or(Value::None)),
        _ => None,
    });
    contexts(&read).into_iter().chain(called).collect()
}

/// The functions that run before the first request.
#[must_use]
pub fn startup_values(router: &Rc<InstanceObject>) -> Vec<Value> {
    let read = Reader { object: router };
    let events = read.items("_events");
    let started = events.iter().filter_map(|event| match event {
        Value::Tuple(parts) if parts.first().and_then(Value::as_str).as_deref() == Some("startup") => {
            parts.get(1).cloned()
        }
        _ => None,
    });
    contexts(&read).into_iter().chain(started).collect()
}

/// The routers met on the way, in order of first meeting.
struct Routers {
    known: Vec<(usize, Router)>,
    names: BTreeMap<usize, String>,
    /// The `Depends` objects of routers and of the application, to tell them from a decorator's.
    origins: Vec<(Value, DependencyOrigin)>,
    /// The limits that middleware puts on every handler.
    limits: MiddlewareLimits,
    /// The application that is read and those around it, outermost first.
    applications: Vec<Rc<InstanceObject>>,
}

impl Routers {
    fn new(it: &mut Interpreter, name: &str, app: &Rc<InstanceObject>, router: &Rc<InstanceObject>) -> Self {
        let mut routers = Self {
            known: vec![],
            names: router_names(it),
            origins: vec![],
            limits: MiddlewareLimits::of(app),
            applications: vec![],
        };
        routers.names.insert(Rc::as_ptr(router) as usize, name.to_owned());
        let prefix = Reader { object: router }.text("prefix").unwrap_or_default();
        routers.index(router, None, prefix, vec![]);
        routers.known[0].1.location = Reader { object: app }.location();
        for depends in (Reader { object: router }).items("dependencies") {
            routers.origins.push((depends, DependencyOrigin::Application));
        }
        routers
    }

    /// The index of the router that holds a route.
    fn of(&mut self, route: &Rc<InstanceObject>) -> usize {
        let mut index = 0;
        for entry in (Reader { object: route }).items("_routers") {
            let Value::Tuple(parts) = &entry else { continue };
            let [Value::Instance(router), prefix, conditions] = &parts[..] else {
                continue;
            };
            let conditions = match conditions {
                Value::List(items) => items
                    .borrow()
                    .iter()
                    .map(|text| repr::display(text).to_string())
                    .collect(),
                _ => vec![],
            };
            index = self.index(router, Some(index), repr::display(prefix).to_string(), conditions);
        }
        index
    }

    fn index(
        &mut self,
        router: &Rc<InstanceObject>,
        parent: Option<usize>,
        prefix: String,
        conditions: Vec<String>,
    ) -> usize {
        let address = Rc::as_ptr(router) as usize;
        // One router may be included in several places.
        if let Some(index) = self
            .known
            .iter()
            .position(|(known, made)| *known == address && (made.prefix == prefix || made.parent.is_none()))
        {
            return index;
        }
        let read = Reader { object: router };
        for depends in read.items("dependencies") {
            if !self.origins.iter().any(|(known, _)| known.is_same(&depends)) {
                self.origins.push((depends, DependencyOrigin::Router));
            }
        }
        let location = read.location();
        let made_by = read.text("_maker");
        let name = self.names.get(&address).cloned().or(made_by);
        let made = Router {
            name: name.unwrap_or_else(|| format!("{}:{}", location.file, location.line)),
            location,
            prefix,
            tags: read
                .items("tags")
                .iter()
                .map(|tag| repr::display(&tag.unboxed()).to_string())
                .collect(),
            dependencies: read.items("dependencies").iter().map(depends_label).collect(),
            parent,
            conditions,
            ..Router::default()
        };
        self.known.push((address, made));
        self.known.len() - 1
    }

    fn finish(self, app: &Application) -> Vec<Router> {
        let mut routers: Vec<Router> = self.known.into_iter().map(|(_, router)| router).collect();
        for (index, router) in routers.iter_mut().enumerate() {
            router.endpoints = app
                .endpoints
                .iter()
                .filter(|endpoint| endpoint.router == index)
                .count();
        }
        routers
    }
}

/// The variables that hold routers, by the router's identity: where it is made rather than where it is imported.
fn router_names(it: &Interpreter) -> BTreeMap<usize, String> {
    let mut names: BTreeMap<usize, (bool, String)> = BTreeMap::new();
    for (module, value) in &it.modules {
        let Value::Module(object) = value else { continue };
        let Some(file) = object.file.as_ref().filter(|_| !object.is_model()) else {
            continue;
        };
        for (variable, held) in object.scope.names.borrow().iter() {
            let Value::Instance(instance) = held else { continue };
            if !instance.class.inherits("starlette.routing.Router") {
                continue;
            }
            let is_home = Reader { object: instance }.location().file == file.path.as_str();
            let known = names
                .entry(Rc::as_ptr(instance) as usize)
                .or_insert_with(|| (false, String::new()));
            if known.1.is_empty() || (is_home && !known.0) {
                *known = (is_home, format!("{module}:{variable}"));
            }
        }
    }
    names
        .into_iter()
        .map(|(address, (_, name))| (address, name))
        .collect()
}

fn depends_label(depends: &Value) -> String {
    let Value::Instance(instance) = depends else {
        return repr::repr(depends).to_string();
    };
    let dependency = instance
        .attributes
        .borrow()
        .get("dependency")
        .cloned()
        .unwrap_or(Value::None);
    label(&symbol(&dependency).name)
}
