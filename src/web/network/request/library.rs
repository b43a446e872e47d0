//! Functions of libraries.

use super::{CLIENTS, Reader, Request};
use crate::web::values::Text;

impl Reader<'_, '_> {
    pub(super) fn library(&self, package: &str, path: &str) -> Option<Request> {
        match package {
            "node-fetch" | "cross-fetch" | "isomorphic-fetch" | "undici" | "whatwg-fetch" | "electron"
                if matches!(path, "default" | "fetch" | "net.fetch") =>
            {
                self.with_options("fetch", 0, 1)
            }
            "#imports" | "#app" | "nuxt/app" | "@vueuse/core" | "ofetch"
                if matches!(path, "$fetch" | "ofetch" | "useFetch" | "useLazyFetch") =>
            {
                self.with_options("ofetch", 0, 1)
            }
            "@microsoft/fetch-event-source" if path == "fetchEventSource" => self.with_options(package, 0, 1),
            "react-use-websocket" => self.fixed(package, "WS", 0),
            "@vueuse/core" if path == "useWebSocket" => self.fixed(package, "WS", 0),
            "@vueuse/core" if path == "useEventSource" => self.fixed(package, "SSE", 0),
            "socket.io-client" if matches!(path, "io" | "default" | "connect" | "io.connect") => {
                self.socket_io()
            }
            "jquery" => self.jquery(path),
            "@angular/common" => self.angular(path.strip_prefix("HttpClient.")?),
            // Without a fetcher of its own it is that of the configuration.
            "swr" if matches!(path, "default" | "useSWR") && self.arguments.len() == 1 => {
                let request = self.fixed("swr", "GET", 0)?;
                request.addresses.iter().any(Text::has_literal).then_some(request)
            }
            _ if CLIENTS.contains(&package) => {
                let member = if matches!(path, "default" | "axios" | "ky" | "got") {
                    ""
                } else {
                    path
                };
                let member = member.strip_prefix(&format!("{package}.")).unwrap_or(member);
                self.client(package, member, &[])
            }
            _ => None,
        }
    }
}
