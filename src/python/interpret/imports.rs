//! `import` statements: binding names from modules.

use ecow::EcoString;

use super::{
    flow::Eval, interpreter::Interpreter, modules::names_for_itself, unknown::Unknown, value::Value,
};
use crate::python::{library, project::absolute_name, syntax::ast::ImportAlias};

impl Interpreter {
    pub(super) fn exec_import(&mut self, names: &[ImportAlias]) -> Eval<()> {
        for import in names {
            self.frame().span = import.span;
            let module = self.import_module(&import.name)?;
            match &import.alias {
                Some(alias) => self.scope().set(alias, module),
                None => {
                    let top: EcoString = import.name.split('.').next().unwrap_or_default().into();
                    let value = self
                        .modules
                        .get(&top)
                        .cloned()
                        .unwrap_or_else(|| Unknown::symbol(top.clone()));
                    self.scope().set(&top, value);
                }
            }
        }
        Ok(())
    }

    pub(super) fn exec_import_from(
        &mut self,
        module: &EcoString,
        level: u32,
        names: &[ImportAlias],
    ) -> Eval<()> {
        let Some(absolute) = self.absolute_name(module, level) else {
            self.report(
                "unresolved-import",
                format!(
                    "`from {}{module}` leaves the top-level package",
                    ".".repeat(level as usize)
                ),
            );
            return Ok(());
        };
        let source = self.import_module(&absolute)?;
        for import in names {
            self.frame().span = import.span;
            if import.name == "*" {
                self.import_star(&source)?;
                continue;
            }
            let value = self.import_name(&source, &absolute, import)?;
            self.scope()
                .set(import.alias.as_ref().unwrap_or(&import.name), value);
        }
        Ok(())
    }

    /// The absolute name of a relative import in the innermost module.
    fn absolute_name(&self, module: &str, level: u32) -> Option<EcoString> {
        if level == 0 {
            return Some(module.into());
        }
        let current = self.module()?;
        absolute_name(module, level, &current.name, current.is_package)
    }

    fn import_name(&mut self, source: &Value, absolute: &str, import: &ImportAlias) -> Eval<Value> {
        let Value::Module(module) = source else {
            return Ok(match source {
                Value::Unknown(unknown) => unknown.attribute(&import.name),
                _ => Unknown::nothing(),
            });
        };
        let full = ecow::eco_format!("{absolute}.{}", import.name);
        let known = module.scope.names.borrow().get(&import.name).cloned();
        if let Some(value) = known {
            return Ok(value);
        }
        if (module.is_package && self.project.find(&full).is_some())
            || library::find(&full).is_some()
            || library::alias(&full).is_some()
        {
            return self.import_module(&full);
        }
        if let Some(value) = self.get_attribute(source, &import.name)? {
            return Ok(value);
        }
        if self.is_guarded("ImportError") {
            return Err(self.exception(
                "ImportError",
                format!("cannot import name '{}' from '{absolute}'", import.name),
            ));
        }
        let message = if module.is_loading.get() {
            format!(
                "`{}` is imported from `{absolute}`, which is still being imported (an import cycle)",
                import.name
            )
        } else {
            format!("`{absolute}` has no name `{}`", import.name)
        };
        self.report("unresolved-import", message);
        Ok(Unknown::symbol(full))
    }

    fn import_star(&mut self, source: &Value) -> Eval<()> {
        let Value::Module(module) = source else {
            return Ok(());
        };
        let names = module.scope.names.borrow().clone();
        let listed = match names.get("__all__") {
            Some(all @ (Value::List(_) | Value::Tuple(_))) => {
                let (items, _) = self.iterate(all)?;
                Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>())
            }
            _ => None,
        };
        let scope = self.scope();
        match listed {
            Some(listed) => {
                for name in listed {
                    if let Some(value) = self.get_attribute(source, &name)? {
                        scope.set(&name, value);
                    }
                }
            }
            None => {
                let tools = match &module.file {
                    Some(file) if module.is_model() => names_for_itself(&file.syntax.body),
                    _ => vec![],
                };
                let is_public = |name: &EcoString| !name.starts_with('_') && !tools.contains(name);
                for (name, value) in names.iter().filter(|(name, _)| is_public(name)) {
                    scope.set(name, value.clone());
                }
            }
        }
        Ok(())
    }
}
