//! Python files with their syntax trees.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::syntax::{
    ast::{Module, Span},
    parse_outline,
};

/// A parsed file of the analysed tree, of a library, or of a library model.
#[derive(Debug)]
pub struct SourceFile {
    /// Path relative to the analysed root; for a library, where [`Files`](super::project::Files) gives it; for a library
    /// model, its place in the model library.
    pub path: EcoString,
    /// The text.
    pub text: Arc<[u8]>,
    /// The syntax tree.
    pub syntax: Module,
}

impl SourceFile {
    /// Parses the bytes of a file; what stands inside of its functions, when it is asked for.
    #[must_use]
    pub fn new(path: &str, text: impl Into<Arc<[u8]>>) -> Self {
        let text = text.into();
        Self {
            path: path.into(),
            syntax: parse_outline(&text),
            text,
        }
    }

    /// The text of a span on one line: white space is folded.
    #[must_use]
    pub fn snippet(&self, span: Span) -> EcoString {
        let bytes = self
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default();
        let text = String::from_utf8_lossy(bytes);
        text.split_whitespace().collect::<Vec<_>>().join(" ").into()
    }
}

/// A file that is being parsed, or why it cannot be read.
type Slot = Arc<OnceLock<Result<Arc<SourceFile>, String>>>;

/// Files by path, each read and parsed once, by whichever thread asks first.
#[derive(Debug, Default)]
pub struct SourceFiles {
    files: Mutex<FxHashMap<EcoString, Slot>>,
}

impl SourceFiles {
    /// Whether somebody has asked for a file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.contains_key(path)
    }

    /// The file of a path. If another thread is at it, this one waits.
    ///
    /// # Errors
    /// What `read` says, in one sentence.
    pub fn get(
        &self,
        path: &str,
        read: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> Result<Arc<SourceFile>, String> {
        let slot = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(files.entry(path.into()).or_default())
        };
        let file = slot.get_or_init(|| Ok(Arc::new(SourceFile::new(path, read()?))));
        file.clone()
    }
}
