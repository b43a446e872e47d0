//! [GitHub workflows](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax) and
//! [GitLab pipelines](https://docs.gitlab.com/ci/yaml/).

use super::Source;
use super::compose::settings;
use super::setting::{Reference, Setting};
use super::yaml::{self, Content, Node};
use crate::source::location::Finding;

/// A workflow or pipeline.
#[derive(Clone, Debug, Default)]
pub struct Workflow {
    /// Its file.
    pub path: String,
    /// `name:`, the file's name without one.
    pub name: String,
    /// `GitHub` or `GitLab`.
    pub platform: &'static str,
    /// Events that start it.
    pub triggers: Vec<String>,
    /// Jobs, in order.
    pub jobs: Vec<Job>,
    /// Variables it sets at any level, in order.
    pub settings: Vec<Setting>,
    /// Secrets and variables of the platform that it uses, in order.
    pub references: Vec<Reference>,
}

/// A job of a workflow.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Its key.
    pub name: String,
    /// The environment it deploys to.
    pub environment: Option<String>,
    /// The line it begins on.
    pub line: u32,
}

pub(super) fn github(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<Workflow> {
    let root = root(source, findings)?;
    let mut workflow = Workflow {
        name: root
            .text_of("name")
            .map_or_else(|| source.path.to_owned(), str::to_owned),
        path: source.path.to_owned(),
        platform: "GitHub",
        triggers: root.get("on").map(|on| triggers(on)).unwrap_or_default(),
        ..Workflow::default()
    };
    let jobs = root.get("jobs").map(|jobs| jobs.entries()).unwrap_or_default();
    for (name, node, line) in jobs {
        let environment = node.get("environment");
        let environment = environment.and_then(|node| node.text().or_else(|| node.text_of("name")));
        workflow.jobs.push(Job {
            name: name.to_owned(),
            environment: environment.map(str::to_owned),
            line,
        });
    }
    blocks(&root, "env", source, &mut workflow.settings);
    contexts(&root, source, &mut workflow.references);
    Some(workflow)
}

pub(super) fn gitlab(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<Workflow> {
    let root = root(source, findings)?;
    let mut workflow = Workflow {
        path: source.path.to_owned(),
        name: "pipeline".to_owned(),
        platform: "GitLab",
        ..Workflow::default()
    };
    for (name, node, line) in root.entries() {
        if node.get("script").is_none() && node.get("extends").is_none() {
            continue;
        }
        let environment = node.get("environment");
        let environment = environment.and_then(|node| node.text().or_else(|| node.text_of("name")));
        workflow.jobs.push(Job {
            name: name.to_owned(),
            environment: environment.map(str::to_owned),
            line,
        });
    }
    blocks(&root, "variables", source, &mut workflow.settings);
    Some(workflow)
}

fn root(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<std::rc::Rc<Node>> {
    let documents = yaml::parse(source.text);
    if let Some((line, message)) = documents.error {
        let message = format!("The workflow is not valid YAML: {message}.");
        findings.push(source.finding(line, "invalid-yaml", message, None));
    }
    documents.documents.into_iter().next()
}

fn triggers(on: &Node) -> Vec<String> {
    if on.is_map() {
        return on
            .entries()
            .into_iter()
            .map(|(name, _, _)| name.to_owned())
            .collect();
    }
    on.texts()
}

/// The variables of every block of this key, wherever it stands.
fn blocks(node: &Node, key: &str, source: Source<'_>, found: &mut Vec<Setting>) {
    match &node.content {
        Content::Scalar { .. } => {}
        Content::List(items) => items.iter().for_each(|item| blocks(item, key, source, found)),
        Content::Map(_) => {
            for (name, value, _) in node.entries() {
                if name == key && value.is_map() {
                    found.extend(settings(value, source));
                } else {
                    blocks(value, key, source, found);
                }
            }
        }
    }
}

/// `secrets.NAME` and `vars.NAME` in the expressions of all values.
fn contexts(node: &Node, source: Source<'_>, found: &mut Vec<Reference>) {
    match &node.content {
        Content::Scalar { text, .. } => expressions(text, source, node.line, found),
        Content::List(items) => items.iter().for_each(|item| contexts(item, source, found)),
        Content::Map(entries) => entries
            .iter()
            .for_each(|(_, value)| contexts(value, source, found)),
    }
}

fn expressions(text: &str, source: Source<'_>, line: u32, found: &mut Vec<Reference>) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("${{") {
        let (expression, tail) = after.split_once("}}").unwrap_or((after, ""));
        for (context, is_secret) in [("secrets.", true), ("vars.", false)] {
            for (index, _) in expression.match_indices(context) {
                let is_inside =
                    expression[..index].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
                let name: String = expression[index + context.len()..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                if !is_inside && !name.is_empty() {
                    found.push(Reference {
                        name,
                        is_secret,
                        location: source.at(line),
                        ..Reference::default()
                    });
                }
            }
        }
        rest = tail;
    }
}
