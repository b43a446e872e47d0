//! Which variables are secret, and hiding what must not be shown.

use crate::architecture::model::Evidence;
use crate::deploy::interpolation::references;
use crate::source::location::Location;

/// Words at the end of a name whose value is secret.
const SECRET: [&str; 11] = [
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "TOKEN",
    "CREDENTIAL",
    "CREDENTIALS",
    "DSN",
    "PASS",
    "PWD",
    "APIKEY",
];

/// Words in front of `KEY` whose key is secret.
const KEYS: [&str; 9] = [
    "API",
    "SECRET",
    "PRIVATE",
    "ACCESS",
    "ENCRYPTION",
    "SIGNING",
    "MASTER",
    "JWT",
    "AUTH",
];

/// That a name says its value is secret.
pub(super) fn by_name(name: &str) -> Option<Evidence> {
    is_secret_name(name).then(|| Evidence::Assumption("its name says that it is a secret".to_owned()))
}

fn is_secret_name(name: &str) -> bool {
    let upper = name.to_uppercase();
    let words: Vec<&str> = upper
        .split(['_', '-', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        // The working folder of a shell.
        ["PWD"] => false,
        [.., before, "KEY"] => KEYS.contains(before) || words.len() == 2 && *before != "PUBLIC",
        [.., last] => SECRET.contains(last),
        [] => false,
    }
}

/// Whether a value holds the default of a secret: `${MINIO_PASSWORD:-minio}`.
pub(super) fn names_secret(value: &str) -> bool {
    holds_default(value, is_secret_name)
}

/// Whether a value holds the default of a variable that is secret by `is_secret`.
pub(super) fn holds_default(value: &str, is_secret: impl Fn(&str) -> bool) -> bool {
    let has_secret_default = |reference: &crate::deploy::setting::Reference| {
        reference
            .default
            .as_ref()
            .is_some_and(|default| !default.is_empty())
            && is_secret(&reference.name)
    };
    references(value, &Location::default())
        .iter()
        .any(has_secret_default)
}

/// A value with the passwords of its URLs replaced: `postgresql://app:…@db/app`.
pub(super) fn masked(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("://") {
        out.push_str(before);
        out.push_str("://");
        let authority = after
            .split(['/', '?', '"', '\'', ' ', ','])
            .next()
            .unwrap_or(after);
        rest = match authority
            .rsplit_once('@')
            .and_then(|(login, host)| Some((login.split_once(':')?, host)))
        {
            Some(((user, _), host)) => {
                out.push_str(&format!("{user}:…@{host}"));
                &after[authority.len()..]
            }
            None => after,
        };
    }
    out.push_str(rest);
    out
}
