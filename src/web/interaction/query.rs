//! What libraries make of functions that ask a server: queries and mutations.

use ecow::EcoString;

use super::handed::Place;
use crate::web::{
    syntax::tree::ExpressionKind as Kind,
    values::{Evaluator, External, Value},
};

/// What a library makes of a function that asks a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Query {
    /// Asked when the component is shown, and again when the key changes.
    Watched,
    /// Asked when `mutate` is called.
    Mutation,
    /// Asked at once.
    Fetch,
}

/// What kind of query a function makes (<https://tanstack.com/query/latest/docs/framework/react/overview>,
/// <https://swr.vercel.app/docs/mutation>).
pub(super) fn query(callee: &External) -> Option<Query> {
    let (package, _) = callee.package()?;
    let is_tanstack =
        package.starts_with("@tanstack/") && package.ends_with("-query") || package == "react-query";
    let name = callee.members.last()?.as_str();
    match name {
        "useSWR" | "useSWRImmutable" | "default" if package == "swr" => Some(Query::Watched),
        "useSWRMutation" if package == "swr" => Some(Query::Mutation),
        _ if !is_tanstack => None,
        "useMutation" | "createMutation" => Some(Query::Mutation),
        "fetchQuery" | "prefetchQuery" | "ensureQueryData" | "fetchInfiniteQuery" => Some(Query::Fetch),
        _ if name.ends_with("Query") || name.ends_with("Queries") => Some(Query::Watched),
        _ => None,
    }
}

/// The calls of `mutate` and `mutateAsync` of what a call gives.
pub(super) fn mutations(evaluator: &Evaluator<'_>, (module, expression): Place) -> Vec<Place> {
    let uses = evaluator.uses(module, expression).iter();
    uses.filter(|used| {
        let last = used.members.last().map(EcoString::as_str);
        matches!(last, Some("mutate" | "mutateAsync" | "trigger"))
    })
    .map(|used| (used.site.module, used.site.expression))
    .collect()
}

/// The library's function that a call calls.
pub(super) fn external_callee(evaluator: &Evaluator<'_>, (module, expression): Place) -> Option<External> {
    let (Kind::Call { callee, .. } | Kind::New { callee, .. }) =
        evaluator.project.script(module).kind(expression)
    else {
        return None;
    };
    let values = evaluator.values(module, *callee);
    values.into_iter().find_map(|value| match value {
        Value::External(external) => Some(external),
        _ => None,
    })
}
