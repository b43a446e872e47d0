//! Statements: the blocks that expressions stand in.

use oxc_ast::ast::{
    Declaration, Expression, ForInStatement, ForOfStatement, ForStatement, ForStatementInit,
    ForStatementLeft, Statement, SwitchStatement, TSEnumDeclaration, TryStatement, VariableDeclaration,
};
use oxc_span::GetSpan as _;

use super::super::tree::{
    BlockKind, DefinitionSource, Exit, ExitKind, ExpressionId, ExpressionKind, MemberKind, Property,
};
use super::Lowering;

impl Lowering<'_> {
    pub(super) fn statements(&mut self, statements: &[Statement<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    pub(super) fn statement(&mut self, statement: &Statement<'_>) {
        self.at_documented(statement.span().start);
        match statement {
            Statement::BlockStatement(block) => self.statements(&block.body),
            Statement::ExpressionStatement(statement) => {
                self.expression_statement(&statement.expression);
            }
            Statement::IfStatement(statement) => {
                let test = self.expression(&statement.test);
                self.within(BlockKind::Then(test), |it| it.statement(&statement.consequent));
                if let Some(alternate) = &statement.alternate {
                    self.within(BlockKind::Otherwise(test), |it| it.statement(alternate));
                }
            }
            Statement::ReturnStatement(statement) => {
                let value = statement.argument.as_ref().map(|value| self.expression(value));
                self.exit(ExitKind::Return, statement.span.start);
                self.script.functions[self.function.index()].returns.extend(value);
            }
            Statement::ForStatement(statement) => self.for_statement(statement),
            Statement::ForInStatement(statement) => self.for_in(statement),
            Statement::ForOfStatement(statement) => self.for_of(statement),
            Statement::WhileStatement(statement) => self.within(BlockKind::Loop, |it| {
                it.expression(&statement.test);
                it.statement(&statement.body);
            }),
            Statement::DoWhileStatement(statement) => self.within(BlockKind::Loop, |it| {
                it.statement(&statement.body);
                it.expression(&statement.test);
            }),
            Statement::SwitchStatement(statement) => self.switch(statement),
            Statement::TryStatement(statement) => self.try_statement(statement),
            Statement::ThrowStatement(statement) => {
                self.expression(&statement.argument);
                self.exit(ExitKind::Throw, statement.span.start);
            }
            Statement::LabeledStatement(statement) => self.statement(&statement.body),
            Statement::WithStatement(statement) => self.statement(&statement.body),
            Statement::BreakStatement(statement) => self.exit(ExitKind::Break, statement.span.start),
            Statement::ContinueStatement(statement) => {
                self.exit(ExitKind::Continue, statement.span.start);
            }
            Statement::DebuggerStatement(_) | Statement::EmptyStatement(_) => {}
            _ => {
                if let Some(declaration) = statement.as_declaration() {
                    self.declaration(declaration);
                } else if let Some(module) = statement.as_module_declaration() {
                    self.module_declaration(module);
                }
            }
        }
    }

    fn exit(&mut self, kind: ExitKind, start: u32) {
        let block = self.block;
        self.script.functions[self.function.index()]
            .exits
            .push(Exit { kind, block, start });
    }

    pub(super) fn declaration(&mut self, declaration: &Declaration<'_>) {
        match declaration {
            Declaration::VariableDeclaration(variables) => self.variables(variables),
            Declaration::FunctionDeclaration(function) => {
                let id = self.function(function);
                if let Some(name) = function.id.as_ref().and_then(|name| self.declared(name)) {
                    self.define(name, DefinitionSource::Function(id), &[], function.span.start);
                    self.script.names[name.index()].function = Some(self.function);
                }
            }
            Declaration::ClassDeclaration(class) => {
                let id = self.class(class);
                if let Some(name) = class.id.as_ref().and_then(|name| self.declared(name)) {
                    self.define(name, DefinitionSource::Class(id), &[], class.span.start);
                }
            }
            Declaration::TSEnumDeclaration(declaration) => self.enumeration(declaration),
            Declaration::TSInterfaceDeclaration(interface) => {
                self.shape(&interface.id.name, &interface.body.body, interface.span.start);
            }
            Declaration::TSTypeAliasDeclaration(alias) => {
                if let oxc_ast::ast::TSType::TSTypeLiteral(literal) = &alias.type_annotation {
                    self.shape(&alias.id.name, &literal.members, alias.span.start);
                }
            }
            _ => {}
        }
    }

    /// `/** @type {Group} */ this.group = null;` says a field's type as a declaration of it would.
    fn expression_statement(&mut self, node: &Expression<'_>) {
        let documented = self.documented;
        let value = self.expression(node);
        self.documented = documented;
        let Some(annotation) = self.documentation().value else {
            return;
        };
        let ExpressionKind::Assign {
            target: Some(target), ..
        } = self.script.kind(value)
        else {
            return;
        };
        let ExpressionKind::Member { object, property, .. } = self.script.kind(*target) else {
            return;
        };
        let class = self.script.function(self.function).class;
        if let (ExpressionKind::This, Some(class)) = (self.script.kind(*object), class) {
            let (name, start) = (property.clone(), node.span().start);
            self.member_of(
                class,
                name,
                false,
                MemberKind::Field(None),
                Some(annotation),
                start,
            );
        }
    }

    fn variables(&mut self, variables: &VariableDeclaration<'_>) {
        for declarator in &variables.declarations {
            let documented = self.documented;
            let value = declarator.init.as_ref().map(|init| self.expression(init));
            self.documented = documented;
            let documented = self.documentation().value;
            let annotation = self
                .annotation(declarator.type_annotation.as_ref())
                .or(documented);
            self.bind(&declarator.id, value.map(DefinitionSource::Expression));
            if let Some(name) = declarator
                .id
                .get_binding_identifier()
                .and_then(|identifier| self.declared(identifier))
            {
                self.script.names[name.index()].annotation = annotation;
                if variables.kind.is_const() {
                    self.script.names[name.index()].is_constant = true;
                }
                if let Some(value) = value {
                    let text = self.script.name(name).text.clone();
                    self.suggest_name(value, &text);
                }
            }
        }
    }

    /// An enumeration is the object of its members.
    fn enumeration(&mut self, declaration: &TSEnumDeclaration<'_>) {
        let mut properties = vec![];
        let mut next = 0.0;
        for member in &declaration.body.members {
            let value = match &member.initializer {
                Some(value) => self.expression(value),
                None => self.push(member.span, ExpressionKind::Number(next)),
            };
            if let ExpressionKind::Number(number) = self.script.kind(value) {
                next = number + 1.0;
            }
            let key = member.id.static_name().as_str().into();
            properties.push(Property::Named { key, value });
        }
        let object = self.push(declaration.span, ExpressionKind::Object(properties));
        if let Some(name) = self.declared(&declaration.id) {
            let source = DefinitionSource::Expression(object);
            self.define(name, source, &[], declaration.span.start);
            self.script.names[name.index()].is_constant = true;
        }
    }

    fn for_statement(&mut self, statement: &ForStatement<'_>) {
        match &statement.init {
            Some(ForStatementInit::VariableDeclaration(variables)) => self.variables(variables),
            Some(init) => {
                if let Some(init) = init.as_expression() {
                    self.expression(init);
                }
            }
            None => {}
        }
        self.within(BlockKind::Loop, |it| {
            if let Some(test) = &statement.test {
                it.expression(test);
            }
            it.statement(&statement.body);
            if let Some(update) = &statement.update {
                it.expression(update);
            }
        });
    }

    fn for_in(&mut self, statement: &ForInStatement<'_>) {
        let subject = self.expression(&statement.right);
        self.loop_variable(&statement.left, DefinitionSource::KeyOf(subject));
        self.within(BlockKind::Loop, |it| it.statement(&statement.body));
    }

    fn for_of(&mut self, statement: &ForOfStatement<'_>) {
        let subject = self.expression(&statement.right);
        self.loop_variable(&statement.left, DefinitionSource::ItemOf(subject));
        self.within(BlockKind::Loop, |it| it.statement(&statement.body));
    }

    fn loop_variable(&mut self, left: &ForStatementLeft<'_>, source: DefinitionSource) {
        if let ForStatementLeft::VariableDeclaration(variables) = left {
            for declarator in &variables.declarations {
                self.bind(&declarator.id, Some(source));
            }
        } else if let Some(target) = left.as_assignment_target() {
            self.assign_pattern(target, source);
        }
    }

    fn switch(&mut self, statement: &SwitchStatement<'_>) {
        let subject = self.expression(&statement.discriminant);
        let mut fallen: Vec<Option<ExpressionId>> = vec![];
        for case in &statement.cases {
            let test = case.test.as_ref().map(|test| self.expression(test));
            // `case 'a': case 'b': …` is one body for both; each label that leads to it has a block of its own.
            fallen.push(test);
            if case.consequent.is_empty() {
                continue;
            }
            let tests = std::mem::take(&mut fallen);
            self.case(subject, &tests, &case.consequent);
        }
    }

    fn case(&mut self, subject: ExpressionId, tests: &[Option<ExpressionId>], body: &[Statement<'_>]) {
        match tests {
            [] => self.statements(body),
            [test, rest @ ..] => self.within(BlockKind::Case { subject, test: *test }, |it| {
                it.case(subject, rest, body);
            }),
        }
    }

    fn try_statement(&mut self, statement: &TryStatement<'_>) {
        self.within(BlockKind::Try, |it| it.statements(&statement.block.body));
        if let Some(handler) = &statement.handler {
            if let Some(parameter) = &handler.param {
                self.bind(&parameter.pattern, Some(DefinitionSource::Caught));
            }
            self.within(BlockKind::Catch, |it| it.statements(&handler.body.body));
        }
        if let Some(finalizer) = &statement.finalizer {
            self.within(BlockKind::Finally, |it| it.statements(&finalizer.body));
        }
    }

    fn shape(&mut self, name: &str, members: &[oxc_ast::ast::TSSignature<'_>], start: u32) {
        use oxc_ast::ast::TSSignature;
        let mut fields = vec![];
        for member in members {
            if let TSSignature::TSPropertySignature(property) = member
                && let Some(key) = property.key.static_name()
            {
                let annotation = property.type_annotation.as_ref();
                let written = annotation.map(|a| self.written(a.type_annotation.span()));
                fields.push((key.as_ref().into(), written.unwrap_or_default()));
            }
        }
        self.script.shapes.push(super::super::tree::Shape {
            name: name.into(),
            members: fields,
            start,
        });
    }
}
