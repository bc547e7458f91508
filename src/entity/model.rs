//! What an entity is, and what a document says of posts. `resolve.rs` and `post.rs` fill both in.

use serde::{Deserialize, Serialize};

use crate::rule::EntityType;
use crate::text::{Span, fold_name};

/// A thing that a document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name that the document gives.
    pub name: String,
    /// Its kind.
    pub kind: EntityType,
    /// Other names, folded, sorted.
    pub aliases: Vec<String>,
    /// How often it is named.
    pub count: u32,
}

/// The entities of one document.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// In order of first mention.
    pub all: Vec<Entity>,
    /// What the document is about: what it names most of all, from its first sentences on.
    pub topic: Option<u32>,
    /// Who holds which post, and which posts stand for somebody whom the document does not name.
    pub posts: Posts,
}

impl Entity {
    /// Its initials, where the document goes by them too.
    pub fn initials(&self) -> Option<String> {
        let name = fold_name(&self.name);
        let short = initials(&name.split(' ').collect::<Vec<_>>());
        let goes_by = |a: &String| a.replace('.', "") == short;
        (short.len() > 1 && name.contains(' ') && self.aliases.iter().any(goes_by)).then_some(short)
    }
}

impl Entities {
    /// The entity of an index.
    pub fn get(&self, index: u32) -> Option<&Entity> {
        self.all.get(index as usize)
    }

    /// The entity of a kind that the document names most often; the earlier one of equals.
    pub fn main(&self, kind: EntityType) -> Option<u32> {
        let best = self.all.iter().enumerate().filter(|(_, e)| e.kind == kind);
        best.max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.0.cmp(&a.0))).map(|(i, _)| i as u32)
    }
}

/// Where a post is held, as the words beside it say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum At {
    /// They do not say.
    Unsaid,
    /// At this entity of the document.
    Entity(u32),
    /// At what these words call, which is no name: "the museum’s director". The last word, folded.
    Words(String),
}

/// That somebody holds a post, or held it, or is to hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostHolding {
    /// Key of the post, with the words that narrow it down.
    pub post: String,
    /// Where.
    pub at: At,
    /// The holder, as entity of the document.
    pub who: u32,
    /// Whether the sentence speaks of a former, coming or acting holder, or of a change.
    pub changes: bool,
}

/// A post that stands for its holder, whom the document does not name as such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handle {
    /// As in [`PostHolding`].
    pub post: String,
    /// As in [`PostHolding`].
    pub at: At,
    /// Where the words stand, article included.
    pub span: Span,
    /// The words, article left out.
    pub words: String,
}

/// What a document says of posts: facts that a run merges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posts {
    /// Who holds what, in reading order.
    pub held: Vec<PostHolding>,
    /// Posts without their holder, in reading order.
    pub handles: Vec<Handle>,
}

pub(super) fn initials(words: &[&str]) -> String {
    words.iter().filter(|w| !matches!(**w, "of" | "the" | "and" | "for")).filter_map(|w| w.chars().next()).collect()
}
