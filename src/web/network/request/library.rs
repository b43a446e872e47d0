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
            "@vueuse/core" if path == "useFetch" => {
                let mut request = self.with_options("vueuse", 0, 1)?;
                self.continued(&mut request);
                Some(request)
            }
            "#imports" | "#app" | "nuxt/app" | "ofetch"
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
            "superagent" if self.arguments.len() > 1 && matches!(path, "default" | "superagent") => {
                let mut request = self.fixed(package, "?", 1)?;
                let methods = self.texts(0).into_iter().filter_map(|method| method.as_literal());
                request.methods = methods.map(|method| method.to_uppercase()).collect();
                self.continued(&mut request);
                Some(request)
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
