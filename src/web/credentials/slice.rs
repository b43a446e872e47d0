//! Fields of slices of a redux store: what reducers set them to, and where they are read
//! (<https://redux-toolkit.js.org/api/createSlice>).

use std::collections::BTreeMap;

use super::{kept::Keeper, store::is_nothing};
use crate::web::{
    state,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, Property, Script},
    values::{Evaluator, Slice},
};

/// The fields of slices that reducers write.
pub(super) fn keepers(evaluator: &Evaluator<'_>) -> Vec<Keeper> {
    let slices = evaluator.slices();
    if slices.is_empty() {
        return vec![];
    }
    let mut fields: BTreeMap<(usize, String), Keeper> = BTreeMap::new();
    for (index, slice) in slices.iter().enumerate() {
        for (field, place, value) in written(evaluator, slice) {
            let keeper = fields.entry((index, field.clone())).or_insert_with(|| Keeper {
                store: "memory".to_owned(),
                key: format!("{}.{field}", name(evaluator, slice)),
                ..Keeper::default()
            });
            if is_nothing(evaluator.project.script(slice.site.module), value) {
                keeper.removed.push((slice.site.module, place));
            } else {
                keeper.written.push(((slice.site.module, place), value));
            }
        }
    }
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            if !matches!(script.kind(id), Kind::Member { .. } | Kind::Local(_)) {
                continue;
            }
            if let Some((index, field)) = evaluator.slice_field(module, id)
                && let Some(keeper) = fields.get_mut(&(index, field.to_string()))
            {
                keeper.read.push((module, id));
            }
        }
    }
    let known = fields.into_values();
    known.filter(|keeper| !keeper.written.is_empty()).collect()
}

fn name(evaluator: &Evaluator<'_>, slice: &Slice) -> String {
    let key = slice.key.as_ref().map(ToString::to_string);
    let script = evaluator.project.script(slice.site.module);
    key.or_else(|| state::held_by(script, &slice.site))
        .unwrap_or_default()
}

/// What the reducers of a slice put into its fields: the field, the place and the value.
fn written(evaluator: &Evaluator<'_>, slice: &Slice) -> Vec<(String, ExpressionId, ExpressionId)> {
    let script = evaluator.project.script(slice.site.module);
    let whole = script.expression(slice.site.expression);
    let mut found = vec![];
    for id in script.expression_ids() {
        let expression = script.expression(id);
        if expression.start < whole.start || expression.end > whole.end {
            continue;
        }
        match script.kind(id) {
            Kind::Assign {
                target: Some(target),
                value,
                ..
            } => {
                if let Kind::Member { object, property, .. } = script.kind(*target)
                    && is_state(script, *object)
                {
                    found.push((property.to_string(), id, *value));
                }
            }
            // `({ ...state, token: action.payload })`
            Kind::Object(properties) if is_next_state(script, properties) => {
                for property in properties {
                    if let Property::Named { key, value } = property {
                        found.push((key.to_string(), *value, *value));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether an expression is the state that a reducer is handed.
fn is_state(script: &Script, expression: ExpressionId) -> bool {
    let Kind::Local(name) = script.kind(expression) else {
        return false;
    };
    script.name(*name).definitions.iter().any(|definition| {
        definition.path.is_empty() && matches!(definition.source, DefinitionSource::Parameter(_, 0))
    })
}

fn is_next_state(script: &Script, properties: &[Property]) -> bool {
    properties
        .iter()
        .any(|property| matches!(property, Property::Spread(spread) if is_state(script, *spread)))
}
