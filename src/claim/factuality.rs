//! Who speaks, and how surely: polarity, modality and attribution of a stretch of a sentence, from cue words beside it.

use crate::entity::is_handle;
use crate::language::{Label, Tag};
use crate::mention::{Item, ItemKind, Sentence, post_at};
use crate::rule::{EntityType, Lookup, Modality, Polarity};
use crate::text::{Span, TokenKind};

use super::attach::ClaimContext;
use super::model::ContextRole;

/// Most tokens of a post ("chief executive officer"), and of the words before it that narrow it down, article included.
const POST: usize = 4;
const BEFORE: usize = 3;
/// Most tokens between "of" and the place of what it is a post of: "of the harbour museum in Lowmere".
const WITHIN: usize = 5;

/// Tokens to either side of a claim in which its speaker is looked for: what is longer is a list, and no sentence.
const FAR: usize = 300;

/// How a claim is put forward.
#[derive(Debug, Clone)]
pub(super) struct Factuality {
    pub(super) modality: Modality,
    pub(super) polarity: Polarity,
    pub(super) attributed_to: Option<String>,
    pub(super) context_spans: Vec<(ContextRole, Span)>,
}

impl Factuality {
    /// The factuality of words in a list of references: they are the titles of others.
    pub(super) fn cited(self, reference: bool) -> Factuality {
        let plain = self.modality == Modality::Asserted && reference;
        Factuality { modality: if plain { Modality::Reported } else { self.modality }, ..self }
    }
}

/// Reads the factuality of tokens `first..last`.
pub(super) fn factuality(
    context: &ClaimContext<'_>,
    sentence: &Sentence,
    first: usize,
    last: usize,
    lookup: &Lookup,
) -> Factuality {
    let text = context.text;
    // The clause: back to a semicolon, dash, colon or bracket; forward likewise.
    let edge = |at: usize| sentence.ends_clause(text, at);
    let around = first.saturating_sub(FAR)..sentence.toks.len().min(last + FAR);
    let start = (around.start..first).rev().find(|&a| edge(a)).map_or(around.start, |a| a + 1);
    let end = (last..around.end).find(|&a| edge(a)).unwrap_or(around.end);
    let term = |lexicon: &str, from: usize, to: usize| {
        (from..to.min(sentence.toks.len())).filter(|&a| !sentence.toks[a].quoted || a >= first && a < last).find_map(
            |a| {
                let words: Vec<_> = sentence.words_from(a).take(6).collect();
                lookup.terms(lexicon).at(&words, None).map(|(n, t)| (a, n, t))
            },
        )
    };
    let comma =
        |from: usize| (from..first).rev().find(|&a| sentence.mark(text, a) == Some(',')).map_or(from, |a| a + 1);
    let near = comma(start.max(first.saturating_sub(6)));
    let mut context_spans = Vec::new();
    let mut note = |role: ContextRole, at: usize, n: usize| context_spans.push((role, sentence.span_of(at, at + n)));

    let denied = term("negations", near, last).filter(|(_, _, t)| t.key.as_ref() == "not");
    let polarity = if let Some((at, n, _)) = denied {
        note(ContextRole::Modality, at, n);
        Polarity::Negative
    } else {
        Polarity::Positive
    };
    let mut attributed_to = None;
    let mut reported = false;
    // "according to X", "per X", anywhere in the sentence.
    for at in around.clone() {
        let word = sentence.word(text, at).to_lowercase();
        let to = sentence.word(text, at + 1).to_lowercase();
        let from = match (word.as_str(), to.as_str()) {
            ("according", "to") => at + 2,
            ("per", _) | ("cited", "by") | ("citing", _) => at + 1 + usize::from(to == "by"),
            _ => continue,
        };
        let speaker = sentence.items.iter().find(|i| i.first >= from && i.first <= from + 2 && is_speaker(&i.kind));
        if let Some(item) = speaker {
            attributed_to = context.subject(sentence, item).filter(speaks).map(|s| s.name);
            reported = word != "per" || attributed_to.is_some();
            note(ContextRole::Attribution, at, item.last - at);
            break;
        }
        // "according to the harbour council": whoever is no name and no noun of the lists, in their own words.
        if word == "according" {
            let end = (from..sentence.toks.len().min(from + 6))
                .find(|&a| !spoken_of(sentence, a, lookup) && a > from)
                .unwrap_or(sentence.toks.len().min(from + 6));
            let article = usize::from(matches!(sentence.word(text, from), "the" | "a" | "an" | "its" | "their"));
            let named =
                !matches!(sentence.word(text, from), "plan" | "plans" | "schedule" | "custom" | "tradition" | "which");
            if named && from + article < end {
                attributed_to = Some(sentence.span_of(from + article, end).of(text).to_owned());
                reported = true;
                note(ContextRole::Attribution, at, end - at);
                break;
            }
        }
    }
    // "X said …" before the claim in its sentence, or "…, X said" behind it.
    let tree = &sentence.tree;
    let above: Vec<usize> =
        std::iter::successors(tree.top(sentence.span_of(first, last)), |n| tree.head(*n)).take(FAR).collect();
    if attributed_to.is_none() {
        let said = (around.start..first).rev().find_map(|a| {
            let words: Vec<_> = sentence.words_from(a).take(3).collect();
            let (n, t) = lookup.terms("speech-verbs").at(&words, None)?;
            let speaker = sentence.items.iter().rev().find(|i| {
                // "Norvik's price index shows": the owner speaks through a noun.
                let reach = if possessive(sentence, i.last) { 6 } else { 3 };
                is_speaker(&i.kind) && i.last <= a && a - i.last <= reach && !sentence.toks[i.first].quoted
            })?;
            // "added a line", "is reporting to": no words of somebody else follow, save where they have a verb of their own.
            let next = sentence.word(text, a + n).to_lowercase();
            if matches!(next.as_str(), "a" | "an" | "the" | "into" | "to" | "his" | "her" | "its")
                && &*t.class != "view"
                && !above.iter().any(|&c| {
                    tree.tokens[c].label == Label::Ccomp && (a..a + n).any(|b| sentence.node(b) == tree.head(c))
                })
            {
                return None;
            }
            Some((a, n, t.class.to_string(), post_of(text, sentence, speaker, lookup)))
        });
        let behind = || {
            let (at, n, class, item) = said_behind(sentence, &above, last, lookup)?;
            Some((at, n, class, post_of(text, sentence, item, lookup)))
        };
        if let Some((at, n, class, item)) = said.or_else(behind) {
            attributed_to = context.subject(sentence, item).filter(speaks).map(|s| s.name);
            reported = !matches!(class.as_str(), "factive" | "written");
            let from = item.first.min(at);
            note(ContextRole::Attribution, from, item.last.max(at + n) - from);
        }
    }
    // "If you climb the 387 steps": what has the article is taken as given.
    let given = first.checked_sub(1).is_some_and(|a| matches!(sentence.word(text, a), "the" | "these" | "those"));
    let modality = if denied.is_some() {
        Modality::Negated
    } else if !given && term("conditions", start, first).is_some() {
        Modality::Conditional
    } else if let Some((at, n, _)) = term("future", near, last) {
        note(ContextRole::Modality, at, n);
        Modality::Future
    } else if let Some((at, n, _)) = term("opinions", near, end.min(last + 3)) {
        note(ContextRole::Modality, at, n);
        Modality::Opinion
    } else if let Some((at, n, _)) = term("hedges", start.max(first.saturating_sub(8)), last) {
        note(ContextRole::Modality, at, n);
        Modality::Hedged
    } else if let Some(at) = (start.max(first.saturating_sub(8))..last).find(|&a| may_be(sentence, a)) {
        note(ContextRole::Modality, at, 1);
        Modality::Hedged
    } else if reported {
        Modality::Reported
    } else {
        Modality::Asserted
    };
    Factuality { modality, polarity, attributed_to, context_spans }
}

/// Whether a token is "may" as in "may be 480 metres long": who "may bring two bags" has leave to.
fn may_be(sentence: &Sentence, at: usize) -> bool {
    let tree = &sentence.tree;
    sentence.node(at).is_some_and(|n| {
        let may = tree.tokens[n].tag == Tag::Aux && &*tree.tokens[n].lemma == "may";
        may && tree.head(n).is_some_and(|h| tree.child(h, &[Label::Cop]).is_some())
    })
}

/// "The storm killed 12 people, Omar Lund said": the verb of speaking behind a claim whose nodes, and those over them, are
/// `above`; the words of it, their class, and the speaker.
fn said_behind<'s>(
    sentence: &'s Sentence,
    above: &[usize],
    last: usize,
    lookup: &Lookup,
) -> Option<(usize, usize, String, &'s Item)> {
    let tree = &sentence.tree;
    let label = |n: usize| tree.tokens[n].label;
    above.iter().find_map(|&clause| {
        let told = tree.head(clause).filter(|_| label(clause) == Label::Ccomp);
        let beside = tree.children(clause).filter(|c| label(*c) == Label::Parataxis && !above.contains(c));
        told.into_iter().chain(beside).find_map(|verb| {
            let at = sentence.tok_of(verb).filter(|&a| a >= last && !sentence.toks[a].quoted)?;
            let words: Vec<_> = sentence.words_from(at).take(3).collect();
            let (n, t) = lookup.terms("speech-verbs").at(&words, None)?;
            // "And Lund said it was over": other words.
            if tree.children(verb).any(|c| c != clause && matches!(label(c), Label::Ccomp | Label::Cc)) {
                return None;
            }
            let subject = tree.child(verb, &[Label::Nsubj])?;
            let whole = if subject < verb {
                Span { end: tree.tokens[verb].span.start, ..tree.tokens[subject].span }
            } else {
                tree.tokens[subject].span
            };
            let item = sentence.items.iter().rev().find(|i| is_speaker(&i.kind) && i.span.overlaps(whole))?;
            (item.first >= last).then(|| (at, n, t.class.to_string(), item))
        })
    })
}

/// Whether a token can stand inside a noun phrase.
fn spoken_of(sentence: &Sentence, at: usize, lookup: &Lookup) -> bool {
    sentence.toks.get(at).is_some_and(|t| {
        t.kind == TokenKind::Word
            && lookup.terms("function-words").at(&[t.words], None).is_none_or(|(_, t)| &*t.key == "noun")
    })
}

/// "The chief executive of Norvik Holdings said", "Omar Lund, mayor of Lowmere, said": who speaks is the holder of the post,
/// not what it is a post of.
fn post_of<'s>(text: &str, sentence: &'s Sentence, item: &'s Item, lookup: &Lookup) -> &'s Item {
    let word = |at: usize| sentence.word(text, at).to_lowercase();
    let comma = |at: usize| at.checked_sub(1).is_some_and(|at| sentence.mark(text, at) == Some(','));
    let article = item.first.checked_sub(1).filter(|&at| word(at) == "the");
    let before = article.unwrap_or(item.first).checked_sub(1);
    // "The director of the museum in Lowmere".
    let within = |at: usize| (at.saturating_sub(WITHIN)..at).rev().find(|&a| word(a) == "of");
    let of = before.and_then(|at| match word(at).as_str() {
        "of" | "for" | "at" => Some(at),
        "in" | "near" | "on" => within(at),
        _ => None,
    });
    let Some(of) = of else { return item };
    let ending = |at: usize| sentence.items.iter().filter(move |i| i.last == at);
    if let Some(handle) = ending(of).find(|i| is_handle(&i.kind, lookup) && !comma(i.first)) {
        return handle;
    }
    let post = (of.saturating_sub(POST)..of)
        .find(|&at| post_at(text, sentence, at, lookup).is_some_and(|(n, _)| at + n == of));
    let named = |post: usize| (post.saturating_sub(BEFORE)..=post).rev().find(|&at| comma(at));
    let name = post.and_then(named).and_then(|first| ending(first - 1).find(|i| matches!(i.kind, ItemKind::Name(_))));
    name.unwrap_or(item)
}

/// Moves and products say nothing.
fn speaks(subject: &super::model::Subject) -> bool {
    !matches!(subject.kind, EntityType::Event | EntityType::Product | EntityType::Place)
}

fn is_speaker(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { .. })
}

/// Whether a token opens a possessive ending.
pub(super) fn possessive(sentence: &Sentence, at: usize) -> bool {
    sentence.toks.get(at).is_some_and(|t| t.kind == TokenKind::Possessive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// How a text puts its figure forward, and who says so.
    #[track_caller]
    fn check(text: &str, modality: Modality, speaker: Option<&str>) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let found = claims.iter().find(|c| c.value_span.of(text).starts_with("12")).unwrap();
        assert_eq!((found.modality, found.attributed_to.as_deref()), (modality, speaker), "{text}");
        let denied = found.polarity == Polarity::Negative;
        assert_eq!(denied, modality == Modality::Negated, "{text}");
    }

    #[test]
    fn how_surely_and_who_speaks() {
        check("The storm killed 12 people.", Modality::Asserted, None);
        check("The storm did not kill 12 people.", Modality::Negated, None);
        check("Omar Lund did not come; the storm killed 12 people.", Modality::Asserted, None);
        check("The storm probably killed 12 people.", Modality::Hedged, None);
        check("The storm will kill 12 people.", Modality::Future, None);
        check("The Norvik bridge may be 12 metres long.", Modality::Hedged, None);
        check("Visitors may bring 12 bags.", Modality::Asserted, None);
        check("In May the bridge was 12 metres long.", Modality::Asserted, None);
        check("If the dam breaks, the flood kills 12 people.", Modality::Conditional, None);
        check("If you climb the 12 steps, you see the sea.", Modality::Asserted, None);
        check("The storm killed 12 people, per Omar Lund.", Modality::Reported, Some("Omar Lund"));
        check("The ticket costs 12 dollars per person.", Modality::Asserted, None);
        check("According to the harbour council, 12 people died.", Modality::Reported, Some("harbour council"));
        check("According to plan, the yard built 12 boats.", Modality::Asserted, None);
        check("Omar Lund said that 12 people had died.", Modality::Reported, Some("Omar Lund"));
        check("Omar Lund added a line, and 12 people died.", Modality::Asserted, None);
        check("Omar Lund said the storm killed 12 people.", Modality::Reported, Some("Omar Lund"));
        check("Omar Lund added a line that 12 people read.", Modality::Asserted, None);
        check("The storm killed 12 people, Omar Lund said.", Modality::Reported, Some("Omar Lund"));
        check("The storm killed 12 people, said Omar Lund.", Modality::Reported, Some("Omar Lund"));
        check("The storm killed 12 people, and Omar Lund said it was over.", Modality::Asserted, None);
        check("Norvik Holdings confirmed that 12 people had died.", Modality::Asserted, Some("Norvik Holdings"));
        check("Omar Lund, mayor of Lowmere, said that 12 people had died.", Modality::Reported, Some("Omar Lund"));
        check(
            "A spokesman for Norvik Holdings said that 12 people had died.",
            Modality::Reported,
            Some("Norvik Holdings"),
        );
        check("12 people had died, a spokesman for Norvik Holdings said.", Modality::Reported, Some("Norvik Holdings"));
    }
}
