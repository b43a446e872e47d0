//! Functions and their parameters.

use oxc_ast::ast::{ArrowFunctionExpression, FormalParameters, Function as FunctionNode};
use oxc_span::Span;

use super::super::tree::{
    Block, BlockId, BlockKind, DefinitionSource, Function, FunctionId, Parameter, PathStep,
};
use super::{Lowering, documentation::Documentation};

impl Lowering<'_> {
    pub(super) fn function(&mut self, node: &FunctionNode<'_>) -> FunctionId {
        let documentation = self.documentation();
        let return_type = self.annotation(node.return_type.as_ref());
        let function = Function {
            name: node
                .id
                .as_ref()
                .map(|name| name.name.as_str().into())
                .unwrap_or_default(),
            is_async: node.r#async,
            is_generator: node.generator,
            return_type: return_type.or_else(|| documentation.returned.clone()),
            ..Function::default()
        };
        let own_name = node.id.as_ref().and_then(|name| self.declared(name));
        let is_expression = node.is_expression();
        self.enter(function, node.span, |it, id| {
            if let Some(name) = own_name.filter(|_| is_expression) {
                it.define(name, DefinitionSource::Function(id), &[], node.span.start);
            }
            it.parameters(id, &node.params, &documentation);
            if let Some(body) = &node.body {
                it.statements(&body.statements);
            }
        })
    }

    pub(super) fn arrow(&mut self, node: &ArrowFunctionExpression<'_>) -> FunctionId {
        let documentation = self.documentation();
        let return_type = self.annotation(node.return_type.as_ref());
        let function = Function {
            is_arrow: true,
            is_async: node.r#async,
            return_type: return_type.or_else(|| documentation.returned.clone()),
            ..Function::default()
        };
        self.enter(function, node.span, |it, id| {
            it.parameters(id, &node.params, &documentation);
            match node.get_expression() {
                Some(expression) => {
                    let value = it.expression(expression);
                    it.script.functions[id.index()].returns.push(value);
                }
                None => it.statements(&node.body.statements),
            }
        })
    }

    /// Lowers what stands in a function.
    pub(super) fn enter(
        &mut self,
        mut function: Function,
        span: Span,
        body: impl FnOnce(&mut Self, FunctionId),
    ) -> FunctionId {
        let id = FunctionId(self.script.functions.len() as u32);
        function.parent = Some(self.function);
        function.block = Some(self.block);
        function.class = self.class;
        (function.start, function.end) = (span.start, span.end);
        self.script.functions.push(function);
        let block = BlockId(self.script.blocks.len() as u32);
        self.script.blocks.push(Block {
            parent: None,
            function: id,
            kind: BlockKind::Body,
        });
        let outer = (self.function, self.block);
        (self.function, self.block) = (id, block);
        body(self, id);
        (self.function, self.block) = outer;
        id
    }

    fn parameters(
        &mut self,
        id: FunctionId,
        parameters: &FormalParameters<'_>,
        documentation: &Documentation,
    ) {
        for (index, parameter) in parameters.items.iter().enumerate() {
            let source = DefinitionSource::Parameter(id, index as u32);
            let default = parameter.initializer.as_ref().map(|value| self.expression(value));
            let name = parameter.pattern.get_binding_identifier();
            let annotation = self
                .annotation(parameter.type_annotation.as_ref())
                .or_else(|| documentation.parameter(name?.name.as_str()));
            let declared = name.and_then(|name| self.declared(name));
            match (declared, default) {
                (Some(name), Some(default)) => {
                    self.define(name, source, &[PathStep::Default(default)], parameter.span.start);
                    self.script.names[name.index()].function = Some(id);
                }
                _ => self.bind(&parameter.pattern, Some(source)),
            }
            if let Some(name) = declared {
                self.script.names[name.index()].annotation.clone_from(&annotation);
            }
            self.script.functions[id.index()].parameters.push(Parameter {
                name: name.map(|name| name.name.as_str().into()),
                annotation,
                default,
                is_rest: false,
            });
        }
        if let Some(rest) = &parameters.rest {
            let index = parameters.items.len() as u32;
            self.bind(&rest.rest.argument, Some(DefinitionSource::Parameter(id, index)));
            let annotation = self.annotation(rest.type_annotation.as_ref());
            self.script.functions[id.index()].parameters.push(Parameter {
                name: rest
                    .rest
                    .argument
                    .get_binding_identifier()
                    .map(|name| name.name.as_str().into()),
                annotation,
                default: None,
                is_rest: true,
            });
        }
    }
}
