//! Objects of a configuration that are laid over each other.

use std::rc::Rc;

use ecow::EcoString;

use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        three::objects::location,
        values::{Evaluator, External, Origin, Site, Text, Value, Values},
    },
};

/// Functions that take a configuration and give it back are looked through so many deep.
const MAX_WRAPPERS: usize = 8;

/// What a setting may be, the last one counting where there is only one answer.
pub(super) struct Layers<'e, 'p> {
    pub(super) evaluator: &'e Evaluator<'p>,
    pub(super) values: Values,
}

impl<'e, 'p> Layers<'e, 'p> {
    pub(super) fn of(evaluator: &'e Evaluator<'p>, values: Values) -> Self {
        Self { evaluator, values }
    }

    /// What a configuration file exports: an object, a promise of one, a function that gives one, or what a function
    /// such as `defineConfig` or `mergeConfig` is given.
    pub(super) fn exported(evaluator: &'e Evaluator<'p>, module: ModuleId) -> Self {
        let mut written = vec![];
        for value in evaluator.member(&Value::Namespace(module), "default") {
            unwrap(evaluator, value, MAX_WRAPPERS, &mut written);
        }
        Self::of(evaluator, written).called(&[vec![development()]])
    }

    /// What the functions among the values give, and the other values.
    pub(super) fn called(self, arguments: &[Values]) -> Self {
        let mut values = vec![];
        for value in self.values {
            if matches!(value, Value::Function(_)) {
                for result in self.evaluator.apply_all(&[value], arguments, 0) {
                    unwrap(self.evaluator, result, MAX_WRAPPERS, &mut values);
                }
            } else {
                values.push(value);
            }
        }
        Self::of(self.evaluator, values)
    }

    /// A setting by its dotted name.
    pub(super) fn at(&self, path: &str) -> Self {
        let mut names = path.split('.');
        let first = self.member(names.next().unwrap_or_default());
        names.fold(first, |layers, name| layers.member(name))
    }

    /// A setting as it is written, calls of libraries not looked through.
    pub(super) fn at_raw(&self, path: &str) -> Self {
        let (holder, name) = match path.rsplit_once('.') {
            Some((holder, name)) => (&self.at(holder), name),
            None => (self, path),
        };
        let layers = holder.values.iter();
        let layers = layers.filter(|layer| !matches!(layer, Value::External(_) | Value::Parameter(_)));
        let values = layers
            .flat_map(|layer| self.evaluator.member(layer, name))
            .collect();
        Self::of(self.evaluator, values)
    }

    fn member(&self, name: &str) -> Self {
        let mut values = vec![];
        for layer in &self.values {
            if !matches!(layer, Value::External(_) | Value::Parameter(_)) {
                for value in self.evaluator.member(layer, name) {
                    unwrap(self.evaluator, value, MAX_WRAPPERS, &mut values);
                }
            }
        }
        Self::of(self.evaluator, values)
    }

    /// The properties of the objects; of those with the same name, the last.
    pub(super) fn properties(&self) -> Vec<(EcoString, Site)> {
        let mut found: Vec<(EcoString, Site)> = vec![];
        for layer in &self.values {
            let Value::Object(site) = layer else { continue };
            for (name, value) in self.evaluator.properties(site) {
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some(known) => known.1 = value,
                    None => found.push((name, value)),
                }
            }
        }
        found
    }

    /// A string; what is not known of it is shown as written.
    pub(super) fn text(&self) -> Option<String> {
        let literal = self.values.iter().find_map(Value::as_literal);
        literal.map(String::from).or_else(|| {
            self.values.iter().find_map(|value| match value {
                Value::Text(text) => Some(text.display()),
                _ => None,
            })
        })
    }

    /// The strings that are known: one, or those of an array.
    pub(super) fn texts(&self) -> Vec<String> {
        let items = self.items();
        let values = self.values.iter().chain(&items);
        values.filter_map(Value::as_literal).map(String::from).collect()
    }

    /// The items of the arrays.
    pub(super) fn items(&self) -> Values {
        let is_array = |value: &&Value| matches!(value, Value::Array(_) | Value::List(_));
        let arrays = self.values.iter().filter(is_array);
        arrays.flat_map(|array| self.evaluator.items_of(array)).collect()
    }

    /// An address: a string, `new URL(…)`, or a variable of the environment as `${process.env.API}`.
    pub(super) fn address(&self) -> Option<String> {
        self.text().or_else(|| {
            self.values.iter().find_map(|value| match value {
                Value::External(external) => Some(format!("${{{}}}", external.describe())),
                _ => None,
            })
        })
    }

    /// A port.
    pub(super) fn number(&self, name: &str) -> Option<u16> {
        self.at(name).values.iter().find_map(|value| match value {
            Value::Number(number) if (0.0..=65535.0).contains(number) => Some(*number as u16),
            Value::Text(text) => text.as_literal()?.parse().ok(),
            _ => None,
        })
    }

    pub(super) fn is_true(&self) -> bool {
        self.values.iter().any(|value| value.truthiness() == Some(true))
    }

    /// The place of the first object that stands in this file, else the begin of the file.
    pub(super) fn location(&self, module: ModuleId) -> Location {
        let mut sites = self.values.iter().filter_map(Value::site);
        match sites.find(|site| site.module == module) {
            Some(site) => location(self.evaluator, site.module, site.expression),
            None => Location {
                file: self.evaluator.project.module(module).file.to_string(),
                line: 1,
                end_line: 1,
                column: 1,
            },
        }
    }
}

/// Looks through calls of a library's functions, which are taken to give what they are given.
fn unwrap(evaluator: &Evaluator<'_>, value: Value, depth: usize, layers: &mut Values) {
    match &value {
        Value::External(External {
            origin: Origin::Result { site, .. },
            members,
        }) if members.is_empty() && depth > 0 => {
            for argument in evaluator.arguments_of(site) {
                let place = Site {
                    expression: argument.value,
                    ..Site::clone(site)
                };
                for value in evaluator.values_at(&place) {
                    unwrap(evaluator, value, depth - 1, layers);
                }
            }
        }
        _ => layers.push(value),
    }
}

/// What a configuration that is a function is given: it is read for development.
fn development() -> Value {
    let text = |text: &str| vec![Value::Text(Text::literal(text))];
    Value::Record(Rc::new(vec![
        ("command".into(), text("serve")),
        ("mode".into(), text("development")),
    ]))
}
