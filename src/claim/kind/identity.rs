//! What something is called: "the training code that the robot ran was Harbour, not Tidewater", "ran Harbour, a small
//! training code". Names are the values; what they name, in the text's own words, is the attribute.

use crate::claim::factuality::factuality;
use crate::claim::model::Claim;
use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{EntityType, Polarity, TimeNature};
use crate::text::{TokenKind, fold};
use crate::value::Value;

use super::model::Kind;
use super::word::content;

/// See the module.
pub(super) struct Identity;

/// Most tokens from the beginning of a description to its end, or to the verb that it is the subject of.
const FURTHEST: usize = 12;

impl Kind for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for sentence in view.sentences {
            for item in sentence.items.iter().filter(|i| thing(view, i) && !sentence.toks[i.first].quoted) {
                if let Some((description, named, denied)) = corrected(view, sentence, item) {
                    claims.push(claim(view, sentence, description, named, Polarity::Positive));
                    claims.push(claim(view, sentence, description, denied, Polarity::Negative));
                } else if let Some(description) = apposed(view, sentence, item) {
                    claims.push(claim(view, sentence, description, (item.first, item.last), Polarity::Positive));
                }
            }
        }
    }
}

/// A range of tokens.
type Range = (usize, usize);

/// Whether an item names a thing. What people and places are is stated in titles, posts and locations.
fn thing(view: &DocumentView<'_>, item: &Item) -> bool {
    let kind = item.entity.and_then(|e| view.entities.get(e)).map(|e| e.kind);
    matches!(item.kind, ItemKind::Name(_))
        && matches!(kind, Some(EntityType::Any | EntityType::Product | EntityType::Org))
}

/// "The training code that the robot ran was Harbour, not Tidewater", of Tidewater: what both are said to be, the words
/// of the one, those of the other.
fn corrected(view: &DocumentView<'_>, sentence: &Sentence, item: &Item) -> Option<(Range, Range, Range)> {
    let text = view.text;
    let comma = item.first.checked_sub(2).filter(|&a| sentence.mark(text, a) == Some(','))?;
    if sentence.word(text, comma + 1) != "not" {
        return None;
    }
    let copula = (comma.saturating_sub(5)..comma)
        .rev()
        .find(|&a| matches!(sentence.word(text, a), "is" | "was" | "are" | "were"))
        .filter(|c| c + 1 < comma)?;
    let opens = |a: &usize| matches!(sentence.mark(text, *a), Some(';' | ':' | '—' | '.'));
    let start = (0..copula).rev().take(FURTHEST).find(opens).map_or(0, |a| a + 1);
    if copula - start > FURTHEST || !sentence.word(text, start).eq_ignore_ascii_case("the") {
        return None;
    }
    let description = phrase(view, sentence, start + 1)?;
    Some((description, (copula + 1, comma), (item.first, item.last)))
}

/// "Harbour, a small training code", of Harbour: what it is said to be.
fn apposed(view: &DocumentView<'_>, sentence: &Sentence, item: &Item) -> Option<Range> {
    let text = view.text;
    let article = matches!(sentence.word(text, item.last + 1), "a" | "an" | "the");
    if sentence.mark(text, item.last) != Some(',') || !article {
        return None;
    }
    let description = phrase(view, sentence, item.last + 2)?;
    // A clause that begins with "the" behind a comma is no apposition: a verb stands where the phrase should end.
    let behind = sentence.word(text, description.1);
    let ends = sentence.toks.get(description.1).is_none_or(|t| t.kind == TokenKind::Mark);
    let relative =
        ["that", "which", "of", "in", "on", "for", "with", "from", "at", "by", "he", "she", "it", "they", "we"];
    (ends || relative.contains(&behind)).then_some(description)
}

/// The compound at the end of the noun phrase at a token, its adjectives left out: the last two words.
fn phrase(view: &DocumentView<'_>, sentence: &Sentence, first: usize) -> Option<Range> {
    let joins = |a: usize| matches!(sentence.word(view.text, a), "but" | "and");
    let run = (first..sentence.toks.len().min(first + FURTHEST))
        .take_while(|&a| content(view, sentence, a) || joins(a))
        .last()?;
    let compound = run.checked_sub(1).filter(|&a| a >= first && !joins(a) && !joins(run))?;
    // "The group responsible for …": an adjective behind its noun.
    if sentence.word(view.text, run).ends_with("ble") {
        return None;
    }
    // A compound with hyphens stays whole.
    let compound = (first..=compound).rev().find(|&a| !sentence.toks[a].glued).unwrap_or(compound);
    Some((compound, run + 1))
}

fn claim(view: &DocumentView<'_>, sentence: &Sentence, description: Range, named: Range, polarity: Polarity) -> Claim {
    let context = view.context();
    let attribute = fold(sentence.span_of(description.0, description.1).of(view.text));
    let words = sentence.span_of(named.0, named.1);
    let factuality = factuality(&context, sentence, named.0, named.1, view.lookup);
    // What carries the name is stated by the description; it belongs to what the document is about, so there is no subject.
    let value = Value::Text(words.of(view.text).to_owned());
    Claim {
        context_spans: factuality.context_spans,
        moves: TimeNature::Timeless,
        polarity,
        attributed_to: factuality.attributed_to,
        noise: view.segment_of(sentence).noise,
        ..Claim::plain("identity", attribute, (sentence.span, words), value)
    }
}
