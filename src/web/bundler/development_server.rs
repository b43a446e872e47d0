//! Proxies of development servers: Vite's
//! [`server.proxy`](https://vite.dev/config/server-options.html#server-proxy), webpack's
//! [`devServer.proxy`](https://webpack.js.org/configuration/dev-server/#devserverproxy).

use super::{configuration::Layers, proxy::Proxy, rewriting};
use crate::{
    source::location::Location,
    web::{
        three::objects::location,
        values::{Evaluator, Site},
    },
};

/// The rules of a server's settings.
pub(super) fn proxies(evaluator: &Evaluator<'_>, server: &Layers<'_, '_>) -> Vec<Proxy> {
    let setting = server.at("proxy");
    let mut found: Vec<Proxy> = vec![];
    // A text alone: everything that the server does not have itself (<https://cli.vuejs.org/config/#devserver-proxy>).
    let named = server.properties().into_iter().find(|(name, _)| name == "proxy");
    if let (Some(target), Some((_, site))) = (setting.text(), named) {
        found.push(Proxy {
            context: "/".to_owned(),
            written: "/".to_owned(),
            target,
            location: place(evaluator, &site),
            ..Proxy::default()
        });
    }
    for (context, site) in setting.properties() {
        let options = Layers::of(evaluator, evaluator.values_at(&site));
        found.extend(proxy(evaluator, &context, &options, &place(evaluator, &site)));
    }
    for item in setting.items() {
        let Some(site) = item.site() else { continue };
        let place = place(evaluator, site);
        let options = Layers::of(evaluator, vec![item.clone()]);
        for context in options.at("context").texts() {
            found.extend(proxy(evaluator, &context, &options, &place));
        }
    }
    found
}

fn place(evaluator: &Evaluator<'_>, site: &Site) -> Location {
    location(evaluator, site.module, site.expression)
}

/// One rule: an address or options.
pub(super) fn proxy(
    evaluator: &Evaluator<'_>,
    context: &str,
    options: &Layers<'_, '_>,
    location: &Location,
) -> Option<Proxy> {
    let target = options.address().or_else(|| options.at("target").address())?;
    let written = context.to_owned();
    let context = rewriting::of_glob(context);
    let functions = [options.at("rewrite").values, options.at("pathRewrite").values].concat();
    let table = options.at("pathRewrite").properties();
    Some(Proxy {
        rewrite: if table.is_empty() {
            rewriting::of_function(evaluator, &context, &functions)
        } else {
            rewriting::of_table(evaluator, &table)
        },
        context,
        written,
        target,
        is_websocket: options.at("ws").is_true(),
        changes_origin: options.at("changeOrigin").is_true(),
        location: location.clone(),
    })
}
