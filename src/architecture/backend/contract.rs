//! The schemas of an application: its parameters, bodies and responses are gathered, written together so that names
//! of definitions are chosen over all of them, and handed back
//! (<https://fastapi.tiangolo.com/how-to/separate-openapi-schemas/>).

use std::rc::Rc;

use ecow::EcoString;
use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value as Json};

use super::class_names;
use crate::python::{
    interpret::{interpreter::Interpreter, typing::TypeForm, value::Value},
    library::natives::models::is_field_info,
    library::schema::{
        Mode,
        build::{Builder, Options},
        collection::unwrap,
        definitions::{PREFIX, rename},
        emit::{Emitter, Stop},
        fields::{FieldData, python_title},
        shape::{Kind, Shape},
    },
};

/// The number of a gathered type.
pub type Id = usize;

/// A gathered type.
struct Input {
    shape: Shape,
    mode: Mode,
    /// The title that it gets when it is not a reference.
    title: String,
    annotation: Value,
    /// Bodies come before answers, answers before parameters.
    rank: u8,
}

/// Gathers the types of an application.
pub struct Contract {
    /// Makes shapes.
    pub builder: Builder,
    /// Whether functions that yield are documented as streams.
    pub streams: bool,
    /// Whether components are called after their classes rather than as pydantic calls them.
    pub named_by_class: bool,
    /// Whether such names are told apart by their modules.
    pub named_by_module: bool,
    inputs: Vec<Input>,
    separates: bool,
}

/// The schemas of an application.
#[derive(Default)]
pub struct Published {
    schemas: Vec<Option<Map<String, Json>>>,
    /// Definitions by name.
    pub definitions: IndexMap<String, Json>,
    /// Names of definitions by reference and mode.
    pub names: IndexMap<(EcoString, Mode), String>,
}

impl Published {
    /// The schema of a gathered type; what has none admits everything.
    #[must_use]
    pub fn schema(&self, id: Id) -> Json {
        self.schemas
            .get(id)
            .cloned()
            .flatten()
            .map_or_else(|| Json::Object(Map::new()), Json::Object)
    }
}

impl Contract {
    /// An empty one. `separates` is `separate_input_output_schemas`.
    #[must_use]
    pub fn new(options: Options, separates: bool) -> Self {
        Self {
            builder: Builder::new(options),
            streams: true,
            named_by_class: false,
            named_by_module: false,
            inputs: vec![],
            separates,
        }
    }

    /// Gathers a field of a request.
    pub fn add_field(&mut self, it: &mut Interpreter, data: &FieldData, alias: &str, is_body: bool) -> Id {
        let says_deprecated = self.builder.options.says_deprecated();
        let mut shape = self.builder.of(it, &data.annotation);
        let pairs: Vec<(EcoString, Value)> = data
            .attributes
            .iter()
            .filter(|(name, _)| says_deprecated || *name != "deprecated")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let (updates, extras) = self.builder.documentation(it, &pairs);
        for item in &data.metadata {
            shape = match item {
                // What else it says is among the attributes.
                Value::Instance(info) if is_field_info(item) => self.builder.constrained(it, shape, info),
                _ => self.builder.annotate(it, shape, item, &data.annotation),
            };
        }
        let title = data.text("title").map_or_else(|| title_of(alias), Into::into);
        if !updates.is_empty() || !extras.is_empty() {
            shape = shape.at_use();
        }
        shape.updates.extend(updates);
        shape.extras.extend(extras);
        if !data.is_required() {
            shape = Kind::Default(Box::new(shape), data.default.clone()).into();
        }
        let rank = if is_body { 0 } else { 2 };
        self.push(shape, Mode::Validation, title, data.annotation.clone(), rank)
    }

    /// Gathers a type that is sent; `name` is what FastAPI calls it.
    pub fn add_response(&mut self, it: &mut Interpreter, annotation: &Value, name: &str) -> Id {
        let shape = self.builder.of(it, annotation);
        self.push(shape, Mode::Serialization, title_of(name), annotation.clone(), 1)
    }

    /// Gathers a shape made by FastAPI itself.
    pub fn add_shape(&mut self, shape: Shape, title: String) -> Id {
        self.push(shape, Mode::Validation, title, Value::None, 0)
    }

    fn push(&mut self, shape: Shape, mode: Mode, title: String, annotation: Value, rank: u8) -> Id {
        self.inputs.push(Input {
            shape,
            mode,
            title,
            annotation,
            rank,
        });
        self.inputs.len() - 1
    }

    /// Writes everything that was gathered.
    pub fn finish(mut self, it: &mut Interpreter) -> (Published, Builder) {
        let further = self.further_models(it);
        let builder = std::mem::take(&mut self.builder);
        let mut emitter = Emitter::new(&builder);
        let mut schemas = vec![None; self.inputs.len()];
        // FastAPI's order, which decides where pydantic's shared definitions are changed.
        let mut order: Vec<Id> = (0..self.inputs.len()).collect();
        order.sort_by_key(|id| self.inputs[*id].rank);
        for id in order {
            let input = &self.inputs[id];
            emitter.mode = self.mode(&builder, input);
            let mut schema = match emitter.schema(it, &input.shape) {
                Ok(schema) => Some(schema),
                Err(Stop::Omit) => None,
                Err(Stop::Invalid(words)) => {
                    it.report("unknown-type", format!("a type has no JSON Schema: {words}"));
                    Some(Map::new())
                }
            };
            if let Some(schema) = &mut schema {
                emitter.wrap_reference(schema);
                let is_bare = builder.options.is_first() && input.shape.holds_enumeration();
                if !schema.contains_key("$ref") && !is_bare {
                    schema.insert("title".into(), input.title.clone().into());
                }
            }
            schemas[id] = schema;
        }
        for (shape, mode) in &further {
            emitter.mode = if self.separates || has_computed(&builder, shape, &mut FxHashSet::default()) {
                *mode
            } else {
                Mode::Validation
            };
            let _ = emitter.schema(it, shape);
        }
        let mut published = Published::default();
        let (mut definitions, mut names) = emitter.definitions.finish(builder.options.renames_once);
        if self.named_by_class {
            class_names::apply(
                &builder,
                &emitter.definitions.known(),
                self.named_by_module,
                &mut definitions,
                &mut names,
            );
        }
        let refs = names
            .iter()
            .map(|(long, short)| (format!("{PREFIX}{long}"), format!("{PREFIX}{short}")))
            .collect();
        for (reference, mode, long) in emitter.definitions.known() {
            if let Some(short) = names.get(&long) {
                published.names.insert((reference.into(), mode), short.clone());
            }
        }
        published.definitions = definitions;
        for definition in published.definitions.values_mut() {
            if let Some(Json::String(text)) = definition.get_mut("description")
                && let Some(end) = text.find('\u{c}')
            {
                text.truncate(end);
            }
        }
        published.schemas = schemas
            .into_iter()
            .map(|schema| {
                let mut json = Json::Object(schema?);
                rename(&mut json, &refs);
                match json {
                    Json::Object(map) => Some(map),
                    _ => None,
                }
            })
            .collect();
        (published, builder)
    }

    fn mode(&self, builder: &Builder, input: &Input) -> Mode {
        if self.separates || has_computed(builder, &input.shape, &mut FxHashSet::default()) {
            input.mode
        } else {
            Mode::Validation
        }
    }

    /// Models below the gathered types: FastAPI defines them even where a serializer hides them.
    fn further_models(&mut self, it: &mut Interpreter) -> Vec<(Shape, Mode)> {
        let roots: Vec<(Value, Mode)> = self
            .inputs
            .iter()
            .map(|input| (input.annotation.clone(), input.mode))
            .collect();
        let mut result = vec![];
        for mode in [Mode::Validation, Mode::Serialization] {
            let mut seen: FxHashSet<EcoString> = FxHashSet::default();
            for (annotation, _) in roots.iter().filter(|(_, own)| *own == mode) {
                self.flatten(it, annotation, mode, &mut seen, &mut result);
            }
        }
        result
    }

    fn flatten(
        &mut self,
        it: &mut Interpreter,
        annotation: &Value,
        mode: Mode,
        seen: &mut FxHashSet<EcoString>,
        result: &mut Vec<(Shape, Mode)>,
    ) {
        let (inner, _, _) = unwrap(it, annotation);
        let class = match &inner {
            Value::Class(class) => Some(Rc::clone(class)),
            Value::Type(form) => match &**form {
                TypeForm::Alias {
                    origin: Value::Class(class),
                    args,
                } => {
                    if class.inherits("pydantic.BaseModel") {
                        Some(Rc::clone(class))
                    } else {
                        for arg in args.clone() {
                            self.flatten(it, &arg, mode, seen, result);
                        }
                        None
                    }
                }
                TypeForm::Alias { args, .. } | TypeForm::Union(args) => {
                    for arg in args.clone() {
                        self.flatten(it, &arg, mode, seen, result);
                    }
                    None
                }
                _ => None,
            },
            _ => None,
        };
        let Some(class) = class else { return };
        let is_model = class.inherits("pydantic.BaseModel") && class.path() != "pydantic.BaseModel";
        if !is_model && !class.is_enum.get() {
            return;
        }
        let shape = self.builder.of(it, &inner);
        let reference = match (&shape.kind, &shape.reference) {
            (Kind::Reference(reference), _) => reference.clone(),
            (_, Some(reference)) => reference.clone(),
            _ => return,
        };
        if !seen.insert(reference.clone()) {
            return;
        }
        result.push((shape, mode));
        let Some(Kind::Class(made)) = self
            .builder
            .definitions
            .get(&reference)
            .map(|shape| shape.kind.clone())
        else {
            return;
        };
        for field in &made.fields {
            self.flatten(it, &field.annotation, mode, seen, result);
        }
    }
}

/// Whether a type sends computed fields, directly or inside a model: then what is sent always has its own schema.
fn has_computed(builder: &Builder, shape: &Shape, seen: &mut FxHashSet<EcoString>) -> bool {
    let mut any = |shapes: &[&Shape]| shapes.iter().any(|shape| has_computed(builder, shape, seen));
    match &shape.kind {
        Kind::Reference(reference) => {
            if !seen.insert(reference.clone()) {
                return false;
            }
            builder
                .definitions
                .get(reference)
                .cloned()
                .is_some_and(|shape| has_computed(builder, &shape, seen))
        }
        Kind::Class(class) => {
            !class.computed.is_empty()
                || class.root.as_ref().is_some_and(|root| any(&[root]))
                || any(&class.fields.iter().map(|field| &field.shape).collect::<Vec<_>>())
        }
        Kind::List(Some(inner)) | Kind::Set(Some(inner)) => any(&[inner]),
        Kind::Nullable(inner) | Kind::Default(inner, _) | Kind::Function(inner, _) | Kind::Alias(inner) => {
            any(&[inner])
        }
        Kind::Union(members) | Kind::Tagged(_, members) | Kind::Tuple(members, _) => {
            any(&members.iter().collect::<Vec<_>>())
        }
        Kind::Dict(keys, values) => any(&[keys, values]
            .into_iter()
            .filter_map(|side| side.as_deref())
            .collect::<Vec<_>>()),
        _ => false,
    }
}

/// The title that FastAPI gives what has none: `item_id` as `Item Id`.
#[must_use]
pub fn title_of(alias: &str) -> String {
    python_title(alias).replace('_', " ")
}

/// Merges `update` into `main`: objects entry by entry, lists one after the other.
pub fn deep_update(main: &mut Map<String, Json>, update: &Map<String, Json>) {
    for (key, value) in update {
        match (main.get_mut(key), value) {
            (Some(Json::Object(known)), Json::Object(new)) => deep_update(known, new),
            (Some(Json::Array(known)), Json::Array(new)) => known.extend(new.iter().cloned()),
            _ => {
                main.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Entries that are `null` left out, everywhere, as FastAPI writes its document.
pub fn drop_nulls(json: &mut Json) {
    match json {
        Json::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Json::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
