//! Classes of objects by their names: of three.js, of the libraries around it, and of the project.

use super::{
    catalogue::{self, Category},
    physics, postprocessing, xr,
};
use crate::web::values::{Evaluator, External, Origin, Value};

/// A class by its name and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassName {
    /// Its own name.
    pub name: String,
    /// The class of a library that it inherits from, where it is one of the project's.
    pub base: Option<String>,
    /// The library's package; empty for a class of the project without a base in a library.
    pub package: String,
    /// The path in the package.
    pub path: String,
}

impl ClassName {
    /// What kind of thing its instances are.
    #[must_use]
    pub fn category(&self) -> Category {
        let name = self.base.as_deref().unwrap_or(&self.name);
        // drei's shows the progress of loading: <https://drei.docs.pmnd.rs/loaders/progress-use-progress>.
        if name == "Loader" && is_components(&self.package) {
            return Category::Other;
        }
        if physics::is_engine(&self.package) {
            return physics::category(name);
        }
        if let Some(category) = postprocessing::category(&self.package, &self.path, name) {
            return category;
        }
        // <https://agargaro.github.io/instanced-mesh/>
        if name == "InstancedMesh2" {
            return Category::Object;
        }
        let is_for_headsets = self.package == xr::BROWSER || xr::is_for_headsets(&self.package);
        match catalogue::category(name) {
            // Shapes are meshes: <https://drei.docs.pmnd.rs/shapes/mesh>, <https://cientos.tresjs.org/guide/shapes/box>.
            Category::Math if is_components(&self.package) => Category::Object,
            Category::Other if is_for_headsets => Category::Webxr,
            // A button that enters a session.
            Category::Other if matches!(name, "VRButton" | "ARButton" | "XRButton") => Category::Webxr,
            category => category,
        }
    }

    /// Whether it is of three.js or of a library around it, or inherits from such a class.
    #[must_use]
    pub fn is_around_three(&self) -> bool {
        self.is_three()
            || is_components(&self.package)
            || self.category() != Category::Other && !self.package.is_empty()
    }

    /// Whether it is a class of three.js or inherits from one.
    #[must_use]
    pub fn is_three(&self) -> bool {
        is_three(&self.package)
    }
}

/// Packages that publish classes of three.js.
pub(super) fn is_three(package: &str) -> bool {
    matches!(
        package,
        "three" | "three-stdlib" | "three-mesh-bvh" | "super-three"
    )
}

/// Whether something is an object that three.js made, or a part of one.
pub(super) fn is_of_three(external: &External) -> bool {
    external.package().is_some_and(|(package, _)| is_three(package))
        && !matches!(external.origin, Origin::Library { .. } | Origin::Global)
}

/// Packages that publish components around three.js.
pub(super) fn is_components(package: &str) -> bool {
    ["@react-three/", "@threlte/", "@tresjs/"]
        .iter()
        .any(|scope| package.starts_with(scope))
}

/// The class that a value is.
pub(super) fn class_name(evaluator: &Evaluator<'_>, value: &Value) -> Option<ClassName> {
    match value {
        Value::External(external) => library_class(external),
        Value::Class(class) => {
            let name = evaluator
                .project
                .script(class.module)
                .class(class.class)
                .name
                .to_string();
            let base = evaluator
                .external_base(class)
                .and_then(|base| library_class(&base));
            let (base, package, path) = base.map_or_else(
                || (None, String::new(), String::new()),
                |base| (Some(base.name), base.package, base.path),
            );
            Some(ClassName {
                name,
                base,
                package,
                path,
            })
        }
        _ => None,
    }
}

pub(super) fn library_class(external: &External) -> Option<ClassName> {
    let Origin::Library { package, path } = &external.origin else {
        return None;
    };
    Some(ClassName {
        name: external.members.last()?.to_string(),
        base: None,
        package: package.to_string(),
        path: path.to_string(),
    })
}

/// A class of three.js by its name.
pub(super) fn three(name: &str) -> ClassName {
    ClassName {
        name: name.into(),
        base: None,
        package: "three".into(),
        path: String::new(),
    }
}
