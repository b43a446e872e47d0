//! What the Markdown parser says about the bytes of a chapter.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The Markdown that the host reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Definition lists: mdBook 0.5, unless switched off.
    pub definition_lists: bool,
    /// Alerts in block quotes: mdBook 0.5, unless switched off.
    pub alerts: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            definition_lists: true,
            alerts: true,
        }
    }
}

impl Dialect {
    /// The parser's options as mdBook sets them. Smart punctuation is left out: it changes no range.
    #[must_use]
    pub fn options(self) -> Options {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        options.set(Options::ENABLE_DEFINITION_LIST, self.definition_lists);
        options.set(Options::ENABLE_GFM, self.alerts);
        options
    }
}

/// Byte ranges of a chapter by kind, each list in the order of the source.
#[derive(Debug, Default)]
pub(super) struct Regions {
    text: Vec<Range<usize>>,
    code: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
    comments: Vec<Range<usize>>,
    cells: Vec<Range<usize>>,
    headings: Vec<Range<usize>>,
    terms: Vec<Range<usize>>,
    /// Emphasis, links and the like, which a block would tear apart.
    spans: Vec<Range<usize>>,
    /// Everything that shows something within a line.
    content: Vec<Range<usize>>,
}

impl Regions {
    pub(super) fn of(chapter: &str, dialect: Dialect) -> Regions {
        let mut regions = Regions::default();
        for (event, range) in Parser::new_ext(chapter, dialect.options()).into_offset_iter() {
            match event {
                Event::Start(tag) => regions.start(&tag, range),
                Event::Text(_) => {
                    if !contains(&regions.code, range.start) {
                        regions.text.push(range.clone());
                    }
                    regions.content.push(range);
                }
                Event::Code(_) => {
                    regions.code.push(range.clone());
                    regions.content.push(range);
                }
                Event::InlineHtml(_) => {
                    regions.html.push(range.clone());
                    regions.content.push(range);
                }
                Event::FootnoteReference(_) | Event::TaskListMarker(_) => regions.content.push(range),
                _ => {}
            }
        }
        for html in &regions.html {
            regions.comments.extend(comments(chapter, html.clone()));
        }
        regions
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::CodeBlock(_) => self.code.push(range),
            Tag::HtmlBlock => self.html.push(range),
            Tag::TableCell => self.cells.push(range),
            Tag::Heading { .. } => self.headings.push(range),
            Tag::DefinitionListTitle => self.terms.push(range),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {
                self.spans.push(range);
            }
            _ => {}
        }
    }

    /// Whether the byte is the author's text, and so may begin a directive.
    pub(super) fn is_text(&self, at: usize) -> bool {
        contains(&self.text, at)
    }

    /// Whether the byte is in code or in a comment, where nothing is expected to happen.
    pub(super) fn is_verbatim(&self, at: usize) -> bool {
        contains(&self.code, at) || contains(&self.comments, at)
    }

    pub(super) fn is_html(&self, at: usize) -> bool {
        contains(&self.html, at)
    }

    pub(super) fn is_heading(&self, at: usize) -> bool {
        contains(&self.headings, at)
    }

    pub(super) fn is_term(&self, at: usize) -> bool {
        contains(&self.terms, at)
    }

    pub(super) fn is_in_span(&self, at: usize) -> bool {
        // Spans nest, so the last one that begins before the byte may have ended while an outer one goes on.
        self.spans.iter().any(|span| span.contains(&at))
    }

    /// The table cell around the byte.
    pub(super) fn cell(&self, at: usize) -> Option<Range<usize>> {
        find(&self.cells, at).cloned()
    }

    /// Whether something is shown in the range.
    pub(super) fn has_content(&self, range: Range<usize>) -> bool {
        let after = self.content.partition_point(|content| content.start < range.end);
        self.content[..after]
            .last()
            .is_some_and(|content| content.end > range.start)
    }
}

fn find(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start <= at);
    ranges[..after].last().filter(|range| range.contains(&at))
}

fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    find(ranges, at).is_some()
}

/// The comments within a piece of HTML.
fn comments(chapter: &str, html: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = html.start;
    while let Some(start) = chapter[at..html.end].find("<!--").map(|index| at + index) {
        let end = chapter[start..html.end]
            .find("-->")
            .map_or(html.end, |length| start + length + "-->".len());
        found.push(start..end);
        at = end;
    }
    found
}
