//! `belie compare` is the pipeline of `check` on two documents: both give the same answer on every pair.

use std::io::Write as _;
use std::process::Stdio;

use belie::graph::Relation;

use crate::given::{analysed, documents};
use crate::program::{Folder, command, ended};

/// Pairs of sentences out of templates: figures, bounds, dates, opposites, denials, and what has nothing to do with
/// each other.
fn pairs() -> Vec<(String, String)> {
    let who = ["The keeper of the Lowmere light", "Omar Lund", "The harbour council", "A Danish sailor"];
    let did = [
        ("sold 12 boats", "sold 15 boats"),
        ("sold 12 boats", "sold at least 10 boats"),
        ("sold 12 boats", "sold twelve boats"),
        ("sold 12 boats", "bought 12 boats"),
        ("sold 12 boats", "did not sell 12 boats"),
        ("paid $4 million", "paid $5 million"),
        ("paid $4 million", "paid nearly $4 million"),
        ("opened the northern gate", "closed the northern gate"),
        ("opened the northern gate", "opened the southern gate"),
        ("painted the red ferry", "painted the blue ferry"),
        ("painted the red ferry", "never painted the red ferry"),
        ("won the third race", "won the fifth race"),
    ];
    let when = [("", ""), (" in 1994", " in 1994"), (" in 1994", " in 1996"), (" on the island", " on the island")];
    let mut out = Vec::new();
    for (n, subject) in who.iter().enumerate() {
        for (a, b) in did {
            for (p, q) in when {
                out.push((format!("{subject} {a}{p}."), format!("{subject} {b}{q}.")));
                out.push((format!("{subject} {a}{p}."), format!("{} {b}{q}.", who[(n + 1) % who.len()])));
            }
        }
    }
    out
}

/// What the links of `check` come to in three words, and the rules that may have decided.
fn checked(a: &str, b: &str) -> (&'static str, Vec<String>) {
    let analysis = analysed(documents(&[("a", a), ("b", b)]));
    let source = |claim: u32| analysis.claims[claim as usize].source;
    let weight = |r: Relation| match r {
        Relation::Conflict | Relation::DerivedConflict => "conflict",
        Relation::Unresolved | Relation::QuoteVariant | Relation::QuoteTruncated | Relation::SameOrigin => "unrelated",
        _ => "agree",
    };
    let joins = analysis.links.iter().filter(|l| {
        let mut sources: Vec<u32> = [l.a, l.b].iter().chain(&l.also).map(|&c| source(c)).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.len() > 1
    });
    let said: Vec<(&str, String)> = joins.map(|l| (weight(l.relation), l.rule.clone())).collect();
    let word = ["conflict", "agree"].into_iter().find(|w| said.iter().any(|(s, _)| s == w)).unwrap_or("unrelated");
    (word, said.into_iter().filter(|(s, _)| *s == word).map(|(_, rule)| rule).collect())
}

#[test]
fn compare_is_check_on_two_documents() {
    let pairs = pairs();
    assert!(pairs.len() > 300, "{}", pairs.len());
    let folder = Folder::new("compare");
    let mut child =
        command(&folder, &["compare", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let requests: String = (0..)
        .zip(&pairs)
        .map(|(id, (a, b))| serde_json::json!({"id": id, "premise": a, "hypothesis": b}).to_string() + "\n")
        .collect();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(requests.as_bytes()).unwrap());
    let ended = ended(child.wait_with_output().unwrap());
    writer.join().unwrap();
    let answers: Vec<serde_json::Value> = ended.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(answers.len(), pairs.len());
    let mut conflicts = 0;
    for (answer, (a, b)) in answers.iter().zip(&pairs) {
        let (word, rules) = checked(a, b);
        assert_eq!(answer["relation"], word, "{a} | {b}");
        match answer["rule"].as_str() {
            Some(rule) => assert!(rules.iter().any(|r| r == rule), "{a} | {b} | {rule} | {rules:?}"),
            None => assert!(rules.is_empty(), "{a} | {b} | {rules:?}"),
        }
        conflicts += usize::from(word == "conflict");
    }
    // Neither road is silent.
    assert!(conflicts > 50, "{conflicts}");
}

/// What turns a sentence round, or says the opposite, is no agreement.
#[test]
fn opposites_and_exchanged_places_do_not_agree() {
    for (a, b, agree) in [
        (
            "The Alder Bridge is the longest bridge in Norland.",
            "The Alder Bridge is the shortest bridge in Norland.",
            false,
        ),
        (
            "The Alder Bridge is the longest bridge in Norland.",
            "The Marsh Bridge is the longest bridge in Norland.",
            false,
        ),
        ("The motion passed by 52 votes to 48.", "The motion passed by 48 votes to 52.", false),
        ("Ines Calloway defeated Tam Sorley.", "Tam Sorley defeated Ines Calloway.", false),
        ("The ship sailed from Oslo to Bergen.", "The ship sailed from Bergen to Oslo.", false),
        ("Ines Calloway defeated Tam Sorley.", "Tam Sorley was defeated by Ines Calloway.", true),
        ("In Oslo the ship was painted red.", "The ship was painted red in Oslo.", true),
    ] {
        let (answer, rules) = checked(a, b);
        assert_eq!(answer == "agree", agree, "{a} {b}: {answer} {rules:?}");
    }
}
