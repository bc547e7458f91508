//! The closed sets of words that rule files choose from.
//!
//! Each set is one enum with its words, so that the parser, the "did you mean" and the JSON schema read the same table.

use serde::{Deserialize, Serialize};

use crate::value::{Judgement, Shape};

/// A closed set of words.
pub trait Vocabulary: Sized + Copy {
    /// What a word of the set is called in a message: "relation".
    const WHAT: &'static str;

    /// All words, in the order of the documentation.
    fn words() -> Vec<&'static str>;

    /// The member that a word names.
    fn read(word: &str) -> Option<Self>;
}

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident ($what:literal) { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All members, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in rule files and reports.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl Vocabulary for $name {
            const WHAT: &'static str = $what;
            fn words() -> Vec<&'static str> { vec![$($word,)*] }
            fn read(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}

vocabulary! {
    /// How two claims or clusters stand to each other (DESIGN section 6).
    Relation ("relation") {
        /// Same subject, attribute and value.
        Agree = "agree",
        /// Other words or strength; both can hold.
        Compatible = "compatible",
        /// The second adds a detail.
        Refines = "refines",
        /// The second is a later state or a surer source.
        Updates = "updates",
        /// Cannot both hold.
        Conflict = "conflict",
        /// Comparable but for something missing.
        Unresolved = "unresolved",
        /// The same quoted words.
        QuoteMatch = "quote-match",
        /// Quoted words that differ.
        QuoteVariant = "quote-variant",
        /// The second quotes less of the same words.
        QuoteTruncated = "quote-truncated",
        /// A consistency constraint holds.
        DerivedConsistent = "derived-consistent",
        /// A consistency constraint fails.
        DerivedConflict = "derived-conflict",
        /// Two sources go back to one origin.
        SameOrigin = "same-origin",
    }
}

vocabulary! {
    /// How grave a finding is; greater is graver.
    Severity ("severity") {
        /// For the record.
        Note = "note",
        /// A reader should look.
        Warning = "warning",
        /// Cannot both hold.
        Error = "error",
    }
}

vocabulary! {
    /// What a subject or an object may be.
    EntityType ("entity type") {
        /// A human being.
        Person = "person",
        /// A company, agency, party, team of a league.
        Org = "org",
        /// A place.
        Place = "place",
        /// Something made or sold, a model, a work.
        Product = "product",
        /// Something that happens at a time.
        Event = "event",
        /// A text, a law, a study.
        Document = "document",
        /// A part of an organisation.
        Team = "team",
        /// A word or phrase that is itself spoken of.
        Term = "term",
        /// Whatever stands there.
        Any = "any",
    }
}

impl EntityType {
    /// Whether a text says whose a figure is when it is of such a thing: a company's revenue has an owner, a toll has none.
    pub fn holds(self) -> bool {
        !matches!(self, EntityType::Event | EntityType::Place | EntityType::Any)
    }
}

vocabulary! {
    /// How a claim of an attribute stands in time.
    TimeNature ("time") {
        /// Holds over a while and may change: a valuation, a role.
        State = "state",
        /// Happened once, at a time that does not change: a founding.
        Event = "event",
        /// Only grows: a death toll, total funding.
        Cumulative = "cumulative",
        /// Does not change: an etymology.
        Timeless = "timeless",
    }
}

vocabulary! {
    /// Which comparator reads two values.
    Comparator ("comparator") {
        /// Quantities, as intervals.
        Interval = "interval",
        /// Dates and parts of dates.
        Date = "date",
        /// Job titles, by the lexicon of titles.
        Title = "title",
        /// Words on one scale of strength, by a lexicon of schema `scale`.
        Ladder = "ladder",
        /// Any words, by their lemmas.
        Words = "words",
        /// Quoted words.
        Quote = "quote",
        /// Places in an order: "next to last".
        Order = "order",
        /// Sentences, word by word.
        Statement = "statement",
        /// Names of people, places and things, and the nouns of things.
        Name = "name",
    }
}

impl Comparator {
    /// The comparator of values of a shape for which a rule names none.
    pub fn default_for(shape: Shape) -> Comparator {
        match shape {
            Shape::Date => Comparator::Date,
            Shape::Text => Comparator::Words,
            Shape::Quote => Comparator::Quote,
            Shape::Money
            | Shape::Number
            | Shape::Percent
            | Shape::Multiple
            | Shape::Ratio
            | Shape::Duration
            | Shape::Measure => Comparator::Interval,
        }
    }

    /// Whether it can read values of a shape.
    pub fn reads(self, shape: Shape) -> bool {
        match self {
            Comparator::Interval | Comparator::Date => Comparator::default_for(shape) == self,
            Comparator::Order => matches!(shape, Shape::Text | Shape::Number),
            Comparator::Title | Comparator::Ladder | Comparator::Words | Comparator::Quote | Comparator::Name => {
                matches!(shape, Shape::Text | Shape::Quote)
            }
            Comparator::Statement => shape == Shape::Text,
        }
    }
}

vocabulary! {
    /// In which spirit a statement is put forward.
    Modality ("modality") {
        /// Plainly.
        Asserted = "asserted",
        /// Laid at somebody's door.
        Reported = "reported",
        /// "Reportedly", nobody named.
        Hedged = "hedged",
        /// A verdict, a superlative, odds.
        Opinion = "opinion",
        /// A plan, a commitment, a forecast.
        Future = "future",
        /// Under a condition.
        Conditional = "conditional",
        /// Denied.
        Negated = "negated",
    }
}

vocabulary! {
    /// Whether a statement affirms or denies.
    Polarity ("polarity") {
        /// Affirms.
        Positive = "positive",
        /// Denies: "not as …".
        Negative = "negative",
    }
}

vocabulary! {
    /// What a gate says of two claims.
    Verdict ("verdict") {
        /// Both known and the same.
        Same = "same",
        /// At least one side not known, and nothing against it.
        Unknown = "unknown",
        /// Both known and different.
        Different = "different",
    }
}

vocabulary! {
    /// Whether two claims have to have one polarity or two.
    PolarityPair ("polarity") {
        /// Both affirm or both deny.
        Same = "same",
        /// One affirms what the other denies.
        Opposite = "opposite",
    }
}

vocabulary! {
    /// What a comparison may lack (DESIGN section 6).
    Missing ("missing part") {
        /// Whom or what a claim is about.
        Subject = "subject",
        /// The time for which it holds.
        AsOf = "as_of",
        /// Which part, period or kind it counts.
        Scope = "scope",
        /// The unit of the value.
        Unit = "unit",
    }
}

vocabulary! {
    /// Where the roles of a check are looked for together.
    Bind ("bind") {
        /// In one sentence.
        Sentence = "sentence",
        /// In one row of a table.
        Row = "row",
        /// In one column of a table.
        Column = "column",
        /// In one list.
        List = "list",
        /// In figures that one sentence tells one after the other, with the whole that they are parts of.
        Series = "series",
        /// In one document.
        Document = "document",
        /// In the claims of one incident.
        Incident = "incident",
        /// Anywhere.
        Corpus = "corpus",
    }
}

vocabulary! {
    /// Where in a list or series a role stands.
    ListPart ("part of a list or series") {
        /// In the sentence that leads up to the list.
        Lead = "lead",
        /// In its items.
        Item = "item",
        /// One of the figures of a series.
        Part = "part",
        /// The last of them, where it is stated as all that is left; also a part.
        Rest = "rest",
        /// The figure that they are parts of.
        Whole = "whole",
    }
}

vocabulary! {
    /// The checks that are computed by code; the file of each, in `rules/check/`, says all else of it.
    CheckCode ("check that is code") {
        /// An age against the birth and the date of the text.
        AgeNow = "age-now",
        /// An age at a time against the birth.
        AgeThen = "age-then",
        /// A change in per cent against a figure of then and one of now.
        ChangeStated = "change-stated",
        /// A figure against the same in another unit or currency.
        Converted = "converted",
        /// Sentences counted against sentences printed.
        Counted = "counted",
        /// A length of time against both of its ends.
        DurationStated = "duration-stated",
        /// Sums in two currencies at a rate that a page states.
        Exchanged = "exchanged",
        /// Things counted against their names.
        Listed = "listed",
        /// Sources counted against sources named.
        NamedSources = "named-sources",
        /// Who is said to be ahead against the two figures.
        Overtaking = "overtaking",
        /// A quotation against the two that it was made of.
        QuoteStitched = "quote-stitched",
        /// A rate or a share of each against the total.
        Rated = "rated",
        /// A column of shares against the column that it gives the shares of.
        ShareColumn = "share-column",
        /// A share in per cent against the part and the whole.
        ShareStated = "share-stated",
        /// Two names of one text that may be one.
        SpeltTwice = "spelt-twice",
        /// Two values for one thing in one text.
        StatedTwice = "stated-twice",
        /// A figure that is the sum of the others everywhere else in a table.
        TableSum = "table-sum",
        /// A multiple against the two figures.
        TimesAs = "times-as",
        /// A figure of the title against the text below it.
        TitleStated = "title-stated",
        /// A weekday against a date given elsewhere.
        WeekdayStated = "weekday-stated",
    }
}

impl CheckCode {
    /// The ends that a message may name when the check fails.
    pub fn ends(self) -> &'static [&'static str] {
        match self {
            CheckCode::AgeNow => &["age", "born"],
            CheckCode::AgeThen => &["age", "born", "then"],
            CheckCode::ChangeStated => &["change", "old", "new"],
            CheckCode::Converted | CheckCode::Exchanged => &["figure", "again"],
            CheckCode::Counted => &["count", "outside"],
            // A length that names a date is no claim of its own.
            CheckCode::DurationStated => &[],
            CheckCode::Listed | CheckCode::NamedSources => &["count"],
            CheckCode::Overtaking => &["ahead", "first", "second"],
            CheckCode::QuoteStitched => &["quote", "first", "second"],
            CheckCode::Rated => &["total", "rate", "times"],
            CheckCode::ShareColumn => &["share", "part"],
            CheckCode::ShareStated => &["share", "part", "whole"],
            CheckCode::SpeltTwice => &["first", "second"],
            CheckCode::TableSum => &["total", "part"],
            CheckCode::TimesAs => &["times", "one", "other"],
            CheckCode::TitleStated => &["title", "text"],
            CheckCode::StatedTwice => &["first", "again"],
            CheckCode::WeekdayStated => &["stated", "date"],
        }
    }

    /// The ends that a message may name when it holds; `None` for a check that can only fail.
    pub fn ends_that_hold(self) -> Option<&'static [&'static str]> {
        match self {
            CheckCode::Counted => Some(&["count", "printed"]),
            CheckCode::NamedSources
            | CheckCode::QuoteStitched
            | CheckCode::SpeltTwice
            | CheckCode::TableSum
            | CheckCode::StatedTwice => None,
            CheckCode::AgeNow
            | CheckCode::AgeThen
            | CheckCode::ChangeStated
            | CheckCode::Converted
            | CheckCode::Exchanged
            | CheckCode::DurationStated
            | CheckCode::Listed
            | CheckCode::Overtaking
            | CheckCode::Rated
            | CheckCode::ShareColumn
            | CheckCode::ShareStated
            | CheckCode::TimesAs
            | CheckCode::TitleStated
            | CheckCode::WeekdayStated => Some(self.ends()),
        }
    }
}

vocabulary! {
    /// The kinds of claims that are found by code; files of `rules/extract/` say all else of them.
    KindCode ("claim kind that is code") {
        /// A number that says of itself neither what it counts nor what it measures.
        Bare = "bare",
        /// A figure that stands alone in a cell.
        Cell = "cell",
        /// A date that no frame has taken.
        EventDate = "event-date",
        /// What one of a currency is worth in another.
        Exchange = "exchange",
        /// Who holds a post.
        Holder = "holder",
        /// What something is called.
        Identity = "identity",
        /// A quantity that no frame has taken.
        Quantity = "quantity",
        /// Quoted words.
        Quote = "quote",
        /// A place in an order.
        Ordinal = "ordinal",
        /// A plain sentence.
        Statement = "statement",
        /// The only one, the largest, the first.
        Superlative = "superlative",
    }
}

vocabulary! {
    /// What the claims bound to the roles of a check have to share.
    Shared ("shared part") {
        /// The subject.
        Subject = "subject",
        /// The attribute.
        Attribute = "attribute",
        /// The dimension of the unit.
        Unit = "unit",
        /// All known scope axes.
        Scope = "scope",
        /// The document.
        Document = "document",
    }
}

vocabulary! {
    /// Which of two claims of one kind takes a role.
    Order ("order") {
        /// The one with the earlier time.
        Earlier = "earlier",
        /// The one with the later time.
        Later = "later",
    }
}

vocabulary! {
    /// What an example of a check has to come to.
    Expected ("outcome") {
        /// The consistency constraint holds.
        Holds = "holds",
        /// The consistency constraint fails.
        Fails = "fails",
        /// The check does not speak.
        Silent = "silent",
    }
}

vocabulary! {
    /// How a lexicon file is laid out.
    LexiconSchema ("schema") {
        /// Phrases in lemma form with a class.
        Terms = "terms",
        /// Names; one form may belong to several rows.
        Names = "names",
        /// Phrases with an axis and a rank on it.
        Scale = "scale",
        /// Units of measure; read by the recogniser.
        Units = "units",
        /// Currencies; read by the recogniser.
        Currencies = "currencies",
        /// Number words and scale words; read by the recogniser.
        Numbers = "numbers",
        /// Bound and hedge phrases; read by the recogniser.
        Bounds = "bounds",
        /// Months, weekdays, periods; read by the recogniser.
        Calendar = "calendar",
    }
}

impl LexiconSchema {
    /// Whether the rows are the recogniser's own and frames cannot name the lexicon.
    pub fn is_measure(self) -> bool {
        !matches!(self, LexiconSchema::Terms | LexiconSchema::Names | LexiconSchema::Scale)
    }
}

impl Vocabulary for Shape {
    const WHAT: &'static str = "shape";
    fn words() -> Vec<&'static str> {
        Shape::ALL.iter().map(|(_, word)| *word).collect()
    }
    fn read(word: &str) -> Option<Self> {
        Shape::parse(word)
    }
}

impl Vocabulary for Judgement {
    const WHAT: &'static str = "judgement";
    fn words() -> Vec<&'static str> {
        Judgement::ALL.iter().map(|(_, word)| *word).collect()
    }
    fn read(word: &str) -> Option<Self> {
        Judgement::parse(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<V: Vocabulary>() {
        for word in V::words() {
            assert!(V::read(word).is_some(), "{} `{word}` does not read back", V::WHAT);
        }
        assert!(V::read("nonesuch").is_none());
    }

    #[test]
    fn words_read_back() {
        check::<Relation>();
        check::<Shape>();
        check::<Judgement>();
        check::<LexiconSchema>();
        for relation in Relation::ALL {
            assert_eq!(Relation::read(relation.name()), Some(*relation));
        }
    }

    #[test]
    fn every_shape_has_a_comparator_that_reads_it() {
        for (shape, _) in Shape::ALL {
            assert!(Comparator::default_for(shape).reads(shape));
        }
        assert!(!Comparator::Interval.reads(Shape::Date));
    }
}
