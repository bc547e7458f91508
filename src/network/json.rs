//! JSON: one object a network, `belie-graph/1`.

use petgraph::visit::EdgeRef as _;

use crate::text::json_pretty;

use super::v1::{FORMAT, Graph, Joined};
use super::{Form, Network};

/// `--format json`.
pub(super) struct Json;

impl Form for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn help(&self) -> &'static str {
        "one object with nodes and edges, by id"
    }

    fn render(&self, network: &Network) -> String {
        let graph = &network.graph;
        let edges = graph.edge_references();
        json_pretty(&Graph {
            format: FORMAT,
            around: &network.around,
            nodes: graph.node_weights().collect(),
            edges: edges
                .map(|e| Joined { from: graph[e.source()].id(), to: graph[e.target()].id(), edge: e.weight() })
                .collect(),
        })
    }
}
