//! State of React's components that is set at every frame.

use super::{
    Hazard, HazardRule,
    inspection::Inspection,
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, PathStep, Script},
    values::{Origin, Value},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "state-set-in-loop",
    summary: "state of a React component that a render loop sets at every frame",
    help: "The component and those within it are rendered again at every frame. Write to the object itself through a \
           reference, and set state only when what is shown changes \
           (https://r3f.docs.pmnd.rs/advanced/pitfalls#never-setstate-in-useframe).",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| {
            let setter = set_anew(inspection, module, id)?;
            Some(Sighting::new(setter, "is called", Worth::EachTime))
        },
    };
    walk.through(inspection, inspection.frames())
}

/// The setter of a call that gives a state another value whenever it runs.
fn set_anew(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> Option<String> {
    let script = inspection.script(module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(id)
    else {
        return None;
    };
    let values = inspection.evaluator.values(module, *callee);
    let hook = values.iter().find_map(|value| match value {
        Value::External(external) if external.members.last().is_some_and(|last| last == "set") => {
            match &external.origin {
                Origin::Result { callee, site }
                    if callee.of_package("react").as_deref() == Some("useState") =>
                {
                    Some(site)
                }
                _ => None,
            }
        }
        _ => None,
    })?;
    let state = state_of(inspection.script(hook.module), hook.expression);
    let state = state.filter(|_| hook.module == module);
    let argument = arguments.first()?.value;
    is_other_each_time(script, argument, state).then(|| script.written(*callee).to_string())
}

/// The first part of `const [state, setState] = useState()`.
fn state_of(script: &Script, hook: ExpressionId) -> Option<NameId> {
    let is_state = |index: usize| {
        script.names[index].definitions.iter().any(|definition| {
            definition.source == DefinitionSource::Expression(hook)
                && matches!(definition.path.as_slice(), [PathStep::Item(0)])
        })
    };
    let index = (0..script.names.len()).find(|index| is_state(*index))?;
    Some(NameId(index as u32))
}

/// Whether an expression is another value each time that it is evaluated: a new object, or one that is counted on or made of
/// the time. React renders nothing where a state is set to what it is already
/// (<https://react.dev/reference/react/useState#setstate-caveats>).
fn is_other_each_time(script: &Script, expression: ExpressionId, state: Option<NameId>) -> bool {
    match script.kind(expression) {
        Kind::Object(_) | Kind::Array(_) | Kind::New { .. } => true,
        Kind::Call { callee, .. } => {
            matches!(script.kind(*callee), Kind::Member { property, .. } if matches!(property.as_str(), "clone" | "getElapsedTime" | "getDelta"))
        }
        Kind::Binary { operator, .. } => {
            matches!(*operator, "+" | "-" | "*" | "/" | "%") && moves_on(script, expression, state)
        }
        // `(count) => count + 1`; one that may return what it is handed changes nothing then.
        Kind::Function(updater) => {
            let function = script.function(*updater);
            let before = script.names.iter().position(|name| {
                let mut definitions = name.definitions.iter();
                definitions.any(|definition| definition.source == DefinitionSource::Parameter(*updater, 0))
            });
            let before = before.map(|index| NameId(index as u32));
            !function.returns.is_empty()
                && function
                    .returns
                    .iter()
                    .all(|returned| is_other_each_time(script, *returned, before))
        }
        Kind::Local(name) => {
            let definitions = script.name(*name).definitions.as_slice();
            let [definition] = definitions else { return false };
            match definition.source {
                // A function may lead to itself.
                DefinitionSource::Expression(value) if definition.path.is_empty() => {
                    !matches!(script.kind(value), Kind::Local(_) | Kind::Function(_))
                        && is_other_each_time(script, value, state)
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether a sum is made of the state itself or of the time.
fn moves_on(script: &Script, sum: ExpressionId, state: Option<NameId>) -> bool {
    let whole = script.expression(sum);
    let mut within = script
        .expressions
        .iter()
        .filter(|part| whole.start <= part.start && part.end <= whole.end);
    within.any(|part| match &part.kind {
        Kind::Local(name) => Some(*name) == state || script.name(*name).text == "delta",
        Kind::Member { property, .. } => matches!(
            property.as_str(),
            "elapsedTime" | "getElapsedTime" | "getDelta" | "delta" | "elapsed" | "now"
        ),
        _ => false,
    })
}
