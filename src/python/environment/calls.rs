//! Calls that read a variable: of libraries, of the tree's own readers, and of `super()`.

use super::{
    evaluate::Thing,
    index::{Index, Place},
    scan::{Form, Scan},
};
use crate::python::syntax::ast::{Argument, Expr, ExprKind, Span};

impl<'a> Scan<'_, 'a> {
    pub(super) fn call(
        &mut self,
        whole: &'a Expr,
        callee: &'a Expr,
        arguments: &'a [Argument],
        place: Place,
        fallback: Option<&'a Expr>,
    ) {
        if let ExprKind::Attribute(object, method) = &callee.kind
            && matches!(method.as_str(), "get" | "setdefault")
            && self.is_environment(object, place)
        {
            let default = positional(arguments, 1).or_else(|| keyword(arguments, "default"));
            if let Some(name) = positional(arguments, 0).or_else(|| keyword(arguments, "key")) {
                self.read(
                    name,
                    Form {
                        default: default.or(fallback),
                        is_required: false,
                    },
                    whole.span,
                    place,
                );
            }
            return;
        }
        match self.index.evaluate(callee, place) {
            Thing::Made(path, ..) if path.starts_with("super().") => {
                self.parent(callee, arguments, whole.span, place);
            }
            Thing::External(path) | Thing::Made(path, ..) => {
                self.library(&path, whole, arguments, place, fallback)
            }
            Thing::Function(function) => self.own(function, 0, arguments, whole.span, place),
            Thing::Method(function) => {
                let is_super = matches!(&callee.kind, ExprKind::Attribute(object, _) if is_class(self.index, object, place));
                self.own(function, usize::from(!is_super), arguments, whole.span, place);
            }
            Thing::Class(class) => {
                if let Some(init) = self.index.init(class) {
                    self.own(init, 1, arguments, whole.span, place);
                }
            }
            _ => self.parent(callee, arguments, whole.span, place),
        }
    }

    /// `super().__init__(…)`.
    fn parent(&mut self, callee: &'a Expr, arguments: &'a [Argument], span: Span, place: Place) {
        let ExprKind::Attribute(object, method) = &callee.kind else {
            return;
        };
        let is_super = matches!(&object.kind, ExprKind::Call(name, _) if matches!(&name.kind, ExprKind::Name(name) if name == "super"));
        let Some(class) = place
            .function
            .and_then(|function| self.index.functions[function].class)
            .filter(|_| is_super)
        else {
            return;
        };
        let place_of_class = self.index.classes[class].place;
        for base in self.index.bases(class) {
            if let Thing::Class(base) = self.index.evaluate(base, place_of_class)
                && let Thing::Method(function) = self.index.class_member(base, method, 8)
            {
                self.own(function, 1, arguments, span, place);
                return;
            }
        }
    }

    /// A call of something outside of the tree.
    fn library(
        &mut self,
        path: &str,
        whole: &'a Expr,
        arguments: &'a [Argument],
        place: Place,
        fallback: Option<&'a Expr>,
    ) {
        let default_at = |position| {
            positional(arguments, position)
                .or_else(|| keyword(arguments, "default"))
                .or(fallback)
        };
        let first = positional(arguments, 0);
        let is_decouple = matches!(
            path,
            "decouple.config"
                | "decouple.config.get"
                | "decouple.Config"
                | "decouple.Config().get"
                | "decouple.AutoConfig"
                | "decouple.AutoConfig().get"
        );
        let (name, default) = match path {
            "os.getenv" | "os.environ.get" => (first.or_else(|| keyword(arguments, "key")), default_at(1)),
            _ if is_environs(path) && !path.ends_with(".prefixed") && !path.ends_with(".read_env") => {
                (first, default_at(1))
            }
            "starlette.config.Config" | "starlette.config.Config().get" => (first, default_at(2)),
            _ if is_decouple => (first, default_at(1)),
            _ if path.starts_with("click.") || path.starts_with("typer.") => {
                (keyword(arguments, "envvar"), keyword(arguments, "default"))
            }
            _ => return,
        };
        // A class that is called makes a reader and reads nothing yet.
        let makes_reader = matches!(self.callee(whole, place), Some(Thing::External(path)) if path.ends_with("Env") || path.ends_with("Config"));
        if let Some(name) = name.filter(|_| !makes_reader) {
            let may_lack = matches!(path, "os.getenv" | "os.environ.get")
                || path.starts_with("click.")
                || path.starts_with("typer.");
            let form = Form {
                default,
                is_required: default.is_none() && !may_lack,
            };
            self.read(name, form, whole.span, place);
        }
    }

    fn callee(&self, whole: &'a Expr, place: Place) -> Option<Thing<'a>> {
        match &whole.kind {
            ExprKind::Call(callee, _) => Some(self.index.evaluate(callee, place)),
            _ => None,
        }
    }

    /// A call of a function of the tree: it may hand the name on, or be given the environment.
    fn own(&mut self, function: usize, bound: usize, arguments: &'a [Argument], span: Span, place: Place) {
        let parameters = &self.index.functions[function].def.parameters.all;
        for position in 0..parameters.len() {
            let given = self.index.argument(arguments, function, position, bound);
            let may_be =
                given.filter(|value| matches!(value.kind, ExprKind::Name(_) | ExprKind::Attribute(..)));
            if may_be.is_some_and(|value| matches!(self.index.evaluate(value, place), Thing::Environment)) {
                self.learned.environments.insert((function, position));
            }
        }
        let Some(wrappers) = self.known.readers.get(&function).cloned() else {
            return;
        };
        for wrapper in wrappers {
            let Some(name) = self.index.argument(arguments, function, wrapper.name, bound) else {
                continue;
            };
            let default = wrapper
                .default
                .and_then(|position| self.index.argument(arguments, function, position, bound));
            self.prefixes.push(wrapper.prefix.clone());
            self.read(
                name,
                Form {
                    default,
                    is_required: false,
                },
                span,
                place,
            );
            self.prefixes.pop();
        }
    }
}

fn is_class<'a>(index: &Index<'a>, object: &'a Expr, place: Place) -> bool {
    matches!(index.evaluate(object, place), Thing::Class(_))
}

/// A reader of environs or django-environ.
pub(super) fn is_environs(path: &str) -> bool {
    let classes = [
        "environs.Env",
        "environs.FileAwareEnv",
        "environ.Env",
        "environ.FileAwareEnv",
    ];
    path.starts_with("environs.env")
        || classes.iter().any(|class| {
            path.strip_prefix(class)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("()."))
        })
}

pub(super) fn positional(arguments: &[Argument], position: usize) -> Option<&Expr> {
    match arguments.get(position)? {
        Argument::Positional(value) => Some(value),
        _ => None,
    }
}

fn keyword<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Expr> {
    arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(keyword, value) if keyword == name => Some(value),
        _ => None,
    })
}
