use proptest::prelude::*;

use crate::mention::recognise;
use crate::rule::measure::{Measures, tests::embedded};
use crate::text::{Span, tokenise};
use crate::value::Quantity;

fn number(q: &Quantity) -> String {
    match (q.number, q.min, q.max) {
        (Some(n), None, None) => n.normalize().to_string(),
        (Some(n), Some(a), Some(b)) if a == n && b == n => format!("={}", n.normalize()),
        (Some(n), Some(a), Some(b)) => format!("{} in {}..{}", n.normalize(), a.normalize(), b.normalize()),
        (None, Some(a), Some(b)) => format!("{}..{}", a.normalize(), b.normalize()),
        other => panic!("neither a number nor a range: {other:?}"),
    }
}

mod tables;

/// One line a mention: words | value | unit | bound, then the counted noun if there is one.
fn found(text: &str, measures: &Measures) -> String {
    let tokens = tokenise(text, Span::new(0, text.len()));
    let lines: Vec<String> = recognise(text, &tokens, measures)
        .0
        .iter()
        .map(|m| {
            let q = &m.quantity;
            let noun = m.noun.map(|n| format!(" | {}", n.of(text))).unwrap_or_default();
            format!("{} | {} | {} | {}{noun}", m.span.of(text), number(q), q.unit.name, q.bound.name())
        })
        .collect();
    lines.join("; ")
}

fn check(cases: &[(&str, &str)]) {
    let measures = embedded();
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, found(text, &measures)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn precision_is_that_of_the_last_place() {
    let measures = embedded();
    for (text, step) in
        [("19.9%", "0.1"), ("$1.5 trillion", "100000000000"), ("7,000 boats", "1"), ("two million", "1000000")]
    {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let steps: Vec<String> =
            recognise(text, &tokens, &measures).0.iter().map(|m| m.quantity.step.normalize().to_string()).collect();
        assert_eq!(steps, [step], "{text}");
    }
}

#[test]
fn examples_of_the_lexicons() {
    let measures = embedded();
    for example in measures.examples() {
        let text = &example.text;
        let tokens = tokenise(text, Span::new(0, text.len()));
        let (quantities, times) = recognise(text, &tokens, &measures);
        let fires = match example.schema.as_str() {
            "calendar" => !times.is_empty(),
            "bounds" => quantities.iter().any(|q| q.bound_span.is_some()),
            "currencies" => quantities.iter().any(|q| q.quantity.unit.dimension.starts_with("money:")),
            _ => !quantities.is_empty(),
        };
        assert_eq!(fires, example.fires, "{}: {text}", example.path);
    }
}

fn spans_hold(text: &str, measures: &Measures) {
    let tokens = tokenise(text, Span::new(0, text.len()));
    let (quantities, times) = recognise(text, &tokens, measures);
    let mut spans: Vec<(Span, u32, u32)> = quantities.iter().map(|q| (q.span, q.first, q.last)).collect();
    spans.extend(times.iter().map(|t| (t.span, t.first, t.last)));
    spans.sort();
    for (span, first, last) in &spans {
        assert!(!span.of(text).is_empty(), "{span:?} in {text:?}");
        assert!(first < last && (*last as usize) <= tokens.len(), "{first}..{last} in {text:?}");
    }
    for pair in spans.windows(2) {
        assert!(!pair[0].0.overlaps(pair[1].0), "{pair:?} in {text:?}");
    }
    for q in &quantities {
        let inner = [q.bound_span, q.noun];
        assert!(inner.iter().flatten().all(|s| !s.of(text).is_empty()), "{q:?}");
        number(&q.quantity);
    }
}

proptest! {
    #[test]
    fn any_text_has_sound_spans(text in ".{0,80}") {
        spans_hold(&text, &shared());
    }

    #[test]
    fn any_mixture_of_number_words_has_sound_spans(words in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
        spans_hold(&words.concat(), &shared());
    }
}

/// Compiled once: proptest asks often.
fn shared() -> std::sync::Arc<Measures> {
    static SHARED: std::sync::OnceLock<std::sync::Arc<Measures>> = std::sync::OnceLock::new();
    SHARED.get_or_init(|| std::sync::Arc::new(embedded())).clone()
}

const PIECES: &[&str] = &[
    " ",
    " ",
    "-",
    "–",
    "1",
    "2,5",
    "2026",
    "05",
    "/",
    ".",
    ",",
    " and ",
    " to ",
    "$",
    "RM",
    "US$",
    "€",
    "%",
    "bn",
    "m",
    " million",
    " trillion",
    "half",
    " a ",
    "one",
    "thirty",
    " hundred",
    " of ",
    "the ",
    "May",
    " Tuesday",
    "last ",
    "week",
    " ago",
    "early ",
    "in ",
    "by ",
    "x10",
    "^",
    "99999999999999999999999999999",
    "½",
    "é",
    "😀",
    "s",
    "'",
    "th",
    ":",
    "pm",
    "between ",
    "two",
    "-year-old",
    " years",
    " feet",
    " inches",
    "tens",
    "(",
    ")",
    "\n",
    "quarter",
    "third",
    "per ",
    "share",
    "about ",
    "up to ",
    "Q3",
    "minus ",
    "^",
    "e10",
    "+",
    "~",
    "\"",
    " over ",
    "last ",
    "next ",
    " below zero",
    " and less than ",
    " dollars ",
    " St",
    "www.",
    "://",
    "thirds",
    "fifths ",
    "MEUR",
    "kr ",
    "dozen",
];

#[test]
fn cost_is_linear() {
    let measures = shared();
    for piece in [
        "1,",
        "and a half ",
        "(((",
        "1-",
        "-",
        "one hundred ",
        "million ",
        "$",
        "$1 ",
        "5 to ",
        "5 or ",
        "2026-",
        "May ",
        "the last ",
        "between 1 and ",
        "1 point 1 ",
        "tens of ",
        "two weeks ago ",
        "RM1,",
        "more than ",
        "1 234 ",
        "up to ",
        "10:",
        "a ",
        "1/",
        "1:",
        "1^9",
        "5'1",
        "://",
        "www.",
        "one hundred and ",
        "twenty-fifths ",
        "half of a ",
        "quarter of an ",
        "more than 1 and less than ",
        "1 ft 1 in ",
        "10 dollars and ",
        "the one before the last ",
        "next to ",
        "45 (45 ",
        "3-1 ",
        "1 million 1 thousand ",
        "12 Elm ",
        "+44 20 ",
        "1 over ",
    ] {
        let time = |kilobytes: usize| {
            let text = piece.repeat(kilobytes * 1000 / piece.len());
            let tokens = tokenise(&text, Span::new(0, text.len()));
            let run = || {
                let start = processor_time();
                let _ = recognise(&text, &tokens, &measures);
                processor_time().saturating_sub(start)
            };
            // The best of several: the machine may be busy.
            (0..5).map(|_| run()).min().unwrap_or_default()
        };
        // Eight times the text; a square would take sixty-four times as long, every time it is tried.
        let linear = || time(96) < time(12).max(std::time::Duration::from_millis(1)) * 30;
        assert!((0..5).any(|_| linear()), "{piece:?}: 96 kB take more than thirty times as long as 12 kB");
    }
}

/// What this thread has used of a processor: other work on the machine does not count.
fn processor_time() -> std::time::Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    std::time::Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
}
