//! Statements: sentences that say something whatever figures they hold. Every plain sentence is one; which of them are
//! worth a claim is settled once it is known what other documents say.

use crate::claim::model::Claim;
use crate::claim::view::DocumentView;
use crate::mention::Sentence;
use crate::rule::{Comparator, Modality};
use crate::segment::SegmentKind;
use crate::text::{TokenKind, is_brief};
use crate::value::Value;

use super::model::Kind;

/// See the module.
pub(super) struct Stated;

/// Fewest and most words of a statement. Text that was copied without its ends of sentences makes long ones.
const WORDS: std::ops::RangeInclusive<usize> = 3..=400;

impl Kind for Stated {
    fn name(&self) -> &'static str {
        "statement"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        claims.extend(view.sentences.iter().filter(|s| states(view, s)).map(|s| claim(view, s)));
    }
}

/// Whether a sentence says something: no question, no label or heading, no boilerplate.
fn states(view: &DocumentView<'_>, sentence: &Sentence) -> bool {
    let words = sentence.toks.iter().filter(|t| t.kind == TokenKind::Word).count();
    let asks = sentence.span.of(view.text).trim_end().ends_with('?');
    let segment = view.segment_of(sentence);
    WORDS.contains(&words) && !asks && !segment.noise && segment.kind != SegmentKind::Heading && !labels(view, sentence)
}

/// "Running a script without arguments", "Supported since version 2": a form in -ing or -ed with no finite verb that could
/// be seen behind it, or that nothing ends, as in a heading.
fn labels(view: &DocumentView<'_>, sentence: &Sentence) -> bool {
    let text = view.text;
    let first = sentence.word(text, 0).to_lowercase();
    let finite = |at: usize| {
        let aux = view.lookup.terms("auxiliaries").at(&[sentence.toks[at].words], None).is_some();
        let irregular = view.lookup.terms("irregular").at(&[sentence.toks[at].words], None).is_some();
        aux || irregular || sentence.mark(text, at) == Some(',') || sentence.word(text, at).ends_with("ed")
    };
    let last = sentence.toks.len() - 1;
    let ended = matches!(sentence.mark(text, last), Some('.' | '!' | '”' | '"'));
    // "During the storm", "Nothing sank".
    let function = view.lookup.terms("function-words").at(&[sentence.toks[0].words], None).is_some();
    let named = sentence.named(0) || function;
    first.len() > 4
        && !named
        && (first.ends_with("ing") && !ended
            || (first.ends_with("ing") || first.ends_with("ed")) && !(1..=last).any(finite))
}

/// "If the gate is shut, …", "… whether the gate is shut": what is left open. A condition behind what is said leaves it said,
/// and who says one thing only says it.
fn open(view: &DocumentView<'_>, sentence: &Sentence) -> bool {
    if is_brief(view.text) {
        return false;
    }
    let words: Vec<_> = sentence.words_from(0).take(3).collect();
    let asks = |at: usize| sentence.word(view.text, at).eq_ignore_ascii_case("whether");
    view.lookup.terms("conditions").at(&words, None).is_some() || (0..sentence.toks.len()).any(asks)
}

fn claim(view: &DocumentView<'_>, sentence: &Sentence) -> Claim {
    let value = Value::Text(view.prose(sentence, sentence.span));
    Claim {
        comparator: Comparator::Statement,
        // What voices a sentence are words of it, and compared as such; quotation marks are no words.
        modality: if sentence.toks.iter().any(|t| t.quoted) {
            Modality::Reported
        } else if open(view, sentence) {
            Modality::Conditional
        } else {
            Modality::Asserted
        },
        ..Claim::plain("statement", "statement".to_owned(), (sentence.span, sentence.span), value)
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::{Modality, Rules};
    use crate::source::Document;

    /// The statements of a long text that ends with some sentences.
    fn stated(text: &str) -> Vec<(String, Modality)> {
        let rules = Rules::embedded().unwrap();
        let text = format!("{}\n\n{text}\n", "The keeper of the Lowmere light rows to the island at noon. ".repeat(9));
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.md", &text), None).claims;
        let own =
            claims.iter().filter(|c| &*c.kind == "statement" && !c.span.of(&text).starts_with("The keeper of the L"));
        own.map(|c| (crate::value::value_words(&c.value), c.modality)).collect()
    }

    #[test]
    fn instructions_say_something() {
        for text in ["Create a folder for the boats.", "First, open the northern gate.", "Never open it at night."] {
            assert_eq!(stated(text), [(text.to_owned(), Modality::Asserted)]);
        }
    }

    #[test]
    fn what_says_nothing() {
        for text in [
            "Running the ferry without a pilot.",
            "Receiving structured letters",
            "Supported since version 2.2 of the timetable.",
            "Was the northern gate opened?",
            "## The northern gate was opened",
        ] {
            assert_eq!(stated(text), [], "{text}");
        }
    }

    #[test]
    fn what_says_something() {
        for text in [
            "Running the ferry without a pilot was forbidden.",
            "Yesterday the keeper opened the gate.",
            "The harbour master left this year.",
            "Police closed the northern gate.",
            "During the storm the keeper left the gate open.",
            "Evening fell on the island.",
            "The keeper shuts the gate if nobody is on the island.",
        ] {
            assert_eq!(stated(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_left_open() {
        for text in ["If nobody is on the island, the gate is shut.", "The council asked whether the gate is shut."] {
            assert_eq!(stated(text).first().map(|(_, modality)| *modality), Some(Modality::Conditional), "{text}");
        }
    }

    #[test]
    fn targets_of_links_are_no_words() {
        let found = stated("The gate is told of [in the notes](https://example.org/22757) of the harbour.");
        assert_eq!(found[0].0, "The gate is told of in the notes of the harbour.");
    }
}
