//! From TOML to a checked configuration; every fault of the file is found, not the first alone.

use std::collections::BTreeSet;
use std::ops::Range;

use globset::GlobBuilder;
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::rule::{Fault, RuleFile, Severity};

use super::{Config, FailOn, SourceEntry, suggestion};

const TOP: [&str; 5] = ["aliases", "as-of", "fail-on", "severity", "sources"];
const SOURCE: [&str; 3] = ["owner", "published", "publisher"];
const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];

pub(super) fn parse(shown: &str, text: &str, rules: &BTreeSet<&str>) -> Result<Config, Vec<Fault>> {
    let file = RuleFile { path: shown.to_owned(), below: shown.to_owned(), text: text.into(), layer: 0 };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { file: &file, faults: Vec::new() };
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        reading.fault(&span, error.message().to_owned());
    }
    let mut config = Config::default();
    // What a broken file goes on to say is guesswork: its syntax comes first.
    if errors.is_empty() {
        reading.top(table.get_ref(), rules, &mut config);
    }
    if reading.faults.is_empty() { Ok(config) } else { Err(reading.faults) }
}

struct Reading<'a> {
    file: &'a RuleFile,
    faults: Vec<Fault>,
}

type Entry<'t, 'i> = (&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>);

impl Reading<'_> {
    fn fault(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.faults.push(Fault::at(self.file, span.clone(), message));
    }

    fn unknown<'w>(
        &mut self,
        span: &Range<usize>,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'w str> + Clone,
    ) {
        let fault = Fault::at(self.file, span.clone(), format!("unknown {what} `{word}`"));
        self.faults.push(fault.with_help(suggestion(word, known)));
    }

    fn top(&mut self, table: &DeTable<'_>, rules: &BTreeSet<&str>, config: &mut Config) {
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "fail-on" => config.fail_on = self.word(value, "severity", &FailOn::WORDS).and_then(FailOn::parse),
                "as-of" => config.as_of = self.date(value),
                "severity" => {
                    for (rule, level) in self.table(value) {
                        let id = rule.get_ref().as_ref();
                        if !rules.contains(id) {
                            self.unknown(&rule.span(), "rule", id, rules.iter().copied());
                        }
                        if let Some(word) = self.word(level, "severity", &LEVELS) {
                            let named = |s: &Severity| s.name() == word;
                            let severity = [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(named);
                            config.severities.insert(id.to_owned(), severity);
                        }
                    }
                }
                "sources" => {
                    for (pattern, entry) in self.table(value) {
                        if let Some(entry) = self.source(pattern, entry) {
                            config.sources.push(entry);
                        }
                    }
                }
                "aliases" => {
                    for (name, others) in self.table(value) {
                        if let Some(others) = self.strings(others) {
                            config.aliases.push((name.get_ref().to_string(), others));
                        }
                    }
                }
                other => self.unknown(&key.span(), "key", other, TOP),
            }
        }
    }

    fn source(
        &mut self,
        pattern: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<SourceEntry> {
        let glob = match GlobBuilder::new(pattern.get_ref()).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(e) => {
                self.fault(&pattern.span(), format!("not a pattern: {}", e.kind()));
                return None;
            }
        };
        let mut entry = SourceEntry { pattern: glob, publisher: None, published: None, owner: None };
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "publisher" => entry.publisher = self.string(value).map(str::to_owned),
                "owner" => entry.owner = self.string(value).map(str::to_owned),
                "published" => entry.published = self.date(value),
                other => self.unknown(&key.span(), "key", other, SOURCE),
            }
        }
        Some(entry)
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, wanted: &str) {
        self.fault(&value.span(), format!("{wanted} wanted, found {}", value.get_ref().type_str()));
    }

    fn table<'t, 'i>(&mut self, value: &'t Spanned<DeValue<'i>>) -> Vec<Entry<'t, 'i>> {
        match value.get_ref().as_table() {
            Some(table) => in_order(table),
            None => {
                self.wrong(value, "a table");
                Vec::new()
            }
        }
    }

    fn string<'t>(&mut self, value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
        let found = value.get_ref().as_str();
        if found.is_none() {
            self.wrong(value, "a string");
        }
        found
    }

    fn strings(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, "a list of strings");
            return None;
        };
        items.iter().map(|item| self.string(item).map(str::to_owned)).collect()
    }

    fn word<'t>(&mut self, value: &'t Spanned<DeValue<'_>>, what: &str, known: &[&'static str]) -> Option<&'t str> {
        let word = self.string(value)?;
        if known.contains(&word) {
            return Some(word);
        }
        self.unknown(&value.span(), what, word, known.iter().copied());
        None
    }

    /// A date, with or without quotation marks around it.
    fn date(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                self.wrong(value, "a date like 2026-05-19");
                return None;
            }
        };
        match text.parse() {
            Ok(date) => Some(date),
            Err(_) => {
                self.fault(&value.span(), format!("`{text}` is no date like 2026-05-19"));
                None
            }
        }
    }
}

/// Keys in the order of the file: a later entry wins.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<Entry<'t, 'i>> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match parse("belie.toml", text, &BTreeSet::from(["date-conflict", "bound-fits"])) {
            Ok(config) => format!(
                "{:?} {:?} {:?} {:?} {:?}",
                config.fail_on,
                config.as_of,
                config.severities,
                config.aliases,
                config
                    .sources
                    .iter()
                    .map(|s| (s.pattern.glob().glob(), &s.publisher, s.published, &s.owner))
                    .collect::<Vec<_>>()
            ),
            Err(faults) => faults.iter().map(|f| f.render(false)).collect::<Vec<_>>().join("\n\n"),
        }
    }

    #[test]
    fn all_keys() {
        insta::assert_snapshot!(check(
            "fail-on = \"never\"\nas-of = 2026-05-22\n[severity]\ndate-conflict = \"warning\"\nbound-fits = \"off\"\n\
             [sources.\"news/*.txt\"]\npublisher = \"The Post\"\npublished = 2026-05-20\nowner = \"A\"\n\
             [aliases]\n\"Alder Bridge\" = [\"the Alder\"]\n"
        ), @r#"Some(Never) Some(2026-05-22) {"bound-fits": None, "date-conflict": Some(Warning)} [("Alder Bridge", ["the Alder"])] [("news/*.txt", Some("The Post"), Some(2026-05-20), Some("A"))]"#);
        assert!(check("").starts_with("None None {} [] []"));
    }

    #[test]
    fn faults() {
        insta::assert_snapshot!(check(
            "fail-om = \"error\"\nas-of = \"May\"\n[severity]\ndate-conflct = \"loud\"\n[sources.\"a[\"]\n\
             [sources.b]\npubliser = \"x\"\npublished = 3\n[aliases]\nx = \"y\"\n"
        ), @r#"
        error: unknown key `fail-om`
         --> belie.toml:1:1
          |
        1 | fail-om = "error"
          | ^^^^^^^
          |
          = help: did you mean `fail-on`?

        error: `May` is no date like 2026-05-19
         --> belie.toml:2:9
          |
        2 | as-of = "May"
          |         ^^^^^

        error: unknown rule `date-conflct`
         --> belie.toml:4:1
          |
        4 | date-conflct = "loud"
          | ^^^^^^^^^^^^
          |
          = help: did you mean `date-conflict`?

        error: unknown severity `loud`
         --> belie.toml:4:16
          |
        4 | date-conflct = "loud"
          |                ^^^^^^
          |
          = help: known: `error`, `warning`, `note`, `off`

        error: not a pattern: unclosed character class; missing ']'
         --> belie.toml:5:10
          |
        5 | [sources."a["]
          |          ^^^^

        error: unknown key `publiser`
         --> belie.toml:7:1
          |
        7 | publiser = "x"
          | ^^^^^^^^
          |
          = help: did you mean `publisher`?

        error: a date like 2026-05-19 wanted, found integer
         --> belie.toml:8:13
          |
        8 | published = 3
          |             ^

        error: a list of strings wanted, found string
          --> belie.toml:10:5
           |
        10 | x = "y"
           |     ^^^
        "#);
    }

    #[test]
    fn syntax() {
        insta::assert_snapshot!(check("fail-on = \"error\nas-of = 2026-05-22\n"), @r#"
        error: invalid basic string, expected `"`
         --> belie.toml:1:17
          |
        1 | fail-on = "error
          |                 ^
        "#);
    }
}
