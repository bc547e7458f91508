use jiff::civil::{Date, Weekday, date};

use super::{Anchor, complete, resolve};
use crate::mention::recognise;
use crate::rule::measure::tests::embedded;
use crate::text::{Span, tokenise};

/// One item a mention: words = EDTF, then the bound if there is one, then `~` if it was resolved against the reference.
fn check_at(reference: Option<Date>, cases: &[(&str, &str)]) {
    let measures = embedded();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let items: Vec<String> = recognise(text, &tokens, &measures)
            .1
            .iter()
            .map(|t| {
                let v = resolve(&t.expression, reference);
                let bound = if v.bound == crate::value::Bound::Exact { "" } else { v.bound.name() };
                let day = v.weekday.map(|w| format!("{w:?}")).unwrap_or_default();
                let mark = if v.relative { "~" } else { "" };
                format!("{} = {} {bound}{day}{mark}", t.span.of(text), v.edtf).trim_end().to_owned()
            })
            .collect();
        let found = items.join("; ");
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(cases: &[(&str, &str)]) {
    check_at(None, cases);
}

#[test]
fn dates() {
    check(&[
        ("on May 19, 2026", "May 19, 2026 = 2026-05-19"),
        ("on 19 May 2026", "19 May 2026 = 2026-05-19"),
        ("on May 19th", "May 19th = XXXX-05-19"),
        ("the 19th of May", "the 19th of May = XXXX-05-19"),
        ("as of 2026-05-19.", "2026-05-19 = 2026-05-19"),
        ("on 5/19/2026", "5/19/2026 = 2026-05-19"),
        ("since May 2025", "May 2025 = 2025-05/.. at_least"),
        ("in March and April", "March and April = XXXX-03/XXXX-04"),
        ("on Tuesday, May 19", "Tuesday, May 19 = XXXX-05-19 Tuesday"),
        ("late on Tuesday afternoon", "late on Tuesday afternoon =  Tuesday"),
        ("on May 5-7, 2024", "May 5-7, 2024 = 2024-05-05/2024-05-07"),
        ("on Feb. 3, 2024.", "Feb. 3, 2024 = 2024-02-03"),
        ("in Sept. 2024", "Sept. 2024 = 2024-09"),
        ("on 31 April 2024", "April 2024 = 2024-04"),
        ("on April 31, 2024", ""),
        // What comes again has no day.
        ("on the third Thursday of every month", "the third Thursday of every month ="),
    ]);
}

#[test]
fn periods() {
    check(&[
        ("in 2023 and by 2030", "2023 = 2023; 2030 = ../2030 at_most"),
        ("in early 2024", "early 2024 = 2024-01/2024-04 approx"),
        ("by mid-2025", "mid-2025 = ../2025-08-31 at_most"),
        ("in late 2025", "late 2025 = 2025-09/2025-12 approx"),
        ("by the end of 2028", "the end of 2028 = ../2028-12-31 at_most"),
        ("in Q3 2024", "Q3 2024 = 2024-35"),
        ("the second quarter of fiscal 2025", "the second quarter of fiscal 2025 = 2025-34"),
        ("in the first half of 2025", "the first half of 2025 = 2025-40"),
        ("during the 1990s", "the 1990s = 199X"),
        ("in the 19th century", "the 19th century = 18XX"),
        ("in summer 2024", "summer 2024 = 2024-22"),
        ("from 2019 to 2021", "2019 to 2021 = 2019/2021"),
        ("before 2010", "2010 = ../2009-12-31 less_than"),
        ("the first Monday of October 2014", "the first Monday of October 2014 = 2014-10-06 Monday"),
        ("four days after May 30, 2024", "four days after May 30, 2024 = 2024-06-03"),
    ]);
}

#[test]
fn relative_times_need_a_reference() {
    let tuesday = Some(date(2026, 5, 19));
    let cases = [
        ("yesterday", "yesterday = 2026-05-18 ~"),
        ("last Thursday", "last Thursday = 2026-05-14 Thursday~"),
        ("two weeks ago", "two weeks ago = 2026-05-05 approx~"),
        ("two weeks earlier", "two weeks earlier = 2026-05-05 approx~"),
        ("a year ago", "a year ago = 2025 approx~"),
        ("last year", "last year = 2025 ~"),
        ("this quarter", "this quarter = 2026-34 ~"),
        ("the same month", "the same month = 2026-05 ~"),
        ("last week", "last week = 2026-05-11/2026-05-17 ~"),
        ("by the end of the year", "the end of the year = ../2026-12-31 at_most~"),
        ("Friday of next week", "Friday of next week = 2026-05-29 Friday~"),
    ];
    check_at(tuesday, &cases);
    check(&[
        ("yesterday", "yesterday =  ~"),
        ("last year", "last year =  ~"),
        ("a few weeks ago", "a few weeks ago =  ~"),
    ]);
}

/// A claim is dated by the day; the time of day is for [`timex`](super::timex()).
#[test]
fn clock_times_leave_the_day_as_it_is() {
    check(&[
        ("at 10:30 a.m. ET", "10:30 a.m. ET ="),
        ("at 5pm on May 3, 2024", "5pm on May 3, 2024 = 2024-05-03"),
        ("from 3 to 5 on May 3, 2024", "3 to 5 on May 3, 2024 = 2024-05-03"),
        ("yesterday at 12:15 am", "yesterday at 12:15 am =  ~"),
    ]);
}

#[test]
fn times_of_day_within_a_time() {
    let measures = embedded();
    for (text, expected) in [
        ("at 6:42 a.m. on October 17, 2019", vec!["6:42 a.m."]),
        ("on 14 October, at 06:42", vec!["06:42"]),
        ("from 09:12 until 16:40", vec!["09:12", "16:40"]),
        ("by 6:05 a.m.", vec![]),
        ("on 14 October", vec![]),
    ] {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let times = recognise(text, &tokens, &measures).1;
        let clocks: Vec<&str> = times.iter().flat_map(|t| &t.clocks).map(|(span, _)| span.of(text)).collect();
        assert_eq!(clocks, expected, "{text}");
    }
    check(&[
        ("cut at twenty to eight", "twenty to eight ="),
        ("from twenty to thirty people", ""),
        ("shortly after four.", "four =  more_than"),
    ]);
}

#[test]
fn ordinary_words_are_no_times() {
    check(&[
        ("She may go. He may march on. A fall of 3 metres.", ""),
        ("a second chance; the may be of it; in spring rolls", ""),
        ("1990 people came; about 2000 readers; $2026; 2024 km", ""),
        ("24/7; 3-1; KX-2024; 2010-2014-86; 2012-1400", ""),
        ("two years in office, the past year, within the hour", ""),
        ("at 15 and 22 GHz, at 525 to 650 degrees, a 4:3 picture", ""),
        ("built in three days; between 3 and 5; two nights; active 24h", ""),
        ("In two days they ran 700 trials.", ""),
    ]);
}

#[test]
fn open_years_and_weekdays_can_be_completed() {
    let reference = date(2026, 1, 10);
    let measures = embedded();
    let value = |text: &str| {
        let tokens = tokenise(text, Span::new(0, text.len()));
        recognise(text, &tokens, &measures).1.first().map(|t| resolve(&t.expression, None))
    };
    for (text, expected) in [
        ("on December 28", "2025-12-28"),
        ("on March 3", "2026-03-03"),
        ("in November", "2025-11"),
        ("on Friday", "2026-01-09"),
        ("in December and January", "2025-12/2026-01"),
        ("on May 3, 2020", "2020-05-03"),
    ] {
        let open = value(text).expect(text);
        assert_eq!(complete(&open, reference).edtf, expected, "{text}");
    }
    let friday = value("on Friday").expect("a weekday is a time");
    assert_eq!((friday.edtf.as_str(), friday.weekday), ("", Some(Weekday::Friday)));
}

#[test]
fn the_anchor_tells_whose_reference_is_meant() {
    let measures = embedded();
    for (text, anchor) in [
        ("last year", Anchor::Document),
        ("two weeks ago", Anchor::Document),
        ("two weeks earlier", Anchor::Text),
        ("the same month", Anchor::Text),
        ("the following year", Anchor::Text),
        ("in May 2024", Anchor::Own),
    ] {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let found: Vec<Anchor> = recognise(text, &tokens, &measures).1.iter().map(|t| t.expression.anchor()).collect();
        assert_eq!(found, [anchor], "{text}");
    }
}
