//! Dates and parts of dates: what they can mean, day by day.

use crate::value::{Bound, Judgement, TimeValue};

use super::Finding;

/// Judges two times.
pub(super) fn judge(p: &TimeValue, q: &TimeValue) -> Finding {
    // A date worked out from a weekday bears nothing out by itself; the check `weekday-told` compares it.
    if p.weekday.is_some() && p.relative || q.weekday.is_some() && q.relative {
        return Finding::new(Judgement::Unknown, "one of them names a weekday only");
    }
    let open = |t: &TimeValue| t.parts.0.is_none() && t.parts.1.is_some();
    if open(p) || open(q) {
        return parts(p, q);
    }
    match (p.earliest, p.latest, q.earliest, q.latest) {
        (Some(a), Some(b), Some(c), Some(d)) => {
            if (a, b) == (c, d) {
                return Finding::new(Judgement::Equal, "the same date");
            }
            if a <= c && d <= b {
                return Finding::new(Judgement::Finer, "the second is a part of the first");
            }
            if c <= a && b <= d {
                return Finding::new(Judgement::Finer, "the first is a part of the second").swapped(true);
            }
            if a <= d && c <= b {
                return Finding::new(Judgement::Overlap, "the dates overlap");
            }
            Finding::new(Judgement::Disjoint, "no common day")
        }
        _ if p.edtf == q.edtf && !p.edtf.is_empty() => Finding::new(Judgement::Equal, "the same date"),
        _ if p.bound != Bound::Exact || q.bound != Bound::Exact => {
            Finding::new(Judgement::Unknown, "one of the dates is open")
        }
        _ => Finding::new(Judgement::Unknown, "one of the dates could not be resolved"),
    }
}

/// With a year left open, month and day decide.
fn parts(p: &TimeValue, q: &TimeValue) -> Finding {
    let same = |a: Option<i8>, b: Option<i8>| a.is_none() || b.is_none() || a == b;
    let (_, m, d) = p.parts;
    let (_, n, e) = q.parts;
    if m.is_none() || n.is_none() {
        return Finding::new(Judgement::Unknown, "one of the dates could not be resolved");
    }
    if !same(m, n) || !same(d, e) {
        return Finding::new(Judgement::Disjoint, "no common day in any year");
    }
    if p.edtf == q.edtf {
        return Finding::new(Judgement::Equal, "the same day, year left open in both");
    }
    let finer = q.parts.0.is_some() || e.is_some() && d.is_none();
    Finding::new(Judgement::Finer, "the same day; one leaves the year open").swapped(!finer)
}
