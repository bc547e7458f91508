//! A pair of claims with all that a rule may ask of it; what is costly is worked out when the first rule asks.

use std::cell::OnceCell;

use crate::claim::Claim;
use crate::graph::{BasisKind, Gate, GateName, Grounds, Verdict};
use crate::rule::Setting;
use crate::value::Judgement;

use super::gate::{GATES, Seen};
use super::parallel::ParallelSentences;
use super::{CompareContext, Finding, gate, judge, name, shown};

/// How alike the words round two values are at least, in thousandths, whose sentences are the same but for speakers.
const HALF: u32 = 500;

/// Two claims in a fixed order, what the gates say of them and what the comparator found.
pub(super) struct Pair<'a> {
    pub context: &'a CompareContext<'a>,
    /// By index: the one that comes first by document and place.
    pub a: u32,
    pub b: u32,
    pub x: &'a Claim,
    pub y: &'a Claim,
    pub found: Finding,
    /// How sure the evidence is that both are of one thing, where it was weighed.
    pub confidence: Option<u16>,
    /// What the claims stand in, as far as it was weighed.
    pub setting: Setting,
    seen: [Seen; GATES],
    sentences: OnceCell<Option<ParallelSentences<'a>>>,
    alike: OnceCell<Option<u32>>,
    parallel: OnceCell<Option<u32>>,
    spelling: OnceCell<bool>,
    same_words: OnceCell<bool>,
    brief: OnceCell<Option<u32>>,
}

/// A pair in a fixed order, which makes the outcome independent of the order of documents.
pub(super) fn ordered(context: &CompareContext<'_>, a: u32, b: u32) -> (u32, u32) {
    let first = |i: u32| {
        let c = &context.claims[i as usize];
        (context.documents[c.source as usize].id.as_str(), c.span, c.value_span, c.id.as_str())
    };
    if first(a) <= first(b) { (a, b) } else { (b, a) }
}

impl<'a> Pair<'a> {
    pub(super) fn new(context: &'a CompareContext<'a>, a: u32, b: u32) -> Pair<'a> {
        let (a, b) = ordered(context, a, b);
        let (x, y) = (&context.claims[a as usize], &context.claims[b as usize]);
        let seen = gate::see(context, x, y);
        let mut found = judge(context, x, y);
        if x.polarity != y.polarity && found.judgement == Judgement::Equal {
            found.because = format!("{}, which one of them denies", found.because);
        }
        let (alike, parallel, brief) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let (spelling, same_words) = (OnceCell::new(), OnceCell::new());
        let sentences = OnceCell::new();
        Pair {
            context,
            a,
            b,
            x,
            y,
            found,
            confidence: None,
            setting: context.setting(x, y),
            seen,
            sentences,
            alike,
            parallel,
            spelling,
            same_words,
            brief,
        }
    }

    /// What a gate says of the two.
    pub(super) fn verdict(&self, name: GateName) -> Verdict {
        gate::place(name).map_or_else(|| self.fit(), |at| self.seen[at].verdict)
    }

    /// Why it says so.
    pub(super) fn basis(&self, name: GateName) -> &str {
        gate::place(name).map_or(&self.found.because, |at| &self.seen[at].basis)
    }

    /// What kind of reason it has.
    pub(super) fn basis_kind(&self, name: GateName) -> BasisKind {
        gate::place(name).map_or_else(BasisKind::default, |at| self.seen[at].kind)
    }

    /// Whether both sides name the subject that the gate of entities found to be the same.
    pub(super) fn named(&self) -> bool {
        self.verdict(GateName::Entity) == Verdict::Same && self.basis_kind(GateName::Entity) != BasisKind::Implied
    }

    /// The first gate that says *different*.
    pub(super) fn stopped(&self) -> Option<GateName> {
        let gates = gate::names().chain([GateName::Value]);
        gates.into_iter().find(|&name| self.verdict(name) == Verdict::Different)
    }

    /// What the values say, as the last gate.
    fn fit(&self) -> Verdict {
        match self.found.judgement {
            Judgement::Disjoint => Verdict::Different,
            Judgement::Unknown => Verdict::Unknown,
            _ => Verdict::Same,
        }
    }

    /// All of it in words.
    pub(super) fn grounds(self) -> Grounds {
        let verdict = self.fit();
        let Pair { context, x, y, found, seen, .. } = self;
        let mut gates = gate::stated(context, x, y, seen);
        gates.push(Gate {
            gate: GateName::Value,
            verdict,
            a: shown(&x.value),
            b: shown(&y.value),
            basis: found.because.clone(),
            basis_kind: BasisKind::Other,
        });
        Grounds {
            gates,
            comparator: x.comparator.name().to_owned(),
            judgement: Some(found.judgement),
            because: found.because,
            missing: Vec::new(),
        }
    }

    /// How alike the two are worded, in thousandths.
    pub(super) fn alike(&self) -> Option<u32> {
        let judgement = self.found.judgement;
        let unlike = || {
            let brief = self.context.surroundings.brief(self.x, self.y);
            // Brief texts that share a figure and little else do not say the same.
            judgement != Judgement::Disjoint && brief && self.sentences().is_none_or(|s| s.shared() < HALF)
        };
        let alike = || if unlike() { None } else { self.context.alike(self.a, self.b, judgement) };
        *self.alike.get_or_init(alike)
    }

    /// The sentences of the two without their values.
    fn sentences(&self) -> Option<&ParallelSentences<'a>> {
        self.sentences.get_or_init(|| ParallelSentences::new(self.context, self.x, self.y)).as_ref()
    }

    /// The same of two documents of one event cluster.
    fn sentences_of_event(&self) -> Option<&ParallelSentences<'a>> {
        self.context.same_event(self.x, self.y).then(|| self.sentences()).flatten()
    }

    /// How much their sentences share otherwise, in thousandths.
    pub(super) fn parallel(&self) -> Option<u32> {
        *self.parallel.get_or_init(|| self.sentences_of_event()?.parallel())
    }

    /// How much two brief texts share beside the figures, in thousandths.
    pub(super) fn brief(&self) -> Option<u32> {
        let brief = || self.context.surroundings.brief(self.x, self.y);
        *self.brief.get_or_init(|| brief().then(|| self.sentences_of_event()?.brief((self.a, self.b))).flatten())
    }

    /// Whether the sentences are the same word for word, the values left out.
    pub(super) fn same_words(&self) -> bool {
        // Nobody lays out sentences of other words.
        let near = || self.context.surroundings.alike(self.a, self.b) >= HALF;
        *self.same_words.get_or_init(|| near() && self.sentences().is_some_and(ParallelSentences::same_words))
    }

    /// The words by which sentences that are the same otherwise tell of two things.
    pub(super) fn two_things(&self) -> Option<(String, String)> {
        self.sentences()?.two_things()
    }

    /// Whether the subjects may be two spellings of one name.
    pub(super) fn spelling(&self) -> bool {
        *self.spelling.get_or_init(|| {
            self.context.one_misspelt(self.x, self.y) || name::one_misspelt(self.context, self.x, self.y)
        })
    }

    /// On how many sides a rule tells the attribute.
    pub(super) fn stated(&self) -> u32 {
        u32::from(self.context.stated(self.x)) + u32::from(self.context.stated(self.y))
    }
}
