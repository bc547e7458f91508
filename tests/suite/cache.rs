//! With a cache, without one, and with one that is cold, warm, damaged or another program's: the same bytes.

use std::fs;
use std::path::PathBuf;

use crate::given;
use crate::program::{CACHE, Ended, Folder, command, ended, feed, run};

const NOTICE: &str = "---
publisher: The Weir Ledger
published: 2031-04-02
---
# The weir at Sallow Ford is to be rebuilt

The Sallow Trust was valued at $90 million in March 2031. Ada Sallow died on 4 May 1961. About 300 people left their homes.
The river board announced the repair on 1 April 2031. “Nobody slept that night,” said Ruth Penhale, the chief engineer.
";
const LETTER: &str = "The Sallow Trust was valued at $70 million in March 2031. Ada Sallow died on 9 May 1961, said Ruth Penhale, the
chief engineer of the River Board. More than 250 people left their homes. The repair was announced on Tuesday, 1 April 2031.
The last flood came two years ago, and a survey begins next month.
";

/// What says nothing, to make documents worth keeping.
const FILLER: &str = "
The old quarter lies between the river and the hills, and few visitors ever find their way to it.
";

fn sources(name: &str) -> Folder {
    let folder = Folder::new(name);
    for (file, text) in [("notice.md", NOTICE), ("letter.txt", LETTER)] {
        folder.file(&format!("sources/{file}"), format!("{text}{}", FILLER.repeat(12)));
    }
    folder
}

const COMMANDS: [&[&str]; 5] = [
    &["check", "sources", "--format", "json"],
    &["check", "sources", "--fail-on", "note"],
    &["check", "sources", "--format", "concise", "--as-of", "2031-06-01", "--jobs", "3"],
    &["claims", "sources", "--format", "jsonl"],
    &["why", "sources/notice.md:7", "sources/letter.txt:1"],
];

/// Every command, as it ends with or without the cache.
fn all(folder: &Folder, cached: bool) -> Vec<Ended> {
    let more: &[&str] = if cached { &[] } else { &["--no-cache"] };
    COMMANDS.iter().map(|arguments| run(folder, &[arguments, more].concat())).collect()
}

/// The entries of the cache, sorted.
fn entries(folder: &Folder) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for shard in fs::read_dir(folder.0.join(CACHE).join("extractions")).into_iter().flatten() {
        let shard = shard.unwrap().path();
        if shard.is_dir() {
            files.extend(fs::read_dir(shard).unwrap().map(|e| e.unwrap().path()));
        }
    }
    files.sort();
    files
}

/// How the cache says it fared.
fn account(folder: &Folder) -> String {
    let ended = run(folder, &["check", "sources", "--verbose", "--format", "json"]);
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
    ended.err
}

#[test]
fn the_same_bytes_whatever_the_cache_holds() {
    let folder = sources("cache");
    let expected = all(&folder, false);
    assert!(!folder.0.join(CACHE).exists(), "--no-cache has written");
    assert!(expected[0].out.contains("\"conflict\""), "the set has lost its conflicts");
    assert!(expected.iter().all(|e| e.code == Some(1) || e.code == Some(0)), "{expected:?}");
    assert_eq!(all(&folder, true), expected, "cold");
    // Two documents, one of them without a date of its own, under two assumed dates.
    assert_eq!(entries(&folder).len(), 4);
    assert_eq!(all(&folder, true), expected, "warm");
    assert!(account(&folder).contains("2 of 2 documents read"), "{}", account(&folder));
    let damage = |what: &str, harm: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        for path in entries(&folder) {
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, harm(bytes)).unwrap();
        }
        assert!(account(&folder).contains("2 damaged there"), "{what}");
        assert_eq!(all(&folder, true), expected, "{what}");
        assert!(account(&folder).contains("2 of 2 documents read"), "{what}, replaced");
    };
    damage("cut off", &|bytes| bytes[..bytes.len() * 2 / 3].to_vec());
    damage("emptied", &|_| Vec::new());
    damage("altered", &|mut bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x20;
        bytes
    });
    damage("text", &|_| b"not an entry at all\n".repeat(40));
    // Each in the place of the next.
    let paths = entries(&folder);
    let contents: Vec<Vec<u8>> = paths.iter().map(|p| fs::read(p).unwrap()).collect();
    for (path, bytes) in paths.iter().zip(contents.iter().cycle().skip(1)) {
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(all(&folder, true), expected, "exchanged");
}

#[test]
fn what_changes_a_document_changes_its_entry() {
    let folder = sources("cache-told");
    let check = ["check", "sources", "--format", "json"];
    let same = |more: &[&str]| {
        let arguments = [&check, more].concat();
        let cached = run(&folder, &arguments);
        assert_eq!(cached, run(&folder, &[&arguments, &["--no-cache"][..]].concat()));
        cached.out
    };
    let mut reports = vec![same(&[]), same(&["--as-of", "2031-01-15"])];
    folder.file("belie.toml", "[sources.\"letter.txt\"]\npublisher = \"The Post\"\npublished = 2030-02-03\n");
    reports.push(same(&[]));
    folder.file("belie.toml", "as-of = 2029-08-09\n\n[aliases]\n\"River Board\" = [\"the river board\"]\n");
    reports.push(same(&[]));
    let lexicon = fs::read_to_string(given::root().join("rules/extract/valuation.toml")).unwrap();
    folder.file("more/extract/worth.toml", lexicon.replace("id = \"valuation\"", "id = \"worth\""));
    reports.push(same(&["--rules", "more"]));
    folder.file("sources/letter.txt", format!("{}{}", LETTER.replace("$70", "$75"), FILLER.repeat(12)));
    reports.push(same(&[]));
    let all = reports.len();
    reports.sort();
    reports.dedup();
    assert_eq!(reports.len(), all, "a change has changed nothing");
}

#[test]
fn what_is_seen_once_leaves_nothing_behind() {
    let folder = sources("cache-once");
    let long = format!("{LETTER}{}", FILLER.repeat(12));
    feed(&folder, &["check", "-"], long.as_bytes()).expect(0, &["1 source"]);
    let line = serde_json::json!({"id": 1, "premise": long, "hypothesis": NOTICE}).to_string();
    feed(&folder, &["compare", "--jsonl"], line.as_bytes()).expect(0, &["\"id\":1"]);
    run(&folder, &["compare", "sources/notice.md", "sources/letter.txt", "--verbose"]).expect(1, &["conflict"]);
    run(&folder, &["mentions", "sources"]).expect(0, &["$90 million"]);
    run(&folder, &["rules", "test", "valuation", "--verbose"]).expect(0, &["0 failed"]);
    assert!(!folder.0.join(CACHE).exists());
}

#[test]
fn nothing_is_written_beside_the_sources() {
    let folder = sources("cache-beside");
    all(&folder, true);
    let mut names: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [CACHE, "sources"]);
    assert_eq!(fs::read_dir(folder.0.join("sources")).unwrap().count(), 2);
}

/// A folder that holds other things as well: nothing of it is ignored, written to or deleted.
#[test]
fn a_folder_that_is_the_users_own() {
    let folder = sources("cache-own");
    let expected = all(&folder, false);
    for _ in 0..2 {
        for (arguments, expected) in COMMANDS.iter().zip(&expected) {
            let mut command = command(&folder, arguments);
            assert_eq!(&ended(command.env("BELIE_CACHE_DIR", "sources").output().unwrap()), expected);
        }
    }
    let mut names: Vec<_> = fs::read_dir(folder.0.join("sources")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["extractions", "letter.txt", "notice.md"]);
}

#[test]
fn a_cache_that_cannot_be_kept_fails_no_run() {
    let folder = sources("cache-refused");
    let expected = all(&folder, false);
    folder.file("file", "no folder");
    let with = |value: &str, arguments: &[&str]| {
        let mut command = command(&folder, arguments);
        command
            .env("BELIE_CACHE_DIR", value)
            .env_remove("XDG_CACHE_HOME")
            .env_remove("HOME")
            .env_remove("LOCALAPPDATA");
        ended(command.output().unwrap())
    };
    for value in ["file", "file/below", ""] {
        for (arguments, expected) in COMMANDS.iter().zip(&expected) {
            assert_eq!(&with(value, arguments), expected, "{value}");
        }
    }
    with("file", &["check", "sources", "--verbose"]).expect(1, &["note: cache: 0 of 2", "cannot be written"]);
    assert_eq!(fs::read_to_string(folder.0.join("file")).unwrap(), "no folder");
}
