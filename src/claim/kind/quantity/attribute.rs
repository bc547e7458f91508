//! What a figure measures, in the text's own words: the noun that it counts, the noun phrase that it modifies or that
//! is set equal to it, else the verb that governs it.

use crate::claim::kind::word::{content, verb_at};
use crate::claim::view::DocumentView;
use crate::language::{Label, Tag};
use crate::mention::{ItemKind, Sentence};
use crate::text::{TokenKind, fold};
use crate::value::Shape;

use super::figure::{Figure, lead};
use super::version::one_of_a_row;

/// How long somebody or something has been there.
pub(super) const AGE: &str = "age";

/// What the quantity measures, in the text's own words.
pub(super) fn attribute(view: &DocumentView<'_>, figure: &Figure<'_>) -> String {
    let Figure { sentence, item, quantity, noun, .. } = *figure;
    let text = view.text;
    if let Some(noun) = noun {
        let words: Vec<String> = crate::text::fold_words(noun.of(text));
        if quantity.shape == Shape::Duration {
            return words.join(" ");
        }
        return words.last().cloned().unwrap_or_default();
    }
    // "an eleven per cent training speed-up", "a two-day run": the noun phrase that the quantity modifies.
    let adjective = item.last.checked_sub(1).is_some_and(|l| sentence.toks[l].glued);
    if adjective || matches!(quantity.shape, Shape::Percent | Shape::Measure) {
        let last = (item.last..sentence.toks.len()).take(8).take_while(|&a| content(view, sentence, a)).last();
        if let Some(last) = last {
            return fold(sentence.span_of(item.last, last + 1).of(text));
        }
    }
    governing(view, figure).unwrap_or_else(|| quantity.shape.name().to_owned())
}

/// Most steps up a tree from a figure to what it is of.
const STEPS: usize = 5;

/// What governs a figure in the tree of its sentence: the noun that it modifies or that is "of" it, the subject that a verb
/// sets equal to it, else the verb.
fn governing(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    let Figure { sentence, item, .. } = *figure;
    let tree = &sentence.tree;
    let mut at = tree.top(item.span)?;
    let moved = tree.child(at, &[Label::Case]).filter(|c| matches!(&*tree.tokens[*c].lemma, "to" | "from"));
    let links =
        |lemma: &str| view.lookup.terms("linking-verbs").at(&[view.lookup.words(lemma)], Some("equal")).is_some();
    for _ in 0..STEPS {
        if tree.child(at, &[Label::Cop]).is_some()
            && let Some(subject) = tree.child(at, &[Label::Nsubj])
        {
            return phrase(view, sentence, subject);
        }
        let head = tree.head(at)?;
        let (own, above) = (&tree.tokens[at], &tree.tokens[head]);
        // "12 million yuan ($1.7 million)" is of what the figure before it is of.
        if sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Quantity { .. }) && i.span.overlaps(above.span)) {
            at = head;
            continue;
        }
        if tree.tokens[head].tag.is_verb() {
            let subject = tree.child(head, &[Label::Nsubj, Label::NsubjPass]).filter(|s| *s != at);
            // "Cut the rate from 4 to 3": what the verb moves.
            if let Some(object) = moved.and_then(|_| tree.child(head, &[Label::Obj])) {
                return phrase(view, sentence, object);
            }
            return match subject {
                Some(subject) if links(&above.lemma) => phrase(view, sentence, subject),
                _ => verb_at(view, sentence, sentence.tok_of(head)?),
            };
        }
        // "20 are women": of what, the sentence before says.
        if own.label == Label::Nsubj {
            return None;
        }
        let of = tree.child(at, &[Label::Case]).is_some_and(|c| &*tree.tokens[c].lemma == "of");
        // "Estimated value: 40 million".
        let labelled = lead(view, figure).is_some_and(|a| sentence.mark(view.text, a) == Some(':'));
        if matches!(above.tag, Tag::Noun | Tag::Nouns) && (of || labelled || own.label == Label::Appos || head > at) {
            return phrase(view, sentence, head);
        }
        at = head;
    }
    None
}

/// A noun with the nouns and adjectives right before it, as written; `None` for what only refers.
fn phrase(view: &DocumentView<'_>, sentence: &Sentence, noun: usize) -> Option<String> {
    let tree = &sentence.tree;
    let belongs = |n: &usize| {
        let t = &tree.tokens[*n];
        let of = tree.head(*n).filter(|_| t.label == Label::Flat).unwrap_or(*n);
        let label = tree.tokens[of].label;
        of == noun
            || tree.head(of) == Some(noun) && matches!(label, Label::Compound | Label::Amod) && t.tag != Tag::Propn
    };
    let first = (0..noun).rev().take_while(belongs).last().unwrap_or(noun);
    let last = tree.children(noun).filter(|n| tree.tokens[*n].label == Label::Flat).last().unwrap_or(noun).max(noun);
    let refers = !matches!(tree.tokens[noun].tag, Tag::Noun | Tag::Nouns);
    (!refers).then(|| fold(tree.tokens[first].span.join(tree.tokens[last].span).of(view.text)))
}

/// The words of the noun phrase that ends right before a token.
pub(super) fn phrase_before(view: &DocumentView<'_>, sentence: &Sentence, end: usize) -> Option<String> {
    let (first, end) = noun_phrase_before(view, sentence, end)?;
    Some(fold(sentence.span_of(first, end).of(view.text)))
}

/// The noun phrase that ends right before a token, adverbs and helping verbs left out: its first token and its end.
pub(super) fn noun_phrase_before(view: &DocumentView<'_>, sentence: &Sentence, end: usize) -> Option<(usize, usize)> {
    let helps = |a: usize| {
        let word = sentence.word(view.text, a).to_lowercase();
        matches!(
            word.as_str(),
            "has" | "have" | "had" | "now" | "then" | "thus" | "already" | "still" | "since" | "also"
        )
    };
    let end = (0..end).rev().find(|&a| !helps(a))? + 1;
    let pronoun = |a: usize| sentence.items.iter().any(|i| i.first == a && matches!(i.kind, ItemKind::Pronoun(_)));
    let first = (0..end).rev().take(7).take_while(|&a| content(view, sentence, a) && !pronoun(a)).last()?;
    Some((first, end))
}

/// What a number that counts no noun measures, where the words round it say so: its label, what it is set equal to, or
/// the verb right before it. A number right behind a name or a noun tells one thing from others ("flight 171").
pub(super) fn bare(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    let Figure { sentence, item, .. } = *figure;
    let text = view.text;
    if dates(item.span.of(text)) {
        return None;
    }
    let word = |a: usize| sentence.word(text, a).to_lowercase();
    let ends = sentence.toks.get(item.last).is_none_or(|t| t.kind == TokenKind::Mark);
    let lead = lead(view, figure)?;
    if matches!(sentence.mark(text, lead), Some(':' | '|')) {
        let label = (0..lead).rev().take_while(|&a| sentence.mark(text, a).is_none_or(|m| m == '&')).last()?;
        return ends.then(|| fold(sentence.span_of(label, lead).of(text)));
    }
    // "Four arrived": a verb is no noun that is counted. "33,000 works": a plural is.
    let phrase = (item.last..sentence.toks.len()).take(5).take_while(|&a| content(view, sentence, a)).last();
    if let Some(last) = phrase.filter(|_| verb_at(view, sentence, item.last).is_none()) {
        let noun = word(last);
        return (noun.ends_with('s') && !noun.ends_with("ss")).then_some(noun);
    }
    if let Some(attribute) = of_person(view, sentence, lead) {
        return Some(attribute);
    }
    // "From runway 23", "at depth 12".
    let led = lead
        .checked_sub(1)
        .is_some_and(|a| matches!(word(a).as_str(), "of" | "at" | "to" | "from" | "on" | "in" | "with" | "by" | "the"));
    let noun = lead + 1 == item.first && ends && content(view, sentence, lead) && !sentence.toks[lead].capital;
    if led && noun && verb_at(view, sentence, lead).is_none() && !one_of_a_row(view, &word(lead)) {
        return Some(word(lead));
    }
    if names(sentence, lead, item.first) {
        return None;
    }
    // "takes 12", "accounts for 810", "put at 22".
    let preposition = matches!(word(lead).as_str(), "for" | "to" | "at" | "in" | "with");
    let near = lead.saturating_sub(usize::from(preposition));
    let named = sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= near && near < i.last);
    if named || sentence.toks[near].kind != TokenKind::Word {
        return None;
    }
    // "40 at the pier and 20 at the yard" are of what the figure before them is of.
    let node = sentence.tree.top(item.span)?;
    let joined =
        matches!(sentence.tree.tokens[node].label, Label::Appos | Label::Conj | Label::List | Label::Parataxis);
    if joined { verb_at(view, sentence, near) } else { governing(view, figure) }
}

/// "The ferry left pier 7": whether the number at a token tells the one thing right before it, with which something is done,
/// from others.
fn names(sentence: &Sentence, noun: usize, number: usize) -> bool {
    let tree = &sentence.tree;
    let (Some(thing), Some(own)) = (sentence.node(noun), sentence.node(number)) else { return false };
    let told = matches!(tree.tokens[own].label, Label::Flat | Label::Nummod | Label::Appos);
    let one = tree.tokens[thing].tag == Tag::Noun && tree.tokens[thing].label == Label::Obj;
    noun + 1 == number && told && one && tree.head(own) == Some(thing)
}

/// Most tokens between two commas behind a name.
const ASIDE: usize = 8;

/// "Ingrid Solberg is 38", "Solberg, who is 38", "the founder, born in 1971, was 38", "she died on Sunday, at 81": a bare
/// number that a person is, or has died at, is an age.
fn of_person(view: &DocumentView<'_>, sentence: &Sentence, lead: usize) -> Option<String> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    if word(lead) == "at" && governs(view, sentence, lead).as_deref() == Some("die") {
        return Some(AGE.to_owned());
    }
    if !matches!(word(lead).as_str(), "is" | "was" | "turned" | "turns") {
        return None;
    }
    let mark = |a: usize| sentence.mark(view.text, a) == Some(',');
    let end = (lead.saturating_sub(3)..lead).rev().find(|&a| word(a) != "who" && !mark(a))? + 1;
    // What stands between two commas says something more of whom the verb is of.
    let closes = lead.checked_sub(1).filter(|&a| mark(a));
    let before = closes.and_then(|c| (c.saturating_sub(ASIDE)..c).rev().find(|&a| mark(a)));
    let person =
        sentence.items.iter().any(|i| (i.last == end || Some(i.last) == before) && view.context().is_person(i));
    person.then(|| AGE.to_owned())
}

/// Whether a number is written as years are: alone it may be one.
fn dates(number: &str) -> bool {
    number.len() == 4 && number.starts_with(['1', '2']) && number.bytes().all(|b| b.is_ascii_digit())
}

/// The verb above a token in the tree of its sentence.
fn governs(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<String> {
    let tree = &sentence.tree;
    let above = std::iter::successors(sentence.node(at), |n| tree.head(*n)).take(STEPS);
    above.into_iter().find_map(|n| verb_at(view, sentence, sentence.tok_of(n)?))
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// What the figures of a text are said to measure, in order.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let figures = claims.iter().filter(|c| matches!(c.value, crate::value::Value::Quantity(_)));
        let attributes: Vec<&str> = figures.map(|c| c.attribute.as_str()).collect();
        assert_eq!(attributes, expected, "{text}");
    }

    #[test]
    fn what_a_figure_counts_or_is_set_equal_to() {
        check("The museum owns 12 old paintings.", &["paintings"]);
        check("The gap between the banks is $4 million.", &["gap"]);
        check("Estimated value: $40 million.", &["estimated value"]);
        check("The council cut the fee from $4 to $3.", &["fee", "fee"]);
        check("The keeper burned $40.", &["burn"]);
        check("The loss was 12 million crowns ($1.7 million).", &["crowns", "loss"]);
    }

    #[test]
    fn a_number_that_counts_nothing() {
        check("Ingrid Solberg, born in Lowmere, was 38.", &["age"]);
        check("Ingrid Solberg, who is 38, won the race.", &["age"]);
        check("The bridge is 38.", &["bridge"]);
        check("The bridge, which is 38, was sold.", &[]);
        check("Ingrid Solberg died on Sunday, at 81.", &["age"]);
        check("The wreck lies at depth 12.", &["depth"]);
        check("Flight 171 landed.", &[]);
        check("The ferry left pier 7 at noon.", &[]);
        check("The ferry carries 7 at noon.", &["aboard"]);
        check("The bridge is 1850.", &[]);
        check("Four arrived.", &[]);
        check("The yard sold 33,000 works.", &["works"]);
    }
}
