//! How a frontend is built and served while it is developed, read from the configuration of its build tool.
//!
//! The configuration is a program, so what it exports is asked of the [`Evaluator`]. Read are
//! [Vite](https://vite.dev/config/) and [electron-vite](https://electron-vite.org/config/).

mod configuration;
pub mod proxy;
mod rewriting;

use serde::Serialize;

use super::{
    project::ModuleId,
    values::{Evaluator, Site},
};
use crate::source::location::Location;
use configuration::Layers;
pub use proxy::Proxy;

/// One configuration of a build tool.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pipeline {
    /// The tool, e.g. `Vite`.
    pub software: String,
    /// Where its configuration is exported.
    pub location: Location,
    /// The folder of the configuration, empty for the root of the tree: what is below is built by it.
    pub folder: String,
    /// The port that the development server listens on.
    pub port: Option<u16>,
    /// What the development server passes on, in the order that it looks at.
    pub proxies: Vec<Proxy>,
}

/// A build tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    Vite,
    ElectronVite,
}

impl Tool {
    /// The tool that reads a file of this name.
    fn of_file(name: &str) -> Option<Self> {
        let (stem, suffix) = name.rsplit_once('.')?;
        if !matches!(suffix, "js" | "mjs" | "cjs" | "ts" | "mts" | "cts") {
            return None;
        }
        match stem {
            "vite.config" => Some(Self::Vite),
            "electron.vite.config" => Some(Self::ElectronVite),
            // `vite.config.dev.ts` is given with `--config`.
            _ if stem.starts_with("vite.config.") => Some(Self::Vite),
            _ => None,
        }
    }

    fn software(self) -> &'static str {
        match self {
            Self::Vite => "Vite",
            Self::ElectronVite => "electron-vite",
        }
    }

    /// The port without a setting.
    fn default_port(self) -> u16 {
        5173
    }
}

/// Every configuration, by file.
#[must_use]
pub fn pipelines(evaluator: &Evaluator<'_>) -> Vec<Pipeline> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        let file = &evaluator.project.module(module).file;
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        if let Some(tool) = Tool::of_file(name) {
            found.push(pipeline(evaluator, module, tool, folder));
        }
    }
    found
}

fn pipeline(evaluator: &Evaluator<'_>, module: ModuleId, tool: Tool, folder: &str) -> Pipeline {
    let mut layers = Layers::exported(evaluator, module);
    if tool == Tool::ElectronVite {
        layers = layers.at("renderer");
    }
    let server = layers.at("server");
    Pipeline {
        software: tool.software().to_owned(),
        location: layers.location(module),
        folder: folder.to_owned(),
        port: Some(server.number("port").unwrap_or_else(|| tool.default_port())),
        proxies: server
            .at("proxy")
            .properties()
            .iter()
            .filter_map(|(context, site)| vite_proxy(evaluator, context, site))
            .collect(),
    }
}

/// One entry of [`server.proxy`](https://vite.dev/config/server-options.html#server-proxy): an address or options.
fn vite_proxy(evaluator: &Evaluator<'_>, context: &str, site: &Site) -> Option<Proxy> {
    let options = Layers::of(evaluator, evaluator.values_at(site));
    let target = options.address().or_else(|| options.at("target").address())?;
    Some(Proxy {
        context: context.to_owned(),
        target,
        is_websocket: options.at("ws").is_true(),
        changes_origin: options.at("changeOrigin").is_true(),
        rewrite: rewriting::of_function(evaluator, context, &options.at("rewrite").values),
        location: super::three::objects::location(evaluator, site.module, site.expression),
    })
}

#[cfg(test)]
mod tests;
