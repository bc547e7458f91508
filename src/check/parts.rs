//! Which figures of one sentence follow each other as parts of a whole, and which figure is that whole.
//!
//! Comes in: a segment with the figures that it holds. Goes out: its series. The words decide: what parts two figures, what
//! leads up to the first, what stands behind the last. Nothing is added up here.

use rust_decimal::Decimal;

use crate::rule::{Words, pieces};
use crate::segment::Segment;
use crate::text::{Span, fold};
use crate::value::{Bound, Quantity, Shape, Value};

use super::CheckContext;
use super::series::{Bond, Series, summed};

/// Words between two parts of one series.
const APART: usize = 9;
/// Words behind a figure among which one says that it is a total: "49 in all", "42 houses in all".
const BEHIND: usize = 4;
/// Words before a figure among which one sets it against another.
const COMPARED: usize = 2;
/// The set of what ends a game, whose names stand before a figure as well: "lost eight".
const GAME: &str = "game";
/// Most words between "of" at the head of a sentence and the whole: "of the school's 34 rooms".
const OPENING: usize = 5;
/// Words before a figure that make it one of where or when something is.
const PLACES: [&str; 9] = ["in", "at", "across", "from", "on", "after", "within", "over", "for"];
/// Words behind which a noun stands.
const NOUNS: [&str; 12] = ["in", "of", "for", "on", "at", "by", "from", "with", "the", "a", "their", "its"];
/// Most words between "the remaining" and its figure.
const REST: usize = 3;
/// Words from a figure on among which one says of which kind it is.
const KIND: usize = 6;
/// The lexicon of words between a whole and its parts.
const WHOLES: &str = "wholes";

/// The figures of one segment, brackets left out.
pub(super) struct SegmentFigures<'a> {
    context: &'a CheckContext<'a>,
    source: u32,
    span: Span,
    /// Their claims, in the order of the text.
    pub(super) figures: Vec<u32>,
}

impl<'a> SegmentFigures<'a> {
    /// The figures of a segment that are stated as they are.
    pub(super) fn new(context: &'a CheckContext<'a>, source: u32, segment: &Segment) -> SegmentFigures<'a> {
        let text = context.text(source);
        let mut figures: Vec<u32> = Vec::new();
        for at in context.of_segment(source, segment.span.start) {
            let claim = context.claim(at);
            let Value::Quantity(q) = &claim.value else { continue };
            let opened = text.get(segment.span.start as usize..claim.value_span.start as usize).unwrap_or_default();
            let outside = opened.matches('(').count() <= opened.matches(')').count();
            let once = figures.last().is_none_or(|&f| !context.claim(f).value_span.overlaps(claim.value_span));
            let exact = matches!(q.bound, Bound::Exact | Bound::Approx) && q.number.is_some();
            if outside && once && exact && !claim.noise && claim.span == segment.span {
                figures.push(at);
            }
        }
        SegmentFigures { context, source, span: segment.span, figures }
    }

    /// What a figure is.
    pub(super) fn quantity(&self, at: u32) -> &'a Quantity {
        match &self.context.claim(at).value {
            Value::Quantity(q) => q,
            _ => unreachable!("only figures are kept"),
        }
    }

    /// The series, each a run of figures; `before` are the figures of the sentence before, if it is of the same block.
    pub(super) fn series(&self, before: &[u32]) -> Vec<Series> {
        let totals: Vec<u32> = self.figures.iter().copied().filter(|&f| self.is_total(f)).collect();
        let rest: Vec<u32> = self.figures.iter().copied().filter(|f| !totals.contains(f)).collect();
        let mut out = Vec::new();
        let mut from = 0;
        while from < rest.len() {
            if let Some((series, to)) = self.counted_out(&rest, from).or_else(|| self.kinds(&rest, from, before)) {
                out.push(series);
                from = to;
                continue;
            }
            let mut to = from + 1;
            let announced = from > 0 && self.between(rest[from - 1], rest[from]).contains(':');
            // "Out of 500 tickets, 320 …": the whole is no part.
            let opened = |to: usize| to == 1 && self.opened_by_of(rest[0]);
            while to < rest.len() && !opened(to) && self.joined(rest[to - 1], rest[to], announced) {
                to += 1;
            }
            let run = &rest[from..to];
            let ended = to - from > 1 && (to - from > 2 || self.closed(rest[to - 2], rest[to - 1]));
            let all_stated = ended && self.rest(rest[to - 2], rest[to - 1]);
            if ended && (all_stated || self.one_verb(run)) && !self.numbered(run) {
                let lead = from.checked_sub(1).map(|i| rest[i]);
                let whole = self.whole(run, lead, &totals, before);
                out.push(Series { parts: run.to_vec(), whole, rest: all_stated });
            }
            from = to;
        }
        out
    }

    /// "Six of the nine judges come from the capital and five from the provinces", with where it ends. What follows the first
    /// part has no verb of its own: with one it may overlap.
    fn counted_out(&self, rest: &[u32], from: usize) -> Option<(Series, usize)> {
        let (&first, &whole) = (rest.get(from)?, rest.get(from + 1)?);
        let of: Vec<String> = pieces(self.between(first, whole)).into_iter().map(fold).collect();
        let tied =
            matches!(of.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), ["of", "the" | "its" | "their"]);
        if !tied || !summed(self.quantity(first), self.quantity(whole)) {
            return None;
        }
        let mut to = from + 2;
        while to < rest.len() && self.joined(rest[to - 1], rest[to], true) {
            to += 1;
        }
        let others = &rest[from + 2..to];
        // "281 of the 3,050 passengers and 22 of 1,165 crew": the next one is a part of something else.
        let of_other = rest
            .get(to)
            .is_some_and(|&next| pieces(self.between(rest[to - 1], next)).first().is_some_and(|w| fold(w) == "of"));
        if of_other {
            return None;
        }
        let ended = !others.is_empty() && self.closed(rest[to - 2], rest[to - 1]);
        let end = |i: usize| rest.get(i + 1).map_or(self.span.end, |&n| self.context.claim(n).value_span.start);
        let verbless = (from + 2..to).all(|i| {
            let tail = self.context.cut(self.source, self.context.claim(rest[i]).value_span.end, end(i));
            !pieces(tail).into_iter().any(|w| self.verb(w))
        });
        let parts = std::iter::once(first).chain(others.iter().copied()).collect();
        let rest = ended && self.rest(rest[to - 2], rest[to - 1]);
        (ended && verbless).then_some((Series { parts, whole: Some((whole, Bond::Of)), rest }, to))
    }

    /// "480 pupils, 252 girls and 228 boys", "38 games. They won 21, drew nine and lost eight", with where it ends: figures of
    /// kinds that divide something up, right behind the figure of what they divide.
    fn kinds(&self, rest: &[u32], from: usize, before: &[u32]) -> Option<(Series, usize)> {
        let (set, key) = self.kind(rest, from).or_else(|| self.kind(rest, from + 1))?;
        // The whole stands before the first kind, in this sentence or alone in the one before.
        let own = self.kind(rest, from).is_none();
        let first = from + usize::from(own);
        if own && self.kind(rest, first).is_none() {
            return None;
        }
        let mut keys = vec![key];
        let mut to = first + 1;
        while let Some((other, key)) = self.kind(rest, to).filter(|_| self.joined(rest[to - 1], rest[to], true)) {
            if other != set || keys.contains(&key) {
                return None;
            }
            keys.push(key);
            to += 1;
        }
        // "Won 12, drew four and lost six of their 22 matches": or right behind the last.
        let whole = if let Some(whole) = self.behind_of(rest, to).filter(|_| first == from && set == GAME) {
            Some((whole, false))
        } else if own {
            let gap = self.between(rest[from], rest[first]);
            let apposed = gap.trim_end().ends_with([',', '(', '–', '—']) || gap.trim_end().ends_with(':');
            (pieces(gap).len() <= APART && !gap.contains([';', '.']) && apposed).then_some((rest[from], true))
        } else if first == 0 && set == GAME {
            let alike = |at: &&u32| match &self.context.claim(**at).value {
                Value::Quantity(q) => summed(q, self.quantity(rest[first])),
                _ => false,
            };
            let mut all = before.iter().filter(alike);
            all.next().copied().filter(|_| all.next().is_none()).map(|whole| (whole, true))
        } else {
            None
        }?;
        let counts = |at: u32| match &self.context.claim(at).value {
            Value::Quantity(q) => &*q.unit.dimension == "number" || q.unit.dimension.starts_with("count:"),
            _ => false,
        };
        let all: Vec<u32> = rest[first..to].to_vec();
        let next_of = self.behind_of(rest, to).is_some() && whole.1;
        let whole = whole.0;
        // "In the 40 villages 25 women and 20 men": a place is no whole, and women and men are kinds of people alone.
        let before = self.context.cut(self.source, self.span.start, self.context.claim(whole).value_span.start);
        let place = pieces(before).iter().rev().take(2).any(|w| PLACES.contains(&fold(w).as_str()));
        let people = |at: u32| match &self.context.claim(at).value {
            Value::Quantity(q) => q.unit.name.is_empty() || &*q.unit.name == "people",
            _ => false,
        };
        let kinds_of = !place && (people(whole) || !matches!(set, "sex" | "age" | "verdict"));
        let stated = all.len() > 1 && kinds_of && !next_of && counts(whole) && all.iter().all(|&p| counts(p));
        stated.then_some((Series { parts: all, whole: Some((whole, Bond::Apart)), rest: false }, to))
    }

    /// The figure at a place, if "of" leads right up to it: "six of their 22".
    fn behind_of(&self, rest: &[u32], at: usize) -> Option<u32> {
        let &next = rest.get(at)?;
        let words = pieces(self.between(*rest.get(at.checked_sub(1)?)?, next));
        (words.len() <= 2 && words.first().is_some_and(|w| fold(w) == "of")).then_some(next)
    }

    /// The set and the name of the kind that a figure counts: in the words right behind it, or right before.
    fn kind(&self, rest: &[u32], at: usize) -> Option<(&'a str, &'a str)> {
        let claim = self.context.claim(*rest.get(at)?);
        let lookup = self.context.compare.lookup;
        let terms = lookup.terms("complements");
        let end = rest.get(at + 1).map_or(self.span.end, |&n| self.context.claim(n).value_span.start);
        let chunk = |text: &'a str| text.split([',', ';', ':', '.', '(']).next().unwrap_or_default();
        let behind = chunk(self.context.cut(self.source, claim.value_span.start, end));
        let words = |text: &str| pieces(text).iter().map(|w| lookup.words(w)).collect::<Vec<Words>>();
        let own = words(behind);
        let find = |words: &[Words], to: usize| {
            (0..to.min(words.len())).find_map(|i| terms.at(&words[i..], None)).map(|(_, t)| (&*t.class, &*t.key))
        };
        let before = self.context.cut(self.source, self.span.start, claim.value_span.start);
        let before = words(before.rsplit([',', ';', ':', '(']).next().unwrap_or_default());
        let verb = &before[before.len().saturating_sub(1)..];
        // What stands before the figure of another, as "lost" does before "eight".
        find(verb, 1).filter(|(set, _)| *set == GAME).or_else(|| find(&own, KIND))
    }

    /// Whether a part is stated as all that is left: "and the remaining €12 million", "the other 15 per cent".
    fn rest(&self, before: u32, last: u32) -> bool {
        let lookup = self.context.compare.lookup;
        let between = self.between(before, last);
        let from = between.rfind([',', ';']).map_or(0, |i| i + 1);
        let all = pieces(&between[from..]);
        let words: Vec<Words> = all.iter().map(|w| lookup.words(w)).collect();
        let terms = lookup.terms("remainder");
        let opening = self.context.cut(self.source, self.span.start, self.context.claim(last).value_span.start);
        // "One was 80 and the other 50 per cent": two things, each with a share of its own.
        let two = || pieces(opening).into_iter().any(|w| matches!(fold(w).as_str(), "one" | "first"));
        (0..words.len()).any(|at| {
            let Some((n, term)) = terms.at(&words[at..], None) else { return false };
            let rest = &all[at + n..];
            match &*term.key {
                "the other" if all[at].eq_ignore_ascii_case("the") => rest.is_empty() && !two(),
                _ => rest.len() <= REST && !rest.iter().any(|w| self.verb(w)),
            }
        })
    }

    fn whole(&self, run: &[u32], lead: Option<u32>, totals: &[u32], before: &[u32]) -> Option<(u32, Bond)> {
        let first = run[0];
        let alike = |at: &u32| summed(self.quantity(*at), self.quantity(first));
        let mut stated = totals.iter().copied().filter(alike);
        match (stated.next(), stated.next()) {
            // "A total of 14 lamps, 31 ropes and 923 nails": a total stated first is that of what follows only where the words
            // between say so, or one clause ends and nothing else is counted on the way.
            (Some(total), None) => return self.leads(total, first).then_some((total, Bond::Total)),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        if let Some(lead) = lead.filter(alike) {
            let opens = (self.opened_by_of(lead) || self.of_them(first)).then_some(Bond::Of);
            return opens.or_else(|| self.bond(self.between(lead, first))).map(|bond| (lead, bond));
        }
        let opening = self.context.cut(self.source, self.span.start, self.context.claim(first).value_span.start);
        let alike: Vec<u32> = before
            .iter()
            .copied()
            .filter(|at| match &self.context.claim(*at).value {
                Value::Quantity(q) => summed(q, self.quantity(first)),
                _ => false,
            })
            .collect();
        match (self.bond(opening), alike.as_slice()) {
            (Some(bond), [one]) => Some((*one, bond)),
            (None, [one, ..]) if run.len() > 2 && self.quantity(first).shape != Shape::Percent => {
                Some((*one, Bond::Loose))
            }
            _ => None,
        }
    }

    /// Whether a total stated before the first part may be of the parts; one stated behind them is.
    fn leads(&self, total: u32, first: u32) -> bool {
        let (total, first) = (self.context.claim(total).value_span, self.context.claim(first).value_span);
        if total.start > first.start {
            return true;
        }
        let between = self.context.cut(self.source, total.end, first.start);
        let counted = between.chars().any(|c| c.is_ascii_digit());
        self.bond(between).is_some()
            || !counted && between.trim_end().ends_with([',', ':', '—', '–', '(']) && self.clause(between)
            // "14 minutes in all, 6 for the first and 8 for the second".
            || between.trim_end().ends_with(',') && self.together(between)
    }

    /// Whether words are those that say of a figure before them that others come to it, and nothing else.
    fn together(&self, words: &str) -> bool {
        let lookup = self.context.compare.lookup;
        let words: Vec<Words> = pieces(words).iter().map(|w| lookup.words(w)).collect();
        lookup.terms(WHOLES).at(&words, Some("together")).is_some_and(|(n, _)| n == words.len())
    }

    /// "38 of them at home": the words behind a part that say that it is one of what stands before it.
    fn of_them(&self, part: u32) -> bool {
        let behind = self.context.cut(self.source, self.context.claim(part).value_span.end, self.span.end);
        let words: Vec<String> = pieces(behind).into_iter().take(2).map(fold).collect();
        matches!(words.as_slice(), [of, them] if of == "of" && matches!(them.as_str(), "them" | "these" | "those" | "whom" | "which"))
    }

    /// Whether words hold a verb, so that what follows them is no more of their list.
    fn clause(&self, words: &str) -> bool {
        pieces(words).into_iter().any(|w| self.verb(w))
    }

    /// Whether a sentence opens with "of" or "out of" and a figure: "Out of 500 tickets, 320 went …".
    fn opened_by_of(&self, lead: u32) -> bool {
        let opening = self.context.cut(self.source, self.span.start, self.context.claim(lead).value_span.start);
        let words: Vec<String> = pieces(opening).into_iter().map(fold).collect();
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["of"] | ["out", "of"] | ["of", "the"] | ["out", "of", "the"] => true,
            // "Of the school's 34 rooms".
            ["of", ..] | ["out", "of", ..] => {
                words.len() <= OPENING
                    && opening.trim_end().ends_with(['s', '\'', '’'])
                    && opening.trim_end().contains(['\'', '’'])
                    && !opening.contains([',', ';', ':'])
            }
            _ => false,
        }
    }

    /// What the words between a whole and its first part make of the two.
    fn bond(&self, between: &str) -> Option<Bond> {
        let lookup = self.context.compare.lookup;
        let words: Vec<Words> = pieces(between).iter().map(|w| lookup.words(w)).collect();
        let term = |lexicon: &str, class: Option<&str>| {
            (0..words.len()).any(|at| lookup.terms(lexicon).at(&words[at..], class).is_some())
        };
        // "Each person eats": a figure of each is no part of that of all.
        let each = pieces(between).iter().any(|w| matches!(fold(w).as_str(), "each" | "every" | "per"));
        if each || term("partly", None) {
            None
        } else if term(WHOLES, Some("made")) {
            Some(Bond::Total)
        } else if term(WHOLES, Some("of")) || between.contains(':') {
            Some(Bond::Of)
        } else {
            None
        }
    }

    /// Whether the words beside a figure say that it is what others come to.
    pub(super) fn is_total(&self, at: u32) -> bool {
        let lookup = self.context.compare.lookup;
        let span = self.context.claim(at).value_span;
        let words = |text: &str| pieces(text).iter().map(|w| lookup.words(w)).collect::<Vec<Words>>();
        let before = words(
            self.context
                .cut(self.source, self.span.start, span.start)
                .rsplit([',', ';', ':', '('])
                .next()
                .unwrap_or_default(),
        );
        let behind = words(
            self.context
                .cut(self.source, span.end, self.span.end)
                .split([',', ';', ':', '('])
                .next()
                .unwrap_or_default(),
        );
        let terms = lookup.terms(WHOLES);
        let marks = |term: &crate::rule::Term| matches!(&*term.class, "total" | "together");
        let leads = (before.len().saturating_sub(3)..before.len())
            .any(|from| terms.at(&before[from..], None).is_some_and(|(n, t)| marks(t) && from + n == before.len()));
        // "All other sources together": a part, and what is left.
        let left = lookup.terms("remainder");
        if (0..before.len()).any(|from| left.at(&before[from..], None).is_some()) {
            return false;
        }
        leads || (0..behind.len().min(BEHIND)).any(|from| terms.at(&behind[from..], Some("together")).is_some())
    }

    /// Whether a sentence says of what stands before it that it makes a figure: "that made a total of", "this brings … to".
    pub(super) fn adds_up(&self, total: u32) -> bool {
        let before = self.context.cut(self.source, self.span.start, self.context.claim(total).value_span.start);
        let words: Vec<String> = pieces(before).into_iter().map(fold).collect();
        let lookup = self.context.compare.lookup;
        let makes = |w: &[String]| {
            matches!(w[0].as_str(), "that" | "this" | "it" | "which" | "together" | "they")
                && lookup.term_of(WHOLES, &w[1]).is_some_and(|t| &*t.class == "makes")
        };
        words.windows(2).any(makes)
    }

    /// Whether two figures follow each other in one series: nothing between them begins another statement. Where the series
    /// is announced, each part may say where it comes from.
    fn joined(&self, a: u32, b: u32, announced: bool) -> bool {
        let between = without_brackets(self.between(a, b));
        // "38 of them at home and 33 away".
        let between = match pieces(&between).get(1).filter(|_| self.of_them(a)) {
            Some(them) => between[them.as_ptr() as usize - between.as_ptr() as usize + them.len()..].to_owned(),
            None => between,
        };
        let lookup = self.context.compare.lookup;
        let all = pieces(&between);
        // "To 56 from 50" is a change; "21,000 from the raffle, 15,000 from the fair" are two parts.
        let near = if announced { all.len().saturating_sub(COMPARED) } else { 0 };
        let parted = |(at, word): (usize, &&str)| {
            let words = [lookup.words(word)];
            let clause = lookup.terms("clauses").at(&words, None).is_some();
            let compared = at >= near && lookup.terms("compared").at(&words, Some("earlier")).is_some();
            !matches!(fold(word).as_str(), "and" | "to") && (clause || compared)
        };
        let mark = between.contains([',', ';']) || closing(&between);
        summed(self.quantity(a), self.quantity(b))
            && mark
            && !between.contains([':', '.', '—'])
            && self.bond(&between).is_none()
            && all.len() <= APART
            && !all.iter().enumerate().any(parted)
    }

    /// Whether a series ends with a figure: "and" stands before it.
    fn closed(&self, a: u32, b: u32) -> bool {
        closing(&without_brackets(self.between(a, b)))
    }

    /// Whether figures number what they stand before: "four aspects: 1) speed; 2) weight; 3) cost".
    fn numbered(&self, run: &[u32]) -> bool {
        run.iter().zip(1_i64..).all(|(&at, n)| {
            let marked = self.context.cut(self.source, self.context.claim(at).value_span.end, self.span.end);
            self.quantity(at).number == Some(Decimal::from(n)) && marked.trim_start().starts_with([')', '.', ':', ']'])
        })
    }

    /// Whether all parts are stated with the verb of the first, or with none: "20 were women and 15 came by sea" are no
    /// parts of one whole.
    fn one_verb(&self, run: &[u32]) -> bool {
        let end = |i: usize| run.get(i + 1).map_or(self.span.end, |&n| self.context.claim(n).value_span.start);
        let verbs = |i: usize| -> Vec<String> {
            let tail =
                without_brackets(self.context.cut(self.source, self.context.claim(run[i]).value_span.end, end(i)));
            let tail = tail.split([',', ';', '.']).next().unwrap_or_default().to_owned();
            let words = pieces(&tail);
            // "In costs", "the rest": behind a preposition or an article stands no verb.
            let noun = |at: usize| at.checked_sub(1).is_some_and(|b| NOUNS.contains(&fold(words[b]).as_str()));
            words.iter().enumerate().filter(|(at, w)| self.verb(w) && !noun(*at)).map(|(_, w)| fold(w)).collect()
        };
        let first = verbs(0);
        (1..run.len()).all(|i| verbs(i).iter().all(|v| first.contains(v)))
    }

    fn verb(&self, word: &str) -> bool {
        let lookup = self.context.compare.lookup;
        let words = [lookup.words(word)];
        lookup.terms("auxiliaries").at(&words, None).is_some()
            || lookup.terms("irregular").at(&words, None).is_some()
            || word.len() > 4 && word.ends_with("ed")
    }

    fn between(&self, a: u32, b: u32) -> &'a str {
        self.context.cut(self.source, self.context.claim(a).value_span.end, self.context.claim(b).value_span.start)
    }
}

/// Whether a word stands there that joins the last of a series.
fn closing(text: &str) -> bool {
    pieces(text).iter().any(|w| matches!(fold(w).as_str(), "and" | "plus")) || text.contains('&')
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| {
            depth += u32::from(*c == '(');
            let inside = depth > 0;
            depth = depth.saturating_sub(u32::from(*c == ')'));
            !inside
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::outcome;

    /// Whether the check holds of a text, or fails; nothing where it is silent.
    #[track_caller]
    fn check(text: &str, holds: Option<bool>) {
        assert_eq!(outcome("parts-whole", text), holds, "{text}");
    }

    #[test]
    fn parts_and_the_figure_that_is_their_whole() {
        check("The harbour has 260 boats: 140 in Lowmere, 75 in Upmere and 45 in Sandmere.", Some(true));
        check("The harbour has 260 boats: 140 in Lowmere, 75 in Upmere and 40 in Sandmere.", Some(false));
        check("Out of 500 tickets, 320 went to members and 280 to guests.", Some(false));
        check(
            "Donors gave $120,000 in spring. In autumn they gave $80,000. That made a total of $250,000.",
            Some(false),
        );
        check("They told of four aspects: 1) speed; 2) weight; 3) cost.", None);
    }

    #[test]
    fn what_may_overlap_and_what_cannot() {
        check("Six of the nine judges come from the capital and five from the provinces.", Some(false));
        check("Six of the nine judges come from the capital and five played in the band.", None);
        check("Of 60 people, 20 were women and 15 came by sea.", None);
        check("They saved 281 of the 3,050 passengers and 22 of 1,165 crew.", None);
        check("The school has 480 pupils, 252 girls and 238 boys.", Some(false));
        check("In the 40 villages 25 women and 20 men were trained.", None);
        check("The club played 38 games. They won 21, drew nine and lost eight.", Some(true));
        check("They won 12, drew four and lost nine of their 22 matches.", Some(false));
    }
}
