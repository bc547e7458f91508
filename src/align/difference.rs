//! Where two aligned sentences differ, all taken together: the words that one of them alone has, with what the other has in
//! the same place.
//!
//! Comes in: two aligned sentences. Goes out: their [`Difference`]. The units that say the same, whatever their order, are
//! taken out; so are other words that both have. What is left stands in gaps, which are set beside each other where a word
//! next to them is the same.

use std::ops::Range;

use crate::language::{Label, Tag};
use crate::rule::Lookup;
use crate::text::Span;
use crate::value::Quantity;

use super::PartKind;
use super::contrast::{Aligned, ContrastKind, NameMatch, Side, Unit, match_names};
use super::lexis::{Entry, Lexis};

/// Lemmas of words without which nothing is lost.
const LIGHT: [&str; 7] = ["a", "an", "the", "there", "that", "'s", "s"];
/// The same of verbs.
const LIGHT_VERBS: [&str; 3] = ["be", "have", "do"];
/// Behind "no" they make a bound: "no fewer than 12".
const BOUNDS: [&str; 5] = ["less", "fewer", "more", "later", "earlier"];

/// What each of two sentences has at one place, as tokens; of one of them there may be none.
pub(crate) type Gap = [Vec<usize>; 2];

/// What the two sentences have in common, and where they differ.
pub(crate) struct Difference<'a> {
    /// The two.
    pub halves: [Half<'a>; 2],
    /// Where they differ.
    pub gaps: Vec<Gap>,
    aligned: Aligned<'a>,
}

/// One of two sentences with what the other has of it.
pub(crate) struct Half<'a> {
    side: Side<'a>,
    lexis: &'a Lexis,
    /// Of each token that tells something its partner.
    partners: Vec<Option<usize>>,
    /// What is left out of it.
    cut: Vec<Span>,
    /// Its tokens without those that carry nothing.
    pub words: Vec<usize>,
}

/// What may be exchanged in a sentence: a name, a figure with its unit, or a word.
#[derive(Clone)]
pub(crate) struct Item<'a> {
    /// Its tokens.
    pub at: Range<usize>,
    pub kind: ItemKind<'a>,
}

/// What an item is.
#[derive(Clone, Copy)]
pub(crate) enum ItemKind<'a> {
    Name,
    Weekday,
    Month,
    /// A place in an order, by its key.
    Place(u32),
    Figure(&'a Quantity),
    /// Digits that are no amount: the year or the day of a date.
    Digits,
    /// Any other word that tells something.
    Word,
}

impl<'a> ItemKind<'a> {
    /// The amount of a figure.
    pub(crate) fn quantity(self) -> Option<&'a Quantity> {
        match self {
            ItemKind::Figure(quantity) => Some(quantity),
            _ => None,
        }
    }
}

impl<'a> Difference<'a> {
    /// Of two aligned sentences, what stands in some places of either left out.
    pub(super) fn new(aligned: Aligned<'a>, cut: [Vec<Span>; 2]) -> Difference<'a> {
        let half = |side: Side<'a>, cut| {
            let partners = vec![None; side.tree.tokens.len()];
            let half = Half { side, lexis: aligned.lexis, partners, cut, words: Vec::new() };
            Half { words: half.carrying(), ..half }
        };
        let [own, other] = cut;
        let mut halves = [half(aligned.sides.0, own), half(aligned.sides.1, other)];
        join_units(&aligned, &mut halves);
        join_words(&mut halves);
        Difference { gaps: gaps(&halves), halves, aligned }
    }

    /// Whether one denies what the other affirms in words that say the same.
    pub(crate) fn is_denied(&self) -> bool {
        self.aligned.spots.iter().any(|(kind, ..)| *kind == ContrastKind::Denied)
    }

    /// Whether both have the same things in each other's places.
    pub(crate) fn is_exchanged(&self) -> bool {
        let elsewhere = |i: usize, j: usize| self.aligned.of[i].is_some_and(|partner| partner != j);
        self.aligned.spots.iter().any(|(_, i, j)| elsewhere(*i, *j)) || crossed(&self.aligned)
    }

    /// Whether two items, one of each, stand in one place of what is said.
    pub(crate) fn are_in_one_place(&self, x: &Item<'_>, y: &Item<'_>) -> bool {
        let unit = |half: usize, item: &Item<'_>| {
            let mut units = self.halves[half].side.sentence.units.iter();
            units.position(|u| item.at.contains(&u.top))
        };
        let led_alike = |(i, j): (usize, usize)| {
            let [p, q] = &self.halves;
            p.side.sentence.units[i].preposition() == q.side.sentence.units[j].preposition()
        };
        unit(0, x).zip(unit(1, y)).is_some_and(|(i, j)| self.aligned.one_place(i, j) && led_alike((i, j)))
    }

    /// Whether two tokens, one of each, say the same, wherever they stand.
    pub(crate) fn are_same(&self, a: usize, b: usize) -> bool {
        let [p, q] = &self.halves;
        let (x, y) = (p.entry(a), q.entry(b));
        let shared = || x.senses.iter().any(|s| *s != 0 && y.senses.contains(s));
        x.key == y.key || x.stem == y.stem || shared()
    }

    /// Whether two tokens, one of each, are partners.
    pub(crate) fn are_partners(&self, a: usize, b: usize) -> bool {
        self.halves[0].partners[a] == Some(b)
    }
}

/// Makes the tokens of units that say the same partners, but for those that exclude each other all the same, and for names
/// that differ in their spelling.
fn join_units(aligned: &Aligned<'_>, halves: &mut [Half<'_>; 2]) {
    for (u, v) in aligned.matched() {
        let other = u.part.key != v.part.key;
        let excluded = || aligned.lexis[u.lemma].excludes(&aligned.lexis[v.lemma], false);
        let respelt = || !u.name.is_empty() && match_names(&u.name, &v.name) == NameMatch::Spelt;
        if other && (excluded() || respelt()) {
            continue;
        }
        let (p, q) = (u.part.tokens(), v.part.tokens());
        if halves[0].is_cut(p.start) || halves[1].is_cut(q.start) {
            continue;
        }
        // From the last on: of a name in two ways the longer one has more before it.
        let mut join = |half: usize, own: Range<usize>, other: Range<usize>| {
            let own_len = own.len();
            for (n, token) in own.rev().enumerate() {
                // "Series B" is not all in "Series".
                if other.len() != own_len && halves[half].written(token).len() == 1 {
                    continue;
                }
                halves[half].partners[token] = Some(other.end - 1 - n.min(other.len() - 1));
            }
        };
        join(0, p.clone(), q.clone());
        join(1, q, p);
    }
}

/// Whether two names or figures that both sentences have stand behind each other's words: "from Oslo to Bergen" and "from
/// Bergen to Oslo".
fn crossed(aligned: &Aligned<'_>) -> bool {
    let before = |side: Side<'_>, unit: &Unit| {
        let word = |at: &usize| !matches!(side.tree.tokens[*at].tag, Tag::Det | Tag::Punct);
        (0..usize::from(unit.part.first)).rev().find(word).map(|at| side.sentence.lemmas[at])
    };
    let (p, q) = aligned.sides;
    let exact = aligned.matched().filter(|(u, _)| u.part.kind != PartKind::Word);
    let places: Vec<_> = exact.map(|(u, v)| (before(p, u), before(q, v))).collect();
    places.iter().any(|a| a.0 != a.1 && places.iter().any(|b| a.0 == b.1 && a.1 == b.0))
}

/// Makes further words partners that are the same: first those under partners, then any.
fn join_words(halves: &mut [Half<'_>; 2]) {
    let words = [halves[0].words.clone(), halves[1].words.clone()];
    for under_one in [true, false] {
        for &a in &words[0] {
            let [p, q] = &*halves;
            if p.partners[a].is_some() {
                continue;
            }
            let head = |half: &Half<'_>, at: usize| half.side.tree.head(at).unwrap_or(at);
            let same = |b: usize| p.is_written_alike(a, q, b);
            let placed = |b: usize| !under_one || p.partners[head(p, a)] == Some(head(q, b));
            let partner = words[1].iter().copied().find(|&b| q.partners[b].is_none() && same(b) && placed(b));
            if let Some(b) = partner {
                halves[0].partners[a] = Some(b);
                halves[1].partners[b] = Some(a);
            }
        }
    }
}

/// The runs of words without a partner, each with one of the other sentence beside whose neighbours it stands.
fn gaps([p, q]: &[Half<'_>; 2]) -> Vec<Gap> {
    let words = [&p.words, &q.words];
    let runs = |own: &[usize], half: &Half<'_>| {
        let mut out: Vec<Range<usize>> = Vec::new();
        for n in (0..own.len()).filter(|n| half.partners[own[*n]].is_none()) {
            match out.last_mut().filter(|r| r.end == n) {
                Some(last) => last.end = n + 1,
                None => out.push(n..n + 1),
            }
        }
        out
    };
    let mut others = runs(words[1], q);
    let mut out = Vec::new();
    for run in runs(words[0], p) {
        let before = run.start.checked_sub(1).map(|n| p.partners[words[0][n]]);
        let behind = words[0].get(run.end).map(|t| p.partners[*t]);
        let beside = |other: &Range<usize>| {
            let first = other.start.checked_sub(1).map(|n| Some(words[1][n]));
            let last = words[1].get(other.end).map(|t| Some(*t));
            u8::from(before == first) + u8::from(behind == last)
        };
        let place = (0..others.len()).rev().max_by_key(|n| beside(&others[*n])).filter(|n| beside(&others[*n]) > 0);
        let other = place.map(|n| words[1][others.remove(n)].to_vec()).unwrap_or_default();
        out.push([words[0][run].to_vec(), other]);
    }
    out.extend(others.into_iter().map(|other| [Vec::new(), words[1][other].to_vec()]));
    out
}

impl<'a> Half<'a> {
    /// Its tokens without those that carry nothing.
    fn carrying(&self) -> Vec<usize> {
        let carries = |at: &usize| {
            let t = &self.side.tree.tokens[*at];
            let light = LIGHT.contains(&&*t.lemma) || LIGHT_VERBS.contains(&&*t.lemma);
            !matches!(t.tag, Tag::Punct | Tag::Sym) && t.label != Label::Expl && !light && !self.is_cut(*at)
        };
        self.tokens().filter(carries).collect()
    }

    /// Whether a token is left out.
    fn is_cut(&self, at: usize) -> bool {
        self.cut.iter().any(|cut| cut.overlaps(self.span(at)))
    }

    /// Where a token stands.
    pub(crate) fn span(&self, at: usize) -> Span {
        self.side.tree.tokens[at].span
    }

    /// Whether a token begins with a capital.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }

    /// Whether two tokens are one word, or forms of one.
    pub(crate) fn is_written_alike(&self, at: usize, other: &Half<'_>, of: usize) -> bool {
        self.entry(at).key == other.entry(of).key || self.written(at).eq_ignore_ascii_case(other.written(of))
    }

    /// Whether two tokens are of one family, or of the same name: "approve", "approval".
    pub(crate) fn is_kin(&self, at: usize, other: &Half<'_>, of: usize) -> bool {
        let named = |half: &Half<'_>, at: usize| half.unit(at).is_some_and(|u| u.part.kind != PartKind::Word);
        self.entry(at).stem == other.entry(of).stem || named(self, at) || named(other, of)
    }

    /// Whether a token names a day of the week, a month or a season.
    pub(crate) fn is_calendar(&self, at: usize) -> bool {
        self.entry(at).is_calendar
    }

    /// Whether a token is a word of grammar, or names a day or a month.
    pub(crate) fn is_function(&self, at: usize) -> bool {
        self.entry(at).is_function
    }

    /// Whether a token is a noun or a name, or stands as one: "a single to town".
    pub(crate) fn is_noun(&self, at: usize) -> bool {
        let tree = self.side.tree;
        tree.tokens[at].tag.is_noun() || tree.child(at, &[Label::Det]).is_some()
    }

    /// The key of the place in an order that a token names.
    pub(crate) fn place(&self, at: usize) -> Option<u32> {
        self.unit(at).filter(|u| u.part.kind == PartKind::Place).map(|u| u.part.key)
    }

    /// All its tokens.
    pub(crate) fn tokens(&self) -> Range<usize> {
        0..self.side.tree.tokens.len()
    }

    fn entry(&self, at: usize) -> &Entry {
        &self.lexis[self.side.sentence.lemmas[at]]
    }

    /// The lemma of a token.
    pub(crate) fn lemma(&self, at: usize) -> &'a str {
        &self.side.tree.tokens[at].lemma
    }

    fn unit(&self, at: usize) -> Option<&Unit> {
        self.side.sentence.units.iter().find(|u| u.part.holds(at))
    }

    /// What is written at a token; nothing where there is none.
    fn written(&self, at: usize) -> &str {
        self.side.tree.tokens.get(at).map_or("", |t| t.span.of(self.side.text))
    }

    /// The same in lower case.
    pub(crate) fn word(&self, at: usize) -> String {
        self.written(at).to_lowercase()
    }

    /// The words from the first to the last of some tokens, in lower case, and so many more before and behind them.
    pub(crate) fn words(&self, tokens: &[usize], before: usize, behind: usize) -> Option<String> {
        let (first, last) = (tokens.first()?.checked_sub(before)?, tokens.last()? + behind);
        let words = (first..=last).map(|at| self.word(at));
        (last < self.tokens().end).then(|| words.collect::<Vec<_>>().join(" ").replace(" - ", "-"))
    }

    /// The next word behind a token.
    pub(crate) fn next(&self, at: usize) -> Option<usize> {
        let word = |t: &usize| !matches!(self.side.tree.tokens[*t].tag, Tag::Det | Tag::Punct);
        (at + 1..self.tokens().end).find(word)
    }

    /// Whether the word of a token stands in a lexicon.
    pub(crate) fn is_in(&self, at: usize, lexicon: &str, lookup: &Lookup) -> bool {
        lookup.terms(lexicon).at(&[self.entry(at).words], None).is_some()
    }

    /// Whether a token begins with a digit.
    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.written(at).starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether a token is of a name, a figure or a place in an order.
    pub(crate) fn is_exact(&self, at: usize) -> bool {
        let capital = at > 0 && self.is_capital(at);
        let figure = |u: &Unit| matches!(u.part.kind, PartKind::Place | PartKind::Figure);
        self.is_number(at) || capital || self.unit(at).is_some_and(figure)
    }

    /// Whether a token is a figure that counts a part: "two of the three gates".
    pub(crate) fn counts_part(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|u| u.part.kind == PartKind::Figure) && self.written(at + 1) == "of"
    }

    /// Whether a token stands between commas, as a member of a list does.
    pub(crate) fn is_listed(&self, at: usize) -> bool {
        at > 0 && self.written(at - 1) == "," && self.written(at + 1) == ","
    }

    /// Whether a token is a number of several that one mark joins: "3-1", "11:27".
    pub(crate) fn is_joined(&self, at: usize) -> bool {
        let number = |at: usize| {
            let word = self.written(at);
            (1..4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
        };
        let mark = |at: usize| matches!(self.written(at), "-" | "–" | ":");
        number(at) && (mark(at + 1) && number(at + 2) || at > 1 && mark(at - 1) && number(at - 2))
    }

    /// Whether a token numbers what stands before it, by a number that ends there: "chapter 3", and no "release 2.x".
    pub(crate) fn numbers(&self, at: usize, lookup: &Lookup) -> bool {
        let word = self.written(at);
        let number =
            word.ends_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let behind = &self.side.text[self.side.tree.tokens[at].span.end as usize..];
        let goes_on = behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        number && !goes_on && at > 0 && self.is_in(at - 1, "numbered-things", lookup)
    }

    /// Whether a token is the subject of its clause, or part of it.
    pub(crate) fn is_of_subject(&self, at: usize) -> bool {
        self.side.tree.is_of_subject(at)
    }

    /// How much that tells something stands among tokens: units, and numbers that are none.
    pub(crate) fn content(&self, tokens: &[usize]) -> usize {
        let tells = |u: &&Unit| {
            let entry = &self.lexis[u.lemma];
            !entry.is_mere && !entry.is_negation && !entry.denies_below && !LIGHT_VERBS.contains(&self.lemma(u.top))
        };
        let held = |u: &&Unit| tokens.iter().any(|t| u.part.holds(*t));
        let bare = tokens.iter().filter(|t| self.is_number(**t) && self.unit(**t).is_none());
        self.side.sentence.units.iter().filter(tells).filter(held).count() + bare.count()
    }

    /// How many words that tell something, or refer to it, the other sentence has.
    pub(crate) fn shared(&self) -> usize {
        let tells = |t: &usize| self.is_number(*t) || self.unit(*t).is_some();
        self.tokens().filter(|t| self.partners[*t].is_some() && tells(t)).count()
    }

    /// Whether a token tells something, and does not only refer to it.
    pub(crate) fn tells(&self, at: usize) -> bool {
        let refers = matches!(self.side.tree.tokens[at].tag, Tag::Pron | Tag::Det);
        self.is_number(at) || !refers && self.unit(at).is_some()
    }

    /// Its words that tell what it is about, in order.
    pub(crate) fn telling(&self) -> impl Iterator<Item = usize> + Clone {
        self.tokens().filter(|at| self.tells(*at))
    }

    /// The token of the other sentence that says what a token says.
    pub(crate) fn partner(&self, at: usize) -> Option<usize> {
        self.partners[at]
    }

    /// What may be exchanged in it, in order.
    pub(crate) fn items(&self) -> Vec<Item<'a>> {
        let mut out: Vec<Item<'a>> = Vec::new();
        let (mut at, end) = (0, self.tokens().end);
        while at < end {
            let item = self.item(at);
            at = item.as_ref().map_or(at + 1, |i| i.at.end);
            out.extend(item);
        }
        out
    }

    /// What may be exchanged from a token on.
    fn item(&self, at: usize) -> Option<Item<'a>> {
        let side = self.side;
        let overlaps = |span: Span| move |t: &usize| span.overlaps(side.tree.tokens[*t].span);
        let figure = side.figures.iter().find(|f| !f.is_place() && overlaps(f.span)(&at));
        if let Some((figure, quantity)) = figure.and_then(|f| Some((f, f.quantity.as_ref()?))) {
            let end = (at..self.tokens().end).take_while(overlaps(figure.span)).last().unwrap_or(at) + 1;
            return Some(Item { at: at..end, kind: ItemKind::Figure(quantity) });
        }
        let Some(unit) = self.unit(at) else {
            return self.is_number(at).then_some(Item { at: at..at + 1, kind: ItemKind::Digits });
        };
        let kind = match unit.part.kind {
            PartKind::Place => ItemKind::Place(unit.part.key),
            PartKind::Figure => ItemKind::Digits,
            _ if unit.time && self.lemma(at).ends_with("day") => ItemKind::Weekday,
            _ if unit.time && self.is_capital(at) => ItemKind::Month,
            _ if !unit.name.is_empty() || at > 0 && self.is_capital(at) => ItemKind::Name,
            PartKind::Name | PartKind::Word => ItemKind::Word,
        };
        let end = if matches!(kind, ItemKind::Word) { at + 1 } else { unit.part.tokens().end };
        Some(Item { at: at..end, kind })
    }

    /// An item as it is written.
    pub(crate) fn shown(&self, item: &Item<'_>) -> &'a str {
        let tokens = &self.side.tree.tokens[item.at.clone()];
        let span = tokens.first().zip(tokens.last()).map_or(Span::new(0, 0), |(p, q)| p.span.join(q.span));
        span.of(self.side.text)
    }

    /// The tokens of the proper name that is its subject.
    pub(crate) fn named_subject(&self) -> Option<Range<usize>> {
        let tree = self.side.tree;
        let root = self.tokens().find(|at| tree.head(*at).is_none())?;
        let unit = self.unit(tree.child(root, &[Label::Nsubj, Label::NsubjPass])?)?;
        (unit.part.kind == PartKind::Name && !unit.name.is_empty()).then(|| unit.part.tokens())
    }

    /// The noun to which a token belongs that says of what kind it is.
    pub(crate) fn modifies(&self, at: usize) -> Option<usize> {
        let tree = self.side.tree;
        let modifies = matches!(tree.tokens[at].label, Label::Amod | Label::Compound);
        tree.head(at).filter(|head| modifies && tree.tokens[*head].tag.is_noun())
    }

    /// Whether a token denies what it belongs to. "No. 4" does not, nor does "the team, not the nurse", where another one is
    /// meant.
    pub(crate) fn denies(&self, at: usize) -> bool {
        let token = &self.side.tree.tokens[at];
        let none = token.label == Label::Nummod && self.written(at) == "0";
        let next = self.written(at + 1);
        let bound = &*token.lemma == "no" && (next == "." || BOUNDS.contains(&next));
        let instead = &*token.lemma == "not" && at > 0 && matches!(self.lemma(at - 1), "," | "and" | "but");
        let entry = self.entry(at);
        none || (entry.is_negation || entry.denies_below) && !bound && !instead
    }

    /// Whether the other sentence has what a token denies, or what that belongs to; so too where the whole sentence is denied.
    pub(crate) fn is_denied_of_shared(&self, at: usize) -> bool {
        let tree = self.side.tree;
        let Some(head) = tree.head(at) else { return true };
        let label = |at: usize| tree.tokens[at].label;
        let exists = |at: usize| tree.children(at).any(|c| label(c) == Label::Expl);
        let above = tree.head(head).filter(|_| !matches!(label(head), Label::Conj | Label::Parataxis));
        // "There is no reason to leave."
        let whole = label(head) == Label::Root || above.is_some_and(|a| label(a) == Label::Root && exists(a));
        let held = |at: usize| self.partners[at].is_some();
        let next = || (at + 1..self.tokens().end).find(|t| self.unit(*t).is_some());
        whole || above.is_some_and(held) || next().is_none_or(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Passages;
    use crate::claim::given::EXTRACTOR;
    use crate::entity::merge;
    use crate::source::Document;

    /// What is seen of two sentences, each a document.
    fn seen<T>(a: &str, b: &str, of: impl Fn(&Difference<'_>) -> T) -> T {
        let documents = [Document::from_text("a", a), Document::from_text("b", b)];
        let read: Vec<_> = documents.iter().map(|d| EXTRACTOR.extract(d, None)).collect();
        let known: Vec<_> = read.iter().map(|r| r.known.clone()).collect();
        let lookup = EXTRACTOR.lookup();
        let passages = read.into_iter().map(|r| r.passages).collect();
        let passages = Passages::new(passages, &[(0, 1)], &documents, &merge(&known, &[], lookup), lookup);
        let whole = |n: usize| (n as u32, Span::new(0, documents[n].text.len()));
        of(&passages.difference(whole(0), whole(1), &documents, Default::default()).unwrap())
    }

    #[test]
    fn gaps_are_set_beside_each_other() {
        let own = "The keeper opened the gate on Monday.";
        for (other, expected) in [
            ("The keeper opened the gate on Monday.", &[][..]),
            ("On Monday the keeper has opened a gate.", &[]),
            ("The keeper closed the gate on Monday.", &["opened | closed"]),
            ("The keeper opened the old gate on Monday.", &[" | old"]),
            ("The keeper opened the gate.", &["on monday | "]),
            ("The pilot opened the gate on Sunday.", &["keeper | pilot", "monday | sunday"]),
        ] {
            let words = |d: &Difference<'_>, n: usize, gap: &Gap| d.halves[n].words(&gap[n], 0, 0).unwrap_or_default();
            let shown = |d: &Difference<'_>| -> Vec<String> {
                d.gaps.iter().map(|gap| format!("{} | {}", words(d, 0, gap), words(d, 1, gap))).collect()
            };
            assert_eq!(seen(own, other, shown), expected, "{other}");
        }
    }

    #[test]
    fn what_is_exchanged_or_denied() {
        let own = "The ferry sailed from Oslo to Bergen.";
        assert!(seen(own, "The ferry sailed from Bergen to Oslo.", |d| d.is_exchanged()));
        assert!(!seen(own, "The ferry sailed to Bergen from Oslo.", |d| d.is_exchanged()));
        assert!(!seen(own, "The ferry sailed from Oslo to Lisbon.", |d| d.is_exchanged()));
        assert!(seen(own, "The ferry did not sail from Oslo to Bergen.", |d| d.is_denied()));
        assert!(!seen(own, "The ferry sailed from Oslo to Bergen, not far.", |d| d.is_denied()));
    }

    #[test]
    fn words_that_deny() {
        for (text, word, expected) in [
            ("The ferry has no berth.", "no", true),
            ("The ferry is at berth no. 4.", "no", false),
            ("The ferry has no fewer than 12 berths.", "no", false),
            ("The ferry did not sail.", "not", true),
            ("The pilot, not the keeper, rowed.", "not", false),
            ("The ferry never sailed.", "never", true),
        ] {
            let denies = |d: &Difference<'_>| {
                let half = &d.halves[0];
                half.tokens().find(|at| half.word(*at) == word).map(|at| half.denies(at))
            };
            assert_eq!(seen(text, text, denies), Some(expected), "{text}");
        }
    }
}
