//! Addresses with holes for what is not known.

use crate::web::network::PAGE_HOST_NAME;

/// Stands for one hole of a template string; of the private use area, so that no address has it.
pub const HOLE: char = '\u{E000}';

/// An address taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Where it goes.
    pub host: Host,
    /// The path, from its `/` on, holes as [`HOLE`]; without query and fragment.
    pub path: String,
}

/// The host of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// That of the page.
    Own,
    /// This one, with its port; that of the scheme if it names none.
    Named(String, Option<u16>),
    /// A hole stands for it.
    Unknown,
}

impl Address {
    /// Takes an address apart; nothing for one that no server answers, such as `data:`.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        // Where only the port is said, it is the machine that serves the page.
        let url = url.replace(&format!("{PAGE_HOST_NAME}:"), "localhost:");
        let masked = masked(url.trim());
        let end = masked.find(['?', '#']).unwrap_or(masked.len());
        let masked = &masked[..end];
        if ["data:", "blob:", "mailto:", "javascript:", "file:", "about:"]
            .iter()
            .any(|scheme| masked.starts_with(scheme))
        {
            return None;
        }
        let (scheme, rest) = match masked.split_once("://") {
            Some((scheme, rest)) => (scheme, rest),
            None => match masked.strip_prefix("//") {
                Some(rest) => ("", rest),
                None => return Some(Self::without_host(masked)),
            },
        };
        let start = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(start);
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        let host = if authority.starts_with(HOLE) {
            Host::Unknown
        } else {
            named(scheme, authority)
        };
        Some(Self {
            host,
            path: rooted(path),
        })
    }

    /// A hole in front of a slash stands for everything in front of the path.
    fn without_host(text: &str) -> Self {
        match text.strip_prefix(HOLE) {
            Some(rest) => Self {
                host: Host::Unknown,
                path: rooted(rest),
            },
            None => Self {
                host: Host::Own,
                path: rooted(text.trim_start_matches("./")),
            },
        }
    }
}

fn named(scheme: &str, authority: &str) -> Host {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && !port.ends_with(']') => (host, port.parse().ok()),
        _ => (
            authority,
            match scheme {
                "http" | "ws" => Some(80),
                "https" | "wss" => Some(443),
                _ => None,
            },
        ),
    };
    Host::Named(host.trim_matches(['[', ']']).to_ascii_lowercase(), port)
}

fn rooted(path: &str) -> String {
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

/// The text with each `${…}` as [`HOLE`].
fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        out.push_str(&rest[..start]);
        let (mut depth, mut end) = (0, rest.len());
        for (index, character) in rest[start..].char_indices() {
            match character {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        end = start + index + 1;
                        break;
                    }
                }
                _ => {}
            }
        }
        out.push(HOLE);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Whether a host means this machine.
#[must_use]
pub fn is_local(host: &str) -> bool {
    matches!(
        host,
        "localhost" | "127.0.0.1" | "0.0.0.0" | "::1" | "host.docker.internal"
    )
}

/// A path for a reader: holes as `${…}`.
#[must_use]
pub fn readable(path: &str) -> String {
    path.replace(HOLE, "${…}")
}
