//! `render-loops`: what drives the frames of the frontend.

use crate::{
    architecture::model::{RenderLoop, Throttle, ThrottleKind},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter, show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "render-loops",
        summary: "a table of what runs at every frame: its functions, whether it draws, ends, and looks at the time",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::FOLDER,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

/// Functions that a cell holds.
const CALLS: usize = 6;

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let all = context.architecture.frontend.loops.iter();
    let mut loops: Vec<&RenderLoop> = all.filter(|one| filter.keeps_file(&one.location.file)).collect();
    if loops.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("render loops"))));
    }
    let summary = show::counted(loops.len(), "render loop");
    let rest = show::limited(&mut loops, arguments.number("limit", 1)?, "loop");
    let mut table = Table::new(["Loop", "Calls", "Draws", "Ends", "Delta time"]);
    for one in loops {
        let calls = one.calls.iter().map(|call| Inline::code(called(call)));
        table.row([
            Inline::lines([
                kind(one),
                Inline::code(show::short(&one.function)),
                show::source(&one.location, context),
            ]),
            show::first_lines(calls, CALLS),
            yes(one.renders),
            yes(one.is_cancelled),
            yes(one.uses_delta),
        ]);
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}

fn kind(one: &RenderLoop) -> Inline {
    let kind = match one.kind.as_str() {
        "rAF" => "requestAnimationFrame",
        kind => kind,
    };
    Inline::lines(
        [Inline::code(kind)]
            .into_iter()
            .chain(one.throttled_by.iter().map(throttled))
            .chain(one.steps.iter().map(stepped)),
    )
}

fn throttled(throttle: &Throttle) -> Inline {
    let words = match throttle.kind {
        ThrottleKind::Visibility => "while it is seen: ",
        ThrottleKind::Clock => "at a bounded rate: ",
        ThrottleKind::Request => "when asked to: ",
        ThrottleKind::Condition => "while ",
    };
    let test = Inline::code(&throttle.test);
    let state = if throttle.holds { " is true" } else { " is false" };
    Inline::concat([Inline::text(words), test, Inline::text(state)])
}

fn stepped(step: &String) -> Inline {
    Inline::concat([Inline::text("moves physics on: "), Inline::code(step)])
}

/// A function by its name; one without a name by its file and line.
fn called(function: &str) -> &str {
    let name = show::short(function);
    if name.chars().all(|letter| letter.is_ascii_digit()) {
        function.rsplit('/').next().unwrap_or(function)
    } else {
        name
    }
}

fn yes(is_so: bool) -> Inline {
    Inline::text(if is_so { "yes" } else { "no" })
}
