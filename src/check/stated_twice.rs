//! Two values for one thing in two sentences of one text: "The Norvik bridge is 320 metres long … the Norvik bridge, which
//! is 480 metres long".
//!
//! Between two texts the gates of comparison decide whether two values are of one thing. One text tells of many things in
//! turn, so more is asked here: one family of attributes, stated by a rule, with exactly two values in the whole text; equal
//! scopes; a shared noun that both sentences name as known, and nothing beside it, no name, year or word of order, that
//! only one of them has and that may tell another thing, part or time.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Claim;
use crate::compare::judge_figures;
use crate::rule::{CheckCode, CheckRule, Lookup, Modality, Polarity, TimeNature};
use crate::segment::SegmentKind;
use crate::text::{TokenKind, content_lemma, fold_words, tokenise};
use crate::value::{Bound, Judgement, Shape, Value};

use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct StatedTwice;

/// Words that make a noun one that is known already.
const KNOWN: [&str; 7] = ["the", "this", "that", "its", "his", "her", "their"];
/// Words that tie what follows to the noun before them.
const TIES: [&str; 7] = ["of", "in", "at", "on", "for", "near", "from"];
/// What happens once to whom it happens.
const ONCE: [&str; 3] = ["born", "die", "found"];
/// Most claims of one family in a text; a text with more goes through many things in turn.
const MOST: usize = 8;

impl Check for StatedTwice {
    fn code(&self) -> CheckCode {
        CheckCode::StatedTwice
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            let mut families: BTreeMap<(&str, String), Vec<u32>> = BTreeMap::new();
            for at in context.of_document(source) {
                let claim = context.claim(at);
                let dimension = match &claim.value {
                    Value::Quantity(q) => q.unit.dimension.to_string(),
                    Value::Time(_) => "date".to_owned(),
                    Value::Text(_) => continue,
                };
                if !claim.noise {
                    families.entry((&claim.family, dimension)).or_default().push(at);
                }
            }
            for claims in families.into_values().filter(|c| (2..=MOST).contains(&c.len())) {
                if let Some((first, again)) = twice(context, &claims) {
                    say(context, rule, first, again, found);
                }
            }
        }
    }
}

/// The two claims of a family that tell two values of one thing, if the text has exactly two values of it.
fn twice(context: &CheckContext<'_>, claims: &[u32]) -> Option<(u32, u32)> {
    let first = claims.first()?;
    let (one, other): (Vec<u32>, Vec<u32>) =
        claims.iter().partition(|&&at| !apart(context.claim(*first), context.claim(at)));
    let settled = |all: &[u32]| all.iter().all(|a| all.iter().all(|b| !apart(context.claim(*a), context.claim(*b))));
    // A sentence that gives both values knows that they are two: two bodies measured, or it was corrected.
    let with = |at: u32, all: &[u32]| {
        let claim = context.claim(at);
        let beside = context.of_segment(claim.source, claim.span.start).filter(|i| *i != at);
        beside.map(|i| context.claim(i)).any(|c| all.iter().any(|b| again(c, context.claim(*b))))
    };
    let both = one.iter().any(|a| with(*a, &other)) || other.iter().any(|b| with(*b, &one));
    if other.is_empty() || both || !settled(&one) || !settled(&other) {
        return None;
    }
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (*a.min(b), *a.max(b))));
    pairs.into_iter().find(|(a, b)| of_one(context, context.claim(*a), context.claim(*b)))
}

/// Whether a figure is another once more, whatever it is said to be of.
fn again(a: &Claim, b: &Claim) -> bool {
    match (&a.value, &b.value) {
        (Value::Quantity(p), Value::Quantity(q)) => p.number.is_some() && p.number == q.number,
        (Value::Time(p), Value::Time(q)) => p.edtf == q.edtf,
        _ => false,
    }
}

/// Whether two values cannot both hold.
fn apart(a: &Claim, b: &Claim) -> bool {
    match (&a.value, &b.value) {
        (Value::Quantity(p), Value::Quantity(q)) => judge_figures(p, q).judgement == Judgement::Disjoint,
        (Value::Time(p), Value::Time(q)) => match (p.earliest, p.latest, q.earliest, q.latest) {
            (Some(a), Some(b), Some(c), Some(d)) => b < c || d < a,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a claim puts one plain value forward as a fact.
fn plainly(context: &CheckContext<'_>, claim: &Claim) -> bool {
    let value = match &claim.value {
        Value::Quantity(q) => matches!(q.bound, Bound::Exact | Bound::Approx) && q.number.is_some(),
        Value::Time(t) => !t.relative && t.bound == Bound::Exact && t.ends().is_none(),
        Value::Text(_) => false,
    };
    let segment = context.segment_of(claim).map(|s| &context.segments[claim.source as usize][s]);
    let prose = segment.is_some_and(|s| matches!(s.kind, SegmentKind::Sentence | SegmentKind::Standfirst));
    value && prose && claim.modality == Modality::Asserted && claim.polarity == Polarity::Positive
}

fn of_one(context: &CheckContext<'_>, a: &Claim, b: &Claim) -> bool {
    let stated = |c: &Claim| {
        let rule = context.compare.rules.extract_rule(&c.rule).is_some();
        // Nobody is born or dies twice.
        let once = || matches!(c.value, Value::Time(_)) && ONCE.contains(&c.family.trim_end_matches(" date"));
        c.single_valued && rule || once()
    };
    let moves = |c: &Claim| matches!(c.moves, TimeNature::State | TimeNature::Cumulative);
    let same_time = match (held(context, a), held(context, b)) {
        (Some(p), Some(q)) => p == q,
        (None, None) => true,
        _ => !moves(a) && !moves(b),
    };
    let one = a.span != b.span && a.scope == b.scope && a.attributed_to == b.attributed_to;
    // Terms and sums are given again and again: one that has a year is of that year.
    let given = matches!(a.shape, Shape::Duration | Shape::Money) && years(context, a) != years(context, b);
    if given
        || (moves(a) || moves(b)) && other_times(context, a, b)
        || !(one && plainly(context, a) && plainly(context, b) && same_time)
    {
        return false;
    }
    let (p, q) = (SentenceWords::new(context, a), SentenceWords::new(context, b));
    // What no rule tells: a measure by the same verb, of what both sentences begin with.
    let measure = |c: &Claim| c.shape == Shape::Measure && c.is_unnamed_figure();
    let unit = |c: &Claim| match &c.value {
        Value::Quantity(q) => Some(q.unit.name.clone()),
        _ => None,
    };
    let measured = || measure(a) && measure(b) && unit(a) == unit(b) && p.opening() == q.opening();
    (stated(a) && stated(b) || measured()) && p.fits(&q, moves(a) || moves(b)) && p.names_with(&q)
}

/// The time at which a value held: that of its sentence, unless something else happened then ("is 320 metres long and was
/// opened in 1982").
fn held(context: &CheckContext<'_>, claim: &Claim) -> Option<String> {
    let own = &claim.as_of.as_ref()?.edtf;
    let event = |at: u32| {
        let date = context.claim(at);
        matches!(&date.value, Value::Time(t) if t.edtf == *own) && context.compare.is_event(date)
    };
    (!context.of_segment(claim.source, claim.span.start).any(event)).then(|| own.clone())
}

/// The years that a sentence names by their number.
fn years(context: &CheckContext<'_>, claim: &Claim) -> BTreeSet<i16> {
    let all = context.of_segment(claim.source, claim.span.start).map(|at| context.claim(at));
    let numbered = |c: &&Claim| context.words(c).chars().filter(char::is_ascii_digit).count() >= 4;
    all.filter(numbered)
        .filter_map(|c| match &c.value {
            Value::Time(t) => t.earliest.map(|day| day.year()),
            _ => None,
        })
        .collect()
}

/// Whether two sentences name times, and none in common: what moves has another value at another time.
fn other_times(context: &CheckContext<'_>, a: &Claim, b: &Claim) -> bool {
    let times = |c: &Claim| -> BTreeSet<String> {
        let all = context.of_segment(c.source, c.span.start).map(|at| context.claim(at));
        all.filter_map(|c| match &c.value {
            Value::Time(t) => Some(t.edtf.clone()),
            _ => None,
        })
        .collect()
    };
    let (p, q) = (times(a), times(b));
    !p.is_empty() && !q.is_empty() && p.is_disjoint(&q)
}

/// The words of a sentence round a value.
struct SentenceWords {
    /// In order: as written, its lemma, whether it tells something, whether it is a name.
    words: Vec<NearbyWord>,
    /// Whether somebody is said to say it.
    reported: bool,
}

struct NearbyWord {
    lower: String,
    /// What it tells apart, if anything: the row of `told-apart`.
    apart: Option<Box<str>>,
    lemma: String,
    content: bool,
    name: bool,
}

impl NearbyWord {
    fn tells(&self, what: &str) -> bool {
        self.apart.as_deref() == Some(what)
    }
}

impl SentenceWords {
    fn new(context: &CheckContext<'_>, claim: &Claim) -> SentenceWords {
        let text = context.text(claim.source);
        let lookup: &Lookup = context.compare.lookup;
        let attribute: BTreeSet<String> = fold_words(&claim.attribute).iter().map(|w| content_lemma(w)).collect();
        let mut words = Vec::new();
        let mut reported = false;
        for (at, token) in tokenise(text, claim.span).into_iter().enumerate() {
            if token.kind == TokenKind::Mark
                || token.kind == TokenKind::Possessive
                || claim.value_span.overlaps(token.span)
            {
                continue;
            }
            let written = token.span.of(text);
            let lower = written.to_lowercase();
            let known = lookup.words(&lower);
            let is = |lexicon: &str| lookup.terms(lexicon).at(&[known], None).is_some();
            reported |= is("speech-verbs") || lower == "according";
            let lemma = content_lemma(&lower);
            let content = lower.len() > 1 && !is("function-words") && !is("auxiliaries") && !attribute.contains(&lemma);
            let name = content && at > 0 && written.starts_with(char::is_uppercase);
            let apart = lookup.terms("told-apart").at(&[known], None).map(|(_, t)| t.key.clone());
            words.push(NearbyWord { lower, apart, lemma, content, name });
        }
        SentenceWords { words, reported }
    }

    /// The first word that tells something.
    fn opening(&self) -> Option<&str> {
        self.words.iter().find(|w| w.content).map(|w| w.lemma.as_str())
    }

    fn has(&self, lemma: &str) -> bool {
        self.words.iter().any(|w| w.lemma == lemma)
    }

    /// Whether nothing in either sentence may tell another thing, part or time.
    fn fits(&self, other: &SentenceWords, moving: bool) -> bool {
        let own = |a: &SentenceWords, b: &SentenceWords, what: &dyn Fn(&NearbyWord) -> bool| {
            a.words.iter().any(|w| what(w) && !b.words.iter().any(|o| o.lower == w.lower))
        };
        let parts = |w: &NearbyWord| w.tells("part") || moving && (w.tells("stage") || w.tells("order"));
        let name = |w: &NearbyWord| w.name;
        let parted = own(self, other, &parts) || own(other, self, &parts);
        let named = own(self, other, &name) && own(other, self, &name);
        !(parted || named || self.reported && other.reported)
    }

    /// Whether both name one thing as known, with nothing beside it by which they differ.
    fn names_with(&self, other: &SentenceWords) -> bool {
        self.words.iter().enumerate().filter(|(_, w)| w.content && other.has(&w.lemma)).any(|(i, w)| {
            let sides = other.words.iter().enumerate().filter(|(_, o)| o.lemma == w.lemma);
            sides.into_iter().any(|(j, o)| {
                // Told for the second time, it is a known thing.
                (w.name || o.name || other.led(j)) && !self.differs(i, other, j)
            })
        })
    }

    /// Whether an article or the like leads up to a word, with at most two words between.
    fn led(&self, at: usize) -> bool {
        let before = self.words[at.saturating_sub(3)..at].iter().rev();
        before.take_while(|w| w.content || KNOWN.contains(&w.lower.as_str())).any(|w| KNOWN.contains(&w.lower.as_str()))
    }

    /// Whether a noun has another word beside it in each of two sentences: "old bridge" and "new bridge", "fire in the
    /// mill" and "fire in the barn".
    fn differs(&self, at: usize, other: &SentenceWords, there: usize) -> bool {
        let before = |s: &SentenceWords, at: usize| {
            at.checked_sub(1).map(|b| &s.words[b]).filter(|w| w.content).map(|w| w.lemma.clone())
        };
        let behind = |s: &SentenceWords, at: usize| {
            s.words.get(at + 1).filter(|w| TIES.contains(&w.lower.as_str()))?;
            s.words[at + 2..].iter().take(3).find(|w| w.content).map(|w| w.lemma.clone())
        };
        let two = |a: Option<String>, b: Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let which = |s: &SentenceWords, at: usize| {
            at.checked_sub(1).map(|b| &s.words[b]).filter(|w| w.tells("which")).map(|w| w.lower.clone())
        };
        which(self, at) != which(other, there)
            || two(before(self, at), before(other, there))
            || two(behind(self, at), behind(other, there))
    }
}

fn say(context: &CheckContext<'_>, rule: &CheckRule, first: u32, again: u32, found: &mut Checks) {
    let order = [again, first];
    let ends: [(&str, &[u32]); 2] = [("first", &order[1..]), ("again", &order[..1])];
    let words = |at: u32| context.words(context.claim(at));
    let message = context.fill(&rule.message, &ends, words(first), words(again));
    let because = "one text gives two values for one thing".to_owned();
    found.fails(rule, context.compare.claims, &order, message, because);
}

#[cfg(test)]
mod tests {
    use crate::check::tests::outcome;

    /// Whether the check holds of a text, or fails; nothing where it is silent.
    #[track_caller]
    fn check(text: &str, holds: Option<bool>) {
        assert_eq!(outcome("stated-twice", text), holds, "{text}");
    }

    #[test]
    fn one_thing_with_two_values() {
        let bridge = "The Norvik bridge is 320 metres long. Painters need a month for it.";
        check(&format!("{bridge} The Norvik bridge, which is 480 metres long, gets a new deck."), Some(false));
        check(&format!("{bridge} The Norvik bridge, which is 320 metres long, gets a new deck."), None);
        check(&format!("{bridge} The Lowmere bridge, which is 480 metres long, gets a new deck."), None);
        check(&format!("{bridge} The Norvik bridge is 480 metres long. The Norvik bridge is 611 metres long."), None);
        check(&format!("{bridge} Perhaps the Norvik bridge is 480 metres long."), None);
        check(
            "The Norvik bridge is 320 metres long, or 480 with the ramps. The Norvik bridge is 480 metres long.",
            None,
        );
    }

    #[test]
    fn what_tells_two_things_or_times() {
        check("The fire in the mill killed four people. In all, the fire in the mill killed six people.", Some(false));
        check("The fire in the mill killed four people. In all, the fire in the barn killed six people.", None);
        check("The old bridge is 320 metres long. The new bridge is 480 metres long.", None);
        check("The mill employs 80 people. The mill employs 300 people.", Some(false));
        check("The mill employs 80 people. In 1950 the mill employed 300 people.", None);
        let born = "Ingrid Solberg was born on 3 March 1970 in Norvik.";
        check(&format!("{born} Solberg, who was born on 3 May 1970, is an only child."), Some(false));
        check(&format!("{born} Her brother Omar was born on 3 May 1972."), None);
    }
}
