//! Who does what with which store.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Store,
    made::{self, Family, Made},
};
use crate::web::{
    interaction::place::{Places, Role},
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, Script},
    three::objects::{function_name, location},
    values::{Evaluator, External, Origin, Site, Value},
};

/// An expression of the project.
pub(super) type Place = (ModuleId, ExpressionId);

/// Methods that change the array, map or set that they are called on
/// (<https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array#mutator_methods>).
const CHANGING: [&str; 13] = [
    "push",
    "pop",
    "shift",
    "unshift",
    "splice",
    "sort",
    "reverse",
    "fill",
    "copyWithin",
    "add",
    "set",
    "delete",
    "clear",
];

/// What is done with a part of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Read,
    Write,
    /// A template shows it and writes to it.
    Bound,
}

/// The stores of a project, and what is known of their users.
pub(super) struct Uses<'e, 'p> {
    pub(super) evaluator: &'e Evaluator<'p>,
    pub(super) made: Vec<Made>,
    by_place: FxHashMap<Place, usize>,
    /// Functions of stores that write to them.
    pub(super) writing: FxHashSet<(ModuleId, FunctionId)>,
    /// Store, whether it is written, `file:name`.
    found: BTreeSet<(usize, bool, String)>,
    places: RefCell<FxHashMap<ModuleId, Rc<Places>>>,
    written: RefCell<FxHashMap<ModuleId, Rc<FxHashSet<ExpressionId>>>>,
}

impl<'e, 'p> Uses<'e, 'p> {
    pub(super) fn new(evaluator: &'e Evaluator<'p>) -> Self {
        let mut this = Self {
            evaluator,
            made: vec![],
            by_place: FxHashMap::default(),
            writing: FxHashSet::default(),
            found: BTreeSet::new(),
            places: RefCell::default(),
            written: RefCell::default(),
        };
        for made in made::stores(evaluator) {
            this.add(made);
        }
        this
    }

    /// A store more.
    pub(super) fn add(&mut self, made: Made) -> usize {
        let index = self.made.len();
        self.by_place
            .insert((made.site.module, made.site.expression), index);
        self.made.push(made);
        index
    }

    /// The stores as plain data, by place.
    pub(super) fn stores(self) -> Vec<Store> {
        let users = |index: usize, is_write: bool| {
            let range = self.found.range((index, is_write, String::new())..);
            range
                .take_while(|(store, write, _)| (*store, *write) == (index, is_write))
                .map(|(_, _, function)| function.clone())
                .collect()
        };
        let mut order: Vec<usize> = (0..self.made.len()).collect();
        order.sort_by_key(|index| {
            let site = &self.made[*index].site;
            (site.module, site.expression, *index)
        });
        order
            .into_iter()
            .map(|index| {
                let made = &self.made[index];
                Store {
                    name: made.name.clone(),
                    kind: made.kind.clone(),
                    location: location(self.evaluator, made.site.module, made.site.expression),
                    writers: users(index, true),
                    readers: users(index, false),
                }
            })
            .collect()
    }

    pub(super) fn script(&self, module: ModuleId) -> &'p Script {
        self.evaluator.project.script(module)
    }

    pub(super) fn places(&self, module: ModuleId) -> Rc<Places> {
        let mut places = self.places.borrow_mut();
        let entry = places.entry(module);
        Rc::clone(entry.or_insert_with(|| Rc::new(Places::new(self.script(module)))))
    }

    /// What a script assigns to.
    fn written(&self, module: ModuleId) -> Rc<FxHashSet<ExpressionId>> {
        let mut written = self.written.borrow_mut();
        let entry = written.entry(module);
        Rc::clone(entry.or_insert_with(|| {
            let script = self.script(module);
            let targets = script.expression_ids().filter_map(|id| match script.kind(id) {
                Kind::Assign { target, .. } => *target,
                Kind::Update(target) => Some(*target),
                Kind::Unary {
                    operator: "delete",
                    operand,
                } => Some(*operand),
                _ => None,
            });
            Rc::new(targets.collect())
        }))
    }

    /// Indexes of the stores of a family.
    pub(super) fn of_family(&self, family: Family) -> Vec<usize> {
        let indexes = self.made.iter().enumerate();
        indexes
            .filter(|(_, made)| made.family == family)
            .map(|(index, _)| index)
            .collect()
    }

    /// The store that is made at a place.
    pub(super) fn at(&self, site: &Site) -> Option<usize> {
        self.by_place.get(&(site.module, site.expression)).copied()
    }

    /// The store that something external is or is a part of, and the way from there: through what the store's hook gives.
    pub(super) fn holder(&self, external: &External) -> Option<(usize, Vec<EcoString>)> {
        let Origin::Result { callee, site } = &external.origin else {
            return None;
        };
        if let Some(index) = self.at(site) {
            return Some((index, external.members.clone()));
        }
        let (index, before) = self.holder(callee)?;
        let family = self.made[index].family;
        let is_same = before.is_empty() && family == Family::Pinia;
        is_same.then(|| (index, external.members.clone()))
    }

    /// The store that an expression stands for, or for a part of.
    pub(super) fn store_at(&self, (module, expression): Place) -> Option<(usize, Vec<EcoString>)> {
        let values = self.evaluator.values(module, expression);
        values.iter().find_map(|value| match value {
            Value::External(external) => self.holder(external),
            _ => None,
        })
    }

    /// Says of a place what it does with a store.
    pub(super) fn note(&mut self, store: usize, place: Place, way: Way) {
        if way != Way::Write {
            self.read(store, place);
        }
        if way != Way::Read {
            self.write(store, place);
        }
    }

    pub(super) fn read(&mut self, store: usize, (module, expression): Place) {
        if self.evaluator.project.is_test(module) {
            return;
        }
        let user = function_name(self.evaluator, module, expression);
        self.found.insert((store, false, user));
    }

    pub(super) fn write(&mut self, store: usize, (module, expression): Place) {
        if self.evaluator.project.is_test(module) {
            return;
        }
        let user = function_name(self.evaluator, module, expression);
        self.found.insert((store, true, user));
    }

    /// What is done with a part of a state: it, a part of it, or what it is called on is written, or it is read.
    pub(super) fn way(&self, (module, part): Place) -> Way {
        let places = self.places(module);
        let written = self.written(module);
        let script = self.script(module);
        let mut whole = part;
        let mut last: Option<EcoString> = None;
        loop {
            if written.contains(&whole) {
                return Way::Write;
            }
            if is_bound(script, whole) {
                return Way::Bound;
            }
            match places.around(whole) {
                Some((around, Role::Object(property))) => {
                    last = Some(property.clone());
                    whole = around;
                }
                Some((around, Role::Indexed)) => {
                    last = None;
                    whole = around;
                }
                Some((_, Role::Callee)) => {
                    let changes = last.is_some_and(|last| CHANGING.contains(&last.as_str()));
                    return if changes { Way::Write } else { Way::Read };
                }
                _ => return Way::Read,
            }
        }
    }

    /// Whether an expression stands for functions and nothing else.
    pub(super) fn is_function(&self, (module, expression): Place) -> bool {
        let values = self.evaluator.values(module, expression);
        !values.is_empty() && values.iter().all(|value| self.holds_functions(value))
    }

    /// Whether a value is a function, or holds nothing else.
    pub(super) fn holds_functions(&self, value: &Value) -> bool {
        let all = |values: &[Value]| {
            !values.is_empty() && values.iter().all(|value| matches!(value, Value::Function(_)))
        };
        match value {
            Value::Function(_) => true,
            Value::Object(object) => {
                let own = self.evaluator.properties(object);
                !own.is_empty() && own.iter().all(|(_, place)| all(&self.evaluator.values_at(place)))
            }
            Value::Array(_) | Value::List(_) => all(&self.evaluator.items_of(value)),
            _ => false,
        }
    }
}

/// Whether a template binds an expression both ways (<https://svelte.dev/docs/svelte/bind>,
/// <https://vuejs.org/guide/components/v-model.html>).
fn is_bound(script: &Script, expression: ExpressionId) -> bool {
    let start = script.expression(expression).start as usize;
    let Some(before) = script.text.get(..start) else {
        return false;
    };
    let before = before.trim_end_matches(['{', '"', '\'', ' ']);
    let Some(before) = before.strip_suffix('=') else {
        return false;
    };
    let name = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    name.starts_with("bind:") && name != "bind:this" || name.starts_with("v-model")
}
