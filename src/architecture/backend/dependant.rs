//! The tree of what must be resolved before a path operation function is called
//! (<https://fastapi.tiangolo.com/tutorial/dependencies/sub-dependencies/>).

use ecow::EcoString;

use super::parameter::{Analysed, Field, analyse, depends_of};
use crate::{
    architecture::model::DependencyOrigin,
    python::{
        interpret::{flow::Eval, interpreter::Interpreter, key::Key, value::Value},
        library::natives::reflection::signature,
        syntax::ast::ParameterKind,
    },
};

/// How deep dependencies may nest.
const DEPTH: usize = 40;

/// A callable with what it needs.
pub struct Dependant {
    /// The callable.
    pub call: Value,
    /// The name of the parameter that asks for it.
    pub name: Option<EcoString>,
    /// The level that asks for it.
    pub origin: DependencyOrigin,
    /// The values it reads out of the request.
    pub fields: Vec<Field>,
    /// What it depends on.
    pub dependencies: Vec<Dependant>,
    /// Scopes that asked for it names.
    pub own_scopes: Vec<String>,
    /// Scopes named on the way to it.
    pub parent_scopes: Vec<String>,
    /// Whether it asks for `SecurityScopes`.
    pub reads_scopes: bool,
    /// `use_cache=`.
    pub use_cache: bool,
    /// `scope=`.
    pub scope: Option<EcoString>,
    /// Whether its signature is not known.
    pub is_opaque: bool,
}

impl Dependant {
    /// Scopes that apply to it, in order.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        let mut scopes = self.parent_scopes.clone();
        for scope in &self.own_scopes {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
        scopes
    }

    /// Whether it is a security scheme.
    #[must_use]
    pub fn is_security_scheme(&self) -> bool {
        security_scheme(&self.call).is_some()
    }

    fn uses_scopes(&self) -> bool {
        !self.own_scopes.is_empty()
            || self.reads_scopes
            || self.is_security_scheme()
            || self.dependencies.iter().any(Dependant::uses_scopes)
    }

    /// What tells apart dependencies that are resolved separately in one request.
    #[must_use]
    pub fn cache_key(&self) -> (Key, Vec<String>, Option<EcoString>) {
        let mut scopes = if self.uses_scopes() { self.scopes() } else { vec![] };
        scopes.sort();
        scopes.dedup();
        let scope = self
            .scope
            .clone()
            .or_else(|| is_generator(&self.call).then(|| "request".into()));
        (Key::of(&self.call), scopes, scope)
    }

    /// Itself and everything below it, in the order in which FastAPI visits them, each once.
    #[must_use]
    pub fn flat(&self) -> Vec<(&Dependant, Vec<String>)> {
        let mut visited = vec![];
        let mut result = vec![];
        self.visit(&[], &mut visited, &mut result);
        result
    }

    fn visit<'a>(
        &'a self,
        outer: &[String],
        visited: &mut Vec<(Key, Vec<String>, Option<EcoString>)>,
        result: &mut Vec<(&'a Dependant, Vec<String>)>,
    ) {
        let key = self.cache_key();
        if visited.contains(&key) {
            return;
        }
        visited.push(key);
        let mut scopes = outer.to_vec();
        for scope in self.scopes() {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        result.push((self, scopes.clone()));
        for dependency in &self.dependencies {
            dependency.visit(&scopes, visited, result);
        }
    }
}

/// The security scheme that a callable is, if it is one; a method of a scheme is a function like any other.
#[must_use]
pub fn security_scheme(call: &Value) -> Option<Value> {
    match call {
        Value::Instance(instance) if instance.class.inherits("fastapi.security.SecurityBase") => {
            Some(call.clone())
        }
        Value::Native(native) if native.name == "partial" => {
            native.captured.first().and_then(security_scheme)
        }
        Value::Unknown(unknown) => unknown.alternatives.iter().find_map(security_scheme),
        _ => None,
    }
}

/// Whether a callable has code after a `yield`.
#[must_use]
pub fn is_generator(call: &Value) -> bool {
    match call {
        Value::Function(function) => {
            let wrapped = function.attributes.borrow().get("__wrapped__").cloned();
            function.def.body().is_generator || wrapped.is_some_and(|wrapped| is_generator(&wrapped))
        }
        Value::Method(method) => is_generator(&method.function),
        Value::Instance(instance) => instance
            .class
            .get("__call__")
            .is_some_and(|call| is_generator(&call)),
        Value::Native(native) => native.captured.first().is_some_and(is_generator),
        _ => false,
    }
}

/// What is asked for on the way to a dependant.
pub struct Request<'a> {
    /// The names in the path.
    pub path_names: &'a [String],
    /// The level that asks.
    pub origin: DependencyOrigin,
    /// Scopes so far.
    pub parent_scopes: Vec<String>,
}

/// Analyses a callable and everything it depends on.
///
/// # Errors
/// When an attribute that is read raises.
pub fn dependant(it: &mut Interpreter, call: &Value, request: &Request<'_>, depth: usize) -> Eval<Dependant> {
    let mut result = Dependant {
        call: call.clone(),
        name: None,
        origin: request.origin,
        fields: vec![],
        dependencies: vec![],
        own_scopes: vec![],
        parent_scopes: request.parent_scopes.clone(),
        reads_scopes: false,
        use_cache: true,
        scope: None,
        is_opaque: false,
    };
    if depth > DEPTH {
        it.report(
            "budget-exceeded",
            format!("dependencies nest more than {DEPTH} deep"),
        );
        return Ok(result);
    }
    let Some(signature) = signature(it, call)? else {
        result.is_opaque = true;
        return Ok(result);
    };
    for parameter in &signature.parameters {
        let is_variadic = matches!(
            parameter.kind,
            ParameterKind::VarPositional | ParameterKind::VarKeyword
        );
        match analyse(it, parameter, request.path_names) {
            Analysed::Injected { is_scopes } => result.reads_scopes |= is_scopes,
            // `*args` and `**kwargs` are parameters to FastAPI like any other: required ones of that name.
            Analysed::Field(field) => {
                let _ = is_variadic;
                result.fields.push(field);
            }
            depends @ Analysed::Depends { .. } => {
                if let Some(mut sub) = sub_dependant(it, depends, &result, request, depth)? {
                    sub.name = Some(parameter.name.clone());
                    result.dependencies.push(sub);
                }
            }
        }
    }
    Ok(result)
}

fn sub_dependant(
    it: &mut Interpreter,
    depends: Analysed,
    parent: &Dependant,
    request: &Request<'_>,
    depth: usize,
) -> Eval<Option<Dependant>> {
    let Analysed::Depends {
        dependency,
        scopes,
        use_cache,
        scope,
    } = depends
    else {
        return Ok(None);
    };
    if dependency.is_none() {
        return Ok(None);
    }
    let parent_scopes = parent.scopes();
    let inner = Request {
        path_names: request.path_names,
        origin: DependencyOrigin::Parameter,
        parent_scopes: [parent_scopes.clone(), scopes.clone()].concat(),
    };
    let mut sub = dependant(it, &dependency, &inner, depth + 1)?;
    sub.parent_scopes = parent_scopes;
    sub.own_scopes = scopes;
    sub.use_cache = use_cache;
    sub.scope = scope;
    Ok(Some(sub))
}

/// The tree of a path operation: its function, with the dependencies of routers and decorators in front and
/// those behind that a library appended when the route was there.
///
/// # Errors
/// When an attribute that is read raises.
pub fn operation_dependant(
    it: &mut Interpreter,
    endpoint: &Value,
    parameterless: &[(Value, DependencyOrigin)],
    appended: &[(Value, DependencyOrigin)],
    path_names: &[String],
) -> Eval<Dependant> {
    let request = Request {
        path_names,
        origin: DependencyOrigin::Parameter,
        parent_scopes: vec![],
    };
    let mut root = dependant(it, endpoint, &request, 0)?;
    let mut first = parameterless_dependants(it, parameterless, &request)?;
    first.append(&mut root.dependencies);
    first.extend(parameterless_dependants(it, appended, &request)?);
    root.dependencies = first;
    Ok(root)
}

fn parameterless_dependants(
    it: &mut Interpreter,
    list: &[(Value, DependencyOrigin)],
    request: &Request<'_>,
) -> Eval<Vec<Dependant>> {
    let mut made = vec![];
    for (depends, origin) in list {
        let analysed = depends_of(depends, None);
        let placeholder = Dependant {
            call: Value::None,
            name: None,
            origin: *origin,
            fields: vec![],
            dependencies: vec![],
            own_scopes: vec![],
            parent_scopes: vec![],
            reads_scopes: false,
            use_cache: true,
            scope: None,
            is_opaque: false,
        };
        if let Some(mut sub) = sub_dependant(it, analysed, &placeholder, request, 0)? {
            sub.origin = *origin;
            made.push(sub);
        }
    }
    Ok(made)
}
