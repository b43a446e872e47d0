//! State of components, stores and caches of results.

use super::{Change, State};
use crate::web::{
    interaction::{Interactions, UpdateKind, handed::Place, place::Role, query},
    state,
    syntax::tree::PathStep,
    values::{External, Origin, Value},
};

impl Interactions<'_, '_> {
    /// Setters of hooks, and what asks for another page.
    pub(in crate::web::interaction) fn setter(&self, external: &External) -> Option<Change> {
        let Origin::Result { callee, site } = &external.origin else {
            return None;
        };
        let (package, _) = callee.package()?;
        let hook = callee.members.last()?.as_str();
        let hook_place = (site.module, site.expression);
        let last = external.members.last().map(ecow::EcoString::as_str);
        match (package.as_str(), hook, last) {
            ("react" | "preact" | "preact/hooks", "useState", Some("set" | "1"))
            | ("react" | "preact" | "preact/hooks", "useReducer", Some("1")) => Some(Change {
                state: Some(State::Hook(hook_place)),
                ..Change::new(UpdateKind::State, self.first_of(hook_place))
            }),
            ("jotai" | "recoil", "useAtom" | "useRecoilState", Some("1"))
            | ("jotai" | "recoil", "useSetAtom" | "useSetRecoilState", None) => {
                let arguments = self.evaluator.arguments_of(site);
                let name = arguments
                    .first()
                    .map(|atom| self.script(site.module).written(atom.value));
                Some(Change::new(UpdateKind::Store, name.unwrap_or_default()))
            }
            ("react-redux", "useDispatch", None) => Some(Change::new(UpdateKind::Store, "dispatch")),
            (_, "useNavigate" | "useRouter" | "useHistory", _)
                if matches!(last, None | Some("push" | "replace" | "navigate" | "back")) =>
            {
                Some(Change::new(UpdateKind::Navigation, "page"))
            }
            (_, "useQueryClient", Some(method)) => Some(cached(method)?),
            _ => None,
        }
    }

    /// The first name that is taken of what a hook gives.
    pub(in crate::web::interaction) fn first_of(&self, (module, hook): Place) -> String {
        let script = self.script(module);
        let places = self.places(module);
        let named = places.defined_by(hook).iter().find_map(|(name, index)| {
            let name = script.name(*name);
            matches!(name.definitions[*index].path.as_slice(), [PathStep::Item(0), ..])
                .then(|| name.text.to_string())
        });
        // `const [, setX] = useState()` has no name for the state itself.
        named.unwrap_or_else(|| "state".to_owned())
    }

    pub(in crate::web::interaction) fn stored(
        &self,
        place: Place,
        external: &External,
        last: &str,
    ) -> Option<Change> {
        let client = match &external.origin {
            Origin::Made { class, .. } => class.members.last().is_some_and(|name| name == "QueryClient"),
            _ => false,
        };
        if client {
            return cached(last);
        }
        let (made, name) = self.store_of(external)?;
        let is_write = state::is_write(Some(last)) || last.is_empty();
        // A zustand store hands its setter to the function that makes its state.
        let is_setter =
            matches!(&external.origin, Origin::Given { parameter: 0, .. }) && external.members.is_empty();
        (is_write && !external.members.is_empty() || is_setter).then(|| {
            let keys = self.keys_of(place);
            Change {
                state: Some(State::Store(made)),
                ..Change::new(
                    UpdateKind::Store,
                    if keys.is_empty() {
                        name
                    } else {
                        format!("{name}: {keys}")
                    },
                )
            }
        })
    }

    /// The store that something is, or is given by.
    pub(in crate::web::interaction) fn store_of(&self, external: &External) -> Option<(Place, String)> {
        let (callee, site) = match &external.origin {
            Origin::Result { callee, site } => (callee, site),
            Origin::Given { callee, site, .. } => (callee, site),
            _ => return None,
        };
        let mut made = (site.module, site.expression);
        if state::maker(self.evaluator, callee, false).is_none() {
            // `const store = useStore()` of `const useStore = defineStore(…)`; what middleware hands on.
            match &callee.origin {
                Origin::Result { .. } if callee.members.is_empty() => return self.store_of(callee),
                _ if matches!(external.origin, Origin::Given { .. }) => {
                    made = self.store_around(made)?;
                }
                _ => return None,
            }
        }
        let script = self.script(made.0);
        let site = crate::web::interaction::site(made.0, made.1);
        let mut name = state::held_by(script, &site);
        // `create<State>()(initialiser)`: the outer call is held by the name.
        if name.is_none()
            && let Some((outer, Role::Callee)) = self.places(made.0).around(made.1)
        {
            made = (made.0, outer);
            name = state::held_by(script, &crate::web::interaction::site(made.0, outer));
        }
        Some((made, name.unwrap_or_else(|| "store".to_owned())))
    }

    /// The store whose initialiser a call wraps: `create(persist((set) => …))`.
    pub(in crate::web::interaction) fn store_around(&self, (module, call): Place) -> Option<Place> {
        let mut place = call;
        for _ in 0..4 {
            let places = self.places(module);
            let (around, _) = places.around(place)?;
            let callee = query::external_callee(self.evaluator, (module, around));
            if callee.is_some_and(|callee| state::maker(self.evaluator, &callee, false).is_some()) {
                return Some((module, around));
            }
            place = around;
        }
        None
    }

    /// The keys of the object that a call is handed.
    pub(in crate::web::interaction) fn keys_of(&self, place: Place) -> String {
        let arguments = self
            .evaluator
            .arguments_of(&crate::web::interaction::site(place.0, place.1));
        let Some(argument) = arguments.first() else {
            return String::new();
        };
        let mut values = self.evaluator.values(place.0, argument.value);
        if let [Value::Function(_)] = values.as_slice() {
            values = self.evaluator.apply_all(&values, &[], 0);
        }
        let mut keys: Vec<String> = vec![];
        for value in values {
            if let Value::Object(object) = &value {
                let own = self.evaluator.properties(object);
                keys.extend(own.into_iter().map(|(key, _)| key.to_string()));
            }
        }
        keys.dedup();
        keys.truncate(4);
        keys.join(", ")
    }
}

/// `queryClient.setQueryData(…)` and its like.
pub(in crate::web::interaction) fn cached(method: &str) -> Option<Change> {
    matches!(
        method,
        "setQueryData"
            | "setQueriesData"
            | "invalidateQueries"
            | "refetchQueries"
            | "resetQueries"
            | "removeQueries"
    )
    .then(|| Change::new(UpdateKind::Cache, "query cache"))
}
