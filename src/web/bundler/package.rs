//! Create React App: `"proxy"` of `package.json`
//! (<https://create-react-app.dev/docs/proxying-api-requests-in-development/>).

use serde_json::Value;

use super::{Pipeline, proxy::Proxy};
use crate::{source::location::Location, web::project::Files};

const TOOL: &str = "react-scripts";

/// The packages that Create React App builds, by file.
pub(super) fn pipelines(files: &dyn Files) -> Vec<Pipeline> {
    let is_package = |path: &&String| path.rsplit('/').next() == Some("package.json");
    let packages = files.paths().iter().filter(is_package);
    packages.filter_map(|path| pipeline(files, path)).collect()
}

fn pipeline(files: &dyn Files, path: &str) -> Option<Pipeline> {
    let text = files.text(path)?;
    let package: Value = serde_json::from_str(&text).ok()?;
    let depends = |kind: &str| package.get(kind).is_some_and(|list| list.get(TOOL).is_some());
    if !depends("dependencies") && !depends("devDependencies") {
        return None;
    }
    let location = Location {
        file: path.to_owned(),
        line: line_of(&text, "\"proxy\"").unwrap_or(1),
        end_line: line_of(&text, "\"proxy\"").unwrap_or(1),
        column: 1,
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
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
