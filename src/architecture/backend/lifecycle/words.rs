//! Source text as a few words.

/// At most this many characters, the last of them an ellipsis when something is missing.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) => {
            let end = text.char_indices().nth(most - 1).map_or(0, |(end, _)| end);
            format!("{}…", text[..end].trim_end())
        }
        None => text.to_owned(),
    }
}

/// Longer calls are cut.
const MOST: usize = 48;

/// A call as written, without what does not tell: `await`, `self.`, arguments that make it too long for a label.
pub(super) fn call(source: &str) -> String {
    let source = source.strip_prefix("await ").unwrap_or(source);
    let source = source
        .strip_prefix("self.")
        .unwrap_or(source)
        .trim_start_matches('_');
    let source = source
        .replace("( ", "(")
        .replace(", )", ")")
        .replace(" )", ")")
        .replace(" .", ".");
    if source.chars().count() <= MOST {
        return source;
    }
    let Some((callee, arguments)) = parts(&source) else {
        return cut(&source, MOST);
    };
    // Of a long chain the last method says what is done.
    let callee = match callee.rsplit_once('.') {
        Some((_, method)) if callee.chars().count() > MOST - 8 => method,
        _ => callee,
    };
    let arguments = separated(arguments);
    let shortened = arguments
        .first()
        .filter(|_| arguments.len() > 1)
        .map(|first| format!("{callee}({first}, …)"));
    match shortened.filter(|short| short.chars().count() <= MOST) {
        Some(short) => short,
        None => cut(&format!("{callee}(…)"), MOST),
    }
}

/// The arguments in a list of them as written.
pub(super) fn separated(arguments: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0_usize, None, 0);
    let mut found = vec![];
    for (index, character) in arguments.char_indices() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push(arguments[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    found.push(arguments[start..].trim());
    found.retain(|argument| !argument.is_empty());
    found
}

/// Callee and arguments of a call as written: `session.get(User, id)` is `session.get` and `User, id`.
pub(super) fn parts(source: &str) -> Option<(&str, &str)> {
    let source = source.trim();
    let inner = source.strip_suffix(')')?;
    let mut depth = 0_usize;
    for (index, character) in inner.char_indices().rev() {
        match character {
            ')' | ']' | '}' => depth += 1,
            '(' if depth == 0 => {
                return Some((
                    source[..index].trim(),
                    inner[index + 1..].trim().trim_end_matches(','),
                ));
            }
            '(' | '[' | '{' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{call, cut, parts, separated};

    #[test]
    fn calls_come_apart_at_their_own_bracket() {
        assert_eq!(parts("a.b(c)(d, e[0], )"), Some(("a.b(c)", "d, e[0]")));
        assert_eq!(
            parts("session.get(User, f(x))"),
            Some(("session.get", "User, f(x)"))
        );
        assert_eq!(parts("not a call"), None);
        assert_eq!(parts(")"), None);
        assert_eq!(separated("a, f(b, c), 'd, e', "), ["a", "f(b, c)", "'d, e'"]);
    }

    #[test]
    fn what_does_not_tell_is_left_out() {
        assert_eq!(
            call("await self._users.find( email=email, )"),
            "users.find(email=email)"
        );
        let long = "jwt.decode(token, settings.SECRET_KEY, algorithms=[security.ALGORITHM])";
        assert_eq!(call(long), "jwt.decode(token, …)");
        let chain = "(Path(__file__).parent / 'email' / 'build' / name).read_text()";
        assert_eq!(call(chain), "read_text(…)");
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
