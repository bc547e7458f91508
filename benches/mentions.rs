//! How fast values are read: `cargo bench --bench mentions`.
//!
//! The text is made here, from sentences with values of all kinds, sentences without any, lists and quotations, so that
//! a figure can be had anywhere. What is measured is the way from bytes to mentions on one thread: decoding, structure,
//! sentences, recognition; reading rules and writing answers apart.

use belie::app::pipeline::recognise_at;
use belie::mention::Reference;
use belie::rule::Rules;
use belie::source::Document;
use divan::Bencher;
use divan::counter::BytesCount;

/// Paragraphs; the larger sizes repeat them in changing order.
const PARAGRAPHS: [&str; 12] = [
    "The council met behind closed doors and heard from everybody who had asked to speak. Most of them wanted the old \
     bridge to stay where it is, and nobody had much good to say about the plans for another one further down.",
    "On Tuesday 3 March 2026 the yard sold twenty-four boats for $1.5 million, 12% more than a year earlier. Prices had \
     been falling since the late 1990s.",
    "“We were lucky,” the harbour master said. “The wind turned at half past nine, and by noon it was over.”",
    "Its engine weighs 38.5 kg, turns at up to 6,000 rpm and needs about 3 to 4 litres per 100 kilometres, two thirds of \
     what the last one took.",
    "- three sheds of 40 m\n- a slipway, repaired in 2019\n- between five and ten berths\n- the second-oldest crane in the \
     country",
    "People who live along the river have learned to watch the water rather than the forecast. They know the sound it \
     makes under the planks when the gates upstream are opened, and they carry their things to the upper floor.",
    "The ferry leaves every weekday at 6:45 am and 5.30 pm, except on Christmas Day. In the last three months it was late \
     more than forty times, twice by over an hour.",
    "| Year | Boats | Share |\n|---|---|---|\n| 2023 | 118 | 4.5% |\n| 2024 | 131 | 5.1% |",
    "What the figures mean is hard to say, because the way of counting has been changed so often that no two reports can \
     be laid side by side. The office that made them was closed, its papers went to a cellar, and the cellar was flooded.",
    "She won the final 3-1 in her ninth season, the youngest but one to do so. Tickets cost between €15 and €80; some \
     7,500 people came, nearly double the number of last year.",
    "Call the office on 555-0142 or see section 4.2 of version 2.1.3, which was printed as No. 17 of the series.",
    "A mile and a half below the weir, at 12 °C, they measured five hundred and six parts per million; two weeks later it \
     was a quarter of that.",
];

const MEGABYTE: usize = 1_000_000;

fn main() {
    divan::main();
}

/// Mixed English of so many bytes.
fn mixed(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1_000);
    let mut at = 0;
    while text.len() < bytes {
        // Steps of five and now and then one more: every order of neighbours comes up.
        at = (at + if text.len().is_multiple_of(7) { 6 } else { 5 }) % PARAGRAPHS.len();
        text.push_str(PARAGRAPHS[at]);
        text.push_str("\n\n");
    }
    text
}

fn read(bencher: Bencher<'_, '_>, text: &str) {
    let rules = Rules::embedded().expect("the rules of the binary are tested");
    let day = jiff::civil::date(2026, 5, 19);
    let reference = Some(Reference { day, time: None, offset: None });
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        let document = Document::from_text("-", text);
        let mut found = 0_usize;
        recognise_at(&document, &rules, reference, |_| found += 1);
        found
    });
}

/// So many megabytes of mixed English.
#[divan::bench(args = [1, 10, 100], sample_count = 5, sample_size = 1)]
fn english(bencher: Bencher<'_, '_>, megabytes: usize) {
    read(bencher, &mixed(megabytes * MEGABYTE));
}

/// A megabyte of one thing over and over.
#[divan::bench(args = ["7", ",", "and a half ", "([", "boat", "12-", "the "], sample_count = 5, sample_size = 1)]
fn adversarial(bencher: Bencher<'_, '_>, unit: &str) {
    read(bencher, &unit.repeat(MEGABYTE / unit.len()));
}
