//! Where an expression stands: the expression that it is a part of, what it is there, and what it gives a value to.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use crate::web::syntax::tree::{
    ClassId, DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, NameId, Property, Script,
    Tag,
};

/// What an expression is in the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) enum Role {
    /// What is called.
    Callee,
    /// What is handed to a call.
    Argument { index: u32, is_spread: bool },
    /// Of what a member is asked.
    Object(EcoString),
    /// Of what an item is asked.
    Indexed,
    /// A property of an object literal.
    Property(EcoString),
    /// `...value` in an object literal.
    Spread,
    /// An attribute of an element.
    Attribute(EcoString),
    /// `{...value}` in an element.
    SpreadAttribute,
    /// A child of an element.
    Child,
    /// An item of an array literal.
    Item { is_spread: bool },
    /// What is assigned.
    Written,
    /// What is assigned to.
    Target,
    /// The value of the whole: an arm of a condition, the end of a sequence, what is awaited.
    Whole,
    /// What the whole is reckoned from: operands, tests, holes of a text.
    Operand,
}

/// The places of a script's expressions.
#[derive(Debug)]
pub(in crate::web) struct Places {
    parents: Vec<Option<(ExpressionId, Role)>>,
    returned: FxHashMap<ExpressionId, FunctionId>,
    defined: FxHashMap<ExpressionId, Vec<(NameId, usize)>>,
    uses: FxHashMap<NameId, Vec<ExpressionId>>,
    parameters: FxHashMap<(FunctionId, u32), Vec<(NameId, usize)>>,
    functions: FxHashMap<FunctionId, ExpressionId>,
    fields: FxHashMap<(ClassId, EcoString), Vec<ExpressionId>>,
    by_function: FxHashMap<FunctionId, Vec<ExpressionId>>,
}

impl Places {
    pub(in crate::web) fn new(script: &Script) -> Self {
        let mut this = Self {
            parents: vec![None; script.expressions.len()],
            returned: FxHashMap::default(),
            defined: FxHashMap::default(),
            uses: FxHashMap::default(),
            parameters: FxHashMap::default(),
            functions: FxHashMap::default(),
            fields: FxHashMap::default(),
            by_function: FxHashMap::default(),
        };
        for id in script.expression_ids() {
            this.parts(script, id);
            let function = script.expression(id).function;
            this.by_function.entry(function).or_default().push(id);
        }
        for (index, function) in script.functions.iter().enumerate() {
            let id = FunctionId(index as u32);
            this.returned
                .extend(function.returns.iter().map(|returned| (*returned, id)));
        }
        for (index, name) in script.names.iter().enumerate() {
            let id = NameId(index as u32);
            for (place, definition) in name.definitions.iter().enumerate() {
                match definition.source {
                    DefinitionSource::Expression(value) | DefinitionSource::ItemOf(value) => {
                        this.defined.entry(value).or_default().push((id, place));
                    }
                    DefinitionSource::Parameter(function, index) => {
                        let key = (function, index);
                        this.parameters.entry(key).or_default().push((id, place));
                    }
                    _ => {}
                }
            }
        }
        this
    }

    fn parts(&mut self, script: &Script, id: ExpressionId) {
        let mut set = |part: ExpressionId, role: Role| self.parents[part.index()] = Some((id, role));
        match script.kind(id) {
            Kind::Local(name) => self.uses.entry(*name).or_default().push(id),
            Kind::Function(function) => {
                self.functions.insert(*function, id);
            }
            Kind::Member { object, property, .. } => {
                set(*object, Role::Object(property.clone()));
                let class = script.function(script.expression(id).function).class;
                if let (Kind::This, Some(class)) = (script.kind(*object), class) {
                    self.fields.entry((class, property.clone())).or_default().push(id);
                }
            }
            Kind::Index { object, index } => {
                set(*object, Role::Indexed);
                set(*index, Role::Operand);
            }
            Kind::Call {
                callee, arguments, ..
            }
            | Kind::New { callee, arguments } => {
                set(*callee, Role::Callee);
                for (index, argument) in arguments.iter().enumerate() {
                    let role = Role::Argument {
                        index: index as u32,
                        is_spread: argument.spread,
                    };
                    set(argument.value, role);
                }
            }
            Kind::Array(items) => items.iter().for_each(|item| {
                set(
                    item.value,
                    Role::Item {
                        is_spread: item.spread,
                    },
                );
            }),
            Kind::Object(properties) => properties.iter().for_each(|property| match property {
                Property::Named { key, value } => set(*value, Role::Property(key.clone())),
                Property::Computed { value, .. } => set(*value, Role::Property("[]".into())),
                Property::Spread(value) => set(*value, Role::Spread),
                Property::Accessor { .. } => {}
            }),
            Kind::Element(element) => {
                if let Tag::Component(component) = element.tag {
                    set(component, Role::Callee);
                }
                element.attributes.iter().for_each(|attribute| match attribute {
                    Property::Named { key, value } => set(*value, Role::Attribute(key.clone())),
                    Property::Computed { value, .. } => set(*value, Role::SpreadAttribute),
                    Property::Spread(value) => set(*value, Role::SpreadAttribute),
                    Property::Accessor { .. } => {}
                });
                element.children.iter().for_each(|child| set(*child, Role::Child));
            }
            Kind::Logical {
                operator,
                left,
                right,
            } => {
                let role = if *operator == "&&" {
                    Role::Operand
                } else {
                    Role::Whole
                };
                set(*left, role);
                set(*right, Role::Whole);
            }
            Kind::Conditional {
                test,
                then,
                otherwise,
            } => {
                set(*test, Role::Operand);
                set(*then, Role::Whole);
                set(*otherwise, Role::Whole);
            }
            Kind::Assign { target, value, .. } => {
                set(*value, Role::Written);
                if let Some(target) = target {
                    set(*target, Role::Target);
                }
            }
            Kind::Sequence(parts) => {
                if let Some(last) = parts.last() {
                    set(*last, Role::Whole);
                }
            }
            Kind::Await(value) | Kind::Yield(Some(value)) => set(*value, Role::Whole),
            Kind::Unary { operand, .. } => set(*operand, Role::Operand),
            Kind::Binary { left, right, .. } => {
                set(*left, Role::Operand);
                set(*right, Role::Operand);
            }
            Kind::Template { holes, .. } => holes.iter().for_each(|hole| set(*hole, Role::Operand)),
            _ => {}
        }
    }

    /// The expression around one, and what it is there.
    pub(in crate::web) fn around(&self, id: ExpressionId) -> Option<(ExpressionId, &Role)> {
        self.parents[id.index()]
            .as_ref()
            .map(|(parent, role)| (*parent, role))
    }

    /// The function that returns it.
    pub(in crate::web) fn returned_by(&self, id: ExpressionId) -> Option<FunctionId> {
        self.returned.get(&id).copied()
    }

    /// The names that it gives a value to, with the definition's place.
    pub(in crate::web) fn defined_by(&self, id: ExpressionId) -> &[(NameId, usize)] {
        self.defined.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Where a name is used.
    pub(in crate::web) fn uses(&self, name: NameId) -> &[ExpressionId] {
        self.uses.get(&name).map_or(&[], Vec::as_slice)
    }

    /// The names that a parameter gives a value to.
    pub(in crate::web) fn parameters(&self, function: FunctionId, index: u32) -> &[(NameId, usize)] {
        self.parameters.get(&(function, index)).map_or(&[], Vec::as_slice)
    }

    /// The expression that a function is; none for a declaration.
    pub(in crate::web) fn expression_of(&self, function: FunctionId) -> Option<ExpressionId> {
        self.functions.get(&function).copied()
    }

    /// Where the methods of a class ask for a field.
    pub(in crate::web) fn field(&self, class: ClassId, name: &str) -> &[ExpressionId] {
        self.fields.get(&(class, name.into())).map_or(&[], Vec::as_slice)
    }

    /// The expressions of a function itself, in order.
    pub(in crate::web) fn of_function(&self, function: FunctionId) -> &[ExpressionId] {
        self.by_function.get(&function).map_or(&[], Vec::as_slice)
    }
}
