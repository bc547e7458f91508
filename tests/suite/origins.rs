//! Who stands behind a value: copies, credits and attributions are one witness, and a card says so.

use belie::finding::{Analysis, Finding, Group};

use crate::given::{analysed, documents};
use crate::program::{Folder, run};

const AGENCY: &str = "Port Sallow, 2 April 2031

PORT SALLOW (QNA) – Ada Sallow died on 4 May 1961. The old ferry house on the quay is to be a museum in her name.
";
const REPRINT: &str =
    "Ada Sallow, who built the ferry house by the water, died on 4 May 1961. The town has voted for a museum.

This story was originally published by QNA.
";
const WITNESS: &str =
    "The parish book is plain about it: Ada Sallow died on 4 May 1961. Nobody has read it for years.\n";
const OTHER: &str = "Ada Sallow died on 9 May 1961, her grandson writes in a letter to the museum.\n";

fn of(texts: &[(&str, &str)]) -> Analysis {
    analysed(documents(texts))
}

/// The card on the day of death.
fn card(analysis: &Analysis) -> &Finding {
    let card = analysis.findings.iter().find(|f| f.groups.len() == 2 && f.message.contains("1961"));
    card.unwrap_or_else(|| panic!("{:?}", analysis.findings))
}

fn group<'a>(analysis: &'a Analysis, value: &str) -> &'a Group {
    card(analysis).groups.iter().find(|g| g.value.contains(value)).unwrap()
}

#[test]
fn pages_of_one_agency_are_one_witness() {
    let analysis = of(&[("a.txt", AGENCY), ("b.txt", REPRINT), ("z.txt", OTHER)]);
    assert_eq!(analysis.origins, ["QNA", "QNA", "z.txt"]);
    let told = group(&analysis, "4 May");
    assert_eq!((told.sources.len(), told.origins.as_slice()), (2, ["QNA".to_owned()].as_slice()));
    let notes = &card(&analysis).notes;
    assert!(notes.iter().any(|n| n.starts_with("a.txt, b.txt count as one origin: they credit QNA")), "{notes:?}");
    // One origin against one: nobody is the odd one out.
    assert_eq!(card(&analysis).outlier, None);
}

#[test]
fn an_independent_page_is_another() {
    let analysis = of(&[("a.txt", AGENCY), ("b.txt", WITNESS), ("z.txt", OTHER)]);
    assert_eq!(group(&analysis, "4 May").origins, ["QNA", "b.txt"]);
    assert!(card(&analysis).notes.iter().all(|n| !n.contains("one origin")));
    assert!(card(&analysis).outlier.is_some());
}

#[test]
fn what_is_laid_at_the_door_of_a_page_goes_back_to_it() {
    let ledger = format!("---\npublisher: The Weir Ledger\n---\n{WITNESS}");
    let leaning = "Ada Sallow died on 4 May 1961, according to the Weir Ledger.\n";
    let analysis = of(&[("a.md", &ledger), ("b.txt", leaning), ("z.txt", OTHER)]);
    assert_eq!(group(&analysis, "4 May").origins, ["a.md"]);
    // Two pages of that paper: which of them is meant cannot be determined.
    let second = "---\npublisher: The Weir Ledger\n---\nThe ferry house is to be a museum.\n";
    let analysis = of(&[("a.md", &ledger), ("b.txt", leaning), ("c.md", second), ("z.txt", OTHER)]);
    assert_eq!(group(&analysis, "4 May").origins.len(), 2);
}

#[test]
fn the_earlier_of_two_copies_is_told_with_caution() {
    let body = "Ada Sallow died on 4 May 1961. The old ferry house on the quay by the weir is to be a museum in her name, the \
                council of the town has decided by nine votes to four after a long evening.\n";
    let dated = |day: &str| format!("---\npublished: 2031-04-{day}\n---\n{body}");
    let analysis = of(&[("a.md", &dated("09")), ("b.md", &dated("02")), ("z.txt", OTHER)]);
    assert_eq!(analysis.origins, ["b.md", "b.md", "z.txt"]);
    let note = "a.md (2031-04-09), b.md (2031-04-02) count as one origin: they share their wording; the earliest is b.md, \
                which does not prove who copied whom";
    assert!(card(&analysis).notes.iter().any(|n| n == note), "{:?}", card(&analysis).notes);
}

#[test]
fn explain_counts_what_stands_behind_each_value() {
    let folder = Folder::new("evidence");
    folder.file("set/a.txt", AGENCY);
    folder.file("set/b.txt", WITNESS);
    folder.file("set/z.txt", format!("{OTHER}\nIt may be that Ada Sallow died on 9 May 1961.\n"));
    let report = run(&folder, &["check", "set", "--format", "json", "--fail-on", "never"]);
    let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let id = findings.iter().find(|f| f["message"].as_str().unwrap().contains("1961")).unwrap()["id"].as_str().unwrap();
    let said = run(&folder, &["explain", id, "set"]);
    said.expect(0, &["the sum is not a verdict", "independent origin", "typo of its own"]);
    let row = |name: &str| -> Vec<String> {
        let line = said.out.lines().find(|l| l.trim_start().starts_with(name)).unwrap();
        line.trim_start().trim_start_matches(name).split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(row("independent origin"), ["+3", "2", "1"]);
    assert_eq!(row("sum"), ["6", "3"]);
    // The weights are data.
    folder.file(
        "rules/lexicon/evidence.toml",
        "id = \"evidence\"\nsummary = \"Weights of our own\"\nwhy = \"We think otherwise.\"\nschema = \"scale\"\ninflect = false\n\n[[row]]\nkey = \"independent origin\"\naxis = \"evidence\"\nrank = 5\n\n[[example]]\ntext = \"One independent origin.\"\nfires = true\n\n[[example]]\ntext = \"An independent origin.\"\nfires = true\n\n[[example]]\ntext = \"None.\"\nfires = false\nwhy = \"none\"\n\n[[example]]\ntext = \"Nobody.\"\nfires = false\nwhy = \"nobody\"\n",
    );
    run(&folder, &["explain", id, "set", "--rules", "rules"]).expect(0, &["+5"]);
}

/// The parts of a confidence add up to the sum below them, and the sum to the confidence of the finding.
#[test]
fn explain_adds_up_what_a_confidence_is_made_of() {
    let folder = Folder::new("weighed");
    let first = "The tower of Lowmere has 312 steps. Visitors climb them in the dark.\n";
    let second = "Visitors climb 321 steps to the top of the tower of Lowmere. Most of them stop for breath.\n";
    let one = "The regatta of Lowmere was won by Ole Lund on Sunday. It rained all day.\n";
    let other = "On Sunday the regatta of Lowmere was won by Ines Berg. Many boats turned over.\n";
    for (set, rule, a, b) in [("a", "values-differ", first, second), ("b", "statements-differ", one, other)] {
        folder.file(&format!("{set}/a.txt"), a);
        folder.file(&format!("{set}/b.txt"), b);
        let report = run(&folder, &["check", set, "--format", "json", "--fail-on", "never"]);
        let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
        let finding = report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == rule).unwrap();
        let said = run(&folder, &["explain", finding["id"].as_str().unwrap(), set]);
        said.expect(0, &["weighed: logarithms of the odds"]);
        let rows = said.out.lines().skip_while(|l| !l.contains("weighed:")).skip(1);
        let mut rows: Vec<f64> =
            rows.take_while(|l| !l.is_empty()).map(|l| l.split(' ').next_back().unwrap().parse().unwrap()).collect();
        let sum = rows.pop().unwrap();
        // Each row is rounded to a hundredth, the confidence to a thousandth between points of the curve.
        assert!((rows.iter().sum::<f64>() - sum).abs() < 0.01 * rows.len() as f64, "{}", said.out);
        let confidence = finding["confidence"].as_f64().unwrap();
        assert!((1.0 / (1.0 + (-sum).exp()) - confidence).abs() < 0.02, "{confidence} {sum}");
    }
}
