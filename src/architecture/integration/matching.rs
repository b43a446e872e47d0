//! Which operation a call of the frontend arrives at.

use std::collections::BTreeSet;

use super::{
    address::{Address, HOLE, Host, is_local, readable},
    arrival::Arrival,
    backend_address::BackendAddress,
    base_setting,
    deployed_host::deployed_hosts,
    forwarding::Forwarding,
    route_handler::RouteHandler,
    router::{Answer, Operation, Router},
    server_command::DEFAULT_PORT,
};
use crate::{
    architecture::model::{Application, FrontendCall, OperationReference},
    deploy::Deployment,
    web::{bundler::Pipeline, network::NetworkCall},
};

/// Everything between frontend and backend.
#[derive(Debug, Default)]
pub struct Network<'a> {
    /// Servers that pass requests on, the one that developers use first.
    pub forwardings: Vec<Forwarding<'a>>,
    /// Files of frontends that their own servers answer with.
    pub handlers: Vec<RouteHandler>,
    /// Where the applications are reached.
    pub backends: Vec<BackendAddress>,
    /// How the product is configured.
    pub deployment: Option<&'a Deployment>,
    /// How its frontends are built.
    pub pipelines: &'a [Pipeline],
}

/// Finds what answers calls.
pub struct Matcher<'a> {
    pub(super) routers: Vec<Router<'a>>,
    pub(super) network: &'a Network<'a>,
    /// The port that is taken for the backend's where none is known.
    pub(super) assumed_port: Option<u16>,
    /// Hosts whose paths are those of the applications.
    pub(super) deployed_hosts: BTreeSet<String>,
}

impl<'a> Matcher<'a> {
    /// A matcher for the applications of a tree.
    #[must_use]
    pub fn new(applications: &'a [Application], network: &'a Network<'a>, calls: &[NetworkCall]) -> Self {
        let mut matcher = Self {
            routers: applications.iter().map(Router::new).collect(),
            network,
            assumed_port: None,
            deployed_hosts: BTreeSet::new(),
        };
        matcher.assumed_port = matcher.assume_port(calls);
        matcher.deployed_hosts = deployed_hosts(&matcher.routers, calls);
        matcher
    }

    /// The routers, one for each application.
    #[must_use]
    pub fn routers(&self) -> &[Router<'a>] {
        &self.routers
    }

    /// Where several local ports are asked and no command says which is the backend's, the server's default is.
    fn assume_port(&self, calls: &[NetworkCall]) -> Option<u16> {
        if self
            .network
            .backends
            .iter()
            .any(|backend| !backend.ports.is_empty())
        {
            return None;
        }
        let urls = calls.iter().flat_map(|call| {
            let urls = std::iter::once(&call.url).chain(&call.other_urls);
            urls.map(move |url| (call, url))
        });
        let asks_default = urls.into_iter().any(|(call, url)| {
            let Some(address) = Address::parse(url) else {
                return false;
            };
            let mut origins = vec![];
            match &address.host {
                Host::Named(host, port) => origins.push((host.clone(), *port)),
                _ => {
                    for forwarding in self
                        .network
                        .forwardings
                        .iter()
                        .filter(|f| f.serves(&call.location.file))
                    {
                        if let Some((origin, _)) = (forwarding.pass)(&address.path)
                            && let Some(Host::Named(host, port)) = Address::parse(&origin).map(|a| a.host)
                        {
                            origins.push((host, port));
                        }
                    }
                }
            }
            origins
                .iter()
                .any(|(host, port)| is_local(host) && *port == Some(DEFAULT_PORT))
        });
        asks_default.then_some(DEFAULT_PORT)
    }

    /// Where a call arrives: at one operation, or at each that a route handler of the frontend asks for it.
    #[must_use]
    pub fn call(&self, call: &NetworkCall) -> Vec<FrontendCall> {
        let mut found = FrontendCall {
            location: call.location.clone(),
            kind: call.kind.clone(),
            method: call.method.clone(),
            url: call.url.clone(),
            function: call.function.clone(),
            through: call.through.clone(),
            interval: call.interval,
            unused: call.unused.clone(),
            reads: call.reads.clone(),
            interactions: call.interactions.clone(),
            ..FrontendCall::default()
        };
        if call.kind == "socket.io" {
            found.reason = Some("socket.io has a protocol of its own".to_owned());
            return vec![found];
        }
        if let Some(route) = &call.route {
            self.named(route, &mut found);
            return vec![found];
        }
        if let Some(configured) = self.configured(call, &found) {
            return vec![configured];
        }
        // Of hosts that a condition decides between, the backend's is the one that answers.
        let mut refusal: Option<FrontendCall> = None;
        for url in std::iter::once(&call.url).chain(&call.other_urls) {
            match self.attempt(call, url, &found) {
                Ok(answered) => return answered,
                // That the backend has no such path says more than that another service is asked.
                Err(refused) => {
                    if refusal
                        .as_ref()
                        .is_none_or(|refusal| refusal.path.is_empty() && !refused.path.is_empty())
                    {
                        refusal = Some(*refused);
                    }
                }
            }
        }
        vec![refusal.unwrap_or(found)]
    }

    /// Where a call arrives with what configuration says of the variable that its address begins with.
    fn configured(&self, call: &NetworkCall, found: &FrontendCall) -> Option<FrontendCall> {
        let completed = base_setting::completed(call, self.network.deployment?, self.network.pipelines);
        let mut refusal = None;
        for completed in completed {
            let attempt = self.attempt(call, &completed.url, found);
            let mut attempt = match attempt {
                Ok(mut answered) => answered.swap_remove(0),
                Err(refused) => *refused,
            };
            let (variable, file) = (call.base_variable.as_deref()?, &completed.location.file);
            attempt.assumption = Some(format!("`{variable}` is what `{file}` says."));
            if attempt.endpoint.is_some() {
                return Some(attempt);
            }
            // That another service is asked may be true of one deployment only.
            if !attempt.path.is_empty() {
                refusal.get_or_insert(attempt);
            }
        }
        refusal
    }

    /// What `url_for` gives the address of (<https://www.starlette.io/routing/#reverse-url-lookups>): the first route that has
    /// the name.
    fn named(&self, route: &str, call: &mut FrontendCall) {
        let operations = self.routers.iter().flat_map(|router| &router.operations);
        let method = if call.method == "SSE" {
            "GET"
        } else {
            call.method.as_str()
        };
        let of_name: Vec<&Operation<'_>> = operations
            .filter(|operation| operation.endpoint.is_some_and(|endpoint| endpoint.name == route))
            .collect();
        match of_name
            .iter()
            .find(|operation| operation.reference.method == method)
        {
            Some(operation) => {
                call.path.clone_from(&operation.reference.path);
                call.endpoint = Some(operation.reference.clone());
            }
            None if of_name.is_empty() => call.reason = Some(format!("no route is named `{route}`")),
            None => {
                let methods: Vec<&str> = of_name
                    .iter()
                    .map(|operation| operation.reference.method.as_str())
                    .collect();
                call.reason = Some(format!("405: this path answers {}", methods.join(", ")));
            }
        }
    }

    /// Where a call arrives with one of its addresses; the call with the reason where nothing answers.
    fn attempt(
        &self,
        call: &NetworkCall,
        url: &str,
        found: &FrontendCall,
    ) -> Result<Vec<FrontendCall>, Box<FrontendCall>> {
        let mut found = FrontendCall {
            url: url.to_owned(),
            ..found.clone()
        };
        let Some(address) = Address::parse(url) else {
            found.reason = Some("no server answers such an address".to_owned());
            return Err(Box::new(found));
        };
        if address.host == Host::Unknown && address.path.trim_matches(['/', HOLE]).is_empty() {
            found.reason = Some(
                call.reason
                    .clone()
                    .unwrap_or_else(|| "the address is not known".to_owned()),
            );
            return Err(Box::new(found));
        }
        let mut refusal: Option<FrontendCall> = None;
        let mut answered: Vec<FrontendCall> = vec![];
        for arrival in self.arrivals(call, &address) {
            let mut attempt = found.clone();
            self.arrive(
                &arrival,
                &address,
                call.is_navigation || call.is_asset,
                &mut attempt,
            );
            if attempt.endpoint.is_none() && attempt.alternatives.is_empty() {
                let is_unknown = attempt
                    .reason
                    .as_ref()
                    .is_some_and(|reason| reason.starts_with("404"));
                if let Some(file) = call.file.as_ref().filter(|_| is_unknown) {
                    attempt.reason = Some(format!("a file of the frontend: {file}"));
                    attempt.nearest = None;
                }
                refusal.get_or_insert(attempt);
                continue;
            }
            let is_new = |known: &FrontendCall| {
                (&known.endpoint, &known.alternatives) != (&attempt.endpoint, &attempt.alternatives)
            };
            if answered.iter().all(is_new) {
                answered.push(attempt);
            }
            if !arrival.is_asked_by_handler {
                break;
            }
        }
        if answered.is_empty() {
            return Err(Box::new(refusal.unwrap_or(found)));
        }
        Ok(answered)
    }

    fn arrive(&self, arrival: &Arrival<'_>, address: &Address, is_whole: bool, call: &mut FrontendCall) {
        call.proxy = arrival.proxy.cloned();
        let applications = match &arrival.applications {
            Ok(applications) => applications,
            Err(reason) => {
                call.reason = Some(reason.clone());
                return;
            }
        };
        call.path = readable(&arrival.path);
        call.assumption.clone_from(&arrival.assumption);
        let method = arrival.method.clone().unwrap_or_else(|| call.method.clone());
        let mut reason: Option<String> = None;
        for router in applications.iter().map(|index| &self.routers[*index]) {
            match router.answer(&method, &arrival.path) {
                Answer::Operation { index, via_redirect } => {
                    call.endpoint = Some(router.operations[index].reference.clone());
                    call.via_redirect = via_redirect;
                    return;
                }
                Answer::OneOf(indexes) => {
                    let references = indexes
                        .iter()
                        .map(|index| router.operations[*index].reference.clone());
                    call.alternatives = references.collect();
                    let words = match method.as_str() {
                        "?" => "the method is not known",
                        _ => "what stands in the hole decides",
                    };
                    call.reason = Some(words.to_owned());
                    return;
                }
                // That a path is there with another method says more than that it is not there.
                Answer::Nothing(words) => match &reason {
                    Some(known) if !words.starts_with("405") || known.starts_with("405") => {}
                    _ => reason = Some(words),
                },
            }
        }
        // Pages of the frontend end like operations, too.
        if address.host == Host::Unknown && !is_whole && self.arrive_by_end(applications, &arrival.path, call)
        {
            return;
        }
        call.reason = Some(reason.unwrap_or_else(|| "there is no application".to_owned()));
        call.nearest = self.nearest(applications, &method, &arrival.path);
    }

    /// What is not known in front of the path may hold the beginning of it.
    fn arrive_by_end(&self, applications: &[usize], path: &str, call: &mut FrontendCall) -> bool {
        let has_words = path
            .split('/')
            .any(|segment| !segment.is_empty() && !segment.contains(HOLE));
        let found = applications.iter().flat_map(|index| {
            let router = &self.routers[*index];
            let operations = router.ending_with(&call.method, path).into_iter();
            operations.map(move |index| &router.operations[index].reference)
        });
        let found: Vec<&OperationReference> = found.collect();
        if !has_words {
            return false;
        }
        match found.as_slice() {
            [] => return false,
            [only] => {
                call.assumption = Some(format!(
                    "What stands in front of the path is not known; `{}` alone ends like it.",
                    only.path
                ));
                call.endpoint = Some((*only).clone());
            }
            several => {
                call.assumption = None;
                call.reason = Some("what stands in front of the path decides".to_owned());
                call.alternatives = several.iter().map(|reference| (*reference).clone()).collect();
            }
        }
        true
    }

    /// The operation that is most like a path: the same path with another method, else the one with the fewest changes.
    fn nearest(&self, applications: &[usize], method: &str, path: &str) -> Option<OperationReference> {
        let readable = readable(path);
        let plain = |path: &str| -> String {
            let segments = path.split('/').map(|segment| {
                if segment.contains(['{', '…']) {
                    "*"
                } else {
                    segment
                }
            });
            segments.collect::<Vec<_>>().join("/")
        };
        let wanted = plain(&readable);
        let mut best: Option<(f64, &OperationReference)> = None;
        for router in applications.iter().map(|index| &self.routers[*index]) {
            for operation in &router.operations {
                let own = &operation.reference;
                if (own.method == "WS") != (method == "WS") {
                    continue;
                }
                let mut likeness = strsim::normalized_levenshtein(&wanted, &plain(&own.path));
                if own.method == method {
                    likeness += 0.05;
                }
                // The first of two that are equally near, so that the answer depends on order alone.
                if likeness >= 0.55 && best.is_none_or(|(found, _)| likeness > found) {
                    best = Some((likeness, own));
                }
            }
        }
        best.map(|(_, reference)| reference.clone())
    }
}
