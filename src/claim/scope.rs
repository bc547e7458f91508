//! Of what part a figure is, and when it held: bound by syntax and never by a window of words.
//!
//! Comes in: the tokens of a figure with the noun or verb that names it. Goes out: what stands on each axis that the
//! rule names. Words of an axis count before the figure or its noun in the same noun phrase, and right behind it; a
//! place and a period count up to the next figure. What is not said stays unknown.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::mention::{Item, ItemKind, Sentence, resolve};
use crate::rule::EntityType;
use crate::text::{Span, TokenKind};
use crate::value::{Shape, TimeValue};

use super::view::DocumentView;

/// Axes that mentions fill, not the lexicon.
pub(super) const PLACE: &str = "place";
/// Axes that figures have whose attribute no rule tells.
pub(super) const INSTANCE: &str = "instance";
pub(super) const SITE: &str = "site";
/// The axis of markets: at home, abroad, worldwide.
pub(super) const AREA: &str = "area";
const PERIOD: &str = "period";
/// The axis of lengths of time over which a figure is summed: what opens the sentence says it for all its figures.
pub(super) const SPAN: &str = "span";

/// The axis of averages, peaks and lows.
pub(super) const LEVEL: &str = "level";

/// The axis of what figures without a rule are summed over: a season, so many games, since a day.
pub(super) const STRETCH: &str = "stretch";

/// The axis of variants of a product.
pub(super) const VARIANT: &str = "variant";

/// Words between the preposition and the head of a stretch, at most.
const STRETCH_WORDS: usize = 5;

/// The axis of what a figure of speed or quality is measured on.
const TEST: &str = "test";

/// Which quarter of a year.
const QUARTER: &str = "quarter";

/// Tokens of a phrase that opens a sentence, at most.
const PHRASE: usize = 8;

/// Most words of a noun phrase before its head, or behind a figure, that are looked at.
const NEAR: usize = 4;

/// The scope of a figure whose parts (the figure, and the words that name it) are at `parts`, on the axes of its rule.
pub(super) fn scope(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    parts: &[(usize, usize)],
    axes: &[String],
) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for axis in axes {
        let found = match axis.as_str() {
            PLACE => place(view, sentence, parts),
            PERIOD => period(view, sentence, parts),
            SPAN => stated(view, sentence, parts, axis)
                .or_else(|| opening(view, sentence, axis))
                .or_else(|| followed(view, sentence, parts)),
            TEST => test(view, sentence, parts),
            _ => stated(view, sentence, parts, axis),
        };
        if let Some(value) = found {
            out.insert(axis.clone(), value);
        }
        // "In the third quarter": which of its kind, and of what kind.
        if axis == SPAN
            && let Some(quarter) = stated(view, sentence, parts, QUARTER).or_else(|| opening(view, sentence, QUARTER))
        {
            out.insert(QUARTER.to_owned(), quarter);
            out.entry(SPAN.to_owned()).or_insert_with(|| "quarterly".to_owned());
        }
    }
    out
}

/// The word of an axis in the noun phrase of one of the parts, or right behind it.
fn stated(view: &DocumentView<'_>, sentence: &Sentence, parts: &[(usize, usize)], axis: &str) -> Option<String> {
    let term = |from: usize| {
        let words: Vec<_> = sentence.words_from(from).take(5).collect();
        view.lookup.terms("scopes").at(&words, Some(axis)).map(|(n, t)| (n, t.key.to_string()))
    };
    // "Non-GAAP" is one word of the axis, not its second half.
    let at = |from: usize| {
        let longer = from.checked_sub(1).and_then(term).filter(|(n, _)| *n > 1);
        longer.or_else(|| term(from)).map(|(_, key)| key)
    };
    let kinds = [TokenKind::Word, TokenKind::Possessive];
    let word = |a: usize| sentence.toks.get(a).is_some_and(|t| kinds.contains(&t.kind));
    // A word behind "and" is of what follows.
    let joins = |a: usize| matches!(sentence.word(view.text, a), "and" | "or" | "but" | "while" | "against" | "than");
    let around = parts.iter().flat_map(|&(first, last)| {
        (first.saturating_sub(NEAR)..first).rev().take_while(|&a| word(a) && !joins(a)).chain(first..last)
    });
    let behind = parts
        .iter()
        .flat_map(|&(_, last)| (last..sentence.toks.len().min(last + NEAR)).take_while(|&a| word(a) && !joins(a)));
    // Where a thing is stands behind it: "19 people on the ground".
    if axis == SITE { behind.chain(around).find_map(at) } else { around.chain(behind).find_map(at) }
}

/// What a figure is measured on: "regex" of "on the regex benchmark", "parsing JSON" of "1.8 times faster at parsing JSON",
/// "regex" of "JSON 3.1 times faster, regex 1.8 times".
fn test(view: &DocumentView<'_>, sentence: &Sentence, parts: &[(usize, usize)]) -> Option<String> {
    let &(at, last) = parts.first()?;
    let edge = |a: &usize| sentence.ends_clause(view.text, *a) || sentence.mark(view.text, *a) == Some(',');
    let start = (0..at).rev().find(edge).map_or(0, |a| a + 1);
    let end = (last..sentence.toks.len()).find(edge).unwrap_or(sentence.toks.len());
    let content = |a: &usize| {
        let kind = sentence.toks.get(*a).map(|t| t.kind);
        let words: Vec<_> = sentence.words_from(*a).take(1).collect();
        let function = view.lookup.terms("function-words").at(&words, None).is_some();
        matches!(kind, Some(TokenKind::Word | TokenKind::Number)) && !function
    };
    let said = |from: usize, to: usize| crate::text::fold(sentence.span_of(from, to).of(view.text));
    let head = |a: &usize| {
        let words: Vec<_> = sentence.words_from(*a).take(2).collect();
        view.lookup.terms("tests").at(&words, None).is_some()
    };
    let own = (start..end).filter(head).min_by_key(|a| a.abs_diff(at));
    // "On the regex benchmark, it is …" opens a clause of its own; where there is one figure, another clause may say it.
    let shape = |i: &Item| match &i.kind {
        ItemKind::Quantity { quantity, .. } => Some(quantity.shape),
        _ => None,
    };
    let figure = sentence.items.iter().find(|i| i.first == at).and_then(shape);
    let alone = sentence.items.iter().filter(|i| shape(i) == figure).count() == 1;
    let behind = || (end..sentence.toks.len()).filter(|_| alone).find(head);
    let named = own.or_else(|| (0..start).rev().find(head)).or_else(behind);
    if let Some(a) = named
        && let Some(first) = (a.saturating_sub(NEAR)..a).rev().take_while(content).last()
    {
        return Some(said(first, a));
    }
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let doing = (last..end).find(|&a| word(a) == "at" && word(a + 1).ends_with("ing") && content(&(a + 1)));
    if let Some(a) = doing {
        let to = (a + 1..end).take_while(content).last().unwrap_or(a + 1);
        return Some(said(a + 1, to + 1));
    }
    // A label: nothing but it before the figure.
    let colon = at.checked_sub(1).filter(|&a| sentence.mark(view.text, a) == Some(':'));
    let before = colon.unwrap_or(at);
    let first = (before.saturating_sub(2)..before).rev().take_while(content).last()?;
    let opens = first == 0
        || matches!(sentence.mark(view.text, first - 1), Some(',' | ';' | ':' | '(' | '—' | '–'))
        || word(first - 1) == "and";
    let subject =
        sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= first && i.last >= before);
    (opens && (colon.is_some() || first > 0) && (!subject || first > 0)).then(|| said(first, before))
}

/// "82 % after five years", "77 % over 12 months": how long those were followed of whom a share is.
fn followed(view: &DocumentView<'_>, sentence: &Sentence, parts: &[(usize, usize)]) -> Option<String> {
    let (first, _) = *parts.first()?;
    let shape = |i: &Item| match &i.kind {
        ItemKind::Quantity { quantity, .. } => Some(quantity.shape),
        _ => None,
    };
    sentence.items.iter().find(|i| i.first == first && shape(i) == Some(Shape::Percent))?;
    let led = |i: &&Item| {
        let before = i.first.checked_sub(1).map(|a| sentence.word(view.text, a).to_lowercase());
        matches!(before.as_deref(), Some("after" | "over" | "within" | "at" | "during"))
    };
    // The nearest one, with no other share and no end of a clause on the way.
    let between = |i: &Item| if i.first < first { i.last..first } else { first + 1..i.first };
    let parted = |i: &Item| {
        between(i).any(|a| {
            matches!(sentence.mark(view.text, a), Some(';' | ':' | '—' | '('))
                || sentence.items.iter().any(|o| o.first == a && shape(o) == Some(Shape::Percent))
        })
    };
    let lengths = sentence.items.iter().filter(|i| shape(i) == Some(Shape::Duration)).filter(led);
    let length = lengths.filter(|i| !parted(i)).min_by_key(|i| i.first.abs_diff(first))?;
    let ItemKind::Quantity { quantity, .. } = &length.kind else { return None };
    let base = quantity.number?.checked_mul(quantity.unit.factor)?;
    Some(format!("{} {}", base.normalize(), quantity.unit.dimension))
}

/// Which of several variants of a product a clause tells of: "13-inch" of "the 13-inch models start at …", "pro" of "… for
/// the Pro version". The nearest one to a figure, where its words say which.
pub(super) fn variant(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<String> {
    let edge = |a: &usize| sentence.ends_clause(view.text, *a);
    let start = (0..at).rev().find(edge).map_or(0, |a| a + 1);
    let end = (at..sentence.toks.len()).find(edge).unwrap_or(sentence.toks.len());
    // "Version 2.1", "the Tern version 2" are versions in time.
    let numbered = |a: &usize| sentence.word(view.text, a + 1).starts_with(|c: char| c.is_ascii_digit());
    let heads = (start..end)
        .filter(|a| !numbered(a))
        .filter(|&a| view.lookup.terms("variants").at(&[sentence.toks[a].words], None).is_some());
    let said = |a: usize| {
        let word = |b: &usize| {
            matches!(sentence.toks[*b].kind, TokenKind::Word | TokenKind::Number)
                && !matches!(
                    sentence.word(view.text, *b).to_lowercase().as_str(),
                    "the" | "a" | "an" | "this" | "that" | "its" | "of" | "in" | "for" | "and" | "or" | "with" | "new"
                )
        };
        let first = (a.saturating_sub(NEAR)..a).rev().take_while(word).last()?;
        Some(crate::text::fold(sentence.span_of(first, a).of(view.text)))
    };
    heads.filter_map(|a| Some((a.abs_diff(at), said(a)?))).min_by_key(|(far, _)| *far).map(|(_, said)| said)
}

/// Over what the figures of a sentence are summed, where it says so: "in his last two games", "this season", "since March".
/// Of several stretches the nearest one.
pub(super) fn stretch(view: &DocumentView<'_>, sentence: &Sentence, (at, last): (usize, usize)) -> Option<String> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    // The figure itself is none: "for half of it".
    let own = |a: usize| (at..last).contains(&a);
    let head = |a: usize| !own(a) && view.lookup.terms("stretches").at(&[sentence.toks[a].words], None).is_some();
    let end = |a: usize| sentence.toks.len().min(a + 1 + STRETCH_WORDS);
    let said = |from: usize, to: usize| {
        let plain =
            |w: &String| !matches!(w.as_str(), "the" | "his" | "her" | "its" | "their" | "my" | "our" | "a" | "an");
        (from..to).map(word).filter(plain).collect::<Vec<_>>().join(" ")
    };
    let runs =
        |a: usize, b: usize| (a..b).all(|t| matches!(sentence.toks[t].kind, TokenKind::Word | TokenKind::Number));
    let phrase = |a: usize| match word(a).as_str() {
        "in" | "over" | "during" | "for" | "through" | "throughout" | "across" | "of" => {
            let found = (a + 1..end(a)).find(|&b| head(b)).filter(|&b| runs(a + 1, b + 1))?;
            Some(said(a + 1, found + 1))
        }
        "this" | "last" | "next" | "each" | "every" | "per" => {
            (a + 1..end(a).min(a + 3)).find(|&b| head(b)).filter(|&b| runs(a + 1, b + 1)).map(|b| said(a, b + 1))
        }
        "since" => {
            let last = (a + 1..end(a).min(a + 4)).take_while(|&b| runs(b, b + 1)).last()?;
            Some(format!("since {}", said(a + 1, last + 1)))
        }
        _ => None,
    };
    // Within the clause of the figure, or in the words that open the sentence.
    let parts = |a: &usize| {
        sentence.ends_clause(view.text, *a)
            || matches!(
                word(*a).as_str(),
                "who"
                    | "which"
                    | "when"
                    | "where"
                    | "while"
                    | "whose"
                    | "that"
                    | "said"
                    | "after"
                    | "before"
                    | "because"
            )
    };
    let start = (0..at).rev().find(parts).map_or(0, |a| a + 1);
    let end_of = (at..sentence.toks.len()).find(parts).unwrap_or(sentence.toks.len());
    let all = (start..end_of).chain((0..1).filter(|_| start > 0)).filter_map(|a| Some((a.abs_diff(at), phrase(a)?)));
    all.filter(|(_, said)| !said.is_empty()).min_by_key(|(far, _)| *far).map(|(_, said)| said)
}

/// The first word of an axis in the phrase that opens a sentence: "For the fourth quarter of 2024 …".
fn opening(view: &DocumentView<'_>, sentence: &Sentence, axis: &str) -> Option<String> {
    let opens = ["in", "for", "during", "over", "throughout", "the"];
    let first = sentence.word(view.text, 0).to_lowercase();
    let figure = sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Quantity { .. })).map_or(0, |i| i.first);
    (0..figure.min(PHRASE)).filter(|_| opens.contains(&first.as_str())).find_map(|a| {
        let words: Vec<_> = sentence.words_from(a).take(5).collect();
        view.lookup.terms("scopes").at(&words, Some(axis)).map(|(_, t)| t.key.to_string())
    })
}

/// The stretch of a sentence that is a figure's own: from the figure before it to the one behind it, within its clause.
fn own(view: &DocumentView<'_>, sentence: &Sentence, parts: &[(usize, usize)]) -> (usize, usize, usize) {
    let (first, last) = parts.first().copied().unwrap_or((0, 0));
    let figure = |i: &&crate::mention::Item| matches!(i.kind, ItemKind::Quantity { .. });
    let edge = |a: usize| sentence.ends_clause(view.text, a) || joint(view, sentence, a);
    let before = sentence.items.iter().filter(figure).filter(|i| i.last <= first).map(|i| i.last).max().unwrap_or(0);
    let after = sentence.items.iter().filter(figure).filter(|i| i.first >= last).map(|i| i.first).min();
    // "The storm of 1953, which killed 12": what a relative clause says is of what it hangs on.
    let relative = |a: usize| {
        sentence.mark(view.text, a) == Some(',') && matches!(sentence.word(view.text, a + 1), "which" | "who")
    };
    let start = (before..first).rev().find(|&a| edge(a) && !relative(a)).map_or(before, |a| a + 1);
    let end = after.unwrap_or(sentence.toks.len());
    let end = (last..end).find(|&a| edge(a)).unwrap_or(end);
    (start, last, end)
}

/// Whether a new clause may begin at a token: "…, and 12 in Lowmere", "while in Lowmere 12 …".
fn joint(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let joins = |a: usize| {
        let word = sentence.word(view.text, a);
        ["and", "but", "while", "whereas", "with", "which", "who"].iter().any(|j| word.eq_ignore_ascii_case(j))
    };
    let parts = |a: usize| matches!(sentence.word(view.text, a), "while" | "whereas" | "although" | "though");
    sentence.mark(view.text, at) == Some(',') && joins(at + 1) || parts(at)
}

/// "In Lowmere" beside the figure: behind it before anything else, else before it. Of "in Lowmere and Upmere" both.
fn place(view: &DocumentView<'_>, sentence: &Sentence, parts: &[(usize, usize)]) -> Option<String> {
    let (start, middle, end) = own(view, sentence, parts);
    let named = |from: usize, to: usize| {
        sentence.items.iter().find(|i| {
            let word = |back: usize| i.first.checked_sub(back).map(|b| sentence.word(view.text, b).to_lowercase());
            let before = || word(1).filter(|w| w != "the").or_else(|| word(2));
            let kind = i.entity.and_then(|e| view.entities.get(e)).map(|e| e.kind);
            i.first >= from
                && i.last <= to
                && matches!(i.kind, ItemKind::Name(_))
                && matches!(kind, Some(EntityType::Place | EntityType::Any))
                && matches!(before().as_deref(), Some("in" | "across" | "throughout" | "inside" | "within"))
        })
    };
    let name = |item: &Item| {
        let entity = item.entity.and_then(|e| view.entities.get(e));
        entity.map_or_else(|| item.span.of(view.text).to_owned(), |e| e.name.clone())
    };
    let first = named(middle, end).or_else(|| named(start, middle))?;
    let mut places = vec![name(first)];
    let mut last = first.last;
    // "In Lowmere and Upmere", "in Lowmere, Upmere and Sandmere".
    while let Some(next) = sentence.items.iter().find(|i| {
        matches!(i.kind, ItemKind::Name(_))
            && i.first == last + 1
            && (sentence.word(view.text, last) == "and" || sentence.mark(view.text, last) == Some(','))
    }) {
        places.push(name(next));
        last = next.last;
    }
    places.sort();
    places.dedup();
    Some(places.join(" and "))
}

/// When a figure held: the time in its own stretch of the sentence, behind it before anything else, else before it.
pub(super) fn as_of(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    parts: &[(usize, usize)],
) -> Option<(Span, TimeValue)> {
    let (start, middle, end) = own(view, sentence, parts);
    // "A quake in the region hit by the 2004 wave": the year tells which wave, and not when the quake was.
    let which = |i: &Item| {
        let word = sentence.toks.get(i.last).is_some_and(|t| t.kind == TokenKind::Word && !t.glued);
        let next: Vec<_> = sentence.words_from(i.last).take(1).collect();
        let function = view.lookup.terms("function-words").at(&next, None).is_some_and(|(_, t)| &*t.key != "noun");
        let led = i.first.checked_sub(1).map(|a| sentence.word(view.text, a).to_lowercase());
        let dates =
            matches!(led.as_deref(), Some("in" | "since" | "of" | "for" | "from" | "until" | "during" | "to" | "and"));
        let year = i.last == i.first + 1 && sentence.word(view.text, i.first).len() == 4;
        year && word && !function && !dates && i.first >= middle
    };
    let within = |from: usize, to: usize| {
        let inside = sentence.items.iter().filter(|i| i.first >= from && i.last <= to);
        inside.filter(|i| !which(i)).find_map(|i| held(view, sentence, i))
    };
    within(middle, end).or_else(|| within(start, middle)).or_else(|| dateline(view, sentence))
}

/// The first time in a sentence at which something can have held.
pub(super) fn first_as_of(view: &DocumentView<'_>, sentence: &Sentence) -> Option<(Span, TimeValue)> {
    sentence.items.iter().find_map(|i| held(view, sentence, i))
}

/// "In 1953 …", "1953 – …": what opens a sentence dates all of it.
pub(super) fn dateline(view: &DocumentView<'_>, sentence: &Sentence) -> Option<(Span, TimeValue)> {
    let first = sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Time(_))).filter(|i| i.first <= 1)?;
    held(view, sentence, first)
}

/// A time at which something can have held: a day, a month, a year, "by 2021"; nothing open, nothing unresolved.
fn held(view: &DocumentView<'_>, sentence: &Sentence, item: &crate::mention::Item) -> Option<(Span, TimeValue)> {
    let ItemKind::Time(expression) = &item.kind else { return None };
    let reference = view.reference(sentence);
    let value = resolve(expression, reference);
    // "Is to be delivered in June": the coming one, whichever year that is.
    let future = |a: usize| {
        let words: Vec<_> = sentence.words_from(a).take(4).collect();
        view.lookup.terms("future").at(&words, None).is_some()
    };
    // "Ada Jun", "Aunt May": behind a capitalised word a month alone is rather a name.
    let name = item.first.checked_sub(1).is_some_and(|a| sentence.toks[a].capital && a > 0);
    let past = reference.filter(|_| !name && !(0..sentence.toks.len()).any(future));
    let month = past.and_then(|reference| last_month(&value, reference));
    month.unwrap_or(value).held_at().map(|value| (item.span, value))
}

/// "In February": a month without a year of which figures are stated is the last one that has begun.
fn last_month(value: &TimeValue, reference: Date) -> Option<TimeValue> {
    let (None, Some(month), None) = value.parts else { return None };
    let year = reference.year() - i16::from(month > reference.month());
    let first = Date::new(year, month, 1).ok()?;
    Some(TimeValue {
        edtf: format!("{year:04}-{month:02}"),
        earliest: Some(first),
        latest: Some(first.last_of_month()),
        parts: (Some(year), Some(month), None),
        relative: true,
        ..value.clone()
    })
}

/// The year, quarter or month that a figure is of.
fn period(view: &DocumentView<'_>, sentence: &Sentence, parts: &[(usize, usize)]) -> Option<String> {
    let (_, time) = as_of(view, sentence, parts)?;
    (time.earliest != time.latest && !time.edtf.is_empty()).then_some(time.edtf)
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// What the first figure of a text that has these words says on an axis.
    #[track_caller]
    fn check(text: &str, value: &str, axis: &str, expected: Option<&str>) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let found = claims.iter().find(|c| c.value_span.of(text) == value).unwrap();
        assert_eq!(found.scope.get(axis).map(String::as_str), expected, "{text}");
    }

    #[test]
    fn what_stands_in_the_stretch_or_noun_phrase_of_a_figure() {
        let place = |text, place| check(text, "12", "place", place);
        place("The storm killed 12 people in Lowmere and Upmere.", Some("Lowmere and Upmere"));
        place("In Lowmere the storm killed 12 people.", Some("Lowmere"));
        place("The storm, which hit Upmere, killed 12 people in Lowmere.", Some("Lowmere"));
        place("The storm killed 12 people in Lowmere and 30 in Upmere.", Some("Lowmere"));
        place("The storm killed 12 people, and in Upmere it felled trees.", None);
        let text = "Norvik Holdings had adjusted profit of $4 million and a net profit of $3 million.";
        check(text, "$4 million", "accounting", Some("non-gaap"));
        check(text, "$3 million", "profit", Some("net"));
        check("In the third quarter they had revenue of $4 million.", "$4 million", "quarter", Some("third quarter"));
        check("They had revenue of $4 million in 2021.", "$4 million", "period", Some("2021"));
        check("They had revenue of $4 million, and in 2021 they moved.", "$4 million", "period", None);
    }

    #[test]
    fn tests_variants_and_stretches() {
        check("The tool is 3.1 times faster on the regex benchmark.", "3.1 times", "test", Some("regex"));
        check("The tool is 1.8 times faster at home.", "1.8 times", "test", None);
        check("The 13-inch models start at $900.", "$900", "variant", Some("13-inch"));
        check("The Tern version 2 starts at $900.", "$900", "variant", None);
        check("Omar Lund scored 12 goals in his last two games.", "12", "stretch", Some("last two games"));
    }
}
