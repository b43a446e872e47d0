//! Loads: what is called with an address.

use crate::web::{
    project::ModuleId,
    syntax::tree::{Argument, ExpressionId, ExpressionKind as Kind},
    three::{
        catalogue::Category,
        formats,
        objects::{ClassName, class_name, class_of},
    },
    values::{Environment, Evaluator, Origin, Site, Text, UseKind, Value},
};

/// A load and the loaders that it may be of; the first where nothing tells them apart.
pub(super) struct Load {
    loaders: Vec<Loader>,
    /// The address, in the calls that the loader is known in.
    pub(super) address: Site,
}

pub(super) struct Loader {
    pub(super) class: String,
    pub(super) made: Option<Site>,
}

impl Load {
    pub(super) fn loader_of(&self, url: &str) -> &Loader {
        let fitting = self
            .loaders
            .iter()
            .find(|loader| formats::reads(&loader.class, url));
        fitting.unwrap_or(&self.loaders[0])
    }
}

/// What a call loads: once, or once for each call that hands over a loader.
pub(super) fn loads(evaluator: &Evaluator<'_>, module: ModuleId, call: ExpressionId) -> Vec<Load> {
    let script = evaluator.project.script(module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(call)
    else {
        return vec![];
    };
    let Some(first) = arguments.first().filter(|first| !first.spread) else {
        return vec![];
    };
    if let Some(load) = by_hook(evaluator, module, *callee, arguments) {
        return vec![load];
    }
    let Kind::Member { object, property, .. } = script.kind(*callee) else {
        return vec![];
    };
    if !matches!(property.as_str(), "load" | "loadAsync") {
        return vec![];
    }
    let at = |environment: &Environment, expression| Site {
        module,
        expression,
        environment: environment.clone(),
    };
    let load = |environment: Environment| {
        let loaders: Vec<Loader> = evaluator
            .values_at(&at(&environment, *object))
            .iter()
            .filter_map(|value| loader(evaluator, value))
            .collect();
        let address = at(&environment, first.value);
        (!loaders.is_empty()).then_some(Load { loaders, address })
    };
    if let Some(load) = load(Environment::default()) {
        return vec![load];
    }
    let handed = evaluator.values(module, *object);
    let handed = handed.iter().filter_map(|value| match value {
        Value::Parameter(parameter) => Some(parameter),
        _ => None,
    });
    handed
        .flat_map(|parameter| evaluator.callers(parameter.module, parameter.function))
        .take(MAX_CALLERS)
        .filter_map(|caller| load(evaluator.enter(&caller.closure, &caller.site)?))
        .collect()
}

/// Calls that hand over a loader.
const MAX_CALLERS: usize = 64;

fn loader(evaluator: &Evaluator<'_>, value: &Value) -> Option<Loader> {
    let class = class_of(evaluator, value).filter(is_loader)?;
    let (class, made) = (class.name, value.site().cloned());
    Some(Loader { class, made })
}

/// Hooks: `useGLTF(url)`, `useLoader(GLTFLoader, url)`.
fn by_hook(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
    arguments: &[Argument],
) -> Option<Load> {
    let script = evaluator.project.script(module);
    if !matches!(
        script.kind(callee),
        Kind::Local(_) | Kind::Member { .. } | Kind::Global(_)
    ) {
        return None;
    }
    evaluator
        .values(module, callee)
        .iter()
        .find_map(|value| match value {
            Value::External(external) if matches!(external.origin, Origin::Library { .. }) => {
                let (package, _) = external.package()?;
                hook(
                    evaluator,
                    module,
                    package,
                    &external.of_package(package)?,
                    arguments,
                )
            }
            _ => None,
        })
}

/// A loader of a library or of a class that inherits from one; what else the project calls one may load anything.
fn is_loader(class: &ClassName) -> bool {
    !class.package.is_empty() && (class.category() == Category::Loader || class.name.ends_with("Loader"))
}

/// <https://drei.docs.pmnd.rs/loaders/gltf-use-gltf>, <https://r3f.docs.pmnd.rs/api/hooks#useloader>
fn hook(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    package: &str,
    function: &str,
    arguments: &[Argument],
) -> Option<Load> {
    let name = function.rsplit('.').next().unwrap_or(function);
    let direct = |index: usize, class: String| {
        arguments.get(index).map(|argument| Load {
            loaders: vec![Loader { class, made: None }],
            address: Site::alone(module, argument.value),
        })
    };
    match (package, name) {
        ("@react-three/fiber" | "@threlte/core" | "@tresjs/core", "useLoader") => {
            let classes = evaluator.values(module, arguments.first()?.value);
            let class = classes.iter().find_map(|value| class_name(evaluator, value));
            direct(1, class.map_or_else(|| "useLoader".into(), |class| class.name))
        }
        (
            "@react-three/drei"
            | "@threlte/core"
            | "@threlte/extras"
            | "@tresjs/cientos"
            | "@tresjs/core"
            | "@react-three/native",
            "useGLTF" | "useTexture" | "useFBX" | "useOBJ" | "useKTX2" | "useCubeTexture" | "useVideoTexture"
            | "useMatcapTexture" | "useEnvironment" | "useGltf" | "useSVG" | "useFont" | "useEXRLoader"
            | "useHDR",
        ) => direct(0, name.to_owned()),
        ("@react-three/drei", "preload") => None,
        _ => None,
    }
}

/// The path that a loader was last given in front of a load (<https://threejs.org/docs/#api/en/loaders/Loader.setPath>).
pub(super) fn path_of(
    evaluator: &Evaluator<'_>,
    made: &Site,
    module: ModuleId,
    load: ExpressionId,
) -> Option<Text> {
    let script = evaluator.project.script(module);
    let end = script.expression(load).end;
    let mut last: Option<(u32, Text)> = None;
    for done in evaluator.uses(made.module, made.expression) {
        let (name, value) = match done.kind {
            UseKind::Call => {
                let argument = evaluator
                    .arguments_of(&done.site)
                    .first()
                    .map(|argument| argument.value);
                (done.members.last(), argument)
            }
            UseKind::Write(value) => (done.members.last(), Some(value)),
        };
        let is_path =
            done.members.len() == 1 && name.is_some_and(|name| matches!(name.as_str(), "setPath" | "path"));
        let Some(value) = value.filter(|_| is_path) else {
            continue;
        };
        let at = evaluator
            .project
            .script(done.site.module)
            .expression(done.site.expression)
            .start;
        let is_before = done.site.module != module || at <= end;
        if is_before && last.as_ref().is_none_or(|(known, _)| *known <= at) {
            let place = Site {
                expression: value,
                ..done.site.clone()
            };
            last = evaluator.texts(&place).into_iter().next().map(|text| (at, text));
        }
    }
    last.map(|(_, text)| text)
}
