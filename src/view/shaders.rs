//! `shaders`: which materials and passes have programs of the project, where their text is, and who sets their uniforms.

use crate::{
    architecture::model::{Shader, ShaderSource, ShaderSourceKind, Uniform},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError, arguments::Arguments, keys, select::Filter,
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "shaders",
        summary: "tables of the materials and passes with programs of the project, and of their uniforms and who sets them",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "parts",
                summary: "`programs`, `uniforms`, comma-separated; both if left out",
            },
            keys::FOLDER,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

/// Places that a cell holds.
const PLACES: usize = 4;

/// Uniforms that nothing sets, in one cell.
const UNSET: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Programs,
    Uniforms,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let names = [("programs", Part::Programs), ("uniforms", Part::Uniforms)];
    let parts = arguments.choices("parts", &names)?;
    let limit = arguments.number("limit", 1)?;
    let all = context.architecture.frontend.shaders.iter();
    let shaders: Vec<&Shader> = all
        .filter(|shader| filter.keeps_file(&shader.location.file))
        .collect();
    if shaders.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("shaders"))));
    }
    let summary = show::counted(shaders.len(), "shader");
    let shows = |part| parts.is_empty() || parts.contains(&part);
    let mut blocks = vec![];
    if shows(Part::Programs) {
        blocks.extend(programs(shaders.clone(), limit, context));
    }
    if shows(Part::Uniforms) {
        blocks.extend(uniforms(&shaders, limit, context));
    }
    show::collapsible(Block::sequence(blocks), &summary, arguments)
}

fn programs(mut shaders: Vec<&Shader>, limit: Option<usize>, context: &Context<'_>) -> [Block; 3] {
    let rest = show::limited(&mut shaders, limit, "shader");
    let mut table = Table::new(["Shader", "Programs"]);
    for shader in shaders {
        let changes = shader.changes.iter().map(Inline::code);
        let changes = (!shader.changes.is_empty()).then(|| {
            let words = match shader.kind.as_str() {
                "onBeforeCompile" => "replaces ",
                "compute" => "reads and writes ",
                _ => "is given ",
            };
            Inline::concat([Inline::text(words), Inline::join(", ", changes)])
        });
        table.row([
            Inline::lines(
                [name(shader), show::source(&shader.location, context)]
                    .into_iter()
                    .chain(changes)
                    .chain(only_read(shader)),
            ),
            programs_of(shader, context),
        ]);
    }
    let title = Block::paragraph(&Inline::strong("Programs"));
    [title, Block::table(&table), rest]
}

/// `Halo` (`ShaderMaterial`), `MeshStandardMaterial.onBeforeCompile`.
fn name(shader: &Shader) -> Inline {
    match shader.kind.as_str() {
        "onBeforeCompile" => Inline::code(format!("{}.onBeforeCompile", shader.name)),
        "compute" => Inline::concat([Inline::code(&shader.name), Inline::text(" (compute)")]),
        kind if kind == shader.name => Inline::code(kind),
        kind => Inline::concat([
            Inline::code(&shader.name),
            Inline::text(" ("),
            Inline::code(kind),
            Inline::text(")"),
        ]),
    }
}

/// The name and the place of a shader, as many materials are of one class.
fn plain_name(shader: &Shader) -> String {
    let place = show::place(&shader.location);
    let place = place.rsplit('/').next().unwrap_or(&place).to_owned();
    match shader.kind.as_str() {
        "onBeforeCompile" => format!("{}.onBeforeCompile, {place}", shader.name),
        _ => format!("{}, {place}", shader.name),
    }
}

/// Whether a program is built of nodes.
fn is_of_nodes(shader: &Shader) -> bool {
    shader.kind == "compute" || shader.changes.iter().any(|change| change.ends_with("Node"))
}

/// The uniforms that nodes lead to and nothing is known to set.
fn only_read(shader: &Shader) -> Option<Inline> {
    let unset = shader
        .uniforms
        .iter()
        .filter(|uniform| uniform.setters.is_empty());
    let names: Vec<&str> = unset.map(|uniform| uniform.name.as_str()).collect();
    if names.is_empty() || !is_of_nodes(shader) {
        return None;
    }
    let rest = names.len().saturating_sub(UNSET);
    let shown = Inline::join(", ", names.iter().take(UNSET).map(Inline::code));
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    Some(Inline::concat([
        Inline::text("reads "),
        shown,
        Inline::text(more),
    ]))
}

/// Each program's stage, what holds its text, and where.
fn programs_of(shader: &Shader, context: &Context<'_>) -> Inline {
    let stages = [("vertex", &shader.vertex), ("fragment", &shader.fragment)];
    let lines = stages.into_iter().filter_map(|(stage, source)| {
        let source = source.as_ref()?;
        Some([
            Inline::text(format!("{stage}: {}", holder(source))),
            show::source(&source.location, context),
        ])
    });
    let lines: Vec<Inline> = lines.flatten().collect();
    let runs = shader.runs.iter().map(|run| {
        let function = match show::short(&run.function) {
            function if function == run.function => "top level",
            function => function,
        };
        Inline::concat([
            Inline::text("run by "),
            Inline::code(function),
            Inline::text(", "),
            show::source(&run.location, context),
        ])
    });
    let lines: Vec<Inline> = lines.into_iter().chain(runs).collect();
    if lines.is_empty() {
        return Inline::text(if is_of_nodes(shader) { "nodes" } else { "–" });
    }
    Inline::lines(lines)
}

/// `file, 12 lines`.
fn holder(source: &ShaderSource) -> String {
    let words = match source.kind {
        ShaderSourceKind::Inline => "in the script",
        ShaderSourceKind::File => "file",
        ShaderSourceKind::Element => "script element",
        ShaderSourceKind::Unknown => "made at run time",
    };
    match source.lines {
        Some(lines) => format!("{words}, {}", show::counted(lines as usize, "line")),
        None => words.to_owned(),
    }
}

fn uniforms(shaders: &[&Shader], limit: Option<usize>, context: &Context<'_>) -> Vec<Block> {
    // Nodes lead to many that are only ever read.
    let is_worth_a_row =
        |shader: &Shader, uniform: &Uniform| !is_of_nodes(shader) || !uniform.setters.is_empty();
    let mut rows: Vec<(&Shader, &Uniform)> = shaders
        .iter()
        .flat_map(|shader| shader.uniforms.iter().map(|uniform| (*shader, uniform)))
        .filter(|(shader, uniform)| is_worth_a_row(shader, uniform))
        .collect();
    if rows.is_empty() {
        return vec![];
    }
    let rest = show::limited(&mut rows, limit, "uniform");
    let mut table = Table::new(["Uniform", "Type and first value", "Set by"]);
    for (shader, uniform) in rows {
        let setters = uniform.setters.iter().map(|setter| {
            let function = show::short(&setter.function);
            let function = if function == setter.function {
                "top level"
            } else {
                function
            };
            Inline::lines([Inline::code(function), show::source(&setter.location, context)])
        });
        let set = if uniform.setters.is_empty() {
            Inline::text("–")
        } else {
            show::first_lines(setters, PLACES)
        };
        table.row([
            Inline::lines([
                show::linked(Inline::code(&uniform.name), &uniform.location, context),
                Inline::text(format!("of {}", plain_name(shader))),
            ]),
            Inline::join(
                " = ",
                [&uniform.type_name, &uniform.initial]
                    .into_iter()
                    .flatten()
                    .map(Inline::code),
            ),
            set,
        ]);
    }
    let title = Block::paragraph(&Inline::strong("Uniforms"));
    vec![title, Block::table(&table), rest]
}
