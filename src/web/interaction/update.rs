//! Which calls and assignments change something that someone sees.

use super::{Interactions, Update, UpdateKind, handed::Place};
use crate::web::{
    project::ModuleId,
    state,
    syntax::tree::{
        DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, TOP_LEVEL, Tag,
    },
    three::{
        catalogue::{self, Category},
        objects::{class_of, function_name, location},
    },
    values::{External, Origin, ParameterValue, Value},
};

/// Callers that are asked what they hand over.
const MAX_CALLERS: usize = 8;
/// Longer code is cut where it is shown.
const MAX_WRITTEN: usize = 200;

/// What a call or an assignment changes.
pub(super) struct Change {
    pub kind: UpdateKind,
    pub target: String,
    pub class: Option<String>,
    /// The state that the change goes into, whose readers see it.
    pub state: Option<State>,
}

/// State that is read elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// What this call gives first: `useState()`.
    Hook(Place),
    /// What this call makes: a store.
    Store(Place),
}

impl Change {
    fn new(kind: UpdateKind, target: impl Into<String>) -> Self {
        Self {
            kind,
            target: target.into(),
            class: None,
            state: None,
        }
    }
}

impl Interactions<'_, '_> {
    /// A change as plain data.
    pub(super) fn update(
        &self,
        change: &Change,
        place: Place,
        uses_result: bool,
        via: Option<&str>,
    ) -> Update {
        let script = self.script(place.0);
        let mut written = script.written(place.1).to_string();
        if let Some((end, _)) = written.char_indices().nth(MAX_WRITTEN) {
            written.truncate(end);
            written.push('…');
        }
        let mut location = location(self.evaluator, place.0, place.1);
        location.end_line = location.line;
        Update {
            kind: change.kind,
            target: change.target.clone(),
            class: change.class.clone(),
            written,
            uses_result,
            via: via.map(str::to_owned),
            function: function_name(self.evaluator, place.0, place.1),
            location,
        }
    }

    /// What an expression changes, if it is a change.
    pub(super) fn change(&self, place: Place) -> Option<Change> {
        let script = self.script(place.0);
        match script.kind(place.1) {
            Kind::Call { callee, .. } => {
                let values = self.evaluator.values(place.0, *callee);
                let known = values.iter().find_map(|value| match value {
                    Value::External(external) => self.called(place, *callee, external),
                    _ => None,
                });
                known.or_else(|| self.by_declared_type(place.0, *callee))
            }
            Kind::Assign {
                target: Some(target), ..
            } => self.assigned(place, *target),
            Kind::Update(target) => self.assigned(place, *target),
            _ => None,
        }
    }

    fn called(&self, place: Place, callee: ExpressionId, external: &External) -> Option<Change> {
        let last = external
            .members
            .last()
            .map(ecow::EcoString::as_str)
            .unwrap_or_default();
        let script = self.script(place.0);
        let written = script.written(callee);
        if let Some(change) = self.setter(external) {
            return Some(change);
        }
        if let Some(change) = self.stored(place, external, last) {
            return Some(change);
        }
        if let Some(mut change) = of_platform(external, &written) {
            if change.kind == UpdateKind::Storage
                && let Some(key) = self
                    .evaluator
                    .arguments_of(&super::site(place.0, place.1))
                    .first()
            {
                let key = script.written(key.value);
                change.target = format!("{} {}", change.target, key.trim_matches(['\'', '"']));
            }
            return Some(change);
        }
        if let Kind::Member { object, property, .. } = script.kind(callee)
            && changes_scene(property)
            && !matches!(script.kind(*object), Kind::New { .. } | Kind::Call { .. })
            && let Some(class) = self.scene_class(place.0, *object)
            && is_seen(&class)
        {
            return Some(Change {
                class: Some(class),
                ..Change::new(UpdateKind::Scene, target(&written))
            });
        }
        None
    }

    /// Setters of hooks, and what asks for another page.
    fn setter(&self, external: &External) -> Option<Change> {
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
    fn first_of(&self, (module, hook): Place) -> String {
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

    fn stored(&self, place: Place, external: &External, last: &str) -> Option<Change> {
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
    fn store_of(&self, external: &External) -> Option<(Place, String)> {
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
        let site = super::site(made.0, made.1);
        let mut name = state::held_by(script, &site);
        // `create<State>()(initialiser)`: the outer call is held by the name.
        if name.is_none()
            && let Some((outer, super::place::Role::Callee)) = self.places(made.0).around(made.1)
        {
            made = (made.0, outer);
            name = state::held_by(script, &super::site(made.0, outer));
        }
        Some((made, name.unwrap_or_else(|| "store".to_owned())))
    }

    /// The store whose initialiser a call wraps: `create(persist((set) => …))`.
    fn store_around(&self, (module, call): Place) -> Option<Place> {
        let mut place = call;
        for _ in 0..4 {
            let places = self.places(module);
            let (around, _) = places.around(place)?;
            let callee = super::query::external_callee(self.evaluator, (module, around));
            if callee.is_some_and(|callee| state::maker(self.evaluator, &callee, false).is_some()) {
                return Some((module, around));
            }
            place = around;
        }
        None
    }

    /// The keys of the object that a call is handed.
    fn keys_of(&self, place: Place) -> String {
        let arguments = self.evaluator.arguments_of(&super::site(place.0, place.1));
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

    fn assigned(&self, place: Place, written_to: ExpressionId) -> Option<Change> {
        let (module, expression) = place;
        let script = self.script(module);
        let written = script.written(written_to);
        match script.kind(written_to) {
            Kind::Local(name) => {
                let name = script.name(*name);
                let own = script.expression(expression).function;
                let is_outer = name
                    .function
                    .is_some_and(|declared| declared != own && !self.is_within(module, own, declared));
                let is_rune = name.definitions.iter().any(|definition| match definition.source {
                    DefinitionSource::Expression(value) => {
                        super::query::external_callee(self.evaluator, (module, value))
                            .is_some_and(|callee| callee.path().starts_with("$state"))
                    }
                    _ => false,
                });
                let file = &self.evaluator.project.module(module).file;
                let is_component = name.function == Some(TOP_LEVEL) && file.ends_with(".svelte");
                let kind = if is_rune || is_component {
                    UpdateKind::State
                } else {
                    UpdateKind::Variable
                };
                is_outer.then(|| Change::new(kind, name.text.as_str()))
            }
            // `$store = value` of Svelte: <https://svelte.dev/docs/svelte/stores>.
            Kind::Global(name) => {
                let store = name.strip_prefix('$').filter(|name| !name.is_empty())?;
                Some(Change::new(UpdateKind::Store, store))
            }
            Kind::Member { object, property, .. } => self.member_written(place, *object, property, &written),
            Kind::Index { object, .. } => match script.kind(*object) {
                Kind::Member { object, property, .. } => {
                    self.member_written(place, *object, property, &written)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a function is handed to a call within another one, so that it runs as a part of that.
    fn is_within(&self, module: ModuleId, function: FunctionId, outer: FunctionId) -> bool {
        if outer == TOP_LEVEL {
            return false;
        }
        let places = self.places(module);
        self.around(module, function)
            .take_while(|inner| *inner != outer)
            .all(|inner| {
                let expression = places.expression_of(inner);
                let around = expression.and_then(|expression| places.around(expression));
                matches!(around, Some((_, super::place::Role::Argument { .. })))
            })
    }

    fn member_written(
        &self,
        place: Place,
        object: ExpressionId,
        property: &str,
        written: &str,
    ) -> Option<Change> {
        let script = self.script(place.0);
        if matches!(script.kind(object), Kind::This) {
            let class = script.function(script.expression(place.1).function).class;
            let class = class.map(|class| script.class(class).name.clone());
            let file = &self.evaluator.project.module(place.0).file;
            return Some(match class {
                Some(class) if !class.is_empty() => {
                    Change::new(UpdateKind::Field, format!("{class}.{property}"))
                }
                _ if file.ends_with(".vue") => Change::new(UpdateKind::State, property),
                _ => Change::new(UpdateKind::Field, property),
            });
        }
        if let Some(class) = self.scene_class(place.0, object).filter(|class| is_seen(class)) {
            return Some(Change {
                class: Some(class),
                ..Change::new(UpdateKind::Scene, target(written))
            });
        }
        for value in self.evaluator.values(place.0, object) {
            if let Value::External(external) = &value {
                if external.is_global("location") || external.is_global("window.location") {
                    return Some(Change::new(UpdateKind::Navigation, "page"));
                }
                if is_of_document(external) {
                    return Some(Change::new(UpdateKind::Document, target(written)));
                }
                if let Some((made, name)) = self.store_of(external) {
                    return Some(Change {
                        state: Some(State::Store(made)),
                        ..Change::new(UpdateKind::Store, format!("{name}.{property}"))
                    });
                }
            }
        }
        let declared = self.declared_type(place.0, object);
        if declared.as_deref().is_some_and(is_element_type) {
            return Some(Change::new(UpdateKind::Document, target(written)));
        }
        // `ref.current` of React, `ref.value` of Vue.
        let hook = self.hook_of(place.0, object);
        match (hook.as_deref(), property) {
            (Some("useRef" | "createRef"), "current") => {
                Some(Change::new(UpdateKind::Variable, target(written)))
            }
            (Some("ref" | "shallowRef"), "value") => {
                let name = script.written(object);
                Some(Change::new(UpdateKind::State, name.as_str()))
            }
            (Some("reactive" | "shallowReactive"), _) => {
                Some(Change::new(UpdateKind::State, target(written)))
            }
            _ => None,
        }
    }

    /// The library's function whose result a name stands for.
    fn hook_of(&self, module: ModuleId, object: ExpressionId) -> Option<String> {
        let script = self.script(module);
        let Kind::Local(name) = script.kind(object) else {
            return None;
        };
        script
            .name(*name)
            .definitions
            .iter()
            .find_map(|definition| match definition.source {
                DefinitionSource::Expression(value) if definition.path.is_empty() => {
                    let callee = super::query::external_callee(self.evaluator, (module, value))?;
                    callee.members.last().map(ToString::to_string)
                }
                _ => None,
            })
    }

    /// The class of three.js of an object, or of the object that it is a part of.
    pub(super) fn scene_class(&self, module: ModuleId, object: ExpressionId) -> Option<String> {
        let values = self.evaluator.values(module, object);
        let known = values.iter().find_map(|value| self.class_in_scene(value, 0));
        known.or_else(|| self.type_of_three(module, object))
    }

    fn class_in_scene(&self, value: &Value, depth: u32) -> Option<String> {
        match value {
            Value::External(external) => {
                let mut whole = external.clone();
                loop {
                    if let Some(class) = class_of(self.evaluator, &Value::External(whole.clone())) {
                        return class.is_around_three().then_some(class.name);
                    }
                    if let Origin::Given { callee, .. } = &whole.origin
                        && let Some((_, object)) = callee.members.split_last()
                        && matches!(
                            callee.members.last().map(ecow::EcoString::as_str),
                            Some("traverse" | "traverseVisible" | "traverseAncestors")
                        )
                        && depth < 3
                    {
                        let root = External {
                            origin: callee.origin.clone(),
                            members: object.to_vec(),
                        };
                        return self
                            .class_in_scene(&Value::External(root), depth + 1)
                            .map(|_| "Object3D".to_owned());
                    }
                    if let Origin::Result { callee, .. } = &whole.origin
                        && let Some((method, object)) = callee.members.split_last()
                        && matches!(
                            method.as_str(),
                            "getObjectByName" | "getObjectById" | "getObjectByProperty" | "clone"
                        )
                        && depth < 3
                    {
                        let root = External {
                            origin: callee.origin.clone(),
                            members: object.to_vec(),
                        };
                        return self
                            .class_in_scene(&Value::External(root), depth + 1)
                            .map(|_| "Object3D".to_owned());
                    }
                    whole.members.pop()?;
                }
            }
            Value::Instance(_) => {
                let class = class_of(self.evaluator, value)?;
                class.is_three().then_some(class.name)
            }
            Value::Parameter(parameter) if depth < 3 => self.class_of_parameter(parameter, depth),
            _ => None,
        }
    }

    /// The class of what callers hand over, or of what is met while a scene is gone through.
    fn class_of_parameter(&self, parameter: &ParameterValue, depth: u32) -> Option<String> {
        let places = self.places(parameter.module);
        let script = self.script(parameter.module);
        if let Some(function) = places.expression_of(parameter.function)
            && let Some((call, super::place::Role::Argument { .. })) = places.around(function)
            && let Kind::Call { callee, .. } = script.kind(call)
            && let Kind::Member { object, property, .. } = script.kind(*callee)
            && property.starts_with("traverse")
        {
            let values = self.evaluator.values(parameter.module, *object);
            let known = values
                .iter()
                .any(|value| self.class_in_scene(value, depth + 1).is_some());
            return known.then(|| "Object3D".to_owned());
        }
        let callers = self.evaluator.callers(parameter.module, parameter.function);
        callers.iter().take(MAX_CALLERS).find_map(|caller| {
            let arguments = self.evaluator.arguments_of(&caller.site);
            let argument = arguments.get(parameter.index as usize)?;
            let mut values = self.evaluator.values(caller.site.module, argument.value);
            for member in &parameter.members {
                let members = values
                    .iter()
                    .flat_map(|value| self.evaluator.member(value, member));
                values = members.collect();
            }
            values
                .iter()
                .find_map(|value| self.class_in_scene(value, depth + 1))
        })
    }

    /// The class that the declared type of what an object hangs on names.
    fn type_of_three(&self, module: ModuleId, object: ExpressionId) -> Option<String> {
        let annotation = self.declared_type(module, object)?;
        let script = self.script(module);
        annotation
            .split(['|', '<', '>', ',', ' ', '(', ')', '[', ']', '&'])
            .find_map(|part| {
                let (head, name) = part.split_once('.').unwrap_or((part, part));
                let import = script.imports.iter().find(|import| {
                    import.names.iter().any(|imported| {
                        let local = imported.local.map(|name| script.name(name).text.clone());
                        local.unwrap_or_else(|| imported.imported.clone()) == head
                    })
                })?;
                is_around_three(&import.module).then(|| name.to_owned())
            })
    }

    /// The type that the variable at the root of `a.b.c` is declared with, as written.
    fn declared_type(&self, module: ModuleId, object: ExpressionId) -> Option<String> {
        let script = self.script(module);
        let mut root = object;
        while let Kind::Member { object, .. } | Kind::Index { object, .. } = script.kind(root) {
            if matches!(script.kind(*object), Kind::This) {
                let Kind::Member { property, .. } = script.kind(root) else {
                    return None;
                };
                let class = script.function(script.expression(root).function).class?;
                let mut members = script.class(class).members.iter();
                let member = members.find(|member| member.name == *property)?;
                return member.annotation.as_ref().map(ToString::to_string);
            }
            root = *object;
        }
        let Kind::Local(name) = script.kind(root) else {
            return None;
        };
        let name = script.name(*name);
        if let Some(annotation) = &name.annotation {
            return Some(annotation.to_string());
        }
        name.definitions
            .iter()
            .find_map(|definition| match definition.source {
                DefinitionSource::Parameter(function, index) if definition.path.is_empty() => {
                    let parameter = script.function(function).parameters.get(index as usize)?;
                    parameter.annotation.as_ref().map(ToString::to_string)
                }
                // `useRef<Mesh>(null)`.
                DefinitionSource::Expression(value) if definition.path.is_empty() => match script.kind(value)
                {
                    Kind::Call {
                        type_arguments: Some(types),
                        ..
                    } => Some(types.to_string()),
                    _ => None,
                },
                _ => None,
            })
    }

    /// Methods of objects that only their declared type tells of.
    fn by_declared_type(&self, module: ModuleId, callee: ExpressionId) -> Option<Change> {
        let script = self.script(module);
        let Kind::Member { object, property, .. } = script.kind(callee) else {
            return None;
        };
        let written = script.written(callee);
        if changes_scene(property)
            && let Some(class) = self.type_of_three(module, *object)
            && is_seen(&class)
        {
            return Some(Change {
                class: Some(class),
                ..Change::new(UpdateKind::Scene, target(&written))
            });
        }
        let declared = self.declared_type(module, *object)?;
        (changes_document(property) && is_element_type(&declared))
            .then(|| Change::new(UpdateKind::Document, target(&written)))
    }

    /// What drawing an element with a value changes.
    pub(super) fn drawn(&self, (module, element): Place, attribute: Option<&str>) -> Option<Change> {
        let Kind::Element(Element { tag, .. }) = self.script(module).kind(element) else {
            return None;
        };
        if let Tag::Intrinsic(tag) = tag
            && tag == "primitive"
        {
            return Some(Change::new(UpdateKind::Scene, "<primitive>"));
        }
        let class = class_of(self.evaluator, &Value::Element(super::site(module, element)));
        if let Some(class) = class.filter(|class| class.is_around_three()) {
            let name = match tag {
                Tag::Intrinsic(tag) => tag.clone(),
                Tag::Component(component) => self.script(module).written(*component),
                Tag::Fragment => return None,
            };
            let target = match attribute {
                Some(attribute) => format!("<{name} {attribute}>"),
                None => format!("<{name}>"),
            };
            return Some(Change {
                class: Some(class.name),
                ..Change::new(UpdateKind::Scene, target)
            });
        }
        let function = function_name(self.evaluator, module, element);
        let component = function.rsplit(':').next().unwrap_or(&function).to_owned();
        Some(Change::new(UpdateKind::Document, component))
    }
}

/// Vectors and the like are only reckoned with.
fn is_seen(class: &str) -> bool {
    !matches!(
        catalogue::category(class),
        Category::Math
            | Category::Attribute
            | Category::Curve
            | Category::Raycaster
            | Category::Clock
            | Category::Exporter
    )
}

/// Packages whose types are objects of a scene.
fn is_around_three(module: &str) -> bool {
    module == "three"
        || module.starts_with("three/")
        || module.starts_with("three-")
        || module.starts_with("@react-three/")
        || module.starts_with("urdf-loader")
}

/// `queryClient.setQueryData(…)` and its like.
fn cached(method: &str) -> Option<Change> {
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

fn of_platform(external: &External, written: &str) -> Option<Change> {
    let last = external.members.last()?.as_str();
    let path = external.path();
    let is_global = external.origin == Origin::Global;
    if is_global && (path.contains("localStorage.") || path.contains("sessionStorage.")) {
        return matches!(last, "setItem" | "removeItem" | "clear")
            .then(|| Change::new(UpdateKind::Storage, path.split('.').next().unwrap_or_default()));
    }
    if is_global
        && matches!(
            path.as_str(),
            "location.assign"
                | "location.replace"
                | "location.reload"
                | "history.pushState"
                | "history.replaceState"
        )
    {
        return Some(Change::new(UpdateKind::Navigation, "page"));
    }
    (changes_document(last) && is_of_document(external) && !external.members.is_empty())
        .then(|| Change::new(UpdateKind::Document, target(written)))
}

/// `document` and what it gives.
fn is_of_document(external: &External) -> bool {
    match &external.origin {
        Origin::Global => external.members.first().is_some_and(|first| first == "document"),
        Origin::Result { callee, .. } | Origin::Given { callee, .. } => is_of_document(callee),
        _ => false,
    }
}

fn is_element_type(annotation: &str) -> bool {
    annotation.split(['|', '<', '>', ' ', ',']).any(|part| {
        part.starts_with("HTML") && part.ends_with("Element") || part == "Element" || part == "SVGElement"
    })
}

/// Methods of the document's nodes that change what is seen.
fn changes_document(method: &str) -> bool {
    matches!(
        method,
        "append"
            | "appendChild"
            | "prepend"
            | "replaceChildren"
            | "replaceWith"
            | "insertBefore"
            | "insertAdjacentHTML"
            | "insertAdjacentElement"
            | "remove"
            | "removeChild"
            | "setAttribute"
            | "removeAttribute"
            | "toggle"
            | "showModal"
    )
}

/// Methods of three.js that change the object that they are called on
/// (<https://threejs.org/docs/#api/en/core/Object3D>, <https://threejs.org/docs/#api/en/math/Vector3>).
fn changes_scene(method: &str) -> bool {
    method.starts_with("set") && method != "setup"
        || method.starts_with("lerp")
        || method.starts_with("apply")
        || method.starts_with("rotate")
        || method.starts_with("translate")
        || matches!(
            method,
            "add"
                | "attach"
                | "remove"
                | "removeFromParent"
                | "clear"
                | "copy"
                | "fromArray"
                | "slerp"
                | "slerpQuaternions"
                | "lookAt"
                | "multiplyScalar"
                | "updateProjectionMatrix"
                | "play"
                | "stop"
                | "reset"
                | "fadeIn"
                | "fadeOut"
                | "crossFadeTo"
                | "dispose"
                | "needsUpdate"
        )
}

/// What is changed, without `this.`.
fn target(written: &str) -> String {
    let short = written
        .strip_prefix("this.")
        .unwrap_or(written)
        .replace("?.", ".");
    match short.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &short[..end]),
        None => short,
    }
}
