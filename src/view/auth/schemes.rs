//! Security schemes of an application.

use serde_json::Value as Json;

use crate::{
    architecture::{integration::auth::token_operations, model::Application},
    markdown::{Block, Inline, Item, Table},
    view::{operation, show},
};

/// More open operations than this are put behind a line that opens them.
const OPEN: usize = 8;

/// A security scheme and what asks for it.
#[derive(Clone, Debug)]
pub(in crate::view) struct Scheme {
    pub(in crate::view) name: String,
    /// In words, e.g. `OAuth2, password`.
    pub(in crate::view) kind: String,
    /// Where a request holds it, e.g. `Authorization: Bearer`.
    pub(in crate::view) carrier: String,
    /// Whether the carrier is a header, a cookie or part of the address.
    pub(in crate::view) place: &'static str,
    /// `METHOD /path` of the operations that give it.
    pub(in crate::view) given_by: Vec<String>,
    /// How many operations ask for it.
    pub(in crate::view) operations: usize,
}

/// The security schemes of an application, in alphabetical order.
pub(in crate::view) fn schemes(application: &Application) -> Vec<Scheme> {
    let operations = operation::operations(application);
    let tokens = token_operations(application);
    let of_scheme = |(name, scheme): &(String, Json)| {
        let text = |key: &str| scheme.get(key).and_then(Json::as_str).unwrap_or_default();
        let (kind, carrier, place, is_given) = match (text("type"), text("scheme")) {
            ("oauth2", _) => {
                let flows = scheme.get("flows").and_then(Json::as_object);
                let names: Vec<String> = flows.into_iter().flatten().map(|(name, _)| words(name)).collect();
                (
                    format!("OAuth2, {}", names.join(" and ")),
                    "Authorization: Bearer".to_owned(),
                    "header",
                    true,
                )
            }
            ("http", "basic") => (
                "HTTP Basic".to_owned(),
                "Authorization: Basic".to_owned(),
                "header",
                false,
            ),
            ("http", other) => {
                let word = capital(other);
                (
                    format!("HTTP {word}"),
                    format!("Authorization: {word}"),
                    "header",
                    true,
                )
            }
            ("apiKey", _) => {
                let place = match text("in") {
                    "cookie" => "cookie",
                    "query" => "query parameter",
                    _ => "header",
                };
                (
                    "API key".to_owned(),
                    text("name").to_owned(),
                    place,
                    place == "cookie",
                )
            }
            ("openIdConnect", _) => (
                "OpenID Connect".to_owned(),
                "Authorization: Bearer".to_owned(),
                "header",
                false,
            ),
            (other, _) => (other.to_owned(), String::new(), "header", false),
        };
        let given_by = if is_given {
            tokens
                .iter()
                .map(|(method, path)| format!("{method} {path}"))
                .collect()
        } else {
            vec![]
        };
        Scheme {
            name: name.clone(),
            kind,
            carrier,
            place,
            given_by,
            operations: operations
                .iter()
                .filter(|operation| operation.endpoint.security.iter().any(|(own, _)| own == name))
                .count(),
        }
    };
    application.security_schemes.iter().map(of_scheme).collect()
}

/// `clientCredentials` as `client credentials`.
fn words(flow: &str) -> String {
    let mut out = String::new();
    for letter in flow.chars() {
        if letter.is_ascii_uppercase() {
            out.push(' ');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

pub(super) fn table(schemes: &[Scheme], application: &Application) -> Block {
    if schemes.is_empty() {
        return show::sentence("The application declares no security scheme.");
    }
    let all = operation::operations(application).len();
    let mut table = Table::new(["Scheme", "Credential", "Given by", "Operations"]);
    for scheme in schemes {
        table.row([
            Inline::lines([Inline::code(&scheme.name), Inline::text(&scheme.kind)]),
            Inline::join(" ", [Inline::code(&scheme.carrier), Inline::text(scheme.place)]),
            Inline::lines(scheme.given_by.iter().map(Inline::code)),
            Inline::text(format!("{} of {all}", scheme.operations)),
        ]);
    }
    Block::table(&table)
}

/// Operations that ask for no scheme.
pub(super) fn open_operations(application: &Application) -> Block {
    let operations = operation::operations(application);
    let open: Vec<Item> = operations
        .iter()
        .filter(|operation| operation.endpoint.security.is_empty())
        .map(|operation| Item::new(Inline::code(operation.title())))
        .collect();
    if application.security_schemes.is_empty() || open.is_empty() {
        return Block::default();
    }
    let verb = if open.len() == 1 { "asks" } else { "ask" };
    let sentence = format!("{} {verb} for no scheme", show::counted(open.len(), "operation"));
    if open.len() > OPEN {
        return Block::details(&sentence, &Block::bullets(&open));
    }
    Block::sequence([show::sentence(format!("{sentence}:")), Block::bullets(&open)])
}
