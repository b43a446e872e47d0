//! Numbers within limits.

use serde_json::{Map, Value as Json};

/// The limits of a number; [OpenAPI 3.0](https://spec.openapis.org/oas/v3.0.3#schema-object) writes exclusive ones as a flag.
struct Limits {
    least: Option<(f64, bool)>,
    most: Option<(f64, bool)>,
    step: Option<f64>,
}

impl Limits {
    fn of(map: &Map<String, Json>) -> Self {
        let side = |inclusive: &str, exclusive: &str, narrower: fn(f64, f64) -> bool| {
            let number = |key: &str| map.get(key).and_then(Json::as_f64);
            let is_flagged = map.get(exclusive) == Some(&Json::Bool(true));
            match (number(inclusive), number(exclusive)) {
                (Some(limit), Some(open)) if narrower(limit, open) => Some((limit, false)),
                (_, Some(open)) => Some((open, true)),
                (Some(limit), None) => Some((limit, is_flagged)),
                (None, None) => None,
            }
        };
        Self {
            least: side("minimum", "exclusiveMinimum", |limit, open| limit > open),
            most: side("maximum", "exclusiveMaximum", |limit, open| limit < open),
            step: map
                .get("multipleOf")
                .and_then(Json::as_f64)
                .filter(|step| *step > 0.0),
        }
    }

    fn admit(&self, number: f64) -> bool {
        let above = self
            .least
            .is_none_or(|(limit, open)| if open { number > limit } else { number >= limit });
        let below = self
            .most
            .is_none_or(|(limit, open)| if open { number < limit } else { number <= limit });
        above && below
    }
}

/// Whether a number is within the limits of a schema and a multiple of what it asks for.
pub(super) fn fits(map: &Map<String, Json>, number: f64) -> bool {
    let limits = Limits::of(map);
    let is_multiple = limits.step.is_none_or(|step| {
        let times = number / step;
        (times - times.round()).abs() < 1e-9 * times.abs().max(1.0)
    });
    limits.admit(number) && is_multiple
}

/// The `nth` integer of those that fit.
pub(super) fn integer(map: &Map<String, Json>, nth: usize) -> Option<Json> {
    let limits = Limits::of(map);
    let step = limits.step.filter(|step| step.fract() == 0.0).unwrap_or(1.0);
    let first = first(map, &limits, step)?;
    let number = first + step * index(nth);
    // Beyond 2^53 a float no longer tells neighbours apart.
    (fits(map, number) && number.abs() < 9e15).then(|| Json::from(number as i64))
}

/// The `nth` number of those that fit.
pub(super) fn number(map: &Map<String, Json>, nth: usize) -> Option<Json> {
    let limits = Limits::of(map);
    let step = limits.step.unwrap_or(1.0);
    let number = match first(map, &limits, step) {
        Some(first) => rounded(first + step * index(nth), step),
        None => {
            // No multiple of the step fits, so the limits are close: between them.
            let ((least, _), (most, _)) = (limits.least?, limits.most?);
            least + (most - least) * (1.0 + index(nth)) / (2.0 + index(nth))
        }
    };
    fits(map, number).then(|| Json::from(number))
}

/// One where it fits, else the multiple of the step that is nearest to a limit.
fn first(map: &Map<String, Json>, limits: &Limits, step: f64) -> Option<f64> {
    if fits(map, 1.0) {
        return Some(1.0);
    }
    let start = match (limits.least, limits.most) {
        (Some((least, _)), _) => (least / step).ceil(),
        (None, Some((most, _))) => (most / step).floor(),
        (None, None) => 1.0,
    };
    [start, start + 1.0, start - 1.0]
        .into_iter()
        .map(|times| rounded(times * step, step))
        .find(|number| limits.admit(*number))
}

/// Without the trace of binary fractions: as many decimals as the step has.
fn rounded(number: f64, step: f64) -> f64 {
    let decimals = step
        .to_string()
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    format!("{number:.decimals$}").parse().unwrap_or(number)
}

fn index(nth: usize) -> f64 {
    u32::try_from(nth).map_or(0.0, f64::from)
}
