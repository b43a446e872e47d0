//! `settings`: environment variables, who reads them and where they are set.

use globset::GlobSet;

use crate::{
    architecture::model::{EnvironmentVariable, Evidence, SettingKind, Tier, VariableRead, VariableSetting},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, globs},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "settings",
        summary: "a table of environment variables: tier, who reads them, default, where they are set, secret or not",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "columns",
                summary: "which columns, in which order: `name`, `tier`, `read-by`, `default`, `set`, `value`, `secret`; if left out `name` with tier and secret below it, `read-by`, `default`, `set`",
            },
            Key {
                name: "tier",
                summary: "only variables that one of `backend`, `frontend`, `deploy` reads, comma-separated",
            },
            Key {
                name: "unset",
                summary: "`true`: only variables that are read and set nowhere; `false`: none of them",
            },
            Key {
                name: "unread",
                summary: "`true`: only variables that are set and read nowhere; `false`: none of them",
            },
            Key {
                name: "prefix",
                summary: "only names that begin with one of these, comma-separated",
            },
            Key {
                name: "include",
                summary: "only names that match one of these globs, comma-separated",
            },
            Key {
                name: "exclude",
                summary: "no names that match one of these globs, comma-separated",
            },
            keys::LIMIT,
            keys::COLLAPSE,
        ],
    },
    render,
};

/// More places than this in one cell are counted.
const PLACES: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Tier,
    ReadBy,
    Default,
    Set,
    Value,
    Secret,
}

const COLUMNS: [(&str, Column, &str); 7] = [
    ("name", Column::Name, "Variable"),
    ("tier", Column::Tier, "Tier"),
    ("read-by", Column::ReadBy, "Read by"),
    ("default", Column::Default, "Default"),
    ("set", Column::Set, "Set in"),
    ("value", Column::Value, "Value"),
    ("secret", Column::Secret, "Secret"),
];

const TIERS: [(&str, Tier); 3] = [
    ("backend", Tier::Backend),
    ("frontend", Tier::Frontend),
    ("deploy", Tier::Deploy),
];

/// Which variables are wanted.
struct VariableFilter<'a> {
    tiers: Vec<Tier>,
    unset: Option<bool>,
    unread: Option<bool>,
    prefixes: Vec<&'a str>,
    include: GlobSet,
    exclude: GlobSet,
}

impl<'a> VariableFilter<'a> {
    fn parse(arguments: &Arguments<'a>) -> Result<Self, ViewError> {
        Ok(Self {
            tiers: arguments.choices("tier", &TIERS)?,
            unset: arguments.flag("unset")?,
            unread: arguments.flag("unread")?,
            prefixes: arguments.list("prefix"),
            include: globs("include", arguments)?,
            exclude: globs("exclude", arguments)?,
        })
    }

    fn keeps(&self, variable: &EnvironmentVariable) -> bool {
        let is_read_in_tier = variable.reads.iter().any(|read| self.tiers.contains(&read.tier));
        let name = variable.name.as_str();
        (self.tiers.is_empty() || is_read_in_tier)
            && self.unset.is_none_or(|wanted| wanted == variable.is_unset)
            && self.unread.is_none_or(|wanted| wanted == variable.is_unread)
            && (self.prefixes.is_empty() || self.prefixes.iter().any(|prefix| name.starts_with(prefix)))
            && (self.include.is_empty() || self.include.is_match(name))
            && !self.exclude.is_match(name)
    }
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = VariableFilter::parse(arguments)?;
    let mut columns = arguments.choices("columns", &COLUMNS.map(|(name, column, _)| (name, column)))?;
    let is_default = columns.is_empty();
    if is_default {
        columns = vec![Column::Name, Column::ReadBy, Column::Default, Column::Set];
    }
    let limit = arguments.number("limit", 1)?;
    let all = context.architecture.environment.iter();
    let mut variables: Vec<&EnvironmentVariable> = all.filter(|variable| filter.keeps(variable)).collect();
    if variables.is_empty() {
        let nothing = Filter::parse(arguments)?.nothing("environment variables");
        return Ok(Output::Block(Block::paragraph(&nothing)));
    }
    let summary = show::counted(variables.len(), "environment variable");
    let rest = show::limited(&mut variables, limit, "variable");
    let mut table = Table::new(columns.iter().map(heading));
    for variable in variables {
        table.row(columns.iter().map(|column| match column {
            Column::Name if is_default => named(variable),
            column => cell(variable, *column, context),
        }));
    }
    show::collapsible(Block::sequence([Block::table(&table), rest]), &summary, arguments)
}

fn heading(column: &Column) -> &'static str {
    let found = COLUMNS.iter().find(|(_, known, _)| known == column);
    found.map_or("", |(_, _, heading)| heading)
}

fn cell(variable: &EnvironmentVariable, column: Column, context: &Context<'_>) -> Inline {
    match column {
        Column::Name => Inline::code(&variable.name),
        Column::Tier => tiers(variable),
        Column::ReadBy => read_by(variable, context),
        Column::Default => defaults(variable),
        Column::Set if variable.is_unset => Inline::text("not in this repository"),
        Column::Set => places(variable.settings.iter().map(|setting| set_in(setting, context))),
        Column::Value => values(variable),
        Column::Secret => secret(variable),
    }
}

/// The name with the tiers that read it, and whether it is secret.
fn named(variable: &EnvironmentVariable) -> Inline {
    let secret = variable.secret.as_ref().map(|evidence| match evidence {
        Evidence::Derived => Inline::text("secret"),
        _ => Inline::concat([Inline::text("secret: "), secret(variable)]),
    });
    Inline::lines(
        [Inline::code(&variable.name), tiers(variable)]
            .into_iter()
            .chain(secret),
    )
}

fn tiers(variable: &EnvironmentVariable) -> Inline {
    let is_read = |tier: &Tier| variable.reads.iter().any(|read| read.tier == *tier);
    let names = TIERS.iter().filter(|(_, tier)| is_read(tier));
    Inline::join(", ", names.map(|(name, _)| Inline::text(*name)))
}

fn read_by(variable: &EnvironmentVariable, context: &Context<'_>) -> Inline {
    if variable.is_unread {
        return Inline::text("nothing in this repository");
    }
    if variable.reads.is_empty() {
        return Inline::text("an image built elsewhere");
    }
    places(variable.reads.iter().map(|read| reader(read, context)))
}

/// The reader's name, unless it says no more than the place does.
fn reader(read: &VariableRead, context: &Context<'_>) -> Inline {
    let name = show::short(&read.reader);
    let own = if read.tier == Tier::Backend && name != show::module(&read.reader) {
        Inline::code(name)
    } else {
        Inline::default()
    };
    Inline::join(" ", [own, show::source(&read.location, context)])
}

fn defaults(variable: &EnvironmentVariable) -> Inline {
    let of = |read: &VariableRead| match &read.default {
        Some(default) if default.is_empty() => Inline::text("empty"),
        Some(default) => Inline::code(default),
        None if read.has_default => Inline::text("not shown"),
        None if read.is_required => Inline::text("required"),
        None => Inline::default(),
    };
    unique(variable.reads.iter().map(of))
}

fn values(variable: &EnvironmentVariable) -> Inline {
    if variable.secret.is_some() && !variable.settings.is_empty() {
        return Inline::text("not shown");
    }
    let of = |setting: &VariableSetting| match &setting.value {
        Some(value) if value.is_empty() => Inline::text("empty"),
        Some(value) => Inline::code(value),
        None => Inline::default(),
    };
    unique(variable.settings.iter().map(of))
}

fn set_in(setting: &VariableSetting, context: &Context<'_>) -> Inline {
    let what = match setting.kind {
        SettingKind::EnvironmentFile if setting.is_template => "an example",
        SettingKind::EnvironmentFile => "",
        SettingKind::Compose => "service",
        SettingKind::Dockerfile => "stage",
        SettingKind::BuildArgument => "build argument of",
        SettingKind::Kubernetes => "workload",
        SettingKind::Workflow => "workflow",
        SettingKind::Systemd => "unit",
    };
    let target = Some(&setting.target).filter(|target| !target.is_empty());
    let from = setting
        .source
        .as_ref()
        .map(|source| Inline::concat([Inline::text("from "), Inline::text(source)]));
    let what = match (setting.kind, target) {
        (SettingKind::BuildArgument, None) => "build argument",
        _ => what,
    };
    let what = Inline::join(
        " ",
        [Inline::text(what), target.map(Inline::code).unwrap_or_default()],
    );
    let parts = [
        show::source(&setting.location, context),
        what,
        from.unwrap_or_default(),
    ];
    Inline::join(", ", parts)
}

fn secret(variable: &EnvironmentVariable) -> Inline {
    match &variable.secret {
        None => Inline::default(),
        Some(Evidence::Derived) => Inline::text("yes"),
        Some(Evidence::Conditional(condition)) => {
            let words = show::conditions(std::slice::from_ref(condition));
            Inline::join(", ", [Inline::text("yes"), words])
        }
        Some(Evidence::Assumption(reason)) => {
            Inline::join(" ", [Inline::strong("Assumption:"), Inline::prose(reason)])
        }
    }
}

/// Each once, in order.
fn unique(cells: impl Iterator<Item = Inline>) -> Inline {
    let mut seen: Vec<Inline> = vec![];
    for cell in cells {
        if !seen.contains(&cell) {
            seen.push(cell);
        }
    }
    Inline::lines(seen)
}

/// The first places, and how many there are besides.
fn places(all: impl ExactSizeIterator<Item = Inline>) -> Inline {
    let left = all.len().saturating_sub(PLACES);
    // One more place takes no more room than to say that there is one.
    let shown = if left < 2 { all.len() } else { PLACES };
    let rest = (left > 1).then(|| Inline::text(format!("{left} more")));
    Inline::lines(all.take(shown).chain(rest))
}
