//! Vue's templates: <https://vuejs.org/guide/essentials/template-syntax.html>.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    PROPERTIES,
    bindings::Binding,
    expression::{FreeName, free_names, free_names_of_statements},
    node::{Attribute, Element, Node},
    svelte::is_tag,
    writer::Writer,
};

/// Globals that a template may use besides the component's own names
/// (<https://vuejs.org/guide/essentials/template-syntax.html#restricted-globals-access>).
const GLOBALS: [&str; 26] = [
    "Infinity",
    "undefined",
    "NaN",
    "isFinite",
    "isNaN",
    "parseFloat",
    "parseInt",
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "Math",
    "Number",
    "Date",
    "Array",
    "Object",
    "Boolean",
    "String",
    "RegExp",
    "Map",
    "Set",
    "JSON",
    "Intl",
    "BigInt",
    "console",
    "Error",
];

/// Writes the elements of a template.
pub(super) fn write(nodes: &[Node], declared: FxHashMap<String, Binding>, writer: &mut Writer<'_>) {
    let mut template = Template {
        declared,
        local: vec![],
        writer,
    };
    template.writer.put("(<>", 0);
    template.children(nodes);
    template.writer.put("</>);", 0);
}

struct Template<'w, 't> {
    declared: FxHashMap<String, Binding>,
    /// Names of loops and slots around.
    local: Vec<String>,
    writer: &'w mut Writer<'t>,
}

impl Template<'_, '_> {
    fn text(&self, range: &Range<usize>) -> &str {
        &self.writer.file[range.clone()]
    }

    fn children(&mut self, nodes: &[Node]) {
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            at += 1;
            match node {
                Node::Element(element) => {
                    let chain = 1 + nodes[at..].iter().take_while(|node| self.continues(node)).count();
                    let is_conditional = self.value_of(element, "v-if").is_some();
                    if is_conditional {
                        self.conditional(&nodes[at - 1..at - 1 + chain], element.start);
                        at += chain - 1;
                    } else {
                        self.child(element);
                    }
                }
                Node::Value(range) => {
                    self.writer.put("{", range.start);
                    self.value(range);
                    self.writer.put("}", range.end);
                }
                Node::Tag { .. } | Node::Block(_) => {}
            }
        }
    }

    fn continues(&self, node: &Node) -> bool {
        let Node::Element(element) = node else {
            return false;
        };
        let file = self.writer.file;
        element.attribute(file, "v-else-if").is_some() || element.attribute(file, "v-else").is_some()
    }

    fn value_of(&self, element: &Element, name: &str) -> Option<Range<usize>> {
        element.attribute(self.writer.file, name)?.text()
    }

    /// `v-if`, `v-else-if` and `v-else` of elements beside each other.
    fn conditional(&mut self, nodes: &[Node], start: usize) {
        self.writer.put("{", start);
        let mut is_open = true;
        for node in nodes {
            let Node::Element(element) = node else { continue };
            let test = self
                .value_of(element, "v-if")
                .or_else(|| self.value_of(element, "v-else-if"));
            if let Some(test) = &test {
                self.value(test);
                self.writer.put(" ? ", element.start);
            }
            self.writer.put("<>", element.start);
            self.child(element);
            self.writer.put("</>", element.start);
            if test.is_none() {
                is_open = false;
                break;
            }
            self.writer.put(" : ", element.start);
        }
        self.writer.put(if is_open { "null}" } else { "}" }, start);
    }

    /// An element where elements stand, with its loop.
    fn child(&mut self, element: &Element) {
        let Some(range) = self.value_of(element, "v-for") else {
            return self.element(element);
        };
        let text = self.text(&range);
        let split = [" in ", " of "]
            .iter()
            .filter_map(|word| Some((text.find(word)?, word.len())))
            .min();
        let Some((at, length)) = split else {
            return self.element(element);
        };
        let names = range.start..range.start + at;
        self.writer.put("{", element.start);
        self.value(&(range.start + at + length..range.end));
        self.writer.put(".map((", element.start);
        let inner = self.text(&names).trim().to_owned();
        let inner = inner
            .strip_prefix('(')
            .and_then(|inner| inner.strip_suffix(')'))
            .unwrap_or(&inner);
        let outer = self.local.len();
        if free_names(&format!("({inner}) => 0")).is_some() {
            let from = names.start + self.text(&names).find(inner).unwrap_or(0);
            self.declare(inner);
            let inner = from..from + inner.len();
            self.writer.copy(inner);
        }
        self.writer.put(") => ", element.start);
        self.writer.put("<>", element.start);
        self.element(element);
        self.writer.put("</>)}", element.start);
        self.local.truncate(outer);
    }

    /// Every word of a pattern; a name too many only leaves an outer one alone.
    fn declare(&mut self, pattern: &str) {
        let words = pattern.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$');
        self.local
            .extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }

    fn element(&mut self, element: &Element) {
        let name = self.text(&element.name).to_owned();
        let start = element.start;
        if name == "slot" {
            self.writer.put(&format!("{{{PROPERTIES}.children}}"), start);
            return;
        }
        self.writer.note_element();
        let tag = self.tag(element, &name);
        self.writer.put("<", start);
        self.writer.put_for(&tag, element.name.clone());
        let is_component = tag.contains(char::is_uppercase) || tag.contains('-');
        if !tag.is_empty() {
            for attribute in &element.attributes {
                self.attribute(attribute, is_component);
            }
        }
        self.writer.put(">", start);
        let slot = element.attributes.iter().find(|attribute| {
            let name = &self.writer.file[attribute.name.clone()];
            name.starts_with("v-slot") || name.starts_with('#')
        });
        let outer = self.local.len();
        let given = slot.and_then(Attribute::text).filter(|given| {
            let text = self.text(given);
            !text.trim().is_empty() && free_names(&format!("({text}) => 0")).is_some()
        });
        if let Some(given) = &given {
            let names = self.text(given).to_owned();
            self.declare(&names);
            self.writer.put("{(", start);
            self.writer.copy(given.clone());
            self.writer.put(") => <>", start);
        }
        self.children(&element.children);
        if given.is_some() {
            self.writer.put("</>}", start);
        }
        self.local.truncate(outer);
        self.writer.put(&format!("</{tag}"), start);
        self.writer.put(">", element.end.saturating_sub(1));
    }

    /// The name of the element in JSX; empty for a fragment.
    fn tag(&self, element: &Element, name: &str) -> String {
        if name == "template" || name == "Suspense" || name == "suspense" {
            return String::new();
        }
        if name == "component" {
            let is = self
                .value_of(element, ":is")
                .or_else(|| self.value_of(element, "v-bind:is"));
            let is = is.map(|is| self.text(&is).trim().to_owned());
            let is_declared =
                |is: &String| is_tag(is) && self.declared.contains_key(is.split('.').next().unwrap_or(is));
            return is.filter(is_declared).unwrap_or_default();
        }
        // `<my-component>` is `<MyComponent>` where the script has that.
        let pascal: String = name.split('-').map(capitalised).collect();
        if name.contains('-') && self.declared.contains_key(&pascal) {
            return pascal;
        }
        if is_tag(name) {
            name.to_owned()
        } else {
            String::new()
        }
    }

    fn attribute(&mut self, attribute: &Attribute, is_component: bool) {
        let name = self.text(&attribute.name).to_owned();
        let start = attribute.name.start;
        let value = attribute.text();
        if let Some(event) = name.strip_prefix('@').or_else(|| name.strip_prefix("v-on:")) {
            let event = event.split('.').next().unwrap_or(event);
            let key = format!("on{}", event.split('-').map(capitalised).collect::<String>());
            if let Some(value) = value.filter(|_| is_tag(&key)) {
                self.handler(&key, &value, start);
            }
            return;
        }
        let bound = name.strip_prefix(':').or_else(|| name.strip_prefix("v-bind:"));
        if let Some(bound) = bound {
            let own = bound.split('.').next().unwrap_or(bound);
            let key = key(own, is_component);
            if !is_tag(&key) {
                return;
            }
            self.writer.put(&format!(" {key}={{"), start);
            match &value {
                Some(value) => self.value(value),
                // `:name` alone is `:name="name"`.
                None => {
                    let camel = camel_case(own);
                    let seen = self.seen(&camel);
                    self.writer.put(&seen, start);
                }
            }
            self.writer.put("}", start);
            return;
        }
        match name.split(['.', ':']).next().unwrap_or(&name) {
            "v-for" | "v-if" | "v-else-if" | "v-else" | "v-slot" | "v-pre" | "v-once" | "v-cloak" => {}
            "v-bind" | "v-on" => {
                if let Some(value) = value {
                    self.writer.put(" {...", start);
                    self.value(&value);
                    self.writer.put("}", start);
                }
            }
            "v-model" => {
                let own = name.split('.').next().and_then(|name| name.split_once(':'));
                let key = own.map_or("modelValue".to_owned(), |(_, own)| key(own, true));
                if let Some(value) = value.filter(|_| is_tag(&key)) {
                    self.writer.put(&format!(" {key}={{"), start);
                    self.value(&value);
                    self.writer.put("}", start);
                }
            }
            directive if directive.starts_with("v-") => {
                if let Some(value) = value.filter(|_| is_tag(directive)) {
                    self.writer.put(&format!(" {directive}={{"), start);
                    self.value(&value);
                    self.writer.put("}", start);
                }
            }
            _ if name.starts_with('#') => {}
            _ => self.plain(&name, value.as_ref(), start, is_component),
        }
    }

    fn plain(&mut self, name: &str, value: Option<&Range<usize>>, start: usize, is_component: bool) {
        let key = key(name, is_component);
        if !is_tag(&key) {
            return;
        }
        self.writer.put(" ", start);
        self.writer.put_for(&key, start..start + name.len());
        if let Some(value) = value {
            self.writer.put("={", value.start);
            self.writer.put_string(value.clone());
            self.writer.put("}", value.end);
        }
    }

    /// A handler: a function, or statements (<https://vuejs.org/guide/essentials/event-handling.html>).
    fn handler(&mut self, key: &str, value: &Range<usize>, start: usize) {
        let text = self.text(value).trim().to_owned();
        self.writer.put(&format!(" {key}={{"), start);
        let is_path = text
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.' | '?'));
        let is_function = text.contains("=>") && free_names(&text).is_some() || text.starts_with("function");
        if is_path || is_function {
            self.value(value);
        } else if let Some(names) = free_names_of_statements(self.text(value)) {
            self.writer.put("($event) => {", start);
            self.local.push("$event".to_owned());
            self.rewritten(value, &names);
            self.local.pop();
            self.writer.put("}", value.end);
        } else {
            self.writer.put("undefined", start);
            self.problem(value);
        }
        self.writer.put("}", value.end);
    }

    fn problem(&mut self, range: &Range<usize>) {
        if !self.text(range).trim().is_empty() {
            self.writer
                .problem("an expression of the template could not be read", range.start);
        }
    }

    /// An expression, or `undefined` where it is none.
    fn value(&mut self, range: &Range<usize>) {
        let Some(names) = free_names(self.text(range)) else {
            self.problem(range);
            self.writer.put("undefined", range.start);
            return;
        };
        self.writer.put("(", range.start);
        self.rewritten(range, &names);
        self.writer.put(")", range.end);
    }

    /// A part of the template, its names as the template sees them.
    fn rewritten(&mut self, range: &Range<usize>, names: &[FreeName]) {
        let mut at = range.start;
        for name in names {
            let place = range.start + name.range.start..range.start + name.range.end;
            let seen = self.seen(&name.name);
            if seen == name.name || place.start < at {
                continue;
            }
            self.writer.copy(at..place.start);
            if name.is_shorthand {
                self.writer.put(&format!("{}: ", name.name), place.start);
            }
            self.writer.put_for(&seen, place.clone());
            at = place.end;
        }
        self.writer.copy(at..range.end);
    }

    /// What a name of the template means.
    fn seen(&self, name: &str) -> String {
        if self.local.iter().any(|local| local == name) || GLOBALS.contains(&name) || name.starts_with('$') {
            return name.to_owned();
        }
        match self.declared.get(name) {
            Some(Binding::MayRefer) => format!("unref({name})"),
            Some(Binding::Plain) => name.to_owned(),
            Some(Binding::Member) => format!("this.{name}"),
            None => format!("{PROPERTIES}.{name}"),
        }
    }
}

/// The name of an attribute: that of a component may be written as HTML's.
fn key(name: &str, is_component: bool) -> String {
    let last = name.rsplit('-').next().unwrap_or(name);
    // `position-x` goes into an object of three.js (<https://docs.tresjs.org/api/instances-arguments-and-props>).
    if !is_component || last.len() == 1 || name.starts_with("data-") || name.starts_with("aria-") {
        return name.to_owned();
    }
    camel_case(name)
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capitalised(word))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
