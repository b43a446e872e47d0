//! `src/setupProxy.js` of Create React App: rules as calls of
//! [http-proxy-middleware](https://github.com/chimurai/http-proxy-middleware)
//! (<https://create-react-app.dev/docs/proxying-api-requests-in-development/#configuring-the-proxy-manually>).

use super::{
    Pipeline,
    configuration::Layers,
    development_server::proxy,
    proxy::{Begin, Proxy, Rewrite},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{Argument, ExpressionKind as Kind},
    three::objects::location,
    values::{Evaluator, Site, Value},
};

const PACKAGE: &str = "http-proxy-middleware";

/// From this major version on a path loses what the middleware is mounted at.
const STRIPS_MOUNT: u64 = 3;

/// Adds the rules to the pipelines of their folders, in front of `"proxy"` of `package.json`.
pub(super) fn add(evaluator: &Evaluator<'_>, pipelines: &mut [Pipeline]) {
    for module in evaluator.project.module_ids() {
        let file = &evaluator.project.module(module).file;
        let Some(folder) = ["src/setupProxy.js", "src/setupProxy.ts"]
            .iter()
            .find_map(|name| file.strip_suffix(name))
            .map(|folder| folder.trim_end_matches('/'))
        else {
            continue;
        };
        for pipeline in pipelines.iter_mut().filter(|pipeline| pipeline.folder == folder) {
            let mut proxies = rules(evaluator, module, folder);
            proxies.append(&mut pipeline.proxies);
            pipeline.proxies = proxies;
        }
    }
}

fn rules(evaluator: &Evaluator<'_>, module: ModuleId, folder: &str) -> Vec<Proxy> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for expression in script.expression_ids() {
        let site = Site::alone(module, expression);
        let Kind::Call { arguments, .. } = script.kind(expression) else {
            continue;
        };
        let is_middleware = evaluator.callees(&site).iter().any(
            |callee| matches!(callee, Value::External(external) if external.of_package(PACKAGE).is_some()),
        );
        if !is_middleware {
            continue;
        }
        let layers = |argument: &Argument| Layers::of(evaluator, evaluator.values(module, argument.value));
        let (contexts, options) = match arguments.as_slice() {
            [context, options, ..] => (layers(context).texts(), layers(options)),
            [options] => {
                let options = layers(options);
                (options.at("pathFilter").texts(), options)
            }
            [] => continue,
        };
        let mounts = mounts(evaluator, module, expression);
        let place = location(evaluator, module, expression);
        let is_mounted = contexts.is_empty();
        let all = match (is_mounted, mounts.is_empty()) {
            (false, _) => contexts,
            (true, false) => mounts,
            (true, true) => vec!["/".to_owned()],
        };
        for context in all {
            let Some(mut rule) = proxy(evaluator, &context, &options, &place) else {
                continue;
            };
            if is_mounted && context != "/" && strips_mount(evaluator, folder) {
                rule.rewrite = match rule.rewrite {
                    Rewrite::Nothing => Rewrite::Begin(vec![Begin {
                        from: rule.context.clone(),
                        before: String::new(),
                        after: String::new(),
                    }]),
                    _ => Rewrite::Unknown,
                };
            }
            found.push(rule);
        }
    }
    found
}

/// The paths that `app.use(path, middleware)` mounts a call's result at.
fn mounts(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    middleware: crate::web::syntax::tree::ExpressionId,
) -> Vec<String> {
    let script = evaluator.project.script(module);
    let uses = script
        .expressions
        .iter()
        .find_map(|expression| match &expression.kind {
            Kind::Call {
                callee, arguments, ..
            } => {
                let is_use =
                    matches!(script.kind(*callee), Kind::Member { property, .. } if property == "use");
                let is_given = arguments
                    .iter()
                    .skip(1)
                    .any(|argument| argument.value == middleware);
                (is_use && is_given).then(|| arguments[0].value)
            }
            _ => None,
        });
    uses.map(|path| Layers::of(evaluator, evaluator.values(module, path)).texts())
        .unwrap_or_default()
}

fn strips_mount(evaluator: &Evaluator<'_>, folder: &str) -> bool {
    let version = evaluator.project.version_of(folder, PACKAGE);
    version
        .and_then(|version| version.likely())
        .is_some_and(|version| version.major >= STRIPS_MOUNT)
}
