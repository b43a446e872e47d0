//! `model Name`: one data contract with its fields and an example.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::{
    architecture::model::{Application, Model, ModelField, ReturnedKind, Symbol},
    markdown::{Block, Inline, Item, Table},
    openapi::example::{example, is_authored},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    keys, models,
    nearest::nearest,
    select::application,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "model",
        summary: "one data contract: fields, constraints, who uses it, a JSON example",
        subject: Some("Name"),
        placement: Placement::Block,
        keys: &[keys::COLLAPSE, keys::APP],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let model = find(application, arguments.subject())?;
    let block = Block::sequence([
        Block::paragraph(&title(model, context)),
        model.description.as_deref().map(Block::prose).unwrap_or_default(),
        Block::bullets(&facts(model, application, context)),
        if model.fields.is_empty() {
            Block::default()
        } else {
            Block::table(&fields(model, context))
        },
        json_example(model, application),
    ]);
    show::collapsible(block, &model.name, arguments)
}

/// The model that an author names: by name, or by `module:name` where several are called alike.
pub(super) fn find<'a>(application: &'a Application, subject: &str) -> Result<&'a Model, ViewError> {
    let found: Vec<&Model> = application
        .models
        .iter()
        .filter(|model| model.name == subject || model.symbol.name == subject)
        .collect();
    match found.as_slice() {
        [] => {
            let names = application.models.iter().map(|model| model.name.as_str());
            let help =
                nearest(subject, names).or_else(|| Some("`<<#arch models>>` shows all there are".to_owned()));
            Err(error(format!("there is no model `{subject}`"), help))
        }
        [one] => Ok(one),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|model| format!("`{}`", model.symbol.name))
                .collect();
            let help = format!("write one of {}", names.join(", "));
            Err(error(
                format!("`{subject}` means {} models", several.len()),
                Some(help),
            ))
        }
    }
}

fn title(model: &Model, context: &Context<'_>) -> Inline {
    let kind = match model.kind.as_str() {
        "dataclass" => "dataclass",
        "typed-dict" => "typed dictionary",
        "enum" => "enumeration",
        "settings" => "settings",
        _ => "model",
    };
    let source = show::source(&model.symbol.location, context);
    let place = Inline::join(" in ", [Inline::text(kind), source]);
    Inline::join(" – ", [Inline::code(&model.name), place])
}

fn facts(model: &Model, application: &Application, context: &Context<'_>) -> Vec<Item> {
    let bases = model.bases.iter().map(|base| show::symbol(base, context));
    let unknown = model.unknown_bases.iter().map(|base| {
        Inline::concat([
            Inline::code(base),
            Inline::text(" (not known: its fields are missing here)"),
        ])
    });
    let values = model.values.iter().map(|value| Inline::code(value.to_string()));
    let facts = [
        ("Role:", Inline::text(models::Role::of(model).words())),
        ("Extends:", Inline::join(", ", bases.chain(unknown))),
        ("Values:", Inline::join(", ", values)),
        (
            "Holds:",
            Inline::join(", ", model.references.iter().map(Inline::code)),
        ),
        ("Made from:", made_from(model, application, context)),
        ("Accepted by:", users(&model.accepted_by, application)),
        ("Sent by:", users(&model.sent_by, application)),
    ];
    facts
        .into_iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(label, fact)| Item::new(Inline::join(" ", [Inline::strong(label), fact])))
        .collect()
}

/// The ORM objects that handlers return where this model is what is sent of them.
fn made_from(model: &Model, application: &Application, context: &Context<'_>) -> Inline {
    let Some(name) = &model.output_schema else {
        return Inline::default();
    };
    let reference = format!("#/components/schemas/{name}");
    let mut classes: BTreeSet<&Symbol> = BTreeSet::new();
    for endpoint in &application.endpoints {
        let status = endpoint.status_code.to_string();
        let success = endpoint
            .responses
            .iter()
            .find(|response| response.status == status);
        let schema = success.and_then(|response| response.schema.as_ref());
        let is_sent = schema.is_some_and(|schema| {
            schema["$ref"] == reference.as_str() || schema["items"]["$ref"] == reference.as_str()
        });
        let records = endpoint
            .returned
            .iter()
            .filter(|one| is_sent && one.kind == ReturnedKind::Record);
        classes.extend(records.filter_map(|one| one.class.as_ref()));
    }
    classes.retain(|class| **class != model.symbol);
    Inline::join(
        ", ",
        classes.into_iter().map(|class| show::symbol(class, context)),
    )
}

fn users(indexes: &[usize], application: &Application) -> Inline {
    Inline::join(
        ", ",
        indexes.iter().map(|index| models::endpoint(application, *index)),
    )
}

type Cell = fn(&ModelField, &Context<'_>) -> Inline;

/// What a table of fields can show; a column without content is left out.
const COLUMNS: [(&str, Cell); 8] = [
    ("Field", |field, _| Inline::code(&field.name)),
    ("Type", |field, _| Inline::code(&field.annotation)),
    ("Required", |field, _| {
        Inline::text(match (field.is_computed, field.required) {
            (true, _) => "computed",
            (false, true) => "yes",
            (false, false) => "no",
        })
    }),
    ("Default", |field, _| {
        field.default.as_deref().map(Inline::code).unwrap_or_default()
    }),
    ("Constraints", |field, _| {
        let constraints = field.constraints.iter();
        Inline::lines(constraints.map(|(name, limit)| Inline::code(format!("{name}={limit}"))))
    }),
    ("Alias", |field, _| alias(field)),
    ("Description", |field, _| {
        let excluded = Inline::text(if field.is_excluded { "Never sent." } else { "" });
        let description = field
            .description
            .as_deref()
            .map(Inline::prose)
            .unwrap_or_default();
        Inline::join(" ", [description, excluded])
    }),
    ("Inherited from", |field, context| {
        field
            .inherited_from
            .as_ref()
            .map(|base| show::symbol(base, context))
            .unwrap_or_default()
    }),
];

fn alias(field: &ModelField) -> Inline {
    match (&field.input_alias, &field.output_alias) {
        (Some(read), Some(sent)) if read == sent => Inline::code(read),
        (read, sent) => {
            let one = |name: &Option<String>, words: &'static str| match name {
                Some(name) => Inline::concat([Inline::code(name), Inline::text(words)]),
                None => Inline::default(),
            };
            Inline::lines([one(read, " (read)"), one(sent, " (sent)")])
        }
    }
}

fn fields(model: &Model, context: &Context<'_>) -> Table {
    let shown = COLUMNS
        .iter()
        .filter(|(_, cell)| model.fields.iter().any(|field| !cell(field, context).is_empty()));
    let shown: Vec<_> = shown.collect();
    let mut table = Table::new(shown.iter().map(|(name, _)| *name));
    for field in &model.fields {
        table.row(shown.iter().map(|(_, cell)| cell(field, context)));
    }
    table
}

/// What is accepted where it is accepted at all, else what is sent.
fn json_example(model: &Model, application: &Application) -> Block {
    let name = model.input_schema.as_ref().or(model.output_schema.as_ref());
    // By reference, so that a model which holds itself is shown once.
    let schema = name.map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    schema.map_or_else(Block::default, |schema| example_block(&schema, application))
}

/// A schema's example behind a line that says whose it is; nothing where none can be made.
pub(super) fn example_block(schema: &Json, application: &Application) -> Block {
    let Some(text) =
        example(schema, &application.schemas).and_then(|value| serde_json::to_string_pretty(&value).ok())
    else {
        return Block::default();
    };
    let label = if is_authored(schema, &application.schemas) {
        Inline::strong("The author's example")
    } else {
        Inline::strong("Example, made from types and constraints")
    };
    Block::sequence([Block::paragraph(&label), Block::code("json", &text)])
}
