//! Statements: two sentences that say the same but for one spot, where the one rules out what the other says.
//!
//! Comes in: two sentences that are aligned. Goes out: a judgement with the words that decide. All of the shorter one has to
//! stand in the longer one but for the spot. Whatever else differs in content, another place, time or doer, and nothing is
//! said, unless both are nearly all that their documents say: who writes a sentence or two of one thing says little else.

use std::collections::BTreeSet;

use crate::align::{Difference, Gap, Passages};
use crate::candidate::is_statement;
use crate::claim::Claim;
use crate::graph::{Link, Relation};
use crate::rule::{Lookup, Measures};
use crate::source::Document;
use crate::text::{Span, is_brief};
use crate::value::Judgement;

use super::assertion::asserts;
use super::query::Query;
use super::settle::Suppressed;
use super::text::{ordinal, rules_out};
use super::{Finding, name};

/// Fewest words that two statements share.
const SHARED: usize = 2;
/// Fewest that the shorter shares with the longer one where this says more.
const WITHIN: usize = 3;
/// Most that the longer one says beyond the shorter one.
const LONGER: usize = 8;
/// Most that is exchanged at a time: "South Korean" and "Danish" are two.
const EXCHANGED: usize = 4;
/// Thousandths of what the shorter of two brief texts says that the other one has: where one denies it; where they say the
/// same; where they number one thing otherwise.
const DENIED: usize = 667;
const SAME: usize = 750;
const NUMBERED: usize = 500;
/// A statement of which less than this tells something has to stand in the other one whole.
const TERSE: usize = 5;

/// What two sentences are of their documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// A part of them.
    Part,
    /// Nearly all that each of two documents says.
    Brief,
    /// Sentences side by side in one document.
    SideBySide,
}

/// What a statement is set beside another one by.
#[derive(Clone, Copy)]
pub struct Statements<'a> {
    /// All claims of the run.
    pub claims: &'a [Claim],
    /// All documents of the run.
    pub documents: &'a [Document],
    /// Their sentences with their trees.
    pub passages: &'a Passages,
    /// The statement that is checked against the other documents, if one is.
    pub query: Option<&'a Query>,
    /// The words of the rules.
    pub lookup: &'a Lookup,
    /// The words for numbers.
    pub measures: &'a Measures,
}

impl Statements<'_> {
    /// Judges two of the claims: who holds a post, or two statements, of a query and its sources only one of either.
    pub fn judge(&self, a: usize, b: usize) -> Judgement {
        let (x, y) = (&self.claims[a], &self.claims[b]);
        if !is_statement(x) {
            return name::rivals(self.lookup, x, y);
        }
        let asked = self.query.is_none_or(|query| query.sides(x, y).is_some());
        if asked { self.compare(x, y).judgement } else { Judgement::Unknown }
    }

    /// The same of two claims of sentences, with the words that decide.
    pub(super) fn compare(&self, x: &Claim, y: &Claim) -> Finding {
        let texts = (self.passages, self.documents, self.lookup);
        let brief = |c: &Claim| self.documents.get(c.source as usize).is_some_and(|d| is_brief(&d.text));
        let query = self.query.and_then(|query| Some((query, query.sides(x, y)?)));
        let (x, y) = query.map_or((x, y), |(_, sides)| sides);
        let (passages, documents, lookup) = texts;
        let difference = passages.difference((x.source, x.span), (y.source, y.span), documents, Default::default());
        let whole = difference.map(|difference| Whole { difference, lookup, measures: self.measures });
        let place = |c: &Claim| passages.place(c.source, c.span);
        let within = place(x).zip(place(y)).filter(|_| x.source == y.source);
        let extent = match within {
            Some((m, n)) if !passages.may_tell_of_one(m, n) => {
                return Finding::new(Judgement::Unknown, "entries of lists tell of several things");
            }
            Some((m, n)) if passages.are_side_by_side(m, n) => Extent::SideBySide,
            None if brief(x) && brief(y) => Extent::Brief,
            _ => Extent::Part,
        };
        let found = whole.as_ref().and_then(|whole| whole.judge(extent));
        match (query, &whole) {
            (Some((query, _)), Some(whole)) if found.as_ref().is_none_or(|f| f.judgement != Judgement::Disjoint) => {
                query.judge(whole, || asserts(y, x, texts))
            }
            _ => found.unwrap_or_else(|| Finding::new(Judgement::Unknown, "more than one thing differs")),
        }
    }
}

/// Drops the conflicts of statements whose sentences another conflict joins already: what is told of a figure, a date or
/// an office is said there, and better. Goes out: what was dropped.
pub fn yield_to_others(claims: &[Claim], links: &mut Vec<Link>) -> Vec<(Link, Suppressed)> {
    let sentences = |l: &Link| sentences(claims, l.a, l.b);
    let stated = |l: &Link| claims.get(l.a as usize).is_some_and(is_statement);
    let told: BTreeSet<_> =
        links.iter().filter(|l| l.relation == Relation::Conflict && !stated(l)).map(sentences).collect();
    // A post told of its holder and of its place is one post.
    let kind = |c: u32, kind: &str| claims.get(c as usize).is_some_and(|c| &*c.kind == kind);
    let held: BTreeSet<_> = links.iter().filter(|l| kind(l.a, "holder")).map(sentences).collect();
    let twice = |l: &Link| l.relation == Relation::Conflict && kind(l.a, "role") && held.contains(&sentences(l));
    let dropped = links.extract_if(.., |l| stated(l) && told.contains(&sentences(l)) || twice(l));
    dropped.map(|l| (l, Suppressed::SaidElsewhere)).collect()
}

/// The sentences of two claims, in order.
pub(super) fn sentences(claims: &[Claim], a: u32, b: u32) -> [Option<(u32, Span)>; 2] {
    let at = |c: u32| claims.get(c as usize).map(|c| (c.source, c.span));
    [at(a).min(at(b)), at(a).max(at(b))]
}

/// Words of which one thing can be one only, one of each sentence.
struct Exchange {
    words: (String, String),
    /// Their tokens.
    at: Gap,
    /// Whether they number one thing otherwise: "chapter 3" and "chapter 5", "the 8th fleet" and "the 9th fleet".
    numbers: bool,
    /// Whether it tells apart what a sentence is about, of which there may be two: "the third ferry sailed".
    tells_apart: bool,
    /// Whether it belongs to what a sentence is about, or is that.
    of_subject: bool,
}

/// Two sentences as wholes.
pub(super) struct Whole<'a> {
    pub(super) difference: Difference<'a>,
    pub(super) lookup: &'a Lookup,
    pub(super) measures: &'a Measures,
}

impl Whole<'_> {
    /// `extent` is what the two are of their documents.
    fn judge(&self, extent: Extent) -> Option<Finding> {
        let (brief, beside) = (extent == Extent::Brief, extent == Extent::SideBySide);
        let Difference { halves, gaps, .. } = &self.difference;
        if halves[0].shared() == 0 {
            return None;
        }
        let content = [0, 1].map(|n| halves[n].content(&halves[n].tokens().collect::<Vec<_>>()));
        // A unit that two gaps share counts once.
        let alone =
            [0, 1].map(|n| halves[n].content(&gaps.iter().flat_map(|gap| gap[n].iter().copied()).collect::<Vec<_>>()));
        let tied = content[0] == content[1];
        let shorter = usize::from(content[1] < content[0]);
        // Most pairs end here, before anything is looked up.
        let much = (content[shorter] - alone[shorter]) * 1000 >= content[shorter] * NUMBERED;
        if alone[shorter] > EXCHANGED && !(brief && much) {
            return None;
        }
        let mut exchanges: Vec<Exchange> = gaps.iter().filter_map(|gap| self.exchange(gap)).collect();
        let exchanged = |half: usize, at: &usize| exchanges.iter().any(|e| e.at[half].contains(at));
        // What one has alone beyond what is exchanged, and its denials.
        let rest = [0, 1].map(|n| {
            let within: Vec<_> = exchanges.iter().flat_map(|e| e.at[n].iter().copied()).collect();
            alone[n] - halves[n].content(&within)
        });
        let denials =
            [0, 1].map(|n| halves[n].tokens().filter(|at| halves[n].denies(*at) && !exchanged(n, at)).count());
        // What is exchanged twice is one exchange.
        exchanges.sort_by(|p, q| p.words.cmp(&q.words));
        exchanges.dedup_by(|p, q| p.words == q.words);
        let short = if tied { usize::from(denials[1] > denials[0]) } else { shorter };
        let long = 1 - short;
        let (held, shared) = (content[short] - alone[short], halves[short].shared());
        let share = held * 1000 / content[short].max(1);
        let same = rest == [0, 0];
        let within = rest[short] == 0 && rest[long] <= LONGER;
        if let [e] = exchanges.as_slice()
            && denials[0] == denials[1]
            && (same && !(beside && e.of_subject)
                || !beside && within && shared >= WITHIN && !e.tells_apart
                || brief
                    && e.numbers
                    && !e.tells_apart
                    && !self.exchanges_more(&e.at)
                    && share >= NUMBERED
                    && shared >= SHARED)
        {
            let (p, q) = &e.words;
            return Some(Finding::new(Judgement::Disjoint, format!("“{p}” rules out “{q}”, all else is the same")));
        }
        if shared < SHARED {
            return None;
        }
        // "Nobody was there at noon" denies every "the mayor was there at noon, and danced".
        let denial = usize::from(denials[1] > denials[0]);
        let reaches = match denial == short {
            _ if beside => same,
            true => same || shared >= WITHIN,
            false => rest[long] <= SHARED,
        };
        let denied = within && exchanges.is_empty() && denials[0] + denials[1] == 1 && reaches;
        if denied && !self.is_partial(denial) && (same || self.difference.is_denied()) {
            return Some(Finding::new(Judgement::Disjoint, "one denies what the other says, all else is the same"));
        }
        if !brief {
            return None;
        }
        let of_shared = || {
            let mut denials = halves[short].tokens().filter(|at| halves[short].denies(*at));
            denials.all(|at| halves[short].is_denied_of_shared(at))
        };
        if denials[short] == 1 && denials[long] == 0 && share >= DENIED && !self.is_partial(short) && of_shared() {
            return Some(Finding::new(Judgement::Disjoint, "one denies what the other says in similar words"));
        }
        let least = if content[short] < TERSE { 1000 } else { SAME };
        let alike = denials[0] == denials[1] && held >= SHARED && share >= least;
        let supported = || self.supports(short) && (!tied || self.supports(long));
        let equal = alike && supported() && !self.difference.is_exchanged() && !self.opposes();
        equal.then(|| Finding::new(Judgement::Equal, "all that the shorter one says, in similar words"))
    }

    /// The words of a gap that rule each other out: all of them, or one of each sentence, or either with a word beside it, as
    /// "living room" and "dining room".
    fn exchange(&self, gap: &Gap) -> Option<Exchange> {
        let [p, q] = &self.difference.halves;
        let [a, b] = gap;
        // Of a list, one page may name other members than the next.
        if a.is_empty() || b.is_empty() || a.iter().any(|t| p.is_listed(*t)) || b.iter().any(|t| q.is_listed(*t)) {
            return None;
        }
        let singles = a.iter().flat_map(|i| b.iter().map(move |j| [vec![*i], vec![*j]]));
        std::iter::once(gap.clone()).chain(singles).find_map(|at| {
            let (first, last) = ((at[0][0], at[1][0]), (at[0][at[0].len() - 1], at[1][at[1].len() - 1]));
            let words = (p.words(&at[0], 0, 0)?, q.words(&at[1], 0, 0)?);
            let of_subject = p.is_of_subject(first.0) || q.is_of_subject(first.1);
            let place = |word: &str| ordinal(&word.replace('-', ""), self.measures);
            let places = (place(&words.0), place(&words.1));
            if let (Some(m), Some(n)) = places {
                let next = p.next(first.0).zip(q.next(first.1));
                let numbers = next.is_some_and(|(a, b)| self.difference.are_partners(a, b));
                return (m != n).then_some(Exchange { words, at, numbers, tells_apart: of_subject, of_subject });
            }
            let single = at[0].len() == 1 && at[1].len() == 1 && words.0 != words.1;
            let numbers = p.numbers(first.0, self.lookup) && q.numbers(first.1, self.lookup);
            if single && (numbers || p.is_joined(first.0) && q.is_joined(first.1)) {
                return Some(Exchange { words, at, numbers, tells_apart: numbers && of_subject, of_subject });
            }
            // Whoever walks up a street walks down it.
            let level = |at: Option<usize>, n: usize| {
                at.is_some_and(|t| self.difference.halves[n].is_in(t, "level-ways", self.lookup))
            };
            let way = ["up", "down"].contains(&words.0.as_str());
            if way && level(p.next(last.0), 0) && level(q.next(last.1), 1) {
                return None;
            }
            [(0, 0), (0, 1), (1, 0)].into_iter().find_map(|(before, behind)| {
                let words = (p.words(&at[0], before, behind)?, q.words(&at[1], before, behind)?);
                let out = rules_out(&words.0, &words.1, self.lookup);
                out.then(|| Exchange { words, at: at.clone(), numbers: false, tells_apart: false, of_subject })
            })
        })
    }

    /// Whether more is exchanged: both have numbers of their own, or other words in one place. "3-1 in the first leg" and "4-1
    /// in the second leg" are two things, and so are "the daemon listens on port 1" and "the console listens on port 2".
    fn exchanges_more(&self, than: &Gap) -> bool {
        let Difference { halves, gaps, .. } = &self.difference;
        let number = |n: usize, t: &usize| halves[n].is_number(*t) && !than[n].contains(t);
        let numbers = [0, 1].iter().all(|&n| gaps.iter().any(|gap| gap[n].iter().any(|t| number(n, t))));
        let other = |gap: &Gap| !gap[0].contains(&than[0][0]) && [0, 1].iter().all(|&n| halves[n].content(&gap[n]) > 0);
        numbers || gaps.iter().any(other)
    }

    /// Whether a sentence has a word of its own that makes what it denies or says a part of a whole, or a whole of a part.
    pub(super) fn is_partial(&self, half: usize) -> bool {
        let own = &self.difference.halves[half];
        let partial = |t: &usize| own.is_in(*t, "partial-denials", self.lookup);
        self.difference.gaps.iter().any(|gap| gap[half].iter().any(partial))
    }

    /// Whether nothing that a sentence has alone makes it another statement: no name or figure, no part of a whole, no denial,
    /// nor has the other one a name or figure in the place of its words.
    fn supports(&self, half: usize) -> bool {
        let Difference { halves, gaps, .. } = &self.difference;
        let told = |gap: &Gap| {
            let exact = |n: usize| gap[n].iter().any(|t| halves[n].is_exact(*t));
            let exact = exact(half) || exact(1 - half) && !gap[half].is_empty();
            // "Two of the three gates" are not the three.
            let part = gap[1 - half].iter().any(|t| halves[1 - half].counts_part(*t));
            let negation = |n: usize| gap[n].iter().any(|t| halves[n].is_in(*t, "negations", self.lookup));
            exact || part || negation(0) || negation(1)
        };
        !self.is_partial(half) && !gaps.iter().any(told)
    }

    /// Whether a word that one of them has alone rules out one that the other has alone, wherever they stand.
    fn opposes(&self) -> bool {
        let Difference { halves: [p, q], gaps, .. } = &self.difference;
        let (a, b) = (gaps.iter().flat_map(|gap| &gap[0]), gaps.iter().flat_map(|gap| &gap[1]));
        let others: Vec<String> = b.map(|t| q.word(*t)).collect();
        a.map(|t| p.word(*t)).any(|word| others.iter().any(|other| rules_out(&word, other, self.lookup)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::{EXTRACTOR, RULES};
    use crate::entity::merge;

    /// Two sentences, each a document.
    fn judged(a: &str, b: &str, extent: Extent) -> Finding {
        let documents = [Document::from_text("a", a), Document::from_text("b", b)];
        let read: Vec<_> = documents.iter().map(|d| EXTRACTOR.extract(d, None)).collect();
        let known: Vec<_> = read.iter().map(|r| r.known.clone()).collect();
        let lookup = EXTRACTOR.lookup();
        let passages = read.into_iter().map(|r| r.passages).collect();
        let passages = Passages::new(passages, &[(0, 1)], &documents, &merge(&known, &[], lookup), lookup);
        let whole = |n: usize| (n as u32, Span::new(0, documents[n].text.len()));
        let difference = passages.difference(whole(0), whole(1), &documents, Default::default()).unwrap();
        let found = Whole { difference, lookup, measures: RULES.measures() }.judge(extent);
        found.unwrap_or_else(|| Finding::new(Judgement::Unknown, ""))
    }

    fn check(a: &str, b: &str, opposed: bool) {
        for (a, b) in [(a, b), (b, a)] {
            let found = judged(a, b, Extent::Part);
            assert_eq!(found.judgement == Judgement::Disjoint, opposed, "{a} | {b} | {}", found.because);
        }
    }

    /// "To" stands in both, and parts "2 to 3" into two gaps.
    #[test]
    fn a_figure_that_two_gaps_share_counts_once() {
        for (a, b) in [("It took 2 to 3 if dry.", "It went according to plan."), ("2 to 3 if", "according to")] {
            assert_eq!(judged(a, b, Extent::Brief).judgement, Judgement::Unknown, "{a} | {b}");
            assert_eq!(judged(b, a, Extent::Brief).judgement, Judgement::Unknown, "{b} | {a}");
        }
    }

    #[test]
    fn opposites_and_members_of_one_set() {
        check("The keeper opened the gate.", "The keeper closed the gate.", true);
        check("The team won the final.", "The team lost the final.", true);
        check("The hull of the ferry is red.", "The hull of the ferry is grey.", true);
        check("The hull of the ferry is gray.", "The hull of the ferry is grey.", false);
        check("They dine in the living room.", "They dine in the dining room.", true);
        check("It was the third ferry of the day.", "It was the 5th ferry of the day.", true);
        check("It was the third ferry of the day.", "It was the 3rd ferry of the day.", false);
        check("Norlys is the third ferry of the island line.", "Norlys is fourth ferry of the island line.", true);
        check("It was the thirtieth ferry of the day.", "It was the fortieth ferry of the day.", true);
        check("The third ferry sailed to the island.", "The fourth ferry sailed to the island at noon.", false);
        check("The council is aware of the leak.", "The council is unaware of the leak.", true);
    }

    #[test]
    fn side_by_side_all_else_is_the_same() {
        let opposed = |a, b| judged(a, b, Extent::SideBySide).judgement == Judgement::Disjoint;
        assert!(opposed("The keeper opened the gate.", "The keeper closed the gate."));
        assert!(opposed("Dogs are allowed in the hall.", "Dogs are not allowed in the hall."));
        assert!(!opposed("The northern gate is painted red.", "The southern gate is painted red."));
        assert!(!opposed("The keeper was there at noon.", "The keeper was not there at noon, and danced on the pier."));
    }

    #[test]
    fn denials() {
        check("Omar Lund sold the ferry.", "Omar Lund didn't sell the ferry.", true);
        check("A ferry sailed to the island.", "No ferry sailed to the island.", true);
        check("No fewer than nine ferries sailed.", "Nine ferries sailed.", false);
        check("A ferry sailed to the island.", "A ferry never returned from the island.", false);
    }

    #[test]
    fn in_a_longer_sentence() {
        let long = "The film, which had been awaited for years, opened to highly negative reviews in Lowmere.";
        check(long, "The film opened to highly positive reviews.", true);
        check(long, "The film opened to highly positive crowds.", false);
    }

    #[test]
    fn whatever_else_differs() {
        check("The keeper opened the gate.", "The sailor closed the gate.", false);
        check("The keeper opened the gate on Monday.", "The keeper closed the gate at night.", false);
        check("They sold onions, carrots, and eggs.", "They sold onions, potatoes, and eggs.", false);
        check("The hull of the ferry is red.", "The hull of the ferry is long.", false);
        check("The keeper opened the gate.", "The keeper opened the gate.", false);
    }

    fn brief(a: &str, b: &str) -> Judgement {
        let found = judged(a, b, Extent::Brief).judgement;
        assert_eq!(found, judged(b, a, Extent::Brief).judgement, "{a} | {b}");
        found
    }

    #[test]
    fn a_denial_denies_whatever_says_more() {
        check("Nobody rowed to the island at noon.", "The keeper rowed to the island at noon with two sailors.", true);
        check("No ferry sank off the island in 1994.", "The old ferry sank off the island in the storm of 1994.", true);
        check("Most sailors do not live on the island.", "The sailors of the ferry live on the island.", false);
        check("A ferry rowed by sailors left the island.", "No ferry left the island but one rowed by sailors.", false);
    }

    #[test]
    fn brief_texts_deny_number_and_bear_out() {
        let apart = Judgement::Disjoint;
        assert_ne!(
            brief("Norlys is fourth ferry of the line.", "Norlys is the third ferry of the island line."),
            Judgement::Equal
        );
        assert_eq!(
            brief("The keeper was not paid by the council.", "The harbour council paid the keeper well."),
            apart
        );
        assert_eq!(
            brief("The rules of the harbour stand in chapter 3.", "Chapter 5 holds all rules of the harbour."),
            Judgement::Unknown
        );
        assert_eq!(
            brief("The rules of the harbour stand in chapter 3.", "The harbour rules are given in chapter 5."),
            apart
        );
        let long = "The keeper of the light closed the northern gate of the harbour before the storm.";
        assert_eq!(brief(long, "The northern gate of the harbour was closed before the storm."), Judgement::Equal);
        assert_eq!(
            brief(long, "Only the northern gate of the harbour was closed before the storm."),
            Judgement::Unknown
        );
        assert_eq!(brief("Two of the three gates were closed.", "Three gates were closed."), Judgement::Unknown);
    }

    #[test]
    fn level_ways() {
        check("The keeper walked down the street.", "The keeper walked up the street.", false);
        check("The price of the ferry went up in May.", "The price of the ferry went down in May.", true);
    }
}
