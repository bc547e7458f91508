//! GraphML, for Gephi, yEd, Cytoscape and networkx.
//!
//! Nodes are numbered in their order, since an id of GraphML may hold no space; the id of the node is the datum `id`.
//! `petgraph-graphml` is not used: it writes its keys in an order that changes from run to run, gives a key of nodes and
//! one of edges the same id, and lets control characters through.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use petgraph::visit::{EdgeRef as _, IntoNodeReferences as _};
use serde::Serialize;
use serde_json::Value;

use super::xml::escaped;
use super::{Form, Network};

/// `--format graphml`.
pub(super) struct GraphMl;

impl Form for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn help(&self) -> &'static str {
        "GraphML with all that is known of every node and edge"
    }

    fn render(&self, network: &Network) -> String {
        let (mut nodes, mut edges) = (Keys::new("node"), Keys::new("edge"));
        let mut body = String::from("  <graph id=\"belie\" edgedefault=\"directed\">\n");
        for (at, node) in network.graph.node_references() {
            let _ = writeln!(body, "    <node id=\"n{}\">", at.index());
            nodes.write(node, &mut body);
            body.push_str("    </node>\n");
        }
        for edge in network.graph.edge_references() {
            let (id, a, b) = (edge.id().index(), edge.source().index(), edge.target().index());
            let _ = writeln!(body, "    <edge id=\"e{id}\" source=\"n{a}\" target=\"n{b}\">");
            edges.write(edge.weight(), &mut body);
            body.push_str("    </edge>\n");
        }
        body.push_str("  </graph>\n");
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
        for keys in [&nodes, &edges] {
            keys.declare(&mut out);
        }
        out + &body + "</graphml>\n"
    }
}

/// The data of nodes or of edges: by name the type.
struct Keys {
    of: &'static str,
    types: BTreeMap<String, &'static str>,
}

impl Keys {
    fn new(of: &'static str) -> Keys {
        Keys { of, types: BTreeMap::new() }
    }

    /// Writes what the wire type holds: numbers and words as they are, a list with a space between its members.
    fn write<T: Serialize>(&mut self, wire: &T, out: &mut String) {
        // Keys are strings and numbers whole: serialising to memory cannot fail.
        let Ok(Value::Object(map)) = serde_json::to_value(wire) else { return };
        for (name, value) in map {
            let (kind, text) = match &value {
                Value::Number(n) => ("int", n.to_string()),
                Value::String(s) => ("string", s.clone()),
                Value::Array(all) => ("string", all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
                _ => continue,
            };
            let _ = writeln!(out, "      <data key=\"{}-{name}\">{}</data>", self.of, escaped(&text));
            self.types.insert(name, kind);
        }
    }

    fn declare(&self, out: &mut String) {
        for (name, kind) in &self.types {
            let of = self.of;
            let _ = writeln!(out, "  <key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
        }
    }
}
