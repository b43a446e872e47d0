//! Imports.

use ecow::EcoString;
use tree_sitter::Node;

use super::ast::{ImportAlias, StmtKind};
use super::kind::{Kind, fields};
use super::lower::{Child, Lower, in_field, of_kind};

impl<'t> Lower<'t> {
    pub(super) fn import(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let names = self.import_names(&children, true);
        StmtKind::Import(names)
    }

    pub(super) fn import_from(&mut self, node: Node<'t>) -> StmtKind {
        let children = self.children(node);
        let mut module = EcoString::new();
        let mut level = 0;
        match in_field(&children, fields().module_name) {
            Some(name) if Kind::of(name) == Kind::RelativeImport => {
                for part in self.named_children(name) {
                    match part.kind {
                        Kind::ImportPrefix => level = self.text(part.node).matches('.').count() as u32,
                        _ => module = self.dotted_text(part.node),
                    }
                }
            }
            Some(name) => module = self.dotted_text(name),
            None => module.push_str("__future__"),
        }
        let mut names = self.import_names(&children, false);
        if let Some(star) = of_kind(&children, Kind::WildcardImport) {
            names.push(ImportAlias {
                name: "*".into(),
                alias: None,
                span: self.span(star),
            });
        }
        StmtKind::ImportFrom { module, level, names }
    }

    /// The names imported; `import a.b` binds `a`.
    pub(super) fn import_names(
        &mut self,
        children: &[Child<'t>],
        binds_first_part: bool,
    ) -> Vec<ImportAlias> {
        let mut names = Vec::new();
        for child in children.iter().filter(|child| child.field == fields().name) {
            let (name, alias) = if child.kind == Kind::AliasedImport {
                let parts = self.children(child.node);
                let name = in_field(&parts, fields().name)
                    .map(|name| self.dotted_text(name))
                    .unwrap_or_default();
                (
                    name,
                    in_field(&parts, fields().alias).map(|alias| self.name(alias)),
                )
            } else {
                (self.dotted_text(child.node), None)
            };
            match &alias {
                Some(alias) => self.bind(alias),
                None if binds_first_part => self.bind(&name.split('.').next().unwrap_or_default().into()),
                None => self.bind(&name),
            }
            names.push(ImportAlias {
                name,
                alias,
                span: self.span(child.node),
            });
        }
        names
    }

    /// A dotted name without the blanks that may stand around its dots.
    pub(super) fn dotted_text(&self, node: Node<'t>) -> EcoString {
        let text = self.text(node);
        if text
            .bytes()
            .all(|byte| byte == b'.' || byte == b'_' || byte.is_ascii_alphanumeric())
        {
            return text.into();
        }
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\\')
            .collect()
    }
}
