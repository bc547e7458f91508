//! From an analysis to a network.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use crate::claim::{self, source_place};
use crate::compare::shown;
use crate::entity::{EntityType, Merged};
use crate::finding::Analysis;
use crate::rule::Called;
use crate::source::Document;
use crate::text::{fold, fold_name};
use crate::value::Value;

use super::Network;
use super::v1::{Claim, Edge, Entity, Node, Origin, Relation, Source};

impl Network {
    /// Draws up the network of an analysis. Boilerplate is left out: nothing joins it. Linear, but for sorting names.
    pub fn new(analysis: &Analysis) -> Network {
        let (merged, behind) = (&analysis.entities, &analysis.behind);
        let mut graph: DiGraph<Node, Edge> = DiGraph::new();
        let sources: Vec<NodeIndex> = analysis.documents.iter().map(|d| graph.add_node(source(d))).collect();
        let spoken: Vec<(u32, &claim::Claim, &Document)> = (0..)
            .zip(&analysis.claims)
            .filter(|(_, c)| !c.noise)
            .filter_map(|(at, c)| Some((at, c, analysis.documents.get(c.source as usize)?)))
            .collect();
        let claims: BTreeMap<u32, NodeIndex> = spoken
            .iter()
            .map(|(at, c, document)| (*at, graph.add_node(claim(c, document, &analysis.called))))
            .collect();

        // Names in order, each once, so that the network does not depend on where they were met first.
        let about: Vec<Option<Entity>> = spoken.iter().map(|(_, c, document)| entity(c, document, merged)).collect();
        let laid: Vec<String> = spoken.iter().map(|(_, c, _)| behind.of_claim(c, merged)).collect();
        let known: BTreeMap<String, usize> = (0..).zip(&merged.names).map(|(at, n)| (fold_name(n), at)).collect();
        let named: Vec<Vec<Entity>> = spoken.iter().map(|(_, c, _)| named(c, merged, &known)).collect();
        let mut entities: BTreeMap<&str, NodeIndex> = BTreeMap::new();
        let every = about.iter().flatten().chain(named.iter().flatten());
        for (id, entity) in every.map(|e| (e.id.as_str(), e)).collect::<BTreeMap<_, _>>() {
            entities.insert(id, graph.add_node(Node::Entity(entity.clone())));
        }
        let mut origins: BTreeMap<&str, NodeIndex> = BTreeMap::new();
        for name in behind.names().iter().chain(&laid).map(String::as_str).collect::<BTreeSet<_>>() {
            let node = Origin { id: format!("origin:{name}"), label: name.to_owned() };
            origins.insert(name, graph.add_node(Node::Origin(node)));
        }

        for (&source, name) in sources.iter().zip(behind.names()) {
            if let Some(&origin) = origins.get(name.as_str()) {
                graph.add_edge(source, origin, plain("from"));
            }
        }
        for ((((at, c, _), about), named), laid) in spoken.iter().zip(&about).zip(&named).zip(&laid) {
            let Some(&node) = claims.get(at) else { continue };
            let source = c.source as usize;
            if let Some(&source) = sources.get(source) {
                graph.add_edge(source, node, plain("says"));
            }
            if let Some(&entity) = about.as_ref().and_then(|e| entities.get(e.id.as_str())) {
                graph.add_edge(node, entity, plain("about"));
            }
            let others = named.iter().filter(|e| about.as_ref().is_none_or(|a| a.id != e.id));
            for &entity in others.filter_map(|e| entities.get(e.id.as_str())) {
                graph.add_edge(node, entity, plain("names"));
            }
            // A claim in the document's own voice goes back to whoever the document does.
            if let Some(&origin) = origins.get(laid.as_str()).filter(|_| behind.of(c.source) != laid) {
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

fn claim(claim: &claim::Claim, document: &Document, called: &Called) -> Node {
    let place = source_place(document, claim);
    let value = shown(&claim.value);
    Node::Claim(Claim {
        id: format!("claim:{}", claim.id),
        label: format!("{}: {value}", called.attribute(&claim.attribute)),
        attribute: claim.attribute.clone(),
        called: called.attribute(&claim.attribute).into_owned(),
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

/// The entities that a claim names beside what it is about: as its value, or as where it holds.
fn named(claim: &claim::Claim, merged: &Merged, known: &BTreeMap<String, usize>) -> Vec<Entity> {
    let value = match &claim.value {
        Value::Text(text) => Some(text),
        _ => None,
    };
    let places: BTreeSet<usize> = value
        .into_iter()
        .chain(claim.scope.values())
        .filter_map(|words| known.get(&fold_name(words)).copied())
        .collect();
    places.into_iter().filter_map(|at| of_run(merged, at)).collect()
}

fn of_run(merged: &Merged, at: usize) -> Option<Entity> {
    let (name, kind) = merged.names.get(at).zip(merged.kinds.get(at))?;
    Some(Entity { id: format!("entity:{name}"), label: name.clone(), kind: kind.name() })
}

/// What a claim is about: an entity of the run; a term, which is its words; or other words that name nothing and so
/// mean one thing in one document only.
fn entity(claim: &claim::Claim, document: &Document, merged: &Merged) -> Option<Entity> {
    let subject = claim.subject.as_ref()?;
    let global = subject.entity.and_then(|e| merged.global(claim.source, e));
    let words = || {
        let id = match subject.kind {
            EntityType::Term => format!("entity:{}", fold(&subject.name)),
            _ => format!("entity:{} in {}", subject.name, document.id),
        };
        Entity { id, label: subject.name.clone(), kind: subject.kind.name() }
    };
    Some(global.and_then(|g| of_run(merged, g as usize)).unwrap_or_else(words))
}
