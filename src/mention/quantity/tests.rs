use proptest::prelude::*;

use crate::mention::recognise;
use crate::rule::measure::{Measures, tests::embedded};
use crate::text::{Span, tokenise};
use crate::value::Quantity;

fn number(q: &Quantity) -> String {
    match (q.number, q.min, q.max) {
        (Some(n), None, None) => n.normalize().to_string(),
        (None, Some(a), Some(b)) => format!("{}..{}", a.normalize(), b.normalize()),
        other => panic!("neither a number nor a range: {other:?}"),
    }
}

/// One line a mention: words | value | unit | bound, then the counted noun if there is one.
fn found(text: &str, measures: &Measures) -> String {
    let tokens = tokenise(text, Span::new(0, text.len()));
    let lines: Vec<String> = recognise(text, &tokens, measures)
        .0
        .iter()
        .map(|m| {
            let q = &m.quantity;
            let noun = m.noun.map(|n| format!(" | {}", n.of(text))).unwrap_or_default();
            let unit = if m.ordinal { "ordinal" } else { &q.unit.name };
            format!("{} | {} | {} | {}{noun}", m.span.of(text), number(q), unit, q.bound.name())
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
fn money() {
    check(&[
        ("It cost $1.5bn.", "$1.5bn | 1500000000 | USD | exact"),
        ("worth over US$ 40 million", "US$ 40 million | 40000000 | USD | more_than"),
        ("a HK$3.2m flat", "HK$3.2m | 3200000 | HKD | exact"),
        ("paid 12 million euros", "12 million euros | 12000000 | EUR | exact"),
        ("from $3bn to $4bn", "$3bn to $4bn | 3000000000..4000000000 | USD | range"),
        ("$3-4 billion", "$3-4 billion | 3000000000..4000000000 | USD | range"),
        (
            "it rose by $5 million to $12 million",
            "$5 million | 5000000 | USD | exact; $12 million | 12000000 | USD | exact",
        ),
        ("at $12 per share", "$12 per share | 12 | USD/share | exact"),
        ("costs RM120,000 or -$5", "RM120,000 | 120000 | MYR | exact; -$5 | -5 | USD | exact"),
        (
            "tens or hundreds of millions of dollars",
            "tens or hundreds of millions of dollars | 10000000..1000000000 | USD | range",
        ),
        ("She won. The dollar fell.", ""),
    ]);
}

#[test]
fn percent() {
    check(&[
        ("up 34.4% in all", "34.4% | 34.4 | percent | exact"),
        ("a better-than-60-percent chance", "60-percent | 60 | percent | more_than"),
        ("an eleven-percent cut", "eleven-percent | 11 | percent | exact"),
        ("a 61-percentage-point gap", "61-percentage-point | 61 | percentage_point | exact"),
        ("between 5 and 7 per cent", "5 and 7 per cent | 5..7 | percent | range"),
        ("it fell from 4.8 to 4.7 percent", "4.8 | 4.8 | percent | exact; 4.7 percent | 4.7 | percent | exact"),
        ("25 basis points", "25 basis points | 25 | basis_point | exact"),
    ]);
}

#[test]
fn counts() {
    check(&[
        ("roughly 700 experiments", "700 | 700 | experiments | approx | experiments"),
        ("six former CTOs left", "six | 6 | ctos | exact | former CTOs"),
        ("twenty or so letters", "twenty | 20 | letters | approx | letters"),
        ("at least thirty-one people", "thirty-one | 31 | people | at_least | people"),
        ("no more than two hundred and five boats", "two hundred and five | 205 | boats | at_most | boats"),
        ("three and a half million readers", "three and a half million | 3500000 | readers | exact | readers"),
        ("half a million trees", "half a million | 500000 | trees | exact | trees"),
        ("two dozen eggs", "two dozen | 24 | eggs | exact | eggs"),
        ("dozens of boats", "dozens | 12..120 | boats | range | boats"),
        ("1,307,000 workers", "1,307,000 | 1307000 | workers | exact | workers"),
        ("two or three doors", "two or three | 2..3 | doors | range | doors"),
        ("It crossed the 1 billion mark.", "1 billion | 1000000000 |  | more_than"),
        ("50-plus guests", "50 | 50 | guests | at_least | guests"),
        ("35m of its readers; a wall 35m high", "35m | 35000000 |  | exact; 35m | 35 | metre | exact"),
        ("one in five homes", "one in five | 0.2 |  | exact"),
        ("7 out of 10", "7 out of 10 | 0.7 |  | exact"),
        (
            "it tripled, a tenfold rise, 3x as fast",
            "tripled | 3 | x | exact; tenfold | 10 | x | exact; 3x | 3 | x | exact",
        ),
        ("four times as many", "four times | 4 | x | exact"),
        ("the 3rd try", "3rd | 3 | ordinal | exact"),
    ]);
}

#[test]
fn durations_and_measures() {
    check(&[
        ("two to three years", "two to three years | 2..3 | year | range"),
        ("in under an hour", "an hour | 1 | hour | less_than"),
        ("within eighteen months", "eighteen months | 18 | month | at_most"),
        ("a two-day stay", "two-day | 2 | day | exact"),
        ("over the past year", "the past year | 1 | year | approx"),
        ("within the hour", "the hour | 1 | hour | at_most"),
        ("over a two-day run", "two-day | 2 | day | exact"),
        (
            "it grew over three years; for over three years",
            "three years | 3 | year | exact; three years | 3 | year | more_than",
        ),
        ("lasted less than a year before leaving", "a year | 1 | year | less_than"),
        ("an hour and a half", "an hour and a half | 1.5 | hour | exact"),
        ("he is 5 feet 2 inches tall", "5 feet 2 inches | 62 | inch | exact"),
        ("at 60 km/h", "60 km/h | 60 | km/hour | exact"),
        ("−5 °C outside", "−5 °C | -5 | degree Celsius | exact"),
        ("40 hours a week", "40 hours a week | 40 | hour/week | exact"),
        ("a 29-year-old", "29-year-old | 29 | year of age | exact"),
        ("10 1/2 miles", "10 1/2 miles | 10.5 | mile | exact"),
    ]);
}

#[test]
fn no_quantities() {
    check(&[
        ("The KX-4 and the B200, M4 or Zephyr 1", ""),
        ("Article 51, section 4, page 12", ""),
        ("Series A [12] #7", ""),
        ("one of the best; the one; no one; one might", ""),
        ("over the weekend, up to date, under Paula", ""),
        ("They won 3-1. Call 555-123-4567 now.", ""),
        ("In 2023 and on May 19, 2026 at 10:30 a.m.", ""),
        ("First, a second opinion by a third-party firm", "second | 2 | ordinal | exact"),
        ("version 3.2.1 of 192.168.1.2", ""),
    ]);
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
            _ => quantities.iter().any(|q| !q.ordinal),
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
    ] {
        let time = |kilobytes: usize| {
            let text = piece.repeat(kilobytes * 1000 / piece.len());
            let tokens = tokenise(&text, Span::new(0, text.len()));
            let run = || {
                let start = std::time::Instant::now();
                let _ = recognise(&text, &tokens, &measures);
                start.elapsed()
            };
            // The better of two: the machine may be busy.
            run().min(run())
        };
        let small = time(12).max(std::time::Duration::from_millis(1));
        let large = time(96);
        // Eight times the text; a square would take sixty-four times as long.
        assert!(large < small * 30, "{piece:?}: {small:?} for 12 kB, {large:?} for 96 kB");
    }
}
