//! Hosts that a product is deployed at, told by what is asked there.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
};

use super::{
    address::{Address, HOLE, Host, is_local},
    router::{Answer, Router},
};
use crate::web::network::NetworkCall;

/// Domains that platforms give the applications that are deployed on them.
const PLATFORMS: [&str; 22] = [
    "onrender.com",
    "herokuapp.com",
    "railway.app",
    "fly.dev",
    "vercel.app",
    "netlify.app",
    "run.app",
    "appspot.com",
    "azurewebsites.net",
    "azurecontainerapps.io",
    "amazonaws.com",
    "awsapprunner.com",
    "elasticbeanstalk.com",
    "ondigitalocean.app",
    "koyeb.app",
    "pythonanywhere.com",
    "hf.space",
    "deta.app",
    "ngrok.io",
    "ngrok-free.app",
    "trycloudflare.com",
    "replit.app",
];

/// The hosts other than this machine of which at least half of the paths that are asked are the applications' own: one such
/// path where the host is a number or a platform's, two elsewhere.
pub(super) fn deployed_hosts(routers: &[Router<'_>], calls: &[NetworkCall]) -> BTreeSet<String> {
    let mut asked: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for call in calls.iter().filter(|call| !call.is_link) {
        for url in std::iter::once(&call.url).chain(&call.other_urls) {
            let Some(address) = Address::parse(url) else {
                continue;
            };
            if let Host::Named(host, _) = address.host
                && host.contains('.')
                && !is_local(&host)
                && !is_of_private_network(&host)
            {
                let paths = asked.entry(host).or_default();
                paths.insert((call.method.clone(), address.path));
            }
        }
    }
    asked
        .into_iter()
        .filter(|(host, paths)| {
            let own = paths
                .iter()
                .filter(|(method, path)| is_own(routers, method, path))
                .count();
            let enough = if is_deployment(host) { 1 } else { 2 };
            own >= enough && own * 2 >= paths.len()
        })
        .map(|(host, _)| host)
        .collect()
}

/// Whether a path is answered by an operation that says more than what every server has.
fn is_own(routers: &[Router<'_>], method: &str, path: &str) -> bool {
    let says_something = path.split('/').any(|segment| {
        segment.len() > 2
            && !segment.contains(HOLE)
            && !matches!(
                segment,
                "api" | "health" | "healthz" | "ping" | "status" | "docs" | "version"
            )
    });
    says_something
        && routers.iter().any(|router| match router.answer(method, path) {
            Answer::Operation { index, .. } => {
                let own = &router.operations[index].reference.path;
                own.split('/')
                    .any(|segment| segment.len() > 2 && !segment.contains('{'))
            }
            Answer::OneOf(_) | Answer::Nothing(_) => false,
        })
}

fn is_deployment(host: &str) -> bool {
    let of_platform = |domain: &str| host.strip_suffix(domain).is_some_and(|name| name.ends_with('.'));
    host.parse::<Ipv4Addr>().is_ok() || PLATFORMS.iter().any(|domain| of_platform(domain))
}

/// Whether a host is a machine of a private network (<https://www.rfc-editor.org/rfc/rfc1918>), as developers name their own.
pub(super) fn is_of_private_network(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_private())
}
