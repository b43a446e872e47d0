//! What a member of an object means where the classes of the project decide: getters, and methods that subclasses override.

use std::{cell::OnceCell, collections::BTreeSet};

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::web::{
    project::ModuleId,
    syntax::tree::{ClassId, ExpressionId, FunctionId, MemberKind},
    values::{Evaluator, Value},
};

/// The classes of a project as far as they decide which function runs.
pub(super) struct Dispatch<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    /// Names of getters: reading such a property may run one.
    getters: FxHashSet<EcoString>,
    /// Names of methods of classes that inherit from others.
    inherited: FxHashSet<EcoString>,
    subclasses: OnceCell<Subclasses>,
}

/// The classes that inherit directly from each class.
type Subclasses = FxHashMap<(ModuleId, ClassId), Vec<(ModuleId, ClassId)>>;

/// Base classes that are gone through for a getter.
const MAX_BASES: u32 = 12;

impl<'e, 'p> Dispatch<'e, 'p> {
    pub(super) fn new(evaluator: &'e Evaluator<'p>) -> Self {
        let (mut getters, mut inherited) = (FxHashSet::default(), FxHashSet::default());
        for module in evaluator.project.module_ids() {
            for class in &evaluator.project.script(module).classes {
                for member in &class.members {
                    match member.kind {
                        MemberKind::Getter(_) => getters.insert(member.name.clone()),
                        MemberKind::Method(_) if class.base.is_some() => {
                            inherited.insert(member.name.clone())
                        }
                        _ => false,
                    };
                }
            }
        }
        Self {
            evaluator,
            getters,
            inherited,
            subclasses: OnceCell::new(),
        }
    }

    /// The methods of subclasses that a call on something may mean of which only a class is known: `this`, or what a type
    /// says.
    pub(super) fn overriding(
        &self,
        module: ModuleId,
        object: ExpressionId,
        method: &str,
    ) -> BTreeSet<(ModuleId, FunctionId)> {
        let mut found = BTreeSet::new();
        if !self.inherited.contains(method) {
            return found;
        }
        let subclasses = self.subclasses.get_or_init(|| self.find_subclasses());
        if subclasses.is_empty() {
            return found;
        }
        let mut open = vec![];
        for value in self.evaluator.values(module, object) {
            match value {
                Value::Instance(instance) if instance.site.is_none() => {
                    open.push((instance.class.module, instance.class.class));
                }
                _ => {}
            }
        }
        let mut seen: BTreeSet<(ModuleId, ClassId)> = open.iter().copied().collect();
        while let Some(class) = open.pop() {
            for subclass in subclasses.get(&class).into_iter().flatten() {
                if !seen.insert(*subclass) {
                    continue;
                }
                open.push(*subclass);
                let declared = self.evaluator.project.script(subclass.0).class(subclass.1);
                found.extend(declared.members.iter().find_map(|member| match member.kind {
                    MemberKind::Method(function) if member.name == method && !member.is_static => {
                        Some((subclass.0, function))
                    }
                    _ => None,
                }));
            }
        }
        found
    }

    /// The classes that inherit directly from each class of the project.
    fn find_subclasses(&self) -> Subclasses {
        let mut found = Subclasses::default();
        for module in self.evaluator.project.module_ids() {
            let script = self.evaluator.project.script(module);
            for (index, class) in script.classes.iter().enumerate() {
                let Some(base) = class.base else { continue };
                for value in self.evaluator.values(module, base) {
                    if let Value::Class(base) = value {
                        let own = (module, ClassId(index as u32));
                        found.entry((base.module, base.class)).or_default().push(own);
                    }
                }
            }
        }
        found
    }

    /// The getters that run when a property of an object of the project's classes is read.
    pub(super) fn getters(
        &self,
        module: ModuleId,
        object: ExpressionId,
        property: &str,
    ) -> BTreeSet<(ModuleId, FunctionId)> {
        let mut found = BTreeSet::new();
        if !self.getters.contains(property) {
            return found;
        }
        for value in self.evaluator.values(module, object) {
            let Value::Instance(instance) = value else {
                continue;
            };
            let class = (instance.class.module, instance.class.class);
            found.extend(self.getter(class, property, MAX_BASES));
        }
        found
    }

    /// The getter of a class or of the nearest class that it inherits from.
    fn getter(
        &self,
        (module, class): (ModuleId, ClassId),
        property: &str,
        bases: u32,
    ) -> Option<(ModuleId, FunctionId)> {
        let declared = self.evaluator.project.script(module).class(class);
        let own = declared.members.iter().find(|member| member.name == property);
        if let Some(member) = own {
            return match member.kind {
                MemberKind::Getter(function) => Some((module, function)),
                _ => None,
            };
        }
        let bases = bases.checked_sub(1)?;
        let values = self.evaluator.values(module, declared.base?);
        values.iter().find_map(|value| match value {
            Value::Class(base) => self.getter((base.module, base.class), property, bases),
            _ => None,
        })
    }
}
