//! What is read is not trusted: neither a folder from elsewhere nor a file of any size or kind costs the user anything.

use std::fs;

use belie::network::FORMS;
use belie::report::FORMATS;
use belie::source::own;
use serde_json::Value;

use crate::program::{Folder, feed, run};

const DAY_14: &str = "The Alder Bridge opened on 14 May 2021.\n";
const DAY_12: &str = "The Alder Bridge opened on 12 May 2021.\n";

fn bridges(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("s/a.md", DAY_14);
    folder.file("s/b.md", DAY_12);
    folder
}

fn text(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.0.join(name)).unwrap()
}

#[test]
fn a_configuration_writes_in_its_own_folder_and_over_its_own_alone() {
    let folder = bridges("config-writes");
    folder.file("outside.txt", "mine\n");
    let absolute = folder.0.join("outside.txt").to_string_lossy().replace('\\', "/");
    for (format, told) in [
        (format!("markdown={absolute}"), "outside the folder of this file"),
        ("json=../outside.txt".to_owned(), "outside the folder of this file"),
        ("json=x/../../outside.txt".to_owned(), "outside the folder of this file"),
        ("json=.git/hooks/x".to_owned(), "is hidden"),
        ("json=a.md".to_owned(), "one of the sources"),
        ("json=belie.toml".to_owned(), "the configuration"),
        ("json=notes.log".to_owned(), "was not written by belie"),
    ] {
        folder.file("s/notes.log", "a,b\n");
        folder.file("s/belie.toml", format!("formats = [\"{format}\"]\n"));
        run(&folder, &["check", "s"]).expect(2, &[told]);
        assert_eq!(text(&folder, "outside.txt"), "mine\n", "{format}");
        assert_eq!((text(&folder, "s/a.md"), text(&folder, "s/notes.log")), (DAY_14.to_owned(), "a,b\n".to_owned()));
    }
    // What it may write, it may write again, in every form whose own it can tell.
    let formats =
        "\"terminal=t.txt\", \"concise=c.txt\", \"markdown=m.md\", \"json=j.md\", \"html=h.html\", \"csv=c.csv\"";
    folder.file("s/belie.toml", format!("formats = [{formats}]\n"));
    run(&folder, &["check", "s"]).expect(1, &[]);
    let first = text(&folder, "s/j.md");
    run(&folder, &["check", "s"]).expect(1, &["6 written by belie"]);
    let ids = |report: &str| serde_json::from_str::<Value>(report).unwrap()["findings"][0]["id"].clone();
    assert_eq!(ids(&first), ids(&text(&folder, "s/j.md")));
    // Nor does it read elsewhere.
    folder.file("own/extract/x.toml", "id = 3\n");
    folder.file("s/belie.toml", "rules = [\"../own\"]\n");
    run(&folder, &["check", "s"]).expect(2, &["belie.toml:1:10", "outside the folder of this file"]);
    folder.file("s/belie.toml", "max-size = \"1G\"\n");
    run(&folder, &["check", "s"]).expect(2, &["cannot allow more than 64 MiB"]);
    run(&folder, &["check", "s", "--no-config"]).expect(1, &[]);
}

#[cfg(unix)]
#[test]
fn no_link_of_a_folder_is_followed() {
    use std::os::unix::fs::symlink;
    let folder = bridges("links");
    let outside = folder.file("outside.txt", "mine\n");
    let link = |name: &str| folder.0.join("s").join(name);
    symlink(&outside, link("out.json")).unwrap();
    symlink(&folder.0, link("up")).unwrap();
    folder.file("rules/extract/x.toml", "id = 3\n");
    for (config, told) in [
        ("formats = [\"json=out.json\"]\n", "s/out.json leads through a link"),
        ("formats = [\"json=up/new.json\"]\n", "s/up/new.json leads through a link"),
        ("rules = [\"up/rules\"]\n", "leads through a link"),
    ] {
        folder.file("s/belie.toml", config);
        run(&folder, &["check", "s"]).expect(2, &[told]);
    }
    fs::remove_file(link("belie.toml")).unwrap();
    symlink(&outside, link("belie.toml")).unwrap();
    run(&folder, &["check", "s"]).expect(2, &["s/belie.toml is a link and was not read"]);
    fs::remove_file(link("belie.toml")).unwrap();
    symlink(folder.0.join("elsewhere"), link("snapshots")).unwrap();
    run(&folder, &["snapshot", "s"]).expect(2, &["s/snapshots is a link"]);
    run(&folder, &["snapshot", "s", "--accept"]).expect(2, &["s/snapshots is a link"]);
    fs::remove_file(link("snapshots")).unwrap();
    symlink(folder.0.join("elsewhere"), link("belie.accepted.toml")).unwrap();
    run(&folder, &["check", "s"]).expect(2, &["s/belie.accepted.toml is a link"]);
    assert!(!folder.0.join("elsewhere").exists() && !folder.0.join("new.json").exists());
    assert_eq!(text(&folder, "outside.txt"), "mine\n");
}

#[test]
fn no_source_is_written_over() {
    let folder = bridges("sources-stay");
    folder.file("book/README.md", "# Mine\n");
    for arguments in [
        &["check", "s", "--format", "json=s/a.md"][..],
        &["check", "s", "--format", "json=./s/../s/a.md"],
        &["check", "s/a.md", "s/b.md", "--format", "html=s/b.md"],
        &["claims", "s", "--format", "jsonl=s/a.md"],
        &["graph", "s", "--format", "dot=s/b.md"],
        &["verify", "It opened.", "s", "--format", "json=s/b.md"],
        &["verify", "--file", "s/a.md", "s/b.md", "--format", "json=s/a.md"],
        &["snapshot", "s", "--accept", "--file", "s/a.md"],
    ] {
        run(&folder, arguments).expect(2, &["is one of the sources and was left unchanged"]);
        assert_eq!((text(&folder, "s/a.md"), text(&folder, "s/b.md")), (DAY_14.to_owned(), DAY_12.to_owned()));
    }
    run(&folder, &["rules", "book", "book"]).expect(2, &["README.md already exists"]);
    assert_eq!(text(&folder, "book/README.md"), "# Mine\n");
    run(&folder, &["rules", "book", "book2"]).expect(0, &[]);
    run(&folder, &["rules", "book", "book2"]).expect(0, &[]);
}

#[cfg(unix)]
#[test]
fn a_report_that_cannot_be_finished_leaves_the_old_one() {
    use std::process::Command;
    let folder = bridges("full-disk");
    folder.file("out.json", "{\"format\": \"belie-report/1\"}\n");
    // No file may grow beyond a block: what a full disk does, where the signal is not minded.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" check s --no-cache --format json=out.json";
    let mut shell = Command::new("bash");
    let ended = shell.args(["-c", script, env!("CARGO_BIN_EXE_belie")]).current_dir(&folder.0).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("out.json cannot be written"), "{said}");
    assert_eq!(text(&folder, "out.json"), "{\"format\": \"belie-report/1\"}\n");
    let mut left: Vec<String> =
        fs::read_dir(&folder.0).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    left.sort();
    assert_eq!(left, ["out.json", "s"]);
}

#[test]
fn sizes_are_limited() {
    let folder = bridges("sizes");
    let sparse = fs::File::create(folder.0.join("s/huge.txt")).unwrap();
    sparse.set_len(3 << 30).unwrap();
    // Told by its first bytes.
    run(&folder, &["check", "s"]).expect(1, &["s/huge.txt: is binary and was left out", "2 sources"]);
    run(&folder, &["check", "s", "--strict"]).expect(2, &["s/huge.txt: is binary"]);
    run(&folder, &["check", "s/huge.txt", "s/a.md", "--allow-empty"]).expect(2, &["s/huge.txt: is binary"]);
    fs::remove_file(folder.0.join("s/huge.txt")).unwrap();
    folder.file("s/long.txt", "The bridge is long. ".repeat(1000));
    let limited = ["check", "s", "--max-size", "10K", "--no-cache"];
    run(&folder, &limited).expect(1, &["s/long.txt: is larger than 10 KiB and was not read (--max-size)", "2 sources"]);
    folder.file("s/belie.toml", "max-size = \"10K\"\n");
    run(&folder, &["check", "s"]).expect(1, &["s/long.txt: is larger than 10 KiB"]);
    run(&folder, &["check", "s", "--max-size", "1M"]).expect(1, &["3 sources"]);
    let long = "The bridge is long. ".repeat(1000);
    feed(&folder, &["check", "-", "--max-size", "10K"], long.as_bytes()).expect(2, &["-: is larger than 10 KiB"]);
    run(&folder, &["check", "s", "--max-size", "5G"]).expect(2, &["below 4G"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_read() {
    let folder = bridges("irregular");
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(folder.0.join(name)).status().unwrap();
        assert!(made.success());
    };
    pipe("s/p.md");
    run(&folder, &["check", "s"]).expect(1, &["1 not a regular file"]);
    run(&folder, &["check", "s", "s/p.md"]).expect(2, &["s/p.md: is a pipe and not a regular file"]);
    run(&folder, &["check", "s", "/dev/zero"]).expect(2, &["/dev/zero: is a device and not a regular file"]);
    for option in ["--config", "--snapshot", "--accepted"] {
        run(&folder, &["check", "s", option, "/dev/zero"]).expect(2, &["is a device"]);
    }
    folder.file("rules/extract/a.md", "");
    pipe("rules/extract/x.toml");
    run(&folder, &["check", "s", "--rules", "rules"]).expect(2, &["rule file is a pipe"]);
    pipe("s/.gitignore");
    run(&folder, &["check", "s", "s/a.md", "s/b.md"]).expect(1, &["s/.gitignore: is a pipe", "2 sources"]);
    run(&folder, &["check", "s", "--no-ignore"]).expect(1, &["2 sources"]);
}

#[test]
fn what_is_passed_over_is_named() {
    let folder = bridges("passed-over");
    for name in ["page.rst", "more.RST", "paper.tex", "Makefile"] {
        folder.file(&format!("s/{name}"), "<p>The Alder Bridge opened on 9 May 2021.</p>");
    }
    let line = "note: s: 4 files were skipped: 2 rst, 1 tex, 1 without extension (--verbose lists them)";
    run(&folder, &["check", "s"]).expect(1, &[line]);
    run(&folder, &["claims", "s"]).expect(0, &[line]);
    let listed = ["note: s/page.rst: was skipped: no reader for rst", "s/Makefile: was skipped"];
    run(&folder, &["check", "s", "--verbose"]).expect(1, &listed);
    assert!(!run(&folder, &["check", "s", "--quiet"]).all().contains("skipped"));
    let raw = "warning: s/page.rst: was read as plain text, markup and all: there is no reader for rst yet";
    run(&folder, &["check", "s/a.md", "s/page.rst"]).expect(1, &[raw]);
}

#[test]
fn what_belie_wrote_is_no_source() {
    let folder = bridges("own-reports");
    let findings = || {
        let report: Value = serde_json::from_str(&run(&folder, &["check", "s", "--format", "json"]).out).unwrap();
        (report["findings"].as_array().unwrap().len(), report["sources"].as_array().unwrap().len())
    };
    let before = findings();
    let known = |command: &str, format: &str| {
        let ended = run(&folder, &[command, "s", "--format", format]);
        assert!(own(&ended.out).is_some(), "{command} --format {format}: {}", ended.out);
        // Whatever it is called.
        let path = folder.file("s/out.txt", &ended.out);
        assert_eq!(findings(), before, "{command} --format {format}");
        run(&folder, &["check", "s/out.txt", "s/a.md", "s/b.md"]).expect(1, &["was written by belie"]);
        fs::remove_file(path).unwrap();
    };
    for format in FORMATS.iter().map(|f| f.name()).filter(|name| *name != "table") {
        known("check", format);
    }
    for form in FORMS.iter().map(|f| f.name()) {
        known("graph", form);
    }
    run(&folder, &["snapshot", "s"]).expect(0, &[]);
    assert!(own(&text(&folder, "s/snapshots/belie.snapshot.json")).is_some());
    run(&folder, &["check", "s"]).expect(0, &["1 written by belie"]);
    let near = "Nobody came to the Alder Bridge.";
    for (statement, verdict) in [(DAY_14, "disputed"), (near, "unresolved"), ("A comet passed.", "not_mentioned")] {
        for format in ["json", "jsonl", "concise"] {
            let said = run(&folder, &["verify", statement, "s", "--format", format]).out;
            assert!(said.contains(verdict) && own(&said).is_some(), "{format}: {said}");
        }
    }
    let answer = feed(&folder, &["mentions", "--jsonl"], b"{\"id\":1,\"text\":\"9 May\"}\n").out;
    assert!(own(&answer).is_some(), "{answer}");
    let answer = feed(&folder, &["compare", "--jsonl"], b"{\"id\":1,\"premise\":\"a\",\"hypothesis\":\"b\"}\n").out;
    assert!(own(&answer).is_some(), "{answer}");
    run(&folder, &["rules", "book", "s/book"]).expect(0, &[]);
    run(&folder, &["check", "s", "--no-snapshot"]).expect(1, &["2 sources", "written by belie"]);
}

/// State that lies below the configuration is written through no link either.
#[test]
#[cfg(unix)]
fn state_below_the_configuration_is_no_link() {
    let folder = Folder::new("trust-link-below");
    folder.file("belie.toml", "");
    folder.file("texts/a.md", DAY_14);
    folder.file("mine.txt", "mine\n");
    fs::create_dir_all(folder.0.join("texts/snapshots")).unwrap();
    std::os::unix::fs::symlink(folder.0.join("mine.txt"), folder.0.join("texts/snapshots/belie.snapshot.json"))
        .unwrap();
    run(&folder, &["snapshot", "--accept", "texts"]).expect(2, &["is a link and was not followed"]);
    assert_eq!(text(&folder, "mine.txt"), "mine\n");
}
