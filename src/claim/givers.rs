//! Who in a sentence gives a figure and does not have it: "a round led by Norvik and Lund Capital", "Norvik backed the yard".

use crate::mention::{ItemKind, Sentence};
use crate::rule::{EntityType, ExtractRule};

use super::model::Subject;
use super::view::DocumentView;

/// Most words between a name and the verb that it is the subject of.
const HELPING: usize = 4;

/// Words that may stand between a name and its verb.
const HELPS: [&str; 17] = [
    "has", "have", "had", "also", "again", "will", "would", "which", "who", "is", "was", "were", "are", "be", "to",
    "not", "jointly",
];

/// Words behind which givers are listed, whatever verb stands before.
const LISTS: [&str; 4] = ["from", "including", "among", "alongside"];

/// Words that end a list of givers.
const ENDS: [&str; 8] = ["for", "in", "at", "to", "into", "that", "which", "who"];

/// The items of a sentence that are givers by the rule's lexicon, where it has one.
pub(super) fn givers(view: &DocumentView<'_>, sentence: &Sentence, rule: Option<&ExtractRule>) -> Vec<usize> {
    let Some(lexicon) = rule.and_then(|r| r.givers.as_deref()) else { return Vec::new() };
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let gives = |a: usize| {
        let words: Vec<_> = sentence.words_from(a).take(3).collect();
        view.lookup.terms(lexicon).at(&words, None).is_some()
    };
    let thing = |kind: &ItemKind| matches!(kind, ItemKind::Name(_) | ItemKind::Nominal { .. });
    // "Norvik, which led the round", "Norvik has also backed".
    let does = |from: usize| {
        let end = sentence.toks.len().min(from + HELPING);
        let passed = |a: usize| HELPS.contains(&word(a).as_str()) || sentence.mark(view.text, a) == Some(',');
        (from..end).find(|&a| !passed(a)).is_some_and(|a| gives(a) && !helped(from, a, &word))
    };
    let mut found = Vec::new();
    let (mut giving, mut at) = (false, 0);
    while at < sentence.toks.len() {
        let here = sentence.items.iter().enumerate().find(|(_, i)| i.first == at && thing(&i.kind));
        if let Some((index, item)) = here {
            // "Led by Norvik, Lund said": the comma ended the list.
            let other = giving && speaks(view, sentence, item.last) && !gives(item.last);
            giving &= !other;
            if giving || does(item.last) {
                found.push(index);
            }
            at = item.last.max(at + 1);
            continue;
        }
        let led = word(at);
        if led == "by" {
            giving = at > 0 && (gives(at - 1) || word(at - 1) == "participation");
        } else if LISTS.contains(&led.as_str()) {
            giving = true;
        } else if giving {
            let ends = ENDS.contains(&led.as_str()) || led.ends_with("ing") || led.len() > 4 && led.ends_with("ed");
            let mark = sentence.mark(view.text, at).is_some_and(|m| !matches!(m, ',' | '(' | ')' | '&' | '.'));
            giving = !ends && !mark;
        }
        at += 1;
    }
    // "Norvik and Lund Capital led the round": the names joined to a giver give as well.
    for index in (1..sentence.items.len()).rev() {
        let (before, item) = (&sentence.items[index - 1], &sentence.items[index]);
        let joined = (before.last..item.first).all(|a| word(a) == "and" || sentence.mark(view.text, a) == Some(','));
        if found.contains(&index) && thing(&before.kind) && joined && does(item.last) && !found.contains(&(index - 1)) {
            found.push(index - 1);
        }
    }
    found
}

/// A subject that is no giver of its sentence; in its place the company that the document is about, unless that is one.
pub(super) fn receiver(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    rule: Option<&ExtractRule>,
    subject: Option<Subject>,
) -> Option<Subject> {
    let all = givers(view, sentence, rule);
    let gives = |s: &Subject| s.entity.is_some() && all.iter().any(|i| sentence.items[*i].entity == s.entity);
    match subject {
        Some(s) if gives(&s) => view.context().main(&[EntityType::Org]).filter(|s| !gives(s)),
        other => other,
    }
}

/// Whether a form of "be" makes a verb passive: who "is backed" gives nothing.
fn helped(from: usize, verb: usize, word: &impl Fn(usize) -> String) -> bool {
    (from..verb).any(|a| matches!(word(a).as_str(), "is" | "was" | "were" | "are" | "be")) || word(verb + 1) == "by"
}

/// Whether a verb of saying or a helping verb stands at a token.
fn speaks(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let words: Vec<_> = sentence.words_from(at).take(2).collect();
    ["speech-verbs", "auxiliaries", "irregular"].iter().any(|l| view.lookup.terms(l).at(&words, None).is_some())
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// Whose the sums raised and the valuations of a text are.
    fn whose(text: &str) -> Vec<String> {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let stated = claims.into_iter().filter(|c| matches!(c.attribute.as_str(), "funding" | "valuation"));
        stated.map(|c| c.subject.map_or("?".to_owned(), |s| s.name)).collect()
    }

    #[test]
    fn who_pays_has_not_raised() {
        for text in [
            "Harbour Ventures led the $40 million round for Norvik Holdings.",
            "Norvik Holdings raised $40 million from Harbour Ventures and Lund Capital.",
            "Norvik Holdings has raised $40 million in a round led by Harbour Ventures.",
            "Harbour Ventures and Lund Capital backed Norvik Holdings, which raised $40 million.",
            "Backed by Harbour Ventures, Norvik Holdings was valued at $40 million.",
            "Harbour Ventures led a round that valued Norvik Holdings at $40 million.",
        ] {
            assert_eq!(whose(text), ["Norvik Holdings"], "{text}");
        }
    }

    #[test]
    fn a_giver_is_nobody_in_the_place_of_the_receiver() {
        assert_eq!(whose("Harbour Ventures led a $40 million round."), ["?"]);
    }
}
