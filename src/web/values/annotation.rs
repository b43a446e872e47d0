//! What a type says about a value that is not known otherwise.

use std::rc::Rc;

use super::{Environment, Evaluator, External, Instance, Origin, Value};
use crate::web::{project::ModuleId, syntax::tree::NameId};

impl Evaluator<'_> {
    /// An instance of the class that a type names: `Client`, `Client | null`; of a library's classes only the clients.
    pub(super) fn annotated(&self, module: ModuleId, annotation: &str) -> Option<Value> {
        let script = self.script(module);
        let is_name = |text: &str| {
            let mut letters = text.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let name = annotation.split('|').map(str::trim).find(|text| is_name(text))?;
        let index = script.names.iter().position(|declared| declared.text == name)?;
        let classes = self.local(module, NameId(index as u32), &Environment::default());
        classes.into_iter().find_map(|value| match value {
            Value::Class(class) => Some(Value::Instance(Rc::new(Instance { class, site: None }))),
            Value::External(external) => client(&external).map(Value::External),
            _ => None,
        })
    }
}

/// The client of the network that a library's type stands for: <https://axios-http.com/docs/instance>,
/// <https://angular.dev/guide/http>.
fn client(of: &External) -> Option<External> {
    let (package, path) = of.package()?;
    let name = of.members.last()?;
    let (package, path, members) = match (package.as_str(), name.as_str()) {
        ("axios", "AxiosInstance" | "AxiosStatic" | "Axios") | ("@nuxtjs/axios", "NuxtAxiosInstance") => {
            ("axios".into(), "".into(), vec!["default".into()])
        }
        ("ky", "KyInstance") => ("ky".into(), "".into(), vec!["default".into()]),
        ("@angular/common", "HttpClient") => (package.clone(), path.clone(), vec![name.clone()]),
        _ => return None,
    };
    Some(External {
        origin: Origin::Library { package, path },
        members,
    })
}
