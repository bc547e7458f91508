//! Who holds a post that one person holds at a time: "the chief executive of Norvik, Ingrid Solberg" is stated about Norvik, not
//! of her. Comes in: the claims of posts that frames have found. Goes out: one more for each of a post in the lexicon
//! `sole-posts` whose place and holder the text names. A sentence that speaks of what was, or of a change, tells of
//! nobody who holds the post as the page is written. `candidate::keep_answered` drops what no other page answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::view::DocumentView;
use crate::rule::{Comparator, EntityType, Modality, Polarity, TimeNature, pieces};
use crate::text::{Span, fold_words};
use crate::value::{Shape, Value};

use super::model::Kind;

/// See the module.
pub(super) struct Holder;

/// The axis on which a claim of a post says where it is held.
const AT: &str = "at";

impl Kind for Holder {
    fn name(&self) -> &'static str {
        "holder"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        let held: Vec<Claim> = claims.iter().filter_map(|c| held(view, c)).collect();
        claims.extend(held);
    }
}

fn held(view: &DocumentView<'_>, role: &Claim) -> Option<Claim> {
    let holder = role.subject.as_ref().filter(|s| s.kind != EntityType::Org && s.instance.is_none())?;
    let plain = matches!(role.modality, Modality::Asserted | Modality::Reported) && role.polarity == Polarity::Positive;
    if &*role.kind != "role" || !plain || holder.entity.is_none() || moves_on(view, role.span) {
        return None;
    }
    let (_, named) = role.context_spans.iter().find(|(r, _)| *r == ContextRole::Subject)?;
    let place = role.scope.get(AT)?;
    let entity = view.entities.all.iter().position(|e| e.name == *place && e.kind != EntityType::Person)?;
    let post = post(view, role)?;
    Some(Claim {
        kind: Arc::from("holder"),
        value_span: *named,
        context_spans: Vec::new(),
        subject: Some(Subject {
            name: place.clone(),
            kind: EntityType::Org,
            entity: u32::try_from(entity).ok(),
            instance: None,
        }),
        family: format!("holder: {post}"),
        attribute: post,
        single_valued: true,
        moves: TimeNature::State,
        comparator: Comparator::Name,
        shape: Shape::Text,
        ladder: None,
        value: Value::Text(holder.name.clone()),
        scope: BTreeMap::new(),
        rule: "holder".to_owned(),
        ..role.clone()
    })
}

/// The post that a claim gives, if it is one of a kind and nothing but it.
fn post(view: &DocumentView<'_>, role: &Claim) -> Option<String> {
    let Value::Text(text) = &role.value else { return None };
    let words: Vec<_> = pieces(text).iter().map(|w| view.lookup.words(w)).collect();
    let (length, title) = view.lookup.terms("titles").at(&words, None)?;
    let sole = view.lookup.term_of("sole-posts", &title.key).is_some();
    (sole && length == words.len()).then(|| title.key.to_string())
}

/// Whether a sentence tells of the past or of a change of posts.
fn moves_on(view: &DocumentView<'_>, sentence: Span) -> bool {
    let change = |w: &String| view.lookup.terms("post-changes").at(&[view.lookup.words(w)], None).is_some();
    fold_words(sentence.of(view.text)).iter().any(change)
}
