//! Snippets against readable dumps, and what holds for any bytes.

mod constructs;
mod recovery;
mod robustness;

use expect_test::Expect;

use super::dump::dump;
use super::parse;

/// Compares the dump of a snippet, whose common indentation is kept away by writing it flush left.
fn check(source: &str, expected: &Expect) {
    expected.assert_eq(&dump(&parse(source.as_bytes())));
}
