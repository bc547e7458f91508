//! Within one document: who holds which post, and which posts are named without their holder.
//!
//! Comes in: sentences whose names are resolved. Goes out: the facts that a run needs to tell for whom "the chief
//! executive" stands on another page ([`Posts`]). A post is a term of the lexicon `handles` with the words before it
//! that narrow it down, and the organisation or place that the words say it is at. Former, coming and acting holders
//! are kept too: they are what makes a post ambiguous.

use crate::mention::{Item, ItemKind, Sentence, post_at};
use crate::rule::{EntityType, Lookup};
use crate::text::TokenKind;

use super::model::{At, Entities, Handle, PostHolding, Posts};

/// The lexicon of posts, and that of words that say that a post changes hands.
const HANDLES: &str = "handles";
const CHANGES: &str = "post-changes";

/// Most tokens before a post that say more of it: "the northern harbour council’s".
const BEFORE: usize = 8;
/// Most words that narrow a post down.
const NARROW: usize = 2;

/// For whom a post stands in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// This one.
    Holder(u32),
    /// The document knows several holders, or one that changes.
    Several,
    /// It knows none.
    Nobody,
}

impl Posts {
    /// Reads who holds what.
    pub(super) fn new(text: &str, sentences: &[&Sentence], entities: &Entities, lookup: &Lookup) -> Posts {
        let mut posts = Posts::default();
        for sentence in sentences {
            let mut at = 0;
            while at < sentence.toks.len() {
                let Some(stated) = stated(text, sentence, at, lookup) else {
                    at += 1;
                    continue;
                };
                at = stated.end;
                let holder = holder(text, sentence, &stated).and_then(|i| i.entity);
                let person = |e: &u32| entities.get(*e).is_some_and(|e| may_hold(&e.name, e.kind, lookup));
                if let Some(who) = holder.filter(person) {
                    let changes = stated.changes || changes(sentence, lookup);
                    posts.held.push(PostHolding { post: stated.post, at: stated.at, who, changes });
                }
            }
        }
        posts
    }

    /// Adds the posts that no name of the document stands for. `sentences` are resolved.
    pub(super) fn look_for_handles(&mut self, text: &str, sentences: &[&Sentence], lookup: &Lookup) {
        for sentence in sentences {
            for item in sentence.items.iter().filter(|i| i.entity.is_none() && is_handle(&i.kind, lookup)) {
                let Some(stated) = of_item(text, sentence, item, lookup).filter(PostPhrase::refers) else { continue };
                if !changes(sentence, lookup) || stated.at != At::Unsaid {
                    let words = item.span.of(text);
                    let bare = ["the ", "The "].iter().find_map(|article| words.strip_prefix(article));
                    let words = bare.unwrap_or(words).to_owned();
                    self.handles.push(Handle { post: stated.post, at: stated.at, span: item.span, words });
                }
            }
        }
    }

    /// For whom the post of an item stands.
    pub(super) fn meant(&self, text: &str, sentence: &Sentence, item: &Item, lookup: &Lookup) -> Meant {
        let Some(stated) = of_item(text, sentence, item, lookup).filter(PostPhrase::refers) else {
            return Meant::Nobody;
        };
        let fits = |held: &&PostHolding| held.post == stated.post && (stated.at == At::Unsaid || held.at == stated.at);
        let mut all = self.held.iter().filter(fits);
        let Some(first) = all.next() else { return Meant::Nobody };
        if first.changes || all.any(|h| h.changes || h.who != first.who) {
            return Meant::Several;
        }
        Meant::Holder(first.who)
    }

    /// Whether the document gives somebody a post other than that of an item.
    pub(super) fn holds_another(
        &self,
        who: u32,
        text: &str,
        sentence: &Sentence,
        item: &Item,
        lookup: &Lookup,
    ) -> bool {
        let mut own = self.held.iter().filter(|h| h.who == who).peekable();
        let post = of_item(text, sentence, item, lookup).map(|t| t.post);
        own.peek().is_some() && post.is_some_and(|post| own.all(|h| h.post != post))
    }
}

/// Whether an item calls somebody by a post.
pub(crate) fn is_handle(kind: &ItemKind, lookup: &Lookup) -> bool {
    matches!(kind, ItemKind::Nominal { kind: EntityType::Person, definite: true, head, .. }
        if lookup.term_of(HANDLES, head).is_some())
}

/// A post as stated: tokens `start..end` with its article and what says where.
struct PostPhrase {
    start: usize,
    /// Token behind the post itself.
    behind: usize,
    end: usize,
    post: String,
    at: At,
    definite: bool,
    changes: bool,
}

impl PostPhrase {
    /// Whether it can stand for its holder: "the chief executive", not "a former chief executive".
    fn refers(&self) -> bool {
        self.definite && !self.changes
    }
}

/// The post that an item is.
fn of_item(text: &str, sentence: &Sentence, item: &Item, lookup: &Lookup) -> Option<PostPhrase> {
    (item.first..item.last).find_map(|at| stated(text, sentence, at, lookup)).filter(|t| t.behind == item.last)
}

/// The post at a token with the words round it.
fn stated(text: &str, sentence: &Sentence, post: usize, lookup: &Lookup) -> Option<PostPhrase> {
    let (n, key) = post_at(text, sentence, post, lookup)?;
    let lower = |a: usize| sentence.word(text, a).to_lowercase();
    let is = |lexicon: &str, class: Option<&str>, a: usize| {
        lookup.terms(lexicon).at(&[sentence.toks[a].words], class).is_some()
    };
    let mut stated = PostPhrase {
        start: post,
        behind: post + n,
        end: post + n,
        post: String::new(),
        at: At::Unsaid,
        definite: false,
        changes: false,
    };
    let mut narrow: Vec<String> = Vec::new();
    while let Some(before) = stated.start.checked_sub(1).filter(|b| post - b <= BEFORE) {
        let tok = &sentence.toks[before];
        let word = lower(before);
        let named = sentence.items.iter().find(|i| i.last == stated.start && matches!(i.kind, ItemKind::Name(_)));
        if let Some(owner) = named.filter(|i| !matches!(i.kind, ItemKind::Name(EntityType::Person))) {
            stated.at = owner.entity.map_or(At::Unsaid, At::Entity);
            stated.start = owner.first;
        } else if tok.kind == TokenKind::Possessive {
            let owner = sentence.items.iter().find(|i| i.last == before && is_owner(&i.kind));
            stated.at = match owner.map(|i| i.entity) {
                Some(Some(e)) => At::Entity(e),
                _ => At::Words(before.checked_sub(1).map(lower).unwrap_or_default()),
            };
            stated.start = owner.map_or(before, |i| i.first);
            stated.definite = true;
            break;
        } else if matches!(word.as_str(), "its" | "their" | "his" | "her" | "our" | "your" | "my" | "whose") {
            let owner = sentence.items.iter().find(|i| i.first == before && i.last == stated.start);
            stated.at = owner.and_then(|i| i.entity).map_or(At::Words(String::new()), At::Entity);
            stated.definite = true;
            stated.start = before;
            break;
        } else if matches!(word.as_str(), "the" | "this" | "that") {
            stated.definite = true;
            stated.start = before;
            break;
        } else if is(CHANGES, Some("word"), before) || matches!(word.as_str(), "new" | "newly" | "first") {
            stated.changes = true;
            stated.start = before;
        } else if tok.capital && is("demonyms", None, before) {
            stated.at = At::Words(word);
            stated.start = before;
        } else if tok.kind == TokenKind::Word
            && !tok.capital
            && narrow.len() < NARROW
            && !matches!(word.as_str(), "a" | "an" | "as" | "and" | "or")
            && !["function-words", "auxiliaries", "speech-verbs"].iter().any(|l| is(l, None, before))
        {
            narrow.insert(0, word);
            stated.start = before;
        } else {
            // "A former mayor", "as mayor": an article that is none of the above, a mark, a verb.
            break;
        }
    }
    narrow.push(key.to_owned());
    stated.post = narrow.join(" ");
    // "… of Norvik", "… of the museum".
    if matches!(lower(stated.behind).as_str(), "of" | "at" | "for") {
        let article = usize::from(matches!(lower(stated.behind + 1).as_str(), "the" | "a" | "an" | "its" | "this"));
        let from = stated.behind + 1 + article;
        let item = |i: &&Item| {
            (i.first == from || i.first == stated.behind + 1) && i.last > from && is_owner(&i.kind) && !person(i)
        };
        let owner = sentence.items.iter().filter(item).max_by_key(|i| i.last);
        match owner.map(|i| (i.last, i.entity)) {
            Some((last, Some(e))) => (stated.end, stated.at) = (last, At::Entity(e)),
            Some((last, None)) => (stated.end, stated.at) = (last, At::Words(lower(last - 1))),
            None if from < sentence.toks.len() && sentence.toks[from].kind == TokenKind::Word => {
                (stated.end, stated.at) = (from + 1, At::Words(lower(from)));
            }
            None => {}
        }
    }
    Some(stated)
}

fn person(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Name(EntityType::Person))
        || matches!(item.kind, ItemKind::Nominal { kind: EntityType::Person, .. })
}

/// Whether an item can be where somebody holds a post.
fn is_owner(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Name(_) | ItemKind::Nominal { .. } | ItemKind::Pronoun(_))
}

/// The name beside a post that is set beside it as one and the same: "chief executive Ada Lovelace", "the chief
/// executive of Norvik, Ada Lovelace, …", "Ada Lovelace, 52, the chief executive, …", "Ada Lovelace is the chief executive".
fn holder<'s>(text: &str, sentence: &'s Sentence, stated: &PostPhrase) -> Option<&'s Item> {
    let name = |i: &&Item| matches!(i.kind, ItemKind::Name(_));
    let mark = |a: usize| sentence.mark(text, a);
    let comma = |a: usize| matches!(mark(a), Some(',' | '—' | '–' | '('));
    let closed =
        |a: usize| sentence.toks.len() == a || matches!(mark(a), Some(',' | '.' | ';' | ':' | ')' | '—' | '–'));
    let starting = |at: usize| sentence.items.iter().filter(name).find(|i| i.first == at);
    // "Gov. Ada Lovelace": the point of an abbreviation.
    let point = usize::from(mark(stated.behind) == Some('.'));
    if let Some(item) = starting(stated.behind + point) {
        return Some(item);
    }
    if comma(stated.end)
        && stated.definite
        && let Some(item) = starting(stated.end + 1).filter(|i| closed(i.last))
    {
        return Some(item);
    }
    let before = stated.start.checked_sub(1)?;
    let ending = |at: usize| sentence.items.iter().filter(name).find(|i| i.last == at);
    let copula = |a: usize| matches!(sentence.word(text, a), "is" | "became" | "becomes" | "as" | "was");
    if comma(before) && closed(stated.end) {
        // "Ada Lovelace, 52, chief executive of Norvik, …"
        let age = before.checked_sub(2).filter(|&a| comma(a) && sentence.word(text, a + 1).parse::<u8>().is_ok());
        return ending(age.unwrap_or(before));
    }
    if copula(before) {
        let who = before.checked_sub(1).filter(|&a| sentence.word(text, a) == "who");
        let who = who.map(|a| if comma(a.saturating_sub(1)) { a.saturating_sub(1) } else { a });
        return ending(who.unwrap_or(before));
    }
    None
}

/// Whether a name may be a person's: known to be, or two or three words that nothing is known of.
fn may_hold(name: &str, kind: EntityType, lookup: &Lookup) -> bool {
    let words = || name.split(' ');
    let of = |lexicon: &str| words().any(|w| lookup.term_of(lexicon, w).is_some());
    kind == EntityType::Person
        || kind == EntityType::Any
            && (2..=3).contains(&words().count())
            && words().all(|w| w.chars().all(|c| c.is_alphabetic() || "-’'.".contains(c)))
            && !of("org-words")
            && !of("places")
}

/// Whether a sentence tells of somebody who takes a post or leaves it.
fn changes(sentence: &Sentence, lookup: &Lookup) -> bool {
    (0..sentence.toks.len()).any(|at| {
        let words: Vec<_> = sentence.words_from(at).take(3).collect();
        lookup.terms(CHANGES).at(&words, Some("change")).is_some()
    })
}
