//! New text for the file: a decision is added at its end, or takes the place of the one on the same finding. All else,
//! comments and order, stays as the user has it.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::parse::TOP;
use super::{Decision, Decisions};

/// How a new file begins.
const HEAD: &str = "\
# Decisions on findings of belie; `belie accept`, `belie dismiss` and `belie review` write it.
# A decision ends by itself when a sentence of its finding changes, or after the day in `until`.

";

impl Decisions {
    /// The text of the file with decisions added. A decision on the same rule and fingerprint is replaced where it
    /// stands: the last of several, which is the one that holds. `None` when the text is no TOML or `decision` in it no list
    /// of tables, which [`Decisions::parse`] tells better.
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
        let mut places = places(entries);
        for (nth, decision) in added.iter().enumerate() {
            let key = (decision.rule.clone(), decision.fingerprint.clone());
            match places.get(&key).and_then(|at| entries.get_mut(*at)) {
                Some(table) => fill(table, decision),
                None => {
                    let mut table = Table::new();
                    fill(&mut table, decision);
                    let first = nth == 0 && entries.is_empty();
                    match &lone {
                        Some(comment) if first => table.decor_mut().set_prefix(comment.as_str()),
                        _ => table.decor_mut().set_prefix("\n"),
                    }
                    places.insert(key, entries.len());
                    entries.push(table);
                }
            }
        }
        Some(document.to_string())
    }

    /// The text of the file without the decisions that stand in it just as given: where `before` has one on the same finding
    /// that one comes back, otherwise the entry goes. `None` when either text is no TOML with a list of tables.
    pub fn without(text: &str, taken: &[Decision], before: &str) -> Option<String> {
        let before: DocumentMut = before.parse().ok()?;
        let old = before.get(TOP).and_then(Item::as_array_of_tables);
        let old_places = old.map(places).unwrap_or_default();
        let mut document: DocumentMut = text.parse().ok()?;
        let Some(entries) = document.get_mut(TOP).and_then(Item::as_array_of_tables_mut) else {
            return Some(text.to_owned());
        };
        let places = places(entries);
        let mut gone = BTreeSet::new();
        for decision in taken {
            let key = (decision.rule.clone(), decision.fingerprint.clone());
            let Some((at, table)) = places.get(&key).and_then(|at| Some((*at, entries.get_mut(*at)?))) else {
                continue;
            };
            let is = |key: &str, text: &str| word(table, key) == Some(text);
            if !is("decision", decision.choice.name()) || !is("reason", &decision.reason) {
                continue;
            }
            match old_places.get(&key).and_then(|at| old?.get(*at)) {
                Some(old) => {
                    let stands = table.position();
                    *table = old.clone();
                    table.set_position(stands);
                }
                None => drop(gone.insert(at)),
            }
        }
        // What heads the file stands above its first entry, whichever that is.
        let head = entries.get(0).and_then(|t| t.decor().prefix()?.as_str()).filter(|_| gone.contains(&0));
        let head = head.filter(|h| h.contains('#')).map(str::to_owned);
        let mut at = 0..;
        entries.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
        let first = entries.get_mut(0);
        let is_empty = first.is_none();
        if let (Some(table), Some(head)) = (first, &head) {
            table.decor_mut().set_prefix(head.as_str());
        }
        if is_empty {
            document.remove(TOP);
            let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(head.unwrap_or_default() + &trailing);
        }
        Some(document.to_string())
    }
}

/// Where the decision on each rule and fingerprint stands: the last of several, which is the one that holds.
fn places(entries: &ArrayOfTables) -> BTreeMap<(String, String), usize> {
    let mut places = BTreeMap::new();
    for (at, table) in entries.iter().enumerate() {
        if let (Some(rule), Some(fingerprint)) = (word(table, "rule"), word(table, "fingerprint")) {
            places.insert((rule.to_owned(), fingerprint.to_owned()), at);
        }
    }
    places
}

fn word<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Item::as_str)
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
        # Decisions on findings of belie; `belie accept`, `belie dismiss` and `belie review` write it.
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

    #[test]
    fn withdrawn() {
        let begun = Decisions::with("", &[decision("ff00", "ours")]).unwrap();
        let mine = [decision("ff00", "mine"), decision("ff01", "mine too")];
        let theirs = decision("ff02", "theirs");
        let all = Decisions::with(&Decisions::with(&begun, &mine).unwrap(), std::slice::from_ref(&theirs)).unwrap();
        let left = Decisions::without(&all, &mine, &begun).unwrap();
        assert_eq!(left, Decisions::with(&begun, std::slice::from_ref(&theirs)).unwrap());
        // What somebody else has decided on the same finding meanwhile stays.
        let other = Decisions::with(&all, &[decision("ff01", "no, theirs")]).unwrap();
        assert!(Decisions::without(&other, &mine, &begun).unwrap().contains("no, theirs"));
        // The head of a file that one of them has made stays, with whatever is left.
        let made = Decisions::with("", &mine).unwrap();
        assert_eq!(Decisions::without(&made, &mine, ""), Some(HEAD.to_owned()));
        let made = Decisions::with(&made, std::slice::from_ref(&theirs)).unwrap();
        assert_eq!(Decisions::without(&made, &mine, ""), Decisions::with("", &[theirs]));
        assert_eq!(Decisions::without("", &mine, ""), Some(String::new()));
    }

    #[test]
    fn the_last_of_several_is_replaced() {
        let twice = [decision("ff00", "first"), decision("ff01", "last")];
        let twice = Decisions::with("", &twice).unwrap().replace("ff01", "ff00");
        let text = Decisions::with(&twice, &[decision("ff00", "new")]).unwrap();
        let reasons: Vec<String> = Decisions::parse(&text, "x").unwrap().all.into_iter().map(|d| d.reason).collect();
        assert_eq!(reasons, ["first", "new"]);
    }
}
