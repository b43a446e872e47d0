//! The auth module of Nuxt 2, which is told in the configuration what to ask for (<https://auth.nuxtjs.org/schemes/local>).

use super::{
    project::ModuleId,
    syntax::tree::ExportSource,
    values::{Evaluator, Site, Value},
};

/// A strategy of the `local` or `refresh` scheme.
#[derive(Clone, Debug)]
pub(super) struct Strategy {
    /// The key of the cookie that holds the token.
    pub(super) cookie: String,
    /// The field of the answer that is the token.
    pub(super) property: String,
    /// Where the token is described, else the strategy.
    pub(super) token: Site,
    pub(super) login: Option<Asked>,
    pub(super) refresh: Option<Asked>,
    pub(super) logout: Option<Asked>,
    pub(super) user: Option<Asked>,
}

/// An endpoint that the module asks.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Its key among the endpoints.
    pub(super) name: &'static str,
    pub(super) site: Site,
    /// Upper-case.
    pub(super) method: String,
    pub(super) path: String,
}

impl Strategy {
    /// The endpoints that are asked.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Asked> {
        [&self.login, &self.refresh, &self.logout, &self.user]
            .into_iter()
            .flatten()
    }
}

/// The modules that configure Nuxt (<https://nuxt.com/docs/guide/directory-structure/nuxt-config>).
pub(super) fn configurations(evaluator: &Evaluator<'_>) -> impl Iterator<Item = ModuleId> {
    let project = evaluator.project;
    project.module_ids().filter(|module| {
        let file = &project.module(*module).file;
        file.rsplit('/')
            .next()
            .unwrap_or(file)
            .starts_with("nuxt.config.")
    })
}

/// The strategies of every configuration, by file and place.
pub(super) fn strategies(evaluator: &Evaluator<'_>) -> Vec<Strategy> {
    let mut found = vec![];
    for module in configurations(evaluator) {
        for auth in exported(evaluator, module)
            .iter()
            .flat_map(|whole| evaluator.member(whole, "auth"))
        {
            let prefix = text(evaluator, &auth, &["cookie", "prefix"]).unwrap_or_else(|| "auth.".to_owned());
            for strategies in evaluator.member(&auth, "strategies") {
                let Value::Object(object) = &strategies else {
                    continue;
                };
                for (name, place) in evaluator.properties(object) {
                    for value in evaluator.values_at(&place) {
                        found.extend(strategy(evaluator, &value, &prefix, &name));
                    }
                }
            }
        }
    }
    found
}

fn exported(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Value> {
    let script = evaluator.project.script(module);
    let mut exports = script.exports.iter().filter(|export| export.name == "default");
    exports
        .find_map(|export| match &export.source {
            ExportSource::Expression(value) => Some(evaluator.values(module, *value)),
            ExportSource::Name(name) => Some(evaluator.values_of_name(module, *name)),
            ExportSource::Module { .. } => None,
        })
        .unwrap_or_default()
}

/// A strategy that asks the backend itself; others send the user to a provider.
fn strategy(evaluator: &Evaluator<'_>, value: &Value, prefix: &str, name: &str) -> Option<Strategy> {
    let endpoint = |key: &'static str| {
        let endpoints = evaluator.member(value, "endpoints");
        let given = endpoints
            .iter()
            .flat_map(|endpoints| evaluator.member(endpoints, key));
        given.into_iter().find_map(|given| asked(evaluator, &given, key))
    };
    let login = endpoint("login")?;
    let token = evaluator.member(value, "token");
    let token = token.iter().find_map(Value::site).or_else(|| value.site())?;
    Some(Strategy {
        cookie: format!("{prefix}_token.{name}"),
        property: text(evaluator, value, &["token", "property"]).unwrap_or_else(|| "token".to_owned()),
        token: token.clone(),
        login: Some(login),
        refresh: endpoint("refresh"),
        logout: endpoint("logout"),
        user: endpoint("user"),
    })
}

fn asked(evaluator: &Evaluator<'_>, value: &Value, name: &'static str) -> Option<Asked> {
    let Value::Object(object) = value else { return None };
    let properties = evaluator.properties(object);
    let (_, site) = properties.into_iter().find(|(key, _)| key == "url")?;
    let path = evaluator.texts(&site).first()?.as_literal()?;
    // What is left out is the module's own: https://auth.nuxtjs.org/schemes/local#endpoints
    let own = if name == "user" { "get" } else { "post" };
    let method = text(evaluator, value, &["method"]).unwrap_or_else(|| own.to_owned());
    let is_rooted = path.starts_with('/') || path.contains("://");
    Some(Asked {
        name,
        site,
        method: method.to_uppercase(),
        path: if is_rooted {
            path.to_string()
        } else {
            format!("/{path}")
        },
    })
}

/// A text in an object, by the way there.
fn text(evaluator: &Evaluator<'_>, value: &Value, path: &[&str]) -> Option<String> {
    let mut values = vec![value.clone()];
    for key in path {
        values = values
            .iter()
            .flat_map(|value| evaluator.member(value, key))
            .collect();
    }
    let literal = values.iter().find_map(Value::as_literal)?;
    (!literal.is_empty()).then(|| literal.to_string())
}
