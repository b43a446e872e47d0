//! Where the text of a shader is.

use serde::Serialize;

use crate::{
    source::location::Location,
    web::{
        project::{ModuleId, Target},
        syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind},
        three::objects::location,
        values::{Evaluator, Site, Value},
    },
};

/// Where the text of a shader is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShaderSource {
    /// What holds it.
    pub kind: ShaderSourceKind,
    /// The file and line of its text; of what is not known, where it is asked for.
    pub location: Location,
    /// Lines of the text, where it is known.
    pub lines: Option<u32>,
    #[serde(skip)]
    code: Option<String>,
}

/// What holds the text of a shader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShaderSourceKind {
    /// A string of a script.
    Inline,
    /// A file that is imported.
    File,
    /// `<script type="x-shader/…">` of a page.
    Element,
    /// It is made at run time or loaded.
    #[default]
    Unknown,
}

impl ShaderSource {
    /// A source for a fixture.
    #[cfg(test)]
    #[must_use]
    pub fn new(kind: ShaderSourceKind, location: Location, lines: Option<u32>) -> Self {
        Self {
            kind,
            location,
            lines,
            code: None,
        }
    }

    /// The text as far as it is known.
    pub(super) fn text(&self, evaluator: &Evaluator<'_>) -> Option<String> {
        match self.kind {
            ShaderSourceKind::File => evaluator.project.files.text(&self.location.file),
            _ => self.code.clone(),
        }
    }
}

/// Where the text that an expression stands for is.
pub(super) fn source(evaluator: &Evaluator<'_>, site: &Site) -> Option<ShaderSource> {
    if let Some(found) = element(evaluator, site) {
        return Some(found);
    }
    let values = evaluator.values_at(site);
    let here = || location(evaluator, site.module, site.expression);
    for value in &values {
        match value {
            Value::File(path) => {
                let text = evaluator.project.files.text(path);
                return Some(ShaderSource {
                    kind: ShaderSourceKind::File,
                    location: Location {
                        file: path.to_string(),
                        ..Location::default()
                    },
                    lines: text.map(|text| text.lines().count() as u32),
                    code: None,
                });
            }
            Value::Text(text) => {
                let code = text.display();
                let place = written(evaluator, site.module, site.expression, 0);
                return Some(ShaderSource {
                    kind: ShaderSourceKind::Inline,
                    location: place.map_or_else(here, |(module, id)| location(evaluator, module, id)),
                    lines: Some(code.trim().lines().count() as u32),
                    code: Some(code),
                });
            }
            _ => {}
        }
    }
    Some(ShaderSource {
        location: here(),
        ..ShaderSource::default()
    })
}

/// Names that are followed to a text.
const MAX_NAMES: u32 = 6;

/// The string or template that an expression names.
fn written(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    names: u32,
) -> Option<(ModuleId, ExpressionId)> {
    use crate::web::syntax::tree::ExportSource;
    let script = evaluator.project.script(module);
    if names > MAX_NAMES {
        return None;
    }
    match script.kind(expression) {
        Kind::Text(_) | Kind::Template { .. } | Kind::Binary { .. } => Some((module, expression)),
        Kind::Local(name) => {
            let declared = script.name(*name);
            let [definition] = declared.definitions.as_slice() else {
                return None;
            };
            match definition.source {
                DefinitionSource::Expression(value) if definition.path.is_empty() => {
                    written(evaluator, module, value, names + 1)
                }
                DefinitionSource::Import(import, name) => {
                    let import = &script.imports[import as usize];
                    let imported = &import.names[name as usize].imported;
                    let Target::Module(target) = evaluator.project.resolve(module, &import.module) else {
                        return None;
                    };
                    let other = evaluator.project.script(target);
                    let export = other.exports.iter().find(|export| export.name == *imported)?;
                    let value = match &export.source {
                        ExportSource::Expression(value) => *value,
                        ExportSource::Name(name) => match other.name(*name).definitions.as_slice() {
                            [only] => match only.source {
                                DefinitionSource::Expression(value) => value,
                                _ => return None,
                            },
                            _ => return None,
                        },
                        ExportSource::Module { .. } => return None,
                    };
                    written(evaluator, target, value, names + 1)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// `document.getElementById('id').textContent`: the script element of a page.
fn element(evaluator: &Evaluator<'_>, site: &Site) -> Option<ShaderSource> {
    let script = evaluator.project.script(site.module);
    let Kind::Member { object, property, .. } = script.kind(site.expression) else {
        return None;
    };
    if !matches!(
        property.as_str(),
        "textContent" | "innerHTML" | "innerText" | "text"
    ) {
        return None;
    }
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(*object)
    else {
        return None;
    };
    let Kind::Member { property, .. } = script.kind(*callee) else {
        return None;
    };
    if !matches!(property.as_str(), "getElementById" | "querySelector") {
        return None;
    }
    let id = Site::alone(site.module, arguments.first()?.value);
    let ids = evaluator.values_at(&id);
    let id = ids.iter().find_map(Value::as_literal)?;
    let id = id.trim_start_matches('#');
    let file = &evaluator.project.module(site.module).file;
    let own = std::iter::once(file.as_str());
    let pages = evaluator.project.pages_of(site.module).iter();
    let pages = pages.map(|page| evaluator.project.pages[*page].file.as_str());
    own.chain(pages).find_map(|file| {
        let text = evaluator.project.files.text(file)?;
        let (line, code) = script_of_page(&text, id)?;
        Some(ShaderSource {
            kind: ShaderSourceKind::Element,
            location: Location {
                file: file.to_owned(),
                line,
                end_line: line,
                column: 0,
            },
            lines: Some(code.trim().lines().count() as u32),
            code: Some(code),
        })
    })
}

/// The line and content of the script element with an id.
fn script_of_page(text: &str, id: &str) -> Option<(u32, String)> {
    let mut at = 0;
    while let Some(found) = text[at..].find("<script") {
        let start = at + found;
        let open = start + text[start..].find('>')?;
        let attributes = &text[start..open];
        let is_wanted = [format!("id=\"{id}\""), format!("id='{id}'"), format!("id={id}")]
            .iter()
            .any(|attribute| {
                attributes
                    .match_indices(attribute.as_str())
                    .any(|(index, found)| {
                        let next = attributes[index + found.len()..].chars().next();
                        next.is_none_or(|letter| !letter.is_alphanumeric() && letter != '-' && letter != '_')
                    })
            });
        let close = text[open..].find("</script").map_or(text.len(), |end| open + end);
        if is_wanted {
            let line = text[..start].matches('\n').count() as u32 + 1;
            return Some((line, text[open + 1..close].to_owned()));
        }
        at = close;
    }
    None
}
