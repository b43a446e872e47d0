//! Models, textures and other files that three.js's loaders load from the backend
//! (<https://threejs.org/docs/#api/en/loaders/Loader>).

use super::{
    is_no_page,
    matching::{Matcher, Network},
};
use crate::{
    architecture::model::{Application, Asset, Mount},
    web::network::NetworkCall,
};

/// The requests of loaders for what no file of the tree answers.
pub(super) fn requests(assets: &[Asset]) -> impl Iterator<Item = NetworkCall> {
    assets.iter().filter(|asset| asset.file.is_none()).map(request)
}

fn request(asset: &Asset) -> NetworkCall {
    NetworkCall {
        location: asset.location.clone(),
        kind: asset.loader.clone(),
        method: "GET".to_owned(),
        written: asset.url.clone(),
        url: asset.url.clone(),
        function: asset.function.clone(),
        is_asset: true,
        ..NetworkCall::default()
    }
}

/// What of the backend answers for each asset, if it does: an operation, or a mount.
#[must_use]
pub fn served(
    applications: &[Application],
    calls: &[NetworkCall],
    assets: &[Asset],
    network: &Network<'_>,
) -> Vec<Option<String>> {
    let matcher = Matcher::new(applications, network, calls);
    let by = |asset: &Asset| {
        if asset.file.is_some() {
            return None;
        }
        matcher
            .call(&request(asset))
            .into_iter()
            .find_map(|found| match &found.endpoint {
                Some(endpoint) if is_no_page(endpoint) => {
                    Some(format!("{} {}", endpoint.method, endpoint.path))
                }
                _ => mount(applications, &found.path),
            })
    };
    assets.iter().map(by).collect()
}

/// The mount that serves the files of a path; what gives the application's page for any path comes behind those.
fn mount(applications: &[Application], path: &str) -> Option<String> {
    let mut mounts = applications.iter().flat_map(|application| &application.mounts);
    let is_within = |mount: &&Mount| {
        let rest = path.strip_prefix(mount.path.trim_end_matches('/'));
        mount.application.is_none() && mount.path.len() > 1 && rest.is_some_and(|rest| rest.starts_with('/'))
    };
    mounts.find(is_within).map(|mount| mount.path.clone())
}
