//! Where the author wrote a directive.
//!
//! mdBook expands `{{#include}}` before, and says nothing about where a line came from. So the chapter's own file is
//! read again, and the files it includes, and the directive is looked for in them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use crate::book::host::Host;
use crate::book::problem::Place;

/// How many levels of includes mdBook follows.
const INCLUDE_DEPTH: usize = 10;

/// The author's place of the bytes `range` of a chapter as the host handed it over.
pub(super) fn locate(
    host: &Host,
    source_path: Option<&str>,
    name: &str,
    content: &str,
    range: &Range<usize>,
) -> Place {
    let quote = &content[range.clone()];
    let Some(source_path) = source_path else {
        return Place {
            path: name.to_owned(),
            position: None,
            quote: Some(quote.to_owned()),
        };
    };
    let file = host.source_directory().join(source_path);
    let path = shown(&host.root, &file);
    let Some(text) = read(&file) else {
        return Place {
            path,
            position: None,
            quote: Some(quote.to_owned()),
        };
    };
    if let Some(offset) = offset_in(&text, content, range, quote) {
        return Place {
            path,
            position: Some(position(&text, offset)),
            quote: None,
        };
    }
    let mut included = BTreeSet::new();
    collect_includes(&file, &text, INCLUDE_DEPTH, &mut included);
    let mut hits = included.iter().filter_map(|file| {
        let text = read(file)?;
        Some((file, position(&text, only(&text, quote)?)))
    });
    match (text.contains(quote), hits.next(), hits.next()) {
        (false, Some((file, at)), None) => Place {
            path: shown(&host.root, file),
            position: Some(at),
            quote: None,
        },
        _ => Place {
            path,
            position: None,
            quote: Some(quote.to_owned()),
        },
    }
}

/// Where in the chapter's file the directive is: at the same offset if nothing was expanded, else where its text is,
/// if that can be only one place.
fn offset_in(file: &str, content: &str, range: &Range<usize>, quote: &str) -> Option<usize> {
    if file == content {
        return Some(range.start);
    }
    // Includes only add text: where file and chapter hold the directive equally often, it is each time the same one.
    let nth = content[..range.start].matches(quote).count();
    if file.matches(quote).count() == content.matches(quote).count() {
        return file.match_indices(quote).nth(nth).map(|(offset, _)| offset);
    }
    // An included file may hold the same directive too; then both have the same problem, and this place helps.
    only(file, quote)
}

/// The offset of `quote` in `text` if it occurs there once.
fn only(text: &str, quote: &str) -> Option<usize> {
    let mut found = text.match_indices(quote).map(|(offset, _)| offset);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// One-based line and column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |index| index + 1);
    (line, before[start..].chars().count() + 1)
}

/// A file's text as mdBook takes it: without a byte order mark.
fn read(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    Some(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// The files that `{{#include path}}` names in `text`, and in those, …
/// <https://rust-lang.github.io/mdBook/format/mdbook.html#including-files>
fn collect_includes(file: &Path, text: &str, depth: usize, found: &mut BTreeSet<PathBuf>) {
    let directory = file.parent().unwrap_or(Path::new(""));
    for (start, mark) in text.match_indices("{{#include") {
        if text[..start].ends_with('\\') {
            continue;
        }
        let argument = &text[start + mark.len()..];
        let argument = argument
            .split_once("}}")
            .map_or("", |(argument, _)| argument)
            .trim();
        let path = argument.split(':').next().unwrap_or_default();
        if path.is_empty() || path.contains('\n') {
            continue;
        }
        let included = normal(&directory.join(path));
        let Some(text) = read(&included) else { continue };
        if found.insert(included.clone()) && depth > 1 {
            collect_includes(&included, &text, depth - 1, found);
        }
    }
}

/// The path without `.` and, where it can be told without asking the disk, `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// The path as the author knows it: relative to the book's root, with `..` for files outside of it.
fn shown(root: &Path, file: &Path) -> String {
    let (root, file) = (normal(root), normal(file));
    let (mut from, mut to) = (root.components().peekable(), file.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|component| component.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
