//! `auth`: how the backend tells who asks, and how the frontend proves it.

mod checks;
mod frontend;
mod schemes;

use crate::markdown::{Block, Inline};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys,
    select::application, show,
};

pub(super) use checks::{Check, checks};
pub(super) use frontend::{kept, of_application};
pub(super) use schemes::{Scheme, schemes};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "auth",
        summary: "security schemes, what checks them and for how many endpoints, and the frontend's login, credential, refresh, guards and logout",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "tier",
                summary: "only one side: `backend` or `frontend`",
            },
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

/// Which side is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
    Backend,
    Frontend,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let tiers = [("backend", Tier::Backend), ("frontend", Tier::Frontend)];
    let tier = arguments.choice("tier", &tiers)?;
    let limit = arguments.number("limit", 1)?;
    let mut blocks = vec![];
    if tier != Some(Tier::Frontend) {
        let schemes = schemes(application);
        blocks.push(schemes::table(&schemes, application));
        blocks.push(checks::table(&mut checks(application), limit, context));
        blocks.push(schemes::open_operations(application));
    }
    if tier != Some(Tier::Backend) {
        let has_frontend = !context.architecture.frontend.calls.is_empty();
        let flow = of_application(&context.architecture.integration.auth, application);
        let is_empty = flow.steps.is_empty() && flow.identity.is_empty();
        if is_empty && (has_frontend || tier == Some(Tier::Frontend)) {
            let nothing = "No credential of the frontend could be followed.";
            blocks.push(show::sentence(nothing));
        } else if !is_empty {
            if tier.is_none() {
                blocks.push(Block::paragraph(&Inline::strong("In the frontend")));
            }
            if !flow.steps.is_empty() {
                blocks.push(frontend::table(&flow, limit, context));
            }
            blocks.push(frontend::identity_table(&flow, limit, context));
        }
    }
    show::collapsible(Block::sequence(blocks), "Authentication", arguments)
}
