//! Reads of Python code and of configuration.

use rayon::prelude::*;

use super::NamedRead;
use crate::architecture::disk::Disk;
use crate::architecture::model::{Tier, VariableRead};
use crate::deploy::Deployment;
use crate::deploy::setting::Reference;
use crate::python::environment::{self, PythonFile};
use crate::source::location::Finding;
use crate::source::tree::file_name;

/// What the Python files of the tree read that are not tests.
pub(super) fn backend(disk: &Disk) -> (Vec<NamedRead>, Vec<Finding>) {
    let files = python_files(disk);
    let find = |module: &str| {
        let resolved = disk.roots().resolve(module)?;
        (!resolved.is_namespace).then_some(resolved.file)
    };
    let found = environment::reads(&files, &find, &|file| disk.parsed(file));
    let reads = found.variables.into_iter().map(|read| NamedRead {
        name: read.name,
        read: VariableRead {
            tier: Tier::Backend,
            location: read.location,
            reader: read.reader,
            default: read.default,
            is_required: read.is_required,
            ..VariableRead::default()
        },
        ..NamedRead::default()
    });
    let findings = found.open.into_iter().map(|open| Finding {
        location: open.location,
        code: "unknown-variable".to_owned(),
        message: format!(
            "The name of the environment variable that is read, `{}`, is only known at run time.",
            open.name
        ),
        help: None,
    });
    (reads.collect(), findings.collect())
}

fn python_files(disk: &Disk) -> Vec<PythonFile> {
    let tree = disk.tree();
    let paths: Vec<&String> = tree
        .files()
        .iter()
        .filter(|path| path.ends_with(".py") && !is_test(path))
        .collect();
    let texts: Vec<Option<Vec<u8>>> = paths.par_iter().map(|path| tree.read(path).ok()).collect();
    let files = paths.into_iter().zip(texts);
    files
        .filter_map(|(path, text)| {
            let module = disk.roots().module_of(path);
            Some(PythonFile {
                module: module.unwrap_or_else(|| path.trim_end_matches(".py").replace('/', ".")),
                path: path.clone(),
                text: text?,
            })
        })
        .collect()
}

/// Whether a file tests the product rather than being part of it.
fn is_test(path: &str) -> bool {
    let name = file_name(path);
    let mut folders = path.split('/').rev().skip(1);
    name.starts_with("test_")
        || name.ends_with("_test.py")
        || name == "conftest.py"
        || folders.any(|folder| matches!(folder, "test" | "tests" | "testing"))
}

/// What compose files, workflows and templates of web servers read.
pub(super) fn deploy(deployment: &Deployment) -> Vec<NamedRead> {
    let compose = deployment.compose.iter().flat_map(|file| &file.references);
    let workflows = deployment
        .workflows
        .iter()
        .flat_map(|workflow| &workflow.references);
    let servers = deployment.servers.iter().flat_map(|server| &server.references);
    compose.chain(workflows).chain(servers).map(read).collect()
}

fn read(reference: &Reference) -> NamedRead {
    NamedRead {
        name: reference.name.clone(),
        is_secret: reference.is_secret,
        ignores_case: false,
        read: VariableRead {
            tier: Tier::Deploy,
            location: reference.location.clone(),
            reader: file_name(&reference.location.file).to_owned(),
            default: reference.default.clone().filter(|default| !default.is_empty()),
            is_required: reference.is_required,
            ..VariableRead::default()
        },
    }
}
