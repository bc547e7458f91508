//! What holds whatever is read: no panic, sound spans, links to what is there, chains that do not contradict themselves.

use std::collections::BTreeMap;

use belie::finding::Analysis;
use belie::graph::{Chains, Relation};
use belie::report::{FORMATS, Style};
use belie::text::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::given::{analysed, documents};

/// Pieces that the recognisers, frames and voices care about, and some that break them up.
const PIECES: &[&str] = &[
    "the Alder Bridge",
    "Harrow Rail",
    "Nora Vance",
    "Ms Vance",
    "she",
    "it",
    "the company",
    "its valuation",
    "opened",
    "was founded",
    "was valued at",
    "said",
    "announced",
    "has",
    "joined",
    "left",
    "is",
    "was not",
    "never",
    "no",
    "did not",
    "reportedly",
    "will",
    "may",
    "if",
    "about",
    "more than",
    "up to",
    "at least",
    "nearly",
    "$4.2 million",
    "€30",
    "4.2",
    "12",
    "1,200",
    "12%",
    "twelve percent",
    "0.5 km",
    "three",
    "a dozen",
    "2 to 3",
    "between 2 and 3",
    "1e9",
    "-5",
    "½",
    "10x",
    "on 3 June 2021",
    "in May 2021",
    "on Tuesday",
    "yesterday",
    "two weeks before",
    "in the second quarter",
    "2021-05-14",
    "32 May 2021",
    "people",
    "employees",
    "chief executive of",
    "CTO",
    "co-founder of",
    "according to",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "(",
    ")",
    "—",
    "-",
    ",",
    ".",
    ". ",
    "? ",
    "!",
    ":",
    ";",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "> ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "1. ",
    "[1]",
    "---\n",
    "```\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "é",
    "e\u{301}",
    "日本",
    "🦀",
    "\u{202e}",
    "\r\n",
    "\u{0}",
    "ﬁ",
    "İ",
    "ß",
];

/// Text of such pieces.
fn prose() -> impl Strategy<Value = String> {
    vec((select(PIECES), any::<bool>()), 0..60).prop_map(|pieces| {
        pieces.into_iter().map(|(p, gap)| if gap { format!("{p} ") } else { p.to_owned() }).collect()
    })
}

/// Sentences that make claims, affirmed or denied, of few subjects and values: chains and conflicts come of themselves.
fn statements() -> impl Strategy<Value = String> {
    let subject = select(&["The Alder Bridge", "Harrow Rail", "Nora Vance", "The Wren Fund"][..]);
    let said = select(
        &[
            "was valued at",
            "was not valued at",
            "opened on",
            "did not open on",
            "was founded in",
            "was never founded in",
            "is the chief executive of",
            "is not the chief executive of",
            "left",
            "has not left",
            "joined",
            "has joined",
        ][..],
    );
    let value = select(
        &[
            "$4 million",
            "$5 million",
            "about $4 million",
            "more than $3 million",
            "3 June 2021",
            "June 2021",
            "2021",
            "Harrow Rail",
            "the Wren Fund",
            "40 people",
        ][..],
    );
    vec((subject, said, value), 1..6)
        .prop_map(|all| all.into_iter().map(|(s, v, o)| format!("{s} {v} {o}. ")).collect())
}

/// Sentences about nothing that [`statements`] are about: other names, other verbs, other things counted.
fn strangers() -> impl Strategy<Value = String> {
    let subject = select(&["A heron", "Quillon", "The bakery on Tarn Street", "My aunt", "Two otters"][..]);
    let did = select(&["slept beside", "painted", "sang about", "weighed", "forgot", "waded through"][..]);
    let what = select(
        &["the kiln", "300 turnips", "a lantern on Tuesday", "7 kg of flour", "the reeds in 1887", "no puddle"][..],
    );
    vec((subject, did, what), 1..6).prop_map(|all| all.into_iter().map(|(s, v, o)| format!("{s} {v} {o}. ")).collect())
}

/// What is linked and found of some documents: relations with rules and claims, messages of findings.
fn linked(analysis: &Analysis, own: &[&str]) -> (Vec<String>, Vec<String>) {
    let id = |c: u32| analysis.claims[c as usize].id.as_str();
    let is_own = |c: u32| own.contains(&analysis.documents[analysis.claims[c as usize].source as usize].path.as_str());
    let links = analysis.links.iter().filter(|l| is_own(l.a) || is_own(l.b));
    let findings = analysis.findings.iter().filter(|f| f.claims.iter().any(|c| is_own(*c)));
    let mut links: Vec<String> =
        links.map(|l| format!("{} {} {} {}", l.relation.name(), l.rule, id(l.a), id(l.b))).collect();
    let mut findings: Vec<String> = findings.map(|f| f.message.clone()).collect();
    links.sort();
    findings.sort();
    (links, findings)
}

fn inside(span: Span, text: &str) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

fn sound(analysis: &Analysis) -> Result<(), TestCaseError> {
    for (at, claim) in analysis.claims.iter().enumerate() {
        let text = &analysis.documents[claim.source as usize].text;
        prop_assert!(inside(claim.span, text), "span of {claim:?}");
        prop_assert!(inside(claim.value_span, text), "value span of {claim:?}");
        prop_assert!(claim.span.contains(claim.value_span), "value outside its sentence: {claim:?}");
        prop_assert!(!claim.value_span.is_empty(), "empty value: {claim:?}");
        for (role, span) in &claim.context_spans {
            prop_assert!(inside(*span, text), "{role:?} of {claim:?}");
        }
        if let Some(next) = analysis.claims.get(at + 1) {
            prop_assert!(claim.source <= next.source, "claims are out of order");
        }
    }
    let mut ids: Vec<&str> = analysis.claims.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    prop_assert_eq!(ids.len(), analysis.claims.len(), "two claims have one id");
    let exists = |c: &u32| (*c as usize) < analysis.claims.len();
    for link in &analysis.links {
        prop_assert!([link.a, link.b].iter().chain(&link.also).all(exists), "{link:?}");
        // A consistency constraint may rest on one claim alone: a date with its weekday.
        let derived = matches!(link.relation, Relation::DerivedConsistent | Relation::DerivedConflict);
        prop_assert!(link.a != link.b || derived, "a claim is linked to itself: {link:?}");
        for end in [link.a, link.b] {
            prop_assert!(!analysis.claims[end as usize].noise, "boilerplate is linked: {link:?}");
        }
    }
    for finding in &analysis.findings {
        prop_assert!(finding.claims.iter().all(exists) && finding.claims.contains(&finding.primary), "{finding:?}");
        prop_assert!(finding.outlier.is_none_or(|o| o < finding.groups.len()), "{finding:?}");
        for group in &finding.groups {
            prop_assert!(group.claims.iter().all(|c| finding.claims.contains(c)), "{finding:?}");
            prop_assert!(group.sources.iter().all(|&s| (s as usize) < analysis.documents.len()), "{finding:?}");
        }
    }
    for checked in &analysis.checked {
        prop_assert!(checked.claims.iter().all(exists), "{checked:?}");
    }
    one_polarity_a_chain(analysis)
}

/// Claims that are said to say the same are all affirmed or all denied.
fn one_polarity_a_chain(analysis: &Analysis) -> Result<(), TestCaseError> {
    let chains = Chains::new(analysis.claims.len(), &analysis.links);
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, claim) in analysis.claims.iter().enumerate() {
        let head = &analysis.claims[*first.entry(chains.of(at as u32)).or_insert(at)];
        prop_assert_eq!(head.polarity, claim.polarity, "one chain holds {:?} and {:?}", head, claim);
    }
    Ok(())
}

fn renders(analysis: &Analysis) {
    for format in FORMATS {
        for width in [1, 40, 100] {
            let text = format.render(analysis, &Style { width, verbose: true, ..Style::default() });
            assert!(text.is_empty() || text.ends_with('\n'), "{}", format.name());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in "\\PC{0,300}", name in select(&["a.txt", "a.md"][..])) {
        let analysis = analysed(documents(&[(name, &text)]));
        sound(&analysis)?;
        renders(&analysis);
    }

    #[test]
    fn any_prose(x in prose(), y in prose()) {
        let analysis = analysed(documents(&[("a.md", &x), ("b.txt", &y)]));
        sound(&analysis)?;
        renders(&analysis);
    }

    #[test]
    fn any_statements(x in statements(), y in statements(), z in statements()) {
        let analysis = analysed(documents(&[("a.txt", &x), ("b.txt", &y), ("c.txt", &z)]));
        sound(&analysis)?;
        renders(&analysis);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_unrelated_changes_nothing(x in statements(), y in statements(), more in vec(strangers(), 1..4)) {
        let own = [("a.txt", x.as_str()), ("b.txt", y.as_str())];
        let added = ["c.txt", "d.txt", "0.txt"].into_iter().zip(more.iter().map(String::as_str));
        let all: Vec<(&str, &str)> = own.into_iter().chain(added).collect();
        let told = |texts: &[(&str, &str)]| linked(&analysed(documents(texts)), &["a.txt", "b.txt"]);
        prop_assert_eq!(told(&own), told(&all));
    }
}

/// The statements above do make claims and links: the properties are not about nothing.
#[test]
fn statements_are_linked() {
    let text = "The Wren Fund was valued at $4 million. The Alder Bridge opened on 3 June 2021. Nora Vance is the chief executive of Harrow Rail.";
    let denial = "The Wren Fund was valued at $5 million. The Alder Bridge did not open on 3 June 2021. Nora Vance is not the chief executive of Harrow Rail.";
    let analysis = analysed(documents(&[("a.txt", text), ("b.txt", text), ("c.txt", denial)]));
    assert!(analysis.claims.len() >= 9, "{}", analysis.claims.len());
    assert!(analysis.links.iter().any(|l| l.relation == Relation::Agree));
    let denied = analysis.claims.iter().filter(|c| c.polarity != analysis.claims[0].polarity).count();
    assert!(denied >= 2, "{denied} claims are denied");
}

/// DESIGN section 5: negation is polarity, and two polarities of one statement do conflict.
#[test]
fn two_polarities_of_one_statement_conflict() {
    for (said, denied) in [
        ("Nora Vance died on 3 June 2021.", "Nora Vance did not die on 3 June 2021."),
        ("Nora Vance is the chief executive of Harrow Rail.", "Nora Vance is not the chief executive of Harrow Rail."),
    ] {
        let dated = |text: &str| format!("---\npublished: 2031-04-02\n---\n{text}\n");
        let analysis = analysed(documents(&[("a.md", &dated(said)), ("b.md", &dated(denied))]));
        let found: Vec<&str> = analysis.links.iter().map(|l| l.relation.name()).collect();
        assert_eq!(found, ["conflict"], "{said} / {denied}");
    }
}
