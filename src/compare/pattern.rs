//! Two sentences as one pattern that is filled in twice: "set aside £340,000 for the repair of the pool" and "set aside
//! £430,000 for the repair of the roof".
//!
//! Comes in: the sentences of two values, these and the words that say who speaks taken out. Goes out: the words that one
//! of them has in the place of the other's, where these name two things, or that they are the same word for word. Only
//! sentences that are the same in order otherwise are looked at: whoever tells a thing in words of his own has
//! other nouns for the same.

use crate::claim::{Claim, ContextRole};
use crate::rule::Lookup;
use crate::text::Span;

use super::wording::{Role, SentenceWord, ordinal, rules_out, stretches, words};
use super::{CompareContext, name, parallel};
use crate::value::{Judgement, Value};

/// Fewest telling words that both sentences have.
const SHARED: usize = 2;
/// Thousandths of all telling words that both have, in order.
const SAME: usize = 600;
/// Most words that stand in the place of others, and most such places.
const WORDS: usize = 3;
const PLACES: usize = 2;
/// Longest sentence that is looked at, in words.
const LONGEST: usize = 60;
/// Words before a noun up to the one that opens its phrase.
const PHRASE: usize = 3;

/// A sentence without its value and its speaker.
struct Frame<'a> {
    text: &'a str,
    claim: &'a Claim,
    words: Vec<SentenceWord>,
}

impl<'a> Frame<'a> {
    fn new(context: &CompareContext<'a>, claim: &'a Claim) -> Option<Frame<'a>> {
        let text = context.documents.get(claim.source as usize)?.text.as_str();
        let speaks = |w: &SentenceWord| {
            claim.context_spans.iter().any(|(r, s)| *r == ContextRole::Attribution && s.overlaps(w.span))
        };
        let mut words = words(text, claim.span, Some(claim.value_span), context.lookup);
        // "Series A" has no article behind it.
        let names = |w: &SentenceWord| letter(w) && w.span.start > claim.span.start;
        words.retain(|w| (w.role != Role::Light || names(w)) && !speaks(w));
        words.iter_mut().filter(|w| names(w)).for_each(|w| w.role = Role::Content);
        (words.len() <= LONGEST).then_some(Frame { text, claim, words })
    }

    /// Whether a word begins the sentence: its capital says nothing.
    fn opens(&self, word: &SentenceWord) -> bool {
        word.span.start == self.claim.span.start
    }

    /// Whether all of some words are written as names.
    fn named(&self, all: &[SentenceWord]) -> bool {
        all.iter().all(|w| w.capital) && all.iter().any(|w| !self.opens(w) || all.len() > 1)
    }

    /// Whether words are those of a noun, as far as the words round them tell.
    fn noun(&self, from: usize, to: usize, lookup: &Lookup) -> bool {
        let part = |word: &SentenceWord, key: &str| {
            lookup.terms("function-words").at(&[word.words], None).is_some_and(|(_, t)| &*t.key == key)
        };
        let before = |at: u32| self.text[self.claim.span.start as usize..at as usize].trim_end();
        let written = before(self.words[from].span.start);
        let last = written.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let article = |w: &str| matches!(w, "a" | "an" | "the") || w.ends_with("’s") || w.ends_with("'s");
        if article(&last) {
            return true;
        }
        let past =
            |w: &SentenceWord| w.text.ends_with("ed") || lookup.terms("irregular").at(&[w.words], None).is_some();
        if self.words[from..to].iter().any(past) {
            return false;
        }
        // Back to what opens the phrase: "of the new compiler", "in severe disease".
        let opens = |w: &SentenceWord| part(w, "preposition") || part(w, "determiner");
        let phrase = self.words[..from].iter().rev().take(PHRASE);
        let opened = phrase.take_while(|w| w.role == Role::Content || opens(w)).any(opens);
        // And on: what a preposition or nothing follows is no verb that takes the value.
        let end = self.words[to - 1].span.end;
        let value = self.claim.value_span;
        let next = self.words.get(to).map_or(self.claim.span.end, |w| w.span.start);
        let takes = value.start >= end && value.start < next;
        let followed = !takes && self.words.get(to).is_none_or(|w| part(w, "preposition"));
        opened && !takes || followed
    }
}

/// One letter in capitals that names: "Series A", "Plan B".
fn letter(word: &SentenceWord) -> bool {
    word.capital && word.text.len() == 1 && word.text != "i"
}

/// The words by which two sentences that are the same otherwise tell of two things.
pub(super) fn two_things(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Option<(String, String)> {
    let (a, b) = (Frame::new(context, x)?, Frame::new(context, y)?);
    let tells = |w: &&SentenceWord| w.role == Role::Content;
    let spots = stretches(&a.words, &b.words);
    let count = |all: &[SentenceWord]| all.iter().filter(tells).count();
    // What the longer sentence goes on to say makes no other pattern of it.
    let first = count(&a.words) <= count(&b.words);
    let shorter = |s: &(usize, usize, usize, usize)| match (count(&a.words[s.0..s.1]), count(&b.words[s.2..s.3])) {
        (p, 0) => usize::from(first) * p,
        (0, q) => usize::from(!first) * q,
        (p, q) => p.max(q),
    };
    let other: usize = spots.iter().map(shorter).sum();
    let in_spots: usize = spots.iter().map(|s| a.words[s.0..s.1].iter().filter(tells).count()).sum();
    let shared = a.words.iter().filter(tells).count() - in_spots;
    if shared < SHARED || shared * 1000 < (shared + other) * SAME {
        return None;
    }
    let exchanged: Vec<_> = spots.iter().filter(|s| s.0 < s.1 && s.2 < s.3).collect();
    if exchanged.len() > PLACES {
        return None;
    }
    exchanged.into_iter().find_map(|&(i, j, k, l)| {
        let (p, q) = (&a.words[i..j], &b.words[k..l]);
        let said = |f: &Frame<'_>, s: &[SentenceWord]| Span::join(s[0].span, s[s.len() - 1].span).of(f.text).to_owned();
        let two = p.len() <= WORDS && q.len() <= WORDS && apart(context, &a, (i, j), &b, (k, l));
        two.then(|| (said(&a, p), said(&b, q)))
    })
}

/// Whether the words at one place of two sentences name two things.
fn apart(
    context: &CompareContext<'_>,
    a: &Frame<'_>,
    (i, j): (usize, usize),
    b: &Frame<'_>,
    (k, l): (usize, usize),
) -> bool {
    let (p, q) = (&a.words[i..j], &b.words[k..l]);
    let lookup = context.lookup;
    let text = |s: &[SentenceWord]| s.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    let (m, n) = (text(p), text(q));
    // A noun right behind the value is what is counted, and no matter of what it is counted in.
    let counted = |f: &Frame<'_>, w: &SentenceWord| {
        let gap = f.text.get(f.claim.value_span.end as usize..w.span.start as usize);
        gap.is_some_and(|g| g.trim().is_empty())
    };
    if p.iter().any(|w| q.iter().any(|o| w.is(o))) || counted(a, &p[0]) || counted(b, &q[0]) {
        return false;
    }
    let place = |s: &[SentenceWord]| s.iter().find_map(|w| ordinal(&w.text));
    if let (Some(m), Some(n)) = (place(p), place(q)) {
        return m != n;
    }
    let calendar = |s: &[SentenceWord]| s.iter().all(|w| w.capital && w.is_calendar(lookup));
    if calendar(p) && calendar(q) || rules_out(&m, &n, lookup) {
        return true;
    }
    // "Tessel 4" and "Tessel 5", "the 2021 race" and "the 2022 race".
    let number = |f: &Frame<'_>, s: &[SentenceWord], at: usize| {
        let led = at.checked_sub(1).is_some_and(|n| f.words[n].capital && f.words[n].role == Role::Content);
        let year = |w: &SentenceWord| w.text.len() == 4 && matches!(w.text.as_bytes()[0], b'1' | b'2');
        s.len() == 1 && s[0].role == Role::Number && (led || year(&s[0]))
    };
    if number(a, p, i) && number(b, q, k) {
        return true;
    }
    if p.iter().chain(q).any(|w| !matches!(w.role, Role::Content)) {
        return false;
    }
    match (a.named(p), b.named(q)) {
        (true, true) => {
            let letters = p.iter().chain(q).any(letter);
            if context.query.is_some() && !letters {
                return false;
            }
            let (m, n) = (said(a, p), said(b, q));
            letters || name::two(lookup, &m, &n).judgement == Judgement::Disjoint
        }
        (false, false) => {
            let opens = |f: &Frame<'_>, s: &[SentenceWord]| s.iter().any(|w| w.capital && !f.opens(w));
            let kind =
                |s: &[SentenceWord]| s.last().is_some_and(|w| lookup.terms("nominals").at(&[w.words], None).is_some());
            let names = opens(a, p) || opens(b, q) || kind(p) && kind(q);
            !names && a.noun(i, j, lookup) && b.noun(k, l, lookup)
        }
        _ => false,
    }
}

fn said(frame: &Frame<'_>, words: &[SentenceWord]) -> String {
    words.iter().map(|w| w.span.of(frame.text)).collect::<Vec<_>>().join(" ")
}

/// Whether the sentences of two values are the same word for word, the values and the speakers left out, and tell of one
/// time as far as they and their documents say.
pub(super) fn same_words(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let dated = |c: &Claim| context.published(c).is_some();
    let time = |c: &Claim| c.as_of.as_ref().map(|t| t.edtf.clone());
    if x.source == y.source || dated(x) != dated(y) || time(x) != time(y) {
        return false;
    }
    let (Some(a), Some(b)) = (Frame::new(context, x), Frame::new(context, y)) else { return false };
    // "Was 4.5 % in May", "was 4.5 % in June": one figure of two times, and no two times of one thing.
    if matches!(x.value, Value::Time(_)) && a.words.iter().any(|w| w.role == Role::Number) {
        return false;
    }
    let tells = a.words.iter().filter(|w| w.role == Role::Content).count();
    let among = [&a, &b].into_iter().any(|f| parallel::among(context, &f.words, f.claim, f.text));
    tells >= SHARED && !among && a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(|(p, q)| p.is(q))
}
