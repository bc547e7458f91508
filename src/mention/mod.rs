//! Mentions: quantities, times, quotations, names and the words that stand for them.
//!
//! Comes in: a document's segments. Goes out: sentences with tokens and mentions, values read, nothing resolved that
//! needs more than the sentence. What a mention refers to is for `entity` to say.

mod model;
mod name;
mod quantity;
mod quotation;
mod recognise;
mod time;

use crate::language::{Known, Tag, Tree};
use crate::rule::{EntityType, Lookup, Measures, Memo, Words};
use crate::segment::{Segment, SegmentKind};
use crate::text::{Span, Token, TokenKind};
use recognise::pieces;

pub use model::{Item, ItemKind, Mention, MentionKind, Pronoun, Sentence, Tok};
pub(crate) use name::is_legal_form;
pub use quantity::{Ordinal, OrdinalMention, QuantityMention};
pub use quotation::quotations;
pub use recognise::{Reader, Values, length, recognise};
pub use time::{Anchor, Expression, Lean, Reference, TimeMention, Timex, complete, resolve, timex};

/// Reads every mention of a document, sentence by sentence, in the order of the segments.
pub fn sentences(text: &str, segments: &[Segment], lookup: &Lookup, measures: &Measures) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::with_capacity(segments.len());
    let mut memo = Memo::new(lookup);
    let mut reader = Reader::new(text, measures);
    for (index, segment) in segments.iter().enumerate() {
        for span in pieces(text, segment.span) {
            let values = reader.read(segment, span);
            out.push(sentence(text, index, segment, &reader.tokens, values, &mut memo));
        }
    }
    name::names(text, &mut out, lookup);
    for sentence in &mut out {
        if !segments[sentence.segment].noise {
            sentence.tree = Tree::of(text, sentence.span, &known(text, sentence, lookup));
        }
        references(text, sentence, lookup);
        sentence.items.sort_by_key(|i| (i.first, std::cmp::Reverse(i.last)));
    }
    out
}

/// What is known of a sentence before it is analysed: its times, names and figures, and the past forms of irregular verbs.
fn known(text: &str, sentence: &Sentence, lookup: &Lookup) -> Vec<(Span, Known)> {
    let kind = |i: &Item| match i.kind {
        ItemKind::Time(_) | ItemKind::Undated(_) => Some(Known::Time),
        ItemKind::Name(_) => Some(Known::Name),
        ItemKind::Quantity { .. } => Some(Known::Figure),
        _ => None,
    };
    let past = |t: &&Tok| {
        let (form, word) = (lookup.terms("irregular").at(&[t.words], None), t.span.of(text));
        form.is_some_and(|(_, term)| *term.key != *word && !word.ends_with("ing") && !word.ends_with('s'))
    };
    let verbs = sentence.toks.iter().filter(past).map(|t| (t.span, Known::Past));
    let places = sentence.ordinals.iter().map(|(span, _)| (*span, Known::Figure));
    sentence.items.iter().filter_map(|i| Some((i.span, kind(i)?))).chain(verbs).chain(places).collect()
}

fn sentence<'t>(
    text: &'t str,
    index: usize,
    segment: &Segment,
    raw: &[Token],
    values: Values,
    memo: &mut Memo<'_, 't>,
) -> Sentence {
    let Values { sentence: span, amounts, ordinals, times, quotes } = values;
    let mut toks: Vec<Tok> = Vec::with_capacity(raw.len());
    let mut glued = false;
    for (i, t) in raw.iter().enumerate() {
        let word = t.span.of(text);
        let wordlike = |t: &Token| t.kind != TokenKind::Mark;
        // A hyphen inside a word: nothing but letters or digits on either side of it.
        let hyphen = matches!(word, "-" | "\u{2010}" | "\u{2011}")
            && i.checked_sub(1).and_then(|b| raw.get(b)).is_some_and(|b| b.span.end == t.span.start && wordlike(b))
            && raw.get(i + 1).is_some_and(|n| n.span.start == t.span.end && wordlike(n));
        if hyphen {
            glued = true;
            continue;
        }
        toks.push(Tok {
            span: t.span,
            kind: t.kind,
            words: memo.words(word),
            capital: t.kind == TokenKind::Word && word.chars().any(char::is_uppercase),
            glued: std::mem::take(&mut glued),
            quoted: quotes.iter().any(|q| q.contains(t.span)),
        });
    }
    let at = |span: Span| {
        let first = toks.partition_point(|t| t.span.end <= span.start);
        let last = toks.partition_point(|t| t.span.start < span.end);
        (first < last).then_some((first, last))
    };
    let mut items = Vec::new();
    let ordinals = ordinals.into_iter().map(|s| (s.span, s.ordinal)).collect();
    for q in amounts {
        if let Some((first, last)) = at(q.span) {
            let kind = ItemKind::Quantity { quantity: q.quantity, noun: q.noun, bound: q.bound_span };
            items.push(Item { first, last, span: q.span, kind, entity: None });
        }
    }
    for t in times {
        if let Some((first, last)) = at(t.span) {
            for (span, clock) in t.clocks {
                if let Some((first, last)) = at(span) {
                    items.push(Item { first, last, span, kind: ItemKind::Undated(clock), entity: None });
                }
            }
            let undated = t.expression.undated();
            let kind = if undated { ItemKind::Undated(t.expression) } else { ItemKind::Time(t.expression) };
            items.push(Item { first, last, span: t.span, kind, entity: None });
        }
    }
    for inner in quotes {
        if let Some((first, last)) = at(inner) {
            items.push(Item { first, last, span: inner, kind: ItemKind::Quote { inner }, entity: None });
        }
    }
    let words = toks.iter().filter(|t| t.kind == TokenKind::Word);
    let (all, capitals) = words.fold((0, 0), |(n, c), t| (n + 1, c + usize::from(t.capital)));
    let heading = matches!(segment.kind, SegmentKind::Title | SegmentKind::Heading | SegmentKind::Reference);
    let closed = span.of(text).trim_end().ends_with(['.', '!', '?', '”', '"']);
    let title_case = all > 3 && capitals * 3 >= all * 2 && !closed || heading && capitals * 2 >= all;
    Sentence { segment: index, span, toks, items, ordinals, title_case, tree: Tree::default() }
}

/// Adds pronouns and referring nouns.
fn references(text: &str, sentence: &mut Sentence, lookup: &Lookup) {
    let mut found = Vec::new();
    let words: Vec<_> = sentence.words_from(0).collect();
    let named: Vec<bool> = (0..sentence.toks.len()).map(|at| sentence.named(at)).collect();
    let mut past = 0;
    for at in 0..sentence.toks.len() {
        if sentence.toks[at].kind != TokenKind::Word || named[at] || at < past {
            continue;
        }
        let lower = sentence.word(text, at).to_lowercase();
        let pronoun = match lower.as_str() {
            "he" | "she" | "his" | "her" | "him" => Some(Pronoun::Person),
            "it" | "its" => Some(Pronoun::Thing),
            "they" | "their" | "them" => Some(Pronoun::Many),
            _ => None,
        };
        if let Some(pronoun) = pronoun {
            found.push((at, at + 1, ItemKind::Pronoun(pronoun)));
            continue;
        }
        if let Some(first) = aged(text, sentence, at, lookup) {
            found.push((
                first,
                at + 1,
                ItemKind::Nominal { kind: EntityType::Person, head: "person".into(), definite: true, owner: None },
            ));
            continue;
        }
        // A post by which somebody is called, with no name right behind it, before the nouns of which it is made.
        let post = post_at(text, sentence, at, lookup).filter(|(n, _)| !named.get(at + n).is_some_and(|named| *named));
        if let Some((n, key)) = post {
            let Led { first, owner, definite } = led(text, sentence, at, lookup, &named);
            let said_of = predicate(text, sentence, owner.unwrap_or(first.saturating_sub(1)), &named);
            if definite && !said_of && !sentence.toks.get(at + n).is_some_and(|t| t.glued) {
                let kind = EntityType::Person;
                let start = if owner.is_none() { first - 1 } else { first };
                found.push((start, at + n, ItemKind::Nominal { kind, head: key.into(), definite, owner }));
                past = at + n;
                continue;
            }
        }
        let Some((n, term)) = lookup.terms("nominals").at(&words[at..], None) else { continue };
        // "The story went round", "it ran in May": no noun.
        let tag = sentence.node(at + n - 1).map(|node| sentence.tree.tokens[node].tag);
        let noun = tag.is_none_or(|t| !t.is_verb() && !matches!(t, Tag::Adv | Tag::Adp));
        // The noun is the head only when no further noun of the same phrase follows.
        if !noun || sentence.toks.get(at + n).is_some_and(|t| t.glued) {
            continue;
        }
        let Led { first, owner, definite } = led(text, sentence, at, lookup, &named);
        let word = first.checked_sub(1).map(|b| sentence.word(text, b).to_lowercase()).unwrap_or_default();
        let indefinite = matches!(word.as_str(), "a" | "an" | "another" | "every" | "each" | "any" | "no" | "some");
        let kind = EntityType::ALL.iter().copied().find(|t| t.name() == &*term.class).unwrap_or(EntityType::Any);
        let head = term.key.clone();
        let start = if owner.is_none() && (definite || indefinite) { first - 1 } else { first };
        found.push((start, at + n, ItemKind::Nominal { kind, head, definite, owner }));
    }
    for (first, last, kind) in found {
        let span = sentence.span_of(first, last);
        sentence.items.push(Item { first, last, span, kind, entity: None });
    }
}

/// What stands before a noun.
struct Led {
    /// First token of its noun phrase behind the determiner.
    first: usize,
    /// Token of the possessor, when there is one.
    owner: Option<usize>,
    /// Whether a determiner or possessor makes it definite.
    definite: bool,
}

/// Reads back from the noun at a token.
fn led(text: &str, sentence: &Sentence, at: usize, lookup: &Lookup, named: &[bool]) -> Led {
    let mut first = at;
    while first > 0 && at - first < 4 && modifier(text, sentence, first - 1, lookup, named) {
        first -= 1;
    }
    let before = first.checked_sub(1);
    let word = before.map(|b| sentence.word(text, b).to_lowercase()).unwrap_or_default();
    let possessed = before.is_some_and(|b| sentence.toks[b].kind == TokenKind::Possessive);
    let owner = if possessed {
        first.checked_sub(2)
    } else {
        before.filter(|_| matches!(word.as_str(), "his" | "her" | "its" | "their"))
    };
    let definite = owner.is_some() || matches!(word.as_str(), "the" | "that" | "this" | "these" | "those");
    Led { first, owner, definite }
}

/// Whether a post whose determiner or owner ends at a token is what somebody is said to be: "became Norvik's chair".
fn predicate(text: &str, sentence: &Sentence, end: usize, named: &[bool]) -> bool {
    let owner = (0..end).rev().take_while(|&a| named[a] && named[end]).last().unwrap_or(end);
    owner.checked_sub(1).is_some_and(|before| {
        matches!(
            sentence.word(text, before).to_lowercase().as_str(),
            "is" | "was"
                | "are"
                | "were"
                | "be"
                | "been"
                | "being"
                | "become"
                | "becomes"
                | "became"
                | "becoming"
                | "as"
                | "remain"
                | "remains"
                | "remained"
                | "named"
                | "appointed"
                | "elected"
                | "made"
                | "called"
        )
    })
}

/// The lexicon of posts by which a text calls somebody, and most words of one.
const HANDLES: &str = "handles";
const LONGEST: usize = 5;

/// The post at a token of a sentence, and how many tokens it has: never a plural.
pub(crate) fn post_at<'l>(text: &str, sentence: &Sentence, at: usize, lookup: &'l Lookup) -> Option<(usize, &'l str)> {
    // On the stack: every word is asked.
    let mut words = [Words::default(); LONGEST];
    words.iter_mut().zip(sentence.words_from(at)).for_each(|(slot, own)| *slot = own);
    let (n, term) = lookup.terms(HANDLES).at(&words[..LONGEST.min(sentence.toks.len() - at)], None)?;
    // A form that the lexicon does not have is a plural.
    let spelt = sentence.span_of(at, at + n).of(text).to_lowercase().replace(['-', '\u{2010}', '\u{2011}'], " ");
    let single = lookup.term_of(HANDLES, &spelt).is_some() && !(spelt.ends_with('s') || spelt.ends_with("men"));
    (single && sentence.toks[at..at + n].iter().all(|t| t.kind == TokenKind::Word)).then_some((n, &*term.key))
}

/// First token of "the 23-year-old" whose last one is at `at`, where no noun follows: somebody named before.
fn aged(text: &str, sentence: &Sentence, at: usize, lookup: &Lookup) -> Option<usize> {
    let toks = &sentence.toks;
    let joined = |a: usize| toks[a].glued;
    let year = at.checked_sub(2).filter(|_| sentence.word(text, at) == "old" && joined(at) && joined(at - 1))?;
    let article = year.checked_sub(1).filter(|&a| matches!(sentence.word(text, a), "The" | "the"))?;
    let noun = toks.get(at + 1).is_some_and(|t| {
        let verb = ["auxiliaries", "speech-verbs", "irregular", "function-words"];
        let own = t.span.of(text);
        t.kind == TokenKind::Word
            && !own.ends_with("ed")
            && verb.iter().all(|l| lookup.terms(l).at(&[t.words], None).is_none())
    });
    (sentence.word(text, year + 1) == "year" && !noun).then_some(article)
}

/// Whether a token may stand between a determiner and its noun.
fn modifier(text: &str, sentence: &Sentence, at: usize, lookup: &Lookup, named: &[bool]) -> bool {
    let tok = &sentence.toks[at];
    // "the most admired pilot"
    let degree = || matches!(sentence.word(text, at).to_lowercase().as_str(), "most" | "least" | "very" | "only");
    tok.kind == TokenKind::Word
        && !tok.quoted
        && (named[at]
            || degree()
            || lookup.terms("function-words").at(&[tok.words], None).is_none_or(|(_, t)| &*t.key == "noun")
                && lookup.terms("speech-verbs").at(&[tok.words], None).is_none()
                && lookup.terms("events").at(&[tok.words], None).is_none()
            || tok.glued
            || sentence.toks.get(at + 1).is_some_and(|t| t.glued))
}
