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
            assert!(notes.contains(".md has both values, which settles nothing"), "{notes}");
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
