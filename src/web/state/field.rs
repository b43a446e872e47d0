//! State in classes: a field `count = $state(0)` (<https://svelte.dev/docs/svelte/$state#Classes>), and every field of a
//! class whose instances MobX observes (<https://mobx.js.org/observable-state.html#makeautoobservable>).

use ecow::EcoString;

use super::{
    action::Home,
    made::Family,
    uses::{Place, Uses, Way},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ClassId, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind, Script},
    values::Value,
};

/// Fields of a class that are state.
struct Fields {
    store: usize,
    class: (ModuleId, ClassId),
    /// None for all of them.
    name: Option<EcoString>,
}

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    let all: Vec<Fields> = uses
        .of_family(Family::Object)
        .into_iter()
        .filter_map(|store| fields(uses, store))
        .collect();
    if all.is_empty() {
        return;
    }
    let evaluator = uses.evaluator;
    let mut inner: Vec<Vec<Place>> = vec![vec![]; all.len()];
    for module in evaluator.project.module_ids() {
        let script = uses.script(module);
        for expression in script.expression_ids() {
            let Kind::Member { object, property, .. } = script.kind(expression) else {
                continue;
            };
            let is_named = |fields: &&Fields| fields.name.as_ref().is_none_or(|name| name == property);
            if !all.iter().any(|fields| is_named(&fields)) {
                continue;
            }
            for value in evaluator.values(module, *object) {
                let Value::Instance(of) = &value else { continue };
                let class = (of.class.module, of.class.class);
                let found = all
                    .iter()
                    .position(|fields| fields.class == class && is_named(&fields));
                let Some(index) = found else { continue };
                let place = (module, expression);
                if !is_field(uses.script(class.0), class.1, property) {
                    continue;
                }
                let way = uses.way(place);
                let is_making = way == Way::Write && is_constructor(script, expression);
                if is_making {
                    continue;
                }
                uses.note(all[index].store, place, way);
                if way == Way::Write {
                    inner[index].push(place);
                }
            }
        }
    }
    for (fields, writes) in all.iter().zip(inner) {
        let mut home = Home::default();
        home.add_class(uses.script(fields.class.0), fields.class.0, fields.class.1);
        if fields.name.is_none() {
            uses.callers_of_actions(fields.store, &home, &writes);
        }
    }
}

fn fields(uses: &Uses<'_, '_>, store: usize) -> Option<Fields> {
    let made = &uses.made[store];
    let module = made.site.module;
    let script = uses.script(module);
    if let Some((class, name)) = field_of(script, made.site.expression) {
        return Some(Fields {
            store,
            class: (module, class),
            name: Some(name),
        });
    }
    let observes = made.kind.ends_with(":makeAutoObservable") || made.kind.ends_with(":makeObservable");
    let first = uses.evaluator.arguments_of(&made.site).first()?.value;
    let is_this = observes && matches!(script.kind(first), Kind::This);
    let class = script
        .function(script.expression(made.site.expression).function)
        .class?;
    is_this.then_some(Fields {
        store,
        class: (module, class),
        name: None,
    })
}

fn field_of(script: &Script, expression: ExpressionId) -> Option<(ClassId, EcoString)> {
    script.classes.iter().enumerate().find_map(|(index, class)| {
        let mut members = class.members.iter();
        let field = members.find(|member| member.kind == MemberKind::Field(Some(expression)))?;
        Some((ClassId(index as u32), field.name.clone()))
    })
}

/// Whether a class has no function of this name: what is left is state.
fn is_field(script: &Script, class: ClassId, name: &str) -> bool {
    let mut members = script.class(class).members.iter();
    let member = members.find(|member| member.name == name);
    !member.is_some_and(|member| match member.kind {
        MemberKind::Method(_) => true,
        MemberKind::Field(Some(value)) => matches!(script.kind(value), Kind::Function(_)),
        _ => false,
    })
}

fn is_constructor(script: &Script, expression: ExpressionId) -> bool {
    script.function(script.expression(expression).function).name == "constructor"
}

impl Home {
    fn add_class(&mut self, script: &Script, module: ModuleId, class: ClassId) {
        for (index, function) in script.functions.iter().enumerate() {
            if function.class == Some(class) {
                self.add_function(script, module, FunctionId(index as u32));
            }
        }
    }
}
