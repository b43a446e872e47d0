//! The files that loaders load.

use serde::Serialize;

use super::{
    catalogue::Category,
    formats,
    objects::{ClassName, class_of, function_name, location, three},
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{Argument, ExpressionId, ExpressionKind as Kind},
        values::{Evaluator, External, Origin, Site, Text, UseKind, Value},
    },
};

/// One file that is loaded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Asset {
    /// The address as far as it is known, the loader's path in front, holes as `${expression}`.
    pub url: String,
    /// The loader's class, or the function that loads it, e.g. `useGLTF`.
    pub loader: String,
    /// Where it is loaded.
    pub location: Location,
    /// The function that it is loaded in, `file:name`.
    pub function: String,
    /// The file in the tree, if it is there.
    pub file: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Whether the address is one of the project's own and no such file is in the tree.
    pub is_missing: bool,
    /// What of the backend answers, if it does: `GET /models/{name}`, or the path of a mount.
    pub served_by: Option<String>,
}

/// Functions between a loader's parameter and the calls that give it a value.
const MAX_LIFTS: usize = 3;

/// Every file that a loader loads, by module and place.
#[must_use]
pub fn assets(evaluator: &Evaluator<'_>) -> Vec<Asset> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        found.extend(loads_of(evaluator, module));
    }
    found
}

/// The files that one module loads.
pub(super) fn loads_of(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Asset> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for expression in script.expression_ids() {
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(expression)
        else {
            continue;
        };
        let Some(load) = load(evaluator, module, *callee, arguments) else {
            continue;
        };
        let site = Site::alone(module, load.address);
        for text in addresses(evaluator, &site, MAX_LIFTS) {
            let loader = load.loader_of(&text.display());
            let prefix = loader.made.as_ref();
            let prefix = prefix.and_then(|made| path_of(evaluator, made, module, expression));
            let url = match &prefix {
                Some(prefix) if !is_absolute(&text) => {
                    let mut url = prefix.clone();
                    url.push(&text);
                    url.display()
                }
                _ => text.display(),
            };
            // Only holes: nothing is known.
            let is_known = url.split("${").next().is_some_and(|head| !head.is_empty())
                || url.contains('}') && !url.ends_with('}');
            if is_known && !url.starts_with("data:") && !url.starts_with("blob:") {
                found.push(asset(evaluator, module, expression, url, &loader.class));
            }
        }
    }
    found
}

/// A load and the loaders that it may be of; the first where nothing tells them apart.
struct Load {
    loaders: Vec<Loader>,
    address: ExpressionId,
}

struct Loader {
    class: String,
    made: Option<Site>,
}

impl Load {
    fn loader_of(&self, url: &str) -> &Loader {
        let fitting = self
            .loaders
            .iter()
            .find(|loader| formats::reads(&loader.class, url));
        fitting.unwrap_or(&self.loaders[0])
    }
}

fn load(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
    arguments: &[Argument],
) -> Option<Load> {
    let script = evaluator.project.script(module);
    let first = arguments.first().filter(|first| !first.spread)?;
    // Hooks: `useGLTF(url)`, `useLoader(GLTFLoader, url)`.
    if let Kind::Local(_) | Kind::Member { .. } = script.kind(callee) {
        for value in evaluator.values(module, callee) {
            if let Value::External(external) = &value
                && let Some((package, _)) = external.package()
                && let Origin::Library { .. } = external.origin
                && let Some(function) = external.of_package(package)
                && let Some(load) = hook(evaluator, module, package, &function, arguments)
            {
                return Some(load);
            }
        }
    }
    let Kind::Member { object, property, .. } = script.kind(callee) else {
        return None;
    };
    if !matches!(property.as_str(), "load" | "loadAsync") {
        return None;
    }
    let loader = |value: &Value| {
        let class = class_of(evaluator, value).filter(is_loader)?;
        let (class, made) = (class.name, value.site().cloned());
        Some(Loader { class, made })
    };
    let loaders: Vec<Loader> = evaluator
        .values(module, *object)
        .iter()
        .filter_map(loader)
        .collect();
    let address = first.value;
    (!loaders.is_empty()).then_some(Load { loaders, address })
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
            address: argument.value,
        })
    };
    match (package, name) {
        ("@react-three/fiber" | "@threlte/core" | "@tresjs/core", "useLoader") => {
            let classes = evaluator.values(module, arguments.first()?.value);
            let class = classes
                .iter()
                .find_map(|value| super::objects::class_name(evaluator, value));
            direct(1, class.map_or_else(|| "useLoader".into(), |class| class.name))
        }
        (
            "@react-three/drei"
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

/// Every address that an expression may be: items of an array too, and through the calls of the function around it.
fn addresses(evaluator: &Evaluator<'_>, site: &Site, lifts: usize) -> Vec<Text> {
    let mut found = vec![];
    let mut push = |text: Text| {
        if !found.contains(&text) {
            found.push(text);
        }
    };
    for value in evaluator.values_at(site) {
        match value {
            Value::Array(_) | Value::List(_) => {
                for item in evaluator.items_of(&value) {
                    push(as_text(evaluator, site, &item));
                }
            }
            Value::Object(ref object) => {
                for (_, place) in evaluator.properties(object) {
                    for text in evaluator.texts(&place) {
                        push(text);
                    }
                }
            }
            value => push(as_text(evaluator, site, &value)),
        }
    }
    let is_open = found.is_empty()
        || found
            .iter()
            .any(|text| !text.has_literal() || depends_on_parameter(text));
    if is_open && lifts > 0 {
        let mut lifted = vec![];
        let script = evaluator.project.script(site.module);
        let mut function = Some(script.expression(site.expression).function);
        while let Some(id) = function {
            for caller in evaluator.callers(site.module, id).iter().take(24) {
                let Some(environment) = evaluator.enter(&caller.closure, &caller.site) else {
                    continue;
                };
                let inner = Site {
                    environment,
                    ..site.clone()
                };
                for text in addresses(evaluator, &inner, lifts - 1) {
                    if text.has_literal() && !lifted.contains(&text) {
                        lifted.push(text);
                    }
                }
            }
            if !lifted.is_empty() {
                return lifted;
            }
            function = script.function(id).parent;
        }
    }
    found
}

fn depends_on_parameter(text: &Text) -> bool {
    use crate::web::values::TextPart;
    text.parts
        .iter()
        .any(|part| matches!(part, TextPart::Hole { value, .. } if matches!(**value, Value::Parameter(_))))
}

fn as_text(evaluator: &Evaluator<'_>, site: &Site, value: &Value) -> Text {
    match value {
        Value::Text(text) => text.clone(),
        Value::File(path) => Text::literal(path),
        value => Text::hole(
            evaluator.project.script(site.module).written(site.expression),
            value.clone(),
        ),
    }
}

/// The path that a loader was last given in front of a load (<https://threejs.org/docs/#api/en/loaders/Loader.setPath>).
fn path_of(evaluator: &Evaluator<'_>, made: &Site, module: ModuleId, load: ExpressionId) -> Option<Text> {
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

fn is_absolute(text: &Text) -> bool {
    let shown = text.display();
    shown.starts_with('/') || shown.contains("://") || shown.starts_with("data:")
}

fn asset(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
    url: String,
    loader: &str,
) -> Asset {
    let from = evaluator.project.module(module).file.to_string();
    let file = find_file(evaluator, &from, &url);
    let bytes = file.as_ref().and_then(|file| evaluator.project.files.size(file));
    let is_own = !url.contains("${") && !url.contains("://") && !url.starts_with("//");
    let path = url.split(['?', '#']).next().unwrap_or(&url);
    let path = path.trim_start_matches("./").trim_start_matches('/');
    Asset {
        is_missing: file.is_none() && is_own && served(evaluator, path).is_empty(),
        url,
        loader: loader.to_owned(),
        location: location(evaluator, module, expression),
        function: function_name(evaluator, module, expression),
        file,
        bytes,
        served_by: None,
    }
}

/// The file of an address: beside the file that names it, or in the folder that is served.
fn find_file(evaluator: &Evaluator<'_>, from: &str, url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    if path.is_empty() || path.contains("${") || path.contains("://") {
        return None;
    }
    let files = evaluator.project.files;
    if files.is_file(path) {
        return Some(path.to_owned());
    }
    let relative = path.trim_start_matches("./").trim_start_matches('/');
    let mut folder = from;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        folder = parent;
        for served in ["", "public/", "static/", "assets/", "src/"] {
            let candidate = format!("{folder}/{served}{relative}");
            if files.is_file(&candidate) {
                return Some(candidate);
            }
        }
    }
    ["", "public/", "static/"]
        .iter()
        .map(|served| format!("{served}{relative}"))
        .find(|candidate| files.is_file(candidate))
        .or_else(|| match served(evaluator, relative).as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        })
}

/// The files of a path in the served folders of any package: a library loads what its applications serve, and a page
/// what stands beside it there.
fn served<'e>(evaluator: &'e Evaluator<'_>, path: &str) -> Vec<&'e String> {
    let end = format!("/{path}");
    let is_served = |folder: &str| folder.split('/').any(|part| matches!(part, "public" | "static"));
    let paths = evaluator.project.files.paths().iter();
    paths
        .filter(|file| file.strip_suffix(end.as_str()).is_some_and(is_served))
        .collect()
}

/// The class of what a loader gives: what `load` returns, what its function is handed, what `loadAsync` or a hook gives.
pub(super) fn loaded_class(
    evaluator: &Evaluator<'_>,
    callee: &External,
    call: &Site,
    members: &[ecow::EcoString],
) -> Option<ClassName> {
    let path: Vec<&str> = members.iter().map(ecow::EcoString::as_str).collect();
    let method = callee.members.last()?;
    if let Origin::Library { .. } = callee.origin {
        return class_by_hook(evaluator, method, call, &path).map(three);
    }
    if !matches!(method.as_str(), "load" | "loadAsync" | "parse" | "then") {
        return None;
    }
    let loader = External {
        origin: callee.origin.clone(),
        members: callee.members[..callee.members.len() - 1].to_vec(),
    };
    let loader = class_of(evaluator, &Value::External(loader))?;
    class_by_loader(&loader.name, &path).map(three)
}

/// <https://drei.docs.pmnd.rs/loaders/gltf-use-gltf>, <https://r3f.docs.pmnd.rs/api/hooks#useloader>
fn class_by_hook(evaluator: &Evaluator<'_>, hook: &str, call: &Site, path: &[&str]) -> Option<&'static str> {
    let loader = match hook {
        "useGLTF" | "useGltf" => "GLTFLoader",
        "useFBX" => "FBXLoader",
        "useOBJ" => "OBJLoader",
        "useTexture" | "useMatcapTexture" => "TextureLoader",
        "useCubeTexture" => "CubeTextureLoader",
        "useKTX2" => "KTX2Loader",
        "useLoader" => {
            let loader = evaluator.arguments_of(call).first()?.value;
            let classes = evaluator.values(call.module, loader);
            let class = classes
                .iter()
                .find_map(|value| super::objects::class_name(evaluator, value))?;
            return class_by_loader(&class.name, path);
        }
        _ => return None,
    };
    class_by_loader(loader, path)
}

fn class_by_loader(loader: &str, path: &[&str]) -> Option<&'static str> {
    Some(match (loader, path) {
        ("GLTFLoader" | "ColladaLoader" | "DRACOLoader" | "VRMLLoader", ["scene"])
        | (
            "FBXLoader" | "OBJLoader" | "TDSLoader" | "ThreeMFLoader" | "AMFLoader" | "GCodeLoader"
            | "LDrawLoader",
            [],
        ) => "Group",
        ("PLYLoader" | "STLLoader" | "DRACOLoader", []) => "BufferGeometry",
        ("TextureLoader", []) => "Texture",
        ("CubeTextureLoader" | "HDRCubeTextureLoader", []) => "CubeTexture",
        ("RGBELoader" | "HDRLoader" | "EXRLoader" | "TGALoader", []) => "DataTexture",
        ("KTX2Loader" | "KTXLoader" | "DDSLoader" | "PVRLoader", []) => "CompressedTexture",
        ("ObjectLoader", []) => "Object3D",
        ("PCDLoader", []) => "Points",
        ("VRMLLoader", []) => "Scene",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{fixture::Fixture, project::Project};

    #[test]
    fn a_library_loads_what_its_application_serves() {
        let files = Fixture::new(
            "//- packages/engine/textures.js\nimport * as THREE from 'three';\n\
             export function texture(path) { return new THREE.TextureLoader().load(path); }\n\
             //- game/src/main.js\nimport { texture } from '../../packages/engine/textures';\n\
             texture('/images/noise.png'); texture('/images/two.png'); texture('/images/none.png');\n\
             //- game/public/images/noise.png\n//- game/public/images/two.png\n//- editor/public/images/two.png\n",
        );
        let project = Project::new(&files);
        let found: Vec<String> = assets(&Evaluator::new(&project))
            .iter()
            .map(|asset| format!("{} {:?} {}", asset.url, asset.file, asset.is_missing))
            .collect();
        expect_test::expect![[r#"
            /images/noise.png Some("game/public/images/noise.png") false
            /images/two.png None false
            /images/none.png None true"#]]
        .assert_eq(&found.join("\n"));
    }

    #[test]
    fn addresses_are_joined_with_slashes_and_beside_their_module() {
        let files = Fixture::new(
            "//- src/load.js\nimport * as THREE from 'three'; import { BasisTextureLoader } from 'three/examples/jsm/loaders/BasisTextureLoader.js';\n\
             export function load(base, files) { if (base[base.length - 1] != '/') { base += '/'; }\n\
             const loaders = { png: new THREE.TextureLoader(), basis: new BasisTextureLoader() };\n\
             for (const id in files) { const path = files[id].url; loaders[kind(path)].load(base + path, done); } }\n\
             //- src/main.js\nimport { load } from './load'; load('assets', { sky: { url: 'sky.basis' }, sun: { url: 'sun.png' } });\n\
             new THREE.TextureLoader().load(new URL('../models/moon.png', import.meta.url).toString());\n\
             import * as THREE from 'three'; class ProfileLoader { load(id) {} } new ProfileLoader().load('meta-quest');\n\
             //- assets/sun.png\n//- models/moon.png\n//- public/demo/water/shader.glsl\n\
             //- src/water.js\nimport * as THREE from 'three'; new THREE.FileLoader().load('water/shader.glsl');\n",
        );
        let project = Project::new(&files);
        let found: Vec<String> = assets(&Evaluator::new(&project))
            .iter()
            .map(|asset| {
                format!(
                    "{} {} {:?} {}",
                    asset.loader, asset.url, asset.file, asset.is_missing
                )
            })
            .collect();
        expect_test::expect![[r#"
            BasisTextureLoader assets/sky.basis None true
            TextureLoader assets/sun.png Some("assets/sun.png") false
            TextureLoader models/moon.png Some("models/moon.png") false
            FileLoader water/shader.glsl Some("public/demo/water/shader.glsl") false"#]]
        .assert_eq(&found.join("\n"));
    }
}
