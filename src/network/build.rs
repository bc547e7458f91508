//! From an analysis to a network.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use crate::claim;
use crate::compare::shown;
use crate::entity::Merged;
use crate::finding::Analysis;
use crate::origin;
use crate::report::source_place;
use crate::source::Document;

use super::Network;
use super::v1::{Claim, Edge, Entity, Node, Origin, Relation, Source};

impl Network {
    /// Draws up the network of an analysis. `merged` are the entities of its run, `copies` the document that each
    /// document goes back to. Page furniture is left out: nothing joins it. Linear, but for sorting names.
    pub fn new(analysis: &Analysis, merged: &Merged, copies: &[u32]) -> Network {
        let mut graph: DiGraph<Node, Edge> = DiGraph::new();
        let sources: Vec<NodeIndex> = analysis.documents.iter().map(|d| graph.add_node(source(d))).collect();
        let spoken: Vec<(u32, &claim::Claim, &Document)> = (0..)
            .zip(&analysis.claims)
            .filter(|(_, c)| !c.noise)
            .filter_map(|(at, c)| Some((at, c, analysis.documents.get(c.source as usize)?)))
            .collect();
        let claims: BTreeMap<u32, NodeIndex> =
            spoken.iter().map(|(at, c, document)| (*at, graph.add_node(claim(c, document)))).collect();

        // Names in order, each once, so that the network does not depend on where they were met first.
        let about: Vec<Option<Entity>> = spoken.iter().map(|(_, c, document)| entity(c, document, merged)).collect();
        let behind: Vec<String> = analysis.origins.clone();
        let laid: Vec<String> =
            spoken.iter().map(|(_, c, _)| origin::of_claim(c, &analysis.documents, copies, merged)).collect();
        let mut entities: BTreeMap<String, NodeIndex> = BTreeMap::new();
        let named: BTreeMap<&str, &Entity> = about.iter().flatten().map(|e| (e.id.as_str(), e)).collect();
        for (id, entity) in named {
            entities.insert(id.to_owned(), graph.add_node(Node::Entity(entity.clone())));
        }
        let mut origins: BTreeMap<&str, NodeIndex> = BTreeMap::new();
        for name in behind.iter().chain(&laid).map(String::as_str).collect::<BTreeSet<_>>() {
            let node = Origin { id: format!("origin:{name}"), label: name.to_owned() };
            origins.insert(name, graph.add_node(Node::Origin(node)));
        }

        for (&source, name) in sources.iter().zip(&behind) {
            if let Some(&origin) = origins.get(name.as_str()) {
                graph.add_edge(source, origin, plain("from"));
            }
        }
        for (((at, c, _), about), laid) in spoken.iter().zip(&about).zip(&laid) {
            let Some(&node) = claims.get(at) else { continue };
            let source = c.source as usize;
            if let Some(&source) = sources.get(source) {
                graph.add_edge(source, node, plain("says"));
            }
            if let Some(&entity) = about.as_ref().and_then(|e| entities.get(&e.id)) {
                graph.add_edge(node, entity, plain("about"));
            }
            // A claim in the document's own voice goes back to whoever the document does.
            if let Some(&origin) = origins.get(laid.as_str()).filter(|_| behind.get(source) != Some(laid)) {
                graph.add_edge(node, origin, plain("from"));
            }
        }
        for link in &analysis.links {
            let (Some(&a), Some(&b)) = (claims.get(&link.a), claims.get(&link.b)) else { continue };
            let also = link.also.iter().filter_map(|c| claims.get(c)).map(|&n| graph[n].id().to_owned());
            let relation = Relation {
                id: link.id.clone(),
                severity: link.severity.name(),
                rule: link.rule.clone(),
                message: link.message.clone(),
                because: link.grounds.because.clone(),
                also: also.collect(),
            };
            graph.add_edge(a, b, Edge { kind: link.relation.name(), relation: Some(relation) });
        }
        Network { graph, around: Vec::new() }
    }
}

fn plain(kind: &'static str) -> Edge {
    Edge { kind, relation: None }
}

fn source(document: &Document) -> Node {
    Node::Source(Source {
        id: format!("source:{}", document.id),
        label: document.title.clone().unwrap_or_else(|| document.id.clone()),
        path: document.path.clone(),
        publisher: document.publisher.clone(),
        published: document.published.map(|d| d.to_string()),
    })
}

fn claim(claim: &claim::Claim, document: &Document) -> Node {
    let place = source_place(document, claim);
    let value = shown(&claim.value);
    Node::Claim(Claim {
        id: format!("claim:{}", claim.id),
        label: format!("{}: {value}", claim.attribute),
        attribute: claim.attribute.clone(),
        value,
        subject: claim.subject.as_ref().map(|s| s.name.clone()),
        kind: claim.kind.to_string(),
        modality: claim.modality.name(),
        polarity: claim.polarity.name(),
        attributed_to: claim.attributed_to.clone(),
        path: document.path.clone(),
        line: place.position.line,
        column: place.position.column,
        text: claim.span.of(&document.text).to_owned(),
        rule: claim.rule.clone(),
    })
}

/// What a claim is about: an entity of the run, or words that name nothing and so mean one thing in one document only.
fn entity(claim: &claim::Claim, document: &Document, merged: &Merged) -> Option<Entity> {
    let subject = claim.subject.as_ref()?;
    let global = subject.entity.and_then(|e| merged.global(claim.source, e)).map(|g| g as usize);
    Some(match global.and_then(|g| merged.names.get(g).zip(merged.kinds.get(g))) {
        Some((name, kind)) => Entity { id: format!("entity:{name}"), label: name.clone(), kind: kind.name() },
        None => Entity {
            id: format!("entity:{} in {}", subject.name, document.id),
            label: subject.name.clone(),
            kind: subject.kind.name(),
        },
    })
}
