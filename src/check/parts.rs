//! Which figures of one sentence follow each other as parts of a whole, and which figure is that whole.
//!
//! Comes in: a sentence with its figures. Goes out: its series. The words decide: what parts two figures, what leads up to the
//! first, what stands behind the last. Nothing is added up here.

use rust_decimal::Decimal;

use crate::value::{Bound, Shape};

use super::figures::{Figure, Sentence, counts};
use super::series::{Bond, Series, summed};
use super::words::Stretch;

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

/// The figures of one sentence, brackets left out.
pub(super) struct SegmentFigures<'a> {
    sentence: &'a Sentence<'a>,
    /// In the order of the text.
    pub(super) figures: Vec<Figure<'a>>,
}

impl<'a> SegmentFigures<'a> {
    /// The figures of a sentence that are stated as they are.
    pub(super) fn new(sentence: &'a Sentence<'a>) -> SegmentFigures<'a> {
        let told = |f: &&Figure<'_>| {
            let opened = sentence.before(f).text();
            let outside = opened.matches('(').count() <= opened.matches(')').count();
            outside && matches!(f.quantity.bound, Bound::Exact | Bound::Approx) && f.quantity.number.is_some()
        };
        SegmentFigures { sentence, figures: sentence.figures.iter().filter(told).copied().collect() }
    }

    /// The series, each a run of figures; `before` are the figures of the sentence before, if it is of the same block.
    pub(super) fn series(&self, before: &[Figure<'_>]) -> Vec<Series> {
        let (totals, rest): (Vec<Figure<'a>>, Vec<Figure<'a>>) = self.figures.iter().partition(|f| self.is_total(f));
        let mut out = Vec::new();
        let mut from = 0;
        while from < rest.len() {
            if let Some((series, to)) = self.counted_out(&rest, from).or_else(|| self.kinds(&rest, from, before)) {
                out.push(series);
                from = to;
                continue;
            }
            let mut to = from + 1;
            let announced = from > 0 && self.sentence.between(&rest[from - 1], &rest[from]).has(&[':']);
            // "Out of 500 tickets, 320 …": the whole is no part.
            let opened = |to: usize| to == 1 && self.opened_by_of(&rest[0]);
            while to < rest.len() && !opened(to) && self.joined(&rest[to - 1], &rest[to], announced) {
                to += 1;
            }
            let run = &rest[from..to];
            let ended = run.len() > 1 && (run.len() > 2 || self.closed(&rest[to - 2], &rest[to - 1]));
            let all_stated = ended && self.rest(&rest[to - 2], &rest[to - 1]);
            if ended && (all_stated || self.one_verb(run)) && !self.numbered(run) {
                let lead = from.checked_sub(1).map(|i| &rest[i]);
                let whole = self.whole(run, lead, &totals, before);
                out.push(Series { parts: claims(run), whole, rest: all_stated });
            }
            from = to;
        }
        out
    }

    /// What stands behind the figure at a place, as far as the next.
    fn tail(&self, all: &[Figure<'_>], at: usize) -> Stretch<'a> {
        let end = all.get(at + 1).map_or(self.sentence.span.end, |next| next.span.start);
        self.sentence.cut(all[at].span.end, end)
    }

    /// "Six of the nine judges come from the capital and five from the provinces", with where it ends. What follows the first
    /// part has no verb of its own: with one it may overlap.
    fn counted_out(&self, rest: &[Figure<'_>], from: usize) -> Option<(Series, usize)> {
        let (first, whole) = (rest.get(from)?, rest.get(from + 1)?);
        let of = self.sentence.between(first, whole).lower();
        if !matches!(of[..], ["of", "the" | "its" | "their"]) || !summed(first.quantity, whole.quantity) {
            return None;
        }
        let mut to = from + 2;
        while to < rest.len() && self.joined(&rest[to - 1], &rest[to], true) {
            to += 1;
        }
        // "281 of the 3,050 passengers and 22 of 1,165 crew": the next one is a part of something else.
        let of_other = rest.get(to).is_some_and(|next| self.sentence.between(&rest[to - 1], next).first() == "of");
        let ended = to > from + 2 && self.closed(&rest[to - 2], &rest[to - 1]);
        let verbless = (from + 2..to).all(|at| !self.tail(rest, at).verb());
        if of_other || !ended || !verbless {
            return None;
        }
        let parts = std::iter::once(first.at).chain(claims(&rest[from + 2..to])).collect();
        let all_stated = self.rest(&rest[to - 2], &rest[to - 1]);
        Some((Series { parts, whole: Some((whole.at, Bond::Of)), rest: all_stated }, to))
    }

    /// "480 pupils, 252 girls and 228 boys", "38 games. They won 21, drew nine and lost eight", with where it ends: figures of
    /// kinds that divide something up, right behind the figure of what they divide.
    fn kinds(&self, rest: &[Figure<'a>], from: usize, before: &[Figure<'_>]) -> Option<(Series, usize)> {
        let (set, key) = self.kind(rest, from).or_else(|| self.kind(rest, from + 1))?;
        // The whole stands before the first kind, in this sentence or alone in the one before.
        let own = self.kind(rest, from).is_none();
        let first = from + usize::from(own);
        let mut keys = vec![key];
        let mut to = first + 1;
        while let Some((other, key)) = self.kind(rest, to).filter(|_| self.joined(&rest[to - 1], &rest[to], true)) {
            if other != set || keys.contains(&key) {
                return None;
            }
            keys.push(key);
            to += 1;
        }
        // "Won 12, drew four and lost six of their 22 matches": or right behind the last.
        let behind = self.behind_of(rest, to);
        let whole = if first == from && set == GAME && behind.is_some() {
            behind?
        } else if behind.is_some() {
            return None;
        } else if own {
            let gap = self.sentence.between(&rest[from], &rest[first]);
            let apposed = gap.ends(&[',', '(', '–', '—', ':']);
            (gap.len() <= APART && !gap.has(&[';', '.']) && apposed).then_some(&rest[from])?
        } else if first == 0 && set == GAME {
            let mut all = before.iter().filter(|f| summed(f.quantity, rest[first].quantity));
            all.next().filter(|_| all.next().is_none())?
        } else {
            return None;
        };
        let all = &rest[first..to];
        // "In the 40 villages 25 women and 20 men": a place is no whole, and women and men are kinds of people alone.
        let place = self.sentence.before(whole).tail(2).any(&PLACES);
        let people = whole.quantity.unit.name.is_empty() || &*whole.quantity.unit.name == "people";
        let kinds_of = !place && (people || !matches!(set, "sex" | "age" | "verdict"));
        let counted = counts(whole.quantity) && all.iter().all(|f| counts(f.quantity));
        let series = Series { parts: claims(all), whole: Some((whole.at, Bond::Apart)), rest: false };
        (all.len() > 1 && kinds_of && counted).then_some((series, to))
    }

    /// The figure at a place, if "of" leads right up to it: "six of their 22".
    fn behind_of<'f>(&self, rest: &'f [Figure<'a>], at: usize) -> Option<&'f Figure<'a>> {
        let next = rest.get(at)?;
        let between = self.sentence.between(rest.get(at.checked_sub(1)?)?, next);
        (between.len() <= 2 && between.first() == "of").then_some(next)
    }

    /// The set and the name of the kind that a figure counts: in the words right behind it, or right before.
    fn kind(&self, rest: &[Figure<'_>], at: usize) -> Option<(&'a str, &'a str)> {
        let figure = rest.get(at)?;
        let named = |words: Stretch<'a>| {
            let (at, _, term) = words.term("complements", None)?;
            (at < KIND).then_some((&*term.class, &*term.key))
        };
        let end = rest.get(at + 1).map_or(self.sentence.span.end, |next| next.span.start);
        let own = self.sentence.cut(figure.span.start, end).until(&[',', ';', ':', '.', '(']);
        // What stands before the figure of another, as "lost" does before "eight".
        let before = self.sentence.before(figure).since(&[',', ';', ':', '(']).tail(1);
        named(before).filter(|(set, _)| *set == GAME).or_else(|| named(own))
    }

    /// Whether a part is stated as all that is left: "and the remaining €12 million", "the other 15 per cent".
    fn rest(&self, before: &Figure<'_>, last: &Figure<'_>) -> bool {
        let between = self.sentence.between(before, last).since(&[',', ';']);
        // "One was 80 and the other 50 per cent": two things, each with a share of its own.
        let two = || self.sentence.before(last).any(&["one", "first"]);
        (0..between.len()).any(|at| {
            let here = between.slice(at, usize::MAX);
            let Some((n, term)) = here.begins("remainder", None) else { return false };
            let rest = here.slice(n, usize::MAX);
            match &*term.key {
                "the other" if here.first() == "the" => rest.len() == 0 && !two(),
                _ => rest.len() <= REST && !rest.verb(),
            }
        })
    }

    fn whole(
        &self,
        run: &[Figure<'_>],
        lead: Option<&Figure<'_>>,
        totals: &[Figure<'_>],
        before: &[Figure<'_>],
    ) -> Option<(u32, Bond)> {
        let first = run.first()?;
        let alike = |f: &&Figure<'_>| summed(f.quantity, first.quantity);
        let mut stated = totals.iter().filter(alike);
        match (stated.next(), stated.next()) {
            // "A total of 14 lamps, 31 ropes and 923 nails": a total stated first is that of what follows only where the words
            // between say so, or one clause ends and nothing else is counted on the way.
            (Some(total), None) => return self.leads(total, first).then_some((total.at, Bond::Total)),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        if let Some(lead) = lead.filter(alike) {
            let opens = self.opened_by_of(lead) || self.sentence.behind(first).of_them();
            let bond = if opens { Some(Bond::Of) } else { bond(self.sentence.between(lead, first)) };
            return bond.map(|bond| (lead.at, bond));
        }
        let alike: Vec<&Figure<'_>> = before.iter().filter(alike).collect();
        match (bond(self.sentence.before(first)), alike.as_slice()) {
            (Some(bond), [one]) => Some((one.at, bond)),
            (None, [one, ..]) if run.len() > 2 && first.quantity.shape != Shape::Percent => Some((one.at, Bond::Loose)),
            _ => None,
        }
    }

    /// Whether a total stated before the first part may be of the parts; one stated behind them is.
    fn leads(&self, total: &Figure<'_>, first: &Figure<'_>) -> bool {
        let between = self.sentence.between(total, first);
        let counted = between.text().chars().any(|c| c.is_ascii_digit());
        // "14 minutes in all, 6 for the first and 8 for the second".
        let together = || between.begins(WHOLES, Some("together")).is_some_and(|(n, _)| n == between.len());
        total.span.start > first.span.start
            || bond(between).is_some()
            || !counted && between.ends(&[',', ':', '—', '–', '(']) && between.verb()
            || between.ends(&[',']) && together()
    }

    /// Whether a sentence opens with "of" or "out of" and a figure: "Out of 500 tickets, 320 went …".
    fn opened_by_of(&self, lead: &Figure<'_>) -> bool {
        let opening = self.sentence.before(lead);
        match opening.lower()[..] {
            ["of"] | ["out", "of"] | ["of", "the"] | ["out", "of", "the"] => true,
            // "Of the school's 34 rooms".
            ["of", ..] | ["out", "of", ..] => {
                opening.len() <= OPENING
                    && opening.ends(&['s', '\'', '’'])
                    && opening.has(&['\'', '’'])
                    && !opening.has(&[',', ';', ':'])
            }
            _ => false,
        }
    }

    /// Whether the words beside a figure say that it is what others come to.
    pub(super) fn is_total(&self, figure: &Figure<'_>) -> bool {
        let before = self.sentence.before(figure).since(&[',', ';', ':', '(']);
        let behind = self.sentence.behind(figure).until(&[',', ';', ':', '(']);
        let leads = before.closing(WHOLES).is_some_and(|t| matches!(&*t.class, "total" | "together"));
        let together = || behind.term(WHOLES, Some("together")).is_some_and(|(at, ..)| at < BEHIND);
        // "All other sources together": a part, and what is left.
        !before.holds("remainder", None) && (leads || together())
    }

    /// Whether a sentence says of what stands before it that it makes a figure: "that made a total of", "this brings … to".
    pub(super) fn adds_up(&self, total: &Figure<'_>) -> bool {
        let before = self.sentence.before(total);
        let they = |w: &str| matches!(w, "that" | "this" | "it" | "which" | "together" | "they");
        let makes = |at: usize| before.slice(at, at + 1).holds(WHOLES, Some("makes"));
        before.lower().into_iter().enumerate().any(|(at, w)| they(w) && makes(at + 1))
    }

    /// Whether two figures follow each other in one series: nothing between them begins another statement. Where the series
    /// is announced, each part may say where it comes from.
    fn joined(&self, a: &Figure<'_>, b: &Figure<'_>, announced: bool) -> bool {
        let between = self.sentence.between(a, b);
        // "38 of them at home and 33 away".
        let between = if between.of_them() { between.behind_words(2) } else { between };
        let outside = between.outside();
        let words: Vec<Stretch<'_>> = outside.iter().flat_map(|s| (0..s.len()).map(|at| s.slice(at, at + 1))).collect();
        // "To 56 from 50" is a change; "21,000 from the raffle, 15,000 from the fair" are two parts.
        let near = if announced { words.len().saturating_sub(COMPARED) } else { 0 };
        let parted = |(at, word): (usize, &Stretch<'_>)| {
            let compared = at >= near && word.holds("compared", Some("earlier"));
            !matches!(word.first(), "and" | "to") && (word.holds("clauses", None) || compared)
        };
        let has = |marks: &[char]| outside.iter().any(|s| s.has(marks));
        summed(a.quantity, b.quantity)
            && (has(&[',', ';']) || outside.iter().any(|s| closing(*s)))
            && !has(&[':', '.', '—'])
            && outside.iter().all(|s| bond(*s).is_none())
            && words.len() <= APART
            && !words.iter().enumerate().any(parted)
    }

    /// Whether a series ends with a figure: "and" stands before it.
    fn closed(&self, a: &Figure<'_>, b: &Figure<'_>) -> bool {
        self.sentence.between(a, b).outside().into_iter().any(closing)
    }

    /// Whether figures number what they stand before: "four aspects: 1) speed; 2) weight; 3) cost".
    fn numbered(&self, run: &[Figure<'_>]) -> bool {
        run.iter().zip(1_i64..).all(|(f, n)| {
            f.quantity.number == Some(Decimal::from(n)) && self.sentence.behind(f).opens(&[')', '.', ':', ']'])
        })
    }

    /// Whether all parts are stated with the verb of the first, or with none: "20 were women and 15 came by sea" are no
    /// parts of one whole.
    fn one_verb(&self, run: &[Figure<'_>]) -> bool {
        let verbs = |at: usize| -> Vec<&str> {
            let (mut verbs, mut last) = (Vec::new(), "");
            for part in self.tail(run, at).outside() {
                let clause = part.until(&[',', ';', '.']);
                for (word, verb) in clause.lower().into_iter().zip(clause.verbs()) {
                    // "In costs", "the rest": behind a preposition or an article stands no verb.
                    if verb && !NOUNS.contains(&last) {
                        verbs.push(word);
                    }
                    last = word;
                }
                if clause.text().len() < part.text().len() {
                    break;
                }
            }
            verbs
        };
        let first = verbs(0);
        (1..run.len()).all(|at| verbs(at).iter().all(|v| first.contains(v)))
    }
}

/// What the words between a whole and its first part make of the two.
fn bond(between: Stretch<'_>) -> Option<Bond> {
    // "Each person eats": a figure of each is no part of that of all.
    if between.any(&["each", "every", "per"]) || between.holds("partly", None) {
        None
    } else if between.holds(WHOLES, Some("made")) {
        Some(Bond::Total)
    } else if between.holds(WHOLES, Some("of")) || between.has(&[':']) {
        Some(Bond::Of)
    } else {
        None
    }
}

/// Whether a word stands there that joins the last of a series.
fn closing(between: Stretch<'_>) -> bool {
    between.any(&["and", "plus"]) || between.has(&['&'])
}

fn claims(figures: &[Figure<'_>]) -> Vec<u32> {
    figures.iter().map(|f| f.at).collect()
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
