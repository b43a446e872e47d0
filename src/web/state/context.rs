//! Who provides and who takes the values of React's contexts.

use crate::web::{
    project::ModuleId,
    syntax::tree::{Element, ExpressionId, ExpressionKind as Kind, Tag},
    three::objects::function_name,
    values::{Evaluator, Origin, Value},
};

/// A function that provides a context's value, or takes it.
pub(super) struct ContextUser {
    /// The module of the context.
    pub(super) module: ModuleId,
    /// The call that makes the context.
    pub(super) context: ExpressionId,
    /// Whether it provides the value.
    pub(super) writes: bool,
    /// `file:name`.
    pub(super) function: String,
}

/// `useContext(Context)` and `<Context.Consumer>` take the value, `<Context.Provider>` and `<Context>` provide it
/// (<https://react.dev/reference/react/createContext>).
pub(super) fn context_users(evaluator: &Evaluator<'_>) -> Vec<ContextUser> {
    let mut users = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            let (asked, is_element) = match script.kind(expression) {
                Kind::Element(Element {
                    tag: Tag::Component(component),
                    ..
                }) => (*component, true),
                Kind::Call {
                    callee, arguments, ..
                } => match react_function(evaluator, module, *callee).as_deref() {
                    Some("useContext" | "use") if !arguments.is_empty() => (arguments[0].value, false),
                    Some("createElement") if !arguments.is_empty() => (arguments[0].value, true),
                    _ => continue,
                },
                _ => continue,
            };
            for value in evaluator.values(module, asked) {
                let Value::External(context) = &value else {
                    continue;
                };
                let Origin::Result { callee, site } = &context.origin else {
                    continue;
                };
                if callee.of_package("react").as_deref() != Some("createContext") {
                    continue;
                }
                let is_consumer = context.members.first().is_some_and(|member| member == "Consumer");
                users.push(ContextUser {
                    module: site.module,
                    context: site.expression,
                    writes: is_element && !is_consumer,
                    function: function_name(evaluator, module, expression),
                });
            }
        }
    }
    users
}

/// The function of React that is called.
fn react_function(evaluator: &Evaluator<'_>, module: ModuleId, callee: ExpressionId) -> Option<String> {
    let callees = evaluator.values(module, callee);
    callees.iter().find_map(|callee| match callee {
        Value::External(callee) => {
            let function = callee.of_package("react")?;
            Some(function.trim_start_matches("default.").to_owned())
        }
        _ => None,
    })
}
