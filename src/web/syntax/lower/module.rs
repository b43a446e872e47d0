//! Imports and exports.

use oxc_ast::ast::{
    ExportDefaultDeclarationKind, ExportNamedDeclaration, ImportDeclaration, ImportDeclarationSpecifier,
    ModuleDeclaration, ModuleExportName,
};

use super::super::tree::{
    DefinitionSource, Export, ExportSource, ExpressionKind, Import, ImportedName, NameId,
};
use super::Lowering;

impl Lowering<'_> {
    pub(super) fn module_declaration(&mut self, declaration: &ModuleDeclaration<'_>) {
        match declaration {
            ModuleDeclaration::ImportDeclaration(import) => self.import(import),
            ModuleDeclaration::ExportNamedDeclaration(export) => self.export_named(export),
            ModuleDeclaration::ExportDefaultDeclaration(export) => {
                let start = export.span.start;
                let value = match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                        let id = self.function(function);
                        if let Some(name) = function.id.as_ref().and_then(|name| self.declared(name)) {
                            self.define(name, DefinitionSource::Function(id), &[], start);
                        }
                        self.push(function.span, ExpressionKind::Function(id))
                    }
                    ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                        let id = self.class(class);
                        if let Some(name) = class.id.as_ref().and_then(|name| self.declared(name)) {
                            self.define(name, DefinitionSource::Class(id), &[], start);
                        }
                        self.push(class.span, ExpressionKind::Class(id))
                    }
                    other => match other.as_expression() {
                        Some(expression) => self.expression(expression),
                        None => return,
                    },
                };
                self.export("default", ExportSource::Expression(value), start);
            }
            ModuleDeclaration::ExportAllDeclaration(export) => {
                let module = export.source.value.as_str().into();
                let name = export.exported.as_ref().map_or("*".into(), |name| text(name));
                let source = ExportSource::Module {
                    module,
                    imported: "*".into(),
                };
                self.export(&name, source, export.span.start);
            }
            ModuleDeclaration::TSExportAssignment(export) => {
                let value = self.expression(&export.expression);
                self.export("default", ExportSource::Expression(value), export.span.start);
            }
            ModuleDeclaration::TSNamespaceExportDeclaration(_) => {}
        }
    }

    fn export(&mut self, name: &str, source: ExportSource, start: u32) {
        self.script.exports.push(Export {
            name: name.into(),
            source,
            start,
        });
    }

    fn import(&mut self, import: &ImportDeclaration<'_>) {
        let index = self.script.imports.len() as u32;
        let mut names = vec![];
        for specifier in import.specifiers.iter().flatten() {
            let (imported, local, is_type) = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(specifier) => (
                    text(&specifier.imported),
                    &specifier.local,
                    specifier.import_kind.is_type(),
                ),
                ImportDeclarationSpecifier::ImportDefaultSpecifier(specifier) => {
                    ("default".into(), &specifier.local, false)
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(specifier) => {
                    ("*".into(), &specifier.local, false)
                }
            };
            let local = self.declared(local);
            if let Some(name) = local {
                let source = DefinitionSource::Import(index, names.len() as u32);
                self.define(name, source, &[], import.span.start);
            }
            names.push(ImportedName {
                imported: imported.as_str().into(),
                local,
                is_type,
            });
        }
        self.script.imports.push(Import {
            module: import.source.value.as_str().into(),
            names,
            is_type: import.import_kind.is_type(),
            start: import.span.start,
        });
    }

    fn export_named(&mut self, export: &ExportNamedDeclaration<'_>) {
        if let Some(declaration) = &export.declaration {
            let before: Vec<NameId> = self.declared_by(declaration);
            self.declaration(declaration);
            if let oxc_ast::ast::Declaration::VariableDeclaration(variables) = declaration {
                self.exported_attributes(variables);
            }
            for name in before {
                let text = self.script.name(name).text.clone();
                self.export(&text, ExportSource::Name(name), export.span.start);
            }
        }
        for specifier in &export.specifiers {
            let name = text(&specifier.exported);
            let source = match &export.source {
                Some(module) => ExportSource::Module {
                    module: module.value.as_str().into(),
                    imported: text(&specifier.local).as_str().into(),
                },
                None => match &specifier.local {
                    ModuleExportName::IdentifierReference(reference) => match self.referred(reference) {
                        Some(local) => ExportSource::Name(local),
                        None => continue,
                    },
                    _ => continue,
                },
            };
            self.export(&name, source, specifier.span.start);
        }
    }

    fn declared_by(&self, declaration: &oxc_ast::ast::Declaration<'_>) -> Vec<NameId> {
        use oxc_ast::ast::Declaration;
        match declaration {
            Declaration::VariableDeclaration(variables) => {
                let mut names = vec![];
                for declarator in &variables.declarations {
                    let identifiers = declarator.id.get_binding_identifiers();
                    names.extend(identifiers.into_iter().filter_map(|name| self.declared(name)));
                }
                names
            }
            _ => declaration
                .id()
                .and_then(|name| self.declared(name))
                .into_iter()
                .collect(),
        }
    }
}

fn text(name: &ModuleExportName<'_>) -> String {
    name.name().as_str().to_owned()
}
