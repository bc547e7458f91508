//! What a figure measures, in the text's own words: the noun that it counts, the noun phrase that it modifies or that
//! is set equal to it, else the verb that governs it.

use crate::claim::extract::DocumentView;
use crate::mention::{ItemKind, Sentence};
use crate::text::{TokenKind, fold};
use crate::value::Shape;

use super::Figure;
use super::role::lead;
use super::version::COUNTERS;

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
    linked(view, figure)
        .or_else(|| verb(view, sentence, item.first))
        .unwrap_or_else(|| quantity.shape.name().to_owned())
}

/// Words that set a noun equal to a figure.
const LINKS: [&str; 24] = [
    "of", "is", "are", "was", "were", "be", "been", "came", "comes", "come", "reached", "reaches", "totalled",
    "totaled", "totals", "stood", "stands", "fell", "rose", "hit", "hits", "equals", "amounted", "amounts",
];

/// What may stand between such a word and its figure: "was closed for 18 months" says nothing of the bridge's size.
const PASSED: [&str; 14] =
    ["to", "at", "by", "up", "put", "set", "estimated", "given", "reported", "placed", "counted", "as", "then", "now"];

/// The noun phrase that is set equal to a figure: "a delta of 61 points", "the speed-up came to 11 %", "the toll is put
/// at 22".
fn linked(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    let sentence = figure.sentence;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let lead = lead(view, figure)?;
    let link = (lead.saturating_sub(5)..=lead).rev().find(|&a| !PASSED.contains(&word(a).as_str()))?;
    if !LINKS.contains(&word(link).as_str()) {
        return None;
    }
    phrase_before(view, sentence, link)
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
    if let Some(attribute) = of_person(view, sentence, lead).or_else(|| linked(view, figure)) {
        return Some(attribute);
    }
    // "From runway 23", "at depth 12".
    let led = lead
        .checked_sub(1)
        .is_some_and(|a| matches!(word(a).as_str(), "of" | "at" | "to" | "from" | "on" | "in" | "with" | "by" | "the"));
    let noun = lead + 1 == item.first && ends && content(view, sentence, lead) && !sentence.toks[lead].capital;
    if led && noun && verb_at(view, sentence, lead).is_none() && !COUNTERS.contains(&word(lead).as_str()) {
        return Some(word(lead));
    }
    // "takes 12", "accounts for 810", "put at 22".
    let preposition = matches!(word(lead).as_str(), "for" | "to" | "at" | "in" | "with");
    let near = lead.saturating_sub(usize::from(preposition));
    let named = sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= near && near < i.last);
    // "It stood at 56": whatever it is.
    if named || sentence.toks[near].kind != TokenKind::Word || LINKS.contains(&word(near).as_str()) {
        return None;
    }
    verb_at(view, sentence, near)
}

/// Most tokens between two commas behind a name.
const ASIDE: usize = 8;

/// "Ingrid Solberg is 38", "Solberg, who is 38", "the founder, born in 1971, was 38", "she died on Sunday, at 81": a bare
/// number that a person is, or has died at, is an age.
fn of_person(view: &DocumentView<'_>, sentence: &Sentence, lead: usize) -> Option<String> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    if word(lead) == "at" && verb(view, sentence, lead).as_deref() == Some("die") {
        return Some(AGE.to_owned());
    }
    if !matches!(word(lead).as_str(), "is" | "was" | "turned" | "turns") {
        return None;
    }
    let mark = |a: usize| sentence.mark(view.text, a) == Some(',');
    let end = (lead.saturating_sub(2)..lead).rev().find(|&a| word(a) != "who" && !mark(a))? + 1;
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

/// Whether a token is a word that can stand in a noun phrase.
pub(in crate::claim::kind) fn content(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let named = || sentence.named(at);
    sentence.toks.get(at).is_some_and(|t| {
        let inside = t.glued || sentence.toks.get(at + 1).is_some_and(|n| n.glued);
        let function = view.lookup.terms("function-words").at(&[t.words], None);
        t.kind == TokenKind::Word
            && !named()
            && (inside
                || function.is_none_or(|(_, t)| &*t.key == "noun")
                    && view.lookup.terms("speech-verbs").at(&[t.words], None).is_none())
    })
}

/// The nearest verb before a token in its clause: the class that the lexicon gives it, or its lemma as written.
pub(in crate::claim::kind) fn verb(view: &DocumentView<'_>, sentence: &Sentence, before: usize) -> Option<String> {
    (0..before)
        .rev()
        .take(14)
        .take_while(|&a| !matches!(sentence.mark(view.text, a), Some(';' | ':' | '—')))
        .find_map(|a| verb_at(view, sentence, a))
}

/// The verb at a token.
pub(in crate::claim::kind) fn verb_at(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<String> {
    let tok = sentence.toks.get(at)?;
    let words: Vec<_> = sentence.words_from(at).take(4).collect();
    if let Some((_, term)) = view.lookup.terms("events").at(&words, None) {
        return Some(term.key.to_string());
    }
    let irregular = view.lookup.terms("irregular").at(&words[..1], None);
    if let Some((_, term)) = irregular.filter(|(_, t)| !matches!(t.key.as_ref(), "be" | "have" | "do")) {
        return Some(term.key.to_string());
    }
    let word = sentence.word(view.text, at).to_lowercase();
    // "Exceed" and "indeed" are no past forms.
    let base = word.ends_with("ceed") || matches!(word.as_str(), "indeed" | "speed" | "breed" | "bleed" | "tweed");
    let past = word.len() > 4 && word.ends_with("ed") && !base && !tok.capital && !tok.glued;
    past.then(|| lemma(&word))
}

/// Whether a word that could be a verb is a noun here: "the value of", "a total cost", "Value: 3 million".
pub(in crate::claim::kind) fn noun_like(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let text = view.text;
    let word = sentence.word(text, at).to_lowercase();
    let irregular = view.lookup.terms("irregular").at(&[sentence.toks[at].words], None);
    if word.ends_with("ed") || word.ends_with("ing") || irregular.is_some_and(|(_, t)| *t.key != *word) {
        return false;
    }
    let determiner = [
        "the", "a", "an", "its", "his", "her", "their", "this", "that", "of", "in", "no", "on", "for", "with", "from",
        "by", "about",
    ];
    let phrase = (0..at).rev().take_while(|&a| content(view, sentence, a)).last().unwrap_or(at);
    let opened = phrase.checked_sub(1).is_some_and(|a| {
        let before = sentence.word(text, a).to_lowercase();
        // "A price that put the yard at 4 million": behind a noun the word begins a clause.
        let relative =
            before == "that" && a > 0 && phrase == at && (sentence.named(a - 1) || content(view, sentence, a - 1));
        determiner.contains(&before.as_str()) && !relative || sentence.toks[a].kind == TokenKind::Possessive
    });
    let inflected = word.ends_with('s') && phrase < at;
    opened && !inflected && phrase + 1 >= at || sentence.mark(text, at + 1) == Some(':')
}

/// Whether a participle only describes the noun behind it: "the armed men", "electronic writing tablets".
pub(in crate::claim::kind) fn modifies(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    if !content(view, sentence, at + 1) || sentence.toks.get(at + 1).is_some_and(|t| t.glued) || at == 0 {
        return false;
    }
    let before = word(at - 1);
    let led = ["the", "a", "an", "its", "his", "her", "their", "this", "these", "those"].contains(&before.as_str())
        || sentence.toks[at - 1].kind == TokenKind::Possessive;
    match word(at) {
        verb if verb.ends_with("ing") => led || content(view, sentence, at - 1),
        verb if verb.ends_with("ed") => led,
        _ => false,
    }
}

/// The likeliest lemma of a regular past form: "valued" is "value", "planned" is "plan", "walked" is "walk".
fn lemma(past: &str) -> String {
    let stem = past.strip_suffix("ed").unwrap_or(past);
    let vowel = |c: char| "aeiou".contains(c);
    let mut tail = stem.chars().rev();
    match (tail.next(), tail.next(), tail.next()) {
        // "Added" is "add", "planned" is "plan".
        (Some(a), Some(b), _) if a == b && stem.len() > 3 && !matches!(a, 's' | 'l') => {
            stem[..stem.len() - a.len_utf8()].to_owned()
        }
        (Some('u' | 'v' | 'c' | 'g' | 'z'), ..) => format!("{stem}e"),
        (Some('t'), Some('a'), _) | (Some('s'), Some('a' | 'i' | 'o' | 'u'), _) => format!("{stem}e"),
        (Some('i'), ..) => format!("{}y", &stem[..stem.len() - 1]),
        // "Settled", "endorsed": no word ends in these.
        (Some('l'), Some(b), _) if !vowel(b) && !matches!(b, 'l' | 'r' | 'w') => format!("{stem}e"),
        (Some('s'), Some('l' | 'n' | 'p' | 'r'), _) => format!("{stem}e"),
        // "Described", "included", "defined", "acquired", "compiled": a long vowel. "Claimed" and "joined" have two.
        (Some('b' | 'd' | 'k' | 'm' | 'r'), Some('a' | 'i' | 'u'), Some(c))
        | (Some('n'), Some('i'), Some(c))
        | (Some('l'), Some('i' | 'u'), Some(c))
        | (Some('t'), Some('u'), Some(c))
            if !vowel(c) || stem.ends_with("quir") =>
        {
            format!("{stem}e")
        }
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::lemma;

    #[test]
    fn lemmas_of_past_forms() {
        for (past, lemmas) in [
            ("valued moved announced argued changed", "value move announce argue change"),
            ("planned added pulled passed carried", "plan add pull pass carry"),
            ("created closed raised used", "create close raise use"),
            ("described included decided traded named assumed", "describe include decide trade name assume"),
            (
                "defined acquired hired shared secured compiled executed",
                "define acquire hire share secure compile execute",
            ),
            ("settled endorsed collapsed licensed", "settle endorse collapse license"),
            (
                "claimed joined trained appeared failed walked crawled visited",
                "claim join train appear fail walk crawl visit",
            ),
        ] {
            assert_eq!(past.split(' ').map(lemma).collect::<Vec<_>>().join(" "), lemmas);
        }
    }
}
