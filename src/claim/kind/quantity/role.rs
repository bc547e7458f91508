//! What part a figure plays in its sentence: whether it is what something came to, by how much it changed, what it is
//! measured against, or the figure before it once more.

use crate::claim::kind::word::content;
use crate::claim::view::DocumentView;
use crate::mention::{ItemKind, Sentence};
use crate::text::TokenKind;
use crate::value::Shape;

use super::counted::people;
use super::figure::{Figure, lead, past_aside};

/// Furthest words behind a figure that say how often.
const OFTEN: usize = 6;

/// Lengths of time after each of which something happens again, with the adverb where there is one of its own.
const LENGTHS: [(&str, Option<&str>); 8] = [
    ("year", Some("annually")),
    ("month", Some("monthly")),
    ("week", Some("weekly")),
    ("day", Some("daily")),
    ("hour", Some("hourly")),
    ("minute", None),
    ("night", Some("nightly")),
    ("season", None),
];

/// How often what a figure counts happens, where the words right behind it say so: "a year", "every month".
pub(super) fn recurring(view: &DocumentView<'_>, sentence: &Sentence, behind: usize) -> Option<String> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let length = |a: usize| {
        let every = matches!(word(a).as_str(), "a" | "an" | "each" | "every" | "per");
        let next = word(a + 1);
        let said = LENGTHS.iter().find(|(of, adverb)| every && next == *of || adverb.is_some_and(|w| word(a) == w));
        said.map(|(of, _)| format!("every {of}"))
    };
    let clause =
        (behind..sentence.toks.len().min(behind + OFTEN)).take_while(|&a| sentence.mark(view.text, a).is_none());
    clause.into_iter().find_map(length)
}

/// Furthest name behind "from" or "south of".
const FROM_REACH: usize = 7;

/// Whether a figure says once more what the one before it says: "600 km (372 miles)", "600 km, or 372 miles".
pub(super) fn restated(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let Figure { sentence, at, .. } = *figure;
    let Some(lead) = lead(view, figure) else { return false };
    let opened = sentence.mark(view.text, lead) == Some('(') || sentence.word(view.text, lead) == "or";
    let comma = lead.checked_sub(1).filter(|&a| sentence.mark(view.text, a) == Some(','));
    let end = comma.unwrap_or(lead);
    let before = sentence.items[..at].iter().rev().find(|i| matches!(i.kind, ItemKind::Quantity { .. }));
    opened
        && before.is_some_and(|i| match &i.kind {
            ItemKind::Quantity { quantity, .. } => quantity.shape == figure.quantity.shape && i.last == end,
            _ => false,
        })
        && figure.quantity.shape != Shape::Number
}

/// The figure that another one gives in its own unit and nothing else, in brackets: "12 million yuan ($1.7 million)". The
/// item of its sentence.
pub(super) fn restating(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<usize> {
    let Figure { sentence, at, item, quantity, .. } = *figure;
    let before = sentence.items[..at].iter().rposition(|i| matches!(i.kind, ItemKind::Quantity { .. }))?;
    let ItemKind::Quantity { quantity: other, .. } = &sentence.items[before].kind else { return None };
    let closed = sentence.mark(view.text, item.last) == Some(')');
    (closed && other.unit.name != quantity.unit.name && restated(view, figure)).then_some(before)
}

/// Whether a token begins a word of rising or falling. Of the verbs that do, some take an amount as their object: who
/// raises 3 million has it, who cuts 300 posts has cut them all.
pub(super) fn of_change(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let words: Vec<_> = sentence.words_from(at).take(3).collect();
    let term = view.lookup.terms("change").at(&words, None);
    term.is_some_and(|(_, t)| {
        !matches!(&*t.key, "raise" | "cut" | "gain" | "advance" | "contract" | "lift" | "slash" | "trim")
    })
}

/// Whether a figure says by how much something changed, not what it came to: "by 3 million", "3 million more", "rose
/// 3 million", "a rise of 3 million", "a 3 per cent rise".
pub(super) fn changed(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    // Who jumps 8 metres has jumped them all.
    let leaps =
        |a: usize| figure.quantity.shape == Shape::Measure && matches!(word(a).as_str(), "jumped" | "leapt" | "leaped");
    let led = lead(view, figure).is_some_and(|a| match word(a).as_str() {
        // "Is survived by two sons": people do it.
        "by" => !beaten(view, figure) && people(view, figure).is_none(),
        _ if leaps(a) => false,
        "of" => a.checked_sub(1).is_some_and(|b| of_change(view, sentence, b)),
        _ => of_change(view, sentence, a),
    });
    let another = (item.first.saturating_sub(2)..item.first)
        .any(|a| matches!(word(a).as_str(), "another" | "further" | "additional"));
    let rises = (item.last..sentence.toks.len().min(item.last + 5))
        .take_while(|&a| content(view, sentence, a))
        .any(|a| sentence.toks[a].kind == TokenKind::Word && of_change(view, sentence, a));
    led || another
        || rises && figure.quantity.shape != Shape::Number
        || matches!(
            word(item.last).as_str(),
            "more"
                | "fewer"
                | "less"
                | "higher"
                | "lower"
                | "up"
                | "down"
                | "earlier"
                | "later"
                | "additional"
                | "above"
                | "below"
        )
}

/// Whether a figure says by how much somebody won or leads: "beat Lund by 400 votes", "won by six metres". Nothing has
/// changed by that much.
pub(super) fn beaten(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let sentence = figure.sentence;
    let by = lead(view, figure).filter(|&a| sentence.word(view.text, a).eq_ignore_ascii_case("by"));
    let Some(by) = by.filter(|_| matches!(figure.quantity.shape, Shape::Number | Shape::Measure | Shape::Duration))
    else {
        return false;
    };
    let clause = (by.saturating_sub(8)..by).rev().take_while(|&a| sentence.mark(view.text, a).is_none());
    clause.into_iter().any(|a| {
        let words: Vec<_> = sentence.words_from(a).take(3).collect();
        view.lookup.terms("contests").at(&words, None).is_some()
    })
}

/// Whether a figure is what another one is measured against: "up from 3 million", "compared with 3 million", "beating the
/// 3 million that analysts expected".
pub(super) fn measured_against(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let led = lead(view, figure).is_some_and(|a| {
        let first = a.saturating_sub(1);
        let earlier = |from: usize| {
            let words: Vec<_> = sentence.words_from(from).take(3).collect();
            let term = view.lookup.terms("compared").at(&words, Some("earlier"));
            term.is_some_and(|(n, _)| from + n == a + 1)
        };
        (first..=a).any(earlier)
    });
    led || word(item.last) == "expected"
}

/// The place from which a distance is taken: "23 km (14 miles) east of Lowmere", "40 km away from the border".
pub(super) fn counted_from(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    const AWAY: [&str; 9] = ["away", "off", "outside", "inland", "upstream", "downstream", "or", "so", "far"];
    let Figure { sentence, quantity, .. } = *figure;
    if *quantity.unit.dimension != *"length" {
        return None;
    }
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let closed = usize::from(sentence.mark(view.text, figure.item.last) == Some(')'));
    let behind = past_aside(view, figure) + closed;
    let compass = |w: &str| ["north", "south", "east", "west"].iter().any(|d| w.starts_with(d));
    let from = (behind..behind + 4).take_while(|&a| a < sentence.toks.len()).find(|&a| {
        let w = word(a);
        !AWAY.contains(&w.as_str()) && !compass(&w)
    })?;
    let led = matches!(word(from).as_str(), "from") || word(from) == "of" && from > behind;
    // "West of the region's main city of Lowmere": the first name behind, with nothing but words between.
    let place = sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Name(_)) && i.first > from)?;
    let led = led
        && place.first <= from + FROM_REACH
        && (from + 1..place.first).all(|a| sentence.mark(view.text, a).is_none());
    led.then(|| place.span.of(view.text).to_owned())
}
