//! What a frontend asks of servers.

mod address;
mod call;
mod generated;
mod page;
mod payload;
mod reads;
mod request;
mod served;
mod timer;
mod unused;
mod wrapper;

use serde::Serialize;

use super::interaction::Interaction;
use crate::source::location::Location;

pub(crate) use address::{PAGE_HOST_NAME, readable_value};
pub use call::calls;

#[cfg(test)]
mod tests;

/// One call over the network.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NetworkCall {
    /// Where it is called: of a wrapper, where the wrapper is called.
    pub location: Location,
    /// By what: `fetch`, `axios`, `websocket`, `eventsource`, `xhr`, `socket.io`, the name of a client's package.
    pub kind: String,
    /// Upper-case; `WS` for a WebSocket, `SSE` for server-sent events; `?` where it is not known.
    pub method: String,
    /// The address as written at the place of the call.
    pub written: String,
    /// The address as far as it is known, holes as `${expression}`; without the part in front of the path where that is
    /// the page's own origin.
    pub url: String,
    /// The variable of the environment that the address begins with, where it does.
    pub base_variable: Option<String>,
    /// The same path on other hosts, where a condition of the build or of the page decides between them.
    pub other_urls: Vec<String>,
    /// The file of the frontend that is served at the path, if one is.
    pub file: Option<String>,
    /// The name of the route whose address the server puts in, where it does: `url_for('read_item')`.
    pub route: Option<String>,
    /// Whether it is a link, an image or the like, which may lead to a page or a file as well as to an endpoint.
    pub is_link: bool,
    /// Whether a script sends the browser there, by `location`, `window.open` or a link that it makes.
    pub is_navigation: bool,
    /// Whether a loader of three.js makes it, which a file may answer as well as an endpoint.
    pub is_asset: bool,
    /// Whether a page says it, in its markup or a script of its own, so that it goes where the page comes from.
    pub is_in_page: bool,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// The wrappers that it goes through, the outermost first.
    pub through: Vec<Location>,
    /// Names of the top-level fields of the body that is sent, where they are known; `...` stands for others that are not.
    pub body_fields: Vec<String>,
    /// Fields of the response that are read, dotted, in alphabetical order.
    pub reads: Vec<String>,
    /// Names of headers that are sent, where they are known.
    pub headers: Vec<String>,
    /// Milliseconds between two calls, where it is called by a timer.
    pub interval: Option<u64>,
    /// Why the address is not known, if it is not.
    pub reason: Option<String>,
    /// Why it is never made, without full stop: nobody uses the function that it stands in.
    pub unused: Option<String>,
    /// What leads to it, and what its result changes.
    pub interactions: Vec<Interaction>,
}
