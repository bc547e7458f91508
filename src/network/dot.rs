//! DOT, the language of Graphviz.
//!
//! Nodes are numbered in their order; `id` and the rest stand in labels and tooltips. petgraph's own writer is not used:
//! it escapes for Rust (`\u{1b}`), not for Graphviz, which reads `\N` and `&lt;` inside quotation marks.

use std::fmt::Write as _;

use petgraph::visit::{EdgeRef as _, IntoNodeReferences as _};

use crate::text::safe;

use super::v1::Node;
use super::{Form, Network};

/// Most characters of a label; tooltips hold all.
const LONGEST: usize = 60;

/// `--format dot`.
pub(super) struct Dot;

impl Form for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn help(&self) -> &'static str {
        "DOT, for Graphviz"
    }

    fn render(&self, network: &Network) -> String {
        let mut out = String::from("digraph belie {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=10];\n");
        out.push_str("  edge [fontname=\"sans-serif\", fontsize=9, color=\"gray60\"];\n");
        for (at, node) in network.graph.node_references() {
            let shape = match node {
                Node::Source(_) => "folder",
                Node::Claim(_) => "box",
                Node::Entity(_) => "ellipse",
                Node::Origin(_) => "house",
            };
            let _ = writeln!(
                out,
                "  n{} [class={}, shape={shape}, label={}, tooltip={}];",
                at.index(),
                node.kind(),
                quoted(&shortened(node.label())),
                quoted(&tooltip(node))
            );
        }
        for edge in network.graph.edge_references() {
            let weight = edge.weight();
            let drawn = match &weight.relation {
                None => format!("class={}, style=dotted, arrowhead=none", weight.kind),
                Some(relation) => format!(
                    "class={}, constraint=false, {}, label={}, tooltip={}",
                    quoted(weight.kind),
                    line(weight.kind),
                    quoted(weight.kind),
                    quoted(&format!("{}: {}", relation.rule, relation.message))
                ),
            };
            let _ = writeln!(out, "  n{} -> n{} [{drawn}];", edge.source().index(), edge.target().index());
        }
        out.push_str("}\n");
        out
    }
}

fn tooltip(node: &Node) -> String {
    match node {
        Node::Claim(c) => format!("{}:{}:{}: {}", c.path, c.line, c.column, c.text),
        Node::Source(s) => {
            let more = [s.publisher.as_deref(), s.published.as_deref()];
            [s.path.as_str()].into_iter().chain(more.into_iter().flatten()).collect::<Vec<_>>().join(", ")
        }
        Node::Entity(e) => format!("{} ({})", e.label, e.kind),
        Node::Origin(o) => o.label.clone(),
    }
}

/// How a relation looks; only what leads somewhere has an arrow.
fn line(relation: &str) -> &'static str {
    match relation {
        "conflict" | "derived-conflict" => "color=\"red3\", penwidth=2, arrowhead=none",
        "updates" => "color=\"blue3\", style=dashed",
        "refines" | "quote-truncated" => "color=\"darkgreen\", style=dashed",
        "unresolved" | "same-origin" => "color=\"gray30\", style=dotted, arrowhead=none",
        _ => "color=\"darkgreen\", arrowhead=none",
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// A quoted string of DOT that stands for the text and nothing else: no escape, no entity, no control character.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in safe(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(quoted("a\"];n1->n2[b=\"\\N\\\"\n&lt;"), r#""a\"];n1->n2[b=\"\\N\\\" &amp;lt;""#);
        assert_eq!(quoted("\u{1b}\0"), "\"\u{fffd}\u{fffd}\"");
        assert_eq!(shortened(&"é".repeat(61)).chars().count(), 60);
    }
}
