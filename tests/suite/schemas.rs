//! Formats held against their schemas: JSON against the one that belie prints, SARIF and JUnit against those of
//! `tests/schema/`, which say in our own words what the specifications ask for.

use std::collections::BTreeSet;
use std::process::Command;

use belie::finding::{Analysis, Settled, Status};
use belie::report::{Style, format};
use jiff::civil::date;
use jsonschema::Validator;
use serde_json::Value;

use crate::formats::{hostile_analysis, short};
use crate::given::{self, analysed, documents};
use crate::program::Folder;

/// Findings in every state; with hostile words; and none at all.
fn analyses() -> Vec<Analysis> {
    let mut settled = hostile_analysis();
    let states = [Status::Accepted, Status::Dismissed, Status::Known, Status::Changed, Status::New];
    for (finding, status) in settled.findings.iter_mut().zip(states.into_iter().cycle()) {
        finding.status = status;
        finding.settled = matches!(status, Status::Accepted | Status::Dismissed).then(|| Settled {
            reason: "two \u{1b}[1m<calendars> ]]> & more".to_owned(),
            author: "Ines".to_owned(),
            date: Some(date(2031, 3, 15)),
            until: None,
        });
    }
    let empty = analysed(documents(&[("a.txt", "Nothing is claimed here.\n")]));
    let seeds = given::seeds().into_iter().map(|name| analysed(given::seed(&name)));
    [short(), hostile_analysis(), settled, empty].into_iter().chain(seeds).collect()
}

fn rendered(analysis: &Analysis, name: &str) -> String {
    format(name).unwrap().render(analysis, &Style::default())
}

fn json(analysis: &Analysis, format: &str) -> Value {
    serde_json::from_str(&rendered(analysis, format)).unwrap()
}

#[track_caller]
fn fits(validator: &Validator, value: &Value) {
    let faults: Vec<String> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert_eq!(faults, [] as [String; 0]);
}

#[test]
fn json_keeps_to_its_own_schema() {
    for analysis in analyses() {
        let schema = json(&analysis, "json-schema");
        jsonschema::meta::validate(&schema).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let report = json(&analysis, "json");
        fits(&validator, &report);
        // The schema asks for something.
        let mut without = report.clone();
        without.as_object_mut().unwrap().remove("findings");
        assert!(!validator.is_valid(&without));
    }
}

#[test]
fn sarif_keeps_to_the_specification() {
    let schema: Value = serde_json::from_str(include_str!("../schema/sarif.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for analysis in analyses() {
        let log = json(&analysis, "sarif");
        fits(&validator, &log);
        hangs_together(&log);
        let mut spoilt = log.clone();
        spoilt["runs"][0]["results"] = serde_json::json!([{"level": "grave", "locations": []}]);
        assert!(!validator.is_valid(&spoilt));
    }
}

/// What a schema cannot say of a log; the numbers are sections of SARIF 2.1.0.
#[track_caller]
fn hangs_together(log: &Value) {
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "3.49.3: an id is one rule's");
    let results = run["results"].as_array().unwrap();
    let bases = run["originalUriBaseIds"].as_object().unwrap();
    let baselines = results.iter().filter(|r| r.get("baselineState").is_some()).count();
    assert!(baselines == 0 || baselines == results.len(), "3.27.24: all results or none");
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"], "3.27.6: the index is that of the rule");
        let related = result["relatedLocations"].as_array().unwrap();
        let numbers: Vec<u64> = related.iter().map(|l| l["id"].as_u64().unwrap()).collect();
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len(), "3.28.2: an id is one location's");
        let text = result["message"]["text"].as_str().unwrap();
        for number in &numbers {
            assert!(text.contains(&format!("]({number})")), "3.11.6: location {number} has its link in {text}");
        }
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            let place = &location["physicalLocation"];
            if let Some(base) = place["artifactLocation"].get("uriBaseId") {
                assert!(bases.contains_key(base.as_str().unwrap()), "3.4.4: the base is named");
                let uri = place["artifactLocation"]["uri"].as_str().unwrap();
                assert!(!uri.contains(':') && !uri.starts_with('/'), "3.4.4: {uri} is relative");
            }
            let from = |r: &Value| (r["startLine"].as_u64(), r["startColumn"].as_u64());
            let to = |r: &Value| (r["endLine"].as_u64(), r["endColumn"].as_u64());
            let region = &place["region"];
            assert!(region.is_null() || from(region) <= to(region), "3.30.7: {region}");
            if let Some(around) = place.get("contextRegion") {
                assert!(from(around) <= from(region) && to(region) <= to(around), "3.29.5: {around} holds {region}");
                assert_ne!((from(around), to(around)), (from(region), to(region)), "3.29.5: and more than it");
            }
        }
    }
}

/// The published schema may not be distributed under the licences of belie: where `BELIE_SARIF_SCHEMA` names it, logs
/// are held against it as well.
#[test]
#[allow(clippy::print_stderr)] // a test that was skipped says so
fn sarif_keeps_to_the_published_schema() {
    let Some(path) = std::env::var_os("BELIE_SARIF_SCHEMA") else {
        eprintln!("skipped: BELIE_SARIF_SCHEMA is not set");
        return;
    };
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for analysis in analyses() {
        fits(&validator, &json(&analysis, "sarif"));
    }
}

#[test]
#[allow(clippy::print_stderr)] // a test that does not run has to say so
fn junit_keeps_to_its_schema() {
    let folder = Folder::new("junit-schema");
    let schema = folder.file("junit.xsd", include_str!("../schema/junit.xsd"));
    let said = |report: &str| {
        let report = folder.file("report.xml", report);
        let command = Command::new("xmllint").arg("--noout").arg("--schema").args([&schema, &report]).output();
        command.ok().map(|output| (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
    };
    for analysis in analyses() {
        let report = rendered(&analysis, "junit");
        let Some((valid, words)) = said(&report) else {
            eprintln!("skipped: xmllint is not on this machine");
            return;
        };
        assert!(valid, "{words}");
        let (valid, words) = said(&report.replace("<testsuite name=", "<testsuite title=")).unwrap();
        assert!(!valid && words.contains("title"), "{words}");
    }
}
