//! Which object is put into which: `parent.add(child)`, `parent.attach(child)`, and elements within elements.

use serde::Serialize;

use super::{
    catalogue,
    declared::declared_class,
    markup,
    objects::{ClassName, class_of, location, three},
};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{Argument, ExpressionId, ExpressionKind as Kind},
        values::{Evaluator, Value},
    },
};

/// One object that is put into another, within the scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) parent: ClassName,
    pub(super) child: Child,
    pub(super) module: ModuleId,
    /// The call or element that puts it there.
    pub(super) expression: ExpressionId,
}

/// What is put somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Child {
    Class(ClassName),
    /// An object of an unknown class, as written.
    Written(String),
}

/// One object in another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edge {
    /// Class of the parent.
    pub parent: String,
    /// Class of the child; as written where it is not known.
    pub child: String,
    /// Where it is put in.
    pub location: Location,
}

/// What may be of more classes than these is of one that they inherit from: a condition may tell them apart.
const MAX_ALTERNATIVES: usize = 2;

/// Every object that is put into another, by module and place.
#[must_use]
pub fn edges(evaluator: &Evaluator<'_>) -> Vec<Edge> {
    let modules = evaluator.project.module_ids();
    modules
        .flat_map(|module| placements_in(evaluator, module))
        .map(|placement| placement.describe(evaluator))
        .collect()
}

impl Placement {
    fn describe(self, evaluator: &Evaluator<'_>) -> Edge {
        Edge {
            parent: self.parent.name,
            child: match self.child {
                Child::Class(class) => class.name,
                Child::Written(written) => written,
            },
            location: location(evaluator, self.module, self.expression),
        }
    }

    /// `Parent > Child` as the objects themselves call their types; none where a class is not known
    /// (<https://threejs.org/docs/#api/en/core/Object3D.type>).
    pub(super) fn by_type(&self) -> Option<String> {
        let Child::Class(child) = &self.child else {
            return None;
        };
        let object_type = |class: &ClassName| catalogue::object_type(class.known_name()).to_owned();
        Some(format!("{} > {}", object_type(&self.parent), object_type(child)))
    }
}

pub(super) fn placements_in(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Placement> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for expression in script.expression_ids() {
        match script.kind(expression) {
            Kind::Call {
                callee, arguments, ..
            } => {
                let Kind::Member { object, property, .. } = script.kind(*callee) else {
                    continue;
                };
                if !matches!(property.as_str(), "add" | "attach") {
                    continue;
                }
                let parents = parents(evaluator, module, *object);
                for argument in arguments.iter().filter(|_| !parents.is_empty()) {
                    for child in children(evaluator, module, *argument) {
                        for parent in &parents {
                            found.push(Placement {
                                parent: parent.clone(),
                                child: child.clone(),
                                module,
                                expression,
                            });
                        }
                    }
                }
            }
            Kind::Element(element) => markup::within(evaluator, module, expression, element, &mut found),
            _ => {}
        }
    }
    found
}

/// The classes of what something is added to, as far as they may hold objects.
fn parents(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> Vec<ClassName> {
    let classes = classes_of(evaluator, module, object);
    let mut parents = vec![];
    for class in classes.into_iter().filter(ClassName::is_object) {
        if !parents.contains(&class) {
            parents.push(class);
        }
    }
    if parents.len() > MAX_ALTERNATIVES {
        return common_base(&parents).into_iter().collect();
    }
    parents
}

/// The nearest class that all of some inherit from or are.
fn common_base(classes: &[ClassName]) -> Option<ClassName> {
    let chain = |class: &ClassName| -> Vec<String> {
        let name = class.known_name();
        let bases = catalogue::bases(name).map(str::to_owned);
        std::iter::once(name.to_owned()).chain(bases).collect()
    };
    let (first, rest) = classes.split_first()?;
    let rest: Vec<Vec<String>> = rest.iter().map(chain).collect();
    let mut candidates = chain(first).into_iter();
    let common = candidates.find(|name| rest.iter().all(|chain| chain.contains(name)));
    common.map(|name| three(&name))
}

/// The classes of what is added; what is written where none is known.
fn children(evaluator: &Evaluator<'_>, module: ModuleId, argument: Argument) -> Vec<Child> {
    let mut children: Vec<Child> = vec![];
    for class in classes_of(evaluator, module, argument.value) {
        let child = Child::Class(class);
        if !children.contains(&child) {
            children.push(child);
        }
    }
    if children.is_empty() {
        let script = evaluator.project.script(module);
        children.push(Child::Written(script.written(argument.value).to_string()));
    }
    children
}

/// The classes of the objects that an expression may stand for: of what is made, else of what the callers hand over,
/// else the class that a type names.
pub(super) fn classes_of(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    expression: ExpressionId,
) -> Vec<ClassName> {
    let of = |values: &[Value]| -> Vec<ClassName> {
        let mut classes = vec![];
        for value in values {
            match value {
                Value::Array(_) | Value::List(_) => {
                    let items = evaluator.items_of(value);
                    classes.extend(items.iter().filter_map(|item| class_of(evaluator, item)));
                }
                value => classes.extend(class_of(evaluator, value)),
            }
        }
        classes
    };
    let values = evaluator.values(module, expression);
    let classes = of(&values);
    if !classes.is_empty() {
        return classes;
    }
    let classes = of(&evaluator.with_callers(values));
    if !classes.is_empty() {
        return classes;
    }
    declared_class(evaluator, module, expression)
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{fixture::Fixture, project::Project};

    fn check(text: &str, expected: &expect_test::Expect) {
        let files = Fixture::new(text);
        let project = Project::new(&files);
        let found: Vec<String> = edges(&Evaluator::new(&project))
            .iter()
            .map(|edge| {
                let Location { file, line, .. } = &edge.location;
                format!("{file}:{line} {} > {}", edge.parent, edge.child)
            })
            .collect();
        expected.assert_eq(&found.join("\n"));
    }

    #[test]
    fn what_callers_hand_over_is_what_a_parameter_holds() {
        check(
            "//- model.js\nimport * as THREE from 'three';\n\
             export class Model { constructor(group, game) { this.group = group; this.game = game; }\n\
             make() { this.group.add(new THREE.Mesh()); this.game.scene.add(this.group); } }\n\
             export class Wolf extends Model { constructor(group, game) { super(group, game); } }\nexport class Bear extends Model {}\n\
             //- main.js\nimport * as THREE from 'three'; import { Wolf, Bear } from './model';\n\
             class Game { constructor() { this.scene = new THREE.Scene(); new Wolf(new THREE.Group(), this); new Bear(new THREE.Object3D(), this); } }\n\
             new Game();",
            &expect_test::expect![[r#"
                model.js:3 Group > Mesh
                model.js:3 Object3D > Mesh
                model.js:3 Scene > Group
                model.js:3 Scene > Object3D"#]],
        );
    }

    #[test]
    fn a_type_says_what_nothing_else_does() {
        check(
            "//- a.tsx\nimport * as THREE from 'three'; import { useRef } from 'react'; import type { Group } from 'three';\n\
             interface Props { scene: THREE.Scene }\n\
             export function put(parent: THREE.Object3D, { scene }: Props, sprite: THREE.Sprite) { parent.add(sprite); scene.add(parent); }\n\
             export function Outline() { const ref = useRef<Group>(null); const group = ref.current!; group.add(new THREE.Mesh()); return <group ref={ref} />; }\n\
             class Pool { root: THREE.Group | null = find(); fill(ids: Set<number>) { this.root.add(new THREE.LineSegments()); ids.add(new THREE.Mesh()); } }\n",
            &expect_test::expect![[r#"
                a.tsx:3 Object3D > Sprite
                a.tsx:3 Scene > Object3D
                a.tsx:4 Group > Mesh
                a.tsx:5 Group > LineSegments"#]],
        );
    }

    #[test]
    fn elements_stand_in_each_other_through_components_and_lists() {
        check(
            "//- a.jsx\nimport { Canvas, useThree, useFrame } from '@react-three/fiber'; import { Suspense } from 'react'; import { useGLTF } from '@react-three/drei';\n\
             import * as THREE from 'three'; import { Wheel } from './wheel';\n\
             export function Car({ wheels, isOpen }) { const { scene } = useGLTF('/car.glb'); return <group>\n\
             {wheels.map((w) => <Wheel key={w} />)}\n{isOpen ? <mesh /> : <points />}\n<Suspense fallback={null}><primitive object={scene.clone()} /></Suspense>\n</group>; }\n\
             export function Helper() { const scene = useThree((state) => state.scene); scene.add(new THREE.GridHelper());\n\
             useFrame(({ camera }) => camera.add(new THREE.PointLight())); return null; }\n\
             export const App = () => <Canvas><>\n<ambientLight />\n</><Car /></Canvas>;\n\
             //- wheel.jsx\nimport '@react-three/fiber';\nexport function Wheel() { return <mesh><cylinderGeometry /></mesh>; }\n",
            &expect_test::expect![[r#"
                a.jsx:4 Group > Mesh
                a.jsx:5 Group > Mesh
                a.jsx:5 Group > Points
                a.jsx:6 Group > Group
                a.jsx:8 Scene > GridHelper
                a.jsx:9 Camera > PointLight
                a.jsx:10 Canvas > AmbientLight
                a.jsx:12 Canvas > Group
                wheel.jsx:2 Mesh > CylinderGeometry"#]],
        );
    }

    #[test]
    fn what_is_kept_in_collections_and_given_by_bases_is_known() {
        check(
            "import * as THREE from 'three';\n\
             class Effect { create() { const group = new THREE.Group(); this.fill(group); return group; } fill(group) {} }\n\
             class Storm extends Effect { create() { const made = super.create(); made.add(new THREE.Points()); return made; } }\n\
             class World { constructor() { this.scene = new THREE.Scene(); this.byId = new Map(); this.all = new Set(); this.rows = {}; this.list = []; }\n\
             keep(id) { this.byId.set(id, new THREE.Mesh()); this.all.add(new THREE.Sprite()); this.rows[id] = new THREE.Line(); this.list[id] = new THREE.LOD(); }\n\
             show(id) { this.scene.add(this.byId.get(id));\nthis.all.forEach((one) => this.scene.add(one));\nthis.scene.add(this.rows[id]);\n\
             for (const one of this.list) this.scene.add(one);\nfor (const [key, mesh] of this.byId) this.scene.add(mesh);\nthis.scene.add(new Storm().create(), ...Object.values(this.rows)); } }\n\
             /** @param {THREE.Object3D} parent\n * @returns {?THREE.Bone} */ function bone(parent) { parent.add(find()); return find(); }\n\
             new THREE.Group().add(bone(x));\n\
             async function part(kind) { return kind ? new THREE.Sprite() : new THREE.Line(); }\n\
             part(1).then((one) => new THREE.Group().add(one));\n",
            &expect_test::expect![[r#"
                main.js:3 Group > Points
                main.js:6 Scene > Mesh
                main.js:7 Scene > Sprite
                main.js:8 Scene > Line
                main.js:9 Scene > LOD
                main.js:10 Scene > Mesh
                main.js:11 Scene > Group
                main.js:11 Scene > Line
                main.js:13 Object3D > find()
                main.js:14 Group > Bone
                main.js:16 Group > Sprite"#]],
        );
    }

    #[test]
    fn one_of_many_is_of_the_class_that_they_inherit_from() {
        check(
            "import * as THREE from 'three';\n\
             function make(kind) { switch (kind) { case 'a': return new THREE.AmbientLight(); case 'b': return new THREE.PointLight(); default: return new THREE.SpotLight(); } }\n\
             export function show(kind) { const light = make(kind); light.add(new THREE.SpotLightHelper(light)); }\n",
            &expect_test::expect!["main.js:3 Light > SpotLightHelper"],
        );
    }

    #[test]
    fn components_stand_for_what_they_show() {
        check(
            "//- Scene.svelte\n<script>import { T } from '@threlte/core'; import { Mesh, Fog } from 'three'; let { children, object } = $props();</script>\n\
             <T.Group>{@render children()}</T.Group>\n<T is={Mesh}><T.BoxGeometry /></T>\n<T.Scene><T is={Fog} /></T.Scene>\n\
             //- App.svelte\n<script>import Scene from './Scene.svelte'; import { T } from '@threlte/core';\nimport { Points } from 'three'; const points = new Points();</script>\n\
             <Scene>{#each [1] as one}<T.DirectionalLight />{/each}<T is={points} /></Scene>\n\
             //- packages/core/package.json\n{\"name\": \"@threlte/core\", \"main\": \"index.js\"}\n//- packages/core/index.js\nexport const T = new Proxy({}, {});\n\
             //- Row.vue\n<script setup>const model = new THREE.Object3D()</script>\n<template><TresGroup><slot /></TresGroup><primitive :object=\"model\"><TresMesh v-for=\"i in 3\" /></primitive></template>\n\
             //- Page.vue\n<script setup>import Row from './Row.vue'</script>\n<template><Row><TresPoints v-if=\"on\" /></Row></template>\n",
            &expect_test::expect![[r#"
                Row.vue:2 Group > Points
                Row.vue:2 Object3D > Mesh
                Scene.svelte:2 Group > DirectionalLight
                Scene.svelte:2 Group > Points
                Scene.svelte:3 Mesh > BoxGeometry
                Scene.svelte:4 Scene > Fog"#]],
        );
    }

    #[test]
    fn parts_and_what_methods_give_have_classes() {
        check(
            "import * as THREE from 'three'; import { TransformControls } from 'three/addons/controls/TransformControls.js';\n\
             const scene = new THREE.Scene(), sun = new THREE.DirectionalLight(), renderer = new THREE.WebGLRenderer();\n\
             scene.add(sun.target, renderer.xr.getController(0), new TransformControls(camera, canvas).getHelper());\n\
             function Effect(scene) { let group = new THREE.Group(); this.show = function (into) { into.add(group); }; }\n\
             new Effect(scene).show(scene);\n",
            &expect_test::expect![[r#"
                main.js:3 Scene > Object3D
                main.js:3 Scene > Group
                main.js:3 Scene > Object3D
                main.js:4 Scene > Group"#]],
        );
    }
}
