//! A statement put to sources: whether a sentence of theirs says what it says, or has another name, figure or day in the
//! place of one of its own.
//!
//! Comes in: the sentence of the statement and a sentence of a source. Goes out: a judgement. Two documents that each tell
//! of a team from another country may both be right; somebody who puts a statement to its sources wants to know that
//! they have another country there. So this is looked at of such a statement alone, never of two sources. What the sources
//! nowhere name weighs most: a word that stands elsewhere in them may be right in its own sentence.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::mention::recognise;
use crate::rule::{Lookup, Measures};
use crate::source::Document;
use crate::text::{Span, tokenise};
use crate::value::{Bound, Judgement, Quantity, Shape, Value};

use super::wording::{Role, SentenceWord, have, ordinal, rules_out, stretches, words};
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
/// Most words of a source that are set beside a statement at once, or twice as many as the statement has.
const LONGEST: usize = 40;
/// Thousandths of the telling words of a statement in the sentence that denies it or that it denies.
const DENIED: usize = 850;
/// Fewest letters that tell one name from another.
const TELLS: usize = 2;
/// Most letters of what is called by its letters.
const ACRONYM: usize = 4;
/// An amount may be told by a bound as far as it is within twice.
const TWO: Decimal = Decimal::TWO;

/// The statement, and the words of what it is put to.
#[derive(Debug, Clone)]
pub struct Query {
    source: u32,
    known: BTreeSet<String>,
    /// Words that the sources write with a capital within their sentences.
    named: BTreeSet<String>,
    figures: Vec<Quantity>,
}

impl Query {
    /// `source` is the document of the statement; all others are what it is put to.
    pub fn new(source: u32, documents: &[Document], claims: &[Claim], lookup: &Lookup) -> Query {
        let (mut known, mut named) = (BTreeSet::new(), BTreeSet::new());
        for (_, document) in (0..).zip(documents).filter(|(at, _): &(u32, _)| *at != source) {
            for word in words(&document.text, document.body, None, lookup) {
                let before = document.text[..word.span.start as usize].trim_end();
                if word.capital && before.ends_with(|c: char| c.is_alphanumeric() || c == ',') {
                    named.insert(word.text.clone());
                }
                known.extend([word.lemma, word.text]);
            }
        }
        let quantity = |c: &Claim| match &c.value {
            Value::Quantity(q) if c.source != source => Some(q.clone()),
            _ => None,
        };
        Query { source, known, named, figures: claims.iter().filter_map(quantity).collect() }
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

    /// Judges a sentence of the statement beside one of a source: `whole` is what the two come to as wholes, `asserts` whether
    /// the source asserts what it has.
    pub(super) fn judge(
        &self,
        own: &Claim,
        other: &Claim,
        whole: impl FnOnce() -> Finding,
        asserts: impl FnOnce() -> bool,
        (lookup, measures): (&Lookup, &Measures),
    ) -> Finding {
        let found = whole();
        let (own, other) = (sentence(own), sentence(other));
        if found.judgement == Judgement::Disjoint {
            return found;
        }
        // That two brief texts are told alike is not enough here.
        let found = Finding::new(
            Judgement::Unknown,
            "no sentence has all that the statement says, or another thing in its place",
        );
        let own = Said::new(own, lookup);
        let other = Said::new(other, lookup).nearest(&own);
        if own.held(&other) * 1000 < own.telling().count() * CLOSE {
            return found;
        }
        let figures = (own.figures(measures), other.figures(measures));
        if says(&own, &figures.0, &other, &figures.1, lookup) && asserts() {
            return Finding::new(Judgement::Equal, "a sentence of the source has all that the statement says");
        }
        if denied(&own, &other, lookup) || denied(&other, &own, lookup) {
            return Finding::new(Judgement::Disjoint, "one denies what the other says in the same words");
        }
        let (a, b) = (own.items(figures.0, lookup), other.items(figures.1, lookup));
        if self.of_another(&own, &other, lookup) || modified_apart(&own, &other, lookup) {
            return found;
        }
        let exchanged = a.iter().find_map(|x| self.exchanged(&own, &a, x, &other, &b, lookup));
        match exchanged {
            Some((x, y)) => Finding::new(
                Judgement::Disjoint,
                format!("the source has “{}” in the place of “{}”", other.shown(&y), own.shown(&x)),
            ),
            None => found,
        }
    }

    /// Whether a sentence tells of somebody or something else than the statement: the name with which this begins is not
    /// in it, and it begins with another name, or has one that is the same in part only. "She", and a noun, may be anybody.
    fn of_another(&self, own: &Said<'_>, other: &Said<'_>, lookup: &Lookup) -> bool {
        let subject = |s: &Said<'_>| {
            let named = |w: &SentenceWord| w.capital && w.role == Role::Content;
            let run = s.words.iter().take_while(|w| named(w)).count();
            let opens = s.words.first().is_some_and(|w| w.span.start == 0);
            let known = |w: &SentenceWord| {
                self.named.contains(&w.text) || lookup.terms("given-names").at(&[w.words], None).is_some()
            };
            (opens && (run > 1 || run == 1 && known(&s.words[0]))).then(|| s.words[..run].to_vec())
        };
        let Some(p) = subject(own) else { return false };
        if p.iter().all(|w| have(w, &other.words)) {
            return false;
        }
        let strange = |all: &[SentenceWord], others: &[SentenceWord]| all.iter().any(|w| !have(w, others));
        if let Some(q) = subject(other) {
            // A name that stands in the place of the statement's own is what it is asked about, all else being the same.
            let rest = own.words[p.len()..].iter().filter(|w| tells(w));
            let alike = rest.clone().all(|w| have(w, &other.words));
            return !alike && strange(&p, &q) && strange(&q, &p);
        }
        let mut runs = other.words.chunk_by(|a, b| a.capital && b.capital && b.span.start <= a.span.end + 1);
        let last = p.last();
        runs.any(|q| {
            q.iter().all(|w| w.capital) && last.is_some_and(|l| have(l, q)) && strange(q, &p) && strange(&p, q)
        })
    }

    /// What stands in the source in the place of an item of the statement: the words of both that differ.
    fn exchanged(
        &self,
        own: &Said<'_>,
        all: &[Item],
        item: &Item,
        other: &Said<'_>,
        others: &[Item],
        lookup: &Lookup,
    ) -> Option<(Item, Item)> {
        if others.iter().any(|y| agree(own, item, other, y)) {
            return None;
        }
        let x = own.strange(item, &other.words)?;
        let rest: Vec<&SentenceWord> =
            own.words.iter().enumerate().filter(|(at, w)| tells(w) && !x.holds(*at)).map(|(_, w)| w).collect();
        if rest.len() < FEWEST {
            return None;
        }
        let share = |held: usize| held * 1000 / rest.len();
        let here = share(rest.iter().filter(|w| have(w, &other.words)).count());
        let anywhere = share(rest.iter().filter(|w| self.knows(w)).count());
        let unknown = own.words[x.from..x.to].iter().any(|w| !have(w, &other.words) && !self.knows(w));
        // The 20 of a date is no 20 days.
        let measured = matches!(&x.what, What::Figure(q) if q.shape != Shape::Number);
        let nowhere = (unknown || measured) && !self.counts(&x);
        // What both name otherwise may be two things.
        let exact = |w: &&&SentenceWord| w.role == Role::Number || w.capital && w.span.start > 0;
        let named = rest.iter().filter(exact).all(|w| have(w, &other.words));
        let found = others.iter().find_map(|item| {
            // What stands there may be told in another place of the statement.
            let y = other.strange(item, &own.words);
            let again = y.is_none() || all.iter().any(|x| x.from != item.from && agree(own, x, other, item));
            let y = y.unwrap_or_else(|| item.clone());
            let unit = usize::from(same_unit(&x, &y));
            let [one, two] = NEAR.map(|(p, q)| own.beside(&x, p, other, &y, q) + unit);
            let placed = match x.what {
                // Opposites are frequent: in a text that goes on and on, one is of something else.
                What::Word => other.whole && one >= 1 && here >= ELSEWHERE,
                _ if nowhere => {
                    one >= 1 && here >= STRANGE
                        || one >= 1 && two >= 2 && here >= CLOSE && anywhere >= ANYWHERE
                        || two >= 1 && here == 1000
                }
                _ => one >= 2 && here >= ELSEWHERE && named,
            };
            // Both sides of the place being the same, it is the place.
            let told = !again || nowhere && (one >= 2 || two > 2);
            (placed && told && apart(own, &x, other, &y, lookup)).then_some(y)
        });
        found.map(|y| (x, y))
    }

    /// Whether the sources have an amount that a figure of the statement may be, rounded or bounded.
    fn counts(&self, item: &Item) -> bool {
        let What::Figure(p) = &item.what else { return false };
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

    fn knows(&self, word: &SentenceWord) -> bool {
        self.known.contains(&word.text) || self.known.contains(&word.lemma)
    }
}

/// The sentence of a claim of one.
fn sentence(claim: &Claim) -> &str {
    match &claim.value {
        Value::Text(text) => text,
        _ => "",
    }
}

/// A sentence in words.
struct Said<'a> {
    text: &'a str,
    words: Vec<SentenceWord>,
    /// Whether these are all its words.
    whole: bool,
}

/// What may be exchanged in a sentence: words from the first up to and without the last.
#[derive(Clone)]
struct Item {
    from: usize,
    to: usize,
    what: What,
}

#[derive(Clone)]
enum What {
    Name,
    Weekday,
    Month,
    /// A place in an order.
    Place(u32),
    Figure(Quantity),
    /// Digits that are no amount: the year or the day of a date.
    Digits,
    /// Any other word that tells something.
    Word,
}

impl Item {
    fn holds(&self, at: usize) -> bool {
        (self.from..self.to).contains(&at)
    }
}

fn tells(word: &SentenceWord) -> bool {
    matches!(word.role, Role::Content | Role::Number)
}

impl<'a> Said<'a> {
    fn new(text: &'a str, lookup: &Lookup) -> Said<'a> {
        let mut words = words(text, Span::new(0, text.len()), None, lookup);
        words.retain(|w| w.role != Role::Light);
        Said { text, words, whole: true }
    }

    /// The stretch of it that has most of the telling words of another sentence: a source may write on without an end.
    fn nearest(mut self, own: &Said<'_>) -> Said<'a> {
        let reach = LONGEST.max(2 * own.words.len());
        if self.words.len() > reach {
            let shared: Vec<bool> = self.words.iter().map(|w| tells(w) && have(w, &own.words)).collect();
            let held = |from: usize| shared[from..from + reach].iter().filter(|s| **s).count();
            // Of equals the first.
            let from = (0..=shared.len() - reach).rev().max_by_key(|&from| held(from)).unwrap_or_default();
            self.words = self.words.split_off(from);
            self.words.truncate(reach);
            self.whole = false;
        }
        self
    }

    fn telling(&self) -> impl Iterator<Item = &SentenceWord> {
        self.words.iter().filter(|w| tells(w))
    }

    /// The telling word behind each negation.
    fn denied_words(&self) -> Vec<Option<&SentenceWord>> {
        let negations = self.words.iter().enumerate().filter(|(_, w)| w.role == Role::Negation);
        negations.map(|(at, _)| self.words[at..].iter().find(|w| tells(w))).collect()
    }

    /// How many of its telling words another sentence has.
    fn held(&self, other: &Said<'_>) -> usize {
        self.telling().filter(|w| have(w, &other.words)).count()
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let (first, last) = (&self.words[from], &self.words[to - 1]);
        first.span.join(last.span)
    }

    fn shown(&self, item: &Item) -> &'a str {
        self.span(item.from, item.to).of(self.text)
    }

    /// A name as it is written; "U.S." is one word.
    fn name(&self, item: &Item) -> String {
        let words = &self.words[item.from..item.to];
        let letters = words.iter().all(|w| w.text.chars().count() < TELLS);
        let written: Vec<&str> = words.iter().map(|w| w.span.of(self.text)).collect();
        written.join(if letters { "" } else { " " })
    }

    /// The amounts, each with the words it is written in.
    fn figures(&self, measures: &Measures) -> Vec<(usize, usize, Quantity)> {
        let tokens = tokenise(self.text, Span::new(0, self.text.len()));
        let found = recognise(self.text, &tokens, measures).0.into_iter();
        let within = |m: Span| {
            let from = self.words.partition_point(|w| w.span.end <= m.start);
            let to = self.words.partition_point(|w| w.span.start < m.end);
            (from < to).then_some((from, to))
        };
        found.filter_map(|m| within(m.span).map(|(from, to)| (from, to, m.quantity))).collect()
    }

    fn items(&self, figures: Vec<(usize, usize, Quantity)>, lookup: &Lookup) -> Vec<Item> {
        let mut out: Vec<Item> =
            figures.into_iter().map(|(from, to, q)| Item { from, to, what: What::Figure(q) }).collect();
        let mut at = 0;
        while at < self.words.len() {
            let word = &self.words[at];
            let mut to = at + 1;
            let what = if out.iter().any(|i| i.holds(at)) {
                None
            } else if let Some(place) = ordinal(&word.text) {
                Some(What::Place(place))
            } else if word.role == Role::Number {
                Some(What::Digits)
            } else if word.capital && word.is_calendar(lookup) {
                Some(if word.text.ends_with("day") { What::Weekday } else { What::Month })
            } else if word.capital && word.is_in("short-months", lookup) {
                Some(What::Month)
            } else if word.capital && word.role == Role::Content {
                let follows = |n: &usize| {
                    let (before, w) = (&self.words[*n - 1], &self.words[*n]);
                    let gap = self.text.get(before.span.end as usize..w.span.start as usize).unwrap_or("-");
                    w.capital && w.role == Role::Content && matches!(gap, " " | "." | ". " | " of " | "-")
                };
                to += (to..self.words.len()).take_while(follows).count();
                // A capital at the beginning says nothing of a word that stands alone.
                let named = |w: &SentenceWord| {
                    ["places", "demonyms"].iter().any(|l| lookup.terms(l).at(&[w.words], None).is_some())
                };
                (word.span.start > 0 || to > at + 1 || named(word)).then_some(What::Name)
            } else {
                (word.role == Role::Content).then_some(What::Word)
            };
            if let Some(what) = what {
                out.push(Item { from: at, to, what });
            }
            at = to;
        }
        out
    }

    /// An item without the words at its ends that another sentence has; `None` where it has them all. An amount is one.
    fn strange(&self, item: &Item, all: &[SentenceWord]) -> Option<Item> {
        let own = |at: &usize| !have(&self.words[*at], all);
        let (from, last) = ((item.from..item.to).find(own)?, (item.from..item.to).rev().find(own)?);
        let whole = matches!(item.what, What::Figure(_));
        let (from, to) = if whole { (item.from, item.to) } else { (from, last + 1) };
        Some(Item { from, to, what: item.what.clone() })
    }

    /// How many of the nearest telling words round an item, so many to either side, are among those round another.
    fn beside(&self, item: &Item, reach: usize, other: &Said<'_>, at: &Item, within: usize) -> usize {
        let near = |all: &Said<'_>, item: &Item, reach: usize| -> [Vec<SentenceWord>; 2] {
            let before = all.words[..item.from].iter().rev().filter(|w| tells(w)).take(reach).cloned().collect();
            let behind = all.words[item.to..].iter().filter(|w| tells(w)).take(reach).cloned().collect();
            [before, behind]
        };
        let (own, theirs) = (near(self, item, reach), near(other, at, within));
        own.iter().zip(&theirs).map(|(p, q)| p.iter().filter(|w| have(w, q)).count()).sum()
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

/// Whether one noun has one word before it in the statement and another one in the source, all round them being the same:
/// "a full backup", "an incremental backup".
fn modified_apart(own: &Said<'_>, other: &Said<'_>, lookup: &Lookup) -> bool {
    let word = |w: &SentenceWord| w.role == Role::Content && (!w.capital || w.span.start == 0);
    let past = |w: &SentenceWord| w.text.ends_with("ed") || lookup.terms("irregular").at(&[w.words], None).is_some();
    stretches(&own.words, &other.words).into_iter().any(|(i, j, k, l)| {
        let (Some(p), Some(q)) = (own.words[i..j].first(), other.words[k..l].first()) else { return false };
        let single = j == i + 1 && l == k + 1 && word(p) && word(q) && !past(p) && !past(q);
        let noun = |s: &Said<'_>, at: usize| {
            s.words.get(at).is_some_and(|w| w.role == Role::Content && !w.capital && !past(w))
        };
        // A voluntary levy is no mandatory one.
        let opposed = || rules_out(&p.text, &q.text, lookup);
        single && noun(own, j) && noun(other, l) && !have(p, &other.words) && !have(q, &own.words) && !opposed()
    })
}

/// Whether two items are measured in one unit: it stands beside both, inside their words.
fn same_unit(x: &Item, y: &Item) -> bool {
    let measured = |q: &Quantity| matches!(q.shape, Shape::Measure | Shape::Duration);
    match (&x.what, &y.what) {
        (What::Figure(p), What::Figure(q)) => measured(p) && measured(q) && p.unit == q.unit,
        _ => false,
    }
}

/// Whether two items say the same.
fn agree(own: &Said<'_>, x: &Item, other: &Said<'_>, y: &Item) -> bool {
    match (&x.what, &y.what) {
        (What::Figure(p), What::Figure(q)) => {
            matches!(judged(p, q), Judgement::Equal | Judgement::Rounding | Judgement::Finer)
        }
        (What::Place(m), What::Place(n)) => m == n,
        (What::Name, What::Name) => {
            let name = |said: &Said<'_>, item: &Item| said.words[item.from..item.to].to_vec();
            let (p, q) = (name(own, x), name(other, y));
            p.iter().all(|w| have(w, &q)) || q.iter().all(|w| have(w, &p))
        }
        _ => own.words[x.from..x.to].iter().all(|w| have(w, &other.words[y.from..y.to])),
    }
}

/// Whether two items cannot both stand at one place.
fn apart(own: &Said<'_>, x: &Item, other: &Said<'_>, y: &Item, lookup: &Lookup) -> bool {
    match (&x.what, &y.what) {
        (What::Figure(p), What::Figure(q)) => judged(p, q) == Judgement::Disjoint,
        (What::Place(m), What::Place(n)) => m != n,
        (What::Weekday, What::Weekday) | (What::Month, What::Month) | (What::Digits, What::Digits) => {
            !agree(own, x, other, y)
        }
        (What::Name, What::Name) => {
            let (p, q) = (own.name(x), other.name(y));
            let demonym = |name: &str| lookup.term_of("demonyms", name).is_some();
            let short = |name: &str| name.len() <= ACRONYM && name.chars().all(|c| c.is_ascii_uppercase());
            // "UK" and "British" may well be one, as may any country and its people or what letters stand for.
            let kinds = demonym(&p) == demonym(&q) && short(&p) == short(&q);
            let long = |name: &str| name.chars().count() >= TELLS;
            kinds && long(&p) && long(&q) && name::two(lookup, &p, &q).judgement == Judgement::Disjoint
        }
        (What::Word, What::Word) => {
            let word = |said: &Said<'_>, item: &Item| said.words[item.from].text.clone();
            rules_out(&word(own, x), &word(other, y), lookup)
        }
        _ => false,
    }
}

/// Whether a sentence denies what another says: a negation more, in front of a word that the other has, and else the same.
fn denied(denial: &Said<'_>, other: &Said<'_>, lookup: &Lookup) -> bool {
    let negations = |s: &Said<'_>| s.words.iter().filter(|w| w.role == Role::Negation).count();
    let telling = denial.telling().count().min(other.telling().count());
    // What is not yet so is not so.
    let denied: Vec<SentenceWord> = denial.words.iter().filter(|w| w.text != "yet").cloned().collect();
    negations(denial) == 1
        && negations(other) == 0
        && telling >= FEWEST
        && denial.held(other).min(other.held(denial)) * 1000 >= telling * DENIED
        && denial.denied_words().iter().all(|w| w.is_some_and(|w| have(w, &other.words)))
        && !partly(&denied, &other.words, lookup)
}

/// Whether a sentence has all that another says: its telling words in their order, its figures as amounts; and no word that
/// denies, hedges or leaves open on one side only, or in front of something else.
fn says(
    own: &Said<'_>,
    figures: &[(usize, usize, Quantity)],
    other: &Said<'_>,
    others: &[(usize, usize, Quantity)],
    lookup: &Lookup,
) -> bool {
    let telling: Vec<&SentenceWord> = own.telling().collect();
    let theirs: Vec<&SentenceWord> = other.telling().collect();
    if telling.len() < FEWEST || own.held(other) < telling.len() {
        return false;
    }
    // In order: the longest run that both have, one word out of its place apart.
    let mut row = vec![0_usize; theirs.len() + 1];
    for word in &telling {
        let mut corner = 0;
        for (k, their) in theirs.iter().enumerate() {
            let up = row[k + 1];
            row[k + 1] = if word.is(their) { corner + 1 } else { up.max(row[k]) };
            corner = up;
        }
    }
    let spare = usize::from(telling.len() > 2 * FEWEST);
    let ordered = row[theirs.len()] + spare >= telling.len();
    let counted = figures.iter().all(|(_, _, p)| others.iter().any(|(_, _, q)| judged(p, q) == Judgement::Equal));
    let weighs = |w: &SentenceWord| {
        w.role == Role::Negation
            || ["hedges", "conditions", "future", "opinions"]
                .iter()
                .any(|l| lookup.terms(l).at(&[w.words], None).is_some())
            || lookup.terms("auxiliaries").at(&[w.words], None).is_some_and(|(_, t)| &*t.key == "will")
    };
    let alike = |p: &Said<'_>, q: &Said<'_>| p.words.iter().filter(|w| weighs(w)).all(|w| have(w, &q.words));
    // One and the same thing is denied.
    let denials = |p: &Said<'_>, q: &Said<'_>| {
        let (own, theirs) = (p.denied_words(), q.denied_words());
        own.iter().all(|w| theirs.iter().any(|o| w.zip(*o).is_some_and(|(w, o)| w.is(o))))
    };
    // Who did it and to whom hangs on a small word; so does a part of a whole.
    let small = own.words.iter().filter(|w| w.role == Role::Frame).all(|w| have(w, &other.words));
    let by = |s: &Said<'_>| s.words.iter().filter(|w| w.text == "by").count();
    ordered
        && counted
        && denials(own, other)
        && denials(other, own)
        && small
        && alike(own, other)
        && alike(other, own)
        && by(own) == by(other)
}

/// Whether a denial denies a part of what the other sentence affirms: a word for a part, or a figure in front of the
/// negation, that the other one does not have.
fn partly(denial: &[SentenceWord], other: &[SentenceWord], lookup: &Lookup) -> bool {
    let head = denial.iter().position(|w| w.role == Role::Negation).unwrap_or_default();
    let part = |(at, w): (usize, &SentenceWord)| {
        w.is_in("partial-denials", lookup) || at < head && w.text.starts_with(|c: char| c.is_ascii_digit())
    };
    let own = |w: &SentenceWord| !other.iter().any(|o| o.is(w));
    denial.iter().enumerate().any(|(at, w)| part((at, w)) && own(w))
}
