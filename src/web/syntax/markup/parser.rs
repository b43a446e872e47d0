//! From the text of a component to the nodes of its template.
//!
//! It is as lenient as browsers are: an element that is not closed ends where the one around it does
//! (<https://html.spec.whatwg.org/multipage/parsing.html>).

use std::ops::Range;

use super::{
    Framework, SyntaxProblem,
    expression::end_of_value,
    node::{Attribute, Block, Branch, Element, Node, Piece},
};

/// The nodes of a component's template.
pub(super) fn parse(file: &str, framework: Framework, problems: &mut Vec<SyntaxProblem>) -> Vec<Node> {
    let mut parser = Parser {
        file,
        framework,
        at: 0,
        open: vec![],
        root: vec![],
    };
    parser.run();
    if framework == Framework::Svelte {
        return parser.root;
    }
    let mut nodes = vec![];
    for node in parser.root {
        let Node::Element(element) = node else { continue };
        if &file[element.name.clone()] != "template" {
            continue;
        }
        let language = element.attribute(file, "lang").and_then(Attribute::text);
        match language.map(|language| &file[language]) {
            None | Some("html") => nodes.extend(element.children),
            Some(language) => problems.push(SyntaxProblem {
                message: format!("a template in `{language}` is not read"),
                start: element.start as u32,
            }),
        }
    }
    nodes
}

/// What is not closed yet.
enum Open {
    Element(Element),
    Block(String, Block),
}

struct Parser<'t> {
    file: &'t str,
    framework: Framework,
    at: usize,
    open: Vec<Open>,
    root: Vec<Node>,
}

impl Parser<'_> {
    fn run(&mut self) {
        while self.at < self.file.len() {
            let rest = &self.file[self.at..];
            if rest.starts_with("<!--") {
                self.at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            } else if let Some(name) = rest.strip_prefix("</") {
                let name = &name[..name.find('>').unwrap_or(name.len())];
                let end = self.at + 3 + name.len();
                self.close(name.trim(), end.min(self.file.len()));
                self.at = end;
            } else if rest.starts_with('<')
                && rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic())
            {
                self.element();
            } else if self.framework == Framework::Vue && rest.starts_with("{{") && !self.open.is_empty() {
                let length = rest.find("}}").unwrap_or(rest.len());
                self.add(Node::Value(self.at + 2..self.at + length));
                self.at += length + 2;
            } else if self.framework == Framework::Svelte && rest.starts_with('{') {
                self.braces();
            } else {
                self.at += 1;
                let next = self.file.as_bytes()[self.at.min(self.file.len())..]
                    .iter()
                    .position(|byte| matches!(byte, b'<' | b'{'));
                self.at = next.map_or(self.file.len(), |next| self.at + next);
            }
        }
        while let Some(open) = self.open.pop() {
            self.finish(open, self.file.len());
        }
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(Open::Element(element)) => element.children.push(node),
            Some(Open::Block(_, block)) => {
                if let Some(branch) = block.branches.last_mut() {
                    branch.children.push(node);
                }
            }
            None => self.root.push(node),
        }
    }

    fn finish(&mut self, open: Open, end: usize) {
        self.add(match open {
            Open::Element(mut element) => {
                element.end = end;
                Node::Element(element)
            }
            Open::Block(_, block) => Node::Block(block),
        });
    }

    /// Closes everything from a place in the list on.
    fn close_from(&mut self, index: usize, end: usize) {
        while self.open.len() > index {
            if let Some(open) = self.open.pop() {
                self.finish(open, end);
            }
        }
    }

    fn close(&mut self, name: &str, end: usize) {
        for (index, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Element(element) if &self.file[element.name.clone()] == name => {
                    self.close_from(index, end);
                    return;
                }
                Open::Element(_) => {}
                Open::Block(..) => return,
            }
        }
    }

    fn element(&mut self) {
        let start = self.at;
        self.at += 1;
        let name = self.word(|letter| letter.is_whitespace() || matches!(letter, '>' | '/'));
        let attributes = self.attributes();
        let rest = &self.file[self.at..];
        let is_closed = rest.starts_with("/>");
        self.at += if is_closed {
            2
        } else {
            usize::from(!rest.is_empty())
        };
        let element = Element {
            name,
            attributes,
            children: vec![],
            start,
            end: self.at.min(self.file.len()),
        };
        let tag = self.file[element.name.clone()].to_ascii_lowercase();
        if is_closed || is_void(&tag) && self.file[element.name.clone()] == tag {
            self.add(Node::Element(element));
        } else if matches!(tag.as_str(), "script" | "style")
            || self.framework == Framework::Vue && self.open.is_empty() && tag != "template"
        {
            self.skip_to_end(&tag);
        } else if self.framework == Framework::Vue
            && self.open.is_empty()
            && is_other_language(self.file, &element)
        {
            self.skip_to_end(&tag);
            self.add(Node::Element(element));
        } else {
            self.open.push(Open::Element(element));
        }
    }

    /// Raw text, up to its closing tag.
    fn skip_to_end(&mut self, tag: &str) {
        let rest = &self.file[self.at.min(self.file.len())..];
        let mut from = 0;
        while let Some(found) = rest[from..].find("</") {
            let name = &rest[from + found + 2..];
            if name
                .get(..tag.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(tag))
            {
                let close = name.find('>').map_or(name.len(), |close| close + 1);
                self.at += from + found + 2 + close;
                return;
            }
            from += found + 2;
        }
        self.at = self.file.len();
    }

    /// Moves to the first letter that ends a word.
    fn word(&mut self, ends: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let rest = &self.file[start..];
        self.at += rest.find(ends).unwrap_or(rest.len());
        start..self.at
    }

    fn skip_space(&mut self) {
        self.word(|letter| !letter.is_whitespace());
    }

    fn attributes(&mut self) -> Vec<Attribute> {
        let mut attributes = vec![];
        loop {
            self.skip_space();
            let rest = &self.file[self.at..];
            let Some(first) = rest.chars().next() else { break };
            if first == '>' || rest.starts_with("/>") {
                break;
            }
            if first == '{' && self.framework == Framework::Svelte {
                let inside = self.value();
                attributes.push(Attribute {
                    name: inside.start..inside.start,
                    value: Some(vec![Piece::Value(inside)]),
                });
                continue;
            }
            let name = self.word(|letter| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'));
            if name.is_empty() {
                // A slash or an equals sign without a name.
                self.at += first.len_utf8();
                continue;
            }
            let before = self.at;
            self.skip_space();
            if !self.file[self.at..].starts_with('=') {
                self.at = before;
                attributes.push(Attribute { name, value: None });
                continue;
            }
            self.at += 1;
            self.skip_space();
            let value = Some(self.pieces());
            attributes.push(Attribute { name, value });
        }
        attributes
    }

    /// What stands between braces, from the opening one on.
    fn value(&mut self) -> Range<usize> {
        let start = self.at + 1;
        let end = end_of_value(self.file, start);
        self.at = (end + 1).min(self.file.len());
        start..end
    }

    fn pieces(&mut self) -> Vec<Piece> {
        let rest = &self.file[self.at..];
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let mut pieces = vec![];
        if let Some(quote) = quote {
            self.at += 1;
            let mut start = self.at;
            while let Some(letter) = self.file[self.at..].chars().next() {
                if letter == quote {
                    break;
                }
                if letter == '{' && self.framework == Framework::Svelte {
                    if start < self.at {
                        pieces.push(Piece::Text(start..self.at));
                    }
                    pieces.push(Piece::Value(self.value()));
                    start = self.at;
                } else {
                    self.at += letter.len_utf8();
                }
            }
            if start < self.at || pieces.is_empty() {
                pieces.push(Piece::Text(start..self.at));
            }
            self.at = (self.at + 1).min(self.file.len());
        } else if rest.starts_with('{') && self.framework == Framework::Svelte {
            pieces.push(Piece::Value(self.value()));
        } else {
            pieces.push(Piece::Text(
                self.word(|letter| letter.is_whitespace() || letter == '>'),
            ));
        }
        pieces
    }

    /// `{value}`, `{#block}`, `{:branch}`, `{/block}` or `{@tag}` of Svelte.
    fn braces(&mut self) {
        let start = self.at;
        let inside = self.value();
        let text = self.file[inside.clone()].trim_start();
        let offset = inside.end - text.len();
        let of = |prefix: char| text.strip_prefix(prefix).map(|_| offset + 1..inside.end);
        if let Some(head) = of('#') {
            let (word, head) = first_word(self.file, &head);
            let word = self.file[word].to_owned();
            let branch = Branch {
                word: word.clone(),
                head,
                children: vec![],
            };
            self.open.push(Open::Block(
                word,
                Block {
                    branches: vec![branch],
                    start,
                },
            ));
        } else if let Some(head) = of(':') {
            self.branch(&head, start);
        } else if let Some(head) = of('/') {
            let (word, _) = first_word(self.file, &head);
            let word = &self.file[word];
            let index = self
                .open
                .iter()
                .rposition(|open| matches!(open, Open::Block(name, _) if name == word));
            if let Some(index) = index {
                self.close_from(index, start);
            }
        } else if let Some(head) = of('@') {
            let (word, rest) = first_word(self.file, &head);
            self.add(Node::Tag { word, rest });
        } else {
            self.add(Node::Value(inside));
        }
    }

    fn branch(&mut self, head: &Range<usize>, start: usize) {
        let Some(index) = self.open.iter().rposition(|open| matches!(open, Open::Block(..))) else {
            return;
        };
        self.close_from(index + 1, start);
        let (word, mut rest) = first_word(self.file, head);
        let mut word = self.file[word].to_owned();
        if word == "else" && self.file[rest.clone()].trim_start().starts_with("if") {
            let (_, after) = first_word(self.file, &rest);
            word.push_str(" if");
            rest = after;
        }
        if let Some(Open::Block(_, block)) = self.open.last_mut() {
            block.branches.push(Branch {
                word,
                head: rest,
                children: vec![],
            });
        }
    }
}

/// The first word of a range, and what follows it.
fn first_word(file: &str, range: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let text = &file[range.clone()];
    let start = range.end - text.trim_start().len();
    let length = file[start..range.end]
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(range.end - start);
    (start..start + length, start + length..range.end)
}

fn is_other_language(file: &str, template: &Element) -> bool {
    let language = template.attribute(file, "lang").and_then(Attribute::text);
    language.is_some_and(|language| &file[language] != "html")
}

/// <https://html.spec.whatwg.org/multipage/syntax.html#void-elements>
fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}
