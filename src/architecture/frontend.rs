//! The analysed tree's files as the frontend's analysis asks for them.

use crate::{source::tree::Tree, web::project::Files};

impl Files for Tree {
    fn text(&self, path: &str) -> Option<String> {
        Tree::text(self, path)
    }

    fn is_file(&self, path: &str) -> bool {
        Tree::is_file(self, path)
    }

    fn size(&self, path: &str) -> Option<u64> {
        Tree::size(self, path)
    }

    fn paths(&self) -> &[String] {
        self.files()
    }
}
