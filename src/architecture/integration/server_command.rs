//! Commands and calls that start a server, and the ports that they name.

/// The port of [uvicorn](https://www.uvicorn.org/settings/#socket-binding) and of `fastapi run` without a setting.
pub const DEFAULT_PORT: u16 = 8000;

/// Programs that serve an application, and calls of them in Python.
const SERVERS: [&str; 7] = [
    "uvicorn ",
    "uvicorn\"",
    "uvicorn.run(",
    "gunicorn",
    "hypercorn",
    "granian",
    "fastapi ",
];

/// Lines that one statement may take.
const MAX_LINES: usize = 30;

/// The statements of a text that name a server, each on one line: what a backslash or an open bracket continues is joined.
#[must_use]
pub fn statements(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = vec![];
    for (index, line) in lines.iter().enumerate() {
        if !SERVERS.iter().any(|server| line.contains(server)) {
            continue;
        }
        let mut statement = String::new();
        for line in lines[index..].iter().take(MAX_LINES) {
            let line = line.trim();
            statement.push_str(line.trim_end_matches('\\'));
            if !line.ends_with('\\') && open_brackets(&statement) <= 0 {
                break;
            }
            statement.push(' ');
        }
        found.push(statement);
    }
    found
}

fn open_brackets(text: &str) -> i32 {
    text.chars()
        .map(|character| match character {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        })
        .sum()
}

/// The ports that a statement of a text names; the default one where it names none.
#[must_use]
pub fn ports(statement: &str, text: &str) -> Vec<u16> {
    let words: Vec<&str> = statement
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '[' | ']' | '(' | ')' | '='))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = vec![];
    let mut is_named = false;
    for (index, name) in words.iter().enumerate() {
        let value = words.get(index + 1).copied();
        let numbers = match *name {
            "--port" | "-p" | "port" => value.map(|value| port(value, &words[index + 1..], text)),
            "--bind" | "-b" | "bind" => value.map(|value| {
                // `0.0.0.0:"$PORT"`
                let last = match value.rsplit(':').next().unwrap_or(value) {
                    "" => words.get(index + 2).copied().unwrap_or_default(),
                    last => last,
                };
                digits(last).into_iter().collect()
            }),
            _ => None,
        };
        let Some(numbers) = numbers else { continue };
        is_named = true;
        for number in numbers {
            if !found.contains(&number) {
                found.push(number);
            }
        }
    }
    // `--port $PORT` may be any.
    if found.is_empty() && !is_named {
        found.push(DEFAULT_PORT);
    }
    found
}

/// What `--port` is given: a number, a variable of the same text, or a variable of the environment with its default.
fn port(word: &str, words: &[&str], text: &str) -> Vec<u16> {
    if let Some(number) = digits(word) {
        return vec![number];
    }
    if matches!(
        word,
        "int" | "os.getenv" | "os.environ.get" | "environ.get" | "getenv"
    ) {
        let default = words.iter().take(4).find_map(|word| digits(word));
        return default.into_iter().collect();
    }
    let name = word.trim_matches(['$', '{', '}']);
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if name.is_empty() || !is_name {
        return vec![];
    }
    let mut found = vec![];
    for number in text.lines().filter_map(|line| assigned(line, name)) {
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// The number that a line gives a name: `PORT=8080`, `PORT="${PORT:-8080}"`, `ENV PORT 8080`, `port: int = 8080,`.
fn assigned(line: &str, name: &str) -> Option<u16> {
    let line = line.trim().trim_start_matches("export ");
    let (declared, rest) = match line.strip_prefix("ENV ").or_else(|| line.strip_prefix("ARG ")) {
        Some(line) => line.split_once([' ', '='])?,
        None => line.split_once('=')?,
    };
    let declared = declared.split(':').next().unwrap_or(declared).trim();
    if declared.rsplit([' ', '(']).next() != Some(name) {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let numbers = rest.split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok()).next_back()
}

/// A number, or the default of a shell's `${PORT:-8000}` or `${PORT-8000}`.
pub(super) fn digits(word: &str) -> Option<u16> {
    let word = word.trim_matches('`');
    let word = match word.strip_suffix('}').and_then(|word| word.rsplit_once('-')) {
        Some((_, default)) => default,
        None => word,
    };
    word.parse().ok()
}
