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

/// Letters of a function's name that a cell holds; of a longer one the method is shown.
const LETTERS: usize = 34;

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let all = context.architecture.frontend.loops.iter();
    let mut loops: Vec<&RenderLoop> = all.filter(|one| filter.keeps_file(&one.location.file)).collect();
    if loops.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("render loops"))));
    }
    let summary = show::counted(loops.len(), "render loop");
    let rest = show::limited(&mut loops, arguments.number("limit", 1)?, "loop");
    let mut table = Table::new(["Loop", "Calls"]);
    for one in loops {
        let calls = one.calls.iter().map(|call| Inline::code(called(call)));
        let name = Some(show::short(&one.function)).filter(|name| !is_line(name));
        table.row([
            Inline::lines(
                [kind(one), does(one)]
                    .into_iter()
                    .chain(name.map(Inline::code))
                    .chain([show::source(&one.location, context)]),
            ),
            show::first_lines(calls, CALLS),
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

/// A function by its name, cut so that the table fits; one without a name by its file and line.
fn called(function: &str) -> String {
    let name = show::short(function);
    let name = match is_line(name) {
        true => function.rsplit('/').next().unwrap_or(function),
        false => name,
    };
    match name.rsplit_once('.') {
        Some((_, method)) if name.chars().count() > LETTERS && !is_line(name) => format!("….{method}"),
        _ => name.to_owned(),
    }
}

/// Whether a function has no name but its line.
fn is_line(name: &str) -> bool {
    name.chars().all(|letter| letter.is_ascii_digit())
}

/// Whether it draws, ends and looks at the time.
fn does(one: &RenderLoop) -> Inline {
    let words = [
        one.renders.then_some("draws"),
        Some(if one.is_cancelled { "ends" } else { "does not end" }),
        Some(if one.uses_delta {
            "delta time"
        } else {
            "no delta time"
        }),
    ];
    Inline::join(", ", words.into_iter().flatten().map(Inline::text))
}
