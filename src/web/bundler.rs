//! How a frontend is built and served while it is developed, read from the configuration of its build tool.
//!
//! The configuration is a program, so what it exports is asked of the [`Evaluator`]. Read are
//! [Vite](https://vite.dev/config/), [electron-vite](https://electron-vite.org/config/),
//! [Vue CLI](https://cli.vuejs.org/config/), [webpack](https://webpack.js.org/configuration/dev-server/),
//! [Next.js](https://nextjs.org/docs/app/api-reference/config/next-config-js),
//! [SvelteKit](https://svelte.dev/docs/kit/configuration), [Nuxt](https://nuxt.com/docs/api/nuxt-config),
//! [Rollup](https://rollupjs.org/configuration-options/), [Rspack](https://rspack.rs/config/), what calls esbuild and Parcel, and
//! [Create React App](https://create-react-app.dev/docs/proxying-api-requests-in-development/).

mod build;
mod configuration;
mod development_server;
mod package;
pub mod proxy;
mod rewrites;
mod rewriting;
mod scripts;
mod setup_proxy;
mod starts;
mod tool;

use serde::Serialize;

use super::{project::ModuleId, values::Evaluator};
use crate::source::location::Location;
pub use build::Alias;
use configuration::Layers;
pub use proxy::Proxy;
use tool::Tool;

/// One configuration of a build tool.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pipeline {
    /// The tool, e.g. `Vite`.
    pub software: String,
    /// Where its configuration stands.
    pub location: Location,
    /// The folder of the configuration, empty for the root of the tree: what is below is built by it.
    pub folder: String,
    /// The port that the development server listens on.
    pub port: Option<u16>,
    /// What the development server passes on, in the order that it looks at.
    pub proxies: Vec<Proxy>,
    /// Names that imports may begin with, in order.
    pub aliases: Vec<Alias>,
    /// The packages of its plugins, in order.
    pub plugins: Vec<String>,
    /// The path that the pages are served under, where it is set.
    pub base: Option<String>,
    /// The folder that the result is written to.
    pub output: Option<String>,
    /// How the variables begin that the code may read.
    pub variable_prefixes: Vec<String>,
    /// Variables of the environment that the configuration gives a value, with that value.
    pub definitions: Vec<(String, String)>,
    /// The files that it starts from, where they are set.
    pub entries: Vec<String>,
}

/// Every configuration, by file.
#[must_use]
pub fn pipelines(evaluator: &Evaluator<'_>) -> Vec<Pipeline> {
    let packages = package::packages(evaluator.project.files);
    let mut found = package::pipelines(&packages);
    found.extend(scripts::of_packages(&packages));
    found.extend(scripts::of_calls(evaluator));
    for module in evaluator.project.module_ids() {
        let file = &evaluator.project.module(module).file;
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        if let Some(tool) = Tool::of_file(name) {
            found.extend(pipeline(evaluator, module, tool, folder));
        }
    }
    setup_proxy::add(evaluator, &mut found);
    found.sort_by(|one, two| one.location.file.cmp(&two.location.file));
    join_sveltekit(&mut found);
    starts::add(evaluator.project.files, &mut found);
    found
}

/// SvelteKit is a plugin of Vite: its own configuration and Vite's are of one pipeline
/// (<https://svelte.dev/docs/kit/configuration>).
fn join_sveltekit(pipelines: &mut Vec<Pipeline>) {
    const KIT: &str = "SvelteKit";
    let folders: Vec<String> = pipelines
        .iter()
        .filter(|pipeline| pipeline.software == Tool::Vite.software())
        .map(|pipeline| pipeline.folder.clone())
        .collect();
    let is_joined = |kit: &Pipeline| kit.software == KIT && folders.contains(&kit.folder);
    let kits: Vec<Pipeline> = pipelines.iter().filter(|kit| is_joined(kit)).cloned().collect();
    pipelines.retain(|pipeline| !is_joined(pipeline));
    for kit in kits {
        let is_its =
            |vite: &&mut Pipeline| vite.software == Tool::Vite.software() && vite.folder == kit.folder;
        let Some(vite) = pipelines.iter_mut().find(is_its) else {
            continue;
        };
        vite.software = format!("{} ({KIT})", vite.software);
        vite.aliases.extend(kit.aliases);
        vite.plugins.extend(kit.plugins);
        vite.variable_prefixes.extend(kit.variable_prefixes);
        vite.base = kit.base.or(vite.base.take());
        vite.output = kit.output;
    }
}

fn pipeline(evaluator: &Evaluator<'_>, module: ModuleId, tool: Tool, folder: &str) -> Option<Pipeline> {
    let mut layers = Layers::exported(evaluator, module);
    // Others than SvelteKit read `svelte.config.js` too.
    if tool == Tool::SvelteKit && layers.at_raw("kit").values.is_empty() {
        return None;
    }
    let location = layers.location(module);
    if tool == Tool::ElectronVite {
        layers = layers.at("renderer");
    }
    let server = layers.at(tool.server());
    let prefixes = layers.at("envPrefix").texts();
    Some(Pipeline {
        software: tool.software().to_owned(),
        location,
        folder: folder.to_owned(),
        port: match tool {
            Tool::Nuxt => layers.at("devServer").number("port"),
            _ => server.number("port"),
        }
        .or(tool.default_port()),
        proxies: match tool {
            Tool::Next => rewrites::proxies(evaluator, &layers),
            Tool::Nuxt => {
                let mut proxies = rewrites::route_rules(evaluator, &layers);
                proxies.extend(development_server::proxies(evaluator, &server));
                proxies
            }
            _ => development_server::proxies(evaluator, &server),
        },
        aliases: build::aliases(&layers, tool, folder),
        plugins: match tool {
            Tool::Nuxt => layers.at("modules").texts(),
            Tool::SvelteKit => build::makers(&layers.at_raw("kit.adapter")),
            _ => build::plugins(&layers),
        },
        base: layers.at(tool.base()).text(),
        output: match tool {
            Tool::SvelteKit => build::adapted(&layers, folder),
            _ => build::output(&layers, tool, folder),
        },
        variable_prefixes: if prefixes.is_empty() {
            tool.variable_prefixes()
        } else {
            prefixes
        },
        definitions: match tool {
            // <https://nextjs.org/docs/app/api-reference/config/next-config-js/env>
            Tool::Next => build::definitions(&layers),
            Tool::Vite | Tool::ElectronVite => build::replaced(&layers),
            _ => vec![],
        },
        entries: build::entries(&layers, tool, folder),
    })
}

#[cfg(test)]
mod tests;
