//! The ways that a request may take: which servers it passes and at which applications it arrives.

use super::{
    address::{Address, Host, is_local},
    backend_address::BackendAddress,
    deployed_host::is_of_private_network,
    forwarding::Forwarding,
    matching::Matcher,
    route_handler::PassedOn,
};
use crate::{source::location::Location, web::network::NetworkCall};

/// A request on its way.
#[derive(Clone, Debug)]
pub(super) struct Arrival<'a> {
    /// The method that it arrives with; none where that is the one of the call.
    pub(super) method: Option<String>,
    /// The path that it arrives with.
    pub(super) path: String,
    /// What passes it on.
    pub(super) proxy: Option<&'a Location>,
    /// Places in [`Matcher::routers`] of the applications that it may arrive at; the reason where there is none.
    pub(super) applications: Result<Vec<usize>, String>,
    /// What is believed without proof.
    pub(super) assumption: Option<String>,
    /// Whether it is a request of its own that a route handler of the frontend makes: all of them arrive.
    pub(super) is_asked_by_handler: bool,
}

/// Whether an address begins with a variable of the environment.
fn is_setting(url: &str) -> bool {
    ["${import.meta.env", "${process.env", "${env."]
        .iter()
        .any(|setting| url.starts_with(setting))
}

impl<'a> Matcher<'a> {
    /// The ways of a request, one for each server that may be asked.
    pub(super) fn arrivals(&self, call: &NetworkCall, address: &Address) -> Vec<Arrival<'_>> {
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
                let handled = self.handled(call, &path);
                if !handled.is_empty() {
                    return handled;
                }
                let serving = self.serving(&call.location.file);
                let mut ways = self.forwarded(&path, &serving);
                // A link within an application that another server serves leads to that application.
                let stays = call.is_link && (!call.is_in_page || !serving.is_empty());
                if ways.is_empty() && !stays {
                    ways.push(self.at_backend(path, None, None));
                }
                ways
            }
            // Whatever may stand in front of a link, unless a setting says the host.
            Host::Unknown if call.is_link && !call.is_navigation && !is_setting(&call.url) => vec![],
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

    /// The ways of a request that a route handler of the frontend answers.
    fn handled(&self, call: &NetworkCall, path: &str) -> Vec<Arrival<'_>> {
        let handlers = self.network.handlers.iter();
        let own = handlers.filter(|handler| handler.serves(&call.location.file));
        // What says more of the path is asked first.
        let found = own
            .filter_map(|handler| Some((handler, handler.parameters(path)?)))
            .min_by(|(one, _), (other, _)| one.by_exactness(other));
        let Some((handler, parameters)) = found else {
            return vec![];
        };
        let passed = handler.passed_on(&call.method, &parameters);
        if passed.is_empty() {
            let assumption = format!(
                "`{}` answers, and no request of its own is known: the path is taken for the backend's.",
                handler.location.file
            );
            return vec![self.at_backend(path.to_owned(), Some(&handler.location), Some(assumption))];
        }
        passed
            .into_iter()
            .map(|PassedOn { method, address }| {
                let proxy = Some(&handler.location);
                let arrival = match address.host {
                    Host::Named(host, port) => self.at_host(&host, port, address.path, proxy),
                    Host::Own | Host::Unknown => {
                        let assumption = format!(
                            "What `{}` asks is not known and taken for the backend.",
                            handler.location.file
                        );
                        self.at_backend(address.path, proxy, Some(assumption))
                    }
                };
                Arrival {
                    method,
                    is_asked_by_handler: true,
                    ..arrival
                }
            })
            .collect()
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
            method: None,
            path,
            proxy,
            applications: Ok((0..self.routers.len()).collect()),
            assumption,
            is_asked_by_handler: false,
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
            method: None,
            path,
            proxy,
            applications,
            assumption,
            is_asked_by_handler: false,
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
        if self.deployed_hosts.contains(host) {
            let assumption = format!("`{place}` is asked for paths of the backend and taken for it.");
            return (Ok((0..self.routers.len()).collect()), Some(assumption));
        }
        if !is_local(host) && !is_of_private_network(host) {
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
            let mut known: Vec<String> = vec![];
            for port in backends.iter().flat_map(|backend| &backend.ports) {
                let port = port.to_string();
                if !known.contains(&port) {
                    known.push(port);
                }
            }
            let reason = format!(
                "another service: {place}; the backend listens on {}",
                known.join(", ")
            );
            return (Err(reason), None);
        }
        let assumption = format!("No command names the backend's port; `{place}` is taken for it.");
        (Ok(unknown), Some(assumption))
    }
}
