//! Properties of values.

use ecow::EcoString;

use super::{Evaluator, Site, Value, Values, collection::Way, evaluator::add_all, name::member_of_parameter};
use crate::web::{
    project::ModuleId,
    syntax::tree::{Element, ExpressionId, ExpressionKind as Kind, MemberKind, Property},
};

impl Evaluator<'_> {
    /// A property of every one of some values.
    pub(super) fn members(&self, values: &[Value], name: &str) -> Values {
        let mut members = vec![];
        for value in values {
            add_all(&mut members, self.member(value, name));
        }
        members
    }

    /// A property of a value.
    #[must_use]
    pub fn member(&self, value: &Value, name: &str) -> Values {
        self.nested(|| self.member_of(value, name))
    }

    fn member_of(&self, value: &Value, name: &str) -> Values {
        match value {
            Value::Object(site) => self.property(site, name),
            Value::Element(site) => self.attribute(site, name),
            Value::Record(record) => {
                let found = record.iter().find(|(key, _)| key == name);
                found.map(|(_, values)| values.clone()).unwrap_or_default()
            }
            Value::Array(_) | Value::List(_) => match name.parse::<usize>() {
                Ok(index) => self.item(std::slice::from_ref(value), index),
                Err(_) => vec![],
            },
            Value::Instance(instance) => self.instance_member(instance, name),
            Value::Class(class) => self.static_member(class, name),
            Value::Namespace(module) => self.exported(*module, name),
            Value::External(external) => self.external_member(external, name),
            Value::Parameter(parameter) => vec![member_of_parameter(parameter, name)],
            // What a bundler gives for a file that is imported: its address.
            Value::File(_) if name == "default" || name == "src" => vec![value.clone()],
            // Of `new URL(…)`.
            Value::Text(_) if name == "href" => vec![value.clone()],
            Value::Function(closure) if matches!(name, "bind" | "call" | "apply") => {
                vec![Value::Function(closure.clone())]
            }
            _ => vec![],
        }
    }

    /// The item of an array at a place.
    pub(super) fn item(&self, values: &[Value], index: usize) -> Values {
        let mut items = vec![];
        for value in values {
            match value {
                Value::Array(site) => {
                    let Kind::Array(elements) = self.script(site.module).kind(site.expression) else {
                        continue;
                    };
                    if elements.iter().take(index + 1).any(|element| element.spread) {
                        add_all(&mut items, self.items(std::slice::from_ref(value)));
                    } else if let Some(element) = elements.get(index) {
                        let item = self.evaluate(site.module, element.value, &site.environment);
                        add_all(&mut items, item);
                    }
                }
                Value::List(list) => add_all(&mut items, list.get(index).cloned().unwrap_or_default()),
                _ => add_all(&mut items, self.member(value, &index.to_string())),
            }
        }
        items
    }

    pub(super) fn indexed(&self, objects: Values, indices: &[Value]) -> Values {
        let mut values = vec![];
        for index in indices {
            match index {
                Value::Number(number) if *number >= 0.0 => {
                    add_all(&mut values, self.item(&objects, *number as usize));
                }
                _ => {
                    if let Some(name) = index.as_literal() {
                        add_all(&mut values, self.members(&objects, &name));
                    }
                }
            }
        }
        let is_known = indices
            .iter()
            .all(|index| matches!(index, Value::Number(_)) || index.as_literal().is_some());
        if indices.is_empty() || !is_known {
            // Any of what it holds.
            for object in &objects {
                match object {
                    Value::Object(site) => {
                        for (_, value) in self.properties(site) {
                            add_all(
                                &mut values,
                                self.evaluate(value.module, value.expression, &value.environment),
                            );
                        }
                        add_all(&mut values, self.collected(site, &[Way::Indexed]));
                    }
                    Value::Record(record) => {
                        for (_, held) in record.iter() {
                            add_all(&mut values, held.clone());
                        }
                    }
                    other => add_all(&mut values, self.items(std::slice::from_ref(other))),
                }
            }
        }
        values
    }

    /// A property of an object literal: the last that has the name, spread objects too, and what is written to it later.
    fn property(&self, site: &Site, name: &str) -> Values {
        let Kind::Object(properties) = self.script(site.module).kind(site.expression) else {
            return vec![];
        };
        let mut values = self.named(properties, site, name);
        // What a setter is handed is what is written.
        let is_handed = |value: &Value| {
            matches!(value, Value::Parameter(parameter) if properties.iter().any(|property| {
                matches!(property, Property::Accessor { key, function, is_setter: true }
                    if key == name && (parameter.module, parameter.function) == (site.module, *function))
            }))
        };
        values.retain(|value| !is_handed(value));
        add_all(&mut values, self.written_to(site, name));
        add_all(&mut values, self.written_by_receivers(site, name));
        values
    }

    fn named(&self, properties: &[Property], site: &Site, name: &str) -> Values {
        let at = |expression: ExpressionId| self.evaluate(site.module, expression, &site.environment);
        for property in properties.iter().rev() {
            match property {
                Property::Named { key, value } if key == name => return at(*value),
                Property::Accessor {
                    key,
                    function,
                    is_setter: false,
                } if key == name => {
                    let this = Value::Object(site.clone());
                    return self.get(site.module, *function, &site.environment, this);
                }
                Property::Named { .. } | Property::Accessor { .. } => {}
                Property::Computed { key, value } => {
                    let keys = at(*key);
                    if keys.iter().any(|key| key_of(key).is_some_and(|key| key == name)) {
                        return at(*value);
                    }
                }
                Property::Spread(spread) => {
                    let values =
                        self.spread_once(site.module, *spread, name, || self.members(&at(*spread), name));
                    if !values.is_empty() {
                        return values;
                    }
                }
            }
        }
        vec![]
    }

    /// Looks into what is spread, unless that is being looked into for the same: a state is made of what it was,
    /// `setState({ ...state, name })`.
    fn spread_once<T: Default>(
        &self,
        module: ModuleId,
        spread: ExpressionId,
        name: &str,
        look: impl FnOnce() -> T,
    ) -> T {
        let key = (module, spread, EcoString::from(name));
        if self.spreads.borrow().contains(&key) {
            return T::default();
        }
        self.spreads.borrow_mut().push(key);
        let found = look();
        self.spreads.borrow_mut().pop();
        found
    }

    /// An attribute of an element, or its children.
    fn attribute(&self, site: &Site, name: &str) -> Values {
        let Kind::Element(Element {
            attributes, children, ..
        }) = self.script(site.module).kind(site.expression)
        else {
            return vec![];
        };
        let mut values = self.named(attributes, site, name);
        if values.is_empty() && name == "children" {
            for child in children {
                add_all(&mut values, self.evaluate(site.module, *child, &site.environment));
            }
        }
        values
    }

    /// The properties of an object literal with the places of their values, spread literals too.
    #[must_use]
    pub fn properties(&self, site: &Site) -> Vec<(EcoString, Site)> {
        self.nested(|| self.properties_of(site))
    }

    fn properties_of(&self, site: &Site) -> Vec<(EcoString, Site)> {
        let script = self.script(site.module);
        let (Kind::Object(properties)
        | Kind::Element(Element {
            attributes: properties,
            ..
        })) = script.kind(site.expression)
        else {
            return vec![];
        };
        let place = |expression| Site {
            expression,
            ..site.clone()
        };
        let mut found: Vec<(EcoString, Site)> = vec![];
        let mut set = |key: EcoString, value: Site| match found.iter_mut().find(|(known, _)| *known == key) {
            Some(known) => known.1 = value,
            None => found.push((key, value)),
        };
        for property in properties {
            match property {
                Property::Named { key, value } => set(key.clone(), place(*value)),
                Property::Accessor { .. } => {}
                Property::Computed { key, value } => {
                    let keys = self.evaluate(site.module, *key, &site.environment);
                    if let Some(key) = keys.first().and_then(Value::as_literal) {
                        set(key, place(*value));
                    }
                }
                Property::Spread(spread) => {
                    let spread_properties = self.spread_once(site.module, *spread, "", || {
                        let values = self.evaluate(site.module, *spread, &site.environment);
                        let objects = values.iter().filter_map(|value| match value {
                            Value::Object(inner) if inner != site => Some(inner),
                            _ => None,
                        });
                        objects
                            .flat_map(|inner| self.properties(inner))
                            .collect::<Vec<_>>()
                    });
                    for (key, value) in spread_properties {
                        set(key, value);
                    }
                }
            }
        }
        found
    }

    /// Whether an object literal may have properties besides [`Self::properties`]: of what is spread, or under keys that
    /// are not known.
    #[must_use]
    pub fn has_further_properties(&self, site: &Site) -> bool {
        let Kind::Object(properties) = self.script(site.module).kind(site.expression) else {
            return false;
        };
        let at = |expression: ExpressionId| self.evaluate(site.module, expression, &site.environment);
        properties.iter().any(|property| match property {
            Property::Named { .. } => false,
            Property::Accessor { is_setter, .. } => !is_setter,
            Property::Computed { key, .. } => {
                let keys = at(*key);
                keys.len() != 1 || keys.iter().any(|key| key.as_literal().is_none())
            }
            Property::Spread(spread) => self.spread_once(site.module, *spread, "...", || {
                let values = at(*spread);
                let may_have = |value: &Value| match value {
                    Value::Object(inner) => inner != site && self.has_further_properties(inner),
                    // `...(isOpen && { open })`.
                    Value::Undefined | Value::Null | Value::Boolean(_) => false,
                    _ => true,
                };
                !values.iter().any(|value| matches!(value, Value::Object(_))) || values.iter().any(may_have)
            }),
        })
    }

    /// A member of a class itself.
    fn static_member(&self, class: &super::ClassValue, name: &str) -> Values {
        let declared = self.script(class.module).class(class.class);
        let member = declared
            .members
            .iter()
            .find(|member| member.is_static && member.name == name);
        if let Some(member) = member {
            return match member.kind {
                MemberKind::Field(value) => {
                    let first = value.map(|value| self.evaluate(class.module, value, &class.environment));
                    let mut values = first.unwrap_or_default();
                    add_all(&mut values, self.written_to_class(class, name));
                    values
                }
                MemberKind::Method(function) => {
                    vec![self.bound(
                        class.module,
                        function,
                        &class.environment,
                        Value::Class(class.clone()),
                    )]
                }
                MemberKind::Getter(function) => {
                    let this = Value::Class(class.clone());
                    self.get(class.module, function, &class.environment, this)
                }
                MemberKind::Setter(_) => vec![],
            };
        }
        let written = self.written_to_class(class, name);
        if !written.is_empty() {
            return written;
        }
        let Some(base) = declared.base else {
            return vec![];
        };
        let bases = self.evaluate(class.module, base, &class.environment);
        self.members(&bases, name)
    }
}

/// The name of the property that a value means as a key: objects know only texts
/// (<https://developer.mozilla.org/docs/Web/JavaScript/Guide/Working_with_objects#accessing_properties>).
fn key_of(key: &Value) -> Option<EcoString> {
    match key {
        Value::Number(number) if number.fract() == 0.0 => Some(ecow::eco_format!("{number}")),
        key => key.as_literal(),
    }
}
