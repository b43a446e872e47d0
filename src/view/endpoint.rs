//! `endpoint "GET /x"`: everything about one path operation.

use crate::{
    architecture::model::{Dependency, DependencyOrigin, Endpoint, Parameter, ReturnedKind},
    markdown::{Block, Inline, Item, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys, model,
    operation::{self, Operation},
    select::application,
    show, status,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "endpoint",
        summary: "one path operation: parameters, body, responses, auth, dependencies, source",
        subject: Some("GET /path"),
        placement: Placement::Block,
        keys: &[
            Key {
                name: "example",
                summary: "`true` adds a JSON example of the request body",
            },
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let operation = operation::find(application, arguments.subject())?;
    let endpoint = operation.endpoint;
    let block = Block::sequence([
        Block::paragraph(&title(&operation)),
        endpoint
            .description
            .as_deref()
            .map(Block::prose)
            .unwrap_or_default(),
        Block::bullets(&facts(&operation, context)),
        if arguments.flag("example")?.unwrap_or(false) {
            request_example(&operation)
        } else {
            Block::default()
        },
        labelled("Parameters", Block::table(&parameters(&endpoint.parameters))),
        labelled("Responses", Block::table(&responses(endpoint))),
        labelled(
            "Dependencies, in the order in which they are asked for",
            dependencies(&endpoint.dependencies, context),
        ),
    ]);
    show::collapsible(block, &operation.title(), arguments)
}

fn title(operation: &Operation<'_>) -> Inline {
    let endpoint = operation.endpoint;
    let deprecated = if endpoint.deprecated {
        Inline::strong("Deprecated.")
    } else {
        Inline::default()
    };
    let summary = Inline::join(" ", [deprecated, Inline::prose(&endpoint.summary)]);
    Inline::join(" – ", [Inline::code(operation.title()), summary])
}

fn labelled(label: &'static str, block: Block) -> Block {
    if block.is_empty() {
        block
    } else {
        Block::sequence([Block::paragraph(&Inline::strong(label)), block])
    }
}

fn facts(operation: &Operation<'_>, context: &Context<'_>) -> Vec<Item> {
    let endpoint = operation.endpoint;
    let source = show::source(&endpoint.handler.location, context);
    let handler = Inline::join(
        " in ",
        [Inline::code(show::short(&endpoint.handler.name)), source],
    );
    let kind = if endpoint.is_async {
        "asynchronous"
    } else {
        "synchronous, run in the thread pool"
    };
    let limits = endpoint.rate_limits.iter().map(|limit| {
        Inline::join(
            " at ",
            [Inline::text(&limit.limit), show::source(&limit.location, context)],
        )
    });
    let security = Inline::join(
        ", ",
        endpoint
            .security
            .iter()
            .map(|one| show::auth(std::slice::from_ref(one))),
    );
    let facts = [
        ("Handler:", Inline::join(", ", [handler, Inline::text(kind)])),
        (
            "Auth:",
            if security.is_empty() {
                Inline::text("public")
            } else {
                security
            },
        ),
        ("Rate limit:", Inline::join(", ", limits)),
        ("Request body:", body(endpoint, context)),
        ("Returns:", returned(endpoint, context)),
        (
            "Tags:",
            Inline::join(", ", endpoint.tags.iter().map(Inline::text)),
        ),
        ("Registered:", show::conditions(&operation.conditions)),
        (
            "OpenAPI:",
            if endpoint.include_in_schema {
                Inline::default()
            } else {
                Inline::text("left out of the document")
            },
        ),
    ];
    facts
        .into_iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(label, fact)| Item::new(Inline::join(" ", [Inline::strong(label), fact])))
        .chain(show::assumptions(&endpoint.assumptions))
        .collect()
}

fn body(endpoint: &Endpoint, context: &Context<'_>) -> Inline {
    let Some(body) = &endpoint.request_body else {
        return Inline::default();
    };
    let name = Inline::code(&body.annotation);
    let name = match &body.model {
        Some(model) => show::linked(name, &model.location, context),
        None => name,
    };
    let required = Inline::text(if body.required { "required" } else { "optional" });
    Inline::join(", ", [name, Inline::code(&body.media_type), required])
}

/// What the handler hands over to be serialised, and what it is serialised by.
fn returned(endpoint: &Endpoint, context: &Context<'_>) -> Inline {
    let things = endpoint.returned.iter().filter_map(|returned| {
        let class = returned.class.as_ref().map(|class| show::symbol(class, context));
        let words = match (returned.kind, returned.is_many) {
            (ReturnedKind::Scalar, _) => return None,
            (ReturnedKind::Dictionary, false) => "a dictionary",
            (ReturnedKind::Dictionary, true) => "dictionaries",
            (ReturnedKind::Record, false) => "an ORM object",
            (ReturnedKind::Record, true) => "ORM objects",
            (ReturnedKind::Model, false) => "a model",
            (ReturnedKind::Model, true) => "models",
            (ReturnedKind::Response, _) => "a response of its own",
        };
        Some(Inline::join(
            " ",
            [Inline::text(words), class.unwrap_or_default()],
        ))
    });
    let things = Inline::join(" or ", things);
    let status = endpoint.status_code.to_string();
    let model = endpoint
        .responses
        .iter()
        .find(|response| response.status == status);
    match model.and_then(|response| response.annotation.as_deref()) {
        _ if things.is_empty() => things,
        Some(model) => Inline::concat([things, Inline::text(", serialised as "), Inline::code(model)]),
        None => Inline::concat([things, Inline::text(", no response model")]),
    }
}

/// The example of a JSON body; other media types are not written as JSON.
fn request_example(operation: &Operation<'_>) -> Block {
    match &operation.endpoint.request_body {
        Some(body) if body.media_type.ends_with("json") => {
            let mut schema = body.schema.clone();
            if let (Some(example), Some(schema)) = (&body.example, schema.as_object_mut()) {
                schema.insert("example".to_owned(), example.clone());
            }
            model::example_block(&schema, operation.application)
        }
        _ => Block::default(),
    }
}

fn parameters(parameters: &[Parameter]) -> Table {
    let mut table = Table::new(["Name", "In", "Type", "Required", "Default", "Description"]);
    for parameter in parameters {
        let deprecated = if parameter.deprecated {
            Inline::strong("Deprecated.")
        } else {
            Inline::default()
        };
        let description = parameter
            .description
            .as_deref()
            .map(Inline::prose)
            .unwrap_or_default();
        table.row([
            Inline::code(&parameter.name),
            Inline::text(&parameter.place),
            Inline::code(&parameter.annotation),
            Inline::text(if parameter.required { "yes" } else { "no" }),
            parameter.default.as_deref().map(Inline::code).unwrap_or_default(),
            Inline::join(" ", [deprecated, description]),
        ]);
    }
    table
}

fn responses(endpoint: &Endpoint) -> Table {
    let mut table = Table::new(["Status", "Type", "Media type", "Description"]);
    for response in &endpoint.responses {
        let status = response
            .status
            .parse()
            .map_or_else(|_| response.status.clone(), status::with_reason);
        table.row([
            Inline::text(status),
            response
                .annotation
                .as_deref()
                .map(Inline::code)
                .unwrap_or_default(),
            response
                .media_type
                .as_deref()
                .map(Inline::code)
                .unwrap_or_default(),
            Inline::prose(&response.description),
        ]);
    }
    table
}

fn dependencies(dependencies: &[Dependency], context: &Context<'_>) -> Block {
    Block::bullets(
        &dependencies
            .iter()
            .map(|dependency| dependency_item(dependency, context))
            .collect::<Vec<_>>(),
    )
}

fn dependency_item(dependency: &Dependency, context: &Context<'_>) -> Item {
    let name = show::linked(
        Inline::code(&dependency.label),
        &dependency.callable.location,
        context,
    );
    let scheme = dependency
        .security_scheme
        .as_ref()
        .map(|scheme| Inline::join(" ", [Inline::text("security scheme"), Inline::code(scheme)]));
    let origin = match dependency.origin {
        DependencyOrigin::Application => "of the application",
        DependencyOrigin::Router => "of the router",
        DependencyOrigin::Decorator => "of the decorator",
        DependencyOrigin::Parameter => "",
    };
    let scopes = Inline::join(", ", dependency.scopes.iter().map(Inline::code));
    let remarks = [
        Inline::text(origin),
        scheme.unwrap_or_default(),
        if scopes.is_empty() {
            scopes
        } else {
            Inline::join(" ", [Inline::text("scopes"), scopes])
        },
        Inline::text(if dependency.has_teardown {
            "cleans up after the response"
        } else {
            ""
        }),
        Inline::text(if dependency.cached { "already resolved" } else { "" }),
    ];
    Item {
        text: Inline::join(" – ", [name, Inline::join(", ", remarks)]),
        items: dependency
            .dependencies
            .iter()
            .map(|inner| dependency_item(inner, context))
            .collect(),
    }
}
