//! Where the project's classes are constructed: what a method that is looked at by itself knows of its instance.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{ClassValue, Environment, Evaluator, Instance, Site, Value, Values, evaluator::add_all};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ClassId, ExpressionKind as Kind, FunctionId},
};

/// Constructions that are looked at for one class; a class that is constructed more often is one of data.
const MAX_CONSTRUCTIONS: usize = 12;
/// Classes that inherit from each other, one after the other.
const MAX_BASES: usize = 12;

/// The instances that the project makes of each class and of those that inherit from it, by module and place.
#[derive(Debug, Default)]
pub(super) struct Constructions(FxHashMap<(ModuleId, ClassId), Vec<Rc<Instance>>>);

impl Constructions {
    /// Looks at every `new` expression.
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.module_ids() {
            let script = evaluator.script(module);
            for expression in script.expression_ids() {
                let Kind::New { callee, .. } = script.kind(expression) else {
                    continue;
                };
                if !matches!(
                    script.kind(*callee),
                    Kind::Local(_) | Kind::Member { .. } | Kind::Index { .. }
                ) {
                    continue;
                }
                for value in evaluator.values(module, *callee) {
                    let Value::Class(class) = value else { continue };
                    let instance = Rc::new(Instance {
                        class,
                        site: Some(Site::alone(module, expression)),
                    });
                    for class in evaluator.with_bases(&instance.class) {
                        let known = this.0.entry((class.module, class.class)).or_default();
                        known.push(Rc::clone(&instance));
                    }
                }
            }
        }
        this
    }
}

impl Evaluator<'_> {
    /// The instances that are made of a class of the project, or of one that inherits from it; none where there are many.
    pub(super) fn instances_of(&self, module: ModuleId, class: ClassId) -> &[Rc<Instance>] {
        let constructions = self.constructions.get();
        constructions
            .and_then(|constructions| constructions.0.get(&(module, class)))
            .map(Vec::as_slice)
            .filter(|instances| instances.len() <= MAX_CONSTRUCTIONS)
            .unwrap_or_default()
    }

    /// A class of the project and its bases in the project, the nearest first.
    pub(super) fn with_bases(&self, class: &ClassValue) -> Vec<ClassValue> {
        let mut classes = vec![class.clone()];
        while let Some(class) = classes.last().filter(|_| classes.len() < MAX_BASES) {
            let Some(base) = self.script(class.module).class(class.class).base else {
                break;
            };
            let bases = self.evaluate(class.module, base, &class.environment);
            match bases.into_iter().next() {
                Some(Value::Class(base)) => classes.push(base),
                _ => break,
            }
        }
        classes
    }

    /// What a parameter of a constructor is given where its class is constructed; none where that is not known.
    pub(super) fn constructed_with(
        &self,
        module: ModuleId,
        function: FunctionId,
        index: u32,
        environment: &Environment,
    ) -> Option<Values> {
        let class = self.script(module).function(function).class?;
        // `this` may be known to be of a class that inherits from it.
        let receiver = match environment
            .frame_of(module, function)
            .and_then(|frame| frame.this.as_ref())
        {
            Some(Value::Instance(instance)) => (instance.class.module, instance.class.class),
            _ => (module, class),
        };
        let of_class = |candidate: &ClassValue| (candidate.module, candidate.class) == (module, class);
        let mut values = vec![];
        for instance in self.instances_of(receiver.0, receiver.1) {
            let mut arguments = self.construction(instance);
            for class in self.with_bases(&instance.class) {
                if of_class(&class) {
                    if self.constructor(&class) != Some(function) {
                        return None;
                    }
                    let environment = self.method_environment(instance, &class, function, arguments);
                    add_all(
                        &mut values,
                        self.nested(|| self.parameter(module, function, index, &environment)),
                    );
                    break;
                }
                arguments = self.passed_to_base(instance, &class, &arguments);
            }
        }
        let is_known = |value: &Value| !matches!(value, Value::Parameter(_) | Value::Unknown);
        values.iter().any(is_known).then_some(values)
    }

    /// A member that only the classes have that inherit from the one that a method stands in.
    pub(super) fn inheriting_member(&self, instance: &Instance, name: &str) -> Values {
        let mut values = vec![];
        if instance.site.is_some() {
            return values;
        }
        let class = &instance.class;
        for other in self.instances_of(class.module, class.class) {
            if (other.class.module, other.class.class) != (class.module, class.class) {
                add_all(&mut values, self.nested(|| self.instance_member(other, name)));
            }
        }
        values
    }
}
