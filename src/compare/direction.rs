//! Whether what changed rose or fell.
//!
//! A change by 4 per cent is not one with a change by 4 per cent the other way. The figure does not say which it is, save
//! where it has a sign; the word of change beside it does. Where no such word stands there, the direction is unknown.

use crate::claim::{Claim, GROWTH};
use crate::rule::{Lookup, pieces};
use crate::value::Value;

use super::CompareContext;

/// The lexicon of words of change.
const CHANGE: &str = "change";
/// The axis of scope of what tells by how much something changed, and what stands on it.
const BY: (&str, &str) = ("change", "by");
/// Words before a figure, and behind it, among which a word of change is its own.
const NEAR: (usize, usize) = (6, 3);

/// Whether two claims tell of changes in opposite directions.
pub(super) fn opposite(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    matches!((direction(context, x), direction(context, y)), (Some(a), Some(b)) if a != b)
}

/// Whether a word of change tells of a rise or of a fall.
pub(super) fn rise(lookup: &Lookup, word: &str) -> Option<bool> {
    match &*lookup.term_of(CHANGE, word)?.class {
        "rise" => Some(true),
        "fall" => Some(false),
        _ => None,
    }
}

/// Whether a claim tells of a rise or of a fall; `None` where it tells of no change, or does not say which.
fn direction(context: &CompareContext<'_>, claim: &Claim) -> Option<bool> {
    // "The rise", "the day of the fall".
    if let Some(rise) = context.surroundings.family(&claim.family).rises {
        return Some(rise);
    }
    let Value::Quantity(q) = &claim.value else { return None };
    let by = claim.scope.get(BY.0).is_some_and(|v| v == BY.1);
    if !(by || claim.attribute.ends_with(GROWTH)) {
        return None;
    }
    if q.number.is_some_and(|n| n.is_sign_negative() && !n.is_zero()) {
        return Some(false);
    }
    let text = &context.documents.get(claim.source as usize)?.text;
    let cut = |from: u32, to: u32| pieces(text.get(from as usize..to as usize).unwrap_or_default());
    let before = cut(claim.span.start, claim.value_span.start);
    let behind = cut(claim.value_span.end, claim.span.end);
    // The nearest word, and of two the one before.
    let led = before.iter().rev().take(NEAR.0).find_map(|w| rise(context.lookup, w));
    led.or_else(|| behind.iter().take(NEAR.1).find_map(|w| rise(context.lookup, w)))
}
