//! What is read out of words: one table for each part of the grammar.

use super::{check, embedded, shared};
use crate::mention::quantity::{Ordinal, scan};
use crate::rule::measure::LexedText;
use crate::text::{Span, tokenise};

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
        ("First, a second opinion by a third-party firm", ""),
        ("version 3.2.1 of 192.168.1.2", ""),
    ]);
}

#[test]
fn grouping_and_powers() {
    check(&[
        ("1,234,567 ants", "1,234,567 | 1234567 | ants | exact | ants"),
        ("12,34,567 ants", "12,34,567 | 1234567 | ants | exact | ants"),
        ("1.234.567 ants", "1.234.567 | 1234567 | ants | exact | ants"),
        ("1.234,5 kg of salt", "1.234,5 kg | 1234.5 | kilogram | exact"),
        ("it weighs 2,5 kg", "2,5 kg | 2.5 | kilogram | exact"),
        ("a list: 2,5", ""),
        ("40 050 ants", "40 050 | 40050 | ants | exact | ants"),
        ("it held 2 300 ants; row 2 300 ants", "2 300 | 2300 | ants | exact | ants; 300 | 300 | ants | exact | ants"),
        (
            "about 6e3 watts, 2.5 × 10^6 cells",
            "6e3 watts | 6000 | watt | approx; 2.5 × 10^6 | 2500000 | cells | exact | cells",
        ),
        ("4x2^10 bits", "4x2^10 bits | 4096 | bit | exact"),
        ("4 hundred and 12 yuan", "4 hundred and 12 yuan | 412 | CNY | exact"),
        ("5 lakh 20 thousand voters", "5 lakh 20 thousand | 520000 | voters | exact | voters"),
        ("3 point 25 metres", "3 point 25 metres | 3.25 | metre | exact"),
        ("room for 0401 and 007", ""),
    ]);
}

#[test]
fn number_words() {
    check(&[
        ("two million three hundred thousand", "two million three hundred thousand | 2300000 |  | exact"),
        ("twentyfive boats", "twentyfive | 25 | boats | exact | boats"),
        ("one thirty four", "one thirty four | 134 |  | exact"),
        ("nought point twelve", "nought point twelve | 0.12 |  | exact"),
        ("thirty (30) days", "thirty (30) days | 30 | day | exact"),
        ("three hundred crore rupees", "three hundred crore rupees | 3000000000 | INR | exact"),
        (
            "3 doz eggs; about 7 B people",
            "3 doz | 36 | eggs | exact | eggs; 7 B | 7000000000 | people | approx | people",
        ),
        ("two won; 500 won", "two | 2 |  | exact; 500 won | 500 | KRW | exact"),
    ]);
}

#[test]
fn fractions() {
    check(&[
        ("two thirds of them", "two thirds | 0.6666666666666666666666666667 |  | exact"),
        ("a fall by a fifth to nothing", "a fifth | 0.2 |  | exact"),
        ("a quarter of a million trees", "a quarter of a million | 250000 | trees | exact | trees"),
        ("three quarters billion euros", "three quarters billion euros | 750000000 | EUR | exact"),
        ("two billion and a quarter million", "two billion and a quarter million | 2000250000 |  | exact"),
        ("3/4 of a cup and ½ a mile", "3/4 of a cup | 0.75 | cup | exact; ½ a mile | 0.5 | mile | exact"),
        ("a quarter-litre jug", "quarter-litre | 0.25 | litre | exact"),
        ("three and a quarter of hours", "three and a quarter of hours | 3.25 | hour | exact"),
        ("thirty-one fifths", "thirty-one fifths | 6.2 |  | exact"),
        ("one hundred forty fifths", "one hundred forty fifths | 2.2222222222222222222222222222 |  | exact"),
        ("two hundred and forty fifths", "two hundred and forty fifths | 48 |  | exact"),
        ("six hundred and fifty hundredths", "six hundred and fifty hundredths | 600.5 |  | exact"),
        ("one over four", "one over four | 0.25 |  | exact"),
        ("less than half, cut by half", "half | 0.5 |  | less_than; half | 0.5 |  | exact"),
        ("the second half; half past two; a third party", ""),
    ]);
}

#[test]
fn more_money() {
    check(&[
        ("19 dollars 75", "19 dollars 75 | 19.75 | USD | exact"),
        ("19 dollars 50 people paid", "19 dollars | 19 | USD | exact; 50 | 50 | people | exact | people"),
        ("3 francs 4 cents", "3 francs 4 cents | 3.04 | CHF | exact"),
        ("45 MUSD and EUR 5m", "45 MUSD | 45000000 | USD | exact; EUR 5m | 5000000 | EUR | exact"),
        ("64 USD million", "64 USD million | 64000000 | USD | exact"),
        ("from dollar 7.5 million on", "dollar 7.5 million | 7500000 | USD | exact"),
        ("a loss of ($2.5m)", "($2.5m) | -2500000 | USD | exact"),
        ("€5m ($6m)", "€5m | 5000000 | EUR | exact; $6m | 6000000 | USD | exact"),
        ("A $300m-$350m deal", "$300m-$350m | 300000000..350000000 | USD | range"),
        ("kr 500", "kr 500 | 500 | kr | exact"),
        ("up 10 cents to $2.24", "10 cents | 10 | cent | exact; $2.24 | 2.24 | USD | exact"),
        ("€10m–15m", "€10m–15m | 10000000..15000000 | EUR | range"),
        (
            "one dollar; above a dollar and 30 cents",
            "one dollar | 1 | USD | exact; a dollar and 30 cents | 1.3 | USD | more_than",
        ),
    ]);
}

#[test]
fn ranges_and_bounds() {
    check(&[
        ("more than 5 and less than 10 boats", "5 and less than 10 | 5..10 |  | range"),
        ("more than 5 boats and fewer than 10 boats", "5 boats and fewer than 10 | 5..10 | boats | range | boats"),
        ("more than 5 dogs, fewer than 10 cats", "5 | 5 | dogs | more_than | dogs; 10 | 10 | cats | less_than | cats"),
        ("30~90 and 3 - ~8 litres", "30~90 | 30..90 |  | range; 3 - ~8 litres | 3..8 | litre | range"),
        ("1.2m to 1.5m people", "1.2m to 1.5m | 1200000..1500000 | people | range | people"),
        ("from 24 to 33-35 billion", "24 | 24 |  | exact; 33-35 billion | 33000000000..35000000000 |  | range"),
        ("between one and two percent", "one and two percent | 1..2 | percent | range"),
        ("two or three dozen eggs", "two or three dozen | 24..36 | eggs | range | eggs"),
        ("€12 500", "€12 500 | 12500 | EUR | exact"),
        ("smaller or equal than 9", "9 | 9 |  | at_most"),
        ("about five hundred or more", "five hundred | 500 |  | at_least"),
        ("two new 520 Max vans", "two | 2 |  | exact; 520 | 520 | vans | exact | Max vans"),
    ]);
}

#[test]
fn mixed_units_and_marks() {
    check(&[
        ("5 ft 3 in tall", "5 ft 3 in | 63 | inch | exact"),
        ("he is 5'11\"", "5'11\" | 71 | inch | exact"),
        ("6 foot 2; 11st 4lb", "6 foot 2 | 74 | inch | exact; 11st 4lb | 158 | pound | exact"),
        ("a lap of 2:08.4", "2:08.4 | 128.4 | second | exact"),
        ("10 km, 8 m", "10 km, 8 m | 10008 | metre | exact"),
        (
            "5 km, 800 m and 200 m",
            "5 km | 5 | kilometre | exact; 800 m | 800 | metre | exact; 200 m | 200 | metre | exact",
        ),
        ("1 hour fifteen", "1 hour fifteen | 75 | minute | exact"),
        (
            "25 percentage points, 50bp",
            "25 percentage points | 25 | percentage_point | exact; 50bp | 50 | basis_point | exact",
        ),
        (
            "2.5 A/cm2 and 12 mg/dL",
            "2.5 A/cm2 | 2.5 | ampere/square centimetre | exact; 12 mg/dL | 12 | milligram/decilitre | exact",
        ),
        ("30 people per km²", "30 | 30 | people/square kilometre | exact | people"),
        ("4 degrees below zero", "4 degrees below zero | -4 | degree | exact"),
        ("a gallon of milk at $3 a gallon", "a gallon | 1 | gallon | exact; $3 a gallon | 3 | USD/gallon | exact"),
        ("Ann Elk, 45, spoke; in her 30s; the under-16s", "45 | 45 | year of age | exact"),
        ("twice as many, twice a day, double the rate", "twice | 2 | x | exact; double | 2 | x | exact"),
        ("a four-door car", "four | 4 | door | exact | door"),
    ]);
}

#[test]
fn names_and_addresses() {
    check(&[
        ("20 High Court Cases", "20 | 20 | cases | exact | High Court Cases"),
        ("12 Elm Park Road and 3 roads", "3 | 3 | roads | exact | roads"),
        ("see https://a.example/5%20/30 km for 3 km", "3 km | 3 | kilometre | exact"),
        ("+44 20 7946 0958, (555) 012-3456, 555-0123", ""),
        ("the Q&R 500 fell, RX-70C, FTSE 100", ""),
        ("the 2016 sales; 2000 sales", "2000 | 2000 | sales | exact | sales"),
    ]);
}

/// Ordinals of a text, one after another.
fn ordinals(text: &str) -> Vec<(&str, Ordinal)> {
    let measures = shared();
    let tokens = tokenise(text, Span::new(0, text.len()));
    let found = scan(&LexedText::new(text, &tokens, &measures)).ordinals;
    found.into_iter().map(|s| (s.span.of(text), s.ordinal)).collect()
}

#[test]
fn places_in_an_order_and_scores() {
    use Ordinal::{FromEnd, FromHere, Nth, Score};
    let n = |v: i64| Nth(v.into());
    assert_eq!(ordinals("the 3rd try, forty-second"), [("3rd", n(3)), ("forty-second", n(42))]);
    assert_eq!(ordinals("First, the second; a third party"), [("second", n(2)), ("third", n(3))]);
    assert_eq!(ordinals("next to last, the penultimate"), [("next to last", FromEnd(1)), ("penultimate", FromEnd(1))]);
    assert_eq!(ordinals("the one before the last"), [("the one before the last", FromEnd(1))]);
    assert_eq!(
        ordinals("third from last; last but two"),
        [("third from last", FromEnd(2)), ("last but two", FromEnd(2))]
    );
    assert_eq!(ordinals("the previous one, the last 3"), [("previous one", FromHere(-1)), ("last", FromEnd(0))]);
    assert_eq!(ordinals("next to the door; it will last; at last"), []);
    let score = |a: i64, b: i64| Score(a.into(), b.into());
    assert_eq!(
        ordinals("won 3-1 by 52 to 48, 5-to-4"),
        [("3-1", score(3, 1)), ("52 to 48", score(52, 48)), ("5-to-4", score(5, 4))]
    );
    assert_eq!(ordinals("won 2-1 on Saturday, 3-0 in May"), [("2-1", score(2, 1)), ("3-0", score(3, 0))]);
    assert_eq!(ordinals("1-3 goals, from 52 to 48"), []);
}

#[test]
fn tables_of_units_are_sound() {
    let measures = embedded();
    for entry in &measures.units {
        assert!(!entry.unit.factor.is_zero(), "{:?}", entry.unit);
        assert!(!entry.unit.dimension.is_empty(), "{:?}", entry.unit);
    }
    let factor = |name: &str| measures.units.iter().find(|u| &*u.unit.name == name).map(|u| u.unit.factor.to_string());
    assert_eq!(factor("milliampere").as_deref(), Some("0.001"));
    assert_eq!(factor("gibibyte").as_deref(), Some("1073741824"));
}

#[test]
fn spreads_odds_and_densities() {
    check(&[
        ("It weighed 12 ± 3 kg.", "12 ± 3 kg | 12 in 9..15 | kilogram | range"),
        ("It weighed 12 kg ± 3 kg.", "12 kg ± 3 kg | 12 in 9..15 | kilogram | range"),
        ("a mean of 40 +/- 6", "40 +/- 6 | 40 in 34..46 |  | range"),
        ("mixed at a ratio of 3:1", "3:1 | 3 |  | exact"),
        ("drawn to a scale of 1:200", "1:200 | 0.005 |  | exact"),
        ("as Mark 3:1 has it", ""),
        ("some 145/km² live there", "145/km² | 145 | /square kilometre | approx"),
        ("It burns 18 kWh/100 km.", "18 kWh/100 km | 18 | kilowatt hour/100 kilometre | exact"),
        ("It holds 6 grams per 100 ml.", "6 grams per 100 ml | 6 | gram/100 millilitre | exact"),
    ]);
}

#[test]
fn equality_that_is_stated_leaves_nothing_open() {
    check(&[
        ("The sum equals 40.", "40 | =40 |  | exact"),
        ("The sum equals about 40.", "40 | 40 |  | approx"),
        ("a load equal to 3 tonnes", "3 tonnes | =3 | tonne | exact"),
        ("a load equal to or less than 3 tonnes", "3 tonnes | 3 | tonne | at_most"),
    ]);
}

#[test]
fn codes_and_signs_that_adjoin_digits() {
    check(&[
        (
            "They paid EUR4m, RM70 and CHF2.5bn.",
            "EUR4m | 4000000 | EUR | exact; RM70 | 70 | MYR | exact; CHF2.5bn | 2500000000 | CHF | exact",
        ),
        ("The CAD3D suite", ""),
        // What is left of the signs where only ASCII is.
        (
            "They paid PS4m, PS1,250 and Y=30 billion.",
            "PS4m | 4000000 | GBP | exact; PS1,250 | 1250 | GBP | exact; Y=30 billion | 30000000000 | JPY | exact",
        ),
        ("They play on a PS5.", ""),
        (
            "It earned 11.5C/ a share; it was 25C/77F.",
            "11.5C/ a share | 11.5 | cent/share | exact; 25C | 25 | degree Celsius | exact; 77F | 77 | degree Fahrenheit | exact",
        ),
    ]);
}

#[test]
fn brackets_behind_a_sign_are_a_minus() {
    check(&[
        ("a result of $(4.2) million", "$(4.2) million | -4200000 | USD | exact"),
        ("It was €(310).", "€(310) | -310 | EUR | exact"),
        ("a swing to (€7m) from (€2m)", "(€7m) | -7000000 | EUR | exact; (€2m) | -2000000 | EUR | exact"),
    ]);
}

#[test]
fn sides_share_their_unit() {
    check(&[
        ("a sheet of 30 x 20 cm", "30 | 30 | centimetre | exact; 20 cm | 20 | centimetre | exact"),
        ("a room of 12 by 15 feet", "12 | 12 | foot | exact; 15 feet | 15 | foot | exact"),
        (
            "a box of 21 × 14 × 9 mm",
            "21 | 21 | millimetre | exact; 14 | 14 | millimetre | exact; 9 mm | 9 | millimetre | exact",
        ),
        ("the 4 x 100 m relay", "4 | 4 |  | exact; 100 m | 100 | metre | exact"),
        ("the 4 x 10 km relay", "4 | 4 |  | exact; 10 km | 10 | kilometre | exact"),
    ]);
}

#[test]
fn rates_of_what_is_counted() {
    check(&[
        ("It draws 3 million visitors a month.", "3 million | 3000000 | visitors/month | exact | visitors"),
        ("It sells 900 a day.", "900 a day | 900 | /day | exact"),
        (
            "There were 12 deaths per 100,000 people.",
            "12 deaths per 100,000 people | 12 | deaths/100000 person | exact | deaths",
        ),
        ("It strikes 3 per 1,000.", "3 per 1,000 | 0.003 |  | exact"),
        ("It costs $120 per person per night.", "$120 per person per night | 120 | USD/person/night | exact"),
        ("a dose of 5 mg/kg/day", "5 mg/kg/day | 5 | milligram/kilogram/day | exact"),
        ("They earn £30,000 a year before tax.", "£30,000 a year | 30000 | GBP/year | exact"),
        ("They earned £30,000 a year before the merger.", "£30,000 | 30000 | GBP | exact"),
        (
            "Bake at 200C/180C or use 100 g/4 oz.",
            "200C | 200 | degree Celsius | exact; 180C | 180 | degree Celsius | exact; 100 g | 100 | gram | exact; 4 oz | 4 | ounce | exact",
        ),
    ]);
}

#[test]
fn changes_told_by_both_ends() {
    check(&[
        ("It cut waste by 40 to 60 per cent.", "40 to 60 per cent | 40..60 | percent | range"),
        ("It rose by 5 to 12.", "5 | 5 |  | exact; 12 | 12 |  | exact"),
        (
            "They got $2 million plus $300,000 in costs.",
            "$2 million | 2000000 | USD | exact; $300,000 | 300000 | USD | exact",
        ),
        ("a beam of 12 m 2 dm", "12 m 2 dm | 122 | decimetre | exact"),
        ("with 250m of cable and 35m of its users", "250m | 250 | metre | exact; 35m | 35000000 |  | exact"),
    ]);
}

#[test]
fn names_by_number_and_years_by_era() {
    check(&[
        ("the 8088 chip and the 90210 ZIP code", ""),
        ("its 13F filing", ""),
        ("They own two 737 jets.", "two | 2 |  | exact"),
        ("They own 737 jets.", "737 | 737 | jets | exact | jets"),
        ("built between A.D. 1000 and 1260, AD 79 or 1200 BC", ""),
        ("from 500 to 300 B.C.", ""),
    ]);
}

#[test]
fn a_k_is_a_kelvin_beside_a_degree() {
    check(&[
        ("It melts at 660 °C (933.5K).", "660 °C | 660 | degree Celsius | exact; 933.5K | 933.5 | kelvin | exact"),
        ("It melts at 933 K.", "933 K | 933 | kelvin | exact"),
        ("They sold 933K.", "933K | 933000 |  | exact"),
    ]);
}

#[test]
fn a_time_that_follows_is_no_denominator() {
    check(&[
        ("It took $7 million a month on.", "$7 million | 7000000 | USD | exact"),
        ("It pays $70,000 a year.", "$70,000 a year | 70000 | USD/year | exact"),
    ]);
}

#[test]
fn one_of_several_counts_nothing() {
    check(&[("She is one of the tallest.", ""), ("one of which sank", "")]);
    let text = "She is one of the tallest.";
    let measures = embedded();
    let tokens = tokenise(text, Span::new(0, text.len()));
    let reading = crate::rule::measure::LexedText::new(text, &tokens, &measures);
    let ordinals = crate::mention::quantity::scan(&reading).ordinals;
    assert!(matches!(&ordinals[..], [one] if one.span.of(text) == "one"), "{ordinals:?}");
}

#[test]
fn bare_signs_name_the_other_currencies() {
    let measures = embedded();
    let has = |sum: &str, code: &str| measures.currencies_beside(sum).iter().any(|c| &**c == code);
    for sum in ["$5", "-$5", "5 dollars", "two million dollars", "a dollar", "5-dollar", "$ 5bn"] {
        assert!(has(sum, "CAD"), "{sum}");
    }
    assert!(has("500 kr", "SEK") && has("kr 500", "DKK") && has("Rs 20", "PKR"));
    for sum in ["US$5", "C$5", "5 Canadian dollars", "€5", "5 USD"] {
        assert!(measures.currencies_beside(sum).is_empty(), "{sum}");
    }
}
