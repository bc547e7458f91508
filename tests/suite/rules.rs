//! The embedded rules: they load, their examples hold, their ids stay, their tables are tidy.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use belie::app::{Kind, catalogue};
use belie::text::fold;
use toml::{Table, Value};

use crate::given::{self, RULES};

/// Path and content of every rule file, sorted.
fn files() -> Vec<(PathBuf, Table)> {
    let mut out = Vec::new();
    for kind in [Kind::Lexicon, Kind::Extract, Kind::Relate, Kind::Check] {
        let folder = given::root().join("rules").join(kind.name());
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with('.') {
                continue;
            }
            assert!(path.extension().is_some_and(|e| e == "toml"), "{} is no rule file", path.display());
            out.push((path.clone(), fs::read_to_string(&path).unwrap().parse().unwrap()));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

#[test]
fn every_file_is_loaded() {
    let loaded: BTreeSet<String> =
        catalogue(&RULES).into_iter().map(|e| format!("{}/{}", e.kind.name(), e.id)).collect();
    let stem = |p: &Path| {
        let folder = p.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        format!("{folder}/{}", p.file_stem().unwrap().to_string_lossy())
    };
    let written: BTreeSet<String> = files().iter().map(|(path, _)| stem(path)).collect();
    assert_eq!(loaded, written);
    assert!(RULES.overridden.is_empty(), "{:?}", RULES.overridden);
}

/// As users run it. The examples are the better part of what is tested about rules.
#[test]
fn every_example_does_what_it_says() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belie"));
    command.current_dir(given::root()).args(["rules", "test", "--color", "never"]);
    let ended = command.env_remove("CLICOLOR_FORCE").output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    let trouble = String::from_utf8(ended.stderr).unwrap();
    let examples = |table: &Table| table.get("example").and_then(Value::as_array).map_or(0, Vec::len);
    let files = files();
    let count: usize = files.iter().map(|(_, table)| examples(table)).sum();
    assert_eq!(ended.status.code(), Some(0), "{said}{trouble}");
    let last = said.lines().last().unwrap_or_default();
    assert_eq!(last, format!("{} rules, {count} examples, 0 failed", files.len()));
}

/// Ids are permanent: users name them in configurations, acceptances and scripts. A line may be added, none changed.
#[test]
fn ids() {
    let ids: Vec<(&str, String)> = catalogue(&RULES).into_iter().map(|e| (e.kind.name(), e.id)).collect();
    // Findings, `--select` and `explain` name extract, relate and check rules by the bare id.
    let bare: Vec<&String> = ids.iter().filter(|(kind, _)| *kind != "lexicon").map(|(_, id)| id).collect();
    assert_eq!(bare.iter().collect::<BTreeSet<_>>().len(), bare.len(), "an id stands for two rules: {bare:?}");
    let lines: Vec<String> = ids.iter().map(|(kind, id)| format!("{kind} {id}")).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("rule_ids", lines.join("\n")));
}

/// How the forms under a key of a row are written and told apart.
struct Column {
    key: &'static str,
    /// Case counts in signs (`M` is not `m`); words are lower case.
    sign: bool,
    /// Columns of one letter are one table: no form may stand in it twice, under equal values of `apart`.
    table: char,
    apart: &'static [&'static str],
}

const fn column(key: &'static str, sign: bool, table: char, apart: &'static [&'static str]) -> Column {
    Column { key, sign, table, apart }
}

/// The columns of forms of a schema.
fn columns(schema: &str) -> Vec<Column> {
    match schema {
        "terms" | "scale" => vec![column("key", false, 'w', &["axis"]), column("forms", false, 'w', &["axis"])],
        // The key only bundles the names; a name may be of several bundles, in one of them once.
        "names" => vec![column("key", false, 'k', &[]), column("forms", false, 'w', &["key"])],
        "units" => vec![
            column("name", true, 'n', &[]),
            column("words", false, 'w', &[]),
            column("symbols", true, 's', &[]),
            column("tight", true, 't', &[]),
        ],
        "currencies" => vec![
            column("code", true, 'c', &[]),
            column("before", true, 'b', &[]),
            column("after", true, 'a', &[]),
            column("words", false, 'w', &[]),
            column("wary", false, 'w', &[]),
            column("minor", false, 'm', &["code"]),
            column("minor_symbols", true, 's', &["code"]),
        ],
        // Suffixes of scale: `M` is not `m`.
        "numbers" => vec![column("words", true, 'w', &["kind"])],
        "calendar" => vec![column("words", false, 'w', &["kind"])],
        "bounds" => vec![column("before", false, 'b', &["dimension"]), column("after", false, 'a', &["dimension"])],
        other => panic!("schema {other} has no columns here"),
    }
}

/// Every form of a lexicon that is written otherwise than it is looked up, or stands there twice.
#[test]
fn lexicons_are_tidy() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, table) in files().iter().filter(|(path, _)| path.parent().unwrap().ends_with("lexicon")) {
        let name = path.file_name().unwrap().to_string_lossy();
        let mut owners: BTreeMap<(char, Vec<String>, String), usize> = BTreeMap::new();
        let columns = columns(table["schema"].as_str().unwrap());
        for (at, row) in table["row"].as_array().unwrap().iter().enumerate() {
            for column in &columns {
                let apart =
                    column.apart.iter().map(|k| row.get(k).and_then(Value::as_str).unwrap_or_default().to_owned());
                let apart: Vec<String> = apart.collect();
                // A suffix stands close to its digits and is a sign: 5M, 5bn.
                let kind = row.get("kind").and_then(Value::as_str).unwrap_or_default();
                let sign = column.sign || kind.ends_with("suffix");
                for form in forms(row.get(column.key)) {
                    seen += 1;
                    let row = at + 1;
                    if form.trim() != form || form.is_empty() || form.contains("  ") {
                        wrong.push(format!("{name}: row {row}: `{form}` has blanks too many"));
                    }
                    if !sign && form.to_lowercase() != form {
                        wrong.push(format!("{name}: row {row}: `{form}` is not in lower case"));
                    }
                    // A word that folding changes would never be met by a folded text. Signs are compared as they stand.
                    if !sign && form.chars().any(char::is_alphabetic) && fold(form) != form {
                        wrong.push(format!("{name}: row {row}: `{form}` is looked up as `{}`", fold(form)));
                    }
                    if let Some(first) = owners.insert((column.table, apart.clone(), form.to_owned()), row) {
                        wrong.push(format!("{name}: row {row}: `{form}` stands in row {first} as well"));
                    }
                }
            }
        }
    }
    assert!(seen > 2000, "only {seen} forms were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn forms(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().map(|v| v.as_str().unwrap()).collect(),
        _ => Vec::new(),
    }
}
