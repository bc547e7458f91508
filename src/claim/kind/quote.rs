//! Quotations: that somebody said these words. What they say is not claimed here.

use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::view::DocumentView;
use crate::entity::{Entity, is_handle};
use crate::language::Label;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{Comparator, EntityType, TimeNature};
use crate::text::{Span, TokenKind, fold_words};
use crate::value::{Shape, Value};

use super::model::Kind;

/// See the module.
pub(super) struct Quote;

/// Quotation marks round fewer words than this name a term or keep a distance, unless somebody is said to speak.
const FEWEST_WORDS: usize = 5;
/// Most words of a tag between two halves of a quotation: "the keeper of the light told the council".
const TAG: usize = 9;
/// Most words of a sentence that says of the one beside it whose words it is: "Ada Holt was blunt."
const BRIEF: usize = 10;
/// Words that such a sentence begins with where it stands behind.
const POINTS_BACK: [&str; 7] = ["That", "Those", "These", "This", "So", "Thus", "The"];

impl Kind for Quote {
    fn name(&self) -> &'static str {
        "quote"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for (index, sentence) in view.sentences.iter().enumerate() {
            let mut taken = 0;
            for item in &sentence.items {
                let ItemKind::Quote { inner } = item.kind else { continue };
                // `url="…"` is code.
                let assigned = view.text.get(..item.span.start as usize).is_some_and(|t| t.ends_with('='));
                if item.first < taken || assigned {
                    continue;
                }
                // “We opened the gate,” she said, “and nobody came”: one quotation, and the words are those of both halves.
                let mut said = view.prose(sentence, inner);
                let (mut inner, mut last) = (inner, item);
                while let Some((next, rest)) = goes_on(view, sentence, last) {
                    said = format!("{said} {}", view.prose(sentence, rest));
                    (inner, last) = (inner.join(rest), next);
                    taken = next.last;
                }
                let words = fold_words(&said);
                let cue = cue(view, index, sentence, item);
                let named = named_term(view, sentence, item) || title(view, item);
                if words.len() < 2 || named || words.len() < FEWEST_WORDS && cue.is_none() {
                    continue;
                }
                if words.len() < FEWEST_WORDS && !quotes_speech(view, sentence, item) {
                    continue;
                }
                let speaker = speaker(view, index, sentence, item);
                let mut context_spans = Vec::new();
                if let Some((span, _)) = &speaker {
                    context_spans.push((ContextRole::Attribution, *span));
                }
                let person = speaker.map(|(_, s)| s);
                let spoken = || {
                    person.as_ref().map(|p| Subject {
                        name: format!("{}’s {}", p.name, cue.as_deref().unwrap_or("statement")),
                        kind: EntityType::Document,
                        entity: p.entity,
                        // Where no channel is named, it may be any of the speaker's utterances.
                        instance: cue.clone().filter(|c| c != "statement"),
                    })
                };
                let subject = defined(view, sentence, item, claims).or_else(spoken);
                claims.push(Claim {
                    context_spans,
                    shape: Shape::Quote,
                    subject,
                    moves: TimeNature::Timeless,
                    comparator: Comparator::Quote,
                    attributed_to: person.map(|p| p.name),
                    noise: view.segment_of(sentence).noise,
                    ..Claim::plain("quote", "quote".to_owned(), (sentence.span, inner), Value::Text(said))
                });
            }
        }
    }
}

/// The second half of a quotation that a tag parts, with its words: the first half ends with a comma, the second goes on in
/// lower case, and between them a verb of saying stands between commas.
fn goes_on<'s>(view: &DocumentView<'_>, sentence: &'s Sentence, item: &Item) -> Option<(&'s Item, Span)> {
    let ItemKind::Quote { inner } = item.kind else { return None };
    let next = sentence.items.iter().find(|i| i.first >= item.last && matches!(i.kind, ItemKind::Quote { .. }))?;
    let ItemKind::Quote { inner: rest } = next.kind else { return None };
    let marks = |c: char| c.is_whitespace() || "“”„\"«»‘’".contains(c);
    let tag = view.text.get(inner.end as usize..rest.start as usize)?.trim_matches(marks);
    // The comma may stand within the marks or behind them.
    let comma = inner.of(view.text).trim_end().ends_with([',', '–', '—']) || tag.starts_with([',', '–', '—']);
    let tagged =
        tag.ends_with([',', '–', '—']) && tag.split_whitespace().count() <= TAG && !tag.contains(['.', ';', ':']);
    let says = (item.last..next.first).any(|a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        view.lookup.terms("speech-verbs").at(&words, None).is_some()
    });
    let lower = rest.of(view.text).trim_start().starts_with(|c: char| c.is_lowercase() || c == '…' || c == '[');
    (comma && tagged && says && lower).then_some((next, rest))
}

/// Whether the words are a term spoken of: "the phrase “…”", "coined “…”", or an office.
fn named_term(view: &DocumentView<'_>, sentence: &Sentence, item: &Item) -> bool {
    let before = (item.first.saturating_sub(4)..item.first).any(|a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        view.lookup.terms("nominals").at(&words, Some("term")).is_some()
            || view.lookup.terms("events").at(&words, None).is_some_and(|(_, t)| &*t.key == "popularise")
    });
    before && fold_words(item.span.of(view.text)).len() < 8
}

/// The term that quoted words define: one that the document introduces, before a verb of defining.
fn defined(view: &DocumentView<'_>, sentence: &Sentence, item: &Item, claims: &[Claim]) -> Option<Subject> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let verb = (1..item.first).rev().find(|&a| {
        matches!(word(a).as_str(), "describes" | "described" | "means" | "meant" | "denotes" | "denoted" | "names")
            || matches!(word(a).as_str(), "refers" | "referred") && word(a + 1) == "to"
            || matches!(word(a).as_str(), "stands" | "stood") && word(a + 1) == "for"
    })?;
    let before = fold_words(sentence.span_of(0, verb).of(view.text));
    let terms = claims.iter().filter_map(|c| c.subject.as_ref()).filter(|s| s.kind == EntityType::Term);
    terms.into_iter().find(|s| before.ends_with(&fold_words(&s.name))).cloned()
}

fn title(view: &DocumentView<'_>, item: &Item) -> bool {
    view.lookup.term_of("titles", item.span.of(view.text)).is_some()
}

/// The channel of the statement that a quotation comes from ("post"), where the sentence or the two before it name one.
fn cue(view: &DocumentView<'_>, index: usize, sentence: &Sentence, item: &Item) -> Option<String> {
    let own = speech(view, sentence, item);
    let head = |s: &Sentence| {
        let nominal = s.items.iter().find_map(|i| match &i.kind {
            ItemKind::Nominal { kind: EntityType::Document, head, .. } => Some(head.to_string()),
            _ => None,
        });
        let platform = (1..s.toks.len()).any(|a| {
            let words: Vec<_> = s.words_from(a).take(2).collect();
            s.word(view.text, a - 1).eq_ignore_ascii_case("on")
                && view.lookup.terms("platforms").at(&words, None).is_some()
        });
        nominal.or(platform.then(|| "post".to_owned()))
    };
    let near = (0..=2).filter_map(|back| view.sentences.get(index.checked_sub(back)?)).find_map(head);
    match (near, own) {
        (Some(head), _) => Some(head),
        (None, true) => Some("statement".to_owned()),
        (None, false) => None,
    }
}

/// Whether somebody speaks in the sentence, outside the quotation.
fn speech(view: &DocumentView<'_>, sentence: &Sentence, item: &Item) -> bool {
    (0..sentence.toks.len()).filter(|a| *a < item.first || *a >= item.last).any(|a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        !sentence.toks[a].quoted && view.lookup.terms("speech-verbs").at(&words, None).is_some()
    })
}

/// Whether a short quotation is of words said: a verb of saying, "per", or a document stands beside it.
fn quotes_speech(view: &DocumentView<'_>, sentence: &Sentence, item: &Item) -> bool {
    let near = |a: usize| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        view.lookup.terms("speech-verbs").at(&words, None).is_some()
            || matches!(sentence.word(view.text, a).to_lowercase().as_str(), "per" | "line" | "words")
    };
    let lower = item.span.of(view.text).starts_with(char::is_lowercase);
    // "She said: “It did nothing.”": whole, however short.
    let led = view.text[..item.span.start as usize].trim_end_matches(['“', '"', '‘', '„', '«', ' ']).ends_with(':')
        && (item.first.saturating_sub(4)..item.first).any(near);
    led || lower
        && (item.first.saturating_sub(12)..item.first)
            .chain(item.last..(item.last + 6).min(sentence.toks.len()))
            .any(near)
}

/// Most tokens between a quotation and the verb that says whose it is.
const VERB: usize = 8;

/// The subject of the verb of saying that is nearest to a quotation, or of the verb that it hangs on: "Ada Holt set her plan beside
/// that of Omar Lund, saying “…”". `says` tells whether a token is such a verb.
fn sayer(sentence: &Sentence, item: &Item, says: impl Fn(usize) -> bool) -> Option<usize> {
    let before = (item.first.saturating_sub(VERB)..item.first).map(|a| (item.first - a, a));
    let behind = (item.last..sentence.toks.len().min(item.last + VERB)).map(|a| (a - item.last + 1, a));
    let (_, verb) = before.chain(behind).filter(|(_, a)| says(*a)).min()?;
    sentence.tok_of(sentence.tree.subject(sentence.node(verb)?, &[Label::Advcl, Label::Conj, Label::Xcomp])?)
}

/// Who speaks: the one before or behind the verb of saying in this sentence, else the person last spoken of.
fn speaker(
    view: &DocumentView<'_>,
    index: usize,
    sentence: &Sentence,
    item: &Item,
) -> Option<(crate::text::Span, Subject)> {
    let context = view.context();
    let person = [EntityType::Person];
    let verb = |s: &Sentence, a: usize| {
        let words: Vec<_> = s.words_from(a).take(2).collect();
        s.toks.get(a).is_some_and(|t| !t.quoted && t.kind == TokenKind::Word)
            && view.lookup.terms("speech-verbs").at(&words, None).is_some()
    };
    // "Lund told the Harbour Times": whom something is told does not say it; nor does the district that the speaker is of.
    let word = |s: &Sentence, a: usize| s.word(view.text, a).to_lowercase();
    let tells =
        |s: &Sentence, a: usize| view.lookup.terms("speech-verbs").at(&[s.toks[a].words], Some("told")).is_some();
    let inside = |s: &Sentence, i: &Item| {
        i.first
            .checked_sub(1)
            .is_some_and(|a| matches!(word(s, a).as_str(), "in" | "of" | "at" | "from" | "near" | "for" | "by"))
    };
    let beside = |s: &Sentence, i: &Item| {
        let behind = i.first > 0 && verb(s, i.first - 1);
        !(behind && tells(s, i.first - 1) || inside(s, i)) && (behind || (i.last..i.last + 3).any(|a| verb(s, a)))
    };
    // Where "Norvik's" begins, or "the museum's".
    let owned = |s: &Sentence, i: &Item| {
        let ItemKind::Nominal { owner: Some(owner), .. } = i.kind else { return None };
        let whole = s.items.iter().find(|o| o.first <= owner && owner < o.last).map_or(owner, |o| o.first);
        let article = whole.checked_sub(1).filter(|&a| s.word(view.text, a) == "the");
        Some(article.unwrap_or(whole))
    };
    let people = |s: &Sentence| -> Vec<Item> {
        s.items
            .iter()
            .filter(|i| !s.toks[i.first].quoted)
            .filter(|i| {
                // "… said the chief executive".
                if is_handle(&i.kind, view.lookup) {
                    return beside(s, i) || owned(s, i).is_some_and(|first| first > 0 && verb(s, first - 1));
                }
                let named = matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(_));
                if !named || i.entity.is_none() || !context.typed(i, &person) {
                    return false;
                }
                let known = view.entities.get(i.entity.unwrap_or(u32::MAX));
                // Of what kind a name is need not be known of one that speaks.
                let speaks = |e: &Entity| e.kind == EntityType::Any && e.name.contains(' ') && beside(s, i);
                matches!(i.kind, ItemKind::Pronoun(_))
                    || known.is_some_and(|e| e.kind == EntityType::Person || speaks(e))
            })
            .cloned()
            .collect()
    };
    let here = people(sentence);
    let by_tree = || {
        let subject = sayer(sentence, item, |a| verb(sentence, a))?;
        here.iter().find(|i| (i.first..i.last).contains(&subject))
    };
    let nearest =
        |i: &&Item| if i.first >= item.last { i.first - item.last } else { item.first.saturating_sub(i.last) };
    let spoken = || here.iter().filter(|i| beside(sentence, i) || is_handle(&i.kind, view.lookup)).min_by_key(nearest);
    let found = by_tree()
        .or_else(spoken)
        .or_else(|| here.iter().filter(|i| i.last <= item.first).min_by_key(nearest))
        .or(here.first());
    // Of "Ada Holt and Omar Lund said" the first one.
    let found = found.map(|f| {
        let first = f.first.checked_sub(1).filter(|&a| sentence.word(view.text, a) == "and");
        first.and_then(|a| here.iter().find(|i| i.last == a)).unwrap_or(f)
    });
    if let Some(found) = found {
        return Some((found.span, context.subject(sentence, found)?));
    }
    let before = index.checked_sub(1).and_then(|b| view.sentences.get(b));
    if let Some((before, item)) = before.and_then(|b| Some((b, people(b).into_iter().next_back()?))) {
        return Some((item.span, context.subject(before, &item)?));
    }
    // A sentence that is all quotation, and a brief one beside it with one name: "Ada Holt was blunt", "That is how Ada Holt
    // put it", "The words are those of Ada Holt".
    let whole = item.first <= 1 && item.last + 1 >= sentence.toks.len();
    let behind = view.sentences.get(index + 1);
    let beside = [(before, false), (behind, true)].into_iter().filter_map(|(s, after)| Some((s?, after)));
    beside.filter(|(s, _)| whole && view.same_block(s, sentence)).find_map(|(s, after)| {
        let points = || POINTS_BACK.contains(&s.word(view.text, 0));
        let words = s.toks.iter().filter(|t| t.kind == TokenKind::Word).count();
        if words > BRIEF || after && !points() || s.items.iter().any(|i| matches!(i.kind, ItemKind::Quote { .. })) {
            return None;
        }
        let mut names = s.items.iter().filter(|i| matches!(i.kind, ItemKind::Name(_)) && i.entity.is_some());
        let (Some(name), None) = (names.next(), names.next()) else { return None };
        let known = view.entities.get(name.entity?)?;
        // One that opens the sentence does what it tells; behind, the words are somebody's.
        let speaks = match known.kind {
            EntityType::Person => true,
            EntityType::Any => known.name.split(' ').count() == 2,
            _ => false,
        };
        (speaks && (after || name.first == 0)).then(|| Some((name.span, context.subject(s, name)?))).flatten()
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// To whom the last quotation of a text is attributed.
    fn check(text: &str, expected: &str) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.md", text), None).claims;
        let quote = claims.iter().rfind(|c| &*c.kind == "quote").unwrap();
        assert_eq!(quote.attributed_to.as_deref().unwrap_or("?"), expected, "{text}");
    }

    #[test]
    fn who_speaks() {
        check("Ines Berg said, “the harbour was never ours to sell.”", "Ines Berg");
        check("“The harbour was never ours to sell,” Omar Lund told Ines Berg.", "Omar Lund");
        // Who is named right before the words need not say them.
        check(
            "Ines Berg set her plan beside that of Omar Lund, saying: “The harbour was never ours to sell.”",
            "Ines Berg",
        );
        check(
            "Ines Berg answered the plan of Omar Lund on Monday, saying that “the harbour was never ours to sell.”",
            "Ines Berg",
        );
        check(
            "“The harbour was never ours to sell,” Ines Berg, who followed Omar Lund into office, said on Monday.",
            "Ines Berg",
        );
        check("“The harbour was never ours to sell,” Ines Berg said in a letter to Omar Lund.", "Ines Berg");
    }
}
