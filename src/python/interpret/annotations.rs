//! Annotations and the type language: what they evaluate to, and values of which only the type is known.

use std::{rc::Rc, sync::Arc};

use super::{
    class::{Annotation, Builtin},
    classes::ANNOTATIONS,
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    scope::Scope,
    type_variables::{collect_variables, substitute, substitute_first},
    typing::TypeForm,
    unknown::Unknown,
    value::{Entries, FunctionObject, ModuleObject, Value},
};
use crate::python::syntax::{
    self,
    ast::{Expr, StmtKind},
};

impl Interpreter {
    /// The annotations of a function, parallel to its parameters and with the return annotation last.
    pub fn annotations(&mut self, function: &Rc<FunctionObject>) -> Vec<Option<Value>> {
        let given = function.attributes.borrow().get(ANNOTATIONS).cloned();
        if let Some(Value::Dict(given)) = given {
            return self.given_annotations(function, &given.borrow().clone());
        }
        if let Some(known) = function.annotations.get() {
            return known.clone();
        }
        let def = Arc::clone(&function.def);
        let mut values = Vec::with_capacity(def.parameters.all.len() + 1);
        let expressions = def
            .parameters
            .all
            .iter()
            .map(|p| &p.annotation)
            .chain([&def.returns]);
        let scope = self.type_parameter_scope(&def.type_params, &function.scope, &function.module);
        for expression in expressions {
            values.push(
                expression
                    .as_ref()
                    .map(|expr| self.annotation_in(expr, &scope, &function.module)),
            );
        }
        let _ = function.annotations.set(values.clone());
        values
    }

    /// What a function's `__annotations__` say after a program was at them, parallel to the parameters and with the return
    /// annotation last.
    fn given_annotations(&mut self, function: &Rc<FunctionObject>, given: &Entries) -> Vec<Option<Value>> {
        let names = function
            .def
            .parameters
            .all
            .iter()
            .map(|parameter| parameter.name.clone());
        let names = names.chain(["return".into()]);
        let found = names.map(|name| {
            given
                .get(&Key::Str(name))
                .map(|(_, annotation)| annotation.clone())
        });
        let found: Vec<Option<Value>> = found.collect();
        let read = |annotation: Value| match &annotation {
            Value::Str(text) => TypeForm::Forward {
                text: text.clone(),
                scope: Rc::clone(&function.scope),
                module: Rc::clone(&function.module),
            }
            .value(),
            _ => annotation,
        };
        found.into_iter().map(|annotation| annotation.map(read)).collect()
    }

    /// The value of a class annotation, evaluated at first use.
    pub fn annotation_value(&mut self, annotation: &Annotation) -> Value {
        if let Some(value) = annotation.value.get() {
            return value.clone();
        }
        let value = match &annotation.expr {
            Some(expr) => self.annotation_in(expr, &annotation.scope, &annotation.module),
            None => Unknown::nothing(),
        };
        let _ = annotation.value.set(value.clone());
        value
    }

    /// Evaluates an annotation. Text in it is a forward reference.
    pub(super) fn annotation_in(
        &mut self,
        expr: &Expr,
        scope: &Rc<Scope>,
        module: &Rc<ModuleObject>,
    ) -> Value {
        let tracer = self.tracer.take();
        let value = self.eval_in(module, scope, expr);
        self.tracer = tracer;
        match value {
            Ok(Value::Str(text)) => TypeForm::Forward {
                text,
                scope: Rc::clone(scope),
                module: Rc::clone(module),
            }
            .value(),
            Ok(value) => value,
            Err(_) => Unknown::nothing(),
        }
    }

    /// A forward reference or lazy alias replaced by what it stands for; everything else as it is.
    pub fn resolve_type(&mut self, value: &Value) -> Value {
        let Value::Type(form) = value else {
            return value.clone();
        };
        match &**form {
            TypeForm::Forward { text, scope, module } => {
                let reference = (text.clone(), Rc::as_ptr(scope) as usize);
                if self.resolving.contains(&reference) {
                    return self.circle(text, module);
                }
                let parsed = syntax::parse(text.trim().as_bytes());
                let [statement] = parsed.body.as_slice() else {
                    return Unknown::nothing();
                };
                let StmtKind::Expr(expr) = &statement.kind else {
                    return Unknown::nothing();
                };
                let value = self.annotation_in(expr, scope, module);
                if matches!(&value, Value::Unknown(u) if u.origin.is_empty()) {
                    return Unknown::symbol(text.clone());
                }
                self.resolving.push(reference);
                let resolved = self.resolve_type(&value);
                let finite = self.without_circles(&resolved);
                self.resolving.pop();
                finite
            }
            TypeForm::Lazy {
                expr,
                scope,
                module,
                value,
                ..
            } => {
                if let Some(known) = value.get() {
                    return known.clone();
                }
                let evaluated = self.annotation_in(expr, scope, module);
                let _ = value.set(evaluated.clone());
                self.resolve_type(&evaluated)
            }
            _ => value.clone(),
        }
    }

    /// A type with forward references inside it replaced too, so that type variables in them can be.
    pub fn resolve_nested(&mut self, value: &Value) -> Value {
        let resolved = self.resolve_type(value);
        let Value::Type(form) = &resolved else {
            return resolved;
        };
        let all = |it: &mut Self, items: &[Value]| -> Vec<Value> {
            items
                .iter()
                .map(|item| {
                    if is_lazy(item) {
                        item.clone()
                    } else {
                        it.resolve_nested(item)
                    }
                })
                .collect()
        };
        match &**form {
            TypeForm::Alias { origin, args } => TypeForm::Alias {
                origin: origin.clone(),
                args: all(self, args),
            }
            .value(),
            TypeForm::Union(members) => TypeForm::union(all(self, members)),
            TypeForm::Annotated { inner, metadata } => {
                annotated(all(self, std::slice::from_ref(inner)).remove(0), metadata.clone())
            }
            _ => resolved,
        }
    }

    /// The arguments of a subscript in the type language: text becomes forward references.
    pub fn type_arguments(&mut self, index: &Value) -> Vec<Value> {
        let items = match index {
            // `tuple[()]` is the tuple without items.
            Value::Tuple(items) if items.is_empty() => vec![index.clone()],
            Value::Tuple(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        items.into_iter().map(|item| self.type_argument(item)).collect()
    }

    fn type_argument(&mut self, value: Value) -> Value {
        match (&value, self.module()) {
            (Value::Str(text), Some(module)) => TypeForm::Forward {
                text: text.clone(),
                scope: self.scope(),
                module,
            }
            .value(),
            (Value::List(items), _) => {
                let items = items.borrow().clone();
                Value::list(items.into_iter().map(|item| self.type_argument(item)).collect())
            }
            _ => value,
        }
    }

    /// `form[index]`.
    pub(super) fn subscript_type(
        &mut self,
        object: &Value,
        form: &Rc<TypeForm>,
        index: &Value,
    ) -> Eval<Value> {
        Ok(match &**form {
            TypeForm::Special(name) => self.subscript_special(name, object, index),
            TypeForm::Alias { origin, args } => {
                let given = self.type_arguments(index);
                let mut rest = given.into_iter();
                let args = args.iter().map(|arg| substitute_first(arg, &mut rest)).collect();
                TypeForm::Alias {
                    origin: origin.clone(),
                    args,
                }
                .value()
            }
            TypeForm::Lazy { parameters, .. } => {
                let given = self.type_arguments(index);
                let resolved = self.resolve_type(object);
                let pairs: Vec<(Value, Value)> = parameters.iter().cloned().zip(given).collect();
                substitute(&resolved, &pairs)
            }
            TypeForm::Union(_) | TypeForm::Annotated { .. } => {
                let given = self.type_arguments(index);
                let mut variables = vec![];
                collect_variables(object, &mut variables);
                let pairs: Vec<(Value, Value)> = variables.into_iter().zip(given).collect();
                substitute(object, &pairs)
            }
            _ => Unknown::nothing(),
        })
    }

    fn subscript_special(&mut self, name: &str, object: &Value, index: &Value) -> Value {
        match name {
            "Literal" => {
                let items = match index {
                    Value::Tuple(items) => items.to_vec(),
                    other => vec![other.clone()],
                };
                let mut values = vec![];
                for item in items {
                    match &item {
                        Value::Type(form) if matches!(&**form, TypeForm::Literal(_)) => {
                            let TypeForm::Literal(inner) = &**form else {
                                continue;
                            };
                            values.extend(inner.iter().cloned());
                        }
                        _ => values.push(item),
                    }
                }
                TypeForm::Literal(values).value()
            }
            "Annotated" => {
                let Value::Tuple(items) = index else {
                    return index.clone();
                };
                let Some((inner, metadata)) = items.split_first() else {
                    return Unknown::nothing();
                };
                annotated(self.type_argument(inner.clone()), metadata.to_vec())
            }
            "Optional" => {
                let inner = self.type_argument(index.clone());
                TypeForm::union(vec![inner, Value::None])
            }
            "Union" => TypeForm::union(self.type_arguments(index)),
            "Final" | "Required" | "NotRequired" | "ReadOnly" | "ClassVar" | "InitVar" => {
                let args = self.type_arguments(index);
                TypeForm::Alias {
                    origin: object.clone(),
                    args,
                }
                .value()
            }
            _ => {
                let args = self.type_arguments(index);
                TypeForm::Alias {
                    origin: object.clone(),
                    args,
                }
                .value()
            }
        }
    }

    /// A value of which only the type is known: what a parameter of this annotation may hold.
    pub fn abstract_of(&mut self, annotation: &Value) -> Value {
        let resolved = self.resolve_type(annotation);
        match &resolved {
            Value::Class(class) => match class.builtin {
                Some(_) => self.unknown_of(&resolved),
                None if class.data_type().is_some() || class.is_enum.get() => self.unknown_of(&resolved),
                None => self.abstract_instance(class),
            },
            Value::Type(form) => match &**form {
                TypeForm::Annotated { inner, .. } => self.abstract_of(&inner.clone()),
                TypeForm::NewType { supertype, .. } => self.abstract_of(&supertype.clone()),
                TypeForm::Alias { origin, args } => match origin {
                    Value::Class(class) if class.builtin.is_none() && !class.is_builtin(Builtin::Type) => {
                        self.abstract_of(&origin.clone())
                    }
                    Value::Unknown(_) => self.abstract_of(&origin.clone()),
                    Value::Type(special) => match &**special {
                        TypeForm::Special(name)
                            if matches!(
                                name.as_str(),
                                "AsyncGenerator"
                                    | "Generator"
                                    | "AsyncIterator"
                                    | "Iterator"
                                    | "ClassVar"
                                    | "Final"
                            ) =>
                        {
                            args.first()
                                .cloned()
                                .map_or_else(Unknown::nothing, |inner| self.abstract_of(&inner))
                        }
                        _ => self.unknown_of(&resolved),
                    },
                    _ => self.unknown_of(&resolved),
                },
                TypeForm::Union(members) => {
                    let known: Vec<Value> = members
                        .iter()
                        .filter(|member| !member.is_none())
                        .cloned()
                        .collect();
                    match known.as_slice() {
                        // Whether it is `None` is not known, but what can be done with it is.
                        [only] if !matches!(only, Value::Class(class) if class.builtin.is_some()) => {
                            let value = self.abstract_of(only);
                            Value::Unknown(Rc::new(Unknown {
                                is_instance: true,
                                alternatives: vec![value, Value::None],
                                ..Unknown::default()
                            }))
                        }
                        _ => self.unknown_of(&resolved),
                    }
                }
                TypeForm::Variable(variable) => match &variable.bound {
                    Some(bound) => self.abstract_of(&bound.clone()),
                    None => Unknown::nothing(),
                },
                _ => Unknown::nothing(),
            },
            Value::Unknown(unknown) if !unknown.is_instance && !unknown.origin.is_empty() => {
                Unknown::instance(unknown.origin.clone())
            }
            _ => Unknown::nothing(),
        }
    }

    fn unknown_of(&self, class: &Value) -> Value {
        Value::Unknown(Rc::new(Unknown {
            origin: super::repr::repr(class),
            is_instance: true,
            class: Some(class.clone()),
            ..Unknown::default()
        }))
    }
}

fn is_lazy(value: &Value) -> bool {
    matches!(value, Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }))
}

/// `Annotated[inner, …]` with a nested one flattened.
#[must_use]
pub fn annotated(inner: Value, metadata: Vec<Value>) -> Value {
    if let Value::Type(form) = &inner
        && let TypeForm::Annotated {
            inner,
            metadata: first,
        } = &**form
    {
        let all = first.iter().cloned().chain(metadata).collect();
        return TypeForm::Annotated {
            inner: inner.clone(),
            metadata: all,
        }
        .value();
    }
    TypeForm::Annotated { inner, metadata }.value()
}
