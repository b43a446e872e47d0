//! The scripts of a file: the file itself, or what stands in the `<script>` elements of a page or component.
//!
//! What is not script is blanked with spaces, so that every place in a script is the place in the file.
//! Script elements hold raw text up to the next `</script`, whatever it looks like
//! (<https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>).

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    Language, Parsed,
    lower::Component,
    markup::{self, Framework},
    parse,
    parse::{SyntaxProblem, parse_component},
};

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its scripts, in order. The inline scripts of a page that share the global scope are one.
    pub scripts: Vec<Embedded>,
    /// Scripts that a page loads, in order.
    pub external: Vec<External>,
    /// The text of `<script type="importmap">`, with its byte offset.
    pub import_map: Option<(String, u32)>,
    /// The byte ranges of a page or component that are markup.
    pub markup: Vec<Range<usize>>,
}

/// A script of a file.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// What it holds.
    pub parsed: Parsed,
    /// Whether it is a module; else its top level is that of the page.
    pub is_module: bool,
}

/// A script that a page loads by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// `src` as written.
    pub source: String,
    /// Whether it is a module.
    pub is_module: bool,
    /// The line that the element begins in, from 1.
    pub line: u32,
}

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A script.
    Script(Language),
    /// A page, or the template of one.
    Page,
    /// A Vue or Svelte component.
    Component,
}

/// What a file is; none if it holds no scripts.
#[must_use]
pub fn kind(path: &str) -> Option<FileKind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, suffix) = name.rsplit_once('.')?;
    Some(match suffix {
        "js" | "mjs" | "cjs" | "jsx" => FileKind::Script(Language::JavaScript),
        // Declarations hold no code.
        "ts" | "mts" | "cts" if stem.ends_with(".d") => return None,
        "ts" | "mts" | "cts" => FileKind::Script(Language::TypeScript),
        "tsx" => FileKind::Script(Language::TypeScriptJsx),
        "html" | "htm" | "jinja" | "jinja2" | "j2" | "xhtml" => FileKind::Page,
        "vue" | "svelte" => FileKind::Component,
        _ => return None,
    })
}

/// Reads the scripts of a file by its path and text.
#[must_use]
pub fn read(path: &str, text: &str, kind: FileKind) -> Document {
    match kind {
        FileKind::Script(language) => Document {
            scripts: vec![Embedded {
                parsed: parse(text, language),
                is_module: true,
            }],
            ..Document::default()
        },
        FileKind::Page => page(text),
        FileKind::Component => component(path, text),
    }
}

/// One `<script>` element.
struct Element {
    attributes: Range<usize>,
    content: Range<usize>,
    start: usize,
    end: usize,
}

fn elements(text: &str) -> Vec<Element> {
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)<!--|<script((?:\s+(?:[^>"']|"[^"]*"|'[^']*')*)?)>"#).expect("a valid expression")
    });
    static CLOSE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)</script\s*>").expect("a valid expression"));
    let mut found = vec![];
    let mut at = 0;
    while let Some(open) = OPEN.captures_at(text, at) {
        let (Some(whole), attributes) = (open.get(0), open.get(1)) else {
            break;
        };
        let Some(attributes) = attributes else {
            at = text[whole.end()..]
                .find("-->")
                .map_or(text.len(), |end| whole.end() + end + 3);
            continue;
        };
        let close = CLOSE.find_at(text, whole.end());
        let (content_end, end) = close.map_or((text.len(), text.len()), |close| (close.start(), close.end()));
        found.push(Element {
            attributes: attributes.range(),
            content: whole.end()..content_end,
            start: whole.start(),
            end,
        });
        at = end;
    }
    found
}

/// The value of an attribute; empty for one without a value.
fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?"#)
            .expect("a valid expression")
    });
    let found = ATTRIBUTE
        .captures_iter(attributes)
        .find(|found| found[1].eq_ignore_ascii_case(name))?;
    let value = (2..=4).find_map(|group| found.get(group));
    Some(value.map_or("", |value| value.as_str()))
}

fn page(text: &str) -> Document {
    let mut document = Document::default();
    let mut classic: Vec<Range<usize>> = vec![];
    let mut at = 0;
    for element in elements(text) {
        document.markup.push(at..element.start);
        at = element.end;
        let attributes = &text[element.attributes.clone()];
        let kind = attribute(attributes, "type")
            .unwrap_or("")
            .trim()
            .to_ascii_lowercase();
        let is_module = kind == "module";
        if kind == "importmap" {
            let content = text[element.content.clone()].to_owned();
            document
                .import_map
                .get_or_insert((content, element.content.start as u32));
        } else if !is_module && !is_javascript(&kind) {
            // Data, a shader or a template.
        } else if let Some(source) = attribute(attributes, "src") {
            document.external.push(External {
                source: source.trim().to_owned(),
                is_module,
                line: 1 + text[..element.start].matches('\n').count() as u32,
            });
        } else if is_module {
            document.scripts.push(embedded(text, &[element.content], true));
        } else {
            classic.push(element.content);
        }
    }
    document.markup.push(at..text.len());
    if classic.iter().any(|range| !text[range.clone()].trim().is_empty()) {
        document.scripts.insert(0, embedded(text, &classic, false));
    }
    document
}

/// <https://mimesniff.spec.whatwg.org/#javascript-mime-type>
fn is_javascript(kind: &str) -> bool {
    matches!(
        kind,
        "" | "text/javascript"
            | "application/javascript"
            | "application/ecmascript"
            | "text/ecmascript"
            | "text/babel"
            | "text/jsx"
            | "application/x-javascript"
            | "text/jscript"
            | "text/typescript"
    )
}

/// `<script>` and `<script setup>` of Vue, or the instance and module scripts of Svelte, are one module; what the
/// template makes stands in it too.
fn component(path: &str, text: &str) -> Document {
    let mut document = Document::default();
    let mut contents = vec![];
    let mut instance = vec![];
    let mut language = Language::JavaScript;
    let framework = if path.ends_with(".vue") {
        Framework::Vue
    } else {
        Framework::Svelte
    };
    for element in elements(text) {
        let attributes = &text[element.attributes.clone()];
        match attribute(attributes, "lang") {
            Some("ts" | "typescript") => language = Language::TypeScript,
            Some("tsx") => language = Language::TypeScriptJsx,
            _ => {}
        }
        if attribute(attributes, "src").is_some() {
            continue;
        }
        let is_instance = match framework {
            Framework::Vue => attribute(attributes, "setup").is_some(),
            Framework::Svelte => {
                attribute(attributes, "module").is_none()
                    && attribute(attributes, "context") != Some("module")
            }
        };
        if is_instance {
            instance.push(element.content.clone());
        }
        contents.push(element.content);
    }
    let script = blanked(text, &contents);
    let mut written = markup::write(text, &script, language, framework);
    let problems = std::mem::take(&mut written.problems);
    let has_template = written.has_elements;
    let with_template = has_template
        .then(|| of_template(path, text, language, instance, &written))
        .flatten();
    let mut parsed = with_template.unwrap_or_else(|| {
        let mut parsed = parse(&script, language);
        if has_template && parsed.problems.is_empty() {
            parsed.problems.push(SyntaxProblem {
                message: "the template could not be read, only the script is".to_owned(),
                start: 0,
            });
        }
        parsed
    });
    parsed.problems.extend(problems);
    if has_template || !contents.is_empty() {
        document.scripts.push(Embedded {
            parsed,
            is_module: true,
        });
    }
    document
}

/// The component with its template; none where what was written could not be read.
fn of_template(
    path: &str,
    text: &str,
    language: Language,
    instance: Vec<Range<usize>>,
    written: &markup::Written,
) -> Option<Parsed> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let component = Component {
        name: name.rsplit_once('.').map_or(name, |(stem, _)| stem).into(),
        file: text,
        instance,
        template: text.len(),
        positions: &written.positions,
    };
    let parsed = parse_component(&written.text, language, &component);
    parsed.problems.is_empty().then_some(parsed)
}

fn embedded(text: &str, ranges: &[Range<usize>], is_module: bool) -> Embedded {
    let script = blanked(text, ranges);
    let mut parsed = parse(&script, Language::JavaScript);
    if !parsed.problems.is_empty() {
        let filled = fill_placeholders(&script);
        if filled != script {
            let again = parse(&filled, Language::JavaScript);
            if again.problems.len() < parsed.problems.len() {
                parsed = again;
            }
        }
    }
    Embedded { parsed, is_module }
}

/// The text with everything but the ranges blanked, line breaks kept.
fn blanked(text: &str, ranges: &[Range<usize>]) -> String {
    let mut script = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |script: &mut String, part: &str| {
        for byte in part.bytes() {
            script.push(if byte == b'\n' { '\n' } else { ' ' });
        }
    };
    for range in ranges {
        blank(&mut script, &text[at..range.start]);
        script.push_str(&text[range.clone()]);
        at = range.end;
    }
    blank(&mut script, &text[at..]);
    script
}

/// The letter that stands for what a template engine puts in: a letter of the language that nobody writes.
pub const PLACEHOLDER: char = 'ƿ';

/// Jinja's tags are no JavaScript: statements are blanked, values become a name of the same length.
fn fill_placeholders(script: &str) -> String {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}").expect("a valid expression"));
    TAG.replace_all(script, |tag: &regex::Captures<'_>| {
        let tag = &tag[0];
        let is_value = tag.starts_with("{{") && !tag.contains('\n');
        if is_value {
            let mut name = PLACEHOLDER.to_string().repeat(tag.len() / 2);
            name.push_str(if tag.len() % 2 == 1 { "_" } else { "" });
            name
        } else {
            tag.bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect()
        }
    })
    .into_owned()
}

/// The problems of all scripts of a document.
pub fn problems(document: &Document) -> impl Iterator<Item = &SyntaxProblem> {
    document.scripts.iter().flat_map(|script| &script.parsed.problems)
}
