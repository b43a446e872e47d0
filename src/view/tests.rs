mod empty;
mod errors;
mod examples;
mod hostile;
mod large;
mod layers;

use expect_test::expect_file;

use self::examples::{diagrams, examples};
use super::{fixture, *};

fn links() -> Permalinks {
    Permalinks {
        base: Some("https://github.com/example/scenes/blob/0123abc".to_owned()),
        ..Permalinks::default()
    }
}

/// A directive as an author writes it: name, subject in quotes, `key=value` with `;` between.
fn request(name: &str, subject: &str, arguments: &str) -> Request {
    let arguments = arguments.split(';').filter_map(|pair| pair.split_once('='));
    Request {
        name: name.to_owned(),
        subject: (!subject.is_empty()).then(|| subject.to_owned()),
        arguments: arguments
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
    }
}

fn expand(architecture: &Architecture, request: &Request) -> String {
    match render(
        request,
        &Context {
            architecture,
            links: &links(),
            layers: &BTreeMap::new(),
        },
    ) {
        Ok(rendered) => rendered.markdown,
        Err(error) => format!(
            "error: {}\nhelp: {}",
            error.message,
            error.help.unwrap_or_default()
        ),
    }
}

fn written(request: &Request) -> String {
    let subject = request
        .subject
        .as_ref()
        .map(|subject| format!(" \"{subject}\""))
        .unwrap_or_default();
    let arguments: String = request
        .arguments
        .iter()
        .map(|(key, value)| format!(" {key}=\"{value}\""))
        .collect();
    format!("{}{subject}{arguments}", request.name)
}

/// A page that shows each directive and what it becomes.
fn page(architecture: &Architecture, requests: &[Request]) -> String {
    let sections = requests
        .iter()
        .map(|request| format!("## `{}`\n\n{}\n", written(request), expand(architecture, request)));
    format!("# Snapshots\n\n{}", sections.collect::<Vec<_>>().join("\n"))
}

#[test]
fn views_of_the_small_application() {
    expect_file!["snapshots/views.md"].assert_eq(&page(&fixture::scenes(), &examples()));
}

#[test]
fn diagrams_of_the_small_application() {
    expect_file!["snapshots/diagrams.md"].assert_eq(&page(&fixture::scenes(), &diagrams()));
}

#[test]
fn every_directive_has_an_example_and_documented_keys() {
    let shown: Vec<String> = examples()
        .into_iter()
        .chain(diagrams())
        .map(|request| request.name)
        .collect();
    for directive in directives() {
        assert!(
            shown.iter().any(|name| name == directive.name) || directive.name.starts_with("count "),
            "{}",
            directive.name
        );
        assert!(
            directive.keys.iter().all(|key| !key.summary.ends_with('.')),
            "{}",
            directive.name
        );
    }
}

#[test]
fn without_a_forge_places_are_text() {
    let architecture = fixture::scenes();
    let context = Context {
        architecture: &architecture,
        links: &Permalinks::default(),
        layers: &BTreeMap::new(),
    };
    let rendered = render(&request("ref", "app.models", ""), &context).unwrap();
    assert_eq!(
        rendered,
        Rendered {
            markdown: "`app.models`".to_owned(),
            placement: Placement::Inline
        }
    );
}
