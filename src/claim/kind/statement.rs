//! Statements: sentences that say something whatever figures they hold. Every plain sentence is one; which of them are
//! worth a claim is settled once it is known what other documents say.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::extract::Reading;
use crate::claim::model::Claim;
use crate::mention::Sentence;
use crate::rule::{Comparator, Modality, Polarity, TimeNature};
use crate::text::TokenKind;
use crate::value::{Shape, Value};

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
    Claim {
        id: String::new(),
        source: 0,
        span: sentence.span,
        value_span: sentence.span,
        context: Vec::new(),
        kind: Arc::from("statement"),
        shape: Shape::Text,
        subject: None,
        attribute: "statement".to_owned(),
        family: "statement".to_owned(),
        single_valued: false,
        moves: TimeNature::State,
        comparator: Comparator::Statement,
        ladder: None,
        value: Value::Text(sentence.span.of(reading.text).to_owned()),
        as_of: None,
        scope: BTreeMap::new(),
        // What voices a sentence are words of it, and compared as such; quotation marks are no words.
        modality: if sentence.toks.iter().any(|t| t.quoted) { Modality::Reported } else { Modality::Asserted },
        polarity: Polarity::Positive,
        attributed_to: None,
        rule: "statement".to_owned(),
        noise: false,
    }
}
