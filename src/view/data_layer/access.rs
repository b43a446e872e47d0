//! Who comes to the database on the way from an endpoint, by the steps of handlers and dependencies.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::model::{Dependency, ExternalKind, Location, Step, Symbol};

use super::super::operation::Operation;

/// Calls of a session or connection that ask for no rows and change none.
const HOUSEKEEPING: &[&str] = &[
    "begin",
    "begin_nested",
    "commit",
    "rollback",
    "flush",
    "close",
    "dispose",
    "connect",
    "disconnect",
    "refresh",
    "run_sync",
    "transaction",
    "create_all",
    "drop_all",
];

/// What a name or a statement that changes rows begins with.
const WRITES: &[&str] = &[
    "add", "merge", "delete", "bulk", "insert", "update", "replace", "save", "create", "remove",
];

/// The data layer as the chosen endpoints use it.
#[derive(Default)]
pub(super) struct Access<'a> {
    /// Classes and modules on the way, by name.
    pub(super) parts: BTreeMap<String, Part<'a>>,
    /// One for each endpoint that makes a query, in their order.
    pub(super) ways: Vec<Way<'a>>,
    /// Calls of caches, by place and words.
    pub(super) caches: BTreeMap<(Location, &'a str), Cache<'a>>,
}

/// A class, or the functions of a module.
#[derive(Default)]
pub(super) struct Part<'a> {
    /// Of the function that was seen first.
    pub(super) location: Location,
    /// The tables that it asks itself.
    pub(super) reads: BTreeSet<&'a str>,
    /// The tables that it changes itself.
    pub(super) writes: BTreeSet<&'a str>,
    /// The parts that call it, handlers included.
    pub(super) callers: BTreeSet<String>,
    /// The endpoints that come through it.
    pub(super) endpoints: BTreeSet<usize>,
    queries: bool,
    handles: bool,
    is_called: bool,
}

/// What a part does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It makes queries.
    DataAccess,
    /// It calls what makes queries.
    Service,
    /// It holds handlers that make queries themselves.
    Handler,
    /// It holds dependencies, which call what makes queries.
    Dependency,
}

impl Part<'_> {
    pub(super) fn role(&self) -> Role {
        match (self.handles, self.queries) {
            (true, _) => Role::Handler,
            (false, true) => Role::DataAccess,
            (false, false) if self.is_called => Role::Service,
            (false, false) => Role::Dependency,
        }
    }
}

/// The way from an endpoint to its tables.
#[derive(Default)]
pub(super) struct Way<'a> {
    /// `GET /users`.
    pub(super) endpoint: String,
    /// What stands between its handler and what makes queries, in the order of the calls.
    pub(super) services: Vec<&'a str>,
    /// What makes queries but the handler itself.
    pub(super) accessors: Vec<&'a str>,
    /// The tables asked.
    pub(super) reads: BTreeSet<&'a str>,
    /// The tables changed.
    pub(super) writes: BTreeSet<&'a str>,
}

/// A call of a cache.
pub(super) struct Cache<'a> {
    /// The function that makes it.
    pub(super) function: &'a str,
    /// The endpoints that come there.
    pub(super) endpoints: BTreeSet<usize>,
}

impl<'a> Access<'a> {
    pub(super) fn of(operations: &[Operation<'a>]) -> Self {
        let mut access = Self::default();
        for (index, operation) in operations.iter().enumerate() {
            let endpoint = operation.endpoint;
            let mut walk = Walk {
                access: &mut access,
                index,
                way: Way::default(),
                stack: vec![],
                queries: false,
            };
            // What the handler does says more of the endpoint than who may call it.
            walk.within(&endpoint.handler, true, &endpoint.trace);
            walk.dependencies(&endpoint.dependencies);
            let (mut way, queries) = (walk.way, walk.queries);
            if queries {
                way.endpoint = operation.title();
                // What makes a query here may only pass another one on there: it is named once.
                let accessors = way.accessors.clone();
                way.services.retain(|name| !accessors.contains(name));
                access.ways.push(way);
            }
        }
        access
    }
}

/// The functions under way, the outermost first: each with whether it is the handler.
type Stack<'a> = Vec<(&'a Symbol, bool)>;

struct Walk<'a, 'w> {
    access: &'w mut Access<'a>,
    index: usize,
    way: Way<'a>,
    stack: Stack<'a>,
    queries: bool,
}

impl<'a> Walk<'a, '_> {
    fn dependencies(&mut self, dependencies: &'a [Dependency]) {
        for dependency in dependencies {
            self.dependencies(&dependency.dependencies);
            self.within(&dependency.callable, false, &dependency.trace);
            self.within(&dependency.callable, false, &dependency.teardown);
        }
    }

    fn within(&mut self, function: &'a Symbol, is_handler: bool, steps: &'a [Step]) {
        self.stack.push((function, is_handler));
        self.steps(steps);
        self.stack.pop();
    }

    fn steps(&mut self, steps: &'a [Step]) {
        for step in steps {
            match step {
                Step::Call { callee, steps, .. } | Step::Background { callee, steps, .. } => {
                    self.within(callee, false, steps);
                }
                Step::External {
                    target: ExternalKind::Database,
                    callee,
                    detail,
                    tables,
                    ..
                } => self.query(callee, detail, tables),
                Step::External {
                    target: ExternalKind::Cache,
                    detail,
                    location,
                    ..
                } => self.cache(detail, location),
                Step::Loop { steps, .. } => self.steps(steps),
                Step::Branch { arms, .. } => arms.iter().for_each(|(_, steps)| self.steps(steps)),
                Step::External { .. } | Step::Raise { .. } | Step::Cookie { .. } => {}
            }
        }
    }

    fn cache(&mut self, detail: &'a str, location: &Location) {
        let Some((function, _)) = self.stack.last() else {
            return;
        };
        let cache = self
            .access
            .caches
            .entry((location.clone(), detail))
            .or_insert_with(|| Cache {
                function: &function.name,
                endpoints: BTreeSet::new(),
            });
        cache.endpoints.insert(self.index);
    }

    fn query(&mut self, callee: &str, detail: &str, tables: &'a [String]) {
        let method = callee.rsplit(['.', ':']).next().unwrap_or(callee);
        if HOUSEKEEPING.contains(&method) {
            return;
        }
        self.queries = true;
        let begins = |text: &str| {
            // Of `text("…")` the statement says it.
            let statement = text
                .strip_prefix("text(")
                .map(|inner| inner.trim_start_matches(['f', '"', '\'']));
            let text = statement.unwrap_or(text).trim_start().to_ascii_lowercase();
            WRITES.iter().any(|word| text.starts_with(word))
        };
        let last = detail.rsplit('.').next().unwrap_or(detail);
        let is_write = begins(method) || begins(detail) || detail.starts_with("query(") && begins(last);
        let tables = tables.iter().map(String::as_str);
        let (way, stack) = (&mut self.way, &self.stack);
        if is_write {
            way.writes.extend(tables.clone());
        } else {
            way.reads.extend(tables.clone());
        }
        let Some(((innermost, is_handler), outer)) = stack.split_last() else {
            return;
        };
        for (function, _) in outer.iter().skip(1) {
            let name = part_of(&function.name);
            if !way.services.contains(&name) {
                way.services.push(name);
            }
        }
        let own = part_of(&innermost.name);
        if !is_handler && !way.accessors.contains(&own) {
            way.accessors.push(own);
        }
        self.note_parts(is_write, tables.collect());
    }

    fn note_parts(&mut self, is_write: bool, tables: Vec<&'a str>) {
        let mut caller: Option<&str> = None;
        let last = self.stack.len() - 1;
        for (depth, (function, is_handler)) in self.stack.iter().enumerate() {
            let name = part_of(&function.name);
            // A handler that makes no query itself only calls.
            if depth < last && *is_handler {
                caller = Some(name);
                continue;
            }
            let part = self.access.parts.entry(name.to_owned()).or_insert_with(|| Part {
                location: function.location.clone(),
                ..Part::default()
            });
            part.endpoints.insert(self.index);
            part.is_called |= depth > 0;
            part.callers
                .extend(caller.filter(|caller| *caller != name).map(str::to_owned));
            if depth == last {
                part.queries = true;
                part.handles |= is_handler;
                if is_write {
                    part.writes.extend(&tables);
                } else {
                    part.reads.extend(&tables);
                }
            }
            caller = Some(name);
        }
    }
}

/// The class of a method, the module of a function.
fn part_of(symbol: &str) -> &str {
    let own = symbol.split(".<locals>").next().unwrap_or(symbol);
    match own.split_once(':') {
        Some((module, name)) => match name.rfind('.') {
            Some(end) => &own[..=module.len() + end],
            None => module,
        },
        None => own,
    }
}
