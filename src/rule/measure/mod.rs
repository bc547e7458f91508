//! Measures: the compiled tables of units, currencies, number words, bounds and the calendar.
//!
//! Comes in: the text of the lexicon files whose `schema` is `units`, `currencies`, `numbers`, `bounds` or
//! `calendar`. Goes out: [`Measures`], which the recognisers of quantities and times walk. Faults come out as
//! strings that begin with the file's path. Knows no document; the grammar itself is code and lives in `mention`.

mod compile;
mod lexed;
mod trie;
mod vocabulary;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;
use rust_decimal::Decimal;

use crate::value::{Bound, Shape, Unit};

pub(crate) use lexed::{Count, Lex, LexedText};
pub(crate) use trie::Trie;
use vocabulary::Vocabulary;

/// Compiled tables of everything that has to do with numbers, units and the calendar. Immutable, shared by threads.
#[derive(Debug, Clone)]
pub struct Measures {
    vocabulary: Vocabulary,
    /// By word id; entry 0 is that of unknown words.
    senses: Vec<Sense>,
    /// By word id, what the grammars have said of it.
    starts: OnceLock<Box<[Starts]>>,
    pub(crate) units: Vec<UnitEntry>,
    /// Names of units whose way to the base of the dimension is rounded or measured.
    rounded: BTreeSet<Box<str>>,
    pub(crate) unit_words: Trie<UnitAlias>,
    pub(crate) unit_symbols: Trie<UnitAlias>,
    pub(crate) money_words: Trie<MoneyAlias>,
    pub(crate) money_symbols: Trie<MoneyAlias>,
    /// Phrases before a number, last word first.
    pub(crate) bounds_before: Trie<BoundUse>,
    pub(crate) bounds_after: Trie<BoundUse>,
    /// Names of holidays and commemorations.
    pub(crate) holidays: Trie<Holiday>,
    /// Codes of the currencies that a sign may mean beside the one that it is read as.
    shared: BTreeMap<Box<str>, Vec<Box<str>>>,
    /// Currencies by their words that are units of measure as well.
    measured: BTreeMap<u32, u32>,
    singulars: HashMap<u32, Box<str>>,
    examples: Vec<MeasureExample>,
}

/// An example of a lexicon file, for `belie rules test`.
#[derive(Debug, Clone)]
pub struct MeasureExample {
    /// Path of the file.
    pub path: String,
    /// Its schema.
    pub schema: String,
    /// The text.
    pub text: String,
    /// Whether a value (of the calendar: a time; of the bounds: a bound; of the currencies: money) is found in it.
    pub fires: bool,
    /// The row it is about, if it names one.
    pub row: Option<String>,
}

/// A unit and the shape of the quantities that it makes.
#[derive(Debug, Clone)]
pub(crate) struct UnitEntry {
    pub(crate) unit: Unit,
    pub(crate) shape: Shape,
}

/// How a unit may be written beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Anywhere behind a number.
    Free,
    /// Behind digits, with or without a space.
    Digits,
    /// Behind digits without a space.
    Tight,
}

/// One way of writing a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnitAlias {
    /// Index in [`Measures::units`].
    pub(crate) unit: u32,
    pub(crate) guard: Guard,
}

/// One way of writing a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MoneyAlias {
    /// Index in [`Measures::units`].
    pub(crate) unit: u32,
    /// May stand before the number.
    pub(crate) before: bool,
    /// May stand behind the number.
    pub(crate) after: bool,
    pub(crate) guard: Guard,
    /// What the alias multiplies by: `MEUR` is a million euros.
    pub(crate) scale: Decimal,
}

/// A bound phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BoundUse {
    pub(crate) bound: Bound,
    /// Only beside durations.
    pub(crate) duration: bool,
    /// Needs digits, a scale or a unit.
    pub(crate) weak: bool,
}

/// Everything one word can be. Most words are one thing; `second` and `quarter` are several.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sense {
    /// "eleven", "thirty", "hundred" (as 100).
    pub(crate) cardinal: Option<u32>,
    /// "third", "thirtieth", "hundredth".
    pub(crate) ordinal: Option<Decimal>,
    /// "thousand", "million", "dozen", "crore": multiplies what stands before.
    pub(crate) scale: Option<Decimal>,
    /// "k", "bn", "M": multiplies digits before it.
    pub(crate) suffix: Option<Decimal>,
    /// Only with money: "m", "b".
    pub(crate) money_suffix: Option<Decimal>,
    /// "half" 2, "thirds" 3: one part of so many.
    pub(crate) fraction: Option<Decimal>,
    /// "doubled" 2, "tenfold" 10.
    pub(crate) multiple: Option<Decimal>,
    /// "twice" 2, "triple" 3: a multiple only before what is multiplied.
    pub(crate) multiplier: Option<Decimal>,
    /// "tens" 10, "millions" 1000000: between that and ten times that.
    pub(crate) vague: Option<Decimal>,
    /// "last", "next", "penultimate": a place in an order, told from one end or from the one at hand.
    pub(crate) place: Option<Place>,
    /// What the word does in a grammar.
    pub(crate) role: Role,
    pub(crate) month: Option<i8>,
    /// 1 is Monday.
    pub(crate) weekday: Option<i8>,
    /// 21 spring to 24 winter, as in EDTF.
    pub(crate) season: Option<i8>,
    pub(crate) grain: Option<Grain>,
    /// "yesterday" -1, "today" 0.
    pub(crate) day: Option<i32>,
    /// "last" -1, "this" 0, "next" 1.
    pub(crate) shift: Option<i32>,
    pub(crate) part: Option<Part>,
    /// "in", "since", "by".
    pub(crate) slot: Option<Slot>,
    /// "nineties" 90.
    pub(crate) decade: Option<i16>,
    /// "ago" -1, "later" 1.
    pub(crate) offset: Option<i32>,
    /// A time without edges: "recently" -1, "currently" 0, "soon" 1.
    pub(crate) about: Option<i32>,
    /// "morning" to "night".
    pub(crate) daypart: Option<Daypart>,
    /// "PST" -480: minutes ahead of UTC, where the name says them.
    pub(crate) zone: Option<i16>,
    /// "EOY", "BOM": the end or the beginning of the running unit.
    pub(crate) edge: Option<(Part, Grain)>,
    /// "weekly", "fortnightly": how often, as a number of units.
    pub(crate) every: Option<(u8, Grain)>,
}

/// What may begin at a word: two bytes to look at, where a [`Sense`] fills several lines of the cache.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Starts {
    pub(crate) quantity: bool,
    pub(crate) time: bool,
}

/// A place in an order that is stated without its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) origin: Origin,
    /// So many places on from the origin; never positive from the end.
    pub(crate) by: i32,
}

/// Where a relative place is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The last of all.
    End,
    /// The one at hand.
    Here,
}

/// Yes-or-no properties of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Role {
    /// Names the number behind it: "section", "page".
    pub(crate) label: bool,
    /// Ends a noun phrase: prepositions, pronouns, auxiliaries.
    pub(crate) stop: bool,
    /// May stand between number and unit: "full", "more".
    pub(crate) filler: bool,
    /// A plural without -s.
    pub(crate) plural: bool,
    /// A thing that prices are given by: "share".
    pub(crate) per: bool,
    /// Makes "four times" a multiple: "as", "more".
    pub(crate) comparison: bool,
    /// A calendar word that is also an ordinary one.
    pub(crate) ambiguous: bool,
    /// "PT", "GMT".
    pub(crate) zone: bool,
    /// May begin the name of a holiday.
    pub(crate) holiday: bool,
    /// May introduce a time: a preposition, an article.
    pub(crate) lead: bool,
    /// Makes what follows lie ahead: "will".
    pub(crate) future: bool,
    /// Puts what is stated beside it ahead, but makes no time of a length: "would", "please".
    pub(crate) hoped: bool,
    /// Says that something has happened: "was", "fell".
    pub(crate) gone: bool,
    /// Before a number it makes a name: "Formula".
    pub(crate) name: bool,
    /// Is named by the number before it: "chip", "ZIP code".
    pub(crate) numbered: bool,
    /// Ends the name of a street: the number before it is a house.
    pub(crate) street: bool,
    /// Says that something moved: what follows is how far, and "to" leads to where.
    pub(crate) change: bool,
    /// "will", "could": a verb follows.
    pub(crate) auxiliary: bool,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// A part of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// "early": the first third.
    Early,
    /// "mid-": the middle third.
    Mid,
    /// "late": the last third.
    Late,
    /// "the start of", "the beginning of": its first day.
    Start,
    /// "the end of": its last day.
    End,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Daypart {
    /// "morning".
    Morning,
    /// "noon", "midday" beside a day.
    Noon,
    /// "afternoon".
    Afternoon,
    /// "evening".
    Evening,
    /// "night".
    Night,
}

/// When a holiday falls, as a rule over years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// The same day of every year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// "the fourth Thursday of November", and so many days on.
    Nth {
        /// 1 to 12.
        month: i8,
        /// 1 is Monday.
        weekday: i8,
        /// From 1; -1 is the last.
        place: i8,
        /// Days behind it.
        plus: i16,
    },
    /// Days from Easter Sunday.
    Easter {
        /// Days behind it; negative is before.
        plus: i16,
        /// By the Julian reckoning of the Orthodox churches.
        orthodox: bool,
    },
    /// Days of the Hebrew calendar, with the eve before them.
    Hebrew {
        /// From Tishri; 6 is the Adar before Nisan.
        month: i8,
        /// 1 to 30.
        day: i8,
        /// How many, without the eve.
        days: i8,
    },
    /// Days of the Islamic calendar.
    Islamic {
        /// 1 to 12.
        month: i8,
        /// 1 to 30.
        day: i8,
        /// How many; `None` to the end of the month.
        days: Option<i8>,
    },
    /// Days from the Chinese New Year.
    Chinese {
        /// Days behind it; negative is before.
        plus: i16,
    },
    /// Days of the Hindu calendar, by the moon.
    Hindu {
        /// From Chaitra; a month begins behind the new moon.
        month: i8,
        /// The thirtieth of the month: 15 is the full moon, 30 the new one.
        tithi: i8,
        /// The hour of the day at which it has to rule.
        hour: Hour,
        /// Days behind it.
        plus: i16,
        /// How many.
        days: i8,
    },
    /// Days from the one on which the sun enters a sign of the fixed stars.
    Sign {
        /// 0 is Aries.
        sign: i8,
        /// Days behind it; negative is before.
        plus: i16,
    },
}

/// An hour of the day by the sun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hour {
    /// Sunrise.
    Dawn,
    /// The middle of the morning.
    Forenoon,
    /// Noon.
    Noon,
    /// The middle of the afternoon.
    Afternoon,
    /// Sunset.
    Sunset,
    /// The hours behind sunset.
    Evening,
    /// Midnight.
    Midnight,
}

/// What the preposition before a time does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// "in", "on", "during": at that time.
    At,
    /// "since", "from": from that time on.
    Since,
    /// "by", "until": that time is the last.
    By,
    /// "before": ends before that time begins.
    Before,
    /// "after": begins after that time ends.
    After,
}

impl Slot {
    /// What the preposition makes of the time; `None` where it leaves it as it is.
    pub(crate) fn bound(self) -> Option<Bound> {
        match self {
            Slot::At => None,
            Slot::Since => Some(Bound::AtLeast),
            Slot::By => Some(Bound::AtMost),
            Slot::Before => Some(Bound::LessThan),
            Slot::After => Some(Bound::MoreThan),
        }
    }
}

/// A lexicon file that the recognisers read.
#[derive(Debug, Clone)]
pub struct MeasureFile {
    /// Its path, as users see it.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    /// What the text was packed as when belie was built; empty for others.
    pub(super) packed: &'static [u8],
}

impl MeasureFile {
    /// Its id: the file name without its ending.
    pub fn id(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".toml").unwrap_or(name)
    }
}

impl Measures {
    /// Compiles lexicon files. Files of other schemas are refused.
    ///
    /// # Errors
    /// All faults of all files, each beginning with its path.
    pub fn new(files: &[MeasureFile]) -> Result<Measures, Vec<String>> {
        compile::compile(files)
    }

    /// The dimensions of all units, for rules that name one.
    pub fn dimensions(&self) -> BTreeSet<&str> {
        self.units.iter().map(|u| &*u.unit.dimension).collect()
    }

    /// The examples of all files, in the order of the files.
    pub fn examples(&self) -> &[MeasureExample] {
        &self.examples
    }

    /// The currencies that a sum may be in beside the one it was read in: those of its sign or word, where that stands
    /// bare ("$5", "500 kr", "two dollars") and not with its country ("US$5", "two Canadian dollars").
    pub fn currencies_beside(&self, sum: &str) -> &[Box<str>] {
        let bare = |sign: &str| {
            let lead = sum.trim_start_matches(['-', '+', '(', '\u{2212}', '\u{2013}']).strip_prefix(sign);
            let tail = sum.trim_end_matches(')').strip_suffix(sign);
            lead.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic() || !c.is_ascii()))
                || tail.is_some_and(|rest| self.ends_in_number(rest, sign.starts_with(char::is_alphabetic)))
        };
        self.shared.iter().find(|(sign, _)| bare(sign)).map_or(&[], |(_, codes)| codes)
    }

    /// The currency of a word that is a unit of measure as well: "pounds"; the index in [`Measures::units`].
    pub(crate) fn money_measured(&self, word: u32) -> Option<u32> {
        self.measured.get(&word).copied()
    }

    /// The currency that a word names beside a sum of another one: "pound", "yen".
    pub(crate) fn currency(&self, word: &str) -> Option<&Unit> {
        let word = self.id(&word.to_lowercase());
        let alias = self.money_words.step(0, word).and_then(|node| self.money_words.end(node));
        let free = alias.filter(|a| a.guard == Guard::Free).map(|a| a.unit);
        let unit = &self.units.get(free.or_else(|| self.money_measured(word))? as usize)?.unit;
        (unit.factor == Decimal::ONE).then_some(unit)
    }

    /// Whether the last word is digits, a number word or an article; a word of a currency stands apart from it.
    fn ends_in_number(&self, text: &str, apart: bool) -> bool {
        let trimmed = text.trim_end_matches([' ', '\u{a0}', '-']);
        let last = trimmed.rsplit([' ', '\u{a0}', '-']).next().unwrap_or_default().to_lowercase();
        let sense = self.sense(self.id(&last));
        let digits = last.starts_with(|c: char| c.is_ascii_digit());
        digits
            || (!apart || trimmed.len() < text.len())
                && (sense.cardinal.is_some()
                    || sense.scale.is_some()
                    || sense.vague.is_some()
                    || matches!(&*last, "a" | "of" | "hundred"))
    }

    /// Whether the way of a unit to the base of its dimension is rounded or measured, and so what is converted by it.
    pub fn rounded(&self, unit: &str) -> bool {
        self.rounded.contains(unit)
    }

    /// The index in [`Measures::units`] of a unit by the name of its row, or of a currency by its code.
    pub(crate) fn unit_named(&self, name: &str) -> Option<u32> {
        self.units.iter().position(|u| &*u.unit.name == name).map(|i| i as u32)
    }

    pub(crate) fn id(&self, word: &str) -> u32 {
        self.vocabulary.get(word).unwrap_or(0)
    }

    /// What may begin at each word, by its id. The grammars, which stand above this module, answer in `may`; they are
    /// asked once, and so always with the same function.
    pub(crate) fn starts(&self, may: fn(u32, &Sense) -> Starts) -> &[Starts] {
        self.starts.get_or_init(|| (0..).zip(&self.senses).map(|(word, sense)| may(word, sense)).collect())
    }

    pub(crate) fn sense(&self, word: u32) -> &Sense {
        &self.senses[word as usize]
    }

    /// The place that a word names: 3 for "third", 21 for "twentyfirst".
    pub(crate) fn ordinal(&self, word: &str) -> Option<Decimal> {
        self.sense(self.id(word)).ordinal
    }

    /// The singular of a plural without -s.
    pub(crate) fn singular(&self, word: u32) -> Option<&str> {
        self.singulars.get(&word).map(|s| &**s)
    }
}

/// Ids of the words that the grammars name themselves.
pub(crate) mod word {
    macro_rules! words {
        ($($name:ident = $text:literal),* $(,)?) => {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)] // the names only count
            #[repr(u32)]
            enum Order { NONE, $($name),* }
            $(pub(crate) const $name: u32 = Order::$name as u32;)*
            /// The words themselves, in the order of their ids from 1.
            pub(super) const ALL: &[&str] = &[$($text),*];
        };
    }
    words! {
        OVER = "over", IS = "is", UP = "up", AGED = "aged", AGE = "age", AGES = "ages", AND = "and", OR = "or",
        TO = "to", OF = "of", IN = "in", OUT = "out", A = "a", AN = "an", THE = "the", PER = "per", POINT = "point",
        BETWEEN = "between", FROM = "from", THROUGH = "through", MINUS = "minus", NEGATIVE = "negative",
        TIMES = "times", AS = "as", MANY = "many", MUCH = "much", EVERY = "every", EACH = "each", NO = "no",
        ONE = "one", ANY = "any", AGO = "ago", SAME = "same", PAST = "past", LAST = "last", WITHIN = "within",
        HYPHEN = "-", EN_DASH = "\u{2013}", EM_DASH = "\u{2014}", NB_HYPHEN = "\u{2011}", MINUS_SIGN = "\u{2212}",
        SLASH = "/", DOT = ".", COMMA = ",", COLON = ":", OPEN = "(", CLOSE = ")", BRACKET = "[",
        BRACKET_CLOSE = "]", HASH = "#", PLUS = "+", APOSTROPHE = "'", QUOTE = "\u{2019}", S = "s", AM = "am",
        PM = "pm", P = "p", M = "m", ST = "st", ND = "nd", RD = "rd", TH = "th", HALF = "half", QUARTER = "quarter",
        FIRST = "first", SECOND = "second", THIS = "this", THAT = "that", FOR = "for", AFTER = "after",
        BEFORE = "before", NOON = "noon", MIDNIGHT = "midnight", NOW = "now", ON = "on",
        AT = "at", BY = "by", UNTIL = "until", SOME = "some", TAKES = "takes", TOOK = "took", LASTED = "lasted",
        SUB = "sub", X = "x", YEAR = "year", ITS = "its", COUPLE = "couple", HUNDRED = "hundred", ABOVE = "above",
        BELOW = "below", TILDE = "~", BUT = "but", NEXT = "next", CURRENT = "current", END = "end", WWW = "www",
        WAS = "was", UNDERSCORE = "_", AT_SIGN = "@", BACKSLASH = "\\", DOLLAR = "$", O_CLOCK = "o'clock",
        OTHER = "other", WHICH = "which", FISCAL = "fiscal", CALENDAR = "calendar", O_CLOCK_PLAIN = "oclock",
        TILL = "till", TIL = "til", TIME = "time", FORTNIGHT = "fortnight", FORTNIGHTS = "fortnights", THAN = "than",
        LATER = "later", EARLIER = "earlier", MIDDAY = "midday", MORE = "more", TODAY = "today", WEEK = "week",
        ISH = "ish", Z = "z", TWICE = "twice", ONCE = "once", ANOTHER = "another", FEW = "few", DAY = "day",
        MINUTE = "minute", MOMENT = "moment", PLUS_MINUS = "±", NOONISH = "noonish", ONWARD = "onward", ONWARDS = "onwards",
        AROUND = "around", ABOUT = "about", CIRCA = "circa", STARTING = "starting", BEGINNING = "beginning",
        DATE = "date", REST = "rest", REMAINDER = "remainder", FY = "fy", COMMENCING = "commencing", NOT = "not", DURING = "during",
        LOCAL = "local", SUMMER = "summer", STANDARD = "standard", DAYLIGHT = "daylight",
        CLOSEST = "closest", NEAREST = "nearest", PRIOR = "prior", SHORTLY = "shortly", JUST = "just",
        SOON = "soon", LITTLE = "little", BIT = "bit",
    }
}

#[cfg(test)]
mod oracle;

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The lexicons of the repository.
    pub(crate) fn embedded() -> Measures {
        let files = [
            ("lexicon/units.toml", include_str!("../../../rules/lexicon/units.toml")),
            ("lexicon/currencies.toml", include_str!("../../../rules/lexicon/currencies.toml")),
            ("lexicon/numbers.toml", include_str!("../../../rules/lexicon/numbers.toml")),
            ("lexicon/bounds.toml", include_str!("../../../rules/lexicon/bounds.toml")),
            ("lexicon/calendar.toml", include_str!("../../../rules/lexicon/calendar.toml")),
        ];
        let files = files.map(|(path, text)| file(path, text));
        match Measures::new(&files) {
            Ok(measures) => measures,
            Err(faults) => panic!("{}", faults.join("\n")),
        }
    }

    fn file(path: &str, text: &str) -> MeasureFile {
        MeasureFile { path: path.to_owned(), text: text.into(), packed: &[] }
    }

    fn faults(text: &str) -> String {
        Measures::new(&[file("x.toml", text)]).err().unwrap_or_default().join("\n")
    }

    #[test]
    fn embedded_tables_compile() {
        let m = embedded();
        let year = m.units.iter().find(|u| &*u.unit.name == "year").expect("years are units");
        assert_eq!((&*year.unit.dimension, year.unit.factor), ("duration-months", Decimal::from(12)));
        assert_eq!(m.sense(m.id("eleven")).cardinal, Some(11));
    }

    #[test]
    fn faults_name_file_and_row() {
        assert!(faults("schema = \"units\"\nrow = 3").starts_with("x.toml: "));
        assert!(faults("schema = \"poems\"").contains("unknown schema `poems`"));
        let head = "id = \"x\"\nsummary = \"s\"\nwhy = \"w\"\nschema = \"units\"\nexample = []\n";
        assert!(
            faults(&format!("{head}[[row]]\nname = \"m\"\ndimension = \"length\"\nfactor = \"two\"\n"))
                .contains("`two`")
        );
        assert!(
            faults(&format!("{head}[[row]]\nname = \"m\"\ndimension = \"length\"\ncolour = \"red\"\n"))
                .contains("colour")
        );
        assert!(
            faults(&format!("{head}[[row]]\nname = \"m\"\ndimension = \"length\"\n")).contains("at least two examples")
        );
    }
}
