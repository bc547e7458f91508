//! `belie verify`: what the sources say of a statement.

use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::given;
use crate::program::{CACHE, Folder, command, feed, run};

const NOTICE: &str = "# The Alder Bridge\n\nThe Alder Bridge in Lowmere opened on 14 May 2021. It cost $12 million. \
    The keeper of the bridge, Omar Lund, closed the northern gate before the storm in March.\n";
const LETTER: &str = "The Alder Bridge opened on 14 May 2021, and 300 boats sailed past it on the first day. The mayor of \
    Lowmere, Ingrid Solberg, did not attend the fair in Aldersey.\n";

fn sources(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("sources/notice.md", NOTICE);
    folder.file("sources/letter.txt", LETTER);
    folder
}

/// The answer to a statement checked against the two sources in its line.
fn answer(text: &str) -> Value {
    // Tests run side by side, and each folder goes away with its own.
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let folder = Folder::new(&format!("verify-line-{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
    let line = json!({"id": 1, "text": text, "sources": [{"id": "n", "text": NOTICE}, {"id": "l", "text": LETTER}]});
    serde_json::from_str(&feed(&folder, &["verify", "--jsonl"], line.to_string().as_bytes()).out).unwrap()
}

#[track_caller]
fn check(text: &str, verdict: &str) -> Value {
    let answer = answer(text);
    assert_eq!(answer["verdict"], verdict, "{text}\n{answer:#}");
    answer
}

/// The place of the first evidence: stance, source, and the words that count.
fn first(answer: &Value) -> (&str, &str, &str) {
    let e = &answer["evidence"][0];
    let text = if e["source"] == "n" { NOTICE } else { LETTER };
    let at = |end: &str| e["value_span"][end].as_u64().unwrap() as usize;
    (e["stance"].as_str().unwrap(), e["source"].as_str().unwrap(), &text[at("start")..at("end")])
}

#[test]
fn every_verdict() {
    let folder = sources("verify-verdicts");
    let said = |text: &str, code: i32, words: &[&str]| run(&folder, &["verify", text, "sources"]).expect(code, words);
    said(
        "The Alder Bridge opened on 14 May 2021.",
        0,
        &["supported: The Alder Bridge", "for[", "sources/notice.md:3:"],
    );
    said(
        "The Alder Bridge opened on 16 May 2021.",
        1,
        &["contradicted: The", "against[", "16 May 2021", "14 May 2021"],
    );
    said("The Alder Bridge opened on 14 May 2021 and Astrid Holm sang an aria.", 0, &["partly supported: "]);
    said("A comet will pass the island of Norrland.", 0, &["not mentioned: A comet"]);
    said("The Alder Bridge opened on 14 May 2021. It cost $15 million.", 1, &["supported: ", "overall: contradicted"]);
}

/// The verdict on a statement that is checked against sources of its own.
#[track_caller]
fn check_verdict(text: &str, sources: &[&str], verdict: &str) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let folder = Folder::new(&format!("verify-put-{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
    let sources: Vec<Value> =
        (0..).zip(sources).map(|(n, text)| json!({"id": format!("s{n}"), "text": text})).collect();
    let line = json!({"id": 1, "text": text, "sources": sources});
    let ended = feed(&folder, &["verify", "--jsonl"], line.to_string().as_bytes());
    let answer: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(answer["verdict"], verdict, "{text}\n{answer:#}");
    let failed = ["contradicted", "disputed"].contains(&verdict);
    assert_eq!(ended.code, Some(i32::from(failed)), "{text}");
}

#[test]
fn a_dispute_between_the_sources() {
    let early = "The Alder Bridge in Lowmere opened on 12 May 2021.";
    let late = "The Alder Bridge in Lowmere opened on 14 May 2021.";
    check_verdict("The Alder Bridge opened on 14 May 2021.", &[late, late, early], "disputed");
    check_verdict("The Alder Bridge opened on 12 May 2021.", &[late, late, early], "disputed");
    check_verdict("The Alder Bridge opened on 16 May 2021.", &[late, late, early], "contradicted");
    check_verdict("The Alder Bridge opened on 14 May 2021.", &[late, late], "supported");
    // That another part of it is supported is no dispute.
    let cost = "The Alder Bridge in Lowmere cost $12 million.";
    check_verdict("The Alder Bridge opened on 14 May 2021 and cost $15 million.", &[late, cost], "contradicted");
    let folder = Folder::new("verify-disputed");
    folder.file("a.txt", late);
    folder.file("b.txt", early);
    let said = run(&folder, &["verify", "The Alder Bridge opened on 14 May 2021.", "a.txt", "b.txt"]);
    said.expect(1, &["disputed: The Alder Bridge", "against[", "for["]);
}

#[test]
fn what_is_told_of_another() {
    let tallow = "Edwin Tallow, who kept the light for thirty years, died in Hull.";
    check_verdict("Edwin Tallow was born in Hull.", &[tallow], "unresolved");
    let school = "Mira Tallow graduated from the University of Hull with a degree in chemistry.";
    check_verdict("Mira Tallow graduated from the University of Leeds.", &[school], "contradicted");
    check_verdict("Edwin Tallow graduated from the University of Leeds.", &[school, tallow], "unresolved");
    let round = "Corvale Systems raised $85 million in its Series B round, led by Northgate Ventures.";
    check_verdict("Corvale Systems raised $90 million.", &[round], "contradicted");
    let backup = "A full backup of Stonecrop takes about 40 minutes.";
    check_verdict("An incremental backup takes about 5 minutes.", &[backup], "unresolved");
    check_verdict("A full backup takes about 55 minutes.", &[backup], "contradicted");
}

#[test]
fn the_nearest_passage() {
    let folder = Folder::new("verify-nearest");
    folder.file(
        "a.txt",
        "The ferry line of Lowmere sold its last boat in May. It said that all fares would be repaid within a week.\n",
    );
    let near = "The ferry line will repay the fares.";
    let said = run(&folder, &["verify", near, "a.txt"]);
    said.expect(0, &["unresolved: The ferry line", "nearest: ", "a.txt:1:54"]);
    run(&folder, &["verify", near, "a.txt", "--format", "concise"]).expect(0, &["unresolved nearest a.txt:1:54"]);
    run(&folder, &["verify", near, "a.txt", "--require-support"]).expect(1, &["unresolved"]);
    let json = run(&folder, &["verify", near, "a.txt", "--format", "json"]);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    let nearest = &answer["sentences"][0]["nearest"];
    assert_eq!((&nearest["source"], &nearest["line"], &nearest["column"]), (&json!("a.txt"), &json!(1), &json!(54)));
    assert_eq!(nearest["text"], "It said that all fares would be repaid within a week.");
    assert!((0.45..=1.0).contains(&nearest["held"].as_f64().unwrap()), "{nearest}");
    // Of what comes no nearer than a word the sources do not speak; of a title nothing has to.
    for far in ["A comet will pass the island.", "The ferry line of Upmere bought twelve trains from a Danish maker."] {
        let said = run(&folder, &["verify", far, "a.txt"]);
        said.expect(0, &["not mentioned: "]);
        assert!(!said.out.contains("nearest"), "{}", said.out);
    }
    folder.file("draft.md", "# The ferry line repays fares\n\nThe ferry line of Lowmere sold its last boat in May.\n");
    run(&folder, &["verify", "--file", "draft.md", "a.txt", "--require-support"]).expect(0, &["supported: The ferry"]);
    // What rests on evidence needs no passage beside it.
    let against = run(&folder, &["verify", "The ferry line of Lowmere sold its last boat in June.", "a.txt"]);
    against.expect(1, &["contradicted"]);
    assert!(!against.out.contains("nearest"));
}

#[test]
fn unresolved() {
    let folder = Folder::new("verify-unresolved");
    folder.file("a.txt", "Norvik Holdings had revenue of $40 million in the third quarter of 2021.\n");
    let ended = run(&folder, &["verify", "Norvik Holdings had revenue of $45 million.", "a.txt", "--verbose"]);
    ended.expect(0, &["unresolved: Norvik", "open["]);
}

#[test]
fn claims_give_the_place_of_the_words() {
    let against = check("The Alder Bridge cost $15 million.", "contradicted");
    assert_eq!(first(&against), ("against", "n", "$12 million"));
    let relation = &against["relations"][0];
    assert_eq!(relation["type"], "conflict");
    assert_eq!(relation["grounds"]["gates"].as_array().unwrap().len(), 7);
    // Both ends of every relation are among the claims.
    let ids: Vec<&Value> = against["claims"].as_array().unwrap().iter().map(|c| &c["id"]).collect();
    assert!(ids.contains(&&relation["a"]) && ids.contains(&&relation["b"]));
    assert_eq!(first(&check("The Alder Bridge cost $12 million.", "supported")), ("for", "n", "$12 million"));
}

#[test]
fn words_without_figures() {
    check("Omar Lund closed the northern gate before the storm.", "supported");
    check("Omar Lund opened the northern gate before the storm.", "contradicted");
    check("Omar Lund did not close the northern gate before the storm.", "contradicted");
    check("Ingrid Solberg did not attend the fair.", "supported");
    check("Ingrid Solberg did attend the fair in Aldersey.", "contradicted");
    // Another name, day or figure in the place of that of the source.
    check("Omar Lund closed the northern gate before the storm in July.", "contradicted");
    check("The mayor of Norrby, Ingrid Solberg, did not attend the fair in Aldersey.", "contradicted");
    check("On the first day 450 boats sailed past the bridge.", "contradicted");
}

/// Nothing here is supported: a word more, a word less that matters, the parts exchanged.
#[test]
fn support_is_strict() {
    for text in [
        "Omar Lund may have closed the northern gate before the storm.",
        "Omar Lund and his brother closed the northern gate before the storm.",
        "Omar Lund closed the northern gate and the southern gate before the storm.",
        "The storm closed Omar Lund before the northern gate.",
        "Omar Lund painted the northern gate before the storm.",
        "The Alder Bridge in Norrby cost $12 million.",
    ] {
        assert_ne!(answer(text)["verdict"], "supported", "{text}");
    }
}

/// Who is accused of a theft has stolen nothing yet, and who wants to sell has sold nothing.
#[test]
fn what_is_left_open_supports_nothing() {
    let accused = "Omar Lund was accused of stealing the bell of the chapel. It rained all day.";
    check_verdict("Omar Lund stole the bell of the chapel.", &[accused], "unresolved");
    let claims = "The owner claims that the ferry sank off the island of Norrby. It rained all day.";
    check_verdict("The ferry sank off the island of Norrby.", &[claims], "unresolved");
    check_verdict("The owner claimed that the ferry sank off the island of Norrby.", &[claims], "supported");
    let asked = "The council was asked to approve the budget of the school. It rained all day.";
    check_verdict("The council approved the budget of the school.", &[asked], "unresolved");
    // So where the two share a figure or a date.
    let expected = "The bridge over the Alder is expected to open on 14 May 2021. It rained all day.";
    check_verdict("The bridge over the Alder opened on 14 May 2021.", &[expected], "unresolved");
    let once = "Lund Motors once employed 400 people in Lowmere. It rained all day.";
    check_verdict("Lund Motors employs 400 people in Lowmere.", &[once], "unresolved");
    let able = "Lund Motors, which was able to sell 400 lorries in May, has its yard in Lowmere.";
    check_verdict("Lund Motors sold 400 lorries in May.", &[able], "supported");
}

#[test]
fn require_support() {
    let folder = sources("verify-required");
    let comet = "A comet will pass the island of Norrland.";
    run(&folder, &["verify", comet, "sources"]).expect(0, &[]);
    run(&folder, &["verify", comet, "sources", "--require-support"]).expect(1, &["not mentioned"]);
    let known = "The Alder Bridge opened on 14 May 2021.";
    run(&folder, &["verify", known, "sources", "--require-support"]).expect(0, &["supported"]);
    let both = format!("{known} {comet}");
    run(&folder, &["verify", &both, "sources", "--require-support"]).expect(1, &["overall: partly supported"]);
}

#[test]
fn the_statement_of_a_file() {
    let folder = sources("verify-file");
    folder.file("draft.md", "# Draft\n\nThe Alder Bridge opened on 14 May 2021. It cost $15 million.\n");
    let ended = run(&folder, &["verify", "--file", "draft.md", "sources", "--format", "concise"]);
    ended.expect(1, &["draft.md:3:1: supported", "draft.md:3:41: contradicted"]);
    let ended = feed(&folder, &["verify", "--file", "-", "sources"], b"The Alder Bridge cost $15 million.");
    ended.expect(1, &["contradicted"]);
    // A draft that lies among its sources does not support itself.
    folder.file("sources/draft.md", "# Draft\n\nThe Alder Bridge opened on 14 May 2021. It cost $15 million.\n");
    run(&folder, &["verify", "--file", "sources/draft.md", "sources"]).expect(1, &["contradicted"]);
}

#[test]
fn lines_in_lines_out() {
    let folder = sources("verify-jsonl");
    let input = concat!(
        "{\"id\":\"a\",\"text\":\"The Alder Bridge cost $12 million.\"}\n",
        "\n",
        "{\"id\":2,\"text\":\"The mill burnt in 1994.\",\"sources\":[{\"id\":\"x\",\"text\":\"The mill burnt in 1996.\"},{\"id\":\"x\",\"text\":\"No news.\"}]}\n",
        "{oops\n",
        "{\"id\":3}\n",
        "{\"id\":[4],\"text\":\"\"}\n",
        "{\"id\":\"statement\",\"text\":\"The Alder Bridge cost $15 million.\"}\n",
    );
    let ended = feed(&folder, &["verify", "--jsonl", "sources"], input.as_bytes());
    ended.expect(2, &["line 4", "line 5"]);
    let answers: Vec<Value> = ended.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let told: Vec<(Value, Value)> = answers.iter().map(|a| (a["id"].clone(), a["verdict"].clone())).collect();
    let expected = [
        (json!("a"), json!("supported")),
        (json!(2), json!("contradicted")),
        (json!([4]), json!("not_mentioned")),
        (json!("statement"), json!("contradicted")),
    ];
    assert_eq!(told, expected);
    assert_eq!(answers[1]["text"], "The mill burnt in 1994.");
    for key in ["id", "text", "verdict", "evidence", "relations"] {
        assert!(answers.iter().all(|a| a.get(key).is_some()), "{key}");
    }
    // Sources of its own stand in place of the paths; without either there is nothing to put it to.
    let alone = b"{\"id\":1,\"text\":\"The mill burnt in 1994.\"}\n{\"id\":2,\"text\":\"x\",\"sources\":[]}\n";
    feed(&folder, &["verify", "--jsonl"], alone).expect(2, &["line 1: no sources", "line 2: no sources"]);
    let calm = b"{\"id\":1,\"text\":\"The Alder Bridge cost $12 million.\"}\n";
    feed(&folder, &["verify", "--jsonl", "sources"], calm).expect(0, &["supported"]);
    let denied = b"{\"id\":1,\"text\":\"The Alder Bridge cost $15 million.\"}\n";
    feed(&folder, &["verify", "--jsonl", "sources"], denied).expect(1, &["contradicted"]);
}

#[test]
fn the_paths_and_the_lines_give_one_answer() {
    let folder = sources("verify-one-road");
    for text in ["The Alder Bridge cost $15 million.", "Omar Lund closed the northern gate before the storm."] {
        let ended = run(&folder, &["verify", text, "sources/notice.md", "sources/letter.txt", "--format", "json"]);
        let paths: Value = serde_json::from_str(&ended.out).unwrap();
        let lines = answer(text);
        assert_eq!(paths["text"], text);
        assert_eq!(paths["verdict"], lines["verdict"]);
        let rules = |a: &Value| a["evidence"].as_array().unwrap().iter().map(|e| e["rule"].clone()).collect::<Vec<_>>();
        let (mut p, mut l) = (rules(&paths), rules(&lines));
        p.sort_by_key(Value::to_string);
        l.sort_by_key(Value::to_string);
        assert_eq!(p, l);
    }
}

#[test]
fn bad_usage() {
    let folder = sources("verify-usage");
    run(&folder, &["verify"]).expect(2, &["--file or --jsonl"]);
    run(&folder, &["verify", "It opened.", "no-such-folder"]).expect(2, &["no-such-folder"]);
    run(&folder, &["verify", "--file", "no-such-file", "sources"]).expect(2, &["no-such-file"]);
    run(&folder, &["verify", "It opened.", "sources", "--format", "jsom"]).expect(2, &["did you mean `json`?"]);
    run(&folder, &["verify", "--jsonl", "--format", "json"]).expect(2, &["--format"]);
    run(&folder, &["verify", "--jsonl", "--file", "a"]).expect(2, &["--file"]);
    folder.file("empty/.keep", "");
    run(&folder, &["verify", "It opened.", "empty"]).expect(2, &["no sources to check the statement against"]);
    run(&folder, &["verify", "It opened.", "empty", "--allow-empty"]).expect(0, &["not mentioned"]);
    run(&folder, &["verify", "", "sources"]).expect(0, &["makes no statement that could be checked"]);
    run(&folder, &["verify", "The bridge \u{1b}[31m opened.", "sources"]).expect(0, &["\u{fffd}[31m"]);
}

#[test]
fn reports_and_threads() {
    let folder = sources("verify-reports");
    let text = "The Alder Bridge cost $15 million.";
    let said = |more: &[&str]| run(&folder, &[&["verify", text, "sources"], more].concat());
    assert_eq!(said(&["--jobs", "1"]), said(&["--jobs", "4", "--no-cache"]));
    let one = said(&["--format", "json", "--format", "terminal=out.txt"]);
    one.expect(1, &["\"verdict\": \"contradicted\""]);
    assert!(std::fs::read_to_string(folder.0.join("out.txt")).unwrap().starts_with("contradicted: "));
    // Colour only where it is wanted, and then nothing but colour.
    let (plain, colored) = (said(&[]), said(&["--color", "always"]));
    assert!(!plain.out.contains('\u{1b}') && colored.out.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&colored.out).to_string(), plain.out);
    // The sources are kept; the statement is seen once.
    let kept = || walkdir(&folder.0.join(CACHE));
    let before = kept();
    said(&[]);
    assert_eq!(kept(), before);
    // Rules that are switched off say nothing.
    let rule = serde_json::from_str::<Value>(&said(&["--format", "json"]).out).unwrap()["evidence"][0]["rule"].clone();
    let others = ["values-differ", "statement-opposed"].map(|rule| ["--ignore", rule]).concat();
    said(&[&["--ignore", rule.as_str().unwrap()], others.as_slice()].concat()).expect(0, &[]);
}

/// How many files lie below a folder.
fn walkdir(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path());
    entries.map(|path| if path.is_dir() { walkdir(&path) } else { 1 }).sum()
}

#[test]
fn a_reader_that_goes_away() {
    let folder = sources("verify-pipe");
    let mut child = command(&folder, &["verify", "The Alder Bridge cost $12 million.", "sources"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn why_a_place_says_nothing_of_a_statement() {
    let folder = sources("verify-why");
    let said = |text: &str, place: &str, code: i32, words: &[&str]| {
        run(&folder, &["verify", text, "sources", "--why", place]).expect(code, words)
    };
    said(
        "The Alder Bridge opened on 16 May 2021.",
        "sources/notice.md:3",
        1,
        &["contradicted: ", "linked: conflict by"],
    );
    said("The Alder Bridge is 300 metres long.", "sources/notice.md:3", 0, &["sources/notice.md:3:", "never compared"]);
    run(&folder, &["verify", "A comet.", "sources", "--why", "sources/notice.md:2"]).expect(2, &[]);
}

/// The same links and the same verdict whether all blocks are judged or those alone that a statement can hang on.
#[test]
fn judging_a_part_answers_as_judging_all() {
    use belie::app::Reach;
    use belie::app::pipeline::{Settings, extract, run_query};
    use belie::finding::{Stance, answer};
    let extractor = &*given::EXTRACTOR;
    let settings = Settings { jobs: 1, ..Settings::default() };
    let more = [
        ("notice.md", NOTICE),
        ("letter.txt", LETTER),
        (
            "paper.md",
            "# The bridge at Lowmere\n\nThe Alder Bridge cost $12 million and opened on 16 May 2021. Norvik Holdings \
            built it in three years. “We opened the gate before the storm,” said Omar Lund.\n",
        ),
        (
            "firm.md",
            "Norvik Holdings had revenue of $40 million in 2021. Norvik Holdings, founded by Ingrid Solberg in 1998, \
            employs 300 people. It raised $30 million in a round led by Reef Capital.\n",
        ),
        (
            "other.md",
            "Norvik Holdings employs 340 people and had revenue of $41 million in 2021. It was founded in 1998.\n",
        ),
    ];
    let documents = given::documents(&more);
    let sources = extract(documents, extractor, &settings);
    let statements = [
        "The Alder Bridge opened on 14 May 2021.",
        "The Alder Bridge opened on 16 May 2021. It cost $15 million.",
        "The Alder Bridge cost $12 million.",
        "Norvik Holdings had revenue of $45 million.",
        "Norvik Holdings employs 300 people and was founded in 1999.",
        "Ingrid Solberg founded Norvik Holdings in 1998.",
        "“We opened the gate before the storm,” said Ingrid Solberg.",
        "The keeper of the bridge closed the southern gate before the storm in March.",
        "A comet will pass the island of Norrland.",
    ];
    for text in statements {
        let [all, part] = [Reach::All, Reach::Statement].map(|reach| {
            let statement = belie::source::Document::from_text("statement", text);
            let queried = run_query(statement, &sources, reach, extractor, &settings);
            let analysis = &queried.examined.analysis;
            let nearest = &queried.examined.nearest;
            let answer = answer(
                analysis,
                queried.query,
                &queried.segments,
                (&queried.examined.passages, nearest),
                extractor.lookup(),
            );
            let claims = &analysis.claims;
            let evidence: Vec<(Stance, String, String, String, String)> = answer
                .sentences
                .iter()
                .flat_map(|s| &s.evidence)
                .map(|e| {
                    let link = &analysis.links[e.link];
                    let id = |at: u32| claims[at as usize].id.clone();
                    (e.stance, id(e.own), id(e.other), link.id.clone(), link.message.clone())
                })
                .collect();
            let verdicts: Vec<_> = answer.sentences.iter().map(|s| s.verdict).collect();
            (answer.verdict, verdicts, evidence)
        });
        assert_eq!(all, part, "{text}");
    }
}
