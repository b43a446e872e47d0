//! From a tree to its frontend.

use std::path::Path;

use super::{
    discover,
    integration::{self, backend_address::addresses, matching::Network},
    model::Architecture,
};
use crate::{
    source::tree::Tree,
    web::{
        frontend::{self, Frontend},
        project::Files,
    },
};

/// Stack for the evaluator: what is asked nests as Rust calls.
const STACK: usize = 1 << 30;

/// Reads the frontend below a folder; empty where there is none.
///
/// # Errors
/// When the folder does not exist.
pub fn frontend(root: &Path) -> anyhow::Result<Frontend> {
    let tree = Tree::new(root)?;
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || frontend::read(&tree))?;
        worker
            .join()
            .map_err(|_| anyhow::anyhow!("the analysis of the frontend stopped at a defect of its own"))
    })
}

/// Reads the frontend of a tree and joins it to the applications; empty where there is none.
///
/// # Errors
/// When the folder does not exist.
pub fn join(root: &Path, architecture: &mut Architecture) -> anyhow::Result<Frontend> {
    let tree = Tree::new(root)?;
    let frontend = frontend(root)?;
    let names: Vec<String> = architecture.applications.iter().map(|application| application.name.clone()).collect();
    let files = tree.files().iter().filter(|path| discover::may_hold_commands(path));
    let texts = files.filter_map(|path| Some((path.as_str(), Tree::text(&tree, path)?)));
    let network = Network {
        forwardings: vec![],
        backends: addresses(&names, texts),
    };
    let read = |path: &str| tree.read(path).ok();
    architecture.integration =
        integration::join(&architecture.applications, &architecture.modules, &frontend, &network, &read);
    Ok(frontend)
}

impl Files for Tree {
    fn text(&self, path: &str) -> Option<String> {
        Tree::text(self, path)
    }

    fn is_file(&self, path: &str) -> bool {
        Tree::is_file(self, path)
    }

    fn size(&self, path: &str) -> Option<u64> {
        Tree::size(self, path)
    }

    fn paths(&self) -> &[String] {
        self.files()
    }
}
