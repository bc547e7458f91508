//! Numbers that say which one of several things is meant: versions, models, pages. They count nothing.

use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::EntityType;
use crate::text::TokenKind;
use crate::value::Shape;

use super::figure::Figure;

/// Whether a number is the version or model of what stands right before it: "Norvik Server 3.8", "the Tern 4", "release
/// 3.2", "the 2.x line". A list of results has a number behind each of several names: "Norvik 12, Harbour 30".
pub(super) fn versioned(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let text = view.text;
    let Figure { sentence, item, quantity, .. } = *figure;
    let word = item.span.of(text);
    // "Tern 9 can be downloaded": nobody counts by what opens a sentence before its verb. "Tern 2.0 sorts faster": nor in
    // halves and tenths.
    let article = matches!(sentence.word(text, 0), "A" | "An" | "The" | "Its" | "Their");
    let opening = item.first == 1 && sentence.toks[0].kind == TokenKind::Word && item.last == 2 && !article;
    let verb = sentence.toks.get(2).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    if opening && verb && quantity.shape == Shape::Number && word.contains('.') {
        return true;
    }
    if !quantity.unit.name.is_empty() || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // "2.x": the rest of a version is no word.
    let rest = text.get(item.span.end as usize..).unwrap_or_default();
    if rest.strip_prefix('.').is_some_and(|r| r.starts_with(['x', 'X'])) {
        return true;
    }
    let fraction = quantity.number.is_some_and(|n| !n.fract().is_zero());
    if fraction && sentence.items.iter().any(|i| names(i) && i.last == item.first) {
        return true;
    }
    // Names take in the number behind them, where it counts nothing.
    let name = sentence.items.iter().find(|i| names(i) && i.first < item.first && item.last <= i.last);
    if let Some(name) = name {
        return !listed(text, sentence, name);
    }
    let helps = || view.lookup.terms("auxiliaries").at(&sentence.words_from(2).take(1).collect::<Vec<_>>(), None);
    if opening && figure.noun.is_none() && helps().is_some() {
        return true;
    }
    let led = item.first.checked_sub(1).map_or("", |a| sentence.word(text, a));
    figure.noun.is_none() && item.last == item.first + 1 && one_of_a_row(view, led)
}

/// Whether the number behind a noun says only which one of a row is meant.
pub(super) fn one_of_a_row(view: &DocumentView<'_>, noun: &str) -> bool {
    view.lookup.term_of("numbered-things", noun).is_some_and(|t| &*t.key == "one of a row")
}

/// Whether an item names something that can have versions.
fn names(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Name(kind) if *kind != EntityType::Person)
}

/// Whether a name with a number stands in a list of results: behind a label, or beside another name with another number.
fn listed(text: &str, sentence: &Sentence, name: &Item) -> bool {
    let first = |i: &Item| sentence.word(text, i.first).to_lowercase();
    let numbered = |i: &&Item| {
        let last = i.last.checked_sub(1).filter(|a| *a > i.first).map(|a| sentence.word(text, a)).unwrap_or_default();
        matches!(i.kind, ItemKind::Name(_)) && !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit())
    };
    let ends = sentence.toks.get(name.last).is_none_or(|t| t.kind == TokenKind::Mark)
        || sentence.word(text, name.last) == "and";
    let led = name.first.checked_sub(1);
    let article = led.is_some_and(|a| {
        matches!(sentence.word(text, a).to_lowercase().as_str(), "the" | "a" | "an" | "its" | "their" | "his" | "her")
    });
    let labelled = led.is_some_and(|a| matches!(sentence.mark(text, a), Some(':' | '|' | '(')));
    let others = || sentence.items.iter().filter(numbered).any(|i| i.first != name.first && first(i) != first(name));
    ends && !article && (labelled || name.first == 0 && name.last >= sentence.toks.len() || others())
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// The words of the figures that a text tells something by.
    fn figures(text: &str) -> Vec<String> {
        let rules = Rules::embedded().unwrap();
        let extraction = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None);
        let figures = extraction.claims.into_iter().filter(|c| matches!(c.value, crate::value::Value::Quantity(_)));
        figures.map(|c| c.value_span.of(text).to_owned()).collect()
    }

    #[test]
    fn versions_and_models_count_nothing() {
        for text in [
            "Norvik Holdings released Larkfield on Monday. Larkfield 3 shipped last year.",
            "The studio sold Larkfield 2.0 to Norvik Holdings.",
            "They ordered the Tern 4 and the Gull 550 from the yard.",
            "Larkfield 9 can be downloaded from today.",
            "Larkfield 2.0 sorts faster.",
            "The security fixes for 2.x stop soon.",
            "The page describes release 3.2 of the tool.",
        ] {
            assert!(figures(text).is_empty(), "{text}: {:?}", figures(text));
        }
    }

    #[test]
    fn results_behind_names_count() {
        assert_eq!(figures("Norvik Holdings sold 12 boats."), ["12"]);
        assert_eq!(figures("Seats: Norvik 12, Harbour 30."), ["12"]);
    }
}
