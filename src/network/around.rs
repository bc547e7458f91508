//! The part of a network around a name.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeRef as _, IntoNodeReferences as _};

use crate::text::{fold_name, fold_words};

use super::Network;
use super::v1::Node;

/// Most names that are offered in place of one that is not there.
const OFFERED: usize = 5;
/// How much alike two names are, by Jaro and Winkler, for the one to be offered for the other.
const ALIKE: f64 = 0.75;

/// Why there is no part around a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// Nothing is called so; these names come nearest, the nearest first.
    Unknown(Vec<String>),
    /// The words stand in several names.
    Several(Vec<String>),
}

impl Network {
    /// The claims about the entity of a name or naming it, those that a relation joins with them, and whatever these come from and
    /// are about. Case and accents do not count; where no entity has the name, the one entity in whose name its words
    /// stand is taken.
    ///
    /// # Errors
    /// When no entity or several could be meant.
    pub fn around(&self, name: &str) -> Result<Network, Unclear> {
        let centre = self.called(name)?;
        let into = |n: NodeIndex| self.graph.neighbors_directed(n, Direction::Incoming);
        let about: BTreeSet<NodeIndex> = centre.iter().flat_map(|&n| into(n)).collect();
        let mut kept: BTreeSet<NodeIndex> = about.clone();
        let by_id: BTreeMap<&str, NodeIndex> = self.graph.node_references().map(|(at, n)| (n.id(), at)).collect();
        for &claim in &about {
            let edges = self.graph.edges_directed(claim, Direction::Outgoing);
            for edge in edges.chain(self.graph.edges_directed(claim, Direction::Incoming)) {
                let Some(relation) = &edge.weight().relation else { continue };
                kept.extend([edge.source(), edge.target()]);
                kept.extend(relation.also.iter().filter_map(|id| by_id.get(id.as_str())));
            }
        }
        let joined: Vec<NodeIndex> = kept.iter().flat_map(|&n| self.graph.neighbors_undirected(n)).collect();
        kept.extend(joined.into_iter().filter(|&n| !matches!(self.graph[n], Node::Claim(_))));
        let sources: Vec<NodeIndex> =
            kept.iter().copied().filter(|&n| matches!(self.graph[n], Node::Source(_))).collect();
        let origins = sources.iter().flat_map(|&n| self.graph.neighbors_directed(n, Direction::Outgoing));
        kept.extend(origins.filter(|&n| matches!(self.graph[n], Node::Origin(_))).collect::<Vec<_>>());
        let graph =
            self.graph.filter_map(|at, node| kept.contains(&at).then(|| node.clone()), |_, edge| Some(edge.clone()));
        Ok(Network { graph, around: centre.iter().map(|&n| self.graph[n].label().to_owned()).collect() })
    }

    fn called(&self, name: &str) -> Result<Vec<NodeIndex>, Unclear> {
        let entities = || self.graph.node_indices().filter(|&n| matches!(self.graph[n], Node::Entity(_)));
        let label = |n: NodeIndex| self.graph[n].label();
        let folded = fold_name(name);
        // Words that name nothing are of one document each, and so may be several.
        let exact: Vec<NodeIndex> = entities().filter(|&n| fold_name(label(n)) == folded).collect();
        if !exact.is_empty() {
            return Ok(exact);
        }
        let words = fold_words(&folded);
        let holds = |n: &NodeIndex| {
            let all = fold_words(&fold_name(label(*n)));
            !words.is_empty() && all.windows(words.len()).any(|w| w == words)
        };
        let within: Vec<NodeIndex> = entities().filter(holds).collect();
        let names: BTreeSet<&str> = within.iter().map(|&n| label(n)).collect();
        match names.len() {
            0 => Err(Unclear::Unknown(nearest(&folded, entities().map(label)))),
            1 => Ok(within),
            _ => Err(Unclear::Several(names.into_iter().map(str::to_owned).collect())),
        }
    }
}

/// The names most like one, as a whole or in one of their words; ties by the letter.
fn nearest<'n>(folded: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    // Similarity is quadratic; nobody mistypes a name of hundreds of letters.
    let short = |name: &&str| name.len().max(folded.len()) <= 200;
    let alike = |name: &str| {
        let name = fold_name(name);
        let parts = std::iter::once(name.as_str()).chain(name.split(' '));
        parts.map(|part| strsim::jaro_winkler(part, folded)).fold(0.0, f64::max)
    };
    let mut ranked: Vec<(f64, &str)> =
        names.filter(short).map(|n| (alike(n), n)).filter(|(a, _)| *a >= ALIKE).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut out: Vec<String> = ranked.into_iter().map(|(_, name)| name.to_owned()).collect();
    out.dedup();
    out.truncate(OFFERED);
    out
}
