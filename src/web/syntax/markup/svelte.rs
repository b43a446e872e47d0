//! Svelte's templates: <https://svelte.dev/docs/svelte/basic-markup>.

use std::ops::Range;

use super::{
    PROPERTIES,
    expression::{free_names, free_names_of_statements},
    node::{Attribute, Block, Branch, Element, Node, Piece},
    writer::Writer,
};

/// Writes the elements of a template.
pub(super) fn write(nodes: &[Node], writer: &mut Writer<'_>) {
    let mut others = vec![];
    for node in nodes {
        match node {
            // A snippet of the top level is a function that the whole template sees.
            Node::Block(block)
                if block
                    .branches
                    .first()
                    .is_some_and(|branch| branch.word == "snippet") =>
            {
                snippet(&block.branches[0], block.start, writer);
            }
            other => others.push(other.clone()),
        }
    }
    writer.put("(", 0);
    fragment(&others, 0, writer);
    writer.put(");", 0);
}

/// `name(parameters)` of a snippet as a constant.
fn snippet(branch: &Branch, start: usize, writer: &mut Writer<'_>) {
    let head = &writer.file[branch.head.clone()];
    let Some(open) = head.find('(').map(|open| branch.head.start + open) else {
        return;
    };
    if free_names(&format!("function {} {{}}", head.trim())).is_none() {
        return;
    }
    writer.put("function ", start);
    writer.copy(branch.head.start..branch.head.end);
    writer.put("{return (", open);
    fragment(&branch.children, start, writer);
    writer.put(")}\n", start);
}

fn fragment(nodes: &[Node], place: usize, writer: &mut Writer<'_>) {
    let constants: Vec<&Range<usize>> = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Tag { word, rest } if &writer.file[word.clone()] == "const" => Some(rest),
            _ => None,
        })
        .collect();
    if !constants.is_empty() {
        writer.put("(() => {", place);
        for rest in &constants {
            let text = &writer.file[(*rest).clone()];
            if free_names_of_statements(&format!("const {text}")).is_some() {
                writer.put("const ", rest.start);
                writer.copy((*rest).clone());
                writer.put(";", rest.end);
            }
        }
        writer.put("return ", place);
    }
    writer.put("<>", place);
    for node in nodes {
        child(node, writer);
    }
    writer.put("</>", place);
    if !constants.is_empty() {
        writer.put("})()", place);
    }
}

fn child(node: &Node, writer: &mut Writer<'_>) {
    match node {
        Node::Element(node) => element(node, writer),
        Node::Value(range) => {
            if is_value(range, writer) {
                writer.put("{", range.start);
                writer.copy(range.clone());
                writer.put("}", range.end);
            }
        }
        Node::Tag { word, rest } => {
            let is_shown = matches!(&writer.file[word.clone()], "render" | "html");
            if is_shown && is_value(rest, writer) {
                writer.put("{", rest.start);
                writer.copy(rest.clone());
                writer.put("}", rest.end);
            }
        }
        Node::Block(node) => {
            writer.put("{", node.start);
            block(node, writer);
            writer.put("}", node.start);
        }
    }
}

/// Whether a range is an expression; said where it is not.
fn is_value(range: &Range<usize>, writer: &mut Writer<'_>) -> bool {
    let text = &writer.file[range.clone()];
    let is_value = free_names(text).is_some();
    if !is_value && !is_comment(text) {
        writer.problem("an expression of the template could not be read", range.start);
    }
    is_value
}

fn is_comment(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.starts_with("/*") || text.starts_with("//")
}

/// An expression, or `undefined` where it is none.
fn value(range: &Range<usize>, writer: &mut Writer<'_>) {
    if is_value(range, writer) {
        writer.put("(", range.start);
        writer.copy(range.clone());
        writer.put(")", range.end);
    } else {
        writer.put("undefined", range.start);
    }
}

fn block(block: &Block, writer: &mut Writer<'_>) {
    let Some(first) = block.branches.first() else {
        writer.put("undefined", block.start);
        return;
    };
    match first.word.as_str() {
        "if" => conditional(&block.branches, block.start, writer),
        "each" => {
            each(first, block.start, writer);
            if let Some(otherwise) = block.branches.get(1) {
                writer.put(" || ", block.start);
                fragment(&otherwise.children, block.start, writer);
            }
        }
        "await" => awaited(&block.branches, block.start, writer),
        // A snippet within an element is a function that the component gets.
        "snippet" => {
            let head = &writer.file[first.head.clone()];
            let parameters = head.find('(').map(|open| first.head.start + open..first.head.end);
            function(parameters, &first.children, block.start, writer);
        }
        _ => fragment(&first.children, block.start, writer),
    }
}

fn conditional(branches: &[Branch], start: usize, writer: &mut Writer<'_>) {
    for branch in branches {
        if branch.word == "else" {
            fragment(&branch.children, start, writer);
            return;
        }
        value(&branch.head, writer);
        writer.put(" ? ", branch.head.end);
        fragment(&branch.children, branch.head.end, writer);
        writer.put(" : ", branch.head.end);
    }
    writer.put("null", start);
}

/// `(parameters) => <>…</>`; the parameters stand in parentheses.
fn function(parameters: Option<Range<usize>>, children: &[Node], start: usize, writer: &mut Writer<'_>) {
    let is_list = |range: &Range<usize>| {
        let text = writer.file[range.clone()].trim();
        free_names(&format!("{text} => 0")).is_some()
    };
    match parameters.filter(is_list) {
        Some(parameters) => writer.copy(parameters),
        None => writer.put("()", start),
    }
    writer.put(" => ", start);
    fragment(children, start, writer);
}

/// `items as item, index (key)`
fn each(branch: &Branch, start: usize, writer: &mut Writer<'_>) {
    let head = &writer.file[branch.head.clone()];
    // The last ` as ` that leaves an expression in front of it: TypeScript has its own.
    let split = head
        .rmatch_indices(" as ")
        .map(|(at, _)| at)
        .find(|at| free_names(&head[..*at]).is_some());
    let Some(split) = split else {
        // `{#each items}` without a name.
        value(&branch.head, writer);
        writer.put(".map(() => ", start);
        fragment(&branch.children, start, writer);
        writer.put(")", start);
        return;
    };
    value(&(branch.head.start..branch.head.start + split), writer);
    writer.put(".map((", start);
    let mut names = branch.head.start + split + 4..branch.head.end;
    let text = &writer.file[names.clone()];
    if text.trim_end().ends_with(')')
        && let Some(key) = text.rfind(" (").or_else(|| text.find('('))
    {
        names.end = names.start + key;
    }
    let text = &writer.file[names.clone()];
    if free_names(&format!("({}) => 0", text.trim())).is_some() {
        writer.copy(names);
    }
    writer.put(") => ", start);
    fragment(&branch.children, start, writer);
    writer.put(")", start);
}

/// `{#await promise}…{:then value}…{:catch error}…{/await}`
fn awaited(branches: &[Branch], start: usize, writer: &mut Writer<'_>) {
    let mut branches = branches.iter();
    let Some(first) = branches.next() else { return };
    let head = &writer.file[first.head.clone()];
    let short = head
        .rfind(" then ")
        .filter(|at| free_names(&head[..*at]).is_some());
    let promise = first.head.start..short.map_or(first.head.end, |at| first.head.start + at);
    let settled = short.map(|at| first.head.start + at + 6..first.head.end);
    writer.put("[", start);
    if settled.is_none() {
        fragment(&first.children, start, writer);
        writer.put(", ", start);
    }
    value(&promise, writer);
    let mut then = |word: &str, name: Range<usize>, children: &[Node]| {
        writer.put(if word == "catch" { ".catch((" } else { ".then((" }, start);
        let text = writer.file[name.clone()].trim();
        if !text.is_empty() && free_names(&format!("({text}) => 0")).is_some() {
            writer.copy(name);
        }
        writer.put(") => ", start);
        fragment(children, start, writer);
        writer.put(")", start);
    };
    if let Some(settled) = settled {
        then("then", settled, &first.children);
    }
    for branch in branches {
        then(&branch.word, branch.head.clone(), &branch.children);
    }
    writer.put("]", start);
}

fn element(element: &Element, writer: &mut Writer<'_>) {
    let name = &writer.file[element.name.clone()];
    if name == "slot" || name == "svelte:fragment" && element.children.is_empty() {
        writer.put("{", element.start);
        writer.put(PROPERTIES, element.start);
        writer.put(".children}", element.start);
        return;
    }
    writer.note_element();
    let this = element
        .attribute(writer.file, "this")
        .and_then(|this| match this.value.as_deref() {
            Some([Piece::Value(range)]) => Some(range.clone()),
            _ => None,
        });
    let tag = match this {
        Some(this) if name == "svelte:component" && is_tag(&writer.file[this.clone()]) => this,
        _ => element.name.clone(),
    };
    let is_tag = is_tag(&writer.file[tag.clone()]);
    writer.put("<", element.start);
    if is_tag {
        writer.copy(tag.clone());
        for attribute in &element.attributes {
            self::attribute(attribute, writer);
        }
    }
    writer.put(">", element.start);
    let given = element
        .attributes
        .iter()
        .filter(|attribute| writer.file[attribute.name.clone()].starts_with("let:"))
        .collect::<Vec<_>>();
    if given.is_empty() {
        for node in &element.children {
            child(node, writer);
        }
    } else {
        slot(&given, element, writer);
    }
    // The place of the last letter is where the element ends.
    writer.put("</", element.start);
    if is_tag {
        writer.put(&writer.file[tag], element.start);
    }
    writer.put(">", element.end.saturating_sub(1));
}

/// `<Component let:item>`: what it gives to what stands in it.
fn slot(given: &[&Attribute], element: &Element, writer: &mut Writer<'_>) {
    writer.put("{({", element.start);
    for attribute in given {
        let name = attribute.name.start + "let:".len()..attribute.name.end;
        if free_names(&writer.file[name.clone()]).is_some() {
            writer.copy(name);
            writer.put(",", element.start);
        }
    }
    writer.put("}) => ", element.start);
    fragment(&element.children, element.start, writer);
    writer.put("}", element.start);
}

/// Whether JSX has a tag of this name.
pub(super) fn is_tag(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '$')
            && part
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '$'))
    };
    let mut parts = name.split(':');
    let is_namespaced = parts.clone().count() == 2 && parts.all(is_part);
    is_namespaced
        || name
            .split('.')
            .all(|part| is_part(part) && !(name.contains('.') && part.contains('-')))
}

fn attribute(attribute: &Attribute, writer: &mut Writer<'_>) {
    let name = &writer.file[attribute.name.clone()];
    let start = attribute.name.start;
    let Some(pieces) = &attribute.value else {
        return bare(attribute, writer);
    };
    // `{name}` and `{...values}`
    if name.is_empty() {
        let [Piece::Value(range)] = pieces.as_slice() else {
            return;
        };
        let text = &writer.file[range.clone()];
        if let Some(spread) = text.trim_start().strip_prefix("...") {
            let range = range.end - spread.len()..range.end;
            if is_value(&range, writer) {
                writer.put(" {...(", start);
                writer.copy(range);
                writer.put(")}", start);
            }
        } else if is_tag(text.trim()) {
            let name = text.trim().to_owned();
            writer.put(&format!(" {name}={{"), range.start);
            writer.copy(range.clone());
            writer.put("}", start);
        }
        return;
    }
    let Some(key) = key(name) else { return };
    writer.put(&format!(" {key}="), start);
    match pieces.as_slice() {
        [Piece::Text(range)] => {
            writer.put("{", range.start);
            writer.put_string(range.clone());
            writer.put("}", range.end);
        }
        [Piece::Value(range)] => {
            writer.put("{", range.start);
            value(range, writer);
            writer.put("}", range.end);
        }
        pieces => template(pieces, writer),
    }
}

/// `"text {value} text"` as a template string.
fn template(pieces: &[Piece], writer: &mut Writer<'_>) {
    let (Some(Piece::Text(first) | Piece::Value(first)), Some(Piece::Text(last) | Piece::Value(last))) =
        (pieces.first(), pieces.last())
    else {
        return;
    };
    let (start, end) = (first.start, last.end);
    writer.put("{`", start);
    for piece in pieces {
        match piece {
            Piece::Text(range) => {
                let escaped = writer.file[range.clone()]
                    .replace('\\', "\\\\")
                    .replace('`', "\\`")
                    .replace('$', "\\$");
                writer.put(&escaped, range.start);
            }
            Piece::Value(range) => {
                writer.put("${", range.start);
                value(range, writer);
                writer.put("}", range.end);
            }
        }
    }
    writer.put("`", end.saturating_sub(1));
    writer.put("}", end);
}

/// `disabled`, `bind:value`, `on:click`.
fn bare(attribute: &Attribute, writer: &mut Writer<'_>) {
    let name = &writer.file[attribute.name.clone()];
    let Some(key) = key(name) else { return };
    let own = match name.split_once(':') {
        Some(("bind" | "class" | "style", own)) => Some(own),
        Some(_) => return,
        None => None,
    };
    writer.put(&format!(" {key}"), attribute.name.start);
    if let Some(own) = own.filter(|own| free_names(own).is_some()) {
        writer.put("={", attribute.name.start);
        writer.copy(attribute.name.end - own.len()..attribute.name.end);
        writer.put("}", attribute.name.end);
    }
}

/// The name of an attribute; none for what is a direction to the compiler only.
fn key(name: &str) -> Option<String> {
    let key = match name.split_once(':') {
        Some(("on", event)) => {
            let event = event.split('|').next().unwrap_or(event);
            format!("on{event}")
        }
        Some(("bind", "this")) => "ref".to_owned(),
        Some(("bind", own)) => own.to_owned(),
        Some(("let", _)) => return None,
        Some((direction, own)) => {
            let own = own.split(['|', '.']).next().unwrap_or(own);
            format!("{direction}:{own}")
        }
        // `position.x` of Threlte is that of react-three-fiber, `position-x`.
        None => name.replace('.', "-"),
    };
    is_tag(&key).then_some(key)
}
