//! Caddyfiles: what [`reverse_proxy`](https://caddyserver.com/docs/caddyfile/directives/reverse_proxy) passes on, also
//! inside `handle`, `handle_path` and `route`.

use super::Source;
use super::proxy::{Action, Matching, Route, Server};

/// A block that is open: the path it is about and whether it takes that path off.
#[derive(Clone, Default)]
struct Open {
    path: Option<String>,
    is_stripped: bool,
}

pub(super) fn read(source: Source<'_>) -> Vec<Server> {
    let mut servers: Vec<Server> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let number = index as u32 + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let opens = words.last() == Some(&"{");
        match words.as_slice() {
            ["}"] => {
                open.pop();
                continue;
            }
            addresses if opens && open.is_empty() && addresses.len() > 1 => servers.push(Server {
                software: "Caddy",
                names: addresses[..addresses.len() - 1]
                    .iter()
                    .map(|name| name.trim_matches(',').to_owned())
                    .collect(),
                location: source.at(number),
                ..Server::default()
            }),
            ["reverse_proxy", rest @ ..] => {
                let outer = open
                    .iter()
                    .rev()
                    .find(|block| block.path.is_some())
                    .cloned()
                    .unwrap_or_default();
                let (path, target) = match rest {
                    [path, target, ..] if path.starts_with('/') => (Some((*path).to_owned()), *target),
                    [target, ..] => (outer.path, *target),
                    [] => continue,
                };
                let Some(server) = servers.last_mut() else {
                    continue;
                };
                let stripped = outer.is_stripped.then(|| "/:splat".to_owned());
                server.routes.push(Route {
                    matching: Matching::Pattern,
                    path: path.unwrap_or_else(|| "/*".to_owned()),
                    action: Action::Proxy {
                        origin: origin(target),
                        path: stripped,
                    },
                    // Caddy passes upgrades on by itself.
                    is_websocket: true,
                    location: source.at(number),
                    ..Route::default()
                });
            }
            _ => {}
        }
        if opens {
            let path = words
                .get(1)
                .filter(|path| path.starts_with('/'))
                .map(|path| (*path).to_owned());
            let is_handler = matches!(words[0], "handle" | "handle_path" | "route");
            open.push(Open {
                path: path.filter(|_| is_handler),
                is_stripped: words[0] == "handle_path",
            });
        }
    }
    servers
}

fn origin(target: &str) -> String {
    if target.contains("://") {
        target.to_owned()
    } else {
        format!("http://{target}")
    }
}
