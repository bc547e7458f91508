//! What a third document changes in what two others say: what each finding says of a folder, file by file.

use serde_json::Value;

use crate::program::{Folder, run};

/// Severity, rule and notes of each conflict among the texts, which are called `a.md`, `b.md` and so on.
fn conflicts(name: &str, texts: &[&str]) -> Vec<(String, String, String)> {
    let folder = Folder::new(&format!("several-{name}"));
    for (letter, text) in ('a'..).zip(texts) {
        folder.file(&format!("{letter}.md"), format!("{text}\n"));
    }
    let ended = run(&folder, &["check", ".", "--format", "json", "--fail-on", "never", "--no-cache", "--allow-empty"]);
    assert_eq!(ended.code, Some(0), "{}", ended.all());
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let conflicts = findings.filter(|f| f["relation"] == "conflict");
    let word = |f: &Value, key: &str| f[key].as_str().unwrap().to_owned();
    conflicts.map(|f| (word(f, "severity"), word(f, "rule"), f["notes"].to_string())).collect()
}

/// Severity and rule alone.
fn loud(name: &str, texts: &[&str]) -> Vec<(String, String)> {
    conflicts(name, texts).into_iter().map(|(severity, rule, _)| (severity, rule)).collect()
}

const EARLY: &str = "The Alder Bridge opened on 12 May 2021.";
const LATE: &str = "The Alder Bridge opened on 14 May 2021.";

#[test]
fn a_page_with_both_values_settles_nothing() {
    let error = [("error".to_owned(), "date-conflict".to_owned())];
    assert_eq!(loud("two", &[LATE, EARLY]), error);
    for (name, both) in [
        ("joined", format!("{LATE}\n\n{EARLY}")),
        ("turned", format!("{EARLY}\n\n{LATE}")),
        ("told", "The Alder Bridge opened on 14 May 2021, the town says; the Alder Bridge opened on 12 May 2021, says a plaque on it.".to_owned()),
    ] {
        for (place, texts) in [[LATE, EARLY, &both], [&both, LATE, EARLY], [LATE, &both, EARLY]].iter().enumerate() {
            let found = conflicts(&format!("{name}-{place}"), texts);
            let [(severity, rule, notes)] = found.as_slice() else { panic!("{name}: {found:?}") };
            assert_eq!([(severity.clone(), rule.clone())], error);
            assert!(notes.contains(".md has both values and does not decide between them"), "{notes}");
        }
    }
    // Several such pages, and copies of either side.
    let both = format!("{LATE}\n\n{EARLY}");
    assert_eq!(loud("pages", &[LATE, EARLY, &both, &both]), error);
    assert_eq!(loud("copy", &[LATE, EARLY, EARLY]), error);
    assert_eq!(loud("copies", &[LATE, EARLY, EARLY, LATE, &both]), error);
}

#[test]
fn a_page_that_repeats_both_sentences_tells_nothing_apart() {
    let (more, fewer) = ("The Tarrow depot holds 4,200 crates.", "The Tarrow depot holds 3,900 crates.");
    let warning = [("warning".to_owned(), "figure-differs".to_owned())];
    assert_eq!(loud("crates", &[more, fewer]), warning);
    assert_eq!(loud("crates-both", &[more, fewer, &format!("{fewer} {more}")]), warning);
}

#[test]
fn a_page_that_tells_two_things_keeps_them_apart() {
    let two = "The footway of the Alder Bridge opened on 12 May 2021 and its carriageway on 14 May 2021. The first Alder Bridge stood nearby.";
    let found = loud(
        "parts",
        &[
            "The carriageway of the Alder Bridge opened on 14 May 2021.",
            "The footway of the Alder Bridge opened on 12 May 2021.",
            two,
        ],
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn sentences_that_are_the_same_but_for_one_figure() {
    for (n, (pattern, one, other)) in [
        ("Lumenforge has raised {} in a Series B round led by Northgate Ventures.", "$85 million", "$58 million"),
        ("Corvale Systems has {} employees.", "320", "290"),
        ("The Brindle daemon listens on port {}.", "8443", "9443"),
        ("Westmoor Rovers beat Calder United {} in the cup final.", "3-1", "4-1"),
        ("By default Pallix keeps logs for {} days.", "14", "30"),
        ("Solveig Marr finished {} in the slalom at Vollen.", "third", "fifth"),
    ]
    .into_iter()
    .enumerate()
    {
        let (a, b) = (pattern.replace("{}", one), pattern.replace("{}", other));
        assert_eq!(loud(&format!("same-{n}"), &[&a, &b]).len(), 1, "{a}");
        // In a folder with others.
        let rest = "The weather was mild. Farmers began to sow oats, and a fair will be held on the common.";
        assert_eq!(loud(&format!("among-{n}"), &[&a, &b, rest]).len(), 1, "{a}");
    }
}

#[test]
fn one_pattern_of_two_things() {
    for (n, (a, b)) in [
        ("Lumenforge raised $85 million in a Series B round.", "Lumenforge raised $58 million in a Series A round."),
        (
            "The council set aside £340,000 for the repair of the swimming pool.",
            "The council set aside £430,000 for the repair of the library roof.",
        ),
        ("By default Pallix keeps logs for 14 days.", "By default Pallix keeps snapshots for 30 days."),
        (
            "A full backup of Stonecrop takes about 40 minutes.",
            "An incremental backup of Stonecrop takes about 5 minutes.",
        ),
        ("On Saturday the Ferrow library lent out 420 books.", "On Monday the Ferrow library lent out 310 books."),
        (
            "Westmoor Rovers beat Calder United 3-1 in the first leg.",
            "Westmoor Rovers beat Calder United 4-1 in the second leg.",
        ),
        ("The Brindle daemon listens on port 8443.", "The Brindle console listens on port 9443."),
        (
            "Sixteen volunteers rebuilt the footbridge at Hollin Mill.",
            "Four of the volunteers who rebuilt the footbridge at Hollin Mill were joiners.",
        ),
        ("Corvale Systems had 320 employees in 2021.", "Corvale Systems had 290 employees in 2023."),
    ]
    .into_iter()
    .enumerate()
    {
        let found = loud(&format!("pattern-{n}"), &[a, b]);
        assert!(found.is_empty(), "{a} {b} {found:?}");
    }
}

#[test]
fn a_figure_is_of_the_test_it_is_measured_on() {
    let both = "On the json benchmark Tolvane 3 is 3.1 times faster than Tolvane 2, and on the regex benchmark it is 1.8 times faster than Tolvane 2.";
    let json = "Tolvane 3 is now 3.1 times faster than Tolvane 2 at parsing JSON files.";
    let sort = "Tolvane 3 is 2.4 times faster than Tolvane 2 on the sort benchmark.";
    let regex = "Tolvane 3 is 1.8 times faster than Tolvane 2, as the regex test shows.";
    let slower = "Tolvane 3 is 1.4 times faster than Tolvane 2 on the sort benchmark.";
    for (n, texts) in [
        vec![json, sort],
        vec![json, regex],
        vec![both, json, sort],
        vec![both, sort, regex],
        vec![json, sort, regex, both],
    ]
    .into_iter()
    .enumerate()
    {
        let found = loud(&format!("tests-{n}"), &texts);
        assert!(found.is_empty(), "{texts:?} {found:?}");
    }
    assert_eq!(loud("tests-same", &[both, sort, slower]), [("error".to_owned(), "value-conflict".to_owned())]);
}
