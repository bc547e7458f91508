//! Whether the sentences of two figures say the same of something and differ in the figure: "a fleet of 300 ships sailed
//! in March" and "in March 12 ships of the fleet sailed".
//!
//! The figures taken out, the words of the poorer sentence are looked for in the richer one, and one of those beside its
//! figure beside the other figure, where both call it the same, unless nearly
//! all are there. What shows that another thing is meant is looked at apart: names at the head of both that differ, a word that narrows only one of them
//! ("another", "average"), a date that differs, the figure of the one standing elsewhere in the other.

use std::sync::Arc;

use crate::claim::Claim;
use crate::text::Span;
use crate::value::{Judgement, Shape, Value};

use super::wording::{Role, SentenceWord, have, words};
use super::{CompareContext, date, interval};

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
/// Words to either side of a figure in a brief text among which a word narrows it.
const CLOSE: usize = 3;

/// The words of a sentence, its figure and the text it stands in.
type Side<'a> = (Arc<[SentenceWord]>, &'a Claim, &'a str);

/// The sentences of two figures, the figures taken out.
struct Sides<'a> {
    /// The words of the sentence with fewer content words, its figure and the text it stands in.
    poor: Side<'a>,
    /// The same of the other one.
    rich: Side<'a>,
}

impl<'a> Sides<'a> {
    fn new(context: &CompareContext<'a>, x: &'a Claim, y: &'a Claim) -> Option<Sides<'a>> {
        let side = |c: &'a Claim| {
            let text = context.documents.get(c.source as usize)?.text.as_str();
            Some((context.scratch.words(context, c), c, text))
        };
        let (a, b) = (side(x)?, side(y)?);
        let contents = |w: &[SentenceWord]| w.iter().filter(|w| w.role == Role::Content).count();
        Some(if contents(&a.0) <= contents(&b.0) { Sides { poor: a, rich: b } } else { Sides { poor: b, rich: a } })
    }

    /// The content words of the poorer sentence.
    fn content(&self) -> Vec<&SentenceWord> {
        self.poor.0.iter().filter(|w| w.role == Role::Content).collect()
    }

    /// How many of them the richer one has.
    fn shared(&self) -> usize {
        self.content().into_iter().filter(|w| have(w, &self.rich.0)).count()
    }

    /// Whether the two show that they are about different things: a name at the head of either, a date, or the figure of
    /// the one standing elsewhere in the other. Nor does a figure of what something is near count all there is.
    fn apart(&self, context: &CompareContext<'_>) -> bool {
        let strange = |all: &[SentenceWord], in_these: &[SentenceWord]| {
            all.iter().filter(|w| w.role == Role::Content).take(HEAD).any(|w| w.capital && !have(w, in_these))
        };
        let elsewhere = |(_, claim, text): &Side<'_>, all: &[SentenceWord]| {
            let figures = figures(context, text, claim.value_span);
            // Of a date only a lone year is looked for: "the 1980s" against "the 1980s and 1990s".
            let lone = matches!(claim.value, Value::Quantity(_)) || figures.len() == 1;
            lone && figures.iter().any(|f| all.iter().any(|w| w.text == *f))
        };
        let (p, r) = (&self.poor.0, &self.rich.0);
        strange(p, r) && strange(r, p)
            || [&self.poor, &self.rich].into_iter().any(|(all, claim, text)| among(context, all, claim, text))
            || elsewhere(&self.poor, r)
            || elsewhere(&self.rich, p)
            || dated_apart(context, p, r)
            || matches!(self.poor.1.value, Value::Time(_)) && figures_apart(p, r)
            || self.levels_apart()
            || part_of(&self.poor) != part_of(&self.rich)
    }

    /// "18 million (up 12 %)" and "47 million (up 9 %)": each rate is of the figure that it follows, and of another one.
    fn levels_apart(&self) -> bool {
        let level = |(all, claim, _): &Side<'_>| {
            let before = &all[..all.partition_point(|w| w.span.start < claim.value_span.start)];
            before.iter().rev().find(|w| w.role == Role::Number).map(|w| w.text.clone())
        };
        let rates = [&self.poor, &self.rich].iter().all(|side| side.1.shape == Shape::Percent);
        rates && matches!((level(&self.poor), level(&self.rich)), (Some(p), Some(r)) if p != r)
    }

    /// Whether a word that only one of them has narrows it: one of those words of each that are handed in.
    fn narrowed<'w>(
        &self,
        context: &CompareContext<'_>,
        poor: impl Iterator<Item = &'w SentenceWord>,
        rich: impl Iterator<Item = &'w SentenceWord>,
    ) -> bool {
        let narrows = |w: &&SentenceWord| context.lookup.terms("narrowing").at(&[w.words], None).is_some();
        poor.filter(narrows).any(|w| !have(w, &self.rich.0)) || rich.filter(narrows).any(|w| !have(w, &self.poor.0))
    }
}

/// Whether a figure tells how many things something is near, of which there may be more.
pub(super) fn among(context: &CompareContext<'_>, all: &[SentenceWord], claim: &Claim, text: &str) -> bool {
    let before = all[..all.partition_point(|w| w.span.start < claim.value_span.start)].last();
    let own = claim.value_span.of(text).split(' ').next().unwrap_or_default();
    // "Between 3 and 5 ferries" at the beginning is a range.
    let near = !own.starts_with(char::is_uppercase) && context.lookup.is_in("nearness", own);
    near || before.is_some_and(|w| w.is_in("nearness", context.lookup))
}

/// "Four of the volunteers": a count of some of those that another sentence may count.
fn part_of((_, claim, text): &Side<'_>) -> bool {
    let behind = text.get(claim.value_span.end as usize..claim.span.end as usize).unwrap_or_default();
    let mut words = behind.split_whitespace();
    let those = ["the", "those", "these", "them", "its", "his", "her", "their", "our"];
    claim.shape == Shape::Number && words.next() == Some("of") && words.next().is_some_and(|w| those.contains(&w))
}

/// Thousandths of the content words of the poorer sentence that the richer one has too; `None` where something shows
/// that the two are about different things.
pub(super) fn parallel(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Option<u32> {
    let sides = Sides::new(context, x, y)?;
    let (poor, rich) = (&sides.poor.0, &sides.rich.0);
    let content = sides.content().len();
    if content < FEWEST || sides.apart(context) || sides.narrowed(context, poor.iter(), rich.iter()) {
        return None;
    }
    let shared = sides.shared();
    let share = shared * 1000 / content;
    let (own, other) = (sides.poor.1, sides.rich.1);
    let placed =
        || beside(poor, own.value_span, BESIDE.0).any(|w| beside(rich, other.value_span, BESIDE.1).any(|o| w.is(o)));
    let whole = shared > FEWEST && share >= MOST || shared == content;
    let named = x.attribute == y.attribute && shared >= FEWEST && placed();
    // Words that are shared elsewhere in the sentences count for less than half.
    Some(if whole || named { share } else { share.min(LOOSE) } as u32)
}

/// The same of two brief texts. Whoever writes a sentence or two of one thing says little else, so that words which
/// differ tell less than in a long text: it does not matter where the figures stand, and what narrows a figure has to
/// stand beside it. But neither figure may have another one in the other text with which it agrees.
pub(super) fn brief(context: &CompareContext<'_>, a: u32, b: u32) -> Option<u32> {
    let (x, y) = (context.claims.get(a as usize)?, context.claims.get(b as usize)?);
    if !context.surroundings.brief(x, y) {
        return None;
    }
    let sides = Sides::new(context, x, y)?;
    let content = sides.content().len();
    let close = |side: &Side<'_>| -> Vec<SentenceWord> {
        let (all, claim, _) = side;
        let split = all.partition_point(|w| w.span.start < claim.value_span.start);
        all[split.saturating_sub(CLOSE)..(split + CLOSE).min(all.len())].to_vec()
    };
    let narrowed = || sides.narrowed(context, close(&sides.poor).iter(), close(&sides.rich).iter());
    let few = content < FEWEST && (content == 0 || x.attribute != y.attribute);
    if few || sides.apart(context) || narrowed() || met(context, a, b) || met(context, b, a) {
        return None;
    }
    Some((sides.shared() * 1000 / content) as u32)
}

/// Thousandths of the content words of the poorer sentence that the richer one has, whatever sets them apart.
pub(super) fn shared(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> u32 {
    Sides::new(context, x, y).map_or(0, |s| (s.shared() * 1000 / s.content().len().max(1)) as u32)
}

/// Whether the document of the second figure holds another one with which the first agrees. One that only leaves room
/// for it has to be told as alike as the second.
fn met(context: &CompareContext<'_>, claim: u32, other: u32) -> bool {
    let (own, source) = (&context.claims[claim as usize], context.claims[other as usize].source);
    let from = context.claims.partition_point(|c| c.source < source);
    let alike = |c: u32| context.surroundings.alike(claim, c);
    let of_other = (from as u32..).zip(&context.claims[from..]).take_while(|(_, c)| c.source == source);
    of_other.filter(|(_, c)| !c.noise).any(|(at, c)| match judged(own, c) {
        Judgement::Equal | Judgement::Rounding | Judgement::Finer => true,
        Judgement::Overlap => alike(at) >= alike(other),
        _ => false,
    })
}

/// How two values stand to each other, whatever they are of.
fn judged(x: &Claim, y: &Claim) -> Judgement {
    match (&x.value, &y.value) {
        (Value::Quantity(p), Value::Quantity(q)) => interval::judge(p, q).judgement,
        (Value::Time(p), Value::Time(q)) => date::judge(p, q, false).judgement,
        _ => Judgement::Unknown,
    }
}

/// The content words nearest to a value, so many to either side.
fn beside(all: &[SentenceWord], value: Span, reach: usize) -> impl Iterator<Item = &SentenceWord> {
    let content = |w: &&SentenceWord| w.role == Role::Content;
    let split = all.partition_point(|w| w.span.start < value.start);
    all[..split].iter().rev().filter(content).take(reach).chain(all[split..].iter().filter(content).take(reach))
}

/// The figures in the words of a value.
fn figures(context: &CompareContext<'_>, text: &str, value: Span) -> Vec<String> {
    words(text, value, None, context.lookup).into_iter().filter(|w| w.role == Role::Number).map(|w| w.text).collect()
}

/// Whether both hold figures beside their dates, and none in common: each dates its own.
fn figures_apart(a: &[SentenceWord], b: &[SentenceWord]) -> bool {
    let figures = |all: &[SentenceWord]| {
        all.iter().filter(|w| w.role == Role::Number).map(|w| w.text.clone()).collect::<Vec<_>>()
    };
    let (a, b) = (figures(a), figures(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|f| b.contains(f))
}

/// Whether both name a year, a month or a day of the week, and none in common.
fn dated_apart(context: &CompareContext<'_>, a: &[SentenceWord], b: &[SentenceWord]) -> bool {
    let year =
        |w: &SentenceWord| w.text.len() == 4 && matches!(w.text.as_bytes()[0], b'1' | b'2') && w.role == Role::Number;
    let calendar = |w: &SentenceWord| w.capital && w.is_calendar(context.lookup);
    let apart = |of: &dyn Fn(&SentenceWord) -> bool| {
        let (p, q): (Vec<_>, Vec<_>) = (a.iter().filter(|w| of(w)).collect(), b.iter().filter(|w| of(w)).collect());
        !p.is_empty() && !q.is_empty() && !p.iter().any(|w| q.iter().any(|o| o.text == w.text))
    };
    apart(&year) || apart(&calendar)
}
