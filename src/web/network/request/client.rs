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
            // <https://axios.nuxtjs.org/usage>
            _ if members.first().is_some_and(|first| first == "$axios") && is_nuxt_context(maker) => {
                let member = member.strip_prefix("$axios.").unwrap_or_default();
                self.client("axios", member.trim_start_matches('$'), &[])
            }
            "@angular/core" if maker.members.last().is_some_and(|last| last == "inject") => {
                let given = self.options_of(made);
                let is_client =
                    |value: &Value| matches!(value, Value::External(external) if is_http_client(external));
                given
                    .iter()
                    .any(is_client)
                    .then(|| self.angular(&member))
                    .flatten()
            }
            "openapi-fetch" => self.typed(&member, &options),
            "openapi-react-query" => self.typed_hook(&member, &options),
            "swr-openapi" if members.is_empty() => {
                let mut request = self.fixed("openapi-fetch", "GET", 0)?;
                request.addresses = self.behind_client(&options, &request.addresses);
                Some(request)
            }
            "@vueuse/core"
                if members.is_empty() && maker.members.last().is_some_and(|last| last == "createFetch") =>
            {
                self.created(made)
            }
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

    /// `instance.defaults.baseURL = …`, and what the functions of its interceptors set
    /// (<https://axios-http.com/docs/interceptors>).
    pub(super) fn set_later(&self, made: &Site, request: &mut Request) {
        for used in self.evaluator.uses(made.module, made.expression) {
            let members: Vec<&str> = used.members.iter().map(EcoString::as_str).collect();
            let UseKind::Write(value) = used.kind else {
                if members == ["interceptors", "request", "use"] {
                    self.headers_set(&used.site, &mut request.header_names);
                    if let Some(rewritten) = self.rewritten(&used.site) {
                        request.addresses = joined(&self.prefixes(&self.options_of(made)), &rewritten);
                    }
                    let bases = self.intercepted(&used.site);
                    if !bases.is_empty() {
                        request.addresses = joined(&bases, &request.addresses);
                    }
                }
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

    /// `axios.defaults.baseURL = …` anywhere.
    fn default_bases(&self, package: &str) -> Vec<Text> {
        let mut bases = vec![];
        for (module, object, value) in self.evaluator.assignments_to("baseURL") {
            let objects = self.evaluator.values(module, object);
            let is_default = |value: &Value| match value {
                Value::External(external) if external.origin == Origin::Global => {
                    external.path() == format!("{package}.defaults")
                }
                Value::External(external) => external.of_package(package).as_deref() == Some("defaults"),
                _ => false,
            };
            if objects.iter().any(is_default) {
                bases.extend(self.evaluator.texts(&Site::alone(module, value)));
            }
        }
        bases
    }

    /// <https://angular.dev/guide/http/making-requests>
    pub(super) fn angular(&self, member: &str) -> Option<Request> {
        match member {
            "get" | "delete" | "head" | "options" => self.by_verb("angular", member, None, 1),
            "post" | "put" | "patch" => self.by_verb("angular", member, Some(1), 2),
            "request" => {
                let mut request = self.fixed("angular", "?", 1)?;
                let methods = self.texts(0);
                request.methods = methods
                    .iter()
                    .map(|method| {
                        method
                            .as_literal()
                            .map_or("?".into(), |method| method.to_uppercase())
                    })
                    .collect();
                Some(request)
            }
            _ => None,
        }
    }

    /// What an instance puts in front of paths.
    fn prefixes(&self, instance: &[Value]) -> Vec<Text> {
        let names = ["baseURL", "prefixUrl", "prefix", "baseUrl"];
        names
            .iter()
            .flat_map(|name| self.option_texts(instance, name))
            .collect()
    }

    /// A client in the manner of axios: <https://axios-http.com/docs/api_intro>.
    pub(super) fn client(&self, package: &str, member: &str, instance: &[Value]) -> Option<Request> {
        let mut bases = self.prefixes(instance);
        if bases.is_empty() && instance.is_empty() {
            bases = self.default_bases(package);
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
        if package == "superagent" {
            self.continued(&mut request);
        }
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
        request.addresses = joined(&self.bases(&options), &request.addresses);
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
        Some(Request {
            kind: package.into(),
            methods: self.methods(&first, "GET"),
            addresses: joined(&self.bases(&first), &urls),
            written: urls.first().map(|url| url.display().into()).unwrap_or_default(),
            body: self.body(&first),
            headers: self.options(&first, "headers"),
            ..Request::default()
        })
    }

    /// `$api.useQuery('get', '/items/{id}', …)` around a client of openapi-fetch
    /// (<https://openapi-ts.dev/openapi-react-query/>).
    fn typed_hook(&self, member: &str, clients: &[Value]) -> Option<Request> {
        if !matches!(
            member,
            "useQuery" | "useMutation" | "useSuspenseQuery" | "useInfiniteQuery" | "queryOptions"
        ) {
            return None;
        }
        let mut request = self.fixed("openapi-fetch", "?", 1)?;
        let methods = self.texts(0).into_iter().filter_map(|method| method.as_literal());
        request.methods = methods.map(|method| method.to_uppercase()).collect();
        request.addresses = self.behind_client(clients, &request.addresses);
        Some(request)
    }

    /// The paths of a typed client behind what the client stands in front of them.
    fn behind_client(&self, clients: &[Value], paths: &[Text]) -> Vec<Text> {
        let mut bases = vec![];
        for client in clients {
            if let Some(made) = client.site() {
                bases.extend(self.option_texts(&self.options_of(made), "baseUrl"));
            }
        }
        let paths: Vec<Text> = paths.iter().map(address::with_holes).collect();
        joined(&bases, &paths)
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

/// `useContext()` and `useNuxtApp()`: what they give holds what plugins put there.
fn is_nuxt_context(maker: &External) -> bool {
    maker
        .members
        .last()
        .is_some_and(|last| last == "useContext" || last == "useNuxtApp")
}

/// The class of <https://angular.dev/api/common/http/HttpClient>.
fn is_http_client(external: &External) -> bool {
    external.of_package("@angular/common").as_deref() == Some("HttpClient")
}
