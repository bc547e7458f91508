//! Contrasts: the spots where two sentences that are alike otherwise have something that excludes the other.
//!
//! Comes in: two sentences as their units, which are content words, names and figures. Goes out: pairs of units, one of each
//! sentence, that stand in the same place of what is said and are not the same, with what is seen of them.

use std::collections::BTreeSet;
use std::ops::Range;

use strsim::normalized_levenshtein;

use crate::claim::{Figure, Passage};
use crate::language::{Label, Tag, Token, Tree};
use crate::rule::{EntityType, Lookup, Words};
use crate::text::{Span, abbreviates, fold_words, spelling};

use super::lexis::{Lexis, Read, number_key};
use super::{Feature, Features, Member, Part, PartKind, yes};

/// How much of two sentences is the same at least where their trees do not say that two spots are one place, in thousandths.
const SAME: i32 = 500;
/// The same where the spots are two names or opposites, which tell more.
const SOME: i32 = 300;

/// The set of the places in an order, and a bit that the sets of scopes have, so that they are none of the opposites.
const OF_PLACES: u32 = u32::MAX;
const OF_SCOPES: u32 = 1 << 31;

/// How alike two names are at least that are one in two spellings.
const SPELT: f64 = 0.7;

/// What a contrast is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContrastKind {
    /// Two names.
    Name,
    /// Two words that cannot both be said of one thing: "approved" and "rejected".
    Opposed,
    /// One predicate, affirmed and denied.
    Denied,
    /// Two places in an order: "second" and "third".
    Place,
    /// Two figures of one dimension.
    Figure,
    /// Two other words of one part of speech, or a name and what is none.
    Word,
}

impl ContrastKind {
    /// As the weights name it.
    fn feature(self) -> Feature {
        match self {
            ContrastKind::Name => Feature::Name,
            ContrastKind::Opposed => Feature::Opposed,
            ContrastKind::Denied => Feature::Denied,
            ContrastKind::Place => Feature::Place,
            ContrastKind::Figure => Feature::Figure,
            ContrastKind::Word => Feature::Word,
        }
    }
}

/// Two units of two sentences that exclude each other, or may.
#[derive(Debug, Clone)]
pub struct Contrast {
    /// What it is of.
    pub kind: ContrastKind,
    /// Where the two stand in their documents.
    pub spans: (Span, Span),
    /// Whether they have changed places: who bought, and who was bought.
    pub exchanged: bool,
    /// What is seen of the two.
    pub features: Features,
}

/// What a unit is to what governs it, however that is put: the doer of "was built by Nystrom" is that of "Nystrom built".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Head,
    Doer,
    Done,
    Modifier,
    Beside,
    Other,
}

/// A part of a sentence with its place in the tree.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub part: Part,
    /// The token that governs its others.
    pub top: usize,
    tag: Tag,
    /// Lemma of that token, in lower case, with the particle of a verb: "turn down".
    pub lemma: u32,
    /// The lemma of that particle.
    particle: Option<u32>,
    /// Whether it tells a time.
    pub time: bool,
    /// The words of a proper name; empty for what has none, or only refers to what has one.
    pub name: Vec<Box<str>>,
    role: Role,
    /// Lemmas of its prepositions, the nearest last: "off by default".
    prepositions: Vec<u32>,
    /// The unit that governs it.
    governor: Option<usize>,
    /// Whether what it says is denied.
    denied: bool,
    /// The same by what belongs to it alone.
    own_denied: bool,
    /// The role of what denies it by being none: "nobody signed".
    none: Option<Role>,
    /// The token that heads its clause.
    clause: usize,
    /// Whether it is one of several things: "onions, eggs and beans".
    listed: bool,
    /// Whether it is said to be possible, or to hold in some case: "would not have signed".
    supposed: bool,
}

impl Unit {
    /// Whether it is a predicate.
    fn says(&self) -> bool {
        self.tag.is_verb() || self.tag == Tag::Adj
    }

    /// Its preposition, the nearest of several.
    pub(super) fn preposition(&self) -> Option<u32> {
        self.prepositions.last().copied()
    }
}

/// One of two sentences that are set beside each other.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub sentence: &'a Sentence,
    pub tree: &'a Tree,
    pub figures: &'a [Figure],
    /// Text of its document.
    pub text: &'a str,
}

impl Side<'_> {
    /// Whether a token stands in a condition: "if the switch is on".
    fn is_conditional(self, at: usize) -> bool {
        let conditions = &self.sentence.conditions;
        // "If the road is closed, turn left": what stands beside the condition is none.
        let up = |t: &usize| self.tree.head(*t).filter(|_| self.tree.tokens[*t].label != Label::Parataxis);
        !conditions.is_empty() && std::iter::successors(Some(at), up).any(|t| conditions.contains(&t))
    }
}

/// A sentence, ready to be aligned.
#[derive(Debug, Clone, Default)]
pub(super) struct Sentence {
    pub(super) units: Vec<Unit>,
    /// Sum of the weights of its units.
    weight: u32,
    /// Of each token the number of its lemma.
    pub lemmas: Vec<u32>,
    /// Its tokens that are members of sets: "northern", "non-GAAP", "third".
    pub members: Vec<(u16, Member)>,
    /// Of each figure its key.
    pub numbers: Vec<u32>,
    /// The tokens that head what it says as a condition.
    conditions: Vec<usize>,
    /// How many words of it deny.
    denials: usize,
}

impl Sentence {
    /// From a sentence of a text, its parts in order, and the lemmas of its tokens.
    pub(super) fn new(
        passage: &Passage,
        parts: Vec<Part>,
        lemmas: Vec<u32>,
        text: &str,
        lexis: &mut Lexis,
        lookup: &Lookup,
    ) -> Sentence {
        let tree = &passage.tree;
        let mut of_token: Vec<Option<usize>> = vec![None; tree.tokens.len()];
        for (n, part) in parts.iter().enumerate() {
            for t in part.first..=part.token {
                of_token[usize::from(t)] = Some(n);
            }
        }
        let top = |part: &Part| {
            let own = usize::from(part.first)..=usize::from(part.token);
            own.clone().find(|t| tree.head(*t).is_none_or(|h| !own.contains(&h))).unwrap_or(usize::from(part.token))
        };
        let words = Read { tree, lemmas: &lemmas, lexis }.words();
        let unit = |part: Part| {
            let at = top(&part);
            let mut up = tree.head(at);
            // What governs it may be a word that tells nothing: the next above it does.
            while let Some(h) = up.filter(|h| of_token[*h].is_none()) {
                up = tree.head(h);
            }
            let mut lower = |lemma: &str| lexis.id(&lemma.to_lowercase(), lookup);
            let particle = tree.particle(at).map(|c| &*tree.tokens[c].lemma);
            let own = &tree.tokens[at].lemma;
            let lemma = match particle {
                Some(particle) => lower(&format!("{own} {particle}")),
                None => lower(own),
            };
            let particle = particle.map(&mut lower);
            let cases = tree.children(at).filter(|c| tree.tokens[*c].label == Label::Case);
            let prepositions = cases.map(|c| lower(&tree.tokens[c].lemma)).collect();
            let read = Read { tree, lemmas: &lemmas, lexis };
            let own_denied = denied(read, at);
            Unit {
                top: at,
                tag: tree.tokens[at].tag,
                time: lexis[lemma].is_calendar || passage.times.iter().any(|t| t.span.overlaps(tree.tokens[at].span)),
                lemma,
                particle,
                name: name(read, &part, text),
                role: role(tree, at),
                prepositions,
                governor: up.and_then(|h| of_token[h]),
                // Above what is denied anyway a denial is mostly of something else: "without hedging: I can't think".
                denied: own_denied || denied_above(read, at),
                own_denied,
                none: tree.children(at).find(|c| read.entry(*c).is_none).map(|c| role(tree, c)),
                clause: clause(tree, at),
                supposed: tree.children(at).any(|c| tree.tokens[c].label == Label::Aux && read.entry(c).is_supposing),
                listed: {
                    let conj = |of: usize| tree.tokens[of].label == Label::Conj;
                    tree.tokens[at].tag.is_noun() && (conj(at) || tree.children(at).any(conj))
                },
                part,
            }
        };
        let units: Vec<Unit> = parts.into_iter().map(unit).collect();
        let members = members(passage, &lemmas, &words, lexis, lookup);
        let numbers = passage.figures.iter().map(|f| lexis.key(number_key(&f.number))).collect();
        let conditions = conditions(tree, &words, text, lookup);
        let denies = |lemma: &&u32| lexis[**lemma].is_negation || lexis[**lemma].denies_below;
        let denials = lemmas.iter().filter(denies).count();
        Sentence {
            weight: units.iter().map(|u| u.part.weight).sum(),
            units,
            lemmas,
            members,
            numbers,
            conditions,
            denials,
        }
    }

    /// What it is made of, in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> + Clone {
        self.units.iter().map(|u| &u.part)
    }

    /// The units that stand in a span, if any do.
    fn within(&self, span: Span, tree: &Tree) -> Option<Range<usize>> {
        let stands = |u: &Unit| (u.part.first..=u.part.token).any(|t| span.overlaps(tree.tokens[usize::from(t)].span));
        let first = self.units.iter().position(stands)?;
        let last = self.units.iter().rposition(stands)?;
        Some(first..last + 1)
    }

    /// The first unit of some beside each other that none of them governs.
    fn head(&self, of: &Range<usize>) -> usize {
        let own = |at: &usize| self.units[*at].governor.is_none_or(|g| !of.contains(&g));
        of.clone().find(own).unwrap_or(of.start)
    }
}

/// The tokens of a sentence that are members of sets of which one thing is one at a time.
fn members(
    passage: &Passage,
    lemmas: &[u32],
    words: &[Words],
    lexis: &mut Lexis,
    lookup: &Lookup,
) -> Vec<(u16, Member)> {
    let mut out = Vec::new();
    for (at, token) in passage.tree.tokens.iter().enumerate() {
        let mut add = |member| out.push((at as u16, member));
        lexis[lemmas[at]].opposed.sets().iter().for_each(|member| add(*member));
        if let Some((_, scope)) = lookup.terms("scopes").at(&words[at..], None) {
            add((OF_SCOPES | lexis.key(format!("#{}", scope.class)), lexis.key(format!("#{}", scope.key))));
        }
        if let Some(place) = passage.figures.iter().find(|f| f.is_place() && f.span.overlaps(token.span)) {
            add((OF_PLACES, lexis.key(number_key(&place.number))));
        }
    }
    out
}

/// The tokens that head what a condition says: "if the switch is *on*", "when the door *opens*". When something was so tells what was.
fn conditions(tree: &Tree, words: &[Words], text: &str, lookup: &Lookup) -> Vec<usize> {
    let past = |at: usize| {
        let was =
            |c: usize| lookup.term_of("auxiliaries", tree.tokens[c].span.of(text)).is_some_and(|t| &*t.class == "past");
        tree.tokens[at].tag == Tag::VerbPast
            || tree.child(at, &[Label::Aux, Label::AuxPass, Label::Cop]).is_some_and(was)
    };
    let mut out = Vec::new();
    for at in 0..words.len() {
        let leads = |lexicon: &str| lookup.terms(lexicon).at(&words[at..], None).map(|(n, _)| at + n - 1);
        let (last, of_time) = match (leads("conditions"), leads("circumstances")) {
            (Some(last), _) => (last, false),
            (None, Some(last)) => (last, true),
            (None, None) => continue,
        };
        let links = matches!(tree.tokens[last].label, Label::Mark | Label::Advmod | Label::Case);
        let head = if links { tree.head(last) } else { Some(last) };
        out.extend(head.filter(|h| !(of_time && past(*h))));
    }
    out
}

/// The words of a proper name. "The Turin plant" is none: it ends in what the name only tells apart.
fn name(read: Read<'_>, part: &Part, text: &str) -> Vec<Box<str>> {
    let tree = read.tree;
    // A recognised name is one whatever its words were taken for, "Fenwick Capital", but the first word has its capital anyway.
    let capital = |at: usize, t: &Token| {
        part.kind == PartKind::Name && at > 0 && t.tag != Tag::Pron && t.span.of(text).starts_with(char::is_uppercase)
    };
    let proper = |at: usize| {
        let t = &tree.tokens[at];
        (t.tag == Tag::Propn || capital(at, t)) && !read.entry(at).is_calendar
    };
    let own = usize::from(part.first)..=usize::from(part.token);
    let words: Vec<usize> = own.filter(|at| proper(usize::from(part.token)) && proper(*at)).collect();
    // "Governor Berg" is named as "Ms Berg" is.
    let address = words.iter().take_while(|at| read.entry(**at).is_address).count();
    let named = if address < words.len() { &words[address..] } else { &words };
    named.iter().map(|at| tree.tokens[*at].lemma.to_lowercase().into()).collect()
}

/// How far two names are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameMatch {
    /// Written in two ways: in part, or by initials.
    Same,
    /// But for the spelling, which may be that of another name: "Marchand" and "Marchaud".
    Spelt,
    /// Not at all, or at least one is none.
    Apart,
}

/// How far two names are one.
pub(super) fn match_names(u: &[Box<str>], v: &[Box<str>]) -> NameMatch {
    if u.is_empty() || v.is_empty() {
        return NameMatch::Apart;
    }
    let own = |p: &[Box<str>], q: &[Box<str>]| -> String {
        p.iter().filter(|w| !q.iter().any(|x| is_written_as(w, x))).map(|w| &**w).collect()
    };
    let (a, b) = (own(u, v), own(v, u));
    let initials = |p: &[Box<str>], word: &str| {
        let first: String = p.iter().filter_map(|w| w.chars().next()).collect();
        p.len() > 1 && first == word.replace('.', "")
    };
    match () {
        () if a.is_empty() || b.is_empty() || initials(u, &b) || initials(v, &a) => NameMatch::Same,
        () if a.replace(['-', '.'], "") == b.replace(['-', '.'], "") => NameMatch::Same,
        () if normalized_levenshtein(&a, &b) >= SPELT => NameMatch::Spelt,
        () => NameMatch::Apart,
    }
}

/// A word in lower case without the spelling and the number in which it stands.
fn plain(word: &str) -> String {
    spelling(word.strip_suffix('s').unwrap_or(word))
}

/// Whether two words in lower case are one, written in two ways: "centre" and "center", "mt" and "mount", "mill" and "mills".
fn is_written_as(p: &str, q: &str) -> bool {
    p == q || plain(p) == plain(q) || abbreviates(p, q)
}

/// The same of several words, whatever parts them: "boat houses" and "boathouse".
fn are_written_as(a: &[String], b: &[String]) -> bool {
    let whole = |words: &[String]| words.iter().map(|w| plain(w)).collect::<String>();
    a.len() == b.len() && a.iter().zip(b).all(|(p, q)| is_written_as(p, q)) || whole(a) == whole(b)
}

/// The role of a token.
fn role(tree: &Tree, at: usize) -> Role {
    let by = || {
        let mut cases = tree.children(at).filter(|c| tree.tokens[*c].label == Label::Case);
        cases.any(|c| &*tree.tokens[c].lemma == "by")
    };
    let passive = |of: usize| {
        tree.children(of).any(|c| matches!(tree.tokens[c].label, Label::AuxPass | Label::NsubjPass | Label::Agent))
    };
    match tree.tokens[at].label {
        Label::Nsubj | Label::Agent => Role::Doer,
        Label::NsubjPass | Label::Obj | Label::Iobj => Role::Done,
        // "Appointed director".
        Label::Xcomp if tree.tokens[at].tag.is_noun() => Role::Done,
        Label::Obl if by() && tree.head(at).is_some_and(passive) => Role::Doer,
        Label::Amod | Label::Compound | Label::Nummod | Label::NmodBare | Label::Flat | Label::Advmod | Label::Det => {
            Role::Modifier
        }
        Label::Nmod | Label::Poss | Label::Obl | Label::OblBare => Role::Beside,
        Label::Root | Label::Ccomp | Label::Parataxis | Label::Conj | Label::Advcl | Label::Relcl => Role::Head,
        _ => Role::Other,
    }
}

/// The token that heads the clause of a token.
fn clause(tree: &Tree, mut at: usize) -> usize {
    let heads = |t: &Token| match t.label {
        Label::Root | Label::Ccomp | Label::Parataxis | Label::Advcl | Label::Relcl | Label::Acl => true,
        Label::Conj => t.tag.is_verb(),
        _ => false,
    };
    while let Some(head) = tree.head(at).filter(|_| !heads(&tree.tokens[at])) {
        at = head;
    }
    at
}

/// How many words deny among what hangs on a token.
fn denials(read: Read<'_>, of: usize) -> usize {
    read.tree.children(of).filter(|c| read.entry(*c).is_negation).count()
}

/// Whether what a token says is denied by a word of its own, of its subject or object. Two denials cancel out.
fn denied(read: Read<'_>, at: usize) -> bool {
    let argument =
        |c: &usize| matches!(read.tree.tokens[*c].label, Label::Nsubj | Label::NsubjPass | Label::Obj | Label::Agent);
    let arguments: usize = read.tree.children(at).filter(argument).map(|c| denials(read, c)).sum();
    (denials(read, at) + arguments) % 2 == 1
}

/// Whether what governs a token denies it: "refused to sign", "did not want a wall", "there was not a wall".
fn denied_above(read: Read<'_>, at: usize) -> bool {
    let tree = read.tree;
    let exists = |head: usize| tree.children(head).any(|c| tree.tokens[c].label == Label::Expl);
    let governs = |head: &usize| match tree.tokens[at].label {
        Label::Xcomp | Label::Ccomp | Label::Obj | Label::NsubjPass => true,
        Label::Nsubj => exists(*head),
        _ => false,
    };
    let Some(head) = tree.head(at).filter(governs) else { return false };
    (usize::from(read.entry(head).denies_below) + denials(read, head)) % 2 == 1
}

/// How far two units say the same, in thousandths.
fn likeness(u: &Unit, v: &Unit) -> u32 {
    let (a, b) = (&u.part, &v.part);
    let shared = || a.senses.iter().any(|s| *s != 0 && b.senses.contains(s));
    match () {
        () if a.key == b.key => 1000,
        () if match_names(&u.name, &v.name) != NameMatch::Apart => 900,
        () if a.kind == PartKind::Word && b.kind == PartKind::Word && (a.stem == b.stem || shared()) => 700,
        () => 0,
    }
}

/// For each unit of the one sentence its partner in the other: the likest first, of two as alike the one in the same place of
/// what is said.
fn alignment(p: &Sentence, q: &Sentence) -> Vec<Option<usize>> {
    let mut all: Vec<(u32, usize, usize)> = Vec::new();
    for (i, u) in p.units.iter().enumerate() {
        for (j, v) in q.units.iter().enumerate() {
            let like = likeness(u, v);
            if like == 0 {
                continue;
            }
            let above = u.governor.zip(v.governor);
            let same_above = above.is_some_and(|(g, h)| likeness(&p.units[g], &q.units[h]) > 0);
            all.push((like + u32::from(u.role == v.role) * 100 + u32::from(same_above) * 150, i, j));
        }
    }
    all.sort_by_key(|(like, i, j)| (std::cmp::Reverse(*like), *i, *j));
    let (mut of, mut taken) = (vec![None; p.units.len()], vec![false; q.units.len()]);
    for (_, i, j) in all {
        if of[i].is_none() && !taken[j] {
            of[i] = Some(j);
            taken[j] = true;
        }
    }
    of
}

/// A pair of units, one of each sentence, that may exclude each other.
pub(super) type Spot = (ContrastKind, usize, usize);

/// What the predicates above a pair of units share.
#[derive(Debug, Clone, Copy, Default)]
struct Roles {
    /// Predicates that say the same, up to where they no longer do.
    predicates: i32,
    /// Arguments of theirs that are the same, that differ, and that one side alone has.
    same: i32,
    other: i32,
    alone: i32,
}

/// How two sentences are alike but for a pair of spots.
struct Alike {
    /// How much of the sentence with more of its own is the same, in thousandths.
    same: i32,
    /// The same of the clauses of the spots: of the one with more of its own, and of the other.
    clause: i32,
    longer: i32,
    /// Other spots in which they exclude each other, but for those of two names.
    contrasts: i32,
    /// Those of two names.
    names: i32,
    /// Whether two names of those stand in one place of what is said: "the shop in Hull", "the shop in York".
    placed: bool,
    /// Whether the spots are the same to what governs them.
    role: bool,
    /// Whether what governs them is the same.
    governor: bool,
    /// Whether their prepositions are the same, and whether there is one.
    preposition: (bool, bool),
    roles: Roles,
    /// Other figures that they share, and in how many they differ.
    figures: (i32, i32),
}

impl Alike {
    /// Adds it to what is seen.
    fn add_to(&self, out: &mut Features) {
        let all = [
            (Feature::Covered, self.same),
            (Feature::Clause, self.clause),
            (Feature::LongerClause, self.longer),
            (Feature::Contrasts, self.contrasts * 1000),
            (Feature::NamesApart, self.names * 1000),
            (Feature::NamesInOnePlace, yes(self.placed)),
            (Feature::RoleSame, yes(self.role)),
            (Feature::GovernorSame, yes(self.governor)),
            (Feature::PrepositionOther, yes(!self.preposition.0)),
            (Feature::PrepositionSame, yes(self.preposition == (true, true))),
            (Feature::PredicatesSame, self.roles.predicates * 1000),
            (Feature::ArgumentsSame, self.roles.same * 1000),
            (Feature::ArgumentsOther, self.roles.other * 1000),
            (Feature::ArgumentsAlone, self.roles.alone * 1000),
            (Feature::FiguresShared, self.figures.0.min(3) * 1000),
            (Feature::FiguresApart, self.figures.1.min(3) * 1000),
        ];
        all.into_iter().for_each(|(feature, size)| out.put(feature, size));
    }
}

/// Two sentences with the units that say the same, and the spots where they may exclude each other.
pub(crate) struct Aligned<'a> {
    pub(super) sides: (Side<'a>, Side<'a>),
    pub(super) lexis: &'a Lexis,
    p: &'a Sentence,
    q: &'a Sentence,
    /// By unit of the first, its partner in the second.
    pub(super) of: Vec<Option<usize>>,
    /// By unit of the second, its partner in the first.
    back: Vec<Option<usize>>,
    pub(super) spots: Vec<Spot>,
}

impl<'a> Aligned<'a> {
    pub(super) fn new(p: Side<'a>, q: Side<'a>, lexis: &'a Lexis) -> Aligned<'a> {
        let of = alignment(p.sentence, q.sentence);
        let mut back = vec![None; q.sentence.units.len()];
        for (i, partner) in of.iter().enumerate() {
            if let Some(j) = partner {
                back[*j] = Some(i);
            }
        }
        let aligned = Aligned { sides: (p, q), lexis, p: p.sentence, q: q.sentence, of, back, spots: Vec::new() };
        Aligned { spots: aligned.spots(), ..aligned }
    }

    /// The units that say the same, in pairs.
    pub(super) fn matched(&self) -> impl Iterator<Item = (&'a Unit, &'a Unit)> {
        let (p, q) = (&self.p.units, &self.q.units);
        self.of.iter().enumerate().filter_map(move |(i, partner)| Some((&p[i], &q[(*partner)?])))
    }

    /// The contrasts of the two.
    pub(super) fn contrasts(&self, kind_of_name: impl Fn(u32) -> Option<EntityType>) -> Vec<Contrast> {
        if self.spots.is_empty() {
            return Vec::new();
        }
        let (p, q) = self.sides;
        // A headline leaves out what would tell two names apart.
        let headline = headline(p) || headline(q);
        let contrast = |&(kind, i, j): &Spot| {
            let (u, v) = (&self.p.units[i], &self.q.units[j]);
            let led = matches!(kind, ContrastKind::Opposed | ContrastKind::Place) && self.of[i] == Some(j);
            let spans = (phrase(p.tree, u, led), phrase(q.tree, v, led));
            if kind == ContrastKind::Name && (headline || !self.names_differ((u, spans.0), (v, spans.1))) {
                return None;
            }
            let (a, b) = (fold_words(spans.0.of(p.text)), fold_words(spans.1.of(q.text)));
            let half = a.iter().any(|w| b.contains(w));
            if are_written_as(&a, &b) && kind != ContrastKind::Denied {
                return None;
            }
            // "The papers would not have been signed if …" denies no signature.
            if kind == ContrastKind::Denied && u.supposed != v.supposed {
                return None;
            }
            if kind == ContrastKind::Word && self.of_speech(p, u) && self.of_speech(q, v) {
                return None;
            }
            let seen = self.seen(&(i..i + 1), &(j..j + 1));
            let told = match kind {
                ContrastKind::Name | ContrastKind::Place | ContrastKind::Figure => true,
                ContrastKind::Opposed => {
                    let verbs = u.tag.is_verb() && v.tag.is_verb();
                    self.under_one(u, v) || verbs || seen.same >= SOME || seen.clause >= SOME
                }
                ContrastKind::Denied => seen.same >= SAME || seen.clause >= SOME || seen.longer >= SAME,
                ContrastKind::Word => seen.clause >= SOME || seen.roles.same > 0 && seen.roles.other == 0,
            };
            if !told {
                return None;
            }
            let (k, l) = (kind_of_name(u.part.key), kind_of_name(v.part.key));
            let all = [
                (kind.feature(), 1000),
                (Feature::OneIsAName, yes(u.name.is_empty() != v.name.is_empty())),
                (Feature::Nouns, yes(u.tag.is_noun() && v.tag.is_noun())),
                (Feature::Verbs, yes(u.tag.is_verb() && v.tag.is_verb())),
                (Feature::SpeltAlike, yes(match_names(&u.name, &v.name) == NameMatch::Spelt)),
                (Feature::TagOther, yes(u.tag.is_noun() != v.tag.is_noun())),
                (Feature::SortSame, yes(k.is_some() && k == l)),
                (Feature::SortOther, yes(k.is_some() && l.is_some() && k != l)),
                (Feature::WordShared, yes(kind != ContrastKind::Denied && half)),
                (Feature::BesideSame, self.same_beside(i, j) * 1000),
            ];
            let mut features = Features::default();
            all.into_iter().for_each(|(feature, size)| features.put(feature, size));
            seen.add_to(&mut features);
            Some(Contrast { kind, spans, exchanged: self.exchanged(i, j).is_some(), features })
        };
        let one_case = |(_, i, j): &&Spot| self.under_one_condition(*i, *j) && !self.one_may_be(*i, *j);
        self.spots.iter().filter(one_case).filter_map(contrast).collect()
    }

    /// How much of each unit of the first sentence, or of the second, the other has, in thousandths, with its weight.
    pub(crate) fn held(&self, of_first: bool) -> Vec<(u32, u32)> {
        let (own, other, partners) = if of_first { (self.p, self.q, &self.of) } else { (self.q, self.p, &self.back) };
        let held = |(u, m): (&Unit, &Option<usize>)| (m.map_or(0, |m| likeness(u, &other.units[m])), u.part.weight);
        own.units.iter().zip(partners).map(held).collect()
    }

    /// Adds what is seen of two values, each given by where it stands; nothing where a sentence has no words there.
    pub(crate) fn around(&self, x: Span, y: Span, out: &mut Features) {
        if let (Some(i), Some(j)) = (self.p.within(x, self.sides.0.tree), self.q.within(y, self.sides.1.tree)) {
            self.seen(&i, &j).add_to(out);
            out.put(Feature::ConditionOther, yes(!self.under_one_condition(self.p.head(&i), self.q.head(&j))));
        }
    }

    /// Whether one of two units alone is said of what may be, and the other in a clause of its own: "if the road is closed, turn left"
    /// and "the road is open", but not "all phones if they have a camera" and "all phones that have no camera".
    fn one_may_be(&self, i: usize, j: usize) -> bool {
        let (p, q) = self.sides;
        let (u, v) = (&self.p.units[i], &self.q.units[j]);
        match (p.is_conditional(u.top), q.is_conditional(v.top)) {
            (true, false) => q.tree.head(v.clause).is_none(),
            (false, true) => p.tree.head(u.clause).is_none(),
            _ => false,
        }
    }

    /// Whether two units may be said of one case. "If the switch is on, the lamp is red" and "if the switch is off, the lamp is
    /// green" speak of two; but where one thing is said of both cases, the conditions themselves differ: "press twice if the
    /// tank is full", "press twice if the tank is empty".
    fn under_one_condition(&self, i: usize, j: usize) -> bool {
        let (p, q) = self.sides;
        if p.sentence.conditions.is_empty() && q.sentence.conditions.is_empty() {
            return true;
        }
        let (clause, condition) = (
            |s: Side<'_>, at: usize| s.sentence.units[at].clause,
            |s: Side<'_>, at: usize| s.is_conditional(s.sentence.units[at].top),
        );
        // The clause that a clause belongs to.
        let main = |s: Side<'a>, at: usize| s.tree.head(clause(s, at)).map(|head| self::clause(s.tree, head));
        match (condition(p, i), condition(q, j)) {
            (false, false) => {
                let own = (Some(clause(p, i)), Some(clause(q, j)));
                return !self.spots.iter().any(|(kind, m, n)| {
                    let conditions = *kind != ContrastKind::Word && condition(p, *m) && condition(q, *n);
                    conditions && (main(p, *m), main(q, *n)) == own
                });
            }
            (true, true) => {}
            _ => return true,
        }
        let (Some(a), Some(b)) = (main(p, i), main(q, j)) else { return false };
        let weight = |s: Side<'_>, of: usize| -> u32 {
            s.sentence.units.iter().filter(|u| u.clause == of).map(|u| u.part.weight).sum()
        };
        let same = self.same(|_, u| u.clause == a, |v| v.clause == b);
        let differ = self.spots.iter().any(|(_, m, n)| (clause(p, *m), clause(q, *n)) == (a, b));
        !differ && same >= SAME as u32 * weight(p, a).max(weight(q, b))
    }

    /// How many units say the same among the three before a spot and the three before the other, and behind them; at most two each.
    fn same_beside(&self, i: usize, j: usize) -> i32 {
        let count = |own: Range<usize>, other: Range<usize>| {
            let same = own.filter(|n| self.of.get(*n).copied().flatten().is_some_and(|m| other.contains(&m)));
            same.count().min(2) as i32
        };
        count(i.saturating_sub(3)..i, j.saturating_sub(3)..j) + count(i + 1..i + 4, j + 1..j + 4)
    }

    /// How the sentences are alike but for a pair of spots.
    fn seen(&self, i: &Range<usize>, j: &Range<usize>) -> Alike {
        let (m, n) = (self.p.head(i), self.q.head(j));
        let (u, v) = (&self.p.units[m], &self.q.units[n]);
        let (clause, longer) = self.same_clause(i, j);
        let exchanged = self.exchanged(m, n);
        let other = |(kind, a, b): &&Spot| {
            *kind != ContrastKind::Word && !i.contains(a) && !j.contains(b) && exchanged != Some((*a, *b))
        };
        let (names, contrasts): (Vec<&Spot>, Vec<&Spot>) =
            self.spots.iter().filter(other).partition(|(kind, ..)| *kind == ContrastKind::Name);
        Alike {
            same: self.same_but(i, j),
            clause,
            longer,
            contrasts: contrasts.len().min(3) as i32,
            names: names.len().min(2) as i32,
            placed: names.iter().any(|(_, a, b)| {
                let (x, y) = (&self.p.units[*a], &self.q.units[*b]);
                self.under_one(x, y) && x.role == y.role && x.preposition() == y.preposition()
            }),
            role: u.role == v.role,
            governor: self.under_one(u, v),
            preposition: (u.preposition() == v.preposition(), u.preposition().is_some()),
            roles: self.roles(m, n),
            figures: self.figures(i, j),
        }
    }

    /// Where two names have changed places with two others under what says the same, those two: who bought, and who was bought.
    fn exchanged(&self, i: usize, j: usize) -> Option<(usize, usize)> {
        let (n, m) = (self.back[j]?, self.of[i]?);
        let (u, v, w, x) = (&self.p.units[i], &self.q.units[j], &self.p.units[n], &self.q.units[m]);
        let beside = u.governor == w.governor && v.governor == x.governor && self.under_one(u, v);
        let roles = u.role == v.role && w.role == x.role && u.role != w.role;
        let names = [u, v, w, x].iter().all(|unit| !unit.name.is_empty());
        (n != i && beside && roles && names).then_some((n, m))
    }

    /// Whether two names in their phrases are of two, and neither only says something: many may say it.
    fn names_differ(&self, (u, span_u): (&Unit, Span), (v, span_v): (&Unit, Span)) -> bool {
        // A foreign name may be tagged as anything.
        let whole = |side: Side<'_>, span: Span| -> Vec<Box<str>> {
            let own = side.tree.tokens.iter().enumerate().filter(|(_, t)| span.overlaps(t.span));
            let address = |at: usize| self.lexis[side.sentence.lemmas[at]].is_address;
            let capital =
                |(at, t): &(usize, &Token)| t.span.of(side.text).starts_with(char::is_uppercase) && !address(*at);
            own.filter(capital).map(|(_, t)| t.lemma.to_lowercase().into()).collect()
        };
        let (p, q) = self.sides;
        let (a, b) = (whole(p, span_u), whole(q, span_v));
        // Who shares half a name with the other is one who is named in two ways.
        let apart = !a.iter().any(|w| b.contains(w));
        match_names(&a, &b) != NameMatch::Same && !(apart && (self.of_speech(p, u) || self.of_speech(q, v)))
    }

    /// Whether a unit tells who says something, to whom or where: many may say it, to many.
    fn of_speech(&self, side: Side<'_>, unit: &Unit) -> bool {
        let head = side.tree.head(unit.top).map(|h| side.sentence.lemmas[h]);
        matches!(unit.role, Role::Doer | Role::Done | Role::Beside) && head.is_some_and(|h| self.lexis[h].is_speech)
    }

    /// Whether two units are governed by units that say the same.
    fn under_one(&self, u: &Unit, v: &Unit) -> bool {
        matches!((u.governor, v.governor), (Some(g), Some(h)) if self.of[g] == Some(h))
    }

    /// Whether two units stand in one place of what is said: under one governor, or over a unit that both have.
    pub(super) fn one_place(&self, i: usize, j: usize) -> bool {
        let (u, v) = (&self.p.units[i], &self.q.units[j]);
        let over = |c: usize| {
            self.p.units[c].governor == Some(i) && self.of[c].is_some_and(|d| self.q.units[d].governor == Some(j))
        };
        self.under_one(u, v) || u.governor.is_none() && v.governor.is_none() || (0..self.p.units.len()).any(over)
    }

    /// What stands in the other sentence where a noun stands in this, if either is of the other sentence in another place:
    /// "Ines Berg beat Ole Lund" and the reverse, "the van ran a red light" and "the bus did, and the van stopped".
    fn rival(&self, i: usize) -> Option<Spot> {
        let u = &self.p.units[i];
        let governor = self.of[u.governor?]?;
        if !matches!(u.role, Role::Doer | Role::Done) {
            return None;
        }
        let stands = |v: &&Unit| v.governor == Some(governor) && v.role == u.role;
        let (j, v) = self.q.units.iter().enumerate().find(|(_, v)| stands(v))?;
        let (own, other) = (self.of[i], self.back[j]);
        // Who met whom makes no difference.
        let mutual = |verb: &Unit| self.lexis[verb.lemma].is_mutual;
        if self.exchanged(i, j).is_some() && mutual(&self.p.units[u.governor?]) && mutual(&self.q.units[governor]) {
            return None;
        }
        // "Berg and Lund" is "Lund and Berg".
        let beside =
            |s: &Sentence, partner: Option<usize>, at: usize| partner.is_some_and(|n| s.units[n].governor == Some(at));
        if own == Some(j) || (own, other) == (None, None) || beside(self.q, own, j) || beside(self.p, other, i) {
            return None;
        }
        let kind = exclude(u, v, self.lexis).filter(|k| matches!(k, ContrastKind::Name | ContrastKind::Word))?;
        Some((kind, i, j))
    }

    /// How two units that say the same are set against each other by what belongs to them: a denial, a preposition, a spelling.
    fn turned(&self, i: usize, j: usize) -> Option<ContrastKind> {
        let (u, v) = (&self.p.units[i], &self.q.units[j]);
        let apart = |p: u32, q: u32| self.lexis[p].opposed.excludes(&self.lexis[q].opposed);
        // Where what is above them is denied of neither, or of both, what belongs to them alone decides: "left with money", "left
        // with no money". Of a noun below what both deny it is one denial: "there was no wall", "there was not a wall".
        let above = u.governor.zip(v.governor).filter(|(g, h)| self.of[*g] == Some(*h));
        let above = above.map(|(g, h)| (self.p.units[g].denied, self.q.units[h].denied));
        // A denial above both sets neither against the other: their own denials alone count.
        let is_denied = |w: &Unit, s: &Sentence, partners: &[Option<usize>], other: &Sentence| {
            let above = w.governor.and_then(|g| Some((&s.units[g], &other.units[partners[g]?])));
            let of_both = above.is_some_and(|(g, h)| g.own_denied && h.own_denied);
            if of_both { w.own_denied } else { w.denied }
        };
        let denied = || match above {
            Some((true, true)) => u.says() && v.says() && u.own_denied != v.own_denied,
            Some((false, false)) => u.own_denied != v.own_denied,
            _ => {
                is_denied(u, self.p, &self.of, self.q) != is_denied(v, self.q, &self.back, self.p)
                    && (u.says() || v.says())
            }
        };
        // "Off by default" and "on by default", "turned off" and "turned on".
        let led = || u.prepositions.iter().any(|p| v.prepositions.iter().any(|q| apart(*p, *q)));
        let ends = || u.particle.zip(v.particle).is_some_and(|(p, q)| u.part.key == v.part.key && apart(p, q));
        // "The largest" and "the second-largest".
        let placed = || u.tag == Tag::Adj && self.placed(i, self.p, &self.of) != self.placed(j, self.q, &self.back);
        let spelt = || u.part.key != v.part.key && match_names(&u.name, &v.name) == NameMatch::Spelt;
        // "Did not open in 1990" denies the year, if the other opened in 1991, or before 1990.
        let exact = |s: &'a Sentence, at: usize| {
            let times = |w: &Unit| w.time || w.part.kind == PartKind::Figure;
            let belongs = move |w: &Unit| w.governor == Some(at) && w.role != Role::Doer && times(w);
            s.units.iter().enumerate().filter(move |(_, w)| belongs(w))
        };
        let led_otherwise = |w: &Unit, x: &Unit| w.preposition().zip(x.preposition()).is_some_and(|(p, q)| p != q);
        let of_detail = || {
            exact(self.p, i).any(|(m, w)| match self.of[m] {
                Some(n) => led_otherwise(w, &self.q.units[n]),
                None => exact(self.q, j).any(|(n, x)| self.back[n].is_none() && w.time == x.time),
            })
        };
        match () {
            // As many denials on both sides are the same ones, told in two ways: "will not sign", "refuses to sign".
            () if denied() && !of_detail() && self.p.denials != self.q.denials => Some(ContrastKind::Denied),
            () if led() || ends() => Some(ContrastKind::Opposed),
            () if placed() => Some(ContrastKind::Place),
            () if spelt() => Some(ContrastKind::Name),
            () => None,
        }
    }

    /// Whether a place in an order belongs to a unit of a sentence alone.
    fn placed(&self, at: usize, s: &Sentence, partners: &[Option<usize>]) -> bool {
        let mut own = s.units.iter().zip(partners).filter(|(w, partner)| w.governor == Some(at) && partner.is_none());
        own.any(|(w, _)| w.part.kind == PartKind::Place || self.lexis[w.lemma].is_instance)
    }

    /// The spots where the two exclude each other, or may: each unit with one other, the one that is most in its place.
    fn spots(&self) -> Vec<Spot> {
        let mut found: Vec<Spot> = Vec::new();
        for (i, u) in self.p.units.iter().enumerate() {
            found.extend(self.rival(i));
            if let Some(j) = self.of[i] {
                found.extend(self.turned(i, j).map(|kind| (kind, i, j)));
                continue;
            }
            let alone = self.q.units.iter().enumerate().filter(|(j, _)| self.back[*j].is_none());
            for (j, v) in alone {
                if let Some(kind) = exclude(u, v, self.lexis)
                    && (matches!(kind, ContrastKind::Opposed | ContrastKind::Name) || self.one_place(i, j))
                {
                    found.push((kind, i, j));
                }
            }
        }
        let fit = |i: usize, j: usize| {
            let (u, v) = (&self.p.units[i], &self.q.units[j]);
            u32::from(u.role == v.role) * 4
                + u32::from(u.preposition() == v.preposition()) * 2
                + u32::from(u.tag == v.tag)
        };
        found.sort_by_key(|(kind, i, j)| (*kind, std::cmp::Reverse(fit(*i, *j)), *i, *j));
        let (mut own, mut other) = (BTreeSet::new(), BTreeSet::new());
        found.retain(|(_, i, j)| !own.contains(i) && !other.contains(j) && own.insert(*i) && other.insert(*j));
        found
    }

    /// How much of some units of the first is the same in partners of a kind, by weight and in thousandths.
    fn same(&self, counts: impl Fn(usize, &Unit) -> bool, partner: impl Fn(&Unit) -> bool) -> u32 {
        let like = |(n, u): (usize, &Unit)| {
            let other = self.of[n].map(|m| &self.q.units[m]).filter(|v| partner(v))?;
            Some(likeness(u, other) * u.part.weight)
        };
        self.p.units.iter().enumerate().filter(|(n, u)| counts(*n, u)).filter_map(like).sum()
    }

    /// How much of the sentence with more of its own is the same but for a pair of spots, in thousandths.
    fn same_but(&self, i: &Range<usize>, j: &Range<usize>) -> i32 {
        let same = self.same(|n, _| !i.contains(&n), |_| true);
        let weight =
            |s: &Sentence, own: &Range<usize>| -> u32 { s.units[own.clone()].iter().map(|u| u.part.weight).sum() };
        let share = |s: &Sentence, own: &Range<usize>| same / s.weight.saturating_sub(weight(s, own)).max(1);
        share(self.p, i).min(share(self.q, j)).min(1000) as i32
    }

    /// The same of the clauses in which the pair stands: of the one with more of its own, and of the other.
    fn same_clause(&self, i: &Range<usize>, j: &Range<usize>) -> (i32, i32) {
        let (u, v) = (&self.p.units[self.p.head(i)], &self.q.units[self.q.head(j)]);
        // Who is none has nobody to answer.
        let counts = |n: usize, own: &Range<usize>, w: &Unit, at: &Unit, none: Option<Role>| {
            !own.contains(&n) && w.clause == at.clause && none.is_none_or(|role| w.role != role)
        };
        let same = self.same(|n, w| counts(n, i, w, u, v.none), |x| x.clause == v.clause);
        let share = |s: &Sentence, own: &Range<usize>, at: &Unit, none: Option<Role>| {
            let counted = s.units.iter().enumerate().filter(|(n, w)| counts(*n, own, w, at, none));
            let weight: u32 = counted.map(|(_, w)| w.part.weight).sum();
            same.checked_div(weight).map_or(1000, |s| s.min(1000) as i32)
        };
        let (a, b) = (share(self.p, i, u, v.none), share(self.q, j, v, u.none));
        (a.min(b), a.max(b))
    }

    /// What stands beside a pair of units under what governs both, from the nearest up as far as that is the same: who did it,
    /// and to whom.
    fn roles(&self, mut i: usize, mut j: usize) -> Roles {
        let mut roles = Roles::default();
        let arguments = |s: &Sentence, of: usize, but: usize| -> Vec<usize> {
            let core = |(n, w): (usize, &Unit)| {
                (n != but && w.governor == Some(of) && matches!(w.role, Role::Doer | Role::Done)).then_some(n)
            };
            s.units.iter().enumerate().filter_map(core).collect()
        };
        let mut count = |g: usize, h: usize, i: usize, j: usize| {
            roles.predicates += 1;
            let (own, mut others) = (arguments(self.p, g, i), arguments(self.q, h, j));
            for n in own {
                let role = self.p.units[n].role;
                let partner = self.of[n].filter(|m| others.contains(m));
                let rival = others.iter().copied().find(|m| self.q.units[*m].role == role);
                match (partner, rival) {
                    (Some(m), _) => {
                        roles.same += 1;
                        others.retain(|o| *o != m);
                    }
                    (None, Some(m)) => {
                        roles.other += 1;
                        others.retain(|o| *o != m);
                    }
                    (None, None) => roles.alone += 1,
                }
            }
            roles.alone += others.len() as i32;
        };
        // What excludes the other may be the predicate itself.
        if self.of[i] == Some(j) || self.p.units[i].role == Role::Head && self.q.units[j].role == Role::Head {
            count(i, j, usize::MAX, usize::MAX);
        }
        for _ in 0..self.p.units.len() {
            match (self.p.units[i].governor, self.q.units[j].governor) {
                (Some(g), Some(h)) if self.of[g] == Some(h) => {
                    count(g, h, i, j);
                    (i, j) = (g, h);
                }
                _ => break,
            }
        }
        roles
    }

    /// How many figures the two share but for those of a pair of spots, and of how many each has others.
    fn figures(&self, i: &Range<usize>, j: &Range<usize>) -> (i32, i32) {
        let count = |s: &Sentence, of: &[Option<usize>], own: &Range<usize>, shared: bool| {
            let others = s.units.iter().zip(of).enumerate().filter(|(n, _)| !own.contains(n));
            let figures = others.filter(|(_, (u, _))| u.part.kind == PartKind::Figure);
            figures.filter(|(_, (_, partner))| partner.is_some() == shared).count() as i32
        };
        let others = count(self.p, &self.of, i, false).min(count(self.q, &self.back, j, false));
        (count(self.p, &self.of, i, true), others)
    }
}

/// How two units without a partner exclude each other, or may.
fn exclude(u: &Unit, v: &Unit, lexis: &Lexis) -> Option<ContrastKind> {
    if u.time || v.time {
        return None;
    }
    let proper = (!u.name.is_empty(), !v.name.is_empty());
    // Of a list, one text may name other members than the next.
    let words = u.part.kind == PartKind::Word && v.part.kind == PartKind::Word;
    if (u.listed || v.listed) && words && proper == (false, false) && !opposed(u, v, lexis) {
        return None;
    }
    match (u.part.kind, v.part.kind) {
        (PartKind::Word, PartKind::Word) if opposed(u, v, lexis) => {
            (u.denied == v.denied).then_some(ContrastKind::Opposed)
        }
        (PartKind::Place, PartKind::Place) => Some(ContrastKind::Place),
        (PartKind::Figure, PartKind::Figure) if u.part.senses == v.part.senses => Some(ContrastKind::Figure),
        (PartKind::Word | PartKind::Name, PartKind::Word | PartKind::Name) if proper == (true, true) => {
            Some(ContrastKind::Name)
        }
        // To note something is to say it.
        (PartKind::Word, PartKind::Word) if [u, v].iter().all(|w| lexis[w.lemma].is_speech) => None,
        (PartKind::Word, PartKind::Word)
            if proper == (false, false)
                && (u.tag.is_noun() == v.tag.is_noun()
                    || u.preposition().is_some() && u.preposition() == v.preposition()) =>
        {
            Some(ContrastKind::Word)
        }
        // "Opened by the mayor" and "by Ines Berg": who did it.
        (PartKind::Word | PartKind::Name, PartKind::Word | PartKind::Name)
            if proper.0 != proper.1 && u.tag.is_noun() && v.tag.is_noun() && u.role == v.role =>
        {
            Some(ContrastKind::Word)
        }
        _ => None,
    }
}

/// Whether two words are opposites, or what one of two predicates means in other words: "approved" and "turned down".
fn opposed(u: &Unit, v: &Unit, lexis: &Lexis) -> bool {
    lexis[u.lemma].excludes(&lexis[v.lemma], u.says() && v.says())
}

/// Whether a sentence is written as headlines are: Nearly All Words With a Capital, its verb as well.
fn headline(side: Side<'_>) -> bool {
    let plain = |t: &Token| t.span.of(side.text).starts_with(char::is_lowercase);
    !side.tree.tokens.iter().any(|t| (t.tag.is_verb() || t.tag == Tag::Aux) && plain(t))
}

/// Where a unit stands with the words before it that belong to it: "narrow lanes", "Nystrom Timber"; where it is
/// set apart by what leads it, with that: "off by default", "second-largest".
fn phrase(tree: &Tree, u: &Unit, led: bool) -> Span {
    let mut first = usize::from(u.part.first).min(u.top);
    let belongs = |at: usize, first: usize| {
        let t = &tree.tokens[at];
        let name = t.tag == Tag::Propn && u.tag == Tag::Propn;
        let modifies = matches!(t.label, Label::Compound | Label::Amod | Label::Flat | Label::Nummod | Label::NmodBare);
        name || u.tag.is_noun() && modifies && tree.head(at).is_some_and(|h| h >= first && h <= u.top)
    };
    while first > 0 && belongs(first - 1, first) {
        first -= 1;
    }
    let mut last = usize::from(u.part.token).max(u.top);
    last = last.max(tree.particle(u.top).unwrap_or(last));
    while tree.tokens.get(last + 1).is_some_and(|t| t.tag == Tag::Propn) && u.tag == Tag::Propn {
        last += 1;
    }
    let leads = |c: &usize| {
        matches!(tree.tokens[*c].label, Label::Case | Label::Amod | Label::Advmod | Label::Compound | Label::Flat)
    };
    if led && let Some(lead) = tree.children(u.top).filter(leads).min() {
        first = first.min(lead);
    }
    Span { start: tree.tokens[first].span.start, end: tree.tokens[last].span.end }
}

#[cfg(test)]
mod tests {
    use crate::rule::Rules;

    use super::*;

    fn words(name: &str) -> Vec<Box<str>> {
        name.split(' ').map(Into::into).collect()
    }

    #[test]
    fn names_in_two_ways() {
        for (a, b, expected) in [
            ("berg", "ines berg", NameMatch::Same),
            ("harbourside", "harbour side", NameMatch::Same),
            ("n.b", "north berg", NameMatch::Same),
            ("mt lowmere", "mount lowmere", NameMatch::Same),
            ("lowmere centre", "lowmere center", NameMatch::Same),
            ("daniel lund", "david lund", NameMatch::Apart),
            ("elsa marchaud", "elsa marchand", NameMatch::Spelt),
            ("ole lund", "ines berg", NameMatch::Apart),
        ] {
            assert_eq!(match_names(&words(a), &words(b)), expected, "{a}, {b}");
            assert_eq!(match_names(&words(b), &words(a)), expected, "{b}, {a}");
        }
    }

    #[test]
    fn what_is_denied() {
        let rules = Rules::embedded().unwrap();
        let extractor = crate::claim::Extractor::new(&rules);
        for (text, verb, expected) in [
            ("The council did not approve the wall.", "approve", true),
            ("Nobody approved the wall.", "approve", true),
            ("The council refused to approve the wall.", "approve", true),
            ("The council refused approval for the wall.", "approval", true),
            ("The council was unable to approve the wall.", "approve", true),
            ("The council approved the wall.", "approve", false),
        ] {
            let tree = Tree::of(text, Span::new(0, text.len()), &[]);
            let at = tree.tokens.iter().position(|t| &*t.lemma == verb).unwrap();
            let mut lexis = Lexis::default();
            let lemmas: Vec<u32> = tree.tokens.iter().map(|t| lexis.id(&t.lemma, extractor.lookup())).collect();
            let read = Read { tree: &tree, lemmas: &lemmas, lexis: &lexis };
            assert_eq!(denied(read, at) || denied_above(read, at), expected, "{text}");
        }
    }

    #[test]
    fn headlines() {
        let headline = |text: &str| {
            let tree = Tree::of(text, Span::new(0, text.len()), &[]);
            headline(Side { sentence: &Sentence::default(), tree: &tree, figures: &[], text })
        };
        assert!(headline("Council Approves New Harbour Wall"));
        assert!(!headline("The council of Lowmere approved the harbour wall."));
    }
}
