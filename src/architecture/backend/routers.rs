//! The routers that hold an application's routes.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    limits::MiddlewareLimits,
    reader::Reader,
    symbols::{label, symbol},
};
use crate::{
    architecture::model::{Application, DependencyOrigin, Router},
    python::interpret::{
        interpreter::Interpreter,
        repr,
        value::{InstanceObject, Value},
    },
};

/// The routers met on the way, in order of first meeting.
pub(super) struct Routers {
    known: Vec<(usize, Router)>,
    names: BTreeMap<usize, String>,
    /// The `Depends` objects of routers and of the application, to tell them from a decorator's.
    pub(super) origins: Vec<(Value, DependencyOrigin)>,
    /// The limits that middleware puts on every handler.
    pub(super) limits: MiddlewareLimits,
    /// The application that is read and those around it, outermost first.
    pub(super) applications: Vec<Rc<InstanceObject>>,
}

impl Routers {
    pub(super) fn new(
        it: &mut Interpreter,
        name: &str,
        app: &Rc<InstanceObject>,
        router: &Rc<InstanceObject>,
    ) -> Self {
        let mut routers = Self {
            known: vec![],
            names: router_names(it),
            origins: vec![],
            limits: MiddlewareLimits::of(app),
            applications: vec![],
        };
        routers.names.insert(Rc::as_ptr(router) as usize, name.to_owned());
        let prefix = Reader { object: router }.text("prefix").unwrap_or_default();
        routers.index(router, None, prefix, vec![]);
        routers.known[0].1.location = Reader { object: app }.location();
        for depends in (Reader { object: router }).items("dependencies") {
            routers.origins.push((depends, DependencyOrigin::Application));
        }
        routers
    }

    /// The index of the router that holds a route.
    pub(super) fn of(&mut self, route: &Rc<InstanceObject>) -> usize {
        let mut index = 0;
        for entry in (Reader { object: route }).items("_routers") {
            let Value::Tuple(parts) = &entry else { continue };
            let [Value::Instance(router), prefix, conditions] = &parts[..] else {
                continue;
            };
            let conditions = match conditions {
                Value::List(items) => items
                    .borrow()
                    .iter()
                    .map(|text| repr::display(text).to_string())
                    .collect(),
                _ => vec![],
            };
            index = self.index(router, Some(index), repr::display(prefix).to_string(), conditions);
        }
        index
    }

    fn index(
        &mut self,
        router: &Rc<InstanceObject>,
        parent: Option<usize>,
        prefix: String,
        conditions: Vec<String>,
    ) -> usize {
        let address = Rc::as_ptr(router) as usize;
        // One router may be included in several places.
        if let Some(index) = self
            .known
            .iter()
            .position(|(known, made)| *known == address && (made.prefix == prefix || made.parent.is_none()))
        {
            return index;
        }
        let read = Reader { object: router };
        for depends in read.items("dependencies") {
            if !self.origins.iter().any(|(known, _)| known.is_same(&depends)) {
                self.origins.push((depends, DependencyOrigin::Router));
            }
        }
        let location = read.location();
        let made_by = read.text("_maker");
        let name = self.names.get(&address).cloned().or(made_by);
        let made = Router {
            name: name.unwrap_or_else(|| format!("{}:{}", location.file, location.line)),
            location,
            prefix,
            tags: read
                .items("tags")
                .iter()
                .map(|tag| repr::display(&tag.unboxed()).to_string())
                .collect(),
            dependencies: read.items("dependencies").iter().map(depends_label).collect(),
            parent,
            conditions,
            ..Router::default()
        };
        self.known.push((address, made));
        self.known.len() - 1
    }

    pub(super) fn finish(self, app: &Application) -> Vec<Router> {
        let mut routers: Vec<Router> = self.known.into_iter().map(|(_, router)| router).collect();
        for (index, router) in routers.iter_mut().enumerate() {
            router.endpoints = app
                .endpoints
                .iter()
                .filter(|endpoint| endpoint.router == index)
                .count();
        }
        routers
    }
}

/// The variables that hold routers, by the router's identity: where it is made rather than where it is imported.
fn router_names(it: &Interpreter) -> BTreeMap<usize, String> {
    let mut names: BTreeMap<usize, (bool, String)> = BTreeMap::new();
    for (module, value) in &it.modules {
        let Value::Module(object) = value else { continue };
        let Some(file) = object.file.as_ref().filter(|_| !object.is_model()) else {
            continue;
        };
        for (variable, held) in object.scope.names.borrow().iter() {
            let Value::Instance(instance) = held else { continue };
            if !instance.class.inherits("starlette.routing.Router") {
                continue;
            }
            let is_home = Reader { object: instance }.location().file == file.path.as_str();
            let known = names
                .entry(Rc::as_ptr(instance) as usize)
                .or_insert_with(|| (false, String::new()));
            if known.1.is_empty() || (is_home && !known.0) {
                *known = (is_home, format!("{module}:{variable}"));
            }
        }
    }
    names
        .into_iter()
        .map(|(address, (_, name))| (address, name))
        .collect()
}

fn depends_label(depends: &Value) -> String {
    let Value::Instance(instance) = depends else {
        return repr::repr(depends).to_string();
    };
    let dependency = instance
        .attributes
        .borrow()
        .get("dependency")
        .cloned()
        .unwrap_or(Value::None);
    label(&symbol(&dependency).name)
}
