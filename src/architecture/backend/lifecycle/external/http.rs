//! HTTP clients: the method and the address.

use super::{Call, is_lower, text};
use crate::architecture::backend::lifecycle::words;

const CLIENTS: &[&str] = &["httpx", "requests", "aiohttp", "urllib3", "httpx_oauth"];

/// Clients of one service; their calls are named rather than addressed.
const SERVICES: &[&str] = &[
    "openai",
    "anthropic",
    "stripe",
    "twilio",
    "slack_sdk",
    "github",
    "gitlab",
    "google",
    "googleapiclient",
    "supabase",
    "cohere",
    "mistralai",
    "groq",
    "ollama",
    "replicate",
    "huggingface_hub",
    "litellm",
];

const VERBS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options"];

/// What a call sends, if anything; absent for a call of another library.
pub(super) fn effect(call: &Call<'_>) -> Option<Option<String>> {
    if CLIENTS.contains(&call.top()) && !call.path.contains(&"web") {
        return Some(addressed(call));
    }
    if call.top() == "urllib" && call.last() == "urlopen" {
        return Some(Some(words::cut(&format!("GET {}", address(call, 0)), 90)));
    }
    if !SERVICES.contains(&call.top()) || call.path.starts_with(&["google", "cloud"]) {
        return None;
    }
    let names_call = is_lower(call.last()) && (call.awaited || call.path.len() > 2) && call.is_method();
    Some(names_call.then(|| words::call(&call.made.source)))
}

fn addressed(call: &Call<'_>) -> Option<String> {
    let (method, position) = match call.last() {
        verb if VERBS.contains(&verb) => (verb.to_uppercase(), 0),
        "request" | "stream" => {
            let method = call
                .argument(0, "method")
                .and_then(text)
                .unwrap_or_else(|| "request".into());
            (method, 1)
        }
        "send" if call.is_method() => return Some(call.short()),
        "ws_connect" => ("connect".to_owned(), 0),
        _ => return None,
    };
    // Headers, cookies and the like have a `get` too.
    let is_client = call.receivers().all(|made| {
        let name = made
            .callee
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .trim_end_matches("()");
        !VERBS.contains(&name) && !matches!(name, "request" | "send" | "json")
    });
    let is_direct = call.path.iter().rev().nth(1).is_some_and(|owner| {
        owner.starts_with(char::is_uppercase)
            || matches!(*owner, "requests" | "httpx" | "api" | "session" | "request")
    });
    if !is_client || !is_direct {
        return None;
    }
    Some(words::cut(&format!("{method} {}", address(call, position)), 90))
}

/// The address as far as it is known, below the client's base.
fn address(call: &Call<'_>, position: usize) -> String {
    let given = call.argument(position, "url");
    let path = given.and_then(text).unwrap_or_else(|| {
        let written = words::parts(&call.made.source).map_or("", |(_, arguments)| arguments);
        let first = written.split(',').nth(position).unwrap_or_default().trim();
        if first.is_empty() || first.contains('=') {
            "…".to_owned()
        } else {
            format!("{{{first}}}")
        }
    });
    if path.contains("://") || path.starts_with('{') {
        return path;
    }
    let base = call
        .receivers()
        .find_map(|made| made.arguments.keyword("base_url").and_then(text));
    match base {
        Some(base) => format!("{}/{}", base.trim_end_matches('/'), path.trim_start_matches('/')),
        None => path,
    }
}
