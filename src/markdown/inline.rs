//! What stands within a line.

use super::text::{clean, escape, would_expand};

/// Markdown within a line or a table cell. Only the constructors here make one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline(Vec<Node>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// Clean text, possibly with line breaks.
    Text(String),
    /// Clean text without line breaks, not empty.
    Code(String),
    /// As code; in a cell it may be broken behind a slash.
    Path(String),
    Strong(&'static str),
    Link {
        text: Vec<Node>,
        url: String,
    },
}

/// Letters of a path that stay together.
const UNBROKEN: usize = 24;
/// Letters that a piece of a longer path has at least.
const SHORTEST_PIECE: usize = 8;

/// Where an inline is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A paragraph or a list item.
    Line,
    /// A heading: no line breaks.
    Heading,
    /// A table cell: pipes end it, even within code.
    Cell,
}

impl Inline {
    /// Plain text. Line breaks in it stay line breaks.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        let spaced = text.as_ref();
        let mut cleaned = clean(spaced);
        // A space at either end matters when pieces are joined.
        if spaced.starts_with(' ') && !cleaned.is_empty() {
            cleaned.insert(0, ' ');
        }
        if spaced.ends_with(' ') {
            cleaned.push(' ');
        }
        if cleaned.is_empty() {
            Self::default()
        } else {
            Self(vec![Node::Text(cleaned)])
        }
    }

    /// A code span. Empty text gives nothing.
    #[must_use]
    pub fn code(text: impl AsRef<str>) -> Self {
        let cleaned = clean(text.as_ref()).replace('\n', " ");
        match cleaned {
            empty if empty.is_empty() => Self::default(),
            // A code span cannot hide a directive from a preprocessor that matches on the bytes; escaped text can.
            hostile if would_expand(&hostile) => Self(vec![Node::Text(hostile)]),
            cleaned => Self(vec![Node::Code(cleaned)]),
        }
    }

    /// A path as code. A browser breaks no line of code at a slash, so that long paths would widen a table beyond the page:
    /// in a cell they say [where they may be broken](https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/wbr).
    #[must_use]
    pub fn path(text: impl AsRef<str>) -> Self {
        let mut code = Self::code(text);
        if let [Node::Code(path)] = code.0.as_mut_slice()
            && path.len() > UNBROKEN
            && path.contains('/')
        {
            let path = std::mem::take(path);
            return Self(vec![Node::Path(path)]);
        }
        code
    }

    /// An author's line: code in backticks becomes code, everything else is text.
    #[must_use]
    pub fn prose(line: impl AsRef<str>) -> Self {
        let parts: Vec<&str> = line.as_ref().split('`').collect();
        // Without a partner, or doubled as around code that holds backticks, they are text.
        if parts.len().is_multiple_of(2) || line.as_ref().contains("``") {
            return Self::text(line);
        }
        Self::concat(parts.into_iter().enumerate().map(|(i, part)| {
            if i % 2 == 1 {
                Self::code(part)
            } else {
                Self::text(part)
            }
        }))
    }

    /// Words of ours in bold.
    #[must_use]
    pub fn strong(words: &'static str) -> Self {
        Self(vec![Node::Strong(words)])
    }

    /// A link. What is neither `http(s)` nor a place in the book stays text.
    #[must_use]
    pub fn link(text: Self, url: &str) -> Self {
        let Some(url) = safe_url(url) else { return text };
        let text = text
            .0
            .into_iter()
            .flat_map(Node::without_link)
            .collect::<Vec<_>>();
        if text.is_empty() {
            Self::default()
        } else {
            Self(vec![Node::Link { text, url }])
        }
    }

    /// The pieces one after the other.
    #[must_use]
    pub fn concat(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self::join("", pieces)
    }

    /// The pieces that are not empty, with words of ours between them.
    #[must_use]
    pub fn join(separator: &'static str, pieces: impl IntoIterator<Item = Self>) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        // A lone space separates by itself, but is nothing that could be separated.
        let is_nothing = |piece: &Self| {
            if separator.is_empty() {
                piece.0.is_empty()
            } else {
                piece.is_empty()
            }
        };
        for piece in pieces.into_iter().filter(|piece| !is_nothing(piece)) {
            if !nodes.is_empty() && !separator.is_empty() {
                push(&mut nodes, Node::Text(separator.to_owned()));
            }
            piece.0.into_iter().for_each(|node| push(&mut nodes, node));
        }
        Self(nodes)
    }

    /// The pieces that are not empty, each on a line of its own.
    #[must_use]
    pub fn lines(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self::join("\n", pieces)
    }

    /// Whether it shows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0
            .iter()
            .all(|node| matches!(node, Node::Text(text) if text.trim().is_empty()))
    }

    /// The Markdown, one line, for a sentence of the author's.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.write(Place::Cell)
    }

    pub(super) fn write(&self, place: Place) -> String {
        let mut out = String::new();
        write_nodes(&self.0, place, &mut out);
        out.trim().to_owned()
    }
}

impl From<&'static str> for Inline {
    fn from(words: &'static str) -> Self {
        Self::text(words)
    }
}

impl Node {
    fn without_link(self) -> Vec<Self> {
        match self {
            Self::Link { text, .. } => text,
            other => vec![other],
        }
    }
}

/// Appends a node; texts melt into one, so that a mark is judged with what really stands beside it.
fn push(nodes: &mut Vec<Node>, node: Node) {
    match (nodes.last_mut(), node) {
        (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
        // Two code spans side by side would share their backticks.
        (Some(Node::Code(_) | Node::Path(_)), code @ (Node::Code(_) | Node::Path(_))) => {
            nodes.extend([Node::Text(" ".to_owned()), code])
        }
        (_, node) => nodes.push(node),
    }
}

fn write_nodes(nodes: &[Node], place: Place, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => write_text(text, place, out),
            Node::Code(code) => write_code(code, place, out),
            Node::Path(path) if place == Place::Cell => write_path(path, out),
            Node::Path(path) => write_code(path, place, out),
            Node::Strong(words) => {
                out.push_str("**");
                out.push_str(&escape(words, false));
                out.push_str("**");
            }
            Node::Link { text, url } => {
                out.push('[');
                write_nodes(text, Place::Heading.max_of(place), out);
                out.push_str("](");
                out.push_str(url);
                out.push(')');
            }
        }
    }
}

impl Place {
    /// The stricter of two places: within a link of a cell both the cell's pipes and the link's single line count.
    fn max_of(self, other: Self) -> Self {
        if other == Self::Cell { Self::Cell } else { self }
    }
}

fn write_text(text: &str, place: Place, out: &mut String) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push_str(if place == Place::Heading { " " } else { "<br>" });
        }
        let at_start = out.is_empty() || out.ends_with("<br>");
        let trimmed = if at_start { line.trim_start() } else { line };
        out.push_str(&escape(trimmed, at_start));
    }
}

fn write_code(code: &str, place: Place, out: &mut String) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    out.push_str(&fence);
    out.push_str(pad);
    if place == Place::Cell {
        out.push_str(&code.replace('|', "\\|"))
    } else {
        out.push_str(code)
    }
    out.push_str(pad);
    out.push_str(&fence);
}

/// A path whose folders may stand on lines of their own.
fn write_path(path: &str, out: &mut String) {
    out.push_str("<code>");
    let mut piece = String::new();
    for part in path.split_inclusive('/') {
        if piece.len() >= SHORTEST_PIECE {
            out.push_str(&escape(&piece, false));
            out.push_str("<wbr>");
            piece.clear();
        }
        piece.push_str(part);
    }
    out.push_str(&escape(&piece, false));
    out.push_str("</code>");
}

/// A URL that cannot end its link or its cell: `http`, `https`, or relative without a scheme.
fn safe_url(url: &str) -> Option<String> {
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|s| !s.contains(['/', '#', '?']));
    if url.is_empty()
        || scheme.is_some_and(|s| !s.eq_ignore_ascii_case("http") && !s.eq_ignore_ascii_case("https"))
    {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        let plain = c.is_ascii_alphanumeric() || "-._~:/?#@!$&+,;=%".contains(c);
        if plain && c != '&' {
            out.push(c);
        } else if c == '&' {
            // Character references are read in addresses too.
            out.push_str("&amp;");
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    Some(out)
}
