//! Chains of claims that say the same, and incidents: what conflicts join.

use petgraph::graph::UnGraph;
use petgraph::unionfind::UnionFind;

use super::{Link, Relation};

/// Claims joined by `agree` and `quote-match`, read through (a–b, b–c gives a–c).
#[derive(Debug, Clone)]
pub struct Chains {
    joined: UnionFind<u32>,
}

impl Chains {
    /// Joins the claims that the links say are the same. `claims` is their number.
    pub fn new(claims: usize, links: &[Link]) -> Chains {
        let mut joined = UnionFind::new(claims);
        for link in links.iter().filter(|l| matches!(l.relation, Relation::Agree | Relation::QuoteMatch)) {
            joined.union(link.a, link.b);
        }
        Chains { joined }
    }

    /// The chain of a claim; two claims say the same when their chains are equal.
    pub fn of(&self, claim: u32) -> u32 {
        self.joined.find(claim)
    }

    /// The chains of two claims, the smaller first: the same for every two claims of these chains.
    pub fn between(&self, a: u32, b: u32) -> (u32, u32) {
        let (m, n) = (self.of(a), self.of(b));
        (m.min(n), m.max(n))
    }

    /// All chains, by the smallest index in each.
    pub fn all(&self, claims: usize) -> Vec<Vec<u32>> {
        let mut by: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
        for claim in 0..claims as u32 {
            by.entry(self.of(claim)).or_default().push(claim);
        }
        let mut all: Vec<Vec<u32>> = by.into_values().collect();
        all.sort();
        all
    }
}

/// Groups links into incidents: links with one key are of one incident when a chain of them leads from one to the other.
/// Goes out: for each incident the indices of its links, in order.
pub fn incidents<K: Ord>(links: &[Link], chains: &Chains, key: impl Fn(&Link) -> K) -> Vec<Vec<usize>> {
    // Nodes are the chains of claims, edges the links; the connected components are the incidents.
    let mut graph: UnGraph<u32, usize> = UnGraph::default();
    let mut node = std::collections::BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        let mut of = |claim: u32, graph: &mut UnGraph<u32, usize>| {
            let chain = chains.of(claim);
            *node.entry((chain, key(link))).or_insert_with(|| graph.add_node(chain))
        };
        let (a, b) = (of(link.a, &mut graph), of(link.b, &mut graph));
        graph.add_edge(a, b, at);
    }
    let mut component = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_indices() {
        if let Some((a, b)) = graph.edge_endpoints(edge) {
            component.union(a.index(), b.index());
        }
    }
    let mut by: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for edge in graph.edge_indices() {
        if let Some((a, _)) = graph.edge_endpoints(edge) {
            by.entry(component.find(a.index())).or_default().push(graph[edge]);
        }
    }
    let mut all: Vec<Vec<usize>> = by.into_values().collect();
    for links in &mut all {
        links.sort_unstable();
    }
    all.sort();
    all
}
