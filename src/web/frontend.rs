//! Everything that is found in a frontend, as plain data.

use serde::Serialize;

use super::{
    bundler::{self, Pipeline},
    credentials::{self, Credentials},
    environment::{self, EnvironmentRead},
    function_calls::{self, FunctionCall},
    interaction::{self, Interactions},
    messages::{self, SocketMessage},
    network::{self, NetworkCall},
    peers::{self, PeerConnection},
    project::{self, Files, Project, VersionMismatch},
    state::{self, Store},
    three::{
        assets::{self, Asset, Base},
        graph::{self, Edge},
        hazards::{self, Hazard},
        loops::{self, RenderLoop},
        objects::{self, Made, SceneObject},
        optimizations::{self, Optimization},
        page::{self, PageScene},
        reach::Calls,
        settings::{self, SceneSetting},
        shaders::{self, Shader},
    },
    values::Evaluator,
};
use crate::source::location::{Finding, Location};

/// A frontend. Every list is by file and line unless said otherwise.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frontend {
    /// Pages with a scene of their own.
    pub pages: Vec<PageScene>,
    /// How it is built and served while it is developed.
    pub pipelines: Vec<Pipeline>,
    /// Calls over the network.
    pub calls: Vec<NetworkCall>,
    /// Messages over channels.
    pub messages: Vec<SocketMessage>,
    /// Peer connections.
    pub peers: Vec<PeerConnection>,
    /// Environment variables that are read.
    pub env: Vec<EnvironmentRead>,
    /// Stores of state.
    pub stores: Vec<Store>,
    /// Objects of three.js and of the libraries around it.
    pub objects: Vec<SceneObject>,
    /// Settings of renderers, canvases and lights.
    pub scene_settings: Vec<SceneSetting>,
    /// Which object is put into which.
    pub edges: Vec<Edge>,
    /// Files that are loaded.
    pub assets: Vec<Asset>,
    /// What drives frames.
    pub loops: Vec<RenderLoop>,
    /// What costs frames or memory.
    pub hazards: Vec<Hazard>,
    /// Which function calls which, in alphabetical order.
    pub function_calls: Vec<FunctionCall>,
    /// How it proves who asks.
    pub credentials: Credentials,
    /// What is done already to spare frames, memory and the network, by kind, subject and place.
    pub optimizations: Vec<Optimization>,
    /// Materials and passes with a program of the project.
    pub shaders: Vec<Shader>,
    /// Packages that an address loads in another version than the manifests say.
    pub version_mismatches: Vec<VersionMismatch>,
    /// Scripts that are left out, since others wrote them: path and reason.
    pub vendored: Vec<(String, String)>,
    /// What could not be read.
    pub problems: Vec<Finding>,
}

/// What is made by `new`, by elements and by calls, by file and line.
fn objects(evaluator: &Evaluator<'_>, made: &[Made]) -> Vec<SceneObject> {
    let by_calls = objects::made_by_calls(evaluator);
    let all = made.iter().chain(&by_calls);
    let mut all: Vec<&Made> = all.filter(|made| made.class.is_around_three()).collect();
    all.sort_by_key(|made| (made.module, made.expression));
    all.into_iter().map(|made| made.describe(evaluator)).collect()
}

/// Reads the frontend of a tree; empty where there is none.
#[must_use]
pub fn read(files: &dyn Files) -> Frontend {
    let mut project = Project::new(files);
    let pipelines = bundler::pipelines(&Evaluator::new(&project));
    for pipeline in &pipelines {
        let aliases = pipeline.aliases.iter().map(bundler::Alias::for_imports).collect();
        project.add_aliases(&pipeline.folder, aliases);
    }
    let evaluator = Evaluator::new(&project);
    let calls = Calls::new(&evaluator);
    let made = objects::made(&evaluator);
    let loops = loops::loops(&evaluator, &calls);
    let interactions = Interactions::new(&evaluator);
    let mut messages = messages::messages(&evaluator);
    let network_calls = network::calls(&evaluator, &interactions);
    interaction::attach(&interactions, &mut messages, &network_calls);
    let places = network_calls.iter().map(|call| call.location.clone()).collect();
    let bases: Vec<Base> = pipelines.iter().filter_map(base).collect();
    let mut frontend = Frontend {
        credentials: credentials::read(&evaluator, &places),
        function_calls: function_calls::function_calls(&evaluator),
        pages: page::pages(&evaluator, &calls),
        peers: peers::peers(&evaluator, &network_calls, &messages),
        pipelines,
        calls: network_calls,
        messages,
        env: environment::reads(&evaluator),
        stores: state::stores(&evaluator),
        objects: objects(&evaluator, &made),
        scene_settings: settings::settings(&evaluator),
        edges: graph::edges(&evaluator),
        assets: assets::assets(&evaluator, &bases),
        hazards: hazards::hazards(&evaluator, &calls, &loops, &made),
        optimizations: optimizations::optimizations(&evaluator, &calls, &loops, &made),
        shaders: shaders::shaders(&evaluator, &made),
        version_mismatches: project.version_mismatches(),
        loops: loops
            .iter()
            .map(|found| found.describe(&evaluator, &calls))
            .collect(),
        vendored: project
            .vendored
            .iter()
            .map(|left| (left.file.clone(), left.reason.to_string()))
            .collect(),
        problems: project.problems.clone(),
    };
    frontend.leave_out_tests();
    frontend
}

/// The path that what a pipeline builds is served under.
fn base(pipeline: &Pipeline) -> Option<Base> {
    Some(Base {
        folder: pipeline.folder.clone(),
        path: pipeline.base.clone()?,
    })
}

impl Frontend {
    /// What tests make, load and set is no part of the scene.
    fn leave_out_tests(&mut self) {
        let is_product = |location: &Location| !project::is_test(&location.file);
        self.objects.retain(|object| is_product(&object.location));
        self.scene_settings
            .retain(|setting| is_product(&setting.location));
        self.edges.retain(|edge| is_product(&edge.location));
        self.assets.retain(|asset| is_product(&asset.location));
        self.optimizations.retain(|done| is_product(&done.location));
        self.shaders.retain(|shader| is_product(&shader.location));
    }
}
