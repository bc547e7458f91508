//! The sentences of two values, the values and who speaks taken out: how much of what they say otherwise is the same, and
//! whether they say it of one thing.
//!
//! Comes in: two claims whose sentences are aligned. Goes out: how much of the poorer sentence the richer one has ("a fleet of
//! 300 ships sailed in March" and "in March 12 ships of the fleet sailed"), nothing where something shows that another
//! thing is meant; and of two sentences that are one pattern filled in twice ("set aside £340,000 for the repair of the
//! pool", "set aside £430,000 for the repair of the roof") the words that tell the two apart.

use crate::align::{Difference, Gap, Half};
use crate::claim::{Claim, ContextRole};
use crate::value::{Judgement, Shape, Value};

use super::text::rules_out;
use super::{CompareContext, date, interval, name};

/// Content words from the beginning of a sentence in which its head is looked for.
const HEAD: usize = 3;
/// Where so many thousandths are shared, it does not matter where the figures stand and what each sentence calls them.
const MOST: usize = 800;
/// What is shared at most where the figures stand at different places.
const LOOSE: usize = 499;
/// Fewest content words that both must have.
const FEWEST: usize = 2;
/// Content words to either side of a figure that are beside it: in the poorer sentence, and in the richer one.
const BESIDE: [usize; 2] = [2, 4];
/// Words to either side of a figure in a brief text among which a word narrows it.
const CLOSE: usize = 3;
/// Thousandths of all content words that the two sentences of a pattern have.
const SAME: usize = 600;
/// Most words that stand in the place of others in a pattern, and most such places.
const WORDS: usize = 3;
const PLACES: usize = 2;
/// Longest sentence of a pattern, in words.
const LONGEST: usize = 60;

/// The sentences of two values, each without its value and its speaker.
pub(super) struct ParallelSentences<'a> {
    context: &'a CompareContext<'a>,
    difference: Difference<'a>,
    sides: [Side<'a>; 2],
}

/// One of the two.
struct Side<'a> {
    claim: &'a Claim,
    text: &'a str,
    /// Its words that do not say who speaks, as tokens.
    told: Vec<usize>,
    /// Those that tell something and are no figures.
    content: Vec<usize>,
    /// Of each token whether the other sentence has it, wherever.
    shared: Vec<bool>,
}

impl Side<'_> {
    fn is_shared(&self, at: &usize) -> bool {
        self.shared[*at]
    }

    fn held(&self) -> usize {
        self.content.iter().filter(|t| self.shared[**t]).count()
    }
}

impl<'a> ParallelSentences<'a> {
    /// Of two claims; nothing where the sentence of one is not known.
    pub(super) fn new(context: &'a CompareContext<'a>, x: &'a Claim, y: &'a Claim) -> Option<ParallelSentences<'a>> {
        let (a, b) = ((x.source, x.span), (y.source, y.span));
        let values = [x, y].map(|c| vec![c.value_span]);
        let difference = context.passages.difference(a, b, context.documents, values)?;
        let shared = [0, 1].map(|n| {
            let (own, other) = (&difference.halves[n], &difference.halves[1 - n]);
            let written = |t: usize| other.words.iter().any(|o| own.is_written_alike(t, other, *o));
            // Words of one meaning are not words of one thing ("gives", "gets"), and what is only referred to is not said.
            let partner = |t: usize| own.partner(t).is_some_and(|o| other.tells(o) && own.is_kin(t, other, o));
            own.tokens().map(|t| written(t) || partner(t)).collect()
        });
        let [p, q] = &difference.halves;
        let [shared_own, shared_other] = shared;
        let side = |claim: &'a Claim, half: &Half<'_>, shared| {
            let text = context.documents[claim.source as usize].text.as_str();
            let tells = |t: &usize| half.tells(*t) && !half.is_number(*t) && !half.is_function(*t);
            let content = half.words.iter().copied().filter(tells).collect();
            let speaks = claim.context_spans.iter().filter(|(role, _)| *role == ContextRole::Attribution);
            let speaks = |t: &usize| speaks.clone().any(|(_, s)| s.overlaps(half.span(*t)));
            let told = half.words.iter().copied().filter(|t| !speaks(t)).collect();
            Side { claim, text, told, content, shared }
        };
        let sides = [side(x, p, shared_own), side(y, q, shared_other)];
        Some(ParallelSentences { context, difference, sides })
    }

    /// Which of the two is the poorer.
    fn poor(&self) -> usize {
        usize::from(self.sides[1].content.len() < self.sides[0].content.len())
    }

    /// Thousandths of the content words of the poorer sentence that the richer one has, whatever sets them apart.
    pub(super) fn shared(&self) -> u32 {
        let poor = &self.sides[self.poor()];
        (poor.held() * 1000 / poor.content.len().max(1)) as u32
    }

    /// The same; `None` where something shows that the two are about different things.
    pub(super) fn parallel(&self) -> Option<u32> {
        let poor = self.poor();
        let [own, other] = [&self.sides[poor], &self.sides[1 - poor]];
        let content = own.content.len();
        let all = [0, 1].map(|n| self.difference.halves[n].words.as_slice());
        if content < FEWEST || self.is_apart() || self.is_narrowed(all) {
            return None;
        }
        let (held, share) = (own.held(), self.shared() as usize);
        let [near, far] = [self.beside(poor, BESIDE[0]), self.beside(1 - poor, BESIDE[1])];
        let [p, q] = [poor, 1 - poor].map(|n| &self.difference.halves[n]);
        let same = |t: usize, o: usize| p.is_written_alike(t, q, o) || p.partner(t) == Some(o) && p.is_kin(t, q, o);
        let placed = || near.iter().any(|t| far.iter().any(|o| same(*t, *o)));
        let whole = held > FEWEST && share >= MOST || held == content;
        let named = own.claim.attribute == other.claim.attribute && held >= FEWEST && placed();
        // Words that are shared elsewhere in the sentences count for less than half.
        Some(if whole || named { share } else { share.min(LOOSE) } as u32)
    }

    /// The same of two brief texts, the claims given by number. Whoever writes a sentence or two of one thing says little else,
    /// so that words which differ tell less than in a long text: it does not matter where the figures stand, and what narrows
    /// a figure has to stand beside it. But neither figure may have another one in the other text with which it agrees.
    pub(super) fn brief(&self, (a, b): (u32, u32)) -> Option<u32> {
        let [x, y] = [0, 1].map(|n| self.sides[n].claim);
        let content = self.sides[self.poor()].content.len();
        let close = [0, 1].map(|n| {
            let (words, split) = (&self.difference.halves[n].words, self.split(n));
            &words[split.saturating_sub(CLOSE)..(split + CLOSE).min(words.len())]
        });
        let few = content < FEWEST && (content == 0 || x.attribute != y.attribute);
        let met = || met(self.context, a, b) || met(self.context, b, a);
        (!few && !self.is_apart() && !self.is_narrowed(close) && !met()).then(|| self.shared())
    }

    /// How many of the words of a sentence stand before its value.
    fn split(&self, n: usize) -> usize {
        let half = &self.difference.halves[n];
        half.words.partition_point(|t| half.span(*t).start < self.sides[n].claim.value_span.start)
    }

    /// The content words nearest to a value, so many to either side.
    fn beside(&self, n: usize, reach: usize) -> Vec<usize> {
        let content = &self.sides[n].content;
        let (before, behind) = self.difference.halves[n].words.split_at(self.split(n));
        let content = |t: &&usize| content.contains(t);
        let near = before.iter().rev().filter(content).take(reach);
        near.chain(behind.iter().filter(content).take(reach)).copied().collect()
    }

    /// Whether the two show that they are about different things: a name at the head of either, a date, or the figure of
    /// the one standing elsewhere in the other. Nor does a figure of what something is near count all there is.
    fn is_apart(&self) -> bool {
        let strange = |n: usize| {
            let side = &self.sides[n];
            let half = &self.difference.halves[n];
            let written = |t: &usize| {
                let other = &self.difference.halves[1 - n];
                self.difference.halves[1 - n].words.iter().any(|o| half.is_written_alike(*t, other, *o))
            };
            side.content.iter().take(HEAD).any(|t| half.is_capital(*t) && !written(t))
        };
        let elsewhere = |n: usize| {
            let figures = self.figures_of(n);
            // Of a date only a lone year is looked for: "the 1980s" against "the 1980s and 1990s".
            let lone = matches!(self.sides[n].claim.value, Value::Quantity(_)) || figures.len() == 1;
            lone && figures.iter().any(|f| self.figures(1 - n).contains(f))
        };
        let dates = matches!(self.sides[self.poor()].claim.value, Value::Time(_));
        strange(0) && strange(1)
            || self.is_among(0)
            || self.is_among(1)
            || elsewhere(0)
            || elsewhere(1)
            || self.are_dated_apart()
            || dates && none_shared(&self.figures(0), &self.figures(1))
            || self.levels_apart()
            || part_of(&self.sides[0]) != part_of(&self.sides[1])
    }

    /// Whether a figure tells how many things something is near, of which there may be more.
    fn is_among(&self, n: usize) -> bool {
        let (Side { claim, text, .. }, lookup) = (&self.sides[n], self.context.lookup);
        let half = &self.difference.halves[n];
        let own = claim.value_span.of(text).split(' ').next().unwrap_or_default();
        // "Between 3 and 5 ferries" at the beginning is a range.
        let near = !own.starts_with(char::is_uppercase) && lookup.is_in("nearness", own);
        let before = half.tokens().rev().find(|t| half.span(*t).end <= claim.value_span.start);
        near || before.is_some_and(|t| half.is_in(t, "nearness", lookup))
    }

    /// The figures in the value of a sentence, and those outside it.
    fn figures_of(&self, n: usize) -> Vec<String> {
        let (half, value) = (&self.difference.halves[n], self.sides[n].claim.value_span);
        half.tokens().filter(|t| half.is_number(*t) && half.span(*t).overlaps(value)).map(|t| digits(half, t)).collect()
    }

    fn figures(&self, n: usize) -> Vec<String> {
        let half = &self.difference.halves[n];
        self.difference.halves[n].words.iter().filter(|t| half.is_number(**t)).map(|t| digits(half, *t)).collect()
    }

    /// "18 million (up 12 %)" and "47 million (up 9 %)": each rate is of the figure that it follows, and of another one.
    fn levels_apart(&self) -> bool {
        let level = |n: usize| {
            let half = &self.difference.halves[n];
            let before = &self.difference.halves[n].words[..self.split(n)];
            before.iter().rev().find(|t| half.is_number(**t)).map(|t| digits(half, *t))
        };
        let rates = self.sides.iter().all(|side| side.claim.shape == Shape::Percent);
        rates && matches!((level(0), level(1)), (Some(p), Some(r)) if p != r)
    }

    /// Whether a word that only one of them has narrows it: one of those words of each that are handed in.
    fn is_narrowed(&self, words: [&[usize]; 2]) -> bool {
        [0, 1].iter().any(|&n| {
            let narrows = |t: &&usize| self.difference.halves[n].is_in(**t, "narrowing", self.context.lookup);
            words[n].iter().filter(narrows).any(|t| !self.sides[n].is_shared(t))
        })
    }

    /// Whether both name a year, a month or a day of the week, and none in common.
    fn are_dated_apart(&self) -> bool {
        let named = |n: usize, of: &dyn Fn(&Half<'_>, usize) -> bool| -> Vec<String> {
            let half = &self.difference.halves[n];
            self.difference.halves[n].words.iter().filter(|t| of(half, **t)).map(|t| half.word(*t)).collect()
        };
        let apart = |of: &dyn Fn(&Half<'_>, usize) -> bool| none_shared(&named(0, of), &named(1, of));
        apart(&is_year) || apart(&|half, t| half.is_calendar(t) && half.is_capital(t))
    }

    /// The words by which two sentences that are the same otherwise tell of two things.
    pub(super) fn two_things(&self) -> Option<(String, String)> {
        let [a, b] = &self.sides;
        if a.told.len().max(b.told.len()) > LONGEST {
            return None;
        }
        let told = |n: usize, gap: &Gap| gap[n].iter().copied().filter(|t| self.sides[n].told.contains(t)).collect();
        let gaps: Vec<Gap> = self.difference.gaps.iter().map(|gap| [0, 1].map(|n| told(n, gap))).collect();
        let count = |n: usize, words: &[usize]| words.iter().filter(|t| self.sides[n].content.contains(t)).count();
        let content = [0, 1].map(|n| count(n, &self.sides[n].told));
        // What the longer sentence goes on to say makes no other pattern of it.
        let first = content[0] <= content[1];
        let shorter = |gap: &Gap| match (count(0, &gap[0]), count(1, &gap[1])) {
            (p, 0) => usize::from(first) * p,
            (0, q) => usize::from(!first) * q,
            (p, q) => p.max(q),
        };
        let other: usize = gaps.iter().map(shorter).sum();
        let shared = content[0] - gaps.iter().map(|gap| count(0, &gap[0])).sum::<usize>();
        if shared < FEWEST || shared * 1000 < (shared + other) * SAME {
            return None;
        }
        // Whoever tells a thing in words of his own has other nouns for the same: a pattern keeps its order.
        let partners: Vec<usize> = a.told.iter().filter_map(|t| self.difference.halves[0].partner(*t)).collect();
        if !partners.is_sorted() {
            return None;
        }
        let exchanged: Vec<&Gap> = gaps.iter().filter(|[p, q]| !p.is_empty() && !q.is_empty()).collect();
        if exchanged.len() > PLACES {
            return None;
        }
        let said = |n: usize, words: &[usize]| {
            let half = &self.difference.halves[n];
            half.span(words[0]).join(half.span(words[words.len() - 1])).of(self.sides[n].text).to_owned()
        };
        exchanged.into_iter().find_map(|[p, q]| {
            let two = p.len() <= WORDS && q.len() <= WORDS && self.are_two([p, q]);
            two.then(|| (said(0, p), said(1, q)))
        })
    }

    /// Whether the words at one place of two sentences name two things.
    fn are_two(&self, words: [&[usize]; 2]) -> bool {
        let (lookup, halves) = (self.context.lookup, &self.difference.halves);
        let both = |holds: &dyn Fn(usize) -> bool| holds(0) && holds(1);
        let any = |n: usize, of: &dyn Fn(usize) -> bool| words[n].iter().any(|t| of(*t));
        // A noun right behind the value is what is counted, and no matter of what it is counted in.
        let counted = |n: usize| {
            let Side { claim, text, .. } = &self.sides[n];
            let gap = text.get(claim.value_span.end as usize..halves[n].span(words[n][0]).start as usize);
            gap.is_some_and(|g| g.trim().is_empty())
        };
        if counted(0) || counted(1) {
            return false;
        }
        let place = |n: usize| words[n].iter().find_map(|t| halves[n].place(*t));
        if let (Some(m), Some(n)) = (place(0), place(1)) {
            return m != n;
        }
        let joined = |n: usize| halves[n].words(words[n], 0, 0).unwrap_or_default();
        let calendar = |n: usize| words[n].iter().all(|t| halves[n].is_calendar(*t) && halves[n].is_capital(*t));
        if both(&calendar) || rules_out(&joined(0), &joined(1), lookup) {
            return true;
        }
        // "Tessel 4" and "Tessel 5", "the 2021 race" and "the 2022 race".
        let number = |n: usize| {
            let (half, at) = (&halves[n], words[n][0]);
            let led = || at > 0 && half.is_capital(at - 1) && half.tells(at - 1);
            words[n].len() == 1 && half.is_number(at) && (led() || is_year(half, at))
        };
        if both(&number) {
            return true;
        }
        // "Series A" and "Series B".
        let letter = |n: usize| any(n, &|t| t > 0 && halves[n].is_capital(t) && halves[n].word(t).len() == 1);
        if both(&letter) {
            return true;
        }
        if [0, 1].iter().any(|&n| words[n].iter().any(|t| !self.sides[n].content.contains(t))) {
            return false;
        }
        let named = |n: usize| words[n].iter().all(|t| halves[n].is_capital(*t)) && any(n, &|t| t > 0);
        match (named(0), named(1)) {
            (true, true) => {
                let said = |n: usize| {
                    let written = words[n].iter().map(|t| halves[n].span(*t).of(self.sides[n].text));
                    written.collect::<Vec<_>>().join(" ")
                };
                self.context.query.is_none() && name::two(lookup, &said(0), &said(1)).judgement == Judgement::Disjoint
            }
            (false, false) => {
                let opens = |n: usize| any(n, &|t| t > 0 && halves[n].is_capital(t));
                let last = |n: usize| words[n][words[n].len() - 1];
                let kind = |n: usize| halves[n].is_in(last(n), "nominals", lookup);
                let noun = |n: usize| halves[n].is_noun(last(n)) || halves[n].modifies(last(n)).is_some();
                !opens(0) && !opens(1) && !both(&kind) && both(&noun)
            }
            _ => false,
        }
    }

    /// Whether the sentences are the same word for word, and tell of one time as far as they and their documents say.
    pub(super) fn same_words(&self) -> bool {
        let [a, b] = &self.sides;
        let (x, y) = (a.claim, b.claim);
        let dated = |c: &Claim| self.context.published(c).is_some();
        let time = |c: &Claim| c.as_of.as_ref().map(|t| t.edtf.clone());
        if x.source == y.source || dated(x) != dated(y) || time(x) != time(y) {
            return false;
        }
        // "Was 4.5 % in May", "was 4.5 % in June": one figure of two times, and no two times of one thing.
        if matches!(x.value, Value::Time(_)) && !self.figures(0).is_empty() {
            return false;
        }
        let in_order = || a.told.iter().zip(&b.told).all(|(t, o)| self.difference.are_partners(*t, *o));
        let content = a.told.iter().filter(|t| a.content.contains(t)).count();
        let among = self.is_among(0) || self.is_among(1);
        content >= FEWEST && !among && a.told.len() == b.told.len() && in_order()
    }
}

/// A number without the marks between its digits.
fn digits(half: &Half<'_>, at: usize) -> String {
    half.word(at).replace(',', "")
}

fn is_year(half: &Half<'_>, at: usize) -> bool {
    let word = half.word(at);
    word.len() == 4 && matches!(word.as_bytes()[0], b'1' | b'2') && half.is_number(at)
}

/// Whether both have something, and nothing in common.
fn none_shared(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|f| b.contains(f))
}

/// "Four of the volunteers": a count of some of those that another sentence may count.
fn part_of(Side { claim, text, .. }: &Side<'_>) -> bool {
    let behind = text.get(claim.value_span.end as usize..claim.span.end as usize).unwrap_or_default();
    let mut words = behind.split_whitespace();
    let those = ["the", "those", "these", "them", "its", "his", "her", "their", "our"];
    claim.shape == Shape::Number && words.next() == Some("of") && words.next().is_some_and(|w| those.contains(&w))
}

/// Whether the document of the second figure holds another one with which the first agrees. One that only leaves room
/// for it has to be told as alike as the second.
fn met(context: &CompareContext<'_>, claim: u32, other: u32) -> bool {
    let (own, source) = (&context.claims[claim as usize], context.claims[other as usize].source);
    let from = context.claims.partition_point(|c| c.source < source);
    let alike = |c: u32| context.surroundings.alike(claim, c);
    let of_other = (from as u32..).zip(&context.claims[from..]).take_while(|(_, c)| c.source == source);
    of_other.filter(|(_, c)| !c.noise).any(|(at, c)| match judged(own, c) {
        Judgement::Equal | Judgement::Rounding | Judgement::Finer => true,
        Judgement::Overlap => alike(at) >= alike(other),
        _ => false,
    })
}

/// How two values stand to each other, whatever they are of.
fn judged(x: &Claim, y: &Claim) -> Judgement {
    match (&x.value, &y.value) {
        (Value::Quantity(p), Value::Quantity(q)) => interval::judge(p, q).judgement,
        (Value::Time(p), Value::Time(q)) => date::judge(p, q, false).judgement,
        _ => Judgement::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pipeline::examine;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// What is seen of the first figures of two documents; of rates, where there are any.
    fn seen<T>(a: &str, b: &str, of: impl Fn(&ParallelSentences<'_>) -> T) -> T {
        let documents = vec![Document::from_text("a", a), Document::from_text("b", b)];
        let examined = examine(documents, Vec::new(), &EXTRACTOR, &Default::default());
        let context = examined.context();
        let figure = |c: &&Claim| matches!(c.value, Value::Quantity(_));
        let own = |source| context.claims.iter().filter(figure).filter(move |c| c.source == source);
        let first = |source| own(source).min_by_key(|c| c.shape != Shape::Percent).unwrap();
        of(&ParallelSentences::new(&context, first(0), first(1)).unwrap())
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: Option<u32>) {
        assert_eq!(seen(a, b, |s| s.parallel()), expected, "{a} | {b}");
        assert_eq!(seen(b, a, |s| s.parallel()), expected, "{b} | {a}");
    }

    const OWN: &str = "The storm sank 40 boats in the harbour of Lowmere on Monday.";

    #[test]
    fn one_thing_and_another() {
        check(OWN, "The storm sank 60 boats in the harbour of Lowmere on Monday.", Some(1000));
        check(OWN, "On Monday 60 boats sank in the harbour in the storm, the mayor said.", Some(800));
        check("He painted 300 ships of the fleet.", "He painted 12 ships of the yard.", Some(666));
        check(OWN, "The storm sank 60 boats in the harbour of Lowmere on Sunday.", None);
        check(OWN, "The storm sank another 60 boats in the harbour of Lowmere on Monday.", None);
        check(OWN, "The storm sank 60 boats and 40 rafts in the harbour of Lowmere on Monday.", None);
        check(OWN, "The storm sank 60 of the boats in the harbour of Lowmere on Monday.", None);
        check("Omar Lund sank 40 boats in the harbour.", "Ada Berg sank 60 boats in the harbour.", None);
        let sales = "Sales were $18 million, up 12%, in Lowmere.";
        check(sales, "Sales were $18 million, up 9%, in Lowmere.", Some(1000));
        check(sales, "Sales were $47 million, up 9%, in Lowmere.", None);
    }

    #[test]
    fn patterns_filled_in_twice_and_the_same_words() {
        let pool = "The council set aside £340,000 for the repair of the pool.";
        let two = |a: &str, b: &str| seen(a, b, |s| s.two_things()).map(|(p, q)| format!("{p} {q}"));
        let roof = "The council set aside £430,000 for the repair of the roof.";
        assert_eq!(two(pool, roof).as_deref(), Some("pool roof"));
        assert_eq!(two(pool, "The council set aside £430,000 for the repair of the pool."), None);
        assert_eq!(two(pool, "For the roof and its repair the council set aside £430,000."), None);
        let same = |a: &str, b: &str| seen(a, b, |s| s.same_words());
        assert!(same(OWN, &OWN.replace("40", "60")));
        assert!(!same(OWN, &OWN.replace("40", "60").replace("Lowmere", "Upmere")));
        assert!(!same(OWN, &OWN.replace("40", "60").replace("on Monday", "")));
    }
}
