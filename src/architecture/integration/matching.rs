//! Which operation a call of the frontend arrives at.

use super::{
    address::{Address, HOLE, Host, is_local, readable},
    backend_address::{BackendAddress, DEFAULT_PORT},
    forwarding::Forwarding,
    router::{Answer, Router},
};
use crate::{
    architecture::model::{Application, FrontendCall, OperationReference},
    source::location::Location,
    web::network::NetworkCall,
};

/// Everything between frontend and backend.
#[derive(Debug, Default)]
pub struct Network<'a> {
    /// Servers that pass requests on, the one that developers use first.
    pub forwardings: Vec<Forwarding<'a>>,
    /// Where the applications are reached.
    pub backends: Vec<BackendAddress>,
}

/// Finds what answers calls.
pub struct Matcher<'a> {
    routers: Vec<Router<'a>>,
    network: &'a Network<'a>,
    /// The port that is taken for the backend's where none is known.
    assumed_port: Option<u16>,
}

/// A request on its way.
#[derive(Clone, Debug)]
struct Arrival<'a> {
    path: String,
    proxy: Option<&'a Location>,
    /// Places in [`Matcher::routers`] of the applications that it may arrive at; the reason where there is none.
    applications: Result<Vec<usize>, String>,
    assumption: Option<String>,
}

impl<'a> Matcher<'a> {
    /// A matcher for the applications of a tree.
    #[must_use]
    pub fn new(applications: &'a [Application], network: &'a Network<'a>, calls: &[NetworkCall]) -> Self {
        let mut matcher = Self {
            routers: applications.iter().map(Router::new).collect(),
            network,
            assumed_port: None,
        };
        matcher.assumed_port = matcher.assume_port(calls);
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
        let asks_default = calls.iter().any(|call| {
            let Some(address) = Address::parse(&call.url) else {
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

    /// Where a call arrives.
    #[must_use]
    pub fn call(&self, call: &NetworkCall) -> FrontendCall {
        let mut found = FrontendCall {
            location: call.location.clone(),
            kind: call.kind.clone(),
            method: call.method.clone(),
            url: call.url.clone(),
            function: call.function.clone(),
            through: call.through.clone(),
            interval: call.interval,
            reads: call.reads.clone(),
            interactions: call.interactions.clone(),
            ..FrontendCall::default()
        };
        if call.kind == "socket.io" {
            found.reason = Some("socket.io has a protocol of its own".to_owned());
            return found;
        }
        let Some(address) = Address::parse(&call.url) else {
            found.reason = Some("no server answers such an address".to_owned());
            return found;
        };
        if address.host == Host::Unknown && address.path.trim_matches(['/', HOLE]).is_empty() {
            found.reason = Some(
                call.reason
                    .clone()
                    .unwrap_or_else(|| "the address is not known".to_owned()),
            );
            return found;
        }
        let mut refusal: Option<FrontendCall> = None;
        for arrival in self.arrivals(call, &address) {
            let mut attempt = found.clone();
            self.arrive(&arrival, &address, &mut attempt);
            if attempt.endpoint.is_some() || !attempt.alternatives.is_empty() {
                return attempt;
            }
            refusal.get_or_insert(attempt);
        }
        refusal.unwrap_or(found)
    }

    /// The ways of a request, one for each server that may be asked.
    fn arrivals(&self, call: &NetworkCall, address: &Address) -> Vec<Arrival<'_>> {
        let path = address.path.clone();
        match &address.host {
            Host::Named(host, port) => {
                let here = self.listening(host, *port);
                if !here.is_empty() {
                    let mut ways = self.forwarded(&path, &here);
                    if ways.is_empty() {
                        ways.push(self.at_backend(path, None, None));
                    }
                    return ways;
                }
                vec![self.at_host(host, *port, path, None)]
            }
            Host::Own => {
                let serving = self.serving(&call.location.file);
                let mut ways = self.forwarded(&path, &serving);
                if ways.is_empty() {
                    ways.push(self.at_backend(path, None, None));
                }
                ways
            }
            Host::Unknown => {
                let assumption = "The host in front of the path is not known and taken for the backend's.";
                // Where it is the page's own, the proxies come in between.
                let serving = self.serving(&call.location.file);
                let mut ways = vec![self.at_backend(path.clone(), None, Some(assumption.to_owned()))];
                ways.extend(self.forwarded(&path, &serving));
                ways
            }
        }
    }

    fn serving(&self, file: &str) -> Vec<&Forwarding<'a>> {
        self.network
            .forwardings
            .iter()
            .filter(|forwarding| forwarding.serves(file))
            .collect()
    }

    /// Servers that pass requests on and listen on a local port.
    fn listening(&self, host: &str, port: Option<u16>) -> Vec<&Forwarding<'a>> {
        let is_backend = self.network.backends.iter().any(|backend| {
            port.is_some_and(|port| backend.ports.contains(&port))
                || backend.hosts.iter().any(|own| own == host)
        });
        if is_backend || !is_local(host) {
            return vec![];
        }
        let listens =
            |forwarding: &&Forwarding<'a>| port.is_some_and(|port| forwarding.ports.contains(&port));
        self.network.forwardings.iter().filter(listens).collect()
    }

    fn forwarded<'f>(&'f self, path: &str, servers: &[&'f Forwarding<'a>]) -> Vec<Arrival<'f>> {
        servers
            .iter()
            .filter_map(|forwarding| {
                let (origin, passed) = (forwarding.pass)(path)?;
                let address = Address::parse(&origin)?;
                Some(match address.host {
                    Host::Named(host, port) => self.at_host(&host, port, passed, Some(&forwarding.location)),
                    Host::Own | Host::Unknown => {
                        let assumption = format!(
                            "What {} passes requests on to is not known and taken for the backend.",
                            forwarding.software
                        );
                        self.at_backend(passed, Some(&forwarding.location), Some(assumption))
                    }
                })
            })
            .collect()
    }

    fn at_backend<'f>(
        &self,
        path: String,
        proxy: Option<&'f Location>,
        assumption: Option<String>,
    ) -> Arrival<'f> {
        Arrival {
            path,
            proxy,
            applications: Ok((0..self.routers.len()).collect()),
            assumption,
        }
    }

    fn at_host<'f>(
        &self,
        host: &str,
        port: Option<u16>,
        path: String,
        proxy: Option<&'f Location>,
    ) -> Arrival<'f> {
        let (applications, assumption) = self.served_at(host, port);
        Arrival {
            path,
            proxy,
            applications,
            assumption,
        }
    }

    /// The applications that a host and port may be.
    fn served_at(&self, host: &str, port: Option<u16>) -> (Result<Vec<usize>, String>, Option<String>) {
        let place = match port {
            Some(port) if !matches!(port, 80 | 443) => format!("{host}:{port}"),
            _ => host.to_owned(),
        };
        let index = |backend: &BackendAddress| {
            self.routers
                .iter()
                .position(|router| router.application.name == backend.application)
        };
        let backends = &self.network.backends;
        let named: Vec<usize> = backends
            .iter()
            .filter(|backend| backend.hosts.iter().any(|own| own == host))
            .filter_map(index)
            .collect();
        if !named.is_empty() {
            return (Ok(named), None);
        }
        if !is_local(host) {
            // A name without a dot is one of a container network.
            if host.contains('.') || backends.iter().any(|backend| !backend.hosts.is_empty()) {
                return (Err(format!("another service: {place}")), None);
            }
            let assumption = format!("The host `{place}` is not declared and taken for the backend's.");
            return (Ok((0..self.routers.len()).collect()), Some(assumption));
        }
        let on_port: Vec<usize> = backends
            .iter()
            .filter(|backend| port.is_some_and(|port| backend.ports.contains(&port)))
            .filter_map(index)
            .collect();
        if !on_port.is_empty() {
            return (Ok(on_port), None);
        }
        if let Some(assumed) = self.assumed_port
            && port != Some(assumed)
        {
            return (Err(format!("another service: {place}")), None);
        }
        let unknown: Vec<usize> = (0..self.routers.len())
            .filter(|index| {
                let name = &self.routers[*index].application.name;
                !backends
                    .iter()
                    .any(|backend| backend.application == *name && !backend.ports.is_empty())
            })
            .collect();
        if unknown.is_empty() {
            let known: Vec<String> = backends
                .iter()
                .flat_map(|backend| &backend.ports)
                .map(u16::to_string)
                .collect();
            let reason = format!(
                "another service: {place}; the backend listens on {}",
                known.join(", ")
            );
            return (Err(reason), None);
        }
        let assumption = format!("No command names the backend's port; `{place}` is taken for it.");
        (Ok(unknown), Some(assumption))
    }

    fn arrive(&self, arrival: &Arrival<'_>, address: &Address, call: &mut FrontendCall) {
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
        let mut reason: Option<String> = None;
        for router in applications.iter().map(|index| &self.routers[*index]) {
            match router.answer(&call.method, &arrival.path) {
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
                    let words = match call.method.as_str() {
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
        if address.host == Host::Unknown && self.arrive_by_end(applications, &arrival.path, call) {
            return;
        }
        call.reason = Some(reason.unwrap_or_else(|| "there is no application".to_owned()));
        call.nearest = self.nearest(applications, &call.method, &arrival.path);
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
