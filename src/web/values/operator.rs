//! What operators and template strings give.

use ecow::EcoString;

use super::{
    Environment, Evaluator, Site, Text, Value, Values,
    evaluator::{MAX_VALUES, add_all},
};
use crate::web::{project::ModuleId, syntax::tree::ExpressionId};

impl Evaluator<'_> {
    pub(super) fn template(
        &self,
        module: ModuleId,
        texts: &[EcoString],
        holes: &[ExpressionId],
        environment: &Environment,
    ) -> Values {
        let mut results = vec![Text::default()];
        for (index, text) in texts.iter().enumerate() {
            for result in &mut results {
                result.push_literal(text);
            }
            if let Some(hole) = holes.get(index) {
                let site = Site {
                    module,
                    expression: *hole,
                    environment: environment.clone(),
                };
                results = combine(&results, &self.texts(&site));
            }
        }
        results.into_iter().map(Value::Text).collect()
    }

    pub(super) fn binary(
        &self,
        module: ModuleId,
        operator: &str,
        left: ExpressionId,
        right: ExpressionId,
        environment: &Environment,
    ) -> Values {
        let lefts = self.evaluate(module, left, environment);
        let rights = self.evaluate(module, right, environment);
        if let ([Value::Number(left)], [Value::Number(right)]) = (lefts.as_slice(), rights.as_slice()) {
            return number(operator, *left, *right).into_iter().collect();
        }
        match operator {
            "+" => {
                let is_text = |values: &[Value]| {
                    values
                        .iter()
                        .any(|value| matches!(value, Value::Text(_) | Value::File(_)))
                };
                if !is_text(&lefts) && !is_text(&rights) {
                    return vec![];
                }
                let site = |expression| Site {
                    module,
                    expression,
                    environment: environment.clone(),
                };
                combine(&self.texts(&site(left)), &self.texts(&site(right)))
                    .into_iter()
                    .map(Value::Text)
                    .collect()
            }
            "===" | "==" | "!==" | "!=" => {
                let ([left], [right]) = (lefts.as_slice(), rights.as_slice()) else {
                    return vec![];
                };
                match (is_plain(left) && is_plain(right)).then_some(left == right) {
                    Some(equal) => vec![Value::Boolean(equal == operator.starts_with('='))],
                    None => vec![],
                }
            }
            _ => vec![],
        }
    }
}

/// Every string of the first followed by every string of the second.
fn combine(firsts: &[Text], seconds: &[Text]) -> Vec<Text> {
    let mut results = vec![];
    for first in firsts {
        for second in seconds {
            let mut text = first.clone();
            text.push(second);
            if results.len() < MAX_VALUES && !results.contains(&text) {
                results.push(text);
            }
        }
    }
    results
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.as_literal().is_some(),
        Value::Number(_) | Value::Boolean(_) | Value::Null | Value::Undefined => true,
        _ => false,
    }
}

fn number(operator: &str, left: f64, right: f64) -> Option<Value> {
    Some(match operator {
        "+" => Value::Number(left + right),
        "-" => Value::Number(left - right),
        "*" => Value::Number(left * right),
        "/" => Value::Number(left / right),
        "%" => Value::Number(left % right),
        "**" => Value::Number(left.powf(right)),
        "<" => Value::Boolean(left < right),
        ">" => Value::Boolean(left > right),
        "<=" => Value::Boolean(left <= right),
        ">=" => Value::Boolean(left >= right),
        "===" | "==" => Value::Boolean((left - right).abs() < f64::EPSILON),
        "!==" | "!=" => Value::Boolean((left - right).abs() >= f64::EPSILON),
        _ => return None,
    })
}

pub(super) fn unary(operator: &str, operands: &[Value]) -> Values {
    let [operand] = operands else {
        return vec![];
    };
    match (operator, operand) {
        ("-", Value::Number(number)) => vec![Value::Number(-number)],
        ("+", Value::Number(number)) => vec![Value::Number(*number)],
        ("!", value) => value
            .truthiness()
            .map(|truth| Value::Boolean(!truth))
            .into_iter()
            .collect(),
        ("void", _) => vec![Value::Undefined],
        _ => vec![],
    }
}

/// `||`, `??` give the left unless it counts as absent, `&&` gives the right unless the left is falsy.
pub(super) fn logical(operator: &str, lefts: Values, right: impl Fn() -> Values) -> Values {
    if operator == "&&" {
        return if lefts.iter().all(|value| value.truthiness() == Some(false)) && !lefts.is_empty() {
            lefts
        } else {
            right()
        };
    }
    let is_absent = |value: &Value| match operator {
        "??" => matches!(value, Value::Null | Value::Undefined),
        _ => value.truthiness() == Some(false),
    };
    let is_present = |value: &Value| value.truthiness() == Some(true) || operator == "??" && is_plain(value);
    let was_unknown = lefts.is_empty();
    let may_be_absent = lefts.is_empty() || lefts.iter().any(is_absent);
    let mut values: Values = lefts.into_iter().filter(|value| !is_absent(value)).collect();
    if may_be_absent || !values.iter().all(is_present) {
        let rights = right();
        // `id ?? ''` of something that is not known is not the empty string.
        let is_empty = |value: &Value| value.as_literal().is_some_and(|text| text.is_empty());
        if values.is_empty() && was_unknown && rights.iter().all(is_empty) {
            values.push(Value::Unknown);
        }
        add_all(&mut values, rights);
    }
    values
}
