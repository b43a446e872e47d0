//! Fields of forms that hold an address: what `document.getElementById('url').value` is before anybody types
//! (<https://developer.mozilla.org/en-US/docs/Web/API/HTMLInputElement/defaultValue>).

use rustc_hash::FxHashMap;

use super::{Evaluator, External, Origin, Site, Text, Value, Values};
use crate::web::{project::Project, syntax::tag::tags};

/// What fields hold at first, by page and id.
#[derive(Debug, Default)]
pub(super) struct FormFields(FxHashMap<(usize, String), String>);

impl FormFields {
    fn read(project: &Project<'_>) -> Self {
        let mut this = Self::default();
        for (index, page) in project.pages.iter().enumerate() {
            let Some(text) = project.files.text(&page.file) else {
                continue;
            };
            for tag in tags(&text)
                .iter()
                .filter(|tag| tag.name.eq_ignore_ascii_case("input"))
            {
                // What a template puts in is not known here, and of what people enter only an address is meant to be kept.
                if let (Some(id), Some(value)) = (tag.value("id"), tag.value("value"))
                    && (value.starts_with('/') || value.contains("://"))
                    && !value.contains('{')
                {
                    this.0.entry((index, id.to_owned())).or_insert(value.to_owned());
                }
            }
        }
        this
    }
}

impl Evaluator<'_> {
    /// A member of something external: for the value of a field also what the page puts there.
    pub(super) fn external_member(&self, external: &External, name: &str) -> Values {
        let actions = self.store_action(external, name);
        if !actions.is_empty() {
            return actions;
        }
        let mut values = vec![Value::External(external.member(name))];
        if name == "value"
            && external.members.is_empty()
            && let Origin::Result { callee, site } = &external.origin
            && let Some(text) = self.first_value(callee, site)
        {
            values.push(Value::Text(Text::literal(&text)));
        }
        values
    }

    fn first_value(&self, callee: &External, site: &Site) -> Option<String> {
        let is_selector = callee.is_global("document.querySelector");
        if !is_selector && !callee.is_global("document.getElementById") {
            return None;
        }
        let arguments = self.arguments_of(site);
        let named = self.argument(site, &arguments, 0);
        let named = named.first()?.as_literal()?;
        let id = if is_selector {
            named.strip_prefix('#')?
        } else {
            named.as_str()
        };
        let fields = self.form_fields.get_or_init(|| FormFields::read(self.project));
        let mut pages = self.project.pages_of(site.module).iter();
        pages.find_map(|page| fields.0.get(&(*page, id.to_owned())).cloned())
    }
}
