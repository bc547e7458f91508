//! Names: runs of capitalised words, with what their own words say of their kind.
//!
//! A capital at the beginning of a sentence or in a heading in title case says nothing by itself: such a word is a name
//! only when the document writes it so elsewhere, where the capital counts. Nor does a capital make a name of a word
//! that only abbreviates or derives ("GAAP", "PM", "Turkish"), or of the unit of a figure ("120 GB").

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;

use crate::rule::{EntityType, Lookup};
use crate::text::TokenKind;

use super::model::{Item, ItemKind, Sentence};

/// Words that may stand inside a name between capitalised ones.
const INSIDE: [&str; 13] = ["of", "the", "&", "de", "van", "von", "der", "den", "bin", "al", "la", "du", "da"];

/// A run of tokens that may be a name.
struct NameRun {
    first: usize,
    last: usize,
    certain: bool,
}

/// Adds the names of all sentences of one document to their items.
pub(super) fn names(text: &str, sentences: &mut [Sentence], lookup: &Lookup) {
    let plain = plain_words(text, sentences);
    let doers = doers(text, sentences, &plain);
    let runs: Vec<Vec<NameRun>> = sentences.iter().map(|s| runs(text, s, lookup, &plain, &doers)).collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (sentence, runs) in sentences.iter().zip(&runs) {
        for run in runs.iter().filter(|r| r.certain) {
            known.insert(words(text, sentence, run.first, run.last));
            for at in run.first..run.last {
                if sentence.toks[at].capital {
                    known.insert(words(text, sentence, at, at + 1));
                }
            }
        }
    }
    for (sentence, runs) in sentences.iter_mut().zip(runs) {
        for run in runs {
            for (first, last) in settle(text, sentence, &run, &known, lookup) {
                if nameless(sentence, first, last, lookup) {
                    continue;
                }
                let last = numbered(text, sentence, last);
                let kind = kind(text, sentence, first, last, lookup);
                let span = sentence.span_of(first, last);
                sentence.items.push(Item { first, last, span, kind: ItemKind::Name(kind), entity: None });
            }
        }
    }
}

/// The words that a document also writes small.
fn plain_words(text: &str, sentences: &[Sentence]) -> HashSet<String> {
    let toks = sentences.iter().flat_map(|s| &s.toks).filter(|t| t.kind == TokenKind::Word && !t.capital);
    toks.map(|t| t.span.of(text).to_owned()).collect()
}

/// Sentences and headings that a word has to open to be a name by what it does.
const OPENED: usize = 3;

/// Words that open several sentences, are never written small, and do something to something: "Tern reads a file",
/// "Tern needs Norvik 3". What is not known from any other place is known from these to be a name.
fn doers(text: &str, sentences: &[Sentence], plain: &HashSet<String>) -> BTreeSet<String> {
    let mut opened: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for sentence in sentences {
        let [first, rest @ ..] = sentence.toks.as_slice() else { continue };
        let word = first.span.of(text);
        if first.kind != TokenKind::Word || !first.capital || plain.contains(&word.to_lowercase()) {
            continue;
        }
        let acts = || {
            let (verb, object) = (rest.first()?, rest.get(1)?);
            let own = verb.span.of(text);
            let finite = verb.kind == TokenKind::Word && !verb.capital && !verb.glued && own.ends_with('s');
            let word = object.span.of(text);
            let noun = matches!(word, "a" | "an" | "the" | "its" | "no")
                || object.capital
                || word.starts_with(|c: char| c.is_ascii_digit());
            Some(finite && own.len() > 3 && !own.ends_with("ss") && noun)
        };
        let entry = opened.entry(word).or_default();
        entry.0 += 1;
        entry.1 |= acts().unwrap_or_default();
    }
    let known = opened.into_iter().filter(|(w, (n, acts))| *n >= OPENED && *acts && !w.ends_with('s'));
    known.map(|(w, _)| w.to_owned()).collect()
}

/// Whether words with capitals name nothing: all of them abbreviate or derive, or they are part of a figure or a date.
fn nameless(sentence: &Sentence, first: usize, last: usize, lookup: &Lookup) -> bool {
    let words: Vec<_> = sentence.words_from(first).take(last - first).collect();
    let mut at = 0;
    while at < words.len() {
        let term = ["no-names", "demonyms"].iter().find_map(|l| lookup.terms(l).at(&words[at..], None));
        match term {
            Some((n, _)) => at += n,
            None => break,
        }
    }
    let read = |i: &Item| {
        matches!(i.kind, ItemKind::Quantity { .. } | ItemKind::Time(_) | ItemKind::Undated(_))
            && i.first <= first
            && last <= i.last
    };
    at == words.len() || sentence.items.iter().any(read)
}

/// The end of a name with the number behind it, if one stands there that counts nothing: "Harbour 2", "the Tern 787". What
/// goes by a number is another thing than what goes without.
fn numbered(text: &str, sentence: &Sentence, last: usize) -> usize {
    let digits = |w: &str| (1..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let Some(tok) = sentence.toks.get(last).filter(|t| !t.glued && digits(t.span.of(text))) else { return last };
    let alone = text.get(tok.span.end as usize..).and_then(|t| t.chars().next());
    let counts = sentence.items.iter().any(|i| match &i.kind {
        ItemKind::Quantity { quantity, noun, .. } => {
            i.first <= last && last < i.last && (noun.is_some() || !quantity.unit.name.is_empty() || i.last > last + 1)
        }
        ItemKind::Time(_) | ItemKind::Undated(_) => i.first <= last && last < i.last,
        _ => false,
    });
    let opens = sentence.toks.get(last + 1).is_some_and(|t| t.kind == TokenKind::Word && t.capital || t.glued);
    let ends = matches!(alone, None | Some(' ' | ',' | ';' | ':' | ')' | '\'' | '’' | '?' | '!' | '”' | '"' | '.'));
    if ends && !counts && !opens { last + 1 } else { last }
}

fn words(text: &str, sentence: &Sentence, first: usize, last: usize) -> String {
    sentence.span_of(first, last).of(text).to_owned()
}

/// The parts of a run that are names, in the light of what the document writes elsewhere.
fn settle(
    text: &str,
    sentence: &Sentence,
    run: &NameRun,
    known: &BTreeSet<String>,
    lookup: &Lookup,
) -> Vec<(usize, usize)> {
    if run.certain {
        return vec![(run.first, run.last)];
    }
    let mut out = Vec::new();
    let mut at = run.first;
    while at < run.last {
        let longest = (at + 1..=run.last).rev().find(|&end| known.contains(&words(text, sentence, at, end)));
        let own = |i: usize| {
            let word = sentence.word(text, i);
            mixed(word) || lookup.terms("given-names").at(&[sentence.toks[i].words], None).is_some()
        };
        match longest {
            Some(end) => {
                out.push((at, end));
                at = end;
            }
            // A given name and the capitalised word behind it, or a word with capitals inside.
            None if sentence.toks[at].capital && own(at) && !acronym_title(sentence, at, lookup) => {
                let given = !mixed(sentence.word(text, at));
                let end = if given && at + 1 < run.last && sentence.toks[at + 1].capital { at + 2 } else { at + 1 };
                if !given || end > at + 1 {
                    out.push((at, end));
                }
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// Whether the token is the whole of a title such as CEO.
fn acronym_title(sentence: &Sentence, at: usize, lookup: &Lookup) -> bool {
    lookup.terms("titles").at(&[sentence.toks[at].words], None).is_some()
}

/// Particles that are written together with a surname: "McKay", "DiMarco", "O'Hara".
const PARTICLES: [&str; 18] =
    ["Mc", "Mac", "O'", "O’", "D'", "D’", "De", "Di", "Da", "Du", "Del", "La", "Le", "Van", "Von", "Fitz", "Ver", "St"];

/// Whether a word with a capital inside may be a surname: a particle and a word that is small but for its first letter.
fn surname(word: &str) -> bool {
    PARTICLES.iter().filter_map(|p| word.strip_prefix(p)).any(|rest| {
        let mut letters = rest.chars();
        letters.next().is_some_and(char::is_uppercase) && rest.chars().count() > 2 && letters.all(char::is_lowercase)
    })
}

/// Whether a word has a capital behind its first letter.
fn mixed(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

fn runs(
    text: &str,
    sentence: &Sentence,
    lookup: &Lookup,
    plain: &HashSet<String>,
    doers: &BTreeSet<String>,
) -> Vec<NameRun> {
    let words: Vec<_> = sentence.words_from(0).collect();
    let function = |at: usize| lookup.terms("function-words").at(&words[at..=at], None).is_some();
    let article = |at: usize| sentence.word(text, at) == "The";
    let toks = &sentence.toks;
    let named = |at: usize| toks[at].kind == TokenKind::Word && toks[at].capital;
    let mut out = Vec::new();
    let mut at = 0;
    let mut opening = true;
    while at < toks.len() {
        if !named(at) {
            // Only opening marks keep the beginning of a sentence open.
            if toks[at].kind != TokenKind::Mark || matches!(sentence.mark(text, at), Some('.' | '?' | '!' | ':')) {
                opening = matches!(sentence.mark(text, at), Some('.' | '?' | '!' | ':'));
            } else if matches!(sentence.mark(text, at), Some('“' | '"')) {
                opening = true;
            }
            at += 1;
            continue;
        }
        let mut first = at;
        let mut last = at + 1;
        while last < toks.len() {
            let joined = domain(text, sentence, last)
                || initial(text, sentence, last) && last + 1 < toks.len() && named(last + 1);
            if named(last) {
                last += 1;
            } else if joined {
                last += 2;
            } else {
                let inside =
                    (last..toks.len().min(last + 3)).take_while(|&i| INSIDE.contains(&sentence.word(text, i))).count();
                // "Ada Lovelace of Norvik": two words that are no organisation's are a name already.
                let whole = last - first >= 2 + usize::from(article(first))
                    && sentence.word(text, last) == "of"
                    && lookup.terms("org-words").at(&words[last - 1..last], None).is_none();
                if inside > 0
                    && !whole
                    && last + inside < toks.len()
                    && named(last + inside)
                    && !function(last + inside)
                {
                    last += inside + 1;
                } else {
                    break;
                }
            }
        }
        at = last;
        let mut certain = !opening && !sentence.title_case;
        let opened = std::mem::take(&mut opening);
        // "Lately Lovelace …": an adverb before a name.
        let adverb = |at: usize| {
            let known = |lexicon: &str| lookup.terms(lexicon).at(&words[at..=at], None).is_some();
            let word = sentence.word(text, at);
            word.len() > 5 && word.ends_with("ly") && !known("given-names") && !known("places")
        };
        // Titles, forms of address and function words in front are no part of the name.
        loop {
            if first >= last {
                break;
            }
            let here = &words[first..last];
            let before = lookup.terms("titles").at(here, None).or_else(|| lookup.terms("honorifics").at(here, None));
            // "Norwegian Prime Minister Ada Lovelace".
            let derived = lookup.terms("demonyms").at(here, None).filter(|(n, _)| {
                let rest = &here[*n..];
                lookup.terms("titles").at(rest, None).is_some() || lookup.terms("honorifics").at(rest, None).is_some()
            });
            if let Some((n, _)) = before.or(derived) {
                first += n;
                certain |= first < last && !sentence.title_case;
            } else if function(first) && domain(text, sentence, first + 1) || article(first) && certain {
                // "You.com", and a capital article inside a sentence ("told The Harbour Times").
                break;
            } else if function(first) || opened && first + 1 < last && adverb(first) {
                first += 1;
                certain |= first < last && !sentence.title_case;
            } else {
                break;
            }
        }
        // A title at the end ("Anthropology Professor") is none either.
        while first < last
            && (function(last - 1)
                || !toks[last - 1].capital
                    && toks[last - 1].kind == TokenKind::Word
                    && INSIDE.contains(&sentence.word(text, last - 1)))
        {
            last -= 1;
        }
        if let Some(n) = (first..last)
            .find(|&i| lookup.terms("titles").at(&words[i..last], None).is_some_and(|(n, _)| i + n == last))
        {
            last = n;
        }
        // "Norvik, Inc.": the legal form is of the name before.
        let legal = last - first == 1
            && first > 0
            && sentence.mark(text, first - 1) == Some(',')
            && is_legal_form(sentence.word(text, first), lookup);
        if legal {
            continue;
        }
        if first < last && !(last - first == 1 && sentence.word(text, first).chars().count() == 1 && opening) {
            if !sentence.title_case {
                // The second capital of a run counts wherever the run stands; so does the first one before a verb.
                certain |= last - first >= 2;
                let next: Vec<_> = words.iter().skip(last).take(2).copied().collect();
                let verb = ["speech-verbs", "auxiliaries"].iter().any(|l| lookup.terms(l).at(&next, None).is_some());
                let small = last - first == 1 && plain.contains(&sentence.word(text, first).to_lowercase());
                certain |= verb && !small && !sentence.word(text, last - 1).ends_with('s');
                certain |= last - first == 1 && doers.contains(sentence.word(text, first));
            }
            out.push(NameRun { first, last, certain });
        }
    }
    out
}

/// `.` `com` and the like, joined to the word before.
fn domain(text: &str, sentence: &Sentence, at: usize) -> bool {
    let joined = |i: usize| i > 0 && sentence.toks[i].span.start == sentence.toks[i - 1].span.end;
    sentence.mark(text, at) == Some('.')
        && at + 1 < sentence.toks.len()
        && joined(at)
        && joined(at + 1)
        && matches!(
            sentence.word(text, at + 1),
            "com" | "org" | "net" | "ai" | "io" | "co" | "gov" | "edu" | "eu" | "uk" | "de"
        )
}

/// The point behind an initial.
fn initial(text: &str, sentence: &Sentence, at: usize) -> bool {
    sentence.mark(text, at) == Some('.') && at > 0 && sentence.word(text, at - 1).chars().count() == 1
}

/// Whether a word is a legal form of companies, in short: "Ltd".
pub(crate) fn is_legal_form(word: &str, lookup: &Lookup) -> bool {
    // No word of organisations: a town may be a spa.
    word.eq_ignore_ascii_case("spa") || lookup.term_of("org-words", word).is_some_and(|t| &*t.class == "legal form")
}

/// What the words of a name, and the words beside it, say of its kind.
fn kind(text: &str, sentence: &Sentence, first: usize, last: usize, lookup: &Lookup) -> EntityType {
    let words: Vec<_> = sentence.words_from(first).take(last - first).collect();
    let term = |lexicon: &str, at: usize| lookup.terms(lexicon).at(&words[at..=at], None).is_some();
    let n = words.len();
    let before = |lexicon: &str| {
        (1..=3).any(|k| {
            first >= k && {
                let part: Vec<_> = sentence.words_from(first - k).take(k).collect();
                lookup.terms(lexicon).at(&part, None).is_some_and(|(m, _)| m == k)
            }
        })
    };
    let titled = (2..=3).contains(&n) && before("titles") && !sentence.toks[first].glued;
    let whole = |lexicon: &str| lookup.terms(lexicon).at(&words, None).is_some_and(|(m, _)| m == n);
    if n > 1 && (term("org-words", n - 1) || term("org-words", 0)) {
        EntityType::Org
    } else if n > 1 && term("given-names", 0) || before("honorifics") && !whole("places") {
        EntityType::Person
    } else if whole("places") {
        EntityType::Place
    } else if n == 1 && term("given-names", 0) || titled {
        EntityType::Person
    } else if sentence.mark(text, last) == Some(',') && is_legal_form(sentence.word(text, last + 1), lookup)
        || domain(text, sentence, last.wrapping_sub(2))
        || (n == 1 && mixed(sentence.word(text, first)) && !surname(sentence.word(text, first)))
    {
        EntityType::Org
    } else {
        EntityType::Any
    }
}
