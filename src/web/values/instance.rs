//! Instances of the project's classes, and `this`.

use std::rc::Rc;

use super::{
    Arguments, ClassValue, Closure, Environment, Evaluator, External, Frame, Instance, Origin, Site, Value,
    Values, evaluator::add_all,
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ClassId, ExpressionKind as Kind, FunctionId, Member, MemberKind},
};

/// Classes that inherit from each other, one after the other.
const MAX_BASES: usize = 12;

impl Evaluator<'_> {
    /// What `this` stands for in a function.
    pub(super) fn this(&self, module: ModuleId, function: FunctionId, environment: &Environment) -> Values {
        let script = self.script(module);
        let mut next = Some(function);
        while let Some(id) = next {
            let function = script.function(id);
            if let Some(frame) = environment.frame_of(module, id)
                && let Some(this) = &frame.this
                && !function.is_arrow
            {
                return vec![this.clone()];
            }
            if !function.is_arrow
                && let Some(store) = self.store_of_function(module, id)
            {
                return vec![store];
            }
            if !function.is_arrow
                && let Some(class) = function.class
                && let Some(is_static) = self.membership(module, class, id)
            {
                let class = ClassValue {
                    module,
                    class,
                    environment: Environment::default(),
                };
                return vec![if is_static {
                    Value::Class(class)
                } else {
                    Value::Instance(Rc::new(Instance { class, site: None }))
                }];
            }
            next = function.parent;
        }
        vec![]
    }

    /// Whether a function is a member of a class, and then whether it is static.
    fn membership(&self, module: ModuleId, class: ClassId, function: FunctionId) -> Option<bool> {
        let script = self.script(module);
        script
            .class(class)
            .members
            .iter()
            .find_map(|member| {
                let own = match member.kind {
                    MemberKind::Method(own) | MemberKind::Getter(own) | MemberKind::Setter(own) => Some(own),
                    MemberKind::Field(value) => value.map(|value| script.expression(value).function),
                };
                (own == Some(function)).then_some(member.is_static)
            })
            .or_else(|| {
                // A function that a constructor function puts into a field.
                let constructor = script.class(class).function?;
                (script.function(function).parent == Some(constructor)).then_some(false)
            })
    }

    /// A member of an instance: its fields and what is written to them, methods, then those of its bases.
    pub(super) fn instance_member(&self, instance: &Rc<Instance>, name: &str) -> Values {
        let arguments = self.construction(instance);
        let own = self.own_member(instance, &instance.class, &arguments, name);
        if !own.is_empty() {
            return own;
        }
        let inherited = self.inherited_member(instance, instance.class.clone(), arguments, name);
        if inherited.is_empty() {
            self.inheriting_member(instance, name)
        } else {
            inherited
        }
    }

    /// A member that an instance has from the bases of one of its classes.
    fn inherited_member(
        &self,
        instance: &Rc<Instance>,
        mut class: ClassValue,
        mut arguments: Arguments,
        name: &str,
    ) -> Values {
        for _ in 0..MAX_BASES {
            let Some(base) = self.script(class.module).class(class.class).base else {
                break;
            };
            arguments = self.passed_to_base(instance, &class, &arguments);
            let mut bases = self.evaluate(class.module, base, &class.environment).into_iter();
            match bases.next() {
                Some(Value::Class(base)) => class = base,
                Some(Value::External(base)) => {
                    return vec![Value::External(External {
                        origin: Origin::Inherited {
                            instance: Rc::clone(instance),
                            base: Rc::new(base),
                        },
                        members: vec![name.into()],
                    })];
                }
                _ => break,
            }
            let values = self.own_member(instance, &class, &arguments, name);
            if !values.is_empty() {
                return values;
            }
        }
        vec![]
    }

    /// What `super.name` stands for in a method: the member of the class that its own class inherits from.
    pub(super) fn super_member(
        &self,
        module: ModuleId,
        function: FunctionId,
        name: &str,
        environment: &Environment,
    ) -> Values {
        let Some(class) = self.script(module).function(function).class else {
            return vec![];
        };
        let mut values = vec![];
        for this in self.this(module, function, environment) {
            match this {
                Value::Instance(instance) => {
                    let mut arguments = self.construction(&instance);
                    let mut classes = self.with_bases(&instance.class).into_iter();
                    let lexical = classes.find(|candidate| {
                        let is_own = (candidate.module, candidate.class) == (module, class);
                        if !is_own {
                            arguments = self.passed_to_base(&instance, candidate, &arguments);
                        }
                        is_own
                    });
                    if let Some(lexical) = lexical {
                        let found =
                            self.nested(|| self.inherited_member(&instance, lexical, arguments, name));
                        add_all(&mut values, found);
                    }
                }
                Value::Class(own) => {
                    let base = self.script(own.module).class(own.class).base;
                    let bases = base.map(|base| self.evaluate(own.module, base, &own.environment));
                    add_all(&mut values, self.members(&bases.unwrap_or_default(), name));
                }
                _ => {}
            }
        }
        values
    }

    /// The external class that a class inherits from, through the project's own.
    #[must_use]
    pub fn external_base(&self, class: &ClassValue) -> Option<External> {
        let mut class = class.clone();
        for _ in 0..MAX_BASES {
            let base = self.script(class.module).class(class.class).base?;
            let bases = self.evaluate(class.module, base, &class.environment);
            match bases.into_iter().next()? {
                Value::Class(base) => class = base,
                Value::External(base) => return Some(base),
                _ => return None,
            }
        }
        None
    }

    /// What the constructor of an instance is called with.
    pub(super) fn construction(&self, instance: &Instance) -> Arguments {
        let Some(site) = &instance.site else {
            return Arguments::Unknown;
        };
        match self.script(site.module).kind(site.expression) {
            Kind::New { arguments, .. } => Arguments::Call {
                module: site.module,
                arguments: arguments.clone(),
                environment: site.environment.clone(),
            },
            _ => Arguments::Unknown,
        }
    }

    /// What a class hands to the constructor of its base.
    pub(super) fn passed_to_base(
        &self,
        instance: &Rc<Instance>,
        class: &ClassValue,
        own: &Arguments,
    ) -> Arguments {
        let script = self.script(class.module);
        let Some(constructor) = self.constructor(class) else {
            return own.clone();
        };
        let call = script.expressions.iter().find_map(|expression| {
            let Kind::Call {
                callee, arguments, ..
            } = &expression.kind
            else {
                return None;
            };
            let is_super = expression.function == constructor && matches!(script.kind(*callee), Kind::Super);
            is_super.then_some(arguments)
        });
        match call {
            Some(arguments) => Arguments::Call {
                module: class.module,
                arguments: arguments.clone(),
                environment: self.method_environment(instance, class, constructor, own.clone()),
            },
            None => Arguments::Unknown,
        }
    }

    pub(super) fn constructor(&self, class: &ClassValue) -> Option<FunctionId> {
        let declared = self.script(class.module).class(class.class);
        declared.members.iter().find_map(|member| match member.kind {
            MemberKind::Method(function) if member.name == "constructor" && !member.is_static => {
                Some(function)
            }
            _ => None,
        })
    }

    fn own_member(
        &self,
        instance: &Rc<Instance>,
        class: &ClassValue,
        arguments: &Arguments,
        name: &str,
    ) -> Values {
        let script = self.script(class.module);
        let this = Value::Instance(Rc::clone(instance));
        let constructor = self.constructor(class);
        let environment = |function: FunctionId| {
            let arguments = if Some(function) == constructor {
                arguments.clone()
            } else {
                Arguments::Unknown
            };
            self.method_environment(instance, class, function, arguments)
        };
        let mut values = vec![];
        for member in &script.class(class.class).members {
            if member.is_static || member.name != name {
                continue;
            }
            let found = match member.kind {
                MemberKind::Method(function) => {
                    vec![self.bound(class.module, function, &class.environment, this.clone())]
                }
                MemberKind::Getter(function) => {
                    self.get(class.module, function, &class.environment, this.clone())
                }
                MemberKind::Field(Some(value)) => {
                    let function = script.expression(value).function;
                    self.evaluate(class.module, value, &environment(function))
                }
                MemberKind::Field(None) | MemberKind::Setter(_) => vec![],
            };
            add_all(&mut values, found);
        }
        for write in self.writes().of_class(class.module, class.class, name) {
            let mut function = script.expression(*write).function;
            while script.function(function).is_arrow
                && let Some(parent) = script.function(function).parent
            {
                function = parent;
            }
            add_all(
                &mut values,
                self.evaluate(class.module, *write, &environment(function)),
            );
        }
        let is_set = |member: &&Member| {
            !member.is_static && member.name == name && matches!(member.kind, MemberKind::Setter(_))
        };
        let setter = script.class(class.class).members.iter().find(is_set);
        if let Some(MemberKind::Setter(setter)) = setter.map(|member| member.kind) {
            // What a setter is handed is what is written.
            values.retain(|value| {
                !matches!(value, Value::Parameter(parameter)
                    if (parameter.module, parameter.function) == (class.module, setter))
            });
        }
        add_all(&mut values, self.written_to_instance(instance, class, name));
        if values.is_empty() {
            let declared = script.class(class.class).members.iter();
            let annotation = declared
                .filter(|member| !member.is_static && member.name == name)
                .find_map(|member| member.annotation.as_deref());
            values.extend(annotation.and_then(|annotation| self.annotated(class.module, annotation)));
        }
        values
    }

    /// The environment of a method of an instance.
    pub(super) fn method_environment(
        &self,
        instance: &Rc<Instance>,
        class: &ClassValue,
        function: FunctionId,
        arguments: Arguments,
    ) -> Environment {
        let outer = &class.environment;
        Environment(Some(Rc::new(Frame {
            module: class.module,
            function,
            arguments,
            this: Some(Value::Instance(Rc::clone(instance))),
            outer: outer.clone(),
            depth: outer.depth() + 1,
        })))
    }

    pub(super) fn bound(
        &self,
        module: ModuleId,
        function: FunctionId,
        environment: &Environment,
        this: Value,
    ) -> Value {
        Value::Function(Closure {
            module,
            function,
            environment: environment.clone(),
            this: Some(Box::new(this)),
        })
    }

    /// What a getter gives.
    pub(super) fn get(
        &self,
        module: ModuleId,
        function: FunctionId,
        environment: &Environment,
        this: Value,
    ) -> Values {
        let closure = Closure {
            module,
            function,
            environment: environment.clone(),
            this: None,
        };
        self.apply(
            &closure,
            Arguments::Values(vec![]),
            Some(this),
            environment.depth(),
        )
    }

    /// What is written to a property of an object that is made at a place.
    pub(super) fn written_to(&self, site: &Site, name: &str) -> Values {
        self.written(site.module, name, |value| {
            matches!(value, Value::Object(other) if (other.module, other.expression) == (site.module, site.expression))
        })
    }

    /// What is written to a property of an instance by others than its own methods.
    fn written_to_instance(&self, instance: &Instance, class: &ClassValue, name: &str) -> Values {
        self.written(class.module, name, |value| match value {
            Value::Instance(other) => {
                let classes = [&other.class, &instance.class];
                let same_class = classes
                    .iter()
                    .all(|one| (one.module, one.class) == (class.module, class.class));
                let same_site = match (&other.site, &instance.site) {
                    (Some(one), Some(two)) => (one.module, one.expression) == (two.module, two.expression),
                    _ => true,
                };
                same_class && same_site
            }
            _ => false,
        })
    }

    /// What is written to a property of a class itself: `App.instance = this`.
    pub(super) fn written_to_class(&self, class: &ClassValue, name: &str) -> Values {
        self.written(class.module, name, |value| {
            matches!(value, Value::Class(other) if (other.module, other.class) == (class.module, class.class))
        })
    }

    /// What is written to a property of this name of an object that is meant: by the module that it is of, and by modules
    /// that import what they write to.
    fn written(&self, home: ModuleId, name: &str, is_meant: impl Fn(&Value) -> bool) -> Values {
        let mut values = vec![];
        let nowhere = Environment::default();
        let own = self
            .writes()
            .of_name(home, name)
            .iter()
            .map(|write| (home, *write));
        let importers = self.writes().of_importers(name).iter().copied();
        for (module, write) in own.chain(importers.filter(|(module, _)| *module != home)) {
            if matches!(self.script(module).kind(write.object), Kind::This) {
                continue;
            }
            if self
                .evaluate(module, write.object, &nowhere)
                .iter()
                .any(&is_meant)
            {
                add_all(&mut values, self.evaluate(module, write.value, &nowhere));
            }
        }
        values
    }
}
