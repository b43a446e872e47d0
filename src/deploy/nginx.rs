//! nginx configurations: servers, [locations](https://nginx.org/en/docs/http/ngx_http_core_module.html#location),
//! [`proxy_pass`](https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass), rewrites, upstreams.
//!
//! No crate that reads this format keeps lines and is maintained; its grammar is words, `;` and braces.

use super::Source;
use super::interpolation::references;
use super::proxy::{Action, Matching, Route, Server, split_url};
use crate::source::location::Finding;

/// Nesting beyond this is refused.
const MAX_DEPTH: usize = 32;

/// Whether a file of this lower-case name in this folder may be an nginx configuration; its content decides.
pub(super) fn is_nginx_name(name: &str, folder: &str) -> bool {
    let is_conf = [".conf", ".conf.template", ".conf.tmpl", ".nginx", ".conf.j2"]
        .iter()
        .any(|end| name.ends_with(end));
    let is_site = name.contains("nginx") && !name.contains("dockerfile") && !name.contains('.');
    is_conf || is_site || folder.ends_with("sites-available") || folder.ends_with("sites-enabled")
}

/// A directive with its block, if it has one.
#[derive(Debug)]
struct Directive {
    line: u32,
    words: Vec<String>,
    block: Vec<Directive>,
}

impl Directive {
    fn name(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    fn argument(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }
}

pub(super) fn read(source: Source<'_>, findings: &mut Vec<Finding>) -> Vec<Server> {
    let is_nginx = ["server", "location", "upstream", "http"]
        .iter()
        .any(|word| source.text.contains(word));
    if !is_nginx || !source.text.contains('{') {
        return Vec::new();
    }
    let mut tokens = tokens(source.text);
    let mut problem = None;
    let top = block(&mut tokens, 0, &mut problem);
    let mut servers = Vec::new();
    let mut upstreams = Vec::new();
    collect(&top, &mut upstreams, &mut servers);
    let mut found: Vec<Server> = servers
        .into_iter()
        .map(|server| self::server(server, &upstreams, source))
        .collect();
    if let Some(first) = found.first_mut() {
        shared_references(&top, source, &mut first.references);
    }
    if let Some(line) = problem.filter(|_| !found.is_empty()) {
        let message = "A block of the nginx configuration is not closed, or nested too deeply.".to_owned();
        findings.push(source.finding(line, "invalid-nginx", message, None));
    }
    found
}

/// Servers anywhere, and the first server of each upstream by its name.
fn collect<'a>(
    directives: &'a [Directive],
    upstreams: &mut Vec<(&'a str, &'a str)>,
    servers: &mut Vec<&'a Directive>,
) {
    for directive in directives {
        match directive.name() {
            "server" if !directive.block.is_empty() => servers.push(directive),
            "upstream" => {
                let first = directive.block.iter().find(|inner| inner.name() == "server");
                upstreams.extend(first.map(|first| (directive.argument(1), first.argument(1))));
            }
            _ => collect(&directive.block, upstreams, servers),
        }
    }
}

fn server(directive: &Directive, upstreams: &[(&str, &str)], source: Source<'_>) -> Server {
    let mut server = Server {
        software: "nginx",
        location: source.at(directive.line),
        ..Server::default()
    };
    let mut rewrites = Vec::new();
    for inner in &directive.block {
        match inner.name() {
            "listen" => server.listen.push(inner.words[1..].join(" ")),
            "server_name" => server.names.extend(inner.words[1..].iter().cloned()),
            "rewrite" => rewrites.push((inner.argument(1).to_owned(), inner.argument(2).to_owned())),
            _ => {}
        }
        for word in &inner.words {
            server.references.extend(template(word, source, inner.line));
        }
    }
    locations(&directive.block, &rewrites, upstreams, source, &mut server);
    server
}

/// Variables of what all servers share: upstreams, maps, the main context.
fn shared_references(
    directives: &[Directive],
    source: Source<'_>,
    found: &mut Vec<super::setting::Reference>,
) {
    for directive in directives {
        if directive.name() == "server" && !directive.block.is_empty() {
            continue;
        }
        for word in &directive.words {
            found.extend(template(word, source, directive.line));
        }
        shared_references(&directive.block, source, found);
    }
}

/// Variables of a template that the official image fills in at the start.
fn template(word: &str, source: Source<'_>, line: u32) -> Vec<super::setting::Reference> {
    let mut found = references(word, &source.at(line));
    // What nginx itself knows is in lower case.
    found.retain(|reference| word.contains("${") && reference.name.chars().all(|c| !c.is_ascii_lowercase()));
    found
}

fn locations(
    directives: &[Directive],
    outer: &[(String, String)],
    upstreams: &[(&str, &str)],
    source: Source<'_>,
    server: &mut Server,
) {
    for directive in directives
        .iter()
        .filter(|directive| directive.name() == "location")
    {
        let (matching, path) = match directive.argument(1) {
            "=" => (Matching::Exact, directive.argument(2)),
            "^~" => (Matching::PreferredPrefix, directive.argument(2)),
            "~" => (Matching::Regex, directive.argument(2)),
            "~*" => (Matching::RegexIgnoringCase, directive.argument(2)),
            path => (Matching::Prefix, path),
        };
        let mut route = Route {
            matching,
            path: path.to_owned(),
            rewrites: outer.to_vec(),
            location: source.at(directive.line),
            ..Route::default()
        };
        for inner in &directive.block {
            apply(inner, &mut route, upstreams);
            for word in &inner.words {
                server.references.extend(template(word, source, inner.line));
            }
        }
        // A named location is reached from others only.
        if !path.starts_with('@') {
            server.routes.push(route);
        }
        locations(&directive.block, outer, upstreams, source, server);
    }
}

fn apply(directive: &Directive, route: &mut Route, upstreams: &[(&str, &str)]) {
    match directive.name() {
        "proxy_pass" | "grpc_pass" | "uwsgi_pass" => {
            let (mut origin, path) = split_url(directive.argument(1));
            let host = origin
                .split_once("://")
                .map_or(origin.as_str(), |(_, host)| host)
                .to_owned();
            if let Some((_, server)) = upstreams.iter().find(|(name, _)| *name == host) {
                origin = origin.replace(&host, server);
            }
            route.action = Action::Proxy { origin, path };
        }
        "rewrite" => route
            .rewrites
            .push((directive.argument(1).to_owned(), directive.argument(2).to_owned())),
        "return" if directive.argument(1).starts_with('3') => {
            route.action = Action::Redirect(directive.argument(2).to_owned());
        }
        "proxy_set_header" if directive.argument(1).eq_ignore_ascii_case("upgrade") => {
            route.is_websocket = true
        }
        "try_files" if route.action == Action::Files => {
            let last = directive.words.last().filter(|last| last.starts_with('/'));
            route.action = last.map_or(Action::Files, |last| Action::Rewrite(last.clone()));
        }
        _ => {}
    }
}

/// A word, or one of `;`, `{`, `}` outside of quotes.
enum Token {
    Word(String),
    Mark(char),
}

fn tokens(text: &str) -> std::vec::IntoIter<(u32, Token)> {
    let mut tokens = Vec::new();
    let mut characters = text.chars().peekable();
    let mut line = 1;
    while let Some(character) = characters.next() {
        match character {
            '\n' => line += 1,
            '#' => while characters.next_if(|c| *c != '\n').is_some() {},
            ';' | '{' | '}' => tokens.push((line, Token::Mark(character))),
            '"' | '\'' => {
                let start = line;
                let mut word = String::new();
                while let Some(inner) = characters.next() {
                    match inner {
                        '\\' => word.extend(characters.next()),
                        c if c == character => break,
                        c => {
                            line += u32::from(c == '\n');
                            word.push(c);
                        }
                    }
                }
                tokens.push((start, Token::Word(word)));
            }
            c if c.is_whitespace() => {}
            c => {
                let mut word = String::from(c);
                let mut braces = 0;
                while let Some(next) = characters.peek().copied() {
                    // `${NAME}` and the `{2}` of an expression belong to the word.
                    match next {
                        '{' if word.ends_with('$') => braces += 1,
                        '}' if braces > 0 => braces -= 1,
                        ';' | '{' | '}' => break,
                        c if c.is_whitespace() => break,
                        _ => {}
                    }
                    word.push(next);
                    characters.next();
                }
                tokens.push((line, Token::Word(word)));
            }
        }
    }
    tokens.into_iter()
}

fn block(
    tokens: &mut std::vec::IntoIter<(u32, Token)>,
    depth: usize,
    problem: &mut Option<u32>,
) -> Vec<Directive> {
    let mut directives = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut start = 0;
    let mut last = 0;
    while let Some((line, token)) = tokens.next() {
        last = line;
        match token {
            Token::Word(word) => {
                if words.is_empty() {
                    start = line;
                }
                words.push(word);
            }
            Token::Mark('}') if depth > 0 => return directives,
            Token::Mark('}') => {}
            Token::Mark('{') if depth >= MAX_DEPTH => {
                *problem = problem.or(Some(line));
                return directives;
            }
            Token::Mark(mark) => {
                let block = if mark == '{' {
                    block(tokens, depth + 1, problem)
                } else {
                    Vec::new()
                };
                if !words.is_empty() {
                    let words = std::mem::take(&mut words);
                    directives.push(Directive {
                        line: start,
                        words,
                        block,
                    });
                }
            }
        }
    }
    if depth > 0 {
        *problem = problem.or(Some(last));
    }
    directives
}
