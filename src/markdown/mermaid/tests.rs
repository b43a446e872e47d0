use std::collections::BTreeMap;

use expect_test::expect;
use proptest::prelude::*;

use super::{label, *};

/// A text and what each rule makes of it, each proved with a picture drawn by Mermaid 11.6, 11.17 and 12.3.
#[derive(serde::Deserialize)]
struct Golden {
    text: String,
    quoted: String,
    line: String,
    spoken: String,
    title: String,
}

#[test]
fn labels_are_those_that_were_drawn() {
    let golden: BTreeMap<String, Golden> =
        serde_json::from_str(include_str!("../../../tests/mermaid/labels.json")).unwrap();
    assert!(golden.len() > 150);
    for (name, case) in golden {
        assert_eq!(
            label::quoted(&case.text).replace('\n', "<br/>"),
            case.quoted,
            "quoted: {name}"
        );
        assert_eq!(label::quoted_line(&case.text), case.line, "line: {name}");
        assert_eq!(label::spoken(&case.text), case.spoken, "spoken: {name}");
        assert_eq!(label::title(&case.text), case.title, "title: {name}");
    }
}

proptest! {
    /// Whatever the text, a quoted label is letters, digits, harmless marks, codes and breaks, on one line.
    #[test]
    fn quoted_labels_hold_no_syntax(text in "\\PC{0,40}|[ -~\n\r\t]{0,40}") {
        let out = label::quoted(&text).replace('\n', "");
        let without_codes: String = out.split('#').enumerate()
            .map(|(i, part)| if i == 0 { part } else { part.split_once(';').map_or("\"", |(_, rest)| rest) }).collect();
        prop_assert!(!without_codes.contains(['"', '<', '>', '`', '*', '_', ';', '{', '}', '[', ']', '|', '\\', '\n']), "{out}");
    }

    #[test]
    fn other_labels_stay_on_their_line(text in any::<String>()) {
        prop_assert!(!label::spoken(&text).contains(['\n', '\r']));
        prop_assert!(!label::title(&text).contains(['\n', '\r', ';', '#']) || text.trim().is_empty() || label::title(&text) == "#8203;");
    }
}

#[test]
fn a_flowchart_names_its_kinds_and_keeps_ids_apart() {
    let mut chart = Flowchart::new(Direction::Right, "Who imports whom", "Two packages");
    let group = chart.group("app", "app");
    let a = chart.node("a-b", "a-b", Kind::Module, Some(&group));
    let b = chart.node("a_b", "List<User>\n__x__", Kind::Package, Some(&group));
    let end = chart.node("end", "", Kind::External, None);
    chart.edge(&a, &b, "2 imports");
    chart.edge(&b, &end, "");
    expect![[r##"
        flowchart LR
          accTitle: Who imports whom
          accDescr: Two packages
          subgraph g_app["app"]
            n_a_b["a#45;b"]
            n_a_b_c0659acd[["List#60;User#62;
        #95;#95;x#95;#95;"]]
          end
          n_end[/"#8203;"/]
          n_a_b -->|"2 imports"| n_a_b_c0659acd
          n_a_b_c0659acd --> n_end
          classDef package stroke-width:3px
          class n_a_b_c0659acd package
          classDef external fill:#455a64,stroke:#263238,color:#ffffff
          class n_end external"##]]
    .assert_eq(&chart.finish().unwrap().lines().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_sequence_nests_its_blocks() {
    let mut sequence = Sequence::new("Login", "What happens at login");
    let client = sequence.participant("client", "Client", Role::Actor);
    let app = sequence.participant("end", "end; x", Role::Part);
    sequence.message(&client, &app, "POST /login", Arrow::Call);
    sequence.active(&app, |s| {
        s.alternative(
            &[("user is None".to_owned(), "401"), ("else".to_owned(), "200")],
            |s, text| {
                s.message(&app, &client, text, Arrow::Reply);
            },
        );
    });
    expect![[r#"
        ---
        config:
          sequence:
            actorMargin: 16
            width: 130
            diagramMarginX: 10
        ---
        sequenceDiagram
          accTitle: Login
          accDescr: What happens at login
          autonumber
          actor p_client as Client
          participant p_end as #101;nd#59; x
          p_client->>p_end: POST /login
          activate p_end
          alt user is None
            p_end-->>p_client: 401
          else else
            p_end-->>p_client: 200
          end
          deactivate p_end"#]]
    .assert_eq(&sequence.finish().unwrap().lines().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_no_page_draws_is_refused() {
    let mut chart = Flowchart::new(Direction::Down, "t", "d");
    let node = chart.node("a", "a", Kind::Module, None);
    (0..401).for_each(|_| chart.edge(&node, &node, ""));
    assert_eq!(chart.finish().unwrap_err().edges, 401);
}

#[test]
fn a_class_diagram_codes_what_would_be_a_method_or_a_mark() {
    let mut diagram = ClassDiagram::new("Models", "Two models");
    let page = diagram.class(
        "Page[User]",
        "Page[User]",
        None,
        ["items: list[User]", "+f(x)$", "a~T~ {b} <c>", ""],
    );
    let user = diagram.class("User", "", Some("data class"), Vec::<String>::new());
    diagram.relation(&page, &user, Relation::Holds, "items: ; #");
    diagram.relation(&page, &user, Relation::Extends, "");
    expect![[r##"
        classDiagram
          direction LR
          accTitle: Models
          accDescr: Two models
          class c_Page_User_["Page#91;User#93;"] {
            items#58; list#91;User#93;
            #43;f#40;x#41;#36;
            a#126;T#126; #123;b#125; #60;c#62;
            #8203;
          }
          class c_User["#8203;"]
          <<data_class>> c_User
          c_Page_User_ --> c_User : items#58; #59; #35;
          c_User <|-- c_Page_User_"##]]
    .assert_eq(&diagram.finish().unwrap().lines().collect::<Vec<_>>().join("\n"));
}
