use jiff::civil::{date, time};

use super::{Lean, Reference, timex};
use crate::mention::recognise;
use crate::mention::time::Expression;
use crate::rule::measure::Holiday;
use crate::rule::measure::tests::embedded;
use crate::text::{Span, tokenise};

/// The day of a document whose time of day is not known.
const DAY: Reference = Reference { day: date(2026, 5, 19), time: None, offset: None };

/// Against Tuesday, 19 May 2026, 12:00, offset unknown: words = value, and the period of a rhythm behind it.
fn check(cases: &[(&str, &str)]) {
    let reference = Reference { day: date(2026, 5, 19), time: Some(time(12, 0, 0, 0)), offset: None };
    check_at(Some(reference), cases);
}

fn check_at(reference: Option<Reference>, cases: &[(&str, &str)]) {
    let measures = embedded();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let sentence = Span::new(0, text.len());
        let tokens = tokenise(text, sentence);
        let items: Vec<String> = recognise(text, &tokens, &measures)
            .1
            .iter()
            .map(|t| {
                let found = timex(&t.expression, reference, Lean::of(text, sentence, t.span, &measures));
                let every = found.every.map(|e| format!(" every {e}")).unwrap_or_default();
                format!("{} = {}{every}", t.span.of(text), found.value.edtf)
            })
            .collect();
        let found = items.join("; ");
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn times_of_day() {
    check(&[
        ("They met at 5 pm.", "5 pm = T17:00"),
        ("The bell rang at half past five.", "half past five = T05:30"),
        ("It shut a quarter to six p.m.", "a quarter to six p.m. = T17:45"),
        ("Doors open ten minutes past noon.", "ten minutes past noon = T12:10"),
        ("The train left at 1745.", "1745 = T17:45"),
        ("She woke at 4 in the morning.", "4 in the morning = T04:00"),
        ("Call at 9h30 or 17:05:09.", "9h30 = T09:30; 17:05:09 = T17:05:09"),
        ("The call began at 8:15 gmt.", "8:15 gmt = T08:15Z"),
        ("The call began at 8:15 EST.", "8:15 EST = T08:15-05:00"),
        ("He sleeps by midnight.", "midnight = ../00:00:00"),
    ]);
}

#[test]
fn times_of_day_on_a_day() {
    check(&[
        ("It fell yesterday at 10:30 a.m., they said.", "yesterday at 10:30 a.m. = 2026-05-18T10:30"),
        ("We meet tomorrow before 4pm.", "tomorrow before 4pm = ../2026-05-20T16:00"),
        ("The vote is on Thursday, May 21, at 3.", "Thursday, May 21, at 3 = 2026-05-21T03:00"),
        ("At 2026-05-07T23:45:10+02:00 it stopped.", "2026-05-07T23:45:10+02:00 = 2026-05-07T23:45:10+02:00"),
        ("Logged on Sat May 2 15:50:06 2026 twice.", "Sat May 2 15:50:06 2026 = 2026-05-02T15:50:06"),
        ("They ate yesterday evening at 8.", "yesterday evening at 8 = 2026-05-18T20:00"),
        ("She left this morning.", "this morning = 2026-05-19T08:00:00/2026-05-19T12:00:00"),
        ("It rained late last night.", "late last night = 2026-05-18T22:00:00/2026-05-18T23:59:59"),
    ]);
    let offset = Reference { day: date(2026, 5, 19), time: Some(time(12, 0, 0, 0)), offset: Some(-120) };
    check_at(Some(offset), &[("It opens today at 8:00 GMT.", "today at 8:00 GMT = 2026-05-19T06:00-02:00")]);
}

#[test]
fn stretches() {
    check(&[
        ("Open from 9 to 5 on Friday.", "9 to 5 on Friday = 2026-05-15T09:00/2026-05-15T17:00"),
        ("Come between 3:30 and 6 p.m. please.", "3:30 and 6 p.m. = 15:30:00/18:00:00"),
        ("The talk runs from 2 pm for 90 minutes.", "2 pm for 90 minutes = 14:00:00/15:30:00"),
        ("Guards work from 11 pm to 3.", "11 pm to 3 = 23:00:00/03:00:00"),
        ("The fair ran May 3\u{2013}5.", "May 3\u{2013}5 = 2026-05-03/2026-05-05"),
        ("It ran from the 3rd to the 5th of May 2024.", "the 3rd to the 5th of May 2024 = 2024-05-03/2024-05-05"),
        ("He ruled between 2019 and 2021.", "2019 and 2021 = 2019-01-01/2021-12-31"),
        ("Cold from November to February 2017.", "November to February 2017 = 2016-11-01/2017-02-28"),
        ("From 10/28 to 11/3 it was closed.", "10/28 to 11/3 = 2025-10-28/2025-11-03"),
        ("It ran from the end of March to mid-September.", "the end of March to mid-September = 2026-03-21/2026-09-20"),
        ("in 2010 to 2018 or before 2000", "2010 to 2018 = 2010-01-01/2018-12-31; 2000 = ../1999-12-31"),
        ("next week later in the afternoon", "next week = 2026-W22; in the afternoon = 14:00:00/16:00:00"),
        ("Since June 2024 and until Friday", "June 2024 = 2024-06-01/..; Friday = ../2026-05-15"),
        ("Sales later than 2018 or in 2010 or earlier", "2018 = 2019-01-01/..; 2010 or earlier = ../2010-12-31"),
        (
            "in late March 2026, at the end of 2012",
            "late March 2026 = 2026-03-21/2026-03-31; the end of 2012 = 2012-09-01/2012-12-31",
        ),
        ("over the last three months", "the last three months = 2026-02-19/2026-05-18"),
        ("It closes within two days.", ""),
        ("It will close within two days.", "two days = 2026-05-19/2026-05-21"),
        ("the week of May 5, week 3 of 2027", "the week of May 5 = 2026-W19; week 3 of 2027 = 2027-W03"),
        ("the first week of March 2024", "the first week of March 2024 = 2024-W10"),
    ]);
}

#[test]
fn dates_in_digits_and_quarters() {
    check(&[
        ("They opened on 26. 10. 2021 at last.", "26. 10. 2021 = 2021-10-26"),
        ("See chapter 26. 10.21 per cent agreed.", ""),
        ("Sales of 18Q4 fell.", "18Q4 = 2018-36"),
        ("Meet at 3 pm or later on Monday.", "3 pm or later on Monday = 2026-05-18T15:00/.."),
        ("It is due next 6th of April.", "next 6th of April = 2027-04-06"),
        ("It will take three quarters of an hour.", ""),
        ("It will start in three quarters of an hour.", "three quarters of an hour = 2026-05-19T12:45"),
    ]);
}

#[test]
fn holidays_by_sun_and_moon() {
    check(&[
        ("The lamps were lit at Diwali 2019.", "Diwali 2019 = 2019-10-27"),
        ("Colours flew at Holi.", "Holi = 2026-03-04"),
        ("Holika Dahan 2023, Holi 2025", "Holika Dahan 2023 = 2023-03-07; Holi 2025 = 2025-03-14"),
        ("Pongal 2019 and Lohri 2019", "Pongal 2019 = 2019-01-15; Lohri 2019 = 2019-01-14"),
        ("Navaratri 2023 was dry.", "Navaratri 2023 = 2023-10-15/2023-10-23"),
        ("Eid al-Adha 2006", "Eid al-Adha 2006 = 2006-01-10"),
    ]);
    let twice = |year| {
        let holiday = Holiday::Islamic { month: 12, day: 10, days: Some(1) };
        timex(&Expression::Holiday { holiday, year: Some(year), of: None }, None, Lean::Near).candidates
    };
    assert_eq!(twice(2006), ["2006-01-10", "2006-12-31"]);
    assert!(twice(2007).is_empty());
}

#[test]
fn counted_from_the_document() {
    check(&[
        ("He called 5 minutes ago.", "5 minutes ago = 2026-05-19T11:55"),
        ("It will start in half an hour.", "half an hour = 2026-05-19T12:30"),
        ("They have to leave in three days.", "three days = 2026-05-22"),
        ("They had built it in three days.", ""),
        ("It will end in an hour and a half.", "an hour and a half = 2026-05-19T13:30"),
        ("a week from Monday", "a week from Monday = 2026-06-01"),
        ("Two years ago she won.", "Two years ago = 2024-05-19"),
        ("a few days ago it broke", "a few days ago = 2026-05-16"),
        (
            "the day after tomorrow, the week after next",
            "the day after tomorrow = 2026-05-21; the week after next = 2026-W23",
        ),
        ("a fortnight ago", "a fortnight ago = 2026-05-05"),
        ("three Fridays from now", "three Fridays from now = 2026-06-05"),
        ("two Tuesdays ago", "two Tuesdays ago = 2026-05-05"),
        ("Next Friday or last Friday.", "Next Friday = 2026-05-29; last Friday = 2026-05-15"),
        (
            "on the first Monday evening of next month",
            "the first Monday evening of next month = 2026-06-01T16:00:00/2026-06-01T20:00:00",
        ),
        (
            "Friday of next week; the 20th of next month",
            "Friday of next week = 2026-05-29; the 20th of next month = 2026-06-20",
        ),
        ("In March last year they moved.", "March last year = 2025-03"),
        ("It is now late.", "now = 2026-05-19T12:00"),
    ]);
    // Without the time of day nothing is counted in minutes.
    let day = Reference { day: date(2026, 5, 19), time: None, offset: None };
    check_at(
        Some(day),
        &[("He called 5 minutes ago.", "5 minutes ago = "), ("two days ago", "two days ago = 2026-05-17")],
    );
    check_at(None, &[("yesterday at 5 pm it fell", "yesterday at 5 pm = T17:00"), ("a week ago", "a week ago = ")]);
}

#[test]
fn open_times_lean_on_the_words_round_them() {
    check(&[
        ("She spoke on Friday.", "Friday = 2026-05-15"),
        ("She will speak on Friday.", "Friday = 2026-05-22"),
        ("Friday", "Friday = 2026-05-22"),
        ("in March", "March = 2027-03"),
        ("They met in March.", "March = 2026-03"),
        ("at 9:30", "9:30 = 2026-05-19T21:30"),
        ("at 9:30 am", "9:30 am = 2026-05-20T09:30"),
        ("Sunday, May 17", "Sunday, May 17 = 2026-05-17"),
    ]);
}

#[test]
fn holidays() {
    check(&[
        ("on Christmas Day 2021", "Christmas Day 2021 = 2021-12-25"),
        ("They met on Easter Monday.", "Easter Monday = 2026-04-06"),
        ("They met last Thanksgiving.", "last Thanksgiving = 2025-11-27"),
        ("Orthodox Easter 2018", "Orthodox Easter 2018 = 2018-04-08"),
        ("Labor Day of last year", "Labor Day of last year = 2025-09-01"),
        ("two days before Easter 2024", "two days before Easter 2024 = 2024-03-29"),
        ("On New Year\u{2019}s Eve the lights went out.", "New Year\u{2019}s Eve = 2025-12-31"),
        ("they may day by day agree", ""),
    ]);
}

#[test]
fn rhythms() {
    check(&[
        ("every Tuesday and twice a week", "every Tuesday = XXXX-WXX-2 every P1W; twice a week = P1W every P1W"),
        ("It is paid each quarter.", "each quarter = P3M every P3M"),
        ("every other day, every two weeks", "every other day = P2D every P2D; every two weeks = P2W every P2W"),
        ("a daily walk, fortnightly pay", "daily = P1D every P1D; fortnightly = P2W every P2W"),
        ("quiet Friday mornings", "Friday mornings = XXXX-WXX-5TMO every P1W"),
        ("shut on Mondays", "Mondays = XXXX-WXX-1 every P1W"),
        ("pills every day at 6 am", "every day at 6 am = T06:00 every P1D"),
        ("7pm each night", "7pm = T19:00; each night = TNI every P1D"),
    ]);
}

#[test]
fn years_in_words() {
    check(&[
        ("born on January twenty-fifth, nineteen eighty-six", "January twenty-fifth, nineteen eighty-six = 1986-01-25"),
        ("in October two thousand and five", "October two thousand and five = 2005-10"),
        ("on 9 Aug 96.", "9 Aug 96 = 1996-08-09"),
        ("It opened in nineteen twenty-eight.", "nineteen twenty-eight = 1928"),
    ]);
}

#[test]
fn holidays_of_other_calendars() {
    check(&[
        ("The shops shut for Yom Kippur 2023.", "Yom Kippur 2023 = 2023-09-24/2023-09-25"),
        ("They lit candles at Chanukah 2021.", "Chanukah 2021 = 2021-11-28/2021-12-06"),
        ("Trade slows in Ramadan 2024.", "Ramadan 2024 = 2024-03-11/2024-04-09"),
        ("Banks closed for Eid al-Fitr 2023.", "Eid al-Fitr 2023 = 2023-04-21"),
        ("Sales rose before the Lunar New Year 2023.", "the Lunar New Year 2023 = ../2023-01-21"),
        ("Plants rest until Chinese New Year's Eve.", "Chinese New Year's Eve = ../2026-02-16"),
        ("A crescent moon rose in 2024.", "2024 = 2024"),
    ]);
}

#[test]
fn the_ends_of_a_stretch_and_days_near_another() {
    check(&[
        ("It rained in the first ten days of last year.", "the first ten days of last year = 2025-01-01/2025-01-10"),
        ("They stop for the last two weeks of 2025.", "the last two weeks of 2025 = 2025-12-15/2025-12-28"),
        ("Pick the nearest Monday to May 7, 2026.", "the nearest Monday to May 7, 2026 = 2026-05-04"),
        ("The second closest Friday to May 7, 2026 is free.", "The second closest Friday to May 7, 2026 = 2026-05-01"),
        ("We talk Friday after next.", "Friday after next = 2026-05-29"),
        ("Sales over the next two quarters matter.", "the next two quarters = 2026-07-01/2026-12-31"),
        ("He is away for 3 days from tomorrow.", "3 days from tomorrow = 2026-05-20/2026-05-22"),
        ("The class runs for two hours from 2 pm.", "two hours from 2 pm = 14:00:00/16:00:00"),
        ("Back by EOD.", "EOD = ../2026-05-19T23:59:59"),
        ("The first ten people came.", ""),
    ]);
}

#[test]
fn a_day_whose_month_is_left_open() {
    check(&[
        ("They met on the 14th.", "the 14th = 2026-05-14"),
        ("Pay by the 20th.", "the 20th = ../2026-05-20"),
        ("In the week of the 18th it snowed.", "the week of the 18th = 2026-W21"),
        ("He sat on the 4th floor, on the second.", ""),
        ("See them on the 1st and 2nd pages.", ""),
    ]);
}

#[test]
fn eras_and_days_with_a_weekday_behind() {
    check(&[
        ("It burned on 24 August 79 AD.", "24 August 79 AD = 0079-08-24"),
        ("He fell on 15 March 44 BC.", "15 March 44 BC = -0043-03-15"),
        ("The form said May 22 (Friday).", "May 22 (Friday) = 2026-05-22"),
        ("Prices rose in the year to date.", "the year to date = 2026-01-01/2026-05-19"),
        ("We train each Monday at 4pm.", "each Monday at 4pm = XXXX-WXX-1T16:00 every P1W"),
    ]);
}

#[test]
fn readings_that_no_convention_settles() {
    let candidates = |text: &str| {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let times = recognise(text, &tokens, &embedded()).1;
        let all = |t: &crate::mention::time::TimeMention| {
            timex(&t.expression, None, Lean::Near).with_orders(t.span.of(text)).candidates
        };
        times.iter().flat_map(all).collect::<Vec<String>>().join(" ")
    };
    assert_eq!(candidates("It opened on 03/04/2025."), "2025-03-04 2025-04-03");
    assert_eq!(candidates("It opened on 3/4/2025 at 5pm."), "2025-03-04T17:00 2025-04-03T17:00");
    assert_eq!(candidates("It opened on 13/04/2025."), "");
    assert_eq!(candidates("It opened on 4/4/2025."), "");
    assert_eq!(candidates("They kept Eid al-Fitr 2000."), "2000-01-08 2000-12-27");
}

#[test]
fn parts_of_the_day_of_a_document_have_no_hours() {
    check_at(
        Some(DAY),
        &[
            ("The bell was cast on the morning of May 2, 1810.", "the morning of May 2, 1810 = 1810-05-02TMO"),
            ("They left by Thursday evening.", "Thursday evening = ../2026-05-14TEV"),
            ("They left in the early morning.", "in the early morning = TMO"),
            ("The yard burned the night before last.", "the night before last = 2026-05-17TNI"),
            ("Doors open at noon on Sundays.", "noon on Sundays = XXXX-WXX-7T12:00 every P1W"),
        ],
    );
    check_at(None, &[("The yard burned on Monday night.", "Monday night = XXXX-WXX-1TNI")]);
}

#[test]
fn distances_of_a_document_are_as_fine_as_their_unit() {
    check_at(
        Some(DAY),
        &[
            ("It closed six months ago.", "six months ago = 2025-11"),
            ("Two years ago she won; it is now late.", "Two years ago = 2024; now = PRESENT_REF"),
            ("It closed a year ago today.", "a year ago today = 2025-05-19"),
            ("It will close in two years.", "two years = 2028"),
            ("The boat sails in two weeks' time.", "two weeks' time = 2026-06-02"),
            ("It is currently shut and was recently painted.", "currently = PRESENT_REF; recently = PAST_REF"),
        ],
    );
}

#[test]
fn the_nearest_verb_tells_the_tense() {
    check(&[
        ("She has lived there since November.", "November = 2025-11-01/.."),
        ("It was painted in October.", "October = 2025-10"),
        ("On Friday the court will rule.", "Friday = 2026-05-22"),
        (
            "It opens this Friday (May 22) or next Friday, 29 May.",
            "this Friday (May 22) = 2026-05-22; next Friday, 29 May = 2026-05-29",
        ),
        ("It has lost 300 boats to date.", "date = PRESENT_REF"),
        ("He said Friday that it would open Monday.", "Friday = 2026-05-15; Monday = 2026-05-25"),
        ("The first of them opened in June.", "June = 2026-06"),
    ]);
}

#[test]
fn stretches_by_their_ends_of_any_kind() {
    check(&[
        ("He ruled the valley between 1881 and 1885.", "1881 and 1885 = 1881-01-01/1885-12-31"),
        ("It stood from 2015 to May 5, 2017.", "2015 to May 5, 2017 = 2015-01-01/2017-05-05"),
        ("The shop is open Monday to Friday.", "Monday to Friday = 2026-05-18/2026-05-22"),
        ("The walls date from the 12th to the 14th century.", "the 12th to the 14th century = 1100-01-01/1399-12-31"),
        ("It is shut from 4 to 22 this month.", "4 to 22 this month = 2026-05-04/2026-05-22"),
        ("It was shut last week from Tuesday to Friday.", "last week from Tuesday to Friday = 2026-05-12/2026-05-15"),
        ("It is shut for the rest of the month.", "the rest of the month = 2026-05-19/2026-05-31"),
        ("Closed for 3 days starting next Monday.", "3 days starting next Monday = 2026-05-25/2026-05-27"),
        ("Sales fell in the first half of last year.", "the first half of last year = 2025-01-01/2025-06-30"),
        ("Profit rose in fiscal 2025 and FY24.", "fiscal 2025 = 2025; FY24 = 2024"),
        ("Bills are due no later than Friday.", "Friday = ../2026-05-22"),
        ("Not until June 3 will it open.", "June 3 = 2026-06-03/.."),
        ("They met over Easter weekend.", "Easter weekend = 2026-04-04/2026-04-05"),
        ("The fair is held every summer.", "every summer = XXXX-22 every P1Y"),
        ("Songs of the nineteen seventies and twenty-tens", "the nineteen seventies = 197X; twenty-tens = 201X"),
        ("It struck at 4:35 a.m. local time on Saturday.", "4:35 a.m. local time on Saturday = 2026-05-16T04:35"),
        ("lunch at 1 pm on thurs", "1 pm on thurs = 2026-05-14T13:00"),
    ]);
}
