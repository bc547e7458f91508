//! What a picture shows of a network, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::network::Network;
use crate::network::v1::{Claim, Edge, Entity, Node, Origin, Source};

/// The parts of a picture; members refer to each other by index.
pub(super) struct Scene<'a> {
    /// Names of what the picture lies around.
    pub around: &'a [String],
    /// Sources with claims in the picture, in order of id; all of them where no claim is left out.
    pub sources: Vec<&'a Source>,
    /// Origins that more than one source or any claim goes back to. A source beside no origin is its own.
    pub origins: Vec<&'a Origin>,
    /// Claims by what they are about: the largest group first, what is about nothing named last.
    pub groups: Vec<(Option<&'a Entity>, Vec<usize>)>,
    /// The claims, in the order of the groups.
    pub claims: Vec<Shown<'a>>,
    /// Source and origin.
    pub witnesses: Vec<(usize, usize)>,
    /// Relations between claims of the picture, the loudest last, so that they lie on top.
    pub arcs: Vec<Arc<'a>>,
    /// Claims of the network.
    pub all: usize,
}

/// A claim of the picture.
pub(super) struct Shown<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Its source.
    pub source: Option<usize>,
    /// Whoever it is laid at the door of.
    pub origin: Option<usize>,
}

/// A relation of the picture.
pub(super) struct Arc<'a> {
    /// Index of the claim that it leads from.
    pub from: usize,
    /// Index of the claim that it leads to.
    pub to: usize,
    /// The relation.
    pub edge: &'a Edge,
}

/// Kinds of relations in the order in which a reader wants them, loudest first; also the order of the legend.
pub(super) const LOUDNESS: [&str; 12] = [
    "conflict",
    "derived-conflict",
    "updates",
    "unresolved",
    "quote-variant",
    "quote-truncated",
    "refines",
    "compatible",
    "agree",
    "quote-match",
    "derived-consistent",
    "same-origin",
];

/// The place of a relation in [`LOUDNESS`].
pub(super) fn rank(relation: &str) -> usize {
    LOUDNESS.iter().position(|name| *name == relation).unwrap_or(LOUDNESS.len())
}

impl<'a> Scene<'a> {
    /// Chooses and orders; at most `most` claims are taken: those of the loudest relations, then those of any, then in the
    /// order of the network.
    pub(super) fn new(network: &'a Network, most: usize) -> Scene<'a> {
        let graph = &network.graph;
        let claims: Vec<(NodeIndex, &Claim)> = graph
            .node_indices()
            .filter_map(|n| match &graph[n] {
                Node::Claim(c) => Some((n, c)),
                _ => None,
            })
            .collect();
        let all = claims.len();
        let taken = chosen(network, &claims, most);

        // Groups: what a claim is about, then the attribute, so that what can be compared stands together.
        // Words that name nothing are an entity of each source; under one heading what the sources call alike stands once.
        let mut heads: BTreeMap<(&str, &str), NodeIndex> = BTreeMap::new();
        let mut about = |n: NodeIndex| {
            let target = graph.edges(n).find(|e| e.weight().kind == "about").map(|e| e.target())?;
            Some(match &graph[target] {
                Node::Entity(e) => *heads.entry((&e.label, e.kind)).or_insert(target),
                _ => target,
            })
        };
        let mut by: BTreeMap<Option<NodeIndex>, Vec<(NodeIndex, &Claim)>> = BTreeMap::new();
        for (n, claim) in claims.into_iter().filter(|(n, _)| taken.contains(n)) {
            by.entry(about(n)).or_default().push((n, claim));
        }
        let label = |n: Option<NodeIndex>| n.map(|n| graph[n].label());
        let mut order: Vec<_> = by.into_iter().collect();
        order.sort_by(|(a, x), (b, y)| (a.is_none(), y.len(), label(*a), a).cmp(&(b.is_none(), x.len(), label(*b), b)));

        let mut nodes: Vec<(NodeIndex, &Claim)> = Vec::new();
        let mut groups = Vec::new();
        for (entity, mut members) in order {
            members.sort_by(|a, b| (&a.1.attribute, a.0).cmp(&(&b.1.attribute, b.0)));
            let entity = entity.and_then(|n| match &graph[n] {
                Node::Entity(e) => Some(e),
                _ => None,
            });
            groups.push((entity, (nodes.len()..nodes.len() + members.len()).collect()));
            nodes.extend(members);
        }

        let mut sources: Vec<(NodeIndex, &Source)> = Vec::new();
        let mut origins: Vec<(NodeIndex, &Origin)> = Vec::new();
        for n in graph.node_indices() {
            let shown = |n: NodeIndex| taken.contains(&n) || matches!(graph[n], Node::Source(_));
            match &graph[n] {
                Node::Source(s) if taken.len() == all || graph.neighbors(n).any(|c| taken.contains(&c)) => {
                    sources.push((n, s));
                }
                Node::Origin(o) => {
                    let behind: Vec<NodeIndex> =
                        graph.neighbors_directed(n, Direction::Incoming).filter(|&n| shown(n)).collect();
                    if behind.len() > 1 || behind.iter().any(|&n| matches!(graph[n], Node::Claim(_))) {
                        origins.push((n, o));
                    }
                }
                _ => {}
            }
        }

        let place = |of: &[NodeIndex]| of.iter().enumerate().map(|(i, &n)| (n, i)).collect::<BTreeMap<_, _>>();
        let source_at = place(&sources.iter().map(|s| s.0).collect::<Vec<_>>());
        let origin_at = place(&origins.iter().map(|o| o.0).collect::<Vec<_>>());
        let claim_at = place(&nodes.iter().map(|c| c.0).collect::<Vec<_>>());
        let origin_of = |n: NodeIndex| graph.neighbors(n).find_map(|o| origin_at.get(&o).copied());
        let shown = nodes.iter().map(|&(n, claim)| Shown {
            claim,
            source: graph.neighbors_directed(n, Direction::Incoming).find_map(|s| source_at.get(&s).copied()),
            origin: origin_of(n),
        });
        let mut arcs: Vec<(EdgeIndex, Arc<'a>)> = graph
            .edge_references()
            .filter(|e| e.weight().relation.is_some())
            .filter_map(|e| {
                let (from, to) = (*claim_at.get(&e.source())?, *claim_at.get(&e.target())?);
                Some((e.id(), Arc { from, to, edge: e.weight() }))
            })
            .collect();
        arcs.sort_by_key(|(id, arc)| (Reverse(rank(arc.edge.kind)), *id));
        Scene {
            around: &network.around,
            claims: shown.collect(),
            witnesses: sources.iter().enumerate().filter_map(|(i, s)| Some((i, origin_of(s.0)?))).collect(),
            sources: sources.into_iter().map(|s| s.1).collect(),
            origins: origins.into_iter().map(|o| o.1).collect(),
            groups,
            arcs: arcs.into_iter().map(|a| a.1).collect(),
            all,
        }
    }
}

/// The claims that a picture has room for.
fn chosen(network: &Network, claims: &[(NodeIndex, &Claim)], most: usize) -> BTreeSet<NodeIndex> {
    let mut loudest: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for edge in network.graph.edge_references().filter(|e| e.weight().relation.is_some()) {
        let rank = rank(edge.weight().kind);
        for end in [edge.source(), edge.target()] {
            let best = loudest.entry(end).or_insert(rank);
            *best = rank.min(*best);
        }
    }
    let mut ranked: Vec<NodeIndex> = claims.iter().map(|c| c.0).collect();
    ranked.sort_by_key(|n| (loudest.get(n).copied().unwrap_or(usize::MAX), *n));
    ranked.into_iter().take(most).collect()
}
