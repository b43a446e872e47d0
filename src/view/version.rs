//! `version fastapi`: which version the application is built on.

use crate::markdown::Inline;

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    keys,
    select::application,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "version fastapi",
        summary: "FastAPI's version by lock file or requirement",
        subject: None,
        placement: Placement::Inline,
        keys: &[keys::APP],
    },
    render,
};

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let Some(version) = &application.fastapi_version else {
        let help = "no lock file or requirement of the analysed tree names `fastapi`".to_owned();
        return Err(error("FastAPI's version is not known".to_owned(), Some(help)));
    };
    Ok(Output::Inline(Inline::text(version)))
}
