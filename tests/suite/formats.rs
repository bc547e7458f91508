//! The formats for other programs: what they look like on three short documents (`tests/reports/`, where letters of several
//! bytes stand before the values), and that no source can write into them.

use std::fs;
use std::path::PathBuf;

use belie::finding::{Analysis, Settled, Status};
use belie::report::{FORMATS, Style, format};
use belie::source::{WalkOptions, gather, read};
use serde_json::Value;

use crate::given::{self, analysed, documents, rendered, root};
use crate::program::{Folder, command, ended, run};

pub(crate) fn short() -> Analysis {
    let gathered = gather(&[PathBuf::from("tests/reports")], &WalkOptions::default());
    analysed(
        gathered
            .files
            .iter()
            .flat_map(|found| read(found, &mut std::io::empty(), &WalkOptions::default()).documents)
            .collect(),
    )
}

/// Text that ends strings, tags, comments, commands and cells, and turns lines round.
const EVIL: &str = "]]></script></details><img src=x onerror=alert(1)>%0A::error::%25\"'`|,;[a](javascript:b){0} {{x}}\
    -->\u{1b}[31m\u{7}\u{9b}\u{202e}\u{200f}\u{2028}@all#1";

/// Two accounts of one bridge, with such text in sentences, titles, publishers and addresses.
fn hostile() -> Vec<(String, String)> {
    let text = |day: u8, cost: u8| {
        format!(
            "---\ntitle: '=cmd {EVIL}'\npublisher: '@pub {EVIL}'\nurl: 'javascript:alert(1)'\n---\n\
             é😀 {EVIL} the Alder Bridge opened on {day} May 2021.\n\nThe Alder Bridge cost {cost} million dollars, {EVIL}.\n"
        )
    };
    let name = if cfg!(windows) { "b.md" } else { "::error::b,%0A\"<x>\u{1b}[1m\u{202e}.md" };
    vec![("a.md".to_owned(), text(12, 3)), (name.to_owned(), text(14, 5))]
}

pub(crate) fn hostile_analysis() -> Analysis {
    let texts = hostile();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let analysis = analysed(documents(&texts));
    assert!(!analysis.findings.is_empty(), "the hostile documents have to disagree");
    analysis
}

fn json(analysis: &Analysis, format: &str) -> Value {
    serde_json::from_str(&rendered(analysis, format)).unwrap()
}

/// The report of three short documents in every format, as a reader gets it.
#[test]
fn reports() {
    let analysis = short();
    // The schema describes a format and no analysis.
    let names = FORMATS.iter().map(|f| f.name()).filter(|&name| name != "json-schema");
    given::accepted(names.map(|format| (format!("reports@{format}"), rendered(&analysis, format))));
}

/// No character that steers a terminal or turns a line round gets into a format for people or for a line-wise reader.
#[test]
fn control_characters_stay_out() {
    let analysis = hostile_analysis();
    for format in ["concise", "terminal", "sarif", "junit", "github", "markdown", "csv", "claimreview"] {
        let text = rendered(&analysis, format);
        let bad = |c: char| c != '\n' && c.is_control() || "\u{202e}\u{2028}".contains(c);
        // A path has to be found: it keeps its letters.
        let text = text.replace("\u{202e}.md", ".md");
        assert!(!text.contains(bad), "{format}: {:?}", text.chars().find(|&c| bad(c)));
    }
}

/// The path of a relative address.
fn unescaped(uri: &str) -> String {
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// A result points at the words of its value, counted as it says; its links lead to its own locations.
#[test]
fn sarif_points_at_the_words() {
    let texts = hostile();
    for analysis in [short(), hostile_analysis()] {
        let log = json(&analysis, "sarif");
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rules: Vec<&str> =
            run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), analysis.findings.len());
        let mut looked_at = 0;
        for (result, finding) in results.iter().zip(&analysis.findings) {
            let rule = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[rule], result["ruleId"]);
            assert_eq!(result["partialFingerprints"]["belieSentences/v1"], finding.fingerprint.as_str());
            let related = result["relatedLocations"].as_array().unwrap();
            let all = result["locations"].as_array().unwrap().iter().chain(related);
            for location in all {
                let place = &location["physicalLocation"];
                let uri = place["artifactLocation"]["uri"].as_str().unwrap();
                let escaped = uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b));
                assert!(escaped, "{uri}");
                let path = unescaped(uri);
                let text = match texts.iter().find(|(name, _)| *name == path) {
                    Some((_, text)) => text.clone(),
                    None => fs::read_to_string(root().join(path)).unwrap(),
                };
                let region = &place["region"];
                let at = |key: &str| region[key].as_u64().unwrap() as usize;
                assert_eq!(at("startLine"), at("endLine"));
                let line = text.lines().nth(at("startLine") - 1).unwrap();
                let words: String =
                    line.chars().skip(at("startColumn") - 1).take(at("endColumn") - at("startColumn")).collect();
                let known = analysis
                    .claims
                    .iter()
                    .any(|c| c.value_span.of(&analysis.documents[c.source as usize].text) == words);
                assert!(known, "{uri}: {words:?}");
                looked_at += 1;
            }
            // Only rules that speak.
            assert!(rules.iter().all(|r| analysis.findings.iter().any(|f| f.rule == *r)));
        }
        assert!(looked_at > 1);
    }
}

/// Standard input has no path that another program could open.
#[test]
fn standard_input_has_no_path() {
    let folder = Folder::new("formats-stdin");
    folder.file("in.txt", "The Alder Bridge opened on Monday, 14 May 2021.\n");
    let ask = |format: &str| {
        let input = fs::File::open(folder.0.join("in.txt")).unwrap();
        ended(command(&folder, &["check", "-", "--format", format]).stdin(input).output().unwrap())
    };
    let github = ask("github");
    assert!(github.out.starts_with("::") && !github.out.contains("file="), "{}", github.all());
    let log: Value = serde_json::from_str(&ask("sarif").out).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place, &serde_json::json!({"description": {"text": "standard input"}}));
    // In a folder that was named as `.`, paths are still those of the repository.
    let text = run(&folder, &["check", ".", "--format", "github"]).out;
    assert!(text.contains(" file=in.txt,"), "{text}");
}

#[test]
fn junit_is_read_back() {
    for analysis in [short(), hostile_analysis()] {
        let report = quick_junit::Report::deserialize_from_str(&rendered(&analysis, "junit")).unwrap();
        assert_eq!(report.tests, analysis.findings.len() + analysis.checked.len());
        let errors = analysis.findings.iter().filter(|f| f.severity == belie::graph::Severity::Error).count();
        assert_eq!(report.failures, errors);
    }
}

/// A line is one command, and every property of it is one that we wrote.
#[test]
fn github_lines_are_commands() {
    let analysis = hostile_analysis();
    let text = rendered(&analysis, "github");
    assert_eq!(text.lines().count(), analysis.findings.len());
    for line in text.lines() {
        let (kind, rest) = line[2..].split_once(' ').unwrap();
        assert!(line.starts_with("::") && ["error", "warning", "notice"].contains(&kind), "{line}");
        let (properties, message) = rest.split_once("::").unwrap();
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&name), "{line}");
            assert!(!value.contains(':'), "{line}");
        }
        assert!(message.contains("%0A"), "{line}");
        // What looks escaped in a source does not come out as what it would stand for.
        assert!(!message.contains("%0A::error"), "{line}");
    }
}

#[test]
fn csv_holds_no_formula() {
    let analysis = hostile_analysis();
    let text = rendered(&analysis, "csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let mut n = 0;
    for row in rows.records() {
        for cell in &row.unwrap() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell}");
        }
        n += 1;
    }
    assert_eq!(n, analysis.findings.iter().map(|f| f.claims.len()).sum::<usize>());
}

/// The shape that schema.org gives a ClaimReview, and never a verdict on who is right.
#[test]
fn claimreviews_have_their_shape() {
    for analysis in [short(), hostile_analysis()] {
        let text = rendered(&analysis, "claimreview");
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let graph: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(graph["@context"], "https://schema.org");
        let reviews = graph["@graph"].as_array().unwrap();
        assert!(!reviews.is_empty());
        for review in reviews {
            assert_eq!(review["@type"], "ClaimReview");
            assert!(review["claimReviewed"].is_string() && review["author"]["@type"] == "Organization");
            let rating = &review["reviewRating"];
            assert_eq!(rating["@type"], "Rating");
            assert!(rating.get("ratingValue").is_none());
            let words = rating["alternateName"].as_str().unwrap().to_lowercase();
            assert!(!words.contains("true") && !words.contains("false"), "{words}");
            let claims = review["itemReviewed"].as_array().unwrap();
            assert!(!claims.is_empty());
            for claim in claims {
                assert_eq!((&claim["@type"], &claim["appearance"]["@type"]), (&"Claim".into(), &"CreativeWork".into()));
                assert!(claim["text"].is_string() && claim["appearance"]["name"].is_string());
                assert!(claim["appearance"].get("url").is_none(), "{claim}");
            }
        }
    }
}

/// Any number of formats in one run, each what it is alone; what cannot be written is said before the work is done.
#[test]
fn many_formats_in_one_run() {
    let folder = Folder::new("many-formats");
    for (name, text) in hostile() {
        folder.file(&name, text);
    }
    let names: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
    let outputs: Vec<String> = names.iter().map(|n| format!(".out/{n}.out")).collect();
    fs::create_dir_all(folder.0.join(".out")).unwrap();
    let files: Vec<String> = names.iter().zip(&outputs).map(|(n, o)| format!("{n}={o}")).collect();
    let mut arguments = vec!["check", ".", "--as-of", "2026-01-01", "--format", "concise"];
    arguments.extend(files.iter().flat_map(|f| ["--format", f.as_str()]));
    let together = run(&folder, &arguments);
    assert_eq!(together.code, Some(1), "{}", together.all());
    for (name, output) in names.iter().zip(&outputs) {
        let alone = run(&folder, &["check", ".", "--as-of", "2026-01-01", "--color", "never", "--format", name]);
        assert_eq!(fs::read_to_string(folder.0.join(output)).unwrap(), alone.out, "{name}");
    }
    run(&folder, &["check", ".", "--format", "sarif", "--format", "github"]).expect(2, &["two formats"]);
    let ended = run(&folder, &["check", ".", "--format", "sarif=no/such/out.sarif"]);
    ended.expect(2, &["sarif=no/such/out.sarif", "there is no folder no/such"]);
    assert!(ended.out.is_empty(), "{}", ended.out);
}

/// Why a person has settled a finding stands wherever there is room for it.
#[test]
fn reasons_are_carried() {
    let mut analysis = short();
    let finding = &mut analysis.findings[0];
    finding.status = Status::Accepted;
    finding.settled = Some(Settled {
        reason: "two calendars".to_owned(),
        author: "Ines".to_owned(),
        date: None,
        until: Some(jiff::civil::date(2032, 1, 31)),
    });
    let style = Style { verbose: true, ..Style::default() };
    for name in ["terminal", "concise", "sarif", "junit", "markdown", "csv", "html"] {
        let text = format(name).unwrap().render(&analysis, &style);
        assert!(text.contains("two calendars (Ines, until 2032-01-31)"), "{name}: {text}");
    }
    let decision = &json(&analysis, "json")["findings"][0]["decision"];
    let wanted = serde_json::json!({"reason": "two calendars", "author": "Ines", "date": null, "until": "2032-01-31"});
    assert_eq!(decision, &wanted);
    // What nobody has decided on has no key for it.
    assert!(json(&analysis, "json")["findings"][1].get("decision").is_none());
}

/// A message tells which part of a range, or of a date with its weekday, is meant.
#[test]
fn messages_of_checks_tell_parts() {
    let text = "Sales rose from $40 million to $50 million, an increase of 35 percent. The siege lasted from 1914 to 1918, \
        six years. The fair is on Friday, 15 May 2021. The hearing was on Tuesday, 19 May 2026.\n";
    let told = rendered(&analysed(documents(&[("a.txt", text)])), "terminal");
    for message in [
        "35 percent from 40 million USD to 50 million USD, which is 25 per cent",
        "six years from 1914 to 1918, which is",
        "Friday, 15 May 2021 is a Saturday, not a Friday\n",
        "checked  Tuesday, 19 May 2026 is a Tuesday\n",
    ] {
        assert!(told.contains(message), "{message}: {told}");
    }
}
