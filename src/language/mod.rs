//! Language: every sentence analysed once. Tokens, parts of speech, lemmas, heads and labels of a dependency tree.
//!
//! Comes in: the text of one sentence. Goes out: its [`Tree`]. The models are small networks with integer weights, in `models/` (how they were trained and what they reach:
//! `models/README.md`), so that every machine gives the same tree. Labels are those of Universal Dependencies.

pub mod label;
pub mod lemma;
pub mod tag;
pub(crate) mod token;
pub mod tree;
pub mod weights;

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use label::Label;
pub use tag::Tag;
pub(crate) use tag::closed_set;

static TAGS: LazyLock<tag::Net> = LazyLock::new(|| tag::Net::new(include_bytes!("../../models/tags.bin")));
static TREES: LazyLock<tree::Net> = LazyLock::new(|| tree::Net::new(include_bytes!("../../models/trees.bin")));
static LEMMAS: LazyLock<lemma::Rules> = LazyLock::new(|| lemma::Rules::new(include_str!("../../models/lemmas.txt")));

/// Longest sentence that gets a tree, in tokens: what is longer is a list or no prose, and every token hangs on the first.
const LONGEST: usize = 200;
/// The apostrophe of printed texts; alone it is a quotation mark.
const CURLY: &str = "\u{2019}";

/// What a stretch of a sentence is known to be before it is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A time: where it has several words, the models see one in their place, since no treebank has all forms of dates.
    Time,
    /// A name: its words are names, whatever the tagger makes of one that it has never seen.
    Name,
    /// The past form of an irregular verb: behind no word that leads in a noun it is none.
    Past,
    /// A figure or a place in an order: its hyphens part words.
    Figure,
}

/// The word that stands in for those of a time.
fn stand_in(words: &[&str]) -> Option<&'static str> {
    let clock = |w: &&str| matches!(*w, ":" | "am" | "pm" | "AM" | "PM" | "m" | "M");
    match words {
        [] | [_] => None,
        _ if words.iter().any(clock) => Some("noon"),
        _ => words.iter().any(|w| w.starts_with(char::is_uppercase)).then_some("Monday"),
    }
}

/// Most words before the time that opens a sentence.
const OPENING: usize = 2;

/// The part of speech of a further word of a time.
fn part(word: &str) -> Tag {
    match word.chars().next() {
        Some(c) if c.is_ascii_digit() => Tag::Num,
        Some(c) if c.is_alphabetic() => Tag::Propn,
        _ => Tag::Punct,
    }
}

/// A word or mark of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands in the document.
    pub span: Span,
    /// Its lemma, in lower case unless it is a name.
    pub lemma: Box<str>,
    /// Its part of speech.
    pub tag: Tag,
    /// The token that governs it; its own number for the head of the sentence.
    pub head: u16,
    /// What it is to its head.
    pub label: Label,
}

/// A sentence with its dependency tree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tree {
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// A word with its apostrophe as most of the treebank has it.
fn straight(word: &str) -> Cow<'_, str> {
    if word.len() > CURLY.len() && word.contains(CURLY) { word.replace(CURLY, "'").into() } else { word.into() }
}

/// The words that the models see as one: from the first of its tokens to the last, none for a comma that is not there; the
/// word that stands in for them, and the token that governs the others.
struct Unit<'t> {
    first: usize,
    last: usize,
    at: usize,
    /// Whether it is a word with hyphens, whose parts have parts of speech of their own.
    parts: bool,
    word: Cow<'t, str>,
}

/// What ends a word with a hyphen and is not its head: "the speed-up", "a follow-up", "the runner-up".
const PARTICLES: [&str; 12] =
    ["up", "off", "out", "in", "down", "on", "over", "away", "back", "through", "by", "together"];

/// Stands in for an adjective of more than two parts: "end-to-end", "state-of-the-art".
const ADJECTIVE: &str = "full";

/// A word with hyphens from a token on: the token behind it, the one that governs its parts, and the word that stands in
/// for it, which is the last part of two ("pre-training", "co-founder") unless that is a particle.
fn hyphened<'t>(text: &'t str, spans: &[Span], at: usize) -> Option<(usize, usize, Cow<'t, str>)> {
    let joined = |i: usize| {
        let mark = spans.get(i + 1).filter(|s| s.of(text) == "-" && s.start == spans[i].end)?;
        let next = spans.get(i + 2).filter(|s| s.start == mark.end)?;
        next.of(text).starts_with(char::is_alphabetic).then_some(i + 2)
    };
    let first = spans[at].of(text);
    let parts: Vec<usize> = std::iter::successors(Some(at), |i| joined(*i)).collect();
    let last = *parts.last().filter(|_| parts.len() > 1 && first.starts_with(char::is_alphanumeric))?;
    let stands = match spans[last].of(text) {
        "law" | "chief" if parts.len() > 2 => at,
        "old" => last,
        _ if parts.len() > 2 && first.starts_with(char::is_lowercase) => {
            return Some((last + 1, last, ADJECTIVE.into()));
        }
        particle if PARTICLES.contains(&particle) => at,
        _ => last,
    };
    Some((last + 1, stands, straight(spans[stands].of(text))))
}

/// The units of a sentence: its words, and what is known of it.
fn units<'t>(text: &'t str, spans: &[Span], known: &[(Span, Known)]) -> Vec<Unit<'t>> {
    let of = |s: &Span| known.iter().find(|(k, of)| matches!(of, Known::Time | Known::Name) && k.overlaps(*s));
    let figure = |s: &Span| known.iter().any(|(k, of)| *of == Known::Figure && k.overlaps(*s));
    let timed = |s: &Span| of(s).is_some_and(|(_, k)| *k == Known::Time);
    let capital = |s: &Span| s.of(text).starts_with(char::is_uppercase);
    let mut out: Vec<Unit<'t>> = Vec::with_capacity(spans.len());
    let mut at = 0;
    while at < spans.len() {
        let hyphened = hyphened(text, spans, at).filter(|(end, ..)| !spans[at..*end].iter().any(figure));
        let mut parts = hyphened.is_some();
        let (mut last, mut stands, mut word) = hyphened.unwrap_or_else(|| (at + 1, at, straight(spans[at].of(text))));
        // "By", "the start of" and "early" before a day keep their places.
        let opens = capital(&spans[at]) || spans[at].of(text).starts_with(|c: char| c.is_ascii_digit());
        if let Some((span, _)) = of(&spans[at]).filter(|(_, k)| opens && *k == Known::Time) {
            let end = at + spans[at..].iter().take_while(|s| span.overlaps(**s)).count();
            let words: Vec<&str> = spans[at..end].iter().map(|s| s.of(text)).collect();
            if let Some(stand_in) = stand_in(&words) {
                (last, stands, parts, word) = (end, at, false, stand_in.into());
            }
        }
        out.push(Unit { first: at, last, at: stands, parts, word });
        // "In June 2024 Norvik opened a yard", "it opened on Monday and Ada Holt sang" want a comma behind the time.
        let named = |at: usize| spans.get(at).is_some_and(|s| capital(s) && !timed(s));
        let joined = || spans.get(last).is_some_and(|s| matches!(s.of(text), "and" | "but")) && named(last + 1);
        let ends = timed(&spans[last - 1]) && !spans.get(last).is_some_and(timed);
        if ends && (at <= OPENING && named(last) || joined()) {
            out.push(Unit { first: last, last, at: last, parts: false, word: ",".into() });
        }
        at = last;
    }
    out
}

/// The verb of a whole sentence, or of what stands behind its opening clause, where the tagger sees none, and its form: the
/// plural behind a name and before a preposition, an article or another name, as in "The shop in Lowmere closes at eight.", or
/// the only participle, behind a noun, as in "The town of Lowmere banned lorries."
fn unseen_verb(units: &[Unit<'_>], tags: &[Tag]) -> Option<(usize, Tag)> {
    let comma = || units.iter().position(|u| u.word == ",");
    let from = if tags.first() == Some(&Tag::Sconj) { comma()? } else { 0 };
    let main = &tags[from..];
    let finite = |t: &Tag| matches!(t, Tag::Verb | Tag::VerbS | Tag::VerbPast | Tag::Aux);
    if main.iter().any(finite) || units.last().is_none_or(|u| u.word != ".") {
        return None;
    }
    let opens = |t: &Tag| matches!(t, Tag::Adp | Tag::Det | Tag::Propn);
    let plural = |w: &[Tag]| w[0] == Tag::Propn && w[1] == Tag::Nouns && opens(&w[2]);
    let participles = main.iter().filter(|t| **t == Tag::VerbPart).count();
    // What is done by somebody has no verb yet.
    let past = |(at, w): (usize, &[Tag])| {
        let unit = |n: usize| &*units[from + at + n].word;
        participles == 1 && w[0].is_noun() && w[1] == Tag::VerbPart && unit(1).ends_with("ed") && unit(2) != "by"
    };
    let verbless = !main.iter().any(|t| t.is_verb());
    let plural = || main.windows(3).position(plural).filter(|_| verbless).map(|at| (from + at + 1, Tag::VerbS));
    let past = || main.windows(3).enumerate().position(past).map(|at| (from + at + 1, Tag::VerbPast));
    plural().or_else(past)
}

impl Tree {
    /// Analyses the part of a text under `within`, which is one sentence, with what is `known` of it.
    pub fn of(text: &str, within: Span, known: &[(Span, Known)]) -> Tree {
        let spans = token::words(text, within);
        let units = units(text, &spans, known);
        let seen: Vec<tag::Seen> = units.iter().map(|u| tag::Seen::of(&u.word)).collect();
        let mut tags = tag::tag(&seen, &TAGS);
        let parts = units.iter().any(|u| u.parts).then(|| {
            let words: Vec<tag::Seen> = spans.iter().map(|s| tag::Seen::of(&straight(s.of(text)))).collect();
            tag::tag(&words, &TAGS)
        });
        for (i, unit) in units.iter().enumerate().filter(|(_, u)| u.first < u.last) {
            let span = spans[unit.at];
            let of = |kind| known.iter().any(|(k, of)| *of == kind && k.overlaps(span));
            let led = i.checked_sub(1).is_some_and(|b| matches!(tags[b], Tag::Det | Tag::Adj | Tag::Part));
            // "Non-GAAP" is no verb, whatever stands behind it.
            if (of(Known::Name) || unit.parts) && span.of(text).starts_with(char::is_uppercase) {
                tags[i] = Tag::Propn;
            } else if of(Known::Past) {
                // "Drew" is no form that stands behind "been".
                let other = tags[i] == Tag::VerbPart && LEMMAS.lemma(&unit.word, tags[i]) == *unit.word;
                if other || matches!(tags[i], Tag::Noun | Tag::Nouns | Tag::X) && !led {
                    tags[i] = Tag::VerbPast;
                }
            }
        }
        if let Some((verb, form)) = unseen_verb(&units, &tags) {
            tags[verb] = form;
        }
        let governed = if units.len() <= LONGEST {
            tree::parse(&seen, &tags, &TREES)
        } else {
            (0..units.len()).map(|i| if i == 0 { (units.len(), Label::Root) } else { (0, Label::Dep) }).collect()
        };
        // What hangs on a comma that is not there hangs on the word before it.
        let place = |head: usize| units[..=head].iter().rfind(|u| u.first < u.last).map(|u| u.at);
        let mut tokens = Vec::with_capacity(spans.len());
        for (i, unit) in units.iter().enumerate() {
            let (head, label) = governed[i];
            let parts = parts.as_ref().filter(|_| unit.parts);
            for (at, &span) in (unit.first..).zip(&spans[unit.first..unit.last]) {
                let word = straight(span.of(text));
                let token = |tag, head: usize, label| Token {
                    span,
                    lemma: LEMMAS.lemma(&word, tag).into(),
                    tag,
                    head: head as u16,
                    label,
                };
                tokens.push(if at == unit.at {
                    token(tags[i], if head < units.len() { place(head).unwrap_or(at) } else { at }, label)
                } else {
                    token(parts.map_or_else(|| part(&word), |tags| tags[at]), unit.at, Label::Flat)
                });
            }
        }
        let mut tree = Tree { tokens };
        tree.mend(text);
        tree
    }

    /// Mends what the parser cannot have meant: a noun that has an object, or a subject without a form of "be", is a verb
    /// ("the shop closes at six"), and what a finite verb seems to describe is its subject ("the speed-up came to 12 %").
    fn mend(&mut self, text: &str) {
        for at in 0..self.tokens.len() {
            let finite = matches!(self.tokens[at].tag, Tag::VerbPast | Tag::VerbS);
            if let Some(noun) = self.head(at).filter(|h| finite && *h < at && self.tokens[at].label == Label::Acl) {
                self.tokens[at].label = self.tokens[noun].label;
                self.tokens[at].head = self.head(noun).unwrap_or(at) as u16;
                (self.tokens[noun].head, self.tokens[noun].label) = (at as u16, Label::Nsubj);
                let joins = |c: &usize| matches!(self.tokens[*c].label, Label::Cc | Label::Punct | Label::Mark);
                let moved: Vec<usize> = self.children(noun).filter(joins).collect();
                moved.into_iter().for_each(|c| self.tokens[c].head = at as u16);
                continue;
            }
            let tag = match self.tokens[at].tag {
                Tag::Noun => Tag::Verb,
                Tag::Nouns => Tag::VerbS,
                _ => continue,
            };
            let has = |label| self.child(at, &[label]).is_some();
            if !(has(Label::Obj) || has(Label::Nsubj) && !has(Label::Cop)) {
                continue;
            }
            let nouns: Vec<usize> = self.children(at).filter(|c| self.tokens[*c].label == Label::Nmod).collect();
            nouns.into_iter().for_each(|c| self.tokens[c].label = Label::Obl);
            let word = straight(self.tokens[at].span.of(text));
            self.tokens[at].lemma = LEMMAS.lemma(&word, tag).into();
            self.tokens[at].tag = tag;
        }
    }

    /// The token that governs another; `None` at the head of the sentence.
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = usize::from(self.tokens.get(at)?.head);
        (head != at).then_some(head)
    }

    /// The tokens that hang on another, from left to right.
    pub fn children(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |i| self.head(*i) == Some(of))
    }

    /// The first token that hangs on another under one of some labels.
    pub fn child(&self, of: usize, labels: &[Label]) -> Option<usize> {
        self.children(of).find(|c| labels.contains(&self.tokens[*c].label))
    }

    /// The subject of a predicate; where it has none, that of the nearest predicate above it which it hangs on by one of some labels:
    /// "the mayor came and danced" by `conj`.
    pub(crate) fn subject(&self, of: usize, by: &[Label]) -> Option<usize> {
        let hangs = |at: &usize| by.contains(&self.tokens[*at].label);
        let mut up = std::iter::successors(Some(of), |at| Some(*at).filter(hangs).and_then(|at| self.head(at)));
        up.find_map(|at| self.child(at, &[Label::Nsubj, Label::NsubjPass]))
    }

    /// The particle of a verb: "turned *down*". A preposition right behind it that leads nothing is one, whatever the tree takes it
    /// for: "was switched *on* at noon".
    pub fn particle(&self, of: usize) -> Option<usize> {
        let leads_nothing = |c: &usize| {
            let verb = self.tokens[of].tag.is_verb() && *c == of + 1;
            verb && self.tokens[*c].tag == Tag::Adp && self.children(*c).next().is_none()
        };
        self.child(of, &[Label::Prt]).or_else(|| self.children(of).find(leads_nothing))
    }

    /// The token of a span that governs its others; `None` where no token lies in it.
    pub fn top(&self, span: Span) -> Option<usize> {
        let within = |i: usize| span.overlaps(self.tokens[i].span);
        let all = (0..self.tokens.len()).filter(|i| within(*i) && self.tokens[*i].tag != Tag::Punct);
        all.clone().find(|i| self.head(*i).is_none_or(|h| !within(h))).or_else(|| all.clone().next())
    }

    /// Whether a token is the subject of its clause, or part of it.
    pub(crate) fn is_of_subject(&self, at: usize) -> bool {
        use Label::{Amod, Compound, Flat, Nmod, NmodBare, Nsubj, NsubjPass, Nummod};
        let inside = |at: &usize| matches!(self.tokens[*at].label, Amod | Compound | Flat | Nmod | NmodBare | Nummod);
        let mut top = at;
        while let Some(head) = self.head(top).filter(|_| inside(&top)) {
            top = head;
        }
        matches!(self.tokens[top].label, Nsubj | NsubjPass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every token with its lemma, label and head, as far as it is no mark.
    fn check(text: &str, expected: &str) {
        let tree = Tree::of(text, Span::new(0, text.len()), &[]);
        let shown = tree.tokens.iter().filter(|t| t.tag != Tag::Punct).map(|t| {
            let head = &tree.tokens[usize::from(t.head)];
            format!("{} {} {}", t.lemma, t.label.name(), head.lemma)
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn models_are_whole() {
        assert!(!TAGS.is_empty() && !TREES.is_empty());
        assert!(include_str!("../../models/frequency.txt").lines().count() > 5000);
    }

    #[test]
    fn trees() {
        check(
            "The council rejected the new plan on Monday.",
            "the det council, council nsubj reject, reject root reject, the det plan, new amod plan, plan obj reject, \
             on case Monday, Monday obl reject",
        );
        check(
            "It was built by two brothers.",
            "it nsubj:pass build, be aux:pass build, build root build, by case brother, two nummod brother, \
             brother obl:agent build",
        );
    }

    #[test]
    fn a_sentence_has_a_verb() {
        check(
            "The town of Lowmere banned lorries.",
            "the det town, town nsubj ban, of case Lowmere, Lowmere nmod town, ban root ban, lorry obj ban",
        );
    }

    #[test]
    fn no_text_has_no_tree_and_a_long_one_a_flat_one() {
        assert!(Tree::of("", Span::new(0, 0), &[]).tokens.is_empty());
        let long = "many words ".repeat(LONGEST);
        let tree = Tree::of(&long, Span::new(0, long.len()), &[]);
        assert!(tree.tokens.iter().skip(1).all(|t| t.head == 0));
    }

    #[test]
    fn the_top_of_a_span_governs_the_rest_of_it() {
        let text = "The bridge cost the county 38 million pounds.";
        let tree = Tree::of(text, Span::new(0, text.len()), &[]);
        let top = tree.top(Span::new(27, 44)).map(|t| tree.tokens[t].span.of(text));
        assert_eq!(top, Some("pounds"));
    }
}
