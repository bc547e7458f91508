//! Verdicts: what the sources say of a statement that was checked against them.
//!
//! Comes in: an analysis of the statement together with its sources. Goes out: a verdict on every sentence of the
//! statement, with the places of the sources that it rests on, and one on the whole. Nothing is compared here: a verdict
//! is what the links say, and where there is none, whether a passage comes near. What the statement contradicts within itself is no matter of its sources.

use std::collections::BTreeSet;

use crate::align::Passages;
use crate::compare::{Nearest, asserts};
use crate::graph::{Chains, GateName, Link, Relation, Severity};
use crate::rule::{self, Lookup};
use crate::segment::Segment;
use crate::segment::SegmentKind::{Heading, Title};
use crate::text::{Span, content_lemma, fold_words, tokenise};
use crate::value::{Judgement, Value};

use super::Analysis;

/// Of so many telling words beside the values, one may be put in other words where its claims are supported: "is worth" for
/// "was valued at". A longer sentence may say more than its claims.
const TERSE: usize = 4;

/// How much of a sentence the passages near it have at least, in thousandths, for the sources to speak of it (docs/quality.md,
/// "Statements checked against sources").
const NEAR: u32 = 450;

/// What the sources say of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// They support it.
    Supported,
    /// They say what cannot hold beside it.
    Contradicted,
    /// Some say what cannot hold beside it, others support it.
    Disputed,
    /// They support a part of it.
    Partly,
    /// They speak of it, and something is missing to compare the two; or a passage comes near it.
    Unresolved,
    /// No passage comes near it.
    NotMentioned,
}

impl Verdict {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
            Verdict::Disputed => "disputed",
            Verdict::Partly => "partly",
            Verdict::Unresolved => "unresolved",
            Verdict::NotMentioned => "not_mentioned",
        }
    }

    /// What the verdicts on its sentences make of a statement.
    fn of_all(sentences: &[Ruling]) -> Verdict {
        use Verdict::*;
        let any = |v| sentences.iter().any(|s| s.verdict == v);
        match () {
            () if any(Contradicted) => Contradicted,
            () if any(Disputed) => Disputed,
            () if any(Partly) || any(Supported) && (any(Unresolved) || any(NotMentioned)) => Partly,
            () if any(Supported) => Supported,
            () if any(Unresolved) => Unresolved,
            () => NotMentioned,
        }
    }
}

/// How a place in a source stands to the statement. The weightiest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Cannot hold beside it.
    Against,
    /// Supports it as an earlier or later state of the same.
    Moved,
    /// Supports it.
    For,
    /// Speaks of it, and the two cannot be compared.
    Open,
}

impl Stance {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Against => "against",
            Stance::Moved => "moved",
            Stance::For => "for",
            Stance::Open => "open",
        }
    }

    fn of(link: &Link) -> Option<Stance> {
        use Relation::*;
        match link.relation {
            // What a reader need not even look at contradicts nobody; nor does a figure of which one side leaves open of
            // which part or period it is.
            Conflict | DerivedConflict if link.severity == Severity::Note || unscoped(link) => Some(Stance::Open),
            Conflict | DerivedConflict => Some(Stance::Against),
            Updates => Some(Stance::Moved),
            Agree | Compatible | Refines | QuoteMatch | QuoteTruncated | DerivedConsistent => Some(Stance::For),
            Unresolved | QuoteVariant => Some(Stance::Open),
            SameOrigin => None,
        }
    }
}

fn unscoped(link: &Link) -> bool {
    link.grounds.gates.iter().any(|g| g.gate == GateName::Scope && g.verdict == rule::Verdict::Unknown)
}

/// A place in a source that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// How it stands to the statement.
    pub stance: Stance,
    /// The claim of the statement, by index.
    pub own: u32,
    /// The claim of the source, by index.
    pub other: u32,
    /// The link, by index. Its ends say the same as the two claims, and need not be them.
    pub link: usize,
}

/// The verdict on one sentence of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// The sentence.
    pub span: Span,
    /// The verdict.
    pub verdict: Verdict,
    /// What it rests on, the weightiest first, then by source and place.
    pub evidence: Vec<Evidence>,
    /// The passage that comes nearest, where the verdict rests on that.
    pub nearest: Option<Nearest>,
}

/// The verdict on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// On each of its sentences, in order.
    pub sentences: Vec<Ruling>,
}

/// Gives the verdict on the document `query`, whose sentences, items, headings and cells are the segments; `nearest` are the passages
/// that come nearest to its sentences, `passages` the sentences of all documents.
pub fn answer(
    analysis: &Analysis,
    query: u32,
    segments: &[Segment],
    (passages, nearest): (&Passages, &[Nearest]),
    lookup: &Lookup,
) -> Answer {
    let chains = Chains::new(analysis.claims.len(), &analysis.links);
    let context = VerdictContext { analysis, query, chains, passages, nearest, lookup };
    let sentences: Vec<Ruling> = segments
        .iter()
        .filter(|s| !s.noise)
        .map(|s| (s.kind, context.ruling(s.span)))
        // A title need not say anything.
        .filter(|(kind, r)| !matches!(kind, Title | Heading) || !r.evidence.is_empty())
        .map(|(_, ruling)| ruling)
        .collect();
    Answer { verdict: Verdict::of_all(&sentences), sentences }
}

struct VerdictContext<'a> {
    analysis: &'a Analysis,
    query: u32,
    chains: Chains,
    passages: &'a Passages,
    nearest: &'a [Nearest],
    lookup: &'a Lookup,
}

impl VerdictContext<'_> {
    fn ruling(&self, sentence: Span) -> Ruling {
        let claims = (0..).zip(&self.analysis.claims);
        let own: Vec<u32> = claims
            .filter(|(_, c)| c.source == self.query && !c.noise && sentence.contains(c.span))
            .map(|(at, _)| at)
            .collect();
        let mut evidence: Vec<Evidence> = Vec::new();
        for (at, link) in self.analysis.links.iter().enumerate() {
            let Some(stance) = Stance::of(link) else { continue };
            evidence.extend(self.ends(link, &own).map(|(own, other)| {
                let ground = || !self.beyond(link, own, other) && self.asserted(own, other);
                let open = stance == Stance::For && !ground();
                Evidence { stance: if open { Stance::Open } else { stance }, own, other, link: at }
            }));
        }
        // A place speaks once, as loudly as it does.
        evidence.sort_by_key(|e| (e.stance, e.other, e.own, e.link));
        let mut heard: BTreeSet<(u32, u32)> = BTreeSet::new();
        evidence.retain(|e| heard.insert((e.own, e.other)));
        let near = |n: &&Nearest| evidence.is_empty() && sentence.contains(n.own) && n.held >= NEAR;
        let nearest = self.nearest.iter().filter(near).max_by_key(|n| n.held).cloned();
        let verdict = match nearest {
            Some(_) => Verdict::Unresolved,
            None => self.verdict(sentence, &own, &evidence),
        };
        Ruling { span: sentence, verdict, evidence, nearest }
    }

    /// The claims of a sentence that a link sets beside claims of other documents. Of two values that conflict only one
    /// pair of claims is linked: a claim that says the same as an end stands where the end does.
    fn ends<'s>(&'s self, link: &'s Link, own: &'s [u32]) -> impl Iterator<Item = (u32, u32)> + 's {
        let all = [link.a, link.b].into_iter().chain(link.also.iter().copied());
        let foreign = |c: u32| self.analysis.claims.get(c as usize).is_some_and(|c| c.source != self.query);
        let derived = matches!(link.relation, Relation::DerivedConflict | Relation::DerivedConsistent);
        all.clone().flat_map(move |end| {
            // That one sentence has all that another says makes them no two of a kind.
            let whole = move |own: u32| self.analysis.claims.get(own as usize).is_some_and(|c| &*c.kind == "statement");
            let alike = move |own: u32| !derived && !whole(own) && self.chains.of(own) == self.chains.of(end);
            let stands = move |own: &&u32| **own == end || alike(**own);
            let others = all.clone().filter(move |&o| o != end && foreign(o));
            own.iter().filter(stands).flat_map(move |&own| others.clone().map(move |o| (own, o)))
        })
    }

    /// Whether a claim of the statement says more than the source that it fits: a finer date, a longer title, a bound that
    /// leaves less room. What the source says is then no ground for it.
    fn beyond(&self, link: &Link, own: u32, other: u32) -> bool {
        let value = |at: u32| self.analysis.claims.get(at as usize).map(|c| &c.value);
        match (link.relation, value(own), value(other)) {
            (Relation::Refines, ..) => self.chains.of(own) == self.chains.of(link.b),
            (Relation::Compatible, Some(Value::Quantity(p)), Some(Value::Quantity(q))) => {
                let overlap = link.grounds.judgement == Some(Judgement::Overlap);
                overlap && p.unit == q.unit && !p.interval().encloses(&q.interval())
            }
            _ => false,
        }
    }

    /// Whether the sentence of a claim of a source says that what one of the statement tells is so, or tells it in other words.
    fn asserted(&self, own: u32, other: u32) -> bool {
        let claim = |at: u32| &self.analysis.claims[at as usize];
        asserts(claim(other), claim(own), (self.passages, &self.analysis.documents, self.lookup))
    }

    fn verdict(&self, sentence: Span, own: &[u32], evidence: &[Evidence]) -> Verdict {
        let bears = |e: &&Evidence| matches!(e.stance, Stance::For | Stance::Moved);
        if evidence.iter().any(|e| e.stance == Stance::Against) {
            return if self.disputed(sentence, own, evidence) { Verdict::Disputed } else { Verdict::Contradicted };
        }
        if !evidence.iter().any(|e| bears(&e)) {
            return if evidence.is_empty() { Verdict::NotMentioned } else { Verdict::Unresolved };
        }
        let supported: BTreeSet<u32> = evidence.iter().filter(bears).map(|e| e.own).collect();
        let claim = |at: u32| &self.analysis.claims[at as usize];
        // A sentence that stands in a source as it is says nothing more.
        if supported.iter().any(|&c| claim(c).span == sentence && claim(c).value_span == sentence) {
            return Verdict::Supported;
        }
        // Two claims on the same words are two readings of them.
        let stated = |c: u32| supported.iter().any(|&b| claim(b).value_span.overlaps(claim(c).value_span));
        // A number that only the figures beside it tell of is linked to none.
        let counts = |c: &&u32| &*claim(**c).kind != "bare";
        if own.iter().filter(counts).all(|&c| stated(c)) && self.covered(sentence, &supported, evidence) {
            Verdict::Supported
        } else {
            Verdict::Partly
        }
    }

    /// Whether whatever is said against a sentence is supported by another source: the very words that a source is against,
    /// or the whole sentence.
    fn disputed(&self, sentence: Span, own: &[u32], evidence: &[Evidence]) -> bool {
        let claim = |at: u32| &self.analysis.claims[at as usize];
        let source = |e: &Evidence| claim(e.other).source;
        let against: BTreeSet<u32> = evidence.iter().filter(|e| e.stance == Stance::Against).map(source).collect();
        let of = |s: u32| evidence.iter().filter(|e| source(e) == s).cloned().collect::<Vec<_>>();
        let whole = |s: u32| self.verdict(sentence, own, &of(s)) == Verdict::Supported;
        let others: BTreeSet<u32> = evidence.iter().map(source).filter(|s| !against.contains(s)).collect();
        if others.iter().any(|s| whole(*s)) {
            return true;
        }
        let words = |e: &Evidence| claim(e.own).value_span;
        let answered = |e: &Evidence| {
            let bears = |f: &&Evidence| f.stance == Stance::For && !against.contains(&source(f));
            evidence.iter().filter(bears).any(|f| words(f) == words(e) && words(f) != sentence)
        };
        evidence.iter().filter(|e| e.stance == Stance::Against).all(answered)
    }

    /// Whether all that a sentence tells beside its supported values stands in the sentences that support them, a word of a
    /// terse one apart.
    fn covered(&self, sentence: Span, supported: &BTreeSet<u32>, evidence: &[Evidence]) -> bool {
        let claim = |at: u32| &self.analysis.claims[at as usize];
        let text = |source: u32| self.analysis.documents.get(source as usize).map_or("", |d| d.text.as_str());
        let telling = |words: Vec<String>| -> BTreeSet<String> {
            let says = |w: &String| self.lookup.terms("function-words").at(&[self.lookup.words(w)], None).is_none();
            words.into_iter().filter(says).map(|w| content_lemma(&w)).collect()
        };
        let mut values: Vec<Span> = supported.iter().map(|&c| claim(c).value_span).collect();
        values.sort();
        let mut own = BTreeSet::new();
        let mut from = sentence.start;
        for value in values.into_iter().chain([Span { start: sentence.end, end: sentence.end }]) {
            let before = Span { start: from, end: value.start.max(from) };
            own.append(&mut telling(fold_words(before.of(text(self.query)))));
            from = from.max(value.end);
        }
        let mut theirs = BTreeSet::new();
        for e in evidence {
            let other = claim(e.other);
            theirs.append(&mut telling(fold_words(other.span.of(text(other.source)))));
            theirs.extend(other.subject.iter().flat_map(|s| telling(fold_words(&s.name))));
        }
        // Where "fell" stands, "rose" may be of something else.
        let opposed = |w: &String| theirs.iter().any(|o| !own.contains(o) && self.lookup.opposed().apart(w, o));
        if own.iter().any(opposed) {
            return false;
        }
        let missing: Vec<&String> = own.difference(&theirs).collect();
        // A name or figure is never put in other words.
        let exact = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let written = sentence.of(text(self.query));
        let tokens = tokenise(written, Span::new(0, written.len()));
        let exact: BTreeSet<String> = tokens
            .iter()
            .map(|t| t.span.of(written))
            .filter(|w| exact(w))
            .flat_map(|w| telling(fold_words(w)))
            .collect();
        missing.is_empty() || own.len() <= TERSE && missing.len() == 1 && !exact.contains(missing[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_sentences() {
        use Verdict::*;
        let check = |all: &[Verdict]| {
            let ruling =
                |v: &Verdict| Ruling { span: Span::default(), verdict: *v, evidence: Vec::new(), nearest: None };
            Verdict::of_all(&all.iter().map(ruling).collect::<Vec<_>>())
        };
        assert_eq!(check(&[]), NotMentioned);
        assert_eq!(check(&[Supported, Supported]), Supported);
        assert_eq!(check(&[Supported, NotMentioned]), Partly);
        assert_eq!(check(&[Partly, Unresolved]), Partly);
        assert_eq!(check(&[NotMentioned, Unresolved]), Unresolved);
        assert_eq!(check(&[Supported, Contradicted, Unresolved]), Contradicted);
        assert_eq!(check(&[Disputed, Contradicted]), Contradicted);
        assert_eq!(check(&[Supported, Disputed, NotMentioned]), Disputed);
    }
}
