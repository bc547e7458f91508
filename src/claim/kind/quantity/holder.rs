//! Whose a figure is, when a cue names its attribute: the owner of the noun ("Norvik's revenue", "revenue of Norvik"),
//! or the subject of the verb. What is found must be of a type that the rule knows, or the rule has nothing to say.

use crate::claim::attach::Manner;
use crate::claim::givers::givers;
use crate::claim::kind::word::content;
use crate::claim::model::Subject;
use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::EntityType;
use crate::text::{Span, TokenKind};

use super::cue::{Cue, Part};
use super::figure::Figure;

/// What was found.
pub(super) enum Holder {
    /// The subject, with the words that name it.
    Known(Subject, Span),
    /// Nothing is said in the sentence.
    Unsaid,
    /// Something else than the rule knows: the cue means something else here.
    Other,
}

/// The holder of a figure.
pub(super) fn holder(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> Holder {
    let sentence = figure.sentence;
    let owner = match cue.part {
        Part::Noun => owner(view, sentence, cue),
        Part::Verb => None,
    };
    let givers = givers(view, sentence, Some(cue.rule));
    let gives = |item: &Item| givers.iter().any(|i| sentence.items[*i].span == item.span);
    if let Some(item) = owner.filter(|item| !gives(item)) {
        return known(view, cue, sentence, item);
    }
    // "The valuation stood at …": the noun is the subject, and whose it is stands somewhere else.
    if cue.part == Part::Noun && opens(view, sentence, cue.first) {
        return Holder::Unsaid;
    }
    let context = view.context();
    let any = [EntityType::Any];
    let taken: Vec<usize> = givers.iter().copied().chain([figure.at]).collect();
    match context.find(sentence, cue.first, cue.last, &any, &taken, Manner::Verb) {
        Some(at) if near(view, sentence, &sentence.items[at], cue) => known(view, cue, sentence, &sentence.items[at]),
        Some(_) => Holder::Other,
        None => Holder::Unsaid,
    }
}

fn known(view: &DocumentView<'_>, cue: &Cue<'_>, sentence: &Sentence, item: &Item) -> Holder {
    let context = view.context();
    match context.subject(sentence, item).filter(|_| context.typed(item, &cue.rule.subject)) {
        Some(subject) => Holder::Known(subject, item.span),
        None => Holder::Other,
    }
}

/// "Norvik's annual revenue", "its revenue", "Norvik revenue", "the revenue of Norvik".
fn owner<'s>(view: &DocumentView<'_>, sentence: &'s Sentence, cue: &Cue<'_>) -> Option<&'s Item> {
    let text = view.text;
    let thing = |i: &&Item| matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { .. });
    // Back over the adjectives of the noun.
    let start = (0..cue.first).rev().take_while(|&a| content(view, sentence, a)).last().unwrap_or(cue.first);
    let before = sentence.items.iter().filter(thing).find(|i| {
        let owns = sentence.toks.get(i.last).is_some_and(|t| t.kind == TokenKind::Possessive);
        let pronoun = matches!(sentence.word(text, i.first).to_lowercase().as_str(), "its" | "his" | "her" | "their");
        i.last + usize::from(owns) == start && (owns || pronoun || matches!(i.kind, ItemKind::Name(_)))
    });
    let of = (sentence.word(text, cue.last) == "of").then(|| {
        let article = usize::from(matches!(sentence.word(text, cue.last + 1), "the" | "a" | "an"));
        let starts = [cue.last + 1, cue.last + 1 + article];
        sentence.items.iter().filter(thing).find(|i| starts.contains(&i.first))
    });
    before.or(of.flatten())
}

/// Whether the noun phrase at a token is the first of its clause.
fn opens(view: &DocumentView<'_>, sentence: &Sentence, first: usize) -> bool {
    (0..first).rev().take_while(|&a| !matches!(sentence.mark(view.text, a), Some(',' | ';' | ':' | '—' | '.'))).all(
        |a| {
            content(view, sentence, a)
                || matches!(
                    sentence.word(view.text, a).to_lowercase().as_str(),
                    "the" | "a" | "an" | "this" | "that" | "and" | "but" | "in" | "its"
                )
        },
    )
}

/// Whether only helping words, or a relative clause, stand between an item and the words that tell of it.
fn near(view: &DocumentView<'_>, sentence: &Sentence, item: &Item, cue: &Cue<'_>) -> bool {
    if cue.part == Part::Noun {
        return true;
    }
    (item.last..cue.first).all(|a| !content(view, sentence, a) || sentence.word(view.text, a).ends_with("ly"))
}
