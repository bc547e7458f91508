//! The light road of `belie mentions`: it shows what claims rest on, and its cost grows with the text and no faster.

use std::time::Duration;

use belie::app::pipeline::{Settings, recognise};
use belie::mention::{ItemKind, Mention, MentionKind, Sentence};
use belie::source::Document;
use belie::text::{Span, tokenise};

use crate::given;

/// A mention as a line, without what only the document can resolve.
fn told(mention: &Mention) -> (u32, u32, String) {
    let what = match &mention.kind {
        MentionKind::Quantity(quantity) => format!("{quantity:?}"),
        MentionKind::Ordinal(ordinal) => format!("{ordinal:?}"),
        MentionKind::Time(_) => "time".to_owned(),
        MentionKind::Quote => "quote".to_owned(),
    };
    (mention.span.start, mention.span.end, what)
}

/// The values of a sentence as claims see them.
fn seen(sentence: &Sentence) -> Vec<(u32, u32, String)> {
    let ordinals = sentence.ordinals.iter().map(|(span, s)| (span.start, span.end, format!("{s:?}")));
    let items = sentence.items.iter().filter_map(|item| {
        let what = match &item.kind {
            ItemKind::Quantity { quantity, .. } => format!("{quantity:?}"),
            ItemKind::Time(_) | ItemKind::Undated(_) => "time".to_owned(),
            ItemKind::Quote { .. } => "quote".to_owned(),
            ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { .. } => return None,
        };
        Some((item.span.start, item.span.end, what))
    });
    ordinals.chain(items).collect()
}

#[test]
fn mentions_are_what_claims_see() {
    let mut count = 0;
    for document in given::seeds().iter().flat_map(|name| given::seed(name)) {
        let mut shown = Vec::new();
        recognise(&document, &given::RULES, &Settings::default(), |mention| shown.push(told(&mention)));
        let in_order = shown.is_sorted_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
        assert!(in_order, "{}: mentions are out of order", document.id);
        let mut claimed: Vec<_> = given::EXTRACTOR.sentences(&document).1.iter().flat_map(seen).collect();
        shown.sort();
        claimed.sort();
        assert_eq!(shown, claimed, "{}", document.id);
        count += shown.len();
    }
    assert!(count > 100, "the seeds hold {count} mentions only");
}

/// So many times as long a text may cost up to three times as much as that: a square would cost more than twice as much again.
const LONGER: usize = 8;

#[test]
fn cost_is_linear() {
    let slow = slow(|text| {
        let mut found = 0;
        let document = Document::from_text("-", text);
        recognise(&document, &given::RULES, &Settings::default(), |_| found += 1);
        found
    });
    assert_eq!(slow, Vec::<String>::new());
}

/// A document is read in sentences, and what is longer than 4096 bytes in pieces of that length, so that a square within a
/// sentence does not show above. Here no text is cut.
#[test]
fn cost_is_linear_within_a_sentence() {
    let slow = slow(|text| {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let (amounts, times) = belie::mention::recognise(text, &tokens, given::RULES.measures());
        amounts.len() + times.len()
    });
    assert_eq!(slow, Vec::<String>::new());
}

/// What this thread has used of a processor: other work on the machine does not count.
fn processor_time() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
}

/// The texts for which `read` costs more than linear time.
fn slow(read: impl Fn(&str) -> usize) -> Vec<String> {
    let prose = "On 3 May the yard sold two dozen boats for $1.5 million, 12% more than a year earlier. Nobody \
                 there said “we were lucky”, and the third of its sheds stayed shut until half past nine. ";
    let texts = [
        ("prose", prose),
        ("lines", "The yard sold 12 boats.\n\n- Shed 3: 40 m\n"),
        ("digits", "4807"),
        ("commas", ","),
        ("figures", "1,234,"),
        ("halves", "and a half "),
        ("articles", "the a in the "),
        ("brackets", "([\""),
        ("closing", ")]"),
        ("hyphens", "-"),
        ("word", "boat"),
        ("quotes", "“a ‘b "),
        ("hours", "3 to 4 and 5 to "),
    ];
    let base = 16 << 10;
    let mut slow = Vec::new();
    for (name, unit) in texts {
        let cost = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len() + 1);
            let time = || {
                let start = processor_time();
                std::hint::black_box(read(&text));
                processor_time().saturating_sub(start)
            };
            (0..3).map(|_| time()).min().unwrap_or_default()
        };
        let (short, long) = (cost(base), cost(base * LONGER));
        if long > short * (3 * LONGER as u32) {
            slow.push(format!("{name}: {short:?} for {base} bytes, {long:?} for {LONGER} times as many"));
        }
    }
    slow
}
