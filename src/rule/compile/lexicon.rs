//! Lexicons: words and phrases that rules name, with their classes and ranks.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use foldhash::HashMap;

use super::{Checker, Head};
use crate::rule::place::Placed;
use crate::rule::schema::{LexiconExampleWire, LexiconWire, RowWire};
use crate::rule::vocabulary::LexiconSchema;
use crate::text::fold;

/// A checked lexicon, with the rows of later files merged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexicon {
    /// Id, summary, why, file.
    pub head: Head,
    /// `terms`, `names` or `scale`.
    pub schema: LexiconSchema,
    /// Whether inflected forms of a term count; never so for names.
    pub inflect: bool,
    /// By key.
    pub rows: BTreeMap<String, Row>,
    /// The examples of the file and of those merged in.
    pub examples: Vec<LexiconExample>,
}

/// A row of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called; the first of `forms`.
    pub key: String,
    /// All forms, the key first. In a lexicon of terms or of a scale no form belongs to two rows of one file.
    pub forms: Vec<String>,
    /// Whether the key only bundles the others: of names, where it is not listed among them.
    pub bundles: bool,
    /// What a reader calls it, where a report names it.
    pub called: Option<String>,
    /// What frames can ask for.
    pub class: Option<String>,
    /// The scale it stands on; set in a lexicon of schema `scale`.
    pub axis: Option<String>,
    /// Its rank on the scale, the strongest highest; set in a lexicon of schema `scale`.
    pub rank: Option<i64>,
    /// For the reader.
    pub note: Option<String>,
}

/// An example of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconExample {
    /// The text.
    pub text: String,
    /// Whether the lexicon finds something in it.
    pub fires: bool,
    /// The key of the row that it finds.
    pub row: Option<String>,
    /// Why it has to stay silent.
    pub why: Option<String>,
    /// Its bytes in the file.
    pub place: Range<usize>,
}

impl Lexicon {
    /// The classes of its rows, sorted.
    pub fn classes(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.rows.values().filter_map(|row| row.class.as_deref()).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The rows of a class; all of them without one.
    pub fn rows_of<'a>(&'a self, class: Option<&'a str>) -> impl Iterator<Item = &'a Row> {
        self.rows.values().filter(move |row| class.is_none() || row.class.as_deref() == class)
    }
}

/// The lexicon as far as it can be read: frames that name it are checked even when a row of it is at fault.
pub(in crate::rule) fn compile(wire: LexiconWire, checker: &mut Checker<'_>) -> Option<Lexicon> {
    let head = checker.head(wire.id, wire.summary, wire.why);
    let schema: LexiconSchema = checker.one(wire.schema, "schema")?;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut owners: HashMap<String, Rc<str>> = HashMap::default();
    if wire.row.is_empty() {
        checker.need(None::<()>, "row");
    }
    for wire in wire.row {
        let place = wire.span.clone();
        let Some(row) = row(wire, schema, &mut owners, checker) else { continue };
        if rows.contains_key(&row.key) {
            checker.faults.push(&place, format!("two rows have the key `{}`", row.key));
        }
        rows.insert(row.key.clone(), row);
    }
    let firing = wire.example.iter().filter(|e| e.value.fires.as_ref().is_some_and(|f| f.value)).count();
    checker.enough_examples(firing, wire.example.len() - firing);
    let examples = wire.example.into_iter().filter_map(|e| example(e, &rows, checker)).collect();
    let inflect = wire.inflect.unwrap_or(true) && schema != LexiconSchema::Names;
    Some(Lexicon { head: head?, schema, inflect, rows, examples })
}

fn row(
    wire: Placed<RowWire>,
    schema: LexiconSchema,
    owners: &mut HashMap<String, Rc<str>>,
    checker: &mut Checker<'_>,
) -> Option<Row> {
    let (place, wire) = (wire.span, wire.value);
    let key = checker.need_in(wire.key, "key", &place)?;
    if !checker.says(&key, "key") {
        return None;
    }
    let bundles = schema == LexiconSchema::Names && !wire.forms.iter().any(|f| f.value == key.value);
    let owner: Rc<str> = key.value.as_str().into();
    let mut forms: Vec<String> = Vec::with_capacity(1 + wire.forms.len());
    for form in std::iter::once(key.clone()).chain(wire.forms) {
        if !checker.says(&form, "forms") || forms.contains(&form.value) {
            continue;
        }
        // Two rows with one form could not be told apart in a text.
        if schema != LexiconSchema::Names
            && let Some(other) = owners.insert(fold(&form.value), Rc::clone(&owner))
            && other != owner
        {
            checker.faults.push(&form.span, format!("form `{}` already belongs to row `{other}`", form.value));
        }
        forms.push(form.value);
    }
    if schema == LexiconSchema::Scale {
        checker.need_in(wire.axis.as_ref(), "axis", &place);
        checker.need_in(wire.rank.as_ref(), "rank", &place);
    }
    let class = checker.maybe_name(wire.class.as_ref(), "class");
    let axis = checker.maybe_name(wire.axis.as_ref(), "axis");
    let called = wire.called.as_ref().and_then(|w| checker.not_empty(w, "called"));
    Some(Row { key: key.value, forms, bundles, called, class, axis, rank: wire.rank.map(|r| r.value), note: wire.note })
}

fn example(
    wire: Placed<LexiconExampleWire>,
    rows: &BTreeMap<String, Row>,
    checker: &mut Checker<'_>,
) -> Option<LexiconExample> {
    let (place, wire) = (wire.span, wire.value);
    let text = checker.need_in(wire.text, "text", &place);
    let fires = checker.need_in(wire.fires, "fires", &place);
    if let Some(row) = &wire.row
        && !rows.contains_key(&row.value)
    {
        checker.faults.unknown(&row.span, "row", &row.value, rows.keys().map(String::as_str));
    }
    let why = wire.why.map(|w| w.value);
    Some(LexiconExample { text: text?.value, fires: fires?.value, row: wire.row.map(|r| r.value), why, place })
}
