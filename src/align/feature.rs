//! What can be seen of two spots that may be of one thing.

use crate::language::closed_set;

closed_set! {
    /// Everything that can be seen of two spots, as the models that weigh it name it.
    pub(crate) Feature {
        ArgumentsAlone = "arguments alone",
        ArgumentsOther = "arguments other",
        ArgumentsSame = "arguments same",
        AlikeSentences = "alike sentences",
        AsManyDigits = "as many digits",
        AttributeOther = "attribute other",
        AttributeSame = "attribute same",
        AttributesToldApart = "attributes told apart",
        BehindBest = "behind best",
        BesideSame = "beside same",
        BestPartner = "best partner",
        BeyondFiveTimes = "beyond five times",
        ChangeOnOneSide = "change on one side",
        Clause = "clause",
        ConditionOther = "condition other",
        Contrasts = "contrasts",
        Covered = "covered",
        DatedOnOneSide = "dated on one side",
        DatesApart = "dates apart",
        DatesShared = "dates shared",
        DaySame = "day same",
        Denied = "denied",
        DigitsShifted = "digits shifted",
        DigitsTransposed = "digits transposed",
        DocumentsOfOneDay = "documents of one day",
        DocumentsOfOtherDays = "documents of other days",
        DocumentsOfOtherDaysMoving = "documents of other days, moving",
        EntityOther = "entity other",
        EntitySame = "entity same",
        Figure = "figure",
        FiguresApart = "figures apart",
        FiguresAroundShared = "figures around shared",
        FiguresShared = "figures shared",
        FormerOnOneSide = "former on one side",
        FutureOnOneSide = "future on one side",
        GovernorSame = "governor same",
        KindSame = "kind same",
        LaterIsLarger = "later is larger",
        LaterIsSmaller = "later is smaller",
        Lead = "lead",
        LimitOnOneSide = "limit on one side",
        LongerClause = "longer clause",
        MinuteSame = "minute same",
        ModalityOther = "modality other",
        ModalitySame = "modality same",
        MonthSame = "month same",
        Name = "name",
        NameOnOneSide = "name on one side",
        NameOther = "name other",
        NameSame = "name same",
        NamesApart = "names apart",
        NamesInOnePlace = "names in one place",
        NarrowedOnOneSide = "narrowed on one side",
        Near = "near",
        NounOther = "noun other",
        NounSame = "noun same",
        Nouns = "nouns",
        NumberInTheOtherDocument = "number in the other document",
        NumberInTheOtherSentence = "number in the other sentence",
        OfAges = "of ages",
        OfClocks = "of clocks",
        OfCounts = "of counts",
        OfDates = "of dates",
        OfDurations = "of durations",
        OfMeasures = "of measures",
        OfMoney = "of money",
        OfPercent = "of percent",
        OneDigitApart = "one digit apart",
        OneIsAName = "one is a name",
        Opposed = "opposed",
        OppositeBeside = "opposite beside",
        OtherValuesApart = "other values apart",
        OtherValuesShared = "other values shared",
        Partners = "partners",
        Place = "place",
        PolarityOther = "polarity other",
        PrecisionSame = "precision same",
        PredicatesSame = "predicates same",
        PrepositionOther = "preposition other",
        PrepositionSame = "preposition same",
        Quoted = "quoted",
        RoleSame = "role same",
        ScopeOther = "scope other",
        ScopeSame = "scope same",
        Sentences = "sentences",
        SentencesBetween = "sentences between",
        SingleSentences = "single sentences",
        Small = "small",
        Sole = "sole",
        SortOther = "sort other",
        SortSame = "sort same",
        SpeltAlike = "spelt alike",
        SpotInTheOtherDocument = "spot in the other document",
        StandardOnOneSide = "standard on one side",
        StatedBothByOthers = "stated both by others",
        StatedElsewhere = "stated elsewhere",
        StatedElsewhereLikelier = "stated elsewhere, likelier",
        SubjectOther = "subject other",
        SubjectSame = "subject same",
        TagOther = "tag other",
        ThenOnOneSide = "then on one side",
        TimeOther = "time other",
        TimeSame = "time same",
        Tree = "tree",
        UnitOther = "unit other",
        UnitSame = "unit same",
        Values = "values",
        VerbOther = "verb other",
        VerbSame = "verb same",
        Verbs = "verbs",
        Whole = "whole",
        Wide = "wide",
        WithinADouble = "within a double",
        WithinAHalf = "within a half",
        WithinATenth = "within a tenth",
        WithinAnHour = "within an hour",
        Word = "word",
        WordShared = "word shared",
        Words = "words",
        YearSame = "year same",
    }
}

/// How much is seen of each feature of two spots: thousandths, or a thousand for each that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features([i32; Feature::ALL.len()]);

impl Default for Features {
    fn default() -> Features {
        Features([0; Feature::ALL.len()])
    }
}

impl Features {
    /// Adds to a feature.
    pub(crate) fn put(&mut self, feature: Feature, size: i32) {
        self.0[feature as usize] += size;
    }

    /// How much is seen of a feature; 0 where nothing is.
    pub(crate) fn size(&self, feature: Feature) -> i32 {
        self.0[feature as usize]
    }

    /// The features of which something is seen, by name, each with its size.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, i32)> {
        Feature::ALL.iter().map(|f| f.name()).zip(self.0).filter(|(_, size)| *size != 0)
    }
}
