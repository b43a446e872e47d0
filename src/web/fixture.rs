//! Files in one string, for tests: `//- path` begins a file.

use std::collections::BTreeMap;

use super::project::Files;

pub(crate) struct Fixture {
    files: BTreeMap<String, String>,
    paths: Vec<String>,
}

impl Fixture {
    pub(crate) fn new(text: &str) -> Self {
        let mut files = BTreeMap::new();
        let mut path = String::from("main.js");
        for line in text.lines() {
            match line.strip_prefix("//- ") {
                Some(name) => {
                    name.trim().clone_into(&mut path);
                    files.entry(path.clone()).or_default();
                }
                None => {
                    let file: &mut String = files.entry(path.clone()).or_default();
                    file.push_str(line);
                    file.push('\n');
                }
            }
        }
        let paths = files.keys().cloned().collect();
        Self { files, paths }
    }
}

impl Files for Fixture {
    fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).cloned()
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn size(&self, path: &str) -> Option<u64> {
        self.files.get(path).map(|text| text.len() as u64)
    }

    fn paths(&self) -> &[String] {
        &self.paths
    }
}
