//! jQuery.

use super::{Reader, Request};

impl Reader<'_, '_> {
    /// <https://api.jquery.com/category/ajax/>
    pub(super) fn jquery(&self, member: &str) -> Option<Request> {
        let member = member.strip_prefix("default.").unwrap_or(member);
        match member {
            "ajax" => {
                let first = self.values(0);
                let urls = self.option_texts(&first, "url");
                if urls.is_empty() {
                    return self.with_options("jquery", 0, 1);
                }
                let methods = match self.methods(&first, "") {
                    methods if methods.iter().any(|method| !method.is_empty()) => methods,
                    _ => self.named_methods(&first, "type", "GET"),
                };
                Some(Request {
                    kind: "jquery".into(),
                    methods,
                    written: urls.first().map(|url| url.display().into()).unwrap_or_default(),
                    addresses: urls,
                    body: self.options(&first, "data"),
                    headers: self.options(&first, "headers"),
                    ..Request::default()
                })
            }
            "get" | "getJSON" => self.fixed("jquery", "GET", 0),
            "post" => {
                let mut request = self.fixed("jquery", "POST", 0)?;
                request.body = self.values(1);
                Some(request)
            }
            _ => None,
        }
    }
}
