//! Tools that are given their settings where they are called: the scripts of `package.json`
//! ([esbuild](https://esbuild.github.io/api/#general-options), [Parcel](https://parceljs.org/features/cli/)), and calls of
//! [esbuild's functions](https://esbuild.github.io/api/#build).

use serde_json::Value as Json;

use super::{
    Pipeline, build,
    configuration::Layers,
    package::{Package, line_of},
};
use crate::{
    source::location::Location,
    web::{
        syntax::tree::ExpressionKind as Kind,
        three::objects::location,
        values::{Evaluator, Site, Value},
    },
};

/// What the scripts of packages call, by file and line.
pub(super) fn of_packages(packages: &[Package]) -> Vec<Pipeline> {
    let mut found: Vec<Pipeline> = vec![];
    for package in packages {
        let folder = package.folder();
        let scripts = package.json.get("scripts").and_then(Json::as_object);
        for (name, command) in scripts.into_iter().flatten() {
            let Some(command) = command.as_str() else { continue };
            let line = line_of(&package.text, &format!("\"{name}\"")).unwrap_or(1);
            let place = Location {
                file: package.path.clone(),
                line,
                end_line: line,
                column: 1,
            };
            for command in command.split(['&', ';', '|', '>']).map(str::trim) {
                let Some(pipeline) = of_command(command, folder, &place) else {
                    continue;
                };
                let is_known = |known: &Pipeline| {
                    known.software == pipeline.software
                        && known.entries == pipeline.entries
                        && known.folder == folder
                };
                match found.iter_mut().find(|known| is_known(known)) {
                    // What is built counts before what is served.
                    Some(known) if pipeline.port.is_none() => {
                        known.output = pipeline.output;
                        known.base = pipeline.base.or(known.base.take());
                    }
                    Some(known) => known.port = known.port.or(pipeline.port),
                    None => found.push(pipeline),
                }
            }
        }
    }
    found
}

fn of_command(command: &str, folder: &str, place: &Location) -> Option<Pipeline> {
    let mut words = command
        .split_whitespace()
        .filter(|word| !word.contains("cross-env") && !is_assignment(word));
    let (software, default_output) = match words.next()?.rsplit('/').next()? {
        "esbuild" => ("esbuild", None),
        "parcel" => ("Parcel", Some("dist")),
        _ => return None,
    };
    let words: Vec<&str> = words.collect();
    let option = |names: &[&str]| {
        words.iter().enumerate().find_map(|(index, word)| {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            if !names.contains(&name) {
                return None;
            }
            let next = || words.get(index + 1).copied();
            Some(if value.is_empty() { next()? } else { value }.to_owned())
        })
    };
    let entries: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(index, word)| {
            // A word behind an option is its value.
            let is_value = index.checked_sub(1).is_some_and(|before| {
                words[before].starts_with('-') && !words[before].contains('=') && words[before] != "--bundle"
            });
            !is_value && !word.starts_with('-') && word.contains('.') && !word.contains('=')
        })
        .map(|(_, word)| build::joined(folder, word.trim_matches(['\'', '"'])))
        .collect();
    let output = option(&["--outdir", "--outfile", "--dist-dir", "-d"]);
    Some(Pipeline {
        software: software.to_owned(),
        location: place.clone(),
        folder: folder.to_owned(),
        port: option(&["--port", "-p", "--serve"]).and_then(|port| port.rsplit(':').next()?.parse().ok()),
        base: option(&["--public-url"]),
        output: output
            .as_deref()
            .or(default_output)
            .map(|output| build::joined(folder, output)),
        entries,
        ..Pipeline::default()
    })
}

/// `NODE_ENV=production` in front of a command.
fn is_assignment(word: &str) -> bool {
    let Some((name, _)) = word.split_once('=') else {
        return false;
    };
    !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter == '_')
}

/// Calls of `esbuild.build({ … })` and the like.
pub(super) fn of_calls(evaluator: &Evaluator<'_>) -> Vec<Pipeline> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        if !script.text.contains("esbuild") {
            continue;
        }
        for id in script.expression_ids() {
            if !matches!(script.kind(id), Kind::Call { .. }) {
                continue;
            }
            let site = Site::alone(module, id);
            let is_build = |callee: &Value| {
                matches!(callee, Value::External(callee) if callee.of_package("esbuild").is_some_and(|path| {
                    let function = path.rsplit('.').next();
                    matches!(function, Some("build" | "buildSync" | "context"))
                }))
            };
            if !evaluator.callees(&site).iter().any(is_build) {
                continue;
            }
            let Some(options) = evaluator
                .arguments_of(&site)
                .first()
                .map(|argument| argument.value)
            else {
                continue;
            };
            let file = evaluator.project.module(module).file.to_string();
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let layers = Layers::of(evaluator, evaluator.values(module, options));
            let output = layers.at_raw("outdir").text();
            let output = output.or_else(|| layers.at_raw("outfile").text());
            found.push(Pipeline {
                software: "esbuild".to_owned(),
                location: location(evaluator, module, id),
                folder: folder.to_owned(),
                plugins: build::plugins(&layers),
                output: output.map(|output| build::joined(folder, &output)),
                entries: build::files_of(&layers.at_raw("entryPoints"), folder),
                ..Pipeline::default()
            });
        }
    }
    found
}
