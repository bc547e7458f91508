//! New text for the file: a decision is added at its end, or takes the place of the one on the same finding. All else,
//! comments and order, stays as the user has it.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::parse::TOP;
use super::{Decision, Decisions};

/// How a new file begins.
const HEAD: &str = "\
# What has been decided on findings of belie; `belie accept`, `belie dismiss` and `belie review` write it.
# A decision ends by itself when a sentence of its finding changes, or after the day in `until`.

";

impl Decisions {
    /// The text of the file with decisions added. A decision on the same rule and fingerprint is replaced where it
    /// stands. `None` when the text is no TOML or `decision` in it no list of tables, which [`Decisions::parse`] tells
    /// better.
    pub fn with(text: &str, added: &[Decision]) -> Option<String> {
        if added.is_empty() {
            return Some(text.to_owned());
        }
        let start = if text.trim().is_empty() { HEAD } else { text };
        let mut document: DocumentMut = start.parse().ok()?;
        // A file of comments alone keeps them above what is added.
        let lone = document.as_table().is_empty().then(|| document.trailing().as_str().unwrap_or_default().to_owned());
        if lone.is_some() {
            document.set_trailing("");
        }
        let entries =
            document.entry(TOP).or_insert(Item::ArrayOfTables(ArrayOfTables::new())).as_array_of_tables_mut()?;
        for (nth, decision) in added.iter().enumerate() {
            let is = |table: &Table, key: &str, text: &str| table.get(key).and_then(Item::as_str) == Some(text);
            let old = entries
                .iter_mut()
                .find(|t| is(t, "rule", &decision.rule) && is(t, "fingerprint", &decision.fingerprint));
            match old {
                Some(table) => fill(table, decision),
                None => {
                    let mut table = Table::new();
                    fill(&mut table, decision);
                    let first = nth == 0 && entries.is_empty();
                    match &lone {
                        Some(comment) if first => table.decor_mut().set_prefix(comment.as_str()),
                        _ => table.decor_mut().set_prefix("\n"),
                    }
                    entries.push(table);
                }
            }
        }
        Some(document.to_string())
    }
}

fn fill(table: &mut Table, decision: &Decision) {
    let day = |date: &jiff::civil::Date| date.to_string().parse::<toml_edit::Datetime>().ok();
    let words = [
        ("finding", decision.finding.as_str()),
        ("rule", &decision.rule),
        ("fingerprint", &decision.fingerprint),
        ("decision", decision.choice.name()),
        ("reason", &decision.reason),
        ("author", &decision.author),
    ];
    for (key, text) in words {
        set(table, key, (!text.is_empty()).then(|| text.into()));
    }
    set(table, "date", decision.date.as_ref().and_then(day).map(Into::into));
    set(table, "until", decision.until.as_ref().and_then(day).map(Into::into));
    set(table, "about", (!decision.about.is_empty()).then(|| decision.about.as_str().into()));
}

/// Sets a key, keeping the comment behind the old value; without a value the key goes.
fn set(table: &mut Table, key: &str, new: Option<toml_edit::Value>) {
    let Some(mut new) = new else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(table.insert(key, value(new))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Choice;

    fn decision(fingerprint: &str, reason: &str) -> Decision {
        Decision {
            finding: "f0".into(),
            rule: "date-conflict".into(),
            fingerprint: fingerprint.into(),
            choice: Choice::Dismissed,
            reason: reason.into(),
            author: String::new(),
            date: None,
            until: Some(jiff::civil::date(2032, 1, 31)),
            about: "12 May against 14 May".into(),
            line: 0,
        }
    }

    #[test]
    fn a_new_file() {
        let text = Decisions::with("", &[decision("ff00", "a \"joke\""), decision("ff01", "b")]).unwrap();
        insta::assert_snapshot!(text, @r#"
        # What has been decided on findings of belie; `belie accept`, `belie dismiss` and `belie review` write it.
        # A decision ends by itself when a sentence of its finding changes, or after the day in `until`.

        [[decision]]
        finding = "f0"
        rule = "date-conflict"
        fingerprint = "ff00"
        decision = "dismissed"
        reason = 'a "joke"'
        until = 2032-01-31
        about = "12 May against 14 May"

        [[decision]]
        finding = "f0"
        rule = "date-conflict"
        fingerprint = "ff01"
        decision = "dismissed"
        reason = "b"
        until = 2032-01-31
        about = "12 May against 14 May"
        "#);
        let read = Decisions::parse(&text, "x").unwrap();
        let lines: Vec<u32> = read.all.iter().map(|d| d.line).collect();
        assert_eq!(read.all[0], Decision { line: lines[0], ..decision("ff00", "a \"joke\"") });
        assert!(lines[0] < lines[1]);
    }

    #[test]
    fn comments_and_order_stay() {
        let old = "# Ours.\n\n# Ask Ines before touching this one.\n[[decision]]\nreason = \"old\" # for now\n\
                   rule = \"date-conflict\"\nfingerprint = \"ff00\"\nfinding = \"f0\"\ndecision = \"accepted\"\n\
                   author = \"Ada\"\n\n# the end\n";
        insta::assert_snapshot!(Decisions::with(old, &[decision("ff00", "new"), decision("ff01", "other")]).unwrap(), @r#"
        # Ours.

        # Ask Ines before touching this one.
        [[decision]]
        reason = "new" # for now
        rule = "date-conflict"
        fingerprint = "ff00"
        finding = "f0"
        decision = "dismissed"
        until = 2032-01-31
        about = "12 May against 14 May"

        [[decision]]
        finding = "f0"
        rule = "date-conflict"
        fingerprint = "ff01"
        decision = "dismissed"
        reason = "other"
        until = 2032-01-31
        about = "12 May against 14 May"

        # the end
        "#);
        let comments = "# Nothing yet.\n";
        let text = Decisions::with(comments, &[decision("ff00", "new")]).unwrap();
        assert!(text.starts_with("# Nothing yet.\n") && Decisions::parse(&text, "x").is_ok(), "{text}");
        assert_eq!(Decisions::with(old, &[]).as_deref(), Some(old));
        assert_eq!(Decisions::with("decision = 3", &[decision("a", "b")]), None);
    }
}
