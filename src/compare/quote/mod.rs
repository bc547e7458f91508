//! Quotations: the same words, a part of them, words left out or changed, and whether the sense hangs on these.
//!
//! Comes in: two claims that somebody said something. Goes out: a judgement, with the words that differ. Words are
//! compared as `words` folds them; `align` says which of them the two have in common. Translations, lapses of memory and
//! two utterances of one speaker look alike: only what is word for word the same for the most part is linked.

mod align;
mod words;

use crate::claim::{Claim, ContextRole};
use crate::text::{Span, fold_words};
use crate::value::Judgement;

use super::{CompareContext, Finding};
use align::{CommonRun, align};
use words::{Gap, QuotedWord, Sense};
pub(super) use words::{Quoted, quoted};

/// Fewest words in a row for two quotations to be stated as variants of one.
const FEWEST: usize = 5;
/// Fewest words of a quotation that is said of two speakers, or that lacks the hedge that another one has.
const TELLING: usize = 5;
/// Most words that may be left out, or stand behind a bracket, within a sentence that is otherwise the same.
const FEW: usize = 2;
/// Most words for which a bracket may stand.
const BRACKETED: usize = 4;
/// Most places at which two quotations of which the sense differs do so.
const PLACES: usize = 2;
/// Words from a verb of saying over an office to the name of who holds it.
const ASIDE: usize = 4;
/// Bytes of quotation marks round a quotation that is all of its sentence.
const MARKS: u32 = 8;
/// Most words of a sentence beside a quotation that says whose it is.
const BRIEF: usize = 10;
/// Words before a quotation among which its own text may tell that it is an opinion.
const BEFORE: usize = 8;

/// Judges two quotations.
pub(super) fn judge(context: &CompareContext<'_>, x: &Claim, y: &Claim, p: &str, q: &str) -> Finding {
    let (a, b) = (context.scratch.quoted(context, x, p), context.scratch.quoted(context, y, q));
    let runs = align(&a.words, &b.words);
    let found = Setting { context, a: &a, b: &b, x, y }.judge(&runs);
    let apart = matches!(found.judgement, Judgement::Equal | Judgement::Finer) && two_speakers(context, x, y);
    match (apart, runs.iter().map(|r| r.len).max()) {
        (true, Some(words)) if words > TELLING => Finding::new(
            Judgement::Disjoint,
            format!("{words} consecutive words are the same, and the speakers differ"),
        ),
        _ => found,
    }
}

/// Two quotations side by side.
struct Setting<'a> {
    context: &'a CompareContext<'a>,
    a: &'a Quoted,
    b: &'a Quoted,
    x: &'a Claim,
    y: &'a Claim,
}

/// What one place at which two quotations differ comes to.
#[derive(Debug, Default)]
struct Differences {
    /// Words changed or left out on which no sense hangs, each as "old" → "new".
    changed: Vec<String>,
    /// The same where the sense hangs on them.
    turned: Vec<String>,
    /// Whether the first, or the second, has less, with the mark that says so, or as a part.
    less: [bool; 2],
    /// Hedges that the first, or the second, leaves out.
    hedge: [Option<String>; 2],
    /// Whether words within the first, or the second, are left out without a mark.
    joined: [Option<String>; 2],
    /// Whether the first, or the second, ends in a full stop where the other goes on.
    closed: [bool; 2],
}

impl Setting<'_> {
    fn judge(&self, runs: &[CommonRun]) -> Finding {
        let (a, b) = (&self.a.words, &self.b.words);
        let unlike = || Finding::new(Judgement::Unknown, "other words");
        let shared: usize = runs.iter().map(|r| r.len).sum();
        let longest = runs.iter().map(|r| r.len).max().unwrap_or_default();
        let shorter = a.len().min(b.len());
        // A part word for word, half of it in a row of some length, or all of it but for a word.
        let part = shared == shorter && longest > 1;
        let much = longest >= FEWEST && shared * 2 >= shorter;
        let most = longest >= FEWEST - 1 && shared + 1 >= shorter;
        if !(part && runs.len() < 3 || much || most) {
            return unlike();
        }
        let differences = self.differences(runs);
        let [p, q] = differences.less;
        let words = |what: &[String]| what.join("; ");
        if let turned @ [_, ..] = differences.turned.as_slice()
            && turned.len() + differences.changed.len() <= PLACES
        {
            return Finding::new(Judgement::Turned, words(turned));
        }
        let changed: Vec<String> = differences.turned.iter().chain(&differences.changed).cloned().collect();
        let one_way = |side: usize| !differences.less[1 - side];
        for side in [0, 1] {
            let swap = side == 0;
            if let (Some(hedge), true) = (&differences.hedge[side], changed.is_empty()) {
                let because = format!("the shorter one leaves out “{hedge}”");
                return Finding::new(Judgement::HedgeDropped, because).swapped(swap);
            }
            if let (Some(left), true, true) = (&differences.joined[side], changed.is_empty(), one_way(side)) {
                let because = format!("left out without a mark: “{left}”");
                return Finding::new(Judgement::Joined, because).swapped(swap);
            }
            if differences.closed[side] && changed.is_empty() && one_way(side) {
                return Finding::new(Judgement::ClosedEarly, "a full stop where the longer one continues")
                    .swapped(swap);
            }
        }
        match (changed.is_empty(), p, q) {
            (true, false, false) => Finding::new(Judgement::Equal, "the same words"),
            (true, true, true) if much => Finding::new(Judgement::Compatible, format!("{shared} words are the same")),
            (true, true, true) => unlike(),
            (true, less, _) => {
                Finding::new(Judgement::Finer, "the shorter one is part of the longer, word for word").swapped(less)
            }
            (false, ..) if longest >= FEWEST => Finding::new(Judgement::Compatible, words(&changed)),
            (false, ..) => unlike(),
        }
    }

    /// Goes through the places between the runs and at both ends.
    fn differences(&self, runs: &[CommonRun]) -> Differences {
        let mut out = Differences::default();
        let (a, b) = (&self.a.words, &self.b.words);
        for pair in runs.windows(2) {
            let (from, to) = ((pair[0].a + pair[0].len, pair[0].b + pair[0].len), (pair[1].a, pair[1].b));
            let gap = |words: &[QuotedWord], from: usize, to: usize| words[from..=to].iter().map(|w| w.gap).max();
            let gaps = [gap(a, from.0, to.0).unwrap_or_default(), gap(b, from.1, to.1).unwrap_or_default()];
            // "Four months", "four more months".
            let counted = a[from.0.saturating_sub(2)..from.0].iter().any(|w| w.sense == Sense::Number);
            self.within(&mut out, &a[from.0..to.0], &b[from.1..to.1], gaps, counted);
        }
        if let (Some(first), Some(last)) = (runs.first(), runs.last()) {
            self.before(&mut out, first);
            self.behind(&mut out, last.a + last.len, last.b + last.len);
        }
        out
    }

    /// What differs between two runs; `counted` says that a number stands before it.
    fn within(&self, out: &mut Differences, a: &[QuotedWord], b: &[QuotedWord], gaps: [Gap; 2], counted: bool) {
        match (a.is_empty(), b.is_empty()) {
            (true, true) => {}
            // "Four months" and "four weeks" are two lengths of time.
            (false, false) if counted && a.len() + b.len() == 2 && self.units(&a[0], &b[0]) => {
                out.turned.push(format!("“{}” against “{}”", shown(a), shown(b)));
            }
            (false, false) => change(out, a, b),
            (_, second) => {
                let (side, left, gap) = if second { (1, a, gaps[1]) } else { (0, b, gaps[0]) };
                out.less[side] |= gap != Gap::Bracket;
                let hedge = hedge(left);
                match gap {
                    Gap::Ellipsis => {}
                    Gap::Bracket if left.len() <= BRACKETED => {}
                    _ if left.len() > FEW => out.joined[side] = Some(shown(left)),
                    _ if hedge.is_some() => out.hedge[side] = hedge,
                    _ => change(out, a, b),
                }
            }
        }
    }

    /// Whether two words are two units.
    fn units(&self, a: &QuotedWord, b: &QuotedWord) -> bool {
        let unit = |w: &QuotedWord| {
            let measures = self.context.rules.measures();
            let known = |word: &str| {
                let sense = measures.sense(measures.id(word));
                sense.grain.is_some() || sense.scale.is_some() || measures.unit_named(word).is_some()
            };
            w.text.strip_suffix('s').filter(|stem| known(stem)).or(known(&w.text).then_some(&w.text)).map(str::to_owned)
        };
        unit(a).zip(unit(b)).is_some_and(|(a, b)| a != b)
    }

    /// What differs before the first run.
    fn before(&self, out: &mut Differences, first: &CommonRun) {
        let (a, b) = (&self.a.words[..first.a], &self.b.words[..first.b]);
        let sentence = |words: &[QuotedWord]| words.iter().rposition(|w| w.ends).map_or(0, |at| at + 1);
        let (p, q) = (&a[sentence(a)..], &b[sentence(b)..]);
        match (a.is_empty(), b.is_empty()) {
            (true, true) => {}
            // Both begin in other words: with a few they begin one sentence otherwise.
            (false, false) if p.len() <= FEW && q.len() <= FEW && !p.is_empty() && !q.is_empty() => change(out, p, q),
            (false, false) => out.less = [true, true],
            (_, second) => {
                let (side, left, words, claim) = if second { (1, p, self.b, self.y) } else { (0, q, self.a, self.x) };
                let next = words.words.first().map(|w| w.gap).unwrap_or_default();
                if next == Gap::Bracket && left.len() <= BRACKETED && left.len() == a.len().max(b.len()) {
                    return;
                }
                out.less[side] = true;
                if words.words.len() >= TELLING && !self.stated_as_opinion(claim) {
                    out.hedge[side] = hedge_at_end(left).or(out.hedge[side].take());
                }
            }
        }
    }

    /// What differs behind the last run, which ends at these words.
    fn behind(&self, out: &mut Differences, p: usize, q: usize) {
        let (a, b) = (&self.a.words[p..], &self.b.words[q..]);
        match (a.is_empty(), b.is_empty()) {
            (true, true) => {}
            (false, false) => {
                let sentence =
                    |words: &[QuotedWord]| words.iter().position(|w| w.ends).map_or(words.len(), |at| at + 1);
                let (p, q) = (&a[..sentence(a)], &b[..sentence(b)]);
                if p.len() <= FEW && q.len() <= FEW { change(out, p, q) } else { out.less = [true, true] }
            }
            (_, second) => {
                let (side, left, short, last) = if second { (1, a, self.b, p) } else { (0, b, self.a, q) };
                let long = if second { &self.a.words } else { &self.b.words };
                out.less[side] = true;
                let goes_on = last.checked_sub(1).and_then(|at| long.get(at)).is_some_and(|w| !w.ends);
                if !goes_on || short.tail != Gap::None {
                    return;
                }
                if short.words.len() >= TELLING && hedge(&left[..1]).is_some() {
                    let end = left.iter().position(|w| w.sense != Sense::Hedge).unwrap_or(left.len());
                    out.hedge[side] = Some(shown(&left[..end]));
                }
                // What runs on in the words of the one who quotes ends with them.
                out.closed[side] = short.stopped && short.capital;
            }
        }
    }

    /// Whether the words before a quotation say that it is an opinion.
    fn stated_as_opinion(&self, claim: &Claim) -> bool {
        let text = self.context.documents.get(claim.source as usize).map_or("", |d| d.text.as_str());
        let before = text.get(claim.span.start as usize..claim.value_span.start as usize).unwrap_or_default();
        let words: Vec<_> = crate::rule::pieces(before).iter().map(|w| self.context.lookup.words(w)).collect();
        let near = words.len().saturating_sub(BEFORE);
        (near..words.len()).any(|at| self.context.lookup.terms("quote-hedges").at(&words[at..], None).is_some())
    }
}

/// Notes words that stand for others, or are left out, and whether the sense hangs on them.
fn change(out: &mut Differences, a: &[QuotedWord], b: &[QuotedWord]) {
    let of = |words: &[QuotedWord], sense: Sense| -> Vec<String> {
        let mut all: Vec<String> = words.iter().filter(|w| w.sense == sense).map(|w| w.text.clone()).collect();
        all.sort();
        all
    };
    let count = |words: &[QuotedWord]| words.iter().filter(|w| w.sense == Sense::Negation).count() % 2;
    let both = !a.is_empty() && !b.is_empty();
    let modal = |words: &[QuotedWord]| of(words, Sense::Modal);
    let moved = count(a) != count(b)
        || both
            && of(a, Sense::Number) != of(b, Sense::Number)
            && ![a, b].iter().any(|w| of(w, Sense::Number).is_empty())
        || (both || a.len() + b.len() == 1) && modal(a) != modal(b) && (!modal(a).is_empty() || !modal(b).is_empty());
    let words =
        |words: &[QuotedWord]| if words.is_empty() { "nothing".to_owned() } else { format!("“{}”", shown(words)) };
    let said = format!("{} against {}", words(a), words(b));
    if moved { out.turned.push(said) } else { out.changed.push(said) }
}

/// The hedge among words, if there is one.
fn hedge(words: &[QuotedWord]) -> Option<String> {
    let own: Vec<QuotedWord> = words.iter().filter(|w| w.sense == Sense::Hedge).cloned().collect();
    (!own.is_empty()).then(|| shown(&own))
}

/// The hedge with which words end, a "that" behind it left out.
fn hedge_at_end(words: &[QuotedWord]) -> Option<String> {
    let end = words.len() - usize::from(words.last().is_some_and(|w| w.text == "that"));
    let from = words[..end].iter().rposition(|w| w.sense != Sense::Hedge).map_or(0, |at| at + 1);
    (from < end).then(|| shown(&words[from..end]))
}

fn shown(words: &[QuotedWord]) -> String {
    words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether two people are said to speak, each named beside a verb of saying.
fn two_speakers(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let of = |c: &Claim| c.subject.as_ref().and_then(|s| context.merged.global(c.source, s.entity?));
    let (Some(a), Some(b)) = (of(x), of(y)) else { return false };
    let last = |c: &Claim| c.attributed_to.as_deref().and_then(|n| fold_words(n).pop());
    let open = |g: u32| context.merged.open.contains(&g);
    a != b && !open(a) && !open(b) && last(x) != last(y) && named(context, x) && named(context, y)
}

/// Whether a quotation is all of its sentence, and a name opens the few words before it ("Ada Holt was blunt.") or stands in
/// the few behind it ("That is how Ada Holt put it").
fn beside(text: &str, claim: &Claim, name: Span) -> bool {
    let whole = claim.span.len() <= claim.value_span.len() + MARKS;
    let words =
        |from: u32, to: u32| text.get(from as usize..to as usize).map_or(usize::MAX, |t| t.split_whitespace().count());
    let before = text.get(..name.start as usize).unwrap_or_default().trim_end_matches(' ');
    let opens = before.is_empty() || before.ends_with(['.', '\n', '!', '?']);
    whole && (opens && words(name.start, claim.span.start) <= BRIEF || words(claim.span.end, name.end) <= BRIEF)
}

/// Whether the speaker of a quotation is named in its sentence, beside a verb of saying or before a colon.
fn named(context: &CompareContext<'_>, claim: &Claim) -> bool {
    let text = context.documents.get(claim.source as usize).map_or("", |d| d.text.as_str());
    let Some((_, span)) = claim.context_spans.iter().find(|(role, _)| *role == ContextRole::Attribution) else {
        return false;
    };
    let name = span.of(text);
    if !name.starts_with(char::is_uppercase) || matches!(name, "He" | "She" | "They" | "It") {
        return false;
    }
    if span.start < claim.span.start || span.end > claim.span.end {
        return beside(text, claim, *span);
    }
    let says = |words: &[&str]| {
        let words: Vec<_> = words.iter().map(|w| context.lookup.words(w)).collect();
        (0..words.len()).any(|at| context.lookup.terms("speech-verbs").at(&words[at..], None).is_some())
    };
    let behind = text.get(span.end as usize..claim.span.end as usize).unwrap_or_default();
    let before = text.get(claim.span.start as usize..span.start as usize).unwrap_or_default();
    let (next, last): (Vec<&str>, Vec<&str>) = (crate::rule::pieces(behind), crate::rule::pieces(before));
    // "Ingrid Solberg, the mayor, said"; "said the mayor, Ingrid Solberg".
    let aside = behind.strip_prefix(',').and_then(|rest| rest.split_once(','));
    let aside = aside.is_some_and(|(_, rest)| says(&crate::rule::pieces(rest).into_iter().take(2).collect::<Vec<_>>()));
    let titled = before.trim_end().ends_with(',') && says(&last[last.len().saturating_sub(ASIDE)..]);
    behind.trim_start().starts_with(':')
        || aside
        || titled
        || says(&next[..next.len().min(2)])
        || says(&last[last.len().saturating_sub(1)..])
}
