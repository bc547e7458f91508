//! What stands around the check: the configuration of a project, watching, completions, the manual.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::given;
use crate::program::{Folder, command, ended, feed, run};

const HERON: &str =
    "---\ndate: 2026-05-19\n---\n# The heron of Marsh Lake\n\nThe Marsh Heron has a wingspan of 2.4 metres.\n";
const SWAN: &str =
    "---\ndate: 2026-05-20\n---\n# The heron of Marsh Lake returns\n\nThe Marsh Heron has a wingspan of 2.1 metres.\n";

fn birds(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("docs/heron.md", HERON);
    folder.file("docs/swan.md", SWAN);
    folder
}

fn report(folder: &Folder) -> Value {
    serde_json::from_str(&run(folder, &["check", "docs", "--format", "json"]).out).unwrap()
}

#[test]
fn init_writes_a_configuration_once() {
    let folder = birds("init");
    let before = run(&folder, &["check", "docs"]);
    run(&folder, &["init"]).expect(0, &["wrote belie.toml"]);
    let written = fs::read_to_string(folder.0.join("belie.toml")).unwrap();
    let after = run(&folder, &["check", "docs"]);
    assert_eq!(after.code, before.code, "{}", after.all());
    assert!(after.out.contains("configuration: belie.toml"), "{}", after.out);
    fs::write(folder.0.join("belie.toml"), "fail-on = \"never\"\n").unwrap();
    run(&folder, &["init"]).expect(2, &["belie.toml already exists and was left unchanged"]);
    assert_eq!(fs::read_to_string(folder.0.join("belie.toml")).unwrap(), "fail-on = \"never\"\n");
    run(&folder, &["init", "docs"]).expect(0, &["wrote docs/belie.toml"]);
    assert_eq!(fs::read_to_string(folder.0.join("docs/belie.toml")).unwrap(), written);
    run(&folder, &["init", "nowhere"]).expect(2, &["nowhere/belie.toml cannot be written"]);
}

/// Two pages that disagree on a day, without any configuration.
fn bridges(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("docs/a.md", "The Alder Bridge opened on 14 May 2021.\n");
    folder.file("docs/b.md", "The Alder Bridge opened on 12 May 2021.\n");
    folder
}

#[test]
fn init_leaves_known_what_was_known() {
    let folder = bridges("init-snapshot");
    run(&folder, &["snapshot", "docs"]).expect(0, &["wrote docs/snapshots/belie.snapshot.json"]);
    run(&folder, &["init"]).expect(0, &["wrote belie.toml"]);
    run(&folder, &["check", "docs"]).expect(0, &["configuration: belie.toml", "1 known"]);
    run(&folder, &["snapshot", "docs", "--check"]).expect(0, &["docs/snapshots/belie.snapshot.json is up to date"]);
    // One beside the configuration outranks it.
    folder.file("snapshots/belie.snapshot.json", "{}");
    run(&folder, &["check", "docs"]).expect(2, &["snapshots/belie.snapshot.json"]);

    let folder = bridges("init-accepted");
    let report = report(&folder);
    let id = report["findings"][0]["id"].as_str().unwrap();
    run(&folder, &["accept", id, "docs", "--reason", "two calendars"]).expect(0, &["wrote docs/belie.accepted.toml"]);
    run(&folder, &["init"]).expect(0, &["wrote belie.toml"]);
    run(&folder, &["check", "docs"]).expect(0, &["1 accepted"]);
    run(&folder, &["dismiss", id, "docs", "--reason", "no"]).expect(0, &["wrote docs/belie.accepted.toml"]);
    assert!(!folder.0.join("belie.accepted.toml").exists());
}

#[test]
fn one_conflict_is_one_card() {
    let cards = |name: &str, arguments: &[&str]| {
        let folder = Folder::new(name);
        folder.file("docs/a.md", "The Alder Bridge opened on 14 May 2021.\n");
        folder.file("docs/b.md", "The Alder Bridge: 12 May 2021, open.\n");
        folder.file("docs/c.md", "The Alder Bridge opened on 12 May 2021.\n");
        let all = [&["check", "docs", "--format", "json"], arguments].concat();
        let report: Value = serde_json::from_str(&run(&folder, &all).out).unwrap();
        let cards = report["findings"].as_array().unwrap().iter();
        cards.map(|f| (f["rule"].as_str().unwrap().to_owned(), f["notes"].to_string())).collect::<Vec<_>>()
    };
    let both = cards("one-card", &[]);
    assert_eq!(both.len(), 1, "{both:?}");
    assert_eq!(both[0].0, "date-conflict");
    assert!(both[0].1.contains("also found by date-parallel"), "{both:?}");
    // Where the better one is switched off, the other speaks.
    let other = cards("one-card-off", &["--ignore", "date-conflict"]);
    assert_eq!(other.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ["date-parallel"]);
}

#[test]
fn why_answers_first() {
    let folder = Folder::new("why-first");
    let line = |wheels: u32| {
        format!(
            "The Fen Mill has {wheels} wheels, weighs 20 tonnes and opened in 1904, and 40 people visited it in 2019.\n"
        )
    };
    folder.file("a.md", line(3));
    folder.file("b.md", line(4));
    let said = run(&folder, &["why", "a.md:1", "b.md:1"]);
    said.expect(0, &["3 wheels", "4 wheels", "linked: conflict by", "more pairs", "--verbose"]);
    assert!(said.out.lines().count() <= 5 && !said.out.contains("never"), "{}", said.out);
    let all = run(&folder, &["why", "a.md:1", "b.md:1", "--verbose"]);
    assert!(all.out.lines().count() > 20, "{}", all.out);
    assert!(all.out.starts_with("a.md:1:18"), "{}", all.out);
}

#[test]
fn a_folder_is_no_statement() {
    let folder = bridges("verify-folder");
    run(&folder, &["verify", "docs"])
        .expect(2, &["`docs` is a path, and no statement is given", "help: belie verify \"The bridge"]);
    run(&folder, &["verify", "docs/a.md"]).expect(2, &["--file docs/a.md"]);
    run(&folder, &["verify", "docs", "docs"]).expect(0, &[]);
}

#[test]
fn what_is_said_twice_is_named_once() {
    let folder = Folder::new("named-once");
    folder.file(
        "a.md",
        "Ingrid Solberg was born on 4 May 1921. Ingrid Solberg died on 2 March 2006 at the age of 79.\n\nIngrid Solberg, \
         who died at the age of 79, built mills.\n",
    );
    let said = run(&folder, &["check", ".", "--format", "concise"]);
    said.expect(0, &["79 years, but born 4 May 1921 and died 2 March 2006 gives 84"]);
    assert!(!said.out.contains("79 and 79"), "{}", said.out);
}

#[test]
fn nothing_is_not_watched() {
    let folder = bridges("watch-nothing");
    fs::create_dir(folder.0.join("empty")).unwrap();
    run(&folder, &["watch", "empty"]).expect(2, &["nothing to watch: no document in what was named"]);
    run(&folder, &["watch", "docs", "nowhere"]).expect(2, &["nothing to watch: there is no nowhere"]);
}

#[test]
fn one_option_names_the_snapshot() {
    let folder = bridges("snapshot-option");
    run(&folder, &["snapshot", "docs", "--snapshot", "kept.json"]).expect(0, &["wrote kept.json"]);
    run(&folder, &["check", "docs", "--snapshot", "kept.json"]).expect(0, &["1 known"]);
    // As it was called before.
    run(&folder, &["snapshot", "docs", "--file", "kept.json", "--check"]).expect(0, &["kept.json is up to date"]);
}

#[test]
fn what_is_wrong_with_a_file_is_said_without_the_names_of_types() {
    let folder = bridges("parser-words");
    folder.file("kept.json", "[]");
    folder.file("rules/relate/mine.toml", "id = [1]\nsummary = 3\norder = \"x\"\nwhen = 4\nexample = 5\n");
    for (name, text) in [("a", "id = 3\n"), ("b", "row = 3\nsummary = \"x\"\n"), ("c", "[[row]]\nname = []\n")] {
        folder.file(&format!("rules/lexicon/{name}.toml"), text);
    }
    let said = [
        run(&folder, &["check", "docs", "--snapshot", "kept.json"]),
        run(&folder, &["check", "docs", "--rules", "rules"]),
        feed(
            &folder,
            &["verify", "--jsonl", "docs"],
            b"[]\n{\"id\":1}\n{\"id\":1,\"text\":3}\n{\"id\":1,\"text\":\"a\",\"sources\":3}\n",
        ),
        feed(&folder, &["compare", "--jsonl"], b"3\n{\"id\":1,\"premise\":[]}\n{\n"),
        feed(&folder, &["mentions", "--jsonl"], b"[1]\n{\"id\":1,\"text\":{}}\n"),
    ];
    for ended in &said {
        assert_eq!(ended.code, Some(2), "{}", ended.all());
        let all = ended.all();
        for word in [
            "struct",
            "enum ",
            "sequence",
            " map",
            "Wire",
            "usize",
            "u32",
            "i64",
            "variant",
            "tuple",
            "field `",
            "EOF",
            "invalid type",
        ] {
            assert!(!all.contains(word), "`{word}`: {all}");
        }
    }
    said[0].expect(2, &["not a snapshot: expected an object, found a list"]);
    said[2].expect(
        2,
        &[
            "line 1: expected an object, found a list",
            "line 2: `text` is missing",
            "line 4: expected a list, found the number `3`",
        ],
    );
}

#[test]
fn the_configuration_is_that_of_the_path() {
    let folder = Folder::new("configuration-of-the-path");
    folder.file("p/a/belie.toml", "");
    folder.file("p/b/docs/heron.md", HERON);
    let run = |at: &str, path: &str| {
        let mut command = command(&folder, &["check", path, "--format", "json", "--format", "terminal=seen.txt"]);
        ended(command.current_dir(folder.0.join(at)).stdin(Stdio::null()).output().unwrap())
    };
    let named = |at: &str, path: &str| {
        let ended = run(at, path);
        let report: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.all()));
        let shown = report["config"]["path"].as_str().map(str::to_owned);
        let seen = fs::read_to_string(folder.0.join(at).join("seen.txt")).unwrap();
        match &shown {
            Some(shown) => {
                assert!(folder.0.join(at).join(shown).is_file(), "{shown} is not there");
                assert!(seen.contains(&format!("configuration: {shown}\n")), "{seen}");
            }
            None => assert!(!seen.contains("configuration:"), "{seen}"),
        }
        shown
    };
    assert_eq!(named("p/a", "../b"), None);
    assert_eq!(named("p/a", "../b/docs/heron.md"), None);
    folder.file("p/belie.toml", "");
    assert_eq!(named("p/a", "../b").as_deref(), Some("../belie.toml"));
    assert_eq!(named("p/a", "../../p/b/docs").as_deref(), Some("../../p/belie.toml"));
    assert_eq!(named("p/b/docs", ".").as_deref(), Some("../../belie.toml"));
    folder.file("p/b/belie.toml", "");
    assert_eq!(named("p/a", "../b/docs/heron.md").as_deref(), Some("../b/belie.toml"));
    assert_eq!(named("p", "b/docs").as_deref(), Some("b/belie.toml"));
}

#[test]
fn decisions_at_once_are_all_kept() {
    let folder = Folder::new("decisions-at-once");
    let name = |n: usize| {
        format!(
            "{}{}",
            ["Ald", "Bram", "Cor", "Dun", "Els", "Fen", "Gor", "Hol"][n % 8],
            ["mouth", "wick", "stead", "holm"][n / 8]
        )
    };
    let page =
        |day: u32| (0..32).map(|n| format!("The {} Bridge opened on {day} May 2021.\n\n", name(n))).collect::<String>();
    folder.file("s/a.md", page(14));
    folder.file("s/b.md", page(12));
    let report = run(&folder, &["check", "s", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    let ids: Vec<&str> = report["findings"].as_array().unwrap().iter().filter_map(|f| f["id"].as_str()).collect();
    assert_eq!(ids.len(), 32);
    let running: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(nth, id)| {
            let choice = if nth % 2 == 0 { "accept" } else { "dismiss" };
            let mut command = command(&folder, &[choice, id, "s", "--reason", "two calendars", "--jobs", "1"]);
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running {
        ended(child.wait_with_output().unwrap()).expect(0, &["wrote s/belie.accepted.toml"]);
    }
    let kept = fs::read_to_string(folder.0.join("s/belie.accepted.toml")).unwrap();
    assert_eq!(kept.matches("[[decision]]").count(), 32, "{kept}");
    assert!(ids.iter().all(|id| kept.contains(id)));
    // No lock is left, and one that a killed run has left is in nobody's way.
    let lock = folder.0.join("s/.belie.accepted.toml.lock");
    assert!(!lock.exists());
    fs::write(&lock, "").unwrap();
    run(&folder, &["accept", ids[1], "s", "--reason", "one calendar"]).expect(0, &[]);
    assert!(!lock.exists());
    run(&folder, &["check", "s"]).expect(0, &["17 accepted", "15 dismissed"]);
}

#[test]
fn a_broken_configuration_is_told_with_its_place_and_stops_nothing_that_needs_none() {
    let folder = birds("broken-configuration");
    folder.file(
        "belie.toml",
        "severty = { }\n[sources.\"a\"]\npublishr = \"x\"\n[attributes.wingspan]\nnoun = [\"w\"]\n",
    );
    let told =
        ["belie.toml:1:1", "did you mean `severity`?", "belie.toml:3:1", "`publisher`", "belie.toml:5:1", "`nouns`"];
    run(&folder, &["check", "docs"]).expect(2, &told);
    run(&folder, &["rules", "list"]).expect(2, &told);
    run(&folder, &["completions", "bash"]).expect(0, &["belie"]);
    run(&folder, &["man"]).expect(0, &["belie"]);
    folder.file("belie.toml", "formats = [\"jsn\"]\n[severity]\nno-such-rule-at-all = \"off\"\n");
    let unknown = ["belie.toml:1:12", "did you mean `json`?", "unknown rule `no-such-rule-at-all`"];
    run(&folder, &["check", "docs"]).expect(2, &unknown);
}

#[test]
fn an_attribute_of_ones_own_makes_a_conflict() {
    let folder = birds("own-attribute");
    assert_eq!(run(&folder, &["check", "docs"]).code, Some(0));
    folder.file(
        "belie.toml",
        "[attributes.wingspan]\nnouns = [\"wingspan\"]\ndimension = \"length\"\nsingle_valued = true\n",
    );
    run(&folder, &["check", "docs"]).expect(1, &["error[value-conflict]", "2.4 metres", "2.1 metres"]);
    run(&folder, &["explain", "wingspan"]).expect(0, &["wingspan (extract, belie.toml)", "nouns: wingspan"]);
    run(&folder, &["rules", "test", "wingspan"]).expect(0, &["1 rule, 0 examples, 0 failed"]);
    folder.file("belie.toml", "[attributes.valuation]\nnouns = [\"wingspan\"]\n");
    run(&folder, &["check", "docs"]).expect(2, &["belie.toml:1:13", "`valuation` is a rule of belie"]);
}

#[test]
fn what_is_ignored_makes_no_claim() {
    let folder = birds("ignored");
    let values = |folder: &Folder, file: &str| -> Vec<String> {
        let report = report(folder);
        let of_file = |c: &&Value| c["source"] == file && c["attribute"] == "wingspan";
        let claims = report["claims"].as_array().unwrap();
        claims.iter().filter(of_file).map(|c| c["value"]["number"].to_string()).collect()
    };
    let marked = "<!-- belie:ignore -->\nThe Marsh Heron has a wingspan of 7 metres.\n<!-- /belie:ignore -->\n";
    folder.file(
        "docs/heron.md",
        format!("{HERON}\n{marked}\n## Older texts\n\nThe Marsh Heron has a wingspan of 9 metres.\n"),
    );
    folder.file("docs/swan.txt", format!("The heron\n\nThe Marsh Heron has a wingspan of 2.1 metres. {marked}"));
    assert_eq!(values(&folder, "heron.md"), ["2.4", "9"]);
    assert_eq!(values(&folder, "swan.txt"), ["2.1"]);
    folder.file("belie.toml", "[[ignore]]\nfiles = \"heron.md\"\nheading = \"^Older\"\n");
    assert_eq!(values(&folder, "heron.md"), ["2.4"]);
    // What was extracted before must not come out of the cache again.
    folder.file("belie.toml", "[[ignore]]\nlines = \"2\\\\.4 metres\"\n");
    assert_eq!(values(&folder, "heron.md"), ["9"]);
    folder.file("docs/swan.txt", format!("{SWAN}<!-- belie:ignore -->\n"));
    run(&folder, &["check", "docs"]).expect(0, &["belie:ignore is never closed"]);
}

#[test]
fn rules_and_formats_lie_beside_the_configuration() {
    let folder = birds("beside");
    folder.file("belie.toml", "formats = [\"concise\", \"json=out.json\"]\nrules = [\"own\"]\n");
    folder.file("own/extract/a.toml", "id = 3\n");
    run(&folder, &["check", "docs"]).expect(2, &["own/extract/a.toml"]);
    fs::remove_file(folder.0.join("own/extract/a.toml")).unwrap();
    folder.file(
        "own/lexicon/hedges.toml",
        "id = \"hedges\"\nsummary = \"s\"\nwhy = \"w\"\nschema = \"terms\"\n[[row]]\nkey = \"the word is\"\nclass = \"hedged\"\n\
         [[example]]\ntext = \"The word is that it shut.\"\nfires = true\n[[example]]\ntext = \"The word is out.\"\nfires = true\n\
         [[example]]\ntext = \"A word.\"\nfires = false\nwhy = \"w\"\n[[example]]\ntext = \"It shut.\"\nfires = false\nwhy = \"w\"\n",
    );
    let ended = run(&folder, &["check", "docs"]);
    assert_eq!(ended.code, Some(0), "{}", ended.all());
    assert!(!ended.out.contains(" --> "), "{}", ended.out);
    assert!(fs::read_to_string(folder.0.join("out.json")).unwrap().contains("belie-report/1"));
    fs::remove_file(folder.0.join("out.json")).unwrap();
    // From elsewhere as well, and the command line outranks the file.
    let inner = Folder(folder.0.join("docs"));
    run(&inner, &["check", "."]).expect(0, &[]);
    assert!(folder.0.join("out.json").is_file());
    std::mem::forget(inner);
    run(&folder, &["check", "docs", "--format", "terminal"]).expect(0, &[" --> "]);
}

#[test]
fn what_is_known_of_sources_stands_in_the_report() {
    let folder = birds("known");
    folder.file(
        "belie.toml",
        "[sources.\"*.md\"]\ntitle = \"T\"\nlanguage = \"en-GB\"\npublisher = \"P\"\nowner = \"O\"\npublished = 2026-01-02\n\
         [sources.\"swan.md\"]\npublisher = \"Q\"\n",
    );
    let report = report(&folder);
    let seen = |i: usize| {
        ["title", "language", "publisher", "published", "origin"]
            .map(|k| report["sources"][i][k].as_str().unwrap().to_owned())
    };
    assert_eq!(seen(0)[..4], ["T", "en-GB", "P", "2026-01-02"]);
    assert_eq!(seen(1)[..4], ["T", "en-GB", "Q", "2026-01-02"]);
    assert_eq!(seen(0)[4], seen(1)[4], "one owner is one origin");
}

#[test]
fn watching() {
    let folder = birds("watch");
    folder.file("belie.toml", "");
    let mut command =
        command(&folder, &["watch", "docs", "--runs", "4", "--format", "concise", "--format", "json=docs/out.json"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(|l| l.unwrap());
    let mut until_waiting =
        || -> Vec<String> { lines.by_ref().take_while(|l| !l.contains("; watching for changes")).collect() };
    let first = until_waiting();
    assert!(first.iter().all(|l| !l.contains("error[")), "{first:?}");
    // The configuration, a document, a document that goes: each brings about a run; a file of no format does not.
    folder.file("docs/notes.tex", "no document");
    folder.file(
        "belie.toml",
        "[attributes.wingspan]\nnouns = [\"wingspan\"]\ndimension = \"length\"\nsingle_valued = true\n",
    );
    let second = until_waiting();
    assert!(second.iter().any(|l| l.contains("error[value-conflict]")), "{second:?}");
    folder.file("belie.toml", "fail-om = 3\n");
    let third = until_waiting();
    assert!(third.iter().all(|l| !l.contains("error[")), "{third:?}");
    folder.file("belie.toml", "");
    let rest: Vec<String> = lines.collect();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("unknown key `fail-om`"), "{said}");
    assert_eq!(ended.status.code(), Some(0), "{said} {rest:?}");
    run(&folder, &["watch", "-"]).expect(2, &["standard input cannot be watched"]);
    run(&folder, &["watch", "nowhere", "--runs", "1"]).expect(2, &["nowhere"]);
}

#[test]
fn the_manual_names_every_format_and_command() {
    let read = |name: &str| fs::read_to_string(given::root().join(name)).unwrap();
    let formats = read("docs/formats.md");
    for format in belie::report::FORMATS {
        assert!(formats.contains(&format!("| `{}` |", format.name())), "docs/formats.md: {}", format.name());
    }
    let folder = Folder::new("man-pages");
    run(&folder, &["man", "--out", "man"]).expect(0, &[]);
    let commands = read("docs/commands.md");
    let mut pages = 0;
    for entry in fs::read_dir(folder.0.join("man")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let words = name.trim_end_matches(".1").replace('-', " ");
        pages += 1;
        let mut words = words.split(' ').skip(1);
        if let (Some(command), None) = (words.next(), words.next()) {
            assert!(
                commands.contains(&format!("`belie {command}")),
                "docs/commands.md does not name `belie {command}`"
            );
        }
    }
    assert!(pages > 15, "{pages}");
}

/// The files that a page tells its reader to write.
fn written(page: &str) -> Vec<(&str, &str)> {
    let files = page.split("cat > ").skip(1).filter_map(|rest| rest.split_once(" <<'END'\n"));
    files.filter_map(|(name, rest)| Some((name, rest.split_once("END\n")?.0))).collect()
}

#[test]
fn the_first_report_is_what_the_manual_shows() {
    let page = fs::read_to_string(given::root().join("docs/getting-started.md")).unwrap();
    let folder = Folder::new("first-report");
    let files = written(&page);
    assert_eq!(files.len(), 2);
    for (name, text) in files {
        folder.file(name, text);
    }
    let ended = run(&folder, &["check", "sources"]);
    assert_eq!(ended.code, Some(1));
    assert!(page.contains(&format!("```text\n{}\n```", ended.out.trim_end())), "{}", ended.out);
    let statement = page.split("belie verify \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    run(&folder, &["verify", statement, "sources"]).expect(1, &["disputed:"]);
}

#[test]
fn the_rule_of_the_manual_does_what_it_says() {
    let page = fs::read_to_string(given::root().join("docs/rules.md")).unwrap();
    let rule = page.split("```toml\n# my-rules/extract/namesake.toml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::new("first-rule");
    folder.file("my-rules/extract/namesake.toml", rule);
    run(&folder, &["rules", "test", "namesake", "--rules", "my-rules"]).expect(0, &["4 examples, 0 failed"]);
    folder.file("sources/a.txt", "The Weir Hall is named after Ines Calloway.");
    folder.file("sources/b.txt", "The Weir Hall, which is named for Tam Sorley, stands behind the old mill.");
    run(&folder, &["check", "sources"]).expect(2, &["nothing to check", "help: "]);
    run(&folder, &["check", "sources", "--rules", "my-rules"]).expect(0, &["warning[name-differs]"]);
    // Named twice, it is read once.
    folder.file("belie.toml", "rules = [\"my-rules\"]\n");
    run(&folder, &["check", "sources", "--rules", "./my-rules"]).expect(0, &["warning[name-differs]"]);
    folder.file("belie.toml", "rules = [\"my-rules\"]\n");
    run(&folder, &["check", "sources"]).expect(0, &["warning[name-differs]"]);
}

#[test]
fn the_pages_of_the_book() {
    let folder = Folder::new("book");
    run(&folder, &["rules", "book", "out"]).expect(0, &["pages in out"]);
    let page = fs::read_to_string(folder.0.join("out/extract/valuation.md")).unwrap();
    insta::assert_snapshot!(page);
}

#[test]
fn releases_take_their_own_profile() {
    let read =
        |name: &str| -> toml::Table { toml::from_str(&fs::read_to_string(given::root().join(name)).unwrap()).unwrap() };
    let (cargo, dist) = (read("Cargo.toml"), read("dist-workspace.toml"));
    assert_eq!(cargo["profile"]["dist"]["lto"].as_str(), Some("fat"));
    assert_eq!(dist["workspace"]["members"][0].as_str(), Some("cargo:."));
    assert!(dist["dist"]["targets"].as_array().is_some_and(|t| t.len() >= 5));
}
