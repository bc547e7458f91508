//! From lexicon files to tables: every fault is collected, with path and row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use super::wire::{
    BoundRow, CalendarKind, CalendarRow, CurrencyRow, Example, File, Head, NumberKind, NumberRow, UnitRow,
};
use super::{
    BoundUse, Daypart, Grain, Guard, Holiday, Hour, MeasureExample, MeasureFile, Measures, MoneyAlias, Origin, Part,
    Place, Sense, Slot, Trie, UnitAlias, UnitEntry, Vocabulary, word,
};
use crate::rule::unpack::{unpack, value_of};
use crate::text::{Span, tokenise};
use crate::value::{Bound, Shape, Unit};

/// Compiles the files; a row with the key of an earlier row replaces it.
pub(super) fn compile(files: &[MeasureFile]) -> Result<Measures, Vec<String>> {
    let mut build = Build::new();
    for file in files {
        file.path.clone_into(&mut build.path);
        match file.schema() {
            Ok(schema) => build.file(&schema, file),
            Err(fault) => build.fault(&fault),
        }
    }
    build.join_tens();
    if build.faults.is_empty() { Ok(build.tables) } else { Err(build.faults) }
}

impl MeasureFile {
    /// What was packed, or else what the text says.
    fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        unpack(self.packed).or_else(|_| toml::from_str(&self.text)).map_err(|error| error.to_string())
    }

    fn schema(&self) -> Result<String, String> {
        value_of(self.packed, "schema").map_or_else(|| self.read().map(|head: Head| head.schema), Ok)
    }
}

struct Build {
    path: String,
    tables: Measures,
    /// Units by name, so that a later row replaces an earlier one.
    by_name: BTreeMap<String, u32>,
    faults: Vec<String>,
}

impl Build {
    fn new() -> Self {
        let mut build = Build {
            path: String::new(),
            tables: Measures {
                vocabulary: Vocabulary::new(),
                senses: vec![Sense::default()],
                starts: OnceLock::new(),
                units: Vec::new(),
                rounded: BTreeSet::new(),
                unit_words: Trie::new(),
                unit_symbols: Trie::new(),
                money_words: Trie::new(),
                money_symbols: Trie::new(),
                bounds_before: Trie::new(),
                bounds_after: Trie::new(),
                holidays: Trie::new(),
                shared: BTreeMap::new(),
                measured: BTreeMap::new(),
                singulars: HashMap::new(),
                examples: Vec::new(),
            },
            by_name: BTreeMap::new(),
            faults: Vec::new(),
        };
        for (i, text) in word::ALL.iter().enumerate() {
            let id = build.intern(text);
            debug_assert_eq!(id as usize, i + 1, "a grammar word is listed twice: {text}");
        }
        build
    }

    fn fault(&mut self, message: &str) {
        self.faults.push(format!("{}: {}", self.path, message.trim_end()));
    }

    fn file(&mut self, schema: &str, file: &MeasureFile) {
        match schema {
            "units" => self.rows(schema, file, Build::unit),
            "currencies" => self.rows(schema, file, Build::currency),
            "numbers" => self.rows(schema, file, Build::number),
            "bounds" => self.rows(schema, file, Build::bound),
            "calendar" => self.rows(schema, file, Build::calendar),
            other => self.fault(&format!(
                "unknown schema `{other}`: one of units, currencies, numbers, bounds, calendar is meant here"
            )),
        }
    }

    fn rows<R: DeserializeOwned>(&mut self, schema: &str, file: &MeasureFile, add: fn(&mut Build, R)) {
        let id = file.id();
        let file: File<R> = match file.read() {
            Ok(file) => file,
            Err(fault) => return self.fault(&fault),
        };
        if [&file.id, &file.summary, &file.why].iter().any(|s| s.trim().is_empty()) {
            self.fault("`id`, `summary` and `why` must not be empty");
        }
        if file.id != id {
            self.fault(&format!("id `{}` is not the name of the file", file.id));
        }
        for row in file.row {
            add(self, row);
        }
        self.examples(schema, file.example);
    }

    fn examples(&mut self, schema: &str, examples: Vec<Example>) {
        for fires in [true, false] {
            if examples.iter().filter(|e| e.fires == fires).count() < 2 {
                self.fault(&format!("at least two examples with `fires = {fires}` are needed"));
            }
        }
        for example in examples {
            if !example.fires && example.why.as_deref().unwrap_or_default().is_empty() {
                self.fault(&format!("example `{}` stays silent and does not say why", example.text));
            }
            self.tables.examples.push(MeasureExample {
                path: self.path.clone(),
                schema: schema.to_owned(),
                text: example.text,
                fires: example.fires,
                row: example.row,
            });
        }
    }

    fn intern(&mut self, text: &str) -> u32 {
        if let Some(id) = self.tables.vocabulary.get(text) {
            return id;
        }
        let id = self.tables.senses.len() as u32;
        self.tables.vocabulary.insert(text, id);
        self.tables.senses.push(Sense::default());
        id
    }

    /// Ids of the tokens of a phrase; case is kept when `exact`.
    fn path_of(&mut self, phrase: &str, exact: bool) -> Vec<u32> {
        let phrase = if exact { phrase.to_owned() } else { phrase.to_lowercase() };
        let tokens = tokenise(&phrase, Span::new(0, phrase.len()));
        tokens.iter().map(|t| self.intern(t.span.of(&phrase))).collect()
    }

    fn decimal(&mut self, row: &str, text: &str) -> Decimal {
        let read = match text.split_once('/') {
            Some((a, b)) => {
                a.parse::<Decimal>().ok().zip(b.parse::<Decimal>().ok()).and_then(|(a, b)| a.checked_div(b))
            }
            None => text.parse().ok(),
        };
        read.unwrap_or_else(|| {
            self.fault(&format!("row `{row}`: `{text}` is not an exact decimal"));
            Decimal::ONE
        })
    }

    fn entry(&mut self, name: &str, dimension: &str, factor: Decimal, offset: Decimal) -> u32 {
        let shape = match dimension {
            "percent" | "percentage_point" => Shape::Percent,
            "multiple" => Shape::Multiple,
            "duration" | "duration-months" => Shape::Duration,
            d if d.starts_with("money:") => Shape::Money,
            _ => Shape::Measure,
        };
        let unit = Unit { name: Arc::from(name), dimension: Arc::from(dimension), factor, offset };
        let entry = UnitEntry { unit, shape };
        self.tables.rounded.remove(name);
        if let Some(&at) = self.by_name.get(name) {
            self.tables.units[at as usize] = entry;
            return at;
        }
        let at = self.tables.units.len() as u32;
        self.by_name.insert(name.to_owned(), at);
        self.tables.units.push(entry);
        at
    }

    fn unit(&mut self, row: UnitRow) {
        let factor = self.decimal(&row.name, &row.factor);
        let offset = self.decimal(&row.name, &row.offset);
        if factor.is_zero() {
            self.fault(&format!("row `{}`: the factor is zero", row.name));
        }
        let unit = self.entry(&row.name, &row.dimension, factor, offset);
        if row.rounded {
            self.tables.rounded.insert(row.name.as_str().into());
        }
        for phrase in &row.words {
            let path = self.path_of(phrase, false);
            self.tables.unit_words.insert(path.into_iter(), UnitAlias { unit, guard: Guard::Free });
        }
        for (list, guard) in [(&row.symbols, Guard::Digits), (&row.tight, Guard::Tight)] {
            for phrase in list {
                let path = self.path_of(phrase, true);
                self.tables.unit_symbols.insert(path.into_iter(), UnitAlias { unit, guard });
            }
        }
    }

    fn currency(&mut self, row: CurrencyRow) {
        let dimension = format!("money:{}", row.code);
        let unit = self.entry(&row.code, &dimension, Decimal::ONE, Decimal::ZERO);
        for sign in &row.shared {
            let codes = self.tables.shared.entry(sign.as_str().into()).or_default();
            codes.retain(|c| **c != *row.code);
            codes.push(row.code.as_str().into());
        }
        let code = row.code.clone();
        let mut signs: BTreeMap<&str, (bool, bool)> = BTreeMap::from([(code.as_str(), (true, true))]);
        for sign in &row.before {
            signs.entry(sign).or_default().0 = true;
        }
        for sign in &row.after {
            signs.entry(sign).or_default().1 = true;
        }
        let one = Decimal::ONE;
        for (sign, (before, after)) in signs {
            let path = self.path_of(sign, true);
            let guard = if sign.chars().any(|c| c.is_alphabetic()) { Guard::Digits } else { Guard::Free };
            self.tables.money_symbols.insert(path.into_iter(), MoneyAlias { unit, before, after, guard, scale: one });
        }
        for sign in &row.ascii {
            let path = self.path_of(sign, true);
            let alias = MoneyAlias { unit, before: true, after: false, guard: Guard::Tight, scale: one };
            self.tables.money_symbols.insert(path.into_iter(), alias);
        }
        // Accounts write `MEUR 5` and `5 MUSD` for millions, `kEUR` and `TEUR` for thousands.
        for (letter, scale) in [("k", 1_000), ("T", 1_000), ("M", 1_000_000), ("bn", 1_000_000_000)] {
            let path = self.path_of(&format!("{letter}{code}"), true);
            let scale = Decimal::from(scale);
            let alias = MoneyAlias { unit, before: true, after: true, guard: Guard::Digits, scale };
            self.tables.money_symbols.insert(path.into_iter(), alias);
        }
        for phrase in &row.measured {
            if let [word] = self.path_of(phrase, false)[..] {
                self.tables.measured.insert(word, unit);
            }
        }
        for (list, guard) in [(&row.words, Guard::Free), (&row.wary, Guard::Digits)] {
            for phrase in list {
                let path = self.path_of(phrase, false);
                let alias = MoneyAlias { unit, before: false, after: true, guard, scale: one };
                self.tables.money_words.insert(path.into_iter(), alias);
            }
        }
        if row.minor.is_empty() && row.minor_symbols.is_empty() {
            return;
        }
        let name = row.minor_name.unwrap_or_else(|| format!("{} minor", row.code));
        let minor = self.entry(&name, &dimension, Decimal::new(1, 2), Decimal::ZERO);
        let alias = MoneyAlias { unit: minor, before: false, after: true, guard: Guard::Free, scale: one };
        for phrase in &row.minor {
            let path = self.path_of(phrase, false);
            self.tables.money_words.insert(path.into_iter(), alias);
        }
        for phrase in &row.minor_symbols {
            let path = self.path_of(phrase, true);
            let guard = Guard::Tight;
            self.tables.money_symbols.insert(path.into_iter(), MoneyAlias { guard, ..alias });
        }
    }

    /// "twentyfive", "thirtyfirst": tens and units of the tables written as one word.
    fn join_tens(&mut self) {
        let senses = &self.tables.senses;
        let of_number = |id: u32| senses[id as usize].cardinal.is_some() || senses[id as usize].ordinal.is_some();
        let words = self.tables.vocabulary.sorted(of_number);
        let small = |v: u32| (1..10).contains(&v);
        let mut tens = Vec::new();
        let mut units = Vec::new();
        for (word, id) in words {
            let s = &self.tables.senses[id as usize];
            match s.cardinal {
                Some(v) if (20..100).contains(&v) => tens.push((word, v)),
                Some(v) if small(v) => units.push((word, v, false)),
                _ => {
                    if let Some(v) = s.ordinal.and_then(|o| u32::try_from(o).ok()).filter(|v| small(*v)) {
                        units.push((word, v, true));
                    }
                }
            }
        }
        for (ten, base) in &tens {
            for (unit, value, ordinal) in &units {
                let value = base + value;
                let sense = self.sense(&format!("{ten}{unit}"));
                if *ordinal {
                    sense.ordinal = Some(Decimal::from(value));
                } else {
                    sense.cardinal = Some(value);
                }
            }
        }
    }

    /// The sense of a single word, to be filled in.
    fn sense(&mut self, text: &str) -> &mut Sense {
        let id = self.intern(text);
        &mut self.tables.senses[id as usize]
    }

    fn number(&mut self, row: NumberRow) {
        use NumberKind as K;
        let name = row.words.first().cloned().unwrap_or_default();
        let needed = matches!(
            row.kind,
            K::Cardinal
                | K::Ordinal
                | K::Scale
                | K::Suffix
                | K::MoneySuffix
                | K::Fraction
                | K::Multiple
                | K::Multiplier
                | K::Vague
        );
        if row.kind == K::Relative {
            return self.relative(&name, &row);
        }
        let value = match (&row.value, needed) {
            (Some(v), true) => self.decimal(&name, &v.clone()),
            (None, false) => Decimal::ONE,
            (None, true) => return self.fault(&format!("row `{name}`: a `value` is needed")),
            (Some(_), false) => return self.fault(&format!("row `{name}`: a `value` has no meaning here")),
        };
        for text in &row.words {
            if row.kind == K::Noun {
                let id = self.intern(text);
                let singular = row.singular.clone().unwrap_or_else(|| text.clone());
                self.tables.singulars.insert(id, singular.into());
            }
            let sense = self.sense(text);
            match row.kind {
                K::Cardinal => sense.cardinal = u32::try_from(value).ok(),
                K::Ordinal => sense.ordinal = Some(value),
                K::Scale => sense.scale = Some(value),
                K::Suffix => sense.suffix = Some(value),
                K::MoneySuffix => sense.money_suffix = Some(value),
                K::Fraction => sense.fraction = Some(value),
                K::Multiple => sense.multiple = Some(value),
                K::Multiplier => sense.multiplier = Some(value),
                K::Vague => sense.vague = Some(value),
                K::Label => sense.role.label = true,
                K::Stop => sense.role.stop = true,
                K::Filler => sense.role.filler = true,
                K::Noun => sense.role.plural = true,
                K::Per => sense.role.per = true,
                K::Comparison => sense.role.comparison = true,
                K::Name => sense.role.name = true,
                K::Numbered => sense.role.numbered = true,
                K::Street => sense.role.street = true,
                K::Change => sense.role.change = true,
                K::Auxiliary => sense.role.auxiliary = true,
                K::Relative => {} // read above
            }
        }
    }

    /// A row whose value is `end-1` or `current+1`.
    fn relative(&mut self, name: &str, row: &NumberRow) {
        let value = row.value.as_deref().unwrap_or_default();
        let place = if let Some(by) = value.strip_prefix("end") {
            by.parse().ok().filter(|by| *by <= 0).map(|by| Place { origin: Origin::End, by })
        } else {
            value.strip_prefix("current").and_then(|by| by.parse().ok()).map(|by| Place { origin: Origin::Here, by })
        };
        if place.is_none() {
            return self.fault(&format!("row `{name}`: `{value}` is not a place like `end-1` or `current+1`"));
        }
        for text in &row.words {
            self.sense(text).place = place;
        }
    }

    fn bound(&mut self, row: BoundRow) {
        let Some(bound) = Bound::parse(&row.bound) else {
            let known: Vec<&str> = Bound::ALL.iter().map(|b| b.name()).collect();
            return self.fault(&format!("unknown bound `{}`: one of {}", row.bound, known.join(", ")));
        };
        let duration = match row.dimension.as_deref() {
            None => false,
            Some("duration") => true,
            Some(other) => return self.fault(&format!("bounds are limited to `duration` only, not `{other}`")),
        };
        let payload = BoundUse { bound, duration, weak: row.weak };
        for phrase in &row.before {
            let path = self.path_of(phrase, false);
            self.tables.bounds_before.insert(path.into_iter().rev(), payload);
        }
        for phrase in &row.after {
            let path = self.path_of(phrase, false);
            self.tables.bounds_after.insert(path.into_iter(), payload);
        }
    }

    fn calendar(&mut self, row: CalendarRow) {
        use CalendarKind as K;
        let name = row.words.first().cloned().unwrap_or_default();
        let value = row.value.as_deref().unwrap_or_default();
        let number = value.parse::<i32>().ok();
        let small = number.and_then(|n| i8::try_from(n).ok());
        let grain_of = |value: &str| match value {
            "second" => Some(Grain::Second),
            "minute" => Some(Grain::Minute),
            "hour" => Some(Grain::Hour),
            "day" => Some(Grain::Day),
            "week" => Some(Grain::Week),
            "weekend" => Some(Grain::Weekend),
            "month" => Some(Grain::Month),
            "quarter" => Some(Grain::Quarter),
            "year" => Some(Grain::Year),
            "decade" => Some(Grain::Decade),
            "century" => Some(Grain::Century),
            _ => None,
        };
        let grain = grain_of(value);
        let every = value.split_once(' ').and_then(|(n, g)| Some((n.parse::<u8>().ok()?, grain_of(g)?)));
        let daypart = match value {
            "morning" => Some(Daypart::Morning),
            "noon" => Some(Daypart::Noon),
            "afternoon" => Some(Daypart::Afternoon),
            "evening" => Some(Daypart::Evening),
            "night" => Some(Daypart::Night),
            _ => None,
        };
        let part_of = |value: &str| match value {
            "early" => Some(Part::Early),
            "mid" => Some(Part::Mid),
            "late" => Some(Part::Late),
            "start" => Some(Part::Start),
            "end" => Some(Part::End),
            _ => None,
        };
        let part = part_of(value);
        let edge = value.split_once(' ').and_then(|(p, g)| Some((part_of(p)?, grain_of(g)?)));
        let slot = match value {
            "at" => Some(Slot::At),
            "since" => Some(Slot::Since),
            "by" => Some(Slot::By),
            "before" => Some(Slot::Before),
            "after" => Some(Slot::After),
            _ => None,
        };
        let fits = match row.kind {
            K::Month => small.is_some_and(|n| (1..=12).contains(&n)),
            K::Weekday => small.is_some_and(|n| (1..=7).contains(&n)),
            K::Season => small.is_some_and(|n| (21..=24).contains(&n)),
            K::Day | K::Shift | K::Offset | K::Decade | K::Vague => small.is_some(),
            K::Grain => grain.is_some(),
            K::Part => part.is_some(),
            K::Slot => slot.is_some(),
            K::Daypart => daypart.is_some(),
            K::Zone => row.value.is_none() || number.is_some_and(|n| n.abs() < 24 * 60),
            K::Every => every.is_some(),
            K::Edge => edge.is_some(),
            K::Holiday => holiday(value).is_some(),
            K::Future | K::Hoped | K::Gone | K::Lead => row.value.is_none(),
        };
        if !fits {
            return self.fault(&format!("row `{name}`: `{value}` is not a value of this kind"));
        }
        if let (K::Holiday, Some(holiday)) = (row.kind, holiday(value)) {
            for phrase in &row.words {
                let path = self.path_of(phrase, false);
                if let Some(first) = path.first() {
                    self.tables.senses[*first as usize].role.holiday = true;
                }
                self.tables.holidays.insert(path.into_iter(), holiday);
            }
            return;
        }
        for text in &row.words {
            let sense = self.sense(text);
            sense.role.ambiguous |= row.ambiguous;
            match row.kind {
                K::Holiday => {}
                K::Month => sense.month = small,
                K::Weekday => sense.weekday = small,
                K::Season => sense.season = small,
                K::Grain => sense.grain = grain,
                K::Day => sense.day = number,
                K::Shift => sense.shift = number,
                K::Part => sense.part = part,
                K::Daypart => sense.daypart = daypart,
                K::Slot => {
                    sense.slot = slot;
                    sense.role.lead = true;
                }
                K::Lead => sense.role.lead = true,
                K::Zone => {
                    sense.role.zone = true;
                    sense.zone = number.and_then(|n| i16::try_from(n).ok());
                }
                K::Every => sense.every = every,
                K::Edge => sense.edge = edge,
                K::Future => sense.role.future = true,
                K::Hoped => sense.role.hoped = true,
                K::Gone => sense.role.gone = true,
                K::Vague => sense.about = number,
                K::Decade => sense.decade = small.map(i16::from),
                K::Offset => sense.offset = number,
            }
        }
    }
}

/// The rule of a holiday as it is written: `12-25`, `11 thu 4 +1` (the day behind the fourth Thursday of November),
/// `easter -2`, `orthodox +50`, `chinese +14`, `hebrew 3-25 8` (eight days from 25 Kislev, and the eve),
/// `islamic 12-10`, `islamic 9-1 month`, `hindu 7-30 evening` (where the last tithi of Ashvin rules in the evening),
/// `hindu 12-16 afternoon -1`, `hindu 7-1 dawn 9` (nine days), `sign 9 -1` (the day before the sun enters Capricorn).
fn holiday(value: &str) -> Option<Holiday> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let plus = |at: usize| words.get(at).map_or(Some(0), |w| w.parse::<i16>().ok());
    match *words.first()? {
        "easter" => Some(Holiday::Easter { plus: plus(1)?, orthodox: false }),
        "orthodox" => Some(Holiday::Easter { plus: plus(1)?, orthodox: true }),
        "chinese" => Some(Holiday::Chinese { plus: plus(1)? }),
        "sign" => {
            let sign = words.get(1)?.parse().ok().filter(|s| (0..12).contains(s))?;
            Some(Holiday::Sign { sign, plus: plus(2)? })
        }
        calendar @ ("hebrew" | "islamic" | "hindu") => {
            let (month, day) = words.get(1)?.split_once('-')?;
            let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
            let day = day.parse().ok().filter(|d| (1..=30).contains(d))?;
            if calendar == "hindu" {
                let hour = match *words.get(2)? {
                    "dawn" => Hour::Dawn,
                    "forenoon" => Hour::Forenoon,
                    "noon" => Hour::Noon,
                    "afternoon" => Hour::Afternoon,
                    "sunset" => Hour::Sunset,
                    "evening" => Hour::Evening,
                    "midnight" => Hour::Midnight,
                    _ => return None,
                };
                let count = words.get(3).filter(|w| !w.starts_with(['+', '-']));
                let days = count.map_or(Some(1), |n| n.parse().ok().filter(|n| (1..=30).contains(n)))?;
                let plus = if count.is_none() { plus(3)? } else { 0 };
                return Some(Holiday::Hindu { month, tithi: day, hour, plus, days });
            }
            let days = match words.get(2) {
                None => Some(1),
                Some(&"month") if calendar == "islamic" => None,
                Some(n) => Some(n.parse().ok().filter(|n| (1..=30).contains(n))?),
            };
            match calendar {
                "hebrew" => Some(Holiday::Hebrew { month, day, days: days? }),
                _ => Some(Holiday::Islamic { month, day, days }),
            }
        }
        _ if words.len() == 1 => {
            let (month, day) = value.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            // A leap year holds every day that a year can have.
            jiff::civil::Date::new(2024, month, day).ok().map(|_| Holiday::Fixed { month, day })
        }
        month => {
            let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
            let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let weekday = days.iter().position(|d| words.get(1) == Some(d)).and_then(|p| i8::try_from(p + 1).ok())?;
            let place = match *words.get(2)? {
                "last" => -1,
                n => n.parse().ok().filter(|n| (1..=5).contains(n))?,
            };
            Some(Holiday::Nth { month, weekday, place, plus: plus(3)? })
        }
    }
}
