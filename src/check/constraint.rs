//! Runs the checks that state a formula: finds the claims for each role, evaluates over exact intervals.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::rule::{Bind, CheckRule, Constraint, Operand, Order, Outcome, Role, evaluate, pieces};
use crate::value::{self, Interval, Quantity, Shape, Value, date_words, quantity_words, weekday_name};

use super::equation::Equation;
use super::order::{End, alike, pairs};
use super::place::{Ground, Place, headers, places};
use super::series::summed;
use super::{CheckContext, Checks, NotChecked};

/// Most bindings of one place that are listed as not checked; more are no sign of a consistency constraint.
const BINDINGS: usize = 12;
/// Words between the figures of one statement within a sentence.
const APART: usize = 10;
/// The attribute of how long somebody has lived.
const AGE: &str = "age";
/// Fewest parts that make a whole.
const PARTS: usize = 2;
/// Digits of a year.
const YEAR: usize = 4;
/// The lexicon of words that hand over to what somebody says.
const SPEECH: &str = "speech-verbs";

/// A check and what it is run on.
struct ConstraintRun<'a> {
    context: &'a CheckContext<'a>,
    form: &'a Constraint,
}

/// What came of one place, before it is reported.
struct PlaceOutcome<'r> {
    source: u32,
    ground: Ground,
    equation: Equation<'r>,
}

/// Why a place gives no verdict.
enum Refusal {
    /// Some role has nothing: the form is not there.
    Absent,
    /// The form is there, and what it would rest on, and why it was not evaluated.
    Unclear(Vec<u32>, String),
}

/// What is bound to each role.
type Bound<'r> = BTreeMap<&'r str, Vec<End>>;

/// Runs one check over every place that its `bind` names.
pub(super) fn run(context: &CheckContext<'_>, rule: &CheckRule, form: &Constraint, found: &mut Checks) {
    let run = ConstraintRun { context, form };
    let mut verdicts = Vec::new();
    for place in places(context, form) {
        match run.judge(&place) {
            Ok(verdict) => verdicts.push(verdict),
            Err(Refusal::Absent) => {}
            Err(Refusal::Unclear(claims, reason)) => {
                found.not_checked.push(NotChecked { rule: rule.head.id.clone(), claims, reason });
            }
        }
    }
    run.doubt(&mut verdicts);
    verdicts.into_iter().for_each(|verdict| verdict.equation.settle(context, rule, found));
}

/// Whether a figure is a count as stated, to the last one.
fn counted(quantity: &Quantity) -> bool {
    let whole = quantity.step == Decimal::ONE && quantity.number.is_some_and(|n| n.fract().is_zero());
    quantity.shape == Shape::Number && quantity.bound == value::Bound::Exact && whole
}

impl<'r> ConstraintRun<'r> {
    fn judge(&self, place: &Place) -> Result<PlaceOutcome<'r>, Refusal> {
        let bound = self.bind(place)?;
        let mut operands = BTreeMap::new();
        for (name, role) in &self.form.roles {
            let ends = bound.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            let operand = if role.is_items() {
                self.items(place)
            } else if role.many {
                ends.iter().map(|&end| self.operand(role, end)).collect::<Option<Vec<_>>>().map(Operand::List)
            } else {
                ends.first().and_then(|&end| self.operand(role, end))
            };
            operands.insert(name.clone(), operand.ok_or(Refusal::Absent)?);
        }
        let parts = bound.iter().filter_map(|(name, ends)| match ends.as_slice() {
            [end] => Some(((*name).to_owned(), self.part(&self.form.roles[*name], *end)?)),
            _ => None,
        });
        let parts = parts.collect();
        let outcome = evaluate(&self.form.holds, &operands);
        let formula = &self.form.holds.source;
        let because = match &outcome {
            Outcome::Holds { left, right } if left == right => format!("{formula}: both {left}"),
            Outcome::Holds { left, right } => format!("{formula}: {left} and {right}"),
            Outcome::Fails { left, right } => format!("{formula}: {left} against {right}"),
            Outcome::Undecidable(_) => String::new(),
        };
        let equation = Equation { roles: self.roles(&bound), outcome, because, parts };
        Ok(PlaceOutcome { source: place.source, ground: place.ground.clone(), equation })
    }

    /// The words for what a role takes of a claim; `None` where it takes all.
    fn part(&self, role: &Role, end: End) -> Option<String> {
        match (&self.context.claim(end.claim()).value, end) {
            (Value::Time(t), _) if role.is_weekday() => t.weekday.map(|day| weekday_name(day).to_owned()),
            (_, End::Whole(_)) => None,
            (Value::Quantity(q), _) => Some(quantity_words(&end.figure(q))),
            (Value::Time(t), End::Low(_)) => Some(date_words(t.edges().0)),
            (Value::Time(t), End::High(_)) => Some(date_words(t.edges().1)),
            (Value::Text(_), _) => None,
        }
    }

    /// Settles what each role stands for, or why that cannot be determined.
    fn bind(&self, place: &Place) -> Result<Bound<'r>, Refusal> {
        let mut candidates = self.candidates(place);
        let mut bound = Bound::new();
        self.in_order(&mut candidates, &mut bound)?;
        for (name, role) in self.form.roles.iter().filter(|(_, r)| !r.is_items()) {
            if bound.contains_key(name.as_str()) {
                continue;
            }
            let groups = candidates.remove(name.as_str()).unwrap_or_default();
            if groups.is_empty() || role.many && groups.len() < PARTS {
                return Err(Refusal::Absent);
            }
            if !role.many && groups.len() > 1 {
                let all = groups.iter().chain(candidates.values().flatten());
                let others: usize = candidates.values().map(|g| g.len().max(1)).product();
                let claims = all.filter_map(|g| g.first().copied()).collect();
                return Err(self.several(claims, groups.len().saturating_mul(others)));
            }
            let claims = if role.many { groups.into_iter().flatten().collect() } else { groups[0].clone() };
            bound.insert(name, claims.into_iter().map(End::Whole).collect());
        }
        self.whole(place, &bound)?;
        self.one_unit(&bound)?;
        self.one_time(&bound)?;
        self.one_statement(place, &bound)?;
        self.unless(&bound)?;
        Ok(bound)
    }

    /// The claims that fit each role, grouped by equal value where prose may say one thing twice. A claim that fits a
    /// role by a word beside or above it goes to no role that asks for none.
    fn candidates(&self, place: &Place) -> BTreeMap<&'r str, Vec<Vec<u32>>> {
        let stated = |role: &Role| role.cue.is_some() || role.header.is_some();
        let of = |role: usize| place.members.iter().filter(move |(_, roles)| roles.has(role)).map(|(m, _)| *m);
        let roles = || self.form.roles.iter().enumerate().map(|(at, (name, role))| (at, name, role));
        let taken: BTreeSet<u32> = roles().filter(|(.., r)| stated(r)).flat_map(|(at, ..)| of(at)).collect();
        let prose = !matches!(self.form.bind, Bind::Row | Bind::Column | Bind::List);
        let mut out = BTreeMap::new();
        for (at, name, role) in roles().filter(|(.., r)| !r.is_items()) {
            let mut groups: Vec<Vec<u32>> = Vec::new();
            let mut by_value: BTreeMap<String, usize> = BTreeMap::new();
            // What is stated by its word may still be an end of a change: "from 4 % to 5 %, up 25 %" has three per cents.
            for m in of(at).filter(|m| stated(role) || role.order.is_some() || !taken.contains(m)) {
                let value = crate::compare::shown(&self.context.claim(m).value);
                match by_value.get(&value) {
                    Some(&group) if prose && !role.many => groups[group].push(m),
                    _ => {
                        by_value.insert(value, groups.len());
                        groups.push(vec![m]);
                    }
                }
            }
            out.insert(name.as_str(), groups);
        }
        out
    }

    /// Settles the roles that are told apart by order, and takes their claims from the others.
    fn in_order(&self, candidates: &mut BTreeMap<&str, Vec<Vec<u32>>>, bound: &mut Bound<'r>) -> Result<(), Refusal> {
        let of = |order: Order| self.form.roles.iter().find(|(_, r)| r.order == Some(order)).map(|(n, _)| n.as_str());
        let (Some(earlier), Some(later)) = (of(Order::Earlier), of(Order::Later)) else { return Ok(()) };
        let mut groups = candidates.remove(earlier).unwrap_or_default();
        groups.extend(candidates.remove(later).unwrap_or_default());
        groups.sort_unstable();
        groups.dedup();
        let dates = |g: &Vec<u32>| matches!(self.context.claim(g[0]).value, Value::Time(_));
        let found = if groups.iter().all(dates) {
            self.dates(&mut groups)
        } else {
            let flat: Vec<u32> = groups.into_iter().flatten().collect();
            pairs(self.context, self.form.bind, &flat)
        };
        let [(old, new)] = found.as_slice() else {
            // Without anything for the other roles the form is not there at all.
            return Err(match found.as_slice() {
                [] => Refusal::Absent,
                _ if candidates.values().any(Vec::is_empty) => Refusal::Absent,
                many => self.several(many.iter().map(|(old, _)| old.claim()).collect(), many.len()),
            });
        };
        for groups in candidates.values_mut() {
            groups.retain(|g| !g.contains(&old.claim()) && !g.contains(&new.claim()));
        }
        bound.insert(earlier, vec![*old]);
        bound.insert(later, vec![*new]);
        Ok(())
    }

    /// Exactly two dates, or one span of dates that has both ends.
    fn dates(&self, groups: &mut [Vec<u32>]) -> Vec<(End, End)> {
        let time = |at: u32| match &self.context.claim(at).value {
            Value::Time(t) => Some(t),
            Value::Quantity(_) | Value::Text(_) => None,
        };
        groups.sort_by_key(|g| time(g[0]).and_then(|t| t.earliest));
        match groups {
            // "from May 2025 to March 2026"
            [one] if time(one[0]).is_some_and(|t| t.ends().is_some()) => vec![(End::Low(one[0]), End::High(one[0]))],
            // Over a whole document two dates of one kind of event are two events.
            [a, b]
                if self.form.bind == Bind::Document
                    && self.context.claim(a[0]).family == self.context.claim(b[0]).family =>
            {
                Vec::new()
            }
            // "By late Thursday he had packed to leave on Friday": days of the week that no "from" joins are of two things.
            [a, b] if self.is_inferred(a[0]) || self.is_inferred(b[0]) => Vec::new(),
            [a, b] => vec![(End::Whole(a[0]), End::Whole(b[0]))],
            _ => Vec::new(),
        }
    }

    /// Whether a date was worked out from words alone: "Friday", "last year".
    fn is_inferred(&self, at: u32) -> bool {
        let claim = self.context.claim(at);
        matches!(&claim.value, Value::Time(t) if t.relative) && !self.context.is_numbered(claim)
    }

    fn several(&self, claims: Vec<u32>, bindings: usize) -> Refusal {
        if bindings > BINDINGS {
            return Refusal::Absent;
        }
        Refusal::Unclear(claims, format!("{bindings} possible bindings"))
    }

    /// A role that is many takes all parts there are: what is left over would make every sum wrong.
    fn whole(&self, place: &Place, bound: &Bound<'_>) -> Result<(), Refusal> {
        let Some((name, parts)) = bound.iter().find(|(n, _)| self.form.roles[**n].many) else {
            return self.flat(place);
        };
        let (Some(layout), segments) =
            (self.context.layouts.get(place.source as usize), &self.context.segments[place.source as usize])
        else {
            return Ok(());
        };
        let claims: Vec<u32> = parts.iter().map(|e| e.claim()).collect();
        let refuse = |why: &str| Err(Refusal::Unclear(claims.clone(), why.to_owned()));
        let at = |claim: u32| self.context.segment_of(self.context.claim(claim));
        let mut figures: BTreeMap<usize, usize> = BTreeMap::new();
        claims.iter().filter_map(|&c| at(c)).for_each(|segment| *figures.entry(segment).or_default() += 1);
        let held = |segment: usize| figures.get(&segment).copied().unwrap_or_default();
        let cells = match place.ground {
            Ground::Row(table, row) => layout.rows.get(&(table, row)),
            Ground::Column(table, column) => layout.columns.get(&(table, column)),
            Ground::List(list) => {
                self.flat(place)?;
                let whole = layout.lists[list].items.iter().all(|i| i.iter().map(|s| held(*s)).sum::<usize>() == 1);
                return if whole { Ok(()) } else { refuse("not every item has exactly one figure") };
            }
            Ground::Series(series) => {
                return layout.series.all[series].judge(self.context).map_err(|why| match why {
                    Some(why) => Refusal::Unclear(claims.clone(), why.to_owned()),
                    None => Refusal::Absent,
                });
            }
            Ground::Segment(_) | Ground::Whole => return Ok(()),
        };
        let others: Vec<usize> = bound
            .iter()
            .filter(|(n, _)| n != &name)
            .flat_map(|(_, e)| e.iter().filter_map(|e| at(e.claim())))
            .collect();
        let text = self.context.text(place.source);
        let mut rest = Vec::new();
        for &cell in cells.into_iter().flatten().filter(|c| !others.contains(c)) {
            let empty = segments[cell].span.of(text).chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | ' '));
            match held(cell) {
                1 => rest.push(cell),
                0 if empty => {}
                _ => return refuse("a cell has no figure, several figures, or a figure in another unit"),
            }
        }
        let between = others.iter().any(|o| rest.first() < Some(o) && Some(o) < rest.last());
        if between { refuse("their total stands between them") } else { Ok(()) }
    }

    fn flat(&self, place: &Place) -> Result<(), Refusal> {
        let list = match (&place.ground, self.context.layouts.get(place.source as usize)) {
            (Ground::List(list), Some(layout)) => &layout.lists[*list],
            _ => return Ok(()),
        };
        if list.flat {
            return Ok(());
        }
        Err(Refusal::Unclear(
            place.members.iter().map(|(m, _)| *m).collect(),
            "the list contains another list".to_owned(),
        ))
    }

    /// What the formula adds or compares has to have one unit.
    fn one_unit(&self, bound: &Bound<'_>) -> Result<(), Refusal> {
        for group in &self.form.holds.alike {
            let ends = || group.iter().filter_map(|name| bound.get(name.as_str())).flatten();
            let quantities: Vec<&Quantity> = ends()
                .filter_map(|e| match &self.context.claim(e.claim()).value {
                    Value::Quantity(q) => Some(q),
                    _ => None,
                })
                .collect();
            // "52 passengers and 12 crew": the parts of a whole are counted by names of their own.
            let fits = if self.form.bind == Bind::Series { summed } else { alike };
            if quantities.windows(2).any(|w| !fits(w[0], w[1])) {
                return Err(Refusal::Absent);
            }
        }
        Ok(())
    }

    /// In a row, a column whose head names a year that heads neither of the two compared tells of another time: "Change since
    /// 1991" beside 2011 and 2021.
    fn one_time(&self, bound: &Bound<'_>) -> Result<(), Refusal> {
        if self.form.bind != Bind::Row {
            return Ok(());
        }
        let (mut compared, mut others) = (BTreeSet::new(), BTreeSet::new());
        for (name, ends) in bound {
            let years = if self.form.roles[*name].order.is_some() { &mut compared } else { &mut others };
            for end in ends {
                for head in headers(self.context, Bind::Row, self.context.claim(end.claim())) {
                    let year = |w: &&str| w.len() == YEAR && w.bytes().all(|b| b.is_ascii_digit());
                    years.extend(pieces(head).into_iter().filter(year));
                }
            }
        }
        if compared.is_empty() || others.is_subset(&compared) {
            return Ok(());
        }
        let claims = bound.values().flatten().map(|e| e.claim()).collect();
        Err(Refusal::Unclear(claims, "a column heading names another year".to_owned()))
    }

    /// In a sentence that orders its figures, they stand close together, with no word between them that begins another
    /// statement.
    fn one_statement(&self, place: &Place, bound: &Bound<'_>) -> Result<(), Refusal> {
        let ordered = |dates: bool| {
            let date = |r: &Role| matches!(r.shape, Some(crate::value::Shape::Date));
            self.form.roles.values().any(|r| r.order.is_some() && date(r) == dates)
        };
        if matches!(place.ground, Ground::Segment(_)) && ordered(true) {
            return self.one_stretch(bound);
        }
        if !matches!(place.ground, Ground::Segment(_)) || !ordered(false) {
            return Ok(());
        }
        let mut claims: Vec<&Claim> = bound.values().flatten().map(|e| self.context.claim(e.claim())).collect();
        claims.sort_unstable_by_key(|c| c.value_span);
        let Some(sentence) = claims.first().and_then(|c| self.context.sentence(c)) else { return Err(Refusal::Absent) };
        for pair in claims.windows(2).filter(|w| w[0].value_span.end < w[1].value_span.start) {
            let between = sentence.cut(pair[0].value_span.end, pair[1].value_span.start);
            if !between.one_statement(APART, &[]) || between.another(SPEECH, &[]) {
                return Err(Refusal::Absent);
            }
        }
        Ok(())
    }

    /// A length of time is that from one date to the other if nothing but a comma, "after", "lasted" and the like parts it
    /// from them: with a verb of its own it is that of something else.
    fn one_stretch(&self, bound: &Bound<'_>) -> Result<(), Refusal> {
        let claim = |e: &End| self.context.claim(e.claim());
        let date = |e: &End| matches!(claim(e).value, Value::Time(_));
        let (dates, lengths): (Vec<&End>, Vec<&End>) = bound.values().flatten().partition(|e| date(e));
        let Some(sentence) = dates.first().and_then(|e| self.context.sentence(claim(e))) else { return Ok(()) };
        let before = |e: &End| sentence.cut(claim(e).span.start, claim(e).value_span.start);
        // "A period of 31 days (Norvik 1984)": a year in brackets is that of what is cited there.
        let bracketed = |e: &End| {
            let before = before(e).text();
            before.matches('(').count() > before.matches(')').count()
        };
        // "A 1960 law": the year of the law.
        let of_noun = |e: &End| {
            let year = self.context.words(claim(e)).bytes().all(|b| b.is_ascii_digit());
            year && matches!(before(e).last(), "a" | "an" | "the")
        };
        let cited = dates.iter().any(|d| bracketed(d)) && !lengths.iter().all(|l| bracketed(l));
        if cited || dates.iter().any(|d| of_noun(d)) {
            return Err(Refusal::Absent);
        }
        for length in lengths {
            let own = claim(length).value_span;
            let gap = |e: &&End| {
                let other = claim(e).value_span;
                sentence.cut(own.min(other).end, own.max(other).start)
            };
            let Some(gap) = dates.iter().map(gap).min_by_key(|g| g.text().len()) else { continue };
            let word = |at: usize| gap.slice(at, at + 1);
            let words = gap.len();
            // "Held that office for": behind such a verb no other statement begins without one of its own.
            let held = (0..words).find(|&at| word(at).holds("lasting", Some("lasts"))).unwrap_or(words);
            // "And thus lasted": what follows from the dates is no other statement.
            let follows = |at: usize| matches!(word(at + 1).first(), "thus" | "so" | "hence" | "therefore");
            let parts = |at: usize| {
                let begins = word(at).holds("clauses", None) || word(at).holds(SPEECH, None);
                let begins = begins && at < held && !follows(at);
                !word(at).holds("lasting", None) && (begins || word(at).verb())
            };
            // "After 40 years of debate", "at the age of 79": a length of something else.
            let behind = sentence.cut(own.end, claim(length).span.end);
            let other = behind.text().starts_with(" of ") || claim(length).family == AGE;
            if other || words > APART || gap.has(&[';']) || (0..words).any(parts) {
                return Err(Refusal::Absent);
            }
        }
        Ok(())
    }

    /// Terms beside which the form is not what is meant, in what is bound and in all headers over it.
    fn unless(&self, bound: &Bound<'_>) -> Result<(), Refusal> {
        let Some(cue) = &self.form.unless else { return Ok(()) };
        let claims: Vec<u32> = bound.values().flatten().map(|e| e.claim()).collect();
        for &at in &claims {
            let claim = self.context.claim(at);
            let own = claim.span.of(self.context.text(claim.source));
            let listed = matches!(self.form.bind, Bind::Row | Bind::Column | Bind::List).then_some(Bind::List);
            let above =
                [Bind::Row, Bind::Column].into_iter().chain(listed).flat_map(|bind| headers(self.context, bind, claim));
            let met = |text: &str| self.context.met(cue, text);
            if let Some(word) = std::iter::once(own).chain(above).find_map(met) {
                return Err(Refusal::Unclear(claims, format!("“{word}” may mean something else (`{}`)", cue.lexicon)));
            }
        }
        Ok(())
    }

    fn items(&self, place: &Place) -> Option<Operand> {
        let Ground::List(list) = place.ground else { return None };
        let layout = self.context.layouts.get(place.source as usize)?;
        let text = self.context.text(place.source);
        let segments = &self.context.segments[place.source as usize];
        let words =
            |item: &Vec<usize>| Operand::Text(item.first().map_or("", |&s| segments[s].span.of(text)).to_owned());
        let items: Vec<Operand> = layout.lists[list].items.iter().map(words).collect();
        (items.len() >= PARTS).then_some(Operand::List(items))
    }

    fn operand(&self, role: &Role, end: End) -> Option<Operand> {
        let dates = |(earliest, latest)| Operand::Dates { earliest, latest };
        match (&self.context.claim(end.claim()).value, end) {
            // Things counted in a sentence are counted one by one: "three" is no two and a half.
            (Value::Quantity(q), End::Whole(_)) if self.form.bind == Bind::Series && counted(q) => {
                role.interval(q)?;
                q.number.map(|n| Operand::Interval(Interval::point(n)))
            }
            (Value::Quantity(q), _) => role.interval(&end.figure(q)).map(Operand::Interval),
            (Value::Time(t), _) if role.is_weekday() => Some(Operand::Weekday(t.weekday?)),
            (Value::Time(t), End::Low(_)) => t.ends().map(|(from, _)| dates(from)),
            (Value::Time(t), End::High(_)) => t.ends().map(|(_, to)| dates(to)),
            (Value::Time(t), End::Whole(_)) => Some(Operand::Dates { earliest: t.earliest?, latest: t.latest? }),
            (Value::Text(words), _) => Some(Operand::Text(words.clone())),
        }
    }

    /// The claims of each role: first the one that is checked against the others, which is the first that is neither stated
    /// by order nor many. Prose may say one thing twice: then the first.
    fn roles(&self, bound: &Bound<'r>) -> Vec<(&'r str, Vec<u32>)> {
        let many = |name: &str| self.form.roles[name].many;
        let leads = |name: &str| self.form.roles[name].order.is_none() && !many(name);
        let mut out: Vec<(&'r str, Vec<u32>)> = Vec::new();
        for (name, ends) in bound {
            let most = if many(name) { ends.len() } else { 1 };
            out.push((*name, ends.iter().take(most).map(|e| e.claim()).collect()));
        }
        if let Some(lead) = out.iter().position(|(name, _)| leads(name)) {
            out[..=lead].rotate_right(1);
        }
        out
    }

    /// Columns of one table share their rows. If several were added up and none fits, the rows are no parts of a whole
    /// (ages beside sexes, say), and nothing is wrong with any of them. A form that has to be supported fails nowhere in a
    /// table in which it holds nowhere: its heads may stand over other things there.
    fn doubt(&self, verdicts: &mut [PlaceOutcome<'_>]) {
        let table = |v: &PlaceOutcome<'_>| match v.ground {
            Ground::Column(table, _) => Some((v.source, table)),
            Ground::Row(table, _) if self.form.needs_support => Some((v.source, table)),
            _ => None,
        };
        let mut tally: BTreeMap<(u32, u32), (usize, bool)> = BTreeMap::new();
        for verdict in verdicts.iter() {
            let Some(table) = table(verdict) else { continue };
            let entry = tally.entry(table).or_default();
            entry.0 += 1;
            entry.1 |= matches!(verdict.equation.outcome, Outcome::Holds { .. });
        }
        for verdict in verdicts {
            let alone = self.form.needs_support;
            let doubtful = table(verdict).and_then(|t| tally.get(&t)).is_some_and(|(n, any)| (*n > 1 || alone) && !any);
            if doubtful && matches!(verdict.equation.outcome, Outcome::Fails { .. }) {
                let where_else = if self.form.bind == Bind::Row { "row" } else { "column" };
                verdict.equation.outcome = Outcome::Undecidable(format!("no {where_else} of the table supports it"));
            }
        }
    }
}
