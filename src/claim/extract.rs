//! The first pass over one document: from its text to claims and facts. Pure: the same document, rules and date give
//! the same claims, whatever else is in the run.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use serde::{Deserialize, Serialize};

use crate::entity::{Entities, Known, Posts, resolve};
use crate::language::Tree;
use crate::mention::{Item, ItemKind, Ordinal, Sentence, resolve as resolve_time, sentences};
use crate::rule::{Lookup, Rules};
use crate::segment::{Segment, SegmentKind, segment};
use crate::source::Document;
use crate::text::{Span, fold};
use crate::value::Quantity;

use super::dated::{date, entries};
use super::frame::Frames;
use super::kind::{KINDS, intern_cues};
use super::model::Claim;
use super::plural::resolve_plurals;
use super::view::DocumentView;

/// Rules compiled for extraction; shared by all threads.
#[derive(Debug)]
pub struct Extractor<'r> {
    rules: &'r Rules,
    lookup: Lookup,
    frames: Frames,
}

/// A sentence with the names and figures in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Index of its segment.
    pub segment: u32,
    /// What that is.
    pub kind: SegmentKind,
    /// Whether it leads to something below it: "you need:".
    pub leads: bool,
    /// Index of the segment of the heading above it.
    pub heading: Option<u32>,
    /// Where it stands.
    pub span: Span,
    /// Names, and what refers to what has a name, by place.
    pub names: Vec<Named>,
    /// Figures and places in an order, by place.
    pub figures: Vec<Figure>,
    /// The times that it names, by place.
    pub times: Vec<Timed>,
    /// Its words, each with what governs it.
    pub tree: Tree,
}

/// A time that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timed {
    /// Where it stands.
    pub span: Span,
    /// The first and the last day that it can mean, where both are known.
    pub days: Option<(Date, Date)>,
}

/// A number as read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Where it stands, its unit and its bound included.
    pub span: Span,
    /// In the base unit of its dimension; a place in an order has a number sign before it.
    pub number: Box<str>,
    /// Its dimension.
    pub dimension: Box<str>,
    /// The same as read, with its bound; places in an order and scores have none.
    pub quantity: Option<Quantity>,
}

impl Figure {
    /// Whether it is a place in an order.
    pub(crate) fn is_place(&self) -> bool {
        self.number.starts_with('#')
    }
}

/// A name, or words that stand for what has a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Where it stands.
    pub span: Span,
    /// Of the document.
    pub entity: u32,
}

impl Passage {
    /// A sentence of a segment of a text; `reference` is the day that its times are counted from.
    fn of(sentence: Sentence, segment: &Segment, text: &str, reference: Option<Date>) -> Passage {
        let refers = |i: &&Item| matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { .. });
        let named = |i: &Item| i.entity.map(|entity| Named { span: i.span, entity });
        let mut names: Vec<Named> = sentence.items.iter().filter(refers).filter_map(named).collect();
        names.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
        // Of mentions that share words the longest of those that begin first.
        names.dedup_by(|inner, outer| outer.span.overlaps(inner.span));
        let quantity = |i: &Item| match &i.kind {
            ItemKind::Quantity { quantity, .. } => {
                let all = [quantity.number.or(quantity.min), quantity.max].into_iter().flatten();
                let base = all.map(|n| Some(n.checked_mul(quantity.unit.factor)?.normalize().to_string()));
                let number = base.collect::<Option<Vec<String>>>()?.join("-").into();
                let dimension = quantity.unit.dimension.to_string().into();
                Some(Figure { span: i.span, number, dimension, quantity: Some(quantity.clone()) })
            }
            _ => None,
        };
        let place = |(span, ordinal): &(Span, Ordinal)| match ordinal {
            Ordinal::Nth(n) => {
                let number = format!("#{}", n.normalize()).into();
                Some(Figure { span: *span, number, dimension: "".into(), quantity: None })
            }
            Ordinal::Score(own, other) => {
                let number = format!("{}-{}", own.normalize(), other.normalize()).into();
                Some(Figure { span: *span, number, dimension: "score".into(), quantity: None })
            }
            _ => None,
        };
        let mut figures: Vec<Figure> = sentence.items.iter().filter_map(quantity).collect();
        figures.extend(sentence.ordinals.iter().filter_map(place));
        figures.sort_by_key(|f| (f.span.start, f.span.end));
        let at = sentence.segment as u32;
        let timed = |i: &Item| match &i.kind {
            ItemKind::Time(expression) => {
                let time = resolve_time(expression, reference);
                Some(Timed { span: i.span, days: time.earliest.zip(time.latest) })
            }
            ItemKind::Undated(_) => Some(Timed { span: i.span, days: None }),
            _ => None,
        };
        let times = sentence.items.iter().filter_map(timed).collect();
        let (heading, span, tree) = (segment.heading, sentence.span, sentence.tree);
        let leads = span.of(text).trim_end().ends_with(':');
        Passage { segment: at, kind: segment.kind, leads, heading, span, names, figures, times, tree }
    }
}

/// What one document gives.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Its claims, in order of place.
    pub claims: Vec<Claim>,
    /// Facts: the names of its entities, by entity.
    pub known: Vec<Known>,
    /// Facts: who holds which post.
    pub posts: Posts,
    /// Its sentences with their trees and names; boilerplate left out.
    pub passages: Arc<Vec<Passage>>,
}

impl<'r> Extractor<'r> {
    /// Compiles the extraction rules.
    pub fn new(rules: &'r Rules) -> Extractor<'r> {
        let mut lookup = rules.lookup();
        let frames = Frames::new(&rules.extract, &mut lookup);
        intern_cues(&rules.extract, &mut lookup);
        Extractor { rules, lookup, frames }
    }

    /// The rules that were compiled.
    pub fn rules(&self) -> &'r Rules {
        self.rules
    }

    /// The words and terms of the rules.
    pub fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    /// The sentences of a document with their mentions resolved.
    pub fn sentences(&self, document: &Document) -> (Vec<Segment>, Vec<Sentence>, Entities) {
        let segments = segment(document);
        let mut sentences = sentences(&document.text, &segments, &self.lookup, self.rules.measures());
        let entities = resolve(&document.text, &mut sentences, &self.lookup, |s| segments[s.segment].noise);
        (segments, sentences, entities)
    }

    /// Extracts the claims of a document; `as_of` dates a document that has no date. Their `source` is 0: the run
    /// numbers its documents.
    pub fn extract(&self, document: &Document, as_of: Option<Date>) -> Extraction {
        let (segments, sentences, entities) = self.sentences(document);
        let published = document.published.or(as_of);
        let entries = entries(&document.text, &segments, &sentences, published);
        let view = DocumentView {
            text: &document.text,
            segments: &segments,
            sentences: &sentences,
            entities: &entities,
            rules: self.rules,
            lookup: &self.lookup,
            frames: &self.frames,
            published,
            entries,
        };
        let mut claims = Vec::new();
        for kind in KINDS {
            kind.extract(&view, &mut claims);
        }
        resolve_plurals(&view, &mut claims);
        date(&mut claims, &sentences, &view.entries);
        claims.sort_by(|a, b| (a.span, a.value_span, &a.rule).cmp(&(b.span, b.value_span, &b.rule)));
        identify(document, &mut claims);
        let known = entities
            .all
            .iter()
            .enumerate()
            .map(|(i, e)| Known {
                name: e.name.clone(),
                kind: e.kind,
                count: e.count,
                initials: e.initials(),
                topic: entities.topic == Some(i as u32),
            })
            .collect();
        let references: Vec<Option<Date>> = sentences.iter().map(|s| view.reference(s)).collect();
        let prose = sentences.into_iter().zip(references).filter(|(s, _)| !segments[s.segment].noise);
        let passages = prose.map(|(s, of)| {
            let segment = &segments[s.segment];
            Passage::of(s, segment, &document.text, of)
        });
        let passages = passages.collect();
        Extraction { claims, known, posts: entities.posts, segments, passages: Arc::new(passages) }
    }
}

/// Gives every claim its id: hash of source id, folded sentence, value words, rule and occurrence number.
fn identify(document: &Document, claims: &mut [Claim]) {
    let mut seen: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for claim in claims {
        let words = |s: Span| fold(s.of(&document.text));
        let base = [document.id.as_str(), &words(claim.span), &words(claim.value_span), &claim.rule].join("\u{1f}");
        let occurrence = seen.entry(base.clone()).or_insert(0);
        claim.id = hash(&format!("{base}\u{1f}{occurrence}"));
        *occurrence += 1;
    }
}

/// First sixteen hexadecimal digits of the sha256.
pub(crate) fn hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..8])
}
