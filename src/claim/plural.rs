//! Whom "they", "both" or "the pair" mean, where that opens a clause: the names that the sentence before joins, or the same
//! sentence; a plural noun; an organisation that stands alone there.
//!
//! Comes in: the claims of a document. Goes out: the same, with the subject that the plural stands for, for claims that have
//! theirs from no word of their own sentence. Where it cannot be told who is meant, nobody is.

use crate::entity::{EntityType, governed};
use crate::mention::{Item, ItemKind, Pronoun, Sentence};
use crate::text::TokenKind;

use super::model::{Claim, ContextRole, Subject};
use super::view::DocumentView;

/// The lexicon of words that take up several.
const SEVERAL: &str = "several";
/// Most tokens before a plural that opens its clause: "On Monday", "Three years later".
const OPENING: usize = 6;

/// See the module.
pub(super) fn resolve_plurals(view: &DocumentView<'_>, claims: &mut [Claim]) {
    for (index, sentence) in view.sentences.iter().enumerate() {
        let Some((at, end, class)) = plural(view, sentence) else { continue };
        let own = |c: &&mut Claim| c.span == sentence.span && &*c.kind != "statement" && &*c.kind != "quote";
        let mut all = claims.iter_mut().filter(own).filter(|c| carried(view, sentence, c, end)).peekable();
        if all.peek().is_none() {
            continue;
        }
        let meant = meant(view, index, sentence, at, class);
        for claim in all {
            claim.subject.clone_from(&meant);
            if meant.is_some() {
                claim.context_spans.push((ContextRole::Subject, sentence.span_of(at, end)));
            }
        }
    }
}

/// The plural that opens a sentence or its main clause: its tokens, and its class.
fn plural<'a>(view: &DocumentView<'a>, sentence: &Sentence) -> Option<(usize, usize, &'a str)> {
    let opens =
        |at: usize| at == 0 || sentence.mark(view.text, at - 1) == Some(',') || at > 0 && joined(view, sentence, at);
    (0..sentence.toks.len()).filter(|&at| !sentence.toks[at].quoted && opens(at)).find_map(|at| {
        let words: Vec<_> = sentence.words_from(at).take(5).collect();
        let (n, term) = view.lookup.terms(SEVERAL).at(&words, None)?;
        // "Both boats", "the two boats": of a noun of their own; "the pair of boots".
        let next = sentence.toks.get(at + n)?;
        let known = |lexicon: &str| view.lookup.terms(lexicon).at(&[next.words], None).is_some();
        let past = next.span.of(view.text).ends_with("ed");
        let verb = known("auxiliaries") || known("speech-verbs") || known("irregular") || known("human-acts") || past;
        let own = sentence.word(view.text, at).eq_ignore_ascii_case(&term.key) || &*term.class != "any";
        (own && verb && next.kind == TokenKind::Word).then_some((at, at + n, &*term.class))
    })
}

/// "… and they", "… but both".
fn joined(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.word(view.text, at - 1), "and" | "but" | "so" | "then")
}

/// Whether a claim has its value behind the plural, and its subject from no word of the sentence.
fn carried(view: &DocumentView<'_>, sentence: &Sentence, claim: &Claim, end: usize) -> bool {
    let from = sentence.toks.get(end).map_or(sentence.span.end, |t| t.span.start);
    let named = claim.context_spans.iter().any(|(role, _)| *role == ContextRole::Subject);
    let until = sentence.toks.partition_point(|t| t.span.end <= claim.value_span.start);
    // Another subject between the plural and the value has the value.
    let other = sentence.items.iter().any(|i| {
        i.first >= end
            && i.last <= until
            && matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(Pronoun::Person | Pronoun::Thing))
            && !governed(view.text, sentence, i.first)
    });
    claim.value_span.start >= from && !named && !other
}

/// What the plural stands for.
fn meant(view: &DocumentView<'_>, index: usize, sentence: &Sentence, at: usize, class: &str) -> Option<Subject> {
    let here = groups(view, sentence, at);
    let before = || index.checked_sub(1).and_then(|b| view.sentences.get(b)).filter(|b| view.same_block(b, sentence));
    let (found, whole) = match before() {
        _ if !here.is_empty() => (here, None),
        Some(before) if at <= OPENING => (groups(view, before, before.toks.len()), Some(before)),
        _ => return None,
    };
    let kind = if class.ends_with("people") {
        Some(EntityType::Person)
    } else if class.ends_with("orgs") {
        Some(EntityType::Org)
    } else {
        None
    };
    let many = match class.split(' ').next() {
        Some("two") => Some(2),
        Some("three") => Some(3),
        _ => None,
    };
    match found.as_slice() {
        [one] => {
            let fits = kind.is_none_or(|k| one.kind == k || one.kind == EntityType::Any);
            (fits && many.is_none_or(|n| n == one.names.len())).then(|| Subject {
                name: joined_names(&one.names),
                kind: one.kind,
                entity: None,
                instance: None,
            })
        }
        [] if class == "any" => alone(view, whole?),
        _ => None,
    }
}

/// Names in the order of the alphabet: "X and Y" are "Y and X".
fn joined_names(names: &[String]) -> String {
    let mut names = names.to_vec();
    names.sort();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Names that a sentence joins.
struct Group {
    names: Vec<String>,
    kind: EntityType,
}

/// The groups of joined names before a token: "X and Y", "X, Y and Z", none behind a preposition.
fn groups(view: &DocumentView<'_>, sentence: &Sentence, until: usize) -> Vec<Group> {
    let names: Vec<&Item> = sentence
        .items
        .iter()
        .filter(|i| matches!(i.kind, ItemKind::Name(_)) && i.last <= until && !sentence.toks[i.first].quoted)
        .collect();
    let word = |a: usize| sentence.word(view.text, a);
    let and = |a: &Item, b: &Item| {
        a.last + 1 == b.first && matches!(word(a.last), "and" | "&")
            || a.last + 2 == b.first && sentence.mark(view.text, a.last) == Some(',') && word(a.last + 1) == "and"
    };
    let comma = |a: &Item, b: &Item| a.last + 1 == b.first && sentence.mark(view.text, a.last) == Some(',');
    let mut out = Vec::new();
    for (at, pair) in names.windows(2).enumerate().filter(|(_, pair)| and(pair[0], pair[1])) {
        let first = (0..at).rev().take_while(|&b| comma(names[b], names[b + 1])).last().unwrap_or(at);
        // "X and Y and Z", "X and Y’s boat".
        let more = names.get(at + 2).is_some_and(|next| and(pair[1], next)) || at > 0 && and(names[at - 1], pair[0]);
        let owner = sentence.toks.get(pair[1].last).is_some_and(|t| t.kind == TokenKind::Possessive);
        if more || owner || governed(view.text, sentence, names[first].first) {
            continue;
        }
        let entities: Vec<_> =
            names[first..=at + 1].iter().filter_map(|i| i.entity.and_then(|e| view.entities.get(e))).collect();
        let Some(kind) = entities.iter().map(|e| e.kind).find(|k| *k != EntityType::Any).or(Some(EntityType::Any))
        else {
            continue;
        };
        let alike = entities.iter().all(|e| e.kind == kind || e.kind == EntityType::Any);
        if alike && !matches!(kind, EntityType::Place) && entities.len() == at + 2 - first {
            out.push(Group { names: entities.iter().map(|e| e.name.clone()).collect(), kind });
        }
    }
    out
}

/// What "they" stands for where no names are joined: the plural noun that a sentence is about, else its one organisation.
fn alone(view: &DocumentView<'_>, before: &Sentence) -> Option<Subject> {
    let kind = |i: &Item| i.entity.and_then(|e| view.entities.get(e)).map(|e| e.kind);
    let named: Vec<&Item> = before.items.iter().filter(|i| matches!(i.kind, ItemKind::Name(_))).collect();
    let noun = opening_plural(view, before);
    let plural = noun.is_some() || (0..before.toks.len()).any(|a| plural_at(view, before, a));
    match (noun, named.as_slice()) {
        (Some(noun), names) if !names.iter().any(|i| kind(i) == Some(EntityType::Person)) => {
            Some(Subject { name: noun, kind: EntityType::Any, entity: None, instance: None })
        }
        (None, [one]) if !plural && kind(one) == Some(EntityType::Org) && !governed(view.text, before, one.first) => {
            view.context().subject(before, one)
        }
        _ => None,
    }
}

/// Whether a token is a noun in the plural, as far as its ending tells.
fn plural_at(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(view.text, at);
    let tok = &sentence.toks[at];
    let function = view.lookup.terms("function-words").at(&[tok.words], None).is_some();
    let verb = ["auxiliaries", "speech-verbs"].iter().any(|l| view.lookup.terms(l).at(&[tok.words], None).is_some());
    tok.kind == TokenKind::Word
        && !tok.capital
        && !function
        && !verb
        && (word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
            || matches!(word, "people" | "men" | "women" | "children" | "police"))
}

/// "Divers" of "The divers found …", "Three harbour workers were …": the plural noun that opens a sentence before its verb.
fn opening_plural(view: &DocumentView<'_>, sentence: &Sentence) -> Option<String> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let figure = sentence.items.iter().find(|i| i.first == 0 && matches!(i.kind, ItemKind::Quantity { .. }));
    let first = match figure {
        Some(i) => (0..i.last).find(|&a| plural_at(view, sentence, a)).unwrap_or(i.last),
        None => {
            usize::from(matches!(word(0).as_str(), "the" | "these" | "those" | "some" | "many" | "several" | "most"))
        }
    };
    let end = (first..sentence.toks.len()).take(4).find(|&a| plural_at(view, sentence, a))? + 1;
    let small = |a: usize| sentence.toks[a].kind == TokenKind::Word && (a == 0 || !sentence.toks[a].capital);
    let verb = sentence.toks.get(end).is_some_and(|t| {
        let known = |lexicon: &str| view.lookup.terms(lexicon).at(&[t.words], None).is_some();
        t.kind == TokenKind::Word
            && (known("auxiliaries")
                || known("irregular")
                || known("speech-verbs")
                || t.span.of(view.text).ends_with("ed"))
    });
    ((first..end).all(small) && verb).then(|| sentence.span_of(first, end).of(view.text).to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// Of whom a figure is stated, in the last sentence of a text.
    #[track_caller]
    fn check(text: &str, value: &str, subject: Option<&str>) {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let found = claims.iter().find(|c| c.value_span.of(text).contains(value) && &*c.kind != "statement");
        let found = found.unwrap_or_else(|| panic!("no claim of {value} in {text}"));
        assert_eq!(found.subject.as_ref().map(|s| s.name.as_str()), subject, "{text}");
    }

    const TWO: &str = "Ingrid Solberg and Omar Lund were in the boat.";

    #[test]
    fn joined_names_are_taken_up() {
        let both = Some("Ingrid Solberg and Omar Lund");
        check(&format!("{TWO} They sailed 400 miles."), "400", both);
        check(&format!("{TWO} Both sailed 400 miles."), "400", both);
        check(&format!("{TWO} The pair sailed 400 miles."), "400", both);
        check(&format!("{TWO} The couple had sailed 400 miles."), "400", both);
        check("Omar Lund and Ingrid Solberg were in the boat. They sailed 400 miles.", "400", both);
        check(
            "Norvik Holdings and Lund Brothers have a plan. The companies employed 400 divers.",
            "400",
            Some("Lund Brothers and Norvik Holdings"),
        );
    }

    #[test]
    fn a_plural_noun_or_one_organisation() {
        check("The divers found a wreck. They spent 400 hours in the bay.", "400", Some("divers"));
        check(
            "Norvik Holdings Inc. has a plan for the pier. They employed 400 people.",
            "400",
            Some("Norvik Holdings Inc"),
        );
    }

    #[test]
    fn nobody_where_it_cannot_be_stated() {
        // One person, two groups, too few of them.
        check("Ingrid Solberg was in the boat. They sailed 400 miles.", "400", None);
        check(
            "Ingrid Solberg and Omar Lund met Ada Renn and Aldo Brask in the bay. They sailed 400 miles.",
            "400",
            None,
        );
        check("Ingrid Solberg, Ada Renn and Omar Lund were in the boat. The pair sailed 400 miles.", "400", None);
        check(&format!("{TWO} The companies employed 400 divers."), "400", None);
    }
}
