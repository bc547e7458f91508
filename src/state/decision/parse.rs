//! From TOML to decisions; every fault of the file is found, not the first alone.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use crate::config::Toml;
use crate::rule::{Fault, RuleFile};
use crate::text::LineIndex;

use super::{Choice, Decision, Decisions};

/// The one key of the file.
pub(super) const TOP: &str = "decision";
/// The keys of a decision, in the order in which they are written.
pub(super) const KEYS: [&str; 9] =
    ["finding", "rule", "fingerprint", "decision", "reason", "author", "date", "until", "about"];
/// Those that none is without.
const NEEDED: [&str; 5] = ["finding", "rule", "fingerprint", "decision", "reason"];

impl Decisions {
    /// Reads the text of a file; `shown` is its path in messages.
    ///
    /// # Errors
    /// Every fault of the file, with its place.
    pub fn parse(text: &str, shown: &str) -> Result<Decisions, Vec<Fault>> {
        let file = RuleFile { path: shown.to_owned(), below: shown.to_owned(), text: text.into(), layer: 0 };
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut parser = DecisionParser { file: &file, lines: LineIndex::new(text), faults: Vec::new() };
        for error in &errors {
            parser.fault(&error.span().unwrap_or(0..0), error.message());
        }
        // What a broken file goes on to say is guesswork: its syntax comes first.
        let all = if errors.is_empty() { parser.top(table.get_ref()) } else { Vec::new() };
        if parser.faults.is_empty() {
            Ok(Decisions { path: shown.to_owned(), all })
        } else {
            parser.faults.sort_by_key(|f| f.span.start);
            Err(parser.faults)
        }
    }
}

struct DecisionParser<'a> {
    file: &'a RuleFile,
    lines: LineIndex,
    faults: Vec<Fault>,
}

impl Toml for DecisionParser<'_> {
    fn file(&self) -> &RuleFile {
        self.file
    }

    fn faults(&mut self) -> &mut Vec<Fault> {
        &mut self.faults
    }
}

impl DecisionParser<'_> {
    fn top(&mut self, table: &DeTable<'_>) -> Vec<Decision> {
        let mut all = Vec::new();
        for (key, value) in table.iter() {
            if key.get_ref().as_ref() != TOP {
                self.unknown(&key.span(), "key", key.get_ref(), [TOP]);
                continue;
            }
            let Some(entries) = value.get_ref().as_array() else {
                self.wrong(value, "a list of tables, [[decision]],");
                continue;
            };
            for entry in entries.iter() {
                match entry.get_ref().as_table() {
                    Some(table) => all.extend(self.decision(table, &entry.span())),
                    None => self.wrong(entry, "a table"),
                }
            }
        }
        all
    }

    fn decision(&mut self, table: &DeTable<'_>, span: &Range<usize>) -> Option<Decision> {
        let before = self.faults.len();
        for (key, _) in table.iter() {
            let word: &Cow<'_, str> = key.get_ref();
            if !KEYS.contains(&word.as_ref()) {
                self.unknown(&key.span(), "key", word, KEYS);
            }
        }
        for key in NEEDED {
            match table.get(key) {
                None => self.fault(span, format!("a decision without `{key}`")),
                Some(value) if value.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) => {
                    self.fault(&value.span(), format!("`{key}` is empty"));
                }
                Some(_) => {}
            }
        }
        let choice = table.get("decision").and_then(|value| {
            let word = self.string(value)?;
            let choice = Choice::parse(word);
            if choice.is_none() {
                self.unknown(&value.span(), "decision", word, Choice::WORDS);
            }
            choice
        });
        let mut text = |key: &str| table.get(key).and_then(|v| self.string(v)).unwrap_or_default().to_owned();
        let [finding, rule, fingerprint] = ["finding", "rule", "fingerprint"].map(&mut text);
        let [reason, author, about] = ["reason", "author", "about"].map(&mut text);
        let [date, until] = ["date", "until"].map(|key| table.get(key).and_then(|v| self.date(v)));
        if self.faults.len() > before {
            return None;
        }
        let line = self.lines.line_of(u32::try_from(span.start).unwrap_or(u32::MAX));
        Some(Decision { finding, rule, fingerprint, choice: choice?, reason, author, date, until, about, line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match Decisions::parse(text, "belie.accepted.toml") {
            Ok(decisions) => format!("{:#?}", decisions.all),
            Err(faults) => faults.iter().map(|f| f.render(false)).collect::<Vec<_>>().join("\n\n"),
        }
    }

    #[test]
    fn all_keys() {
        insta::assert_snapshot!(check(
            "# ours\n[[decision]]\nfinding = \"f0\"\nrule = \"date-conflict\"\nfingerprint = \"ff00\"\n\
             decision = \"accepted\"\nreason = \"two calendars\"\nauthor = \"Ada\"\ndate = 2031-03-12\n\
             until = \"2032-01-01\"\nabout = \"12 May against 14 May\"\n"
        ), @r#"
        [
            Decision {
                finding: "f0",
                rule: "date-conflict",
                fingerprint: "ff00",
                choice: Accepted,
                reason: "two calendars",
                author: "Ada",
                date: Some(
                    2031-03-12,
                ),
                until: Some(
                    2032-01-01,
                ),
                about: "12 May against 14 May",
                line: 2,
            },
        ]
        "#);
        assert_eq!(check(""), "[]");
    }

    #[test]
    fn faults() {
        insta::assert_snapshot!(check(
            "[[decision]]\nfinding = \"f0\"\nrule = \"r\"\nfingerprnt = \"ff00\"\ndecision = \"acepted\"\nreason = \" \"\n\
             until = \"May\"\n[[decision]]\nfinding = 3\n[[decisions]]\n"
        ), @r#"
        error: a decision without `fingerprint`
         --> belie.accepted.toml:1:1
          |
        1 | [[decision]]
          | ^^^^^^^^^^^^

        error: unknown key `fingerprnt`
         --> belie.accepted.toml:4:1
          |
        4 | fingerprnt = "ff00"
          | ^^^^^^^^^^
          |
          = help: did you mean `fingerprint`?

        error: unknown decision `acepted`
         --> belie.accepted.toml:5:12
          |
        5 | decision = "acepted"
          |            ^^^^^^^^^
          |
          = help: did you mean `accepted`?

        error: `reason` is empty
         --> belie.accepted.toml:6:10
          |
        6 | reason = " "
          |          ^^^

        error: `May` is not a date like 2026-05-19
         --> belie.accepted.toml:7:9
          |
        7 | until = "May"
          |         ^^^^^

        error: a decision without `rule`
         --> belie.accepted.toml:8:1
          |
        8 | [[decision]]
          | ^^^^^^^^^^^^

        error: a decision without `fingerprint`
         --> belie.accepted.toml:8:1
          |
        8 | [[decision]]
          | ^^^^^^^^^^^^

        error: a decision without `decision`
         --> belie.accepted.toml:8:1
          |
        8 | [[decision]]
          | ^^^^^^^^^^^^

        error: a decision without `reason`
         --> belie.accepted.toml:8:1
          |
        8 | [[decision]]
          | ^^^^^^^^^^^^

        error: expected a string, found a whole number
         --> belie.accepted.toml:9:11
          |
        9 | finding = 3
          |           ^

        error: unknown key `decisions`
          --> belie.accepted.toml:10:3
           |
        10 | [[decisions]]
           |   ^^^^^^^^^
           |
           = help: did you mean `decision`?
        "#);
        assert!(check("[[decision]]\nfinding = \"a\n").contains("belie.accepted.toml:2"));
    }
}
