//! `lifespan`: what runs before the first request and after the last one.

use crate::{
    architecture::model::{LifespanHandler, Step},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError, arguments::Arguments, keys, select::application,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "lifespan",
        summary: "a table of startup, shutdown and lifespan handlers and what they do",
        subject: None,
        placement: Placement::Block,
        keys: &[keys::COLLAPSE, keys::APP],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    if application.lifespan.is_empty() {
        return Ok(Output::Block(show::sentence(
            "Nothing runs at startup or shutdown.",
        )));
    }
    let mut table = Table::new(["Event", "Handler", "At startup", "At shutdown", "Source"]);
    for handler in &application.lifespan {
        let (startup, shutdown) = phases(handler);
        table.row([
            Inline::text(&handler.event),
            Inline::code(show::short(&handler.handler.name)),
            Inline::lines(actions(startup)),
            Inline::lines(actions(shutdown)),
            show::source(&handler.handler.location, context),
        ]);
    }
    let summary = show::counted(application.lifespan.len(), "lifespan handler");
    show::collapsible(Block::table(&table), &summary, arguments)
}

/// What happens at startup and at shutdown. Of a `shutdown` handler the model keeps its steps under `startup`.
fn phases(handler: &LifespanHandler) -> (&[Step], &[Step]) {
    if handler.event == "shutdown" {
        (&[], &handler.startup)
    } else {
        (&handler.startup, &handler.shutdown)
    }
}

/// The outermost calls, in order, each once.
fn actions(steps: &[Step]) -> Vec<Inline> {
    let mut names: Vec<String> = Vec::new();
    collect(steps, &mut names);
    names.iter().map(Inline::code).collect()
}

fn collect(steps: &[Step], names: &mut Vec<String>) {
    for step in steps {
        let name = match step {
            Step::Call { callee, .. } | Step::Background { callee, .. } => {
                format!("{}()", show::short(&callee.name))
            }
            Step::External { callee, detail, .. } if detail.is_empty() => {
                format!("{}()", show::short(callee))
            }
            Step::External { detail, .. } => detail.clone(),
            Step::Raise { exception, .. } => format!("raise {exception}"),
            Step::Cookie { .. } => continue,
            Step::Branch { arms, .. } => {
                arms.iter().for_each(|(_, steps)| collect(steps, names));
                continue;
            }
            Step::Loop { steps, .. } => {
                collect(steps, names);
                continue;
            }
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
}
