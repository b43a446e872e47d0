//! Values.

use std::rc::Rc;

use ecow::EcoString;

use super::Text;
use crate::web::{
    project::ModuleId,
    syntax::tree::{Argument, ClassId, ExpressionId, FunctionId},
};

/// What an expression may stand for; empty where it stands for nothing that is known.
pub type Values = Vec<Value>;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string, with holes for what is not known.
    Text(Text),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// `undefined`.
    Undefined,
    /// An object literal.
    Object(Site),
    /// An object that a library's function gives, by property.
    Record(Rc<Vec<(EcoString, Values)>>),
    /// An array literal.
    Array(Site),
    /// An array that a library's function gives, by place.
    List(Rc<Vec<Values>>),
    /// A function of the project.
    Function(Closure),
    /// A class of the project.
    Class(ClassValue),
    /// An instance of a class of the project.
    Instance(Rc<Instance>),
    /// All that a module of the project exports.
    Namespace(ModuleId),
    /// Something of a library or of the platform.
    External(External),
    /// A parameter of a function that is looked at without a call of it.
    Parameter(ParameterValue),
    /// A JSX element.
    Element(Site),
    /// A file of the tree that is imported, by path.
    File(EcoString),
    /// Not known.
    Unknown,
}

/// An expression within the calls that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The module.
    pub module: ModuleId,
    /// The expression.
    pub expression: ExpressionId,
    /// The calls.
    pub environment: Environment,
}

impl Site {
    /// An expression that is looked at by itself.
    #[must_use]
    pub fn alone(module: ModuleId, expression: ExpressionId) -> Self {
        Self {
            module,
            expression,
            environment: Environment::default(),
        }
    }
}

/// The calls that an expression is looked at in, the innermost first; empty when it is looked at by itself.
#[derive(Clone, Debug, Default)]
pub struct Environment(pub Option<Rc<Frame>>);

impl PartialEq for Environment {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(two)) => Rc::ptr_eq(one, two),
            _ => false,
        }
    }
}

/// One call of a function.
#[derive(Debug)]
pub struct Frame {
    /// The module of the function.
    pub module: ModuleId,
    /// The function.
    pub function: FunctionId,
    /// What it is called with.
    pub arguments: Arguments,
    /// What it is called on.
    pub this: Option<Value>,
    /// The calls that the function itself was made in.
    pub outer: Environment,
    /// How many calls lead here.
    pub depth: u32,
}

/// What a function is called with.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// Not known: the function is looked at by itself.
    Unknown,
    /// The arguments of a call.
    Call {
        /// The module of the call.
        module: ModuleId,
        /// As written.
        arguments: Vec<Argument>,
        /// The calls that the call stands in.
        environment: Environment,
    },
    /// The attributes of an element, as one object.
    Attributes(Site),
    /// Values that a library gives.
    Values(Vec<Values>),
}

/// A function and what it was made in.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// The module.
    pub module: ModuleId,
    /// The function.
    pub function: FunctionId,
    /// The calls that it was made in.
    pub environment: Environment,
    /// What it is bound to.
    pub this: Option<Box<Value>>,
}

/// A class and what it was made in.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassValue {
    /// The module.
    pub module: ModuleId,
    /// The class.
    pub class: ClassId,
    /// The calls that it was made in.
    pub environment: Environment,
}

/// An instance of a class of the project.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Its class.
    pub class: ClassValue,
    /// Where it is made; none when a method is looked at by itself.
    pub site: Option<Site>,
}

/// Something outside of the project: where it comes from, and which member of that.
#[derive(Clone, Debug, PartialEq)]
pub struct External {
    /// Where it comes from.
    pub origin: Origin,
    /// The way from there, e.g. `create`, or `defaults`, `headers`.
    pub members: Vec<EcoString>,
}

/// Where an external value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A library's module; the first member is what is imported from it.
    Library {
        /// The package, e.g. `three`.
        package: EcoString,
        /// The path within the package.
        path: EcoString,
    },
    /// The platform; the first member is the global's name.
    Global,
    /// What a call of an external function gives.
    Result {
        /// What is called.
        callee: Rc<External>,
        /// The call.
        site: Rc<Site>,
    },
    /// A new instance of an external class.
    Made {
        /// The class.
        class: Rc<External>,
        /// The `new` expression.
        site: Rc<Site>,
    },
    /// What an external function gives to a function that it was handed.
    Given {
        /// What was called.
        callee: Rc<External>,
        /// The call.
        site: Rc<Site>,
        /// Which of its arguments is the function.
        argument: u32,
        /// Which of the function's parameters.
        parameter: u32,
    },
    /// What an instance of a project's class has from an external base class.
    Inherited {
        /// The instance.
        instance: Rc<Instance>,
        /// The base class.
        base: Rc<External>,
    },
}

/// A parameter of a function, or a member of one.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterValue {
    /// The module.
    pub module: ModuleId,
    /// The function.
    pub function: FunctionId,
    /// Which parameter.
    pub index: u32,
    /// The way from there.
    pub members: Vec<EcoString>,
}

impl External {
    /// A global by name.
    #[must_use]
    pub fn global(name: &str) -> Self {
        Self {
            origin: Origin::Global,
            members: vec![name.into()],
        }
    }

    /// A member of it.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        // `window.fetch` and `globalThis.fetch` are `fetch`.
        if self.origin == Origin::Global
            && let [only] = self.members.as_slice()
            && matches!(only.as_str(), "window" | "globalThis" | "self" | "global")
            && name != "window"
        {
            return Self::global(name);
        }
        let mut members = self.members.clone();
        // `import x from 'x'` of a CommonJS library, then `x.default`, is the library itself.
        if !(name == "default" && members.last().is_some_and(|last| last == "default")) {
            members.push(name.into());
        }
        Self {
            origin: self.origin.clone(),
            members,
        }
    }

    /// The dotted members.
    #[must_use]
    pub fn path(&self) -> String {
        self.members.join(".")
    }

    /// Whether it is this global, e.g. `JSON.stringify`.
    #[must_use]
    pub fn is_global(&self, path: &str) -> bool {
        self.origin == Origin::Global && self.path() == path
    }

    /// The dotted members in a package, if it is of this package: `create` of `axios`. `default` in front of further
    /// members is left out.
    #[must_use]
    pub fn of_package(&self, package: &str) -> Option<String> {
        match &self.origin {
            Origin::Library { package: own, .. } if own == package => {
                let members = match self.members.as_slice() {
                    [first, rest @ ..] if first == "default" && !rest.is_empty() => rest,
                    members => members,
                };
                Some(members.join("."))
            }
            _ => None,
        }
    }

    /// The package and path that it comes from, through what was made of it.
    #[must_use]
    pub fn package(&self) -> Option<(&EcoString, &EcoString)> {
        match &self.origin {
            Origin::Library { package, path } => Some((package, path)),
            Origin::Global => None,
            Origin::Result { callee, .. } | Origin::Given { callee, .. } => callee.package(),
            Origin::Made { class, .. } => class.package(),
            Origin::Inherited { base, .. } => base.package(),
        }
    }

    /// How it is called in the library's own words, e.g. `three:Scene`, `axios:create()`, `new three:Scene().add`.
    #[must_use]
    pub fn describe(&self) -> String {
        let path = self.path();
        let head = match &self.origin {
            Origin::Library { package, path: file } if file.is_empty() => return format!("{package}:{path}"),
            Origin::Library { package, path: file } => return format!("{package}/{file}:{path}"),
            Origin::Global => return path,
            Origin::Result { callee, .. } => format!("{}()", callee.describe()),
            Origin::Made { class, .. } => format!("new {}()", class.describe()),
            Origin::Given {
                callee,
                argument,
                parameter,
                ..
            } => format!("{}(#{argument}:{parameter})", callee.describe()),
            Origin::Inherited { base, .. } => format!("(extends {})", base.describe()),
        };
        if path.is_empty() {
            head
        } else {
            format!("{head}.{path}")
        }
    }
}

impl Value {
    /// Whether a condition takes it for true, if that is known.
    #[must_use]
    pub fn truthiness(&self) -> Option<bool> {
        match self {
            Self::Text(text) => match text.as_literal() {
                Some(literal) => Some(!literal.is_empty()),
                None => text.has_literal().then_some(true),
            },
            Self::Number(number) => Some(*number != 0.0 && !number.is_nan()),
            Self::Boolean(value) => Some(*value),
            Self::Null | Self::Undefined => Some(false),
            Self::Object(_)
            | Self::Record(_)
            | Self::Array(_)
            | Self::List(_)
            | Self::Function(_)
            | Self::Class(_)
            | Self::Instance(_)
            | Self::Namespace(_)
            | Self::Element(_)
            | Self::File(_) => Some(true),
            Self::External(external) => match external.origin {
                Origin::Made { .. } if external.members.is_empty() => Some(true),
                _ => None,
            },
            Self::Parameter(_) | Self::Unknown => None,
        }
    }

    /// The text, if it is one without holes.
    #[must_use]
    pub fn as_literal(&self) -> Option<EcoString> {
        match self {
            Self::Text(text) => text.as_literal(),
            _ => None,
        }
    }

    /// Where it was made, if it is an object of some kind.
    #[must_use]
    pub fn site(&self) -> Option<&Site> {
        match self {
            Self::Object(site) | Self::Array(site) | Self::Element(site) => Some(site),
            Self::Instance(instance) => instance.site.as_ref(),
            Self::External(external) => external.site(),
            _ => None,
        }
    }
}

impl External {
    /// Where it was made, or what it is a member of was.
    #[must_use]
    pub fn site(&self) -> Option<&Site> {
        match &self.origin {
            Origin::Result { site, .. } | Origin::Made { site, .. } => Some(site),
            Origin::Inherited { instance, .. } => instance.site.as_ref(),
            Origin::Given { .. } | Origin::Library { .. } | Origin::Global => None,
        }
    }
}

impl Environment {
    /// The call of this function, among the calls that an expression is looked at in.
    #[must_use]
    pub fn frame_of(&self, module: ModuleId, function: FunctionId) -> Option<&Rc<Frame>> {
        let mut next = self.0.as_ref();
        while let Some(frame) = next {
            if frame.module == module && frame.function == function {
                return Some(frame);
            }
            next = frame.outer.0.as_ref();
        }
        None
    }

    /// How many calls lead here.
    #[must_use]
    pub fn depth(&self) -> u32 {
        self.0.as_ref().map_or(0, |frame| frame.depth)
    }
}
