//! What leads to a call of a server, and what its result changes: from the click to the mesh.
//!
//! [`trigger`] walks from a call to those who call the function that it stands in, up to an event, an effect, a timer or
//! the script itself. [`flow`] follows a value the other way: through variables, functions, promises, stores and their
//! listeners, into what [`update`] knows to be a change that someone sees.

mod automatic;
mod flow;
mod handed;
mod markup;
mod message;
pub(super) mod place;
mod query;
mod trigger;
mod update;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{
    project::ModuleId,
    syntax::tree::{ExpressionId, FunctionId, Script},
    values::{Evaluator, Site},
};
use crate::source::location::Location;

pub use message::attach;

/// One way in which something that happens leads to a call, and what the frontend does with the result.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Interaction {
    /// What happens.
    pub trigger: Trigger,
    /// The calls from what the trigger runs to the call of the server, wrappers included; the last is that call itself.
    pub calls: Vec<CallPlace>,
    /// What is changed with the result or behind it, in the order in which it runs as far as that is known.
    pub updates: Vec<Update>,
}

/// A call within a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CallPlace {
    /// The function that the call stands in, `file:name`; the file alone for the top level.
    pub function: String,
    /// The call.
    pub location: Location,
}

/// What begins an interaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Trigger {
    /// What kind of thing happens.
    pub kind: TriggerKind,
    /// Its name: of an event `click`, otherwise the function that runs it, e.g. `useEffect`, `setInterval`.
    pub name: String,
    /// What it happens to: `<button>`, `window`; of a change what is watched, `[modelId]`. May be empty.
    pub subject: String,
    /// Milliseconds between two runs of a timer.
    pub interval: Option<u64>,
    /// The function in which it is set up, `file:name`; the file alone for the top level.
    pub function: String,
    /// Where it is set up.
    pub location: Location,
}

/// What kind of thing begins an interaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TriggerKind {
    /// The user or the browser does something.
    Event,
    /// A message of a server or worker.
    Message,
    /// A component is shown for the first time.
    Mounted,
    /// What is watched changes.
    Change,
    /// A component is drawn.
    Rendered,
    /// Time passes.
    Timer,
    /// A frame is drawn.
    Frame,
    /// The script is loaded.
    Load,
    /// Nobody is seen to call it.
    #[default]
    Unknown,
}

/// Something that is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Update {
    /// What kind of thing is changed.
    pub kind: UpdateKind,
    /// What is changed: a state's or store's name, `cursor.position`, `textContent`.
    pub target: String,
    /// The class of three.js that the target is or is a part of, where it is known.
    pub class: Option<String>,
    /// As written, white space folded.
    pub written: String,
    /// Whether what is written depends on the result; else it only runs behind it.
    pub uses_result: bool,
    /// The state or store through which the result comes here; none where it comes directly.
    pub via: Option<String>,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// Where.
    pub location: Location,
}

/// What kind of thing is changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpdateKind {
    /// State of a component.
    State,
    /// A store.
    Store,
    /// A cache of results, e.g. of TanStack Query.
    Cache,
    /// An object of three.js.
    Scene,
    /// The page.
    Document,
    /// What the browser keeps.
    Storage,
    /// Which page is shown.
    Navigation,
    /// A field of an object of the project.
    Field,
    /// A variable outside of the function.
    #[default]
    Variable,
}

/// Interactions kept of one call.
const MAX_INTERACTIONS: usize = 6;

/// What is asked of the scripts again and again.
pub struct Interactions<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    places: RefCell<FxHashMap<ModuleId, Rc<place::Places>>>,
    handed: std::cell::OnceCell<handed::Handed>,
    automatic_reads: std::cell::OnceCell<automatic::AutomaticReads>,
    markup: RefCell<FxHashMap<ModuleId, Rc<Vec<markup::MarkupHandler>>>>,
}

impl<'e, 'p> Interactions<'e, 'p> {
    /// Of the scripts that an evaluator reads.
    #[must_use]
    pub fn new(evaluator: &'e Evaluator<'p>) -> Self {
        Self {
            evaluator,
            places: RefCell::default(),
            handed: std::cell::OnceCell::new(),
            automatic_reads: std::cell::OnceCell::new(),
            markup: RefCell::default(),
        }
    }

    /// What leads to a call, and what its result changes. `call` is where the address is known, `through` are the
    /// calls from there to the request, which is the last.
    #[must_use]
    pub fn of_call(&self, call: &Site, through: &[Site]) -> Vec<Interaction> {
        let mut interactions: Vec<Interaction> = vec![];
        for way in trigger::ways(self, call.module, call.expression) {
            let mut chain = way.chain.clone();
            chain.push((call.module, call.expression));
            chain.extend(through.iter().map(|site| (site.module, site.expression)));
            let interaction = Interaction {
                trigger: way.trigger,
                calls: chain.iter().map(|place| self.call_place(*place)).collect(),
                updates: flow::of_call(self, &chain, way.run),
            };
            if !interactions.contains(&interaction) {
                interactions.push(interaction);
            }
            if interactions.len() >= MAX_INTERACTIONS {
                break;
            }
        }
        interactions
    }

    fn script(&self, module: ModuleId) -> &'e Script {
        self.evaluator.project.script(module)
    }

    fn places(&self, module: ModuleId) -> Rc<place::Places> {
        let mut places = self.places.borrow_mut();
        let places = places.entry(module);
        Rc::clone(places.or_insert_with(|| Rc::new(place::Places::new(self.script(module)))))
    }

    fn handed(&self) -> &handed::Handed {
        self.handed.get_or_init(|| handed::Handed::new(self.evaluator))
    }

    fn automatic_reads(&self) -> &automatic::AutomaticReads {
        self.automatic_reads
            .get_or_init(|| automatic::AutomaticReads::new(self.evaluator))
    }

    /// The handlers in the markup of a page around a script; those of components are attributes of their elements.
    fn markup(&self, module: ModuleId) -> Rc<Vec<markup::MarkupHandler>> {
        let project = self.evaluator.project;
        let file = &project.module(module).file;
        let mut known = self.markup.borrow_mut();
        let handlers = known.entry(module).or_insert_with(|| {
            let has_markup = [".html", ".htm"].iter().any(|end| file.ends_with(end));
            let text = if has_markup {
                project.files.text(file)
            } else {
                None
            };
            Rc::new(text.map(|text| markup::handlers(file, &text)).unwrap_or_default())
        });
        Rc::clone(handlers)
    }

    fn call_place(&self, (module, expression): (ModuleId, ExpressionId)) -> CallPlace {
        CallPlace {
            function: super::three::objects::function_name(self.evaluator, module, expression),
            location: super::three::objects::location(self.evaluator, module, expression),
        }
    }

    /// A function and those around it, the innermost first.
    fn around(&self, module: ModuleId, function: FunctionId) -> impl Iterator<Item = FunctionId> + use<'e> {
        let script = self.evaluator.project.script(module);
        std::iter::successors(Some(function), |function| script.function(*function).parent)
    }
}

/// A place looked at by itself.
fn site(module: ModuleId, expression: ExpressionId) -> Site {
    Site::alone(module, expression)
}
