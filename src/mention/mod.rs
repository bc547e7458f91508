//! Mentions: spans of a text that stand for a quantity or a time, with the value they stand for.
//!
//! Comes in: a text, its tokens, the measure tables. Goes out: mentions with byte spans, in the order of the text. A
//! span is either a time or a quantity. Nothing here knows what a value says of whom.

mod quantity;
mod time;

pub use quantity::QuantityMention;
pub use time::{Anchor, Expression, TimeMention, clock, complete, resolve};

use crate::rule::measure::{Measures, Reading};
use crate::text::Token;

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

/// The quantities of a text; see [`recognise`].
pub fn quantities(text: &str, tokens: &[Token], measures: &Measures) -> Vec<QuantityMention> {
    recognise(text, tokens, measures).0
}

/// The times of a text; see [`recognise`].
pub fn times(text: &str, tokens: &[Token], measures: &Measures) -> Vec<TimeMention> {
    recognise(text, tokens, measures).1
}
