//! The fields of a model, over its ancestors.

use std::rc::Rc;

use ecow::EcoString;

use crate::python::library::natives::reflection::base_arguments;
use crate::python::{
    interpret::{
        builtins::kind_of,
        class::{Annotation, ClassObject},
        interpreter::Interpreter,
        scope::{Scope, ScopeKind},
        type_variables::substitute,
        typing::TypeForm,
        value::{InstanceObject, Value},
    },
    syntax::ast::Span,
};

/// A field's description with what the class says besides, `= 1` after `Annotated[int, Field(…)]`. It is a copy, because
/// the same description may stand in several annotations
/// (<https://docs.pydantic.dev/latest/api/fields/#pydantic.fields.FieldInfo.from_annotated_attribute>).
pub(super) fn merged(
    info: &Rc<InstanceObject>,
    annotation: Value,
    default: Option<Value>,
) -> Rc<InstanceObject> {
    let mut attributes = info.attributes.borrow().clone();
    attributes.insert("annotation".into(), annotation);
    if let Some(default) = default {
        attributes.insert("default".into(), default);
    }
    info.with_attributes(attributes)
}

/// Where the names of a class that was rebuilt are looked up.
pub(super) const NAMESPACE: &str = "__arch_namespace__";

/// A field of a model.
#[derive(Clone)]
pub struct ModelField {
    /// Its name in Python.
    pub name: EcoString,
    /// Its annotation with the type variables of generic bases replaced; `Annotated` is kept.
    pub annotation: Value,
    /// Its default; absent when it is required or made by a factory.
    pub default: Option<Value>,
    /// What makes its default.
    pub default_factory: Option<Value>,
    /// The name it is read under, if that differs.
    pub alias: Option<EcoString>,
    /// The `Field(…)` given for it as default, if any.
    pub info: Option<Rc<InstanceObject>>,
    /// The class that declares it.
    pub owner: Rc<ClassObject>,
    /// Where it is declared.
    pub span: Span,
}

/// The fields of a model over its ancestors, in pydantic's order: those of bases first, redefined ones in their old place
/// (<https://docs.pydantic.dev/latest/concepts/models/#field-ordering>).
pub fn fields(it: &mut Interpreter, class: &Rc<ClassObject>) -> Vec<ModelField> {
    let namespaces: Vec<Rc<Scope>> = class.mro().filter_map(namespace_of).collect();
    let count = namespaces.len();
    it.further_scopes.extend(namespaces);
    let fields = own_fields(it, class);
    it.further_scopes.truncate(it.further_scopes.len() - count);
    fields
}

/// The names that `model_rebuild` was called among.
fn namespace_of(class: &Rc<ClassObject>) -> Option<Rc<Scope>> {
    match class.attributes.borrow().get(NAMESPACE)? {
        Value::Module(module) => Some(Rc::clone(&module.scope)),
        Value::Dict(entries) => {
            let scope = Scope::new(ScopeKind::Module, None);
            for (key, value) in entries.borrow().values() {
                if let Some(name) = key.as_str() {
                    scope.names.borrow_mut().insert(name, value.clone());
                }
            }
            Some(scope)
        }
        _ => None,
    }
}

fn own_fields(it: &mut Interpreter, class: &Rc<ClassObject>) -> Vec<ModelField> {
    let mut fields: Vec<ModelField> = vec![];
    let is_first = it.project.release("pydantic").0 == 1;
    let lineage: Vec<Rc<ClassObject>> = class.mro().cloned().collect();
    for ancestor in lineage.iter().rev() {
        // What pydantic's own classes annotate is not a field; what a model of another library declares is.
        let is_own = ancestor.def.is_some()
            && ancestor
                .module
                .as_ref()
                .is_some_and(|module| module.is_model() && module.name.starts_with("pydantic"));
        if ancestor.builtin.is_some() || is_own {
            continue;
        }
        let arguments = base_arguments(class, ancestor);
        let annotations = ancestor.annotations.borrow().clone();
        for annotation in annotations {
            if (annotation.name.starts_with('_') && annotation.name != ROOT_FIELD)
                || annotation.name == "model_config"
                || is_class_variable(it, ancestor, &annotation)
            {
                continue;
            }
            let is_relation = ancestor
                .attributes
                .borrow()
                .get(&annotation.name)
                .is_some_and(is_relationship);
            if is_relation {
                continue;
            }
            let field = field_of(it, ancestor, &annotation, &arguments);
            put(&mut fields, field);
        }
        if is_first {
            for annotation in inferred(it, ancestor, &fields) {
                let field = field_of(it, ancestor, &annotation, &arguments);
                put(&mut fields, field);
            }
        }
    }
    // A subclass may give an inherited field a new default without annotating it again.
    for field in &mut fields {
        let owner = Rc::clone(&field.owner);
        let later = lineage
            .iter()
            .take_while(|ancestor| !Rc::ptr_eq(ancestor, &owner))
            .find_map(|ancestor| ancestor.attributes.borrow().get(&field.name).cloned());
        if let Some(value) = later
            && !matches!(value, Value::Function(_) | Value::Descriptor(_))
        {
            read_default(field, value);
        }
    }
    fields
}

fn put(fields: &mut Vec<ModelField>, field: ModelField) {
    match fields.iter_mut().find(|known| known.name == field.name) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

/// What pydantic 1 takes for fields without an annotation: values of a class body, of the type that they have
/// (<https://docs.pydantic.dev/1.10/usage/models/#field-ordering>).
fn inferred(it: &mut Interpreter, class: &Rc<ClassObject>, known: &[ModelField]) -> Vec<Annotation> {
    let Some(module) = class.module.clone() else {
        return vec![];
    };
    let attributes = class.attributes.borrow().clone();
    let mut found = vec![];
    for (name, value) in attributes {
        let is_known = known.iter().any(|field| field.name == name)
            || class
                .annotations
                .borrow()
                .iter()
                .any(|annotation| annotation.name == name);
        let is_plain = match &value {
            Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::List(_)
            | Value::Dict(_)
            | Value::Set(_) => true,
            Value::Instance(instance) => instance.class.is_enum.get(),
            _ => false,
        };
        if is_known || !is_plain || name.starts_with('_') || name == "model_config" {
            continue;
        }
        let kind = match &value {
            Value::Instance(instance) => Value::Class(Rc::clone(&instance.class)),
            other => match kind_of(other) {
                Some(kind) => Value::Class(it.class(kind)),
                None => continue,
            },
        };
        found.push(Annotation {
            name,
            expr: None,
            scope: Rc::clone(&module.scope),
            module: Rc::clone(&module),
            value: kind.into(),
            span: Span::default(),
        });
    }
    found
}

/// The field that is the whole model in pydantic 1
/// (<https://docs.pydantic.dev/1.10/usage/models/#custom-root-types>).
pub const ROOT_FIELD: &str = "__root__";

/// Whether a value is SQLModel's `Relationship(…)`, which is no field.
fn is_relationship(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.inherits("sqlmodel.RelationshipInfo"))
}

fn is_class_variable(it: &mut Interpreter, owner: &Rc<ClassObject>, annotation: &Annotation) -> bool {
    let has_value = owner.attributes.borrow().contains_key(&annotation.name);
    // `Final` with a value is one as well (<https://docs.pydantic.dev/latest/concepts/models/#class-vars>).
    let marks = |name: &str| name == "ClassVar" || (name == "Final" && has_value);
    let value = it.annotation_value(annotation);
    match &value {
        Value::Type(form) => match &**form {
            TypeForm::Special(name) => marks(name),
            TypeForm::Alias {
                origin: Value::Type(origin),
                ..
            } => {
                matches!(&**origin, TypeForm::Special(name) if marks(name))
            }
            TypeForm::Forward { text, .. } => text.starts_with("ClassVar") || text.contains(".ClassVar"),
            _ => false,
        },
        _ => false,
    }
}

fn field_of(
    it: &mut Interpreter,
    owner: &Rc<ClassObject>,
    annotation: &Annotation,
    arguments: &[(Value, Value)],
) -> ModelField {
    // What could not be evaluated before the class was rebuilt is tried again.
    let fresh = Annotation {
        value: std::cell::OnceCell::new(),
        ..annotation.clone()
    };
    let is_tried = it.further_scopes.is_empty() || annotation.expr.is_none();
    let value = it.annotation_value(if is_tried { annotation } else { &fresh });
    // The name of a `type` statement is kept: it may have a meaning of its own.
    let is_alias = matches!(&value, Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }));
    let value = if is_alias {
        value
    } else {
        it.resolve_nested(&value)
    };
    let mut field = ModelField {
        name: annotation.name.clone(),
        annotation: substitute(&value, arguments),
        default: None,
        default_factory: None,
        alias: None,
        info: None,
        owner: Rc::clone(owner),
        span: annotation.span,
    };
    if let Value::Type(form) = &field.annotation.clone()
        && let TypeForm::Annotated { metadata, .. } = &**form
    {
        for item in metadata {
            if is_field_info(item) {
                read_default(&mut field, item.clone());
            }
        }
    }
    let own = owner.attributes.borrow().get(&annotation.name).cloned();
    if let Some(own) = own {
        read_default(&mut field, own);
    }
    field
}

/// Whether a value is what `Field(…)` returns, or a parameter of FastAPI, which extends it.
#[must_use]
pub fn is_field_info(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.inherits("pydantic.fields.FieldInfo"))
}

fn read_default(field: &mut ModelField, value: Value) {
    let Value::Instance(info) = &value else {
        let is_required = matches!(value, Value::Ellipsis);
        (field.default, field.default_factory) = ((!is_required).then_some(value), None);
        return;
    };
    if !is_field_info(&value) {
        (field.default, field.default_factory) = (Some(value.clone()), None);
        return;
    }
    let attributes = info.attributes.borrow();
    let given = |name: &str| attributes.get(name).filter(|value| !is_undefined(value)).cloned();
    if let Some(default) = given("default") {
        field.default = (!matches!(default, Value::Ellipsis)).then_some(default);
    }
    if let Some(factory) = given("default_factory").filter(|factory| !factory.is_none()) {
        (field.default, field.default_factory) = (None, Some(factory));
    }
    let alias = ["validation_alias", "alias"]
        .into_iter()
        .find_map(|name| given(name)?.as_str());
    field.alias = alias.or_else(|| field.alias.take());
    field.info = Some(Rc::clone(info));
}

/// Whether a value is pydantic's marker for "not given".
#[must_use]
pub fn is_undefined(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.name == "PydanticUndefinedType")
}
