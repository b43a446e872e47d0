//! The binary of `mdbook-arch`: everything it does is in the library.

fn main() {}
