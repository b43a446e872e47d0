//! The binary of `mdbook-arch`: everything it does is in the library.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::Parser as _;
use mdbook_arch::book::problem::Problems;
use mdbook_arch::cli;

fn main() -> ExitCode {
    cli::start_log();
    match cli::run(cli::Arguments::parse()) {
        Ok(code) => code,
        // Whoever reads the output, such as `head`, has enough of it.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            cli::exit_code(&error)
        }
    }
}

#[expect(clippy::print_stderr, reason = "the one place where errors are shown")]
fn report(error: &anyhow::Error) {
    match error.downcast_ref::<Problems>() {
        Some(problems) => eprintln!("{problems}"),
        None => eprintln!("ERROR mdbook-arch: {error:#}"),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    };
    error.chain().any(closed)
}
