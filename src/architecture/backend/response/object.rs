//! What an operation answers as OpenAPI response objects.

use serde_json::{Map, Value as Json, json};

use super::{Answers, EVENT_STREAM, Further, Stream};
use crate::{
    architecture::{
        backend::{
            contract::{Published, deep_update},
            status::status_phrase,
        },
        model::Response,
    },
    python::interpret::repr,
};

impl Answers {
    /// The responses, with schemas.
    #[must_use]
    pub fn responses(&self, status: u16, published: &Published) -> Vec<Response> {
        let mut objects: Vec<(String, Map<String, Json>)> =
            vec![(status.to_string(), self.success(published))];
        for further in &self.further {
            self.add_further(further, &mut objects, published);
        }
        let is_covered = objects
            .iter()
            .any(|(code, _)| matches!(code.as_str(), "422" | "4XX" | "default"));
        if self.reads && !is_covered {
            let schema = json!({ "$ref": "#/components/schemas/HTTPValidationError" });
            let mut object = Map::new();
            object.insert("description".into(), "Validation Error".into());
            object.insert(
                "content".into(),
                json!({ "application/json": { "schema": schema } }),
            );
            objects.push(("422".into(), object));
        }
        objects
            .into_iter()
            .map(|(code, object)| self.response(code, object, status))
            .collect()
    }

    fn success(&self, published: &Published) -> Map<String, Json> {
        let mut object = Map::new();
        object.insert("description".into(), self.description.clone().into());
        if !self.has_body {
            return object;
        }
        let item = self.item.map(|id| published.schema(id));
        match self.stream {
            Stream::Lines => {
                let schema = item.unwrap_or_else(|| json!({}));
                object.insert(
                    "content".into(),
                    json!({ "application/jsonl": { "itemSchema": schema } }),
                );
            }
            Stream::Events => {
                object.insert(
                    "content".into(),
                    json!({ EVENT_STREAM: { "itemSchema": event(item) } }),
                );
            }
            Stream::None => {
                if let Some(media_type) = &self.media_type {
                    let schema = match (self.is_json, self.body) {
                        (true, Some(id)) => published.schema(id),
                        (true, None) => json!({}),
                        (false, _) => json!({ "type": "string" }),
                    };
                    object.insert(
                        "content".into(),
                        json!({ media_type.as_str(): { "schema": schema } }),
                    );
                }
            }
        }
        object
    }

    fn add_further(
        &self,
        further: &Further,
        objects: &mut Vec<(String, Map<String, Json>)>,
        published: &Published,
    ) {
        let upper = further.code.to_uppercase();
        let code = if upper == "DEFAULT" {
            "default".to_owned()
        } else {
            upper
        };
        let index = objects
            .iter()
            .position(|(known, _)| *known == code)
            .unwrap_or_else(|| {
                objects.push((code.clone(), Map::new()));
                objects.len() - 1
            });
        let mut given = further.given.clone();
        if let Some(id) = further.model {
            let media_type = self
                .media_type
                .clone()
                .unwrap_or_else(|| "application/json".into());
            let content = given.entry("content").or_insert_with(|| json!({}));
            let schema = entry(entry(content, &media_type), "schema");
            let mut merged = schema.as_object().cloned().unwrap_or_default();
            if let Json::Object(model) = published.schema(id) {
                deep_update(&mut merged, &model);
            }
            *schema = Json::Object(merged);
        }
        let object = &mut objects[index].1;
        let described = |map: &Map<String, Json>| {
            map.get("description")
                .and_then(Json::as_str)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let description = described(&given)
            .or_else(|| described(object))
            .unwrap_or_else(|| status_phrase(&code));
        deep_update(object, &given);
        object.insert("description".into(), description.into());
    }

    fn response(&self, code: String, object: Map<String, Json>, status: u16) -> Response {
        let content = object
            .get("content")
            .and_then(Json::as_object)
            .and_then(|content| content.iter().next());
        let annotation = if code == status.to_string() && self.annotation.is_some() {
            self.annotation
                .as_ref()
                .map(|annotation| repr::repr(annotation).to_string())
        } else if code == "422" && !self.further.iter().any(|further| further.code == "422") {
            Some("HTTPValidationError".into())
        } else {
            self.further
                .iter()
                .find(|further| further.code.to_uppercase() == code.to_uppercase())
                .and_then(|f| f.annotation.clone())
        };
        Response {
            annotation,
            media_type: content.map(|(media_type, _)| media_type.clone()),
            description: object
                .get("description")
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned(),
            schema: content
                .and_then(|(_, part)| part.get("schema").or_else(|| part.get("itemSchema")))
                .cloned(),
            published: Json::Object(object),
            status: code,
        }
    }
}

fn entry<'a>(json: &'a mut Json, key: &str) -> &'a mut Json {
    if !json.is_object() {
        *json = json!({});
    }
    &mut json[key]
}

/// The schema of a server-sent event (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
fn event(item: Option<Json>) -> Json {
    let mut schema = json!({
        "type": "object",
        "properties": {
            "data": { "type": "string" },
            "event": { "type": "string" },
            "id": { "type": "string" },
            "retry": { "type": "integer", "minimum": 0 },
        },
    });
    if let Some(item) = item {
        schema["required"] = json!(["data"]);
        schema["properties"]["data"] =
            json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": item });
    }
    schema
}
