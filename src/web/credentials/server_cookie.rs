//! Cookies as the servers of frameworks hand them to what answers a request:
//! <https://svelte.dev/docs/kit/@sveltejs-kit#Cookies>, <https://nextjs.org/docs/app/api-reference/functions/cookies>.

use crate::web::values::{Evaluator, External, Origin, ParameterValue, Site, Value};

/// Functions that cookies are handed through, one after the other.
const MAX_HANDED: u32 = 4;

/// The method of the cookies of a request that a parameter is: `({ cookies }) => cookies.get`.
pub(super) fn of_parameter(evaluator: &Evaluator<'_>, parameter: &ParameterValue) -> Option<String> {
    let (method, holder) = parameter.members.split_last()?;
    let holder = ParameterValue {
        members: holder.to_vec(),
        ..parameter.clone()
    };
    are_cookies(evaluator, &holder, 0).then(|| method.to_string())
}

/// Whether a parameter is the cookies of a request, or what holds them is handed over by every function in between.
fn are_cookies(evaluator: &Evaluator<'_>, parameter: &ParameterValue, depth: u32) -> bool {
    let is_own = parameter.index == 0
        && matches!(parameter.members.as_slice(), [last] | [_, last] if last == "cookies")
        && answers_requests(&evaluator.project.module(parameter.module).file);
    if is_own || depth >= MAX_HANDED {
        return is_own;
    }
    let callers = evaluator.callers(parameter.module, parameter.function);
    callers.iter().any(|caller| {
        let arguments = evaluator.arguments_of(&caller.site);
        let Some(argument) = arguments.get(parameter.index as usize) else {
            return false;
        };
        let values = evaluator.values_at(&Site {
            expression: argument.value,
            ..caller.site.clone()
        });
        values.iter().any(|value| match value {
            Value::Parameter(outer) => {
                let members = [outer.members.as_slice(), parameter.members.as_slice()].concat();
                let outer = ParameterValue {
                    members,
                    ..outer.clone()
                };
                are_cookies(evaluator, &outer, depth + 1)
            }
            _ => false,
        })
    })
}

/// Whether functions of a file answer requests on the server of SvelteKit
/// (<https://svelte.dev/docs/kit/routing#server>, <https://svelte.dev/docs/kit/hooks>).
fn answers_requests(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    ["+server.", "+page.server.", "+layout.server.", "hooks.server."]
        .iter()
        .any(|start| name.starts_with(start))
}

/// Whether something is the cookies that Next gives: `cookies()`, `response.cookies`.
pub(super) fn is_of_next(external: &External) -> bool {
    let is_next = external.package().is_some_and(|(package, _)| package == "next");
    let is_given = |external: &External| match &external.origin {
        Origin::Result { callee, .. } => callee.path() == "cookies",
        _ => false,
    };
    let Some((_, holder)) = external.members.split_last() else {
        return false;
    };
    is_next
        && (holder.last().is_some_and(|last| last == "cookies") || holder.is_empty() && is_given(external))
}
