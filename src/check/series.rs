//! Figures that a sentence tells one after the other as parts of a whole: "260 employees: 140 in Lisbon, 75 in Porto and
//! 45 in Braga", "31 on Friday and 18 on Saturday, a total of 49".
//!
//! Comes in: the claims of a document, in order. Goes out: its series, each with its whole where one is stated, and how
//! sure it is that the parts are all there are. Nothing is added up here.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::rule::ListPart;
use crate::value::{Quantity, Value};

use super::CheckContext;
use super::figures::{Figure, Sentence, base, counts};
use super::parts::SegmentFigures;

/// Most sentences whose figures a later one adds up.
const SENTENCES: usize = 3;

/// How the parts are bound to their whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// They make it: "made up of", "a total of".
    Total,
    /// They are parts of it, and perhaps not all: "of whom", a colon.
    Of,
    /// The sentence before them gives a figure that may be their whole.
    Loose,
    /// They are kinds of which one is one at most, beside what they are kinds of.
    Apart,
}

/// One series.
#[derive(Debug)]
pub(super) struct Series {
    /// The claims of the parts, in order.
    pub(super) parts: Vec<u32>,
    /// That of the whole, and how it is bound to them.
    pub(super) whole: Option<(u32, Bond)>,
    /// Whether the last part is stated as all that is left.
    pub(super) rest: bool,
}

/// The series of a document.
#[derive(Debug, Default)]
pub(super) struct Serieses {
    pub(super) all: Vec<Series>,
    /// By id of a claim: its series, and what it is there.
    of: BTreeMap<String, (usize, ListPart)>,
}

/// Whether two figures can be added up: of one dimension, or both counts, whatever they count.
pub(super) fn summed(a: &Quantity, b: &Quantity) -> bool {
    a.unit.dimension == b.unit.dimension || counts(a) && counts(b)
}

impl Serieses {
    /// Reads the series of a document out of its sentences. Linear in its claims.
    pub(super) fn new(context: &CheckContext<'_>, sentences: &[Sentence<'_>]) -> Serieses {
        let mut out = Serieses::default();
        let mut earlier: Vec<SegmentFigures<'_>> = Vec::new();
        for sentence in sentences {
            if !sentence.goes_on {
                earlier.clear();
            }
            if !sentence.prose {
                continue;
            }
            let stated = SegmentFigures::new(sentence);
            for series in stated.series(earlier.last().map_or(&[], |last| &last.figures)) {
                out.add(context, series);
            }
            out.all_stated(context, &stated, &earlier);
            earlier.push(stated);
            if earlier.len() > SENTENCES {
                earlier.remove(0);
            }
        }
        out
    }

    fn add(&mut self, context: &CheckContext<'_>, series: Series) {
        let number = self.all.len();
        let id = |at: u32| context.claim(at).id.clone();
        let last = series.parts.len().saturating_sub(1);
        let part = |at: usize| if series.rest && at == last { ListPart::Rest } else { ListPart::Part };
        let members = series.parts.iter().enumerate().map(|(at, &p)| (p, part(at)));
        let members: Vec<_> = members.chain(series.whole.map(|(w, _)| (w, ListPart::Whole))).collect();
        if members.iter().all(|(at, _)| !self.of.contains_key(&id(*at))) {
            self.of.extend(members.into_iter().map(|(at, part)| (id(at), (number, part))));
            self.all.push(series);
        }
    }

    /// "Donors gave $120,000 in spring. In autumn they gave $80,000. That made a total of $200,000": a sentence that says of
    /// the ones before it what they come to. Its only figure is a total; theirs are one series, or of one attribute.
    fn all_stated(&mut self, context: &CheckContext<'_>, stated: &SegmentFigures<'_>, earlier: &[SegmentFigures<'_>]) {
        let totals: Vec<&Figure<'_>> = stated.figures.iter().filter(|f| stated.is_total(f)).collect();
        let [total] = totals.as_slice() else { return };
        let family = |f: &Figure<'_>| &context.claim(f.at).family;
        let alone = stated.figures.iter().all(|f| f.at == total.at || family(f) != family(total));
        if !alone || !stated.adds_up(total) {
            return;
        }
        let Some(last) = earlier.last() else { return };
        // The sentence right before has them all as one series, or each of those before has one of them.
        let alike = |f: &&Figure<'_>| summed(f.quantity, total.quantity);
        let own: Vec<u32> = last.figures.iter().filter(alike).map(|f| f.at).collect();
        let series = last.series(&[]).into_iter().find(|s| s.whole.is_none() && s.parts == own);
        let parts = match series {
            Some(series) => series.parts,
            None => {
                let one = |t: &SegmentFigures<'_>| match t.figures.iter().filter(alike).collect::<Vec<_>>()[..] {
                    [one] => Some(one.at),
                    _ => None,
                };
                let of = |at: u32| &context.claim(at).family;
                let same = |at: &u32| own.first().is_some_and(|&first| of(first) == of(*at));
                let mut parts: Vec<u32> = earlier.iter().rev().map_while(one).take_while(same).collect();
                parts.reverse();
                parts
            }
        };
        if parts.len() < 2 {
            return;
        }
        let (id, total) = (|at: u32| context.claim(at).id.clone(), total.at);
        let open = self.all.iter().position(|s| s.whole.is_none() && s.parts == parts);
        match open.filter(|_| !self.of.contains_key(&id(total))) {
            Some(number) => {
                self.all[number].whole = Some((total, Bond::Total));
                self.of.insert(id(total), (number, ListPart::Whole));
            }
            None => self.add(context, Series { parts, whole: Some((total, Bond::Total)), rest: false }),
        }
    }

    /// The series of a claim, and what it is there.
    pub(super) fn of(&self, claim: &Claim) -> Option<(usize, ListPart)> {
        self.of.get(&claim.id).copied()
    }
}

impl Series {
    /// Whether the parts can be held against the whole. If they are not known to be all there are, less than the whole
    /// proves nothing; if it is not told that they are its parts, only an equal sum says that they are, or one that is
    /// off by a power of ten.
    ///
    /// # Errors
    /// Why not; `None` where there is nothing to hold against each other.
    pub(super) fn judge(&self, context: &CheckContext<'_>) -> Result<(), Option<&'static str>> {
        let Some((whole, bond)) = self.whole.filter(|(_, bond)| *bond != Bond::Total) else { return Ok(()) };
        let added = self.parts.iter().try_fold(Decimal::ZERO, |sum, &p| sum.checked_add(number(context, p)?));
        let (Some(parts), Some(whole)) = (added, number(context, whole)) else { return Err(None) };
        let near = |a: Decimal, factor: i64, b: Decimal| {
            let apart = a.checked_mul(Decimal::from(factor)).and_then(|a| a.checked_sub(b));
            apart.and_then(|n| n.abs().checked_mul(Decimal::from(50))).is_some_and(|n| n <= b.abs())
        };
        let close = |factor: i64| near(whole, factor, parts);
        let tenth = |whole: Decimal| [10, 100, 1000].into_iter().any(|n| near(parts, n, whole));
        // How many halves of the whole the parts come to.
        let halves = whole.checked_div(Decimal::TWO).and_then(|half| parts.checked_div(half)).unwrap_or(parts);
        // "Four children have beans: Anna has 5, Bert 7": what is more than the whole is a part of something else, unless all
        // are off by a power of ten.
        let larger = self.parts.iter().any(|&p| number(context, p).is_none_or(|p| p > whole));
        let powers = || tenth(whole) || [10, 100, 1000].into_iter().any(close);
        match bond {
            Bond::Of | Bond::Apart if larger && !powers() => Err(None),
            // "Of the 300 seats 220 were taken on the first night and 280 on the second": nothing says that none is counted twice,
            // and so much more than the whole is no typo.
            Bond::Of if halves >= Decimal::from(3) && !powers() => Err(None),
            Bond::Of if self.rest => Ok(()),
            // None is counted twice, but some may not be named.
            Bond::Apart if parts < whole => Err(Some("the named parts may not be all there are")),
            // Far more than it: figures of something else.
            Bond::Apart if halves >= Decimal::from(4) => Err(None),
            Bond::Of if parts < whole && !close(1) && !tenth(whole) => {
                Err(Some("the named parts may not be all there are"))
            }
            Bond::Loose if !close(1) && !tenth(whole) && ![10, 100, 1000].into_iter().any(close) => Err(None),
            _ => Ok(()),
        }
    }
}

fn number(context: &CheckContext<'_>, at: u32) -> Option<Decimal> {
    match &context.claim(at).value {
        Value::Quantity(q) => base(q),
        _ => None,
    }
}
