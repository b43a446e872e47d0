//! Clients in the manner of axios, and typed ones.

use ecow::EcoString;

use super::{CLIENTS, Reader, Request, joined};
use crate::web::{
    network::address,
    values::{External, Origin, Site, Text, UseKind, Value, Values},
};

impl Reader<'_, '_> {
    /// A method of what a client's function made: `axios.create(…).get`.
    pub(super) fn of_instance(
        &self,
        maker: &External,
        made: &Site,
        members: &[EcoString],
    ) -> Option<Request> {
        let (package, _) = match maker.package() {
            Some((package, path)) => (package.as_str(), path.as_str()),
            None if maker.origin == Origin::Global => {
                (maker.members.first().map_or("", EcoString::as_str), "")
            }
            None => return None,
        };
        let member = members.join(".");
        let options = self.options_of(made);
        match package {
            "openapi-fetch" => self.typed(&member, &options),
            "$fetch" => self.client("ofetch", &member, &options),
            _ if CLIENTS.contains(&package) => {
                let makes = maker.members.last().is_some_and(|last| {
                    matches!(last.as_str(), "create" | "extend" | "instance" | "defaults")
                });
                if !makes {
                    return None;
                }
                let mut request = self.client(package, &member, &options)?;
                self.set_later(made, &mut request);
                Some(request)
            }
            _ => None,
        }
    }

    pub(super) fn options_of(&self, made: &Site) -> Values {
        let Some(first) = self.evaluator.arguments_of(made).first().copied() else {
            return vec![];
        };
        self.evaluator.values_at(&Site {
            expression: first.value,
            ..made.clone()
        })
    }

    /// `instance.defaults.baseURL = …`.
    pub(super) fn set_later(&self, made: &Site, request: &mut Request) {
        for used in self.evaluator.uses(made.module, made.expression) {
            let UseKind::Write(value) = used.kind else {
                continue;
            };
            if used
                .members
                .iter()
                .map(EcoString::as_str)
                .eq(["defaults", "baseURL"])
            {
                let bases = self.evaluator.texts(&Site {
                    expression: value,
                    ..used.site.clone()
                });
                request.addresses = joined(&bases, &self.texts(0));
            }
        }
    }

    /// A client in the manner of axios: <https://axios-http.com/docs/api_intro>.
    pub(super) fn client(&self, package: &str, member: &str, instance: &[Value]) -> Option<Request> {
        let mut bases = vec![];
        for name in ["baseURL", "prefixUrl", "prefix", "baseUrl"] {
            bases.extend(self.option_texts(instance, name));
        }
        let verb = member.trim_end_matches("Form");
        let mut request = match verb {
            "" | "request" | "stream" | "raw" => self.by_configuration(package)?,
            "get" | "delete" | "head" | "options" | "del" => self.by_verb(package, verb, None, 1)?,
            "post" | "put" | "patch" if package == "axios" || package == "redaxios" || package == "xior" => {
                self.by_verb(package, verb, Some(1), 2)?
            }
            "post" | "put" | "patch" => self.by_verb(package, verb, None, 1)?,
            _ => return None,
        };
        request.headers.extend(self.options(instance, "headers"));
        request.addresses = joined(&bases, &request.addresses);
        Some(request)
    }

    pub(super) fn by_verb(
        &self,
        package: &str,
        verb: &str,
        body: Option<usize>,
        options: usize,
    ) -> Option<Request> {
        let verb = if verb == "del" { "delete" } else { verb };
        let mut request = self.fixed(package, &verb.to_uppercase(), 0)?;
        let options = self.values(options);
        request.headers = self.options(&options, "headers");
        request.body = match body {
            Some(body) => self.values(body),
            None => self.body(&options),
        };
        let bases = self.option_texts(&options, "baseURL");
        request.addresses = joined(&bases, &request.addresses);
        Some(request)
    }

    /// `client(address, options)` or `client({ url, method })`.
    pub(super) fn by_configuration(&self, package: &str) -> Option<Request> {
        let first = self.values(0);
        let urls = self.option_texts(&first, "url");
        if urls.is_empty() {
            let is_object = |value: &Value| matches!(value, Value::Object(_));
            if first.iter().any(is_object) {
                return None;
            }
            return self.with_options(package, 0, 1);
        }
        let bases = self.option_texts(&first, "baseURL");
        Some(Request {
            kind: package.into(),
            methods: self.methods(&first, "GET"),
            addresses: joined(&bases, &urls),
            written: urls.first().map(|url| url.display().into()).unwrap_or_default(),
            body: self.body(&first),
            headers: self.options(&first, "headers"),
            interval: None,
        })
    }

    /// <https://openapi-ts.dev/openapi-fetch/api>
    pub(super) fn typed(&self, member: &str, instance: &[Value]) -> Option<Request> {
        let methods = [
            "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
        ];
        let method = methods.iter().find(|method| **method == member)?;
        let mut request = self.fixed("openapi-fetch", method, 0)?;
        let bases = self.option_texts(instance, "baseUrl");
        let addresses: Vec<Text> = request.addresses.iter().map(address::with_holes).collect();
        request.addresses = joined(&bases, &addresses);
        let options = self.values(1);
        request.body = self.body(&options);
        request.headers = self.options(&options, "headers");
        Some(request)
    }
}
