//! Components that load what an attribute names.

use crate::web::{
    project::ModuleId,
    syntax::tree::{Element, ExpressionId, Property, Tag},
    three::objects::component_of_library,
    values::{Evaluator, Site},
};

/// The attributes of components that name files: package, component, attribute.
///
/// <https://drei.docs.pmnd.rs/>, <https://threlte.xyz/docs/reference/extras/getting-started>, <https://cientos.tresjs.org/>
const LOADING: &[(&str, &str, &str)] = &[
    ("@react-three/drei", "Environment", "files"),
    ("@react-three/drei", "Gltf", "src"),
    ("@react-three/drei", "Image", "url"),
    ("@react-three/drei", "PositionalAudio", "url"),
    ("@react-three/drei", "Splat", "src"),
    ("@react-three/drei", "Svg", "src"),
    ("@react-three/drei", "Text", "font"),
    ("@react-three/drei", "Text3D", "font"),
    ("@threlte/extras", "Audio", "src"),
    ("@threlte/extras", "Environment", "files"),
    ("@threlte/extras", "Environment", "url"),
    ("@threlte/extras", "GLTF", "url"),
    ("@threlte/extras", "ImageMaterial", "url"),
    ("@threlte/extras", "PositionalAudio", "src"),
    ("@threlte/extras", "SVG", "src"),
    ("@threlte/extras", "Text", "font"),
    ("@tresjs/cientos", "Environment", "files"),
    ("@tresjs/cientos", "FBXModel", "path"),
    ("@tresjs/cientos", "GLTFModel", "path"),
    ("@tresjs/cientos", "GlobalAudio", "src"),
    ("@tresjs/cientos", "PositionalAudio", "url"),
    ("@tresjs/cientos", "SVG", "src"),
    ("@tresjs/cientos", "Text3D", "font"),
];

/// What an element loads.
pub(super) struct ElementLoad {
    /// The component's name.
    pub(super) component: String,
    /// The address.
    pub(super) address: Site,
    /// What stands in front of it.
    pub(super) folder: Option<Site>,
}

/// What an element of a component loads.
pub(super) fn loads(evaluator: &Evaluator<'_>, module: ModuleId, element: &Element) -> Vec<ElementLoad> {
    let Tag::Component(component) = &element.tag else {
        return vec![];
    };
    let Some(external) = component_of_library(evaluator, module, *component) else {
        return vec![];
    };
    let attribute = |name: &str| {
        element.attributes.iter().find_map(|attribute| match attribute {
            Property::Named { key, value } if key == name => Some(*value),
            _ => None,
        })
    };
    let at = |value: ExpressionId| Site::alone(module, value);
    LOADING
        .iter()
        .filter(|(package, component, _)| external.of_package(package).as_deref() == Some(component))
        .filter_map(|(_, component, address)| {
            Some(ElementLoad {
                component: (*component).to_owned(),
                address: at(attribute(address)?),
                folder: attribute("path").filter(|_| *address == "files").map(at),
            })
        })
        .collect()
}
