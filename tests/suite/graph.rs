//! `belie graph`: the same bytes, every text escaped, the part around a name, and forms that other tools read.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use belie::app::pipeline::{Settings, examine};
use belie::network::{FORMS, Network, Unclear};
use belie::source::Document;
use serde_json::Value;

use crate::given::{self, EXTRACTOR, POST, documents};
use crate::program::{Folder, run};

const LEDGER: &str = "---
title: The Otter Mill is to be restored
publisher: The Weir Ledger
published: 2031-03-12
---
The Brackwater Trust was valued at $4.2 million. Agnes Thorley died on 3 June 1874.
";

/// Whatever a language of graphs or a terminal could take for its own.
const HOSTILE: &str = "---
title: \"</title><script>alert('1')</script>]]> & \\N \\\" ]; n0 -> n1\"
publisher: A \"B\" <C> &amp; D
---
Agnes <script>alert(\"x\")</script> Thorley died on 3 June 1874. The Brackwater \"Trust\" & Sons was valued at $4.2 million]]>.
<!-- \\\" --> The \u{1b}[31mBrackwater\u{0}\u{7} Trust\u{202e} was valued at $5.2 million, said Ines \"]; --><b>Calloway</b>.
";

fn network(documents: Vec<Document>, jobs: usize) -> Network {
    examine(documents, Vec::new(), &EXTRACTOR, &Settings { jobs, ..Settings::default() }).network()
}

fn two_papers() -> Network {
    network(documents(&[("ledger.md", LEDGER), ("post.txt", POST)]), 1)
}

fn hostile() -> Network {
    network(documents(&[("<a href='x'>\"&.md", HOSTILE), ("ledger.md", LEDGER)]), 1)
}

fn drawn(network: &Network, form: &str) -> String {
    FORMS.iter().find(|f| f.name() == form).unwrap().render(network)
}

fn json(network: &Network) -> Value {
    serde_json::from_str(&drawn(network, "json")).unwrap()
}

/// Ids of the nodes of a type.
fn nodes(network: &Network, kind: &str) -> BTreeSet<String> {
    let json = json(network);
    let nodes = json["nodes"].as_array().unwrap().iter();
    nodes.filter(|n| n["type"] == kind).map(|n| n["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_papers_in_every_form() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let network = two_papers();
    for form in ["dot", "graphml", "json", "svg"] {
        settings.bind(|| insta::assert_snapshot!(format!("graph@{form}"), drawn(&network, form)));
    }
}

#[test]
fn the_same_bytes() {
    let mut sets = vec![documents(&[("ledger.md", LEDGER), ("post.txt", POST), ("x.md", HOSTILE)])];
    sets.extend(given::seeds().iter().map(|name| given::seed(name)));
    for documents in sets {
        let all = |n: &Network| FORMS.iter().map(|f| f.render(n)).collect::<Vec<_>>();
        let once = all(&network(documents.clone(), 1));
        let mut turned = documents;
        turned.reverse();
        assert_eq!(once, all(&network(turned, 4)));
    }
}

#[test]
fn ends_of_edges_are_nodes_and_ids_are_unique() {
    for network in [two_papers(), hostile(), network(given::seed(&given::seeds()[0]), 2)] {
        let json = json(&network);
        let ids: Vec<&str> = json["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap()).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len());
        let edges = json["edges"].as_array().unwrap();
        assert!(edges.len() > 10);
        for edge in edges {
            for end in ["from", "to"] {
                assert!(known.contains(edge[end].as_str().unwrap()), "{edge}");
            }
        }
    }
}

#[test]
fn the_schema_names_every_key() {
    fn keys(value: &Value, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                out.extend(map.keys().cloned());
                map.values().for_each(|v| keys(v, out));
            }
            Value::Array(all) => all.iter().for_each(|v| keys(v, out)),
            _ => {}
        }
    }
    let mut used = BTreeSet::new();
    keys(&json(&network(given::seed(&given::seeds()[0]), 2)), &mut used);
    let schema: Value = serde_json::from_str(&drawn(&two_papers(), "json-schema")).unwrap();
    let mut named = BTreeSet::new();
    keys(&schema, &mut named);
    assert!(used.len() > 20);
    assert_eq!(used.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn texts_stay_texts() {
    let network = hostile();
    assert!(!nodes(&network, "claim").is_empty());
    for form in FORMS {
        let text = form.render(&network);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{}: a control character", form.name());
        if matches!(form.name(), "svg" | "graphml") {
            for raw in ["<script", "</script", "<b>", "]]>", "<!--", "<a "] {
                assert!(!text.contains(raw), "{}: {raw}", form.name());
            }
            assert!(text.contains("&lt;script&gt;"), "{}: the words have gone", form.name());
        }
    }
    let svg = drawn(&network, "svg");
    assert!(!svg.contains('\u{202e}') && svg.contains("Brackwater"));
    // Every line of DOT is closed where it was opened.
    for line in drawn(&network, "dot").lines() {
        let unescaped = line.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(unescaped.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn the_part_around_a_name() {
    let whole = two_papers();
    let part = whole.around("agnes thorley").unwrap();
    assert_eq!(nodes(&part, "entity"), BTreeSet::from(["entity:Agnes Thorley".to_owned()]));
    assert_eq!((nodes(&part, "claim").len(), nodes(&part, "source").len()), (2, 2));
    assert!(drawn(&part, "json").contains("\"type\": \"conflict\""));
    assert!(!drawn(&part, "json").contains("4.2 million"));
    // A word of the name will do, a slip will not, and is told what comes near.
    assert_eq!(drawn(&part, "svg"), drawn(&whole.around("THORLEY").unwrap(), "svg"));
    assert_eq!(whole.around("Thorly").unwrap_err(), Unclear::Unknown(vec!["Agnes Thorley".to_owned()]));
    assert_eq!(whole.around("Zyx").unwrap_err(), Unclear::Unknown(Vec::new()));
    assert_eq!(whole.around("").unwrap_err(), Unclear::Unknown(Vec::new()));

    let text = "Agnes Thorley died on 3 June 1874. Edwin Thorley died on 4 June 1888.";
    let two = network(documents(&[("a.txt", text)]), 1);
    let names = ["Agnes Thorley", "Edwin Thorley"].map(str::to_owned).to_vec();
    assert_eq!(two.around("Thorley").unwrap_err(), Unclear::Several(names));
}

#[test]
fn a_picture_has_an_end() {
    let mut texts = Vec::new();
    for at in 0..50 {
        let line = |n: usize| format!("The Alder Trust number {n} was valued at ${}.2 million. ", n + 1);
        texts.push((format!("{at:02}.txt"), (at * 12..at * 12 + 12).map(line).collect::<String>()));
    }
    texts.push(("a.txt".to_owned(), "Agnes Thorley died on 3 June 1874.".to_owned()));
    texts.push(("b.txt".to_owned(), "Agnes Thorley died on 8 June 1874.".to_owned()));
    let texts: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    let network = network(documents(&texts), 2);
    assert!(nodes(&network, "claim").len() > 400);
    let svg = drawn(&network, "svg");
    assert_eq!(svg.matches("<g class=\"claim\">").count(), 400);
    assert!(svg.contains("claims are drawn") && svg.contains("8 June 1874"));
    let part = drawn(&network.around("Agnes Thorley").unwrap(), "svg");
    assert!(!part.contains("claims are drawn") && part.contains("class=\"conflict\""));
}

#[test]
fn as_a_command() {
    let folder = Folder::new("graph");
    folder.file("set/ledger.md", LEDGER);
    folder.file("set/post.txt", POST);
    run(&folder, &["graph", "set"]).expect(0, &["digraph belie {"]);
    run(&folder, &["graph", "set", "--format", "svg=out.svg", "--format", "json"]).expect(0, &["belie-graph/1"]);
    assert!(std::fs::read_to_string(folder.0.join("out.svg")).unwrap().ends_with("</svg>\n"));
    run(&folder, &["graph", "set", "--format", "grafml"]).expect(2, &["no format `grafml`", "did you mean `graphml`?"]);
    run(&folder, &["graph", "set", "--around", "Thorly"])
        .expect(2, &["no claim is about", "did you mean `Agnes Thorley`"]);
    run(&folder, &["graph", "nowhere"]).expect(2, &["nowhere"]);
}

/// What a tool says to an input; `None` when it is not on this machine, which the test says.
#[allow(clippy::print_stderr)] // a test that does not run has to say so
fn tool(name: &str, arguments: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        eprintln!("skipped: {name} is not on this machine");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.as_bytes().to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("ModuleNotFoundError") {
        eprintln!("skipped: a module of {name} is not on this machine: {said}");
        return None;
    }
    assert!(output.status.success(), "{name}: {said}");
    assert_eq!(said, "", "{name} warns");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn graphviz_reads_dot() {
    let network = hostile();
    if let Some(svg) = tool("dot", &["-Tsvg"], &drawn(&network, "dot")) {
        let count = json(&network)["nodes"].as_array().unwrap().len();
        assert_eq!(svg.matches("class=\"node ").count(), count);
        // What stood in the text stands in the picture, and nothing of it has become an element.
        assert!(svg.contains("alert") && !svg.contains("<script"));
    }
}

#[test]
fn networkx_reads_graphml() {
    let script = "import sys, networkx\ng = networkx.parse_graphml(sys.stdin.read())\nprint(g.number_of_nodes(), g.number_of_edges())\nprint(sorted(d['id'] for _, d in g.nodes(data=True)))";
    for network in [two_papers(), hostile()] {
        let Some(said) = tool("python3", &["-c", script], &drawn(&network, "graphml")) else { return };
        let json = json(&network);
        let (nodes, edges) = (json["nodes"].as_array().unwrap().len(), json["edges"].as_array().unwrap().len());
        assert!(said.starts_with(&format!("{nodes} {edges}\n")), "{said}");
        assert!(said.contains("claim:"));
    }
}

#[test]
fn an_xml_parser_reads_the_picture() {
    let script = "import sys, xml.etree.ElementTree as e\nr = e.fromstring(sys.stdin.buffer.read())\nprint(sum(1 for x in r.iter() if x.tag.endswith('script')), r.tag)";
    for network in [two_papers(), hostile()] {
        let Some(said) = tool("python3", &["-c", script], &drawn(&network, "svg")) else { return };
        assert_eq!(said, "0 {http://www.w3.org/2000/svg}svg\n");
    }
}
