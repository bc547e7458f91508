//! Quantities and times of a text, settled against each other.

use crate::rule::measure::{Measures, Reading};
use crate::text::{Span, Token, tokenise};
use crate::value::{Quantity, Shape};

use super::quantity::{self, Quantities, QuantityMention};
use super::time::{self, TimeMention};

/// All quantities and times of a text. Where both could be read, the time is.
pub fn recognise(text: &str, tokens: &[Token], measures: &Measures) -> (Vec<QuantityMention>, Vec<TimeMention>) {
    let (quantities, times) = recognise_all(text, tokens, measures);
    (quantities.amounts, times)
}

/// The same with places in an order and scores, which no claim rests on.
pub(super) fn recognise_all(text: &str, tokens: &[Token], measures: &Measures) -> (Quantities, Vec<TimeMention>) {
    let mut reading = Reading::new(text, tokens, measures);
    let mut times = time::scan(&reading);
    for t in &times {
        reading.hide(t.first as usize, t.last as usize);
    }
    reading.hide_addresses();
    let mut quantities = quantity::scan(&reading);
    for q in &mut quantities.amounts {
        (q.first, q.last) = reading.tokens(q.first as usize, q.last as usize);
    }
    for t in &mut times {
        (t.first, t.last) = reading.tokens(t.first as usize, t.last as usize);
    }
    (quantities, times)
}

/// The length of time that the words of a time name ("six months" of "six months later"): all that is known of one
/// that hangs on a day that nobody knows.
pub fn length(text: &str, measures: &Measures) -> Option<(Span, Quantity)> {
    let tokens = tokenise(text, Span::new(0, text.len()));
    let reading = Reading::new(text, &tokens, measures);
    let counted = |at: usize| reading.is_number(at) || reading.sense(at).cardinal.is_some();
    let found = quantity::scan(&reading).amounts.into_iter();
    found
        .filter(|m| m.quantity.shape == Shape::Duration && counted(m.first as usize))
        .map(|m| (m.span, m.quantity))
        .next()
}
