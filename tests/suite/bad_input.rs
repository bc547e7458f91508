//! Whatever is fed to the program, it ends with one of its three exit codes and says why.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::{Folder, command, feed, run};

#[test]
fn a_path_that_does_not_exist() {
    let folder = Folder::new("missing");
    folder.file("a.txt", "Hello there.\n");
    run(&folder, &["check", "nowhere.txt"]).expect(2, &["nowhere.txt"]);
    run(&folder, &["check", "nowhere.txt", "--format", "json"]).expect(2, &["nowhere.txt: does not exist"]);
    // What can be read does not excuse what cannot.
    run(&folder, &["check", "a.txt", "nowhere.txt", "--allow-empty"]).expect(2, &["nowhere.txt"]);
    run(&folder, &["claims", "nowhere.txt", "--allow-empty"]).expect(2, &["nowhere.txt"]);
    run(&folder, &["mentions", "nowhere.txt", "--allow-empty"]).expect(2, &["nowhere.txt"]);
    run(&folder, &["why", "nowhere.txt:1", "a.txt:1"]).expect(2, &["nowhere.txt"]);
}

#[test]
fn an_empty_file() {
    let folder = Folder::new("empty");
    folder.file("a.txt", "");
    run(&folder, &["check", "a.txt"]).expect(2, &["a.txt", "empty", "no readable document"]);
    run(&folder, &["check", "a.txt", "--allow-empty"]).expect(0, &["empty"]);
    feed(&folder, &["check", "-"], b"").expect(2, &["nothing to check"]);
}

#[test]
fn a_folder_without_documents() {
    let folder = Folder::new("none");
    folder.file("picture.png", [0x89, b'P', b'N', b'G', 0, 1, 2]);
    run(&folder, &["check"]).expect(2, &["no readable document"]);
    run(&folder, &["check", "--allow-empty"]).expect(0, &["0 sources"]);
}

#[test]
fn a_folder_without_claims() {
    let folder = Folder::new("claimless");
    folder.file("a.txt", "Hello there.\n");
    folder.file("b.md", "# Hello\n\nAnd good-bye.\n");
    let ended = run(&folder, &["check", ".", "--format", "json"]);
    ended.expect(2, &["nothing to check"]);
    let report: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["sources"].as_array().map(Vec::len), Some(2), "{}", ended.out);
    run(&folder, &["check", ".", "--allow-empty"]).expect(0, &["nothing was compared"]);
}

#[test]
fn bytes_that_are_no_utf8() {
    let folder = Folder::new("encoding");
    let text = "Le caf\u{e9} d'\u{e0} c\u{f4}t\u{e9} a \u{e9}t\u{e9} ferm\u{e9} pour de bon, a d\u{e9}clar\u{e9} le pr\u{e9}fet.\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    folder.file("a.txt", latin);
    run(&folder, &["check", ".", "--allow-empty"]).expect(0, &["a.txt", "windows-1252", "1 source"]);
}

#[test]
fn bytes_that_are_no_text() {
    let folder = Folder::new("binary");
    folder.file("a.txt", [0, 159, 146, 150, 0, 0, 1, 2, 3, 0]);
    folder.file("b.txt", "Hello there.\n");
    // Named, it fails the run; walked, only a strict one.
    run(&folder, &["check", "a.txt", "b.txt", "--allow-empty"]).expect(2, &["a.txt", "binary"]);
    run(&folder, &["check", ".", "--allow-empty"]).expect(0, &["a.txt", "binary", "1 source"]);
    run(&folder, &["check", ".", "--allow-empty", "--strict"]).expect(2, &["a.txt", "binary"]);
}

#[test]
fn one_very_long_line() {
    let folder = Folder::new("long");
    let mut text = "one word and another, ".repeat(240_000);
    text.push_str("and the Alder Bridge opened on 12 May 2021.\n");
    assert!(text.len() > 5_000_000);
    folder.file("a.txt", text);
    // A cost that grows with a square would take hours here: the child is given two minutes, debug build and all.
    let mut child = command(&folder, &["check", ".", "--allow-empty", "--format", "concise"]).spawn().unwrap();
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if begun.elapsed() > Duration::from_secs(120) => {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("not done after two minutes");
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
}

#[test]
fn control_characters() {
    let folder = Folder::new("control");
    let evil = "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{2028}\u{85}\u{2066}";
    let text = |day: u8| {
        format!("The {evil}Alder Bridge opened on {day} May 2021{evil}. It cost {evil}3{day} million dollars{evil}.\n")
    };
    let name = if cfg!(windows) { "a.txt" } else { "a\u{1b}[31m.txt" };
    folder.file(name, text(12));
    folder.file("b.md", text(14));
    for arguments in [
        &["check", ".", "--allow-empty", "--verbose", "--color", "never"][..],
        &["check", ".", "--allow-empty", "--format", "concise"],
        &["check", ".", "--allow-empty", "--format", "table"],
        &["check", ".", "--allow-empty", "--format", "json"],
        &["claims", ".", "--allow-empty"],
        &["mentions", ".", "--allow-empty"],
    ] {
        let ended = run(&folder, arguments);
        assert!(matches!(ended.code, Some(0 | 1)), "{arguments:?}: {}", ended.err);
        let bad = |c: char| c != '\n' && c.is_control() || "\u{202e}\u{2066}\u{2028}\u{2029}".contains(c);
        assert!(!ended.all().contains(bad), "{arguments:?}: {:?}", ended.all());
    }
    assert!(run(&folder, &["check", ".", "--allow-empty"]).out.contains("b.md"));
}

#[test]
fn no_format_lets_control_characters_through() {
    let folder = Folder::new("control-formats");
    let evil = "\u{1b}[2J\u{9b}31m\u{85}\u{202e}\u{2066}\u{2028}\u{2029}\u{7f}";
    for (name, day) in [("a.txt", 12), ("b.md", 14)] {
        folder.file(
            &format!("s/{name}"),
            format!("The Alder{evil} Bridge opened on {day} May 2021, “as {evil} said”.\n"),
        );
    }
    let formats = belie::report::FORMATS.iter().map(|f| ("check", f.name()));
    let forms = belie::network::FORMS.iter().map(|f| ("graph", f.name()));
    for (command, format) in formats.chain(forms) {
        let ended = run(&folder, &[command, "s", "--allow-empty", "--format", format]);
        assert!(matches!(ended.code, Some(0 | 1)), "{command} {format}: {}", ended.err);
        let bad = |c: char| c != '\n' && c.is_control() || "\u{202e}\u{2066}\u{2028}\u{2029}".contains(c);
        // The script of the page has its own line breaks and tabs; it is no text of documents.
        assert!(!ended.all().replace(['\t', '\r'], "").contains(bad), "{command} {format}: {:?}", ended.all());
    }
    // JSON says what stands there.
    let report = run(&folder, &["claims", "s", "--format", "jsonl"]).out;
    let claim: serde_json::Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
    assert!(claim["text"].as_str().unwrap().contains("\u{9b}31m"), "{claim}");
}

#[test]
fn what_was_typed_is_harmless_in_errors() {
    let folder = Folder::new("control-typed");
    folder.file("a.md", "The Alder Bridge opened on 14 May 2021.\n");
    let evil = "x\u{1b}[31m\u{9b}2J\u{202e}y";
    let file = format!("json={evil}/r.json");
    for arguments in [
        &["check", "a.md", "--select", evil][..],
        &["check", "a.md", "--ignore", evil],
        &["check", "a.md", "--format", evil],
        &["check", "a.md", "--format", &file],
        &["check", "a.md", "--fail-on", evil],
        &["check", "a.md", "--as-of", evil],
        &["check", evil],
        &["check", "a.md", "--config", evil],
        &["check", "a.md", "--rules", evil],
        &["check", "a.md", "--snapshot", evil],
        &["check", "--color", "always", "a.md", &format!("--{evil}")],
        &["explain", evil],
        &["rules", "show", evil],
        &["why", evil, "a.md:1"],
        &["why", &format!("{evil}:1"), "a.md:1"],
        &["graph", "a.md", "--around", evil],
        &["accept", evil, "a.md", "--reason", "r"],
        &["man", "--out", &format!("a.md/{evil}")],
        &["init", evil],
        &["rules", "book", &format!("a.md/{evil}")],
    ] {
        let ended = run(&folder, arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.all());
        let bad = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(!ended.all().contains(bad), "{arguments:?}: {:?}", ended.all());
    }
    for (key, value) in
        [("fail-on", "\"x\\u001b[31m\\u009b\\u202e\""), ("as-of", "\"\\u001b[2J\""), ("formats", "\"\\u001b[2J\"")]
    {
        folder.file("belie.toml", format!("{key} = {value}\n"));
        let ended = run(&folder, &["check", "a.md"]);
        ended.expect(2, &["belie.toml"]);
        let bad = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(!ended.all().contains(bad), "{key}: {:?}", ended.all());
    }
}

#[cfg(unix)]
#[test]
fn little_stack_is_enough() {
    let folder = Folder::new("stack");
    let depth = 2000;
    let again = |words: &str, end: &str| format!("It opened {}{end}.\n", words.repeat(depth));
    folder.file("s/a.md", "The Alder Bridge opened on 14 May 2021.\n");
    folder.file("s/b.md", "The Alder Bridge opened on 12 May 2021.\n");
    folder.file("t/quotes.md", format!("{} It opened.\n", ">".repeat(depth)));
    folder.file("t/lists.md", format!("{}It opened.\n", "- ".repeat(depth)));
    folder.file("t/links.md", format!("{}x{}\n", "[".repeat(depth), "](a)".repeat(depth)));
    folder.file("t/stars.md", format!("{}x{}\n", "*a _b ".repeat(depth), "_ *".repeat(depth)));
    folder.file("t/brackets.txt", again("(", "5 metres"));
    folder.file("t/end.txt", again("at the end of ", "May 2021"));
    folder.file("t/before.txt", again("two days before ", "12 May 2021"));
    folder.file("r/relate/x.toml", format!("x = {}1{}\n", "[".repeat(depth), "]".repeat(depth)));
    let formula = format!("holds = \"{}1{} = 1\"\n", "(".repeat(depth), ")".repeat(depth));
    folder.file("f/check/x.toml", format!("id = \"x\"\nsummary = \"s\"\nwhy = \"w\"\nbind = \"row\"\n{formula}"));
    folder.file("j.json", format!("{{\"format\": {}", "[".repeat(depth)));
    folder.file("c.toml", format!("formats = {}", "[".repeat(depth)));
    folder.file("g.toml", format!("[sources.\"{}a{}\"]\ntitle = \"x\"\n", "{".repeat(depth), "}".repeat(depth)));
    let small = |arguments: &[&str]| {
        let mut shell = std::process::Command::new("bash");
        shell.args(["-c", "ulimit -s 100; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_belie")]).args(arguments);
        crate::program::ended(shell.arg("--no-cache").current_dir(&folder.0).output().unwrap())
    };
    small(&["check", "s"]).expect(1, &["date-conflict"]);
    small(&["mentions", "t", "--allow-empty", "--as-of", "2021-05-19"]).expect(0, &[]);
    small(&["check", "t/quotes.md", "t/lists.md", "t/links.md", "t/stars.md", "--allow-empty"]).expect(0, &[]);
    small(&["check", "s", "--rules", "r"]).expect(2, &["x.toml", "recurs"]);
    small(&["check", "s", "--rules", "f"]).expect(2, &["x.toml", "formula has more than 60 steps"]);
    small(&["check", "s", "--snapshot", "j.json"]).expect(2, &["j.json", "not a snapshot"]);
    small(&["check", "s", "--accepted", "c.toml"]).expect(2, &["c.toml"]);
    small(&["check", "s", "--config", "c.toml"]).expect(2, &["c.toml", "recurs"]);
    small(&["check", "s", "--config", "g.toml"]).expect(2, &["g.toml", "too large a pattern"]);
}

#[test]
fn broken_rules() {
    let folder = Folder::new("rules");
    folder.file("rules/relate/odd.toml", "id = \"odd\"\nsummry = \"x\"\n");
    let ended = run(&folder, &["check", ".", "--rules", "rules"]);
    ended.expect(2, &["odd.toml:2:1", "^^^^^^", "summary"]);
    assert!(ended.out.is_empty(), "{}", ended.out);
    folder.file("rules/relate/odd.toml", "id = \"odd\nsummary = 3\n");
    run(&folder, &["rules", "list", "--rules", "rules"]).expect(2, &["odd.toml:1:", "^"]);
    run(&folder, &["check", ".", "--rules", "nowhere"]).expect(2, &["nowhere"]);
}

#[test]
fn broken_configuration() {
    let folder = Folder::new("config");
    folder.file("a/b.txt", "Hello there.\n");
    folder.file("belie.toml", "fail_on = \"error\"\n");
    run(&folder, &["check", "a"]).expect(2, &[" belie.toml:1:1", "^^^^^^^", "did you mean `fail-on`?"]);
    folder.file("belie.toml", "fail-on = \"never\"\n");
    let ended = run(&folder, &["check", "a", "--allow-empty", "--format", "json"]);
    ended.expect(0, &["\"path\": \"belie.toml\""]);
    run(&folder, &["check", "a", "--config", "nowhere.toml"]).expect(2, &["nowhere.toml", "cannot be read"]);
}

#[test]
fn bad_usage() {
    let folder = Folder::new("usage");
    folder.file("a.txt", "Hello there.\n");
    run(&folder, &["chek"]).expect(2, &["check"]);
    run(&folder, &["check", "--format", "jsom"]).expect(2, &["did you mean `json`?"]);
    run(&folder, &["check", "--format", "json", "--format", "concise"]).expect(2, &["two formats"]);
    run(&folder, &["check", "--fail-on", "eror"]).expect(2, &["error"]);
    run(&folder, &["check", "--as-of", "May"]).expect(2, &["2026-05-19"]);
    run(&folder, &["check", "--jobs", "0"]).expect(2, &["--jobs"]);
    run(&folder, &["check", "--select", "no-such-rule"]).expect(2, &["no-such-rule"]);
    run(&folder, &["explain", "no-such-rule"]).expect(2, &["no-such-rule"]);
    run(&folder, &["why", "a.txt", "a.txt:1"]).expect(2, &["is not a place"]);
    run(&folder, &["why", "a.txt:1", "a.txt:1"]).expect(2, &["no claim at a.txt:1"]);
    run(&folder, &["compare", "one text"]).expect(2, &["<B>"]);
    run(&folder, &["check", "a.txt", "--format", "json=no/such/folder/r.json"]).expect(2, &["cannot be written"]);
    run(&folder, &["--help"]).expect(0, &["check"]);
}

#[test]
fn lines_that_are_no_json() {
    let folder = Folder::new("jsonl");
    let input = b"{\"id\":1,\"text\":\"x\"}\n\n{oops\n{\"id\":\"b\",\"text\":\"\"}\n{\"id\":2}\n\xff\n";
    let ended = feed(&folder, &["mentions", "--jsonl"], input);
    ended.expect(2, &["line 3", "line 5", "line 6"]);
    let ids: Vec<serde_json::Value> =
        ended.out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].clone()).collect();
    assert_eq!(ids, [serde_json::json!(1), serde_json::json!("b")]);
    let input = b"{\"id\":{\"n\":1},\"premise\":\"x\",\"hypothesis\":\"\"}\n";
    let ended = feed(&folder, &["compare", "--jsonl"], input);
    ended.expect(0, &["{\"id\":{\"n\":1},\"relation\":\"unrelated\""]);
}

#[test]
fn a_reader_that_goes_away() {
    let folder = Folder::new("pipe");
    for n in 0..50 {
        folder.file(&format!("{n}.txt"), "Hello there.\n");
    }
    for arguments in [&["check", ".", "--allow-empty", "--format", "json"][..], &["rules", "schema"]] {
        let mut child = command(&folder, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn threads_and_the_order_of_arguments_change_nothing() {
    let folder = Folder::new("order");
    for (n, day) in [12, 14, 14].iter().enumerate() {
        folder.file(&format!("{n}.txt"), format!("The Alder Bridge opened on {day} May 2021.\n"));
    }
    let report = |arguments: &[&str]| {
        let mut all = vec!["check", "--allow-empty", "--fail-on", "never", "--format", "json"];
        all.extend(arguments);
        let ended = run(&folder, &all);
        ended.expect(0, &["belie-report/1"]);
        ended.out
    };
    let one = report(&["0.txt", "1.txt", "2.txt", "--jobs", "1"]);
    assert_eq!(one, report(&["2.txt", "0.txt", "1.txt", "--jobs", "7"]));
    assert_eq!(one, report(&["1.txt", "2.txt", "./0.txt", "0.txt"]).replace("\"./0.txt\"", "\"0.txt\""));
    assert!(Path::new(&folder.0).is_dir());
}
