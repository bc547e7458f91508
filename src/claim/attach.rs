//! Whom a stretch of a sentence is about, when no slot says so: apposition, the word "who", the subject of the clause.

use crate::entity::{Entities, EntityType, governed};
use crate::language::{Label, Tag, Tree};
use crate::mention::{Item, ItemKind, Pronoun, Sentence};
use crate::rule::Lookup;
use crate::text::{Span, TokenKind};

use super::model::Subject;

/// What the words are that a subject is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A noun: a title or description beside the name that it describes.
    Noun,
    /// A verb, or what a verb governs: its subject stands before it.
    Verb,
}

/// Most tokens from a word that links a noun to its subject up to that noun.
const LINK: usize = 3;

/// Words by which a post is somebody's as surely as by "be": "take the chair", "report to the head".
const TAKEN: [&str; 11] =
    ["to", "take", "takes", "took", "accept", "accepts", "hold", "holds", "report", "reports", "reporting"];

/// What is needed to name subjects.
#[derive(Clone, Copy)]
pub(super) struct ClaimContext<'a> {
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) entities: &'a Entities,
    pub(super) lookup: &'a Lookup,
}

impl ClaimContext<'_> {
    /// The subject that an item names.
    pub(super) fn subject(&self, sentence: &Sentence, item: &Item) -> Option<Subject> {
        let entity = item.entity.and_then(|e| self.entities.get(e));
        match &item.kind {
            ItemKind::Name(kind) => {
                if let Some(last) = self.heads_on(sentence, item) {
                    let name = sentence.span_of(self.owner_before(sentence, item), last).of(self.text).to_owned();
                    return Some(Subject { name, kind: EntityType::Any, entity: None, instance: None });
                }
                let name = entity.map_or_else(|| item.span.of(self.text).to_owned(), |e| e.name.clone());
                Some(Subject { name, kind: entity.map_or(*kind, |e| e.kind), entity: item.entity, instance: None })
            }
            ItemKind::Pronoun(_) => self.owner(item),
            ItemKind::Nominal { kind, head, owner, .. } => match (kind, entity) {
                (EntityType::Product, Some(_)) if owner.is_none() => self.owner(item),
                (EntityType::Document | EntityType::Event, Some(e)) => Some(Subject {
                    name: format!("{}’s {head}", e.name),
                    kind: *kind,
                    entity: item.entity,
                    instance: Some(head.to_string()),
                }),
                (EntityType::Person | EntityType::Org, Some(_)) => self.owner(item),
                _ => Some(Subject {
                    name: self.owned(sentence, item, owner.filter(|_| *kind != EntityType::Person)),
                    kind: *kind,
                    entity: None,
                    instance: None,
                }),
            },
            ItemKind::Quote { inner } => Some(Subject {
                name: inner.of(self.text).trim_matches([',', '.']).to_owned(),
                kind: EntityType::Term,
                entity: None,
                instance: None,
            }),
            _ => None,
        }
    }

    /// The words of a noun that stands for no entity, with the name whose it is: two owners have two divisions.
    fn owned(&self, sentence: &Sentence, item: &Item, owner: Option<usize>) -> String {
        let words = words_without_article(item.span.of(self.text));
        let named = sentence
            .items
            .iter()
            .find(|i| matches!(i.kind, ItemKind::Name(_)) && owner.is_some_and(|o| i.first <= o && o < i.last));
        match named {
            Some(name) => {
                let entity = name.entity.and_then(|e| self.entities.get(e));
                format!("{}’s {words}", entity.map_or(name.span.of(self.text), |e| e.name.as_str()))
            }
            None => words.to_owned(),
        }
    }

    /// The event right behind a verb of telling at a token: "confirmed the move".
    pub(super) fn event_stated(&self, sentence: &Sentence, verb: usize) -> Option<usize> {
        sentence.items.iter().position(|i| {
            i.first > verb
                && i.first <= verb + 2
                && matches!(i.kind, ItemKind::Nominal { kind: EntityType::Event, definite: true, .. })
        })
    }

    /// What a verb of telling at a token tells of, where that is an event.
    pub(super) fn object_stated(&self, sentence: &Sentence, verb: usize) -> Option<Subject> {
        let object = &sentence.items[self.event_stated(sentence, verb)?];
        let subject = self.subject(sentence, object)?;
        // Who confirms the role that somebody takes confirms that they take it.
        Some(match subject.instance.as_deref() {
            Some("role") => self.owner(object)?.of_person("move"),
            _ => subject,
        })
    }

    /// The token behind the noun that a name only modifies, where a verb right behind that noun shows it to be the head:
    /// "the Norvik stack was …" is about the stack.
    fn heads_on(&self, sentence: &Sentence, item: &Item) -> Option<usize> {
        let noun = sentence.toks.get(item.last).filter(|t| t.kind == TokenKind::Word && !t.capital && !t.glued)?;
        let word = noun.span.of(self.text);
        let tag = |at: usize| sentence.node(at).map(|n| sentence.tree.tokens[n].tag);
        // "Norvik also had", "Norvik would have": no noun.
        if matches!(tag(item.last), Some(Tag::Adv | Tag::Aux)) {
            return None;
        }
        let behind = (item.last + 1..sentence.toks.len()).find(|&a| tag(a) != Some(Tag::Adv))?;
        let verb = sentence.word(self.text, behind);
        let known = sentence.items.iter().any(|i| i.first <= item.last && item.last < i.last);
        let finite =
            tag(behind) == Some(Tag::Aux) || matches!(verb, "is" | "was" | "are" | "were" | "has" | "have" | "had");
        let inflected = word.len() > 3 && !word.ends_with("ly") && !word.ends_with("ed") && !word.ends_with("ing");
        (finite && inflected && !known).then_some(item.last + 1)
    }

    /// First token of an item with the possessor before it: "Norvik’s Harbour".
    fn owner_before(&self, sentence: &Sentence, item: &Item) -> usize {
        let owner = |i: &&Item| {
            i.last + 1 == item.first
                && matches!(i.kind, ItemKind::Name(_))
                && sentence.toks[i.last].kind == TokenKind::Possessive
        };
        sentence.items.iter().find(owner).map_or(item.first, |i| i.first)
    }

    /// The document's main thing of the first of the types, if it is spoken of often enough to go without saying.
    pub(super) fn main(&self, types: &[EntityType]) -> Option<Subject> {
        let index = types.first().and_then(|t| self.entities.main(*t))?;
        let entity = self.entities.get(index).filter(|e| e.count > 2)?;
        Some(Subject { name: entity.name.clone(), kind: entity.kind, entity: Some(index), instance: None })
    }

    /// Whose an item is, or whom it refers to: "his role" is his.
    fn owner(&self, item: &Item) -> Option<Subject> {
        let entity = self.entities.get(item.entity?)?;
        Some(Subject { name: entity.name.clone(), kind: entity.kind, entity: item.entity, instance: None })
    }

    /// The thing that a description which opens its clause stands for: "The most admired pilot of the fleet retired".
    pub(super) fn described(&self, sentence: &Sentence, first: usize, last: usize) -> Option<usize> {
        let opens = first == 0 || self.stops(sentence, first - 1);
        let head = |i: &Item| i.first >= first && i.last == last && i.entity.is_some();
        let nominal = |i: &Item| matches!(i.kind, ItemKind::Nominal { definite: true, .. });
        sentence.items.iter().position(|i| opens && head(i) && nominal(i))
    }

    /// The item that tokens `first..last` of a sentence say something of. `taken` are items that are something else.
    pub(super) fn find(
        &self,
        sentence: &Sentence,
        first: usize,
        last: usize,
        types: &[EntityType],
        taken: &[usize],
        manner: Manner,
    ) -> Option<usize> {
        let fits = |i: usize, item: &Item| {
            !(taken.contains(&i) || item.first >= first && item.last <= last) && self.typed(item, types)
        };
        let items: Vec<(usize, &Item)> = sentence.items.iter().enumerate().filter(|(i, it)| fits(*i, it)).collect();
        if manner == Manner::Verb
            && let Some(node) = subject_node(sentence, first, last)
        {
            let at =
                |n: usize| items.iter().find(|(_, it)| it.span.overlaps(sentence.tree.tokens[n].span)).map(|(i, _)| *i);
            if let Some(found) = named_nodes(&sentence.tree, node).into_iter().find_map(at) {
                return Some(found);
            }
        }
        // The title right before the name: "chief executive Ada Lovelace", "the chief executive, Ada Lovelace,", "chief
        // executive and head of research Ada Lovelace".
        let named = |item: &Item| matches!(item.kind, ItemKind::Name(_));
        let beside = |it: &Item| {
            let apposed = it.first == last + 1
                && sentence.mark(self.text, last) == Some(',')
                && matches!(sentence.mark(self.text, it.last), Some(',' | '.') | None);
            let joined = (last + 3..=last + 6).contains(&it.first)
                && sentence.word(self.text, last) == "and"
                && self.is_person(it)
                && (last + 1..it.first).all(|a| self.describes(sentence, a));
            // Behind a title stands a person, known as one or not: "the head of Norvik, Serbio Lund, warned".
            let person = self.is_person(it) || types == [EntityType::Person] && self.unknown(it);
            it.first == last || person && apposed || joined
        };
        if manner == Manner::Noun
            && let Some((i, _)) = items.iter().find(|(_, it)| named(it) && beside(it))
        {
            return Some(*i);
        }
        // Apposition: "Ada Lovelace, a founding member of …", also behind other appositions.
        let mut at = first;
        while manner == Manner::Noun && at > 0 && !self.stops(sentence, at - 1) && first - at < 40 {
            at -= 1;
            if let Some((i, _)) = items.iter().find(|(_, it)| it.last == at && named(it)) {
                let mark = sentence.mark(self.text, at);
                if matches!(mark, Some(',' | '—' | '–' | '(')) && !self.verb_between(sentence, at, first) {
                    return Some(*i);
                }
            }
        }
        // "the engineer who ran …": the word before "who", unless another subject stands between.
        let who = (0..first).rev().take(12).find(|&a| sentence.word(self.text, a).eq_ignore_ascii_case("who"));
        if let Some(who) = who
            && !items.iter().any(|(_, it)| {
                it.first > who && it.last <= first && named(it) && !governed(self.text, sentence, it.first)
            })
        {
            let end = if sentence.mark(self.text, who.wrapping_sub(1)) == Some(',') { who - 1 } else { who };
            if let Some((i, _)) = items.iter().rev().find(|(_, it)| it.last == end) {
                return Some(*i);
            }
        }
        // The nearest word before that no preposition governs and that is no possessor.
        let free = |it: &Item| {
            let bound = governed(self.text, sentence, it.first)
                || sentence.toks.get(it.last).is_some_and(|t| t.kind == TokenKind::Possessive)
                || matches!(it.kind, ItemKind::Quote { .. })
                || self.possessive_pronoun(sentence, it)
                || named(it) && self.describes_noun(sentence, it)
                || self.acted_on(sentence, it);
            !bound
        };
        // A noun beside nothing is somebody's only through a form of "be", or behind a colon that explains.
        let explained = (0..first).rev().find(|&a| sentence.mark(self.text, a) == Some(':'));
        if let (Manner::Noun, Some(colon)) = (manner, explained)
            && let Some((i, _)) = items.iter().find(|(_, it)| it.last <= colon && free(it))
        {
            return Some(*i);
        }
        if manner == Manner::Noun && !self.linked(sentence, first, &TAKEN) {
            return None;
        }
        if let Some((i, it)) = items.iter().rev().find(|(_, it)| it.last <= first && free(it)) {
            return (!self.only_tells(sentence, it, first, types)).then_some(*i);
        }
        let behind = items.iter().find(|(_, it)| it.first >= last && it.first < last + 6 && named(it) && free(it));
        // "Lovelace's valuation has …": with nothing else in sight, the owner.
        let owner = items.iter().rev().find(|(_, it)| {
            it.last <= first
                && named(it)
                && sentence.toks.get(it.last).is_some_and(|t| t.kind == TokenKind::Possessive)
                && !governed(self.text, sentence, it.first)
        });
        owner.or(behind.filter(|_| manner == Manner::Noun)).map(|(i, _)| *i)
    }

    /// Whether a name only describes the noun right behind it: "the Lowmere company".
    fn describes_noun(&self, sentence: &Sentence, item: &Item) -> bool {
        sentence.toks.get(item.last).is_some_and(|t| {
            let noun = self.lookup.terms("nominals").at(&[t.words], None);
            !t.capital && !t.glued && noun.is_some_and(|(_, term)| matches!(&*term.class, "org" | "team" | "person"))
        })
    }

    /// Whether a token can stand in a title: a word that is no determiner, pronoun or conjunction.
    fn describes(&self, sentence: &Sentence, at: usize) -> bool {
        let word = sentence.word(self.text, at).to_lowercase();
        let breaks = ["a", "an", "the", "his", "her", "its", "their", "and", "but", "who", "is", "was", "has", "had"];
        sentence.toks.get(at).is_some_and(|t| t.kind == TokenKind::Word) && !breaks.contains(&word.as_str())
    }

    /// Whether a form of "be", "become" or the word "as" leads up to a token, or one of some further words.
    pub(super) fn linked(&self, sentence: &Sentence, first: usize, further: &[&str]) -> bool {
        let links =
            ["is", "was", "be", "been", "are", "were", "as", "became", "become", "becomes", "named", "appointed"];
        (first.saturating_sub(LINK)..=first).any(|a| {
            let word = sentence.word(self.text, a).to_lowercase();
            links.contains(&word.as_str()) || further.contains(&word.as_str())
        })
    }

    /// Whether the item is the object of a verb: "pushed Lovelace out".
    fn acted_on(&self, sentence: &Sentence, item: &Item) -> bool {
        let node = sentence.tree.top(item.span);
        node.is_some_and(|n| matches!(sentence.tree.tokens[n].label, Label::Obj | Label::Iobj))
    }

    /// Whether an item only tells what tokens from `first` on say of something else: "the mayor said that 12 were hurt". A
    /// company that speaks of what companies have speaks of itself.
    fn only_tells(&self, sentence: &Sentence, item: &Item, first: usize, types: &[EntityType]) -> bool {
        let kind = item.entity.and_then(|e| self.entities.get(e)).map_or(EntityType::Any, |e| e.kind);
        if types == [EntityType::Person] || kind == EntityType::Org && types.first() == Some(&EntityType::Org) {
            return false;
        }
        let term = |lexicon: &str, at: usize| {
            let words: Vec<_> = sentence.words_from(at).take(2).collect();
            self.lookup.terms(lexicon).at(&words, None).map(|(n, t)| (at + n, &*t.class))
        };
        // "The mayor has said", and not "the move was confirmed".
        let passed =
            matches!(sentence.word(self.text, item.last).to_lowercase().as_str(), "has" | "had" | "have" | "also");
        let said = term("speech-verbs", item.last + usize::from(passed)).filter(|(at, _)| *at <= first);
        let Some((said, class)) = said else { return false };
        let finite = |at: usize| {
            term("auxiliaries", at).or_else(|| term("irregular", at)).is_some() || {
                let word = sentence.word(self.text, at);
                word.len() > 4 && word.ends_with("ed") && !sentence.toks[at].capital && !sentence.toks[at].glued
            }
        };
        types.first() == Some(&EntityType::Event)
            || sentence.word(self.text, said) == "that"
            || class != "report" && (said..first).any(finite)
    }

    fn possessive_pronoun(&self, sentence: &Sentence, item: &Item) -> bool {
        matches!(item.kind, ItemKind::Pronoun(_))
            && matches!(sentence.word(self.text, item.first).to_lowercase().as_str(), "his" | "its" | "their")
    }

    /// Whether an item is a name that nothing tells the kind of.
    fn unknown(&self, item: &Item) -> bool {
        item.entity.and_then(|e| self.entities.get(e)).is_some_and(|e| e.kind == EntityType::Any)
    }

    /// Whether an item names a person.
    pub(super) fn is_person(&self, item: &Item) -> bool {
        item.entity.and_then(|e| self.entities.get(e)).is_some_and(|e| e.kind == EntityType::Person)
    }

    /// Whether an item is a thing of one of the types. `any` beside other types takes in names of unknown kind, and what is
    /// easily mistaken for one of them: a company for its product.
    pub(super) fn typed(&self, item: &Item, types: &[EntityType]) -> bool {
        let all = types.is_empty() || types == [EntityType::Any];
        let loose = types.contains(&EntityType::Any);
        let fits = |kind: EntityType| {
            let twin = match kind {
                EntityType::Org => types.contains(&EntityType::Product),
                EntityType::Product => types.contains(&EntityType::Org),
                EntityType::Any | EntityType::Team | EntityType::Document | EntityType::Term => true,
                EntityType::Person | EntityType::Place | EntityType::Event => false,
            };
            all || types.contains(&kind) || loose && twin
        };
        let kind = item.entity.and_then(|e| self.entities.get(e)).map(|e| e.kind);
        match &item.kind {
            ItemKind::Name(own) => {
                let kind = kind.unwrap_or(*own);
                // A single word of unknown kind is no person: people are given by two names first.
                let two = item.entity.and_then(|e| self.entities.get(e)).is_some_and(|e| e.name.split(' ').count() > 1);
                fits(kind) || kind == EntityType::Any && (two || types.iter().any(|t| *t != EntityType::Person))
            }
            ItemKind::Pronoun(_) => kind.is_some_and(fits),
            ItemKind::Nominal { kind, definite, owner, .. } => {
                fits(*kind) && (*definite || owner.is_some() || item.entity.is_some())
            }
            ItemKind::Quote { .. } => types.contains(&EntityType::Term),
            _ => false,
        }
    }

    /// Whether the verb at a token has a subject of which no more is known: a noun that stands for nothing that the text
    /// names ("the poem appeared in 1931"), or somebody whom it does not name.
    pub(super) fn unknown_subject(&self, sentence: &Sentence, verb: usize) -> bool {
        let tree = &sentence.tree;
        let known = |n: usize| {
            let mut items = sentence.items.iter().filter(|i| i.span.overlaps(tree.tokens[n].span));
            items.any(|i| i.entity.is_some() || matches!(i.kind, ItemKind::Name(_) | ItemKind::Nominal { .. }))
        };
        let person = |n: usize| tree.tokens[n].tag == Tag::Pron && matches!(&*tree.tokens[n].lemma, "he" | "she");
        let own = sentence.node(verb).and_then(|v| tree.child(v, &[Label::Nsubj, Label::NsubjPass]));
        own.is_some_and(|n| {
            let open = matches!(tree.tokens[n].tag, Tag::Noun | Tag::Nouns) || person(n);
            open && !named_nodes(tree, n).into_iter().any(known)
        })
    }

    fn stops(&self, sentence: &Sentence, at: usize) -> bool {
        matches!(sentence.mark(self.text, at), Some(';' | ':' | '.' | '?' | '!'))
    }

    /// Whether a finite verb of being or happening stands between two tokens.
    fn verb_between(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        (first..last).any(|a| {
            let word = sentence.word(self.text, a).to_lowercase();
            let before_who = (first..a).any(|b| sentence.word(self.text, b).eq_ignore_ascii_case("who"));
            matches!(
                word.as_str(),
                "is" | "was"
                    | "has"
                    | "had"
                    | "will"
                    | "are"
                    | "were"
                    | "have"
                    | "said"
                    | "wrote"
                    | "announced"
                    | "joined"
                    | "made"
                    | "framed"
                    | "then"
            ) && !before_who
        })
    }

    /// The thing that the sentence before spoke of, in the same block.
    pub(super) fn carried(
        &self,
        index: usize,
        types: &[EntityType],
        same_block: impl Fn(&Sentence, &Sentence) -> bool,
    ) -> Option<Subject> {
        let here = self.sentences.get(index)?;
        let before = self.sentences.get(index.checked_sub(1)?)?;
        if !same_block(before, here) {
            return None;
        }
        // Of whom a pronoun that nobody fits is said, is no company.
        let spoken = |i: &Item| matches!(i.kind, ItemKind::Pronoun(Pronoun::Person)) && i.entity.is_none();
        let human = here.items.iter().find(|i| !matches!(i.kind, ItemKind::Time(_) | ItemKind::Undated(_)));
        if human.is_some_and(spoken) {
            return None;
        }
        // A company is not its product from one sentence to the next.
        let firm = |i: &Item| {
            let kind = i.entity.and_then(|e| self.entities.get(e)).map(|e| e.kind);
            kind == Some(EntityType::Org) && !types.contains(&EntityType::Org) && types != [EntityType::Any]
        };
        let item = before.items.iter().find(|i| {
            self.typed(i, types)
                && !firm(i)
                && !governed(self.text, before, i.first)
                && !self.acted_on(before, i)
                && !self.only_tells(before, i, before.toks.len(), types)
                && !matches!(i.kind, ItemKind::Quote { .. })
        })?;
        self.subject(before, item)
    }
}

/// Most steps from a clause up to the one whose subject it shares.
const CLAUSES: usize = 5;

/// The node of the subject of the clause in which tokens stand: its own, or that of the clause on which it leans.
fn subject_node(sentence: &Sentence, first: usize, last: usize) -> Option<usize> {
    let tree = &sentence.tree;
    let own = sentence.span_of(first, last);
    let subject = |n: usize| tree.child(n, &[Label::Nsubj, Label::NsubjPass]);
    let start = tree.top(own)?;
    let mut clause = std::iter::successors(Some(start), |n| tree.head(*n))
        .find(|n| tree.tokens[*n].tag.is_verb() || subject(*n).is_some())?;
    for _ in 0..CLAUSES {
        let label = tree.tokens[clause].label;
        match (subject(clause), label) {
            // "12 million was raised by Norvik."
            (Some(s), _) if tree.tokens[s].span.overlaps(own) => return tree.child(clause, &[Label::Agent]),
            (Some(s), Label::Relcl) if matches!(tree.tokens[s].tag, Tag::Pron | Tag::Det) => return tree.head(clause),
            (Some(s), _) => return Some(s),
            // "The index shows Norvik overtaking Lund": the object before the verb does it.
            (None, Label::Xcomp | Label::Advcl | Label::Ccomp) if object_before(tree, clause).is_some() => {
                return object_before(tree, clause);
            }
            (None, Label::Acl | Label::Relcl) if tree.tokens[clause].tag != Tag::Verb => return tree.head(clause),
            (None, Label::Conj | Label::Xcomp | Label::Advcl | Label::Acl) => {
                let above = std::iter::successors(tree.head(clause), |n| tree.head(*n));
                clause = above.into_iter().find(|n| tree.tokens[*n].tag.is_verb() || subject(*n).is_some())?;
            }
            _ => return None,
        }
    }
    None
}

/// The object of the verb on which another one hangs, where it stands between the two.
fn object_before(tree: &Tree, verb: usize) -> Option<usize> {
    let head = tree.head(verb)?;
    tree.child(head, &[Label::Obj]).filter(|o| head < *o && *o < verb && tree.tokens[verb].tag == Tag::VerbIng)
}

/// The nodes by which a noun is named, the surest first: an apposition, itself, a name before it, an owner, what it is of.
fn named_nodes(tree: &Tree, node: usize) -> Vec<usize> {
    let of = |c: usize| tree.child(c, &[Label::Case]).is_some_and(|p| &*tree.tokens[p].lemma == "of");
    let rank = |c: usize| match tree.tokens[c].label {
        Label::Appos if tree.tokens[c].tag == Tag::Propn => Some(0),
        Label::Compound => Some(2),
        Label::Poss => Some(3),
        Label::Nmod if of(c) => Some(4),
        _ => None,
    };
    let mut all: Vec<(u8, usize)> =
        tree.children(node).filter_map(|c| Some((rank(c)?, c))).chain([(1, node)]).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, node)| node).collect()
}

fn words_without_article(words: &str) -> &str {
    for article in ["the ", "The ", "a ", "A ", "an ", "An "] {
        if let Some(rest) = words.strip_prefix(article) {
            return rest;
        }
    }
    words
}

/// Document span of the words that name a subject.
pub(super) fn named_by(sentence: &Sentence, item: usize) -> Option<Span> {
    sentence.items.get(item).map(|i| i.span)
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// Of whom the value of these words is stated; nobody where no claim has them.
    #[track_caller]
    fn check(text: &str, value: &str, subject: Option<&str>) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let of_value = |c: &&crate::claim::Claim| &*c.kind != "statement" && c.value_span.of(text) == value;
        let found = claims.iter().find(of_value).and_then(|c| c.subject.as_ref());
        assert_eq!(found.map(|s| s.name.as_str()), subject, "{text}");
    }

    #[test]
    fn whose_a_description_is() {
        let ada = Some("Ada Berg");
        check("Norvik Holdings hired chief executive Ada Berg.", "chief executive", ada);
        check("Ada Berg, later the chief executive of Norvik Holdings, left.", "chief executive", ada);
        check("Ada Berg took over as chief executive of Norvik Holdings.", "chief executive", ada);
        check("Ada Berg praised the chief executive of Norvik Holdings.", "chief executive", None);
    }

    #[test]
    fn the_subject_of_the_clause_or_of_the_one_before() {
        let norvik = Some("Norvik Holdings");
        check("Norvik Holdings pushed Ingrid Solberg out and raised $4 million.", "$4 million", norvik);
        check("Some $4 million was raised by Norvik Holdings.", "$4 million", norvik);
        check("Lund Motors overtook Norvik Holdings, which has 320 employees.", "320", norvik);
        check("The Norvik stack was 12 metres high.", "12 metres", Some("Norvik stack"));
        check("The Norvik stack may also be 12 metres high.", "12 metres", Some("Norvik stack"));
        check("Norvik Holdings also had 320 employees.", "320", norvik);
        check("Norvik Holdings would have 320 employees.", "320", norvik);
        check("Norvik Holdings said revenue was $4 million.", "$4 million", norvik);
        check("Norvik Holdings said that the price was $40.", "$40", None);
        check("Norvik Holdings set the price at $40.", "$40", norvik);
        check("Norvik Holdings met on Monday. Revenue was $4 million.", "$4 million", norvik);
        check("Norvik Holdings met on Monday.\n\nRevenue was $4 million.", "$4 million", None);
        check("Ingrid Solberg met us on Monday. Revenue was $4 million.", "$4 million", None);
    }
}
