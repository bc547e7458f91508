//! Alignment: what stands around two values, and where two sentences that say much the same differ.
//!
//! Comes in: the passages of all documents. Goes out: for a place in a passage its [`Neighbourhood`], from near to
//! far along the dependency tree; for two passages their [`Contrast`]s, from units that are aligned one to one.

mod contrast;
mod difference;
mod feature;
mod lexis;
mod question;
mod vector;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use foldhash::HashMap;
use jiff::civil::Date;

use crate::claim::Passage;
use crate::entity::Merged;
use crate::language::{Label, Tag, Tree};
use crate::rule::{EntityType, Lookup};
use crate::segment::SegmentKind;
use crate::source::Document;
use crate::text::Span;
use crate::value::Quantity;

pub(crate) use contrast::Aligned;
pub use contrast::{Contrast, ContrastKind};
use contrast::{Sentence, Side};
pub(crate) use difference::{Difference, Gap, Half, Item, ItemKind};
pub(crate) use feature::Feature;
pub use feature::Features;
use lexis::{Entry, Lexis, RARE, Read, SENSES, number_key};
pub(crate) use question::question;
pub use vector::Vector;

/// How much a figure weighs where two sentences are aligned.
const FIGURE: u32 = 8;
/// Most that a word weighs less for each doubling of the sentences of its document in which it stands.
const LOCAL: u32 = 2;
/// Sentences of a document closer to each other than this stand side by side.
const BESIDE: usize = 5;
/// How much of two sentences is the same, in thousandths, where they are one but for a spot.
const SAME: i32 = 950;
/// Steps within which a word says which of several things a value is of.
const NEAR: u32 = 3;
/// The same for a name.
const NEAR_NAME: u32 = 4;
/// The size of a feature that is there or not, in thousandths.
pub(crate) fn yes(is: bool) -> i32 {
    if is { 1000 } else { 0 }
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Word,
    Name,
    Figure,
    /// A place in an order.
    Place,
}

/// A content word, a name or a figure of a passage.
#[derive(Debug, Clone, Copy)]
struct Part {
    kind: PartKind,
    /// Its token, or the last one of the name.
    token: u16,
    /// First token of the name.
    first: u16,
    /// The word, or the entity of the name.
    key: u32,
    /// The family of the word; the same as `key` for a name.
    stem: u32,
    /// Rows of the synonyms in which the word stands, at most so many; of a figure its dimension; 0 is none.
    senses: [u32; SENSES],
    /// How much it tells, in bits.
    weight: u32,
    /// Whether it stands inside what refers to what has a name.
    inside: bool,
}

impl Part {
    /// Whether it tells what a passage is about: a figure tells it of nothing else.
    fn counts(&self) -> bool {
        matches!(self.kind, PartKind::Word | PartKind::Name) && !self.inside
    }

    /// Its tokens.
    fn tokens(&self) -> Range<usize> {
        usize::from(self.first)..usize::from(self.token) + 1
    }

    /// Whether a token is of it.
    fn holds(&self, token: usize) -> bool {
        self.tokens().contains(&token)
    }

    /// What finds it, each with its weight: the word most of all, then its family and its synonyms.
    fn keys(&self, weight: u32) -> impl Iterator<Item = (u32, u32)> + use<> {
        let less = weight * 2 / 3;
        let senses = self.senses.into_iter().filter(|s| *s != 0).map(move |s| (s, less));
        [(self.key, weight), (self.stem, less)].into_iter().chain(senses)
    }
}

/// All passages of a run with their words as numbers.
#[derive(Debug)]
pub struct Passages {
    passages: Vec<Arc<Vec<Passage>>>,
    /// By document and passage, ready to be aligned.
    sentences: Vec<Vec<Sentence>>,
    /// Words of each passage.
    vectors: Vec<Vec<Vector>>,
    lexis: Lexis,
    /// What is known of the names.
    sorts: HashMap<u32, EntityType>,
}

/// A set of which one thing is one at a time, and the member of it that a word is.
pub type Member = (u32, u32);

/// What stands round a place, from near to far.
#[derive(Debug, Clone, Default)]
pub struct Neighbourhood {
    /// What it belongs to: the noun that it counts or names a quantity of.
    pub noun: Option<u32>,
    /// The predicate that governs it.
    pub verb: Option<u32>,
    /// Subject of that predicate; of a relative clause, the noun that it belongs to.
    pub subject: Option<u32>,
    /// The entity of that subject, where it stands there by name.
    pub named_subject: Option<u32>,
    /// Words that tell something, in its passage.
    pub words: usize,
    /// Whether it is a standard, a plan or a demand rather than what was so: "the limit is 30 tonnes".
    pub standard: bool,
    /// Whether it is what was so before: "up from $40".
    pub former: bool,
    /// Whether words near it say that it was so at an earlier time.
    pub then: bool,
    /// Whether a verb of change stands close to it: "rose to 30".
    pub change: bool,
    /// The names near it, sorted.
    pub names: Vec<u32>,
    /// The words near it that are members of sets of which one thing is one at a time: set and member, sorted.
    pub members: Vec<Member>,
    /// The keys of the other figures of its passage, sorted.
    pub figures: Vec<u32>,
    /// The same of its passage and of those before and after it, but for those of one digit.
    pub around: Vec<u32>,
    /// Words by nearness in the tree, the nearest weighing most by far.
    pub near: Vector,
    /// Words by nearness in the tree.
    pub tree: Vector,
    /// Words of the whole passage.
    pub whole: Vector,
    /// With those of the passages before and after, and of the headings above.
    pub wide: Vector,
}

impl Neighbourhood {
    /// How many figures stand round both, at most three.
    pub fn figures_around(&self, other: &Neighbourhood) -> usize {
        self.around.iter().filter(|f| other.around.binary_search(f).is_ok()).take(3).count()
    }
}

impl Passages {
    /// The passages of the documents that are set beside others, by document; of the rest none is kept.
    pub fn new(
        mut passages: Vec<Arc<Vec<Passage>>>,
        related: &[(u32, u32)],
        documents: &[Document],
        merged: &Merged,
        lookup: &Lookup,
    ) -> Passages {
        let met: BTreeSet<u32> = related.iter().flat_map(|(a, b)| [*a, *b]).collect();
        for (_, alone) in (0u32..).zip(&mut passages).filter(|(n, _)| !met.contains(n)) {
            *alone = Arc::default();
        }
        let mut lexis = Lexis::default();
        let mut sentences: Vec<Vec<Sentence>> = Vec::with_capacity(passages.len());
        for (document, all) in (0u32..).zip(&passages) {
            let text = &documents[document as usize].text;
            let mut lemmas = |p: &Passage| p.tree.tokens.iter().map(|t| lexis.id(&t.lemma, lookup)).collect();
            let lemmas: Vec<Vec<u32>> = all.iter().map(&mut lemmas).collect();
            let read = |(p, lemmas): (_, &Vec<u32>)| parts_of(p, lemmas, (document, text), merged, &mut lexis);
            let mut parts: Vec<Vec<Part>> = all.iter().zip(&lemmas).map(read).collect();
            // What stands in many sentences of a document tells less which of them is meant.
            let mut often: HashMap<u32, u32> = HashMap::default();
            for passage in &parts {
                let mut own: Vec<u32> = passage.iter().map(|p| p.key).collect();
                own.sort_unstable();
                own.dedup();
                own.into_iter().for_each(|k| *often.entry(k).or_default() += 1);
            }
            for part in parts.iter_mut().flatten() {
                let often = often.get(&part.key).map_or(0, |n| n.ilog2());
                part.weight = part.weight.saturating_sub(LOCAL * often).max(1);
            }
            let sentence = |((p, parts), lemmas)| Sentence::new(p, parts, lemmas, text, &mut lexis, lookup);
            sentences.push(all.iter().zip(parts).zip(lemmas).map(sentence).collect());
        }
        let sort = |(global, kind): (u32, &EntityType)| (lexis.key(format!("@{global}")), *kind);
        let sorts = (0u32..).zip(&merged.kinds).map(sort).collect();
        let words = |s: &Sentence| Vector::new(s.parts().filter(|p| p.counts()).flat_map(|p| p.keys(p.weight * 100)));
        let vectors = sentences.iter().map(|all| all.iter().map(words).collect()).collect();
        Passages { passages, sentences, vectors, lexis, sorts }
    }

    /// Where a passage of a document stands.
    pub(crate) fn span(&self, document: u32, at: usize) -> Option<Span> {
        Some(self.passages.get(document as usize)?.get(at)?.span)
    }

    /// The tree of the passage of a document in which a span begins, if it is kept.
    pub(crate) fn tree(&self, document: u32, span: Span) -> Option<&Tree> {
        self.at(document, span).map(|at| &self.passages[document as usize][at].tree)
    }

    /// The figure of a passage that stands in a span, as read; places in an order and scores have none.
    pub(crate) fn quantity(&self, (document, at): (u32, usize), span: Span) -> Option<&Quantity> {
        let passage = self.passages.get(document as usize)?.get(at)?;
        passage.figures.iter().filter(|f| f.span.overlaps(span)).find_map(|f| f.quantity.as_ref())
    }

    /// The first and last days of the times that a passage names, by document and place, where both are known.
    pub(crate) fn days(&self, (document, at): (u32, usize)) -> Vec<(Date, Date)> {
        let passage = self.passages.get(document as usize).and_then(|all| all.get(at));
        passage.into_iter().flat_map(|p| &p.times).filter_map(|t| t.days).collect()
    }

    /// The words of the passages of a document.
    pub(crate) fn vectors(&self, document: u32) -> &[Vector] {
        self.vectors.get(document as usize).map_or(&[], Vec::as_slice)
    }

    /// Two passages aligned, each given by document and place.
    pub(crate) fn aligned<'a>(
        &'a self,
        (d, m): (u32, usize),
        (e, n): (u32, usize),
        documents: &'a [Document],
    ) -> Aligned<'a> {
        let side = |d: u32, m: usize| {
            let d = d as usize;
            let Passage { tree, figures, .. } = &self.passages[d][m];
            Side { sentence: &self.sentences[d][m], tree, figures, text: &documents[d].text }
        };
        Aligned::new(side(d, m), side(e, n), &self.lexis)
    }

    /// What two passages have in common and where they differ, given by their document and a place in them; what stands in
    /// some places of either is left out.
    pub(crate) fn difference<'a>(
        &'a self,
        (d, own): (u32, Span),
        (e, other): (u32, Span),
        documents: &'a [Document],
        cut: [Vec<Span>; 2],
    ) -> Option<Difference<'a>> {
        let (m, n) = (self.at(d, own)?, self.at(e, other)?);
        Some(Difference::new(self.aligned((d, m), (e, n), documents), cut))
    }

    /// The contrasts of two passages.
    pub(crate) fn contrasts(&self, aligned: &Aligned<'_>) -> Vec<Contrast> {
        aligned.contrasts(|key| self.sorts.get(&key).copied())
    }

    /// The key of a figure that stands in some passage, as [`Neighbourhood`] has it.
    pub(crate) fn number(&self, digits: &str) -> Option<u32> {
        self.lexis.number(digits)
    }

    /// The passage of a document in which a span begins.
    pub(crate) fn at(&self, document: u32, span: Span) -> Option<usize> {
        let all = self.passages.get(document as usize)?;
        let after = all.partition_point(|p| p.span.start <= span.start);
        let at = after.checked_sub(1)?;
        (span.start < all[at].span.end).then_some(at)
    }

    /// The same by document and place.
    pub(crate) fn place(&self, document: u32, span: Span) -> Option<(u32, usize)> {
        Some((document, self.at(document, span)?))
    }

    /// Whether each of two documents is a single sentence.
    pub(crate) fn are_single(&self, a: u32, b: u32) -> bool {
        [a, b].iter().all(|d| self.passages.get(*d as usize).is_none_or(|all| all.len() < 2))
    }

    /// Whether two passages of one document may contradict each other by a slip, by what is seen of two spots in them: where they
    /// stand side by side, whoever wrote them sees both, so that they tell of two things unless they are the same but for the spots.
    pub(crate) fn may_be_a_slip(&self, m: (u32, usize), n: (u32, usize), seen: &Features) -> bool {
        self.may_tell_of_one(m, n) && (!self.are_side_by_side(m, n) || seen.size(Feature::Covered) >= SAME)
    }

    /// Whether two passages of one document may tell of one thing: both say something with a verb, and they are no entries of
    /// lists, nor what leads to a list, which go through many things.
    pub(crate) fn may_tell_of_one(&self, m: (u32, usize), n: (u32, usize)) -> bool {
        let both = |is: fn(&Passage) -> bool| [m, n].iter().all(|(d, at)| is(&self.passages[*d as usize][*at]));
        let says = |p: &Passage| p.tree.tokens.iter().any(|t| t.tag.is_verb() || t.tag == Tag::Aux);
        both(says) && !both(|p| p.kind == SegmentKind::ListItem || p.leads)
    }

    /// Whether two passages are so near each other in one document that whoever wrote them sees both.
    pub(crate) fn are_side_by_side(&self, (d, m): (u32, usize), (e, n): (u32, usize)) -> bool {
        d == e && m.abs_diff(n) < BESIDE
    }

    /// What stands round a span of a passage. The words of the span itself are left out.
    pub(crate) fn neighbourhood(&self, document: u32, span: Span, lookup: &Lookup) -> Neighbourhood {
        let Some(at) = self.at(document, span) else { return Neighbourhood::default() };
        let passage = &self.passages[document as usize][at];
        let sentence = &self.sentences[document as usize][at];
        let tree = &passage.tree;
        let read = Read { tree, lemmas: &sentence.lemmas, lexis: &self.lexis };
        let Some(top) = tree.top(span) else { return Neighbourhood::default() };
        let distances = distances(tree, top);
        let own = |p: &&Part| p.counts() && !span.overlaps(tree.tokens[usize::from(p.token)].span);
        let distance = |p: &Part| (p.first..=p.token).map(|t| distances[usize::from(t)]).min().unwrap_or(99);
        let weighted = |by: fn(u32) -> u32| {
            sentence.parts().filter(own).flat_map(move |p| {
                let w = p.weight * by(distance(p));
                p.keys(w)
            })
        };
        let flat = |of: &Sentence, by: u32| -> Vec<(u32, u32)> {
            of.parts().filter(|p| p.counts()).flat_map(|p| p.keys(p.weight * by)).collect()
        };
        let of_document = &self.sentences[document as usize];
        let beside = || [at.checked_sub(1), (at + 1 < of_document.len()).then_some(at + 1)].into_iter().flatten();
        let headings = self.passages[document as usize].iter().zip(of_document);
        let heading = headings.filter(|(p, _)| Some(p.segment) == passage.heading).flat_map(|(_, all)| flat(all, 40));
        let clause = clause(tree, top);
        let tokens = || distances.iter().copied().enumerate();
        let of = |t: usize| sentence.parts().find(|p| p.holds(t)).map(|p| p.stem);
        Neighbourhood {
            noun: clause.noun.and_then(of),
            verb: clause.verb.and_then(of),
            subject: clause.subject.and_then(of),
            named_subject: {
                let proper = |t: &usize| tree.tokens[*t].tag == Tag::Propn;
                let part = clause.subject.filter(proper).and_then(|t| sentence.parts().find(|p| p.holds(t)));
                part.filter(|p| p.kind == PartKind::Name).map(|p| p.key)
            },
            words: sentence.parts().filter(own).count(),
            standard: tokens().any(|(at, d)| d <= NEAR && read.entry(at).is_standard),
            former: former(read, top, span),
            then: then(read, &distances, span, lookup),
            change: tokens().any(|(at, d)| d <= 2 && tree.tokens[at].tag.is_verb() && read.entry(at).is_change),
            names: {
                let near = |p: &&Part| p.kind == PartKind::Name && distance(p) <= NEAR_NAME;
                sorted(sentence.parts().filter(own).filter(near).map(|p| p.key))
            },
            members: {
                let near = |at: usize| distances[at] <= NEAR && !span.overlaps(tree.tokens[at].span);
                sorted(sentence.members.iter().filter(|(at, _)| near(usize::from(*at))).map(|(_, member)| *member))
            },
            figures: {
                let others = passage.figures.iter().zip(&sentence.numbers).filter(|(f, _)| !f.span.overlaps(span));
                sorted(others.map(|(_, key)| *key))
            },
            around: {
                let figures =
                    |i: usize| self.passages[document as usize][i].figures.iter().zip(&of_document[i].numbers);
                let own = figures(at).filter(|(f, _)| !f.span.overlaps(span));
                let all = own.chain(beside().flat_map(figures)).filter(|(f, _)| f.number.len() > 1 && !f.is_place());
                sorted(all.map(|(_, key)| *key))
            },
            near: Vector::new(weighted(|d| [0, 100, 50, 20, 5].get(d as usize).copied().unwrap_or(0))),
            tree: Vector::new(weighted(|d| {
                [100, 100, 80, 64, 51, 41, 33, 26, 21, 17, 13, 11, 9].get(d as usize).copied().unwrap_or(7)
            })),
            whole: Vector::new(weighted(|_| 100)),
            wide: Vector::new(weighted(|_| 100).chain(beside().flat_map(|i| flat(&of_document[i], 40))).chain(heading)),
        }
    }
}

/// The content words and names of a passage.
fn parts_of(
    passage: &Passage,
    lemmas: &[u32],
    (document, text): (u32, &str),
    merged: &Merged,
    lexis: &mut Lexis,
) -> Vec<Part> {
    let tree = &passage.tree;
    let mut out: Vec<Part> = Vec::new();
    // The last token of what refers to what has a name, and says something of it: "its second-largest maker".
    let mut reference = None;
    let mut at = 0;
    while let Some(token) = tree.tokens.get(at) {
        if reference == Some(at) {
            (reference, at) = (None, at + 1);
            continue;
        }
        let name = passage.names.iter().find(|n| reference.is_none() && n.span.contains(token.span));
        if let Some(name) = name {
            let last =
                (at..tree.tokens.len()).take_while(|i| name.span.contains(tree.tokens[*i].span)).last().unwrap_or(at);
            let global = merged.global(document, name.entity);
            let key = lexis.key(global.map_or_else(|| format!("?{document}/{}", name.entity), |g| format!("@{g}")));
            let (first, token, kind) = (at as u16, last as u16, PartKind::Name);
            out.push(Part { kind, token, first, key, stem: key, senses: [0; SENSES], weight: RARE, inside: false });
            if at < last && !name.span.of(text).contains(char::is_uppercase) {
                reference = Some(last);
            } else {
                at = last + 1;
                continue;
            }
        }
        let inside = reference.is_some();
        let figure = passage.figures.iter().find(|f| f.span.overlaps(token.span));
        if let Some(figure) = figure.filter(|f| !is_content(token.tag) || f.is_place()) {
            let kind = if figure.is_place() { PartKind::Place } else { PartKind::Figure };
            let own = lexis.key(number_key(&figure.number));
            let dimension = lexis.key(format!("%{}", figure.dimension));
            let within = |i: &usize| tree.tokens.get(*i).is_some_and(|t| figure.span.overlaps(t.span));
            let last = (at..).take_while(within).last().unwrap_or(at);
            let (first, token) = (at as u16, last as u16);
            out.push(Part {
                kind,
                token,
                first,
                key: own,
                stem: own,
                senses: {
                    let mut senses = [0; SENSES];
                    senses[0] = dimension;
                    senses
                },
                weight: FIGURE,
                inside,
            });
            at = last;
        } else if is_content(token.tag) && token.lemma.chars().any(char::is_alphabetic) {
            let Entry { key, stem, senses, weight, .. } = lexis[lemmas[at]];
            let (first, token) = (at as u16, at as u16);
            out.push(Part { kind: PartKind::Word, token, first, key, stem, senses, weight, inside });
        }
        at += 1;
    }
    out
}

/// Whether words of a kind tell what a passage is about.
fn is_content(tag: Tag) -> bool {
    tag.is_noun() || tag.is_verb() || matches!(tag, Tag::Adj | Tag::Adv | Tag::X)
}

/// Steps from a token to every other along the tree; a step between clauses counts twice.
fn distances(tree: &Tree, from: usize) -> Vec<u32> {
    let n = tree.tokens.len();
    let mut out = vec![99; n];
    let mut neighbours: Vec<Vec<(usize, u32)>> = vec![Vec::new(); n];
    for i in 0..n {
        if let Some(head) = tree.head(i) {
            let cost = match tree.tokens[i].label {
                Label::Conj | Label::Parataxis | Label::Advcl | Label::Ccomp | Label::List | Label::Dep => 2,
                Label::Flat | Label::Fixed | Label::Compound => 0,
                _ => 1,
            };
            neighbours[i].push((head, cost));
            neighbours[head].push((i, cost));
        }
    }
    out[from] = 0;
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for (next, cost) in &neighbours[at] {
            if out[at] + cost < out[*next] {
                out[*next] = out[at] + cost;
                open.push(*next);
            }
        }
    }
    out
}

/// Whether a value is led by a word that makes it what was so before.
fn former(read: Read<'_>, top: usize, span: Span) -> bool {
    let before = |at: &usize| read.tree.tokens[*at].span.end <= span.start;
    let last = (0..read.tree.tokens.len()).take_while(before).last();
    read.tree.children(top).filter(before).chain(last).any(|at| read.entry(at).is_former)
}

/// Whether words near a value say that it was so at an earlier time: "last year", "originally".
fn then(read: Read<'_>, distances: &[u32], span: Span, lookup: &Lookup) -> bool {
    let words = read.words();
    let near = |at: &usize| distances[*at] <= NEAR && !span.overlaps(read.tree.tokens[*at].span);
    let told = |at| lookup.terms("then-now").at(&words[at..], None).is_some_and(|(_, t)| &*t.class == "then");
    (0..words.len()).filter(near).any(told)
}

fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let all: BTreeSet<T> = all.collect();
    all.into_iter().collect()
}

/// What governs a place.
struct Clause {
    noun: Option<usize>,
    verb: Option<usize>,
    subject: Option<usize>,
}

/// The noun, the predicate and its subject to which a token belongs.
fn clause(tree: &Tree, top: usize) -> Clause {
    let tag = |i: usize| tree.tokens[i].tag;
    let (mut noun, mut verb, mut at) = (None, None, top);
    for _ in 0..tree.tokens.len() {
        let Some(head) = tree.head(at) else { break };
        if noun.is_none() && tag(head).is_noun() {
            noun = Some(head);
        }
        if tag(head).is_verb() {
            verb = Some(head);
            break;
        }
        at = head;
    }
    let relative = |s: usize, of: usize| {
        let stands = tag(s) == Tag::Pron && matches!(tree.tokens[of].label, Label::Relcl | Label::Acl);
        stands.then(|| tree.head(of)).flatten().unwrap_or(s)
    };
    let subject = |of: usize| {
        let own = tree.children(of).find(|c| matches!(tree.tokens[*c].label, Label::Nsubj | Label::NsubjPass));
        own.map(|s| relative(s, of))
            .or_else(|| matches!(tree.tokens[of].label, Label::Relcl | Label::Acl).then(|| tree.head(of)).flatten())
    };
    let subject = verb.or(Some(at)).and_then(subject).filter(|s| *s != top);
    Clause { noun: noun.or(subject.filter(|_| noun.is_none())), verb, subject }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;
    use crate::entity::merge;

    /// What stands round some words of a text.
    fn around(text: &str, words: &str) -> Neighbourhood {
        let documents = [Document::from_text("a", text)];
        let read = EXTRACTOR.extract(&documents[0], None);
        let lookup = EXTRACTOR.lookup();
        let merged = merge(&[read.known], &[], lookup);
        let passages = Passages::new(vec![read.passages], &[(0, 0)], &documents, &merged, lookup);
        let at = text.find(words).unwrap();
        passages.neighbourhood(0, Span::new(at, at + words.len()), lookup)
    }

    #[test]
    fn what_a_value_belongs_to() {
        for (text, value, expected) in [
            ("The keeper painted 40 boats.", "40", ["boats", "painted", "keeper"]),
            ("The pier that the keeper painted has 40 boats.", "40", ["boats", "has", "pier"]),
            ("The keeper who painted 40 boats slept.", "40", ["boats", "painted", "keeper"]),
            ("The length of the pier is $40.", "$40", ["length", "", "length"]),
        ] {
            let tree = Tree::of(text, Span::new(0, text.len()), &[]);
            let at = text.find(value).unwrap();
            let found = clause(&tree, tree.top(Span::new(at, at + value.len())).unwrap());
            let word = |at: Option<usize>| at.map_or("", |at| tree.tokens[at].span.of(text));
            assert_eq!([found.noun, found.verb, found.subject].map(word), expected, "{text}");
        }
    }

    #[test]
    fn what_a_value_was_or_shall_be() {
        let check = |text: &str, expected: [bool; 4]| {
            let n = around(text, "$40");
            assert_eq!([n.standard, n.former, n.then, n.change], expected, "{text}");
        };
        check("The fare is $40.", [false; 4]);
        check("The target is $40.", [true, false, false, false]);
        check("The fare is $60, up from $40.", [false, true, false, false]);
        check("The fare was $40 last year.", [false, false, true, false]);
        check("The fare rose to $40.", [false, false, false, true]);
        check("The target was missed, the keeper of the gate wrote, and each of them paid $40.", [false; 4]);
    }

    #[test]
    fn names_and_figures_near_a_value() {
        let text = "Omar Lund paid $40 for 12 boats. Ada Berg paid $75 for 320 rafts.";
        let (first, second) = (around(text, "$40"), around(text, "$75"));
        assert_eq!((first.names.len(), second.names.len()), (1, 1));
        assert_ne!(first.names, second.names);
        assert_eq!((first.figures.len(), first.around.len()), (1, 3), "12; and 75 and 320 behind it");
        assert_eq!(first.figures_around(&second), 2, "12 and 320");
        assert_eq!(first.whole.alike(&second.whole), second.whole.alike(&first.whole));
    }
}
