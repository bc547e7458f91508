//! Statements: two sentences that say the same but for one spot, where the one rules out what the other says.
//!
//! Comes in: two sentences. Goes out: a judgement with the words that decide. The sentences are aligned word by word;
//! everything outside the spot has to be the same in both, in the same order, or all of the shorter one has to stand in
//! the longer one. Whatever else differs in content, another place, time or doer, and nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Passages;
use crate::candidate::is_statement;
use crate::claim::Claim;
use crate::graph::{Link, Relation};
use crate::rule::{Lookup, Measures};
use crate::source::Document;
use crate::text::{Span, is_brief};
use crate::value::{Judgement, Value};

use super::Finding;
use super::assertion::asserts;
use super::query::Query;
use super::settle::Suppressed;
use super::wording::{Role, SentenceWord, have, words};

/// Longest sentence that is aligned, in words.
const LONGEST: usize = 60;
/// Fewest words that two statements must share.
const SHARED: usize = 2;
/// Fewest that the shorter must share with the longer one where it stands in it.
const WITHIN: usize = 3;
/// Most content words by which the longer of two sentences that stand in one another is longer.
const LONGER: usize = 8;
/// Thousandths of the telling words of a brief denial that the other text has, where it denies it.
const DENIED: u32 = 667;
/// Fewer telling words than this make a statement of which each word tells.
const TERSE: usize = 5;
/// Small numbers in words, from two on.
const SMALL: [&str; 11] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// The same of a brief statement that the other text bears out.
const SAME: u32 = 750;
/// The same where the two number one thing otherwise.
const NUMBERED: u32 = 500;

/// Drops the statements that none of those that they are set beside (`candidate::statements`) opposes: a sentence is worth a
/// claim only where another one answers it. Of the sentences of a page that answer a query, those that support it count,
/// if there are any.
pub fn keep_opposed(
    claims: Vec<Claim>,
    met: &BTreeSet<(usize, usize)>,
    documents: &[Document],
    query: Option<&Query>,
    passages: &Passages,
    (lookup, measures): (&Lookup, &Measures),
) -> Vec<Claim> {
    let brief = |c: &Claim| documents.get(c.source as usize).is_some_and(|d| is_brief(&d.text));
    let mut said: BTreeMap<usize, Vec<SentenceWord>> = BTreeMap::new();
    for at in met.iter().flat_map(|&(a, b)| [a, b]).filter(|_| query.is_none()) {
        if let Value::Text(text) = &claims[at].value {
            said.entry(at).or_insert_with(|| plain(text, lookup));
        }
    }
    let mut answers: BTreeMap<usize, Vec<(bool, usize)>> = BTreeMap::new();
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for &(a, b) in met {
        let brief = brief(&claims[a]) && brief(&claims[b]);
        if let Some(query) = query {
            let Some((own, other)) = query.sides(&claims[a], &claims[b]) else { continue };
            let (own_at, other_at) = if query.is_own(&claims[a]) { (a, b) } else { (b, a) };
            let asserts = || asserts(other, own, (passages, documents, lookup));
            let judgement = query.judge(own, other, brief, asserts, (lookup, measures)).judgement;
            if judgement != Judgement::Unknown {
                answers.entry(own_at).or_default().push((judgement == Judgement::Equal, other_at));
            }
        } else if opposed(&said[&a], &said[&b], brief, lookup).judgement != Judgement::Unknown {
            kept.extend([a, b]);
        }
    }
    for (own, all) in answers {
        // A page that supports it somewhere denies it nowhere; another page may.
        let source = |at: usize| claims[at].source;
        let supported = |other: usize| all.iter().any(|(supports, at)| *supports && source(*at) == source(other));
        kept.extend(all.iter().filter(|(supports, at)| *supports || !supported(*at)).map(|(_, at)| *at));
        kept.insert(own);
    }
    let worth = |(at, c): (usize, Claim)| (!is_statement(&c) || kept.contains(&at)).then_some(c);
    claims.into_iter().enumerate().filter_map(worth).collect()
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

/// Judges two sentences. `brief` is whether each is nearly all that its document says.
pub(super) fn judge(p: &str, q: &str, brief: bool, lookup: &Lookup) -> Finding {
    opposed(&plain(p, lookup), &plain(q, lookup), brief, lookup)
}

/// The words of a sentence without those that carry nothing.
fn plain(text: &str, lookup: &Lookup) -> Vec<SentenceWord> {
    let mut all = words(text, Span::new(0, text.len()), None, lookup);
    all.retain(|w| w.role != Role::Light);
    all
}

fn opposed(a: &[SentenceWord], b: &[SentenceWord], brief: bool, lookup: &Lookup) -> Finding {
    if a.len() > LONGEST || b.len() > LONGEST {
        return Finding::new(Judgement::Unknown, "too long to be set beside each other");
    }
    let mut found: Vec<Spot> = Vec::new();
    // "No gate was found" and "the gate was not found" both deny.
    if same(a, b) >= SHARED {
        for spot in spots(a, b) {
            let one = kind(a, b, &spot, lookup);
            if one != Spot::Same && !found.contains(&one) {
                found.push(one);
            }
            // Nothing more can make of this one difference.
            if found.len() > 1 || found == [Spot::Other] {
                break;
            }
        }
        match found.as_slice() {
            [Spot::Opposed(x, y)] => {
                return Finding::new(Judgement::Disjoint, format!("“{x}” rules out “{y}”, all else is the same"));
            }
            [Spot::Denied] if denies(a) != denies(b) => {
                return Finding::new(Judgement::Disjoint, "one denies what the other says, all else is the same");
            }
            _ => {}
        }
    }
    let loosely = || if brief { loosely(a, b, lookup) } else { None };
    within(a, b, brief, lookup)
        .or_else(loosely)
        .unwrap_or_else(|| Finding::new(Judgement::Unknown, "more than one thing differs"))
}

/// A stretch in which two sentences differ: from, to in the one, from, to in the other.
pub(super) type Stretch = (usize, usize, usize, usize);

/// What lies in a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Spot {
    /// The same in other words.
    Same,
    /// Words that cannot both hold.
    Opposed(String, String),
    /// A negation on one side, nothing on the other.
    Denied,
    /// Anything else.
    Other,
}

/// Where two sentences differ, by the longest run of words that they have in common in order.
pub(super) fn spots(a: &[SentenceWord], b: &[SentenceWord]) -> Vec<Stretch> {
    let (n, m) = (a.len(), b.len());
    let mut best = vec![vec![0_u16; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            best[i][j] = if a[i].is(&b[j]) { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    let (mut from, mut to) = (0, 0);
    while i < n && j < m {
        if a[i].is(&b[j]) && best[i][j] == best[i + 1][j + 1] + 1 {
            if from < i || to < j {
                out.push((from, i, to, j));
            }
            (i, j) = (i + 1, j + 1);
            (from, to) = (i, j);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if from < n || to < m {
        out.push((from, n, to, m));
    }
    out
}

/// Words that two sentences share, one of them at least telling what they are about; otherwise none.
fn same(a: &[SentenceWord], b: &[SentenceWord]) -> usize {
    let shared: Vec<&SentenceWord> = a.iter().filter(|w| b.iter().any(|o| o.is(w))).collect();
    if shared.iter().any(|w| w.role == Role::Content) { shared.len() } else { 0 }
}

fn kind(a: &[SentenceWord], b: &[SentenceWord], &(i, j, k, l): &Stretch, lookup: &Lookup) -> Spot {
    let denial = |s: &[SentenceWord]| !s.is_empty() && s.iter().all(|w| w.role == Role::Negation || w.text == "any");
    let idle = |s: &[SentenceWord]| s.iter().all(|w| matches!(w.text.as_str(), "some" | "any" | "all" | "also"));
    let (x, y) = (&a[i..j], &b[k..l]);
    if denial(x) && idle(y) || denial(y) && idle(x) {
        return Spot::Denied;
    }
    if x.iter().chain(y).any(|w| w.role == Role::Negation) {
        return Spot::Other;
    }
    let level = |s: &[SentenceWord], at: usize| s.get(at).is_some_and(|w| w.is_in("level-ways", lookup));
    let text = |s: &[SentenceWord]| s.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    if ["up", "down"].contains(&text(x).as_str()) && level(a, j) && level(b, l) {
        return Spot::Same;
    }
    let glued = |s: &[SentenceWord]| text(s).replace(' ', "");
    // "Won 3-1", "won 4-1".
    if of_score(a, i, j) && of_score(b, k, l) {
        return Spot::Opposed(text(x), text(y));
    }
    if let (Some(p), Some(q)) = (ordinal(&glued(x)), ordinal(&glued(y))) {
        return if p == q { Spot::Same } else { Spot::Opposed(text(x), text(y)) };
    }
    // Who was married three times may have been divorced as often.
    if often(&a[j..]) && often(&b[l..]) {
        return Spot::Other;
    }
    // Of a list, one page may name other members than the next.
    if x.iter().chain(y).any(|w| w.listed) {
        return Spot::Other;
    }
    // The spot, and with the word before it or behind it: "living room" against "dining room".
    let widths = [(0, 0), (0, 1), (1, 0)];
    for (before, behind) in widths {
        let reach = i >= before && k >= before && j + behind <= a.len() && l + behind <= b.len();
        if !reach {
            continue;
        }
        let (p, q) = (text(&a[i - before..j + behind]), text(&b[k - before..l + behind]));
        // "English and Welsh", "Welsh and English": both sentences have both.
        let both = have(&a[i.min(a.len() - 1)], b) && have(&b[k.min(b.len() - 1)], a);
        if rules_out(&p, &q, lookup) && !both {
            return Spot::Opposed(p, q);
        }
    }
    Spot::Other
}

/// Whether a stretch is a number of "3-1": how a match ended, or a vote.
fn of_score(all: &[SentenceWord], from: usize, to: usize) -> bool {
    let number =
        |w: &SentenceWord| w.role == Role::Number && w.text.len() < 4 && w.text.bytes().all(|b| b.is_ascii_digit());
    // A hyphen or a dash between them, and nothing else.
    let joined = |p: &SentenceWord, q: &SentenceWord| matches!(q.span.start - p.span.end, 1 | 3);
    let pair = |at: usize| all.get(at..at + 2).is_some_and(|s| number(&s[0]) && number(&s[1]) && joined(&s[0], &s[1]));
    to == from + 1 && (pair(from) || from > 0 && pair(from - 1)) || to == from + 2 && pair(from)
}

/// How many words of a sentence deny.
fn denies(all: &[SentenceWord]) -> usize {
    all.iter().filter(|w| w.role == Role::Negation).count()
}

/// Whether the words behind a word say how often.
fn often(behind: &[SentenceWord]) -> bool {
    behind.iter().take(2).any(|w| matches!(w.text.as_str(), "times" | "twice" | "once" | "thrice"))
}

/// Whether of two phrases one rules out the other.
pub(super) fn rules_out(p: &str, q: &str, lookup: &Lookup) -> bool {
    lookup.opposed().apart(p, q) || negated(p, q) || negated(q, p)
}

/// Whether the second is the first with a prefix that denies.
fn negated(plain: &str, prefixed: &str) -> bool {
    plain.len() > 3 && ["un", "non", "non-"].iter().any(|p| prefixed.strip_prefix(p).is_some_and(|rest| rest == plain))
}

/// Whether a denial denies a part of what the other sentence affirms: a word for a part, or a figure in front of the
/// negation, that the other one does not have.
pub(super) fn partly(denial: &[SentenceWord], other: &[SentenceWord], lookup: &Lookup) -> bool {
    let head = denial.iter().position(|w| w.role == Role::Negation).unwrap_or_default();
    let part = |(at, w): (usize, &SentenceWord)| {
        w.is_in("partial-denials", lookup) || at < head && w.text.starts_with(|c: char| c.is_ascii_digit())
    };
    let own = |w: &SentenceWord| !other.iter().any(|o| o.is(w));
    denial.iter().enumerate().any(|(at, w)| part((at, w)) && own(w))
}

/// Whether nothing in a sentence goes beyond the other one: its figures stand there too and beside a word that is beside
/// them here, in words or digits; so do its names, and the words that make a part of a whole or a whole of a part.
fn needs_support(own: &[SentenceWord], other: &[SentenceWord], lookup: &Lookup) -> bool {
    let beside = |all: &[SentenceWord], at: usize| -> Vec<SentenceWord> {
        let content = |w: &&SentenceWord| w.role == Role::Content;
        let before = all[..at].iter().rev().filter(content).take(1);
        before.chain(all[at + 1..].iter().filter(content).take(1)).cloned().collect()
    };
    let figure = |at: usize, w: &SentenceWord| {
        let near = beside(own, at);
        let same = |k: usize| beside(other, k).iter().any(|p| near.iter().any(|q| p.is(q)));
        (0..other.len()).any(|k| other[k].text == w.text && same(k))
    };
    own.iter().enumerate().all(|(at, w)| {
        let small = SMALL.iter().position(|s| *s == w.text).map(|n| (n + 2).to_string());
        let have = || other.iter().any(|o| o.is(w) || small.as_ref().is_some_and(|n| o.text == *n));
        match w.role {
            Role::Number => figure(at, w),
            _ if ordinal(&w.text).is_some() => other.iter().any(|o| ordinal(&o.text) == ordinal(&w.text)),
            _ if small.is_some() || w.is_in("partial-denials", lookup) => have(),
            // The first word has a capital whatever it is, but before another one it is a name.
            _ => at == 0 && !own.get(1).is_some_and(|next| next.capital) || !w.capital || have(),
        }
    })
}

/// Whether two sentences have the same names or figures in each other’s places: "sailed from Oslo to Bergen" and "from Bergen
/// to Oslo", "by 52 votes to 48" and "by 48 votes to 52". "Was beaten by" turns a sentence round and says the same.
fn exchanged(a: &[SentenceWord], b: &[SentenceWord]) -> bool {
    if a.iter().chain(b).any(|w| w.text == "by" && w.role == Role::Frame && !w.capital)
        && !a.iter().any(|w| w.role == Role::Number)
    {
        return false;
    }
    let exact = |all: &[SentenceWord], at: usize| {
        let next = all.get(at + 1).is_some_and(|n| n.capital);
        all[at].role == Role::Number || all[at].capital && all[at].role == Role::Content && (at > 0 || next)
    };
    // What stands right before it, and behind a figure.
    let place = |all: &[SentenceWord], at: usize| {
        let before = at.checked_sub(1).map(|i| all[i].lemma.clone()).unwrap_or_default();
        let behind = all.get(at + 1).filter(|_| all[at].role == Role::Number).map(|w| w.lemma.clone());
        (before, behind)
    };
    let moved = |at: &usize| {
        let mut same = (0..b.len()).filter(|&k| b[k].text == a[*at].text).peekable();
        let (before, behind) = place(a, *at);
        same.peek().is_some()
            && !same.any(|k| {
                let other = place(b, k);
                other.0 == before || behind.is_some() && other.1 == behind
            })
    };
    let places: Vec<usize> = (0..a.len()).filter(|&at| exact(a, at)).filter(moved).collect();
    // Each of them stands where another one stood.
    let taken = |at: &&usize| {
        let here = place(a, **at).0;
        (0..b.len()).any(|k| {
            place(b, k).0 == here && exact(b, k) && places.iter().any(|&m| m != **at && a[m].text == b[k].text)
        })
    };
    places.iter().filter(taken).count() > 1
}

/// What two brief texts say of one thing in similar words, where the one denies the other or numbers it otherwise.
fn loosely(a: &[SentenceWord], b: &[SentenceWord], lookup: &Lookup) -> Option<Finding> {
    let telling = |s: &[SentenceWord]| -> Vec<SentenceWord> {
        let tells =
            |w: &&SentenceWord| matches!(w.role, Role::Content | Role::Number) && !w.is_in("mere-happening", lookup);
        s.iter().filter(tells).cloned().collect()
    };
    let tied = telling(a).len() == telling(b).len();
    let first = if tied { denies(a) >= denies(b) } else { telling(a).len() < telling(b).len() };
    let (short, long) = if first { (a, b) } else { (b, a) };
    let (own, other) = (telling(short), telling(long));
    let shared = own.iter().filter(|w| have(w, &other)).count();
    let share = (shared * 1000 / own.len().max(1)) as u32;
    let least = if own.len() < TERSE { 1000 } else { SAME };
    if shared < SHARED {
        return None;
    }
    match (denies(short), denies(long)) {
        (1, 0) if share >= DENIED && !partly(short, long, lookup) => {
            Some(Finding::new(Judgement::Disjoint, "one denies what the other says in similar words"))
        }
        (p, q)
            if p == q
                && share >= least
                && needs_support(short, long, lookup)
                && (!tied || needs_support(long, short, lookup)) =>
        {
            let strange = |s: &'_ [SentenceWord], other: &[SentenceWord]| -> Vec<SentenceWord> {
                s.iter().filter(|w| w.role == Role::Content && !have(w, other)).cloned().collect()
            };
            let (own, other) = (strange(short, long), strange(long, short));
            let opposed = own.iter().any(|p| other.iter().any(|q| rules_out(&p.text, &q.text, lookup)));
            let same = !opposed && !exchanged(short, long);
            same.then(|| Finding::new(Judgement::Equal, "all that the shorter one says, in similar words"))
        }
        (p, q) if p == q && share >= NUMBERED => {
            let strange = |s: &'_ [SentenceWord], other: &[SentenceWord]| -> Vec<usize> {
                (0..s.len()).filter(|&i| !have(&s[i], other)).collect()
            };
            let pairs =
                || strange(short, long).into_iter().flat_map(|i| strange(long, short).into_iter().map(move |k| (i, k)));
            let (i, k) = pairs().find(|&(i, k)| ranked(short, i, long, k, lookup))?;
            // Where another number differs as well, "3-1 in the first leg" and "4-1 in the second leg" are two things.
            let numbers = |s: &'_ [SentenceWord], other: &[SentenceWord], at: usize| {
                strange(s, other).into_iter().any(|n| n != at && s[n].role == Role::Number)
            };
            // So are those that have another word at one and the same place: "the daemon listens", "the console listens".
            let exchanged = spots(short, long).into_iter().any(|(from, to, start, end)| {
                let own = |s: &[SentenceWord]| !s.is_empty() && s.iter().all(|w| w.role == Role::Content);
                let outside = !(from..to).contains(&i) && !(start..end).contains(&k);
                outside && from > 0 && to < short.len() && own(&short[from..to]) && own(&long[start..end])
            });
            if exchanged || numbers(short, long, i) && numbers(long, short, k) {
                return None;
            }
            let because = format!("“{}” against “{}” in similar words", short[i].text, long[k].text);
            Some(Finding::new(Judgement::Disjoint, because))
        }
        _ => None,
    }
}

/// Whether two words at the same place give another number in an order to one thing that is no head of its sentence:
/// "in chapter 3" and "in chapter 5", "the 8th fleet" and "the 9th fleet". What a sentence is about may be two such things.
fn ranked(a: &[SentenceWord], i: usize, b: &[SentenceWord], k: usize, lookup: &Lookup) -> bool {
    let telling = |s: &[SentenceWord], at: usize| s[..at].iter().filter(|w| w.role == Role::Content).count();
    let after = |s: &[SentenceWord], at: usize| s.get(at + 1).filter(|w| w.role == Role::Content).cloned();
    let before =
        |s: &[SentenceWord], at: usize| at.checked_sub(1).map(|n| s[n].clone()).filter(|w| w.role == Role::Content);
    // "Norlys is the third ferry of the line": of one head, with two words behind that are the same.
    let run = |s: &[SentenceWord], at: usize| s.get(at + 1..at + 3).map(<[SentenceWord]>::to_vec).unwrap_or_default();
    let (p, q) = (run(a, i), run(b, k));
    let headed = a[0].is(&b[0]) && p.len() == 2 && q.len() == 2 && p.iter().zip(&q).all(|(p, q)| p.is(q));
    let least = if headed { 1 } else { SHARED };
    if telling(a, i) < least || telling(b, k) < least {
        return false;
    }
    let same = |p: Option<SentenceWord>, q: Option<SentenceWord>| p.is_some_and(|p| q.is_some_and(|q| p.is(&q)));
    if let (Some(m), Some(n)) = (ordinal(&a[i].text), ordinal(&b[k].text)) {
        return m != n && same(after(a, i), after(b, k));
    }
    let numeral = |c: char| c.is_ascii_digit() || c == '.';
    let number = |w: &SentenceWord| w.role == Role::Number && w.text.chars().all(numeral);
    let label = |p: &SentenceWord| p.is_in("numbered-things", lookup);
    number(&a[i])
        && number(&b[k])
        && before(a, i).filter(label).is_some_and(|p| before(b, k).is_some_and(|q| p.text == q.text))
}

/// The place that an ordinal names, in words to "twentieth" or in digits.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as u32 + 1);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}

/// Whether the content words that the shorter sentence shares with the longer one stand there in the same order.
fn ordered(short: &[SentenceWord], long: &[SentenceWord]) -> bool {
    let mut from = 0;
    short.iter().filter(|w| w.role == Role::Content && have(w, long)).all(|w| {
        let at = long[from..].iter().position(|o| o.is(w));
        from += at.map_or(0, |n| n + 1);
        at.is_some()
    })
}

/// Whether what a sentence denies, the word behind its negation, is told in the other one.
fn met(denial: &[SentenceWord], other: &[SentenceWord]) -> bool {
    let denied = denial.iter().skip_while(|w| w.role != Role::Negation).find(|w| w.role == Role::Content);
    denied.is_none_or(|w| have(w, other))
}

/// All of the shorter sentence stands in the longer one, but for a negation, or for one word that rules out a word which
/// stands at the same place there. In long texts, which tell of many things in similar words, the words stand in one order
/// too, and what is denied there is told here.
fn within(a: &[SentenceWord], b: &[SentenceWord], brief: bool, lookup: &Lookup) -> Option<Finding> {
    let content = |s: &[SentenceWord]| s.iter().filter(|w| w.role == Role::Content).count();
    let (short, long) = if content(a) <= content(b) { (a, b) } else { (b, a) };
    if content(long) > content(short) + LONGER {
        return None;
    }
    if !(brief || ordered(short, long) && met(short, long) && met(long, short)) {
        return None;
    }
    let telling =
        |w: &&SentenceWord| matches!(w.role, Role::Content | Role::Number) && !w.is_in("mere-happening", lookup);
    let missing: Vec<usize> = (0..short.len()).filter(|&i| telling(&&short[i]) && !have(&short[i], long)).collect();
    let shared = |role: fn(Role) -> bool| short.iter().filter(|w| role(w.role) && have(w, long)).count();
    let content_shared = shared(|r| r == Role::Content);
    // "Nobody was there at noon" denies every "the mayor was there at noon, and danced".
    let nothing = missing.is_empty() && denies(short) == 1 && denies(long) == 0 && !partly(short, long, lookup);
    if nothing && content_shared >= SHARED && shared(|r| matches!(r, Role::Content | Role::Number)) >= WITHIN {
        return Some(Finding::new(Judgement::Disjoint, "one denies what the other says, and more, in the same words"));
    }
    if content_shared < WITHIN {
        return None;
    }
    match (missing.as_slice(), denies(short), denies(long)) {
        ([], 0, 1) if content(long) <= content(short) + SHARED && !partly(long, short, lookup) => {
            Some(Finding::new(Judgement::Disjoint, "one denies what the other says in the same words"))
        }
        (&[at], p, q) if p == q => {
            let word = &short[at];
            let near = |s: &[SentenceWord], at: usize| -> Vec<SentenceWord> {
                let telling = |w: &&SentenceWord| matches!(w.role, Role::Content | Role::Number);
                let before = s[..at].iter().rev().filter(telling).take(1);
                before.chain(s[at + 1..].iter().filter(telling).take(1)).cloned().collect()
            };
            let beside = near(short, at);
            let other = (0..long.len()).find(|&k| {
                let level =
                    |s: &[SentenceWord], at: usize| s.get(at + 1).is_some_and(|w| w.is_in("level-ways", lookup));
                let way = ["up", "down"].contains(&word.text.as_str()) && level(short, at) && level(long, k);
                !(way
                    || often(&long[k + 1..]) && often(&short[at + 1..])
                    || word.listed
                    || long[k].listed
                    || have(&long[k], short))
                    && (rules_out(&word.text, &long[k].text, lookup) || ranked(short, at, long, k, lookup))
                    && near(long, k).iter().any(|w| beside.iter().any(|o| o.is(w)))
            })?;
            Some(Finding::new(
                Judgement::Disjoint,
                format!("“{}” rules out “{}” in similar words", word.text, long[other].text),
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::rule::Rules;

    static LOOKUP: LazyLock<Lookup> = LazyLock::new(|| Rules::embedded().unwrap().lookup());

    fn check(a: &str, b: &str, opposed: bool) {
        for (a, b) in [(a, b), (b, a)] {
            let found = judge(a, b, false, &LOOKUP);
            assert_eq!(found.judgement == Judgement::Disjoint, opposed, "{a} | {b} | {}", found.because);
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
        check("The third ferry sailed to the island.", "The fourth ferry sailed to the island at noon.", false);
        check("The council is aware of the leak.", "The council is unaware of the leak.", true);
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
        let found = judge(a, b, true, &LOOKUP).judgement;
        assert_eq!(found, judge(b, a, true, &LOOKUP).judgement, "{a} | {b}");
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
