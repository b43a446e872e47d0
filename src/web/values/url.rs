//! Addresses that `new URL(path, base)` makes.
//!
//! <https://developer.mozilla.org/docs/Web/API/URL/URL>

use super::{Evaluator, External, Origin, Site, Text, TextPart, Value, Values, evaluator::add};
use crate::web::{
    project::{ModuleId, Target},
    syntax::tree::{Argument, ExpressionId, ExpressionKind as Kind},
};

impl Evaluator<'_> {
    /// `new URL(path, base)` as the address it is.
    pub(super) fn address(&self, site: &Site, arguments: &[Argument]) -> Values {
        let Some(first) = arguments.first() else {
            return vec![];
        };
        let place = |argument: &Argument| Site {
            expression: argument.value,
            ..site.clone()
        };
        let paths = self.texts(&place(first));
        let Some(base) = arguments.get(1) else {
            return paths.into_iter().map(Value::Text).collect();
        };
        let mut values = vec![];
        if self.is_own_address(site.module, base.value) {
            // Beside the module: a file of the tree by its path there.
            let file = &self.project.module(site.module).file;
            for path in paths.iter().filter(|path| path.as_literal().is_some()) {
                if let Target::File(found) = self.project.resolve_address(file, &path.display()) {
                    add(&mut values, Value::Text(Text::literal(&found)));
                }
            }
            if !values.is_empty() {
                return values;
            }
        }
        let bases = self.texts(&place(base));
        for path in &paths {
            for base in &bases {
                add(&mut values, Value::Text(join_address(path, base)));
            }
        }
        values
    }

    /// `import.meta.url`
    fn is_own_address(&self, module: ModuleId, expression: ExpressionId) -> bool {
        let script = self.script(module);
        match script.kind(expression) {
            Kind::Member { object, property, .. } => {
                property == "url" && matches!(script.kind(*object), Kind::ImportMeta)
            }
            _ => false,
        }
    }
}

/// A path against a base, as the platform joins them: an absolute path replaces that of the base, a relative one its last part
/// (<https://url.spec.whatwg.org/#relative-state>).
fn join_address(path: &Text, base: &Text) -> Text {
    let first = match path.parts.first() {
        Some(TextPart::Literal(first)) => first.as_str(),
        _ => "",
    };
    if first.contains("://") || first.starts_with("//") {
        return path.clone();
    }
    // What is not known in front of a path is its host; where it is nothing, the path is the page's.
    if matches!(path.parts.first(), Some(TextPart::Hole { .. })) && is_page(base) {
        return path.clone();
    }
    if first.starts_with('/') && is_page(base) {
        let mut joined = Text::hole(
            "window.location.origin".into(),
            Value::External(External::global("location").member("origin")),
        );
        joined.push(path);
        return joined;
    }
    let mut joined = Text::default();
    let mut parts = base.parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            TextPart::Literal(text) => {
                let scheme = text.find("://").map_or(0, |at| at + 3);
                if first.starts_with('/')
                    && let Some(slash) = text[scheme..].find('/')
                {
                    joined.push_literal(&text[..scheme + slash]);
                    break;
                }
                let is_last = parts.peek().is_none();
                match text[scheme..].rfind('/').filter(|_| is_last) {
                    Some(slash) => joined.push_literal(&text[..scheme + slash + 1]),
                    None => joined.push_literal(text),
                }
            }
            hole @ TextPart::Hole { .. } => joined.parts.push(hole.clone()),
        }
    }
    let ends_with_slash = matches!(joined.parts.last(), Some(TextPart::Literal(text)) if text.ends_with('/'));
    if !first.starts_with('/') && !ends_with_slash {
        joined.push_literal("/");
    }
    joined.push(path);
    joined
}

/// Whether a base is the address of the page itself.
fn is_page(base: &Text) -> bool {
    let [TextPart::Hole { value, .. }] = base.parts.as_slice() else {
        return false;
    };
    match value.as_ref() {
        Value::External(external) if external.origin == Origin::Global => {
            let path = external.path();
            let path = path.strip_prefix("document.").unwrap_or(&path);
            matches!(path, "location.href" | "location" | "location.origin" | "baseURI")
        }
        _ => false,
    }
}
