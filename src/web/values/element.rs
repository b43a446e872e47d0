//! JSX elements as calls of components.

use super::{Arguments, Closure, Environment, Evaluator, Site, Value, Values};
use crate::web::syntax::tree::{Argument, Element, ExpressionId, ExpressionKind as Kind, Tag};

impl Evaluator<'_> {
    /// The arguments of a call or `new` expression.
    #[must_use]
    pub fn arguments_of(&self, site: &Site) -> Vec<Argument> {
        match self.script(site.module).kind(site.expression) {
            Kind::Call { arguments, .. } | Kind::New { arguments, .. } => arguments.clone(),
            _ => vec![],
        }
    }

    /// What is called by a call, `new` expression or element of a component.
    #[must_use]
    pub fn callees(&self, site: &Site) -> Vec<Value> {
        match self.script(site.module).kind(site.expression) {
            Kind::Call { callee, .. }
            | Kind::New { callee, .. }
            | Kind::Element(Element {
                tag: Tag::Component(callee),
                ..
            }) => self.evaluate(site.module, *callee, &site.environment),
            _ => vec![],
        }
    }

    /// The environment of a function when it is called at a place; none where calls nest too deeply.
    #[must_use]
    pub fn enter(&self, closure: &Closure, site: &Site) -> Option<Environment> {
        let script = self.script(site.module);
        let mut this = None;
        let arguments = match script.kind(site.expression) {
            Kind::Call {
                callee, arguments, ..
            } => {
                if let Kind::Member { object, .. } = script.kind(*callee) {
                    this = self.receiver(site, *object);
                }
                Arguments::Call {
                    module: site.module,
                    arguments: arguments.clone(),
                    environment: site.environment.clone(),
                }
            }
            Kind::New { arguments, .. } => Arguments::Call {
                module: site.module,
                arguments: arguments.clone(),
                environment: site.environment.clone(),
            },
            Kind::Element(_) => Arguments::Attributes(site.clone()),
            _ => Arguments::Unknown,
        };
        self.frame(closure, arguments, this, site.environment.depth())
    }

    /// The environment of a function that a library calls with these values; none where calls nest too deeply.
    #[must_use]
    pub fn enter_with(&self, closure: &Closure, arguments: Vec<Values>) -> Option<Environment> {
        self.frame(closure, Arguments::Values(arguments), None, 0)
    }

    fn receiver(&self, site: &Site, object: ExpressionId) -> Option<Value> {
        let objects = self.evaluate(site.module, object, &site.environment);
        objects
            .into_iter()
            .find(|object| matches!(object, Value::Object(_) | Value::Instance(_) | Value::Class(_)))
    }
}
