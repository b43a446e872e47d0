//! `count …`: how many there are, for a sentence.

use crate::markdown::Inline;

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    dependencies::usages,
    keys, models,
    operation::operations,
    select::{Filter, application},
    tables,
};

const ENDPOINT_KEYS: &[Key] = &[
    keys::TAG,
    keys::PREFIX,
    keys::METHOD,
    keys::MODULE,
    keys::INCLUDE,
    keys::EXCLUDE,
    keys::HIDDEN,
    keys::APP,
];
const PATH_KEYS: &[Key] = &[
    keys::PREFIX,
    keys::MODULE,
    keys::INCLUDE,
    keys::EXCLUDE,
    keys::APP,
];

pub(super) const VIEWS: [View; 10] = [
    view(
        "count endpoints",
        "how many path operations there are, each method of a path counted",
        ENDPOINT_KEYS,
        endpoints,
    ),
    view(
        "count routers",
        "how many routers there are, the application's own included",
        PATH_KEYS,
        routers,
    ),
    view(
        "count channels",
        "how many WebSocket routes there are",
        PATH_KEYS,
        channels,
    ),
    view(
        "count middleware",
        "how many layers of middleware there are beyond the framework's own",
        &[keys::APP],
        middleware,
    ),
    view(
        "count dependencies",
        "how many distinct dependencies the endpoints reach",
        ENDPOINT_KEYS,
        dependencies,
    ),
    view(
        "count mounts",
        "how many applications and folders are mounted",
        PATH_KEYS,
        mounts,
    ),
    view(
        "count modules",
        "how many modules the applications reach",
        &[keys::MODULE],
        modules,
    ),
    view(
        "count models",
        "how many models cross the application's boundary",
        &[
            keys::TAG,
            keys::MODULE,
            models::ROLE,
            models::INCLUDE,
            models::EXCLUDE,
            keys::APP,
        ],
        models,
    ),
    view(
        "count tables",
        "how many tables the database has",
        &[keys::MODULE, tables::INCLUDE, tables::EXCLUDE, keys::APP],
        count_tables,
    ),
    view(
        "count migrations",
        "how many revisions of the schema there are",
        &[keys::APP],
        |_, context| Ok(number(context.architecture.migrations.len())),
    ),
];

type Render = fn(&Arguments<'_>, &Context<'_>) -> Result<Output, ViewError>;

const fn view(name: &'static str, summary: &'static str, keys: &'static [Key], render: Render) -> View {
    View {
        directive: Directive {
            name,
            summary,
            subject: None,
            placement: Placement::Inline,
            keys,
        },
        render,
    }
}

fn number(count: usize) -> Output {
    Output::Inline(Inline::text(count.to_string()))
}

fn endpoints(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let operations = operations(application(arguments, context)?);
    Ok(number(
        operations
            .iter()
            .filter(|operation| filter.keeps(operation))
            .count(),
    ))
}

fn routers(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let routers = &application(arguments, context)?.routers;
    Ok(number(
        routers
            .iter()
            .filter(|router| filter.keeps_path(&router.prefix, &router.name))
            .count(),
    ))
}

fn channels(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let channels = &application(arguments, context)?.channels;
    Ok(number(
        channels
            .iter()
            .filter(|channel| filter.keeps_path(&channel.path, &channel.handler.name))
            .count(),
    ))
}

fn middleware(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    Ok(number(
        application(arguments, context)?
            .middleware
            .iter()
            .filter(|layer| !layer.is_builtin)
            .count(),
    ))
}

fn dependencies(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    Ok(number(usages(application(arguments, context)?, &filter).len()))
}

fn mounts(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let mounts = &application(arguments, context)?.mounts;
    Ok(number(
        mounts
            .iter()
            .filter(|mount| filter.keeps_path(&mount.path, &mount.target))
            .count(),
    ))
}

fn modules(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    Ok(number(
        context
            .architecture
            .modules
            .iter()
            .filter(|module| filter.keeps_module(&module.name))
            .count(),
    ))
}

fn models(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = models::ModelFilter::parse(arguments)?;
    let application = application(arguments, context)?;
    let models = application.models.iter();
    Ok(number(
        models.filter(|model| filter.keeps(model, application)).count(),
    ))
}

fn count_tables(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = tables::TableFilter::parse(arguments)?;
    let tables = context.architecture.tables.iter();
    Ok(number(
        tables.filter(|table| filter.keeps(table, context)).count(),
    ))
}
