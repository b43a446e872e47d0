//! Under which hosts and ports an application is reached.

/// Where an application is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackendAddress {
    /// [`Application::name`](crate::architecture::model::Application::name).
    pub application: String,
    /// Ports that it listens on or that are published for it; empty where none is known.
    pub ports: Vec<u16>,
    /// Names of its container, and public host names.
    pub hosts: Vec<String>,
}

/// The port of [uvicorn](https://www.uvicorn.org/settings/#socket-binding) and of `fastapi run` without a setting.
pub const DEFAULT_PORT: u16 = 8000;

/// The ports that a line with a server command names; the default one where it names none.
#[must_use]
pub fn ports(command: &str) -> Vec<u16> {
    let words: Vec<&str> = command
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '[' | ']' | '(' | ')' | '='))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = vec![];
    let mut is_named = false;
    for pair in words.windows(2) {
        let [name, value] = pair else { continue };
        let number = match *name {
            "--port" | "-p" | "port" => {
                is_named = true;
                digits(value)
            }
            "--bind" | "-b" | "bind" => {
                is_named = true;
                value.rsplit(':').next().and_then(digits)
            }
            _ => None,
        };
        if let Some(number) = number
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    // `--port $PORT` may be any.
    if found.is_empty() && !is_named {
        found.push(DEFAULT_PORT);
    }
    found
}

/// A number, or the default of a shell's `${PORT:-8000}`.
fn digits(word: &str) -> Option<u16> {
    let word = word.trim_matches('`');
    let word = match word.split_once(":-") {
        Some((_, default)) => default.trim_end_matches('}'),
        None => word,
    };
    word.parse().ok()
}
