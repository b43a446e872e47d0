//! Elements that make requests: forms, links, images.

use super::Request;
use crate::web::{
    syntax::tree::{Element, Tag},
    values::{Evaluator, Site, Text},
};

/// The request that an element of the renderer makes.
pub(super) fn request(evaluator: &Evaluator<'_>, site: &Site, element: &Element) -> Option<Request> {
    let Tag::Intrinsic(tag) = &element.tag else {
        return None;
    };
    let (kind, name) = match tag.as_str() {
        "form" => ("form", "action"),
        "a" | "area" => ("link", "href"),
        "img" | "video" | "audio" | "source" | "track" | "iframe" | "embed" => ("media", "src"),
        _ => return None,
    };
    let attributes = evaluator.properties(site);
    let attribute = |name: &str| attributes.iter().find(|(key, _)| key == name);
    let (_, address) = attribute(name)?;
    let addresses: Vec<Text> = evaluator.texts(address);
    let is_link = kind != "form";
    let is_address = |text: &Text| {
        let text = text.display();
        // A base that is not known may stand in front.
        text.starts_with('/')
            || text.starts_with("http")
            || is_link && text.starts_with("${") && text.contains("}/")
    };
    if !addresses.iter().any(is_address) {
        return None;
    }
    let method = attribute("method").and_then(|(_, method)| evaluator.texts(method).first()?.as_literal());
    Some(Request {
        kind: kind.into(),
        methods: vec![
            method
                .filter(|_| !is_link)
                .map_or("GET".into(), |method| method.to_uppercase()),
        ],
        addresses,
        written: evaluator
            .project
            .script(address.module)
            .written(address.expression),
        is_link,
        ..Request::default()
    })
}
