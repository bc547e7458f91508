//! Quantities and times of a text, settled against each other.

use crate::rule::measure::{Measures, Reading};
use crate::text::Token;

use super::quantity::{self, QuantityMention};
use super::time::{self, TimeMention};

/// All quantities and times of a text. Where both could be read, the time is.
pub fn recognise(text: &str, tokens: &[Token], measures: &Measures) -> (Vec<QuantityMention>, Vec<TimeMention>) {
    let reading = Reading::new(text, tokens, measures);
    let times = time::scan(&reading);
    let mut taken = vec![false; reading.len()];
    for t in &times {
        taken[t.first as usize..t.last as usize].fill(true);
    }
    let mut quantities = quantity::scan(&reading, &taken);
    let mut times = times;
    for q in &mut quantities {
        (q.first, q.last) = reading.tokens(q.first as usize, q.last as usize);
    }
    for t in &mut times {
        (t.first, t.last) = reading.tokens(t.first as usize, t.last as usize);
    }
    (quantities, times)
}
