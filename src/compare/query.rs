//! A statement checked against sources: whether a sentence of theirs says what it says, or has another name, figure or day in the
//! place of one of its own.
//!
//! Comes in: the sentence of the statement and a sentence of a source, aligned. Goes out: a judgement. Two documents that
//! each tell of a team from another country may both be right; somebody who checks a statement against its sources wants to know
//! that they have another country there. So this is looked at of such a statement alone, never of two sources. What the
//! sources nowhere name weighs most: a word that stands elsewhere in them may be right in its own sentence.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::align::{Difference, Half, Item, ItemKind};
use crate::claim::{Claim, Passage};
use crate::rule::Lookup;
use crate::source::Document;
use crate::value::{Bound, Judgement, Quantity, Shape, Value};

use super::statement::Whole;
use super::text::rules_out;
use super::{Finding, interval, name};

/// Fewest other words that tell what a statement is about, beside what is exchanged.
const FEWEST: usize = 3;
/// Thousandths of them in the sentence of the source, where the sources nowhere name what the statement names.
const STRANGE: usize = 400;
/// The same where they do, in another place.
const ELSEWHERE: usize = 600;
/// The same where two words round the exchanged one are the same, and ...
const CLOSE: usize = 150;
/// ... so many thousandths of the others stand anywhere in the sources.
const ANYWHERE: usize = 500;
/// Words round an exchanged one: the nearest of the statement among the nearest two of the source, or its nearest two among
/// the nearest three.
const NEAR: [(usize, usize); 2] = [(1, 2), (2, 3)];
/// Thousandths of the telling words of a statement in the sentence that denies it or that it denies.
const DENIED: usize = 850;
/// Fewest letters that tell one name from another.
const TELLS: usize = 2;
/// Most letters of what is called by its letters.
const ACRONYM: usize = 4;
/// An amount may be told by a bound as far as it is within twice.
const TWO: Decimal = Decimal::TWO;

/// The statement, and the words and figures of what it is checked against.
#[derive(Debug, Clone)]
pub struct Query {
    source: u32,
    known: BTreeSet<String>,
    figures: Vec<Quantity>,
}

impl Query {
    /// `source` is the document of the statement; all others are what it is checked against.
    pub fn new(source: u32, passages: &[Arc<Vec<Passage>>], documents: &[Document], claims: &[Claim]) -> Query {
        let mut known = BTreeSet::new();
        for ((at, document), passages) in (0..).zip(documents).zip(passages) {
            for token in passages.iter().flat_map(|p| &p.tree.tokens).filter(|_| at != source) {
                known.extend([token.lemma.to_lowercase(), token.span.of(&document.text).to_lowercase()]);
            }
        }
        let quantity = |c: &Claim| match &c.value {
            Value::Quantity(q) if c.source != source => Some(q.clone()),
            _ => None,
        };
        Query { source, known, figures: claims.iter().filter_map(quantity).collect() }
    }

    /// Whether a claim is one of the statement's.
    pub(super) fn is_own(&self, claim: &Claim) -> bool {
        claim.source == self.source
    }

    /// Two claims of sentences, that of the statement first; `None` where both are the statement's or neither is.
    pub(super) fn sides<'a>(&self, x: &'a Claim, y: &'a Claim) -> Option<(&'a Claim, &'a Claim)> {
        let text = |c: &Claim| matches!(c.value, Value::Text(_));
        let own = |x: &Claim, y: &Claim| self.is_own(x) && !self.is_own(y) && text(x) && text(y);
        own(x, y).then_some((x, y)).or_else(|| own(y, x).then_some((y, x)))
    }

    /// Judges a sentence of the statement, the first of the two, beside one of a source: `asserts` is whether the source asserts
    /// what it has.
    pub(super) fn judge(&self, whole: &Whole<'_>, asserts: impl FnOnce() -> bool) -> Finding {
        let compared = Compared::new(self, whole);
        let found = |judgement, reason: &str| Finding::new(judgement, reason);
        // That two brief texts are told alike is not enough here.
        let unknown =
            || found(Judgement::Unknown, "no sentence has all that the statement says, or another thing in its place");
        let [own, _] = &compared.difference.halves;
        if compared.held(0) * 1000 < own.telling().count() * CLOSE {
            return unknown();
        }
        if compared.says() && asserts() {
            return found(Judgement::Equal, "a sentence of the source has all that the statement says");
        }
        if compared.denies(0) || compared.denies(1) {
            return found(Judgement::Disjoint, "one denies what the other says in the same words");
        }
        if compared.is_of_another() || compared.is_modified_apart() {
            return unknown();
        }
        match compared.exchanged() {
            Some((x, y)) => Finding::new(Judgement::Disjoint, format!("the source has “{y}” in the place of “{x}”")),
            None => unknown(),
        }
    }

    fn knows(&self, own: &Half<'_>, at: usize) -> bool {
        self.known.contains(&own.word(at)) || self.known.contains(&own.lemma(at).to_lowercase())
    }

    /// Whether the sources have an amount that a figure of the statement may be, rounded or bounded.
    fn counts(&self, item: &Item<'_>) -> bool {
        let ItemKind::Figure(p) = item.kind else { return false };
        self.figures.iter().any(|q| match judged(p, q) {
            Judgement::Equal | Judgement::Rounding => true,
            Judgement::Overlap => match (p.number, q.number) {
                // Of "over 300" and "2" no more can be said than that both can hold.
                (Some(m), Some(n)) => {
                    m.checked_mul(TWO).is_none_or(|m| m > n) && n.checked_mul(TWO).is_none_or(|n| n > m)
                }
                _ => true,
            },
            _ => false,
        })
    }
}

/// A sentence of the statement beside one of a source.
struct Compared<'a> {
    query: &'a Query,
    whole: &'a Whole<'a>,
    difference: &'a Difference<'a>,
    lookup: &'a Lookup,
    /// Of each sentence its tokens that say what some token of the other one says.
    shared: [Vec<bool>; 2],
}

impl<'a> Compared<'a> {
    fn new(query: &'a Query, whole: &'a Whole<'_>) -> Compared<'a> {
        let Whole { difference, lookup, .. } = whole;
        let [p, q] = &difference.halves;
        // What is only referred to is not said.
        let says = |half: &Half<'_>, partner: Option<usize>| partner.is_some_and(|at| half.tells(at));
        let of_own = |a: usize| says(q, p.partner(a)) || q.telling().any(|b| difference.are_same(a, b));
        let of_other = |b: usize| says(p, q.partner(b)) || p.telling().any(|a| difference.are_same(a, b));
        let shared = [p.tokens().map(of_own).collect(), q.tokens().map(of_other).collect()];
        Compared { query, whole, difference, lookup, shared }
    }

    /// How many telling words of one the other has.
    fn held(&self, half: usize) -> usize {
        self.difference.halves[half].telling().filter(|t| self.shared[half][*t]).count()
    }

    /// An item without the words at its ends that the other sentence has; `None` where that has them all. A figure is one.
    fn strange(&self, half: usize, item: &Item<'a>) -> Option<Item<'a>> {
        let alone = |at: &usize| !self.shared[half][*at];
        let (first, last) = (item.at.clone().find(alone)?, item.at.clone().rev().find(alone)?);
        let at = if item.kind.quantity().is_some() { item.at.clone() } else { first..last + 1 };
        Some(Item { at, kind: item.kind })
    }

    /// Whether the source has all that the statement says, and no word that denies, hedges or leaves open on its side alone.
    fn says(&self) -> bool {
        let Difference { halves: [p, q], gaps, .. } = self.difference;
        // Small words count too: who did it and to whom hangs on them, and so does a part of a whole.
        if p.telling().count() < FEWEST
            || p.telling().any(|t| !self.shared[0][t])
            || gaps.iter().any(|gap| !gap[0].is_empty())
        {
            return false;
        }
        let weighs = |at: &usize| {
            let left_open = ["hedges", "conditions", "future", "opinions"];
            q.denies(*at)
                || left_open.iter().any(|lexicon| q.is_in(*at, lexicon, self.lookup))
                || ["will", "by"].contains(&q.lemma(*at))
        };
        let (own, others) = (p.items(), q.items());
        let figures = |items: &[Item<'_>]| items.iter().filter_map(|i| i.kind.quantity()).cloned().collect::<Vec<_>>();
        let others = figures(&others);
        let counted = figures(&own).iter().all(|p| others.iter().any(|q| judged(p, q) == Judgement::Equal));
        counted && !gaps.iter().flat_map(|gap| &gap[1]).any(weighs) && !self.difference.is_exchanged()
    }

    /// Whether one of the two denies what the other says, all else being nearly the same.
    fn denies(&self, half: usize) -> bool {
        let Difference { halves, .. } = self.difference;
        let [own, other] = [&halves[half], &halves[1 - half]];
        let denials = |h: &Half<'_>| h.tokens().filter(|t| h.denies(*t)).collect::<Vec<_>>();
        let telling = own.telling().count().min(other.telling().count());
        let [denial] = denials(own)[..] else { return false };
        denials(other).is_empty()
            && telling >= FEWEST
            && self.held(0).min(self.held(1)) * 1000 >= telling * DENIED
            && own.is_denied_of_shared(denial)
            && !self.whole.is_partial(half)
    }

    /// Whether the source tells of somebody or something else: the name that is the subject of the statement is not there, and
    /// its own subject has another name, or somebody has one that is the same in part only. "She", and a noun, may be anybody.
    fn is_of_another(&self) -> bool {
        let [p, q] = &self.difference.halves;
        let Some(own) = p.named_subject() else { return false };
        let is_strange = |half: usize, name: &Range<usize>| name.clone().any(|t| !self.shared[half][t]);
        if !is_strange(0, &own) {
            return false;
        }
        if let Some(other) = q.named_subject() {
            // A name that stands in the place of the statement's own is what it is asked about, all else being nearly the same.
            let rest = p.telling().filter(|t| !own.contains(t));
            let held = rest.clone().filter(|t| self.shared[0][*t]).count();
            return held * 1000 < rest.count() * DENIED && is_strange(1, &other);
        }
        let namesake = p.partner(own.end - 1).and_then(|t| q.items().into_iter().find(|i| i.at.contains(&t)));
        namesake.is_some_and(|i| matches!(i.kind, ItemKind::Name) && is_strange(1, &i.at))
    }

    /// Whether one noun has one word before it in the statement and another one in the source: "a full backup", "an
    /// incremental backup".
    fn is_modified_apart(&self) -> bool {
        let Difference { halves: [p, q], gaps, .. } = self.difference;
        gaps.iter().any(|gap| {
            let ([a], [b]) = (&gap[0][..], &gap[1][..]) else { return false };
            let of_one = p.modifies(*a).zip(q.modifies(*b)).is_some_and(|(m, n)| self.difference.are_partners(m, n));
            // A voluntary levy is no mandatory one.
            of_one && !p.is_exact(*a) && !q.is_exact(*b) && !rules_out(&p.word(*a), &q.word(*b), self.lookup)
        })
    }

    /// What stands in the source in the place of something of the statement, this first.
    fn exchanged(&self) -> Option<(String, String)> {
        let [p, q] = &self.difference.halves;
        let (own, others) = (p.items(), q.items());
        own.iter().find_map(|x| {
            let (x, y) = self.replaced(x, &own, &others)?;
            Some((p.shown(&x).to_owned(), q.shown(&y).to_owned()))
        })
    }

    fn replaced(&self, item: &Item<'a>, own: &[Item<'a>], others: &[Item<'a>]) -> Option<(Item<'a>, Item<'a>)> {
        let [p, _] = &self.difference.halves;
        if others.iter().any(|y| agree(item, y)) {
            return None;
        }
        let x = self.strange(0, item)?;
        let rest: Vec<usize> = p.telling().filter(|t| !x.at.contains(t)).collect();
        if rest.len() < FEWEST {
            return None;
        }
        let share = |held: usize| held * 1000 / rest.len();
        let here = share(rest.iter().filter(|t| self.shared[0][**t]).count());
        let anywhere = share(rest.iter().filter(|t| self.query.knows(p, **t)).count());
        let unknown = x.at.clone().any(|t| !self.shared[0][t] && !self.query.knows(p, t));
        // The 20 of a date is no 20 days.
        let measured = x.kind.quantity().is_some_and(|q| q.shape != Shape::Number);
        let nowhere = (unknown || measured) && !self.query.counts(&x);
        // What both name otherwise may be two things.
        let named = rest.iter().filter(|t| p.is_exact(**t)).all(|t| self.shared[0][*t]);
        let found = others.iter().find_map(|item| {
            // What stands there may be told in another place of the statement.
            let y = self.strange(1, item);
            let again = y.is_none() || own.iter().any(|x| agree(x, item));
            let y = y.unwrap_or_else(|| item.clone());
            if !self.are_apart(&x, &y) {
                return None;
            }
            let unit = usize::from(same_unit(&x, &y));
            let in_place = self.difference.are_in_one_place(&x, &y);
            let beside = unit + usize::from(in_place);
            let [one, two] = NEAR.map(|(m, n)| self.beside(&x, m, &y, n) + beside);
            let placed = match x.kind {
                ItemKind::Word => in_place && one >= 2 && here >= ELSEWHERE,
                _ if nowhere => {
                    one >= 1 && here >= STRANGE
                        || one >= 1 && two >= 2 && here >= CLOSE && anywhere >= ANYWHERE
                        || two >= 1 && here == 1000
                }
                _ => one >= 2 && here >= ELSEWHERE && named,
            };
            // Both sides of the place being the same, it is the place.
            let told = !again || nowhere && (one >= 2 || two > 2);
            (placed && told).then_some(y)
        });
        found.map(|y| (x, y))
    }

    /// How many of the nearest telling words round an item, so many to either side, are among those round another.
    fn beside(&self, x: &Item<'_>, reach: usize, y: &Item<'_>, within: usize) -> usize {
        let [p, q] = &self.difference.halves;
        let near = |half: &Half<'_>, item: &Item<'_>, reach: usize| -> [Vec<usize>; 2] {
            let telling: Vec<usize> = half.telling().collect();
            let before = telling.iter().rev().copied().filter(|t| *t < item.at.start).take(reach).collect();
            let behind = telling.iter().copied().filter(|t| *t >= item.at.end).take(reach).collect();
            [before, behind]
        };
        let (own, theirs) = (near(p, x, reach), near(q, y, within));
        let shared = |(own, theirs): (&Vec<usize>, &Vec<usize>)| {
            own.iter().filter(|t| theirs.iter().any(|o| self.difference.are_same(**t, *o))).count()
        };
        own.iter().zip(&theirs).map(shared).sum()
    }

    /// Whether two items cannot both stand at one place.
    fn are_apart(&self, x: &Item<'_>, y: &Item<'_>) -> bool {
        let [p, q] = &self.difference.halves;
        let (a, b) = (p.shown(x), q.shown(y));
        match (x.kind, y.kind) {
            (ItemKind::Figure(p), ItemKind::Figure(q)) => judged(p, q) == Judgement::Disjoint,
            (ItemKind::Place(m), ItemKind::Place(n)) => m != n,
            (ItemKind::Weekday, ItemKind::Weekday)
            | (ItemKind::Month, ItemKind::Month)
            | (ItemKind::Digits, ItemKind::Digits) => a != b,
            (ItemKind::Name, ItemKind::Name) => {
                let demonym = |name: &str| self.lookup.term_of("demonyms", name).is_some();
                let short = |name: &str| name.len() <= ACRONYM && name.chars().all(|c| c.is_ascii_uppercase());
                // "UK" and "British" may well be one, as may any country and its people or what letters stand for.
                let kinds = demonym(a) == demonym(b) && short(a) == short(b);
                let long = |name: &str| name.chars().count() >= TELLS;
                kinds && long(a) && long(b) && name::two(self.lookup, a, b).judgement == Judgement::Disjoint
            }
            (ItemKind::Word, ItemKind::Word) => rules_out(&a.to_lowercase(), &b.to_lowercase(), self.lookup),
            _ => false,
        }
    }
}

/// How the amount of a statement stands to that of a source, counts of whatever they are called as numbers. Of "more than
/// 50" nobody may make "more than 60".
fn judged(p: &Quantity, q: &Quantity) -> Judgement {
    let counts = |q: &Quantity| &*q.unit.dimension == "number" || q.unit.dimension.starts_with("count:");
    let q = if counts(p) && counts(q) { &Quantity { unit: p.unit.clone(), ..q.clone() } } else { q };
    let beyond = match (p.bound, p.number.zip(q.number)) {
        (Bound::AtLeast | Bound::MoreThan, Some((m, n))) => m > n,
        (Bound::AtMost | Bound::LessThan, Some((m, n))) => m < n,
        _ => false,
    };
    if beyond && p.bound == q.bound && p.unit == q.unit {
        return Judgement::Disjoint;
    }
    interval::judge(p, q).judgement
}

/// Whether two items are measured in one unit: it stands beside both, inside their words.
fn same_unit(x: &Item<'_>, y: &Item<'_>) -> bool {
    let measured = |q: &Quantity| matches!(q.shape, Shape::Measure | Shape::Duration);
    x.kind.quantity().zip(y.kind.quantity()).is_some_and(|(p, q)| measured(p) && measured(q) && p.unit == q.unit)
}

/// Whether two figures say the same.
fn agree(x: &Item<'_>, y: &Item<'_>) -> bool {
    let agree = |p, q| matches!(judged(p, q), Judgement::Equal | Judgement::Rounding | Judgement::Finer);
    x.kind.quantity().zip(y.kind.quantity()).is_some_and(|(p, q)| agree(p, q))
}
