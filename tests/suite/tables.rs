//! A folder of things that share a trait and the table that lists them hold the same: no forgotten file, no forgotten row.

use std::collections::BTreeSet;
use std::fs;

use belie::check::CHECKS;
use belie::claim::kind::KINDS;
use belie::report::FORMATS;
use belie::rule::{CheckCode, KindCode};
use belie::source::reader::READERS;
use regex::Regex;

use crate::given;

/// The modules of a folder that implement a trait, or have the function of a row, and those that its table names; both sorted.
fn folder_and_table(folder: &str, of: &str) -> (BTreeSet<String>, Vec<String>) {
    let implements = Regex::new(&format!(r"(?m)^(?:impl {of} for |pub\(super\) fn equations?\()")).unwrap();
    let files = given::sources(folder);
    let modules = files.iter().filter(|(_, text)| implements.is_match(text)).map(|(path, _)| {
        let below = path.strip_prefix(&format!("{folder}/")).unwrap();
        below.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
    });
    let modules = modules.filter(|module| module != "mod");
    let index = fs::read_to_string(given::root().join(folder).join("mod.rs")).unwrap();
    let table = Regex::new(&format!(r"(?s)pub const [A-Z]+: &\[&dyn {of}\] =\s*&\[(.*?)\];")).unwrap();
    let rows = table.captures(&index).unwrap_or_else(|| panic!("{folder}/mod.rs has no table of {of}"));
    let mut listed: Vec<String> =
        Regex::new(r"\b([a-z_]+)::").unwrap().captures_iter(&rows[1]).map(|c| c[1].to_owned()).collect();
    listed.sort();
    (modules.collect(), listed)
}

/// Compares folder, table and the names that the rows give themselves.
#[track_caller]
fn check(folder: &str, of: &str, names: Vec<&str>) {
    let (modules, listed) = folder_and_table(folder, of);
    assert!(!modules.is_empty(), "nothing in {folder} implements {of}");
    assert_eq!(modules.iter().cloned().collect::<Vec<_>>(), listed, "files of {folder} against the rows of its table");
    let mut names: Vec<String> = names.into_iter().map(|n| n.replace('-', "_")).collect();
    names.sort();
    assert_eq!(names, listed, "names of the rows against the files of {folder}");
}

#[test]
fn claim_kinds() {
    check("src/claim/kind", "Kind", KINDS.iter().map(|k| k.name()).collect());
    // Every kind but that of the frames has files that speak for it.
    let named: BTreeSet<String> = KINDS.iter().map(|k| k.name().replace('_', "-")).filter(|k| k != "framed").collect();
    assert_eq!(named, KindCode::ALL.iter().map(|k| k.name().to_owned()).collect());
    let told: BTreeSet<String> = given::RULES.kinds.iter().map(|k| k.code.name().to_owned()).collect();
    assert_eq!(told, named);
}

#[test]
fn checks() {
    check("src/check", "Check", CHECKS.iter().map(|c| c.code().name()).collect());
    let listed: Vec<CheckCode> = CHECKS.iter().map(|c| c.code()).collect();
    assert_eq!(listed, CheckCode::ALL, "words that rule files may name against the rows of the table");
}

#[test]
fn report_formats() {
    check("src/report", "Format", FORMATS.iter().map(|f| f.name()).collect());
}

#[test]
fn readers() {
    check("src/source/reader", "Reader", READERS.iter().map(|r| r.name()).collect());
}

/// Code that asks a lexicon which is not there would find no word in it, in silence. Rules that name one are checked when they
/// are loaded.
#[test]
fn lexicons_that_code_names() {
    let asks = Regex::new(r#"\b(?:terms?|is_in|term_of|holds|begins|closing|another)\(\s*(?:"([a-z-]+)"|([A-Z_]+)\b)"#)
        .unwrap();
    let sources = given::sources("src");
    let mut named = BTreeSet::new();
    for (path, text) in &sources {
        for found in asks.captures_iter(text) {
            let name = found.get(1).map(|name| name.as_str().to_owned()).unwrap_or_else(|| {
                let constant = Regex::new(&format!(r#"const {}: &str =\s*"(#?[a-z-]+)";"#, &found[2])).unwrap();
                let texts = std::iter::once(text).chain(sources.iter().map(|(_, text)| text));
                let value = texts.filter_map(|text| constant.captures(text)).next();
                value.unwrap_or_else(|| panic!("{path}: {} names no lexicon", &found[2]))[1].to_owned()
            });
            // Words of rules that are no lexicon of their own.
            if name.starts_with('#') {
                continue;
            }
            assert!(given::RULES.lexicons.contains_key(&name), "{path} asks the lexicon `{name}`, which is not there");
            named.insert(name);
        }
    }
    assert!(named.len() > 50, "{} lexicons are found in the code", named.len());
}

/// No file lies about that nothing declares: cargo would pass over it in silence.
#[test]
fn every_file_is_declared() {
    let files = given::sources("src");
    let module = Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?mod (\w+);").unwrap();
    let declared: BTreeSet<String> = files
        .iter()
        .flat_map(|(path, text)| {
            let folder = match path.rsplit_once('/') {
                Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder,
                _ => path.trim_end_matches(".rs"),
            };
            module.captures_iter(text).map(move |c| format!("{folder}/{}", &c[1])).collect::<Vec<_>>()
        })
        .collect();
    let roots = ["src/lib.rs", "src/main.rs"];
    let orphans: Vec<&str> = files
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !roots.contains(path))
        .filter(|path| !declared.contains(path.trim_end_matches("/mod.rs").trim_end_matches(".rs")))
        .collect();
    assert_eq!(orphans, [""; 0], "files that no `mod` line names");
}
