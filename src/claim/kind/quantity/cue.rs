//! Attributes that a rule knows by a noun or a verb beside the figure: "revenue of 3 million", "killed 12 people".
//!
//! Of several cues the one that the fewest words part from the figure is taken, unless it is another figure's: a cue
//! between two figures is of the nearer one. What a figure is changed by ("rose by 3 million") is not what it has, and
//! what it is measured against ("from 3 million", "compared with 3 million") is of another time.

use rust_decimal::Decimal;

use crate::claim::attach::Manner;
use crate::claim::kind::word::{content, verb_at};
use crate::claim::view::DocumentView;
use crate::language::Label;
use crate::mention::{ItemKind, Pronoun, Sentence};
use crate::rule::{EntityType, ExtractRule, Lookup, LookupRow, Term, Terms, Words};
use crate::text::{Span, content_lemma, fold_words, lemmas, tokenise};
use crate::value::Shape;

use super::counted::{fits, people};
use super::figure::{Figure, lead, past_aside};
use super::role::{beaten, changed, measured_against, of_change, restated};

/// What a rule is counted by that takes every rate.
const ANY_RATE: &str = "any";

/// The lexicon of all cues; no file can have this id.
const CUES: &str = "#cues";

/// Furthest noun before a figure, in tokens between them.
const NOUN_BEFORE: usize = 9;

/// Furthest verb before or behind a figure.
const VERB: usize = 5;

/// Most words of a cue.
const LONGEST: usize = 5;

/// What it costs to look past another figure: "killed 12 people in the north and 30 in the south".
const PAST_FIGURE: usize = 6;

/// What it costs a cue to be the counted noun: "killed 12 workers" tells of deaths, "has 12 workers" of a staff.
const COUNTED: usize = 3;

/// The same where it counts people, who can have been killed far before: "killed 12 guests and 3 workers".
const PEOPLE: usize = 8;

/// What it costs a verb behind a figure that "and" parts them: "ails 12 children and kills".
const JOINED: usize = 2;

/// What part of speech a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Noun,
    Verb,
}

impl Part {
    /// The class of its rows: cues for figures of one shape do not hide those of another, nor cues of one dimension or
    /// denominator those of another.
    fn class(self, shape: Shape, dimension: Option<&str>, per: Option<&str>) -> String {
        let part = if self == Part::Noun { "noun" } else { "verb" };
        [part, shape.name(), dimension.unwrap_or_default(), per.unwrap_or_default()].join(" ")
    }
}

/// A cue and the rule that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue<'r> {
    pub(super) rule: &'r ExtractRule,
    pub(super) part: Part,
    /// Its tokens.
    pub(super) first: usize,
    pub(super) last: usize,
    cost: usize,
}

impl Cue<'_> {
    /// Whether a verb of money has a company for its subject, where the rule is of things: "the company made 4 million" tells
    /// of no box office.
    pub(super) fn earned_by_another(&self, view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
        let things = self.rule.subject.contains(&EntityType::Product) && !self.rule.subject.contains(&EntityType::Org);
        let Figure { sentence, at, quantity, .. } = *figure;
        let context = view.context();
        let found = || context.find(sentence, self.first, self.last, &[EntityType::Any], &[at], Manner::Verb);
        let earns = |kind: EntityType| matches!(kind, EntityType::Org | EntityType::Person);
        let company = |i: usize| context.subject(sentence, &sentence.items[i]).is_some_and(|s| earns(s.kind));
        self.part == Part::Verb && quantity.shape == Shape::Money && things && found().is_some_and(company)
    }
}

/// Adds the cues of all rules to a lookup.
pub(in crate::claim) fn intern(rules: &[ExtractRule], lookup: &mut Lookup) {
    for (index, rule) in rules.iter().enumerate() {
        for (part, forms) in [(Part::Noun, &rule.cues.nouns), (Part::Verb, &rule.cues.verbs)] {
            lookup.add(LookupRow {
                lexicon: CUES,
                key: &index.to_string(),
                forms,
                class: &part.class(rule.shape, rule.cues.dimension.as_deref(), rule.cues.per.as_deref()),
                rank: None,
                bundles: true,
                exact: false,
            });
        }
    }
}

/// Whether tokens hold a noun by which some rule knows its attribute: "the net profit".
pub(super) fn names_measure(view: &DocumentView<'_>, sentence: &Sentence, first: usize, last: usize) -> bool {
    (first..last).any(|at| {
        let words: Vec<_> = sentence.words_from(at).take(LONGEST.min(last - at)).collect();
        let term = view.lookup.terms(CUES).at(&words, None);
        term.is_some_and(|(_, t)| t.class.starts_with("noun"))
    })
}

/// The nearest cue of a figure that is no other figure's.
pub(super) fn cue<'r>(view: &DocumentView<'r>, figure: &Figure<'_>) -> Option<Cue<'r>> {
    if changed(view, figure) || measured_against(view, figure) || restated(view, figure) {
        return None;
    }
    let found = candidates(view, figure);
    found.into_iter().find(|cue| !claimed(view, figure, cue))
}

/// What the head of a column or row says of a figure that is alone in its cell: the rule, and the axis and words of the
/// other head, which say of what it is.
pub(super) fn headed<'r>(
    view: &DocumentView<'r>,
    figure: &Figure<'_>,
) -> Option<(&'r ExtractRule, Option<(&'static str, Span)>)> {
    let Figure { sentence, item, quantity, .. } = *figure;
    let cell = view.segment_of(sentence).cell?;
    let rest = [
        view.text.get(sentence.span.start as usize..item.span.start as usize)?,
        view.text.get(item.span.end as usize..sentence.span.end as usize)?,
    ];
    if rest.iter().any(|r| r.chars().any(char::is_alphanumeric)) {
        return None;
    }
    let of_dimension = Part::Noun.class(quantity.shape, Some(&quantity.unit.dimension), None);
    let classes = [of_dimension, Part::Noun.class(quantity.shape, None, None)];
    let rule = |head: Span| {
        let words: Vec<Words> =
            tokenise(view.text, head).iter().map(|t| view.lookup.words(t.span.of(view.text))).collect();
        let terms = view.lookup.terms(CUES);
        // The last noun of a head is what it names: "revenue growth" is no revenue.
        let found = |class: &String| -> Option<usize> {
            let last = |at: usize| terms.all_at(&words[at..], class).find(|(n, _)| at + n == words.len());
            (0..words.len()).find_map(|at| last(at)?.1.key.parse().ok())
        };
        view.rules.extract.get(classes.iter().find_map(found)?)
    };
    let column = cell.column_header.and_then(rule).map(|r| (r, cell.row_header.map(|h| ("row", h))));
    column.or_else(|| cell.row_header.and_then(rule).map(|r| (r, cell.column_header.map(|h| ("column", h)))))
}

/// The cues in reach of a figure, the nearest first and of equally near ones the longest.
fn candidates<'r>(view: &DocumentView<'r>, figure: &Figure<'_>) -> Vec<Cue<'r>> {
    let table = Table::new(view, figure);
    let mut found = behind(view, figure, &table);
    before(view, figure, &table, &mut found);
    found.retain(|c| counts(view, figure, c) && !numbers(view, figure, c) && !within_subject(figure, c));
    found.sort_by_key(|c| (c.cost, !c.rule.cues.decimal, std::cmp::Reverse(c.last - c.first)));
    found
}

/// "Subscriber 2 receives nothing": a number right behind one of what is counted says which one it is.
fn numbers(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let one = cue.last.checked_sub(1).map(|at| sentence.word(view.text, at).to_lowercase()).unwrap_or_default();
    let single = !one.ends_with('s') && content_lemma(&one) == one;
    cue.rule.kind == "count"
        && cue.rule.cues.counts.iter().any(|c| c == "@people")
        && cue.last == item.first
        && figure.noun.is_none()
        && single
        && sentence.toks[item.first].span.len() < 3
}

/// Most steps up a tree from a figure to a verb.
const STEPS: usize = 6;

/// "A quake of magnitude 6.1 killed many", "the attack on 12 guests failed": a figure that only tells more of the subject of
/// a verb behind it has nothing to do with that verb. What a crowd is of is the subject itself.
fn within_subject(figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let tree = &sentence.tree;
    let behind = cue.part == Part::Verb && cue.first >= item.last;
    let (Some(verb), true) = (sentence.node(cue.first), behind) else { return false };
    let counted = figure.noun.filter(|n| n.start >= item.span.end).map_or(item.span, |n| item.span.join(n));
    let Some(mut at) = tree.top(counted) else { return false };
    let mut further = false;
    for _ in 0..STEPS {
        let (Some(head), label) = (tree.head(at), tree.tokens[at].label) else { return false };
        if head == verb {
            return further && matches!(label, Label::Nsubj | Label::NsubjPass);
        }
        let of = tree.child(at, &[Label::Case]).is_some_and(|c| &*tree.tokens[c].lemma == "of");
        further |= label == Label::Flat || label == Label::Nmod && !of;
        at = head;
    }
    false
}

/// "12 dead", "3 million in revenue", "12 people were killed".
fn behind<'r>(view: &DocumentView<'r>, figure: &Figure<'_>, table: &Table<'_, 'r>) -> Vec<Cue<'r>> {
    let Figure { sentence, item, .. } = *figure;
    let mut found = Vec::new();
    let end = past_aside(view, figure);
    let reach = sentence.toks.len().min(end + LONGEST);
    let phrase = (end..reach).take_while(|&a| content(view, sentence, a)).count();
    let mut joined = 0;
    for at in end..sentence.toks.len().min(end + phrase + VERB + 1) {
        if sentence.mark(view.text, at).is_some_and(|m| m != '-') || figure_at(sentence, at) {
            break;
        }
        let gap = at - end;
        if gap <= phrase || linked(view, sentence, end + phrase, at) {
            let own = figure.noun.is_some_and(|n| n.overlaps(sentence.span_of(at, at + 1)));
            let who = own && people(view, figure).is_some();
            let cost = if who { PEOPLE } else { COUNTED };
            found.extend(table.at(at, Part::Noun, if own { cost } else { gap }));
        }
        // "Ten years of notebooks have taught us": a length of time does nothing itself.
        let who = |i: &crate::mention::Item| {
            matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { .. })
                && i.first >= end
                && i.last <= at
        };
        if figure.quantity.shape == Shape::Duration
            && !sentence.items.iter().any(who)
            && !passive(view, sentence, end, at)
        {
            continue;
        }
        joined += if sentence.word(view.text, at) == "and" { JOINED } else { 0 };
        found.extend(table.at(at, Part::Verb, 1 + gap.saturating_sub(phrase) + joined));
    }
    // "23 of the 51 seats": the noun stands further on.
    if let Some(noun) = figure.noun {
        let first = sentence.toks.partition_point(|t| t.span.start < noun.start);
        let last = sentence.toks.partition_point(|t| t.span.start < noun.end);
        let behind = item.last + phrase;
        let further = (first.max(behind + 1)..last).filter(|_| first > behind);
        for at in further {
            found.extend(table.at(at, Part::Noun, COUNTED));
        }
    }
    found
}

/// "Revenue rose 12 % to 3 million", "killed at least 12".
fn before<'r>(view: &DocumentView<'r>, figure: &Figure<'_>, table: &Table<'_, 'r>, found: &mut Vec<Cue<'r>>) {
    let Figure { sentence, item, .. } = *figure;
    let (mut past, mut commas) = (0, 0);
    // "Carries the earlier figure of 2,000": what counts nothing is an object only right behind its verb.
    let led = lead(view, figure);
    let direct = |end: usize| led.is_some_and(|a| a < end);
    for at in (item.first.saturating_sub(NOUN_BEFORE + PAST_FIGURE)..item.first).rev() {
        match sentence.mark(view.text, at) {
            Some(';' | '.' | '?' | '!' | ')' | '—') => break,
            Some(',') => commas += 2,
            _ => {}
        }
        // A rate of change on the way costs nothing; a figure that the cue may hold together with this one does.
        let passed = sentence.items.iter().find(|i| i.first == at).is_some_and(|other| match &other.kind {
            ItemKind::Quantity { quantity, .. } => {
                quantity.shape == figure.quantity.shape || quantity.shape != Shape::Percent
            }
            _ => false,
        });
        past += if passed { PAST_FIGURE } else { 0 };
        for (part, most) in [(Part::Noun, NOUN_BEFORE), (Part::Verb, VERB)] {
            for cue in table.at(at, part, 0) {
                if let Some(gap) = item.first.checked_sub(cue.last)
                    && gap <= most + past
                    && leads_to(view, figure, &cue)
                    && (cue.part == Part::Noun
                        || figure.noun.is_some()
                        || figure.quantity.shape != Shape::Number
                        || direct(cue.last))
                {
                    found.push(Cue { cost: gap + past + commas + 1, ..cue });
                }
            }
        }
    }
}

/// Whether a clause leads from a cue before a figure to it: no other verb stands between that has an object of its own, or
/// the figure for its object. "A price that put the yard at 16 million" says no price, "a team with a core of four
/// engineers" of no other core.
fn leads_to(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let sentence = figure.sentence;
    let Some(lead) = lead(view, figure).filter(|&a| a >= cue.last) else { return true };
    // "Ballots cast: 12": what ends in a colon is a label.
    if sentence.mark(view.text, lead) == Some(':') {
        return true;
    }
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let links = |a: usize| view.lookup.is_in("linking-verbs", sentence.word(view.text, a));
    let equates = |a: usize| links(a) || of_change(view, sentence, a);
    let verb = |a: usize| {
        !sentence.named(a) && (equates(a) || verb_at(view, sentence, a).is_some()) && !noun_like(sentence, a)
    };
    let Some(verb) = (cue.last..=lead).rev().find(|&a| verb(a)) else {
        return !elapsed(figure, cue, &word(lead)) && !other_head(view, figure, cue, lead);
    };
    if elapsed(figure, cue, &word(lead)) {
        return false;
    }
    if cue.part == Part::Verb {
        // "Ordered or shipped 12": both have the figure.
        return (cue.last..verb).any(|a| matches!(word(a).as_str(), "and" | "or")) || equates(verb);
    }
    // "Dies at 94": what counts nothing is no number of founders.
    if cue.part == Part::Noun && figure.quantity.shape == Shape::Number && figure.noun.is_none() && !equates(verb) {
        return false;
    }
    let object = (verb + 1..=lead)
        .any(|a| sentence.named(a) || content(view, sentence, a) && !word(a).ends_with("ly") && !equates(a));
    equates(verb) && (verb == lead || !matches!(word(verb).as_str(), "put" | "set" | "given" | "made" | "left" | "got"))
        || !object
}

/// Whether a preposition leads in the time in which something was done, and not how long it lasted: "took 700 calls in ten
/// weeks".
fn elapsed(figure: &Figure<'_>, cue: &Cue<'_>, preposition: &str) -> bool {
    let within = matches!(preposition, "in" | "within" | "over" | "after" | "before" | "every" | "during");
    let never = matches!(preposition, "within" | "before" | "every");
    let counted = |i: &crate::mention::Item| {
        matches!(i.kind, ItemKind::Quantity { noun: Some(_), .. }) && i.first >= cue.last && i.last < figure.item.first
    };
    let lasting = cue.part == Part::Verb && figure.quantity.shape == Shape::Duration;
    lasting && (never || within && figure.sentence.items.iter().any(counted))
}

/// Whether a form of "be" stands between two tokens.
fn passive(view: &DocumentView<'_>, sentence: &Sentence, from: usize, to: usize) -> bool {
    let be = ["is", "was", "are", "were", "be", "been", "being"];
    (from..to).any(|a| be.contains(&sentence.word(view.text, a).to_lowercase().as_str()))
}

/// Nouns that a measure stays itself before: "the revenue figure", "the death toll count".
const FIGURES: [&str; 20] = [
    "figure",
    "figures",
    "total",
    "number",
    "numbers",
    "count",
    "amount",
    "sum",
    "value",
    "level",
    "levels",
    "tally",
    "rate",
    "rates",
    "ratio",
    "share",
    "percentage",
    "toll",
    "tag",
    "bill",
];

/// Words behind a noun that describe it and are no head of its phrase.
const BEHIND: [&str; 16] = [
    "worth",
    "due",
    "alone",
    "abroad",
    "worldwide",
    "nationwide",
    "overseas",
    "online",
    "combined",
    "overall",
    "available",
    "outstanding",
    "old",
    "annually",
    "globally",
    "domestically",
];

/// Whether the noun of a cue only modifies another: "a core team of four", "the relief scheme, for which 31 million".
fn other_head(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>, lead: usize) -> bool {
    let sentence = figure.sentence;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let phrase = (cue.last..=lead).take_while(|&a| content(view, sentence, a)).count();
    let end = cue.last + phrase;
    // "Revenue totals 4 million": what ends in an "s" can be the verb.
    let verbal = |a: usize| {
        let word = word(a);
        ["s", "ed", "ing", "ly"].iter().any(|e| word.ends_with(e)) || BEHIND.contains(&word.as_str())
    };
    let led = end == lead && matches!(word(end).as_str(), "of" | "with");
    cue.part == Part::Noun
        && phrase > 0
        && (led || !verbal(cue.last))
        && !FIGURES.contains(&word(end - 1).as_str())
        && !of_change(view, sentence, end - 1)
}

/// The cues that fit a figure's shape, dimension and denominator, with the words of its sentence.
struct Table<'a, 'r> {
    view: &'a DocumentView<'r>,
    sentence: &'a Sentence,
    terms: &'a Terms,
    words: Vec<Words>,
    /// First token behind the figure: what is glued to it is its own.
    behind: usize,
    /// The classes that fit, of nouns and of verbs, the narrower first.
    classes: [Vec<String>; 2],
}

impl<'a, 'r> Table<'a, 'r> {
    fn new(view: &'a DocumentView<'r>, figure: &Figure<'a>) -> Table<'a, 'r> {
        let (sentence, shape, unit) = (figure.sentence, figure.quantity.shape, &figure.quantity.unit);
        let per = unit.name.split_once('/').map(|(_, per)| per);
        let classes = [Part::Noun, Part::Verb].map(|part| {
            let of_dimension = (!unit.dimension.is_empty()).then(|| part.class(shape, Some(&unit.dimension), None));
            let plain = (per.is_some() && shape == Shape::Number).then(|| part.class(shape, None, None));
            let any = (per.is_some() && shape == Shape::Money).then(|| part.class(shape, None, Some(ANY_RATE)));
            of_dimension.into_iter().chain([part.class(shape, None, per)]).chain(any).chain(plain).collect()
        });
        let words = sentence.words_from(0).collect();
        Table { view, sentence, terms: view.lookup.terms(CUES), words, behind: figure.item.last, classes }
    }

    /// The cues that begin at a token: of the narrower class that has any, those of all rules that name these words.
    fn at(&self, at: usize, part: Part, cost: usize) -> Vec<Cue<'r>> {
        let words = &self.words[at..self.words.len().min(at + LONGEST)];
        // "Recorded" is no record, "jumping" no jump.
        let word = self.sentence.word(self.view.text, at).to_lowercase();
        let irregular = self.view.lookup.terms("irregular").at(&self.words[at..=at], None);
        let past = irregular.is_some_and(|(_, t)| *t.key != *word && !word.ends_with('s'));
        let participle = word.ends_with("ed") || word.ends_with("ing") || past;
        let of_class = |class: &String| {
            let cue = |(n, term): (usize, &Term)| {
                if part == Part::Noun && participle && !term.begins_as(words) {
                    return None;
                }
                let rule = self.view.rules.extract.get(term.key.parse::<usize>().ok()?)?;
                Some(Cue { rule, part, first: at, last: at + n, cost })
            };
            self.terms.all_at(words, class).filter_map(cue).collect::<Vec<_>>()
        };
        let classes = &self.classes[usize::from(part == Part::Verb)];
        let mut found = classes.iter().map(of_class).find(|cues| !cues.is_empty()).unwrap_or_default();
        // A project's own rule knows its words better than a rule of belie that names them too.
        let own = found.iter().map(|cue| cue.rule.head.file.layer).max();
        found.retain(|cue| Some(cue.rule.head.file.layer) == own);
        let none = found.is_empty()
            || part == Part::Verb
                && noun_like(self.sentence, at)
                && !found.iter().any(|cue| figure_at(self.sentence, cue.last))
            || part == Part::Verb && found.iter().all(|cue| self.phrasal(cue.last))
            || self.compound(at, part);
        if none { Vec::new() } else { found }
    }

    /// "Twenty bicycles can be taken along": another verb.
    fn phrasal(&self, behind: usize) -> bool {
        matches!(self.sentence.word(self.view.text, behind), "along" | "part" | "place" | "care" | "turns")
    }

    /// "The highest-grossing film" tells nothing of the film's gross, "300 built-in lamps" of no building; "a 9-core chip"
    /// does tell of its cores.
    fn compound(&self, at: usize, part: Part) -> bool {
        let glued = |a: usize| self.sentence.toks.get(a).is_some_and(|t| t.glued);
        at != self.behind && glued(at) || part == Part::Verb && glued(at + 1)
    }
}

/// Whether a word of a verb is a noun where it stands: by its part of speech, unless it governs as verbs do.
fn noun_like(sentence: &Sentence, at: usize) -> bool {
    let tree = &sentence.tree;
    sentence.node(at).is_some_and(|n| tree.tokens[n].tag.is_noun())
}

/// Whether a figure stands at a token.
fn figure_at(sentence: &Sentence, at: usize) -> bool {
    sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Quantity { .. }) && i.first == at)
}

/// Whether a cue is rather that of the figure on its other side: in "243 shocks of magnitude 4" the 4 has the magnitude.
fn claimed(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let ahead = cue.first >= item.last;
    let other = |i: &&(usize, &crate::mention::Item)| {
        matches!(i.1.kind, ItemKind::Quantity { .. })
            && if ahead { i.1.first >= cue.last } else { i.1.last <= cue.first }
    };
    let mut all = sentence.items.iter().enumerate().filter(|i| other(&i));
    let Some((at, item)) = (if ahead { all.next() } else { all.next_back() }) else { return false };
    let ItemKind::Quantity { quantity, noun, .. } = &item.kind else { return false };
    let rival = Figure { item, at, quantity, noun: *noun, ..*figure };
    if quantity.shape != figure.quantity.shape || changed(view, &rival) {
        return false;
    }
    candidates(view, &rival)
        .first()
        .is_some_and(|best| best.first < cue.last && cue.first < best.last && best.cost < cue.cost)
}

/// "3 million in revenue", "3 million of damage", "12 people are missing": a preposition or copula and words of a noun phrase between.
fn linked(view: &DocumentView<'_>, sentence: &Sentence, from: usize, to: usize) -> bool {
    matches!(
        sentence.word(view.text, from),
        "in" | "of" | "for" | "is" | "are" | "was" | "were" | "be" | "been" | "remain" | "remained"
    ) && (from + 1..to).all(|a| content(view, sentence, a))
        && to > from
}

/// Whether what a number counts can be what the cue tells of: nothing, the cue itself, or one of the rule's words.
fn counts(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    if cue.rule.cues.decimal && figure.quantity.step >= Decimal::ONE {
        return false;
    }
    // "Half of those asked": a share of what is counted is no count of it.
    let number = figure.quantity.number.filter(|_| figure.quantity.shape == Shape::Number);
    if number.is_some_and(|n| n > Decimal::ZERO && n < Decimal::ONE) && !cue.rule.cues.counts.is_empty() {
        return false;
    }
    let Some(noun) = figure.noun.filter(|_| figure.quantity.shape == Shape::Number) else {
        let bare = figure.quantity.shape == Shape::Number && figure.quantity.unit.name.is_empty();
        return !(bare && cue.last <= figure.item.first && opens(view, figure)
            || bare && cue.part == Part::Noun && cue.last <= figure.item.first && apart(view, figure, cue)
            || qualifies(view, figure, cue)
            || bare && cue.part == Part::Verb && cue.rule.cues.counted);
    };
    let within = figure.sentence.span_of(cue.first, cue.last);
    if noun.overlaps(within) {
        // "12 ships" are ships, whoever ships what; "won by 12 votes" tells of no votes cast.
        let last = figure.sentence.toks.partition_point(|t| t.span.start < noun.end);
        // "12 hospital beds" are no hospitals.
        let heads = cue.last >= last || !content(view, figure.sentence, cue.last);
        return cue.part == Part::Noun && heads && !beaten(view, figure);
    }
    fits(view, figure, cue.rule)
}

/// Whether a bare number is led in by a word that parts it from the noun before: "a server with 64", "runs on 4400", "by 11
/// votes to 3".
fn apart(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let sentence = figure.sentence;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let Some(lead) = lead(view, figure) else { return false };
    let counted = || {
        let noun = |i: &crate::mention::Item| match &i.kind {
            ItemKind::Quantity { noun: Some(noun), .. } => noun.end == sentence.toks[lead - 1].span.end,
            _ => false,
        };
        lead > 0 && sentence.items.iter().any(noun)
    };
    // "The number of employees at the site was 58", "at the vote it had stood at 26": the noun is not what the number is of.
    let start = (0..cue.first).rev().take_while(|&a| content(view, sentence, a)).last().unwrap_or(cue.first);
    let articles = ["the", "a", "an", "its", "his", "her", "their", "this", "all"];
    let led = (start.saturating_sub(2)..start).rev().map(word).find(|w| !articles.contains(&w.as_str()));
    let governed =
        led.is_some_and(|w| matches!(w.as_str(), "at" | "in" | "on" | "for" | "by" | "near" | "with" | "under"));
    let other = sentence.items.iter().any(|i| {
        let says: Vec<_> = sentence.words_from(i.last).take(1).collect();
        // "Gave the length as 320 before correcting it to 300": the pronoun is what was named.
        let same = i.last == lead && word(lead) == "to" && matches!(i.kind, ItemKind::Pronoun(Pronoun::Thing));
        matches!(i.kind, ItemKind::Pronoun(_))
            && !same
            && i.first >= cue.last
            && i.last <= lead
            && view.lookup.terms("speech-verbs").at(&says, None).is_none()
    });
    if governed || other {
        return true;
    }
    match word(lead).as_str() {
        "with" | "on" | "in" | "from" | "between" | "under" | "against" | "than" => true,
        "to" => counted(),
        "of" => {
            let head = lead.saturating_sub(1);
            head >= cue.last && !FIGURES.contains(&word(head).as_str()) && !of_change(view, sentence, head)
        }
        _ => false,
    }
}

/// Whether a bare number is what its own clause is about: "…, and three fell outside".
fn opens(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let joined = item.first.checked_sub(1).is_some_and(|a| {
        matches!(sentence.word(view.text, a), "and" | "but" | "while") || sentence.mark(view.text, a) == Some(';')
    });
    joined && verb_at(view, sentence, item.last).is_some()
}

/// Whether a name begins at a token: "14 MK-4 lamps" are no people.
fn named(sentence: &Sentence, at: usize) -> bool {
    sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first == at)
}

/// Whether a bare number stands before a word that is no cue: in "a 9-core chip (3 fast, 6 slow)" the 3 is of the fast ones.
fn qualifies(view: &DocumentView<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let next = fold_words(sentence.word(view.text, item.last)).pop().unwrap_or_default();
    let mut known = false;
    lemmas(&next, |lemma| known |= cue.rule.cues.counts.iter().any(|c| c == lemma));
    let timed = || sentence.items.iter().any(|i| i.first == item.last && matches!(i.kind, ItemKind::Time(_)));
    figure.quantity.shape == Shape::Number
        && cue.last <= item.first
        && (content(view, sentence, item.last) || named(sentence, item.last))
        // "A quake of magnitude 6.1 struck": a verb has the number's noun phrase behind it.
        && verb_at(view, sentence, item.last).is_none()
        && !known
        && !timed()
}

#[cfg(test)]
mod tests {
    use crate::claim::given::{EXTRACTOR, RULES};
    use crate::source::Document;

    /// The figures of a text that a rule tells the attribute of, each as "attribute figure".
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let told = claims.iter().filter(|c| RULES.extract_rule(&c.rule).is_some());
        let told: Vec<String> = told.map(|c| format!("{} {}", c.attribute, c.value_span.of(text))).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn the_nearest_cue_that_is_of_the_figure() {
        check("The storm killed 12 people in the north and 30 people in the south.", &["deaths 12", "deaths 30"]);
        check("The storm killed 12 people in the north and 30 in the south.", &["deaths 12", "deaths 30"]);
        check("The storm killed 12 people in the north and 30 fled.", &["deaths 12"]);
        check("There were 243 shocks of magnitude 4.", &["magnitude 4"]);
        check("A quake of magnitude 6.1 killed 12 people.", &["magnitude 6.1", "deaths 12"]);
        check("The attack on 12 guests killed 3 people.", &["deaths 3"]);
        check("A total of 12 people were killed.", &["deaths 12"]);
        check(
            "They had a profit of $2 million on revenue of $4 million.",
            &["profit $2 million", "revenue $4 million"],
        );
        check("Revenue rose to $3 million.", &["revenue $3 million"]);
        check("Revenue rose by $3 million.", &[]);
        check("Revenue was $4 million, against $3 million in 2020.", &["revenue $4 million"]);
    }

    #[test]
    fn a_cue_that_is_of_something_else() {
        check("The revenue figure of Norvik Holdings was $4 million.", &["revenue $4 million"]);
        check("The revenue office of Norvik Holdings cost $4 million.", &["cost $4 million"]);
        check("The town has 12 hospitals.", &["premises 12"]);
        check("The town has 12 hospital beds.", &[]);
        check("The film made $4 million.", &["gross $4 million"]);
        check("The company made $4 million.", &[]);
        check("The crossing took ten weeks.", &["runtime ten weeks"]);
        check("The clerk took 700 calls in ten weeks.", &[]);
    }
}
