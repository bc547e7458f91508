//! What a date dates: the event that a noun or a verb near it tells of.
//!
//! Comes in: a time in a sentence. Goes out: the event's family, where it is stated, and whether it needs no name beside it:
//! a crash is what it is, an acquisition is of somebody. A verb of saying takes the date for itself.

use crate::claim::view::DocumentView;
use crate::language::{Label, Tag};
use crate::mention::{Item, ItemKind, Sentence};
use crate::text::{TokenKind, content_lemma};

use crate::claim::kind::word::{content, verb_at};

/// The event that a date belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Happening {
    /// The token that tells it; `None` where another sentence does.
    pub(super) at: Option<usize>,
    /// Its family.
    pub(super) family: String,
    /// Whether it can happen once only to one thing.
    pub(super) once: bool,
    /// What it is itself, where it needs no name beside it.
    pub(super) own: Option<Own>,
}

/// An event that is its own subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    /// What it is called; empty where its family is the name.
    pub(super) name: &'static str,
    /// Whether it has one date: a blast has, a war has many.
    pub(super) momentary: bool,
    /// What sets it apart from the one that everybody means: "another", "second", "previous".
    pub(super) instance: Option<String>,
}

/// Most steps up a tree from a date to what it dates.
const STEPS: usize = 8;

/// Furthest verb of announcing before the verb of what it announces.
const ANNOUNCED: usize = 4;

/// What is bought and merged, by whatever noun: one thing that is announced, signed and closed.
pub(super) const DEAL: &str = "deal";

/// The family of what is made known.
const ANNOUNCE: &str = "announce";

/// The family of the end of a quarter or year.
const PERIOD: &str = "period end";

/// What the words of a document say happened, read once.
pub(super) struct Happenings<'r, 's> {
    pub(super) view: &'r DocumentView<'s>,
    /// The event that the document names most, where it names one more than once.
    main: Option<String>,
}

impl<'r, 's> Happenings<'r, 's> {
    /// Reads the nouns of the document.
    pub(super) fn new(view: &'r DocumentView<'s>) -> Self {
        let mut all = Happenings { view, main: None };
        let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for sentence in view.sentences.iter().filter(|s| !view.segment_of(s).noise) {
            for at in 0..sentence.toks.len() {
                if let Some((_, family, own)) = all.noun(sentence, at)
                    && own.is_some_and(|o| o.momentary && o.instance.is_none())
                {
                    *counts.entry(family).or_default() += 1;
                }
            }
        }
        let best = counts.into_iter().filter(|(_, n)| *n > 1).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        all.main = best.map(|(family, _)| family);
        all
    }

    /// What a time at tokens `first..last` dates.
    pub(super) fn of(&self, index: usize, sentence: &Sentence, first: usize, last: usize) -> Option<Happening> {
        if self.dateline(sentence, first, last) {
            return None;
        }
        self.period(sentence, first)
            .or_else(|| self.governing(index, sentence, first, last))
            .or_else(|| self.labelled(sentence, first))
            .filter(|h| h.family != "happen")
    }

    pub(super) fn word(&self, sentence: &Sentence, at: usize) -> String {
        sentence.word(self.view.text, at).to_lowercase()
    }

    /// "LOWMERE, June 13: …": names and a date before a mark that opens the text date the page.
    fn dateline(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        let mark = |a: usize| sentence.mark(self.view.text, a);
        let name = |a: usize| sentence.toks[a].kind == TokenKind::Mark || sentence.toks[a].capital;
        let opened = |a: usize| matches!(mark(a), Some(':' | '—' | '–' | '-' | '|'));
        first > 0 && first < 8 && (0..first).all(name) && (opened(last) || mark(last) == Some(',') && opened(last + 2))
    }

    /// "The quarter ended January 28", "for the three months to 31 March".
    fn period(&self, sentence: &Sentence, first: usize) -> Option<Happening> {
        let ends =
            |a: usize| matches!(self.word(sentence, a).as_str(), "ended" | "ending" | "ends" | "end" | "to" | "closed");
        let end = (first.saturating_sub(3)..first).rev().find(|&a| ends(a))?;
        let passed = |a: usize| matches!(self.word(sentence, a).as_str(), "on" | "the");
        if !(end + 1..first).all(passed) {
            return None;
        }
        // "The fourth quarter of fiscal 2024 (ending …": what stands between is a number or a name of the period.
        let head = |a: usize| {
            matches!(self.word(sentence, a).as_str(), "quarter" | "year" | "months" | "half" | "period" | "weeks")
        };
        let at = (end.saturating_sub(6)..end).rev().find(|&a| head(a))?;
        let timed = |a: usize| {
            let of =
                matches!(self.word(sentence, a).as_str(), "of" | "fiscal" | "which" | "that" | "financial" | "year");
            let time = sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Time(_)) && i.first <= a && a < i.last);
            of || time || sentence.toks[a].kind == TokenKind::Mark || self.word(sentence, a).parse::<u32>().is_ok()
        };
        if !(at + 1..end).all(timed) {
            return None;
        }
        let long = matches!(self.word(sentence, at).as_str(), "year" | "half").then(|| "year".to_owned());
        let own = Own { name: "", momentary: true, instance: long };
        Some(Happening { at: Some(end), family: PERIOD.to_owned(), once: true, own: Some(own) })
    }

    /// What governs a time in the tree of its sentence: the verb, or the noun for an event, nearest above it.
    fn governing(&self, index: usize, sentence: &Sentence, first: usize, last: usize) -> Option<Happening> {
        let tree = &sentence.tree;
        let own = sentence.span_of(first, last);
        let mut at = tree.top(own)?;
        // "At 13:39 (08:09 UTC)": what stands in brackets behind a time says it once more.
        let again = first > 0 && sentence.mark(self.view.text, first - 1) == Some('(');
        for _ in 0..STEPS {
            // "The heist was on 12 June", "it was on 12 June that the yard opened".
            if tree.child(at, &[Label::Cop]).is_some()
                && let Some(subject) = tree.child(at, &[Label::Nsubj, Label::Csubj, Label::NsubjPass])
            {
                let clause = tree.child(at, &[Label::Relcl, Label::Ccomp, Label::Advcl, Label::Csubj]);
                let clause = clause.filter(|c| tree.tokens[*c].tag.is_verb());
                return match clause {
                    Some(verb) => self.told_by(index, sentence, verb),
                    None => self.named_by(sentence, subject),
                };
            }
            // "Grew compared with the same quarter of 2023": a date that something is only measured against.
            if self.compared(sentence, at) {
                return None;
            }
            let Some(mut head) = tree.head(at) else { return self.below(index, sentence, at) };
            // "Passed in 1931 and repealed in 1929": the verb right before it.
            let joined = |c: &usize| tree.tokens[*c].label == Label::Conj && *c < at && tree.tokens[*c].tag.is_verb();
            head = tree.children(head).filter(|_| head < at).filter(joined).last().unwrap_or(head);
            // "Two weeks before the vote": the vote says when, and is not what it dates.
            let anchored = |c: usize| tree.tokens[c].label == Label::Case && own.overlaps(tree.tokens[c].span);
            // "Spoke of “plain sailing” in May": a date dates no word of a quotation that it stands outside of.
            let word = tree.tokens[head].span;
            let quoted = |i: &Item| matches!(i.kind, ItemKind::Quote { inner } if inner.overlaps(word));
            let quoted = sentence.items.iter().any(|i| quoted(i) && !i.span.overlaps(own));
            if quoted || tree.children(head).any(anchored) {
                at = head;
                continue;
            }
            let (label, tag) = (tree.tokens[at].label, tree.tokens[head].tag);
            if tag.is_verb() {
                // "Nine were killed on 12 June when a helicopter came down": the day is that of both.
                let both = tree
                    .children(head)
                    .find(|c| tree.tokens[*c].label == Label::Advcl && self.when(sentence, last, *c));
                let found = self.told_by(index, sentence, both.unwrap_or(head))?;
                // "Confirmed its aim of 12 boats by May": what is announced is to be done by then.
                if found.family == ANNOUNCE
                    && tree.child(at, &[Label::Case]).is_some_and(|c| &*tree.tokens[c].lemma == "by")
                {
                    return None;
                }
                let once_more = |h: Happening| Happening { at: None, own: None, once: false, ..h };
                return Some(if again { once_more(found) } else { found });
            }
            let noun = sentence.tok_of(head)?;
            if let Some((_, family, own)) = self.noun(sentence, noun) {
                return Some(Happening { at: Some(noun), family, once: false, own });
            }
            if self.post(sentence, noun) {
                return None;
            }
            // "A 2001 policy", "the members of 2011": it tells which one, and dates no verb.
            let of = tree.child(at, &[Label::Case]).is_some_and(|c| &*tree.tokens[c].lemma == "of");
            let tells_which =
                matches!(label, Label::Compound | Label::NmodBare | Label::Poss | Label::Nummod | Label::Amod)
                    && head > at
                    || of;
            // What a date says of a noun of time is said of what that stands with.
            let of_time = || {
                let noun = self.view.lookup.term_of("time-nouns", &tree.tokens[head].lemma);
                noun.is_some_and(|t| !matches!(&*t.class, "season" | "hour"))
            };
            if matches!(tag, Tag::Noun | Tag::Nouns) && tells_which && !of_time() {
                let family = content_lemma(&self.word(sentence, noun));
                return Some(Happening { at: Some(noun), family, once: false, own: None });
            }
            at = head;
        }
        None
    }

    /// "Release date: 4 May", "Founded: 1998": what a label right before a date says.
    fn labelled(&self, sentence: &Sentence, first: usize) -> Option<Happening> {
        let label = first.checked_sub(1).filter(|&a| sentence.mark(self.view.text, a) == Some(':'))?;
        (label.saturating_sub(ANNOUNCED)..label).rev().find_map(|at| {
            let noun =
                self.noun(sentence, at).map(|(_, family, own)| Happening { at: Some(at), family, once: false, own });
            noun.or_else(|| self.stated(sentence, at))
        })
    }

    /// Whether a date, or what it stands with, is only measured against: "than in 2019", "compared with 2023".
    fn compared(&self, sentence: &Sentence, at: usize) -> bool {
        let tree = &sentence.tree;
        let measures =
            |i: usize| matches!(&*tree.tokens[i].lemma, "than" | "against" | "versus" | "compared" | "compare");
        tree.children(at).any(|c| matches!(tree.tokens[c].label, Label::Case | Label::Mark) && measures(c))
            || tree.head(at).is_some_and(measures)
    }

    /// The verb nearest below a name, number or clause that has come out at the head of a sentence, as one that opens
    /// it may: "On 19 May Ada Holt, the mayor, resigned", "the day the news broke, Holt resigned".
    fn below(&self, index: usize, sentence: &Sentence, at: usize) -> Option<Happening> {
        let tree = &sentence.tree;
        let tag = tree.tokens[at].tag;
        let mut level = vec![at];
        while !level.is_empty() && (tag.is_verb() || matches!(tag, Tag::Propn | Tag::Num | Tag::Noun | Tag::Nouns)) {
            let next: Vec<usize> = level.iter().flat_map(|n| tree.children(*n)).collect();
            let verb = next
                .iter()
                .find(|n| **n > at && tree.tokens[**n].tag.is_verb() && tree.tokens[**n].label != Label::Relcl);
            if let Some(verb) = verb {
                return self.told_by(index, sentence, *verb);
            }
            level = next;
        }
        None
    }

    /// Whether a verb is that of a clause with "when" right behind a date.
    fn when(&self, sentence: &Sentence, last: usize, verb: usize) -> bool {
        self.word(sentence, last) == "when" && sentence.tree.tokens[verb].tag.is_verb()
    }

    /// Whether a preposition leads in a noun: "arrested for the robbery".
    fn pointed(&self, sentence: &Sentence, at: usize) -> bool {
        sentence.node(at).is_some_and(|n| sentence.tree.child(n, &[Label::Case]).is_some())
    }

    /// Whether a noun is a post: how long it was held is no event.
    fn post(&self, sentence: &Sentence, at: usize) -> bool {
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        self.view.lookup.terms("titles").at(&words, None).is_some()
    }

    /// The event that the subject of a date names: "the heist was on 12 June", "the date of the launch is 4 May".
    fn named_by(&self, sentence: &Sentence, subject: usize) -> Option<Happening> {
        let tree = &sentence.tree;
        let own = std::iter::once(subject).chain(tree.children(subject));
        own.filter_map(|node| sentence.tok_of(node)).find_map(|at| {
            let (_, family, own) = self.noun(sentence, at)?;
            Some(Happening { at: Some(at), family, once: false, own })
        })
    }

    /// What a verb tells of: its row in the lexicons, or its own word. A verb of announcing takes the date of what it announces.
    fn told_by(&self, index: usize, sentence: &Sentence, verb: usize) -> Option<Happening> {
        let tree = &sentence.tree;
        let at = sentence.tok_of(verb)?;
        let own = || {
            let lemma = &*tree.tokens[verb].lemma;
            let empty = matches!(lemma, "be" | "have" | "do");
            (!empty).then(|| Happening { at: Some(at), family: lemma.to_owned(), once: false, own: None })
        };
        let Some(stated) = self.stated(sentence, at) else { return own() };
        let above = tree.head(verb).filter(|h| !has_time(sentence, *h)).and_then(|h| sentence.tok_of(h));
        let above = above.filter(|a| *a < at && at - a <= ANNOUNCED);
        let announces = above.and_then(|a| self.stated(sentence, a)).filter(|h| h.family == ANNOUNCE);
        let found = announces.unwrap_or_else(|| self.resolved(index, sentence, verb, stated));
        if found.family == "happen" { own() } else { Some(found) }
    }

    /// The noun for an event at a token, where it is the head of its phrase: its length, its family, and whether it is its
    /// own subject.
    fn noun(&self, sentence: &Sentence, at: usize) -> Option<(usize, String, Option<Own>)> {
        let view = self.view;
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        let (n, term) = view.lookup.terms("happenings").at(&words, None)?;
        let named = sentence.named(at);
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        let verb = matches!(
            led.as_str(),
            "to" | "will" | "would" | "could" | "can" | "may" | "they" | "we" | "who" | "it" | "not"
        );
        // "The crash site": the noun only modifies.
        let modifies = content(view, sentence, at + n)
            && !matches!(self.word(sentence, at + n).as_str(), "date" | "day" | "time")
            && !sentence.toks[at + n].capital
            && verb_at(view, sentence, at + n).is_none()
            && !sentence.items.iter().any(|i| i.first == at + n);
        if named || verb || modifies || sentence.toks[at].quoted {
            return None;
        }
        let class = &*term.class;
        let own = matches!(class, "moment" | "lasting").then(|| {
            let last = self.word(sentence, at + n - 1);
            let several = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("is");
            // "Another", "later" and "planned" make it another event than the one that everybody means.
            let another = |word: &String| {
                let term = view.lookup.term_of("told-apart", word);
                term.is_some_and(|t| matches!(&*t.key, "which" | "order" | "case"))
            };
            let other = (at.saturating_sub(3)..at).map(|a| self.word(sentence, a)).find(another);
            Own { name: "", momentary: class == "moment" && !several, instance: other }
        });
        Some((n, term.key.to_string(), own))
    }

    /// The event that the verb at a token tells of, as the lexicons have it.
    fn stated(&self, sentence: &Sentence, at: usize) -> Option<Happening> {
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        let event = self.view.lookup.terms("events").at(&words, None);
        let happening = self.view.lookup.terms("happening-verbs").at(&words, None);
        match (event, happening) {
            (Some((n, event)), other) if other.is_none_or(|(m, _)| m <= n) => Some(Happening {
                at: Some(at),
                family: event.key.to_string(),
                once: &*event.class == "once",
                own: None,
            }),
            (_, Some((_, term))) => {
                let own = (&*term.class == "moment").then_some(Own { name: "", momentary: true, instance: None });
                Some(Happening { at: Some(at), family: term.key.to_string(), once: false, own })
            }
            _ => None,
        }
    }

    /// A verb that only says that something happened or struck becomes what it says that of: its subject, that of the
    /// sentence before for "it", or what the document is about.
    fn resolved(&self, index: usize, sentence: &Sentence, verb: usize, stated: Happening) -> Happening {
        if !matches!(stated.family.as_str(), "happen" | "strike" | "start") {
            return stated;
        }
        let tree = &sentence.tree;
        let family =
            |(at, family, own): (Option<usize>, String, Option<Own>)| Happening { at, family, once: false, own };
        let subject = tree.child(verb, &[Label::Nsubj, Label::NsubjPass]);
        // "The robbery of the bank, which happened": the noun, or one that it belongs to.
        let behind = matches!(tree.tokens[verb].label, Label::Relcl | Label::Acl);
        let mut above = if behind { tree.head(verb) } else { subject };
        while let Some(node) = above.filter(|n| tree.tokens[*n].tag.is_noun()) {
            if let Some(at) = sentence.tok_of(node)
                && let Some((_, name, own)) = self.noun(sentence, at)
            {
                return family((Some(at), name, own));
            }
            above = if behind { tree.head(node) } else { None };
        }
        let refers = subject.is_some_and(|s| match &*tree.tokens[s].lemma {
            "it" => true,
            "this" | "that" => stated.family == "happen",
            _ => false,
        });
        if !refers {
            return stated;
        }
        let last = index.checked_sub(1).and_then(|i| self.view.sentences.get(i));
        let earlier = last.and_then(|s| (0..s.toks.len()).find_map(|a| self.noun(s, a)));
        let main = || Some((self.main.clone()?, Some(Own { name: "", momentary: true, instance: None })));
        match earlier.map(|(_, f, own)| (f, own)).or_else(main) {
            Some((f, own)) => family((None, f, own)),
            None => stated,
        }
    }

    /// Whether what a verb of announcing tells of is that somebody is bought: "the takeover was revealed", "announced that
    /// it would buy".
    pub(super) fn of_deal(&self, sentence: &Sentence, at: usize) -> bool {
        let deal = |a: usize| {
            matches!(
                self.word(sentence, a).as_str(),
                "deal" | "takeover" | "acquisition" | "merger" | "purchase" | "buyout" | "transaction" | "tie-up"
            )
        };
        let buys = |a: usize| {
            let words: Vec<_> = sentence.words_from(a).take(3).collect();
            let term = self.view.lookup.terms("events").at(&words, None);
            term.is_some_and(|(_, t)| &*t.key == "acquire")
        };
        let stop = |a: &usize| !matches!(sentence.mark(self.view.text, *a), Some(';' | ':' | ','));
        let before = (at.saturating_sub(5)..at).rev().take_while(stop).any(|a| deal(a) && !self.pointed(sentence, a));
        before || (at + 1..sentence.toks.len().min(at + 12)).take_while(stop).any(|a| deal(a) || buys(a))
    }
}

/// Whether a time hangs on the verb at a node: "said on Monday it had opened in June".
fn has_time(sentence: &Sentence, verb: usize) -> bool {
    let tree = &sentence.tree;
    let timed = |c: usize| {
        let span = tree.tokens[c].span;
        sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Time(_)) && i.span.overlaps(span))
    };
    tree.children(verb).any(timed)
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;
    use crate::value::Value;

    /// What the times of a text date: attribute, instance, value.
    fn dated(text: &str) -> Vec<(String, Option<String>, String)> {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let times = claims.into_iter().filter_map(|c| {
            let Value::Time(t) = &c.value else { return None };
            Some((c.attribute.clone(), c.subject.and_then(|s| s.instance), t.edtf.clone()))
        });
        times.collect()
    }

    /// Asserts that the first time of a text dates an event.
    fn first(text: &str, attribute: &str) {
        let all = dated(text);
        assert_eq!(all.first().map(|d| d.0.as_str()), Some(attribute), "{text}: {all:?}");
    }

    #[test]
    fn a_noun_beside_the_date() {
        first("The crash of 12 June 2019 in Lowmere killed nine.", "crash date");
        first("The crash in Lowmere on 12 June 2019 killed nine.", "crash date");
        first("The heist was on 12 June 2019.", "rob date");
        first("The 12 June 2019 earthquake was felt in Upmere.", "quake date");
        first("The take-off was at 13:39.", "leave time");
        first("Release date: 12 June 2019.", "launch date");
    }

    #[test]
    fn a_verb_of_the_family() {
        first("The bank was robbed on 12 June 2019.", "rob date");
        first("Nine people were killed on 12 June 2019 when a helicopter came down near Lowmere.", "crash date");
        first("The ferry left the harbour at 13:39.", "leave time");
    }

    #[test]
    fn a_verb_of_happening_dates_its_subject() {
        first("The robbery of the bank, which happened on 12 June 2019, took six minutes.", "rob date");
        first("The bank was closed after a robbery. It happened on 12 June 2019.", "rob date");
        first("An earthquake struck Lowmere on 12 June 2019.", "quake date");
    }

    #[test]
    fn a_date_belongs_to_the_verb_that_it_stands_with() {
        for (text, attribute) in [
            ("Ingrid Solberg, who was born in Lowmere, graduated in 1963.", "graduate date"),
            ("Ingrid Solberg was born in Lowmere and taught from 1963.", "teach date"),
            ("Lund closed the bakery, where 230 people lost their jobs in August 2019.", "lose date"),
            ("Lund put their name on a list that they drew up in August 2019.", "draw date"),
            ("Lund, owned by Norvik since 1998, made a loss.", "own date"),
            ("The yard, built by Lund in 1998, closed early.", "build date"),
            ("The office sells tickets for the ferry that sails on 12 June 2019.", "sail date"),
            ("The shares closed higher, although they had fallen since August 2019.", "fall date"),
            ("She has worked on writing tablets since the yard opened in 2014.", "open date"),
            ("Lund said that in 1998 the yard opened.", "open date"),
            ("Lund Brothers said on Thursday it had secured the harbour.", "say date"),
            ("The members said yes, and on 12 June 2019 they returned to work.", "return date"),
        ] {
            first(text, attribute);
        }
    }

    #[test]
    fn a_date_beside_no_verb_dates_nothing_that_is_told_elsewhere() {
        for text in [
            "Solberg, president of the college from 1985 to 1989, died at home.",
            "She was president of the college from 1985 to 1989 and died at home.",
            "He has been dead since 2011, and she still sets out his pencils.",
            "The company confirmed its aim of 12 boats by the end of 2019.",
            "The yard was busy compared with the same months of 2019.",
            "2019: good news from the upper end of town.",
        ] {
            let all = dated(text);
            assert!(all.iter().all(|d| matches!(d.0.as_str(), "date date" | "grow date")), "{text}: {all:?}");
        }
    }

    #[test]
    fn a_noun_that_is_only_pointed_at_leaves_the_date_to_the_verb() {
        first("Two men were arrested for the robbery on 12 June 2019.", "arrest date");
        first("The minister spoke about the crash site on 12 June 2019.", "speak date");
    }

    #[test]
    fn a_date_of_saying_or_of_the_page_dates_no_event() {
        first("The bank was robbed, police said on 12 June 2019.", "say date");
        first("LOWMERE, 12 June 2019: A helicopter came down near the harbour.", "date date");
    }

    #[test]
    fn the_end_of_a_quarter() {
        first("In the quarter ended 31 March 2019 the yard built nine boats.", "period end date");
        let year = dated("For the fiscal year ended 31 March 2019 the yard built nine boats.");
        assert!(year.iter().any(|d| d.0 == "period end date" && d.1.as_deref() == Some("year")), "{year:?}");
    }

    #[test]
    fn another_event_is_set_apart() {
        let all = dated("A second explosion occurred on 12 June 2019.");
        assert_eq!(all[0].1.as_deref(), Some("second"), "{all:?}");
    }

    #[test]
    fn a_deal_is_announced_under_any_noun() {
        for text in [
            "The takeover of Norvik Holdings was revealed on 12 June 2019.",
            "On 12 June 2019 Lund Brothers announced that it would buy Norvik Holdings.",
        ] {
            first(text, "announce date");
        }
    }
}
