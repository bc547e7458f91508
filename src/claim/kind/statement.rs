//! Statements: sentences that say something whatever figures they hold. Every plain sentence is one; which of them are
//! worth a claim is settled once it is known what other documents say.

use crate::claim::extract::Reading;
use crate::claim::model::Claim;
use crate::mention::Sentence;
use crate::rule::{Comparator, Modality};
use crate::text::TokenKind;
use crate::value::Value;

use super::Kind;

/// See the module.
pub(super) struct Stated;

/// Fewest and most words of a statement. Text that was copied without its ends of sentences makes long ones.
const WORDS: std::ops::RangeInclusive<usize> = 3..=400;

impl Kind for Stated {
    fn name(&self) -> &'static str {
        "statement"
    }

    fn extract(&self, reading: &Reading<'_>, claims: &mut Vec<Claim>) {
        claims.extend(reading.sentences.iter().filter(|s| states(reading, s)).map(|s| claim(reading, s)));
    }
}

/// Whether a sentence says something: no question, no page furniture.
fn states(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    let words = sentence.toks.iter().filter(|t| t.kind == TokenKind::Word).count();
    let asks = sentence.span.of(reading.text).trim_end().ends_with('?');
    WORDS.contains(&words) && !asks && !reading.segment_of(sentence).noise
}

fn claim(reading: &Reading<'_>, sentence: &Sentence) -> Claim {
    let value = Value::Text(sentence.span.of(reading.text).to_owned());
    Claim {
        comparator: Comparator::Statement,
        // What voices a sentence are words of it, and compared as such; quotation marks are no words.
        modality: if sentence.toks.iter().any(|t| t.quoted) { Modality::Reported } else { Modality::Asserted },
        ..Claim::plain("statement", "statement".to_owned(), (sentence.span, sentence.span), value)
    }
}
