//! Calls of hand-made frontends, and what answers them.

mod auth;
mod configuration;
mod matching;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde_json::json;

use super::{
    backend_address::BackendAddress,
    calls,
    forwarding::Forwarding,
    matching::Network,
    route_handler::route_handlers,
    server_command::{ports, statements},
};
use crate::{
    architecture::model::{
        Application, Body, Channel, Endpoint, FieldMismatchKind, FrontendCall, Integration, Mount, Response,
        Step,
    },
    deploy::{Deployment, dotenv::EnvironmentFile, setting::Setting},
    source::location::Location,
    web::{bundler::Pipeline, credentials::Credentials, network::NetworkCall},
};

fn application(name: &str, routes: &[&str]) -> Application {
    let mut application = Application {
        name: name.to_owned(),
        ..Application::default()
    };
    for route in routes {
        let (method, path) = route.split_once(' ').expect("method and path");
        if method == "WS" {
            application.channels.push(Channel {
                path: path.to_owned(),
                ..Channel::default()
            });
            continue;
        }
        application.endpoints.push(Endpoint {
            methods: vec![method.to_owned()],
            path: path.to_owned(),
            ..Endpoint::default()
        });
    }
    application
}

fn call(index: usize, text: &str) -> NetworkCall {
    let (method, urls) = text.split_once(' ').expect("method and address");
    let mut urls = urls.split(" | ").map(ToOwned::to_owned);
    let mut call = NetworkCall {
        kind: "fetch".to_owned(),
        method: method.to_owned(),
        url: urls.next().unwrap_or_default(),
        other_urls: urls.collect(),
        ..NetworkCall::default()
    };
    call.location.file = "web/src/api.ts".to_owned();
    call.location.line = index as u32 + 1;
    call
}

fn dump(integration: &Integration) -> String {
    let mut out = String::new();
    for call in &integration.calls {
        let answer = match (&call.endpoint, call.alternatives.as_slice()) {
            (Some(endpoint), _) => format!("{} {}", endpoint.method, endpoint.path),
            (None, []) => "-".to_owned(),
            (None, several) => {
                let paths: Vec<&str> = several.iter().map(|reference| reference.path.as_str()).collect();
                format!("one of {}", paths.join(", "))
            }
        };
        let _ = write!(out, "{} {} => {answer}", call.method, call.url);
        if let Some(endpoint) = call
            .endpoint
            .as_ref()
            .filter(|endpoint| !endpoint.application.starts_with("app"))
        {
            let _ = write!(out, " of {}", endpoint.application);
        }
        if call.via_redirect {
            out.push_str(" via redirect");
        }
        for words in [&call.reason, &call.assumption].into_iter().flatten() {
            let _ = write!(out, " ({words})");
        }
        if let Some(nearest) = &call.nearest {
            let _ = write!(out, " nearest {} {}", nearest.method, nearest.path);
        }
        for mismatch in &call.mismatches {
            let word = match mismatch.kind {
                FieldMismatchKind::UnknownBodyField => "unknown",
                FieldMismatchKind::MissingBodyField => "missing",
                FieldMismatchKind::UnknownResponseField => "not in the response",
            };
            let _ = write!(out, "; {word}: {} ({})", mismatch.field, mismatch.model);
        }
        out.push('\n');
    }
    for uncalled in &integration.uncalled {
        let reference = &uncalled.operation;
        let _ = writeln!(out, "uncalled {} {}", reference.method, reference.path);
    }
    out
}

fn check(applications: &[Application], network: &Network<'_>, written: &[&str], expected: &Expect) {
    let calls: Vec<NetworkCall> = written
        .iter()
        .enumerate()
        .map(|(index, text)| call(index, text))
        .collect();
    expected.assert_eq(&dump(&super::calls(applications, &calls, network)));
}
