//! Physics engines: which classes are theirs, what their functions make, and what moves a world on.
//!
//! <https://rapier.rs/docs/user_guides/javascript/getting_started_js>, <https://pmndrs.github.io/cannon-es/docs/>,
//! <https://github.com/kripken/ammo.js>, <https://github.com/jrouwe/JoltPhysics.js>,
//! <https://pmndrs.github.io/react-three-rapier/>, <https://threlte.xyz/docs/reference/rapier/getting-started>

use super::{category::Category, graph::classes_of, objects::ClassName};
use crate::web::{
    project::ModuleId,
    syntax::{
        shortened,
        tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, Script},
    },
    values::{Evaluator, External, Value},
};

/// Letters of a call that are shown.
const SHOWN: usize = 48;

/// Packages of engines, and of components around them.
const ENGINES: [&str; 21] = [
    "@dimforge/rapier2d",
    "@dimforge/rapier2d-compat",
    "@dimforge/rapier3d",
    "@dimforge/rapier3d-compat",
    "@dimforge/rapier3d-simd",
    "@dimforge/rapier3d-simd-compat",
    "@enable3d/ammo-physics",
    "@react-three/ammo",
    "@react-three/cannon",
    "@react-three/jolt",
    "@react-three/rapier",
    "@react-three/rapier-addons",
    "@threlte/rapier",
    "@tresjs/rapier",
    "ammo.js",
    "ammojs3",
    "cannon",
    "cannon-es",
    "jolt-physics",
    "oimo",
    "physijs",
];

/// Whether a package is a physics engine or components around one.
pub(super) fn is_engine(package: &str) -> bool {
    ENGINES.contains(&package)
}

/// What kind of thing a class of an engine is: numbers to reckon with, or a part of a world.
pub(super) fn category(name: &str) -> Category {
    let name = name.strip_prefix("bt").unwrap_or(name);
    let is_number = [
        "Vec",
        "Quat",
        "Mat3",
        "Mat4",
        "Matrix",
        "Transform",
        "Rotation",
        "AABB",
    ];
    match is_number.iter().any(|prefix| name.starts_with(prefix)) {
        true => Category::Math,
        false => Category::Physics,
    }
}

/// What a call of an engine makes: `world.createRigidBody(…)`, `RAPIER.ColliderDesc.cuboid(…)`, `useBox(…)`.
pub(super) fn made_by_call(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    callee: ExpressionId,
) -> Option<ClassName> {
    let script = evaluator.project.script(module);
    if let Kind::Member { object, property, .. } = script.kind(callee)
        && let Some(name) = made_by_world(property)
    {
        let world = of_engine(evaluator, module, *object)?;
        return Some(ClassName {
            name: name.to_owned(),
            ..world
        });
    }
    if !may_make(script, callee) {
        return None;
    }
    evaluator
        .values(module, callee)
        .iter()
        .find_map(|value| match value {
            Value::External(external) => made_by_function(external),
            _ => None,
        })
}

/// Whether a callee is called as a function of an engine that makes something is, before it is asked what it stands for.
fn may_make(script: &Script, callee: ExpressionId) -> bool {
    match script.kind(callee) {
        Kind::Local(name) => is_imported(script, *name, |module| {
            module.contains("/physics/") || ENGINES.iter().any(|engine| module.starts_with(engine))
        }),
        Kind::Member { object, .. } => match script.kind(*object) {
            Kind::Member { property, .. } => is_description(property),
            Kind::Local(name) => is_description(&script.name(*name).text),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a name is imported from a module that is wanted.
pub(super) fn is_imported(script: &Script, name: NameId, is_wanted: impl Fn(&str) -> bool) -> bool {
    let mut definitions = script.name(name).definitions.iter();
    definitions.any(|definition| match definition.source {
        DefinitionSource::Import(import, _) => is_wanted(&script.imports[import as usize].module),
        _ => false,
    })
}

/// Classes of Rapier whose functions describe what a world makes.
fn is_description(class: &str) -> bool {
    matches!(class, "RigidBodyDesc" | "ColliderDesc" | "JointData")
}

/// What the methods of a world of Rapier make.
fn made_by_world(method: &str) -> Option<&'static str> {
    Some(match method {
        "createRigidBody" => "RigidBody",
        "createCollider" => "Collider",
        "createImpulseJoint" => "ImpulseJoint",
        "createMultibodyJoint" => "MultibodyJoint",
        "createCharacterController" => "KinematicCharacterController",
        "createVehicleController" => "DynamicRayCastVehicleController",
        _ => return None,
    })
}

fn made_by_function(function: &External) -> Option<ClassName> {
    let class = |name: &str| {
        let (package, path) = function.package()?;
        Some(ClassName {
            name: name.to_owned(),
            base: None,
            package: package.to_string(),
            path: path.to_string(),
        })
    };
    let (package, path) = function.package()?;
    let name = function.of_package(package)?;
    match package.as_str() {
        "three" if path.contains("physics/") => match name.as_str() {
            "AmmoPhysics" | "JoltPhysics" | "RapierPhysics" => class(&name),
            _ => None,
        },
        package if package.starts_with("@dimforge/") => {
            let (holder, _) = name.rsplit_once('.')?;
            is_description(holder).then(|| class(&name)).flatten()
        }
        "@react-three/cannon" => {
            let is_body = name.starts_with("use") && name != "useContactMaterial";
            is_body.then(|| class(&name)).flatten()
        }
        "@react-three/rapier" => name.ends_with("Joint").then(|| class(&name)).flatten(),
        _ => None,
    }
}

/// The class of an engine that something is an instance of.
fn of_engine(evaluator: &Evaluator<'_>, module: ModuleId, object: ExpressionId) -> Option<ClassName> {
    let mut classes = classes_of(evaluator, module, object).into_iter();
    classes.find(|class| class.category() == Category::Physics)
}

/// The call that moves a world on, as written: `world.step()`, `physicsWorld.stepSimulation(delta, 10)`.
pub(super) fn step(evaluator: &Evaluator<'_>, module: ModuleId, id: ExpressionId) -> Option<String> {
    let script = evaluator.project.script(module);
    let Kind::Call { callee, .. } = script.kind(id) else {
        return None;
    };
    let Kind::Member { object, property, .. } = script.kind(*callee) else {
        return None;
    };
    let is_step = match property.as_str() {
        // <https://github.com/bulletphysics/bullet3>: no other library has it.
        "stepSimulation" => true,
        "step" | "fixedStep" | "Step" => of_engine(evaluator, module, *object).is_some(),
        _ => false,
    };
    is_step.then(|| shortened(&script.written(id), SHOWN))
}

/// The class of Bullet that a member of a global `Ammo` is: it is often loaded by a script of the page.
pub(super) fn bullet_class(value: &Value) -> Option<ClassName> {
    let Value::External(external) = value else {
        return None;
    };
    let name = external.members.last()?;
    let is_of_bullet = name.starts_with("bt") && external.is_global(&format!("Ammo.{name}"));
    is_of_bullet.then(|| ClassName {
        name: name.to_string(),
        base: None,
        package: "ammo.js".into(),
        path: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::web::{fixture::Fixture, frontend};

    /// Parts of worlds and headsets, then loops with what they move on.
    #[track_caller]
    fn check(text: &str, expected: expect_test::Expect) {
        let found = frontend::read(&Fixture::new(text));
        let objects = found.objects.iter();
        let objects = objects.filter(|object| matches!(object.category.as_str(), "physics" | "webxr"));
        let mut lines: Vec<String> = objects
            .map(|object| {
                format!(
                    "{}:{} {} {}",
                    object.location.file, object.location.line, object.category, object.class
                )
            })
            .collect();
        let loops = found.loops.iter();
        lines.extend(loops.map(|one| {
            format!(
                "{} {} moves on [{}]",
                one.kind,
                one.function,
                one.steps.join(", ")
            )
        }));
        expected.assert_eq(&(lines.join("\n") + "\n"));
    }

    #[test]
    fn worlds_of_rapier_are_followed_through_fields_and_types() {
        check(
            "//- world.ts\nimport RAPIER from '@dimforge/rapier3d-compat';\n\
             export class Physics { world: RAPIER.World;\n\
             async init() { await RAPIER.init(); this.world = new RAPIER.World({ x: 0, y: -9.81, z: 0 }); }\n\
             add() { const body = this.world.createRigidBody(RAPIER.RigidBodyDesc.dynamic());\n\
             this.world.createCollider(RAPIER.ColliderDesc.cuboid(1, 1, 1), body); }\n\
             update() { this.world.timestep = 1 / 60; this.world.step(); } }\n\
             export function joint(world: RAPIER.World) { world.createImpulseJoint(data, a, b, true); }\n\
             //- main.ts\nimport { Physics } from './world';\nconst physics = new Physics();\n\
             function tick() { requestAnimationFrame(tick); physics.update(); } tick();\n\
             sequence.step(); dance.createCollider();\n",
            expect_test::expect![[r#"
                world.ts:3 physics World
                world.ts:4 physics RigidBodyDesc.dynamic
                world.ts:4 physics RigidBody
                world.ts:5 physics ColliderDesc.cuboid
                world.ts:5 physics Collider
                world.ts:7 physics ImpulseJoint
                rAF main.ts:tick moves on [this.world.step()]
            "#]],
        );
    }

    #[test]
    fn cannon_ammo_and_components_have_parts_too() {
        check(
            "//- cannon.js\nimport * as CANNON from 'cannon-es';\nconst world = new CANNON.World();\n\
             const body = new CANNON.Body({ mass: 1, shape: new CANNON.Sphere(1), material: new CANNON.Material() });\n\
             const at = new CANNON.Vec3(0, 1, 0);\n\
             const loop = () => { requestAnimationFrame(loop); world.fixedStep(); }; loop();\n\
             //- ammo.js\nconst world = new Ammo.btDiscreteDynamicsWorld(a, b, c, d); const at = new Ammo.btVector3(0, 0, 0);\n\
             renderer.setAnimationLoop(() => { world.stepSimulation(clock.getDelta(), 10); });\n\
             //- App.jsx\nimport { Physics, RigidBody, useBeforePhysicsStep } from '@react-three/rapier'; import { useBox } from '@react-three/cannon';\n\
             export function App() { const [ref] = useBox(() => ({ mass: 1 })); useBeforePhysicsStep(() => { push(); });\n\
             return <Physics><RigidBody><mesh ref={ref} /></RigidBody></Physics>; }\n",
            expect_test::expect![[r#"
                App.jsx:2 physics useBox
                App.jsx:3 physics RigidBody
                App.jsx:3 physics Physics
                ammo.js:1 physics btDiscreteDynamicsWorld
                cannon.js:2 physics World
                cannon.js:3 physics Sphere
                cannon.js:3 physics Material
                cannon.js:3 physics Body
                useBeforePhysicsStep App.jsx:2 moves on []
                setAnimationLoop ammo.js:2 moves on [world.stepSimulation(clock.getDelta(), 10)]
                rAF cannon.js:loop moves on [world.fixedStep()]
            "#]],
        );
    }

    #[test]
    fn headsets_have_buttons_sessions_and_controllers() {
        check(
            "//- main.js\nimport * as THREE from 'three';\nimport { VRButton } from 'three/addons/webxr/VRButton.js';\n\
             import { XRControllerModelFactory } from 'three/addons/webxr/XRControllerModelFactory.js';\n\
             document.body.appendChild(VRButton.createButton(renderer));\n\
             const one = renderer.xr.getController(0), grip = this.renderer.xr.getControllerGrip(0), hand = renderer.xr.getHand(1);\n\
             const factory = new XRControllerModelFactory();\n\
             const session = await navigator.xr.requestSession('immersive-ar', { requiredFeatures: ['hit-test'] });\n\
             session.requestHitTestSource({ space }); pool.getHand(1);\n\
             //- App.jsx\nimport { XR, createXRStore, XROrigin, useXRHitTest } from '@react-three/xr';\nconst store = createXRStore({ hand: true });\n\
             export function App() { useXRHitTest(place, 'viewer'); return <XR store={store}><XROrigin /></XR>; }\n",
            expect_test::expect![[r#"
                App.jsx:2 webxr XRStore
                App.jsx:3 webxr useXRHitTest
                App.jsx:3 webxr XROrigin
                App.jsx:3 webxr XR
                main.js:4 webxr VRButton
                main.js:5 webxr XRTargetRaySpace
                main.js:5 webxr XRGripSpace
                main.js:5 webxr XRHandSpace
                main.js:6 webxr XRControllerModelFactory
                main.js:7 webxr XRSession immersive-ar
                main.js:8 webxr XRHitTestSource
            "#]],
        );
    }
}
