//! Functions of a store that write to it, and who calls them.

use rustc_hash::FxHashSet;

use super::uses::{Place, Uses};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, FunctionId, Script},
};

/// What a store is defined in.
#[derive(Clone, Debug, Default)]
pub(super) struct Home {
    /// Parts of scripts: module, first byte, byte behind the last.
    parts: Vec<(ModuleId, u32, u32)>,
    /// Functions that give the state or the store: libraries call them.
    pub(super) initialisers: Vec<(ModuleId, FunctionId)>,
}

impl Home {
    /// Adds the part of a script that an expression is.
    pub(super) fn add_expression(&mut self, script: &Script, (module, expression): Place) {
        let expression = script.expression(expression);
        self.parts.push((module, expression.start, expression.end));
    }

    /// Adds a function of the store.
    pub(super) fn add_function(&mut self, script: &Script, module: ModuleId, function: FunctionId) {
        let own = script.function(function);
        self.parts.push((module, own.start, own.end));
    }

    /// Adds a function that gives the state or the store.
    pub(super) fn add_initialiser(&mut self, script: &Script, module: ModuleId, function: FunctionId) {
        self.add_function(script, module, function);
        self.initialisers.push((module, function));
    }

    /// Whether an expression stands in it.
    pub(super) fn holds(&self, script: &Script, (module, expression): Place) -> bool {
        let at = script.expression(expression).start;
        let mut parts = self.parts.iter();
        parts.any(|(own, start, end)| *own == module && *start <= at && at < *end)
    }

    /// The functions around an expression that are of the store.
    fn functions_around(
        &self,
        script: &Script,
        module: ModuleId,
        expression: ExpressionId,
    ) -> Vec<FunctionId> {
        let mut around = vec![];
        let mut function = Some(script.expression(expression).function);
        while let Some(id) = function {
            let own = script.function(id);
            let mut parts = self.parts.iter();
            let is_inside =
                parts.any(|(part, start, end)| *part == module && *start <= own.start && own.end <= *end);
            if !is_inside || self.initialisers.contains(&(module, id)) {
                break;
            }
            around.push(id);
            function = own.parent;
        }
        around
    }
}

impl Uses<'_, '_> {
    /// Adds those as writers of a store who call its functions that write to it. `writes` are the places in its home that
    /// write.
    pub(super) fn callers_of_actions(&mut self, store: usize, home: &Home, writes: &[Place]) {
        let mut asked: FxHashSet<(ModuleId, FunctionId)> = FxHashSet::default();
        let mut next: Vec<Place> = writes.to_vec();
        while let Some((module, expression)) = next.pop() {
            for function in home.functions_around(self.script(module), module, expression) {
                if !asked.insert((module, function)) {
                    continue;
                }
                let callers = self.evaluator.callers(module, function).iter();
                let passed = self.evaluator.passed(module, function).iter();
                let sites: Vec<Place> = callers
                    .map(|caller| &caller.site)
                    .chain(passed.map(|passed| &passed.site))
                    .map(|site| (site.module, site.expression))
                    .collect();
                for site in sites {
                    if home.holds(self.script(site.0), site) {
                        next.push(site);
                    }
                    self.write_unless_made(store, home, site);
                }
            }
        }
        self.writing.extend(asked);
    }

    /// A write, but for what a store's own initialiser does when it is made.
    fn write_unless_made(&mut self, store: usize, home: &Home, place: Place) {
        let function = self.script(place.0).expression(place.1).function;
        if !home.initialisers.contains(&(place.0, function)) {
            self.write(store, place);
        }
    }
}
