//! Which of two figures is the old one and which the new: stated by the words before them ("to 56 from 50"), by the headers
//! of their columns, or by the times at which they held.

use crate::claim::Claim;
use crate::rule::{Bind, Cue};
use crate::value::{Bound, Quantity, Value};

use super::CheckContext;
use super::beside::{around, beside};
use super::figures::counts;

/// An end of a change: a claim, or one end of a claim that states both ("from 50 to 56").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The figure of a claim.
    Whole(u32),
    /// The lower end of its range.
    Low(u32),
    /// The upper end of its range.
    High(u32),
}

impl End {
    /// The claim.
    pub(super) fn claim(self) -> u32 {
        match self {
            End::Whole(claim) | End::Low(claim) | End::High(claim) => claim,
        }
    }

    /// The figure, with both ends of a range as exact as they are printed.
    pub(super) fn figure(self, quantity: &Quantity) -> Quantity {
        let number = match self {
            End::Whole(_) => return quantity.clone(),
            End::Low(_) => quantity.min,
            End::High(_) => quantity.max,
        };
        Quantity { number, min: None, max: None, bound: Bound::Exact, ..quantity.clone() }
    }
}

/// The lexicon of words that put a figure before or after another.
const COMPARED: &str = "compared";
/// Words that may stand between such a word and its figure: "to a record $56 million".
const BETWEEN: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TimeOrder {
    Earlier,
    Later,
}

/// Every pair of an old and a new figure among claims of one place, in the order of the text. One pair means that it is
/// told which is which; several, that it cannot be determined which pair is meant.
pub(super) fn pairs(context: &CheckContext<'_>, bind: Bind, claims: &[u32]) -> Vec<(End, End)> {
    match bind {
        Bind::Row => by_header(context, claims),
        Bind::Sentence | Bind::List | Bind::Series | Bind::Column => {
            let stated = by_words(context, claims);
            if stated.is_empty() { by_time(context, claims) } else { stated }
        }
        Bind::Document | Bind::Incident | Bind::Corpus => by_time(context, claims),
    }
}

fn quantity(claim: &Claim) -> Option<&Quantity> {
    match &claim.value {
        Value::Quantity(q) => Some(q),
        _ => None,
    }
}

/// Whether two figures measure the same: a bare number may count what the other says it counts.
pub(super) fn alike(a: &Quantity, b: &Quantity) -> bool {
    let bare = |q: &Quantity| &*q.unit.dimension == "number";
    a.unit.dimension == b.unit.dimension || (bare(a) || bare(b)) && counts(a) && counts(b)
}

fn by_words(context: &CheckContext<'_>, claims: &[u32]) -> Vec<(End, End)> {
    let figures: Vec<(u32, &Quantity, Option<TimeOrder>)> = claims
        .iter()
        .filter_map(|&at| Some((at, quantity(context.claim(at))?, side(context, context.claim(at)))))
        // A figure that is itself a change ("up 25 %") is no end of one, unless a word says that it is.
        .filter(|(at, _, side)| side.is_some() || !beside(context, &changed(), context.claim(*at)))
        .collect();
    let mut out = Vec::new();
    for (i, (at, old, _)) in figures.iter().enumerate().filter(|(_, (.., side))| *side == Some(TimeOrder::Earlier)) {
        if old.number.is_none() && old.min.is_some() && old.max.is_some() {
            if risen(context, context.claim(*at)) {
                out.push((End::Low(*at), End::High(*at)));
            }
            continue;
        }
        let follows = figures.get(i + 1).filter(|(_, q, side)| *side == Some(TimeOrder::Later) && alike(q, old));
        let before = || {
            figures[..i].iter().rev().take(1).find(|(_, q, side)| *side != Some(TimeOrder::Earlier) && alike(q, old))
        };
        if let Some((new, ..)) = follows.or_else(before) {
            out.push((End::Whole(*at), End::Whole(*new)));
        }
    }
    out
}

fn changed() -> Cue {
    Cue { lexicon: "change".to_owned(), class: None }
}

/// The word before a figure that says on which side of a change it stands.
fn side(context: &CheckContext<'_>, claim: &Claim) -> Option<TimeOrder> {
    let (before, _) = around(context, claim)?;
    let words = before.len();
    (0..=BETWEEN.min(words)).find_map(|gap| match &*before.head(words - gap).closing(COMPARED)?.class {
        "earlier" => Some(TimeOrder::Earlier),
        "later" | "after" => Some(TimeOrder::Later),
        // Heads of columns: "last year, when it sold" says nothing of the figure behind it.
        _ => None,
    })
}

/// Whether "from 50 to 56" is a change and no range: a word of change leads up to it.
fn risen(context: &CheckContext<'_>, claim: &Claim) -> bool {
    // "Prices go from 50 to 60" is a range, "costs went from 50 to 60" a change.
    around(context, claim).is_some_and(|(before, _)| {
        let near = before.tail(BETWEEN + 2);
        near.any(&["went"]) || near.holds("change", None)
    })
}

/// Columns headed by times, or by words such as "before" and "after".
fn by_header(context: &CheckContext<'_>, claims: &[u32]) -> Vec<(End, End)> {
    let class = |text: &str, class: &str| context.holds(COMPARED, Some(class), text);
    let mut dated = Vec::new();
    let mut sided = Vec::new();
    for &at in claims {
        let claim = context.claim(at);
        let segment = context.segment_of(claim).map(|s| &context.segments[claim.source as usize][s]);
        let Some(header) = segment.and_then(|s| s.cell).and_then(|c| c.column_header) else { continue };
        let words = header.of(context.text(claim.source));
        let time = context.of_segment(claim.source, header.start).find_map(|c| match &context.claim(c).value {
            Value::Time(t) => t.earliest.zip(t.latest),
            _ => None,
        });
        if let Some(time) = time {
            dated.push((time, at));
        } else if class(words, "before") {
            sided.push((TimeOrder::Earlier, at));
        } else if class(words, "after") {
            sided.push((TimeOrder::Later, at));
        }
    }
    if dated.is_empty() {
        let of = |side: TimeOrder| sided.iter().filter(move |(s, _)| *s == side).map(|(_, at)| *at);
        return of(TimeOrder::Earlier).flat_map(|old| of(TimeOrder::Later).map(move |new| pair(old, new))).collect();
    }
    in_time(dated)
}

/// Claims that say when they held.
fn by_time(context: &CheckContext<'_>, claims: &[u32]) -> Vec<(End, End)> {
    let time = |at: u32| context.claim(at).as_of.as_ref().and_then(|t| t.earliest.zip(t.latest));
    in_time(claims.iter().filter_map(|&at| Some((time(at)?, at))).collect())
}

type Dates = (jiff::civil::Date, jiff::civil::Date);

/// Two figures of different times are one pair; of more, each next to the other is one, so that none is taken.
fn in_time(mut dated: Vec<(Dates, u32)>) -> Vec<(End, End)> {
    dated.sort_unstable();
    dated.windows(2).filter(|w| w[0].0.1 < w[1].0.0).map(|w| pair(w[0].1, w[1].1)).collect()
}

fn pair(old: u32, new: u32) -> (End, End) {
    (End::Whole(old), End::Whole(new))
}
