//! What Vite's `import.meta.glob` and webpack's `require.context` give.

use std::rc::Rc;

use ecow::EcoString;

use super::{Evaluator, External, Origin, Site, Text, Value, Values, evaluator::add_all};
use crate::web::{
    project::{Target, glob::Globbed},
    syntax::tree::Argument,
};

impl Evaluator<'_> {
    /// The modules by key: themselves, or functions that load them.
    pub(super) fn glob_imported(&self, site: &Site) -> Option<Values> {
        let globbed = self.globbed(site)?;
        let loader = |key: &EcoString| {
            let made = External {
                origin: Origin::Result {
                    callee: Rc::new(External::global("import.meta.glob")),
                    site: Rc::new(site.clone()),
                },
                members: vec![key.clone()],
            };
            vec![Value::External(made)]
        };
        let members = globbed.members.iter().map(|(key, target)| {
            let values = if globbed.is_eager {
                self.of_globbed(&globbed, target)
            } else {
                loader(key)
            };
            (key.clone(), values)
        });
        Some(vec![Value::Record(Rc::new(members.collect()))])
    }

    /// What a function gives that came of such a call: a module's loader, the context and its `keys`.
    pub(super) fn call_globbed(
        &self,
        site: &Site,
        callee: &External,
        arguments: &[Argument],
    ) -> Option<Values> {
        let Origin::Result {
            callee: maker,
            site: made,
        } = &callee.origin
        else {
            return None;
        };
        if !maker.is_global("import.meta.glob") && !maker.is_global("require.context") {
            return None;
        }
        let globbed = self.globbed(made)?;
        let is_context = maker.is_global("require.context");
        let asked: Vec<EcoString> = match callee.members.as_slice() {
            [keys] if is_context && keys == "keys" => {
                let keys = globbed.members.iter();
                let keys = keys.map(|(key, _)| Value::Text(Text::literal(key))).collect();
                return Some(vec![Value::List(Rc::new(vec![keys]))]);
            }
            [] if is_context => self
                .argument(site, arguments, 0)
                .iter()
                .filter_map(Value::as_literal)
                .collect(),
            [key] if !is_context => vec![key.clone()],
            _ => return None,
        };
        let mut values = vec![];
        for (key, target) in &globbed.members {
            // Any of them where it is not known which.
            if asked.is_empty() || asked.contains(key) {
                add_all(&mut values, self.of_globbed(&globbed, target));
            }
        }
        Some(values)
    }

    /// What a call asks for, if it asks for the files of a pattern.
    fn globbed(&self, call: &Site) -> Option<Rc<Globbed>> {
        let key = (call.module, call.expression);
        if let Some(known) = self.globs.borrow().get(&key) {
            return known.clone();
        }
        let found = self.project.globbed(call.module, call.expression).map(Rc::new);
        self.globs.borrow_mut().insert(key, found.clone());
        found
    }

    fn of_globbed(&self, globbed: &Globbed, target: &Target) -> Values {
        let values = self.of_target(target.clone());
        match &globbed.import {
            Some(name) => self.members(&values, name),
            None => values,
        }
    }
}
