//! Which application and which of its paths an author means.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::{
    architecture::model::{Application, Mount, OperationReference},
    markdown::Inline,
};

use super::{
    Context, ViewError,
    arguments::{Arguments, error},
    nearest::nearest,
    operation::Operation,
    show::module,
};

/// The application that `app` names; the first one without it.
pub(super) fn application<'a>(
    arguments: &Arguments<'_>,
    context: &Context<'a>,
) -> Result<&'a Application, ViewError> {
    let mut known: Vec<&Application> = Vec::new();
    context
        .architecture
        .applications
        .iter()
        .for_each(|application| with_mounted(application, &mut known));
    let Some(first) = known.first() else {
        let help = "name it in `book.toml`: `[preprocessor.arch]` `app = \"package.module:app\"`".to_owned();
        return Err(error("no FastAPI application was found".to_owned(), Some(help)));
    };
    let Some(name) = arguments.text("app") else {
        return Ok(first);
    };
    known
        .iter()
        .find(|application| application.name == name)
        .copied()
        .ok_or_else(|| {
            let names: Vec<&str> = known
                .iter()
                .map(|application| application.name.as_str())
                .collect();
            let help = nearest(name, &names).unwrap_or_else(|| format!("there is `{}`", names.join("`, `")));
            error(format!("there is no application `{name}`"), Some(help))
        })
}

fn with_mounted<'a>(application: &'a Application, out: &mut Vec<&'a Application>) {
    out.push(application);
    let mounted = application
        .mounts
        .iter()
        .filter_map(|mount: &Mount| mount.application.as_deref());
    mounted.for_each(|inner| with_mounted(inner, out));
}

/// Which paths are wanted.
#[derive(Clone, Debug)]
pub(super) struct Filter<'a> {
    tags: Vec<&'a str>,
    prefixes: Vec<&'a str>,
    methods: Vec<String>,
    modules: Vec<&'a str>,
    include: GlobSet,
    exclude: GlobSet,
    hidden: bool,
    written: Vec<(&'static str, &'a str)>,
}

impl<'a> Filter<'a> {
    /// Reads the keys of a filter; those that the directive does not take are absent.
    pub(super) fn parse(arguments: &Arguments<'a>) -> Result<Self, ViewError> {
        let names = [
            "tag", "prefix", "method", "module", "role", "tier", "unset", "unread", "category", "include",
            "exclude",
        ];
        Ok(Self {
            tags: arguments.list("tag"),
            prefixes: arguments.list("prefix"),
            methods: arguments
                .list("method")
                .into_iter()
                .map(str::to_ascii_uppercase)
                .collect(),
            modules: arguments.list("module"),
            include: globs("include", arguments)?,
            exclude: globs("exclude", arguments)?,
            hidden: arguments.flag("hidden")?.unwrap_or(false),
            written: names
                .into_iter()
                .filter_map(|name| Some((name, arguments.text(name)?)))
                .collect(),
        })
    }

    /// Whether an operation is wanted.
    pub(super) fn keeps(&self, operation: &Operation<'_>) -> bool {
        let endpoint = operation.endpoint;
        (self.hidden || endpoint.include_in_schema)
            && (self.tags.is_empty() || endpoint.tags.iter().any(|tag| self.tags.contains(&tag.as_str())))
            && (self.methods.is_empty() || self.methods.iter().any(|method| method == operation.method))
            && self.keeps_path(&operation.path, &endpoint.handler.name)
    }

    /// Whether an operation of a joined call is wanted.
    pub(super) fn keeps_reference(&self, reference: &OperationReference) -> bool {
        (self.hidden || reference.include_in_schema)
            && (self.tags.is_empty() || reference.tags.iter().any(|tag| self.tags.contains(&tag.as_str())))
            && (self.methods.is_empty() || self.methods.contains(&reference.method))
            && self.keeps_path(&reference.path, &reference.handler)
    }

    /// Whether a call that no operation answers is wanted; one without a path is where no path is asked for.
    pub(super) fn keeps_call(&self, method: &str, path: &str) -> bool {
        (self.methods.is_empty() || self.methods.iter().any(|wanted| wanted == method))
            && self.tags.is_empty()
            && self.modules.is_empty()
            && (self.prefixes.is_empty() || self.prefixes.iter().any(|prefix| below(path, prefix, '/')))
            && (self.include.is_empty() || self.include.is_match(path))
            && !self.exclude.is_match(path)
    }

    /// Whether what has a path and is defined by a symbol is wanted.
    pub(super) fn keeps_path(&self, path: &str, symbol: &str) -> bool {
        (self.prefixes.is_empty() || self.prefixes.iter().any(|prefix| below(path, prefix, '/')))
            && (self.include.is_empty() || self.include.is_match(path))
            && !self.exclude.is_match(path)
            && self.keeps_module(module(symbol))
    }

    /// Whether a module is wanted.
    pub(super) fn keeps_module(&self, module: &str) -> bool {
        self.modules.is_empty() || self.modules.iter().any(|wanted| below(module, wanted, '.'))
    }

    /// Whether what a file of the frontend holds is wanted; a module is a path there.
    pub(super) fn keeps_file(&self, file: &str) -> bool {
        (self.modules.is_empty() || self.modules.iter().any(|wanted| below(file, wanted, '/')))
            && (self.include.is_empty() || self.include.is_match(file))
            && !self.exclude.is_match(file)
    }

    /// The sentence for a filter that leaves nothing.
    pub(super) fn nothing(&self, noun: &'static str) -> Inline {
        if self.written.is_empty() {
            return Inline::concat([
                Inline::text("There are no "),
                Inline::text(noun),
                Inline::text("."),
            ]);
        }
        let keys = self
            .written
            .iter()
            .map(|(key, value)| Inline::code(format!("{key}={value}")));
        Inline::concat([
            Inline::text("No "),
            Inline::text(noun),
            Inline::text(" match "),
            Inline::join(" and ", keys),
            Inline::text("."),
        ])
    }
}

/// Whether `name` is `above` or stands below it: `/api` holds `/api/x` and not `/apis`.
pub(super) fn below(name: &str, above: &str, separator: char) -> bool {
    let above = above.trim_end_matches(separator);
    name.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(separator))
}

/// The globs of a key; an empty set if it is absent.
pub(super) fn globs(key: &str, arguments: &Arguments<'_>) -> Result<GlobSet, ViewError> {
    let mut set = GlobSetBuilder::new();
    for pattern in arguments.list(key) {
        set.add(glob(pattern).map_err(|cause| bad_glob(key, pattern, &cause))?);
    }
    set.build()
        .map_err(|cause| bad_glob(key, arguments.text(key).unwrap_or_default(), &cause))
}

/// A glob over paths: `*` stays within a segment, `**` does not, and braces are the braces of a path parameter.
fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    let literal = pattern.replace('{', "[{]").replace('}', "[}]");
    GlobBuilder::new(&literal).literal_separator(true).build()
}

fn bad_glob(key: &str, pattern: &str, cause: &globset::Error) -> ViewError {
    let help = format!("{}; e.g. `{key}=\"/api/**\"`", cause.kind());
    error(format!("`{key}={pattern}` is not a glob"), Some(help))
}
