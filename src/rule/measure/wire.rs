//! The measure lexicons as they are written: TOML in, rows out. Unknown keys are refused; nothing is interpreted here.

use serde::Deserialize;

/// Head of every lexicon file, with rows of one schema.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File<R> {
    pub(super) id: String,
    pub(super) summary: String,
    pub(super) why: String,
    #[serde(rename = "schema")]
    pub(super) _schema: String,
    pub(super) row: Vec<R>,
    pub(super) example: Vec<Example>,
}

/// Only the schema of a file, to choose the rows it is read with.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub(super) schema: String,
}

/// A text that the file makes recognisable (`fires`) or must leave alone, and then why.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) fires: bool,
    #[serde(default)]
    pub(super) row: Option<String>,
    #[serde(default)]
    pub(super) why: Option<String>,
}

/// A unit of measure: `words` in any case, `symbols` in the case written, `tight` only where they adjoin digits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitRow {
    pub(super) name: String,
    pub(super) dimension: String,
    #[serde(default = "one")]
    pub(super) factor: String,
    #[serde(default = "zero")]
    pub(super) offset: String,
    /// The factor has been rounded or measured.
    #[serde(default)]
    pub(super) rounded: bool,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
    #[serde(default)]
    pub(super) tight: Vec<String>,
}

/// A currency: `before` and `after` are signs beside the number (case counts), `minor` its hundredth.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyRow {
    pub(super) code: String,
    #[serde(default)]
    pub(super) before: Vec<String>,
    #[serde(default)]
    pub(super) after: Vec<String>,
    /// The sign as programs write it that leave nothing but ASCII, right before digits that are more than a whole number.
    #[serde(default)]
    pub(super) ascii: Vec<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    /// Words that are ordinary ones as well: only behind digits or a scale.
    #[serde(default)]
    pub(super) wary: Vec<String>,
    /// Words that are units of measure as well: only behind a thousand and more, and beside a sum of another currency.
    #[serde(default)]
    pub(super) measured: Vec<String>,
    /// Signs and words of another row that may mean this currency as well.
    #[serde(default)]
    pub(super) shared: Vec<String>,
    #[serde(default)]
    pub(super) minor: Vec<String>,
    #[serde(default)]
    pub(super) minor_symbols: Vec<String>,
    #[serde(default)]
    pub(super) minor_name: Option<String>,
}

/// A word of the number grammar.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberRow {
    pub(super) kind: NumberKind,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) value: Option<String>,
    #[serde(default)]
    pub(super) singular: Option<String>,
}

/// What a word does in the number grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NumberKind {
    Cardinal,
    Ordinal,
    Scale,
    Suffix,
    MoneySuffix,
    Fraction,
    Multiple,
    Multiplier,
    Comparison,
    Vague,
    Label,
    Stop,
    Filler,
    Noun,
    Per,
    Name,
    Numbered,
    Street,
    Change,
    Auxiliary,
    Relative,
}

/// A phrase that limits the value beside it; written before or after the number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundRow {
    pub(super) bound: String,
    #[serde(default)]
    pub(super) before: Vec<String>,
    #[serde(default)]
    pub(super) after: Vec<String>,
    /// Only beside values of this dimension.
    #[serde(default)]
    pub(super) dimension: Option<String>,
    /// The phrase has a meaning of its own: it needs digits, a scale or a unit.
    #[serde(default)]
    pub(super) weak: bool,
}

/// A word of the calendar grammar.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarRow {
    pub(super) kind: CalendarKind,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) value: Option<String>,
    /// Also an ordinary word when written small, or at the head of a sentence.
    #[serde(default)]
    pub(super) ambiguous: bool,
}

/// What a word does in the calendar grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CalendarKind {
    Month,
    Weekday,
    Season,
    Grain,
    Day,
    Shift,
    Part,
    Daypart,
    Slot,
    Lead,
    Zone,
    Decade,
    Offset,
    Every,
    Edge,
    Holiday,
    Future,
    Hoped,
    Gone,
    Vague,
}

fn one() -> String {
    "1".to_owned()
}

fn zero() -> String {
    "0".to_owned()
}
