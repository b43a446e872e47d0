//! The models that cross an application's boundary, as plain data.

use ecow::EcoString;
use rustc_hash::FxHashSet;

use super::{contract::Published, symbols::symbol};
use crate::{
    architecture::model::{Application, Endpoint, Model, ModelField, Symbol},
    python::{
        interpret::{interpreter::Interpreter, interpreter::location, repr, value::Value},
        library::schema::{
            Mode,
            build::Builder,
            shape::{ClassShape, FieldShape, Kind, Shape},
        },
    },
};

/// Lists the models behind the component schemas.
pub fn list(_: &mut Interpreter, app: &mut Application, published: &Published, builder: &Builder) {
    let mut models: Vec<Model> = vec![];
    for (reference, shape) in &builder.definitions {
        let Kind::Class(class) = &shape.kind else { continue };
        let name = |mode| published.names.get(&(reference.clone(), mode)).cloned();
        let (input, output) = (name(Mode::Validation), name(Mode::Serialization));
        if (input.is_none() && output.is_none()) || class.class.builtin.is_some() {
            continue;
        }
        models.push(Model {
            input_schema: input,
            output_schema: output,
            ..model(class, builder)
        });
    }
    app.models = models;
}

/// Says of each model which operations use it, and puts them in order.
pub fn connect(app: &mut Application) {
    let uses = Uses::of(app);
    for model in &mut app.models {
        model.accepted_by = uses.of_schema(model.input_schema.as_deref(), false);
        model.sent_by = uses.of_schema(model.output_schema.as_deref(), true);
    }
    app.models
        .sort_by(|a, b| (&a.name, &a.symbol.name).cmp(&(&b.name, &b.symbol.name)));
}

/// A class as the model has it.
pub fn model(class: &ClassShape, builder: &Builder) -> Model {
    let kind = if class.is_model {
        "model"
    } else if class.class.inherits("typing.TypedDict") {
        "typed-dict"
    } else {
        "dataclass"
    };
    let mut references: Vec<String> = vec![];
    let mut seen = FxHashSet::default();
    for field in class.fields.iter().chain(&class.computed) {
        mentioned(&field.shape, builder, &mut seen, &mut references);
    }
    if let Some(root) = &class.root {
        mentioned(root, builder, &mut seen, &mut references);
    }
    let bases = class
        .class
        .bases
        .iter()
        .filter_map(crate::python::interpret::classes::class_of_base);
    Model {
        name: class.name.to_string(),
        symbol: symbol(&Value::Class(class.class.clone())),
        kind: kind.to_owned(),
        description: class.doc.clone().map(Into::into),
        bases: bases
            .filter(|base| base.module.as_ref().is_some_and(|module| !module.is_model()))
            .map(|base| symbol(&Value::Class(base)))
            .collect(),
        unknown_bases: class.unknown_bases.iter().map(ToString::to_string).collect(),
        fields: class
            .fields
            .iter()
            .map(|field| model_field(field, class, false))
            .chain(class.computed.iter().map(|field| model_field(field, class, true)))
            .collect(),
        references,
        ..Model::default()
    }
}

fn model_field(field: &FieldShape, class: &ClassShape, is_computed: bool) -> ModelField {
    let alias = |name: &EcoString| (*name != field.name).then(|| name.to_string());
    let owner = field.owner.as_ref();
    let inherited: Option<Symbol> = owner
        .filter(|(owner, _)| !std::rc::Rc::ptr_eq(owner, &class.class))
        .map(|(owner, _)| symbol(&Value::Class(owner.clone())));
    ModelField {
        name: field.name.to_string(),
        input_alias: alias(&field.input_name),
        output_alias: alias(&field.output_name),
        annotation: repr::repr(&field.annotation).to_string(),
        required: field.is_required,
        default: field
            .default
            .as_ref()
            .map(|default| repr::repr(default).to_string()),
        constraints: constraints(&field.shape),
        description: field
            .updates
            .get("description")
            .and_then(|text| text.as_str())
            .map(Into::into),
        is_computed,
        is_excluded: field.is_excluded,
        inherited_from: inherited,
        location: owner
            .and_then(|(owner, span)| owner.module.as_ref().map(|module| location(module, *span)))
            .unwrap_or_default(),
    }
}

/// The limits of a type, under defaults, `None` and validators.
fn constraints(shape: &Shape) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = shape
        .constraints
        .iter()
        .filter(|(name, _)| !name.starts_with('\u{0}'))
        .map(|(name, value)| {
            (
                name.clone(),
                value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            )
        })
        .collect();
    if let Kind::Default(inner, _) | Kind::Nullable(inner) | Kind::Function(inner, _) = &shape.kind {
        found.extend(constraints(inner));
    }
    found
}

/// Models that a type mentions, by name. `seen` are definitions on the way, since an alias may mention itself.
fn mentioned<'a>(
    shape: &'a Shape,
    builder: &'a Builder,
    seen: &mut FxHashSet<&'a EcoString>,
    out: &mut Vec<String>,
) {
    if let Kind::Reference(reference) = &shape.kind {
        let Some(target) = builder
            .definitions
            .get(reference)
            .filter(|_| seen.insert(reference))
        else {
            return;
        };
        match &target.kind {
            Kind::Class(class) => {
                let name = class.name.to_string();
                if !out.contains(&name) {
                    out.push(name);
                }
            }
            _ => mentioned(target, builder, seen, out),
        }
        return;
    }
    let mut all = |shapes: &[&'a Shape]| {
        shapes
            .iter()
            .for_each(|shape| mentioned(shape, builder, seen, out))
    };
    match &shape.kind {
        Kind::List(Some(inner)) | Kind::Set(Some(inner)) => all(&[inner]),
        Kind::Nullable(inner) | Kind::Default(inner, _) | Kind::Function(inner, _) | Kind::Alias(inner) => {
            all(&[inner])
        }
        Kind::JsonText(inner) => all(&[inner]),
        Kind::Union(members) | Kind::Tagged(_, members) | Kind::Tuple(members, _) => {
            all(&members.iter().collect::<Vec<_>>())
        }
        Kind::Dict(keys, values) => all(&[keys, values]
            .into_iter()
            .filter_map(|side| side.as_deref())
            .collect::<Vec<_>>()),
        _ => {}
    }
}

/// Which component schemas the operations use, directly or inside others.
struct Uses {
    accepted: Vec<FxHashSet<String>>,
    sent: Vec<FxHashSet<String>>,
}

impl Uses {
    fn of(app: &Application) -> Self {
        let reach = |roots: Vec<&serde_json::Value>| {
            let mut seen: FxHashSet<String> = FxHashSet::default();
            let mut queue: Vec<String> = vec![];
            roots.into_iter().for_each(|root| references(root, &mut queue));
            while let Some(name) = queue.pop() {
                if seen.insert(name.clone())
                    && let Ok(index) = app
                        .schemas
                        .binary_search_by(|(known, _)| known.as_str().cmp(&name))
                {
                    references(&app.schemas[index].1, &mut queue);
                }
            }
            seen
        };
        let requests = |endpoint: &Endpoint| -> Vec<serde_json::Value> {
            let body = endpoint.request_body.iter().map(|body| body.schema.clone());
            endpoint
                .parameters
                .iter()
                .map(|parameter| parameter.schema.clone())
                .chain(body)
                .collect()
        };
        let answers = |endpoint: &Endpoint| -> Vec<serde_json::Value> {
            endpoint
                .responses
                .iter()
                .map(|response| response.published.clone())
                .collect()
        };
        Self {
            accepted: app
                .endpoints
                .iter()
                .map(|endpoint| reach(requests(endpoint).iter().collect()))
                .collect(),
            sent: app
                .endpoints
                .iter()
                .map(|endpoint| reach(answers(endpoint).iter().collect()))
                .collect(),
        }
    }

    fn of_schema(&self, name: Option<&str>, sent: bool) -> Vec<usize> {
        let Some(name) = name else { return vec![] };
        let sets = if sent { &self.sent } else { &self.accepted };
        sets.iter()
            .enumerate()
            .filter(|(_, set)| set.contains(name))
            .map(|(index, _)| index)
            .collect()
    }
}

fn references(json: &serde_json::Value, out: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(map) => {
            if let Some(name) = map
                .get("$ref")
                .and_then(|r| r.as_str())
                .and_then(|r| r.strip_prefix("#/components/schemas/"))
            {
                out.push(name.to_owned());
            }
            map.values().for_each(|value| references(value, out));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| references(item, out)),
        _ => {}
    }
}
