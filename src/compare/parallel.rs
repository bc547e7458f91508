//! Whether the sentences of two figures say the same of something and differ in the figure: "a fleet of 300 ships sailed
//! in March" and "in March 12 ships of the fleet sailed".
//!
//! The figures taken out, the words of the poorer sentence are looked for in the richer one, and one of those beside its
//! figure beside the other figure, where both call it the same, unless nearly
//! all are there. What shows that another thing is meant is looked at apart: names at the head of both that differ, a word that narrows only one of them
//! ("another", "average"), a date that differs, the figure of the one standing elsewhere in the other.

use crate::claim::Claim;
use crate::text::Span;
use crate::value::Value;

use super::Frozen;
use super::wording::{Role, Word, words};

/// Content words from the beginning of a sentence in which its head is looked for.
const HEAD: usize = 3;
/// Where so many thousandths are shared, it does not matter where the figures stand and what each sentence calls them.
const MOST: usize = 800;
/// What is shared at most where the figures stand at different places.
const LOOSE: usize = 499;
/// Fewest content words that both must have.
const FEWEST: usize = 2;
/// Content words to either side of a figure that are beside it: in the poorer sentence, and in the richer one.
const BESIDE: (usize, usize) = (2, 4);

/// Thousandths of the content words of the poorer sentence that the richer one has too; `None` where something shows
/// that the two are about different things.
pub(super) fn parallel(frozen: &Frozen<'_>, x: &Claim, y: &Claim) -> Option<u32> {
    let text = |c: &Claim| frozen.documents.get(c.source as usize).map(|d| d.text.as_str());
    let (s, t) = (text(x)?, text(y)?);
    let a = words(s, x.span, Some(x.value_span), frozen.lookup);
    let b = words(t, y.span, Some(y.value_span), frozen.lookup);
    let contents = |w: &[Word]| w.iter().filter(|w| w.role == Role::Content).count();
    let ((poor, own, poor_text), (rich, other, rich_text)) =
        if contents(&a) <= contents(&b) { ((&a, x, s), (&b, y, t)) } else { ((&b, y, t), (&a, x, s)) };
    let have = |w: &Word, all: &[Word]| all.iter().any(|o| o.is(w));
    let of = |role: Role, all: &'_ [Word]| -> Vec<Word> { all.iter().filter(|w| w.role == role).cloned().collect() };
    let content = of(Role::Content, poor);
    if content.len() < FEWEST {
        return None;
    }
    let strange = |all: &[Word], in_these: &[Word]| {
        all.iter().filter(|w| w.role == Role::Content).take(HEAD).any(|w| w.capital && !have(w, in_these))
    };
    let heads_differ = strange(poor, rich) && strange(rich, poor);
    let narrows = |w: &&Word| frozen.lookup.terms("narrowing").at(&[w.words], None).is_some();
    let narrowed = |all: &[Word], in_these: &[Word]| all.iter().filter(narrows).any(|w| !have(w, in_these));
    let elsewhere = |claim: &Claim, text: &str, all: &[Word]| {
        let figures = figures(frozen, text, claim.value_span);
        // Of a date only a lone year is looked for: "the 1980s" against "the 1980s and 1990s".
        let lone = matches!(claim.value, Value::Quantity(_)) || figures.len() == 1;
        lone && figures.iter().any(|f| all.iter().any(|w| w.text == *f))
    };
    if heads_differ
        || narrowed(poor, rich)
        || narrowed(rich, poor)
        || elsewhere(own, poor_text, rich)
        || elsewhere(other, rich_text, poor)
        || dated_apart(frozen, poor, rich)
        || matches!((&x.value, &y.value), (Value::Time(_), Value::Time(_))) && figures_apart(poor, rich)
    {
        return None;
    }
    let shared = content.iter().filter(|w| have(w, rich)).count();
    let share = shared * 1000 / content.len();
    let placed =
        || beside(poor, own.value_span, BESIDE.0).any(|w| beside(rich, other.value_span, BESIDE.1).any(|o| w.is(o)));
    let whole = shared > FEWEST && share >= MOST || shared == content.len();
    let named = x.attribute == y.attribute && shared >= FEWEST && placed();
    // Words that are shared elsewhere in the sentences count for less than half.
    Some(if whole || named { share } else { share.min(LOOSE) } as u32)
}

/// The content words nearest to a value, so many to either side.
fn beside(all: &[Word], value: Span, reach: usize) -> impl Iterator<Item = &Word> {
    let content = |w: &&Word| w.role == Role::Content;
    let split = all.partition_point(|w| w.span.start < value.start);
    all[..split].iter().rev().filter(content).take(reach).chain(all[split..].iter().filter(content).take(reach))
}

/// The figures in the words of a value.
fn figures(frozen: &Frozen<'_>, text: &str, value: Span) -> Vec<String> {
    words(text, value, None, frozen.lookup).into_iter().filter(|w| w.role == Role::Number).map(|w| w.text).collect()
}

/// Whether both hold figures beside their dates, and none in common: each dates its own.
fn figures_apart(a: &[Word], b: &[Word]) -> bool {
    let figures =
        |all: &[Word]| all.iter().filter(|w| w.role == Role::Number).map(|w| w.text.clone()).collect::<Vec<_>>();
    let (a, b) = (figures(a), figures(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|f| b.contains(f))
}

/// Whether both name a year, a month or a day of the week, and none in common.
fn dated_apart(frozen: &Frozen<'_>, a: &[Word], b: &[Word]) -> bool {
    let year = |w: &Word| w.text.len() == 4 && matches!(w.text.as_bytes()[0], b'1' | b'2') && w.role == Role::Number;
    let calendar = |w: &Word| {
        w.capital
            && frozen.lookup.terms("function-words").at(&[w.words], None).is_some_and(|(_, t)| &*t.key == "calendar")
    };
    let apart = |of: &dyn Fn(&Word) -> bool| {
        let (p, q): (Vec<_>, Vec<_>) = (a.iter().filter(|w| of(w)).collect(), b.iter().filter(|w| of(w)).collect());
        !p.is_empty() && !q.is_empty() && !p.iter().any(|w| q.iter().any(|o| o.text == w.text))
    };
    apart(&year) || apart(&calendar)
}
