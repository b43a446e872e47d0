//! Members of classes of the tree, and which argument a parameter is given.

use super::{
    evaluate::{MAX_DEPTH, Thing},
    index::{Binding, Index, Place},
};
use crate::python::syntax::ast::{Argument, Expr};

impl<'a> Index<'a> {
    /// An attribute over the bases of a class: a field of `__init__`, a method, a value of the body.
    pub(super) fn class_member(&self, class: usize, name: &str, depth: usize) -> Thing<'a> {
        let Some(depth) = depth.checked_sub(1) else {
            return Thing::Unknown;
        };
        let known = &self.classes[class];
        if let (Some(value), Some(init)) = (known.fields.get(name), self.own_method(class, "__init__")) {
            let place = Place {
                file: known.place.file,
                function: Some(init),
                class: None,
            };
            return self.eval(value, place, depth);
        }
        if let Some(bindings) = known.names.get(name) {
            let place = Place {
                file: known.place.file,
                function: None,
                class: Some(class),
            };
            return match self.bound(bindings, place, depth) {
                Thing::Function(function) => Thing::Method(function),
                found => found,
            };
        }
        let bases = self
            .bases(class)
            .filter_map(|base| match self.eval(base, known.place, depth) {
                Thing::Class(base) => Some(self.class_member(base, name, depth)),
                _ => None,
            });
        bases
            .into_iter()
            .find(|found| !matches!(found, Thing::Unknown))
            .unwrap_or(Thing::Unknown)
    }

    fn own_method(&self, class: usize, name: &str) -> Option<usize> {
        self.classes[class]
            .names
            .get(name)?
            .iter()
            .rev()
            .find_map(|binding| match binding {
                Binding::Function(function) => Some(*function),
                _ => None,
            })
    }

    /// The `__init__` of a class or of its bases.
    pub(super) fn init(&self, class: usize) -> Option<usize> {
        match self.class_member(class, "__init__", MAX_DEPTH) {
            Thing::Method(function) => Some(function),
            _ => None,
        }
    }

    /// What a parameter of `__init__` stands for in an object that was made with these arguments.
    pub(super) fn argument_of(
        &self,
        class: usize,
        function: usize,
        position: usize,
        arguments: &'a [Argument],
        place: Place,
    ) -> Thing<'a> {
        match self.init(class) {
            Some(init) if init == function => match self.argument(arguments, function, position, 1) {
                Some(value) => self.evaluate(value, place),
                None => Thing::Unknown,
            },
            // A subclass hands it on by position or by the same name.
            Some(init) => {
                let name = &self.functions[function].def.parameters.all[position].name;
                let own = &self.functions[init].def.parameters.all;
                let same = own.iter().position(|parameter| parameter.name == *name);
                let value = same.and_then(|same| self.argument(arguments, init, same, 1));
                value.map_or(Thing::Unknown, |value| self.evaluate(value, place))
            }
            None => Thing::Unknown,
        }
    }

    /// The argument for a parameter. `bound`: how many parameters are filled by what stands before the dot.
    pub(super) fn argument(
        &self,
        arguments: &'a [Argument],
        function: usize,
        position: usize,
        bound: usize,
    ) -> Option<&'a Expr> {
        let name = &self.functions[function].def.parameters.all.get(position)?.name;
        let keyword = arguments.iter().find_map(|argument| match argument {
            Argument::Keyword(keyword, value) if keyword == name => Some(value),
            _ => None,
        });
        keyword.or_else(|| match arguments.get(position.checked_sub(bound)?) {
            Some(Argument::Positional(value)) => Some(value),
            _ => None,
        })
    }
}
