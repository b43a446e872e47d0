//! The keys of a directive, checked: everything a view asks of what the author wrote.

use super::{Directive, Request, ViewError, nearest::nearest};

/// What an author wrote, with keys that the directive takes, each once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arguments<'a> {
    request: &'a Request,
}

impl<'a> Arguments<'a> {
    /// Checks names, not values.
    pub(super) fn check(request: &'a Request, directive: &Directive) -> Result<Self, ViewError> {
        for (i, (key, _)) in request.arguments.iter().enumerate() {
            if !directive.keys.iter().any(|known| known.name == key) {
                return Err(unknown_key(key, directive));
            }
            if request.arguments[..i].iter().any(|(earlier, _)| earlier == key) {
                return Err(error(
                    format!("the key `{key}` is given twice"),
                    Some("remove one of them".to_owned()),
                ));
            }
        }
        match (&request.subject, directive.subject) {
            (Some(subject), None) => {
                let help = format!("filters and options are written `key=value`; remove `{subject}`");
                Err(error(
                    format!("`{}` takes no subject", directive.name),
                    Some(help),
                ))
            }
            (None, Some(what)) => {
                let help = format!("write `<<#arch {} \"{what}\">>`", directive.name);
                Err(error(
                    format!("`{}` needs a subject: {what}", directive.name),
                    Some(help),
                ))
            }
            _ => Ok(Self { request }),
        }
    }

    /// The subject; empty for a directive that takes none.
    pub(super) fn subject(&self) -> &'a str {
        self.request.subject.as_deref().unwrap_or_default()
    }

    /// The value as written.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.request
            .arguments
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The values between commas, without white space around them; empty if the key is absent.
    pub(super) fn list(&self, key: &str) -> Vec<&'a str> {
        self.text(key)
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// A whole number of at least `least`.
    pub(super) fn number(&self, key: &str, least: usize) -> Result<Option<usize>, ViewError> {
        let Some(value) = self.text(key) else {
            return Ok(None);
        };
        match value.parse() {
            Ok(number) if number >= least => Ok(Some(number)),
            _ => {
                let help = format!("write a whole number from {least} on, e.g. `{key}=10`");
                Err(error(
                    format!("`{key}={value}` is not a number that fits"),
                    Some(help),
                ))
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, ViewError> {
        self.choice(key, &[("true", true), ("false", false)])
    }

    /// One of the values by name.
    pub(super) fn choice<T: Copy>(
        &self,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Result<Option<T>, ViewError> {
        self.text(key).map(|value| pick(key, value, choices)).transpose()
    }

    /// Several of the values by name, in the order written; empty if the key is absent.
    pub(super) fn choices<T: Copy>(
        &self,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Result<Vec<T>, ViewError> {
        self.list(key)
            .into_iter()
            .map(|value| pick(key, value, choices))
            .collect()
    }
}

fn pick<T: Copy>(key: &str, value: &str, choices: &[(&'static str, T)]) -> Result<T, ViewError> {
    if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == value) {
        return Ok(*choice);
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let help = nearest(value, &names).unwrap_or_else(|| format!("it may be {}", names_in_words(&names)));
    Err(error(format!("`{key}` cannot be `{value}`"), Some(help)))
}

fn unknown_key(key: &str, directive: &Directive) -> ViewError {
    let names: Vec<&str> = directive.keys.iter().map(|known| known.name).collect();
    let help = nearest(key, &names)
        .or_else(|| (!names.is_empty()).then(|| format!("it takes {}", names_in_words(&names))));
    error(format!("`{}` has no key `{key}`", directive.name), help)
}

fn names_in_words(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A view's error.
pub(super) fn error(message: String, help: Option<String>) -> ViewError {
    ViewError { message, help }
}
