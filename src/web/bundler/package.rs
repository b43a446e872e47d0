//! Create React App: `"proxy"` of `package.json`
//! (<https://create-react-app.dev/docs/proxying-api-requests-in-development/>).

use serde_json::Value;

use super::{Pipeline, proxy::Proxy};
use crate::{source::location::Location, web::project::Files};

const TOOL: &str = "react-scripts";

/// A `package.json`.
pub(super) struct Package {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) json: Value,
}

impl Package {
    /// The folder that it stands in, empty for the root of the tree.
    pub(super) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Every `package.json` that can be read, by path.
pub(super) fn packages(files: &dyn Files) -> Vec<Package> {
    let is_package = |path: &&String| path.rsplit('/').next() == Some("package.json");
    let read = |path: &String| {
        let text = files.text(path)?;
        Some(Package {
            path: path.clone(),
            json: serde_json::from_str(&text).ok()?,
            text,
        })
    };
    files.paths().iter().filter(is_package).filter_map(read).collect()
}

/// The packages that Create React App builds, by file.
pub(super) fn pipelines(packages: &[Package]) -> Vec<Pipeline> {
    packages.iter().filter_map(pipeline).collect()
}

fn pipeline(read: &Package) -> Option<Pipeline> {
    let (package, text, folder) = (&read.json, &read.text, read.folder());
    let depends = |kind: &str| package.get(kind).is_some_and(|list| list.get(TOOL).is_some());
    if !depends("dependencies") && !depends("devDependencies") {
        return None;
    }
    let location = Location {
        file: read.path.clone(),
        line: line_of(text, "\"proxy\"").unwrap_or(1),
        end_line: line_of(text, "\"proxy\"").unwrap_or(1),
        column: 1,
    };
    let target = package.get("proxy").and_then(Value::as_str);
    Some(Pipeline {
        software: "Create React App".to_owned(),
        folder: folder.to_owned(),
        port: Some(3000),
        proxies: target
            .map(|target| Proxy {
                context: "/".to_owned(),
                written: "/".to_owned(),
                target: target.to_owned(),
                changes_origin: true,
                location: location.clone(),
                ..Proxy::default()
            })
            .into_iter()
            .collect(),
        location,
        base: package.get("homepage").and_then(Value::as_str).map(str::to_owned),
        output: Some(format!("{folder}/build").trim_start_matches('/').to_owned()),
        variable_prefixes: vec!["REACT_APP_".to_owned()],
        ..Pipeline::default()
    })
}

pub(super) fn line_of(text: &str, part: &str) -> Option<u32> {
    let index = text
        .lines()
        .position(|line| line.trim_start().starts_with(part))?;
    u32::try_from(index + 1).ok()
}
