//! Clients that a generator wrote from an OpenAPI document: each of their functions is one request.

mod base;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    address,
    request::{self, Request},
};
use crate::web::{
    project::{ModuleId, Project},
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Script, TOP_LEVEL},
    values::{Evaluator, Site, Text, TextPart, Value},
};

/// Generated functions that call each other.
const MAX_INSIDE: usize = 7;

/// What a generator calls the functions that it hands to a library, which calls them when the hook around them is used.
const HANDED: [&str; 6] = [
    "queryFn",
    "mutationFn",
    "swrFn",
    "fetcher",
    "mutationFetcher",
    "queryOptions",
];

/// The generated modules of a frontend.
pub(super) struct Generated {
    modules: FxHashSet<ModuleId>,
    /// Where code that is not generated hands a generated function on: `queryFn: readUsers`.
    references: FxHashMap<(ModuleId, FunctionId), Vec<Site>>,
    /// What stands in front of the paths.
    bases: Vec<Text>,
}

impl Generated {
    /// Looks for generated modules and for who hands their functions on.
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let project = evaluator.project;
        let mut this = Self {
            modules: project
                .module_ids()
                .filter(|module| is_generated(project, *module))
                .collect(),
            references: FxHashMap::default(),
            bases: vec![],
        };
        if !this.modules.is_empty() {
            for module in project.module_ids() {
                if !this.has(module) {
                    this.read(evaluator, module);
                }
            }
            this.bases = base::bases(evaluator, &this);
        }
        this
    }

    /// Whether a generator wrote a module.
    pub(super) fn has(&self, module: ModuleId) -> bool {
        self.modules.contains(&module)
    }

    fn read(&mut self, evaluator: &Evaluator<'_>, module: ModuleId) {
        let script = evaluator.project.script(module);
        let callees: FxHashSet<ExpressionId> = script
            .expressions
            .iter()
            .filter_map(|expression| match &expression.kind {
                Kind::Call { callee, .. } | Kind::New { callee, .. } => Some(*callee),
                _ => None,
            })
            .collect();
        for expression in script.expression_ids() {
            if callees.contains(&expression) || !is_of_import(script, expression) {
                continue;
            }
            for value in evaluator.values(module, expression) {
                if let Value::Function(closure) = value
                    && self.has(closure.module)
                {
                    let key = (closure.module, closure.function);
                    let known = self.references.entry(key).or_default();
                    known.push(Site::alone(module, expression));
                }
            }
        }
    }

    /// The request that a call in generated code stands for.
    pub(super) fn request(&self, evaluator: &Evaluator<'_>, site: &Site) -> Option<Request> {
        let mut request = by_description(evaluator, site).or_else(|| {
            let request = request::request(evaluator, site)?;
            let begins = |text: &Text| {
                let text = text.display();
                text.starts_with('/') || text.starts_with("http")
            };
            request.addresses.iter().any(begins).then_some(request)
        })?;
        request.addresses = request::joined(&self.bases, &request.addresses);
        Some(request)
    }

    /// What `localVarPath` and `localVarRequestOptions` of a function describe, by the place of the path
    /// (<https://openapi-generator.tech/docs/generators/typescript-axios>).
    pub(super) fn described(&self, evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<(Site, Request)> {
        let script = evaluator.project.script(module);
        let variable = |text: &str, function: Option<FunctionId>| {
            let mut names = script.names.iter();
            let name = names.find(|name| name.text == text && name.function == function)?;
            name.definitions
                .iter()
                .find_map(|definition| match definition.source {
                    DefinitionSource::Expression(value) => Some(Site::alone(module, value)),
                    _ => None,
                })
        };
        let mut found = vec![];
        for name in script.names.iter().filter(|name| name.text == "localVarPath") {
            let Some(path) = variable("localVarPath", name.function) else {
                continue;
            };
            let options = variable("localVarRequestOptions", name.function);
            let method = options.and_then(|options| {
                let properties = evaluator.properties(&options);
                let (_, method) = properties.iter().find(|(key, _)| key == "method")?;
                evaluator.texts(method).first()?.as_literal()
            });
            let Some(method) = method else { continue };
            let addresses: Vec<Text> = evaluator.texts(&path).iter().map(address::with_holes).collect();
            let request = Request {
                kind: "generated client".into(),
                methods: vec![method.to_uppercase()],
                written: script.written(path.expression),
                addresses: request::joined(&self.bases, &addresses),
                ..Request::default()
            };
            found.push((path, request));
        }
        found
    }

    /// The uses of a generated function outside of what is generated; the request itself where there is none.
    pub(super) fn places(&self, evaluator: &Evaluator<'_>, site: &Site) -> Vec<(Site, Vec<Site>)> {
        let mut found = vec![];
        self.outside(evaluator, site, &mut vec![], &mut found);
        if found.is_empty() {
            found.push((site.clone(), vec![]));
        }
        found
    }

    fn outside(
        &self,
        evaluator: &Evaluator<'_>,
        site: &Site,
        inside: &mut Vec<Site>,
        found: &mut Vec<(Site, Vec<Site>)>,
    ) {
        let script = evaluator.project.script(site.module);
        let mut function = script.expression(site.expression).function;
        inside.push(site.clone());
        while function != TOP_LEVEL {
            let references = self.references.get(&(site.module, function));
            let callers = evaluator.callers(site.module, function).iter();
            let uses: Vec<&Site> = callers
                .map(|caller| &caller.site)
                .chain(references.into_iter().flatten())
                .filter(|used| !inside.contains(used))
                .collect();
            for used in uses {
                if !self.has(used.module) {
                    let through: Vec<Site> = inside.iter().rev().cloned().collect();
                    if !found.iter().any(|(known, _)| known == used) {
                        found.push((used.clone(), through));
                    }
                } else if inside.len() < MAX_INSIDE {
                    self.outside(evaluator, used, inside, found);
                }
            }
            // A function that a hook hands to its library runs when the hook is used; one of many that a factory gives
            // does not run when the factory does.
            let name = &script.function(function).name;
            let (true, Some(parent)) = (
                name.is_empty() || HANDED.contains(&name.as_str()),
                script.function(function).parent,
            ) else {
                break;
            };
            function = parent;
        }
        inside.pop();
    }
}

/// Whether a request is made by what generated functions call, where the path is still `/items/{id}`.
pub(super) fn is_inside_of_client(request: &Request) -> bool {
    request.addresses.iter().any(|address| {
        address.parts.iter().any(|part| match part {
            TextPart::Literal(text) => text.contains('{'),
            TextPart::Hole { .. } => false,
        })
    })
}

/// Whether an expression is an imported name, or a member of one.
fn is_of_import(script: &Script, expression: ExpressionId) -> bool {
    match script.kind(expression) {
        Kind::Local(name) => script
            .name(*name)
            .definitions
            .iter()
            .any(|definition| matches!(definition.source, DefinitionSource::Import(..))),
        Kind::Member { object, .. } => is_of_import(script, *object),
        _ => false,
    }
}

/// Whether a generator wrote a module, by what its head says or by its name.
fn is_generated(project: &Project<'_>, module: ModuleId) -> bool {
    let module = project.module(module);
    if module.file.contains(".gen.") {
        return true;
    }
    let head: String = module.script.text.chars().take(400).collect();
    let head = head.to_lowercase();
    let names = ["openapi", "orval", "swagger", "@hey-api", "kubb"];
    // Code that is written by hand speaks of the "Orval-generated client".
    let says_so = [
        "generated by",
        "generated via",
        "generated using",
        "generated with",
        "generated from",
        "do not edit",
    ];
    says_so.iter().any(|words| head.contains(words)) && names.iter().any(|name| head.contains(name))
        || head.contains("istanbul ignore file")
}

/// An argument with `url` or `path` and a method.
fn by_description(evaluator: &Evaluator<'_>, site: &Site) -> Option<Request> {
    let script = evaluator.project.script(site.module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(site.expression)
    else {
        return None;
    };
    for argument in arguments {
        let place = Site {
            expression: argument.value,
            ..site.clone()
        };
        if !matches!(script.kind(argument.value), Kind::Object(_)) {
            continue;
        }
        let properties = evaluator.properties(&place);
        let property = |name: &str| {
            properties
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, place)| place)
        };
        let Some(url) = property("url").or_else(|| property("path")) else {
            continue;
        };
        let addresses: Vec<_> = evaluator.texts(url).iter().map(address::with_holes).collect();
        if !addresses.iter().any(|text| text.display().starts_with('/')) {
            continue;
        }
        let method = match property("method") {
            Some(method) => evaluator
                .texts(method)
                .first()
                .and_then(|method| method.as_literal()),
            None => match script.kind(*callee) {
                Kind::Member { property, .. } => Some(property.clone()),
                _ => None,
            },
        };
        let method = method.map(|method| method.to_uppercase());
        // A router's `route.update({ path })` is generated too.
        if !method.as_deref().is_some_and(is_method) {
            continue;
        }
        let values = |name: &str| {
            property(name)
                .map(|place| evaluator.values_at(place))
                .unwrap_or_default()
        };
        let mut body = values("body");
        body.extend(values("data"));
        return Some(Request {
            kind: "generated client".into(),
            methods: method.into_iter().collect(),
            written: script.written(url.expression),
            addresses,
            body: body
                .into_iter()
                .filter(|value| !matches!(value, Value::Parameter(_)))
                .collect(),
            ..Request::default()
        });
    }
    None
}

fn is_method(name: &str) -> bool {
    matches!(
        name,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"
    )
}
