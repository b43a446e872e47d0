//! `models`: the data that crosses the boundary, as a table.

use std::collections::BTreeSet;

use globset::GlobSet;

use crate::{
    architecture::model::{Application, Model},
    markdown::{Alignment, Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, application, globs},
    show,
};

/// The keys that select models.
pub(super) const ROLE: Key = Key {
    name: "role",
    summary: "only models that are `request`, `response`, `both`, `domain`, `internal`, `settings` or `enum`, comma-separated",
};
pub(super) const INCLUDE: Key = Key {
    name: "include",
    summary: "only models whose name matches one of these globs, comma-separated",
};
pub(super) const EXCLUDE: Key = Key {
    name: "exclude",
    summary: "no models whose name matches one of these globs, comma-separated",
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "models",
        summary: "a table of data contracts: model, role, used by which endpoints, fields, source",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::TAG,
            keys::MODULE,
            ROLE,
            INCLUDE,
            EXCLUDE,
            Key {
                name: "sort",
                summary: "`name` (the default), `source` or `used`",
            },
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Request,
    Response,
    Both,
    /// It crosses no boundary, and other modules than its own use it.
    Domain,
    /// Only its own module uses it.
    Internal,
    Settings,
    Enumeration,
}

impl Role {
    pub(super) fn of(model: &Model) -> Self {
        match model.kind.as_str() {
            "enum" => return Self::Enumeration,
            "settings" => return Self::Settings,
            _ => {}
        }
        match (model.accepted_by.is_empty(), model.sent_by.is_empty()) {
            (false, false) => Self::Both,
            (false, true) => Self::Request,
            (true, false) => Self::Response,
            (true, true) if model.imported_by.is_empty() => Self::Internal,
            (true, true) => Self::Domain,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "request and response",
            Self::Domain => "domain",
            Self::Internal => "internal",
            Self::Settings => "settings",
            Self::Enumeration => "enum",
        }
    }
}

/// Which models are wanted.
pub(super) struct ModelFilter<'a> {
    filter: Filter<'a>,
    tags: Vec<&'a str>,
    roles: Vec<Role>,
    include: GlobSet,
    exclude: GlobSet,
}

impl<'a> ModelFilter<'a> {
    pub(super) fn parse(arguments: &Arguments<'a>) -> Result<Self, ViewError> {
        let roles = [
            ("request", Role::Request),
            ("response", Role::Response),
            ("both", Role::Both),
            ("domain", Role::Domain),
            ("internal", Role::Internal),
            ("settings", Role::Settings),
            ("enum", Role::Enumeration),
        ];
        Ok(Self {
            filter: Filter::parse(arguments)?,
            tags: arguments.list("tag"),
            roles: arguments.choices("role", &roles)?,
            include: globs("include", arguments)?,
            exclude: globs("exclude", arguments)?,
        })
    }

    pub(super) fn keeps(&self, model: &Model, application: &Application) -> bool {
        let tagged = |index: usize| {
            let endpoint = application.endpoints.get(index);
            endpoint.is_some_and(|endpoint| endpoint.tags.iter().any(|tag| self.tags.contains(&tag.as_str())))
        };
        self.filter.keeps_module(show::module(&model.symbol.name))
            && (self.roles.is_empty() || self.roles.contains(&Role::of(model)))
            && (self.include.is_empty() || self.include.is_match(&model.name))
            && !self.exclude.is_match(&model.name)
            && (self.tags.is_empty() || users(model).into_iter().any(tagged))
    }

    pub(super) fn nothing(&self) -> Inline {
        self.filter.nothing("models")
    }
}

/// Indexes of the endpoints that accept or send a model, in registration order.
pub(super) fn users(model: &Model) -> BTreeSet<usize> {
    model.accepted_by.iter().chain(&model.sent_by).copied().collect()
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Source,
    Used,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = ModelFilter::parse(arguments)?;
    let sorts = [
        ("name", Sort::Name),
        ("source", Sort::Source),
        ("used", Sort::Used),
    ];
    let sort = arguments.choice("sort", &sorts)?.unwrap_or(Sort::Name);
    let mut models: Vec<&Model> = application
        .models
        .iter()
        .filter(|model| filter.keeps(model, application))
        .collect();
    if models.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing())));
    }
    match sort {
        Sort::Name => {}
        Sort::Source => models.sort_by(|a, b| a.symbol.location.cmp(&b.symbol.location)),
        Sort::Used => models.sort_by_key(|model| std::cmp::Reverse(users(model).len())),
    }
    let summary = show::counted(models.len(), "model");
    let rest = show::limited(&mut models, arguments.number("limit", 1)?, "model");
    let mut table = Table::new(["Model", "Role", "Used by", "Fields"]).align("Fields", Alignment::Right);
    for model in models {
        table.row([
            Inline::lines([
                Inline::code(&model.name),
                show::source(&model.symbol.location, context),
            ]),
            Inline::text(Role::of(model).words()),
            used_by(model, application),
            Inline::text(model.fields.len().max(model.values.len()).to_string()),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}

/// The one endpoint, else how many: `model` lists them, and several paths would push the table off the page.
fn used_by(model: &Model, application: &Application) -> Inline {
    let users = users(model);
    match users.first() {
        Some(only) if users.len() == 1 => endpoint(application, *only),
        Some(_) => Inline::text(show::counted(users.len(), "endpoint")),
        None => Inline::default(),
    }
}

/// An endpoint by its methods and path.
pub(super) fn endpoint(application: &Application, index: usize) -> Inline {
    application
        .endpoints
        .get(index)
        .map_or_else(Inline::default, |endpoint| {
            Inline::code(format!("{} {}", endpoint.methods.join(", "), endpoint.path))
        })
}
