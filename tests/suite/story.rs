//! Snapshot, decisions and check as a project lives with them in CI, one change after another.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::program::{Ended, Folder, run};

const LEDGER: &str = "\
---
title: The Otter Mill is to be restored
publisher: The Weir Ledger
published: 2031-03-12
---
# The Otter Mill is to be restored

The Brackwater Trust was valued at $4.2 million. Agnes Thorley, who built the mill, died on 3 June 1874.

The wheel has not turned for a generation.
";

const AGREES: &str = "\
---
title: Money for the mill
publisher: The Harrow Gazette
published: 2031-03-13
---
# Money for the mill

Agnes Thorley died on 3 June 1874. The Brackwater Trust was valued at $4.2 million.
";

const CONFLICTS: &str = "\
---
title: Otter Mill gets its wheel back
publisher: The Sorley Post
published: 2031-03-14
---
# Otter Mill gets its wheel back

Agnes Thorley died on 8 June 1874, the parish book says. Children sang at the weir.
";

/// A rule that reads what no sentence above says.
const RULE: &str = r#"
id = "otters"
summary = "How many otters a weir has"
why = "Two counts of one spring contradict each other."
attribute = "otters"
kind = "count"
shape = "number"
subject = ["any"]
time = "timeless"
nouns = ["otter"]

[[example]]
text = "The weir has 12 otters."
fires = true
value = "12"

[[example]]
text = "The pond has five otters."
fires = true
value = "five"

[[example]]
text = "The otter is shy."
fires = false
why = "no figure"

[[example]]
text = "The weir has 12 herons."
fires = false
why = "herons"
"#;

const SNAPSHOT: &str = "docs/snapshots/belie.snapshot.json";
const ACCEPTED: &str = "docs/belie.accepted.toml";

fn check(folder: &Folder) -> Ended {
    run(folder, &["check", "docs", "--format", "concise", "--format", "json=report.json"])
}

fn report(folder: &Folder) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.0.join("report.json")).unwrap()).unwrap()
}

/// Status and rule of every finding of the last check.
fn statuses(folder: &Folder) -> Vec<String> {
    let report = report(folder);
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|f| format!("{} {}", f["status"].as_str().unwrap(), f["rule"].as_str().unwrap())).collect()
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.0.join(name)).unwrap()
}

fn claims(folder: &Folder, name: &str) -> BTreeSet<String> {
    let snapshot: Value = serde_json::from_str(&read(folder, name)).unwrap();
    snapshot["claims"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect()
}

/// Source and words of the claim that a finding is shown on.
fn said_on(report: &Value) -> String {
    let primary = &report["findings"][0]["primary"];
    let claim = report["claims"].as_array().unwrap().iter().find(|c| c["id"] == *primary).unwrap();
    format!("{} {}", claim["source"].as_str().unwrap(), claim["text"].as_str().unwrap())
}

#[test]
fn a_project_in_ci() {
    let folder = Folder::new("story");
    folder.file("docs/ledger.md", LEDGER);

    // The snapshot is committed.
    run(&folder, &["snapshot", "docs"]).expect(0, &["wrote docs/snapshots/belie.snapshot.json: 1 source"]);
    run(&folder, &["snapshot", "docs", "--check"]).expect(0, &["is up to date"]);

    // A source that agrees comes: nothing fails, and the snapshot says what it changes.
    folder.file("docs/agrees.md", AGREES);
    check(&folder).expect(0, &[]);
    let said = run(&folder, &["snapshot", "docs", "--check"]);
    said.expect(1, &["source agrees.md: new", "1 new source", "belie snapshot --accept"]);
    run(&folder, &["snapshot", "docs", "--accept"]).expect(0, &["wrote", "2 sources"]);

    // A source that conflicts comes: the run fails, and the new source is one of the ends.
    folder.file("docs/post.md", CONFLICTS);
    check(&folder).expect(1, &["docs/post.md:8:23: error[date-conflict] 3 June 1874 against 8 June 1874"]);
    assert_eq!(statuses(&folder), ["new date-conflict"]);
    let found = report(&folder);
    let ends: Vec<&str> =
        found["findings"][0]["groups"][1]["sources"].as_array().unwrap().iter().flat_map(|s| s.as_str()).collect();
    assert_eq!(ends, ["post.md"]);
    // And it is shown there, not on the sources that were there before.
    assert!(said_on(&found).starts_with("post.md "), "{found}");
    let said = run(&folder, &["snapshot", "docs", "--check"]);
    said.expect(1, &["→ disputed by the new source post.md", "source post.md: new", "1 new conflict"]);

    // It is accepted with a reason.
    let id = found["findings"][0]["id"].as_str().unwrap().to_owned();
    let accept =
        ["accept", &id[..8], "docs", "--reason", "the parish book is kept in the old style", "--author", "Ines"];
    run(&folder, &accept).expect(0, &["accepted", "wrote docs/belie.accepted.toml"]);
    check(&folder).expect(0, &["date-conflict", "accepted"]);
    assert_eq!(statuses(&folder), ["accepted date-conflict"]);

    // Other sentences of the same files are edited: the decision holds.
    folder.file("docs/post.md", CONFLICTS.replace("Children sang", "Forty children sang"));
    folder.file("docs/ledger.md", LEDGER.replace("for a generation", "since the flood"));
    let said = check(&folder);
    said.expect(0, &["accepted"]);
    assert!(!said.all().contains("unused decision"), "{said:?}");

    // The sentence that conflicts is edited: the decision ends by itself.
    folder.file("docs/post.md", CONFLICTS.replace("the parish book says", "says a stone in the yard"));
    check(&folder).expect(1, &["3 June 1874 against 8 June 1874", "unused decision", ACCEPTED]);
    assert_eq!(statuses(&folder), ["new date-conflict"]);

    // The finding is taken into the snapshot: known, it fails no more. Then its source goes.
    run(&folder, &["snapshot", "docs", "--accept"]).expect(0, &["wrote"]);
    check(&folder).expect(0, &["known"]);
    run(&folder, &["check", "docs", "--no-snapshot"]).expect(1, &[]);
    fs::remove_file(folder.0.join("docs/post.md")).unwrap();
    check(&folder).expect(0, &[]);
    assert_eq!(statuses(&folder), ["gone date-conflict"]);
    run(&folder, &["check", "docs"]).expect(0, &["gone  error[date-conflict]", "(without post.md)", "1 gone"]);
    let said = run(&folder, &["snapshot", "docs", "--check"]);
    said.expect(1, &["source post.md: gone", "1 conflict gone", "disputed → "]);
    run(&folder, &["snapshot", "docs"]).expect(0, &["wrote"]);

    // The rules change: the claims that they do not touch keep their ids.
    folder.file("rules/extract/otters.toml", RULE);
    run(&folder, &["snapshot", "docs", "--rules", "rules", "--file", "other.json"]).expect(0, &["wrote other.json"]);
    assert_eq!(claims(&folder, SNAPSHOT), claims(&folder, "other.json"));
    run(&folder, &["check", "docs", "--rules", "rules"]).expect(0, &[]);
    run(&folder, &["snapshot", "docs", "--rules", "rules", "--check"]).expect(0, &["is up to date"]);
}

/// A folder with a conflict.
fn conflict(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("docs/ledger.md", LEDGER);
    folder.file("docs/post.md", CONFLICTS);
    folder
}

fn id(folder: &Folder) -> String {
    check(folder);
    report(folder)["findings"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_old_corpus_fails_on_what_is_new_alone() {
    let folder = conflict("story-old");
    check(&folder).expect(1, &[]);
    run(&folder, &["snapshot", "docs"]).expect(0, &["1 finding"]);
    run(&folder, &["check", "docs"])
        .expect(0, &["findings already known or decided: 1 known", "0 conflicts", "; 1 known"]);
    run(&folder, &["check", "docs", "--verbose"]).expect(0, &["error[date-conflict]", ", known"]);
    // Named as changed, it is news.
    run(&folder, &["check", "docs", "--changed", "docs/post.md", "docs/other.md"]).expect(1, &["error[date-conflict]"]);
    run(&folder, &["check", "docs", "--changed"]).expect(0, &[]);
    // A further source joins one side: the finding has changed.
    folder.file("docs/stone.md", "# The stone\n\nAgnes Thorley died on 8 June 1874. So says the stone by the yew.\n");
    run(&folder, &["check", "docs"]).expect(1, &["has changed since the last decision on it"]);
    // Without a snapshot what is named as changed is new, the rest known.
    let folder = conflict("story-changed");
    run(&folder, &["check", "docs", "--changed", "./docs/ledger.md"]).expect(1, &[]);
    run(&folder, &["check", "docs", "--changed", "docs/other.md"]).expect(0, &["1 known"]);
}

#[test]
fn decisions_end_on_their_day() {
    let folder = conflict("story-until");
    let id = id(&folder);
    let said = run(
        &folder,
        &["dismiss", &id, "docs", "--reason", "two Agneses", "--until", "2031-05-01", "--date", "2031-03-15"],
    );
    said.expect(0, &["dismissed"]);
    let text = read(&folder, ACCEPTED);
    assert!(text.contains("date = 2031-03-15\nuntil = 2031-05-01"), "{text}");
    run(&folder, &["check", "docs", "--as-of", "2031-05-01"]).expect(0, &["1 dismissed"]);
    run(&folder, &["check", "docs", "--as-of", "2031-05-02"]).expect(1, &["ended after 2031-05-01"]);
    // A snapshot that was taken meanwhile does not keep it quiet.
    run(&folder, &["snapshot", "docs"]).expect(0, &[]);
    run(&folder, &["check", "docs", "--as-of", "2031-05-02"]).expect(1, &[]);
    // Decided again, in the same place.
    let again = run(&folder, &["accept", &id, "docs", "--reason", "both stand in the parish book"]);
    again.expect(0, &[]);
    let text = read(&folder, ACCEPTED);
    assert_eq!((text.matches("[[decision]]").count(), text.contains("until =")), (1, false), "{text}");
    run(&folder, &["check", "docs"]).expect(0, &["1 accepted"]);
}

#[test]
fn what_cannot_be_decided() {
    let folder = conflict("story-refused");
    let id = id(&folder);
    run(&folder, &["accept", &id, "docs"]).expect(2, &["--reason"]);
    run(&folder, &["accept", &id, "docs", "--reason", " "]).expect(2, &["--reason is empty"]);
    run(&folder, &["accept", "0000", "docs", "--reason", "x"]).expect(2, &["no finding `0000`"]);
    assert!(!folder.0.join(ACCEPTED).exists());
    // A file with faults stops the run, with the place; and is not written over.
    let broken = "[[decision]]\nfingerprnt = \"x\"\n";
    folder.file(ACCEPTED, broken);
    let fault = ["docs/belie.accepted.toml:2:1", "did you mean `fingerprint`?"];
    run(&folder, &["check", "docs"]).expect(2, &fault);
    run(&folder, &["accept", &id, "docs", "--reason", "x"]).expect(2, &fault);
    assert_eq!(read(&folder, ACCEPTED), broken);
    // No terminal, no review.
    let folder = conflict("story-review");
    run(&folder, &["review", "docs"]).expect(2, &["there is none", "belie accept"]);
}

#[test]
fn snapshots_that_are_none() {
    let folder = conflict("story-broken");
    run(&folder, &["snapshot", "docs", "--check"]).expect(2, &["there is no snapshot at docs/snapshots"]);
    run(&folder, &["check", "docs", "--snapshot", "none.json"]).expect(2, &["there is no snapshot at none.json"]);
    run(&folder, &["snapshot", "docs", "--select", "date-conflict"]).expect(2, &["covers all rules"]);
    run(&folder, &["snapshot", "docs"]).expect(0, &[]);
    let good = read(&folder, SNAPSHOT);
    assert!(!good.contains(folder.0.to_str().unwrap()), "{good}");
    let cases = [
        (good[..good.len() / 2].to_owned(), "belie.snapshot.json:"),
        (good.replace("belie-snapshot/1", "belie-snapshot/7"), "has the format `belie-snapshot/7`"),
        (good.replace("\"footing\":\"disputed\"", "\"footing\":\"loud\""), "unknown word `loud`"),
        ("[]".to_owned(), "not a snapshot"),
        (String::new(), "not a snapshot"),
    ];
    for (text, why) in &cases {
        folder.file(SNAPSHOT, text);
        for arguments in [&["check", "docs"][..], &["snapshot", "docs", "--check"], &["snapshot", "docs"]] {
            run(&folder, arguments).expect(2, &[why, SNAPSHOT]);
        }
        assert_eq!(&read(&folder, SNAPSHOT), text);
    }
    run(&folder, &["snapshot", "docs", "--accept"]).expect(0, &["wrote"]);
    assert_eq!(read(&folder, SNAPSHOT), good);
    // What cannot be read in full is not kept.
    run(&folder, &["snapshot", "docs", "missing.md", "--accept"]).expect(2, &["no snapshot was written"]);
    assert_eq!(read(&folder, SNAPSHOT), good);
    // A snapshot of other paths says so.
    run(&folder, &["check", ".", "--snapshot", SNAPSHOT]).expect(1, &["it was made with other paths"]);
}

#[test]
fn state_lies_beside_the_configuration() {
    let folder = conflict("story-config");
    folder.file("belie.toml", "fail-on = \"error\"\n");
    run(&folder, &["snapshot", "docs"]).expect(0, &["wrote snapshots/belie.snapshot.json"]);
    run(&folder, &["check", "docs"]).expect(0, &["1 known"]);
    assert!(!folder.0.join(SNAPSHOT).exists());
    let text = read(&folder, "snapshots/belie.snapshot.json");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let hash = serde_json::from_str::<Value>(&text).unwrap()["rules_hash"].as_str().unwrap().to_owned();
    let text = text.replace(&hash, "[rules_hash]");
    settings.bind(|| insta::assert_snapshot!("state", text));
}
